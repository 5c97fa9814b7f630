/* Programs that are run for what they print, as userdata. */
#ifndef LSCTL_PROCESS_H
#define LSCTL_PROCESS_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable. */
void lsctl_process_open(lua_State *L);

/* system.spawn(words): see process.c. */
int lsctl_process_spawn(lua_State *L);

SCTL_HIDDEN_END

#endif
