/* Reads a JSON array of strings (RFC 8259), one after the other. */
#ifndef SCTL_JSON_LIST_H
#define SCTL_JSON_LIST_H

#include "buf.h"

SCTL_HIDDEN_BEGIN

enum sctl_json_next {
    SCTL_JSON_ITEM,
    SCTL_JSON_END, /* of the array, and nothing is behind it */
    SCTL_JSON_BAD, /* it is no such array */
};

/* Begin with { text, false }. `rest` is what was not read yet. */
struct sctl_json_list {
    struct sctl_str rest;
    bool opened;
};

/* The next string in `item`: its bytes in the text itself, or, when it has escapes, what they stand
 * for, appended to `made`; that is never more than the text has. Bytes from 0x80 on are taken as
 * they are, and so are control characters, which JSON wants escaped: who may not send them has to
 * look at the item in any case. After anything but an item, do not ask again. */
enum sctl_json_next sctl_json_list_next(struct sctl_json_list *list,
                                        struct sctl_buf *made, struct sctl_str *item);

SCTL_HIDDEN_END

#endif
