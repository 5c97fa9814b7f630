/* What a transfer asks of libcurl, and what it leaves behind: nothing of the request that it has
 * sent, nor of its answer. */
#include "engine_help.h"

#include <dlfcn.h>
#include <stdarg.h>

#include "send/transfer.h"

#define TOKEN "token-of-the-request"

static bool holds_token(const struct sctl_buf *buf)
{
    return contains((struct sctl_str){buf->data, buf->size}, TOKEN);
}

TEST(a_signed_request_is_wiped_when_it_ends)
{
    int port, fd = server_bind(&port); /* bound and not listening */
    char url[64];
    struct sctl_pair header = {SCTL_STR("x-token"), SCTL_STR(TOKEN)};
    struct sctl_pairs params = {NULL, 0, 0};
    struct sctl_poller poller;
    struct sctl_multi multi;
    struct sctl_endpoint *endpoint;
    struct sctl_transfer *transfer;
    struct sending request;
    struct sctl_request *made;
    struct sctl_queued *queued;
    struct sctl_err err;
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    endpoint = endpoint_of(url);
    REQUIRE(sctl_poller_open(&poller, &err) == SCTL_OK);
    REQUIRE(sctl_multi_open(&multi, &poller, &err) == SCTL_OK);
    transfer = sctl_transfer_new(&multi, endpoint, &err);
    request = get(endpoint, "/?token=" TOKEN);
    request.call.params = &header;
    request.call.param_count = 1;
    made = request_of_sending(&request, &err);
    REQUIRE(transfer != NULL && made != NULL);
    queued = sctl_queued_new(made, 0, endpoint, &err);
    REQUIRE(queued != NULL);
    sctl_request_unref(made);
    queued->deadline = queued->connect_timeout = 1000;
    REQUIRE(sctl_transfer_start(transfer, queued, 0, &params, &err) == SCTL_OK);
    CHECK(holds_token(&transfer->signed_request.target));
    CHECK(holds_token(&transfer->signed_request.headers));
    CHECK(holds_token(&transfer->out));
    (void)sctl_fail(&err, SCTL_E_CANCELLED, 0, "no");
    sctl_result_free(sctl_transfer_end(transfer, &err, 0));
    CHECK(!holds_token(&transfer->signed_request.target));
    CHECK(!holds_token(&transfer->signed_request.headers));
    CHECK(!holds_token(&transfer->out));
    sctl_transfer_free(transfer);
    sctl_pairs_clear(&params);
    sctl_multi_close(&multi, false);
    sctl_poller_close(&poller, false);
    sctl_endpoint_unref(endpoint);
    (void)close(fd);
}

ENGINE_TEST(an_answer_is_wiped_when_it_is_freed, 1)
{
    struct sctl_result *result;
    server.answer = ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" TOKEN, SERVER_KEEP);
    look_for(TOKEN);
    result = fetch(engine, get(endpoint, "/"));
    CHECK_STR(TOKEN, sctl_buf_str(&result->body));
    drop(result);
    look_for(NULL);
}

static struct sctl_sockets *sockets; /* of the engine that has connected last */

/* Whom it trusts as a host and as a proxy, and what it has asked for last. */
static const CURLoption TRUST[2][4] = {
    {CURLOPT_CAINFO, CURLOPT_CAPATH, CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST},
    {CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAPATH, CURLOPT_PROXY_SSL_VERIFYPEER,
     CURLOPT_PROXY_SSL_VERIFYHOST},
};
static void *asked[2][4];
static long connect_ms;

#undef curl_easy_setopt
#pragma GCC visibility push(default)
CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...);
curl_version_info_data *curl_version_info(CURLversion age);
#pragma GCC visibility pop

static char bundle[] = "/dev/null", directory[] = "/hashed"; /* the system's authorities */

curl_version_info_data *curl_version_info(CURLversion age)
{
    static curl_version_info_data info;
    curl_version_info_data *(*real)(CURLversion);
    *(void **)&real = dlsym(RTLD_NEXT, "curl_version_info");
    info = *real(age);
    info.cainfo = bundle;
    info.capath = directory;
    return &info;
}

CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
    CURLcode (*real)(CURL *, CURLoption, ...);
    va_list arguments;
    void *value;
    int i;
    *(void **)&real = dlsym(RTLD_NEXT, "curl_easy_setopt");
    va_start(arguments, option);
    value = va_arg(arguments, void *); /* or a long, which is as large */
    va_end(arguments);
    if (option == CURLOPT_CLOSESOCKETDATA)
        sockets = value;
    if (option == CURLOPT_CONNECTTIMEOUT_MS)
        connect_ms = (intptr_t)value;
    for (i = 0; i < 8; i++) {
        if (option == TRUST[i / 4][i % 4])
            asked[i / 4][i % 4] = value;
    }
    return real(easy, option, value);
}

/* What a caller names counts alone. Of the system's authorities the bundle does, where there is one.
 * A proxy is trusted as a host is. */
TEST(whom_it_trusts)
{
    static const struct {
        const char *file, *path, *bundle, *wanted_file, *wanted_path;
        bool insecure;
    } CASES[] = {
        {"", "", "/dev/null", "/dev/null", "", false}, {"", "", "/nowhere", "", "/hashed", false},
        {"/a", "", "/dev/null", "/a", "", false},      {"", "/b", "/dev/null", "", "/b", false},
        {"/a", "/b", "/nowhere", "/a", "/b", true},
    };
    size_t i, j;
    for (i = 0; i < LENGTH(CASES); i++) {
        ENGINE(engine, 1); /* without a connection */
        struct sctl_endpoint_options options;
        server_start(&server);
        options = options_of(server.url);
        options.ca_file = str(CASES[i].file);
        options.ca_path = str(CASES[i].path);
        options.insecure = CASES[i].insecure;
        (void)snprintf(bundle, sizeof bundle, "%s", CASES[i].bundle);
        ENDPOINT(to, endpoint_with(options));
        check_works(engine, to);
        for (j = 0; j < 2; j++) {
            const char *file = asked[j][0], *path = asked[j][1];
            CHECK_STR(CASES[i].wanted_file, str(file != NULL ? file : ""));
            CHECK_STR(CASES[i].wanted_path, str(path != NULL ? path : ""));
            CHECK_INT(CASES[i].insecure ? 0 : 1, (intptr_t)asked[j][2]);
            CHECK_INT(CASES[i].insecure ? 0 : 2, (intptr_t)asked[j][3]);
        }
        server_stop(&server);
    }
}

/* libcurl shares it among the addresses of a host. */
TEST(the_time_to_connect_is_the_shorter_one)
{
    static const struct {
        double timeout, connect_timeout;
        long ms;
    } CASES[] = {{1000, 4, 4000}, {40, 1000, 40000}, {1e9, 1e9, 86400000}};
    size_t i;
    for (i = 0; i < LENGTH(CASES); i++) {
        ENGINE(engine, 1);
        struct sending request;
        server_start(&server);
        ENDPOINT(to, endpoint_of(server.url));
        request = get(to, "/");
        request.timeout = CASES[i].timeout;
        request.connect_timeout = CASES[i].connect_timeout;
        check_end(fetch(engine, request), SCTL_OK, 200, true);
        CHECK(connect_ms <= CASES[i].ms && connect_ms > CASES[i].ms / 2);
        server_stop(&server);
    }
}

/* libcurl closes connections that nobody uses, as it thinks; a new one may get the descriptor. */
static void lose_connection(void)
{
    int fd = 0;
    while (fd < 1000 && sctl_sockets_owner(sockets, fd) == NULL)
        fd++;
    sctl_sockets_closing(sockets, fd);
    sctl_sockets_opened(sockets, fd);
}

ENGINE_TEST(a_connection_that_libcurl_has_closed_is_used_no_more, 1)
{
    REQUIRE(asks(engine, get(endpoint, "/"), 1));
    lose_connection();
    step(engine);
    check_end(next(engine), SCTL_E_CONNECT, 0, true);
    server.hold = false;
    check_works(engine, endpoint);
    lose_connection();
    step(engine);
    server_pump(&server);
    CHECK_INT(0, server_connected(&server));
    check_works(engine, endpoint);
    lose_connection();
    check_works(engine, endpoint);
    CHECK_INT(4, server.accepted);
}

CHECK_MAIN(100)
