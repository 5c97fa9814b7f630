#include "json_list.h"

#include <string.h>

#include "encode.h"

/* What comes next, after white space; 0, which JSON has nowhere, at the end. */
static char peek(struct sctl_str *rest)
{
    while (rest->len > 0 && (rest->data[0] == ' ' || rest->data[0] == '\t' ||
                             rest->data[0] == '\r' || rest->data[0] == '\n')) {
        rest->data++;
        rest->len--;
    }
    return rest->len > 0 ? rest->data[0] : '\0';
}

static void skip(struct sctl_str *rest, size_t len)
{
    rest->data += len;
    rest->len -= len;
}

/* Four hex digits; false when there are none. */
static bool read_unit(struct sctl_str *rest, uint32_t *unit)
{
    size_t i;
    *unit = 0;
    if (rest->len < 4)
        return false;
    for (i = 0; i < 4; i++) {
        unsigned digit = sctl_hex_value(rest->data[i]);
        if (digit > 15)
            return false;
        *unit = *unit << 4 | digit;
    }
    skip(rest, 4);
    return true;
}

static void add_utf8(struct sctl_buf *out, uint32_t code)
{
    uint32_t shift = code < 0x80 ? 0 : code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
    static const unsigned char LEADS[] = {0x00, 0xc0, 0xe0, 0xf0};
    sctl_buf_add_char(out, (char)(LEADS[shift / 6] | code >> shift));
    while (shift > 0) {
        shift -= 6;
        sctl_buf_add_char(out, (char)(0x80u | (code >> shift & 0x3fu)));
    }
}

/* What follows "\u": one unit of UTF-16, or two that are a pair. */
static bool read_code(struct sctl_str *rest, struct sctl_buf *made)
{
    uint32_t code, low;
    if (!read_unit(rest, &code))
        return false;
    if ((code & 0xf800u) == 0xd800u) {
        if (code >= 0xdc00u || rest->len < 2 || memcmp(rest->data, "\\u", 2) != 0)
            return false;
        skip(rest, 2);
        if (!read_unit(rest, &low) || (low & 0xfc00u) != 0xdc00u)
            return false;
        code = 0x10000u + ((code & 0x3ffu) << 10 | (low & 0x3ffu));
    }
    add_utf8(made, code);
    return true;
}

/* What follows a backslash. */
static bool read_escape(struct sctl_str *rest, struct sctl_buf *made)
{
    static const char NAMES[] = "\"\\/bfnrt", BYTES[] = "\"\\/\b\f\n\r\t";
    const char *name;
    char c = rest->len > 0 ? rest->data[0] : '\0';
    if (c == '\0')
        return false;
    skip(rest, 1);
    if (c == 'u')
        return read_code(rest, made);
    name = memchr(NAMES, c, sizeof NAMES - 1);
    if (name != NULL)
        sctl_buf_add_char(made, BYTES[name - NAMES]);
    return name != NULL;
}

/* What follows the quote that opens a string. */
static bool read_string(struct sctl_str *rest, struct sctl_buf *made,
                        struct sctl_str *item)
{
    size_t plain = 0, from = made->len;
    bool escaped = false;
    for (;; plain = 0) {
        const char *text = rest->data;
        while (plain < rest->len && text[plain] != '"' && text[plain] != '\\')
            plain++;
        if (plain == rest->len)
            return false;
        skip(rest, plain + 1);
        if (text[plain] == '"' && !escaped) {
            *item = (struct sctl_str){text, plain};
            return true;
        }
        sctl_buf_add(made, text, plain);
        if (text[plain] == '"')
            break;
        escaped = true;
        if (!read_escape(rest, made))
            return false;
    }
    if (made->status != SCTL_OK)
        return false;
    *item = (struct sctl_str){made->data + from, made->len - from};
    return true;
}

enum sctl_json_next sctl_json_list_next(struct sctl_json_list *list,
                                        struct sctl_buf *made, struct sctl_str *item)
{
    bool first = !list->opened;
    char c = peek(&list->rest);
    if (first) {
        if (c != '[')
            return SCTL_JSON_BAD;
        list->opened = true;
        skip(&list->rest, 1);
        c = peek(&list->rest);
    }
    if (c == ']') {
        skip(&list->rest, 1);
        (void)peek(&list->rest);
        return list->rest.len == 0 ? SCTL_JSON_END : SCTL_JSON_BAD;
    }
    if (!first) {
        if (c != ',')
            return SCTL_JSON_BAD;
        skip(&list->rest, 1);
        c = peek(&list->rest);
    }
    if (c != '"')
        return SCTL_JSON_BAD;
    skip(&list->rest, 1);
    return read_string(&list->rest, made, item) ? SCTL_JSON_ITEM : SCTL_JSON_BAD;
}
