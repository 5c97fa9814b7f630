/* The check of values of any kind: what is accepted keeps every limit, raw and as JSON.
 *
 * Fields: the prefix, then each value in two fields. The first: a digit for the type, then r
 * (required), p (prefixed), w (word), t (lines), e (one of "on", "off", "5"), l and a digit (that
 * many characters), b and a digit (that many bytes), m and a digit (minimum), x and a digit
 * (maximum). The second: t and a text, n and a number, b and t or f, anything else for another kind.
 * A digit from the eighth type on is a rule between this value and the next one, and the text of the
 * prefix.
 */
#include "fuzz.h"

#include <math.h>

#include "base/clock.h"
#include "base/encode.h"
#include "request/value.h"

#define TYPES 7u

static const struct sctl_str ALLOWED[] = {SCTL_STR("on"), SCTL_STR("off"), SCTL_STR("5")};

static void read_limits(struct sctl_str text, struct sctl_limits *limits)
{
    size_t i;
    sctl_limits_init(
        limits,
        (enum sctl_type)(text.len > 0 ? (unsigned char)(text.data[0] - '0') % TYPES : 0));
    for (i = 1; i < text.len; i++) {
        char c = text.data[i], next = i + 1 < text.len ? text.data[i + 1] : '0';
        size_t digit = (unsigned char)(next - '0') % 10u;
        limits->required |= c == 'r';
        limits->prefixed |= c == 'p';
        limits->word |= c == 'w';
        limits->lines |= c == 't';
        if (c == 'e') {
            limits->allowed = ALLOWED;
            limits->allowed_count = 3;
        } else if (c == 'l') {
            limits->max_length = digit;
        } else if (c == 'b') {
            limits->max_bytes = digit;
        } else if (c == 'm') {
            limits->min = (double)digit;
            limits->above = (double)digit - 1;
        } else if (c == 'x') {
            limits->max = (double)digit;
        }
    }
}

static struct sctl_scalar read_value(struct sctl_str text)
{
    struct sctl_scalar value = {.kind = SCTL_SCALAR_OTHER, .text = {"", 0}};
    struct sctl_str rest = {text.data + (text.len > 0), text.len - (text.len > 0)};
    char kind = text.len > 0 ? text.data[0] : '-', number[64];
    size_t len = rest.len < sizeof number - 1 ? rest.len : sizeof number - 1;
    if (kind == 't') {
        value.kind = SCTL_SCALAR_TEXT;
        value.text = rest;
    } else if (kind == 'n') {
        memcpy(number, rest.data, len);
        number[len] = '\0';
        value.kind = SCTL_SCALAR_NUMBER;
        value.number = strtod(number, NULL);
    } else if (kind == 'b') {
        value.kind = SCTL_SCALAR_BOOLEAN;
        value.number = rest.len > 0 && rest.data[0] == 't';
    }
    return value;
}

/* ---- what was accepted ---- */

static bool is_plain_word(struct sctl_str text)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        if (!is_unreserved(text.data[i]) || text.data[i] == '.' || text.data[i] == '~')
            return false;
    }
    return true;
}

static size_t characters(struct sctl_str text)
{
    size_t i, count = 0;
    for (i = 0; i < text.len; i++)
        count += (text.data[i] & 0xc0) != 0x80;
    return count;
}

static double number_of(struct sctl_str text)
{
    char space[SCTL_NUMBER_TEXT + 1] = {0};
    MUST(text.len > 0 && text.len < SCTL_NUMBER_TEXT);
    memcpy(space, text.data, text.len);
    MUST(strspn(space, "0123456789.e+-") == text.len);
    return strtod(space, NULL);
}

static bool is_one(const struct sctl_limits *limits, struct sctl_str text)
{
    return limits->allowed == NULL || same_text(text, ALLOWED[0]) ||
           same_text(text, ALLOWED[1]) || same_text(text, ALLOWED[2]);
}

/* No control character, but for those of lines where they are allowed. */
static bool is_plain(struct sctl_str text, bool lines)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        struct sctl_str one = {text.data + i, 1};
        bool breaks = memchr("\t\n\r", text.data[i], 3) != NULL;
        if (plain_control(one) && !(lines && breaks))
            return false;
    }
    return true;
}

static void check_id(const struct sctl_limits *limits, struct sctl_str prefix,
                     struct sctl_str given, struct sctl_str sent)
{
    struct sctl_str rest = {sent.data + prefix.len, sent.len - prefix.len};
    MUST(sent.len >= 1 && sent.len <= 256 && is_plain_word(given));
    if (limits->prefixed)
        MUST(sent.len >= prefix.len && memcmp(sent.data, prefix.data, prefix.len) == 0);
    MUST(same_text(given, sent) || (limits->prefixed && same_text(rest, given)));
}

