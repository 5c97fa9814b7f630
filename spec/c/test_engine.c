/* The life of requests in the engine, against a server in the same thread. */
#include "check.h"
#include "server.h"

#include <math.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "clock.h"
#include "sign_aliyun.h"
#include "sign_zego.h"
#include "sigpipe.h"

static struct server server, other;

/* ---- a clock that runs, and that a test can move ahead ---- */

static double ahead;
static void (*on_clock)(void); /* runs inside of the engine */

static double read_clock(clockid_t id)
{
    struct timespec now;
    (void)clock_gettime(id, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9 + ahead;
}

static double test_wall(void *context)
{
    (void)context;
    return read_clock(CLOCK_REALTIME);
}

static double test_monotonic(void *context)
{
    (void)context;
    if (on_clock != NULL)
        on_clock();
    return read_clock(CLOCK_MONOTONIC);
}

static const struct sctl_clock CLOCK = {.wall = test_wall, .monotonic = test_monotonic};

/* ---- helpers ---- */

static struct sctl_endpoint_options options_of(const char *url)
{
    struct sctl_endpoint_options options;
    memset(&options, 0, sizeof options);
    options.url = str(url);
    options.max_response = 1000;
    return options;
}

static struct sctl_endpoint *endpoint_of(const char *url)
{
    struct sctl_endpoint_options options = options_of(url);
    struct sctl_err err;
    struct sctl_endpoint *endpoint = sctl_endpoint_new(&options, &err);
    if (endpoint == NULL) {
        printf("%s\n", err.message);
        exit(1);
    }
    return endpoint;
}

static struct sctl_engine *engine_of(unsigned max_in_flight)
{
    struct sctl_err err;
    struct sctl_engine *engine = sctl_engine_new(max_in_flight, &err);
    if (engine == NULL) {
        printf("%s\n", err.message);
        exit(1);
    }
    return engine;
}

static struct sctl_request get(struct sctl_endpoint *endpoint, const char *target)
{
    struct sctl_request request;
    memset(&request, 0, sizeof request);
    request.endpoint = endpoint;
    request.call.action = str(target);
    request.call.timestamp = SCTL_NOW;
    request.timeout = 1000;
    request.connect_timeout = 1000;
    return request;
}

static uint64_t submit(struct sctl_engine *engine, struct sctl_request request)
{
    struct sctl_err err;
    uint64_t id = 0;
    if (sctl_engine_submit(engine, &request, &id, &err) != SCTL_OK)
        check_that(false, __FILE__, __LINE__, err.message);
    return id;
}

static void step(struct sctl_engine *engine)
{
    struct sctl_err err;
    CHECK_INT(SCTL_OK, sctl_engine_step(engine, &err));
}

/* What server and engine can do now; then sleeps until one of them has something to do again. It
 * is the engine that has to say so: nothing is stepped by luck. */
static bool run_until(struct sctl_engine *engine,
                      bool (*reached)(struct sctl_engine *, size_t), size_t count)
{
    double limit = read_clock(CLOCK_MONOTONIC) + 20;
    for (;;) {
        server_pump(&server);
        step(engine);
        if (reached(engine, count))
            return true;
        if (read_clock(CLOCK_MONOTONIC) > limit)
            return false;
        server_sleep(&server, engine, 5000);
    }
}

static bool has_done(struct sctl_engine *engine, size_t count)
{
    return sctl_engine_count(engine).done >= count;
}

static bool has_asked(struct sctl_engine *engine, size_t count)
{
    (void)engine;
    return server.asked >= (int)count;
}

static bool has_answered(struct sctl_engine *engine, size_t count)
{
    (void)engine;
    return server.asked >= (int)count && server.open == 0;
}

/* Until so many results are there. */
static bool run_until_done(struct sctl_engine *engine, size_t count)
{
    return run_until(engine, has_done, count);
}

/* Until the server has had so many requests. */
static bool run_until_asked(struct sctl_engine *engine, size_t count)
{
    return run_until(engine, has_asked, count);
}

static struct sctl_result *next(struct sctl_engine *engine)
{
    static struct sctl_result none; /* so that a check fails and nothing crashes */
    struct sctl_result *result = sctl_engine_next_done(engine);
    if (result != NULL)
        return result;
    check_that(false, __FILE__, __LINE__, "a result is missing");
    memset(&none, 0, sizeof none);
    none.err.status = SCTL_E_SYSTEM;
    sctl_buf_init(&none.body, 1, false);
    sctl_buf_init(&none.headers, 1, false);
    return &none;
}

static void drop(struct sctl_result *result)
{
    if (result->id != 0)
        sctl_result_free(result);
}

/* One request from beginning to end. */
static struct sctl_result *fetch(struct sctl_engine *engine, struct sctl_request request)
{
    uint64_t id = submit(engine, request);
    struct sctl_result *result;
    (void)check_that(run_until_done(engine, 1), __FILE__, __LINE__, "the request hangs");
    result = next(engine);
    CHECK_INT(id, result->id);
    return result;
}

static void check_end(struct sctl_result *result, enum sctl_status status,
                      long http_status, bool maybe_sent)
{
    CHECK_INT(status, result->err.status);
    CHECK_INT(http_status, result->http_status);
    CHECK_INT(maybe_sent, result->maybe_sent);
    CHECK((status == SCTL_OK) == (result->err.message[0] == '\0'));
    drop(result);
}

/* What becomes of a request that gets `answer`. */
static void check_answer(struct server_answer answer, enum sctl_status status,
                         long http_status, bool maybe_sent)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    server_start(&server);
    server.answer = answer;
    endpoint = endpoint_of(server.url);
    check_end(fetch(engine, get(endpoint, "/")), status, http_status, maybe_sent);
    /* and the engine goes on */
    server.answer = ANSWER_OK;
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

/* ---- answers ---- */

TEST(a_whole_answer)
{
    struct sctl_engine *engine = engine_of(4);
    struct sctl_endpoint *endpoint;
    struct sctl_result *result;
    server_start(&server);
    server.answer =
        ANSWER("HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhe\0lo",
               SERVER_KEEP);
    endpoint = endpoint_of(server.url);
    CHECK(sctl_engine_next_done(engine) == NULL);
    result = fetch(engine, get(endpoint, "/a?b=c"));
    CHECK_TEXT(SCTL_STR("he\0lo"), sctl_buf_str(&result->body));
    CHECK_STR("HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 5\r\n\r\n",
              sctl_buf_str(&result->headers));
    CHECK(!result->reused);
    CHECK(result->elapsed > 0 && result->elapsed < 20);
    CHECK_STR("/a?b=c ", str(server.targets));
    check_end(result, SCTL_OK, 404, true);
    CHECK(sctl_engine_next_done(engine) == NULL);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(an_interim_answer_is_passed_over)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_result *result;
    server_start(&server);
    server.answer = ANSWER("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
                           "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                           SERVER_KEEP);
    endpoint = endpoint_of(server.url);
    result = fetch(engine, get(endpoint, "/"));
    CHECK_STR("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
              sctl_buf_str(&result->headers));
    check_end(result, SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_redirect_is_an_answer)
{
    check_answer(ANSWER("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
                        SERVER_KEEP),
                 SCTL_OK, 302, true);
    CHECK_STR("/ / ", str(server.targets));
}

TEST(an_answer_that_ends_with_the_connection)
{
    check_answer(ANSWER("HTTP/1.1 200 OK\r\n\r\nuntil the end", SERVER_CLOSE), SCTL_OK,
                 200, true);
}

TEST(a_truncated_body)
{
    check_answer(
        ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", SERVER_CLOSE),
        SCTL_E_RESPONSE, 200, true);
    check_answer(
        ANSWER("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
               SERVER_CLOSE),
        SCTL_E_RESPONSE, 200, true);
    check_answer(
        ANSWER("HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\nhello", SERVER_RESET),
        SCTL_E_RESPONSE, 500, true);
}

TEST(an_empty_reply)
{
    check_answer(ANSWER("", SERVER_CLOSE), SCTL_E_CONNECT, 0, true);
    check_answer(ANSWER("", SERVER_RESET), SCTL_E_CONNECT, 0, true);
}

TEST(an_answer_that_is_not_http)
{
    check_answer(ANSWER("SSH-2.0-OpenSSH_9.2\r\n", SERVER_CLOSE), SCTL_E_RESPONSE, 0,
                 true);
    check_answer(ANSWER("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                        SERVER_CLOSE),
                 SCTL_E_RESPONSE, 200, true);
}

TEST(a_body_over_the_cap)
{
    static char text[3000];
    int head =
        snprintf(text, sizeof text, "HTTP/1.1 503 Busy\r\nContent-Length: 1001\r\n\r\n");
    memset(text + head, 'x', 1001);
    check_answer((struct server_answer){{text, (size_t)head + 1001}, SERVER_KEEP},
                 SCTL_E_TOO_LARGE, 503, true);
    /* without an announcement */
    head = snprintf(text, sizeof text,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n");
    memset(text + head, 'x', 1001);
    memcpy(text + head + 1001, "\r\n0\r\n\r\n", 7);
    check_answer((struct server_answer){{text, (size_t)head + 1008}, SERVER_KEEP},
                 SCTL_E_TOO_LARGE, 200, true);
    head = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\n\r\n");
    memset(text + head, 'x', 2000);
    check_answer((struct server_answer){{text, (size_t)head + 2000}, SERVER_CLOSE},
                 SCTL_E_TOO_LARGE, 200, true);
    /* exactly the cap */
    head = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    memset(text + head, 'x', 1000);
    check_answer((struct server_answer){{text, (size_t)head + 1000}, SERVER_KEEP},
                 SCTL_OK, 200, true);
}

TEST(a_flood_of_headers)
{
    static char text[200000];
    size_t len = (size_t)snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\n");
    while (len < sizeof text - 100)
        len += (size_t)snprintf(text + len, sizeof text - len, "X-Flood: %080d\r\n", 7);
    check_answer((struct server_answer){{text, len}, SERVER_KEEP}, SCTL_E_TOO_LARGE, 200,
                 true);
    /* and one endless line */
    len = (size_t)snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nX-Flood: ");
    memset(text + len, 'x', sizeof text - len);
    server_start(&server);
    server.answer = (struct server_answer){{text, sizeof text}, SERVER_KEEP};
    {
        struct sctl_engine *engine = engine_of(1);
        struct sctl_endpoint *endpoint = endpoint_of(server.url);
        struct sctl_result *result = fetch(engine, get(endpoint, "/"));
        CHECK(result->err.status != SCTL_OK); /* libcurl's own cap, its own code */
        CHECK_INT(200, result->http_status);
        CHECK(result->headers.len <= SCTL_MAX_RESPONSE_HEADERS);
        drop(result);
        sctl_engine_free(engine);
        sctl_endpoint_unref(endpoint);
    }
    server_stop(&server);
}

TEST(a_refused_connection)
{
    int port, fd = server_bind(&port); /* bound and not listening */
    char url[64];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint, *good;
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    server_start(&server);
    endpoint = endpoint_of(url);
    good = endpoint_of(server.url);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_CONNECT, 0, false);
    /* also on a handle that has just worked */
    check_end(fetch(engine, get(good, "/")), SCTL_OK, 200, true);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_CONNECT, 0, false);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    sctl_endpoint_unref(good);
    server_stop(&server);
    (void)close(fd);
}

TEST(a_server_that_went_away)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    (void)shutdown(server.listener, SHUT_RDWR);
    server_stop(&server);
    server_start(&other); /* so that the sleep has something to watch */
    server.listener = -1;
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_CONNECT, 0, false);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&other);
}

