#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define _FILE_OFFSET_BITS 64 /* or a 32-bit system cannot look at all files */
#include "file_stamp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __APPLE__
#define MODIFIED st_mtimespec
#define CHANGED st_ctimespec
#else
#define MODIFIED st_mtim
#define CHANGED st_ctim
#endif

static enum sctl_status stat_file(const char *path, struct stat *found, struct sctl_err *err)
{
    if (stat(path, found) == 0)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, errno, "cannot look at the file: %s", strerror(errno));
}

/* The time of change is in it since whoever copies a file may set back that of modification. */
enum sctl_status sctl_file_stamp(const char *path, char *out, struct sctl_err *err)
{
    struct stat found;
    enum sctl_status status = stat_file(path, &found, err);
    if (status != SCTL_OK)
        return status;
    (void)snprintf(out, SCTL_FILE_STAMP, "%lld.%09ld %lld.%09ld %lld %llu %llu",
                   (long long)found.MODIFIED.tv_sec, (long)found.MODIFIED.tv_nsec,
                   (long long)found.CHANGED.tv_sec, (long)found.CHANGED.tv_nsec,
                   (long long)found.st_size, (unsigned long long)found.st_ino,
                   (unsigned long long)found.st_dev);
    return SCTL_OK;
}

enum sctl_status sctl_file_mode(const char *path, unsigned *mode, bool *is_regular,
                                struct sctl_err *err)
{
    struct stat found;
    enum sctl_status status = stat_file(path, &found, err);
    if (status == SCTL_OK) {
        *mode = (unsigned)found.st_mode & 07777u;
        *is_regular = S_ISREG(found.st_mode);
    }
    return status;
}
