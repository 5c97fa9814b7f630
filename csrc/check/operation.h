/* Operations, and the walk over a call's parameters by one. operation.c compiles an operation from
 * a row, walk.c and any.c check parameters and write what is sent, parts.c fills in the request.
 *
 * Nothing in a walk allocates in Lua: that may run finalizers, which may change the tables under it
 * and use the same scratch. So names and values stay on the stack, and are looked up by what is
 * there. */
#pragma once

#include "../core/base/encode.h"
#include "../core/request/value.h"
#include "scratch.h"
SCTL_HIDDEN_BEGIN

/* ---- operations ---- */

#define LSCTL_MAX_FIELDS 64u /* of one table; rules, too */
#define LSCTL_MAX_RESOURCE_FIELDS 8u

enum lsctl_kind { LSCTL_SCALAR, LSCTL_LIST, LSCTL_OBJECT, LSCTL_MAP, LSCTL_ANY };
enum lsctl_style { LSCTL_FLAT, LSCTL_JSON, LSCTL_COMMAS };
enum lsctl_body { LSCTL_NO_BODY, LSCTL_FORM, LSCTL_JSON_BODY };

struct lsctl_shape;

/* A field of a table. Places are those in the holder; 0: none. */
struct lsctl_field {
    struct sctl_limits limits; /* of a scalar, or of a list's items */
    struct sctl_str name;
    struct sctl_str wire; /* the name that is sent */
    struct sctl_str key;  /* the same as JSON, with its ":" */
    enum lsctl_kind kind;
    enum lsctl_kind item_kind; /* of a list; of LSCTL_ANY the kind that is no longer checked */
    enum lsctl_style style;
    bool required;
    bool same_name; /* items are sent by the list's own name */
    bool in_query;  /* whatever the body is */
    size_t min_items, max_items;
    struct lsctl_shape *inner; /* of an object's fields, or of items'; NULL: any */
    int spec, name_place, fill, option;
    int styled; /* a parameter that may come as the text of its style: which one, from 1 */
};

struct lsctl_rule {
    enum sctl_rule_kind kind;
    size_t field, other; /* indexes */
    struct sctl_str text;
    int spec;
};

/* A table with names. */
struct lsctl_shape {
    size_t count, rule_count, fill_count, styled_count;
    struct lsctl_field *fields;
    struct lsctl_rule *rules;
    unsigned char writes[LSCTL_MAX_FIELDS]; /* in byte order of the names that are sent */
    unsigned char fills[LSCTL_MAX_FIELDS];  /* fields that are filled in */
    unsigned char styled[LSCTL_MAX_FIELDS]; /* fields that may come as text in their style */
    int spec;                               /* its description */
    int names;                              /* a table: from a name to its index plus 1 */
};

struct lsctl_operation {
    struct lsctl_shape *shape;
    struct sctl_str action;
    enum sctl_method method;
    enum lsctl_body body;
    bool sequence;
    bool read; /* changes nothing */
    /* the parameters that say what a call changes, by index, and how a store knows that */
    size_t resource_count;
    unsigned char resource[LSCTL_MAX_RESOURCE_FIELDS];
    bool lowered[LSCTL_MAX_RESOURCE_FIELDS]; /* its texts know no case */
    bool secret;
    struct sctl_str kind;
    bool open;               /* parameters are sent unchecked */
    struct lsctl_field rest; /* stands for parameters of an open operation that are no fields */
};

/* The upvalues of an operation's function; the holder is a list of all texts and specs. */
#define LSCTL_SELF lua_upvalueindex(1)
#define LSCTL_HOLDER lua_upvalueindex(2)
#define LSCTL_SCRATCH lua_upvalueindex(3)

/* The first places in the holder: names of fields of the context. */
enum { LSCTL_HELD_PREFIX = 1, LSCTL_HELD_FROM_ZERO };

/* The first arguments of the function. */
enum { LSCTL_PARAMS = 1, LSCTL_CONTEXT };

/* The index of the field whose name is the key at `index`, by the table of names at `names`; or
 * SIZE_MAX. */
size_t lsctl_shape_find(lua_State *L, int names, int index);

/* Compiles the row at index 1, the only value on the stack. Leaves the upvalues on the stack. */
void lsctl_operation_compile(lua_State *L);

/* ---- the walk ---- */

/* Where the walk is in the caller's tables, on the C stack. */
struct lsctl_step {
    const struct lsctl_step *outer; /* NULL: the parameters */
    struct sctl_str name;
    size_t item; /* of the list `outer`, from 1; 0: it is the field `name` */
};

/* A field, and the step to it or to an item of it. */
struct lsctl_place {
    const struct lsctl_field *field;
    struct lsctl_step step;
};

struct lsctl_walk {
    lua_State *L;
    const struct lsctl_operation *operation;
    struct lsctl_scratch *scratch;
    struct sctl_str prefix; /* of the test environment; empty for none */
    bool from_zero;         /* how items of lists are named, see lsctl_name_item */
    bool in_form;           /* else in the query */
    bool is_text;           /* the value came as JSON, whose open values go as they are */
    int depth;              /* of tables */
    struct sctl_str wire;   /* the name of the parameter that is written */
    const char *resource;   /* the wire of the first parameter that names one; NULL: none */
    struct lsctl_text sequence_text; /* a Sequence of the caller's own; no bytes: none */
    struct lsctl_text body;
    int decoded; /* the tables of styled parameters follow this place on the stack */
    int first;   /* where the values of the parameters are on the stack */
    /* the fault; its path is in scratch->path */
    const char *found; /* NULL: none */
    int value;         /* where the value at fault is on the stack; 0: there is none */
    int spec, rule;    /* places in the holder; 0: none */
};

