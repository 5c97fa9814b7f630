/* Part of streamctl.core. Nothing here allocates in Lua, see walk.h. */
#include "any.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../core/encode.h"
#include "../core/pair.h"

/* ---- scalars ---- */

bool lsctl_any_is_null(lua_State *L, int index)
{
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == NULL;
}

bool lsctl_any_number(lua_State *L, int index, char space[SCTL_NUMBER_TEXT],
                      struct sctl_str *text)
{
    double number = (double)lua_tonumber(L, index);
#if LUA_VERSION_NUM >= 503
    if (lua_isinteger(L, index)) {
        lua_Integer whole = lua_tointeger(L, index);
        uint64_t size = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;
        *text = sctl_uint_text(size, space + 1);
        if (whole < 0) {
            space[text->data - space - 1] = '-';
            *text = (struct sctl_str){text->data - 1, text->len + 1};
        }
        return true;
    }
#endif
    if (!isfinite(number))
        return false;
    *text = (struct sctl_str){space, sctl_encode_number(space, number)};
    return true;
}

/* What is sent for a text, a number or a boolean, which may be in `space`; NULL, or the fault. */
static const char *scalar_text(lua_State *L, int index, char space[SCTL_NUMBER_TEXT],
                               struct sctl_str *text)
{
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        text->data = lua_tolstring(L, index, &text->len);
        return memchr(text->data, '\0', text->len) != NULL ? "nul" : NULL;
    case LUA_TBOOLEAN:
        *text = lua_toboolean(L, index) ? SCTL_STR("true") : SCTL_STR("false");
        return NULL;
    case LUA_TNUMBER:
        return lsctl_any_number(L, index, space, text) ? NULL : "not_finite";
    default:
        return "unsendable";
    }
}

/* ---- tables ---- */

size_t lsctl_any_length(lua_State *L, int index)
{
    double highest = 0;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        double key = lua_type(L, -2) == LUA_TNUMBER ? (double)lua_tonumber(L, -2) : 0;
        if (!(key >= 1 && floor(key) == key)) {
            lua_pop(L, 2);
            return SIZE_MAX;
        }
        highest = key > highest ? key : highest;
        count++;
    }
    return highest == (double)count ? count : SIZE_MAX;
}

bool lsctl_names_fine(struct sctl_str name)
{
    return name.len > 0 && !sctl_has_control(name);
}

/* In the order of the names of their types, and numbers in their own. */
static bool is_before(lua_State *L, int a, int b)
{
    int order = strcmp(luaL_typename(L, a), luaL_typename(L, b));
    if (order == 0 && lua_type(L, a) == LUA_TNUMBER)
        return lua_tonumber(L, a) < lua_tonumber(L, b);
    return order < 0;
}

static int compare_names(const void *a, const void *b)
{
    const struct lsctl_name *x = a, *y = b;
    return sctl_str_compare(x->text, y->text);
}

static struct lsctl_name *name_at(struct lsctl_walk *walk, size_t at)
{
    return (struct lsctl_name *)(void *)walk->scratch->names.data + at;
}

struct lsctl_name lsctl_names_get(struct lsctl_walk *walk,
                                  const struct lsctl_names *names, size_t at)
{
    return *name_at(walk, names->from + at);
}

bool lsctl_names_add(struct lsctl_walk *walk, struct lsctl_names *names,
                     struct lsctl_name name)
{
    struct sctl_buf *all = &walk->scratch->names;
    sctl_buf_add(all, &name, sizeof name);
    names->count++;
    return all->status == SCTL_OK || lsctl_walk_fault(walk, "memory", NULL, 0);
}

void lsctl_names_sort(struct lsctl_walk *walk, const struct lsctl_names *names)
{
    if (names->count > 1)
        qsort(name_at(walk, names->from), names->count, sizeof(struct lsctl_name),
              compare_names);
}

