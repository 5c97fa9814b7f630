/* Encodings, digests, encryption, secrets. */
#ifndef LSCTL_CRYPTO_H
#define LSCTL_CRYPTO_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* Adds its functions to the library on the top. */
void lsctl_crypto_open(lua_State *L);

/* A text field (nil: NULL), or a secret; see lsctl_field. */
struct sctl_str lsctl_secret_field(lua_State *L, int index, const char *name);

SCTL_HIDDEN_END

#endif
