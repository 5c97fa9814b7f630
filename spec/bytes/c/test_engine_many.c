/* Many requests at a time, and those that end early. */
#include "engine_help.h"

ENGINE_TEST(no_more_than_max_in_flight_run, 8)
{
    enum { COUNT = 200, MAX = 8 };
    uint64_t first = 0;
    bool seen[COUNT] = {false};
    int i;
    server.hold = true;
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
    CHECK_INT(COUNT, sctl_engine_count(engine).queued);
    REQUIRE(run_until_asked(engine, MAX));
    step(engine);
    server_pump(&server);
    CHECK_INT(MAX, sctl_engine_count(engine).running);
    CHECK_INT(COUNT - MAX, sctl_engine_count(engine).queued);
    server.hold = false;
    REQUIRE(run_until_done(engine, COUNT));
    CHECK_INT(MAX, server.most_open);
    CHECK_INT(MAX, server.accepted); /* connections are kept */
    CHECK_INT(COUNT, server.asked);
    for (i = 0; i < COUNT; i++) {
        struct sctl_result *result = next(engine);
        CHECK(result->id >= first && result->id < first + COUNT && !seen[result->id - first]);
        seen[result->id - first] = true;
        check_end(result, SCTL_OK, 200, true);
    }
    CHECK_INT(0, sctl_engine_count(engine).done);
    CHECK_INT(0, sctl_engine_count(engine).running);
    CHECK_INT(0, sctl_engine_count(engine).queued);
}

/* Who steps has other work, too: a step starts some requests, and the next one is due at once. */
ENGINE_TEST(one_step_starts_some_of_many, 24)
{
    enum { COUNT = 24 };
    int i;
    for (i = 0; i < COUNT; i++)
        (void)submit(engine, get(endpoint, "/"));
    step(engine);
    CHECK_INT(16, sctl_engine_count(engine).running);
    CHECK(sctl_engine_timeout(engine) == 0);
    REQUIRE(run_until_done(engine, COUNT));
}

/* A signer is an account. */
ENGINE_TEST(signers_take_turns, 1)
{
    static struct sctl_signer another = {.ops = &FAKE_OPS, .refs = 1};
    struct sending request;
    uint64_t ids[3];
    int i;
    for (i = 0; i < 3; i++)
        ids[i] = submit(engine, get(endpoint, "/many"));
    request = get(endpoint, "/few");
    request.signer = &another;
    (void)submit(engine, request);
    (void)submit(engine, request);
    (void)submit(engine, get(endpoint, "/last"));
    REQUIRE(run_until_done(engine, 6));
    CHECK_STR("/many /few /many /few /many /last ", str(server.targets));
    for (i = 0; i < 6; i++)
        drop(next(engine));
    /* what is cancelled takes no turn */
    server.hold = true;
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 7));
    for (i = 0; i < 3; i++)
        ids[i] = submit(engine, get(endpoint, "/cancelled"));
    for (i = 0; i < 3; i++)
        CHECK(sctl_engine_cancel(engine, ids[i]));
    (void)submit(engine, request);
    (void)submit(engine, request);
    (void)submit(engine, get(endpoint, "/now"));
    server.hold = false;
    REQUIRE(run_until_done(engine, 7));
    CHECK_STR("/many /few /many /few /many /last /few /few /now /few ", str(server.targets));
}

/* Where each walked past all that wait, this would take minutes. */
ENGINE_TEST(the_cost_of_a_submit_does_not_grow_with_the_queue, 1)
{
    enum { COUNT = 60000 };
    static struct sctl_signer another = {.ops = &FAKE_OPS, .refs = 1};
    double limit = read_clock(CLOCK_MONOTONIC) + 20;
    struct sending many = get(endpoint, "/"), few = many;
    int i;
    few.signer = &another;
    for (i = 0; i < COUNT; i++)
        (void)submit(engine, many);
    for (i = 0; i < COUNT && read_clock(CLOCK_MONOTONIC) < limit; i++)
        (void)submit(engine, few);
    CHECK_INT(COUNT, i);
}

TEST(one_handle_serves_several_endpoints)
{
    ENGINE(engine, 1);
    struct sctl_endpoint_options options;
    struct sctl_endpoint *a, *b;
    struct sctl_err err;
    long live;
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
    CHECK_INT(1, server.accepted + other.accepted);
    live = memory.live;
    sctl_endpoint_unref(b);
    CHECK(memory.live < live); /* the connection was made for the other one */
    sctl_endpoint_unref(a);
    server_stop(&server);
    server_stop(&other);
}

/* The first, the middle and the last of a queue, and one submitted after that. */
ENGINE_TEST(cancel_keeps_the_queue_whole, 1)
{
    uint64_t ids[5];
    int i;
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
}

/* So many requests end at once; what the engine then holds. */
static long left_of(struct sctl_engine *engine, struct sctl_endpoint *endpoint, unsigned count)
{
    uint64_t ids[200];
    unsigned i;
    for (i = 0; i < count; i++)
        ids[i] = submit(engine, get(endpoint, "/"));
    while (sctl_engine_count(engine).queued > 0)
        step(engine);
    for (i = 0; i < count; i++) {
        CHECK(sctl_engine_cancel(engine, ids[i]));
        drop(next(engine));
    }
    return memory.live;
}

ENGINE_TEST(many_leave_no_more_behind_than_few, 200)
{
    long few = left_of(engine, endpoint, 50);
    CHECK_INT(few, left_of(engine, endpoint, 200));
}

CHECK_MAIN(100)
