#include "worker/when.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/text.h"

#define YEAR_MIN 1949
#define YEAR_MAX 2099

static void skip_space(const char **p, const char *end)
{
    while (*p < end) {
        const char *q = *p;
        if (!text_is_space(text_next(&q, end)))
            return;
        *p = q;
    }
}

static bool take(const char **p, const char *end, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(end - *p) < n || memcmp(*p, word, n) != 0)
        return false;
    *p += n;
    return true;
}

/* Digits, ASCII or full-width, at least min and at most max of them; -1 and nothing taken otherwise. */
static int take_digits(const char **p, const char *end, int min, int max)
{
    const char *q = *p;
    int value = 0, n = 0;
    while (q < end && n <= max) {
        if (*q >= '0' && *q <= '9') {
            value = n < 8 ? value * 10 + (*q - '0') : value;
            q++;
        } else if (end - q >= 3 && memcmp(q, "\xef\xbc", 2) == 0 && (unsigned char)q[2] >= 0x90 &&
                   (unsigned char)q[2] <= 0x99) {
            value = n < 8 ? value * 10 + ((unsigned char)q[2] - 0x90) : value;
            q += 3;
        } else {
            break;
        }
        n++;
    }
    if (n < min || n > max)
        return -1;
    *p = q;
    return value;
}

static int hanzi_digit(const char **p, const char *end)
{
    static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    for (int i = 0; i < 10; i++) {
        if (take(p, end, digits[i]))
            return i;
    }
    return take(p, end, "○") || take(p, end, "零") || take(p, end, "Ｏ") || take(p, end, "О") ? 0 : -1;
}

/* 七, 十, 十二, 二十, 三十一 */
static int take_hanzi_number(const char **p, const char *end)
{
    const char *q = *p;
    int first = hanzi_digit(&q, end);
    if (!take(&q, end, "十")) {
        if (first >= 0)
            *p = q;
        return first;
    }
    int last = hanzi_digit(&q, end);
    *p = q;
    return (first < 0 ? 1 : first) * 10 + (last < 0 ? 0 : last);
}

static void take_time(const char **p, const char *end, struct when *w)
{
    const char *q = *p;
    skip_space(&q, end);
    if (take(&q, end, "T") || take(&q, end, "星期") || take(&q, end, "周")) {
        while (q < end && (hanzi_digit(&q, end) >= 0 || take(&q, end, "日") || take(&q, end, "天")))
            continue;
    }
    skip_space(&q, end);
    int hour = take_digits(&q, end, 1, 2);
    if (hour < 0 || hour > 23 ||
        !(take(&q, end, ":") || take(&q, end, "：") || take(&q, end, "时") || take(&q, end, "点")))
        return;
    skip_space(&q, end);
    int minute = take_digits(&q, end, 2, 2);
    if (minute < 0 || minute > 59)
        return;
    w->hour = hour;
    w->minute = minute;
    *p = q;
    if (take(&q, end, ":") || take(&q, end, "：") || take(&q, end, "分")) {
        skip_space(&q, end);
        int second = take_digits(&q, end, 2, 2);
        if (second >= 0 && second <= 59) {
            w->second = second;
            *p = q;
        } else if (memchr(*p, ':', (size_t)(q - *p)) == NULL) {
            *p = q;
        }
    }
}

