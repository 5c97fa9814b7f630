#include "cells_table.h"

#include <string.h>

#include "clock.h"

_Static_assert(SCTL_BUCKET == 16, "the start of a search is four bits of the hash");

uint64_t sctl_double_bits(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

struct sctl_moment sctl_moment_now(void)
{
    return (struct sctl_moment){sctl_wall(), sctl_monotonic()};
}

void sctl_cell_fill(struct sctl_cell *cell, enum sctl_kind kind, const uint64_t key[2],
                    uint64_t number, uint64_t until)
{
    sctl_put(cell->kind, (uint64_t)SCTL_FREE);
    sctl_put(cell->key[0], key[0]);
    sctl_put(cell->key[1], key[1]);
    sctl_put(cell->number, number);
    sctl_put(cell->until, until);
    sctl_put(cell->kind, (uint64_t)kind);
}

/* ---- claims ---- */

_Static_assert(sizeof((struct sctl_claims *)0)->places >=
                   4 * SCTL_CELLS_MAX_STREAMS * sizeof(uint16_t),
               "claims, at two places each, fill half of them at most");

void sctl_claims_init(struct sctl_claims *claims, const struct sctl_intent *intents,
                      size_t count)
{
    claims->intents = intents;
    claims->intent_count = count;
    claims->count = 0;
    claims->mask = 0;
}

/* Where the search for a claim begins; it goes on with the places after it. */
static size_t place_of_key(const struct sctl_claims *claims, const uint64_t key[2])
{
    return (size_t)(key[0] >> 32) & claims->mask;
}

static size_t place_of_cell(const struct sctl_claims *claims,
                            const struct sctl_cell *cell)
{
    uint64_t address = (uint64_t)(uintptr_t)cell / sizeof *cell;
    return (size_t)(address * UINT64_C(0x9e3779b97f4a7c15) >> 32) & claims->mask;
}

static void put_at(struct sctl_claims *claims, size_t place, uint16_t number)
{
    while (claims->places[place] != 0)
        place = (place + 1) & claims->mask;
    claims->places[place] = number;
}

void sctl_claim(struct sctl_claims *claims, const struct sctl_intent *intent)
{
    uint16_t number = (uint16_t)(intent - claims->intents + 1);
    if (claims->count++ == 0) {
        size_t places = 16;
        while (places < 4 * claims->intent_count)
            places *= 2;
        claims->mask = places - 1;
        memset(claims->places, 0, places * sizeof *claims->places);
    }
    put_at(claims, place_of_key(claims, intent->key), number);
    put_at(claims, place_of_cell(claims, intent->cell), number);
}

struct sctl_cell *sctl_claimed_for(const struct sctl_claims *claims,
                                   const uint64_t key[2])
{
    size_t place;
    if (claims->count == 0)
        return NULL;
    place = place_of_key(claims, key);
    for (; claims->places[place] != 0; place = (place + 1) & claims->mask) {
        const struct sctl_intent *intent = &claims->intents[claims->places[place] - 1];
        if (intent->key[0] == key[0] && intent->key[1] == key[1])
            return intent->cell;
    }
    return NULL;
}

static bool is_claimed(const struct sctl_claims *claims, const struct sctl_cell *cell)
{
    size_t place;
    if (claims == NULL || claims->count == 0)
        return false;
    place = place_of_cell(claims, cell);
    for (; claims->places[place] != 0; place = (place + 1) & claims->mask) {
        if (claims->intents[claims->places[place] - 1].cell == cell)
            return true;
    }
    return false;
}

/* ---- buckets ---- */

static struct sctl_cell *bucket_of(const struct sctl_table *table, const uint64_t key[2],
                                   unsigned choice)
{
    size_t first = (size_t)key[0] & (table->buckets - 1);
    size_t second = (size_t)key[1] & (table->buckets - 1);
    if (second == first)
        second = (first + 1) & (table->buckets - 1);
    return &table->cells[(choice == 0 ? first : second) * SCTL_BUCKET];
}

/* Both searches go round a bucket from here: while there is room, the first cell is the right one. */
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
            if (sctl_get(cell->key[0]) == key[0] && sctl_get(cell->key[1]) == key[1] &&
                sctl_get(cell->kind) == (uint64_t)kind)
                return cell;
        }
    }
    return NULL;
}

struct sctl_cell *sctl_table_room(const struct sctl_table *table, const uint64_t key[2],
                                  struct sctl_moment now,
                                  const struct sctl_claims *claims)
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
            if (room == NULL && !is_claimed(claims, cell))
                room = cell;
            number++;
            /* The first bucket is searched first, so it is preferred while it is half empty. */
            if (choice == 0 && number >= SCTL_BUCKET / 2 && room != NULL)
                return room;
        }
        if (room != NULL && number > most) {
            most = number;
            best = room;
        }
    }
    return best;
}

struct sctl_cell *sctl_table_stream(const struct sctl_table *table, const uint64_t key[2])
{
    unsigned choice, i;
    for (choice = 0; choice < 2; choice++) {
        struct sctl_cell *bucket = bucket_of(table, key, choice);
        for (i = 0; i < SCTL_BUCKET; i++) {
            if (sctl_get(bucket[i].kind) == (uint64_t)SCTL_STREAM)
                return &bucket[i];
        }
    }
    return NULL;
}
