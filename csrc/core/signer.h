/* A signer turns a call into a request that a vendor accepts. It owns the credentials.
 *
 * One interface, three implementations, see sign_aliyun.h and sign_zego.h. It is reached
 * through a table of functions, so that whoever sends (the engine) needs nothing of OpenSSL.
 */
#ifndef SCTL_SIGNER_H
#define SCTL_SIGNER_H

#include "call.h"
#include "clock.h"

SCTL_HIDDEN_BEGIN

struct sctl_signer;

struct sctl_signer_ops {
    enum sctl_status (*sign)(struct sctl_signer *signer, const struct sctl_call *call,
                             struct sctl_signed *out, struct sctl_err *err);
    void (*free)(struct sctl_signer *signer);
};

/* The head of every implementation. Reference counted, not for use by two threads. */
struct sctl_signer {
    const struct sctl_signer_ops *ops;
    unsigned refs;
    struct sctl_buf secret; /* wiped when freed, as is the token */
    struct sctl_buf token;  /* empty without one */
    double clock_offset; /* the vendor's clock minus ours, seconds; 0 until it is known */
    int64_t date_second; /* the second that `date` is the text of */
    char date[SCTL_TIME_TEXT];
};

/* Signs `call` into `out`, which is reset first. Buffers of `out` may be left half-filled by
 * a failure. */
SCTL_MUST_CHECK
static inline enum sctl_status sctl_sign(struct sctl_signer *signer,
                                         const struct sctl_call *call,
                                         struct sctl_signed *out, struct sctl_err *err)
{
    return signer->ops->sign(signer, call, out, err);
}

static inline struct sctl_signer *sctl_signer_ref(struct sctl_signer *signer)
{
    signer->refs++;
    return signer;
}

/* Drops a reference; the last one wipes the credentials. NULL is fine. */
static inline void sctl_signer_unref(struct sctl_signer *signer)
{
    if (signer != NULL && --signer->refs == 0)
        signer->ops->free(signer);
}

/* Replaces `secret` in `text` by "***", also where it stands percent-encoded once or twice. One of
 * fewer than 4 bytes is left: it would be anywhere. */
void sctl_redact(struct sctl_buf *text, struct sctl_str secret);

/* Appends `text` to the empty `out`, without the secret and the token; see sctl_redact(). */
void sctl_signer_redact(const struct sctl_signer *signer, struct sctl_str text,
                        struct sctl_buf *out);

/* ---- for implementations ---- */

/* Fills the head: one reference, copies of secret and token. */
enum sctl_status sctl_signer_init(struct sctl_signer *signer,
                                  const struct sctl_signer_ops *ops,
                                  struct sctl_str secret, struct sctl_str token,
                                  struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_signer_clear(struct sctl_signer *signer);

/* A credential that may enter a header: not empty, not too long, no control characters.
 * `what` names it in the message. */
enum sctl_status sctl_check_credential(struct sctl_str text, const char *what,
                                       struct sctl_err *err) SCTL_MUST_CHECK;

/* The Unix second to sign with. */
int64_t sctl_signer_second(const struct sctl_signer *signer,
                           const struct sctl_call *call);

/* That second as SCTL_TIME_TEXT bytes, owned by the signer until the next call. */
enum sctl_status sctl_signer_date(struct sctl_signer *signer,
                                  const struct sctl_call *call, struct sctl_str *date,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

/* The call's nonce, or `digits` fresh hex digits written to `space`. */
enum sctl_status sctl_signer_nonce(const struct sctl_call *call, char *space,
                                   size_t digits, struct sctl_str *nonce,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
