#include "cipher.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#define TAG 16u

size_t sctl_cipher_iv(enum sctl_cipher_mode mode)
{
    return mode == SCTL_GCM ? 12 : 16;
}

static enum sctl_status cipher_check(const struct sctl_cipher *cipher, struct sctl_str text,
                                     struct sctl_err *err)
{
    size_t iv = sctl_cipher_iv(cipher->mode);
    if (cipher->key.len != SCTL_CIPHER_KEY)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the key must be %u bytes, got %zu",
                         SCTL_CIPHER_KEY, cipher->key.len);
    if (cipher->iv.len != iv)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the iv must be %zu bytes, got %zu", iv,
                         cipher->iv.len);
    if (text.len > SCTL_MAX_BODY)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the text is longer than %u bytes",
                         SCTL_MAX_BODY);
    return SCTL_OK;
}

static const unsigned char *bytes_of(const char *text)
{
    return (const unsigned char *)text;
}

static bool cipher_begin(EVP_CIPHER_CTX *ctx, const struct sctl_cipher *cipher, int encrypts)
{
    const EVP_CIPHER *aes = cipher->mode == SCTL_GCM ? EVP_aes_256_gcm() : EVP_aes_256_cbc();
    return EVP_CipherInit_ex2(ctx, aes, bytes_of(cipher->key.data), bytes_of(cipher->iv.data),
                              encrypts, NULL) == 1;
}

/* Returns false as well when the text was not encrypted like this. */
static bool finish(EVP_CIPHER_CTX *ctx, struct sctl_str text, unsigned char *to, size_t *len)
{
    int count = 0, rest = 0;
    if (EVP_CipherUpdate(ctx, to, &count, bytes_of(text.data), (int)text.len) != 1 ||
        EVP_CipherFinal_ex(ctx, to + count, &rest) != 1)
        return false;
    *len = (size_t)count + (size_t)rest;
    return true;
}

/* The tag that EVP sets, it only reads. */
static bool tag(EVP_CIPHER_CTX *ctx, int command, const unsigned char *at)
{
    return EVP_CIPHER_CTX_ctrl(ctx, command, (int)TAG, (void *)(uintptr_t)at) == 1;
}

static bool encrypt(EVP_CIPHER_CTX *ctx, bool has_tag, struct sctl_str text, unsigned char *to,
                    size_t *len)
{
    if (!finish(ctx, text, to, len))
        return false;
    *len += has_tag ? TAG : 0;
    return !has_tag || tag(ctx, EVP_CTRL_AEAD_GET_TAG, to + *len - TAG);
}

static bool decrypt(EVP_CIPHER_CTX *ctx, bool has_tag, struct sctl_str text, unsigned char *to,
                    size_t *len)
{
    if (has_tag && text.len < TAG)
        return false;
    text.len -= has_tag ? TAG : 0;
    if (has_tag && !tag(ctx, EVP_CTRL_AEAD_SET_TAG, bytes_of(text.data) + text.len))
        return false;
    return finish(ctx, text, to, len);
}

static enum sctl_status cipher_run(const struct sctl_cipher *cipher, bool encrypts,
                                   struct sctl_str text, struct sctl_buf *out, struct sctl_err *err)
{
    bool has_tag = cipher->mode == SCTL_GCM, ready, done = false;
    size_t len = 0;
    if (cipher_check(cipher, text, err) != SCTL_OK)
        return err->status;
    unsigned char *to = (unsigned char *)sctl_buf_reserve(out, text.len + SCTL_CIPHER_MORE);
    if (to == NULL)
        return sctl_buf_ok(out, "the text", err);
    ERR_set_mark();
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    ready = ctx != NULL && cipher_begin(ctx, cipher, encrypts);
    if (ready)
        done = (encrypts ? encrypt : decrypt)(ctx, has_tag, text, to, &len);
    EVP_CIPHER_CTX_free(ctx); /* which cleanses the key in it */
    ERR_pop_to_mark();
    if (!ready || (encrypts && !done))
        return sctl_fail(err, SCTL_E_CRYPTO, 0,
                         "OpenSSL refuses AES-256 (out of memory, or a policy forbids it)");
    if (!done)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the text was not encrypted with this key and iv");
    out->len += len;
    return SCTL_OK;
}

enum sctl_status sctl_encrypt(const struct sctl_cipher *cipher, struct sctl_str text,
                              struct sctl_buf *out, struct sctl_err *err)
{
    return cipher_run(cipher, true, text, out, err);
}

enum sctl_status sctl_decrypt(const struct sctl_cipher *cipher, struct sctl_str text,
                              struct sctl_buf *out, struct sctl_err *err)
{
    return cipher_run(cipher, false, text, out, err);
}
