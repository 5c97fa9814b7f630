/* The check of one value: every type, limit and fault, and the rules between values. */
#include "check.h"
#include "guard.h"

#include <math.h>

#include "base/clock.h"
#include "base/encode.h"
#include "request/value.h"

#define NOW 1767323045.0 /* 2026-01-02T03:04:05Z */

static const char *const TYPES[] = {SCTL_TYPES(SCTL_NAME)};
static const char *const FAULTS[] = {SCTL_FAULTS(SCTL_NAME)};

static struct sctl_buf out, expected;
static struct sctl_str prefix;

/* ---- building ---- */

static struct sctl_scalar text_of(struct sctl_str text)
{
    return (struct sctl_scalar){.kind = SCTL_SCALAR_TEXT, .text = text};
}

/* clang-format off */
#define T(literal) {SCTL_SCALAR_TEXT, {(literal), sizeof(literal) - 1}, 0}
#define N(value) {SCTL_SCALAR_NUMBER, {"", 0}, (value)}
#define B(value) {SCTL_SCALAR_BOOLEAN, {"", 0}, (value)}
#define OTHER {SCTL_SCALAR_OTHER, {"", 0}, 0}
#define NONE {SCTL_SCALAR_ABSENT, {"", 0}, 0}
/* clang-format on */

/* Limits as a text: the type, then r(equired), p(refixed), w(ord), l(ines), e(numeration), and with
 * a number each c(haracters), b(ytes), >, m(inimum), x (maximum). */
static struct sctl_limits limits_of(const char *text)
{
    static const struct sctl_str ALLOWED[] = {SCTL_STR("on"), SCTL_STR("off"), SCTL_STR("0"),
                                              SCTL_STR("0.5"), SCTL_STR("9007199254740992")};
    struct sctl_limits limits;
    size_t type = 0;
    char *rest = strchr(text, ' ');
    size_t len = rest != NULL ? (size_t)(rest - text) : strlen(text);
    while (strlen(TYPES[type]) != len || memcmp(TYPES[type], text, len) != 0)
        type++;
    sctl_limits_init(&limits, (enum sctl_type)type);
    while (rest != NULL && *rest++ == ' ') {
        char c = *rest++;
        double number = strtod(rest, &rest);
        limits.required |= c == 'r';
        limits.prefixed |= c == 'p';
        limits.word |= c == 'w';
        limits.lines |= c == 'l';
        if (c == 'c')
            limits.max_length = (size_t)number;
        if (c == 'b')
            limits.max_bytes = (size_t)number;
        if (c == '>')
            limits.above = number;
        if (c == 'm')
            limits.min = number;
        if (c == 'x')
            limits.max = number;
        if (c == 'e') {
            limits.allowed = ALLOWED;
            limits.allowed_count = LENGTH(ALLOWED);
        }
    }
    return limits;
}

/* Checks a value both ways. What is sent: "=" its own text, or that text after ":"; or "!" and the
 * fault. What was in the buffer before stays in it. */
static const char *check_value(const char *written, struct sctl_scalar value)
{
    static char result[1024];
    struct sctl_limits limits = limits_of(written);
    enum sctl_fault fault;
    bool own = false, bare = limits.type == SCTL_INTEGER || limits.type == SCTL_NUMBER ||
                             limits.type == SCTL_BOOLEAN || limits.type == SCTL_SEQUENCE;
    sctl_buf_reset(&out);
    sctl_buf_add_lit(&out, "before");
    fault = sctl_value_raw(&limits, prefix, &value, &out, &own);
    CHECK(memcmp(out.data, "before", 6) == 0);
    (void)snprintf(result, sizeof result, "=");
    if (fault != SCTL_FINE)
        (void)snprintf(result, sizeof result, "!%s", FAULTS[fault]);
    else if (!own)
        (void)snprintf(result, sizeof result, ":%.*s", (int)out.len - 6, out.data + 6);
    if (fault != SCTL_FINE || own)
        CHECK_INT(6, out.len);
    sctl_buf_reset(&expected);
    if (fault == SCTL_FINE && bare)
        sctl_buf_add_str(&expected, str(result + 1));
    else if (fault == SCTL_FINE)
        sctl_encode_json(&expected, own ? value.text : str(result + 1));
    sctl_buf_reset(&out);
    sctl_buf_add_char(&out, '<');
    CHECK_INT(fault, sctl_value_json(&limits, prefix, &value, &out));
    CHECK_INT('<', out.data[0]);
    CHECK_TEXT(sctl_buf_str(&expected), ((struct sctl_str){out.data + 1, out.len - 1}));
    return result;
}

