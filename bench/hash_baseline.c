/* The floor under a signature made with OpenSSL: the hashing alone, as cheap as EVP allows.
 *
 * A Lua module. `sha256_hmac(canonical, to_sign, key)` returns a function that takes a count
 * and does this so many times:
 *
 *   1. SHA-256 over `canonical`: EVP_DigestInit_ex2, EVP_DigestUpdate, EVP_DigestFinal_ex
 *   2. HMAC-SHA256 over `to_sign`: EVP_MAC_init without a key (which keeps the one that was
 *      set before), EVP_MAC_update, EVP_MAC_final
 *
 * `md5(text)` likewise: EVP_DigestInit_ex2, EVP_DigestUpdate, EVP_DigestFinal_ex.
 *
 * Algorithms are fetched, contexts made and the key set once, before the count begins. There is
 * no nonce, no clock, no encoding, no hexadecimal text and no Lua value in it.
 *
 * `sha256_hmac_plain` is what a careful C program does that keeps no state between signatures:
 * the algorithms are fetched once, but each signature makes its contexts and sets its key
 * (EVP_Digest; EVP_MAC_CTX_new, EVP_MAC_init with key, EVP_MAC_update, EVP_MAC_final).
 */
#include <stdbool.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#define HANDLE "streamctl.bench.hash_baseline"

struct hash {
    EVP_MD *md;
    EVP_MD_CTX *digest;
    EVP_MAC *hmac;
    EVP_MAC_CTX *mac;
    char *texts; /* `canonical`, then `to_sign`, then the key */
    size_t canonical, to_sign, key;
};

static int hash_gc(lua_State *L)
{
    struct hash *self = luaL_checkudata(L, 1, HANDLE);
    EVP_MD_CTX_free(self->digest);
    EVP_MD_free(self->md);
    EVP_MAC_CTX_free(self->mac);
    EVP_MAC_free(self->hmac);
    OPENSSL_free(self->texts);
    memset(self, 0, sizeof *self);
    return 0;
}

static bool reusing(const struct hash *self)
{
    const unsigned char *texts = (const unsigned char *)self->texts;
    unsigned char out[EVP_MAX_MD_SIZE];
    size_t len;
    if (EVP_DigestInit_ex2(self->digest, self->md, NULL) != 1 ||
        EVP_DigestUpdate(self->digest, texts, self->canonical) != 1 ||
        EVP_DigestFinal_ex(self->digest, out, NULL) != 1)
        return false;
    return self->mac == NULL ||
           (EVP_MAC_init(self->mac, NULL, 0, NULL) == 1 &&
            EVP_MAC_update(self->mac, texts + self->canonical, self->to_sign) == 1 &&
            EVP_MAC_final(self->mac, out, &len, sizeof out) == 1);
}

static bool plain(const struct hash *self)
{
    const unsigned char *texts = (const unsigned char *)self->texts;
    char sha256[] = "SHA256";
    OSSL_PARAM params[2];
    unsigned char out[EVP_MAX_MD_SIZE];
    size_t len;
    EVP_MAC_CTX *mac = EVP_MAC_CTX_new(self->hmac);
    bool ok;
    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0);
    params[1] = OSSL_PARAM_construct_end();
    ok = mac != NULL &&
         EVP_Digest(texts, self->canonical, out, NULL, self->md, NULL) == 1 &&
         EVP_MAC_init(mac, texts + self->canonical + self->to_sign, self->key, params) ==
             1 &&
         EVP_MAC_update(mac, texts + self->canonical, self->to_sign) == 1 &&
         EVP_MAC_final(mac, out, &len, sizeof out) == 1;
    EVP_MAC_CTX_free(mac);
    return ok;
}

static int repeat(lua_State *L, bool (*once)(const struct hash *))
{
    const struct hash *self = lua_touserdata(L, lua_upvalueindex(1));
    lua_Integer count = luaL_checkinteger(L, 1);
    while (count-- > 0) {
        if (!once(self))
            return luaL_error(L, "OpenSSL refused");
    }
    return 0;
}

static int repeat_reusing(lua_State *L)
{
    return repeat(L, reusing);
}

static int repeat_plain(lua_State *L)
{
    return repeat(L, plain);
}

static struct hash *push_hash(lua_State *L, const char *algorithm)
{
    struct hash *self = lua_newuserdata(L, sizeof *self);
    memset(self, 0, sizeof *self);
    luaL_getmetatable(L, HANDLE);
    lua_setmetatable(L, -2);
    self->md = EVP_MD_fetch(NULL, algorithm, NULL);
    self->digest = EVP_MD_CTX_new();
    if (self->md == NULL || self->digest == NULL)
        luaL_error(L, "OpenSSL has no %s", algorithm);
    return self;
}

static void push_hmac(lua_State *L)
{
    const char *canonical, *to_sign, *key;
    char sha256[] = "SHA256";
    OSSL_PARAM params[2];
    struct hash *self = push_hash(L, sha256);
    canonical = luaL_checklstring(L, 1, &self->canonical);
    to_sign = luaL_checklstring(L, 2, &self->to_sign);
    key = luaL_checklstring(L, 3, &self->key);
    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, sha256, 0);
    params[1] = OSSL_PARAM_construct_end();
    self->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    self->mac = EVP_MAC_CTX_new(self->hmac);
    self->texts = OPENSSL_malloc(self->canonical + self->to_sign + self->key);
    if (self->mac == NULL || self->texts == NULL ||
        EVP_MAC_init(self->mac, (const unsigned char *)key, self->key, params) != 1)
        luaL_error(L, "OpenSSL has no HMAC");
    memcpy(self->texts, canonical, self->canonical);
    memcpy(self->texts + self->canonical, to_sign, self->to_sign);
    memcpy(self->texts + self->canonical + self->to_sign, key, self->key);
}

static int sha256_hmac(lua_State *L)
{
    push_hmac(L);
    lua_pushcclosure(L, repeat_reusing, 1);
    return 1;
}

static int sha256_hmac_plain(lua_State *L)
{
    push_hmac(L);
    lua_pushcclosure(L, repeat_plain, 1);
    return 1;
}

static int md5(lua_State *L)
{
    struct hash *self = push_hash(L, "MD5");
    const char *text = luaL_checklstring(L, 1, &self->canonical);
    self->texts = OPENSSL_malloc(self->canonical + 1);
    if (self->texts == NULL)
        return luaL_error(L, "no memory");
    memcpy(self->texts, text, self->canonical);
    lua_pushcclosure(L, repeat_reusing, 1);
    return 1;
}

int luaopen_hash_baseline(lua_State *L);

int luaopen_hash_baseline(lua_State *L)
{
    luaL_newmetatable(L, HANDLE);
    lua_pushcfunction(L, hash_gc);
    lua_setfield(L, -2, "__gc");
    lua_newtable(L);
    lua_pushcfunction(L, sha256_hmac);
    lua_setfield(L, -2, "sha256_hmac");
    lua_pushcfunction(L, sha256_hmac_plain);
    lua_setfield(L, -2, "sha256_hmac_plain");
    lua_pushcfunction(L, md5);
    lua_setfield(L, -2, "md5");
    lua_pushstring(L, OpenSSL_version(OPENSSL_VERSION));
    lua_setfield(L, -2, "openssl");
    return 1;
}
