/* Rows of parameters for Lua. */
#ifndef LSCTL_ROW_H
#define LSCTL_ROW_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* core.row */
int lsctl_row_new(lua_State *L);

/* Makes the metatable. */
void lsctl_row_open(lua_State *L);

SCTL_HIDDEN_END

#endif
