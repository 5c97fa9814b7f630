#include "reader.h"

#include <ctype.h>

#include "../base/pair.h"

#define FIRST_BODY 1000u /* bytes: most answers fit, and malloc has such blocks at hand */
#define FIRST_HEADERS 1000u

static const char NO_STATUS[] = "the answer has no status line of HTTP/1.1";

void sctl_reader_begin(struct sctl_reader *self, struct sctl_buf *headers, struct sctl_buf *body)
{
    memset(self, 0, sizeof *self);
    self->headers = headers;
    self->body = body;
}

static enum sctl_status refuse_answer(struct sctl_err *err, const char *why)
{
    return sctl_fail(err, SCTL_E_RESPONSE, 0, "%s", why);
}

/* The characters of a header's name: letters, digits and !#$%&'*+-.^_`|~, a bit for each. */
static bool is_name_char(unsigned char c)
{
    static const uint32_t SET[4] = {0, 0x03ff6cfa, 0xc7fffffe, 0x57ffffff};
    return c < 128 && (SET[c / 32] >> c % 32 & 1) != 0;
}

/* Room for most answers, before anything is in it. */
static void make_room(struct sctl_buf *buf, size_t size)
{
    if (buf->size == 0)
        (void)sctl_buf_reserve(buf, buf->cap < size ? buf->cap : size);
}

/* Takes bytes of a line into `headers`; true once it is whole. */
static bool take_line(struct sctl_reader *self, const char **data, size_t *left)
{
    const char *end = memchr(*data, '\n', *left);
    size_t len = end != NULL ? (size_t)(end + 1 - *data) : *left;
    struct sctl_buf *headers = self->headers;
    make_room(headers, FIRST_HEADERS);
    self->head_bytes += len;
    if (self->head_bytes > headers->cap && headers->status == SCTL_OK)
        (void)sctl_buf_fail(headers, SCTL_E_TOO_LARGE);
    sctl_buf_add(headers, *data, len);
    *data += len;
    *left -= len;
    return end != NULL;
}

/* The line that was taken, without its end; NULL text: it is none that HTTP knows. */
static struct sctl_str line_of(const struct sctl_reader *self)
{
    struct sctl_str line = sctl_buf_str(self->headers);
    line.data += self->line;
    line.len -= self->line;
    if (line.len < 2 || line.data[line.len - 2] != '\r')
        return (struct sctl_str){NULL, 0};
    line.len -= 2;
    if (memchr(line.data, '\r', line.len) != NULL || memchr(line.data, '\0', line.len) != NULL)
        return (struct sctl_str){NULL, 0};
    return line;
}

static enum sctl_status read_status(struct sctl_reader *self, struct sctl_str line,
                                    struct sctl_err *err)
{
    const char *at = line.data;
    size_t i = 9;
    /* "HTTP/1.1 200" and a reason, which may be missing with the space before it */
    if (line.len < 12 || memcmp(at, "HTTP/1.", 7) != 0 || (at[7] != '0' && at[7] != '1') ||
        at[8] != ' ' || at[9] == '0' || (line.len > 12 && at[12] != ' '))
        return refuse_answer(err, NO_STATUS);
    self->old = at[7] == '0';
    self->status = 0;
    for (; i < 12 && isdigit((unsigned char)at[i]); i++)
        self->status = 10 * self->status + at[i] - '0';
    if (i < 12)
        return refuse_answer(err, NO_STATUS);
    self->chunked = self->sized = self->kept = self->close = false;
    self->left = 0;
    self->state = SCTL_READ_HEADER;
    return SCTL_OK;
}

