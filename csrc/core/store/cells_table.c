#include "cells_table.h"

#include "cells_file.h"
#include "../base/clock.h"

_Static_assert(SCTL_BUCKET == 16, "the start of a search is four bits of the hash");

struct sctl_moment sctl_moment_now(void)
{
    return (struct sctl_moment){sctl_wall(), sctl_monotonic()};
}

void sctl_table_keep(const struct sctl_table *table, const struct sctl_cell *cell)
{
    if (table->file != NULL)
        sctl_cells_write(table->file, cell);
}

/* ---- buckets ---- */

static struct sctl_cell *bucket_of(const struct sctl_table *table, const uint64_t key[2],
                                   unsigned choice)
{
    size_t first = (size_t)key[0] & (table->buckets - 1);
    size_t second = (size_t)key[1] & (table->buckets - 1);
    if (second == first)
        second = (first + 1) & (table->buckets - 1);
    if (choice != 0)
        first = second;
    if (table->file != NULL)
        sctl_cells_read(table->file, first);
    return &table->cells[first * SCTL_BUCKET];
}

/* Both searches go round a bucket from here, so a key is mostly in the first cell they look at. */
static unsigned start_of(const uint64_t key[2])
{
    return (unsigned)(key[1] >> 60);
}

struct sctl_cell *sctl_table_find(const struct sctl_table *table, enum sctl_kind kind,
                                  const uint64_t key[2])
{
    unsigned start = start_of(key), choice, i;
    for (choice = 0; choice < 2; choice++) {
        struct sctl_cell *bucket = bucket_of(table, key, choice);
        for (i = 0; i < SCTL_BUCKET; i++) {
            struct sctl_cell *cell = &bucket[(start + i) % SCTL_BUCKET];
            if (cell->key[0] == key[0] && cell->key[1] == key[1] && cell->kind == (uint64_t)kind)
                return cell;
        }
    }
    return NULL;
}

struct sctl_cell *sctl_table_room(const struct sctl_table *table, const uint64_t key[2],
                                  struct sctl_moment now)
{
    struct sctl_cell *best = NULL;
    unsigned start = start_of(key), most = 0, choice, i;
    for (choice = 0; choice < 2; choice++) {
        struct sctl_cell *bucket = bucket_of(table, key, choice), *room = NULL;
        unsigned number = 0;
        for (i = 0; i < SCTL_BUCKET; i++) {
            struct sctl_cell *cell = &bucket[(start + i) % SCTL_BUCKET];
            if (sctl_cell_is_live(cell, now))
                continue;
            if (room == NULL)
                room = cell;
            number++;
            /* The first bucket is searched first, so it is preferred while it is half empty. */
            if (choice == 0 && number >= SCTL_BUCKET / 2)
                return room;
        }
        if (number > most) {
            most = number;
            best = room;
        }
    }
    return best;
}
