/* Checks parameters by an operation and writes what is sent, in one pass. See walk.h for what may
 * not be done here. Part of streamctl.core.
 *
 * What is written comes in byte order of names, what is checked in the order of the row. So after a
 * fault the same part is walked again in the order of checks, for the fault that comes first.
 */
#include "walk.h"

#include <math.h>

#include "any.h"
#include "operation.h"

static const char *const FAULTS[] = {SCTL_FAULTS(SCTL_NAME)};

/* ---- faults ---- */

bool lsctl_walk_found(struct lsctl_walk *walk, const struct lsctl_place *place,
                      enum sctl_fault found, int value)
{
    walk->spec = place->field->spec;
    return lsctl_walk_fault(walk, FAULTS[found], &place->step, value);
}

bool lsctl_walk_has_memory(struct lsctl_walk *walk)
{
    if (walk->scratch->out.status == SCTL_OK && walk->scratch->name.status == SCTL_OK)
        return true;
    walk->found = "memory";
    walk->value = walk->spec = walk->rule = 0;
    return false;
}

/* ---- reading ---- */

/* Integers beyond 2^53 are infinite: a double would not show what they were. */
static double read_number(lua_State *L, int index)
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
    struct sctl_scalar value = {SCTL_SCALAR_OTHER, {NULL, 0}, 0};
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        value.kind = SCTL_SCALAR_ABSENT;
        break;
    case LUA_TSTRING:
        value.kind = SCTL_SCALAR_TEXT;
        value.text.data = lua_tolstring(L, index, &value.text.len);
        break;
    case LUA_TBOOLEAN:
        value.kind = SCTL_SCALAR_BOOLEAN;
        value.number = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        value.kind = SCTL_SCALAR_NUMBER;
        value.number = read_number(L, index);
        break;
    default:
        break;
    }
    return value;
}

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

/* ---- values ---- */

static bool write_scalar(struct lsctl_walk *walk, const struct lsctl_place *place,
                         int index, enum lsctl_form form)
{
    const struct lsctl_field *field = place->field;
    struct sctl_buf *out = &walk->scratch->out;
    struct sctl_scalar value = lsctl_scalar(walk->L, index);
    struct lsctl_text text;
    enum sctl_fault found;
    size_t from = out->len;
    bool own = false;
    if (form == LSCTL_AS_JSON)
        found = sctl_value_json(&field->limits, walk->prefix, &value, out);
    else
        found = sctl_value_raw(&field->limits, walk->prefix, &value, out, &own);
    if (found != SCTL_FINE)
        return lsctl_walk_found(walk, place, found, index);
    if (form == LSCTL_AS_TEXT && own)
        sctl_buf_add_str(out, value.text);
    if (form != LSCTL_AS_PAIRS)
        return true;
    text = lsctl_walk_made(walk, from);
    if (own)
        text = (struct lsctl_text){value.text.data, 0, value.text.len};
    if (field->limits.type == SCTL_SEQUENCE && walk->sequence && walk->depth == 0) {
        walk->given = text;
        return true;
    }
    return lsctl_walk_send(walk, lsctl_walk_name(walk), text);
}

/* The length of a list, or what is wrong with it. A list of named type that is too long is not looked
 * into. */
static enum sctl_fault check_list(lua_State *L, const struct lsctl_field *field,
                                  int index, size_t *length)
{
    size_t count = lsctl_length(L, index), seen = 0;
    *length = count;
    if (!field->early || count <= field->max_items) {
        for (lua_pushnil(L); lua_next(L, index) != 0; seen++) {
            double at = lua_type(L, -2) == LUA_TNUMBER ? (double)lua_tonumber(L, -2) : 0;
            lua_pop(L, 1);
            if (at >= 1 && at <= (double)count && at == (double)(size_t)at)
                continue;
            lua_pop(L, 1);
            return SCTL_FAULT_GAPS;
        }
        if (seen != count)
            return SCTL_FAULT_GAPS;
    }
    if (count > field->max_items)
        return SCTL_FAULT_MANY_ITEMS;
    if (count >= field->min_items)
        return SCTL_FINE;
    return count == 0 ? SCTL_FAULT_NO_ITEMS : SCTL_FAULT_FEW_ITEMS;
}

