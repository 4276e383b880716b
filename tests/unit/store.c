/* The store on SQLite, the producer's side: sites, what is due, what came of visits, what waits for a worker; opening and
 * migrating; two writers at once. */
#include "tests/unit/temp_store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "common/schema.h"

/* ---- sites ----------------------------------------------------------------------------------------------------------- */

#define TWO_SITES                                                                                                        \
    "- {name: a, start: ['http://a.cn/', 'http://a.cn/2'], poll: 60s, delay: 1s, concurrency: 2, article: ['/x', '/y']}\n" \
    "- {name: b, start: 'https://b.cn:444/', poll: 5m, delay: 2s}\n"

static void sites_become_rows(void **state)
{
    (void)state;
    struct temp t;
    temp_open(&t);
    sync_sites(&t, TWO_SITES, T0);
    static const struct {
        const char *sql;
        int64_t want;
    } rows[] = {
        { "SELECT COUNT(*) FROM site WHERE active = 1", 2 },
        { "SELECT poll_ms FROM site WHERE name = 'b'", 300000 },
        { "SELECT COUNT(*) FROM host", 2 },
        { "SELECT delay_ms FROM host WHERE name = 'http://a.cn'", 1000 },
        { "SELECT concurrency FROM host WHERE name = 'http://a.cn'", 2 },
        { "SELECT trusted FROM host WHERE name = 'https://b.cn:444'", 1 },
        { "SELECT COUNT(*) FROM url WHERE start_page = 1 AND role = 'list' AND priority = 0 AND state = 'new'", 3 },
        { "SELECT COUNT(*) FROM url WHERE next_visit_at = 1760000000000", 3 },
        { "SELECT patterns = '/x' || char(10) || '/y' || char(10) FROM site WHERE name = 'a'", 1 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (ask(&t, rows[i].sql) != rows[i].want)
            bad++, print_error("%s: %lld\n", rows[i].sql, (long long)ask(&t, rows[i].sql));
    }
    assert_int_equal(bad, 0);
    /* the same again, later: nothing new, nothing sooner than its beat */
    run_sql(&t, "UPDATE url SET next_visit_at = 1760000030000, state = 'ok' WHERE url = 'http://a.cn/';"
                "UPDATE url SET next_visit_at = 1769999999999, state = 'ok' WHERE url = 'http://a.cn/2'");
    sync_sites(&t, TWO_SITES, T0 + 1000);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url"), 3);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/'"), T0 + 30000);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/2'"), T0 + 1000 + 60000);
    temp_close(&t);
}

static void sites_rest_and_return(void **state)
{
    (void)state;
    struct temp t;
    temp_open(&t);
    sync_sites(&t, TWO_SITES, T0);
    static const struct {
        const char *state;
        bool wakes;
    } rows[] = { { "new", true },         { "ok", true },    { "redirected", true }, { "blocked", true },
                 { "unreachable", true }, { "gone", false }, { "refused", false } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char url[64], sql[256];
        snprintf(url, sizeof(url), "http://a.cn/%s.html", rows[i].state);
        int64_t id = add_url(&t, url, "article", 2, T0 + 5000);
        snprintf(sql, sizeof(sql), "UPDATE url SET state = '%s' WHERE id = %lld", rows[i].state, (long long)id);
        run_sql(&t, sql);
    }
    sync_sites(&t, "- {name: b, start: 'https://b.cn:444/', poll: 5m, delay: 2s}\n", T0 + 1);
    assert_int_equal(ask(&t, "SELECT active FROM site WHERE name = 'a'"), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE site_id = 1 AND next_visit_at IS NOT NULL"), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE site_id = 2 AND next_visit_at IS NOT NULL"), 1);
    sync_sites(&t, TWO_SITES, T0 + 2);
    assert_int_equal(ask(&t, "SELECT active FROM site WHERE name = 'a'"), 1);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE start_page = 1 AND next_visit_at IS NOT NULL"), 3);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char sql[256];
        snprintf(sql, sizeof(sql), "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/%s.html'", rows[i].state);
        int64_t at = ask(&t, sql);
        if (at != (rows[i].wakes ? T0 + 2 : NONE))
            bad++, print_error("%s: due at %lld\n", rows[i].state, (long long)at);
    }
    assert_int_equal(bad, 0);
    /* a start page that is no longer named is a list like others */
    sync_sites(&t, ONE_SITE, T0 + 3);
    assert_int_equal(ask(&t, "SELECT start_page FROM url WHERE url = 'http://a.cn/2'"), 0);
    assert_int_equal(ask(&t, "SELECT start_page FROM url WHERE url = 'http://a.cn/'"), 1);
    temp_close(&t);
}

struct seen_hosts {
    int n;
    int64_t last;
    char name[300];
};

static void see_host(void *ctx, const struct store_host *h)
{
    struct seen_hosts *s = ctx;
    s->n++;
    s->last = h->id;
    memcpy(s->name, h->name, sizeof(s->name));
}

