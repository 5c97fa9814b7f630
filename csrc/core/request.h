/* A request on its way through the engine: as it is given, as it is queued, as it ends. */
#ifndef SCTL_REQUEST_H
#define SCTL_REQUEST_H

#include "endpoint.h"
#include "signer.h"

SCTL_HIDDEN_BEGIN

/* What to send. Borrowed, except that endpoint and signer gain a reference. */
struct sctl_request {
    struct sctl_endpoint *endpoint;
    /* Signs the call when its turn to be sent comes. */
    struct sctl_signer *signer;
    /* Its nonce and timestamp are not used: they are made then, too. */
    struct sctl_call call;
    double timeout;         /* seconds from submit to the end, the queue included */
    double connect_timeout; /* seconds for name, connection and TLS */
    bool fresh;             /* a new connection: libcurl re-sends on a dead kept one */
};

/* How a request ended. The caller of sctl_engine_next_done owns it. */
struct sctl_result {
    struct sctl_result *next;
    uint64_t id;
    struct sctl_err err;     /* status SCTL_OK: a whole response came back */
    long http_status;        /* 0: no status line came back */
    bool maybe_sent;         /* bytes of the request may have reached the server */
    bool reused;             /* an existing connection carried it */
    double elapsed;          /* seconds on the wire */
    struct sctl_buf headers; /* of the last response, as received */
    struct sctl_buf body;
};

void sctl_result_free(struct sctl_result *result);

/* A request in the engine: one block of memory, which holds its result and the call's texts. */
struct sctl_queued {
    struct sctl_result result; /* first: sctl_result_free() frees the block */
    struct sctl_queued *next;
    double deadline; /* monotonic */
    double connect_timeout;
    struct sctl_endpoint *endpoint;
    struct sctl_signer *signer;
    uint32_t param_count;
    bool post;
    bool fresh;
    /* then: lengths (uint32_t each), then the texts, in the order of sctl_queued_new() */
};

/* NULL and `err` when it is too large or there is no memory. */
struct sctl_queued *sctl_queued_new(const struct sctl_request *request,
                                    struct sctl_err *err) SCTL_MUST_CHECK;

/* The call again. Its texts live in `queued`, its list in `params`. */
enum sctl_status sctl_queued_call(const struct sctl_queued *queued,
                                  struct sctl_call *call, struct sctl_pairs *params,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* Drops endpoint and signer. What is left of the request is its result, which the caller owns. */
struct sctl_result *sctl_queued_end(struct sctl_queued *queued);

SCTL_HIDDEN_END

#endif
