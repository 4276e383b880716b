/* Several pages and attachments of one article: what its first page leads to, what of it has come, and when they are
 * read together.
 *
 * An article is stored from its first page at once. What belongs to it is fetched like any URL; its captures are in the
 * state "part" and are never parsed for themselves. When nothing is wanted any more, because it has come or failed, the
 * first page's capture is pending again with a new pass, and is sent with all parts. What comes later than that, or
 * comes anew, has it read once more. */
#include "common/store_sqlite.h"

#include <stdio.h>

#include "common/url.h"

#define HOPS_MAX 16 /* redirects that are followed from what the article names */

/* ---- rows -------------------------------------------------------------------------------------------------------- */

struct bundle_row {
    struct span url, state, why;
    int64_t url_id, part_capture, tries;
    bool unread;
};

static int read_rows(struct sqlite *q, struct settling *t, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "SELECT url, state, why, url_id, part_capture, tries, unread FROM bundle "
                                  "WHERE capture_id = ?1 ORDER BY part",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    t->bundle = ARENA_ARRAY(t->arena, struct bundle_row, RESULT_NEEDS_MAX);
    int rc;
    while ((rc = sq_step(q, st, e, "cannot read a bundle")) == 1 && t->bundle_count < RESULT_NEEDS_MAX)
        t->bundle[t->bundle_count++] = (struct bundle_row){
            .url = sq_col_text(st, 0, t->arena),
            .state = sq_col_text(st, 1, t->arena),
            .why = sq_col_text(st, 2, t->arena),
            .url_id = sq_col_int(st, 3),
            .part_capture = sq_col_int(st, 4),
            .tries = sq_col_int(st, 5),
            .unread = sq_col_int(st, 6) != 0,
        };
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

static const struct bundle_row *find_row(const struct settling *t, struct span url)
{
    for (size_t i = 0; i < t->bundle_count; i++) {
        if (span_eq(t->bundle[i].url, url))
            return &t->bundle[i];
    }
    return NULL;
}

/* The worker had it and says so: it stands in the text, or could not be read. */
static bool was_read(const struct result_need *n)
{
    return n->to > n->from || n->why.n > 0;
}

int sqlite_bundle_read(struct sqlite *q, struct settling *t, struct err *e)
{
    t->bundle_count = 0;
    t->fresh_parts = false;
    if (t->r->pass == 1 && t->seq == 1)
        return 0;
    if (read_rows(q, t, e) < 0)
        return -1;
    for (size_t i = 0; i < t->r->need_count; i++) {
        const struct bundle_row *row = find_row(t, t->r->needs[i].url);
        t->fresh_parts |= row != NULL && row->unread && was_read(&t->r->needs[i]);
    }
    return 0;
}

static int insert_row(struct sqlite *q, const struct settling *t, size_t i, const struct bundle_row *row, struct err *e)
{
    const struct result_need *n = &t->r->needs[i];
    sqlite3_stmt *st =
        sq_prepare(q,
                   "INSERT INTO bundle (capture_id, part, kind, url, url_id, name, state, why, part_capture, unread, "
                   "tries, text_from, text_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    sq_int(st, 2, (int64_t)i + 1);
    sq_text(st, 3, span_of(need_kind_names[n->kind]));
    sq_text(st, 4, n->url);
    sq_null_or_int(st, 5, row->url_id);
    sq_text(st, 6, n->name);
    sq_text(st, 7, row->state);
    sq_text(st, 8, row->why);
    sq_null_or_int(st, 9, row->part_capture);
    sq_int(st, 10, row->unread);
    sq_int(st, 11, row->tries);
    if (n->to > n->from) {
        sq_int(st, 12, n->from);
        sq_int(st, 13, n->to);
    }
    return sq_run(q, st, e, "cannot store a part of an article");
}

/* ---- one URL ------------------------------------------------------------------------------------------------------ */

struct known_url {
    int64_t id, redirect_to;
    struct span role, state;
};

static int look_up(struct sqlite *q, const char *sql, int64_t id, struct span url, struct arena *a, struct known_url *u,
                   struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, sql, e);
    if (st == NULL)
        return -1;
    if (url.n > 0)
        sq_text(st, 1, url);
    else
        sq_int(st, 1, id);
    if (sq_one(q, st, e, "cannot look up a part of an article") < 0)
        return -1;
    *u = (struct known_url){ .id = sq_col_int(st, 0),
                             .role = sq_col_text(st, 1, a),
                             .state = sq_col_text(st, 2, a),
                             .redirect_to = sq_col_int(st, 3) };
    sqlite3_reset(st);
    return 0;
}

/* Where the redirects lead that are known of it. */
static int follow(struct sqlite *q, struct arena *a, struct known_url *u, struct err *e)
{
    for (int i = 0; i < HOPS_MAX && span_is(u->state, "redirected") && u->redirect_to > 0; i++) {
        if (look_up(q, "SELECT id, role, state, redirect_to FROM url WHERE id = ?1", u->redirect_to,
                    (struct span){ NULL, 0 }, a, u, e) < 0)
            return -1;
    }
    return 0;
}

/* 1: an article is stored from it; 0; -1. */
static int is_stored(struct sqlite *q, int64_t url_id, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "SELECT 1 FROM article WHERE url_id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    int rc = sq_step(q, st, e, "cannot look up an article");
    sqlite3_reset(st);
    return rc;
}

/* A list or a sitemap named it, and it was taken for an article that is none: from now on it is a part. */
static int convert(struct sqlite *q, int64_t url_id, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "UPDATE url SET role = 'page' WHERE id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    if (sq_run(q, st, e, "cannot make a URL a part of an article") < 0)
        return -1;
    st = sq_prepare(q, "UPDATE capture SET state = 'part', role = 'page' WHERE url_id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    return sq_run(q, st, e, "cannot make a capture a part of an article");
}

static int latest_capture(struct sqlite *q, int64_t url_id, int64_t *id, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q, "SELECT id FROM capture WHERE url_id = ?1 AND state = 'part' ORDER BY seq DESC LIMIT 1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    int rc = sq_step(q, st, e, "cannot look up a part of an article");
    *id = rc == 1 ? sq_col_int(st, 0) : 0;
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

/* How a part stands whose URL may have been known before. article: url.id of the first page, or 0. An article that was
 * never stored is taken as the page that it is said to be, but not when only a redirect led to it. */
static int judge_url(struct sqlite *q, const struct known_url *u, int64_t article, enum need_kind kind, bool redirected,
                     struct bundle_row *row, struct err *e)
{
    row->url_id = u->id;
    row->state = SPAN("failed");
    row->part_capture = 0;
    row->unread = false;
    if (u->id == article) {
        row->why = SPAN("it leads back to the article's first page");
        return 0;
    }
    if (store_role_is_list(u->role)) {
        row->why = SPAN("it is a list page");
        return 0;
    }
    if (!store_role_is_part(u->role)) {
        bool keep = redirected || kind != NEED_PAGE;
        int rc = keep ? 1 : is_stored(q, u->id, e);
        if (rc < 0 || (rc == 0 && convert(q, u->id, e) < 0))
            return -1;
        row->why = SPAN("it is an article of its own");
        if (rc == 1)
            return 0;
    }
    if (latest_capture(q, u->id, &row->part_capture, e) < 0)
        return -1;
    bool there = row->part_capture > 0, tried = !span_is(u->state, "new") && !span_is(u->state, "ok");
    row->unread = there;
    row->state = there ? SPAN("there") : tried ? SPAN("failed") : SPAN("wanted");
    row->why = !there && tried ? u->state : (struct span){ NULL, 0 };
    return 0;
}

/* Puts what the article needs into the frontier, unless it is there. */
static int add_url(struct sqlite *q, struct settling *t, const struct result_need *n, int64_t host, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "INSERT INTO url (url, site_id, host_id, role, priority, state, next_visit_at, "
                                  "interval_ms, found_on, found_at) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5, 'new', ?6, 0, ?7, ?6) ON CONFLICT (url) DO NOTHING",
                                  e);
    if (st == NULL)
        return -1;
    sq_text(st, 1, n->url);
    sq_int(st, 2, t->site_id);
    sq_int(st, 3, host);
    sq_text(st, 4, span_of(need_kind_names[n->kind]));
    sq_int(st, 5, t->priority);
    sq_int(st, 6, t->now);
    sq_int(st, 7, t->url_id);
    if (sq_run(q, st, e, "cannot add a part of an article") < 0)
        return -1;
    t->out->new_links += sqlite3_changes(q->db);
    return 0;
}

static int want(struct sqlite *q, struct settling *t, const struct site_pace *pace, const struct result_need *n,
                struct bundle_row *row, struct err *e)
{
    char buf[300];
    struct known_url u;
    struct span host = url_host(n->url, buf);
    *row = (struct bundle_row){ .url = n->url, .state = SPAN("listed") };
    if (n->kind == NEED_LISTED)
        return 0;
    if (host.n == 0 || (span_is(host, "file://") && !span_starts(t->url, SPAN("file://")))) {
        row->state = SPAN("failed");
        row->why = SPAN("its address is not for us");
        return 0;
    }
    int64_t host_id = sqlite_host_id(q, host, pace->delay_ms, pace->concurrency, false, e);
    if (host_id < 0 || add_url(q, t, n, host_id, e) < 0 ||
        look_up(q, "SELECT id, role, state, redirect_to FROM url WHERE url = ?1", 0, n->url, t->arena, &u, e) < 0)
        return -1;
    int64_t named = u.id;
    if (follow(q, t->arena, &u, e) < 0)
        return -1;
    return judge_url(q, &u, t->url_id, n->kind, u.id != named, row, e);
}

/* ---- what belongs to an article ---------------------------------------------------------------------------------- */

/* The captures whose bundles hold this URL (or this capture, when url_id is 0) are read anew with what has come, once
 * nothing is wanted any more. */
static int join_complete(struct sqlite *q, int64_t url_id, int64_t capture, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q,
                   "UPDATE capture SET state = 'pending', pass = pass + 1 WHERE id IN (SELECT capture_id FROM bundle "
                   "WHERE url_id = ?1 UNION SELECT ?2) AND state IN ('pending', 'settled') "
                   "AND EXISTS (SELECT 1 FROM bundle b WHERE b.capture_id = capture.id AND b.unread = 1) "
                   "AND NOT EXISTS (SELECT 1 FROM bundle b WHERE b.capture_id = capture.id AND b.state = 'wanted')",
                   e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    sq_int(st, 2, capture);
    return sq_run(q, st, e, "cannot have an article read with its parts");
}

static int forget_rows(struct sqlite *q, int64_t capture, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "DELETE FROM bundle WHERE capture_id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, capture);
    return sq_run(q, st, e, "cannot renew a bundle");
}

/* With nothing wanted any more, all that is there was sent: what the result does not tell of will hardly be told of by
 * the next one. At TRIES_MAX it is left out, so that no article is read for ever. */
static void judge_unread(struct bundle_row *row)
{
    if (++row->tries < TRIES_MAX)
        return;
    row->state = SPAN("failed");
    row->why = SPAN("no reading of the article tells of it");
    row->unread = false;
}

static bool is_any_wanted(const struct settling *t)
{
    for (size_t i = 0; i < t->bundle_count; i++) {
        if (span_is(t->bundle[i].state, "wanted"))
            return true;
    }
    return false;
}

/* How a part that was known before this result stands after it. */
static struct bundle_row row_after(const struct bundle_row *before, const struct result_need *n, bool any_wanted)
{
    struct bundle_row row = *before;
    row.unread &= !was_read(n);
    if (!span_is(row.state, "there"))
        return row;
    row.why = n->why;
    if (row.unread && !any_wanted)
        judge_unread(&row);
    return row;
}

int sqlite_bundle_needs(struct sqlite *q, struct settling *t, const struct site_pace *pace, struct err *e)
{
    bool any_wanted = is_any_wanted(t);
    if (t->bundle_count > 0 && forget_rows(q, t->r->capture, e) < 0)
        return -1;
    for (size_t i = 0; i < t->r->need_count; i++) {
        const struct result_need *n = &t->r->needs[i];
        const struct bundle_row *before = find_row(t, n->url);
        struct bundle_row row;
        if (before != NULL && (n->kind == NEED_LISTED) == span_is(before->state, "listed"))
            row = row_after(before, n, any_wanted);
        else if (want(q, t, pace, n, &row, e) < 0)
            return -1;
        if (insert_row(q, t, i, &row, e) < 0)
            return -1;
    }
    if (t->r->need_count == 0 || join_complete(q, 0, t->r->capture, e) < 0)
        return t->r->need_count == 0 ? 0 : -1;
    t->out->again = sqlite3_changes(q->db) > 0;
    return 0;
}

int sqlite_bundle_verdict(struct sqlite *q, const struct settling *t, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE bundle SET tries = tries + 1, why = ?3, "
                                  "state = CASE WHEN tries + 1 >= ?4 THEN 'failed' ELSE state END, "
                                  "unread = CASE WHEN tries + 1 >= ?4 THEN 0 ELSE unread END "
                                  "WHERE capture_id = ?1 AND part = ?2 AND state = 'there'",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    sq_int(st, 2, t->r->failed_part);
    sq_text(st, 3, t->r->failed);
    sq_int(st, 4, TRIES_MAX);
    if (sq_run(q, st, e, "cannot count a verdict on a part") < 0)
        return -1;
    if (sqlite3_changes(q->db) == 0)
        return 0;
    st = sq_prepare(q, "UPDATE capture SET pass = pass + 1 WHERE id = ?1 AND pass = ?2 AND state = 'pending'", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->r->capture);
    sq_int(st, 2, t->r->pass);
    return sq_run(q, st, e, "cannot count a verdict on a part") < 0 ? -1 : 1;
}

int sqlite_bundle_retry(struct sqlite *q, int64_t capture, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE bundle SET state = 'there', why = NULL, tries = 0, unread = 1 "
                                  "WHERE (state = 'failed' OR why IS NOT NULL) AND part_capture IS NOT NULL "
                                  "AND (?1 = 0 OR capture_id = ?1)",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, capture);
    if (sq_run(q, st, e, "cannot put parts back") < 0)
        return -1;
    st = sq_prepare(q,
                    "UPDATE capture SET state = 'pending', pass = pass + 1 WHERE state = 'settled' AND "
                    "id IN (SELECT capture_id FROM bundle WHERE unread = 1 AND (?1 = 0 OR capture_id = ?1))",
                    e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, capture);
    return sq_run(q, st, e, "cannot put parts back") < 0 ? -1 : sqlite3_changes(q->db);
}

/* ---- visits ------------------------------------------------------------------------------------------------------ */

static int part_came(struct sqlite *q, int64_t url_id, int64_t capture, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE bundle SET state = 'there', why = NULL, part_capture = ?2, unread = 1, "
                                  "tries = 0 WHERE url_id = ?1",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    sq_int(st, 2, capture);
    return sq_run(q, st, e, "cannot note a part of an article");
}

/* What came before stays in the article: only what is still wanted has failed. */
static int part_failed(struct sqlite *q, const struct outcome *o, struct err *e)
{
    char why[512];
    int n = snprintf(why, sizeof(why), "%s%s%.*s", outcome_names[o->kind], o->detail.n > 0 ? ": " : "",
                     SPAN_FMT(o->detail));
    if (o->detail.n == 0 && o->status > 0)
        n = snprintf(why, sizeof(why), "%s: HTTP status %d", outcome_names[o->kind], o->status);
    sqlite3_stmt *st =
        sq_prepare(q, "UPDATE bundle SET state = 'failed', why = ?2 WHERE url_id = ?1 AND state = 'wanted'", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->url_id);
    sq_text(st, 2, (struct span){ why, n < (int)sizeof(why) ? (size_t)n : sizeof(why) - 1 });
    return sq_run(q, st, e, "cannot note a part of an article");
}

/* The rows go on with where the redirect leads. *url_id becomes that. */
static int part_moved(struct sqlite *q, const struct outcome *o, int64_t *url_id, struct err *e)
{
    struct arena *a = arena_new((size_t)64 * 1024, NULL);
    struct known_url u;
    struct bundle_row row = { 0 };
    int rc = -1;
    if (look_up(q, "SELECT id, role, state, redirect_to FROM url WHERE id = ?1", o->url_id, (struct span){ NULL, 0 }, a,
                &u, e) < 0 ||
        follow(q, a, &u, e) < 0 || judge_url(q, &u, 0, NEED_PAGE, true, &row, e) < 0)
        goto out;
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE bundle SET url_id = ?2, state = ?3, why = ?4, part_capture = ?5, unread = ?6 "
                                  "WHERE url_id = ?1",
                                  e);
    if (st == NULL)
        goto out;
    sq_int(st, 1, o->url_id);
    sq_int(st, 2, u.id);
    sq_text(st, 3, row.state);
    sq_text(st, 4, row.why);
    sq_null_or_int(st, 5, row.part_capture);
    sq_int(st, 6, row.unread);
    rc = sq_run(q, st, e, "cannot follow a part's redirect");
    *url_id = u.id;
out:
    arena_free(a);
    return rc;
}

