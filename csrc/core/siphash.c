#include "siphash.h"

/* The state is worth keeping in registers, and compilers think it too much to do so twice. */
#if defined(__GNUC__) || defined(__clang__)
#define ALWAYS_INLINE static inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE static inline
#endif

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

/* Little-endian on every machine, or a prefix would not be as good as the whole text. */
ALWAYS_INLINE uint64_t read_word(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
           (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 |
           (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
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

ALWAYS_INLINE void absorb(struct sctl_siphash *state, struct sctl_str text)
{
    unsigned held = 8 * (unsigned)(state->len % 8); /* bits in `rest` */
    uint64_t word;
    size_t at;
    for (at = 0; at + 8 <= text.len; at += 8) {
        word = read_word(text.data + at);
        absorb_word(state->v, state->rest | word << held);
        state->rest = held > 0 ? word >> (64 - held) : 0;
    }
    if (text.len % 8 != 0) {
        word = read_rest(text);
        state->rest |= word << held;
        if (held + 8 * (unsigned)(text.len % 8) >= 64) {
            absorb_word(state->v, state->rest);
            state->rest = word >>
                          (64 - held); /* `held` is not 0: there was no whole word */
        }
    }
    state->len += text.len;
}

void sctl_siphash_begin(struct sctl_siphash *state, const uint64_t key[2],
                        struct sctl_str prefix)
{
    state->v[0] = key[0] ^ UINT64_C(0x736f6d6570736575);
    state->v[1] = key[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee;
    state->v[2] = key[0] ^ UINT64_C(0x6c7967656e657261);
    state->v[3] = key[1] ^ UINT64_C(0x7465646279746573);
    state->rest = 0;
    state->len = 0;
    absorb(state, prefix);
}

ALWAYS_INLINE uint64_t squeeze(uint64_t v[4], unsigned word, uint64_t mark)
{
    v[word] ^= mark;
    mix(v);
    mix(v);
    mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void sctl_siphash_end(const struct sctl_siphash *begun, struct sctl_str text,
                      uint64_t out[2])
{
    struct sctl_siphash state = *begun;
    absorb(&state, text);
    absorb_word(state.v, state.rest | (uint64_t)state.len << 56);
    out[0] = squeeze(state.v, 2, 0xee);
    out[1] = squeeze(state.v, 1, 0xdd);
}
