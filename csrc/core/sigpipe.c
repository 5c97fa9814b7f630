#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sigpipe.h"

#include <string.h>
#include <time.h>

bool sctl_sigpipe_from(const char *tls)
{
    return tls != NULL && (strstr(tls, "wolfSSL") != NULL || strstr(tls, "NSS") != NULL ||
                           strstr(tls, "GSKit") != NULL);
}

static bool is_pending(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

static sigset_t only_pipe(void)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGPIPE);
    return set;
}

/* The signal, if it is pending. */
static void swallow(const sigset_t *set)
{
#ifdef __APPLE__
    int signal_number;
    if (is_pending())
        (void)sigwait(set, &signal_number);
#else
    const struct timespec at_once = {0, 0};
    (void)sigtimedwait(set, NULL, &at_once);
#endif
}

struct sctl_sigpipe sctl_sigpipe_block(void)
{
    struct sctl_sigpipe guard;
    sigset_t set = only_pipe();
    guard.active = pthread_sigmask(SIG_BLOCK, &set, &guard.old) == 0;
    /* it can be pending only where the host blocks it itself: nothing was changed then */
    if (guard.active && sigismember(&guard.old, SIGPIPE) == 1 && is_pending())
        guard.active = false;
    return guard;
}

void sctl_sigpipe_unblock(const struct sctl_sigpipe *guard)
{
    sigset_t set = only_pipe();
    if (!guard->active)
        return;
    swallow(&set);
    (void)pthread_sigmask(SIG_SETMASK, &guard->old, NULL);
}
