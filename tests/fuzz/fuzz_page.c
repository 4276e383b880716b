/* A page of any bytes, as each kind of page: read, searched for findings, packed as the child packs it. The sink must be
 * able to read the result: else the page would be blamed for what we made of it. Linear in memory: a page of at most
 * 64 KB never fills the arena. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "common/text.h"
#include "common/wire.h"
#include "tests/fuzz/fuzz.h"
#include "worker/findings/findings.h"
#include "worker/join.h"
#include "worker/page.h"

#define ARENA_BYTES ((size_t)512 * 1024 * 1024)

const char *const fuzz_words[] = {
    "<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "<a href=\"http://a.cn/2025/1.html\">", "</a>", "<script>", "</script>", "<!--", "-->",
    "<![CDATA[", "]]>", "<h1>", "<title>", "<base href=\"//", "<meta charset=gb2312>", "<meta charset=utf-16>", "<li>", "<br>", "&nbsp;", "&#x4eba;",
    "<a href=\"c1a2_2.html\">2</a>", "<a href=\"a.pdf\">", "<b id=a>", "</b><b>", "%PDF-1.4\n", "PK\x03\x04",
    "&#0;", "&#xd800;", "&#99999999;", "createPageHTML(", "<?xml version=\"1.0\"?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<item>", "<loc>", "\x1f\x8b\x08",
    "\xef\xbb\xbf", "\xff\xfe", "\xe4\xba", "\xed\xa0\x80", "\n\n", "2025年3月14日", "第十四届人大常委会第十七次会议", "《城市管理条例》", "表决通过",
    "听取审议", "12次", "余件", "一百二十三万四千五百六十七亿", "99999999999999999999999999999999999999999999", "0.00000000000000000000001", "3.5%",
    "三分之二", "其中", "分别", "占", "较上年提升", "赞成55票", "任命张三为", "、", ",", "。", "“", "”", "(", ")", "来源:", "责任编辑:", "发布日期:", NULL,
};

static struct arena *arena;
static struct page_reader *reader;
static struct rules *rules;

static void set_up(void)
{
    struct err e;
    arena = arena_new(ARENA_BYTES, NULL);
    reader = page_reader_new();
    rules = rules_new(NULL, &e);
    FUZZ_MUST(reader != NULL && rules != NULL);
}

/* As the child does it. */
static void take_links(const struct page_out *page, struct result *r)
{
    r->link_count = page->link_count < RESULT_LINKS_MAX ? page->link_count : RESULT_LINKS_MAX;
    r->links = ARENA_ARRAY(arena, struct result_link, r->link_count);
    for (size_t i = 0; i < r->link_count; i++) {
        const struct link *l = &page->links[i];
        r->links[i] = (struct result_link){ l->url, span_of(page_role_names[l->role]), l->title, l->date, l->column, l->next };
    }
}

/* Every span within the text, in the order of places. */
static void look_at_findings(const struct result *r)
{
    size_t characters = r->article == NULL ? 0 : text_count(r->article->f[ARTICLE_TEXT]);
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.items[i];
        FUZZ_MUST(f->start < f->end && f->end <= characters);
        FUZZ_MUST(f->quote.n > 0 && span_has(r->article->f[ARTICLE_TEXT], f->quote));
    }
}

/* Every kind of part, on elements that the seeds have. */
#define SELECTORS                                                                                                           \
    SPAN("title h1, div > p:nth-of-type(2), [name=ArticleTitle]\ndate meta[name^=Pub], div.info\nsource .info + div\nauthors p ~ p\n" \
         "editor div[class*=info]\nbody div, body > p, td\nexcept li a, p p\nlist ul, table > tbody td\ncolumn a::attr(href)\n")

/* Whatever belongs to the article is the page itself: a further page, and an attachment that is none. */
static struct span give_same(void *ctx, struct span url, struct page_in *page)
{
    page->url = page->final_url = url;
    return *(struct span *)ctx;
}

/* The parts stand in the text, one behind the other. */
static void look_at_needs(const struct result *r)
{
    size_t characters = r->article == NULL ? 0 : text_count(r->article->f[ARTICLE_TEXT]), at = 0;
    FUZZ_MUST(r->need_count <= RESULT_NEEDS_MAX);
    for (size_t i = 0; i < r->need_count; i++) {
        const struct result_need *n = &r->needs[i];
        FUZZ_MUST(n->url.n > 0 && n->kind < NEED_KIND_COUNT && n->from <= n->to && n->to <= characters);
        FUZZ_MUST(n->to == 0 || n->from >= at);
        FUZZ_MUST(n->kind == NEED_LISTED || n->to > n->from || n->why.n > 0); /* else it would be sent again and again */
        at = n->to > 0 ? n->to : at;
    }
}

