/* Open values: tables of any names, which no row describes. any.c writes them. */
#ifndef LSCTL_ANY_H
#define LSCTL_ANY_H

#include "walk.h"

SCTL_HIDDEN_BEGIN

/* Appends the value at `index` to scratch->out as JSON. `may_be_empty`: an empty table is "{}". */
bool lsctl_any_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                    bool may_be_empty);

/* Sends it by the name of the walk, a table as a pair for each of its values. */
bool lsctl_any_flatten(struct lsctl_walk *walk, int index);

SCTL_HIDDEN_END

#endif
