/* The process that something belongs to; a fork is another one. */
#ifndef SCTL_OWNER_H
#define SCTL_OWNER_H

#include <sys/types.h>

#include "sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_owner {
    pid_t pid;
    /* A page that a fork sees zeroed: to look there is much cheaper than to ask for the pid. NULL
     * where there is none. */
    volatile unsigned char *mark;
};

/* This process. */
void sctl_owner_init(struct sctl_owner *owner);
void sctl_owner_clear(struct sctl_owner *owner);

/* Whether this is still the process of sctl_owner_init(). */
bool sctl_owner_here(const struct sctl_owner *owner);

SCTL_HIDDEN_END

#endif
