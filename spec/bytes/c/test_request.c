/* Requests: what is packed comes out again, with a number and without what gave way. */
#include "check.h"

#include "send/engine.h"
#include "fake_signer.h"

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

static void drop_request(struct sctl_request **request)
{
    sctl_request_unref(*request);
}

/* One that ends with its block. */
#define REQUEST(name, value)                                                                       \
    struct sctl_request *name __attribute__((cleanup(drop_request))) = (value)

static struct sctl_pairs params;
static struct sctl_buf text;

/* The call with this number, as text: "Act|name=value ...|body". */
static const char *shown(const struct sctl_request *request, uint64_t sequence)
{
    static char out[1024];
    static struct sctl_err err;
    struct sctl_call call;
    size_t i, len;
    if (sctl_request_call(request, sequence, &call, &params, &text, &err) != SCTL_OK)
        return err.message;
    len = (size_t)snprintf(out, sizeof out, "%.*s|", (int)call.action.len, call.action.data);
    for (i = 0; i < call.param_count; i++)
        len += (size_t)snprintf(out + len, sizeof out - len, "%.*s=%.*s ",
                                (int)call.params[i].name.len, call.params[i].name.data,
                                (int)call.params[i].value.len, call.params[i].value.data);
    (void)snprintf(out + len, sizeof out - len, "|%.*s", (int)call.body.len, call.body.data);
    return out;
}

/* The resources, each with a ";". */
static const char *resources(const struct sctl_request *request)
{
    static char out[1024];
    size_t i, len = 0;
    out[0] = '\0';
    for (i = 0; i < request->resource_count; i++)
        len += (size_t)snprintf(out + len, sizeof out - len, "%.*s;",
                                (int)request->resources[i].len, request->resources[i].data);
    return out;
}

static const struct sctl_pair STREAMS[] = {
    {{"Room", 4}, {"r", 1}},       {{"StreamId[]", 10}, {"a", 1}},  {{"StreamId[]", 10}, {"b", 1}},
    {{"StreamId[]", 10}, {"", 0}}, {{"StreamId[]", 10}, {"cc", 2}}, {{"Z", 1}, {"z", 1}},
};

/* Its resources are the values of the four streams. */
static struct sctl_parts streams(void)
{
    struct sctl_parts parts = parts_of(STREAMS, LENGTH(STREAMS));
    parts.sequence = true;
    parts.first_resource = 1;
    parts.resource_count = 4;
    return parts;
}

TEST(another_request_is_made_without_some)
{
    static const struct {
        const char *kind;
        bool dropped[4];
        const char *sent, *resources;
    } CASES[] = {
        {"",
         {true, false, false, true},
         "Act|Room=r StreamId[]=b StreamId[]= Z=z Sequence=9 |",
         "b;;"},
        {"rtc",
         {false, true, true, false},
         "Act|Room=r StreamId[]=a StreamId[]=cc Z=z Sequence=9 |",
         "rtc:a;rtc:cc;"},
        {"rtc", {true, true, true, true}, "Act|Room=r Z=z Sequence=9 |", ""},
        {"x",
         {false, false, false, false},
         "Act|Room=r StreamId[]=a StreamId[]=b StreamId[]= StreamId[]=cc Z=z Sequence=9 "
         "|",
         "x:a;x:b;x:;x:cc;"},
    };
    struct sctl_parts parts = streams();
    struct sctl_err err;
    size_t i;
    parts.sequence_text = SCTL_STR("7");
    parts.safe = true;
    for (i = 0; i < LENGTH(CASES); i++) {
        struct sctl_request *request, *less, *least;
        char before[256];
        parts.kind = str(CASES[i].kind);
        request = make(&parts);
        (void)snprintf(before, sizeof before, "%s", shown(request, 3));
        less = sctl_request_without(request, CASES[i].dropped, &err);
        REQUIRE(less != NULL);
        CHECK_STR(CASES[i].sent, str(shown(less, 9)));
        CHECK_STR(CASES[i].resources, str(resources(less)));
        CHECK(less->safe && less->sequence == 7);
        CHECK_STR(before, str(shown(request, 3)));
        CHECK_INT(4, request->resource_count);
        sctl_request_unref(request); /* the other one keeps it */
        least = sctl_request_without(less, (bool[4]){true, true, true, true}, &err);
        REQUIRE(least != NULL);
        sctl_request_unref(less);
        CHECK_STR(before, str(shown(request, 3)));
        CHECK_STR("Act|Room=r Z=z |", str(shown(least, 0)));
        sctl_request_unref(least);
    }
    CHECK_INT(1, fake_signer.refs);
}

