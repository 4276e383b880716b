/* Sites, hosts, URLs and visits. */
#include "common/store_sqlite.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/url.h"

#define FILES_AT_ONCE    4
#define DUE_AHEAD_MAX_MS ((int64_t)100 * 24 * 3600 * 1000) /* no visit is planned further ahead */

int64_t sqlite_host_id(struct sqlite *q, struct span name, int64_t delay_ms, int concurrency, bool trusted,
                       struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "SELECT id FROM host WHERE name = ?1", e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, name);
    int rc = sq_step(q, st, e, "cannot look up a host");
    int64_t id = rc == 1 ? sq_col_int(st, 0) : -1;
    sqlite3_reset(st);
    if (rc != 0)
        return id;
    st = sq_prepare(q, "INSERT INTO host (name, delay_ms, concurrency, trusted) VALUES (?1, ?2, ?3, ?4)", e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, name);
    sq_int(st, 2, delay_ms);
    sq_int(st, 3, concurrency);
    sq_int(st, 4, trusted);
    return sq_run(q, st, e, "cannot add a host") < 0 ? -1 : sqlite3_last_insert_rowid(q->db);
}

int sqlite_site_pace(struct sqlite *q, int64_t site, struct site_pace *p, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "SELECT delay_ms, concurrency, poll_ms FROM site WHERE id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, site);
    if (sq_one(q, st, e, "cannot read a site") < 0)
        return -1;
    *p = (struct site_pace){ .delay_ms = sq_col_int(st, 0),
                             .concurrency = (int)sq_col_int(st, 1),
                             .poll_ms = sq_col_int(st, 2) };
    sqlite3_reset(st);
    return 0;
}

/* ---- the config becomes rows ------------------------------------------------------------------------------------- */

static int64_t upsert_site(struct sqlite *q, const struct config_site *c, int64_t now, struct err *e)
{
    char patterns[16384];
    size_t n = 0;
    for (size_t i = 0; i < c->article.n; i++) {
        size_t len = strlen(c->article.items[i]);
        if (n + len + 2 > sizeof(patterns))
            return err_set(e, "site '%s': its article patterns are longer than %zu bytes together", c->name,
                           sizeof(patterns));
        memcpy(patterns + n, c->article.items[i], len);
        n += len;
        patterns[n++] = '\n';
    }
    patterns[n] = '\0';
    sqlite3_stmt *st = sq_prepare(
        q,
        "INSERT INTO site (name, org, region, level, patterns, poll_ms, delay_ms, concurrency, state_at, selectors, "
        "selectors_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (name) DO UPDATE SET org = "
        "excluded.org, "
        "region = excluded.region, level = excluded.level, patterns = excluded.patterns, poll_ms = excluded.poll_ms, "
        "delay_ms = excluded.delay_ms, concurrency = excluded.concurrency, active = 1, selectors = excluded.selectors, "
        "selectors_until = excluded.selectors_until RETURNING id",
        e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, span_of(c->name));
    sq_text(st, 2, span_of(c->org));
    sq_text(st, 3, span_of(c->region));
    sq_text(st, 4, span_of(c->level));
    sqlite3_bind_text(st, 5, patterns, -1, SQLITE_STATIC);
    sq_int(st, 6, c->poll_ms);
    sq_int(st, 7, c->delay_ms);
    sq_int(st, 8, c->concurrency);
    sq_int(st, 9, now);
    sq_text(st, 10, span_of(c->selectors.lines));
    sq_text(st, 11, span_of(c->selectors.valid_until));
    int64_t id = sq_one(q, st, e, "cannot store a site") == 0 ? sq_col_int(st, 0) : -1;
    sqlite3_reset(st);
    return id;
}

