#include "multi.h"

#include <pthread.h>

#include "../base/clock.h"
#include "endpoint.h"

static int on_socket(CURL *easy, curl_socket_t fd, int change, void *context, void *socket_data)
{
    struct sctl_multi *self = context;
    curl_off_t connected = 0;
    unsigned events = 0;
    (void)socket_data;
    if (change == CURL_POLL_IN || change == CURL_POLL_INOUT)
        events |= SCTL_READ;
    if (change == CURL_POLL_OUT || change == CURL_POLL_INOUT)
        events |= SCTL_WRITE;
    if (change == CURL_POLL_REMOVE && sctl_sockets_owner(&self->sockets, (int)fd) == NULL &&
        curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected) == CURLE_OK && connected == 0)
        self->given_up = true;
    if (sctl_sockets_want(&self->sockets, (int)fd, events))
        return 0;
    self->watch_error = errno;
    return -1;
}

static int on_timer(CURLM *handle, long ms, void *context)
{
    struct sctl_multi *self = context;
    (void)handle;
    self->due = ms < 0 ? SCTL_NEVER : sctl_monotonic() + (double)ms / 1000;
    return 0;
}

static pthread_once_t global_once = PTHREAD_ONCE_INIT;
static CURLcode global_code;

static void global_init(void)
{
    global_code = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static CURLM *make_handle(struct sctl_multi *self)
{
    CURLM *handle = curl_multi_init();
    if (handle == NULL)
        return NULL;
#if LIBCURL_VERSION_NUM >= 0x081400 /* see sctl_endpoint_configure(); an older one ignores it */
    (void)curl_multi_setopt(handle, CURLMOPT_QUICK_EXIT, 1L);
#endif
    if (curl_multi_setopt(handle, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
        curl_multi_setopt(handle, CURLMOPT_SOCKETDATA, self) == CURLM_OK &&
        curl_multi_setopt(handle, CURLMOPT_TIMERFUNCTION, on_timer) == CURLM_OK &&
        curl_multi_setopt(handle, CURLMOPT_TIMERDATA, self) == CURLM_OK)
        return handle;
    (void)curl_multi_cleanup(handle);
    return NULL;
}

/* The libcurl of this process may be another than that of the build. libcurl sends without SIGPIPE;
 * but wolfSSL and NSS write to the sockets by themselves, and the signal would end the process.
 * Without asynchronous DNS a transfer would block its event loop until a name server answers. */
static enum sctl_status check_version(struct sctl_err *err)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    if (info->version_num < SCTL_LIBCURL_MIN)
        return sctl_fail(err, SCTL_E_SYSTEM, 0,
                         "libcurl %s is too old; install libcurl 7.88 or newer", info->version);
    if (info->ssl_version != NULL &&
        (strstr(info->ssl_version, "wolfSSL") != NULL || strstr(info->ssl_version, "NSS") != NULL))
        return sctl_fail(err, SCTL_E_SYSTEM, 0,
                         "libcurl is built with %s; install one with OpenSSL or GnuTLS",
                         info->ssl_version);
    if ((info->features & CURL_VERSION_ASYNCHDNS) == 0)
        return sctl_fail(err, SCTL_E_SYSTEM, 0,
                         "libcurl %s waits for name servers; install one with asynchronous DNS "
                         "(the threaded resolver or c-ares)",
                         info->version);
    return SCTL_OK;
}

/* NULL without memory for it. */
static CURLSH *make_share(void)
{
    CURLSH *share = curl_share_init();
    if (share == NULL ||
        curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION) == CURLSHE_OK)
        return share;
    (void)curl_share_cleanup(share);
    return NULL;
}

