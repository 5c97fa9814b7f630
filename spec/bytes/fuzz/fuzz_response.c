/* What a server may answer: any bytes, through a transfer on a connection of libcurl's.
 *
 * The first byte says what is asked: '1' POST, '2' GET with a small cap of the body, '3' GET by a
 * call that keeps no connection, else GET; the rest is the answer, after which the server hangs up.
 * There is no network: libcurl is given one end of a socket pair, and the answer is there before it
 * asks. */
#include "fuzz.h"

#include <fcntl.h>
#include <signal.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../c/fake_signer.h"
#include "send/transfer.h"

#define SMALL 16u
#define LARGE (1u << 20)

static int server = -1; /* the other end */
static struct sctl_str answer;

static void hang_up(void)
{
    if (server >= 0)
        (void)close(server);
    server = -1;
}

static curl_socket_t open_pair(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    int pair[2], room = 1 << 21;
    ssize_t sent = 0;
    (void)context;
    (void)purpose;
    (void)address;
    hang_up();
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return CURL_SOCKET_BAD;
    (void)setsockopt(pair[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    (void)fcntl(pair[0], F_SETFL, O_NONBLOCK);
    (void)fcntl(pair[1], F_SETFL, O_NONBLOCK);
    if (answer.len > 0)
        sent = send(pair[1], answer.data, answer.len, MSG_NOSIGNAL);
    answer.len = sent > 0 ? (size_t)sent : 0; /* as much as there is room for */
    (void)shutdown(pair[1], SHUT_WR);
    server = pair[1];
    return pair[0];
}

/* Some versions of libcurl connect even what they are told is connected. */
__attribute__((visibility("default"))) int connect(int fd, const struct sockaddr *address,
                                                   socklen_t size);

int connect(int fd, const struct sockaddr *address, socklen_t size)
{
    (void)fd;
    (void)address;
    (void)size;
    return 0;
}

static int already_connected(void *context, curl_socket_t fd, curlsocktype purpose)
{
    (void)purpose;
    sctl_sockets_opened(context, (int)fd);
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

static struct sctl_queued *make_queued(struct sctl_endpoint *endpoint, char kind)
{
    struct sending request;
    struct sctl_request *made;
    struct sctl_queued *queued;
    struct sctl_err err;
    memset(&request, 0, sizeof request);
    request.signer = &fake_signer;
    request.call.action = SCTL_STR("/");
    request.call.method = kind == '1' ? SCTL_POST : SCTL_GET;
    request.call.body = kind == '1' ? SCTL_STR("body") : SCTL_STR("");
    request.fresh = kind == '3';
    made = request_of_sending(&request, &err);
    MUST(made != NULL);
    queued = sctl_queued_new(made, 0, endpoint, &err);
    MUST(queued != NULL);
    sctl_request_unref(made);
    queued->deadline = 1e9;
    queued->connect_timeout = 100;
    return queued;
}

/* What an engine does, for one request. The result, and whether the connection is kept. */
static struct sctl_result *ask(struct sctl_multi *multi, struct sctl_endpoint *endpoint, char kind,
                               bool *kept)
{
    static char space[SCTL_READ_SIZE];
    struct sctl_pairs params = {NULL, 0, 0};
    struct sctl_ready ready[SCTL_READY_MAX];
    struct sctl_err err;
    struct sctl_result *result;
    struct sctl_transfer *transfer = sctl_transfer_new(multi, endpoint, &err);
    enum sctl_status status;
    CURLMsg *message;
    bool done = false;
    int left, count;
    MUST(transfer != NULL);
    MUST(curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETFUNCTION, open_pair) == CURLE_OK);
    MUST(curl_easy_setopt(transfer->easy, CURLOPT_SOCKOPTFUNCTION, already_connected) == CURLE_OK);
    MUST(sctl_transfer_start(transfer, make_queued(endpoint, kind), 0, &params, &err) == SCTL_OK);
    do {
        count = sctl_poller_wait(multi->sockets.poller, 0, ready);
        MUST(sctl_multi_act(multi, ready, count, &err) == SCTL_OK);
        message = curl_multi_info_read(multi->handle, &left);
    } while (message == NULL);
    status = sctl_transfer_connected(transfer, message->data.result, &err);
    MUST(status == SCTL_OK);
    status = sctl_transfer_step(transfer, 0, space, &done, &err);
    while (status == SCTL_OK && !done) {
        count = sctl_poller_wait(multi->sockets.poller, 1, ready);
        MUST(count == 1 && sctl_sockets_owner(&multi->sockets, ready[0].fd) == transfer);
        status = sctl_transfer_step(transfer, ready[0].events, space, &done, &err);
    }
    MUST(!done || transfer->reader.state == SCTL_READ_DONE);
    result = sctl_transfer_end(transfer, done ? NULL : &err, 0);
    *kept = transfer->phase == SCTL_KEPT;
    MUST(!*kept || !sctl_transfer_sound(transfer)); /* its server has hung up */
    sctl_transfer_free(transfer);
    sctl_pairs_clear(&params);
    return result;
}

static bool mentions(struct sctl_str text, const char *word)
{
    size_t i, len = strlen(word);
    for (i = 0; i + len <= text.len; i++) {
        if (strncasecmp(text.data + i, word, len) == 0)
            return true;
    }
    return false;
}

/* Whether there is a status line after the first line. */
static bool starts_anew(struct sctl_str headers)
{
    char mark[] = "\nHTTP/0";
    for (; mark[6] <= '9'; mark[6]++) {
        if (mentions(headers, mark))
            return true;
    }
    return false;
}

static void check_result(const struct sctl_result *result, struct sctl_str sent, size_t cap)
{
    struct sctl_str headers = sctl_buf_str(&result->headers), body = sctl_buf_str(&result->body);
    MUST(body.len <= cap && headers.len <= SCTL_MAX_RESPONSE_HEADERS);
    MUST(result->maybe_sent); /* the connection was there at once */
    if (!mentions(sent, "chunked")) {
        /* as received, in one piece: what came before the last status line is gone */
        MUST(holds(sent, headers));
        MUST(holds(sent, body));
    }
    if (result->status == SCTL_OK) {
        MUST(result->http_status >= 200 && result->http_status <= 999);
        MUST(headers.len > 5 && memcmp(headers.data, "HTTP/", 5) == 0);
        MUST(!starts_anew(headers)); /* of the last response only */
        return;
    }
    MUST(sctl_result_message(result)[0] != '\0');
    MUST(result->status == SCTL_E_RESPONSE || result->status == SCTL_E_CONNECT ||
         result->status == SCTL_E_TOO_LARGE);
}

static struct sctl_endpoint *make_endpoint(size_t cap)
{
    struct sctl_endpoint_options options;
    struct sctl_endpoint *endpoint;
    struct sctl_err err;
    memset(&options, 0, sizeof options);
    options.url = SCTL_STR("http://127.0.0.1:9");
    options.max_response = cap;
    endpoint = sctl_endpoint_new(&options, &err);
    MUST(endpoint != NULL);
    return endpoint;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char GOOD[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    char kind = size > 0 ? (char)data[0] : '0';
    size_t cap = kind == '2' ? SMALL : LARGE;
    struct sctl_endpoint *endpoint = make_endpoint(cap);
    struct sctl_poller poller;
    struct sctl_multi multi;
    struct sctl_result *result;
    struct sctl_str sent;
    struct sctl_err err;
    bool kept;
    (void)signal(SIGPIPE, SIG_IGN);
    MUST(sctl_poller_open(&poller, &err) == SCTL_OK);
    MUST(sctl_multi_open(&multi, &poller, &err) == SCTL_OK);
    answer = (struct sctl_str){(const char *)data + (size > 0), size - (size > 0)};
    sent = answer;
    result = ask(&multi, endpoint, kind, &kept);
    sent.len = answer.len;
    check_result(result, sent, cap);
    MUST(!kept || (result->status == SCTL_OK && kind != '3'));
    sctl_result_free(result);
    /* whatever it was, the next answer is not touched by it */
    answer = SCTL_STR(GOOD);
    result = ask(&multi, endpoint, '0', &kept);
    MUST(kept && result->status == SCTL_OK && result->http_status == 200);
    MUST(same_text(sctl_buf_str(&result->body), SCTL_STR("ok")));
    MUST(result->headers.len == sizeof GOOD - 3);
    sctl_result_free(result);
    sctl_multi_close(&multi, false);
    sctl_poller_close(&poller, false);
    sctl_endpoint_unref(endpoint);
    hang_up();
    MUST(live_blocks == 0);
    return 0;
}