static int upsert_start(struct sqlite *q, const struct config_site *c, int64_t site, const char *url, int64_t now,
                        struct err *e)
{
    char buf[300];
    struct span host = url_host(span_of(url), buf);
    if (host.n == 0)
        return err_set(e, "site '%s': '%s' is no http, https or file URL", c->name, url);
    int64_t host_id = sqlite_host_id(q, host, c->delay_ms, c->concurrency, false, e);
    if (host_id < 0)
        return -1;
    /* Of several sites on one host the most careful one decides. Files are nobody's server. */
    bool files = span_is(host, "file://");
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE host SET delay_ms = CASE WHEN trusted = 1 THEN MAX(delay_ms, ?2) ELSE ?2 END, "
                   "concurrency = CASE WHEN trusted = 1 THEN MIN(concurrency, ?3) ELSE ?3 END, trusted = 1 "
                   "WHERE id = ?1",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, host_id);
    sq_int(st, 2, files ? 0 : c->delay_ms);
    sq_int(st, 3, files ? FILES_AT_ONCE : c->concurrency);
    if (sq_run(q, st, e, "cannot update a host") < 0)
        return -1;
    st = sq_prepare(
        q,
        "INSERT INTO url (url, site_id, host_id, role, start_page, priority, state, next_visit_at, interval_ms, "
        "found_at) VALUES (?1, ?2, ?3, 'list', 1, 0, 'new', ?5, ?4, ?5) ON CONFLICT (url) DO UPDATE SET "
        "site_id = excluded.site_id, start_page = 1, priority = 0, role = 'list', interval_ms = excluded.interval_ms, "
        "next_visit_at = MIN(COALESCE(next_visit_at, ?5), ?5 + ?4)",
        e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, span_of(url));
    sq_int(st, 2, site);
    sq_int(st, 3, host_id);
    sq_int(st, 4, c->poll_ms);
    sq_int(st, 5, now);
    return sq_run(q, st, e, "cannot add a start page");
}

/* A wall clock that was wrong may have left due times that never come. */
static int bring_back(struct sqlite *q, int64_t now, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "UPDATE url SET next_visit_at = ?1 WHERE next_visit_at > ?1 + ?2", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, now);
    sq_int(st, 2, DUE_AHEAD_MAX_MS);
    return sq_run(q, st, e, "cannot bring due times back");
}

/* Start pages that are no longer in the config become ordinary list pages; inactive sites rest, returning ones wake. */
static int settle_activity(struct sqlite *q, int64_t now, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE url SET next_visit_at = NULL WHERE next_visit_at IS NOT NULL AND site_id IN "
                                  "(SELECT id FROM site WHERE active = 0)",
                                  e);
    if (sq_run(q, st, e, "cannot put a site to rest") < 0)
        return -1;
    st =
        sq_prepare(q,
                   "UPDATE url SET next_visit_at = ?1 WHERE next_visit_at IS NULL AND state NOT IN ('gone', 'refused') "
                   "AND site_id IN (SELECT id FROM site WHERE active = 1)",
                   e);
    if (st != NULL)
        sq_int(st, 1, now);
    return sq_run(q, st, e, "cannot wake a site");
}

int sqlite_sites_sync(struct store *s, const struct config *c, int64_t now, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    if (sq_begin(q, e) < 0)
        return -1;
    if (sq_exec(q,
                "UPDATE site SET active = 0; UPDATE host SET trusted = 0 WHERE trusted = 1; "
                "UPDATE url SET start_page = 0 WHERE start_page = 1",
                e, "cannot update the sites") < 0)
        goto fail;
    for (size_t i = 0; i < c->site_count; i++) {
        int64_t id = upsert_site(q, &c->sites[i], now, e);
        if (id < 0)
            goto fail;
        for (size_t k = 0; k < c->sites[i].start.n; k++) {
            if (upsert_start(q, &c->sites[i], id, c->sites[i].start.items[k], now, e) < 0)
                goto fail;
        }
    }
    if (settle_activity(q, now, e) < 0 || bring_back(q, now, e) < 0)
        goto fail;
    return sq_commit(q, e);
fail:
    sq_rollback(q);
    return -1;
}

