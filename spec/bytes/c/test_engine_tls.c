/* The engine over TLS: whom it trusts by default, and a peer that is gone when it says good-bye. */
#include "engine_help.h"

#include <dlfcn.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

static char bundle[] = "bundle.crt"; /* the system's authorities: a file, */
static char directory[] = "hashed";  /* and names by hash */

#pragma GCC visibility push(default)
curl_version_info_data *curl_version_info(CURLversion age);
ssize_t send(int fd, const void *data, size_t size, int flags);
#pragma GCC visibility pop

curl_version_info_data *curl_version_info(CURLversion age)
{
    static curl_version_info_data info;
    curl_version_info_data *(*real)(CURLversion);
    *(void **)&real = dlsym(RTLD_NEXT, "curl_version_info");
    info = *real(age);
    info.cainfo = bundle;
    info.capath = directory;
    return &info;
}

static int broken_pipes; /* what was sent to a peer that is gone */

ssize_t send(int fd, const void *data, size_t size, int flags)
{
    ssize_t sent_bytes = sendto(fd, data, size, flags, NULL, 0);
    broken_pipes += sent_bytes < 0 && errno == EPIPE;
    return sent_bytes;
}

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
    (void)X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)"test", -1,
                                     -1, 0);
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

/* The answer says whether the session is one of before. */
static bool answer(SSL *ssl)
{
    static const char NEW[] = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew";
    static const char OLD[] = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold";
    const char *text = SSL_session_reused(ssl) ? OLD : NEW;
    return SSL_write(ssl, text, (int)strlen(text)) > 0;
}

/* A request has come. Before it a proxy has one for a tunnel, which leads to itself. */
static bool asked(SSL *ssl)
{
    static const char TUNNEL[] = "HTTP/1.1 200 OK\r\n\r\n";
    char request[4096] = "";
    return SSL_read(ssl, request, sizeof request) > 0 &&
           (memcmp(request, "CONNECT ", 8) != 0 ||
            (SSL_write(ssl, TUNNEL, (int)strlen(TUNNEL)) > 0 && asked(ssl)));
}

static void serve(SSL_CTX *context, int listener, int orders)
{
    char order;
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        SSL *ssl = SSL_new(context);
        if (fd < 0 || ssl == NULL || SSL_set_fd(ssl, fd) != 1)
            _exit(1);
        if (SSL_accept(ssl) == 1 && asked(ssl) && answer(ssl) && read(orders, &order, 1) == 1) {
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

/* One that ends with its block. */
#define TLS_SERVER(name, names)                                                                    \
    struct tls_server name __attribute__((cleanup(tls_stop)));                                     \
    tls_start(&name, names)

/* It resets the connection, and is to take the next one. */
static bool order_reset(const struct tls_server *self)
{
    char order;
    return write(self->orders, "x", 1) == 1 && read(self->orders, &order, 1) == 1;
}

static void write_certificate(const char *path, X509 *certificate)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && PEM_write_X509(file, certificate) == 1 && fclose(file) == 0);
}

/* The name by which OpenSSL looks a certificate up in the directory. */
static const char *hashed_name(X509 *certificate)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%08lx.0", directory, X509_subject_name_hash(certificate));
    return path;
}

static void trust_only(X509 *certificate)
{
    (void)mkdir(directory, 0700);
    (void)unlink(hashed_name(certificate));
    write_certificate(bundle, certificate);
}

static struct sctl_result *fetch_with(struct sctl_engine *engine,
                                      struct sctl_endpoint_options options)
{
    struct sctl_err err;
    ENDPOINT(endpoint, endpoint_with(options));
    (void)submit(engine, get(endpoint, "/"));
    while (sctl_engine_count(engine).done == 0)
        CHECK_INT(SCTL_OK, sctl_engine_wait(engine, 5, &err));
    return next(engine);
}

static struct sctl_result *fetch_by(struct sctl_engine *engine, const char *url,
                                    const char *ca_path)
{
    struct sctl_endpoint_options options = options_of(url);
    options.ca_path = str(ca_path);
    return fetch_with(engine, options);
}

static struct sctl_result *fetch_tls(struct sctl_engine *engine, const struct tls_server *from)
{
    return fetch_by(engine, from->url, "");
}

