/* ZEGOCLOUD Server API v2: MD5 over AppId, nonce, secret and time.
 * https://www.zegocloud.com/docs/video-call/api-reference/calling-api */
#pragma once

#include "signer.h"

SCTL_HIDDEN_BEGIN

struct sctl_zego_options {
    uint32_t app_id;               /* not 0 */
    struct sctl_str server_secret; /* as the console shows it; any bytes; NULL: none yet */
    bool is_test;                  /* send IsTest=true */
};

/* A signer with one reference, or NULL and `err`. Copies what it needs. */
struct sctl_signer *sctl_zego_new(const struct sctl_zego_options *options,
                                  struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END
