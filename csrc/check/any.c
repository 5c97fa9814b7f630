/* Values without a shape. See operation.h for what may not be done here. */
#include "operation.h"

#include <math.h>

/* ---- scalars ---- */

/* Integers beyond 2^53 are infinite: a double would round them. */
static double scalar_number(lua_State *L, int index)
{
    double number = (double)lua_tonumber(L, index);
#if LUA_VERSION_NUM >= 503
    if (!(fabs(number) < (double)SCTL_MAX_NUMBER) && lua_isinteger(L, index)) {
        lua_Integer whole = lua_tointeger(L, index);
        if (whole < -SCTL_MAX_NUMBER || whole > SCTL_MAX_NUMBER)
            return INFINITY;
    }
#endif
    return number;
}

struct sctl_scalar lsctl_scalar(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return (struct sctl_scalar){.kind = SCTL_SCALAR_ABSENT};
    case LUA_TSTRING:
        return (struct sctl_scalar){.kind = SCTL_SCALAR_TEXT, .text = lsctl_string(L, index)};
    case LUA_TNUMBER:
        return (struct sctl_scalar){.kind = SCTL_SCALAR_NUMBER, .number = scalar_number(L, index)};
    case LUA_TBOOLEAN:
        return (struct sctl_scalar){.kind = SCTL_SCALAR_BOOLEAN, .number = lua_toboolean(L, index)};
    default:
        return (struct sctl_scalar){.kind = SCTL_SCALAR_OTHER};
    }
}

bool lsctl_any_number(lua_State *L, int index, char space[SCTL_NUMBER_TEXT], struct sctl_str *text)
{
    double number = (double)lua_tonumber(L, index);
#if LUA_VERSION_NUM >= 503
    if (lua_isinteger(L, index)) {
        lua_Integer whole = lua_tointeger(L, index);
        uint64_t size = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;
        *text = sctl_whole_text(size, whole < 0, space);
        return true;
    }
#endif
    if (!isfinite(number))
        return false;
    *text = (struct sctl_str){space, sctl_encode_number(space, number)};
    return true;
}

/* The text of a scalar, which may be in `space`. Returns NULL, or the fault. */
static const char *scalar_text(lua_State *L, int index, char space[SCTL_NUMBER_TEXT],
                               struct sctl_str *text, enum lsctl_form form)
{
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        *text = lsctl_string(L, index);
        if (form == LSCTL_AS_JSON)
            return NULL;
        if (memchr(text->data, '\0', text->len) != NULL)
            return "nul";
        return form == LSCTL_AS_TEXT && memchr(text->data, ',', text->len) != NULL ? "comma" : NULL;
    case LUA_TBOOLEAN:
        *text = lua_toboolean(L, index) ? SCTL_STR("true") : SCTL_STR("false");
        return NULL;
    case LUA_TNUMBER:
        return lsctl_any_number(L, index, space, text) ? NULL : "not_finite";
    default:
        return "unsendable";
    }
}

/* ---- names ---- */

bool lsctl_is_name(struct sctl_str text)
{
    return text.len > 0 && !sctl_has_control(text);
}

struct lsctl_name *lsctl_names_of(struct lsctl_walk *walk, const struct lsctl_names *names)
{
    return (struct lsctl_name *)(void *)walk->scratch->names.data + names->from;
}

struct lsctl_names lsctl_names_begin(const struct lsctl_walk *walk)
{
    return (struct lsctl_names){.from = walk->scratch->names.len / sizeof(struct lsctl_name)};
}

