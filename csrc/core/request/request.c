#include "request.h"

#include <stdlib.h>
#include <string.h>

/* Texts in a fixed order: two single ones, two for each param, the resources unless they are nothing
 * but values, the body. The lengths of all but the body are in the list. */
#define SINGLES 2u

uint64_t sctl_read_sequence(struct sctl_str text)
{
    uint64_t number = 0;
    size_t i;
    if (text.len < 1 || text.len > 16 || text.data[0] == '0')
        return 0;
    for (i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number < (uint64_t)SCTL_MAX_NUMBER ? number : 0;
}

/* Adds a length; beyond the cap nothing is counted, since the sum could wrap. */
static void count(size_t *bytes, size_t len)
{
    if (*bytes <= SCTL_MAX_BODY)
        *bytes += len < SCTL_MAX_BODY ? len : SCTL_MAX_BODY + 1;
}

/* Bytes of action, type and params. */
static size_t target_bytes(const struct sctl_call *call)
{
    size_t i, bytes = 0;
    count(&bytes, call->action.len);
    count(&bytes, call->content_type.len);
    for (i = 0; i < call->param_count; i++) {
        count(&bytes, call->params[i].name.len);
        count(&bytes, call->params[i].value.len);
    }
    return bytes;
}

/* How many resources have texts of their own. */
static size_t own_count(const struct sctl_parts *parts)
{
    return parts->resources != NULL || parts->kind.len > 0 ? parts->resource_count : 0;
}

/* The resource without its kind. */
static struct sctl_str resource_of(const struct sctl_parts *parts, size_t i)
{
    if (parts->resources != NULL)
        return parts->resources[i];
    return parts->call.params[parts->first_resource + i].value;
}

/* Bytes of these texts. */
static size_t resource_bytes(const struct sctl_parts *parts)
{
    size_t i, own = own_count(parts), bytes = 0;
    for (i = 0; i < own; i++) {
        count(&bytes, parts->kind.len);
        count(&bytes, resource_of(parts, i).len);
    }
    return bytes + own;
}

/* How many lengths are in the list. */
static size_t length_count(const struct sctl_parts *parts)
{
    return SINGLES + 2 * parts->call.param_count + own_count(parts);
}

static enum sctl_status check(const struct sctl_parts *parts, size_t target,
                              size_t resources, struct sctl_err *err)
{
    const struct sctl_call *call = &parts->call;
    struct sctl_str body = call->body;
    /* with the Sequence that is stamped */
    if (call->param_count + (parts->sequence ? 1 : 0) > SCTL_MAX_PAIRS)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u parameters",
                         SCTL_MAX_PAIRS);
    if (parts->resource_count > SCTL_MAX_RESOURCES)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the call is about more than %u things",
                         SCTL_MAX_RESOURCES);
    if (target > SCTL_MAX_TARGET || resources > SCTL_MAX_BODY || body.len > SCTL_MAX_BODY)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                         "the parameters are larger than %u bytes, or the body than %u",
                         SCTL_MAX_TARGET, SCTL_MAX_BODY);
    if (parts->given.data != NULL && sctl_read_sequence(parts->given) == 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "Sequence must be a whole number from 1 to 2^53 - 1");
    if (parts->sequence && body.len > 0 &&
        (body.len < 2 || body.data[0] != '{' || body.data[body.len - 1] != '}'))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the body, into which the Sequence goes, is no JSON object");
    return SCTL_OK;
}

static uint32_t *lengths_of(const struct sctl_request *request)
{
    return (uint32_t *)(request + 1);
}

/* Where a request's texts are written. */
struct writer {
    uint32_t *length;
    char *at;
};

static void copy(struct writer *to, struct sctl_str text)
{
    if (text.len > 0)
        memcpy(to->at, text.data, text.len);
    to->at += text.len;
}

static void put(struct writer *to, struct sctl_str text)
{
    *to->length++ = (uint32_t)text.len;
    copy(to, text);
}

static void put_resource(struct writer *to, struct sctl_str kind, struct sctl_str text)
{
    const char *start = to->at;
    copy(to, kind);
    if (kind.len > 0)
        *to->at++ = ':';
    copy(to, text);
    *to->length++ = (uint32_t)(to->at - start);
}

static void put_texts(struct sctl_request *self, const struct sctl_parts *parts)
{
    const struct sctl_call *call = &parts->call;
    struct writer to = {lengths_of(self),
                        (char *)(lengths_of(self) + length_count(parts))};
    size_t i, own = own_count(parts);
    put(&to, call->action);
    put(&to, call->content_type);
    for (i = 0; i < call->param_count; i++) {
        put(&to, call->params[i].name);
        put(&to, call->params[i].value);
    }
    if (own > 0)
        self->resources_at = (uint32_t)(to.at - (char *)self);
    for (i = 0; i < own; i++)
        put_resource(&to, parts->kind, resource_of(parts, i));
    self->body_at = (uint32_t)(to.at - (char *)self);
    copy(&to, call->body);
}

struct sctl_request *sctl_request_new(const struct sctl_parts *parts,
                                      struct sctl_err *err)
{
    const struct sctl_call *call = &parts->call;
    size_t target = target_bytes(call), resources = resource_bytes(parts), size;
    struct sctl_request *self;
    if (check(parts, target, resources, err) != SCTL_OK)
        return NULL;
    size = sizeof *self + length_count(parts) * sizeof(uint32_t) + target + resources +
           call->body.len;
    self = sctl_realloc(NULL, size);
    if (self == NULL) {
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a request");
        return NULL;
    }
    *self = (struct sctl_request){
        .signer = sctl_signer_ref(parts->signer),
        .sequence = parts->given.data != NULL ? sctl_read_sequence(parts->given) : 0,
        .size = size,
        .refs = 1,
        .param_count = (uint32_t)call->param_count,
        .resource_count = (uint32_t)parts->resource_count,
        .first_resource = parts->resources == NULL ? (uint32_t)parts->first_resource
                                                   : SCTL_WHOLE,
        .body_len = (uint32_t)call->body.len,
        .method = call->method,
        .safe = parts->safe,
        .has_sequence = parts->sequence,
    };
    put_texts(self, parts);
    return self;
}

