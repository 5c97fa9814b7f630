/* Texts that end where memory ends: one byte too many is a crash. */
#pragma once

#include <sys/mman.h>

#include "check.h"

struct guard {
    char *end; /* the first byte that may not be touched */
    size_t room;
};

UNUSED static struct guard guard_new(size_t room)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct guard guard;
    char *start;
    guard.room = (room / page + 1) * page;
    start =
        mmap(NULL, guard.room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED || mprotect(start + guard.room, page, PROT_NONE) != 0) {
        perror("guard page");
        exit(1);
    }
    guard.end = start + guard.room;
    return guard;
}

UNUSED static void guard_free(struct guard *guard)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    (void)munmap(guard->end - guard->room, guard->room + page);
}

/* `len` bytes in front of the guard, copied from `data` if there is any. */
UNUSED static struct sctl_str guard_text(struct guard *guard, const void *data, size_t len)
{
    char *start = guard->end - len;
    if (data != NULL && len > 0)
        memcpy(start, data, len);
    return (struct sctl_str){start, len};
}
