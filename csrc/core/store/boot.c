#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "boot.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#ifndef __linux__
#include <sys/time.h>
#include <sys/types.h>

#include <sys/sysctl.h>
#endif

#include "../base/clock.h"

#define ID_PATH "/proc/sys/kernel/random/boot_id"

static const char *id_path = ID_PATH;

void sctl_boot_use(const char *path)
{
    id_path = path != NULL ? path : ID_PATH;
}

static void read_id(char *id, size_t size)
{
    int fd = open(id_path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, id, size) : 0;
    if (fd >= 0)
        (void)close(fd);
    if (got <= 0)
        got = 0;
    memset(id + got, 0, size - (size_t)got);
}

/* Linux has names. Other kernels tell when they started, and move that with the wall clock. */
#ifdef __linux__
#define MARGIN 5.0 /* seconds */
static double read_start(void)
{
    return sctl_wall() - sctl_monotonic();
}
#else
#define MARGIN 3600.0
static double read_start(void)
{
    int name[2] = {CTL_KERN, KERN_BOOTTIME};
    struct timeval start;
    size_t size = sizeof start;
    if (sysctl(name, 2, &start, &size, NULL, 0) == 0 && size == sizeof start)
        return (double)start.tv_sec;
    return sctl_wall() - sctl_monotonic();
}
#endif

struct sctl_boot sctl_boot_now(void)
{
    struct sctl_boot now;
    read_id(now.id, sizeof now.id);
    now.start = read_start();
    return now;
}

bool sctl_boot_same(const struct sctl_boot *one, const struct sctl_boot *other)
{
    if (one->id[0] != '\0' && other->id[0] != '\0')
        return memcmp(one->id, other->id, sizeof one->id) == 0;
    return fabs(one->start - other->start) <= MARGIN;
}
