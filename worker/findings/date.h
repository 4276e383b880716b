/* date.h - dates and periods: 2023年7月15日, 去年11月29日, 二〇〇四年四月, 2017-2021, 5月底, 今年以来.
 * A date keeps the precision that the text gives. */
#ifndef RENDA_WORKER_FINDINGS_DATE_H
#define RENDA_WORKER_FINDINGS_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

struct date {
    int16_t year; /* 0: the text does not give it */
    int8_t month, day;
};

struct date_range {
    struct date from, to;
    bool ranged; /* to is set */
};

/* Reads a date or a range of dates that begins at p; returns the first byte behind it, or p when there is none.
 * A bare year needs 年 unless it is in a range (2017-2021) or an ISO date. */
const char *date_read(const char *p, const char *end, struct date_range *d);

/* 2025-07-15, 2025-07 or 2025 as the article's published field has it. */
struct date date_of(struct span iso);
/* ISO text at the date's precision; empty without a year. */
struct span date_text(struct date d, struct arena *a);
/* Gives a date without a year base_year where that is not 0, else the latest year in which it is not long after the
 * publication (a meeting may be announced some weeks ahead). */
struct date date_resolve(struct date d, struct date published, int base_year);

enum period_type {
    PERIOD_NONE,
    PERIOD_YEAR,
    PERIOD_HALF,
    PERIOD_QUARTER,
    PERIOD_MONTH,
    PERIOD_YTD,
    PERIOD_TERM,
    PERIOD_MULTI_YEAR,
    PERIOD_EVENT,
    PERIOD_AS_OF
};
extern const char *const period_names[]; /* by period_type; [0] is empty */

struct period {
    enum period_type type;
    struct date from, to;
};

#endif
