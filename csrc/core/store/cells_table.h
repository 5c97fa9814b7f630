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
SCTL_HIDDEN_END
