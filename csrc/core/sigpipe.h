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

/* Whether libcurl, by the name of its TLS library (NULL: none), may raise the signal. libcurl sends
 * with MSG_NOSIGNAL; but wolfSSL, NSS and GSKit write to the sockets by themselves. */
bool sctl_sigpipe_from(const char *tls);

/* Blocks the signal in this thread, unless the host has one pending of its own. */
struct sctl_sigpipe sctl_sigpipe_block(void);

/* Swallows a signal that came meanwhile and restores the mask. */
void sctl_sigpipe_unblock(const struct sctl_sigpipe *guard);

SCTL_HIDDEN_END

#endif
