/* sqlite.h - a connection to SQLite with this project's discipline for writers: BEGIN IMMEDIATE, a 1 ms busy handler,
 * short transactions and a 2 ms pause after each commit (without it one writer starves the other), statements prepared
 * once. Used by the store_sqlite files only. */
#ifndef RENDA_COMMON_SQLITE_H
#define RENDA_COMMON_SQLITE_H

#include <sqlite3.h>

#include "common/err.h"
#include "common/span.h"
#include "common/store_ops.h"

#define SQLITE_STATEMENTS_MAX 96
#define SQLITE_BUSY_MS        15000 /* how long others may hold the database before we give up a transaction */
#define SQLITE_PAUSE_MS       2

struct sqlite {
    struct store base;
    sqlite3 *db;
    char *path;
    int64_t last_commit_ms; /* monotonic */
    struct {
        const char *sql; /* the literal's address is its name */
        sqlite3_stmt *stmt;
    } statements[SQLITE_STATEMENTS_MAX];
    int statement_count;
    char *insert_finding; /* made from FINDING_FIELDS */
    char *upsert_article;
};

/* Sets trouble and *e from the connection's last error; returns -1. what: "cannot store a capture". */
int sq_fail(struct sqlite *q, struct err *e, const char *what);

/* The prepared statement for a string that lives as long as the program (or the store), reset and unbound. */
sqlite3_stmt *sq_prepare(struct sqlite *q, const char *sql, struct err *e);

void sq_int(sqlite3_stmt *st, int i, int64_t v);
void sq_text(sqlite3_stmt *st, int i, struct span s); /* NULL when s.p is NULL or empty; borrowed until reset */
void sq_blob(sqlite3_stmt *st, int i, struct span s);
void sq_null_or_int(sqlite3_stmt *st, int i, int64_t v); /* NULL for 0 */

/* 1: a row is there; 0: done; -1: *e is filled. After 0 and -1 the statement is reset. */
int sq_step(struct sqlite *q, sqlite3_stmt *st, struct err *e, const char *what);
/* For statements that must give a row: 0 when it is there (reset when done), or -1; no row is a failure of the data. */
int sq_one(struct sqlite *q, sqlite3_stmt *st, struct err *e, const char *what);
/* For statements without rows: 0 or -1. */
int sq_run(struct sqlite *q, sqlite3_stmt *st, struct err *e, const char *what);

int64_t sq_col_int(sqlite3_stmt *st, int i);
struct span sq_col_text(sqlite3_stmt *st, int i, struct arena *a); /* copied into the arena; .p NULL for a null */

int sq_exec(struct sqlite *q, const char *sql, struct err *e, const char *what);
int sq_begin(struct sqlite *q, struct err *e);
int sq_commit(struct sqlite *q, struct err *e);
void sq_rollback(struct sqlite *q);

/* A batch in one transaction: one(ctx, i) for each i < n. When that fails on data it is done again row by row under
 * savepoints, and refused(ctx, i, why) is called (in the transaction) for each row that the database does not take, so
 * that it costs no other. Any other failure changes nothing: -1, and the batch may be done again. */
struct sq_batch {
    int (*one)(void *ctx, int i, struct err *e);
    int (*refused)(void *ctx, int i, const struct err *why, struct err *e);
    void *ctx;
};
int sq_batch(struct sqlite *q, int n, const struct sq_batch *b, struct err *e);

#endif
