/* when.h - dates as pages write them, for the date of publication: 2025-07-15 09:30, 2025年7月15日, 二〇二五年七月, …
 */
#ifndef RENDA_WORKER_WHEN_H
#define RENDA_WORKER_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

struct when {
    int year, month, day;     /* month and day 0 when not given */
    int hour, minute, second; /* -1 when not given */
};

/* The first date in s that names at least year and month; *at (may be NULL) is where it stands, time included. */
bool when_find(struct span s, struct when *w, struct span *at);

/* Dates that only URLs hold: /2022/04/13/, t20240202_123.html, /202404/t…, 2022-04-13. */
bool when_in_url(struct span url, struct when *w);

/* A day without its year that stands alone between blanks or brackets, as lists have it: 05-12, [05-12], 5月12日. Sets
 * month and day; the year is 0. */
bool when_find_day(struct span s, struct when *w);

/* Gives a day its year: the latest in which it does not lie behind the moment now_ms (since 1970), in China's time. */
void when_set_year(struct when *w, int64_t now_ms);

/* The day in China of ten digits at the start of s: seconds since 1970. */
bool when_unix(struct span s, struct when *w);

/* "2025", "2025-07", "2025-07-15", "2025-07-15T09:30", "2025-07-15T09:30:05": the precision that is given. */
struct span when_iso(struct arena *a, const struct when *w);

#endif
