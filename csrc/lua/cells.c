/* The cells of memory and file stores. Their methods: see `streamctl.store.memory`. */
#include "core.h"

#include <math.h>
#include <stdio.h>

#include "../core/store/cells.h"

#define LONGEST_PATH 8192 /* bytes: the working folder's, and that of a path relative to it */
#define FEW 32u           /* resources of one stamp that need no allocation */

static const char CELLS[] = "streamctl.cells " SCTL_VERSION;

static struct sctl_cells *check_cells(lua_State *L)
{
    return lsctl_check(L, 1, CELLS);
}

/* Failures of a store have no code: nil and the text. */
static int cells_fail(lua_State *L, const struct sctl_err *err)
{
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    return 2;
}

/* An argument for a message; the text stays on the stack. */
static const char *describe(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        return luaL_typename(L, index);
    lua_pushvalue(L, index); /* in place it would become a text for good */
    return lua_tostring(L, -1);
}

static struct sctl_str check_argument(lua_State *L, int index, const char *name)
{
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "%s must be text, got a %s", name, luaL_typename(L, index));
    return lsctl_string(L, index);
}

static uint64_t check_whole(lua_State *L, int index, const char *name)
{
    lua_Number number = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : -1;
#if LUA_VERSION_NUM >= 503 /* 2^53 + 1 would be rounded */
    if (lua_isinteger(L, index) && lua_tointeger(L, index) > SCTL_MAX_NUMBER)
        number = -1;
#endif
    if (!(number >= 0 && number <= (lua_Number)SCTL_MAX_NUMBER &&
          (lua_Number)(uint64_t)number == number))
        luaL_error(L, "%s must be a whole number from 0 to 2^53, got %s", name, describe(L, index));
    return (uint64_t)number;
}

static lua_Number check_seconds(lua_State *L, int index, const char *name)
{
    lua_Number seconds = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : 0;
    if (!(seconds > 0 && seconds <= 1e9))
        luaL_error(L, "%s must be more than 0 and at most 1e9 seconds, got %s", name,
                   describe(L, index));
    return seconds;
}

/* cells(path, patience) -> userdata | nil, message: A file that the processes of this host share. A
 * call waits `patience` seconds for a process that keeps the file locked. */
static int cells_new(lua_State *L)
{
    struct sctl_str path = check_argument(L, 1, "path");
    lua_Number patience = check_seconds(L, 2, "patience");
    struct sctl_cells *self = lsctl_new(L, sizeof *self, CELLS);
    struct sctl_err err;
    return sctl_cells_open(self, path, patience, &err) == SCTL_OK ? 1 : cells_fail(L, &err);
}

/* memory_cells() -> userdata: The same in the memory of this process. */
static int cells_new_memory(lua_State *L)
{
    sctl_cells_open_memory(lsctl_new(L, sizeof(struct sctl_cells), CELLS));
    return 1;
}

/* Makes room for resources, which may run finalizers. */
static void intents_make_room(lua_State *L, struct sctl_stamp *stamp, struct sctl_intent *few,
                              size_t count)
{
    if (count > SCTL_MAX_RESOURCES)
        luaL_error(L, "resources must be at most %d texts", (int)SCTL_MAX_RESOURCES);
    stamp->intents = count > FEW ? lua_newuserdata(L, count * sizeof *few) : few;
    stamp->count = count;
}

/* Reads the resources at `index`: a list, or a request that names them. */
static void read_resources(lua_State *L, int index, struct sctl_stamp *stamp,
                           struct sctl_intent *few)
{
    if (lua_isuserdata(L, index)) {
        const struct lsctl_request *handle = lsctl_check(L, index, LSCTL_REQUEST);
        const struct sctl_request *request = handle->request;
        luaL_argcheck(L, request != NULL, index, "the request was collected");
        /* a finalizer may stamp the handle meanwhile: its new request holds this request */
        intents_make_room(L, stamp, few, request->resource_count);
        for (size_t i = 0; i < stamp->count; i++)
            stamp->intents[i].resource = request->resources[i];
    } else if (lua_istable(L, index)) {
        intents_make_room(L, stamp, few, lsctl_length(L, index));
        for (size_t i = 0; i < stamp->count; i++) {
            lua_rawgeti(L, index, (int)i + 1);
            if (lua_type(L, -1) != LUA_TSTRING)
                luaL_error(L, "resources must be a list of texts, got a %s", luaL_typename(L, -1));
            stamp->intents[i].resource = lsctl_string(L, -1);
            lua_pop(L, 1); /* the list holds it */
        }
    } else if (!lua_isnil(L, index)) {
        luaL_error(L, "resources must be a list, got a %s", luaL_typename(L, index));
    }
}

/* Pushes a list of the indexes of dropped resources. Of a request, nothing where none was dropped.
 * Returns how many values. */
static int push_dropped(lua_State *L, const struct sctl_stamp *stamp, bool of_request)
{
    int count = 0;
    if (!of_request)
        lua_newtable(L);
    for (size_t i = 0; i < stamp->count; i++) {
        if (!stamp->intents[i].dropped)
            continue;
        if (of_request && count == 0)
            lua_newtable(L);
        lua_pushinteger(L, (lua_Integer)i + 1);
        lua_rawseti(L, -2, ++count);
    }
    return !of_request || count > 0 ? 1 : 0;
}

