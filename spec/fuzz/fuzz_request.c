/* Requests, from any parts and attempts, against the plain list of what is to be sent.
 *
 * Fields: flags (p POST, P PUT, s safe, q carries a Sequence, g one of the caller's own, r resources
 * are given, as the values of the params), action, content type, body, the caller's Sequence, kind,
 * the first resource and how many there are; the number of an attempt and its marks (a letter for
 * each resource, x: it gives way), twice; then names and values of params by turns.
 */
#include "fuzz.h"

#include "send/engine.h"
#include "../c/fake_signer.h"

#define MAX_PARAMS 100

struct attempt {
    uint64_t number;
    struct sctl_str marks;
};

/* What must be sent: all but what is `gone`; the number last, or in the body. */
static void check_call(const struct sctl_request *request, uint64_t number,
                       const struct sctl_parts *parts, const bool *gone,
                       struct sctl_pairs *params, struct sctl_buf *text)
{
    bool in_body = parts->call.body.len > 0;
    char tail[64];
    struct sctl_call call;
    struct sctl_err err;
    size_t i, at = 0, len;
    MUST(sctl_request_call(request, number, &call, params, text, &err) == SCTL_OK);
    MUST(same_text(call.action, parts->call.action) && call.method == parts->call.method);
    MUST(same_text(call.content_type, parts->call.content_type));
    for (i = 0; i < parts->call.param_count; i++) {
        if (gone[i])
            continue;
        MUST(at < call.param_count);
        MUST(same_text(call.params[at].name, parts->call.params[i].name));
        MUST(same_text(call.params[at].value, parts->call.params[i].value));
        at++;
    }
    if (!parts->sequence)
        number = 0;
    if (number > 0 && !in_body) {
        len = (size_t)snprintf(tail, sizeof tail, "%llu", (unsigned long long)number);
        MUST(at + 1 == call.param_count);
        MUST(same_text(call.params[at].name, SCTL_STR("Sequence")));
        MUST(same_text(call.params[at++].value, (struct sctl_str){tail, len}));
    }
    MUST(at == call.param_count);
    if (number == 0 || !in_body) {
        MUST(same_text(call.body, parts->call.body));
        return;
    }
    at = len = parts->call.body.len - 1;
    while (len > 1 && strchr(" \t\r\n", parts->call.body.data[len - 1]) != NULL &&
           parts->call.body.data[len - 1] != '\0')
        len--;
    len = (size_t)snprintf(tail, sizeof tail, "%s\"Sequence\":%llu}", len == 1 ? "" : ",",
                           (unsigned long long)number);
    MUST(call.body.len == at + len);
    MUST(memcmp(call.body.data, parts->call.body.data, at) == 0);
    MUST(memcmp(call.body.data + at, tail, len) == 0);
}

/* Resources come in order, their kind before them. */
static void check_resources(const struct sctl_request *request,
                            const struct sctl_parts *parts, const bool *gone)
{
    struct sctl_resources walk = sctl_request_resources(request);
    size_t i, before = parts->kind.len > 0 ? parts->kind.len + 1 : 0;
    struct sctl_str text;
    for (i = 0; i < parts->resource_count; i++) {
        size_t param = parts->first_resource + i;
        if (gone[param])
            continue;
        MUST(sctl_resources_next(&walk, &text) && text.len >= before);
        MUST(before == 0 || (memcmp(text.data, parts->kind.data, before - 1) == 0 &&
                             text.data[before - 1] == ':'));
        MUST(same_text((struct sctl_str){text.data + before, text.len - before},
                       parts->call.params[param].value));
    }
    MUST(!sctl_resources_next(&walk, &text));
}

/* The request without what is marked; the old one stays as it was. */
static struct sctl_request *leave_out(struct sctl_request *request,
                                      const struct sctl_parts *parts,
                                      struct sctl_str marks, bool *gone)
{
    bool dropped[MAX_PARAMS] = {false};
    struct sctl_err err;
    struct sctl_request *less;
    size_t i, seen = 0;
    for (i = 0; i < parts->resource_count; i++) {
        size_t param = parts->first_resource + i;
        if (gone[param])
            continue;
        if (seen < marks.len && marks.data[seen] == 'x')
            gone[param] = dropped[seen] = true;
        seen++;
    }
    less = sctl_request_without(request, dropped, &err);
    MUST(less != NULL && less->sequence == request->sequence);
    sctl_request_unref(request);
    return less;
}

