/* libcurl's multi handle, driven by sockets. libcurl tells which sockets to watch and when to call
 * it again, and works on ready sockets and timers. Its callbacks run no code of the engine. */
#pragma once

#include "sockets.h"

#include <math.h>
SCTL_HIDDEN_BEGIN

#define SCTL_NEVER HUGE_VAL

struct sctl_multi {
    CURLM *handle; /* NULL after close */
    CURLSH *share; /* TLS sessions, which libcurl 7.88 keeps by easy handle otherwise */
    struct sctl_sockets sockets;
    double due;       /* monotonic: when libcurl wants to be called; SCTL_NEVER: not at all */
    bool broken;      /* `handle` has failed and is not to be used again */
    bool given_up;    /* libcurl has given up an address, and may have another one to try */
    bool reads_ahead; /* more than it is asked for; libcurl before 8.1 does not */
    int watch_error;  /* errno: a socket could not be watched; 0: none */
};

/* `poller` is used until the multi handle is closed. On failure there is nothing to close. */
enum sctl_status sctl_multi_open(struct sctl_multi *multi, const struct sctl_poller *poller,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

/* Drops all connections, once no transfer is left. With `abandon` connections and their memory stay
 * as they are, since they belong to the parent of this process. */
void sctl_multi_close(struct sctl_multi *multi, bool abandon);

/* Lets libcurl work on what is ready and has no owner, and on what is due. After a failure every
 * transfer must be taken out of it, and sctl_multi_renew() called. */
enum sctl_status sctl_multi_act(struct sctl_multi *multi, const struct sctl_ready *ready, int count,
                                struct sctl_err *err) SCTL_MUST_CHECK;

/* Puts a new handle in the place of one that has failed. Without memory for it the failed one
 * stays, and the next call tries again. */
enum sctl_status sctl_multi_renew(struct sctl_multi *multi, struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
