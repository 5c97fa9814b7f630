/* Base64 and AES, as tokens are read: what is taken is what would be made, byte by byte. */
#include "fuzz.h"

#include "base/cipher.h"
#include "base/encode.h"

static struct sctl_buf decoded_of(struct sctl_str text, bool *ok)
{
    struct sctl_buf out;
    sctl_buf_init(&out, text.len / 4 * 3 + 1, false); /* never more */
    *ok = sctl_decode_base64(&out, text);
    MUST(out.status == SCTL_OK);
    return out;
}

static bool is_encoded(struct sctl_str bytes, struct sctl_str text)
{
    char *again = malloc((bytes.len + 2) / 3 * 4 + 1);
    size_t len;
    bool same;
    MUST(again != NULL);
    len = sctl_encode_base64(again, (const unsigned char *)bytes.data, bytes.len);
    same = same_text(text, (struct sctl_str){again, len});
    free(again);
    return same;
}

static void check_round_trip(struct sctl_str bytes)
{
    char *text = malloc((bytes.len + 2) / 3 * 4 + 1);
    struct sctl_buf back;
    bool ok;
    MUST(text != NULL);
    back = decoded_of(
        (struct sctl_str){text,
                          sctl_encode_base64(text, (const unsigned char *)bytes.data, bytes.len)},
        &ok);
    MUST(ok && same_text(sctl_buf_str(&back), bytes));
    sctl_buf_clear(&back);
    free(text);
}

/* `bytes`: an iv and what was encrypted with it. */
static void check_cipher(enum sctl_cipher_mode mode, struct sctl_str bytes)
{
    size_t iv = sctl_cipher_iv(mode);
    struct sctl_cipher cipher = {
        mode, SCTL_STR("0123456789abcdef0123456789abcdef"), {bytes.data, iv}};
    struct sctl_str text = {bytes.data + iv, bytes.len - iv};
    struct sctl_buf plain, again;
    struct sctl_err err;
    enum sctl_status status;
    sctl_buf_init(&plain, text.len + SCTL_CIPHER_MORE, true);
    sctl_buf_init(&again, text.len + SCTL_CIPHER_MORE, true);
    status = sctl_decrypt(&cipher, text, &plain, &err);
    MUST(status == SCTL_OK || (status == SCTL_E_INVALID && plain.len == 0));
    if (status == SCTL_OK) {
        MUST(plain.len < text.len);
        MUST(sctl_encrypt(&cipher, sctl_buf_str(&plain), &again, &err) == SCTL_OK);
        MUST(same_text(sctl_buf_str(&again), text));
    }
    sctl_buf_clear(&plain);
    sctl_buf_clear(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sctl_str text = {(const char *)data, size};
    bool ok;
    struct sctl_buf bytes = decoded_of(text, &ok);
    if (ok) {
        MUST(is_encoded(sctl_buf_str(&bytes), text));
        if (bytes.len >= 12)
            check_cipher(SCTL_GCM, sctl_buf_str(&bytes));
        if (bytes.len >= 16)
            check_cipher(SCTL_CBC, sctl_buf_str(&bytes));
    }
    sctl_buf_clear(&bytes);
    check_round_trip(text);
    return 0;
}
