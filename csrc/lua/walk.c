/* Checks values by an operation and writes what is sent, in one pass. See walk.h for what may not
 * be done here. Part of streamctl.core. */
#include "walk.h"

#include <math.h>

#include "any.h"
#include "operation.h"

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
    int type = lua_type(L, index);
    struct sctl_scalar value = {SCTL_SCALAR_OTHER, {NULL, 0}, 0};
    if (type == LUA_TSTRING) {
        value.kind = SCTL_SCALAR_TEXT;
        value.text = lsctl_string(L, index);
    } else if (type == LUA_TNUMBER) {
        value.kind = SCTL_SCALAR_NUMBER;
        value.number = read_number(L, index);
    } else if (type == LUA_TBOOLEAN) {
        value.kind = SCTL_SCALAR_BOOLEAN;
        value.number = lua_toboolean(L, index);
    } else if (type == LUA_TNIL) {
        value.kind = SCTL_SCALAR_ABSENT;
    }
    return value;
}

/* ---- values ---- */

static bool write_scalar(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                         enum lsctl_form form)
{
    const struct lsctl_field *field = place->field;
    struct sctl_buf *out = &walk->scratch->out;
    struct sctl_scalar value = lsctl_scalar(walk->L, index);
    struct lsctl_text text;
    enum sctl_fault found;
    size_t from = out->len;
    bool unchanged = false;
    if (form == LSCTL_AS_JSON)
        found = sctl_value_json(&field->limits, walk->prefix, &value, out);
    else
        found = sctl_value_raw(&field->limits, walk->prefix, &value, out, &unchanged);
    if (found != SCTL_FINE)
        return lsctl_walk_found(walk, place, found, index);
    if (form == LSCTL_AS_TEXT && unchanged)
        sctl_buf_add_str(out, value.text);
    if (form != LSCTL_AS_PAIRS)
        return true;
    text = unchanged ? (struct lsctl_text){value.text.data, 0, value.text.len}
                     : lsctl_walk_made(walk, from);
    if (field->limits.type == SCTL_SEQUENCE && walk->operation->sequence && walk->depth == 0) {
        walk->sequence_text = text;
        return true;
    }
    return lsctl_walk_send(walk, lsctl_walk_name(walk), text);
}

static bool write_table(struct lsctl_walk *walk, const struct lsctl_place *place,
                        enum lsctl_kind kind, int index, enum lsctl_form form);

/* Writes the value at `index`, which is there. */
static inline bool write_value(struct lsctl_walk *walk, const struct lsctl_place *place,
                               enum lsctl_kind kind, int index, enum lsctl_form form)
{
    return kind == LSCTL_SCALAR ? write_scalar(walk, place, index, form)
                                : write_table(walk, place, kind, index, form);
}

/* ---- lists ---- */

/* What is wrong with the length of a list, or its keys. A list of named type that is too long is
 * not looked into. A gap among as many other keys shows as an item that is nil. */