/* Walks through the parameters, and fills in the parts of the request but for signer and safe. They
 * borrow from the scratch. `kept`: the request has to know its resources. False: a fault where
 * walk->found is set, else `err`. */
bool lsctl_operation_read(lua_State *L, struct lsctl_walk *walk, struct lsctl_scratch *scratch,
                          bool kept, struct sctl_parts *parts,
                          struct sctl_err *err) SCTL_MUST_CHECK;

/* Pushes nil, a word of `streamctl.call.faults`, the path to the value, its spec, the value, and the
 * rule that is broken; returns 6. */
int lsctl_walk_push_fault(struct lsctl_walk *walk);

/* How a value is written: as pairs by the walk's name, as JSON, or as text among others. */
enum lsctl_form { LSCTL_AS_PAIRS, LSCTL_AS_JSON, LSCTL_AS_TEXT };

/* Checks the parameters and writes what is sent: pairs, and a JSON body. Their values stay on the
 * stack, defaults filled in. False: a fault. */
bool lsctl_walk_params(struct lsctl_walk *walk) SCTL_MUST_CHECK;

/* ---- faults ---- */

/* Notes a fault, and returns false. All values stay on the stack. The path is "MixInput item 2
 * RectInfo.Layer"; in open values that of the form: "MixInput.2.RectInfo.Layer" in JSON, the name
 * in pairs. */
bool lsctl_walk_fault(struct lsctl_walk *walk, const char *found, const struct lsctl_step *step,
                      int value);
bool lsctl_walk_fault_in(struct lsctl_walk *walk, const char *found, const struct lsctl_step *step,
                         int value, enum lsctl_form form);

/* The same for a finding of the check of a value. */
bool lsctl_walk_found(struct lsctl_walk *walk, const struct lsctl_place *place,
                      enum sctl_fault found, int value);

/* False when a text found no memory, which is a fault. */
bool lsctl_walk_has_memory(struct lsctl_walk *walk);

/* ---- pairs ---- */

/* The text that was written to scratch->out from `from` on. */
struct lsctl_text lsctl_walk_made(const struct lsctl_walk *walk, size_t from);

/* Append a step to the name of a flattened value: ".key" for a field. For the first item, ".1" at
 * Alibaba Cloud; at ZEGO "[]", or ".0" where the item is a table or is in one. Return the length of
 * scratch->name before, to cut the step off again. */
size_t lsctl_name_field(struct lsctl_walk *walk, struct sctl_str key);
size_t lsctl_name_item(struct lsctl_walk *walk, size_t item, bool is_table);

/* Adds a pair whose value was written to scratch->out from `from` on. Its name is the parameter's,
 * or the longer name of a value that is flattened. False: there is no memory, which is a fault. */
bool lsctl_walk_send(struct lsctl_walk *walk, size_t from) SCTL_MUST_CHECK;

/* ---- values without a shape ---- */

#define LSCTL_MAX_DEPTH 16 /* of tables in each other */

/* Writes the value at `index`, which may be a table, to scratch->out, or sends pairs whose names
 * begin with the name of the walk. False: a fault. An empty table is refused, but as an item in
 * JSON an object. */
bool lsctl_any_write(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                     enum lsctl_form form);

/* A name of a table, whose value stays on the stack. */
struct lsctl_name {
    struct sctl_str text;
    int value; /* its place on the stack */
};

/* Names in scratch->names. */
struct lsctl_names {
    size_t from, count;
    int odd; /* the place on the stack of a key that is no text; 0: none */
};

struct lsctl_names lsctl_names_begin(const struct lsctl_walk *walk);

/* Adds the key below the top, whose value on the top moves below it. False: the key is odd, or there
 * is a fault. */
bool lsctl_names_take(struct lsctl_walk *walk, struct lsctl_names *names) SCTL_MUST_CHECK;

/* Puts them into byte order. */
void lsctl_names_sort(struct lsctl_walk *walk, const struct lsctl_names *names);

/* The first of them, until others are added. */
struct lsctl_name *lsctl_names_of(struct lsctl_walk *walk, const struct lsctl_names *names);

/* Whether a text may be the name of what is sent. */
bool lsctl_is_name(struct sctl_str text);

#define LSCTL_EMPTY_LIST "streamctl.list" /* the name of its metatable */

/* Pushes what core.json() returns, and tells how many values. The text must stay where it is. */
int lsctl_json_push(lua_State *L, struct sctl_str text, bool is_list);
int lsctl_json(lua_State *L);

/* The scalar at `index`. */
struct sctl_scalar lsctl_scalar(lua_State *L, int index);

/* The length of the list at `index`, where null is an item, 0 for an empty table; SIZE_MAX for any
 * other table. */
size_t lsctl_list_length(lua_State *L, int index);

/* The text of a number, in `space`; a whole one is exact. False for one that is not finite. */
bool lsctl_any_number(lua_State *L, int index, char space[SCTL_NUMBER_TEXT], struct sctl_str *text);
SCTL_HIDDEN_END
