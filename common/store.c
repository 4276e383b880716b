#include "common/store.h"

#include <string.h>

#include "common/store_ops.h"

const char *const outcome_names[OUTCOME_COUNT] = {
    [OUTCOME_CAPTURED] = "captured",
    [OUTCOME_NOT_MODIFIED] = "not modified",
    [OUTCOME_SAME] = "same",
    [OUTCOME_REDIRECTED] = "redirected",
    [OUTCOME_GONE] = "gone",
    [OUTCOME_BLOCKED] = "blocked",
    [OUTCOME_UNREACHABLE] = "unreachable",
    [OUTCOME_REFUSED] = "refused",
    [OUTCOME_DENIED] = "robots denied",
    [OUTCOME_ROBOTS] = "robots",
};

bool store_role_is_part(struct span role)
{
    return span_is(role, "page") || span_is(role, "attachment");
}

bool store_role_is_list(struct span role)
{
    return !span_is(role, "article") && !store_role_is_part(role);
}

int64_t take_backoff_ms(int attempts)
{
    return (int64_t)10000 << (attempts < 0 ? 0 : attempts > 8 ? 8 : attempts);
}

struct store *store_open(const char *database, enum store_mode mode, struct err *e)
{
    if (strcmp(database, "null:") == 0)
        return store_null_open();
    return store_sqlite_open(database, mode, e);
}

void store_close(struct store *s)
{
    if (s != NULL)
        s->ops->close(s);
}

enum store_trouble store_trouble(const struct store *s)
{
    return s->trouble;
}

int store_member_join(struct store *s, const char *role, struct member *m, struct err *e)
{
    return s->ops->member_join(s, role, m, e);
}

int store_member_renew(struct store *s, const struct member *m, struct err *e)
{
    return s->ops->member_renew(s, m, e);
}

int store_member_leave(struct store *s, const struct member *m, struct err *e)
{
    return s->ops->member_leave(s, m, e);
}

int store_sites_sync(struct store *s, const struct config *c, int64_t now, struct err *e)
{
    return s->ops->sites_sync(s, c, now, e);
}

int store_free_owned(struct store *s, struct err *e)
{
    return s->ops->free_owned(s, e);
}

int store_hosts(struct store *s, int64_t after, void (*fn)(void *ctx, const struct store_host *h), void *ctx,
                struct err *e)
{
    return s->ops->hosts(s, after, fn, ctx, e);
}

int store_take_due(struct store *s, struct take *takes, int take_count, int64_t now, struct arena *a,
                   struct due_url *due, int *n, struct err *e)
{
    return s->ops->take_due(s, takes, take_count, now, a, due, n, e);
}

int store_commit_outcomes(struct store *s, const struct member *m, const struct outcome *o, int n, int64_t *capture_ids,
                          struct err *e)
{
    return s->ops->commit_outcomes(s, m, o, n, capture_ids, e);
}

int store_shift_due(struct store *s, int64_t delta_ms, struct err *e)
{
    return s->ops->shift_due(s, delta_ms, e);
}

int store_backlog(struct store *s, int64_t *pages, int64_t *bytes, struct err *e)
{
    return s->ops->backlog(s, pages, bytes, e);
}

int store_pending(struct store *s, bool (*skip)(void *ctx, int64_t capture, int64_t pass), void *ctx, int max,
                  int64_t max_bytes, struct arena *a, struct work *work, int *n, struct err *e)
{
    return s->ops->pending(s, skip, ctx, max, max_bytes, a, work, n, e);
}

int store_still_pending(struct store *s, const int64_t *captures, int n, int64_t *passes, struct err *e)
{
    return s->ops->still_pending(s, captures, n, passes, e);
}

int store_count_resend(struct store *s, const int64_t *captures, int n, struct err *e)
{
    return s->ops->count_resend(s, captures, n, e);
}

int store_settle(struct store *s, const struct result *const *r, int n, int64_t now, struct settled *out, struct err *e)
{
    return s->ops->settle(s, r, n, now, out, e);
}

int store_events(struct store *s, int64_t after, int max, void (*fn)(void *ctx, const struct event *ev), void *ctx,
                 struct err *e)
{
    return s->ops->events(s, after, max, fn, ctx, e);
}

int store_last_event(struct store *s, int64_t *seq, struct err *e)
{
    return s->ops->last_event(s, seq, e);
}

int store_prune(struct store *s, int64_t now, int max, int *n, struct err *e)
{
    return s->ops->prune(s, now, max, n, e);
}

int store_checkpoint(struct store *s, struct err *e)
{
    return s->ops->checkpoint(s, e);
}

int store_select(struct store *s, const char *sql, const char *const *params, int param_count, store_row_fn *fn,
                 void *ctx, struct err *e)
{
    return s->ops->select(s, sql, params, param_count, fn, ctx, e);
}

int store_retry(struct store *s, int64_t capture, int *n, struct err *e)
{
    return s->ops->retry(s, capture, n, e);
}

int store_check(struct store *s, struct err *e)
{
    return s->ops->check(s, e);
}
