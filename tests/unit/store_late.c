/* The store on SQLite, the sink's side: results that come in order, late, twice, with verdicts, or with rows that the
 * database refuses; and the events they raise. */
#include "tests/unit/temp_store.h"

#include "common/digest.h"
#include "common/event.h"

static void temp_with_site(struct temp *t)
{
    temp_open(t);
    sync_sites(t, ONE_SITE, T0);
}

static int64_t article_url(struct temp *t)
{
    return add_url(t, "http://a.cn/1", "article", PRIORITY_BACKFILL, T0);
}

static const char *all_events(struct temp *t)
{
    return ask_text(t, "SELECT GROUP_CONCAT(topic, ' ') FROM (SELECT topic FROM event ORDER BY seq)");
}

/* ---- a site's selectors --------------------------------------------------------------------------------------------- */

static bool skip_none(void *ctx, int64_t id, int64_t pass)
{
    (void)ctx, (void)id, (void)pass;
    return false;
}

/* They go out with the site's pages; what came of them is kept with the capture. */
static void selectors_and_what_came_of_them(void **state)
{
    (void)state;
    static const struct {
        struct result_selected selected[3];
        size_t n;
        const char *want;
    } rows[] = {
        { { { SPAN("title"), 1, SPAN("") }, { SPAN("date"), 0, SPAN("matched nothing") }, { SPAN("body"), 2, SPAN("") } }, 3,
          "title body/date: matched nothing" },
        { { { SPAN("title"), 0, SPAN("matched nothing") }, { SPAN("date"), 1, SPAN("holds no date") } }, 2,
          "-/title: matched nothing, date: holds no date" },
        { { { SPAN("list"), 1, SPAN("") } }, 1, "list/-" },
        { { { SPAN(""), 0, SPAN("") } }, 0, "-/-" },
    };
    struct temp t;
    struct err e;
    struct work work[2];
    int n = 0, bad = 0;
    temp_open(&t);
    sync_sites(&t, "- {name: a, start: 'http://a.cn/', selectors: {title: h1.con, valid_until: 2027-06-30}}\n", T0);
    assert_string_equal(ask_text(&t, "SELECT selectors_until FROM site"), "2027-06-30");
    for (size_t i = 0; i < COUNT(rows); i++) {
        char url[32];
        snprintf(url, sizeof(url), "http://a.cn/%zu", i);
        int64_t id = capture(&t, add_url(&t, url, "article", PRIORITY_BACKFILL, T0), "article", url, T0 + 1);
        assert_int_equal(store_pending(t.s, skip_none, NULL, 2, 1 << 20, t.a, work, &n, &e), 0);
        assert_int_equal(n, 1);
        assert_true(span_is(work[0].selectors, "title h1.con\nvalid_until 2027-06-30\n"));
        struct result *r = result_of(&t, id, 1, "题", "正文");
        r->selected = (struct result_selected *)(uintptr_t)rows[i].selected;
        r->selected_count = rows[i].n;
        settle_one(&t, r, T0 + 5);
        const char *got = ask_text(&t, "SELECT COALESCE(selected, '-') || '/' || COALESCE(unselected, '-') FROM capture ORDER BY id DESC");
        if (strcmp(got, rows[i].want) != 0)
            bad++, print_error("wanted %s, got %s\n", rows[i].want, got);
    }
    assert_int_equal(bad, 0);
    sync_sites(&t, "- {name: a, start: 'http://a.cn/'}\n", T0 + 10); /* no longer in the config */
    assert_int_equal(ask(&t, "SELECT selectors IS NULL AND selectors_until IS NULL FROM site"), 1);
    temp_close(&t);
}

/* ---- in order ----------------------------------------------------------------------------------------------------------- */

