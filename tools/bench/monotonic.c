/* A clock for short times: `require "monotonic"()` gives seconds. Plain Lua has only CPU time and
 * whole seconds. Links nothing but libc, so that loading it warms nothing up. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <time.h>

#include <lauxlib.h>
#include <lua.h>

static int monotonic(lua_State *L)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return luaL_error(L, "no clock");
    lua_pushnumber(L, (lua_Number)now.tv_sec + (lua_Number)now.tv_nsec / 1e9);
    return 1;
}

int luaopen_monotonic(lua_State *L);

int luaopen_monotonic(lua_State *L)
{
    lua_pushcfunction(L, monotonic);
    return 1;
}
