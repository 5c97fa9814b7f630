/* The error of one call: owned by the caller, fixed size, never allocated. What it holds counts
 * only after the call has failed. */
#pragma once

#include "sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_err {
    enum sctl_status status;
    int native;        /* errno, CURLcode or 0 */
    char message[192]; /* never holds a secret */
};

/* Fills `err` and returns `status`, so that a failing function can `return sctl_fail(...)`. The
 * text is truncated to fit, between two characters of UTF-8. */
enum sctl_status sctl_fail(struct sctl_err *err, enum sctl_status status, int native,
                           const char *format, ...) SCTL_PRINTF(4, 5);

/* The stable name of a status, as it appears in messages: "timeout", "tls", ... */
const char *sctl_status_name(enum sctl_status status);

SCTL_HIDDEN_END
