/* Keeps SIGPIPE from the host, whose process a peer that went away must not end. */
#ifndef SCTL_SIGPIPE_H
#define SCTL_SIGPIPE_H

#include <signal.h>

#include "sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_sigpipe {
    sigset_t old;
    bool active;
};

/* Whether libcurl, by its version number and the name of its TLS library (NULL: none), may raise
 * the signal. Since 7.88 it sends everything with MSG_NOSIGNAL by itself; before that TLS libraries
 * wrote to the sockets, as wolfSSL, NSS and GSKit still do. */
bool sctl_sigpipe_from(unsigned version, const char *tls);

/* Blocks the signal in this thread, unless the host has one pending of its own. */
struct sctl_sigpipe sctl_sigpipe_block(void);

/* Swallows a signal that came meanwhile and restores the mask. */
void sctl_sigpipe_unblock(const struct sctl_sigpipe *guard);

SCTL_HIDDEN_END

#endif