int sqlite_hosts(struct store *s, int64_t after, void (*fn)(void *, const struct store_host *), void *ctx,
                 struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st = sq_prepare(q,
                                  "SELECT id, name, delay_ms, concurrency, not_before, trusted, robots, robots_at FROM "
                                  "host WHERE id > ?1 ORDER BY id",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, after);
    int rc;
    while ((rc = sq_step(q, st, e, "cannot read the hosts")) == 1) {
        struct store_host h = {
            .id = sq_col_int(st, 0),
            .delay_ms = sq_col_int(st, 2),
            .concurrency = (int)sq_col_int(st, 3),
            .not_before = sq_col_int(st, 4),
            .trusted = sq_col_int(st, 5) != 0,
            .robots = { sqlite3_column_blob(st, 6), (size_t)sqlite3_column_bytes(st, 6) },
            .robots_at = sq_col_int(st, 7),
        };
        const char *name = (const char *)sqlite3_column_text(st, 1);
        strncpy(h.name, name != NULL ? name : "", sizeof(h.name) - 1);
        fn(ctx, &h);
    }
    return rc;
}

/* ---- taking what is due ------------------------------------------------------------------------------------------ */

static void read_due(sqlite3_stmt *st, struct arena *a, struct due_url *d)
{
    *d = (struct due_url){
        .id = sq_col_int(st, 0),
        .site_id = sq_col_int(st, 1),
        .host_id = sq_col_int(st, 2),
        .seq = sq_col_int(st, 3),
        .interval_ms = sq_col_int(st, 4),
        .poll_ms = sq_col_int(st, 5),
        .priority = (int)sq_col_int(st, 6),
        .hops = (int)sq_col_int(st, 7),
        .failures = (int)sq_col_int(st, 8),
        .attempts = (int)sq_col_int(st, 9),
        .start_page = sq_col_int(st, 10) != 0,
        .known = sq_col_int(st, 11) != 0,
        .url = sq_col_text(st, 12, a),
        .role = sq_col_text(st, 13, a),
        .etag = sq_col_text(st, 14, a),
        .modified = sq_col_text(st, 15, a),
        .digest = sq_col_text(st, 16, a),
    };
}

#define SELECT_DUE                                                                                                     \
    "SELECT u.id, u.site_id, u.host_id, u.seq, u.interval_ms, s.poll_ms, u.priority, u.hops, u.failures, u.attempts, " \
    "u.start_page, u.visited_at IS NOT NULL, u.url, u.role, u.etag, u.modified, u.digest, u.next_visit_at "            \
    "FROM url u JOIN site s ON s.id = u.site_id WHERE u.host_id = ?1 AND u.priority = ?2 "                             \
    "AND u.next_visit_at IS NOT NULL "

/* Reads the due URLs of one host in the order of their priority. */
static int read_due_of_host(struct sqlite *q, struct take *t, int64_t now, struct arena *a, struct due_url *due, int *n,
                            struct err *e)
{
    static const char *const by_kinds[] = {
        [TAKE_LISTS] = SELECT_DUE "AND u.role NOT IN ('article', 'page', 'attachment') ORDER BY u.next_visit_at",
        [TAKE_ARTICLES] = SELECT_DUE "AND u.role IN ('article', 'page', 'attachment') ORDER BY u.next_visit_at",
        [TAKE_LISTS | TAKE_ARTICLES] = SELECT_DUE "ORDER BY u.next_visit_at",
    };
    int taken = 0;
    t->next_due_at = INT64_MAX;
    for (int priority = 0; priority < PRIORITY_COUNT && t->kinds != 0; priority++) {
        sqlite3_stmt *st = sq_prepare(q, by_kinds[t->kinds], e);
        if (st == NULL)
            return -1;
        sq_int(st, 1, t->host_id);
        sq_int(st, 2, priority);
        int rc;
        while ((rc = sq_step(q, st, e, "cannot read what is due")) == 1) {
            int64_t at = sq_col_int(st, 17);
            if (at > now || taken >= t->max) {
                if (at < t->next_due_at)
                    t->next_due_at = at;
                break;
            }
            read_due(st, a, &due[*n + taken++]);
        }
        sqlite3_reset(st);
        if (rc < 0)
            return -1;
    }
    *n += taken;
    return 0;
}

static int commit_attempts(struct sqlite *q, int64_t now, const struct due_url *due, int n, struct err *e)
{
    if (sq_begin(q, e) < 0)
        return -1;
    for (int i = 0; i < n; i++) {
        sqlite3_stmt *st = sq_prepare(q, "UPDATE url SET attempts = attempts + 1, next_visit_at = ?2 WHERE id = ?1", e);
        if (st != NULL) {
            sq_int(st, 1, due[i].id);
            sq_int(st, 2, now + take_backoff_ms(due[i].attempts));
        }
        if (sq_run(q, st, e, "cannot record an attempt") < 0) {
            sq_rollback(q);
            return -1;
        }
    }
    return sq_commit(q, e);
}

