#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cells_file.h"

#include <string.h>

#include "clock.h"

/* A key lives in one of two buckets that its digest names, in any cell there. Two choices fill the
 * table to about nine tenths before a key finds no room; no search is longer than two buckets, and
 * an expired cell can be used again at once, without tombstones. */
#define BUCKET 16u
#define BUCKETS (SCTL_CELLS_CAPACITY / BUCKET)

/* The wall clock may be set back: an intent further ahead than this was recorded by a clock that
 * was wrong, and would otherwise stay. */
#define TOO_FAR (2 * SCTL_CELLS_FORGET)

struct moment {
    double wall, monotonic;
};

static struct moment moment_now(void)
{
    return (struct moment){sctl_wall(), sctl_monotonic()};
}

static bool is_live(const struct sctl_cell *cell, struct moment now)
{
    double time;
    switch (sctl_get(cell->kind)) {
    case SCTL_COUNTER:
        return true;
    case SCTL_STREAM:
        time = sctl_bits_double(sctl_get(cell->until));
        return time > now.wall && time <= now.wall + TOO_FAR;
    case SCTL_SLOT: /* one in the past allows what no slot at all allows */
        return sctl_bits_double(sctl_get(cell->number)) > now.monotonic;
    default:
        return false;
    }
}

/* The first 16 bytes of the SHA-256: no two texts share them. */
static enum sctl_status key_of(struct sctl_cells *cells, struct sctl_str text,
                               uint64_t key[2], struct sctl_err *err)
{
    unsigned char digest[SCTL_DIGEST_MAX];
    enum sctl_status status;
    if (cells->path == NULL)
        return sctl_fail(err, SCTL_E_CLOSED, 0, "the store is closed");
    status = sctl_digest_run(&cells->digest, text, digest, err);
    if (status == SCTL_OK)
        memcpy(key, digest, 2 * sizeof *key);
    return status;
}

static struct sctl_cell *bucket_of(const struct sctl_cells *cells, const uint64_t key[2],
                                   unsigned choice)
{
    size_t first = (size_t)(key[0] % BUCKETS);
    size_t second = (size_t)(key[1] % BUCKETS);
    if (second == first)
        second = (first + 1) % BUCKETS;
    return &cells->map->cells[(choice == 0 ? first : second) * BUCKET];
}

/* The cell of a key, expired or not; a key never has more than one of a kind. */
static struct sctl_cell *find(const struct sctl_cells *cells, enum sctl_kind kind,
                              const uint64_t key[2])
{
    unsigned choice, i;
    for (choice = 0; choice < 2; choice++) {
        struct sctl_cell *cell = bucket_of(cells, key, choice);
        for (i = 0; i < BUCKET; i++, cell++) {
            if (sctl_get(cell->key[0]) == key[0] && sctl_get(cell->key[1]) == key[1] &&
                sctl_get(cell->kind) == (uint64_t)kind)
                return cell;
        }
    }
    return NULL;
}

static bool is_claimed(const struct sctl_cell *cell, const struct sctl_intent *intents,
                       size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        if (intents[i].cell == cell)
            return true;
    }
    return false;
}

/* A cell that the key may be put into: none of those that `intents` have found already. */
static struct sctl_cell *find_room(const struct sctl_cells *cells, const uint64_t key[2],
                                   struct moment now, const struct sctl_intent *intents,
                                   size_t count, struct sctl_err *err)
{
    struct sctl_cell *best = NULL;
    unsigned most = 0, choice, i;
    for (choice = 0; choice < 2; choice++) {
        struct sctl_cell *cell = bucket_of(cells, key, choice), *room = NULL;
        unsigned number = 0;
        for (i = 0; i < BUCKET; i++, cell++) {
            if (is_live(cell, now) || is_claimed(cell, intents, count))
                continue;
            room = cell;
            number++;
        }
        if (number > most) {
            most = number;
            best = room;
        }
    }
    if (best == NULL)
        (void)sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                        "the store is full, its %u cells hold too many keys in use: %s",
                        SCTL_CELLS_CAPACITY, cells->path);
    return best;
}

/* The cell is invisible until its last store; killed before, it is free. */
static void fill(struct sctl_cell *cell, enum sctl_kind kind, const uint64_t key[2],
                 uint64_t number, uint64_t until)
{
    sctl_put(cell->kind, (uint64_t)SCTL_FREE);
    sctl_put(cell->key[0], key[0]);
    sctl_put(cell->key[1], key[1]);
    sctl_put(cell->number, number);
    sctl_put(cell->until, until);
    sctl_put(cell->kind, (uint64_t)kind);
}

/* ---- stamp ---- */

/* All that can be done before the lock is taken. */
static enum sctl_status prepare(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                uint64_t counter[2], struct sctl_err *err)
{
    enum sctl_status status = key_of(cells, stamp->counter, counter, err);
    size_t i, j;
    if (stamp->count > SCTL_CELLS_MAX_STREAMS)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u streams",
                         SCTL_CELLS_MAX_STREAMS);
    for (i = 0; i < stamp->count && status == SCTL_OK; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        status = key_of(cells, intent->stream, intent->key, err);
        intent->dropped = false;
        intent->cell = NULL;
        intent->first = intent;
        for (j = 0; j < i && intent->first == intent; j++) {
            if (memcmp(stamp->intents[j].key, intent->key, sizeof intent->key) == 0)
                intent->first = &stamp->intents[j];
        }
    }
    return status;
}

/* Finds the streams' cells; how many streams have a newer intent. */
static size_t drop_superseded(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                              struct moment now)
{
    size_t i, dropped = 0;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        if (intent->first == intent) {
            intent->cell = find(cells, SCTL_STREAM, intent->key);
            intent->dropped = stamp->repeat && intent->cell != NULL &&
                              is_live(intent->cell, now) &&
                              sctl_get(intent->cell->number) > stamp->since;
        } else {
            intent->dropped = intent->first->dropped;
        }
        dropped += intent->dropped ? 1 : 0;
    }
    return dropped;
}