bool lsctl_names_begin(struct lsctl_walk *walk, struct lsctl_names *names)
{
    *names = (struct lsctl_names){.from = walk->scratch->names.len /
                                          sizeof(struct lsctl_name)};
    if (lua_checkstack(walk->L, 8) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    lua_pushnil(walk->L);
    names->odd = lua_gettop(walk->L);
    return true;
}

bool lsctl_names_take(struct lsctl_walk *walk, struct lsctl_names *names)
{
    lua_State *L = walk->L;
    struct lsctl_name name = {.value = lua_gettop(L)};
    if (lua_type(L, -2) == LUA_TSTRING) {
        name.text.data = lua_tolstring(L, -2, &name.text.len);
        if (lua_checkstack(L, 8) == 0)
            return lsctl_walk_fault(walk, "memory", NULL, 0);
        lua_pushvalue(L, -2); /* name and value stay where they are */
        return lsctl_names_add(walk, names, name);
    }
    lua_pop(L, 1);
    if (lua_isnil(L, names->odd) || is_before(L, lua_gettop(L), names->odd)) {
        lua_pushvalue(L, -1);
        lua_replace(L, names->odd);
    }
    return true;
}

int lsctl_names_odd(struct lsctl_walk *walk, const struct lsctl_names *names)
{
    return lua_isnil(walk->L, names->odd)
               ? 0
               : strcmp(luaL_typename(walk->L, names->odd), "string");
}

/* The names of the table at `index`, in byte order. */
static bool push_names(struct lsctl_walk *walk, int index, struct lsctl_names *names)
{
    if (!lsctl_names_begin(walk, names))
        return false;
    for (lua_pushnil(walk->L); lua_next(walk->L, index) != 0;) {
        if (!lsctl_names_take(walk, names))
            return false;
    }
    lsctl_names_sort(walk, names);
    return true;
}

static void pop_names(struct lsctl_walk *walk, const struct lsctl_names *names, int top)
{
    walk->scratch->names.len = names->from * sizeof(struct lsctl_name);
    lua_settop(walk->L, top);
}

/* Goes into a table, unless it is the last one that is too deep; `go_out` comes back. */
static bool go_in(struct lsctl_walk *walk)
{
    if (walk->depth == LSCTL_MAX_DEPTH)
        return false;
    walk->depth++;
    return true;
}

/* False when what was written found no memory, or is too much. */
static bool go_out(struct lsctl_walk *walk, int top)
{
    walk->depth--;
    lua_settop(walk->L, top);
    return walk->scratch->out.status == SCTL_OK ||
           lsctl_walk_fault(walk, "memory", NULL, 0);
}

/* ---- JSON ---- */

static bool list_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                      size_t count)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_step below = {.outer = step};
    for (below.item = 1; below.item <= count; below.item++) {
        sctl_buf_add_char(out, below.item == 1 ? '[' : ',');
        lua_rawgeti(L, index, (int)below.item);
        if (!lsctl_any_json(walk, &below, lua_gettop(L), true))
            return false;
        lua_pop(L, 1);
    }
    sctl_buf_add_char(out, ']');
    return true;
}

static bool object_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_names names;
    int top = lua_gettop(L);
    size_t i;
    if (!push_names(walk, index, &names))
        return false;
    if (lsctl_names_odd(walk, &names) < 0)
        return lsctl_walk_fault_dotted(walk, "no_name", step, names.odd);
    for (i = 0; i < names.count; i++) {
        struct lsctl_name name = lsctl_names_get(walk, &names, i);
        struct lsctl_step below = {.outer = step, .name = name.text};
        if (!lsctl_names_fine(name.text))
            return lsctl_walk_fault_dotted(walk, "no_name", &below, 0);
        sctl_buf_add_char(out, i == 0 ? '{' : ',');
        sctl_encode_json(out, name.text);
        sctl_buf_add_char(out, ':');
        if (!lsctl_any_json(walk, &below, name.value, false))
            return false;
    }
    if (lsctl_names_odd(walk, &names) > 0)
        return lsctl_walk_fault_dotted(walk, "no_name", step, names.odd);
    sctl_buf_add_char(out, '}');
    pop_names(walk, &names, top);
    return true;
}

static bool table_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                       bool may_be_empty)
{
    int top = lua_gettop(walk->L);
    size_t count;
    bool fine;
    if (lua_checkstack(walk->L, 8) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    if (!go_in(walk))
        return lsctl_walk_fault_dotted(walk, "deep", step, index);
    count = lsctl_any_length(walk->L, index);
    if (count == 0 && !may_be_empty)
        return lsctl_walk_fault_dotted(walk, "empty_table", step, index);
    if (count == 0)
        sctl_buf_add_lit(&walk->scratch->out, "{}");
    fine = count == 0 || (count == SIZE_MAX ? object_json(walk, step, index)
                                            : list_json(walk, step, index, count));
    return fine && go_out(walk, top);
}

bool lsctl_any_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                    bool may_be_empty)
{
    struct sctl_buf *out = &walk->scratch->out;
    char space[SCTL_NUMBER_TEXT];
    struct sctl_str text;
    const char *found;
    if (lua_type(walk->L, index) == LUA_TSTRING) { /* which may hold anything */
        text.data = lua_tolstring(walk->L, index, &text.len);
        sctl_encode_json(out, text);
        return true;
    }
    if (lua_istable(walk->L, index))
        return table_json(walk, step, index, may_be_empty);
    if (lsctl_any_is_null(walk->L, index)) {
        sctl_buf_add_lit(out, "null");
        return true;
    }
    found = scalar_text(walk->L, index, space, &text);
    if (found != NULL)
        return lsctl_walk_fault_dotted(walk, found, step, index);
    sctl_buf_add_str(out, text);
    return true;
}

