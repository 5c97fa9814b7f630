#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Takes away what is left of a character of UTF-8 that was cut off. */
static void mend_end(char *text)
{
    size_t len = strlen(text), start = len, whole = 1;
    unsigned char lead;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    lead = (unsigned char)text[--start];
    if (lead >= 0xc0)
        whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (len - start < whole)
        text[start] = '\0';
}

enum sctl_status sctl_fail(struct sctl_err *err, enum sctl_status status, int native,
                           const char *format, ...)
{
    va_list args;
    int len;
    err->status = status;
    err->native = native;
    va_start(args, format);
    len = vsnprintf(err->message, sizeof err->message, format, args);
    if (len < 0)
        err->message[0] = '\0';
    else if ((size_t)len >= sizeof err->message)
        mend_end(err->message);
    va_end(args);
    return status;
}

const char *sctl_status_name(enum sctl_status status)
{
    switch (status) {
    case SCTL_OK:
        return "ok";
    case SCTL_E_INVALID:
        return "invalid_parameter";
    case SCTL_E_MEMORY:
        return "memory";
    case SCTL_E_TOO_LARGE:
        return "too_large";
    case SCTL_E_CRYPTO:
        return "crypto";
    case SCTL_E_CREDENTIALS:
        return "credentials";
    case SCTL_E_SYSTEM:
        return "system";
    case SCTL_E_DNS:
        return "dns";
    case SCTL_E_CONNECT:
        return "connect";
    case SCTL_E_TLS:
        return "tls";
    case SCTL_E_TIMEOUT:
        return "timeout";
    case SCTL_E_RESPONSE:
        return "bad_response";
    case SCTL_E_CANCELLED:
        return "cancelled";
    case SCTL_E_CLOSED:
        return "closed";
    case SCTL_E_FORKED:
        return "forked";
    }
    return "unknown";
}
