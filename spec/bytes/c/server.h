/* An HTTP server in the same thread as the engine, so that a test decides what happens when:
 * nothing is read, answered or closed but by server_pump and server_answer. It allocates
 * nothing. */
#pragma once

#include "check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>

#include "send/engine.h"

#define SERVER_CONNECTIONS 32
#define SERVER_REQUEST (2u << 20) /* bytes of the largest request */

enum server_end {
    SERVER_KEEP,
    SERVER_CLOSE,
    SERVER_RESET, /* close with a TCP reset */
};

struct server_answer {
    struct sctl_str text;
    enum server_end end;
};

#define ANSWER(literal, ending) ((struct server_answer){SCTL_STR(literal), (ending)})
#define ANSWER_OK ANSWER("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", SERVER_KEEP)

struct server_connection {
    int fd; /* -1: free */
    size_t got;
    bool asked;          /* a whole request waits for its answer */
    struct sctl_str out; /* what is still to be sent */
    enum server_end end;
    char in[SERVER_REQUEST];
};

struct server {
    int listener;
    int port;
    char url[64];
    bool hold;   /* answers nothing by itself */
    bool greedy; /* any bytes are a whole request */
    bool rude;   /* resets a connection before it reads anything */
    struct server_answer answer;
    /* when the answer depends on the request; NULL: `answer` */
    struct server_answer (*route)(struct sctl_str request);
    int accepted, asked;  /* connections, whole requests */
    int open, most_open;  /* requests without an answer */
    char targets[8192];   /* of the requests in order, each followed by a space */
    struct sctl_str last; /* the last request; valid until its answer */
    struct server_connection connections[SERVER_CONNECTIONS];
};

/* A socket bound to a free port of the loopback. */
UNUSED static int server_bind(int *port)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        perror("bind");
        exit(1);
    }
    *port = ntohs(address.sin_port);
    return fd;
}

static void server_listen(struct server *server)
{
    if (listen(server->listener, 128) != 0 || fcntl(server->listener, F_SETFL, O_NONBLOCK) != 0) {
        perror("listen");
        exit(1);
    }
}

UNUSED static void server_start(struct server *server)
{
    int i;
    for (i = 0; i < SERVER_CONNECTIONS; i++)
        server->connections[i].fd = -1;
    server->hold = server->greedy = server->rude = false;
    server->route = NULL;
    server->answer = ANSWER_OK;
    server->accepted = server->asked = server->open = server->most_open = 0;
    server->targets[0] = '\0';
    server->last = SCTL_STR("");
    server->listener = server_bind(&server->port);
    (void)snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d", server->port);
    server_listen(server);
}

