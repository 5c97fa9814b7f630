/* Rows of parameters: what an operation's parameters have to be, and their check.
 * Part of streamctl.core.
 */
#include "row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../core/row.h"

#define LSCTL_ROW "streamctl.row " SCTL_VERSION

/* The texts of params and rules are held by a table of our own, an upvalue. */
struct row {
    struct sctl_row row;
    struct sctl_param params[SCTL_MAX_ROW];
    struct sctl_rule rules[SCTL_MAX_ROW];
    struct sctl_value values[SCTL_MAX_ROW]; /* scratch, as is what follows */
    struct sctl_value *items;               /* of the one list a row may have */
    size_t item_size;
    struct sctl_checked checked;
    bool busy; /* `checked` is being handed over */
};

#define FIRST_VALUE 4 /* on the stack of a reader */

enum { UPVALUE_ROW = 1, UPVALUE_NAMES, UPVALUE_WIRES, UPVALUE_HOLDER };

static const char *const FAULTS[] = {
    [SCTL_FINE] = "fine",
    [SCTL_FAULT_MISSING] = "missing",
    [SCTL_FAULT_NO_TEXT] = "no_text",
    [SCTL_FAULT_EMPTY] = "empty",
    [SCTL_FAULT_CONTROL] = "control",
    [SCTL_FAULT_LONG] = "long",
    [SCTL_FAULT_NO_WORD] = "no_word",
    [SCTL_FAULT_NOT_ALLOWED] = "not_allowed",
    [SCTL_FAULT_NO_INTEGER] = "no_integer",
    [SCTL_FAULT_NOT_ABOVE] = "not_above",
    [SCTL_FAULT_OUT_OF_RANGE] = "out_of_range",
    [SCTL_FAULT_NO_TIME] = "no_time",
    [SCTL_FAULT_JSON_TEXT] = "json_text",
    [SCTL_FAULT_NO_LIST] = "no_list",
    [SCTL_FAULT_GAPS] = "gaps",
    [SCTL_FAULT_NO_ITEMS] = "no_items",
    [SCTL_FAULT_MANY_ITEMS] = "many_items",
    [SCTL_FAULT_STREAM_ID] = "stream_id",
    [SCTL_FAULT_PREFIXED_LONG] = "prefixed_long",
    [SCTL_FAULT_SEQUENCE] = "sequence",
    [SCTL_FAULT_RULE] = "rule",
};

static bool is_list(const struct sctl_param *param)
{
    return param->type == SCTL_PARAM_JSON_LIST || param->type == SCTL_PARAM_STREAM_IDS;
}

/* ---- describing ---- */

static double limit(lua_State *L, int index, const char *name, double none)
{
    double value;
    lsctl_push_field(L, index, name);
    value = lua_isnil(L, -1) ? none : (double)luaL_checknumber(L, -1);
    lua_pop(L, 1);
    return value;
}

static size_t count_limit(lua_State *L, int index, const char *name)
{
    double value = limit(L, index, name, INFINITY);
    if (!(value >= 0))
        luaL_error(L, "field '%s' must not be negative", name);
    return value < 1e9 ? (size_t)value : SIZE_MAX;
}

static int option(lua_State *L, int index, const char *name, const char *const list[])
{
    int value;
    lsctl_push_field(L, index, name);
    value = luaL_checkoption(L, -1, NULL, list);
    lua_pop(L, 1);
    return value;
}

/* Keeps what is on top of the stack for as long as the row lives; pops it. The caller's own tables may
 * change. */
static void hold(lua_State *L, int holder)
{
    lua_rawseti(L, holder, (int)lsctl_length(L, holder) + 1);
}

/* The texts of an enumeration. */
static void read_allowed(lua_State *L, int index, int holder, struct sctl_param *param)
{
    size_t i;
    lsctl_push_field(L, index, "enum");
    if (!lua_isnil(L, -1)) {
        luaL_checktype(L, -1, LUA_TTABLE);
        param->allowed_count = lsctl_length(L, -1);
        param->allowed =
            lua_newuserdata(L, (param->allowed_count + 1) * sizeof *param->allowed);
        hold(L, holder);
        for (i = 0; i < param->allowed_count; i++) {
            lua_rawgeti(L, -1, (int)i + 1);
            luaL_checktype(L, -1, LUA_TSTRING);
            param->allowed[i].data = lua_tolstring(L, -1, &param->allowed[i].len);
            hold(L, holder);
        }
    }
    lua_pop(L, 1);
}

