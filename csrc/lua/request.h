/* Requests as userdata. */
#ifndef LSCTL_REQUEST_H
#define LSCTL_REQUEST_H

#include "lsctl.h"

#include "../core/request.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable. */
void lsctl_request_open(lua_State *L);

/* Pushes core.request: see request.c. */
void lsctl_request_push_new(lua_State *L);

SCTL_HIDDEN_END

#endif
