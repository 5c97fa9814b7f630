/* A request: one call on its way from the check of its parameters to the wire.
 *
 * It is one block of memory: this head, the lengths of its texts, the texts. Who signs it, what it
 * sends and whether it may be sent twice stay as they are. What changes is its Sequence, and which
 * of the things that it is about gave way: a store stamps both (see cells.h), and what is signed
 * next follows them. A repeat submits the same request again.
 */
#ifndef SCTL_REQUEST_H
#define SCTL_REQUEST_H

#include "signer.h"

SCTL_HIDDEN_BEGIN

/* What a request is made of. Borrowed, but the signer gains a reference. */
struct sctl_parts {
    struct sctl_signer *signer;
    struct sctl_call call; /* its nonce and timestamp are not used */
    bool safe;             /* sending it twice does no harm */
    /* For a call that carries a Sequence: the parameter whose values are the things that it is about
     * ("StreamId", as a list "StreamId[]"), and what is put before each one in a store, with a ":".
     * The Sequence, last in the query or in a JSON body, is a parameter of that name, or stamped. */
    bool sequence;
    struct sctl_str about;
    struct sctl_str kind;
};

struct sctl_request {
    struct sctl_signer *signer;
    uint64_t sequence; /* given or stamped; 0: none */
    size_t size; /* bytes of the whole block, which is wiped: a token may be in it */
    unsigned refs;
    uint32_t param_count; /* all of these but a Sequence */
    uint32_t thing_count; /* those of them that it is about, with what gave way */
    uint32_t body_at;     /* where the body begins, in bytes from here */
    uint32_t
        body_len; /* without the Sequence, and without the "}" before which that goes */
    uint32_t tail_len; /* bytes of the Sequence, which follow the body's */
    uint32_t before;   /* bytes of the kind before the text of a thing */
    enum sctl_method method;
    bool safe;
    bool has_sequence;
    /* then: lengths (uint32_t each), then the texts, in the order of sctl_request_new() */
};

/* The number that a Sequence's text says; 0 when it is none. */
uint64_t sctl_read_sequence(struct sctl_str text);

/* One reference; or NULL and `err` when it is too large, its Sequence is none, or there is no
 * memory. */
struct sctl_request *sctl_request_new(const struct sctl_parts *parts,
                                      struct sctl_err *err) SCTL_MUST_CHECK;

static inline struct sctl_request *sctl_request_ref(struct sctl_request *request)
{
    request->refs++;
    return request;
}

/* Drops a reference. NULL is fine. */
void sctl_request_unref(struct sctl_request *request);

/* The call as it is to be signed now, without nonce and timestamp. Its texts live in the request,
 * its list in `params`, which is scratch. */
enum sctl_status sctl_request_call(const struct sctl_request *request,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_err *err) SCTL_MUST_CHECK;

/* ---- stamping ----
 *
 * A walk over the things that have not given way, in order:
 *
 *     struct sctl_things walk = sctl_request_things(request);
 *     while (sctl_things_next(&walk, &thing))
 *         if (...)
 *             sctl_things_drop(&walk); // the one that was just seen gives way
 */
struct sctl_things {
    uint32_t *lengths; /* of the next parameter */
    const char *at;
    uint32_t left; /* parameters */
    uint32_t before;
};

struct sctl_things sctl_request_things(struct sctl_request *request);

/* `thing`: the text by which a store knows it, the kind before it; its value is what follows
 * `request->before` bytes. */
bool sctl_things_next(struct sctl_things *walk, struct sctl_str *thing);

void sctl_things_drop(struct sctl_things *walk);

/* From 1 to 2^53 - 1, for a request that carries one, and that nobody is sending: a body is sent from
 * here. */
void sctl_request_set_sequence(struct sctl_request *request, uint64_t number);

SCTL_HIDDEN_END

#endif