static void an_article_is_stored(void **state)
{
    (void)state;
    struct temp t;
    temp_with_site(&t);
    int64_t id = capture(&t, article_url(&t), "article", "page", T0 + 1);
    struct result *r = result_of(&t, id, 1, "题", "正文");
    r->article->f[ARTICLE_URL] = SPAN("http://liar.cn/"); /* what the child says of the address counts for nothing */
    r->article->f[ARTICLE_PUBLISHED] = SPAN("2025-10-09");
    r->article->f[ARTICLE_KEYWORDS] = SPAN("a\nb");
    struct author authors[] = { { SPAN("张\"三"), SPAN("text") } };
    r->article->authors = authors;
    r->article->author_count = 1;
    struct finding *f = add_figure(&t, r, "主任会议", "61270000000.5");
    finding_set(f, t.a, FINDING_PLANNED, SPAN("true"));
    finding_set(f, t.a, FINDING_COMPOSITE, SPAN("a,b"));
    struct settled out = settle_one(&t, r, T0 + 5);
    assert_int_equal(out.what, SETTLED);
    assert_int_equal(out.events, 1);
    static const struct {
        const char *sql, *want;
    } rows[] = {
        { "SELECT url FROM article", "http://a.cn/1" },
        { "SELECT title || '/' || text || '/' || published FROM article", "题/正文/2025-10-09" },
        { "SELECT authors FROM article", "[{\"name\":\"张\\\"三\",\"role\":\"text\"}]" },
        { "SELECT seq || ' ' || revisions || ' ' || first_seen_at || ' ' || changed_at || ' ' || fetched_at FROM article",
          "1 1 1760000000005 1760000000005 1760000000001" },
        { "SELECT a.revision_id = r.id AND r.capture_id = 1 AND r.seq = 1 FROM article a JOIN revision r ON r.article_id = a.id", "1" },
        { "SELECT COUNT(*) FROM place", "1" },
        { "SELECT kind || ' ' || subject || ' ' || value || ' ' || planned || ' ' || composite FROM finding",
          "figure 主任会议 61270000000.5 1 a,b" },
        { "SELECT value_num = 61270000000.5 AND typeof(value) = 'text' AND action IS NULL FROM finding", "1" },
        { "SELECT start_at || '-' || end_at || ' ' || quote || ' ' || rule FROM finding", "1-4 召开主任会议12次。 figure" },
        { "SELECT state || ' ' || class || ' ' || charset || ' ' || rules || ' ' || settled_at FROM capture",
          "settled article utf-8 rules-1 1760000000005" },
        { "SELECT COUNT(*) FROM v_figure WHERE article_title = '题' AND org IS NULL", "1" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(ask_text(&t, rows[i].sql), rows[i].want) != 0)
            bad++, print_error("%s: '%s'\n", rows[i].sql, ask_text(&t, rows[i].sql));
    }
    assert_int_equal(bad, 0);
    assert_string_equal(all_events(&t), "article.new");
    temp_close(&t);
}

