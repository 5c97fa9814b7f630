#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define _FILE_OFFSET_BITS 64 /* or a 32-bit system cannot tell large inode numbers */
#include "cells_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "fork.h"
#include "nonce.h"

#define VERSION 3u
#define ORDER 0x01020304u

#define LOCK_SPINS 100        /* tries before the first sleep */
#define LOCK_SLEEP_MIN 20000  /* ns */
#define LOCK_SLEEP_MAX 500000 /* ns */
#define LOOK_INTERVAL 1.0     /* seconds from one look at the path to the next */

_Static_assert(sizeof(struct sctl_cell) == 64, "a cell is 64 bytes");
_Static_assert(sizeof(struct sctl_cells_head) == 56, "no padding is in the checksum");
_Static_assert(sizeof(struct sctl_cells_start) == 112, "no padding is written");

#define BUCKET_SIZE (SCTL_BUCKET * sizeof(struct sctl_cell))

/* The reason comes first: a long path is cut off at its end. */
static enum sctl_status failed(const struct sctl_cells *cells, const char *what,
                               struct sctl_err *err)
{
    int native = errno;
    return sctl_fail(err, SCTL_E_SYSTEM, native, "cannot %s the store file: %s: %s", what,
                     strerror(native), cells->path);
}

static void detach(struct sctl_cells *cells)
{
    struct sctl_cells_file *file = cells->table.file;
    if (file->fd >= 0)
        (void)close(file->fd); /* ends the lock, unless a fork has the file open too */
    file->fd = -1;
    file->checked = false;
}

/* ---- bytes ---- */

/* Bytes read at `offset`, or -1. */
static ssize_t read_at(int fd, void *out, size_t len, off_t offset)
{
    ssize_t got;
    do {
        got = pread(fd, out, len, offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* False, and errno, unless all was written. */
static bool write_at(int fd, const void *data, size_t len, off_t offset)
{
    ssize_t written;
    do {
        written = pwrite(fd, data, len, offset);
    } while (written < 0 && errno == EINTR);
    if (written >= 0 && written != (ssize_t)len)
        errno = ENOSPC;
    return written == (ssize_t)len;
}

static void note_failure(struct sctl_cells_file *file, const char *failing)
{
    if (file->error != 0)
        return;
    file->error = errno;
    file->failing = failing;
}

void sctl_cells_read(struct sctl_cells_file *file, size_t bucket)
{
    struct sctl_cell *cells = &file->cells[bucket * SCTL_BUCKET];
    uint64_t *word = &file->read[bucket / 64], bit = UINT64_C(1) << (bucket % 64);
    ssize_t got;
    if ((*word & bit) != 0)
        return;
    *word |= bit;
    got = read_at(file->fd, cells, BUCKET_SIZE,
                  (off_t)(SCTL_CELLS_HEADER + bucket * BUCKET_SIZE));
    if (got < 0) {
        note_failure(file, "read");
        got = 0;
    }
    memset((char *)cells + got, 0, BUCKET_SIZE - (size_t)got);
}

void sctl_cells_write(struct sctl_cells_file *file, const struct sctl_cell *cell)
{
    size_t at = SCTL_CELLS_HEADER + (size_t)(cell - file->cells) * sizeof *cell;
    if (file->error == 0 && !write_at(file->fd, cell, sizeof *cell, (off_t)at))
        note_failure(file, "write");
}

/* Where a limit is in the way the kernel would end the process by SIGXFSZ. */
static enum sctl_status check_limit(const struct sctl_cells *cells, struct sctl_err *err)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur >= SCTL_CELLS_SIZE)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, EFBIG,
                     "the limit on the size of files is %llu bytes, the store file needs "
                     "%zu; raise it (ulimit -f): %s",
                     (unsigned long long)limit.rlim_cur, SCTL_CELLS_SIZE, cells->path);
}

/* ---- lock ---- */

