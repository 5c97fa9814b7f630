/* The sockets of an engine's connections: which of them the poller watches, and which one libcurl
 * is about to send on.
 *
 * libcurl forgets a socket at the end of each request and asks for it again with the next. Here it
 * stays watched in between, until it is closed or something comes that nobody waits for.
 */
#ifndef SCTL_SOCKETS_H
#define SCTL_SOCKETS_H

#include <curl/curl.h>

#include "poller.h"

SCTL_HIDDEN_BEGIN

#define SCTL_PORTS 65536

struct sctl_socket {
    bool open; /* libcurl has opened it through us, and will close it through us */
    uint8_t wanted;
    uint8_t watched;
    uint16_t port; /* the one that it is kept under */
};

struct sctl_sockets {
    const struct sctl_poller *poller;
    struct sctl_socket *all; /* by descriptor */
    size_t size;
    /* Kept connections by their local port: all that libcurl tells of a connection at the
     * moment of sending. SCTL_NO_SOCKET or SCTL_SOME_SOCKET: none, or more than one. */
    int kept[SCTL_PORTS];
};

#define SCTL_NO_SOCKET (-1)
#define SCTL_SOME_SOCKET (-2)

/* `poller` is used until sctl_sockets_clear(), and may be opened later. */
void sctl_sockets_init(struct sctl_sockets *sockets, const struct sctl_poller *poller);
void sctl_sockets_clear(struct sctl_sockets *sockets);

/* Has libcurl tell of the sockets that it opens and closes for `easy`. */
CURLcode sctl_sockets_attach(struct sctl_sockets *sockets, CURL *easy);

/* What libcurl wants to know of `fd`; 0: nothing. */
void sctl_sockets_want(struct sctl_sockets *sockets, int fd, unsigned events);

/* Whether `fd` is that of a connection that was not kept yet. */
bool sctl_sockets_is_new(const struct sctl_sockets *sockets, int fd);

/* Drops what nobody wants to know from what a wait has found, and returns how many are left. */
int sctl_sockets_sift(struct sctl_sockets *sockets, struct sctl_ready *ready, int count);

/* `fd` is idle, and has this local port. Connections to different hosts may share one. */
void sctl_sockets_keep(struct sctl_sockets *sockets, int local_port, int fd);

/* The idle socket with this local port, SCTL_NO_SOCKET or SCTL_SOME_SOCKET. */
static inline int sctl_sockets_kept(const struct sctl_sockets *sockets, int local_port)
{
    return sockets->kept[(unsigned)local_port % SCTL_PORTS];
}

/* What libcurl tells through sctl_sockets_attach(). */
void sctl_sockets_opened(struct sctl_sockets *sockets, int fd);
void sctl_sockets_closing(struct sctl_sockets *sockets, int fd);

SCTL_HIDDEN_END

#endif
