/* What belongs to an article: wanted, there, failed; and when its first page is read anew. */
#include "temp_store.h"

#define FIRST  "http://a.cn/1.html"
#define SECOND "http://a.cn/1_2.html"
#define PDF    "http://a.cn/1.pdf"

/* A database with an article's first page, captured. */
static int64_t first_page(struct temp *t)
{
    temp_open(t);
    sync_sites(t, ONE_SITE, T0);
    return capture(t, add_url(t, FIRST, "article", PRIORITY_LIVE, T0), "article", "first", T0);
}

/* A result that says so; read: those that stand in its text, as bits. */
static struct result *with_needs(struct temp *t, int64_t id, int64_t pass, const char *text, unsigned needs, unsigned read)
{
    static const struct result_need all[] = {
        { .kind = NEED_PAGE, .url = { SECOND, sizeof(SECOND) - 1 } },
        { .kind = NEED_ATTACHMENT, .url = { PDF, sizeof(PDF) - 1 }, .name = { "报告", 6 } },
        { .kind = NEED_LISTED, .url = { "http://a.cn/1.xls", 17 } },
    };
    struct result *r = result_of(t, id, pass, "题", text);
    r->needs = ARENA_ARRAY(t->a, struct result_need, COUNT(all));
    for (size_t i = 0; i < COUNT(all); i++) {
        if (!(needs >> i & 1))
            continue;
        r->needs[r->need_count] = all[i];
        if (read >> i & 1) {
            r->needs[r->need_count].from = (uint32_t)i + 1;
            r->needs[r->need_count].to = (uint32_t)i + 2;
        }
        r->need_count++;
    }
    return r;
}

static int64_t url_id(struct temp *t, const char *url)
{
    char sql[256];
    snprintf(sql, sizeof(sql), "SELECT id FROM url WHERE url = '%s'", url);
    return ask(t, sql);
}

static const char *states(struct temp *t)
{
    return ask_text(t, "SELECT group_concat(state, ' ') FROM (SELECT state FROM bundle ORDER BY part)");
}

static int64_t pass_of(struct temp *t, int64_t id)
{
    char sql[128];
    snprintf(sql, sizeof(sql), "SELECT CASE state WHEN 'pending' THEN pass ELSE -pass END FROM capture WHERE id = %lld", (long long)id);
    return ask(t, sql);
}

static int64_t part_capture(struct temp *t, const char *url, const char *role, const char *body)
{
    return capture(t, url_id(t, url), role, body, T0 + 10);
}

static void outcome_for(struct temp *t, const char *url, enum outcome_kind kind)
{
    struct outcome o = outcome_of(kind, url_id(t, url), T0 + 10);
    o.role = SPAN("page");
    o.status = kind == OUTCOME_GONE ? 404 : 200;
    commit_one(t, &o);
}

static bool nothing_skipped(void *ctx, int64_t capture, int64_t pass)
{
    (void)ctx, (void)capture, (void)pass;
    return false;
}

static int pending(struct temp *t, struct work *w)
{
    int n = 0;
    struct err e = { "" };
    must(store_pending(t->s, nothing_skipped, NULL, 1, INT64_MAX, t->a, w, &n, &e) == 0, "pending", &e);
    return n;
}

/* ---- the way of an ordinary article ------------------------------------------------------------------------------------- */

