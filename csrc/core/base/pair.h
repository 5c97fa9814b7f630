/* Name and value pairs: the parameters of a call, before anything is signed or encoded. */
#pragma once

#include "buf.h"
SCTL_HIDDEN_BEGIN

struct sctl_pair {
    struct sctl_str name;
    struct sctl_str value;
};

/* A growing array of pairs. The texts are borrowed; the array is owned. Zero is empty. */
struct sctl_pairs {
    struct sctl_pair *items;
    size_t count;
    size_t size;
};

/* Whether it is `word`, in any case. The word has letters in lower case and hyphens alone; the text
 * has no control character. No locale counts, as it would for strcasecmp. */
static inline bool sctl_str_is(struct sctl_str text, const char *word)
{
    size_t i = 0;
    while (i < text.len && (text.data[i] | 0x20) == word[i])
        i++;
    return i == text.len && word[i] == '\0';
}

static inline bool sctl_str_same(struct sctl_str a, struct sctl_str b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static inline bool sctl_str_begins(struct sctl_str text, struct sctl_str with)
{
    return text.len >= with.len && memcmp(text.data, with.data, with.len) == 0;
}

/* True when `text` holds a byte below 0x20 or 0x7f: such text may not enter a header or name. */
bool sctl_has_control(struct sctl_str text) SCTL_MUST_CHECK;

/* Byte order: negative, 0 or positive. */
int sctl_str_compare(struct sctl_str a, struct sctl_str b);

/* Room for `count` pairs in all (at most SCTL_MAX_PAIRS). Existing items are kept. */
enum sctl_status sctl_pairs_reserve(struct sctl_pairs *pairs, size_t count,
                                    struct sctl_err *err) SCTL_MUST_CHECK;
void sctl_pairs_clear(struct sctl_pairs *pairs);

/* Byte order of names, then of values, as both signatures of Alibaba Cloud ask for. */
void sctl_pairs_sort(struct sctl_pairs *pairs);
SCTL_HIDDEN_END
