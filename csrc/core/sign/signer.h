/* A signer turns a call into a request that a vendor accepts. It owns the credentials. It is
 * reached through a table of functions, so that the engine needs nothing of OpenSSL. */
#pragma once

#include "../base/clock.h"
#include "../base/pair.h"
SCTL_HIDDEN_BEGIN

#define SCTL_NOW INT64_MIN     /* "the time at which it is signed" */
#define SCTL_FOREVER INT64_MAX /* of credentials that do not expire */

enum sctl_method { SCTL_GET, SCTL_POST, SCTL_PUT };

static inline struct sctl_str sctl_method_name(enum sctl_method method)
{
    return method == SCTL_GET    ? SCTL_STR("GET")
           : method == SCTL_POST ? SCTL_STR("POST")
                                 : SCTL_STR("PUT");
}

/* One call, unsigned. Everything is borrowed. */
struct sctl_call {
    enum sctl_method method;
    struct sctl_str action;
    const struct sctl_pair *params; /* for the query; any order */
    size_t param_count;
    struct sctl_str body;
    struct sctl_str content_type; /* of `body`; empty for none */
    struct sctl_str nonce;        /* empty: a fresh one */
    int64_t timestamp;            /* Unix seconds, or SCTL_NOW */
};

/* A signed request. Init once, reuse often, clear at the end. The body is the call's. The buffers
 * hold signatures and tokens, and are wiped. */
struct sctl_signed {
    struct sctl_buf target;  /* "/?name=value&..." */
    struct sctl_buf headers; /* "Name: value" texts, each with its NUL */
    size_t header_count;
    /* What was signed, for diagnosis; empty for ZEGO, where the text holds the secret. */
    struct sctl_buf canonical;
    struct sctl_buf to_sign;
    struct sctl_pairs sorted; /* scratch of Alibaba Cloud: what is signed, in byte order */
};

/* The next three are inline, since the engine needs no other function of sign/. */
static inline void sctl_signed_init(struct sctl_signed *request)
{
    sctl_buf_init(&request->target, SCTL_MAX_TARGET, true);
    sctl_buf_init(&request->headers, SCTL_MAX_REQUEST_HEADERS, true);
    sctl_buf_init(&request->canonical, SCTL_MAX_TARGET + SCTL_MAX_REQUEST_HEADERS, true);
    sctl_buf_init(&request->to_sign, 2 * SCTL_MAX_TARGET, true);
    memset(&request->sorted, 0, sizeof request->sorted);
    request->header_count = 0;
}

static inline void sctl_signed_reset(struct sctl_signed *request)
{
    sctl_buf_reset(&request->target);
    sctl_buf_reset(&request->headers);
    sctl_buf_reset(&request->canonical);
    sctl_buf_reset(&request->to_sign);
    request->header_count = 0;
}

static inline void sctl_signed_clear(struct sctl_signed *request)
{
    sctl_buf_clear(&request->target);
    sctl_buf_clear(&request->headers);
    sctl_buf_clear(&request->canonical);
    sctl_buf_clear(&request->to_sign);
    sctl_pairs_clear(&request->sorted);
}

/* What a signer signs with. Everything is borrowed. */
struct sctl_credentials {
    struct sctl_str id; /* of the key; empty for ZEGO */
    struct sctl_str secret;
    struct sctl_str token; /* empty without one */
    int64_t expires;       /* Unix seconds by the vendor's clock, or SCTL_FOREVER */
};

struct sctl_signer;

struct sctl_signer_ops {
    /* Signs `call` into `out`, which is reset first. A failure may leave it half-filled. */
    enum sctl_status (*sign)(struct sctl_signer *signer, const struct sctl_call *call,
                             struct sctl_signed *out, struct sctl_err *err);
    /* Replaces the credentials, wiping the old. The secret and token that they replace are still
     * redacted, until the next time. A failure changes nothing. */
    enum sctl_status (*renew)(struct sctl_signer *signer,
                              const struct sctl_credentials *credentials, struct sctl_err *err);
    void (*free)(struct sctl_signer *signer);
};

/* The head of every implementation. Reference counted, not for use by two threads. */
struct sctl_signer {
    const struct sctl_signer_ops *ops;
    unsigned refs;
    struct sctl_buf secret; /* wiped when freed, as is the token */
    struct sctl_buf token;  /* empty without one */
    struct sctl_buf hidden; /* what else redaction knows, see sctl_signer_hide() */
    int64_t expires;        /* of the credentials; INT64_MIN: there are none yet */
    double clock_offset;    /* the vendor's clock minus ours, seconds; 0 until it is known */
    int64_t date_second;    /* the second that `date` is the text of */
    char date[SCTL_TIME_TEXT];
};

static inline struct sctl_signer *sctl_signer_ref(struct sctl_signer *signer)
{
    SCTL_ASSERT(signer->refs > 0);
    signer->refs++;
    return signer;
}

