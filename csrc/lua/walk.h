/* One walk over a caller's parameters, which checks them and writes what is sent.
 *
 * Nothing in a walk allocates in Lua: that may run finalizers, which may change the tables under it
 * and use the same scratch. So names and values stay on the stack, and are looked up by what is
 * there. Texts that go unchanged are borrowed from the caller's tables until the request is made.
 */
#ifndef LSCTL_WALK_H
#define LSCTL_WALK_H

#include "lsctl.h"

#include "scratch.h"

SCTL_HIDDEN_BEGIN

#define LSCTL_MAX_DEPTH 16 /* of tables in each other */

/* Where the walk is in the caller's tables, on the C stack. */
struct lsctl_step {
    const struct lsctl_step *outer; /* NULL: the parameters */
    struct sctl_str name;
    size_t item; /* of the list `outer`, from 1; 0: it is the field `name` */
};

struct lsctl_walk {
    lua_State *L;
    struct lsctl_scratch *scratch;
    struct sctl_str prefix; /* of the test environment; empty for none */
    bool from_zero;         /* how items of lists are named, see lsctl_name_item */
    bool in_form;           /* what is sent belongs to the form */
    bool explaining; /* in the order of checks, and without a look into open values */
    int depth;       /* of tables */
    struct sctl_str wire;    /* the name of the parameter that is written */
    struct lsctl_text given; /* a Sequence of the caller's own; no bytes: none */
    int params;              /* the caller's table, on the stack */
    int decoded;             /* what its texts stand for, by name */
    int holder;              /* what the operation keeps, an upvalue's index */
    /* the fault; its path is in scratch->path */
    const char *found; /* NULL: none */
    int value;         /* where the value at fault is on the stack; 0: there is none */
    int spec, rule;    /* places in the holder; 0: none */
};

/* Notes a fault, and returns false. All values stay on the stack. The path is "MixInput item 2
 * RectInfo.Layer"; dotted "MixInput.2.RectInfo.Layer"; named what scratch->name holds. */
bool lsctl_walk_fault(struct lsctl_walk *walk, const char *found,
                      const struct lsctl_step *step, int value);
bool lsctl_walk_fault_dotted(struct lsctl_walk *walk, const char *found,
                             const struct lsctl_step *step, int value);
bool lsctl_walk_fault_named(struct lsctl_walk *walk, const char *found, int value);

/* The text that was written to scratch->out from `from` on. */
struct lsctl_text lsctl_walk_made(const struct lsctl_walk *walk, size_t from);

/* The name of what is flattened now: the parameter's own, or what was pushed after it. */
struct lsctl_text lsctl_walk_name(struct lsctl_walk *walk);

/* One more pair. False: there is no memory, which is a fault. */
bool lsctl_walk_send(struct lsctl_walk *walk, struct lsctl_text name,
                     struct lsctl_text value);

/* Go deeper in what is flattened: ".key"; and for items from 1 on ".1" at Alibaba Cloud, which counts
 * from one, and at ZEGO, which counts from zero, "[]" for texts, ".0" for tables and for what is in
 * them. Return the length of scratch->name before, to go back to. */
size_t lsctl_name_field(struct lsctl_walk *walk, struct sctl_str key);
size_t lsctl_name_item(struct lsctl_walk *walk, size_t item, bool is_table);

SCTL_HIDDEN_END

#endif
