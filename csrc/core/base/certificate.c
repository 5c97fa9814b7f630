#include "certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <limits.h>
#include <unistd.h>

static X509 *read_pem(struct sctl_str pem)
{
    BIO *bio = pem.len <= INT_MAX ? BIO_new_mem_buf(pem.data, (int)pem.len) : NULL;
    X509 *certificate = bio != NULL ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
    BIO_free(bio);
    return certificate;
}

bool sctl_certificate_is_of(struct sctl_str pem, const char *host)
{
    ERR_set_mark();
    X509 *certificate = read_pem(pem);
    int matches = 0;
    if (certificate != NULL && host[0] != '\0') {
        matches = X509_check_ip_asc(certificate, host, 0);
        if (matches == -2) /* no address */
            matches =
                X509_check_host(certificate, host, 0, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, NULL);
    }
    X509_free(certificate);
    (void)ERR_pop_to_mark();
    return matches == 1;
}

const char *sctl_certificate_file(void)
{
    const char *path = getenv(X509_get_default_cert_file_env());
    if (path == NULL || path[0] == '\0')
        path = X509_get_default_cert_file();
    return access(path, R_OK) == 0 ? path : NULL;
}

const char *sctl_certificate_folder(void)
{
    return X509_get_default_cert_dir();
}