static void hosts_come_after(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_open(&t);
    sync_sites(&t, TWO_SITES, T0);
    struct seen_hosts s = { 0 };
    assert_int_equal(store_hosts(t.s, 0, see_host, &s, &e), 0);
    assert_int_equal(s.n, 2);
    int64_t last = s.last;
    s.n = 0;
    assert_int_equal(store_hosts(t.s, last - 1, see_host, &s, &e), 0);
    assert_int_equal(s.n, 1);
    assert_string_equal(s.name, "https://b.cn:444");
    s.n = 0;
    assert_int_equal(store_hosts(t.s, last, see_host, &s, &e), 0);
    assert_int_equal(s.n, 0);
    temp_close(&t);
}

/* ---- what is due ----------------------------------------------------------------------------------------------------- */

static int take(struct temp *t, int max, unsigned kinds, int64_t now, struct due_url *due, int64_t *next)
{
    struct take one = { .host_id = 1, .max = max, .kinds = kinds };
    struct err e = { "" };
    int n = -1;
    must(store_take_due(t->s, &one, 1, now, t->a, due, &n, &e) == 0, "take_due", &e);
    if (next != NULL)
        *next = one.next_due_at;
    return n;
}

#define ALL_KINDS (TAKE_LISTS | TAKE_ARTICLES)

static void due_in_order(void **state)
{
    (void)state;
    struct temp t;
    struct due_url due[16];
    int64_t next;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0 + DAY_MS); /* its start page is not due yet */
    add_url(&t, "http://a.cn/backfill2", "article", PRIORITY_BACKFILL, T0 - 1);
    add_url(&t, "http://a.cn/backfill1", "article", PRIORITY_BACKFILL, T0 - 2);
    add_url(&t, "http://a.cn/replay", "article", PRIORITY_REPLAY, T0 - 100);
    add_url(&t, "http://a.cn/revisit", "list", PRIORITY_REVISIT, T0);
    add_url(&t, "http://a.cn/live", "article", PRIORITY_LIVE, T0);
    add_url(&t, "http://a.cn/later", "article", PRIORITY_LIVE, T0 + 1);
    static const char *const want[] = { "live", "revisit", "backfill1", "backfill2", "replay" };
    assert_int_equal(take(&t, 16, ALL_KINDS, T0, due, &next), 5);
    int bad = 0;
    for (int i = 0; i < 5; i++)
        bad += !span_ends(due[i].url, span_of(want[i]));
    assert_int_equal(bad, 0);
    assert_int_equal(next, T0 + 1);
    assert_true(span_is(due[1].role, "list") && due[0].host_id == 1 && due[0].site_id == 1 && due[0].poll_ms == 60000);
    assert_false(due[0].known);
    /* their next attempt is committed: a taker that dies loses nothing, and nobody takes them at once again */
    assert_int_equal(take(&t, 16, ALL_KINDS, T0, due, &next), 0);
    assert_int_equal(next, T0 + 1);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE attempts = 1 AND next_visit_at = 1760000010000"), 5);
    temp_close(&t);
}

static void due_by_count_and_kind(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int max;
        unsigned kinds;
        int want;
        int64_t next;
    } rows[] = {
        { "lists only", 16, TAKE_LISTS, 2, INT64_MAX },
        { "articles only", 16, TAKE_ARTICLES, 3, T0 + 7 },
        { "no kind", 16, 0, 0, INT64_MAX },
        { "two of all", 2, ALL_KINDS, 2, T0 },
        { "none of all", 0, ALL_KINDS, 0, T0 },
        { "all", 16, ALL_KINDS, 5, T0 + 7 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        struct due_url due[16];
        int64_t next;
        temp_open(&t);
        sync_sites(&t, ONE_SITE, T0);
        add_url(&t, "http://a.cn/f", "feed", PRIORITY_LIVE, T0);
        for (int k = 0; k < 3; k++) {
            char url[32];
            snprintf(url, sizeof(url), "http://a.cn/%d", k);
            add_url(&t, url, "article", PRIORITY_LIVE, T0);
        }
        add_url(&t, "http://a.cn/later", "article", PRIORITY_BACKFILL, T0 + 7);
        int got = take(&t, rows[i].max, rows[i].kinds, T0, due, &next);
        if (got != rows[i].want || next != rows[i].next)
            bad++, print_error("%s: took %d, the next at %lld\n", rows[i].name, got, (long long)(next - T0));
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

static void attempts_back_off(void **state)
{
    (void)state;
    static const int64_t want[] = { 10000, 20000, 40000, 80000, 160000, 320000, 640000, 1280000, 2560000, 2560000, 2560000 };
    struct temp t;
    struct due_url due[4];
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    int64_t now = T0;
    int bad = 0;
    for (size_t i = 0; i < COUNT(want); i++) {
        if (take(&t, 4, ALL_KINDS, now, due, NULL) != 1 || due[0].attempts != (int)i)
            bad++, print_error("attempt %zu: not taken\n", i);
        if (take(&t, 4, ALL_KINDS, now + want[i] - 1, due, NULL) != 0)
            bad++, print_error("attempt %zu: taken again too early\n", i);
        bad += take_backoff_ms((int)i) != want[i];
        now += want[i];
    }
    bad += take_backoff_ms(-1) != 10000 || take_backoff_ms(1000) != 2560000;
    assert_int_equal(bad, 0);
    struct outcome o = outcome_of(OUTCOME_SAME, due[0].id, now); /* an end clears them */
    commit_one(&t, &o);
    assert_int_equal(ask(&t, "SELECT attempts FROM url"), 0);
    temp_close(&t);
}

static void many_hosts_in_one_go(void **state)
{
    (void)state;
    struct temp t;
    struct due_url due[16];
    struct err e;
    int n;
    temp_open(&t);
    sync_sites(&t, TWO_SITES, T0);
    struct take takes[] = { { .host_id = 2, .max = 4, .kinds = ALL_KINDS }, { .host_id = 99, .max = 4, .kinds = ALL_KINDS },
                            { .host_id = 1, .max = 1, .kinds = ALL_KINDS } };
    assert_int_equal(store_take_due(t.s, takes, 3, T0, t.a, due, &n, &e), 0);
    assert_int_equal(n, 2);
    assert_int_equal(due[0].host_id, 2);
    assert_int_equal(due[1].host_id, 1);
    assert_true(takes[0].next_due_at == INT64_MAX && takes[1].next_due_at == INT64_MAX && takes[2].next_due_at == T0);
    temp_close(&t);
}

static void clock_jumps(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    int64_t resting = add_url(&t, "http://a.cn/never", "article", 2, T0);
    run_sql(&t, "UPDATE url SET next_visit_at = NULL WHERE start_page = 0; UPDATE host SET not_before = 500");
    assert_int_equal(store_shift_due(t.s, -3600000, &e), 0);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE start_page = 1"), T0 - 3600000);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE next_visit_at IS NULL"), 1);
    assert_int_equal(ask(&t, "SELECT not_before FROM host"), 500 - 3600000);
    assert_true(resting > 0);
    temp_close(&t);
}

