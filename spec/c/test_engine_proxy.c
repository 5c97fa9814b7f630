/* Requests through a proxy. */
#include "engine_help.h"

/* Its proxy is `server`. */
static struct sctl_endpoint *proxied(const char *url)
{
    struct sctl_endpoint_options options = options_of(url);
    struct sctl_endpoint *endpoint;
    struct sctl_err err;
    options.proxy = str(server.url);
    endpoint = sctl_endpoint_new(&options, &err);
    if (endpoint == NULL) {
        printf("%s\n", err.message);
        exit(1);
    }
    return endpoint;
}

TEST(no_proxy_of_the_environment_does_not_go_round_a_proxy_that_is_named)
{
    ENGINE(engine, 1);
    server_start(&server);
    ENDPOINT(endpoint, proxied("http://streamctl.test:8080"));
    REQUIRE(setenv("no_proxy", "streamctl.test", 1) == 0);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    REQUIRE(setenv("no_proxy", "*", 1) == 0);
    check_end(fetch(engine, get(endpoint, "/")), SCTL_OK, 200, true);
    CHECK_INT(2, server.asked);
    (void)unsetenv("no_proxy");
    server_stop(&server);
}

/* Whether the proxy refuses the tunnel or it leads to no TLS: the request was not sent. */
static void check_tunnel(struct sctl_endpoint *endpoint, struct server_answer answer,
                         enum sctl_status status)
{
    struct sctl_engine *engine = engine_of(1);
    struct sctl_result *result;
    server.answer = answer;
    result = fetch(engine, get(endpoint, "/"));
    CHECK_STR("streamctl.test:443 ", str(server.targets));
    CHECK_STR("", sctl_buf_str(&result->headers)); /* the answer of a proxy is none */
    check_end(result, status, 0, false);
    server.targets[0] = '\0';
    sctl_engine_free(engine);
}

TEST(a_tunnel_that_fails)
{
    const struct server_answer refusal = ANSWER(
        "HTTP/1.1 407 No\r\nX-Proxy: 1\r\nContent-Length: 0\r\n\r\n", SERVER_CLOSE);
    const struct server_answer silence =
        ANSWER("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n", SERVER_CLOSE);
    struct sctl_endpoint_options options = options_of("https://streamctl.test");
    struct sctl_endpoint *named, *from_env;
    struct sctl_err err;
    server_start(&server);
    named = proxied("https://streamctl.test");
    options.proxy_from_env = true;
    from_env = sctl_endpoint_new(&options, &err);
    REQUIRE(from_env != NULL);
    check_tunnel(named, refusal, SCTL_E_CONNECT);
    check_tunnel(named, silence, SCTL_E_TLS);
    REQUIRE(setenv("https_proxy", server.url, 1) == 0);
    check_tunnel(from_env, refusal, SCTL_E_CONNECT);
    check_tunnel(from_env, silence, SCTL_E_TLS);
    (void)unsetenv("https_proxy");
    sctl_endpoint_unref(named);
    sctl_endpoint_unref(from_env);
    server_stop(&server);
}

CHECK_MAIN(100)
