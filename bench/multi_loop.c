/* The peer of the transfer engine: the loop of libcurl's own documentation, in plain C.
 *
 *   multi_loop URL CA_FILE REQUESTS CONCURRENCY GET|POST [HEADER...]
 *
 * curl_multi_perform and curl_multi_poll over CONCURRENCY easy handles that are used again and
 * again. Each request sets CURLOPT_URL, sends a GET or an empty POST with the same constant
 * headers, reads the whole answer and its status; connections are kept; certificate and host name
 * are verified. Nothing is signed.
 * Prints: seconds, CPU seconds, requests, connections made, failures.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <curl/curl.h>

struct answer {
    char body[4096];
    size_t len;
};

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

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double cpu(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void check(int code, const char *what)
{
    if (code == 0)
        return;
    fprintf(stderr, "multi_loop: %s: error %d\n", what, code);
    exit(1);
}

static CURL *make_easy(struct answer *answer, const char *ca_file, bool post,
                       struct curl_slist *headers)
{
    CURL *easy = curl_easy_init();
    if (easy == NULL)
        check(1, "curl_easy_init");
    check((int)curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file), "CAINFO");
    check((int)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL), "CAPATH");
    check((int)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L), "NOSIGNAL");
    check((int)curl_easy_setopt(easy, CURLOPT_PROXY, ""), "PROXY");
    check((int)curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers), "HTTPHEADER");
    if (post) {
        check((int)curl_easy_setopt(easy, CURLOPT_POST, 1L), "POST");
        check((int)curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L), "POSTFIELDSIZE");
        check((int)curl_easy_setopt(easy, CURLOPT_POSTFIELDS, ""), "POSTFIELDS");
    }
    check((int)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30000L), "TIMEOUT_MS");
    check((int)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body), "WRITEFUNCTION");
    check((int)curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer), "WRITEDATA");
    check((int)curl_easy_setopt(easy, CURLOPT_PRIVATE, answer), "PRIVATE");
    return easy;
}

static void begin(CURLM *multi, CURL *easy, const char *url)
{
    struct answer *answer = NULL;
    check((int)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &answer), "PRIVATE");
    answer->len = 0;
    check((int)curl_easy_setopt(easy, CURLOPT_URL, url), "URL");
    check((int)curl_multi_add_handle(multi, easy), "add_handle");
}

int main(int argc, char **argv)
{
    const char *url = argc > 5 ? argv[1] : NULL;
    long requests = argc > 5 ? atol(argv[3]) : 0;
    long concurrency = argc > 5 ? atol(argv[4]) : 0;
    struct curl_slist *headers = NULL;
    long started = 0, finished = 0, failed = 0, connections = 0, i;
    struct answer *answers;
    CURL **easies;
    CURLM *multi;
    double begun, cpu_begun;

    if (requests < 1 || concurrency < 1 || concurrency > 1000) {
        fprintf(stderr, "usage: multi_loop URL CA_FILE REQUESTS CONCURRENCY GET|POST "
                        "[HEADER...]\n");
        return 2;
    }
    check((int)curl_global_init(CURL_GLOBAL_DEFAULT), "global_init");
    multi = curl_multi_init();
    answers = calloc((size_t)concurrency, sizeof *answers);
    easies = calloc((size_t)concurrency, sizeof *easies);
    if (multi == NULL || answers == NULL || easies == NULL)
        check(1, "memory");
    check((int)curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, concurrency),
          "MAXCONNECTS");

    for (i = 6; i < argc; i++) {
        headers = curl_slist_append(headers, argv[i]);
        if (headers == NULL)
            check(1, "memory");
    }

    begun = now();
    cpu_begun = cpu();
    for (i = 0; i < concurrency; i++)
        easies[i] =
            make_easy(&answers[i], argv[2], strcmp(argv[5], "POST") == 0, headers);
    for (i = 0; i < concurrency && started < requests; i++, started++)
        begin(multi, easies[i], url);
    while (finished < requests) {
        CURLMsg *message;
        int running, left;
        check((int)curl_multi_perform(multi, &running), "perform");
        while ((message = curl_multi_info_read(multi, &left)) != NULL) {
            CURL *easy = message->easy_handle;
            CURLcode code = message->data.result;
            long status = 0, made = 0;
            if (message->msg != CURLMSG_DONE)
                continue;
            check((int)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status),
                  "status");
            check((int)curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &made), "connects");
            connections += made;
            failed += code != CURLE_OK || status != 200;
            finished++;
            check((int)curl_multi_remove_handle(multi, easy), "remove_handle");
            if (started < requests) {
                started++;
                begin(multi, easy, url);
            }
        }
        if (finished < requests)
            check((int)curl_multi_poll(multi, NULL, 0, 1000, NULL), "poll");
    }
    printf("%.6f %.6f %ld %ld %ld\n", now() - begun, cpu() - cpu_begun, finished,
           connections, failed);
    for (i = 0; i < concurrency; i++)
        curl_easy_cleanup(easies[i]);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    free(easies);
    free(answers);
    curl_global_cleanup();
    return failed == 0 ? 0 : 1;
}
