/* A signer that signs nothing: the action is the request's target, and the parameters are its
 * headers.
 */
#ifndef FAKE_SIGNER_H
#define FAKE_SIGNER_H

#include "signer.h"

static enum sctl_status fake_sign(struct sctl_signer *signer,
                                  const struct sctl_call *call, struct sctl_signed *out,
                                  struct sctl_err *err)
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

static const struct sctl_signer_ops FAKE_OPS = {fake_sign, NULL};

/* Never freed: the first reference is the program's. */
static struct sctl_signer fake_signer = {.ops = &FAKE_OPS, .refs = 1};

#endif
