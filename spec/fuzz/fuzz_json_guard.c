/* The JSON number guard: what is JSON stays JSON, what is not stays not; only quotes are added, and
 * only around integers that a double cannot hold. */
#include "fuzz.h"

#include "json_guard.h"

/* ---- a strict reader of JSON (RFC 8259) ---- */

struct reader {
    const char *at, *end;
    int depth;
};

static bool read_value(struct reader *in);

static void skip_space(struct reader *in)
{
    while (in->at < in->end && memchr(" \t\r\n", *in->at, 4) != NULL)
        in->at++;
}

static bool take(struct reader *in, char c)
{
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    return true;
}

static bool take_word(struct reader *in, const char *word)
{
    for (; *word != '\0'; word++) {
        if (!take(in, *word))
            return false;
    }
    return true;
}

static size_t take_digits(struct reader *in)
{
    const char *from = in->at;
    while (in->at < in->end && *in->at >= '0' && *in->at <= '9')
        in->at++;
    return (size_t)(in->at - from);
}

static bool read_number(struct reader *in)
{
    (void)take(in, '-');
    if (!take(in, '0') && take_digits(in) == 0)
        return false;
    if (take(in, '.') && take_digits(in) == 0)
        return false;
    if (take(in, 'e') || take(in, 'E')) {
        if (!take(in, '+'))
            (void)take(in, '-');
        return take_digits(in) > 0;
    }
    return true;
}

static bool read_string(struct reader *in)
{
    int i;
    if (!take(in, '"'))
        return false;
    while (in->at < in->end && *in->at != '"') {
        if ((unsigned char)*in->at < 0x20)
            return false;
        if (*in->at++ != '\\')
            continue;
        if (in->at == in->end || memchr("\"\\/bfnrtu", *in->at, 9) == NULL)
            return false;
        if (*in->at++ != 'u')
            continue;
        for (i = 0; i < 4; i++, in->at++) {
            if (in->at == in->end || !((*in->at >= '0' && *in->at <= '9') ||
                                       (*in->at >= 'a' && *in->at <= 'f') ||
                                       (*in->at >= 'A' && *in->at <= 'F')))
                return false;
        }
    }
    return take(in, '"');
}

static bool read_members(struct reader *in, bool named, char close)
{
    in->at++;
    skip_space(in);
    if (take(in, close))
        return true;
    do {
        skip_space(in);
        if (named) {
            if (!read_string(in))
                return false;
            skip_space(in);
            if (!take(in, ':'))
                return false;
        }
        if (!read_value(in))
            return false;
        skip_space(in);
    } while (take(in, ','));
    return take(in, close);
}

static bool read_value(struct reader *in)
{
    bool fine;
    skip_space(in);
    if (in->at == in->end || in->depth > 200)
        return false;
    in->depth++;
    switch (*in->at) {
    case '{':
        fine = read_members(in, true, '}');
        break;
    case '[':
        fine = read_members(in, false, ']');
        break;
    case '"':
        fine = read_string(in);
        break;
    case 't':
        fine = take_word(in, "true");
        break;
    case 'f':
        fine = take_word(in, "false");
        break;
    case 'n':
        fine = take_word(in, "null");
        break;
    default:
        fine = read_number(in);
    }
    in->depth--;
    return fine;
}

static bool is_json(struct sctl_str text)
{
    struct reader in = {text.data, text.data + text.len, 0};
    if (!read_value(&in))
        return false;
    skip_space(&in);
    return in.at == in.end;
}

/* ---- the guard ---- */

/* -?digits without a leading zero, beyond 2^53. */
static bool is_big(struct sctl_str text)
{
    static const char LIMIT[] = "9007199254740992";
    size_t i;
    if (text.len > 0 && text.data[0] == '-')
        text.data++, text.len--;
    if (text.len < 16 || text.data[0] == '0')
        return false;
    for (i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    }
    return text.len > 16 || memcmp(text.data, LIMIT, 16) > 0;
}

/* `out` is `text` with quotes around some of its numbers. */
static void compare(struct sctl_str text, struct sctl_str out)
{
    size_t i = 0, j = 0;
    while (j < out.len) {
        const char *close;
        struct sctl_str number;
        if (i < text.len && text.data[i] == out.data[j]) {
            i++, j++;
            continue;
        }
        MUST(out.data[j] == '"');
        close = memchr(out.data + j + 1, '"', out.len - j - 1);
        MUST(close != NULL);
        number = (struct sctl_str){out.data + j + 1, (size_t)(close - out.data) - j - 1};
        MUST(is_big(number));
        MUST(text.len - i >= number.len &&
             memcmp(text.data + i, number.data, number.len) == 0);
        i += number.len;
        j += number.len + 2;
    }
    MUST(i == text.len);
}

/* A JSON text has no number outside strings any more that `is_big`. */
static void check_none_left(struct sctl_str text)
{
    size_t i, from;
    for (i = 0; i < text.len; i++) {
        if (text.data[i] == '"') {
            for (i++; text.data[i] != '"'; i++)
                i += text.data[i] == '\\';
            continue;
        }
        from = i;
        while (i < text.len && text.data[i] != '\0' &&
               strchr("+-.0123456789eE", text.data[i]) != NULL)
            i++;
        MUST(!is_big((struct sctl_str){text.data + from, i - from}));
        if (i > from)
            i--;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sctl_str text = {(const char *)data, size}, result = text;
    struct sctl_buf out, again;
    bool changed;
    sctl_buf_init(&out, 2 * size + 2, false); /* the binding's cap */
    sctl_buf_init(&again, 4 * size + 2, false);
    changed = sctl_json_guard(text, &out);
    MUST(out.status == SCTL_OK);
    if (changed) {
        result = sctl_buf_str(&out);
        MUST(result.len > text.len);
        compare(text, result);
    } else {
        MUST(out.len == 0);
    }
    MUST(is_json(text) == is_json(result));
    if (is_json(result))
        check_none_left(result);
    MUST(!sctl_json_guard(result, &again) && again.len == 0);
    sctl_buf_clear(&out);
    sctl_buf_clear(&again);
    return 0;
}
