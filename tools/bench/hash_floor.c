/* The floor under a signature made with OpenSSL: the hashing alone, as cheap as EVP allows.
 *
 * A Lua module: a function (algorithm, text, to_sign, key) that returns another, which takes a
 * count and does this so many times:
 *
 *   1. unless `text` is nil, its digest: EVP_DigestInit_ex2, EVP_DigestUpdate,
 *      EVP_DigestFinal_ex
 *   2. unless `to_sign` is nil, its HMAC: EVP_MAC_init without a key (which keeps the one that
 *      was set before), EVP_MAC_update, EVP_MAC_final
 *
 * Algorithms are fetched, contexts made and the key set once, before the count begins. There is
 * no nonce, no clock, no encoding, no hexadecimal text and no Lua value in it.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#define HANDLE "streamctl.bench.hash_floor"

struct hash {
    EVP_MD *md;
    EVP_MD_CTX *digest;
    EVP_MAC *hmac;
    EVP_MAC_CTX *mac; /* NULL without `to_sign` */
    const void *text; /* NULL without it; both texts are upvalues of the closure */
    const void *to_sign;
    size_t text_len, to_sign_len;
};

static int hash_gc(lua_State *L)
{
    struct hash *self = luaL_checkudata(L, 1, HANDLE);
    EVP_MD_CTX_free(self->digest);
    EVP_MD_free(self->md);
    EVP_MAC_CTX_free(self->mac);
    EVP_MAC_free(self->hmac);
    memset(self, 0, sizeof *self);
    return 0;
}

static int once(const struct hash *self)
{
    unsigned char out[EVP_MAX_MD_SIZE];
    size_t len;
    if (self->text != NULL && (EVP_DigestInit_ex2(self->digest, self->md, NULL) != 1 ||
                               EVP_DigestUpdate(self->digest, self->text, self->text_len) != 1 ||
                               EVP_DigestFinal_ex(self->digest, out, NULL) != 1))
        return 0;
    return self->mac == NULL || (EVP_MAC_init(self->mac, NULL, 0, NULL) == 1 &&
                                 EVP_MAC_update(self->mac, self->to_sign, self->to_sign_len) == 1 &&
                                 EVP_MAC_final(self->mac, out, &len, sizeof out) == 1);
}

static int repeat(lua_State *L)
{
    const struct hash *self = lua_touserdata(L, lua_upvalueindex(1));
    long count = (long)luaL_checknumber(L, 1);
    while (count-- > 0) {
        if (!once(self))
            return luaL_error(L, "OpenSSL refused");
    }
    return 0;
}

static void set_key(lua_State *L, struct hash *self, const char *algorithm)
{
    size_t len;
    const char *key = luaL_checklstring(L, 4, &len);
    char name[16] = "";
    OSSL_PARAM params[2];
    strncat(name, algorithm, sizeof name - 1);
    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0);
    params[1] = OSSL_PARAM_construct_end();
    self->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    self->mac = EVP_MAC_CTX_new(self->hmac);
    if (self->mac == NULL || EVP_MAC_init(self->mac, (const unsigned char *)key, len, params) != 1)
        luaL_error(L, "OpenSSL has no HMAC with %s", algorithm);
}

static int make(lua_State *L)
{
    const char *algorithm = luaL_checkstring(L, 1);
    struct hash *self;
    lua_settop(L, 4);
    self = lua_newuserdata(L, sizeof *self);
    memset(self, 0, sizeof *self);
    luaL_getmetatable(L, HANDLE);
    lua_setmetatable(L, -2);
    self->text = luaL_optlstring(L, 2, NULL, &self->text_len);
    self->to_sign = luaL_optlstring(L, 3, NULL, &self->to_sign_len);
    self->md = EVP_MD_fetch(NULL, algorithm, NULL);
    self->digest = EVP_MD_CTX_new();
    if (self->md == NULL || self->digest == NULL)
        return luaL_error(L, "OpenSSL has no %s", algorithm);
    if (self->to_sign != NULL)
        set_key(L, self, algorithm);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_pushcclosure(L, repeat, 3);
    return 1;
}

int luaopen_hash_floor(lua_State *L);

int luaopen_hash_floor(lua_State *L)
{
    luaL_newmetatable(L, HANDLE);
    lua_pushcfunction(L, hash_gc);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, make);
    return 1;
}
