/* The article of a settled capture: its current row, its revisions, its findings and the events they raise. */
#include "common/store_sqlite.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/digest.h"
#include "common/event.h"

struct current {
    int64_t id, seq, revision;
    struct span digest, rules;
};

/* The digest is of what a reader sees: title and text. */
static struct digest text_digest(const struct article *art)
{
    const struct span parts[] = { art->f[ARTICLE_TITLE], art->f[ARTICLE_TEXT] };
    return digest_of_parts(parts, 2);
}

/* 1: there is one; 0: none yet; -1. */
static int find_article(struct sqlite *q, const struct settling *t, struct current *c, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "SELECT id, seq, revision_id, digest, rules FROM article WHERE url_id = ?1", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, t->url_id);
    int rc = sq_step(q, st, e, "cannot look up an article");
    if (rc == 1) {
        *c = (struct current){
            .id = sq_col_int(st, 0),
            .seq = sq_col_int(st, 1),
            .revision = sq_col_int(st, 2),
            .digest = sq_col_text(st, 3, t->arena),
            .rules = sq_col_text(st, 4, t->arena),
        };
    }
    sqlite3_reset(st);
    return rc;
}

static struct span authors_json(const struct article *art, struct arena *a)
{
    if (art->author_count == 0)
        return (struct span){ NULL, 0 };
    json_t *all = json_array();
    for (size_t i = 0; i < art->author_count; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "name", json_stringn(art->authors[i].name.p, art->authors[i].name.n));
        json_object_set_new(one, "role", json_stringn(art->authors[i].role.p, art->authors[i].role.n));
        json_array_append_new(all, one);
    }
    char *text = json_dumps(all, JSON_COMPACT);
    json_decref(all);
    struct span s = text == NULL ? (struct span){ NULL, 0 } : arena_span(a, span_of(text));
    free(text);
    return s;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* Columns of article in front of the fields of the record. */
#define ARTICLE_FIRST_FIELD 12

static const char *upsert_article_sql(struct sqlite *q)
{
    if (q->upsert_article != NULL)
        return q->upsert_article;
    char *sql = NULL;
    size_t size;
    FILE *f = open_memstream(&sql, &size);
    if (f == NULL)
        return NULL;
    fputs(
        "INSERT INTO article (url_id, site_id, seq, revision_id, revisions, digest, rules, first_seen_at, changed_at, "
        "fetched_at, stored_at, authors",
        f);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        fprintf(f, ", \"%s\"", article_fields[i].name);
    fputs(") VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, ?6, ?6, ?7, ?6, ?8", f);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        fprintf(f, ", ?%d", ARTICLE_FIRST_FIELD + i);
    fputs(") ON CONFLICT (url_id) DO UPDATE SET seq = excluded.seq, rules = excluded.rules, "
          "changed_at = CASE WHEN digest = excluded.digest THEN changed_at ELSE excluded.changed_at END, "
          "digest = excluded.digest, fetched_at = excluded.fetched_at, stored_at = excluded.stored_at, authors = "
          "excluded.authors",
          f);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        fprintf(f, ", \"%s\" = excluded.\"%s\"", article_fields[i].name, article_fields[i].name);
    fputs(" RETURNING id", f);
    fclose(f);
    return q->upsert_article = sql;
}

/* The article's id, or -1. */
static int64_t upsert_article(struct sqlite *q, const struct settling *t, struct span digest, struct err *e)
{
    const char *sql = upsert_article_sql(q);
    sqlite3_stmt *st = sql == NULL ? NULL : sq_prepare(q, sql, e);
    if (st == NULL)
        return -1;
    const struct article *art = t->r->article;
    sq_int(st, 1, t->url_id);
    sq_int(st, 2, t->site_id);
    sq_int(st, 3, t->seq);
    sq_text(st, 4, digest);
    sqlite3_bind_text64(st, 5, t->r->rules.n > 0 ? t->r->rules.p : "", t->r->rules.n, SQLITE_STATIC, SQLITE_UTF8);
    sq_int(st, 6, t->now);
    sq_int(st, 7, t->fetched_at);
    sq_text(st, 8, authors_json(art, t->arena));
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        sq_text(st, ARTICLE_FIRST_FIELD + i, i == ARTICLE_URL ? t->url : art->f[i]);
    int64_t id = sq_one(q, st, e, "cannot store an article") == 0 ? sq_col_int(st, 0) : -1;
    sqlite3_reset(st);
    return id;
}

