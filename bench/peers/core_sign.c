/* The core's sctl_sign on pairs that are ready: no Lua between two signatures.
 *
 * A Lua module: a function (kind, id, secret, host, version, method, action, pairs) that returns
 * another: (count) signs so many times; (1, nonce, timestamp) signs with these. Both return
 * the last target and its headers, a line each. For "zego", `id` is the AppId.
 */
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "../../csrc/core/sign_aliyun.h"
#include "../../csrc/core/sign_zego.h"

#define HANDLE "streamctl.bench.core_sign"
#define MOST 64

struct subject {
    struct sctl_signer *signer;
    struct sctl_signed request;
    struct sctl_call call;
    struct sctl_pair pairs[MOST]; /* borrowed from the closure's arguments */
};

static struct sctl_str text_at(lua_State *L, int index)
{
    struct sctl_str text;
    text.data = luaL_checklstring(L, index, &text.len);
    return text;
}

static int subject_gc(lua_State *L)
{
    struct subject *self = luaL_checkudata(L, 1, HANDLE);
    sctl_signer_unref(self->signer);
    self->signer = NULL;
    sctl_signed_clear(&self->request);
    return 0;
}

static void push_headers(lua_State *L, const struct sctl_signed *request)
{
    const char *at = request->headers.data;
    luaL_Buffer text;
    size_t i;
    luaL_buffinit(L, &text);
    for (i = 0; i < request->header_count; i++, at += strlen(at) + 1) {
        luaL_addstring(&text, at);
        luaL_addchar(&text, '\n');
    }
    luaL_pushresult(&text);
}

static int repeat(lua_State *L)
{
    struct subject *self = lua_touserdata(L, lua_upvalueindex(1));
    long count = (long)luaL_checknumber(L, 1);
    struct sctl_err err;
    self->call.nonce = lua_isnoneornil(L, 2) ? SCTL_STR("") : text_at(L, 2);
    self->call.timestamp = lua_isnoneornil(L, 3) ? SCTL_NOW : (int64_t)lua_tonumber(L, 3);
    while (count-- > 0) {
        if (sctl_sign(self->signer, &self->call, &self->request, &err) != SCTL_OK)
            return luaL_error(L, "%s", err.message);
    }
    lua_pushlstring(L, self->request.target.data, self->request.target.len);
    push_headers(L, &self->request);
    return 2;
}

static struct sctl_signer *make_signer(lua_State *L, struct sctl_err *err)
{
    const char *kind = luaL_checkstring(L, 1);
    struct sctl_zego_options zego = {0};
    struct sctl_aliyun_options aliyun = {0};
    if (strcmp(kind, "zego") == 0) {
        zego.app_id = (uint32_t)strtoul(luaL_checkstring(L, 2), NULL, 10);
        zego.server_secret = text_at(L, 3);
        return sctl_zego_new(&zego, err);
    }
    aliyun.access_key_id = text_at(L, 2);
    aliyun.access_key_secret = text_at(L, 3);
    aliyun.host = text_at(L, 4);
    aliyun.version = text_at(L, 5);
    return strcmp(kind, "v1") == 0 ? sctl_rpc_new(&aliyun, err)
                                   : sctl_acs3_new(&aliyun, err);
}

/* Pushes the closure; the table of pairs stays with it, since its texts are borrowed. */
static int make(lua_State *L)
{
    struct subject *self = lua_newuserdata(L, sizeof *self);
    struct sctl_err err;
    int i;
    memset(self, 0, sizeof *self);
    sctl_signed_init(&self->request);
    luaL_getmetatable(L, HANDLE);
    lua_setmetatable(L, -2);
    self->signer = make_signer(L, &err);
    if (self->signer == NULL)
        return luaL_error(L, "%s", err.message);
    self->call.post = strcmp(luaL_checkstring(L, 6), "POST") == 0;
    self->call.action = text_at(L, 7);
    for (i = 0; i < MOST; i++) {
        lua_rawgeti(L, 8, 2 * i + 1);
        lua_rawgeti(L, 8, 2 * i + 2);
        if (lua_isnil(L, -2))
            break;
        self->pairs[i].name = text_at(L, -2);
        self->pairs[i].value = text_at(L, -1);
        lua_pop(L, 2);
    }
    self->call.params = self->pairs;
    self->call.param_count = (size_t)i;
    lua_settop(L, 9);
    lua_insert(L, 7); /* 7 the subject, 8 the action, 9 the pairs */
    lua_pushcclosure(L, repeat, 3);
    return 1;
}

int luaopen_core_sign(lua_State *L);

int luaopen_core_sign(lua_State *L)
{
    luaL_newmetatable(L, HANDLE);
    lua_pushcfunction(L, subject_gc);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, make);
    return 1;
}
