/* Signers of both vendors, as userdata. */
#include "core.h"

#include <math.h>

#include "../core/sign/sign_aliyun.h"

static struct sctl_signer *check_signer(lua_State *L)
{
    struct lsctl_signer *self = lsctl_check(L, 1, LSCTL_SIGNER);
    if (self->signer == NULL)
        luaL_error(L, "the signer is closed");
    return self->signer;
}

/* Requests hold their signer: they can be signed still. */
static int signer_close(lua_State *L)
{
    struct lsctl_signer *self = lsctl_check(L, 1, LSCTL_SIGNER);
    sctl_signer_unref(self->signer);
    self->signer = NULL;
    return 0;
}

/* signer(kind, options) -> userdata | nil, message, code: Keeps the credentials, which never come
 * back to Lua. Without any the signer signs nothing until credentials come. kind: "acs3" or "rpc"
 * with `access_key_id`, `access_key_secret`, `security_token`, `host`, `version` and `format` (RPC
 * only); "zego" with `app_id`, `server_secret` and `is_test`; or "plain", which signs nothing, with
 * `headers`, a flat list of names and values that count as secrets. */
static int signer_new(lua_State *L)
{
    static const char *const KINDS[] = {"acs3", "rpc", "zego", "plain", NULL};
    enum { ACS3, RPC, ZEGO, PLAIN };
    int kind = luaL_checkoption(L, 1, NULL, KINDS);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    struct lsctl_signer *self = lsctl_new(L, sizeof *self, LSCTL_SIGNER); /* 3; texts above it */
    struct sctl_err err;
    if (kind == PLAIN) {
        lsctl_push_field(L, 2, "headers");
        lsctl_scratch_push(L);
        struct sctl_pairs *params = &lsctl_scratch_use(L, -1)->params;
        if (lsctl_read_pairs(L, 4, params, &err) != SCTL_OK)
            return lsctl_fail(L, &err);
        self->signer = sctl_plain_new(params->items, params->count, &err);
    } else if (kind == ZEGO) {
        double app_id = lsctl_number(L, 2, "app_id", NAN);
        luaL_argcheck(L, app_id >= 1 && app_id <= 4294967295.0, 2,
                      "app_id must be from 1 to 4294967295");
        struct sctl_zego_options options = {
            .app_id = (uint32_t)app_id,
            .is_test = lsctl_flag(L, 2, "is_test"),
            .server_secret = lsctl_secret_field(L, 2, "server_secret"),
        };
        self->signer = sctl_zego_new(&options, &err);
    } else {
        struct sctl_aliyun_options options = {
            .access_key_id = lsctl_secret_field(L, 2, "access_key_id"),
            .access_key_secret = lsctl_secret_field(L, 2, "access_key_secret"),
            .security_token = lsctl_secret_field(L, 2, "security_token"),
            .host = lsctl_field(L, 2, "host"),
            .version = lsctl_field(L, 2, "version"),
            .format = lsctl_field(L, 2, "format"),
        };
        self->signer = kind == ACS3 ? sctl_acs3_new(&options, &err) : sctl_rpc_new(&options, &err);
    }
    lua_settop(L, 3);
    return self->signer != NULL ? 1 : lsctl_fail(L, &err);
}

/* signer:renew(options) -> true | nil, message, code: Replaces the credentials, also for queued
 * requests. Those replaced last are redacted still. After `expires` (Unix seconds) nothing is
 * signed. A failure changes nothing. */
static int signer_renew(lua_State *L)
{
    (void)check_signer(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    double expires = lsctl_number(L, 2, "expires", INFINITY);
    luaL_argcheck(L, !isnan(expires), 2, "expires is not a number");
    struct sctl_credentials credentials = {
        .expires = expires < 1      ? 1
                   : expires < 1e15 ? (int64_t)expires
                                    : SCTL_FOREVER,
        .id = lsctl_secret_field(L, 2, "access_key_id"),
        .secret = lsctl_secret_field(L, 2, "access_key_secret"),
        .token = lsctl_secret_field(L, 2, "security_token"),
    };
    struct sctl_str server_secret = lsctl_secret_field(L, 2, "server_secret");
    if (server_secret.data != NULL)
        credentials.secret = server_secret;
    struct sctl_err err;
    /* finalizers may have closed the signer while the fields were read */
    return lsctl_result(L, sctl_signer_renew(check_signer(L), &credentials, &err), &err);
}

/* signer:redact(text, [more], [credentials]) -> string | nil, message, code: Replaces the signer's
 * credentials, a list of more texts, and the secret and token of other credentials, by "***". */
static int signer_redact(lua_State *L)
{
    size_t more = lua_istable(L, 3) ? lsctl_length(L, 3) : 0;
    luaL_checktype(L, 2, LUA_TSTRING); /* a number would become text, which runs finalizers */
    struct sctl_str secret = {NULL, 0}, token = {NULL, 0};
    if (lua_istable(L, 4)) {
        secret = lsctl_secret_field(L, 4, "access_key_secret");
        token = lsctl_secret_field(L, 4, "security_token");
    }
    lsctl_scratch_push(L);
    struct lsctl_scratch *scratch = lsctl_scratch_use(L, -1);
    struct sctl_signer *self = check_signer(L);
    struct sctl_buf *out = &scratch->signed_request.canonical; /* a buffer that is wiped */
    struct sctl_err err;
    sctl_buf_reset(out);
    sctl_signer_redact(self, lsctl_string(L, 2), out);
    sctl_redact(out, secret);
    sctl_redact(out, token);
    for (size_t i = 1; i <= more; i++) {
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

/* signer:set_clock_offset(seconds): The vendor's clock minus the clock of this machine. */
static int signer_set_clock(lua_State *L)
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
        {"set_clock_offset", signer_set_clock},
        {"__gc", signer_close},
        {NULL, NULL},
    };
    static const luaL_Reg FUNCTIONS[] = {{"signer", signer_new}, {NULL, NULL}};
    lsctl_metatable(L, LSCTL_SIGNER, METHODS);
    lsctl_functions(L, FUNCTIONS);
}