static struct sctl_str trim(struct sctl_str text)
{
    while (text.len > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
        text.data++, text.len--;
    while (text.len > 0 && (text.data[text.len - 1] == ' ' || text.data[text.len - 1] == '\t'))
        text.len--;
    return text;
}

static enum sctl_status read_length(struct sctl_reader *self, struct sctl_str value,
                                    struct sctl_err *err)
{
    uint64_t number = 0;
    size_t i;
    for (i = 0; i < value.len && isdigit((unsigned char)value.data[i]); i++) {
        if (number < UINT64_MAX / 100) /* more is too large anyway */
            number = number * 10 + (uint64_t)(value.data[i] - '0');
    }
    if (i == 0 || i < value.len)
        return refuse_answer(err, "the answer's Content-Length is no length");
    if (self->sized && self->left != number)
        return refuse_answer(err, "the answer has two lengths");
    self->sized = true;
    self->left = number;
    return SCTL_OK;
}

static void read_connection(struct sctl_reader *self, struct sctl_str value)
{
    while (value.len > 0) {
        const char *comma = memchr(value.data, ',', value.len);
        size_t len = comma != NULL ? (size_t)(comma - value.data) : value.len;
        struct sctl_str word = trim((struct sctl_str){value.data, len});
        if (sctl_str_is(word, "close"))
            self->close = true;
        else if (sctl_str_is(word, "keep-alive"))
            self->kept = true;
        len += comma != NULL;
        value.data += len;
        value.len -= len;
    }
}

/* Of a header or a trailer, which frames nothing. A folded line begins with a blank: no name. */
static enum sctl_status read_header(struct sctl_reader *self, struct sctl_str line,
                                    struct sctl_err *err)
{
    struct sctl_str name = {line.data, 0}, value;
    while (name.len < line.len && is_name_char((unsigned char)line.data[name.len]))
        name.len++;
    if (name.len == 0 || name.len == line.len || line.data[name.len] != ':')
        return refuse_answer(err, "the answer has a header without a proper name");
    if (self->state == SCTL_READ_TRAILER)
        return SCTL_OK;
    value = trim((struct sctl_str){name.data + name.len + 1, line.len - name.len - 1});
    if (sctl_str_is(name, "content-length"))
        return read_length(self, value, err);
    if (sctl_str_is(name, "connection")) {
        read_connection(self, value);
    } else if (sctl_str_is(name, "transfer-encoding")) {
        if (self->chunked || !sctl_str_is(value, "chunked"))
            return refuse_answer(err, "the answer has a Transfer-Encoding other than chunked");
        self->chunked = true;
    }
    return SCTL_OK;
}

/* All headers are read: what comes now? */
static enum sctl_status end_head(struct sctl_reader *self, struct sctl_err *err)
{
    if (self->status < 200) {
        if (self->status == 101)
            return refuse_answer(err, "the answer changes the protocol");
        sctl_buf_reset(self->headers);
        self->line = 0;
        self->state = SCTL_READ_STATUS;
        return SCTL_OK;
    }
    if (self->old && !self->kept)
        self->close = true;
    if (self->chunked && (self->sized || self->old))
        return refuse_answer(err, "the answer has two lengths");
    if (self->status == 204 || self->status == 304) {
        self->left = 0;
        self->state = SCTL_READ_DONE;
    } else if (self->chunked) {
        self->state = SCTL_READ_CHUNK;
    } else if (self->sized) {
        if (self->left > self->body->cap)
            (void)sctl_buf_fail(self->body, SCTL_E_TOO_LARGE);
        self->state = self->left > 0 ? SCTL_READ_LENGTH : SCTL_READ_DONE;
    } else {
        self->close = true;
        self->state = SCTL_READ_CLOSE;
    }
    return SCTL_OK;
}

static enum sctl_status read_chunk_size(struct sctl_reader *self, struct sctl_str line,
                                        struct sctl_err *err)
{
    size_t i;
    self->left = 0;
    for (i = 0; i < line.len && isxdigit((unsigned char)line.data[i]); i++) {
        char c = line.data[i];
        self->left = self->left * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    struct sctl_str rest = trim((struct sctl_str){line.data + i, line.len - i});
    if (i == 0 || i > 15 || (rest.len > 0 && rest.data[0] != ';'))
        return refuse_answer(err, "the answer has a chunk of a size that is none");
    if (self->left > self->body->cap - self->body->len)
        (void)sctl_buf_fail(self->body, SCTL_E_TOO_LARGE);
    if (rest.len == 0) /* only extensions count, or a body in small chunks would be too much head */
        self->head_bytes -= i + 2;
    return SCTL_OK;
}

static void take_body(struct sctl_reader *self, const char **data, size_t *left, size_t len)
{
    make_room(self->body, FIRST_BODY);
    sctl_buf_add(self->body, *data, len);
    *data += len;
    *left -= len;
}

/* A whole line was taken. Lines of chunks do not stay in `headers`. */
static enum sctl_status read_line(struct sctl_reader *self, struct sctl_err *err)
{
    struct sctl_str line = line_of(self);
    enum sctl_status status = SCTL_OK;
    if (line.data == NULL)
        return refuse_answer(err, self->state == SCTL_READ_STATUS
                                      ? NO_STATUS
                                      : "the answer has a line that HTTP does not know");
    switch (self->state) {
    case SCTL_READ_STATUS:
        status = read_status(self, line, err);
        break;
    case SCTL_READ_HEADER:
    case SCTL_READ_TRAILER:
        if (line.len > 0)
            status = read_header(self, line, err);
        else if (self->state == SCTL_READ_HEADER)
            status = end_head(self, err);
        else
            self->state = SCTL_READ_DONE;
        break;
    case SCTL_READ_CHUNK_END:
        self->state = SCTL_READ_CHUNK;
        self->head_bytes -= 2;
        sctl_buf_cut(self->headers, self->line);
        return line.len == 0 ? SCTL_OK
                             : refuse_answer(err, "the answer has a chunk that does not end");
    default:
        status = read_chunk_size(self, line, err);
        self->state = self->left > 0 ? SCTL_READ_CHUNK_DATA : SCTL_READ_TRAILER;
        sctl_buf_cut(self->headers, self->line);
        break;
    }
    self->line = self->headers->len;
    return status;
}

enum sctl_status sctl_reader_feed(struct sctl_reader *self, const char *data, size_t len,
                                  size_t *used, struct sctl_err *err)
{
    size_t left = len, part;
    enum sctl_status status = SCTL_OK;
    while (status == SCTL_OK && left > 0 && self->state != SCTL_READ_DONE) {
        switch (self->state) {
        case SCTL_READ_CLOSE:
            take_body(self, &data, &left, left);
            break;
        case SCTL_READ_LENGTH:
        case SCTL_READ_CHUNK_DATA:
            part = self->left < left ? (size_t)self->left : left;
            take_body(self, &data, &left, part);
            self->left -= part;
            if (self->left == 0)
                self->state = self->state == SCTL_READ_LENGTH ? SCTL_READ_DONE
                                                              : SCTL_READ_CHUNK_END;
            break;
        default:
            /* what cannot become an answer is not waited for */
            if (take_line(self, &data, &left) && self->headers->status == SCTL_OK)
                status = read_line(self, err);
            else if (self->state == SCTL_READ_STATUS && self->headers->len >= 5 &&
                     memcmp(self->headers->data, "HTTP/", 5) != 0)
                status = refuse_answer(err, NO_STATUS);
        }
        if (status == SCTL_OK && sctl_buf_ok(self->body, "the response body", err) == SCTL_OK)
            status = sctl_buf_ok(self->headers, "the response header", err);
        else if (status == SCTL_OK)
            status = err->status;
    }
    *used = len - left;
    return status;
}

enum sctl_status sctl_reader_end(struct sctl_reader *self, struct sctl_err *err)
{
    if (self->state == SCTL_READ_CLOSE)
        self->state = SCTL_READ_DONE;
    if (self->state == SCTL_READ_DONE)
        return SCTL_OK;
    return refuse_answer(err, self->state == SCTL_READ_STATUS
                                  ? "the connection was closed before an answer came"
                                  : "the connection was closed before the answer was whole");
}
