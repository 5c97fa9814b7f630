#include "json_guard.h"

#include <string.h>

static const char LARGEST[] = "9007199254740992"; /* 2^53: gaps begin after it */
#define LARGEST_DIGITS (sizeof LARGEST - 1)

/* The end of the string that opens at `i`. */
static size_t skip_string(struct sctl_str text, size_t i)
{
    for (i++; i < text.len && text.data[i] != '"'; i++) {
        if (text.data[i] == '\\')
            i++;
    }
    return i < text.len ? i + 1 : text.len;
}

static bool number_char(char c)
{
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' ||
           c == 'E';
}

/* Whether text[from, to) is an integer, without fraction or exponent, beyond 2^53. */
static bool too_big(const char *text, size_t from, size_t to)
{
    size_t i;
    if (text[from] == '-')
        from++;
    if (to - from < LARGEST_DIGITS || text[from] == '0')
        return false;
    for (i = from; i < to; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return to - from > LARGEST_DIGITS || memcmp(text + from, LARGEST, LARGEST_DIGITS) > 0;
}

/* Whether what comes next makes a name of what came before: a number is none, and in quotes it
 * would be one. */
static bool is_name(struct sctl_str text, size_t i)
{
    while (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t' ||
                            text.data[i] == '\r' || text.data[i] == '\n'))
        i++;
    return i < text.len && text.data[i] == ':';
}

bool sctl_json_guard(struct sctl_str text, struct sctl_buf *out)
{
    const char *s = text.data;
    size_t i = 0, copied = 0;
    bool changed = false;
    while (i < text.len) {
        size_t start = i;
        if (s[i] == '"') {
            i = skip_string(text, i);
            continue;
        }
        if (s[i] != '-' && (s[i] < '0' || s[i] > '9')) {
            i++;
            continue;
        }
        while (i < text.len && number_char(s[i]))
            i++;
        if (!too_big(s, start, i) || is_name(text, i))
            continue;
        if (out == NULL)
            return true;
        sctl_buf_add(out, s + copied, start - copied);
        sctl_buf_add_char(out, '"');
        sctl_buf_add(out, s + start, i - start);
        sctl_buf_add_char(out, '"');
        copied = i;
        changed = true;
    }
    if (changed)
        sctl_buf_add(out, s + copied, text.len - copied);
    return changed;
}
