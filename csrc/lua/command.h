/* What only the command needs of the system: signals, journals, terminals, folders. */
#ifndef LSCTL_COMMAND_H
#define LSCTL_COMMAND_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable of journals, and adds its functions to the library on the top. */
void lsctl_command_open(lua_State *L);

SCTL_HIDDEN_END

#endif
