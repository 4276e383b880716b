/* Totals of one congress that articles give differently are marked on both sides, whatever order they came in. */
#include "tests/unit/temp_store.h"

struct said {
    const char *url, *org, *region, *level;
    const char *value, *period, *about, *bound;
};

static int64_t url_of(struct temp *t, const char *url)
{
    char sql[512];
    snprintf(
        sql, sizeof(sql),
        "INSERT INTO url (url, site_id, host_id, role, priority, state, interval_ms, found_at) SELECT '%s', site_id, "
        "host_id, 'article', 0, 'new', 60000, 0 FROM url WHERE id = 1 ON CONFLICT DO NOTHING",
        url);
    run_sql(t, sql);
    snprintf(sql, sizeof(sql), "SELECT id FROM url WHERE url = '%s'", url);
    return ask(t, sql);
}

/* An article in which a congress says how many reports it heard in a year. */
static void say(struct temp *t, const struct said *s, int64_t at)
{
    char body[200];
    snprintf(body, sizeof(body), "%s %s %lld", s->url, s->value, (long long)at);
    int64_t id = capture(t, url_of(t, s->url), "article", body, at);
    struct result *r = result_of(t, id, 1, "报告", body);
    r->article->f[ARTICLE_TEXT] = arena_span(t->a, span_of(body));
    r->article->f[ARTICLE_ORG] = span_of(s->org);
    r->article->f[ARTICLE_REGION] = span_of(s->region);
    r->article->f[ARTICLE_LEVEL] = span_of(s->level);
    struct finding *f = add_figure(t, r, "报告", s->value);
    finding_set(f, t->a, FINDING_METRIC, SPAN("reports.heard"));
    finding_set(f, t->a, FINDING_UNIT, SPAN("项"));
    finding_set(f, t->a, FINDING_PERIOD_TYPE, SPAN("year"));
    finding_set(f, t->a, FINDING_PERIOD_FROM, span_of(s->period));
    finding_set(f, t->a, FINDING_PERIOD_TO, span_of(s->period));
    finding_set(f, t->a, FINDING_ABOUT, span_of(s->about));
    finding_set(f, t->a, FINDING_BOUND, span_of(s->bound));
    assert_int_equal(settle_one(t, r, at + 5).what, SETTLED);
}

#define COUNTY "青田县人大常委会", "青田县", "county"

static const char notes[] = "SELECT COALESCE(GROUP_CONCAT(url || ' ' || COALESCE(note, '-'), char(10)), '') FROM "
                            "(SELECT url, note FROM v_figure ORDER BY url)";

static void totals_that_differ(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        struct said said[3];
        const char *want;
    } rows[] = {
        { "the same twice",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" }, { "http://a.cn/2", COUNTY, "12", "2024", "", "" } },
          "http://a.cn/1 -\nhttp://a.cn/2 -" },
        { "two values",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" }, { "http://a.cn/2", COUNTY, "13", "2024", "", "" } },
          "http://a.cn/1 another article says 13项: http://a.cn/2\nhttp://a.cn/2 another article says 12项: "
          "http://a.cn/1" },
        { "another year",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" }, { "http://a.cn/2", COUNTY, "13", "2023", "", "" } },
          "http://a.cn/1 -\nhttp://a.cn/2 -" },
        { "another congress",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" },
            { "http://a.cn/2", "丽水市人大常委会", "丽水市", "prefecture", "13", "2024", "", "" } },
          "http://a.cn/1 -\nhttp://a.cn/2 -" },
        { "of one topic only",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" }, { "http://a.cn/2", COUNTY, "3", "2024", "环保", "" } },
          "http://a.cn/1 -\nhttp://a.cn/2 -" },
        { "not exact",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" }, { "http://a.cn/2", COUNTY, "10", "2024", "", "over" } },
          "http://a.cn/1 -\nhttp://a.cn/2 -" },
        { "put right later",
          { { "http://a.cn/1", COUNTY, "12", "2024", "", "" },
            { "http://a.cn/2", COUNTY, "13", "2024", "", "" },
            { "http://a.cn/2", COUNTY, "12", "2024", "", "" } },
          "http://a.cn/1 -\nhttp://a.cn/2 -" },
        { "contradicted later, the other way round",
          { { "http://a.cn/2", COUNTY, "13", "2024", "", "" },
            { "http://a.cn/1", COUNTY, "13", "2024", "", "" },
            { "http://a.cn/1", COUNTY, "12", "2024", "", "" } },
          "http://a.cn/1 another article says 13项: http://a.cn/2\nhttp://a.cn/2 another article says 12项: "
          "http://a.cn/1" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        temp_open(&t);
        sync_sites(&t, ONE_SITE, T0);
        for (int k = 0; k < 3 && rows[i].said[k].url != NULL; k++)
            say(&t, &rows[i].said[k], T0 + k * 1000);
        const char *have = ask_text(&t, notes);
        if (strcmp(have, rows[i].want) != 0)
            bad++, print_error("%s\n have %s\n want %s\n", rows[i].what, have, rows[i].want);
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

/* What is told by ever more articles with different values is no total: the marks go, and comparing it ends. */
static void told_too_often(void **state)
{
    (void)state;
    static const char marked[] = "SELECT COUNT(*) FROM finding WHERE contradicts IS NOT NULL";
    struct temp t;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    for (int i = 1; i <= 20; i++) {
        char url[64], value[16];
        snprintf(url, sizeof(url), "http://a.cn/%d", i);
        snprintf(value, sizeof(value), "%d", 10 + i % 7);
        say(&t, &(struct said){ url, COUNTY, value, "2024", "", "" }, T0 + i * 1000);
        if (i == 16)
            assert_int_equal(ask(&t, marked), 16);
    }
    assert_int_equal(ask(&t, marked), 0);
    temp_close(&t);
}

static void whose_it_is(void **state)
{
    (void)state;
    struct temp t;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    say(&t,
        &(struct said){ "http://a.cn/1", "恩施土家族苗族自治州人大常委会", "恩施土家族苗族自治州", "prefecture", "1",
                        "2024", "", "" },
        T0);
    say(&t, &(struct said){ "http://a.cn/2", COUNTY, "1", "2024", "", "" }, T0 + 1000);
    say(&t, &(struct said){ "http://a.cn/3", COUNTY, "1", "2024", "", "" }, T0 + 2000);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM congress"), 2);
    assert_string_equal(ask_text(&t, "SELECT GROUP_CONCAT(division || ' ' || COALESCE(makes, '-'), '; ') FROM "
                                     "(SELECT * FROM congress ORDER BY id)"),
                        "autonomous_prefecture regulations,autonomous; county -");
    assert_int_equal(ask(&t, "SELECT COUNT(DISTINCT congress_id) FROM finding"), 2);
    temp_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_that_differ),
        cmocka_unit_test(told_too_often),
        cmocka_unit_test(whose_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
