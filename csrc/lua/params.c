/* Writes a call's parameters in their styles, to the query, a form or a JSON body.
 *
 * What is written comes in byte order of names, what is checked in the order of the row. So after a
 * fault the same part is walked again in the order of checks, for the fault that comes first.
 * Part of streamctl.core.
 */
#include "any.h"
#include "walk.h"

/* ---- in their styles ---- */

/* What came as the text of its style is checked as what it stands for, and sent as it came. */
static bool write_styled(struct lsctl_walk *walk, const struct lsctl_place *place,
                         int index)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_text text = {NULL, 0, 0};
    size_t from = out->len;
    bool was = walk->explaining, fine;
    if (lua_istable(L, walk->decoded)) {
        lua_rawgeti(L, walk->holder, place->field->name_place);
        lua_rawget(L, walk->decoded);
    } else {
        lua_pushnil(L);
    }
    if (!lua_istable(L, -1))
        return lsctl_walk_found(walk, place, SCTL_FAULT_JSON_TEXT, lua_gettop(L));
    walk->explaining = true; /* in the order of checks; what it writes is dropped */
    fine =
        lsctl_write_value(walk, place, place->field->kind, lua_gettop(L), LSCTL_AS_JSON);
    walk->explaining = was;
    if (!fine || !lsctl_walk_has_memory(walk))
        return false;
    out->len = from;
    lua_pop(L, 1);
    text.data = lua_tolstring(L, index, &text.len);
    return lsctl_walk_send(walk, lsctl_walk_name(walk), text);
}

/* A parameter in its style, which is there. */
static bool write_style(struct lsctl_walk *walk, const struct lsctl_field *field,
                        int index)
{
    struct lsctl_place place = {field, {NULL, field->name, 0}};
    size_t from = walk->scratch->out.len;
    if (field->style == LSCTL_FLAT)
        return lsctl_write_value(walk, &place, field->kind, index, LSCTL_AS_PAIRS);
    if (lua_type(walk->L, index) == LUA_TSTRING)
        return write_styled(walk, &place, index);
    if (!lsctl_write_value(walk, &place, field->kind, index,
                           field->style == LSCTL_JSON ? LSCTL_AS_JSON : LSCTL_AS_TEXT))
        return false;
    return lsctl_walk_send(walk, lsctl_walk_name(walk), lsctl_walk_made(walk, from));
}

/* ---- faults ---- */

/* What the walk found first stays where a walk in the order of checks finds nothing: it is in an open
 * value, which is looked into last. */
static struct lsctl_walk begin_to_explain(struct lsctl_walk *walk)
{
    struct lsctl_walk before = *walk;
    walk->found = NULL;
    walk->explaining = true;
    walk->depth = 0;
    walk->scratch->name.len = 0;
    return before;
}

/* ---- parameters ---- */

/* One of the query or the form. */
static bool write_param(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                        size_t at, enum lsctl_form form)
{
    const struct lsctl_field *field = &fields->shape->fields[at];
    struct lsctl_walk before;
    int index = fields->first + (int)at;
    (void)form;
    walk->wire = field->wire;
    walk->in_form = walk->has_form && !field->in_query;
    if (write_style(walk, field, index))
        return true;
    if (field->early || !lsctl_walk_has_memory(walk))
        return false;
    before = begin_to_explain(walk);
    if (write_style(walk, field, index))
        *walk = before;
    return false;
}

/* Those that a JSON body leaves to the query. */
static bool write_query(struct lsctl_walk *walk, const struct lsctl_fields *fields)
{
    const struct lsctl_shape *shape = fields->shape;
    size_t i;
    for (i = 0; i < shape->count; i++) {
        if (shape->fields[i].in_query &&
            !lsctl_write_given(walk, fields, i, LSCTL_AS_PAIRS, write_param))
            return false;
    }
    return true;
}

/* A JSON body, and the parameters that belong to the query all the same. */
static bool write_body(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                       struct lsctl_text *body)
{
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_walk before;
    size_t from = out->len;
    sctl_buf_add_char(out, '{');
    if (lsctl_write_fields(walk, fields, LSCTL_AS_JSON, true)) {
        sctl_buf_add_char(out, '}');
        *body = lsctl_walk_made(walk, from);
        if (write_query(walk, fields))
            return true;
    }
    if (!lsctl_walk_has_memory(walk))
        return false;
    before = begin_to_explain(walk);
    if (lsctl_check_fields(walk, fields, LSCTL_AS_JSON, NULL))
        *walk = before;
    return false;
}

uint64_t lsctl_walk_fill_in(struct lsctl_walk *walk, const struct lsctl_shape *shape)
{
    lua_State *L = walk->L;
    uint64_t filled = 0;
    size_t i;
    for (i = 0; i < shape->fill_count; i++) {
        const struct lsctl_field *field = &shape->fields[shape->fills[i]];
        int index = walk->first + shape->fills[i];
        if (!lua_isnil(L, index))
            continue;
        lua_rawgeti(L, walk->holder, field->fill > 0 ? field->fill : field->option);
        if (field->fill == 0)
            lua_rawget(L, walk->context);
        if (!lua_isnil(L, -1))
            filled |= UINT64_C(1) << shape->fills[i];
        lua_replace(L, index);
    }
    return filled;
}

bool lsctl_walk_params(struct lsctl_walk *walk, const struct lsctl_operation *operation,
                       struct lsctl_text *body)
{
    struct lsctl_fields fields = {operation->shape, walk->params, NULL, 0, 0};
    bool fine;
    if (!lsctl_read_fields(walk, &fields))
        return false;
    walk->first = fields.first;
    fields.given |= lsctl_walk_fill_in(walk, fields.shape);
    walk->sequence = operation->sequence;
    walk->has_form = operation->body == LSCTL_FORM;
    *body = (struct lsctl_text){NULL, 0, 0};
    fine = operation->body == LSCTL_JSON_BODY
               ? write_body(walk, &fields, body)
               : lsctl_check_fields(walk, &fields, LSCTL_AS_PAIRS, write_param);
    return fine && lsctl_walk_has_memory(walk);
}
