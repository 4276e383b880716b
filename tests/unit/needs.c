/* What belongs to an article: pagers of every make, what only looks like one, attachments; and how it is joined. */
#include "page_test.h"

#include "worker/join.h"
#include "worker/needs.h"

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define HOST      "http://www.a.gov.cn"

static const char text[] = "<p>会议听取和审议了市人民政府关于环境保护工作情况的报告，并开展了专题询问，提出了审议意见。</p>"
                           "<p>会议还审议了其他事项，对全市经济社会发展提出了意见和建议，要求有关部门认真研究处理。</p>";

static struct span page_of(const char *behind)
{
    return arena_printf(arena, "<html><head><title>标题一二三四五六</title></head><body><h1>标题一二三四五六</h1>"
                               "<div id=zoom>%s</div>%s</body></html>", text, behind);
}

static void read_page(const char *url, const char *behind, bool part, struct page_out *out)
{
    struct page_in in = { .bytes = page_of(behind), .url = span_of(url), .final_url = span_of(url),
                          .content_type = SPAN("text/html; charset=utf-8"), .role = ROLE_ARTICLE, .part = part };
    page_read(reader, &in, arena, out);
}

/* ---- pages ----------------------------------------------------------------------------------------------------------- */

struct pages_row {
    const char *name, *url, *behind;
    const char *const *want; /* in order; the part of the address behind the host */
    const char *first;       /* it is a further page of this one */
};

static int check_pages(const struct pages_row *row)
{
    struct page_out out;
    struct span got = SPAN("");
    struct span want = SPAN("");
    read_page(row->url, row->behind, true, &out);
    if (out.needs == NULL)
        return lacks(row->name, "not looked for", false);
    for (int i = 1; i <= NEEDS_NUMBER_MAX; i++) {
        if (out.needs->pages[i].n > 0 && i != out.needs->own)
            got = arena_printf(arena, "%.*s %.*s", SPAN_FMT(got), SPAN_FMT(out.needs->pages[i]));
    }
    for (size_t i = 0; row->want[i] != NULL; i++)
        want = arena_printf(arena, "%.*s " HOST "%s", SPAN_FMT(want), row->want[i]);
    struct span first = row->first == NULL ? (struct span){ NULL, 0 } : arena_printf(arena, HOST "%s", row->first);
    int bad = differs(row->name, "pages", got, want.p) + differs(row->name, "first", out.needs->first, first.p);
    read_page(row->url, row->behind, false, &out);
    bool alone = out.class == CLASS_ARTICLE;
    bad += lacks(row->name, row->first == NULL ? "no article" : "an article of its own", alone == (row->first == NULL));
    if (row->first != NULL)
        bad += lacks(row->name, "no way to the first page", out.link_count == 1 && span_eq(out.links[0].url, first));
    return bad;
}

