/* Articles in HTML: the families of the Chinese government web, with the furniture that real pages have around the text. */
#include "page_test.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#define NAV                                                                                                            \
    "<div class=\"top\"><ul><li><a href=\"/\">网站首页</a></li><li><a href=\"/rdgk/\">人大概况</a></li><li><a href=\"/yw/\">" \
    "人大要闻</a></li><li><a href=\"/lf/\">立法工作</a></li><li><a href=\"/jd/\">监督工作</a></li><li><a href=\"/db/\">代表工作" \
    "</a></li></ul></div>"
#define SIDE                                                                                                           \
    "<div class=\"right\"><h3>热点新闻</h3><ul><li><a href=\"/202403/t1.html\">云溪市人大常委会召开主任会议，研究有关事项</a></li>" \
    "<li><a href=\"/202403/t2.html\">市人大代表视察城区供水，提出多条建议</a></li><li><a href=\"/202403/t3.html\">"          \
    "关于开展食品安全执法检查的公告发布</a></li></ul></div>"
#define FOOT                                                                                                           \
    "<div class=\"footer\"><p>主办单位：云溪市人大常委会办公室</p><p>版权所有：云溪市人大常委会 备案号：云ICP备00000000号</p>" \
    "<p>技术支持：云溪市信息中心</p></div>"
#define P1 "3月12日，云溪市七届人大常委会举行第十八次会议，听取和审议市人民政府关于水污染防治情况的报告。"
#define P2 "会议指出，过去一年全市新建污水管网35公里，完成排污口整治112个，水质达标率比上年提高4.5个百分点。"
#define P3 "会议要求，要压实责任、补齐短板，推动审议意见落到实处，让人民群众感受到实实在在的变化。"
#define TITLE "云溪市七届人大常委会举行第十八次会议"
#define PARAS "<p>　　" P1 "</p><p>　　" P2 "</p><p>　　" P3 "</p>"
#define TEXT  P1 "\n" P2 "\n" P3
#define HEAD(title, metas) "<!DOCTYPE html><html><head><meta http-equiv=\"Content-Type\" content=\"text/html\">" metas "<title>" title "</title></head><body>"

struct row {
    const char *name, *html, *url;
    const char *title, *published, *source, *editor, *text; /* text NULL: TEXT */
};

