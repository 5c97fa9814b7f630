#include "siphash.h"

/* Compilers do not keep the state in registers by themselves. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

ALWAYS_INLINE uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

ALWAYS_INLINE void mix(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

ALWAYS_INLINE void absorb_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v);
    v[0] ^= word;
}

/* Little-endian on every machine, as SipHash is. */
ALWAYS_INLINE uint64_t read_word(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
           (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

/* The last `len` % 8 bytes of a text. */
ALWAYS_INLINE uint64_t read_rest(struct sctl_str text)
{
    size_t left = text.len % 8;
    uint64_t word = 0;
    if (left == 0)
        return 0;
    if (text.len >= 8) /* one read that reaches back is cheaper than a loop */
        return read_word(text.data + text.len - 8) >> (64 - 8 * left);
    while (left > 0)
        word = word << 8 | (unsigned char)text.data[--left];
    return word;
}

ALWAYS_INLINE uint64_t squeeze(uint64_t v[4], unsigned word, uint64_t mark)
{
    v[word] ^= mark;
    mix(v);
    mix(v);
    mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void sctl_siphash(const uint64_t key[2], struct sctl_str text, uint64_t out[2])
{
    uint64_t v[4];
    size_t at;
    v[0] = key[0] ^ UINT64_C(0x736f6d6570736575);
    v[1] = key[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee;
    v[2] = key[0] ^ UINT64_C(0x6c7967656e657261);
    v[3] = key[1] ^ UINT64_C(0x7465646279746573);
    for (at = 0; at + 8 <= text.len; at += 8)
        absorb_word(v, read_word(text.data + at));
    absorb_word(v, read_rest(text) | (uint64_t)text.len << 56);
    out[0] = squeeze(v, 2, 0xee);
    out[1] = squeeze(v, 1, 0xdd);
}
