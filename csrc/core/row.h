/* What the parameters of one operation have to be, and the check of them.
 *
 * The check finds what is wrong; what to say about it is up to the caller.
 */
#ifndef SCTL_ROW_H
#define SCTL_ROW_H

#include "pair.h"
#include "value.h"

SCTL_HIDDEN_BEGIN

#define SCTL_MAX_ROW 32u /* parameters, and rules, of one operation */

/* clang-format off */
#define SCTL_PARAM_TYPES(entry) \
    entry(SCTL_PARAM_TEXT, "text") \
    entry(SCTL_PARAM_INTEGER, "integer") \
    entry(SCTL_PARAM_TIME, "time")             /* see sctl_time_valid; or Unix seconds */ \
    entry(SCTL_PARAM_JSON_LIST, "json_list")   /* of texts; sent, or given, as one JSON text */ \
    entry(SCTL_PARAM_STREAM_ID, "stream_id") \
    entry(SCTL_PARAM_STREAM_IDS, "stream_ids") /* a list, sent as a pair each */ \
    entry(SCTL_PARAM_SEQUENCE, "sequence") \
    entry(SCTL_PARAM_NUMBER, "number")         /* finite */ \
    entry(SCTL_PARAM_BOOLEAN, "boolean")
/* clang-format on */

enum sctl_param_type { SCTL_PARAM_TYPES(SCTL_SYMBOL) };

struct sctl_param {
    enum sctl_param_type type;
    bool required;
    bool prefixed;          /* stream ids take the prefix of the test environment */
    bool word;              /* texts: A-Z a-z 0-9 - _ only */
    bool lines;             /* texts may hold line breaks and tabs */
    double above, min, max; /* numbers; infinite for none */
    size_t max_length;      /* texts: characters; SIZE_MAX for none */
    size_t max_bytes;       /* texts */
    size_t min_items;       /* lists; no list may be empty */
    size_t max_items;
    struct sctl_str *allowed; /* texts, and numbers as they are sent; NULL for any */
    size_t allowed_count;
};

struct sctl_rule {
    enum sctl_rule_kind kind;
    size_t param, other; /* indexes */
    struct sctl_str value;
};

/* Borrows everything; params in the order in which they are sent. */
struct sctl_row {
    const struct sctl_param *params;
    size_t param_count;
    const struct sctl_rule *rules;
    size_t rule_count;
    struct sctl_str prefix; /* of the test environment; empty for none */
};

enum sctl_value_kind {
    SCTL_VALUE_ABSENT,
    SCTL_VALUE_TEXT,
    SCTL_VALUE_NUMBER,
    SCTL_VALUE_BOOLEAN, /* `number`: 0 or 1 */
    SCTL_VALUE_LIST,
    SCTL_VALUE_OTHER,
};

struct sctl_value {
    enum sctl_value_kind kind;
    struct sctl_str text;
    double number;
    const struct sctl_value *items; /* or NULL, if more than the row allows */
    size_t item_count;
    bool gaps; /* the list has names or gaps */
};

struct sctl_verdict {
    enum sctl_fault fault;
    size_t param; /* index of the one at fault */
    size_t item;  /* which of its items, from 1; 0: none in particular */
    size_t rule;  /* index of the broken rule */
};

/* One thing to send. `source`: the value's own text, or that of item `item` (from 1), was taken
 * as it is. */
struct sctl_sent {
    size_t param, item;
    bool source;
    struct sctl_str text;
};

/* Scratch of sctl_row_check: init once, reuse often, clear at the end. */
struct sctl_checked {
    struct sctl_sent *sent;
    size_t count, size;
    struct sctl_buf made; /* texts that are no value's own */
};

void sctl_checked_init(struct sctl_checked *checked);
void sctl_checked_clear(struct sctl_checked *checked);

/* Checks `values`, one for each param, and fills `checked` with what to send in the row's order;
 * its texts stay valid as long as the values' do and `checked` is not used again. The first fault
 * in that order is in `verdict`; the status is about memory only. */
enum sctl_status sctl_row_check(const struct sctl_row *row,
                                const struct sctl_value *values,
                                struct sctl_checked *checked,
                                struct sctl_verdict *verdict,
                                struct sctl_err *err) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