static const struct row rows[] = {
    { "TRS: meta tags and TRS_Editor",
      HEAD(TITLE "_云溪人大网", "<meta name=\"SiteName\" content=\"云溪人大网\"><meta name=\"ArticleTitle\" content=\"" TITLE "\">"
           "<meta name=\"PubDate\" content=\"2024-03-13 09:20\"><meta name=\"ContentSource\" content=\"云溪日报\">"
           "<meta name=\"ColumnName\" content=\"人大要闻\">")
      NAV "<div class=\"position\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/yw/\">人大要闻</a></div><div class=\"main\">"
      "<h1>" TITLE "</h1><div class=\"info\">来源：云溪日报　发布时间：2024-03-13 09:20　字体：[<a>大</a> <a>中</a> <a>小</a>]</div>"
      "<div class=\"TRS_Editor\"><style>.TRS_Editor P{line-height:2}</style>" PARAS "</div><div class=\"bdsharebuttonbox\">分享到："
      "<a>微信</a><a>微博</a></div></div>" SIDE FOOT "</body></html>",
      "http://www.yxrd.gov.cn/yw/202403/t20240313_1201.html", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "JCMS: comments around the body, labels split over cells",
      HEAD("云溪市人大常委会 人大要闻 " TITLE, "<meta name=\"author\" content=\"\">")
      NAV "<table><tr><td class=\"bt_link\">首页 > 人大要闻</td></tr></table><table id=\"c\"><tr><td class=\"title\">"
      "<!--<$[标题名称(html)]>begin-->" TITLE "<!--<$[标题名称(html)]>end--></td></tr><tr><td>发布日期：2024-03-13</td><td>"
      "信息来源：市人大办公室</td><td>浏览次数：<span>31</span></td></tr><tr><td><div id=\"zoom\"><!--<$[信息内容]>begin-->" PARAS
      "<!--<$[信息内容]>end--></div></td></tr><tr><td>【<a>打印本页</a>】【<a>关闭窗口</a>】</td></tr></table>" FOOT "</body></html>",
      "http://rd.yunxi.gov.cn/art/2024/3/13/art_1202_88.html", TITLE, "2024-03-13", "市人大办公室", NULL, NULL },
    { "ucap: a table of an official document's particulars",
      HEAD("", "") "<div class=\"wrap\"><table><tr><td>索 引 号：</td><td>000014/2024-00012</td></tr><tr><td>发文机关：</td><td>"
      "云溪市人大常委会办公室</td></tr><tr><td>成文日期：</td><td>2024年03月01日</td></tr><tr><td>标　　题：</td><td>关于印发年度监督工作计划的通知"
      "</td></tr><tr><td>发布日期：</td><td>2024年03月13日</td></tr></table><table><tr><td id=\"UCAP-CONTENT\"><p>关于印发年度监督"
      "工作计划的通知</p><p>各专门委员会：</p>" PARAS "<p>云溪市人大常委会办公室</p><p>2024年3月1日</p></td></tr></table>"
      "<div class=\"ewm\">扫一扫在手机打开当前页</div></div></body></html>",
      "http://www.yunxi.gov.cn/zc/content_88.htm", "关于印发年度监督工作计划的通知", "2024-03-13", "云溪市人大常委会办公室", NULL,
      "各专门委员会：\n" TEXT "\n云溪市人大常委会办公室\n2024年3月1日" },
    { "nested tables, no class at all",
      HEAD(TITLE, "") "<table width=1000><tr><td><table><tr><td><a href=\"/\">首页</a></td><td><a href=\"/a\">概况</a></td><td><a href=\"/b\">"
      "动态</a></td></tr></table></td></tr><tr><td width=200><table><tr><td><a href=\"1.htm\">一府一委两院</a></td></tr><tr><td>"
      "<a href=\"2.htm\">法律法规</a></td></tr></table></td><td><table><tr><td align=center><font size=5><b>" TITLE "</b></font></td></tr>"
      "<tr><td align=center>2024-3-13 10:08:00 来源：云溪人大 作者：李明远 点击数：55</td></tr><tr><td><font>　　" P1 "<br><br>　　" P2
      "<br>　　" P3 "</font></td></tr><tr><td align=right>责任编辑：陈晓</td></tr><tr><td>上一篇：<a href=\"9.htm\">市人大举行培训</a></td></tr>"
      "<tr><td>下一篇：没有了</td></tr></table></td></tr></table>" FOOT "</body></html>",
      "http://www.yxrd.gov.cn/show.asp?id=77", TITLE, "2024-03-13", "云溪人大", "陈晓", NULL },
    { "a premature </html> before the body",
      HEAD(TITLE "-云溪人大", "") NAV "</body></html>\n<div class=\"content\"><h2>" TITLE "</h2><p class=\"xx\">时间：2024年03月13日　来源：本刊</p>"
      "<div class=\"nr\">" PARAS "</div></div></body></html>",
      "http://www.yxrd.gov.cn/c/1.html", TITLE, "2024-03-13", "本刊", NULL, NULL },
    { "the date stands after the body",
      HEAD(TITLE "_要闻_云溪新闻网", "") NAV "<div class=\"article\"><h1>" TITLE "</h1><div class=\"txt\">" PARAS "</div><p>发布日期：2024-03-13 "
      "责任编辑：周敏</p><p>【打印本页】【关闭窗口】</p></div>" SIDE FOOT "</body></html>",
      "http://news.yunxi.cn/yw/88213.html", TITLE, "2024-03-13", NULL, "周敏", NULL },
    { "a split date: day above year and month",
      HEAD("云溪市人大常委会", "") NAV "<div class=\"crumb\">首页 > 要闻</div><div class=\"con\"><h3 class=\"title\">" TITLE "</h3><div class=\"date\">"
      "<p>13</p><p>2024年03月</p></div><div class=\"article-content\">" PARAS "</div><a href=\"javascript:history.back()\">返回列表</a></div>"
      FOOT "</body></html>",
      "http://www.yxrd.gov.cn/info/1011/2034.htm", TITLE, "2024-03-13", NULL, NULL, NULL },
    { "JSON-LD and Open Graph only",
      HEAD("要闻 | 云溪人大", "<meta property=\"og:title\" content=\"" TITLE "\"><script type=\"application/ld+json\">{\"@context\":"
           "\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"" TITLE "\",\"datePublished\":\"2024-03-13T09:20:00+08:00\"}</script>")
      NAV "<main><div>" PARAS "</div></main>" SIDE FOOT "</body></html>",
      "http://www.yxrd.gov.cn/a/b", TITLE, "2024-03-13", NULL, NULL, NULL },
    { "WebPlus and VSB: v_news_content, source without label",
      HEAD(TITLE "-云溪大学", "") NAV "<form><div class=\"content-title\"><h3>" TITLE "</h3><i>2024年03月13日 09:20 云溪日报 点击：[]</i></div>"
      "<div id=\"vsb_content\"><div class=\"v_news_content\">" PARAS "</div></div><p>上一条：<a href=\"1.htm\">通知一则</a></p><p>下一条：<a href=\"2.htm\">"
      "通知二则</a></p></form>" FOOT "</body></html>",
      "http://www.yxu.edu.cn/info/1011/2035.htm", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "a column before the title, a bar between",
      HEAD("代表风采 | 李明远：把群众的话带上来 - 云溪人大网", "") NAV "<div class=\"detail\"><h1>代表风采 | 李明远：把群众的话带上来</h1><p>发布时间：2024-03-13</p>"
      "<div class=\"detail-content\">" PARAS "</div></div>" FOOT "</body></html>",
      "http://www.yxrd.gov.cn/d/202403/13/c501.html", "李明远：把群众的话带上来", "2024-03-13", NULL, NULL, NULL },
    { "today's date in the header is not the article's",
      HEAD(TITLE "_云溪人大", "") "<div>今天是2025年11月21日 星期五 欢迎您访问云溪人大网</div>" NAV "<div class=\"box\"><div class=\"tit\">" TITLE "</div>"
      "<div class=\"cont\">" PARAS "</div></div>" FOOT "</body></html>",
      "http://www.yxrd.gov.cn/yw/202403/t20240313_9.html", TITLE, "2024-03-13", NULL, NULL, NULL },
    { "a paragraph's date is not the date of publication",
      HEAD(TITLE, "") NAV "<div class=\"box\"><h1>" TITLE "</h1><div class=\"cont\"><p>2023年2月27日下午，" P1 "</p><p>" P2 "</p><p>" P3 "</p></div></div>"
      FOOT "</body></html>",
      "http://www.yxrd.gov.cn/a/show-12.html", TITLE, NULL, NULL, NULL, "2023年2月27日下午，" TEXT },
    { "comments and related articles follow",
      HEAD(TITLE " _ 云溪观察", "") NAV "<div class=\"post\"><h2><a href=\"/1513.html\">" TITLE "</a></h2><small>十一月 6th, 2024</small><div class=\"entry\">"
      PARAS "</div><h3>相关日志</h3><ul><li><a href=\"/9.html\">市人大的一天</a> (4)</li></ul></div><div id=\"comments\"><h3>3 条评论</h3><ol><li>"
      "<p>甲 评论道：</p><p>写得很好，希望多一些这样的报道，让大家了解人大。</p></li><li><p>乙 评论道：</p><p>支持，水质确实好多了，继续努力。</p></li></ol></div>"
      FOOT "</body></html>",
      "http://blog.yunxi.cn/1513.html", TITLE, "2024-11-06", NULL, NULL, NULL },
    { "disclaimer and copyright inside the container",
      HEAD(TITLE "-云溪在线", "") NAV "<div class=\"article_content\"><h1>" TITLE "</h1><p>2024-03-13 10:56:28　云溪日报</p>" PARAS "<p>（责任编辑：HN01）</p>"
      "<p>【免责声明】本文仅代表作者本人观点，与本网无关。本网站对文中陈述、观点判断保持中立。</p><p>Copyright © 云溪在线 版权所有</p></div></body></html>",
      "http://www.yxol.cn/2024-03-13/1001.html", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "an announcement of short lines",
      HEAD("云溪市人大常委会任免名单 - 云溪人大", "") NAV SIDE "<div class=\"n\"><h1>云溪市人大常委会任免名单</h1><p>发布时间：2024-03-13 来源：云溪市人大常委会</p>"
      "<div id=\"zoom\"><p>任命：</p><p>李明远为云溪市财政局局长</p><p>周敏为云溪市水利局局长</p><p>免去：</p><p>陈晓的云溪市财政局局长职务</p></div></div>"
      FOOT "</body></html>",
      "http://www.yxrd.gov.cn/gg/202403/t20240313_3.html", "云溪市人大常委会任免名单", "2024-03-13", "云溪市人大常委会", NULL,
      "任命：\n李明远为云溪市财政局局长\n周敏为云溪市水利局局长\n免去：\n陈晓的云溪市财政局局长职务" },
    { "a newspaper's properties in a comment",
      HEAD("云溪日报数字报", "") "<!--enpproperty <articleid>12</articleid><date>2024-03-13 00:00:00.0</date><author></author><title>" TITLE "</title>"
      "<sourcename>云溪日报</sourcename>/enpproperty-->" NAV "<div><p>" TITLE "</p><div><!--enpcontent-->" PARAS "<!--/enpcontent--></div><p>往期回顾请看版面导航，"
      "欢迎订阅本报，订阅热线请见报头。</p></div>" FOOT "</body></html>",
      "http://www.yxrb.cn/html/c12.htm", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "date only in a script, source only by class",
      HEAD(TITLE "_云溪新闻", "<script>window.DATA = {\"title\":\"x\",\"pubtime\":\"2024-03-13 09:20:11\"};</script>") NAV "<div><h1>" TITLE "</h1><div><span>03/13</span>"
      "<a class=\"source\" href=\"#\">云溪日报</a></div><div class=\"content-article\">" PARAS "</div></div>" FOOT "</body></html>",
      "http://new.yunxi.cn/omn/a1.html", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "date only in <time>",
      HEAD(TITLE " - 云溪笔记", "") NAV "<article><header><h1 class=\"entry-title\">" TITLE "</h1><time datetime=\"2024-03-13T09:20:00+08:00\">八个月前</time></header>"
      "<div class=\"entry-content\">" PARAS "</div></article>" FOOT "</body></html>",
      "http://blog.yunxi.cn/p", TITLE, "2024-03-13", NULL, NULL, NULL },
    { "credits and an invitation after the text",
      HEAD(TITLE, "") "<div class=\"news_txt\">" TITLE "</div><div>2024-03-13 14:07 来源：云溪新闻·政务</div><div class=\"txt\">原标题：《" TITLE "！》<br>" P1 "<br>" P2 "<br>" P3
      "<br>编辑|周敏<br>校对|陈晓<br>来源|云溪参考<br>扫描下方二维码，解锁更多服务<br>1、回复“社保”，查询缴纳记录</div></body></html>",
      "http://www.yxnews.cn/f_1", TITLE, "2024-03-13", "云溪新闻·政务", "周敏", NULL },
    { "a short notice beside a long self-description",
      HEAD("云溪市人大常委会公告_云溪人大网", "") NAV "<div class=\"intro\"><p>云溪人大网由云溪市人大常委会办公室主办，设有要闻、立法、监督、代表等栏目，全面介绍人民代表大会制度，及时报道"
      "常委会和机关的工作，宣传代表履职风采，欢迎各界人士来稿，稿件请注明作者姓名、单位和联系方式，一经采用即付稿酬。</p></div><h1>云溪市人大常委会公告</h1>"
      "<p>发布时间：2024-03-13</p><div class=\"TRS_Editor\"><p>张明因工作变动，已辞去代表职务，现予公告。</p></div>" FOOT "</body></html>",
      "http://www.yxrd.gov.cn/gg/202403/t20240313_5.html", "云溪市人大常委会公告", "2024-03-13", NULL, NULL, "张明因工作变动，已辞去代表职务，现予公告。" },
    { "the site's name in <h1>, the title without class",
      HEAD("云溪市人大常委会", "") "<h1><a href=\"/\">云溪人大网</a></h1>" NAV "<h2>要闻</h2><table><tr><td><b>" TITLE "</b></td></tr><tr><td>2024-03-13　来源：云溪日报</td></tr>"
      "<tr><td>" PARAS "</td></tr></table>" FOOT "</body></html>",
      "http://www.yxrd.gov.cn/n.asp?id=5", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "an old article system: labels in one row, entry clerk, neighbours in tables",
      HEAD("云溪人大网", "") NAV "<table><tr><td>您现在的位置： 云溪人大网 &gt;&gt; 工作动态 &gt;&gt; 正文</td></tr><tr><td><font color=red>" TITLE "</font></td></tr>"
      "<tr><td>作者：李明远　　文章来源：<a>云溪日报</a><a>订阅</a>　　点击数： 120　　更新时间：2024-3-13</td></tr><tr><td>　　" P1 "<br>　　" P2 "<br>　　" P3 "</td></tr>"
      "<tr><td>文章录入：admin　　责任编辑：admin</td></tr><tr><td>上一篇文章： <a href=1.htm>消息一</a></td></tr><tr><td>下一篇文章： 没有了</td></tr>"
      "<tr><td>【发表评论】【加入收藏】【告诉好友】【打印此文】【关闭窗口】</td></tr></table><table><tr><td>相关文章</td></tr><tr><td>没有相关文章</td></tr></table>" FOOT,
      "http://www.yxrd.gov.cn/ShowArticle.asp?ArticleID=5", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
    { "the line under a decision's title stays",
      HEAD("云溪市人大常委会关于批准决算的决议_云溪人大", "") NAV "<div class=\"box\"><h1>云溪市人大常委会关于批准决算的决议</h1><p>发布时间：2024-03-13</p><div class=\"cont\">"
      "<p>（2024年3月12日云溪市七届人大常委会第十八次会议通过）</p>" PARAS "</div></div>" FOOT "</body></html>",
      "http://www.yxrd.gov.cn/gg/202403/t20240313_4.html", "云溪市人大常委会关于批准决算的决议", "2024-03-13", NULL, NULL,
      "（2024年3月12日云溪市七届人大常委会第十八次会议通过）\n" TEXT },
    { "uppercase tags, unquoted attributes, entities",
      "<HTML><HEAD><TITLE>" TITLE "</TITLE></HEAD><BODY><TABLE><TR><TD CLASS=title ALIGN=center>" TITLE "</TD></TR><TR><TD>[ 2024-03-13 ]&nbsp;&nbsp;"
      "来源:云溪人大</TD></TR><TR><TD ID=zoom>&nbsp;&nbsp;&nbsp;&nbsp;" P1 "<P>&emsp;&emsp;" P2 "<P>&#12288;&#12288;" P3 "</TD></TR></TABLE></BODY></HTML>",
      "http://www.yxrd.gov.cn/1.htm", TITLE, "2024-03-13", "云溪人大", NULL, NULL },
    { "a newspaper's jump and counters are left out",
      HEAD(TITLE, "") "<div class=\"article\"><h1>" TITLE "</h1><p>来源：云溪日报 2024-03-13</p><p>（上接第一版）</p>" PARAS "<p>阅读 539</p><p>赞 0</p>"
      "<p>分享到：</p></div>" FOOT "</body></html>",
      "http://www.yxrb.cn/1.htm", TITLE, "2024-03-13", "云溪日报", NULL, NULL },
};

static struct span to_gb18030(const char *utf8)
{
    size_t left = strlen(utf8), room = left * 2 + 16;
    char *out = arena_alloc(arena, room), *q = out, *p = (char *)(uintptr_t)utf8;
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    assert_true(cd != (iconv_t)-1);
    assert_true(iconv(cd, &p, &left, &q, &room) != (size_t)-1);
    iconv_close(cd);
    return span_between(out, q);
}

static int check_row(const char *name, const struct row *row, const struct page_out *out)
{
    int bad = lacks(name, "is no article", out->class == CLASS_ARTICLE && out->article != NULL);
    if (bad > 0)
        return bad;
    const struct span *f = out->article->f;
    bad += differs(name, "title", f[ARTICLE_TITLE], row->title);
    bad += differs(name, "published", f[ARTICLE_PUBLISHED], row->published);
    bad += differs(name, "source", f[ARTICLE_SOURCE], row->source);
    bad += differs(name, "editor", f[ARTICLE_EDITOR], row->editor);
    bad += differs(name, "text", f[ARTICLE_TEXT], row->text != NULL ? row->text : TEXT);
    return bad;
}

static void families(void **state)
{
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        read_bytes(span_of(rows[i].html), rows[i].url, "text/html; charset=utf-8", ROLE_ARTICLE, &out);
        bad += check_row(rows[i].name, &rows[i], &out);
    }
    assert_int_equal(bad, 0);
}

