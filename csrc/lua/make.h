/* From what a walk wrote to a request. */
#ifndef LSCTL_MAKE_H
#define LSCTL_MAKE_H

#include "operation.h"
#include "request.h"
#include "walk.h"

SCTL_HIDDEN_BEGIN

/* What a call changes: values on the stack. */
struct lsctl_about {
    size_t count;
    int values[LSCTL_MAX_ABOUT];
    bool lowered[LSCTL_MAX_ABOUT];  /* its texts know no case */
    bool prefixed[LSCTL_MAX_ABOUT]; /* with the prefix and without it is the same */
    bool secret;                    /* known by its SHA-1 */
    struct sctl_str kind;
};

/* What the walk does not know of a call. */
struct lsctl_plan {
    struct sctl_str action;
    enum sctl_method method;
    enum lsctl_body body_kind;
    struct lsctl_text body; /* of JSON */
    bool sequence;
    struct sctl_str sent_kind;       /* of a Sequence in the query: its resources, */
    struct sctl_str sent_wire;       /* which are the values that are sent by this name */
    const struct lsctl_about *about; /* NULL: no other ones */
};

/* Fills `parts` but for signer and safe, from what is in the scratch and borrows that. NULL; or a word
 * for a fault, see lsctl_walk; or "" and `err`. */
const char *lsctl_make_parts(struct lsctl_walk *walk, const struct lsctl_plan *plan,
                             struct sctl_parts *parts, struct sctl_err *err);

/* Pushes what `make` returns of the walk's fault; returns how much that is. */
int lsctl_push_fault(struct lsctl_walk *walk);

/* Pushes false, message and code. */
int lsctl_push_refusal(lua_State *L, const struct sctl_err *err);

/* One call with much to send must not cost its memory for good. */
void lsctl_trim(struct lsctl_scratch *scratch);

SCTL_HIDDEN_END

#endif
