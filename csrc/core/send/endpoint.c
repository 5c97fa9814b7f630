#include "endpoint.h"

#include <unistd.h>

#include "../base/encode.h"

#if LIBCURL_VERSION_NUM < SCTL_LIBCURL_MIN
#error "streamctl needs libcurl 7.88 or newer (Debian: libcurl4-openssl-dev)"
#endif

static bool copy_text(char **out, struct sctl_str text)
{
    *out = NULL;
    if (text.len == 0)
        return true;
    *out = sctl_realloc(NULL, text.len + 1);
    if (*out == NULL)
        return false;
    memcpy(*out, text.data, text.len);
    (*out)[text.len] = '\0';
    return true;
}

static bool starts_with(struct sctl_str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len > len && memcmp(text.data, prefix, len) == 0;
}

/* What requests have in Host: without the port that is the scheme's. It is empty for a URL that
 * libcurl does not take: who connects is told why. */
static void write_host(struct sctl_endpoint *self)
{
    CURLU *url = curl_url();
    char *host = NULL, *port = NULL;
    CURLUcode code = CURLUE_OUT_OF_MEMORY;
    sctl_buf_init(&self->host, SCTL_MAX_REQUEST_HEADERS, false);
    if (url != NULL)
        code = curl_url_set(url, CURLUPART_URL, self->url, 0);
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_HOST, &host, CURLU_PUNYCODE);
    if (code == CURLUE_LACKS_IDN)
        code = curl_url_get(url, CURLUPART_HOST, &host, 0);
    if (code == CURLUE_OK) {
        sctl_buf_add(&self->host, host, strlen(host));
        code = curl_url_get(url, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT);
    }
    if (code == CURLUE_OK) {
        sctl_buf_add_char(&self->host, ':');
        sctl_buf_add(&self->host, port, strlen(port));
    }
    if (code == CURLUE_OUT_OF_MEMORY)
        (void)sctl_buf_fail(&self->host, SCTL_E_MEMORY);
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(url);
}

