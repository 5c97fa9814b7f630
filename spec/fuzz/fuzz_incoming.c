/* What others send and Lua reads: webhooks of both vendors, tokens and addresses. Lua 5.4 and the
 * binding are linked in; incoming.lua says what must hold. */
#include "fuzz.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

int luaopen_streamctl_core(lua_State *L);

static lua_State *state;

/* Leaves the function of incoming.lua at index 1. */
static void open_state(void)
{
    state = luaL_newstate();
    MUST(state != NULL);
    luaL_openlibs(state);
    luaL_requiref(state, "streamctl.core", luaopen_streamctl_core, 0);
    lua_settop(state, 0);
    if (luaL_dostring(state,
                      "package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path") ||
        luaL_loadfile(state, "spec/fuzz/incoming.lua") || lua_pcall(state, 0, 1, 0)) {
        fprintf(stderr, "%s\n", lua_tostring(state, -1));
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (state == NULL)
        open_state();
    lua_settop(state, 1);
    lua_pushvalue(state, 1);
    lua_pushlstring(state, (const char *)data, size);
    if (lua_pcall(state, 1, 0, 0) != LUA_OK) {
        fprintf(stderr, "does not hold: %s\n", lua_tostring(state, -1));
        abort();
    }
    if (size == 0) { /* the last one of a replay: all is free afterwards */
        lua_close(state);
        state = NULL;
    }
    return 0;
}