/* Drops a reference; the last one wipes the credentials. NULL is fine. */
static inline void sctl_signer_unref(struct sctl_signer *signer)
{
    SCTL_ASSERT(signer == NULL || signer->refs > 0);
    if (signer != NULL && --signer->refs == 0)
        signer->ops->free(signer);
}

SCTL_MUST_CHECK
static inline enum sctl_status sctl_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                         struct sctl_signed *out, struct sctl_err *err)
{
    return signer->ops->sign(signer, call, out, err);
}

SCTL_MUST_CHECK
static inline enum sctl_status sctl_signer_renew(struct sctl_signer *signer,
                                                 const struct sctl_credentials *credentials,
                                                 struct sctl_err *err)
{
    return signer->ops->renew(signer, credentials, err);
}

/* Replaces `secret` in `text` by "***", also where it stands percent-encoded once or twice. One of
 * fewer than 4 bytes is left: it would be anywhere. */
void sctl_redact(struct sctl_buf *text, struct sctl_str secret);

/* Appends `text` to the empty `out`, without what the signer knows to be secret. */
void sctl_signer_redact(const struct sctl_signer *signer, struct sctl_str text,
                        struct sctl_buf *out);

/* ---- the signers: one reference, or NULL and `err`; they copy what they are given ---- */

struct sctl_aliyun_options {
    struct sctl_str access_key_id; /* NULL, as are the next two: no credentials yet */
    struct sctl_str access_key_secret;
    struct sctl_str security_token; /* empty without STS */
    struct sctl_str host;           /* the Host header byte for byte, port included */
    struct sctl_str version;        /* of the API, "2016-11-01" */
    struct sctl_str format;         /* RPC only: of the answer; empty for "JSON" */
};

/* ACS3-HMAC-SHA256. */
struct sctl_signer *sctl_acs3_new(const struct sctl_aliyun_options *options,
                                  struct sctl_err *err) SCTL_MUST_CHECK;
/* The older RPC signature, HMAC-SHA1. */
struct sctl_signer *sctl_rpc_new(const struct sctl_aliyun_options *options,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

struct sctl_zego_options {
    uint32_t app_id;               /* not 0 */
    struct sctl_str server_secret; /* as the console shows it; any bytes; NULL: none yet */
    bool is_test;                  /* send IsTest=true */
};

struct sctl_signer *sctl_zego_new(const struct sctl_zego_options *options,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* No signature: the call's action is the request target, and the headers are always the same. For
 * those who hand out credentials, which are asked without any, or with a token in a header. Values
 * of headers count as secrets. No name is one that the transport or the call makes, nor twice. */
struct sctl_signer *sctl_plain_new(const struct sctl_pair *headers, size_t count,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* ---- for implementations ---- */

/* Resets `out` and checks that the call's texts can be sent, with credentials that are valid. */
enum sctl_status sctl_sign_begin(const struct sctl_signer *signer, const struct sctl_call *call,
                                 struct sctl_signed *out, struct sctl_err *err) SCTL_MUST_CHECK;

/* Appends one header; the texts must be free of control characters. */
void sctl_signed_header(struct sctl_signed *request, struct sctl_str name, struct sctl_str value);

/* Whether every buffer of a signed request was filled. */
enum sctl_status sctl_signed_ok(const struct sctl_signed *request,
                                struct sctl_err *err) SCTL_MUST_CHECK;

/* A signer of `size` bytes, which begin with its head: one reference, no credentials, zeros behind
 * it. NULL: no memory. */
void *sctl_signer_new(size_t size, const struct sctl_signer_ops *ops,
                      struct sctl_err *err) SCTL_MUST_CHECK;

/* Wipes the head; the implementation frees it with the rest. */
void sctl_signer_clear(struct sctl_signer *signer);

/* Replaces the credentials that the head keeps. A failure changes nothing. */
enum sctl_status sctl_signer_keep(struct sctl_signer *signer,
                                  const struct sctl_credentials *credentials,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* One more text that redaction hides. Whether there was memory shows in the buffer. */
void sctl_signer_hide(struct sctl_signer *signer, struct sctl_str text);

/* A credential that may enter a header: not empty, not too long, no control characters. */
enum sctl_status sctl_check_credential(struct sctl_str text, const char *name,
                                       struct sctl_err *err) SCTL_MUST_CHECK;

/* The Unix second to sign with. */
int64_t sctl_signer_second(const struct sctl_signer *signer, const struct sctl_call *call);

/* That second as SCTL_TIME_TEXT bytes, owned by the signer until the next call. */
enum sctl_status sctl_signer_date(struct sctl_signer *signer, const struct sctl_call *call,
                                  struct sctl_str *date, struct sctl_err *err) SCTL_MUST_CHECK;

/* The call's nonce, or `digits` fresh hex digits written to `space`. */
enum sctl_status sctl_signer_nonce(const struct sctl_call *call, char *space, size_t digits,
                                   struct sctl_str *nonce, struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