TEST(plain_text_where_tls_was_expected)
{
    char url[64];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    server_start(&server);
    server.greedy = true;
    server.answer =
        ANSWER("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", SERVER_CLOSE);
    (void)snprintf(url, sizeof url, "https://127.0.0.1:%d", server.port);
    endpoint = endpoint_of(url);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_TLS, 0, false);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_connection_that_is_not_answered)
{
    int port, fd = server_bind(&port), filler = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address;
    char url[64];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    struct sctl_err err;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)port);
    /* the queue holds one connection, and there is one: further ones are left unanswered */
    REQUIRE(listen(fd, 0) == 0);
    REQUIRE(connect(filler, (struct sockaddr *)&address, sizeof address) == 0);
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    endpoint = endpoint_of(url);
    request = get(endpoint, "/");
    request.connect_timeout = 0.05;
    (void)submit(engine, request);
    while (sctl_engine_count(engine).done == 0)
        REQUIRE(sctl_engine_wait(engine, 5, &err) == SCTL_OK);
    check_end(next(engine), SCTL_E_TIMEOUT, 0, false);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    (void)close(filler);
    (void)close(fd);
}

/* ---- what is sent ---- */

static bool sent(const char *part)
{
    return contains(server.last, part);
}

TEST(a_plain_request_arrives_as_it_is)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint_options options;
    struct sctl_endpoint *endpoint;
    struct sctl_pair headers[] = {{SCTL_STR("X-A"), SCTL_STR("b c")},
                                  {SCTL_STR("x-empty-not"), SCTL_STR("1")}};
    struct sctl_request request;
    struct sctl_err err;
    char host[64];
    server_start(&server);
    server.hold = true;
    options = options_of(server.url);
    options.user_agent = SCTL_STR("streamctl-test/1");
    endpoint = sctl_endpoint_new(&options, &err);
    REQUIRE(endpoint != NULL);
    request = get(endpoint, "/a/../b?c=%2F&d=e+f");
    request.call.post = true;
    request.call.headers = headers;
    request.call.header_count = 2;
    request.call.body = SCTL_STR("he\0l\nlo");
    request.call.content_type = SCTL_STR("text/plain");
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 1));
    CHECK(memcmp(server.last.data, "POST /a/../b?c=%2F&d=e+f HTTP/1.1\r\n", 35) == 0);
    (void)snprintf(host, sizeof host, "\r\nHost: 127.0.0.1:%d\r\n", server.port);
    CHECK(sent(host));
    CHECK(sent("\r\nUser-Agent: streamctl-test/1\r\n"));
    CHECK(sent("\r\nX-A: b c\r\n"));
    CHECK(sent("\r\nx-empty-not: 1\r\n"));
    CHECK(sent("\r\ncontent-type: text/plain\r\n"));
    CHECK(sent("\r\nContent-Length: 7\r\n"));
    CHECK(!sent("Expect"));
    CHECK(!sent("Content-Type"));
    CHECK(memcmp(server.last.data + server.last.len - 11, "\r\n\r\nhe\0l\nlo", 11) == 0);
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_post_without_a_body)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    request.call.post = true;
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 1));
    CHECK(sent("POST / HTTP/1.1\r\n"));
    CHECK(sent("\r\nContent-Length: 0\r\n"));
    CHECK(!sent("Content-Type") && !sent("content-type"));
    CHECK(!sent("Expect"));
    CHECK(!sent("User-Agent"));
    CHECK(memcmp(server.last.data + server.last.len - 4, "\r\n\r\n", 4) == 0);
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
    /* the handle goes back to GET: no body, no length */
    server.hold = true;
    (void)submit(engine, get(endpoint, "/get"));
    REQUIRE(run_until_asked(engine, 2));
    CHECK(sent("GET /get HTTP/1.1\r\n"));
    CHECK(!sent("Content-Length"));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