static enum sctl_fault check_list(lua_State *L, const struct lsctl_field *field, int index,
                                  size_t count)
{
    size_t keys = 0;
    if (field->early && count > field->max_items)
        return SCTL_FAULT_MANY_ITEMS;
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

/* An item of a list, which is at `index`. */
static bool write_item(struct lsctl_walk *walk, const struct lsctl_place *item, int index,
                       enum lsctl_form form)
{
    const struct lsctl_field *field = item->field;
    struct sctl_buf *out = &walk->scratch->out, *name = &walk->scratch->name;
    size_t from, before = name->len;
    if (form != LSCTL_AS_PAIRS && item->step.item > 1)
        sctl_buf_add_char(out, ',');
    else if (form == LSCTL_AS_PAIRS && !field->same_name)
        before = lsctl_name_item(walk, item->step.item, field->item_kind != LSCTL_SCALAR);
    from = out->len;
    if (!write_value(walk, item, field->item_kind, index, form))
        return false;
    if (form == LSCTL_AS_TEXT && walk->pass != LSCTL_EXPLAIN && out->len > from &&
        memchr(out->data + from, ',', out->len - from) != NULL)
        return lsctl_walk_fault(walk, "comma", &item->step, index);
    sctl_buf_cut(name, before);
    return true;
}

/* The items from 1 to `count`, all that there are. False: an item is at fault, or one is nil. */
static bool write_items(struct lsctl_walk *walk, const struct lsctl_place *list, int index,
                        size_t count, enum lsctl_form form)
{
    lua_State *L = walk->L;
    struct lsctl_place item = {list->field, {&list->step, {NULL, 0}, 1}};
    int at = lua_gettop(L) + 1;
    for (; item.step.item <= count; item.step.item++) {
        lua_rawgeti(L, index, (int)item.step.item);
        if (!write_item(walk, &item, at, form))
            return lua_isnil(L, at) ? lsctl_walk_found(walk, list, SCTL_FAULT_GAPS, index) : false;
        lua_settop(L, at - 1);
    }
    return true;
}

/* All items, as long as Lua gives them in their order. */
static bool write_in_order(struct lsctl_walk *walk, const struct lsctl_place *list, int index,
                           enum lsctl_form form)
{
    lua_State *L = walk->L;
    struct lsctl_place item = {list->field, {&list->step, {NULL, 0}, 0}};
    int key = lua_gettop(L) + 1;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_settop(L, key)) {
        if (lua_type(L, key) != LUA_TNUMBER || lua_tonumber(L, key) != (lua_Number)++item.step.item)
            return lsctl_walk_found(walk, list, SCTL_FAULT_GAPS, index);
        if (!write_item(walk, &item, key + 1, form))
            return false;
    }
    return true;
}

/* A table that is empty and goes by no name. */
static bool refuse_empty(struct lsctl_walk *walk)
{
    return walk->pass == LSCTL_EXPLAIN ||
           lsctl_walk_fault_in(walk, "empty_table", NULL, 0, LSCTL_AS_PAIRS);
}

static bool write_list(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                       enum lsctl_form form)
{
    const struct lsctl_field *field = place->field;
    struct sctl_buf *out = &walk->scratch->out;
    enum sctl_fault found = SCTL_FINE;
    size_t count;
    if (!lua_istable(walk->L, index))
        return lsctl_walk_found(walk, place, SCTL_FAULT_NO_LIST, index);
    count = lsctl_length(walk->L, index);
    if (walk->pass != LSCTL_IN_ORDER)
        found = check_list(walk->L, field, index, count);
    else if (count == 0 || count < field->min_items || count > field->max_items)
        found = SCTL_FAULT_GAPS;
    if (found != SCTL_FINE)
        return lsctl_walk_found(walk, place, found, index);
    if (form == LSCTL_AS_PAIRS && count == 0)
        return refuse_empty(walk);
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '[');
    walk->depth++;
    if (walk->pass == LSCTL_IN_ORDER ? !write_in_order(walk, place, index, form)
                                     : !write_items(walk, place, index, count, form))
        return false;
    walk->depth--;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, ']');
    return true;
}

/* ---- tables with names ---- */

/* What came as the text of its style is checked as what it stands for, and sent as it came. */
static bool write_styled(struct lsctl_walk *walk, const struct lsctl_place *place, int index)
{
    lua_State *L = walk->L;
    struct sctl_buf *out = &walk->scratch->out;
    struct sctl_str text;
    size_t from = out->len;
    enum lsctl_pass pass = walk->pass;
    bool fine;
    int table = walk->decoded + place->field->styled;
    if (!lua_istable(L, table))
        return lsctl_walk_found(walk, place, SCTL_FAULT_JSON_TEXT, table);
    walk->pass = LSCTL_EXPLAIN; /* what it writes is dropped */
    fine = write_value(walk, place, place->field->kind, table, LSCTL_AS_JSON);
    walk->pass = pass;
    if (!fine || !lsctl_walk_has_memory(walk))
        return false;
    out->len = from;
    text = lsctl_string(L, index);
    return lsctl_walk_send(walk, lsctl_walk_name(walk),
                           (struct lsctl_text){text.data, 0, text.len});
}

