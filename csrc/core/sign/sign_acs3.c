/* ACS3-HMAC-SHA256, signature version 3.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature */
#include "sign_aliyun.h"

#include "../base/encode.h"

#define ALGORITHM "ACS3-HMAC-SHA256"
#define NONCE_DIGITS 32u
#define HASH_DIGITS 64u
#define SIGNED_HEADERS 9u /* at most: content-type, host and seven x-acs-* */

static const char EMPTY_BODY_HASH[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

static enum sctl_status hash_hex(struct sctl_aliyun *self, struct sctl_str text, char *hex,
                                 struct sctl_err *err)
{
    unsigned char hash[SCTL_DIGEST_MAX];
    enum sctl_status status = sctl_digest_unkeyed(&self->hmac, text, hash, err);
    if (status == SCTL_OK)
        sctl_encode_hex(hex, hash, 32);
    return status;
}

/* The target; its query is the canonical one, encoded once and used for both. */
static enum sctl_status write_target(const struct sctl_call *call, struct sctl_signed *out,
                                     struct sctl_err *err)
{
    if (sctl_aliyun_sort(NULL, 0, call, out, err) != SCTL_OK)
        return err->status;
    sctl_buf_add_char(&out->target, '/');
    if (out->sorted.count > 0)
        sctl_buf_add_char(&out->target, '?');
    sctl_encode_pairs(&out->target, out->sorted.items, out->sorted.count);
    return sctl_buf_ok(&out->target, "the request target", err);
}

/* The headers that are signed, in the order of their names. Returns how many. */
static size_t collect_headers(const struct sctl_aliyun *self, const struct sctl_call *call,
                              struct sctl_str date, struct sctl_str nonce,
                              struct sctl_str body_hash, struct sctl_pair *headers)
{
    size_t n = 0;
    if (call->content_type.len > 0)
        headers[n++] = (struct sctl_pair){SCTL_STR("content-type"), call->content_type};
    headers[n++] = (struct sctl_pair){SCTL_STR("host"), sctl_buf_str(&self->host)};
    if (self->head.token.len > 0)
        headers[n++] = (struct sctl_pair){SCTL_STR("x-acs-accesskey-id"), sctl_buf_str(&self->id)};
    headers[n++] = (struct sctl_pair){SCTL_STR("x-acs-action"), call->action};
    headers[n++] = (struct sctl_pair){SCTL_STR("x-acs-content-sha256"), body_hash};
    headers[n++] = (struct sctl_pair){SCTL_STR("x-acs-date"), date};
    if (self->head.token.len > 0)
        headers[n++] =
            (struct sctl_pair){SCTL_STR("x-acs-security-token"), sctl_buf_str(&self->head.token)};
    headers[n++] = (struct sctl_pair){SCTL_STR("x-acs-signature-nonce"), nonce};
    headers[n++] = (struct sctl_pair){SCTL_STR("x-acs-version"), sctl_buf_str(&self->version)};
    return n;
}

/* The canonical request, and the same headers for sending. Returns the names in it, "a;b;c". */
static struct sctl_str write_canonical(const struct sctl_call *call,
                                       const struct sctl_pair *headers, size_t count,
                                       struct sctl_str body_hash, struct sctl_signed *out)
{
    struct sctl_buf *text = &out->canonical;
    sctl_buf_add_str(text, sctl_method_name(call->method));
    sctl_buf_add_lit(text, "\n/\n");
    if (out->target.len > 2) /* past "/?" */
        sctl_buf_add(text, out->target.data + 2, out->target.len - 2);
    sctl_buf_add_char(text, '\n');
    for (size_t i = 0; i < count; i++) {
        sctl_buf_add_str(text, headers[i].name);
        sctl_buf_add_char(text, ':');
        sctl_buf_add_str(text, headers[i].value);
        sctl_buf_add_char(text, '\n');
        sctl_signed_header(out, headers[i].name, headers[i].value);
    }
    size_t from = text->len + 1;
    for (size_t i = 0; i < count; i++) {
        sctl_buf_add_char(text, i > 0 ? ';' : '\n');
        sctl_buf_add_str(text, headers[i].name);
    }
    size_t len = text->len - from;
    sctl_buf_add_char(text, '\n');
    sctl_buf_add_str(text, body_hash);
    return text->status == SCTL_OK ? (struct sctl_str){text->data + from, len} : SCTL_STR("");
}

static enum sctl_status write_authorization(struct sctl_aliyun *self, struct sctl_str names,
                                            struct sctl_signed *out, struct sctl_err *err)
{
    unsigned char mac[SCTL_DIGEST_MAX];
    char hex[HASH_DIGITS];
    if (hash_hex(self, sctl_buf_str(&out->canonical), hex, err) != SCTL_OK)
        return err->status;
    sctl_buf_add_lit(&out->to_sign, ALGORITHM "\n");
    sctl_buf_add(&out->to_sign, hex, sizeof hex);
    if (sctl_digest_run(&self->hmac, sctl_buf_str(&out->to_sign), mac, err) != SCTL_OK)
        return err->status;
    sctl_encode_hex(hex, mac, 32);
    sctl_buf_add_lit(&out->headers, "Authorization: " ALGORITHM " Credential=");
    sctl_buf_add_str(&out->headers, sctl_buf_str(&self->id));
    sctl_buf_add_lit(&out->headers, ",SignedHeaders=");
    sctl_buf_add_str(&out->headers, names);
    sctl_buf_add_lit(&out->headers, ",Signature=");
    sctl_buf_add(&out->headers, hex, sizeof hex);
    sctl_buf_add_char(&out->headers, '\0');
    out->header_count++;
    return SCTL_OK;
}

static enum sctl_status acs3_sign(struct sctl_signer *signer, const struct sctl_call *call,
                                  struct sctl_signed *out, struct sctl_err *err)
{
    struct sctl_aliyun *self = (struct sctl_aliyun *)signer;
    struct sctl_pair headers[SIGNED_HEADERS];
    struct sctl_str date, nonce, names, body_hash = {EMPTY_BODY_HASH, HASH_DIGITS};
    char nonce_space[NONCE_DIGITS], hash_space[HASH_DIGITS];
    if (call->body.len > 0)
        body_hash.data = hash_space;
    if (sctl_sign_begin(signer, call, out, err) != SCTL_OK ||
        sctl_signer_date(signer, call, &date, err) != SCTL_OK ||
        sctl_signer_nonce(call, nonce_space, NONCE_DIGITS, &nonce, err) != SCTL_OK ||
        (call->body.len > 0 && hash_hex(self, call->body, hash_space, err) != SCTL_OK) ||
        write_target(call, out, err) != SCTL_OK)
        return err->status;
    size_t count = collect_headers(self, call, date, nonce, body_hash, headers);
    names = write_canonical(call, headers, count, body_hash, out);
    if (write_authorization(self, names, out, err) != SCTL_OK)
        return err->status;
    sctl_signed_header(out, SCTL_STR("accept"), SCTL_STR("application/json"));
    return sctl_signed_ok(out, err);
}

struct sctl_signer *sctl_acs3_new(const struct sctl_aliyun_options *options, struct sctl_err *err)
{
    static const struct sctl_signer_ops OPS = {acs3_sign, sctl_aliyun_renew, sctl_aliyun_free};
    struct sctl_aliyun *self = sctl_aliyun_new(options, &OPS, SCTL_SHA256, SCTL_STR(""), err);
    return self != NULL ? &self->head : NULL;
}
