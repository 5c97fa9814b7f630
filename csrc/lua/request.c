/* Requests as userdata: a call on its way from the check of its parameters to the wire. */
#include "core.h"

static struct sctl_str list_text(lua_State *L, int index, size_t at)
{
    lua_rawgeti(L, index, (int)at);
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "a list of names and values must hold strings only");
    struct sctl_str text = lsctl_string(L, -1);
    lua_pop(L, 1);
    return text;
}

enum sctl_status lsctl_read_pairs(lua_State *L, int index, struct sctl_pairs *pairs,
                                  struct sctl_err *err)
{
    pairs->count = 0;
    if (lua_isnoneornil(L, index))
        return SCTL_OK;
    luaL_checktype(L, index, LUA_TTABLE);
    size_t count = lsctl_length(L, index);
    if (count % 2 != 0)
        luaL_error(L, "a list of names and values must have an even length");
    if (sctl_pairs_reserve(pairs, count / 2, err) != SCTL_OK)
        return err->status;
    for (; pairs->count < count / 2; pairs->count++)
        pairs->items[pairs->count] = (struct sctl_pair){list_text(L, index, 2 * pairs->count + 1),
                                                        list_text(L, index, 2 * pairs->count + 2)};
    return SCTL_OK;
}

/* ---- requests ---- */

/* The upvalues of the functions below. */
enum { UP_SCRATCH = 1, UP_METHODS };

static struct lsctl_request *request_open(lua_State *L)
{
    struct lsctl_request *self = lsctl_check(L, 1, LSCTL_REQUEST);
    if (self->request == NULL)
        luaL_error(L, "the request was collected");
    return self;
}

/* Makes the call with the present number, in scratch; `err` is SCTL_OK, or says why not. */
static struct lsctl_scratch *call_of(lua_State *L, struct sctl_call *call, struct sctl_err *err)
{
    struct lsctl_scratch *scratch = lsctl_scratch_use(L, lua_upvalueindex(UP_SCRATCH));
    const struct lsctl_request *self = request_open(L);
    err->status = sctl_request_call(self->request, self->sequence, call, &scratch->params,
                                    &scratch->text, err);
    return scratch;
}

static int request_gc(lua_State *L)
{
    struct lsctl_request *self = lsctl_check(L, 1, LSCTL_REQUEST);
    sctl_request_unref(self->request);
    self->request = NULL;
    return 0;
}

/* request(signer, method, action, safe, [params], [body], [content_type]) -> request | nil,
 * message, code: Of parameters that are ready for the wire. action: with a plain signer the target;
 * safe: a kept connection may carry the request; params: flat list of names and values. */
