#include "transfer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "encode.h"

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    struct sctl_transfer *self = context;
    sctl_buf_add(&self->waiting->result->body, data, size * count);
    return self->waiting->result->body.status == SCTL_OK ? size * count : 0;
}

static size_t on_header(char *data, size_t size, size_t count, void *context)
{
    struct sctl_transfer *self = context;
    struct sctl_buf *headers = &self->waiting->result->headers;
    size_t len = size * count;
    if (len >= 6 && curl_strnequal(data, "HTTP/", 5) && data[5] >= '0' && data[5] <= '9')
        sctl_buf_reset(headers); /* a status line, in either case: before it was a 1xx */
    sctl_buf_add(headers, data, len);
    /* also of those before, or a flood of them would not end */
    self->header_bytes += len;
    if (self->header_bytes > headers->cap && headers->status == SCTL_OK) {
        sctl_buf_clear(headers);
        headers->status = SCTL_E_TOO_LARGE;
    }
    return headers->status == SCTL_OK ? len : 0;
}

#if LIBCURL_VERSION_NUM >= 0x075000
/* Whether something is waiting to be read on the kept connection with this local port: the answer
 * to nothing, or a good-bye. libcurl would take the first for the answer to the next request. */
static bool unclean(const struct sctl_transfer *self, int local_port)
{
    int fd = sctl_sockets_kept(self->sockets, local_port);
    char byte;
    if (fd == SCTL_SOME_SOCKET)
        return true; /* it cannot be told which one libcurl has chosen */
    return fd >= 0 && recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

/* libcurl sends again by itself when a kept connection turns out to be dead: the same nonce, the
 * same Sequence. Whether it may go again, and signed afresh, is not libcurl's to decide. */
static int on_ready(void *context, char *remote_ip, char *local_ip, int remote_port,
                    int local_port)
{
    struct sctl_transfer *self = context;
    long connections = 1;
    (void)remote_ip;
    (void)local_ip;
    (void)remote_port;
    if (++self->starts > 1)
        return CURL_PREREQFUNC_ABORT;
    (void)curl_easy_getinfo(self->easy, CURLINFO_NUM_CONNECTS, &connections);
    self->unclean = connections == 0 && unclean(self, local_port);
    return self->unclean ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}
#endif

void sctl_transfer_leave(struct sctl_transfer *self)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    long port = 0, connections = 1;
    (void)curl_easy_getinfo(self->easy, CURLINFO_LOCAL_PORT, &port);
    (void)curl_easy_getinfo(self->easy, CURLINFO_NUM_CONNECTS, &connections);
    if (port <= 0 ||
        (connections == 0 && sctl_sockets_kept(self->sockets, (int)port) >= 0))
        return; /* known: for the socket libcurl looks through all its connections */
    (void)curl_easy_getinfo(self->easy, CURLINFO_ACTIVESOCKET, &fd);
    sctl_sockets_keep(self->sockets, (int)port, (int)fd);
}

struct sctl_transfer *sctl_transfer_new(struct sctl_sockets *sockets,
                                        struct sctl_err *err)
{
    struct sctl_transfer *self = sctl_realloc(NULL, sizeof *self);
    if (self == NULL) {
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a transfer");
        return NULL;
    }
    memset(self, 0, sizeof *self);
    self->sockets = sockets;
    sctl_signed_init(&self->request);
    return self;
}

void sctl_transfer_free(struct sctl_transfer *self)
{
    if (self == NULL)
        return;
    curl_easy_cleanup(self->easy);
    sctl_endpoint_unref(self->endpoint);
    sctl_waiting_free(self->waiting);
    sctl_signed_clear(&self->request);
    sctl_free(self);
}

