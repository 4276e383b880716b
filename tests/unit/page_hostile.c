/* Pages made to hurt: each is read in bounded time and memory, and what comes out is valid UTF-8. */
#include "page_test.h"

#include <stdlib.h>
#include <time.h>

#include "worker/strip.h"

#define MEGA (1u << 20)

#ifdef RENDA_SANITIZED
#define SCALE 8 /* sanitizers are slow: smaller pages, the same shapes */
#else
#define SCALE 1
#endif

static struct span repeat(const char *head, const char *unit, size_t times, const char *tail)
{
    size_t h = strlen(head), u = strlen(unit), t = strlen(tail);
    times /= SCALE;
    char *p = malloc(h + u * times + t + 1), *q = p;
    assert_non_null(p);
    q = (char *)memcpy(q, head, h) + h;
    for (size_t i = 0; i < times; i++, q += u)
        memcpy(q, unit, u);
    memcpy(q, tail, t + 1);
    return span_between(p, q + t);
}

static int check_output(const char *name, const struct page_out *out)
{
    int bad = 0;
    for (size_t i = 0; i < out->link_count; i++)
        bad += lacks(name, "gives a bad link", text_valid(out->links[i].url) && text_valid(out->links[i].title) && text_valid(out->links[i].column));
    for (int i = 0; out->article != NULL && i < ARTICLE_FIELD_COUNT; i++)
        bad += lacks(name, article_fields[i].name, text_valid(out->article->f[i]) && out->article->f[i].n <= article_fields[i].max_bytes);
    return bad;
}

