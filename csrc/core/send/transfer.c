#include "transfer.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_BODY 2048u /* bytes: most answers fit */
#define FIRST_HEADERS 1024u

/* Room for most answers, before anything is in it. */
static void make_room(struct sctl_buf *buf, size_t size)
{
    if (buf->size == 0)
        (void)sctl_buf_reserve(buf, buf->cap < size ? buf->cap : size);
}

/* Whether a header begins with a name in lower case. Few begin with its letter. */
static bool is_named(const char *header, const char *name, size_t len)
{
    return (header[0] | 0x20) == name[0] && curl_strnequal(header, name, len);
}

#define IS_NAMED(header, name) is_named((header), (name), sizeof(name) - 1)

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    struct sctl_transfer *self = context;
    struct sctl_buf *body = &self->queued->result.body;
    make_room(body, FIRST_BODY);
    sctl_buf_add(body, data, size * count);
    return body->status == SCTL_OK ? size * count : 0;
}

static size_t on_header(char *data, size_t size, size_t count, void *context)
{
    struct sctl_transfer *self = context;
    struct sctl_buf *headers = &self->queued->result.headers;
    size_t len = size * count;
    make_room(headers, FIRST_HEADERS);
    if (len >= 6 && IS_NAMED(data, "http/") && data[5] >= '0' && data[5] <= '9') {
        sctl_buf_reset(headers); /* the response before this status line was a 1xx */
        if (data[5] > '1')
            return 0; /* nobody asked for HTTP/2, and libcurl would keep a useless connection */
    }
    sctl_buf_add(headers, data, len);
    /* a 1xx counts as well, or a flood of them would not end */
    self->header_bytes += len;
    if (self->header_bytes > headers->cap && headers->status == SCTL_OK)
        (void)sctl_buf_fail(headers, SCTL_E_TOO_LARGE);
    return headers->status == SCTL_OK ? len : 0;
}

/* What goes to a proxy first is no part of the request's head. */
static int on_debug(CURL *easy, curl_infotype type, char *data, size_t size, void *context)
{
    struct sctl_transfer *self = context;
    (void)easy;
    if (type == CURLINFO_HEADER_OUT && self->sent)
        sctl_buf_add(&self->queued->result.head, data, size);
    return 0;
}

/* libcurl sends again by itself when a kept connection turns out to be dead: the same nonce, the
 * same Sequence. Whether it may go again, and signed afresh, is not libcurl's to decide. And it
 * would take what waits on a kept connection for the answer to the next request: 7.88 always, 8.21
 * over TLS. */
static int on_ready(void *context, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
    struct sctl_transfer *self = context;
    long connections = 1;
    (void)remote_ip;
    (void)local_ip;
    (void)remote_port;
    (void)curl_easy_getinfo(self->easy, CURLINFO_NUM_CONNECTS, &connections);
    self->lost = self->sent;
    self->unclean = !self->lost && connections == 0 &&
                    sctl_sockets_unclean(self->sockets, local_port);
    if (self->lost || self->unclean)
        return CURL_PREREQFUNC_ABORT;
    self->sent = true;
    return CURL_PREREQFUNC_OK;
}

void sctl_transfer_keep_connection(struct sctl_transfer *self)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    long port = 0, connections = 0;
    (void)curl_easy_getinfo(self->easy, CURLINFO_NUM_CONNECTS, &connections);
    if (connections == 0)
        return; /* it is known: for the socket libcurl looks through all its connections */
    (void)curl_easy_getinfo(self->easy, CURLINFO_LOCAL_PORT, &port);
    (void)curl_easy_getinfo(self->easy, CURLINFO_ACTIVESOCKET, &fd);
    sctl_sockets_keep(self->sockets, (int)port, (int)fd);
}

