/* A set of watched sockets behind one descriptor: epoll on Linux, kqueue elsewhere. */
#ifndef SCTL_POLLER_H
#define SCTL_POLLER_H

#include "err.h"

SCTL_HIDDEN_BEGIN

#define SCTL_READ 1u
#define SCTL_WRITE 2u
#define SCTL_FAILED 4u /* error or hang-up */

#define SCTL_READY_MAX 64

struct sctl_ready {
    int fd;
    unsigned events;
};

/* The descriptor: readable when a watched socket is ready. -1 and `err` on failure. */
int sctl_poller_open(struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_poller_close(int poller);

/* Watches `fd` for `events` from now on; 0 forgets it. A descriptor that is already closed
 * is not an error. */
void sctl_poller_watch(int poller, int fd, unsigned events);

/* Waits at most `seconds` (0: not at all). Returns how many of `ready` were filled; an
 * interrupted wait returns 0. */
int sctl_poller_wait(int poller, double seconds, struct sctl_ready ready[SCTL_READY_MAX]);

SCTL_HIDDEN_END

#endif
