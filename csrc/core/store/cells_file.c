#include "cells_table.h"

#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../base/clock.h"

#define LOCK_SPINS 100        /* tries before the first sleep */
#define LOCK_SLEEP_MIN 20000  /* ns */
#define LOCK_SLEEP_MAX 640000 /* ns */
#define PATH_INTERVAL 1.0     /* seconds from one check of the path to the next */

_Static_assert(sizeof(struct sctl_cell) == 64, "a cell is 64 bytes");

#define BUCKET_SIZE (SCTL_BUCKET * sizeof(struct sctl_cell))

enum sctl_status sctl_cells_failed(const struct sctl_cells *cells, const char *action,
                                   struct sctl_err *err)
{
    int native = errno;
    return sctl_fail(err, SCTL_E_SYSTEM, native, "cannot %s the store file: %s: %s", action,
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

bool sctl_cells_write_at(int fd, const void *data, size_t len, off_t offset)
{
    ssize_t written = SCTL_AGAIN(pwrite(fd, data, len, offset));
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
    SCTL_ASSERT(bucket < SCTL_CELLS_BUCKETS);
    struct sctl_cell *cells = &file->cells[bucket * SCTL_BUCKET];
    uint64_t *word = &file->read[bucket / 64], bit = UINT64_C(1) << (bucket % 64);
    if ((*word & bit) != 0)
        return;
    *word |= bit;
    ssize_t got = SCTL_AGAIN(
        pread(file->fd, cells, BUCKET_SIZE, (off_t)(SCTL_CELLS_HEADER + bucket * BUCKET_SIZE)));
    if (got < 0) {
        note_failure(file, "read");
        got = 0;
    }
    memset((char *)cells + got, 0, BUCKET_SIZE - (size_t)got);
}

void sctl_cells_write(struct sctl_cells_file *file, const struct sctl_cell *cell)
{
    SCTL_ASSERT(cell >= file->cells && cell < file->cells + SCTL_CELLS_CAPACITY);
    size_t at = SCTL_CELLS_HEADER + (size_t)(cell - file->cells) * sizeof *cell;
    if (file->error == 0 && !sctl_cells_write_at(file->fd, cell, sizeof *cell, (off_t)at))
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
 * good; else nobody holds it for a millisecond. */
static enum sctl_status file_lock(const struct sctl_cells *cells, struct sctl_err *err)
{
    struct timespec wait = {0, LOCK_SLEEP_MIN};
    double until = 0;
    int tries = 0;
    while (flock(cells->table.file->fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return sctl_cells_failed(cells, "lock", err);
        if (tries < LOCK_SPINS) {
            tries++;
            (void)sched_yield();
            continue;
        }
        if (until == 0)
            until = sctl_system_monotonic() + cells->patience;
        else if (sctl_system_monotonic() > until)
            return sctl_fail(err, SCTL_E_TIMEOUT, 0,
                             "another process has held the store file for %g seconds: %s",
                             cells->patience, cells->path);
        (void)nanosleep(&wait, NULL); /* a signal only makes it shorter */
        if (wait.tv_nsec < LOCK_SLEEP_MAX)
            wait.tv_nsec *= 2;
    }
    return SCTL_OK;
}

/* Unlocks the file and closes it. Closing alone would not end the lock as long as a forked child
 * has the file open as well. */
static void abandon(struct sctl_cells *cells)
{
    if (cells->table.file->fd >= 0)
        (void)SCTL_AGAIN(flock(cells->table.file->fd, LOCK_UN));
    detach(cells);
}

/* ---- open ---- */

static enum sctl_status attach(struct sctl_cells *cells, struct sctl_err *err)
{
    const int flags = O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int fd = sctl_move_up(sctl_open(cells->path, flags, &cells->table.file->is_ours));
    if (fd < 0)
        return sctl_cells_failed(cells, "open", err);
    cells->table.file->fd = fd;
    cells->table.file->process = sctl_fork_id();
    cells->table.file->path_checked = sctl_monotonic();
    return SCTL_OK;
}

/* What failed since the lock was taken. */
static enum sctl_status file_result(const struct sctl_cells *cells, struct sctl_err *err)
{
    const struct sctl_cells_file *file = cells->table.file;
    errno = file->error;
    return file->error == 0 ? SCTL_OK : sctl_cells_failed(cells, file->failing, err);
}

/* Under a lock that was just taken. */
static void file_begin(struct sctl_cells_file *file)
{
    file->error = 0;
    memset(file->read, 0, sizeof file->read);
}

/* Slots and locks are monotonic times, which begin anew when the machine does. */
static enum sctl_status free_times(struct sctl_cells *cells, const struct sctl_boot *now,
                                   struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    struct sctl_cells_start start;
    file_begin(file);
    for (size_t i = 0; i < SCTL_CELLS_CAPACITY; i++) {
        struct sctl_cell *cell = &file->cells[i];
        sctl_cells_read(file, i / SCTL_BUCKET);
        if (cell->kind != SCTL_SLOT && cell->kind != SCTL_LOCK)
            continue;
        cell->kind = SCTL_FREE;
        sctl_cells_write(file, cell);
    }
    if (file->error != 0)
        return file_result(cells, err);
    memset(&start, 0, sizeof start);
    start.head = file->head;
    start.boot = *now;
    return sctl_cells_write_start(cells, &start, err); /* until then it is done again */
}

/* Finds out what has been opened, and makes it a store if it is blank. The file is locked. */
static enum sctl_status check_file(struct sctl_cells *cells, const struct stat *stat,
                                   struct sctl_err *err)
{
    struct sctl_boot then = {.start = 0}, now = sctl_boot_now();
    off_t size = stat->st_size;
    enum sctl_status status = SCTL_OK;
    if (!S_ISREG(stat->st_mode))
        return sctl_fail(err, SCTL_E_INVALID, 0, "the store is no regular file: %s", cells->path);
    if (size <= (off_t)SCTL_CELLS_SIZE && sctl_cells_is_blank(cells->table.file->fd)) {
        if (!cells->table.file->is_ours)
            return sctl_fail(err, SCTL_E_SYSTEM, EPERM,
                             "the store file is blank and belongs to another user, who has to make "
                             "it a store: %s",
                             cells->path);
        status = sctl_cells_create(cells, err);
        size = (off_t)SCTL_CELLS_SIZE;
    }
    if (status == SCTL_OK)
        status = sctl_cells_check_head(cells, size, &then, err);
    if (status == SCTL_OK && !sctl_boot_same(&then, &now))
        status = free_times(cells, &now, err);
    cells->table.file->checked = status == SCTL_OK;
    return status;
}

/* Whether the path leads to another file by now, or to none: a process that opens it must not meet
 * other numbers there than we. A system call, so it is asked once in a while. */
static bool is_moved_away(const struct sctl_cells *cells, const struct stat *opened)
{
    struct sctl_cells_file *file = cells->table.file;
    struct stat there;
    double now = sctl_monotonic(), passed = now - file->path_checked;
    if (passed >= 0 && passed < PATH_INTERVAL)
        return false;
    file->path_checked = now;
    return stat(cells->path, &there) != 0 || there.st_dev != opened->st_dev ||
           there.st_ino != opened->st_ino;
}

/* Whether the path leads to another file by now, or the file has another header: somebody has
 * replaced, emptied or overwritten the store. */
static bool is_gone(const struct sctl_cells *cells, const struct stat *opened)
{
    const struct sctl_cells_file *file = cells->table.file;
    struct sctl_cells_head head = {.version = 0};
    return opened->st_nlink == 0 || opened->st_size != (off_t)SCTL_CELLS_SIZE ||
           SCTL_AGAIN(pread(file->fd, &head, sizeof head, 0)) != (ssize_t)sizeof head ||
           memcmp(&head, &file->head, sizeof head) != 0 || is_moved_away(cells, opened);
}

/* Whether a file that was refused has no content by now. */
static bool was_emptied(int fd, const struct stat *opened)
{
    return S_ISREG(opened->st_mode) && opened->st_size <= (off_t)SCTL_CELLS_SIZE &&
           sctl_cells_is_blank(fd);
}

/* One try. *again: the file that was open is left, and the one at the path is to be opened. */
static enum sctl_status try_enter(struct sctl_cells *cells, bool *again, struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    enum sctl_status status = SCTL_OK;
    struct stat opened;
    /* After a fork parent and child share what was opened, and a lock on it excludes neither: the
     * child opens the file for itself. */
    if (file->fd >= 0 && file->process != sctl_fork_id())
        detach(cells);
    if (file->fd < 0)
        status = attach(cells, err);
    if (status == SCTL_OK)
        status = file_lock(cells, err);
    if (status == SCTL_OK && fstat(file->fd, &opened) != 0)
        status = sctl_cells_failed(cells, "read", err);
    *again = status == SCTL_OK && (file->checked ? is_gone(cells, &opened) : opened.st_nlink == 0);
    if (status == SCTL_OK && !*again && !file->checked) {
        status = check_file(cells, &opened, err);
        *again = status == SCTL_E_INVALID && was_emptied(file->fd, &opened);
    }
    if (status != SCTL_OK || *again)
        abandon(cells);
    return *again ? SCTL_OK : status;
}

enum sctl_status sctl_cells_enter_file(struct sctl_cells *cells, struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    enum sctl_status status = check_limit(cells, err);
    bool again = true;
    for (int tries = 0; tries < 100 && again && status == SCTL_OK; tries++)
        status = try_enter(cells, &again, err);
    if (status == SCTL_OK && again)
        return sctl_fail(err, SCTL_E_SYSTEM, 0, "the store file is deleted again and again: %s",
                         cells->path);
    if (status != SCTL_OK)
        return status;
    file_begin(file);
    memcpy(cells->secret, file->head.secret, sizeof cells->secret);
    return SCTL_OK;
}

enum sctl_status sctl_cells_leave_file(const struct sctl_cells *cells, struct sctl_err *err)
{
    (void)SCTL_AGAIN(flock(cells->table.file->fd, LOCK_UN));
    return file_result(cells, err);
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
            return sctl_fail(err, SCTL_E_SYSTEM, errno, "the working directory is gone: %s",
                             strerror(errno));
        len = strlen(here);
        here[len++] = '/';
    }
    cells->path = sctl_new(len + path.len + 1, "the path of the store", err);
    if (cells->path == NULL)
        return err->status;
    memcpy(cells->path, here, len);
    memcpy(cells->path + len, path.data, path.len);
    return SCTL_OK;
}

void sctl_cells_close_file(struct sctl_cells *cells)
{
    detach(cells);
    sctl_free(cells->table.file);
}

static enum sctl_status make_table(struct sctl_cells *cells, struct sctl_err *err)
{
    /* not zeroed: the pages of buckets that are never read take no memory */
    struct sctl_cells_file *file = sctl_realloc(NULL, sizeof *file);
    if (file == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for the store");
    file->fd = -1;
    file->checked = false;
    cells->table.cells = file->cells;
    cells->table.buckets = SCTL_CELLS_BUCKETS;
    cells->table.file = file;
    return SCTL_OK;
}

enum sctl_status sctl_cells_open(struct sctl_cells *cells, struct sctl_str path, double patience,
                                 struct sctl_err *err)
{
    sctl_cells_open_memory(cells);
    cells->patience = patience;
    if (absolute_path(cells, path, err) == SCTL_OK && make_table(cells, err) == SCTL_OK &&
        sctl_cells_enter_file(cells, err) == SCTL_OK &&
        sctl_cells_leave_file(cells, err) == SCTL_OK)
        return SCTL_OK;
    sctl_cells_close(cells);
    return err->status;
}