enum sctl_status sctl_multi_open(struct sctl_multi *self, const struct sctl_poller *poller,
                                 struct sctl_err *err)
{
    if (check_version(err) != SCTL_OK)
        return err->status;
    (void)pthread_once(&global_once, global_init);
    if (global_code != CURLE_OK)
        return sctl_fail(err, SCTL_E_SYSTEM, (int)global_code, "libcurl does not start: %s",
                         curl_easy_strerror(global_code));
    memset(self, 0, sizeof *self);
    sctl_sockets_init(&self->sockets, poller);
    self->due = SCTL_NEVER;
    self->reads_ahead = curl_version_info(CURLVERSION_NOW)->version_num >= 0x080100;
    self->share = make_share();
    self->handle = self->share != NULL ? make_handle(self) : NULL;
    if (self->handle != NULL)
        return SCTL_OK;
    (void)curl_share_cleanup(self->share);
    self->share = NULL;
    return sctl_fail(err, SCTL_E_MEMORY, 0, "libcurl gives no multi handle");
}

enum sctl_status sctl_multi_renew(struct sctl_multi *self, struct sctl_err *err)
{
    if (!self->broken)
        return SCTL_OK;
    CURLM *handle = make_handle(self);
    if (handle == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "libcurl gives no multi handle");
    (void)curl_multi_cleanup(self->handle);
    self->handle = handle;
    self->due = SCTL_NEVER;
    self->broken = false;
    return SCTL_OK;
}

void sctl_multi_close(struct sctl_multi *self, bool abandon)
{
    if (!abandon) {
        (void)curl_multi_cleanup(self->handle);
        (void)curl_share_cleanup(self->share);
    }
    self->handle = NULL;
    self->share = NULL;
    sctl_sockets_clear(&self->sockets);
}

/* Before 8.4 libcurl starts with the next address of a host when it is called again, and does not
 * ask to be called: curl's issue 11920. */
static CURLMcode try_next_address(struct sctl_multi *self)
{
    CURLMcode code = CURLM_OK;
#if LIBCURL_VERSION_NUM < 0x080400
    int running;
    if (self->given_up) {
        self->given_up = false;
        /* cppcheck-suppress unknownMacro */
        CURL_IGNORE_DEPRECATION(code = curl_multi_socket_all(self->handle, &running);)
    }
#else
    (void)self;
#endif
    return code;
}

static CURLMcode act_on(struct sctl_multi *self, const struct sctl_ready *ready)
{
    int mask = 0, running;
    if ((ready->events & SCTL_READ) != 0)
        mask |= CURL_CSELECT_IN;
    if ((ready->events & SCTL_WRITE) != 0)
        mask |= CURL_CSELECT_OUT;
    if ((ready->events & SCTL_FAILED) != 0)
        mask |= CURL_CSELECT_ERR;
    return curl_multi_socket_action(self->handle, ready->fd, mask, &running);
}

static CURLMcode act_on_time(struct sctl_multi *self)
{
    int running;
    if (self->due > sctl_monotonic())
        return CURLM_OK;
    self->due = SCTL_NEVER; /* libcurl sets the next one */
    return curl_multi_socket_action(self->handle, CURL_SOCKET_TIMEOUT, 0, &running);
}

enum sctl_status sctl_multi_act(struct sctl_multi *self, const struct sctl_ready *ready, int count,
                                struct sctl_err *err)
{
    CURLMcode code = CURLM_OK;
    if (self->broken) { /* it has no transfers; removing them may have set a timer */
        self->due = SCTL_NEVER;
        return SCTL_OK;
    }
    for (int i = 0; i < count && code == CURLM_OK; i++) {
        if (sctl_sockets_owner(&self->sockets, ready[i].fd) == NULL)
            code = act_on(self, &ready[i]);
    }
    if (code == CURLM_OK)
        code = act_on_time(self);
    if (code == CURLM_OK)
        code = try_next_address(self);
    if (code == CURLM_OK && self->watch_error == 0)
        return SCTL_OK;
    /* libcurl has lost track of a socket. To go on with it crashes 7.88. */
    self->broken = true;
    self->due = SCTL_NEVER;
    if (self->watch_error == 0)
        return sctl_fail(err, SCTL_E_MEMORY, (int)code, "libcurl: %s", curl_multi_strerror(code));
    (void)sctl_fail(err, SCTL_E_SYSTEM, self->watch_error, "a connection cannot be watched: %s",
                    strerror(self->watch_error));
    self->watch_error = 0;
    return SCTL_E_SYSTEM;
}