#define CHECK_VALUE(expected, limits, value)                                                       \
    CHECK_STR((expected), str(check_value((limits), (value))))

struct row {
    const char *limits;
    struct sctl_scalar value;
    const char *expected;
};

static void check_rows(const struct row *rows, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        bool was_bad = check.bad;
        check.bad = false;
        CHECK_VALUE(rows[i].expected, rows[i].limits, rows[i].value);
        if (check.bad)
            printf("  in row %zu, %s\n", i + 1, rows[i].limits);
        check.bad |= was_bad;
    }
}

/* A thousand characters, of which a test takes as many as it needs. */
static struct sctl_str letters(size_t count)
{
    static char space[1000];
    memset(space, 'a', sizeof space);
    return (struct sctl_str){space, count};
}

/* ---- types and limits ---- */

TEST(a_value_is_of_its_type)
{
    static const struct row ROWS[] = {
        {"text", T("a"), "="},
        {"text", N(1), "!no_text"},
        {"text", B(1), "!no_text"},
        {"text", OTHER, "!no_text"},
        {"integer", N(1), ":1"},
        {"integer", T("1"), "!no_integer"},
        {"integer", B(1), "!no_integer"},
        {"integer", OTHER, "!no_integer"},
        {"number", N(1), ":1"},
        {"number", T("1.5"), "!no_number"},
        {"number", B(1), "!no_number"},
        {"number", OTHER, "!no_number"},
        {"boolean", B(1), ":true"},
        {"boolean", B(0), ":false"},
        {"boolean", N(1), "!no_boolean"},
        {"boolean", T("true"), "!no_boolean"},
        {"boolean", OTHER, "!no_boolean"},
        {"time", N(1), ":1970-01-01T00:00:01Z"},
        {"time", B(1), "!no_time"},
        {"time", OTHER, "!no_time"},
        {"stream_id", T("a"), "="},
        {"stream_id", N(1), "!no_text"},
        {"stream_id", B(1), "!no_text"},
        {"stream_id", OTHER, "!no_text"},
        {"sequence", N(1), ":1"},
        {"sequence", B(1), "!sequence"},
        {"sequence", OTHER, "!sequence"},
    };
    check_rows(ROWS, LENGTH(ROWS));
}

TEST(a_text_keeps_its_limits)
{
    static const struct row ROWS[] = {
        {"text", T("any \xe4\xb8\xad & text"), "="},
        {"text", T(""), "="},
        {"text r", T(""), "!empty"},
        {"text r", T(" "), "="},
        {"text l", T("a\r\n\tb\n"), "="},
        {"text l", T("a\n\x01"), "!control"},
        /* characters, and bytes */
        {"text c3", T("abc"), "="},
        {"text c3", T("abcd"), "!long"},
        {"text c3", T("\xe4\xb8\xad\xc3\xa9\xf0\x9f\x98\x80"), "="},
        {"text c3", T("\xe4\xb8\xad\xc3\xa9\xf0\x9f\x98\x80."), "!long"},
        {"text c0", T(""), "="},
        {"text c0", T("a"), "!long"},
        {"text b4", T("abcd"), "="},
        {"text b4", T("abcde"), "!many_bytes"},
        {"text b4", T("\xe4\xb8\xad\xc3\xa9"), "!many_bytes"},
        {"text b4 c4", T("abcde"), "!long"},
        {"text w", T(""), "="},
        {"text w e", T("a b"), "!no_word"},
        {"text e", T("on"), "="},
        {"text e", T("off"), "="},
        {"text e", T("of"), "!not_allowed"},
        {"text e", T("offf"), "!not_allowed"},
        {"text e", T("ON"), "!not_allowed"},
        {"text e", T(""), "!not_allowed"},
    };
    struct sctl_limits none = limits_of("text e");
    struct sctl_scalar on = T("on");
    bool own;
    check_rows(ROWS, LENGTH(ROWS));
    none.allowed_count = 0;
    CHECK_INT(SCTL_FAULT_NOT_ALLOWED, sctl_value_raw(&none, prefix, &on, &out, &own));
}

