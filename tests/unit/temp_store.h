/* temp_store.h - a database of its own in a temporary folder, and short ways to fill and ask it. Failures of the tools
 * themselves end the test. Times are plain numbers: the tests' clock starts at T0. */
#ifndef RENDA_TESTS_TEMP_STORE_H
#define RENDA_TESTS_TEMP_STORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "common/config.h"
#include "common/store.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define T0       ((int64_t)1760000000000) /* 2025-10-09 */
#define DAY_MS   ((int64_t)24 * 3600 * 1000)
#define NONE     INT64_MIN /* ask() found no row, or NULL */

struct temp {
    char dir[64], path[96];
    struct store *s;
    struct member m;
    struct arena *a;
};

static inline void must(bool ok, const char *what, const struct err *e)
{
    if (!ok)
        fail_msg("%s: %s", what, e != NULL ? e->msg : "");
}

static inline void temp_dir(struct temp *t)
{
    memset(t, 0, sizeof(*t));
    snprintf(t->dir, sizeof(t->dir), "/tmp/renda-unit-XXXXXX");
    assert_non_null(mkdtemp(t->dir));
    snprintf(t->path, sizeof(t->path), "%s/t.db", t->dir);
    t->a = arena_new((size_t)256 * 1024 * 1024, NULL);
}

static inline void temp_open(struct temp *t)
{
    struct err e = { "" };
    temp_dir(t);
    t->s = store_open(t->path, STORE_WRITE, &e);
    must(t->s != NULL, "open", &e);
    must(store_member_join(t->s, "producer", &t->m, &e) == 0, "join", &e);
}

static inline void temp_close(struct temp *t)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    store_close(t->s);
    arena_free(t->a);
    for (size_t i = 0; i < COUNT(ends); i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", t->path, ends[i]);
        unlink(path);
    }
    rmdir(t->dir);
}

static inline int keep_first(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    (void)columns, (void)names, (void)bytes;
    snprintf(ctx, 512, "%s", values[0] != NULL ? values[0] : "\1");
    return 1;
}

/* The first column of the first row as text; "" when there is none. */
static inline const char *ask_text(struct temp *t, const char *sql)
{
    static char out[512];
    struct err e = { "" };
    snprintf(out, sizeof(out), "\1");
    must(store_select(t->s, sql, NULL, 0, keep_first, out, &e) == 0, sql, &e);
    if (out[0] == '\1')
        out[0] = '\0';
    return out;
}

static inline int64_t ask(struct temp *t, const char *sql)
{
    const char *text = ask_text(t, sql);
    return text[0] == '\0' ? NONE : strtoll(text, NULL, 10);
}

/* SQL past the store, on a connection of its own. */
static inline void run_sql(struct temp *t, const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_close(db);
}

/* Makes the sites what this piece of YAML (the list under "sites:") says. */
static inline void sync_sites(struct temp *t, const char *sites, int64_t now)
{
    char yaml[4096];
    struct err e = { "" };
    snprintf(yaml, sizeof(yaml), "contact: me@example.org\nsites:\n%s", sites);
    struct config *c = config_parse("test", yaml, strlen(yaml), &e);
    must(c != NULL, "config", &e);
    must(store_sites_sync(t->s, c, now, &e) == 0, "sites_sync", &e);
    config_free(c);
}

#define ONE_SITE "- {name: a, start: 'http://a.cn/', poll: 60s, delay: 1s, concurrency: 2}\n"

/* A URL straight into the frontier; its id. */
static inline int64_t add_url(struct temp *t, const char *url, const char *role, int priority, int64_t due)
{
    char sql[1024];
    snprintf(sql, sizeof(sql),
             "INSERT INTO url (url, site_id, host_id, role, priority, state, next_visit_at, interval_ms, found_at) "
             "VALUES ('%s', 1, 1, '%s', %d, 'new', %lld, 60000, 0)",
             url, role, priority, (long long)due);
    run_sql(t, sql);
    return ask(t, "SELECT MAX(id) FROM url");
}

/* An outcome with what every kind has. */
static inline struct outcome outcome_of(enum outcome_kind kind, int64_t url_id, int64_t at)
{
    return (struct outcome){ .kind = kind, .url_id = url_id, .site_id = 1, .host_id = 1, .at = at, .took_ms = 12,
                             .next_visit_at = at + 60000, .interval_ms = 60000, .priority = PRIORITY_REVISIT,
                             .capture_priority = PRIORITY_BACKFILL, .status = 200, .role = SPAN("article"),
                             .url = SPAN("http://a.cn/"), .final_url = SPAN("http://a.cn/") };
}

static inline int64_t commit_one(struct temp *t, const struct outcome *o)
{
    int64_t id = -1;
    struct err e = { "" };
    must(store_commit_outcomes(t->s, &t->m, o, 1, &id, &e) == 0, "commit_outcomes", &e);
    return id;
}

/* A capture of this URL; its id. role: "article" or "list". */
static inline int64_t capture(struct temp *t, int64_t url_id, const char *role, const char *body, int64_t at)
{
    struct outcome o = outcome_of(OUTCOME_CAPTURED, url_id, at);
    o.role = span_of(role);
    o.start_page = o.list = url_id == 1 && strcmp(role, "list") == 0; /* ONE_SITE's */
    o.body = span_of(body);
    o.bytes = (int64_t)o.body.n;
    o.digest = span_of(body);
    int64_t id = commit_one(t, &o);
    assert_true(id > 0);
    return id;
}

/* A result with an article, in the temp's arena. text NULL: a list without links. */
static inline struct result *result_of(struct temp *t, int64_t id, int64_t pass, const char *title, const char *text)
{
    struct result *r = ARENA_NEW(t->a, struct result);
    *r = (struct result){ .capture = id, .pass = pass, .rules = SPAN("rules-1"), .page_class = SPAN("list"),
                          .charset = SPAN("utf-8"), .charset_how = SPAN("meta") };
    if (text == NULL)
        return r;
    r->page_class = SPAN("article");
    r->article = ARENA_NEW(t->a, struct article);
    r->article->f[ARTICLE_TITLE] = span_of(title);
    r->article->f[ARTICLE_TEXT] = span_of(text);
    return r;
}

static inline struct finding *add_figure(struct temp *t, struct result *r, const char *subject, const char *value)
{
    struct finding *f = finding_add(&r->findings, t->a, KIND_FIGURE);
    f->start = 1;
    f->end = 4;
    f->quote = SPAN("召开主任会议12次。");
    f->rule = SPAN("figure");
    finding_set(f, t->a, FINDING_SUBJECT, span_of(subject));
    finding_set(f, t->a, FINDING_VALUE, arena_span(t->a, span_of(value)));
    return f;
}

static inline struct settled settle_one(struct temp *t, const struct result *r, int64_t now)
{
    struct settled out;
    struct err e = { "" };
    must(store_settle(t->s, &r, 1, now, &out, &e) == 0, "settle", &e);
    return out;
}

#endif
