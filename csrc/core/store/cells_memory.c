/* The memory behind the cells of one process. */
#include "cells_table.h"

#include <stdlib.h>
#include <string.h>

#include "../base/nonce.h"

static struct sctl_cell *new_cells(size_t buckets, struct sctl_err *err)
{
    size_t size = buckets * SCTL_BUCKET * sizeof(struct sctl_cell);
    struct sctl_cell *cells = sctl_realloc(NULL, size);
    if (cells != NULL)
        memset(cells, 0, size);
    else
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for the store");
    return cells;
}

static enum sctl_status enter(struct sctl_cells *cells, struct sctl_err *err)
{
    enum sctl_status status;
    if (cells->table.cells != NULL)
        return SCTL_OK;
    status = sctl_random(cells->secret, sizeof cells->secret, err);
    if (status != SCTL_OK)
        return status;
    cells->table.buckets = SCTL_CELLS_MEMORY_FIRST / SCTL_BUCKET;
    cells->table.cells = new_cells(cells->table.buckets, err);
    return cells->table.cells != NULL ? SCTL_OK : SCTL_E_MEMORY;
}

static enum sctl_status leave(struct sctl_cells *cells, struct sctl_err *err)
{
    (void)cells;
    (void)err;
    return SCTL_OK;
}

/* Copies what is live; false when one of them finds no room. */
static bool copy(const struct sctl_table *from, const struct sctl_table *to, struct sctl_moment now)
{
    size_t i;
    for (i = 0; i < from->buckets * SCTL_BUCKET; i++) {
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

/* Twice as large, so that growing costs little for each cell; larger still should the hash be that
 * unlucky. */
static enum sctl_status grow(struct sctl_cells *cells, struct sctl_moment now, struct sctl_err *err)
{
    struct sctl_table larger = cells->table;
    for (;;) {
        larger.buckets *= 2;
        larger.cells = new_cells(larger.buckets, err);
        if (larger.cells == NULL)
            return SCTL_E_MEMORY;
        if (copy(&cells->table, &larger, now)) {
            sctl_free(cells->table.cells);
            cells->table = larger;
            return SCTL_OK;
        }
        sctl_free(larger.cells);
    }
}

static void close_memory(struct sctl_cells *cells)
{
    sctl_free(cells->table.cells);
    cells->table.cells = NULL;
}

static const struct sctl_backend MEMORY_BACKEND = {
    .enter = enter,
    .leave = leave,
    .grow = grow,
    .close = close_memory,
};

void sctl_cells_open_memory(struct sctl_cells *cells)
{
    memset(cells, 0, sizeof *cells);
    cells->backend = &MEMORY_BACKEND;
}
