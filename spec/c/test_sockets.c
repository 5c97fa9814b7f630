/* Which socket has which local port, and which sockets the poller watches. */
#include "check.h"

#include <sys/socket.h>
#include <unistd.h>

#include "sockets.h"

static struct sctl_poller poller;
static struct sctl_sockets sockets;

static void begin(void)
{
    struct sctl_err err;
    REQUIRE(sctl_poller_open(&poller, &err) == SCTL_OK);
    sctl_sockets_init(&sockets, &poller);
}

static void end(void)
{
    sctl_sockets_clear(&sockets);
    sctl_poller_close(&poller);
}

TEST(a_port_names_its_socket_until_that_is_closed)
{
    begin();
    CHECK_INT(SCTL_NO_SOCKET, sctl_sockets_kept(&sockets, 40000));
    sctl_sockets_keep(&sockets, 40000, 7); /* one that nobody has opened */
    CHECK_INT(SCTL_NO_SOCKET, sctl_sockets_kept(&sockets, 40000));
    sctl_sockets_opened(&sockets, 7);
    sctl_sockets_keep(&sockets, 40000, 7);
    sctl_sockets_keep(&sockets, 40000, 7);
    CHECK_INT(7, sctl_sockets_kept(&sockets, 40000));
    sctl_sockets_closing(&sockets, 7);
    CHECK_INT(SCTL_NO_SOCKET, sctl_sockets_kept(&sockets, 40000));
    sctl_sockets_opened(&sockets, 7);
    CHECK_INT(SCTL_NO_SOCKET, sctl_sockets_kept(&sockets, 40000));
    end();
}

/* One to this host, one to that: the port does not tell which of them is meant. */
TEST(a_port_of_two_sockets_names_neither)
{
    begin();
    sctl_sockets_opened(&sockets, 7);
    sctl_sockets_opened(&sockets, 9);
    sctl_sockets_opened(&sockets, 300);
    sctl_sockets_keep(&sockets, 40000, 7);
    sctl_sockets_keep(&sockets, 40001, 300);
    sctl_sockets_keep(&sockets, 40000, 9);
    CHECK_INT(SCTL_SOME_SOCKET, sctl_sockets_kept(&sockets, 40000));
    sctl_sockets_keep(&sockets, 40000, 7);
    CHECK_INT(SCTL_SOME_SOCKET, sctl_sockets_kept(&sockets, 40000));
    CHECK_INT(300, sctl_sockets_kept(&sockets, 40001));
    sctl_sockets_closing(&sockets, 7);
    CHECK_INT(9, sctl_sockets_kept(&sockets, 40000));
    sctl_sockets_closing(&sockets, 9);
    CHECK_INT(SCTL_NO_SOCKET, sctl_sockets_kept(&sockets, 40000));
    end();
}

static int count_ready(struct sctl_ready *ready)
{
    int count = sctl_poller_wait(&poller, 0, ready);
    return sctl_sockets_sift(&sockets, ready, count);
}

TEST(a_kept_socket_is_watched_until_something_comes)
{
    struct sctl_ready ready[SCTL_READY_MAX];
    int pair[2];
    begin();
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    sctl_sockets_opened(&sockets, pair[0]);
    sctl_sockets_want(&sockets, pair[0], SCTL_READ);
    CHECK_INT(SCTL_READ, sockets.all[pair[0]].watched);
    sctl_sockets_want(&sockets, pair[0], 0); /* not kept: it may fail to connect */
    CHECK_INT(0, sockets.all[pair[0]].watched);
    sctl_sockets_keep(&sockets, 40000, pair[0]);
    sctl_sockets_want(&sockets, pair[0], SCTL_READ);
    sctl_sockets_want(&sockets, pair[0], 0);
    CHECK_INT(SCTL_READ, sockets.all[pair[0]].watched);
    CHECK_INT(0, count_ready(ready));
    REQUIRE(write(pair[1], "x", 1) == 1);
    CHECK_INT(
        0, count_ready(ready)); /* nobody wants it, and from now on nobody hears of it */
    CHECK_INT(0, sockets.all[pair[0]].watched);
    CHECK_INT(0, sctl_poller_wait(&poller, 0, ready));
    sctl_sockets_want(&sockets, pair[0], SCTL_READ);
    CHECK_INT(1, count_ready(ready));
    CHECK_INT(pair[0], ready[0].fd);
    sctl_sockets_closing(&sockets, pair[0]);
    CHECK_INT(0, sctl_poller_wait(&poller, 0, ready)); /* it is still open here */
    (void)close(pair[0]);
    (void)close(pair[1]);
    end();
}

int main(void)
{
    check_limit(60);
    RUN(a_port_names_its_socket_until_that_is_closed);
    RUN(a_port_of_two_sockets_names_neither);
    RUN(a_kept_socket_is_watched_until_something_comes);
    return check_report();
}
