/* Operations: what their parameters have to be, and what is sent, compiled from a row. operation.c
 * compiles, walk.c reads parameters by it, make.c makes requests. */
#ifndef LSCTL_OPERATION_H
#define LSCTL_OPERATION_H

#include "lsctl.h"

#include "../core/base/pair.h"
#include "../core/sign/signer.h"
#include "../core/request/value.h"

SCTL_HIDDEN_BEGIN

#define LSCTL_MAX_FIELDS 64u /* of one table; rules, too */
#define LSCTL_PLACES 128u    /* a power of two, and more than names */
#define LSCTL_MAX_RESOURCE_FIELDS 8u

enum lsctl_kind { LSCTL_SCALAR, LSCTL_LIST, LSCTL_OBJECT, LSCTL_MAP };
enum lsctl_style { LSCTL_FLAT, LSCTL_JSON, LSCTL_COMMAS };

struct lsctl_shape;

/* What a field of a table has to be. Places are those of what the operation keeps; 0: none. */
struct lsctl_field {
    struct sctl_limits limits; /* of a scalar, or of a list's items */
    struct sctl_str name;      /* as Lua has it: one text, one address */
    struct sctl_str wire;      /* the name that is sent */
    struct sctl_str key;       /* the same as JSON, with its ":" */
    enum lsctl_kind kind;
    enum lsctl_kind item_kind; /* of a list */
    enum lsctl_style style;
    bool required;
    bool early;     /* checked with the scalars: those come first */
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

/* What a table with names has to be. */
struct lsctl_shape {
    size_t count, early_count, rule_count;
    struct lsctl_field *fields;
    struct lsctl_rule *rules;
    unsigned char checks[LSCTL_MAX_FIELDS]; /* in the order of checks: early ones first */
    unsigned char writes[LSCTL_MAX_FIELDS]; /* in byte order of the names that are sent */
    unsigned char places[LSCTL_PLACES];     /* by address of a name: its index plus 1 */
    unsigned char fills[LSCTL_MAX_FIELDS];  /* those that are filled in */
    size_t fill_count;
    unsigned char styled[LSCTL_MAX_FIELDS]; /* those that may come as the text of their style */
    size_t styled_count;
    int spec; /* what it was compiled from */
};

enum lsctl_body { LSCTL_NO_BODY, LSCTL_FORM, LSCTL_JSON_BODY };

/* All texts are held by a list that is an upvalue of its function. */
struct lsctl_operation {
    struct lsctl_shape *shape;
    struct sctl_str action;
    enum sctl_method method;
    enum lsctl_body body;
    bool sequence;
    bool read; /* changes nothing, so nothing is known as changed by it */
    /* the parameters that say what a call changes, by index, and how a store knows that */
    size_t resource_count;
    unsigned char resource[LSCTL_MAX_RESOURCE_FIELDS];
    bool lowered[LSCTL_MAX_RESOURCE_FIELDS]; /* its texts know no case */
    bool secret;
    struct sctl_str kind;
    /* parameters are sent as they are given; those that are no fields in this style, and in the
     * query whatever the body is */
    bool open;
    enum lsctl_style rest_style;
    bool rest_in_query;
};

/* What the function of an operation has as upvalues. */
enum { LSCTL_OPERATION_SELF = 1, LSCTL_OPERATION_HOLDER, LSCTL_OPERATION_SCRATCH };

/* The first places of what an operation keeps. */
enum { LSCTL_HELD_PREFIX = 1, LSCTL_HELD_FROM_ZERO };

/* The index of the field whose name is the key at `index`, or SIZE_MAX. */
size_t lsctl_shape_find(const struct lsctl_shape *shape, lua_State *L, int index);

/* ---- make.c ---- */

/* The function `make` of lsctl_operation_new. */
int lsctl_operation_make(lua_State *L);

SCTL_HIDDEN_END

#endif
