#include "transfer.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../base/clock.h"

#define SMALL_BODY 16384u /* bytes, which go out with the head */

struct sctl_queued *sctl_queued_new(struct sctl_request *request, uint64_t sequence,
                                    struct sctl_endpoint *endpoint, struct sctl_err *err)
{
    struct sctl_queued *queued = sctl_realloc(NULL, sizeof *queued);
    if (queued == NULL) {
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a request");
        return NULL;
    }
    *queued = (struct sctl_queued){
        .endpoint = sctl_endpoint_ref(endpoint),
        .request = sctl_request_ref(request),
        .sequence = sequence,
    };
    sctl_buf_init(&queued->result.body, endpoint->max_response, true); /* may hold keys */
    sctl_buf_init(&queued->result.head, SCTL_MAX_TARGET + 2 * SCTL_MAX_REQUEST_HEADERS, true);
    sctl_buf_init(&queued->result.headers, SCTL_MAX_RESPONSE_HEADERS, false);
    return queued;
}

struct sctl_result *sctl_queued_end(struct sctl_queued *queued)
{
    sctl_endpoint_unref(queued->endpoint);
    sctl_request_unref(queued->request);
    return &queued->result;
}

void sctl_result_fail(struct sctl_result *result, const struct sctl_err *err)
{
    size_t size = strlen(err->message) + 1;
    result->status = err->status;
    result->native = err->native;
    result->message = sctl_realloc(NULL, size);
    if (result->message != NULL)
        memcpy(result->message, err->message, size);
}

void sctl_result_free(struct sctl_result *result)
{
    sctl_free(result->message);
    sctl_buf_clear(&result->head);
    sctl_buf_clear(&result->headers);
    sctl_buf_clear(&result->body);
    sctl_free(result);
}

/* ---- the connection ---- */

/* A handle with all options but for the time that there is to connect. */
static enum sctl_status configure(struct sctl_transfer *self, struct sctl_err *err)
{
    CURL *easy = self->easy = curl_easy_init();
    if (easy == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "libcurl gives no handle");
    CURLcode code = sctl_sockets_attach(&self->multi->sockets, easy);
    SCTL_SETOPT(CURLOPT_SHARE, self->multi->share);
    SCTL_SETOPT(CURLOPT_PRIVATE, self);
    SCTL_SETOPT(CURLOPT_ERRORBUFFER, self->curl_message);
    if (code != CURLE_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s", curl_easy_strerror(code));
    return sctl_endpoint_configure(self->endpoint, easy, err);
}

struct sctl_transfer *sctl_transfer_new(struct sctl_multi *multi, struct sctl_endpoint *endpoint,
                                        struct sctl_err *err)
{
    struct sctl_transfer *self = sctl_new(sizeof *self, "a transfer", err);
    if (self == NULL)
        return NULL;
    self->multi = multi;
    self->endpoint = sctl_endpoint_ref(endpoint);
    self->fd = -1;
    sctl_signed_init(&self->signed_request);
    sctl_request_text(&self->text);
    sctl_buf_init(&self->out, SCTL_MAX_TARGET + 4 * SCTL_MAX_REQUEST_HEADERS + SMALL_BODY, true);
    if (configure(self, err) == SCTL_OK)
        return self;
    sctl_transfer_free(self);
    return NULL;
}

void sctl_transfer_free(struct sctl_transfer *self)
{
    sctl_sockets_leave(&self->multi->sockets, self->fd, self);
    if (self->phase != SCTL_NEW)
        (void)curl_multi_remove_handle(self->multi->handle, self->easy); /* closes the connection */
    curl_easy_cleanup(self->easy);
    sctl_endpoint_unref(self->endpoint);
    sctl_signed_clear(&self->signed_request);
    sctl_buf_clear(&self->text);
    sctl_buf_clear(&self->out);
    sctl_free(self);
}

bool sctl_transfer_lost(const struct sctl_transfer *self)
{
    return self->phase > SCTL_CONNECTING &&
           sctl_sockets_owner(&self->multi->sockets, self->fd) != self;
}

/* A read takes a whole record of TLS, so what waits for a kept connection is on its socket; unless
 * libcurl reads ahead or has closed it, or the records come in those of an https:// proxy. */
static bool shows_all(const struct sctl_transfer *self)
{
    return !self->multi->reads_ahead && self->endpoint->proxy == NULL &&
           !self->endpoint->proxy_from_env && !sctl_transfer_lost(self);
}

bool sctl_transfer_sound(struct sctl_transfer *self)
{
    char byte;
    size_t count;
    if (shows_all(self) && recv(self->fd, &byte, 1, MSG_PEEK) < 0 && errno == EAGAIN)
        return true;
    /* TLS may hold an answer too many, or take what waits for itself */
    return curl_easy_recv(self->easy, &byte, 1, &count) == CURLE_AGAIN;
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

static enum sctl_status connect_to(struct sctl_transfer *self, double now, struct sctl_err *err)
{
    CURL *easy = self->easy;
    CURLcode code = CURLE_OK;
    SCTL_SETOPT(CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds(self->queued, now));
    if (code != CURLE_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s", curl_easy_strerror(code));
    CURLMcode added = curl_multi_add_handle(self->multi->handle, easy);
    if (added != CURLM_OK)
        return sctl_fail(err, SCTL_E_MEMORY, (int)added, "libcurl: %s", curl_multi_strerror(added));
    self->phase = SCTL_CONNECTING;
    return SCTL_OK;
}

/* What libcurl's verdict on a connection means. */
static enum sctl_status classify(CURLcode code)
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
    default:
        return SCTL_E_CONNECT;
    }
}

/* libcurl does not say why it got no socket. */
static bool has_no_descriptors(void)
{
    int fd = open("/dev/null", O_RDONLY);
    if (fd >= 0)
        close(fd);
    return fd < 0 && (errno == EMFILE || errno == ENFILE);
}

enum sctl_status sctl_transfer_connected(struct sctl_transfer *self, CURLcode code,
                                         struct sctl_err *err)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    if (code == CURLE_COULDNT_CONNECT && has_no_descriptors())
        return sctl_fail(err, SCTL_E_CONNECT, (int)code,
                         "no descriptor is left for a connection; close some, or raise ulimit -n");
    if (code != CURLE_OK)
        return sctl_fail(err, classify(code), (int)code, "%s",
                         self->curl_message[0] != '\0' ? self->curl_message
                                                       : curl_easy_strerror(code));
    (void)curl_easy_getinfo(self->easy, CURLINFO_ACTIVESOCKET, &fd);
    self->fd = (int)fd;
    self->phase = SCTL_WRITING;
    if (sctl_sockets_own(&self->multi->sockets, self->fd, self, SCTL_READ))
        return SCTL_OK;
    return sctl_fail(err, SCTL_E_SYSTEM, errno, "a connection cannot be watched: %s",
                     strerror(errno));
}

