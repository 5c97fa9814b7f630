/* A host with two addresses, of which the first one is no good. */
#include "engine_help.h"

#include <netdb.h>

#define NAME "two.test"

/* libcurl, too, is to find these and not those of the C library. */
#pragma GCC visibility push(default)
int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **result);
void freeaddrinfo(struct addrinfo *result);
#pragma GCC visibility pop

static struct sockaddr_in addresses[2];
static struct addrinfo answers[2];

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **result)
{
    int i;
    (void)hints;
    if (host == NULL || strcmp(host, NAME) != 0)
        return EAI_NONAME;
    for (i = 0; i < 2; i++) {
        memset(&addresses[i], 0, sizeof addresses[i]);
        addresses[i].sin_family = AF_INET;
        addresses[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 - (unsigned)i);
        addresses[i].sin_port = htons((uint16_t)strtoul(service, NULL, 10));
        answers[i] = (struct addrinfo){.ai_family = AF_INET,
                                       .ai_socktype = SOCK_STREAM,
                                       .ai_addrlen = sizeof addresses[i],
                                       .ai_addr = (struct sockaddr *)&addresses[i],
                                       .ai_next = i == 0 ? &answers[1] : NULL};
    }
    *result = answers;
    return 0;
}

void freeaddrinfo(struct addrinfo *result)
{
    (void)result;
}

static int first_address(struct sockaddr_in *address)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    address->sin_port = htons((uint16_t)server.port);
    if (fd < 0 || bind(fd, (struct sockaddr *)address, sizeof *address) != 0) {
        perror("bind 127.0.0.2");
        exit(1);
    }
    return fd;
}

static struct sctl_endpoint *endpoint_of_name(void)
{
    char url[64];
    (void)snprintf(url, sizeof url, "http://" NAME ":%d", server.port);
    return endpoint_of(url);
}

static void check_silent_first_address(double timeout, double connect_timeout)
{
    struct sockaddr_in address;
    struct sctl_engine *engine = engine_of(1);
    struct sctl_endpoint *endpoint;
    struct sending request;
    int listener, filler = socket(AF_INET, SOCK_STREAM, 0);
    server_start(&server);
    listener = first_address(&address);
    /* the queue holds one connection, and there is one: further ones are left unanswered */
    REQUIRE(listen(listener, 0) == 0);
    REQUIRE(connect(filler, (struct sockaddr *)&address, sizeof address) == 0);
    endpoint = endpoint_of_name();
    request = get(endpoint, "/");
    request.timeout = timeout;
    request.connect_timeout = connect_timeout;
    check_end(fetch(engine, request), SCTL_OK, 200, true);
    CHECK_INT(1, server.asked);
    sctl_engine_free(engine);
    sctl_endpoint_unref(endpoint);
    server_stop(&server);
    (void)close(filler);
    (void)close(listener);
}

/* libcurl has half of the time to connect for the first one. */
TEST(a_silent_first_address)
{
    check_silent_first_address(1000, 4);
    check_silent_first_address(4, 1000);
}

TEST(a_refusing_first_address_costs_no_time)
{
    struct sockaddr_in address;
    ENGINE(engine, 1);
    struct sending request;
    int i, refusing;
    server_start(&server);
    refusing = first_address(&address); /* bound and not listening */
    ENDPOINT(endpoint, endpoint_of_name());
    request = get(endpoint, "/");
    request.fresh = true;
    check_end(fetch(engine, request), SCTL_OK, 200, true); /* and the name is known */
    (void)submit(engine, request);
    for (i = 0; i < 50 && sctl_engine_count(engine).done == 0; i++) {
        step(engine); /* without a pause: there is nothing to wait for */
        server_pump(&server);
    }
    CHECK_INT(1, sctl_engine_count(engine).done);
    check_end(next(engine), SCTL_OK, 200, true);
    server_stop(&server);
    (void)close(refusing);
}

CHECK_MAIN(100)