int sqlite_take_due(struct store *s, struct take *takes, int take_count, int64_t now, struct arena *a,
                    struct due_url *due, int *n, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    *n = 0;
    for (int i = 0; i < take_count; i++) {
        if (read_due_of_host(q, &takes[i], now, a, due, n, e) < 0)
            return -1;
    }
    return *n == 0 ? 0 : commit_attempts(q, now, due, *n, e);
}

/* ---- what came of visits ----------------------------------------------------------------------------------------- */

static const char *url_state(const struct outcome *o)
{
    switch (o->kind) {
    case OUTCOME_REDIRECTED: return "redirected";
    case OUTCOME_GONE: return "gone";
    case OUTCOME_BLOCKED: return "blocked";
    case OUTCOME_UNREACHABLE: return "unreachable";
    case OUTCOME_REFUSED: return "refused";
    case OUTCOME_DENIED: return "robots denied";
    default: return "ok";
    }
}

static bool is_failure(const struct outcome *o)
{
    return o->kind == OUTCOME_BLOCKED || o->kind == OUTCOME_UNREACHABLE || o->kind == OUTCOME_REFUSED ||
           o->kind == OUTCOME_DENIED;
}

/* Returns the URL's new seq, or -1; role[] becomes its role as the database knows it. */
static int64_t update_url(struct sqlite *q, const struct outcome *o, char role[16], struct err *e)
{
    /* A body comes with its own validators, or without: those of another body would hide a change. */
    int validators = o->kind == OUTCOME_CAPTURED || o->kind == OUTCOME_SAME ? 2
                     : o->kind == OUTCOME_NOT_MODIFIED                      ? 1
                                                                            : 0;
    sqlite3_stmt *st = sq_prepare(
        q,
        "UPDATE url SET state = ?2, state_why = ?3, next_visit_at = ?4, interval_ms = ?5, priority = ?6, attempts = 0, "
        "failures = CASE WHEN ?7 THEN failures + 1 ELSE 0 END, seq = seq + ?8, visited_at = ?9, status = ?10, "
        "etag = CASE ?11 WHEN 2 THEN ?12 WHEN 1 THEN COALESCE(?12, etag) ELSE etag END, "
        "modified = CASE ?11 WHEN 2 THEN ?13 WHEN 1 THEN COALESCE(?13, modified) ELSE modified END, digest = "
        "COALESCE(?14, digest) "
        "WHERE id = ?1 RETURNING seq, role",
        e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->url_id);
    sq_text(st, 2, span_of(url_state(o)));
    sq_text(st, 3, o->detail);
    sq_null_or_int(st, 4, o->next_visit_at);
    sq_int(st, 5, o->interval_ms);
    sq_int(st, 6, o->priority);
    sq_int(st, 7, is_failure(o));
    sq_int(st, 8, o->kind == OUTCOME_CAPTURED);
    sq_int(st, 9, o->at);
    sq_null_or_int(st, 10, o->status);
    sq_int(st, 11, validators);
    sq_text(st, 12, o->etag);
    sq_text(st, 13, o->modified);
    sq_text(st, 14, o->kind == OUTCOME_CAPTURED ? o->digest : (struct span){ NULL, 0 });
    int64_t seq = sq_one(q, st, e, "cannot update a URL") == 0 ? sq_col_int(st, 0) : -1;
    const unsigned char *known = seq < 0 ? NULL : sqlite3_column_text(st, 1);
    snprintf(role, 16, "%s", known != NULL ? (const char *)known : "");
    sqlite3_reset(st);
    return seq;
}

