#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

/* Another thread than the one that asks may be interrupted: a volatile alone would not do. */
static atomic_int caught;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler may set it");

static int set(int number, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    (void)sigemptyset(&action.sa_mask);
    (void)sigaddset(&action.sa_mask, SIGINT);
    (void)sigaddset(&action.sa_mask, SIGTERM);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART; /* a half-written line is nobody's wish */
    return sigaction(number, &action, NULL);
}

/* Only calls what POSIX allows in a handler. */
static void note(int number)
{
    int kept = errno;
    atomic_store(&caught, number);
    (void)set(SIGINT, SIG_DFL);
    (void)set(SIGTERM, SIG_DFL);
    errno = kept;
}

static enum sctl_status result(bool done, struct sctl_err *err)
{
    if (done)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, errno, "cannot set what signals do: %s",
                     strerror(errno));
}

static bool ignore_failed_writes(void)
{
    return set(SIGPIPE, SIG_IGN) == 0 && set(SIGXFSZ, SIG_IGN) == 0;
}

enum sctl_status sctl_interrupt_catch(struct sctl_err *err)
{
    atomic_store(&caught, 0);
    return result(
        ignore_failed_writes() && set(SIGINT, note) == 0 && set(SIGTERM, note) == 0, err);
}

int sctl_interrupt_caught(void)
{
    return atomic_load(&caught);
}

/* Who started us may have SIGTERM ignored: only what we have set goes. */
static bool give_back(int number)
{
    struct sigaction now;
    if (sigaction(number, NULL, &now) != 0)
        return false;
    return now.sa_handler != note || set(number, SIG_DFL) == 0;
}

enum sctl_status sctl_interrupt_default(struct sctl_err *err)
{
    return result(
        ignore_failed_writes() && set(SIGINT, SIG_DFL) == 0 && give_back(SIGTERM), err);
}
