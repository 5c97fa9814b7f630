/* Encodings, digests, encryption, secrets. */
#ifndef LSCTL_CRYPTO_H
#define LSCTL_CRYPTO_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

/* Adds its functions to the library on the top. */
void lsctl_crypto_open(lua_State *L);

SCTL_HIDDEN_END

#endif
