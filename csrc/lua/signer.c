/*** Signers of both vendors.
 * @public streamctl.core.signer
 */
#include "signer.h"

#include <math.h>
#include <string.h>

#include "../core/sign_aliyun.h"
#include "../core/sign_zego.h"

struct signer {
    struct lsctl_signer_ref ref; /* first: the engine reads it */
    /* scratch that outlives an error thrown half-way */
    struct sctl_signed request;
    struct sctl_pairs params;
    bool busy; /* `request` is being handed over */
};

static struct signer *check_signer(lua_State *L, int index)
{
    struct signer *self = luaL_checkudata(L, index, LSCTL_SIGNER);
    if (self->ref.signer == NULL)
        luaL_error(L, "the signer is closed");
    return self;
}

/* The signer at `index`, with a scratch that nobody else uses. While a result becomes Lua's, which
 * allocates, a finalizer may call the same signer: that call works in a copy of the userdata. */
static struct signer *signer_for_use(lua_State *L, int index)
{
    struct signer *self = check_signer(L, index), *other;
    if (!self->busy)
        return self;
    other = lsctl_new(L, sizeof *other, LSCTL_SIGNER);
    sctl_signed_init(&other->request);
    self = check_signer(L, index); /* making it may have run a finalizer that closes it */
    other->ref.signer = sctl_signer_ref(self->ref.signer);
    lua_replace(L, index);
    return other;
}

/* Leaves the scratch, which a caller further down the stack may be using, to signer_gc. */
static int signer_close(lua_State *L)
{
    struct signer *self = luaL_checkudata(L, 1, LSCTL_SIGNER);
    sctl_signer_unref(self->ref.signer);
    self->ref.signer = NULL;
    return 0;
}

static int signer_gc(lua_State *L)
{
    struct signer *self = luaL_checkudata(L, 1, LSCTL_SIGNER);
    (void)signer_close(L);
    sctl_signed_clear(&self->request);
    sctl_pairs_clear(&self->params);
    return 0;
}

static int signer_tostring(lua_State *L)
{
    lua_pushliteral(L, "streamctl.signer");
    return 1;
}

/*** Makes a signer. It keeps the credentials; they never come back to Lua.
 * @function signer
 * @tparam string kind "acs3", "rpc" or "zego"
 * @tparam table options `access_key_id`, `access_key_secret`, `security_token`, `host`,
 * `version` and `format` (RPC only); or `app_id`, `server_secret` and `is_test`
 * @treturn[1] userdata signer
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
int lsctl_signer_new(lua_State *L)
{
    static const char *const KINDS[] = {"acs3", "rpc", "zego", NULL};
    enum { ACS3, RPC, ZEGO } kind = luaL_checkoption(L, 1, NULL, KINDS);
    struct signer *self;
    struct sctl_err err;
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    self = lsctl_new(L, sizeof *self, LSCTL_SIGNER); /* 3; the options' texts above it */
    sctl_signed_init(&self->request);
    if (kind == ZEGO) {
        struct sctl_zego_options options;
        double app_id = lsctl_number(L, 2, "app_id", NAN);
        luaL_argcheck(L, app_id >= 1 && app_id <= 4294967295.0, 2,
                      "app_id must be from 1 to 4294967295");
        options.app_id = (uint32_t)app_id;
        options.is_test = lsctl_flag(L, 2, "is_test");
        options.server_secret = lsctl_field(L, 2, "server_secret");
        self->ref.signer = sctl_zego_new(&options, &err);
    } else {
        struct sctl_aliyun_options options;
        options.access_key_id = lsctl_field(L, 2, "access_key_id");
        options.access_key_secret = lsctl_field(L, 2, "access_key_secret");
        options.security_token = lsctl_field(L, 2, "security_token");
        options.host = lsctl_field(L, 2, "host");
        options.version = lsctl_field(L, 2, "version");
        options.format = lsctl_field(L, 2, "format");
        self->ref.signer = kind == ACS3 ? sctl_acs3_new(&options, &err)
                                        : sctl_rpc_new(&options, &err);
    }
    lua_settop(L, 3);
    return self->ref.signer != NULL ? 1 : lsctl_fail(L, &err);
}

