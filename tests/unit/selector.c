/* Selectors: what is refused and why, what they match on a page, and what becomes of an article. */
#include "tests/unit/page_test.h"

#include <stdlib.h>

#include "common/selector.h"
#include "worker/needs.h"

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *selector, *want;
    } rows[] = {
        { "", "an element is missing at the end (at character 1)" },
        { "h1,", "an element is missing at the end (at character 4)" },
        { "h1 >", "an element is missing at the end (at character 5)" },
        { "> h1", "an element does not begin like this (at character 1)" },
        { "h1 > > p", "an element does not begin like this (at character 6)" },
        { "//div[@class='x']", "this is XPath; write a CSS selector, for example div.content > h1 (at character 1)" },
        { "div.", "a class is missing behind '.' (at character 5)" },
        { "#", "an id is missing behind '#' (at character 2)" },
        { "[=x]", "an attribute's name is missing behind '[' (at character 2)" },
        { "[a", "one of = ~= ^= $= *= or ']' belongs here (at character 3)" },
        { "[a|=x]", "one of = ~= ^= $= *= or ']' belongs here (at character 3)" },
        { "[a=]", "a value is missing here; one with other signs than letters wants quotes (at character 4)" },
        { "[a=/x]", "a value is missing here; one with other signs than letters wants quotes (at character 4)" },
        { "[a='x]", "this quote is never closed (at character 4)" },
        { "[a='']", "a value is missing in the quotes (at character 6)" },
        { "[a=x", "a ']' is missing (at character 5)" },
        { "[style*=red]", "'style' cannot be asked for: styles are left out when a page is read (at character 7)" },
        { "p:last-child", "only :first-of-type and :nth-of-type(2) are known (at character 3)" },
        { "p:nth-child(2)", "children cannot be counted, since scripts are left out when a page is read; write :nth-of-type(2) "
                            "(at character 3)" },
        { ".x:nth-of-type(2)", "the element's name must stand before it: td:nth-of-type(2) (at character 18)" },
        { "p:nth-of-type(0)", "a number from 1 and ')' belong here (at character 16)" },
        { "p:nth-of-type(2n)", "a number from 1 and ')' belong here (at character 16)" },
        { "p::text", "only ::attr(NAME) is known (at character 8)" },
        { "p::attr()", "an attribute's name and ')' belong here (at character 9)" },
        { "p::attr(x) b", "nothing here begins like this (at character 12)" },
        { "#a\\31", "'\\' is not known; write [id='…'] or [class~='…'] (at character 3)" },
        { "p{color:red}", "nothing here begins like this (at character 2)" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { "" };
        bool fine = selector_compile(span_of(rows[i].selector), arena, &e) != NULL;
        bad += lacks(rows[i].selector, "is no mistake", !fine) + differs(rows[i].selector, "the mistake", span_of(e.msg), rows[i].want);
    }
    assert_int_equal(bad, 0);
}

