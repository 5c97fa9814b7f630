/* One signer of each kind that signs, and what is signed with it. */
#pragma once

#include "check.h"

#include "sign/sign_aliyun.h"
#include "sign/signer.h"

#define SECRET "the/secret+key 123"
#define TOKEN "CAIS+token/0123=="

enum kind { ACS3, RPC, ZEGO };

static struct sctl_err err;

/* What is declared with these ends with its block. */
#define SIGNED(name)                                                                               \
    struct sctl_signed name __attribute__((cleanup(sctl_signed_clear))) = no_request()
#define SIGNER(name, value)                                                                        \
    struct sctl_signer *name __attribute__((cleanup(drop_signer))) = made(value)

UNUSED static struct sctl_signed no_request(void)
{
    struct sctl_signed request;
    sctl_signed_init(&request);
    return request;
}

UNUSED static void drop_signer(struct sctl_signer **signer)
{
    sctl_signer_unref(*signer);
}

UNUSED static struct sctl_signer *made(struct sctl_signer *signer)
{
    if (signer == NULL) {
        printf("no signer: %s\n", err.message);
        exit(1);
    }
    return signer;
}

UNUSED static struct sctl_aliyun_options aliyun_options(void)
{
    return (struct sctl_aliyun_options){.access_key_id = SCTL_STR("testid"),
                                        .access_key_secret = SCTL_STR(SECRET),
                                        .host = SCTL_STR("live.aliyuncs.com"),
                                        .version = SCTL_STR("2016-11-01")};
}

/* NULL, and `err`, when it cannot be made. */
UNUSED static struct sctl_signer *new_signer(enum kind kind,
                                             const struct sctl_aliyun_options *options)
{
    struct sctl_zego_options zego = {1234567890u, options->access_key_secret, false};
    return kind == ACS3  ? sctl_acs3_new(options, &err)
           : kind == RPC ? sctl_rpc_new(options, &err)
                         : sctl_zego_new(&zego, &err);
}

UNUSED static struct sctl_signer *make(enum kind kind, struct sctl_str token)
{
    struct sctl_aliyun_options options = aliyun_options();
    options.security_token = token;
    return new_signer(kind, &options);
}

UNUSED static struct sctl_call call_of(const struct sctl_pair *params, size_t count)
{
    return (struct sctl_call){.action = SCTL_STR("ResumeLiveStream"),
                              .params = params,
                              .param_count = count,
                              .nonce = SCTL_STR("0123456789abcdef"),
                              .timestamp = 1767323045};
}

UNUSED static void check_same(const struct sctl_signed *a, const struct sctl_signed *b)
{
    CHECK_TEXT(sctl_buf_str(&a->target), sctl_buf_str(&b->target));
    CHECK_TEXT(sctl_buf_str(&a->headers), sctl_buf_str(&b->headers));
    CHECK_INT(a->header_count, b->header_count);
}
