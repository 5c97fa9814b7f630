#include "cells_table.h"

#include "../base/clock.h"
#include "../base/nonce.h"

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

static struct sctl_cell *bucket_of(const struct sctl_table *table, const uint64_t key[2],
                                   unsigned choice)
{
    SCTL_ASSERT((table->buckets & (table->buckets - 1)) == 0);
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
            if (cell->kind == SCTL_FREE && table->file == NULL)
                break; /* in memory no cell becomes free again: the key would have been put here */
        }
    }
    return NULL;
}

struct sctl_cell *sctl_table_room(const struct sctl_table *table, const uint64_t key[2],
                                  struct sctl_moment now)
{
    struct sctl_cell *best = NULL;
    unsigned start = start_of(key), max = 0, choice, i;
    for (choice = 0; choice < 2; choice++) {
        struct sctl_cell *bucket = bucket_of(table, key, choice), *room = NULL;
        unsigned number = 0;
        for (i = 0; i < SCTL_BUCKET; i++) {
            struct sctl_cell *cell = &bucket[(start + i) % SCTL_BUCKET];
            /* A table in memory grows, so it need not be filled evenly to its last cell. */
            if (cell->kind == SCTL_FREE && table->file == NULL && choice == 0 &&
                i < SCTL_BUCKET / 4)
                return room != NULL ? room : cell;
            if (sctl_cell_is_live(cell, now))
                continue;
            if (room == NULL)
                room = cell;
            number++;
            /* The first bucket is searched first, so it is preferred while it is half empty. */
            if (choice == 0 && number >= SCTL_BUCKET / 2)
                return room;
        }
        if (number > max) {
            max = number;
            best = room;
        }
    }
    return best;
}

/* Compilers do not keep the state in registers by themselves. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

ALWAYS_INLINE uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

ALWAYS_INLINE void mix(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

ALWAYS_INLINE void absorb_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v);
    v[0] ^= word;
}

/* Up to eight bytes, little-endian on every machine, as SipHash is. */
ALWAYS_INLINE uint64_t read_word(const char *at, size_t len)
{
    uint64_t word = 0;
    memcpy(&word, at, len);
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(word) : word;
}

ALWAYS_INLINE uint64_t squeeze(uint64_t v[4], unsigned word, uint64_t mark)
{
    v[word] ^= mark;
    mix(v);
    mix(v);
    mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void sctl_siphash(const uint64_t key[2], struct sctl_str text, uint64_t out[2])
{
    uint64_t v[4];
    size_t at;
    v[0] = key[0] ^ UINT64_C(0x736f6d6570736575);
    v[1] = key[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee;
    v[2] = key[0] ^ UINT64_C(0x6c7967656e657261);
    v[3] = key[1] ^ UINT64_C(0x7465646279746573);
    for (at = 0; at + 8 <= text.len; at += 8)
        absorb_word(v, read_word(text.data + at, 8));
    absorb_word(v, read_word(text.data + at, text.len - at) | (uint64_t)text.len << 56);
    out[0] = squeeze(v, 2, 0xee);
    out[1] = squeeze(v, 1, 0xdd);
}

static enum sctl_status make_cells(struct sctl_table *table, size_t buckets, struct sctl_err *err)
{
    size_t size = buckets * SCTL_BUCKET * sizeof(struct sctl_cell);
    table->cells = sctl_new(size, "the store", err);
    table->buckets = buckets;
    return table->cells != NULL ? SCTL_OK : SCTL_E_MEMORY;
}

enum sctl_status sctl_table_make(struct sctl_cells *cells, struct sctl_err *err)
{
    SCTL_ASSERT(cells->table.file == NULL);
    if (cells->table.cells != NULL)
        return SCTL_OK;
    if (sctl_random(cells->secret, sizeof cells->secret, err) != SCTL_OK)
        return err->status;
    return make_cells(&cells->table, SCTL_CELLS_MEMORY_FIRST / SCTL_BUCKET, err);
}

/* Copies the live cells; false when one of them finds no room. */
static bool table_copy(const struct sctl_table *from, const struct sctl_table *to,
                       struct sctl_moment now)
{
    for (size_t i = 0; i < from->buckets * SCTL_BUCKET; i++) {
        const struct sctl_cell *cell = &from->cells[i];
        struct sctl_cell *room;
        if (!sctl_cell_is_live(cell, now))
            continue;
        room = sctl_table_room(to, cell->key, now);
        if (room == NULL)
            return false;
        *room = *cell;
    }
    return true;
}

/* Twice as large, or larger still should the hash be that unlucky. */
enum sctl_status sctl_table_grow(struct sctl_cells *cells, struct sctl_moment now,
                                 struct sctl_err *err)
{
    struct sctl_table larger = cells->table;
    if (cells->table.file != NULL)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                         "the store is full, its %u cells hold too many keys in use: %s",
                         SCTL_CELLS_CAPACITY, cells->path);
    while (make_cells(&larger, 2 * larger.buckets, err) == SCTL_OK) {
        bool done = table_copy(&cells->table, &larger, now);
        sctl_free(done ? cells->table.cells : larger.cells);
        if (done) {
            cells->table = larger;
            return SCTL_OK;
        }
    }
    return SCTL_E_MEMORY;
}
