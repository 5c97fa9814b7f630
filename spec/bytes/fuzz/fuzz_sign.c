/* The signers, from options and a call of any bytes.
 *
 * Fields: kind and flags ("0" ACS3, "1" RPC, "2" ZEGO, "3" plain; p POST, P PUT, t test
 * environment), secret, key id, token, host, version, action, nonce, content type, body, timestamp;
 * then names and values by turns: of parameters, or of a plain signer's headers. */
#include "fuzz.h"

#include "base/encode.h"
#include "sign/sign_aliyun.h"
#include "sign/signer.h"

#define MAX_PARAMS 100

struct call {
    char kind;
    bool is_test;
    struct sctl_str secret, id, token, host, version;
    struct sctl_pair params[MAX_PARAMS]; /* or headers */
    size_t header_count;
    struct sctl_call call;
};

static void read_call(struct input *input, struct call *self)
{
    struct sctl_str flags = next_field(input), timestamp;
    struct sctl_call *call = &self->call;
    memset(self, 0, sizeof *self);
    self->kind = flags.len > 0 ? flags.data[0] : '0';
    self->is_test = holds(flags, SCTL_STR("t"));
    self->secret = next_field(input);
    self->id = next_field(input);
    self->token = next_field(input);
    self->host = next_field(input);
    self->version = next_field(input);
    call->method = holds(flags, SCTL_STR("P"))   ? SCTL_PUT
                   : holds(flags, SCTL_STR("p")) ? SCTL_POST
                                                 : SCTL_GET;
    call->action = next_field(input);
    call->nonce = next_field(input);
    call->content_type = next_field(input);
    call->body = next_field(input);
    timestamp = next_field(input);
    call->timestamp = timestamp.len > 0 ? field_number(timestamp) : SCTL_NOW;
    call->params = self->params;
    while (input_more(input) && call->param_count < MAX_PARAMS) {
        struct sctl_pair *pair = &self->params[call->param_count++];
        pair->name = next_field(input);
        pair->value = next_field(input);
    }
    if (self->kind == '3') {
        self->header_count = call->param_count;
        call->param_count = 0;
    }
}

static struct sctl_signer *make_signer(const struct call *self, struct sctl_err *err)
{
    struct sctl_aliyun_options options;
    struct sctl_zego_options zego = {1234567890, self->secret, self->is_test};
    memset(&options, 0, sizeof options);
    options.access_key_id = self->id;
    options.access_key_secret = self->secret;
    options.security_token = self->token;
    options.host = self->host;
    options.version = self->version;
    return self->kind == '3'   ? sctl_plain_new(self->params, self->header_count, err)
           : self->kind == '2' ? sctl_zego_new(&zego, err)
           : self->kind == '1' ? sctl_rpc_new(&options, err)
                               : sctl_acs3_new(&options, err);
}

/* How often the query has this name, and with this value if there is one. */
static size_t count_pairs(struct sctl_str query, struct sctl_str name, const struct sctl_str *value)
{
    size_t found = 0;
    while (query.len > 0) {
        const char *stop = memchr(query.data, '&', query.len), *equals;
        size_t len = stop != NULL ? (size_t)(stop - query.data) : query.len;
        struct sctl_buf key, text;
        equals = memchr(query.data, '=', len);
        MUST(equals != NULL);
        sctl_buf_init(&key, SCTL_MAX_TARGET, false);
        sctl_buf_init(&text, SCTL_MAX_TARGET, false);
        MUST(decode_uri((struct sctl_str){query.data, (size_t)(equals - query.data)}, &key));
        MUST(decode_uri((struct sctl_str){equals + 1, len - (size_t)(equals + 1 - query.data)},
                        &text));
        MUST(key.len > 0 && !plain_control(sctl_buf_str(&key)));
        found += same_text(sctl_buf_str(&key), name) &&
                 (value == NULL || same_text(sctl_buf_str(&text), *value));
        sctl_buf_clear(&key);
        sctl_buf_clear(&text);
        query.data += len + (stop != NULL);
        query.len -= len + (stop != NULL);
    }
    return found;
}

