#include "cells_table.h"

#include <inttypes.h>
#include <stdio.h>

#include "../base/nonce.h"

void sctl_cells_open_memory(struct sctl_cells *cells)
{
    memset(cells, 0, sizeof *cells);
    cells->open = true;
}

void sctl_cells_close(struct sctl_cells *cells)
{
    if (cells->table.file != NULL)
        sctl_cells_close_file(cells);
    else
        sctl_free(cells->table.cells);
    sctl_free(cells->path);
    memset(cells, 0, sizeof *cells);
}

/* Makes the table ours until `leave`, and hashes a text.
 *
 * A cell has a hash of 128 bits instead of the text. Each table draws a key for its hashes, so that
 * nobody outside can search for texts that collide, or that share a bucket. Two of 2^17 texts
 * collide with a chance of 2^-95. The hash of the account is the key for hashes of its resources. */
static enum sctl_status enter(struct sctl_cells *cells, struct sctl_str text, uint64_t key[2],
                              struct sctl_err *err)
{
    key[0] = key[1] = 0;
    if (!cells->open)
        return sctl_fail(err, SCTL_E_CLOSED, 0, "the store is closed");
    enum sctl_status status = cells->table.file != NULL ? sctl_cells_enter_file(cells, err)
                                                        : sctl_table_make(cells, err);
    if (status == SCTL_OK)
        sctl_siphash(cells->secret, text, key);
    return status;
}

/* `status` is what the operation ended with so far. */
static enum sctl_status leave(struct sctl_cells *cells, enum sctl_status status,
                              struct sctl_err *err)
{
    SCTL_ASSERT(cells->open);
    struct sctl_err second;
    enum sctl_status left = SCTL_OK;
    if (cells->table.file != NULL)
        left = sctl_cells_leave_file(cells, status == SCTL_OK ? err : &second);
    return status == SCTL_OK ? left : status;
}

/* The cell of a key, or a new one of zeros; NULL: there is no room. */
static struct sctl_cell *claim(const struct sctl_cells *cells, enum sctl_kind kind,
                               const uint64_t key[2], struct sctl_moment now)
{
    struct sctl_cell *cell = sctl_table_find(&cells->table, kind, key);
    if (cell != NULL)
        return cell;
    cell = sctl_table_room(&cells->table, key, now);
    if (cell != NULL)
        *cell = (struct sctl_cell){.kind = kind, .key = {key[0], key[1]}};
    return cell;
}

/* Numbers are milliseconds, mostly: a clock that is so wrong is corrected. */
#define JUMP (1000 * (uint64_t)SCTL_CELLS_FORGET)

/* How many resources have a newer intent; of a first attempt, none. */
static size_t drop_superseded(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                              struct sctl_moment now)
{
    size_t dropped = 0;
    bool first = stamp->since == SCTL_FIRST_ATTEMPT && stamp->back == 0;
    for (size_t i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        const struct sctl_cell *cell =
            first ? NULL : sctl_table_find(&cells->table, SCTL_INTENT, intent->key);
        uint64_t newest = cell != NULL && sctl_cell_is_live(cell, now) ? cell->intent.age : 0;
        if (stamp->back != 0 && newest >= stamp->back) /* by the clock that was wrong */
            intent->dropped = newest > stamp->back;
        else
            intent->dropped = newest > stamp->since;
        dropped += intent->dropped ? 1 : 0;
    }
    return dropped;
}

/* Gives the resources that stay cells of their own; false when one finds no room. */
static bool claim_intents(const struct sctl_cells *cells, struct sctl_stamp *stamp,
                          struct sctl_moment now)
{
    for (size_t i = 0; i < stamp->count; i++) {
        struct sctl_intent *intent = &stamp->intents[i];
        if (intent->dropped)
            continue;
        intent->cell = claim(cells, SCTL_INTENT, intent->key, now);
        if (intent->cell == NULL)
            return false;
        /* the next claim must find the cell taken */
        intent->cell->intent.until = now.wall + SCTL_CELLS_FORGET;
    }
    return true;
}

