/* The check of parameters, with rows and values of any kind: what is accepted keeps every limit.
 *
 * Fields: the prefix; the rules, three bytes each (kind, parameter, other) and their value in the
 * next field; then each parameter in two fields. The first: a digit for the type, then r
 * (required), p (prefixed), w (word), t (lines), e (one of "on", "off", "5"), l and a digit (that
 * many characters or items), b and a digit (that many bytes at most, that many items at least), m
 * and a digit (minimum), x and a digit (maximum). The second, its value: t and a text, n and a
 * number, b and t or f, l and a list with commas, g the same with gaps, - for none, anything else
 * for another kind.
 */
#include "fuzz.h"

#include <math.h>

#include "clock.h"
#include "encode.h"
#include "row.h"

#define MAX_ITEMS 50u

struct row {
    struct sctl_row row;
    struct sctl_param params[SCTL_MAX_ROW];
    struct sctl_rule rules[SCTL_MAX_ROW];
    struct sctl_value values[SCTL_MAX_ROW];
    struct sctl_value items[SCTL_MAX_ROW][MAX_ITEMS];
};

static struct sctl_str ALLOWED[] = {SCTL_STR("on"), SCTL_STR("off"), SCTL_STR("5")};

static void read_param(struct sctl_str text, struct sctl_param *param)
{
    size_t i;
    param->type = (enum sctl_param_type)(
        text.len > 0 ? (unsigned char)(text.data[0] - '0') % 9u : 0);
    param->above = param->min = -INFINITY;
    param->max = INFINITY;
    param->max_length = param->max_bytes = param->max_items = SIZE_MAX;
    for (i = 1; i < text.len; i++) {
        size_t digit = i + 1 < text.len ? (unsigned char)(text.data[i + 1] - '0') % 10u
                                        : 0;
        switch (text.data[i]) {
        case 'r':
            param->required = true;
            break;
        case 'p':
            param->prefixed = true;
            break;
        case 'w':
            param->word = true;
            break;
        case 't':
            param->lines = true;
            break;
        case 'e':
            param->allowed = ALLOWED;
            param->allowed_count = 3;
            break;
        case 'l':
            param->max_length = param->max_items = digit;
            break;
        case 'b':
            param->max_bytes = param->min_items = digit;
            break;
        case 'm':
            param->min = (double)digit;
            param->above = (double)digit - 1;
            break;
        case 'x':
            param->max = (double)digit;
            break;
        default:
            break;
        }
    }
}

static void read_items(struct sctl_str text, struct sctl_value *value,
                       struct sctl_value *items)
{
    value->items = items;
    while (value->item_count < MAX_ITEMS) {
        const char *comma = memchr(text.data, ',', text.len);
        size_t len = comma != NULL ? (size_t)(comma - text.data) : text.len;
        items[value->item_count].kind = SCTL_VALUE_TEXT;
        items[value->item_count].text = (struct sctl_str){text.data, len};
        if (len == 1 && text.data[0] == '?')
            items[value->item_count].kind = SCTL_VALUE_OTHER;
        value->item_count++;
        if (comma == NULL)
            break;
        text.data += len + 1;
        text.len -= len + 1;
    }
}

static void read_value(struct sctl_str text, struct sctl_value *value,
                       struct sctl_value *items)
{
    char kind = text.len > 0 ? text.data[0] : '-', number[64];
    struct sctl_str rest = {text.data + (text.len > 0), text.len - (text.len > 0)};
    size_t len = rest.len < sizeof number - 1 ? rest.len : sizeof number - 1;
    value->kind = SCTL_VALUE_OTHER;
    if (kind == '-') {
        value->kind = SCTL_VALUE_ABSENT;
    } else if (kind == 't') {
        value->kind = SCTL_VALUE_TEXT;
        value->text = rest;
    } else if (kind == 'n') {
        memcpy(number, rest.data, len);
        number[len] = '\0';
        value->kind = SCTL_VALUE_NUMBER;
        value->number = strtod(number, NULL);
    } else if (kind == 'b') {
        value->kind = SCTL_VALUE_BOOLEAN;
        value->number = rest.len > 0 && rest.data[0] == 't';
    } else if (kind == 'l' || kind == 'g') {
        value->kind = SCTL_VALUE_LIST;
        value->gaps = kind == 'g';
        if (rest.len > 0)
            read_items(rest, value, items);
    }
}

static void read_row(struct input *input, struct row *self)
{
    struct sctl_str rules, value;
    size_t i;
    memset(self, 0, sizeof *self);
    self->row.params = self->params;
    self->row.rules = self->rules;
    self->row.prefix = next_field(input);
    rules = next_field(input);
    value = next_field(input);
    while (input_more(input) && self->row.param_count < SCTL_MAX_ROW) {
        size_t at = self->row.param_count++;
        read_param(next_field(input), &self->params[at]);
        read_value(next_field(input), &self->values[at], self->items[at]);
        if (self->values[at].item_count > self->params[at].max_items)
            self->values[at].items = NULL; /* as the binding does */
    }
    for (i = 0; i + 2 < rules.len && self->row.param_count > 0 && i < 3 * SCTL_MAX_ROW;
         i += 3) {
        struct sctl_rule *rule = &self->rules[self->row.rule_count++];
        rule->kind = (enum sctl_rule_kind)((unsigned char)rules.data[i] % 5u);
        rule->param = (unsigned char)rules.data[i + 1] % self->row.param_count;
        rule->other = (unsigned char)rules.data[i + 2] % self->row.param_count;
        rule->value = value;
    }
}

