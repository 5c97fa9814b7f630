/* The sockets of an engine's connections: which of them the poller watches, and which one libcurl
 * is about to send on.
 *
 * libcurl forgets a socket at the end of each request and asks for it again with the next. Here it
 * stays watched in between, until it is closed or something comes that nobody waits for. */
#pragma once

#include "poller.h"

#include <curl/curl.h>
SCTL_HIDDEN_BEGIN

struct sctl_socket {
    bool open; /* libcurl has opened it through us, and will close it through us */
    uint8_t wanted;
    uint8_t watched;
    uint16_t port; /* the local one; 0 until its connection has carried a request */
    int next;      /* descriptor: the next kept one, while it has a port; -1: none */
};

struct sctl_sockets {
    const struct sctl_poller *poller;
    struct sctl_socket *all; /* by descriptor */
    size_t size;
    int kept; /* the first one with a port; -1: none. Each call on a kept connection asks */
};

/* `poller` is used until sctl_sockets_clear(), and may be opened later. */
void sctl_sockets_init(struct sctl_sockets *sockets, const struct sctl_poller *poller);
void sctl_sockets_clear(struct sctl_sockets *sockets);

/* Has libcurl tell of the sockets that it opens and closes for `easy`. */
CURLcode sctl_sockets_attach(struct sctl_sockets *sockets, CURL *easy);

/* Watches `fd` for the events that libcurl asks for; 0: none. False when `fd` cannot be watched;
 * errno says why. */
bool sctl_sockets_want(struct sctl_sockets *sockets, int fd, unsigned events) SCTL_MUST_CHECK;

/* Drops sockets and events that libcurl has not asked for; returns how many sockets are left. */
int sctl_sockets_drop_unwanted(struct sctl_sockets *sockets, struct sctl_ready *ready, int count);

/* The connection of `fd` has carried a request and is kept. */
void sctl_sockets_keep(struct sctl_sockets *sockets, int local_port, int fd);

/* Whether `fd` is that of a connection that has carried no request yet. */
bool sctl_sockets_is_new(const struct sctl_sockets *sockets, int fd);

/* Whether bytes wait on a kept connection with this local port: an answer that nobody has asked
 * for, or a good-bye. libcurl tells no more of a connection at the moment of sending. Connections
 * to different hosts may share a port; then it is enough that bytes wait on one. */
bool sctl_sockets_unclean(const struct sctl_sockets *sockets, int local_port);

/* What libcurl tells through sctl_sockets_attach(). */
void sctl_sockets_opened(struct sctl_sockets *sockets, int fd);
void sctl_sockets_closing(struct sctl_sockets *sockets, int fd);
SCTL_HIDDEN_END
