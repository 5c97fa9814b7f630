/* A program that is run for what it prints. Nothing here blocks.
 *
 * It has a process group of its own, nothing to read, nowhere to complain, and none of our
 * descriptors but the pipe. Signals do what they do by default. It answers only to the process that
 * started it, and not to a fork of that. */
#pragma once

#include "../base/sctl.h"

#include <sys/types.h>
SCTL_HIDDEN_BEGIN

struct sctl_child {
    pid_t pid;  /* ours to wait for; 0: none any more */
    int fd;     /* what it prints; -1 from its end on */
    int status; /* once it has ended */
    bool ended;
    uint64_t parent; /* the fork id of the process that started it */
};

/* No child: may be cleared. */
static inline struct sctl_child sctl_child_none(void)
{
    return (struct sctl_child){.fd = -1};
}

/* Starts the program `words[0]`, looked for in PATH when no "/" is in it, with the words up to a
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

/* Kills it, with what it has started and left in its group. Once both its output and it have ended
 * there is nobody left to kill. */
void sctl_child_kill(struct sctl_child *child);

/* Closes its output, once it has ended: its group is left alone. */
void sctl_child_leave(struct sctl_child *child);

/* Kills it, waits for its end and closes the pipe; twice is fine. A program that cannot be killed
 * (it may have become another user) is left alone after a second. */
void sctl_child_clear(struct sctl_child *child);
SCTL_HIDDEN_END