/* Puts the number into the account's cell. Before a clock makes it jump the last number is kept: if
 * the clock is wrong it is the last number that was used. A number far above the clock of its
 * caller is used, too: nobody will refuse him for his clock. */
static void store_number(struct sctl_cells *cells, struct sctl_cell *cell,
                         const struct sctl_stamp *stamp)
{
    uint64_t number = stamp->number, last = cell->counter.last;
    if (number > last && number - last > JUMP)
        cell->counter.used = last;
    else if (number - stamp->floor > JUMP)
        cell->counter.used = number;
    cell->counter.last = number;
    sctl_table_keep(&cells->table, cell);
}

/* The number that the account is to get; why not in `outcome` or `err`. */
static enum sctl_status choose_number(struct sctl_stamp *stamp, const struct sctl_cell *cell,
                                      struct sctl_err *err)
{
    stamp->outcome = SCTL_STAMPED;
    stamp->number = stamp->floor;
    if (cell != NULL) {
        uint64_t used = stamp->last = cell->counter.last;
        if (stamp->exact && stamp->floor <= stamp->last) {
            stamp->outcome = SCTL_BELOW_LAST;
            return SCTL_OK;
        }
        if (stamp->back != 0 && stamp->last >= stamp->back)
            used = cell->counter.used;
        if (used >= stamp->floor)
            stamp->number = used + 1;
    }
    if (stamp->last >= SCTL_MAX_NUMBER || stamp->number > SCTL_MAX_NUMBER)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the counter has reached 2^53");
    return SCTL_OK;
}

/* Takes the number, or finds out why not. The account's number is written before the intents: a
 * process that is killed in between has wasted a number, as one that is killed right after; no
 * number is ever given twice. */
static enum sctl_status take_number(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                    const uint64_t key[2], struct sctl_err *err)
{
    struct sctl_moment now = sctl_moment_now();
    if (drop_superseded(cells, stamp, now) == stamp->count && stamp->count > 0) {
        stamp->outcome = SCTL_SUPERSEDED;
        return SCTL_OK;
    }
    struct sctl_cell *cell = sctl_table_find(&cells->table, SCTL_COUNTER, key);
    enum sctl_status status = choose_number(stamp, cell, err);
    if (status != SCTL_OK || stamp->outcome != SCTL_STAMPED)
        return status;
    /* the account's comes last: without a number it would say 0 */
    while (!claim_intents(cells, stamp, now) ||
           (cell = claim(cells, SCTL_COUNTER, key, now)) == NULL) {
        status = sctl_table_grow(cells, now, err);
        if (status != SCTL_OK)
            return status;
    }
    store_number(cells, cell, stamp);
    uint64_t age = stamp->since < stamp->number ? stamp->since : stamp->number;
    for (size_t i = 0; i < stamp->count; i++) {
        if (stamp->intents[i].dropped)
            continue;
        stamp->intents[i].cell->intent.age = age;
        sctl_table_keep(&cells->table, stamp->intents[i].cell);
    }
    return SCTL_OK;
}

enum sctl_status sctl_cells_stamp(struct sctl_cells *cells, struct sctl_stamp *stamp,
                                  struct sctl_err *err)
{
    SCTL_ASSERT(stamp->floor <= (uint64_t)SCTL_MAX_NUMBER);
    uint64_t key[2];
    stamp->last = 0;
    if (stamp->count > SCTL_MAX_RESOURCES)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u resources", SCTL_MAX_RESOURCES);
    enum sctl_status status = enter(cells, stamp->account, key, err);
    if (status != SCTL_OK)
        return status;
    for (size_t i = 0; i < stamp->count; i++)
        sctl_siphash(key, stamp->intents[i].resource, stamp->intents[i].key);
    status = take_number(cells, stamp, key, err);
    return leave(cells, status, err);
}

/* Makes the table ours until `leave`, and finds the cell of a text. Without one `makes` makes one of
 * zeros, else *cell is NULL. */
