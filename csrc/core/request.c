#include "request.h"

#include <stdlib.h>
#include <string.h>

/* In the length of a name: the request is about its value. In that of a value: it gave way. */
#define MARK (UINT32_C(1) << 31)

/* Texts in a fixed order: two single ones, then two for each parameter, then the body. The lengths
 * of all but the body are in the list. */
#define SINGLES 2u
#define TAIL sizeof(",\"Sequence\":9007199254740991}")

static const struct sctl_str SEQUENCE = {"Sequence", 8};

/* Whether `name` is the parameter "StreamId", also where it is sent as "StreamId[]". */
static bool is_thing(struct sctl_str name, struct sctl_str about)
{
    bool listed = name.len == about.len + 2;
    return about.len > 0 && (listed || name.len == about.len) &&
           memcmp(name.data, about.data, about.len) == 0 &&
           (!listed || memcmp(name.data + about.len, "[]", 2) == 0);
}

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

/* What the parts come to. */
struct measure {
    size_t bytes; /* of all texts but the body; more than the cap when it is more */
    uint32_t params;
    struct sctl_str given; /* the text of a Sequence */
};

static bool is_sequence(const struct sctl_parts *parts, struct sctl_str name)
{
    return parts->sequence && sctl_str_same(name, SEQUENCE);
}

static struct measure measure(const struct sctl_parts *parts)
{
    const struct sctl_call *call = &parts->call;
    struct measure m = {call->action.len + call->content_type.len, 0, {NULL, 0}};
    size_t i;
    /* what is beyond the cap is not counted: the sum could wrap */
    for (i = 0; i < call->param_count && m.bytes <= SCTL_MAX_TARGET; i++) {
        const struct sctl_pair *param = &call->params[i];
        if (is_sequence(parts, param->name)) {
            m.given = param->value;
            continue;
        }
        m.params++;
        m.bytes += param->name.len + param->value.len;
    }
    return m;
}

static enum sctl_status check(const struct sctl_parts *parts, const struct measure *m,
                              struct sctl_err *err)
{
    struct sctl_str body = parts->call.body;
    /* with the Sequence that is stamped */
    if ((size_t)m->params + (parts->sequence ? 1 : 0) > SCTL_MAX_PAIRS)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u parameters",
                         SCTL_MAX_PAIRS);
    if (m->bytes > SCTL_MAX_TARGET || parts->kind.len > SCTL_MAX_TARGET ||
        body.len > SCTL_MAX_BODY)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0,
                         "the parameters are larger than %u bytes, or the body than %u",
                         SCTL_MAX_TARGET, SCTL_MAX_BODY);
    if (m->given.data != NULL && sctl_read_sequence(m->given) == 0)
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "Sequence must be a whole number from 1 to 2^53 - 1");
    if (parts->sequence && body.len > 0 &&
        (body.len < 2 || body.data[0] != '{' || body.data[body.len - 1] != '}'))
        return sctl_fail(err, SCTL_E_INVALID, 0,
                         "the body, into which the Sequence goes, is no JSON object");
    return SCTL_OK;
}

static void free_request(struct sctl_request *self)
{
    sctl_signer_unref(self->signer);
    sctl_wipe(self, self->size);
    sctl_free(self);
}

static char *put(char *at, struct sctl_str text)
{
    if (text.len > 0)
        memcpy(at, text.data, text.len);
    return at + text.len;
}

static uint32_t *lengths_of(const struct sctl_request *request)
{
    return (uint32_t *)(request + 1);
}

static char *texts_of(const struct sctl_request *request)
{
    return (char *)(lengths_of(request) + SINGLES + 2 * request->param_count);
}

/* Counts the things on the way; returns where the texts end. */
static char *put_params(struct sctl_request *self, const struct sctl_parts *parts,
                        char *at)
{
    uint32_t *lengths = lengths_of(self) + SINGLES;
    size_t i;
    for (i = 0; i < parts->call.param_count; i++) {
        const struct sctl_pair *param = &parts->call.params[i];
        bool thing;
        if (is_sequence(parts, param->name))
            continue;
        thing = is_thing(param->name, parts->about);
        self->thing_count += thing;
        *lengths++ = (uint32_t)param->name.len | (thing ? MARK : 0);
        *lengths++ = (uint32_t)param->value.len;
        at = put(at, param->name);
        if (thing && self->before > 0) {
            at = put(at, parts->kind);
            *at++ = ':';
        }
        at = put(at, param->value);
    }
    return at;
}

