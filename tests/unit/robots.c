/* robots.txt: the parser and its answers (RFC 9309), and what a host allows over time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "producer/permit.h"
#include "producer/robots.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void test_rules(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *path;
        bool allowed;
    } rows[] = {
        { "no file", "", "/a", true },
        { "all closed", "User-agent: *\nDisallow: /\n", "/a", false },
        { "all closed, robots.txt itself is not", "User-agent: *\nDisallow: /\n", "/robots.txt", true },
        { "an empty disallow closes nothing", "User-agent: *\nDisallow:\n", "/a", true },
        { "our group, not everyone's", "User-agent: *\nDisallow: /\n\nUser-agent: renda\nDisallow: /x\n", "/a", true },
        { "our group stands first", "User-agent: Renda\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n", "/x/y", false },
        { "a version behind the token", "User-agent: Renda/2.0\nDisallow: /x\n", "/x", false },
        { "a longer token is another robot", "User-agent: RendaBot\nDisallow: /\n", "/a", true },
        { "several agents, one group", "User-agent: Other\nUser-agent: Renda\nDisallow: /x\n", "/x", false },
        { "two groups of ours count together", "User-agent: Renda\nDisallow: /x\nUser-agent: o\nDisallow: /z\nUser-agent: Renda\nDisallow: /y\n", "/y", false },
        { "… and the other's does not", "User-agent: Renda\nDisallow: /x\nUser-agent: o\nDisallow: /z\nUser-agent: Renda\nDisallow: /y\n", "/z", true },
        { "a rule before any group", "Disallow: /\nUser-agent: o\nDisallow: /\n", "/a", true },
        { "the longest rule decides", "User-agent: *\nDisallow: /a/\nAllow: /a/b/\n", "/a/b/c", true },
        { "as long: allow", "User-agent: *\nDisallow: /ab\nAllow: /ab\n", "/ab", true },
        { "a star in the middle", "User-agent: *\nDisallow: /*/print.html\n", "/news/print.html", false },
        { "a star at the end changes nothing", "User-agent: *\nDisallow: /a*\n", "/abc", false },
        { "the end", "User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf", false },
        { "the end, but more comes", "User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf?x=1", true },
        { "the end is tried again further on", "User-agent: *\nDisallow: /*a$\n", "/aba", false },
        { "the query is part of it", "User-agent: *\nDisallow: /list.asp?id=\n", "/list.asp?id=3", false },
        { "letters' case counts in paths", "User-agent: *\nDisallow: /A\n", "/a", true },
        { "CR ends a line", "User-agent: *\rDisallow: /x\r", "/x", false },
        { "CRLF and a byte-order mark", "\xef\xbb\xbfUser-agent: *\r\nDisallow: /x\r\n", "/x", false },
        { "a comment ends a line", "User-agent: * # all\nDisallow: /x # not y\n", "/x", false },
        { "Han characters are encoded", "User-agent: *\nDisallow: /\xe4\xbb\xa3\xe8\xa1\xa8/\n", "/%E4%BB%A3%E8%A1%A8/1", false },
        { "hex digits in lower case", "User-agent: *\nDisallow: /%e4/\n", "/%E4/1", false },
        { "unknown lines do not end a group", "User-agent: *\nHost: a.cn\nUser-agent: Renda\nNoindex: /\nDisallow: /x\n", "/x", false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char url[256];
        snprintf(url, sizeof(url), "http://www.example.gov.cn%s", rows[i].path);
        struct robots *r = robots_new(span_of(rows[i].text), "Renda");
        if (robots_allows(r, span_of(url)) != rows[i].allowed) {
            printf("%s: %s\n", rows[i].name, rows[i].path);
            bad++;
        }
        robots_free(r);
    }
    assert_int_equal(bad, 0);
}

