/* A server that plays a script on each connection, a thread each: what a hostile or broken network
 * can do and nginx cannot fake. usage: server SCRIPTS STATE
 *
 * SCRIPTS has one item a line; texts know the escape \xHH:
 *   text NAME BYTES
 *   file NAME PATH                     a text that is the contents of a file
 *   script NAME ACTION; ACTION; ...
 *   listen NAME SCRIPT|- [TLS...]      "-": the request names its script, see below
 * TLS: cert=PATH key=PATH and any of max=1.0|1.1|1.2, cut=STEP (the n-th connection gets the first
 * n * STEP bytes of the handshake), after=close|reset|hang (what follows a cut)
 *
 * Actions: read (a whole request), say TEXT, drip TEXT MS (a byte at a time), trickle TEXT MS (one
 * record of TLS, a byte at a time), flood TEXT (until the other side has enough), pause MS,
 * note (counted as a connection), half (no more will be sent), and the ends
 * close, reset and hang. A script that ends without one starts again, on the same connection.
 *
 * A request names its script with "zz-NAME-zz" anywhere in it. STATE gets the ports. On the
 * listener "control" a request is answered with the counts of all scripts; "/reset" clears them. It
 * leaves when its standard input ends.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

#define MOST 1024
#define REQUEST 65536
#define LONGEST 60 /* seconds: nothing goes on for longer */

struct text {
    char name[48];
    char *data;
    size_t len;
};

struct script {
    char name[48];
    char *actions;
    unsigned connections, requests;
};

struct listener {
    char name[48];
    struct script *script; /* NULL: the request names it */
    int fd, port;
    SSL_CTX *tls;
    size_t cut;
    char after[8];
    unsigned accepted;
};

struct connection {
    struct listener *listener;
    int fd;
    SSL *ssl;
    struct script *script;
    unsigned order; /* of the connection, from 1 */
    bool over;
    char request[REQUEST];
};

static struct text texts[MOST];
static struct script scripts[MOST];
static struct listener listeners[MOST];
static int text_count, script_count, listener_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    (void)fputc('\n', stderr);
    _exit(1);
}

static struct text *find_text(const char *name)
{
    int i;
    for (i = 0; i < text_count; i++) {
        if (strcmp(texts[i].name, name) == 0)
            return &texts[i];
    }
    die("no text '%s'", name);
    return NULL;
}

static struct script *find_script(const char *name)
{
    int i;
    for (i = 0; i < script_count; i++) {
        if (strcmp(scripts[i].name, name) == 0)
            return &scripts[i];
    }
    return NULL;
}

/* ---- bytes ---- */

static bool put(struct connection *self, const char *data, size_t len)
{
    while (len > 0 && !self->over) {
        ssize_t sent = self->ssl != NULL
                           ? SSL_write(self->ssl, data, len > 16384 ? 16384 : (int)len)
                           : send(self->fd, data, len, MSG_NOSIGNAL);
        if (sent <= 0) {
            self->over = true;
            break;
        }
        data += sent;
        len -= (size_t)sent;
    }
    return !self->over;
}

static ssize_t get(struct connection *self, char *data, size_t len)
{
    return self->ssl != NULL ? SSL_read(self->ssl, data, (int)len) : recv(self->fd, data, len, 0);
}

/* Waits; ends early when the other side goes. */
static void pause_ms(struct connection *self, long ms)
{
    struct pollfd fd = {self->fd, POLLRDHUP, 0};
    if (poll(&fd, 1, (int)ms) > 0)
        self->over = true;
}

static void hang(struct connection *self)
{
    char junk[4096];
    while (recv(self->fd, junk, sizeof junk, 0) > 0)
        ;
    self->over = true;
}

