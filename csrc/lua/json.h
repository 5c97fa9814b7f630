/* core.json: JSON text becomes a table. */
#ifndef LSCTL_JSON_H
#define LSCTL_JSON_H

#include "lsctl.h"

SCTL_HIDDEN_BEGIN

int lsctl_json(lua_State *L);

SCTL_HIDDEN_END

#endif
