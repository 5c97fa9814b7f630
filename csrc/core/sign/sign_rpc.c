/* RPC signature, version 1.0 (HMAC-SHA1): the older scheme. The signature is in the query, and over
 * all parameters, those of a form in the body included.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism */
#include "sign_aliyun.h"

#include "../base/encode.h"

#define NONCE_DIGITS 32u
#define FORM SCTL_STR("application/x-www-form-urlencoded")

/* Decodes one name or value behind the others, which must not move. */
static struct sctl_str form_decode(struct sctl_buf *form, struct sctl_str text)
{
    size_t from = form->len;
    sctl_decode_form(form, text);
    return (struct sctl_str){form->data + from, form->len - from};
}

/* Adds the fields of a form, decoded into `form`. */
static enum sctl_status add_form(struct sctl_pairs *sorted, struct sctl_str body,
                                 struct sctl_buf *form, struct sctl_err *err)
{
    (void)sctl_buf_reserve(form, body.len);
    enum sctl_status status = sctl_buf_ok(form, "the form", err);
    while (status == SCTL_OK && body.len > 0) {
        const char *stop = memchr(body.data, '&', body.len), *equals;
        struct sctl_str name = {body.data, stop != NULL ? (size_t)(stop - body.data) : body.len};
        struct sctl_str value = {"", 0};
        body.data += name.len + (stop != NULL);
        body.len -= name.len + (stop != NULL);
        equals = memchr(name.data, '=', name.len);
        if (equals != NULL) {
            value = (struct sctl_str){equals + 1, name.len - 1 - (size_t)(equals - name.data)};
            name.len = (size_t)(equals - name.data);
        }
        status = sctl_pairs_reserve(sorted, sorted->count + 1, err);
        if (status == SCTL_OK)
            sorted->items[sorted->count++] =
                (struct sctl_pair){form_decode(form, name), form_decode(form, value)};
    }
    return status;
}

/* The target without its signature, and what is signed of the parameters. */
static enum sctl_status write_query(const struct sctl_call *call, struct sctl_signed *out,
                                    struct sctl_err *err)
{
    struct sctl_pairs *sorted = &out->sorted;
    struct sctl_buf form;
    sctl_encode_pairs(&out->canonical, sorted->items, sorted->count);
    sctl_buf_add_lit(&out->target, "/?");
    sctl_buf_add_str(&out->target, sctl_buf_str(&out->canonical));
    if (call->body.len == 0 || !sctl_str_begins(call->content_type, FORM))
        return SCTL_OK;
    /* before it is made anew */
    if (sctl_buf_ok(&out->canonical, "the query", err) != SCTL_OK)
        return err->status;
    sctl_buf_init(&form, SCTL_MAX_BODY, true);
    enum sctl_status status = add_form(sorted, call->body, &form, err);
    sctl_pairs_sort(sorted);
    sctl_buf_reset(&out->canonical);
    sctl_encode_pairs(&out->canonical, sorted->items, sorted->count);
    sctl_buf_clear(&form);
    sorted->count = 0; /* their texts are gone */
    return status;
}

static enum sctl_status rpc_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                 struct sctl_signed *out, struct sctl_err *err)
{
    struct sctl_aliyun *self = (struct sctl_aliyun *)signer;
    struct sctl_pair common[9];
    struct sctl_str date, nonce;
    char nonce_space[NONCE_DIGITS], signature[2 * SCTL_DIGEST_MAX];
    unsigned char mac[SCTL_DIGEST_MAX];
    size_t n = 0, len;
    if (sctl_sign_begin(signer, call, out, err) != SCTL_OK ||
        sctl_signer_date(signer, call, &date, err) != SCTL_OK ||
        sctl_signer_nonce(call, nonce_space, NONCE_DIGITS, &nonce, err) != SCTL_OK)
        return err->status;
    common[n++] = (struct sctl_pair){SCTL_STR("AccessKeyId"), sctl_buf_str(&self->id)};
    common[n++] = (struct sctl_pair){SCTL_STR("Action"), call->action};
    common[n++] = (struct sctl_pair){SCTL_STR("Format"), sctl_buf_str(&self->format)};
    if (signer->token.len > 0)
        common[n++] = (struct sctl_pair){SCTL_STR("SecurityToken"), sctl_buf_str(&signer->token)};
    common[n++] = (struct sctl_pair){SCTL_STR("SignatureMethod"), SCTL_STR("HMAC-SHA1")};
    common[n++] = (struct sctl_pair){SCTL_STR("SignatureNonce"), nonce};
    common[n++] = (struct sctl_pair){SCTL_STR("SignatureVersion"), SCTL_STR("1.0")};
    common[n++] = (struct sctl_pair){SCTL_STR("Timestamp"), date};
    common[n++] = (struct sctl_pair){SCTL_STR("Version"), sctl_buf_str(&self->version)};
    if (sctl_aliyun_sort(common, n, call, out, err) != SCTL_OK ||
        write_query(call, out, err) != SCTL_OK)
        return err->status;
    sctl_buf_add_str(&out->to_sign, sctl_method_name(call->method));
    sctl_buf_add_lit(&out->to_sign, "&%2F&");
    sctl_encode_uri(&out->to_sign, sctl_buf_str(&out->canonical));
    if (sctl_buf_ok(&out->to_sign, "the string to sign", err) != SCTL_OK ||
        sctl_digest_run(&self->hmac, sctl_buf_str(&out->to_sign), mac, err) != SCTL_OK)
        return err->status;
    sctl_buf_add_lit(&out->target, "&Signature=");
    len = sctl_encode_base64(signature, mac, sctl_digest_size(SCTL_SHA1));
    sctl_encode_uri(&out->target, (struct sctl_str){signature, len});
    sctl_signed_header(out, SCTL_STR("host"), sctl_buf_str(&self->host));
    sctl_signed_header(out, SCTL_STR("accept"), SCTL_STR("application/json"));
    if (call->content_type.len > 0)
        sctl_signed_header(out, SCTL_STR("content-type"), call->content_type);
    return sctl_signed_ok(out, err);
}

struct sctl_signer *sctl_rpc_new(const struct sctl_aliyun_options *options, struct sctl_err *err)
{
    static const struct sctl_signer_ops OPS = {rpc_sign, sctl_aliyun_renew, sctl_aliyun_free};
    struct sctl_aliyun *self = sctl_aliyun_new(options, &OPS, SCTL_SHA1, SCTL_STR("&"), err);
    return self != NULL ? &self->head : NULL;
}
