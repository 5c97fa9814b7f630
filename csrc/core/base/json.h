/* Reads JSON text step by step. It holds to the grammar, with three liberties that lua-cjson takes
 * and vendors may need: texts may hold control characters (but NUL) and bytes that are not UTF-8,
 * and a number may begin or end with its point ("-.5", "1."). */
#pragma once

#include "sctl.h"
SCTL_HIDDEN_BEGIN

#define SCTL_JSON_DEPTH 200u /* how deep lists and objects may stand in each other */

enum sctl_json_step {
    SCTL_JSON_FAULT,  /* it is not JSON */
    SCTL_JSON_END,    /* one value was read, and nothing but white space is left */
    SCTL_JSON_OBJECT, /* opens; then come a name and its value, any number of times */
    SCTL_JSON_LIST,   /* opens; then come its values */
    SCTL_JSON_CLOSE,  /* ends the innermost object or list */
    SCTL_JSON_NAME,   /* `text` */
    SCTL_JSON_TEXT,   /* `text`; or the digits of an integer beyond 2^53, which no double holds */
    SCTL_JSON_NUMBER, /* `number` */
    SCTL_JSON_TRUE,
    SCTL_JSON_FALSE,
    SCTL_JSON_NULL,
};

struct sctl_json {
    const char *at, *end;
    enum { SCTL_JSON_VALUE, SCTL_JSON_OPENED, SCTL_JSON_ENDED } state;
    size_t depth;                /* of what is open */
    bool lists[SCTL_JSON_DEPTH]; /* of each that is open: it is a list, not an object */
    struct sctl_str text;        /* of the last step; points into the text that is read */
    bool escaped;                /* `text` holds escapes: see sctl_json_unescape */
    double number;               /* of the last step; infinite beyond the range of a double */
};

/* Begins to read a text of any bytes, which must stay where it is. Nothing is allocated. */
void sctl_json_begin(struct sctl_json *json, struct sctl_str text);

/* The next step. Not to be called again after SCTL_JSON_FAULT or SCTL_JSON_END. */
enum sctl_json_step sctl_json_next(struct sctl_json *json);

/* Writes an `escaped` text of a step as it is meant: at most `text.len` bytes. Returns how many. */
size_t sctl_json_unescape(struct sctl_str text, char *out);
SCTL_HIDDEN_END