/* Polls, because a process that is stopped while it holds the lock must not stop all others for
 * good; else nobody holds it for a millisecond. The time is counted in sleeps: the clock of the
 * core may stand still in tests. */
static enum sctl_status lock(const struct sctl_cells *cells, struct sctl_err *err)
{
    struct timespec wait = {0, LOCK_SLEEP_MIN};
    double slept = 0;
    int tries = 0;
    while (flock(cells->table.file->fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return failed(cells, "lock", err);
        if (tries++ < LOCK_SPINS) {
            (void)sched_yield();
            continue;
        }
        if (slept > cells->patience)
            return sctl_fail(err, SCTL_E_TIMEOUT, 0,
                             "another process has held the store file for %g seconds: %s",
                             cells->patience, cells->path);
        (void)nanosleep(&wait, NULL); /* a signal only makes it shorter */
        slept += (double)wait.tv_nsec / 1e9;
        if (wait.tv_nsec < LOCK_SLEEP_MAX)
            wait.tv_nsec *= 2;
    }
    return SCTL_OK;
}

static void unlock(const struct sctl_cells *cells)
{
    while (flock(cells->table.file->fd, LOCK_UN) != 0 && errno == EINTR)
        ;
}

/* Unlocks the file and closes it. Closing alone would not end the lock as long as a forked child
 * has the file open as well. */
static void abandon(struct sctl_cells *cells)
{
    if (cells->table.file->fd >= 0)
        unlock(cells);
    detach(cells);
}

/* ---- header ---- */

static uint64_t checksum(const struct sctl_cells_head *head)
{
    const unsigned char *bytes = (const unsigned char *)head;
    uint64_t sum = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    size_t i;
    for (i = 0; i < offsetof(struct sctl_cells_head, checksum); i++)
        sum = (sum ^ bytes[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static struct sctl_cells_head head_with(const uint64_t secret[2])
{
    struct sctl_cells_head head = {
        {'S', 'C', 'T', 'L', 'C', 'E', 'L', 'L'},
        VERSION,
        ORDER,
        SCTL_CELLS_HEADER,
        sizeof(struct sctl_cell),
        SCTL_CELLS_CAPACITY,
        0,
        {secret[0], secret[1]},
        0,
    };
    head.checksum = checksum(&head);
    return head;
}

/* Whether this may be left of a file that was emptied while others wrote to it: cells, and no
 * header. */
static bool is_remnant(const struct sctl_cell *cell)
{
    return cell->kind <= SCTL_LOCK && cell->spare[0] == 0 && cell->spare[1] == 0 &&
           cell->spare[2] == 0;
}

/* Nothing but zeros, or remnants behind a header of zeros: nobody's file, or one whose creation was
 * interrupted. */
static bool is_blank(int fd)
{
    static const char ZEROS[SCTL_CELLS_HEADER];
    struct sctl_cell block[SCTL_CELLS_HEADER / sizeof(struct sctl_cell)];
    ssize_t got = read_at(fd, block, sizeof block, 0);
    off_t at = 0;
    size_t i;
    if (got > 0 && memcmp(block, ZEROS, (size_t)got) != 0)
        return false;
    while (got > 0) {
        at += got;
        memset(block, 0, sizeof block);
        got = read_at(fd, block, sizeof block, at);
        for (i = 0; i < sizeof block / sizeof block[0]; i++) {
            if (!is_remnant(&block[i]))
                return false;
        }
    }
    return got == 0;
}

/* Space is allocated now: a full disk would otherwise fail calls in their midst. */
static int allocate(int fd)
{
#ifdef __linux__
    int status;
    do {
        status = posix_fallocate(fd, 0, (off_t)SCTL_CELLS_SIZE);
    } while (status == EINTR);
    return status;
#else
    return ftruncate(fd, (off_t)SCTL_CELLS_SIZE) == 0 ? 0 : errno;
#endif
}

/* Until the header is there, in one write, the file is blank and would be made again. */
static enum sctl_status create(const struct sctl_cells *cells, struct sctl_err *err)
{
    struct sctl_cells_start start;
    struct stat made;
    uint64_t secret[2];
    int status, fd = cells->table.file->fd;
    if (sctl_random(secret, sizeof secret, err) != SCTL_OK)
        return err->status;
    if (ftruncate(fd, 0) != 0) /* remnants */
        return failed(cells, "empty", err);
    status = allocate(fd);
    if (status != 0) {
        (void)!ftruncate(fd, 0);
        errno = status;
        return failed(cells, "make room for", err);
    }
    memset(&start, 0, sizeof start);
    start.head = head_with(secret);
    start.boot = sctl_boot_now();
    if (!write_at(fd, &start, sizeof start, 0))
        return failed(cells, "write", err);
    if (fstat(fd, &made) == 0 && made.st_size == (off_t)SCTL_CELLS_SIZE)
        return SCTL_OK;
    (void)!ftruncate(fd,
                     0); /* it was emptied before the header: it is to be made again */
    return sctl_fail(err, SCTL_E_INVALID, 0, "the store file does not keep its size: %s",
                     cells->path);
}

static enum sctl_status check_head(const struct sctl_cells *cells, off_t size,
                                   struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    struct sctl_cells_head expected, head;
    const char *path = cells->path;
    ssize_t got;
    memset(&head, 0, sizeof head);
    got = read_at(file->fd, &head, sizeof head, 0);
    expected = head_with(head.secret);
    if (got < 0)
        return failed(cells, "read", err);
    if (got < (ssize_t)sizeof head ||
        memcmp(head.magic, expected.magic, sizeof head.magic) != 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "this is not a store file of streamctl, it is left alone: %s",
                         path);
    if (head.version != VERSION)
        return sctl_fail(
            err, SCTL_E_INVALID, 0,
            "the store file has version %lu, this streamctl reads %u; stop its "
            "users and remove it: %s",
            (unsigned long)head.version, VERSION, path);
    if (head.checksum != checksum(&head) || memcmp(&head, &expected, sizeof head) != 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the header of the store file is damaged; stop its users and "
                         "remove it: %s",
                         path);
    if (size != (off_t)SCTL_CELLS_SIZE)
        return sctl_fail(
            err, SCTL_E_INVALID, 0,
            "the store file has %lld bytes instead of %zu (cut off?); stop its "
            "users and remove it: %s",
            (long long)size, SCTL_CELLS_SIZE, path);
    file->head = head;
    return SCTL_OK;
}

/* ---- open ---- */

static enum sctl_status attach(struct sctl_cells *cells, struct sctl_err *err)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int fd;
    do {
        /* O_CREAT at once would be refused for other users' files in folders like /tmp */
        fd = open(cells->path, flags);
        if (fd < 0 && errno == ENOENT)
            fd = open(cells->path, flags | O_CREAT, 0600);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return failed(cells, "open", err);
    cells->table.file->fd = fd;
    cells->table.file->process = sctl_process();
    cells->table.file->looked = sctl_monotonic();
    return SCTL_OK;
}

/* What failed since the lock was taken. */
static enum sctl_status result(const struct sctl_cells *cells, struct sctl_err *err)
{
    const struct sctl_cells_file *file = cells->table.file;
    errno = file->error;
    return file->error == 0 ? SCTL_OK : failed(cells, file->failing, err);
}

/* Under a lock that was just taken. */
static void begin(struct sctl_cells_file *file)
{
    file->error = 0;
    memset(file->read, 0, sizeof file->read);
}

/* Slots and locks are monotonic times, which begin anew when the machine does. */
static enum sctl_status check_boot(struct sctl_cells *cells, struct sctl_err *err)
{
    const off_t at = (off_t)offsetof(struct sctl_cells_start, boot);
    struct sctl_cells_file *file = cells->table.file;
    struct sctl_boot then, now = sctl_boot_now();
    size_t i;
    memset(&then, 0, sizeof then);
    if (read_at(file->fd, &then, sizeof then, at) < 0)
        return failed(cells, "read", err);
    if (sctl_boot_same(&then, &now))
        return SCTL_OK;
    begin(file);
    for (i = 0; i < SCTL_CELLS_CAPACITY; i++) {
        struct sctl_cell *cell = &file->cells[i];
        sctl_cells_read(file, i / SCTL_BUCKET);
        if (sctl_load(cell->kind) != SCTL_SLOT && sctl_load(cell->kind) != SCTL_LOCK)
            continue;
        sctl_store(cell->kind, (uint64_t)SCTL_FREE);
        sctl_cells_write(file, cell);
    }
    /* last: until then it is done again */
    if (file->error == 0 && !write_at(file->fd, &now, sizeof now, at))
        note_failure(file, "write");
    return result(cells, err);
}

/* Finds out what has been opened, and makes it a store if it is blank. The file is locked. */
static enum sctl_status check_file(struct sctl_cells *cells, const struct stat *stat,
                                   struct sctl_err *err)
{
    off_t size = stat->st_size;
    enum sctl_status status = SCTL_OK;
    if (!S_ISREG(stat->st_mode))
        return sctl_fail(err, SCTL_E_INVALID, 0, "the store is no regular file: %s",
                         cells->path);
    if (size <= (off_t)SCTL_CELLS_SIZE && is_blank(cells->table.file->fd)) {
        status = create(cells, err);
        size = (off_t)SCTL_CELLS_SIZE;
    }
    if (status == SCTL_OK)
        status = check_head(cells, size, err);
    if (status == SCTL_OK)
        status = check_boot(cells, err);
    cells->table.file->checked = status == SCTL_OK;
    return status;
}

/* Whether the path leads to another file by now, or to none: who opens it then must not meet other
 * numbers there than we. A system call, so it is asked once in a while. */
static bool is_moved_away(const struct sctl_cells *cells, const struct stat *opened)
{
    struct sctl_cells_file *file = cells->table.file;
    struct stat there;
    double now = sctl_monotonic(), passed = now - file->looked;
    if (passed >= 0 && passed < LOOK_INTERVAL)
        return false;
    file->looked = now;
    return stat(cells->path, &there) != 0 || there.st_dev != opened->st_dev ||
           there.st_ino != opened->st_ino;
}

/* Whether the file is no longer what others find at the path, or has another header than it had:
 * it was emptied, and perhaps made anew or written over. */
static bool is_gone(const struct sctl_cells *cells, const struct stat *opened)
{
    const struct sctl_cells_file *file = cells->table.file;
    struct sctl_cells_head head;
    return opened->st_nlink == 0 || opened->st_size != (off_t)SCTL_CELLS_SIZE ||
           read_at(file->fd, &head, sizeof head, 0) != (ssize_t)sizeof head ||
           memcmp(&head, &file->head, sizeof head) != 0 || is_moved_away(cells, opened);
}

/* One try. *again: the file that was open is left, and the one at the path is to be opened. */
static enum sctl_status enter(struct sctl_cells *cells, bool *again, struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    enum sctl_status status = SCTL_OK;
    struct stat opened;
    /* After a fork parent and child share what was opened, and a lock on it excludes neither: the
     * child opens the file for itself. */
    if (file->fd >= 0 && file->process != sctl_process())
        detach(cells);
    if (file->fd < 0)
        status = attach(cells, err);
    if (status == SCTL_OK)
        status = lock(cells, err);
    if (status == SCTL_OK && fstat(file->fd, &opened) != 0)
        status = failed(cells, "read", err);
    *again = status == SCTL_OK &&
             (file->checked ? is_gone(cells, &opened) : opened.st_nlink == 0);
    if (status == SCTL_OK && !*again && !file->checked)
        status = check_file(cells, &opened, err);
    if (status == SCTL_E_INVALID && S_ISREG(opened.st_mode) &&
        opened.st_size <= (off_t)SCTL_CELLS_SIZE && is_blank(file->fd)) {
        *again = true; /* it was emptied while it was checked */
        status = SCTL_OK;
    }
    if (status != SCTL_OK || *again)
        abandon(cells);
    return status;
}

enum sctl_status sctl_cells_enter(struct sctl_cells *cells, struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    enum sctl_status status = check_limit(cells, err);
    bool again = true;
    int tries;
    for (tries = 0; tries < 100 && again && status == SCTL_OK; tries++)
        status = enter(cells, &again, err);
    if (status == SCTL_OK && again)
        return sctl_fail(err, SCTL_E_SYSTEM, 0,
                         "the store file is deleted again and again: %s", cells->path);
    if (status != SCTL_OK)
        return status;
    begin(file);
    memcpy(cells->secret, file->head.secret, sizeof cells->secret);
    return SCTL_OK;
}

enum sctl_status sctl_cells_leave(struct sctl_cells *cells, struct sctl_err *err)
{
    unlock(cells);
    return result(cells, err);
}

/* A later chdir must not lead to another file when it is opened again. */
static enum sctl_status absolute_path(struct sctl_cells *cells, struct sctl_str path,
                                      struct sctl_err *err)
{
    char here[PATH_MAX + 1] = "";
    size_t len = 0;
    if (path.len == 0 || path.len > PATH_MAX || memchr(path.data, '\0', path.len) != NULL)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the path of the store is empty, too long or holds a NUL");
    if (path.data[0] != '/') {
        if (getcwd(here, sizeof here - 1) == NULL)
            return sctl_fail(err, SCTL_E_SYSTEM, errno,
                             "the working directory is gone: %s", strerror(errno));
        len = strlen(here);
        here[len++] = '/';
    }
    cells->path = sctl_realloc(NULL, len + path.len + 1);
    if (cells->path == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for the path of the store");
    memcpy(cells->path, here, len);
    memcpy(cells->path + len, path.data, path.len);
    cells->path[len + path.len] = '\0';
    return SCTL_OK;
}

static enum sctl_status refuse_to_grow(struct sctl_cells *cells, enum sctl_kind kind,
                                       struct sctl_moment now, struct sctl_err *err)
{
    (void)kind;
    (void)now;
    return sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                     "the store is full, its %u cells hold too many keys in use: %s",
                     SCTL_CELLS_CAPACITY, cells->path);
}

static void close_file(struct sctl_cells *cells)
{
    if (cells->table.file != NULL)
        detach(cells);
    sctl_free(cells->table.file);
    sctl_free(cells->path);
    cells->table.file = NULL;
    cells->path = NULL;
}

static const struct sctl_backend FILE_BACKEND = {
    .enter = sctl_cells_enter,
    .leave = sctl_cells_leave,
    .grow = refuse_to_grow,
    .close = close_file,
};

enum sctl_status sctl_cells_open(struct sctl_cells *cells, struct sctl_str path,
                                 double patience, struct sctl_err *err)
{
    struct sctl_cells_file *file;
    enum sctl_status status;
    memset(cells, 0, sizeof *cells);
    cells->backend = &FILE_BACKEND;
    cells->patience = patience;
    status = absolute_path(cells, path, err);
    if (status == SCTL_OK) {
        cells->table.file = file = sctl_realloc(NULL, sizeof *file);
        if (file == NULL)
            status = sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for the store");
    }
    if (status == SCTL_OK) {
        file->fd = -1;
        file->checked = false;
        cells->table.cells = file->cells;
        cells->table.buckets = SCTL_CELLS_BUCKETS;
        status = sctl_cells_enter(cells, err);
    }
    if (status == SCTL_OK)
        status = sctl_cells_leave(cells, err);
    if (status != SCTL_OK)
        sctl_cells_close(cells);
    return status;
}
