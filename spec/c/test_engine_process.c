/* The engine in its host's process: forks, signals, memory. */
#include "engine_help.h"

#include <dlfcn.h>
#include <sys/epoll.h>
#include <sys/syscall.h>

/* The engine is to find these and not those of the libraries. */
#pragma GCC visibility push(default)
curl_version_info_data *curl_version_info(CURLversion age);
int epoll_ctl(int set, int operation, int fd, struct epoll_event *event);
#pragma GCC visibility pop

static unsigned libcurl_version; /* 0: that of the machine */
static const char *libcurl_tls;  /* NULL: likewise */

curl_version_info_data *curl_version_info(CURLversion age)
{
    static curl_version_info_data info;
    curl_version_info_data *(*real)(CURLversion);
    *(void **)&real = dlsym(RTLD_NEXT, "curl_version_info");
    info = *real(age);
    if (libcurl_tls != NULL)
        info.ssl_version = libcurl_tls;
    if (libcurl_version != 0) {
        info.version_num = libcurl_version;
        info.version = "7.87.0";
    }
    return &info;
}

static int watch_error; /* what becomes of new sockets; 0: they are watched */

int epoll_ctl(int set, int operation, int fd, struct epoll_event *event)
{
    if (operation == EPOLL_CTL_ADD && watch_error != 0) {
        errno = watch_error;
        return -1;
    }
    return (int)syscall(SYS_epoll_ctl, set, operation, fd, event);
}

ENGINE_TEST(a_child_that_holds_a_connection_open_keeps_nobody_awake, 1)
{
    int status;
    pid_t child;
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
}

TEST(a_child_cannot_use_the_engine)
{
    struct sctl_engine *engine = engine_of(2);
    struct sending request;
    uint64_t id;
    int status = -1;
    pid_t child;
    server_start(&server);
    server.hold = true;
    ENDPOINT(endpoint, endpoint_of(server.url));
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
        bad |= try_submit(engine, &request, &none, &err) == SCTL_E_FORKED ? 0 : 1;
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
    server_stop(&server);
}

ENGINE_TEST(a_peer_that_hangs_up_early, 1)
{
    static char body[1000000];
    struct sending request;
    struct sctl_result *result;
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    server.rude = true;
    request = get(endpoint, "/");
    request.call.method = SCTL_POST;
    request.call.body = (struct sctl_str){body, sizeof body};
    result = fetch(engine, request);
    CHECK_INT(SCTL_E_CONNECT, result->status);
    CHECK_INT(0, result->http_status);
    drop(result);
}

TEST(a_libcurl_that_is_too_old_or_of_wolfssl_is_refused)
{
    struct sctl_err err;
    struct sctl_engine *engine;
    libcurl_version = 0x075700;
    CHECK(sctl_engine_new(1, &err) == NULL);
    CHECK_INT(SCTL_E_SYSTEM, err.status);
    CHECK(strcmp(err.message,
                 "libcurl 7.87.0 is too old; install libcurl 7.88 or newer") == 0);
    libcurl_version = 0;
    libcurl_tls = "wolfSSL/5.7.2";
    CHECK(sctl_engine_new(1, &err) == NULL);
    CHECK(strcmp(err.message, "libcurl is built with wolfSSL/5.7.2; install one with "
                              "OpenSSL or GnuTLS") == 0);
    libcurl_tls = NULL;
    engine = sctl_engine_new(1, &err);
    CHECK(engine != NULL);
    sctl_engine_free(engine);
}

ENGINE_TEST(a_socket_that_cannot_be_watched, 2)
{
    struct sctl_result *result;
    watch_error = ENOSPC;
    result = fetch(engine, get(endpoint, "/"));
    watch_error = 0;
    CHECK_INT(ENOSPC, result->native);
    check_end(result, SCTL_E_SYSTEM, 0, false);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
}

ENGINE_TEST(results_are_those_of_the_process_that_asked, 1)
{
    int status = -1;
    pid_t child;
    (void)submit(engine, get(endpoint, "/"));
    REQUIRE(run_until_done(engine, 1));
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0)
        _exit(sctl_engine_next_done(engine) == NULL ? 0 : 1);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(0, status);
    check_end(next(engine), SCTL_OK, 200, true);
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

CHECK_MAIN(100)