static void limits(void **state)
{
    (void)state;
    char text[2000];
    struct err e;
    static const struct {
        const char *piece;
        int times;
        bool fine;
    } rows[] = {
        { "p ", SELECTOR_PARTS_MAX - 1, true }, { "p ", SELECTOR_PARTS_MAX, false },
        { ".a", SELECTOR_TESTS_MAX, true },     { ".a", SELECTOR_TESTS_MAX + 1, false },
        { "p:nth-of-type(2) ", SELECTOR_NTH_MAX, true }, { "p:nth-of-type(2) ", SELECTOR_NTH_MAX + 1, false },
        { "long-name ", SELECTOR_MAX_BYTES / 10 - 1, true }, { "long-name ", SELECTOR_MAX_BYTES / 10, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        text[0] = '\0';
        for (int k = 0; k < rows[i].times; k++)
            strcat(text, rows[i].piece);
        strcat(text, "b");
        if (rows[i].piece[0] == '.')
            text[strlen(text) - 1] = '\0';
        bad += lacks(text, rows[i].fine ? "is refused" : "is taken", (selector_compile(span_of(text), arena, &e) != NULL) == rows[i].fine);
    }
    assert_int_equal(bad, 0);
}

/* ---- matching: the title selector on one page ---------------------------------------------------------------------- */

#define TEXT "经过审议，会议通过了有关决定。" \
             "与会人员围绕报告分组讨论，提出意见和建议。"

static const char page[] =
    "<html><head><title>site</title><meta name=PubDate content='2024-05-06 10:00'><meta name=Empty></head><body class='home zh'>"
    "<div id=top class=\"bar\"><a href='/a.html'>top link</a></div>"
    "<div class='con main' lang=zh><h2>first</h2><h2>second</h2><b>plain</b><p class=x>one</p><p>two <span>deep</span></p></div>"
    "<table><tr><td>r1c1<td>r1c2</tr><tr><td>r2c1</td><td><h2>in cell</h2></td></tr></table>"
    "<DIV CLASS=Upper><P>upper</P></DIV><input name=d value='from input'><div class=empty></div>"
    "<div class=broken>水利工作的<br>决定<br>A<br>b</div><div class=hid style='display:none'><p>hidden text</p></div>"
    "<div id=zoom><p>" TEXT "</p><p>" TEXT "</p><div class=share>share words</div></div></body></html>";

static struct span read_with(const char *lines, const char *html, struct page_out *out, int64_t fetched_at)
{
    struct page_in in = { .bytes = span_of(html), .url = SPAN("http://www.example.org/art/1.html"),
                          .final_url = SPAN("http://www.example.org/art/1.html"), .content_type = SPAN("text/html; charset=utf-8"),
                          .fetched_at = fetched_at, .role = ROLE_ARTICLE, .site.selectors = span_of(lines) };
    page_read(reader, &in, arena, out);
    return out->article == NULL ? (struct span){ NULL, 0 } : out->article->f[ARTICLE_TITLE];
}

static void matches(void **state)
{
    (void)state;
    static const struct {
        const char *selector, *want; /* NULL: matches nothing */
        int count;
    } rows[] = {
        { "h2", "first", 3 },
        { "H2", "first", 3 },
        { "b", "plain", 1 }, /* an element that the tables otherwise leave out */
        { "span", "deep", 1 },
        { ".con > h2", "first", 2 },
        { "body > h2", NULL, 0 },
        { "body h2", "first", 3 },
        { "div.con.main > p", "one", 2 },
        { "div.main.bar", NULL, 0 },
        { ".Upper p", "upper", 1 },
        { ".upper p", NULL, 0 },
        { "#top", "top link", 1 },
        { "#top a::attr(href)", "/a.html", 1 },
        { "#top > a[href$='.html']", "top link", 1 },
        { "a[href^='/b']", NULL, 0 },
        { "[lang=zh] > .x", "one", 1 },
        { "[class~=main] b", "plain", 1 },
        { "[class=main] b", NULL, 0 },
        { "[class*=mai] b", "plain", 1 },
        { "h2 + h2", "second", 1 },
        { "h2 + b", "plain", 1 },
        { "h2 + p", NULL, 0 },
        { "h2 ~ p", "one", 2 },
        { "p ~ h2", NULL, 0 },
        { "h2:nth-of-type(2)", "second", 1 },
        { "h2:first-of-type", "first", 2 },
        { "p:nth-of-type(2) > span", "deep", 1 },
        { "tr:nth-of-type(2) > td:nth-of-type(2) h2", "in cell", 1 },
        { "table > tr > td", "r1c1", 4 },
        { "table > tbody > tr:nth-of-type(2) > td", "r2c1", 2 },
        { "table tbody td:nth-of-type(2)", "r1c2", 2 },
        { "tbody > tr > td", "r1c1", 4 },
        { "meta[name=PubDate]", "2024-05-06 10:00", 1 },
        { "meta[name=PubDate]::attr(name)", "PubDate", 1 },
        { "meta[name=Empty]", NULL, 0 }, /* it has no content */
        { "input[name=d]", "from input", 1 },
        { "img, h3, .x", "one", 1 },
        { ".x, p.x, p", "one", 6 }, /* each element once */
        { ".hid", "hidden text", 1 },
        { "*.empty, b", "plain", 2 }, /* the first that says something */
        { ".nothing", NULL, 0 },
        { ".broken", "水利工作的决定 A b", 1 },
        { "table table td", NULL, 0 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        char lines[300];
        snprintf(lines, sizeof(lines), "title %s\n", rows[i].selector);
        struct span title = read_with(lines, page, &out, 0);
        bad += lacks(rows[i].selector, "no result", out.selected_count == 1);
        bad += lacks(rows[i].selector, "counts wrongly", out.selected_count == 1 && out.selected[0].matches == rows[i].count);
        if (rows[i].want != NULL)
            bad += differs(rows[i].selector, "title", title, rows[i].want) + differs(rows[i].selector, "why", out.selected[0].why, NULL);
        else
            bad += differs(rows[i].selector, "why", out.selected[0].why, "matched nothing");
    }
    assert_int_equal(bad, 0);
}

/* ---- what becomes of an article ------------------------------------------------------------------------------------ */

/* Nothing in it is where the general reader looks: texts in <b>, the date in words of its own, share words amid the text. */
static const char odd[] =
    "<html><body><b class=k1>关于水利工作的\n 决定</b><b class=k2>一九年初<i>2019-03-04</i></b>"
    "<b class=k3>来源：云溪日报</b><b class=k4>李明远 周敏</b><b class=k5>议事会观察组</b>"
    "<div class=t><p>第一段。<b class=ad>广告</b>后半句。</p><div class=t><p>第二段。</p></div></div>"
    "<div class=ad>广告栏</div><div class=t><p>第三段。</p></div></body></html>";

static void articles(void **state)
{
    (void)state;
    struct page_out out;
    int bad = 0;
    read_with("title .k1\ndate .k2\nsource .k3\nauthors .k4, .k5\nbody .t\nexcept .ad\n", odd, &out, 0);
    assert_non_null(out.article);
    bad += differs("odd", "title", out.article->f[ARTICLE_TITLE], "关于水利工作的决定");
    bad += differs("odd", "published", out.article->f[ARTICLE_PUBLISHED], "2019-03-04");
    bad += differs("odd", "source", out.article->f[ARTICLE_SOURCE], "云溪日报");
    bad += differs("odd", "text", out.article->f[ARTICLE_TEXT],
                   "第一段。后半句。\n第二段。\n第三段。");
    assert_int_equal(out.article->author_count, 3);
    bad += differs("odd", "first author", out.article->authors[0].name, "李明远");
    bad += differs("odd", "group", out.article->authors[2].name, "议事会观察组");
    assert_int_equal(out.selected_count, 5); /* `except` may well match nothing */
    assert_int_equal(bad, 0);
}

/* Documents are looked for where the text was selected. */
static void attachments(void **state)
{
    (void)state;
    static const char html[] = "<html><body><h1>标题</h1><div class=content><p>" TEXT TEXT TEXT TEXT "</p></div>"
                               "<table><tr><td class=k>短文。<a href='/d/report.pdf'>报告全文</a></td></tr></table></body></html>";
    struct page_out out;
    read_with("title h1\n", html, &out, 0);
    assert_int_equal(out.needs->other_count, 0);
    read_with("title h1\nbody td.k\n", html, &out, 0);
    assert_int_equal(differs("attachments", "text", out.article->f[ARTICLE_TEXT], "短文。报告全文"), 0);
    assert_int_equal(out.needs->other_count, 1);
}

/* What is of no use leaves the general reader's value, and says so. */
static void falls_back(void **state)
{
    (void)state;
    struct page_out plain, out;
    int bad = 0;
    struct span title = read_with(NULL, page, &plain, 0);
    assert_int_equal(plain.selected_count, 0);
    struct span same = read_with("title .nothing\ndate .x\nbody .empty\nsource .empty\nwrong h1\nbody ..\n", page, &out, 0);
    assert_non_null(out.article);
    bad += lacks("fallback", "another title", span_eq(title, same));
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        bad += lacks(article_fields[i].name, "is another", span_eq(plain.article->f[i], out.article->f[i]));
    static const struct {
        const char *field, *why;
    } want[] = { { "title", "matched nothing" }, { "date", "holds no date" }, { "source", "is empty" }, { "body", "is empty" } };
    assert_int_equal(out.selected_count, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++)
        bad += differs("field", "name", out.selected[i].field, want[i].field) + differs(want[i].field, "why", out.selected[i].why, want[i].why);
    assert_int_equal(bad, 0);
}

/* Until the end of the day, by when the page was fetched. */
static void validity(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        int64_t fetched_at;
        size_t used;
    } rows[] = {
        { "2027-06-30", 1814399999999, 1 }, { "2027-06-30", 1814400000000, 0 }, { "2027-06-30", 0, 1 },
        { "2027-06-30", INT64_MAX, 1 }, /* no such day: as if unknown */
        { "", 1814400000000, 1 },       { "soon", 1814400000000, 1 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        char lines[100];
        snprintf(lines, sizeof(lines), "title h2\nvalid_until %s\n", rows[i].day);
        read_with(lines, page, &out, rows[i].fetched_at);
        bad += lacks(rows[i].day, "is judged wrongly", out.selected_count == rows[i].used);
    }
    assert_int_equal(bad, 0);
}

/* ---- lists --------------------------------------------------------------------------------------------------------- */

static const char list[] =
    "<html><body><ul class=hot><li><a href='/art/9.html'>hot nine</a><li><a href='/art/2.html'>two again</a></ul>"
    "<ul class=news><li><a href='/art/1.html'>one</a> <span>2024-01-01</span><li><a href='/art/2.html'>two</a>"
    "<li><a href='/art/3.html'>three</a></ul><div><a href='index_2.html'>下一页</a></div></body></html>";

static void lists(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *want, *why;
    } rows[] = {
        { "list ul.news\n", "/art/1.html /art/2.html /art/3.html /index_2.html ", "" },
        { "list ul.news a\n", "/art/1.html /art/2.html /art/3.html /index_2.html ", "" },
        { "list .none\n", "/art/9.html /art/2.html /art/1.html /art/3.html /index_2.html ", "matched nothing" },
        { "list span\n", "/art/9.html /art/2.html /art/1.html /art/3.html /index_2.html ", "holds no link" },
        { "title h1\n", "/art/9.html /art/2.html /art/1.html /art/3.html /index_2.html ", NULL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        struct span pattern = SPAN("/art/");
        struct page_in in = { .bytes = span_of(list), .url = SPAN("http://www.example.org/"), .final_url = SPAN("http://www.example.org/"),
                              .content_type = SPAN("text/html; charset=utf-8"), .role = ROLE_LIST,
                              .site = { .article_patterns = &pattern, .article_pattern_count = 1, .selectors = span_of(rows[i].lines) } };
        page_read(reader, &in, arena, &out);
        struct span all = SPAN("");
        for (size_t k = 0; k < out.link_count; k++)
            all = arena_printf(arena, "%.*s%s ", SPAN_FMT(all), out.links[k].url.p + strlen("http://www.example.org"));
        bad += differs(rows[i].lines, "links", all, rows[i].want);
        bad += lacks(rows[i].lines, "its result", out.selected_count == (rows[i].why != NULL));
        if (out.selected_count == 1)
            bad += differs(rows[i].lines, "why", out.selected[0].why, rows[i].why);
    }
    assert_int_equal(bad, 0);
}

/* ---- what a page may do -------------------------------------------------------------------------------------------- */

/* Deep nesting, endless siblings, unclosed and crossing tags: bounded, and the same rules hold. */
static void hostile(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece, *after;
        int times;
    } rows[] = {
        { "<html><body>", "<div class=con>", TEXT, 200000 },
        { "<html><body>", "<div class=con><p>", TEXT, 100 },
        { "<html><body>", "<p class=con>x</p>", TEXT, 300000 },
        { "<html><body><table>", "<tr class=con><td><b>", TEXT, 5000 },
        { "<html><body>", "</div><b class=con><div></b>", TEXT, 20000 },
        { "<html><body>", "<meta class=con content=x><img class=con>", TEXT, 20000 },
        { "<html><body>", "<b class=con>", TEXT, 200000 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t n = strlen(rows[i].piece), before = strlen(rows[i].before), after = strlen(rows[i].after);
        char *html = malloc(before + n * (size_t)rows[i].times + after + 1);
        assert_non_null(html);
        memcpy(html, rows[i].before, before);
        for (int k = 0; k < rows[i].times; k++)
            memcpy(html + before + n * (size_t)k, rows[i].piece, n);
        memcpy(html + before + n * (size_t)rows[i].times, rows[i].after, after + 1);
        struct page_out out;
        read_with("title .con .con, .con + .con\nbody .con\nexcept b ~ b\ndate p:nth-of-type(70000)\n", html, &out, 0);
        for (size_t k = 0; k < out.selected_count; k++)
            bad += lacks(rows[i].piece, "more matches than are kept", out.selected[k].matches <= 64);
        arena_reset(arena);
        free(html);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes), cmocka_unit_test(limits), cmocka_unit_test(matches), cmocka_unit_test(articles), cmocka_unit_test(attachments),
        cmocka_unit_test(falls_back), cmocka_unit_test(validity), cmocka_unit_test(lists), cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