static void twins_in_gb18030(void **state)
{
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct page_out out;
        char name[200];
        snprintf(name, sizeof(name), "%s (GB18030)", rows[i].name);
        read_bytes(to_gb18030(rows[i].html), rows[i].url, i % 3 == 0 ? "text/html" : i % 3 == 1 ? "text/html; charset=gb2312" : "text/html; charset=UTF-8",
                   ROLE_ARTICLE, &out);
        bad += differs(name, "charset", out.charset, "gb18030");
        bad += check_row(name, &rows[i], &out);
    }
    assert_int_equal(bad, 0);
}

static void authors(void **state)
{
    static const struct {
        const char *name, *line, *last, *want; /* want: name/role, … */
    } cases[] = {
        { "text and photo", "作者：文/李明远 图/周敏", "", "李明远/text 周敏/photo" },
        { "reporter and correspondent", "记者：李明远 通讯员：周敏 陈晓", "", "李明远/text 周敏/text 陈晓/text" },
        { "two characters apart", "作者：李 明", "", "李明/text" },
        { "a department is no person", "作者：办公室", "", "" },
        { "in brackets at the end", "来源：云溪日报", "（李明远 周敏）", "李明远/text 周敏/text" },
        { "reporter in brackets", "来源：云溪日报", "（记者 李明远 通讯员 周敏）", "李明远/text 周敏/text" },
        { "other brackets at the end", "来源：云溪日报", "（草案）", "" },
        { "both at once", "来源：云溪日报", "（文/图 李明远）", "李明远/text" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct page_out out;
        char got[256] = "";
        struct span html = arena_printf(arena, HEAD(TITLE, "") "<div class=\"article\"><h1>" TITLE "</h1><p>%s</p><p>" P1 "</p><p>" P2 P3 "%s</p></div>" FOOT,
                                        cases[i].line, cases[i].last);
        read_bytes(html, "http://www.yxrb.cn/1.htm", "", ROLE_ARTICLE, &out);
        for (size_t k = 0; out.article != NULL && k < out.article->author_count; k++)
            snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s/%.*s", k > 0 ? " " : "", SPAN_FMT(out.article->authors[k].name),
                     SPAN_FMT(out.article->authors[k].role));
        bad += differs(cases[i].name, "authors", span_of(got), cases[i].want);
    }
    assert_int_equal(bad, 0);
}

