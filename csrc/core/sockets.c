#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sockets.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"

void sctl_sockets_init(struct sctl_sockets *self, const struct sctl_poller *poller)
{
    memset(self, 0, sizeof *self);
    memset(self->kept, 0xff, sizeof self->kept); /* SCTL_NO_SOCKET */
    self->poller = poller;
}

void sctl_sockets_clear(struct sctl_sockets *self)
{
    sctl_free(self->all);
    self->all = NULL;
    self->size = 0;
}

/* NULL: not the socket of a connection (libcurl's resolver has some), or there was no memory. */
static struct sctl_socket *find(const struct sctl_sockets *self, int fd)
{
    return fd >= 0 && (size_t)fd < self->size && self->all[fd].open ? &self->all[fd]
                                                                    : NULL;
}

static bool grow(struct sctl_sockets *self, int fd)
{
    size_t size = self->size > 0 ? self->size : 32;
    struct sctl_socket *all;
    if (fd < 0 || (size_t)fd < self->size)
        return fd >= 0;
    while (size <= (size_t)fd)
        size *= 2;
    all = sctl_realloc(self->all, size * sizeof *all);
    if (all == NULL)
        return false;
    memset(all + self->size, 0, (size - self->size) * sizeof *all);
    self->all = all;
    self->size = size;
    return true;
}

void sctl_sockets_opened(struct sctl_sockets *self, int fd)
{
    if (grow(self, fd))
        self->all[fd] = (struct sctl_socket){.open = true};
}

/* The only socket that is kept under the port, if there is one. */
static int look_for(const struct sctl_sockets *self, unsigned port)
{
    int found = SCTL_NO_SOCKET;
    size_t fd;
    for (fd = 0; fd < self->size; fd++) {
        if (self->all[fd].open && self->all[fd].port == port)
            found = found == SCTL_NO_SOCKET ? (int)fd : SCTL_SOME_SOCKET;
    }
    return found;
}

void sctl_sockets_closing(struct sctl_sockets *self, int fd)
{
    struct sctl_socket *socket = find(self, fd);
    if (socket == NULL)
        return;
    /* the kernel does not forget it while a fork holds it open */
    if (socket->watched != 0)
        sctl_poller_watch(self->poller, fd, 0);
    socket->open = false;
    if (self->kept[socket->port] == fd)
        self->kept[socket->port] = SCTL_NO_SOCKET;
    else if (socket->port != 0 && self->kept[socket->port] == SCTL_SOME_SOCKET)
        self->kept[socket->port] = look_for(self, socket->port);
}

static int on_open(void *context, curl_socket_t fd, curlsocktype purpose)
{
    (void)purpose;
    /* programs that the process starts must not hold our connections open */
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    sctl_sockets_opened(context, (int)fd);
    return CURL_SOCKOPT_OK;
}

static int on_close(void *context, curl_socket_t fd)
{
    sctl_sockets_closing(context, (int)fd);
    return close((int)fd);
}

CURLcode sctl_sockets_attach(struct sctl_sockets *self, CURL *easy)
{
    CURLcode code = curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, self);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, self);
    return code;
}

void sctl_sockets_want(struct sctl_sockets *self, int fd, unsigned events)
{
    struct sctl_socket *socket = find(self, fd);
    if (socket == NULL) {
        sctl_poller_watch(self->poller, fd, events);
        return;
    }
    socket->wanted = (uint8_t)events;
    /* one that has no port yet may be closed without a word, when its connection fails */
    if (events == socket->watched ||
        (events == 0 && socket->watched == SCTL_READ && socket->port != 0))
        return;
    sctl_poller_watch(self->poller, fd, events);
    socket->watched = (uint8_t)events;
}

bool sctl_sockets_is_new(const struct sctl_sockets *self, int fd)
{
    const struct sctl_socket *socket = find(self, fd);
    return socket != NULL && socket->port == 0;
}

int sctl_sockets_sift(struct sctl_sockets *self, struct sctl_ready *ready, int count)
{
    int i, left = 0;
    for (i = 0; i < count; i++) {
        struct sctl_socket *socket = find(self, ready[i].fd);
        if (socket == NULL || socket->wanted != 0) {
            ready[left++] = ready[i];
            continue;
        }
        sctl_poller_watch(self->poller, ready[i].fd, 0);
        socket->watched = 0;
    }
    return left;
}

void sctl_sockets_keep(struct sctl_sockets *self, int local_port, int fd)
{
    struct sctl_socket *socket = find(self, fd);
    unsigned port = (unsigned)local_port % SCTL_PORTS;
    int *kept = &self->kept[port];
    if (socket == NULL)
        return; /* it is not told when that is closed */
    socket->port = (uint16_t)port;
    *kept = *kept == SCTL_NO_SOCKET || *kept == fd ? fd : SCTL_SOME_SOCKET;
}
