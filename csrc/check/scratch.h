/* The memory in which parameters are read and requests are signed: one of each Lua state. */
#pragma once

#include "../core/request/request.h"
#include "lsctl.h"
SCTL_HIDDEN_BEGIN

/* A text to send: in `out`, `at` bytes from its start. */
struct lsctl_text {
    size_t at, len;
};

struct lsctl_sent {
    struct lsctl_text name, value;
    bool in_form;     /* else in the query */
    bool is_resource; /* of the first parameter that names one */
};

struct lsctl_scratch {
    struct sctl_signed signed_request;
    struct sctl_buf out;   /* what is sent */
    struct sctl_buf name;  /* of a flattened value */
    struct sctl_buf path;  /* to the value at fault */
    struct sctl_buf names; /* of open tables, see any.c */
    struct lsctl_sent *sent;
    size_t sent_count, sent_size;
    struct sctl_str resources[SCTL_MAX_RESOURCES]; /* that a call changes */
    struct sctl_pairs params;
    struct sctl_buf text; /* see sctl_request_call() */
    bool busy;            /* its content is being handed over */
};

/* Pushes the scratch of this Lua state, which is made at first. */
void lsctl_scratch_push(lua_State *L);

/* The scratch at `index`. While its content is handed over a finalizer may come here, and works in
 * another scratch, which is left on the stack. To make that may run finalizers. */
struct lsctl_scratch *lsctl_scratch_use(lua_State *L, int index);

/* Gives back what one call with much to send has left in the scratch. */
void lsctl_scratch_trim(struct lsctl_scratch *scratch);
SCTL_HIDDEN_END
