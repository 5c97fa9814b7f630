/* Requests: a call on its way from the check of its parameters to the wire. */
#include "request.h"

#include <string.h>

#include "scratch.h"

/* What every function here has as an upvalue. */
enum { SCRATCH = 1, METHODS };

static struct lsctl_request *check_request(lua_State *L)
{
    struct lsctl_request *self = lsctl_check(L, 1, LSCTL_REQUEST);
    if (self->request == NULL)
        luaL_error(L, "the request was collected");
    return self;
}

/* Makes the call with the number that the handle has now, in scratch; `err` is SCTL_OK, or says why
 * not. */
static struct lsctl_scratch *call_of(lua_State *L, struct sctl_call *call, struct sctl_err *err)
{
    struct lsctl_scratch *scratch = lsctl_scratch_use(L, lua_upvalueindex(SCRATCH));
    const struct lsctl_request *self = check_request(L);
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

static int request_tostring(lua_State *L)
{
    struct sctl_call call;
    struct sctl_err err;
    (void)call_of(L, &call, &err);
    if (err.status != SCTL_OK)
        return luaL_error(L, "%s", err.message);
    lua_pushliteral(L, "streamctl.request: ");
    lsctl_push_text(L, call.action);
    lua_concat(L, 2);
    return 1;
}

/* request(signer, method, action, safe, [params], [body], [content_type]) -> request | nil,
 * message, code: Makes a request of parameters that are ready for the wire. method: "GET", "POST"
 * or "PUT"; action: of a plain signer the request target, sent as it is; safe: sending it twice
 * does no harm, so a kept connection may carry it; params: flat list of names and values for the
 * query. */
static int request_new(lua_State *L)
{
    static const char *const NAMES[] = {"GET", "POST", "PUT", NULL}; /* as the enum */
    struct lsctl_signer_ref *signer = lsctl_check(L, 1, LSCTL_SIGNER);
    struct lsctl_request *self;
    struct lsctl_scratch *scratch;
    struct sctl_parts parts;
    struct sctl_err err;
    memset(&parts, 0, sizeof parts);
    parts.call.method = (enum sctl_method)luaL_checkoption(L, 2, NULL, NAMES);
    parts.call.action = lsctl_text(L, 3);
    parts.safe = lua_toboolean(L, 4) != 0;
    parts.call.body = lsctl_text(L, 6);
    parts.call.content_type = lsctl_text(L, 7);
    lua_settop(L, 7);
    /* before anything is read: to make it may run finalizers, which may do anything */
    self = lsctl_new(L, sizeof *self, LSCTL_REQUEST);
    scratch = lsctl_scratch_use(L, lua_upvalueindex(SCRATCH));
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

/* ---- what it holds ---- */

static void push_text_or_nil(lua_State *L, struct sctl_str text)
{
    if (text.len > 0)
        lsctl_push_text(L, text);
    else
        lua_pushnil(L);
}

static void push_params(lua_State *L, const struct sctl_call *call)
{
    size_t i;
    lua_createtable(L, (int)(2 * call->param_count), 0);
    for (i = 0; i < call->param_count; i++) {
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
    enum { SAFE, METHOD, SEQUENCE, BODY, ACTION, PARAMS, CONTENT_TYPE } field = SAFE;
    struct lsctl_request *self;
    struct lsctl_scratch *scratch;
    struct sctl_call call;
    struct sctl_err err;
    const char *name;
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(METHODS));
    if (!lua_isnil(L, -1))
        return 1;
    self = check_request(L);
    name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    while (FIELDS[field] != NULL && strcmp(FIELDS[field], name) != 0)
        field++;
    if (FIELDS[field] == NULL)
        return 1;
    if (field == SAFE)
        lua_pushboolean(L, self->request->safe);
    else if (field == METHOD)
        lsctl_push_text(L, sctl_method_name(self->request->call.method));
    else if (field == SEQUENCE && self->sequence > 0)
        lsctl_push_whole(L, self->sequence); /* or the nil that is there */
    if (field <= SEQUENCE)
        return 1;
    scratch = call_of(L, &call, &err);
    if (err.status != SCTL_OK)
        return luaL_error(L, "%s", err.message);
    scratch->busy = true;
    if (field == BODY)
        push_text_or_nil(L, call.body);
    else if (field == ACTION)
        lsctl_push_text(L, call.action);
    else if (field == PARAMS)
        push_params(L, &call);
    else
        push_text_or_nil(L, call.content_type);
    scratch->busy = false;
    return 1;
}

/* ---- signing ---- */

int64_t lsctl_timestamp(lua_State *L, int index)
{
    lua_Number timestamp;
    if (lua_isnoneornil(L, index))
        return SCTL_NOW;
    timestamp = luaL_checknumber(L, index);
    luaL_argcheck(L, timestamp > -1e15 && timestamp < 1e15, index, "no Unix time");
    return (int64_t)timestamp;
}

/* Signs with the nonce at `index` and the timestamp after it. NULL and `err`: it cannot be
 * signed. */
static struct lsctl_scratch *sign(lua_State *L, int index, struct sctl_call *call,
                                  struct sctl_err *err)
{
    struct lsctl_request *self = check_request(L);
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

/* Pushes a table of the headers, name to value, which cuts their texts in two: Lua knows most of
 * these by their address, which is that of the last time. */
static void push_headers(lua_State *L, struct sctl_signed *request)
{
    char *name = request->headers.data;
    size_t i;
    lua_createtable(L, 0, (int)request->header_count);
    for (i = 0; i < request->header_count; i++) {
        char *value = strchr(name, ':') + 2;
        value[-2] = '\0';
        lua_pushstring(L, name);
        lua_pushstring(L, value);
        lua_rawset(L, -3);
        name = value + strlen(value) + 1;
    }
}

/* What is signed is handed over: it stays marked as busy if Lua has no memory for it, and later
 * calls work in scratch of their own. Signatures and tokens do not stay behind. */
static void hand_over(struct lsctl_scratch *scratch)
{
    scratch->busy = false;
    sctl_signed_reset(&scratch->signed_request);
}

/* request:sign([nonce], [timestamp]) -> target, headers (name to value) | nil, message, code: Signs
 * it for a client that sends it itself. nonce: a fresh one without it; timestamp: Unix seconds, now
 * without it. */
static int request_sign(lua_State *L)
{
    struct sctl_call call;
    struct sctl_err err;
    struct lsctl_scratch *scratch = sign(L, 2, &call, &err);
    if (scratch == NULL)
        return lsctl_fail(L, &err);
    scratch->busy = true;
    lsctl_push_text(L, sctl_buf_str(&scratch->signed_request.target));
    push_headers(L, &scratch->signed_request);
    hand_over(scratch);
    return 2;
}

int lsctl_push_signed(lua_State *L, struct lsctl_scratch *scratch, const struct sctl_call *call,
                      struct sctl_str origin)
{
    struct sctl_buf *url = &scratch->signed_request.canonical; /* not needed once it is signed */
    struct sctl_err err;
    sctl_buf_reset(url);
    sctl_buf_add_str(url, origin);
    sctl_buf_add_str(url, sctl_buf_str(&scratch->signed_request.target));
    if (sctl_buf_ok(url, "the URL", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
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
    return 1;
}

/* request:signed(origin, [nonce], [timestamp]) -> table | nil, message, code: Signs it, for any
 * HTTP client. The table has `method`, `url`, `headers` (name to value), `body` ("" when empty). */
static int request_signed(lua_State *L)
{
    struct sctl_call call;
    struct sctl_err err;
    struct sctl_str origin = lsctl_text(L, 2);
    struct lsctl_scratch *scratch = sign(L, 3, &call, &err);
    if (scratch == NULL)
        return lsctl_fail(L, &err);
    return lsctl_push_signed(L, scratch, &call, origin);
}

/* request:explain([nonce], [timestamp]) -> canonical request (ACS3) or query (RPC), string to sign
 * | nil, message, code: What would be signed, for diagnosis. Both are empty for ZEGO, where the
 * string holds the secret. */
static int request_explain(lua_State *L)
{
    struct sctl_call call;
    struct sctl_err err;
    struct lsctl_scratch *scratch = sign(L, 2, &call, &err);
    if (scratch == NULL)
        return lsctl_fail(L, &err);
    scratch->busy = true;
    lsctl_push_text(L, sctl_buf_str(&scratch->signed_request.canonical));
    lsctl_push_text(L, sctl_buf_str(&scratch->signed_request.to_sign));
    hand_over(scratch);
    return 2;
}

/* ---- stamping ---- */

/* request:resources() -> list of texts, as stores know them: What it changes. */
static int request_resources(lua_State *L)
{
    const struct sctl_request *request = check_request(L)->request;
    int i, count = (int)request->resource_count;
    lua_createtable(L, count, 0);
    for (i = 0; i < count; i++) {
        lsctl_push_text(L, request->resources[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* Reads the rising list of indexes at `index` into marks; whether there is one. */
static bool read_dropped(lua_State *L, int index, const struct sctl_request *request,
                         bool marks[SCTL_MAX_RESOURCES])
{
    size_t i, at = 0, count;
    if (lua_isnoneornil(L, index))
        return false;
    luaL_checktype(L, index, LUA_TTABLE);
    count = lsctl_length(L, index);
    luaL_argcheck(L, count == 0 || request->first_resource != SCTL_WHOLE, index,
                  "the request goes whole or not at all");
    memset(marks, 0, SCTL_MAX_RESOURCES * sizeof *marks);
    for (i = 1; i <= count; i++) {
        lua_Integer wanted;
        lua_rawgeti(L, index, (int)i);
        wanted = lua_tointeger(L, -1);
        lua_pop(L, 1);
        luaL_argcheck(L, wanted > (lua_Integer)at && wanted <= (lua_Integer)request->resource_count,
                      index, "no rising list of indexes");
        at = (size_t)wanted;
        marks[at - 1] = true;
    }
    return count > 0;
}

/* request:stamp(number, [dropped]): Sets the number that it is sent with from now on, from 1 to
 * 2^53 - 1. What was submitted keeps its own. dropped: rising list of the indexes, among what
 * `resources` returned, of those that give way: they are left out from now on. */
static int request_stamp(lua_State *L)
{
    struct lsctl_request *self = check_request(L);
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

/* ---- open ---- */

void lsctl_request_open(lua_State *L)
{
    static const luaL_Reg METAMETHODS[] = {{"__gc", request_gc}, {NULL, NULL}};
    static const luaL_Reg FUNCTIONS[] = {
        {"sign", request_sign},           {"signed", request_signed}, {"explain", request_explain},
        {"resources", request_resources}, {"stamp", request_stamp},   {NULL, NULL},
    };
    const luaL_Reg *function;
    lsctl_metatable(L, LSCTL_REQUEST, NULL, METAMETHODS);
    luaL_getmetatable(L, LSCTL_REQUEST);
    lsctl_scratch_push(L);
    lua_newtable(L);
    for (function = FUNCTIONS; function->name != NULL; function++) {
        lua_pushvalue(L, -2);
        lua_pushcclosure(L, function->func, 1);
        lua_setfield(L, -2, function->name);
    }
    lua_pushvalue(L, -2);
    lua_pushcclosure(L, request_tostring, 1);
    lua_setfield(L, -4, "__tostring");
    lua_pushcclosure(L, request_index, 2);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void lsctl_request_push_new(lua_State *L)
{
    lsctl_scratch_push(L);
    lua_pushcclosure(L, request_new, 1);
}
