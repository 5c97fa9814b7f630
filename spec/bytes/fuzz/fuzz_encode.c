/* Percent-encoding, hex, base64, control characters, lists of pairs. */
#include "fuzz.h"

#include <openssl/evp.h>

#include "base/encode.h"
#include "base/pair.h"

static void check_uri(struct sctl_str text)
{
    struct sctl_buf out, back;
    size_t len;
    sctl_buf_init(&out, 3 * text.len + 1, false);
    sctl_buf_init(&back, text.len + 1, false);
    sctl_encode_uri(&out, text);
    MUST(out.status == SCTL_OK);
    MUST(decode_uri(sctl_buf_str(&out), &back));
    MUST(same_text(sctl_buf_str(&back), text));
    len = out.len;
    sctl_buf_clear(&out);
    if (len > 0) { /* the cap is exact, whatever room is asked for on the way */
        sctl_buf_init(&out, len, false);
        sctl_encode_uri(&out, text);
        MUST(out.status == SCTL_OK && out.len == len);
        sctl_buf_clear(&out);
        sctl_buf_init(&out, len - 1, false);
        sctl_encode_uri(&out, text);
        MUST(out.status == SCTL_E_TOO_LARGE && out.len == 0);
        sctl_buf_clear(&out);
    }
    sctl_buf_clear(&back);
}

static void check_hex(struct sctl_str text)
{
    char *hex = malloc(2 * text.len + 1);
    size_t i;
    MUST(hex != NULL);
    hex[2 * text.len] = '!';
    sctl_encode_hex(hex, (const unsigned char *)text.data, text.len);
    MUST(hex[2 * text.len] == '!');
    for (i = 0; i < text.len; i++) {
        char digits[3];
        (void)snprintf(digits, sizeof digits, "%02x", (unsigned char)text.data[i]);
        MUST(memcmp(hex + 2 * i, digits, 2) == 0);
    }
    free(hex);
}

/* OpenSSL is the judge. */
static void check_base64(struct sctl_str text)
{
    size_t len = (text.len + 2) / 3 * 4;
    char *out = malloc(len + 1), *expected = malloc(len + 1);
    MUST(out != NULL && expected != NULL);
    MUST(sctl_encode_base64(out, (const unsigned char *)text.data, text.len) == len);
    MUST(EVP_EncodeBlock((unsigned char *)expected, (const unsigned char *)text.data,
                         (int)text.len) == (int)len);
    MUST(memcmp(out, expected, len) == 0);
    free(out);
    free(expected);
}

static bool in_order(struct sctl_str a, struct sctl_str b, bool *equal)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
    *equal = order == 0 && a.len == b.len;
    return order < 0 || (order == 0 && a.len <= b.len);
}

/* Fields are names and values by turns. */
static void check_pairs(const uint8_t *data, size_t size)
{
    struct input input = input_of(data, size);
    struct sctl_pairs pairs = {NULL, 0, 0};
    struct sctl_buf out, expected;
    struct sctl_err err;
    size_t i, bytes = 0, sorted = 0;
    sctl_buf_init(&out, 4 * size + 1000, false);
    sctl_buf_init(&expected, 4 * size + 1000, false);
    while (input_more(&input)) {
        struct sctl_pair pair;
        pair.name = next_field(&input);
        pair.value = next_field(&input);
        bytes += pair.name.len + 7 * pair.value.len;
        MUST(sctl_pairs_reserve(&pairs, pairs.count + 1, &err) == SCTL_OK);
        pairs.items[pairs.count++] = pair;
    }
    sctl_pairs_sort(&pairs);
    for (i = 0; i < pairs.count; i++) {
        bool equal, ignored;
        sorted += pairs.items[i].name.len + 7 * pairs.items[i].value.len;
        if (i > 0) {
            MUST(in_order(pairs.items[i - 1].name, pairs.items[i].name, &equal));
            MUST(!equal || in_order(pairs.items[i - 1].value, pairs.items[i].value, &ignored));
            sctl_buf_add_char(&expected, '&');
        }
        sctl_encode_uri(&expected, pairs.items[i].name);
        sctl_buf_add_char(&expected, '=');
        sctl_encode_uri(&expected, pairs.items[i].value);
    }
    MUST(bytes == sorted);
    sctl_encode_pairs(&out, pairs.items, pairs.count);
    MUST(same_text(sctl_buf_str(&out), sctl_buf_str(&expected)));
    sctl_buf_clear(&out);
    sctl_buf_clear(&expected);
    sctl_pairs_clear(&pairs);
    input_clear(&input);
}

/* The end of the input, in lengths that differ: some of this is done in words. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t skip;
    for (skip = 0; skip <= size && skip <= 16; skip++) {
        struct sctl_str text = {(const char *)data + skip, size - skip};
        check_uri(text);
        check_hex(text);
        check_base64(text);
        MUST(sctl_has_control(text) == plain_control(text));
    }
    check_pairs(data, size);
    return 0;
}