static void pagers(void **state)
{
    (void)state;
    static const char numbers[] = "<div class=page><span>1</span><a href='7_2.html'>2</a><a href='7_3.html'>3</a>"
                                  "<a href='7_2.html'>下一页</a></div>";
    const struct pages_row rows[] = {
        { "numbers", HOST "/a/7.html", numbers, LIST("/a/7_2.html", "/a/7_3.html"), NULL },
        { "in brackets", HOST "/a/7.html", "<a href='7_2.html'>[2]</a> <a href='/a/7_3.html'>第3页</a>",
          LIST("/a/7_2.html", "/a/7_3.html"), NULL },
        { "next only", HOST "/a/7.html", "<a href='7_2.html'>下一页</a>", LIST("/a/7_2.html"), NULL },
        { "next only, counted from 1", HOST "/a/7.html", "<a href='7_1.html'>下一页&gt;&gt;</a>", LIST("/a/7_1.html"), NULL },
        { "gaps are filled", HOST "/a/7.html", "<a href='7_2.html'>2</a>…<a href='7_5.html'>末页</a>",
          LIST("/a/7_2.html", "/a/7_3.html", "/a/7_4.html", "/a/7_5.html"), NULL },
        { "gaps beyond nine", HOST "/a/7.html", "<a href='7_9.html'>9</a>…<a href='7_11.html'>11</a>",
          LIST("/a/7_9.html", "/a/7_10.html", "/a/7_11.html"), NULL },
        { "a dash", HOST "/a/7.html", "<a href='7-2.html'>2</a>", LIST("/a/7-2.html"), NULL },
        { "numbered from the first", HOST "/show-7-1.html", "<a href='show-7-1.html'>1</a><a href='show-7-2.html'>2</a>",
          LIST("/show-7-2.html"), NULL },
        { "the first under two addresses", HOST "/show-7.html",
          "<a href='show-7-1.html'>1</a><a href='show-7-2.html'>2</a><a href='show-7-3.html'>3</a>",
          LIST("/show-7-2.html", "/show-7-3.html"), NULL },
        { "query", HOST "/v.php?id=7", "<a href='?id=7&amp;page=2'>2</a><a href='?id=7&page=3'>3</a>",
          LIST("/v.php?id=7&page=2", "/v.php?id=7&page=3"), NULL },
        { "query in front", HOST "/v.php?id=7", "<a href='?page=2&amp;id=7'>下一页</a>", LIST("/v.php?page=2&id=7"), NULL },
        { "folder", HOST "/a/7.html", "<a href='/a/7/2.html'>2</a>", LIST("/a/7/2.html"), NULL },
        { "folder with a slash", HOST "/a/7/", "<a href='/a/7/2/'>2</a>", LIST("/a/7/2/"), NULL },
        { "createPageHTML", HOST "/a/t20240115_12.html",
          "<script>createPageHTML(3, 0, \"t20240115_12\", \"html\");</script>",
          LIST("/a/t20240115_12_1.html", "/a/t20240115_12_2.html"), NULL },
        { "createPageHTML with an element", HOST "/a/t20240115_12.htm",
          "<script>createPageHTML('pager',2,0,'t20240115_12','htm',5);</script>", LIST("/a/t20240115_12_1.htm"), NULL },
        { "variables of a script", HOST "/a/t20240115_12.htm",
          "<script>var currentPage = 0; //from 0\nvar countPage = 3 //in all\ndocument.write('<a href=\"t20240115_12' + '_' + next + '.htm\">');"
          "</script>", LIST("/a/t20240115_12_1.htm", "/a/t20240115_12_2.htm"), NULL },
        { "a further page by variables", HOST "/a/t20240115_12_1.htm",
          "<script>var currentPage=1;var countPage=3;w('t20240115_12');</script>", LIST("/a/t20240115_12_2.htm"), "/a/t20240115_12.htm" },
        { "a further page: the first leads the list", HOST "/a/7_2.html",
          "<a href='7.html'>1</a><span>2</span><a href='7_3.html'>3</a>", LIST("/a/7_3.html"), "/a/7.html" },
        { "the last page has only ways back", HOST "/a/7_2.html", "<a href='7.html'>上一页</a>", LIST(NULL), "/a/7.html" },
        { "a further page in a folder", HOST "/a/7/2.html", "<a href='/a/7.html'>1</a>", LIST(NULL), "/a/7.html" },
        { "a further page by script", HOST "/a/t20240115_12_1.html",
          "<script>createPageHTML(3, 1, \"t20240115_12\", \"html\");</script>", LIST("/a/t20240115_12_2.html"),
          "/a/t20240115_12.html" },
        { "a further page, numbered from 1", HOST "/show-7-2.html",
          "<a href='show-7-1.html'>1</a><a href='show-7-3.html'>下一页</a>", LIST("/show-7-3.html"), "/show-7-1.html" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check_pages(&rows[i]);
    assert_int_equal(bad, 0);
}

static void no_pagers(void **state)
{
    (void)state;
    const struct pages_row rows[] = {
        { "nothing", HOST "/a/7.html", "", LIST(NULL), NULL },
        { "the article after it", HOST "/a/t20240115_12.html", "下一篇：<a href='t20240115_13.html'>关于会议的公告</a>",
          LIST(NULL), NULL },
        { "the articles around it, by number", HOST "/a/12.html", "<a href='11.html'>上一页</a><a href='13.html'>下一页</a>",
          LIST(NULL), NULL },
        { "its neighbours in a series of ids", HOST "/a/t20240115_12.html",
          "<a href='t20240115_11.html'>上一篇</a><a href='t20240115_13.html'>下一篇</a>", LIST(NULL), NULL },
        { "the pager of its column", HOST "/a/7.html", "<a href='index_1.html'>2</a><a href='index_2.html'>下一页</a>",
          LIST(NULL), NULL },
        { "the column's script", HOST "/a/7.html", "<script>createPageHTML(20, 0, \"index\", \"html\");</script>", LIST(NULL),
          NULL },
        { "variables of the column's pager", HOST "/a/7000.html", "<script>var currentPage = 0; var countPage = 9; w('index_');</script>",
          LIST(NULL), NULL },
        { "one page by script", HOST "/a/7.html", "<script>createPageHTML(1, 0, \"7\", \"html\");</script>", LIST(NULL), NULL },
        { "another site", HOST "/a/7.html", "<a href='http://b.cn/a/7_2.html'>2</a>", LIST(NULL), NULL },
        { "a number that is none of the page's", HOST "/a/7.html", "<a href='7_8.html'>2</a>", LIST(NULL), NULL },
        { "words", HOST "/a/7.html", "<a href='7_2.html'>第2次会议的公告</a>", LIST(NULL), NULL },
        { "itself", HOST "/a/7.html", "<a href='7.html'>1</a><a href='#'>2</a><a href='javascript:;'>3</a>", LIST(NULL), NULL },
        { "a script without an end", HOST "/a/7.html", "<script>createPageHTML(3, 0, \"7</script>", LIST(NULL), NULL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check_pages(&rows[i]);
    assert_int_equal(bad, 0);
}

/* ---- attachments ------------------------------------------------------------------------------------------------------- */

static void attachments(void **state)
{
    (void)state;
    static const struct {
        const char *name, *behind, *want; /* kind, address behind the host, name */
    } rows[] = {
        { "pdf", "<a href='P0202.pdf'>附件：报告.pdf</a>", "attachment /a/P0202.pdf 附件：报告.pdf" },
        { "docx", "<a href='/f/x.docx'>附件1</a>", "attachment /f/x.docx 附件1" },
        { "capitals", "<a href='X.PDF'>附件</a>", "attachment /a/X.PDF 附件" },
        { "by the query", "<a href='/down.jsp?id=3&amp;filename=x.pdf'>附件</a>", "attachment /down.jsp?id=3&filename=x.pdf 附件" },
        { "by its name", "<a href='/down?id=3'>决算.docx</a>", "attachment /down?id=3 决算.docx" },
        { "others are listed", "<a href='x.xls'>附件：表</a>", "listed /a/x.xls 附件：表" },
        { "without words", "<a href='%E8%A1%A8.zip'><img src=i.gif></a><a href='x.wps'>x.wps</a>", "listed /a/x.wps x.wps" },
        { "once", "<a href='x.pdf'>附件</a><a href='x.pdf'>附件</a>", "attachment /a/x.pdf 附件" },
        { "the label before it", "<p>附件：1. <a href='x.docx'>报告</a></p>", "attachment /a/x.docx 报告" },
        { "the label above it", "<p>附件：</p><p><a href='x.pdf'>报告</a></p><p>2. <a href='y.xls'>各地区附表</a></p>",
          "attachment /a/x.pdf 报告; listed /a/y.xls 各地区附表" },
        { "a heading of its own", "<div><h3>相关附件</h3><ul><li><a href='x.pdf'>报告</a></li></ul></div>", "attachment /a/x.pdf 报告" },
        { "a page", "<a href='x.html'>附件</a>", NULL },
        { "a page below the label", "<p>附件：</p><p><a href='x.html'>报告</a></p>", NULL },
        { "something else between", "<p>附件：见纸质文件</p><p>网站的使用方法</p><p><a href='x.pdf'>手册</a></p>", NULL },
        { "not the article's", "<a href='/help/manual.pdf'>网站使用手册</a>", NULL },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        struct span got = SPAN("");
        read_page(HOST "/a/7.html", rows[i].behind, false, &out);
        for (size_t k = 0; k < out.needs->other_count; k++) {
            const struct result_need *n = &out.needs->others[k];
            got = arena_printf(arena, "%.*s%s%s %s %.*s", SPAN_FMT(got), k > 0 ? "; " : "", need_kind_names[n->kind],
                               n->url.p + strlen(HOST), SPAN_FMT(n->name));
        }
        bad += differs(rows[i].name, "attachments", got.n > 0 ? got : (struct span){ NULL, 0 }, rows[i].want);
    }
    struct page_out far;
    read_page(HOST "/a/7.html", "<a href='http://b.cn/x.pdf'>附件：x.pdf</a>", false, &far);
    bad += lacks("another host's", "not listed only", far.needs->other_count == 1 && far.needs->others[0].kind == NEED_LISTED);
    assert_int_equal(bad, 0);
}

static void limits(void **state)
{
    (void)state;
    struct span many = SPAN("");
    for (int i = 2; i < 95; i++)
        many = arena_printf(arena, "%.*s<a href='7_%d.html'>%d</a><a href='%d.pdf'>附件%d</a>", SPAN_FMT(many), i, i, i, i);
    struct page_out out;
    struct result_need *needs;
    read_page(HOST "/a/7.html", many.p, false, &out);
    const struct page_in in = { .url = SPAN(HOST "/a/7.html") };
    size_t count[NEED_KIND_COUNT] = { 0 }, n = join(reader, &in, &(struct join_parts){ 0 }, arena, &out, &needs);
    for (size_t i = 0; i < n; i++)
        count[needs[i].kind]++;
    assert_int_equal(count[NEED_PAGE], RESULT_PAGES_MAX);
    assert_int_equal(count[NEED_ATTACHMENT], RESULT_ATTACHMENTS_MAX);
    assert_true(count[NEED_LISTED] > 0 && n <= RESULT_NEEDS_MAX);
}

/* ---- joining ------------------------------------------------------------------------------------------------------------ */

struct served {
    const char *url;
    struct span bytes;
};

static struct span serve(void *ctx, struct span url, struct page_in *page)
{
    for (const struct served *s = ctx; s->url != NULL; s++) {
        if (span_is(url, s->url)) {
            page->url = page->final_url = url;
            page->content_type = SPAN("");
            return s->bytes;
        }
    }
    return (struct span){ NULL, 0 };
}

#define LEAD   "本报讯：市人大常委会举行会议，听取和审议有关工作报告。"
#define ONE    "第一部分，会议听取了关于预算执行情况的报告，提出了意见。"
#define TWO    "第二部分，会议听取了关于环境保护情况的报告，提出了建议。"
#define THREE  "第三部分，会议听取了关于教育工作情况的报告，作出了决议。"
#define SIGNED "以上情况，由市人大常委会办公室负责整理并向社会公布。"

static struct span lines_page(const char *const *lines, const char *behind)
{
    struct span all = SPAN("");
    for (; *lines != NULL; lines++)
        all = arena_printf(arena, "%.*s<p>%s</p>", SPAN_FMT(all), *lines);
    return arena_printf(arena, "<html><head><meta charset=utf-8><title>市人大常委会会议综述</title></head><body>"
                               "<h1>市人大常委会会议综述</h1><div id=zoom>%.*s</div>%s</body></html>", SPAN_FMT(all), behind);
}

static void joining(void **state)
{
    (void)state;
    static const char pager[] = "<a href='7_2.html'>2</a><a href='7_3.html'>3</a>";
    const struct {
        const char *name;
        const char *const *pages[3]; /* NULL: not there */
        const char *want, *why;      /* why: what page 2 says */
    } rows[] = {
        { "in order", { LIST(LEAD, ONE), LIST(TWO), LIST(THREE) }, LEAD "\n" ONE "\n" TWO "\n" THREE, "" },
        { "a lead that each repeats", { LIST(LEAD, ONE), LIST(LEAD, TWO), LIST(LEAD, THREE) },
          LEAD "\n" ONE "\n" TWO "\n" THREE, "" },
        { "an end that each repeats", { LIST(LEAD, ONE, SIGNED), LIST(TWO, SIGNED), LIST(THREE, SIGNED) },
          LEAD "\n" ONE "\n" TWO "\n" THREE "\n" SIGNED, "" },
        { "pages that overlap", { LIST(LEAD, ONE), LIST(ONE, TWO), LIST(TWO, THREE) }, LEAD "\n" ONE "\n" TWO "\n" THREE, "" },
        { "the first page again", { LIST(LEAD, ONE), LIST(LEAD, ONE), LIST(THREE) }, LEAD "\n" ONE "\n" THREE,
          "it repeats what stands before" },
        { "one is missing", { LIST(LEAD, ONE), NULL, LIST(THREE) }, LEAD "\n" ONE "\n" THREE, "" },
        { "only the first", { LIST(LEAD, ONE), NULL, NULL }, LEAD "\n" ONE, "" },
        { "a page that ends with all of the one before", { LIST(LEAD, ONE), LIST(TWO), LIST(THREE, TWO) },
          LEAD "\n" ONE "\n" THREE "\n" TWO, "a later page repeats it" },
        { "nothing on it", { LIST(LEAD, ONE), LIST(""), LIST(THREE) }, LEAD "\n" ONE "\n" THREE, "no article body" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct served served[3] = { { 0 } };
        size_t n = 0;
        for (int k = 1; k < 3; k++) {
            if (rows[i].pages[k] != NULL)
                served[n++] = (struct served){ k == 1 ? HOST "/a/7_2.html" : HOST "/a/7_3.html",
                                               lines_page(rows[i].pages[k], "<a href='7.html'>1</a>") };
        }
        struct page_in in = { .bytes = lines_page(rows[i].pages[0], pager), .url = SPAN(HOST "/a/7.html"),
                              .final_url = SPAN(HOST "/a/7.html"), .role = ROLE_ARTICLE };
        struct page_out out;
        struct result_need *needs;
        page_read(reader, &in, arena, &out);
        size_t count = join(reader, &in, &(struct join_parts){ serve, NULL, served }, arena, &out, &needs);
        struct span got = out.article->f[ARTICLE_TEXT];
        bad += differs(rows[i].name, "text", got, rows[i].want) + lacks(rows[i].name, "not two parts", count == 2);
        bad += differs(rows[i].name, "why", needs[0].why, rows[i].why[0] == '\0' ? NULL : rows[i].why);
        for (size_t k = 0; k < count; k++) {
            size_t from = text_offset(got, needs[k].from), to = text_offset(got, needs[k].to);
            const char *own = k == 0 ? TWO : THREE;
            struct span stands = { got.p + from, to - from };
            bad += lacks(rows[i].name, "a part stands elsewhere", to == from || span_has(stands, span_of(own)));
        }
    }
    assert_int_equal(bad, 0);
}

static bool no_time(void *ctx)
{
    (void)ctx;
    return false;
}

/* An attachment's text stands below a line with its name; what is none says so. */
static void joining_attachments(void **state)
{
    (void)state;
    static const struct served served[] = { { HOST "/a/x.pdf", { "<html>404", 9 } }, { HOST "/a/y.docx", { "", 0 } }, { 0 } };
    struct page_in in = { .bytes = page_of("<a href='x.pdf'>附件：x.pdf</a><a href='y.docx'>附件：y</a>"),
                          .url = SPAN(HOST "/a/7.html"), .final_url = SPAN(HOST "/a/7.html"), .role = ROLE_ARTICLE };
    struct page_out out;
    struct result_need *needs;
    page_read(reader, &in, arena, &out);
    struct span before = out.article->f[ARTICLE_TEXT];
    assert_int_equal(join(reader, &in, &(struct join_parts){ serve, NULL, (void *)served }, arena, &out, &needs), 2);
    assert_true(span_eq(before, out.article->f[ARTICLE_TEXT]));
    assert_true(span_has(needs[0].why, SPAN("neither PDF nor DOCX")) && span_has(needs[1].why, SPAN("empty")));
    page_read(reader, &in, arena, &out);
    assert_int_equal(join(reader, &in, &(struct join_parts){ serve, no_time, (void *)served }, arena, &out, &needs), 2);
    assert_true(span_has(needs[0].why, SPAN("no time")) && span_has(needs[1].why, SPAN("no time")));
}

/* An announcement that is nothing but its attachment. */
static void only_an_attachment(void **state)
{
    (void)state;
    static const char html[] = "<html><head><meta charset=utf-8><meta name=ArticleTitle content='关于公布决算报告的公告'></head><body>"
                               "<div id=zoom><a href='x.pdf'><img src=i.gif></a></div></body></html>";
    static const struct served served[] = { { HOST "/a/x.pdf", { "%PDF-1.4\n", 9 } }, { 0 } };
    struct page_in in = { .bytes = SPAN(html), .url = SPAN(HOST "/a/7.html"), .final_url = SPAN(HOST "/a/7.html"), .role = ROLE_ARTICLE };
    struct page_out out;
    struct result_need *needs;
    page_read(reader, &in, arena, &out);
    assert_int_equal(out.class, CLASS_ARTICLE);
    assert_int_equal(join(reader, &in, &(struct join_parts){ serve, NULL, (void *)served }, arena, &out, &needs), 1);
    assert_int_equal(out.article->f[ARTICLE_TEXT].n, 0);
    assert_true(span_has(needs[0].why, SPAN("cannot be read")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pagers),  cmocka_unit_test(no_pagers), cmocka_unit_test(attachments),
        cmocka_unit_test(limits),  cmocka_unit_test(joining),   cmocka_unit_test(joining_attachments),
        cmocka_unit_test(only_an_attachment),
    };
    return cmocka_run_group_tests_name("needs", tests, set_up, tear_down);
}