static void check_sent(const struct sctl_limits *limits, struct sctl_str prefix,
                       const struct sctl_scalar *value, struct sctl_str text)
{
    double number;
    MUST(value->kind != SCTL_SCALAR_OTHER);
    MUST(is_plain(value->text, limits->lines));
    switch (limits->type) {
    case SCTL_INTEGER:
    case SCTL_NUMBER:
        number = number_of(text);
        MUST(number == value->number && number > limits->above && is_one(limits, text));
        MUST(number >= limits->min && number <= limits->max);
        if (limits->type == SCTL_INTEGER)
            MUST(fabs(number) <= 0x1p53 && floor(number) == number &&
                 memchr(text.data, 'e', text.len) == NULL);
        break;
    case SCTL_BOOLEAN:
        MUST(value->kind == SCTL_SCALAR_BOOLEAN);
        MUST(same_text(text, value->number != 0 ? SCTL_STR("true") : SCTL_STR("false")));
        break;
    case SCTL_SEQUENCE:
        number = number_of(text);
        MUST(number >= 1 && number < 0x1p53 && text.data[0] != '0' &&
             is_plain_word(text));
        break;
    case SCTL_STREAM_ID:
        check_id(limits, prefix, value->text, text);
        break;
    case SCTL_TIME:
        MUST(sctl_time_valid(text));
        MUST((value->kind == SCTL_SCALAR_TEXT) == same_text(text, value->text));
        break;
    default:
        MUST(same_text(text, value->text) && (!limits->required || text.len > 0));
        MUST(characters(text) <= limits->max_length && text.len <= limits->max_bytes);
        MUST(!limits->word || is_plain_word(text));
        MUST(is_one(limits, text));
    }
}

/* Reads a JSON text back, whose only escapes are short ones. */
static void check_json(const struct sctl_limits *limits, struct sctl_str sent,
                       struct sctl_str json)
{
    size_t i, at = 1;
    if (limits->type != SCTL_TEXT && limits->type != SCTL_TIME &&
        limits->type != SCTL_STREAM_ID) {
        MUST(same_text(sent, json));
        return;
    }
    MUST(json.len >= 2 && json.data[0] == '"' && json.data[json.len - 1] == '"');
    for (i = 0; i < sent.len; i++) {
        const char *escaped = memchr("\n\r\t\"\\", sent.data[i], 5);
        MUST(at < json.len - 1);
        if (escaped != NULL)
            MUST(json.data[at++] == '\\');
        MUST(json.data[at++] ==
             (escaped == NULL
                  ? sent.data[i]
                  : "nrt\"\\"[strchr("\n\r\t\"\\", *escaped) - "\n\r\t\"\\"]));
    }
    MUST(at == json.len - 1);
}

static void check_value(const struct sctl_limits *limits, struct sctl_str prefix,
                        const struct sctl_scalar *value)
{
    struct sctl_buf raw, json;
    struct sctl_str sent;
    bool own = false;
    enum sctl_fault fault;
    sctl_buf_init(&raw, 100000, true);
    sctl_buf_init(&json, 100000, true);
    fault = sctl_value_raw(limits, prefix, value, &raw, &own);
    MUST(sctl_value_json(limits, prefix, value, &json) == fault);
    MUST(fault < SCTL_FAULT_RULE && fault != SCTL_FAULT_MISSING);
    if (fault == SCTL_FINE) {
        MUST(raw.status == SCTL_OK && json.status == SCTL_OK);
        sent = own ? value->text : sctl_buf_str(&raw);
        check_sent(limits, prefix, value, sent);
        check_json(limits, sent, sctl_buf_str(&json));
    }
    if (fault != SCTL_FINE || own)
        MUST(raw.len == 0 && raw.data == NULL);
    sctl_buf_clear(&raw);
    sctl_buf_clear(&json);
}

static double fixed_wall(void *context)
{
    (void)context;
    return 1767323045; /* 2026-01-02T03:04:05Z */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct sctl_clock CLOCK = {.wall = fixed_wall, .monotonic = fixed_wall};
    static const struct sctl_scalar ABSENT = {.kind = SCTL_SCALAR_ABSENT,
                                              .text = {"", 0}};
    struct input input = input_of(data, size);
    struct sctl_str prefix = next_field(&input), written;
    struct sctl_scalar last = ABSENT, value;
    struct sctl_limits limits;
    bool kept;
    sctl_clock_use(&CLOCK);
    if (!is_plain_word(prefix))
        prefix.len = 0;
    while (input_more(&input)) {
        unsigned type;
        written = next_field(&input);
        type = written.len > 0 ? (unsigned char)(written.data[0] - '0') : 0;
        value = read_value(next_field(&input));
        read_limits(written, &limits);
        check_value(&limits, prefix, &value);
        if (type >= TYPES) {
            enum sctl_rule_kind kind = (enum sctl_rule_kind)(type % 5);
            kept = sctl_rule_kept(kind, &value, &last, prefix, type % 3);
            MUST(kept || kind == SCTL_RULE_ANY_OF || value.kind != SCTL_SCALAR_OTHER ||
                 kind == SCTL_RULE_SINGLE_IF || kind == SCTL_RULE_LATER ||
                 kind == SCTL_RULE_FUTURE);
            if (kind == SCTL_RULE_LATER && kept && value.kind == SCTL_SCALAR_TEXT &&
                last.kind == SCTL_SCALAR_TEXT) /* never both */
                MUST(!sctl_rule_kept(kind, &last, &value, prefix, 0));
            (void)sctl_rule_kept(kind, &ABSENT, &value, prefix, 0);
            (void)sctl_rule_kept(kind, &value, &ABSENT, prefix, 0);
        }
        last = value;
    }
    input_clear(&input);
    MUST(live_blocks == 0);
    return 0;
}
