/* The engine in its host's process: forks, signals, memory. */
#include "engine_help.h"

#include <dlfcn.h>

/* The engine is to find these and not those of the libraries. */
#pragma GCC visibility push(default)
curl_version_info_data *curl_version_info(CURLversion age);
#pragma GCC visibility pop

static unsigned libcurl_version; /* 0: that of the machine */
static const char *libcurl_tls;  /* NULL: likewise */
static int libcurl_lacks;        /* features */

curl_version_info_data *curl_version_info(CURLversion age)
{
    static curl_version_info_data info;
    curl_version_info_data *(*real)(CURLversion);
    *(void **)&real = dlsym(RTLD_NEXT, "curl_version_info");
    info = *real(age);
    info.features &= ~libcurl_lacks;
    if (libcurl_tls != NULL)
        info.ssl_version = libcurl_tls;
    if (libcurl_version != 0) {
        info.version_num = libcurl_version;
        info.version = "7.87.0";
    }
    return &info;
}

ENGINE_TEST(a_child_that_holds_a_connection_open_keeps_nobody_awake, 1)
{
    int status;
    pid_t child;
    check_works(engine, endpoint);
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        (void)close(server.connections[0].fd); /* our end only */
        for (;;)
            (void)pause();
    }
    server.answer =
        ANSWER("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", SERVER_CLOSE);
    check_works(engine, endpoint);
    CHECK_INT(1, server.accepted);
    step(engine);
    CHECK(!is_readable(engine, 50));
    (void)kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
}

/* It cannot, and one of its own works. */
static bool is_of_another_process(struct sctl_engine *engine, struct sending request, uint64_t id)
{
    struct sctl_err err;
    uint64_t none = 0;
    bool all = try_submit(engine, &request, &none, &err) == SCTL_E_FORKED &&
               err.status == SCTL_E_FORKED && sctl_engine_wait(engine, 0, &err) == SCTL_E_FORKED &&
               sctl_engine_wait(engine, 100, &err) == SCTL_E_FORKED &&
               !sctl_engine_cancel(engine, id) && sctl_engine_next_done(engine) == NULL;
    sctl_engine_close(engine);
    sctl_engine_free(engine);
    engine = sctl_engine_new(1, &err);
    all = all && engine != NULL;
    sctl_engine_free(engine);
    return all;
}

ENGINE_TEST(a_child_cannot_use_the_engine, 2)
{
    struct sending request = get(endpoint, "/");
    uint64_t id;
    int i;
    server.hold = true;
    id = submit(engine, request);
    (void)submit(engine, request);
    (void)submit(engine, request);
    REQUIRE(run_until_asked(engine, 2));
    CHECK_IN_CHILD(is_of_another_process(engine, request, id));
    server.hold = false;
    REQUIRE(run_until_done(engine, 3));
    for (i = 0; i < 3; i++)
        check_end(next(engine), SCTL_OK, 200, true);
    CHECK_INT(2, server.accepted);
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

TEST(a_libcurl_that_the_engine_cannot_use_is_refused)
{
    struct sctl_err err;
    struct sctl_engine *engine;
    libcurl_version = 0x075700;
    CHECK(sctl_engine_new(1, &err) == NULL);
    CHECK_INT(SCTL_E_SYSTEM, err.status);
    CHECK(strcmp(err.message, "libcurl 7.87.0 is too old; install libcurl 7.88 or newer") == 0);
    libcurl_version = 0;
    libcurl_tls = "wolfSSL/5.7.2";
    CHECK(sctl_engine_new(1, &err) == NULL);
    CHECK(strcmp(err.message, "libcurl is built with wolfSSL/5.7.2; install one with "
                              "OpenSSL or GnuTLS") == 0);
    libcurl_tls = NULL;
    libcurl_lacks = CURL_VERSION_ASYNCHDNS;
    CHECK(sctl_engine_new(1, &err) == NULL);
    CHECK(strstr(err.message, " waits for name servers; install one with asynchronous DNS (the "
                              "threaded resolver or c-ares)") != NULL);
    libcurl_lacks = 0;
    engine = sctl_engine_new(1, &err);
    CHECK(engine != NULL);
    sctl_engine_free(engine);
}

#ifdef __linux__
#include <sys/epoll.h>
#include <sys/syscall.h>

#pragma GCC visibility push(default)
int epoll_ctl(int set, int operation, int fd, struct epoll_event *event);
#pragma GCC visibility pop

static int watch_error; /* what becomes of new sockets; 0: they are watched */

int epoll_ctl(int set, int operation, int fd, struct epoll_event *event)
{
    if (operation == EPOLL_CTL_ADD && watch_error != 0) {
        errno = watch_error;
        return -1;
    }
    return (int)syscall(SYS_epoll_ctl, set, operation, fd, event);
}

ENGINE_TEST(a_socket_that_cannot_be_watched, 2)
{
    struct sctl_result *result;
    watch_error = ENOSPC;
    result = fetch(engine, get(endpoint, "/"));
    watch_error = 0;
    CHECK_INT(ENOSPC, result->native);
    check_end(result, SCTL_E_SYSTEM, 0, false);
    check_works(engine, endpoint);
}

#endif

static void fetch_once(struct sctl_engine *engine, struct sctl_endpoint *endpoint)
{
    check_works(engine, endpoint);
}

TEST(nothing_is_left_behind)
{
    long live = memory.live;
    int fd = free_descriptor();
    run_engine_test(4, fetch_once);
    CHECK_INT(live, memory.live);
    CHECK_INT(fd, free_descriptor());
}

CHECK_MAIN(100)
