/* Open values: tables of any names, which no row describes. Part of streamctl.core. */
#include "any.h"

bool lsctl_any_json(struct lsctl_walk *walk, const struct lsctl_step *step, int index,
                    bool may_be_empty)
{
    (void)may_be_empty;
    return lsctl_walk_fault(walk, "no_form", step, index);
}

bool lsctl_any_flatten(struct lsctl_walk *walk, int index)
{
    return lsctl_walk_fault_named(walk, "no_form", index);
}