/* Options that belong to this handle, and those of its endpoint. */
static enum sctl_status configure(struct sctl_transfer *self,
                                  struct sctl_endpoint *endpoint, struct sctl_err *err)
{
    CURLcode code;
    if (self->endpoint == endpoint)
        return SCTL_OK;
    /* not curl_easy_reset: out of memory, it leaves a handle without a read buffer */
    curl_easy_cleanup(self->easy);
    sctl_endpoint_unref(self->endpoint);
    self->endpoint = NULL;
    self->easy = curl_easy_init();
    if (self->easy == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "libcurl gives no handle");
    code = curl_easy_setopt(self->easy, CURLOPT_PRIVATE, self);
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_ERRORBUFFER, self->curl_message);
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_WRITEFUNCTION, on_body);
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_WRITEDATA, self);
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_HEADERFUNCTION, on_header);
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_HEADERDATA, self);
    if (code == CURLE_OK)
        code = sctl_sockets_attach(self->sockets, self->easy);
#if LIBCURL_VERSION_NUM >= 0x075000
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_PREREQFUNCTION, on_ready);
    if (code == CURLE_OK)
        code = curl_easy_setopt(self->easy, CURLOPT_PREREQDATA, self);
#endif
    if (code != CURLE_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s",
                         curl_easy_strerror(code));
    if (sctl_endpoint_configure(endpoint, self->easy, err) != SCTL_OK)
        return err->status;
    self->endpoint = sctl_endpoint_ref(endpoint);
    return SCTL_OK;
}

/* Nothing in the call ends a line of the request early. */
static enum sctl_status check_plain(const struct sctl_call *call, struct sctl_err *err)
{
    struct sctl_str target = call->action;
    if (target.len == 0 || target.data[0] != '/' || sctl_has_control(target) ||
        memchr(target.data, ' ', target.len) != NULL)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the request target must begin with '/' and be encoded");
    return sctl_check_call(call, err);
}

/* Target and headers of a request that nobody signs. */
static enum sctl_status write_plain(struct sctl_signed *out, const struct sctl_call *call,
                                    struct sctl_err *err)
{
    enum sctl_status status = check_plain(call, err);
    size_t i;
    sctl_signed_reset(out);
    if (status != SCTL_OK)
        return status;
    sctl_buf_add_str(&out->target, call->action);
    for (i = 0; i < call->header_count; i++)
        sctl_signed_header(out, call->headers[i].name, call->headers[i].value);
    if (call->content_type.len > 0)
        sctl_signed_header(out, SCTL_STR("content-type"), call->content_type);
    return sctl_signed_ok(out, err);
}

/* Links the header texts for libcurl without copying them, and takes back what it would add to
 * a POST by itself. Each is compared a dozen times, so there is none that is not needed. */
static struct curl_slist *link_headers(struct sctl_transfer *self,
                                       const struct sctl_call *call)
{
    static char no_expect[] = "Expect:"; /* libcurl would wait for a 100 */
    static char no_type[] = "Content-Type:";
    struct curl_slist *list = self->headers;
    char *text = self->request.headers.data;
    size_t i, count = 0;
    while (count < self->request.header_count) {
        list[count++].data = text;
        text += strlen(text) + 1;
    }
    if (call->post && call->content_type.len == 0)
        list[count++].data = no_type;
    if (call->post && call->body.len > 1024) /* no version waits with less */
        list[count++].data = no_expect;
    for (i = 0; i < count; i++)
        list[i].next = i + 1 < count ? &list[i + 1] : NULL;
    return count > 0 ? list : NULL;
}

static CURLcode set_target(struct sctl_transfer *self)
{
    const struct sctl_endpoint *endpoint = self->waiting->endpoint;
    CURLcode code;
    if (!endpoint->absolute_target)
        return curl_easy_setopt(self->easy, CURLOPT_REQUEST_TARGET,
                                self->request.target.data);
    /* an http proxy wants the whole URL, which libcurl writes when it knows it */
    {
        struct sctl_buf url;
        sctl_buf_init(&url, 2u * SCTL_MAX_TARGET, true);
        sctl_buf_add(&url, endpoint->url, strlen(endpoint->url));
        sctl_buf_add_str(&url, sctl_buf_str(&self->request.target));
        code = url.status == SCTL_OK ? curl_easy_setopt(self->easy, CURLOPT_URL, url.data)
                                     : CURLE_OUT_OF_MEMORY;
        sctl_buf_clear(&url);
    }
    return code;
}

