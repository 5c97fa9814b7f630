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

TEST(errors_of_others_stay)
{
    struct sctl_cipher cipher = cipher_of(SCTL_CBC);
    ERR_raise(ERR_LIB_USER, 1);
    CHECK(!opens(&cipher, SCTL_STR("0123456789abcdef"), SCTL_STR("")));
    CHECK(ERR_get_error() != 0);
    CHECK_INT(0, ERR_get_error());
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
