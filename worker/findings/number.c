#include "worker/findings/number.h"
#include "worker/findings/signs.h"

#include <stdint.h>
#include <string.h>

#include "common/text.h"

#define DIGITS_MAX 18

static int digit_of(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xFF10 && c <= 0xFF19)
        return (int)(c - 0xFF10);
    return -1;
}

static int han_digit(uint32_t c)
{
    switch (c) {
    case 0x3007: /* 〇 */
    case 0x96F6: /* 零 */ return 0;
    case 0x4E00: return 1;
    case 0x4E8C: return 2;
    case 0x4E24: return 2; /* 两 */
    case 0x4E09: return 3;
    case 0x56DB: return 4;
    case 0x4E94: return 5;
    case 0x516D: return 6;
    case 0x4E03: return 7;
    case 0x516B: return 8;
    case 0x4E5D: return 9;
    default: return -1;
    }
}

/* The power of ten that a letter multiplies by, or 0. */
static int han_power(uint32_t c)
{
    switch (c) {
    case 0x5341: return 1; /* 十 */
    case 0x767E: return 2; /* 百 */
    case 0x5343: return 3; /* 千 */
    case 0x4E07: return 4; /* 万 */
    case 0x4EBF: return 8; /* 亿 */
    default: return 0;
    }
}

static bool is_vague(uint32_t c) /* 几, 数 */
{
    return c == 0x51E0 || c == 0x6570;
}

static uint32_t peek(const char *p, const char *end)
{
    return p < end ? text_next(&p, end) : 0;
}

static bool take(const char **p, const char *end, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(end - *p) < n || memcmp(*p, word, n) != 0)
        return false;
    *p += n;
    return true;
}

static int64_t power_of_ten(int n)
{
    int64_t v = 1;
    while (n-- > 0)
        v *= 10;
    return v;
}

/* d × 10^n; false when it would not be exact. */
static bool scale_up(struct decimal *d, int n)
{
    int less = n < d->scale ? n : d->scale;
    d->scale -= less;
    n -= less;
    for (; n > 0; n--) {
        if (d->digits > INT64_MAX / 10 - 1)
            return false;
        d->digits *= 10;
    }
    return true;
}

static struct decimal add(struct decimal a, struct decimal b)
{
    while (a.scale < b.scale)
        a.digits *= 10, a.scale++;
    while (b.scale < a.scale)
        b.digits *= 10, b.scale++;
    return (struct decimal){ a.digits + b.digits, a.scale };
}

/* 1,235.5 in narrow or full-width digits. A separator counts only before three digits. */
static const char *read_digits(const char *p, const char *end, struct decimal *d, bool *too_long)
{
    int count = 0;
    *d = (struct decimal){ 0, 0 };
    bool point = false, spaced = false;
    for (;;) {
        const char *q = p;
        uint32_t c = peek(q, end);
        int v = c == 0 ? -1 : digit_of(c);
        if (v >= 0) {
            text_next(&p, end);
            if (++count > DIGITS_MAX)
                *too_long = true;
            else {
                d->digits = d->digits * 10 + v;
                d->scale += point;
            }
            continue;
        }
        if ((c == ',' || c == 0xFF0C || c == ' ' || c == 0xA0) && !point && count > 0) {
            text_next(&q, end);
            int run = 0;
            for (const char *t = q; t < end && run < 4 && digit_of(peek(t, end)) >= 0; text_next(&t, end))
                run++;
            if (run == 3 && count <= 12 && (c == ',' || count <= 3 || spaced)) {
                spaced = c == ' ' || c == 0xA0;
                p = q;
                continue;
            }
        }
        if ((c == '.' || c == 0xFF0E) && !point && count > 0) {
            text_next(&q, end);
            if (q < end && digit_of(peek(q, end)) >= 0) {
                p = q;
                point = true;
                continue;
            }
        }
        return p;
    }
}

struct han_sum {
    int64_t total, part; /* total: closed by 万 or 亿; part: the thousands being read */
    int digit;           /* -1: none waits for its power */
    int run;             /* digits in a row without a power: 二〇二三 */
    int64_t run_value;
    int last_power;
    bool any, powered, vague;
};

static bool han_take(struct han_sum *s, uint32_t c)
{
    int v = han_digit(c), power = han_power(c);
    if (is_vague(c)) {
        if (s->vague || s->run > 0)
            return false;
        s->vague = true;
        s->digit = s->powered ? 0 : 1; /* 十几 is over 10, 数十 is over 10 */
        return true;
    }
    if (v >= 0) {
        if (s->vague || s->run >= 12)
            return false;
        s->run_value = s->run == 0 ? v : s->run_value * 10 + v;
        s->run++;
        s->digit = v == 0 ? -1 : v;
        s->any = true;
        return true;
    }
    if (power == 0 || s->total > INT64_MAX / 1000000000 || s->run > 1)
        return false;
    s->any = s->powered = true;
    s->run = 0;
    if (power < 4) {
        s->part += (s->digit < 0 ? 1 : s->digit) * power_of_ten(power);
    } else {
        int64_t sum = s->part + (s->digit < 0 ? 0 : s->digit);
        if (power == 8) {
            s->total = (s->total + (sum == 0 && s->total == 0 ? 1 : sum)) * 100000000;
        } else {
            s->total += (sum == 0 ? 1 : sum) * 10000;
        }
        s->part = 0;
    }
    s->digit = -1;
    s->last_power = power;
    return true;
}

