#include "cells_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "nonce.h"
#include "siphash.h"

void sctl_cells_close(struct sctl_cells *cells)
{
    if (cells->backend != NULL)
        cells->backend->close(cells);
    cells->backend = NULL;
}

/* Makes the table ours until `leave`, and hashes a text.
 *
 * A key is the 128 bits of a hash whose own key is drawn for each table: two of 2^17 texts have the
 * same one with a chance of 2^-95, and nobody who cannot read the table can look for such texts, or
 * for many that share a bucket. So texts are not kept. A thing is hashed with its account's hash
 * as the key: each account has things of its own. */
static enum sctl_status enter(struct sctl_cells *cells, struct sctl_str text,
                              uint64_t key[2], struct sctl_err *err)
{
    enum sctl_status status;
    key[0] = key[1] = 0;
    if (cells->backend == NULL)
        return sctl_fail(err, SCTL_E_CLOSED, 0, "the store is closed");
    status = cells->backend->enter(cells, err);
    if (status == SCTL_OK)
        sctl_siphash(cells->secret, text, key);
    return status;
}

/* `status` is what the operation ended with so far. */
static enum sctl_status leave(struct sctl_cells *cells, enum sctl_status status,
                              struct sctl_err *err)
{
    struct sctl_err second;
    enum sctl_status left =
        cells->backend->leave(cells, status == SCTL_OK ? err : &second);
    return status == SCTL_OK ? left : status;
}

/* ---- stamp ---- */

#define JUMP                                                                             \
    60000u /* numbers are milliseconds, mostly: a clock that is so wrong is corrected */

/* Finds the things' cells; how many things have a newer intent. */
static size_t drop_superseded(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                              struct sctl_moment now)
{
    uint64_t overflow = sctl_is_to_come(cells->overflow_until, now) ? cells->overflow : 0;
    size_t i, dropped = 0;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        uint64_t newest = overflow;
        intent->cell = sctl_table_find(&cells->table, SCTL_INTENT, intent->key);
        if (intent->cell != NULL && !sctl_cell_is_live(intent->cell, now))
            intent->cell = NULL; /* anybody may take it */
        if (intent->cell != NULL)
            newest = intent->cell->number;
        if (stamp->back != 0 && newest >= stamp->back) /* by the clock that was wrong */
            intent->dropped = newest > stamp->back;
        else
            intent->dropped = newest > stamp->since;
        dropped += intent->dropped ? 1 : 0;
    }
    return dropped;
}

/* Gives the thing a cell, in which 0 stands until the number does: any other intent is newer. The
 * cell of a thing that is named twice is the same one. */
static bool claim(const struct sctl_cells *cells, struct sctl_intent *intent,
                  struct sctl_moment now)
{
    intent->cell = sctl_table_find(&cells->table, SCTL_INTENT, intent->key);
    if (intent->cell == NULL)
        intent->cell = sctl_table_room(&cells->table, intent->key, now);
    intent->claimed = intent->cell != NULL;
    if (intent->claimed)
        sctl_cell_fill(intent->cell, SCTL_INTENT, intent->key, 0,
                       sctl_double_bits(now.wall + SCTL_CELLS_FORGET));
    return intent->claimed;
}

/* Claims cells for the things that have none; false when one finds no room and stays without. */
static bool claim_rooms(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                        struct sctl_moment now)
{
    size_t i;
    bool all = true;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        if (!intent->dropped && intent->cell == NULL && !claim(cells, intent, now))
            all = false;
    }
    return all;
}

static void give_claims_back(const struct sctl_stamp *stamp)
{
    size_t i;
    for (i = 0; i < stamp->count; i++) {
        if (stamp->intents[i].claimed)
            stamp->intents[i].cell->kind = SCTL_FREE;
    }
}

/* Keeps what it can of an intent that has no cell, or gives it up. */
static void add_to_overflow(struct sctl_cells *cells, uint64_t number, double until,
                            struct sctl_moment now)
{
    bool known = sctl_is_to_come(cells->overflow_until, now);
    if (!known || number > cells->overflow)
        cells->overflow = number;
    if (!known || until > cells->overflow_until)
        cells->overflow_until = until;
}

static void record(struct sctl_cells *cells, const struct sctl_intent *intent,
                   uint64_t age, struct sctl_moment now)
{
    double until = now.wall + SCTL_CELLS_FORGET;
    if (intent->cell == NULL) {
        add_to_overflow(cells, age, until, now);
        return;
    }
    intent->cell->number = age;
    intent->cell->until = sctl_double_bits(until);
    sctl_table_keep(&cells->table, intent->cell);
}