static void small_things(void **state)
{
    static const struct {
        const char *name, *html;
        enum article_field field;
        const char *want;
    } cases[] = {
        { "a subtitle in the heading", "<h1>依法履职展新貌<br>——云溪市人大代表工作综述</h1><p>2024-03-13</p>" PARAS, ARTICLE_SUBTITLE, "云溪市人大代表工作综述" },
        { "its title", "<h1>依法履职展新貌<br>——云溪市人大代表工作综述</h1><p>2024-03-13</p>" PARAS, ARTICLE_TITLE, "依法履职展新貌" },
        { "a subtitle of its own", "<h1>依法履职展新貌</h1><h3>——云溪市人大代表工作综述</h3><p>2024-03-13</p>" PARAS, ARTICLE_SUBTITLE, "云溪市人大代表工作综述" },
        { "a column from the breadcrumb", "<div>当前位置：<a>首页</a> >> <a>代表工作</a> >> 正文</div><h1>" TITLE "</h1>" PARAS, ARTICLE_COLUMN, "代表工作" },
        { "a column by label", "<h1>" TITLE "</h1><p>发布日期：2024-03-13 所属栏目：代表工作</p>" PARAS, ARTICLE_COLUMN, "代表工作" },
        { "source lines broken in the source", "<h1>" TITLE "</h1><p>会议\n    指出，要压实责任，\r\n补齐短板，推动 12 项意见\nA 落实，让人民满意。</p>", ARTICLE_TEXT,
          "会议指出，要压实责任，补齐短板，推动 12 项意见 A 落实，让人民满意。" },
        { "a body whose container is called like furniture", "<div class=\"comment\"><h1>" TITLE "</h1>" PARAS "</div>", ARTICLE_TEXT, TEXT },
        { "the original's address", "<h1>" TITLE "</h1>" PARAS "<p>原文链接：http://www.yxrb.cn/1.htm</p>", ARTICLE_CANONICAL_URL, "http://www.yxrb.cn/1.htm" },
        { "canonical", "<link rel=\"canonical\" href=\"http://www.yxrb.cn/2.htm\"><h1>" TITLE "</h1>" PARAS, ARTICLE_CANONICAL_URL, "http://www.yxrb.cn/2.htm" },
        { "keywords", "<meta name=\"Keywords\" content=\"人大,监督，水 污染\"><h1>" TITLE "</h1>" PARAS, ARTICLE_KEYWORDS, "人大\n监督\n水\n污染" },
        { "an issue", "<h1>" TITLE "</h1><p>2024年第3期 本刊特稿</p>" PARAS FOOT, ARTICLE_ISSUE, "2024年第3期" },
        { "an issue dates", "<h1>" TITLE "</h1><p>2024年第3期 本刊特稿</p>" PARAS FOOT, ARTICLE_PUBLISHED, "2024-03" },
        { "an issue's publisher", "<h1>" TITLE "</h1><p>2024年第3期 本刊特稿</p>" PARAS FOOT, ARTICLE_SOURCE, "云溪市人大常委会" },
        { "inline tags do not cut words", "<h1>" TITLE "</h1><p>会<b>议</b>听<span class=x>取</span>了<a href=1>报告</a>，审议了<font>议案</font>，通过了决定。</p>", ARTICLE_TEXT,
          "会议听取了报告，审议了议案，通过了决定。" },
        { "a source that is the site itself", "<meta name=\"SiteName\" content=\"云溪人大网\"><h1>" TITLE "</h1><p>来源：本站</p>" PARAS, ARTICLE_SOURCE, "云溪人大网" },
        { "a quote that is never closed", "<h1>" TITLE "</h1><p class=\"x>" P1 "</p><p>" P2 "</p><p>" P3 "</p>", ARTICLE_TEXT, TEXT },
        { "a '>' in a quote, no blank between attributes", "<h1>" TITLE "</h1><p title=\"a>b\"class=\"x\">" P1 "</p><p align=center>" P2 "</p><p/>" P3, ARTICLE_TEXT, TEXT },
        { "looks within looks", "<h1>" TITLE "</h1><p><span style=\"color:red\"><SPAN id=a><span>" P1 "</span></SPAN></span></p><p><b><b class=x>" P2 "</b></b></p></font><p>" P3,
          ARTICLE_TEXT, TEXT },
        { "hidden within looks", "<h1>" TITLE "</h1>" PARAS "<p><span lang=EN><span style=\"DISPLAY: none\">不应出现的文字，<b>不应出现。</b></span></span></p>", ARTICLE_TEXT, TEXT },
        { "a tag that the page's end cuts", "<h1>" TITLE "</h1>" PARAS "<p class=\"x\" title", ARTICLE_TEXT, TEXT },
        { "a heading of the fifth order under the column's", "<title>工作动态--云溪人大网</title><h3>首页 - 工作动态</h3><h5>" TITLE "！</h5><p>发布时间：2024-03-13</p>" PARAS,
          ARTICLE_TITLE, TITLE "！" },
        { "an account's page of WeChat: its name", "<h2 class=\"rich_media_title\">" TITLE "</h2><a id=\"js_name\">云溪人大</a><div id=\"js_content\">" PARAS "</div>", ARTICLE_SOURCE,
          "云溪人大" },
        { "its time", "<script>var ct = \"1710345600\";</script><h2 class=\"rich_media_title\">" TITLE "</h2><div id=\"js_content\">" PARAS "</div>", ARTICLE_PUBLISHED, "2024-03-14" },
        { "when it was changed, for want of better", "<meta itemprop=\"dateUpdate\" content=\"2024-03-13 12:00\"><h1>" TITLE "</h1>" PARAS, ARTICLE_PUBLISHED, "2024-03-13" },
        { "where to get the newspaper's program", "<h1>" TITLE "</h1>" PARAS "<p>（本文来自云溪日报客户端，更多内容请下载）</p><p>- THE END -</p>", ARTICLE_TEXT, TEXT },
        { "navigation before a text without any container", "<title>" TITLE " 云溪市图书馆</title><div><p>通知公告</p><a>馆藏资源一览</a><br><a>读者服务指南</a><br><a>志愿者活动安排"
          "</a></div><div>" TITLE "</div><div>时间：2024-03-13</div>" PARAS, ARTICLE_TITLE, TITLE },
        { "labels that only elements part", "<h1>" TITLE "</h1><p><span>2024-03-13</span><span>作者：李明远 文/图</span><span>来源：云溪日报</span></p>" PARAS, ARTICLE_SOURCE, "云溪日报" },
        { "elements that part a word", "<h1>" TITLE "</h1><p>会议<span lang=EN>听</span><span>取</span><a href=1>报</a><span>告</span>，审议了<font>议</font><font>案</font>，通过了决定。</p>",
          ARTICLE_TEXT, "会议听取报告，审议了议案，通过了决定。" },
        { "a label without a colon", "<h1>" TITLE "</h1>" PARAS "<div><div>来源</div><div>市人大办公室</div></div>", ARTICLE_SOURCE, "市人大办公室" },
        { "it is not the text's", "<h1>" TITLE "</h1>" PARAS "<div><div>来源</div><div>市人大办公室</div></div>", ARTICLE_TEXT, TEXT },
        { "who stands before the date", "<h1>" TITLE "</h1><p><span>云溪日报</span><span>2024-03-13 07:30</span></p>" PARAS, ARTICLE_SOURCE, "云溪日报" },
        { "a publisher on a line of its own", "<h1>" TITLE "</h1><p>李明远/云溪日报</p><p>2024-03-13 09:10</p>" PARAS, ARTICLE_SOURCE, "云溪日报" },
        { "bare labels", "<h1>" TITLE "</h1><div><span>发表于</span><span>2024-03-13</span> <span>来源</span><span>云溪日报</span> <span>作者</span></div>" PARAS, ARTICLE_SOURCE,
          "云溪日报" },
        { "a word before the publisher", "<h1>" TITLE "</h1><div><span>原创</span> <span>云溪日报</span> 2024-03-13</div>" PARAS, ARTICLE_SOURCE, "云溪日报" },
        { "an invitation is no publisher", "<h1>" TITLE "</h1><p>下载客户端</p><p>2024-03-13</p>" PARAS, ARTICLE_SOURCE, NULL },
        { "a person behind the date", "<h1>" TITLE "</h1><p>2024-03-13 李明远</p>" PARAS, ARTICLE_SOURCE, NULL },
        { "a journal's name before its issue", "<h1>" TITLE "</h1><p>2024-03-13 李明远</p><p>人大天地 2024年3期</p>" PARAS, ARTICLE_SOURCE, "人大天地" },
        { "an issue as short as that", "<h1>" TITLE "</h1><p>人大天地 2024年3期</p>" PARAS, ARTICLE_ISSUE, "2024年3期" },
        { "an account's code between the labels and the text", "<h1>" TITLE "</h1><div>2024-03-13</div><div>云溪人大微信<br>公众号二维码</div><div>—分享—</div>" PARAS, ARTICLE_TEXT, TEXT },
        { "a <title> that names the column", "<title>代表工作</title><div><a>首页</a><a>代表工作</a></div><div align=center>" TITLE "</div><div>二〇二四年三月十三日</div>" PARAS, ARTICLE_TITLE,
          TITLE },
        { "JSON-LD that gives <title>, site and all", "<title>" TITLE "_云溪网_要闻</title><script type=\"application/ld+json\">{\"title\": \"" TITLE "_云溪网_要闻\", \"pubDate\": "
          "\"2024-03-13T10:00:00\"}</script><h1>" TITLE "</h1>" PARAS, ARTICLE_TITLE, TITLE },
        { "whose the words are", "<h1>" TITLE "</h1>" PARAS "<p>【本刊作品未经授权，不得转载、摘编。】</p><p>出品︱云溪人大 作者︱李明远</p>", ARTICLE_TEXT, TEXT },
        { "headlines with their first words beside the text",
          "<div><div>" TITLE "</div><div>2024-03-13</div><div>" P1 "</div><div>" P2 "</div><div>" P3 "</div></div><div><a href=1>云溪市人大代表视察城区供水</a><p>代表们察看了水厂和泵站，听取了"
          "情况介绍，提出了意见建议，要求尽快落实。</p><a href=2>云溪市人大常委会举行宪法宣誓仪式</a><p>仪式由常委会副主任主持，新任命的人员面向国旗，左手抚按宪法，右手举拳。</p></div>",
          ARTICLE_TEXT, TEXT },
        { "a title at the head of the body, above a bare date", "<title>云溪市人大常委会</title><div><a href=1>首页</a></div><div><p><b>云溪市第七届人民代表大会公告（第二号）</b></p>"
          "<p>2024-03-13</p><p>云溪市第七届人民代表大会第五次会议补选：</p><p>韩知远为云溪市人民代表大会常务委员会副主任。</p><p>现予公告</p></div>",
          ARTICLE_TITLE, "云溪市第七届人民代表大会公告（第二号）" },
        { "the site's name above is none", "<title>云溪县人大常委会网站 - 代表风采</title><div>云溪县人大常委会网站</div><div><a href=1>首页</a>|<a href=2>代表风采</a></div><div align=center><b>" TITLE
          "</b><br>(来源：县人大代表工委　时间：2024年3月13日)</div><hr><div>" PARAS "</div><br>[<a>返回</a>] [<a>打印</a>]", ARTICLE_TITLE, TITLE },
        { "a badge before the title", "<title>" TITLE "</title><h2 class=title><span>原创</span>" TITLE "</h2><p>2024-03-13</p>" PARAS, ARTICLE_TITLE, TITLE },
        { "a column before the date", "<h1>" TITLE "</h1><p>要闻动态 2024-03-13</p>" PARAS, ARTICLE_SOURCE, NULL },
        { "a date in three elements", "<div><span class=year><em>2024</em></span><span class=day><em>03</em>/<em>13</em></span><span> 17:21:06</span></div><h1>" TITLE "</h1>" PARAS,
          ARTICLE_PUBLISHED, "2024-03-13" },
        { "comments that are half of it", "<h1>" TITLE "</h1><p>" P1 "</p><h3>网友评论（2）</h3><p>甲</p><p>" P2 "</p>", ARTICLE_TEXT, P1 },
        { "a table's last number", "<h1>" TITLE "</h1>" PARAS "<table><tr><td>类别</td><td>件数</td></tr><tr><td>城建</td><td>163</td></tr></table>", ARTICLE_TEXT,
          TEXT "\n类别\n件数\n城建\n163" },
        { "a counter in a cell", "<h1>" TITLE "</h1>" PARAS "<table><tr><td>浏览次数：</td><td>163</td></tr></table>", ARTICLE_TEXT, TEXT },
        { "a title that <title> cuts", "<title>云溪市七届人大常委会举行第十八次会议 沈望川主持并...-云溪人大网</title><div class=tit>" TITLE "<br>沈望川主持并讲话</div>" PARAS, ARTICLE_TITLE,
          TITLE " 沈望川主持并讲话" },
        { "a greeting that holds the site's name", "<title>云溪市人大网</title><p>今天是2024年6月30日 欢迎光临云溪市人大网！</p><div class=biaoti>" TITLE "</div><p>2024-03-13</p>" PARAS,
          ARTICLE_TITLE, TITLE },
        { "hidden text stays out", "<h1>" TITLE "</h1>" PARAS "<p style=\"display: none\">不应出现的文字，不应出现。</p>", ARTICLE_TEXT, TEXT },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct page_out out;
        read_bytes(span_of(cases[i].html), "http://www.yxrd.gov.cn/x.html", "text/html", ROLE_ARTICLE, &out);
        bad += differs(cases[i].name, article_fields[cases[i].field].name, out.article == NULL ? SPAN("(no article)") : out.article->f[cases[i].field], cases[i].want);
    }
    assert_int_equal(bad, 0);
}

