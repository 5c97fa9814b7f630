/* Memory that a forked child sees zeroed. For files that define _GNU_SOURCE. */
#ifndef SCTL_FORK_H
#define SCTL_FORK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>

/* Whether the system will do that with `pages`, which begin a page and were mapped. */
static inline bool sctl_wipe_on_fork(void *pages, size_t size)
{
#ifdef MADV_WIPEONFORK
    /* who takes any advice, as emulators do, follows none */
    return madvise(pages, size, -1) != 0 && madvise(pages, size, MADV_WIPEONFORK) == 0;
#else
    (void)pages;
    (void)size;
    return false;
#endif
}

#endif