static void run(const struct sctl_parts *parts, const struct attempt attempts[2])
{
    struct sctl_pairs params = {NULL, 0, 0};
    bool gone[MAX_PARAMS] = {false};
    struct sctl_err err;
    struct sctl_request *request = sctl_request_new(parts, &err);
    struct sctl_signed out;
    struct sctl_buf text;
    struct sctl_call call;
    size_t i;
    if (request == NULL) {
        MUST(err.status == SCTL_E_INVALID || err.status == SCTL_E_TOO_LARGE);
        MUST(fake_signer.refs == 1);
        return;
    }
    sctl_request_text(&text);
    check_call(request, 0, parts, gone, &params, &text);
    check_resources(request, parts, gone);
    for (i = 0; i < 2; i++) {
        if (request->first_resource != SCTL_WHOLE)
            request = leave_out(request, parts, attempts[i].marks, gone);
        check_call(request, attempts[i].number, parts, gone, &params, &text);
        check_resources(request, parts, gone);
    }
    sctl_signed_init(&out);
    MUST(sctl_request_call(request, 1, &call, &params, &text, &err) == SCTL_OK);
    if (sctl_sign(request->signer, &call, &out, &err) != SCTL_OK)
        MUST(err.message[0] != '\0');
    sctl_signed_clear(&out);
    sctl_request_unref(sctl_request_ref(request));
    sctl_request_unref(request);
    MUST(fake_signer.refs == 1);
    sctl_pairs_clear(&params);
    sctl_buf_clear(&text);
}

/* Which params are resources. */
static void choose_resources(struct sctl_parts *parts, long first, long count,
                             struct sctl_str *values)
{
    size_t i;
    if (first < 0 || (size_t)first >= parts->call.param_count || count < 0)
        return;
    parts->first_resource = (size_t)first;
    parts->resource_count = parts->call.param_count - (size_t)first;
    if ((size_t)count < parts->resource_count)
        parts->resource_count = (size_t)count;
    for (i = 0; i < parts->resource_count; i++)
        values[i] = parts->call.params[parts->first_resource + i].value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sctl_pair pairs[MAX_PARAMS];
    struct sctl_str values[MAX_PARAMS], flags;
    struct attempt attempts[2];
    struct input input = input_of(data, size);
    struct sctl_parts parts;
    long first, count;
    size_t i;
    memset(&parts, 0, sizeof parts);
    flags = next_field(&input);
    parts.signer = &fake_signer;
    parts.safe = holds(flags, SCTL_STR("s"));
    parts.sequence = holds(flags, SCTL_STR("q"));
    parts.call.method = holds(flags, SCTL_STR("P"))   ? SCTL_PUT
                        : holds(flags, SCTL_STR("p")) ? SCTL_POST
                                                      : SCTL_GET;
    parts.call.action = next_field(&input);
    parts.call.content_type = next_field(&input);
    parts.call.body = next_field(&input);
    parts.given = next_field(&input);
    if (!holds(flags, SCTL_STR("g")))
        parts.given.data = NULL;
    parts.kind = next_field(&input);
    first = field_number(next_field(&input));
    count = field_number(next_field(&input));
    for (i = 0; i < 2; i++) {
        struct sctl_str number = next_field(&input);
        attempts[i].number = 1 + (uint64_t)field_number(number) %
                                     (uint64_t)(SCTL_MAX_NUMBER - 1);
        attempts[i].marks = next_field(&input);
    }
    parts.call.params = pairs;
    while (input_more(&input) && parts.call.param_count < MAX_PARAMS) {
        struct sctl_pair *pair = &pairs[parts.call.param_count++];
        pair->name = next_field(&input);
        pair->value = next_field(&input);
    }
    choose_resources(&parts, first, count, values);
    if (holds(flags, SCTL_STR("r")))
        parts.resources = values;
    run(&parts, attempts);
    input_clear(&input);
    MUST(live_blocks == 0);
    return 0;
}