static void a_list_brings_links(void **state)
{
    (void)state;
    struct temp t;
    temp_with_site(&t);
    static struct result_link links[] = {
        { { "http://a.cn/x", 13 }, { "article", 7 }, { "题", 3 }, { "2025-01-02", 10 }, { "栏", 3 }, false },
        { { "http://a.cn/x", 13 }, { "article", 7 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false },
        { { "https://b.cn/y", 14 }, { "article", 7 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false },
        { { "http://a.cn/p2", 14 }, { "list", 4 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, true },
        { { "mailto:a@b.cn", 13 }, { "article", 7 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false },
        { { "http://a.cn/", 12 }, { "list", 4 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false },
    };
    struct result *r = result_of(&t, capture(&t, 1, "list", "1", T0), 1, NULL, NULL);
    r->links = links;
    r->link_count = COUNT(links);
    assert_int_equal(settle_one(&t, r, T0 + 1).new_links, 3);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE found_on = 1 AND next_visit_at = 1760000000001"), 3);
    assert_int_equal(ask(&t, "SELECT priority FROM url WHERE url = 'http://a.cn/x'"), PRIORITY_BACKFILL);
    assert_string_equal(ask_text(&t, "SELECT hint_title || hint_date || hint_column FROM url WHERE url = 'http://a.cn/x'"), "题2025-01-02栏");
    assert_int_equal(ask(&t, "SELECT trusted FROM host WHERE name = 'https://b.cn'"), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM host"), 2);
    assert_int_equal(ask(&t, "SELECT links FROM list_column WHERE url_id = 1"), 6);
    assert_string_equal(ask_text(&t, "SELECT state FROM site"), "ok");
    /* the list again: what is new on it now is live, and its next page is looked at as well */
    run_sql(&t, "UPDATE url SET visited_at = 1, next_visit_at = 1770000000000 WHERE url = 'http://a.cn/p2'");
    links[1].url = SPAN("http://a.cn/z");
    r = result_of(&t, capture(&t, 1, "list", "2", T0 + 60000), 1, NULL, NULL);
    r->links = links;
    r->link_count = COUNT(links);
    assert_int_equal(settle_one(&t, r, T0 + 60001).new_links, 1);
    assert_int_equal(ask(&t, "SELECT priority FROM url WHERE url = 'http://a.cn/z'"), PRIORITY_LIVE);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/p2'"), T0 + 60001);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/x'"), T0 + 1);
    /* nothing new: the next page may sleep on */
    run_sql(&t, "UPDATE url SET next_visit_at = 1770000000000 WHERE url = 'http://a.cn/p2'");
    r = result_of(&t, capture(&t, 1, "list", "3", T0 + 70000), 1, NULL, NULL);
    r->links = links;
    r->link_count = COUNT(links);
    assert_int_equal(settle_one(&t, r, T0 + 70001).new_links, 0);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/p2'"), 1770000000000);
    assert_string_equal(all_events(&t), "");
    temp_close(&t);
}

/* What a start page brings about, step by step; two start pages of one site. */
static void states_of_a_site(void **state)
{
    (void)state;
    enum { LINKS = OUTCOME_COUNT, EMPTY, FEEDS };
    static const struct {
        const char *name;
        struct {
            int url, what; /* an outcome, or a settled list */
        } steps[4];
        int n;
        const char *want;
    } rows[] = {
        { "read", { { 1, LINKS } }, 1, "ok" },
        { "never had links", { { 1, EMPTY } }, 1, "ok" },
        { "lost its links", { { 1, LINKS }, { 1, EMPTY } }, 2, "empty list" },
        { "lost its links but for its feeds", { { 1, LINKS }, { 1, FEEDS } }, 2, "empty list" },
        { "got them back", { { 1, LINKS }, { 1, EMPTY }, { 1, LINKS } }, 3, "ok" },
        { "blocked", { { 1, LINKS }, { 1, OUTCOME_BLOCKED } }, 2, "blocked" },
        { "blocked and let in", { { 1, LINKS }, { 1, OUTCOME_BLOCKED }, { 1, OUTCOME_SAME } }, 3, "ok" },
        { "one is blocked, the other read", { { 1, OUTCOME_BLOCKED }, { 2, LINKS } }, 2, "blocked" },
        { "gone, then unreachable", { { 1, OUTCOME_GONE }, { 1, OUTCOME_UNREACHABLE } }, 2, "unreachable" },
        { "empty, and the same again", { { 1, LINKS }, { 1, EMPTY }, { 1, OUTCOME_SAME } }, 3, "empty list" },
        { "a redirect tells nothing", { { 1, OUTCOME_REDIRECTED } }, 1, "new" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        temp_open(&t);
        sync_sites(&t, "- {name: a, start: ['http://a.cn/', 'http://a.cn/2']}\n", T0);
        for (int k = 0; k < rows[i].n; k++) {
            static struct result_link link = { { "http://a.cn/x", 13 }, { "article", 7 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false };
            static struct result_link feed = { { "http://a.cn/rss", 15 }, { "feed", 4 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false };
            int what = rows[i].steps[k].what;
            struct outcome o = outcome_of(what < OUTCOME_COUNT ? (enum outcome_kind)what : OUTCOME_CAPTURED, rows[i].steps[k].url, T0 + k);
            o.start_page = o.list = true;
            o.role = SPAN("list");
            o.digest = o.body = SPAN("x");
            o.redirect_to = SPAN("http://a.cn/y");
            o.redirect_host = SPAN("http://a.cn");
            int64_t id = commit_one(&t, &o);
            if (what < OUTCOME_COUNT)
                continue;
            struct result *r = result_of(&t, id, 1, NULL, NULL);
            r->links = what == FEEDS ? &feed : &link;
            r->link_count = what != EMPTY;
            settle_one(&t, r, T0 + k);
        }
        if (strcmp(ask_text(&t, "SELECT state FROM site"), rows[i].want) != 0)
            bad++, print_error("%s: '%s'\n", rows[i].name, ask_text(&t, "SELECT state FROM site"));
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

static void revisions(void **state)
{
    (void)state;
    struct temp t;
    temp_with_site(&t);
    int64_t url = article_url(&t);
    static const struct {
        const char *title, *text;
        int events, revisions;
        const char *topics;
    } rows[] = {
        { "题", "一", 1, 1, "article.new" },
        { "题", "二", 1, 2, "article.new article.revised" },
        { "题", "二", 0, 2, "article.new article.revised" },       /* fetched again, the same */
        { "新题", "二", 1, 3, "article.new article.revised article.revised" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t id = capture(&t, url, "article", rows[i].text, T0 + (int64_t)i);
        struct settled out = settle_one(&t, result_of(&t, id, 1, rows[i].title, rows[i].text), T0 + 10 + (int64_t)i);
        if (out.events != rows[i].events || ask(&t, "SELECT revisions FROM article") != rows[i].revisions ||
            strcmp(all_events(&t), rows[i].topics) != 0)
            bad++, print_error("row %zu: %d events, %s\n", i, out.events, all_events(&t));
    }
    assert_int_equal(bad, 0);
    assert_int_equal(ask(&t, "SELECT seq FROM article"), 4);
    assert_int_equal(ask(&t, "SELECT changed_at FROM article"), T0 + 13);
    assert_int_equal(ask(&t, "SELECT first_seen_at FROM article"), T0 + 10);
    assert_string_equal(ask_text(&t, "SELECT r.title || r.text FROM article a JOIN revision r ON r.id = a.revision_id"), "新题二");
    temp_close(&t);
}

/* ---- late and twice --------------------------------------------------------------------------------------------------------- */

static void an_old_capture_is_history(void **state)
{
    (void)state;
    struct temp t;
    temp_with_site(&t);
    int64_t url = article_url(&t), old = capture(&t, url, "article", "1", T0 + 1), new = capture(&t, url, "article", "2", T0 + 2);
    struct result *r = result_of(&t, new, 1, "题", "新");
    add_figure(&t, r, "会议", "2");
    assert_int_equal(settle_one(&t, r, T0 + 10).what, SETTLED);
    r = result_of(&t, old, 1, "题", "旧");
    add_figure(&t, r, "会议", "1");
    struct settled out = settle_one(&t, r, T0 + 20);
    assert_int_equal(out.what, SETTLED_OLD);
    assert_int_equal(out.events, 0);
    assert_string_equal(ask_text(&t, "SELECT text || seq || changed_at FROM article"), "新21760000000010");
    assert_int_equal(ask(&t, "SELECT revisions FROM article"), 2);
    assert_string_equal(ask_text(&t, "SELECT GROUP_CONCAT(seq || text) FROM (SELECT seq, text FROM revision ORDER BY seq)"), "1旧,2新");
    assert_string_equal(ask_text(&t, "SELECT GROUP_CONCAT(value) FROM v_figure"), "2");
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM capture WHERE state = 'settled'"), 2);
    assert_string_equal(all_events(&t), "article.new");
    temp_close(&t);
}

/* Everything the database holds, as one digest. */
static void dump_of(struct temp *t, char out[64])
{
    static const char *const tables[] = { "capture", "article", "revision", "finding", "event", "url", "site", "host",
                                          "list_column", "place", "raw", "visit" };
    struct digest d = { "" };
    for (size_t i = 0; i < COUNT(tables); i++) {
        sqlite3 *db;
        sqlite3_stmt *st;
        char sql[64];
        snprintf(sql, sizeof(sql), "SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
        int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL); /* a test may have taken the table away */
        while (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) {
            for (int c = 0; c < sqlite3_column_count(st); c++) {
                const struct span parts[] = { digest_span(&d), { sqlite3_column_blob(st, c), (size_t)sqlite3_column_bytes(st, c) } };
                d = digest_of_parts(parts, 2);
            }
        }
        sqlite3_finalize(st);
        sqlite3_close(db);
    }
    snprintf(out, 64, "%s", d.hex);
}

static void a_repeated_result_changes_nothing(void **state)
{
    (void)state;
    struct temp t;
    char before[64], after[64];
    temp_with_site(&t);
    int64_t url = article_url(&t), id = capture(&t, url, "article", "1", T0 + 1), bad_one = capture(&t, 1, "list", "2", T0 + 1);
    struct result *r = result_of(&t, id, 1, "题", "文"), *failed = result_of(&t, bad_one, 1, NULL, NULL);
    static struct result_link link = { { "http://a.cn/x", 13 }, { "article", 7 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, false };
    failed->failed = SPAN("SIGSEGV");
    add_figure(&t, r, "会议", "2");
    settle_one(&t, r, T0 + 10);
    settle_one(&t, failed, T0 + 10);
    dump_of(&t, before);
    struct result *other = result_of(&t, id, 1, "另", "别的");
    struct result *linked = result_of(&t, id, 1, NULL, NULL);
    linked->links = &link;
    linked->link_count = 1;
    const struct {
        const char *name;
        const struct result *r;
    } rows[] = {
        { "the same again", r },
        { "the same page with another text", other },
        { "with links", linked },
        { "a verdict told twice", failed }, /* its pass is over: it counts once */
        { "of a pass to come", result_of(&t, id, 2, "题", "三") },
        { "of no pass", result_of(&t, id, 0, "题", "三") },
        { "of no capture", result_of(&t, 12345, 1, "题", "三") },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct settled out = settle_one(&t, rows[i].r, T0 + 20);
        dump_of(&t, after);
        if (out.what != SETTLED_STALE || out.events != 0 || out.new_links != 0 || strcmp(before, after) != 0)
            bad++, print_error("%s: %d%s\n", rows[i].name, out.what, strcmp(before, after) != 0 ? ", something changed" : "");
    }
    assert_int_equal(bad, 0);
    assert_int_equal(ask(&t, "SELECT tries FROM capture WHERE state = 'pending'"), 1);
    temp_close(&t);
}

/* Twice in one batch, even. */
static void a_batch_with_repeats(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_with_site(&t);
    int64_t url = article_url(&t), one = capture(&t, url, "article", "1", T0 + 1), two = capture(&t, url, "article", "2", T0 + 2);
    const struct result *batch[] = { result_of(&t, one, 1, "题", "一"), result_of(&t, one, 1, "题", "一"),
                                     result_of(&t, two, 1, "题", "二"), result_of(&t, 99, 1, "题", "三") };
    struct settled out[4];
    assert_int_equal(store_settle(t.s, batch, 4, T0 + 5, out, &e), 0);
    assert_true(out[0].what == SETTLED && out[1].what == SETTLED_STALE && out[2].what == SETTLED && out[3].what == SETTLED_STALE);
    assert_string_equal(all_events(&t), "article.new article.revised");
    assert_int_equal(store_settle(t.s, batch, 0, T0 + 5, out, &e), 0);
    temp_close(&t);
}

/* ---- verdicts --------------------------------------------------------------------------------------------------------------- */

static void three_verdicts_quarantine(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    int n;
    temp_with_site(&t);
    int64_t id = capture(&t, article_url(&t), "article", "1", T0 + 1);
    static const char *const verdicts[] = { "SIGSEGV", "timeout", "memory" };
    for (int i = 0; i < TRIES_MAX; i++) {
        struct result *r = result_of(&t, id, 1 + i, NULL, NULL);
        r->failed = span_of(verdicts[i]);
        struct settled out = settle_one(&t, r, T0 + 10 + i);
        bool last = i == TRIES_MAX - 1;
        assert_int_equal(out.what, last ? SETTLED_QUARANTINED : SETTLED_FAILED);
        assert_int_equal(ask(&t, "SELECT tries FROM capture"), i + 1);
        assert_int_equal(ask(&t, "SELECT pass FROM capture"), last ? TRIES_MAX : i + 2);
        assert_string_equal(ask_text(&t, "SELECT why FROM capture"), verdicts[i]);
        assert_string_equal(ask_text(&t, "SELECT state FROM capture"), last ? "quarantined" : "pending");
    }
    /* it is out of the way */
    int64_t pages, bytes;
    store_backlog(t.s, &pages, &bytes, &e);
    assert_int_equal(pages, 0);
    /* put back, it has three lives again, and its result counts */
    assert_int_equal(store_retry(t.s, id, &n, &e), 0);
    struct result *r = result_of(&t, id, 4, NULL, NULL);
    r->failed = SPAN("SIGSEGV");
    assert_int_equal(settle_one(&t, r, T0 + 20).what, SETTLED_FAILED);
    assert_int_equal(settle_one(&t, result_of(&t, id, 5, "题", "文"), T0 + 21).what, SETTLED);
    assert_string_equal(all_events(&t), "article.new");
    temp_close(&t);
}

/* Being sent again because others went away costs a page nothing. */
static void resends_are_no_verdicts(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_with_site(&t);
    int64_t id = capture(&t, article_url(&t), "article", "1", T0 + 1);
    for (int i = 0; i < 50; i++)
        assert_int_equal(store_count_resend(t.s, &id, 1, &e), 0);
    assert_int_equal(settle_one(&t, result_of(&t, id, 1, "题", "文"), T0 + 2).what, SETTLED);
    temp_close(&t);
}

/* ---- replay ------------------------------------------------------------------------------------------------------------------ */

static void replay_is_quiet(void **state)
{
    (void)state;
    static const struct {
        const char *name, *rules, *text, *value;
        int events;
        const char *want; /* the figures then */
        int revisions;
    } rows[] = {
        { "the same rules", "rules-1", "文", "1", 0, "1", 1 },
        { "other rules find another figure", "rules-2", "文", "7", 0, "7", 1 },
        { "other rules read another text", "rules-2", "另文", "8", 0, "8", 1 },
        { "other rules find nothing", "rules-2", "文", NULL, 0, "", 1 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        temp_with_site(&t);
        int64_t id = capture(&t, article_url(&t), "article", "1", T0 + 1);
        struct result *r = result_of(&t, id, 1, "题", "文");
        add_figure(&t, r, "会议", "1");
        settle_one(&t, r, T0 + 2);
        run_sql(&t, "UPDATE capture SET state = 'pending', pass = pass + 1");
        r = result_of(&t, id, 2, "题", rows[i].text);
        r->rules = span_of(rows[i].rules);
        if (rows[i].value != NULL)
            add_figure(&t, r, "会议", rows[i].value);
        struct settled out = settle_one(&t, r, T0 + 3);
        if (out.what != SETTLED || out.events != rows[i].events || strcmp(all_events(&t), "article.new") != 0 ||
            strcmp(ask_text(&t, "SELECT GROUP_CONCAT(value) FROM v_figure"), rows[i].want) != 0 ||
            ask(&t, "SELECT revisions FROM article") != rows[i].revisions)
            bad++, print_error("%s: %d, events %s, figures %s\n", rows[i].name, out.what, all_events(&t),
                               ask_text(&t, "SELECT GROUP_CONCAT(value) FROM v_figure"));
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

/* ---- rows that the database refuses ---------------------------------------------------------------------------------------------- */

static void one_bad_row_is_alone(void **state)
{
    (void)state;
    static const struct {
        const char *name, *trigger;
    } rows[] = {
        { "an article", "CREATE TRIGGER no BEFORE INSERT ON article WHEN NEW.title = 'bad' BEGIN SELECT RAISE(ABORT, 'not this one'); END" },
        { "a revision", "CREATE TRIGGER no AFTER INSERT ON revision WHEN NEW.title = 'bad' BEGIN SELECT RAISE(ABORT, 'not this one'); END" },
        { "a finding", "CREATE TRIGGER no BEFORE INSERT ON finding WHEN NEW.value = '2' BEGIN SELECT RAISE(ABORT, 'not this one'); END" },
        { "an event", "CREATE TRIGGER no BEFORE INSERT ON event WHEN NEW.article_id = (SELECT id FROM article WHERE title = 'bad') "
                      "BEGIN SELECT RAISE(ABORT, 'not this one'); END" },
        { "a capture", "CREATE TRIGGER no BEFORE UPDATE ON capture WHEN NEW.state = 'settled' AND NEW.id = 3 "
                       "BEGIN SELECT RAISE(ABORT, 'not this one'); END" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        struct err e = { "" };
        const struct result *batch[5];
        struct settled out[5];
        temp_with_site(&t);
        for (int k = 0; k < 5; k++) {
            char url[32], value[16];
            snprintf(url, sizeof(url), "http://a.cn/%d", k);
            snprintf(value, sizeof(value), "%d", k);
            int64_t id = capture(&t, add_url(&t, url, "article", 2, T0), "article", url, T0 + 1);
            struct result *r = result_of(&t, id, 1, k == 2 ? "bad" : "good", "文");
            add_figure(&t, r, "会议", value);
            batch[k] = r;
        }
        run_sql(&t, rows[i].trigger);
        int rc = store_settle(t.s, batch, 5, T0 + 5, out, &e);
        int settled = 0, events = 0;
        for (int k = 0; k < 5; k++) {
            settled += out[k].what == SETTLED;
            events += out[k].events;
        }
        bool ok = rc == 0 && settled == 4 && events == 4 && out[2].what == SETTLED_QUARANTINED &&
                  strstr(out[2].why.msg, "not this one") != NULL && out[2].events == 0 &&
                  ask(&t, "SELECT COUNT(*) FROM article WHERE title = 'good'") == 4 && ask(&t, "SELECT COUNT(*) FROM article") == 4 &&
                  ask(&t, "SELECT COUNT(*) FROM finding") == 4 && ask(&t, "SELECT COUNT(*) FROM revision") == 4 &&
                  ask(&t, "SELECT COUNT(*) FROM event") == 4 && ask(&t, "SELECT id FROM capture WHERE state = 'quarantined'") == 3 &&
                  strstr(ask_text(&t, "SELECT why FROM capture WHERE id = 3"), "not this one") != NULL;
        if (!ok)
            bad++, print_error("%s: %d, settled %d, events %d, '%s'\n", rows[i].name, rc, settled, events, out[2].why.msg);
        run_sql(&t, "DROP TRIGGER no");
        int n;
        store_retry(t.s, 0, &n, &e); /* the reason is gone */
        ((struct result *)(uintptr_t)batch[2])->pass = 2;
        bad += settle_one(&t, batch[2], T0 + 9).what != SETTLED;
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

/* A trouble that is no row's fault blames nobody: nothing changes, and the batch may be settled again. */
static void other_trouble_blames_nobody(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    struct settled out;
    char before[64], after[64];
    temp_with_site(&t);
    int64_t id = capture(&t, article_url(&t), "article", "1", T0 + 1);
    const struct result *r = result_of(&t, id, 1, "题", "文");
    run_sql(&t, "ALTER TABLE revision RENAME TO hidden");
    dump_of(&t, before);
    assert_int_equal(store_settle(t.s, &r, 1, T0 + 2, &out, &e), -1);
    assert_int_not_equal(store_trouble(t.s), STORE_DATA);
    dump_of(&t, after);
    assert_string_equal(before, after);
    run_sql(&t, "ALTER TABLE hidden RENAME TO revision");
    assert_int_equal(settle_one(&t, r, T0 + 3).what, SETTLED);
    temp_close(&t);
}

/* ---- events ------------------------------------------------------------------------------------------------------------------------ */

struct heard {
    int n, findings;
    int64_t last;
    char ids[8][64], topics[8][32];
};

static void hear_finding(void *ctx, struct span topic, struct span message)
{
    struct heard *h = ctx;
    h->findings += span_is(topic, "finding.figure") && span_has(message, SPAN("会议"));
}

static void hear(void *ctx, const struct event *ev)
{
    struct heard *h = ctx;
    struct err e = { "" };
    assert_true(ev->seq > h->last && h->n < 8);
    h->last = ev->seq;
    snprintf(h->ids[h->n], 64, "%.*s", SPAN_FMT(ev->id));
    snprintf(h->topics[h->n++], 32, "%.*s", SPAN_FMT(ev->topic));
    must(event_findings(ev->payload, hear_finding, h, &e) == 0, "event_findings", &e);
}

static void one_story(struct temp *t, struct heard *h)
{
    struct err e;
    temp_with_site(t);
    int64_t url = article_url(t), id = capture(t, url, "article", "1", T0 + 1);
    struct result *r = result_of(t, id, 1, "题", "文");
    add_figure(t, r, "会议", "1");
    add_figure(t, r, "会议", "2");
    settle_one(t, r, T0 + 2);
    r = result_of(t, capture(t, url, "article", "2", T0 + 3), 1, "题", "文二");
    add_figure(t, r, "会议", "3");
    settle_one(t, r, T0 + 4);
    settle_one(t, result_of(t, capture(t, url, "article", "3", T0 + 5), 1, "题", "文三"), T0 + 6);
    *h = (struct heard){ 0 };
    assert_int_equal(store_events(t->s, 0, 100, hear, h, &e), 0);
}

/* After a loss of power the same happens again: under the same ids. */
static void event_ids_are_repeatable(void **state)
{
    (void)state;
    struct temp t, again;
    struct heard a, b;
    struct err e;
    one_story(&t, &a);
    one_story(&again, &b);
    static const char *const topics[] = { "article.new", "article.revised", "article.revised" };
    assert_int_equal(a.n, COUNT(topics));
    assert_int_equal(b.n, a.n);
    assert_int_equal(a.findings, 3);
    int bad = 0;
    for (int i = 0; i < a.n; i++)
        bad += strcmp(a.ids[i], b.ids[i]) != 0 || strcmp(a.topics[i], topics[i]) != 0;
    assert_int_equal(bad, 0);
    assert_string_not_equal(a.ids[1], a.ids[2]);
    /* who missed some asks for those behind a number */
    struct heard h = { .last = a.last - 2 };
    assert_int_equal(store_events(t.s, a.last - 2, 1, hear, &h, &e), 0);
    assert_int_equal(h.n, 1);
    assert_int_equal(h.last, a.last - 1);
    int64_t last;
    assert_int_equal(store_last_event(t.s, &last, &e), 0);
    assert_int_equal(last, a.last);
    temp_close(&t);
    temp_close(&again);
}

static void event_ids_tell_apart(void **state)
{
    (void)state;
    static const struct {
        const char *topic, *url, *content;
    } rows[] = { { "t", "u", "c" }, { "tu", "", "c" }, { "t", "uc", "" }, { "", "tu", "c" }, { "t2", "u", "c" }, { "t", "u", "c2" } };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t k = 0; k < i; k++)
            bad += strcmp(event_id(rows[i].topic, span_of(rows[i].url), span_of(rows[i].content)).hex,
                          event_id(rows[k].topic, span_of(rows[k].url), span_of(rows[k].content)).hex) == 0;
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selectors_and_what_came_of_them),
        cmocka_unit_test(an_article_is_stored),        cmocka_unit_test(a_list_brings_links),
        cmocka_unit_test(states_of_a_site), cmocka_unit_test(revisions),                   cmocka_unit_test(an_old_capture_is_history),
        cmocka_unit_test(a_repeated_result_changes_nothing), cmocka_unit_test(a_batch_with_repeats),
        cmocka_unit_test(three_verdicts_quarantine),   cmocka_unit_test(resends_are_no_verdicts),
        cmocka_unit_test(replay_is_quiet),             cmocka_unit_test(one_bad_row_is_alone),
        cmocka_unit_test(other_trouble_blames_nobody), cmocka_unit_test(event_ids_are_repeatable),
        cmocka_unit_test(event_ids_tell_apart),
    };
    return cmocka_run_group_tests_name("store_late", tests, NULL, NULL);
}
