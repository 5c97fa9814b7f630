#include "buf.h"

#define FIRST_SIZE 256u

static void free_memory(struct sctl_buf *buf)
{
    if (buf->data != NULL && buf->wipe)
        sctl_wipe(buf->data, buf->size);
    sctl_free(buf->data);
    buf->data = NULL;
    buf->len = 0;
    buf->size = 0;
}

void sctl_buf_init(struct sctl_buf *buf, size_t cap, bool wipe)
{
    memset(buf, 0, sizeof *buf);
    buf->cap = cap;
    buf->wipe = wipe;
}

void sctl_buf_hold(struct sctl_buf *buf, struct sctl_str text, size_t cap, bool wipe)
{
    sctl_buf_init(buf, text.len < cap ? text.len : cap, wipe);
    sctl_buf_add_str(buf, text);
}

void sctl_buf_clear(struct sctl_buf *buf)
{
    free_memory(buf);
    buf->status = SCTL_OK;
}

void sctl_buf_reset(struct sctl_buf *buf)
{
    SCTL_ASSERT(buf->len <= buf->size && buf->size <= buf->cap);
    if (buf->data != NULL && buf->wipe)
        sctl_wipe(buf->data, buf->len);
    buf->len = 0;
    buf->status = SCTL_OK;
}

char *sctl_buf_fail(struct sctl_buf *buf, enum sctl_status status)
{
    SCTL_ASSERT(status != SCTL_OK);
    free_memory(buf);
    buf->status = status;
    return NULL;
}

char *sctl_buf_reserve(struct sctl_buf *buf, size_t extra)
{
    SCTL_ASSERT(extra > 0);
    SCTL_ASSERT(buf->len <= buf->size && buf->size <= buf->cap);
    size_t size = buf->size;
    if (buf->status != SCTL_OK)
        return NULL;
    if (extra > buf->cap - buf->len)
        return sctl_buf_fail(buf, SCTL_E_TOO_LARGE);
    if (extra <= size - buf->len)
        return buf->data + buf->len;
    if (size == 0)
        size = buf->cap < FIRST_SIZE ? buf->cap : FIRST_SIZE;
    while (size - buf->len < extra)
        size = size < buf->cap / 2 ? 2 * size : buf->cap;
    char *data = sctl_realloc(NULL, size); /* of what is there it would leave an unwiped copy */
    if (data == NULL)
        return sctl_buf_fail(buf, SCTL_E_MEMORY);
    size_t len = buf->len;
    if (len > 0)
        memcpy(data, buf->data, len);
    free_memory(buf);
    buf->data = data;
    buf->len = len;
    buf->size = size;
    return data + len;
}

struct sctl_str sctl_uint_text(uint64_t number, char space[SCTL_UINT_TEXT])
{
    size_t at = SCTL_UINT_TEXT;
    do {
        space[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return (struct sctl_str){space + at, SCTL_UINT_TEXT - at};
}

void sctl_buf_add_uint(struct sctl_buf *buf, uint64_t number)
{
    char digits[SCTL_UINT_TEXT];
    sctl_buf_add_str(buf, sctl_uint_text(number, digits));
}

enum sctl_status sctl_buf_ok(const struct sctl_buf *buf, const char *name, struct sctl_err *err)
{
    SCTL_ASSERT(buf->len <= buf->size && buf->size <= buf->cap);
    switch (buf->status) {
    case SCTL_OK:
        return SCTL_OK;
    case SCTL_E_TOO_LARGE:
        return sctl_fail(err, SCTL_E_TOO_LARGE, 0, "%s is larger than %zu bytes", name, buf->cap);
    default:
        return sctl_fail(err, SCTL_E_MEMORY, 0, "no memory for %s", name);
    }
}
