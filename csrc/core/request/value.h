/* What one parameter has to be, and the check of it: a text, a number or a boolean.
 *
 * The check finds what is wrong; what to say about it is up to the caller. */
#pragma once

#include "../base/buf.h"
SCTL_HIDDEN_BEGIN

/* Lists of a symbol and the name by which callers know it. */
/* clang-format off */
#define SCTL_TYPES(entry) \
    entry(SCTL_TEXT, "text") \
    entry(SCTL_INTEGER, "integer")     /* whole, 2^53 at most in size */ \
    entry(SCTL_NUMBER, "number")       /* finite */ \
    entry(SCTL_BOOLEAN, "boolean") \
    entry(SCTL_TIME, "time")           /* see sctl_time_read; or Unix seconds */ \
    entry(SCTL_STREAM_ID, "stream_id") /* a word of 1 to 256 bytes */ \
    entry(SCTL_SEQUENCE, "sequence")   /* from 1 to 2^53 - 1, or its digits */

#define SCTL_RULE_KINDS(entry) \
    entry(SCTL_RULE_LATER, "later")             /* `value` is later than `other`, both given */ \
    entry(SCTL_RULE_FUTURE, "future")           /* now < `value` <= now + `text` seconds */ \
    entry(SCTL_RULE_REQUIRED_IF, "required_if") /* `value` is given if `other` says `text` */ \
    entry(SCTL_RULE_SINGLE_IF, "single_if")     /* `value` has one item if `other` says `text` */ \
    entry(SCTL_RULE_ANY_OF, "any_of")           /* `value` or `other` is given */

/* Faults of lists and rules are found by the walk. */
#define SCTL_FAULTS(entry) \
    entry(SCTL_FINE, "fine") \
    entry(SCTL_FAULT_MISSING, "missing") \
    entry(SCTL_FAULT_NO_TEXT, "no_text") \
    entry(SCTL_FAULT_EMPTY, "empty") \
    entry(SCTL_FAULT_CONTROL, "control") \
    entry(SCTL_FAULT_LONG, "long") \
    entry(SCTL_FAULT_MANY_BYTES, "many_bytes") \
    entry(SCTL_FAULT_NO_WORD, "no_word") \
    entry(SCTL_FAULT_NOT_ALLOWED, "not_allowed") \
    entry(SCTL_FAULT_NO_INTEGER, "no_integer") \
    entry(SCTL_FAULT_NO_NUMBER, "no_number") \
    entry(SCTL_FAULT_NO_BOOLEAN, "no_boolean") \
    entry(SCTL_FAULT_NOT_ABOVE, "not_above") \
    entry(SCTL_FAULT_OUT_OF_RANGE, "out_of_range") \
    entry(SCTL_FAULT_NO_TIME, "no_time") \
    entry(SCTL_FAULT_JSON_TEXT, "json_text") /* no such list, or a fault in it */ \
    entry(SCTL_FAULT_NO_LIST, "no_list") \
    entry(SCTL_FAULT_GAPS, "gaps") \
    entry(SCTL_FAULT_NO_ITEMS, "no_items") \
    entry(SCTL_FAULT_FEW_ITEMS, "few_items") \
    entry(SCTL_FAULT_MANY_ITEMS, "many_items") \
    entry(SCTL_FAULT_STREAM_ID, "stream_id") \
    entry(SCTL_FAULT_PREFIXED_LONG, "prefixed_long") \
    entry(SCTL_FAULT_SEQUENCE, "sequence") \
    entry(SCTL_FAULT_RULE, "rule")
/* clang-format on */

enum sctl_type { SCTL_TYPES(SCTL_SYMBOL) };
enum sctl_rule_kind { SCTL_RULE_KINDS(SCTL_SYMBOL) };
enum sctl_fault { SCTL_FAULTS(SCTL_SYMBOL) };

/* Borrows the texts of an enumeration. */
struct sctl_limits {
    enum sctl_type type;
    bool required;          /* a text is not empty; whether there is one is the caller's to see */
    bool prefixed;          /* a stream id takes the prefix of the test environment */
    bool word;              /* texts: A-Z a-z 0-9 - _ only */
    bool lines;             /* texts may hold line breaks and tabs */
    double above, min, max; /* numbers; infinite for none */
    size_t max_length;      /* texts: characters; SIZE_MAX for none */
    size_t max_bytes;       /* texts */
    const struct sctl_str *allowed; /* texts, and numbers as they are sent; NULL for any */
    size_t allowed_count;
};

enum sctl_scalar_kind {
    SCTL_SCALAR_ABSENT,
    SCTL_SCALAR_TEXT,
    SCTL_SCALAR_NUMBER,  /* infinite when it is an integer beyond 2^53 */
    SCTL_SCALAR_BOOLEAN, /* `number`: 0 or 1 */
    SCTL_SCALAR_OTHER,   /* a list, or something else again */
};

struct sctl_scalar {
    enum sctl_scalar_kind kind;
    struct sctl_str text; /* borrowed */
    double number;
};

/* A type without limits. */
void sctl_limits_init(struct sctl_limits *limits, enum sctl_type type);

/* Checks a value (absent is a fault) and appends what is sent for it, as JSON a number, a boolean
 * or a text in quotes. After a fault `out` is as before. `prefix`: of the test environment, a word;
 * empty for none. */
enum sctl_fault sctl_value_write(const struct sctl_limits *limits, struct sctl_str prefix,
                                 const struct sctl_scalar *value, bool json,
                                 struct sctl_buf *out) SCTL_MUST_CHECK;

/* Whether two values keep a rule. `text`: of the rule; `items`: how many `value` has, where that is
 * a list. Values need not be fine by themselves, but what is said of others means little. */
bool sctl_rule_kept(enum sctl_rule_kind kind, const struct sctl_scalar *value,
                    const struct sctl_scalar *other, struct sctl_str text,
                    size_t items) SCTL_MUST_CHECK;
SCTL_HIDDEN_END
