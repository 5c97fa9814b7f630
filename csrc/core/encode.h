/* Text encodings: RFC 3986 percent-encoding, lower-case hex, base64. */
#ifndef SCTL_ENCODE_H
#define SCTL_ENCODE_H

#include "buf.h"

SCTL_HIDDEN_BEGIN

/* Percent-encodes every byte outside A-Z a-z 0-9 - _ . ~ as %XX (upper case), once. */
void sctl_encode_uri(struct sctl_buf *out, struct sctl_str text);

/* `len` bytes as 2 * len lower-case hex digits; `out` is not NUL-terminated. */
void sctl_encode_hex(char *out, const unsigned char *data, size_t len);

/* Base64 with padding. */
void sctl_encode_base64(struct sctl_buf *out, const unsigned char *data, size_t len);

/* True when `text` holds a byte below 0x20 or 0x7f: such text may not enter a header or name. */
bool sctl_has_control(struct sctl_str text) SCTL_MUST_CHECK;

SCTL_HIDDEN_END

#endif
