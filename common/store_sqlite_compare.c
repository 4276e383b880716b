/* What articles say against each other: totals of one congress, measure, time and scope that differ (v_comparable).
 * Both sides are marked, each with what the most trusted other article says; nothing is corrected. What is marked
 * follows from the figures that are there alone, not from the order in which they came. */
#include "common/store_sqlite.h"

#include "common/congress.h"

/* ---- whose it is ------------------------------------------------------------------------------------------------- */

static struct span makes_text(enum congress_kind kind, struct arena *a)
{
    unsigned makes = congresses[kind].makes;
    struct span s =
        arena_printf(a, "%s%s%s", makes & MAKES_LAWS ? ",laws" : "", makes & MAKES_REGULATIONS ? ",regulations" : "",
                     makes & MAKES_AUTONOMOUS ? ",autonomous" : "");
    return s.n == 0 ? s : (struct span){ s.p + 1, s.n - 1 };
}

int sqlite_congress_id(struct sqlite *q, const struct article *art, struct arena *a, int64_t *id, struct err *e)
{
    *id = 0;
    if (art->f[ARTICLE_ORG].n == 0)
        return 0;
    enum congress_kind kind = congress_kind_of(art->f[ARTICLE_REGION], art->f[ARTICLE_LEVEL]);
    sqlite3_stmt *st = sq_prepare(q,
                                  "INSERT INTO congress (name, kind, region, region_code, level, division, makes) "
                                  "VALUES (?1, ?2, COALESCE(?3, ''), ?4, ?5, ?6, ?7) ON CONFLICT (name, region) DO "
                                  "UPDATE SET region_code = COALESCE(region_code, excluded.region_code) RETURNING id",
                                  e);
    if (st == NULL)
        return -1;
    static const enum article_field fields[] = { ARTICLE_ORG, ARTICLE_ORG_TYPE, ARTICLE_REGION, ARTICLE_REGION_CODE,
                                                 ARTICLE_LEVEL };
    for (int i = 0; i < 5; i++)
        sq_text(st, i + 1, art->f[fields[i]]);
    sq_text(st, 6, span_of(congresses[kind].name));
    sq_text(st, 7, makes_text(kind, a));
    int rc = sq_one(q, st, e, "cannot store a congress");
    if (rc == 0)
        *id = sq_col_int(st, 0);
    sqlite3_reset(st);
    return rc;
}

/* ---- what differs ------------------------------------------------------------------------------------------------ */

/* One congress, measure, time and scope. */
struct total {
    int64_t congress;
    struct span metric, type, from, to, scope;
};

#define SAME_TOTAL                                                                                                     \
    "congress_id = ?1 AND metric = ?2 AND period_type = ?3 AND period_from IS ?4 AND period_to IS ?5 AND scope IS ?6"

static void bind_total(sqlite3_stmt *st, const struct total *k)
{
    sq_int(st, 1, k->congress);
    sq_text(st, 2, k->metric);
    sq_text(st, 3, k->type);
    sq_text(st, 4, k->from);
    sq_text(st, 5, k->to);
    sq_text(st, 6, k->scope);
}

int sqlite_totals_of(struct sqlite *q, int64_t article, struct arena *a, struct totals *t, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(
        q,
        "SELECT DISTINCT congress_id, metric, period_type, period_from, period_to, scope FROM finding "
        "WHERE article_id = ?1 AND congress_id IS NOT NULL AND metric IS NOT NULL AND period_type <> 'event' "
        "AND COALESCE(period_from, period_to) IS NOT NULL AND bound IS NULL AND value_max IS NULL AND about "
        "IS NULL AND part_of IS NULL AND planned IS NULL AND actor IS NULL AND composite IS NULL LIMIT ?2",
        e);
    if (st == NULL)
        return -1;
    sq_int(st, 1, article);
    sq_int(st, 2, TOTALS_MAX);
    int rc;
    while ((rc = sq_step(q, st, e, "cannot read an article's totals")) == 1) {
        struct total *k = ARENA_ARRAY(a, struct total, 1);
        *k = (struct total){ sq_col_int(st, 0),     sq_col_text(st, 1, a), sq_col_text(st, 2, a),
                             sq_col_text(st, 3, a), sq_col_text(st, 4, a), sq_col_text(st, 5, a) };
        if (t->n < 2 * TOTALS_MAX)
            t->k[t->n++] = k;
    }
    sqlite3_reset(st);
    return rc;
}

