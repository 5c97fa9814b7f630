/* A request in the engine: as it is queued, as it ends. */
#pragma once

#include "endpoint.h"
#include "../request/request.h"
SCTL_HIDDEN_BEGIN

/* How a request ended. The caller of sctl_engine_next_done owns it. */
struct sctl_result {
    struct sctl_result *next;
    uint64_t id;
    enum sctl_status status; /* SCTL_OK: a whole response came back */
    int native;              /* after a failure: errno, CURLcode or 0 */
    char *message;           /* see sctl_result_message() */
    long http_status;        /* 0: no status line came back */
    bool maybe_sent;         /* bytes of the request may have reached the server */
    bool reused;             /* an existing connection carried it */
    double elapsed;          /* seconds on the wire */
    struct sctl_buf head;    /* of the request, as sent; empty unless the endpoint keeps it */
    struct sctl_buf headers; /* of the last response, as received */
    struct sctl_buf body;
};

void sctl_result_free(struct sctl_result *result);

/* Makes it that of a failure. */
void sctl_result_fail(struct sctl_result *result, const struct sctl_err *err);

/* What went wrong; empty after success. Only failures have memory for it: many requests wait. */
static inline const char *sctl_result_message(const struct sctl_result *result)
{
    if (result->message != NULL)
        return result->message;
    return result->status == SCTL_OK ? "" : "there was no memory for the message";
}

struct sctl_queued {
    struct sctl_result result; /* first: sctl_result_free() frees the block */
    struct sctl_queued *next;
    struct sctl_queued **end; /* of a signer's first: the link behind the signer's last */
    double deadline;          /* monotonic */
    double connect_timeout;
    struct sctl_endpoint *endpoint; /* these two have a reference each */
    struct sctl_request *request;
    uint64_t sequence; /* of this attempt; 0: none */
};

/* NULL and `err` when there is no memory. */
struct sctl_queued *sctl_queued_new(struct sctl_request *request, uint64_t sequence,
                                    struct sctl_endpoint *endpoint,
                                    struct sctl_err *err) SCTL_MUST_CHECK;

/* Drops request and endpoint. The result is left, and is the caller's. */
struct sctl_result *sctl_queued_end(struct sctl_queued *queued);
SCTL_HIDDEN_END
