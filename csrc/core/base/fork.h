/* Finds out that the process is a fork of the one that made something. */
#pragma once

#include "sctl.h"

SCTL_HIDDEN_BEGIN

/* A number for this process. A forked child has another one than all processes before it, so what
 * belongs to one process keeps the number and compares it. Costs no system call. */
uint64_t sctl_process(void);

SCTL_HIDDEN_END
