/* Results become rows: captures are settled, links join the frontier, the outbox is read. */
#include "common/store_sqlite.h"

#include <string.h>

#include "common/url.h"

#define SITEMAPS_DEEP     3 /* sitemaps above one that may still name others */
#define BATCH_ARENA_BYTES ((size_t)64 * 1024 * 1024)

/* What is known of a pending capture. 1: found; 0: no such pending (capture, pass); -1: failure. */
static int find_capture(struct sqlite *q, struct settling *t, int64_t *tries, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "SELECT c.url_id, u.site_id, c.seq, c.priority, c.fetched_at, u.url, c.role, c.tries, "
                   "c.seq = u.seq "
                   "FROM capture c JOIN url u ON u.id = c.url_id "
                   "WHERE c.id = ?1 AND c.pass = ?2 AND c.state = 'pending'",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    sq_int(st, 2, t->r->pass);
    int rc = sq_step(q, st, e, "cannot look up a capture");
    if (rc == 1) {
        t->url_id = sq_col_int(st, 0);
        t->site_id = sq_col_int(st, 1);
        t->seq = sq_col_int(st, 2);
        t->priority = sq_col_int(st, 3);
        t->fetched_at = sq_col_int(st, 4);
        t->url = sq_col_text(st, 5, t->arena);
        t->role = sq_col_text(st, 6, t->arena);
        *tries = sq_col_int(st, 7);
        t->latest = sq_col_int(st, 8) != 0;
    }
    sqlite3_reset(st);
    return rc;
}

static int quarantine(struct sqlite *q, const struct result *r, int64_t tries, struct span why, int64_t now,
                      struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE capture SET state = 'quarantined', tries = ?3, why = ?4, rules = ?5, settled_at = ?6 "
                   "WHERE id = ?1 AND pass = ?2 AND state = 'pending'",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, r->capture);
    sq_int(st, 2, r->pass);
    sq_int(st, 3, tries);
    sq_text(st, 4, why);
    sq_text(st, 5, r->rules);
    sq_int(st, 6, now);
    return sq_run(q, st, e, "cannot quarantine a capture");
}

/* A verdict on this page. The pass is raised, so that the same verdict told twice counts once. */
static int count_verdict(struct sqlite *q, struct settling *t, int64_t tries, struct err *e)
{
    if (tries + 1 >= TRIES_MAX) {
        t->out->what = SETTLED_QUARANTINED;
        err_set(&t->out->why, "%.*s, %d times", SPAN_FMT(t->r->failed), TRIES_MAX);
        return quarantine(q, t->r, tries + 1, t->r->failed, t->now, e);
    }
    t->out->what = SETTLED_FAILED;
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE capture SET tries = tries + 1, pass = pass + 1, why = ?3 "
                                  "WHERE id = ?1 AND pass = ?2 AND state = 'pending'",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    sq_int(st, 2, t->r->pass);
    sq_text(st, 3, t->r->failed);
    return sq_run(q, st, e, "cannot count a verdict");
}

/* "title body" and "date: matched nothing, source: is empty"; either may be NULL. */
static void put_selected(sqlite3_stmt *st, int at, const struct settling *t)
{
    struct span used = { NULL, 0 }, useless = { NULL, 0 };
    for (size_t i = 0; i < t->r->selected_count; i++) {
        const struct result_selected *s = &t->r->selected[i];
        if (s->why.n == 0)
            used = arena_printf(t->arena, "%.*s%s%.*s", SPAN_FMT(used), used.n > 0 ? " " : "", SPAN_FMT(s->field));
        else
            useless = arena_printf(t->arena, "%.*s%s%.*s: %.*s", SPAN_FMT(useless), useless.n > 0 ? ", " : "",
                                   SPAN_FMT(s->field), SPAN_FMT(s->why));
    }
    sq_text(st, at, used);
    sq_text(st, at + 1, useless);
}

