#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cells_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "fork.h"
#include "nonce.h"

#define VERSION 2u
#define ORDER 0x01020304u
#define CLOCK_STEP 5.0 /* seconds that wall and monotonic time may drift apart */

#define LOCK_SPINS 100        /* tries before the first sleep */
#define LOCK_SLEEP_MIN 20000  /* ns */
#define LOCK_SLEEP_MAX 500000 /* ns */
#define LOOK_INTERVAL 1.0     /* seconds from one look at the path to the next */

_Static_assert(sizeof(struct sctl_cell) == 64, "a cell is 64 bytes");
_Static_assert(sizeof(struct sctl_cells_head) == 56, "no padding is in the checksum");
_Static_assert(sizeof(struct sctl_cells_map) == SCTL_CELLS_SIZE, "the map is the file");

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
    if (cells->map != NULL)
        (void)munmap(cells->map, sizeof *cells->map);
    if (cells->fd >= 0)
        (void)close(cells->fd); /* ends the lock, unless a fork has the file open too */
    cells->map = NULL;
    cells->table.cells = NULL;
    cells->fd = -1;
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
    while (flock(cells->fd, LOCK_EX | LOCK_NB) != 0) {
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
    while (flock(cells->fd, LOCK_UN) != 0 && errno == EINTR)
        ;
}

/* Unlocks the file and closes it. Closing alone would not end the lock as long as a forked child
 * has the file open as well. */
