/* What the tests of the engine share: a server, a clock that a test can move ahead, and requests
 * from beginning to end. */
#pragma once

#include "check.h"
#include "server.h"

#include <math.h>
#include <signal.h>
#include <time.h>

#include "base/clock.h"
#include "fake_signer.h"

static struct server server;
UNUSED static struct server other;

static double ahead;

UNUSED static double read_clock(clockid_t id)
{
    struct timespec now;
    (void)clock_gettime(id, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9 + ahead;
}

UNUSED static double test_wall(void)
{
    return read_clock(CLOCK_REALTIME);
}

UNUSED static double test_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

__attribute__((constructor)) static void use_clock(void)
{
    static const struct sctl_clock CLOCK = {.wall = test_wall, .monotonic = test_monotonic};
    sctl_clock_use(&CLOCK);
}

UNUSED static struct sctl_endpoint_options options_of(const char *url)
{
    struct sctl_endpoint_options options;
    memset(&options, 0, sizeof options);
    options.url = str(url);
    options.max_response = 1000;
    return options;
}

UNUSED static struct sctl_endpoint *endpoint_with(struct sctl_endpoint_options options)
{
    struct sctl_err err;
    struct sctl_endpoint *endpoint = sctl_endpoint_new(&options, &err);
    if (endpoint == NULL) {
        printf("%s\n", err.message);
        exit(1);
    }
    return endpoint;
}

UNUSED static struct sctl_endpoint *endpoint_of(const char *url)
{
    return endpoint_with(options_of(url));
}

UNUSED static struct sctl_engine *engine_of(unsigned max_in_flight)
{
    struct sctl_err err;
    struct sctl_engine *engine = sctl_engine_new(max_in_flight, &err);
    if (engine == NULL) {
        printf("%s\n", err.message);
        exit(1);
    }
    return engine;
}

/* What is declared with these ends with its block. */
UNUSED static void drop_engine(struct sctl_engine **engine)
{
    sctl_engine_free(*engine);
}

UNUSED static void drop_endpoint(struct sctl_endpoint **endpoint)
{
    sctl_endpoint_unref(*endpoint);
}

#define ENGINE(name, max_in_flight)                                                                \
    struct sctl_engine *name __attribute__((cleanup(drop_engine))) = engine_of(max_in_flight)
#define ENDPOINT(name, value)                                                                      \
    struct sctl_endpoint *name __attribute__((cleanup(drop_endpoint))) = (value)

UNUSED static struct sending get(struct sctl_endpoint *endpoint, const char *target)
{
    struct sending request;
    memset(&request, 0, sizeof request);
    request.endpoint = endpoint;
    request.signer = &fake_signer;
    request.call.action = str(target);
    request.timeout = 1000;
    request.connect_timeout = 1000;
    return request;
}

UNUSED static uint64_t submit(struct sctl_engine *engine, struct sending request)
{
    struct sctl_err err;
    uint64_t id = 0;
    if (try_submit(engine, &request, &id, &err) != SCTL_OK)
        check_that(false, __FILE__, __LINE__, err.message);
    return id;
}

UNUSED static void step(struct sctl_engine *engine)
{
    struct sctl_err err;
    CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 0, &err));
}

/* What server and engine can do now; then sleeps until one of them has something to do again. It is
 * the engine that has to say so: nothing is stepped by luck. */
UNUSED static bool run_until(struct sctl_engine *engine,
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

UNUSED static bool has_done(struct sctl_engine *engine, size_t count)
{
    return sctl_engine_count(engine).done >= count;
}

UNUSED static bool has_asked(struct sctl_engine *engine, size_t count)
{
    (void)engine;
    return server.asked >= (int)count;
}

/* Until so many results are there. */
UNUSED static bool run_until_done(struct sctl_engine *engine, size_t count)
{
    return run_until(engine, has_done, count);
}

/* Until the server has had so many requests. */
UNUSED static bool run_until_asked(struct sctl_engine *engine, size_t count)
{
    return run_until(engine, has_asked, count);
}

UNUSED static struct sctl_result *next(struct sctl_engine *engine)
{
    static struct sctl_result none; /* so that a check fails and nothing crashes */
    struct sctl_result *result = sctl_engine_next_done(engine);
    if (result != NULL)
        return result;
    check_that(false, __FILE__, __LINE__, "a result is missing");
    memset(&none, 0, sizeof none);
    none.status = SCTL_E_SYSTEM;
    sctl_buf_init(&none.body, 1, false);
    sctl_buf_init(&none.headers, 1, false);
    return &none;
}

UNUSED static void drop(struct sctl_result *result)
{
    if (result->id != 0)
        sctl_result_free(result);
}

/* The next one, which is that of `id`. */
UNUSED static struct sctl_result *next_of(struct sctl_engine *engine, uint64_t id)
{
    struct sctl_result *result = next(engine);
    CHECK_INT(id, result->id);
    return result;
}

/* One request from beginning to end. */
UNUSED static struct sctl_result *fetch(struct sctl_engine *engine, struct sending request)
{
    uint64_t id = submit(engine, request);
    struct sctl_result *result;
    (void)check_that(run_until_done(engine, 1), __FILE__, __LINE__, "the request hangs");
    result = next(engine);
    CHECK_INT(id, result->id);
    return result;
}

UNUSED static void check_end(struct sctl_result *result, enum sctl_status status, long http_status,
                             bool maybe_sent)
{
    CHECK_INT(status, result->status);
    CHECK_INT(http_status, result->http_status);
    CHECK_INT(maybe_sent, result->maybe_sent);
    CHECK((status == SCTL_OK) == (sctl_result_message(result)[0] == '\0'));
    drop(result);
}

UNUSED static void check_works(struct sctl_engine *engine, struct sctl_endpoint *endpoint)
{
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
}

/* Submits it to a server that holds its answers back, and waits until that has had so many. */
UNUSED static bool asks(struct sctl_engine *engine, struct sending request, size_t count)
{
    server.hold = true;
    (void)submit(engine, request);
    return run_until_asked(engine, count);
}

/* Has the server answer: the next result is a success. */
UNUSED static void let_answer(struct sctl_engine *engine)
{
    server.hold = false;
    CHECK(run_until_done(engine, 1));
    check_end(next(engine), SCTL_OK, 200, true);
}

typedef void engine_body(struct sctl_engine *engine, struct sctl_endpoint *endpoint);

UNUSED static void run_engine_test(unsigned max_in_flight, engine_body *body)
{
    ENGINE(engine, max_in_flight);
    server_start(&server);
    ENDPOINT(endpoint, endpoint_of(server.url));
    body(engine, endpoint);
    server_stop(&server);
}

/* A test with an engine that has so many requests in flight, and an endpoint of the server. */
#define ENGINE_TEST(name, max_in_flight)                                                           \
    static engine_body name##_body;                                                                \
    TEST(name)                                                                                     \
    {                                                                                              \
        run_engine_test(max_in_flight, name##_body);                                               \
    }                                                                                              \
    static void name##_body(UNUSED struct sctl_engine *engine,                                     \
                            UNUSED struct sctl_endpoint *endpoint)

/* Whether the last request holds this text. */
UNUSED static bool sent(const char *part)
{
    return contains(server.last, part);
}

UNUSED static bool is_readable(const struct sctl_engine *engine, int ms)
{
    struct pollfd pollfd = {sctl_engine_pollfd(engine), POLLIN, 0};
    return poll(&pollfd, 1, ms) == 1;
}
