/* What is known of a terminal. */
#ifndef SCTL_TERMINAL_H
#define SCTL_TERMINAL_H

#include "sctl.h"

SCTL_HIDDEN_BEGIN

#define SCTL_NO_TERMINAL (-1)

/* How many columns it has; 0 when it does not say; SCTL_NO_TERMINAL when `fd` is none. */
int sctl_terminal_columns(int fd);

SCTL_HIDDEN_END

#endif
