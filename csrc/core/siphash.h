/* SipHash-1-3 with a result of 128 bits (Aumasson and Bernstein): a keyed hash of short texts.
 *
 * Without the key nobody can name two texts that collide, and the result of one text says nothing
 * about that of another. Who can read a table that holds results, its file for one, has its key as well.
 */
#ifndef SCTL_SIPHASH_H
#define SCTL_SIPHASH_H

#include "sctl.h"

SCTL_HIDDEN_BEGIN

/* What has been absorbed so far; may be copied. */
struct sctl_siphash {
    uint64_t v[4];
    uint64_t rest; /* the bytes that do not make up a word yet */
    size_t len;    /* bytes absorbed */
};

/* Begins with a key of random bits and a text that others will follow. */
void sctl_siphash_begin(struct sctl_siphash *state, const uint64_t key[2],
                        struct sctl_str prefix);

/* The hash of the prefix and `text`, as of one text. `begun` stays as it is. */
void sctl_siphash_end(const struct sctl_siphash *begun, struct sctl_str text,
                      uint64_t out[2]);

SCTL_HIDDEN_END

#endif
