/* When a URL is visited again: every outcome for every role, growing intervals, and the server's own wish. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "producer/schedule.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define S        ((int64_t)1000)
#define MIN      (60 * S)
#define HOUR     (60 * MIN)
#define DAY      (24 * HOUR)
#define BEGAN    (1000000 * S)
#define NOW      (BEGAN + 2 * S) /* a visit of two seconds */
#define POLL     (5 * MIN)
#define REVISIT  DAY

enum page { START, PAGER, ARTICLE };
static const char *const page_names[] = { "start page", "pager page", "article" };

static struct due_url due_of(enum page page, int failures, int64_t interval)
{
    return (struct due_url){ .role = page == ARTICLE ? SPAN("article") : SPAN("list"), .start_page = page == START,
                             .poll_ms = POLL, .interval_ms = interval, .failures = failures, .priority = PRIORITY_BACKFILL };
}

static struct outcome outcome_of(enum outcome_kind kind, const struct due_url *due, int64_t retry_after, bool host_down)
{
    struct outcome o = { .kind = kind };
    const struct visit_facts facts = { .started_at = BEGAN, .now = NOW, .retry_after_ms = retry_after,
                                       .revisit_ms = REVISIT, .host_down = host_down };
    schedule_next(due, &facts, &o);
    return o;
}

