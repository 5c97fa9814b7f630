/* Digests, HMAC, nonces. */
#include "check.h"
#include "guard.h"

#include <dlfcn.h>

#include <openssl/err.h>
#include <openssl/hmac.h>

#include "base/digest.h"
#include "base/nonce.h"

#define GUARDED 300u

/* The digests are to find these and not those of libcrypto. */
#pragma GCC visibility push(default)
int EVP_MD_CTX_copy_ex(EVP_MD_CTX *out, const EVP_MD_CTX *in);
int EVP_MD_CTX_reset(EVP_MD_CTX *ctx);
#pragma GCC visibility pop

static int fail_copy;               /* this copy from now on fails; 0: none */
static const EVP_MD_CTX *half_made; /* what a failed copy has left, */
static int used_half_made;          /* and how often it was copied onto */

int EVP_MD_CTX_copy_ex(EVP_MD_CTX *out, const EVP_MD_CTX *in)
{
    int (*real)(EVP_MD_CTX *, const EVP_MD_CTX *);
    *(void **)&real = dlsym(RTLD_NEXT, "EVP_MD_CTX_copy_ex");
    used_half_made += out == half_made;
    if (fail_copy == 0 || --fail_copy > 0)
        return real(out, in);
    half_made = out;
    return 0;
}

int EVP_MD_CTX_reset(EVP_MD_CTX *ctx)
{
    int (*real)(EVP_MD_CTX *);
    *(void **)&real = dlsym(RTLD_NEXT, "EVP_MD_CTX_reset");
    if (ctx == half_made)
        half_made = NULL;
    return real(ctx);
}

/* Again and again, with others between. */
static void run_digest(enum sctl_algorithm algorithm, struct sctl_str text, unsigned char *out)
{
    struct sctl_digest digest;
    struct sctl_err err;
    REQUIRE(sctl_digest_init(&digest, algorithm, &err) == SCTL_OK);
    CHECK_INT(SCTL_OK, sctl_digest_run(&digest, text, out, &err));
    CHECK_INT(SCTL_OK, sctl_digest_run(&digest, SCTL_STR("another"), out, &err));
    CHECK_INT(SCTL_OK, sctl_digest_run(&digest, text, out, &err));
    sctl_digest_clear(&digest);
    sctl_digest_clear(&digest);
}

static void run_hmac(enum sctl_algorithm algorithm, struct sctl_str key, struct sctl_str text,
                     unsigned char *out)
{
    struct sctl_digest hmac;
    struct sctl_err err;
    REQUIRE(sctl_hmac_init(&hmac, algorithm, key, &err) == SCTL_OK);
    CHECK_INT(SCTL_OK, sctl_digest_run(&hmac, SCTL_STR("another"), out, &err));
    CHECK_INT(SCTL_OK, sctl_digest_run(&hmac, text, out, &err));
    sctl_digest_clear(&hmac);
    sctl_digest_clear(&hmac);
}

/* OpenSSL is the judge. HMAC: around the block size, where a key begins to be hashed. */
TEST(digests_and_hmac_of_every_length_at_the_end_of_memory)
{
    struct guard key_guard = guard_new(GUARDED), text_guard = guard_new(GUARDED);
    const EVP_MD *judges[] = {EVP_sha256(), EVP_sha1(), EVP_md5()};
    size_t len, i;
    int algorithm;
    for (len = 0; len <= GUARDED; len++) {
        struct sctl_str key = guard_text(&key_guard, NULL, len),
                        text = guard_text(&text_guard, NULL, len);
        for (i = 1; i <= len; i++) {
            key_guard.end[-(long)i] = (char)next_number();
            text_guard.end[-(long)i] = (char)next_number();
        }
        for (algorithm = SCTL_SHA256; algorithm <= SCTL_MD5; algorithm++) {
            unsigned char expected[EVP_MAX_MD_SIZE], out[SCTL_DIGEST_MAX];
            unsigned size = 0;
            REQUIRE(EVP_Digest(text.data, len, expected, &size, judges[algorithm], NULL) == 1);
            CHECK_INT(sctl_digest_size((enum sctl_algorithm)algorithm), size);
            run_digest((enum sctl_algorithm)algorithm, text, out);
            CHECK(memcmp(expected, out, size) == 0);
            REQUIRE(HMAC(judges[algorithm], key.data, (int)len, (const unsigned char *)text.data,
                         len, expected, &size) != NULL);
            run_hmac((enum sctl_algorithm)algorithm, key, text, out);
            CHECK(memcmp(expected, out, size) == 0);
        }
    }
    guard_free(&key_guard);
    guard_free(&text_guard);
}

