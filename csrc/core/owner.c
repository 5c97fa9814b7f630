#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "owner.h"

#include <sys/mman.h>
#include <unistd.h>

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
        /* who takes any advice, as emulators do, follows none */
        if (madvise(page, 1, -1) == 0 || madvise(page, 1, MADV_WIPEONFORK) != 0) {
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
