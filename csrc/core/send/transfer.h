/* One libcurl handle at work: a request's options in, a result out. Reused again and again. */
#pragma once

#include "queued.h"
#include "sockets.h"
SCTL_HIDDEN_BEGIN

struct sctl_transfer {
    struct sctl_transfer *next; /* in a list of the engine */
    struct sctl_transfer *prev;
    CURL *easy;                     /* made for `endpoint`; NULL at first */
    struct sctl_endpoint *endpoint; /* what `easy` is configured for; NULL at first */
    struct sctl_queued *queued;     /* what runs; NULL while idle */
    struct sctl_sockets *sockets;   /* the engine's */
    CURLSH *share;                  /* the engine's; NULL: none */
    /* The request itself may have reached the server; what goes out before is TLS or a proxy's
     * CONNECT. True from the moment before the first byte on: better a doubt too many. */
    bool sent;
    bool lost;           /* libcurl would have sent it a second time */
    bool unclean;        /* bytes that nobody asked for were on the connection */
    size_t header_bytes; /* of the answer, with every 1xx before it */
    struct sctl_signed signed_request;
    struct sctl_buf text;   /* what the request's Sequence is in: libcurl reads a body there */
    struct sctl_buf joined; /* headers that libcurl gets as one */
    struct curl_slist headers[SCTL_MAX_HEADER_COUNT + 3];
    char curl_message[CURL_ERROR_SIZE];
};

/* `sockets` and `share` outlive it. */
struct sctl_transfer *sctl_transfer_new(struct sctl_sockets *sockets, CURLSH *share,
                                        struct sctl_err *err) SCTL_MUST_CHECK;

/* Frees an idle one. */
void sctl_transfer_free(struct sctl_transfer *transfer);

/* Signs and sets up `queued`, which the transfer owns from now on, also on failure. `params` is
 * scratch. */
enum sctl_status sctl_transfer_start(struct sctl_transfer *transfer, struct sctl_queued *queued,
                                     double now, struct sctl_pairs *params,
                                     struct sctl_err *err) SCTL_MUST_CHECK;

/* Tells the sockets of the connection that it has used. `easy` is still in its multi handle. */
void sctl_transfer_keep_connection(struct sctl_transfer *transfer);

/* Whether it is to be added once more: nothing was sent, since bytes waited on its connection. */
bool sctl_transfer_again(struct sctl_transfer *transfer, double now);

/* Ends it: fills in the result, which the caller owns from now on, and makes the transfer idle.
 * `code` is libcurl's verdict. */
struct sctl_result *sctl_transfer_finish(struct sctl_transfer *transfer, CURLcode code);

/* Ends it before libcurl did, because of `err`. */
struct sctl_result *sctl_transfer_stop(struct sctl_transfer *transfer, const struct sctl_err *err);

/* Ends it before libcurl saw it: the handle still tells of the request before. */
struct sctl_result *sctl_transfer_refuse(struct sctl_transfer *transfer,
                                         const struct sctl_err *err);
SCTL_HIDDEN_END
