#include "sctl.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Takes away what is left of a character of UTF-8 that was cut off. */
static void mend_end(char *text)
{
    size_t len = strlen(text), start = len, whole = 1;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[--start];
    if (lead >= 0xc0)
        whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (len - start < whole)
        text[start] = '\0';
}

enum sctl_status sctl_fail(struct sctl_err *err, enum sctl_status status, int native,
                           const char *format, ...)
{
    SCTL_ASSERT(status != SCTL_OK);
    va_list args;
    err->status = status;
    err->native = native;
    va_start(args, format);
    int len = vsnprintf(err->message, sizeof err->message, format, args);
    if (len < 0)
        err->message[0] = '\0';
    else if ((size_t)len >= sizeof err->message)
        mend_end(err->message);
    va_end(args);
    return status;
}

void *sctl_new(size_t size, const char *name, struct sctl_err *err)
{
    SCTL_ASSERT(size > 0);
    void *memory = sctl_realloc(NULL, size);
    if (memory != NULL)
        return memset(memory, 0, size);
    (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for %s", name);
    return NULL;
}

const char *sctl_status_name(enum sctl_status status)
{
    static const char *const NAMES[] = {SCTL_STATUSES(SCTL_NAME)};
    size_t number = (size_t)status;
    return number < sizeof NAMES / sizeof *NAMES ? NAMES[number] : "unknown";
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool watched;
static uint64_t forks; /* since the first process that asked */

static void in_child(void)
{
    forks++;
}

static void watch(void)
{
    watched = pthread_atfork(NULL, NULL, in_child) == 0;
}

uint64_t sctl_fork_id(void)
{
    (void)pthread_once(&once, watch);
    return watched ? forks : (uint64_t)getpid(); /* there was no memory to watch forks */
}

int sctl_move_up(int fd)
{
    if (fd < 0 || fd > 2)
        return fd;
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    int why = errno;
    (void)close(fd);
    errno = why;
    return moved;
}

bool sctl_is_ours(uid_t owner)
{
    return owner == geteuid() || owner == 0;
}

int sctl_open(const char *path, int flags, bool *is_ours)
{
    struct stat found;
    *is_ours = true; /* also where a new file gets another owner, as on NFS */
    for (int tries = 0; tries < 100; tries++) {
        int fd = SCTL_AGAIN(open(path, flags));
        if (fd >= 0) {
            *is_ours = fstat(fd, &found) == 0 && sctl_is_ours(found.st_uid);
            return fd;
        }
        if (errno != ENOENT)
            return -1;
        fd = SCTL_AGAIN(open(path, flags | O_CREAT | O_EXCL, 0600));
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    errno = ENOENT; /* which a link leads to */
    return -1;
}
