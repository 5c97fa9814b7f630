/* Buffers, encodings, pairs, JSON, the clock. What encodings make of any text is judged by
 * spec/bytes/fuzz/fuzz_encode.c. */
#include "check.h"
#include "guard.h"

#include <signal.h>
#include <time.h>

#include "base/clock.h"
#include "base/encode.h"
#include "base/pair.h"

#define GUARDED 300u /* all lengths up to this one meet the guard page */

TEST(a_broken_contract_ends_the_process)
{
    struct sctl_buf buf;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        (void)fclose(stderr);
        sctl_buf_init(&buf, 10, false);
        sctl_buf_cut(&buf, 1);
        _exit(0);
    }
    CHECK_INT(child, waitpid(child, &status, 0));
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

TEST(a_message_ends_between_two_characters)
{
    static const char *const CHARACTERS[] = {"x", "\xc3\xa9", "\xe7\x9b\xb4", "\xf0\x9f\x98\x80"};
    char text[400], before[8];
    struct sctl_err err;
    size_t i, pad, len;
    for (i = 0; i < LENGTH(CHARACTERS); i++) {
        size_t size = strlen(CHARACTERS[i]);
        text[0] = '\0';
        while (strlen(text) + size < sizeof text)
            (void)strcat(text, CHARACTERS[i]);
        for (pad = 0; pad < size; pad++) {
            (void)snprintf(before, sizeof before, "%.*s", (int)pad, "yyyy");
            (void)sctl_fail(&err, SCTL_E_INVALID, 0, "%s%s", before, text);
            len = strlen(err.message);
            CHECK(len < sizeof err.message && len + size >= sizeof err.message);
            CHECK_INT(0, (len - pad) % size);
        }
    }
    (void)sctl_fail(&err, SCTL_E_INVALID, 0, "%s", "\xe7"); /* not cut: left as it is */
    CHECK_INT(1, strlen(err.message));
    memset(text, '\x80', sizeof text - 1); /* no characters at all */
    text[sizeof text - 1] = '\0';
    (void)sctl_fail(&err, SCTL_E_INVALID, 0, "%s", text);
    CHECK_INT(sizeof err.message - 1, strlen(err.message));
}

TEST(buf_is_stuck_after_a_failure)
{
    struct sctl_buf buf;
    sctl_buf_init(&buf, 10, false);
    sctl_buf_add_lit(&buf, "12345678901");
    CHECK_INT(SCTL_E_TOO_LARGE, buf.status);
    sctl_buf_add_lit(&buf, "1");
    sctl_buf_add_uint(&buf, 7);
    CHECK(sctl_buf_reserve(&buf, 1) == NULL);
    CHECK_INT(0, buf.len);
    CHECK_STR("", sctl_buf_str(&buf));
    sctl_buf_reset(&buf);
    sctl_buf_add_lit(&buf, "1");
    CHECK_STR("1", sctl_buf_str(&buf));
    sctl_buf_clear(&buf);
    sctl_buf_clear(&buf);
}

TEST(buf_wipes_what_it_frees)
{
    struct sctl_buf buf;
    char *data;
    int i;
    memory.zero = true;
    memory.not_zero = 0;
    sctl_buf_init(&buf, 100000, true);
    for (i = 0; i < 20000; i++) /* grows again and again */
        sctl_buf_add_char(&buf, 's');
    sctl_buf_clear(&buf);
    sctl_buf_add_lit(&buf, "secret");
    sctl_buf_reserve(&buf, 200000); /* over the cap: cleared */
    CHECK_INT(0, memory.not_zero);
    sctl_buf_clear(&buf);
    sctl_buf_add_lit(&buf, "secret");
    data = buf.data;
    sctl_buf_reset(&buf);
    CHECK(buf.data == data && memcmp(data, "\0\0\0\0\0\0", 6) == 0);
    sctl_buf_clear(&buf);
    CHECK_INT(0, memory.not_zero);
    /* the check itself sees what is not wiped */
    sctl_buf_init(&buf, 100, false);
    sctl_buf_add_lit(&buf, "open");
    sctl_buf_clear(&buf);
    CHECK_INT(1, memory.not_zero);
    memory.zero = false;
}

