/* A call before it is signed, and the request it becomes. */
#ifndef SCTL_CALL_H
#define SCTL_CALL_H

#include "pair.h"

SCTL_HIDDEN_BEGIN

#define SCTL_NOW INT64_MIN /* "the time at which it is signed" */

/* One call, unsigned. Everything is borrowed. */
struct sctl_call {
    bool post; /* POST, else GET */
    struct sctl_str action;
    const struct sctl_pair *params; /* for the query; any order */
    size_t param_count;
    const struct sctl_pair *headers; /* further x-acs-*: lower-case, unique names */
    size_t header_count;
    struct sctl_str body;
    struct sctl_str content_type; /* of `body`; empty for none */
    struct sctl_str nonce;        /* empty: a fresh one */
    int64_t timestamp;            /* Unix seconds, or SCTL_NOW */
};

/* A signed request. Init once, reuse often, clear at the end. The body is the call's. */
struct sctl_signed {
    struct sctl_buf target;  /* "/?name=value&..." */
    struct sctl_buf headers; /* "Name: value" texts, each with its NUL */
    size_t header_count;
    /* What was signed, for diagnosis; empty for ZEGO, where the text holds the secret. */
    struct sctl_buf canonical;
    struct sctl_buf to_sign;
};

void sctl_signed_init(struct sctl_signed *request);
void sctl_signed_reset(struct sctl_signed *request);
void sctl_signed_clear(struct sctl_signed *request);

/* Appends one header; the texts must be free of control characters. */
void sctl_signed_header(struct sctl_signed *request, struct sctl_str name,
                        struct sctl_str value);

/* Whether every buffer of a signed request was filled. */
enum sctl_status sctl_signed_ok(const struct sctl_signed *request,
                                struct sctl_err *err) SCTL_MUST_CHECK;

/* The call's names and header texts can be sent. */
enum sctl_status sctl_check_call(const struct sctl_call *call,
                                 struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