static int settle_capture(struct sqlite *q, const struct settling *t, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE capture SET state = 'settled', class = ?3, charset = ?4, charset_how = ?5, why = ?6, "
                   "rules = ?7, settled_at = ?8, selected = ?9, unselected = ?10 WHERE id = ?1 AND pass = ?2 AND state "
                   "= 'pending'",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    sq_int(st, 2, t->r->pass);
    sq_text(st, 3, t->r->page_class);
    sq_text(st, 4, t->r->charset);
    sq_text(st, 5, t->r->charset_how);
    sq_text(st, 6, t->why);
    sq_text(st, 7, t->r->rules);
    sq_int(st, 8, t->now);
    put_selected(st, 9, t);
    return sq_run(q, st, e, "cannot settle a capture");
}

/* ---- links ------------------------------------------------------------------------------------------------------- */

/* 1: the URL is new; 0: known; -1: failure. Live are links that a list shows which was read before. */
static int add_link(struct sqlite *q, const struct settling *t, const struct site_pace *site,
                    const struct result_link *l, int64_t host, struct err *e)
{
    bool article = span_is(l->role, "article");
    sqlite3_stmt *st =
        sq_prepare(q,
                   "INSERT INTO url (url, site_id, host_id, role, priority, state, next_visit_at, interval_ms, "
                   "found_on, found_at, hint_title, hint_date, hint_column) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, 'new', ?6, ?7, ?8, ?6, ?9, ?10, ?11) ON CONFLICT (url) DO NOTHING",
                   e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, l->url);
    sq_int(st, 2, t->site_id);
    sq_int(st, 3, host);
    sq_text(st, 4, l->role);
    sq_int(st, 5, article && t->seq > 1 ? PRIORITY_LIVE : PRIORITY_BACKFILL);
    sq_int(st, 6, t->now);
    sq_int(st, 7, site->poll_ms * PAGER_FACTOR);
    sq_int(st, 8, t->url_id);
    sq_text(st, 9, l->title);
    sq_text(st, 10, l->date);
    sq_text(st, 11, l->column);
    if (sq_run(q, st, e, "cannot add a link") < 0)
        return -1;
    return sqlite3_changes(q->db) > 0;
}

/* Something new on this page may have pushed older links to the next one. */
static int wake_next_page(struct sqlite *q, const struct settling *t, struct span url, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE url SET next_visit_at = ?2, priority = 0 WHERE url = ?1 AND start_page = 0 "
                                  "AND (next_visit_at IS NULL OR next_visit_at > ?2) AND visited_at IS NOT NULL",
                                  e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, url);
    sq_int(st, 2, t->now);
    return sq_run(q, st, e, "cannot wake a list's next page");
}

/* Pages that are sitemaps and led here, one through the other; counted to SITEMAPS_DEEP at most. -1: failure. */
static int64_t sitemaps_above(struct sqlite *q, const struct settling *t, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "WITH RECURSIVE up (id, n) AS (SELECT CAST(?1 AS BIGINT), 0 UNION ALL SELECT u.found_on, n + 1 "
                   "FROM up JOIN url u ON u.id = up.id WHERE u.found_on IS NOT NULL AND u.role = 'sitemap' "
                   "AND n < ?2) SELECT MAX(n) FROM up",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->url_id);
    sq_int(st, 2, SITEMAPS_DEEP);
    int64_t n = sq_one(q, st, e, "cannot look up what led to a sitemap") == 0 ? sq_col_int(st, 0) : -1;
    sqlite3_reset(st);
    return n;
}

/* An index of sitemaps may name indexes, but not for ever. 1: what this page names is left out. */
static int too_deep(struct sqlite *q, struct settling *t, struct err *e)
{
    bool names_sitemaps = false;
    for (size_t i = 0; i < t->r->link_count && !names_sitemaps; i++)
        names_sitemaps = span_is(t->r->links[i].role, "sitemap");
    if (!names_sitemaps || !span_is(t->role, "sitemap"))
        return 0;
    int64_t above = sitemaps_above(q, t, e);
    if (above < 0)
        return -1;
    if (above < SITEMAPS_DEEP)
        return 0;
    t->why = arena_printf(
        t->arena, "%.*s%sthe sitemaps that it names are left out: it is the last of %d, each named by the one before",
        SPAN_FMT(t->why), t->why.n > 0 ? "; " : "", SITEMAPS_DEEP + 1);
    return 1;
}

