/* AES-256 in CBC and GCM. */
#include "check.h"
#include "guard.h"

#include <openssl/err.h>

#include "base/cipher.h"

#define MOST 70u

static const char KEY[] = "0123456789abcdef0123456789abcdef";
static const char IV[] = "3ahov29gnu18fmt0";

static struct sctl_cipher cipher_of(enum sctl_cipher_mode mode)
{
    return (struct sctl_cipher){mode, str(KEY), {IV, sctl_cipher_iv(mode)}};
}

/* Whether `text` can be decrypted with the cipher, and to `plain`. */
static bool opens(const struct sctl_cipher *cipher, struct sctl_str text, struct sctl_str plain)
{
    BUF(out, 200);
    struct sctl_err err = {0};
    bool ok, same;
    sctl_buf_add_lit(&out, "before ");
    ok = sctl_decrypt(cipher, text, &out, &err) == SCTL_OK;
    CHECK_INT(ok ? SCTL_OK : SCTL_E_INVALID, err.status);
    same = ok && out.len == 7 + plain.len && memcmp(out.data, "before ", 7) == 0 &&
           memcmp(out.data + 7, plain.data, plain.len) == 0;
    CHECK(ok || out.len == 7);
    return same;
}

TEST(what_was_encrypted_is_read_again)
{
    struct guard in = guard_new(2 * MOST), back = guard_new(2 * MOST);
    char data[MOST];
    int mode;
    size_t len, i;
    for (i = 0; i < MOST; i++)
        data[i] = (char)next_number();
    for (mode = SCTL_CBC; mode <= SCTL_GCM; mode++) {
        struct sctl_cipher cipher = cipher_of((enum sctl_cipher_mode)mode);
        for (len = 0; len <= MOST; len++) {
            struct sctl_str plain = guard_text(&in, data, len), text;
            struct sctl_err err;
            BUF(out, len + SCTL_CIPHER_MORE);
            REQUIRE(sctl_encrypt(&cipher, plain, &out, &err) == SCTL_OK);
            CHECK_INT(mode == SCTL_GCM ? len + 16 : len / 16 * 16 + 16, out.len);
            text = guard_text(&back, out.data, out.len);
            CHECK(opens(&cipher, text, plain));
            /* what is cut off, or has a bit changed, is not; with GCM wherever that is */
            for (i = 0; i < text.len; i++)
                CHECK(!opens(&cipher, (struct sctl_str){text.data, i}, plain));
            for (i = 0; i < text.len; i++) {
                ((char *)(uintptr_t)text.data)[i] ^= 1;
                CHECK(!opens(&cipher, text, plain));
                if (mode == SCTL_GCM) {
                    BUF(none, 200);
                    CHECK_INT(SCTL_E_INVALID, sctl_decrypt(&cipher, text, &none, &err));
                }
                ((char *)(uintptr_t)text.data)[i] ^= 1;
            }
        }
    }
    guard_free(&in);
    guard_free(&back);
    CHECK_INT(0, ERR_peek_error());
}

TEST(errors_of_others_stay)
{
    struct sctl_cipher cipher = cipher_of(SCTL_CBC);
    ERR_raise(ERR_LIB_USER, 1);
    CHECK(!opens(&cipher, SCTL_STR("0123456789abcdef"), SCTL_STR("")));
    CHECK(ERR_get_error() != 0);
    CHECK_INT(0, ERR_get_error());
}

TEST(wrong_lengths)
{
    BUF(out, 200);
    BUF(small, 31); /* less than it may need */
    struct sctl_cipher cbc = cipher_of(SCTL_CBC);
    struct sctl_err err;
    int mode;
    size_t len;
    for (mode = SCTL_CBC; mode <= SCTL_GCM; mode++) {
        struct sctl_cipher cipher = cipher_of((enum sctl_cipher_mode)mode);
        for (len = 0; len < 32; len++) {
            cipher.key.len = len;
            CHECK_INT(SCTL_E_INVALID, sctl_encrypt(&cipher, SCTL_STR("x"), &out, &err));
            CHECK(contains(str(err.message), "the key must be 32 bytes"));
        }
        cipher.key.len = 32;
        for (len = 0; len <= 16; len++) {
            cipher.iv.len = len;
            CHECK_INT(len == sctl_cipher_iv(cipher.mode) ? SCTL_OK : SCTL_E_INVALID,
                      sctl_encrypt(&cipher, SCTL_STR("x"), &out, &err));
        }
        cipher.iv.len = sctl_cipher_iv(cipher.mode);
        CHECK_INT(SCTL_E_TOO_LARGE,
                  sctl_encrypt(&cipher, (struct sctl_str){KEY, SCTL_MAX_BODY + 1}, &out, &err));
    }
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_encrypt(&cbc, SCTL_STR("0123456789abcdef"), &small, &err));
}

/* What a wrong tag is found for has been decrypted before. */
TEST(nothing_decrypted_stays_in_memory)
{
    static const char PLAIN[] = "a plain text that nobody may see";
    struct sctl_cipher cipher = cipher_of(SCTL_GCM);
    BUF(text, 200);
    struct sctl_err err;
    REQUIRE(sctl_encrypt(&cipher, str(PLAIN), &text, &err) == SCTL_OK);
    text.data[text.len - 1] ^= 1;
    look_for(PLAIN);
    CHECK(!opens(&cipher, sctl_buf_str(&text), str(PLAIN)));
    look_for(NULL);
}

int main(void)
{
    check_limit(60);
    check_tests();
    CHECK_INT(0, memory.live);
    return check_report();
}
