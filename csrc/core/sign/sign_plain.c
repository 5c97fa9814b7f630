#include "signer.h"

#include "../base/encode.h"

struct plain {
    struct sctl_signer head;
    struct sctl_buf headers; /* as they are sent */
    size_t header_count;
};

static void plain_free(struct sctl_signer *signer)
{
    struct plain *self = (struct plain *)signer;
    sctl_signer_clear(&self->head);
    sctl_buf_clear(&self->headers);
    sctl_free(self);
}

static enum sctl_status plain_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                   struct sctl_signed *out, struct sctl_err *err)
{
    const struct plain *self = (const struct plain *)signer;
    if (sctl_sign_begin(signer, call, out, err) != SCTL_OK)
        return err->status;
    if (call->action.data[0] != '/' || memchr(call->action.data, ' ', call->action.len) != NULL)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the request target does not begin with /, or holds a blank");
    if (call->param_count > 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "a plain request has its parameters in its target");
    sctl_buf_add_str(&out->target, call->action);
    sctl_buf_add_str(&out->headers, sctl_buf_str(&self->headers));
    out->header_count = self->header_count;
    if (call->content_type.len > 0)
        sctl_signed_header(out, SCTL_STR("content-type"), call->content_type);
    return sctl_signed_ok(out, err);
}

static enum sctl_status plain_renew(struct sctl_signer *signer,
                                    const struct sctl_credentials *credentials,
                                    struct sctl_err *err)
{
    (void)signer;
    (void)credentials;
    return sctl_fail(err, SCTL_E_INVALID, 0, "a plain signer has no credentials");
}

/* What a server or a proxy would not hand on as it is. */
static enum sctl_status check_header(const struct sctl_pair *header, struct sctl_err *err)
{
    struct sctl_str name = header->name, value = header->value;
    if (name.len == 0 || sctl_has_control(name) || memchr(name.data, ' ', name.len) != NULL ||
        memchr(name.data, ':', name.len) != NULL)
        return sctl_fail(err, SCTL_E_INVALID, 0, "a header has no proper name");
    if (value.len == 0 || value.data[0] == ' ' || value.data[value.len - 1] == ' ' ||
        sctl_has_control(value))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "header %.*s is empty, begins or ends with a blank, or holds a "
                         "control character",
                         (int)name.len, name.data);
    return SCTL_OK;
}

static void add_header(struct plain *self, const struct sctl_pair *header)
{
    struct sctl_str value = header->value;
    const char *blank = memchr(value.data, ' ', value.len);
    sctl_buf_add_str(&self->headers, header->name);
    sctl_buf_add_lit(&self->headers, ": ");
    sctl_buf_add_str(&self->headers, value);
    sctl_buf_add_char(&self->headers, '\0');
    self->header_count++;
    sctl_signer_hide(&self->head, value);
    if (blank != NULL) /* "Bearer ..." is known by what follows, too */
        sctl_signer_hide(&self->head, (struct sctl_str){blank + 1, (size_t)(value.data + value.len -
                                                                            (blank + 1))});
}

struct sctl_signer *sctl_plain_new(const struct sctl_pair *headers, size_t count,
                                   struct sctl_err *err)
{
    static const struct sctl_signer_ops OPS = {plain_sign, plain_renew, plain_free};
    for (size_t i = 0; i < count; i++) {
        if (check_header(&headers[i], err) != SCTL_OK)
            return NULL;
    }
    struct plain *self = sctl_signer_new(sizeof *self, &OPS, err);
    if (self == NULL)
        return NULL;
    sctl_buf_init(&self->headers, SCTL_MAX_REQUEST_HEADERS, true);
    self->head.expires = SCTL_FOREVER;
    for (size_t i = 0; i < count; i++)
        add_header(self, &headers[i]);
    if (sctl_buf_ok(&self->headers, "the headers", err) == SCTL_OK &&
        sctl_buf_ok(&self->head.hidden, "the headers", err) == SCTL_OK)
        return &self->head;
    plain_free(&self->head);
    return NULL;
}
