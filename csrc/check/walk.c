/* Checks a call's parameters by an operation and writes what is sent, in one pass: fields
 * in byte order of their names, names that no field has, and rules. See operation.h for what may not
 * be done here. */
#include "operation.h"

#include <math.h>

/* ---- values ---- */

static bool write_scalar(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                         enum lsctl_form form)
{
    SCTL_ASSERT(index > 0);
    const struct lsctl_field *field = place->field;
    struct sctl_buf *out = &walk->scratch->out;
    struct sctl_scalar value = lsctl_scalar(walk->L, index);
    size_t from = out->len;
    enum sctl_fault found =
        sctl_value_write(&field->limits, walk->prefix, &value, form == LSCTL_AS_JSON, out);
    if (found != SCTL_FINE)
        return lsctl_walk_found(walk, place, found, index);
    if (form != LSCTL_AS_PAIRS)
        return true;
    if (field->limits.type != SCTL_SEQUENCE || !walk->operation->sequence || walk->depth > 0)
        return lsctl_walk_send(walk, from);
    walk->sequence_text = lsctl_walk_made(walk, from);
    return true;
}

static bool write_value(struct lsctl_walk *walk, const struct lsctl_place *place,
                        enum lsctl_kind kind, int index, enum lsctl_form form);

/* ---- lists ---- */

/* Checks the keys of a list and its length. A gap among as many other keys shows as an item that is
 * nil. */
static enum sctl_fault check_list(lua_State *L, const struct lsctl_field *field, int index,
                                  size_t count)
{
    size_t keys = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        keys++;
    if (keys != count)
        return SCTL_FAULT_GAPS;
    if (count > field->max_items)
        return SCTL_FAULT_MANY_ITEMS;
    if (count >= field->min_items)
        return SCTL_FINE;
    return count == 0 ? SCTL_FAULT_NO_ITEMS : SCTL_FAULT_FEW_ITEMS;
}

/* Whether the value is a text for a list of one: not a text in the style of the list. */
static bool is_single(lua_State *L, const struct lsctl_field *field, int index)
{
    if (field->kind != LSCTL_LIST || field->item_kind != LSCTL_SCALAR || field->min_items > 1 ||
        field->style == LSCTL_COMMAS || lua_type(L, index) != LUA_TSTRING)
        return false;
    const char *text = lua_tostring(L, index);
    return field->style == LSCTL_FLAT || strchr("[{\"", text[strspn(text, " \t\r\n")]) == NULL;
}

static bool write_item(struct lsctl_walk *walk, const struct lsctl_place *item, int index,
                       enum lsctl_form form)
{
    const struct lsctl_field *field = item->field;
    struct sctl_buf *out = &walk->scratch->out, *name = &walk->scratch->name;
    size_t before = name->len;
    if (form != LSCTL_AS_PAIRS && item->step.item > 1)
        sctl_buf_add_char(out, ',');
    else if (form == LSCTL_AS_PAIRS && !field->same_name)
        before = lsctl_name_item(walk, item->step.item, field->item_kind != LSCTL_SCALAR);
    size_t from = out->len;
    if (!write_value(walk, item, field->item_kind, index, form))
        return false;
    if (form == LSCTL_AS_TEXT && out->len > from &&
        memchr(out->data + from, ',', out->len - from) != NULL)
        return lsctl_walk_fault(walk, "comma", &item->step, index);
    sctl_buf_cut(name, before);
    return true;
}

static bool write_list(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                       enum lsctl_form form)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct lsctl_place item = {place->field, {&place->step, {NULL, 0}, 1}};
    int at = lua_gettop(L) + 1;
    bool single = is_single(L, place->field, index);
    if (!single && !lua_istable(L, index))
        return lsctl_walk_found(walk, place, SCTL_FAULT_NO_LIST, index);
    size_t count = single ? 1 : lsctl_length(L, index);
    enum sctl_fault found = single ? SCTL_FINE : check_list(L, place->field, index, count);
    if (found != SCTL_FINE)
        return lsctl_walk_found(walk, place, found, index);
    if (form == LSCTL_AS_PAIRS && count == 0)
        return lsctl_walk_fault_in(walk, "empty_table", NULL, 0, form);
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '[');
    walk->depth++;
    for (; item.step.item <= count; item.step.item++) {
        if (single)
            lua_pushvalue(L, index);
        else
            lua_rawgeti(L, index, (int)item.step.item);
        if (!write_item(walk, &item, at, form))
            return lua_isnil(L, at) && lsctl_walk_found(walk, place, SCTL_FAULT_GAPS, index);
        lua_settop(L, at - 1);
    }
    walk->depth--;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, ']');
    return true;
}

/* ---- tables with names ---- */

