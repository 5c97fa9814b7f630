/* The file behind the cells: opening, checking, locking. Private to cells*.c. */
#ifndef SCTL_CELLS_FILE_H
#define SCTL_CELLS_FILE_H

#include <stdatomic.h>

#include "cells.h"

SCTL_HIDDEN_BEGIN

enum sctl_kind { SCTL_FREE, SCTL_COUNTER, SCTL_STREAM, SCTL_SLOT };

/* 64 bytes at a multiple of 64: no cell lies across pages or disk sectors. */
struct sctl_cell {
    _Atomic uint64_t kind; /* enum sctl_kind; written last when a cell is filled */
    _Atomic uint64_t key[2];
    _Atomic uint64_t number; /* SCTL_SLOT: the bits of a double, monotonic seconds */
    _Atomic uint64_t until;  /* SCTL_STREAM: the bits of a double, Unix seconds */
    uint64_t spare[3];
};

#define SCTL_CELLS_HEADER 4096u
#define SCTL_CELLS_SIZE                                                                  \
    (SCTL_CELLS_HEADER + SCTL_CELLS_CAPACITY * sizeof(struct sctl_cell))

/* The constant part of the header: native byte order, which `order` tells. */
struct sctl_cells_head {
    char magic[8];
    uint32_t version;
    uint32_t order;
    uint32_t header_size;
    uint32_t cell_size;
    uint32_t capacity;
    uint32_t zero;
    uint64_t checksum; /* of all before it */
};

struct sctl_cells_map {
    struct sctl_cells_head head;
    _Atomic uint64_t
        clock; /* the bits of a double: wall minus monotonic time of the slots */
    char space[SCTL_CELLS_HEADER - sizeof(struct sctl_cells_head) - sizeof(uint64_t)];
    struct sctl_cell cells[SCTL_CELLS_CAPACITY];
};

/* Every store is a release: none moves before the one that the program makes earlier. A killed
 * process has made its stores up to some point and none after it; what needs the order between
 * processors is in the lock. */
#define sctl_put(field, value)                                                           \
    atomic_store_explicit(&(field), (value), memory_order_release)
#define sctl_get(field) atomic_load_explicit(&(field), memory_order_relaxed)

double sctl_bits_double(uint64_t bits);
uint64_t sctl_double_bits(double number);

/* Locks the file, opening it again where that is needed; `map` is valid until sctl_cells_leave. */
enum sctl_status sctl_cells_enter(struct sctl_cells *cells,
                                  struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_cells_leave(struct sctl_cells *cells);

SCTL_HIDDEN_END

#endif