static int cells_stamp(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_intent few[FEW];
    struct sctl_err err;
    lua_settop(L, 7);
    struct sctl_stamp stamp = {
        .account = check_argument(L, 2, "order"),
        .floor = check_whole(L, 3, "floor"),
        .since = lua_isnil(L, 5) ? SCTL_FIRST_ATTEMPT : check_whole(L, 5, "since"),
        .exact = lua_toboolean(L, 6) != 0,
        .back = lua_isnil(L, 7) ? 0 : check_whole(L, 7, "back"),
    };
    read_resources(L, 4, &stamp, few);
    if (sctl_cells_stamp(self, &stamp, &err) != SCTL_OK)
        return cells_fail(L, &err);
    if (stamp.outcome == SCTL_BELOW_LAST) {
        (void)sctl_fail(&err, SCTL_E_INVALID, 0, "%llu is not above %llu, the last number",
                        (unsigned long long)stamp.floor, (unsigned long long)stamp.last);
        (void)cells_fail(L, &err);
        lsctl_push_integer(L, stamp.last);
        return 3;
    }
    struct lsctl_request *handle = lua_touserdata(L, 4);
    if (stamp.outcome == SCTL_SUPERSEDED)
        lua_pushboolean(L, 0);
    else
        lsctl_push_integer(L, stamp.number);
    if (handle != NULL && handle->request->has_sequence && stamp.outcome == SCTL_STAMPED)
        handle->sequence = stamp.number;
    return 1 + push_dropped(L, &stamp, handle != NULL);
}

static int cells_reserve(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_str key = check_argument(L, 2, "key");
    lua_Number interval = check_seconds(L, 3, "interval"), limit = INFINITY;
    struct sctl_err err;
    double delay;
    if (!lua_isnoneornil(L, 4)) {
        limit = lua_type(L, 4) == LUA_TNUMBER ? lua_tonumber(L, 4) : NAN;
        if (isnan(limit))
            luaL_error(L, "limit must be a number of seconds, got %s", describe(L, 4));
    }
    if (sctl_cells_reserve(self, key, interval, limit, &delay, &err) != SCTL_OK)
        return cells_fail(L, &err);
    lua_pushnumber(L, delay);
    return 1;
}

static int cells_lock(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_str key = check_argument(L, 2, "key");
    lua_Number seconds = check_seconds(L, 3, "seconds");
    char token[SCTL_LOCK_TOKEN + 1];
    struct sctl_err err;
    double left;
    if (sctl_cells_lock(self, key, seconds, token, &left, &err) != SCTL_OK)
        return cells_fail(L, &err);
    if (left > 0) {
        lua_pushboolean(L, 0);
        lua_pushnumber(L, left);
        return 2;
    }
    lua_pushlstring(L, token, SCTL_LOCK_TOKEN);
    return 1;
}

static int cells_unlock(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_str key = check_argument(L, 2, "key");
    struct sctl_str token = check_argument(L, 3, "token");
    lua_Number after = lua_isnoneornil(L, 4) ? 0 : check_seconds(L, 4, "after");
    struct sctl_err err;
    bool ended;
    if (sctl_cells_unlock(self, key, token, after, &ended, &err) != SCTL_OK)
        return cells_fail(L, &err);
    lua_pushboolean(L, ended);
    return 1;
}

static int cells_note(lua_State *L)
{
    struct sctl_cells *self = check_cells(L);
    struct sctl_str key = check_argument(L, 2, "key");
    uint64_t number = lua_isnoneornil(L, 3) ? 0 : check_whole(L, 3, "number");
    double seconds = number == 0 ? 0 : check_seconds(L, 4, "seconds");
    uint64_t highest;
    struct sctl_err err;
    if (sctl_cells_note(self, key, number, seconds, &highest, &err) != SCTL_OK)
        return cells_fail(L, &err);
    lsctl_push_integer(L, highest);
    return 1;
}

/* Twice is fine. */
static int cells_close(lua_State *L)
{
    sctl_cells_close(check_cells(L));
    return 0;
}

static int cells_show(lua_State *L)
{
    const struct sctl_cells *self = check_cells(L);
    const char *where = !self->open ? "closed" : self->path != NULL ? self->path : "memory";
    char text[LONGEST_PATH + 1];
    /* Lua 5.1 collects before it reads its arguments: a finalizer may close the cells then */
    (void)snprintf(text, sizeof text, "%s", where);
    lua_pushfstring(L, "streamctl.cells: %s", text);
    return 1;
}

void lsctl_cells_open(lua_State *L)
{
    static const luaL_Reg METHODS[] = {
        {"stamp", cells_stamp},     {"reserve", cells_reserve},
        {"lock", cells_lock},       {"unlock", cells_unlock},
        {"note", cells_note},       {"close", cells_close},
        {"__gc", cells_close},      {"__close", cells_close},
        {"__tostring", cells_show}, {NULL, NULL},
    };
    static const luaL_Reg FUNCTIONS[] = {
        {"cells", cells_new}, {"memory_cells", cells_new_memory}, {NULL, NULL}};
    lsctl_metatable(L, CELLS, METHODS);
    luaL_getmetatable(L, CELLS);
    lua_getfield(L, -1, "__index");
    lua_pushboolean(L, 1); /* stamp reads the resources inside a request */
    lua_setfield(L, -2, "takes_requests");
    lua_pop(L, 2);
    lsctl_functions(L, FUNCTIONS);
    lua_pushinteger(L, (lua_Integer)SCTL_CELLS_FORGET);
    lua_setfield(L, -2, "STORE_MEMORY"); /* seconds */
}
