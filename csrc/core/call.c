#include "call.h"

#include "encode.h"

void sctl_signed_init(struct sctl_signed *request)
{
    /* wiped: they hold signatures and tokens */
    sctl_buf_init(&request->target, SCTL_MAX_TARGET, true);
    sctl_buf_init(&request->headers, SCTL_MAX_REQUEST_HEADERS, true);
    sctl_buf_init(&request->canonical, SCTL_MAX_TARGET + SCTL_MAX_REQUEST_HEADERS, true);
    sctl_buf_init(&request->to_sign, 2 * SCTL_MAX_TARGET, true);
    request->header_count = 0;
}

void sctl_signed_reset(struct sctl_signed *request)
{
    sctl_buf_reset(&request->target);
    sctl_buf_reset(&request->headers);
    sctl_buf_reset(&request->canonical);
    sctl_buf_reset(&request->to_sign);
    request->header_count = 0;
}

void sctl_signed_clear(struct sctl_signed *request)
{
    sctl_buf_clear(&request->target);
    sctl_buf_clear(&request->headers);
    sctl_buf_clear(&request->canonical);
    sctl_buf_clear(&request->to_sign);
    request->header_count = 0;
}

void sctl_signed_header(struct sctl_signed *request, struct sctl_str name,
                        struct sctl_str value)
{
    sctl_buf_add_str(&request->headers, name);
    sctl_buf_add_lit(&request->headers, ": ");
    sctl_buf_add_str(&request->headers, value);
    sctl_buf_add_char(&request->headers, '\0');
    request->header_count++;
}

enum sctl_status sctl_signed_ok(const struct sctl_signed *request, struct sctl_err *err)
{
    enum sctl_status status = sctl_buf_ok(&request->target, "the request target", err);
    if (status == SCTL_OK)
        status = sctl_buf_ok(&request->headers, "the request headers", err);
    if (status == SCTL_OK)
        status = sctl_buf_ok(&request->canonical, "the canonical request", err);
    if (status == SCTL_OK)
        status = sctl_buf_ok(&request->to_sign, "the string to sign", err);
    return status;
}

enum sctl_status sctl_check_call(const struct sctl_call *call, struct sctl_err *err)
{
    size_t i;
    if (call->action.len == 0 || sctl_has_control(call->action))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the action is empty or holds a control character");
    if (call->body.len > SCTL_MAX_BODY)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the body is larger than %u bytes",
                         SCTL_MAX_BODY);
    if (sctl_has_control(call->nonce) || sctl_has_control(call->content_type))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "nonce or content type hold a control character");
    for (i = 0; i < call->param_count; i++) {
        struct sctl_str name = call->params[i].name;
        if (name.len == 0 || sctl_has_control(name))
            return sctl_fail(err, SCTL_E_INVALID, 0,
                             "a parameter name is empty or holds a control character");
    }
    for (i = 0; i < call->header_count; i++) {
        struct sctl_pair header = call->headers[i];
        /* libcurl leaves out a header without a value: it would be signed and not sent */
        if (header.name.len == 0 || header.value.len == 0 ||
            sctl_has_control(header.name) || sctl_has_control(header.value))
            return sctl_fail(err, SCTL_E_INVALID, 0,
                             "a header is empty or holds a control character");
    }
    return SCTL_OK;
}
