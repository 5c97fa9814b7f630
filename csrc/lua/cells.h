/* The cells as userdata. */
#ifndef LSCTL_CELLS_H
#define LSCTL_CELLS_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable. */
void lsctl_cells_open(lua_State *L);

/* core.cells(path) and core.memory_cells(): see cells.c. */
int lsctl_cells_new(lua_State *L);
int lsctl_cells_new_memory(lua_State *L);

SCTL_HIDDEN_END

#endif
