/* What the two signatures of Alibaba Cloud share: the account, the API, the sorted query. */
#pragma once

#include "../base/digest.h"
#include "signer.h"
SCTL_HIDDEN_BEGIN

struct sctl_aliyun {
    struct sctl_signer head;
    struct sctl_buf id;
    struct sctl_buf host;
    struct sctl_buf version;
    struct sctl_buf format;
    enum sctl_algorithm algorithm; /* of the HMAC */
    struct sctl_str key_suffix;    /* behind the secret in its key */
    struct sctl_digest hmac;
};

/* Allocates and fills one; the HMAC key is the secret followed by `key_suffix`, a literal. */
struct sctl_aliyun *sctl_aliyun_new(const struct sctl_aliyun_options *options,
                                    const struct sctl_signer_ops *ops,
                                    enum sctl_algorithm algorithm, struct sctl_str key_suffix,
                                    struct sctl_err *err) SCTL_MUST_CHECK;
enum sctl_status sctl_aliyun_renew(struct sctl_signer *signer,
                                   const struct sctl_credentials *credentials,
                                   struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_aliyun_free(struct sctl_signer *signer);

/* Fills `out->sorted` with `common` and the call's parameters, in byte order. */
enum sctl_status sctl_aliyun_sort(const struct sctl_pair *common, size_t common_count,
                                  const struct sctl_call *call, struct sctl_signed *out,
                                  struct sctl_err *err) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
