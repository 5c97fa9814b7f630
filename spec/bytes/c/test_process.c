/* Programs that are run for what they print: what they get, what is read of them, how they end. */
#include "check.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>

#include "system/process.h"

static struct sctl_child start(const char *script)
{
    char *words[] = {"sh", "-c", (char *)(uintptr_t)script, NULL};
    struct sctl_child child;
    struct sctl_err err;
    if (sctl_child_start(&child, words, &err) != SCTL_OK) {
        printf("%s\n", err.message);
        exit(1);
    }
    return child;
}

/* All that it prints until its end, as a text; what is longer is counted only. */
static size_t read_all(struct sctl_child *child, char *text, size_t size)
{
    char piece[4096];
    size_t len = 0;
    text[0] = '\0';
    for (;;) {
        struct pollfd output = {child->fd, POLLIN, 0};
        ssize_t got = sctl_child_read(child, piece, sizeof piece);
        if (got == SCTL_CHILD_OVER)
            return len;
        if (got > 0 && len + (size_t)got < size) {
            memcpy(text + len, piece, (size_t)got);
            text[len + (size_t)got] = '\0';
        }
        len += (size_t)got;
        if (got == 0)
            (void)poll(&output, 1, -1);
    }
}

/* Sleeps until it has ended, and leaves it to be waited for. */
static void await(const struct sctl_child *child)
{
    siginfo_t info;
    (void)waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT);
}

static int status_of(struct sctl_child *child)
{
    int status = -2;
    if (child->pid != 0)
        await(child);
    CHECK(sctl_child_status(child, &status));
    return status;
}

static bool is_gone(pid_t pid)
{
    return waitpid(pid, NULL, WNOHANG) == -1 && errno == ECHILD;
}

static void check_output(const char *script, const char *output, int status)
{
    char text[1000];
    struct sctl_child child = start(script);
    pid_t pid = child.pid;
    CHECK_INT(strlen(output), read_all(&child, text, sizeof text));
    CHECK_STR(output, str(text));
    CHECK_INT(status, status_of(&child));
    CHECK(is_gone(pid)); /* once both are known */
    CHECK_INT(status, status_of(&child));
    CHECK_INT(SCTL_CHILD_OVER, sctl_child_read(&child, text, sizeof text));
    sctl_child_clear(&child);
    sctl_child_clear(&child);
}

TEST(output_and_status_are_read)
{
    int fd = free_descriptor();
    check_output("echo '{\"a\": 1}'", "{\"a\": 1}\n", 0);
    check_output("exit 7", "", 7);
    check_output("printf x; kill -TERM $$", "x", 143);
    check_output("exec >&-; exit 3", "", 3);
    CHECK_INT(fd, free_descriptor());
}

TEST(it_has_a_group_that_dies_with_it)
{
    char text[10];
    int status;
    /* whoever is left keeps the pipe open */
    struct sctl_child child = start("sleep 1000 & exit 3");
    pid_t pid = child.pid;
    CHECK_INT(pid, getpgid(pid));
    CHECK_INT(3, status_of(&child));
    CHECK_INT(0, sctl_child_read(&child, text, sizeof text));
    sctl_child_kill(&child);
    CHECK_INT(0, read_all(&child, text, sizeof text)); /* or this does not end */
    CHECK(is_gone(pid));
    CHECK_INT(3, status_of(&child));
    sctl_child_clear(&child);
    /* the same by clearing it */
    child = start("sleep 1000 & echo; exec sleep 1000");
    status = fcntl(child.fd, F_DUPFD_CLOEXEC, 3);
    sctl_child_clear(&child);
    child.fd = status;
    CHECK(read_all(&child, text, sizeof text) <= 1);
    CHECK_INT(-1, child.fd);
}

TEST(what_it_leaves_running_can_be_left_alone)
{
    char text[32] = "";
    struct sctl_child child = start("sleep 1000 & echo $!");
    pid_t pid = child.pid;
    long other;
    sctl_child_leave(&child); /* it may run yet: nothing is known of its end */
    CHECK(child.fd >= 0);
    CHECK_INT(0, status_of(&child));
    CHECK(sctl_child_read(&child, text, sizeof text - 1) > 1);
    other = strtol(text, NULL, 10);
    sctl_child_leave(&child);
    sctl_child_leave(&child);
    CHECK(is_gone(pid));
    CHECK_INT(SCTL_CHILD_OVER, sctl_child_read(&child, text, sizeof text));
    sctl_child_kill(&child);
    sctl_child_clear(&child);
    CHECK_INT(0, kill((pid_t)other, 0));
    CHECK_INT(0, kill((pid_t)other, SIGKILL));
}