static int64_t insert_capture(struct sqlite *q, const struct member *m, const struct outcome *o, int64_t seq,
                              struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "INSERT INTO capture (url_id, seq, state, priority, role, final_url, status, content_type, "
                   "fetched_at, digest, bytes, "
                   "raw_bytes, owner) VALUES (?1, ?2, ?13, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->url_id);
    sq_int(st, 2, seq);
    sq_int(st, 3, o->capture_priority);
    sq_text(st, 4, o->role);
    sq_text(st, 5, o->final_url);
    sq_int(st, 6, o->status);
    sq_text(st, 7, o->content_type);
    sq_int(st, 8, o->at);
    sq_text(st, 9, o->digest);
    sq_int(st, 10, o->bytes);
    sq_int(st, 11, (int64_t)o->body.n);
    sq_null_or_int(st, 12, m->id);
    sq_text(st, 13, store_role_is_part(o->role) ? SPAN("part") : SPAN("pending"));
    if (sq_run(q, st, e, "cannot store a capture") < 0)
        return -1;
    int64_t id = sqlite3_last_insert_rowid(q->db);
    st = sq_prepare(q, "INSERT INTO raw (capture_id, body) VALUES (?1, ?2)", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, id);
    sq_blob(st, 2, o->body);
    return sq_run(q, st, e, "cannot store a page") < 0 ? -1 : id;
}

static int insert_visit(struct sqlite *q, const struct outcome *o, int64_t capture, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "INSERT INTO visit (url_id, at, status, outcome, detail, bytes, took_ms, capture_id) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->url_id);
    sq_int(st, 2, o->at);
    sq_null_or_int(st, 3, o->status);
    sq_text(st, 4, span_of(outcome_names[o->kind]));
    sq_text(st, 5, o->detail);
    sq_int(st, 6, o->bytes);
    sq_int(st, 7, o->took_ms);
    sq_null_or_int(st, 8, capture);
    return sq_run(q, st, e, "cannot record a visit");
}

static int count_host_day(struct sqlite *q, const struct outcome *o, struct err *e)
{
    char day[16];
    time_t t = (time_t)(o->at / 1000);
    struct tm tm;
    gmtime_r(&t, &tm);
    size_t n = strftime(day, sizeof(day), "%Y-%m-%d", &tm);
    sqlite3_stmt *st =
        sq_prepare(q,
                   "INSERT INTO host_day (host_id, day, visits, failures, bytes) VALUES (?1, ?2, 1, ?3, ?4) "
                   "ON CONFLICT (host_id, day) DO UPDATE SET visits = visits + 1, "
                   "failures = failures + excluded.failures, bytes = bytes + excluded.bytes",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->host_id);
    sq_text(st, 2, (struct span){ day, n });
    sq_int(st, 3, is_failure(o));
    sq_int(st, 4, o->bytes);
    return sq_run(q, st, e, "cannot count a day's visits");
}

static int back_off_host(struct sqlite *q, const struct outcome *o, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE host SET not_before = MAX(not_before, ?2), failures = CASE WHEN ?2 > 0 THEN failures + 1 "
                   "ELSE 0 END WHERE id = ?1 AND (?2 > 0 OR failures <> 0)",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->host_id);
    sq_int(st, 2, o->host_not_before);
    return sq_run(q, st, e, "cannot update a host");
}

/* The next hop is a URL of its own, with its own host slot. A list's is due at once each time; an article's when new.
 */
