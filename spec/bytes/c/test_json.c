/* core.json, also of texts at the end of memory, where a byte too many is a crash. */
#include "check.h"
#include "guard.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "../../csrc/check/operation.h"

#define GUARDED 4096

/* Shows a value as JSON with sorted names, single quotes, and numbers of 17 digits. */
static const char SHOW[] =
    "local function show(value)\n"
    "  if type(value) == 'number' then return ('%.17g'):format(value) end\n"
    "  if type(value) == 'string' then return \"'\" .. value .. \"'\" end\n"
    "  if type(value) ~= 'table' then return type(value) == 'userdata' and 'null' or "
    "tostring(value) end\n"
    "  local parts, names = {}, {}\n"
    "  for i, item in ipairs(value) do parts[i] = show(item) end\n"
    "  for name in pairs(value) do if type(name) == 'string' then names[#names + 1] = name end "
    "end\n"
    "  table.sort(names)\n"
    "  for i, name in ipairs(names) do parts[i] = name .. ':' .. show(value[name]) end\n"
    "  return (#names > 0 and '{%s}' or '[%s]'):format(table.concat(parts, ','))\n"
    "end\n"
    "return show";

static lua_State *state; /* which has `show` at the bottom of its stack */

__attribute__((constructor)) static void make_state(void)
{
    state = luaL_newstate();
    if (state == NULL)
        exit(1);
    luaL_openlibs(state);
    if (luaL_dostring(state, SHOW) != LUA_OK)
        exit(1);
}

__attribute__((destructor)) static void close_state(void)
{
    lua_close(state);
}

/* Reads a list or, with "{" before all, an object. What it is; or "!", and the byte of the fault. */
static struct sctl_str json_of(struct sctl_str text)
{
    lua_settop(state, 1);
    lua_pushvalue(state, 1);
    bool is_list = text.len == 0 || memchr(text.data, '{', 1) == NULL;
    if (lsctl_json_push(state, text, is_list) == 1)
        lua_call(state, 1, 1);
    else
        lua_pushfstring(state, "!%d", (int)lua_tointeger(state, -1));
    return lsctl_string(state, -1);
}

static const struct {
    const char *text, *value;
} JSON[] = {
    /* clang-format off */
    {"{}", "[]"}, {"[ ] ", "[]"}, {"{\"b\":[true,false,null],\"a\":1}", "{a:1,b:[true,false,null]}"},
    {"[\r1 ,\n-2\t]", "[1,-2]"}, {"{\"a\":{\"b\":{}},\"c\":null}", "{a:{b:[]}}"},
    /* integers that a double does not hold */
    {"[9007199254740992]", "[9007199254740992]"}, {"[9007199254740993]", "['9007199254740993']"},
    {"[-9007199254740993]", "['-9007199254740993']"},
    {"{\"a\" : 858012925204410400 }", "{a:'858012925204410400'}"},
    {"{\"12345678901234567\":1}", "{12345678901234567:1}"},
    /* numbers */
    {"[-0]", "[0]"}, {"[1.5e2]", "[150]"}, {"[0.1]", "[0.10000000000000001]"}, {"[-1E-2]", "[-0.01]"},
    {"[12345678901234567e0]", "[12345678901234568]"}, {"[9007199254740993.0]", "[9007199254740992]"},
    {"[9007199254740993.00000000000000000001]", "[9007199254740994]"}, {"[1e400]", "[inf]"},
    {"[1e-400]", "[0]"}, {"[0e99999999999999999999]", "[0]"}, {"[-.5]", "[-0.5]"}, {"[1.]", "[1]"},
    {"[1.e1]", "[10]"}, {"[01]", "!2"}, {"[-]", "!2"}, {"[-.]", "!2"}, {"[+1]", "!2"}, {"[.5]", "!2"},
    {"[1e]", "!2"}, {"[1e+]", "!2"}, {"[1.5.5]", "!5"}, {"[0x10]", "!3"}, {"[1-2]", "!3"},
    {"[-inf]", "!2"}, {"[NaN]", "!2"}, {"[1", "!3"}, {"[1.", "!4"}, {"[1e", "!2"},
    /* texts */
    {"[\"\"]", "['']"}, {"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "['\"\\/\b\f\n\r\t']"},
    {"[\"a\\u0041\\u00e4\\u6d41\\uD83D\\uDE00b\"]", "['aA\xc3\xa4\xe6\xb5\x81\xf0\x9f\x98\x80\x62']"},
    {"[\"\\\\\\\"x\"]", "['\\\"x']"}, {"[\"\xff\n\"]", "['\xff\n']"}, {"[\"\\ud83d\"]", "!3"},
    {"[\"\\ud83d\\u0041\"]", "!3"}, {"[\"\\ude00\"]", "!3"}, {"[\"\\u12\"]", "!3"}, {"[\"\\x\"]", "!3"},
    {"[\"x", "!3"}, {"[\"\\", "!3"}, {"[\"\\\"", "!3"}, {"[\"\\u", "!3"}, {"[\"\\ud83d\\u", "!3"},
    /* structure */
    {"", "!1"}, {"{\"a\":1,}", "!8"}, {"[1,]", "!4"}, {"[,1]", "!2"}, {"[1 2]", "!4"}, {"[1}", "!3"},
    {"{\"a\"}", "!5"}, {"{\"a\":}", "!6"}, {"{1:1}", "!2"}, {"{\"a\":1", "!7"}, {"[", "!2"}, {"]", "!1"},
    {"[1] 2", "!5"}, {"[nul]", "!2"}, {"[True]", "!2"}, {"\xef\xbb\xbf[]", "!1"}, {"['a']", "!2"},
    {"{", "!2"}, {"{\"a\":", "!6"}, {"tru", "!1"}, {"[1,", "!4"},
    /* another value than the one that is asked for */
    {"1", "!0"}, {"\"x\"", "!0"}, {"null", "!0"}, {" {}", "!0"},
    /* clang-format on */
};

TEST(json_of_every_kind_at_the_end_of_memory)
{
    struct guard guard = guard_new(GUARDED);
    for (size_t i = 0; i < LENGTH(JSON); i++)
        CHECK_STR(JSON[i].value, json_of(guard_text(&guard, JSON[i].text, strlen(JSON[i].text))));
    CHECK_STR("!4", json_of((struct sctl_str){"[1]\0", 4}));
    guard_free(&guard);
}

TEST(json_as_deep_as_the_limit)
{
    char text[402];
    memset(text, '[', 201);
    memset(text + 201, ']', 201);
    CHECK_STR("!201", json_of((struct sctl_str){text, sizeof text}));
    CHECK(lua_gettop(state) < 10);
    CHECK_INT(400, json_of((struct sctl_str){text + 1, 400}).len);
}

TEST(json_texts_with_escapes_of_any_length)
{
    char text[2000];
    for (size_t len = 1; len < 1200; len += 3) {
        memset(text, 'x', sizeof text);
        memcpy(text, "[\"\\n", 4);
        memcpy(text + 4 + len, "\"]", 2);
        CHECK_INT(len + 5, json_of((struct sctl_str){text, len + 6}).len);
    }
}

CHECK_MAIN(60)