static void read_param(lua_State *L, int index, int holder, struct sctl_param *param)
{
    static const char *const TYPES[] = {"text",      "integer",   "time",
                                        "json_list", "stream_id", "stream_ids",
                                        "sequence",  NULL};
    param->type = (enum sctl_param_type)option(L, index, "type", TYPES);
    param->required = lsctl_flag(L, index, "required");
    param->prefixed = lsctl_flag(L, index, "prefixed");
    param->word = lsctl_flag(L, index, "word");
    param->above = limit(L, index, "above", -INFINITY);
    param->min = limit(L, index, "min", -INFINITY);
    param->max = limit(L, index, "max", INFINITY);
    param->max_length = count_limit(L, index, "max_length");
    param->max_items = count_limit(L, index, "max_items");
    read_allowed(L, index, holder, param);
}

static size_t index_field(lua_State *L, int index, const char *name, size_t count)
{
    double value = limit(L, index, name, 0);
    if (!(value >= 1 && value <= (double)count))
        luaL_error(L, "field '%s' must be the index of a parameter", name);
    return (size_t)value - 1;
}

static void read_rule(lua_State *L, int index, int holder, struct sctl_rule *rule,
                      size_t params)
{
    static const char *const KINDS[] = {"later", "future", "required_if", "single_if",
                                        NULL};
    rule->kind = (enum sctl_rule_kind)option(L, index, "kind", KINDS);
    rule->param = index_field(L, index, "param", params);
    rule->other = rule->kind == SCTL_RULE_FUTURE ? rule->param
                                                 : index_field(L, index, "other", params);
    rule->value = lsctl_field(L, index, "value");
    lsctl_push_field(L, index, "value");
    hold(L, holder);
}

/* Pushes the list at field `name` of the table at `index`; returns its length. */
static size_t push_list(lua_State *L, int index, const char *name)
{
    size_t count;
    lsctl_push_field(L, index, name);
    luaL_checktype(L, -1, LUA_TTABLE);
    count = lsctl_length(L, -1);
    if (count > SCTL_MAX_ROW)
        luaL_error(L, "field '%s' has more than %d items", name, (int)SCTL_MAX_ROW);
    return count;
}

static int row_gc(lua_State *L)
{
    struct row *self = luaL_checkudata(L, 1, LSCTL_ROW);
    sctl_checked_clear(&self->checked);
    sctl_free(self->items);
    self->items = NULL;
    self->item_size = 0;
    return 0;
}

/* ---- reading ---- */

static bool is_whole(lua_State *L, int index)
{
#if LUA_VERSION_NUM >= 503
    /* beyond 2^53 a double would not show what it was */
    if (lua_isinteger(L, index)) {
        lua_Integer number = lua_tointeger(L, index);
        return number >= -9007199254740992 && number <= 9007199254740992;
    }
#endif
    (void)L;
    (void)index;
    return true;
}

static void read_scalar(lua_State *L, int index, struct sctl_value *value)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        value->kind = SCTL_VALUE_ABSENT;
        break;
    case LUA_TSTRING:
        value->kind = SCTL_VALUE_TEXT;
        value->text.data = lua_tolstring(L, index, &value->text.len);
        break;
    case LUA_TNUMBER:
        value->kind = SCTL_VALUE_NUMBER;
        value->number = is_whole(L, index) ? (double)lua_tonumber(L, index) : INFINITY;
        break;
    default:
        value->kind = SCTL_VALUE_OTHER;
    }
}

static size_t count_entries(lua_State *L, int index)
{
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        count++;
    return count;
}

