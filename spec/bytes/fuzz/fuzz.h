/* Shared by the fuzz targets. Each is one function that takes any bytes and checks what must hold
 * for all of them: `make fuzz` links it with libFuzzer, `make test` with replay.c.
 *
 * Inputs are text as far as possible, so that seeds can be written by hand: fields end with a line
 * feed, and a backslash makes a control character of the next byte (\J is a line feed, \@ a
 * NUL). */
#pragma once

#define _GNU_SOURCE 1

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <malloc/malloc.h>
#define malloc_usable_size malloc_size
#else
#include <malloc.h>
#endif

#include "base/buf.h"

#define UNUSED __attribute__((unused))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input. */
#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

extern long live_blocks;

#ifndef REPLAY
long live_blocks;

void sctl_test_free(void *old)
{
    live_blocks -= old != NULL;
    free(old);
}

void *sctl_test_realloc(void *old, size_t size)
{
    void *block = malloc(size);
    if (block == NULL)
        return NULL;
    live_blocks++;
    if (old != NULL) {
        size_t room = malloc_usable_size(old);
        memcpy(block, old, room < size ? room : size);
    }
    sctl_test_free(old);
    return block;
}

#endif

struct input {
    const uint8_t *at, *end;
    char *blocks[256]; /* the fields, each in a block of its own that ends where it ends */
    size_t count;
};

UNUSED static struct input input_of(const uint8_t *data, size_t size)
{
    struct input input;
    memset(&input, 0, sizeof input);
    input.at = data;
    input.end = data + size;
    return input;
}

UNUSED static void input_clear(struct input *input)
{
    while (input->count > 0)
        free(input->blocks[--input->count]);
}

UNUSED static bool input_more(const struct input *input)
{
    return input->at < input->end && input->count < sizeof input->blocks / sizeof *input->blocks;
}

/* The next field; empty when there is none. */
UNUSED static struct sctl_str next_field(struct input *input)
{
    struct sctl_str field = {"", 0};
    const uint8_t *stop;
    size_t len = 0;
    char *block;
    if (!input_more(input))
        return field;
    stop = memchr(input->at, '\n', (size_t)(input->end - input->at));
    if (stop == NULL)
        stop = input->end;
    block = malloc((size_t)(stop - input->at) + 1);
    MUST(block != NULL);
    for (; input->at < stop; input->at++) {
        bool control = *input->at == '\\' && input->at + 1 < stop;
        if (control)
            input->at++;
        block[len++] = (char)(control ? *input->at ^ 0x40 : *input->at);
    }
    if (input->at < input->end)
        input->at++;
    input->blocks[input->count] = malloc(len + (len == 0));
    MUST(input->blocks[input->count] != NULL);
    memcpy(input->blocks[input->count], block, len);
    free(block);
    field = (struct sctl_str){input->blocks[input->count++], len};
    return field;
}

UNUSED static bool same_text(struct sctl_str a, struct sctl_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

UNUSED static bool holds(struct sctl_str text, struct sctl_str part)
{
    return part.len == 0 ||
           (text.len >= part.len && memmem(text.data, text.len, part.data, part.len) != NULL);
}

UNUSED static bool plain_control(struct sctl_str text)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x20 || c == 0x7f)
            return true;
    }
    return false;
}

UNUSED static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

UNUSED static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Undoes percent-encoding in `out`; false when it is not as RFC 3986 and the vendors want it. */
UNUSED static bool decode_uri(struct sctl_str text, struct sctl_buf *out)
{
    size_t i;
    for (i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '%') {
            int high = i + 2 < text.len ? hex_digit(text.data[i + 1]) : -1;
            int low = i + 2 < text.len ? hex_digit(text.data[i + 2]) : -1;
            if (high < 0 || low < 0 || is_unreserved((char)(high * 16 + low)))
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (!is_unreserved(c)) {
            return false;
        }
        sctl_buf_add_char(out, c);
    }
    return true;
}
