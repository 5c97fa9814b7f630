/*** Base64, digests, encryption and secrets: functions of streamctl.core.
 * @public streamctl.core.crypto
 */
#include "crypto.h"

#include <openssl/crypto.h>

#include "../core/cipher.h"
#include "../core/digest.h"
#include "../core/encode.h"
#include "../core/nonce.h"

/*** Random bytes.
 * @function random_bytes
 * @tparam integer count 1 to 32
 * @treturn[1] string
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
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

/*** A text in base64, RFC 4648.
 * @function base64
 * @tparam string text of at most 4 MiB
 * @treturn string
 */
static int crypto_base64(lua_State *L)
{
    struct sctl_str text;
    struct sctl_buf *out;
    char *room;
    text.data = luaL_checklstring(L, 1, &text.len);
    luaL_argcheck(L, text.len <= SCTL_MAX_BODY, 1, "longer than 4 MiB");
    out = lsctl_buffer(L, 2 * text.len + 5);
    room = sctl_buf_reserve(out, (text.len + 2) / 3 * 4 + 1);
    if (room != NULL)
        out->len = sctl_encode_base64(room, (const unsigned char *)text.data, text.len);
    return lsctl_push_buffer(L, out);
}

/*** The bytes of a text in base64, if it is as `base64` writes it.
 * @function base64_decode
 * @tparam string text
 * @treturn[1] string
 * @treturn[2] nil it is not
 */
static int crypto_base64_decode(lua_State *L)
{
    struct sctl_str text;
    struct sctl_buf *out;
    text.data = luaL_checklstring(L, 1, &text.len);
    out = lsctl_buffer(L, text.len + 1);
    if (!sctl_decode_base64(out, text))
        return 0;
    return lsctl_push_buffer(L, out);
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

/*** The SHA-1 of a text, by which Redis knows its scripts.
 * @function sha1
 * @tparam string text
 * @treturn[1] string 40 hex digits
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int crypto_sha1(lua_State *L)
{
    struct sctl_str text;
    text.data = luaL_checklstring(L, 1, &text.len);
    return push_digest(L, SCTL_SHA1, text);
}

/*** Keeps a secret in memory of its own, which is wiped when the collector takes it.
 * @function secret
 * @tparam string text
 * @treturn[1] userdata for `md5`; nothing else can be done with it
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int crypto_secret(lua_State *L)
{
    struct sctl_str text;
    struct sctl_buf *kept;
    struct sctl_err err;
    text.data = luaL_checklstring(L, 1, &text.len);
    kept = lsctl_buffer(L, text.len);
    sctl_buf_add_str(kept, text);
    return sctl_buf_ok(kept, "the secret", &err) == SCTL_OK ? 1 : lsctl_fail(L, &err);
}

/*** The MD5 of a text with a secret behind it, which are in no string together.
 * @function md5
 * @tparam string text
 * @tparam string|userdata secret as text, or of `secret`
 * @treturn[1] string 32 hex digits
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int crypto_md5(lua_State *L)
{
    struct sctl_str text, secret;
    struct sctl_buf *both;
    struct sctl_err err;
    text.data = luaL_checklstring(L, 1, &text.len);
    secret = lua_isuserdata(L, 2) ? sctl_buf_str(luaL_checkudata(L, 2, LSCTL_BUFFER))
                                  : lsctl_text(L, 2);
    both = lsctl_buffer(L, text.len + secret.len);
    sctl_buf_add_str(both, text);
    sctl_buf_add_str(both, secret);
    if (sctl_buf_ok(both, "the text", &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return push_digest(L, SCTL_MD5, sctl_buf_str(both));
}

/*** Whether two texts are the same, in a time that tells nothing but their lengths.
 * @function equal
 * @tparam string one
 * @tparam string other
 * @treturn boolean
 */
static int crypto_equal(lua_State *L)
{
    size_t len, other_len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *other = luaL_checklstring(L, 2, &other_len);
    lua_pushboolean(L, len == other_len && CRYPTO_memcmp(text, other, len) == 0);
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
    cipher.key.data = luaL_checklstring(L, 2, &cipher.key.len);
    cipher.iv.data = luaL_checklstring(L, 3, &cipher.iv.len);
    text.data = luaL_checklstring(L, 4, &text.len);
    out = lsctl_buffer(L, text.len + SCTL_CIPHER_MORE);
    if (run(&cipher, text, out, &err) != SCTL_OK)
        return lsctl_fail(L, &err);
    return lsctl_push_buffer(L, out);
}

/*** Encrypts with AES-256.
 * @function encrypt
 * @tparam string mode "cbc" (padded as PKCS#7 says) or "gcm" (with the tag behind it)
 * @tparam string key 32 bytes
 * @tparam string iv 16 bytes for CBC, 12 for GCM
 * @tparam string text of at most 4 MiB
 * @treturn[1] string
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
static int crypto_encrypt(lua_State *L)
{
    return run_cipher(L, sctl_encrypt);
}

/*** Undoes `encrypt`. With CBC another text or key is not always found out.
 * @function decrypt
 * @tparam string mode
 * @tparam string key
 * @tparam string iv
 * @tparam string text
 * @treturn[1] string
 * @treturn[2] nil
 * @treturn[2] string message
 * @treturn[2] string code
 */
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
    lsctl_functions(L, FUNCTIONS);
}
