#include "cells.h"

#include <math.h>
#include <string.h>

#include "../core/cells.h"

#define FEW 32u /* streams of one stamp that need no allocation */

static struct sctl_cells *check_cells(lua_State *L)
{
    return luaL_checkudata(L, 1, LSCTL_CELLS);
}

/* Failures of a store have no code: nil and the text. */
static int fail(lua_State *L, const struct sctl_err *err)
{
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    return 2;
}

static struct sctl_str check_key(lua_State *L, int index)
{
    struct sctl_str text;
    luaL_checktype(L, index, LUA_TSTRING);
    text.data = lua_tolstring(L, index, &text.len);
    return text;
}

static lua_Number check_number(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TNUMBER);
    return lua_tonumber(L, index);
}

static bool is_whole(lua_Number number)
{
    return number >= 0 && number <= (lua_Number)SCTL_MAX_NUMBER &&
           (lua_Number)(uint64_t)number == number;
}

static uint64_t check_floor(lua_State *L, int index)
{
    lua_Number number = check_number(L, index);
    luaL_argcheck(L, is_whole(number), index,
                  "floor must be a whole number from 0 to 2^53");
    return (uint64_t)number;
}

static void push_number(lua_State *L, uint64_t number)
{
#if LUA_VERSION_NUM >= 503
    lua_pushinteger(L, (lua_Integer)number);
#else
    lua_pushnumber(L, (lua_Number)number);
#endif
}

/*** Opens a file of counters, stream intents and slots that the processes of this host share; see
 * `streamctl.store.file`.
 * @function cells
 * @tparam string path
 * @treturn[1] userdata cells
 * @treturn[2] nil
 * @treturn[2] string message
 */
int lsctl_cells_new(lua_State *L)
{
    struct sctl_str path = check_key(L, 1);
    struct sctl_cells *self = lsctl_new(L, sizeof *self, LSCTL_CELLS);
    struct sctl_err err;
    return sctl_cells_open(self, path, &err) == SCTL_OK ? 1 : fail(L, &err);
}

static void read_streams(lua_State *L, int index, struct sctl_intent *intents,
                         size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, index,
                      "streams must be a list of texts");
        intents[i].stream.data = lua_tolstring(L, -1, &intents[i].stream.len);
        lua_pop(L, 1); /* the list holds it */
    }
}

static size_t count_streams(lua_State *L, int index)
{
    size_t count;
    if (lua_isnoneornil(L, index))
        return 0;
    luaL_checktype(L, index, LUA_TTABLE);
#if LUA_VERSION_NUM >= 502
    count = lua_rawlen(L, index);
#else
    count = lua_objlen(L, index);
#endif
    luaL_argcheck(L, count <= SCTL_CELLS_MAX_STREAMS, index,
                  "streams must be at most 1000 texts");
    return count;
}

static void read_options(lua_State *L, int index, struct sctl_stamp *stamp)
{
    if (lua_isnoneornil(L, index))
        return;
    luaL_checktype(L, index, LUA_TTABLE);
    lua_getfield(L, index, "since");
    if (!lua_isnil(L, -1)) {
        bool fine = lua_type(L, -1) == LUA_TNUMBER && is_whole(lua_tonumber(L, -1));
        luaL_argcheck(L, fine, index, "since must be a whole number from 0 to 2^53");
        stamp->repeat = true;
        stamp->since = (uint64_t)lua_tonumber(L, -1);
    }
    lua_getfield(L, index, "exact");
    stamp->exact = lua_toboolean(L, -1) != 0;
    lua_getfield(L, index, "read");
    stamp->read = lua_toboolean(L, -1) != 0;
    lua_pop(L, 3);
}

static void push_dropped(lua_State *L, const struct sctl_stamp *stamp)
{
    size_t i;
    int count = 0;
    lua_newtable(L);
    for (i = 0; i < stamp->count; i++) {
        if (!stamp->intents[i].dropped)
            continue;
        lua_pushinteger(L, (lua_Integer)i + 1);
        lua_rawseti(L, -2, ++count);
    }
}

/*** Takes the next number of a counter for an intent about some streams, in one step.
 * @function cells:stamp
 * @tparam string key of the counter
 * @tparam integer floor the number is not below it
 * @tparam[opt] table streams list of texts
 * @tparam[opt] table options `since`, `exact`, `read`; see `streamctl.store.memory`
 * @treturn[1] integer the number
 * @treturn[1] table indexes of the streams with a newer intent
 * @treturn[2] boolean false: all of them have
 * @treturn[2] table their indexes
 * @treturn[3] nil
 * @treturn[3] string message
 * @treturn[3] integer the counter's last number, when `floor` is not above it and `exact` is set
 */