/* Writes a parameter of the query or the form in its style. */
static bool write_param(struct lsctl_walk *walk, const struct lsctl_place *place, int index)
{
    const struct lsctl_field *field = place->field;
    size_t from = walk->scratch->out.len;
    walk->wire = field->wire;
    walk->in_form = walk->operation->body == LSCTL_FORM && !field->in_query;
    if (field->style == LSCTL_FLAT)
        return write_value(walk, place, field->kind, index, LSCTL_AS_PAIRS);
    if (lua_type(walk->L, index) == LUA_TSTRING)
        return write_styled(walk, place, index);
    if (!write_value(walk, place, field->kind, index,
                     field->style == LSCTL_JSON ? LSCTL_AS_JSON : LSCTL_AS_TEXT))
        return false;
    return lsctl_walk_send(walk, lsctl_walk_name(walk), lsctl_walk_made(walk, from));
}

bool lsctl_write_field(struct lsctl_walk *walk, const struct lsctl_fields *fields, size_t at,
                       enum lsctl_form form)
{
    const struct lsctl_field *field = &fields->shape->fields[at];
    struct lsctl_place place = {field, {fields->outer, field->name, 0}};
    struct sctl_buf *out = &walk->scratch->out;
    int index = fields->first + (int)at;
    size_t before = 0;
    if ((fields->given >> at & 1u) == 0)
        return lsctl_walk_found(walk, &place, SCTL_FAULT_MISSING, index);
    if (fields->outer == NULL && form == LSCTL_AS_PAIRS)
        return write_param(walk, &place, index);
    if (form == LSCTL_AS_PAIRS) {
        before = lsctl_name_field(walk, field->wire);
    } else {
        if (out->len > fields->begin)
            sctl_buf_add_char(out, ',');
        sctl_buf_add_str(out, field->key);
    }
    if (!write_value(walk, &place, field->kind, index, form))
        return false;
    if (form == LSCTL_AS_PAIRS)
        sctl_buf_cut(&walk->scratch->name, before);
    return true;
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

static bool write_object(struct lsctl_walk *walk, const struct lsctl_place *place, int index,
                         enum lsctl_form form)
{
    struct lsctl_fields fields = {
        .shape = place->field->inner, .table = index, .outer = &place->step};
    struct sctl_buf *out = &walk->scratch->out;
    int top = lua_gettop(walk->L);
    if (!has_names(walk, place, index) || !lsctl_read_fields(walk, &fields))
        return false;
    if (form == LSCTL_AS_PAIRS && fields.given == 0 && !refuse_empty(walk))
        return false;
    walk->depth++;
    if (form == LSCTL_AS_JSON)
        sctl_buf_add_char(out, '{');
    if (!lsctl_write_fields(walk, &fields, form) || !lsctl_keeps_shape(walk, &fields))
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
    if (walk->pass == LSCTL_EXPLAIN)
        return true;
    if (form != LSCTL_AS_JSON || !lsctl_any_is_empty(walk->L, index))
        return lsctl_any_write(walk, &place->step, index, form);
    sctl_buf_add_lit(&walk->scratch->out, "{}");
    return true;
}

static bool write_table(struct lsctl_walk *walk, const struct lsctl_place *place,
                        enum lsctl_kind kind, int index, enum lsctl_form form)
{
    if (kind == LSCTL_LIST)
        return write_list(walk, place, index, form);
    if (kind == LSCTL_OBJECT && place->field->inner != NULL)
        return write_object(walk, place, index, form);
    return write_map(walk, place, index, form);
}