/* Adds a revision and, when it is the current one, says so in the article. Its id, or -1. */
static int64_t add_revision(struct sqlite *q, const struct settling *t, int64_t article, struct span digest,
                            bool is_current, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "INSERT INTO revision (article_id, capture_id, seq, digest, fetched_at, title, text) "
                                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (article_id, seq) DO UPDATE SET "
                                  "digest = excluded.digest, title = excluded.title, text = excluded.text RETURNING id",
                                  e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, article);
    sq_int(st, 2, t->r->capture);
    sq_int(st, 3, t->seq);
    sq_text(st, 4, digest);
    sq_int(st, 5, t->fetched_at);
    sq_text(st, 6, t->r->article->f[ARTICLE_TITLE]);
    sq_text(st, 7, t->r->article->f[ARTICLE_TEXT]);
    int64_t id = sq_one(q, st, e, "cannot store a revision") == 0 ? sq_col_int(st, 0) : -1;
    sqlite3_reset(st);
    if (id < 0)
        return -1;
    st = sq_prepare(q,
                    "UPDATE article SET revision_id = CASE WHEN ?3 THEN ?2 ELSE revision_id END, revisions = "
                    "(SELECT COUNT(*) FROM revision WHERE article_id = ?1) WHERE id = ?1",
                    e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, article);
    sq_int(st, 2, id);
    sq_int(st, 3, is_current);
    return sq_run(q, st, e, "cannot point to a revision") < 0 ? -1 : id;
}

static int add_place(struct sqlite *q, const struct settling *t, int64_t article, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q, "INSERT INTO place (article_id, url_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, article);
    sq_int(st, 2, t->url_id);
    return sq_run(q, st, e, "cannot note where an article stands");
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

#define FINDING_FIRST_FIELD 10

/* Whose findings they are. */
struct owner {
    int64_t article, revision, congress; /* congress: 0 when none is named */
};

static const char *insert_finding_sql(struct sqlite *q)
{
    if (q->insert_finding != NULL)
        return q->insert_finding;
    char *sql = NULL;
    size_t size;
    FILE *f = open_memstream(&sql, &size);
    if (f == NULL)
        return NULL;
    int n = FINDING_FIRST_FIELD;
    fputs("INSERT INTO finding (article_id, revision_id, rules, kind, start_at, end_at, quote, rule, congress_id", f);
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        fprintf(f, ", \"%s\"", finding_fields[i].column);
        if (finding_fields[i].type == FIELD_DECIMAL)
            fprintf(f, ", %s_num", finding_fields[i].column);
    }
    fputs(") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9", f);
    for (int i = 0; i < FINDING_FIELD_COUNT; i++, n++) {
        if (finding_fields[i].type == FIELD_DECIMAL)
            fprintf(f, ", ?%d, CAST(?%d AS REAL)", n, n);
        else if (finding_fields[i].type == FIELD_INTEGER)
            fprintf(f, ", CAST(?%d AS INTEGER)", n);
        else if (finding_fields[i].type == FIELD_BOOL)
            fprintf(f, ", ?%d = 'true'", n);
        else
            fprintf(f, ", ?%d", n);
    }
    fputs(")", f);
    fclose(f);
    return q->insert_finding = sql;
}

/* A standard measure of the article's own congress: comparable with what other articles say of it. */
static bool is_own_measure(const struct finding *f)
{
    return finding_get(f, FINDING_METRIC).n > 0 && finding_get(f, FINDING_ORG).n == 0;
}

static int insert_finding(struct sqlite *q, const struct settling *t, const struct owner *o, const struct finding *f,
                          struct err *e)
{
    const char *sql = insert_finding_sql(q);
    sqlite3_stmt *st = sql == NULL ? NULL : sq_prepare(q, sql, e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->article);
    sq_int(st, 2, o->revision);
    sqlite3_bind_text64(st, 3, t->r->rules.n > 0 ? t->r->rules.p : "", t->r->rules.n, SQLITE_STATIC, SQLITE_UTF8);
    sq_text(st, 4, span_of(finding_kind_names[f->kind]));
    sq_int(st, 5, f->start);
    sq_int(st, 6, f->end);
    sq_text(st, 7, f->quote);
    sq_text(st, 8, f->rule);
    sq_null_or_int(st, 9, is_own_measure(f) ? o->congress : 0);
    for (const struct finding_value *v = f->values; v != NULL; v = v->next)
        sq_text(st, FINDING_FIRST_FIELD + (int)v->field, v->text);
    return sq_run(q, st, e, "cannot store a finding");
}

static int drop_findings(struct sqlite *q, const struct owner *o, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q, "DELETE FROM finding WHERE article_id = ?1 AND revision_id = ?2", e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, o->article);
    sq_int(st, 2, o->revision);
    return sq_run(q, st, e, "cannot remove findings");
}