static bool is_recorded(const struct sctl_stamp *stamp, const struct sctl_intent *intent)
{
    return !stamp->read && !intent->dropped && intent->first == intent;
}

static void record(struct sctl_intent *intent, uint64_t number, struct moment now)
{
    struct sctl_cell *cell = intent->cell;
    uint64_t until = sctl_double_bits(now.wall + SCTL_CELLS_FORGET);
    bool same = sctl_get(cell->kind) == SCTL_STREAM &&
                sctl_get(cell->key[0]) == intent->key[0] &&
                sctl_get(cell->key[1]) == intent->key[1];
    if (same && is_live(cell, now)) {
        if (number > sctl_get(cell->number)) /* first: alone it is a newer intent, too */
            sctl_put(cell->number, number);
        sctl_put(cell->until, until);
    } else {
        fill(cell, SCTL_STREAM, intent->key, number, until);
    }
}

/* The file is locked. Everything that can fail comes before the first store. Then the counter is
 * written before the streams: who is killed in between has wasted a number, as one who is killed
 * right after; no number is ever given twice. */
static enum sctl_status take(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                             const uint64_t key[2], struct sctl_err *err)
{
    struct moment now = moment_now();
    struct sctl_cell *counter, *room = NULL;
    size_t i;

    if (drop_superseded(cells, stamp, now) == stamp->count && stamp->count > 0) {
        stamp->outcome = SCTL_SUPERSEDED;
        return SCTL_OK;
    }
    counter = find(cells, SCTL_COUNTER, key);
    stamp->number = stamp->floor;
    if (counter != NULL) {
        stamp->last = sctl_get(counter->number);
        if (stamp->exact && stamp->floor <= stamp->last) {
            stamp->outcome = SCTL_BELOW_LAST;
            return SCTL_OK;
        }
        if (stamp->last >= stamp->floor)
            stamp->number = stamp->last + 1;
    }
    if (stamp->last >= SCTL_MAX_NUMBER || stamp->number > SCTL_MAX_NUMBER)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the counter has reached 2^53");
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        if (!is_recorded(stamp, intent) || intent->cell != NULL)
            continue;
        intent->cell =
            find_room(cells, intent->key, now, stamp->intents, stamp->count, err);
        if (intent->cell == NULL)
            return SCTL_E_TOO_LARGE;
    }
    if (counter == NULL) {
        room = find_room(cells, key, now, stamp->intents, stamp->count, err);
        if (room == NULL)
            return SCTL_E_TOO_LARGE;
        fill(room, SCTL_COUNTER, key, stamp->number, 0);
    } else {
        sctl_put(counter->number, stamp->number);
    }
    for (i = 0; i < stamp->count; i++) {
        if (is_recorded(stamp, &stamp->intents[i]))
            record(&stamp->intents[i], stamp->number, now);
    }
    stamp->outcome = SCTL_STAMPED;
    return SCTL_OK;
}

enum sctl_status sctl_cells_stamp(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                  struct sctl_err *err)
{
    uint64_t key[2] = {0, 0};
    enum sctl_status status = prepare(cells, stamp, key, err);
    stamp->last = 0;
    if (status == SCTL_OK)
        status = sctl_cells_enter(cells, err);
    if (status != SCTL_OK)
        return status;
    status = take(cells, stamp, key, err);
    sctl_cells_leave(cells);
    return status;
}

/* ---- latest, reserve ---- */

enum sctl_status sctl_cells_latest(struct sctl_cells *cells, struct sctl_str key,
                                   uint64_t *number, bool *found, struct sctl_err *err)
{
    struct sctl_cell *cell;
    uint64_t words[2] = {0, 0};
    enum sctl_status status = key_of(cells, key, words, err);
    if (status == SCTL_OK)
        status = sctl_cells_enter(cells, err);
    if (status != SCTL_OK)
        return status;
    cell = find(cells, SCTL_COUNTER, words);
    if (cell == NULL)
        cell = find(cells, SCTL_STREAM, words);
    *found = cell != NULL && is_live(cell, moment_now());
    *number = *found ? sctl_get(cell->number) : 0;
    sctl_cells_leave(cells);
    return SCTL_OK;
}

/* GCRA: the cell holds the time of the next slot. */
enum sctl_status sctl_cells_reserve(struct sctl_cells *cells, struct sctl_str key,
                                    double interval, double burst, double limit,
                                    double *delay, struct sctl_err *err)
{
    struct sctl_cell *cell;
    struct moment now;
    uint64_t words[2] = {0, 0}, next;
    double slot;
    enum sctl_status status = key_of(cells, key, words, err);
    if (status == SCTL_OK)
        status = sctl_cells_enter(cells, err);
    if (status != SCTL_OK)
        return status;
    now = moment_now();
    slot = now.monotonic;
    cell = find(cells, SCTL_SLOT, words);
    if (cell != NULL && is_live(cell, now))
        slot = sctl_bits_double(sctl_get(cell->number));
    *delay = slot - burst * interval - now.monotonic;
    if (*delay < 0)
        *delay = 0;
    next = sctl_double_bits(slot + interval);
    if (*delay <= limit && cell != NULL) {
        sctl_put(cell->number, next);
    } else if (*delay <= limit) {
        cell = find_room(cells, words, now, NULL, 0, err);
        if (cell != NULL)
            fill(cell, SCTL_SLOT, words, next, 0);
        else
            status = SCTL_E_TOO_LARGE;
    }
    sctl_cells_leave(cells);
    return status;
}
