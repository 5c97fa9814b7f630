/* Cells in buckets: finding them, and room for new ones, wherever the table lives. Private to
 * cells*.c.
 *
 * A key lives in one of two buckets that its hash names, in any cell there. Two choices fill the
 * table to about nine tenths before a key finds no room; no search is longer than two buckets, and
 * an expired cell can be used again at once, without tombstones. */
#pragma once

#include "cells.h"
SCTL_HIDDEN_BEGIN

#define SCTL_BUCKET 16u /* cells */

enum sctl_kind { SCTL_FREE, SCTL_COUNTER, SCTL_INTENT, SCTL_SLOT, SCTL_LOCK, SCTL_NOTE };

/* 64 bytes: in a file at a multiple of 64, so that no cell lies across pages or disk sectors. */
struct sctl_cell {
    uint64_t kind; /* enum sctl_kind */
    uint64_t key[2];
    union {
        struct {
            uint64_t last; /* number of the account */
            uint64_t used; /* the last one before a number that was far higher */
        } counter;
        struct {
            uint64_t age; /* the intent's first number */
            double until; /* Unix seconds */
        } intent;
        struct {
            double next; /* slot, in monotonic seconds */
        } slot;
        struct {
            double end; /* monotonic seconds */
            uint64_t holder;
        } lock;
        struct {
            uint64_t number;
            double until; /* Unix seconds */
        } note;
    };
    uint64_t spare[3]; /* zeros */
};

struct sctl_moment {
    double wall, monotonic;
};

struct sctl_moment sctl_moment_now(void);

/* The wall clock may be set back: an intent further ahead than this was recorded by a clock that
 * was wrong, and would otherwise stay. */
#define SCTL_CELLS_TOO_FAR (2 * SCTL_CELLS_FORGET)

/* Whether the cell says something; else it may be used for another key. */
static inline bool sctl_cell_is_live(const struct sctl_cell *cell, struct sctl_moment now)
{
    switch (cell->kind) {
    case SCTL_COUNTER:
        return true;
    case SCTL_INTENT:
        return cell->intent.until > now.wall && cell->intent.until <= now.wall + SCTL_CELLS_TOO_FAR;
    case SCTL_SLOT: /* one in the past allows what no slot at all allows */
        return cell->slot.next > now.monotonic;
    case SCTL_LOCK:
        return cell->lock.end > now.monotonic;
    case SCTL_NOTE:
        return cell->note.until > now.wall;
    default:
        return false;
    }
}

/* The cell of a key, expired or not; a key never has more than one of a kind. */
struct sctl_cell *sctl_table_find(const struct sctl_table *table, enum sctl_kind kind,
                                  const uint64_t key[2]);

/* A cell that the key may be put into; NULL without one. */
struct sctl_cell *sctl_table_room(const struct sctl_table *table, const uint64_t key[2],
                                  struct sctl_moment now);

/* Has a cell that was changed be in the file, where the table is one of a file. */
void sctl_table_keep(const struct sctl_table *table, const struct sctl_cell *cell);

/* SipHash-1-3 with a result of 128 bits (Aumasson and Bernstein), with a key of random bits.
 * Without the key nobody can name two texts that collide, and a result tells nothing about other
 * results. So a result may serve as a key. */
void sctl_siphash(const uint64_t key[2], struct sctl_str text, uint64_t out[2]);

/* ---- where tables live ---- */

/* Makes a table in memory ready, at its first use. */
enum sctl_status sctl_table_make(struct sctl_cells *cells, struct sctl_err *err) SCTL_MUST_CHECK;