static int follow_redirect(struct sqlite *q, const struct outcome *o, struct err *e)
{
    struct site_pace pace;
    if (sqlite_site_pace(q, o->site_id, &pace, e) < 0)
        return -1;
    int64_t host = sqlite_host_id(q, o->redirect_host, pace.delay_ms, pace.concurrency, false, e);
    if (host < 0)
        return -1;
    sqlite3_stmt *st = sq_prepare(
        q,
        "INSERT INTO url (url, site_id, host_id, role, priority, state, next_visit_at, interval_ms, hops, found_on, "
        "found_at, start_page, hint_title, hint_date, hint_column) SELECT ?1, ?2, ?3, ?4, ?5, 'new', ?6, ?7, ?8, ?9, "
        "?6, start_page, hint_title, hint_date, hint_column FROM url WHERE id = ?9 ON CONFLICT (url) DO UPDATE SET "
        "hops = MIN(hops, excluded.hops), start_page = MAX(start_page, excluded.start_page), "
        "priority = MIN(priority, excluded.priority), hint_title = COALESCE(hint_title, excluded.hint_title), "
        "hint_date = COALESCE(hint_date, excluded.hint_date), hint_column = COALESCE(hint_column, "
        "excluded.hint_column), next_visit_at = CASE WHEN ?10 THEN MIN(COALESCE(next_visit_at, ?6), ?6) "
        "ELSE next_visit_at END RETURNING id",
        e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, o->redirect_to);
    sq_int(st, 2, o->site_id);
    sq_int(st, 3, host);
    sq_text(st, 4, o->role);
    sq_int(st, 5, o->capture_priority);
    sq_int(st, 6, o->at);
    sq_int(st, 7, !o->list ? o->interval_ms : o->start_page ? pace.poll_ms : pace.poll_ms * PAGER_FACTOR);
    sq_int(st, 8, o->hops + 1);
    sq_int(st, 9, o->url_id);
    sq_int(st, 10, o->list);
    if (sq_one(q, st, e, "cannot add a redirect's target") < 0)
        return -1;
    int64_t target = sq_col_int(st, 0);
    sqlite3_reset(st);
    st = sq_prepare(q, "UPDATE url SET redirect_to = ?2 WHERE id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->url_id);
    sq_int(st, 2, target);
    return sq_run(q, st, e, "cannot record a redirect");
}

/* A start page tells how its site stands; one that is well again ends only the trouble that it brought about itself. */
static int update_site_state(struct sqlite *q, const struct outcome *o, struct err *e)
{
    bool bad = is_failure(o) || o->kind == OUTCOME_GONE;
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE site SET state = ?2, state_why = ?3, state_at = ?4, state_url = ?6 WHERE id = ?1 "
                   "AND state <> ?2 AND ((?5 AND (state IN ('new', 'ok') OR state_url = ?6)) "
                   "OR (NOT ?5 AND (state = 'new' OR (state_url = ?6 AND state <> 'empty list'))))",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->site_id);
    sq_text(st, 2, span_of(url_state(o)));
    sq_text(st, 3, o->detail);
    sq_int(st, 4, o->at);
    sq_int(st, 5, bad);
    sq_int(st, 6, o->url_id);
    return sq_run(q, st, e, "cannot update a site's state");
}

/* 1 when following the redirects from where this one leads comes back to it; 0; -1. */
static int is_circle(struct sqlite *q, const struct outcome *o, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "WITH RECURSIVE hop (id, n) AS (SELECT id, 1 FROM url WHERE url = ?1 UNION ALL "
                   "SELECT u.redirect_to, hop.n + 1 FROM hop JOIN url u ON u.id = hop.id "
                   "WHERE u.state = 'redirected' AND u.redirect_to IS NOT NULL AND u.id <> ?2 AND hop.n < 32) "
                   "SELECT 1 FROM hop WHERE id = ?2",
                   e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, o->redirect_to);
    sq_int(st, 2, o->url_id);
    int rc = sq_step(q, st, e, "cannot follow a redirect");
    sqlite3_reset(st);
    return rc;
}

/* A sitemap belongs to the site whose start page stands on its host. */
static int add_sitemap(struct sqlite *q, const struct outcome *o, struct span url, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "INSERT INTO url (url, site_id, host_id, role, priority, state, next_visit_at, interval_ms, "
                   "found_at) SELECT ?1, s.id, ?2, 'sitemap', ?3, 'new', ?4, s.poll_ms * ?5, ?4 FROM url u "
                   "JOIN site s ON s.id = u.site_id WHERE u.host_id = ?2 AND u.start_page = 1 AND s.active = 1 "
                   "ORDER BY u.id LIMIT 1 ON CONFLICT (url) DO NOTHING",
                   e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, url);
    sq_int(st, 2, o->host_id);
    sq_int(st, 3, PRIORITY_BACKFILL);
    sq_int(st, 4, o->at);
    sq_int(st, 5, PAGER_FACTOR);
    return sq_run(q, st, e, "cannot add a sitemap");
}