bool lsctl_names_take(struct lsctl_walk *walk, struct lsctl_names *names)
{
    struct sctl_buf *all = &walk->scratch->names;
    struct lsctl_name name = {.value = lua_gettop(walk->L) - 1};
    if (lua_type(walk->L, -2) != LUA_TSTRING) {
        names->odd = name.value;
        return false;
    }
    name.text = lsctl_string(walk->L, -2);
    if (lua_checkstack(walk->L, 8) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    lua_insert(walk->L, -2);
    sctl_buf_add(all, &name, sizeof name);
    names->count++;
    return all->status == SCTL_OK || lsctl_walk_fault(walk, "memory", NULL, 0);
}

static int compare_names(const void *a, const void *b)
{
    const struct lsctl_name *x = a, *y = b;
    return sctl_str_compare(x->text, y->text);
}

void lsctl_names_sort(struct lsctl_walk *walk, const struct lsctl_names *names)
{
    if (names->count > 1)
        qsort(lsctl_names_of(walk, names), names->count, sizeof(struct lsctl_name), compare_names);
}

/* ---- tables ---- */

size_t lsctl_list_length(lua_State *L, int index)
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

static bool write_items(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                        size_t count, enum lsctl_form form)
{
    lua_State *L = walk->L;
    struct sctl_buf *name = &walk->scratch->name;
    struct lsctl_step below = {.outer = step};
    size_t before = name->len;
    for (below.item = 1; below.item <= count; below.item++) {
        lua_rawgeti(L, index, (int)below.item);
        if (form == LSCTL_AS_PAIRS)
            before = lsctl_name_item(walk, below.item, lua_istable(L, -1));
        else if (below.item > 1)
            sctl_buf_add_char(&walk->scratch->out, ',');
        if (!lsctl_any_write(walk, &below, lua_gettop(L), form))
            return false;
        sctl_buf_cut(name, before);
        lua_pop(L, 1);
    }
    return true;
}

static bool write_names(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                        enum lsctl_form form)
{
    struct sctl_buf *out = &walk->scratch->out, *name = &walk->scratch->name;
    struct lsctl_names names = lsctl_names_begin(walk);
    size_t before = name->len;
    for (lua_pushnil(walk->L); lua_next(walk->L, index) != 0;) {
        if (lsctl_names_take(walk, &names))
            continue;
        if (names.odd == 0)
            return false;
        return form == LSCTL_AS_JSON ? lsctl_walk_fault_in(walk, "no_name", step, names.odd, form)
                                     : lsctl_walk_fault_in(walk, "no_names", step, index, form);
    }
    lsctl_names_sort(walk, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct lsctl_name key = lsctl_names_of(walk, &names)[i];
        struct lsctl_step below = {.outer = step, .name = key.text};
        if (form == LSCTL_AS_PAIRS)
            before = lsctl_name_field(walk, key.text);
        if (!lsctl_is_name(key.text))
            return lsctl_walk_fault_in(walk, "no_name", &below, 0, form);
        if (form != LSCTL_AS_PAIRS) {
            if (i > 0)
                sctl_buf_add_char(out, ',');
            sctl_encode_json(out, key.text);
            sctl_buf_add_char(out, ':');
        }
        if (!lsctl_any_write(walk, &below, key.value, form))
            return false;
        sctl_buf_cut(name, before);
    }
    sctl_buf_cut(&walk->scratch->names, names.from * sizeof(struct lsctl_name));
    return true;
}

static bool any_write_table(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                            enum lsctl_form form)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    size_t count = lsctl_list_length(L, index);
    bool json = form == LSCTL_AS_JSON;
    bool is_list = count != SIZE_MAX && (count > 0 || form == LSCTL_AS_TEXT);
    int top = lua_gettop(L);
    if (walk->depth == LSCTL_MAX_DEPTH)
        return lsctl_walk_fault_in(walk, "deep", step, index, form);
    if (form == LSCTL_AS_TEXT && step->item > 0)
        return lsctl_walk_fault_in(walk, "unsendable", step, index, form);
    if (form == LSCTL_AS_TEXT && !is_list)
        return lsctl_walk_fault_in(walk, "no_list_of_commas", step, index, form);
    if (count == 0 && !is_list && !(json && step->item > 0))
        return lsctl_walk_fault_in(walk, "empty_table", step, index, form);
    walk->depth++;
    if (json)
        sctl_buf_add_char(out, is_list ? '[' : '{');
    if (is_list ? !write_items(walk, step, index, count, form)
                : !write_names(walk, step, index, form))
        return false;
    if (json)
        sctl_buf_add_char(out, is_list ? ']' : '}');
    walk->depth--;
    lua_settop(L, top);
    return lsctl_walk_has_memory(walk);
}

bool lsctl_any_write(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                     enum lsctl_form form)
{
    SCTL_ASSERT(index > 0);
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    char space[SCTL_NUMBER_TEXT];
    struct sctl_str text = SCTL_STR("null");
    const char *found = NULL;
    size_t from = out->len;
    bool null = lua_islightuserdata(L, index) && lua_touserdata(L, index) == NULL;
    if (lua_checkstack(L, 8) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    if (lua_istable(L, index))
        return any_write_table(walk, step, index, form);
    if (null && form == LSCTL_AS_PAIRS) /* which is not sent */
        return true;
    if (!null || form != LSCTL_AS_JSON)
        found = scalar_text(L, index, space, &text, form);
    if (found != NULL)
        return lsctl_walk_fault_in(walk, found, step, index, form);
    if (form == LSCTL_AS_JSON && lua_type(L, index) == LUA_TSTRING)
        sctl_encode_json(out, text);
    else
        sctl_buf_add_str(out, text);
    return form != LSCTL_AS_PAIRS || lsctl_walk_send(walk, from);
}
