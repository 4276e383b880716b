/* schedule.h - when a URL is visited again, by what came of the visit. Pure: all times come in. */
#ifndef RENDA_PRODUCER_SCHEDULE_H
#define RENDA_PRODUCER_SCHEDULE_H

#include "common/store.h"

#define SCHEDULE_REVISIT_MAX   ((int64_t)90 * 24 * 3600 * 1000) /* an unchanged article: ever more rarely, up to this */
#define SCHEDULE_RETRY_MS      10000                            /* after a failure: doubled for each, */
#define SCHEDULE_RETRY_MAX     ((int64_t)6 * 3600 * 1000)       /* up to this */
#define SCHEDULE_DENIED_MS     ((int64_t)24 * 3600 * 1000) /* when robots.txt says no: as long as that is believed */
#define SCHEDULE_BLOCKED_MS    60000                       /* after "you may not": likewise */
#define SCHEDULE_HOST_REST_MAX ((int64_t)3600 * 1000)      /* a host that wants rest gets this at most at a time, */
#define SCHEDULE_DOWN_REST_MAX ((int64_t)600 * 1000)       /* one that does not answer this, */
#define SCHEDULE_WISHED_MAX    ((int64_t)24 * 3600 * 1000) /* unless it says how long (Retry-After), up to this */

/* What a visit showed, beside its outcome. */
struct visit_facts {
    int64_t started_at; /* wall */
    int64_t now;
    int64_t retry_after_ms; /* the server's wish; 0: none */
    int64_t revisit_ms;     /* from the config */
    bool host_down;         /* nothing answered: DNS, connect, TLS */
};

/* Fills next_visit_at, interval_ms, priority, capture_priority and host_not_before of *o from what was due. */
void schedule_next(const struct due_url *due, const struct visit_facts *facts, struct outcome *o);

#endif
