#include "json.h"

#include <stdio.h>

#include "encode.h"

/* What comes next, after white space; 0, which a text that is read has nowhere, at the end. */
static char json_peek(struct sctl_json *json)
{
    while (json->at < json->end &&
           (*json->at == ' ' || *json->at == '\n' || *json->at == '\t' || *json->at == '\r'))
        json->at++;
    return json->at < json->end ? *json->at : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Four hex digits; above 0xffff when there are none. */
static uint32_t read_unit(const char *at, const char *end)
{
    uint32_t unit = 0;
    if (end - at < 4)
        return UINT32_MAX;
    for (int i = 0; i < 4; i++) {
        unsigned digit = sctl_hex_value(at[i]);
        if (digit > 15)
            return UINT32_MAX;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Reads what follows "\u": one unit of UTF-16, or two that are a pair. Returns its end, or NULL. */
static const char *read_code(const char *at, const char *end, uint32_t *code)
{
    *code = read_unit(at, end);
    if (*code > 0xffffu)
        return NULL;
    at += 4;
    if ((*code & 0xf800u) != 0xd800u)
        return at;
    if (*code >= 0xdc00u || end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return NULL;
    uint32_t low = read_unit(at + 2, end);
    if (low > 0xffffu || (low & 0xfc00u) != 0xdc00u)
        return NULL;
    *code = 0x10000u + ((*code & 0x3ffu) << 10 | (low & 0x3ffu));
    return at + 6;
}

/* Reads what follows a backslash. Returns its end, or NULL when it is no escape. */
static const char *read_escape(const char *at, const char *end, uint32_t *code)
{
    static const char NAMES[] = "\"\\/bfnrt", BYTES[] = "\"\\/\b\f\n\r\t";
    if (at == end)
        return NULL;
    if (*at == 'u')
        return read_code(at + 1, end, code);
    const char *name = memchr(NAMES, *at, sizeof NAMES - 1);
    if (name == NULL)
        return NULL;
    *code = (uint32_t)BYTES[name - NAMES];
    return at + 1;
}

/* Reads what follows the quote that opens a text. Most have no escape: memchr is fast. */
static bool read_text(struct sctl_json *json)
{
    const char *from = ++json->at, *end = json->end, *quote, *at;
    uint32_t code;
    quote = memchr(from, '"', (size_t)(end - from));
    if (quote == NULL)
        return false;
    at = memchr(from, '\\', (size_t)(quote - from));
    json->escaped = at != NULL;
    while (at != NULL && at < end && *at != '"') {
        at = *at == '\\' ? read_escape(at + 1, end, &code) : at + 1;
        quote = at;
    }
    if (quote == NULL || quote == end)
        return false;
    json->text = (struct sctl_str){from, (size_t)(quote - from)};
    json->at = quote + 1;
    return true;
}

static size_t write_utf8(uint32_t code, char *out)
{
    static const unsigned char LEADS[] = {0x00, 0xc0, 0xe0, 0xf0};
    size_t more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    out[0] = (char)(LEADS[more] | code >> 6 * more);
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80u | (code >> 6 * (more - i) & 0x3fu));
    return more + 1;
}

size_t sctl_json_unescape(struct sctl_str text, char *out)
{
    SCTL_ASSERT(text.len > 0);
    const char *at = text.data, *end = text.data + text.len;
    size_t len = 0;
    uint32_t code;
    while (at < end) {
        if (*at != '\\') {
            out[len++] = *at++;
            continue;
        }
        at = read_escape(at + 1, end, &code);
        if (at == NULL) /* the reader has refused such a text */
            break;
        len += write_utf8(code, out + len);
    }
    return len;
}

/* More digits than lie between two doubles at most; then one for all that follow. */
#define DIGITS 770

/* The exponent at `*at`, if there is one; false when its digits are missing. */
static bool read_exponent(const char **at, const char *end, int64_t *exponent)
{
    int64_t number = 0;
    bool negative = false;
    const char *from;
    if (*at == end || (**at != 'e' && **at != 'E'))
        return true;
    ++*at;
    if (*at < end && (**at == '-' || **at == '+'))
        negative = *(*at)++ == '-';
    for (from = *at; *at < end && is_digit(**at); ++*at) {
        if (number < 1000000000000) /* more than any text has digits */
            number = 10 * number + (**at - '0');
    }
    *exponent += negative ? -number : number;
    return *at > from;
}

/* A number with a point or an exponent. strtod gets digits and an exponent: where the locale has
 * another point, it would not know ours. */
static bool read_decimal(struct sctl_json *json, const char *at)
{
    char text[DIGITS + 1 + sizeof "e-99999"];
    size_t len = 0, digits = 0;
    int64_t exponent = 0;
    bool point = false, rest = false;
    for (; at < json->end && (is_digit(*at) || (*at == '.' && !point)); at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        digits++;
        if (len == DIGITS) {
            rest = rest || *at != '0';
            exponent += !point;
            continue;
        }
        exponent -= point;
        if (len > 0 || *at != '0')
            text[len++] = *at;
    }
    if (digits == 0 || !read_exponent(&at, json->end, &exponent))
        return false;
    if (rest)
        text[len++] = '1', exponent--;
    if (len == 0)
        text[len++] = '0';
    exponent = exponent > 9999 ? 9999 : exponent < -9999 ? -9999 : exponent;
    (void)snprintf(text + len, sizeof text - len, "e%d", (int)exponent);
    json->number = strtod(text, NULL);
    json->at = at;
    return true;
}

/* Whether digits, without a zero before them, are more than 2^53: doubles have gaps from there. */
static bool too_big(const char *digits, size_t len)
{
    static const char LARGEST[] = "9007199254740992";
    size_t max = sizeof LARGEST - 1;
    return len > max || (len == max && memcmp(digits, LARGEST, max) > 0);
}

static enum sctl_json_step json_read_number(struct sctl_json *json)
{
    const char *from = json->at, *digits = from + (*from == '-'), *at = digits;
    bool negative = digits > from;
    uint64_t whole = 0;
    while (at < json->end && is_digit(*at))
        whole = 10 * whole + (uint64_t)(*at++ - '0');
    if (at - digits > 1 && *digits == '0')
        return SCTL_JSON_FAULT;
    if (at < json->end && (*at == '.' || ((*at == 'e' || *at == 'E') && at > digits))) {
        if (!read_decimal(json, digits))
            return SCTL_JSON_FAULT;
        json->number = negative ? -json->number : json->number;
        return SCTL_JSON_NUMBER;
    }
    if (at == digits)
        return SCTL_JSON_FAULT;
    json->at = at;
    if (too_big(digits, (size_t)(at - digits))) {
        json->text = (struct sctl_str){from, (size_t)(at - from)};
        json->escaped = false;
        return SCTL_JSON_TEXT;
    }
    json->number = negative ? -(double)whole : (double)whole;
    return SCTL_JSON_NUMBER;
}

static enum sctl_json_step read_word(struct sctl_json *json, const char *word,
                                     enum sctl_json_step step)
{
    size_t len = strlen(word);
    if ((size_t)(json->end - json->at) < len || memcmp(json->at, word, len) != 0)
        return SCTL_JSON_FAULT;
    json->at += len;
    return step;
}

static enum sctl_json_step open(struct sctl_json *json, bool is_list)
{
    if (json->depth == SCTL_JSON_DEPTH)
        return SCTL_JSON_FAULT;
    json->at++;
    json->lists[json->depth++] = is_list;
    json->state = SCTL_JSON_OPENED;
    return is_list ? SCTL_JSON_LIST : SCTL_JSON_OBJECT;
}

static enum sctl_json_step read_value(struct sctl_json *json, char c)
{
    json->state = SCTL_JSON_ENDED;
    switch (c) {
    case '"':
        return read_text(json) ? SCTL_JSON_TEXT : SCTL_JSON_FAULT;
    case '{':
    case '[':
        return open(json, c == '[');
    case 't':
        return read_word(json, "true", SCTL_JSON_TRUE);
    case 'f':
        return read_word(json, "false", SCTL_JSON_FALSE);
    case 'n':
        return read_word(json, "null", SCTL_JSON_NULL);
    default:
        return c == '-' || is_digit(c) ? json_read_number(json) : SCTL_JSON_FAULT;
    }
}

static enum sctl_json_step read_name(struct sctl_json *json, char c)
{
    if (c != '"' || !read_text(json) || json_peek(json) != ':')
        return SCTL_JSON_FAULT;
    json->at++;
    json->state = SCTL_JSON_VALUE;
    return SCTL_JSON_NAME;
}

void sctl_json_begin(struct sctl_json *json, struct sctl_str text)
{
    const char *nul = text.len > 0 ? memchr(text.data, '\0', text.len) : NULL;
    json->at = nul != NULL ? nul : text.data; /* where it is refused */
    json->end = nul != NULL ? nul : text.data + text.len;
    json->state = SCTL_JSON_VALUE;
    json->depth = 0;
}

enum sctl_json_step sctl_json_next(struct sctl_json *json)
{
    char c = json_peek(json);
    bool named = json->depth > 0 && !json->lists[json->depth - 1];
    if (json->state == SCTL_JSON_VALUE)
        return read_value(json, c);
    if (json->depth == 0)
        return c == '\0' ? SCTL_JSON_END : SCTL_JSON_FAULT;
    if (c == (named ? '}' : ']')) {
        json->at++;
        json->depth--;
        json->state = SCTL_JSON_ENDED;
        return SCTL_JSON_CLOSE;
    }
    if (json->state == SCTL_JSON_ENDED) {
        if (c != ',')
            return SCTL_JSON_FAULT;
        json->at++;
        c = json_peek(json);
    }
    return named ? read_name(json, c) : read_value(json, c);
}
