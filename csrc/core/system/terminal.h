/* The descriptors that a program is started with, and what is known of a terminal. */
#pragma once

#include "../base/sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_NO_TERMINAL (-1)

/* How many columns it has; 0 when it does not say; SCTL_NO_TERMINAL when `fd` is none. `rows`
 * likewise, 0 when `fd` is none. */
int sctl_terminal_size(int fd, int *rows);

/* Whether a shell has another group of processes in the foreground of the terminal. False where
 * nobody can tell: `fd` is none, or not the one that this process is controlled by. */
bool sctl_terminal_is_behind(int fd);

/* Whether nobody reads what is written to a pipe, a socket or a terminal any more. */
bool sctl_terminal_is_left(int fd);

/* Takes those of the descriptors 0, 1 and 2 that are closed: else the next file or connection that
 * is opened would be stdout, and get its data. Reading or writing fails as before. */
enum sctl_status sctl_terminal_reserve(struct sctl_err *err);
SCTL_HIDDEN_END
