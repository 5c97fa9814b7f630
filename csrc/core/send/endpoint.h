/* Where requests go, and on what terms: address, trust, proxy, caps. Immutable, shared. */
#pragma once

#include "../base/buf.h"

#include <curl/curl.h>
SCTL_HIDDEN_BEGIN

/* Version 7.88: it caches a bundle of authorities, and sends without raising SIGPIPE. */
#define SCTL_LIBCURL_MIN 0x075800

/* Sets an option of the handle `easy`, unless one before it failed. `code` is what libcurl said of
 * the last one that was set; both are variables of the function that uses this. */
#define SCTL_SETOPT(option, value)                                                                 \
    do {                                                                                           \
        if (code == CURLE_OK)                                                                      \
            code = curl_easy_setopt(easy, option, value);                                          \
    } while (0)

struct sctl_endpoint_options {
    struct sctl_str url; /* "https://host[:port]" or "http://host[:port]", no path */
    /* Instead of the system's authorities, which are libcurl's bundle or, where that cannot be
     * read, its directory: */
    struct sctl_str ca_file;    /* a PEM bundle; empty: none */
    struct sctl_str ca_path;    /* a hashed directory; empty: none */
    bool insecure;              /* verify neither certificate nor host name */
    struct sctl_str proxy;      /* URL; empty: no proxy */
    bool proxy_from_env;        /* http_proxy, https_proxy, no_proxy count */
    struct sctl_str user_agent; /* empty: none is sent */
    size_t max_response;        /* bytes of a response body */
    bool keep_head;             /* results have the head of their request */
};

struct sctl_endpoint {
    unsigned refs;
    char *url; /* the texts below are NUL-terminated; NULL when not given */
    char *ca_file;
    char *ca_path;
    char *proxy;
    char *user_agent;
    bool insecure;
    bool proxy_from_env;
    bool keep_head;
    struct sctl_buf host; /* what requests have in Host, unless their signer writes that */
    size_t max_response;
};

/* An endpoint with one reference, or NULL and `err`. Copies the texts. */
struct sctl_endpoint *sctl_endpoint_new(const struct sctl_endpoint_options *options,
                                        struct sctl_err *err) SCTL_MUST_CHECK;

static inline struct sctl_endpoint *sctl_endpoint_ref(struct sctl_endpoint *endpoint)
{
    endpoint->refs++;
    return endpoint;
}

void sctl_endpoint_unref(struct sctl_endpoint *endpoint); /* NULL is fine */

/* Whether a connection made for one may carry requests to the other: address, proxy and trust. */
bool sctl_endpoint_same(const struct sctl_endpoint *one,
                        const struct sctl_endpoint *other) SCTL_MUST_CHECK;

/* Sets every option of `easy` but for the time that there is to connect. */
enum sctl_status sctl_endpoint_configure(const struct sctl_endpoint *endpoint, CURL *easy,
                                         struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
