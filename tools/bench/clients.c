/* HTTP clients that keep their connections, for measuring servers at little cost.
 *
 *   clients PORT PATH CA_FILE|- CLIENTS SECONDS REQUESTS THINK_MS RAMP
 *
 * Each client asks 127.0.0.1:PORT for PATH, waits for the whole answer, thinks (THINK_MS on
 * average, exponentially distributed; 0: not at all) and asks again. They begin one after
 * the other during the first RAMP seconds, in which no answer is counted. It ends after
 * SECONDS more, or after REQUESTS answers if that is not 0 (then all are counted).
 *
 *   clients PORT PATH CA_FILE|- 1 SECONDS 0 -5 RAMP
 *
 * A negative think time makes it a probe: one request each 5 ms. What it could not ask
 * while it waited for an answer counts too, as if it had been asked on time.
 * With CA_FILE it speaks TLS and verifies. Only Content-Length answers are understood.
 * Prints: seconds, CPU seconds, answers counted, answers in all, failures, and the 50th,
 * 90th, 99th percentile and the maximum of the milliseconds an answer took.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

struct connection {
    int fd;
    SSL *ssl;
    double due;  /* when to ask next; 0 while it waits for an answer */
    double sent; /* when it asked */
    char buffer[8192];
    size_t len;
};

struct job {
    char request[512];
    size_t request_len;
    double think; /* seconds */
    bool probe;   /* think is the interval */
    double from;  /* what is asked before is not counted */
    float *times; /* milliseconds */
    size_t counted, room;
    size_t answers, failures;
};

static void die(const char *what)
{
    fprintf(stderr, "clients: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void open_connection(struct connection *it, int port, SSL_CTX *tls)
{
    struct sockaddr_in address;
    int on = 1;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    it->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (it->fd < 0 || connect(it->fd, (struct sockaddr *)&address, sizeof address) != 0)
        die("connect");
    (void)setsockopt(it->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (tls != NULL) {
        it->ssl = SSL_new(tls);
        if (it->ssl == NULL || SSL_set_fd(it->ssl, it->fd) != 1)
            die("SSL_new");
        if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(it->ssl), "127.0.0.1") != 1 ||
            SSL_connect(it->ssl) != 1)
            die("SSL_connect");
    }
    if (fcntl(it->fd, F_SETFL, O_NONBLOCK) != 0)
        die("fcntl");
}

static void ask(struct job *job, struct connection *it, double at)
{
    ssize_t written;
    it->due = 0;
    it->len = 0;
    it->sent = at;
    written = it->ssl != NULL ? SSL_write(it->ssl, job->request, (int)job->request_len)
                              : write(it->fd, job->request, job->request_len);
    if (written != (ssize_t)job->request_len)
        die("write");
}

static void count(struct job *job, double milliseconds)
{
    if (job->counted == job->room) {
        job->room = job->room == 0 ? 65536 : 2 * job->room;
        job->times = realloc(job->times, job->room * sizeof *job->times);
        if (job->times == NULL)
            die("realloc");
    }
    job->times[job->counted++] = (float)milliseconds;
}

/* Bytes of the whole answer, 0 while they are not known. */
static size_t size_of_answer(struct connection *it)
{
    const char *line, *end;
    it->buffer[it->len] = '\0';
    end = strstr(it->buffer, "\r\n\r\n");
    if (end == NULL)
        return 0;
    for (line = it->buffer; line < end; line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, "content-length:", 15) == 0)
            return (size_t)(end + 4 - it->buffer) + strtoul(line + 15, NULL, 10);
    }
    errno = EPROTO;
    die("an answer without Content-Length");
    return 0;
}

/* An answer that came, or has not come yet, at some time. */
static void record(struct job *job, const struct connection *it, double at)
{
    double took = at - it->sent;
    if (at < job->from)
        return;
    count(job, took * 1000);
    while (job->probe && (took -= job->think) > 0)
        count(job, took * 1000);
}

static void finish(struct job *job, struct connection *it)
{
    double at = now();
    job->answers++;
    if (strncmp(it->buffer, "HTTP/1.1 200", 12) != 0 && job->failures++ < 3)
        fprintf(stderr, "clients: %.*s\n", (int)it->len, it->buffer);
    record(job, it, at);
    if (job->probe) {
        it->due = it->sent + job->think * ceil((at - it->sent) / job->think);
    } else {
        it->due = at;
        if (job->think > 0)
            it->due -= job->think * log(1 - drand48());
    }
}