struct sctl_transfer *sctl_transfer_new(struct sctl_sockets *sockets, CURLSH *share,
                                        struct sctl_err *err)
{
    struct sctl_transfer *self = sctl_new(sizeof *self, "a transfer", err);
    if (self == NULL)
        return NULL;
    self->sockets = sockets;
    self->share = share;
    sctl_signed_init(&self->signed_request);
    sctl_request_text(&self->text);
    sctl_buf_init(&self->joined, 3 * SCTL_MAX_REQUEST_HEADERS, true);
    return self;
}

void sctl_transfer_free(struct sctl_transfer *self)
{
    curl_easy_cleanup(self->easy);
    sctl_endpoint_unref(self->endpoint);
    sctl_signed_clear(&self->signed_request);
    sctl_buf_clear(&self->text);
    sctl_buf_clear(&self->joined);
    sctl_free(self);
}

/* Sets the options of the handle, and the options of its endpoint. */
static enum sctl_status configure(struct sctl_transfer *self, struct sctl_endpoint *endpoint,
                                  struct sctl_err *err)
{
    CURLcode code;
    CURL *easy;
    if (self->endpoint == endpoint)
        return SCTL_OK;
    /* not curl_easy_reset: out of memory, it leaves a handle without a read buffer */
    curl_easy_cleanup(self->easy);
    sctl_endpoint_unref(self->endpoint);
    self->endpoint = NULL;
    self->easy = easy = curl_easy_init();
    if (easy == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "libcurl gives no handle");
    code = sctl_sockets_attach(self->sockets, easy);
    SCTL_SETOPT(CURLOPT_SHARE, self->share);
    SCTL_SETOPT(CURLOPT_PRIVATE, self);
    SCTL_SETOPT(CURLOPT_ERRORBUFFER, self->curl_message);
    SCTL_SETOPT(CURLOPT_WRITEFUNCTION, on_body);
    SCTL_SETOPT(CURLOPT_WRITEDATA, self);
    SCTL_SETOPT(CURLOPT_HEADERFUNCTION, on_header);
    SCTL_SETOPT(CURLOPT_HEADERDATA, self);
    SCTL_SETOPT(CURLOPT_PREREQFUNCTION, on_ready);
    SCTL_SETOPT(CURLOPT_PREREQDATA, self);
    SCTL_SETOPT(CURLOPT_DEBUGFUNCTION, on_debug);
    SCTL_SETOPT(CURLOPT_DEBUGDATA, self);
    SCTL_SETOPT(CURLOPT_VERBOSE, endpoint->keep_head ? 1L : 0L);
    if (code != CURLE_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s", curl_easy_strerror(code));
    if (sctl_endpoint_configure(endpoint, easy, err) != SCTL_OK)
        return err->status;
    self->endpoint = sctl_endpoint_ref(endpoint);
    return SCTL_OK;
}

static void join(struct sctl_buf *joined, const char *name, const char *rest)
{
    if (joined->len > 0)
        sctl_buf_add_lit(joined, "\r\n");
    sctl_buf_add(joined, name, strlen(name));
    sctl_buf_add(joined, rest, strlen(rest));
}

/* Whether a header may be joined to the entry of others: libcurl compares each entry of its list
 * with a dozen names, which takes time. Only an Accept must begin the entry, or libcurl adds its
 * own. */
static bool may_join(const struct sctl_buf *joined, const char *header)
{
    return IS_NAMED(header, "x-") || IS_NAMED(header, "authorization:") ||
           (joined->len == 0 && IS_NAMED(header, "accept:"));
}

/* Makes libcurl's list of the header texts, which are not copied unless they are joined to an
 * entry. Removes the headers that libcurl adds to a POST or PUT. */
static struct curl_slist *link_headers(struct sctl_transfer *self, const struct sctl_call *call)
{
    static char no_expect[] = "Expect:"; /* libcurl would wait for a 100 */
    static char no_type[] = "Content-Type:";
    const struct sctl_endpoint *endpoint = self->queued->endpoint;
    struct curl_slist *list = self->headers;
    char *text = self->signed_request.headers.data;
    bool has_body = call->method != SCTL_GET;
    size_t i, count = 0;
    for (i = 0; i < self->signed_request.header_count; i++, text += strlen(text) + 1) {
        if (endpoint->joins_headers && may_join(&self->joined, text))
            join(&self->joined, text, "");
        else
            list[count++].data = text;
    }
    if (endpoint->joins_headers && endpoint->user_agent != NULL)
        join(&self->joined, "User-Agent: ", endpoint->user_agent);
    if (self->joined.len > 0) {
        sctl_buf_add_char(&self->joined, '\0');
        list[count++].data = self->joined.data;
    }
    if (has_body && call->content_type.len == 0)
        list[count++].data = no_type;
    if (has_body && call->body.len > 1024) /* no version waits with less */
        list[count++].data = no_expect;
    for (i = 0; i < count; i++)
        list[i].next = i + 1 < count ? &list[i + 1] : NULL;
    return count > 0 ? list : NULL;
}

static CURLcode set_target(struct sctl_transfer *self)
{
    const struct sctl_endpoint *endpoint = self->queued->endpoint;
    const char *target = self->signed_request.target.data;
    CURLcode code;
    struct sctl_buf url;
    if (!endpoint->absolute_target)
        return curl_easy_setopt(self->easy, CURLOPT_REQUEST_TARGET, target);
    /* an http proxy wants the whole URL, which libcurl writes when it knows it */
    sctl_buf_init(&url, 2u * SCTL_MAX_TARGET, true);
    sctl_buf_add(&url, endpoint->url, strlen(endpoint->url));
    sctl_buf_add(&url, target, self->signed_request.target.len);
    code = url.status == SCTL_OK ? curl_easy_setopt(self->easy, CURLOPT_URL, url.data)
                                 : CURLE_OUT_OF_MEMORY;
    sctl_buf_clear(&url);
    return code;
}

/* The engine keeps the deadline, by itself; but libcurl shares the time that there is to connect
 * among the addresses of a host. */
static long connect_milliseconds(const struct sctl_queued *queued, double now)
{
    double seconds = queued->deadline - now;
    if (seconds > queued->connect_timeout)
        seconds = queued->connect_timeout;
    if (seconds > 86400)
        seconds = 86400;
    return seconds * 1000 < 1 ? 1 : (long)(seconds * 1000 + 0.999);
}

/* Bytes that libcurl adds to a request, apart from the texts of the endpoint: words of its first
 * line and of headers, and the host. */
#define OWN_BYTES 2048u

/* The size of the buffer that libcurl makes and drops for each request: 64 KiB, its default, take
 * too long. libcurl 7.88 loses the rest of a longer request without a body. */
static long upload_buffer(const struct sctl_transfer *self)
{
    const struct sctl_endpoint *endpoint = self->queued->endpoint;
    size_t size = self->signed_request.target.len + self->signed_request.headers.len + OWN_BYTES;
    if (endpoint->user_agent != NULL)
        size += strlen(endpoint->user_agent);
    if (endpoint->proxy != NULL) /* its user, in base64 */
        size += 2 * strlen(endpoint->proxy);
    return size > 16384 ? (long)size : 16384L;
}

#define SMALL_BODY 16384u /* bytes, which go out with the header */

static CURLcode set_request(struct sctl_transfer *self, const struct sctl_call *call, double now)
{
    const struct sctl_queued *queued = self->queued;
    bool fresh = !queued->request->safe; /* libcurl re-sends on a kept connection that is dead */
    CURL *easy = self->easy;
    CURLcode code = set_target(self);
    if (call->method != SCTL_GET) {
        SCTL_SETOPT(CURLOPT_POST, 1L);
        SCTL_SETOPT(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len);
        SCTL_SETOPT(CURLOPT_POSTFIELDS, call->body.data); /* borrowed from the request */
        /* libcurl 8 may see a failure before it notes that all was sent, and closes the connection */
        SCTL_SETOPT(CURLOPT_KEEP_SENDING_ON_ERROR, call->body.len <= SMALL_BODY ? 1L : 0L);
    } else {
        SCTL_SETOPT(CURLOPT_HTTPGET, 1L);
    }
    /* CURLOPT_UPLOAD would want a callback for the body */
    SCTL_SETOPT(CURLOPT_CUSTOMREQUEST, call->method == SCTL_PUT ? "PUT" : NULL);
    SCTL_SETOPT(CURLOPT_HTTPHEADER, link_headers(self, call));
    if (self->joined.status != SCTL_OK)
        code = CURLE_OUT_OF_MEMORY;
    SCTL_SETOPT(CURLOPT_UPLOAD_BUFFERSIZE, upload_buffer(self));
    SCTL_SETOPT(CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds(queued, now));
    SCTL_SETOPT(CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
    /* nor is it kept, or each would stay open until max_in_flight are */
    SCTL_SETOPT(CURLOPT_FORBID_REUSE, fresh ? 1L : 0L);
    return code;
}

/* As before the first byte. */
static void rewind_transfer(struct sctl_transfer *self)
{
    self->sent = self->lost = self->unclean = false;
    self->header_bytes = 0;
    self->curl_message[0] = '\0';
}

/* The request that `call` becomes: its target ends with a NUL, and its headers can be linked. */
static enum sctl_status sign(struct sctl_transfer *self, const struct sctl_call *call,
                             struct sctl_err *err)
{
    struct sctl_signed *out = &self->signed_request;
    enum sctl_status status = sctl_sign(self->queued->request->signer, call, out, err);
    if (status != SCTL_OK)
        return status;
    if (out->header_count > SCTL_MAX_HEADER_COUNT)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u request headers",
                         SCTL_MAX_HEADER_COUNT);
    sctl_buf_add_char(&out->target, '\0');
    return sctl_buf_ok(&out->target, "the request target", err);
}

enum sctl_status sctl_transfer_start(struct sctl_transfer *self, struct sctl_queued *queued,
                                     double now, struct sctl_pairs *params, struct sctl_err *err)
{
    struct sctl_call call;
    enum sctl_status status;
    CURLcode code;
    self->queued = queued;
    rewind_transfer(self);
    status = sctl_request_call(queued->request, queued->sequence, &call, params, &self->text, err);
    if (status == SCTL_OK)
        status = sign(self, &call, err);
    if (status == SCTL_OK)
        status = configure(self, queued->endpoint, err);
    if (status != SCTL_OK)
        return status;
    code = set_request(self, &call, now);
    if (code != CURLE_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s", curl_easy_strerror(code));
    return SCTL_OK;
}

bool sctl_transfer_again(struct sctl_transfer *self, double now)
{
    CURL *easy = self->easy;
    CURLcode code = CURLE_OK;
    if (!self->unclean)
        return false;
    rewind_transfer(self);
    SCTL_SETOPT(CURLOPT_FRESH_CONNECT, 1L); /* has no such bytes: there is no third time */
    SCTL_SETOPT(CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds(self->queued, now));
    return code == CURLE_OK;
}

/* What libcurl's verdict means; `answered`: a status line had come back. */
static enum sctl_status classify(CURLcode code, bool answered)
{
    switch (code) {
    case CURLE_OK:
        return SCTL_OK;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return SCTL_E_DNS;
    case CURLE_OPERATION_TIMEDOUT:
        return SCTL_E_TIMEOUT;
    case CURLE_OUT_OF_MEMORY:
        return SCTL_E_MEMORY;
    case CURLE_FILESIZE_EXCEEDED:
#if LIBCURL_VERSION_NUM >= 0x080600
    case CURLE_TOO_LARGE:
#endif
        return SCTL_E_TOO_LARGE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_USE_SSL_FAILED:
        return SCTL_E_TLS;
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: /* HTTP/0.9 */
    case CURLE_BAD_CONTENT_ENCODING:
        return SCTL_E_RESPONSE;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
        return SCTL_E_CONNECT;
    default: /* lost in the middle: GOT_NOTHING, SEND_ERROR, RECV_ERROR ... */
        return answered ? SCTL_E_RESPONSE : SCTL_E_CONNECT;
    }
}

/* To libcurl before 8.6 a header line that is too long is "out of memory". Nothing of its own is
 * large once an answer has begun. */
static bool line_too_long(const struct sctl_transfer *self, enum sctl_status status)
{
    curl_off_t first_byte = 0;
#if LIBCURL_VERSION_NUM < 0x080600
    (void)curl_easy_getinfo(self->easy, CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
#else
    (void)self;
#endif
    return status == SCTL_E_MEMORY && first_byte > 0;
}

/* Status line and timing, as far as the request got. */
static void read_info(struct sctl_transfer *self)
{
    struct sctl_result *result = &self->queued->result;
    long connections = 0;
    curl_off_t total = 0;
    (void)curl_easy_getinfo(self->easy, CURLINFO_RESPONSE_CODE, &result->http_status);
    (void)curl_easy_getinfo(self->easy, CURLINFO_TOTAL_TIME_T, &total);
    (void)curl_easy_getinfo(self->easy, CURLINFO_NUM_CONNECTS, &connections);
    result->maybe_sent = self->sent;
    result->reused = connections == 0 && result->maybe_sent;
    result->elapsed = (double)total / 1e6;
}

static struct sctl_result *end(struct sctl_transfer *self)
{
    struct sctl_result *result = sctl_queued_end(self->queued);
    self->queued = NULL;
    sctl_signed_reset(&self->signed_request);
    sctl_buf_reset(&self->text);
    sctl_buf_reset(&self->joined);
    return result;
}

/* libcurl does not say why it got no socket. */
static bool has_no_descriptors(void)
{
    int fd = open("/dev/null", O_RDONLY);
    if (fd >= 0)
        close(fd);
    return fd < 0 && (errno == EMFILE || errno == ENFILE);
}

/* SCTL_OK, or why there is no answer. `code` is libcurl's verdict. */
static enum sctl_status judge(struct sctl_transfer *self, CURLcode code, struct sctl_err *err)
{
    const struct sctl_result *result = &self->queued->result;
    enum sctl_status status = sctl_buf_ok(&result->body, "the response body", err);
    if (status == SCTL_OK)
        status = sctl_buf_ok(&result->headers, "the response header", err);
    if (status != SCTL_OK)
        return status;
    status = classify(code, result->http_status != 0);
    if (status == SCTL_OK && result->http_status < 100) /* an old libcurl takes any */
        return sctl_fail(err, SCTL_E_RESPONSE, 0, "the answer has no HTTP status");
    if (line_too_long(self, status))
        return sctl_fail(err, SCTL_E_TOO_LARGE, (int)code,
                         "a line of the response header is longer than libcurl takes");
    if (code == CURLE_FILESIZE_EXCEEDED)
        return sctl_fail(err, status, (int)code, "the response body is larger than %zu bytes",
                         result->body.cap);
    if (self->lost)
        return sctl_fail(err, status, (int)code, "the kept connection was lost");
    if (code == CURLE_COULDNT_CONNECT && has_no_descriptors())
        return sctl_fail(err, status, (int)code,
                         "no descriptor is left for a connection; close some, or raise ulimit -n");
    if (status == SCTL_OK)
        return SCTL_OK;
    return sctl_fail(err, status, (int)code, "%s",
                     self->curl_message[0] != '\0' ? self->curl_message : curl_easy_strerror(code));
}

struct sctl_result *sctl_transfer_finish(struct sctl_transfer *self, CURLcode code)
{
    struct sctl_err err;
    read_info(self);
    if (judge(self, code, &err) != SCTL_OK)
        sctl_result_fail(&self->queued->result, &err);
    return end(self);
}

struct sctl_result *sctl_transfer_stop(struct sctl_transfer *self, const struct sctl_err *err)
{
    read_info(self);
    return sctl_transfer_refuse(self, err);
}

struct sctl_result *sctl_transfer_refuse(struct sctl_transfer *self, const struct sctl_err *err)
{
    sctl_result_fail(&self->queued->result, err);
    return end(self);
}
