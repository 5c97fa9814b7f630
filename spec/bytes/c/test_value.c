/* The check of one value, where Lua cannot look: every byte at every place, the ends of texts, and
 * no memory. Types, limits and rules are in spec/bytes/binding/operation_spec.lua and the walks over all
 * rows. */
#include "check.h"
#include "guard.h"

#include "base/encode.h"
#include "request/value.h"

enum { WORD = 1, LINES = 2 };

static struct sctl_limits limits_of(enum sctl_type type, int flags, size_t max_length)
{
    static const struct sctl_str ALLOWED[] = {SCTL_STR("aaaa"), SCTL_STR("off")};
    struct sctl_limits limits;
    sctl_limits_init(&limits, type);
    limits.word = (flags & WORD) != 0;
    limits.lines = (flags & LINES) != 0;
    limits.prefixed = true;
    limits.max_length = max_length;
    if (max_length < SIZE_MAX && limits.word) {
        limits.allowed = ALLOWED;
        limits.allowed_count = LENGTH(ALLOWED);
    }
    return limits;
}

/* Checks a text both ways, which agree. */
static enum sctl_fault fault_of(struct sctl_limits limits, struct sctl_str prefix,
                                struct sctl_str text)
{
    struct sctl_scalar value = {.kind = SCTL_SCALAR_TEXT, .text = text};
    BUF(raw, 1000);
    BUF(json, 2000);
    enum sctl_fault fault = sctl_value_write(&limits, prefix, &value, false, &raw);
    CHECK_INT(fault, sctl_value_write(&limits, prefix, &value, true, &json));
    CHECK((fault == SCTL_FINE) == (json.len > 0));
    CHECK((fault == SCTL_FINE && text.len > 0) == (raw.len > 0));
    return fault;
}

TEST(a_byte_is_fine_in_a_text_or_not)
{
    char space[20];
    const struct sctl_str text = {space, sizeof space};
    size_t at;
    int c;
    for (c = 0; c < 256; c++) {
        bool control = c < 0x20 || c == 0x7f, breaks = strchr("\t\n\r", c) != NULL && c;
        bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c == '-' || c == '_';
        for (at = 0; at < sizeof space; at++) {
            memset(space, 'a', sizeof space);
            space[at] = (char)c;
            CHECK_INT(control ? SCTL_FAULT_CONTROL : SCTL_FINE,
                      fault_of(limits_of(SCTL_TEXT, 0, SIZE_MAX), SCTL_STR(""), text));
            CHECK_INT(control ? SCTL_FAULT_CONTROL
                      : word  ? SCTL_FINE
                              : SCTL_FAULT_NO_WORD,
                      fault_of(limits_of(SCTL_TEXT, WORD, SIZE_MAX), SCTL_STR(""), text));
            CHECK_INT(word ? SCTL_FINE : SCTL_FAULT_STREAM_ID,
                      fault_of(limits_of(SCTL_STREAM_ID, 0, SIZE_MAX), SCTL_STR(""), text));
            memset(space, at % 2 == 0 ? 'a' : '\n', sizeof space);
            space[at] = (char)c;
            CHECK_INT(control && !breaks ? SCTL_FAULT_CONTROL : SCTL_FINE,
                      fault_of(limits_of(SCTL_TEXT, LINES, SIZE_MAX), SCTL_STR(""), text));
        }
    }
}

TEST(json_escapes_what_it_has_to)
{
    static const char SHORT[] = "\b\t\n\f\r\"\\", NAMES[] = "btnfr\"\\";
    static const char LETTERS[] = "aaaaaaaaaaaaaaaaaaaa";
    char space[20], text[64], escape[8];
    BUF(out, 1000);
    size_t at;
    int c;
    for (c = 0; c < 256; c++) {
        const char *name = memchr(SHORT, c, 7);
        (void)snprintf(escape, sizeof escape, "%c", c);
        if (name != NULL)
            (void)snprintf(escape, sizeof escape, "\\%c", NAMES[name - SHORT]);
        else if (c < 0x20 || c == 0x7f)
            (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
        for (at = 0; at < sizeof space; at++) {
            memset(space, 'a', sizeof space);
            space[at] = (char)c;
            (void)snprintf(text, sizeof text, "\"%.*s%s%.*s\"", (int)at, LETTERS, escape,
                           19 - (int)at, LETTERS);
            sctl_buf_reset(&out);
            sctl_encode_json(&out, (struct sctl_str){space, sizeof space});
            CHECK_STR(text, sctl_buf_str(&out));
        }
    }
}

TEST(nothing_is_read_past_a_text)
{
    const struct sctl_limits limits[] = {
        limits_of(SCTL_TEXT, WORD, 5), limits_of(SCTL_TEXT, LINES, 5),
        limits_of(SCTL_TIME, WORD, SIZE_MAX), limits_of(SCTL_STREAM_ID, 0, SIZE_MAX),
        limits_of(SCTL_SEQUENCE, 0, SIZE_MAX)};
    const struct sctl_str prefix = SCTL_STR("2026-01-02T03-04-05Zab");
    struct guard guard = guard_new(300);
    char letters[300];
    size_t i, len;
    memset(letters, 'a', sizeof letters);
    for (i = 0; i < LENGTH(limits); i++) {
        for (len = 0; len <= sizeof letters; len++) {
            (void)fault_of(limits[i], prefix, guard_text(&guard, letters, len));
            if (len <= prefix.len)
                (void)fault_of(limits[i], prefix, guard_text(&guard, prefix.data, len));
        }
    }
    CHECK_INT(SCTL_FAULT_STREAM_ID, /* nothing is read */
              fault_of(limits[3], prefix, (struct sctl_str){"", SIZE_MAX / 4}));
    guard_free(&guard);
}

CHECK_MAIN(60)
