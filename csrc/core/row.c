#include "row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "encode.h"
#include "json_list.h"
#include "request.h"

#define LARGEST ((double)SCTL_MAX_NUMBER)
#define MAX_ID 256u
#define MAX_MADE (64u * 1024u * 1024u)

void sctl_checked_init(struct sctl_checked *checked)
{
    memset(checked, 0, sizeof *checked);
    sctl_buf_init(&checked->made, MAX_MADE, true);
}

void sctl_checked_clear(struct sctl_checked *checked)
{
    sctl_free(checked->sent);
    sctl_buf_clear(&checked->made);
    checked->sent = NULL;
    checked->count = checked->size = 0;
}

/* ---- room ---- */

/* MAX_MADE + 1 when it is more than that. */
static size_t product(size_t count, size_t bytes)
{
    return count <= MAX_MADE / bytes ? count * bytes : MAX_MADE + 1;
}

/* Bytes that the made text of a value can have at most. */
static size_t room_for(const struct sctl_param *param, const struct sctl_value *value,
                       size_t prefix)
{
    size_t i, bytes = 0;
    if (value->item_count > param->max_items)
        return 0;
    switch (param->type) {
    case SCTL_PARAM_INTEGER:
    case SCTL_PARAM_NUMBER:
    case SCTL_PARAM_SEQUENCE:
        return SCTL_NUMBER_TEXT;
    case SCTL_PARAM_TIME:
        return value->kind == SCTL_VALUE_NUMBER ? SCTL_TIME_TEXT : 0;
    case SCTL_PARAM_STREAM_ID: /* what would be longer is refused */
        return prefix > 0 ? MAX_ID : 0;
    case SCTL_PARAM_STREAM_IDS:
        return prefix > 0 ? product(value->item_count, MAX_ID) : 0;
    case SCTL_PARAM_JSON_LIST:
        if (value->kind == SCTL_VALUE_TEXT) /* its items, without escapes */
            return value->text.len <= MAX_MADE ? value->text.len : MAX_MADE + 1;
        for (i = 0; i < value->item_count && bytes <= MAX_MADE; i++)
            bytes += product(value->items[i].text.len, 2) + 3;
        return bytes + 2;
    default:
        return 0;
    }
}