static void read_as(struct span bytes, enum page_role role, const char *url, const char *type)
{
    static const struct span patterns[] = { { "/\\d{4}/.*\\.html", 13 } };
    struct page_in in = { .bytes = bytes, .url = span_of(url), .final_url = span_of(url), .content_type = span_of(type), .role = role,
                          .fetched_at = bytes.n % 5 == 0 ? 0 : 1741910400000,
                          .site = { .name = SPAN("某人大网"), .org = SPAN("某市人大常委会"), .region = SPAN("某市"), .level = SPAN("prefecture"),
                                    .article_patterns = patterns, .article_pattern_count = bytes.n % 2,
                                    .selectors = bytes.n % 3 == 0 ? SELECTORS : SPAN("") } };
    struct page_out page = { 0 };
    page_read(reader, &in, arena, &page);
    struct result r = { .page_class = span_of(page_class_names[page.class]), .charset = page.charset, .charset_how = page.charset_how,
                        .reason = page.reason, .selected = page.selected, .selected_count = page.selected_count }, again = { 0 };
    const struct join_parts parts = { give_same, NULL, &bytes };
    r.need_count = join(reader, &in, &parts, arena, &page, &r.needs);
    if (page.article != NULL) {
        const struct findings_site site = { in.site.org, in.site.region, in.site.level };
        findings_find(rules, page.article, &site, arena, &r.findings);
        r.article = page.article;
    }
    take_links(&page, &r);
    look_at_findings(&r);
    look_at_needs(&r);
    msgpack_sbuffer out;
    msgpack_packer pk;
    struct err e = { "" };
    msgpack_sbuffer_init(&out);
    msgpack_packer_init(&pk, &out, msgpack_sbuffer_write);
    wire_pack_parsed(&pk, &r);
    if (wire_read_parsed((struct span){ out.data, out.size }, arena, &again, &e) < 0) {
        fprintf(stderr, "%s: what was made of this page cannot be read: %s\n", page_role_names[role], e.msg);
        abort();
    }
    FUZZ_MUST(again.findings.n == r.findings.n && again.link_count == r.link_count && again.selected_count == r.selected_count && again.need_count == r.need_count);
    msgpack_sbuffer_destroy(&out);
    arena_reset(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct span page = { (const char *)bytes, n };
    if (reader == NULL)
        set_up();
    read_as(page, ROLE_ARTICLE, "http://www.example.gov.cn/2025/0314/c1a2.html", "text/html");
    read_as(page, ROLE_LIST, "http://www.example.gov.cn/list/", "text/html; charset=gb2312");
    read_as(page, n % 2 ? ROLE_FEED : ROLE_SITEMAP, "http://www.example.gov.cn/feed.xml", "application/xml");
    read_as(page, ROLE_HOME, "http://www.example.gov.cn/", "text/html");
    read_as(page, ROLE_ARTICLE, "file:///srv/pages/a.txt", "text/plain; charset=utf-8");
    return 0;
}

/* ---- seeds -------------------------------------------------------------------------------------------------------------- */

#define REPORT                                                                                                              \
    "一年来,常委会召开主任会议12次,听取审议“一府两院”工作报告8项,作出决议决定6件,任免国家机关工作人员35人次。"                               \
    "制定《城市管理条例》,修订《供水条例》,审查规范性文件21件。收到代表建议780条、办结571条,满意率98.5%。"                                   \
    "其中重点建议15件,占1.9%,较上年提升0.3个百分点。开展执法检查3次、专题询问2次,10万余名五级代表参加活动。"

/* Stored as it is, so that what is changed is the XML. */
static struct span docx(struct arena *a)
{
    static const char xml[] = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>某市人大常委会工作报告</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r>"
                              "<w:t>召开主任会议12次。</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(whole);
    zip_t *z = zip_open_from_source(whole, ZIP_TRUNCATE, NULL);
    zip_int64_t at = zip_file_add(z, "word/document.xml", zip_source_buffer(z, xml, sizeof(xml) - 1, 0), 0);
    zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0);
    zip_close(z);
    char *bytes = arena_alloc(a, 4096);
    zip_source_open(whole);
    zip_int64_t n = zip_source_read(whole, bytes, 4096);
    zip_source_free(whole);
    FUZZ_MUST(n > 0);
    return (struct span){ bytes, (size_t)n };
}

