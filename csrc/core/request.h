/* A request on its way through the engine: as it is given, as it waits, as it ends. */
#ifndef SCTL_REQUEST_H
#define SCTL_REQUEST_H

#include "endpoint.h"
#include "signer.h"

SCTL_HIDDEN_BEGIN

/* What to send. Borrowed, except that endpoint and signer gain a reference. */
struct sctl_request {
    struct sctl_endpoint *endpoint;
    /* Signs the call when its turn to be sent comes. Without one, `call.action` is the request
     * target and `call.headers` are sent as they are. */
    struct sctl_signer *signer;
    struct sctl_call call;
    double timeout;         /* seconds from submit to the end, waiting included */
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

void sctl_result_free(struct sctl_result *result); /* NULL is fine */

/* A request that waits: one block of memory that holds the call's texts. */
struct sctl_waiting {
    struct sctl_waiting *next;
    struct sctl_result *result; /* made in advance, so that every end can be told */
    uint64_t id;
    double deadline; /* monotonic */
    double connect_timeout;
    struct sctl_endpoint *endpoint;
    struct sctl_signer *signer;
    int64_t timestamp;
    uint32_t param_count;
    uint32_t header_count;
    bool post;
    bool fresh;
    /* then: lengths (uint32_t each), then the texts, in the order of sctl_waiting_new() */
};

struct sctl_waiting *sctl_waiting_new(const struct sctl_request *request,
                                      struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_waiting_free(struct sctl_waiting *waiting); /* NULL is fine */

/* The call again. Its texts live in `waiting`, its lists in `params` and `headers`. */
enum sctl_status sctl_waiting_call(const struct sctl_waiting *waiting,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_pairs *headers,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
