/*** Signing, clocks and the JSON number guard: everything that needs no network.
 * @module streamctl.core
 */
#include "signer.h"

#include "../core/clock.h"
#include "../core/encode.h"
#include "../core/json_guard.h"

#define GUARD "streamctl.buffer"

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

/*** Wall time.
 * @function now
 * @treturn number Unix seconds
 */
static int core_now(lua_State *L)
{
    lua_pushnumber(L, sctl_wall());
    return 1;
}

/*** A clock that never goes back.
 * @function monotonic
 * @treturn number seconds since an arbitrary point
 */
static int core_monotonic(lua_State *L)
{
    lua_pushnumber(L, sctl_monotonic());
    return 1;
}

/*** Stops the clocks of signing and deadlines at the given times; without arguments they run
 * again. For tests.
 * @function set_clock
 * @tparam[opt] number wall Unix seconds
 * @tparam[opt] number monotonic seconds
 */
static int core_set_clock(lua_State *L)
{
    static const struct sctl_clock FROZEN = {read_frozen_wall, read_frozen_monotonic,
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

/*** A time as the vendors write it.
 * @function time_text
 * @tparam number unix_seconds fractions are dropped
 * @treturn[1] string "yyyy-MM-ddTHH:mm:ssZ"
 * @treturn[2] nil the year has not four digits
 */
static int core_time_text(lua_State *L)
{
    lua_Number seconds = luaL_checknumber(L, 1);
    char text[SCTL_TIME_TEXT];
    if (seconds > -1e12 && seconds < 1e12 && sctl_time_text(text, (int64_t)seconds))
        lua_pushlstring(L, text, sizeof text);
    else
        lua_pushnil(L);
    return 1;
}

/* A buffer that the collector frees, also when pushing its content fails. */
static struct sctl_buf *new_buffer(lua_State *L, size_t cap)
{
    struct sctl_buf *buf = lsctl_new(L, sizeof *buf, GUARD);
    sctl_buf_init(buf, cap, false);
    return buf;
}

static int buffer_gc(lua_State *L)
{
    sctl_buf_clear(luaL_checkudata(L, 1, GUARD));
    return 0;
}

static int push_and_free(lua_State *L, struct sctl_buf *buf)
{
    struct sctl_str text = sctl_buf_str(buf);
    struct sctl_err err;
    if (sctl_buf_ok(buf, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushlstring(L, text.data, text.len);
    sctl_buf_clear(buf);
    return 1;
}

/*** Puts integers beyond 2^53 of a JSON text in quotes, so that no decoder rounds them.
 * @function json_guard
 * @tparam string text
 * @treturn string
 */
static int core_json_guard(lua_State *L)
{
    struct sctl_str text;
    struct sctl_buf *out;
    text.data = luaL_checklstring(L, 1, &text.len);
    out = new_buffer(L, 2 * text.len + 2);
    if (sctl_json_guard(text, out))
        return push_and_free(L, out);
    lua_pushvalue(L, 1);
    return 1;
}

/*** Percent-encodes a text, RFC 3986.
 * @function encode_uri
 * @tparam string text
 * @treturn string
 */
static int core_encode_uri(lua_State *L)
{
    struct sctl_str text;
    struct sctl_buf *out;
    text.data = luaL_checklstring(L, 1, &text.len);
    out = new_buffer(L, 3 * text.len);
    sctl_encode_uri(out, text);
    return push_and_free(L, out);
}

/*** An empty table with room, so that filling it does not grow it step by step.
 * @function new_table
 * @tparam integer items of the list part
 * @tparam integer names of the other part
 * @treturn table
 */
static int core_new_table(lua_State *L)
{
    lua_Integer items = luaL_checkinteger(L, 1);
    lua_Integer names = luaL_checkinteger(L, 2);
    luaL_argcheck(L, items >= 0 && items <= 65536, 1, "from 0 to 65536");
    luaL_argcheck(L, names >= 0 && names <= 65536, 2, "from 0 to 65536");
    lua_createtable(L, (int)items, (int)names);
    return 1;
}

/*** Whether a text is a time as the vendors write it.
 * @function is_time
 * @tparam string text
 * @treturn boolean
 */
static int core_is_time(lua_State *L)
{
    struct sctl_str text;
    text.data = luaL_checklstring(L, 1, &text.len);
    lua_pushboolean(L, sctl_time_valid(text));
    return 1;
}

/*** Whether a text holds a control character.
 * @function has_control
 * @tparam string text
 * @treturn boolean
 */
static int core_has_control(lua_State *L)
{
    struct sctl_str text;
    text.data = luaL_checklstring(L, 1, &text.len);
    lua_pushboolean(L, sctl_has_control(text));
    return 1;
}

LSCTL_EXPORT int luaopen_streamctl_core(lua_State *L);

LSCTL_EXPORT int luaopen_streamctl_core(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"signer", lsctl_signer_new},
        {"new_table", core_new_table},
        {"is_time", core_is_time},
        {"has_control", core_has_control},
        {"now", core_now},
        {"monotonic", core_monotonic},
        {"set_clock", core_set_clock},
        {"time_text", core_time_text},
        {"json_guard", core_json_guard},
        {"encode_uri", core_encode_uri},
        {NULL, NULL},
    };
    static const luaL_Reg NO_METHODS[] = {{NULL, NULL}};
    static const luaL_Reg BUFFER_METAMETHODS[] = {{"__gc", buffer_gc}, {NULL, NULL}};
#if LUA_VERSION_NUM >= 502
    luaL_checkversion(L);
#endif
    lsctl_pin();
    lsctl_signer_open(L);
    lsctl_metatable(L, GUARD, NO_METHODS, BUFFER_METAMETHODS);
    lsctl_library(L, FUNCTIONS);
    return 1;
}
