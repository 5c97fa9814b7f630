/* The file behind the cells: opening, checking, locking. Private to cells*.c. */
#ifndef SCTL_CELLS_FILE_H
#define SCTL_CELLS_FILE_H

#include "cells_table.h"

SCTL_HIDDEN_BEGIN

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
    uint64_t secret[2]; /* of the hash */
    uint64_t checksum;  /* of all before it */
};

struct sctl_cells_map {
    struct sctl_cells_head head;
    _Atomic uint64_t clock; /* the bits of a double: wall minus monotonic time */
    char space[SCTL_CELLS_HEADER - sizeof(struct sctl_cells_head) - sizeof(uint64_t)];
    struct sctl_cell cells[SCTL_CELLS_CAPACITY];
};

/* Locks the file, opening it again where that is needed; `map` and `table` are valid until
 * sctl_cells_leave. */
enum sctl_status sctl_cells_enter(struct sctl_cells *cells,
                                  struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_cells_leave(struct sctl_cells *cells);

SCTL_HIDDEN_END

#endif