/* A text that goes with commas between, so it must hold none. */
static bool has_comma(struct lsctl_walk *walk, const struct lsctl_place *item, int index,
                      size_t from)
{
    const struct sctl_buf *out = &walk->scratch->out;
    if (walk->explaining || out->len == from ||
        memchr(out->data + from, ',', out->len - from) == NULL)
        return false;
    (void)lsctl_walk_fault(walk, "comma", &item->step, index);
    return true;
}

/* Item `i` of a list, which is at `index`. */
static bool write_item(struct lsctl_walk *walk, const struct lsctl_place *list, size_t i,
                       int index, enum lsctl_form form)
{
    const struct lsctl_field *field = list->field;
    struct lsctl_place item = {field, {&list->step, {NULL, 0}, i}};
    struct sctl_buf *out = &walk->scratch->out, *name = &walk->scratch->name;
    size_t from, before = name->len;
    if (form != LSCTL_AS_PAIRS && i > 1)
        sctl_buf_add_char(out, ',');
    else if (form == LSCTL_AS_PAIRS && !field->same_name)
        before = lsctl_name_item(walk, i, field->item_kind != LSCTL_SCALAR);
    from = out->len;
    if (!lsctl_write_value(walk, &item, field->item_kind, index, form) ||
        (form == LSCTL_AS_TEXT && has_comma(walk, &item, index, from)))
        return false;
    name->len = before;
    return true;
}

/* Writes the items as they come, which is mostly in their order. False: they do not, or an item is at
 * fault. */
static bool write_as_they_come(struct lsctl_walk *walk, const struct lsctl_place *list,
                               int index, size_t count, enum lsctl_form form)
{
    lua_State *L = walk->L;
    int item = lua_gettop(L) + 2; /* behind its key */
    size_t i = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_settop(L, item - 1)) {
        if (lua_type(L, item - 1) != LUA_TNUMBER ||
            lua_tonumber(L, item - 1) != (lua_Number)++i ||
            !write_item(walk, list, i, item, form))
            return false;
    }
    return i == count;
}

static bool write_items(struct lsctl_walk *walk, const struct lsctl_place *list,
                        int index, size_t count, enum lsctl_form form)
{
    size_t i;
    for (i = 1; i <= count; i++) {
        lua_rawgeti(walk->L, index, (int)i);
        if (!write_item(walk, list, i, lua_gettop(walk->L), form))
            return false;
        lua_pop(walk->L, 1);
    }
    return true;
}

/* A table that is empty and goes by no name. */
static bool refuse_empty(struct lsctl_walk *walk)
{
    return walk->explaining ||
           lsctl_walk_fault_in(walk, "empty_table", NULL, 0, LSCTL_AS_PAIRS);
}

/* Writes a list in one pass, if that can be. False: nothing is written; or there is a fault, and where
 * it is explained later. */
static bool write_at_once(struct lsctl_walk *walk, const struct lsctl_place *place,
                          int index, enum lsctl_form form)
{
    struct lsctl_scratch *scratch = walk->scratch;
    size_t count = lsctl_length(walk->L, index), sent = scratch->sent_count;
    size_t from = scratch->out.len, name = scratch->name.len;
    int top = lua_gettop(walk->L), depth = walk->depth;
    if (walk->explaining || count == 0 || count < place->field->min_items ||
        count > place->field->max_items)
        return false;
    walk->depth++;
    if (write_as_they_come(walk, place, index, count, form)) {
        walk->depth--;
        return true;
    }
    if (walk->found != NULL && !place->field->early)
        return false;
    walk->found = NULL;
    walk->depth = depth;
    scratch->sent_count = sent;
    scratch->out.len = scratch->out.status == SCTL_OK ? from : 0;
    scratch->name.len = scratch->name.status == SCTL_OK ? name : 0;
    lua_settop(walk->L, top);
    return false;
}

