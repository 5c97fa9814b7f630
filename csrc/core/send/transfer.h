/* One connection, which libcurl makes, and the request on it, which is ours: a request in, a result
 * out. Its libcurl handle is made for the connection, and stays in the multi handle as long as the
 * connection lives. */
#pragma once

#include "endpoint.h"
#include "multi.h"
#include "reader.h"
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

enum sctl_phase {
    SCTL_NEW,
    SCTL_CONNECTING, /* libcurl works on it */
    SCTL_WRITING,
    SCTL_READING, /* all is written */
    SCTL_KEPT,    /* the connection waits for a request */
};

/* Bytes that one read takes: a whole record of TLS. */
#define SCTL_READ_SIZE (16u * 1024u + 512u)

struct sctl_transfer {
    struct sctl_transfer *next, *prev; /* in a list of the engine */
    enum sctl_phase phase;
    CURL *easy;
    struct sctl_multi *multi;       /* the engine's */
    struct sctl_endpoint *endpoint; /* what the connection was made for; a reference */
    struct sctl_queued *queued;     /* what runs; NULL while the connection is kept */
    int fd;                         /* of the connection; -1: there is none yet */
    bool reused;                    /* the connection has carried a request before this one */
    /* The request may have reached the server: true from the moment before its first byte on. TLS
     * tells of fewer bytes than it has sent, so nobody can know more. */
    bool sent;
    double started;
    double kept_since;
    struct sctl_reader reader;
    struct sctl_signed signed_request;
    struct sctl_buf text; /* what the request's Sequence is in */
    struct sctl_buf out;  /* the request, with a small body */
    struct sctl_str body; /* a large one */
    size_t head_len, written;
    char curl_message[CURL_ERROR_SIZE];
};

/* One for a connection to `endpoint`. `multi` outlives it. */
struct sctl_transfer *sctl_transfer_new(struct sctl_multi *multi, struct sctl_endpoint *endpoint,
                                        struct sctl_err *err) SCTL_MUST_CHECK;

/* Closes the connection. No request may be on it. */
void sctl_transfer_free(struct sctl_transfer *transfer);

/* Whether libcurl has closed the connection: its descriptor may be another's by now. */
bool sctl_transfer_lost(const struct sctl_transfer *transfer) SCTL_MUST_CHECK;

/* Whether its kept connection is open, and nothing waits there that nobody has asked for. */
bool sctl_transfer_sound(struct sctl_transfer *transfer) SCTL_MUST_CHECK;

/* Signs `queued`, which the transfer owns from now on, also on failure, and connects or, on a kept
 * connection, is ready to be stepped. `params` is scratch. */
enum sctl_status sctl_transfer_start(struct sctl_transfer *transfer, struct sctl_queued *queued,
                                     double now, struct sctl_pairs *params,
                                     struct sctl_err *err) SCTL_MUST_CHECK;

/* libcurl has connected, or has not: `code` is its verdict. */
enum sctl_status sctl_transfer_connected(struct sctl_transfer *transfer, CURLcode code,
                                         struct sctl_err *err) SCTL_MUST_CHECK;

/* Writes and reads what can be, through `space` of SCTL_READ_SIZE bytes; `events` are those of its
 * socket, 0 at the beginning. `*done`: a whole answer is there. */
enum sctl_status sctl_transfer_step(struct sctl_transfer *transfer, unsigned events, char *space,
                                    bool *done, struct sctl_err *err) SCTL_MUST_CHECK;

/* Ends the request; `err` NULL: with success. The caller owns the result. The connection is kept
 * (the phase says so), or is of no more use. */
struct sctl_result *sctl_transfer_end(struct sctl_transfer *transfer, const struct sctl_err *err,
                                      double now);
SCTL_HIDDEN_END