/* 一万五千亿, 二百零三, 二〇二三, 十几, 数十, 百. */
static const char *read_han(const char *p, const char *end, struct decimal *d, bool *vague, bool *one)
{
    struct han_sum s = { .digit = -1 };
    const char *begin = p;
    int letters = 0;
    while (p < end && letters < 24) {
        const char *q = p;
        uint32_t c = text_next(&q, end);
        if (!han_take(&s, c))
            break;
        p = q;
        letters++;
    }
    if (!s.any || (s.vague && !s.powered))
        return begin;
    int64_t tail = s.digit < 0 ? 0 : s.digit;
    if (s.run > 1 && !s.powered)
        d->digits = s.run_value;
    else if (s.powered && s.run == 1 && s.last_power > 1 && tail > 0 && !s.vague && p - begin >= 6 &&
             memcmp(p - 6, "\xe9\x9b\xb6", 3) != 0 && s.last_power > 2)
        d->digits = s.total + s.part + tail * power_of_ten(s.last_power - 1); /* 三千五 is 3500 */
    else
        d->digits = s.total + s.part + tail;
    d->scale = 0;
    *vague = s.vague;
    *one = letters == 1 && d->digits == 1 && !s.powered;
    return p;
}

/* Multipliers behind Arabic digits: 万, 亿, 万亿, 千, 百万; 3万4000 adds the rest. */
static const char *read_powers(const char *p, const char *end, struct decimal *d, bool *over)
{
    for (int i = 0; i < 3; i++) {
        const char *q = p;
        if (take(&q, end, "余") || take(&q, end, "多")) {
            if (han_power(peek(q, end)) == 0)
                break;
            *over = true;
        }
        uint32_t c = peek(q, end);
        int power = c == 0 ? 0 : han_power(c);
        if (power == 0 || power == 1 || !scale_up(d, power))
            break;
        text_next(&q, end);
        p = q;
    }
    return p;
}

static const char *read_rest(const char *p, const char *end, struct decimal *d)
{
    struct decimal rest;
    bool too_long = false;
    if (p >= end || digit_of(peek(p, end)) < 0 || d->scale > 0 || d->digits > INT64_MAX / 2)
        return p;
    const char *q = read_digits(p, end, &rest, &too_long);
    if (too_long || rest.scale != 0 || rest.digits >= 10000 || rest.digits < 1000)
        return p;
    *d = add(*d, rest);
    return q;
}

/* One number without its bounds and range. */
static const char *read_one(const char *p, const char *end, struct decimal *d, struct number *n)
{
    if (p < end && digit_of(peek(p, end)) >= 0) {
        const char *q = read_digits(p, end, d, &n->too_long);
        n->chinese = false;
        const char *r = read_powers(q, end, d, &n->over);
        return r > q ? read_rest(r, end, d) : r;
    }
    bool vague = false;
    n->chinese = true;
    const char *q = read_han(p, end, d, &vague, &n->plain_one);
    n->over |= vague;
    return q;
}

static bool take_percent(const char **p, const char *end)
{
    return take(p, end, "%") || take(p, end, WIDE_PERCENT);
}

/* 点五 after 九十八. */
static const char *read_han_point(const char *p, const char *end, struct decimal *d)
{
    const char *q = p;
    if (!take(&q, end, "点"))
        return p;
    const char *begin = q;
    while (q < end && d->scale < 6 && d->digits < 1000000) {
        int v = han_digit(peek(q, end));
        if (v < 0)
            break;
        text_next(&q, end);
        d->digits = d->digits * 10 + v;
        d->scale++;
    }
    return q == begin ? p : q;
}

/* 百分之九十八, 三分之二. */
static const char *read_fraction(const char *p, const char *end, struct number *n)
{
    const char *q = p;
    if (take(&q, end, "百分之")) {
        const char *r = read_one(q, end, &n->value, n);
        if (r == q)
            return p;
        n->percent = true;
        return read_han_point(r, end, &n->value);
    }
    struct decimal below;
    struct number scratch = { 0 };
    q = read_one(p, end, &below, &scratch);
    if (q == p || !take(&q, end, "分之") || below.digits <= 0 || below.digits > 10000 || below.scale != 0)
        return p;
    const char *r = read_one(q, end, &n->value, n);
    if (r == q || n->value.scale != 0 || n->value.digits > 10000)
        return p;
    n->value = (struct decimal){ (n->value.digits * 10000 + below.digits / 2) / below.digits, 2 };
    n->percent = true;
    return r;
}

