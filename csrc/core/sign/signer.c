#include "signer.h"

#include "../base/encode.h"
#include "../base/nonce.h"

/* A secret this short would hide ordinary letters of a message. */
#define REDACT_MIN 4u

#define MAX_HIDDEN (SCTL_MAX_REQUEST_HEADERS * 2)

static void init(struct sctl_signer *signer, const struct sctl_signer_ops *ops)
{
    memset(signer, 0, sizeof *signer);
    signer->ops = ops;
    signer->refs = 1;
    signer->expires = INT64_MIN;
    signer->date_second = SCTL_NOW;
    sctl_buf_init(&signer->hidden, MAX_HIDDEN, true);
}

void *sctl_signer_new(size_t size, const struct sctl_signer_ops *ops, struct sctl_err *err)
{
    SCTL_ASSERT(size >= sizeof(struct sctl_signer));
    void *self = sctl_new(size, "a signer", err);
    if (self != NULL)
        init(self, ops);
    return self;
}

void sctl_signer_clear(struct sctl_signer *signer)
{
    sctl_buf_clear(&signer->secret);
    sctl_buf_clear(&signer->token);
    sctl_buf_clear(&signer->hidden);
}

/* Its length before each text: there may be any bytes in it. */
void sctl_signer_hide(struct sctl_signer *signer, struct sctl_str text)
{
    if (text.len == 0)
        return;
    sctl_buf_add(&signer->hidden, &text.len, sizeof text.len);
    sctl_buf_add_str(&signer->hidden, text);
}

enum sctl_status sctl_signer_keep(struct sctl_signer *signer,
                                  const struct sctl_credentials *credentials, struct sctl_err *err)
{
    struct sctl_signer fresh;
    init(&fresh, signer->ops);
    sctl_buf_hold(&fresh.secret, credentials->secret, SCTL_MAX_CREDENTIAL, true);
    sctl_buf_hold(&fresh.token, credentials->token, SCTL_MAX_CREDENTIAL, true);
    sctl_signer_hide(&fresh, sctl_buf_str(&signer->secret));
    sctl_signer_hide(&fresh, sctl_buf_str(&signer->token));
    if (sctl_buf_ok(&fresh.secret, "the secret", err) != SCTL_OK ||
        sctl_buf_ok(&fresh.token, "the token", err) != SCTL_OK ||
        sctl_buf_ok(&fresh.hidden, "the secret before", err) != SCTL_OK) {
        sctl_signer_clear(&fresh);
        return err->status;
    }
    sctl_signer_clear(signer); /* wipes */
    signer->secret = fresh.secret;
    signer->token = fresh.token;
    signer->hidden = fresh.hidden;
    signer->expires = credentials->expires;
    return SCTL_OK;
}

enum sctl_status sctl_check_credential(struct sctl_str text, const char *name, struct sctl_err *err)
{
    if (text.len == 0)
        return sctl_fail(err, SCTL_E_INVALID, 0, "%s is empty", name);
    if (text.len > SCTL_MAX_CREDENTIAL)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "%s is longer than %u bytes", name,
                         SCTL_MAX_CREDENTIAL);
    if (sctl_has_control(text))
        return sctl_fail(err, SCTL_E_INVALID, 0, "%s holds a control character", name);
    return SCTL_OK;
}

static enum sctl_status check_expiry(const struct sctl_signer *signer, struct sctl_err *err)
{
    char text[SCTL_TIME_TEXT];
    if (signer->expires == INT64_MIN)
        return sctl_fail(err, SCTL_E_CREDENTIALS, 0, "there are no credentials yet");
    if (sctl_wall() + signer->clock_offset < (double)signer->expires)
        return SCTL_OK;
    if (!sctl_time_text(text, (double)signer->expires))
        return sctl_fail(err, SCTL_E_CREDENTIALS, 0, "the credentials have expired");
    return sctl_fail(err, SCTL_E_CREDENTIALS, 0, "the credentials expired at %.*s",
                     (int)SCTL_TIME_TEXT, text);
}

enum sctl_status sctl_sign_begin(const struct sctl_signer *signer, const struct sctl_call *call,
                                 struct sctl_signed *out, struct sctl_err *err)
{
    sctl_signed_reset(out);
    if (signer->expires != SCTL_FOREVER && check_expiry(signer, err) != SCTL_OK)
        return err->status;
    if (call->action.len == 0 || sctl_has_control(call->action))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the action is empty or holds a control character");
    if (call->body.len > SCTL_MAX_BODY)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "the body is larger than %u bytes",
                         SCTL_MAX_BODY);
    if (sctl_has_control(call->nonce) || sctl_has_control(call->content_type))
        return sctl_fail(err, SCTL_E_INVALID, 0, "nonce or content type hold a control character");
    return SCTL_OK;
}

void sctl_signed_header(struct sctl_signed *request, struct sctl_str name, struct sctl_str value)
{
    SCTL_ASSERT(!sctl_has_control(name) && !sctl_has_control(value));
    sctl_buf_add_str(&request->headers, name);
    sctl_buf_add_lit(&request->headers, ": ");
    sctl_buf_add_str(&request->headers, value);
    sctl_buf_add_char(&request->headers, '\0');
    request->header_count++;
}

