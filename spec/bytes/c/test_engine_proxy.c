/* Requests through a proxy. */
#include "engine_help.h"

#include <locale.h>

/* Its proxy is `server`. */
static struct sctl_endpoint *proxied(const char *url)
{
    struct sctl_endpoint_options options = options_of(url);
    options.proxy = str(server.url);
    options.keep_head = true;
    return endpoint_with(options);
}

/* First the tunnel, then the answer of who is behind it. */
static struct server_answer through_tunnel(struct sctl_str request)
{
    return memcmp(request.data, "CONNECT ", 8) == 0 ? ANSWER("HTTP/1.1 200 OK\r\n\r\n", SERVER_KEEP)
                                                    : ANSWER_OK;
}

/* What is between here and there sees a tunnel, also where the request in it can be read. */
TEST(plain_http_goes_through_a_tunnel)
{
    ENGINE(engine, 1);
    server_start(&server);
    server.route = through_tunnel;
    ENDPOINT(endpoint, proxied("http://streamctl.test"));
    check_works(engine, endpoint);
    check_works(engine, endpoint);
    CHECK_STR("streamctl.test:80 / / ", str(server.targets));
    CHECK_INT(1, server.accepted);
    server_stop(&server);
}

TEST(a_proxy_is_told_who_asks_and_nobody_else_is)
{
    ENGINE(engine, 1);
    struct sctl_endpoint_options options = options_of("http://streamctl.test");
    char proxy[64];
    server_start(&server);
    (void)snprintf(proxy, sizeof proxy, "http://user:pass@127.0.0.1:%d", server.port);
    options.proxy = str(proxy);
    ENDPOINT(endpoint, endpoint_with(options));
    REQUIRE(asks(engine, get(endpoint, "/"), 1));
    CHECK(sent("\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n"));
    server_answer(&server, server_find(&server, "streamctl.test:80"), through_tunnel(server.last));
    REQUIRE(run_until_asked(engine, 2));
    CHECK(!sent("Proxy-Authorization"));
    let_answer(engine);
    server_stop(&server);
}

/* The last request after a tunnel to the host of `url`, which libcurl names. */
static void check_host(const char *url, const char *tunnel, const char *host)
{
    ENGINE(engine, 1);
    server_start(&server);
    server.route = through_tunnel;
    ENDPOINT(endpoint, proxied(url));
    REQUIRE(asks(engine, get(endpoint, "/"), 1));
    server_answer(&server, server_find(&server, tunnel), through_tunnel(server.last));
    REQUIRE(run_until_asked(engine, 2));
    CHECK(sent(host));
    let_answer(engine);
    server_stop(&server);
}

/* Host is what libcurl calls the host, and has no port that is the scheme's. */
TEST(the_name_of_the_host)
{
    check_host("http://streamctl.test", "streamctl.test:80", "\r\nHost: streamctl.test\r\n");
    check_host("http://streamctl.test:80", "streamctl.test:80", "\r\nHost: streamctl.test\r\n");
    check_host("http://STREAMCTL.test:443/", "STREAMCTL.test:443",
               "\r\nHost: STREAMCTL.test:443\r\n");
    check_host("http://[::1]:8080", "[::1]:8080", "\r\nHost: [::1]:8080\r\n");
    if ((curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_IDN) == 0 ||
        setlocale(LC_ALL, "C.UTF-8") == NULL)
        return;
    check_host("http://b\xc3\xbc"
               "cher.test:8080",
               "xn--bcher-kva.test:8080", "\r\nHost: xn--bcher-kva.test:8080\r\n");
}

TEST(no_proxy_of_the_environment_does_not_go_round_a_proxy_that_is_named)
{
    static const char *const NAMES[] = {"streamctl.test", "*"};
    size_t i;
    server_start(&server);
    server.route = through_tunnel;
    ENDPOINT(endpoint, proxied("http://streamctl.test:8080"));
    for (i = 0; i < LENGTH(NAMES); i++) {
        ENGINE(engine, 1);
        REQUIRE(setenv("no_proxy", NAMES[i], 1) == 0);
        check_works(engine, endpoint);
    }
    CHECK_STR("streamctl.test:8080 / streamctl.test:8080 / ", str(server.targets));
    (void)unsetenv("no_proxy");
    server_stop(&server);
}

/* Whether the proxy refuses the tunnel or it leads to no TLS: the request was not sent. */
static void check_tunnel(struct sctl_endpoint *endpoint, struct server_answer answer,
                         enum sctl_status status)
{
    ENGINE(engine, 1);
    struct sctl_result *result;
    server.answer = answer;
    result = fetch(engine, get(endpoint, "/"));
    CHECK_STR("streamctl.test:443 ", str(server.targets));
    CHECK_STR("", sctl_buf_str(&result->headers)); /* the answer of a proxy is none */
    CHECK_STR("", sctl_buf_str(&result->head));    /* nor is what it was asked */
    check_end(result, status, 0, false);
    server.targets[0] = '\0';
}

TEST(a_tunnel_that_fails)
{
    const struct server_answer refusal =
        ANSWER("HTTP/1.1 407 No\r\nX-Proxy: 1\r\nContent-Length: 0\r\n\r\n", SERVER_CLOSE);
    const struct server_answer silence =
        ANSWER("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n", SERVER_CLOSE);
    struct sctl_endpoint_options options = options_of("https://streamctl.test");
    server_start(&server);
    options.proxy_from_env = true;
    ENDPOINT(named, proxied("https://streamctl.test"));
    ENDPOINT(from_env, endpoint_with(options));
    check_tunnel(named, refusal, SCTL_E_CONNECT);
    check_tunnel(named, silence, SCTL_E_TLS);
    REQUIRE(setenv("https_proxy", server.url, 1) == 0);
    check_tunnel(from_env, refusal, SCTL_E_CONNECT);
    check_tunnel(from_env, silence, SCTL_E_TLS);
    (void)unsetenv("https_proxy");
    server_stop(&server);
}

CHECK_MAIN(100)
