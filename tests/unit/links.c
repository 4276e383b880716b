/* Links of lists: resolving, shapes of articles' addresses, pagers, feeds, sitemaps, folders. */
#include "page_test.h"

#include "worker/url.h"
#include "worker/links.h"

static void resolves(void **state)
{
    static const struct {
        const char *ref, *want;
    } rows[] = { /* against http://a.gov.cn/b/c/d?q: RFC 3986, 5.4, and what pages really hold */
        { "g", "http://a.gov.cn/b/c/g" }, { "./g", "http://a.gov.cn/b/c/g" }, { "g/", "http://a.gov.cn/b/c/g/" }, { "/g", "http://a.gov.cn/g" },
        { "//h.cn/g", "http://h.cn/g" }, { "?y", "http://a.gov.cn/b/c/d?y" }, { "g?y", "http://a.gov.cn/b/c/g?y" }, { "#s", NULL },
        { "g#s", "http://a.gov.cn/b/c/g" }, { "g?y#s", "http://a.gov.cn/b/c/g?y" }, { "..", "http://a.gov.cn/b/" }, { "../", "http://a.gov.cn/b/" },
        { "../g", "http://a.gov.cn/b/g" }, { "../../g", "http://a.gov.cn/g" }, { "../../../g", "http://a.gov.cn/g" }, { ".", "http://a.gov.cn/b/c/" },
        { "./../g", "http://a.gov.cn/b/g" }, { "g/../h", "http://a.gov.cn/b/c/h" }, { "/./g", "http://a.gov.cn/g" }, { "/../g", "http://a.gov.cn/g" },
        { "", NULL }, { "javascript:void(0)", NULL }, { "mailto:a@b.cn", NULL }, { "HTTP://A.GOV.CN:80/x", "http://a.gov.cn/x" },
        { "https://a.gov.cn:443", "https://a.gov.cn/" }, { "https://a.gov.cn:8443/x", "https://a.gov.cn:8443/x" }, { "http://u:p@a.cn/x", "http://a.cn/x" },
        { " g \n", "http://a.gov.cn/b/c/g" }, { "a b.html", "http://a.gov.cn/b/c/a%20b.html" }, { "会.html", "http://a.gov.cn/b/c/%E4%BC%9A.html" },
        { "%e4%bc%9a", "http://a.gov.cn/b/c/%E4%BC%9A" }, { "..\\g", "http://a.gov.cn/b/g" }, { "g?a=1&b=../x", "http://a.gov.cn/b/c/g?a=1&b=../x" },
        { "http://", NULL }, { "http://a b/", NULL }, { "ftp://a.cn/x", NULL }, { "http:///x", NULL },
    };
    struct url base;
    int bad = 0;
    (void)state;
    assert_true(url_split(SPAN("http://a.gov.cn/b/c/d?q"), &base));
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += differs(rows[i].ref, "resolved", url_resolve(arena, &base, span_of(rows[i].ref)), rows[i].want);
    char deep[5000];
    memset(deep, 'a', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    bad += lacks("too long", "is taken", url_resolve(arena, &base, span_of(deep)).n == 0);
    assert_int_equal(bad, 0);
}

static void shapes(void **state)
{
    static const struct {
        const char *url;
        bool article;
    } rows[] = {
        { "http://a.cn/yw/202401/t20240101_123.html", true }, { "http://a.cn/art/2024/1/5/art_12_3456.html", true }, { "http://a.cn/2024/0113/c123-456.html", true },
        { "http://a.cn/content_77.html", true }, { "http://a.cn/info/1011/2034.htm", true }, { "http://a.cn/show.asp?id=77", true },
        { "http://a.cn/newsview.aspx?newsid=12", true }, { "http://a.cn/n1/2024/0202/c1001-40001.html", true }, { "http://a.cn/html/2024/yaowen_0202/88.html", true },
        { "http://a.cn/article/12345", true }, { "http://a.cn/c/2024-02-02/88.shtml", true }, { "http://a.cn/xx/0a1b2c3d4e5f60718293a4b5c6d7e8f9.html", true },
        { "file:///data/x.html", true },
        { "http://a.cn/", false }, { "http://a.cn/yw/", false }, { "http://a.cn/yw/index.html", false }, { "http://a.cn/yw/index_2.html", false },
        { "http://a.cn/col/col123/index.html", false }, { "http://a.cn/node_123.html", false }, { "http://a.cn/list.asp?id=3", false },
        { "http://a.cn/a.css", false }, { "http://a.cn/2024/01/02/a.jpg", false }, { "http://a.cn/202401/P020240101.pdf", false }, { "http://a.cn/yw/list_12345.html", false },
        { "http://a.cn/search?q=1", false }, { "http://a.cn/login.html", false }, { "http://a.cn/news_list_12.html", false },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct url u;
        assert_true(url_split(span_of(rows[i].url), &u));
        bad += lacks(rows[i].url, rows[i].article ? "is taken for no article" : "is taken for an article", links_is_article_url(&u) == rows[i].article);
    }
    assert_int_equal(bad, 0);
}

/* All links as lines "role[+next] url|title|date|column". */
static struct span listing(const struct page_out *out)
{
    struct span s = { "", 0 };
    for (size_t i = 0; i < out->link_count; i++) {
        const struct link *l = &out->links[i];
        s = arena_printf(arena, "%.*s%s%s %.*s|%.*s|%.*s|%.*s\n", SPAN_FMT(s), page_role_names[l->role], l->next ? "+next" : "", SPAN_FMT(l->url),
                         SPAN_FMT(l->title), SPAN_FMT(l->date), SPAN_FMT(l->column));
    }
    return s;
}

static void lists(void **state)
{
    static const struct {
        const char *name, *url, *type;
        enum page_role role;
        enum page_class class;
        const char *page, *want;
    } rows[] = {
        { "TRS list with a script pager", "http://www.a.gov.cn/yw/", "text/html", ROLE_LIST, CLASS_LIST,
          "<title>要闻_某市人大</title><div class=\"position\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/yw/\">要闻</a></div><ul>"
          "<li><a href=\"./202402/t20240202_1.html\" title=\"市七届人大三次会议胜利闭幕的全文\">市七届人大三次会议胜利...</a><span>2024-02-02</span></li>"
          "<li><span>[2024-02-01]</span><a href=\"./202402/t20240201_2.html\">· 主任会议召开情况通报</a></li>"
          "<li><a href=\"javascript:void(0)\">无</a></li><li><a href=\"http://b.cn/202402/t20240201_2.html\">外站文章的标题</a></li></ul>"
          "<script>createPageHTML(3, 0, \"index\", \"html\");</script>",
          "article http://www.a.gov.cn/yw/202402/t20240202_1.html|市七届人大三次会议胜利闭幕的全文|2024-02-02|要闻\n"
          "article http://www.a.gov.cn/yw/202402/t20240201_2.html|主任会议召开情况通报|2024-02-01|要闻\n"
          "list+next http://www.a.gov.cn/yw/index_1.html|||\nlist http://www.a.gov.cn/yw/index_2.html|||\n" },
        { "its second page", "http://www.a.gov.cn/yw/index_1.html", "text/html", ROLE_LIST, CLASS_LIST,
          "<script>createPageHTML('page', 3, 1,'index','html',60)</script>",
          "list http://www.a.gov.cn/yw/index.html|||\nlist+next http://www.a.gov.cn/yw/index_2.html|||\n" },
        { "its older form", "http://www.a.gov.cn/yw/index.shtml", "text/html", ROLE_LIST, CLASS_LIST,
          "<script>var currentPage = 0;var countPage = 3;document.write(\"<a href=index_\"+(currentPage+1)+\".shtml>\")</script>",
          "list+next http://www.a.gov.cn/yw/index_1.shtml|||\nlist http://www.a.gov.cn/yw/index_2.shtml|||\n" },
        { "a pager that counts from one", "http://www.a.gov.cn/yw/", "text/html", ROLE_LIST, CLASS_LIST,
          "<script>createPageHTML('page_div',3, 1,'yw_list','shtml',50);</script>",
          "list+next http://www.a.gov.cn/yw/yw_list_2.shtml|||\nlist http://www.a.gov.cn/yw/yw_list_3.shtml|||\n" },
        { "a pager of numbers in the query, PHP", "http://a.cn/list.php?cid=3", "text/html", ROLE_LIST, CLASS_LIST,
          "<a href=\"list.php?cid=3&amp;page=1\">1</a><a href=\"list.php?cid=3&amp;page=2\">2</a><a href=\"list.php?cid=3&amp;page=9\">末页</a>"
          "<a href=\"list.php?cid=4\">某某</a>",
          "list http://a.cn/list.php?cid=3&page=1|||\nlist http://a.cn/list.php?cid=3&page=2|||\nlist http://a.cn/list.php?cid=3&page=9|||\n" },
        { "a pager of pictures and arrows", "http://a.cn/yw/", "text/html", ROLE_LIST, CLASS_LIST,
          "<a href=\"index_1.html\" title=\"下一页\"><img src=\"n.gif\" alt=\"下一页\"></a><div class=\"pagination\"><a href=\"index_2.html\">&gt;</a></div>"
          "<p><a href=\"index_9.html\">&gt;</a></p>",
          "list+next http://a.cn/yw/index_1.html|||\nlist+next http://a.cn/yw/index_2.html|||\n" },
        { "feeds named in the head", "http://a.cn/yw/", "text/html", ROLE_LIST, CLASS_LIST,
          "<head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.xml\"><LINK REL=Alternate TYPE=\"application/feed+json; charset=utf-8\" href=\"feed.json\">"
          "<link rel=\"alternate\" hreflang=\"en\" href=\"/en/\"><link rel=\"alternate\" type=\"application/atom+xml\" href=\"http://b.cn/atom.xml\"></head>"
          "<a href=\"t20240202_1.html\">主任会议召开情况通报</a>",
          "article http://a.cn/yw/t20240202_1.html|主任会议召开情况通报|2024-02-02|\nfeed http://a.cn/rss.xml|||\nfeed http://a.cn/yw/feed.json|||\n" },
        { "JCMS records in a script", "http://www.a.gov.cn/col/col12/index.html", "text/html", ROLE_LIST, CLASS_LIST,
          "<meta name=\"ColumnName\" content=\"代表工作\"><div><script type=\"text/xml\"><datastore><nextgroup><![CDATA[<a href=\"/x/dataproxy.jsp?page=1\"></a>]]>"
          "</nextgroup><recordset><record><![CDATA[<li><a href='/art/2024/1/5/art_12_34.html'>代表小组活动简报</a><span>2024-01-05</span></li>]]></record>"
          "</recordset></datastore></script></div>",
          "article http://www.a.gov.cn/art/2024/1/5/art_12_34.html|代表小组活动简报|2024-01-05|代表工作\nlist+next http://www.a.gov.cn/x/dataproxy.jsp?page=1|||\n" },
        { "JCMS records by themselves", "http://www.a.gov.cn/x/dataproxy.jsp?page=1", "text/xml", ROLE_LIST, CLASS_LIST,
          "<?xml version='1.0' encoding='UTF-8'?>\n<datastore><nextgroup><![CDATA[<a href=\"/x/dataproxy.jsp?page=2&amp;c=1\"></a>]]></nextgroup><recordset>"
          "<record><![CDATA[<a href='/art/2024/1/4/art_12_33.html'>代表小组活动简报之二</a><span>2024-01-04</span>]]></record>"
          "<record><![CDATA[<li><a href='/art/2024/1/3/art_12_32.html'>代表小组活动简报之三</a><span>[2024-01-03]</span></li>]]></record></recordset></datastore>",
          "article http://www.a.gov.cn/art/2024/1/4/art_12_33.html|代表小组活动简报之二|2024-01-04|\n"
          "article http://www.a.gov.cn/art/2024/1/3/art_12_32.html|代表小组活动简报之三|2024-01-03|\nlist+next http://www.a.gov.cn/x/dataproxy.jsp?page=2&c=1|||\n" },
        { "the last of them", "http://www.a.gov.cn/x/dataproxy.jsp?page=2", "text/html", ROLE_LIST, CLASS_LIST,
          "<datastore><nextgroup><![CDATA[]]></nextgroup><recordset><record><![CDATA[<a href='/art/2024/1/1/art_12_31.html'>代表小组活动简报之四</a>]]></record></recordset></datastore>",
          "article http://www.a.gov.cn/art/2024/1/1/art_12_31.html|代表小组活动简报之四|2024-01-01|\n" },
        { "words for the next page", "http://a.cn/list/", "text/html", ROLE_LIST, CLASS_LIST,
          "<a href=\"?p=2\">下一页 &raquo;</a><a href=\"?p=3\">[下页]</a><a href=\"?p=4\">NEXT PAGE</a><a href=\"?p=9\">最后一页</a><a href=\"?p=5\">【5】</a><a href=\"?p=6\">下一篇</a>",
          "list+next http://a.cn/list/?p=2|||\nlist+next http://a.cn/list/?p=3|||\nlist+next http://a.cn/list/?p=4|||\nlist http://a.cn/list/?p=9|||\n"
          "list http://a.cn/list/?p=5|||\n" },
        { "base, query, next link, date in the row's other cell", "http://www.a.gov.cn/list.asp?c=1", "text/html", ROLE_LIST, CLASS_LIST,
          "<base href=\"http://www.a.gov.cn/news/\"><table><tr><td><a href=\"show.asp?id=7\">会议召开的消息之一</a></td><td>2024/2/2</td></tr>"
          "<tr><td><a href=\"show.asp?id=8&amp;x=1#top\">会议召开的消息之二</a></td><td>2024/2/1</td></tr></table><a href=\"/list.asp?c=1&amp;page=2\">下一页</a>",
          "article http://www.a.gov.cn/news/show.asp?id=7|会议召开的消息之一|2024-02-02|\n"
          "article http://www.a.gov.cn/news/show.asp?id=8&x=1|会议召开的消息之二|2024-02-01|\nlist+next http://www.a.gov.cn/list.asp?c=1&page=2|||\n" },
        { "cards: picture link first, day apart from month", "https://www.a.gov.cn/z/", "text/html", ROLE_LIST, CLASS_LIST,
          "<div class=\"item\"><a href=\"/z/1/1001.html\"><img src=\"a.jpg\"></a><div><p>21</p><p>2024-02</p></div><h3><a href=\"/z/1/1001.html\">人大代表进社区接待</a></h3></div>",
          "article https://www.a.gov.cn/z/1/1001.html|人大代表进社区接待|2024-02-21|\n" },
        { "one anchor around a card, day and month glued", "https://www.a.gov.cn/z/", "text/html", ROLE_LIST, CLASS_LIST,
          "<a href=\"/p/32123.html\"><div><b>21</b><i>2024-02</i></div><h4>人大代表进社区接待</h4><p>代表们听取了居民的意见，作了答复。</p></a>",
          "article https://www.a.gov.cn/p/32123.html|人大代表进社区接待|2024-02-21|\n" },
        { "a folder", "file:///srv/a/", "text/uri-list", ROLE_LIST, CLASS_LIST,
          "# folder\r\nfile:///srv/a/x%20y.txt\r\nfile:///srv/a/z.html\r\nfile:///srv/a/p.pdf\r\nfile:///srv/a/x%20y.txt\r\n",
          "article file:///srv/a/x%20y.txt|||\narticle file:///srv/a/z.html|||\n" },
        { "a page of the net names files", "http://a.cn/", "text/html", ROLE_LIST, CLASS_LIST, "<a href=\"file:///etc/passwd.html\">会议召开的消息</a>", "" },
        { "RSS with an entity bomb", "http://a.cn/rss.xml", "text/xml", ROLE_FEED, CLASS_FEED,
          "<?xml version=\"1.0\" encoding=\"GB2312\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><title>t</title>"
          "<item><title>标题&b;一 &amp; 二</title><link>/a/1.html</link><pubDate>Fri, 02 Feb 2024 08:00:00 +0800</pubDate><category>要闻</category></item>"
          "<item><title><![CDATA[<b>三</b>]]></title><guid>http://a.cn/b.html</guid></item><item><title>无</title></item></channel></rss>",
          "article http://a.cn/a/1.html|标题一 & 二|2024-02-02T08:00:00|要闻\narticle http://a.cn/b.html|三||\n" },
        { "Atom", "http://a.cn/atom", "", ROLE_FEED, CLASS_FEED,
          "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>甲</title><link rel=\"self\" href=\"/s\"/><link href=\"/a/1.html\"/><updated>2024-02-03T00:00:00Z"
          "</updated><published>2024-02-02</published></entry></feed>",
          "article http://a.cn/a/1.html|甲|2024-02-02|\n" },
        { "JSON Feed", "http://a.cn/feed.json", "", ROLE_FEED, CLASS_FEED,
          "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"url\":\"http://a.cn/a/1.html\",\"title\":\"乙\",\"date_published\":\"2024-02-02T01:02:03+08:00\"}]}",
          "article http://a.cn/a/1.html|乙|2024-02-02T01:02:03|\n" },
        { "sitemap", "http://a.cn/sitemap.xml", "", ROLE_SITEMAP, CLASS_SITEMAP,
          "<urlset><url><loc>http://a.cn/yw/202401/t20240101_1.html</loc><lastmod>2024-01-02</lastmod></url><url><loc>http://a.cn/yw/</loc></url></urlset>",
          "article http://a.cn/yw/202401/t20240101_1.html||2024-01-02|\n" },
        { "sitemap index", "http://a.cn/sitemap.xml", "", ROLE_SITEMAP, CLASS_SITEMAP,
          "<?xml version=\"1.0\"?>\n<!-- c --><sitemapindex><sitemap><loc>http://a.cn/s1.xml</loc></sitemap></sitemapindex>", "sitemap http://a.cn/s1.xml|||\n" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        read_bytes(span_of(rows[i].page), rows[i].url, rows[i].type, rows[i].role, &out);
        bad += differs(rows[i].name, "class", span_of(page_class_names[out.class]), page_class_names[rows[i].class]);
        bad += differs(rows[i].name, "links", listing(&out), rows[i].want);
    }
    assert_int_equal(bad, 0);
}

/* Days without a year, on a page fetched on 2024-03-01 in China. */
static void days(void **state)
{
    static const struct {
        const char *name, *row, *want;
    } rows[] = {
        { "before today", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>02-29</span></li>", "2024-02-29" },
        { "today", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>[03-01]</span></li>", "2024-03-01" },
        { "not in the future", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>[03-02]</span></li>", "2023-03-02" },
        { "in words, in front", "<li><em>12月5日</em><a href=\"/a/1001.html\">主任会议召开情况通报</a></li>", "2023-12-05" },
        { "with a slash and a time", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a> 01/15 09:30</li>", "2024-01-15" },
        { "with a point, in a cell", "<tr><td><a href=\"/a/1001.html\">主任会议召开情况通报</a></td><td>(01.15)</td></tr>", "2024-01-15" },
        { "one digit each", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a> 1-5</li>", "2024-01-05" },
        { "inside the anchor, on its own line", "<a href=\"/a/1001.html\"><p>主任会议召开情况通报</p><p>02-20</p></a>", "2024-02-20" },
        { "the year of the address", "<li><a href=\"/202102/1001.html\">主任会议召开情况通报</a><span>02-20</span></li>", "2021-02-20" },
        { "the day of the address", "<li><a href=\"/a/t20210219_1.html\">主任会议召开情况通报</a><span>02-20</span></li>", "2021-02-19" },
        { "a whole date is surer", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>02-20</span> <i>2022-02-21</i></li>", "2022-02-21" },
        { "a title's own day", "<li><a href=\"/a/1001.html\">3月8日主任会议召开情况通报</a></li>", NULL },
        { "a title's part", "<li><a href=\"/a/1001.html\">主任会议召开情况通报 (1-2)</a></li>", NULL },
        { "no such day", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>02-30</span></li>", NULL },
        { "a telephone", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>0716-6288</span></li>", NULL },
        { "a count of pages", "<li><a href=\"/a/1001.html\">主任会议召开情况通报</a><span>1/5</span></li>", NULL },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_in in = { .bytes = span_of(rows[i].row), .url = SPAN("http://a.cn/"), .final_url = SPAN("http://a.cn/"),
                              .content_type = SPAN("text/html; charset=utf-8"), .role = ROLE_LIST,
                              .fetched_at = 1709224200000 }; /* 2024-02-29T16:30:00Z */
        struct page_out out;
        page_read(reader, &in, arena, &out);
        bad += lacks(rows[i].name, "one link", out.link_count == 1);
        if (out.link_count == 1)
            bad += differs(rows[i].name, "date", out.links[0].date, rows[i].want);
        in.fetched_at = 0;
        page_read(reader, &in, arena, &out);
        bool whole = i == 9 || i == 10;
        bad += lacks(rows[i].name, "a year without a date of fetching", out.link_count == 1 && (out.links[0].date.n > 0) == whole);
    }
    assert_int_equal(bad, 0);
}

/* What `renda add` asks a home page for. */
static void homes(void **state)
{
    static const struct {
        const char *name, *page, *links, *source;
    } rows[] = {
        { "columns, articles and feeds", "<title>首页-某某市人大网</title><a href=\"/\">首页</a><a href=\"/lf/\">立法工作</a><a href=\"/x.pdf\">下载</a>"
          "<a href=\"http://b.cn/\">外站</a><a href=\"/lf/t20240202_1.html\">主任会议召开情况通报</a><link rel=alternate type=\"text/xml\" href=\"/r.xml\">",
          "article http://a.cn/lf/t20240202_1.html|主任会议召开情况通报|2024-02-02|\nfeed http://a.cn/r.xml|||\nlist http://a.cn/|首页||\nlist http://a.cn/lf/|立法工作||\n",
          "某某市人大网" },
        { "named by its meta tags", "<title>首页</title><meta name=\"SiteName\" content=\"某某人大\"><a href=\"/lf/\">立法工作</a>", "list http://a.cn/lf/|立法工作||\n", "某某人大" },
        { "a page that only leads on", "<title>x</title><meta http-equiv=\"refresh\" content=\"0; URL='/index/i.htm'\">", "list+next http://a.cn/index/i.htm|||\n", "x" },
        { "a script that only leads on", "<title>x</title><script>window.location.href = \"rdcms/\";</script>", "list+next http://a.cn/rdcms/|||\n", "x" },
        { "a script that leads nowhere", "<title>x</title><script>var a = location; b(\"c\");</script>", "", "x" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        read_bytes(span_of(rows[i].page), "http://a.cn/", "text/html", ROLE_HOME, &out);
        bad += differs(rows[i].name, "links", listing(&out), rows[i].links);
        bad += lacks(rows[i].name, "no identity", out.article != NULL);
        if (out.article != NULL)
            bad += differs(rows[i].name, "source", out.article->f[ARTICLE_SOURCE], rows[i].source);
    }
    assert_int_equal(bad, 0);
}

static void patterns(void **state)
{
    static const char page[] = "<a href=\"/x/abc\">第一篇文章的标题</a><a href=\"/y/t20240101_1.html\">第二篇文章的标题</a><a href=\"http://b.cn/x/abc\">第三篇文章的标题</a>";
    static const struct {
        const char *name, *pattern, *want;
    } rows[] = {
        { "own host", "/x/[a-z]+$", "article http://a.cn/x/abc|第一篇文章的标题||\narticle http://b.cn/x/abc|第三篇文章的标题||\n" },
        { "with the host", "^http://a\\.cn/x/", "article http://a.cn/x/abc|第一篇文章的标题||\n" },
        { "one that does not compile", "(", "" },
        { "one that explodes", "^(([a-z:/.]+)+)+!$", "" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span pattern = span_of(rows[i].pattern);
        struct page_in in = { .bytes = SPAN(page), .url = SPAN("http://a.cn/"), .final_url = SPAN("http://a.cn/"), .role = ROLE_LIST,
                              .site = { .article_patterns = &pattern, .article_pattern_count = 1 } };
        struct page_out out;
        page_read(reader, &in, arena, &out);
        bad += differs(rows[i].name, "links", listing(&out), rows[i].want);
    }
    assert_int_equal(bad, 0);
}

static void limit(void **state)
{
    size_t room = 4u << 20, n = 0;
    char *page = arena_alloc(arena, room);
    (void)state;
    for (int i = 0; i < PAGE_LINKS_MAX + 5000; i++)
        n += (size_t)snprintf(page + n, room - n, "<a href=\"/202401/t20240101_%d.html\">消息第%d则</a>\n", i, i);
    struct page_out out;
    read_bytes((struct span){ page, n }, "http://a.cn/", "text/html", ROLE_LIST, &out);
    assert_int_equal(out.link_count, PAGE_LINKS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolves), cmocka_unit_test(shapes), cmocka_unit_test(lists), cmocka_unit_test(days), cmocka_unit_test(homes), cmocka_unit_test(patterns), cmocka_unit_test(limit),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
