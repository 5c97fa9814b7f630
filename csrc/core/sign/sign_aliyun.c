#include "sign_aliyun.h"

static enum sctl_status keys_check(const struct sctl_credentials *credentials, struct sctl_err *err)
{
    if (sctl_check_credential(credentials->id, "access_key_id", err) != SCTL_OK ||
        sctl_check_credential(credentials->secret, "access_key_secret", err) != SCTL_OK ||
        (credentials->token.len > 0 &&
         sctl_check_credential(credentials->token, "security_token", err) != SCTL_OK))
        return err->status;
    return SCTL_OK;
}

static enum sctl_status key_hmac(const struct sctl_aliyun *self, struct sctl_str secret,
                                 struct sctl_digest *hmac, struct sctl_err *err)
{
    struct sctl_buf key;
    sctl_buf_init(&key, SCTL_MAX_CREDENTIAL + 1, true);
    sctl_buf_add_str(&key, secret);
    sctl_buf_add_str(&key, self->key_suffix);
    enum sctl_status status = sctl_buf_ok(&key, "the key", err);
    if (status == SCTL_OK)
        status = sctl_hmac_init(hmac, self->algorithm, sctl_buf_str(&key), err);
    sctl_buf_clear(&key);
    return status;
}

enum sctl_status sctl_aliyun_renew(struct sctl_signer *signer,
                                   const struct sctl_credentials *credentials, struct sctl_err *err)
{
    struct sctl_aliyun *self = (struct sctl_aliyun *)signer;
    struct sctl_digest hmac, old_hmac = self->hmac;
    struct sctl_buf id, old_id = self->id;
    enum sctl_status status = keys_check(credentials, err);
    if (status != SCTL_OK)
        return status;
    memset(&hmac, 0, sizeof hmac);
    sctl_buf_hold(&id, credentials->id, SCTL_MAX_CREDENTIAL, false);
    status = sctl_buf_ok(&id, "the access key id", err);
    if (status == SCTL_OK)
        status = key_hmac(self, credentials->secret, &hmac, err);
    if (status == SCTL_OK)
        status = sctl_signer_keep(signer, credentials, err);
    if (status == SCTL_OK) {
        self->id = id;
        self->hmac = hmac;
        id = old_id;
        hmac = old_hmac;
    }
    sctl_buf_clear(&id);
    sctl_digest_clear(&hmac);
    return status;
}

static struct sctl_str or_empty(struct sctl_str text)
{
    return text.data != NULL ? text : SCTL_STR("");
}

static enum sctl_status set_credentials(struct sctl_aliyun *self,
                                        const struct sctl_aliyun_options *options,
                                        struct sctl_err *err)
{
    struct sctl_credentials credentials = {or_empty(options->access_key_id),
                                           or_empty(options->access_key_secret),
                                           or_empty(options->security_token), SCTL_FOREVER};
    if (options->access_key_id.data == NULL && options->access_key_secret.data == NULL &&
        options->security_token.data == NULL)
        return SCTL_OK; /* they come later */
    return sctl_aliyun_renew(&self->head, &credentials, err);
}

struct sctl_aliyun *sctl_aliyun_new(const struct sctl_aliyun_options *options,
                                    const struct sctl_signer_ops *ops,
                                    enum sctl_algorithm algorithm, struct sctl_str key_suffix,
                                    struct sctl_err *err)
{
    if (sctl_check_credential(options->host, "host", err) != SCTL_OK ||
        sctl_check_credential(options->version, "version", err) != SCTL_OK)
        return NULL;
    struct sctl_aliyun *self = sctl_signer_new(sizeof *self, ops, err);
    if (self == NULL)
        return NULL;
    self->algorithm = algorithm;
    self->key_suffix = key_suffix;
    sctl_buf_hold(&self->host, options->host, SCTL_MAX_CREDENTIAL, false);
    sctl_buf_hold(&self->version, options->version, SCTL_MAX_CREDENTIAL, false);
    sctl_buf_hold(&self->format, options->format.len > 0 ? options->format : SCTL_STR("JSON"),
                  SCTL_MAX_CREDENTIAL, false);
    if (sctl_buf_ok(&self->host, "the host", err) == SCTL_OK &&
        sctl_buf_ok(&self->version, "the version", err) == SCTL_OK &&
        sctl_buf_ok(&self->format, "the format", err) == SCTL_OK &&
        set_credentials(self, options, err) == SCTL_OK)
        return self;
    sctl_aliyun_free(&self->head);
    return NULL;
}

void sctl_aliyun_free(struct sctl_signer *signer)
{
    struct sctl_aliyun *self = (struct sctl_aliyun *)signer;
    sctl_signer_clear(&self->head);
    sctl_buf_clear(&self->id);
    sctl_buf_clear(&self->host);
    sctl_buf_clear(&self->version);
    sctl_buf_clear(&self->format);
    sctl_digest_clear(&self->hmac);
    sctl_free(self);
}

enum sctl_status sctl_aliyun_sort(const struct sctl_pair *common, size_t common_count,
                                  const struct sctl_call *call, struct sctl_signed *out,
                                  struct sctl_err *err)
{
    struct sctl_pairs *sorted = &out->sorted;
    if (sctl_pairs_reserve(sorted, common_count + call->param_count, err) != SCTL_OK)
        return err->status;
    if (common_count > 0)
        memcpy(sorted->items, common, common_count * sizeof *common);
    if (call->param_count > 0)
        memcpy(sorted->items + common_count, call->params,
               call->param_count * sizeof *call->params);
    sorted->count = common_count + call->param_count;
    sctl_pairs_sort(sorted);
    return SCTL_OK;
}
