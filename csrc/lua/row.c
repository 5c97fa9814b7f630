/*** Rows of parameters: what an operation's parameters have to be.
 * @public streamctl.core.row
 */
#include "row.h"

#include <math.h>
#include <string.h>

#include "scratch.h"

#define MAX_NAME 40u /* bytes of texts that every Lua keeps once */

static size_t count_limit(lua_State *L, int index, const char *name, double otherwise)
{
    double value = lsctl_number(L, index, name, otherwise);
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

/* Pops a value and keeps it for as long as the row lives, since the caller's tables may change. */
static void hold(lua_State *L, int holder)
{
    lua_rawseti(L, holder, (int)lsctl_length(L, holder) + 1);
}

/* The texts and numbers of an enumeration. */
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
            (void)luaL_checkstring(L, -1); /* a number as its text */
            param->allowed[i].data = lua_tolstring(L, -1, &param->allowed[i].len);
            hold(L, holder);
        }
    }
    lua_pop(L, 1);
}

static void read_param(lua_State *L, int index, int holder, struct sctl_param *param)
{
    static const char *const TYPES[] = {SCTL_PARAM_TYPES(SCTL_NAME) NULL};
    param->type = (enum sctl_param_type)option(L, index, "type", TYPES);
    param->required = lsctl_flag(L, index, "required");
    param->prefixed = lsctl_flag(L, index, "prefixed");
    param->word = lsctl_flag(L, index, "word");
    param->lines = lsctl_flag(L, index, "lines");
    param->above = lsctl_number(L, index, "above", -INFINITY);
    param->min = lsctl_number(L, index, "min", -INFINITY);
    param->max = lsctl_number(L, index, "max", INFINITY);
    param->max_length = count_limit(L, index, "max_length", INFINITY);
    param->max_bytes = count_limit(L, index, "max_bytes", INFINITY);
    param->min_items = count_limit(L, index, "min_items", 0);
    param->max_items = count_limit(L, index, "max_items", INFINITY);
    read_allowed(L, index, holder, param);
}

static size_t index_field(lua_State *L, int index, const char *name, size_t count)
{
    double value = lsctl_number(L, index, name, 0);
    if (!(value >= 1 && value <= (double)count))
        luaL_error(L, "field '%s' must be the index of a parameter", name);
    return (size_t)value - 1;
}

static void read_rule(lua_State *L, int index, int holder, struct sctl_rule *rule,
                      size_t params)
{
    static const char *const KINDS[] = {SCTL_RULE_KINDS(SCTL_NAME) NULL};
    rule->kind = (enum sctl_rule_kind)option(L, index, "kind", KINDS);
    rule->param = index_field(L, index, "param", params);
    rule->other = rule->kind == SCTL_RULE_FUTURE ? rule->param
                                                 : index_field(L, index, "other", params);
    rule->value = lsctl_field(L, index, "value");
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

/* A text that the row keeps. */
static struct sctl_str held_field(lua_State *L, int index, const char *name, int holder)
{
    struct sctl_str text = lsctl_field(L, index, name);
    hold(L, holder);
    return text;
}

/* What the requests are that are made by the row. */
static void read_call(lua_State *L, int index, int holder, struct lsctl_row *self)
{
    static const char *const METHODS[] = {"GET", "POST", NULL};
    self->action = held_field(L, index, "action", holder);
    if (self->action.len == 0)
        return;
    self->method = option(L, index, "method", METHODS) == 1 ? SCTL_POST : SCTL_GET;
    self->about = held_field(L, index, "about", holder);
    self->sequence = self->about.len > 0;
    self->kind = held_field(L, index, "kind", holder);
}

/* The name of the param described at `index`. */
static void read_name(lua_State *L, int index, int holder, struct lsctl_row *self,
                      size_t param)
{
    lsctl_push_field(L, index, "name");
    luaL_checktype(L, -1, LUA_TSTRING);
    if (lsctl_length(L, -1) > MAX_NAME)
        luaL_error(L, "a name has more than %d bytes", (int)MAX_NAME);
    lsctl_row_add_name(self, lua_tostring(L, -1), param);
    hold(L, holder);
}

/*** What the parameters of an operation have to be.
 * @function row
 * @tparam table row `params`: a list of `name`, `wire` (the name that is sent), `type` (a name of
 * SCTL_PARAM_TYPES in csrc/core/row.h), `required`, `prefixed`, `word`, `lines`, `above`, `min`,
 * `max`, `max_length`, `max_bytes`, `min_items`, `max_items`, `enum`; `rules`: a list of `kind` (of
 * SCTL_RULE_KINDS), `param`, `other` (indexes), `value`; and for requests `method`, `action`,
 * `about`, `kind`, see core.request
 * @treturn function `check(params, prefix, signer, safe, origin, nonce, timestamp)`: the request of
 * an operation whose parameters are values for the query; with an origin what request:signed makes
 * of it, unless it carries a Sequence; without a signer the flat list of names and texts to send. Or
 * nil, what is wrong (a name of SCTL_FAULTS, "unknown" or "memory"), the index of the parameter
 * at fault (0: a name that is none), and the index of its item or of the broken rule. Or nil,
 * message and code when no request can be made of them
 */
int lsctl_row_new(lua_State *L)
{
    struct lsctl_row *self;
    size_t i, lists = 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    self = lua_newuserdata(L, sizeof *self); /* 2 */
    memset(self, 0, sizeof *self);
    lua_newtable(L); /* 3: holder */
    read_call(L, 1, 3, self);
    self->row.params = self->params;
    self->row.rules = self->rules;
    self->row.param_count = push_list(L, 1, "params"); /* 4 */
    lua_createtable(L, (int)self->row.param_count, 0); /* 5: wires */
    for (i = 0; i < self->row.param_count; i++) {
        lua_rawgeti(L, 4, (int)i + 1);
        luaL_checktype(L, 6, LUA_TTABLE);
        read_param(L, 6, 3, &self->params[i]);
        lists += lsctl_row_is_list(&self->params[i]);
        read_name(L, 6, 3, self, i);
        lsctl_push_field(L, 6, "wire");
        luaL_checktype(L, -1, LUA_TSTRING);
        self->wires[i].data = lua_tolstring(L, -1, &self->wires[i].len);
        lua_rawseti(L, 5, (int)i + 1);
        lua_pop(L, 1);
    }
    luaL_argcheck(L, lists <= 1, 1, "a row can have one list only");
    self->row.rule_count = push_list(L, 1, "rules"); /* 6 */
    for (i = 0; i < self->row.rule_count; i++) {
        lua_rawgeti(L, 6, (int)i + 1);
        luaL_checktype(L, 7, LUA_TTABLE);
        read_rule(L, 7, 3, &self->rules[i], self->row.param_count);
        lua_pop(L, 1);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 5);
    lua_pushvalue(L, 3);
    lsctl_scratch_push(L);
    lua_pushcclosure(L, lsctl_row_check, 4);
    return 1;
}