/* libcurl asks for permission before it sends a body of a megabyte, unless told not to. */
TEST(a_large_body_is_sent_at_once)
{
    static char body[1500000];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    size_t i;
    for (i = 0; i < sizeof body; i++)
        body[i] = (char)(i * 7 + i / 1000);
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    request.call.post = true;
    request.call.body = (struct sctl_str){body, sizeof body};
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 1));
    CHECK(memmem(server.last.data, 1000, "Expect", 6) == NULL);
    CHECK(server.last.len > sizeof body &&
          memcmp(server.last.data + server.last.len - sizeof body, body, sizeof body) ==
              0);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_signed_request_has_the_signers_headers)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_aliyun_options options;
    struct sctl_signer *signer;
    struct sctl_request request;
    struct sctl_pair params[] = {{SCTL_STR("B"), SCTL_STR("2 ")},
                                 {SCTL_STR("A"), SCTL_STR("*")}};
    struct sctl_pair headers[] = {{SCTL_STR("x-acs-z"), SCTL_STR("y")}};
    struct sctl_err err;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    memset(&options, 0, sizeof options);
    options.access_key_id = SCTL_STR("testid");
    options.access_key_secret = SCTL_STR("testsecret");
    options.host = SCTL_STR("live.aliyuncs.com");
    options.version = SCTL_STR("2016-11-01");
    signer = sctl_acs3_new(&options, &err);
    REQUIRE(signer != NULL);
    request = get(endpoint, "ResumeLiveStream");
    request.signer = signer;
    request.call.post = true;
    request.call.params = params;
    request.call.param_count = 2;
    request.call.headers = headers;
    request.call.header_count = 1;
    (void)submit(engine, request);
    memset(params, 0, sizeof params); /* the engine has its own copies and references */
    memset(headers, 0, sizeof headers);
    sctl_signer_unref(signer);
    sctl_endpoint_unref(endpoint);
    REQUIRE(run_until_asked(engine, 1));
    CHECK(sent("POST /?A=%2A&B=2%20 HTTP/1.1\r\n"));
    CHECK(sent("\r\nHost: live.aliyuncs.com\r\n"));
    CHECK(!sent("Host: 127"));
    CHECK(sent("\r\nx-acs-action: ResumeLiveStream\r\n"));
    CHECK(sent("\r\nx-acs-z: y\r\n"));
    CHECK(sent("\r\naccept: application/json\r\n"));
    CHECK(!sent("Accept: */*"));
    CHECK(sent(
        "\r\nAuthorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;"));
    CHECK(sent("\r\nContent-Length: 0\r\n"));
    CHECK(!sent("testsecret"));
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    server_stop(&server);
}

/* The time in the last request. */
static long sent_second(void)
{
    const char *at = memmem(server.last.data, server.last.len, "&Timestamp=", 11);
    return at != NULL ? strtol(at + 11, NULL, 10) : -1;
}

TEST(a_request_is_signed_when_it_is_sent)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_zego_options options = {1, SCTL_STR("s"), false};
    struct sctl_err err;
    struct sctl_signer *signer = sctl_zego_new(&options, &err);
    struct sctl_request request;
    long first;
    REQUIRE(signer != NULL);
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "A");
    request.signer = signer;
    (void)submit(engine, request);
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 1));
    CHECK(sent("GET /?Action=A&AppId=1&SignatureNonce="));
    first = sent_second();
    CHECK(first > 0);
    ahead += 100; /* while the second one waits */
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    server.hold = true;
    check_end(next(engine), SCTL_OK, 200, true);
    REQUIRE(run_until_asked(engine, 2));
    CHECK(sent_second() >= first + 100);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    sctl_signer_unref(signer);
    server_stop(&server);
}

/* ---- requests that cannot be sent ---- */

TEST(requests_that_cannot_be_sent)
{
    struct sctl_pair bad[] = {{SCTL_STR("x-a"), SCTL_STR("b\r\nx-b: c")},
                              {SCTL_STR("x-a"), SCTL_STR("b\0c")},
                              {SCTL_STR("x-a\n"), SCTL_STR("b")},
                              {SCTL_STR(""), SCTL_STR("b")},
                              /* libcurl would not send it */
                              {SCTL_STR("x-a"), SCTL_STR("")}};
    static const char *const TARGETS[] = {"",     "no-slash", "*", "/a\r\nx-b: c",
                                          "/a b", "/\x7f"};
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    size_t i;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    /* first one that works: what is said of the others must not be left over from it */
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    for (i = 0; i < LENGTH(TARGETS); i++)
        check_end(fetch(engine, get(endpoint, TARGETS[i])), SCTL_E_INVALID, 0, false);
    for (i = 0; i < LENGTH(bad); i++) {
        request = get(endpoint, "/");
        request.call.headers = &bad[i];
        request.call.header_count = 1;
        check_end(fetch(engine, request), SCTL_E_INVALID, 0, false);
    }
    request = get(endpoint, "/");
    request.call.content_type = SCTL_STR("a\r\nb: c");
    check_end(fetch(engine, request), SCTL_E_INVALID, 0, false);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    CHECK_INT(2, server.asked);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(submit_refuses_what_is_too_large)
{
    static char big[SCTL_MAX_BODY + 1];
    static struct sctl_pair pairs[SCTL_MAX_PAIRS + 1];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint = endpoint_of("http://127.0.0.1:1");
    struct sctl_request request;
    struct sctl_err err;
    uint64_t id = 0;
    long live = memory.live;
    request = get(endpoint, "/");
    request.call.body = (struct sctl_str){big, sizeof big};
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_engine_submit(engine, &request, &id, &err));
    request = get(endpoint, "/");
    request.call.action = (struct sctl_str){big, SCTL_MAX_TARGET + 1};
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_engine_submit(engine, &request, &id, &err));
    request = get(endpoint, "/");
    request.call.params = pairs;
    request.call.param_count = SCTL_MAX_PAIRS + 1;
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_engine_submit(engine, &request, &id, &err));
    request = get(endpoint, "/");
    request.call.headers = pairs;
    request.call.header_count = SCTL_MAX_HEADER_COUNT + 1;
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_engine_submit(engine, &request, &id, &err));
    request = get(endpoint, "/");
    request.timeout = NAN;
    CHECK_INT(SCTL_E_INVALID, sctl_engine_submit(engine, &request, &id, &err));
    request = get(endpoint, "/");
    request.connect_timeout = NAN;
    CHECK_INT(SCTL_E_INVALID, sctl_engine_submit(engine, &request, &id, &err));
    CHECK_INT(0, id);
    CHECK_INT(live, memory.live);
    CHECK_INT(0, sctl_engine_count(engine).waiting);
    CHECK(sctl_engine_new(0, &err) == NULL && err.status == SCTL_E_INVALID);
    CHECK(sctl_engine_new(1001, &err) == NULL && err.status == SCTL_E_INVALID);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
}