/* Puts the number into the account's cell, or a new one. Before a clock makes it jump the last one
 * is kept: if the clock is wrong it is the last one that was used. One far above the clock of its
 * caller is used, too: nobody will refuse him for his clock. */
static enum sctl_status store_number(struct sctl_cells *cells, struct sctl_cell *counter,
                                     const uint64_t key[2],
                                     const struct sctl_stamp *stamp,
                                     struct sctl_moment now, bool *grown,
                                     struct sctl_err *err)
{
    enum sctl_status status;
    uint64_t number = stamp->number;
    if (counter != NULL) {
        uint64_t last = counter->number;
        if (number > last && number - last > JUMP)
            counter->until = last;
        else if (number - stamp->floor > JUMP)
            counter->until = number;
        counter->number = number;
        sctl_table_keep(&cells->table, counter);
        return SCTL_OK;
    }
    counter = sctl_table_room(&cells->table, key, now);
    if (counter != NULL) {
        sctl_cell_fill(counter, SCTL_COUNTER, key, number, 0);
        sctl_table_keep(&cells->table, counter);
        return SCTL_OK;
    }
    status = cells->backend->grow(cells, SCTL_COUNTER, now, err);
    *grown = status == SCTL_OK;
    return status;
}

/* Takes the number, or finds out why not. The account's number is written before the intents: a
 * process that is killed in between has wasted a number, as one that is killed right after; no
 * number is ever given twice.
 * *grown: the table is another one now, no number was taken, and all is to be done again. */
static enum sctl_status take_number(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                    const uint64_t key[2], struct sctl_moment now,
                                    bool *grown, struct sctl_err *err)
{
    struct sctl_cell *counter;
    enum sctl_status status = SCTL_OK;
    uint64_t age, used;
    size_t i;

    if (drop_superseded(cells, stamp, now) == stamp->count && stamp->count > 0) {
        stamp->outcome = SCTL_SUPERSEDED;
        return SCTL_OK;
    }
    counter = sctl_table_find(&cells->table, SCTL_COUNTER, key);
    stamp->number = stamp->floor;
    if (counter != NULL) {
        stamp->last = counter->number;
        if (stamp->exact && stamp->floor <= stamp->last) {
            stamp->outcome = SCTL_BELOW_LAST;
            return SCTL_OK;
        }
        used = stamp->last;
        if (stamp->back != 0 && stamp->last >= stamp->back)
            used = counter->until;
        if (used >= stamp->floor)
            stamp->number = used + 1;
    }
    age = stamp->since < stamp->number ? stamp->since : stamp->number;
    if (stamp->last >= SCTL_MAX_NUMBER || stamp->number > SCTL_MAX_NUMBER)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the counter has reached 2^53");
    if (!claim_rooms(cells, stamp, now)) {
        status = cells->backend->grow(cells, SCTL_INTENT, now, err);
        *grown = status == SCTL_OK;
        if (*grown)
            return SCTL_OK;
        if (cells->backend->lossy)
            status = SCTL_OK;
    }
    if (status == SCTL_OK)
        status = store_number(cells, counter, key, stamp, now, grown, err);
    if (*grown)
        return SCTL_OK;
    if (status != SCTL_OK) {
        give_claims_back(stamp);
        return status;
    }
    for (i = 0; i < stamp->count; i++) {
        if (!stamp->intents[i].dropped)
            record(cells, &stamp->intents[i], age, now);
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
    size_t i;
    bool grown;
    stamp->last = 0;
    if (stamp->count > SCTL_MAX_RESOURCES)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u things",
                         SCTL_MAX_RESOURCES);
    status = enter(cells, stamp->account, key, err);
    if (status != SCTL_OK)
        return status;
    for (i = 0; i < stamp->count; i++) {
        sctl_siphash(key, stamp->intents[i].thing, stamp->intents[i].key);
        stamp->intents[i].claimed = false;
    }
    now = sctl_moment_now();
    do {
        grown = false;
        status = take_number(cells, stamp, key, now, &grown, err);
    } while (grown);
    return leave(cells, status, err);
}

/* ---- latest, reserve ---- */

