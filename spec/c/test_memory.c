/* Out of memory at every step: the n-th allocation fails, n rising until nothing fails any more.
 * The core's, libcurl's and OpenSSL's allocations count alike. Each scenario is run with only that
 * one failing, and with that one and all later ones failing. Whatever happens: a clean error, no
 * leak, and afterwards, with memory again, everything works.
 */
#include "check.h"
#include "server.h"

#include <sys/wait.h>
#include <time.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/clock.h"
#include "base/encode.h"
#include "fake_signer.h"
#include "base/nonce.h"
#include "sign/sign_aliyun.h"
#include "sign/sign_plain.h"
#include "sign/sign_zego.h"

#define SECRET "the/secret+key 123"

static struct server server;

/* ---- the libraries' allocations ---- */

static void *count_malloc(size_t size)
{
    return allocation_fails() ? NULL : malloc(size);
}

static void *count_realloc(void *old, size_t size)
{
    return allocation_fails() ? NULL : realloc(old, size);
}

static void *count_calloc(size_t count, size_t size)
{
    return allocation_fails() ? NULL : calloc(count, size);
}

static char *count_strdup(const char *text)
{
    return allocation_fails() ? NULL : strdup(text);
}

static void *crypto_malloc(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return count_malloc(size);
}

static void *crypto_realloc(void *old, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return count_realloc(old, size);
}

static void crypto_free(void *old, const char *file, int line)
{
    (void)file;
    (void)line;
    free(old);
}

/* ---- running a scenario ---- */

#define IN_SHORT(statement)                                                              \
    do {                                                                                 \
        memory.armed = true;                                                             \
        statement;                                                                       \
        memory.armed = false;                                                            \
    } while (0)

/* Whether an allocation has failed in this run of the scenario. */
static bool ran_short(void)
{
    return memory.calls >= memory.fail_at;
}

/* Returns how many allocations the scenario makes when none fails. */
static long run_short(void (*scenario)(void))
{
    long most = 0;
    int mode;
    memory.fail_at = 1000000;
    memory.for_good = false;
    scenario(); /* what libraries keep for good is made now */
    for (mode = 0; mode < 2; mode++) {
        memory.for_good = mode == 1;
        memory.fail_at = 0;
        do {
            long live = memory.live;
            int fd = free_descriptor();
            bool bad = check.bad;
            memory.fail_at++;
            memory.calls = 0;
            scenario();
            CHECK_INT(live, memory.live);
            CHECK_INT(fd, free_descriptor());
            if (check.bad && !bad)
                printf("  when allocation %ld failed%s\n", memory.fail_at,
                       mode == 1 ? ", and all after it" : "");
        } while (ran_short() && memory.fail_at < 5000);
        most = memory.calls;
    }
    memory.for_good = false;
    CHECK(memory.fail_at > 1 && memory.fail_at < 5000);
    return most;
}

/* An error that says why. */
static void check_short(enum sctl_status status, const struct sctl_err *err)
{
    CHECK(ran_short());
    CHECK(status == SCTL_E_MEMORY || status == SCTL_E_CRYPTO);
    CHECK_INT(status, err->status);
    CHECK(err->message[0] != '\0' && !contains(str(err->message), SECRET));
}

/* ---- the first fetch ---- */

/* Digests are fetched once in a process: each failure needs a process that has fetched none. */
TEST(the_first_fetch_runs_short)
{
    bool again = true;
    EVP_MD *other = EVP_MD_fetch(NULL, "SHA512", NULL); /* OpenSSL itself is ready */
    REQUIRE(other != NULL);
    memory.for_good = false;
    for (memory.fail_at = 1; again && memory.fail_at < 1000; memory.fail_at++) {
        int status = -1;
        pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            struct sctl_digest digest;
            struct sctl_err err = {SCTL_OK, 0, ""};
            enum sctl_status result = SCTL_OK;
            bool bad;
            memory.calls = 0;
            memset(&digest, 0, sizeof digest);
            IN_SHORT(result = sctl_digest_init(&digest, SCTL_MD5, &err));
            bad = result != SCTL_OK && (result != SCTL_E_CRYPTO || !ran_short());
            sctl_digest_clear(&digest);
            bad = bad || ERR_peek_error() != 0;
            bad = bad || sctl_digest_init(&digest, SCTL_MD5, &err) != SCTL_OK;
            _exit(bad ? 2 : ran_short() ? 1 : 0);
        }
        CHECK(waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) < 2);
        again = WIFEXITED(status) && WEXITSTATUS(status) == 1;
    }
    CHECK(memory.fail_at > 3 && memory.fail_at < 1000);
    EVP_MD_free(other);
}

