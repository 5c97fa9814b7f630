/* No signature: the call's action is the request target, and the headers are always the same. For
 * those who hand out credentials, which are asked without any, or with a token in a header. */
#pragma once

#include "signer.h"

SCTL_HIDDEN_BEGIN

/* A signer with one reference, or NULL and `err`. Copies the headers; their values count as
 * secrets. The caller names none that the transport or the call makes, and none twice. */
struct sctl_signer *sctl_plain_new(const struct sctl_pair *headers, size_t count,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END
