/* One walk over a caller's parameters, which checks them and writes what is sent.
 *
 * Nothing in a walk allocates in Lua: that may run finalizers, which may change the tables under it
 * and use the same scratch. So names and values stay on the stack, and are looked up by what is
 * there. Texts that go unchanged are borrowed from the caller's tables until the request is
 * made. */
#ifndef LSCTL_WALK_H
#define LSCTL_WALK_H

#include "../core/base/encode.h"
#include "core.h"
#include "operation.h"

SCTL_HIDDEN_BEGIN

#define LSCTL_MAX_DEPTH 16 /* of tables in each other */

/* Where the walk is in the caller's tables, on the C stack. */
struct lsctl_step {
    const struct lsctl_step *outer; /* NULL: the parameters */
    struct sctl_str name;
    size_t item; /* of the list `outer`, from 1; 0: it is the field `name` */
};

/* Which walk over the parameters it is: the later ones are for lists out of order, and faults. */
enum lsctl_pass {
    LSCTL_IN_ORDER, /* all that is sent, and lists as Lua gives their items */
    LSCTL_BY_INDEX, /* the same, but lists item by item */
    LSCTL_EXPLAIN,  /* in the order of checks, and without a look into open values */
};

struct lsctl_walk {
    lua_State *L;
    const struct lsctl_operation *operation;
    struct lsctl_scratch *scratch;
    struct sctl_str prefix; /* of the test environment; empty for none */
    bool from_zero;         /* how items of lists are named, see lsctl_name_item */
    bool in_form;           /* what is sent belongs there */
    enum lsctl_pass pass;
    int depth;                       /* of tables */
    struct sctl_str wire;            /* the name of the parameter that is written */
    struct lsctl_text sequence_text; /* a Sequence of the caller's own; no bytes: none */
    struct lsctl_text body;
    /* where they are on the stack */
    int params, context;
    int decoded; /* behind this are on the stack what texts of styled parameters stand for */
    int holder;  /* what the operation keeps, an upvalue's index */
    int first;   /* where the values of the parameters are on the stack */
    /* the fault; its path is in scratch->path */
    const char *found; /* NULL: none */
    int value;         /* where the value at fault is on the stack; 0: there is none */
    int spec, rule;    /* places in the holder; 0: none */
};

/* How a value is written: as pairs by the walk's name, as JSON, or as text among others. */
enum lsctl_form { LSCTL_AS_PAIRS, LSCTL_AS_JSON, LSCTL_AS_TEXT };

/* Notes a fault, and returns false. All values stay on the stack. The path is "MixInput item 2
 * RectInfo.Layer"; in open values that of the form: "MixInput.2.RectInfo.Layer" in JSON, the name
 * in pairs. */
bool lsctl_walk_fault(struct lsctl_walk *walk, const char *found, const struct lsctl_step *step,
                      int value);
bool lsctl_walk_fault_in(struct lsctl_walk *walk, const char *found, const struct lsctl_step *step,
                         int value, enum lsctl_form form);

/* The text that was written to scratch->out from `from` on. */
struct lsctl_text lsctl_walk_made(const struct lsctl_walk *walk, size_t from);

/* The name of what is flattened now: the parameter's own, or what was pushed after it. */
struct lsctl_text lsctl_walk_long_name(struct lsctl_walk *walk);

static inline struct lsctl_text lsctl_walk_name(struct lsctl_walk *walk)
{
    if (walk->scratch->name.len > 0)
        return lsctl_walk_long_name(walk);
    return (struct lsctl_text){walk->wire.data, 0, walk->wire.len};
}

/* Room for one more pair. False: there is no memory, which is a fault. */
bool lsctl_walk_grow(struct lsctl_walk *walk);

/* Adds a pair. False: there is no memory, which is a fault. */
static inline bool lsctl_walk_send(struct lsctl_walk *walk, struct lsctl_text name,
                                   struct lsctl_text value)
{
    struct lsctl_scratch *scratch = walk->scratch;
    if (scratch->sent_count == scratch->sent_size && !lsctl_walk_grow(walk))
        return false;
    scratch->sent[scratch->sent_count++] = (struct lsctl_sent){name, value, walk->in_form};
    return true;
}

/* Checks the parameters and writes what is sent: pairs, and a JSON body. Their values stay on the
 * stack, defaults filled in. False: a fault. */
bool lsctl_walk_params(struct lsctl_walk *walk) SCTL_MUST_CHECK;

/* Fills in what the caller left out, in the values from walk->first on. */
uint64_t lsctl_walk_fill_in(struct lsctl_walk *walk);

/* The scalar at `index`. */
struct sctl_scalar lsctl_scalar(lua_State *L, int index);

/* Go deeper in what is flattened: ".key"; and for items from 1 on ".1" at Alibaba Cloud, which
 * counts from one, and at ZEGO, which counts from zero, "[]" for texts, ".0" for tables and for
 * what is in them. Return the length of scratch->name before, to go back to. */
size_t lsctl_name_field(struct lsctl_walk *walk, struct sctl_str key);
size_t lsctl_name_item(struct lsctl_walk *walk, size_t item, bool is_table);

/* A field, and the step to it or to an item of it. */
struct lsctl_place {
    const struct lsctl_field *field;
    struct lsctl_step step;
};

/* Notes what the check of a value found; returns false. */
bool lsctl_walk_found(struct lsctl_walk *walk, const struct lsctl_place *place,
                      enum sctl_fault found, int value);

/* False when a text found no memory, which is a fault. */
bool lsctl_walk_has_memory(struct lsctl_walk *walk);

/* ---- any.c: values that nothing says the shape of ---- */

/* Writes the value at `index`, which may hold others, to scratch->out, or sends it as pairs whose
 * names begin with that of the walk. `step`: where the value is. False: a fault. A table without
 * anything is an object where it is an item in JSON, else refused. */
bool lsctl_any_write(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                     enum lsctl_form form);

/* Whether a table has nothing in it. */
bool lsctl_any_is_empty(lua_State *L, int index);

/* The length of the list at `index`, each of whose items may be a null; SIZE_MAX for any other
 * table. */
size_t lsctl_list_length(lua_State *L, int index);

/* Writes all parameters of an open operation as they are given: pairs, and a JSON body. The values
 * of its fields stay on the stack from walk->first on, defaults filled in. */
bool lsctl_any_read(struct lsctl_walk *walk) SCTL_MUST_CHECK;

/* The text of a number, in `space`; a whole one is exact, whatever its size. False for one that is
 * not finite. */
bool lsctl_any_number(lua_State *L, int index, char space[SCTL_NUMBER_TEXT], struct sctl_str *text);

SCTL_HIDDEN_END

#endif