/* ---- the request ---- */

static void add_line(struct sctl_buf *out, const char *name, struct sctl_str value)
{
    sctl_buf_add(out, name, strlen(name));
    sctl_buf_add_str(out, value);
    sctl_buf_add_lit(out, "\r\n");
}

/* The headers that were signed, and those that they leave out: Host goes first. */
static void write_headers(struct sctl_transfer *self)
{
    const struct sctl_endpoint *endpoint = self->queued->endpoint;
    const struct sctl_signed *made = &self->signed_request;
    struct sctl_buf *out = &self->out;
    const char *header = made->headers.data, *host = NULL;
    bool accepts = false;
    size_t i;
    for (i = 0; i < made->header_count; i++, header += strlen(header) + 1) {
        struct sctl_str name = {header, strcspn(header, ":")};
        if (sctl_str_is(name, "host"))
            host = header;
        accepts = accepts || sctl_str_is(name, "accept");
    }
    if (host == NULL)
        add_line(out, "Host: ", sctl_buf_str(&endpoint->host));
    else
        add_line(out, "Host:", (struct sctl_str){host + 5, strlen(host + 5)});
    if (endpoint->user_agent != NULL)
        add_line(out, "User-Agent: ",
                 (struct sctl_str){endpoint->user_agent, strlen(endpoint->user_agent)});
    if (!accepts)
        sctl_buf_add_lit(out, "Accept: */*\r\n");
    for (header = made->headers.data, i = 0; i < made->header_count; i++) {
        size_t len = strlen(header);
        if (header != host)
            add_line(out, "", (struct sctl_str){header, len});
        header += len + 1;
    }
}

/* Writes the request into one buffer; a large body stays where it is. */
static enum sctl_status write_request(struct sctl_transfer *self, const struct sctl_call *call,
                                      struct sctl_err *err)
{
    const struct sctl_signed *made = &self->signed_request;
    struct sctl_buf *out = &self->out;
    (void)sctl_buf_reserve(out, made->target.len + made->headers.len + 512);
    sctl_buf_add_str(out, sctl_method_name(call->method));
    sctl_buf_add_char(out, ' ');
    sctl_buf_add_str(out, sctl_buf_str(&made->target));
    sctl_buf_add_lit(out, " HTTP/1.1\r\n");
    write_headers(self);
    if (call->method != SCTL_GET) {
        sctl_buf_add_lit(out, "Content-Length: ");
        sctl_buf_add_uint(out, call->body.len);
        sctl_buf_add_lit(out, "\r\n");
    }
    sctl_buf_add_lit(out, "\r\n");
    self->head_len = out->len;
    self->body = (struct sctl_str){NULL, 0};
    if (call->method != SCTL_GET)
        self->body = call->body;
    if (self->body.len <= SMALL_BODY) {
        sctl_buf_add_str(out, self->body);
        self->body.len = 0;
    }
    return sctl_buf_ok(out, "the request", err);
}

