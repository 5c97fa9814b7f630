/* Rows of parameters for Lua: row.c describes them, row_read.c reads by them. */
#ifndef LSCTL_ROW_H
#define LSCTL_ROW_H

#include "lsctl.h"

#include "../core/row.h"

SCTL_HIDDEN_BEGIN

#define LSCTL_ROW "streamctl.row " SCTL_VERSION
#define LSCTL_ROW_PLACES 64u /* a power of two, and more than names */

/* The texts of params and rules are held by a table of our own, an upvalue. */
struct lsctl_row {
    struct sctl_row row;
    struct sctl_param params[SCTL_MAX_ROW];
    struct sctl_rule rules[SCTL_MAX_ROW];
    struct sctl_str wires[SCTL_MAX_ROW];    /* the names that are sent */
    const char *names[SCTL_MAX_ROW];        /* as Lua has them: one text, one address */
    unsigned char places[LSCTL_ROW_PLACES]; /* by address: the index of a name plus 1 */
    struct sctl_value values[SCTL_MAX_ROW]; /* scratch, as is what follows */
    struct sctl_value *items;               /* of the one list a row may have */
    size_t item_size;
    struct sctl_checked checked;
    bool busy; /* `checked` is being handed over */
};

/* What the functions of a row have as upvalues: the row, the names that are sent as a list, and the
 * table that holds all texts. */
enum { LSCTL_ROW_SELF = 1, LSCTL_ROW_WIRES, LSCTL_ROW_HOLDER };

static inline bool lsctl_row_is_list(const struct sctl_param *param)
{
    return param->type == SCTL_PARAM_JSON_LIST || param->type == SCTL_PARAM_STREAM_IDS;
}

/* core.row */
int lsctl_row_new(lua_State *L);

/* Makes the metatable. */
void lsctl_row_open(lua_State *L);

/* ---- row_read.c ---- */

/* Enters the name of a parameter, which something else holds. */
void lsctl_row_add_name(struct lsctl_row *self, const char *name, size_t param);

/* The functions `read` and `sign` of lsctl_row_new. */
int lsctl_row_read(lua_State *L);
int lsctl_row_sign(lua_State *L);

SCTL_HIDDEN_END

#endif
