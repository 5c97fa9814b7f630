#include "endpoint.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/encode.h"
#include "../base/wipe.h"

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

/* A proxy gets a User-Agent from libcurl, and an absolute target is rare. */
static bool can_join_headers(const struct sctl_endpoint_options *options)
{
    return options->proxy.len == 0 && !options->proxy_from_env &&
           options->user_agent.len < SCTL_MAX_REQUEST_HEADERS &&
           curl_version_info(CURLVERSION_NOW)->version_num <= SCTL_LIBCURL_JOINS;
}

static bool starts_with(struct sctl_str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len > len && memcmp(text.data, prefix, len) == 0;
}

/* NULL also when libcurl does not take the URL: then the request tells why. */
static CURLU *parse(const char *url)
{
    CURLU *parsed = curl_url();
    if (parsed == NULL || curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK)
        return parsed;
    curl_url_cleanup(parsed);
    return NULL;
}

struct sctl_endpoint *sctl_endpoint_new(const struct sctl_endpoint_options *options,
                                        struct sctl_err *err)
{
    struct sctl_endpoint *self = NULL;
    bool plain = starts_with(options->url, "http://");
    if (!plain && !starts_with(options->url, "https://"))
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
    self->absolute_target = plain && (options->proxy.len > 0 || options->proxy_from_env);
    self->joins_headers = can_join_headers(options);
    self->max_response = options->max_response;
    self->keep_head = options->keep_head;
    if (!copy_text(&self->url, options->url) || !copy_text(&self->ca_file, options->ca_file) ||
        !copy_text(&self->ca_path, options->ca_path) || !copy_text(&self->proxy, options->proxy) ||
        !copy_text(&self->user_agent, options->user_agent)) {
        sctl_endpoint_unref(self);
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for an endpoint");
        return NULL;
    }
    if (!self->absolute_target) /* which needs a URL of its own for each request */
        self->parsed = parse(self->url);
    return self;
}

void sctl_endpoint_unref(struct sctl_endpoint *endpoint)
{
    if (endpoint == NULL || --endpoint->refs > 0)
        return;
    if (endpoint->proxy != NULL)
        sctl_wipe(endpoint->proxy, strlen(endpoint->proxy)); /* may hold a password */
    curl_url_cleanup(endpoint->parsed);
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
    if (self->parsed != NULL)
        SCTL_SETOPT(CURLOPT_CURLU, self->parsed);
    else
        SCTL_SETOPT(CURLOPT_URL, self->url);
    SCTL_SETOPT(CURLOPT_PROTOCOLS_STR, "http,https");
    /* over HTTP/2 a connection that the server recycles takes the requests on it with it */
    SCTL_SETOPT(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SCTL_SETOPT(CURLOPT_NOSIGNAL, 1L);
    SCTL_SETOPT(CURLOPT_FOLLOWLOCATION, 0L);
    SCTL_SETOPT(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SCTL_SETOPT(CURLOPT_TCP_KEEPALIVE, 1L);
    SCTL_SETOPT(CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)self->max_response);
    SCTL_SETOPT(CURLOPT_USERAGENT, self->joins_headers ? NULL : self->user_agent);
    /* a name server that does not answer must not hold up a cancel or a deadline */
    SCTL_SETOPT(CURLOPT_QUICK_EXIT, 1L);
    if (code != CURLE_OK)
        return sctl_fail(err, code == CURLE_OUT_OF_MEMORY ? SCTL_E_MEMORY : SCTL_E_INVALID,
                         (int)code, "libcurl refuses the endpoint: %s", curl_easy_strerror(code));
    return SCTL_OK;
}
