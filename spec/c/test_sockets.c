/* Which connections are kept and clean, and which sockets the poller watches. */
#include "check.h"

#include <sys/socket.h>
#include <unistd.h>

#include "send/sockets.h"

static struct sctl_poller poller;
static struct sctl_sockets sockets;

/* A test with a poller and sockets. */
#define SOCKETS_TEST(name)                                                                         \
    static void name##_body(void);                                                                 \
    TEST(name)                                                                                     \
    {                                                                                              \
        struct sctl_err err;                                                                       \
        REQUIRE(sctl_poller_open(&poller, &err) == SCTL_OK);                                       \
        sctl_sockets_init(&sockets, &poller);                                                      \
        name##_body();                                                                             \
        sctl_sockets_clear(&sockets);                                                              \
        sctl_poller_close(&poller, false);                                                         \
    }                                                                                              \
    static void name##_body(void)

SOCKETS_TEST(a_socket_is_new_until_it_is_kept)
{
    CHECK(!sctl_sockets_is_new(&sockets, 7)); /* nobody has opened it */
    sctl_sockets_keep(&sockets, 40000, 7);
    sctl_sockets_keep(&sockets, 40000, -1);
    sctl_sockets_opened(&sockets, 7);
    CHECK(sctl_sockets_is_new(&sockets, 7));
    sctl_sockets_keep(&sockets, 40000, 7);
    CHECK(!sctl_sockets_is_new(&sockets, 7));
    sctl_sockets_closing(&sockets, 7);
    CHECK(!sctl_sockets_is_new(&sockets, 7));
    sctl_sockets_opened(&sockets, 7);
    CHECK(sctl_sockets_is_new(&sockets, 7));
    CHECK(!sctl_sockets_is_new(&sockets, -1));
    CHECK(!sctl_sockets_is_new(&sockets, 1000000));
}

/* Two of the same port, one to this host and one to that: which of them is meant is not known. */
SOCKETS_TEST(a_connection_on_which_bytes_wait_is_unclean)
{
    int one[2], two[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, one) == 0);
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, two) == 0);
    sctl_sockets_opened(&sockets, one[0]);
    sctl_sockets_opened(&sockets, two[0]);
    REQUIRE(write(two[1], "x", 1) == 1);
    CHECK(!sctl_sockets_unclean(&sockets, 40000)); /* neither is kept */
    sctl_sockets_keep(&sockets, 40000, one[0]);
    CHECK(!sctl_sockets_unclean(&sockets, 40000));
    sctl_sockets_keep(&sockets, 40001, two[0]);
    CHECK(!sctl_sockets_unclean(&sockets, 40000));
    CHECK(sctl_sockets_unclean(&sockets, 40001));
    CHECK(sctl_sockets_unclean(&sockets, 40001)); /* to look takes nothing away */
    sctl_sockets_keep(&sockets, 40000, two[0]);
    CHECK(sctl_sockets_unclean(&sockets, 40000));
    sctl_sockets_closing(&sockets, two[0]);
    CHECK(!sctl_sockets_unclean(&sockets, 40000));
    (void)close(one[1]); /* the end is not bytes: libcurl sees it by itself */
    CHECK(!sctl_sockets_unclean(&sockets, 40000));
    (void)close(one[0]);
    (void)close(two[0]);
    (void)close(two[1]);
}

static int looked_at; /* connections */

/* Instead of the one of libc. */
ssize_t recv(int fd, void *buffer, size_t size, int flags)
{
    looked_at++;
    return recvfrom(fd, buffer, size, flags, NULL, NULL);
}

/* However they come and go, and whatever number they have: what is not of the port is not asked. */
SOCKETS_TEST(a_connection_is_found_by_its_port)
{
    enum { COUNT = 200, HIGH = 900 };
    int pairs[COUNT][2], low, i, step;
    for (i = 0; i < COUNT; i++) {
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i]) == 0);
        low = pairs[i][0];
        pairs[i][0] = dup2(low, HIGH - i); /* the table by descriptor is long */
        (void)close(low);
        sctl_sockets_opened(&sockets, pairs[i][0]);
        sctl_sockets_keep(&sockets, 40000 + i, pairs[i][0]);
    }
    for (step = 0; step < 2; step++) {
        for (i = 0; i < COUNT; i++) {
            bool closed = step == 1 && i % 3 == 0;
            REQUIRE(closed || write(pairs[i][1], "x", 1) == 1);
            looked_at = 0;
            CHECK(sctl_sockets_unclean(&sockets, 40000 + i) == !closed);
            CHECK_INT(closed ? 0 : 1, looked_at);
        }
        for (i = 0; step == 0 && i < COUNT; i += 3)
            sctl_sockets_closing(&sockets, pairs[i][0]);
    }
    CHECK(!sctl_sockets_unclean(&sockets, 40000 + COUNT));
    sctl_sockets_keep(&sockets, 50000, pairs[1][0]); /* its connection has another port */
    CHECK(!sctl_sockets_unclean(&sockets, 40001) && sctl_sockets_unclean(&sockets, 50000));
    for (i = 0; i < COUNT; i++) {
        (void)close(pairs[i][0]);
        (void)close(pairs[i][1]);
    }
}

static int count_ready(struct sctl_ready *ready)
{
    int count = sctl_poller_wait(&poller, 0, ready);
    return sctl_sockets_drop_unwanted(&sockets, ready, count);
}

SOCKETS_TEST(a_kept_socket_is_watched_until_something_comes)
{
    struct sctl_ready ready[SCTL_READY_MAX];
    int pair[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    sctl_sockets_opened(&sockets, pair[0]);
    CHECK(sctl_sockets_want(&sockets, pair[0], SCTL_READ));
    CHECK_INT(SCTL_READ, sockets.all[pair[0]].watched);
    CHECK(sctl_sockets_want(&sockets, pair[0], 0)); /* not kept: it may fail to connect */
    CHECK_INT(0, sockets.all[pair[0]].watched);
    sctl_sockets_keep(&sockets, 40000, pair[0]);
    CHECK(sctl_sockets_want(&sockets, pair[0], SCTL_READ));
    CHECK(sctl_sockets_want(&sockets, pair[0], 0));
    CHECK_INT(SCTL_READ, sockets.all[pair[0]].watched);
    CHECK_INT(0, count_ready(ready));
    REQUIRE(write(pair[1], "x", 1) == 1);
    CHECK_INT(0, count_ready(ready)); /* nobody wants it, and from now on nobody hears of it */
    CHECK_INT(0, sockets.all[pair[0]].watched);
    CHECK_INT(0, sctl_poller_wait(&poller, 0, ready));
    CHECK(sctl_sockets_want(&sockets, pair[0], SCTL_READ));
    CHECK_INT(1, count_ready(ready));
    CHECK_INT(pair[0], ready[0].fd);
    sctl_sockets_closing(&sockets, pair[0]);
    CHECK_INT(0, sctl_poller_wait(&poller, 0, ready)); /* it is still open here */
    (void)close(pair[0]);
    (void)close(pair[1]);
}

CHECK_MAIN(60)
