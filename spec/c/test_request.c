/* Requests: what is packed comes out again, and what stamping does to it. */
#include "check.h"

#include "engine.h"
#include "fake_signer.h"

static struct sctl_pairs params;

static struct sctl_parts parts_of(const struct sctl_pair *pairs, size_t count)
{
    struct sctl_parts parts;
    memset(&parts, 0, sizeof parts);
    parts.signer = &fake_signer;
    parts.call.action = SCTL_STR("Act");
    parts.call.params = pairs;
    parts.call.param_count = count;
    return parts;
}

static struct sctl_request *make(const struct sctl_parts *parts)
{
    struct sctl_err err;
    struct sctl_request *request = sctl_request_new(parts, &err);
    if (request == NULL) {
        printf("%s\n", err.message);
        exit(1);
    }
    return request;
}

/* The call as text: "Act|name=value ...|body". */
static const char *shown(const struct sctl_request *request)
{
    static char text[1024];
    static struct sctl_err err;
    struct sctl_call call;
    size_t i, len;
    if (sctl_request_call(request, &call, &params, &err) != SCTL_OK)
        return err.message;
    len = (size_t)snprintf(text, sizeof text, "%.*s|", (int)call.action.len,
                           call.action.data);
    for (i = 0; i < call.param_count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%.*s=%.*s ",
                                (int)call.params[i].name.len, call.params[i].name.data,
                                (int)call.params[i].value.len, call.params[i].value.data);
    (void)snprintf(text + len, sizeof text - len, "|%.*s", (int)call.body.len,
                   call.body.data);
    return text;
}

static const struct sctl_pair STREAMS[] = {
    {{"StreamId[]", 10}, {"a", 1}}, {{"Room", 4}, {"a", 1}},
    {{"StreamId[]", 10}, {"b", 1}}, {{"StreamId", 8}, {"", 0}},
    {{"StreamIdX", 9}, {"x", 1}},
};

static struct sctl_parts streams(void)
{
    struct sctl_parts parts = parts_of(STREAMS, 5);
    parts.sequence = true;
    parts.about = SCTL_STR("StreamId");
    parts.kind = SCTL_STR("rtc");
    return parts;
}

TEST(what_is_packed_comes_out)
{
    struct sctl_pair pairs[] = {{SCTL_STR("b"), SCTL_STR("2")},
                                {SCTL_STR(""), SCTL_STR("")},
                                {SCTL_STR("Sequence"), SCTL_STR("x")}};
    struct sctl_parts parts = parts_of(pairs, 3);
    struct sctl_request *request;
    struct sctl_call call;
    struct sctl_err err;
    parts.call.body = SCTL_STR("bo\0dy");
    parts.call.content_type = SCTL_STR("text/plain");
    parts.call.method = SCTL_PUT;
    parts.safe = true;
    request = make(&parts);
    CHECK_INT(2, fake_signer.refs);
    CHECK(request->safe);
    CHECK_INT(SCTL_OK, sctl_request_call(request, &call, &params, &err));
    CHECK_STR("Act", call.action);
    CHECK_STR("text/plain", call.content_type);
    CHECK(call.body.len == 5 && memcmp(call.body.data, "bo\0dy", 5) == 0);
    CHECK_INT(SCTL_PUT, call.method);
    CHECK_INT(SCTL_NOW, call.timestamp);
    CHECK_INT(3, call.param_count);
    CHECK_STR("b", call.params[0].name);
    CHECK_STR("2", call.params[0].value);
    CHECK_INT(0, call.params[1].name.len + call.params[1].value.len);
    CHECK_STR("Sequence", call.params[2].name);
    CHECK_STR("x", call.params[2].value);
    (void)sctl_request_ref(request);
    sctl_request_unref(request);
    CHECK_INT(2, fake_signer.refs);
    sctl_request_unref(request);
    sctl_request_unref(NULL);
    CHECK_INT(1, fake_signer.refs);
}

TEST(things_are_the_values_of_one_parameter)
{
    struct sctl_parts parts = streams();
    struct sctl_request *request = make(&parts);
    struct sctl_things walk = sctl_request_things(request);
    struct sctl_str thing;
    CHECK_INT(3, request->thing_count);
    CHECK(sctl_things_next(&walk, &thing));
    CHECK_STR("rtc:a", thing);
    CHECK(sctl_things_next(&walk, &thing));
    CHECK_STR("rtc:b", thing);
    sctl_things_drop(&walk);
    CHECK(sctl_things_next(&walk, &thing));
    CHECK_STR("rtc:", thing);
    CHECK(!sctl_things_next(&walk, &thing));
    sctl_request_set_sequence(request, 42);
    CHECK_STR("Act|StreamId[]=a Room=a StreamId= StreamIdX=x Sequence=42 |",
              str(shown(request)));
    walk = sctl_request_things(request);
    CHECK(sctl_things_next(&walk, &thing) && sctl_things_next(&walk, &thing));
    CHECK_STR("rtc:", thing);
    CHECK(!sctl_things_next(&walk, &thing));
    sctl_request_unref(request);
}

TEST(a_sequence_is_the_last_parameter)
{
    struct sctl_pair pairs[] = {{SCTL_STR("Sequence"), SCTL_STR("9007199254740991")},
                                {SCTL_STR("a"), SCTL_STR("b")}};
    struct sctl_parts parts = parts_of(pairs, 2);
    struct sctl_request *request;
    parts.sequence = true;
    request = make(&parts);
    CHECK(request->sequence == 9007199254740991u);
    CHECK_STR("Act|a=b Sequence=9007199254740991 |", str(shown(request)));
    sctl_request_set_sequence(request, 7);
    CHECK_STR("Act|a=b Sequence=7 |", str(shown(request)));
    sctl_request_unref(request);
    parts.call.param_count = 0;
    request = make(&parts);
    CHECK_INT(0, request->sequence);
    CHECK_STR("Act||", str(shown(request)));
    sctl_request_unref(request);
}