static void server_hang_up(struct server *server, struct server_connection *connection, bool reset)
{
    if (reset) {
        struct linger linger = {1, 0};
        (void)setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    if (connection->asked)
        server->open--;
    (void)close(connection->fd);
    connection->fd = -1;
}

UNUSED static void server_stop(struct server *server)
{
    int i;
    for (i = 0; i < SERVER_CONNECTIONS; i++) {
        if (server->connections[i].fd >= 0)
            server_hang_up(server, &server->connections[i], false);
    }
    (void)close(server->listener);
}

/* How many connections there are. */
UNUSED static int server_connected(const struct server *server)
{
    int i, count = 0;
    for (i = 0; i < SERVER_CONNECTIONS; i++)
        count += server->connections[i].fd >= 0;
    return count;
}

static void server_send(struct server *server, struct server_connection *connection)
{
    while (connection->out.len > 0) {
        ssize_t sent = send(connection->fd, connection->out.data, connection->out.len,
                            MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent < 0) {
            server_hang_up(server, connection, false);
            return;
        }
        connection->out.data += sent;
        connection->out.len -= (size_t)sent;
    }
    if (connection->end != SERVER_KEEP)
        server_hang_up(server, connection, connection->end == SERVER_RESET);
}

/* Answers the request that waits on a connection. */
UNUSED static void server_answer(struct server *server, struct server_connection *connection,
                                 struct server_answer answer)
{
    connection->asked = false;
    connection->got = 0;
    server->open--;
    connection->out = answer.text;
    connection->end = answer.end;
    server_send(server, connection);
}

/* The request line's second word. */
static struct sctl_str server_target(struct sctl_str request)
{
    struct sctl_str target = {request.data, 0};
    size_t i = 0;
    while (i < request.len && request.data[i] != ' ')
        i++;
    target.data += ++i;
    while (i < request.len && request.data[i] != ' ')
        i++, target.len++;
    return target;
}

/* The connection on which the request for `target` waits, or NULL. */
UNUSED static struct server_connection *server_find(struct server *server, const char *target)
{
    int i;
    for (i = 0; i < SERVER_CONNECTIONS; i++) {
        struct server_connection *connection = &server->connections[i];
        if (connection->fd >= 0 && connection->asked) {
            struct sctl_str found =
                server_target((struct sctl_str){connection->in, connection->got});
            if (found.len == strlen(target) && memcmp(found.data, target, found.len) == 0)
                return connection;
        }
    }
    return NULL;
}

/* Whether `in` holds a whole request: the headers, and as much body as they announce. */
static bool server_whole(const struct server_connection *connection)
{
    const char *end = memmem(connection->in, connection->got, "\r\n\r\n", 4);
    const char *line;
    size_t body = 0;
    if (end == NULL)
        return false;
    for (line = connection->in; line < end; line = strchr(line, '\n') + 1) {
        if (strncasecmp(line, "content-length:", 15) == 0)
            body = strtoul(line + 15, NULL, 10);
    }
    return connection->got >= (size_t)(end + 4 - connection->in) + body;
}

static void server_read(struct server *server, struct server_connection *connection)
{
    for (;;) {
        ssize_t got = recv(connection->fd, connection->in + connection->got,
                           SERVER_REQUEST - connection->got, MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            break;
        if (got <= 0) {
            server_hang_up(server, connection, false);
            return;
        }
        connection->got += (size_t)got;
    }
    if (connection->asked || connection->got == 0 || !(server->greedy || server_whole(connection)))
        return;
    connection->asked = true;
    server->asked++;
    if (++server->open > server->most_open)
        server->most_open = server->open;
    server->last = (struct sctl_str){connection->in, connection->got};
    {
        struct sctl_str target = server_target(server->last);
        size_t used = strlen(server->targets);
        if (!server->greedy && used + target.len + 2 <= sizeof server->targets)
            (void)snprintf(server->targets + used, sizeof server->targets - used, "%.*s ",
                           (int)target.len, target.data);
    }
}

static void server_accept(struct server *server)
{
    int fd, i;
    while ((fd = accept(server->listener, NULL, NULL)) >= 0) {
        for (i = 0; server->connections[i].fd >= 0; i++) {
            if (i == SERVER_CONNECTIONS - 1) {
                fprintf(stderr, "too many connections\n");
                exit(1);
            }
        }
        server->accepted++;
        server->connections[i].fd = fd;
        server->connections[i].got = 0;
        server->connections[i].asked = false;
        server->connections[i].out.len = 0;
        server->connections[i].end = SERVER_KEEP;
        if (server->rude)
            server_hang_up(server, &server->connections[i], true);
    }
}

/* Does what can be done without waiting. */
UNUSED static void server_pump(struct server *server)
{
    int i;
    server_accept(server);
    /* first all are read, so that `most_open` sees what is open at a time */
    for (i = 0; i < SERVER_CONNECTIONS; i++) {
        if (server->connections[i].fd >= 0)
            server_read(server, &server->connections[i]);
    }
    for (i = 0; i < SERVER_CONNECTIONS; i++) {
        struct server_connection *connection = &server->connections[i];
        if (connection->fd >= 0 && connection->out.len > 0)
            server_send(server, connection);
        else if (connection->fd >= 0 && connection->asked && !server->hold)
            server_answer(server, connection,
                          server->route != NULL
                              ? server->route((struct sctl_str){connection->in, connection->got})
                              : server->answer);
    }
}

/* Sleeps until the engine or the server has something to do, at most `ms`. */
UNUSED static void server_sleep(const struct server *server, const struct sctl_engine *engine,
                                int ms)
{
    struct pollfd fds[SERVER_CONNECTIONS + 2];
    nfds_t count = 0;
    double due = sctl_engine_timeout(engine);
    int i;
    fds[count++] = (struct pollfd){sctl_engine_pollfd(engine), POLLIN, 0};
    fds[count++] = (struct pollfd){server->listener, POLLIN, 0};
    for (i = 0; i < SERVER_CONNECTIONS; i++) {
        const struct server_connection *connection = &server->connections[i];
        if (connection->fd >= 0 && !connection->asked)
            fds[count++] =
                (struct pollfd){connection->fd, connection->out.len > 0 ? POLLOUT : POLLIN, 0};
    }
    if (due >= 0 && due * 1000 < ms)
        ms = (int)(due * 1000) + 1;
    if (due == 0)
        ms = 0;
    (void)poll(fds, count, ms);
}
