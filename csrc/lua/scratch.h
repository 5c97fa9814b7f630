/* What reading parameters and signing work in: one for each Lua state, an upvalue of what uses
 * it. */
#ifndef LSCTL_SCRATCH_H
#define LSCTL_SCRATCH_H

#include "lsctl.h"

#include "../core/request/request.h"

SCTL_HIDDEN_BEGIN

/* A text to send: the caller's own, or, without `data`, what is in `out`, `at` bytes from its
 * start. */
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

/* Pushes the one of this state, which it makes at first. */
void lsctl_scratch_push(lua_State *L);

/* The one at `index`. While it is handed over, which allocates, a finalizer may come here: it works
 * in one of its own, which is left on the stack. May run finalizers, then. */
struct lsctl_scratch *lsctl_scratch_use(lua_State *L, int index);

/* Reads the flat list { name, value, name, value, ... }, which holds the texts (nil: none). */
enum sctl_status lsctl_read_pairs(lua_State *L, int index, struct sctl_pairs *pairs,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