/* ---- what came of visits ------------------------------------------------------------------------------------------------ */

static void every_outcome(void **state)
{
    (void)state;
    static const struct {
        enum outcome_kind kind;
        const char *visit, *state, *site_state;
        int failures, seq, captures;
        bool keeps_etag; /* the ETag of the answer is remembered */
    } rows[] = {
        { OUTCOME_CAPTURED, "captured", "ok", "ok", 0, 1, 1, true },
        { OUTCOME_NOT_MODIFIED, "not modified", "ok", "ok", 0, 0, 0, true },
        { OUTCOME_SAME, "same", "ok", "ok", 0, 0, 0, true },
        { OUTCOME_REDIRECTED, "redirected", "redirected", "new", 0, 0, 0, false },
        { OUTCOME_GONE, "gone", "gone", "gone", 0, 0, 0, false },
        { OUTCOME_BLOCKED, "blocked", "blocked", "blocked", 3, 0, 0, false },
        { OUTCOME_UNREACHABLE, "unreachable", "unreachable", "unreachable", 3, 0, 0, false },
        { OUTCOME_REFUSED, "refused", "refused", "refused", 3, 0, 0, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        temp_open(&t);
        sync_sites(&t, ONE_SITE, T0);
        run_sql(&t, "UPDATE url SET failures = 2, attempts = 5, etag = 'old', digest = 'old'; UPDATE host SET failures = 4");
        struct outcome o = outcome_of(rows[i].kind, 1, T0 + 50);
        o.start_page = o.list = true;
        o.role = SPAN("list");
        o.priority = PRIORITY_LIVE;
        o.etag = SPAN("new");
        o.digest = SPAN("new");
        o.detail = SPAN("why");
        o.host_not_before = rows[i].kind == OUTCOME_BLOCKED ? T0 + 999 : 0;
        o.redirect_to = SPAN("http://c.cn/");
        o.redirect_host = SPAN("http://c.cn");
        o.body = rows[i].captures ? SPAN("page") : (struct span){ NULL, 0 };
        o.bytes = (int64_t)o.body.n;
        int64_t id = commit_one(&t, &o);
        const bool failed = rows[i].failures > 0, captured = rows[i].captures > 0;
        const struct {
            const char *sql;
            int64_t want;
        } checks[] = {
            { "SELECT COUNT(*) FROM capture", rows[i].captures },
            { "SELECT failures FROM url WHERE id = 1", rows[i].failures },
            { "SELECT attempts FROM url WHERE id = 1", 0 },
            { "SELECT seq FROM url WHERE id = 1", rows[i].seq },
            { "SELECT visited_at FROM url WHERE id = 1", T0 + 50 },
            { "SELECT next_visit_at FROM url WHERE id = 1", T0 + 50 + 60000 },
            { "SELECT etag = 'new' FROM url WHERE id = 1", rows[i].keeps_etag },
            { "SELECT digest = 'new' FROM url WHERE id = 1", captured },
            { "SELECT not_before FROM host WHERE id = 1", o.host_not_before },
            { "SELECT failures FROM host WHERE id = 1", o.host_not_before > 0 ? 5 : 0 },
            { "SELECT failures FROM host_day", failed },
            { "SELECT visits FROM host_day", 1 },
            { "SELECT COUNT(*) FROM visit WHERE took_ms = 12 AND at = 1760000000050", 1 },
            { "SELECT capture_id FROM visit", captured ? id : NONE },
            { "SELECT COUNT(*) FROM capture c JOIN raw r ON r.capture_id = c.id WHERE c.state = 'pending' AND c.seq = 1 AND "
              "c.pass = 1 AND c.tries = 0 AND r.body = CAST('page' AS BLOB)", rows[i].captures },
        };
        for (size_t k = 0; k < COUNT(checks); k++) {
            if (ask(&t, checks[k].sql) != checks[k].want)
                bad++, print_error("%s: %s: %lld\n", rows[i].visit, checks[k].sql, (long long)ask(&t, checks[k].sql));
        }
        bad += strcmp(ask_text(&t, "SELECT outcome FROM visit"), rows[i].visit) != 0;
        bad += strcmp(ask_text(&t, "SELECT state FROM url WHERE id = 1"), rows[i].state) != 0;
        if (strcmp(ask_text(&t, "SELECT state FROM site"), rows[i].site_state) != 0)
            bad++, print_error("%s: the site is '%s'\n", rows[i].visit, ask_text(&t, "SELECT state FROM site"));
        bad += (id > 0) != captured;
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

static void captures_count_up(void **state)
{
    (void)state;
    struct temp t;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    int64_t url = add_url(&t, "http://a.cn/1", "article", 2, T0);
    for (int i = 1; i <= 3; i++)
        capture(&t, url, "article", "x", T0 + i);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM capture"), 3);
    assert_int_equal(ask(&t, "SELECT GROUP_CONCAT(seq, '') FROM (SELECT seq FROM capture ORDER BY id)"), 123);
    int64_t pages, bytes;
    struct err e;
    assert_int_equal(store_backlog(t.s, &pages, &bytes, &e), 0);
    assert_int_equal(pages, 3);
    assert_int_equal(bytes, 3);
    temp_close(&t);
}

/* One that the database refuses is left out, whole; the others are stored. */
static void a_bad_outcome_costs_itself(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    int64_t ids[2];
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    struct outcome o[2] = { outcome_of(OUTCOME_SAME, 1, T0 + 1), outcome_of(OUTCOME_CAPTURED, 1, T0 + 2) };
    o[1].final_url = (struct span){ NULL, 0 }; /* must not be NULL */
    assert_int_equal(store_commit_outcomes(t.s, &t.m, o, 2, ids, &e), 0);
    assert_int_equal(ids[0], 0);
    assert_int_equal(ids[1], OUTCOME_LEFT_OUT);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM visit"), 1);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE visited_at IS NOT NULL AND seq = 0"), 1);
    temp_close(&t);
}

static struct outcome redirect_of(int64_t id, const char *to, int hops, bool list, int64_t at)
{
    struct outcome o = outcome_of(OUTCOME_REDIRECTED, id, at);
    o.status = 302;
    o.hops = hops;
    o.list = list;
    o.role = list ? SPAN("list") : SPAN("article");
    o.redirect_to = span_of(to);
    o.redirect_host = SPAN("http://a.cn");
    return o;
}

static void redirects_are_steps(void **state)
{
    (void)state;
    struct temp t;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    int64_t first = add_url(&t, "http://a.cn/1", "article", PRIORITY_LIVE, T0);
    struct outcome o = redirect_of(first, "http://a.cn/2", 0, false, T0);
    commit_one(&t, &o);
    int64_t second = ask(&t, "SELECT id FROM url WHERE url = 'http://a.cn/2'");
    assert_int_equal(ask(&t, "SELECT hops FROM url WHERE url = 'http://a.cn/2'"), 1);
    assert_int_equal(ask(&t, "SELECT next_visit_at FROM url WHERE url = 'http://a.cn/2'"), T0);
    assert_int_equal(ask(&t, "SELECT redirect_to FROM url WHERE url = 'http://a.cn/1'"), second);
    o = redirect_of(second, "https://other.cn/3", 1, false, T0 + 1);
    o.redirect_host = SPAN("https://other.cn");
    commit_one(&t, &o);
    assert_int_equal(ask(&t, "SELECT hops FROM url WHERE url = 'https://other.cn/3'"), 2);
    assert_int_equal(ask(&t, "SELECT trusted FROM host WHERE name = 'https://other.cn'"), 0);
    assert_int_equal(ask(&t, "SELECT delay_ms FROM host WHERE name = 'https://other.cn'"), 1000);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM url WHERE role = 'article'"), 3);
    temp_close(&t);
}

/* Pages that lead to each other, visited for ten minutes on a clock of whole seconds: each at its own beat, not faster.
 * A list's target is looked at each time the list is. */
static void redirect_loops_do_not_spin(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool list;
        int pages; /* page i leads to page i + 1, the last to `back` */
        int back;  /* -1: the last is an ordinary page */
        int least, most; /* visits of all of them together in ten minutes; a start page's beat is a minute */
    } rows[] = {
        { "a list behind a list", true, 2, -1, 18, 22 },
        { "a chain of three", true, 3, -1, 27, 33 },
        { "two lists in a circle", true, 2, 0, 15, 30 },
        { "three lists in a circle", true, 3, 0, 20, 45 },
        { "the last two in a circle", true, 3, 1, 20, 45 },
        { "a list to itself", true, 1, 0, 9, 12 },
        { "articles in a circle", false, 3, 0, 3, 33 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct temp t;
        temp_open(&t);
        sync_sites(&t, "- {name: a, start: 'http://a.cn/0', poll: 60s, delay: 0, concurrency: 2}\n", T0);
        if (!rows[i].list)
            run_sql(&t, "UPDATE url SET role = 'article', start_page = 0");
        int visits = 0;
        for (int64_t now = T0; now < T0 + 600000; now += 1000) {
            struct due_url due[16];
            int n = take(&t, 16, ALL_KINDS, now, due, NULL);
            for (int k = 0; k < n; k++) {
                char to[32];
                int page = atoi(due[k].url.p + strlen("http://a.cn/")), next = page + 1 < rows[i].pages ? page + 1 : rows[i].back;
                snprintf(to, sizeof(to), "http://a.cn/%d", next);
                struct outcome o = redirect_of(due[k].id, to, due[k].hops, rows[i].list, now);
                if (next < 0)
                    o.kind = OUTCOME_SAME;
                o.next_visit_at = now + (due[k].start_page || !rows[i].list ? 60000 : 3600000);
                commit_one(&t, &o);
                visits++;
            }
        }
        if (visits < rows[i].least || visits > rows[i].most)
            bad++, print_error("%s: %d visits in ten minutes\n", rows[i].name, visits);
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

/* Two addresses that changed their roles: no circle, for the first leads nowhere any more. */
static void redirects_may_turn_round(void **state)
{
    (void)state;
    struct temp t;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    int64_t one = add_url(&t, "http://a.cn/1", "article", PRIORITY_LIVE, T0);
    struct outcome o = redirect_of(one, "http://a.cn/2", 0, false, T0);
    commit_one(&t, &o);
    int64_t two = ask(&t, "SELECT id FROM url WHERE url = 'http://a.cn/2'");
    capture(&t, one, "article", "a page now", T0 + 1);
    o = redirect_of(two, "http://a.cn/1", 1, false, T0 + 2);
    commit_one(&t, &o);
    assert_string_equal(ask_text(&t, "SELECT state FROM url WHERE url = 'http://a.cn/2'"), "redirected");
    temp_close(&t);
}

/* ---- what waits for a worker --------------------------------------------------------------------------------------------- */

static bool skip_none(void *ctx, int64_t id, int64_t pass)
{
    (void)ctx, (void)id, (void)pass;
    return false;
}

static bool skip_this(void *ctx, int64_t id, int64_t pass)
{
    const int64_t *under_way = ctx;
    return id == under_way[0] && pass <= under_way[1];
}

static const char *ids_of(const struct work *w, int n)
{
    static char out[256];
    size_t at = 0;
    out[0] = '\0';
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%lld", i > 0 ? " " : "", (long long)w[i].capture);
    return out;
}

static void pending_in_order(void **state)
{
    (void)state;
    struct temp t;
    struct work w[16];
    struct err e;
    int n;
    temp_open(&t);
    sync_sites(&t, "- {name: a, org: 某人大, region: 某市, level: county, start: 'http://a.cn/', article: '/x'}\n", T0);
    int64_t one = add_url(&t, "http://a.cn/1", "article", 2, T0), two = add_url(&t, "http://a.cn/2", "article", 2, T0);
    int64_t three = add_url(&t, "http://a.cn/3", "article", 2, T0);
    run_sql(&t, "UPDATE url SET hint_title = '题', hint_date = '2025-01-01', hint_column = '栏' WHERE url = 'http://a.cn/1'");
    capture(&t, one, "article", "0123456789", T0);    /* 1 */
    capture(&t, one, "article", "0123456789abc", T0); /* 2: behind the first of its URL */
    capture(&t, two, "article", "01234", T0);         /* 3 */
    capture(&t, three, "article", "0123456789", T0);  /* 4: goes first */
    run_sql(&t, "UPDATE capture SET priority = 0 WHERE id = 4");
    const int64_t under_way[] = { 3, 1 }, old_pass[] = { 3, 0 };
    const struct {
        const char *name;
        const int64_t *skip;
        int max;
        int64_t bytes;
        const char *want;
    } rows[] = {
        { "all", NULL, 16, 1000, "4 1 3" },
        { "two", NULL, 2, 1000, "4 1" },
        { "none", NULL, 0, 1000, "" },
        { "one is under way", under_way, 16, 1000, "4 1" },
        { "it was, with another pass", old_pass, 16, 1000, "4 1 3" },
        { "as many bytes", NULL, 16, 25, "4 1 3" },
        { "a byte less", NULL, 16, 24, "4 1" },
        { "at least one", NULL, 16, 1, "4" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        must(store_pending(t.s, rows[i].skip != NULL ? skip_this : skip_none, (void *)(uintptr_t)rows[i].skip, rows[i].max,
                           rows[i].bytes, t.a, w, &n, &e) == 0, "pending", &e);
        if (strcmp(ids_of(w, n), rows[i].want) != 0)
            bad++, print_error("%s: '%s'\n", rows[i].name, ids_of(w, n));
    }
    assert_int_equal(bad, 0);
    assert_int_equal(store_pending(t.s, skip_none, NULL, 16, 1000, t.a, w, &n, &e), 0);
    const struct work *x = &w[1];
    assert_true(x->seq == 1 && x->pass == 1 && x->fetched_at == T0 && x->bytes == 10 && x->status == 200);
    assert_true(span_is(x->url, "http://a.cn/1") && span_is(x->role, "article") && span_is(x->raw, "0123456789"));
    assert_true(span_is(x->hint_title, "题") && span_is(x->hint_date, "2025-01-01") && span_is(x->hint_column, "栏"));
    assert_true(span_is(x->site, "a") && span_is(x->org, "某人大") && span_is(x->level, "county") && span_is(x->patterns, "/x\n"));
    /* once the first of a URL is settled or quarantined, its next one goes */
    run_sql(&t, "UPDATE capture SET state = 'quarantined' WHERE id = 1");
    assert_int_equal(store_pending(t.s, skip_none, NULL, 16, 1000, t.a, w, &n, &e), 0);
    assert_string_equal(ids_of(w, n), "4 2 3");
    temp_close(&t);
}

static void lookups_and_resends(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    for (int i = 0; i < 3; i++)
        capture(&t, 1, "list", "x", T0);
    run_sql(&t, "UPDATE capture SET pass = 4 WHERE id = 2; UPDATE capture SET state = 'settled' WHERE id = 3");
    const int64_t ids[] = { 3, 2, 1, 99 };
    int64_t passes[4] = { -1, -1, -1, -1 };
    assert_int_equal(store_still_pending(t.s, ids, 4, passes, &e), 0);
    assert_true(passes[0] == 0 && passes[1] == 4 && passes[2] == 1 && passes[3] == 0);
    assert_int_equal(store_count_resend(t.s, ids + 1, 2, &e), 0);
    assert_int_equal(store_count_resend(t.s, ids + 1, 1, &e), 0);
    assert_int_equal(store_count_resend(t.s, ids, 0, &e), 0);
    assert_int_equal(ask(&t, "SELECT SUM(sends * id) FROM capture"), 1 + 4);
    assert_int_equal(ask(&t, "SELECT SUM(tries) FROM capture"), 0); /* being lost is nobody's fault */
    temp_close(&t);
}

static void members_and_owners(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    struct member again, other;
    temp_open(&t);
    assert_int_equal(store_member_join(t.s, "producer", &again, &e), 0);
    assert_int_equal(store_member_join(t.s, "sink", &other, &e), 0);
    assert_true(again.id != t.m.id && again.epoch == t.m.epoch + 1 && other.epoch == again.epoch + 1);
    struct member last = other;
    assert_int_equal(store_member_leave(t.s, &other, &e), 0);
    assert_int_equal(store_member_join(t.s, "sink", &other, &e), 0);
    assert_true(other.epoch > last.epoch); /* also when the one before is gone without a trace */
    run_sql(&t, "UPDATE member SET expires_at = 0");
    assert_int_equal(store_member_renew(t.s, &again, &e), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM member WHERE expires_at = renewed_at + 10000"), 1);
    assert_int_equal(store_member_leave(t.s, &other, &e), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM member WHERE role = 'sink'"), 0);
    sync_sites(&t, ONE_SITE, T0);
    capture(&t, 1, "list", "x", T0);
    run_sql(&t, "UPDATE host SET owner = 7");
    assert_int_equal(ask(&t, "SELECT owner FROM capture"), t.m.id);
    assert_int_equal(store_free_owned(t.s, &e), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(owner) FROM host"), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(owner) FROM capture"), 0);
    temp_close(&t);
}

/* ---- upkeep and the hand --------------------------------------------------------------------------------------------------- */

static void prunes(void **state)
{
    int removed;
    (void)state;
    struct temp t;
    struct err e;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    run_sql(&t, "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9) "
                "INSERT INTO visit (url_id, at, outcome, bytes, took_ms) "
                "SELECT 1, 1760000000000 - 86400000 * (85 + i), 'same', 0, 0 FROM n;"
                "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9) "
                "INSERT INTO event (id, topic, at, article_id, payload) "
                "SELECT 'e' || i, 't', 1760000000000 - 86400000 * (94 - i), 1, x'80' FROM n");
    static const struct {
        const char *state, *class;
        int days;
        bool kept;
    } rows[] = {
        { "settled", "list", 8, false },     { "settled", "list", 6, true },        { "settled", "other", 8, false },
        { "settled", "article", 400, true }, { "pending", NULL, 400, true },        { "quarantined", NULL, 400, true },
        { "settled", "feed", 8, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char sql[256];
        int64_t id = capture(&t, 1, "list", "x", T0);
        snprintf(sql, sizeof(sql), "UPDATE capture SET state = '%s', class = NULLIF('%s', ''), settled_at = %lld WHERE id = %lld",
                 rows[i].state, rows[i].class != NULL ? rows[i].class : "", (long long)(T0 - rows[i].days * DAY_MS), (long long)id);
        run_sql(&t, sql);
    }
    assert_int_equal(store_prune(t.s, T0, 2, &removed, &e), 0); /* two of each at a time, the oldest first */
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM visit WHERE outcome = 'same'"), 8);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM event"), 8);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM capture"), (int64_t)COUNT(rows) - 2);
    assert_int_equal(store_prune(t.s, T0, 1000, &removed, &e), 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM visit WHERE outcome = 'same'"), 6); /* 85 to 90 days */
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM event"), 6);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char sql[128];
        snprintf(sql, sizeof(sql), "SELECT COUNT(*) FROM capture c JOIN raw r ON r.capture_id = c.id WHERE c.id = %zu", i + 1);
        if (ask(&t, sql) != rows[i].kept)
            bad++, print_error("%s %s, %d days old\n", rows[i].state, rows[i].class, rows[i].days);
    }
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM raw"), ask(&t, "SELECT COUNT(*) FROM capture"));
    assert_int_equal(bad, 0);
    assert_int_equal(store_checkpoint(t.s, &e), 0);
    assert_int_equal(store_check(t.s, &e), 0);
    temp_close(&t);
}

static void puts_back(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    int n;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    for (int i = 0; i < 4; i++)
        capture(&t, 1, "list", "x", T0);
    run_sql(&t, "UPDATE capture SET state = 'quarantined', tries = 3, why = 'SIGSEGV' WHERE id < 4");
    assert_int_equal(store_retry(t.s, 2, &n, &e), 0);
    assert_int_equal(n, 1);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM capture WHERE id = 2 AND state = 'pending' AND tries = 0 AND pass = 2 AND why IS NULL"), 1);
    assert_int_equal(store_retry(t.s, 2, &n, &e), 0); /* it is pending now */
    assert_int_equal(n, 0);
    assert_int_equal(store_retry(t.s, 77, &n, &e), 0);
    assert_int_equal(n, 0);
    assert_int_equal(store_retry(t.s, 0, &n, &e), 0);
    assert_int_equal(n, 2);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM capture WHERE state = 'pending'"), 4);
    temp_close(&t);
}

static int count_row(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    (void)columns, (void)names, (void)values, (void)bytes;
    return ++*(int *)ctx == 2;
}

static void selects(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    char out[512] = "";
    int seen = 0;
    temp_open(&t);
    const char *const params[] = { "人大", NULL };
    assert_int_equal(store_select(t.s, "SELECT $1 || COALESCE($2, '-') || $1", params, 2, keep_first, out, &e), 0);
    assert_string_equal(out, "人大-人大");
    assert_int_equal(store_select(t.s, "VALUES (1), (2), (3)", NULL, 0, count_row, &seen, &e), 0);
    assert_int_equal(seen, 2); /* it may stop */
    assert_int_equal(store_select(t.s, "SELECT x FROM nowhere", NULL, 0, count_row, &seen, &e), -1);
    assert_non_null(strstr(e.msg, "nowhere"));
    temp_close(&t);
}

/* ---- opening ------------------------------------------------------------------------------------------------------------------ */

static void newer_schema_is_refused(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_open(&t);
    char sql[128];
    snprintf(sql, sizeof(sql), "UPDATE meta SET value = '%d' WHERE key = 'schema_version'", schema_migrations_count + 1);
    run_sql(&t, sql);
    static const enum store_mode modes[] = { STORE_READ, STORE_WRITE };
    for (size_t i = 0; i < COUNT(modes); i++) {
        struct store *s = store_open(t.path, modes[i], &e);
        assert_null(s);
        assert_non_null(strstr(e.msg, "newer renda"));
        assert_non_null(strstr(e.msg, t.path));
    }
    temp_close(&t);
}

static void old_schema_is_migrated(void **state)
{
    (void)state;
    int bad = 0;
    for (int from = 0; from <= schema_migrations_count; from++) {
        struct temp t;
        struct err e = { "" };
        temp_dir(&t);
        for (int i = 0; i < from; i++)
            run_sql(&t, schema_migrations[i].sql);
        if (from > 0) {
            char sql[512];
            snprintf(sql, sizeof(sql),
                     "INSERT INTO meta VALUES ('schema_version', '%d');"
                     "INSERT INTO site (name, poll_ms, delay_ms, concurrency) VALUES ('kept', 1, 2, 3);"
                     "INSERT INTO host (name, delay_ms, concurrency) VALUES ('http://kept.cn', 1, 2)", from);
            run_sql(&t, sql);
        }
        t.s = store_open(t.path, STORE_WRITE, &e);
        if (t.s == NULL) {
            bad++, print_error("from version %d: %s\n", from, e.msg);
        } else {
            bad += ask(&t, "SELECT value FROM meta WHERE key = 'schema_version'") != schema_migrations_count;
            bad += ask(&t, "SELECT COUNT(*) FROM site WHERE name = 'kept' AND concurrency = 3") != (from > 0);
            bad += ask(&t, "SELECT COUNT(*) FROM v_site_health") != (from > 0);
            bad += store_check(t.s, &e) != 0;
        }
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
    assert_true(schema_migrations_count >= 2);
}

/* A migration that fails leaves the old version as it was. */
static void failed_migration_changes_nothing(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_dir(&t);
    run_sql(&t, "CREATE TABLE site (mine TEXT); INSERT INTO site VALUES ('kept')");
    assert_null(store_open(t.path, STORE_WRITE, &e));
    assert_non_null(strstr(e.msg, t.path));
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(t.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT COUNT(*), MAX(name) FROM sqlite_master", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(st, 0), 1);
    sqlite3_finalize(st);
    sqlite3_close(db);
    temp_close(&t);
}

static void what_cannot_be_opened(void **state)
{
    (void)state;
    struct temp t;
    struct err e;
    temp_dir(&t);
    assert_null(store_open(t.path, STORE_READ, &e)); /* looking creates nothing */
    assert_non_null(strstr(e.msg, "there is no database"));
    assert_int_equal(access(t.path, F_OK), -1);
    assert_null(store_open(t.dir, STORE_WRITE, &e));
    assert_non_null(strstr(e.msg, t.dir));
    assert_null(store_open("/nowhere/at/all.db", STORE_WRITE, &e));
    FILE *f = fopen(t.path, "w");
    for (int i = 0; i < 2000; i++)
        fputs("no database ", f);
    fclose(f);
    assert_null(store_open(t.path, STORE_WRITE, &e));
    assert_non_null(strstr(e.msg, "damaged or no database"));
    assert_null(store_open(t.path, STORE_READ, &e));
    assert_null(strchr(e.msg, '\n'));
    unlink(t.path);
    store_close(NULL);
    temp_close(&t);
}

/* Two that open a new database at once: both find it ready. */
static void *open_it(void *ctx)
{
    struct err e = { "" };
    struct store *s = store_open(ctx, STORE_WRITE, &e);
    if (s == NULL)
        print_error("%s\n", e.msg);
    store_close(s);
    return s;
}

static void two_open_at_once(void **state)
{
    (void)state;
    int bad = 0;
    for (int i = 0; i < 5; i++) {
        struct temp t;
        pthread_t threads[3];
        temp_dir(&t);
        for (int k = 0; k < 3; k++)
            assert_int_equal(pthread_create(&threads[k], NULL, open_it, t.path), 0);
        for (int k = 0; k < 3; k++) {
            void *opened;
            pthread_join(threads[k], &opened);
            bad += opened == NULL;
        }
        temp_close(&t);
    }
    assert_int_equal(bad, 0);
}

/* ---- two writers --------------------------------------------------------------------------------------------------------------- */

#define WRITES 80

struct writer {
    const char *path;
    struct writer *other;
    _Atomic int done;
    int other_had; /* done by the other one when this one was */
    int failed;
};

static void *write_all(void *ctx)
{
    struct writer *w = ctx;
    struct err e = { "" };
    struct store *s = store_open(w->path, STORE_WRITE, &e);
    struct member m = { 1, 1 };
    for (int i = 0; i < WRITES && s != NULL; i++) {
        struct outcome o[20];
        int64_t ids[20];
        for (int k = 0; k < 20; k++)
            o[k] = outcome_of(OUTCOME_SAME, 1, T0 + i);
        w->failed += store_commit_outcomes(s, &m, o, 20, ids, &e) != 0;
        atomic_fetch_add(&w->done, 1);
    }
    w->other_had = atomic_load(&w->other->done);
    w->failed += s == NULL;
    store_close(s);
    return NULL;
}

/* Neither waits until the other has finished. */
static void two_writers_both_progress(void **state)
{
    (void)state;
    struct temp t;
    struct writer a = { 0 }, b = { 0 };
    pthread_t ta, tb;
    temp_open(&t);
    sync_sites(&t, ONE_SITE, T0);
    a.path = b.path = t.path;
    a.other = &b;
    b.other = &a;
    assert_int_equal(pthread_create(&ta, NULL, write_all, &a), 0);
    assert_int_equal(pthread_create(&tb, NULL, write_all, &b), 0);
    pthread_join(ta, NULL);
    pthread_join(tb, NULL);
    assert_int_equal(a.failed + b.failed, 0);
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM visit"), 2 * WRITES * 20);
    int slower = a.other_had < b.other_had ? a.other_had : b.other_had;
    print_message("when one writer was done with %d, the other had done %d\n", WRITES, slower);
    assert_true(slower >= WRITES / 5);
    temp_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_become_rows),     cmocka_unit_test(sites_rest_and_return),
        cmocka_unit_test(hosts_come_after),      cmocka_unit_test(due_in_order),
        cmocka_unit_test(due_by_count_and_kind), cmocka_unit_test(attempts_back_off),
        cmocka_unit_test(many_hosts_in_one_go),  cmocka_unit_test(clock_jumps),
        cmocka_unit_test(every_outcome),         cmocka_unit_test(captures_count_up),
        cmocka_unit_test(a_bad_outcome_costs_itself),  cmocka_unit_test(redirects_are_steps),
        cmocka_unit_test(redirect_loops_do_not_spin), cmocka_unit_test(redirects_may_turn_round), cmocka_unit_test(pending_in_order),
        cmocka_unit_test(lookups_and_resends),   cmocka_unit_test(members_and_owners),
        cmocka_unit_test(prunes),                cmocka_unit_test(puts_back),
        cmocka_unit_test(selects),               cmocka_unit_test(newer_schema_is_refused),
        cmocka_unit_test(old_schema_is_migrated), cmocka_unit_test(failed_migration_changes_nothing),
        cmocka_unit_test(what_cannot_be_opened), cmocka_unit_test(two_open_at_once),
        cmocka_unit_test(two_writers_both_progress),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
