/* Faults of a walk, with their paths, and names of pairs. */
#include "operation.h"

static const char *const FAULTS[] = {SCTL_FAULTS(SCTL_NAME)};

/* ---- faults ---- */

static void write_path(struct sctl_buf *path, const struct lsctl_step *step, bool dotted)
{
    if (step == NULL)
        return;
    write_path(path, step->outer, dotted);
    if (step->item > 0) {
        sctl_buf_add_str(path, dotted ? SCTL_STR(".") : SCTL_STR(" item "));
        sctl_buf_add_uint(path, step->item);
        return;
    }
    if (step->outer != NULL)
        sctl_buf_add_char(path, dotted || step->outer->item == 0 ? '.' : ' ');
    sctl_buf_add_str(path, step->name);
}

bool lsctl_walk_fault_in(struct lsctl_walk *walk, const char *found, const struct lsctl_step *step,
                         int value, enum lsctl_form form)
{
    SCTL_ASSERT(found != NULL);
    const struct sctl_buf *name = &walk->scratch->name;
    struct sctl_buf *path = &walk->scratch->path;
    walk->found = found;
    walk->value = value;
    sctl_buf_reset(path);
    if (form != LSCTL_AS_PAIRS)
        write_path(path, step, form == LSCTL_AS_JSON);
    else
        sctl_buf_add_str(path, name->len > 0 ? sctl_buf_str(name) : walk->wire);
    return false;
}

bool lsctl_walk_fault(struct lsctl_walk *walk, const char *found, const struct lsctl_step *step,
                      int value)
{
    return lsctl_walk_fault_in(walk, found, step, value, LSCTL_AS_TEXT);
}

bool lsctl_walk_found(struct lsctl_walk *walk, const struct lsctl_place *place,
                      enum sctl_fault found, int value)
{
    SCTL_ASSERT(found != SCTL_FINE);
    walk->spec = place->field->spec;
    return lsctl_walk_fault(walk, FAULTS[found], &place->step, value);
}

bool lsctl_walk_has_memory(struct lsctl_walk *walk)
{
    if (walk->scratch->out.status == SCTL_OK && walk->scratch->name.status == SCTL_OK)
        return true;
    walk->found = "memory";
    walk->value = walk->spec = walk->rule = 0;
    return false;
}

/* ---- pairs ---- */

struct lsctl_text lsctl_walk_made(const struct lsctl_walk *walk, size_t from)
{
    size_t len = walk->scratch->out.len;
    return (struct lsctl_text){from, len > from ? len - from : 0};
}

/* Room for one more pair. */
static bool walk_grow(struct lsctl_walk *walk)
{
    struct lsctl_scratch *scratch = walk->scratch;
    size_t size = scratch->sent_size > 0 ? 2 * scratch->sent_size : 32;
    struct lsctl_sent *sent = NULL;
    if (scratch->sent_count <= SCTL_MAX_PAIRS)
        sent = sctl_realloc(scratch->sent, size * sizeof *sent);
    if (sent == NULL)
        return lsctl_walk_fault(walk, "memory", NULL, 0);
    scratch->sent = sent;
    scratch->sent_size = size;
    return true;
}

bool lsctl_walk_send(struct lsctl_walk *walk, size_t from)
{
    struct lsctl_scratch *scratch = walk->scratch;
    struct lsctl_text value = lsctl_walk_made(walk, from);
    if (scratch->sent_count == scratch->sent_size && !walk_grow(walk))
        return false;
    from = scratch->out.len;
    sctl_buf_add_str(&scratch->out,
                     scratch->name.len > 0 ? sctl_buf_str(&scratch->name) : walk->wire);
    scratch->sent[scratch->sent_count++] = (struct lsctl_sent){
        lsctl_walk_made(walk, from), value, walk->in_form, walk->wire.data == walk->resource};
    return true;
}

/* ---- names of flattened values ---- */

/* The name so far, which is at least the parameter's own. Its length before. */
static size_t begin_name(struct lsctl_walk *walk)
{
    struct sctl_buf *name = &walk->scratch->name;
    size_t before = name->len;
    if (before == 0)
        sctl_buf_add_str(name, walk->wire);
    return before;
}

size_t lsctl_name_field(struct lsctl_walk *walk, struct sctl_str key)
{
    size_t before = begin_name(walk);
    sctl_buf_add_char(&walk->scratch->name, '.');
    sctl_buf_add_str(&walk->scratch->name, key);
    return before;
}

size_t lsctl_name_item(struct lsctl_walk *walk, size_t item, bool is_table)
{
    struct sctl_buf *name = &walk->scratch->name;
    size_t before = begin_name(walk);
    if (walk->from_zero && !is_table && name->len > 0 &&
        memchr(name->data, '.', name->len) == NULL) {
        if (name->len < 2 || memcmp(name->data + name->len - 2, "[]", 2) != 0)
            sctl_buf_add_lit(name, "[]");
        return before;
    }
    sctl_buf_add_char(name, '.');
    sctl_buf_add_uint(name, walk->from_zero ? item - 1 : item);
    return before;
}