static void abandon(struct sctl_cells *cells)
{
    if (cells->fd >= 0)
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

/* Bytes read at `offset`, or -1. */
static ssize_t read_at(int fd, void *out, size_t len, off_t offset)
{
    ssize_t got;
    do {
        got = pread(fd, out, len, offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* Nothing but zeros up to the end: what an interrupted creation leaves, or nothing at all. */
static bool is_blank(int fd)
{
    static const char ZEROS[SCTL_CELLS_HEADER];
    char block[sizeof ZEROS];
    off_t at = 0;
    ssize_t got;
    do {
        got = read_at(fd, block, sizeof block, at);
        if (got > 0 && memcmp(block, ZEROS, (size_t)got) != 0)
            return false;
        at += got;
    } while (got > 0);
    return got == 0;
}

/* Space is allocated now: a full disk would otherwise kill the process at a later store. */
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
    struct {
        struct sctl_cells_head head;
        uint64_t clock;
    } start;
    uint64_t secret[2];
    ssize_t written;
    int status;
    if (sctl_random(secret, sizeof secret, err) != SCTL_OK)
        return err->status;
    status = allocate(cells->fd);
    if (status != 0) {
        (void)!ftruncate(cells->fd, 0);
        errno = status;
        return failed(cells, "make room for", err);
    }
    start.head = head_with(secret);
    start.clock = sctl_double_bits(sctl_wall() - sctl_monotonic());
    do {
        written = pwrite(cells->fd, &start, sizeof start, 0);
    } while (written < 0 && errno == EINTR);
    return written == (ssize_t)sizeof start ? SCTL_OK : failed(cells, "write", err);
}

static enum sctl_status check_head(const struct sctl_cells *cells, off_t size,
                                   struct sctl_err *err)
{
    struct sctl_cells_head expected, head;
    const char *path = cells->path;
    ssize_t got;
    memset(&head, 0, sizeof head);
    got = read_at(cells->fd, &head, sizeof head, 0);
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
    cells->fd = fd;
    cells->process = sctl_process();
    cells->looked = sctl_monotonic();
    return SCTL_OK;
}

/* Slots and locks are monotonic times, which start again when the machine does. */
static void check_clock(struct sctl_cells_map *map)
{
    double now = sctl_wall() - sctl_monotonic();
    double step = now - sctl_bits_double(sctl_load(map->clock));
    size_t i;
    if (step >= -CLOCK_STEP && step <= CLOCK_STEP)
        return;
    for (i = 0; i < SCTL_CELLS_CAPACITY; i++) {
        uint64_t kind = sctl_load(map->cells[i].kind);
        if (kind == SCTL_SLOT || kind == SCTL_LOCK)
            sctl_store(map->cells[i].kind, (uint64_t)SCTL_FREE);
    }
    sctl_store(map->clock, sctl_double_bits(now)); /* last: until then it is done again */
}

/* The file is locked. */
static enum sctl_status map_file(struct sctl_cells *cells, const struct stat *file,
                                 struct sctl_err *err)
{
    off_t size = file->st_size;
    enum sctl_status status = SCTL_OK;
    void *map;
    if (!S_ISREG(file->st_mode))
        return sctl_fail(err, SCTL_E_INVALID, 0, "the store is no regular file: %s",
                         cells->path);
    if (size <= (off_t)SCTL_CELLS_SIZE && is_blank(cells->fd)) {
        status = create(cells, err);
        size = (off_t)SCTL_CELLS_SIZE;
    }
    if (status == SCTL_OK)
        status = check_head(cells, size, err);
    if (status != SCTL_OK)
        return status;
    map = mmap(NULL, SCTL_CELLS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, cells->fd, 0);
    if (map == MAP_FAILED)
        return failed(cells, "map", err);
    cells->map = map;
    cells->table =
        (struct sctl_table){cells->map->cells, SCTL_CELLS_CAPACITY / SCTL_BUCKET};
    check_clock(cells->map);
    return SCTL_OK;
}

/* Whether the path leads to another file by now, or to none: who opens it then must not meet other
 * numbers there than we. A system call, so it is asked once in a while. */
static bool is_moved_away(struct sctl_cells *cells, const struct stat *file)
{
    struct stat there;
    double now = sctl_monotonic(), passed = now - cells->looked;
    if (passed >= 0 && passed < LOOK_INTERVAL)
        return false;
    cells->looked = now;
    return stat(cells->path, &there) != 0 || there.st_dev != file->st_dev ||
           there.st_ino != file->st_ino;
}

/* Whether the mapped file is no longer what others find at the path, or a store at all: without a
 * header it was emptied, and the process that was making it anew was killed. */
static bool is_gone(struct sctl_cells *cells, const struct stat *file)
{
    return file->st_size != (off_t)SCTL_CELLS_SIZE || cells->map->head.checksum == 0 ||
           is_moved_away(cells, file);
}

enum sctl_status sctl_cells_enter(struct sctl_cells *cells, struct sctl_err *err)
{
    int tries;
    for (tries = 0; tries < 100; tries++) {
        struct stat file;
        enum sctl_status status = SCTL_OK;
        /* After a fork parent and child share what was opened, and a lock on it excludes
         * neither: the child opens the file for itself. */
        if (cells->fd >= 0 && cells->process != sctl_process())
            detach(cells);
        if (cells->fd < 0)
            status = attach(cells, err);
        if (status == SCTL_OK)
            status = lock(cells, err);
        if (status == SCTL_OK && fstat(cells->fd, &file) != 0)
            status = failed(cells, "read", err);
        if (status == SCTL_OK &&
            (file.st_nlink == 0 || (cells->map != NULL && is_gone(cells, &file)))) {
            abandon(cells); /* others already look at what is at the path now */
            continue;
        }
        if (status == SCTL_OK && cells->map == NULL)
            status = map_file(cells, &file, err);
        if (status != SCTL_OK)
            abandon(cells);
        else if (cells->map != NULL) /* a file that was emptied has another secret now */
            memcpy(cells->secret, cells->map->head.secret, sizeof cells->secret);
        return status;
    }
    return sctl_fail(err, SCTL_E_SYSTEM, 0,
                     "the store file is deleted again and again: %s", cells->path);
}

void sctl_cells_leave(struct sctl_cells *cells)
{
    unlock(cells);
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
    detach(cells);
    sctl_free(cells->path);
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
    enum sctl_status status;
    memset(cells, 0, sizeof *cells);
    cells->backend = &FILE_BACKEND;
    cells->patience = patience;
    cells->fd = -1;
    status = absolute_path(cells, path, err);
    if (status == SCTL_OK)
        status = sctl_cells_enter(cells, err);
    if (status == SCTL_OK)
        sctl_cells_leave(cells);
    else
        sctl_cells_close(cells);
    return status;
}
