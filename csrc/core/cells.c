#include "cells_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "nonce.h"
#include "siphash.h"

void sctl_cells_close(struct sctl_cells *cells)
{
    if (cells->home != NULL)
        cells->home->close(cells);
    cells->home = NULL;
}

static enum sctl_status check_open(const struct sctl_cells *cells, struct sctl_err *err)
{
    if (cells->home != NULL)
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_CLOSED, 0, "the store is closed");
}

/* A key is the 128 bits of a hash whose own key is drawn for each table: two of 2^17 texts have the
 * same one with a chance of 2^-95, and nobody who cannot read the table can look for such texts, or
 * for many that share a bucket. So texts are not kept. */
static void hash(const struct sctl_cells *cells, struct sctl_str text, uint64_t key[2])
{
    struct sctl_siphash begun;
    sctl_siphash_begin(&begun, cells->secret, SCTL_STR(""));
    sctl_siphash_end(&begun, text, key);
}

static void hash_streams(const struct sctl_cells *cells, struct sctl_stamp *stamp)
{
    struct sctl_siphash begun;
    size_t i;
    sctl_siphash_begin(&begun, cells->secret, stamp->prefix);
    for (i = 0; i < stamp->count; i++)
        sctl_siphash_end(&begun, stamp->intents[i].stream, stamp->intents[i].key);
}

/* The table is there, until `leave`. */
static enum sctl_status enter(struct sctl_cells *cells, struct sctl_err *err)
{
    enum sctl_status status = check_open(cells, err);
    return status == SCTL_OK ? cells->home->enter(cells, err) : status;
}

/* The same, and the key of a text. */
static enum sctl_status enter_for(struct sctl_cells *cells, struct sctl_str text,
                                  uint64_t key[2], struct sctl_err *err)
{
    enum sctl_status status = enter(cells, err);
    key[0] = key[1] = 0;
    if (status == SCTL_OK)
        hash(cells, text, key);
    return status;
}

/* ---- stamp ---- */

/* Finds the streams' cells; how many streams have a newer intent. */
static size_t drop_superseded(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                              struct sctl_moment now, struct sctl_claims *claims)
{
    uint64_t unkept = sctl_is_to_come(cells->unkept_until, now) ? cells->unkept : 0;
    size_t i, dropped = 0;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        uint64_t newest = unkept;
        intent->cell = sctl_table_find(&cells->table, SCTL_STREAM, intent->key);
        if (intent->cell != NULL && sctl_cell_is_live(intent->cell, now))
            newest = sctl_get(intent->cell->number);
        else if (intent->cell != NULL && sctl_claimed_for(claims, intent->key) == NULL)
            sctl_claim(claims, intent);
        intent->dropped = stamp->repeat && newest > stamp->since;
        dropped += intent->dropped ? 1 : 0;
    }
    return dropped;
}

static bool is_recorded(const struct sctl_stamp *stamp, const struct sctl_intent *intent)
{
    return !stamp->read && !intent->dropped;
}

/* Claims cells for the streams that have none; false when one finds no room and stays without. */
static bool find_rooms(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                       struct sctl_moment now, struct sctl_claims *claims)
{
    size_t i;
    bool all = true;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        if (!is_recorded(stamp, intent) || intent->cell != NULL)
            continue;
        intent->cell = sctl_claimed_for(claims, intent->key);
        if (intent->cell != NULL)
            continue; /* the stream was named before */
        intent->cell = sctl_table_room(&cells->table, intent->key, now, claims);
        if (intent->cell != NULL)
            sctl_claim(claims, intent);
        else
            all = false;
    }
    return all;
}

/* A stream that has no cell, or gives it up. */
static void sum_up(struct sctl_cells *cells, uint64_t number, double until,
                   struct sctl_moment now)
{
    bool known = sctl_is_to_come(cells->unkept_until, now);
    if (!known || number > cells->unkept)
        cells->unkept = number;
    if (!known || until > cells->unkept_until)
        cells->unkept_until = until;
}

