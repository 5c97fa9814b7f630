/* A child process that runs a program for its output. No function here blocks.
 *
 * The program has a process group of its own, and default actions of signals. Its stdin and stderr
 * are /dev/null; its only other descriptor is the pipe. A fork of the parent cannot use the child. */
#pragma once

#include "../base/sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_child {
    pid_t pid;  /* ours to wait for; 0: none any more */
    int fd;     /* the pipe with the output; -1 from its end on */
    int status; /* once it has ended */
    bool ended;
    uint64_t parent; /* the fork id of the process that started it */
};

/* No child: may be cleared. */
static inline struct sctl_child sctl_child_none(void)
{
    return (struct sctl_child){.fd = -1};
}

/* Starts the program `words[0]`, searched in PATH when the name has no "/", with the words up to a
 * NULL as its arguments. After a failure (SCTL_E_SYSTEM: errno says why) there is no child. */
enum sctl_status sctl_child_start(struct sctl_child *child, char *const *words,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

#define SCTL_CHILD_OVER (-1)

/* Reads what it has printed: how many bytes, 0 when there is nothing yet, SCTL_CHILD_OVER once all
 * that have the pipe have closed it. */
ssize_t sctl_child_read(struct sctl_child *child, char *out, size_t size);

/* Whether it has ended. `status`: its exit status; 128 and the signal that ended it; or -1 when
 * somebody else in this process waited for it. */
bool sctl_child_status(struct sctl_child *child, int *status);

/* Kills the program and all processes of its group. Does nothing once the program and its output
 * have ended. */
void sctl_child_kill(struct sctl_child *child);

/* Closes its output, once it has ended: its group is left alone. */
void sctl_child_leave(struct sctl_child *child);

/* Kills it, waits for its end and closes the pipe; twice is fine. A program that cannot be killed
 * (it may have become another user) is left alone after a second. */
void sctl_child_clear(struct sctl_child *child);
SCTL_HIDDEN_END
