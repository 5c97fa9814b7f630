#include "digest.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "encode.h"

#define BLOCK 64u /* of all three algorithms */

static const struct {
    const char *name;
    size_t size;
    const EVP_MD *(*md)(void);
} ALGORITHMS[] = {{"SHA256", 32, EVP_sha256}, {"SHA1", 20, EVP_sha1}, {"MD5", 16, EVP_md5}};

size_t sctl_digest_size(enum sctl_algorithm algorithm)
{
    return ALGORITHMS[algorithm].size;
}

static enum sctl_status digest_result(struct sctl_digest *digest, bool ok, struct sctl_err *err)
{
    ERR_pop_to_mark();
    if (ok)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_CRYPTO, 0,
                     "OpenSSL cannot compute %s (out of memory, or a policy such as FIPS "
                     "forbids it)",
                     ALGORITHMS[digest->algorithm].name);
}

/* A context that has begun, and absorbed a block (NULL: none); NULL: OpenSSL refuses. */
static EVP_MD_CTX *begun(enum sctl_algorithm algorithm, const unsigned char *block)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (ctx != NULL && EVP_DigestInit_ex2(ctx, ALGORITHMS[algorithm].md(), NULL) == 1 &&
        (block == NULL || EVP_DigestUpdate(ctx, block, BLOCK) == 1))
        return ctx;
    EVP_MD_CTX_free(ctx);
    return NULL;
}

enum sctl_status sctl_digest_init(struct sctl_digest *digest, enum sctl_algorithm algorithm,
                                  struct sctl_err *err)
{
    ERR_set_mark();
    *digest = (struct sctl_digest){.algorithm = algorithm, .work = begun(algorithm, NULL)};
    return digest_result(digest, digest->work != NULL, err);
}

/* RFC 2104. */
enum sctl_status sctl_hmac_init(struct sctl_digest *hmac, enum sctl_algorithm algorithm,
                                struct sctl_str key, struct sctl_err *err)
{
    unsigned char outer[BLOCK] = {0}, inner[BLOCK];
    enum sctl_status status = sctl_digest_init(hmac, algorithm, err);
    if (status == SCTL_OK && key.len > BLOCK)
        status = sctl_digest_run(hmac, key, outer, err);
    else if (key.len > 0 && key.len <= BLOCK)
        memcpy(outer, key.data, key.len);
    for (size_t i = 0; i < BLOCK; i++) {
        inner[i] = outer[i] ^ 0x36;
        outer[i] ^= 0x5c;
    }
    if (status == SCTL_OK) {
        ERR_set_mark();
        hmac->inner = begun(algorithm, inner);
        hmac->outer = begun(algorithm, outer);
        status = digest_result(hmac, hmac->inner != NULL && hmac->outer != NULL, err);
    }
    sctl_wipe(inner, sizeof inner);
    sctl_wipe(outer, sizeof outer);
    if (status != SCTL_OK)
        sctl_digest_clear(hmac);
    return status;
}

void sctl_digest_clear(struct sctl_digest *digest)
{
    /* EVP cleanses its state when it is freed */
    EVP_MD_CTX_free(digest->work);
    EVP_MD_CTX_free(digest->inner);
    EVP_MD_CTX_free(digest->outer);
    digest->work = digest->inner = digest->outer = NULL;
}

/* Digests a text. `start`: a context to go on from; NULL: from the beginning. */
static bool digest_run(struct sctl_digest *digest, const EVP_MD_CTX *start, const void *data,
                       size_t len, unsigned char *out)
{
    EVP_MD_CTX *work = digest->work;
    /* a failed run leaves none */
    const EVP_MD *md = EVP_MD_CTX_get0_md(work) != NULL ? NULL : ALGORITHMS[digest->algorithm].md();
    int ready = start != NULL ? EVP_MD_CTX_copy_ex(work, start)
                              : EVP_DigestInit_ex2(work, md, NULL);
    return ready == 1 && EVP_DigestUpdate(work, data, len) == 1 &&
           EVP_DigestFinal_ex(work, out, NULL) == 1;
}

enum sctl_status sctl_digest_run(struct sctl_digest *digest, struct sctl_str text,
                                 unsigned char *out, struct sctl_err *err)
{
    SCTL_ASSERT(digest->work != NULL);
    ERR_set_mark();
    bool ok = digest_run(digest, digest->inner, text.data, text.len, out);
    if (ok && digest->outer != NULL)
        ok = digest_run(digest, digest->outer, out, sctl_digest_size(digest->algorithm), out);
    if (!ok && digest->outer != NULL)
        /* OpenSSL 3.5 crashes when it copies onto what a failed copy has left */
        (void)EVP_MD_CTX_reset(digest->work);
    return digest_result(digest, ok, err);
}

enum sctl_status sctl_digest_unkeyed(struct sctl_digest *digest, struct sctl_str text,
                                     unsigned char *out, struct sctl_err *err)
{
    SCTL_ASSERT(digest->work != NULL);
    ERR_set_mark();
    bool ok = digest_run(digest, NULL, text.data, text.len, out);
    return digest_result(digest, ok, err);
}

enum sctl_status sctl_digest_hex(enum sctl_algorithm algorithm, struct sctl_str text, char *hex,
                                 struct sctl_err *err)
{
    struct sctl_digest digest;
    unsigned char bytes[SCTL_DIGEST_MAX];
    if (sctl_digest_init(&digest, algorithm, err) != SCTL_OK)
        return err->status;
    enum sctl_status status = sctl_digest_run(&digest, text, bytes, err);
    sctl_digest_clear(&digest);
    sctl_encode_hex(hex, bytes, status == SCTL_OK ? sctl_digest_size(algorithm) : 0);
    return status;
}

void sctl_digest_forget_errors(void)
{
    ERR_clear_error();
}
