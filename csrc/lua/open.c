/* Writes the parameters of an open operation as they are given: what no row checks. Their names go in
 * byte order, so that the same call is the same request. Part of streamctl.core. */
#include "any.h"

#include "../core/clock.h"

/* How a parameter goes. */
struct way {
    struct sctl_str wire;
    const struct lsctl_field *field; /* NULL: no row knows it */
    enum lsctl_style style;
    bool inside; /* of the body */
    int value;   /* where it is on the stack */
};

/* Keeps the fields' values in their places, and adds the names of all that there are. */
static bool read_names(struct lsctl_walk *walk, struct lsctl_names *names)
{
    lua_State *L = walk->L;
    const struct lsctl_shape *shape = walk->operation->shape;
    size_t i;
    walk->first = lua_gettop(L) + 1;
    if (lua_checkstack(L, (int)shape->count + 16) == 0)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    lua_settop(L, walk->first + (int)shape->count - 1);
    if (!lsctl_names_read(walk, walk->params, shape, names))
        return false;
    lsctl_walk_fill_in(walk);
    for (i = 0; i < shape->count; i++) {
        struct lsctl_name name = {shape->fields[i].name, walk->first + (int)i};
        if (!lua_isnil(L, name.value) && !lsctl_names_add(walk, names, name))
            return false;
    }
    return names->odd == 0 || lsctl_walk_fault(walk, "no_name", NULL, names->odd);
}

static struct way way_of(struct lsctl_walk *walk, const struct lsctl_name *name)
{
    const struct lsctl_operation *operation = walk->operation;
    struct way way = {.wire = name->text,
                      .style = operation->rest_style,
                      .inside = !operation->rest_in_query,
                      .value = name->value};
    size_t field = (size_t)(name->value - walk->first);
    if (field < operation->shape->count) {
        way.field = &operation->shape->fields[field];
        way.wire = way.field->wire;
        way.style = way.field->style;
        way.inside = !way.field->in_query;
    }
    way.inside = way.inside && operation->body != LSCTL_NO_BODY;
    if (!lua_istable(walk->L, way.value))
        way.style = LSCTL_FLAT;
    return way;
}

/* Appends what goes as one text: a table in its style, or a number of seconds where the row wants a
 * time and there is such a year. `done`: there is such a text. */
static bool add_text(struct lsctl_walk *walk, const struct way *way, bool *done)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    const struct lsctl_field *field = way->field;
    struct lsctl_step step = {.name = way->wire};
    char time[SCTL_TIME_TEXT];
    *done = way->style != LSCTL_FLAT;
    if (way->style == LSCTL_COMMAS)
        return lsctl_any_write(walk, &step, way->value, LSCTL_AS_TEXT);
    if (way->style == LSCTL_JSON) {
        if (!lsctl_any_is_empty(L, way->value))
            return lsctl_any_write(walk, &step, way->value, LSCTL_AS_JSON);
        sctl_buf_add(out, field == NULL || field->kind == LSCTL_LIST ? "[]" : "{}", 2);
    } else if (field != NULL && field->kind == LSCTL_SCALAR &&
               field->limits.type == SCTL_TIME &&
               lua_type(L, way->value) == LUA_TNUMBER &&
               sctl_time_text(time, (double)lua_tonumber(L, way->value))) {
        sctl_buf_add(out, time, sizeof time);
        *done = true;
    }
    return true;
}

/* A pair of the query or the form, or more of them. */
static bool write_pairs(struct lsctl_walk *walk, const struct way *way)
{
    struct lsctl_scratch *scratch = walk->scratch;
    struct lsctl_step step = {.name = way->wire};
    size_t from = scratch->out.len, count = scratch->sent_count;
    bool done;
    walk->wire = way->wire;
    walk->in_form = way->inside;
    scratch->name.len = 0;
    if (!add_text(walk, way, &done))
        return false;
    if (done)
        return lsctl_walk_send(walk, lsctl_walk_name(walk), lsctl_walk_made(walk, from));
    if (!lsctl_any_write(walk, &step, way->value, LSCTL_AS_PAIRS))
        return false;
    if (walk->operation->sequence && scratch->sent_count > count &&
        sctl_str_same(way->wire, SCTL_STR("Sequence")) &&
        !lua_istable(walk->L, way->value))
        walk->given = scratch->sent[--scratch->sent_count].value;
    return true;
}

/* A member of a JSON body. What goes as one text is a text there, too. */
static bool write_member(struct lsctl_walk *walk, const struct way *way)
{
    struct sctl_buf *out = &walk->scratch->out, *text = &walk->scratch->name;
    struct lsctl_step step = {.name = way->wire};
    size_t from;
    bool done;
    sctl_encode_json(out, way->wire);
    sctl_buf_add_char(out, ':');
    from = out->len;
    if (!add_text(walk, way, &done))
        return false;
    if (!done)
        return lsctl_any_write(walk, &step, way->value, LSCTL_AS_JSON);
    text->len = 0;
    if (out->status == SCTL_OK) {
        sctl_buf_add(text, out->data + from, out->len - from);
        out->len = from;
        sctl_encode_json(out, sctl_buf_str(text));
    }
    return true;
}

/* Of those that are members of a JSON body, or of all others. */
static bool write_each(struct lsctl_walk *walk, const struct lsctl_names *names,
                       bool members)
{
    struct sctl_buf *out = &walk->scratch->out;
    size_t i, begin = out->len;
    for (i = 0; i < names->count; i++) {
        struct way way = way_of(walk, lsctl_names_list(walk, names) + i);
        struct lsctl_step step = {.name = way.wire};
        bool is_member = way.inside && walk->operation->body == LSCTL_JSON_BODY;
        if (is_member != members)
            continue;
        if (!lsctl_names_fine(way.wire))
            return lsctl_walk_fault(walk, "no_name", &step, 0);
        if (members && out->len > begin)
            sctl_buf_add_char(out, ',');
        if (!(members ? write_member(walk, &way) : write_pairs(walk, &way)))
            return false;
    }
    return true;
}

bool lsctl_any_read(struct lsctl_walk *walk)
{
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_names names = {0};
    size_t from;
    if (!read_names(walk, &names))
        return false;
    lsctl_names_sort(walk, &names);
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
