/* The check of an operation's parameters: every type, limit, rule and fault. */
#include "check.h"
#include "guard.h"

#include <math.h>

#include "clock.h"
#include "row.h"

#define NOW 1767323045.0 /* 2026-01-02T03:04:05Z */

static struct sctl_checked checked;
static struct sctl_verdict verdict;
static struct sctl_str prefix;

/* ---- building ---- */

static struct sctl_param param_of(enum sctl_param_type type)
{
    struct sctl_param param;
    memset(&param, 0, sizeof param);
    param.type = type;
    param.above = param.min = -INFINITY;
    param.max = INFINITY;
    param.max_length = param.max_bytes = param.max_items = SIZE_MAX;
    return param;
}

static struct sctl_value text_of(struct sctl_str text)
{
    return (struct sctl_value){.kind = SCTL_VALUE_TEXT, .text = text};
}

static struct sctl_value text(const char *literal)
{
    return text_of(str(literal));
}

static struct sctl_value number(double value)
{
    return (struct sctl_value){.kind = SCTL_VALUE_NUMBER, .number = value};
}

static struct sctl_value boolean(bool value)
{
    return (struct sctl_value){.kind = SCTL_VALUE_BOOLEAN, .number = value};
}

static struct sctl_value list(const struct sctl_value *items, size_t count)
{
    return (struct sctl_value){
        .kind = SCTL_VALUE_LIST, .items = items, .item_count = count};
}

static const struct sctl_value ABSENT = {.kind = SCTL_VALUE_ABSENT};
static const struct sctl_value OTHER = {.kind = SCTL_VALUE_OTHER};

#define LIST(...)                                                                        \
    list((struct sctl_value[]){__VA_ARGS__},                                             \
         sizeof((struct sctl_value[]){__VA_ARGS__}) / sizeof(struct sctl_value))

/* A thousand characters, of which a test takes as many as it needs. */
static struct sctl_str letters(size_t count)
{
    static char space[1000];
    memset(space, 'a', sizeof space);
    return (struct sctl_str){space, count};
}

static enum sctl_fault check_all(const struct sctl_param *params,
                                 const struct sctl_value *values, size_t count,
                                 const struct sctl_rule *rules, size_t rule_count)
{
    struct sctl_row row = {params, count, rules, rule_count, prefix};
    struct sctl_err err;
    memset(&verdict, 0xff, sizeof verdict); /* all of it has to be written */
    CHECK_INT(SCTL_OK, sctl_row_check(&row, values, &checked, &verdict, &err));
    return verdict.fault;
}

static enum sctl_fault check_one(struct sctl_param param, struct sctl_value value)
{
    enum sctl_fault fault = check_all(&param, &value, 1, NULL, 0);
    CHECK_INT(0, verdict.param);
    return fault;
}

/* It was accepted, and is sent as this one text. */
static void check_sent(const char *expected, struct sctl_param param,
                       struct sctl_value value, bool source)
{
    CHECK_INT(SCTL_FINE, check_one(param, value));
    REQUIRE(checked.count == 1);
    CHECK_STR(expected, checked.sent[0].text);
    CHECK_INT(source, checked.sent[0].source);
    CHECK_INT(0, checked.sent[0].param);
    CHECK_INT(0, checked.sent[0].item);
    if (source)
        CHECK(checked.sent[0].text.data == value.text.data);
}

/* ---- texts ---- */

static const enum sctl_param_type TYPES[] = {
    SCTL_PARAM_TEXT,      SCTL_PARAM_INTEGER,   SCTL_PARAM_TIME,
    SCTL_PARAM_JSON_LIST, SCTL_PARAM_STREAM_ID, SCTL_PARAM_STREAM_IDS,
    SCTL_PARAM_SEQUENCE,  SCTL_PARAM_NUMBER,    SCTL_PARAM_BOOLEAN,
};

TEST(a_value_of_another_kind_is_refused)
{
    static const enum sctl_fault KIND_FAULTS[] = {
        SCTL_FAULT_NO_TEXT,  SCTL_FAULT_NO_INTEGER, SCTL_FAULT_NO_TIME,
        SCTL_FAULT_NO_LIST,  SCTL_FAULT_NO_TEXT,    SCTL_FAULT_NO_LIST,
        SCTL_FAULT_SEQUENCE, SCTL_FAULT_NO_NUMBER,  SCTL_FAULT_NO_BOOLEAN,
    };
    struct sctl_value item = text("a");
    size_t i;
    for (i = 0; i < LENGTH(TYPES); i++) {
        bool takes_number = i == 1 || i == 2 || i == 6 || i == 7;
        bool takes_list = i == 3 || i == 5;
        CHECK_INT(KIND_FAULTS[i], check_one(param_of(TYPES[i]), OTHER));
        CHECK_INT(takes_number ? SCTL_FINE : KIND_FAULTS[i],
                  check_one(param_of(TYPES[i]), number(1)));
        CHECK_INT(takes_list ? SCTL_FINE : KIND_FAULTS[i],
                  check_one(param_of(TYPES[i]), list(&item, 1)));
        CHECK_INT(i == 8 ? SCTL_FINE : KIND_FAULTS[i],
                  check_one(param_of(TYPES[i]), boolean(true)));
    }
    CHECK_INT(SCTL_FAULT_NO_NUMBER, check_one(param_of(SCTL_PARAM_NUMBER), text("1.5")));
    CHECK_INT(SCTL_FAULT_NO_BOOLEAN,
              check_one(param_of(SCTL_PARAM_BOOLEAN), text("true")));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param_of(SCTL_PARAM_INTEGER), text("1")));
    CHECK_INT(SCTL_FAULT_NO_LIST, check_one(param_of(SCTL_PARAM_STREAM_IDS), text("a")));
    CHECK_INT(SCTL_FAULT_JSON_TEXT, check_one(param_of(SCTL_PARAM_JSON_LIST), text("a")));
}