/* OpenSSL 3.5 leaves such a context half made, and crashes when it copies onto it. */
TEST(hmac_after_a_copy_that_failed)
{
    struct sctl_digest hmac, digest;
    struct sctl_err err;
    unsigned char good[SCTL_DIGEST_MAX], plain[SCTL_DIGEST_MAX], out[SCTL_DIGEST_MAX];
    int at;
    REQUIRE(sctl_digest_init(&digest, SCTL_SHA256, &err) == SCTL_OK);
    CHECK_INT(SCTL_OK, sctl_digest_run(&digest, SCTL_STR("text"), plain, &err));
    sctl_digest_clear(&digest);
    REQUIRE(sctl_hmac_init(&hmac, SCTL_SHA256, SCTL_STR("key"), &err) == SCTL_OK);
    CHECK_INT(SCTL_OK, sctl_digest_run(&hmac, SCTL_STR("text"), good, &err));
    for (at = 1; at <= 2; at++) {
        fail_copy = at;
        CHECK_INT(SCTL_E_CRYPTO, sctl_digest_run(&hmac, SCTL_STR("text"), out, &err));
        CHECK_INT(0, fail_copy);
        CHECK_INT(SCTL_OK, sctl_digest_unkeyed(&hmac, SCTL_STR("text"), out, &err));
        CHECK(memcmp(plain, out, sctl_digest_size(SCTL_SHA256)) == 0);
        CHECK_INT(SCTL_OK, sctl_digest_run(&hmac, SCTL_STR("text"), out, &err));
        CHECK(memcmp(good, out, sctl_digest_size(SCTL_SHA256)) == 0);
    }
    CHECK_INT(0, used_half_made);
    sctl_digest_clear(&hmac);
}

TEST(nonce_has_the_length_and_the_digits)
{
    struct guard guard = guard_new(64);
    struct sctl_err err;
    size_t digits, i;
    for (digits = 2; digits <= 64; digits += 2) {
        struct sctl_str space = guard_text(&guard, NULL, digits);
        memset(guard.end - digits, '!', digits);
        CHECK_INT(SCTL_OK, sctl_nonce(guard.end - digits, digits, &err));
        for (i = 0; i < digits; i++)
            CHECK(strchr("0123456789abcdef", space.data[i]) != NULL);
    }
    guard_free(&guard);
}

static bool draw(char nonces[4][32])
{
    struct sctl_err err;
    bool ok = true;
    size_t i;
    for (i = 0; i < 4; i++)
        ok = sctl_nonce(nonces[i], 32, &err) == SCTL_OK && ok;
    return ok;
}

TEST(nonce_of_a_child_is_not_the_parents)
{
    char parent[4][32], child[4][32];
    int pipes[2];
    size_t i, j;
    CHECK(draw(parent)); /* the pool is filled now */
    REQUIRE(pipe(pipes) == 0);
    CHECK_IN_CHILD(draw(child) && write(pipes[1], child, sizeof child) == (ssize_t)sizeof child);
    CHECK(draw(parent));
    CHECK_INT(sizeof child, read(pipes[0], child, sizeof child));
    for (i = 0; i < 4; i++) {
        for (j = 0; j < 4; j++)
            CHECK(memcmp(parent[i], child[j], 32) != 0);
    }
    (void)close(pipes[0]);
    (void)close(pipes[1]);
}

static int draws;
static unsigned char drawn;

static bool counting_source(unsigned char *out, size_t len)
{
    size_t i;
    draws++;
    for (i = 0; i < len; i++)
        out[i] = drawn++;
    return true;
}

static bool failing_source(unsigned char *out, size_t len)
{
    memset(out, 0x77, len / 2); /* half of it came */
    draws++;
    errno = EIO;
    return false;
}

TEST(nonces_come_from_the_source_in_batches)
{
    struct sctl_err err;
    char nonce[32];
    int i;
    draws = 0;
    drawn = 0;
    sctl_random_use(counting_source);
    CHECK_INT(SCTL_OK, sctl_nonce(nonce, 16, &err));
    CHECK(memcmp(nonce, "0001020304050607", 16) == 0);
    CHECK_INT(SCTL_OK, sctl_nonce(nonce, 32, &err));
    CHECK(memcmp(nonce, "08090a0b0c0d0e0f1011121314151617", 32) == 0);
    CHECK_INT(1, draws);
    for (i = 0; i < 1000; i++)
        CHECK_INT(SCTL_OK, sctl_nonce(nonce, 32, &err));
    CHECK(draws > 1 && draws < 100);
    sctl_random_use(NULL);
}

TEST(nonce_fails_without_random_numbers)
{
    struct sctl_err err;
    char nonce[32], other[32];
    draws = 0;
    sctl_random_use(failing_source);
    CHECK_INT(SCTL_E_SYSTEM, sctl_nonce(nonce, 32, &err));
    CHECK_INT(SCTL_E_SYSTEM, err.status);
    CHECK_INT(EIO, err.native);
    CHECK_INT(SCTL_E_SYSTEM, sctl_nonce(nonce, 32, &err));
    CHECK_INT(2, draws); /* nothing of what came is used */
    sctl_random_use(NULL);
    CHECK_INT(SCTL_OK, sctl_nonce(nonce, 32, &err));
    CHECK_INT(SCTL_OK, sctl_nonce(other, 32, &err));
    CHECK(memcmp(nonce, "77777777777777777777777777777777", 32) != 0);
    CHECK(memcmp(nonce, other, 32) != 0);
}

CHECK_MAIN(60)
