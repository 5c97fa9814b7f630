/* The transfer engine: many requests at once over kept connections, for any event loop.
 *
 * It never blocks (but for sctl_engine_wait) and calls nobody back. The owner steps it when its
 * descriptor is readable or its timeout has passed, and then drains what is done. It belongs to the
 * process that made it and is not for use by two threads at once. */
#pragma once

#include "transfer.h"
SCTL_HIDDEN_BEGIN

struct sctl_engine;

/* At most `max_in_flight` (1 to 1000) requests run at a time; the rest wait, and signers take turns.
 * NULL and `err` on failure. */
struct sctl_engine *sctl_engine_new(unsigned max_in_flight, struct sctl_err *err) SCTL_MUST_CHECK;

/* Closes and frees. In another process than its maker's it abandons the connections, which belong
 * to the parent. NULL is fine. */
void sctl_engine_free(struct sctl_engine *engine);

/* How long a request may take: seconds. */
struct sctl_timeouts {
    double timeout; /* from submit to the end, the queue included */
    double connect; /* for name, connection and TLS */
};

/* Takes a reference to `request` and `endpoint`; `*id` (never 0) names this submission from now on.
 * `sequence` is its number of the request's Sequence; 0: none. The request is signed when its turn
 * to be sent comes. Never blocks. */
enum sctl_status sctl_engine_submit(struct sctl_engine *engine, struct sctl_request *request,
                                    uint64_t sequence, struct sctl_endpoint *endpoint,
                                    struct sctl_timeouts limits, uint64_t *id,
                                    struct sctl_err *err) SCTL_MUST_CHECK;

/* Starts what can start, waits until something may have happened, at most `seconds` (0: not at
 * all), and moves bytes. A signal ends it. */
enum sctl_status sctl_engine_wait(struct sctl_engine *engine, double seconds,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* Seconds after which to step at the latest: 0 for now, negative for never. */
double sctl_engine_timeout(const struct sctl_engine *engine);

/* A descriptor that is readable when there is work; -1 after close. It stays open as long as the
 * engine lives, since loops may not forget it at once. */
int sctl_engine_pollfd(const struct sctl_engine *engine);

/* The next finished request, which the caller frees; NULL when there is none. */
struct sctl_result *sctl_engine_next_done(struct sctl_engine *engine);

/* Ends a request with SCTL_E_CANCELLED. False when it is not (any more) under way. */
bool sctl_engine_cancel(struct sctl_engine *engine, uint64_t id);

/* Ends every request with SCTL_E_CLOSED and drops all connections. Results can still be drained.
 * Twice is fine. */
void sctl_engine_close(struct sctl_engine *engine);

struct sctl_engine_counts {
    size_t running;
    size_t queued;
    size_t done;     /* finished and not yet drained */
    uint64_t events; /* so far: requests started, descriptors that had something */
};

struct sctl_engine_counts sctl_engine_count(const struct sctl_engine *engine);
SCTL_HIDDEN_END
