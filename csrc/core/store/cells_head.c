#include "cells_table.h"

#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/nonce.h"

#define VERSION 3u
#define ORDER 0x01020304u
#define OTHER_ORDER 0x04030201u /* by a machine with the other byte order */

_Static_assert(sizeof(struct sctl_cells_head) == 56, "no padding is in the checksum");
_Static_assert(sizeof(struct sctl_cells_start) == 112, "no padding is written");

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

/* Seconds by which the start of the machine may move, with the wall clock. Linux has names. */
#ifdef __linux__
#define MARGIN 5.0
#else
#define MARGIN 3600.0
#endif

struct sctl_boot sctl_boot_now(void)
{
    struct sctl_boot now;
    read_id(now.id, sizeof now.id);
    now.start = sctl_wall() - sctl_monotonic();
    return now;
}

bool sctl_boot_same(const struct sctl_boot *one, const struct sctl_boot *other)
{
    if (one->id[0] != '\0' && other->id[0] != '\0')
        return memcmp(one->id, other->id, sizeof one->id) == 0;
    return fabs(one->start - other->start) <= MARGIN;
}

static uint64_t checksum(const struct sctl_cells_head *head)
{
    const unsigned char *bytes = (const unsigned char *)head;
    uint64_t sum = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (size_t i = 0; i < offsetof(struct sctl_cells_head, checksum); i++)
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

/* Whether the file has cells and no header, as after it was emptied while another process wrote. */
static bool is_remnant(const struct sctl_cell *cell)
{
    return cell->kind <= SCTL_NOTE && cell->spare[0] == 0 && cell->spare[1] == 0 &&
           cell->spare[2] == 0;
}

bool sctl_cells_is_blank(int fd)
{
    static const char ZEROS[SCTL_CELLS_HEADER];
    struct sctl_cell block[SCTL_CELLS_HEADER / sizeof(struct sctl_cell)];
    ssize_t got = SCTL_AGAIN(pread(fd, block, sizeof block, 0));
    off_t at = 0;
    if (got > 0 && memcmp(block, ZEROS, (size_t)got) != 0)
        return false;
    while (got > 0) {
        at += got;
        memset(block, 0, sizeof block);
        got = SCTL_AGAIN(pread(fd, block, sizeof block, at));
        for (size_t i = 0; i < sizeof block / sizeof block[0]; i++) {
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

enum sctl_status sctl_cells_write_start(const struct sctl_cells *cells,
                                        const struct sctl_cells_start *start, struct sctl_err *err)
{
    int fd = cells->table.file->fd;
    struct stat now;
    if (!sctl_cells_write_at(fd, start, sizeof *start, 0))
        return sctl_cells_failed(cells, "write", err);
    if (fstat(fd, &now) == 0 && now.st_size == (off_t)SCTL_CELLS_SIZE)
        return SCTL_OK;
    (void)!ftruncate(fd, 0); /* it was emptied before that, and is to be made again */
    return sctl_fail(err, SCTL_E_INVALID, 0, "the store file does not keep its size: %s",
                     cells->path);
}

/* Until the header is there, in one write, the file is blank and would be made again. */
enum sctl_status sctl_cells_create(const struct sctl_cells *cells, struct sctl_err *err)
{
    struct sctl_cells_start start;
    uint64_t secret[2];
    int status, fd = cells->table.file->fd;
    if (sctl_random(secret, sizeof secret, err) != SCTL_OK)
        return err->status;
    if (ftruncate(fd, 0) != 0) /* remnants */
        return sctl_cells_failed(cells, "empty", err);
    status = allocate(fd);
    if (status != 0) {
        (void)!ftruncate(fd, 0);
        errno = status;
        return sctl_cells_failed(cells, "make room for", err);
    }
    memset(&start, 0, sizeof start);
    start.head = head_with(secret);
    start.boot = sctl_boot_now();
    return sctl_cells_write_start(cells, &start, err);
}

enum sctl_status sctl_cells_check_head(const struct sctl_cells *cells, off_t size,
                                       struct sctl_boot *boot, struct sctl_err *err)
{
    struct sctl_cells_file *file = cells->table.file;
    struct sctl_cells_start start;
    const char *path = cells->path;
    memset(&start, 0, sizeof start);
    ssize_t got = SCTL_AGAIN(pread(file->fd, &start, sizeof start, 0));
    struct sctl_cells_head head = start.head;
    struct sctl_cells_head expected = head_with(head.secret);
    if (got < 0)
        return sctl_cells_failed(cells, "read", err);
    if (got < (ssize_t)sizeof head || memcmp(head.magic, expected.magic, sizeof head.magic) != 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "this is not a store file of streamctl, it is left alone: %s", path);
    if (head.order == OTHER_ORDER)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "a machine of another byte order has written the store file, and a file "
                         "is for one host; give this host another path: %s",
                         path);
    if (head.version != VERSION)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the store file has version %lu, this streamctl reads %u; stop its "
                         "users and remove it: %s",
                         (unsigned long)head.version, VERSION, path);
    if (memcmp(&head, &expected, sizeof head) != 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the header of the store file is damaged; stop its users and "
                         "remove it: %s",
                         path);
    if (size != (off_t)SCTL_CELLS_SIZE)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the store file has %lld bytes instead of %zu (cut off?); stop its "
                         "users and remove it: %s",
                         (long long)size, SCTL_CELLS_SIZE, path);
    file->head = head;
    *boot = start.boot;
    return SCTL_OK;
}
