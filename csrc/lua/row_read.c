/* Reading parameters by a row, and making requests of them.
 * Part of streamctl.core.
 */
#include "row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "request.h"
#include "scratch.h"

#define KEPT_BYTES (1024u * 1024u)

static const char *const FAULTS[] = {SCTL_FAULTS(SCTL_NAME)};

static unsigned place_of(const char *name)
{
    uint64_t mixed = (uint64_t)(uintptr_t)name * UINT64_C(0x9e3779b97f4a7c15);
    return (unsigned)(mixed >> 32) % LSCTL_ROW_PLACES;
}

void lsctl_row_add_name(struct lsctl_row *self, const char *name, size_t param)
{
    unsigned place = place_of(name);
    while (self->places[place] != 0)
        place = (place + 1) % LSCTL_ROW_PLACES;
    self->places[place] = (unsigned char)(param + 1);
    self->names[param] = name;
}

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
    case LUA_TBOOLEAN:
        value->kind = SCTL_VALUE_BOOLEAN;
        value->number = lua_toboolean(L, index);
        break;
    case LUA_TNUMBER:
        value->kind = SCTL_VALUE_NUMBER;
        value->number = read_number(L, index);
        break;
    default:
        value->kind = SCTL_VALUE_OTHER;
    }
}

static enum sctl_status reserve_items(struct lsctl_scratch *self, size_t size,
                                      struct sctl_err *err)
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
static enum sctl_status read_list(lua_State *L, struct lsctl_scratch *self, int index,
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
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        double at = lua_type(L, -2) == LUA_TNUMBER ? (double)lua_tonumber(L, -2) : 0;
        if (at >= 1 && at <= (double)count && at == (double)(size_t)at)
            read_scalar(L, -1, &items[(size_t)at - 1]);
        else
            value->gaps = true;
    }
    for (i = 0; i < count; i++) {
        if (items[i].kind == SCTL_VALUE_ABSENT)
            value->gaps = true;
    }
    value->items = items;
    return SCTL_OK;
}

/* The parameter of the name at `index`, or SIZE_MAX. Lua keeps each short text once, so its address
 * tells it from all others. */
static size_t find_name(lua_State *L, const struct lsctl_row *self, int index)
{
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : NULL;
    unsigned place = place_of(name);
    for (; self->places[place] != 0; place = (place + 1) % LSCTL_ROW_PLACES) {
        size_t param = self->places[place] - 1u;
        if (self->names[param] == name)
            return param;
    }
    return SIZE_MAX;
}

/* Reads the table at index 1, and leaves the values on the stack from `first` on, in the row's
 * order. `unknown`: it has another name. */
static enum sctl_status read_values(lua_State *L, const struct lsctl_row *self,
                                    struct lsctl_scratch *scratch, int first,
                                    bool *unknown, struct sctl_err *err)
{
    memset(scratch->values, 0, self->row.param_count * sizeof *scratch->values);
    lua_settop(L, first + (int)self->row.param_count - 1);
    for (lua_pushnil(L); lua_next(L, 1) != 0;) {
        size_t param = find_name(L, self, -2);
        struct sctl_value *value;
        if (param == SIZE_MAX) {
            *unknown = true;
            lua_pop(L, 1);
            continue;
        }
        value = &scratch->values[param];
        if (lsctl_row_is_list(&self->row.params[param]) && lua_istable(L, -1)) {
            if (read_list(L, scratch, lua_gettop(L), &self->row.params[param], value,
                          err) != SCTL_OK)
                return err->status;
        } else {
            read_scalar(L, -1, value);
        }
        lua_replace(L, first + (int)param);
    }
    return SCTL_OK;
}

static int refuse(lua_State *L, const char *reason, size_t param, size_t detail)
{
    lua_pushnil(L);
    lua_pushstring(L, reason);
    lua_pushinteger(L, (lua_Integer)param);
    lua_pushinteger(L, (lua_Integer)detail);
    return 4;
}

/* `values`: the index of the first one. What was checked is taken from its lists before anything is
 * made, which may run finalizers that change them. */
static void push_sent(lua_State *L, const struct sctl_checked *checked, int values)
{
    int base = lua_gettop(L);
    size_t i;
    if (lua_checkstack(L, (int)checked->count + 4) == 0)
        luaL_error(L, "no memory for the parameters");
    for (i = 0; i < checked->count; i++) {
        const struct sctl_sent *sent = &checked->sent[i];
        if (sent->source && sent->item > 0)
            lua_rawgeti(L, values + (int)sent->param, (int)sent->item);
        else
            lua_pushvalue(L, values + (int)sent->param);
    }
    lua_createtable(L, (int)(2 * checked->count) + 2, 0); /* with room for a Sequence */
    for (i = 0; i < checked->count; i++) {
        const struct sctl_sent *sent = &checked->sent[i];
        lua_rawgeti(L, lua_upvalueindex(LSCTL_ROW_WIRES), (int)sent->param + 1);
        lua_rawseti(L, -2, (int)(2 * i) + 1);
        if (sent->source)
            lua_pushvalue(L, base + 1 + (int)i);
        else
            lua_pushlstring(L, sent->text.data, sent->text.len);
        lua_rawseti(L, -2, (int)(2 * i) + 2);
    }
}

/* One call with much to send must not cost its memory for good. */
static void trim(struct lsctl_scratch *scratch)
{
    if (scratch->checked.made.size > KEPT_BYTES)
        sctl_buf_clear(&scratch->checked.made);
}

