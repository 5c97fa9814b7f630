/* Values without a shape, and the parameters of open operations. See operation.h for what may not
 * be done here. */
#include "operation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../core/base/clock.h"
#include "../core/base/pair.h"

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

struct name {
    struct sctl_str text;
    int value; /* its place on the stack */
};

/* Names of an open table, in scratch->names. */
struct names {
    size_t from, count;
    int odd; /* the place on the stack of a key that is no text; 0: none */
};

static bool is_name(struct sctl_str name)
{
    return name.len > 0 && !sctl_has_control(name);
}

/* The first of them, until others are added. */
static struct name *list_of(struct lsctl_walk *walk, const struct names *names)
{
    return (struct name *)(void *)walk->scratch->names.data + names->from;
}

static bool add_name(struct lsctl_walk *walk, struct names *names, struct name name)
{
    struct sctl_buf *all = &walk->scratch->names;
    sctl_buf_add(all, &name, sizeof name);
    names->count++;
    return all->status == SCTL_OK || lsctl_walk_fault(walk, "memory", NULL, 0);
}

static int compare_names(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    return sctl_str_compare(x->text, y->text);
}

/* Puts them into byte order. */
static void sort_names(struct lsctl_walk *walk, const struct names *names)
{
    if (names->count > 1)
        qsort(list_of(walk, names), names->count, sizeof(struct name), compare_names);
}

/* Adds the names of the table at `index`, whose values stay on the stack; values of a shape's
 * fields go to their places instead. Stops at a key that is no text. False: a fault. */
static bool any_read_names(struct lsctl_walk *walk, int index, const struct lsctl_shape *shape,
                           struct names *names)
{
    lua_State *L = walk->L;
    *names = (struct names){.from = walk->scratch->names.len / sizeof(struct name)};
    for (lua_pushnil(L); lua_next(L, index) != 0;) {
        struct name name = {.value = lua_gettop(L) - 1};
        size_t field = shape != NULL ? lsctl_shape_find(shape, L, -2) : SIZE_MAX;
        if (lua_type(L, -2) != LUA_TSTRING) {
            names->odd = name.value;
            return true;
        }
        name.text = lsctl_string(L, -2);
        if (field != SIZE_MAX) {
            lua_replace(L, walk->first + (int)field);
            continue;
        }
        if (lua_checkstack(L, 8) == 0)
            return lsctl_walk_fault(walk, "memory", NULL, 0);
        lua_insert(L, -2);
        if (!add_name(walk, names, name))
            return false;
    }
    return true;
}

/* ---- tables ---- */

bool lsctl_any_is_empty(lua_State *L, int index)
{
    lua_pushnil(L);
    if (lua_next(L, index) == 0)
        return true;
    lua_pop(L, 2);
    return false;
}

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
    struct names names;
    size_t before = name->len;
    if (!any_read_names(walk, index, NULL, &names))
        return false;
    if (names.odd != 0)
        return form == LSCTL_AS_JSON ? lsctl_walk_fault_in(walk, "no_name", step, names.odd, form)
                                     : lsctl_walk_fault_in(walk, "no_names", step, index, form);
    sort_names(walk, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct name key = list_of(walk, &names)[i];
        struct lsctl_step below = {.outer = step, .name = key.text};
        if (form == LSCTL_AS_PAIRS) {
            before = lsctl_name_field(walk, key.text);
        } else if (is_name(key.text)) {
            if (i > 0)
                sctl_buf_add_char(out, ',');
            sctl_encode_json(out, key.text);
            sctl_buf_add_char(out, ':');
        } else {
            return lsctl_walk_fault_in(walk, "no_name", &below, 0, form);
        }
        if (!lsctl_any_write(walk, &below, key.value, form))
            return false;
        sctl_buf_cut(name, before);
    }
    sctl_buf_cut(&walk->scratch->names, names.from * sizeof(struct name));
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
    bool unchanged = lua_type(L, index) == LUA_TSTRING;
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
    if (unchanged && form == LSCTL_AS_JSON)
        sctl_encode_json(out, text);
    else if (!unchanged || form != LSCTL_AS_PAIRS)
        sctl_buf_add_str(out, text);
    if (form != LSCTL_AS_PAIRS)
        return true;
    return unchanged ? lsctl_walk_send(walk, lsctl_walk_name(walk), lsctl_borrowed(text))
                     : lsctl_walk_send_made(walk, from);
}

/* ---- parameters of an open operation ---- */

/* Where and how a parameter is sent. */
struct placement {
    struct sctl_str wire;
    const struct lsctl_field *field; /* NULL: no row knows it */
    enum lsctl_style style;
    bool in_body; /* else in the query */
    int value;    /* its place on the stack */
};