TEST(as_many_headers_as_there_may_be)
{
    struct sctl_pair headers[SCTL_MAX_HEADER_COUNT];
    char names[SCTL_MAX_HEADER_COUNT][16];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    int i;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    for (i = 0; i < (int)SCTL_MAX_HEADER_COUNT; i++) {
        (void)snprintf(names[i], sizeof names[i], "x-h-%d", i);
        headers[i] = (struct sctl_pair){str(names[i]), SCTL_STR("v")};
    }
    request = get(endpoint, "/");
    request.call.headers = headers;
    request.call.header_count = SCTL_MAX_HEADER_COUNT;
    request.call.content_type = SCTL_STR("text/plain");
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 1));
    for (i = 0; i < (int)SCTL_MAX_HEADER_COUNT; i++) {
        char line[32];
        (void)snprintf(line, sizeof line, "\r\nx-h-%d: v\r\n", i);
        CHECK(sent(line));
    }
    CHECK(sent("\r\ncontent-type: text/plain\r\n"));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(endpoints_refuse_what_is_no_address)
{
    static const char *const BAD[] = {
        "",        "http://",           "https://",     "ftp://h", "live.aliyuncs.com",
        "http:/h", "https://h\r\nx: y", "https://h\x7f"};
    struct sctl_endpoint_options options;
    struct sctl_endpoint *endpoint;
    struct sctl_err err;
    long live = memory.live;
    size_t i;
    for (i = 0; i < LENGTH(BAD); i++) {
        options = options_of(BAD[i]);
        err.status = SCTL_OK;
        CHECK(sctl_endpoint_new(&options, &err) == NULL);
        CHECK_INT(SCTL_E_INVALID, err.status);
    }
    options = options_of("https://h");
    options.proxy = SCTL_STR("http://u:p@proxy\n");
    CHECK(sctl_endpoint_new(&options, &err) == NULL);
    CHECK(!contains(str(err.message), "u:p"));
    options.proxy = SCTL_STR("");
    options.user_agent = SCTL_STR("a\nb");
    CHECK(sctl_endpoint_new(&options, &err) == NULL);
    CHECK_INT(live, memory.live);
    /* a proxy's password is wiped */
    options = options_of("https://h");
    options.proxy = SCTL_STR("http://user:proxy-password@proxy");
    endpoint = sctl_endpoint_new(&options, &err);
    REQUIRE(endpoint != NULL);
    CHECK(sctl_endpoint_ref(endpoint) == endpoint);
    sctl_endpoint_unref(endpoint);
    CHECK_STR("https://h", str(endpoint->url));
    memory.secret = "proxy-password";
    memory.spilled = 0;
    sctl_endpoint_unref(endpoint);
    sctl_endpoint_unref(NULL);
    CHECK_INT(0, memory.spilled);
    memory.secret = NULL;
    CHECK_INT(live, memory.live);
}

TEST(a_proxy_gets_the_whole_url)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint_options options;
    struct sctl_endpoint *endpoint;
    struct sctl_err err;
    server_start(&server);
    server.hold = true;
    options = options_of("http://streamctl.test:8080");
    options.proxy = str(server.url);
    endpoint = sctl_endpoint_new(&options, &err);
    REQUIRE(endpoint != NULL);
    (void)submit(engine, get(endpoint, "/?a=%2F"));
    REQUIRE(run_until_asked(engine, 1));
    CHECK(sent("GET http://streamctl.test:8080/?a=%2F HTTP/1.1\r\n"));
    CHECK(sent("\r\nHost: streamctl.test:8080\r\n"));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_proxy_of_the_environment_counts_only_when_asked_for)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint_options options;
    struct sctl_endpoint *direct, *proxied;
    struct sctl_err err;
    server_start(&server);
    server_start(&other);
    REQUIRE(setenv("http_proxy", other.url, 1) == 0);
    options = options_of(server.url);
    direct = sctl_endpoint_new(&options, &err);
    options.proxy_from_env = true;
    proxied = sctl_endpoint_new(&options, &err);
    REQUIRE(direct != NULL && proxied != NULL);
    check_end(fetch(engine, get(direct, "/")), SCTL_OK, 200, true);
    CHECK_INT(0, other.accepted);
    (void)submit(engine, get(proxied, "/x"));
    while (other.asked == 0) {
        step(engine);
        server_pump(&other);
    }
    REQUIRE(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
    CHECK(strncmp(other.targets, server.url, strlen(server.url)) == 0);
    CHECK_INT(1, server.asked);
    (void)unsetenv("http_proxy");
    sctl_engine_free(engine);
    sctl_endpoint_unref(direct);
    sctl_endpoint_unref(proxied);
    server_stop(&server);
    server_stop(&other);
}

/* ---- many ---- */

