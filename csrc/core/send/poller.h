/* A set of watched sockets behind one descriptor: epoll on Linux, kqueue on macOS. */
#pragma once

#include "../base/sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_READ 1u
#define SCTL_WRITE 2u
#define SCTL_FAILED 4u /* error or hang-up */

/* Sockets that a step handles at most: some milliseconds, if each is a TLS handshake. */
#define SCTL_READY_MAX 16

struct sctl_ready {
    int fd;
    unsigned events;
};

struct sctl_poller {
    int fd; /* readable when a watched socket is ready; -1: none */
};

/* On failure `fd` is -1. */
enum sctl_status sctl_poller_open(struct sctl_poller *poller, struct sctl_err *err) SCTL_MUST_CHECK;

/* In a forked child the descriptors are still the parent's set, and epoll's are closed; a kqueue is
 * not inherited, and its number may be another file's by now. */
void sctl_poller_close(struct sctl_poller *poller, bool forked);

/* Watches `fd` for `events` from now on; 0 forgets it, also when it is closed already. False when
 * the system cannot watch it; errno says why. */
bool sctl_poller_watch(const struct sctl_poller *poller, int fd, unsigned events);

/* Waits at most `seconds` (0: not at all). Returns how many of `ready` were filled; an interrupted
 * wait returns 0. */
int sctl_poller_wait(const struct sctl_poller *poller, double seconds,
                     struct sctl_ready ready[SCTL_READY_MAX]);
SCTL_HIDDEN_END
