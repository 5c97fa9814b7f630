#include "value.h"

#include <math.h>

#include "../base/clock.h"
#include "../base/encode.h"
#include "request.h"

#define LARGEST ((double)SCTL_MAX_NUMBER)
#define MAX_ID 256u

void sctl_limits_init(struct sctl_limits *limits, enum sctl_type type)
{
    memset(limits, 0, sizeof *limits);
    limits->type = type;
    limits->above = limits->min = -INFINITY;
    limits->max = INFINITY;
    limits->max_length = limits->max_bytes = SIZE_MAX;
}

/* In UTF-8: a byte 10xxxxxx goes on with the character before it. */
static bool longer_than(struct sctl_str text, size_t characters)
{
    size_t count = 0;
    if (text.len <= characters)
        return false;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xc0u) != 0x80u;
    return count > characters;
}

static bool is_allowed(const struct sctl_limits *limits, struct sctl_str text)
{
    for (size_t i = 0; i < limits->allowed_count; i++) {
        if (sctl_str_same(limits->allowed[i], text))
            return true;
    }
    return limits->allowed == NULL;
}

static bool has_more_than_lines(struct sctl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (memchr("\n\r\t", text.data[i], 3) == NULL &&
            sctl_has_control((struct sctl_str){text.data + i, 1}))
            return true;
    }
    return false;
}

static enum sctl_fault check_content(const struct sctl_limits *limits,
                                     const struct sctl_scalar *value)
{
    struct sctl_str text = value->text;
    if (value->kind != SCTL_SCALAR_TEXT)
        return SCTL_FAULT_NO_TEXT;
    if (limits->required && text.len == 0)
        return SCTL_FAULT_EMPTY;
    if (sctl_has_control(text) && !(limits->lines && !has_more_than_lines(text)))
        return SCTL_FAULT_CONTROL;
    if (longer_than(text, limits->max_length))
        return SCTL_FAULT_LONG;
    if (text.len > limits->max_bytes)
        return SCTL_FAULT_MANY_BYTES;
    if (limits->word && !sctl_is_word(text))
        return SCTL_FAULT_NO_WORD;
    return is_allowed(limits, text) ? SCTL_FINE : SCTL_FAULT_NOT_ALLOWED;
}

/* `prefix` becomes what is put before the text: nothing where it has it already. */
static enum sctl_fault check_id(const struct sctl_scalar *value, struct sctl_str *prefix)
{
    struct sctl_str text = value->text;
    if (value->kind != SCTL_SCALAR_TEXT)
        return SCTL_FAULT_NO_TEXT;
    if (text.len < 1 || text.len > MAX_ID || !sctl_is_word(text))
        return SCTL_FAULT_STREAM_ID;
    if (sctl_str_begins(text, *prefix))
        prefix->len = 0;
    return text.len + prefix->len > MAX_ID ? SCTL_FAULT_PREFIXED_LONG : SCTL_FINE;
}

static bool is_integer(const struct sctl_scalar *value)
{
    double number = value->number;
    return value->kind == SCTL_SCALAR_NUMBER && number >= -LARGEST && number <= LARGEST &&
           (double)(int64_t)number == number;
}

static struct sctl_str number_text(const struct sctl_scalar *value, char space[SCTL_NUMBER_TEXT])
{
    double number = value->number;
    if (is_integer(value))
        return sctl_whole_text((uint64_t)fabs(number), number < 0, space);
    return (struct sctl_str){space, sctl_encode_number(space, number)};
}

static enum sctl_fault check_number(const struct sctl_limits *limits,
                                    const struct sctl_scalar *value, char space[SCTL_NUMBER_TEXT],
                                    struct sctl_str *text)
{
    if (limits->type == SCTL_INTEGER && !is_integer(value))
        return SCTL_FAULT_NO_INTEGER;
    if (value->kind != SCTL_SCALAR_NUMBER || !isfinite(value->number))
        return SCTL_FAULT_NO_NUMBER;
    if (value->number <= limits->above)
        return SCTL_FAULT_NOT_ABOVE;
    if (value->number < limits->min || value->number > limits->max)
        return SCTL_FAULT_OUT_OF_RANGE;
    *text = number_text(value, space);
    return is_allowed(limits, *text) ? SCTL_FINE : SCTL_FAULT_NOT_ALLOWED;
}

/* A number, or its digits; 0 when it is no Sequence. */
static double read_sequence(const struct sctl_scalar *value)
{
    if (value->kind == SCTL_SCALAR_TEXT)
        return (double)sctl_read_sequence(value->text);
    return is_integer(value) && value->number >= 1 && value->number < LARGEST ? value->number : 0;
}

/* A time as text: a number of Unix seconds is written into `space`. False when it has none. */
static bool time_of(const struct sctl_scalar *value, char space[SCTL_TIME_TEXT],
                    struct sctl_str *text)
{
    *text = value->text;
    if (value->kind != SCTL_SCALAR_NUMBER)
        return true;
    *text = (struct sctl_str){space, SCTL_TIME_TEXT};
    return sctl_time_text(space, value->number);
}

