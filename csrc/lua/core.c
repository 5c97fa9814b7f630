/* Signing, checking parameters, stores, clocks and reading JSON: everything that needs no
 * network. */
#include "core.h"
#include "operation.h"
#include "request.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../core/base/clock.h"
#include "../core/base/digest.h"
#include "../core/base/encode.h"
#include "../core/base/nonce.h"

/* ---- the clock that tests may set; one per process, as time is ---- */

static double frozen_wall, frozen_monotonic;

static double read_frozen_wall(void *context)
{
    (void)context;
    return frozen_wall;
}

static double read_frozen_monotonic(void *context)
{
    (void)context;
    return frozen_monotonic;
}

static void sleep_frozen(void *context, double seconds)
{
    (void)context;
    if (frozen_monotonic + seconds <= frozen_monotonic)
        seconds = 1e-6; /* too little to show in a double: it must move all the same */
    frozen_wall += seconds;
    frozen_monotonic += seconds;
}

/* now() -> number (Unix seconds): Wall time. */
static int core_now(lua_State *L)
{
    lua_pushnumber(L, sctl_wall());
    return 1;
}

/* monotonic() -> number (seconds since an arbitrary point): A clock that never goes back. */
static int core_monotonic(lua_State *L)
{
    lua_pushnumber(L, sctl_monotonic());
    return 1;
}

/* clocks() -> number (seconds, as of `monotonic`), number (Unix seconds, as of `now`): Both clocks,
 * which a call reads together. */
static int core_clocks(lua_State *L)
{
    lua_pushnumber(L, sctl_monotonic());
    lua_pushnumber(L, sctl_wall());
    return 2;
}

/* sleep(seconds): Waits; a signal ends it early. With stopped clocks they are moved on instead. */
static int core_sleep(lua_State *L)
{
    sctl_sleep(luaL_checknumber(L, 1));
    return 0;
}