static void joined_when_complete(void **state)
{
    (void)state;
    struct temp t;
    struct work w;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 7, 0), T0 + 1);
    assert_string_equal(states(&t), "wanted wanted listed");
    assert_int_equal(pass_of(&t, id), -1); /* stored and settled: nothing waits for the rest */
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM article"), 1);
    assert_string_equal(ask_text(&t, "SELECT group_concat(role, ' ') FROM (SELECT role FROM url WHERE url LIKE '%/1_%' ORDER BY id)"),
                        "article page attachment");
    int64_t second = part_capture(&t, SECOND, "page", "second");
    assert_string_equal(ask_text(&t, "SELECT state FROM capture ORDER BY id DESC LIMIT 1"), "part");
    assert_int_equal(pass_of(&t, id), -1); /* one is still wanted */
    assert_int_equal(pending(&t, &w), 0);
    part_capture(&t, PDF, "attachment", "document");
    assert_int_equal(pass_of(&t, id), 2);

    assert_int_equal(pending(&t, &w), 1);
    assert_int_equal(w.part_count, 2);
    assert_true(span_is(w.raw, "firstseconddocument") && w.parts[0].raw_bytes == 6 && w.parts[1].raw_bytes == 8);
    assert_true(span_is(w.parts[0].url, SECOND) && w.parts[0].number == 1 && span_is(w.parts[1].url, PDF) && w.parts[1].number == 2);

    struct settled out = settle_one(&t, with_needs(&t, id, 2, "一二三", 7, 3), T0 + 20);
    assert_true(out.what == SETTLED && out.events == 1 && !out.again);
    assert_string_equal(states(&t), "there there listed");
    assert_string_equal(ask_text(&t, "SELECT group_concat(topic, ' ') FROM (SELECT topic FROM event ORDER BY seq)"), "article.new article.revised");
    assert_string_equal(ask_text(&t, "SELECT text FROM article"), "一二三");
    assert_int_equal(ask(&t, "SELECT revisions FROM article"), 1); /* one capture, one revision */
    assert_int_equal(ask(&t, "SELECT text_from * 10 + text_to FROM v_part WHERE kind = 'attachment'"), 23);
    assert_int_equal(pass_of(&t, id), -2);
    assert_int_equal(settle_one(&t, with_needs(&t, id, 2, "一二三", 7, 3), T0 + 21).what, SETTLED_STALE);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM bundle WHERE part_capture IS NOT NULL"), 2);
    assert_true(second > id);
    temp_close(&t);
}

static void a_part_fails(void **state)
{
    (void)state;
    static const struct {
        enum outcome_kind kind;
        const char *why;
    } rows[] = { { OUTCOME_GONE, "gone: HTTP status 404" },
                 { OUTCOME_UNREACHABLE, "unreachable: HTTP status 200" },
                 { OUTCOME_REFUSED, "refused: HTTP status 200" },
                 { OUTCOME_DENIED, "robots denied: HTTP status 200" } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        int64_t id = first_page(&t);
        settle_one(&t, with_needs(&t, id, 1, "一", 3, 0), T0 + 1);
        outcome_for(&t, SECOND, rows[i].kind);
        assert_string_equal(ask_text(&t, "SELECT why FROM bundle WHERE state = 'failed'"), rows[i].why);
        assert_int_equal(pass_of(&t, id), -1);
        part_capture(&t, PDF, "attachment", "document"); /* the last of them */
        assert_int_equal(pass_of(&t, id), 2);
        settle_one(&t, with_needs(&t, id, 2, "一三", 3, 2), T0 + 20);
        assert_string_equal(states(&t), "failed there");
        part_capture(&t, SECOND, "page", "second"); /* it comes after all */
        assert_int_equal(pass_of(&t, id), 3);
        assert_int_equal(settle_one(&t, with_needs(&t, id, 3, "一二三", 3, 3), T0 + 30).events, 1);
        assert_string_equal(states(&t), "there there");
        temp_close(&t);
    }
}

static void only_failures_change_nothing(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    outcome_for(&t, SECOND, OUTCOME_GONE);
    assert_int_equal(pass_of(&t, id), -1);
    temp_close(&t);
}

/* ---- captures that change ------------------------------------------------------------------------------------------------- */