TEST(a_byte_is_fine_in_a_text_or_not)
{
    char space[20];
    size_t at;
    int c;
    for (c = 0; c < 256; c++) {
        bool control = c < 0x20 || c == 0x7f, breaks = strchr("\t\n\r", c) != NULL && c;
        bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c == '-' || c == '_';
        for (at = 0; at < sizeof space; at++) {
            struct sctl_scalar value = text_of((struct sctl_str){space, sizeof space});
            memset(space, 'a', sizeof space);
            space[at] = (char)c;
            CHECK_VALUE(control ? "!control" : "=", "text", value);
            CHECK_VALUE(control ? "!control" : word ? "=" : "!no_word", "text w", value);
            CHECK_VALUE(word ? "=" : "!stream_id", "stream_id", value);
            memset(space, at % 2 == 0 ? 'a' : '\n', sizeof space);
            space[at] = (char)c;
            CHECK_VALUE(control && !breaks ? "!control" : "=", "text l", value);
        }
    }
}

TEST(a_time_is_one_of_the_calendar)
{
    static const struct row ROWS[] = {
        {"time", T("2024-02-29T23:59:59Z"), "="},
        {"time", T("2023-02-29T23:59:59Z"), "!no_time"},
        {"time", T("2024-02-29 23:59:59"), "!no_time"},
        {"time", T(""), "!no_time"},
        {"time r", T(""), "!empty"},
        {"time", T("\n"), "!control"},
        {"time c5", T("2024-02-29T23:59:59Z"), "!long"},
        /* Unix seconds */
        {"time", N(NOW), ":2026-01-02T03:04:05Z"},
        {"time", N(NOW + 0.999), ":2026-01-02T03:04:05Z"},
        {"time", N(-0.5), ":1969-12-31T23:59:59Z"},
        {"time", N(253402300799.5), ":9999-12-31T23:59:59Z"},
        {"time", N(253402300800.0), "!no_time"},
        {"time", N(-62167219200.5), "!no_time"},
        {"time", N(NOW * 1000), "!no_time"},
        {"time", N(INFINITY), "!no_time"},
        {"time", N(-INFINITY), "!no_time"},
        {"time", N(NAN), "!no_time"},
    };
    check_rows(ROWS, LENGTH(ROWS));
}

TEST(a_number_is_exact_and_keeps_its_limits)
{
    static const struct row ROWS[] = {
        {"integer", N(0), ":0"},
        {"integer", N(-0.0), ":0"},
        {"integer", N(-1), ":-1"},
        {"integer", N(1e15), ":1000000000000000"},
        {"integer", N(0x1p53), ":9007199254740992"},
        {"integer", N(-0x1p53), ":-9007199254740992"},
        {"integer", N(0x1p53 + 2), "!no_integer"},
        {"integer", N(-0x1p53 - 2), "!no_integer"},
        {"integer", N(1.5), "!no_integer"},
        {"integer", N(1e300), "!no_integer"},
        {"integer", N(INFINITY), "!no_integer"},
        {"integer", N(-INFINITY), "!no_integer"},
        {"integer", N(NAN), "!no_integer"},
        {"integer m-2 x3", N(-2), ":-2"},
        {"integer m-2 x3", N(3), ":3"},
        {"integer m-2 x3", N(-3), "!out_of_range"},
        {"integer m-2 x3", N(4), "!out_of_range"},
        {"integer m-2 x3 >0", N(0), "!not_above"},
        {"integer m-2 x3 >0", N(-3), "!not_above"},
        {"integer m-2 x3 >0", N(1), ":1"},
        {"integer e", N(0), ":0"},
        {"integer e", N(0x1p53), ":9007199254740992"},
        {"integer e", N(1), "!not_allowed"},
        {"integer e", N(20), "!not_allowed"},
        {"number", N(60), ":60"},
        {"number", N(-0.0), ":0"},
        {"number", N(-1.5), ":-1.5"},
        {"number", N(1e-7), ":1e-7"},
        {"number", N(0x1p53 + 2), ":9007199254740994"},
        {"number", N(-1.7976931348623157e308), ":-1.7976931348623157e+308"},
        {"number", N(INFINITY), "!no_number"},
        {"number", N(-INFINITY), "!no_number"},
        {"number", N(NAN), "!no_number"},
        {"number m0.5 x1", N(0.5), ":0.5"},
        {"number m0.5 x1", N(1), ":1"},
        {"number m0.5 x1", N(0.4999), "!out_of_range"},
        {"number m0.5 x1", N(1.0001), "!out_of_range"},
        {"number m0.5 x1 >0.5", N(0.5), "!not_above"},
        {"number e", N(0.5), ":0.5"},
        {"number e", N(0.25), "!not_allowed"},
    };
    check_rows(ROWS, LENGTH(ROWS));
}