static int request_new(lua_State *L)
{
    static const char *const NAMES[] = {"GET", "POST", "PUT", NULL}; /* as the enum */
    struct lsctl_signer *signer = lsctl_check(L, 1, LSCTL_SIGNER);
    struct sctl_parts parts = {
        .call.method = (enum sctl_method)luaL_checkoption(L, 2, NULL, NAMES),
        .call.action = lsctl_text(L, 3),
        .safe = lua_toboolean(L, 4) != 0,
        .call.body = lsctl_text(L, 6),
        .call.content_type = lsctl_text(L, 7),
    };
    struct sctl_err err;
    lua_settop(L, 7);
    /* before anything is read: to make userdata may run finalizers, which may do anything */
    struct lsctl_request *self = lsctl_new(L, sizeof *self, LSCTL_REQUEST);
    struct lsctl_scratch *scratch = lsctl_scratch_use(L, lua_upvalueindex(UP_SCRATCH));
    luaL_argcheck(L, signer->signer != NULL, 1, "the signer is closed");
    parts.signer = signer->signer;
    if (lsctl_read_pairs(L, 5, &scratch->params, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    parts.call.params = scratch->params.items;
    parts.call.param_count = scratch->params.count;
    lsctl_request_hold(self, sctl_request_new(&parts, &err));
    if (self->request == NULL)
        return lsctl_fail(L, &err);
    lua_settop(L, 8);
    return 1;
}

/* ---- fields ---- */

static void push_params(lua_State *L, const struct sctl_call *call)
{
    lua_createtable(L, (int)(2 * call->param_count), 0);
    for (size_t i = 0; i < call->param_count; i++) {
        lsctl_push_text(L, call->params[i].name);
        lua_rawseti(L, -2, (int)(2 * i) + 1);
        lsctl_push_text(L, call->params[i].value);
        lua_rawseti(L, -2, (int)(2 * i) + 2);
    }
}

/* Fields are as they would be sent now. */
static int request_index(lua_State *L)
{
    static const char *const FIELDS[] = {"safe",   "method", "sequence",     "body",
                                         "action", "params", "content_type", NULL};
    enum { SAFE, METHOD, SEQUENCE, BODY, ACTION, PARAMS, CONTENT_TYPE, NONE } field = SAFE;
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(UP_METHODS));
    if (!lua_isnil(L, -1))
        return 1;
    struct lsctl_request *self = request_open(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    while (field < NONE && strcmp(FIELDS[field], name) != 0)
        field++;
    if (field == SAFE)
        lua_pushboolean(L, self->request->safe);
    else if (field == METHOD)
        lsctl_push_text(L, sctl_method_name(self->request->call.method));
    else if (field == SEQUENCE && self->sequence > 0)
        lsctl_push_integer(L, self->sequence); /* else the nil below */
    if (field <= SEQUENCE || field == NONE)
        return 1;
    struct sctl_call call;
    struct sctl_err err;
    struct lsctl_scratch *scratch = call_of(L, &call, &err);
    if (err.status != SCTL_OK)
        return luaL_error(L, "%s", err.message);
    scratch->busy = true;
    struct sctl_str text = field == BODY ? call.body : call.content_type;
    if (field == PARAMS)
        push_params(L, &call);
    else if (field == ACTION)
        lsctl_push_text(L, call.action);
    else if (text.len > 0)
        lsctl_push_text(L, text);
    else
        lua_pushnil(L);
    scratch->busy = false;
    return 1;
}

/* ---- signing ---- */

int64_t lsctl_timestamp(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return SCTL_NOW;
    lua_Number timestamp = luaL_checknumber(L, index);
    luaL_argcheck(L, timestamp > -1e15 && timestamp < 1e15, index, "no Unix time");
    return (int64_t)timestamp;
}

/* Signs with the nonce at `index` and the timestamp after it; or returns NULL and `err`. */
static struct lsctl_scratch *signed_call(lua_State *L, int index, struct sctl_call *call,
                                         struct sctl_err *err)
{
    struct lsctl_request *self = request_open(L);
    struct sctl_str nonce = lsctl_text(L, index);
    int64_t timestamp = lsctl_timestamp(L, index + 1);
    /* last: scratch of its own is put where missing arguments would be */
    struct lsctl_scratch *scratch = call_of(L, call, err);
    call->nonce = nonce;
    call->timestamp = timestamp;
    if (err->status != SCTL_OK ||
        sctl_sign(self->request->signer, call, &scratch->signed_request, err) != SCTL_OK)
        return NULL;
    return scratch;
}

/* Pushes a table of the headers, name to value. A NUL ends each name in the buffer, so most texts
 * have the address of an earlier call, by which lua_pushstring finds them fast. */
static void push_headers(lua_State *L, struct sctl_signed *request)
{
    char *name = request->headers.data;
    lua_createtable(L, 0, (int)request->header_count);
    for (size_t i = 0; i < request->header_count; i++) {
        char *value = strchr(name, ':') + 2;
        value[-2] = '\0';
        lua_pushstring(L, name);
        lua_pushstring(L, value);
        lua_rawset(L, -3);
        name = value + strlen(value) + 1;
    }
}

/* Wipes signatures and tokens. A scratch stays busy when Lua had no memory for its content: later
 * calls work in scratch of their own. */
static void hand_over(struct lsctl_scratch *scratch)
{
    scratch->busy = false;
    sctl_signed_reset(&scratch->signed_request);
}

/* request:sign([nonce], [timestamp]) -> target, headers (name to value), canonical request (ACS3) or
 * query (RPC), string to sign | nil, message, code: With a fresh nonce and the present Unix seconds,
 * unless others are given. The last two are empty for ZEGO, where the string holds the secret. */
static int request_sign(lua_State *L)
{
    struct sctl_call call;
    struct sctl_err err;
    struct lsctl_scratch *scratch = signed_call(L, 2, &call, &err);
    if (scratch == NULL)
        return lsctl_fail(L, &err);
    scratch->busy = true;
    lsctl_push_text(L, sctl_buf_str(&scratch->signed_request.target));
    push_headers(L, &scratch->signed_request);
    lsctl_push_text(L, sctl_buf_str(&scratch->signed_request.canonical));
    lsctl_push_text(L, sctl_buf_str(&scratch->signed_request.to_sign));
    hand_over(scratch);
    return 4;
}

enum sctl_status lsctl_push_signed(lua_State *L, struct lsctl_scratch *scratch,
                                   const struct sctl_call *call, struct sctl_str origin,
                                   struct sctl_err *err)
{
    struct sctl_buf *url = &scratch->signed_request.canonical; /* not needed once it is signed */
    sctl_buf_reset(url);
    sctl_buf_add_str(url, origin);
    sctl_buf_add_str(url, sctl_buf_str(&scratch->signed_request.target));
    if (sctl_buf_ok(url, "the URL", err) != SCTL_OK)
        return err->status;
    scratch->busy = true;
    lua_createtable(L, 0, 4);
    lsctl_push_text(L, sctl_method_name(call->method));
    lua_setfield(L, -2, "method");
    lsctl_push_text(L, sctl_buf_str(url));
    lua_setfield(L, -2, "url");
    push_headers(L, &scratch->signed_request);
    lua_setfield(L, -2, "headers");
    lsctl_push_text(L, call->body);
    lua_setfield(L, -2, "body");
    hand_over(scratch);
    return SCTL_OK;
}

/* request:signed(origin, [nonce], [timestamp]) -> table | nil, message, code: For any HTTP client:
 * `method`, `url`, `headers` (name to value) and `body`. */
static int request_signed(lua_State *L)
{
    struct sctl_call call;
    struct sctl_err err;
    struct sctl_str origin = lsctl_text(L, 2);
    struct lsctl_scratch *scratch = signed_call(L, 3, &call, &err);
    if (scratch == NULL || lsctl_push_signed(L, scratch, &call, origin, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return 1;
}

/* ---- stamping ---- */

/* request:resources() -> list: The names in stores of the resources that the request changes. */
static int request_resources(lua_State *L)
{
    const struct sctl_request *request = request_open(L)->request;
    int count = (int)request->resource_count;
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lsctl_push_text(L, request->resources[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* Reads the rising list of indexes at `index` into marks; whether there is one. */
static bool read_dropped(lua_State *L, int index, const struct sctl_request *request,
                         bool marks[SCTL_MAX_RESOURCES])
{
    if (lua_isnoneornil(L, index))
        return false;
    luaL_checktype(L, index, LUA_TTABLE);
    size_t at = 0, count = lsctl_length(L, index);
    luaL_argcheck(L, count == 0 || request->first_resource != SCTL_WHOLE, index,
                  "the request goes whole or not at all");
    memset(marks, 0, SCTL_MAX_RESOURCES * sizeof *marks);
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, index, (int)i);
        lua_Integer wanted = lua_tointeger(L, -1);
        lua_pop(L, 1);
        luaL_argcheck(L, wanted > (lua_Integer)at && wanted <= (lua_Integer)request->resource_count,
                      index, "no rising list of indexes");
        at = (size_t)wanted;
        marks[at - 1] = true;
    }
    return count > 0;
}

/* request:stamp(number, [dropped]): Sets the Sequence of later attempts, and leaves out the
 * resources at the indexes of the rising list `dropped`. */
static int request_stamp(lua_State *L)
{
    struct lsctl_request *self = request_open(L);
    lua_Number number = luaL_checknumber(L, 2);
    bool dropped[SCTL_MAX_RESOURCES];
    luaL_argcheck(L, number >= 1 && number < (lua_Number)SCTL_MAX_NUMBER, 2,
                  "a Sequence is from 1 to 2^53 - 1");
    luaL_argcheck(L, self->request->has_sequence, 1, "the request carries no Sequence");
    if (read_dropped(L, 3, self->request, dropped)) {
        struct sctl_err err;
        struct sctl_request *less = sctl_request_without(self->request, dropped, &err);
        if (less == NULL)
            return luaL_error(L, "%s", err.message);
        sctl_request_unref(self->request);
        self->request = less;
    }
    self->sequence = (uint64_t)number;
    return 0;
}

void lsctl_request_open(lua_State *L)
{
    static const luaL_Reg METAMETHODS[] = {{"__gc", request_gc}, {NULL, NULL}};
    static const luaL_Reg METHODS[] = {
        {"sign", request_sign},
        {"signed", request_signed},
        {"resources", request_resources},
        {"stamp", request_stamp},
        {NULL, NULL},
    };
    lsctl_scratch_push(L);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, request_new, 1);
    lua_setfield(L, -3, "request");
    lsctl_metatable(L, LSCTL_REQUEST, METAMETHODS);
    luaL_getmetatable(L, LSCTL_REQUEST);
    lua_insert(L, -2); /* the metatable, the scratch */
    lua_newtable(L);
    for (const luaL_Reg *method = METHODS; method->name != NULL; method++) {
        lua_pushvalue(L, -2);
        lua_pushcclosure(L, method->func, 1);
        lua_setfield(L, -2, method->name);
    }
    lua_pushcclosure(L, request_index, 2);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}