/* The values of a table's fields, on the stack. */
struct fields {
    const struct lsctl_shape *shape;
    int table;
    const struct lsctl_step *outer; /* NULL: they are the parameters */
    int first;                      /* where the first value is */
    uint64_t present;               /* which ones are not nil */
    size_t begin;                   /* where in scratch->out they begin */
    struct lsctl_names others;      /* of an open operation: parameters that are no fields */
    size_t next;                    /* of these: which one is written next */
};

/* Leaves on the stack the table of names, the first name that is no field, or nil, and the values of
 * all fields; of an open operation also those of other names. False: a fault, such as that the stack
 * has no room for them. */
static bool read_fields(struct lsctl_walk *walk, struct fields *fields)
{
    lua_State *L = walk->L;
    const struct lsctl_shape *shape = fields->shape;
    bool open = walk->operation->open;
    int first = lua_gettop(L) + 3;
    fields->first = first;
    fields->present = 0;
    fields->others = lsctl_names_begin(walk);
    if (lua_checkstack(L, (int)shape->count + 16) == 0) {
        walk->found = "memory";
        return false;
    }
    lua_rawgeti(L, LSCTL_HOLDER, shape->names);
    lua_settop(L, first + (int)shape->count - 1);
    for (lua_pushnil(L); lua_next(L, fields->table) != 0;) {
        size_t field = lsctl_shape_find(L, first - 2, -2);
        if (field != SIZE_MAX) {
            fields->present |= UINT64_C(1) << field;
            lua_replace(L, first + (int)field);
            continue;
        }
        if (open && lsctl_names_take(walk, &fields->others))
            continue;
        if (open)
            return fields->others.odd != 0 &&
                   lsctl_walk_fault(walk, "no_name", NULL, fields->others.odd);
        lua_pop(L, 1);
        if (lua_isnil(L, first - 1)) {
            lua_pushvalue(L, -1);
            lua_replace(L, first - 1);
        }
    }
    return true;
}

static bool is_unknown(struct lsctl_walk *walk, const struct fields *fields)
{
    if (lua_isnil(walk->L, fields->first - 1))
        return false;
    walk->spec = fields->shape->spec;
    (void)lsctl_walk_fault(walk, "unknown", fields->outer, fields->first - 1);
    return true;
}

static bool keeps_rules(struct lsctl_walk *walk, const struct fields *fields)
{
    const struct lsctl_shape *shape = fields->shape;
    for (size_t i = 0; i < shape->rule_count; i++) {
        const struct lsctl_rule *rule = &shape->rules[i];
        const struct lsctl_field *field = &shape->fields[rule->field];
        int index = fields->first + (int)rule->field;
        struct sctl_scalar value = lsctl_scalar(walk->L, index);
        struct sctl_scalar other = lsctl_scalar(walk->L, fields->first + (int)rule->other);
        size_t items = lua_istable(walk->L, index) ? lsctl_length(walk->L, index)
                                                   : is_single(walk->L, field, index);
        if (sctl_rule_kept(rule->kind, &value, &other, rule->text, items))
            continue;
        walk->rule = rule->spec;
        return lsctl_walk_found(walk, &(struct lsctl_place){field, {fields->outer, field->name, 0}},
                                SCTL_FAULT_RULE, fields->table);
    }
    return true;
}

/* A text of the field's style is checked as its table, and sent unchanged. */
static bool write_styled(struct lsctl_walk *walk, const struct lsctl_place *place, int index)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    size_t from = out->len;
    int table = walk->decoded + place->field->styled;
    if (!lua_istable(L, table))
        return lsctl_walk_found(walk, place, SCTL_FAULT_JSON_TEXT, table);
    walk->is_text = true;
    if (!write_value(walk, place, place->field->kind, table, LSCTL_AS_JSON) ||
        !lsctl_walk_has_memory(walk))
        return false;
    walk->is_text = false;
    out->len = from; /* the JSON is dropped */
    sctl_buf_add_str(out, lsctl_string(L, index));
    lua_pushvalue(L, table); /* its items are the resources, however they are spelled */
    lua_replace(L, index);
    return lsctl_walk_send(walk, from);
}

/* Writes the value of a parameter of an open operation as it is: a table in the parameter's style,
 * seconds as a time where the row wants one. In a JSON body both are texts. */