TEST(no_more_than_max_in_flight_run)
{
    enum { COUNT = 200, MAX = 8 };
    struct sctl_engine *engine = engine_of(MAX);
    struct sctl_endpoint *endpoint;
    uint64_t first = 0;
    bool seen[COUNT] = {false};
    int i;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    for (i = 0; i < COUNT; i++) {
        char target[16];
        uint64_t id;
        (void)snprintf(target, sizeof target, "/%d", i);
        id = submit(engine, get(endpoint, target));
        if (i == 0)
            first = id;
        CHECK_INT(first + (uint64_t)i, id);
    }
    CHECK(first != 0);
    CHECK_INT(COUNT, sctl_engine_count(engine).waiting);
    REQUIRE(run_until_asked(engine, MAX));
    step(engine);
    server_pump(&server);
    CHECK_INT(MAX, sctl_engine_count(engine).running);
    CHECK_INT(COUNT - MAX, sctl_engine_count(engine).waiting);
    server.hold = false;
    REQUIRE(run_until_done(engine, COUNT));
    CHECK_INT(MAX, server.most_open);
    CHECK_INT(MAX, server.accepted); /* connections are kept */
    CHECK_INT(COUNT, server.asked);
    for (i = 0; i < COUNT; i++) {
        struct sctl_result *result = next(engine);
        CHECK(result->id >= first && result->id < first + COUNT &&
              !seen[result->id - first]);
        seen[result->id - first] = true;
        check_end(result, SCTL_OK, 200, true);
    }
    CHECK_INT(0, sctl_engine_count(engine).done);
    CHECK_INT(0, sctl_engine_count(engine).running);
    CHECK_INT(0, sctl_engine_count(engine).waiting);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(waiting_requests_keep_their_order)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    uint64_t ids[5];
    int i;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    for (i = 0; i < 5; i++) {
        char target[16];
        (void)snprintf(target, sizeof target, "/%d", i);
        ids[i] = submit(engine, get(endpoint, target));
    }
    REQUIRE(run_until_done(engine, 5));
    CHECK_STR("/0 /1 /2 /3 /4 ", str(server.targets));
    for (i = 0; i < 5; i++) {
        struct sctl_result *result = next(engine);
        CHECK_INT(ids[i], result->id);
        CHECK_INT(i > 0, result->reused);
        drop(result);
    }
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(results_come_in_the_order_of_their_ends)
{
    static const char *const ORDER[] = {"/2", "/0", "/1"};
    struct sctl_engine *engine = engine_of(3);
    struct sctl_endpoint *endpoint;
    uint64_t ids[3];
    size_t i;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    ids[0] = submit(engine, get(endpoint, "/0"));
    ids[1] = submit(engine, get(endpoint, "/1"));
    ids[2] = submit(engine, get(endpoint, "/2"));
    REQUIRE(run_until_asked(engine, 3));
    for (i = 0; i < 3; i++) {
        struct server_connection *connection = server_find(&server, ORDER[i]);
        REQUIRE(connection != NULL);
        server_answer(&server, connection, ANSWER_OK);
        REQUIRE(run_until_done(engine, i + 1));
    }
    CHECK_INT(3, sctl_engine_count(engine).done);
    for (i = 0; i < 3; i++) {
        struct sctl_result *result = next(engine);
        CHECK_INT(ids[ORDER[i][1] - '0'], result->id);
        drop(result);
    }
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_fresh_request_gets_a_new_connection)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request fresh;
    struct sctl_result *result;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    fresh = get(endpoint, "/fresh");
    fresh.fresh = true;
    result = fetch(engine, get(endpoint, "/"));
    CHECK(!result->reused);
    drop(result);
    result = fetch(engine, get(endpoint, "/"));
    CHECK(result->reused);
    drop(result);
    CHECK_INT(1, server.accepted);
    result = fetch(engine, fresh);
    CHECK(!result->reused);
    drop(result);
    CHECK_INT(2, server.accepted);
    result = fetch(engine, get(endpoint, "/"));
    CHECK(result->reused);
    drop(result);
    CHECK_INT(2, server.accepted);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

/* What `fresh` is for: libcurl sends again, by itself, what a kept connection did not answer. */
TEST(a_fresh_request_is_sent_once)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request fresh;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    fresh = get(endpoint, "/fresh");
    fresh.fresh = true;
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    server.answer = ANSWER("", SERVER_CLOSE);
    check_end(fetch(engine, fresh), SCTL_E_CONNECT, 0, true);
    CHECK_STR("/ /fresh ", str(server.targets));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(one_handle_serves_several_endpoints)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint_options options;
    struct sctl_endpoint *a, *b;
    struct sctl_err err;
    int i;
    server_start(&server);
    server_start(&other);
    server.answer = ANSWER("HTTP/1.1 201 A\r\nContent-Length: 0\r\n\r\n", SERVER_KEEP);
    a = endpoint_of(server.url);
    options = options_of(server.url);
    options.user_agent = SCTL_STR("second");
    options.max_response = 10;
    b = sctl_endpoint_new(&options, &err);
    REQUIRE(b != NULL);
    for (i = 0; i < 3; i++) {
        server.hold = true;
        (void)submit(engine, get(a, "/a"));
        REQUIRE(run_until_asked(engine, (size_t)(2 * i + 1)));
        CHECK(!sent("User-Agent"));
        server.hold = false;
        REQUIRE(run_until_done(engine, 1));
        check_end(next(engine), SCTL_OK, 201, true);
        server.hold = true;
        (void)submit(engine, get(b, "/b"));
        REQUIRE(run_until_asked(engine, (size_t)(2 * i + 2)));
        CHECK(sent("User-Agent: second\r\n"));
        server.hold = false;
        REQUIRE(run_until_done(engine, 1));
        check_end(next(engine), SCTL_OK, 201, true);
    }
    sctl_endpoint_unref(b); /* the idle handle holds on to it */
    check_end(fetch(engine, get(a, "/a")), SCTL_OK, 201, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(a);
    server_stop(&server);
    server_stop(&other);
}

TEST(no_more_connections_than_max_in_flight_are_kept)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *a, *b;
    server_start(&other);
    server_start(&server);
    a = endpoint_of(server.url);
    b = endpoint_of(other.url);
    check_end(fetch(engine, get(a, "/")), SCTL_OK, 200, true);
    (void)submit(engine, get(b, "/"));
    while (sctl_engine_count(engine).done == 0) {
        server_pump(&other);
        step(engine);
    }
    check_end(next(engine), SCTL_OK, 200, true);
    server_pump(&server);
    server_pump(&other);
    CHECK_INT(1, server_connected(&server) + server_connected(&other));
    sctl_engine_free(engine);
    sctl_endpoint_unref(a);
    sctl_endpoint_unref(b);
    server_stop(&server);
    server_stop(&other);
}

/* ---- early ends ---- */

TEST(cancel)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    uint64_t running, waiting, last;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    running = submit(engine, get(endpoint, "/running"));
    waiting = submit(engine, get(endpoint, "/waiting"));
    last = submit(engine, get(endpoint, "/last"));
    REQUIRE(run_until_asked(engine, 1));
    CHECK(sctl_engine_cancel(engine, waiting));
    CHECK(!sctl_engine_cancel(engine, waiting));
    CHECK(sctl_engine_cancel(engine, running));
    CHECK(!sctl_engine_cancel(engine, running));
    CHECK(!sctl_engine_cancel(engine, 0));
    CHECK(!sctl_engine_cancel(engine, 999));
    CHECK_INT(2, sctl_engine_count(engine).done);
    CHECK_INT(0, sctl_engine_count(engine).running);
    CHECK_INT(1, sctl_engine_count(engine).waiting);
    CHECK(sctl_engine_timeout(engine) == 0);
    {
        struct sctl_result *result = next(engine);
        CHECK_INT(waiting, result->id);
        check_end(result, SCTL_E_CANCELLED, 0, false);
        result = next(engine);
        CHECK_INT(running, result->id);
        check_end(result, SCTL_E_CANCELLED, 0, true);
    }
    /* the one behind them takes the place */
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    {
        struct sctl_result *result = next(engine);
        CHECK_INT(last, result->id);
        check_end(result, SCTL_OK, 200, true);
    }
    CHECK_STR("/running /last ", str(server.targets));
    CHECK(!sctl_engine_cancel(engine, last));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

