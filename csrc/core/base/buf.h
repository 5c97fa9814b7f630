/* A growing byte buffer with a cap. There is no buffer without one.
 *
 * A failed append leaves the buffer cleared and "stuck": every later append fails too, so a builder
 * may append freely and check once, with sctl_buf_ok, at the end. */
#pragma once

#include "sctl.h"

SCTL_HIDDEN_BEGIN

struct sctl_buf {
    char *data; /* NULL while empty; not NUL-terminated */
    size_t len;
    size_t size; /* allocated */
    size_t cap;  /* `len` never exceeds it */
    bool wipe;   /* overwrite memory before it is released */
    enum sctl_status status;
};

/* An empty buffer of at most `cap` bytes. `wipe` is for secrets. Allocates nothing. */
void sctl_buf_init(struct sctl_buf *buf, size_t cap, bool wipe);

/* A buffer with a copy of `text`, which is at most `cap` bytes, and with no room for more. */
void sctl_buf_hold(struct sctl_buf *buf, struct sctl_str text, size_t cap, bool wipe);

/* Releases the memory; the buffer is empty and usable again. Twice is fine. */
void sctl_buf_clear(struct sctl_buf *buf);

/* Empties the buffer but keeps its memory for the next use. */
void sctl_buf_reset(struct sctl_buf *buf);

/* Makes it stuck because of `status`, as a failed append does. Returns NULL. */
char *sctl_buf_fail(struct sctl_buf *buf, enum sctl_status status);

/* Room for `extra` more bytes, at least 1; returns where to write, or NULL. The bytes count once
 * the caller has added their number to `len`. */
char *sctl_buf_reserve(struct sctl_buf *buf, size_t extra);

/* The same without a call where there is room; a stuck buffer has none. */
static inline char *sctl_buf_room(struct sctl_buf *buf, size_t extra)
{
    return extra <= buf->size - buf->len ? buf->data + buf->len : sctl_buf_reserve(buf, extra);
}

static inline void sctl_buf_add(struct sctl_buf *buf, const void *data, size_t len)
{
    char *room = len > 0 ? sctl_buf_room(buf, len) : NULL;
    if (room == NULL)
        return;
    memcpy(room, data, len);
    buf->len += len;
}

static inline void sctl_buf_add_str(struct sctl_buf *buf, struct sctl_str text)
{
    sctl_buf_add(buf, text.data, text.len);
}

static inline void sctl_buf_add_char(struct sctl_buf *buf, char c)
{
    sctl_buf_add(buf, &c, 1);
}

/* Takes back what was appended behind the first `len` bytes. A stuck buffer stays empty. */
static inline void sctl_buf_cut(struct sctl_buf *buf, size_t len)
{
    SCTL_ASSERT(buf->status != SCTL_OK || len <= buf->len);
    if (buf->status == SCTL_OK)
        buf->len = len;
}

void sctl_buf_add_uint(struct sctl_buf *buf, uint64_t number);

#define SCTL_UINT_TEXT 20u /* digits of the largest number */

/* The digits of a number, at the end of `space`. */
struct sctl_str sctl_uint_text(uint64_t number, char space[SCTL_UINT_TEXT]);

/* Appends a string literal. */
#define sctl_buf_add_lit(buf, literal) sctl_buf_add((buf), (literal), sizeof(literal) - 1)

/* SCTL_OK, or why an append failed (SCTL_E_MEMORY, SCTL_E_TOO_LARGE); `name` names the text in the
 * message. */
enum sctl_status sctl_buf_ok(const struct sctl_buf *buf, const char *name,
                             struct sctl_err *err) SCTL_MUST_CHECK;

static inline struct sctl_str sctl_buf_str(const struct sctl_buf *buf)
{
    return (struct sctl_str){buf->data != NULL ? buf->data : "", buf->len};
}

/* Overwrites secrets before their memory is released, as a buffer with `wipe` does by itself: the
 * block of a request, the key of an HMAC, random bytes, the URL of a proxy, what TLS was read into.
 * The compiler may not drop that, since the memory seems to be read after it. */
static inline void sctl_wipe(void *data, size_t len)
{
    if (len > 0)
        memset(data, 0, len);
    __asm__ __volatile__("" : : "r"(data) : "memory");
}
SCTL_HIDDEN_END
