/* Keeps integers that a double cannot hold: rewrites JSON so that they become strings. */
#ifndef SCTL_JSON_GUARD_H
#define SCTL_JSON_GUARD_H

#include "buf.h"

SCTL_HIDDEN_BEGIN

/* Looks for integers beyond 2^53 in JSON text. Returns false when there is none and the text
 * can be used as it is; else appends the text, with each of them in quotes, to `out`, which
 * may be NULL for who only asks.
 * Anything may be passed: text that is not JSON stays text that is not JSON. */
bool sctl_json_guard(struct sctl_str text, struct sctl_buf *out);

SCTL_HIDDEN_END

#endif
