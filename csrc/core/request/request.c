#include "request.h"

uint64_t sctl_read_sequence(struct sctl_str text)
{
    uint64_t number = 0;
    if (text.len < 1 || text.len > 16 || text.data[0] == '0')
        return 0;
    for (size_t i = 0; i < text.len; i++) {
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
    size_t bytes = 0;
    count(&bytes, call->action.len);
    count(&bytes, call->content_type.len);
    for (size_t i = 0; i < call->param_count; i++) {
        count(&bytes, call->params[i].name.len);
        count(&bytes, call->params[i].value.len);
    }
    return bytes;
}

/* Whether resources have texts of their own; else they are values of params. */
static bool has_resource_texts(const struct sctl_parts *parts)
{
    return parts->resources != NULL || parts->kind.len > 0;
}

/* The resource without its kind. */
static struct sctl_str resource_of(const struct sctl_parts *parts, size_t i)
{
    if (parts->resources != NULL)
        return parts->resources[i];
    return parts->call.params[parts->first_resource + i].value;
}

static size_t resource_bytes(const struct sctl_parts *parts)
{
    size_t bytes = 0;
    for (size_t i = 0; has_resource_texts(parts) && i < parts->resource_count; i++) {
        count(&bytes, parts->kind.len + 1);
        count(&bytes, resource_of(parts, i).len);
    }
    return bytes;
}

static enum sctl_status parts_check(const struct sctl_parts *parts, size_t target, size_t resources,
                                    struct sctl_err *err)
{
    const struct sctl_call *call = &parts->call;
    struct sctl_str body = call->body;
    /* with the Sequence that is stamped */
    if (call->param_count + (parts->sequence ? 1 : 0) > SCTL_MAX_PAIRS)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u parameters", SCTL_MAX_PAIRS);
    if (parts->resource_count > SCTL_MAX_RESOURCES)
        return sctl_fail(err, SCTL_E_INVALID, 0, "the call changes more than %u resources",
                         SCTL_MAX_RESOURCES);
    if (target > SCTL_MAX_TARGET || resources > SCTL_MAX_BODY || body.len > SCTL_MAX_BODY)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                         "the parameters are larger than %u bytes, or the body than %u",
                         SCTL_MAX_TARGET, SCTL_MAX_BODY);
    if (parts->sequence_text.data != NULL && sctl_read_sequence(parts->sequence_text) == 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "Sequence must be a whole number from 1 to 2^53 - 1");
    if (parts->sequence && body.len > 0 &&
        (body.len < 2 || body.data[0] != '{' || body.data[body.len - 1] != '}'))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the body, into which the Sequence goes, is no JSON object");
    return SCTL_OK;
}

/* Copies a text to `*at`, which moves behind it. */
static struct sctl_str text_copy(char **at, struct sctl_str text)
{
    struct sctl_str copied = {*at, text.len};
    if (text.len > 0)
        memcpy(*at, text.data, text.len);
    *at += text.len;
    return copied;
}

/* Fills the block behind its head. */
static void put_texts(struct sctl_request *self, const struct sctl_parts *parts)
{
    struct sctl_call *call = &self->call;
    struct sctl_pair *params = (struct sctl_pair *)(self + 1);
    struct sctl_str *resources = (struct sctl_str *)(params + call->param_count);
    char *at = (char *)(resources + parts->resource_count);
    call->action = text_copy(&at, call->action);
    call->content_type = text_copy(&at, call->content_type);
    call->body = text_copy(&at, call->body);
    for (size_t i = 0; i < call->param_count; i++) {
        params[i].name = text_copy(&at, call->params[i].name);
        params[i].value = text_copy(&at, call->params[i].value);
    }
    for (size_t i = 0; i < parts->resource_count; i++) {
        if (!has_resource_texts(parts)) {
            resources[i] = params[parts->first_resource + i].value;
            continue;
        }
        resources[i] = text_copy(&at, parts->kind);
        if (parts->kind.len > 0)
            *at++ = ':';
        (void)text_copy(&at, resource_of(parts, i));
        resources[i].len = (size_t)(at - resources[i].data);
    }
    call->params = params;
    self->resources = resources;
}