TEST(a_sequence_goes_into_a_json_body)
{
    static const char *const BODIES[][2] = {
        {"{}", "Act||{\"Sequence\":9007199254740991}"},
        {"{\"a\":1}", "Act||{\"a\":1,\"Sequence\":9007199254740991}"},
    };
    struct sctl_parts parts = parts_of(NULL, 0);
    struct sctl_request *request;
    char without[64];
    size_t i;
    parts.sequence = true;
    for (i = 0; i < LENGTH(BODIES); i++) {
        parts.call.body = str(BODIES[i][0]);
        request = make(&parts);
        (void)snprintf(without, sizeof without, "Act||%s", BODIES[i][0]);
        CHECK_STR(without, str(shown(request)));
        sctl_request_set_sequence(request, 1);
        sctl_request_set_sequence(request, 9007199254740991u);
        CHECK_STR(BODIES[i][1], str(shown(request)));
        sctl_request_unref(request);
    }
}

TEST(a_sequence_goes_into_an_empty_object)
{
    static const char *const BODIES[] = {"{}", "{ }", "{\r\n\t }", "{\"a\":1 }"};
    static const char *const WANTED[] = {
        "Act||{\"Sequence\":5}", "Act||{ \"Sequence\":5}", "Act||{\r\n\t \"Sequence\":5}",
        "Act||{\"a\":1 ,\"Sequence\":5}"};
    size_t i;
    for (i = 0; i < LENGTH(BODIES); i++) {
        struct sctl_parts parts = parts_of(NULL, 0);
        struct sctl_request *request;
        parts.sequence = true;
        parts.call.body = str(BODIES[i]);
        request = make(&parts);
        sctl_request_set_sequence(request, 5);
        CHECK_STR(WANTED[i], str(shown(request)));
        sctl_request_unref(request);
    }
}

TEST(nothing_of_a_request_stays_in_memory)
{
    static const char TOKEN[] = "eyJ-an-oidc-token-that-nobody-may-see";
    struct sctl_pair pair = {SCTL_STR("StreamId"), {TOKEN, sizeof TOKEN - 1}};
    struct sctl_pair too_many[SCTL_MAX_THINGS + 1];
    struct sctl_parts parts = parts_of(&pair, 1);
    struct sctl_err err;
    size_t i;
    memory.secret = TOKEN;
    memory.spilled = 0;
    sctl_request_unref(make(&parts));
    parts.call.param_count = 0;
    parts.call.body = str(TOKEN);
    sctl_request_unref(make(&parts));
    for (i = 0; i < LENGTH(too_many); i++)
        too_many[i] = pair;
    parts = parts_of(too_many, LENGTH(too_many));
    parts.about = SCTL_STR("StreamId");
    CHECK(sctl_request_new(&parts, &err) == NULL);
    CHECK_INT(0, memory.spilled);
    memory.secret = NULL;
}

TEST(what_cannot_be_sent_is_refused)
{
    static struct sctl_pair many[SCTL_MAX_PAIRS + 1];
    static char large[SCTL_MAX_BODY + 1];
    static const char *const SEQUENCES[] = {
        "", "0", "07", "x", "1.0", "-1", "9007199254740992", "10000000000000000"};
    struct sctl_pair pair = {SCTL_STR("Sequence"), {NULL, 0}};
    struct sctl_parts parts = streams();
    struct sctl_err err;
    size_t i;
    for (i = 0; i < LENGTH(many); i++)
        many[i] = (struct sctl_pair){SCTL_STR("StreamId"), SCTL_STR("")};
    parts.call.params = many;
    parts.call.param_count = SCTL_MAX_THINGS + 1;
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_INVALID);
    parts = parts_of(many, SCTL_MAX_PAIRS + 1);
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_TOO_LARGE);
    parts.call.param_count--; /* but the Sequence is one more */
    parts.sequence = true;
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_TOO_LARGE);
    parts = streams();
    parts.kind = (struct sctl_str){large, SCTL_MAX_TARGET + 1};
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_TOO_LARGE);
    parts = parts_of(&pair, 1);
    pair.value = (struct sctl_str){large, SCTL_MAX_TARGET};
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_TOO_LARGE);
    parts.call.param_count = 0;
    parts.call.body = (struct sctl_str){large, sizeof large};
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_TOO_LARGE);
    parts.call.body = SCTL_STR("a=b");
    parts.sequence = true;
    CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_INVALID);
    parts.call.body.len = 0;
    parts.call.param_count = 1;
    for (i = 0; i < LENGTH(SEQUENCES); i++) {
        pair.value = str(SEQUENCES[i]);
        CHECK(sctl_request_new(&parts, &err) == NULL && err.status == SCTL_E_INVALID);
    }
    CHECK_INT(1, fake_signer.refs);
}

int main(void)
{
    RUN(what_is_packed_comes_out);
    RUN(things_are_the_values_of_one_parameter);
    RUN(a_sequence_is_the_last_parameter);
    RUN(a_sequence_goes_into_a_json_body);
    RUN(a_sequence_goes_into_an_empty_object);
    RUN(nothing_of_a_request_stays_in_memory);
    RUN(what_cannot_be_sent_is_refused);
    sctl_pairs_clear(&params);
    return check_report();
}
