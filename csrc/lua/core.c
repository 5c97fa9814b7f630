/* streamctl.core, which needs no network. Here: clocks, random numbers, texts of numbers and
 * times. */
#include "core.h"

#include <dlfcn.h>

#include "../core/base/digest.h"
#include "../core/base/nonce.h"

/* ---- the clock that tests may set; one per process, as time is ---- */

static double frozen_wall, frozen_monotonic;

static double read_frozen_wall(void)
{
    return frozen_wall;
}

static double read_frozen_monotonic(void)
{
    return frozen_monotonic;
}

static void sleep_frozen(double seconds)
{
    if (frozen_monotonic + seconds <= frozen_monotonic)
        seconds = 1e-6; /* too little to show in a double: the clock must move */
    frozen_wall += seconds;
    frozen_monotonic += seconds;
}

/* ---- the random numbers that tests may seed: splitmix64, whose bytes every machine has ---- */

static uint64_t seeded;

static bool read_seeded(unsigned char *out, size_t len)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < len; i++, bits >>= 8) {
        if (i % 8 == 0) {
            bits = seeded += UINT64_C(0x9e3779b97f4a7c15);
            bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
            bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
            bits ^= bits >> 31;
        }
        out[i] = (unsigned char)bits;
    }
    return true;
}

/* now() -> number: Unix seconds. */
static int core_now(lua_State *L)
{
    lua_pushnumber(L, sctl_wall());
    return 1;
}

/* monotonic() -> number: seconds by a clock that never goes back. */
static int core_monotonic(lua_State *L)
{
    lua_pushnumber(L, sctl_monotonic());
    return 1;
}

/* clocks() -> number, number: monotonic and now, which a call reads together. */
static int core_clocks(lua_State *L)
{
    lua_pushnumber(L, sctl_monotonic());
    lua_pushnumber(L, sctl_wall());
    return 2;
}

/* sleep(seconds): A signal ends the wait early. Clocks that are stopped move on instead. */
static int core_sleep(lua_State *L)
{
    sctl_sleep(luaL_checknumber(L, 1));
    return 0;
}

