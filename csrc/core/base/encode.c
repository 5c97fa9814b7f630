#include "encode.h"

#include <stdio.h>

#include <openssl/evp.h>

static const char HEX_UPPER[] = "0123456789ABCDEF", HEX_LOWER[] = "0123456789abcdef";

/* The unreserved characters of RFC 3986, section 2.3, and which of them are those of words. */
#define WORD 2u
static const unsigned char UNRESERVED[256] = {
    ['-'] = 3,         ['.'] = 1,         ['_'] = 3,         ['~'] = 1,
    ['0' ... '9'] = 3, ['A' ... 'Z'] = 3, ['a' ... 'z'] = 3,
};

static inline char *write_byte(char *p, unsigned char c)
{
    p[0] = (char)c;
    if (UNRESERVED[c])
        return p + 1;
    p[0] = '%';
    p[1] = HEX_UPPER[c >> 4];
    p[2] = HEX_UPPER[c & 15u];
    return p + 3;
}

bool sctl_is_word(struct sctl_str text)
{
    unsigned kinds = WORD;
    for (size_t i = 0; i < text.len; i++)
        kinds &= UNRESERVED[(unsigned char)text.data[i]];
    return kinds != 0;
}

void sctl_encode_uri(struct sctl_buf *out, struct sctl_str text)
{
    size_t bytes = text.len;
    if (text.len == 0)
        return;
    if (text.len <= (out->cap - out->len) / 3)
        bytes = 3 * text.len; /* the worst case, which nearly always fits */
    else
        for (size_t i = 0; i < text.len && bytes <= out->cap; i++)
            bytes += UNRESERVED[(unsigned char)text.data[i]] ? 0 : 2;
    char *p = sctl_buf_room(out, bytes);
    for (size_t i = 0; p != NULL && i < text.len; i++)
        p = write_byte(p, (unsigned char)text.data[i]);
    if (p != NULL)
        out->len = (size_t)(p - out->data);
}

/* Items of a list have the same name: it is encoded once. */
void sctl_encode_pairs(struct sctl_buf *out, const struct sctl_pair *items, size_t count)
{
    size_t at = 0, len = 0; /* of the name before */
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sctl_buf_add_char(out, '&');
        if (i > 0 && sctl_str_same(items[i].name, items[i - 1].name) &&
            sctl_buf_room(out, len + 1) != NULL) {
            sctl_buf_add(out, out->data + at, len);
        } else {
            at = out->len;
            sctl_encode_uri(out, items[i].name);
            len = out->len - at;
        }
        sctl_buf_add_char(out, '=');
        sctl_encode_uri(out, items[i].value);
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != 0x7f && c != '"' && c != '\\';
}

/* At most six bytes. */
static char *write_escape(char *p, unsigned char c)
{
    static const char NAMES[] = "\"\\btnfr", BYTES[] = "\"\\\b\t\n\f\r";
    const char *name = memchr(BYTES, c, sizeof BYTES - 1);
    *p++ = '\\';
    if (name != NULL) {
        *p++ = NAMES[name - BYTES];
        return p;
    }
    memcpy(p, "u00", 3);
    sctl_encode_hex(p + 3, &c, 1);
    return p + 5;
}

void sctl_encode_json(struct sctl_buf *out, struct sctl_str text)
{
    size_t i = 0, from;
    char escape[6];
    sctl_buf_add_char(out, '"');
    while (i < text.len) {
        for (from = i; i < text.len && is_plain((unsigned char)text.data[i]);)
            i++;
        sctl_buf_add(out, text.data + from, i - from);
        if (i < text.len) {
            char *end = write_escape(escape, (unsigned char)text.data[i++]);
            sctl_buf_add(out, escape, (size_t)(end - escape));
        }
    }
    sctl_buf_add_char(out, '"');
}

unsigned sctl_hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

void sctl_decode_form(struct sctl_buf *out, struct sctl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%' && text.len - i > 2) {
            unsigned high = sctl_hex_value(text.data[i + 1]),
                     low = sctl_hex_value(text.data[i + 2]);
            if (high < 16 && low < 16) {
                c = (char)(high << 4 | low);
                i += 2;
            }
        }
        sctl_buf_add_char(out, c);
    }
}

void sctl_encode_hex(char *out, const unsigned char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        *out++ = HEX_LOWER[data[i] >> 4];
        *out++ = HEX_LOWER[data[i] & 15u];
    }
}

size_t sctl_encode_base64(char *out, const unsigned char *data, size_t len)
{
    SCTL_ASSERT(len <= 1u << 30);
    return (size_t)EVP_EncodeBlock((unsigned char *)out, data, (int)len);
}

/* Our own, since EVP_DecodeBlock takes spaces and does not tell how much was padding. */
bool sctl_decode_base64(struct sctl_buf *out, struct sctl_str text)
{
    static const char ALPHABET[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t padding = 0;
    unsigned bits = 0;
    if (text.len % 4 != 0)
        return false;
    while (padding < 2 && padding < text.len && text.data[text.len - 1 - padding] == '=')
        padding++;
    for (size_t i = 0; i < text.len - padding; i++) {
        const char *at = memchr(ALPHABET, text.data[i], 64);
        if (at == NULL)
            return false;
        bits = bits << 6 | (unsigned)(at - ALPHABET);
        if (i % 4 != 0)
            sctl_buf_add_char(out, (char)(bits >> (6 - 2 * (i % 4)) & 0xff));
    }
    return (bits & ((1u << 2 * padding) - 1)) == 0;
}

/* The fewest digits, from 15 to 17, that read back as the same number, and the first digit's power
 * of ten. Skips the decimal point of any locale. */
static size_t shortest(double number, char *digits, int *exponent)
{
    char text[40];
    const char *p = text;
    size_t count = 0;
    int precision = 14;
    do {
        snprintf(text, sizeof text, "%.*e", precision, number);
    } while (precision++ < 16 && strtod(text, NULL) != number);
    for (; *p != 'e'; p++) {
        if (*p >= '0' && *p <= '9')
            digits[count++] = *p;
    }
    *exponent = (int)strtol(p + 1, NULL, 10);
    while (count > 1 && digits[count - 1] == '0')
        count--;
    return count;
}

static char *write_digits(char *p, const char *digits, size_t count)
{
    memcpy(p, digits, count);
    return p + count;
}

static char *write_zeros(char *p, int count)
{
    for (; count > 0; count--)
        *p++ = '0';
    return p;
}

struct sctl_str sctl_whole_text(uint64_t size, bool negative, char space[SCTL_NUMBER_TEXT])
{
    struct sctl_str text = sctl_uint_text(size, space + 1);
    if (!negative)
        return text;
    space[text.data - space - 1] = '-';
    return (struct sctl_str){text.data - 1, text.len + 1};
}

size_t sctl_encode_number(char *out, double number)
{
    SCTL_ASSERT(number - number == 0);
    char digits[40], *p = out;
    int exponent;
    size_t count = shortest(number, digits, &exponent), whole;
    bool plain = number == 0 || (exponent >= -6 && exponent <= 20);
    if (number < 0)
        *p++ = '-';
    int before = plain ? exponent + 1 : 1; /* digits before the point */
    whole = before < 0 ? 0 : (size_t)before < count ? (size_t)before : count;
    p = write_digits(p, digits, whole);
    p = write_zeros(p, whole == 0 ? 1 : before - (int)whole);
    if (whole < count) {
        *p++ = '.';
        p = write_zeros(p, -before);
        p = write_digits(p, digits + whole, count - whole);
    }
    if (!plain)
        p += sprintf(p, "e%+d", exponent);
    return (size_t)(p - out);
}
