/* What the files of streamctl.core share. Each function is described where it stands. */
#pragma once

#include "../check/operation.h"
SCTL_HIDDEN_BEGIN

int lsctl_operation_new(lua_State *L);

/* Add a file's functions to the library on the top, and register its types. */
void lsctl_cells_open(lua_State *L);
void lsctl_crypto_open(lua_State *L);
void lsctl_request_open(lua_State *L);
void lsctl_signer_open(lua_State *L);

/* A field that is a text or a secret (nil: NULL); see lsctl_field. */
struct sctl_str lsctl_secret_field(lua_State *L, int index, const char *name);

/* Reads the flat list { name, value, name, value, ... }, which holds the texts (nil: none). */
enum sctl_status lsctl_read_pairs(lua_State *L, int index, struct sctl_pairs *pairs,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* ---- requests ---- */

/* Makes a new handle that of `request`, whose reference it takes over. NULL is fine. */
static inline void lsctl_request_hold(struct lsctl_request *handle, struct sctl_request *request)
{
    handle->request = request;
    handle->sequence = request != NULL ? request->sequence : 0;
}

/* The Unix seconds at `index`, or SCTL_NOW. */
int64_t lsctl_timestamp(lua_State *L, int index);

/* Pushes what request:signed returns, of a call that was signed into `scratch`. */
enum sctl_status lsctl_push_signed(lua_State *L, struct lsctl_scratch *scratch,
                                   const struct sctl_call *call, struct sctl_str origin,
                                   struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
