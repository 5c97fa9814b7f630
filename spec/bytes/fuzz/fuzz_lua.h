/* Targets in Lua: a script returns the function that takes the bytes, and throws when something
 * does not hold that must. Lua 5.4 and the binding are linked in. */
#pragma once

#include "fuzz.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

int luaopen_streamctl_core(lua_State *L);

/* Runs the function of a script with the bytes, and whether `flag`. */
static void run_script(const char *path, const uint8_t *data, size_t size, bool flag)
{
    static lua_State *state;
    if (state == NULL) {
        state = luaL_newstate();
        MUST(state != NULL);
        luaL_openlibs(state);
        luaL_requiref(state, "streamctl.core", luaopen_streamctl_core, 0);
        lua_settop(state, 0);
        if (luaL_dostring(state, "package.path = 'lua/?.lua;lua/?/init.lua;spec/bytes/fuzz/?.lua;'"
                                 " .. package.path") ||
            luaL_loadfile(state, path) || lua_pcall(state, 0, 1, 0)) {
            fprintf(stderr, "%s\n", lua_tostring(state, -1));
            abort();
        }
    }
    lua_settop(state, 1); /* its function */
    lua_pushvalue(state, 1);
    lua_pushlstring(state, (const char *)data, size);
    lua_pushboolean(state, flag);
    if (lua_pcall(state, 2, 0, 0) != LUA_OK) {
        fprintf(stderr, "does not hold: %s\n", lua_tostring(state, -1));
        abort();
    }
    if (size == 0) { /* the last one of a replay: all is free afterwards */
        lua_close(state);
        state = NULL;
    }
}