static long milliseconds(double seconds)
{
    if (seconds > 86400)
        seconds = 86400;
    return seconds * 1000 < 1 ? 1 : (long)(seconds * 1000 + 0.999);
}

/* Bytes that libcurl adds to a request, but for the texts of the endpoint: words of its first line and of
 * headers, and the host. */
#define OWN_BYTES 2048u

/* libcurl 7.88 forgets what is left of a request without a body after one such buffer; and it makes
 * and drops it for each request, so the default of 64 KiB costs too much for a small one. */
static long upload_buffer(const struct sctl_transfer *self)
{
    const struct sctl_endpoint *endpoint = self->waiting->endpoint;
    size_t size = self->request.target.len + self->request.headers.len + OWN_BYTES;
    if (endpoint->user_agent != NULL)
        size += strlen(endpoint->user_agent);
    if (endpoint->proxy != NULL) /* its user, in base64 */
        size += 2 * strlen(endpoint->proxy);
    return size > 16384 ? (long)size : 16384L;
}

static CURLcode set_request(struct sctl_transfer *self, const struct sctl_call *call,
                            double now)
{
    const struct sctl_waiting *waiting = self->waiting;
    CURL *easy = self->easy;
    CURLcode code;
    sctl_buf_add_char(&self->request.target, '\0');
    if (self->request.target.status != SCTL_OK)
        return CURLE_OUT_OF_MEMORY;
    code = set_target(self);
    if (code == CURLE_OK && call->post) {
        code = curl_easy_setopt(easy, CURLOPT_POST, 1L);
        if (code == CURLE_OK)
            code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                                    (curl_off_t)call->body.len);
        if (code == CURLE_OK) /* borrowed: lives in `waiting` */
            code = curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body.data);
    } else if (code == CURLE_OK) {
        code = curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, link_headers(self, call));
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, upload_buffer(self));
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                                milliseconds(waiting->deadline - now));
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                                milliseconds(waiting->connect_timeout));
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, waiting->fresh ? 1L : 0L);
    if (code == CURLE_OK) /* nor kept: each would stay open until max_in_flight are */
        code = curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, waiting->fresh ? 1L : 0L);
    return code;
}

enum sctl_status sctl_transfer_start(struct sctl_transfer *self,
                                     struct sctl_waiting *waiting, double now,
                                     struct sctl_pairs *params,
                                     struct sctl_pairs *headers, struct sctl_err *err)
{
    struct sctl_call call;
    enum sctl_status status;
    CURLcode code;

    self->waiting = waiting;
    self->starts = 0;
    self->header_bytes = 0;
    self->unclean = false;
    self->curl_message[0] = '\0';
    status = sctl_waiting_call(waiting, &call, params, headers, err);
    if (status == SCTL_OK && waiting->signer != NULL)
        status = sctl_sign(waiting->signer, &call, &self->request, err);
    else if (status == SCTL_OK)
        status = write_plain(&self->request, &call, err);
    if (status == SCTL_OK)
        status = configure(self, waiting->endpoint, err);
    if (status != SCTL_OK)
        return status;
    code = set_request(self, &call, now);
    if (code != CURLE_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s",
                         curl_easy_strerror(code));
    return SCTL_OK;
}

