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
 * for many that share a bucket. So texts are not kept. A resource is hashed with its account's hash
 * as the key: each account has resources of its own. */
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

/* Finds the resources' cells; how many resources have a newer intent. */
static size_t drop_superseded(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                              struct sctl_moment now)
{
    size_t i, dropped = 0;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        uint64_t newest;
        intent->claimed = false;
        intent->cell = sctl_table_find(&cells->table, SCTL_INTENT, intent->key);
        if (intent->cell != NULL && !sctl_cell_is_live(intent->cell, now))
            intent->cell = NULL; /* anybody may take it */
        newest = intent->cell != NULL ? intent->cell->number : 0;
        if (stamp->back != 0 && newest >= stamp->back) /* by the clock that was wrong */
            intent->dropped = newest > stamp->back;
        else
            intent->dropped = newest > stamp->since;
        dropped += intent->dropped ? 1 : 0;
    }
    return dropped;
}

/* Gives a key a cell, in which 0 stands until the number does; NULL: there is no room. A resource
 * that is named twice, or was known long ago, has the cell that it had. */
static struct sctl_cell *claim(const struct sctl_cells *cells, enum sctl_kind kind,
                               const uint64_t key[2], struct sctl_moment now)
{
    struct sctl_cell *cell = sctl_table_find(&cells->table, kind, key);
    double until = kind == SCTL_INTENT ? now.wall + SCTL_CELLS_FORGET : 0;
    if (cell == NULL)
        cell = sctl_table_room(&cells->table, key, now);
    if (cell != NULL)
        sctl_cell_fill(cell, kind, key, 0, sctl_double_bits(until));
    return cell;
}

/* Claims cells for the resources that have none; false when one finds no room. */
static bool claim_intents(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                          struct sctl_moment now)
{
    size_t i;
    for (i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        if (intent->cell != NULL) /* as what is dropped has */
            continue;
        intent->cell = claim(cells, SCTL_INTENT, intent->key, now);
        intent->claimed = intent->cell != NULL;
        if (!intent->claimed)
            return false;
    }
    return true;
}

static void give_claims_back(const struct sctl_stamp *stamp)
{
    size_t i;
    for (i = 0; i < stamp->count; i++) {
        if (stamp->intents[i].claimed)
            stamp->intents[i].cell->kind = SCTL_FREE;
    }
}

/* Puts the number into the account's cell. Before a clock makes it jump the last number is kept: if
 * the clock is wrong it is the last number that was used. A number far above the clock of its
 * caller is used, too: nobody will refuse him for his clock. */
static void store_number(struct sctl_cells *cells, struct sctl_cell *counter,
                         const struct sctl_stamp *stamp)
{
    uint64_t number = stamp->number, last = counter->number;
    if (number > last && number - last > JUMP)
        counter->until = last;
    else if (number - stamp->floor > JUMP)
        counter->until = number;
    counter->number = number;
    sctl_table_keep(&cells->table, counter);
}

/* The number that the account is to get; why not in `outcome` or `err`. */
static enum sctl_status choose_number(struct sctl_stamp *stamp,
                                      const struct sctl_cell *counter,
                                      struct sctl_err *err)
{
    stamp->outcome = SCTL_STAMPED;
    stamp->number = stamp->floor;
    if (counter != NULL) {
        uint64_t used = stamp->last = counter->number;
        if (stamp->exact && stamp->floor <= stamp->last) {
            stamp->outcome = SCTL_BELOW_LAST;
            return SCTL_OK;
        }
        if (stamp->back != 0 && stamp->last >= stamp->back)
            used = counter->until;
        if (used >= stamp->floor)
            stamp->number = used + 1;
    }
    if (stamp->last >= SCTL_MAX_NUMBER || stamp->number > SCTL_MAX_NUMBER)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the counter has reached 2^53");
    return SCTL_OK;
}