static void record(struct sctl_cells *cells, const struct sctl_intent *intent,
                   uint64_t number, struct sctl_moment now)
{
    struct sctl_cell *cell = intent->cell;
    double until = now.wall + SCTL_CELLS_FORGET;
    if (cell == NULL) {
        sum_up(cells, number, until, now);
    } else if (sctl_get(cell->kind) == SCTL_STREAM &&
               sctl_get(cell->key[0]) == intent->key[0] &&
               sctl_get(cell->key[1]) == intent->key[1] && sctl_cell_is_live(cell, now)) {
        if (number > sctl_get(cell->number)) /* first: alone it is a newer intent, too */
            sctl_put(cell->number, number);
        sctl_put(cell->until, sctl_double_bits(until));
    } else {
        sctl_cell_fill(cell, SCTL_STREAM, intent->key, number, sctl_double_bits(until));
    }
}

/* Takes the number, or finds out why not. Everything that can fail comes before the first store.
 * Then the counter is written before the streams: who is killed in between has wasted a number, as
 * one who is killed right after; no number is ever given twice.
 * *grown: the table is another one now, nothing was stored, and all is to be done again. */
static enum sctl_status take(struct sctl_cells *cells, struct sctl_stamp *stamp,
                             const uint64_t key[2], struct sctl_moment now, bool *grown,
                             struct sctl_err *err)
{
    struct sctl_claims claims;
    struct sctl_cell *counter, *room = NULL;
    enum sctl_status status;
    size_t i;

    sctl_claims_init(&claims, stamp->intents, stamp->count);
    if (drop_superseded(cells, stamp, now, &claims) == stamp->count && stamp->count > 0) {
        stamp->outcome = SCTL_SUPERSEDED;
        return SCTL_OK;
    }
    counter = sctl_table_find(&cells->table, SCTL_COUNTER, key);
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
    if (!find_rooms(cells, stamp, now, &claims)) {
        status = cells->home->grow(cells, SCTL_STREAM, now, err);
        *grown = status == SCTL_OK;
        if (*grown || !cells->home->lossy)
            return status;
    }
    if (counter == NULL) {
        room = sctl_table_room(&cells->table, key, now, &claims);
        if (room == NULL) {
            status = cells->home->grow(cells, SCTL_COUNTER, now, err);
            *grown = status == SCTL_OK;
            return status;
        }
        sctl_cell_fill(room, SCTL_COUNTER, key, stamp->number, 0);
    } else {
        sctl_put(counter->number, stamp->number);
    }
    for (i = 0; i < stamp->count; i++) {
        if (is_recorded(stamp, &stamp->intents[i]))
            record(cells, &stamp->intents[i], stamp->number, now);
    }
    stamp->outcome = SCTL_STAMPED;
    return SCTL_OK;
}

enum sctl_status sctl_cells_stamp(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                  struct sctl_err *err)
{
    uint64_t key[2];
    struct sctl_moment now;
    enum sctl_status status;
    bool grown;
    stamp->last = 0;
    if (stamp->count > SCTL_CELLS_MAX_STREAMS)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u streams",
                         SCTL_CELLS_MAX_STREAMS);
    status = enter_for(cells, stamp->counter, key, err);
    if (status != SCTL_OK)
        return status;
    hash_streams(cells, stamp);
    now = sctl_moment_now();
    do {
        grown = false;
        status = take(cells, stamp, key, now, &grown, err);
    } while (grown);
    cells->home->leave(cells);
    return status;
}

/* ---- latest, reserve ---- */

enum sctl_status sctl_cells_latest(struct sctl_cells *cells, struct sctl_str key,
                                   uint64_t *number, bool *found, struct sctl_err *err)
{
    struct sctl_cell *cell;
    uint64_t words[2];
    enum sctl_status status = enter_for(cells, key, words, err);
    if (status != SCTL_OK)
        return status;
    cell = sctl_table_find(&cells->table, SCTL_COUNTER, words);
    if (cell == NULL)
        cell = sctl_table_find(&cells->table, SCTL_STREAM, words);
    *found = cell != NULL && sctl_cell_is_live(cell, sctl_moment_now());
    *number = *found ? sctl_get(cell->number) : 0;
    cells->home->leave(cells);
    return SCTL_OK;
}

/* A cell that a stream gives up, where streams may; NULL without one. */
static struct sctl_cell *take_from_stream(struct sctl_cells *cells, const uint64_t key[2],
                                          struct sctl_moment now)
{
    struct sctl_cell *cell = NULL;
    if (cells->home->lossy &&
        cells->table.buckets * SCTL_BUCKET >= SCTL_CELLS_MEMORY_STREAMS)
        cell = sctl_table_stream(&cells->table, key);
    if (cell != NULL)
        sum_up(cells, sctl_get(cell->number), sctl_bits_double(sctl_get(cell->until)),
               now);
    return cell;
}

