/* Requests, from any parts and stamps, against the plain list of what is to be sent.
 *
 * Fields: flags (p POST, P PUT, s safe, q carries a Sequence, b has a body), action, content type,
 * body, about, kind; a stamp's number and its marks (a letter for each thing, x: it gives way),
 * twice; then names and values of parameters by turns.
 */
#include "fuzz.h"

#include "engine.h"
#include "../c/fake_signer.h"

#define MAX_PARAMS 100

struct stamp {
    uint64_t number;
    struct sctl_str marks;
};

static bool is_thing(struct sctl_str name, struct sctl_str about)
{
    if (name.len == about.len + 2 && memcmp(name.data + about.len, "[]", 2) == 0)
        name.len -= 2;
    return about.len > 0 && same_text(name, about);
}

static bool is_sequence(const struct sctl_parts *parts, size_t i)
{
    return parts->sequence && same_text(parts->call.params[i].name, SCTL_STR("Sequence"));
}

/* What must be sent: all but a Sequence and what is `gone`; that number last, or in the body. */
static void check_call(const struct sctl_request *request, const struct sctl_parts *parts,
                       const bool *gone, struct sctl_pairs *params)
{
    char tail[64];
    struct sctl_call call;
    struct sctl_err err;
    size_t i, at = 0, len;
    MUST(sctl_request_call(request, &call, params, &err) == SCTL_OK);
    MUST(same_text(call.action, parts->call.action) && call.method == parts->call.method);
    MUST(same_text(call.content_type, parts->call.content_type));
    for (i = 0; i < parts->call.param_count; i++) {
        if (gone[i] || is_sequence(parts, i))
            continue;
        MUST(at < call.param_count);
        MUST(same_text(call.params[at].name, parts->call.params[i].name));
        MUST(same_text(call.params[at].value, parts->call.params[i].value));
        at++;
    }
    if (request->sequence == 0 || parts->call.body.len > 0) {
        MUST(at == call.param_count);
    } else {
        len = (size_t)snprintf(tail, sizeof tail, "%llu",
                               (unsigned long long)request->sequence);
        MUST(at + 1 == call.param_count);
        MUST(same_text(call.params[at].name, SCTL_STR("Sequence")));
        MUST(same_text(call.params[at].value, (struct sctl_str){tail, len}));
    }
    if (request->sequence == 0 || parts->call.body.len == 0) {
        MUST(same_text(call.body, parts->call.body));
        return;
    }
    at = parts->call.body.len - 1;
    len = (size_t)snprintf(tail, sizeof tail, "%s\"Sequence\":%llu}",
                           at > 0 && parts->call.body.data[at - 1] == '{' ? "" : ",",
                           (unsigned long long)request->sequence);
    MUST(call.body.len == at + len);
    MUST(memcmp(call.body.data, parts->call.body.data, at) == 0);
    MUST(memcmp(call.body.data + at, tail, len) == 0);
}

/* Things come in order, their kind before them, and each one that is marked gives way. */
static void stamp_it(struct sctl_request *request, const struct sctl_parts *parts,
                     const struct stamp *stamp, bool *gone)
{
    struct sctl_things walk = sctl_request_things(request);
    struct sctl_str thing;
    size_t i, seen = 0;
    for (i = 0; i < parts->call.param_count; i++) {
        struct sctl_str value = parts->call.params[i].value;
        if (gone[i] || is_sequence(parts, i) ||
            !is_thing(parts->call.params[i].name, parts->about))
            continue;
        MUST(sctl_things_next(&walk, &thing));
        MUST(thing.len == request->before + value.len);
        MUST(
            same_text((struct sctl_str){thing.data + request->before, value.len}, value));
        MUST(request->before == 0 ||
             (memcmp(thing.data, parts->kind.data, parts->kind.len) == 0 &&
              thing.data[parts->kind.len] == ':'));
        if (seen < stamp->marks.len && stamp->marks.data[seen] == 'x') {
            gone[i] = true;
            sctl_things_drop(&walk);
        }
        seen++;
    }
    MUST(!sctl_things_next(&walk, &thing));
    if (parts->sequence)
        sctl_request_set_sequence(request, stamp->number);
}

static void run(const struct sctl_parts *parts, const struct stamp stamps[2])
{
    struct sctl_pairs params = {NULL, 0, 0};
    bool gone[MAX_PARAMS] = {false};
    struct sctl_err err;
    struct sctl_request *request = sctl_request_new(parts, &err);
    struct sctl_signed out;
    struct sctl_call call;
    size_t i;
    if (request == NULL) {
        MUST(err.status == SCTL_E_INVALID || err.status == SCTL_E_TOO_LARGE);
        MUST(fake_signer.refs == 1);
        return;
    }
    check_call(request, parts, gone, &params);
    for (i = 0; i < 2; i++) {
        stamp_it(request, parts, &stamps[i], gone);
        check_call(request, parts, gone, &params);
    }
    sctl_signed_init(&out);
    MUST(sctl_request_call(request, &call, &params, &err) == SCTL_OK);
    (void)sctl_sign(request->signer, &call, &out, &err);
    sctl_signed_clear(&out);
    sctl_request_unref(sctl_request_ref(request));
    sctl_request_unref(request);
    MUST(fake_signer.refs == 1);
    sctl_pairs_clear(&params);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sctl_pair pairs[MAX_PARAMS];
    struct stamp stamps[2];
    struct input input = input_of(data, size);
    struct sctl_parts parts;
    struct sctl_str flags;
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
    parts.about = next_field(&input);
    parts.kind = next_field(&input);
    for (i = 0; i < 2; i++) {
        struct sctl_str number = next_field(&input);
        stamps[i].number = 1 + (uint64_t)field_number(number) %
                                   (uint64_t)(SCTL_MAX_NUMBER - 1);
        stamps[i].marks = next_field(&input);
    }
    parts.call.params = pairs;
    while (input_more(&input) && parts.call.param_count < MAX_PARAMS) {
        struct sctl_pair *pair = &pairs[parts.call.param_count++];
        pair->name = next_field(&input);
        pair->value = next_field(&input);
    }
    run(&parts, stamps);
    input_clear(&input);
    MUST(live_blocks == 0);
    return 0;
}