/* All room at once: the texts must not move any more. */
static enum sctl_status make_room(const struct sctl_row *row,
                                  const struct sctl_value *values,
                                  struct sctl_checked *checked, struct sctl_err *err)
{
    size_t i, bytes = 0, count = 0;
    struct sctl_sent *sent;
    enum sctl_status status;
    for (i = 0; i < row->param_count; i++) {
        if (values[i].kind == SCTL_VALUE_ABSENT)
            continue;
        if (bytes <= MAX_MADE)
            bytes += room_for(&row->params[i], &values[i], row->prefix.len);
        count += values[i].item_count <= row->params[i].max_items
                     ? values[i].item_count + 1
                     : 1;
    }
    checked->count = 0;
    sctl_buf_reset(&checked->made);
    if (bytes > 0)
        (void)sctl_buf_reserve(&checked->made, bytes);
    status = sctl_buf_ok(&checked->made, "the text of the parameters", err);
    if (status != SCTL_OK || count <= checked->size)
        return status;
    sent = sctl_realloc(checked->sent, count * sizeof *sent);
    if (sent == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for parameters");
    checked->sent = sent;
    checked->size = count;
    return SCTL_OK;
}

static void send_source(struct sctl_checked *checked, size_t param, size_t item,
                        struct sctl_str text)
{
    checked->sent[checked->count++] = (struct sctl_sent){param, item, true, text};
}

/* Everything appended since `from`. */
static void send_made(struct sctl_checked *checked, size_t param, size_t item,
                      size_t from)
{
    struct sctl_str text = {checked->made.data + from, checked->made.len - from};
    checked->sent[checked->count++] = (struct sctl_sent){param, item, false, text};
}

/* ---- values ---- */

/* In UTF-8: a byte 10xxxxxx goes on with the character before it. */
static bool longer_than(struct sctl_str text, size_t characters)
{
    size_t i, count = 0;
    if (text.len <= characters)
        return false;
    for (i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xc0u) != 0x80u;
    return count > characters;
}

static bool is_allowed(const struct sctl_param *param, struct sctl_str text)
{
    size_t i;
    for (i = 0; i < param->allowed_count; i++) {
        if (sctl_str_same(param->allowed[i], text))
            return true;
    }
    return param->allowed == NULL;
}

static bool has_more_than_lines(struct sctl_str text)
{
    size_t i, from = 0;
    for (i = 0; i < text.len; i++) {
        if (text.data[i] != '\n' && text.data[i] != '\r' && text.data[i] != '\t')
            continue;
        if (sctl_has_control((struct sctl_str){text.data + from, i - from}))
            return true;
        from = i + 1;
    }
    return sctl_has_control((struct sctl_str){text.data + from, text.len - from});
}

static enum sctl_fault check_text(const struct sctl_value *value, bool required,
                                  bool lines)
{
    if (value->kind != SCTL_VALUE_TEXT)
        return SCTL_FAULT_NO_TEXT;
    if (required && value->text.len == 0)
        return SCTL_FAULT_EMPTY;
    if (!sctl_has_control(value->text) || (lines && !has_more_than_lines(value->text)))
        return SCTL_FINE;
    return SCTL_FAULT_CONTROL;
}

static enum sctl_fault check_plain(const struct sctl_param *param,
                                   const struct sctl_value *value)
{
    enum sctl_fault fault = check_text(value, param->required, param->lines);
    if (fault != SCTL_FINE)
        return fault;
    if (longer_than(value->text, param->max_length))
        return SCTL_FAULT_LONG;
    if (value->text.len > param->max_bytes)
        return SCTL_FAULT_MANY_BYTES;
    if (param->word && !sctl_is_word(value->text))
        return SCTL_FAULT_NO_WORD;
    return is_allowed(param, value->text) ? SCTL_FINE : SCTL_FAULT_NOT_ALLOWED;
}

/* A time as text: a number of Unix seconds is written into `made`. False when it has no such text. */
static bool time_of(const struct sctl_value *value, char made[SCTL_TIME_TEXT],
                    struct sctl_str *text)
{
    if (value->kind != SCTL_VALUE_NUMBER) {
        *text = value->text;
        return true;
    }
    *text = (struct sctl_str){made, SCTL_TIME_TEXT};
    return sctl_time_text(made, value->number);
}

static enum sctl_fault send_time(const struct sctl_param *param, size_t at,
                                 const struct sctl_value *value,
                                 struct sctl_checked *checked)
{
    char made[SCTL_TIME_TEXT];
    struct sctl_str text;
    size_t from = checked->made.len;
    enum sctl_fault fault;
    if (value->kind == SCTL_VALUE_TEXT) {
        fault = check_plain(param, value);
        if (fault == SCTL_FINE && !sctl_time_valid(value->text))
            fault = SCTL_FAULT_NO_TIME;
        if (fault == SCTL_FINE)
            send_source(checked, at, 0, value->text);
        return fault;
    }
    if (value->kind != SCTL_VALUE_NUMBER || !time_of(value, made, &text))
        return SCTL_FAULT_NO_TIME;
    sctl_buf_add_str(&checked->made, text);
    send_made(checked, at, 0, from);
    return SCTL_FINE;
}

static bool is_integer(const struct sctl_value *value)
{
    double number = value->number;
    return value->kind == SCTL_VALUE_NUMBER && number >= -LARGEST && number <= LARGEST &&
           (double)(int64_t)number == number;
}

static void write_integer(struct sctl_buf *out, double number)
{
    if (number < 0)
        sctl_buf_add_char(out, '-');
    sctl_buf_add_uint(out, (uint64_t)(number < 0 ? -number : number));
}

static void write_number(struct sctl_buf *out, double number)
{
    char text[SCTL_NUMBER_TEXT];
    sctl_buf_add(out, text, sctl_encode_number(text, number));
}

static enum sctl_fault send_number(const struct sctl_row *row, size_t at,
                                   const struct sctl_value *value,
                                   struct sctl_checked *checked)
{
    const struct sctl_param *param = &row->params[at];
    size_t from = checked->made.len;
    if (param->type == SCTL_PARAM_INTEGER && !is_integer(value))
        return SCTL_FAULT_NO_INTEGER;
    if (value->kind != SCTL_VALUE_NUMBER || !isfinite(value->number))
        return SCTL_FAULT_NO_NUMBER;
    if (value->number <= param->above)
        return SCTL_FAULT_NOT_ABOVE;
    if (value->number < param->min || value->number > param->max)
        return SCTL_FAULT_OUT_OF_RANGE;
    if (is_integer(value))
        write_integer(&checked->made, value->number);
    else
        write_number(&checked->made, value->number);
    send_made(checked, at, 0, from);
    return is_allowed(param, checked->sent[checked->count - 1].text)
               ? SCTL_FINE
               : SCTL_FAULT_NOT_ALLOWED;
}

static enum sctl_fault send_boolean(size_t at, const struct sctl_value *value,
                                    struct sctl_checked *checked)
{
    struct sctl_str text = value->number != 0 ? SCTL_STR("true") : SCTL_STR("false");
    if (value->kind != SCTL_VALUE_BOOLEAN)
        return SCTL_FAULT_NO_BOOLEAN;
    checked->sent[checked->count++] = (struct sctl_sent){at, 0, false, text};
    return SCTL_FINE;
}

/* A number, or its digits; 0 when it is no Sequence. */
static double read_sequence(const struct sctl_value *value)
{
    if (value->kind == SCTL_VALUE_TEXT)
        return (double)sctl_read_sequence(value->text);
    return is_integer(value) && value->number >= 1 && value->number < LARGEST
               ? value->number
               : 0;
}

static enum sctl_fault check_id(const struct sctl_value *value, struct sctl_str prefix)
{
    struct sctl_str text = value->text;
    if (value->kind != SCTL_VALUE_TEXT)
        return SCTL_FAULT_NO_TEXT;
    if (text.len < 1 || text.len > MAX_ID || !sctl_is_word(text))
        return SCTL_FAULT_STREAM_ID;
    if (text.len + prefix.len > MAX_ID &&
        !(text.len >= prefix.len && memcmp(text.data, prefix.data, prefix.len) == 0))
        return SCTL_FAULT_PREFIXED_LONG;
    return SCTL_FINE;
}

static void send_id(struct sctl_checked *checked, size_t param, size_t item,
                    struct sctl_str text, struct sctl_str prefix)
{
    size_t from = checked->made.len;
    if (prefix.len == 0 ||
        (text.len >= prefix.len && memcmp(text.data, prefix.data, prefix.len) == 0)) {
        send_source(checked, param, item, text);
        return;
    }
    sctl_buf_add_str(&checked->made, prefix);
    sctl_buf_add_str(&checked->made, text);
    send_made(checked, param, item, from);
}

/* ---- lists ---- */

static enum sctl_fault check_list(const struct sctl_param *param,
                                  const struct sctl_value *value)
{
    if (value->kind != SCTL_VALUE_LIST)
        return SCTL_FAULT_NO_LIST;
    if (value->gaps)
        return SCTL_FAULT_GAPS;
    if (value->item_count == 0)
        return SCTL_FAULT_NO_ITEMS;
    if (value->item_count < param->min_items)
        return SCTL_FAULT_FEW_ITEMS;
    return value->item_count > param->max_items ? SCTL_FAULT_MANY_ITEMS : SCTL_FINE;
}

static enum sctl_fault send_ids(const struct sctl_row *row, size_t at,
                                const struct sctl_value *value, struct sctl_str prefix,
                                struct sctl_checked *checked, size_t *item)
{
    enum sctl_fault fault = check_list(&row->params[at], value);
    size_t i;
    for (i = 0; fault == SCTL_FINE && i < value->item_count; i++) {
        fault = check_id(&value->items[i], prefix);
        if (fault == SCTL_FINE)
            send_id(checked, at, i + 1, value->items[i].text, prefix);
        else
            *item = i + 1;
    }
    return fault;
}

static void write_json_text(struct sctl_buf *out, struct sctl_str text)
{
    size_t i;
    sctl_buf_add_char(out, '"');
    for (i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            sctl_buf_add_char(out, '\\');
        sctl_buf_add_char(out, text.data[i]);
    }
    sctl_buf_add_char(out, '"');
}

/* How many items a list has that was given as JSON text, each of which passes as one of a list does;
 * 0 when not all do, or it is none. */
static size_t count_json(struct sctl_str text, struct sctl_buf *made)
{
    struct sctl_json_list list = {text, false};
    struct sctl_value item = {.kind = SCTL_VALUE_TEXT};
    enum sctl_json_next next;
    size_t count = 0, len = made->len;
    while ((next = sctl_json_list_next(&list, made, &item.text)) == SCTL_JSON_ITEM &&
           check_text(&item, true, false) == SCTL_FINE)
        count++;
    made->len = len;
    return next == SCTL_JSON_END ? count : 0;
}

static enum sctl_fault send_json_text(const struct sctl_param *param, size_t at,
                                      struct sctl_str text, struct sctl_checked *checked)
{
    struct sctl_value list = {.kind = SCTL_VALUE_LIST,
                              .item_count = count_json(text, &checked->made)};
    if (check_list(param, &list) != SCTL_FINE)
        return SCTL_FAULT_JSON_TEXT;
    send_source(checked, at, 0, text);
    return SCTL_FINE;
}

static enum sctl_fault send_json(const struct sctl_row *row, size_t at,
                                 const struct sctl_value *value,
                                 struct sctl_checked *checked, size_t *item)
{
    enum sctl_fault fault;
    size_t i, from = checked->made.len;
    if (value->kind == SCTL_VALUE_TEXT)
        return send_json_text(&row->params[at], at, value->text, checked);
    fault = check_list(&row->params[at], value);
    if (fault != SCTL_FINE)
        return fault;
    sctl_buf_add_char(&checked->made, '[');
    for (i = 0; i < value->item_count; i++) {
        fault = check_text(&value->items[i], true, false);
        if (fault != SCTL_FINE) {
            *item = i + 1;
            return fault;
        }
        if (i > 0)
            sctl_buf_add_char(&checked->made, ',');
        write_json_text(&checked->made, value->items[i].text);
    }
    sctl_buf_add_char(&checked->made, ']');
    send_made(checked, at, 0, from);
    return SCTL_FINE;
}

/* ---- rows ---- */

static enum sctl_fault check_param(const struct sctl_row *row, size_t at,
                                   const struct sctl_value *value,
                                   struct sctl_checked *checked, size_t *item)
{
    const struct sctl_param *param = &row->params[at];
    struct sctl_str prefix = param->prefixed ? row->prefix : SCTL_STR("");
    size_t from = checked->made.len;
    enum sctl_fault fault;
    double number;
    switch (param->type) {
    case SCTL_PARAM_INTEGER:
    case SCTL_PARAM_NUMBER:
        return send_number(row, at, value, checked);
    case SCTL_PARAM_BOOLEAN:
        return send_boolean(at, value, checked);
    case SCTL_PARAM_SEQUENCE:
        number = read_sequence(value);
        if (number == 0)
            return SCTL_FAULT_SEQUENCE;
        write_integer(&checked->made, number);
        send_made(checked, at, 0, from);
        return SCTL_FINE;
    case SCTL_PARAM_STREAM_ID:
        fault = check_id(value, prefix);
        if (fault == SCTL_FINE)
            send_id(checked, at, 0, value->text, prefix);
        return fault;
    case SCTL_PARAM_TIME:
        return send_time(param, at, value, checked);
    case SCTL_PARAM_STREAM_IDS:
        return send_ids(row, at, value, prefix, checked, item);
    case SCTL_PARAM_JSON_LIST:
        return send_json(row, at, value, checked, item);
    default:
        fault = check_plain(param, value);
        if (fault == SCTL_FINE)
            send_source(checked, at, 0, value->text);
        return fault;
    }
}

static bool is_after(const struct sctl_value *value, struct sctl_str than)
{
    char made[SCTL_TIME_TEXT];
    struct sctl_str text;
    return time_of(value, made, &text) && sctl_str_compare(text, than) > 0;
}

/* The text of a rule: "true" and "false" stand for booleans, numbers are as they are sent. */
static bool says(const struct sctl_value *value, struct sctl_str text)
{
    char made[SCTL_NUMBER_TEXT];
    struct sctl_str number = {made, 0};
    if (value->kind == SCTL_VALUE_BOOLEAN)
        return sctl_str_same(text,
                             value->number != 0 ? SCTL_STR("true") : SCTL_STR("false"));
    if (value->kind != SCTL_VALUE_NUMBER)
        return value->kind == SCTL_VALUE_TEXT && sctl_str_same(value->text, text);
    number.len = sctl_encode_number(made, value->number);
    return sctl_str_same(number, text);
}

static bool says_something(const struct sctl_value *value)
{
    return value->kind != SCTL_VALUE_ABSENT &&
           (value->kind != SCTL_VALUE_TEXT || value->text.len > 0);
}

static bool is_single(const struct sctl_param *param, const struct sctl_value *value,
                      struct sctl_buf *made)
{
    if (param->type == SCTL_PARAM_JSON_LIST && value->kind == SCTL_VALUE_TEXT)
        return count_json(value->text, made) == 1;
    return value->item_count == 1;
}

static bool is_kept(const struct sctl_row *row, const struct sctl_rule *rule,
                    const struct sctl_value *values, struct sctl_buf *made)
{
    const struct sctl_value *value = &values[rule->param], *other = &values[rule->other];
    bool given = value->kind != SCTL_VALUE_ABSENT;
    bool applies = says(other, rule->value);
    char text[SCTL_TIME_TEXT];
    struct sctl_str than = {text, sizeof text};
    switch (rule->kind) {
    case SCTL_RULE_LATER:
        return !given || other->kind == SCTL_VALUE_ABSENT ||
               !time_of(other, text, &than) || is_after(value, than);
    case SCTL_RULE_FUTURE:
        return !given || !sctl_time_text(text, sctl_wall()) || is_after(value, than);
    case SCTL_RULE_REQUIRED_IF:
        return !applies || says_something(value);
    case SCTL_RULE_ANY_OF:
        return says_something(value) || says_something(other);
    default:
        return !applies || !given || is_single(&row->params[rule->param], value, made);
    }
}

enum sctl_status sctl_row_check(const struct sctl_row *row,
                                const struct sctl_value *values,
                                struct sctl_checked *checked,
                                struct sctl_verdict *verdict, struct sctl_err *err)
{
    enum sctl_status status = make_room(row, values, checked, err);
    size_t i;
    *verdict = (struct sctl_verdict){SCTL_FINE, 0, 0, 0};
    if (status != SCTL_OK)
        return status;
    for (i = 0; i < row->param_count; i++) {
        verdict->param = i;
        if (values[i].kind != SCTL_VALUE_ABSENT)
            verdict->fault = check_param(row, i, &values[i], checked, &verdict->item);
        else if (row->params[i].required)
            verdict->fault = SCTL_FAULT_MISSING;
        if (verdict->fault != SCTL_FINE)
            return SCTL_OK;
    }
    for (i = 0; i < row->rule_count; i++) {
        if (!is_kept(row, &row->rules[i], values, &checked->made)) {
            verdict->fault = SCTL_FAULT_RULE;
            verdict->param = row->rules[i].param;
            verdict->rule = i;
            return SCTL_OK;
        }
    }
    return SCTL_OK;
}
