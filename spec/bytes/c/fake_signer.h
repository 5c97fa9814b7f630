/* A signer that signs nothing: the action is the request's target, and the parameters are its
 * headers. */
#pragma once

#include "send/engine.h"

static enum sctl_status fake_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                  struct sctl_signed *out, struct sctl_err *err)
{
    size_t i;
    (void)signer;
    sctl_signed_reset(out);
    sctl_buf_add_str(&out->target, call->action);
    for (i = 0; i < call->param_count; i++)
        sctl_signed_header(out, call->params[i].name, call->params[i].value);
    if (call->content_type.len > 0)
        sctl_signed_header(out, SCTL_STR("content-type"), call->content_type);
    return sctl_signed_ok(out, err);
}

static const struct sctl_signer_ops FAKE_OPS = {.sign = fake_sign};

/* Never freed: the first reference is the program's. */
static struct sctl_signer fake_signer = {.ops = &FAKE_OPS, .refs = 1};

/* What to submit, in plain fields. */
struct sending {
    struct sctl_endpoint *endpoint;
    struct sctl_signer *signer;
    struct sctl_call call;
    double timeout, connect_timeout;
    bool fresh;
};

/* The request that it becomes; or NULL and `err`. */
static inline struct sctl_request *request_of_sending(const struct sending *sending,
                                                      struct sctl_err *err)
{
    struct sctl_parts parts;
    memset(&parts, 0, sizeof parts);
    parts.signer = sending->signer;
    parts.call = sending->call;
    parts.safe = !sending->fresh;
    return sctl_request_new(&parts, err);
}

/* Makes and submits it; the engine keeps what it needs. */
static inline enum sctl_status try_submit(struct sctl_engine *engine, const struct sending *sending,
                                          uint64_t *id, struct sctl_err *err)
{
    struct sctl_timeouts limits = {sending->timeout, sending->connect_timeout};
    struct sctl_request *request = request_of_sending(sending, err);
    enum sctl_status status;
    if (request == NULL)
        return err->status;
    status = sctl_engine_submit(engine, request, 0, sending->endpoint, limits, id, err);
    sctl_request_unref(request);
    return status;
}