/* As nginx does, for every child that ends. */
TEST(somebody_else_may_wait_for_it)
{
    char text[10];
    int status;
    struct sctl_child child = start("echo a");
    CHECK(waitpid(child.pid, NULL, 0) == child.pid);
    CHECK(sctl_child_status(&child, &status));
    CHECK_INT(-1, status);
    CHECK_INT(2, read_all(&child, text, sizeof text));
    CHECK_INT(-1, status_of(&child));
    sctl_child_kill(&child); /* and not whoever has its number now */
    sctl_child_clear(&child);
    (void)signal(SIGCHLD, SIG_IGN);
    child = start("echo a");
    CHECK_INT(2, read_all(&child, text, sizeof text));
    CHECK_INT(-1, status_of(&child));
    sctl_child_clear(&child);
    child = start("exec sleep 1000");
    sctl_child_clear(&child);
    (void)signal(SIGCHLD, SIG_DFL);
}

/* A process may ignore and block signals; what it runs does not know of that. */
TEST(signals_are_as_usual)
{
    static const int NUMBERS[] = {SIGPIPE, SIGTERM, SIGALRM, SIGUSR1};
    sigset_t all, before;
    char script[64];
    size_t i;
    (void)sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &before);
    for (i = 0; i < LENGTH(NUMBERS); i++) {
        (void)signal(NUMBERS[i], SIG_IGN);
        (void)snprintf(script, sizeof script, "kill -%d $$; echo on", NUMBERS[i]);
        check_output(script, "", 128 + NUMBERS[i]);
        (void)signal(NUMBERS[i], SIG_DFL);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
}

TEST(it_gets_none_of_our_descriptors)
{
#ifdef __linux__
    int fd = fcntl(0, F_DUPFD, 50); /* not close-on-exec */
    struct sctl_child other = start("exec sleep 1000");
    CHECK_INT(FD_CLOEXEC, fcntl(other.fd, F_GETFD));          /* whoever else starts one */
    check_output("exec ls /proc/self/fd", "0\n1\n2\n3\n", 0); /* the last one is its own */
    sctl_child_clear(&other);
    (void)close(fd);
#endif
}

static bool is_of_another_process(struct sctl_child *child)
{
    char text[100];
    int status;
    bool all = sctl_child_read(child, text, sizeof text) == SCTL_CHILD_OVER &&
               sctl_child_status(child, &status) && status == -1;
    sctl_child_kill(child);
    sctl_child_clear(child);
    return all;
}

TEST(a_fork_leaves_it_alone)
{
    char text[100];
    int status = -1;
    struct sctl_child child = start("read line; echo yes; exec sleep 1000");
    CHECK_IN_CHILD(is_of_another_process(&child));
    CHECK(!sctl_child_status(&child, &status));
    while (sctl_child_read(&child, text, sizeof text) == 0) {
        struct pollfd output = {child.fd, POLLIN, 0};
        (void)poll(&output, 1, -1);
    }
    CHECK(memcmp(text, "yes\n", 4) == 0);
    sctl_child_clear(&child);
}

static void check_no_start(const char *program, int native)
{
    char *words[] = {(char *)(uintptr_t)program, NULL};
    struct sctl_child child;
    struct sctl_err err = {SCTL_OK, 0, ""};
    CHECK_INT(SCTL_E_SYSTEM, sctl_child_start(&child, words, &err));
    CHECK_INT(native, err.native);
    CHECK(strncmp(err.message, "cannot start the program: ", 26) == 0);
    CHECK(child.pid == 0 && child.fd == -1);
    sctl_child_clear(&child);
}

TEST(what_cannot_be_started_leaves_nothing)
{
    int fd = free_descriptor();
    struct rlimit limit, few;
    check_no_start("/nowhere/to/be/found", ENOENT);
    check_no_start("no-such-program-anywhere", ENOENT);
    check_no_start("/", EACCES);
    CHECK_INT(fd, free_descriptor());
    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    for (few = limit, few.rlim_cur = (rlim_t)fd; few.rlim_cur < (rlim_t)fd + 2; few.rlim_cur++) {
        CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
        check_no_start("true", EMFILE);
    }
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK_INT(fd, free_descriptor());
    CHECK(is_gone(-1));
}

CHECK_MAIN(60)
