#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define _FILE_OFFSET_BITS 64 /* or a 32-bit system cannot look at all files */
#include "folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/buf.h"

/* 0 when the folder is there now, or errno. */
static int make(const char *path)
{
    struct stat found;
    int why;
    do {
        why = mkdir(path, 0700) == 0 ? 0 : errno;
    } while (why == EINTR);
    if (why == 0)
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
    char *copy = sctl_realloc(NULL, size);
    int why;
    if (copy == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for the name of a folder");
    memcpy(copy, path, size);
    why = make_all(copy);
    sctl_free(copy);
    if (why == 0)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, why, "cannot make the folder: %s: %s", strerror(why),
                     path);
}