TEST(what_is_left_out_is_missed_only_when_it_is_required)
{
    size_t i;
    for (i = 0; i < LENGTH(TYPES); i++) {
        struct sctl_param param = param_of(TYPES[i]);
        CHECK_INT(SCTL_FINE, check_one(param, ABSENT));
        CHECK_INT(0, checked.count);
        param.required = true;
        CHECK_INT(SCTL_FAULT_MISSING, check_one(param, ABSENT));
        CHECK_INT(0, verdict.item);
    }
}

TEST(a_text_is_taken_as_it_is)
{
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    check_sent("any \xe4\xb8\xad & text", param, text("any \xe4\xb8\xad & text"), true);
    check_sent("", param, text(""), true);
    param.required = true;
    CHECK_INT(SCTL_FAULT_EMPTY, check_one(param, text("")));
    check_sent(" ", param, text(" "), true);
}

TEST(no_text_holds_a_control_character)
{
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    struct sctl_param json = param_of(SCTL_PARAM_JSON_LIST);
    char space[20];
    size_t at;
    int c;
    for (c = 0; c < 256; c++) {
        for (at = 0; at < sizeof space; at++) {
            struct sctl_value value = text_of((struct sctl_str){space, sizeof space});
            bool control = c < 0x20 || c == 0x7f;
            memset(space, 'a', sizeof space);
            space[at] = (char)c;
            CHECK_INT(control ? SCTL_FAULT_CONTROL : SCTL_FINE, check_one(param, value));
            CHECK_INT(control ? SCTL_FAULT_CONTROL : SCTL_FINE,
                      check_one(json, list(&value, 1)));
            CHECK_INT(control ? 1 : 0, verdict.item);
        }
    }
}

TEST(a_text_of_lines_holds_breaks_and_tabs_and_nothing_else)
{
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    struct sctl_param json = param_of(SCTL_PARAM_JSON_LIST);
    char space[20];
    size_t at;
    int c;
    param.lines = json.lines = true;
    for (c = 0; c < 256; c++) {
        for (at = 0; at < sizeof space; at++) {
            struct sctl_value value = text_of((struct sctl_str){space, sizeof space});
            bool control = c < 0x20 || c == 0x7f;
            bool fine = !control || c == '\t' || c == '\n' || c == '\r';
            memset(space, at % 2 == 0 ? 'a' : '\n', sizeof space);
            space[at] = (char)c;
            CHECK_INT(fine ? SCTL_FINE : SCTL_FAULT_CONTROL, check_one(param, value));
            memset(space, 'a', sizeof space);
            space[at] = (char)c;
            CHECK_INT(control ? SCTL_FAULT_CONTROL : SCTL_FINE,
                      check_one(json, list(&value, 1)));
        }
    }
    check_sent("a\r\n\tb\n", param, text("a\r\n\tb\n"), true);
}

TEST(a_length_counts_characters)
{
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    param.max_length = 3;
    CHECK_INT(SCTL_FINE, check_one(param, text("abc")));
    CHECK_INT(SCTL_FAULT_LONG, check_one(param, text("abcd")));
    CHECK_INT(SCTL_FINE, check_one(param, text("\xe4\xb8\xad\xc3\xa9\xf0\x9f\x98\x80")));
    CHECK_INT(SCTL_FAULT_LONG,
              check_one(param, text("\xe4\xb8\xad\xc3\xa9\xf0\x9f\x98\x80.")));
    param.max_length = 0;
    CHECK_INT(SCTL_FINE, check_one(param, text("")));
    CHECK_INT(SCTL_FAULT_LONG, check_one(param, text("a")));
}

TEST(bytes_are_counted_apart_from_characters)
{
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    param.max_bytes = 4;
    CHECK_INT(SCTL_FINE, check_one(param, text("abcd")));
    CHECK_INT(SCTL_FAULT_MANY_BYTES, check_one(param, text("abcde")));
    CHECK_INT(SCTL_FAULT_MANY_BYTES, check_one(param, text("ä¸­Ã©")));
    param.max_length = 4;
    CHECK_INT(SCTL_FAULT_LONG, check_one(param, text("abcde")));
}