static void first_page_changes(void **state)
{
    (void)state;
    struct temp t;
    struct work w;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    part_capture(&t, SECOND, "page", "second");
    settle_one(&t, with_needs(&t, id, 2, "一二", 1, 1), T0 + 20);
    int64_t later = capture(&t, url_id(&t, FIRST), "article", "changed", T0 + 30);
    assert_int_equal(pending(&t, &w), 1);
    assert_true(w.capture == later && w.part_count == 1 && span_is(w.raw, "changedsecond"));
    assert_int_equal(settle_one(&t, with_needs(&t, later, 1, "新二", 1, 1), T0 + 40).events, 1);
    assert_int_equal(pass_of(&t, later), -1);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM bundle"), 1);
    /* a page that no longer goes on has no rows */
    later = capture(&t, url_id(&t, FIRST), "article", "short", T0 + 50);
    settle_one(&t, with_needs(&t, later, 1, "短", 0, 0), T0 + 60);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM bundle"), 0);
    temp_close(&t);
}

static void a_part_changes(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    part_capture(&t, SECOND, "page", "second");
    /* a result of the pass before the part came is stale */
    part_capture(&t, SECOND, "page", "second, again");
    assert_int_equal(pass_of(&t, id), 3);
    assert_int_equal(settle_one(&t, with_needs(&t, id, 2, "一二", 1, 1), T0 + 20).what, SETTLED_STALE);
    assert_int_equal(settle_one(&t, with_needs(&t, id, 3, "一二", 1, 1), T0 + 21).what, SETTLED);
    temp_close(&t);
}

/* Read again with other rules: the text may change, and nothing has happened. */
static void read_again_is_no_event(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    part_capture(&t, SECOND, "page", "second");
    settle_one(&t, with_needs(&t, id, 2, "一二", 1, 1), T0 + 20);
    run_sql(&t, "UPDATE capture SET state = 'pending', pass = pass + 1 WHERE id = 1");
    assert_int_equal(settle_one(&t, with_needs(&t, id, 3, "一，二", 1, 1), T0 + 30).events, 0);
    temp_close(&t);
}

/* ---- URLs that are known --------------------------------------------------------------------------------------------------- */

static void found_before_as_an_article(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    int64_t second = capture(&t, add_url(&t, SECOND, "article", PRIORITY_LIVE, T0), "article", "second", T0);
    struct settled out = settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    assert_true(out.again);
    assert_int_equal(pass_of(&t, id), 2);
    assert_string_equal(ask_text(&t, "SELECT role FROM url WHERE url = '" SECOND "'"), "page");
    assert_int_equal(settle_one(&t, result_of(&t, second, 1, "题", "二"), T0 + 2).what, SETTLED_STALE);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM article"), 1);
    temp_close(&t);
}

static void a_stored_article_is_no_part(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    int64_t second = capture(&t, add_url(&t, SECOND, "article", PRIORITY_LIVE, T0), "article", "second", T0);
    settle_one(&t, result_of(&t, second, 1, "另", "别的"), T0 + 1);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 2);
    assert_string_equal(ask_text(&t, "SELECT state || ': ' || why FROM bundle"), "failed: it is an article of its own");
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM article"), 2);
    assert_int_equal(pass_of(&t, id), -1);
    temp_close(&t);
}

/* Fetched as an article, and a page of another when it came. */
static void became_a_part_meanwhile(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    add_url(&t, SECOND, "article", PRIORITY_LIVE, T0);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    part_capture(&t, SECOND, "article", "second");
    assert_string_equal(ask_text(&t, "SELECT state || ' ' || role FROM capture ORDER BY id DESC LIMIT 1"), "part page");
    assert_int_equal(pass_of(&t, id), 2);
    temp_close(&t);
}

static void a_shared_attachment(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t), other = capture(&t, add_url(&t, "http://a.cn/2.html", "article", PRIORITY_LIVE, T0), "article", "x", T0);
    settle_one(&t, with_needs(&t, id, 1, "一", 2, 0), T0 + 1);
    part_capture(&t, PDF, "attachment", "document");
    assert_true(settle_one(&t, with_needs(&t, other, 1, "又", 2, 0), T0 + 2).again); /* it is there already */
    assert_int_equal(pass_of(&t, id), 2);
    assert_int_equal(pass_of(&t, other), 2);
    temp_close(&t);
}