static enum sctl_status reserve_items(struct row *self, size_t size, struct sctl_err *err)
{
    struct sctl_value *items;
    if (size <= self->item_size)
        return SCTL_OK;
    items = sctl_realloc(self->items, size * sizeof *items);
    if (items == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for parameters");
    self->items = items;
    self->item_size = size;
    return SCTL_OK;
}

/* A list that is too long is not looked into. */
static enum sctl_status read_list(lua_State *L, struct row *self, int index,
                                  const struct sctl_param *param,
                                  struct sctl_value *value, struct sctl_err *err)
{
    size_t i, count = lsctl_length(L, index);
    struct sctl_value *items;
    value->kind = SCTL_VALUE_LIST;
    value->item_count = count;
    if (count > param->max_items)
        return SCTL_OK;
    if (reserve_items(self, count, err) != SCTL_OK)
        return err->status;
    items = self->items;
    if (count > 0)
        memset(items, 0, count * sizeof *items);
    value->gaps = count_entries(L, index) != count;
    for (i = 0; i < count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        read_scalar(L, -1, &items[i]);
        if (items[i].kind == SCTL_VALUE_ABSENT)
            value->gaps = true;
        lua_pop(L, 1);
    }
    value->items = items;
    return SCTL_OK;
}

/* Making a list may run finalizers, and one that uses the same row must not overwrite what is being
 * handed over: it gets a scratch of its own, which is left at index 3. */
static struct row *take_scratch(lua_State *L)
{
    struct row *self = lua_touserdata(L, lua_upvalueindex(UPVALUE_ROW)), *other;
    lua_settop(L, FIRST_VALUE - 1);
    if (!self->busy)
        return self;
    other = lsctl_new(L, sizeof *other, LSCTL_ROW);
    sctl_checked_init(&other->checked);
    other->row = self->row;
    lua_replace(L, FIRST_VALUE - 1);
    return other;
}

/* Leaves the values on the stack, from FIRST_VALUE on; returns how many there are. */
static size_t read_values(lua_State *L, struct row *self, struct sctl_err *err)
{
    size_t i, given = 0;
    memset(self->values, 0, self->row.param_count * sizeof *self->values);
    for (i = 0; i < self->row.param_count; i++) {
        struct sctl_value *value = &self->values[i];
        lua_rawgeti(L, lua_upvalueindex(UPVALUE_NAMES), (int)i + 1);
        lua_rawget(L, 1);
        if (lua_istable(L, -1) && is_list(&self->row.params[i])) {
            if (read_list(L, self, lua_gettop(L), &self->row.params[i], value, err) !=
                SCTL_OK)
                return SIZE_MAX;
        } else {
            read_scalar(L, -1, value);
        }
        given += value->kind != SCTL_VALUE_ABSENT;
    }
    return given;
}

static int refuse(lua_State *L, const char *reason, size_t param, size_t detail)
{
    lua_pushnil(L);
    lua_pushstring(L, reason);
    lua_pushinteger(L, (lua_Integer)param);
    lua_pushinteger(L, (lua_Integer)detail);
    return 4;
}

static void push_sent(lua_State *L, const struct sctl_checked *checked)
{
    size_t i;
    lua_createtable(L, (int)(2 * checked->count) + 2, 0); /* with room for a Sequence */
    for (i = 0; i < checked->count; i++) {
        const struct sctl_sent *sent = &checked->sent[i];
        lua_rawgeti(L, lua_upvalueindex(UPVALUE_WIRES), (int)sent->param + 1);
        lua_rawseti(L, -2, (int)(2 * i) + 1);
        if (!sent->source)
            lua_pushlstring(L, sent->text.data, sent->text.len);
        else if (sent->item > 0)
            lua_rawgeti(L, (int)sent->param + FIRST_VALUE, (int)sent->item);
        else
            lua_pushvalue(L, (int)sent->param + FIRST_VALUE);
        lua_rawseti(L, -2, (int)(2 * i) + 2);
    }
}

/* read(params, prefix): the flat list to send; or nil, what is wrong (a name of FAULTS, "unknown", or
 * "memory"), the index of the parameter (0: another name), and the index of its item or of the rule */
static int row_read(lua_State *L)
{
    struct row *self;
    struct sctl_verdict verdict;
    struct sctl_err err;
    size_t given;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkstack(L, SCTL_MAX_ROW + 8, "parameters");
    self = take_scratch(L);
    self->row.prefix = lsctl_text(L, 2);
    given = read_values(L, self, &err);
    if (given == SIZE_MAX || sctl_row_check(&self->row, self->values, &self->checked,
                                            &verdict, &err) != SCTL_OK)
        return refuse(L, "memory", 0, 0);
    if ((verdict.fault == SCTL_FINE || verdict.fault == SCTL_FAULT_MISSING ||
         verdict.fault == SCTL_FAULT_RULE) &&
        count_entries(L, 1) != given)
        return refuse(L, "unknown", 0, 0); /* a misspelt name explains what is missing */
    if (verdict.fault != SCTL_FINE)
        return refuse(L, FAULTS[verdict.fault], verdict.param + 1,
                      verdict.fault == SCTL_FAULT_RULE ? verdict.rule + 1 : verdict.item);
    self->busy = true; /* for good when there is no memory for the list */
    push_sent(L, &self->checked);
    self->busy = false;
    return 1;
}

/*** What the parameters of an operation have to be.
 * @function row
 * @tparam table row `params`: a list of `name`, `wire` (the name that is sent), `type` ("text",
 * "integer", "time", "json_list", "stream_id", "stream_ids", "sequence"), `required`, `prefixed`,
 * `word`, `above`, `min`, `max`, `max_length`, `max_items`, `enum`; `rules`: a list of `kind`
 * ("later", "future", "required_if", "single_if"), `param`, `other` (indexes), `value`
 * @treturn function `read(params, prefix)`: the flat list of names and texts to send; or nil, what is
 * wrong, the index of the parameter at fault (0: a name that is none), and the index of its item or of
 * the broken rule
 */
int lsctl_row_new(lua_State *L)
{
    struct row *self;
    size_t i, lists = 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    self = lsctl_new(L, sizeof *self, LSCTL_ROW); /* 2 */
    lua_newtable(L);                              /* 3: holder */
    sctl_checked_init(&self->checked);
    self->row.params = self->params;
    self->row.rules = self->rules;
    self->row.param_count = push_list(L, 1, "params"); /* 4 */
    lua_createtable(L, (int)self->row.param_count, 0); /* 5: names */
    lua_createtable(L, (int)self->row.param_count, 0); /* 6: wires */
    for (i = 0; i < self->row.param_count; i++) {
        lua_rawgeti(L, 4, (int)i + 1);
        luaL_checktype(L, 7, LUA_TTABLE);
        read_param(L, 7, 3, &self->params[i]);
        lists += is_list(&self->params[i]);
        lsctl_push_field(L, 7, "name");
        luaL_checktype(L, -1, LUA_TSTRING);
        lua_rawseti(L, 5, (int)i + 1);
        lsctl_push_field(L, 7, "wire");
        luaL_checktype(L, -1, LUA_TSTRING);
        lua_rawseti(L, 6, (int)i + 1);
        lua_pop(L, 1);
    }
    luaL_argcheck(L, lists <= 1, 1, "a row can have one list only");
    self->row.rule_count = push_list(L, 1, "rules"); /* 7 */
    for (i = 0; i < self->row.rule_count; i++) {
        lua_rawgeti(L, 7, (int)i + 1);
        luaL_checktype(L, 8, LUA_TTABLE);
        read_rule(L, 8, 3, &self->rules[i], self->row.param_count);
        lua_pop(L, 1);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 5);
    lua_pushvalue(L, 6);
    lua_pushvalue(L, 3);
    lua_pushcclosure(L, row_read, 4);
    return 1;
}

void lsctl_row_open(lua_State *L)
{
    static const luaL_Reg METHODS[] = {{NULL, NULL}};
    static const luaL_Reg METAMETHODS[] = {{"__gc", row_gc}, {NULL, NULL}};
    lsctl_metatable(L, LSCTL_ROW, METHODS, METAMETHODS);
}
