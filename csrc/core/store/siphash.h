/* SipHash-1-3 with a result of 128 bits (Aumasson and Bernstein): a keyed hash of short texts.
 *
 * Without the key nobody can name two texts that collide, and the result of one text says nothing
 * about that of another, so it may serve as a key itself. A reader of a table that holds results,
 * such as its file, can read the table's key as well. */
#pragma once

#include "../base/sctl.h"

SCTL_HIDDEN_BEGIN

/* The hash of `text`, with a key of random bits. */
void sctl_siphash(const uint64_t key[2], struct sctl_str text, uint64_t out[2]);

SCTL_HIDDEN_END
