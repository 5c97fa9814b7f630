/* Values that nothing says the shape of: maps, and all of an operation that is not checked. */
#ifndef LSCTL_ANY_H
#define LSCTL_ANY_H

#include "../core/base/encode.h"
#include "walk.h"

SCTL_HIDDEN_BEGIN

/* Writes the value at `index`, which may hold others, to scratch->out, or sends it as pairs whose
 * names begin with that of the walk. `step`: where it is. False: it has no such form, and the fault
 * is in the walk. A table without anything is an object where it is an item in JSON, else
 * refused. */
bool lsctl_any_write(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                     enum lsctl_form form);

/* Whether a table has nothing in it. */
bool lsctl_any_is_empty(lua_State *L, int index);

/* Writes all parameters of an open operation as they are given: pairs, and a JSON body. The values
 * of its fields stay on the stack from walk->first on, defaults filled in. */
bool lsctl_any_read(struct lsctl_walk *walk) SCTL_MUST_CHECK;

/* The text of a number, in `space`; a whole one is exact, whatever its size. False for one that is
 * not finite. */
bool lsctl_any_number(lua_State *L, int index, char space[SCTL_NUMBER_TEXT], struct sctl_str *text);

SCTL_HIDDEN_END

#endif