static int add_links(struct sqlite *q, struct settling *t, int *new_articles, struct err *e)
{
    struct site_pace site;
    if (sqlite_site_pace(q, t->site_id, &site, e) < 0)
        return -1;
    char host_name[300] = "";
    int64_t host = -1;
    struct span next = { NULL, 0 };
    int deep = too_deep(q, t, e);
    if (deep < 0)
        return -1;
    for (size_t i = 0; i < t->r->link_count; i++) {
        const struct result_link *l = &t->r->links[i];
        if (deep > 0 && span_is(l->role, "sitemap"))
            continue;
        char buf[300];
        struct span name = url_host(l->url, buf);
        if (name.n == 0 || (span_is(name, "file://") && !span_starts(t->url, SPAN("file://"))))
            continue; /* a page of the web has no business with files, whatever its parsing child says */
        if (host < 0 || !span_is(name, host_name)) {
            host = sqlite_host_id(q, name, site.delay_ms, site.concurrency, false, e);
            if (host < 0)
                return -1;
            memcpy(host_name, buf, sizeof(host_name));
            if (span_is(name, "file://"))
                strcpy(host_name, "file://");
        }
        int rc = add_link(q, t, &site, l, host, e);
        if (rc < 0)
            return -1;
        t->out->new_links += rc;
        *new_articles += rc == 1 && span_is(l->role, "article");
        if (l->next)
            next = l->url;
    }
    return next.n > 0 && *new_articles > 0 ? wake_next_page(q, t, next, e) : 0;
}

/* A list without its list still names its feeds. */
static int64_t list_links(const struct result *r)
{
    int64_t n = 0;
    for (size_t i = 0; i < r->link_count; i++)
        n += !span_is(r->links[i].role, "feed");
    return n;
}

/* A start page that used to give links and gives none has lost its list; its return ends that. */
static int judge_list(struct sqlite *q, const struct settling *t, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE site SET state = CASE WHEN ?2 > 0 THEN 'ok' ELSE 'empty list' END, "
                   "state_why = CASE WHEN ?2 > 0 THEN NULL ELSE ?3 END, state_at = ?4, state_url = ?5 WHERE id = ?1 "
                   "AND (SELECT start_page FROM url WHERE id = ?5) = 1 AND CASE WHEN ?2 > 0 THEN state = 'empty list' "
                   "AND state_url = ?5 "
                   "ELSE state = 'ok' AND (SELECT links FROM list_column WHERE url_id = ?5) > 0 END",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->site_id);
    sq_int(st, 2, list_links(t->r));
    sq_text(st, 3, t->url);
    sq_int(st, 4, t->now);
    sq_int(st, 5, t->url_id);
    return sq_run(q, st, e, "cannot update a site's state");
}

/* Remembers how many links a list gives, and when something new was last among them. */
static int note_list(struct sqlite *q, const struct settling *t, int new_articles, struct err *e)
{
    if (judge_list(q, t, e) < 0)
        return -1;
    sqlite3_stmt *st =
        sq_prepare(q,
                   "INSERT INTO list_column (url_id, links, last_new_at) VALUES (?1, ?2, CASE WHEN ?3 > 0 THEN ?4 END) "
                   "ON CONFLICT (url_id) DO UPDATE SET links = excluded.links, "
                   "habit_ms = CASE WHEN ?3 > 0 AND last_new_at IS NOT NULL THEN "
                   "(COALESCE(habit_ms, ?4 - last_new_at) * 7 + (?4 - last_new_at)) / 8 ELSE habit_ms END, "
                   "last_new_at = COALESCE(excluded.last_new_at, last_new_at)",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->url_id);
    sq_int(st, 2, list_links(t->r));
    sq_int(st, 3, new_articles);
    sq_int(st, 4, t->now);
    return sq_run(q, st, e, "cannot note a list");
}

/* ---- one result, and a batch ------------------------------------------------------------------------------------- */

