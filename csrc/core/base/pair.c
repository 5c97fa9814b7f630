#include "pair.h"

enum sctl_status sctl_pairs_reserve(struct sctl_pairs *pairs, size_t count, struct sctl_err *err)
{
    size_t size = pairs->size > 0 ? pairs->size : 32;
    if (count > SCTL_MAX_PAIRS)
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "more than %u parameters", SCTL_MAX_PAIRS);
    if (count <= pairs->size)
        return SCTL_OK;
    while (size < count)
        size *= 2;
    struct sctl_pair *items = sctl_realloc(pairs->items, size * sizeof *items);
    if (items == NULL)
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for parameters");
    pairs->items = items;
    pairs->size = size;
    return SCTL_OK;
}

void sctl_pairs_clear(struct sctl_pairs *pairs)
{
    sctl_free(pairs->items);
    memset(pairs, 0, sizeof *pairs);
}

/* Of eight bytes: not 0 where one is below 0x20 or 0x7f. */
static uint64_t eight_controls(const char *at)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t word, deleted;
    memcpy(&word, at, sizeof word);
    deleted = word ^ 0x7f * each;
    return (((word - 0x20 * each) & ~word) | ((deleted - each) & ~deleted)) & 0x80 * each;
}

bool sctl_has_control(struct sctl_str text)
{
    uint64_t found = text.len >= 8 ? eight_controls(text.data + text.len - 8) : 0;
    size_t i = 0;
    for (; i + 8 < text.len; i += 8)
        found |= eight_controls(text.data + i);
    for (; text.len < 8 && i < text.len; i++)
        found |= (unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f;
    return found != 0;
}

int sctl_str_compare(struct sctl_str a, struct sctl_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_pair(const void *a, const void *b)
{
    const struct sctl_pair *x = a;
    const struct sctl_pair *y = b;
    int order = sctl_str_compare(x->name, y->name);
    return order != 0 ? order : sctl_str_compare(x->value, y->value);
}

#define FEW 32u /* nearly all calls have fewer; what qsort does beside comparing would cost more */

void sctl_pairs_sort(struct sctl_pairs *pairs)
{
    SCTL_ASSERT(pairs->count <= pairs->size);
    struct sctl_pair *items = pairs->items;
    size_t at;
    if (pairs->count > FEW) {
        qsort(items, pairs->count, sizeof *items, compare_pair);
        return;
    }
    for (size_t i = 1; i < pairs->count; i++) {
        struct sctl_pair pair = items[i];
        for (at = i; at > 0 && compare_pair(&items[at - 1], &pair) > 0; at--)
            items[at] = items[at - 1];
        items[at] = pair;
    }
}
