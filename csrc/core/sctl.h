/* What every file of the core shares: version, caps, status codes, views of text.
 *
 * The core has never heard of Lua. It is C11 with what GCC and Clang add to it. Words used in its
 * headers:
 *   _new/_unref  allocate and release; _init/_clear do not allocate the struct itself.
 *   const in     borrowed for this call only.
 *   Sizes are bytes, times are seconds (double) unless a name says otherwise.
 */
#ifndef SCTL_H
#define SCTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCTL_VERSION "0.1.0" /* of all that is installed together */

#define SCTL_MUST_CHECK __attribute__((warn_unused_result))
#define SCTL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
/* LuaRocks passes no flags of ours, so the headers themselves hide the symbols. */
#define SCTL_HIDDEN_BEGIN _Pragma("GCC visibility push(hidden)")
#define SCTL_HIDDEN_END _Pragma("GCC visibility pop")

#define SCTL_MAX_NUMBER                                                                  \
    (INT64_C(1) << 53) /* up to here a double holds every whole number */

/* Caps. Nothing the core builds or receives can grow past these. */
#define SCTL_MAX_TARGET (60u * 1024u)           /* request target */
#define SCTL_MAX_REQUEST_HEADERS (32u * 1024u)  /* all request headers */
#define SCTL_MAX_HEADER_COUNT 32u               /* request headers */
#define SCTL_MAX_BODY (4u * 1024u * 1024u)      /* request body */
#define SCTL_MAX_PAIRS 4096u                    /* parameters of one call */
#define SCTL_MAX_RESOURCES 1000u                /* that one call is about */
#define SCTL_MAX_RESPONSE_HEADERS (64u * 1024u) /* response headers */
#define SCTL_MAX_CREDENTIAL (16u * 1024u)       /* key, secret, token */

enum sctl_status {
    SCTL_OK = 0,
    SCTL_E_INVALID,     /* an argument cannot be sent */
    SCTL_E_MEMORY,      /* out of memory */
    SCTL_E_TOO_LARGE,   /* a cap was reached */
    SCTL_E_CRYPTO,      /* OpenSSL refused */
    SCTL_E_CREDENTIALS, /* there are none, or they have expired */
    SCTL_E_SYSTEM,      /* the operating system or a library refused something */
    SCTL_E_DNS,         /* the host name could not be resolved */
    SCTL_E_CONNECT,     /* no connection, or it was lost */
    SCTL_E_TLS,         /* the TLS handshake or the certificate failed */
    SCTL_E_TIMEOUT,     /* a time limit passed */
    SCTL_E_RESPONSE,    /* what came back is not a whole HTTP response */
    SCTL_E_CANCELLED,   /* cancelled by the caller */
    SCTL_E_CLOSED,      /* the engine is closed */
    SCTL_E_FORKED,      /* the engine belongs to another process */
};

/* A view of bytes that somebody else owns; not NUL-terminated. */
struct sctl_str {
    const char *data;
    size_t len;
};

#define SCTL_STR(literal) ((struct sctl_str){(literal), sizeof(literal) - 1})

#endif
