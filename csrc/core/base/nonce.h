/* Random text for signatures and random bytes, from the operating system.
 *
 * Bytes are drawn in batches into a pool for each thread. A forked child does not use the pool of
 * its parent, so that two processes never use the same nonce. */
#pragma once

#include "sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_RANDOM_MAX 32u /* bytes that can be asked for at once */

/* Writes `digits` (even, at most 2 * SCTL_RANDOM_MAX) lower-case hex digits; `out` is not
 * NUL-terminated. */
enum sctl_status sctl_nonce(char *out, size_t digits, struct sctl_err *err) SCTL_MUST_CHECK;

/* Writes `len` (at most SCTL_RANDOM_MAX) random bytes. */
enum sctl_status sctl_random(void *out, size_t len, struct sctl_err *err) SCTL_MUST_CHECK;

/* A source of random bytes: true when all `len` bytes were written. */
typedef bool (*sctl_random_fn)(unsigned char *out, size_t len);

/* Replaces the operating system as the source and empties the pool; NULL restores it. */
void sctl_random_use(sctl_random_fn source);
SCTL_HIDDEN_END