static bool same_text(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

bool sctl_endpoint_same(const struct sctl_endpoint *one, const struct sctl_endpoint *other)
{
    return one == other ||
           (one->insecure == other->insecure && one->proxy_from_env == other->proxy_from_env &&
            same_text(one->url, other->url) && same_text(one->proxy, other->proxy) &&
            same_text(one->ca_file, other->ca_file) && same_text(one->ca_path, other->ca_path));
}

struct sctl_endpoint *sctl_endpoint_new(const struct sctl_endpoint_options *options,
                                        struct sctl_err *err)
{
    struct sctl_endpoint *self = NULL;
    if (!starts_with(options->url, "http://") && !starts_with(options->url, "https://"))
        (void)sctl_fail(err, SCTL_E_INVALID, 0, "the endpoint is not an http(s) URL");
    else if (sctl_has_control(options->url) || sctl_has_control(options->ca_file) ||
             sctl_has_control(options->ca_path) || sctl_has_control(options->proxy) ||
             sctl_has_control(options->user_agent))
        (void)sctl_fail(err, SCTL_E_INVALID, 0, "an endpoint option holds a control character");
    else
        self = sctl_new(sizeof *self, "an endpoint", err);
    if (self == NULL)
        return NULL;
    self->refs = 1;
    self->insecure = options->insecure;
    self->proxy_from_env = options->proxy_from_env;
    self->max_response = options->max_response;
    self->keep_head = options->keep_head;
    if (!copy_text(&self->url, options->url) || !copy_text(&self->ca_file, options->ca_file) ||
        !copy_text(&self->ca_path, options->ca_path) || !copy_text(&self->proxy, options->proxy) ||
        !copy_text(&self->user_agent, options->user_agent))
        (void)sctl_buf_fail(&self->host, SCTL_E_MEMORY);
    else
        write_host(self);
    if (sctl_buf_ok(&self->host, "an endpoint", err) == SCTL_OK)
        return self;
    sctl_endpoint_unref(self);
    return NULL;
}

void sctl_endpoint_unref(struct sctl_endpoint *endpoint)
{
    if (endpoint == NULL || --endpoint->refs > 0)
        return;
    if (endpoint->proxy != NULL)
        sctl_wipe(endpoint->proxy, strlen(endpoint->proxy)); /* may hold a password */
    sctl_buf_clear(&endpoint->host);
    sctl_free(endpoint->url);
    sctl_free(endpoint->ca_file);
    sctl_free(endpoint->ca_path);
    sctl_free(endpoint->proxy);
    sctl_free(endpoint->user_agent);
    sctl_free(endpoint);
}

/* The same authorities and versions of TLS count for the host and for an https:// proxy. By default
 * they are libcurl's: the bundle alone, or the directory where there is no bundle. Given both,
 * libcurl would read the bundle again for each new connection, which takes 20 ms. A bundle alone is
 * read once for an engine, and holds what the directory does. Whether the directory is complete
 * cannot be seen: its names may lead nowhere. */
static CURLcode set_trust(const struct sctl_endpoint *self, CURL *easy)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    const char *file = self->ca_file, *path = self->ca_path;
    CURLcode code = CURLE_OK;
    if (file == NULL && path == NULL) {
        bool has_bundle = info->cainfo != NULL && access(info->cainfo, R_OK) == 0;
        file = has_bundle ? info->cainfo : NULL;
        path = has_bundle ? NULL : info->capath;
    }
    SCTL_SETOPT(CURLOPT_CAINFO, file);
    SCTL_SETOPT(CURLOPT_CAPATH, path);
    SCTL_SETOPT(CURLOPT_SSL_VERIFYPEER, self->insecure ? 0L : 1L);
    SCTL_SETOPT(CURLOPT_SSL_VERIFYHOST, self->insecure ? 0L : 2L);
    SCTL_SETOPT(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SCTL_SETOPT(CURLOPT_PROXY_CAINFO, file);
    SCTL_SETOPT(CURLOPT_PROXY_CAPATH, path);
    SCTL_SETOPT(CURLOPT_PROXY_SSL_VERIFYPEER, self->insecure ? 0L : 1L);
    SCTL_SETOPT(CURLOPT_PROXY_SSL_VERIFYHOST, self->insecure ? 0L : 2L);
    SCTL_SETOPT(CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    return code;
}

static CURLcode set_proxy(const struct sctl_endpoint *self, CURL *easy)
{
    CURLcode code = curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (self->proxy_from_env)
        return code; /* libcurl reads the environment by itself */
    SCTL_SETOPT(CURLOPT_PROXY, self->proxy != NULL ? self->proxy : "");
    SCTL_SETOPT(CURLOPT_NOPROXY, "");
    return code;
}

enum sctl_status sctl_endpoint_configure(const struct sctl_endpoint *self, CURL *easy,
                                         struct sctl_err *err)
{
    CURLcode code = set_trust(self, easy);
    if (code == CURLE_OK)
        code = set_proxy(self, easy);
    SCTL_SETOPT(CURLOPT_URL, self->url);
    SCTL_SETOPT(CURLOPT_PROTOCOLS_STR, "http,https");
    SCTL_SETOPT(CURLOPT_CONNECT_ONLY, 1L);
    SCTL_SETOPT(CURLOPT_HTTPPROXYTUNNEL, 1L); /* what goes through it is ours */
    SCTL_SETOPT(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1); /* for ALPN */
    SCTL_SETOPT(CURLOPT_NOSIGNAL, 1L);
    SCTL_SETOPT(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SCTL_SETOPT(CURLOPT_TCP_KEEPALIVE, 1L);
    SCTL_SETOPT(CURLOPT_USERAGENT, self->user_agent); /* for a proxy */
    /* a name server that does not answer must not hold up a cancel or a deadline */
    SCTL_SETOPT(CURLOPT_QUICK_EXIT, 1L);
    if (code != CURLE_OK)
        return sctl_fail(err, code == CURLE_OUT_OF_MEMORY ? SCTL_E_MEMORY : SCTL_E_INVALID,
                         (int)code, "libcurl refuses the endpoint: %s", curl_easy_strerror(code));
    return SCTL_OK;
}
