/* The schema and the rows of fields that are written into it: neither knows a column that the other does not. */
#include "tests/unit/temp_store.h"

#include "common/article.h"
#include "common/finding.h"
#include "common/schema.h"

static int64_t has_column(struct temp *t, const char *table, const char *column)
{
    char sql[256];
    snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM pragma_table_info('%s') WHERE name = '%s'", table, column);
    return ask(t, sql);
}

struct check {
    int bad;
    bool (*known)(const char *column);
};

static int check_column(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    struct check *c = ctx;
    (void)columns, (void)names, (void)bytes;
    if (!c->known(values[0]))
        c->bad++, print_error("the column '%s' is filled by no field\n", values[0]);
    return 0;
}

static int unknown_columns(struct temp *t, const char *table, bool (*known)(const char *column))
{
    struct check c = { .known = known };
    struct err e;
    const char *const params[] = { table };
    assert_int_equal(store_select(t->s, "SELECT name FROM pragma_table_info($1)", params, 1, check_column, &c, &e), 0);
    return c.bad;
}

static bool is_one_of(const char *column, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(column, names[i]) == 0)
            return true;
    }
    return false;
}

static bool is_finding_column(const char *column)
{
    static const char *const own[] = { "id", "article_id", "revision_id", "rules", "kind", "start_at", "end_at", "quote", "rule",
                                       "congress_id", "contradicts" };
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        char number[64];
        snprintf(number, sizeof(number), "%s_num", finding_fields[i].column);
        if (strcmp(column, finding_fields[i].column) == 0 ||
            (finding_fields[i].type == FIELD_DECIMAL && strcmp(column, number) == 0))
            return true;
    }
    return is_one_of(column, own, COUNT(own));
}

static bool is_article_column(const char *column)
{
    static const char *const own[] = { "id", "url_id", "site_id", "seq", "revision_id", "revisions", "digest", "rules",
                                       "first_seen_at", "changed_at", "fetched_at", "stored_at", "authors" };
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (strcmp(column, article_fields[i].name) == 0)
            return true;
    }
    return is_one_of(column, own, COUNT(own));
}

static void finding_columns(void **state)
{
    (void)state;
    struct temp t;
    int bad = 0;
    temp_open(&t);
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        char number[64], sql[256];
        snprintf(number, sizeof(number), "%s_num", finding_fields[i].column);
        bool decimal = finding_fields[i].type == FIELD_DECIMAL;
        if (!has_column(&t, "finding", finding_fields[i].column) || has_column(&t, "finding", number) != decimal)
            bad++, print_error("the table has no column '%s', or one too many\n", finding_fields[i].column);
        snprintf(sql, sizeof(sql), "SELECT type FROM pragma_table_info('finding') WHERE name = '%s'", finding_fields[i].column);
        bool whole = finding_fields[i].type == FIELD_INTEGER || finding_fields[i].type == FIELD_BOOL;
        if (strcmp(ask_text(&t, sql), whole ? "INTEGER" : "TEXT") != 0) /* exact decimals are text */
            bad++, print_error("'%s' is %s\n", finding_fields[i].column, ask_text(&t, sql));
    }
    bad += unknown_columns(&t, "finding", is_finding_column);
    temp_close(&t);
    assert_int_equal(bad, 0);
}

static void article_columns(void **state)
{
    (void)state;
    struct temp t;
    int bad = 0;
    temp_open(&t);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (!has_column(&t, "article", article_fields[i].name))
            bad++, print_error("the table has no column '%s'\n", article_fields[i].name);
    }
    bad += unknown_columns(&t, "article", is_article_column);
    temp_close(&t);
    assert_int_equal(bad, 0);
}

