/* Signals that ask a process to end, where a command cannot look. Each test is in a process of its
 * own. What the first and the second signal do is in spec/bytes/binding/system_spec.lua and
 * spec/people/command/frame_spec.lua. */
#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "system/interrupt.h"
#include "send/poller.h"

#define FOREVER 1000.0 /* seconds */

/* What waitpid tells of a process that runs `body`, which returns whether all is well. */
static int run(bool (*body)(void))
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0)
        _exit(body() ? 0 : 1);
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
    return status;
}

#define CHECK_WELL(body) CHECK_INT(0, run(body))

static bool catch_them(void)
{
    struct sctl_err err;
    return sctl_interrupt_catch(SCTL_STR(""), &err) == SCTL_OK && sctl_interrupt_caught() == 0;
}

static bool is_noted(int number)
{
    errno = 7;
    return raise(number) == 0 && errno == 7 && sctl_interrupt_caught() == number;
}

static bool note_and_tell(void)
{
    char long_text[2 * SCTL_INTERRUPT_TEXT], read_back[sizeof long_text];
    struct sctl_str text = {long_text, sizeof long_text};
    struct sctl_err err;
    int ends[2];
    memset(long_text, 'x', sizeof long_text);
    return pipe(ends) == 0 && dup2(ends[1], STDERR_FILENO) == STDERR_FILENO &&
           sctl_interrupt_catch(text, &err) == SCTL_OK && is_noted(SIGTERM) &&
           read(ends[0], read_back, sizeof read_back) == (ssize_t)SCTL_INTERRUPT_TEXT &&
           memcmp(read_back, long_text, SCTL_INTERRUPT_TEXT) == 0;
}

static bool tell_nobody(void)
{
    struct sctl_err err;
    return close(STDERR_FILENO) == 0 && sctl_interrupt_catch(SCTL_STR("text"), &err) == SCTL_OK &&
           is_noted(SIGINT);
}

TEST(it_is_told_at_once)
{
    CHECK_WELL(note_and_tell);
    CHECK_WELL(tell_nobody);
}

#ifdef __linux__

/* Whether a process, or a thread of ours, sleeps. */
static bool is_asleep(const char *path)
{
    char text[512];
    const char *state = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    (void)close(fd);
    text[got > 0 ? got : 0] = '\0';
    state = strrchr(text, ')'); /* after the name of the program */
    return state != NULL && state[1] == ' ' && state[2] == 'S';
}

#endif

static void *raise_here(void *number)
{
    (void)raise(*(int *)number);
    return NULL;
}

static bool other_thread(void)
{
    int number = SIGTERM;
    pthread_t thread;
    return catch_them() && pthread_create(&thread, NULL, raise_here, &number) == 0 &&
           pthread_join(thread, NULL) == 0 && sctl_interrupt_caught() == SIGTERM;
}

/* libcurl resolves names in threads. */
TEST(any_thread_may_get_it)
{
    CHECK_WELL(other_thread);
}

#ifdef __linux__

/* Waits until the main thread of this process sleeps, and interrupts it. */
static void *interrupt_sleeper(void *unused)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/self/task/%ld/stat", (long)getpid());
    while (!is_asleep(path))
        ;
    (void)kill(getpid(), SIGINT);
    return unused;
}

static bool starts_interrupter(pthread_t *thread)
{
    return catch_them() && pthread_create(thread, NULL, interrupt_sleeper, NULL) == 0;
}

static bool joins_interrupted(pthread_t thread, double began)
{
    return sctl_interrupt_caught() == SIGINT && pthread_join(thread, NULL) == 0 &&
           sctl_monotonic() - began < FOREVER;
}

static bool sleeping(void)
{
    pthread_t thread;
    double began = sctl_monotonic();
    if (!starts_interrupter(&thread))
        return false;
    sctl_sleep(FOREVER);
    return joins_interrupted(thread, began);
}

static bool polling(void)
{
    struct sctl_ready ready[SCTL_READY_MAX];
    struct sctl_poller poller;
    struct sctl_err err;
    pthread_t thread;
    double began = sctl_monotonic();
    if (sctl_poller_open(&poller, &err) != SCTL_OK || !starts_interrupter(&thread) ||
        sctl_poller_wait(&poller, FOREVER, ready) != 0)
        return false;
    sctl_poller_close(&poller, false);
    return joins_interrupted(thread, began);
}

static int full_pipe[2];

static void *interrupt_and_drain(void *unused)
{
    char byte[1];
    (void)interrupt_sleeper(NULL);
    while (sctl_interrupt_caught() == 0)
        (void)sched_yield();
    while (read(full_pipe[0], byte, 1) == 1 && byte[0] != 'z')
        ;
    return unused;
}

static bool writing(void)
{
    pthread_t thread;
    if (!catch_them() || pipe(full_pipe) != 0 || fcntl(full_pipe[1], F_SETFL, O_NONBLOCK) != 0)
        return false;
    while (write(full_pipe[1], "a", 1) == 1)
        ;
    return fcntl(full_pipe[1], F_SETFL, 0) == 0 &&
           pthread_create(&thread, NULL, interrupt_and_drain, NULL) == 0 &&
           write(full_pipe[1], "z", 1) == 1 && pthread_join(thread, NULL) == 0;
}

#endif

TEST(waits_end_and_writes_go_on)
{
#ifdef __linux__
    CHECK_WELL(sleeping);
    CHECK_WELL(polling);
    CHECK_WELL(writing);
#endif
}

CHECK_MAIN(60)
