/* Values of JSON texts. The reader holds to the grammar, with three liberties that lua-cjson takes
 * and vendors may need: texts may hold control characters (but NUL) and bytes that are not UTF-8,
 * and a number may begin or end with its point ("-.5", "1."). */
#include "operation.h"

#include <stdio.h>

#define DEEPEST 200 /* lists and objects in each other */

struct reader {
    lua_State *L;
    const char *at, *end;
    int depth; /* of what is open */
};

/* What comes next, after white space; 0, which a text that is read has nowhere, at the end. */
static char peek(struct reader *json)
{
    while (json->at < json->end &&
           (*json->at == ' ' || *json->at == '\n' || *json->at == '\t' || *json->at == '\r'))
        json->at++;
    return json->at < json->end ? *json->at : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- texts ---- */

/* Four hex digits; above 0xffff when there are none. */
static uint32_t read_unit(const char *at, const char *end)
{
    uint32_t unit = 0;
    if (end - at < 4)
        return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        unsigned digit = sctl_hex_value(at[i]);
        if (digit > 15)
            return UINT32_MAX;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Reads what follows "\u": one unit of UTF-16, or two that are a pair. Returns its end, or NULL. */
static const char *read_code(const char *at, const char *end, uint32_t *code)
{
    *code = read_unit(at, end);
    if (*code > 0xffffu)
        return NULL;
    at += 4;
    if ((*code & 0xf800u) != 0xd800u)
        return at;
    if (*code >= 0xdc00u || end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return NULL;
    uint32_t low = read_unit(at + 2, end);
    if (low > 0xffffu || (low & 0xfc00u) != 0xdc00u)
        return NULL;
    *code = 0x10000u + ((*code & 0x3ffu) << 10 | (low & 0x3ffu));
    return at + 6;
}

/* Reads what follows a backslash. Returns its end, or NULL when it is no escape. */
static const char *read_escape(const char *at, const char *end, uint32_t *code)
{
    static const char NAMES[] = "\"\\/bfnrt", BYTES[] = "\"\\/\b\f\n\r\t";
    if (at == end)
        return NULL;
    if (*at == 'u')
        return read_code(at + 1, end, code);
    const char *name = memchr(NAMES, *at, sizeof NAMES - 1);
    if (name == NULL)
        return NULL;
    *code = (uint32_t)BYTES[name - NAMES];
    return at + 1;
}

static size_t write_utf8(uint32_t code, char *out)
{
    static const unsigned char LEADS[] = {0x00, 0xc0, 0xe0, 0xf0};
    size_t more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    out[0] = (char)(LEADS[more] | code >> 6 * more);
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80u | (code >> 6 * (more - i) & 0x3fu));
    return more + 1;
}

/* Pushes a text that holds escapes, as it is meant. A longer copy is userdata, since pushing it may
 * fail. */
static void push_unescaped(lua_State *L, const char *at, const char *end)
{
    char space[512], *copy = space;
    size_t len = 0;
    uint32_t code = 0;
    if ((size_t)(end - at) > sizeof space)
        copy = lua_newuserdata(L, (size_t)(end - at));
    do {
        if (*at != '\\') {
            copy[len++] = *at++;
            continue;
        }
        at = read_escape(at + 1, end, &code);
        len += write_utf8(code, copy + len);
    } while (at != NULL && at < end);
    lua_pushlstring(L, copy, len);
    if (copy != space)
        lua_remove(L, -2);
}

/* Reads what follows the quote that opens a text. Most have no escape: memchr is fast. */
static bool read_text(struct reader *json)
{
    const char *from = ++json->at, *end = json->end;
    const char *quote = memchr(from, '"', (size_t)(end - from));
    if (quote == NULL)
        return false;
    const char *escape = memchr(from, '\\', (size_t)(quote - from));
    uint32_t code;
    for (const char *at = escape; at != NULL && at < end && *at != '"'; quote = at)
        at = *at == '\\' ? read_escape(at + 1, end, &code) : at + 1;
    if (quote == NULL || quote == end)
        return false;
    if (escape != NULL)
        push_unescaped(json->L, from, quote);
    else
        lua_pushlstring(json->L, from, (size_t)(quote - from));
    json->at = quote + 1;
    return true;
}

/* ---- numbers ---- */

/* More digits than lie between two doubles at most; then one for all that follow. */
#define DIGITS 770

/* The exponent at `*at`, if there is one; false when its digits are missing. */
static bool read_exponent(const char **at, const char *end, int64_t *exponent)
{
    int64_t number = 0;
    bool negative = false;
    const char *from;
    if (*at == end || (**at != 'e' && **at != 'E'))
        return true;
    ++*at;
    if (*at < end && (**at == '-' || **at == '+'))
        negative = *(*at)++ == '-';
    for (from = *at; *at < end && is_digit(**at); ++*at) {
        if (number < 1000000000000) /* more than any text has digits */
            number = 10 * number + (**at - '0');
    }
    *exponent += negative ? -number : number;
    return *at > from;
}

/* A number with a point or an exponent. strtod gets digits and an exponent: where the locale has
 * another point, it would not know ours. */
static bool read_decimal(struct reader *json, const char *at, double *number)
{
    char text[DIGITS + 1 + sizeof "e-99999"];
    size_t len = 0, digits = 0;
    int64_t exponent = 0;
    bool point = false, rest = false;
    for (; at < json->end && (is_digit(*at) || (*at == '.' && !point)); at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        digits++;
        if (len == DIGITS) {
            rest = rest || *at != '0';
            exponent += !point;
            continue;
        }
        exponent -= point;
        if (len > 0 || *at != '0')
            text[len++] = *at;
    }
    if (digits == 0 || !read_exponent(&at, json->end, &exponent))
        return false;
    if (rest)
        text[len++] = '1', exponent--;
    if (len == 0)
        text[len++] = '0';
    exponent = exponent > 9999 ? 9999 : exponent < -9999 ? -9999 : exponent;
    (void)snprintf(text + len, sizeof text - len, "e%d", (int)exponent);
    *number = strtod(text, NULL);
    json->at = at;
    return true;
}

/* Whether digits, without a zero before them, are more than 2^53: doubles have gaps from there. */
static bool too_big(const char *digits, size_t len)
{
    static const char LARGEST[] = "9007199254740992";
    size_t max = sizeof LARGEST - 1;
    return len > max || (len == max && memcmp(digits, LARGEST, max) > 0);
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

static bool read_number(struct reader *json)
{
    const char *from = json->at, *digits = from + (*from == '-'), *at = digits;
    uint64_t whole = 0;
    while (at < json->end && is_digit(*at))
        whole = 10 * whole + (uint64_t)(*at++ - '0');
    double number = (double)whole;
    if (at - digits > 1 && *digits == '0')
        return false;
    if (at < json->end && (*at == '.' || ((*at == 'e' || *at == 'E') && at > digits))) {
        if (!read_decimal(json, digits, &number))
            return false;
    } else if (at == digits) {
        return false;
    } else {
        json->at = at;
        if (too_big(digits, (size_t)(at - digits))) {
            lua_pushlstring(json->L, from, (size_t)(at - from));
            return true;
        }
    }
    push_number(json->L, digits > from ? -number : number);
    return true;
}

/* ---- values ---- */

static bool read_word(struct reader *json, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(json->end - json->at) < len || memcmp(json->at, word, len) != 0)
        return false;
    json->at += len;
    return true;
}

static bool read_table(struct reader *json, bool is_list);

/* Reads a value and pushes it. False: a fault, at `at`. */
static bool read_value(struct reader *json, bool in_list)
{
    char c = peek(json);
    if (c == '"')
        return read_text(json);
    if (c == '{' || c == '[')
        return read_table(json, c == '[');
    if (c == '-' || is_digit(c))
        return read_number(json);
    if (read_word(json, "true") || read_word(json, "false"))
        lua_pushboolean(json->L, c == 't');
    else if (!read_word(json, "null"))
        return false;
    else if (in_list)
        lua_pushlightuserdata(json->L, NULL); /* it keeps its place */
    else
        lua_pushnil(json->L);
    return true;
}

static bool read_table(struct reader *json, bool is_list)
{
    lua_State *L = json->L;
    if (json->depth++ == DEEPEST)
        return false;
    json->at++;
    luaL_checkstack(L, 4, "the JSON is too deep"); /* a table, a name, a value, a copy */
    lua_createtable(L, 0, is_list ? 0 : 4);        /* as most have at least */
    char c = peek(json), last = is_list ? ']' : '}';
    if (is_list && c == last) {
        luaL_getmetatable(L, LSCTL_EMPTY_LIST);
        lua_setmetatable(L, -2);
    }
    for (int items = 1; c != last; items++) {
        if (items > 1 && c != ',')
            return false;
        json->at += items > 1;
        if (!is_list && (peek(json) != '"' || !read_text(json) || peek(json) != ':'))
            return false;
        json->at += !is_list;
        if (!read_value(json, is_list))
            return false;
        if (is_list)
            lua_rawseti(L, -2, items);
        else
            lua_rawset(L, -3);
        c = peek(json);
    }
    json->at++;
    json->depth--;
    return true;
}

int lsctl_json_push(lua_State *L, struct sctl_str text, bool is_list)
{
    struct reader json = {L, text.data, text.data + text.len, 0};
    const char *nul = text.len > 0 ? memchr(text.data, '\0', text.len) : NULL;
    if (nul != NULL)
        json.at = json.end = nul; /* where it is refused */
    int top = lua_gettop(L);
    char first = peek(&json);
    bool is_json = read_value(&json, true) && peek(&json) == '\0' && json.at == json.end;
    if (is_json && first == (is_list ? '[' : '{'))
        return 1;
    lua_settop(L, top); /* open tables may have filled the stack */
    lua_pushnil(L);
    lua_pushstring(L, !is_json  ? "it is not JSON"
                      : is_list ? "it is not a JSON list"
                                : "it is not a JSON object");
    if (!is_json)
        lua_pushinteger(L, (lua_Integer)(json.at - text.data) + 1);
    return is_json ? 2 : 3;
}

/* json(text, [opening]) -> table | nil, string (why not), integer|nil (the byte of the fault):
 * Reads a JSON object, or with the opening "[" a list. Integers beyond 2^53 become texts, whole
 * numbers integers. A null is left out of an object, and in a list a light userdata, as that of
 * cjson. The metatable LIST tells an empty list from an empty object. */
int lsctl_json(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TSTRING);
    struct sctl_str opening = lsctl_text(L, 2);
    return lsctl_json_push(L, lsctl_string(L, 1), opening.len == 1 && opening.data[0] == '[');
}