TEST(a_sequence_is_a_number_or_its_digits)
{
    static const struct row ROWS[] = {
        {"sequence", N(0x1p53 - 1), ":9007199254740991"},
        {"sequence", N(0x1p53), "!sequence"},
        {"sequence", N(0), "!sequence"},
        {"sequence", N(-1), "!sequence"},
        {"sequence", N(1.5), "!sequence"},
        {"sequence", N(NAN), "!sequence"},
        {"sequence", T("1"), ":1"},
        {"sequence", T("9007199254740991"), ":9007199254740991"},
        {"sequence", T("9007199254740992"), "!sequence"},
        {"sequence", T("10000000000000000"), "!sequence"},
        {"sequence", T(""), "!sequence"},
        {"sequence", T("0"), "!sequence"},
        {"sequence", T("01"), "!sequence"},
        {"sequence", T("-1"), "!sequence"},
        {"sequence", T("+1"), "!sequence"},
        {"sequence", T("1.0"), "!sequence"},
        {"sequence", T("1e3"), "!sequence"},
        {"sequence", T(" 1"), "!sequence"},
        {"sequence", T("1 "), "!sequence"},
        {"sequence", T("0x10"), "!sequence"},
        {"sequence", T("1\0"), "!sequence"},
        {"sequence", T("one"), "!sequence"},
        {"sequence", T("1\n2"), "!sequence"},
    };
    check_rows(ROWS, LENGTH(ROWS));
}

TEST(a_prefix_is_put_on_once)
{
    static const struct row ROWS[] = {
        {"stream_id", T("a"), "="}, /* not every id takes it */
        {"text p", T("a"), "="},
        {"stream_id p", T("a"), ":test-a"},
        {"stream_id p", T("test-a"), "="},
        {"stream_id p", T("test-"), "="},
        {"stream_id p", T("test"), ":test-test"},
        {"stream_id p", T("Test-a"), ":test-Test-a"},
        {"stream_id p", T("a b"), "!stream_id"},
        {"stream_id p", T(""), "!stream_id"},
    };
    char long_id[257] = "test-", made[260];
    memset(long_id + 5, 'b', sizeof long_id - 5);
    (void)snprintf(made, sizeof made, ":test-%.*s", 251, letters(251).data);
    CHECK_VALUE("=", "stream_id p", text_of(letters(256)));
    CHECK_VALUE("!stream_id", "stream_id p", text_of(letters(257)));
    prefix = SCTL_STR("test-");
    check_rows(ROWS, LENGTH(ROWS));
    CHECK_VALUE(made, "stream_id p", text_of(letters(251)));
    CHECK_VALUE("!prefixed_long", "stream_id p", text_of(letters(252)));
    CHECK_VALUE("!prefixed_long", "stream_id p", text_of(letters(256)));
    CHECK_VALUE("!stream_id", "stream_id p", text_of(letters(257)));
    CHECK_VALUE("=", "stream_id p", text_of((struct sctl_str){long_id, 256}));
    CHECK_VALUE("!stream_id", "stream_id p",
                text_of((struct sctl_str){"", SIZE_MAX / 4})); /* nothing is read */
    prefix = SCTL_STR("");
}