/* ---- signers ---- */

enum kind { ACS3, RPC, ZEGO };

static enum kind kind;

static struct sctl_signer *make_signer(struct sctl_err *err)
{
    struct sctl_aliyun_options options;
    struct sctl_zego_options zego = {1, SCTL_STR(SECRET), true};
    memset(&options, 0, sizeof options);
    options.access_key_id = SCTL_STR("testid");
    options.access_key_secret = SCTL_STR(SECRET);
    options.security_token = SCTL_STR("token/token");
    options.host = SCTL_STR("live.aliyuncs.com");
    options.version = SCTL_STR("2016-11-01");
    return kind == ACS3  ? sctl_acs3_new(&options, err)
           : kind == RPC ? sctl_rpc_new(&options, err)
                         : sctl_zego_new(&zego, err);
}

static void check_same(const struct sctl_signed *a, const struct sctl_signed *b)
{
    CHECK_TEXT(sctl_buf_str(&a->target), sctl_buf_str(&b->target));
    CHECK_TEXT(sctl_buf_str(&a->headers), sctl_buf_str(&b->headers));
    CHECK_INT(a->header_count, b->header_count);
}

static void sign(void)
{
    static char value[3000]; /* so that buffers grow */
    struct sctl_pair params[] = {{SCTL_STR("b"), {value, sizeof value}},
                                 {SCTL_STR("a"), SCTL_STR("1")}};
    struct sctl_err err;
    struct sctl_call call;
    struct sctl_signed request, expected;
    struct sctl_signer *good = make_signer(&err), *signer = NULL;
    enum sctl_status status = SCTL_OK;
    REQUIRE(good != NULL);
    memset(&call, 0, sizeof call);
    memset(value, 'v', sizeof value);
    call.action = SCTL_STR("A");
    call.params = params;
    call.param_count = 2;
    call.body = SCTL_STR("body");
    call.content_type = SCTL_STR("text/plain");
    call.nonce = SCTL_STR("0123456789abcdef");
    call.timestamp = 1767323045;
    sctl_signed_init(&expected);
    sctl_signed_init(&request);
    CHECK_INT(SCTL_OK, sctl_sign(good, &call, &expected, &err));
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 42); /* somebody else's */
    IN_SHORT(signer = make_signer(&err));
    if (signer == NULL) {
        check_short(err.status, &err);
        signer = make_signer(&err);
        REQUIRE(signer != NULL);
    }
    IN_SHORT(status = sctl_sign(signer, &call, &request, &err));
    if (status != SCTL_OK)
        check_short(status, &err);
    else
        check_same(&expected, &request);
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    check_same(&expected, &request);
    CHECK_INT(42, ERR_GET_REASON(ERR_get_error())); /* and no other */
    CHECK_INT(0, ERR_peek_error());
    sctl_signed_clear(&expected);
    sctl_signed_clear(&request);
    sctl_signer_unref(signer);
    sctl_signer_unref(good);
}

TEST(signers_run_short)
{
    long calls;
    for (kind = ACS3; kind <= ZEGO; kind++) {
        calls = run_short(sign);
        CHECK(calls > 5);
    }
}

static void renew(void)
{
    struct sctl_credentials fresh = {
        {"newid", 5}, {"new/secret", 10}, {"new/token", 9}, 0};
    struct sctl_err err;
    struct sctl_call call;
    struct sctl_signed request, expected[2];
    struct sctl_signer *signer = make_signer(&err), *renewed = make_signer(&err);
    enum sctl_status status = SCTL_OK;
    REQUIRE(signer != NULL && renewed != NULL);
    fresh.expires = SCTL_FOREVER;
    if (kind == ZEGO)
        fresh.id = fresh.token = SCTL_STR("");
    memset(&call, 0, sizeof call);
    call.action = SCTL_STR("A");
    call.nonce = SCTL_STR("0123456789abcdef");
    call.timestamp = 1767323045;
    sctl_signed_init(&request);
    sctl_signed_init(&expected[0]);
    sctl_signed_init(&expected[1]);
    CHECK_INT(SCTL_OK, sctl_sign(renewed, &call, &expected[0], &err));
    CHECK_INT(SCTL_OK, sctl_signer_renew(renewed, &fresh, &err));
    CHECK_INT(SCTL_OK, sctl_sign(renewed, &call, &expected[1], &err));
    memory.spilled = 0;
    memory.secret = "new/secret";
    IN_SHORT(status = sctl_signer_renew(signer, &fresh, &err));
    memory.secret = NULL;
    CHECK_INT(0, memory.spilled);
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    if (status != SCTL_OK)
        check_short(status, &err);
    check_same(&expected[status == SCTL_OK],
               &request); /* all of the old, or of the new */
    CHECK_INT(SCTL_OK, sctl_signer_renew(signer, &fresh, &err));
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    check_same(&expected[1], &request);
    sctl_signed_clear(&request);
    sctl_signed_clear(&expected[0]);
    sctl_signed_clear(&expected[1]);
    sctl_signer_unref(signer);
    sctl_signer_unref(renewed);
}

