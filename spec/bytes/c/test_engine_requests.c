/* What the engine sends, and what it refuses to send. */
#include "engine_help.h"
#include "signers.h"

TEST(a_request_arrives_as_it_is_signed)
{
    ENGINE(engine, 1);
    struct sctl_endpoint_options options;
    struct sctl_pair headers[] = {{SCTL_STR("X-A"), SCTL_STR("b c")},
                                  {SCTL_STR("x-empty-not"), SCTL_STR("1")}};
    struct sending request;
    char host[64];
    server_start(&server);
    options = options_of(server.url);
    options.user_agent = SCTL_STR("streamctl-test/1");
    ENDPOINT(endpoint, endpoint_with(options));
    request = get(endpoint, "/a/../b?c=%2F&d=e+f");
    request.call.method = SCTL_POST;
    request.call.params = headers;
    request.call.param_count = 2;
    request.call.body = SCTL_STR("he\0l\nlo");
    request.call.content_type = SCTL_STR("text/plain");
    REQUIRE(asks(engine, request, 1));
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
    let_answer(engine);
    server_stop(&server);
}

/* An endpoint that keeps none has none. */
TEST(a_result_has_the_head_of_its_request)
{
    ENGINE(engine, 1);
    struct sctl_endpoint_options options;
    struct sctl_result *result;
    struct sending request;
    char head[4096];
    server_start(&server);
    options = options_of(server.url);
    ENDPOINT(other_endpoint, endpoint_with(options));
    options.keep_head = true;
    ENDPOINT(endpoint, endpoint_with(options));
    request = get(endpoint, "/a?b");
    request.call.method = SCTL_POST;
    request.call.body = SCTL_STR("body");
    REQUIRE(asks(engine, request, 1));
    REQUIRE(server.last.len > 4 && server.last.len < sizeof head);
    memcpy(head, server.last.data, server.last.len - 4);
    head[server.last.len - 4] = '\0';
    server.hold = false;
    CHECK(run_until_done(engine, 1));
    result = next(engine);
    CHECK_STR(head, sctl_buf_str(&result->head));
    drop(result);
    result = fetch(engine, get(other_endpoint, "/"));
    CHECK_STR("", sctl_buf_str(&result->head));
    drop(result);
    server_stop(&server);
}

/* What waits for its turn is signed with what the signer has then; or not at all. */
ENGINE_TEST(a_queued_request_is_signed_with_the_newest_credentials, 1)
{
    struct sctl_credentials credentials = {SCTL_STR("newid"), SCTL_STR("newsecret"),
                                           SCTL_STR("newtoken"), SCTL_FOREVER};
    struct sctl_result *result;
    struct sending request = get(endpoint, "ResumeLiveStream");
    SIGNER(signer, make(ACS3, SCTL_STR("")));
    server.hold = true;
    request.signer = signer;
    (void)submit(engine, request);
    (void)submit(engine, request);
    REQUIRE(asks(engine, request, 1));
    CHECK(sent("Credential=testid,") && !sent("security-token"));
    CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &credentials, &err));
    let_answer(engine);
    server.hold = true;
    REQUIRE(run_until_asked(engine, 2));
    CHECK(sent("Credential=newid,") && sent("\r\nx-acs-security-token: newtoken\r\n"));
    credentials.expires = 1;
    CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &credentials, &err));
    server.hold = false;
    REQUIRE(run_until_done(engine, 2));
    check_end(next(engine), SCTL_OK, 200, true);
    result = next(engine);
    CHECK_STR("the credentials expired at 1970-01-01T00:00:01Z", str(sctl_result_message(result)));
    check_end(result, SCTL_E_CREDENTIALS, 0, false);
    CHECK_INT(2, server.asked);
}

/* libcurl asks for permission before it sends a body of a megabyte, unless told not to. */
ENGINE_TEST(a_large_body_is_sent_at_once, 1)
{
    static char body[1500000];
    struct sending request;
    size_t i;
    for (i = 0; i < sizeof body; i++)
        body[i] = (char)(i * 7 + i / 1000);
    request = get(endpoint, "/");
    request.call.method = SCTL_POST;
    request.call.body = (struct sctl_str){body, sizeof body};
    REQUIRE(asks(engine, request, 1));
    CHECK(memmem(server.last.data, 1000, "Expect", 6) == NULL);
    CHECK(server.last.len > sizeof body &&
          memcmp(server.last.data + server.last.len - sizeof body, body, sizeof body) == 0);
}

/* The time in the last request. */
static long sent_second(void)
{
    const char *at = memmem(server.last.data, server.last.len, "&Timestamp=", 11);
    return at != NULL ? strtol(at + 11, NULL, 10) : -1;
}

ENGINE_TEST(a_request_is_signed_when_it_is_sent, 1)
{
    struct sending request = get(endpoint, "A");
    long first;
    SIGNER(signer, make(ZEGO, SCTL_STR("")));
    server.hold = true;
    request.signer = signer;
    (void)submit(engine, request);
    REQUIRE(asks(engine, request, 1));
    CHECK(sent("GET /?Action=A&AppId=1234567890&SignatureNonce="));
    first = sent_second();
    CHECK(first > 0);
    ahead += 100; /* while the second one waits */
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    server.hold = true;
    check_end(next(engine), SCTL_OK, 200, true);
    REQUIRE(run_until_asked(engine, 2));
    CHECK(sent_second() >= first + 100);
}

/* test_request.c has what is too large. */
TEST(submit_refuses_what_no_request_may_be)
{
    static char big[1];
    static struct sctl_pair pairs[2];
    ENGINE(engine, 1);
    struct sending request;
    uint64_t id = 0;
    long live;
    ENDPOINT(endpoint, endpoint_of("http://127.0.0.1:1"));
    live = memory.live;
#define REFUSED(expected, change)                                                                  \
    request = get(endpoint, "/");                                                                  \
    change;                                                                                        \
    CHECK_INT(expected, try_submit(engine, &request, &id, &err))
    request = get(endpoint, "/");
    request.call.params = pairs;
    /* where sizes have 32 bits, 4096 times one text of 1 MiB are 0 bytes */
    pairs[0].value = pairs[1].value = (struct sctl_str){big, SIZE_MAX / 2 + 1};
    request.call.param_count = 2;
    CHECK_INT(SCTL_E_TOO_LARGE, try_submit(engine, &request, &id, &err));
    REFUSED(SCTL_E_INVALID, request.timeout = NAN);
    REFUSED(SCTL_E_INVALID, request.connect_timeout = NAN);
#undef REFUSED
    CHECK_INT(0, id);
    CHECK_INT(live, memory.live);
    CHECK_INT(0, sctl_engine_count(engine).queued);
    CHECK(sctl_engine_new(0, &err) == NULL && err.status == SCTL_E_INVALID);
    CHECK(sctl_engine_new(1001, &err) == NULL && err.status == SCTL_E_INVALID);
}

TEST(endpoints_refuse_what_is_no_address)
{
    static const char *const BAD[] = {
        "",        "http://",           "https://",     "ftp://h", "live.aliyuncs.com",
        "http:/h", "https://h\r\nx: y", "https://h\x7f"};
    struct sctl_endpoint_options options;
    struct sctl_endpoint *endpoint;
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

CHECK_MAIN(100)
