#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sigpipe.h"

#include <string.h>
#include <time.h>

bool sctl_sigpipe_from(unsigned version, const char *tls)
{
    return version < 0x075800 ||
           (tls != NULL && (strstr(tls, "wolfSSL") != NULL ||
                            strstr(tls, "NSS") != NULL || strstr(tls, "GSKit") != NULL));
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

static void swallow(const sigset_t *set)
{
#ifdef __APPLE__
    int signal_number;
    (void)sigwait(set, &signal_number);
#else
    /* does not wait: another thread may have taken it meanwhile */
    const struct timespec at_once = {0, 0};
    (void)sigtimedwait(set, NULL, &at_once);
#endif
}

struct sctl_sigpipe sctl_sigpipe_block(void)
{
    struct sctl_sigpipe guard = {.active = false};
    sigset_t set = only_pipe();
    if (!is_pending())
        guard.active = pthread_sigmask(SIG_BLOCK, &set, &guard.old) == 0;
    return guard;
}

void sctl_sigpipe_unblock(const struct sctl_sigpipe *guard)
{
    sigset_t set = only_pipe();
    if (!guard->active)
        return;
    if (is_pending())
        swallow(&set);
    (void)pthread_sigmask(SIG_SETMASK, &guard->old, NULL);
}