static void make_plain(void)
{
    struct sctl_pair header = {SCTL_STR("a"), SCTL_STR(SECRET)};
    struct sctl_err err;
    struct sctl_signer *signer = NULL;
    IN_SHORT(signer = sctl_plain_new(&header, 1, &err));
    if (signer == NULL)
        check_short(err.status, &err);
    sctl_signer_unref(signer);
}

TEST(renewals_run_short)
{
    for (kind = ACS3; kind <= ZEGO; kind++)
        CHECK(run_short(renew) >= (kind == ZEGO ? 2 : 7));
    CHECK(run_short(make_plain) >= 3);
}

static void redact(void)
{
    static const char TEXT[] = "a the/secret+key 123 the%2Fsecret%2Bkey%20123 "
                               "the%252Fsecret%252Bkey%2520123 token/token b";
    struct sctl_err err;
    struct sctl_signer *signer = make_signer(&err);
    struct sctl_buf out;
    REQUIRE(signer != NULL);
    sctl_buf_init(&out, 1000, false);
    IN_SHORT(sctl_signer_redact(signer, SCTL_STR(TEXT), &out));
    if (sctl_buf_ok(&out, "it", &err) != SCTL_OK)
        check_short(out.status, &err);
    else
        CHECK_STR("a *** *** *** *** b", sctl_buf_str(&out));
    sctl_buf_clear(&out);
    sctl_signer_redact(signer, SCTL_STR(TEXT), &out);
    CHECK_STR("a *** *** *** *** b", sctl_buf_str(&out));
    sctl_buf_clear(&out);
    sctl_signer_unref(signer);
}

TEST(redact_runs_short)
{
    kind = ACS3;
    CHECK(run_short(redact) > 10);
}

/* ---- small things ---- */

static void encode(void)
{
    static unsigned char data[2000];
    struct sctl_buf out;
    struct sctl_err err;
    sctl_buf_init(&out, 10000, true);
    IN_SHORT(sctl_encode_uri(&out, (struct sctl_str){(char *)data, sizeof data}));
    if (sctl_buf_ok(&out, "it", &err) != SCTL_OK) {
        check_short(out.status, &err);
        CHECK_INT(0, out.len);
    } else {
        CHECK_INT(3 * sizeof data, out.len);
    }
    sctl_buf_clear(&out);
}

TEST(encoders_run_short)
{
    CHECK(run_short(encode) >= 1);
}

static void reserve_pairs(void)
{
    struct sctl_pairs pairs = {NULL, 0, 0};
    struct sctl_err err;
    enum sctl_status status = SCTL_OK;
    CHECK_INT(SCTL_OK, sctl_pairs_reserve(&pairs, 1, &err));
    pairs.items[0] = (struct sctl_pair){SCTL_STR("kept"), SCTL_STR("1")};
    pairs.count = 1;
    IN_SHORT(status = sctl_pairs_reserve(&pairs, 1000, &err));
    if (status != SCTL_OK)
        check_short(status, &err);
    CHECK_STR("kept", pairs.items[0].name);
    CHECK_INT(SCTL_OK, sctl_pairs_reserve(&pairs, 1000, &err));
    CHECK_STR("kept", pairs.items[0].name);
    sctl_pairs_clear(&pairs);
}

TEST(pairs_run_short)
{
    CHECK_INT(1, run_short(reserve_pairs));
}

static struct sctl_endpoint *make_endpoint(const char *url, struct sctl_err *err)
{
    struct sctl_endpoint_options options;
    memset(&options, 0, sizeof options);
    options.url = str(url);
    options.ca_file = SCTL_STR("/a");
    options.ca_path = SCTL_STR("/b");
    options.user_agent = SCTL_STR("c");
    options.max_response = 100000;
    return sctl_endpoint_new(&options, err);
}

static void endpoint(void)
{
    struct sctl_endpoint *self = NULL;
    struct sctl_err err;
    IN_SHORT(self = make_endpoint("https://h", &err));
    if (self == NULL)
        check_short(err.status, &err);
    else
        CHECK_STR("/b", str(self->ca_path));
    sctl_endpoint_unref(self);
}

