/* What the files of streamctl.core share. Each function is described where it stands. */
#ifndef LSCTL_CORE_H
#define LSCTL_CORE_H

#include "lsctl.h"

#include "../core/request/request.h"

SCTL_HIDDEN_BEGIN

int lsctl_json(lua_State *L);
int lsctl_operation_new(lua_State *L);

/* Add a file's functions to the library on the top, and register its types. */
void lsctl_cells_open(lua_State *L);
void lsctl_crypto_open(lua_State *L);
void lsctl_request_open(lua_State *L);
void lsctl_signer_open(lua_State *L);

/* A field that is a text or a secret (nil: NULL); see lsctl_field. */
struct sctl_str lsctl_secret_field(lua_State *L, int index, const char *name);

/* ---- the memory in which parameters are read and requests are signed ---- */

/* A text to send: of the caller's; or without `data` in `out`, `at` bytes from its start. */
struct lsctl_text {
    const char *data;
    size_t at, len;
};

struct lsctl_sent {
    struct lsctl_text name, value;
    bool in_form;     /* else in the query */
    bool is_resource; /* of the first parameter that names one */
};

struct lsctl_scratch {
    struct sctl_signed signed_request;
    struct sctl_buf out;   /* texts that a walk made */
    struct sctl_buf name;  /* of a flattened value */
    struct sctl_buf path;  /* to the value at fault */
    struct sctl_buf names; /* of open tables, see any.c */
    struct lsctl_sent *sent;
    size_t sent_count, sent_size;
    struct sctl_str *resources; /* that a call changes */
    size_t resource_size;
    struct sctl_pairs params;
    struct sctl_buf text; /* see sctl_request_call() */
    bool busy;            /* its content is being handed over */
};

/* Pushes the scratch of this Lua state, which is made at first. */
void lsctl_scratch_push(lua_State *L);

/* The scratch at `index`. While its content is handed over a finalizer may come here, and works in
 * another scratch, which is left on the stack. To make that may run finalizers. */
struct lsctl_scratch *lsctl_scratch_use(lua_State *L, int index);

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

#endif