static void every_outcome_and_role(void **state)
{
    (void)state;
    static const struct {
        enum page page;
        enum outcome_kind kind;
        int64_t next, interval, host_rests; /* next and host_rests as absolute times; 0: the host does not */
        int priority, capture_priority;
    } rows[] = {
        { START, OUTCOME_CAPTURED, BEGAN + POLL, POLL, 0, PRIORITY_LIVE, PRIORITY_LIVE },
        { START, OUTCOME_SAME, BEGAN + POLL, POLL, 0, PRIORITY_LIVE, PRIORITY_LIVE },
        { START, OUTCOME_NOT_MODIFIED, BEGAN + POLL, POLL, 0, PRIORITY_LIVE, PRIORITY_LIVE },
        { START, OUTCOME_REDIRECTED, BEGAN + POLL, POLL, 0, PRIORITY_LIVE, PRIORITY_LIVE },
        { START, OUTCOME_GONE, NOW + POLL, POLL, 0, PRIORITY_LIVE, PRIORITY_LIVE },
        { START, OUTCOME_BLOCKED, NOW + MIN, POLL, NOW + MIN, PRIORITY_BACKFILL, PRIORITY_LIVE },
        { START, OUTCOME_UNREACHABLE, NOW + 10 * S, POLL, 0, PRIORITY_BACKFILL, PRIORITY_LIVE },
        { START, OUTCOME_REFUSED, NOW + 6 * HOUR, POLL, 0, PRIORITY_BACKFILL, PRIORITY_LIVE },
        { PAGER, OUTCOME_CAPTURED, BEGAN + 60 * POLL, 60 * POLL, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_SAME, BEGAN + 60 * POLL, 60 * POLL, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_NOT_MODIFIED, BEGAN + 60 * POLL, 60 * POLL, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_REDIRECTED, BEGAN + 60 * POLL, 60 * POLL, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_GONE, NOW + 60 * POLL, 60 * POLL, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_BLOCKED, NOW + MIN, 60 * POLL, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_UNREACHABLE, NOW + 10 * S, 60 * POLL, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { PAGER, OUTCOME_REFUSED, NOW + 6 * HOUR, 60 * POLL, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_CAPTURED, BEGAN + REVISIT, REVISIT, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_SAME, BEGAN + 8 * DAY, 8 * DAY, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_NOT_MODIFIED, BEGAN + 8 * DAY, 8 * DAY, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_REDIRECTED, BEGAN + REVISIT, REVISIT, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_GONE, NOW + 8 * DAY, 8 * DAY, 0, PRIORITY_REVISIT, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_BLOCKED, NOW + MIN, 4 * DAY, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_UNREACHABLE, NOW + 10 * S, 4 * DAY, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { START, OUTCOME_DENIED, NOW + DAY, POLL, 0, PRIORITY_BACKFILL, PRIORITY_LIVE },
        { PAGER, OUTCOME_DENIED, NOW + DAY, 60 * POLL, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_DENIED, NOW + DAY, 4 * DAY, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
        { ARTICLE, OUTCOME_REFUSED, NOW + 90 * DAY, 4 * DAY, 0, PRIORITY_BACKFILL, PRIORITY_BACKFILL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct due_url due = due_of(rows[i].page, 0, 4 * DAY);
        struct outcome o = outcome_of(rows[i].kind, &due, 0, false);
        if (o.next_visit_at != rows[i].next || o.interval_ms != rows[i].interval || o.host_not_before != rows[i].host_rests ||
            o.priority != rows[i].priority || o.capture_priority != rows[i].capture_priority)
            bad++, print_error("%s %s: next in %lld s, interval %lld s, host rests until %lld, priorities %d %d\n",
                               page_names[rows[i].page], outcome_names[rows[i].kind], (long long)(o.next_visit_at - NOW) / S,
                               (long long)(o.interval_ms / S), (long long)o.host_not_before, o.priority, o.capture_priority);
    }
    assert_int_equal(bad, 0);
    assert_int_equal(COUNT(rows), 3 * (OUTCOME_COUNT - 1)); /* OUTCOME_ROBOTS is no visit of a URL */
}

static void failures_grow(void **state)
{
    (void)state;
    static const struct {
        enum page page;
        enum outcome_kind kind;
        int failures;
        int64_t wait;
    } rows[] = {
        { ARTICLE, OUTCOME_UNREACHABLE, 0, 10 * S },   { ARTICLE, OUTCOME_UNREACHABLE, 1, 20 * S },
        { ARTICLE, OUTCOME_UNREACHABLE, 5, 320 * S },  { ARTICLE, OUTCOME_UNREACHABLE, 11, 20480 * S },
        { ARTICLE, OUTCOME_UNREACHABLE, 12, 6 * HOUR }, { ARTICLE, OUTCOME_UNREACHABLE, 1000, 6 * HOUR },
        { ARTICLE, OUTCOME_UNREACHABLE, INT32_MAX, 6 * HOUR },
        { ARTICLE, OUTCOME_BLOCKED, 1, 2 * MIN },      { ARTICLE, OUTCOME_BLOCKED, 8, 256 * MIN },
        { ARTICLE, OUTCOME_BLOCKED, 9, 6 * HOUR },     { ARTICLE, OUTCOME_BLOCKED, 1000, 6 * HOUR },
        { START, OUTCOME_BLOCKED, 1000, 6 * HOUR },    { PAGER, OUTCOME_UNREACHABLE, 1000, 6 * HOUR },
        { START, OUTCOME_UNREACHABLE, 0, 10 * S },     { START, OUTCOME_UNREACHABLE, 5, POLL }, /* keeps its beat */
        { START, OUTCOME_UNREACHABLE, 1000, POLL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct due_url due = due_of(rows[i].page, rows[i].failures, DAY);
        struct outcome o = outcome_of(rows[i].kind, &due, 0, false);
        if (o.next_visit_at != NOW + rows[i].wait)
            bad++, print_error("%s %s after %d failures: %lld s\n", page_names[rows[i].page], outcome_names[rows[i].kind],
                               rows[i].failures, (long long)(o.next_visit_at - NOW) / S);
    }
    assert_int_equal(bad, 0);
}

static void articles_ever_more_rarely(void **state)
{
    (void)state;
    static const struct {
        enum outcome_kind kind;
        int64_t interval, want;
    } rows[] = {
        { OUTCOME_SAME, 0, 2 * DAY },           { OUTCOME_SAME, HOUR, 2 * DAY },
        { OUTCOME_SAME, DAY, 2 * DAY },         { OUTCOME_SAME, 44 * DAY, 88 * DAY },
        { OUTCOME_SAME, 46 * DAY, 90 * DAY },   { OUTCOME_SAME, 90 * DAY, 90 * DAY },
        { OUTCOME_CAPTURED, 90 * DAY, DAY }, /* it changed: soon again */
        { OUTCOME_GONE, 90 * DAY, 90 * DAY },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct due_url due = due_of(ARTICLE, 0, rows[i].interval);
        if (outcome_of(rows[i].kind, &due, 0, false).interval_ms != rows[i].want)
            bad++, print_error("row %zu: %lld s\n", i, (long long)outcome_of(rows[i].kind, &due, 0, false).interval_ms / S);
    }
    assert_int_equal(bad, 0);
}

static void retry_after_is_heeded(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum page page;
        enum outcome_kind kind;
        int failures;
        int64_t wish, wait;
    } rows[] = {
        { "longer than ours", ARTICLE, OUTCOME_BLOCKED, 0, 2 * HOUR, 2 * HOUR },
        { "shorter than ours", ARTICLE, OUTCOME_BLOCKED, 0, 5 * S, MIN },
        { "a 503 with a wish", ARTICLE, OUTCOME_UNREACHABLE, 0, HOUR, HOUR },
        { "a year: a day is enough", ARTICLE, OUTCOME_BLOCKED, 0, 365 * DAY, DAY },
        { "longer than our most", ARTICLE, OUTCOME_UNREACHABLE, 100, 8 * HOUR, 8 * HOUR },
        { "a start page's beat gives way", START, OUTCOME_UNREACHABLE, 0, HOUR, HOUR },
        { "a start page, ten days", START, OUTCOME_UNREACHABLE, 0, 10 * DAY, DAY },
        { "a start page, shorter than its beat", START, OUTCOME_UNREACHABLE, 10, MIN, POLL },
        { "negative", ARTICLE, OUTCOME_BLOCKED, 0, -HOUR, MIN },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct due_url due = due_of(rows[i].page, rows[i].failures, DAY);
        struct outcome o = outcome_of(rows[i].kind, &due, rows[i].wish, false);
        if (o.next_visit_at != NOW + rows[i].wait)
            bad++, print_error("%s: %lld s\n", rows[i].name, (long long)(o.next_visit_at - NOW) / S);
        if (rows[i].kind == OUTCOME_BLOCKED && o.host_not_before != (rows[i].wish > 0 ? o.next_visit_at : 0))
            bad++, print_error("%s: the host rests %lld s\n", rows[i].name, (long long)(o.host_not_before - NOW) / S);
    }
    assert_int_equal(bad, 0);
}

static void hosts_that_are_down_rest(void **state)
{
    (void)state;
    static const struct {
        int failures;
        bool down;
        int64_t rest; /* 0: none */
    } rows[] = { { 0, true, 10 * S }, { 3, true, 80 * S }, { 20, true, 10 * MIN }, { 20, false, 0 } };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct due_url due = due_of(ARTICLE, rows[i].failures, DAY);
        struct outcome o = outcome_of(OUTCOME_UNREACHABLE, &due, 0, rows[i].down);
        if (o.host_not_before != (rows[i].rest > 0 ? NOW + rows[i].rest : 0))
            bad++, print_error("row %zu: until %lld\n", i, (long long)o.host_not_before);
    }
    assert_int_equal(bad, 0);
}

/* A poll shorter than the visit: at once again, but not twice in the same millisecond. */
static void short_beats(void **state)
{
    (void)state;
    struct due_url due = due_of(START, 0, DAY);
    due.poll_ms = 100;
    assert_int_equal(outcome_of(OUTCOME_SAME, &due, 0, false).next_visit_at, NOW + 1);
    due.poll_ms = 30 * DAY; /* the longest */
    due.start_page = false;
    assert_int_equal(outcome_of(OUTCOME_SAME, &due, 0, false).next_visit_at, BEGAN + 30 * DAY * 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_outcome_and_role), cmocka_unit_test(failures_grow), cmocka_unit_test(articles_ever_more_rarely),
        cmocka_unit_test(retry_after_is_heeded),  cmocka_unit_test(hosts_that_are_down_rest), cmocka_unit_test(short_beats),
    };
    return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
