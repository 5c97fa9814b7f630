/* Memory in which parameters are read and requests are signed: a scratch for each Lua state. */
#ifndef LSCTL_SCRATCH_H
#define LSCTL_SCRATCH_H

#include "lsctl.h"

#include "../core/request/request.h"

SCTL_HIDDEN_BEGIN

/* A text to send: of the caller's; or without `data` in `out`, `at` bytes from its start. */
struct lsctl_text {
    const char *data;
    size_t at, len;
};

struct lsctl_sent {
    struct lsctl_text name, value;
    bool in_form; /* else in the query */
};

struct lsctl_scratch {
    struct sctl_signed signed_request;
    struct sctl_buf out;   /* texts that a walk made */
    struct sctl_buf name;  /* of what it flattens */
    struct sctl_buf path;  /* to what is at fault */
    struct sctl_buf names; /* of tables that are open, see any.c */
    struct lsctl_sent *sent;
    size_t sent_count, sent_size;
    struct sctl_str *resources; /* what a call changes */
    size_t resource_size;
    struct sctl_pairs params;
    struct sctl_buf text; /* see sctl_request_call() */
    bool busy;            /* what is in it is being handed over */
};

/* Pushes the scratch of this Lua state, which is made at first. */
void lsctl_scratch_push(lua_State *L);

/* The scratch at `index`. While its content is handed over a finalizer may come here, and works in
 * another scratch, which is left on the stack. To make that may run finalizers. */
struct lsctl_scratch *lsctl_scratch_use(lua_State *L, int index);

/* Reads the flat list { name, value, name, value, ... }, which holds the texts (nil: none). */
enum sctl_status lsctl_read_pairs(lua_State *L, int index, struct sctl_pairs *pairs,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
