/* When the engine wants to be stepped: time limits, the descriptor, alarms, waits. */
#include "engine_help.h"

#include <sched.h>

ENGINE_TEST(the_deadline_of_a_running_request, 2)
{
    struct sending request;
    uint64_t id;
    server.hold = true;
    request = get(endpoint, "/short");
    request.timeout = 50;
    (void)submit(engine, get(endpoint, "/long"));
    id = submit(engine, request);
    REQUIRE(run_until_asked(engine, 2));
    ahead += 49;
    step(engine);
    CHECK_INT(0, sctl_engine_count(engine).done);
    CHECK(sctl_engine_timeout(engine) > 0 && sctl_engine_timeout(engine) <= 1);
    ahead += 1; /* at the deadline, and not a second later */
    CHECK(sctl_engine_timeout(engine) == 0);
    step(engine);
    CHECK_INT(1, sctl_engine_count(engine).done);
    CHECK_INT(1, sctl_engine_count(engine).running);
    check_end(next_of(engine, id), SCTL_E_TIMEOUT, 0, true);
    CHECK(sctl_engine_timeout(engine) > 0); /* the next deadline is another one */
    let_answer(engine);
}

ENGINE_TEST(timeout_says_when_to_step, 1)
{
    static const double SECONDS[] = {100, 200, 1000};
    struct sending request;
    int i;
    server.hold = true;
    CHECK(sctl_engine_timeout(engine) < 0);
    request = get(endpoint, "/");
    request.timeout = 500;
    (void)submit(engine, request);
    CHECK(sctl_engine_timeout(engine) == 0);
    REQUIRE(run_until_asked(engine, 1));
    /* never later than the deadline */
    CHECK(sctl_engine_timeout(engine) > 0 && sctl_engine_timeout(engine) <= 500);
    for (i = 0; i < 3; i++) {
        request.timeout = SECONDS[i];
        (void)submit(engine, request);
        /* there is no room for it, but it has a deadline */
        CHECK(sctl_engine_timeout(engine) > 0 && sctl_engine_timeout(engine) <= 100);
    }
    for (i = 0; i < 2; i++) { /* the first two of them are over, one after the other */
        ahead += 101;
        step(engine);
        CHECK_INT(1, sctl_engine_count(engine).done);
        CHECK(sctl_engine_timeout(engine) == 0);
        drop(next(engine));
        CHECK(sctl_engine_timeout(engine) > 0);
    }
    server.hold = false;
    REQUIRE(run_until_done(engine, 1));
    CHECK(sctl_engine_timeout(engine) == 0);
    drop(next(engine));
}

ENGINE_TEST(events_are_counted_as_long_as_something_happens, 1)
{
    uint64_t before;
    int i;
    server.hold = true;
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
}

ENGINE_TEST(a_kept_connection_that_ends_wakes_a_loop_once, 1)
{
    uint64_t events;
    check_works(engine, endpoint);
    CHECK(!is_readable(engine, 0));
    events = sctl_engine_count(engine).events;
    server_hang_up(&server, &server.connections[0], false);
    step(engine);
    CHECK(!is_readable(engine, 50));
    CHECK_INT(events, sctl_engine_count(engine).events); /* nothing that moves */
    check_works(engine, endpoint);
    CHECK_INT(2, server.accepted);
}

static bool alarmed;

static void on_alarm(int signal_number)
{
    (void)signal_number;
    alarmed = true;
}

TEST(a_signal_ends_a_wait)
{
    ENGINE(engine, 1);
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
    CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 50, &err)); /* the limit of the program is less */
    CHECK(alarmed);
    (void)kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    (void)sigaction(SIGUSR1, &old, NULL);
}

CHECK_MAIN(100)