TEST(json_escapes_what_it_has_to)
{
    static const char SHORT[] = "\b\t\n\f\r\"\\", NAMES[] = "btnfr\"\\";
    char space[20], text[64], escape[8];
    size_t at;
    int c;
    for (c = 0; c < 256; c++) {
        const char *name = memchr(SHORT, c, 7);
        (void)snprintf(escape, sizeof escape, "%c", c);
        if (name != NULL)
            (void)snprintf(escape, sizeof escape, "\\%c", NAMES[name - SHORT]);
        else if (c < 0x20 || c == 0x7f)
            (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
        for (at = 0; at < sizeof space; at++) {
            memset(space, 'a', sizeof space);
            space[at] = (char)c;
            (void)snprintf(text, sizeof text, "\"%.*s%s%.*s\"", (int)at, letters(20).data, escape,
                           19 - (int)at, letters(20).data);
            sctl_buf_reset(&out);
            sctl_encode_json(&out, (struct sctl_str){space, sizeof space});
            CHECK_STR(text, sctl_buf_str(&out));
        }
    }
}

/* ---- rules ---- */

static double fixed_wall(void *context)
{
    (void)context;
    return NOW + 0.9;
}

TEST(a_rule_ties_values_together)
{
#define EARLY T("2026-01-02T03:04:05Z")
#define LATE T("2026-01-02T03:04:06Z")
    static const struct {
        enum sctl_rule_kind kind;
        struct sctl_scalar value, other;
        const char *text;
        size_t items;
        bool kept;
    } ROWS[] = {
        {SCTL_RULE_LATER, LATE, EARLY, "", 0, true},
        {SCTL_RULE_LATER, EARLY, LATE, "", 0, false},
        {SCTL_RULE_LATER, EARLY, EARLY, "", 0, false},
        {SCTL_RULE_LATER, EARLY, NONE, "", 0, true},
        {SCTL_RULE_LATER, NONE, LATE, "", 0, true},
        {SCTL_RULE_LATER, T("a"), T("ab"), "", 0, false},
        {SCTL_RULE_LATER, T("ab"), T("a"), "", 0, true},
        {SCTL_RULE_LATER, N(NOW + 1), EARLY, "", 0, true},
        {SCTL_RULE_LATER, N(NOW + 0.5), EARLY, "", 0, false},
        {SCTL_RULE_LATER, LATE, N(NOW + 0.5), "", 0, true},
        {SCTL_RULE_LATER, EARLY, N(NOW), "", 0, false},
        {SCTL_RULE_LATER, N(NOW + 1), N(NOW), "", 0, true},
        {SCTL_RULE_LATER, N(9), N(10), "", 0, false},
        /* the second that has begun is over */
        {SCTL_RULE_FUTURE, LATE, NONE, "", 0, true},
        {SCTL_RULE_FUTURE, EARLY, NONE, "", 0, false},
        {SCTL_RULE_FUTURE, T("2025-12-31T23:59:59Z"), NONE, "", 0, false},
        {SCTL_RULE_FUTURE, NONE, NONE, "", 0, true},
        {SCTL_RULE_FUTURE, N(NOW + 1), NONE, "", 0, true},
        {SCTL_RULE_FUTURE, N(NOW + 0.95), NONE, "", 0, false},
        {SCTL_RULE_REQUIRED_IF, NONE, T("live"), "live", 0, false},
        {SCTL_RULE_REQUIRED_IF, T(""), T("live"), "live", 0, false},
        {SCTL_RULE_REQUIRED_IF, T("a"), T("live"), "live", 0, true},
        {SCTL_RULE_REQUIRED_IF, OTHER, T("live"), "live", 0, true},
        {SCTL_RULE_REQUIRED_IF, NONE, T("livee"), "live", 0, true},
        {SCTL_RULE_REQUIRED_IF, NONE, NONE, "live", 0, true},
        {SCTL_RULE_REQUIRED_IF, NONE, OTHER, "", 0, true},
        {SCTL_RULE_REQUIRED_IF, NONE, B(1), "true", 0, false},
        {SCTL_RULE_REQUIRED_IF, NONE, B(0), "true", 0, true},
        {SCTL_RULE_REQUIRED_IF, NONE, B(0), "false", 0, false},
        {SCTL_RULE_REQUIRED_IF, NONE, N(4), "4", 0, false},
        {SCTL_RULE_REQUIRED_IF, NONE, N(40), "4", 0, true},
        {SCTL_RULE_REQUIRED_IF, NONE, N(0.5), "0.5", 0, false},
        {SCTL_RULE_REQUIRED_IF, NONE, N(INFINITY), "inf", 0, true},
        {SCTL_RULE_LATER, N(NAN), N(INFINITY), "", 0, true},
        {SCTL_RULE_FUTURE, N(NAN), NONE, "", 0, false},
        {SCTL_RULE_ANY_OF, NONE, NONE, "", 0, false},
        {SCTL_RULE_ANY_OF, T(""), NONE, "", 0, false},
        {SCTL_RULE_ANY_OF, NONE, T(""), "", 0, false},
        {SCTL_RULE_ANY_OF, T("a"), NONE, "", 0, true},
        {SCTL_RULE_ANY_OF, NONE, N(0), "", 0, true},
        {SCTL_RULE_ANY_OF, NONE, OTHER, "", 0, true},
        {SCTL_RULE_SINGLE_IF, OTHER, T("live"), "live", 1, true},
        {SCTL_RULE_SINGLE_IF, OTHER, T("live"), "live", 2, false},
        {SCTL_RULE_SINGLE_IF, OTHER, T("live"), "live", 0, false},
        {SCTL_RULE_SINGLE_IF, OTHER, T("vod"), "live", 2, true},
        {SCTL_RULE_SINGLE_IF, OTHER, NONE, "live", 2, true},
        {SCTL_RULE_SINGLE_IF, NONE, T("live"), "live", 0, true},
        {SCTL_RULE_SINGLE_IF, T("[\"a\",\"b\"]"), T("live"), "live", 2, false},
    };
    static const struct sctl_clock CLOCK = {.wall = fixed_wall, .monotonic = fixed_wall};
    size_t i;
    sctl_clock_use(&CLOCK);
    for (i = 0; i < LENGTH(ROWS); i++) {
        if (sctl_rule_kept(ROWS[i].kind, &ROWS[i].value, &ROWS[i].other, str(ROWS[i].text),
                           ROWS[i].items) != ROWS[i].kept) {
            CHECK(false);
            printf("  in row %zu\n", i + 1);
        }
    }
    sctl_clock_use(NULL);
}

/* ---- memory ---- */

TEST(nothing_is_read_past_a_text)
{
    static const char *const LIMITS[] = {"text c5 w e", "text l c5", "time w", "stream_id p",
                                         "sequence"};
    struct guard guard = guard_new(300);
    size_t i, len;
    prefix = SCTL_STR("2026-01-02T03-04-05Zab");
    for (i = 0; i < LENGTH(LIMITS); i++) {
        for (len = 0; len <= 300; len++) {
            struct sctl_str text = guard_text(&guard, letters(len).data, len);
            (void)check_value(LIMITS[i], text_of(text));
            if (len <= prefix.len)
                text = guard_text(&guard, prefix.data, len);
            (void)check_value(LIMITS[i], text_of(text));
        }
    }
    prefix = SCTL_STR("");
    guard_free(&guard);
}

TEST(no_memory_is_told_by_the_buffer)
{
    static const struct row ROWS[] = {{"stream_id p", T("a"), ":p-a"}, {"integer", N(5), ":5"}};
    struct sctl_err err;
    size_t i;
    bool own;
    prefix = SCTL_STR("p-");
    for (i = 0; i < LENGTH(ROWS); i++) {
        struct sctl_limits limits = limits_of(ROWS[i].limits);
        sctl_buf_clear(&out);
        memory.calls = 0;
        memory.fail_at = 1;
        memory.armed = true;
        CHECK_INT(SCTL_FINE, sctl_value_raw(&limits, prefix, &ROWS[i].value, &out, &own));
        memory.armed = false;
        CHECK(!own);
        CHECK_INT(SCTL_E_MEMORY, sctl_buf_ok(&out, "parameters", &err));
    }
    sctl_buf_clear(&out);
    check_rows(ROWS, LENGTH(ROWS));
    prefix = SCTL_STR("");
}

int main(void)
{
    check_limit(60);
    sctl_buf_init(&out, 100000, true);
    sctl_buf_init(&expected, 100000, true);
    prefix = SCTL_STR("");
    check_tests();
    sctl_buf_clear(&out);
    sctl_buf_clear(&expected);
    CHECK_INT(0, memory.live);
    return check_report();
}