static enum sctl_fault check_time(const struct sctl_limits *limits, const struct sctl_scalar *value,
                                  char space[SCTL_TIME_TEXT], struct sctl_str *text)
{
    double second;
    if (value->kind == SCTL_SCALAR_NUMBER)
        return time_of(value, space, text) ? SCTL_FINE : SCTL_FAULT_NO_TIME;
    if (value->kind != SCTL_SCALAR_TEXT)
        return SCTL_FAULT_NO_TIME;
    enum sctl_fault fault = check_content(limits, value);
    return fault == SCTL_FINE && !sctl_time_read(*text, &second) ? SCTL_FAULT_NO_TIME : fault;
}

static struct sctl_str boolean_text(const struct sctl_scalar *value)
{
    return value->number != 0 ? SCTL_STR("true") : SCTL_STR("false");
}

/* What is sent: `prefix` and `text`, which is the value's own or in `space`. */
static inline enum sctl_fault scalar_check(const struct sctl_limits *limits,
                                           struct sctl_str *prefix, const struct sctl_scalar *value,
                                           char space[SCTL_NUMBER_TEXT], struct sctl_str *text)
{
    struct sctl_scalar digits = {.kind = SCTL_SCALAR_NUMBER};
    if (limits->type != SCTL_STREAM_ID || !limits->prefixed)
        prefix->len = 0;
    *text = value->text;
    switch (limits->type) {
    case SCTL_INTEGER:
    case SCTL_NUMBER:
        return check_number(limits, value, space, text);
    case SCTL_BOOLEAN:
        *text = boolean_text(value);
        return value->kind == SCTL_SCALAR_BOOLEAN ? SCTL_FINE : SCTL_FAULT_NO_BOOLEAN;
    case SCTL_TIME:
        return check_time(limits, value, space, text);
    case SCTL_STREAM_ID:
        return check_id(value, prefix);
    case SCTL_SEQUENCE:
        digits.number = read_sequence(value);
        *text = number_text(&digits, space);
        return digits.number > 0 ? SCTL_FINE : SCTL_FAULT_SEQUENCE;
    default:
        return check_content(limits, value);
    }
}

enum sctl_fault sctl_value_write(const struct sctl_limits *limits, struct sctl_str prefix,
                                 const struct sctl_scalar *value, bool json, struct sctl_buf *out)
{
    SCTL_ASSERT(sctl_is_word(prefix));
    char space[SCTL_NUMBER_TEXT];
    struct sctl_str text;
    enum sctl_fault fault = scalar_check(limits, &prefix, value, space, &text);
    /* these have nothing to escape */
    bool quoted = json && (limits->type == SCTL_TIME || limits->type == SCTL_STREAM_ID);
    if (fault != SCTL_FINE)
        return fault;
    if (json && limits->type == SCTL_TEXT) {
        sctl_encode_json(out, text);
        return SCTL_FINE;
    }
    if (quoted)
        sctl_buf_add_char(out, '"');
    sctl_buf_add_str(out, prefix);
    sctl_buf_add_str(out, text);
    if (quoted)
        sctl_buf_add_char(out, '"');
    return SCTL_FINE;
}

static bool is_after(const struct sctl_scalar *value, struct sctl_str than)
{
    char space[SCTL_TIME_TEXT];
    struct sctl_str text;
    return time_of(value, space, &text) && sctl_str_compare(text, than) > 0;
}

/* The text of a rule: "true" and "false" stand for booleans, numbers are as they are sent. */
static bool says(const struct sctl_scalar *value, struct sctl_str text)
{
    char space[SCTL_NUMBER_TEXT];
    switch (value->kind) {
    case SCTL_SCALAR_TEXT:
        return sctl_str_same(value->text, text);
    case SCTL_SCALAR_NUMBER:
        return isfinite(value->number) && sctl_str_same(number_text(value, space), text);
    case SCTL_SCALAR_BOOLEAN:
        return sctl_str_same(boolean_text(value), text);
    default:
        return false;
    }
}

static bool says_something(const struct sctl_scalar *value)
{
    return value->kind != SCTL_SCALAR_ABSENT &&
           (value->kind != SCTL_SCALAR_TEXT || value->text.len > 0);
}

bool sctl_rule_kept(enum sctl_rule_kind kind, const struct sctl_scalar *value,
                    const struct sctl_scalar *other, struct sctl_str text, size_t items)
{
    bool present = value->kind != SCTL_SCALAR_ABSENT;
    char space[SCTL_TIME_TEXT];
    struct sctl_str than = {space, sizeof space};
    switch (kind) {
    case SCTL_RULE_LATER:
        return !present || other->kind == SCTL_SCALAR_ABSENT || !time_of(other, space, &than) ||
               is_after(value, than);
    case SCTL_RULE_FUTURE:
        if (!present || !sctl_time_text(space, sctl_wall()))
            return true;
        if (!is_after(value, than) || text.len == 0)
            return is_after(value, than);
        return !sctl_time_text(space, sctl_wall() + (double)sctl_read_sequence(text)) ||
               !is_after(value, than);
    case SCTL_RULE_REQUIRED_IF:
        return !says(other, text) || says_something(value);
    case SCTL_RULE_ANY_OF:
        return says_something(value) || says_something(other);
    default:
        return !present || !says(other, text) || items == 1;
    }
}