/* Reads the parameters: the names of all, and the fields' values in their places. */
static bool read_params(struct lsctl_walk *walk, struct names *names)
{
    lua_State *L = walk->L;
    const struct lsctl_shape *shape = walk->operation->shape;
    walk->first = lua_gettop(L) + 1;
    if (lua_checkstack(L, (int)shape->count + 16) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    lua_settop(L, walk->first + (int)shape->count - 1);
    if (!any_read_names(walk, LSCTL_PARAMS, shape, names))
        return false;
    lsctl_walk_fill_in(walk);
    for (size_t i = 0; i < shape->count; i++) {
        struct name name = {shape->fields[i].name, walk->first + (int)i};
        if (!lua_isnil(L, name.value) && !add_name(walk, names, name))
            return false;
    }
    return names->odd == 0 || lsctl_walk_fault(walk, "no_name", NULL, names->odd);
}

static struct placement place_param(struct lsctl_walk *walk, const struct name *name)
{
    const struct lsctl_operation *operation = walk->operation;
    struct placement placement = {.wire = name->text,
                                  .style = operation->rest_style,
                                  .in_body = !operation->rest_in_query,
                                  .value = name->value};
    size_t field = (size_t)(name->value - walk->first);
    if (field < operation->shape->count) {
        placement.field = &operation->shape->fields[field];
        placement.wire = placement.field->wire;
        placement.style = placement.field->style;
        placement.in_body = !placement.field->in_query;
    }
    placement.in_body = placement.in_body && operation->body != LSCTL_NO_BODY;
    if (!lua_istable(walk->L, placement.value))
        placement.style = LSCTL_FLAT;
    return placement;
}

/* Appends a value that goes as one text: a table in its style, or a number of seconds where the row
 * wants a time. `done`: there is such a text. */
static bool add_text(struct lsctl_walk *walk, const struct placement *placement, bool *done)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    const struct lsctl_field *field = placement->field;
    struct lsctl_step step = {.name = placement->wire};
    char time[SCTL_TIME_TEXT];
    *done = placement->style != LSCTL_FLAT;
    if (placement->style == LSCTL_COMMAS)
        return lsctl_any_write(walk, &step, placement->value, LSCTL_AS_TEXT);
    if (placement->style == LSCTL_JSON) {
        if (!lsctl_any_is_empty(L, placement->value))
            return lsctl_any_write(walk, &step, placement->value, LSCTL_AS_JSON);
        sctl_buf_add(out, field == NULL || field->kind == LSCTL_LIST ? "[]" : "{}", 2);
    } else if (field != NULL && field->kind == LSCTL_SCALAR && field->limits.type == SCTL_TIME &&
               lua_type(L, placement->value) == LUA_TNUMBER &&
               sctl_time_text(time, (double)lua_tonumber(L, placement->value))) {
        sctl_buf_add(out, time, sizeof time);
        *done = true;
    }
    return true;
}

/* A pair of the query or the form, or more of them. */
static bool write_pairs(struct lsctl_walk *walk, const struct placement *placement)
{
    struct lsctl_scratch *scratch = walk->scratch;
    struct lsctl_step step = {.name = placement->wire};
    size_t from = scratch->out.len, count = scratch->sent_count;
    bool done;
    walk->wire = placement->wire;
    walk->in_form = placement->in_body;
    scratch->name.len = 0;
    if (!add_text(walk, placement, &done))
        return false;
    if (done)
        return lsctl_walk_send_made(walk, from);
    if (!lsctl_any_write(walk, &step, placement->value, LSCTL_AS_PAIRS))
        return false;
    if (walk->operation->sequence && scratch->sent_count > count &&
        sctl_str_same(placement->wire, SCTL_STR("Sequence")) &&
        !lua_istable(walk->L, placement->value))
        walk->sequence_text = scratch->sent[--scratch->sent_count].value;
    return true;
}

/* A member of a JSON body; a value that goes as one text is a text there, too. */
static bool write_member(struct lsctl_walk *walk, const struct placement *placement)
{
    struct sctl_buf *out = &walk->scratch->out, *text = &walk->scratch->name;
    struct lsctl_step step = {.name = placement->wire};
    size_t from;
    bool done;
    sctl_encode_json(out, placement->wire);
    sctl_buf_add_char(out, ':');
    from = out->len;
    if (!add_text(walk, placement, &done))
        return false;
    if (!done)
        return lsctl_any_write(walk, &step, placement->value, LSCTL_AS_JSON);
    text->len = 0;
    if (out->status == SCTL_OK) {
        sctl_buf_add(text, out->data + from, out->len - from);
        out->len = from;
        sctl_encode_json(out, sctl_buf_str(text));
    }
    return true;
}

/* Writes the members of a JSON body, or all other parameters. */
static bool write_each(struct lsctl_walk *walk, const struct names *names, bool members)
{
    struct sctl_buf *out = &walk->scratch->out;
    size_t begin = out->len;
    for (size_t i = 0; i < names->count; i++) {
        struct placement placement = place_param(walk, list_of(walk, names) + i);
        struct lsctl_step step = {.name = placement.wire};
        bool is_member = placement.in_body && walk->operation->body == LSCTL_JSON_BODY;
        if (is_member != members)
            continue;
        if (!is_name(placement.wire))
            return lsctl_walk_fault(walk, "no_name", &step, 0);
        if (members && out->len > begin)
            sctl_buf_add_char(out, ',');
        if (!(members ? write_member(walk, &placement) : write_pairs(walk, &placement)))
            return false;
    }
    return true;
}

bool lsctl_any_read(struct lsctl_walk *walk)
{
    struct sctl_buf *out = &walk->scratch->out;
    struct names names = {0};
    size_t from;
    if (!read_params(walk, &names))
        return false;
    sort_names(walk, &names);
    if (!write_each(walk, &names, false))
        return false;
    from = out->len;
    if (walk->operation->body == LSCTL_JSON_BODY) {
        sctl_buf_add_char(out, '{');
        if (!write_each(walk, &names, true))
            return false;
        sctl_buf_add_char(out, '}');
        walk->body = lsctl_walk_made(walk, from);
    }
    return lsctl_walk_has_memory(walk);
}
