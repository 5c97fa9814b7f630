/* Reading JSON: the core's steps stay inside the text, and core.json gives what lua-cjson gives when
 * integers beyond 2^53 are quoted before and the values are tidied up afterwards. Lua 5.4 and the
 * binding are linked in; json.lua compares. */
#include "fuzz.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "json.h"

int luaopen_streamctl_core(lua_State *L);

static lua_State *state;

/* Leaves the function of json.lua at index 1. */
static void open_state(void)
{
    state = luaL_newstate();
    MUST(state != NULL);
    luaL_openlibs(state);
    luaL_requiref(state, "streamctl.core", luaopen_streamctl_core, 0);
    lua_settop(state, 0);
    if (luaL_loadfile(state, "spec/fuzz/json.lua") || lua_pcall(state, 0, 1, 0)) {
        fprintf(stderr, "%s\n", lua_tostring(state, -1));
        abort();
    }
}

static void check_text(const struct sctl_json *json, struct sctl_str whole)
{
    struct sctl_str text = json->text;
    char *copy = malloc(text.len + (text.len == 0)); /* ends where the text ends */
    MUST(copy != NULL);
    MUST(text.data >= whole.data && text.data + text.len <= whole.data + whole.len);
    if (json->escaped)
        MUST(sctl_json_unescape(text, copy) < text.len);
    free(copy);
}

/* Whether it is JSON. `whole` is a block that ends where the text ends. */
static bool walk(struct sctl_str whole)
{
    struct sctl_json json;
    enum sctl_json_step step;
    size_t steps = 0, open = 0;
    sctl_json_begin(&json, whole);
    while ((step = sctl_json_next(&json)) > SCTL_JSON_END) {
        MUST(++steps <= whole.len);
        open += step == SCTL_JSON_OBJECT || step == SCTL_JSON_LIST;
        open -= step == SCTL_JSON_CLOSE;
        MUST(open == json.depth && open <= SCTL_JSON_DEPTH);
        if (step == SCTL_JSON_NAME || step == SCTL_JSON_TEXT)
            check_text(&json, whole);
    }
    MUST(json.at >= whole.data && json.at <= whole.data + whole.len);
    MUST(step == SCTL_JSON_FAULT || (open == 0 && json.at == json.end));
    return step == SCTL_JSON_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_json = walk((struct sctl_str){(const char *)data, size});
    if (state == NULL)
        open_state();
    lua_settop(state, 1);
    lua_pushvalue(state, 1);
    lua_pushlstring(state, (const char *)data, size);
    lua_pushboolean(state, is_json);
    if (lua_pcall(state, 2, 0, 0) != LUA_OK) {
        fprintf(stderr, "does not hold: %s\n", lua_tostring(state, -1));
        abort();
    }
    if (size == 0) { /* the last one of a replay: all is free afterwards */
        lua_close(state);
        state = NULL;
    }
    return 0;
}