static bool valid(const struct when *w)
{
    static const int days[] = { 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return w->year >= YEAR_MIN && w->year <= YEAR_MAX && w->month >= 0 && w->month <= 12 && w->day >= 0 &&
           w->day <= days[w->month];
}

/* What stands after a year in two elements: 2025 09/09 17:21:06. */
static bool take_month_day(const char **p, const char *end, struct when *w)
{
    const char *q = *p;
    skip_space(&q, end);
    if (q == *p)
        return false;
    w->month = take_digits(&q, end, 2, 2);
    if (w->month < 1 || (!take(&q, end, "/") && !take(&q, end, "-")))
        return false;
    w->day = take_digits(&q, end, 2, 2);
    *p = q;
    if (w->day < 1 || !valid(w) || (q < end && isdigit((unsigned char)*q)))
        return false;
    take_time(p, end, w);
    return true;
}

/* A date that starts exactly at *p. */
static bool take_date(const char **p, const char *end, struct when *w)
{
    const char *q = *p;
    *w = (struct when){ .hour = -1, .minute = -1, .second = -1 };
    int year = take_digits(&q, end, 4, 4);
    if (year < 0) {
        int n = 0, d;
        year = 0;
        while (n < 4 && (d = hanzi_digit(&q, end)) >= 0) {
            year = year * 10 + d;
            n++;
        }
        if (n < 4)
            return false;
        if (!take(&q, end, "年"))
            return false;
        w->year = year;
        w->month = take_hanzi_number(&q, end);
        if (w->month < 1 || !take(&q, end, "月"))
            return false;
        const char *r = q;
        w->day = take_hanzi_number(&r, end);
        if (w->day >= 1 && take(&r, end, "日"))
            q = r;
        else
            w->day = 0;
        *p = q;
        return valid(w);
    }
    w->year = year;
    const char *year_end = q;
    skip_space(&q, end);
    static const char *const marks[] = { "年", "-", "/", ".", "－", "—", "．" };
    size_t mark = 0;
    while (mark < sizeof(marks) / sizeof(marks[0]) && !take(&q, end, marks[mark]))
        mark++;
    if (mark == sizeof(marks) / sizeof(marks[0])) {
        *p = year_end;
        return take_month_day(p, end, w);
    }
    skip_space(&q, end);
    w->month = take_digits(&q, end, 1, 2);
    if (w->month < 1)
        return false;
    const char *month_end = q;
    skip_space(&q, end);
    if (mark == 0 ? !take(&q, end, "月") : !take(&q, end, marks[mark])) {
        *p = month_end;
        return mark != 0 && mark != 3 && mark != 6 && valid(w) &&
               (month_end == end || !isdigit((unsigned char)*month_end));
    }
    const char *r = q;
    skip_space(&r, end);
    w->day = take_digits(&r, end, 1, 2);
    if (w->day >= 1) {
        q = r;
        if (mark == 0) {
            skip_space(&r, end);
            if (take(&r, end, "日") || take(&r, end, "号"))
                q = r;
        }
        *p = q;
        if (!valid(w))
            return false;
        take_time(p, end, w);
        return true;
    }
    w->day = 0;
    *p = q;
    return mark == 0 && valid(w);
}

/* "Nov 6, 2009" and its translations: 十一月 6th, 2009. */
static bool take_month_first(const char **p, const char *end, struct when *w)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    const char *q = *p;
    *w = (struct when){ .hour = -1, .minute = -1, .second = -1 };
    for (int i = 0; i < 12 && w->month == 0; i++) {
        if (take(&q, end, names[i])) {
            w->month = i + 1;
            while (q < end && (isalpha((unsigned char)*q) || *q == '.'))
                q++;
        }
    }
    if (w->month == 0) {
        w->month = take_hanzi_number(&q, end);
        if (w->month < 1 || !take(&q, end, "月"))
            return false;
    }
    skip_space(&q, end);
    w->day = take_digits(&q, end, 1, 2);
    if (w->day < 1)
        return false;
    if (!take(&q, end, "th") && !take(&q, end, "st") && !take(&q, end, "nd"))
        take(&q, end, "rd");
    if (!take(&q, end, ","))
        return false;
    skip_space(&q, end);
    w->year = take_digits(&q, end, 4, 4);
    *p = q;
    return valid(w);
}

bool when_find(struct span s, struct when *w, struct span *at)
{
    const char *end = s.p + s.n;
    bool after_digit = false, commas = span_has(s, SPAN(", ")); /* only dates in words hold one */
    for (const char *p = s.p; p < end;) {
        unsigned char c = (unsigned char)*p;
        bool digit = c >= '0' && c <= '9';
        bool start = c == '1' || c == '2' ? !after_digit
                     : c == 0xef          ? end - p > 2 && (unsigned char)p[1] == 0xbc
                                          : false;
        if (c == 0xe4 && end - p > 2)
            start = commas || memcmp(p, "一", 3) == 0 || memcmp(p, "二", 3) == 0;
        else if (commas)
            start |= c == 0xe5 || (c >= 'A' && c <= 'S');
        if (start) {
            const char *q = p;
            if (take_date(&q, end, w) || (q = p, commas && take_month_first(&q, end, w))) {
                if (at != NULL)
                    *at = span_between(p, q);
                return true;
            }
        }
        after_digit = digit;
        text_next(&p, end);
    }
    return false;
}

static bool number_at(struct span s, size_t i, size_t digits, int *out)
{
    if (i + digits > s.n)
        return false;
    *out = 0;
    for (size_t k = 0; k < digits; k++) {
        if (!isdigit((unsigned char)s.p[i + k]))
            return false;
        *out = *out * 10 + (s.p[i + k] - '0');
    }
    return true;
}

bool when_in_url(struct span url, struct when *w)
{
    struct when month = { 0 };
    const char *query = memchr(url.p, '?', url.n);
    if (query != NULL)
        url.n = (size_t)(query - url.p);
    for (size_t i = 0; i < url.n; i++) {
        if (i > 0 && isdigit((unsigned char)url.p[i - 1]))
            continue;
        *w = (struct when){ .hour = -1, .minute = -1, .second = -1 };
        if (!number_at(url, i, 4, &w->year) || w->year < 1990)
            continue;
        size_t j = i + 4;
        bool joint = j < url.n && (url.p[j] == '/' || url.p[j] == '-' || url.p[j] == '_');
        j += joint;
        if (!number_at(url, j, 2, &w->month)) {
            if (!joint || !number_at(url, j, 1, &w->month))
                continue;
            j--;
        }
        j += 2;
        if (!valid(w) || w->month == 0)
            continue;
        size_t k = j + (j < url.n && (url.p[j] == '/' || url.p[j] == '-' || url.p[j] == '_'));
        int width = 2;
        if (number_at(url, k, 2, &w->day) || (width = 1, k > j && joint && number_at(url, k, 1, &w->day))) {
            size_t after = k + (size_t)width;
            bool eight = !joint && k == j;
            bool ends = after >= url.n || !isdigit((unsigned char)url.p[after]);
            if (valid(w) && w->day > 0 && (ends || (eight && after + 6 <= url.n)) && (ends || !joint))
                return true;
        }
        w->day = 0;
        if (month.year == 0 && (j >= url.n || !isdigit((unsigned char)url.p[j])))
            month = *w;
    }
    *w = month;
    return month.year != 0;
}