/* Reads and checks the parameters at index 1; see read_values. */
static enum sctl_status check(lua_State *L, const struct sctl_row *row,
                              const struct lsctl_row *self, struct lsctl_scratch *scratch,
                              int first, struct sctl_verdict *verdict, bool *unknown,
                              struct sctl_err *err)
{
    enum sctl_status status = read_values(L, self, scratch, first, unknown, err);
    if (status == SCTL_OK)
        status = sctl_row_check(row, scratch->values, &scratch->checked, verdict, err);
    /* what else is wrong is more to the point than a name too many */
    *unknown = *unknown && status == SCTL_OK &&
               (verdict->fault == SCTL_FINE || verdict->fault == SCTL_FAULT_MISSING ||
                verdict->fault == SCTL_FAULT_RULE);
    if (status != SCTL_OK || *unknown || verdict->fault != SCTL_FINE)
        trim(scratch); /* nobody reads it */
    return status;
}

/* The call of what was checked. Its texts are those of the stack and of the scratch. */
static enum sctl_status call_of(const struct lsctl_row *self,
                                struct lsctl_scratch *scratch, struct sctl_call *call,
                                struct sctl_err *err)
{
    struct sctl_pairs *params = &scratch->params;
    size_t i, count = scratch->checked.count;
    if (sctl_pairs_reserve(params, count, err) != SCTL_OK)
        return err->status;
    for (i = 0; i < count; i++) {
        const struct sctl_sent *sent = &scratch->checked.sent[i];
        params->items[i] = (struct sctl_pair){self->wires[sent->param], sent->text};
    }
    call->method = self->method;
    call->action = self->action;
    call->body = SCTL_STR("");
    call->params = params->items;
    call->param_count = count;
    return SCTL_OK;
}

/* The request of what was checked. */
static struct sctl_request *request_of(const struct lsctl_row *self,
                                       struct lsctl_scratch *scratch,
                                       struct sctl_signer *signer, bool safe,
                                       struct sctl_err *err)
{
    struct sctl_parts parts = {
        .signer = signer,
        .safe = safe,
        .sequence = self->sequence,
        .kind = self->kind,
    };
    if (call_of(self, scratch, &parts.call, err) != SCTL_OK ||
        lsctl_request_find(&parts, &scratch->params, self->about, err) != SCTL_OK)
        return NULL;
    return sctl_request_new(&parts, err);
}

/* Signs what was checked where it is: nobody keeps a request of it. Takes nonce and timestamp. */
static int push_signed(lua_State *L, const struct lsctl_row *self,
                       struct lsctl_scratch *scratch, struct sctl_signer *signer,
                       struct sctl_call *call, struct sctl_str origin)
{
    struct sctl_err err;
    if (call_of(self, scratch, call, &err) != SCTL_OK ||
        sctl_sign(signer, call, &scratch->signed_request, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return lsctl_push_signed(L, scratch, call, origin);
}

/* check(params, prefix, signer, safe, origin, nonce, timestamp), as lsctl_row_new says. A request's
 * userdata is made before anything is read, since to make it may run finalizers. */
int lsctl_row_check(lua_State *L)
{
    const struct lsctl_row *self = lua_touserdata(L, lua_upvalueindex(LSCTL_ROW_SELF));
    struct sctl_row row = self->row;
    struct lsctl_request *made = NULL;
    struct lsctl_signer_ref *signer = NULL;
    struct lsctl_scratch *scratch;
    struct sctl_call call;
    struct sctl_str origin;
    struct sctl_verdict verdict;
    struct sctl_err err;
    bool unknown = false;
    int first, results = 1;
    luaL_checktype(L, 1, LUA_TTABLE);
    row.prefix = lsctl_text(L, 2);
    if (lua_checkstack(L, SCTL_MAX_ROW + 16) == 0)
        luaL_error(L, "no memory for the parameters");
    lua_settop(L, 7);
    memset(&call, 0, sizeof call);
    origin = lsctl_text(L, 5);
    call.nonce = lsctl_text(L, 6);
    call.timestamp = lsctl_timestamp(L, 7);
    scratch = lsctl_scratch_use(L, lua_upvalueindex(LSCTL_ROW_SCRATCH));
    if (!lua_isnil(L, 3)) {
        signer = luaL_checkudata(L, 3, LSCTL_SIGNER);
        luaL_argcheck(L, self->action.len > 0, 3, "no request is made by this row");
        if (lua_isnil(L, 5))
            made = lsctl_new(L, sizeof *made, LSCTL_REQUEST);
        luaL_argcheck(L, made != NULL || !self->sequence, 5,
                      "it has to be stamped before");
        luaL_argcheck(L, signer->signer != NULL, 3, "the signer is closed");
    }
    first = lua_gettop(L) + 1;
    if (check(L, &row, self, scratch, first, &verdict, &unknown, &err) != SCTL_OK)
        return refuse(L, "memory", 0, 0);
    if (unknown)
        return refuse(L, "unknown", 0, 0);
    if (verdict.fault != SCTL_FINE)
        return refuse(L, FAULTS[verdict.fault], verdict.param + 1,
                      verdict.fault == SCTL_FAULT_RULE ? verdict.rule + 1 : verdict.item);
    if (made != NULL) {
        lsctl_request_hold(made, request_of(self, scratch, signer->signer,
                                            lua_toboolean(L, 4) != 0, &err));
        lua_settop(L, first - 1);
        if (made->request == NULL)
            results = lsctl_fail(L, &err);
    } else if (signer != NULL) {
        results = push_signed(L, self, scratch, signer->signer, &call, origin);
    } else {
        scratch->busy = true; /* for good when there is no memory for the list */
        push_sent(L, &scratch->checked, first);
        scratch->busy = false;
    }
    trim(scratch);
    return results;
}