static enum sctl_status enter_cell(struct sctl_cells *cells, enum sctl_kind kind,
                                   struct sctl_str text, bool makes, struct sctl_moment *now,
                                   struct sctl_cell **cell, struct sctl_err *err)
{
    uint64_t key[2];
    enum sctl_status status = enter(cells, text, key, err);
    if (status != SCTL_OK)
        return status;
    *now = sctl_moment_now();
    *cell = makes ? NULL : sctl_table_find(&cells->table, kind, key);
    while (makes && (*cell = claim(cells, kind, key, *now)) == NULL) {
        status = sctl_table_grow(cells, *now, err);
        if (status != SCTL_OK)
            return leave(cells, status, err);
    }
    return SCTL_OK;
}

/* GCRA: the cell holds the time of the next slot. */
enum sctl_status sctl_cells_reserve(struct sctl_cells *cells, struct sctl_str key, double interval,
                                    double limit, double *delay, struct sctl_err *err)
{
    struct sctl_cell *cell;
    struct sctl_moment now;
    if (enter_cell(cells, SCTL_SLOT, key, true, &now, &cell, err) != SCTL_OK)
        return err->status;
    if (!sctl_cell_is_live(cell, now))
        cell->slot.next = now.monotonic;
    *delay = cell->slot.next - now.monotonic;
    if (*delay <= limit) {
        cell->slot.next += interval;
        sctl_table_keep(&cells->table, cell);
    }
    return leave(cells, SCTL_OK, err);
}

static void write_token(char token[SCTL_LOCK_TOKEN + 1], uint64_t holder)
{
    (void)snprintf(token, SCTL_LOCK_TOKEN + 1, "%016" PRIx64, holder);
}

enum sctl_status sctl_cells_lock(struct sctl_cells *cells, struct sctl_str key, double seconds,
                                 char token[SCTL_LOCK_TOKEN + 1], double *left,
                                 struct sctl_err *err)
{
    struct sctl_cell *cell;
    struct sctl_moment now;
    uint64_t holder;
    if (sctl_random(&holder, sizeof holder, err) != SCTL_OK ||
        enter_cell(cells, SCTL_LOCK, key, true, &now, &cell, err) != SCTL_OK)
        return err->status;
    *left = 0;
    if (sctl_cell_is_live(cell, now))
        *left = cell->lock.end - now.monotonic;
    else {
        write_token(token, holder);
        cell->lock.end = now.monotonic + seconds;
        cell->lock.holder = holder;
        sctl_table_keep(&cells->table, cell);
    }
    return leave(cells, SCTL_OK, err);
}

enum sctl_status sctl_cells_unlock(struct sctl_cells *cells, struct sctl_str key,
                                   struct sctl_str token, double after, bool *ended,
                                   struct sctl_err *err)
{
    char holder[SCTL_LOCK_TOKEN + 1];
    struct sctl_cell *cell;
    struct sctl_moment now;
    if (enter_cell(cells, SCTL_LOCK, key, false, &now, &cell, err) != SCTL_OK)
        return err->status;
    *ended = cell != NULL && sctl_cell_is_live(cell, now) && token.len == SCTL_LOCK_TOKEN;
    if (*ended) {
        write_token(holder, cell->lock.holder);
        *ended = memcmp(token.data, holder, SCTL_LOCK_TOKEN) == 0;
    }
    if (*ended) {
        cell->lock.end = now.monotonic + after;
        sctl_table_keep(&cells->table, cell);
    }
    return leave(cells, SCTL_OK, err);
}

enum sctl_status sctl_cells_note(struct sctl_cells *cells, struct sctl_str key, uint64_t number,
                                 double seconds, uint64_t *highest, struct sctl_err *err)
{
    struct sctl_cell *cell;
    struct sctl_moment now;
    if (enter_cell(cells, SCTL_NOTE, key, number > 0, &now, &cell, err) != SCTL_OK)
        return err->status;
    *highest = cell != NULL && sctl_cell_is_live(cell, now) ? cell->note.number : 0;
    if (cell != NULL && number > 0 && number >= *highest) {
        *highest = cell->note.number = number;
        cell->note.until = now.wall + seconds;
        sctl_table_keep(&cells->table, cell);
    }
    return leave(cells, SCTL_OK, err);
}
