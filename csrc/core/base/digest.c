#include "digest.h"

#include <stdatomic.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#define BLOCK 64u /* of all three algorithms */

static const struct {
    const char *name;
    size_t size;
} ALGORITHMS[] = {{"SHA256", 32}, {"SHA1", 20}, {"MD5", 16}};

/* Fetched at the first use and kept: a fetch costs more than a whole signature. */
static _Atomic(EVP_MD *) fetched[3];

size_t sctl_digest_size(enum sctl_algorithm algorithm)
{
    return ALGORITHMS[algorithm].size;
}

static EVP_MD *fetch(enum sctl_algorithm algorithm)
{
    EVP_MD *md = atomic_load(&fetched[algorithm]);
    EVP_MD *other = NULL;
    if (md != NULL)
        return md;
    md = EVP_MD_fetch(NULL, ALGORITHMS[algorithm].name, NULL);
    if (md != NULL && !atomic_compare_exchange_strong(&fetched[algorithm], &other, md)) {
        EVP_MD_free(md);
        md = other;
    }
    return md;
}

static enum sctl_status refused(enum sctl_algorithm algorithm, struct sctl_err *err)
{
    return sctl_fail(err, SCTL_E_CRYPTO, 0,
                     "OpenSSL cannot compute %s (out of memory, or a policy such as FIPS "
                     "forbids it)",
                     ALGORITHMS[algorithm].name);
}

static bool digest_of(EVP_MD_CTX *ctx, const EVP_MD *md, struct sctl_str text, unsigned char *out)
{
    return EVP_DigestInit_ex2(ctx, md, NULL) == 1 &&
           EVP_DigestUpdate(ctx, text.data, text.len) == 1 &&
           EVP_DigestFinal_ex(ctx, out, NULL) == 1;
}

enum sctl_status sctl_digest_init(struct sctl_digest *digest, enum sctl_algorithm algorithm,
                                  struct sctl_err *err)
{
    bool ok;
    digest->algorithm = algorithm;
    ERR_set_mark();
    digest->work = EVP_MD_CTX_new();
    ok = digest->work != NULL && fetch(algorithm) != NULL;
    ERR_pop_to_mark();
    if (ok)
        return SCTL_OK;
    sctl_digest_clear(digest);
    return refused(algorithm, err);
}

void sctl_digest_clear(struct sctl_digest *digest)
{
    EVP_MD_CTX_free(digest->work);
    digest->work = NULL;
}

enum sctl_status sctl_digest_run(struct sctl_digest *digest, struct sctl_str text,
                                 unsigned char *out, struct sctl_err *err)
{
    bool ok;
    ERR_set_mark();
    ok = digest_of(digest->work, fetch(digest->algorithm), text, out);
    ERR_pop_to_mark();
    return ok ? SCTL_OK : refused(digest->algorithm, err);
}

/* RFC 2104: a context that has absorbed the key xor `pad`. */
static bool absorb(EVP_MD_CTX *ctx, const EVP_MD *md, const unsigned char *key, unsigned char pad)
{
    unsigned char block[BLOCK];
    size_t i;
    bool ok;
    for (i = 0; i < BLOCK; i++)
        block[i] = key[i] ^ pad;
    ok = EVP_DigestInit_ex2(ctx, md, NULL) == 1 && EVP_DigestUpdate(ctx, block, BLOCK) == 1;
    sctl_wipe(block, sizeof block);
    return ok;
}

enum sctl_status sctl_hmac_init(struct sctl_hmac *hmac, enum sctl_algorithm algorithm,
                                struct sctl_str key, struct sctl_err *err)
{
    unsigned char block[BLOCK] = {0};
    const EVP_MD *md;
    bool ok;
    hmac->algorithm = algorithm;
    ERR_set_mark();
    md = fetch(algorithm);
    hmac->inner = EVP_MD_CTX_new();
    hmac->outer = EVP_MD_CTX_new();
    hmac->work = EVP_MD_CTX_new();
    ok = md != NULL && hmac->inner != NULL && hmac->outer != NULL && hmac->work != NULL;
    if (ok && key.len > BLOCK)
        ok = digest_of(hmac->work, md, key, block);
    else if (ok && key.len > 0)
        memcpy(block, key.data, key.len);
    ok = ok && absorb(hmac->inner, md, block, 0x36) && absorb(hmac->outer, md, block, 0x5c);
    ERR_pop_to_mark();
    sctl_wipe(block, sizeof block);
    if (ok)
        return SCTL_OK;
    sctl_hmac_clear(hmac);
    return refused(algorithm, err);
}

void sctl_hmac_clear(struct sctl_hmac *hmac)
{
    /* EVP cleanses its state when it is freed */
    EVP_MD_CTX_free(hmac->inner);
    EVP_MD_CTX_free(hmac->outer);
    EVP_MD_CTX_free(hmac->work);
    hmac->inner = hmac->outer = hmac->work = NULL;
}

enum sctl_status sctl_hmac_run(struct sctl_hmac *hmac, struct sctl_str text, unsigned char *out,
                               struct sctl_err *err)
{
    unsigned char inner[SCTL_DIGEST_MAX];
    bool ok;
    ERR_set_mark();
    ok = EVP_MD_CTX_copy_ex(hmac->work, hmac->inner) == 1 &&
         EVP_DigestUpdate(hmac->work, text.data, text.len) == 1 &&
         EVP_DigestFinal_ex(hmac->work, inner, NULL) == 1 &&
         EVP_MD_CTX_copy_ex(hmac->work, hmac->outer) == 1 &&
         EVP_DigestUpdate(hmac->work, inner, sctl_digest_size(hmac->algorithm)) == 1 &&
         EVP_DigestFinal_ex(hmac->work, out, NULL) == 1;
    if (!ok) /* OpenSSL 3.5 crashes when it copies onto what a failed copy has left */
        (void)EVP_MD_CTX_reset(hmac->work);
    ERR_pop_to_mark();
    return ok ? SCTL_OK : refused(hmac->algorithm, err);
}

void sctl_digest_forget_errors(void)
{
    ERR_clear_error();
}
