/* The functions of streamctl.core that have a file of their own; each is described there. */
#ifndef LSCTL_CORE_H
#define LSCTL_CORE_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

int lsctl_signer_new(lua_State *L);
int lsctl_cells_new(lua_State *L);
int lsctl_cells_new_memory(lua_State *L);
int lsctl_json(lua_State *L);

/* Register the metatables. */
void lsctl_signer_open(lua_State *L);
void lsctl_cells_open(lua_State *L);

/* Adds base64, digests, encryption and secrets to the library on the top. */
void lsctl_crypto_open(lua_State *L);

/* A text field (nil: NULL), or a secret; see lsctl_field. */
struct sctl_str lsctl_secret_field(lua_State *L, int index, const char *name);

SCTL_HIDDEN_END

#endif