TEST(decode_form_of_anything)
{
    static const char *const CASES[][2] = {
        /* clang-format off */
        {"", ""}, {"a+b", "a b"}, {"%41%5a%e4", "AZ\xe4"}, {"%", "%"}, {"%4", "%4"}, {"%4g", "%4g"},
        {"%%41", "%A"}, {"a%2Bb", "a+b"}, {"%G1", "%G1"}, {"x%41", "xA"}, {"%2", "%2"},
        {"~-._*", "~-._*"}, {"%fF%Af%gf", "\xff\xaf%gf"},
        /* clang-format on */
    };
    size_t i;
    for (i = 0; i < LENGTH(CASES); i++) {
        struct guard in = guard_new(16);
        BUF(out, 16);
        sctl_decode_form(&out, guard_text(&in, CASES[i][0], strlen(CASES[i][0])));
        CHECK_STR(CASES[i][1], sctl_buf_str(&out));
        guard_free(&in);
    }
}

static void set_pair(struct sctl_pairs *pairs, size_t i, const char *name, const char *value)
{
    pairs->items[i] = (struct sctl_pair){str(name), str(value)};
}

TEST(pairs_have_a_cap)
{
    struct sctl_pairs pairs = {NULL, 0, 0};
    struct sctl_err err;
    REQUIRE(sctl_pairs_reserve(&pairs, 1, &err) == SCTL_OK);
    set_pair(&pairs, 0, "kept", "1");
    REQUIRE(sctl_pairs_reserve(&pairs, SCTL_MAX_PAIRS, &err) == SCTL_OK);
    set_pair(&pairs, SCTL_MAX_PAIRS - 1, "last", "");
    CHECK_STR("kept", pairs.items[0].name);
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_pairs_reserve(&pairs, SCTL_MAX_PAIRS + 1, &err));
    CHECK_STR("kept", pairs.items[0].name);
    sctl_pairs_clear(&pairs);
    sctl_pairs_clear(&pairs);
    CHECK_INT(SCTL_E_TOO_LARGE, sctl_pairs_reserve(&pairs, SIZE_MAX, &err));
}

/* Where time_t is wide enough, the C library is the judge. */
TEST(time_text_of_every_kind_of_year)
{
    int64_t second;
    for (second = -62167219200; second < 253402300800; second += 86400 * 17 + 12345) {
        char text[SCTL_TIME_TEXT], expected[64];
        double read = 0;
        struct tm parts;
        time_t known = (time_t)second;
        REQUIRE(sctl_time_text(text, (double)second));
        CHECK(sctl_time_read((struct sctl_str){text, sizeof text}, &read));
        CHECK(read == (double)second);
        if (known != second || gmtime_r(&known, &parts) == NULL)
            continue;
        (void)snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ",
                       parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                       parts.tm_min, parts.tm_sec);
        CHECK_STR(expected, ((struct sctl_str){text, sizeof text}));
    }
}

TEST(times_of_anything)
{
    static const char *const GOOD[] = {
        "1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2000-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z", "2026-04-30T12:00:00Z",
    };
    static const char BAD[][SCTL_TIME_TEXT + 3] = {
        "2026-01-02T03:04:05z",  "2026-01-02 03:04:05Z",   "2026-00-02T03:04:05Z",
        "2026-13-02T03:04:05Z",  "2026-01-00T03:04:05Z",   "2026-01-32T03:04:05Z",
        "2026-04-31T03:04:05Z",  "2026-02-29T03:04:05Z",   "1900-02-29T03:04:05Z",
        "2026-01-02T24:00:00Z",  "2026-01-02T03:60:05Z",   "2026-01-02T03:04:60Z",
        "2026-01-0 T03:04:05Z",  "2026-01-02T03:04:-5Z",   "20260102T030405Z0000",
        "2026-01-02T03:04:05Z ", "2026-01-02T03:04:05.5Z",
    };
    struct guard guard = guard_new(GUARDED);
    double read = 5;
    size_t i;
    for (i = 0; i < LENGTH(BAD); i++)
        CHECK(!sctl_time_read(str(BAD[i]), &read));
    CHECK(read == 5);
    for (i = 0; i < LENGTH(GOOD); i++)
        CHECK(sctl_time_read(str(GOOD[i]), &read));
    for (i = 0; i <= GUARDED; i++) { /* the beginning of a time, and more than one */
        struct sctl_str part = guard_text(&guard, NULL, i);
        size_t j;
        for (j = 0; j < i; j++)
            guard.end[(long)j - (long)i] = GOOD[0][j % SCTL_TIME_TEXT];
        CHECK_INT(i == SCTL_TIME_TEXT, sctl_time_read(part, &read));
    }
    guard_free(&guard);
}

CHECK_MAIN(60)
