/* Rows of parameters for Lua: row.c describes them, row_read.c reads by them. */
#ifndef LSCTL_ROW_H
#define LSCTL_ROW_H

#include "lsctl.h"

#include "../core/row.h"
#include "../core/signer.h"

SCTL_HIDDEN_BEGIN

#define LSCTL_ROW_PLACES 64u /* a power of two, and more than names */

/* The texts of params and rules are held by a table of our own, an upvalue. Nothing in it is owned. */
struct lsctl_row {
    struct sctl_row row;
    struct sctl_param params[SCTL_MAX_ROW];
    struct sctl_rule rules[SCTL_MAX_ROW];
    struct sctl_str wires[SCTL_MAX_ROW];    /* the names that are sent */
    const char *names[SCTL_MAX_ROW];        /* as Lua has them: one text, one address */
    unsigned char places[LSCTL_ROW_PLACES]; /* by address: the index of a name plus 1 */
    /* of the requests that are made by it; without an action there are none */
    struct sctl_str action;
    enum sctl_method method;
    bool sequence;
    struct sctl_str about;
    struct sctl_str kind;
};

/* What the function of a row has as upvalues: the row, the names that are sent as a list, the table
 * that holds all texts, and the scratch. */
enum { LSCTL_ROW_SELF = 1, LSCTL_ROW_WIRES, LSCTL_ROW_HOLDER, LSCTL_ROW_SCRATCH };

static inline bool lsctl_row_is_list(const struct sctl_param *param)
{
    return param->type == SCTL_PARAM_JSON_LIST || param->type == SCTL_PARAM_STREAM_IDS;
}

/* core.row */
int lsctl_row_new(lua_State *L);

/* ---- row_read.c ---- */

/* Enters the name of a parameter, which something else holds. */
void lsctl_row_add_name(struct lsctl_row *self, const char *name, size_t param);

/* The function `check` of lsctl_row_new. */
int lsctl_row_check(lua_State *L);

SCTL_HIDDEN_END

#endif