TEST(a_word_has_few_characters)
{
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    char space[3] = "a.b";
    int c;
    param.word = true;
    for (c = 0x20; c < 256; c++) {
        bool fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                    (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        if (c == 0x7f)
            continue;
        space[1] = (char)c;
        CHECK_INT(fine ? SCTL_FINE : SCTL_FAULT_NO_WORD,
                  check_one(param, text_of((struct sctl_str){space, 3})));
    }
    CHECK_INT(SCTL_FINE, check_one(param, text("")));
}

TEST(an_enumeration_is_exact)
{
    struct sctl_str allowed[] = {SCTL_STR("on"), SCTL_STR("off")};
    struct sctl_param param = param_of(SCTL_PARAM_TEXT);
    param.allowed = allowed;
    param.allowed_count = 2;
    check_sent("on", param, text("on"), true);
    check_sent("off", param, text("off"), true);
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, text("of")));
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, text("offf")));
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, text("ON")));
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, text("")));
    param.allowed_count = 0;
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, text("on")));
}

TEST(a_time_is_one_of_the_calendar)
{
    struct sctl_param param = param_of(SCTL_PARAM_TIME);
    check_sent("2024-02-29T23:59:59Z", param, text("2024-02-29T23:59:59Z"), true);
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, text("2023-02-29T23:59:59Z")));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, text("2024-02-29 23:59:59")));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, text("")));
    param.required = true;
    CHECK_INT(SCTL_FAULT_EMPTY, check_one(param, text("")));
}

TEST(a_time_may_be_a_number_of_seconds)
{
    struct sctl_param param = param_of(SCTL_PARAM_TIME);
    check_sent("2026-01-02T03:04:05Z", param, number(NOW), false);
    check_sent("2026-01-02T03:04:05Z", param, number(NOW + 0.999), false);
    check_sent("1969-12-31T23:59:59Z", param, number(-0.5), false);
    check_sent("9999-12-31T23:59:59Z", param, number(253402300799.5), false);
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, number(253402300800.0)));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, number(-62167219200.5)));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, number(NOW * 1000.0)));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, number(INFINITY)));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, number(-INFINITY)));
    CHECK_INT(SCTL_FAULT_NO_TIME, check_one(param, number(NAN)));
}

/* ---- numbers ---- */

TEST(an_integer_is_whole_and_exact)
{
    struct sctl_param param = param_of(SCTL_PARAM_INTEGER);
    check_sent("0", param, number(0), false);
    check_sent("0", param, number(-0.0), false);
    check_sent("-1", param, number(-1), false);
    check_sent("1000000000000000", param, number(1e15), false);
    check_sent("9007199254740992", param, number(9007199254740992.0), false);
    check_sent("-9007199254740992", param, number(-9007199254740992.0), false);
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(9007199254740994.0)));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(-9007199254740994.0)));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(1.5)));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(1e300)));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(INFINITY)));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(-INFINITY)));
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, number(NAN)));
}

TEST(an_integer_is_within_its_limits)
{
    struct sctl_param param = param_of(SCTL_PARAM_INTEGER);
    param.min = -2;
    param.max = 3;
    CHECK_INT(SCTL_FINE, check_one(param, number(-2)));
    CHECK_INT(SCTL_FINE, check_one(param, number(3)));
    CHECK_INT(SCTL_FAULT_OUT_OF_RANGE, check_one(param, number(-3)));
    CHECK_INT(SCTL_FAULT_OUT_OF_RANGE, check_one(param, number(4)));
    param.above = 0;
    CHECK_INT(SCTL_FAULT_NOT_ABOVE, check_one(param, number(0)));
    CHECK_INT(SCTL_FAULT_NOT_ABOVE, check_one(param, number(-3)));
    CHECK_INT(SCTL_FINE, check_one(param, number(1)));
}

TEST(a_number_is_finite_and_within_its_limits)
{
    struct sctl_param param = param_of(SCTL_PARAM_NUMBER);
    check_sent("60", param, number(60.0), false);
    check_sent("0", param, number(-0.0), false);
    check_sent("-1.5", param, number(-1.5), false);
    check_sent("1e-7", param, number(1e-7), false);
    check_sent("9007199254740994", param, number(9007199254740994.0), false);
    check_sent("-1.7976931348623157e+308", param, number(-1.7976931348623157e308), false);
    CHECK_INT(SCTL_FAULT_NO_NUMBER, check_one(param, number(INFINITY)));
    CHECK_INT(SCTL_FAULT_NO_NUMBER, check_one(param, number(-INFINITY)));
    CHECK_INT(SCTL_FAULT_NO_NUMBER, check_one(param, number(NAN)));
    param.min = 0.5;
    param.max = 1;
    CHECK_INT(SCTL_FINE, check_one(param, number(0.5)));
    CHECK_INT(SCTL_FINE, check_one(param, number(1)));
    CHECK_INT(SCTL_FAULT_OUT_OF_RANGE, check_one(param, number(0.4999)));
    CHECK_INT(SCTL_FAULT_OUT_OF_RANGE, check_one(param, number(1.0001)));
    param.above = 0.5;
    CHECK_INT(SCTL_FAULT_NOT_ABOVE, check_one(param, number(0.5)));
}