/* Takes the number, or finds out why not. The account's number is written before the intents: a
 * process that is killed in between has wasted a number, as one that is killed right after; no
 * number is ever given twice.
 * *grown: the table is another one now, no number was taken, and all is to be done again. */
static enum sctl_status take_number(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                    const uint64_t key[2], struct sctl_moment now,
                                    bool *grown, struct sctl_err *err)
{
    struct sctl_cell *known = sctl_table_find(&cells->table, SCTL_COUNTER, key);
    struct sctl_cell *counter = known;
    enum sctl_status status;
    uint64_t age;
    size_t i;

    if (drop_superseded(cells, stamp, now) == stamp->count && stamp->count > 0) {
        stamp->outcome = SCTL_SUPERSEDED;
        return SCTL_OK;
    }
    status = choose_number(stamp, known, err);
    if (status != SCTL_OK || stamp->outcome != SCTL_STAMPED)
        return status;
    if (counter == NULL)
        counter = claim(cells, SCTL_COUNTER, key, now);
    if (counter == NULL || !claim_intents(cells, stamp, now)) {
        give_claims_back(stamp);
        if (known == NULL && counter != NULL)
            counter->kind = SCTL_FREE;
        status = cells->backend->grow(cells, now, err);
        *grown = status == SCTL_OK;
        return status;
    }
    store_number(cells, counter, stamp);
    age = stamp->since < stamp->number ? stamp->since : stamp->number;
    for (i = 0; i < stamp->count; i++) {
        const struct sctl_intent *intent = &stamp->intents[i];
        if (intent->dropped)
            continue;
        intent->cell->number = age;
        intent->cell->until = sctl_double_bits(now.wall + SCTL_CELLS_FORGET);
        sctl_table_keep(&cells->table, intent->cell);
    }
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
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u resources",
                         SCTL_MAX_RESOURCES);
    status = enter(cells, stamp->account, key, err);
    if (status != SCTL_OK)
        return status;
    for (i = 0; i < stamp->count; i++)
        sctl_siphash(key, stamp->intents[i].resource, stamp->intents[i].key);
    now = sctl_moment_now();
    do {
        grown = false;
        status = take_number(cells, stamp, key, now, &grown, err);
    } while (grown);
    return leave(cells, status, err);
}

/* ---- latest, reserve ---- */

enum sctl_status sctl_cells_latest(struct sctl_cells *cells, struct sctl_str account,
                                   struct sctl_str resource, uint64_t *number,
                                   bool *found, struct sctl_err *err)
{
    struct sctl_cell *cell;
    uint64_t key[2], resource_key[2];
    enum sctl_status status = enter(cells, account, key, err);
    if (status != SCTL_OK)
        return status;
    if (resource.data != NULL)
        sctl_siphash(key, resource, resource_key);
    cell = resource.data != NULL
               ? sctl_table_find(&cells->table, SCTL_INTENT, resource_key)
               : sctl_table_find(&cells->table, SCTL_COUNTER, key);
    *found = cell != NULL && sctl_cell_is_live(cell, sctl_moment_now());
    *number = *found ? cell->number : 0;
    return leave(cells, SCTL_OK, err);
}

/* Puts a slot or a lock into a cell of its own. */
static enum sctl_status new_cell(struct sctl_cells *cells, enum sctl_kind kind,
                                 const uint64_t key[2], double end, uint64_t until,
                                 struct sctl_moment now, struct sctl_err *err)
{
    enum sctl_status status = SCTL_OK;
    struct sctl_cell *cell = sctl_table_room(&cells->table, key, now);
    while (cell == NULL && status == SCTL_OK) {
        status = cells->backend->grow(cells, now, err);
        if (status == SCTL_OK)
            cell = sctl_table_room(&cells->table, key, now);
    }
    if (cell == NULL)
        return status;
    sctl_cell_fill(cell, kind, key, sctl_double_bits(end), until);
    sctl_table_keep(&cells->table, cell);
    return SCTL_OK;
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
