#include "interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* Another thread than the one that asks may be interrupted: a volatile alone would not do. */
static atomic_int caught;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "a handler may set it");

/* The text for stderr. It changes only while `note` handles no signal. */
static char notice[SCTL_INTERRUPT_TEXT];
static size_t notice_len;

/* No signal is blocked while a handler runs: it may wait for the reader of stderr, and a second
 * signal must end the process then as well. */
static int set(int number, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    (void)sigemptyset(&action.sa_mask);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | SA_NODEFER; /* SA_RESTART: a signal cuts no write short */
    return sigaction(number, &action, NULL);
}

/* Only calls what POSIX allows in a handler. */
static void note(int number)
{
    int kept = errno, none = 0;
    ssize_t written;
    if (atomic_compare_exchange_strong(&caught, &none, number)) {
        (void)set(SIGINT, SIG_DFL);
        (void)set(SIGTERM, SIG_DFL);
        written = write(STDERR_FILENO, notice, notice_len);
        (void)written; /* or nobody hears it */
    } else if (number != SIGHUP && set(number, SIG_DFL) == 0) {
        (void)raise(number);
    }
    errno = kept;
}

static enum sctl_status signals_result(bool done, struct sctl_err *err)
{
    if (done)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, errno, "cannot set what signals do: %s", strerror(errno));
}

int sctl_interrupt_caught(void)
{
    return atomic_load(&caught);
}

/* Whoever started the program may have the signal ignored: only our handler goes. */
static bool give_back(int number)
{
    struct sigaction now;
    if (sigaction(number, NULL, &now) != 0)
        return false;
    return now.sa_handler != note || set(number, SIG_DFL) == 0;
}

/* Nohup ignores SIGHUP, which stays so. */
static bool catch_hangup(void)
{
    struct sigaction now;
    if (sigaction(SIGHUP, NULL, &now) != 0)
        return false;
    return now.sa_handler == SIG_IGN || set(SIGHUP, note) == 0;
}

enum sctl_status sctl_interrupt_default(struct sctl_err *err)
{
    return signals_result(set(SIGPIPE, SIG_IGN) == 0 && set(SIGXFSZ, SIG_IGN) == 0 &&
                              set(SIGINT, SIG_DFL) == 0 && give_back(SIGTERM) && give_back(SIGHUP),
                          err);
}

enum sctl_status sctl_interrupt_catch(struct sctl_str text, struct sctl_err *err)
{
    if (sctl_interrupt_default(err) != SCTL_OK)
        return SCTL_E_SYSTEM;
    notice_len = text.len < sizeof notice ? text.len : sizeof notice;
    if (notice_len > 0)
        memcpy(notice, text.data, notice_len);
    atomic_store(&caught, 0);
    return signals_result(set(SIGINT, note) == 0 && set(SIGTERM, note) == 0 && catch_hangup(), err);
}
