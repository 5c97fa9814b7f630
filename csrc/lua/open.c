/* Writes the parameters of an open operation as they are given: what no row checks. Their names go in
 * byte order, so that the same call is the same request. Part of streamctl.core. */
#include "any.h"

#include <string.h>

#include "../core/clock.h"
#include "../core/encode.h"

/* How one of them goes. */
struct way {
    struct sctl_str wire;
    const struct lsctl_field *field; /* NULL: no row knows it */
    enum lsctl_style style;
    bool inside; /* of the body */
    int value;   /* where it is on the stack */
};

/* The operation, and where on the stack is what it says by name; 0: nothing. */
struct open {
    const struct lsctl_operation *operation;
    int styles, in_body;
};

/* Keeps the fields' values in their places, and all other names and values above them. */
static bool read_names(struct lsctl_walk *walk, const struct lsctl_shape *shape,
                       struct lsctl_names *names)
{
    lua_State *L = walk->L;
    size_t i;
    walk->first = lua_gettop(L) + 1;
    if (lua_checkstack(L, (int)shape->count + 16) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    lua_settop(L, walk->first + (int)shape->count - 1);
    walk->scratch->names.len = 0;
    if (!lsctl_names_begin(walk, names))
        return false;
    for (lua_pushnil(L); lua_next(L, walk->params) != 0;) {
        size_t field = SIZE_MAX;
        if (lua_type(L, -2) == LUA_TSTRING)
            field = lsctl_shape_find(shape, lua_tostring(L, -2));
        if (field != SIZE_MAX)
            lua_replace(L, walk->first + (int)field);
        else if (!lsctl_names_take(walk, names))
            return false;
    }
    lsctl_walk_fill_in(walk, shape);
    for (i = 0; i < shape->count; i++) {
        struct lsctl_name name = {shape->fields[i].name, walk->first + (int)i};
        if (!lua_isnil(L, name.value) && !lsctl_names_add(walk, names, name))
            return false;
    }
    lsctl_names_sort(walk, names);
    return true;
}

static enum lsctl_style rest_style(struct lsctl_walk *walk, const struct open *open,
                                   int name)
{
    lua_State *L = walk->L;
    enum lsctl_style style = LSCTL_FLAT;
    if (open->styles == 0)
        return open->operation->rest_style;
    lua_pushvalue(L, name);
    lua_rawget(L, open->styles);
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char *text = lua_tostring(L, -1);
        if (strcmp(text, "json") == 0)
            style = LSCTL_JSON;
        else if (strcmp(text, "flat") != 0)
            style = LSCTL_COMMAS;
    }
    lua_pop(L, 1);
    return style;
}

static bool is_in_body(struct lsctl_walk *walk, const struct open *open, int name)
{
    bool found = true;
    if (open->in_body > 0) {
        lua_pushvalue(walk->L, name);
        lua_rawget(walk->L, open->in_body);
        found = lua_toboolean(walk->L, -1) != 0;
        lua_pop(walk->L, 1);
    }
    return found;
}

static struct way way_of(struct lsctl_walk *walk, const struct open *open,
                         struct lsctl_name name)
{
    const struct lsctl_shape *shape = open->operation->shape;
    struct way way = {.wire = name.text, .value = name.value};
    size_t field = (size_t)(name.value - walk->first);
    if (field < shape->count) {
        way.field = &shape->fields[field];
        way.wire = way.field->wire;
        way.style = way.field->style;
        way.inside = !way.field->in_query;
    } else {
        way.style = rest_style(walk, open, name.value - 1);
        way.inside = is_in_body(walk, open, name.value - 1);
    }
    way.inside = way.inside && open->operation->body != LSCTL_NO_BODY;
    if (!lua_istable(walk->L, way.value))
        way.style = LSCTL_FLAT;
    return way;
}

/* A number of seconds as a time, where the row wants one and there is such a year. */
static bool add_time(struct lsctl_walk *walk, const struct way *way)
{
    char text[SCTL_TIME_TEXT];
    if (way->field == NULL || way->field->kind != LSCTL_SCALAR ||
        way->field->limits.type != SCTL_TIME ||
        lua_type(walk->L, way->value) != LUA_TNUMBER ||
        !sctl_time_text(text, (double)lua_tonumber(walk->L, way->value)))
        return false;
    sctl_buf_add(&walk->scratch->out, text, sizeof text);
    return true;
}

/* Appends the text of a style. */
static bool add_styled(struct lsctl_walk *walk, const struct way *way)
{
    struct lsctl_step step = {.name = way->wire};
    bool is_list = way->field == NULL || way->field->kind <= LSCTL_LIST;
    if (way->style == LSCTL_COMMAS)
        return lsctl_any_commas(walk, &step, way->value);
    if (!is_list || lsctl_any_length(walk->L, way->value) > 0)
        return lsctl_any_json(walk, &step, way->value, true);
    sctl_buf_add_lit(&walk->scratch->out, "[]");
    return true;
}

