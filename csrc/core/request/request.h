/* A request: one call as it was checked, on its way to the wire.
 *
 * A request is one block of memory, which never changes: this head, the lists of params and
 * resources, the texts. The Sequence of an attempt is kept outside. To leave resources out makes a
 * new block. A repeat submits the same request again. */
#pragma once

#include "../sign/signer.h"
SCTL_HIDDEN_BEGIN

#define SCTL_WHOLE UINT32_MAX /* no param leaves with a resource */

/* The parts of a request. All are borrowed, but the signer gains a reference. */
struct sctl_parts {
    struct sctl_signer *signer;
    struct sctl_call call;         /* its nonce and timestamp are not used */
    bool safe;                     /* sending it twice does no harm */
    bool sequence;                 /* it carries a Sequence, which is not among the params */
    struct sctl_str sequence_text; /* the text of the caller's own; NULL: there is none */
    /* What the call changes, as stores know it: `resource_count` texts, up to SCTL_MAX_RESOURCES.
     * Either they are given, and the call goes whole or not at all. Or, when `resources` is NULL,
     * they are the values of the params from `first_resource` on, and a param leaves with its
     * resource. Each is put after `kind` and a ":", unless the kind is empty. */
    const struct sctl_str *resources;
    size_t resource_count;
    size_t first_resource;
    struct sctl_str kind;
};

struct sctl_request {
    struct sctl_signer *signer;
    struct sctl_request *origin; /* of sctl_request_without(); or NULL */
    uint64_t sequence;           /* the caller's own; 0: none */
    size_t size; /* bytes of the whole block, which is wiped: a token may be in it */
    unsigned refs;
    bool safe;
    bool has_sequence;
    uint32_t first_resource; /* the param that leaves with the first one, or SCTL_WHOLE */
    uint32_t resource_count;
    const struct sctl_str *resources; /* in the block, as is all of the call */
    struct sctl_call call;
};

/* The number that a Sequence's text says; 0 when it is none. */
uint64_t sctl_read_sequence(struct sctl_str text);

/* One reference; or NULL and `err` when it is too large, its Sequence is none, or there is no
 * memory. */
struct sctl_request *sctl_request_new(const struct sctl_parts *parts,
                                      struct sctl_err *err) SCTL_MUST_CHECK;

/* Another request without the resources for which `dropped` is true, and without their params. Not
 * for one that goes whole or not at all. It keeps the first one, whose texts may be in use. One
 * reference; or NULL and `err` when there is no memory. */
struct sctl_request *sctl_request_without(struct sctl_request *request, const bool *dropped,
                                          struct sctl_err *err) SCTL_MUST_CHECK;

static inline struct sctl_request *sctl_request_ref(struct sctl_request *request)
{
    SCTL_ASSERT(request->refs > 0);
    request->refs++;
    return request;
}

/* Drops a reference. NULL is fine. */
void sctl_request_unref(struct sctl_request *request);

/* The call as it is signed with this number (0: none), without nonce and timestamp. It borrows from
 * the request; and with a number from `params` and `text`, which are the caller's scratch. */
enum sctl_status sctl_request_call(const struct sctl_request *request, uint64_t sequence,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_buf *text, struct sctl_err *err) SCTL_MUST_CHECK;

/* Makes `text` an empty buffer for sctl_request_call(). */
static inline void sctl_request_text(struct sctl_buf *text)
{
    sctl_buf_init(text, SCTL_MAX_BODY + 64, true);
}
SCTL_HIDDEN_END
