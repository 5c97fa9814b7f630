/* Base64, digests, encryption and secrets: functions of streamctl.core. */
#include "core.h"

#include <openssl/crypto.h>

#include "../core/base/certificate.h"
#include "../core/base/cipher.h"
#include "../core/base/digest.h"
#include "../core/base/nonce.h"

static const char SECRET[] = "streamctl.secret " SCTL_VERSION;

/* ---- secrets ---- */

/* secret(text) -> userdata | nil, message, code: Keeps a text in memory of its own, which is wiped
 * when the collector takes it. */
static int crypto_secret(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1);
    struct sctl_buf *kept = lsctl_new(L, sizeof *kept, SECRET);
    struct sctl_err err;
    sctl_buf_hold(kept, text, text.len, true);
    return sctl_buf_ok(kept, "the secret", &err) == SCTL_OK ? 1 : lsctl_fail(L, &err);
}

static int secret_gc(lua_State *L)
{
    sctl_buf_clear(lsctl_check(L, 1, SECRET));
    return 0;
}

/* secret:reveal() -> string: The secret as a text, which Lua holds until its collector takes it. */
static int secret_reveal(lua_State *L)
{
    lsctl_push_text(L, sctl_buf_str(lsctl_check(L, 1, SECRET)));
    return 1;
}

struct sctl_str lsctl_secret_field(lua_State *L, int index, const char *name)
{
    lsctl_push_field(L, index, name);
    if (lsctl_type(L, -1) == SECRET)
        return sctl_buf_str(lua_touserdata(L, -1));
    if (lua_type(L, -1) != LUA_TSTRING && !lua_isnil(L, -1))
        luaL_error(L, "field '%s' must be a string or a secret", name);
    return lsctl_string(L, -1);
}

/* ---- digests ---- */