TEST(an_enumeration_of_numbers_goes_by_what_is_sent)
{
    struct sctl_str allowed[] = {SCTL_STR("0"), SCTL_STR("2"), SCTL_STR("0.5")};
    struct sctl_param param = param_of(SCTL_PARAM_INTEGER);
    param.allowed = allowed;
    param.allowed_count = 3;
    check_sent("0", param, number(0), false);
    check_sent("2", param, number(2.0), false);
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, number(1)));
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, number(20)));
    param.type = SCTL_PARAM_NUMBER;
    check_sent("0.5", param, number(0.5), false);
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, check_one(param, number(0.25)));
}

TEST(a_boolean_is_true_or_false)
{
    struct sctl_param param = param_of(SCTL_PARAM_BOOLEAN);
    check_sent("true", param, boolean(true), false);
    check_sent("false", param, boolean(false), false);
}

TEST(a_sequence_is_a_number_or_its_digits)
{
    static const char *const BAD[] = {
        "",   "0",  "01",   "-1",  "+1",  "1.0",  "1e3",
        " 1", "1 ", "0x10", "1\0", "one", "1\n2", "10000000000000000",
    };
    struct sctl_param param = param_of(SCTL_PARAM_SEQUENCE);
    size_t i;
    check_sent("1", param, number(1), false);
    check_sent("9007199254740991", param, number(9007199254740991.0), false);
    check_sent("1", param, text("1"), false);
    check_sent("9007199254740991", param, text("9007199254740991"), false);
    for (i = 0; i < LENGTH(BAD); i++) {
        if (i != 10) /* a C string ends at the NUL */
            CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, text(BAD[i])));
    }
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, text_of(SCTL_STR("1\0"))));
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, text("9007199254740992")));
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, number(9007199254740992.0)));
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, number(0)));
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, number(-1)));
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, number(1.5)));
    CHECK_INT(SCTL_FAULT_SEQUENCE, check_one(param, number(NAN)));
}

/* ---- streams ---- */

TEST(a_stream_id_is_a_word_of_up_to_256)
{
    struct sctl_param param = param_of(SCTL_PARAM_STREAM_ID);
    char space[3] = "a.b";
    int c;
    check_sent("room1-cam_2", param, text("room1-cam_2"), true);
    CHECK_INT(SCTL_FINE, check_one(param, text_of(letters(256))));
    CHECK_INT(SCTL_FAULT_STREAM_ID, check_one(param, text_of(letters(257))));
    CHECK_INT(SCTL_FAULT_STREAM_ID, check_one(param, text("")));
    for (c = 0; c < 256; c++) {
        bool fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                    (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        space[1] = (char)c;
        CHECK_INT(fine ? SCTL_FINE : SCTL_FAULT_STREAM_ID,
                  check_one(param, text_of((struct sctl_str){space, 3})));
    }
}

TEST(the_prefix_is_put_on_once)
{
    struct sctl_param param = param_of(SCTL_PARAM_STREAM_ID);
    char long_id[257] = "test-";
    prefix = SCTL_STR("test-");
    check_sent("a", param, text("a"), true); /* not every id takes it */
    param.prefixed = true;
    check_sent("test-a", param, text("a"), false);
    check_sent("test-a", param, text("test-a"), true);
    check_sent("test-", param, text("test-"), true);
    check_sent("test-test", param, text("test"), false);
    check_sent("test-Test-a", param, text("Test-a"), false);
    CHECK_INT(SCTL_FINE, check_one(param, text_of(letters(251))));
    CHECK_INT(256, checked.sent[0].text.len);
    CHECK_INT(SCTL_FAULT_PREFIXED_LONG, check_one(param, text_of(letters(252))));
    CHECK_INT(SCTL_FAULT_PREFIXED_LONG, check_one(param, text_of(letters(256))));
    CHECK_INT(SCTL_FAULT_STREAM_ID, check_one(param, text_of(letters(257))));
    memset(long_id + 5, 'b', 252);
    CHECK_INT(SCTL_FINE, check_one(param, text_of((struct sctl_str){long_id, 256})));
    CHECK_INT(true, checked.sent[0].source);
    prefix = SCTL_STR("");
    check_sent("a", param, text("a"), true);
}

/* Each may take 256 bytes, which is 0 bytes in all where a size ends. */
TEST(a_list_of_too_many_stream_ids_is_not_looked_into)
{
    struct sctl_param param = param_of(SCTL_PARAM_STREAM_IDS);
    struct sctl_value value = list(NULL, SIZE_MAX / 256 + 1);
    struct sctl_row row = {&param, 1, NULL, 0, SCTL_STR("test-")};
    struct sctl_err err;
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_row_check(&row, &value, &checked, &verdict, &err));
    sctl_checked_clear(&checked);
}

TEST(a_huge_stream_id_takes_no_memory)
{
    struct sctl_param param = param_of(SCTL_PARAM_STREAM_ID);
    struct sctl_value item = text_of((struct sctl_str){"", SIZE_MAX / 4});
    prefix = SCTL_STR("test-");
    param.prefixed = true;
    CHECK_INT(SCTL_FAULT_STREAM_ID, check_one(param, item));
    param.type = SCTL_PARAM_STREAM_IDS;
    CHECK_INT(SCTL_FAULT_STREAM_ID, check_one(param, list(&item, 1)));
    CHECK(checked.made.size < 4096);
    prefix = SCTL_STR("");
}