static int64_t read_timestamp(lua_State *L, int index)
{
    lua_Number timestamp;
    if (lua_isnoneornil(L, index))
        return SCTL_NOW;
    timestamp = luaL_checknumber(L, index);
    luaL_argcheck(L, timestamp > -1e15 && timestamp < 1e15, index, "no Unix time");
    return (int64_t)timestamp;
}

static bool is_post(lua_State *L, int index)
{
    static const char *const METHODS[] = {"GET", "POST", NULL};
    return luaL_checkoption(L, index, NULL, METHODS) == 1;
}

/* Signs what the arguments of sign and explain say. NULL and `err`: it cannot be signed. */
static struct signer *sign(lua_State *L, struct sctl_err *err)
{
    struct signer *self;
    struct sctl_call call;
    call.post = is_post(L, 2);
    call.action = lsctl_text(L, 3);
    call.body = lsctl_text(L, 5);
    call.content_type = lsctl_text(L, 6);
    call.nonce = lsctl_text(L, 7);
    call.timestamp = read_timestamp(L, 8);
    /* Last: a number that becomes text may run finalizers, which may use or close the signer. */
    self = signer_for_use(L, 1);
    if (lsctl_read_pairs(L, 4, &self->params, err) != SCTL_OK)
        return NULL;
    call.params = self->params.items;
    call.param_count = self->params.count;
    return sctl_sign(self->ref.signer, &call, &self->request, err) == SCTL_OK ? self
                                                                              : NULL;
}

static void push_buf(lua_State *L, const struct sctl_buf *buf)
{
    struct sctl_str text = sctl_buf_str(buf);
    lua_pushlstring(L, text.data, text.len);
}

/* Pushes a table of the headers, name to value. */
static void push_headers(lua_State *L, const struct sctl_signed *request)
{
    const char *name = request->headers.data;
    size_t i;
    lua_createtable(L, 0, (int)request->header_count);
    for (i = 0; i < request->header_count; i++) {
        const char *value = strchr(name, ':') + 2;
        lua_pushlstring(L, name, (size_t)(value - 2 - name));
        lua_pushstring(L, value);
        lua_rawset(L, -3);
        name = value + strlen(value) + 1;
    }
}

/*** Signs one call.
 * @function signer:sign
 * @tparam string method "GET" or "POST"
 * @tparam string action
 * @tparam[opt] table params flat list of names and values for the query
 * @tparam[opt] string body
 * @tparam[opt] string content_type
 * @tparam[opt] string nonce a fresh one without it
 * @tparam[opt] number timestamp Unix seconds; now without it
 * @treturn[1] string the request target
 * @treturn[1] table headers, name to value
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int signer_sign(lua_State *L)
{
    struct sctl_err err;
    struct signer *self = sign(L, &err);
    if (self == NULL)
        return lsctl_fail(L, &err);
    self->busy = true; /* stays true if Lua has no memory: later calls work in copies */
    push_buf(L, &self->request.target);
    push_headers(L, &self->request);
    self->busy = false;
    return 2;
}

void lsctl_signing_read(lua_State *L, int index, struct lsctl_signing *signing)
{
    memset(signing, 0, sizeof *signing);
    signing->call.post = is_post(L, index + 1);
    signing->call.action = lsctl_text(L, index + 2);
    signing->endpoint = lsctl_text(L, index + 3);
    signing->call.nonce = lsctl_text(L, index + 4);
    signing->call.timestamp = read_timestamp(L, index + 5);
    signing->method = index + 1;
    signing->signer = signer_for_use(L, index);
    signing->params = &signing->signer->params;
}