static bool write_any(struct lsctl_walk *walk, const struct lsctl_field *field, int index,
                      enum lsctl_form form)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out, *text = &walk->scratch->name;
    struct lsctl_step step = {.name = field->wire};
    enum lsctl_style style = lua_istable(L, index) ? field->style : LSCTL_FLAT;
    size_t from = out->len;
    char time[SCTL_TIME_TEXT];
    if (style == LSCTL_JSON && lsctl_list_length(L, index) == 0) {
        sctl_buf_add(out, field->item_kind == LSCTL_LIST ? "[]" : "{}", 2);
    } else if (style != LSCTL_FLAT) {
        if (!lsctl_any_write(walk, &step, index,
                             style == LSCTL_JSON ? LSCTL_AS_JSON : LSCTL_AS_TEXT))
            return false;
    } else if (field->item_kind == LSCTL_SCALAR && field->limits.type == SCTL_TIME &&
               lua_type(L, index) == LUA_TNUMBER &&
               sctl_time_text(time, (double)lua_tonumber(L, index))) {
        sctl_buf_add(out, time, sizeof time);
    } else {
        return lsctl_any_write(walk, &step, index, form);
    }
    if (form == LSCTL_AS_PAIRS)
        return lsctl_walk_send(walk, from);
    sctl_buf_add(text, out->data + from, out->len - from);
    sctl_buf_cut(out, from);
    sctl_encode_json(out, sctl_buf_str(text));
    sctl_buf_reset(text);
    return true;
}

/* A Sequence that was sent as a single value is the caller's own. */
static bool take_sequence(struct lsctl_walk *walk, size_t sent_before, int index)
{
    struct lsctl_scratch *scratch = walk->scratch;
    const struct lsctl_step step = {.name = walk->wire};
    if (!walk->operation->sequence || scratch->sent_count == sent_before ||
        !sctl_str_same(walk->wire, SCTL_STR("Sequence")) || lua_istable(walk->L, index))
        return true;
    walk->sequence_text = scratch->sent[--scratch->sent_count].value;
    return walk->sequence_text.len > 0 || lsctl_walk_fault(walk, "sequence", &step, index);
}

/* Writes a parameter of the query or the form in its style. */
static bool write_param(struct lsctl_walk *walk, const struct lsctl_place *place, int index)
{
    const struct lsctl_field *field = place->field;
    size_t from = walk->scratch->out.len, sent = walk->scratch->sent_count;
    walk->wire = field->wire;
    walk->in_form = walk->operation->body == LSCTL_FORM && !field->in_query;
    if (field->kind == LSCTL_ANY)
        return write_any(walk, field, index, LSCTL_AS_PAIRS) && take_sequence(walk, sent, index);
    if (field->style == LSCTL_FLAT)
        return write_value(walk, place, field->kind, index, LSCTL_AS_PAIRS);
    if (lua_type(walk->L, index) == LUA_TSTRING && !is_single(walk->L, field, index))
        return write_styled(walk, place, index);
    if (!write_value(walk, place, field->kind, index,
                     field->style == LSCTL_JSON ? LSCTL_AS_JSON : LSCTL_AS_TEXT))
        return false;
    return lsctl_walk_send(walk, from);
}

/* Writes a field behind its name. */
static bool write_field(struct lsctl_walk *walk, const struct fields *fields,
                        const struct lsctl_field *field, int index, enum lsctl_form form)
{
    struct lsctl_place place = {field, {fields->outer, field->name, 0}};
    struct sctl_buf *out = &walk->scratch->out;
    size_t before = 0;
    if (fields->outer == NULL && form == LSCTL_AS_PAIRS)
        return write_param(walk, &place, index);
    if (form == LSCTL_AS_PAIRS) {
        before = lsctl_name_field(walk, field->wire);
    } else {
        if (out->len > fields->begin)
            sctl_buf_add_char(out, ',');
        if (field->key.len > 0) {
            sctl_buf_add_str(out, field->key);
        } else {
            sctl_encode_json(out, field->wire);
            sctl_buf_add_char(out, ':');
        }
    }
    if (!(field->kind == LSCTL_ANY ? write_any(walk, field, index, form)
                                   : write_value(walk, &place, field->kind, index, form)))
        return false;
    if (form == LSCTL_AS_PAIRS)
        sctl_buf_cut(&walk->scratch->name, before);
    return true;
}

/* Writes what is no field, up to a name in byte order (NULL: all). */
static bool write_others(struct lsctl_walk *walk, struct fields *fields, enum lsctl_form form,
                         const struct sctl_str *end)
{
    bool has_body = walk->operation->body == LSCTL_JSON_BODY;
    for (; fields->next < fields->others.count; fields->next++) {
        struct lsctl_name other = lsctl_names_of(walk, &fields->others)[fields->next];
        struct lsctl_field field = walk->operation->rest;
        field.name = field.wire = other.text;
        if (end != NULL && sctl_str_compare(other.text, *end) > 0)
            return true;
        if (!lsctl_is_name(other.text))
            return lsctl_walk_fault(walk, "no_name", &(struct lsctl_step){NULL, other.text, 0}, 0);
        if ((!has_body || field.in_query != (form == LSCTL_AS_JSON)) &&
            !write_field(walk, fields, &field, other.value, form))
            return false;
    }
    return true;
}