static void redirected(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    struct outcome o = outcome_of(OUTCOME_REDIRECTED, url_id(&t, SECOND), T0 + 10);
    o.role = SPAN("page");
    o.redirect_to = SPAN("http://a.cn/moved.html");
    o.redirect_host = SPAN("http://a.cn");
    commit_one(&t, &o);
    assert_string_equal(states(&t), "wanted");
    part_capture(&t, "http://a.cn/moved.html", "page", "second");
    assert_int_equal(pass_of(&t, id), 2);
    settle_one(&t, with_needs(&t, id, 2, "一二", 1, 1), T0 + 20);
    assert_int_equal(pass_of(&t, id), -2); /* the page goes on naming the address that redirects */
    /* to what is an article itself: that stays one */
    int64_t other = capture(&t, add_url(&t, "http://a.cn/3.html", "article", PRIORITY_LIVE, T0), "article", "x", T0);
    settle_one(&t, with_needs(&t, other, 1, "三", 2, 0), T0 + 30);
    add_url(&t, "http://a.cn/4.html", "article", PRIORITY_LIVE, T0);
    o = outcome_of(OUTCOME_REDIRECTED, url_id(&t, PDF), T0 + 31);
    o.role = SPAN("attachment");
    o.redirect_to = SPAN("http://a.cn/4.html");
    o.redirect_host = SPAN("http://a.cn");
    commit_one(&t, &o);
    assert_string_equal(ask_text(&t, "SELECT state || ': ' || why FROM bundle WHERE kind = 'attachment'"), "failed: it is an article of its own");
    assert_string_equal(ask_text(&t, "SELECT role FROM url WHERE url = 'http://a.cn/4.html'"), "article");
    temp_close(&t);
}

/* ---- verdicts -------------------------------------------------------------------------------------------------------------- */

static void verdicts_on_a_part(void **state)
{
    (void)state;
    struct temp t;
    struct work w;
    int n;
    struct err e;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 3, 0), T0 + 1);
    part_capture(&t, SECOND, "page", "second");
    part_capture(&t, PDF, "attachment", "document");
    for (int i = 0; i < TRIES_MAX; i++) {
        struct result r = { .capture = id, .pass = 2 + i, .rules = SPAN("rules-1"), .failed = SPAN("SIGSEGV"), .failed_part = 2 };
        assert_int_equal(settle_one(&t, &r, T0 + 20).what, SETTLED_FAILED);
        assert_int_equal(settle_one(&t, &r, T0 + 20).what, SETTLED_STALE); /* told twice, counted once */
        assert_int_equal(pass_of(&t, id), 3 + i);
    }
    assert_int_equal(ask(&t, "SELECT tries FROM capture WHERE id = 1"), 0);
    assert_string_equal(ask_text(&t, "SELECT state || ': ' || why FROM bundle WHERE kind = 'attachment'"), "failed: SIGSEGV");
    assert_int_equal(pending(&t, &w), 1);
    assert_int_equal(w.part_count, 1);
    settle_one(&t, with_needs(&t, id, 5, "一二", 3, 1), T0 + 30);
    assert_string_equal(states(&t), "there failed");
    assert_int_equal(store_retry(t.s, id, &n, &e), 0);
    assert_int_equal(n, 1);
    assert_string_equal(states(&t), "there there");
    assert_int_equal(pass_of(&t, id), 6);
    /* a verdict on a part that is not there is one on the page */
    struct result lie = { .capture = id, .pass = 6, .rules = SPAN("rules-1"), .failed = SPAN("SIGSEGV"), .failed_part = 77 };
    settle_one(&t, &lie, T0 + 40);
    assert_int_equal(ask(&t, "SELECT tries FROM capture WHERE id = 1"), 1);
    temp_close(&t);
}

