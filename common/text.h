/* text.h - UTF-8: reading characters, checking, counting, and how wide they are on a terminal. */
#ifndef RENDA_COMMON_TEXT_H
#define RENDA_COMMON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

#define TEXT_BAD UINT32_MAX

/* Reads the character at *p (p < end) and moves *p behind it. On bytes that are not UTF-8 (RFC 3629: overlong forms,
 * surrogates, beyond U+10FFFF, cut) returns TEXT_BAD and moves one byte. */
static inline uint32_t text_next(const char **p, const char *end);
/* Steps back over one character: the start of the character that ends at p (begin < p). */
const char *text_prev(const char *begin, const char *p);

/* Writes c as UTF-8 to out (room for 4); returns the bytes written, 0 when c is not a character. */
size_t text_put(char *out, uint32_t c);

/* True for UTF-8 without U+0000. */
bool text_valid(struct span s);

/* Replaces every byte that is not UTF-8, and U+0000, by U+FFFD. Returns s itself when nothing is wrong. */
struct span text_repair(struct arena *a, struct span s);

/* Code points in s (which must be valid). */
size_t text_count(struct span s);
/* Byte offset of the code point with this index; s.n when there are not that many. */
size_t text_offset(struct span s, size_t codepoint);

/* Terminal columns: 2 for East Asian wide and full-width characters (UAX #11), 0 for combining ones, else 1. */
int text_width(uint32_t c);
size_t text_columns(struct span s);

/* Longest prefix of at most n bytes that does not cut a character. */
struct span text_cut(struct span s, size_t n);

static inline bool text_is_space(uint32_t c); /* ASCII white space, U+00A0, U+3000, U+2000–U+200B, U+FEFF */
bool text_is_han(uint32_t c);
struct span text_trim(struct span s); /* without white space at the ends */

/* text_next() for whatever is neither ASCII nor three whole bytes that are always a character. */
uint32_t text_next_rare(const char **p, const char *end);

static inline uint32_t text_next(const char **p, const char *end)
{
    const unsigned char *s = (const unsigned char *)*p;
    if (s[0] < 0x80) {
        *p += 1;
        return s[0];
    }
    if (s[0] > 0xe0 && s[0] < 0xf0 && s[0] != 0xed && end - *p >= 3 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80) {
        *p += 3;
        return (uint32_t)(s[0] & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
    }
    return text_next_rare(p, end);
}

static inline bool text_is_space(uint32_t c)
{
    if (c > 0x3000)
        return c == 0xfeff;
    return c <= ' ' ? c == ' ' || (c >= '\t' && c <= '\r')
                    : c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 ||
                          c == 0x202f || c == 0x205f;
}

#endif
