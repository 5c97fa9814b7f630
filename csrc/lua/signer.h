/* The signer as userdata. */
#ifndef LSCTL_SIGNER_H
#define LSCTL_SIGNER_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable. */
void lsctl_signer_open(lua_State *L);

/* core.signer(kind, options): see signer.c. */
int lsctl_signer_new(lua_State *L);

SCTL_HIDDEN_END

#endif
