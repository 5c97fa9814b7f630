#include "pool.h"

#include "../base/clock.h"

/* Seconds that a connection may wait: servers and gateways forget it without a word. */
#define LONGEST_IDLE 118.0

void sctl_list_add(struct sctl_list *self, struct sctl_transfer *transfer)
{
    transfer->prev = NULL;
    transfer->next = self->first;
    *(self->first != NULL ? &self->first->prev : &self->last) = transfer;
    self->first = transfer;
    self->count++;
}

void sctl_list_remove(struct sctl_list *self, struct sctl_transfer *transfer)
{
    *(transfer->prev != NULL ? &transfer->prev->next : &self->first) = transfer->next;
    *(transfer->next != NULL ? &transfer->next->prev : &self->last) = transfer->prev;
    transfer->next = transfer->prev = NULL;
    self->count--;
}

void sctl_pool_drop(struct sctl_list *self, struct sctl_transfer *transfer)
{
    sctl_list_remove(self, transfer);
    sctl_transfer_free(transfer);
}

struct sctl_transfer *sctl_pool_take(struct sctl_list *self, const struct sctl_endpoint *endpoint)
{
    struct sctl_transfer *transfer, *next;
    double oldest = sctl_monotonic() - LONGEST_IDLE;
    while (self->last != NULL && self->last->kept_since < oldest)
        sctl_pool_drop(self, self->last);
    for (transfer = self->first; transfer != NULL; transfer = next) {
        next = transfer->next;
        if (!sctl_endpoint_same(transfer->endpoint, endpoint))
            continue;
        if (sctl_transfer_sound(transfer)) {
            sctl_list_remove(self, transfer);
            return transfer;
        }
        sctl_pool_drop(self, transfer);
    }
    return NULL;
}

void sctl_pool_put(struct sctl_list *self, struct sctl_transfer *transfer, size_t most)
{
    sctl_list_add(self, transfer);
    while (self->last != NULL && self->count > most)
        sctl_pool_drop(self, self->last);
}

void sctl_pool_clear(struct sctl_list *self)
{
    while (self->first != NULL)
        sctl_pool_drop(self, self->first);
}
