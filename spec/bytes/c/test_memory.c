/* Out of memory at every step: the n-th allocation fails, n rising until nothing fails any more.
 * The core's, libcurl's and OpenSSL's allocations count alike. Each scenario is run with only that
 * one failing, and with that one and all later ones failing. Whatever happens: a clean error, no
 * leak, and afterwards, with memory again, everything works. */
#include "engine_help.h"
#include "signers.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

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

#define IN_SHORT(statement)                                                                        \
    do {                                                                                           \
        memory.armed = true;                                                                       \
        statement;                                                                                 \
        memory.armed = false;                                                                      \
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
static void check_short(enum sctl_status status)
{
    CHECK(ran_short());
    CHECK(status == SCTL_E_MEMORY || status == SCTL_E_CRYPTO);
    CHECK_INT(status, err.status);
    CHECK(err.message[0] != '\0' && !contains(str(err.message), SECRET));
}

/* OpenSSL fetches a digest once: each failure needs a process that has fetched none. */
TEST(the_first_fetch_runs_short)
{
    bool again = true;
    EVP_MD *sha512 = EVP_MD_fetch(NULL, "SHA512", NULL); /* OpenSSL itself is ready */
    REQUIRE(sha512 != NULL);
    memory.for_good = false;
    for (memory.fail_at = 1; again && memory.fail_at < 1000; memory.fail_at++) {
        int status = -1;
        pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            struct sctl_digest digest;
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
    EVP_MD_free(sha512);
}

static enum kind kind;

/* As `made`, once short of memory and, where that fails, with memory again. */
static struct sctl_signer *made_short(struct sctl_str token)
{
    struct sctl_signer *signer = NULL;
    IN_SHORT(signer = make(kind, token));
    if (signer != NULL)
        return signer;
    check_short(err.status);
    return make(kind, token);
}

static void sign(void)
{
    static char value[3000]; /* so that buffers grow */
    struct sctl_pair params[] = {{SCTL_STR("b"), {value, sizeof value}},
                                 {SCTL_STR("a"), SCTL_STR("1")}};
    struct sctl_call call = call_of(params, 2);
    enum sctl_status status = SCTL_OK;
    SIGNED(request);
    SIGNED(expected);
    SIGNER(good, make(kind, SCTL_STR(TOKEN)));
    memset(value, 'v', sizeof value);
    call.body = SCTL_STR("body");
    call.content_type = SCTL_STR("text/plain");
    CHECK_INT(SCTL_OK, sctl_sign(good, &call, &expected, &err));
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 42); /* somebody else's */
    SIGNER(signer, made_short(SCTL_STR(TOKEN)));
    IN_SHORT(status = sctl_sign(signer, &call, &request, &err));
    if (status != SCTL_OK)
        check_short(status);
    else
        check_same(&expected, &request);
    CHECK_INT(SCTL_OK, sctl_sign(signer, &call, &request, &err));
    check_same(&expected, &request);
    CHECK_INT(42, ERR_GET_REASON(ERR_get_error())); /* and no other */
    CHECK_INT(0, ERR_peek_error());
}

TEST(signers_run_short)
{
    for (kind = ACS3; kind <= ZEGO; kind++)
        CHECK(run_short(sign) > 5);
}

static struct sctl_endpoint_options endpoint_options(const char *url)
{
    struct sctl_endpoint_options options = options_of(url);
    options.ca_file = SCTL_STR("/a");
    options.ca_path = SCTL_STR("/b");
    options.user_agent = SCTL_STR("c");
    options.max_response = 100000;
    return options;
}

/* Until all that was submitted has ended. What libcurl forgot because it had no memory is ended by
 * its deadline, which then comes soon. */
static void finish(struct sctl_engine *engine, size_t submitted, bool in_short)
{
    double limit = read_clock(CLOCK_MONOTONIC) - ahead + 20;
    int turns;
    for (turns = 0; read_clock(CLOCK_MONOTONIC) - ahead < limit; turns++) {
        memory.armed = in_short;
        CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 0, &err));
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

static struct sctl_engine *make_engine(unsigned max_in_flight)
{
    struct sctl_engine *engine = NULL;
    IN_SHORT(engine = sctl_engine_new(max_in_flight, &err));
    if (engine == NULL) {
        check_short(err.status);
        engine = engine_of(max_in_flight);
    }
    return engine;
}

/* Its id; of the first try, or of another one with memory. */
static uint64_t submit_short(struct sctl_engine *engine, struct sending request)
{
    enum sctl_status status = SCTL_OK;
    uint64_t id = 0;
    IN_SHORT(status = try_submit(engine, &request, &id, &err));
    if (status == SCTL_OK)
        return id;
    check_short(status);
    return submit(engine, request);
}

static void check_results(struct sctl_engine *engine, size_t expected)
{
    struct sctl_result *result;
    size_t count = 0;
    while ((result = sctl_engine_next_done(engine)) != NULL) {
        count++;
        if (result->status == SCTL_OK) {
            CHECK_INT(200, result->http_status);
            CHECK_INT(30000, result->body.len);
        } else {
            CHECK(ran_short());
            CHECK(sctl_result_message(result)[0] != '\0');
            CHECK(!contains(str(sctl_result_message(result)), SECRET));
        }
        sctl_result_free(result);
    }
    CHECK_INT(expected, count);
}

static struct server_answer long_answer(struct sctl_str request)
{
    static char text[31000];
    static int head;
    (void)request;
    if (head == 0) {
        head = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n");
        memset(text + head, 'x', 30000);
    }
    return (struct server_answer){{text, (size_t)head + 30000}, SERVER_KEEP};
}

static void transfer(void)
{
    struct sctl_pair pair = {SCTL_STR("x-a"), SCTL_STR("b")};
    struct sctl_endpoint_options options;
    struct sctl_engine *engine;
    struct sending request;
    struct sctl_result *result;
    SIGNER(signer, make(ZEGO, SCTL_STR("")));
    server_start(&server);
    server.route = long_answer;
    options = endpoint_options(server.url);
    ENDPOINT(to, sctl_endpoint_new(&options, &err));
    REQUIRE(to != NULL);
    engine = make_engine(2);
    request = get(to, "A");
    request.signer = signer;
    request.call.params = &pair;
    request.call.param_count = 1;
    (void)submit_short(engine, request);
    request.signer = &fake_signer;
    request.call.action = SCTL_STR("/");
    request.call.method = SCTL_POST;
    request.call.body = SCTL_STR("body");
    request.call.content_type = SCTL_STR("text/plain");
    (void)submit_short(engine, request);
    (void)submit_short(engine, request);
    finish(engine, 3, true);
    check_results(engine, 3);
    /* with memory again, the same engine works */
    (void)submit(engine, get(to, "/"));
    finish(engine, 1, false);
    result = next(engine);
    CHECK_INT(30000, result->body.len);
    check_end(result, SCTL_OK, 200, true);
    IN_SHORT(sctl_engine_close(engine));
    IN_SHORT(sctl_engine_free(engine));
    server_stop(&server);
}

TEST(transfers_run_short)
{
    CHECK(run_short(transfer) > 100);
}

static bool message_ran_short;

/* Cancelling and closing need no memory: each request that was taken gets its result. */
static void end_early(void)
{
    struct sctl_engine *engine;
    struct sctl_result *result;
    uint64_t ids[3];
    size_t i, results = 0;
    bool cancelled = false;
    int turns;
    server_start(&server);
    server.hold = true;
    ENDPOINT(to, endpoint_of(server.url));
    engine = make_engine(1);
    for (i = 0; i < 3; i++)
        ids[i] = submit_short(engine, get(to, "/"));
    IN_SHORT(step(engine));
    for (turns = 0; server.asked == 0 && turns < 20; turns++) {
        server_pump(&server);
        IN_SHORT(step(engine));
        server_sleep(&server, engine, 1);
    }
    for (i = 2; i-- > 0;) { /* the one that waits, the one that runs */
        IN_SHORT(cancelled = sctl_engine_cancel(engine, ids[i]));
        CHECK(cancelled || ran_short());
    }
    IN_SHORT(sctl_engine_close(engine));
    while ((result = sctl_engine_next_done(engine)) != NULL) {
        results++;
        CHECK(result->status != SCTL_OK);
        CHECK(ran_short() ||
              result->status == (result->id == ids[2] ? SCTL_E_CLOSED : SCTL_E_CANCELLED));
        CHECK(sctl_result_message(result)[0] != '\0');
        if (contains(str(sctl_result_message(result)), "no memory for the message"))
            message_ran_short = true;
        sctl_result_free(result);
    }
    CHECK_INT(3, results);
    IN_SHORT(sctl_engine_free(engine));
    server_stop(&server);
}

TEST(early_ends_run_short)
{
    CHECK(run_short(end_early) > 50);
    CHECK(message_ran_short);
}

int main(void)
{
    check_limit(100);
    check.test = "main";
    if (CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) != 1 ||
        curl_global_init_mem(CURL_GLOBAL_DEFAULT, count_malloc, free, count_realloc, count_strdup,
                             count_calloc) != CURLE_OK) {
        printf("the libraries do not take our allocator\n");
        return 1;
    }
    check_tests();
    curl_global_cleanup();
    return check_report();
}
