#include "file.h"

#include <stdio.h>
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

/* The stamp has the time of change, since a program that copies a file may set back the time of
 * modification. */
enum sctl_status sctl_file_stamp(const char *path, char *out, struct sctl_err *err)
{
    struct stat found;
    if (stat_file(path, &found, err) != SCTL_OK)
        return err->status;
    (void)snprintf(out, SCTL_FILE_STAMP, "%lld.%09ld %lld.%09ld %lld %llu %llu",
                   (long long)found.MODIFIED.tv_sec, (long)found.MODIFIED.tv_nsec,
                   (long long)found.CHANGED.tv_sec, (long)found.CHANGED.tv_nsec,
                   (long long)found.st_size, (unsigned long long)found.st_ino,
                   (unsigned long long)found.st_dev);
    return SCTL_OK;
}

enum sctl_status sctl_file_mode(const char *path, unsigned *mode, bool *is_regular, bool *is_ours,
                                struct sctl_err *err)
{
    struct stat found;
    enum sctl_status status = stat_file(path, &found, err);
    if (status == SCTL_OK) {
        *mode = (unsigned)found.st_mode & 07777u;
        *is_regular = S_ISREG(found.st_mode);
        *is_ours = sctl_is_ours(found.st_uid);
    }
    return status;
}

/* 0 when the folder is there now, or errno. */
static int make(const char *path)
{
    struct stat found;
    int made = SCTL_AGAIN(mkdir(path, 0700));
    int why = errno;
    if (made == 0)
        return 0;
    /* a folder that is there may be refused in other words, as on a disk that is read only */
    if (stat(path, &found) == 0)
        return S_ISDIR(found.st_mode) ? 0 : ENOTDIR;
    return why;
}

/* Cuts the path short at each of its slashes for a moment. */
static int make_all(char *path)
{
    char *at;
    if (*path == '\0')
        return ENOENT;
    for (at = path + 1; (at = strchr(at, '/')) != NULL; at++) {
        int why;
        *at = '\0';
        why = make(path);
        *at = '/';
        if (why != 0)
            return why;
    }
    return make(path);
}

enum sctl_status sctl_folder_make(const char *path, struct sctl_err *err)
{
    size_t size = strlen(path) + 1;
    char *copy = sctl_new(size, "the name of a folder", err);
    if (copy == NULL)
        return err->status;
    memcpy(copy, path, size);
    int why = make_all(copy);
    sctl_free(copy);
    if (why == 0)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, why, "cannot make the folder: %s: %s", strerror(why),
                     path);
}