/* Only the latest capture of a page says what belongs to its article. */
static int settle_needs(struct sqlite *q, struct settling *t, struct err *e)
{
    struct site_pace pace;
    bool may_have_some = t->r->pass > 1 || t->seq > 1;
    if (!t->latest || (t->r->need_count == 0 && !may_have_some))
        return 0;
    return sqlite_site_pace(q, t->site_id, &pace, e) < 0 ? -1 : sqlite_bundle_needs(q, t, &pace, e);
}

static int settle_one(struct sqlite *q, struct settling *t, struct err *e)
{
    int64_t tries = 0;
    memset(t->out, 0, sizeof(*t->out));
    int rc = find_capture(q, t, &tries, e);
    if (rc <= 0) {
        t->out->what = SETTLED_STALE;
        return rc;
    }
    if (t->r->failed.n > 0 && t->r->failed_part > 0 && (rc = sqlite_bundle_verdict(q, t, e)) != 0) {
        t->out->what = SETTLED_FAILED;
        return rc < 0 ? -1 : 0;
    }
    if (t->r->failed.n > 0)
        return count_verdict(q, t, tries, e);
    t->out->what = SETTLED;
    t->why = t->r->reason;
    if (sqlite_bundle_read(q, t, e) < 0)
        return -1;
    if (t->r->article != NULL && sqlite_store_article(q, t, e) < 0)
        return -1;
    int new_articles = 0;
    if (t->r->link_count > 0 && add_links(q, t, &new_articles, e) < 0)
        return -1;
    if (!span_is(t->role, "article") && t->r->article == NULL && note_list(q, t, new_articles, e) < 0)
        return -1;
    return settle_capture(q, t, e) < 0 ? -1 : settle_needs(q, t, e);
}

struct batch {
    struct sqlite *q;
    struct settling t;
    const struct result *const *r;
    struct settled *out;
};

static int settle_row(void *ctx, int i, struct err *e)
{
    struct batch *b = ctx;
    b->t.r = b->r[i];
    b->t.out = &b->out[i];
    return settle_one(b->q, &b->t, e);
}

/* Quarantined, with the database's reason. */
static int quarantine_row(void *ctx, int i, const struct err *why, struct err *e)
{
    struct batch *b = ctx;
    b->out[i] = (struct settled){ .what = SETTLED_QUARANTINED, .why = *why };
    return quarantine(b->q, b->r[i], 0, span_of(why->msg), b->t.now, e);
}

int sqlite_settle(struct store *s, const struct result *const *r, int n, int64_t now, struct settled *out,
                  struct err *e)
{
    struct batch b = { (struct sqlite *)s, { .now = now, .arena = arena_new(BATCH_ARENA_BYTES, NULL) }, r, out };
    int rc = sq_batch(b.q, n, &(struct sq_batch){ settle_row, quarantine_row, &b }, e);
    arena_free(b.t.arena);
    return rc;
}

/* ---- the outbox -------------------------------------------------------------------------------------------------- */

int sqlite_events(struct store *s, int64_t after, int max, void (*fn)(void *, const struct event *), void *ctx,
                  struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st =
        sq_prepare(q, "SELECT seq, id, topic, payload FROM event WHERE seq > ?1 ORDER BY seq LIMIT ?2", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, after);
    sq_int(st, 2, max);
    int rc;
    while ((rc = sq_step(q, st, e, "cannot read the outbox")) == 1) {
        struct event ev = {
            .seq = sq_col_int(st, 0),
            .id = { sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1) },
            .topic = { sqlite3_column_blob(st, 2), (size_t)sqlite3_column_bytes(st, 2) },
            .payload = { sqlite3_column_blob(st, 3), (size_t)sqlite3_column_bytes(st, 3) },
        };
        fn(ctx, &ev);
    }
    return rc;
}

int sqlite_last_event(struct store *s, int64_t *seq, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st = sq_prepare(q, "SELECT COALESCE(MAX(seq), 0) FROM event", e);
    if (st == NULL || sq_one(q, st, e, "cannot read the outbox") < 0)
        return -1;
    *seq = sq_col_int(st, 0);
    sqlite3_reset(st);
    return 0;
}