enum sctl_status sctl_signed_ok(const struct sctl_signed *request, struct sctl_err *err)
{
    if (sctl_buf_ok(&request->target, "the request target", err) != SCTL_OK ||
        sctl_buf_ok(&request->headers, "the request headers", err) != SCTL_OK ||
        sctl_buf_ok(&request->canonical, "the canonical request", err) != SCTL_OK ||
        sctl_buf_ok(&request->to_sign, "the string to sign", err) != SCTL_OK)
        return err->status;
    return SCTL_OK;
}

int64_t sctl_signer_second(const struct sctl_signer *signer, const struct sctl_call *call)
{
    if (call->timestamp != SCTL_NOW)
        return call->timestamp;
    return (int64_t)(sctl_wall() + signer->clock_offset);
}

enum sctl_status sctl_signer_date(struct sctl_signer *signer, const struct sctl_call *call,
                                  struct sctl_str *date, struct sctl_err *err)
{
    int64_t second = sctl_signer_second(signer, call);
    if (second != signer->date_second) {
        /* it leaves the date as it was */
        if (!sctl_time_text(signer->date, (double)second))
            return sctl_fail(err, SCTL_E_INVALID, 0, "the timestamp is not a year up to 9999");
        signer->date_second = second;
    }
    *date = (struct sctl_str){signer->date, SCTL_TIME_TEXT};
    return SCTL_OK;
}

enum sctl_status sctl_signer_nonce(const struct sctl_call *call, char *space, size_t digits,
                                   struct sctl_str *nonce, struct sctl_err *err)
{
    *nonce = call->nonce;
    if (call->nonce.len > 0)
        return SCTL_OK;
    *nonce = (struct sctl_str){space, digits};
    return sctl_nonce(space, digits, err);
}

/* How many bytes at the beginning of `text` stand for `hidden`; 0: none. Hex digits of an escape,
 * behind "%" or "%25", know no case. JSON may write "\/" for "/". */
static size_t match(struct sctl_str text, struct sctl_str hidden)
{
    size_t at = 0, digits = 0;
    for (size_t i = 0; i < hidden.len; i++, at++) {
        char c = hidden.data[i];
        at += c == '/' && at < text.len && text.data[at] == '\\';
        if (at == text.len || (text.data[at] != c && (digits == 0 || (text.data[at] ^ c) != 0x20)))
            return 0;
        digits -= digits > 0;
        if (c == '%' || (i >= 2 && memcmp(&hidden.data[i - 2], "%25", 3) == 0))
            digits = 2;
    }
    return at;
}

static void replace(struct sctl_buf *out, struct sctl_str text, struct sctl_str hidden)
{
    const char *end = text.data + text.len, *hit = text.data;
    while (hit < end && (hit = memchr(hit, hidden.data[0], (size_t)(end - hit))) != NULL) {
        size_t len = match((struct sctl_str){hit, (size_t)(end - hit)}, hidden);
        if (len == 0) {
            hit++;
            continue;
        }
        sctl_buf_add(out, text.data, (size_t)(hit - text.data));
        sctl_buf_add_lit(out, "***");
        text.data = hit += len;
    }
    sctl_buf_add(out, text.data, (size_t)(end - text.data));
}

void sctl_redact(struct sctl_buf *text, struct sctl_str secret)
{
    struct sctl_buf form, next, result;
    if (secret.len < REDACT_MIN)
        return;
    sctl_buf_init(&form, 16 * SCTL_MAX_CREDENTIAL, true);
    sctl_buf_add_str(&form, secret);
    for (int round = 0; round < 3 && text->status == SCTL_OK; round++) {
        if (form.status != SCTL_OK) { /* rather no message than one with a secret */
            (void)sctl_buf_fail(text, form.status);
            break;
        }
        sctl_buf_init(&result, text->cap, true);
        replace(&result, sctl_buf_str(text), sctl_buf_str(&form));
        sctl_buf_clear(text);
        *text = result;
        sctl_buf_init(&next, form.cap, true);
        sctl_encode_uri(&next, sctl_buf_str(&form));
        sctl_buf_clear(&form);
        form = next;
    }
    sctl_buf_clear(&form);
}

void sctl_signer_redact(const struct sctl_signer *signer, struct sctl_str text,
                        struct sctl_buf *out)
{
    SCTL_ASSERT(out->len == 0);
    const char *at = signer->hidden.data;
    size_t left = signer->hidden.len;
    sctl_buf_add_str(out, text);
    sctl_redact(out, sctl_buf_str(&signer->secret));
    sctl_redact(out, sctl_buf_str(&signer->token));
    while (left > 0) {
        struct sctl_str hidden = {at + sizeof hidden.len, 0};
        memcpy(&hidden.len, at, sizeof hidden.len);
        sctl_redact(out, hidden);
        at = hidden.data + hidden.len;
        left -= sizeof hidden.len + hidden.len;
    }
}
