/* Keeps SIGPIPE from the host: OpenSSL writes to sockets without MSG_NOSIGNAL, and a peer that
 * went away must not end the process.
 */
#ifndef SCTL_SIGPIPE_H
#define SCTL_SIGPIPE_H

#include <signal.h>

#include "sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_sigpipe {
    sigset_t old;
    bool active;
};

/* Blocks the signal in this thread, unless the host has one pending of its own. */
struct sctl_sigpipe sctl_sigpipe_block(void);

/* Swallows a signal that came meanwhile and restores the mask. */
void sctl_sigpipe_unblock(const struct sctl_sigpipe *guard);

SCTL_HIDDEN_END

#endif
