/* Lists of transfers, and the one of kept connections: what they are kept for, how long, how many. */
#pragma once

#include "transfer.h"
SCTL_HIDDEN_BEGIN

struct sctl_list {
    struct sctl_transfer *first, *last;
    size_t count;
};

void sctl_list_add(struct sctl_list *list, struct sctl_transfer *transfer); /* as the first */
void sctl_list_remove(struct sctl_list *list, struct sctl_transfer *transfer);

/* Connections that an engine keeps. */
#define SCTL_KEPT_MAX 100u

/* Removes a connection that may carry a request to `endpoint`: it goes to the same address by the
 * same proxy and trust, it is open, and nothing has come on it. NULL: there is none. What it finds
 * dead or old it closes. */
struct sctl_transfer *sctl_pool_take(struct sctl_list *pool, const struct sctl_endpoint *endpoint);

/* Keeps a connection, and closes those that have waited longest, until `most` are left. */
void sctl_pool_put(struct sctl_list *pool, struct sctl_transfer *transfer, size_t most);

/* Closes one of its connections. */
void sctl_pool_drop(struct sctl_list *pool, struct sctl_transfer *transfer);

/* Closes them all. */
void sctl_pool_clear(struct sctl_list *pool);
SCTL_HIDDEN_END