static void receive(struct job *job, struct connection *it)
{
    size_t size;
    do { /* once at least: TLS has something to say before the first answer */
        char *to = it->buffer + it->len;
        size_t room = sizeof it->buffer - 1 - it->len;
        ssize_t got = it->ssl != NULL ? SSL_read(it->ssl, to, (int)room) : read(it->fd, to, room);
        if (got <= 0) {
            if (it->ssl != NULL ? SSL_get_error(it->ssl, (int)got) == SSL_ERROR_WANT_READ
                                : got < 0 && errno == EAGAIN)
                return;
            die("read");
        }
        if (it->due != 0) {
            errno = EPROTO;
            die("an answer to no question");
        }
        it->len += (size_t)got;
        size = size_of_answer(it);
        if (size != 0 && it->len >= size)
            finish(job, it);
    } while (it->due == 0);
}

/* Asks what is due; milliseconds until the next one is. */
static int ask_due(struct job *job, struct connection *connections, size_t clients)
{
    double at = now(), next = at + 0.1;
    size_t i;
    for (i = 0; i < clients; i++) {
        struct connection *it = &connections[i];
        if (it->due != 0 && it->due <= at)
            ask(job, it, now());
        else if (it->due != 0 && it->due < next)
            next = it->due;
    }
    return (int)ceil((next - at) * 1000);
}

static int compare(const void *left, const void *right)
{
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

static void report(struct job *job, double seconds)
{
    struct rusage usage;
    size_t n = job->counted;
    if (n == 0) {
        errno = ENODATA;
        die("no answers");
    }
    (void)getrusage(RUSAGE_SELF, &usage);
    qsort(job->times, n, sizeof *job->times, compare);
    printf("%.6f %.6f %zu %zu %zu %.3f %.3f %.3f %.3f\n", seconds,
           (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
           n, job->answers, job->failures, (double)job->times[n / 2],
           (double)job->times[n * 9 / 10], (double)job->times[n * 99 / 100],
           (double)job->times[n - 1]);
}

static SSL_CTX *make_tls(const char *ca_file)
{
    SSL_CTX *tls;
    if (strcmp(ca_file, "-") == 0)
        return NULL;
    tls = SSL_CTX_new(TLS_client_method());
    if (tls == NULL || SSL_CTX_load_verify_locations(tls, ca_file, NULL) != 1)
        die("CA_FILE");
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
    return tls;
}

int main(int argc, char **argv)
{
    struct job job;
    struct connection *connections;
    struct epoll_event event, events[64];
    double begun, end, at, ramp;
    size_t clients, requests, i;
    int epoll, ready, k;
    SSL_CTX *tls;

    if (argc != 9) {
        fprintf(stderr, "usage: see the comment in clients.c\n");
        return 2;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    memset(&job, 0, sizeof job);
    job.request_len = (size_t)snprintf(job.request, sizeof job.request,
                                       "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", argv[2]);
    job.think = fabs(atof(argv[7])) / 1000;
    job.probe = atof(argv[7]) < 0;
    clients = strtoul(argv[4], NULL, 10);
    requests = strtoul(argv[6], NULL, 10);
    ramp = atof(argv[8]);
    tls = make_tls(argv[3]);
    connections = calloc(clients, sizeof *connections);
    epoll = epoll_create1(0);
    if (clients == 0 || connections == NULL || epoll < 0)
        die("start");
    for (i = 0; i < clients; i++) {
        open_connection(&connections[i], atoi(argv[1]), tls);
        event.events = EPOLLIN;
        event.data.ptr = &connections[i];
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, connections[i].fd, &event) != 0)
            die("epoll_ctl");
    }
    begun = now();
    job.from = requests > 0 ? begun : begun + ramp;
    end = begun + ramp + atof(argv[5]);
    for (i = 0; i < clients; i++)
        connections[i].due = begun + ramp * (double)i / (double)clients;
    for (at = begun; at < end && (requests == 0 || job.answers < requests); at = now()) {
        ready = epoll_wait(epoll, events, 64, ask_due(&job, connections, clients));
        for (k = 0; k < ready; k++)
            receive(&job, events[k].data.ptr);
    }
    if (job.probe && connections[0].due == 0)
        record(&job, &connections[0], at);
    report(&job, at - job.from);
    return job.failures == 0 ? 0 : 1;
}