static size_t count_given(const struct sctl_call *call, struct sctl_str name,
                          const struct sctl_str *value)
{
    size_t i, found = 0;
    for (i = 0; i < call->param_count; i++)
        found += same_text(call->params[i].name, name) &&
                 (value == NULL || same_text(call->params[i].value, *value));
    return found;
}

static void check_target(const struct call *self, struct sctl_str target)
{
    struct sctl_str signature = SCTL_STR("Signature"), action = SCTL_STR("Action"), query;
    const struct sctl_call *call = &self->call;
    bool in_query = self->kind == '1' || self->kind == '2';
    size_t i;
    MUST(target.len >= 1 && target.len <= SCTL_MAX_TARGET && target.data[0] == '/');
    MUST(!plain_control(target) && memchr(target.data, ' ', target.len) == NULL);
    if (self->kind == '3') {
        MUST(same_text(target, call->action));
        return;
    }
    query = (struct sctl_str){target.data + 2, target.len >= 2 ? target.len - 2 : 0};
    MUST(target.len == 1 || (target.data[1] == '?' && query.len > 0));
    /* names of the caller's that are the signature's own are refused before they come here */
    MUST(count_pairs(query, signature, NULL) == count_given(call, signature, NULL) + in_query);
    MUST(count_pairs(query, action, &call->action) ==
         count_given(call, action, &call->action) + in_query);
    for (i = 0; i < call->param_count && i < 10; i++)
        MUST(count_pairs(query, call->params[i].name, &call->params[i].value) >=
             count_given(call, call->params[i].name, &call->params[i].value));
}

static bool is_lower_hex(struct sctl_str text)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        if (text.data[i] == '\0' || strchr("0123456789abcdef", text.data[i]) == NULL)
            return false;
    }
    return true;
}

static void check_headers(const struct call *self, const struct sctl_signed *request)
{
    struct sctl_str rest = sctl_buf_str(&request->headers);
    size_t count = 0, signatures = 0;
    MUST(rest.len <= SCTL_MAX_REQUEST_HEADERS);
    while (rest.len > 0) {
        struct sctl_str line = {rest.data, strnlen(rest.data, rest.len)};
        MUST(line.len < rest.len && line.len > 0 && !plain_control(line));
        MUST(holds(line, SCTL_STR(": ")));
        if (self->kind != '3' && strncmp(line.data, "Authorization: ", 15) == 0) {
            struct sctl_str hex = {line.data + line.len - 64, 64}, mark = {hex.data - 11, 11};
            MUST(line.len > 75 && is_lower_hex(hex));
            MUST(same_text(mark, SCTL_STR(",Signature=")));
            signatures++;
        }
        rest.data += line.len + 1;
        rest.len -= line.len + 1;
        count++;
    }
    MUST(count == request->header_count);
    MUST(self->kind >= '1' && self->kind <= '3' ? signatures == 0 : signatures >= 1);
}

static void check_same(const struct sctl_signed *a, const struct sctl_signed *b)
{
    MUST(same_text(sctl_buf_str(&a->target), sctl_buf_str(&b->target)));
    MUST(same_text(sctl_buf_str(&a->headers), sctl_buf_str(&b->headers)));
    MUST(same_text(sctl_buf_str(&a->canonical), sctl_buf_str(&b->canonical)));
    MUST(same_text(sctl_buf_str(&a->to_sign), sctl_buf_str(&b->to_sign)));
}

/* The same call again is the same request; Alibaba Cloud's in any order of its parameters. */
static void check_again(struct call *self, struct sctl_signer *signer,
                        const struct sctl_signed *request)
{
    struct sctl_signed other;
    struct sctl_err err;
    size_t i, count = self->call.param_count;
    if (self->call.nonce.len == 0 || self->call.timestamp == SCTL_NOW)
        return;
    for (i = 0; self->kind != '2' && i < count / 2; i++) {
        struct sctl_pair first = self->params[i];
        self->params[i] = self->params[count - 1 - i];
        self->params[count - 1 - i] = first;
    }
    sctl_signed_init(&other);
    MUST(sctl_sign(signer, &self->call, &other, &err) == SCTL_OK);
    check_same(request, &other);
    sctl_signed_clear(&other);
}