/* ---- days without a year ----------------------------------------------------------------------------------------- */

static bool parts_words(uint32_t c)
{
    static const uint32_t signs[] = { '[',    ']',    '(',    ')',    '<',    '>',
                                      '|',    ':',    0x3010, 0x3011, /* 【】 */
                                      0x3014, 0x3015,                 /* 〔〕 */
                                      0xff08, 0xff09, 0xff3b, 0xff3d, 0xff1a, 0xff5c };
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (c == signs[i])
            return true;
    }
    return text_is_space(c);
}

/* The whole word is a day: 05-12, 5-12, 05/12, 05.12, 5月12日. */
static bool is_day(struct span word, struct when *w)
{
    const char *p = word.p, *end = word.p + word.n;
    *w = (struct when){ .hour = -1, .minute = -1, .second = -1 };
    w->month = take_digits(&p, end, 1, 2);
    size_t width = (size_t)(p - word.p);
    bool hanzi = false;
    if (w->month < 1)
        return false;
    if (take(&p, end, "月"))
        hanzi = true;
    else if (!take(&p, end, "-") && !take(&p, end, "－") && !(width == 2 && (take(&p, end, "/") || take(&p, end, "."))))
        return false;
    const char *day = p;
    w->day = take_digits(&p, end, 1, 2);
    if (w->day < 1 || (width == 2 && !hanzi && p - day != 2))
        return false;
    if (hanzi && !take(&p, end, "日"))
        take(&p, end, "号");
    struct when leap = *w;
    leap.year = 2000;
    return p == end && valid(&leap);
}

bool when_find_day(struct span s, struct when *w)
{
    const char *end = s.p + s.n;
    for (const char *p = s.p; p < end;) {
        const char *from = p, *at = p;
        while (p < end && !parts_words(text_next(&p, end)))
            at = p;
        if (at - from >= 3 && at - from <= 16 && is_day(span_between(from, at), w))
            return true;
    }
    return false;
}

/* Year, month and day of a number of days since 1970-01-01 in the Gregorian calendar; years of 400 × 365.2425 days that
 * begin in March, so that the leap day comes last. */
static void civil(int64_t days, struct when *w)
{
    int64_t since = days + 719468, era = since / 146097, of_era = since % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    w->day = (int)(of_year - (153 * month + 2) / 5) + 1;
    w->month = (int)(month < 10 ? month + 3 : month - 9);
    w->year = (int)(year + era * 400 + (w->month <= 2));
}

void when_set_year(struct when *w, int64_t now_ms)
{
    struct when today;
    civil((now_ms / 3600000 + 8) / 24, &today);
    bool ahead = w->month > today.month || (w->month == today.month && w->day > today.day);
    w->year = today.year - ahead;
}

bool when_unix(struct span s, struct when *w)
{
    int64_t seconds = 8 * 3600;
    for (int64_t i = 0, unit = 1000000000; i < 10; i++, unit /= 10) {
        if ((size_t)i >= s.n || !isdigit((unsigned char)s.p[i]))
            return false;
        seconds += (s.p[i] - '0') * unit;
    }
    int days = (int)(seconds / 86400);
    *w = (struct when){ 1970, 1, 1, -1, -1, -1 };
    for (;; w->month = w->month % 12 + 1) {
        bool leap = w->year % 4 == 0 && (w->year % 100 != 0 || w->year % 400 == 0);
        int month = w->month == 2                                                       ? 28 + leap
                    : w->month == 4 || w->month == 6 || w->month == 9 || w->month == 11 ? 30
                                                                                        : 31;
        if (days < month)
            break;
        days -= month;
        w->year += w->month == 12;
    }
    w->day = days + 1;
    return w->year >= YEAR_MIN;
}

struct span when_iso(struct arena *a, const struct when *w)
{
    if (w->month == 0)
        return arena_printf(a, "%04d", w->year);
    if (w->day == 0)
        return arena_printf(a, "%04d-%02d", w->year, w->month);
    if (w->hour < 0)
        return arena_printf(a, "%04d-%02d-%02d", w->year, w->month, w->day);
    if (w->second < 0)
        return arena_printf(a, "%04d-%02d-%02dT%02d:%02d", w->year, w->month, w->day, w->hour, w->minute);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", w->year, w->month, w->day, w->hour, w->minute, w->second);
}