/* The first, the middle and the last of a queue, and one submitted after that. */
TEST(cancel_keeps_the_queue_whole)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    uint64_t ids[5];
    int i;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    for (i = 0; i < 5; i++) {
        char target[16];
        (void)snprintf(target, sizeof target, "/%d", i);
        ids[i] = submit(engine, get(endpoint, target));
    }
    CHECK(sctl_engine_cancel(engine, ids[0]));
    CHECK(sctl_engine_cancel(engine, ids[4]));
    CHECK(sctl_engine_cancel(engine, ids[2]));
    (void)submit(engine, get(endpoint, "/5"));
    REQUIRE(run_until_done(engine, 6));
    CHECK_STR("/1 /3 /5 ", str(server.targets));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(cancel_of_one_leaves_the_others)
{
    struct sctl_engine *engine = engine_of(3);
    struct sctl_endpoint *endpoint;
    uint64_t middle;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    (void)submit(engine, get(endpoint, "/0"));
    middle = submit(engine, get(endpoint, "/1"));
    (void)submit(engine, get(endpoint, "/2"));
    REQUIRE(run_until_asked(engine, 3));
    CHECK(sctl_engine_cancel(engine, middle));
    server.hold = false;
    REQUIRE(run_until_done(engine, 3));
    check_end(next(engine), SCTL_E_CANCELLED, 0, true);
    check_end(next(engine), SCTL_OK, 200, true);
    check_end(next(engine), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(close_ends_everything)
{
    struct sctl_engine *engine = engine_of(2);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    struct sctl_err err;
    uint64_t id = 0;
    int i;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    for (i = 0; i < 5; i++) {
        request.timeout = i == 4 ? HUGE_VAL : 1000; /* also one without a limit */
        (void)submit(engine, request);
    }
    REQUIRE(run_until_asked(engine, 2));
    sctl_engine_close(engine);
    CHECK_INT(-1, sctl_engine_pollfd(engine));
    CHECK_INT(5, sctl_engine_count(engine).done);
    CHECK_INT(0, sctl_engine_count(engine).running);
    CHECK_INT(0, sctl_engine_count(engine).waiting);
    CHECK(sctl_engine_timeout(engine) == 0);
    sctl_engine_close(engine);
    CHECK_INT(SCTL_E_CLOSED, sctl_engine_submit(engine, &request, &id, &err));
    CHECK_INT(SCTL_E_CLOSED, err.status);
    CHECK_INT(SCTL_E_CLOSED, sctl_engine_step(engine, &err));
    CHECK_INT(SCTL_E_CLOSED, sctl_engine_wait(engine, 1, &err));
    CHECK(!sctl_engine_cancel(engine, 1));
    CHECK_INT(0, id);
    for (i = 0; i < 5; i++) {
        struct sctl_result *result = next(engine);
        check_end(result, SCTL_E_CLOSED, 0, i < 2);
    }
    CHECK(sctl_engine_next_done(engine) == NULL);
    CHECK(sctl_engine_timeout(engine) < 0);
    server_pump(&server); /* the connections are gone */
    CHECK_INT(0, server_connected(&server));
    sctl_engine_free(engine);
    sctl_engine_free(NULL);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(free_drops_results_nobody_took)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    (void)submit(engine, get(endpoint, "/"));
    REQUIRE(run_until_done(engine, 1));
    (void)submit(engine, get(endpoint, "/"));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

/* ---- time limits ---- */

TEST(the_deadline_of_a_running_request)
{
    struct sctl_engine *engine = engine_of(2);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    uint64_t id;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/short");
    request.timeout = 50;
    (void)submit(engine, get(endpoint, "/long"));
    id = submit(engine, request);
    REQUIRE(run_until_asked(engine, 2));
    ahead += 49;
    step(engine);
    CHECK_INT(0, sctl_engine_count(engine).done);
    CHECK(sctl_engine_timeout(engine) > 0 && sctl_engine_timeout(engine) <= 1);
    ahead += 2;
    CHECK(sctl_engine_timeout(engine) == 0);
    step(engine);
    CHECK_INT(1, sctl_engine_count(engine).done);
    CHECK_INT(1, sctl_engine_count(engine).running);
    {
        struct sctl_result *result = next(engine);
        CHECK_INT(id, result->id);
        check_end(result, SCTL_E_TIMEOUT, 0, true);
    }
    CHECK(sctl_engine_timeout(engine) > 0); /* the next deadline is another one */
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(the_deadline_of_a_waiting_request)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    uint64_t short_one, last;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/short");
    request.timeout = 50;
    (void)submit(engine, get(endpoint, "/running"));
    (void)submit(engine, get(endpoint, "/waiting"));
    short_one = submit(engine, request);
    REQUIRE(run_until_asked(engine, 1));
    ahead += 51;
    step(engine);
    CHECK_INT(1, sctl_engine_count(engine).done);
    CHECK_INT(1, sctl_engine_count(engine).waiting);
    {
        struct sctl_result *result = next(engine);
        CHECK_INT(short_one, result->id);
        check_end(result, SCTL_E_TIMEOUT, 0, false);
    }
    last = submit(engine, get(endpoint, "/last")); /* the queue's end is in order */
    server.hold = false;
    REQUIRE(run_until_done(engine, 3));
    CHECK_STR("/running /waiting /last ", str(server.targets));
    drop(next(engine));
    drop(next(engine));
    {
        struct sctl_result *result = next(engine);
        CHECK_INT(last, result->id);
        check_end(result, SCTL_OK, 200, true);
    }
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_deadline_in_the_middle_of_an_answer)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    server_start(&server);
    server.answer =
        ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", SERVER_KEEP);
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    request.timeout = 50;
    (void)submit(engine, request);
    REQUIRE(run_until(engine, has_answered, 1));
    while (server_in_transit(&server))
        (void)sched_yield();
    step(engine);
    CHECK_INT(0, sctl_engine_count(engine).done);
    ahead += 51;
    step(engine);
    check_end(next(engine), SCTL_E_TIMEOUT, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_deadline_that_has_passed_already)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    request.timeout = 0;
    (void)submit(engine, request);
    request.timeout = -HUGE_VAL;
    (void)submit(engine, request);
    step(engine);
    check_end(next(engine), SCTL_E_TIMEOUT, 0, false);
    check_end(next(engine), SCTL_E_TIMEOUT, 0, false);
    server_pump(&server);
    CHECK_INT(0, server.accepted);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

/* ---- loops ---- */

TEST(timeout_says_when_to_step)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    CHECK(sctl_engine_timeout(engine) < 0);
    request = get(endpoint, "/");
    request.timeout = 500;
    (void)submit(engine, request);
    CHECK(sctl_engine_timeout(engine) == 0);
    REQUIRE(run_until_asked(engine, 1));
    /* never later than the deadline */
    CHECK(sctl_engine_timeout(engine) > 0 && sctl_engine_timeout(engine) <= 500);
    (void)submit(engine, get(endpoint, "/"));
    CHECK(sctl_engine_timeout(engine) > 0); /* there is no room for it */
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    CHECK(sctl_engine_timeout(engine) == 0);
    drop(next(engine));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(pollfd_is_readable_when_there_is_work)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct pollfd pollfd = {sctl_engine_pollfd(engine), POLLIN, 0};
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    CHECK(pollfd.fd >= 0);
    CHECK_INT(0, poll(&pollfd, 1, 0));
    (void)submit(engine, get(endpoint, "/"));
    REQUIRE(run_until_asked(engine, 1));
    step(engine);
    CHECK_INT(0, poll(&pollfd, 1, 0));
    CHECK_INT(pollfd.fd, sctl_engine_pollfd(engine));
    server_answer(&server, server_find(&server, "/"), ANSWER_OK);
    CHECK_INT(1, poll(&pollfd, 1, 5000));
    CHECK((pollfd.revents & POLLIN) != 0);
    CHECK_INT(0, sctl_engine_count(engine).done); /* nothing happens by itself */
    step(engine);
    CHECK_INT(1, sctl_engine_count(engine).done);
    drop(next(engine));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(events_are_counted_as_long_as_something_happens)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    uint64_t before;
    int i;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    for (i = 0; i < 10; i++)
        step(engine);
    CHECK_INT(0, sctl_engine_count(engine).events);
    (void)submit(engine, get(endpoint, "/"));
    (void)submit(engine, get(endpoint, "/second"));
    CHECK_INT(0, sctl_engine_count(engine).events); /* both wait */
    step(engine);
    CHECK(sctl_engine_count(engine).events >= 1); /* one has been started */
    REQUIRE(run_until_asked(engine, 1));
    step(engine);
    before = sctl_engine_count(engine).events;
    CHECK(before >= 1);
    for (i = 0; i < 100; i++)
        step(engine);
    CHECK_INT(before, sctl_engine_count(engine).events); /* nothing comes */
    server_answer(&server, server_find(&server, "/"), ANSWER_OK);
    CHECK_INT(before, sctl_engine_count(engine).events); /* nobody has looked */
    REQUIRE(run_until_done(engine, 1));
    /* the answer came, and the second request began */
    CHECK(sctl_engine_count(engine).events >= before + 2);
    server.hold = false;
    REQUIRE(run_until_done(engine, 2));
    drop(next(engine));
    drop(next(engine));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

static bool is_readable(const struct sctl_engine *engine, int ms)
{
    struct pollfd pollfd = {sctl_engine_pollfd(engine), POLLIN, 0};
    return poll(&pollfd, 1, ms) == 1;
}

TEST(a_kept_connection_that_ends_wakes_a_loop_once)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    uint64_t events;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    CHECK(!is_readable(engine, 0));
    events = sctl_engine_count(engine).events;
    server_hang_up(&server, &server.connections[0], false);
    step(engine);
    CHECK(!is_readable(engine, 50));
    CHECK_INT(events, sctl_engine_count(engine).events); /* nothing that moves */
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    CHECK_INT(2, server.accepted);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(an_alarm_makes_the_descriptor_readable)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_err err;
    double start;
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, -1, &err)); /* there is none */
    CHECK(!is_readable(engine, 0));
    start = sctl_monotonic();
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 0.05, &err));
    step(engine); /* it is not due: it stays */
    CHECK(is_readable(engine, 5000));
    CHECK(sctl_monotonic() - start >= 0.05);
    CHECK(is_readable(engine, 0)); /* until a step */
    step(engine);
    CHECK(!is_readable(engine, 0));
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 0, &err));
    CHECK(is_readable(engine, 5000));
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 1e300, &err)); /* in its place */
    CHECK(!is_readable(engine, 0));
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 0, &err));
    CHECK(is_readable(engine, 5000));
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, -1, &err));
    CHECK(!is_readable(engine, 0));
    CHECK_INT(0, sctl_engine_count(engine).events); /* nothing of a request */
    sctl_engine_close(engine);
    CHECK_INT(SCTL_E_CLOSED, sctl_engine_alarm(engine, 0, &err));
    sctl_engine_free(engine);
}

