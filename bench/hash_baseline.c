/* The floor under a signature made with OpenSSL: the hashing alone, as cheap as EVP allows.
 *
 * A Lua module. `sha256_hmac(canonical, to_sign, key)` returns a function that takes a count
 * and does this so many times:
 *
 *   1. SHA-256 over `canonical`: EVP_DigestInit_ex2, EVP_DigestUpdate, EVP_DigestFinal_ex
 *   2. HMAC-SHA256 over `to_sign`: EVP_MAC_init without a key (which keeps the one that was
 *      set before), EVP_MAC_update, EVP_MAC_final
 *
 * `sha1_hmac(to_sign, key)`: the second step alone, with SHA-1.
 * `md5(text)` likewise: EVP_DigestInit_ex2, EVP_DigestUpdate, EVP_DigestFinal_ex.
 *
 * Algorithms are fetched, contexts made and the key set once, before the count begins. There is
 * no nonce, no clock, no encoding, no hexadecimal text and no Lua value in it.
 *
 * `sha256_hmac_plain`, `sha1_hmac_plain` and `md5_plain` are what a careful C program does
 * that keeps no state between signatures: the algorithms are fetched once, but each signature
 * makes its contexts and sets its key (EVP_Digest; EVP_MAC_CTX_new, EVP_MAC_init with key,
 * EVP_MAC_update, EVP_MAC_final).
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
    char name[8]; /* of the algorithm */
    EVP_MD *md;
    EVP_MD_CTX *digest; /* NULL when only a MAC is made */
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
    if (self->digest != NULL &&
        (EVP_DigestInit_ex2(self->digest, self->md, NULL) != 1 ||
         EVP_DigestUpdate(self->digest, texts, self->canonical) != 1 ||
         EVP_DigestFinal_ex(self->digest, out, NULL) != 1))
        return false;
    return self->mac == NULL ||
           (EVP_MAC_init(self->mac, NULL, 0, NULL) == 1 &&
            EVP_MAC_update(self->mac, texts + self->canonical, self->to_sign) == 1 &&
            EVP_MAC_final(self->mac, out, &len, sizeof out) == 1);
}

static bool plain_mac(const struct hash *self, unsigned char *out)
{
    const unsigned char *texts = (const unsigned char *)self->texts;
    char name[sizeof self->name];
    OSSL_PARAM params[2];
    size_t len;
    EVP_MAC_CTX *mac = EVP_MAC_CTX_new(self->hmac);
    bool ok;
    memcpy(name, self->name, sizeof name);
    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0);
    params[1] = OSSL_PARAM_construct_end();
    ok = mac != NULL &&
         EVP_MAC_init(mac, texts + self->canonical + self->to_sign, self->key, params) ==
             1 &&
         EVP_MAC_update(mac, texts + self->canonical, self->to_sign) == 1 &&
         EVP_MAC_final(mac, out, &len, EVP_MAX_MD_SIZE) == 1;
    EVP_MAC_CTX_free(mac);
    return ok;
}

static bool plain(const struct hash *self)
{
    unsigned char out[EVP_MAX_MD_SIZE];
    if (self->digest != NULL &&
        EVP_Digest(self->texts, self->canonical, out, NULL, self->md, NULL) != 1)
        return false;
    return self->hmac == NULL || plain_mac(self, out);
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

static struct hash *push_hash(lua_State *L, const char *algorithm, bool digest)
{
    struct hash *self = lua_newuserdata(L, sizeof *self);
    memset(self, 0, sizeof *self);
    luaL_getmetatable(L, HANDLE);
    lua_setmetatable(L, -2);
    memcpy(self->name, algorithm, strlen(algorithm) + 1);
    self->md = EVP_MD_fetch(NULL, algorithm, NULL);
    self->digest = digest ? EVP_MD_CTX_new() : NULL;
    if (self->md == NULL || (digest && self->digest == NULL))
        luaL_error(L, "OpenSSL has no %s", algorithm);
    return self;
}

/* Arguments: the text to hash first (only with `digest`), the text to sign, the key. */
static void push_hmac(lua_State *L, const char *algorithm, bool digest)
{
    const char *canonical = "", *to_sign, *key;
    OSSL_PARAM params[2];
    struct hash *self = push_hash(L, algorithm, digest);
    if (digest)
        canonical = luaL_checklstring(L, 1, &self->canonical);
    to_sign = luaL_checklstring(L, digest ? 2 : 1, &self->to_sign);
    key = luaL_checklstring(L, digest ? 3 : 2, &self->key);
    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, self->name, 0);
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
    push_hmac(L, "SHA256", true);
    lua_pushcclosure(L, repeat_reusing, 1);
    return 1;
}

static int sha256_hmac_plain(lua_State *L)
{
    push_hmac(L, "SHA256", true);
    lua_pushcclosure(L, repeat_plain, 1);
    return 1;
}

static int sha1_hmac(lua_State *L)
{
    push_hmac(L, "SHA1", false);
    lua_pushcclosure(L, repeat_reusing, 1);
    return 1;
}

static int sha1_hmac_plain(lua_State *L)
{
    push_hmac(L, "SHA1", false);
    lua_pushcclosure(L, repeat_plain, 1);
    return 1;
}

static void push_md5(lua_State *L)
{
    struct hash *self = push_hash(L, "MD5", true);
    const char *text = luaL_checklstring(L, 1, &self->canonical);
    self->texts = OPENSSL_malloc(self->canonical + 1);
    if (self->texts == NULL)
        luaL_error(L, "no memory");
    memcpy(self->texts, text, self->canonical);
}

static int md5(lua_State *L)
{
    push_md5(L);
    lua_pushcclosure(L, repeat_reusing, 1);
    return 1;
}

static int md5_plain(lua_State *L)
{
    push_md5(L);
    lua_pushcclosure(L, repeat_plain, 1);
    return 1;
}

int luaopen_hash_baseline(lua_State *L);

int luaopen_hash_baseline(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"sha256_hmac", sha256_hmac},
        {"sha256_hmac_plain", sha256_hmac_plain},
        {"sha1_hmac", sha1_hmac},
        {"sha1_hmac_plain", sha1_hmac_plain},
        {"md5", md5},
        {"md5_plain", md5_plain},
        {NULL, NULL},
    };
    const luaL_Reg *function;
    luaL_newmetatable(L, HANDLE);
    lua_pushcfunction(L, hash_gc);
    lua_setfield(L, -2, "__gc");
    lua_newtable(L);
    for (function = FUNCTIONS; function->name != NULL; function++) {
        lua_pushcfunction(L, function->func);
        lua_setfield(L, -2, function->name);
    }
    lua_pushstring(L, OpenSSL_version(OPENSSL_VERSION));
    lua_setfield(L, -2, "openssl");
    return 1;
}
