/* Requests through a proxy. */
#include "engine_help.h"

/* Its proxy is `server`. */
static struct sctl_endpoint *proxied(const char *url)
{
    struct sctl_endpoint_options options = options_of(url);
    options.proxy = str(server.url);
    options.keep_head = true;
    return endpoint_with(options);
}

TEST(no_proxy_of_the_environment_does_not_go_round_a_proxy_that_is_named)
{
    ENGINE(engine, 1);
    server_start(&server);
    ENDPOINT(endpoint, proxied("http://streamctl.test:8080"));
    REQUIRE(setenv("no_proxy", "streamctl.test", 1) == 0);
    check_works(engine, endpoint);
    REQUIRE(setenv("no_proxy", "*", 1) == 0);
    check_works(engine, endpoint);
    CHECK_INT(2, server.asked);
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