/* Pushes the digest of all arguments behind each other, which are in no string together. */
static int push_digest(lua_State *L, enum sctl_algorithm algorithm)
{
    char hex[2 * SCTL_DIGEST_MAX];
    struct sctl_err err;
    int count = lua_gettop(L);
    luaL_argcheck(L, count >= 1, 1, "a text is missing");
    struct sctl_buf *all = lsctl_buffer(L, SIZE_MAX);
    for (int i = 1; i <= count; i++)
        sctl_buf_add_str(all, lsctl_type(L, i) == SECRET ? sctl_buf_str(lua_touserdata(L, i))
                                                         : lsctl_check_string(L, i));
    if (sctl_buf_ok(all, "the text", &err) != SCTL_OK ||
        sctl_digest_hex(algorithm, sctl_buf_str(all), hex, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushlstring(L, hex, 2 * sctl_digest_size(algorithm));
    return 1;
}

/* sha1(...) -> string | nil, message, code: 40 hex digits of texts and secrets. */
static int crypto_sha1(lua_State *L)
{
    return push_digest(L, SCTL_SHA1);
}

/* md5(...) -> string | nil, message, code: 32 hex digits of texts and secrets. */
static int crypto_md5(lua_State *L)
{
    return push_digest(L, SCTL_MD5);
}

/* ---- texts and bytes ---- */

/* random_bytes(count) -> string | nil, message, code: From 1 to 32 bytes. */
static int crypto_random_bytes(lua_State *L)
{
    lua_Integer count = luaL_checkinteger(L, 1);
    char bytes[SCTL_RANDOM_MAX];
    struct sctl_err err;
    luaL_argcheck(L, count >= 1 && count <= SCTL_RANDOM_MAX, 1, "from 1 to 32");
    if (sctl_random(bytes, (size_t)count, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    lua_pushlstring(L, bytes, (size_t)count);
    return 1;
}

/* base64(text) -> string: Of at most 4 MiB, by RFC 4648. */
static int crypto_base64(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1);
    luaL_argcheck(L, text.len <= SCTL_MAX_BODY, 1, "longer than 4 MiB");
    struct sctl_buf *out = lsctl_buffer(L, 2 * text.len + 5);
    char *room = sctl_buf_reserve(out, (text.len + 2) / 3 * 4 + 1);
    if (room != NULL)
        out->len = sctl_encode_base64(room, (const unsigned char *)text.data, text.len);
    return lsctl_push_buffer(L, out);
}

/* base64_decode(text) -> string | nil (base64 makes no such text) | nil, message, code: Bytes. */
static int crypto_base64_decode(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1);
    struct sctl_buf *out = lsctl_buffer(L, text.len + 1);
    return sctl_decode_base64(out, text) ? lsctl_push_buffer(L, out) : 0;
}

/* equal(text, other) -> boolean: In a time that tells nothing but their lengths. */
static int crypto_equal(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1), other = lsctl_check_string(L, 2);
    lua_pushboolean(L,
                    text.len == other.len && CRYPTO_memcmp(text.data, other.data, text.len) == 0);
    return 1;
}

static int run_cipher(lua_State *L,
                      enum sctl_status (*run)(const struct sctl_cipher *, struct sctl_str,
                                              struct sctl_buf *, struct sctl_err *))
{
    static const char *const MODES[] = {"cbc", "gcm", NULL};
    struct sctl_cipher cipher = {
        .mode = luaL_checkoption(L, 1, NULL, MODES) == 0 ? SCTL_CBC : SCTL_GCM,
        .iv = lsctl_check_string(L, 3),
    };
    struct sctl_str text = lsctl_check_string(L, 4);
    struct sctl_buf *out = lsctl_buffer(L, text.len + SCTL_CIPHER_MORE);
    struct sctl_err err;
    /* last, since finalizers may have closed the signer */
    struct lsctl_signer *signer = lsctl_type(L, 2) == LSCTL_SIGNER ? lua_touserdata(L, 2) : NULL;
    if (signer == NULL)
        cipher.key = lsctl_check_string(L, 2);
    else if (signer->signer != NULL)
        cipher.key = sctl_buf_str(&signer->signer->secret);
    if (run(&cipher, text, out, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return lsctl_push_buffer(L, out);
}

/* encrypt(mode, key, iv, text) -> string | nil, message, code: AES-256 as csrc/core/base/cipher.h
 * says. mode: "cbc" or "gcm"; key: 32 bytes, or a signer, whose secret is the key; iv: 16 bytes for
 * CBC, 12 for GCM. */
static int crypto_encrypt(lua_State *L)
{
    return run_cipher(L, sctl_encrypt);
}

/* decrypt(mode, key, iv, text) -> string | nil, message, code: With CBC a wrong key may
 * give rubbish instead of an error. */
static int crypto_decrypt(lua_State *L)
{
    return run_cipher(L, sctl_decrypt);
}

/* ---- certificates ---- */

/* certificate_is_of(pem, host) -> boolean: Whether that host, a name or an address, has it. */
static int crypto_certificate_is_of(lua_State *L)
{
    struct sctl_str pem = lsctl_check_string(L, 1), host = lsctl_check_string(L, 2);
    lua_pushboolean(L, strlen(host.data) == host.len && sctl_certificate_is_of(pem, host.data));
    return 1;
}

/* authorities() -> string | nil, string: The system's file and folder of authorities. */
static int crypto_authorities(lua_State *L)
{
    lua_pushstring(L, sctl_certificate_file());
    lua_pushstring(L, sctl_certificate_folder());
    return 2;
}

void lsctl_crypto_open(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"authorities", crypto_authorities},
        {"certificate_is_of", crypto_certificate_is_of},
        {"base64", crypto_base64},
        {"base64_decode", crypto_base64_decode},
        {"decrypt", crypto_decrypt},
        {"encrypt", crypto_encrypt},
        {"equal", crypto_equal},
        {"md5", crypto_md5},
        {"secret", crypto_secret},
        {"random_bytes", crypto_random_bytes},
        {"sha1", crypto_sha1},
        {NULL, NULL},
    };
    static const luaL_Reg METHODS[] = {
        {"reveal", secret_reveal}, {"__gc", secret_gc}, {NULL, NULL}};
    lsctl_metatable(L, SECRET, METHODS);
    lsctl_functions(L, FUNCTIONS);
}