/* Makes a table in memory larger, since a key found no room. A file keeps its size: it fails. */
enum sctl_status sctl_table_grow(struct sctl_cells *cells, struct sctl_moment now,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

/* Locks the file, opening it again where that is needed: table and secret are ours until
 * `leave`. */
enum sctl_status sctl_cells_enter_file(struct sctl_cells *cells,
                                       struct sctl_err *err) SCTL_MUST_CHECK;

/* Unlocks the file. Fails when a change may not have been kept. */
enum sctl_status sctl_cells_leave_file(const struct sctl_cells *cells,
                                       struct sctl_err *err) SCTL_MUST_CHECK;

void sctl_cells_close_file(struct sctl_cells *cells);

/* ---- the file: it is read and written, and never mapped. Processes that map a file are killed when
 * another process empties or cuts it. ---- */

/* Which start of the machine this is: monotonic times of another one mean nothing. */
struct sctl_boot {
    char id[40];  /* the kernel's name for it, padded with NULs; empty where it has none */
    double start; /* when the machine started, in Unix seconds: without a name this is compared */
};

struct sctl_boot sctl_boot_now(void);

/* By name, where both have a name: no step of the wall clock matters then. */
bool sctl_boot_same(const struct sctl_boot *one, const struct sctl_boot *other);

/* For tests: the file that holds the name; NULL restores the kernel's. */
void sctl_boot_use(const char *path);

#define SCTL_CELLS_HEADER 4096u
#define SCTL_CELLS_SIZE (SCTL_CELLS_HEADER + SCTL_CELLS_CAPACITY * sizeof(struct sctl_cell))
#define SCTL_CELLS_BUCKETS (SCTL_CELLS_CAPACITY / SCTL_BUCKET)

/* The constant part of the header. All of the file is in native byte order, and `order` tells which:
 * a machine of the other order refuses the file. Machines of 32 and 64 bits share a file. */
struct sctl_cells_head {
    char magic[8];
    uint32_t version;
    uint32_t order;
    uint32_t header_size;
    uint32_t cell_size;
    uint32_t capacity;
    uint32_t zero;
    uint64_t secret[2]; /* of the hash */
    uint64_t checksum;  /* of all before it */
};

/* The start of the file, which is written at once. The rest of the header is zeros. */
struct sctl_cells_start {
    struct sctl_cells_head head;
    uint64_t zero;
    struct sctl_boot boot; /* that the times of slots and locks belong to */
};

/* What one opener has of the file: 4 MiB of memory, of which only what was read is ever touched. */
struct sctl_cells_file {
    int fd;                      /* valid while a lock is held, and kept for the next */
    bool is_ours;                /* as sctl_open says of the file at `fd` */
    bool checked;                /* `head` is that of the file at `fd` */
    uint64_t process;            /* that opened `fd`: a fork shares it, and with it the lock */
    double path_checked;         /* monotonic seconds: when `fd` was last the file at the path */
    struct sctl_cells_head head; /* as it was then */
    const char *failing;         /* since the lock was taken: "read" or "write"; */
    int error;                   /* errno of that; 0: nothing failed */
    uint64_t read[SCTL_CELLS_BUCKETS / 64]; /* bits: the buckets that were read since then */
    struct sctl_cell cells[SCTL_CELLS_CAPACITY];
};

/* Reads a bucket unless this was done under the same lock. What is beyond the end is free. */
void sctl_cells_read(struct sctl_cells_file *file, size_t bucket);

/* Writes a cell, whole: a process that is killed has written all of it or nothing. After a failure
 * nothing is written any more. */
void sctl_cells_write(struct sctl_cells_file *file, const struct sctl_cell *cell);

/* ---- bytes ---- */

/* Fails by errno. The reason comes first: a long path is cut off at its end. */
enum sctl_status sctl_cells_failed(const struct sctl_cells *cells, const char *action,
                                   struct sctl_err *err);

/* False, and errno, unless all was written. */
bool sctl_cells_write_at(int fd, const void *data, size_t len, off_t offset) SCTL_MUST_CHECK;

/* ---- header: the file is locked ---- */

/* Nothing but zeros, or remnants behind a header of zeros: nobody's file, or one whose creation was
 * interrupted. */
bool sctl_cells_is_blank(int fd);

/* Writes the start of a file that has its size. SCTL_E_INVALID: somebody has emptied the file
 * before that, and it is blank again. */
enum sctl_status sctl_cells_write_start(const struct sctl_cells *cells,
                                        const struct sctl_cells_start *start,
                                        struct sctl_err *err) SCTL_MUST_CHECK;

/* Makes a blank file a store. SCTL_E_INVALID: somebody empties it meanwhile. */
enum sctl_status sctl_cells_create(const struct sctl_cells *cells,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* Reads the head of a file of `size` bytes. SCTL_E_INVALID: the file is damaged, or no store of
 * this version. *boot: the boot that the times in the file count from. */
enum sctl_status sctl_cells_check_head(const struct sctl_cells *cells, off_t size,
                                       struct sctl_boot *boot,
                                       struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
