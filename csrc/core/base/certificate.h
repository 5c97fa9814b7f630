/* Certificates of servers, by OpenSSL's libcrypto, whose error queue is left as it was found. */
#pragma once

#include "sctl.h"
SCTL_HIDDEN_BEGIN

/* Whether a certificate (PEM) is that of a host, a name or an address as text. Says nothing of who
 * has signed it. */
bool sctl_certificate_is_of(struct sctl_str pem, const char *host);

/* Where the system keeps the authorities that it trusts: the file of SSL_CERT_FILE or of OpenSSL,
 * NULL when it cannot be read, and a folder of hashed names, which may be missing. */
const char *sctl_certificate_file(void);
const char *sctl_certificate_folder(void);
SCTL_HIDDEN_END