static bool write_slowly(struct lsctl_walk *walk, const struct lsctl_place *place,
                         int index, enum lsctl_form form)
{
    size_t count = 0;
    enum sctl_fault found = check_list(walk->L, place->field, index, &count);
    if (found != SCTL_FINE)
        return lsctl_walk_found(walk, place, found, index);
    if (form == LSCTL_AS_PAIRS && count == 0)
        return refuse_empty(walk);
    walk->depth++;
    if (!write_items(walk, place, index, count, form))
        return false;
    walk->depth--;
    return true;
}

static bool write_list(struct lsctl_walk *walk, const struct lsctl_place *place,
                       int index, enum lsctl_form form)
{
    struct sctl_buf *out = &walk->scratch->out;
    if (!lua_istable(walk->L, index))
        return lsctl_walk_found(walk, place, SCTL_FAULT_NO_LIST, index);
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '[');
    if (!write_at_once(walk, place, index, form) &&
        (walk->found != NULL || !write_slowly(walk, place, index, form)))
        return false;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, ']');
    return true;
}

/* ---- tables with names ---- */

static bool is_unknown(struct lsctl_walk *walk, const struct lsctl_fields *fields)
{
    if (lua_isnil(walk->L, fields->first - 1))
        return false;
    walk->spec = fields->shape->spec;
    (void)lsctl_walk_fault(walk, "unknown", fields->outer, fields->first - 1);
    return true;
}

/* How many items a list has, also when it came as text. */
static size_t count_items(struct lsctl_walk *walk, const struct lsctl_field *field,
                          int index)
{
    lua_State *L = walk->L;
    size_t count = 0;
    if (lua_istable(L, index))
        return lsctl_length(L, index);
    if (walk->depth > 0 || !lua_istable(L, walk->decoded))
        return 0;
    lua_rawgeti(L, walk->holder, field->name_place);
    lua_rawget(L, walk->decoded);
    if (lua_istable(L, -1))
        count = lsctl_length(L, -1);
    lua_pop(L, 1);
    return count;
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
        struct sctl_scalar other =
            lsctl_scalar(walk->L, fields->first + (int)rule->other);
        size_t items = rule->kind == SCTL_RULE_SINGLE_IF ? count_items(walk, field, index)
                                                         : 0;
        if (sctl_rule_kept(rule->kind, &value, &other, rule->text, items))
            continue;
        walk->spec = field->spec;
        walk->rule = rule->spec;
        return lsctl_walk_fault(walk, FAULTS[SCTL_FAULT_RULE],
                                &(struct lsctl_step){fields->outer, field->name, 0},
                                fields->table);
    }
    return true;
}

static bool write_field(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                        size_t at, enum lsctl_form form)
{
    const struct lsctl_field *field = &fields->shape->fields[at];
    struct lsctl_place place = {field, {fields->outer, field->name, 0}};
    return lsctl_write_value(walk, &place, field->kind, fields->first + (int)at, form);
}

bool lsctl_write_given(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                       size_t at, enum lsctl_form form, lsctl_write *write)
{
    const struct lsctl_field *field = &fields->shape->fields[at];
    struct lsctl_place place = {field, {fields->outer, field->name, 0}};
    if (lsctl_is_given(fields, at))
        return write(walk, fields, at, form);
    return !field->required ||
           lsctl_walk_found(walk, &place, SCTL_FAULT_MISSING, fields->first + (int)at);
}

bool lsctl_check_fields(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                        enum lsctl_form form, lsctl_write *write)
{
    const struct lsctl_shape *shape = fields->shape;
    bool fine = true;
    size_t i;
    if (write == NULL)
        write = write_field;
    for (i = 0; fine && i < shape->early_count; i++)
        fine = lsctl_write_given(walk, fields, shape->checks[i], form, write);
    /* what else is wrong is more to the point than a name too many */
    if (!fine && walk->found != FAULTS[SCTL_FAULT_MISSING])
        return false;
    fine = !is_unknown(walk, fields) && fine && keeps_rules(walk, fields);
    for (; fine && i < shape->count; i++)
        fine = lsctl_write_given(walk, fields, shape->checks[i], form, write);
    return fine;
}