static bool is_named(struct lsctl_walk *walk, const struct way *way)
{
    struct lsctl_step step = {.name = way->wire};
    return lsctl_names_fine(way->wire) || lsctl_walk_fault(walk, "no_name", &step, 0);
}

/* A pair of the query or the form, or more of them. */
static bool write_pairs(struct lsctl_walk *walk, const struct way *way)
{
    struct lsctl_scratch *scratch = walk->scratch;
    size_t from = scratch->out.len, count = scratch->sent_count;
    walk->wire = way->wire;
    walk->in_form = way->inside;
    scratch->name.len = 0;
    if (!is_named(walk, way))
        return false;
    if (way->style != LSCTL_FLAT) {
        if (!add_styled(walk, way))
            return false;
    } else if (!add_time(walk, way)) {
        if (!lsctl_any_flatten(walk, way->value))
            return false;
        if (walk->sequence && scratch->sent_count == count + 1 &&
            sctl_str_same(way->wire, SCTL_STR("Sequence")) &&
            !lua_istable(walk->L, way->value))
            walk->given = scratch->sent[--scratch->sent_count].value;
        return true;
    }
    return lsctl_walk_send(walk, lsctl_walk_name(walk), lsctl_walk_made(walk, from));
}

/* A member of a JSON body. What has a style is a text there, too. */
static bool write_member(struct lsctl_walk *walk, const struct way *way, bool is_first)
{
    struct sctl_buf *out = &walk->scratch->out, *text = &walk->scratch->name;
    struct lsctl_step step = {.name = way->wire};
    size_t from;
    if (!is_named(walk, way))
        return false;
    sctl_buf_add_char(out, is_first ? '{' : ',');
    sctl_encode_json(out, way->wire);
    sctl_buf_add_char(out, ':');
    from = out->len;
    if (way->style == LSCTL_FLAT && !add_time(walk, way))
        return lsctl_any_json(walk, &step, way->value, false);
    if (way->style != LSCTL_FLAT && !add_styled(walk, way))
        return false;
    if (out->status == SCTL_OK) {
        text->len = 0;
        sctl_buf_add(text, out->data + from, out->len - from);
        out->len = from;
        sctl_encode_json(out, sctl_buf_str(text));
        text->len = 0;
    }
    return true;
}

/* Of those that are members of a JSON body, or of all others. */
static bool write_each(struct lsctl_walk *walk, const struct open *open,
                       const struct lsctl_names *names, bool members, size_t *count)
{
    size_t i;
    for (i = 0; i < names->count; i++) {
        struct way way = way_of(walk, open, lsctl_names_get(walk, names, i));
        bool is_member = way.inside && open->operation->body == LSCTL_JSON_BODY;
        if (is_member != members)
            continue;
        if (!(members ? write_member(walk, &way, *count == 0) : write_pairs(walk, &way)))
            return false;
        ++*count;
    }
    return true;
}

/* Pushes what the operation says by name. */
static int push_table(struct lsctl_walk *walk, int place)
{
    if (place == 0)
        return 0;
    lua_rawgeti(walk->L, walk->holder, place);
    return lua_gettop(walk->L);
}

bool lsctl_any_read(struct lsctl_walk *walk, const struct lsctl_operation *operation,
                    struct lsctl_text *body)
{
    struct sctl_buf *out = &walk->scratch->out;
    struct open open = {operation, push_table(walk, operation->styles), 0};
    struct lsctl_names names;
    size_t pairs = 0, members = 0, from;
    int odd;
    open.in_body = push_table(walk, operation->in_body);
    walk->sequence = operation->sequence;
    *body = (struct lsctl_text){NULL, 0, 0};
    if (!read_names(walk, operation->shape, &names))
        return false;
    odd = lsctl_names_odd(walk, &names);
    if (odd < 0)
        return lsctl_walk_fault(walk, "no_name", NULL, names.odd);
    if (!write_each(walk, &open, &names, false, &pairs))
        return false;
    from = out->len;
    if (!write_each(walk, &open, &names, true, &members))
        return false;
    if (odd > 0)
        return lsctl_walk_fault(walk, "no_name", NULL, names.odd);
    if (operation->body == LSCTL_JSON_BODY) {
        if (members == 0)
            sctl_buf_add_char(out, '{');
        sctl_buf_add_char(out, '}');
        *body = lsctl_walk_made(walk, from);
    }
    return out->status == SCTL_OK || lsctl_walk_fault(walk, "memory", NULL, 0);
}