int lsctl_signing_push(lua_State *L, struct lsctl_signing *signing)
{
    struct signer *self = signing->signer;
    struct sctl_buf *url = &self->request.canonical; /* not needed once it is signed */
    struct sctl_err err;
    if (self->ref.signer == NULL) /* a finalizer may have closed it */
        return luaL_error(L, "the signer is closed");
    signing->call.params = signing->params->items;
    signing->call.param_count = signing->params->count;
    if (sctl_sign(self->ref.signer, &signing->call, &self->request, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    sctl_buf_reset(url);
    sctl_buf_add_str(url, signing->endpoint);
    sctl_buf_add_str(url, sctl_buf_str(&self->request.target));
    if (sctl_buf_ok(url, "the URL", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    self->busy = true;
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, signing->method);
    lua_setfield(L, -2, "method");
    push_buf(L, url);
    lua_setfield(L, -2, "url");
    push_headers(L, &self->request);
    lua_setfield(L, -2, "headers");
    lua_pushliteral(L, "");
    lua_setfield(L, -2, "body");
    self->busy = false;
    return 1;
}

/*** What would be signed, for diagnosis. Takes the arguments of sign.
 * @function signer:explain
 * @treturn[1] string the canonical request (ACS3) or query (RPC); empty for ZEGO
 * @treturn[1] string the string to sign; empty for ZEGO, where it holds the secret
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int signer_explain(lua_State *L)
{
    struct sctl_err err;
    struct signer *self = sign(L, &err);
    if (self == NULL)
        return lsctl_fail(L, &err);
    self->busy = true;
    push_buf(L, &self->request.canonical);
    push_buf(L, &self->request.to_sign);
    self->busy = false;
    return 2;
}

/*** Replaces the signer's secret and token in a text by "***".
 * @function signer:redact
 * @tparam string text
 * @tparam[opt] table more list of other texts to replace
 * @treturn[1] string
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int signer_redact(lua_State *L)
{
    struct signer *self = signer_for_use(L, 1);
    struct sctl_buf *out = &self->request.canonical; /* any that the signer frees */
    size_t i, more = lua_istable(L, 3) ? lsctl_length(L, 3) : 0;
    struct sctl_str text;
    struct sctl_err err;
    /* a number would become text, which runs finalizers */
    luaL_checktype(L, 2, LUA_TSTRING);
    text = lsctl_text(L, 2);
    sctl_signed_reset(&self->request);
    sctl_signer_redact(self->ref.signer, text, out);
    for (i = 1; i <= more; i++) {
        lua_rawgeti(L, 3, (int)i);
        luaL_checktype(L, -1, LUA_TSTRING);
        sctl_redact(out, lsctl_text(L, -1));
        lua_pop(L, 1);
    }
    if (sctl_buf_ok(out, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    self->busy = true;
    push_buf(L, out);
    self->busy = false;
    return 1;
}

/*** Corrects the clock that signatures are made with.
 * @function signer:set_clock_offset
 * @tparam number seconds the vendor's clock minus ours
 */
static int signer_set_clock_offset(lua_State *L)
{
    struct signer *self = check_signer(L, 1);
    lua_Number offset = luaL_checknumber(L, 2);
    luaL_argcheck(L, offset > -1e10 && offset < 1e10, 2, "no offset between two clocks");
    self->ref.signer->clock_offset = offset;
    return 0;
}

void lsctl_signer_open(lua_State *L)
{
    static const luaL_Reg METHODS[] = {
        {"sign", signer_sign},
        {"explain", signer_explain},
        {"redact", signer_redact},
        {"set_clock_offset", signer_set_clock_offset},
        {NULL, NULL},
    };
    static const luaL_Reg METAMETHODS[] = {
        {"__gc", signer_gc},
        {"__close", signer_close},
        {"__tostring", signer_tostring},
        {NULL, NULL},
    };
    lsctl_metatable(L, LSCTL_SIGNER, METHODS, METAMETHODS);
}
