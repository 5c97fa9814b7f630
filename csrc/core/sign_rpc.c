/* RPC signature, version 1.0 (HMAC-SHA1): the older scheme, everything in the query.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 */
#include "encode.h"
#include "sign_aliyun.h"

#define NONCE_DIGITS 32u

static enum sctl_status rpc_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                 struct sctl_signed *out, struct sctl_err *err)
{
    struct sctl_aliyun *self = (struct sctl_aliyun *)signer;
    struct sctl_pair own[9];
    struct sctl_str date, nonce;
    char nonce_space[NONCE_DIGITS], signature[2 * SCTL_DIGEST_MAX];
    unsigned char mac[SCTL_DIGEST_MAX];
    size_t n = 0, len;
    enum sctl_status status;

    status = sctl_sign_begin(call, out, err);
    if (status == SCTL_OK)
        status = sctl_signer_date(signer, call, &date, err);
    if (status == SCTL_OK)
        status = sctl_signer_nonce(call, nonce_space, NONCE_DIGITS, &nonce, err);
    if (status != SCTL_OK)
        return status;

    own[n++] = (struct sctl_pair){SCTL_STR("AccessKeyId"), sctl_buf_str(&self->id)};
    own[n++] = (struct sctl_pair){SCTL_STR("Action"), call->action};
    own[n++] = (struct sctl_pair){SCTL_STR("Format"), sctl_buf_str(&self->format)};
    if (signer->token.len > 0)
        own[n++] =
            (struct sctl_pair){SCTL_STR("SecurityToken"), sctl_buf_str(&signer->token)};
    own[n++] = (struct sctl_pair){SCTL_STR("SignatureMethod"), SCTL_STR("HMAC-SHA1")};
    own[n++] = (struct sctl_pair){SCTL_STR("SignatureNonce"), nonce};
    own[n++] = (struct sctl_pair){SCTL_STR("SignatureVersion"), SCTL_STR("1.0")};
    own[n++] = (struct sctl_pair){SCTL_STR("Timestamp"), date};
    own[n++] = (struct sctl_pair){SCTL_STR("Version"), sctl_buf_str(&self->version)};
    status = sctl_aliyun_sort(self, own, n, call, err);
    if (status != SCTL_OK)
        return status;

    sctl_encode_pairs(&out->canonical, self->sorted.items, self->sorted.count);
    sctl_buf_add_str(&out->to_sign, call->post ? SCTL_STR("POST") : SCTL_STR("GET"));
    sctl_buf_add_lit(&out->to_sign, "&%2F&");
    sctl_encode_uri(&out->to_sign, sctl_buf_str(&out->canonical));
    status = sctl_buf_ok(&out->to_sign, "the string to sign", err);
    if (status == SCTL_OK)
        status = sctl_hmac_run(&self->hmac, sctl_buf_str(&out->to_sign), mac, err);
    if (status != SCTL_OK)
        return status;

    sctl_buf_add_lit(&out->target, "/?");
    sctl_buf_add_str(&out->target, sctl_buf_str(&out->canonical));
    sctl_buf_add_lit(&out->target, "&Signature=");
    len = sctl_encode_base64(signature, mac, sctl_digest_size(SCTL_SHA1));
    sctl_encode_uri(&out->target, (struct sctl_str){signature, len});
    sctl_signed_header(out, SCTL_STR("host"), sctl_buf_str(&self->host));
    sctl_signed_header(out, SCTL_STR("accept"), SCTL_STR("application/json"));
    if (call->content_type.len > 0)
        sctl_signed_header(out, SCTL_STR("content-type"), call->content_type);
    return sctl_signed_ok(out, err);
}

struct sctl_signer *sctl_rpc_new(const struct sctl_aliyun_options *options,
                                 struct sctl_err *err)
{
    static const struct sctl_signer_ops OPS = {rpc_sign, sctl_aliyun_free};
    struct sctl_aliyun *self =
        sctl_aliyun_new(options, &OPS, SCTL_SHA1, SCTL_STR("&"), err);
    return self != NULL ? &self->head : NULL;
}
