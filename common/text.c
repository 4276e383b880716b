#include "common/text.h"

#include <string.h>

uint32_t text_next_rare(const char **p, const char *end)
{
    const unsigned char *s = (const unsigned char *)*p;
    size_t room = (size_t)(end - *p);
    *p += 1;
    if (s[0] >= 0xc2 && s[0] <= 0xdf && room >= 2 && (s[1] & 0xc0) == 0x80) {
        *p += 1;
        return (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
    }
    if ((s[0] & 0xf0) == 0xe0 && room >= 3 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80) {
        uint32_t c = (uint32_t)(s[0] & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
        if (c < 0x800 || (c >= 0xd800 && c <= 0xdfff))
            return TEXT_BAD;
        *p += 2;
        return c;
    }
    if (s[0] >= 0xf0 && s[0] <= 0xf4 && room >= 4 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80 &&
        (s[3] & 0xc0) == 0x80) {
        uint32_t c = (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3f) << 12 | (uint32_t)(s[2] & 0x3f) << 6 |
                     (s[3] & 0x3f);
        if (c < 0x10000 || c > 0x10ffff)
            return TEXT_BAD;
        *p += 3;
        return c;
    }
    return TEXT_BAD;
}

const char *text_prev(const char *begin, const char *p)
{
    const char *q = p - 1;
    while (q > begin && p - q < 4 && ((unsigned char)*q & 0xc0) == 0x80)
        q--;
    return q;
}

size_t text_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c >= 0xd800 && c <= 0xdfff)
        return 0;
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    if (c > 0x10ffff)
        return 0;
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

bool text_valid(struct span s)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        uint32_t c = text_next(&p, end);
        if (c == TEXT_BAD || c == 0)
            return false;
    }
    return true;
}

struct span text_repair(struct arena *a, struct span s)
{
    if (text_valid(s))
        return s;
    char *out = arena_alloc(a, s.n * 3 + 1), *q = out;
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        const char *from = p;
        uint32_t c = text_next(&p, end);
        if (c == TEXT_BAD || c == 0) {
            q += text_put(q, 0xfffd);
        } else {
            memcpy(q, from, (size_t)(p - from));
            q += p - from;
        }
    }
    *q = '\0';
    return (struct span){ out, (size_t)(q - out) };
}

size_t text_count(struct span s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

size_t text_offset(struct span s, size_t codepoint)
{
    size_t i = 0;
    for (size_t n = 0; i < s.n; i++) {
        if (((unsigned char)s.p[i] & 0xc0) != 0x80 && n++ == codepoint)
            break;
    }
    return i;
}

/* Ranges of East_Asian_Width W and F (Unicode 15, EastAsianWidth.txt), merged where only unassigned gaps lie between.
 */
static const struct {
    uint32_t from, to;
} wide[] = {
    { 0x1100, 0x115f },   { 0x231a, 0x231b },   { 0x2329, 0x232a },   { 0x23e9, 0x23ec },   { 0x2614, 0x2615 },
    { 0x2e80, 0x303e },   { 0x3041, 0x33ff },   { 0x3400, 0x4dbf },   { 0x4e00, 0xa4cf },   { 0xa960, 0xa97c },
    { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },   { 0xfe10, 0xfe19 },   { 0xfe30, 0xfe6b },   { 0xff01, 0xff60 },
    { 0xffe0, 0xffe6 },   { 0x1b000, 0x1b2fb }, { 0x1f200, 0x1f320 }, { 0x1f32d, 0x1f64f }, { 0x1f680, 0x1f6fc },
    { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd },
};

int text_width(uint32_t c)
{
    if (c == 0x200b || c == 0xfeff || (c >= 0x300 && c <= 0x36f) || (c >= 0xfe00 && c <= 0xfe0f))
        return 0;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]) && c >= wide[i].from; i++) {
        if (c <= wide[i].to)
            return 2;
    }
    return 1;
}

size_t text_columns(struct span s)
{
    size_t n = 0;
    for (const char *p = s.p, *end = s.p + s.n; p < end;)
        n += (size_t)text_width(text_next(&p, end));
    return n;
}

struct span text_cut(struct span s, size_t n)
{
    if (s.n <= n)
        return s;
    while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
        n--;
    return (struct span){ s.p, n };
}

bool text_is_han(uint32_t c)
{
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x3ffff) ||
           (c >= 0xf900 && c <= 0xfaff) || c == 0x3007;
}

struct span text_trim(struct span s)
{
    const char *p = s.p, *end = s.p + s.n;
    while (p < end) {
        const char *q = p;
        if (!text_is_space(text_next(&q, end)))
            break;
        p = q;
    }
    while (end > p) {
        const char *q = text_prev(p, end), *r = q;
        if (!text_is_space(text_next(&r, end)) || r != end) /* behind the space may be bytes that are no character */
            break;
        end = q;
    }
    return span_between(p, end);
}