/* random() -> number (from 0 to 1, without 1) | nil, message, code: A random number for jitter. */
static int core_random(lua_State *L)
{
    char digits[13] = {0};
    struct sctl_err err;
    if (sctl_nonce(digits, 12, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushnumber(L, (lua_Number)strtoull(digits, NULL, 16) / 281474976710656.0);
    return 1;
}

/* nonce() -> string (32 hex digits) | nil, message, code: A text that nobody else makes. */
static int core_nonce(lua_State *L)
{
    char digits[32];
    struct sctl_err err;
    if (sctl_nonce(digits, sizeof digits, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushlstring(L, digits, sizeof digits);
    return 1;
}

/* unix_time(text) -> number (Unix seconds) | nil (it is no such time, or of a day that the calendar
 * does not have): Reads a time as the vendors write it. text: "yyyy-MM-ddTHH:mm:ssZ". */
static int core_unix_time(lua_State *L)
{
    double seconds;
    if (!sctl_time_read(lsctl_check_string(L, 1), &seconds))
        lua_pushnil(L);
    else if (seconds < 0)
        lua_pushnumber(L, (lua_Number)seconds);
    else
        lsctl_push_whole(L, (uint64_t)seconds);
    return 1;
}

/* set_clock([wall], [monotonic]): Stops the clocks of signing and deadlines at the given times;
 * without arguments they run again. For tests. wall: Unix seconds; monotonic: seconds. */
static int core_set_clock(lua_State *L)
{
    static const struct sctl_clock FROZEN = {read_frozen_wall, read_frozen_monotonic, sleep_frozen,
                                             NULL};
    if (lua_isnoneornil(L, 1)) {
        sctl_clock_use(NULL);
        return 0;
    }
    frozen_wall = luaL_checknumber(L, 1);
    frozen_monotonic = luaL_optnumber(L, 2, 0);
    sctl_clock_use(&FROZEN);
    return 0;
}

/* time_text(unix_seconds) -> string ("yyyy-MM-ddTHH:mm:ssZ") | nil (the year has not four digits):
 * A time as the vendors write it. unix_seconds: rounded down. */
static int core_time_text(lua_State *L)
{
    lua_Number seconds = luaL_checknumber(L, 1);
    char text[SCTL_TIME_TEXT];
    if (sctl_time_text(text, (double)seconds))
        lua_pushlstring(L, text, sizeof text);
    else
        lua_pushnil(L);
    return 1;
}

/* has_control(text) -> boolean: Whether a text holds a control character, or DEL: such text may not
 * enter a header or name. */
static int core_has_control(lua_State *L)
{
    lua_pushboolean(L, sctl_has_control(lsctl_check_string(L, 1)));
    return 1;
}

/* number_text(number) -> string (the fewest digits that read back: never "60.0" or "1e+15") | nil
 * (it is not finite): A number as the vendors' own packages write it. */
static int core_number_text(lua_State *L)
{
    lua_Number number = luaL_checknumber(L, 1);
    char text[SCTL_NUMBER_TEXT];
    if (!isfinite(number))
        return 0;
    lua_pushlstring(L, text, sctl_encode_number(text, number));
    return 1;
}

#define MAX_ROOM 16777216 /* LuaJIT refuses tables of eight times as much */

static int room(lua_State *L, int index)
{
    lua_Number wanted = luaL_checknumber(L, index);
    luaL_argcheck(L, wanted >= 0, index, "must not be negative");
    return wanted < MAX_ROOM ? (int)wanted : MAX_ROOM;
}

/* new_table(items, names) -> table: An empty table with room, so that filling it does not grow it
 * step by step; beyond 2^24 it does. items: of the list part; names: of the other part. */
static int core_new_table(lua_State *L)
{
    lua_createtable(L, room(L, 1), room(L, 2));
    return 1;
}

/* list_length(value): The length of a list; nil for any other table. A `null` counts as an item. */
static int core_list_length(lua_State *L)
{
    size_t count;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    count = lsctl_list_length(L, 1);
    if (count == SIZE_MAX)
        return 0;
    lua_pushinteger(L, (lua_Integer)count);
    return 1;
}

/* clear_tls_errors(): Empties OpenSSL's error queue, for programs that take what is in it for their
 * own failures. */
static int core_clear_tls_errors(lua_State *L)
{
    (void)L;
    sctl_digest_forget_errors();
    return 0;
}

/* open_late(path): Opens a shared object for good. What it is linked with is bound as it is used,
 * as in any program; `require`, which binds every function of all of it at once, then finds it
 * open. path: when it cannot be opened, `require` says why. */
static int core_open_late(lua_State *L)
{
    (void)dlopen(luaL_checkstring(L, 1), RTLD_LAZY | RTLD_LOCAL);
    return 0;
}

LSCTL_EXPORT int luaopen_streamctl_core(lua_State *L);

LSCTL_EXPORT int luaopen_streamctl_core(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"cells", lsctl_cells_new},
        {"clear_tls_errors", core_clear_tls_errors},
        {"has_control", core_has_control},
        {"json", lsctl_json},
        {"list_length", core_list_length},
        {"memory_cells", lsctl_cells_new_memory},
        {"clocks", core_clocks},
        {"monotonic", core_monotonic},
        {"new_table", core_new_table},
        {"nonce", core_nonce},
        {"now", core_now},
        {"number_text", core_number_text},
        {"open_late", core_open_late},
        {"operation", lsctl_operation_new},
        {"random", core_random},
        {"set_clock", core_set_clock},
        {"signer", lsctl_signer_new},
        {"sleep", core_sleep},
        {"time_text", core_time_text},
        {"unix_time", core_unix_time},
        {NULL, NULL},
    };
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    lsctl_pin();
    lsctl_signer_open(L);
    lsctl_cells_open(L);
    lsctl_request_open(L);
    lsctl_library(L, FUNCTIONS);
    lsctl_crypto_open(L);
    lsctl_request_push_new(L);
    lua_setfield(L, -2, "request");
    return 1;
}