static void test_extras(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t delay_ms;
        const char *sitemap;
    } rows[] = {
        { "User-agent: *\nCrawl-delay: 2.5\nSitemap: https://a.cn/s.xml\n", 2500, "https://a.cn/s.xml" },
        { "User-agent: o\nCrawl-delay: 9\nUser-agent: *\nDisallow: /x\n", 0, NULL },
        { "User-agent: *\nCrawl-delay: 9\nUser-agent: Renda\nCrawl-delay: 1\n", 1000, NULL },
        { "Sitemap: http://a.cn/one.xml\nUser-agent: *\nCrawl-delay: 86400\n", ROBOTS_DELAY_MAX_MS, "http://a.cn/one.xml" },
        { "User-agent: *\nCrawl-delay: soon\nSitemap:\n", 0, NULL },
        { "User-agent: *\nCrawl-delay: nan\n", 0, NULL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct robots *r = robots_new(span_of(rows[i].text), "Renda");
        struct span sitemap = robots_sitemap(r, 0);
        if (robots_delay_ms(r) != rows[i].delay_ms || (rows[i].sitemap == NULL ? sitemap.n != 0 : !span_is(sitemap, rows[i].sitemap))) {
            printf("row %zu: delay %lld, sitemap %.*s\n", i, (long long)robots_delay_ms(r), SPAN_FMT(sitemap));
            bad++;
        }
        robots_free(r);
    }
    assert_int_equal(bad, 0);
}

/* Nothing here may crash, or take longer than the bytes are worth. */
static void test_hostile(void **state)
{
    (void)state;
    const size_t n = 3 * 1024 * 1024;
    char *text = malloc(n);
    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        text[i] = "Disallow: /*a*a*a*a*a$\n"[i % 23];
    memcpy(text, "User-agent: *\n", 14);
    struct robots *r = robots_new((struct span){ text, n }, "Renda");
    char path[2048] = "http://a.cn/";
    memset(path + 12, 'a', sizeof(path) - 13);
    path[sizeof(path) - 2] = 'b';
    assert_true(robots_allows(r, span_of(path)));
    robots_free(r);
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        text[i] = (char)(seed >> 24);
    }
    robots_free(robots_new((struct span){ text, n }, "Renda"));
    free(text);
}

static void test_permit(void **state)
{
    (void)state;
    const int64_t wall = 1000000;
    struct store_host host = { .id = 1, .name = "http://a.cn" }, files = { .id = 2, .name = "file://" };
    struct permit p;
    permit_init(&p, &files, 0, wall);
    assert_int_equal(permit_state(&p, 0), PERMIT_OPEN);
    permit_fini(&p);

    permit_init(&p, &host, 0, wall);
    assert_int_equal(permit_state(&p, 0), PERMIT_ASK);
    assert_true(span_is(permit_ask(&p), "http://a.cn/robots.txt"));
    assert_int_equal(permit_state(&p, 0), PERMIT_WAIT);
    permit_failed(&p, 0);
    assert_int_equal(permit_state(&p, PERMIT_RETRY_MS - 1), PERMIT_SHUT);
    assert_int_equal(permit_state(&p, PERMIT_RETRY_MS), PERMIT_ASK);
    permit_ask(&p);
    permit_got(&p, SPAN("User-agent: *\nDisallow: /x\n"), 0);
    assert_int_equal(permit_state(&p, PERMIT_FRESH_MS - 1), PERMIT_OPEN);
    assert_false(permit_allows(&p, SPAN("http://a.cn/x")));
    assert_int_equal(permit_state(&p, PERMIT_FRESH_MS), PERMIT_ASK);
    permit_ask(&p);
    permit_failed(&p, PERMIT_FRESH_MS); /* the rules of before are believed meanwhile */
    assert_int_equal(permit_state(&p, PERMIT_FRESH_MS + 1), PERMIT_OPEN);
    assert_false(permit_allows(&p, SPAN("http://a.cn/x")));
    permit_ask(&p);
    assert_true(permit_redirected(&p, SPAN("http://b.cn/r.txt"), 5));
    assert_true(span_is(permit_ask(&p), "http://b.cn/r.txt"));
    for (int i = 2; i <= PERMIT_REDIRECTS_MAX; i++)
        assert_true(permit_redirected(&p, SPAN("http://b.cn/r.txt"), 5));
    assert_false(permit_redirected(&p, SPAN("http://b.cn/r.txt"), 5));
    assert_true(permit_allows(&p, SPAN("http://a.cn/x")));
    permit_fini(&p);

    host.robots = SPAN("User-agent: *\nDisallow: /x\n");
    host.robots_at = wall - 1000;
    permit_init(&p, &host, 50, wall);
    assert_int_equal(permit_state(&p, 50), PERMIT_OPEN);
    assert_false(permit_allows(&p, SPAN("http://a.cn/x")));
    assert_int_equal(permit_state(&p, 50 + PERMIT_FRESH_MS - 1000), PERMIT_ASK);
    permit_fini(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_extras),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_permit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
