/* Base64, digests, encryption and secrets: functions of streamctl.core. */
#include "core.h"

#include <openssl/crypto.h>

#include "../core/base/cipher.h"
#include "../core/base/digest.h"
#include "../core/base/encode.h"
#include "../core/base/nonce.h"

/* random_bytes(count) -> string | nil, message, code: Random bytes. count: 1 to 32. */
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

/* base64(text) -> string: A text in base64, RFC 4648. text: of at most 4 MiB. */
static int crypto_base64(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1);
    struct sctl_buf *out;
    char *room;
    luaL_argcheck(L, text.len <= SCTL_MAX_BODY, 1, "longer than 4 MiB");
    out = lsctl_buffer(L, 2 * text.len + 5);
    room = sctl_buf_reserve(out, (text.len + 2) / 3 * 4 + 1);
    if (room != NULL)
        out->len = sctl_encode_base64(room, (const unsigned char *)text.data, text.len);
    return lsctl_push_buffer(L, out);
}

/* base64_decode(text) -> string | nil (it is not) | nil, message (there is no memory for them),
 * code: The bytes of a text in base64, if it is as `base64` writes it. */
static int crypto_base64_decode(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1);
    struct sctl_buf *out = lsctl_buffer(L, text.len + 1);
    return sctl_decode_base64(out, text) ? lsctl_push_buffer(L, out) : 0;
}

static int push_digest(lua_State *L, enum sctl_algorithm algorithm, struct sctl_str text)
{
    struct sctl_digest digest;
    unsigned char bytes[SCTL_DIGEST_MAX];
    char hex[2 * SCTL_DIGEST_MAX];
    struct sctl_err err;
    size_t size = sctl_digest_size(algorithm);
    enum sctl_status status = sctl_digest_init(&digest, algorithm, &err);
    if (status == SCTL_OK) {
        status = sctl_digest_run(&digest, text, bytes, &err);
        sctl_digest_clear(&digest);
    }
    if (status != SCTL_OK)
        return lsctl_fail(L, &err);
    sctl_encode_hex(hex, bytes, size);
    lua_pushlstring(L, hex, 2 * size);
    return 1;
}

/* sha1(...) -> string (40 hex digits) | nil, message, code: The SHA-1 of some texts behind each
 * other, which are in no string together. ...: from 1 to 8. */
static int crypto_sha1(lua_State *L)
{
    struct sctl_str texts[8];
    struct sctl_buf *all;
    struct sctl_err err;
    size_t len = 0;
    int i, count = lua_gettop(L);
    luaL_argcheck(L, count >= 1 && count <= 8, 1, "from 1 to 8 texts");
    for (i = 0; i < count; i++) {
        texts[i] = lsctl_check_string(L, i + 1);
        len += texts[i].len;
    }
    all = lsctl_buffer(L, len);
    for (i = 0; i < count; i++)
        sctl_buf_add_str(all, texts[i]);
    if (sctl_buf_ok(all, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return push_digest(L, SCTL_SHA1, sctl_buf_str(all));
}

static const char SECRET[] = "streamctl.secret " SCTL_VERSION;

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

/* secret(text) -> userdata | nil, message, code: Keeps a secret in memory of its own, which is
 * wiped when the collector takes it. `md5`, `signer` and `signer:renew` take it as it is. */
static int crypto_secret(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1);
    struct sctl_buf *kept = lsctl_new(L, sizeof *kept, SECRET);
    struct sctl_err err;
    sctl_buf_init(kept, text.len, true);
    sctl_buf_add_str(kept, text);
    return sctl_buf_ok(kept, "the secret", &err) == SCTL_OK ? 1 : lsctl_fail(L, &err);
}

static struct sctl_str check_text(lua_State *L, int index)
{
    return lua_isuserdata(L, index) ? sctl_buf_str(lsctl_check(L, index, SECRET))
                                    : lsctl_text(L, index);
}

static bool is_secret(lua_State *L, int index)
{
    bool same;
    if (lua_type(L, index) != LUA_TUSERDATA || lua_getmetatable(L, index) == 0)
        return false;
    luaL_getmetatable(L, SECRET);
    same = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    return same;
}

struct sctl_str lsctl_secret_field(lua_State *L, int index, const char *name)
{
    struct sctl_str text = {NULL, 0};
    lsctl_push_field(L, index, name);
    if (is_secret(L, lua_gettop(L)))
        text = sctl_buf_str(lua_touserdata(L, -1));
    else if (lua_type(L, -1) == LUA_TSTRING)
        text = lsctl_string(L, -1);
    else if (!lua_isnil(L, -1))
        luaL_error(L, "field '%s' must be a string or a secret", name);
    return text;
}

/* md5(text, secret) -> string (32 hex digits) | nil, message, code: The MD5 of a text with a secret
 * behind it, which are in no string together. secret: as text, or of `secret`. */
static int crypto_md5(lua_State *L)
{
    struct sctl_str text = lsctl_check_string(L, 1), secret = check_text(L, 2);
    struct sctl_buf *both = lsctl_buffer(L, text.len + secret.len);
    struct sctl_err err;
    sctl_buf_add_str(both, text);
    sctl_buf_add_str(both, secret);
    if (sctl_buf_ok(both, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return push_digest(L, SCTL_MD5, sctl_buf_str(both));
}

/* equal(one, other) -> boolean: Whether two texts are the same, in a time that tells nothing but
 * their lengths. */
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
    struct sctl_cipher cipher;
    struct sctl_str text;
    struct sctl_buf *out;
    struct sctl_err err;
    cipher.mode = luaL_checkoption(L, 1, NULL, MODES) == 0 ? SCTL_CBC : SCTL_GCM;
    cipher.key = lsctl_check_string(L, 2);
    cipher.iv = lsctl_check_string(L, 3);
    text = lsctl_check_string(L, 4);
    out = lsctl_buffer(L, text.len + SCTL_CIPHER_MORE);
    if (run(&cipher, text, out, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return lsctl_push_buffer(L, out);
}

/* encrypt(mode, key, iv, text) -> string | nil, message, code: Encrypts with AES-256. mode: "cbc"
 * (padded as PKCS#7 says) or "gcm" (with the tag behind it); key: 32 bytes; iv: 16 bytes for CBC,
 * 12 for GCM; text: of at most 4 MiB. */
static int crypto_encrypt(lua_State *L)
{
    return run_cipher(L, sctl_encrypt);
}

/* decrypt(mode, key, iv, text) -> string | nil, message, code: Undoes `encrypt`. With CBC another
 * text or key is not always found out. */
static int crypto_decrypt(lua_State *L)
{
    return run_cipher(L, sctl_decrypt);
}

void lsctl_crypto_open(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        {"base64", crypto_base64},
        {"base64_decode", crypto_base64_decode},
        {"decrypt", crypto_decrypt},
        {"encrypt", crypto_encrypt},
        {"equal", crypto_equal},
        {"md5", crypto_md5},
        {"random_bytes", crypto_random_bytes},
        {"secret", crypto_secret},
        {"sha1", crypto_sha1},
        {NULL, NULL},
    };
    static const luaL_Reg METHODS[] = {{"reveal", secret_reveal}, {NULL, NULL}};
    static const luaL_Reg METAMETHODS[] = {{"__gc", secret_gc}, {NULL, NULL}};
    lsctl_metatable(L, SECRET, METHODS, METAMETHODS);
    lsctl_functions(L, FUNCTIONS);
}