/* ---- lists ---- */

TEST(a_list_has_items_and_no_gaps)
{
    static const enum sctl_param_type LISTS[] = {SCTL_PARAM_JSON_LIST,
                                                 SCTL_PARAM_STREAM_IDS};
    size_t i;
    for (i = 0; i < 2; i++) {
        struct sctl_param param = param_of(LISTS[i]);
        struct sctl_value value = LIST(text("a"), text("b"));
        param.max_items = 2;
        CHECK_INT(SCTL_FINE, check_one(param, value));
        CHECK_INT(SCTL_FAULT_NO_ITEMS, check_one(param, list(NULL, 0)));
        param.min_items = 3;
        CHECK_INT(SCTL_FAULT_FEW_ITEMS, check_one(param, value));
        CHECK_INT(SCTL_FAULT_NO_ITEMS, check_one(param, list(NULL, 0)));
        param.min_items = 2;
        CHECK_INT(SCTL_FINE, check_one(param, value));
        CHECK_INT(SCTL_FAULT_MANY_ITEMS, check_one(param, list(NULL, 3)));
        CHECK_INT(SCTL_FAULT_MANY_ITEMS, check_one(param, list(NULL, SIZE_MAX)));
        value.gaps = true;
        CHECK_INT(SCTL_FAULT_GAPS, check_one(param, value));
        value.item_count = 0;
        CHECK_INT(SCTL_FAULT_GAPS, check_one(param, value));
        CHECK_INT(0, verdict.item);
        CHECK_INT(SCTL_FAULT_NO_TEXT, check_one(param, LIST(text("a"), number(1))));
        CHECK_INT(2, verdict.item);
    }
}

TEST(a_json_list_is_one_text)
{
    struct sctl_param param = param_of(SCTL_PARAM_JSON_LIST);
    check_sent("[\"a\"]", param, LIST(text("a")), false);
    check_sent("[\"a\",\"b\",\"c\"]", param, LIST(text("a"), text("b"), text("c")),
               false);
    check_sent("[\"\\\"\\\\/\xe4\xb8\xad'\"]", param, LIST(text("\"\\/\xe4\xb8\xad'")),
               false);
    check_sent("[\"\\\\\\\\\\\\\\\\\"]", param, LIST(text("\\\\\\\\")), false);
    CHECK_INT(SCTL_FAULT_EMPTY, check_one(param, LIST(text("a"), text(""))));
    CHECK_INT(2, verdict.item);
    CHECK_INT(SCTL_FAULT_CONTROL, check_one(param, LIST(text("\n"), text(""))));
    CHECK_INT(1, verdict.item);
    CHECK_INT(SCTL_FAULT_NO_TEXT, check_one(param, LIST(ABSENT)));
}

/* The reading is in test_json_list.c. */
TEST(a_json_list_may_be_given_as_its_text)
{
    static const char *const BAD[] = {"",
                                      "[]",
                                      "[\"\"]",
                                      "[\"a\",\"\"]",
                                      "[\"\n\"]",
                                      "[\"a\\u0000\"]",
                                      "[\"\\u007f\"]",
                                      "[1]",
                                      "[\"a\"",
                                      "[\"a\"] x"};
    struct sctl_param param = param_of(SCTL_PARAM_JSON_LIST);
    size_t i;
    check_sent(" [ \"a\",\"\\u0041\\/\" ]\n", param, text(" [ \"a\",\"\\u0041\\/\" ]\n"),
               true);
    for (i = 0; i < LENGTH(BAD); i++) {
        CHECK_INT(SCTL_FAULT_JSON_TEXT, check_one(param, text(BAD[i])));
        CHECK_INT(0, verdict.item);
    }
    param.min_items = param.max_items = 2;
    CHECK_INT(SCTL_FAULT_JSON_TEXT, check_one(param, text("[\"a\"]")));
    CHECK_INT(SCTL_FINE, check_one(param, text("[\"a\",\"a\"]")));
    CHECK_INT(SCTL_FAULT_JSON_TEXT, check_one(param, text("[\"a\",\"a\",\"a\"]")));
    CHECK_INT(0, checked.made.len);
}

TEST(stream_ids_are_sent_one_by_one)
{
    struct sctl_param param = param_of(SCTL_PARAM_STREAM_IDS);
    struct sctl_value value = LIST(text("a"), text("test-b"), text("c"));
    CHECK_INT(SCTL_FINE, check_one(param, value));
    REQUIRE(checked.count == 3);
    CHECK_STR("a", checked.sent[0].text);
    CHECK(checked.sent[0].source && checked.sent[0].item == 1);
    CHECK(checked.sent[2].source && checked.sent[2].item == 3);
    prefix = SCTL_STR("test-");
    param.prefixed = true;
    CHECK_INT(SCTL_FINE, check_one(param, value));
    REQUIRE(checked.count == 3);
    CHECK_STR("test-a", checked.sent[0].text);
    CHECK_STR("test-b", checked.sent[1].text);
    CHECK_STR("test-c", checked.sent[2].text);
    CHECK(!checked.sent[0].source && checked.sent[1].source && !checked.sent[2].source);
    CHECK_INT(2, checked.sent[1].item);
    CHECK_INT(SCTL_FAULT_STREAM_ID, check_one(param, LIST(text("a"), text("b c"))));
    CHECK_INT(2, verdict.item);
    CHECK_INT(SCTL_FAULT_PREFIXED_LONG, check_one(param, LIST(text_of(letters(256)))));
    CHECK_INT(1, verdict.item);
    prefix = SCTL_STR("");
}

