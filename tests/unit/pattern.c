/* From addresses of articles to the site's patterns: what is learned, and what it matches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "cli/pattern.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define URLS_MAX 6

static struct arena *arena;

static bool matches(struct span pattern, const char *url)
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, 0, &error, &at, NULL);
    if (code == NULL)
        return false;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    int found = pcre2_match(code, (PCRE2_SPTR)url, PCRE2_ZERO_TERMINATED, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return found >= 0;
}

static void learns(void **state)
{
    static const struct {
        const char *urls[URLS_MAX], *want; /* patterns, one a line */
        const char *next, *list;           /* an article to come, which must match; a list, which must not */
    } rows[] = {
        { { "http://a.cn/yw/202503/t20250314_1003.html", "http://a.cn/lf/202411/t20241102_99.html" },
          "/\\d{6}/t\\d{8}_\\d+\\.html$\n", "http://a.cn/dt/202601/t20260101_200001.html", "http://a.cn/yw/index_2.html" },
        { { "http://a.cn/art/2025/3/14/art_19_1003.html", "http://a.cn/art/2024/12/4/art_20_7.html" },
          "/\\d{4}/\\d{1,2}/\\d{1,2}/art_\\d+_\\d+\\.html$\n", "http://a.cn/art/2026/11/30/art_7_100000.html", "http://a.cn/col/col19/index.html" },
        { { "http://a.cn/2025/0314/c14a1003.html", "http://a.cn/2024/1231/c9a7.html" }, "/\\d{4}/\\d{4}/c\\d+a\\d+\\.html$\n", "http://a.cn/2026/0101/c1a1.html", "http://a.cn/c14/index_1.html" },
        { { "http://a.cn/n1/2025/0314/c1001-40001.html", "http://a.cn/n1/2025/0315/c1001-40002.html" }, "/\\d{4}/\\d{4}/c\\d+-\\d+\\.html$\n",
          "http://a.cn/n2/2026/0101/c7-1.html", "http://a.cn/GB/1001/index.html" },
        { { "http://a.cn/info/1011/2034.htm", "http://a.cn/info/1012/205.htm" }, "/info/\\d+/\\d+\\.htm$\n", "http://a.cn/info/998/10007.htm", "http://a.cn/list/1011/2.htm" },
        { { "http://a.cn/content_77.shtml", "http://a.cn/x/content_1234.shtml" }, "/content_\\d+\\.shtml$\n", "http://a.cn/y/content_5.shtml", "http://a.cn/list_2.shtml" },
        { { "http://a.cn/show.asp?id=77", "http://a.cn/show.asp?id=1234" }, "/show\\.asp\\?(?:.*&)?id=\\d+(?:&|$)\n", "http://a.cn/show.asp?c=3&id=5", "http://a.cn/list.asp?id=3" },
        { { "http://a.cn/news/view.php?cid=3&newsid=77" }, "/view\\.php\\?(?:.*&)?newsid=\\d+(?:&|$)\n", "http://a.cn/news/view.php?cid=4&newsid=78", "http://a.cn/news/list.php?cid=3" },
        { { "http://a.cn/article/12345", "http://a.cn/article/777/" }, "/article/\\d+$\n/article/\\d+/$\n", "http://a.cn/article/8", "http://a.cn/article/" },
        { { "http://a.cn/xx/0a1b2c3d4e5f60718293a4b5c6d7e8f9.html" }, "/[0-9A-Fa-f-]{24,}\\.html$\n", "http://a.cn/xx/ffffffffffffffffffffffff00000000.html", "http://a.cn/xx/index.html" },
        { { "http://a.cn/c/2025-03-14/88.shtml", "http://a.cn/c/2025-03-15/9001.shtml" }, "/c/\\d{4}-\\d{1,2}-\\d{1,2}/\\d+\\.shtml$\n", "http://a.cn/c/2026-01-01/1.shtml", "http://a.cn/c/index.shtml" },
        { { "http://a.cn/html/20250314.html", "http://a.cn/html/20250315.html" }, "/html/\\d{8}\\.html$\n", "http://a.cn/html/20260101.html", "http://a.cn/html/1.html" },
        { { "http://a.cn/a/1.html", "http://a.cn/b/2.html" }, "/\\d+\\.html$\n", "http://a.cn/c/3.html", "http://a.cn/c/" },
        { { "http://a.cn/yw/t20250314_1.html", "http://a.cn/yw/t20250314_2.html", "http://a.cn/show.asp?id=7" }, "/t\\d{8}_\\d+\\.html$\n/show\\.asp\\?(?:.*&)?id=\\d+(?:&|$)\n",
          "http://a.cn/lf/t20260101_3.html", "http://a.cn/yw/" },
        { { "http://a.cn/", "http://a.cn/about.html" }, "", NULL, NULL },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span urls[URLS_MAX], got[PATTERNS_MAX], lines = SPAN("");
        size_t n = 0, covered;
        for (; n < URLS_MAX && rows[i].urls[n] != NULL; n++)
            urls[n] = span_of(rows[i].urls[n]);
        size_t count = patterns_learn(urls, n, arena, got, &covered);
        bool next = rows[i].next == NULL, list = false;
        for (size_t k = 0; k < count; k++) {
            lines = arena_printf(arena, "%.*s%.*s\n", SPAN_FMT(lines), SPAN_FMT(got[k]));
            next |= rows[i].next != NULL && matches(got[k], rows[i].next);
            list |= rows[i].list != NULL && matches(got[k], rows[i].list);
        }
        bool same = span_is(lines, rows[i].want), all = covered == (count > 0 ? n : 0);
        if (!same || !next || list || !all)
            fprintf(stderr, "%s: learned\n%.*sinstead of\n%s%s%s%s", rows[i].urls[0], SPAN_FMT(lines), rows[i].want, next ? "" : "the next article does not match\n",
                    list ? "a list matches\n" : "", all ? "" : "not all are covered\n");
        for (size_t k = 0; k < n && count > 0; k++) {
            bool own = false;
            for (size_t p = 0; p < count; p++)
                own |= matches(got[p], rows[i].urls[k]);
            if (!own)
                fprintf(stderr, "%s is not matched by what was learned of it\n", rows[i].urls[k]);
            bad += !own;
        }
        bad += !same || !next || list || !all;
    }
    assert_int_equal(bad, 0);
}

/* As many makes as there are addresses: bounded, and said. */
static void bounded(void **state)
{
    struct span urls[1000], got[PATTERNS_MAX];
    size_t covered;
    (void)state;
    for (int i = 0; i < 1000; i++)
        urls[i] = arena_printf(arena, "http://a.cn/x/%c%c%c_%d.html", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676, i);
    assert_int_equal(patterns_learn(urls, 1000, arena, got, &covered), PATTERNS_MAX);
    assert_int_equal(covered, PATTERNS_MAX);
    char deep[2000] = "http://a.cn";
    for (size_t i = strlen(deep); i + 3 < sizeof(deep); i += 2)
        memcpy(deep + i, "/1", 3);
    urls[0] = span_of(deep);
    assert_int_equal(patterns_learn(urls, 1, arena, got, &covered), 0);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(64u << 20, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(learns), cmocka_unit_test(bounded) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
