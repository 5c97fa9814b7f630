/* Which start of the machine this is: monotonic times of another one mean nothing. */
#pragma once

#include "../base/sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_boot {
    char id[40];  /* the kernel's name for it, padded with NULs; empty where it has none */
    double start; /* when the machine started, in Unix seconds: without a name this is compared */
};

struct sctl_boot sctl_boot_now(void);

/* By name, where both have a name: no step of the wall clock matters then. */
bool sctl_boot_same(const struct sctl_boot *one, const struct sctl_boot *other);

/* For tests: the file that holds the name; NULL restores the kernel's. */
void sctl_boot_use(const char *path);

SCTL_HIDDEN_END
