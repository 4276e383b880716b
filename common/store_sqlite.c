/* Opening, migrating, members, and what the commands ask. */
#include "common/store_sqlite.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/schema.h"

#define VISITS_KEPT_MS  ((int64_t)90 * 24 * 3600 * 1000)
#define LISTS_KEPT_MS   ((int64_t)7 * 24 * 3600 * 1000)
#define EVENTS_KEPT_MS  ((int64_t)90 * 24 * 3600 * 1000)
#define LOG_FRAMES_MAX  4096 /* 16 MB: the log is begun anew */
#define RESTART_BUSY_MS 30   /* for which that may hold others up */

static void sqlite_close_store(struct store *s)
{
    struct sqlite *q = (struct sqlite *)s;
    for (int i = 0; i < q->statement_count; i++)
        sqlite3_finalize(q->statements[i].stmt);
    sqlite3_close(q->db);
    free(q->insert_finding);
    free(q->upsert_article);
    free(q->path);
    free(q);
}

static int busy(void *ctx, int count)
{
    (void)ctx;
    usleep(1000);
    return count < SQLITE_BUSY_MS;
}

/* Switching to WAL does not call the busy handler when another process is opening too. */
static int use_wal(struct sqlite *q, struct err *e)
{
    for (int i = 0;; i++) {
        if (sqlite3_exec(q->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK)
            return 0;
        if (sqlite3_errcode(q->db) != SQLITE_BUSY || i >= SQLITE_BUSY_MS / 5)
            return sq_fail(q, e, "cannot switch to write-ahead logging");
        usleep(5000);
    }
}

static int schema_version(struct sqlite *q, int *version, struct err *e)
{
    *version = 0;
    sqlite3_stmt *st = sq_prepare(q, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'", e);
    if (st == NULL)
        return -1;
    int rc = sq_step(q, st, e, "cannot read the schema");
    sqlite3_reset(st);
    if (rc <= 0)
        return rc;
    st = sq_prepare(q, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'schema_version'", e);
    if (st == NULL)
        return -1;
    rc = sq_step(q, st, e, "cannot read the schema's version");
    if (rc == 1)
        *version = (int)sq_col_int(st, 0);
    sqlite3_reset(st);
    return rc < 0 ? -1 : 0;
}

static int refuse_newer(struct sqlite *q, int version, struct err *e)
{
    if (version <= schema_migrations_count)
        return 0;
    q->base.trouble = STORE_VERSION;
    return err_set(e,
                   "database '%s' has schema version %d, this program knows up to %d: it was written by a newer renda; "
                   "use that one",
                   q->path, version, schema_migrations_count);
}

/* The version is written even when nothing is new: who cannot write here is to hear it at the start. */
static int migrate(struct sqlite *q, struct err *e)
{
    int version;
    if (schema_version(q, &version, e) < 0 || refuse_newer(q, version, e) < 0 || sq_begin(q, e) < 0)
        return -1;
    if (schema_version(q, &version, e) < 0) /* another process may have been faster */
        goto fail;
    for (; version < schema_migrations_count; version++) {
        if (sq_exec(q, schema_migrations[version].sql, e, schema_migrations[version].name) < 0)
            goto fail;
    }
    char sql[160];
    snprintf(sql, sizeof(sql),
             "INSERT INTO meta (key, value) VALUES ('schema_version', '%d') "
             "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
             version);
    if (sq_exec(q, sql, e, "cannot record the schema's version") < 0)
        goto fail;
    return sq_commit(q, e);
fail:
    sq_rollback(q);
    return -1;
}

static int set_up(struct sqlite *q, enum store_mode mode, struct err *e)
{
    sqlite3_extended_result_codes(q->db, 1);
    sqlite3_busy_handler(q->db, busy, NULL);
    if (sq_exec(q, "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;", e, "cannot set up the connection") < 0)
        return -1;
    if (mode == STORE_READ) {
        int version;
        return schema_version(q, &version, e) < 0 ? -1 : refuse_newer(q, version, e);
    }
    if (sqlite3_db_readonly(q->db, "main") == 1) {
        q->base.trouble = STORE_READONLY;
        return err_set(e, "database '%s' is read-only; make the file and its folder writable", q->path);
    }
    /* The sink's checkpoint thread writes the log back; 64 MB of log file are kept at most. */
    if (use_wal(q, e) < 0 ||
        sq_exec(q, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;",
                e, "cannot set up the connection") < 0)
        return -1;
    return migrate(q, e);
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

static int sqlite_member_join(struct store *s, const char *role, struct member *m, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    char host[256] = "localhost";
    gethostname(host, sizeof(host) - 1);
    int64_t now = clock_wall_ms();
    if (sq_begin(q, e) < 0)
        return -1;
    sqlite3_stmt *st = sq_prepare(q, "DELETE FROM member WHERE expires_at < ?1 - 86400000", e);
    if (st != NULL)
        sq_int(st, 1, now);
    if (sq_run(q, st, e, "cannot forget old members") < 0)
        goto fail;
    /* An epoch is never used twice, also when the member before has left and its row is gone. */
    st = sq_prepare(q,
                    "INSERT INTO meta (key, value) VALUES ('epoch', '1') ON CONFLICT (key) DO UPDATE SET "
                    "value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)",
                    e);
    if (sq_run(q, st, e, "cannot begin an epoch") < 0)
        goto fail;
    st = sq_prepare(
        q,
        "INSERT INTO member (role, host, pid, epoch, started_at, renewed_at, expires_at) VALUES (?1, ?2, ?3, "
        "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'epoch'), ?4, ?4, ?4 + ?5) RETURNING id, epoch",
        e);
    if (st == NULL)
        goto fail;
    sq_text(st, 1, span_of(role));
    sq_text(st, 2, span_of(host));
    sq_int(st, 3, getpid());
    sq_int(st, 4, now);
    sq_int(st, 5, MEMBER_LEASE_MS);
    if (sq_one(q, st, e, "cannot join as a member") < 0)
        goto fail;
    m->id = sq_col_int(st, 0);
    m->epoch = sq_col_int(st, 1);
    sqlite3_reset(st);
    return sq_commit(q, e);
fail:
    sq_rollback(q);
    return -1;
}

static int sqlite_member_renew(struct store *s, const struct member *m, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st = sq_prepare(q, "UPDATE member SET renewed_at = ?2, expires_at = ?2 + ?3 WHERE id = ?1", e);
    if (st == NULL || sq_begin(q, e) < 0)
        return -1;
    sq_int(st, 1, m->id);
    sq_int(st, 2, clock_wall_ms());
    sq_int(st, 3, MEMBER_LEASE_MS);
    if (sq_run(q, st, e, "cannot renew the lease") < 0 ||
        (sqlite3_changes(q->db) == 0 &&
         err_set(e, "the lease is gone: member %lld is no longer known", (long long)m->id) < 0)) {
        sq_rollback(q);
        return -1;
    }
    return sq_commit(q, e);
}

static int sqlite_member_leave(struct store *s, const struct member *m, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st = sq_prepare(q, "DELETE FROM member WHERE id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, m->id);
    return sq_run(q, st, e, "cannot leave");
}

static int sqlite_free_owned(struct store *s, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    if (sq_begin(q, e) < 0)
        return -1;
    if (sq_exec(q,
                "UPDATE host SET owner = NULL WHERE owner IS NOT NULL;"
                "UPDATE capture SET owner = NULL WHERE owner IS NOT NULL AND state = 'pending';",
                e, "cannot free what the last run owned") < 0) {
        sq_rollback(q);
        return -1;
    }
    return sq_commit(q, e);
}

/* ---- upkeep ------------------------------------------------------------------------------------------------------ */

/* Each in a transaction of its own: together they would hold up the others. */
static int prune_one(struct sqlite *q, const char *sql, int64_t before, int max, int *n, struct err *e)
{
    if (sq_begin(q, e) < 0)
        return -1;
    sqlite3_stmt *st = sq_prepare(q, sql, e);
    if (st != NULL) {
        sq_int(st, 1, before);
        sq_int(st, 2, max);
    }
    if (sq_run(q, st, e, "cannot prune") < 0) {
        sq_rollback(q);
        return -1;
    }
    int removed = sqlite3_changes(q->db);
    *n = removed > *n ? removed : *n;
    return sq_commit(q, e);
}

static int sqlite_prune(struct store *s, int64_t now, int max, int *n, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    *n = 0;
    if (prune_one(q, "DELETE FROM visit WHERE id IN (SELECT id FROM visit WHERE at < ?1 ORDER BY at LIMIT ?2)",
                  now - VISITS_KEPT_MS, max, n, e) < 0 ||
        prune_one(q, "DELETE FROM event WHERE at < ?1 AND seq IN (SELECT seq FROM event ORDER BY seq LIMIT ?2)",
                  now - EVENTS_KEPT_MS, max, n, e) < 0)
        return -1;
    /* Lists only: what an article's page was is kept, whatever it was taken for. */
    if (prune_one(
            q,
            "DELETE FROM raw WHERE capture_id IN (SELECT id FROM capture WHERE state = 'settled' AND role <> 'article' "
            "AND class <> 'article' AND settled_at < ?1 ORDER BY settled_at LIMIT ?2)",
            now - LISTS_KEPT_MS, max, n, e) < 0)
        return -1;
    return prune_one(
        q,
        "DELETE FROM capture WHERE id IN (SELECT id FROM capture WHERE state = 'settled' AND role <> 'article' "
        "AND class <> 'article' AND settled_at < ?1 AND NOT EXISTS (SELECT 1 FROM raw WHERE capture_id = capture.id) "
        "ORDER BY settled_at LIMIT ?2)",
        now - LISTS_KEPT_MS, max, n, e);
}

static int busy_briefly(void *ctx, int count)
{
    (void)ctx;
    usleep(1000);
    return count < RESTART_BUSY_MS;
}

/* While others keep writing, the log never gets written back whole and would grow for ever. Once it is long, the rest
 * is written back while writers wait: little is left by then, and a reader in the way puts it off to the next time. */
static int sqlite_checkpoint(struct store *s, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    int frames = 0;
    int rc = sqlite3_wal_checkpoint_v2(q->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &frames, NULL);
    if (rc == SQLITE_OK && frames > LOG_FRAMES_MAX) {
        sqlite3_busy_handler(q->db, busy_briefly, NULL);
        rc = sqlite3_wal_checkpoint_v2(q->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
        sqlite3_busy_handler(q->db, busy, NULL);
    }
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)
        return sq_fail(q, e, "cannot write the log back");
    return 0;
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

#define SELECT_COLUMNS_MAX 128

static int select_rows(struct sqlite *q, sqlite3_stmt *st, store_row_fn *fn, void *ctx, struct err *e)
{
    const char *names[SELECT_COLUMNS_MAX], *values[SELECT_COLUMNS_MAX];
    int bytes[SELECT_COLUMNS_MAX];
    int columns = sqlite3_column_count(st);
    if (columns > SELECT_COLUMNS_MAX)
        return err_set(e, "a query with %d columns, more than %d", columns, SELECT_COLUMNS_MAX);
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) {
            names[i] = sqlite3_column_name(st, i); /* the first step may prepare anew and move them */
            values[i] = (const char *)sqlite3_column_text(st, i);
            bytes[i] = sqlite3_column_bytes(st, i);
        }
        if (fn(ctx, columns, names, values, bytes) != 0)
            return 0;
    }
    return rc == SQLITE_DONE ? 0 : sq_fail(q, e, "cannot read");
}

static int sqlite_select(struct store *s, const char *sql, const char *const *params, int param_count, store_row_fn *fn,
                         void *ctx, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(q->db, sql, -1, &st, NULL) != SQLITE_OK)
        return sq_fail(q, e, "cannot read");
    for (int i = 0; i < param_count; i++) {
        char name[16];
        snprintf(name, sizeof(name), "$%d", i + 1);
        int at = sqlite3_bind_parameter_index(st, name);
        if (at > 0 && params[i] != NULL)
            sqlite3_bind_text(st, at, params[i], -1, SQLITE_STATIC);
    }
    int rc = select_rows(q, st, fn, ctx, e);
    sqlite3_finalize(st);
    return rc;
}

static int sqlite_retry(struct store *s, int64_t capture, int *n, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    if (sq_begin(q, e) < 0)
        return -1;
    sqlite3_stmt *st = sq_prepare(q,
                                  "UPDATE capture SET state = 'pending', tries = 0, pass = pass + 1, why = NULL "
                                  "WHERE state = 'quarantined' AND (?1 = 0 OR id = ?1)",
                                  e);
    if (st != NULL)
        sq_int(st, 1, capture);
    if (sq_run(q, st, e, "cannot put captures back") < 0) {
        sq_rollback(q);
        return -1;
    }
    *n = sqlite3_changes(q->db);
    int parts = sqlite_bundle_retry(q, capture, e);
    if (parts < 0) {
        sq_rollback(q);
        return -1;
    }
    *n += parts;
    return sq_commit(q, e);
}

static int sqlite_check(struct store *s, struct err *e)
{
    struct sqlite *q = (struct sqlite *)s;
    sqlite3_stmt *st = sq_prepare(q, "PRAGMA integrity_check(1)", e);
    if (st == NULL)
        return -1;
    int rc = sq_step(q, st, e, "cannot check");
    if (rc == 1) {
        const char *answer = (const char *)sqlite3_column_text(st, 0);
        rc = answer != NULL && strcmp(answer, "ok") == 0 ? 0 : err_set(e, "database '%s': %s", q->path, answer);
    }
    sqlite3_reset(st);
    return rc;
}

static const struct store_ops sqlite_ops = {
    .close = sqlite_close_store,
    .member_join = sqlite_member_join,
    .member_renew = sqlite_member_renew,
    .member_leave = sqlite_member_leave,
    .sites_sync = sqlite_sites_sync,
    .free_owned = sqlite_free_owned,
    .hosts = sqlite_hosts,
    .take_due = sqlite_take_due,
    .commit_outcomes = sqlite_commit_outcomes,
    .shift_due = sqlite_shift_due,
    .backlog = sqlite_backlog,
    .pending = sqlite_pending,
    .still_pending = sqlite_still_pending,
    .count_resend = sqlite_count_resend,
    .settle = sqlite_settle,
    .events = sqlite_events,
    .last_event = sqlite_last_event,
    .prune = sqlite_prune,
    .checkpoint = sqlite_checkpoint,
    .select = sqlite_select,
    .retry = sqlite_retry,
    .check = sqlite_check,
};

struct store *store_sqlite_open(const char *path, enum store_mode mode, struct err *e)
{
    struct sqlite *q = calloc(1, sizeof(*q));
    if (q == NULL || (q->path = strdup(path)) == NULL) {
        free(q);
        err_set(e, "out of memory");
        return NULL;
    }
    q->base.ops = &sqlite_ops;
    if (mode == STORE_READ && access(path, F_OK) != 0) {
        err_set(e, "there is no database '%s' yet; start `renda run` first", path);
        goto fail;
    }
    int flags = mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(path, &q->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
        sq_fail(q, e, "cannot open");
        goto fail;
    }
    if (set_up(q, mode, e) < 0)
        goto fail;
    return &q->base;
fail:
    sqlite_close_store(&q->base);
    return NULL;
}
