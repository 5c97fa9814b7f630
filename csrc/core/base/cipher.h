/* AES-256 on OpenSSL 3 EVP: CBC with the padding of PKCS#7, and GCM with its tag of 16 bytes behind
 * the cipher text and nothing else authenticated. OpenSSL's error queue is left as it was found. */
#pragma once

#include "buf.h"
SCTL_HIDDEN_BEGIN

#define SCTL_CIPHER_KEY 32u
#define SCTL_CIPHER_MORE 16u /* cipher text is at most so much longer */

enum sctl_cipher_mode { SCTL_CBC, SCTL_GCM };

/* The bytes of an iv. */
size_t sctl_cipher_iv(enum sctl_cipher_mode mode);

struct sctl_cipher {
    enum sctl_cipher_mode mode;
    struct sctl_str key, iv;
};

/* Append to `out`, which should wipe. SCTL_E_INVALID: key or iv have the wrong length, or the text
 * was not encrypted with them. With CBC a wrong key may go unnoticed, and gives rubbish. */
enum sctl_status sctl_encrypt(const struct sctl_cipher *cipher, struct sctl_str text,
                              struct sctl_buf *out, struct sctl_err *err) SCTL_MUST_CHECK;
enum sctl_status sctl_decrypt(const struct sctl_cipher *cipher, struct sctl_str text,
                              struct sctl_buf *out, struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