/* ---- rows ---- */

TEST(a_row_is_sent_in_its_order)
{
    struct sctl_param params[] = {
        param_of(SCTL_PARAM_STREAM_IDS), param_of(SCTL_PARAM_TEXT),
        param_of(SCTL_PARAM_INTEGER),    param_of(SCTL_PARAM_STREAM_ID),
        param_of(SCTL_PARAM_SEQUENCE),
    };
    struct sctl_value ids[300],
        values[5] = {list(ids, LENGTH(ids)), ABSENT, number(-7), text("b"), text("12")};
    size_t i;
    prefix = SCTL_STR("p-");
    params[0].prefixed = params[3].prefixed = true;
    for (i = 0; i < LENGTH(ids); i++)
        ids[i] = text_of(letters(1 + i % 200));
    CHECK_INT(SCTL_FINE, check_all(params, values, 5, NULL, 0));
    REQUIRE(checked.count == LENGTH(ids) + 3);
    /* none of them has moved while the others were made */
    for (i = 0; i < LENGTH(ids); i++) {
        CHECK_INT(0, checked.sent[i].param);
        CHECK_INT(i + 1, checked.sent[i].item);
        CHECK_INT(3 + i % 200, checked.sent[i].text.len);
        CHECK(memcmp(checked.sent[i].text.data, "p-a", 3) == 0);
    }
    CHECK_STR("-7", checked.sent[i].text);
    CHECK_INT(2, checked.sent[i].param);
    CHECK_STR("p-b", checked.sent[i + 1].text);
    CHECK_STR("12", checked.sent[i + 2].text);
    CHECK_INT(4, checked.sent[i + 2].param);
    prefix = SCTL_STR("");
}

/* Texts that were made stay where they are while others are: all room is there from the start. */
TEST(made_texts_do_not_move)
{
    static char quotes[3000], json[3000];
    struct sctl_param params[SCTL_MAX_ROW];
    struct sctl_value values[SCTL_MAX_ROW],
        item = text_of((struct sctl_str){quotes, 3000});
    size_t i, lists;
    memset(quotes, '"', sizeof quotes);
    memset(json, '\\', sizeof json);
    memcpy(json, "[\"", 2);
    memcpy(json + sizeof json - 2, "\"]", 2);
    for (lists = 0; lists < 3; lists++) {
        sctl_checked_clear(&checked); /* no room is left from before */
        for (i = 0; i < SCTL_MAX_ROW; i++) {
            params[i] = param_of(SCTL_PARAM_INTEGER);
            values[i] = number(-9007199254740992.0);
        }
        if (lists == 1) {
            params[5] = param_of(SCTL_PARAM_JSON_LIST);
            values[5] = list(&item, 1);
        } else if (lists == 2) {
            params[5] = param_of(SCTL_PARAM_JSON_LIST);
            values[5] = text_of((struct sctl_str){json, sizeof json});
        }
        CHECK_INT(SCTL_FINE, check_all(params, values, SCTL_MAX_ROW, NULL, 0));
        REQUIRE(checked.count == SCTL_MAX_ROW);
        for (i = 0; i < SCTL_MAX_ROW; i++) {
            if (params[i].type == SCTL_PARAM_INTEGER)
                CHECK_STR("-9007199254740992", checked.sent[i].text);
            else
                CHECK_INT(lists == 1 ? 2 * sizeof quotes + 4 : sizeof json,
                          checked.sent[i].text.len);
        }
    }
}

TEST(the_first_fault_counts)
{
    struct sctl_param params[] = {param_of(SCTL_PARAM_TEXT), param_of(SCTL_PARAM_INTEGER),
                                  param_of(SCTL_PARAM_TEXT)};
    struct sctl_rule rule = {SCTL_RULE_REQUIRED_IF, 0, 2, SCTL_STR("a")};
    struct sctl_value values[] = {ABSENT, text("x"), OTHER};
    params[0].required = true;
    CHECK_INT(SCTL_FAULT_MISSING, check_all(params, values, 3, &rule, 1));
    CHECK_INT(0, verdict.param);
    params[0].required = false;
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_all(params, values, 3, &rule, 1));
    CHECK_INT(1, verdict.param);
    values[1] = number(1);
    CHECK_INT(SCTL_FAULT_NO_TEXT, check_all(params, values, 3, &rule, 1));
    CHECK_INT(2, verdict.param);
    values[2] = text("a");
    CHECK_INT(SCTL_FAULT_RULE, check_all(params, values, 3, &rule, 1));
    CHECK_INT(0, verdict.param);
}

TEST(an_empty_row_sends_nothing)
{
    CHECK_INT(SCTL_FINE, check_all(NULL, NULL, 0, NULL, 0));
    CHECK_INT(0, checked.count);
}

