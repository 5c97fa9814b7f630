/* Digests and HMAC on OpenSSL 3 EVP, whose error queue is left as it was found. */
#pragma once

#include "buf.h"

#include <openssl/types.h>
SCTL_HIDDEN_BEGIN

#define SCTL_DIGEST_MAX 32u /* bytes of the longest digest below */

enum sctl_algorithm { SCTL_SHA256, SCTL_SHA1, SCTL_MD5 };

size_t sctl_digest_size(enum sctl_algorithm algorithm);

/* A digest or an HMAC that can be run again and again. Zeroed means cleared; a failed init leaves
 * it so.
 *
 * An HMAC is made of digests: EVP_MAC would have to start again with the key that it holds, which
 * OpenSSL before 3.0.3 (Ubuntu 22.04 has 3.0.2) does not do and does not tell
 * (https://github.com/openssl/openssl/issues/17811), and it keeps the key itself in memory. */
struct sctl_digest {
    enum sctl_algorithm algorithm;
    EVP_MD_CTX *work;
    EVP_MD_CTX *inner, *outer; /* of an HMAC: they have absorbed its key */
};

enum sctl_status sctl_digest_init(struct sctl_digest *digest, enum sctl_algorithm algorithm,
                                  struct sctl_err *err) SCTL_MUST_CHECK;
enum sctl_status sctl_hmac_init(struct sctl_digest *hmac, enum sctl_algorithm algorithm,
                                struct sctl_str key, struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_digest_clear(struct sctl_digest *digest);

/* Writes sctl_digest_size() bytes to `out`. */
enum sctl_status sctl_digest_run(struct sctl_digest *digest, struct sctl_str text,
                                 unsigned char *out, struct sctl_err *err) SCTL_MUST_CHECK;

/* The same without the key of an HMAC. */
enum sctl_status sctl_digest_unkeyed(struct sctl_digest *digest, struct sctl_str text,
                                     unsigned char *out, struct sctl_err *err) SCTL_MUST_CHECK;

/* Writes the digest of a text as lower-case hex digits, two for each byte. */
enum sctl_status sctl_digest_hex(enum sctl_algorithm algorithm, struct sctl_str text, char *hex,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

/* Empties OpenSSL's error queue of this thread, also of errors of other code. */
void sctl_digest_forget_errors(void);
SCTL_HIDDEN_END