/* Writes all fields; of parameters beside a JSON body its members, or as pairs those of the query. */
static bool write_fields(struct lsctl_walk *walk, struct fields *fields, enum lsctl_form form)
{
    const struct lsctl_shape *shape = fields->shape;
    bool has_body = walk->operation->body == LSCTL_JSON_BODY && fields->outer == NULL;
    fields->begin = walk->scratch->out.len;
    fields->next = 0;
    for (size_t i = 0; i < shape->count; i++) {
        const struct lsctl_field *field = &shape->fields[shape->writes[i]];
        bool present = (fields->present >> shape->writes[i] & 1u) != 0;
        int index = fields->first + shape->writes[i];
        if ((!present && !field->required) ||
            (has_body && field->in_query == (form == LSCTL_AS_JSON)))
            continue;
        if (!present) /* its name may be misspelt */
            return !is_unknown(walk, fields) &&
                   lsctl_walk_found(walk,
                                    &(struct lsctl_place){field, {fields->outer, field->name, 0}},
                                    SCTL_FAULT_MISSING, index);
        if ((fields->others.count > 0 && !write_others(walk, fields, form, &field->wire)) ||
            !write_field(walk, fields, field, index, form))
            return false;
    }
    return fields->others.count == 0 || write_others(walk, fields, form, NULL);
}

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

static bool write_object(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                         enum lsctl_form form)
{
    struct fields fields = {.shape = place->field->inner, .table = index, .outer = &place->step};
    struct sctl_buf *out = &walk->scratch->out;
    int top = lua_gettop(walk->L);
    if (!has_names(walk, place, index) || !read_fields(walk, &fields))
        return false;
    walk->depth++;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '{');
    if (!write_fields(walk, &fields, form) || is_unknown(walk, &fields) ||
        !keeps_rules(walk, &fields))
        return false;
    if (form == LSCTL_AS_PAIRS && fields.present == 0)
        return lsctl_walk_fault_in(walk, "empty_table", NULL, 0, form);
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
    if (walk->is_text)
        return true;
    if (form != LSCTL_AS_JSON || lsctl_list_length(walk->L, index) > 0)
        return lsctl_any_write(walk, &place->step, index, form);
    sctl_buf_add_lit(&walk->scratch->out, "{}");
    return true;
}

/* Writes the value at `index`, which is there. */
static bool write_value(struct lsctl_walk *walk, const struct lsctl_place *place,
                        enum lsctl_kind kind, int index, enum lsctl_form form)
{
    if (kind == LSCTL_SCALAR)
        return write_scalar(walk, place, index, form);
    if (kind == LSCTL_LIST)
        return write_list(walk, place, index, form);
    if (kind == LSCTL_OBJECT && place->field->inner != NULL)
        return write_object(walk, place, index, form);
    return write_map(walk, place, index, form);
}

/* ---- parameters ---- */

/* Fills in what the caller left out. Returns which fields. */
static uint64_t fill_in(struct lsctl_walk *walk)
{
    lua_State *L = walk->L;
    const struct lsctl_shape *shape = walk->operation->shape;
    uint64_t filled = 0;
    for (size_t i = 0; i < shape->fill_count; i++) {
        const struct lsctl_field *field = &shape->fields[shape->fills[i]];
        int index = walk->first + shape->fills[i];
        if (!lua_isnil(L, index))
            continue;
        lua_rawgeti(L, LSCTL_HOLDER, field->fill > 0 ? field->fill : field->option);
        if (field->fill == 0)
            lua_rawget(L, LSCTL_CONTEXT);
        if (!lua_isnil(L, -1))
            filled |= UINT64_C(1) << shape->fills[i];
        lua_replace(L, index);
    }
    return filled;
}

static bool write_params(struct lsctl_walk *walk, struct fields *fields)
{
    struct sctl_buf *out = &walk->scratch->out;
    if (walk->operation->body == LSCTL_JSON_BODY) {
        sctl_buf_add_char(out, '{');
        if (!write_fields(walk, fields, LSCTL_AS_JSON))
            return false;
        sctl_buf_add_char(out, '}');
        walk->body = lsctl_walk_made(walk, 0);
    }
    return write_fields(walk, fields, LSCTL_AS_PAIRS) &&
           (walk->operation->open || (!is_unknown(walk, fields) && keeps_rules(walk, fields))) &&
           lsctl_walk_has_memory(walk);
}

bool lsctl_walk_params(struct lsctl_walk *walk)
{
    struct fields fields = {.shape = walk->operation->shape, .table = LSCTL_PARAMS};
    if (!read_fields(walk, &fields))
        return false;
    walk->first = fields.first;
    fields.present |= fill_in(walk);
    lsctl_names_sort(walk, &fields.others);
    return write_params(walk, &fields);
}
