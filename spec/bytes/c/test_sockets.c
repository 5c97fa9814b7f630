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

SOCKETS_TEST(a_socket_is_libcurls_until_a_transfer_owns_it)
{
    int pair[2], mark;
    struct sctl_ready ready[SCTL_READY_MAX];
    struct sctl_transfer *owner = (struct sctl_transfer *)(void *)&mark;
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
    CHECK(!sctl_sockets_own(&sockets, pair[0], owner, SCTL_READ)); /* nobody has opened it */
    sctl_sockets_opened(&sockets, pair[0]);
    CHECK(sctl_sockets_owner(&sockets, pair[0]) == NULL);
    CHECK(sctl_sockets_own(&sockets, pair[0], owner, SCTL_READ));
    CHECK(sctl_sockets_owner(&sockets, pair[0]) == owner);
    CHECK_INT(0, sctl_poller_wait(&poller, 0, ready));
    REQUIRE(write(pair[1], "x", 1) == 1);
    CHECK_INT(1, sctl_poller_wait(&poller, 0, ready));
    sctl_sockets_closing(&sockets, pair[0]);
    CHECK(sctl_sockets_owner(&sockets, pair[0]) == NULL);
    CHECK_INT(0, sctl_poller_wait(&poller, 0, ready)); /* it is still open here */
    (void)close(pair[0]);
    (void)close(pair[1]);
}

CHECK_MAIN(60)