/* Every field of a finding is stored where it belongs and as what it is. */
static void every_field_is_stored(void **state)
{
    (void)state;
    struct temp t;
    int bad = 0;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    int64_t id = capture(&t, add_url(&t, "http://a.cn/1", "article", 2, T0), "article", "x", T0);
    struct result *r = result_of(&t, id, 1, "题", "文");
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (i != ARTICLE_URL)
            r->article->f[i] = span_of(article_fields[i].name);
    }
    struct finding *f = add_figure(&t, r, "x", "1");
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        enum field_type type = finding_fields[i].type;
        finding_set(f, t.a, (enum finding_field)i, type == FIELD_BOOL ? SPAN("true") : type == FIELD_STRING || type == FIELD_LIST
                    ? span_of(finding_fields[i].json) : arena_printf(t.a, "%d%s", i + 100, type == FIELD_DECIMAL ? ".50" : ""));
    }
    assert_int_equal(settle_one(&t, r, T0 + 1).what, SETTLED);
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        char sql[256], want[64];
        enum field_type type = finding_fields[i].type;
        snprintf(want, sizeof(want), "%d%s", i + 100, type == FIELD_DECIMAL ? ".50" : "");
        snprintf(sql, sizeof(sql), "SELECT \"%s\" FROM finding", finding_fields[i].column);
        const char *expected = type == FIELD_BOOL ? "1" : type == FIELD_STRING || type == FIELD_LIST ? finding_fields[i].json : want;
        if (strcmp(ask_text(&t, sql), expected) != 0)
            bad++, print_error("%s: '%s'\n", finding_fields[i].column, ask_text(&t, sql));
        if (type == FIELD_DECIMAL) {
            snprintf(sql, sizeof(sql), "SELECT %s_num = %d.5 FROM finding", finding_fields[i].column, i + 100);
            bad += ask(&t, sql) != 1;
        }
    }
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        char sql[256];
        snprintf(sql, sizeof(sql), "SELECT \"%s\" FROM article", article_fields[i].name);
        if (strcmp(ask_text(&t, sql), i == ARTICLE_URL ? "http://a.cn/1" : article_fields[i].name) != 0)
            bad++, print_error("%s: '%s'\n", article_fields[i].name, ask_text(&t, sql));
    }
    temp_close(&t);
    assert_int_equal(bad, 0);
}

static int count_view(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    (void)columns, (void)names, (void)bytes;
    char sql[256];
    struct err e = { "" };
    struct temp *t = ctx;
    snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM %s", values[0]);
    char out[512];
    if (store_select(t->s, sql, NULL, 0, keep_first, out, &e) < 0)
        fail_msg("%s: %s", values[0], e.msg);
    t->m.id++;
    return 0;
}

/* Every view can be read, and each kind that analysts ask for has one. */
static void views(void **state)
{
    (void)state;
    static const char *const wanted[] = { "v_figure", "v_legislation", "v_meeting", "v_oversight", "v_suggestion", "v_project", "v_vote",
                                          "v_person", "v_platform", "v_compare", "v_part", "v_site_health" };
    struct temp t;
    struct err e;
    int bad = 0;
    temp_open(&t);
    t.m.id = 0;
    assert_int_equal(store_select(t.s, "SELECT name FROM sqlite_master WHERE type = 'view'", NULL, 0, count_view, &t, &e), 0);
    assert_true(t.m.id >= (int64_t)COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++) {
        char sql[128];
        snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM sqlite_master WHERE type = 'view' AND name = '%s'", wanted[i]);
        if (ask(&t, sql) != 1)
            bad++, print_error("there is no view %s\n", wanted[i]);
    }
    temp_close(&t);
    assert_int_equal(bad, 0);
}

static void migrations_are_numbered(void **state)
{
    (void)state;
    int bad = 0;
    for (int i = 0; i < schema_migrations_count; i++) {
        if (atoi(schema_migrations[i].name) != i + 1)
            bad++, print_error("'%s' is number %d\n", schema_migrations[i].name, i + 1);
        bad += strlen(schema_migrations[i].sql) == 0;
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finding_columns), cmocka_unit_test(article_columns), cmocka_unit_test(every_field_is_stored),
        cmocka_unit_test(views),           cmocka_unit_test(migrations_are_numbered),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