TEST(an_alarm_ends_a_wait)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_err err;
    double start = sctl_monotonic();
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 0.02, &err));
    CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 100, &err));
    CHECK(sctl_monotonic() - start < 50);
    CHECK(!is_readable(engine, 0));
    sctl_engine_free(engine);
}

TEST(a_child_leaves_the_alarm_of_its_parent_alone)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_err err;
    int status = -1;
    pid_t child;
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 0, &err));
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        int bad = sctl_engine_alarm(engine, -1, &err) == SCTL_E_FORKED ? 0 : 1;
        sctl_engine_free(engine);
        _exit(bad);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(0, status);
    CHECK(is_readable(engine, 5000));
    sctl_engine_free(engine);
}

static int count_descriptors(void)
{
    int fd, count = 0;
    for (fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

TEST(the_descriptor_lives_as_long_as_the_engine)
{
    int fd, before = count_descriptors();
    struct sctl_engine *engine = engine_of(1);
    struct sctl_err err;
    fd = sctl_engine_pollfd(engine);
    CHECK_INT(SCTL_OK, sctl_engine_alarm(engine, 100, &err));
    sctl_engine_close(engine);
    CHECK_INT(-1, sctl_engine_pollfd(engine));
    CHECK(fcntl(fd, F_GETFD) >= 0); /* a loop that still watches it comes to no harm */
    sctl_engine_free(engine);
    CHECK_INT(before, count_descriptors()); /* the alarm's is gone, too */
}

static bool alarmed;

static void on_alarm(int signal_number)
{
    (void)signal_number;
    alarmed = true;
}

TEST(wait_waits_for_an_answer)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_err err;
    double before;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    (void)submit(engine, get(endpoint, "/"));
    REQUIRE(run_until_asked(engine, 1));
    /* it does wait, and no longer than it is told to */
    before = read_clock(CLOCK_MONOTONIC);
    CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 0.03, &err));
    CHECK(read_clock(CLOCK_MONOTONIC) - before >= 0.029);
    CHECK_INT(0, sctl_engine_count(engine).done);
    /* a finished request ends the wait before it begins */
    server_answer(&server, server_find(&server, "/"), ANSWER_OK);
    CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 1000, &err));
    CHECK_INT(1, sctl_engine_count(engine).done);
    CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 1000, &err));
    CHECK_INT(1, sctl_engine_count(engine).done);
    drop(next(engine));
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_signal_ends_a_wait)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_err err;
    struct sigaction action, old;
    pid_t parent = getpid(), child;
    int status;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    alarmed = false;
    REQUIRE(sigaction(SIGUSR1, &action, &old) == 0);
    child = fork();
    REQUIRE(child >= 0);
    while (child == 0) { /* again and again, so that one of them hits the wait */
        struct timespec pause = {0, 5000000};
        if (kill(parent, SIGUSR1) != 0 || getppid() != parent)
            _exit(0);
        (void)nanosleep(&pause, NULL);
    }
    CHECK_INT(SCTL_OK,
              sctl_engine_wait(engine, 50, &err)); /* the limit of the program is less */
    CHECK(alarmed);
    (void)kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    (void)sigaction(SIGUSR1, &old, NULL);
    sctl_engine_free(engine);
}

/* ---- the host's process ---- */