/* ---- rules ---- */

static enum sctl_param_type type_for(struct sctl_value value)
{
    return value.kind == SCTL_VALUE_NUMBER ? SCTL_PARAM_TIME : SCTL_PARAM_TEXT;
}

static enum sctl_fault check_rule(enum sctl_rule_kind kind, struct sctl_value first,
                                  struct sctl_value second, struct sctl_value third)
{
    struct sctl_param params[] = {param_of(type_for(first)), param_of(type_for(second)),
                                  param_of(SCTL_PARAM_STREAM_IDS)};
    struct sctl_rule rules[] = {
        {SCTL_RULE_REQUIRED_IF, 0, 1, SCTL_STR("never")}, /* kept */
        {kind, kind == SCTL_RULE_SINGLE_IF ? 2 : 0, 1, SCTL_STR("live")},
    };
    struct sctl_value values[3] = {first, second, third};
    enum sctl_fault fault = check_all(params, values, 3, rules, 2);
    if (fault == SCTL_FAULT_RULE) {
        CHECK_INT(1, verdict.rule);
        CHECK_INT(rules[1].param, verdict.param);
    }
    return fault;
}

TEST(later_compares_two_times)
{
    const enum sctl_rule_kind kind = SCTL_RULE_LATER;
    struct sctl_value early = text("2026-01-02T03:04:05Z"),
                      late = text("2026-01-02T03:04:06Z");
    CHECK_INT(SCTL_FINE, check_rule(kind, late, early, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, early, late, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, early, early, ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, early, ABSENT, ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, late, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, text("a"), text("ab"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, text("ab"), text("a"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, number(NOW + 1), early, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, number(NOW + 0.5), early, ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, late, number(NOW + 0.5), ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, early, number(NOW), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, number(NOW + 1), number(NOW), ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, number(9), number(10), ABSENT));
}

static double fixed_wall(void *context)
{
    (void)context;
    return NOW + 0.9;
}

TEST(the_future_begins_after_now)
{
    static const struct sctl_clock CLOCK = {.wall = fixed_wall, .monotonic = fixed_wall};
    const enum sctl_rule_kind kind = SCTL_RULE_FUTURE;
    sctl_clock_use(&CLOCK);
    CHECK_INT(SCTL_FINE, check_rule(kind, text("2026-01-02T03:04:06Z"), ABSENT, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE,
              check_rule(kind, text("2026-01-02T03:04:05Z"), ABSENT, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE,
              check_rule(kind, text("2025-12-31T23:59:59Z"), ABSENT, ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, ABSENT, ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, number(NOW + 1), ABSENT, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, number(NOW + 0.95), ABSENT, ABSENT));
    sctl_clock_use(NULL);
}

TEST(a_value_can_require_another)
{
    const enum sctl_rule_kind kind = SCTL_RULE_REQUIRED_IF;
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, ABSENT, text("live"), ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, text(""), text("live"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, text("a"), text("live"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, text("livee"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, text("vod"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, ABSENT, ABSENT));
}

TEST(a_boolean_can_require_another)
{
    struct sctl_param params[] = {param_of(SCTL_PARAM_TEXT),
                                  param_of(SCTL_PARAM_BOOLEAN)};
    struct sctl_rule rule = {SCTL_RULE_REQUIRED_IF, 0, 1, SCTL_STR("true")};
    struct sctl_value values[] = {ABSENT, boolean(true)};
    CHECK_INT(SCTL_FAULT_RULE, check_all(params, values, 2, &rule, 1));
    CHECK_INT(0, verdict.param);
    values[1] = boolean(false);
    CHECK_INT(SCTL_FINE, check_all(params, values, 2, &rule, 1));
    rule.value = SCTL_STR("false");
    CHECK_INT(SCTL_FAULT_RULE, check_all(params, values, 2, &rule, 1));
    values[0] = text("x");
    CHECK_INT(SCTL_FINE, check_all(params, values, 2, &rule, 1));
}

TEST(a_number_is_compared_as_it_is_sent)
{
    struct sctl_param params[] = {param_of(SCTL_PARAM_TEXT),
                                  param_of(SCTL_PARAM_INTEGER)};
    struct sctl_rule rule = {SCTL_RULE_REQUIRED_IF, 0, 1, SCTL_STR("4")};
    struct sctl_value values[] = {ABSENT, number(4)};
    CHECK_INT(SCTL_FAULT_RULE, check_all(params, values, 2, &rule, 1));
    values[1] = number(40);
    CHECK_INT(SCTL_FINE, check_all(params, values, 2, &rule, 1));
    values[0] = text("a"), values[1] = number(4);
    CHECK_INT(SCTL_FINE, check_all(params, values, 2, &rule, 1));
}

TEST(any_of_two_is_enough)
{
    const enum sctl_rule_kind kind = SCTL_RULE_ANY_OF;
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, ABSENT, ABSENT, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, text(""), ABSENT, ABSENT));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, ABSENT, text(""), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, text("a"), ABSENT, ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, text("a"), ABSENT));
    CHECK_INT(SCTL_FINE, check_rule(kind, text("a"), text("b"), ABSENT));
}

TEST(a_value_can_allow_one_item_only)
{
    const enum sctl_rule_kind kind = SCTL_RULE_SINGLE_IF;
    struct sctl_value one = LIST(text("a")), two = LIST(text("a"), text("b"));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, text("live"), one));
    CHECK_INT(SCTL_FAULT_RULE, check_rule(kind, ABSENT, text("live"), two));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, text("vod"), two));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, ABSENT, two));
    CHECK_INT(SCTL_FINE, check_rule(kind, ABSENT, text("live"), ABSENT));
}