/* RPC signs the same when the parameters travel in a form. */
static void check_form(const struct call *self, struct sctl_signer *signer,
                       const struct sctl_signed *request)
{
    struct sctl_call call = self->call;
    struct sctl_signed other;
    struct sctl_buf form;
    struct sctl_err err;
    if (self->kind != '1' || call.nonce.len == 0 || call.timestamp == SCTL_NOW || call.body.len > 0)
        return;
    sctl_buf_init(&form, SCTL_MAX_BODY, false);
    sctl_encode_pairs(&form, call.params, call.param_count);
    call.body = sctl_buf_str(&form);
    call.content_type = SCTL_STR("application/x-www-form-urlencoded");
    call.param_count = 0;
    sctl_signed_init(&other);
    MUST(sctl_sign(signer, &call, &other, &err) == SCTL_OK);
    MUST(same_text(sctl_buf_str(&request->to_sign), sctl_buf_str(&other.to_sign)));
    sctl_signed_clear(&other);
    sctl_buf_clear(&form);
}

/* Neither the secret nor the token, nor a plain header's value, is in what was redacted, in none of
 * the forms they take. */
static void check_redacted(const struct call *self, const struct sctl_signer *signer,
                           struct sctl_str text)
{
    const struct sctl_str hidden[] = {
        self->kind == '3' ? SCTL_STR("") : self->secret,
        self->kind == '2' || self->kind == '3' ? SCTL_STR("") : self->token,
        self->header_count > 0 ? self->params[0].value : SCTL_STR("")};
    struct sctl_buf out, forms[2];
    size_t i, round;
    for (i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        if (hidden[i].len < 4 || memchr(hidden[i].data, '*', hidden[i].len) != NULL)
            continue;
        sctl_buf_init(&forms[0], 1u << 20, true);
        sctl_buf_add_str(&forms[0], hidden[i]);
        for (round = 0; round < 3; round++) {
            struct sctl_str form = sctl_buf_str(&forms[0]);
            sctl_buf_init(&out, 1u << 20, true);
            sctl_buf_init(&forms[1], 1u << 20, true);
            sctl_buf_add_str(&forms[1], form);
            sctl_buf_add_str(&forms[1], text);
            sctl_buf_add_str(&forms[1], form);
            sctl_signer_redact(signer, sctl_buf_str(&forms[1]), &out);
            MUST(out.status == SCTL_OK);
            MUST(!holds(sctl_buf_str(&out), form));
            sctl_buf_clear(&out);
            sctl_buf_reset(&forms[1]);
            sctl_encode_uri(&forms[1], form);
            sctl_buf_clear(&forms[0]);
            forms[0] = forms[1];
        }
        sctl_buf_clear(&forms[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = input_of(data, size);
    struct call *self = malloc(sizeof *self);
    struct sctl_err err;
    struct sctl_signer *signer;
    struct sctl_signed request;
    MUST(self != NULL);
    read_call(&input, self);
    signer = make_signer(self, &err);
    sctl_signed_init(&request);
    if (signer == NULL) {
        MUST(err.status != SCTL_OK && err.message[0] != '\0');
    } else if (sctl_sign(signer, &self->call, &request, &err) != SCTL_OK) {
        MUST(err.status == SCTL_E_INVALID || err.status == SCTL_E_TOO_LARGE);
        MUST(err.message[0] != '\0');
    } else {
        check_target(self, sctl_buf_str(&request.target));
        check_headers(self, &request);
        check_again(self, signer, &request);
        check_form(self, signer, &request);
        check_redacted(self, signer, sctl_buf_str(&request.target));
    }
    sctl_signed_clear(&request);
    sctl_signer_unref(signer);
    input_clear(&input);
    free(self);
    MUST(live_blocks == 0);
    return 0;
}