/* 三成, 近九成五: tenths; not 三成立. */
static const char *read_tenths(const char *p, const char *end, struct number *n)
{
    const char *q = p;
    int v = han_digit(peek(q, end)), half = -1;
    if (v < 1)
        return p;
    text_next(&q, end);
    if (!take(&q, end, "成"))
        return p;
    static const char *const others[] = { "立", "为", "员", "果", "功", "效", "绩", "长",
                                          "本", "都", "熟", "片", "就", "了", "型" };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        const char *t = q;
        if (take(&t, end, others[i]))
            return p;
    }
    half = q < end ? han_digit(peek(q, end)) : -1;
    if (half > 0)
        text_next(&q, end);
    n->value = (struct decimal){ v * 10 + (half > 0 ? half : 0), 0 };
    n->percent = n->chinese = true;
    return q;
}

static bool take_dash(const char **p, const char *end)
{
    return take(p, end, "至") || take(p, end, "到") || take(p, end, "—") || take(p, end, "–") || take(p, end, "-") ||
           take(p, end, "~") || take(p, end, "～") || take(p, end, "─");
}

static const char *read_range(const char *p, const char *end, struct number *n)
{
    const char *q = p;
    bool first_percent = take_percent(&q, end);
    if (!take_dash(&q, end))
        return p;
    struct number other = { 0 };
    const char *r = read_one(q, end, &n->max, &other);
    if (r == q || other.too_long || other.chinese != n->chinese)
        return p;
    if (first_percent) {
        const char *t = r;
        if (!take_percent(&t, end))
            return p;
    }
    if (n->max.scale == n->value.scale && n->max.digits <= n->value.digits)
        return p;
    n->ranged = true;
    return r;
}

static const char *read_over(const char *p, const char *end, struct number *n)
{
    static const char *const words[] = { "余", "多" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *q = p;
        if (take(&q, end, words[i])) {
            n->over = true;
            return q;
        }
    }
    return p;
}

const char *number_read(const char *p, const char *end, struct number *n)
{
    *n = (struct number){ 0 };
    const char *q = read_fraction(p, end, n);
    if (q == p)
        q = read_tenths(p, end, n);
    if (q > p) {
        n->digits_end = q;
        return q;
    }
    *n = (struct number){ 0 };
    q = read_one(p, end, &n->value, n);
    if (q == p)
        return p;
    if (!n->too_long)
        q = read_range(q, end, n);
    n->digits_end = q;
    if (take_percent(&q, end)) {
        n->percent = true;
        n->digits_end = q;
        return q;
    }
    return read_over(q, end, n);
}

const char *number_read_small(const char *p, const char *end, int *value)
{
    struct number n = { 0 };
    struct decimal d = { 0, 0 };
    const char *q;
    if (p < end && digit_of(peek(p, end)) >= 0)
        q = read_digits(p, end, &d, &n.too_long);
    else
        q = read_one(p, end, &d, &n);
    if (q == p || n.too_long || n.over || d.scale != 0 || d.digits > 9999)
        return p;
    *value = (int)d.digits;
    return q;
}

struct span decimal_text(struct decimal d, struct arena *a)
{
    while (d.scale > 0 && d.digits % 10 == 0)
        d.digits /= 10, d.scale--;
    char room[48], *end = room + sizeof(room) - 1, *out = end; /* written from its end */
    uint64_t digits = d.digits < 0 ? 0 - (uint64_t)d.digits : (uint64_t)d.digits;
    int places = 0;
    *out = '\0';
    for (; digits > 0 || places <= d.scale; digits /= 10) {
        if (places == d.scale && d.scale > 0)
            *--out = '.';
        *--out = (char)('0' + digits % 10);
        places++;
    }
    if (d.digits < 0)
        *--out = '-';
    return arena_span(a, span_between(out, end));
}

bool decimal_equal(struct decimal a, struct decimal b)
{
    while (a.scale > 0 && a.digits % 10 == 0)
        a.digits /= 10, a.scale--;
    while (b.scale > 0 && b.digits % 10 == 0)
        b.digits /= 10, b.scale--;
    return a.digits == b.digits && a.scale == b.scale;
}

struct span number_chinese(int n, struct arena *a)
{
    static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    int h = n / 100 % 10, t = n / 10 % 10, u = n % 10;
    return arena_printf(a, "%s%s%s%s%s%s", h > 0 ? digits[h] : "", h > 0 ? "百" : "",
                        t > 1 || (t == 1 && h > 0) ? digits[t] : (t == 0 && h > 0 && u > 0 ? "零" : ""),
                        t > 0 ? "十" : "", u > 0 ? digits[u] : "", "");
}
