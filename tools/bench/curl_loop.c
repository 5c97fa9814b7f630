/* What libcurl's multi interface gives to a C program: the peer of sending.
 *
 *   curl_loop plain|tuned BASE TARGET CA_FILE|- REQUESTS CONCURRENCY RATE GET|POST [HEADER...]
 *
 * plain: the loop of libcurl's documentation, curl_multi_perform and curl_multi_poll, with
 * CURLOPT_URL set for each request.
 * tuned: curl_multi_socket_action driven by epoll, the URL parsed once, and only
 * CURLOPT_REQUEST_TARGET set for each request.
 *
 * Both use CONCURRENCY easy handles again and again, send a GET or an empty POST with the same
 * constant headers, read the whole answer and its status, keep connections and verify
 * certificate and host name (CA_FILE "-": by the authorities that libcurl trusts by itself).
 * Nothing is signed. RATE: requests begun per second, evenly; 0: as many as go. When there is
 * more than one request, the connections are made by some before the clock runs.
 * Prints: seconds, CPU seconds, requests, failures.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include <curl/curl.h>

struct answer {
    char body[4096];
    size_t len;
};

struct loop {
    bool tuned;
    CURLM *multi;
    int epoll;       /* tuned only */
    double timer;    /* tuned only: when libcurl wants to be called, 0 for never */
    const char *url; /* plain: base and target; tuned: base */
    const char *target;
    long requests, started, finished, failed;
    double begun, rate;
};

