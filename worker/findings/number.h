/* number.h - numbers as congress Chinese writes them: 1,235.5亿, 1 480, 二十八, 3至5万, 十几, 百余, 百分之九十八点五,
 * 三成. Values are exact: digits and a power of ten, never binary fractions. */
#ifndef RENDA_WORKER_FINDINGS_NUMBER_H
#define RENDA_WORKER_FINDINGS_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

/* digits × 10^-scale; at most 18 digits, so that sums and comparisons are exact. */
struct decimal {
    int64_t digits;
    int scale; /* 0..9 */
};

struct number {
    struct decimal value, max; /* max: of a range */
    bool ranged;
    bool percent;           /* the number says so itself: 百分之…, …%, 三分之二, 三成 */
    bool chinese;           /* written with Chinese numerals only */
    bool over;              /* 十几, 数百, 百余, 3000多 */
    bool plain_one;         /* 一 */
    bool too_long;          /* more digits than any count has: no number at all */
    const char *digits_end; /* behind the number itself */
};

/* Reads the number that begins at p; returns the first byte behind it (余 and 多 belong to it, units do not), or p when
 * there is none. Time is linear in what is returned. */
const char *number_read(const char *p, const char *end, struct number *n);

/* True for the letters a number may begin with. It is asked of every token, so it stands here. */
static inline bool number_begins(uint32_t c)
{
    switch (c) {
    case 0x3007: /* 〇 */
    case 0x96F6: /* 零 */
    case 0x4E00: /* 一 */
    case 0x4E8C: /* 二 */
    case 0x4E24: /* 两 */
    case 0x4E09: /* 三 */
    case 0x56DB: /* 四 */
    case 0x4E94: /* 五 */
    case 0x516D: /* 六 */
    case 0x4E03: /* 七 */
    case 0x516B: /* 八 */
    case 0x4E5D: /* 九 */
    case 0x5341: /* 十 */
    case 0x767E: /* 百 */
    case 0x5343: /* 千 */
    case 0x4E07: /* 万 */
    case 0x4EBF: /* 亿 */
    case 0x51E0: /* 几 */
    case 0x6570: /* 数 */ return true;
    default: return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
    }
}

/* A small whole number (an ordinal, a day, a term) in either writing, 0..9999; returns p when there is none. */
const char *number_read_small(const char *p, const char *end, int *value);

struct span decimal_text(struct decimal d, struct arena *a);
bool decimal_equal(struct decimal a, struct decimal b);
/* Chinese numerals for 1..999: 六十三. */
struct span number_chinese(int n, struct arena *a);

#endif