int sqlite_bundle_part(struct sqlite *q, const struct outcome *o, int64_t capture, struct err *e)
{
    int rc = 0;
    int64_t url_id = o->url_id;
    switch (o->kind) {
    case OUTCOME_CAPTURED: rc = part_came(q, url_id, capture, e); break;
    case OUTCOME_REDIRECTED: rc = part_moved(q, o, &url_id, e); break;
    case OUTCOME_SAME:
    case OUTCOME_NOT_MODIFIED: return 0;
    default: rc = part_failed(q, o, e); break;
    }
    return rc < 0 ? -1 : join_complete(q, url_id, 0, e);
}

int sqlite_bundle_carry(struct sqlite *q, int64_t url_id, int64_t capture, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE bundle SET capture_id = ?2 WHERE capture_id = (SELECT id FROM capture "
                                  "WHERE url_id = ?1 AND id <> ?2 ORDER BY seq DESC LIMIT 1)",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, url_id);
    sq_int(st, 2, capture);
    return sq_run(q, st, e, "cannot carry a bundle over");
}

/* ---- sending ----------------------------------------------------------------------------------------------------- */

/* Twice the room each time it is needed: a large page is not copied for each of its parts. */
static void add_part(struct arena *a, struct work *w, size_t *room, const struct work_part *p, struct span body)
{
    w->parts[w->part_count] = *p;
    if (w->raw.n + body.n > *room) {
        *room = (w->raw.n + body.n) * 2;
        w->raw.p = arena_grow(a, (char *)w->raw.p, w->raw.n, *room);
    }
    if (body.n > 0)
        memcpy((char *)w->raw.p + w->raw.n, body.p, body.n);
    w->raw.n += body.n;
    w->parts[w->part_count].raw_bytes = (int64_t)body.n;
    w->part_count++;
}

int sqlite_bundle_work(struct sqlite *q, struct arena *a, struct work *w, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "SELECT b.part, b.url, c.final_url, c.content_type, r.body FROM bundle b "
                                  "JOIN capture c ON c.id = b.part_capture JOIN raw r ON r.capture_id = c.id "
                                  "WHERE b.capture_id = ?1 AND b.state = 'there' ORDER BY b.part",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, w->capture);
    int64_t bytes = 0;
    size_t room = w->raw.n;
    int rc;
    while ((rc = sq_step(q, st, e, "cannot read an article's parts")) == 1 && w->part_count < WORK_PARTS_MAX) {
        const struct work_part p = { .number = sq_col_int(st, 0),
                                     .url = sq_col_text(st, 1, a),
                                     .final_url = sq_col_text(st, 2, a),
                                     .content_type = sq_col_text(st, 3, a) };
        struct span body = { sqlite3_column_blob(st, 4), (size_t)sqlite3_column_bytes(st, 4) };
        if (bytes + (int64_t)body.n > WORK_PARTS_RAW_BYTES_MAX)
            body.n = 0;
        bytes += (int64_t)body.n;
        add_part(a, w, &room, &p, body);
    }
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}
