/* Text encodings: RFC 3986 percent-encoding, lower-case hex, base64. */
#pragma once

#include "pair.h"
SCTL_HIDDEN_BEGIN

/* Whether there is nothing but A-Z a-z 0-9 - _ in it. */
bool sctl_is_word(struct sctl_str text);

/* Percent-encodes every byte outside A-Z a-z 0-9 - _ . ~ as %XX (upper case), once. */
void sctl_encode_uri(struct sctl_buf *out, struct sctl_str text);

/* Appends "name=value&name=value", percent-encoded. */
void sctl_encode_pairs(struct sctl_buf *out, const struct sctl_pair *items, size_t count);

#define SCTL_NUMBER_TEXT 32u /* room for any number */

/* The digits of a whole number, with a sign where it is negative, in `space`. */
struct sctl_str sctl_whole_text(uint64_t size, bool negative, char space[SCTL_NUMBER_TEXT]);

/* A finite number as JavaScript writes it, whatever the locale: the fewest digits that read back,
 * without an exponent from 1e-6 up to 1e21. Returns how many of SCTL_NUMBER_TEXT bytes it wrote;
 * `out` may not be NUL-terminated. */
size_t sctl_encode_number(char *out, double number);

/* Appends a text as JSON, quoted: what JSON wants escaped is, and DEL. Bytes from 0x80 on stay. */
void sctl_encode_json(struct sctl_buf *out, struct sctl_str text);

/* Appends a name or value of a form (application/x-www-form-urlencoded) as the text that it stands
 * for. A "%" without two hex digits stands for itself. */
void sctl_decode_form(struct sctl_buf *out, struct sctl_str text);

/* The value of a hex digit, or 16. */
unsigned sctl_hex_value(char c);

/* `len` bytes as 2 * len lower-case hex digits; `out` is not NUL-terminated. */
void sctl_encode_hex(char *out, const unsigned char *data, size_t len);

/* Base64 with padding of at most 1 GiB: writes 4 bytes for each 3 that were begun, which it
 * returns, and a NUL. */
size_t sctl_encode_base64(char *out, const unsigned char *data, size_t len);

/* Appends the bytes of a base64 text. False when sctl_encode_base64 makes no such text: another
 * character, no or wrong padding, bits that belong to no byte. */
bool sctl_decode_base64(struct sctl_buf *out, struct sctl_str text);
SCTL_HIDDEN_END