enum sctl_status sctl_cells_latest(struct sctl_cells *cells, struct sctl_str account,
                                   struct sctl_str thing, uint64_t *number, bool *found,
                                   struct sctl_err *err)
{
    struct sctl_cell *cell;
    uint64_t key[2], thing_key[2];
    enum sctl_status status = enter(cells, account, key, err);
    if (status != SCTL_OK)
        return status;
    if (thing.data != NULL)
        sctl_siphash(key, thing, thing_key);
    cell = thing.data != NULL ? sctl_table_find(&cells->table, SCTL_INTENT, thing_key)
                              : sctl_table_find(&cells->table, SCTL_COUNTER, key);
    *found = cell != NULL && sctl_cell_is_live(cell, sctl_moment_now());
    *number = *found ? cell->number : 0;
    return leave(cells, SCTL_OK, err);
}

/* A cell that an intent gives up, where intents may; NULL without one. */
static struct sctl_cell *evict_intent(struct sctl_cells *cells, const uint64_t key[2],
                                      struct sctl_moment now)
{
    struct sctl_cell *cell = NULL;
    if (cells->backend->lossy &&
        cells->table.buckets * SCTL_BUCKET >= SCTL_CELLS_MEMORY_INTENTS)
        cell = sctl_table_intent(&cells->table, key);
    if (cell != NULL)
        add_to_overflow(cells, cell->number, sctl_bits_double(cell->until), now);
    return cell;
}

/* Puts a slot or a lock into a cell of its own. A table that is as large as intents may make it
 * grows for these alone: what they left of a larger one would be filled by intents. */
static enum sctl_status new_cell(struct sctl_cells *cells, enum sctl_kind kind,
                                 const uint64_t key[2], double end, uint64_t until,
                                 struct sctl_moment now, struct sctl_err *err)
{
    enum sctl_status status = SCTL_OK;
    while (status == SCTL_OK) {
        struct sctl_cell *cell = sctl_table_room(&cells->table, key, now);
        if (cell == NULL)
            cell = evict_intent(cells, key, now);
        if (cell != NULL) {
            sctl_cell_fill(cell, kind, key, sctl_double_bits(end), until);
            sctl_table_keep(&cells->table, cell);
            break;
        }
        status = cells->backend->grow(cells, kind, now, err);
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
    enum sctl_status status = enter(cells, key, words, err);
    if (status != SCTL_OK)
        return status;
    now = sctl_moment_now();
    slot = now.monotonic;
    cell = sctl_table_find(&cells->table, SCTL_SLOT, words);
    if (cell != NULL && sctl_cell_is_live(cell, now))
        slot = sctl_bits_double(cell->number);
    *delay = slot - burst * interval - now.monotonic;
    if (*delay < 0)
        *delay = 0;
    if (*delay <= limit && cell != NULL) {
        cell->number = sctl_double_bits(slot + interval);
        sctl_table_keep(&cells->table, cell);
    } else if (*delay <= limit)
        status = new_cell(cells, SCTL_SLOT, words, slot + interval, 0, now, err);
    return leave(cells, status, err);
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
        status = enter(cells, key, words, err);
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
        *left = sctl_bits_double(cell->number) - now.monotonic;
    else {
        sctl_cell_fill(cell, SCTL_LOCK, words, sctl_double_bits(end), holder);
        sctl_table_keep(&cells->table, cell);
    }
    return leave(cells, status, err);
}

enum sctl_status sctl_cells_unlock(struct sctl_cells *cells, struct sctl_str key,
                                   struct sctl_str token, double after, bool *ended,
                                   struct sctl_err *err)
{
    struct sctl_moment now;
    struct sctl_cell *cell;
    char holder[SCTL_LOCK_TOKEN + 1];
    uint64_t words[2];
    enum sctl_status status = enter(cells, key, words, err);
    if (status != SCTL_OK)
        return status;
    now = sctl_moment_now();
    cell = sctl_table_find(&cells->table, SCTL_LOCK, words);
    *ended = cell != NULL && sctl_cell_is_live(cell, now);
    if (*ended) {
        write_token(holder, cell->until);
        *ended = token.len == SCTL_LOCK_TOKEN &&
                 memcmp(token.data, holder, SCTL_LOCK_TOKEN) == 0;
    }
    if (*ended && after > 0)
        cell->number = sctl_double_bits(now.monotonic + after);
    else if (*ended)
        cell->kind = SCTL_FREE;
    if (*ended)
        sctl_table_keep(&cells->table, cell);
    return leave(cells, SCTL_OK, err);
}
