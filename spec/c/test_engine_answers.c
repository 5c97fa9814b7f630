/* What the engine makes of a server's answers; of hostile ones in spec/faults. */
#include "engine_help.h"

ENGINE_TEST(a_whole_answer, 4)
{
    struct sctl_result *result;
    server.answer =
        ANSWER("HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhe\0lo", SERVER_KEEP);
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
    int head = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
    memset(text + head, 'x', 2000);
    server_start(&server);
    server.answer = (struct server_answer){{text, (size_t)head + 2000}, SERVER_KEEP};
    options = options_of(server.url);
    options.max_response = 1000000;
    ENDPOINT(endpoint, endpoint_with(options));
    result = fetch(engine, get(endpoint, "/"));
    CHECK_INT(2000, result->body.len);
    CHECK_INT(2048, result->body.size);
    check_end(result, SCTL_OK, 200, true);
    server_stop(&server);
}

TEST(a_body_over_the_cap)
{
    static char text[3000];
    int head = snprintf(text, sizeof text, "HTTP/1.1 503 Busy\r\nContent-Length: 1001\r\n\r\n");
    memset(text + head, 'x', 1001);
    check_answer((struct server_answer){{text, (size_t)head + 1001}, SERVER_KEEP}, SCTL_E_TOO_LARGE,
                 503, true);
    /* without an announcement */
    head =
        snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n");
    memset(text + head, 'x', 1001);
    memcpy(text + head + 1001, "\r\n0\r\n\r\n", 7);
    check_answer((struct server_answer){{text, (size_t)head + 1008}, SERVER_KEEP}, SCTL_E_TOO_LARGE,
                 200, true);
    head = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\n\r\n");
    memset(text + head, 'x', 2000);
    check_answer((struct server_answer){{text, (size_t)head + 2000}, SERVER_CLOSE},
                 SCTL_E_TOO_LARGE, 200, true);
    /* exactly the cap */
    head = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    memset(text + head, 'x', 1000);
    check_answer((struct server_answer){{text, (size_t)head + 1000}, SERVER_KEEP}, SCTL_OK, 200,
                 true);
}

CHECK_MAIN(100)