static int insert_findings(struct sqlite *q, const struct settling *t, const struct owner *o, struct err *e)
{
    for (size_t i = 0; i < t->r->findings.n; i++) {
        if (insert_finding(q, t, o, &t->r->findings.items[i], e) < 0)
            return -1;
    }
    return 0;
}

/* What the article said before is compared anew too: others may have contradicted it. */
static int replace_findings(struct sqlite *q, const struct settling *t, int64_t article, int64_t revision,
                            struct err *e)
{
    struct owner o = { article, revision, 0 };
    struct totals totals = { .n = 0 };
    if (sqlite_congress_id(q, t->r->article, t->arena, &o.congress, e) < 0 ||
        sqlite_totals_of(q, article, t->arena, &totals, e) < 0 || drop_findings(q, &o, e) < 0 ||
        insert_findings(q, t, &o, e) < 0 || sqlite_totals_of(q, article, t->arena, &totals, e) < 0)
        return -1;
    return sqlite_compare_totals(q, &totals, e);
}

/* ---- events ------------------------------------------------------------------------------------------------------ */

static int raise_event(struct sqlite *q, const struct settling *t, int64_t article, const char *topic,
                       struct span digest, struct err *e)
{
    /* A text that goes and comes back is news again, the same capture stored again is not: its number is part of it. */
    struct span content = arena_printf(t->arena, "%lld %.*s", (long long)t->seq, SPAN_FMT(digest));
    struct digest id = event_id(topic, t->url, content);
    sqlite3_stmt *st = sq_prepare(q,
                                  "INSERT INTO event (id, topic, at, article_id, payload) VALUES (?1, ?2, ?3, ?4, ?5) "
                                  "ON CONFLICT (id) DO NOTHING",
                                  e);
    if (st == NULL)
        return -1;
    msgpack_sbuffer payload;
    msgpack_sbuffer_init(&payload);
    event_pack(&payload, digest_span(&id), t->url, t->r->article, &t->r->findings);
    sq_text(st, 1, digest_span(&id));
    sq_text(st, 2, span_of(topic));
    sq_int(st, 3, t->now);
    sq_int(st, 4, article);
    sq_blob(st, 5, (struct span){ payload.data, payload.size });
    int rc = sq_run(q, st, e, "cannot write an event");
    if (rc == 0)
        t->out->events += sqlite3_changes(q->db);
    msgpack_sbuffer_destroy(&payload);
    return rc;
}

/* ---- what is to be done ------------------------------------------------------------------------------------------ */

/* Of an older capture than the current text: history, without an event. */
static int store_old(struct sqlite *q, struct settling *t, const struct current *c, struct span digest, struct err *e)
{
    t->out->what = SETTLED_OLD;
    return add_revision(q, t, c->id, digest, false, e) < 0 ? -1 : 0;
}

/* The same text again: a new visit, perhaps with other rules. Findings change, nothing has happened. */
static int store_same(struct sqlite *q, struct settling *t, const struct current *c, struct span digest, struct err *e)
{
    if (upsert_article(q, t, digest, e) < 0)
        return -1;
    return span_eq(c->rules, t->r->rules) && t->r->pass == 1 ? 0 : replace_findings(q, t, c->id, c->revision, e);
}

static int store_new(struct sqlite *q, struct settling *t, bool first, bool quiet, struct span digest, struct err *e)
{
    int64_t article = upsert_article(q, t, digest, e);
    int64_t revision = article < 0 ? -1 : add_revision(q, t, article, digest, true, e);
    if (revision < 0 || (first && add_place(q, t, article, e) < 0) || replace_findings(q, t, article, revision, e) < 0)
        return -1;
    if (quiet)
        return 0;
    return raise_event(q, t, article, first ? "article.new" : "article.revised", digest, e);
}

int sqlite_store_article(struct sqlite *q, struct settling *t, struct err *e)
{
    struct current c = { 0 };
    struct digest d = text_digest(t->r->article);
    struct span digest = digest_span(&d);
    int rc = find_article(q, t, &c, e);
    if (rc < 0)
        return -1;
    if (rc == 0)
        return store_new(q, t, true, false, digest, e);
    if (t->seq < c.seq)
        return store_old(q, t, &c, digest, e);
    if (span_eq(c.digest, digest))
        return store_same(q, t, &c, digest, e);
    /* A page read anew (same capture) may give another text under today's rules: that is no event, unless more of the
     * article has come. */
    return store_new(q, t, false, t->seq == c.seq && !t->fresh_parts, digest, e);
}
