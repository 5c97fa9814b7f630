/* What a server may answer: any bytes, through the reader.
 *
 * The first byte says what the body may be: '2' a small cap, else a large one; the rest is the
 * answer, after which the server hangs up. However it is cut into pieces, the same is read. */
#include "fuzz.h"

#include "send/reader.h"

#define SMALL 16u
#define LARGE (1u << 20)

struct outcome {
    struct sctl_buf headers, body;
    struct sctl_reader reader;
    enum sctl_status status;
    size_t used;
};

static bool same_buf(const struct sctl_buf *one, const struct sctl_buf *other)
{
    return one->len == other->len &&
           (one->len == 0 || memcmp(one->data, other->data, one->len) == 0);
}

static void read_in_pieces(struct outcome *out, struct sctl_str text, size_t cap, size_t piece)
{
    struct sctl_err err = {SCTL_OK, 0, ""};
    sctl_buf_init(&out->headers, SCTL_MAX_RESPONSE_HEADERS, false);
    sctl_buf_init(&out->body, cap, true);
    sctl_reader_begin(&out->reader, &out->headers, &out->body);
    out->status = SCTL_OK;
    out->used = 0;
    while (out->status == SCTL_OK && out->used < text.len && !sctl_reader_done(&out->reader)) {
        size_t left = text.len - out->used, used = 0;
        char *copy; /* of its size, so that a read behind it is seen */
        if (left > piece)
            left = piece;
        copy = malloc(left);
        MUST(copy != NULL);
        memcpy(copy, text.data + out->used, left);
        out->status = sctl_reader_feed(&out->reader, copy, left, &used, &err);
        free(copy);
        MUST(used <= left);
        MUST(used == left || out->status != SCTL_OK || sctl_reader_done(&out->reader));
        out->used += used;
    }
    if (out->status == SCTL_OK && !sctl_reader_done(&out->reader))
        out->status = sctl_reader_end(&out->reader, &err);
    MUST(out->status == SCTL_OK || err.message[0] != '\0');
    MUST(out->body.len <= cap && out->headers.len <= SCTL_MAX_RESPONSE_HEADERS);
    MUST(out->status != SCTL_OK || (out->reader.status >= 200 && out->reader.status <= 999));
    MUST(out->status != SCTL_OK || sctl_reader_done(&out->reader));
    MUST(out->status == SCTL_OK || out->status == SCTL_E_RESPONSE ||
         out->status == SCTL_E_TOO_LARGE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t PIECES[] = {1, 2, 3, 7, 64};
    size_t cap = size > 0 && data[0] == '2' ? SMALL : LARGE, i;
    struct sctl_str text = {(const char *)data + (size > 0), size - (size > 0)};
    struct outcome whole, parts;
    read_in_pieces(&whole, text, cap, SIZE_MAX);
    for (i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++) {
        read_in_pieces(&parts, text, cap, PIECES[i]);
        MUST(whole.status == parts.status);
        MUST(whole.reader.status == parts.reader.status);
        if (whole.status == SCTL_OK) {
            MUST(whole.used == parts.used);
            MUST(same_buf(&whole.headers, &parts.headers) && same_buf(&whole.body, &parts.body));
            MUST(sctl_reader_keeps(&whole.reader) == sctl_reader_keeps(&parts.reader));
        }
        sctl_buf_clear(&parts.headers);
        sctl_buf_clear(&parts.body);
    }
    sctl_buf_clear(&whole.headers);
    sctl_buf_clear(&whole.body);
    MUST(live_blocks == 0);
    return 0;
}
