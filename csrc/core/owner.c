#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "owner.h"

#include <unistd.h>

#include "fork.h"

void sctl_owner_init(struct sctl_owner *self)
{
    self->pid = getpid();
    self->mark = NULL;
#ifdef MADV_WIPEONFORK
    {
        void *page =
            mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED)
            return;
        if (!sctl_wipe_on_fork(page, 1)) {
            (void)munmap(page, 1);
            return;
        }
        self->mark = page;
        *self->mark = 1;
    }
#endif
}

void sctl_owner_clear(struct sctl_owner *self)
{
    if (self->mark != NULL)
        (void)munmap((void *)self->mark, 1);
    self->mark = NULL;
}

bool sctl_owner_here(const struct sctl_owner *self)
{
    return self->mark != NULL ? *self->mark != 0 : self->pid == getpid();
}
