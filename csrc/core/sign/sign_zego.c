#include "signer.h"

#include "../base/digest.h"
#include "../base/encode.h"

#define NONCE_DIGITS 16u

struct zego {
    struct sctl_signer head;
    uint32_t app_id;
    bool is_test;
    struct sctl_digest digest;
};

static void zego_free(struct sctl_signer *signer)
{
    struct zego *self = (struct zego *)signer;
    sctl_signer_clear(&self->head);
    sctl_digest_clear(&self->digest);
    sctl_free(self);
}

/* `text` is scratch, and holds the secret meanwhile. */
static enum sctl_status signature(struct zego *self, struct sctl_str nonce, uint64_t second,
                                  struct sctl_buf *text, char *hex, struct sctl_err *err)
{
    unsigned char hash[SCTL_DIGEST_MAX];
    sctl_buf_add_uint(text, self->app_id);
    sctl_buf_add_str(text, nonce);
    sctl_buf_add_str(text, sctl_buf_str(&self->head.secret));
    sctl_buf_add_uint(text, second);
    enum sctl_status status = sctl_buf_ok(text, "the text to sign", err);
    if (status == SCTL_OK)
        status = sctl_digest_run(&self->digest, sctl_buf_str(text), hash, err);
    sctl_buf_reset(text); /* wipes */
    if (status == SCTL_OK)
        sctl_encode_hex(hex, hash, sctl_digest_size(SCTL_MD5));
    return status;
}

static enum sctl_status zego_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                  struct sctl_signed *out, struct sctl_err *err)
{
    struct zego *self = (struct zego *)signer;
    struct sctl_buf *target = &out->target;
    struct sctl_str nonce;
    char nonce_space[NONCE_DIGITS], hex[32];
    int64_t second = sctl_signer_second(signer, call);
    if (sctl_sign_begin(signer, call, out, err) != SCTL_OK)
        return err->status;
    if (second < 0)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the timestamp is before 1970");
    if (sctl_signer_nonce(call, nonce_space, NONCE_DIGITS, &nonce, err) != SCTL_OK ||
        signature(self, nonce, (uint64_t)second, &out->to_sign, hex, err) != SCTL_OK)
        return err->status;
    sctl_buf_add_lit(target, "/?Action=");
    sctl_encode_uri(target, call->action);
    sctl_buf_add_lit(target, "&AppId=");
    sctl_buf_add_uint(target, self->app_id);
    sctl_buf_add_lit(target, "&SignatureNonce=");
    sctl_encode_uri(target, nonce);
    sctl_buf_add_lit(target, "&Timestamp=");
    sctl_buf_add_uint(target, (uint64_t)second);
    sctl_buf_add_lit(target, "&Signature=");
    sctl_buf_add(target, hex, sizeof hex);
    sctl_buf_add_lit(target, "&SignatureVersion=2.0");
    if (self->is_test)
        sctl_buf_add_lit(target, "&IsTest=true");
    if (call->param_count > 0) {
        sctl_buf_add_char(target, '&');
        sctl_encode_pairs(target, call->params, call->param_count);
    }
    sctl_signed_header(out, SCTL_STR("accept"), SCTL_STR("application/json"));
    if (call->content_type.len > 0)
        sctl_signed_header(out, SCTL_STR("content-type"), call->content_type);
    return sctl_signed_ok(out, err);
}

static enum sctl_status zego_renew(struct sctl_signer *signer,
                                   const struct sctl_credentials *credentials, struct sctl_err *err)
{
    if (credentials->id.len > 0 || credentials->token.len > 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "ZEGO has a server_secret, and neither id nor token");
    if (credentials->secret.len == 0)
        return sctl_fail(err, SCTL_E_INVALID, 0, "server_secret is empty");
    return sctl_signer_keep(signer, credentials, err);
}

struct sctl_signer *sctl_zego_new(const struct sctl_zego_options *options, struct sctl_err *err)
{
    static const struct sctl_signer_ops OPS = {zego_sign, zego_renew, zego_free};
    struct sctl_credentials credentials = {.expires = SCTL_FOREVER};
    if (options->app_id == 0) {
        (void)sctl_fail(err, SCTL_E_INVALID, 0, "app_id is 0");
        return NULL;
    }
    struct zego *self = sctl_signer_new(sizeof *self, &OPS, err);
    if (self == NULL)
        return NULL;
    self->app_id = options->app_id;
    self->is_test = options->is_test;
    credentials.secret = options->server_secret;
    if ((credentials.secret.data == NULL ||
         zego_renew(&self->head, &credentials, err) == SCTL_OK) &&
        sctl_digest_init(&self->digest, SCTL_MD5, err) == SCTL_OK)
        return &self->head;
    zego_free(&self->head);
    return NULL;
}
