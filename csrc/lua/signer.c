/* Signers of both vendors. */
#include "core.h"

#include <math.h>

#include "scratch.h"
#include "../core/sign/sign_aliyun.h"
#include "../core/sign/signer.h"

static struct sctl_signer *check_signer(lua_State *L)
{
    struct lsctl_signer_ref *self = lsctl_check(L, 1, LSCTL_SIGNER);
    if (self->signer == NULL)
        luaL_error(L, "the signer is closed");
    return self->signer;
}

/* Requests that it is to sign keep what they need of it. */
static int signer_close(lua_State *L)
{
    struct lsctl_signer_ref *self = lsctl_check(L, 1, LSCTL_SIGNER);
    sctl_signer_unref(self->signer);
    self->signer = NULL;
    return 0;
}

/* signer(kind, options) -> userdata (signer) | nil, message, code: Makes a signer. It keeps the
 * credentials; they never come back to Lua. Without any it signs nothing until it is renewed. kind:
 * "acs3", "rpc" or "zego"; or "plain", which signs nothing; options: `access_key_id`,
 * `access_key_secret`, `security_token`, `host`, `version` and `format` (RPC only); or `app_id`,
 * `server_secret` and `is_test`; or `headers`, a flat list of names and values, which count as
 * secrets. Secrets are texts, or of `secret`. */
int lsctl_signer_new(lua_State *L)
{
    static const char *const KINDS[] = {"acs3", "rpc", "zego", "plain", NULL};
    enum { ACS3, RPC, ZEGO, PLAIN } kind = luaL_checkoption(L, 1, NULL, KINDS);
    struct lsctl_signer_ref *self;
    struct sctl_err err;
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    self = lsctl_new(L, sizeof *self, LSCTL_SIGNER); /* 3; the options' texts above it */
    if (kind == PLAIN) {
        struct lsctl_scratch *scratch;
        lsctl_push_field(L, 2, "headers");
        lsctl_scratch_push(L);
        scratch = lsctl_scratch_use(L, -1);
        if (lsctl_read_pairs(L, 4, &scratch->params, &err) != SCTL_OK)
            return lsctl_fail(L, &err);
        self->signer = sctl_plain_new(scratch->params.items, scratch->params.count, &err);
    } else if (kind == ZEGO) {
        struct sctl_zego_options options;
        double app_id = lsctl_number(L, 2, "app_id", NAN);
        luaL_argcheck(L, app_id >= 1 && app_id <= 4294967295.0, 2,
                      "app_id must be from 1 to 4294967295");
        options.app_id = (uint32_t)app_id;
        options.is_test = lsctl_flag(L, 2, "is_test");
        options.server_secret = lsctl_secret_field(L, 2, "server_secret");
        self->signer = sctl_zego_new(&options, &err);
    } else {
        struct sctl_aliyun_options options;
        options.access_key_id = lsctl_secret_field(L, 2, "access_key_id");
        options.access_key_secret = lsctl_secret_field(L, 2, "access_key_secret");
        options.security_token = lsctl_secret_field(L, 2, "security_token");
        options.host = lsctl_field(L, 2, "host");
        options.version = lsctl_field(L, 2, "version");
        options.format = lsctl_field(L, 2, "format");
        self->signer = kind == ACS3 ? sctl_acs3_new(&options, &err) : sctl_rpc_new(&options, &err);
    }
    lua_settop(L, 3);
    return self->signer != NULL ? 1 : lsctl_fail(L, &err);
}

/* signer:renew(options) -> boolean (true) | nil, message, code: Replaces the credentials: also what
 * waits for its turn in an engine is signed with these. The old ones are wiped; but the secret and
 * the token that these replace are still redacted, until the next renewal. After `expires` nothing
 * is signed. A failure changes nothing. options: `access_key_id`, `access_key_secret`,
 * `security_token`, or `server_secret`: texts, or of `secret`; `expires` (Unix seconds; without it
 * they do not expire). */
static int signer_renew(lua_State *L)
{
    struct sctl_credentials credentials;
    struct sctl_str server_secret;
    struct sctl_err err;
    double expires;
    (void)check_signer(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    expires = lsctl_number(L, 2, "expires", INFINITY);
    luaL_argcheck(L, !isnan(expires), 2, "expires is not a number");
    credentials.expires = expires < 1 ? 1 : expires < 1e15 ? (int64_t)expires : SCTL_FOREVER;
    credentials.id = lsctl_secret_field(L, 2, "access_key_id");
    credentials.secret = lsctl_secret_field(L, 2, "access_key_secret");
    credentials.token = lsctl_secret_field(L, 2, "security_token");
    server_secret = lsctl_secret_field(L, 2, "server_secret");
    if (server_secret.data != NULL)
        credentials.secret = server_secret;
    /* to read the fields may have run finalizers, which may close it */
    return lsctl_result(L, sctl_signer_renew(check_signer(L), &credentials, &err), &err);
}

/* signer:redact(text, [more]) -> string | nil, message, code: Replaces the signer's secret and
 * token in a text by "***". more: list of other texts to replace. */
static int signer_redact(lua_State *L)
{
    struct lsctl_scratch *scratch;
    struct sctl_signer *self;
    struct sctl_buf *out;
    size_t i, more = lua_istable(L, 3) ? lsctl_length(L, 3) : 0;
    struct sctl_str text;
    struct sctl_err err;
    /* a number would become text, which runs finalizers */
    luaL_checktype(L, 2, LUA_TSTRING);
    lsctl_scratch_push(L);
    scratch = lsctl_scratch_use(L, -1);
    self = check_signer(L);
    out = &scratch->signed_request.canonical; /* any that is wiped */
    text = lsctl_text(L, 2);
    sctl_buf_reset(out);
    sctl_signer_redact(self, text, out);
    for (i = 1; i <= more; i++) {
        lua_rawgeti(L, 3, (int)i);
        luaL_checktype(L, -1, LUA_TSTRING);
        sctl_redact(out, lsctl_string(L, -1));
        lua_pop(L, 1);
    }
    if (sctl_buf_ok(out, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    scratch->busy = true;
    lsctl_push_text(L, sctl_buf_str(out));
    scratch->busy = false;
    sctl_buf_reset(out);
    return 1;
}

/* signer:set_clock_offset(seconds): Corrects the clock that signatures are made with. seconds: the
 * vendor's clock minus ours. */
static int signer_set_clock_offset(lua_State *L)
{
    struct sctl_signer *self = check_signer(L);
    lua_Number offset = luaL_checknumber(L, 2);
    luaL_argcheck(L, offset > -1e10 && offset < 1e10, 2, "no offset between two clocks");
    self->clock_offset = offset;
    return 0;
}

void lsctl_signer_open(lua_State *L)
{
    static const luaL_Reg METHODS[] = {
        {"redact", signer_redact},
        {"renew", signer_renew},
        {"set_clock_offset", signer_set_clock_offset},
        {NULL, NULL},
    };
    static const luaL_Reg METAMETHODS[] = {
        {"__gc", signer_close},
        {"__close", signer_close},
        {NULL, NULL},
    };
    lsctl_metatable(L, LSCTL_SIGNER, METHODS, METAMETHODS);
}
