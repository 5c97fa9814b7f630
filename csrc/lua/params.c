/* Reads a call's parameters, and checks those of a table against each other.
 *
 * What is written comes in byte order of names, what is checked in the order of the row. So after a
 * fault all is walked again in the order of checks, for the fault that comes first. Part of
 * streamctl.core. */
#include <string.h>

#include "any.h"
#include "walk.h"

/* ---- fields ---- */

bool lsctl_read_fields(struct lsctl_walk *walk, struct lsctl_fields *fields)
{
    lua_State *L = walk->L;
    const struct lsctl_shape *shape = fields->shape;
    int first = lua_gettop(L) + 2, key = first + (int)shape->count;
    fields->first = first;
    fields->given = 0;
    if (lua_checkstack(L, (int)shape->count + 16) == 0) {
        walk->found = "memory";
        return false;
    }
    lua_settop(L, key - 1);
    for (lua_pushnil(L); lua_next(L, fields->table) != 0;) {
        size_t field = lsctl_shape_find(shape, L, key);
        if (field != SIZE_MAX) {
            fields->given |= UINT64_C(1) << field;
            lua_replace(L, first + (int)field);
            continue;
        }
        lua_pop(L, 1);
        if (lua_isnil(L, first - 1)) {
            lua_pushvalue(L, -1);
            lua_replace(L, first - 1);
        }
    }
    return true;
}

static bool is_unknown(struct lsctl_walk *walk, const struct lsctl_fields *fields)
{
    if (lua_isnil(walk->L, fields->first - 1))
        return false;
    walk->spec = fields->shape->spec;
    (void)lsctl_walk_fault(walk, "unknown", fields->outer, fields->first - 1);
    return true;
}

/* How many items a list has, also when it came as text. */
static size_t count_items(struct lsctl_walk *walk, const struct lsctl_field *field, int index)
{
    if (lua_type(walk->L, index) == LUA_TSTRING && walk->depth == 0 && field->styled > 0)
        index = walk->decoded + field->styled;
    return lua_istable(walk->L, index) ? lsctl_length(walk->L, index) : 0;
}

static bool keeps_rules(struct lsctl_walk *walk, const struct lsctl_fields *fields)
{
    const struct lsctl_shape *shape = fields->shape;
    size_t i;
    for (i = 0; i < shape->rule_count; i++) {
        const struct lsctl_rule *rule = &shape->rules[i];
        const struct lsctl_field *field = &shape->fields[rule->field];
        int index = fields->first + (int)rule->field;
        struct sctl_scalar value = lsctl_scalar(walk->L, index);
        struct sctl_scalar other = lsctl_scalar(walk->L, fields->first + (int)rule->other);
        size_t items = rule->kind == SCTL_RULE_SINGLE_IF ? count_items(walk, field, index) : 0;
        if (sctl_rule_kept(rule->kind, &value, &other, rule->text, items))
            continue;
        walk->rule = rule->spec;
        return lsctl_walk_found(walk, &(struct lsctl_place){field, {fields->outer, field->name, 0}},
                                SCTL_FAULT_RULE, fields->table);
    }
    return true;
}

bool lsctl_keeps_shape(struct lsctl_walk *walk, const struct lsctl_fields *fields)
{
    return !is_unknown(walk, fields) && keeps_rules(walk, fields);
}

/* In the order of checks: fields that hold one value each, names that are none, rules, and fields
 * that hold others. */
static bool check_fields(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                         enum lsctl_form form)
{
    const struct lsctl_shape *shape = fields->shape;
    bool fine = true;
    size_t i;
    for (i = 0; fine && i < shape->early_count; i++)
        fine = lsctl_is_left_out(fields, shape->checks[i]) ||
               lsctl_write_field(walk, fields, shape->checks[i], form);
    /* what else is wrong is more to the point than a name too many */
    if (!fine && strcmp(walk->found, "missing") != 0)
        return false;
    fine = !is_unknown(walk, fields) && fine && keeps_rules(walk, fields);
    for (; fine && i < shape->count; i++)
        fine = lsctl_is_left_out(fields, shape->checks[i]) ||
               lsctl_write_field(walk, fields, shape->checks[i], form);
    return fine;
}

bool lsctl_write_fields(struct lsctl_walk *walk, struct lsctl_fields *fields, enum lsctl_form form)
{
    const struct lsctl_shape *shape = fields->shape;
    bool has_body = walk->operation->body == LSCTL_JSON_BODY && fields->outer == NULL;
    size_t i;
    if (walk->pass == LSCTL_EXPLAIN)
        return check_fields(walk, fields, form);
    fields->begin = walk->scratch->out.len;
    for (i = 0; i < shape->count; i++) {
        size_t at = shape->writes[i];
        if (lsctl_is_left_out(fields, at) ||
            (has_body && shape->fields[at].in_query == (form == LSCTL_AS_JSON)))
            continue;
        if (!lsctl_write_field(walk, fields, at, form))
            return false;
    }
    return true;
}

/* ---- parameters ---- */

uint64_t lsctl_walk_fill_in(struct lsctl_walk *walk)
{
    lua_State *L = walk->L;
    const struct lsctl_shape *shape = walk->operation->shape;
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

static bool write_params(struct lsctl_walk *walk, struct lsctl_fields *fields)
{
    struct sctl_buf *out = &walk->scratch->out;
    if (walk->operation->body == LSCTL_JSON_BODY) {
        sctl_buf_add_char(out, '{');
        if (!lsctl_write_fields(walk, fields, LSCTL_AS_JSON))
            return false;
        sctl_buf_add_char(out, '}');
        walk->body = lsctl_walk_made(walk, 0);
    }
    return lsctl_write_fields(walk, fields, LSCTL_AS_PAIRS) && lsctl_keeps_shape(walk, fields) &&
           lsctl_walk_has_memory(walk);
}

/* Begins again with nothing written. False: there is no memory. */
static bool restart(struct lsctl_walk *walk, enum lsctl_pass pass)
{
    struct lsctl_scratch *scratch = walk->scratch;
    if (!lsctl_walk_has_memory(walk))
        return false;
    walk->pass = pass;
    walk->found = NULL;
    walk->rule = walk->depth = 0;
    scratch->sent_count = 0;
    scratch->out.len = scratch->name.len = scratch->names.len = 0;
    return true;
}

bool lsctl_walk_params(struct lsctl_walk *walk)
{
    const struct lsctl_shape *shape = walk->operation->shape;
    struct lsctl_fields fields = {.shape = shape, .table = walk->params};
    enum lsctl_form form = walk->operation->body == LSCTL_JSON_BODY ? LSCTL_AS_JSON
                                                                    : LSCTL_AS_PAIRS;
    struct lsctl_walk before;
    if (!lsctl_read_fields(walk, &fields))
        return false;
    walk->first = fields.first;
    fields.given |= lsctl_walk_fill_in(walk);
    if (write_params(walk, &fields))
        return true;
    lua_settop(walk->L, fields.first + (int)shape->count - 1);
    if (!restart(walk, LSCTL_BY_INDEX) || write_params(walk, &fields))
        return walk->found == NULL;
    before = *walk;
    /* where this finds nothing, the fault is in an open value, which is looked into last */
    if (restart(walk, LSCTL_EXPLAIN) && lsctl_write_fields(walk, &fields, form))
        *walk = before;
    return false;
}