struct span fuzz_seed(int i, struct arena *a)
{
    static const char *const seeds[] = {
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>某市人大常委会工作报告_某人大网</title>"
        "<meta name=\"ArticleTitle\" content=\"某市人大常委会工作报告\"><meta name=\"PubDate\" content=\"2025-03-14 09:30\">"
        "<meta name=\"ContentSource\" content=\"某人大网\"></head><body><div class=\"nav\"><a href=\"/\">首页</a></div>"
        "<h1>某市人大常委会工作报告</h1><div class=\"info\">发布日期:2025-03-14 来源:某人大网 责任编辑:李四</div>"
        "<div class=\"TRS_Editor\"><p>" REPORT "</p><p>3月14日,某市十四届人大常委会第十七次会议表决通过《关于批准2024年市级决算的决议》,"
        "赞成55票、反对0票、弃权1票。会议任命张三为某市财政局局长。</p></div><div class=\"footer\">版权所有</div></body></html>",
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=utf-8\"><title>要闻</title></head><body><table><tr><td>"
        "<ul><li><a href=\"./202503/t20250314_1002.html\">某市人大常委会举行第十七次会议</a><span>2025-03-14</span></li>"
        "<li><a href='/2025/0313/c1a1.html' title=\"关于民生实事项目的公告\">关于民生实事…</a>[03-13]</li>"
        "<li><a href=http://other.cn/x.shtml>外部</a></li></ul></td></tr></table>"
        "<script>createPageHTML(25, 0, \"index\", \"html\");</script><a href=\"index_1.html\">下一页</a></body></html>",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>要闻</title><item><title>会议</title>"
        "<link>http://www.example.gov.cn/2025/1.html</link><pubDate>Fri, 14 Mar 2025 09:30:00 +0800</pubDate>"
        "<description><![CDATA[<p>摘要</p>]]></description></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>会议</title><link href=\"/2025/2.html\"/><updated>2025-03-14T09:30:00Z</updated>"
        "</entry></feed>",
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>http://www.example.gov.cn/2025/3.html</loc>"
        "<lastmod>2025-03-14</lastmod></url></urlset>",
        "<html><head><title>某市人大常委会工作报告</title></head><body><h1>某市人大常委会工作报告</h1><div id=zoom><p>" REPORT "</p></div>"
        "<div class=page><span>1</span><a href=\"c1a2_2.html\">2</a><a href=\"c1a2_4.html\">末页</a><a href=\"c1a2_2.html\">下一页</a></div>"
        "<p><a href=\"a.pdf\">附件:报告.pdf</a> <a href=\"/d?f=b.docx\">附件2</a> <a href=c.xls>c.xls</a></p>"
        "<script>createPageHTML(4, 0, \"c1a2\", \"html\");</script></body></html>",
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R"
        "/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>> >> >>endobj\n4 0 obj<</Length 42>>stream\nBT /F 12 Tf 72 700 Td "
        "<4eba5927> Tj 99 0 Td ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>"
        "endobj\n6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>endobj\n"
        "trailer<</Size 7/Root 1 0 R>>\n%%EOF\n",
        "<sitemapindex><sitemap><loc>http://www.example.gov.cn/s1.xml</loc></sitemap></sitemapindex>",
        "某市人大常委会工作报告\n来源:某人大网 发布时间:2025年3月14日\n\n" REPORT "\n" REPORT "\n",
        "<html><head><meta charset=gb2312></head><body><p>\xc8\xcb\xb4\xf3\xb3\xa3\xce\xaf\xbb\xe1\xd5\xd9\xbf\xaa\xbb\xe1\xd2\xe9"
        "12\xb4\xce\xa1\xa3</p></body></html>",
        "<html><body>您访问的页面不存在</body></html>",
        "<html><script>document.cookie='a=b';location.reload()</script></html>",
        "file:///srv/a.txt\r\nfile:///srv/b.html\r\n# comment\r\n",
    };
    const int n = (int)(sizeof(seeds) / sizeof(seeds[0]));
    return i < n ? span_of(seeds[i]) : i == n ? docx(a) : (struct span){ NULL, 0 };
}