/* random() -> number | nil, message, code: From 0 to 1, without 1. */
static int core_random(lua_State *L)
{
    unsigned char bytes[8];
    uint64_t bits = 0;
    struct sctl_err err;
    if (sctl_random(bytes, sizeof bytes, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    for (size_t i = 0; i < sizeof bytes; i++)
        bits = bits << 8 | bytes[i];
    lua_pushnumber(L, (lua_Number)(bits >> 11) * (lua_Number)0x1p-53);
    return 1;
}

/* nonce() -> string | nil, message, code: 32 random hex digits. */
static int core_nonce(lua_State *L)
{
    char digits[32];
    struct sctl_err err;
    if (sctl_nonce(digits, sizeof digits, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushlstring(L, digits, sizeof digits);
    return 1;
}

/* unix_time(text) -> number | nil: Unix seconds of "yyyy-MM-ddTHH:mm:ssZ". */
static int core_unix_time(lua_State *L)
{
    double seconds;
    if (!sctl_time_read(lsctl_check_string(L, 1), &seconds))
        lua_pushnil(L);
    else if (seconds < 0)
        lua_pushnumber(L, (lua_Number)seconds);
    else
        lsctl_push_integer(L, (uint64_t)seconds);
    return 1;
}

/* set_clock([wall], [monotonic]): Stops the clocks, for tests; without arguments they run again. */
static int core_set_clock(lua_State *L)
{
    static const struct sctl_clock FROZEN = {read_frozen_wall, read_frozen_monotonic, sleep_frozen};
    if (lua_isnoneornil(L, 1)) {
        sctl_clock_use(NULL);
        return 0;
    }
    frozen_wall = luaL_checknumber(L, 1);
    frozen_monotonic = luaL_optnumber(L, 2, 0);
    sctl_clock_use(&FROZEN);
    return 0;
}

/* set_random([seed]): All randomness of the process comes from a number, for tests; without one it
 * is the system's again. */
static int core_set_random(lua_State *L)
{
    bool has_seed = !lua_isnoneornil(L, 1);
    lua_Number seed = luaL_optnumber(L, 1, 0);
    luaL_argcheck(L, seed >= 0 && seed <= 0x1p53, 1, "must be from 0 to 2^53");
    seeded = (uint64_t)seed;
    sctl_random_use(has_seed ? read_seeded : NULL);
    return 0;
}

/* time_text(unix_seconds) -> string | nil: UTC as "2026-01-02T03:04:05Z"; nil beyond the years of
 * four digits. */
static int core_time_text(lua_State *L)
{
    char text[SCTL_TIME_TEXT];
    if (sctl_time_text(text, (double)luaL_checknumber(L, 1)))
        lua_pushlstring(L, text, sizeof text);
    else
        lua_pushnil(L);
    return 1;
}

/* has_control(text) -> boolean: Text with a control character or DEL is for no header or name. */
static int core_has_control(lua_State *L)
{
    lua_pushboolean(L, sctl_has_control(lsctl_check_string(L, 1)));
    return 1;
}

/* number_text(number) -> string | nil (not finite): The fewest digits that read back, never "60.0",
 * "1e+15" or "-0". */
static int core_number_text(lua_State *L)
{
    char space[SCTL_NUMBER_TEXT];
    struct sctl_str text;
    luaL_checktype(L, 1, LUA_TNUMBER);
    if (!lsctl_any_number(L, 1, space, &text))
        return 0;
    lua_pushlstring(L, text.data, text.len);
    return 1;
}

#define MAX_ROOM 16777216 /* LuaJIT refuses tables of eight times as much */

static int check_room(lua_State *L, int index)
{
    lua_Number wanted = luaL_checknumber(L, index);
    luaL_argcheck(L, wanted >= 0, index, "must not be negative");
    return wanted < MAX_ROOM ? (int)wanted : MAX_ROOM;
}

/* new_table(items, names) -> table: An empty table that has room for a list and other fields. */
static int core_new_table(lua_State *L)
{
    lua_createtable(L, check_room(L, 1), check_room(L, 2));
    return 1;
}

/* list_length(value) -> integer | nil: The length of a list, where null counts as an item; nil for
 * any other table. */
static int core_list_length(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    size_t count = lsctl_list_length(L, 1);
    if (count == SIZE_MAX)
        return 0;
    lua_pushinteger(L, (lua_Integer)count);
    return 1;
}

/* clear_tls_errors(): Empties OpenSSL's error queue, which nginx takes for failures of its own. */
static int core_clear_tls_errors(lua_State *L)
{
    (void)L;
    sctl_digest_forget_errors();
    return 0;
}

/* open_late(path): Opens a shared object, whose libraries are bound as they are used; `require`
 * would bind all of their functions at once. It finds the object open, or says why it is not. */
static int core_open_late(lua_State *L)
{
    (void)dlopen(luaL_checkstring(L, 1), RTLD_LAZY | RTLD_LOCAL);
    return 0;
}

LSCTL_OPEN(luaopen_streamctl_core)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"clear_tls_errors", core_clear_tls_errors},
        {"clocks", core_clocks},
        {"has_control", core_has_control},
        {"json", lsctl_json},
        {"list_length", core_list_length},
        {"monotonic", core_monotonic},
        {"new_table", core_new_table},
        {"nonce", core_nonce},
        {"now", core_now},
        {"number_text", core_number_text},
        {"open_late", core_open_late},
        {"operation", lsctl_operation_new},
        {"random", core_random},
        {"set_clock", core_set_clock},
        {"set_random", core_set_random},
        {"sleep", core_sleep},
        {"time_text", core_time_text},
        {"unix_time", core_unix_time},
        {NULL, NULL},
    };
    lsctl_library(L, FUNCTIONS);
    luaL_newmetatable(L, LSCTL_EMPTY_LIST);
    lua_setfield(L, -2, "LIST");
    lsctl_cells_open(L);
    lsctl_crypto_open(L);
    lsctl_request_open(L);
    lsctl_signer_open(L);
    return 1;
}
