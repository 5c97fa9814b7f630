/* Reading a JSON array of strings: what is one, and what its strings are. */
#include "check.h"
#include "guard.h"

#include "json_list.h"

static struct sctl_buf made, found;

/* The strings of a text, "|" behind each, and at the end "BAD" when it is no array of strings. What
 * is made of escapes must fit into the room of the text. */
static struct sctl_str read_all(struct sctl_str text)
{
    struct sctl_json_list list = {text, false};
    enum sctl_json_next next;
    struct sctl_str item;
    size_t room;
    sctl_buf_clear(&made);
    (void)sctl_buf_reserve(&made, text.len + 1);
    room = made.size;
    sctl_buf_reset(&found);
    while ((next = sctl_json_list_next(&list, &made, &item)) == SCTL_JSON_ITEM) {
        sctl_buf_add_str(&found, item);
        sctl_buf_add_char(&found, '|');
    }
    CHECK(made.len <= text.len && made.size == room);
    if (next == SCTL_JSON_END)
        CHECK_INT(0, list.rest.len);
    else
        sctl_buf_add_lit(&found, "BAD");
    return sctl_buf_str(&found);
}

#define CHECK_ITEMS(expected, text) CHECK_STR((expected), read_all(str(text)))

/* Whether it is no array of strings. */
static bool is_bad(struct sctl_str text)
{
    return contains(read_all(text), "BAD");
}

TEST(the_strings_come_one_after_the_other)
{
    CHECK_ITEMS("", "[]");
    CHECK_ITEMS("", " \t\r\n[ \t\r\n] \t\r\n");
    CHECK_ITEMS("a|", "[\"a\"]");
    CHECK_ITEMS("|", "[\"\"]");
    CHECK_ITEMS("a||b c|", "[\"a\",\"\",\"b c\"]");
    CHECK_ITEMS("a|b|", " [ \"a\" ,\n\t\"b\"\r] ");
    CHECK_ITEMS("],[|'|/|", "[\"],[\",\"'\",\"/\"]");
    CHECK_ITEMS("\xe4\xb8\xad\xff\x7f|", "[\"\xe4\xb8\xad\xff\x7f\"]");
}

/* Strings without escapes are not copied. */
TEST(a_plain_string_is_where_it_was)
{
    struct sctl_str text = SCTL_STR("[\"plain\",\"\\n\"]"), item;
    struct sctl_json_list list = {text, false};
    sctl_buf_clear(&made);
    CHECK_INT(SCTL_JSON_ITEM, sctl_json_list_next(&list, &made, &item));
    CHECK(item.data == text.data + 2 && item.len == 5);
    CHECK_INT(0, made.len);
    CHECK_INT(SCTL_JSON_ITEM, sctl_json_list_next(&list, &made, &item));
    CHECK(item.data == made.data && made.len == 1);
}

TEST(escapes_stand_for_bytes)
{
    CHECK_ITEMS("\"\\/\b\f\n\r\t|", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]");
    CHECK_ITEMS("a\"b\\|c|", "[\"a\\\"b\\\\\",\"c\"]");
    CHECK_ITEMS("A\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80|",
                "[\"\\u0041\\u007F\\u0080\\u07ff\\u0800\"]");
    CHECK_ITEMS("\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf|", "[\"\\ud7ff\\uE000\\uffff\"]");
    CHECK_ITEMS("\xf0\x90\x80\x80 \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf|",
                "[\"\\ud800\\udc00 \\uD83D\\uDE00 \\udbff\\udfff\"]");
    CHECK_TEXT(SCTL_STR("a\0b|"), read_all(str("[\"a\\u0000b\"]")));
}

TEST(an_escape_is_one_of_those_of_json)
{
    static const char *const BAD[] = {
        "[\"\\x\"]",
        "[\"\\'\"]",
        "[\"\\N\"]",
        "[\"\\u\"]",
        "[\"\\u12\"]",
        "[\"\\u123\"]",
        "[\"\\u123g\"]",
        "[\"\\u+123\"]",
        "[\"\\U0041\"]",
        "[\"\\ud800\"]",
        "[\"\\udc00\"]",
        "[\"\\udfff\\ud800\"]",
        "[\"\\ud800x\"]",
        "[\"\\ud800\\\"]",
        "[\"\\ud800\\n\"]",
        "[\"\\ud800\\u\"]",
        "[\"\\ud800\\u0041\"]",
        "[\"\\ud800\\ud800\"]",
        "[\"\\udbff\\ue000\"]",
        "[\"\\\"]",
        "[\"\\",
    };
    size_t i;
    for (i = 0; i < LENGTH(BAD); i++)
        CHECK_ITEMS("BAD", BAD[i]);
    CHECK(is_bad((struct sctl_str){"[\"\\\0\"]", 6}));
}

TEST(nothing_else_is_an_array_of_strings)
{
    static const char *const BAD[] = {
        "",
        " ",
        "a",
        "\"a\"",
        "{\"a\":\"b\"}",
        "null",
        "[",
        "]",
        "[\"a\"",
        "[\"a",
        "[\"a\",",
        "[\"a\",]",
        "[,]",
        "[,\"a\"]",
        "[\"a\" \"b\"]",
        "[\"a\",,\"b\"]",
        "[\"a\"]]",
        "[] x",
        "[][]",
        "[1]",
        "[\"a\",1]",
        "[null]",
        "[\"a\",null]",
        "[[\"a\"]]",
        "['a']",
        "[a]",
        "[true]",
        "[{}]",
        "\f[]",
        "[]\v",
        "\xef\xbb\xbf[]",
        "[\"a\"];",
        "//\n[]",
    };
    size_t i;
    for (i = 0; i < LENGTH(BAD); i++)
        CHECK(is_bad(str(BAD[i])));
    CHECK(is_bad((struct sctl_str){"[]\0", 3}));
    CHECK(is_bad((struct sctl_str){"\0[]", 3}));
}

/* A text that is cut off anywhere is no array, and nothing behind it is looked at. */
TEST(nothing_is_read_past_the_text)
{
    static const char WHOLE[] = " [ \"plain\" , \"\\n\\u00e4\\ud83d\\ude00\", \"\" ] ";
    struct guard guard = guard_new(sizeof WHOLE);
    size_t len, whole = sizeof WHOLE - 1;
    for (len = 0; len <= whole; len++)
        CHECK_INT(len + 1 < whole, is_bad(guard_text(&guard, WHOLE, len)));
    guard_free(&guard);
}

TEST(without_memory_it_is_none)
{
    struct sctl_str text = SCTL_STR("[\"a\",\"\\n\"]"), item;
    struct sctl_json_list list = {text, false};
    sctl_buf_clear(&made);
    memory.calls = 0;
    memory.fail_at = 1;
    memory.armed = true;
    CHECK_INT(SCTL_JSON_ITEM, sctl_json_list_next(&list, &made, &item));
    CHECK_INT(SCTL_JSON_BAD, sctl_json_list_next(&list, &made, &item));
    memory.armed = false;
    CHECK_INT(SCTL_E_MEMORY, made.status);
}

int main(void)
{
    check_limit(60);
    sctl_buf_init(&made, 4096, false);
    sctl_buf_init(&found, 4096, false);
    check_tests();
    sctl_buf_clear(&made);
    sctl_buf_clear(&found);
    CHECK_INT(0, memory.live);
    return check_report();
}
