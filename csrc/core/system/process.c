#include "process.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#endif

#define KILL_WAITS 1000 /* at one that was killed, a millisecond apart */

static bool child_forked(const struct sctl_child *child)
{
    return child->parent != sctl_fork_id();
}

static int open_pipe(int ends[2])
{
#ifdef __APPLE__
    if (pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        return errno;
#else
    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
#endif
    ends[0] = sctl_move_up(ends[0]);
    ends[1] = sctl_move_up(ends[1]);
    if (ends[0] < 0 || ends[1] < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
        return errno;
    return 0;
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* Closes the other descriptors in the child: some are not close-on-exec, such as the sockets on
 * which nginx listens. On macOS an attribute does the same. */
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
#define close_others(files) 0
#elif defined(__GLIBC__)
#define close_others(files) posix_spawn_file_actions_addclosefrom_np(files, 3)
#else /* musl */
static int close_others(posix_spawn_file_actions_t *files)
{
    DIR *folder = opendir("/proc/self/fd");
    struct dirent *entry;
    int why = folder != NULL ? 0 : errno;
    while (why == 0 && (entry = readdir(folder)) != NULL) {
        int fd = (int)strtol(entry->d_name, NULL, 10), flags = fd > 2 ? fcntl(fd, F_GETFD) : -1;
        if (flags >= 0 && (flags & FD_CLOEXEC) == 0)
            why = posix_spawn_file_actions_addclose(files, fd);
    }
    if (folder != NULL)
        (void)closedir(folder);
    return why;
}
#endif

/* 0, or why not: what did not return 0. */
static int set_files(posix_spawn_file_actions_t *files, int output)
{
    return posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0)
               ?: posix_spawn_file_actions_adddup2(files, output, 1)
               ?: posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0)
               ?: close_others(files);
}

static int set_attributes(posix_spawnattr_t *attributes)
{
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigset_t none, all;
    (void)sigemptyset(&none);
    (void)sigfillset(&all);
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    return posix_spawnattr_setflags(attributes, flags)
               ?: posix_spawnattr_setpgroup(attributes, 0)
               ?: posix_spawnattr_setsigmask(attributes, &none)
               ?: posix_spawnattr_setsigdefault(attributes, &all);
}

static int spawn(pid_t *pid, char *const *words, int output)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int why = posix_spawn_file_actions_init(&files);
    if (why != 0)
        return why;
    why = posix_spawnattr_init(&attributes);
    if (why == 0) {
        why = set_files(&files, output) ?: set_attributes(&attributes)
                  ?: posix_spawnp(pid, words[0], &files, &attributes, words, environ);
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&files);
    return why;
}

enum sctl_status sctl_child_start(struct sctl_child *child, char *const *words,
                                  struct sctl_err *err)
{
    SCTL_ASSERT(words[0] != NULL);
    int ends[2] = {-1, -1};
    int why = open_pipe(ends);
    *child = sctl_child_none();
    if (why == 0)
        why = spawn(&child->pid, words, ends[1]);
    close_end(&ends[1]);
    if (why != 0) {
        close_end(&ends[0]);
        child->pid = 0;
        return sctl_fail(err, SCTL_E_SYSTEM, why, "cannot start the program: %s", strerror(why));
    }
    child->fd = ends[0];
    child->parent = sctl_fork_id();
    return SCTL_OK;
}

/* Looks at it, and leaves it to be waited for: as long as nobody has, its number is nobody else's.
 * `info->si_pid` is 0 while it runs. False when somebody else has waited for it. */
static bool child_peek(const struct sctl_child *child, siginfo_t *info)
{
    memset(info, 0, sizeof *info);
    return SCTL_AGAIN(waitid(P_PID, (id_t)child->pid, info, WEXITED | WNOHANG | WNOWAIT)) == 0;
}

/* Waits for a program that has ended and whose output is closed: its number is free then. */
static void forget(struct sctl_child *child)
{
    if (child->ended && child->fd < 0 && child->pid != 0) {
        (void)waitpid(child->pid, NULL, WNOHANG);
        child->pid = 0;
    }
}

ssize_t sctl_child_read(struct sctl_child *child, char *out, size_t size)
{
    SCTL_ASSERT(size > 0);
    if (child->fd < 0 || child_forked(child))
        return SCTL_CHILD_OVER;
    ssize_t got = SCTL_AGAIN(read(child->fd, out, size));
    if (got > 0)
        return got;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    close_end(&child->fd);
    forget(child);
    return SCTL_CHILD_OVER;
}

bool sctl_child_status(struct sctl_child *child, int *status)
{
    siginfo_t info;
    *status = -1;
    if (!child->ended && child->pid != 0 && !child_forked(child)) {
        if (!child_peek(child, &info)) {
            child->pid = 0;
            child->status = -1;
        } else if (info.si_pid == 0) {
            return false;
        } else {
            child->status = info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
        }
        child->ended = true;
        forget(child);
    }
    if (child->ended)
        *status = child->status;
    return true;
}

void sctl_child_leave(struct sctl_child *child)
{
    if (!child->ended)
        return;
    close_end(&child->fd);
    forget(child);
}

void sctl_child_kill(struct sctl_child *child)
{
    siginfo_t info;
    sigset_t child_signal, before;
    if (child->pid == 0 || child_forked(child))
        return;
    /* a handler that waits for all children must not come between the check and the kill */
    (void)sigemptyset(&child_signal);
    (void)sigaddset(&child_signal, SIGCHLD);
    (void)pthread_sigmask(SIG_BLOCK, &child_signal, &before);
    if (child_peek(child, &info))
        (void)kill(-child->pid, SIGKILL);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Its time is counted in sleeps: the clock of the core may stand still in tests. */
static void wait_for(pid_t pid)
{
    const struct timespec millisecond = {0, 1000000};
    for (int waits = 0; waits < KILL_WAITS; waits++) {
        pid_t found = waitpid(pid, NULL, WNOHANG);
        if (found == pid || (found < 0 && errno != EINTR))
            return;
        (void)nanosleep(&millisecond, NULL);
    }
}

void sctl_child_clear(struct sctl_child *child)
{
    sctl_child_kill(child);
    close_end(&child->fd);
    if (child->pid != 0 && !child_forked(child))
        wait_for(child->pid);
    *child = sctl_child_none();
}
