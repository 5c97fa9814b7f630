#include "sockets.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "endpoint.h"

void sctl_sockets_init(struct sctl_sockets *self, const struct sctl_poller *poller)
{
    memset(self, 0, sizeof *self);
    self->poller = poller;
    self->kept = -1;
}

void sctl_sockets_clear(struct sctl_sockets *self)
{
    sctl_free(self->all);
    sctl_sockets_init(self, self->poller);
}

/* NULL: not the socket of a connection (libcurl's resolver has some), or there was no memory. */
static struct sctl_socket *find(const struct sctl_sockets *self, int fd)
{
    return fd >= 0 && (size_t)fd < self->size && self->all[fd].open ? &self->all[fd] : NULL;
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

static void unchain(struct sctl_sockets *self, int fd)
{
    int *at = &self->kept;
    if (self->all[fd].port == 0)
        return;
    while (*at != fd)
        at = &self->all[*at].next;
    *at = self->all[fd].next;
    self->all[fd].port = 0;
}

void sctl_sockets_opened(struct sctl_sockets *self, int fd)
{
    if (!grow(self, fd))
        return;
    unchain(self, fd);
    self->all[fd] = (struct sctl_socket){.open = true};
}

void sctl_sockets_closing(struct sctl_sockets *self, int fd)
{
    struct sctl_socket *socket = find(self, fd);
    if (socket == NULL)
        return;
    /* the kernel does not forget it while a fork holds it open */
    if (socket->watched != 0)
        (void)sctl_poller_watch(self->poller, fd, 0);
    unchain(self, fd);
    socket->open = false;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)context;
    (void)purpose;
    return sctl_move_up(socket(address->family, address->socktype, address->protocol));
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
    CURLcode code = CURLE_OK;
    SCTL_SETOPT(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SCTL_SETOPT(CURLOPT_SOCKOPTFUNCTION, on_open);
    SCTL_SETOPT(CURLOPT_SOCKOPTDATA, self);
    SCTL_SETOPT(CURLOPT_CLOSESOCKETFUNCTION, on_close);
    SCTL_SETOPT(CURLOPT_CLOSESOCKETDATA, self);
    return code;
}

bool sctl_sockets_want(struct sctl_sockets *self, int fd, unsigned events)
{
    struct sctl_socket *socket = find(self, fd);
    if (socket == NULL)
        return sctl_poller_watch(self->poller, fd, events);
    socket->wanted = (uint8_t)events;
    /* one that has no port yet may be closed without a word, when its connection fails */
    if (events == socket->watched ||
        (events == 0 && socket->watched == SCTL_READ && socket->port != 0))
        return true;
    if (!sctl_poller_watch(self->poller, fd, events))
        return false;
    socket->watched = (uint8_t)events;
    return true;
}

int sctl_sockets_drop_unwanted(struct sctl_sockets *self, struct sctl_ready *ready, int count)
{
    int i, left = 0;
    for (i = 0; i < count; i++) {
        struct sctl_socket *socket = find(self, ready[i].fd);
        if (socket == NULL || socket->wanted != 0) {
            ready[left++] = ready[i];
            continue;
        }
        (void)sctl_poller_watch(self->poller, ready[i].fd, 0);
        socket->watched = 0;
    }
    return left;
}

void sctl_sockets_keep(struct sctl_sockets *self, int local_port, int fd)
{
    if (find(self, fd) == NULL)
        return;
    unchain(self, fd);
    if (local_port == 0)
        return;
    self->all[fd].port = (uint16_t)local_port;
    self->all[fd].next = self->kept;
    self->kept = fd;
}

bool sctl_sockets_is_new(const struct sctl_sockets *self, int fd)
{
    const struct sctl_socket *socket = find(self, fd);
    return socket != NULL && socket->port == 0;
}

bool sctl_sockets_unclean(const struct sctl_sockets *self, int local_port)
{
    char byte;
    int fd;
    for (fd = self->kept; fd >= 0; fd = self->all[fd].next) {
        if (self->all[fd].port == local_port && recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0)
            return true;
    }
    return false;
}