struct sctl_request *sctl_request_new(const struct sctl_parts *parts,
                                      struct sctl_err *err)
{
    const struct sctl_call *call = &parts->call;
    struct measure m = measure(parts);
    size_t before = parts->kind.len > 0 ? parts->kind.len + 1 : 0, most;
    struct sctl_request *self;
    char *at;
    if (check(parts, &m, err) != SCTL_OK)
        return NULL;
    /* as if all of them were things */
    most = sizeof *self + (SINGLES + 2 * m.params) * sizeof(uint32_t) + m.bytes +
           m.params * before + call->body.len + (parts->sequence ? TAIL : 0);
    self = sctl_realloc(NULL, most);
    if (self == NULL) {
        (void)sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for a request");
        return NULL;
    }
    *self = (struct sctl_request){
        .signer = sctl_signer_ref(parts->signer),
        .size = most,
        .refs = 1,
        .param_count = m.params,
        .body_len = (uint32_t)call->body.len,
        .before = (uint32_t)before,
        .method = call->method,
        .safe = parts->safe,
        .has_sequence = parts->sequence,
    };
    lengths_of(self)[0] = (uint32_t)call->action.len;
    lengths_of(self)[1] = (uint32_t)call->content_type.len;
    at = put(put(texts_of(self), call->action), call->content_type);
    at = put_params(self, parts, at);
    self->body_at = (uint32_t)(at - (char *)self);
    (void)put(at, call->body);
    if (self->thing_count > SCTL_MAX_THINGS) {
        free_request(self);
        (void)sctl_fail(err, SCTL_E_INVALID, 0, "%.*s names more than %u things",
                        (int)parts->about.len, parts->about.data, SCTL_MAX_THINGS);
        return NULL;
    }
    if (parts->sequence && call->body.len > 0) {
        self->body_len--; /* the "}" is the tail for now */
        self->tail_len = 1;
    }
    if (m.given.data != NULL)
        sctl_request_set_sequence(self, sctl_read_sequence(m.given));
    return self;
}

void sctl_request_unref(struct sctl_request *self)
{
    if (self == NULL || --self->refs > 0)
        return;
    free_request(self);
}

/* Whether nothing stands between the "{" of the body and what follows it. */
static bool is_empty_object(const char *body, size_t len)
{
    while (memchr(" \t\r\n", body[len - 1], 4) != NULL)
        len--;
    return body[len - 1] == '{';
}

void sctl_request_set_sequence(struct sctl_request *self, uint64_t number)
{
    const char *body = (const char *)self + self->body_at;
    char digits[SCTL_UINT_TEXT];
    char *at = (char *)self + self->body_at + self->body_len, *start = at;
    self->sequence = number;
    if (self->body_len > 0) {
        if (!is_empty_object(body, self->body_len))
            *at++ = ',';
        at = put(at, SCTL_STR("\"Sequence\":"));
    }
    at = put(at, sctl_uint_text(number, digits));
    if (self->body_len > 0)
        *at++ = '}';
    self->tail_len = (uint32_t)(at - start);
}

static struct sctl_str next_text(const uint32_t **lengths, const char **at)
{
    struct sctl_str text = {*at, *(*lengths)++ & ~MARK};
    *at += text.len;
    return text;
}

enum sctl_status sctl_request_call(const struct sctl_request *self,
                                   struct sctl_call *call, struct sctl_pairs *params,
                                   struct sctl_err *err)
{
    const uint32_t *lengths = lengths_of(self);
    const char *at = texts_of(self);
    struct sctl_pair *param;
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
    param = params->items;
    for (i = 0; i < self->param_count; i++) {
        bool thing = (*lengths & MARK) != 0, dropped = (lengths[1] & MARK) != 0;
        param->name = next_text(&lengths, &at);
        at += thing ? self->before : 0;
        param->value = next_text(&lengths, &at);
        param += !dropped;
    }
    if (self->body_len > 0)
        call->body.len += self->tail_len;
    else if (self->tail_len > 0)
        *param++ = (struct sctl_pair){SEQUENCE,
                                      {call->body.data + call->body.len, self->tail_len}};
    call->params = params->items;
    call->param_count = params->count = (size_t)(param - params->items);
    return SCTL_OK;
}

struct sctl_things sctl_request_things(struct sctl_request *self)
{
    uint32_t *lengths = lengths_of(self);
    return (struct sctl_things){lengths + SINGLES,
                                texts_of(self) + lengths[0] + lengths[1],
                                self->param_count, self->before};
}

void sctl_things_drop(struct sctl_things *walk)
{
    walk->lengths[-1] |= MARK;
}

bool sctl_things_next(struct sctl_things *walk, struct sctl_str *thing)
{
    while (walk->left > 0) {
        bool is_one = (walk->lengths[0] & MARK) != 0;
        bool dropped = (walk->lengths[1] & MARK) != 0;
        size_t before = is_one ? walk->before : 0;
        thing->data = walk->at + (walk->lengths[0] & ~MARK);
        thing->len = before + (walk->lengths[1] & ~MARK);
        walk->at = thing->data + thing->len;
        walk->lengths += 2;
        walk->left--;
        if (is_one && !dropped)
            return true;
    }
    return false;
}
