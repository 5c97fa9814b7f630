/* The binding pushes no more on a Lua stack than Lua has granted: LUA_MINSTACK above the arguments
 * of a function, and what it asked for. Lua's spare slots hide what is beyond, unless Lua is built
 * with LUA_USE_APICHECK. */
#include "check.h"

#include <dlfcn.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

int luaopen_streamctl_core(lua_State *L);

static int granted; /* how high the stack may be; 0: nobody looks */
static int beyond;  /* by how many slots it was higher */

static void push(lua_State *L)
{
    int over = lua_gettop(L) + 1 - granted;
    if (granted > 0 && over > beyond)
        beyond = over;
}

static void grant(lua_State *L, int count)
{
    if (granted > 0 && lua_gettop(L) + count > granted)
        granted = lua_gettop(L) + count;
}

/* The binding is to find these and not those of Lua. */
#pragma GCC visibility push(default)
#define INSTEAD(note, type, name, parameters, arguments)                                           \
    type name parameters                                                                           \
    {                                                                                              \
        type(*real) parameters;                                                                    \
        *(void **)&real = dlsym(RTLD_NEXT, #name);                                                 \
        note;                                                                                      \
        return real arguments;                                                                     \
    }
INSTEAD(push(L), const char *, lua_pushstring, (lua_State * L, const char *text), (L, text))
INSTEAD(push(L), const char *, lua_pushlstring, (lua_State * L, const char *text, size_t len),
        (L, text, len))
INSTEAD(push(L), int, lua_rawgeti, (lua_State * L, int index, lua_Integer key), (L, index, key))
INSTEAD(grant(L, count), int, lua_checkstack, (lua_State * L, int count), (L, count))

void lua_pushnil(lua_State *L)
{
    push(L);
    lua_settop(L, lua_gettop(L) + 1);
}

void lua_createtable(lua_State *L, int items, int names)
{
    void (*real)(lua_State *, int, int);
    *(void **)&real = dlsym(RTLD_NEXT, "lua_createtable");
    push(L);
    real(L, items, names);
}

void lua_pushinteger(lua_State *L, lua_Integer number)
{
    void (*real)(lua_State *, lua_Integer);
    *(void **)&real = dlsym(RTLD_NEXT, "lua_pushinteger");
    push(L);
    real(L, number);
}

void luaL_checkstack(lua_State *L, int count, const char *message)
{
    if (!lua_checkstack(L, count))
        (void)luaL_error(L, "%s", message);
}
#pragma GCC visibility pop

/* Calls the function that is its upvalue. */
static int watch(lua_State *L)
{
    lua_CFunction watched = lua_tocfunction(L, lua_upvalueindex(1));
    granted = lua_gettop(L) + LUA_MINSTACK;
    int results = watched(L);
    granted = 0;
    return results;
}

static void check_stack(const char *script)
{
    lua_State *L = luaL_newstate();
    REQUIRE(L != NULL);
    luaL_openlibs(L);
    lua_register(L, "open", luaopen_streamctl_core);
    CHECK_INT(LUA_OK, luaL_dostring(L, "return open()"));
    for (lua_pushnil(L); lua_next(L, 1) != 0;) { /* each function as a global */
        if (lua_tocfunction(L, -1) != NULL)
            lua_pushcclosure(L, watch, 1);
        lua_setglobal(L, lua_tostring(L, 2));
    }
    beyond = 0;
    CHECK_INT(LUA_OK, luaL_dostring(L, script));
    CHECK_INT(0, beyond);
    lua_close(L);
}

TEST(json_that_ends_early)
{
    check_stack("for depth = 1, 200 do assert(json(('{\"a\":'):rep(depth)) == nil) end");
}

TEST(json_that_is_deep)
{
    check_stack("for depth = 1, 200 do"
                " assert(json(('{\"a\":'):rep(depth) .. '\"\\\\n\"' .. ('}'):rep(depth))) end");
}

TEST(an_operation_with_as_many_names_of_resources_as_there_may_be)
{
    check_stack("local row = { action = 'X', method = 'GET', params = {}, resource = {} }\n"
                "for i = 1, 8 do\n"
                "  row.params[i], row.resource[i] = { name = 'P' .. i, type = 'text' }, 'P' .. i\n"
                "  operation(row)\n"
                "end");
}

CHECK_MAIN(60)
