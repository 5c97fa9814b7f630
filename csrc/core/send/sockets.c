#include "sockets.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "endpoint.h"

void sctl_sockets_init(struct sctl_sockets *self, const struct sctl_poller *poller)
{
    memset(self, 0, sizeof *self);
    self->poller = poller;
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
    if (fd < 0 || (size_t)fd < self->size)
        return fd >= 0;
    while (size <= (size_t)fd)
        size *= 2;
    struct sctl_socket *all = sctl_realloc(self->all, size * sizeof *all);
    if (all == NULL)
        return false;
    memset(all + self->size, 0, (size - self->size) * sizeof *all);
    self->all = all;
    self->size = size;
    return true;
}

void sctl_sockets_opened(struct sctl_sockets *self, int fd)
{
    if (!grow(self, fd))
        return;
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
    self->lost = self->lost || socket->owner != NULL;
    socket->open = false;
    socket->owner = NULL;
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
    if (events == socket->watched)
        return true;
    if (!sctl_poller_watch(self->poller, fd, events))
        return false;
    socket->watched = (uint8_t)events;
    return true;
}

bool sctl_sockets_own(struct sctl_sockets *self, int fd, struct sctl_transfer *owner,
                      unsigned events)
{
    struct sctl_socket *socket = find(self, fd);
    if (socket == NULL) {
        errno = ENOMEM;
        return false;
    }
    socket->owner = owner;
    return sctl_sockets_want(self, fd, events);
}

void sctl_sockets_leave(struct sctl_sockets *self, int fd, const struct sctl_transfer *owner)
{
    struct sctl_socket *socket = find(self, fd);
    if (socket != NULL && socket->owner == owner)
        socket->owner = NULL;
}

struct sctl_transfer *sctl_sockets_owner(const struct sctl_sockets *self, int fd)
{
    const struct sctl_socket *socket = find(self, fd);
    return socket != NULL ? socket->owner : NULL;
}
