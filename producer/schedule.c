#include "producer/schedule.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t doubled(int64_t first_ms, int times, int64_t max_ms)
{
    return least(first_ms << (times > 20 ? 20 : times), max_ms);
}

/* An article, or a part of one. */
static bool is_article(const struct due_url *due)
{
    return !store_role_is_list(due->role);
}

/* A list has a beat of its own: start pages the site's, pager pages a slow one. */
static int64_t list_interval(const struct due_url *due)
{
    return due->start_page ? due->poll_ms : due->poll_ms * PAGER_FACTOR;
}

static int64_t article_interval(const struct due_url *due, const struct outcome *o, const struct visit_facts *facts)
{
    bool changed = o->kind == OUTCOME_CAPTURED;
    return changed ? facts->revisit_ms : least(most(due->interval_ms, facts->revisit_ms) * 2, SCHEDULE_REVISIT_MAX);
}

/* One closed page is its own affair; "too many requests", a time to wait, or a closed start page are the host's. */
static bool speaks_for_host(const struct due_url *due, const struct visit_facts *facts, const struct outcome *o)
{
    if (o->kind != OUTCOME_BLOCKED)
        return facts->retry_after_ms > 0 && o->kind == OUTCOME_UNREACHABLE;
    return o->status == 429 || o->status == 521 || facts->retry_after_ms > 0 || due->start_page;
}

static void after_failure(const struct due_url *due, const struct visit_facts *facts, struct outcome *o)
{
    int64_t wait = doubled(SCHEDULE_RETRY_MS, due->failures, SCHEDULE_RETRY_MAX);
    int64_t wished = least(facts->retry_after_ms, SCHEDULE_WISHED_MAX);
    if (o->kind == OUTCOME_BLOCKED)
        wait = doubled(SCHEDULE_BLOCKED_MS, due->failures, SCHEDULE_RETRY_MAX);
    if (o->kind == OUTCOME_DENIED)
        wait = SCHEDULE_DENIED_MS;
    if (o->kind == OUTCOME_REFUSED)
        wait = is_article(due) ? SCHEDULE_REVISIT_MAX : most(list_interval(due), SCHEDULE_RETRY_MAX);
    wait = most(wait, wished);
    if (due->start_page && o->kind == OUTCOME_UNREACHABLE)
        wait = least(wait, most(due->poll_ms, wished)); /* a start page keeps its beat */
    o->next_visit_at = facts->now + wait;
    int64_t rest_max = facts->host_down ? SCHEDULE_DOWN_REST_MAX : SCHEDULE_HOST_REST_MAX;
    if (facts->host_down || speaks_for_host(due, facts, o))
        o->host_not_before = facts->now + least(wait, most(rest_max, wished));
}

void schedule_next(const struct due_url *due, const struct visit_facts *facts, struct outcome *o)
{
    bool article = is_article(due);
    o->interval_ms = article ? due->interval_ms : list_interval(due);
    o->priority = article ? PRIORITY_REVISIT : due->start_page ? PRIORITY_LIVE : PRIORITY_REVISIT;
    o->capture_priority = article ? due->priority : due->start_page ? PRIORITY_LIVE : due->priority;
    switch (o->kind) {
    case OUTCOME_CAPTURED:
    case OUTCOME_SAME:
    case OUTCOME_NOT_MODIFIED:
        if (article)
            o->interval_ms = article_interval(due, o, facts);
        o->next_visit_at = most(facts->started_at + o->interval_ms, facts->now + (article ? 0 : 1));
        break;
    case OUTCOME_REDIRECTED:
        o->interval_ms = article ? facts->revisit_ms : o->interval_ms;
        o->next_visit_at = facts->started_at + o->interval_ms;
        break;
    case OUTCOME_GONE:
        o->interval_ms = article ? article_interval(due, o, facts) : o->interval_ms;
        o->next_visit_at = facts->now + o->interval_ms;
        break;
    default:
        o->priority = due->priority;
        after_failure(due, facts, o);
        break;
    }
}