/* The same by an engine that has seen no authority yet. */
static void check_anew(const struct tls_server *from, const char *ca_path, enum sctl_status status)
{
    ENGINE(engine, 1);
    bool good = status == SCTL_OK;
    check_end(fetch_by(engine, from->url, ca_path), status, good ? 200 : 0, good);
    if (good) /* the server is to take the next connection */
        REQUIRE(order_reset(from));
}

TEST(a_directory_that_the_caller_names_counts_instead_of_the_bundle)
{
    TLS_SERVER(right, "IP:127.0.0.1");
    TLS_SERVER(other_one, "IP:127.0.0.1");
    trust_only(other_one.certificate);
    check_anew(&right, directory, SCTL_E_TLS);
    write_certificate(hashed_name(right.certificate), right.certificate);
    check_anew(&right, directory, SCTL_OK);
}

TEST(the_default_authorities_do_not_make_any_host_good)
{
    ENGINE(engine, 1);
    TLS_SERVER(right, "IP:127.0.0.1");
    TLS_SERVER(wrong, "DNS:streamctl.test,IP:127.0.0.2");
    trust_only(right.certificate);
    check_end(fetch_tls(engine, &right), SCTL_OK, 200, true);
    check_end(fetch_tls(engine, &wrong), SCTL_E_TLS, 0, false); /* nobody has signed it */
    trust_only(wrong.certificate);
    check_anew(&wrong, "", SCTL_E_TLS); /* it is somebody else's */
}

static void check_proxy(const struct tls_server *proxy, struct sctl_endpoint_options trust,
                        enum sctl_status status)
{
    ENGINE(engine, 1);
    struct sctl_result *result;
    bool good;
    trust.proxy = str(proxy->url);
    result = fetch_with(engine, trust);
    good = result->status == SCTL_OK;
    check_end(result, status, good ? 200 : 0, good);
    if (good) /* the proxy is to take the next connection */
        REQUIRE(order_reset(proxy));
}

TEST(a_proxy_is_trusted_as_a_host_is)
{
    const struct sctl_endpoint_options none = options_of("http://streamctl.test");
    struct sctl_endpoint_options file = none, path = none, any = none;
    TLS_SERVER(proxy, "IP:127.0.0.1");
    TLS_SERVER(host, "IP:127.0.0.1");
    file.ca_file = str("proxy.crt");
    path.ca_path = str(directory);
    any.insecure = true;
    trust_only(proxy.certificate);
    write_certificate("proxy.crt", host.certificate);
    check_proxy(&proxy, none, SCTL_OK);
    check_proxy(&proxy, file, SCTL_E_TLS);
    check_proxy(&proxy, path, SCTL_E_TLS);
    trust_only(host.certificate);
    write_certificate("proxy.crt", proxy.certificate);
    write_certificate(hashed_name(proxy.certificate), proxy.certificate);
    check_proxy(&proxy, none, SCTL_E_TLS);
    check_proxy(&proxy, file, SCTL_OK);
    check_proxy(&proxy, path, SCTL_OK);
    trust_only(host.certificate);
    check_proxy(&proxy, any, SCTL_OK);
}

/* Each connection has a handle of libcurl to itself. */
TEST(sessions_are_resumed_by_all_endpoints_of_an_engine)
{
    ENGINE(engine, 1);
    int i;
    TLS_SERVER(peer, "IP:127.0.0.1");
    trust_only(peer.certificate);
    for (i = 0; i < 4; i++) {
        struct sctl_result *result = fetch_tls(engine, &peer); /* by an endpoint of its own */
        CHECK(
            sctl_str_same(sctl_buf_str(&result->body), i == 0 ? SCTL_STR("new") : SCTL_STR("old")));
        check_end(result, SCTL_OK, 200, true);
        REQUIRE(order_reset(&peer));
    }
}

/* SIGPIPE would end this program. */
TEST(a_good_bye_to_a_peer_that_is_gone)
{
    ENGINE(engine, 1);
    CHECK(signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    TLS_SERVER(peer, "IP:127.0.0.1");
    trust_only(peer.certificate);
    check_end(fetch_tls(engine, &peer), SCTL_OK, 200, true);
    REQUIRE(order_reset(&peer));
    broken_pipes = 0;
    sctl_engine_close(engine);
    /* later ones close without a word */
    CHECK(broken_pipes > 0 || curl_version_info(CURLVERSION_NOW)->version_num >= 0x080e00);
}

int main(void)
{
    return check_main_in_folder(100);
}