/* A field behind its name. */
static bool write_named(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                        size_t at, enum lsctl_form form)
{
    const struct lsctl_field *field = &fields->shape->fields[at];
    size_t before;
    if (form == LSCTL_AS_JSON) {
        sctl_buf_add_str(&walk->scratch->out, field->key);
        return write_field(walk, fields, at, form);
    }
    before = lsctl_name_field(walk, field->wire);
    if (!write_field(walk, fields, at, form))
        return false;
    walk->scratch->name.len = before;
    return true;
}

bool lsctl_write_fields(struct lsctl_walk *walk, const struct lsctl_fields *fields,
                        enum lsctl_form form, bool skip)
{
    const struct lsctl_shape *shape = fields->shape;
    struct sctl_buf *out = &walk->scratch->out;
    size_t i, start = out->len;
    if (is_unknown(walk, fields))
        return false;
    for (i = 0; i < shape->count; i++) {
        size_t at = shape->writes[i];
        if (skip && shape->fields[at].in_query)
            continue;
        if (lsctl_is_given(fields, at) && form == LSCTL_AS_JSON && out->len > start)
            sctl_buf_add_char(out, ',');
        if (!lsctl_write_given(walk, fields, at, form, write_named))
            return false;
    }
    if (form == LSCTL_AS_PAIRS && fields->given == 0 && !refuse_empty(walk))
        return false;
    return keeps_rules(walk, fields);
}

/* Whether there is a table with names at `index`. */
static bool has_names(struct lsctl_walk *walk, const struct lsctl_place *place, int index)
{
    bool fine = lua_istable(walk->L, index);
    if (fine) {
        lua_rawgeti(walk->L, index, 1);
        fine = lua_isnil(walk->L, -1);
        lua_pop(walk->L, 1);
    }
    walk->spec = place->field->spec;
    return fine || lsctl_walk_fault(walk, "no_object", &place->step, index);
}

static bool write_object(struct lsctl_walk *walk, const struct lsctl_place *place,
                         int index, enum lsctl_form form)
{
    struct lsctl_fields fields = {place->field->inner, index, &place->step, 0, 0};
    struct sctl_buf *out = &walk->scratch->out;
    int top = lua_gettop(walk->L);
    if (!has_names(walk, place, index))
        return false;
    if (!lsctl_read_fields(walk, &fields))
        return false;
    walk->depth++;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '{');
    if (walk->explaining ? !lsctl_check_fields(walk, &fields, form, NULL)
                         : !lsctl_write_fields(walk, &fields, form, false))
        return false;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '}');
    walk->depth--;
    lua_settop(walk->L, top);
    return true;
}

static bool write_map(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                      enum lsctl_form form)
{
    if (!has_names(walk, place, index))
        return false;
    if (walk->explaining)
        return true;
    if (form != LSCTL_AS_JSON || !lsctl_any_is_empty(walk->L, index))
        return lsctl_any_write(walk, &place->step, index, form);
    sctl_buf_add_lit(&walk->scratch->out, "{}");
    return true;
}

bool lsctl_write_value(struct lsctl_walk *walk, const struct lsctl_place *place,
                       enum lsctl_kind kind, int index, enum lsctl_form form)
{
    switch (kind) {
    case LSCTL_LIST:
        return write_list(walk, place, index, form);
    case LSCTL_OBJECT:
        if (place->field->inner != NULL)
            return write_object(walk, place, index, form);
        return write_map(walk, place, index, form);
    case LSCTL_MAP:
        return write_map(walk, place, index, form);
    default:
        return write_scalar(walk, place, index, form);
    }
}