/* Puts a slot or a lock into a cell of its own. A table that is as large as streams may make it
 * grows for these alone: what they left of a larger one would be filled by streams. */
static enum sctl_status new_cell(struct sctl_cells *cells, enum sctl_kind kind,
                                 const uint64_t key[2], double end, uint64_t until,
                                 struct sctl_moment now, struct sctl_err *err)
{
    enum sctl_status status = SCTL_OK;
    while (status == SCTL_OK) {
        struct sctl_cell *cell = sctl_table_room(&cells->table, key, now, NULL);
        if (cell == NULL)
            cell = take_from_stream(cells, key, now);
        if (cell != NULL) {
            sctl_cell_fill(cell, kind, key, sctl_double_bits(end), until);
            break;
        }
        status = cells->home->grow(cells, kind, now, err);
    }
    return status;
}

/* GCRA: the cell holds the time of the next slot. */
enum sctl_status sctl_cells_reserve(struct sctl_cells *cells, struct sctl_str key,
                                    double interval, double burst, double limit,
                                    double *delay, struct sctl_err *err)
{
    struct sctl_cell *cell;
    struct sctl_moment now;
    uint64_t words[2];
    double slot;
    enum sctl_status status = enter_for(cells, key, words, err);
    if (status != SCTL_OK)
        return status;
    now = sctl_moment_now();
    slot = now.monotonic;
    cell = sctl_table_find(&cells->table, SCTL_SLOT, words);
    if (cell != NULL && sctl_cell_is_live(cell, now))
        slot = sctl_bits_double(sctl_get(cell->number));
    *delay = slot - burst * interval - now.monotonic;
    if (*delay < 0)
        *delay = 0;
    if (*delay <= limit && cell != NULL)
        sctl_put(cell->number, sctl_double_bits(slot + interval));
    else if (*delay <= limit)
        status = new_cell(cells, SCTL_SLOT, words, slot + interval, 0, now, err);
    cells->home->leave(cells);
    return status;
}

/* ---- lock, unlock ---- */

static void write_token(char token[SCTL_LOCK_TOKEN + 1], uint64_t holder)
{
    (void)snprintf(token, SCTL_LOCK_TOKEN + 1, "%016" PRIx64, holder);
}

enum sctl_status sctl_cells_lock(struct sctl_cells *cells, struct sctl_str key,
                                 double seconds, char token[SCTL_LOCK_TOKEN + 1],
                                 double *left, struct sctl_err *err)
{
    struct sctl_cell *cell;
    struct sctl_moment now;
    uint64_t words[2], holder;
    double end;
    enum sctl_status status = sctl_random(&holder, sizeof holder, err);
    if (status == SCTL_OK)
        status = enter_for(cells, key, words, err);
    if (status != SCTL_OK)
        return status;
    now = sctl_moment_now();
    *left = 0;
    write_token(token, holder);
    end = now.monotonic + seconds;
    cell = sctl_table_find(&cells->table, SCTL_LOCK, words);
    if (cell == NULL)
        status = new_cell(cells, SCTL_LOCK, words, end, holder, now, err);
    else if (sctl_cell_is_live(cell, now))
        *left = sctl_bits_double(sctl_get(cell->number)) - now.monotonic;
    else
        sctl_cell_fill(cell, SCTL_LOCK, words, sctl_double_bits(end), holder);
    cells->home->leave(cells);
    return status;
}

enum sctl_status sctl_cells_unlock(struct sctl_cells *cells, struct sctl_str key,
                                   struct sctl_str token, bool *ended,
                                   struct sctl_err *err)
{
    struct sctl_cell *cell;
    char holder[SCTL_LOCK_TOKEN + 1];
    uint64_t words[2];
    enum sctl_status status = enter_for(cells, key, words, err);
    if (status != SCTL_OK)
        return status;
    cell = sctl_table_find(&cells->table, SCTL_LOCK, words);
    *ended = cell != NULL && sctl_cell_is_live(cell, sctl_moment_now());
    if (*ended) {
        write_token(holder, sctl_get(cell->until));
        *ended = token.len == SCTL_LOCK_TOKEN &&
                 memcmp(token.data, holder, SCTL_LOCK_TOKEN) == 0;
    }
    if (*ended)
        sctl_put(cell->kind, (uint64_t)SCTL_FREE);
    cells->home->leave(cells);
    return SCTL_OK;
}
