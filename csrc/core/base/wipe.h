/* Overwrites secrets before their memory is released.
 *
 * A buffer that is made with `wipe` (buf.h) does so by itself, also where it grows: credentials and
 * what is hashed with them (sign/), a request's target, headers and body (sign/signer.h,
 * send/transfer.c), an answer's body (send/queued.c), and texts that callers keep. By hand: the
 * block of a request (request/request.c), an HMAC's key (digest.c), random bytes (nonce.c), and the
 * URL of a proxy (send/endpoint.c). */
#pragma once

#include "sctl.h"

SCTL_HIDDEN_BEGIN

/* Overwrites memory. The compiler may not drop that, since the memory seems to be read after it. */
static inline void sctl_wipe(void *data, size_t len)
{
    if (len > 0)
        memset(data, 0, len);
    __asm__ __volatile__("" : : "r"(data) : "memory");
}
SCTL_HIDDEN_END
