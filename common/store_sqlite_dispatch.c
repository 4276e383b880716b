/* What waits for a worker. */
#include "common/store_sqlite.h"

int sqlite_backlog(struct store *s, int64_t *pages, int64_t *bytes, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st =
        sq_prepare(q, "SELECT COUNT(*), COALESCE(SUM(raw_bytes), 0) FROM capture WHERE state = 'pending'", e);
    if (st == NULL || sq_one(q, st, e, "cannot read the backlog") < 0)
        return -1;
    *pages = sq_col_int(st, 0);
    *bytes = sq_col_int(st, 1);
    sqlite3_reset(st);
    return 0;
}

static int read_work(struct sqlite *q, int64_t id, struct arena *a, struct work *w, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(
        q,
        "SELECT c.id, c.seq, c.pass, c.fetched_at, c.bytes, c.priority, c.status, u.url, c.final_url, "
        "c.role, c.content_type, "
        "u.hint_title, u.hint_date, u.hint_column, s.name, s.org, s.region, s.level, s.patterns, s.selectors, r.body "
        "FROM capture c JOIN url u ON u.id = c.url_id JOIN site s ON s.id = u.site_id JOIN raw r ON "
        "r.capture_id = c.id "
        "WHERE c.id = ?1",
        e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, id);
    int rc = sq_step(q, st, e, "cannot read a pending capture");
    if (rc == 1) {
        *w = (struct work){
            .capture = sq_col_int(st, 0),
            .seq = sq_col_int(st, 1),
            .pass = sq_col_int(st, 2),
            .fetched_at = sq_col_int(st, 3),
            .bytes = sq_col_int(st, 4),
            .priority = (int)sq_col_int(st, 5),
            .status = (int)sq_col_int(st, 6),
            .url = sq_col_text(st, 7, a),
            .final_url = sq_col_text(st, 8, a),
            .role = sq_col_text(st, 9, a),
            .content_type = sq_col_text(st, 10, a),
            .hint_title = sq_col_text(st, 11, a),
            .hint_date = sq_col_text(st, 12, a),
            .hint_column = sq_col_text(st, 13, a),
            .site = sq_col_text(st, 14, a),
            .org = sq_col_text(st, 15, a),
            .region = sq_col_text(st, 16, a),
            .level = sq_col_text(st, 17, a),
            .patterns = sq_col_text(st, 18, a),
            .selectors = sq_col_text(st, 19, a),
            .raw = sq_col_text(st, 20, a),
        };
    }
    sqlite3_reset(st);
    return rc == 1 && span_is(w->role, "article") && sqlite_bundle_work(q, a, w, e) < 0 ? -1 : rc;
}

int sqlite_pending(struct store *s, bool (*skip)(void *, int64_t, int64_t), void *ctx, int max, int64_t max_bytes,
                   struct arena *a, struct work *work, int *n, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    *n = 0;
    sqlite3_stmt *st =
        sq_prepare(q,
                   "SELECT c.id, c.pass, c.raw_bytes FROM capture c WHERE c.state = 'pending' "
                   "AND NOT EXISTS (SELECT 1 FROM capture o WHERE o.state = 'pending' AND o.url_id = c.url_id "
                   "AND o.seq < c.seq) ORDER BY c.priority, c.id",
                   e);
    if (st == NULL)
        return -1;
    int rc = 0;
    int64_t bytes = 0;
    while (*n < max && (rc = sq_step(q, st, e, "cannot read what is pending")) == 1) {
        int64_t id = sq_col_int(st, 0), pass = sq_col_int(st, 1), size = sq_col_int(st, 2);
        if (skip(ctx, id, pass))
            continue;
        if (*n > 0 && bytes + size > max_bytes)
            break;
        if ((rc = read_work(q, id, a, &work[*n], e)) < 0)
            break;
        if (rc == 1) {
            bytes += (int64_t)work[*n].raw.n;
            ++*n;
        }
    }
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

int sqlite_still_pending(struct store *s, const int64_t *captures, int n, int64_t *passes, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    for (int i = 0; i < n; i++) {
        sqlite3_stmt *st = sq_prepare(q, "SELECT pass FROM capture WHERE id = ?1 AND state = 'pending'", e);
        if (st == NULL)
            return -1;
        sq_int(st, 1, captures[i]);
        int rc = sq_step(q, st, e, "cannot look up a capture");
        if (rc < 0)
            return -1;
        passes[i] = rc == 1 ? sq_col_int(st, 0) : 0;
        sqlite3_reset(st);
    }
    return 0;
}

int sqlite_count_resend(struct store *s, const int64_t *captures, int n, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    if (n == 0)
        return 0;
    if (sq_begin(q, e) < 0)
        return -1;
    for (int i = 0; i < n; i++) {
        sqlite3_stmt *st = sq_prepare(q, "UPDATE capture SET sends = sends + 1 WHERE id = ?1", e);
        if (st != NULL)
            sq_int(st, 1, captures[i]);
        if (sq_run(q, st, e, "cannot count a sending") < 0) {
            sq_rollback(q);
            return -1;
        }
    }
    return sq_commit(q, e);
}
