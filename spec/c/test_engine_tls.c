/* The engine over TLS: whom it trusts by default, and a peer that is gone when it says good-bye. */
#include "engine_help.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/syscall.h>

static X509 *trusted; /* the system's one authority */

/* ---- what libcurl is to find in place of the libraries' own ---- */

#pragma GCC visibility push(default)
int X509_STORE_load_file(X509_STORE *store, const char *file);
int X509_STORE_load_path(X509_STORE *store, const char *path);
ssize_t send(int fd, const void *data, size_t size, int flags);
#pragma GCC visibility pop

int X509_STORE_load_file(X509_STORE *store, const char *file)
{
    (void)file;
    return X509_STORE_add_cert(store, trusted);
}

int X509_STORE_load_path(X509_STORE *store, const char *path)
{
    (void)path;
    return X509_STORE_add_cert(store, trusted);
}

static int broken_pipes; /* what was sent to a peer that is gone */

ssize_t send(int fd, const void *data, size_t size, int flags)
{
    ssize_t sent_bytes = syscall(SYS_sendto, fd, data, size, flags, NULL, 0);
    broken_pipes += sent_bytes < 0 && errno == EPIPE;
    return sent_bytes;
}

/* ---- a server of another process, with a certificate that it has signed itself ---- */

struct tls_server {
    char url[64];
    X509 *certificate;
    pid_t pid;
    int orders; /* for each byte here it resets its connection, and sends the byte back */
};

static X509 *make_certificate(EVP_PKEY *key, const char *name)
{
    X509 *made = X509_new();
    X509_NAME *subject = X509_get_subject_name(made);
    X509_EXTENSION *names =
        X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, (char *)(uintptr_t)name);
    (void)X509_set_version(made, 2);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    (void)X509_gmtime_adj(X509_getm_notBefore(made), -86400);
    (void)X509_gmtime_adj(X509_getm_notAfter(made), 86400);
    (void)X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                     (const unsigned char *)"test", -1, -1, 0);
    (void)X509_set_issuer_name(made, subject);
    (void)X509_set_pubkey(made, key);
    (void)X509_add_ext(made, names, -1);
    X509_EXTENSION_free(names);
    if (X509_sign(made, key, EVP_sha256()) == 0) {
        printf("no certificate\n");
        exit(1);
    }
    return made;
}

/* FIN and then RST: whoever sends after that gets EPIPE. */
static void reset(int fd)
{
    struct linger linger = {1, 0};
    (void)shutdown(fd, SHUT_WR);
    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    (void)close(fd);
}

static void serve(SSL_CTX *context, int listener, int orders)
{
    static const char OK[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    char request[4096], order;
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        SSL *ssl = SSL_new(context);
        if (fd < 0 || ssl == NULL || SSL_set_fd(ssl, fd) != 1)
            _exit(1);
        if (SSL_accept(ssl) == 1 && SSL_read(ssl, request, sizeof request) > 0 &&
            SSL_write(ssl, OK, sizeof OK - 1) > 0 && read(orders, &order, 1) == 1) {
            reset(fd);
            if (write(orders, &order, 1) != 1)
                _exit(1);
        } else {
            (void)close(fd);
        }
        SSL_free(ssl);
    }
}

static void tls_start(struct tls_server *self, const char *name)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    EVP_PKEY *key = EVP_EC_gen("P-256");
    int port, listener = server_bind(&port), ends[2];
    self->certificate = make_certificate(key, name);
    if (SSL_CTX_use_certificate(context, self->certificate) != 1 ||
        SSL_CTX_use_PrivateKey(context, key) != 1 || listen(listener, 8) != 0 ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        printf("no TLS server\n");
        exit(1);
    }
    (void)snprintf(self->url, sizeof self->url, "https://127.0.0.1:%d", port);
    self->orders = ends[1];
    self->pid = fork();
    if (self->pid == 0) {
        (void)close(ends[1]); /* so that it ends with us */
        serve(context, listener, ends[0]);
    }
    (void)close(ends[0]);
    (void)close(listener);
    SSL_CTX_free(context);
    EVP_PKEY_free(key);
}

static void tls_stop(struct tls_server *self)
{
    (void)kill(self->pid, SIGKILL);
    (void)waitpid(self->pid, NULL, 0);
    (void)close(self->orders);
    X509_free(self->certificate);
}

static struct sctl_result *fetch_tls(struct sctl_engine *engine,
                                     const struct tls_server *from)
{
    struct sctl_endpoint *endpoint = endpoint_of(from->url);
    struct sctl_err err;
    (void)submit(engine, get(endpoint, "/"));
    sctl_endpoint_unref(endpoint);
    while (sctl_engine_count(engine).done == 0)
        CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 5, &err));
    return next(engine);
}

/* ---- tests ---- */

TEST(the_default_authorities_do_not_make_any_host_good)
{
    struct sctl_engine *engine = engine_of(1);
    struct tls_server right, wrong;
    tls_start(&right, "IP:127.0.0.1");
    tls_start(&wrong, "DNS:streamctl.test,IP:127.0.0.2");
    trusted = right.certificate;
    check_end(fetch_tls(engine, &right), SCTL_OK, 200, true);
    check_end(fetch_tls(engine, &wrong), SCTL_E_TLS, 0, false); /* nobody has signed it */
    sctl_engine_free(engine);
    engine = engine_of(1);
    trusted = wrong.certificate;
    check_end(fetch_tls(engine, &wrong), SCTL_E_TLS, 0,
              false); /* it is somebody else's */
    sctl_engine_free(engine);
    tls_stop(&right);
    tls_stop(&wrong);
}

/* SIGPIPE would end this program. */
TEST(a_good_bye_to_a_peer_that_is_gone)
{
    struct sctl_engine *engine = engine_of(1);
    struct tls_server peer;
    char order;
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    tls_start(&peer, "IP:127.0.0.1");
    trusted = peer.certificate;
    check_end(fetch_tls(engine, &peer), SCTL_OK, 200, true);
    REQUIRE(write(peer.orders, "x", 1) == 1 && read(peer.orders, &order, 1) == 1);
    broken_pipes = 0;
    sctl_engine_close(engine);
#if LIBCURL_VERSION_NUM >= 0x075800 /* before that the TLS library writes by itself */
    CHECK(broken_pipes > 0);
#endif
    sctl_engine_free(engine);
    tls_stop(&peer);
}

int main(void)
{
    check_limit(100);
    sctl_clock_use(&CLOCK);
    RUN(the_default_authorities_do_not_make_any_host_good);
    RUN(a_good_bye_to_a_peer_that_is_gone);
    return check_report();
}