/* ---- with commas ---- */

bool lsctl_any_commas(struct lsctl_walk *walk, const struct lsctl_step *step, int index)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_step below = {.outer = step};
    size_t count = lsctl_any_length(L, index);
    if (count == SIZE_MAX)
        return lsctl_walk_fault(walk, "no_list_of_commas", step, index);
    for (below.item = 1; below.item <= count; below.item++) {
        char space[SCTL_NUMBER_TEXT];
        struct sctl_str text;
        const char *found;
        lua_rawgeti(L, index, (int)below.item);
        found = scalar_text(L, -1, space, &text);
        if (found == NULL && memchr(text.data, ',', text.len) != NULL)
            found = "comma";
        if (found != NULL)
            return lsctl_walk_fault(walk, found, &below, lua_gettop(L));
        if (below.item > 1)
            sctl_buf_add_char(out, ',');
        sctl_buf_add_str(out, text);
        lua_pop(L, 1);
    }
    return true;
}

/* ---- flat ---- */

static bool flatten_list(struct lsctl_walk *walk, int index, size_t count)
{
    lua_State *L = walk->L;
    size_t i;
    for (i = 1; i <= count; i++) {
        size_t before;
        lua_rawgeti(L, index, (int)i);
        before = lsctl_name_item(walk, i, lua_istable(L, -1));
        if (!lsctl_any_flatten(walk, lua_gettop(L)))
            return false;
        walk->scratch->name.len = before;
        lua_pop(L, 1);
    }
    return true;
}

static bool flatten_names(struct lsctl_walk *walk, int index)
{
    struct lsctl_names names;
    int top = lua_gettop(walk->L);
    size_t i;
    if (!push_names(walk, index, &names))
        return false;
    if (lsctl_names_odd(walk, &names) < 0)
        return lsctl_walk_fault_named(walk, "no_names", index);
    for (i = 0; i < names.count; i++) {
        struct lsctl_name name = lsctl_names_get(walk, &names, i);
        size_t before = lsctl_name_field(walk, name.text);
        if (!lsctl_any_flatten(walk, name.value))
            return false;
        walk->scratch->name.len = before;
    }
    if (lsctl_names_odd(walk, &names) > 0)
        return lsctl_walk_fault_named(walk, "no_names", index);
    pop_names(walk, &names, top);
    return true;
}

static bool flatten_table(struct lsctl_walk *walk, int index)
{
    int top = lua_gettop(walk->L);
    size_t count;
    bool fine;
    if (lua_checkstack(walk->L, 8) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    if (!go_in(walk))
        return lsctl_walk_fault_named(walk, "deep", index);
    count = lsctl_any_length(walk->L, index);
    if (count == 0)
        return lsctl_walk_fault_named(walk, "empty_table", index);
    fine = count == SIZE_MAX ? flatten_names(walk, index)
                             : flatten_list(walk, index, count);
    return fine && go_out(walk, top);
}

bool lsctl_any_flatten(struct lsctl_walk *walk, int index)
{
    struct sctl_buf *out = &walk->scratch->out;
    char space[SCTL_NUMBER_TEXT];
    struct lsctl_text value = {NULL, 0, 0};
    struct sctl_str text;
    const char *found;
    size_t from = out->len;
    if (lua_istable(walk->L, index))
        return flatten_table(walk, index);
    if (lsctl_any_is_null(walk->L, index))
        return true;
    found = scalar_text(walk->L, index, space, &text);
    if (found != NULL)
        return lsctl_walk_fault_named(walk, found, index);
    if (lua_type(walk->L, index) == LUA_TSTRING) {
        value = (struct lsctl_text){text.data, 0, text.len};
    } else {
        sctl_buf_add_str(out, text);
        value = lsctl_walk_made(walk, from);
    }
    return lsctl_walk_send(walk, lsctl_walk_name(walk), value);
}
