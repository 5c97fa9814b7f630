/* Requests as userdata. */
#ifndef LSCTL_REQUEST_H
#define LSCTL_REQUEST_H

#include "lsctl.h"

#include "../core/request/request.h"
#include "scratch.h"

SCTL_HIDDEN_BEGIN

/* Registers the metatable. */
void lsctl_request_open(lua_State *L);

/* Pushes core.request: see request.c. */
void lsctl_request_push_new(lua_State *L);

/* Makes a new handle that of `request`, whose reference it takes over. NULL is fine. */
static inline void lsctl_request_hold(struct lsctl_request *handle, struct sctl_request *request)
{
    handle->request = request;
    handle->sequence = request != NULL ? request->sequence : 0;
}

/* The Unix seconds at `index`, or SCTL_NOW. */
int64_t lsctl_timestamp(lua_State *L, int index);

/* Pushes what request:signed returns, of a call that was signed into `scratch`; returns how many
 * results there are. */
int lsctl_push_signed(lua_State *L, struct lsctl_scratch *scratch, const struct sctl_call *call,
                      struct sctl_str origin);

SCTL_HIDDEN_END

#endif