bool sctl_transfer_again(struct sctl_transfer *self, double now)
{
    if (!self->unclean)
        return false;
    self->unclean = false;
    self->starts = 0;
    return curl_easy_setopt(self->easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK &&
           curl_easy_setopt(self->easy, CURLOPT_TIMEOUT_MS,
                            milliseconds(self->waiting->deadline - now)) == CURLE_OK;
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

/* Whether the request itself may have reached the server. */
static bool maybe_sent(const struct sctl_transfer *self, long connections)
{
    long bytes = 0;
    curl_off_t secure = 0, ready = 0;
    (void)curl_easy_getinfo(self->easy, CURLINFO_REQUEST_SIZE, &bytes);
    (void)curl_easy_getinfo(self->easy, CURLINFO_APPCONNECT_TIME_T, &secure);
    (void)curl_easy_getinfo(self->easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
    if (ready > 0)
        return true; /* the moment before the first byte: better a doubt too many */
    if (self->endpoint->tls && connections > 0 && secure == 0)
        return false; /* what went out was a proxy's CONNECT */
    return bytes > 0;
}

/* Whether an answer had begun. To libcurl before 8.6 a header line that is too long is "out of
 * memory", and nothing of its own is large by then. */
static bool begun(const struct sctl_transfer *self)
{
    curl_off_t first_byte = 0;
    (void)curl_easy_getinfo(self->easy, CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
    return first_byte > 0;
}

/* Status line and timing, as far as the request got. */
static void read_info(struct sctl_transfer *self)
{
    struct sctl_result *result = self->waiting->result;
    long connections = 0;
    curl_off_t total = 0;
    (void)curl_easy_getinfo(self->easy, CURLINFO_RESPONSE_CODE, &result->http_status);
    (void)curl_easy_getinfo(self->easy, CURLINFO_TOTAL_TIME_T, &total);
    (void)curl_easy_getinfo(self->easy, CURLINFO_NUM_CONNECTS, &connections);
    result->maybe_sent = maybe_sent(self, connections);
    result->reused = connections == 0 && result->maybe_sent;
    result->elapsed = (double)total / 1e6;
}

static struct sctl_result *release(struct sctl_transfer *self)
{
    struct sctl_result *result = self->waiting->result;
    self->waiting->result = NULL;
    sctl_waiting_free(self->waiting);
    self->waiting = NULL;
    sctl_signed_reset(&self->request);
    return result;
}

struct sctl_result *sctl_transfer_finish(struct sctl_transfer *self, CURLcode code)
{
    struct sctl_result *result = self->waiting->result;
    enum sctl_status status;
    read_info(self);
    status = sctl_buf_ok(&result->body, "the response body", &result->err);
    if (status == SCTL_OK)
        status = sctl_buf_ok(&result->headers, "the response header", &result->err);
    if (status != SCTL_OK)
        return release(self);
    status = classify(code, result->http_status != 0);
    if (status == SCTL_OK && (result->http_status < 100 || result->http_status > 999))
        /* libcurl takes any digits */
        (void)sctl_fail(&result->err, SCTL_E_RESPONSE, 0,
                        "the answer has no HTTP status");
    else if (status == SCTL_E_MEMORY && begun(self))
        (void)sctl_fail(&result->err, SCTL_E_TOO_LARGE, (int)code,
                        "a line of the response header is longer than libcurl takes");
    else if (status == SCTL_E_TOO_LARGE)
        (void)sctl_fail(&result->err, status, (int)code,
                        "the response body is larger than %zu bytes", result->body.cap);
    else if (self->starts > 1)
        (void)sctl_fail(&result->err, status, (int)code, "the kept connection was lost");
    else if (status != SCTL_OK)
        (void)sctl_fail(&result->err, status, (int)code, "%s",
                        self->curl_message[0] != '\0' ? self->curl_message
                                                      : curl_easy_strerror(code));
    return release(self);
}

struct sctl_result *sctl_transfer_stop(struct sctl_transfer *self,
                                       const struct sctl_err *err)
{
    read_info(self);
    return sctl_transfer_refuse(self, err);
}

struct sctl_result *sctl_transfer_refuse(struct sctl_transfer *self,
                                         const struct sctl_err *err)
{
    self->waiting->result->err = *err;
    return release(self);
}
