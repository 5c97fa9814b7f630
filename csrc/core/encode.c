#include "encode.h"

#include <string.h>

static const char HEX_UPPER[] = "0123456789ABCDEF";
static const char HEX_LOWER[] = "0123456789abcdef";

/* 1 for the unreserved characters of RFC 3986, section 2.3. */
static const unsigned char UNRESERVED[256] = {
    ['-'] = 1, ['.'] = 1, ['_'] = 1, ['~'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1,
    ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
    ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1,
    ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
    ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1,
    ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['A'] = 1, ['B'] = 1,
    ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1,
    ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1,
    ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1,
    ['X'] = 1, ['Y'] = 1, ['Z'] = 1,
};

static inline char *put_escape(char *p, unsigned char c)
{
    p[0] = '%';
    p[1] = HEX_UPPER[c >> 4];
    p[2] = HEX_UPPER[c & 15u];
    return p + 3;
}

void sctl_encode_uri(struct sctl_buf *out, struct sctl_str text)
{
    const unsigned char *in = (const unsigned char *)text.data;
    size_t i, escapes = text.len; /* the worst case, which nearly always fits */
    char *p;
    if (text.len == 0)
        return;
    if (text.len > (out->cap - out->len) / 3) {
        for (i = 0, escapes = 0; i < text.len; i++)
            escapes += !UNRESERVED[in[i]];
    }
    p = sctl_buf_reserve(out, text.len + 2 * escapes);
    if (p == NULL)
        return;
    for (i = 0; i < text.len; i++) {
        if (UNRESERVED[in[i]])
            *p++ = (char)in[i];
        else
            p = put_escape(p, in[i]);
    }
    out->len = (size_t)(p - out->data);
}

void sctl_encode_hex(char *out, const unsigned char *data, size_t len)
{
    size_t i;
    for (i = 0; i < len; i++) {
        *out++ = HEX_LOWER[data[i] >> 4];
        *out++ = HEX_LOWER[data[i] & 15u];
    }
}

void sctl_encode_base64(struct sctl_buf *out, const unsigned char *data, size_t len)
{
    static const char ALPHABET[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t i;
    for (i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t word = (uint32_t)data[i] << 16;
        char quad[4];
        if (left > 1)
            word |= (uint32_t)data[i + 1] << 8;
        if (left > 2)
            word |= data[i + 2];
        quad[0] = ALPHABET[word >> 18];
        quad[1] = ALPHABET[(word >> 12) & 63u];
        quad[2] = left > 1 ? ALPHABET[(word >> 6) & 63u] : '=';
        quad[3] = left > 2 ? ALPHABET[word & 63u] : '=';
        sctl_buf_add(out, quad, sizeof quad);
    }
}
