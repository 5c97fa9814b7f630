#include "encode.h"

#include <string.h>

static const char HEX_UPPER[] = "0123456789ABCDEF";
static const char HEX_LOWER[] = "0123456789abcdef";

/* One bit per byte value: set for the unreserved characters of RFC 3986, section 2.3. */
static const uint32_t UNRESERVED[8] = {
    0, 0x03ff6000u, /* - . 0-9 */
    0x87fffffeu,    /* A-Z _ */
    0x47fffffeu,    /* a-z ~ */
};

static inline bool unreserved(unsigned char c)
{
    return (UNRESERVED[c >> 5] >> (c & 31u)) & 1u;
}

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
    size_t i, escapes = 0;
    char *p;

    for (i = 0; i < text.len; i++)
        escapes += !unreserved(in[i]);
    if (escapes == 0) {
        sctl_buf_add_str(out, text);
        return;
    }
    if (text.len > out->cap) { /* also keeps the sum below from wrapping */
        (void)sctl_buf_reserve(out, out->cap + 1 - out->len);
        return;
    }
    p = sctl_buf_reserve(out, text.len + 2 * escapes);
    if (p == NULL)
        return;
    for (i = 0; i < text.len; i++) {
        if (unreserved(in[i]))
            *p++ = (char)in[i];
        else
            p = put_escape(p, in[i]);
    }
    out->len += text.len + 2 * escapes;
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

bool sctl_has_control(struct sctl_str text)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x20 || c == 0x7f)
            return true;
    }
    return false;
}