enum sctl_status sctl_transfer_start(struct sctl_transfer *self, struct sctl_queued *queued,
                                     double now, struct sctl_pairs *params, struct sctl_err *err)
{
    struct sctl_call call;
    self->queued = queued;
    self->sent = false;
    self->reused = self->phase == SCTL_KEPT;
    self->started = now;
    self->written = 0;
    sctl_reader_begin(&self->reader, &queued->result.headers, &queued->result.body);
    if (sctl_request_call(queued->request, queued->sequence, &call, params, &self->text, err) !=
            SCTL_OK ||
        sctl_sign(queued->request->signer, &call, &self->signed_request, err) != SCTL_OK ||
        write_request(self, &call, err) != SCTL_OK)
        return err->status;
    if (self->phase == SCTL_NEW)
        return connect_to(self, now, err);
    self->phase = SCTL_WRITING;
    return SCTL_OK;
}

/* The connection ends before the answer does. */
static enum sctl_status fail_lost(struct sctl_transfer *self, CURLcode code, struct sctl_err *err)
{
    enum sctl_status status = self->reader.head_bytes > 0 ? SCTL_E_RESPONSE : SCTL_E_CONNECT;
    if (self->reused && status == SCTL_E_CONNECT)
        return sctl_fail(err, status, (int)code, "the kept connection was lost");
    if (code == CURLE_OK && status == SCTL_E_CONNECT)
        return sctl_fail(err, status, 0, "the connection was closed before an answer came");
    return sctl_fail(err, status, (int)code, "the connection was lost: %s",
                     self->curl_message[0] != '\0' ? self->curl_message : curl_easy_strerror(code));
}

/* Writes what can be. False: nothing more can be; an answer may have come all the same. */
static bool write_some(struct sctl_transfer *self, CURLcode *code)
{
    unsigned events = SCTL_READ;
    *code = CURLE_OK;
    if (!self->sent && self->queued->endpoint->keep_head)
        sctl_buf_add(&self->queued->result.head, self->out.data, self->head_len);
    self->sent = true;
    while (self->written < self->out.len + self->body.len && events == SCTL_READ) {
        struct sctl_str rest = sctl_buf_str(&self->out);
        size_t done = self->written, count = 0;
        if (done >= rest.len) {
            done -= rest.len;
            rest = self->body;
        }
        /* after CURLE_AGAIN the same bytes must come again: OpenSSL has begun a record of them */
        *code = curl_easy_send(self->easy, rest.data + done, rest.len - done, &count);
        if (*code != CURLE_OK && *code != CURLE_AGAIN)
            return false;
        if (count == 0)
            events |= SCTL_WRITE;
        self->written += count;
    }
    if (events == SCTL_READ)
        self->phase = SCTL_READING;
    return sctl_sockets_own(&self->multi->sockets, self->fd, self, events);
}

static enum sctl_status read_some(struct sctl_transfer *self, char *space, bool *done,
                                  struct sctl_err *err)
{
    enum sctl_status status = SCTL_OK;
    /* until nothing comes: TLS may hold bytes that no socket shows */
    do {
        size_t count = 0, used = 0;
        CURLcode code = curl_easy_recv(self->easy, space, SCTL_READ_SIZE, &count);
        if (code == CURLE_AGAIN)
            return SCTL_OK;
        if (code != CURLE_OK || (count == 0 && self->reader.head_bytes == 0))
            return fail_lost(self, code, err);
        if (count > 0) {
            status = sctl_reader_feed(&self->reader, space, count, &used, err);
            sctl_wipe(space, count); /* it may hold keys */
        } else {
            status = sctl_reader_end(&self->reader, err);
        }
        if (count == 0 || used < count) /* the end, or an answer too many */
            self->reader.close = true;
        *done = status == SCTL_OK && sctl_reader_done(&self->reader);
    } while (status == SCTL_OK && !*done);
    return status;
}

enum sctl_status sctl_transfer_step(struct sctl_transfer *self, unsigned events, char *space,
                                    bool *done, struct sctl_err *err)
{
    CURLcode code = CURLE_OK;
    bool stuck = false;
    *done = false;
    if (sctl_transfer_lost(self))
        return fail_lost(self, CURLE_OK, err);
    if (self->phase == SCTL_WRITING && (events == 0 || (events & SCTL_WRITE) != 0))
        stuck = !write_some(self, &code);
    if (!stuck && (events & (SCTL_READ | SCTL_FAILED)) == 0)
        return SCTL_OK;
    enum sctl_status status = read_some(self, space, done, err);
    if (stuck && status == SCTL_OK && !*done)
        return fail_lost(self, code, err);
    return status;
}

struct sctl_result *sctl_transfer_end(struct sctl_transfer *self, const struct sctl_err *err,
                                      double now)
{
    struct sctl_result *result = &self->queued->result;
    if (err == NULL && self->phase == SCTL_READING && sctl_reader_keeps(&self->reader) &&
        self->queued->request->safe)
        self->phase = SCTL_KEPT;
    self->kept_since = now;
    result->http_status = self->reader.status;
    result->maybe_sent = self->sent;
    result->reused = self->reused && self->sent;
    result->elapsed = now - self->started;
    if (err != NULL)
        sctl_result_fail(result, err);
    (void)sctl_queued_end(self->queued);
    self->queued = NULL;
    sctl_signed_reset(&self->signed_request);
    sctl_buf_reset(&self->text);
    sctl_buf_reset(&self->out);
    return result;
}