/* What is too large together is named and left out. */
static void too_large_together(void **state)
{
    (void)state;
    struct temp t;
    struct work w;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 3, 0), T0 + 1);
    size_t n = (size_t)WORK_PARTS_RAW_BYTES_MAX;
    char *large = malloc(n + 1);
    memset(large, 'x', n);
    large[n] = '\0';
    struct outcome o = outcome_of(OUTCOME_CAPTURED, url_id(&t, SECOND), T0 + 10);
    o.role = SPAN("page");
    o.body = (struct span){ large, n };
    o.digest = SPAN("large");
    commit_one(&t, &o);
    part_capture(&t, PDF, "attachment", "document");
    assert_int_equal(pending(&t, &w), 1);
    assert_int_equal(w.part_count, 2);
    assert_true(w.parts[0].raw_bytes == (int64_t)n && w.parts[1].raw_bytes == 0 && w.raw.n == n + strlen("first"));
    free(large);
    temp_close(&t);
}

/* What was fetched and could not be read, or not whole, is read once more on demand; what never came is not. */
static void retry_of_what_was_not_read(void **state)
{
    (void)state;
    struct temp t;
    int n;
    struct err e;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 3, 0), T0 + 1);
    outcome_for(&t, SECOND, OUTCOME_GONE);
    part_capture(&t, PDF, "attachment", "document");
    struct result *r = with_needs(&t, id, 2, "一", 3, 0);
    r->needs[1].why = SPAN("no time was left for it");
    settle_one(&t, r, T0 + 20);
    assert_string_equal(states(&t), "failed there");
    assert_int_equal(pass_of(&t, id), -2);
    assert_int_equal(store_retry(t.s, id, &n, &e), 0);
    assert_int_equal(n, 1);
    assert_int_equal(pass_of(&t, id), 3);
    settle_one(&t, with_needs(&t, id, 3, "一三", 3, 2), T0 + 30);
    assert_string_equal(states(&t), "failed there");
    assert_int_equal(store_retry(t.s, id, &n, &e), 0);
    assert_int_equal(n, 0);
    temp_close(&t);
}

/* A part that is sent and that no reading tells of: it is not sent for ever. */
static void never_told_of(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    settle_one(&t, with_needs(&t, id, 1, "一", 1, 0), T0 + 1);
    part_capture(&t, SECOND, "page", "second");
    int64_t pass = 2;
    for (; pass < 20 && pass_of(&t, id) == pass; pass++)
        settle_one(&t, with_needs(&t, id, pass, "一", 1, 0), T0 + 20 + pass);
    assert_int_equal(pass, 2 + TRIES_MAX);
    assert_string_equal(ask_text(&t, "SELECT state || ': ' || why FROM bundle"), "failed: no reading of the article tells of it");
    part_capture(&t, SECOND, "page", "second, again"); /* comes anew: it is tried again */
    assert_int_equal(pass_of(&t, id), pass);
    settle_one(&t, with_needs(&t, id, pass, "一二", 1, 1), T0 + 60);
    assert_string_equal(states(&t), "there");
    assert_int_equal(pass_of(&t, id), -pass);
    temp_close(&t);
}

/* What comes while others are wanted was not sent: that is no try. */
static void not_sent_is_no_try(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t), pass = 1;
    settle_one(&t, with_needs(&t, id, pass, "一", 3, 0), T0 + 1);
    part_capture(&t, SECOND, "page", "second");
    for (; pass < 2 + TRIES_MAX; pass++) {
        run_sql(&t, "UPDATE capture SET state = 'pending', pass = pass + 1 WHERE id = 1"); /* replay */
        settle_one(&t, with_needs(&t, id, pass + 1, "一", 3, 0), T0 + 20 + pass);
    }
    assert_string_equal(states(&t), "there wanted");
    temp_close(&t);
}

