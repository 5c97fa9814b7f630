/* What every file of the core shares: version, caps, status codes, views of text.
 *
 * The core has never heard of Lua. It is C11 with what GCC and Clang add to it. Words used in its
 * headers:
 *   _new/_unref  allocate and release; _init/_clear do not allocate the struct itself.
 *   const in     borrowed for this call only.
 *   Sizes are bytes, times are seconds (double) unless a name says otherwise.
 */
#pragma once

/* The sources in csrc/ include this header before any of the system, and need not name those below.
 * It defines for them: */
#define _GNU_SOURCE 1
#define _FILE_OFFSET_BITS 64 /* or a 32-bit system cannot look at all files */

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define SCTL_VERSION "0.1.0" /* of all that is installed together */

#define SCTL_MUST_CHECK __attribute__((warn_unused_result))
#define SCTL_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
/* LuaRocks passes no flags of ours, so the headers themselves hide the symbols. */
#define SCTL_HIDDEN_BEGIN _Pragma("GCC visibility push(hidden)")
#define SCTL_HIDDEN_END _Pragma("GCC visibility pop")

/* Makes a call of the system again as long as signals interrupt it: what it returned. */
#define SCTL_AGAIN(call)                                                                           \
    __extension__({                                                                                \
        __typeof__(call) result_;                                                                  \
        do                                                                                         \
            result_ = (call);                                                                      \
        while (result_ < 0 && errno == EINTR);                                                     \
        result_;                                                                                   \
    })

/* What a caller has to keep, checked in C tests and sanitizer builds. */
#ifdef SCTL_CHECKED
#undef NDEBUG
#include <assert.h>
#define SCTL_ASSERT(contract) assert(contract)
#else
#define SCTL_ASSERT(contract) ((void)0)
#endif

#define SCTL_MAX_NUMBER (INT64_C(1) << 53) /* up to here a double holds every whole number */

/* Caps. Nothing the core builds or receives can grow past these. */
#define SCTL_MAX_TARGET (60u * 1024u)           /* request target */
#define SCTL_MAX_REQUEST_HEADERS (32u * 1024u)  /* all request headers */
#define SCTL_MAX_BODY (4u * 1024u * 1024u)      /* request body */
#define SCTL_MAX_PAIRS 4096u                    /* parameters of one call */
#define SCTL_MAX_RESOURCES 1000u                /* that one call changes */
#define SCTL_MAX_RESPONSE_HEADERS (64u * 1024u) /* response headers */
#define SCTL_MAX_CREDENTIAL (16u * 1024u)       /* key, secret, token */

/* How something ended, and the name of that in messages. */
/* clang-format off */
#define SCTL_STATUSES(entry) \
    entry(SCTL_OK, "ok") \
    entry(SCTL_E_INVALID, "invalid_parameter") /* an argument cannot be sent */ \
    entry(SCTL_E_MEMORY, "memory")             /* out of memory */ \
    entry(SCTL_E_TOO_LARGE, "too_large")       /* a cap was reached */ \
    entry(SCTL_E_CRYPTO, "crypto")             /* OpenSSL refused */ \
    entry(SCTL_E_CREDENTIALS, "credentials")   /* there are none, or they expired */ \
    entry(SCTL_E_SYSTEM, "system")             /* the system or a library refused */ \
    entry(SCTL_E_DNS, "dns")                   /* the host name was not resolved */ \
    entry(SCTL_E_CONNECT, "connect")           /* no connection, or it was lost */ \
    entry(SCTL_E_TLS, "tls")                   /* handshake or certificate failed */ \
    entry(SCTL_E_TIMEOUT, "timeout")           /* a time limit passed */ \
    entry(SCTL_E_RESPONSE, "bad_response")     /* not a whole HTTP response */ \
    entry(SCTL_E_CANCELLED, "cancelled")       /* by the caller */ \
    entry(SCTL_E_CLOSED, "closed")             /* the engine is closed */ \
    entry(SCTL_E_FORKED, "forked")             /* it belongs to another process */
/* clang-format on */

#define SCTL_SYMBOL(symbol, name) symbol,
#define SCTL_NAME(symbol, name) name,

enum sctl_status { SCTL_STATUSES(SCTL_SYMBOL) };

/* A view of bytes that somebody else owns; not NUL-terminated. */
struct sctl_str {
    const char *data;
    size_t len;
};

#define SCTL_STR(literal) ((struct sctl_str){(literal), sizeof(literal) - 1})
SCTL_HIDDEN_BEGIN

/* The error of one call: owned by the caller, fixed size, never allocated. Its content counts only
 * after the call has failed. */
struct sctl_err {
    enum sctl_status status;
    int native;        /* errno, CURLcode or 0 */
    char message[192]; /* never holds a secret */
};

/* Fills `err` and returns `status`, so that a failing function can `return sctl_fail(...)`. The
 * text is truncated to fit, between two characters of UTF-8. */
enum sctl_status sctl_fail(struct sctl_err *err, enum sctl_status status, int native,
                           const char *format, ...) SCTL_PRINTF(4, 5);

/* The stable name of a status, as it appears in messages: "timeout", "tls", ... */
const char *sctl_status_name(enum sctl_status status);

/* All allocation of the core goes through here, so that tests can make the n-th one fail:
 * SCTL_TEST_ALLOC replaces it by functions of the test. */
#ifdef SCTL_TEST_ALLOC
void *sctl_test_realloc(void *old, size_t size);
void sctl_test_free(void *old);
#define sctl_realloc sctl_test_realloc
#define sctl_free sctl_test_free
#else
#define sctl_realloc realloc
#define sctl_free free
#endif

/* Memory of zeros; or NULL and `err`, in which `name` names it. */
void *sctl_new(size_t size, const char *name, struct sctl_err *err) SCTL_MUST_CHECK;

/* A number for this process, which differs from the numbers of its parent and all ancestors.
 * Objects of one process keep the number and compare it later. Costs no system call. */
uint64_t sctl_fork_id(void);

/* Moves a descriptor that took the number of a closed stdin, stdout or stderr: what others write
 * there must not get into its file. Close-on-exec as before; -1 and errno without room for it. */
int sctl_move_up(int fd);

/* Whether files of this owner are as good as our own: they are the effective user's or root's. */
bool sctl_is_ours(uid_t owner);

/* Opens a file, or makes one (0600), but for a link that leads nowhere. *is_ours: the file was made
 * now, or sctl_is_ours. Another file may hold anything, and its owner reads what is written there.
 * -1 and errno. */
int sctl_open(const char *path, int flags, bool *is_ours);
SCTL_HIDDEN_END
