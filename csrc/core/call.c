#include "call.h"

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
