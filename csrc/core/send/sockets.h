/* The sockets of an engine's connections: which of them the poller watches, and whose they are:
 * libcurl's while it connects, then a transfer's. */
#pragma once

#include "poller.h"

#include <curl/curl.h>
SCTL_HIDDEN_BEGIN

struct sctl_transfer;

struct sctl_socket {
    bool open; /* libcurl has opened it through us, and will close it through us */
    uint8_t watched;
    struct sctl_transfer *owner; /* NULL: libcurl */
};

struct sctl_sockets {
    const struct sctl_poller *poller;
    struct sctl_socket *all; /* by descriptor */
    size_t size;
    bool lost; /* libcurl has closed one that had an owner */
};

/* `poller` is used until sctl_sockets_clear(), and may be opened later. */
void sctl_sockets_init(struct sctl_sockets *sockets, const struct sctl_poller *poller);
void sctl_sockets_clear(struct sctl_sockets *sockets);

/* Has libcurl tell of the sockets that it opens and closes for `easy`. */
CURLcode sctl_sockets_attach(struct sctl_sockets *sockets, CURL *easy);

/* Watches `fd` for the events that libcurl asks for; 0: none. False when `fd` cannot be watched;
 * errno says why. */
bool sctl_sockets_want(struct sctl_sockets *sockets, int fd, unsigned events) SCTL_MUST_CHECK;

/* The socket is `owner`'s from now on, who waits for `events`. False when it cannot be watched. */
bool sctl_sockets_own(struct sctl_sockets *sockets, int fd, struct sctl_transfer *owner,
                      unsigned events) SCTL_MUST_CHECK;

/* The socket is no longer `owner`'s: libcurl may close it. By now it may be another's, and stays so. */
void sctl_sockets_leave(struct sctl_sockets *sockets, int fd, const struct sctl_transfer *owner);

/* Whose it is; NULL: libcurl's. */
struct sctl_transfer *sctl_sockets_owner(const struct sctl_sockets *sockets, int fd);

/* What libcurl tells through sctl_sockets_attach(). */
void sctl_sockets_opened(struct sctl_sockets *sockets, int fd);
void sctl_sockets_closing(struct sctl_sockets *sockets, int fd);
SCTL_HIDDEN_END