/* How often a total may be given and still be compared: what is told more often, with different values, is no total of
 * one time, and comparing each with each would take ever longer. Then none of them is marked. */
#define TOTAL_GIVEN_MAX 16

enum verdict { ALL_WELL, DIFFERENT, TOO_MANY };

/* DIFFERENT when articles differ over it, or did; TOO_MANY when it is given too often and some are marked. */
static int differs(struct sqlite *q, const struct total *k, enum verdict *out, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(q,
                                  "SELECT MIN(value_num) < MAX(value_num), COUNT(contradicts), COUNT(*) FROM (SELECT "
                                  "value_num, contradicts FROM v_comparable WHERE " SAME_TOTAL " LIMIT ?7)",
                                  e);
    if (st == NULL)
        return -1;
    bind_total(st, k);
    sq_int(st, 7, TOTAL_GIVEN_MAX + 1);
    int rc = sq_one(q, st, e, "cannot compare totals");
    if (rc == 0) {
        bool unlike = sq_col_int(st, 0) != 0, marked = sq_col_int(st, 1) > 0;
        bool many = sq_col_int(st, 2) > TOTAL_GIVEN_MAX;
        *out = many ? (marked ? TOO_MANY : ALL_WELL) : unlike || marked ? DIFFERENT : ALL_WELL;
    }
    sqlite3_reset(st);
    return rc;
}

static int unmark_total(struct sqlite *q, const struct total *k, struct err *e)
{
    sqlite3_stmt *st =
        sq_prepare(q, "UPDATE finding SET contradicts = NULL WHERE contradicts IS NOT NULL AND " SAME_TOTAL, e);
    if (st == NULL)
        return -1;
    bind_total(st, k);
    return sq_run(q, st, e, "cannot unmark what contradicts");
}

/* An article that gives several values for one total counts something apart in some of them: it contradicts nobody. */
static int mark_total(struct sqlite *q, const struct total *k, struct err *e)
{
    sqlite3_stmt *st = sq_prepare(
        q,
        "WITH said AS (SELECT article_id, MIN(finding_id) AS finding_id, MIN(value_num) AS low, MAX(value_num) AS high,"
        " MIN(value) AS value, MIN(unit) AS unit, MIN(url) AS url, MIN(published) AS published,"
        " MIN(CASE genre WHEN 'work_report' THEN 0 WHEN 'annual_review' THEN 1 WHEN 'government_report' THEN 2 ELSE 3"
        " END) AS trust FROM v_comparable WHERE " SAME_TOTAL " GROUP BY article_id),"
        " clear AS (SELECT * FROM said WHERE low = high) "
        "UPDATE finding SET contradicts = (SELECT 'another article says ' || o.value || COALESCE(o.unit, '') || ': ' "
        "|| "
        "o.url FROM clear o, clear own WHERE own.article_id = finding.article_id AND o.low <> own.low "
        "ORDER BY o.trust, o.published DESC, o.url LIMIT 1) "
        "WHERE id IN (SELECT finding_id FROM v_comparable WHERE " SAME_TOTAL ")",
        e);
    if (st == NULL)
        return -1;
    bind_total(st, k);
    return sq_run(q, st, e, "cannot mark what contradicts");
}

int sqlite_compare_totals(struct sqlite *q, const struct totals *t, struct err *e)
{
    for (size_t i = 0; i < t->n; i++) {
        enum verdict verdict = ALL_WELL;
        int rc = differs(q, t->k[i], &verdict, e);
        if (rc == 0 && verdict != ALL_WELL)
            rc = verdict == DIFFERENT ? mark_total(q, t->k[i], e) : unmark_total(q, t->k[i], e);
        if (rc < 0)
            return -1;
    }
    return 0;
}