struct sctl_request *sctl_request_new(const struct sctl_parts *parts, struct sctl_err *err)
{
    const struct sctl_call *call = &parts->call;
    size_t target = target_bytes(call), resources = resource_bytes(parts), size;
    struct sctl_request *self;
    if (parts_check(parts, target, resources, err) != SCTL_OK)
        return NULL;
    size = sizeof *self + call->param_count * sizeof(struct sctl_pair) +
           parts->resource_count * sizeof(struct sctl_str) + target + resources + call->body.len;
    self = sctl_realloc(NULL, size); /* all of it is written */
    if (self == NULL) {
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a request");
        return NULL;
    }
    *self = (struct sctl_request){
        .signer = sctl_signer_ref(parts->signer),
        .sequence = parts->sequence_text.data != NULL ? sctl_read_sequence(parts->sequence_text)
                                                      : 0,
        .size = size,
        .refs = 1,
        .safe = parts->safe,
        .has_sequence = parts->sequence,
        .first_resource = parts->resources == NULL ? (uint32_t)parts->first_resource : SCTL_WHOLE,
        .resource_count = (uint32_t)parts->resource_count,
        .call = *call,
    };
    self->call.nonce = (struct sctl_str){NULL, 0};
    self->call.timestamp = SCTL_NOW;
    put_texts(self, parts);
    return self;
}

void sctl_request_unref(struct sctl_request *self)
{
    SCTL_ASSERT(self == NULL || self->refs > 0);
    while (self != NULL && --self->refs == 0) {
        struct sctl_request *origin = self->origin;
        sctl_signer_unref(self->signer);
        sctl_wipe(self, self->size);
        sctl_free(self);
        self = origin;
    }
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
                                     uint64_t sequence, struct sctl_buf *text, struct sctl_err *err)
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
    if (in_body) {
        call->body = sctl_buf_str(text);
        return SCTL_OK;
    }
    if (sctl_pairs_reserve(params, call->param_count + 1, err) != SCTL_OK)
        return err->status;
    memcpy(params->items, call->params, call->param_count * sizeof *call->params);
    params->items[call->param_count++] =
        (struct sctl_pair){SCTL_STR("Sequence"), sctl_buf_str(text)};
    call->params = params->items;
    return SCTL_OK;
}

enum sctl_status sctl_request_call(const struct sctl_request *self, uint64_t sequence,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_buf *text, struct sctl_err *err)
{
    SCTL_ASSERT(sequence <= (uint64_t)SCTL_MAX_NUMBER);
    *call = self->call;
    if (!self->has_sequence || sequence == 0)
        return SCTL_OK;
    return add_sequence(call, params, sequence, text, err);
}

struct sctl_request *sctl_request_without(struct sctl_request *self, const bool *dropped,
                                          struct sctl_err *err)
{
    SCTL_ASSERT(self->first_resource != SCTL_WHOLE);
    struct sctl_parts parts = {
        .signer = self->signer,
        .call = self->call,
        .safe = self->safe,
        .sequence = self->has_sequence,
        .first_resource = self->first_resource,
    };
    struct sctl_pairs kept = {NULL, 0, 0};
    struct sctl_request *made = NULL;
    char digits[SCTL_UINT_TEXT];
    size_t first = self->first_resource;
    if (self->sequence > 0)
        parts.sequence_text = sctl_uint_text(self->sequence, digits);
    if (self->resource_count > 0) {
        size_t value = self->call.params[first].value.len;
        parts.kind = self->resources[0];
        parts.kind.len -= parts.kind.len > value ? value + 1 : value;
    }
    if (sctl_pairs_reserve(&kept, self->call.param_count, err) != SCTL_OK)
        return NULL;
    for (size_t i = 0; i < self->call.param_count; i++) {
        bool is_resource = i >= first && i - first < self->resource_count;
        if (is_resource && dropped[i - first])
            continue;
        kept.items[kept.count++] = self->call.params[i];
        parts.resource_count += is_resource;
    }
    parts.call.params = kept.items;
    parts.call.param_count = kept.count;
    made = sctl_request_new(&parts, err);
    if (made != NULL)
        made->origin = sctl_request_ref(self);
    sctl_pairs_clear(&kept);
    return made;
}