/* ---- what was accepted ---- */

static bool is_plain_word(struct sctl_str text)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        if (!is_unreserved(text.data[i]) || text.data[i] == '.' || text.data[i] == '~')
            return false;
    }
    return true;
}

static size_t characters(struct sctl_str text)
{
    size_t i, count = 0;
    for (i = 0; i < text.len; i++)
        count += (text.data[i] & 0xc0) != 0x80;
    return count;
}

static double number_of(struct sctl_str text)
{
    char space[32];
    MUST(text.len > 0 && text.len < sizeof space);
    memcpy(space, text.data, text.len);
    space[text.len] = '\0';
    MUST(strspn(space + (space[0] == '-'), "0123456789") == text.len - (space[0] == '-'));
    return strtod(space, NULL);
}

static void check_id(const struct row *self, const struct sctl_param *param,
                     struct sctl_str given, struct sctl_str sent)
{
    struct sctl_str prefix = self->row.prefix, rest = sent;
    MUST(sent.len >= 1 && sent.len <= 256);
    MUST(is_plain_word(given));
    if (same_text(given, sent)) {
        MUST(!param->prefixed ||
             (sent.len >= prefix.len && memcmp(sent.data, prefix.data, prefix.len) == 0));
        return;
    }
    MUST(param->prefixed && sent.len > prefix.len);
    rest.data += prefix.len;
    rest.len -= prefix.len;
    MUST(memcmp(sent.data, prefix.data, prefix.len) == 0 && same_text(rest, given));
}

/* Reads ["...","..."] back. */
static void check_json(const struct sctl_value *value, struct sctl_str sent)
{
    size_t i, j, at = 1;
    MUST(sent.len >= 4 && sent.data[0] == '[' && sent.data[sent.len - 1] == ']');
    for (i = 0; i < value->item_count; i++) {
        struct sctl_str item = value->items[i].text;
        MUST(item.len > 0 && (i == 0 || sent.data[at++] == ','));
        MUST(sent.data[at++] == '"');
        for (j = 0; j < item.len; j++) {
            if (item.data[j] == '"' || item.data[j] == '\\')
                MUST(sent.data[at++] == '\\');
            MUST(sent.data[at++] == item.data[j]);
        }
        MUST(sent.data[at++] == '"');
    }
    MUST(at == sent.len - 1);
}

/* A list that came as JSON: brackets, commas and white space around as many strings as it may have,
 * none of them empty. */
static void check_json_text(const struct sctl_param *param, struct sctl_str text)
{
    size_t i, from = 0, strings = 0;
    bool inside = false;
    for (i = 0; i < text.len; i++) {
        struct sctl_str one = {text.data + i, 1};
        if (!inside) {
            MUST(memchr("[], \t\r\n\"", text.data[i], 8) != NULL);
            inside = text.data[i] == '"';
            from = i + 1;
        } else if (text.data[i] == '"') {
            MUST(i > from);
            inside = false;
            strings++;
        } else {
            MUST(!plain_control(one));
            if (text.data[i] == '\\')
                MUST(++i < text.len && memchr("\"\\/u", text.data[i], 4) != NULL);
        }
    }
    MUST(!inside && strings >= 1 && strings <= param->max_items);
    MUST(strings >= param->min_items);
}

static bool is_one(const struct sctl_param *param, struct sctl_str text)
{
    return param->allowed == NULL || same_text(text, ALLOWED[0]) ||
           same_text(text, ALLOWED[1]) || same_text(text, ALLOWED[2]);
}

/* The number in other words, which need not be those of integers. */
static void check_number(const struct sctl_param *param, const struct sctl_value *value,
                         struct sctl_str text)
{
    char space[SCTL_NUMBER_TEXT + 1] = {0};
    MUST(text.len > 0 && text.len < SCTL_NUMBER_TEXT && isfinite(value->number));
    memcpy(space, text.data, text.len);
    MUST(strspn(space, "0123456789.e+-") == text.len &&
         strtod(space, NULL) == value->number);
    MUST(value->number > param->above && is_one(param, text));
    MUST(value->number >= param->min && value->number <= param->max);
}

/* No control character, but for those of lines where they are allowed. */
static bool is_plain(struct sctl_str text, bool lines)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        struct sctl_str one = {text.data + i, 1};
        bool breaks = memchr("\t\n\r", text.data[i], 3) != NULL;
        if (plain_control(one) && !(lines && breaks))
            return false;
    }
    return true;
}