static double read_clock(clockid_t id)
{
    struct timespec time;
    (void)clock_gettime(id, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static void check(int code, const char *what)
{
    if (code == 0)
        return;
    fprintf(stderr, "curl_loop: %s: error %d\n", what, code);
    exit(1);
}

#define SET(easy, option, value)                                                                   \
    check((int)curl_easy_setopt(easy, CURLOPT_##option, value), #option)

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    size_t len = size * count;
    if (len > sizeof answer->body - answer->len)
        return 0;
    memcpy(answer->body + answer->len, data, len);
    answer->len += len;
    return len;
}

static CURL *make_easy(const struct loop *loop, struct answer *answer, const char *ca_file,
                       bool post, struct curl_slist *headers)
{
    CURL *easy = curl_easy_init();
    if (easy == NULL)
        check(1, "curl_easy_init");
    SET(easy, URL, loop->url);
    if (strcmp(ca_file, "-") != 0) {
        SET(easy, CAINFO, ca_file);
        SET(easy, CAPATH, NULL);
    }
    SET(easy, NOSIGNAL, 1L);
    SET(easy, PROXY, "");
    SET(easy, HTTPHEADER, headers);
    if (post) {
        SET(easy, POST, 1L);
        SET(easy, POSTFIELDSIZE, 0L);
        SET(easy, POSTFIELDS, "");
    }
    SET(easy, TIMEOUT_MS, 60000L);
    SET(easy, CONNECTTIMEOUT_MS, 60000L);
    SET(easy, WRITEFUNCTION, on_body);
    SET(easy, WRITEDATA, answer);
    SET(easy, PRIVATE, answer);
    return easy;
}

static void begin(struct loop *loop, CURL *easy)
{
    struct answer *answer = NULL;
    check((int)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &answer), "PRIVATE");
    answer->len = 0;
    if (loop->tuned)
        SET(easy, REQUEST_TARGET, loop->target);
    else
        SET(easy, URL, loop->url);
    check((int)curl_multi_add_handle(loop->multi, easy), "add_handle");
    loop->started++;
}

/* Takes a finished request from libcurl: its handle, or NULL when there is none. */
static CURL *finish_one(struct loop *loop)
{
    int left;
    CURLMsg *message = curl_multi_info_read(loop->multi, &left);
    CURL *easy;
    long status = 0;
    if (message == NULL)
        return NULL;
    easy = message->easy_handle;
    loop->failed += message->data.result != CURLE_OK;
    check((int)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status), "status");
    loop->failed += status != 200;
    loop->finished++;
    check((int)curl_multi_remove_handle(loop->multi, easy), "remove_handle");
    return easy;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *known)
{
    struct loop *loop = context;
    struct epoll_event event;
    (void)easy;
    memset(&event, 0, sizeof event);
    event.data.fd = fd;
    if (what == CURL_POLL_REMOVE) {
        (void)epoll_ctl(loop->epoll, EPOLL_CTL_DEL, fd, &event);
        return 0;
    }
    event.events = ((what & CURL_POLL_IN) != 0 ? (unsigned)EPOLLIN : 0U) |
                   ((what & CURL_POLL_OUT) != 0 ? (unsigned)EPOLLOUT : 0U);
    check(epoll_ctl(loop->epoll, known != NULL ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event),
          "epoll_ctl");
    check((int)curl_multi_assign(loop->multi, fd, loop), "assign");
    return 0;
}

static int on_timer(CURLM *multi, long milliseconds, void *context)
{
    struct loop *loop = context;
    (void)multi;
    loop->timer = milliseconds < 0 ? 0 : now() + (double)milliseconds / 1e3;
    return 0;
}

static void step_tuned(struct loop *loop, int wait)
{
    struct epoll_event events[64];
    int ready, i, running;
    if (loop->timer > 0) {
        double left = (loop->timer - now()) * 1e3;
        if (left < wait)
            wait = left <= 0 ? 0 : (int)left + 1;
    }
    ready = epoll_wait(loop->epoll, events, 64, wait);
    for (i = 0; i < ready; i++) {
        int mask = ((events[i].events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                   ((events[i].events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                   ((events[i].events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
        check((int)curl_multi_socket_action(loop->multi, events[i].data.fd, mask, &running),
              "socket_action");
    }
    if (loop->timer > 0 && now() >= loop->timer) {
        loop->timer = 0;
        check((int)curl_multi_socket_action(loop->multi, CURL_SOCKET_TIMEOUT, 0, &running),
              "socket_action");
    }
}

static void step(struct loop *loop, int wait)
{
    int running;
    if (loop->tuned) {
        step_tuned(loop, wait);
        return;
    }
    check((int)curl_multi_poll(loop->multi, NULL, 0, wait, NULL), "poll");
    check((int)curl_multi_perform(loop->multi, &running), "perform");
}

static void prepare(struct loop *loop, long concurrency)
{
    loop->multi = curl_multi_init();
    if (loop->multi == NULL)
        check(1, "curl_multi_init");
    check((int)curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, concurrency), "MAXCONNECTS");
    if (!loop->tuned)
        return;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    check(loop->epoll < 0, "epoll_create1");
    check((int)curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, on_socket),
          "SOCKETFUNCTION");
    check((int)curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop), "SOCKETDATA");
    check((int)curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, on_timer), "TIMERFUNCTION");
    check((int)curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop), "TIMERDATA");
}

/* Milliseconds until the next request may begin; 0 when it may, 1000 when none is left. */
static int until_next(const struct loop *loop)
{
    double left;
    if (loop->started == loop->requests)
        return 1000;
    if (loop->rate <= 0)
        return 0;
    left = loop->begun + (double)loop->started / loop->rate - now();
    return left <= 0 ? 0 : (int)(left * 1e3) + 1;
}

static void run(struct loop *loop, CURL **idle, long idle_count, long requests)
{
    loop->requests = requests;
    loop->started = loop->finished = 0;
    loop->begun = now();
    while (loop->finished < loop->requests) {
        int wait = 1000;
        CURL *easy;
        while (idle_count > 0 && (wait = until_next(loop)) == 0)
            begin(loop, idle[--idle_count]);
        step(loop, idle_count > 0 ? wait : 1000);
        while ((easy = finish_one(loop)) != NULL)
            idle[idle_count++] = easy;
    }
}

int main(int argc, char **argv)
{
    struct loop loop = {0};
    struct curl_slist *headers = NULL;
    struct answer *answers;
    CURL **easies;
    long concurrency = argc > 8 ? atol(argv[6]) : 0;
    double rate, cpu_begun;
    char url[4096];
    long requests, i;

    if (concurrency < 1 || concurrency > 1000) {
        fprintf(stderr, "usage: see the comment in curl_loop.c\n");
        return 2;
    }
    loop.tuned = strcmp(argv[1], "tuned") == 0;
    (void)snprintf(url, sizeof url, "%s%s", argv[2], loop.tuned ? "" : argv[3]);
    loop.url = url;
    loop.target = argv[3];
    requests = atol(argv[5]);
    rate = atof(argv[7]);
    check((int)curl_global_init(CURL_GLOBAL_DEFAULT), "global_init");
    for (i = 9; i < argc; i++) {
        struct curl_slist *longer = curl_slist_append(headers, argv[i]);
        check(longer == NULL, "memory");
        headers = longer;
    }
    answers = calloc((size_t)concurrency, sizeof *answers);
    easies = calloc((size_t)concurrency, sizeof *easies);
    check(answers == NULL || easies == NULL, "memory");
    prepare(&loop, concurrency);
    for (i = 0; i < concurrency; i++)
        easies[i] = make_easy(&loop, &answers[i], argv[4], strcmp(argv[8], "POST") == 0, headers);
    if (requests > 1)
        run(&loop, easies, concurrency, rate > 0 ? 1 : 200);
    loop.rate = rate;
    cpu_begun = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    run(&loop, easies, concurrency, requests);
    printf("%.6f %.6f %ld %ld\n", now() - loop.begun,
           read_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu_begun, loop.finished, loop.failed);
    (void)fflush(stdout); /* measure.c takes this for the end of the last answer */
    for (i = 0; i < concurrency; i++)
        curl_easy_cleanup(easies[i]);
    curl_multi_cleanup(loop.multi);
    curl_slist_free_all(headers);
    free(easies);
    free(answers);
    curl_global_cleanup();
    return loop.failed == 0 ? 0 : 1;
}
