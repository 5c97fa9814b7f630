/* The signer as userdata. */
#ifndef LSCTL_SIGNER_H
#define LSCTL_SIGNER_H

#include "lsctl.h"

#include "../core/signer.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable. */
void lsctl_signer_open(lua_State *L);

/* core.signer(kind, options): see signer.c. */
int lsctl_signer_new(lua_State *L);

/* A call that is about to be signed. The texts are those of the stack. */
struct lsctl_signing {
    struct signer *signer;
    struct sctl_call call;
    struct sctl_pairs *params; /* of the signer: for the caller to fill */
    struct sctl_str endpoint;  /* the beginning of the URL */
    int method;                /* its index on the stack */
};

/* Reads signer, method, action, endpoint, nonce and timestamp, at `index` and above. */
void lsctl_signing_read(lua_State *L, int index, struct lsctl_signing *signing);

/* Signs, and pushes what signer:sign's callers make of it: a table of `method`, `url`, `headers`
 * and `body` (""); or what lsctl_fail does. Nothing may run between filling `params` and this that
 * could free their texts. */
int lsctl_signing_push(lua_State *L, struct lsctl_signing *signing);

SCTL_HIDDEN_END

#endif