TEST(endpoints_run_short)
{
    CHECK(run_short(endpoint) >= 5); /* and libcurl's, which parses the URL */
}

/* ---- the engine ---- */

static double ahead;

static double test_clock(void *context)
{
    struct timespec now;
    (void)context;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9 + ahead;
}

/* Until all that was submitted has ended. What libcurl forgot because it had no memory is ended by
 * its deadline, which then comes soon. */
static void finish(struct sctl_engine *engine, size_t submitted, bool in_short)
{
    struct sctl_err err;
    double limit = test_clock(NULL) - ahead + 20;
    int turns;
    for (turns = 0; test_clock(NULL) - ahead < limit; turns++) {
        memory.armed = in_short;
        CHECK_INT(SCTL_OK, sctl_engine_step(engine, &err));
        memory.armed = false;
        server_pump(&server);
        if (sctl_engine_count(engine).done >= submitted)
            return;
        if (turns >= 100 && in_short && ran_short())
            ahead += 2000;
        server_sleep(&server, engine, 1);
    }
    CHECK(false && "a request never ends");
}

static struct sending request_of(struct sctl_endpoint *to, const char *target)
{
    struct sending request;
    memset(&request, 0, sizeof request);
    request.endpoint = to;
    request.signer = &fake_signer;
    request.call.action = str(target);
    request.timeout = 1000;
    request.connect_timeout = 1000;
    return request;
}

static struct sctl_engine *make_engine(unsigned max_in_flight)
{
    struct sctl_err err;
    struct sctl_engine *engine = NULL;
    IN_SHORT(engine = sctl_engine_new(max_in_flight, &err));
    if (engine == NULL) {
        check_short(err.status, &err);
        engine = sctl_engine_new(max_in_flight, &err);
    }
    return engine;
}

/* One that worked, or the same one tried again. */
static size_t submit_short(struct sctl_engine *engine, const struct sending *request,
                           uint64_t *id)
{
    struct sctl_err err;
    enum sctl_status status = SCTL_OK;
    IN_SHORT(status = try_submit(engine, request, id, &err));
    if (status == SCTL_OK)
        return 1;
    check_short(status, &err);
    CHECK_INT(SCTL_OK, try_submit(engine, request, id, &err));
    return 1;
}

static size_t drain(struct sctl_engine *engine)
{
    struct sctl_result *result;
    size_t count = 0;
    while ((result = sctl_engine_next_done(engine)) != NULL) {
        count++;
        if (result->status == SCTL_OK) {
            CHECK_INT(200, result->http_status);
            CHECK(result->body.len == 30000);
        } else {
            CHECK(ran_short());
            CHECK(sctl_result_message(result)[0] != '\0');
            CHECK(!contains(str(sctl_result_message(result)), SECRET));
        }
        sctl_result_free(result);
    }
    return count;
}

static struct server_answer long_answer(struct sctl_str request)
{
    static char text[31000];
    static int head;
    (void)request;
    if (head == 0) {
        head = snprintf(text, sizeof text,
                        "HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n");
        memset(text + head, 'x', 30000);
    }
    return (struct server_answer){{text, (size_t)head + 30000}, SERVER_KEEP};
}

static void transfer(void)
{
    struct sctl_err err;
    struct sctl_engine *engine;
    struct sctl_endpoint *to;
    struct sctl_signer *signer;
    struct sending request;
    struct sctl_pair pair = {SCTL_STR("x-a"), SCTL_STR("b")};
    struct sctl_result *result;
    size_t submitted = 0;
    uint64_t id;
    kind = ZEGO;
    server_start(&server);
    server.route = long_answer;
    to = make_endpoint(server.url, &err);
    signer = make_signer(&err);
    REQUIRE(to != NULL && signer != NULL);
    engine = make_engine(2);
    REQUIRE(engine != NULL);
    request = request_of(to, "A");
    request.signer = signer;
    request.call.params = &pair;
    request.call.param_count = 1;
    submitted += submit_short(engine, &request, &id);
    request = request_of(to, "/");
    request.call.method = SCTL_POST;
    request.call.body = SCTL_STR("body");
    request.call.content_type = SCTL_STR("text/plain");
    request.call.params = &pair;
    request.call.param_count = 1;
    submitted += submit_short(engine, &request, &id);
    submitted += submit_short(engine, &request, &id);
    finish(engine, submitted, true);
    CHECK_INT(submitted, drain(engine));
    /* with memory again, the same engine works */
    request = request_of(to, "/");
    CHECK_INT(SCTL_OK, try_submit(engine, &request, &id, &err));
    finish(engine, 1, false);
    result = sctl_engine_next_done(engine);
    REQUIRE(result != NULL);
    CHECK_INT(SCTL_OK, result->status);
    CHECK_INT(30000, result->body.len);
    sctl_result_free(result);
    IN_SHORT(sctl_engine_close(engine));
    IN_SHORT(sctl_engine_free(engine));
    sctl_endpoint_unref(to);
    sctl_signer_unref(signer);
    server_stop(&server);
}

