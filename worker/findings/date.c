#include "worker/findings/date.h"

#include <string.h>

#include "common/text.h"
#include "worker/findings/number.h"

const char *const period_names[] = { "",    "year", "half",       "quarter", "month",
                                     "ytd", "term", "multi_year", "event",   "as_of" };

static bool take(const char **p, const char *end, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(end - *p) < n || memcmp(*p, word, n) != 0)
        return false;
    *p += n;
    return true;
}

static bool ascii_digit(const char *p, const char *end)
{
    return p < end && *p >= '0' && *p <= '9';
}

/* Exactly n ASCII digits. */
static bool take_digits(const char **p, const char *end, int n, int *value)
{
    const char *q = *p;
    int v = 0;
    for (int i = 0; i < n; i++, q++) {
        if (!ascii_digit(q, end))
            return false;
        v = v * 10 + (*q - '0');
    }
    *p = q;
    *value = v;
    return true;
}

static bool take_small(const char **p, const char *end, int *value)
{
    const char *q = number_read_small(*p, end, value);
    if (q == *p)
        return false;
    *p = q;
    return true;
}

/* 2025-07-15, 2025/7/15, 2025.7.15: a month must follow. */
static const char *read_iso(const char *p, const char *end, struct date *d)
{
    const char *q = p;
    int y, m = 0, day = 0;
    if (!take_digits(&q, end, 4, &y) || y < 1900 || y > 2100 || q >= end || (*q != '-' && *q != '/' && *q != '.'))
        return p;
    char mark = *q++;
    if (!take_digits(&q, end, 2, &m) && !take_digits(&q, end, 1, &m))
        return p;
    if (m < 1 || m > 12 || (ascii_digit(q, end)))
        return p;
    if (q < end && *q == mark) {
        const char *r = q + 1;
        if ((take_digits(&r, end, 2, &day) || take_digits(&r, end, 1, &day)) && day >= 1 && day <= 31)
            q = r;
        else
            return p;
    } else if (mark == '.') {
        return p;
    }
    *d = (struct date){ (int16_t)y, (int8_t)m, (int8_t)day };
    return q;
}

static const char *read_year(const char *p, const char *end, struct date *d)
{
    const char *q = p;
    int y;
    if (!take_small(&q, end, &y) || y < 1900 || y > 2100 || !take(&q, end, "年"))
        return p;
    d->year = (int16_t)y;
    return q;
}

static void take_part_of_month(const char **p, const char *end)
{
    if (!take(p, end, "底") && !take(p, end, "初") && !take(p, end, "中旬") && !take(p, end, "上旬") &&
        !take(p, end, "下旬"))
        take(p, end, "末");
}

static const char *read_month(const char *p, const char *end, struct date *d)
{
    const char *q = p;
    int m;
    if (!take_small(&q, end, &m) || m < 1 || m > 12 || !take(&q, end, "月"))
        return p;
    d->month = (int8_t)m;
    const char *r = q;
    if (take(&r, end, "份"))
        return r;
    take_part_of_month(&q, end);
    return q;
}

static const char *read_day(const char *p, const char *end, struct date *d)
{
    const char *q = p;
    int day;
    if (!take_small(&q, end, &day) || day < 1 || day > 31)
        return p;
    if (!take(&q, end, "日") && !take(&q, end, "号"))
        return p;
    d->day = (int8_t)day;
    return q;
}

static const char *read_one(const char *p, const char *end, struct date *d)
{
    *d = (struct date){ 0, 0, 0 };
    const char *q = read_iso(p, end, d), *unit = p;
    if (q > p)
        return q;
    int number;
    if (!take_small(&unit, end, &number) || (!take(&unit, end, "年") && !take(&unit, end, "月")))
        return p; /* most numbers */
    q = read_year(p, end, d);
    const char *r = read_month(q, end, d);
    if (r == q)
        return q;
    return read_day(r, end, d);
}

static bool take_dash(const char **p, const char *end)
{
    return take(p, end, "至") || take(p, end, "到") || take(p, end, "——") || take(p, end, "—") || take(p, end, "–") ||
           take(p, end, "-") || take(p, end, "~") || take(p, end, "～");
}

/* 2017-2021, 2017—2021年 */
static const char *read_years(const char *p, const char *end, struct date_range *d)
{
    const char *q = p;
    int from, to;
    if (!take_digits(&q, end, 4, &from) || from < 1949 || from > 2100)
        return p;
    take(&q, end, "年");
    if (!take_dash(&q, end) || !take_digits(&q, end, 4, &to) || to <= from || to > 2100 || ascii_digit(q, end))
        return p;
    take(&q, end, "年");
    *d = (struct date_range){ { (int16_t)from, 0, 0 }, { (int16_t)to, 0, 0 }, true };
    return q;
}

/* Behind 6月5日: 至7日, 至7月2日. */
static const char *read_second(const char *p, const char *end, struct date_range *d)
{
    const char *q = p;
    if (!take_dash(&q, end))
        return p;
    struct date to = d->from;
    const char *r = d->from.day > 0 ? read_day(q, end, &to) : q;
    if (r == q)
        r = read_one(q, end, &to);
    if (r == q)
        return p;
    if (to.year == 0)
        to.year = d->from.year;
    d->to = to;
    d->ranged = true;
    return r;
}

const char *date_read(const char *p, const char *end, struct date_range *d)
{
    *d = (struct date_range){ 0 };
    const char *q = read_years(p, end, d);
    if (q > p)
        return q;
    q = read_one(p, end, &d->from);
    if (q == p)
        return p;
    return read_second(q, end, d);
}

struct date date_of(struct span iso)
{
    struct date d = { 0, 0, 0 };
    const char *p = iso.p, *end = iso.p + iso.n;
    int v;
    if (iso.n == 0 || !take_digits(&p, end, 4, &v))
        return d;
    d.year = (int16_t)v;
    if (take(&p, end, "-") && take_digits(&p, end, 2, &v) && v >= 1 && v <= 12) {
        d.month = (int8_t)v;
        if (take(&p, end, "-") && take_digits(&p, end, 2, &v) && v >= 1 && v <= 31)
            d.day = (int8_t)v;
    }
    return d;
}

#define DATE_BYTES sizeof("2025-07-15")

static char *put_digits(char *out, int value, int width)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + width;
}

struct span date_text(struct date d, struct arena *a)
{
    if (d.year == 0)
        return (struct span){ NULL, 0 };
    struct span s = { arena_alloc(a, DATE_BYTES), 0 };
    char *out = (char *)s.p;
    out = put_digits(out, d.year, 4);
    if (d.month != 0) {
        *out++ = '-';
        out = put_digits(out, d.month, 2);
    }
    if (d.month != 0 && d.day != 0) {
        *out++ = '-';
        out = put_digits(out, d.day, 2);
    }
    *out = '\0';
    s.n = (size_t)(out - s.p);
    return s;
}

#define SOON_MONTHS 2 /* a date so shortly after publication is announced, not a year old */

struct date date_resolve(struct date d, struct date published, int base_year)
{
    if (d.year != 0)
        return d;
    if (base_year != 0) {
        d.year = (int16_t)base_year;
    } else if (published.year != 0) {
        bool later = published.month != 0 && d.month > published.month + SOON_MONTHS;
        d.year = (int16_t)(published.year - later);
    }
    return d;
}