static void classes(void **state)
{
    static const struct {
        const char *name, *html;
        enum page_role role;
        enum page_class want;
    } cases[] = {
        { "soft 404", HEAD("提示", "") NAV "<div><p>对不起，您访问的页面不存在或已被删除！</p></div>" FOOT, ROLE_ARTICLE, CLASS_SOFT404 },
        { "soft 404 by title", HEAD("404 Not Found", "") "<h1>404</h1><p>nginx</p>", ROLE_ARTICLE, CLASS_SOFT404 },
        { "soft 404 of a list", HEAD("提示", "") "<p>找不到页面</p>", ROLE_LIST, CLASS_SOFT404 },
        { "challenge by script", "<html><script>var arg1='3A';var _0x4818=['acw_sc__v2'];document.cookie='acw_sc__v2=';location.reload();</script></html>",
          ROLE_ARTICLE, CLASS_CHALLENGE },
        { "challenge by words", HEAD("安全验证", "") "<p>请完成下面的滑动验证后继续访问</p>", ROLE_LIST, CLASS_CHALLENGE },
        { "an article about verification", HEAD(TITLE, "") "<h1>" TITLE "</h1>" PARAS "<p>会议还讨论了验证码和安全验证的规定，已删除的内容另行公布。</p>" PARAS PARAS PARAS
          PARAS, ROLE_ARTICLE, CLASS_ARTICLE },
        { "a short decision with a doubtful word", HEAD("云溪市人大常委会公告", "") "<h1>云溪市人大常委会公告</h1><p>2024年3月12日会议决定，对条例作如下修改：第五条已删除，"
          "第六条改为第五条，其余条文的顺序作相应调整后重新公布，自公布之日起施行。</p>", ROLE_ARTICLE, CLASS_ARTICLE },
        { "no text", "<html><body><img src=x></body></html>", ROLE_ARTICLE, CLASS_OTHER },
        { "nothing", "", ROLE_ARTICLE, CLASS_OTHER },
        { "an empty list", HEAD("要闻", "") NAV "<div>暂无内容</div>" FOOT, ROLE_LIST, CLASS_LIST },
        { "an article where a list was expected", HEAD(TITLE, "") "<h1>" TITLE "</h1>" PARAS PARAS PARAS PARAS, ROLE_LIST, CLASS_ARTICLE },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct page_out out;
        read_bytes(span_of(cases[i].html), "http://www.yxrd.gov.cn/x/1.html", "text/html", cases[i].role, &out);
        bad += differs(cases[i].name, "class", span_of(page_class_names[out.class]), page_class_names[cases[i].want]);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families),
        cmocka_unit_test(twins_in_gb18030),
        cmocka_unit_test(authors),
        cmocka_unit_test(small_things),
        cmocka_unit_test(classes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
