#include "common/sqlite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/clock.h"

static enum store_trouble trouble_of(int code, int system_errno)
{
    if ((code & 0xff) == SQLITE_IOERR && system_errno == ENOSPC)
        return STORE_FULL; /* of the log's index, for example */
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE: return STORE_DATA;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return STORE_BUSY;
    case SQLITE_FULL: return STORE_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM: return STORE_READONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return STORE_CORRUPT;
    default: return STORE_IO;
    }
}

static const char *advice(enum store_trouble t)
{
    switch (t) {
    case STORE_BUSY: return "another program holds it locked; close that program";
    case STORE_FULL: return "the disk is full; free some space";
    case STORE_READONLY: return "it is read-only; make the file and its folder writable";
    case STORE_CORRUPT: return "it is damaged or no database of renda; restore a copy or name another file";
    default: return NULL;
    }
}

int sq_fail(struct sqlite *q, struct err *e, const char *what)
{
    int code = sqlite3_extended_errcode(q->db);
    q->base.trouble = trouble_of(code, sqlite3_system_errno(q->db));
    const char *help = advice(q->base.trouble);
    return err_set(e, "%s in database '%s': %s%s%s", what, q->path, sqlite3_errmsg(q->db), help != NULL ? ": " : "",
                   help != NULL ? help : "");
}

sqlite3_stmt *sq_prepare(struct sqlite *q, const char *sql, struct err *e)
{
    for (int i = 0; i < q->statement_count; i++) {
        if (q->statements[i].sql == sql) {
            sqlite3_reset(q->statements[i].stmt);
            sqlite3_clear_bindings(q->statements[i].stmt);
            return q->statements[i].stmt;
        }
    }
    if (q->statement_count == SQLITE_STATEMENTS_MAX) {
        err_set(e, "more than %d prepared statements", SQLITE_STATEMENTS_MAX);
        return NULL;
    }
    sqlite3_stmt *st;
    if (sqlite3_prepare_v3(q->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
        sq_fail(q, e, "cannot prepare a statement");
        return NULL;
    }
    q->statements[q->statement_count].sql = sql;
    q->statements[q->statement_count++].stmt = st;
    return st;
}

void sq_int(sqlite3_stmt *st, int i, int64_t v)
{
    sqlite3_bind_int64(st, i, v);
}

void sq_text(sqlite3_stmt *st, int i, struct span s)
{
    if (s.p == NULL || s.n == 0)
        sqlite3_bind_null(st, i);
    else
        sqlite3_bind_text64(st, i, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
}

void sq_blob(sqlite3_stmt *st, int i, struct span s)
{
    sqlite3_bind_blob64(st, i, s.p, s.n, SQLITE_STATIC);
}

void sq_null_or_int(sqlite3_stmt *st, int i, int64_t v)
{
    if (v == 0)
        sqlite3_bind_null(st, i);
    else
        sqlite3_bind_int64(st, i, v);
}

int sq_step(struct sqlite *q, sqlite3_stmt *st, struct err *e, const char *what)
{
    int rc = sqlite3_step(st);
    if (rc == SQLITE_ROW)
        return 1;
    if (rc == SQLITE_DONE) {
        sqlite3_reset(st);
        return 0;
    }
    sq_fail(q, e, what);
    sqlite3_reset(st);
    return -1;
}

int sq_one(struct sqlite *q, sqlite3_stmt *st, struct err *e, const char *what)
{
    int rc = sq_step(q, st, e, what);
    if (rc == 1)
        return 0;
    if (rc == 0) {
        q->base.trouble = STORE_DATA;
        return err_set(e, "%s in database '%s': a row that must be there is not", what, q->path);
    }
    return -1;
}

int sq_run(struct sqlite *q, sqlite3_stmt *st, struct err *e, const char *what)
{
    if (st == NULL)
        return -1;
    int rc;
    while ((rc = sq_step(q, st, e, what)) == 1)
        ;
    return rc;
}

int64_t sq_col_int(sqlite3_stmt *st, int i)
{
    return sqlite3_column_int64(st, i);
}

struct span sq_col_text(sqlite3_stmt *st, int i, struct arena *a)
{
    const char *p = (const char *)sqlite3_column_blob(st, i);
    if (p == NULL)
        return (struct span){ NULL, 0 };
    return arena_span(a, (struct span){ p, (size_t)sqlite3_column_bytes(st, i) });
}

int sq_exec(struct sqlite *q, const char *sql, struct err *e, const char *what)
{
    if (sqlite3_exec(q->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return sq_fail(q, e, what);
    return 0;
}

static void pause_between_commits(struct sqlite *q)
{
    int64_t rest = q->last_commit_ms + SQLITE_PAUSE_MS - clock_mono_ms();
    if (rest > 0 && rest <= SQLITE_PAUSE_MS)
        usleep((useconds_t)rest * 1000);
}

int sq_begin(struct sqlite *q, struct err *e)
{
    pause_between_commits(q);
    q->base.trouble = STORE_OK;
    return sq_exec(q, "BEGIN IMMEDIATE", e, "cannot begin a transaction");
}

int sq_commit(struct sqlite *q, struct err *e)
{
    if (sq_exec(q, "COMMIT", e, "cannot commit") < 0) {
        sq_rollback(q);
        return -1;
    }
    q->last_commit_ms = clock_mono_ms();
    return 0;
}

void sq_rollback(struct sqlite *q)
{
    if (!sqlite3_get_autocommit(q->db))
        sqlite3_exec(q->db, "ROLLBACK", NULL, NULL, NULL);
    q->last_commit_ms = clock_mono_ms();
}

static int batch_at_once(struct sqlite *q, int n, const struct sq_batch *b, struct err *e)
{
    if (sq_begin(q, e) < 0)
        return -1;
    for (int i = 0; i < n; i++) {
        if (b->one(b->ctx, i, e) < 0) {
            sq_rollback(q);
            return -1;
        }
    }
    return sq_commit(q, e);
}

static int batch_row(struct sqlite *q, int i, const struct sq_batch *b, struct err *e)
{
    struct err why = { "" };
    if (sq_exec(q, "SAVEPOINT row", e, "cannot set a savepoint") < 0)
        return -1;
    if (b->one(b->ctx, i, &why) < 0) {
        if (q->base.trouble != STORE_DATA) {
            if (e != NULL)
                *e = why;
            return -1;
        }
        if (sq_exec(q, "ROLLBACK TO row", e, "cannot go back to a savepoint") < 0 || b->refused(b->ctx, i, &why, e) < 0)
            return -1;
    }
    return sq_exec(q, "RELEASE row", e, "cannot release a savepoint");
}

static int batch_row_by_row(struct sqlite *q, int n, const struct sq_batch *b, struct err *e)
{
    if (sq_begin(q, e) < 0)
        return -1;
    for (int i = 0; i < n; i++) {
        if (batch_row(q, i, b, e) < 0) {
            sq_rollback(q);
            return -1;
        }
    }
    return sq_commit(q, e);
}

int sq_batch(struct sqlite *q, int n, const struct sq_batch *b, struct err *e)
{
    int rc = batch_at_once(q, n, b, e);
    return rc < 0 && q->base.trouble == STORE_DATA ? batch_row_by_row(q, n, b, e) : rc;
}
