/* Reads an answer of HTTP/1.1, however it arrives in pieces. It trusts nothing of it: what two
 * readers could take for two different answers is refused. Needs neither libcurl nor a socket. */
#pragma once

#include "../base/buf.h"
SCTL_HIDDEN_BEGIN

enum sctl_reader_state {
    SCTL_READ_STATUS, /* the first line; a 1xx comes back to it */
    SCTL_READ_HEADER,
    SCTL_READ_LENGTH,     /* a body of `left` bytes */
    SCTL_READ_CLOSE,      /* a body that ends with the connection */
    SCTL_READ_CHUNK,      /* the line with the size of a chunk */
    SCTL_READ_CHUNK_DATA, /* `left` bytes of one */
    SCTL_READ_CHUNK_END,  /* the line break behind them */
    SCTL_READ_TRAILER,
    SCTL_READ_DONE,
};

struct sctl_reader {
    enum sctl_reader_state state;
    struct sctl_buf *headers; /* of the last answer, as received, with its status line */
    struct sctl_buf *body;
    size_t line;       /* where the line that is being read begins in `headers` */
    size_t head_bytes; /* so far, with every 1xx, trailer and chunk extension */
    uint64_t left;
    int status;   /* also of a 1xx, so far; 0: no status line yet */
    bool old;     /* HTTP/1.0 */
    bool close;   /* the connection cannot carry another answer */
    bool kept;    /* "Connection: keep-alive" */
    bool chunked; /* "Transfer-Encoding: chunked" */
    bool sized;   /* there is a Content-Length, which is `left` */
};

/* Both buffers are empty, and their caps hold. */
void sctl_reader_begin(struct sctl_reader *reader, struct sctl_buf *headers, struct sctl_buf *body);

/* Takes what came; `*used` is how much of it belongs to this answer: less than `len` only when that
 * is done. A failure ends the answer, and the connection with it. */
enum sctl_status sctl_reader_feed(struct sctl_reader *reader, const char *data, size_t len,
                                  size_t *used, struct sctl_err *err) SCTL_MUST_CHECK;

/* The peer has closed: whether the answer is whole. */
enum sctl_status sctl_reader_end(struct sctl_reader *reader, struct sctl_err *err) SCTL_MUST_CHECK;

static inline bool sctl_reader_done(const struct sctl_reader *reader)
{
    return reader->state == SCTL_READ_DONE;
}

/* Whether the connection may carry another request once the answer is done. */
static inline bool sctl_reader_keeps(const struct sctl_reader *reader)
{
    return reader->state == SCTL_READ_DONE && !reader->close;
}
SCTL_HIDDEN_END
