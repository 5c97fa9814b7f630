/* Signals that ask a process to end. Each test is in a process of its own. */
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

static void do_nothing(int number)
{
    (void)number;
}

static bool catch_them(void)
{
    struct sctl_err err;
    return sctl_interrupt_catch(SCTL_STR(""), &err) == SCTL_OK && sctl_interrupt_caught() == 0;
}

static int number_of(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } SIGNALS[] = {{"INT", SIGINT}, {"TERM", SIGTERM}, {"HUP", SIGHUP}};
    size_t i;
    for (i = 0; i < LENGTH(SIGNALS); i++) {
        if (strcmp(name, SIGNALS[i].name) == 0)
            return SIGNALS[i].number;
    }
    return 0;
}

static bool is_noted(int number)
{
    errno = 7;
    return raise(number) == 0 && errno == 7 && sctl_interrupt_caught() == number;
}

static bool take_step(const char *step)
{
    struct sctl_err err;
    if (strcmp(step, "catch") == 0)
        return catch_them();
    if (strcmp(step, "default") == 0)
        return sctl_interrupt_default(&err) == SCTL_OK;
    if (strncmp(step, "ignore-", 7) == 0)
        return signal(number_of(step + 7), SIG_IGN) != SIG_ERR;
    if (strncmp(step, "handle-", 7) == 0)
        return signal(number_of(step + 7), do_nothing) != SIG_ERR;
    if (step[0] == '=')
        return sctl_interrupt_caught() == number_of(step + 1);
    if (step[0] == '+')
        return is_noted(number_of(step + 1));
    return raise(number_of(step)) == 0;
}

static const char *steps; /* of the process */

static bool take_steps(void)
{
    char text[200], *step, *rest = text;
    (void)snprintf(text, sizeof text, "%s", steps);
    while ((step = strtok_r(rest, " ", &rest)) != NULL) {
        if (!take_step(step))
            return false;
    }
    return true;
}

/* A process takes steps and ends well, or by a signal. INT: it gets one; +INT: and notes it; =INT:
 * it has noted one; =: or none; ignore-INT and handle-INT: it does. */
static void check_steps(const char *text, const char *killed_by)
{
    int status;
    steps = text;
    status = run(take_steps);
    if (check_that(WIFSIGNALED(status) ? WTERMSIG(status) == number_of(killed_by)
                                       : status == 0 && killed_by[0] == '\0',
                   __FILE__, __LINE__, text))
        return;
    printf("  ended with status %d\n", status);
}

TEST(the_first_one_is_noted)
{
    check_steps("= catch +INT", "");
    check_steps("catch +TERM", "");
    check_steps("catch +HUP", "");
    /* what is caught anew is noted anew */
    check_steps("catch +INT catch +TERM catch +HUP catch +HUP", "");
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

TEST(a_second_one_ends_the_process)
{
    check_steps("catch +INT INT", "INT");
    check_steps("catch +INT TERM", "TERM");
    check_steps("catch +TERM INT", "INT");
    check_steps("catch +HUP TERM", "TERM");
}

/* The system sends two when a terminal is closed, and nohup has them ignored. */
TEST(a_second_hangup_ends_nothing)
{
    check_steps("catch +HUP HUP =HUP catch +TERM HUP =TERM", "");
    check_steps("ignore-HUP catch HUP = +TERM HUP", "");
    check_steps("catch +HUP default HUP", "HUP");
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

/* Fills stderr, and gets a signal, whose handler waits for a reader. */
static void wait_in_the_handler(int told)
{
    struct sctl_err err;
    int ends[2];
    if (pipe(ends) != 0 || dup2(ends[1], STDERR_FILENO) != STDERR_FILENO ||
        fcntl(STDERR_FILENO, F_SETFL, O_NONBLOCK) != 0)
        _exit(1);
    while (write(STDERR_FILENO, "a", 1) == 1)
        ;
    if (fcntl(STDERR_FILENO, F_SETFL, 0) != 0 ||
        sctl_interrupt_catch(SCTL_STR("text"), &err) != SCTL_OK || write(told, "x", 1) != 1)
        _exit(1);
    (void)raise(SIGINT);
    _exit(2);
}

TEST(a_second_one_ends_the_process_while_nobody_reads_stderr)
{
    static const int SECOND[] = {SIGINT, SIGTERM};
    size_t i;
    for (i = 0; i < LENGTH(SECOND); i++) {
        char path[64], byte;
        int ends[2], status = -1;
        pid_t pid;
        CHECK(pipe(ends) == 0);
        pid = fork();
        if (pid == 0)
            wait_in_the_handler(ends[1]);
        CHECK(pid > 0 && read(ends[0], &byte, 1) == 1);
        (void)snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
        while (!is_asleep(path))
            (void)sched_yield();
        CHECK(kill(pid, SIGHUP) == 0); /* which changes nothing */
        CHECK(kill(pid, SECOND[i]) == 0 && waitpid(pid, &status, 0) == pid);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SECOND[i]);
        (void)close(ends[0]);
        (void)close(ends[1]);
    }
}

#else

TEST(a_second_one_ends_the_process_while_nobody_reads_stderr)
{
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

static bool fails_to_write(void)
{
    char path[] = "/tmp/streamctl-interrupt.XXXXXX";
    const struct rlimit two = {2, 2};
    int ends[2], file = mkstemp(path);
    (void)unlink(path);
    if (file < 0 || pipe(ends) != 0 || close(ends[0]) != 0 || setrlimit(RLIMIT_FSIZE, &two) != 0)
        return false;
    return write(ends[1], "a", 1) == -1 && errno == EPIPE && write(file, "abc", 3) == 2 &&
           write(file, "c", 1) == -1 && errno == EFBIG;
}

static bool writes_by_default(void)
{
    struct sctl_err err;
    return sctl_interrupt_default(&err) == SCTL_OK && fails_to_write();
}

static bool writes_when_caught(void)
{
    return catch_them() && fails_to_write();
}

TEST(programs_are_ended_by_sigint_and_told_of_failed_writes)
{
    check_steps("handle-INT default INT", "INT");
    check_steps("catch default TERM", "TERM");
    check_steps("ignore-TERM default TERM", "");
    CHECK_WELL(writes_by_default);
    CHECK_WELL(writes_when_caught);
}

static bool note_term(void)
{
    return catch_them() && is_noted(SIGTERM);
}

static bool forked(void)
{
    /* a child notes its own */
    return catch_them() && run(note_term) == 0 && sctl_interrupt_caught() == 0;
}

static bool has_a_copy(void)
{
    return sctl_interrupt_caught() == SIGINT;
}

static bool copied(void)
{
    return catch_them() && is_noted(SIGINT) && run(has_a_copy) == 0;
}

static bool starts_a_program(void)
{
    (void)execl("/bin/sh", "sh", "-c", "kill -TERM $$", (char *)NULL);
    return false;
}

static bool started(void)
{
    int status = -1;
    if (catch_them())
        status = run(starts_a_program);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM && sctl_interrupt_caught() == 0;
}

TEST(forks_and_programs)
{
    CHECK_WELL(forked);
    CHECK_WELL(copied);
    CHECK_WELL(started);
}

CHECK_MAIN(60)