static int keep_robots(struct sqlite *q, const struct outcome *o, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "UPDATE host SET robots = ?2, robots_at = ?3 WHERE id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->host_id);
    sqlite3_bind_text64(st, 2, o->body.n > 0 ? o->body.p : "", o->body.n, SQLITE_STATIC, SQLITE_UTF8);
    sq_int(st, 3, o->at);
    if (sq_run(q, st, e, "cannot keep a robots.txt") < 0)
        return -1;
    const char *p = o->sitemaps.p, *end = p + o->sitemaps.n;
    while (p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (stop == NULL)
            stop = end;
        if (stop > p && add_sitemap(q, o, span_between(p, stop), e) < 0)
            return -1;
        p = stop + 1;
    }
    return 0;
}

static int commit_outcome(struct sqlite *q, const struct member *m, const struct outcome *o, int64_t *capture,
                          struct err *e)
{
    struct outcome refused;
    int circle = o->kind == OUTCOME_REDIRECTED ? is_circle(q, o, e) : 0;
    if (circle < 0)
        return -1;
    if (circle) { /* its next visit is as late as that of any redirect: the others of the circle lead here no more often
                   */
        refused = *o;
        refused.kind = OUTCOME_REFUSED;
        refused.detail = SPAN("redirected in a circle");
        o = &refused;
    }
    *capture = 0;
    if (o->kind == OUTCOME_ROBOTS)
        return keep_robots(q, o, e);
    char role[16];
    int64_t seq = update_url(q, o, role, e);
    if (seq < 0)
        return -1;
    struct outcome as_known = *o; /* an article's page may have become part of another while it was fetched */
    as_known.role = span_of(role);
    o = &as_known;
    bool is_revisit = o->kind == OUTCOME_CAPTURED && seq > 1 && span_is(o->role, "article");
    if (o->kind == OUTCOME_CAPTURED && (*capture = insert_capture(q, m, o, seq, e)) < 0)
        return -1;
    if (o->kind == OUTCOME_REDIRECTED && o->redirect_to.n > 0 && follow_redirect(q, o, e) < 0)
        return -1;
    if (store_role_is_part(o->role) ? sqlite_bundle_part(q, o, *capture, e) < 0
                                    : is_revisit && sqlite_bundle_carry(q, o->url_id, *capture, e) < 0)
        return -1;
    if (o->start_page && o->kind != OUTCOME_REDIRECTED && update_site_state(q, o, e) < 0)
        return -1;
    if (insert_visit(q, o, *capture, e) < 0 || count_host_day(q, o, e) < 0)
        return -1;
    return back_off_host(q, o, e);
}

struct batch {
    struct sqlite *q;
    const struct member *m;
    const struct outcome *o;
    int64_t *capture_ids;
};

static int commit_row(void *ctx, int i, struct err *e)
{
    struct batch *b = ctx;
    return commit_outcome(b->q, b->m, &b->o[i], &b->capture_ids[i], e);
}

/* Left out; its URL comes due again. */
static int leave_row_out(void *ctx, int i, const struct err *why, struct err *e)
{
    struct batch *b = ctx;
    (void)why, (void)e;
    b->capture_ids[i] = OUTCOME_LEFT_OUT;
    return 0;
}

int sqlite_commit_outcomes(struct store *s, const struct member *m, const struct outcome *o, int n,
                           int64_t *capture_ids, struct err *e)
{
    struct batch b = { (struct sqlite *)s, m, o, capture_ids };
    return sq_batch(b.q, n, &(struct sq_batch){ commit_row, leave_row_out, &b }, e);
}

int sqlite_shift_due(struct store *s, int64_t delta_ms, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    if (sq_begin(q, e) < 0)
        return -1;
    sqlite3_stmt *st =
        sq_prepare(q, "UPDATE url SET next_visit_at = next_visit_at + ?1 WHERE next_visit_at IS NOT NULL", e);
    if (st != NULL)
        sq_int(st, 1, delta_ms);
    if (sq_run(q, st, e, "cannot shift due times") < 0)
        goto fail;
    st = sq_prepare(q, "UPDATE host SET not_before = not_before + ?1 WHERE not_before > 0", e);
    if (st != NULL)
        sq_int(st, 1, delta_ms);
    if (sq_run(q, st, e, "cannot shift due times") < 0)
        goto fail;
    return sq_commit(q, e);
fail:
    sq_rollback(q);
    return -1;
}