static void end(struct connection *self, bool reset)
{
    struct linger linger = {1, 0};
    if (reset)
        (void)setsockopt(self->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    self->over = true;
}

/* ---- requests ---- */

static bool whole(const char *request)
{
    const char *blank = strstr(request, "\r\n\r\n");
    const char *line = strcasestr(request, "\r\ncontent-length:");
    size_t body = line != NULL && line < blank ? strtoul(line + 17, NULL, 10) : 0;
    return blank != NULL && strlen(blank + 4) >= body;
}

static void read_request(struct connection *self)
{
    size_t got = 0;
    self->request[0] = '\0';
    while (!whole(self->request)) {
        ssize_t more = get(self, self->request + got, REQUEST - 1 - got);
        if (more <= 0) {
            self->over = true;
            return;
        }
        got += (size_t)more;
        self->request[got] = '\0';
    }
}

/* The script that the request names. */
static void choose(struct connection *self)
{
    char name[48];
    const char *at = strstr(self->request, "zz-");
    if (at == NULL || sscanf(at, "zz-%47[a-z0-9_]-zz", name) != 1 ||
        (self->script = find_script(name)) == NULL) {
        put(self, "HTTP/1.1 404 No script\r\nContent-Length: 0\r\n\r\n", 45);
        end(self, false);
    }
}

/* ---- scripts ---- */

static void count(struct connection *self, bool connection)
{
    (void)pthread_mutex_lock(&lock);
    if (connection)
        self->script->connections++;
    else
        self->script->requests++;
    (void)pthread_mutex_unlock(&lock);
}

/* One record of TLS, a byte of it at a time: nothing is there to be read before its end. */
static void trickle(struct connection *self, const struct text *text, long ms)
{
    BIO *record = BIO_new(BIO_s_mem()), *socket = SSL_get_wbio(self->ssl);
    char *data;
    long i, len;
    if (record == NULL || BIO_up_ref(socket) != 1)
        die("no memory");
    SSL_set0_wbio(self->ssl, record);
    if (SSL_write(self->ssl, text->data, (int)text->len) <= 0)
        self->over = true;
    len = BIO_get_mem_data(record, &data);
    for (i = 0; i < len && !self->over; i++) {
        if (send(self->fd, data + i, 1, MSG_NOSIGNAL) != 1)
            self->over = true;
        pause_ms(self, ms);
    }
    SSL_set0_wbio(self->ssl, socket); /* frees the record */
}

static const char *const ENDS[] = {"close", "reset", "hang"};

static void act(struct connection *self, char *action)
{
    char *rest = action;
    const char *verb = strtok_r(rest, " ", &rest);
    const char *first = strtok_r(rest, " ", &rest);
    const char *second = first != NULL ? strtok_r(rest, " ", &rest) : NULL;
    size_t i;
    if (verb == NULL) {
        return;
    } else if (strcmp(verb, "read") == 0) {
        read_request(self);
    } else if (strcmp(verb, "say") == 0) {
        struct text *text = find_text(first);
        put(self, text->data, text->len);
    } else if (strcmp(verb, "drip") == 0) {
        struct text *text = find_text(first);
        for (i = 0; i < text->len && put(self, text->data + i, 1); i++)
            pause_ms(self, atol(second));
    } else if (strcmp(verb, "trickle") == 0) {
        trickle(self, find_text(first), atol(second));
    } else if (strcmp(verb, "flood") == 0) {
        struct text *text = find_text(first);
        while (put(self, text->data, text->len))
            ;
    } else if (strcmp(verb, "pause") == 0) {
        pause_ms(self, atol(first));
    } else if (strcmp(verb, "note") == 0) {
        count(self, true);
    } else if (strcmp(verb, "half") == 0) {
        (void)shutdown(self->fd, SHUT_WR);
    } else if (strcmp(verb, ENDS[2]) == 0) {
        hang(self);
    } else {
        end(self, strcmp(verb, ENDS[1]) == 0);
    }
}

static void play(struct connection *self)
{
    char *copy = strdup(self->script->actions), *rest = copy, *action;
    while (!self->over && (action = strtok_r(rest, ";", &rest)) != NULL) {
        bool reads = strstr(action, "read") != NULL;
        act(self, action);
        if (reads && !self->over)
            count(self, false);
    }
    free(copy);
}

static void answer_control(struct connection *self)
{
    char *body = NULL, head[96];
    size_t size;
    FILE *out = open_memstream(&body, &size);
    int i;
    (void)pthread_mutex_lock(&lock);
    for (i = 0; i < script_count; i++) {
        (void)fprintf(out, "%s %u %u\n", scripts[i].name, scripts[i].connections,
                      scripts[i].requests);
        if (strstr(self->request, " /reset ") != NULL)
            scripts[i].connections = scripts[i].requests = 0;
    }
    (void)pthread_mutex_unlock(&lock);
    (void)fclose(out);
    (void)snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", size);
    put(self, head, strlen(head));
    put(self, body, size);
    free(body);
}

static void serve(struct connection *self)
{
    bool named = self->listener->script == NULL;
    self->script = self->listener->script;
    if (!named)
        count(self, true);
    while (!self->over) {
        if (named) {
            read_request(self);
            if (self->over)
                return;
            if (strcmp(self->listener->name, "control") == 0) {
                answer_control(self);
                continue;
            }
            choose(self);
            if (!self->over)
                count(self, false);
        }
        if (!self->over)
            play(self);
    }
}

/* ---- TLS ---- */

/* Sends only the first bytes of what the server says in a handshake. */
static void cut_handshake(struct connection *self, size_t allowed)
{
    BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
    SSL *ssl = SSL_new(self->listener->tls);
    char buffer[16384], *data;
    SSL_set_bio(ssl, in, out);
    while (allowed > 0) {
        ssize_t got = recv(self->fd, buffer, sizeof buffer, 0);
        size_t ready;
        if (got <= 0)
            break;
        (void)BIO_write(in, buffer, (int)got);
        (void)SSL_accept(ssl);
        ready = (size_t)BIO_get_mem_data(out, &data);
        if (ready > allowed)
            ready = allowed;
        if (!put(self, data, ready))
            break;
        (void)BIO_reset(out);
        allowed -= ready;
    }
    SSL_free(ssl);
}

/* ---- connections ---- */

static void *talk(void *context)
{
    struct connection *self = context;
    struct listener *listener = self->listener;
    struct timeval limit = {LONGEST, 0};
    int one = 1;
    (void)setsockopt(self->fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    (void)setsockopt(self->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    (void)setsockopt(self->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (listener->cut > 0) {
        self->script = listener->script;
        count(self, true);
        cut_handshake(self, listener->cut * self->order);
        act(self, listener->after);
    } else if (listener->tls != NULL) {
        self->ssl = SSL_new(listener->tls);
        (void)SSL_set_fd(self->ssl, self->fd);
        self->over = SSL_accept(self->ssl) != 1;
    }
    if (!self->over)
        serve(self);
    SSL_free(self->ssl);
    (void)close(self->fd);
    free(self);
    return NULL;
}

static void *accept_all(void *context)
{
    struct listener *self = context;
    pthread_attr_t attributes;
    (void)pthread_attr_init(&attributes);
    (void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    (void)pthread_attr_setstacksize(&attributes, 256u << 10);
    for (;;) {
        struct connection *connection = calloc(1, sizeof *connection);
        pthread_t thread;
        connection->listener = self;
        connection->fd = accept4(self->fd, NULL, NULL, SOCK_CLOEXEC);
        connection->order = ++self->accepted;
        if (connection->fd < 0 || pthread_create(&thread, &attributes, talk, connection) != 0)
            die("accept: %s", strerror(errno));
    }
    return NULL;
}

#include "server_file.h"

int main(int argc, char **argv)
{
    FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
    char *line = NULL, byte;
    size_t size = 0;
    ssize_t len;
    int i;
    if (file == NULL)
        die("usage: server SCRIPTS STATE");
    (void)signal(SIGPIPE, SIG_IGN);
    while ((len = getline(&line, &size, file)) > 0) {
        line[len - 1] = '\0';
        read_item(line);
    }
    (void)fclose(file);
    file = fopen(argv[2], "w");
    if (file == NULL)
        die("cannot write %s", argv[2]);
    for (i = 0; i < listener_count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, accept_all, &listeners[i]) != 0)
            die("no thread");
        (void)fprintf(file, "%s %d\n", listeners[i].name, listeners[i].port);
    }
    (void)fprintf(file, "pid %d\n", (int)getpid());
    (void)fclose(file);
    while (read(0, &byte, 1) > 0)
        ;
    _exit(0);
}