static void shapes(void **state)
{
    static const struct {
        const char *name, *head, *unit;
        size_t times;
        const char *tail;
    } rows[] = {
        { "a million nested elements", "", "<div>", MEGA, "<p>会议听取了报告，审议了议案。</p>" },
        { "nested and closed again", "", "<b>", MEGA, "x</b></b></b>" },
        { "nested lists", "", "<ul><li>", MEGA / 2, "" },
        { "nested tables", "", "<table><tr><td>", MEGA / 3, "" },
        { "end tags of nothing", "<div><div><div>", "</p></x>", MEGA / 2, "" },
        { "one line", "<p>", "汉字，", 50 * MEGA / 9, "" },
        { "nothing but <", "", "<", 8 * MEGA, "" },
        { "tags never closed", "", "<a ", 4 * MEGA, "" },
        { "quotes never closed", "", "<a href=\"", 2 * MEGA, "" },
        { "comments never closed", "", "<!--", 4 * MEGA, "" },
        { "scripts never closed", "", "<script>", 2 * MEGA, "" },
        { "scripts half closed", "", "<script></scrip", MEGA, "" },
        { "ampersands", "", "&#", 4 * MEGA, "" },
        { "attributes", "<a ", "b=c ", MEGA, ">" },
        { "attributes side by side", "", "<a href=\"\"class=\"\"id=\"\"title=\"\">", MEGA / 8, "" },
        { "elements that stand side by side", "", "<b id=a>x</b>", MEGA / 2, "" },
        { "classes", "<div class=\"", "content ", MEGA, "\">" },
        { "titles", "", "<h1>标题之一</h1>", MEGA / 8, "" },
        { "breaks", "<p>", "一<br>", MEGA, "" },
        { "labels", "<p>", "来源：", MEGA, "" },
        { "brackets", "<p>会议（", "（", MEGA, "）" },
        { "dates", "<p>", "2024年1月", MEGA / 2, "" },
        { "a long <title>", "<title>", "标题-", MEGA, "</title><h1>标题</h1>" },
        { "pager calls", "<script>", "createPageHTML(", MEGA, "</script>" },
        { "CDATA in a script", "<script><record>", "<![CDATA[", MEGA, "</script>" },
        { "deep XML", "<rss>", "<a>", MEGA, "" },
        { "feed items", "<rss>", "<item><link>http://a.cn/1</link></item>", MEGA / 8, "" },
        { "deep JSON", "{\"version\":\"1\",\"items\":", "[", MEGA, "" },
        { "bytes that are nothing", "", "\xff\x81", 4 * MEGA, "" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span page = repeat(rows[i].head, rows[i].unit, rows[i].times, rows[i].tail);
        for (int role = ROLE_LIST; role <= ROLE_ARTICLE + 1; role++) { /* lastly as an article of a site with selectors */
            struct arena *own = arena_new(1u << 30, NULL);
            bool selects = role > ROLE_ARTICLE;
            struct page_in in = { .bytes = page, .url = SPAN("http://a.cn/x/"), .final_url = SPAN("http://a.cn/x/"),
                                  .role = selects ? ROLE_ARTICLE : (enum page_role)role,
                                  .site.selectors = selects ? SPAN("title div div, a[href]::attr(href)\nbody div, p, td\nexcept b\n") : SPAN("") };
            struct page_out out;
            clock_t start = clock();
            page_read(reader, &in, own, &out);
            double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
            bad += check_output(rows[i].name, &out);
            bad += lacks(rows[i].name, "takes too long", seconds < 20);
            bad += lacks(rows[i].name, "takes too much memory", arena_used(own) < 24 * page.n + 64 * MEGA);
            arena_free(own);
        }
        free((void *)(uintptr_t)page.p);
    }
    assert_int_equal(bad, 0);
}

/* Mutations of one page, always the same ones. */
static void mutations(void **state)
{
    static const char page[] =
        "<!DOCTYPE html><html><head><meta charset=gb2312><meta name=\"PubDate\" content=\"2024-02-02\"><title>标题_站点</title><script type=\"application/ld+json\">"
        "{\"@type\":\"NewsArticle\",\"headline\":\"标题\"}</script></head><body><div class=\"crumb\">当前位置：<a href=\"/\">首页</a> &gt; 要闻</div><h1>标题</h1>"
        "<p>来源：云溪日报（记者 李明远） 2024年2月2日 10:05</p><div id=\"zoom\"><p>会议听取了报告，审议了议案。</p><table><tr><td>1</td><td>2</td></tr></table>"
        "<p>会议要求，抓好落实。（李明远）</p></div><ul><li><a href=\"t20240101_1.html\">消息一则</a>2024-01-01</li></ul><script>createPageHTML(3,0,\"index\",\"html\")"
        "</script><div class=\"footer\">版权所有：云溪人大 ©</div></body></html>";
    static const char *const pieces[] = { "<", ">", "\"", "<!--", "<script>", "</div>", "\xe5", "\x81", "&#x", "：", "（", "20", "]]>", "<td>", "\n", "——", "第7期" };
    uint32_t seed = 20240202;
    int bad = 0;
    (void)state;
    for (int round = 0; round < 4000 / SCALE; round++) {
        char buf[sizeof(page) + 1024];
        size_t n = sizeof(page) - 1;
        memcpy(buf, page, n);
        for (int edits = 0; edits < 6 && n > 64; edits++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = (seed >> 8) % n, what = (seed >> 4) % 4;
            const char *piece = pieces[(seed >> 16) % COUNT(pieces)];
            size_t k = strlen(piece);
            if (what == 0) {
                buf[at] = (char)(seed >> 24);
            } else if (what == 1 && n + k < sizeof(buf)) {
                memmove(buf + at + k, buf + at, n - at);
                memcpy(buf + at, piece, k);
                n += k;
            } else if (what == 2) {
                size_t cut = n - at < 40 ? n - at : (seed >> 20) % 40;
                memmove(buf + at, buf + at + cut, n - at - cut);
                n -= cut;
            } else if (round % 16 == 0) {
                n = at + 1;
            }
        }
        char *exact = malloc(n);
        assert_non_null(exact);
        memcpy(exact, buf, n);
        struct page_out out;
        arena_reset(arena);
        read_bytes((struct span){ exact, n }, round % 3 == 0 ? "http://a.cn/x.txt" : "http://a.cn/x/", "", round % 2 == 0 ? ROLE_ARTICLE : ROLE_LIST, &out);
        bad += check_output("mutation", &out);
        free(exact);
    }
    assert_int_equal(bad, 0);
}

/* What is written for the parser may be longer than what was read, but not without end: its place is as long as both. */
static void joints_are_few(void **state)
{
    (void)state;
    struct html h = { 0 };
    struct span page = repeat("", "<b id=a>x</b>", MEGA / 4, "");
    assert_true(strip_page(page, 0, arena, &h).n <= page.n + 2048);
    arena_reset(arena);
    free((char *)page.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(shapes), cmocka_unit_test(joints_are_few), cmocka_unit_test(mutations) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