/* An article that is revised may name more attachments than are read, or fewer. */
static void an_attachment_changes_its_kind(void **state)
{
    (void)state;
    struct temp t;
    int64_t id = first_page(&t);
    struct result *r = with_needs(&t, id, 1, "一", 2, 0);
    r->needs[0].kind = NEED_LISTED;
    settle_one(&t, r, T0 + 1);
    assert_string_equal(states(&t), "listed");
    int64_t later = capture(&t, url_id(&t, FIRST), "article", "changed", T0 + 30);
    settle_one(&t, with_needs(&t, later, 1, "一", 2, 0), T0 + 31);
    assert_string_equal(states(&t), "wanted");
    part_capture(&t, PDF, "attachment", "document");
    later = capture(&t, url_id(&t, FIRST), "article", "changed again", T0 + 40);
    r = with_needs(&t, later, 1, "一", 2, 0);
    r->needs[0].kind = NEED_LISTED;
    settle_one(&t, r, T0 + 41);
    assert_string_equal(states(&t), "listed");
    assert_int_equal(pass_of(&t, later), -1);
    temp_close(&t);
}

/* A large page with as many parts as there may be: they are put together in a few times their bytes. */
static void many_parts_of_a_large_page(void **state)
{
    (void)state;
    struct temp t;
    struct work w;
    size_t n = (size_t)8 * 1024 * 1024;
    int64_t id = first_page(&t);
    run_sql(&t, "UPDATE raw SET body = zeroblob(8 * 1024 * 1024) WHERE capture_id = 1");
    struct result *r = result_of(&t, id, 1, "题", "一");
    r->needs = ARENA_ARRAY(t.a, struct result_need, WORK_PARTS_MAX);
    for (int i = 0; i < WORK_PARTS_MAX; i++)
        r->needs[r->need_count++] = (struct result_need){ .kind = i < RESULT_PAGES_MAX ? NEED_PAGE : NEED_ATTACHMENT,
                                                          .url = arena_printf(t.a, "http://a.cn/1_%d.html", i + 2) };
    settle_one(&t, r, T0 + 1);
    for (int i = 0; i < WORK_PARTS_MAX; i++)
        part_capture(&t, arena_printf(t.a, "http://a.cn/1_%d.html", i + 2).p, "page", arena_printf(t.a, "part %d", i).p);
    struct arena *small = arena_new(6 * n, NULL);
    int got = 0;
    struct err e = { "" };
    must(store_pending(t.s, nothing_skipped, NULL, 1, INT64_MAX, small, &w, &got, &e) == 0, "pending", &e);
    assert_int_equal(got, 1);
    assert_int_equal(w.part_count, WORK_PARTS_MAX);
    assert_true(span_ends(w.raw, SPAN("part 37part 38")) && w.raw.n > n);
    arena_free(small);
    temp_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined_when_complete),       cmocka_unit_test(a_part_fails),
        cmocka_unit_test(only_failures_change_nothing), cmocka_unit_test(first_page_changes),
        cmocka_unit_test(a_part_changes),             cmocka_unit_test(read_again_is_no_event),
        cmocka_unit_test(found_before_as_an_article), cmocka_unit_test(a_stored_article_is_no_part),
        cmocka_unit_test(became_a_part_meanwhile),    cmocka_unit_test(a_shared_attachment),
        cmocka_unit_test(redirected),                 cmocka_unit_test(verdicts_on_a_part),
        cmocka_unit_test(too_large_together),         cmocka_unit_test(never_told_of),
        cmocka_unit_test(not_sent_is_no_try),         cmocka_unit_test(an_attachment_changes_its_kind),
        cmocka_unit_test(many_parts_of_a_large_page), cmocka_unit_test(retry_of_what_was_not_read),
    };
    return cmocka_run_group_tests_name("store_bundle", tests, NULL, NULL);
}