TEST(a_sequence_goes_into_a_json_body)
{
    static const char *const CASES[][2] = {
        {"{}", "Act||{\"Sequence\":5}"},
        {"{ }", "Act||{ \"Sequence\":5}"},
        {"{\r\n\t }", "Act||{\r\n\t \"Sequence\":5}"},
        {"{\"a\":1}", "Act||{\"a\":1,\"Sequence\":5}"},
        {"{\"a\":1 }", "Act||{\"a\":1 ,\"Sequence\":5}"},
        {"{\"a\":{}}", "Act||{\"a\":{},\"Sequence\":5}"},
        {"{x}", "Act||{x,\"Sequence\":5}"},
    };
    struct sctl_parts parts = parts_of(NULL, 0);
    char without[64];
    size_t i;
    parts.sequence = true;
    for (i = 0; i < LENGTH(CASES); i++) {
        parts.call.body = str(CASES[i][0]);
        REQUEST(request, make(&parts));
        (void)snprintf(without, sizeof without, "Act||%s", CASES[i][0]);
        CHECK_STR(CASES[i][1], str(shown(request, 5)));
        CHECK_STR(without, str(shown(request, 0)));
    }
}

TEST(nothing_of_a_request_stays_in_memory)
{
    static const char TOKEN[] = "eyJ-an-oidc-token-that-nobody-may-see";
    struct sctl_pair pair = {SCTL_STR("StreamId"), {TOKEN, sizeof TOKEN - 1}};
    struct sctl_pair too_many[SCTL_MAX_RESOURCES + 1];
    struct sctl_parts parts = parts_of(&pair, 1);
    struct sctl_err err;
    size_t i;
    look_for(TOKEN);
    sctl_request_unref(make(&parts));
    parts.call.param_count = 0;
    parts.call.body = str(TOKEN);
    sctl_request_unref(make(&parts));
    for (i = 0; i < LENGTH(too_many); i++)
        too_many[i] = pair;
    parts = parts_of(too_many, LENGTH(too_many));
    parts.resource_count = LENGTH(too_many);
    CHECK(sctl_request_new(&parts, &err) == NULL);
    look_for(NULL);
}

static void check_refused(const struct sctl_parts *parts, enum sctl_status expected)
{
    struct sctl_err err;
    CHECK(sctl_request_new(parts, &err) == NULL && err.status == expected);
}

TEST(what_cannot_be_sent_is_refused)
{
    static struct sctl_pair many[SCTL_MAX_PAIRS + 1];
    static char large[SCTL_MAX_BODY + 1];
    static const char *const SEQUENCES[] = {
        "", "0", "07", "x", "1.0", "-1", "9007199254740992", "10000000000000000"};
    struct sctl_pair pair = {SCTL_STR("a"), {large, SCTL_MAX_TARGET}};
    struct sctl_parts parts = streams();
    size_t i;
    for (i = 0; i < LENGTH(many); i++)
        many[i] = (struct sctl_pair){SCTL_STR("StreamId"), SCTL_STR("")};
    parts.call.params = many;
    parts.call.param_count = parts.resource_count = SCTL_MAX_RESOURCES + 1;
    parts.first_resource = 0;
    check_refused(&parts, SCTL_E_INVALID);
    parts = parts_of(many, SCTL_MAX_PAIRS + 1);
    check_refused(&parts, SCTL_E_TOO_LARGE);
    parts.call.param_count--; /* but the Sequence is one more */
    parts.sequence = true;
    check_refused(&parts, SCTL_E_TOO_LARGE);
    parts = streams();
    parts.kind = (struct sctl_str){large, SCTL_MAX_BODY / 4};
    check_refused(&parts, SCTL_E_TOO_LARGE);
    parts = parts_of(&pair, 1);
    check_refused(&parts, SCTL_E_TOO_LARGE);
    parts.call.param_count = 0;
    parts.call.body = (struct sctl_str){large, sizeof large};
    check_refused(&parts, SCTL_E_TOO_LARGE);
    parts.call.body = SCTL_STR("a=b");
    parts.sequence = true;
    check_refused(&parts, SCTL_E_INVALID);
    parts.call.body.len = 0;
    for (i = 0; i < LENGTH(SEQUENCES); i++) {
        parts.sequence_text = str(SEQUENCES[i]);
        check_refused(&parts, SCTL_E_INVALID);
    }
    CHECK_INT(1, fake_signer.refs);
}

int main(void)
{
    sctl_request_text(&text);
    check_tests();
    sctl_pairs_clear(&params);
    sctl_buf_clear(&text);
    return check_report();
}