TEST(transfers_run_short)
{
    CHECK(run_short(transfer) > 100);
}

static void refused(void)
{
    struct sctl_err err;
    struct sctl_engine *engine;
    struct sctl_endpoint *to;
    struct sending request;
    struct sctl_result *result;
    char url[64];
    int port, fd = server_bind(&port);
    uint64_t id;
    server_start(&server);
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
    to = make_endpoint(url, &err);
    REQUIRE(to != NULL);
    engine = make_engine(1);
    REQUIRE(engine != NULL);
    request = request_of(to, "/");
    (void)submit_short(engine, &request, &id);
    finish(engine, 1, true);
    result = sctl_engine_next_done(engine);
    REQUIRE(result != NULL);
    CHECK_INT(id, result->id);
    CHECK(result->status != SCTL_OK && !result->maybe_sent && result->http_status == 0);
    CHECK(ran_short() || result->status == SCTL_E_CONNECT);
    sctl_result_free(result);
    CHECK_INT(SCTL_OK, try_submit(engine, &request, &id, &err));
    finish(engine, 1, false);
    result = sctl_engine_next_done(engine);
    REQUIRE(result != NULL);
    CHECK_INT(SCTL_E_CONNECT, result->status);
    sctl_result_free(result);
    sctl_engine_free(engine);
    sctl_endpoint_unref(to);
    server_stop(&server);
    (void)close(fd);
}

TEST(refusals_run_short)
{
    CHECK(run_short(refused) > 50);
}

static bool message_ran_short;

/* Cancelling and closing need no memory: each request that was taken gets its result. */
static void end_early(void)
{
    struct sctl_err err;
    struct sctl_engine *engine;
    struct sctl_endpoint *to;
    struct sending request;
    struct sctl_result *result;
    uint64_t running, waiting, third;
    size_t results = 0;
    bool cancelled = false;
    int turns;
    server_start(&server);
    server.hold = true;
    to = make_endpoint(server.url, &err);
    REQUIRE(to != NULL);
    engine = make_engine(1);
    REQUIRE(engine != NULL);
    request = request_of(to, "/");
    (void)submit_short(engine, &request, &running);
    (void)submit_short(engine, &request, &waiting);
    (void)submit_short(engine, &request, &third);
    IN_SHORT(CHECK_INT(SCTL_OK, sctl_engine_step(engine, &err)));
    for (turns = 0; server.asked == 0 && turns < 20; turns++) {
        server_pump(&server);
        IN_SHORT(CHECK_INT(SCTL_OK, sctl_engine_step(engine, &err)));
        server_sleep(&server, engine, 1);
    }
    IN_SHORT(cancelled = sctl_engine_cancel(engine, waiting));
    CHECK(cancelled || ran_short());
    IN_SHORT(cancelled = sctl_engine_cancel(engine, running));
    CHECK(cancelled || ran_short());
    IN_SHORT(sctl_engine_close(engine));
    while ((result = sctl_engine_next_done(engine)) != NULL) {
        results++;
        CHECK(result->status != SCTL_OK);
        CHECK(ran_short() ||
              result->status == (result->id == third ? SCTL_E_CLOSED : SCTL_E_CANCELLED));
        CHECK(sctl_result_message(result)[0] != '\0');
        if (contains(str(sctl_result_message(result)), "no memory for the message"))
            message_ran_short = true;
        sctl_result_free(result);
    }
    CHECK_INT(3, results);
    IN_SHORT(sctl_engine_free(engine));
    sctl_endpoint_unref(to);
    server_stop(&server);
}

TEST(early_ends_run_short)
{
    CHECK(run_short(end_early) > 50);
    CHECK(message_ran_short);
}

int main(void)
{
    static const struct sctl_clock CLOCK = {.wall = test_clock, .monotonic = test_clock};
    check_limit(100);
    check.test = "main";
    if (CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) != 1 ||
        curl_global_init_mem(CURL_GLOBAL_DEFAULT, count_malloc, free, count_realloc,
                             count_strdup, count_calloc) != CURLE_OK) {
        printf("the libraries do not take our allocator\n");
        return 1;
    }
    sctl_clock_use(&CLOCK);
    check_tests();
    curl_global_cleanup();
    return check_report();
}
