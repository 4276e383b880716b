/* The store that forgets: for measuring what the rest costs. Nothing is ever due, everything settles. */
#include <stdlib.h>
#include <string.h>

#include "common/store_ops.h"

static void null_close(struct store *s)
{
    free(s);
}

static int null_member_join(struct store *s, const char *role, struct member *m, struct err *e)
{
    (void)s, (void)role, (void)e;
    *m = (struct member){ .id = 1, .epoch = 1 };
    return 0;
}

static int null_member(struct store *s, const struct member *m, struct err *e)
{
    (void)s, (void)m, (void)e;
    return 0;
}

static int null_sites_sync(struct store *s, const struct config *c, int64_t now, struct err *e)
{
    (void)s, (void)c, (void)now, (void)e;
    return 0;
}

static int null_nothing(struct store *s, struct err *e)
{
    (void)s, (void)e;
    return 0;
}

static int null_hosts(struct store *s, int64_t after, void (*fn)(void *, const struct store_host *), void *ctx,
                      struct err *e)
{
    (void)s, (void)after, (void)fn, (void)ctx, (void)e;
    return 0;
}

static int null_take_due(struct store *s, struct take *takes, int take_count, int64_t now, struct arena *a,
                         struct due_url *due, int *n, struct err *e)
{
    (void)s, (void)now, (void)a, (void)due, (void)e;
    for (int i = 0; i < take_count; i++)
        takes[i].next_due_at = INT64_MAX;
    *n = 0;
    return 0;
}

static int null_commit_outcomes(struct store *s, const struct member *m, const struct outcome *o, int n,
                                int64_t *capture_ids, struct err *e)
{
    (void)s, (void)m, (void)o, (void)e;
    memset(capture_ids, 0, sizeof(*capture_ids) * (size_t)n);
    return 0;
}

static int null_shift_due(struct store *s, int64_t delta_ms, struct err *e)
{
    (void)s, (void)delta_ms, (void)e;
    return 0;
}

static int null_backlog(struct store *s, int64_t *pages, int64_t *bytes, struct err *e)
{
    (void)s, (void)e;
    *pages = *bytes = 0;
    return 0;
}

static int null_pending(struct store *s, bool (*skip)(void *, int64_t, int64_t), void *ctx, int max, int64_t max_bytes,
                        struct arena *a, struct work *work, int *n, struct err *e)
{
    (void)s, (void)skip, (void)ctx, (void)max, (void)max_bytes, (void)a, (void)work, (void)e;
    *n = 0;
    return 0;
}

static int null_still_pending(struct store *s, const int64_t *captures, int n, int64_t *passes, struct err *e)
{
    (void)s, (void)captures, (void)e;
    memset(passes, 0, sizeof(*passes) * (size_t)n);
    return 0;
}

static int null_count_resend(struct store *s, const int64_t *captures, int n, struct err *e)
{
    (void)s, (void)captures, (void)n, (void)e;
    return 0;
}

static int null_settle(struct store *s, const struct result *const *r, int n, int64_t now, struct settled *out,
                       struct err *e)
{
    (void)s, (void)r, (void)now, (void)e;
    for (int i = 0; i < n; i++)
        out[i] = (struct settled){ .what = SETTLED };
    return 0;
}

static int null_events(struct store *s, int64_t after, int max, void (*fn)(void *, const struct event *), void *ctx,
                       struct err *e)
{
    (void)s, (void)after, (void)max, (void)fn, (void)ctx, (void)e;
    return 0;
}

static int null_last_event(struct store *s, int64_t *seq, struct err *e)
{
    (void)s, (void)e;
    *seq = 0;
    return 0;
}

static int null_prune(struct store *s, int64_t now, int max, int *n, struct err *e)
{
    (void)s, (void)now, (void)max, (void)e;
    *n = 0;
    return 0;
}

static int null_select(struct store *s, const char *sql, const char *const *params, int param_count, store_row_fn *fn,
                       void *ctx, struct err *e)
{
    (void)s, (void)sql, (void)params, (void)param_count, (void)fn, (void)ctx;
    return err_set(e, "the database 'null:' keeps nothing to look at");
}

static int null_retry(struct store *s, int64_t capture, int *n, struct err *e)
{
    (void)s, (void)capture, (void)e;
    *n = 0;
    return 0;
}

static const struct store_ops null_ops = {
    .close = null_close,
    .member_join = null_member_join,
    .member_renew = null_member,
    .member_leave = null_member,
    .sites_sync = null_sites_sync,
    .free_owned = null_nothing,
    .hosts = null_hosts,
    .take_due = null_take_due,
    .commit_outcomes = null_commit_outcomes,
    .shift_due = null_shift_due,
    .backlog = null_backlog,
    .pending = null_pending,
    .still_pending = null_still_pending,
    .count_resend = null_count_resend,
    .settle = null_settle,
    .events = null_events,
    .last_event = null_last_event,
    .prune = null_prune,
    .checkpoint = null_nothing,
    .select = null_select,
    .retry = null_retry,
    .check = null_nothing,
};

struct store *store_null_open(void)
{
    struct store *s = calloc(1, sizeof(*s));
    if (s == NULL)
        abort();
    s->ops = &null_ops;
    return s;
}