static int cells_stamp(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_intent few[FEW];
    struct sctl_stamp stamp;
    struct sctl_err err;
    memset(&stamp, 0, sizeof stamp);
    lua_settop(L, 5);
    stamp.counter = check_key(L, 2);
    stamp.floor = check_floor(L, 3);
    stamp.count = count_streams(L, 4);
    read_options(L, 5, &stamp);
    stamp.intents = few;
    if (stamp.count > FEW)
        stamp.intents = lua_newuserdata(L, stamp.count * sizeof *stamp.intents);
    read_streams(L, 4, stamp.intents, stamp.count);
    if (sctl_cells_stamp(self, &stamp, &err) != SCTL_OK)
        return fail(L, &err);
    if (stamp.outcome == SCTL_BELOW_LAST) {
        (void)sctl_fail(&err, SCTL_E_INVALID, 0,
                        "%llu is not above %llu, the last number",
                        (unsigned long long)stamp.floor, (unsigned long long)stamp.last);
        (void)fail(L, &err);
        push_number(L, stamp.last);
        return 3;
    }
    if (stamp.outcome == SCTL_SUPERSEDED)
        lua_pushboolean(L, 0);
    else
        push_number(L, stamp.number);
    push_dropped(L, &stamp);
    return 2;
}

/*** The next number of a counter.
 * @function cells:sequence
 * @tparam string key any text
 * @tparam integer floor the number is not below it
 * @treturn[1] integer above every number the counter gave before
 * @treturn[2] nil
 * @treturn[2] string message
 */
static int cells_sequence(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_stamp stamp;
    struct sctl_err err;
    memset(&stamp, 0, sizeof stamp);
    stamp.counter = check_key(L, 2);
    stamp.floor = check_floor(L, 3);
    if (sctl_cells_stamp(self, &stamp, &err) != SCTL_OK)
        return fail(L, &err);
    push_number(L, stamp.number);
    return 1;
}

/*** The last number of a counter or a stream.
 * @function cells:latest
 * @tparam string key
 * @treturn[1] integer
 * @treturn[2] nil there is none
 * @treturn[3] nil
 * @treturn[3] string message
 */
static int cells_latest(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_str key = check_key(L, 2);
    struct sctl_err err;
    uint64_t number;
    bool found;
    if (sctl_cells_latest(self, key, &number, &found, &err) != SCTL_OK)
        return fail(L, &err);
    if (found)
        push_number(L, number);
    else
        lua_pushnil(L);
    return 1;
}

/*** Reserves the next slot.
 * @function cells:reserve
 * @tparam string key any text
 * @tparam number interval seconds between slots
 * @tparam[opt=0] integer burst slots more that may be used at once
 * @tparam[opt] number limit a slot that is further away is not reserved
 * @treturn[1] number seconds until the slot
 * @treturn[2] nil
 * @treturn[2] string message
 */
static int cells_reserve(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_str key = check_key(L, 2);
    lua_Number interval = check_number(L, 3);
    lua_Number burst = lua_isnoneornil(L, 4) ? 0 : check_number(L, 4);
    lua_Number limit = lua_isnoneornil(L, 5) ? (lua_Number)INFINITY : check_number(L, 5);
    struct sctl_err err;
    double delay;
    luaL_argcheck(L, interval > 0 && interval <= 1e9, 3,
                  "interval must be more than 0 and at most 1e9 seconds");
    luaL_argcheck(L, is_whole(burst), 4, "burst must be a whole number from 0 to 2^53");
    luaL_argcheck(L, !isnan(limit), 5, "limit must be a number of seconds");
    if (sctl_cells_reserve(self, key, interval, burst, limit, &delay, &err) != SCTL_OK)
        return fail(L, &err);
    lua_pushnumber(L, delay);
    return 1;
}

/*** Closes the file. Twice is fine.
 * @function cells:close
 */
static int cells_close(lua_State *L)
{
    sctl_cells_close(check_cells(L));
    return 0;
}

static int cells_tostring(lua_State *L)
{
    const struct sctl_cells *self = check_cells(L);
    lua_pushfstring(L, "streamctl.cells: %s", self->path != NULL ? self->path : "closed");
    return 1;
}

void lsctl_cells_open(lua_State *L)
{
    static const luaL_Reg METHODS[] = {
        {"stamp", cells_stamp},   {"sequence", cells_sequence},
        {"latest", cells_latest}, {"reserve", cells_reserve},
        {"close", cells_close},   {NULL, NULL},
    };
    static const luaL_Reg METAMETHODS[] = {
        {"__gc", cells_close},
        {"__close", cells_close},
        {"__tostring", cells_tostring},
        {NULL, NULL},
    };
    lsctl_metatable(L, LSCTL_CELLS, METHODS, METAMETHODS);
}