void sctl_request_unref(struct sctl_request *self)
{
    while (self != NULL && --self->refs == 0) {
        struct sctl_request *origin = self->origin;
        sctl_signer_unref(self->signer);
        sctl_wipe(self, self->size);
        sctl_free(self);
        self = origin;
    }
}

/* Where the texts begin. */
static const char *texts_of(const struct sctl_request *self)
{
    size_t own = self->resources_at > 0 ? self->resource_count : 0;
    return (const char *)(lengths_of(self) + SINGLES + 2 * self->param_count + own);
}

static struct sctl_str next_text(const uint32_t **lengths, const char **at)
{
    struct sctl_str text = {*at, *(*lengths)++};
    *at += text.len;
    return text;
}

/* Whether nothing but white space stands between the "{" of the body and its "}". */
static bool is_empty_object(struct sctl_str body)
{
    size_t len = body.len - 1;
    while (memchr(" \t\r\n", body.data[len - 1], 4) != NULL)
        len--;
    return len == 1;
}

/* Puts the Sequence where it goes: before the "}" of the body, or behind the params. */
static enum sctl_status add_sequence(struct sctl_call *call, struct sctl_pairs *params,
                                     uint64_t sequence, struct sctl_buf *text,
                                     struct sctl_err *err)
{
    bool in_body = call->body.len > 0;
    sctl_buf_reset(text);
    if (in_body) {
        sctl_buf_add(text, call->body.data, call->body.len - 1);
        if (!is_empty_object(call->body))
            sctl_buf_add_char(text, ',');
        sctl_buf_add_lit(text, "\"Sequence\":");
    }
    sctl_buf_add_uint(text, sequence);
    if (in_body)
        sctl_buf_add_char(text, '}');
    if (sctl_buf_ok(text, "the Sequence", err) != SCTL_OK)
        return err->status;
    if (in_body)
        call->body = sctl_buf_str(text);
    else
        params->items[call->param_count++] =
            (struct sctl_pair){SCTL_STR("Sequence"), sctl_buf_str(text)};
    return SCTL_OK;
}

enum sctl_status sctl_request_call(const struct sctl_request *self, uint64_t sequence,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_buf *text, struct sctl_err *err)
{
    const uint32_t *lengths = lengths_of(self);
    const char *at = texts_of(self);
    enum sctl_status status = sctl_pairs_reserve(
        params, (size_t)self->param_count + (self->has_sequence ? 1 : 0), err);
    size_t i;
    if (status != SCTL_OK)
        return status;
    memset(call, 0, sizeof *call);
    call->method = self->method;
    call->timestamp = SCTL_NOW;
    call->action = next_text(&lengths, &at);
    call->content_type = next_text(&lengths, &at);
    call->body = (struct sctl_str){(const char *)self + self->body_at, self->body_len};
    for (i = 0; i < self->param_count; i++) {
        params->items[i].name = next_text(&lengths, &at);
        params->items[i].value = next_text(&lengths, &at);
    }
    call->params = params->items;
    call->param_count = self->param_count;
    if (self->has_sequence && sequence > 0)
        status = add_sequence(call, params, sequence, text, err);
    params->count = call->param_count;
    return status;
}

struct sctl_resources sctl_request_resources(const struct sctl_request *self)
{
    const uint32_t *lengths = lengths_of(self);
    struct sctl_resources walk = {lengths + SINGLES + 2 * self->param_count,
                                  (const char *)self + self->resources_at,
                                  self->resource_count, false};
    if (self->resources_at > 0 || self->resource_count == 0)
        return walk;
    walk.named = true;
    walk.lengths = lengths + SINGLES + 2 * self->first_resource;
    for (walk.at = texts_of(self); lengths < walk.lengths; lengths++)
        walk.at += *lengths;
    return walk;
}

struct sctl_request *sctl_request_without(struct sctl_request *self, const bool *dropped,
                                          struct sctl_err *err)
{
    struct sctl_parts parts = {
        .signer = self->signer,
        .safe = self->safe,
        .sequence = self->has_sequence,
        .first_resource = self->first_resource,
    };
    struct sctl_resources walk = sctl_request_resources(self);
    struct sctl_pairs params = {NULL, 0, 0};
    struct sctl_request *made = NULL;
    struct sctl_str text;
    char digits[SCTL_UINT_TEXT];
    size_t i, first = self->first_resource, kept = 0;
    if (self->sequence > 0)
        parts.given = sctl_uint_text(self->sequence, digits);
    if (sctl_request_call(self, 0, &parts.call, &params, NULL, err) == SCTL_OK) {
        if (sctl_resources_next(&walk, &text) && text.len > params.items[first].value.len)
            parts.kind = (struct sctl_str){text.data,
                                           text.len - params.items[first].value.len - 1};
        for (i = 0; i < params.count; i++) {
            bool is_resource = i >= first && i - first < self->resource_count;
            if (is_resource && dropped[i - first])
                continue;
            params.items[kept++] = params.items[i];
            parts.resource_count += is_resource;
        }
        parts.call.param_count = kept;
        made = sctl_request_new(&parts, err);
    }
    if (made != NULL)
        made->origin = sctl_request_ref(self);
    sctl_pairs_clear(&params);
    return made;
}