TEST(a_text_of_a_list_can_be_of_one_item_only)
{
    struct sctl_param params[] = {param_of(SCTL_PARAM_JSON_LIST),
                                  param_of(SCTL_PARAM_TEXT)};
    struct sctl_rule rule = {SCTL_RULE_SINGLE_IF, 0, 1, SCTL_STR("live")};
    struct sctl_value values[] = {text("[\"\\u0061\"]"), text("live")};
    CHECK_INT(SCTL_FINE, check_all(params, values, 2, &rule, 1));
    values[0] = text("[\"a\",\"b\"]");
    CHECK_INT(SCTL_FAULT_RULE, check_all(params, values, 2, &rule, 1));
    values[1] = text("vod");
    CHECK_INT(SCTL_FINE, check_all(params, values, 2, &rule, 1));
}

/* ---- memory ---- */

TEST(nothing_is_read_past_a_text)
{
    struct guard guard = guard_new(300);
    struct sctl_param types[LENGTH(TYPES)];
    struct sctl_str allowed = SCTL_STR("2026-01-02T03:04:05Z");
    size_t i, len;
    prefix = SCTL_STR("2026-01-02T03:04:05Zab");
    for (i = 0; i < LENGTH(TYPES); i++) {
        types[i] = param_of(TYPES[i]);
        types[i].max_length = 5;
        types[i].prefixed = types[i].word = true;
        types[i].allowed = &allowed;
        types[i].allowed_count = 1;
        for (len = 0; len <= 300; len++) {
            struct sctl_value value = text_of(guard_text(&guard, letters(len).data, len));
            (void)check_one(types[i], value);
            (void)check_one(types[i], list(&value, 1));
            if (len <= prefix.len)
                value = text_of(guard_text(&guard, prefix.data, len));
            (void)check_one(types[i], value);
            (void)check_one(types[i], list(&value, 1));
        }
    }
    prefix = SCTL_STR("");
    guard_free(&guard);
}

TEST(no_memory_is_said_and_the_check_works_again)
{
    struct sctl_param params[] = {param_of(SCTL_PARAM_INTEGER),
                                  param_of(SCTL_PARAM_STREAM_IDS)};
    struct sctl_value items[100], values[] = {number(5), list(items, LENGTH(items))};
    struct sctl_row row = {params, 2, NULL, 0, SCTL_STR("p-")};
    long live = memory.live;
    size_t i;
    int mode;
    params[1].prefixed = true;
    for (i = 0; i < LENGTH(items); i++)
        items[i] = text("a");
    for (mode = 0; mode < 2; mode++) {
        memory.for_good = mode == 1;
        for (memory.fail_at = 1; memory.fail_at < 100; memory.fail_at++) {
            struct sctl_checked own;
            struct sctl_err err;
            enum sctl_status status;
            sctl_checked_init(&own);
            memory.calls = 0;
            memory.armed = true;
            status = sctl_row_check(&row, values, &own, &verdict, &err);
            memory.armed = false;
            if (status != SCTL_OK) {
                CHECK_INT(SCTL_E_MEMORY, status);
                CHECK(strstr(err.message, "no memory for") != NULL);
                CHECK_INT(SCTL_FINE, verdict.fault);
                CHECK_INT(SCTL_OK, sctl_row_check(&row, values, &own, &verdict, &err));
            }
            CHECK_INT(101, own.count);
            CHECK_STR("p-a", own.sent[100].text);
            sctl_checked_clear(&own);
            sctl_checked_clear(&own); /* twice is fine */
            CHECK_INT(live, memory.live);
            if (memory.calls < memory.fail_at)
                break;
        }
        CHECK_INT(3, memory.fail_at); /* the list of texts, and the texts */
    }
    memory.for_good = false;
}

TEST(a_check_uses_the_memory_of_the_last)
{
    struct sctl_param param = param_of(SCTL_PARAM_INTEGER);
    CHECK_INT(SCTL_FINE, check_one(param, number(1)));
    memory.calls = 0;
    memory.fail_at = 0;
    memory.armed = true;
    check_sent("2", param, number(2), false);
    CHECK_INT(SCTL_FAULT_NO_INTEGER, check_one(param, text("x")));
    check_sent("3", param, number(3), false);
    memory.armed = false;
    CHECK_INT(0, memory.calls);
}

int main(void)
{
    check_limit(60);
    sctl_checked_init(&checked);
    prefix = SCTL_STR("");
    check_tests();
    sctl_checked_clear(&checked);
    CHECK_INT(0, memory.live);
    return check_report();
}
