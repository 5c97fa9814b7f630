/* What the engine makes of a server's answers; of hostile ones in spec/faults. */
#include "engine_help.h"

ENGINE_TEST(a_whole_answer, 4)
{
    struct sctl_result *result;
    server.answer =
        ANSWER("HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhe\0lo",
               SERVER_KEEP);
    CHECK(sctl_engine_next_done(engine) == NULL);
    result = fetch(engine, get(endpoint, "/a?b=c"));
    CHECK_TEXT(SCTL_STR("he\0lo"), sctl_buf_str(&result->body));
    CHECK_STR("HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 5\r\n\r\n",
              sctl_buf_str(&result->headers));
    CHECK_INT(1000, result->body.size); /* the cap: less than the first size */
    CHECK(result->body.wipe);           /* it may hold keys */
    CHECK(!result->reused);
    CHECK(result->elapsed > 0 && result->elapsed < 20);
    CHECK_STR("/a?b=c ", str(server.targets));
    check_end(result, SCTL_OK, 404, true);
    CHECK(sctl_engine_next_done(engine) == NULL);
}

/* Most answers fit into the first buffer. */
TEST(a_small_body_takes_one_buffer)
{
    static char text[2100];
    struct sctl_endpoint_options options;
    ENGINE(engine, 1);
    struct sctl_result *result;
    struct sctl_err err;
    int head =
        snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
    memset(text + head, 'x', 2000);
    server_start(&server);
    server.answer = (struct server_answer){{text, (size_t)head + 2000}, SERVER_KEEP};
    options = options_of(server.url);
    options.max_response = 1000000;
    ENDPOINT(endpoint, sctl_endpoint_new(&options, &err));
    REQUIRE(endpoint != NULL);
    result = fetch(engine, get(endpoint, "/"));
    CHECK_INT(2000, result->body.len);
    CHECK_INT(2048, result->body.size);
    check_end(result, SCTL_OK, 200, true);
    server_stop(&server);
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

TEST(a_refused_connection)
{
    int port, fd = server_bind(&port); /* bound and not listening */
    char url[64];
    ENGINE(engine, 1);
    struct sctl_endpoint *endpoint, *good;
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    server_start(&server);
    endpoint = endpoint_of(url);
    good = endpoint_of(server.url);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_CONNECT, 0, false);
    /* also on a handle that has just worked */
    check_end(fetch(engine, get(good, "/")), SCTL_OK, 200, true);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_CONNECT, 0, false);
    sctl_endpoint_unref(endpoint);
    sctl_endpoint_unref(good);
    server_stop(&server);
    (void)close(fd);
}

TEST(a_server_that_went_away)
{
    ENGINE(engine, 1);
    server_start(&server);
    ENDPOINT(endpoint, endpoint_of(server.url));
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    (void)shutdown(server.listener, SHUT_RDWR);
    server_stop(&server);
    server_start(&other); /* so that the sleep has something to watch */
    server.listener = -1;
    check_end(fetch(engine, get(endpoint, "/")), SCTL_E_CONNECT, 0, false);
    server_stop(&other);
}

TEST(a_connection_that_is_not_answered)
{
    int port, fd = server_bind(&port), filler = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address;
    char url[64];
    ENGINE(engine, 1);
    struct sending request;
    struct sctl_err err;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)port);
    /* the queue holds one connection, and there is one: further ones are left unanswered */
    REQUIRE(listen(fd, 0) == 0);
    REQUIRE(connect(filler, (struct sockaddr *)&address, sizeof address) == 0);
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    ENDPOINT(endpoint, endpoint_of(url));
    request = get(endpoint, "/");
    request.connect_timeout = 0.05;
    (void)submit(engine, request);
    while (sctl_engine_count(engine).done == 0)
        REQUIRE(sctl_engine_wait(engine, 5, &err) == SCTL_OK);
    check_end(next(engine), SCTL_E_TIMEOUT, 0, false);
    (void)close(filler);
    (void)close(fd);
}

int main(void)
{
    sctl_clock_use(&CLOCK);
    return check_main(100);
}