TEST(a_child_that_holds_a_connection_open_keeps_nobody_awake)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    int status;
    pid_t child;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        (void)close(server.connections[0].fd); /* our end only */
        for (;;)
            (void)pause();
    }
    server.answer =
        ANSWER("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
               SERVER_CLOSE);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    CHECK_INT(1, server.accepted);
    step(engine);
    CHECK(!is_readable(engine, 50));
    (void)kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(a_child_cannot_use_the_engine)
{
    struct sctl_engine *engine = engine_of(2);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    uint64_t id;
    int status = -1;
    pid_t child;
    server_start(&server);
    server.hold = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    id = submit(engine, request);
    (void)submit(engine, request);
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 2));
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        struct sctl_err err;
        uint64_t none = 0;
        int bad = 0;
        bad |= sctl_engine_submit(engine, &request, &none, &err) == SCTL_E_FORKED ? 0 : 1;
        bad |= err.status == SCTL_E_FORKED ? 0 : 1;
        bad |= sctl_engine_step(engine, &err) == SCTL_E_FORKED ? 0 : 2;
        bad |= sctl_engine_wait(engine, 100, &err) == SCTL_E_FORKED ? 0 : 4;
        bad |= sctl_engine_cancel(engine, id) ? 8 : 0;
        bad |= sctl_engine_next_done(engine) == NULL ? 0 : 16;
        sctl_engine_close(engine);
        sctl_engine_free(engine);
        /* one of its own works */
        engine = sctl_engine_new(1, &err);
        bad |= engine != NULL ? 0 : 32;
        sctl_engine_free(engine);
        _exit(bad);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(0, status);
    server.hold = false;
    REQUIRE(run_until_done(engine, 3));
    check_end(next(engine), SCTL_OK, 200, true);
    check_end(next(engine), SCTL_OK, 200, true);
    check_end(next(engine), SCTL_OK, 200, true);
    CHECK_INT(2, server.accepted);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

static bool pipe_signal_blocked(void)
{
    sigset_t set;
    return pthread_sigmask(SIG_BLOCK, NULL, &set) == 0 && sigismember(&set, SIGPIPE) == 1;
}

static int broken_pipe(void)
{
    int fds[2];
    if (pipe(fds) != 0)
        return -1;
    (void)close(fds[0]);
    return fds[1];
}

/* What OpenSSL does when the peer is gone, in the middle of the engine's work. */
static void write_to_a_broken_pipe(void)
{
    int fd = broken_pipe();
    on_clock = NULL;
    CHECK(pipe_signal_blocked());
    CHECK(write(fd, "x", 1) == -1 && errno == EPIPE);
    (void)close(fd);
}

TEST(sigpipe_does_not_leave_the_engine)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    sigset_t pending;
    server_start(&server);
    endpoint = endpoint_of(server.url);
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    (void)submit(engine, get(endpoint, "/"));
    on_clock = write_to_a_broken_pipe;
    step(engine);
    CHECK(on_clock == NULL);
    CHECK(!pipe_signal_blocked());
    CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 0);
    REQUIRE(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(sigpipe_of_the_host_stays_the_hosts)
{
    struct sctl_sigpipe guard;
    sigset_t set, old, pending;
    int number, fd = broken_pipe();
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGPIPE);
    /* one of the host's own is pending: it is neither lost nor doubled */
    REQUIRE(pthread_sigmask(SIG_BLOCK, &set, &old) == 0);
    CHECK(write(fd, "x", 1) == -1);
    guard = sctl_sigpipe_block();
    CHECK(write(fd, "x", 1) == -1);
    sctl_sigpipe_unblock(&guard);
    CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1);
    CHECK(sigwait(&set, &number) == 0);
    /* blocked by the host, none pending: it stays blocked and ours is swallowed */
    guard = sctl_sigpipe_block();
    CHECK(write(fd, "x", 1) == -1);
    sctl_sigpipe_unblock(&guard);
    CHECK(pipe_signal_blocked());
    CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 0);
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    (void)close(fd);
}

TEST(a_peer_that_hangs_up_early)
{
    static char body[1000000];
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sctl_request request;
    struct sctl_result *result;
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    server_start(&server);
    server.rude = true;
    endpoint = endpoint_of(server.url);
    request = get(endpoint, "/");
    request.call.post = true;
    request.call.body = (struct sctl_str){body, sizeof body};
    result = fetch(engine, request);
    CHECK_INT(SCTL_E_CONNECT, result->err.status);
    CHECK_INT(0, result->http_status);
    drop(result);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
}

TEST(nothing_is_left_behind)
{
    struct sctl_engine *engine;
    struct sctl_endpoint *endpoint;
    long live = memory.live;
    int lowest = dup(0), now;
    (void)close(lowest);
    server_start(&server);
    endpoint = endpoint_of(server.url);
    engine = engine_of(4);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
    CHECK_INT(live, memory.live);
    now = dup(0);
    CHECK_INT(lowest, now); /* no descriptor either */
    (void)close(now);
}

int main(void)
{
    check_limit(100);
    sctl_clock_use(&CLOCK);
    RUN(a_whole_answer);
    RUN(an_interim_answer_is_passed_over);
    RUN(a_redirect_is_an_answer);
    RUN(an_answer_that_ends_with_the_connection);
    RUN(a_truncated_body);
    RUN(an_empty_reply);
    RUN(an_answer_that_is_not_http);
    RUN(a_body_over_the_cap);
    RUN(a_flood_of_headers);
    RUN(a_refused_connection);
    RUN(a_server_that_went_away);
    RUN(plain_text_where_tls_was_expected);
    RUN(a_connection_that_is_not_answered);
    RUN(a_plain_request_arrives_as_it_is);
    RUN(a_post_without_a_body);
    RUN(a_large_body_is_sent_at_once);
    RUN(a_signed_request_has_the_signers_headers);
    RUN(a_request_is_signed_when_it_is_sent);
    RUN(requests_that_cannot_be_sent);
    RUN(submit_refuses_what_is_too_large);
    RUN(as_many_headers_as_there_may_be);
    RUN(endpoints_refuse_what_is_no_address);
    RUN(a_proxy_gets_the_whole_url);
    RUN(a_proxy_of_the_environment_counts_only_when_asked_for);
    RUN(no_more_than_max_in_flight_run);
    RUN(waiting_requests_keep_their_order);
    RUN(results_come_in_the_order_of_their_ends);
    RUN(a_fresh_request_gets_a_new_connection);
    RUN(a_fresh_request_is_sent_once);
    RUN(one_handle_serves_several_endpoints);
    RUN(no_more_connections_than_max_in_flight_are_kept);
    RUN(cancel);
    RUN(cancel_keeps_the_queue_whole);
    RUN(cancel_of_one_leaves_the_others);
    RUN(close_ends_everything);
    RUN(free_drops_results_nobody_took);
    RUN(the_deadline_of_a_running_request);
    RUN(the_deadline_of_a_waiting_request);
    RUN(a_deadline_in_the_middle_of_an_answer);
    RUN(a_deadline_that_has_passed_already);
    RUN(timeout_says_when_to_step);
    RUN(pollfd_is_readable_when_there_is_work);
    RUN(events_are_counted_as_long_as_something_happens);
    RUN(a_kept_connection_that_ends_wakes_a_loop_once);
    RUN(an_alarm_makes_the_descriptor_readable);
    RUN(an_alarm_ends_a_wait);
    RUN(a_child_leaves_the_alarm_of_its_parent_alone);
    RUN(the_descriptor_lives_as_long_as_the_engine);
    RUN(wait_waits_for_an_answer);
    RUN(a_signal_ends_a_wait);
    RUN(a_child_that_holds_a_connection_open_keeps_nobody_awake);
    RUN(a_child_cannot_use_the_engine);
    RUN(sigpipe_does_not_leave_the_engine);
    RUN(sigpipe_of_the_host_stays_the_hosts);
    RUN(a_peer_that_hangs_up_early);
    RUN(nothing_is_left_behind);
    return check_report();
}
