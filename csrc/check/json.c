/* Values of JSON texts. */
#include "operation.h"

#include "../core/base/json.h"

/* A longer copy is userdata, since pushing the text may fail. */
static void push_text(lua_State *L, const struct sctl_json *json)
{
    struct sctl_str text = json->text;
    char space[512], *copy = space;
    if (!json->escaped) {
        lsctl_push_text(L, text);
        return;
    }
    if (text.len > sizeof space)
        copy = lua_newuserdata(L, text.len);
    lua_pushlstring(L, copy, sctl_json_unescape(text, copy));
    if (copy != space)
        lua_remove(L, -2);
}

/* Whole numbers become integers, where Lua has them. */
static void push_number(lua_State *L, double number)
{
#if LUA_VERSION_NUM >= 503
    lua_Integer whole;
    if (number >= -0x1p63 && number < 0x1p63 && (double)(whole = (lua_Integer)number) == number) {
        lua_pushinteger(L, whole);
        return;
    }
#endif
    lua_pushnumber(L, (lua_Number)number);
}

/* Pushes the value of a step. False: a name, or a value that has only begun. */
static bool push_step(lua_State *L, const struct sctl_json *json, enum sctl_json_step step)
{
    switch (step) {
    case SCTL_JSON_OBJECT:
    case SCTL_JSON_LIST:
        luaL_checkstack(L, 4, "the JSON is too deep");           /* and a name, a value, a copy */
        lua_createtable(L, 0, step == SCTL_JSON_OBJECT ? 4 : 0); /* as most have at least */
        return false;
    case SCTL_JSON_NAME:
        push_text(L, json);
        return false;
    case SCTL_JSON_TEXT:
        push_text(L, json);
        break;
    case SCTL_JSON_NUMBER:
        push_number(L, json->number);
        break;
    case SCTL_JSON_TRUE:
    case SCTL_JSON_FALSE:
        lua_pushboolean(L, step == SCTL_JSON_TRUE);
        break;
    case SCTL_JSON_NULL: /* keeps its place in a list */
        if (json->depth > 0 && !json->lists[json->depth - 1])
            lua_pushnil(L);
        else
            lua_pushlightuserdata(L, NULL);
        break;
    default: /* the table that ends is on the top */
        break;
    }
    return true;
}

static int refuse(lua_State *L, const char *why, ptrdiff_t at)
{
    lua_settop(L, 1); /* open tables may have filled the stack */
    lua_pushnil(L);
    lua_pushstring(L, why);
    if (at > 0)
        lua_pushinteger(L, (lua_Integer)at);
    return at > 0 ? 3 : 2;
}

/* json(text, [opening]) -> table | nil, string (why not), integer|nil (the byte of the fault):
 * Reads a JSON object, or with the opening "[" a list. Integers beyond 2^53 become texts, whole
 * numbers integers. A null is left out of an object, and in a list a light userdata, as that of
 * cjson. */
int lsctl_json(lua_State *L)
{
    int items[SCTL_JSON_DEPTH]; /* of each list that is open */
    struct sctl_json json;
    enum sctl_json_step step;
    luaL_checktype(L, 1, LUA_TSTRING);
    struct sctl_str text = lsctl_text(L, 1);
    struct sctl_str opening = lsctl_text(L, 2);
    bool list = opening.len == 1 && opening.data[0] == '[';
    sctl_json_begin(&json, text);
    while ((step = sctl_json_next(&json)) > SCTL_JSON_END) {
        if (step == SCTL_JSON_LIST)
            items[json.depth - 1] = 0;
        if (!push_step(L, &json, step) || json.depth == 0)
            continue;
        if (json.lists[json.depth - 1])
            lua_rawseti(L, -2, ++items[json.depth - 1]);
        else
            lua_rawset(L, -3);
    }
    if (step == SCTL_JSON_FAULT)
        return refuse(L, "it is not JSON", json.at - text.data + 1);
    if (lua_type(L, -1) != LUA_TTABLE || json.lists[0] != list)
        return refuse(L, list ? "it is not a JSON list" : "it is not a JSON object", 0);
    return 1;
}
