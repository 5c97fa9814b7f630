#include "err.h"

#include <stdarg.h>
#include <stdio.h>

enum sctl_status sctl_fail(struct sctl_err *err, enum sctl_status status, int native,
                           const char *format, ...)
{
    va_list args;
    err->status = status;
    err->native = native;
    va_start(args, format);
    if (vsnprintf(err->message, sizeof err->message, format, args) < 0)
        err->message[0] = '\0';
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