static void check_sent(const struct row *self, const struct sctl_sent *sent)
{
    const struct sctl_param *param = &self->params[sent->param];
    const struct sctl_value *value = &self->values[sent->param];
    const struct sctl_str *own = sent->item > 0 ? &value->items[sent->item - 1].text
                                                : &value->text;
    struct sctl_str text = sent->text;
    double number;
    MUST(value->kind != SCTL_VALUE_ABSENT && value->kind != SCTL_VALUE_OTHER);
    if (sent->source)
        MUST(text.data == own->data && text.len == own->len);
    if (param->type == SCTL_PARAM_JSON_LIST && value->kind == SCTL_VALUE_TEXT)
        check_json_text(param, text);
    else if (param->type != SCTL_PARAM_STREAM_ID && param->type != SCTL_PARAM_STREAM_IDS)
        MUST(is_plain(text, param->lines && param->type == SCTL_PARAM_TEXT));
    switch (param->type) {
    case SCTL_PARAM_INTEGER:
        number = number_of(text);
        MUST(number == value->number && number > param->above);
        MUST(number >= param->min && number <= param->max && fabs(number) <= 0x1p53);
        MUST(is_one(param, text));
        break;
    case SCTL_PARAM_NUMBER:
        check_number(param, value, text);
        break;
    case SCTL_PARAM_BOOLEAN:
        MUST(value->kind == SCTL_VALUE_BOOLEAN);
        MUST(same_text(text, value->number != 0 ? SCTL_STR("true") : SCTL_STR("false")));
        break;
    case SCTL_PARAM_SEQUENCE:
        number = number_of(text);
        MUST(number >= 1 && number < 0x1p53 && text.data[0] != '0');
        break;
    case SCTL_PARAM_STREAM_ID:
    case SCTL_PARAM_STREAM_IDS:
        check_id(self, param, *own, text);
        break;
    case SCTL_PARAM_JSON_LIST:
        MUST(sent->source == (value->kind == SCTL_VALUE_TEXT));
        if (sent->source)
            break;
        MUST(value->item_count >= 1 && value->item_count <= param->max_items);
        MUST(value->item_count >= param->min_items);
        check_json(value, text);
        break;
    case SCTL_PARAM_TIME:
        MUST(sctl_time_valid(text));
        MUST(sent->source == (value->kind == SCTL_VALUE_TEXT));
        break;
    default:
        MUST(sent->source && (!param->required || text.len > 0));
        MUST(characters(text) <= param->max_length && text.len <= param->max_bytes);
        MUST(!param->word || is_plain_word(text));
        MUST(is_one(param, text));
    }
}

static void check_accepted(const struct row *self, const struct sctl_checked *checked)
{
    size_t i, at = 0;
    for (i = 0; i < self->row.param_count; i++) {
        const struct sctl_value *value = &self->values[i];
        size_t item, count = self->params[i].type == SCTL_PARAM_STREAM_IDS
                                 ? value->item_count
                                 : value->kind != SCTL_VALUE_ABSENT;
        MUST(value->kind != SCTL_VALUE_ABSENT || !self->params[i].required);
        for (item = 1; item <= count; item++, at++) {
            MUST(at < checked->count && checked->sent[at].param == i);
            MUST(checked->sent[at].item ==
                 (self->params[i].type == SCTL_PARAM_STREAM_IDS ? item : 0));
            check_sent(self, &checked->sent[at]);
        }
    }
    MUST(at == checked->count);
}

static double fixed_wall(void *context)
{
    (void)context;
    return 1767323045; /* 2026-01-02T03:04:05Z */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct sctl_clock CLOCK = {.wall = fixed_wall, .monotonic = fixed_wall};
    struct input input = input_of(data, size);
    struct row *self = malloc(sizeof *self);
    struct sctl_checked checked;
    struct sctl_verdict verdict, again;
    struct sctl_err err;
    MUST(self != NULL);
    sctl_clock_use(&CLOCK);
    read_row(&input, self);
    sctl_checked_init(&checked);
    MUST(sctl_row_check(&self->row, self->values, &checked, &verdict, &err) == SCTL_OK);
    MUST(sctl_row_check(&self->row, self->values, &checked, &again, &err) == SCTL_OK);
    MUST(again.fault == verdict.fault && again.param == verdict.param);
    if (verdict.fault == SCTL_FINE) {
        check_accepted(self, &checked);
    } else {
        MUST(verdict.fault <= SCTL_FAULT_RULE && verdict.param < self->row.param_count);
        MUST(verdict.item <= self->values[verdict.param].item_count);
        MUST(verdict.fault != SCTL_FAULT_RULE || verdict.rule < self->row.rule_count);
        MUST(verdict.fault == SCTL_FAULT_MISSING || verdict.fault == SCTL_FAULT_RULE ||
             self->values[verdict.param].kind != SCTL_VALUE_ABSENT);
    }
    sctl_checked_clear(&checked);
    free(self);
    input_clear(&input);
    MUST(live_blocks == 0);
    return 0;
}
