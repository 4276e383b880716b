/* The city: GB18030 bytes that call themselves gb2312, tables in tables, a pager that only JavaScript knows. */
#include "style.h"

#include <string.h>

enum { FIRST_CHANNEL = 12 };

static void article_path(const struct site_article *a, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    site_out_fmt(o, "/%d/%02d%02d/c%da%llu.html", y, m, d, FIRST_CHANNEL + a->column,
                 (unsigned long long)a->index + 1001);
}

static void list_path(int column, uint64_t page, struct site_out *o)
{
    site_out_fmt(o, page ? "/c%d/index_%llu.html" : "/c%d/index.html", FIRST_CHANNEL + column,
                 (unsigned long long)page);
}

static bool list_parse(const char *path, const char *page_arg, const char *column_arg, int *column, uint64_t *page)
{
    (void)page_arg;
    (void)column_arg;
    for (int c = 0; c < SITE_COLUMNS; c++) {
        char prefix[] = "/c12/";
        prefix[3] = (char)('2' + c);
        if (!strncmp(path, prefix, 5)) {
            *column = c;
            return site_index_parse(path + 5, page);
        }
    }
    return false;
}

static void put_head(const char *title, size_t n, struct site_out *o)
{
    site_out_str(o, "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n<HTML>\n<HEAD>\n"
                    "<META http-equiv=Content-Type content=\"text/html; charset=gb2312\">\n<TITLE>");
    site_out_escaped(o, title, n);
    site_out_str(
        o,
        "-安澜市人大常委会</TITLE>\n<LINK href=\"/css/css.css\" rel=stylesheet type=text/css>\n<LINK title=RSS "
        "href=\"/rss.xml\" "
        "rel=alternate type=application/rss+xml>\n<SCRIPT "
        "language=JavaScript src=\"/js/menu.js\"></SCRIPT>\n"
        "<SCRIPT language=JavaScript>\nfunction ContentSize(size){document.all.BodyLabel.style.fontSize=size+\"px\";}\n"
        "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){\n"
        " if(_nPageCount == null || _nPageCount <= 1) return;\n var s = \"共\" + _nPageCount + \"页 \";\n"
        " for(var i = 0; i < _nPageCount; i++){\n  if(i == _nCurrIndex) s += (i + 1) + \" \";\n"
        "  else s += \"<a href='\" + _sPageName + (i == 0 ? \"\" : \"_\" + i) + \".\" + _sPageExt + \"'>\" + (i + 1) + "
        "\"</a> \";\n }\n document.write(s);\n}\n</SCRIPT>\n</HEAD>\n"
        "<BODY leftMargin=0 topMargin=0 bgColor=#ffffff>\n<TABLE width=980 border=0 align=center cellPadding=0 "
        "cellSpacing=0>\n<TR><TD colspan=2><IMG src=\"/images/top.gif\" width=980 height=150></TD></TR>\n"
        "<TR><TD colspan=2 height=32 background=\"/images/menu.gif\"><TABLE width=\"100%\" border=0><TR>\n<TD "
        "align=middle><A class=menu href=\"/index.html\">首 页</A></TD>\n");
    for (int c = 0; c < SITE_COLUMNS; c++)
        site_out_fmt(o, "<TD align=middle><A class=menu href=\"/c%d/index.html\">%s</A></TD>\n", FIRST_CHANNEL + c,
                     site_column_names[c]);
    site_out_str(o, "<TD align=middle><A class=menu href=\"/zt/jgsz.htm\">机构设置</A></TD>\n<TD align=middle><A "
                    "class=menu href=\"/zt/lxwm.htm\">联系我们</A></TD>\n</TR></TABLE></TD></TR>\n"
                    "<TR><TD colspan=2 height=24>今天是<SCRIPT language=JavaScript src=\"/js/date.js\"></SCRIPT> "
                    "欢迎访问安澜市人大常委会网站！</TD></TR>\n");
}

static void put_left(struct site_out *o)
{
    static const char *const items[] = { "常委会公报",     "法规草案征求意见", "代表名录", "代表建议公开", "信访须知",
                                         "规范性文件备案", "人大论坛",         "理论研究", "县区动态",     "图片新闻",
                                         "视频点播",       "资料下载",         "在线投稿", "机关建设" };
    site_out_str(o, "<TD width=230 valign=top bgColor=#f5f5f5>\n");
    for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++)
        site_out_fmt(o,
                     "<TABLE width=\"96%%\" border=0 align=center cellPadding=3 cellSpacing=0 style=\"BORDER-BOTTOM: "
                     "#cccccc 1px dotted\"><TR><TD width=20 align=middle>"
                     "<IMG src=\"/images/arrow.gif\" width=7 height=7></TD><TD class=left height=26><A "
                     "href=\"/zt/l%zu.htm\" target=_blank><FONT color=#333333>%s</FONT></A></TD></TR></TABLE>\n",
                     i, items[i]);
    for (int i = 0; i < 6; i++)
        site_out_fmt(o,
                     "<TABLE width=\"96%%\" border=0 align=center cellPadding=3 cellSpacing=0><TR><TD width=20 "
                     "align=middle><IMG src=\"/images/dot.gif\" width=5 height=5></TD>"
                     "<TD class=left height=24><A href=\"/zt/x%d.htm\" target=_blank>%s人大</A></TD></TR></TABLE>\n",
                     i, site_congresses[1].lower[i]);
    site_out_str(o, "</TD>\n");
}

static void put_bottom(struct site_out *o)
{
    site_out_str(o, "<TR><TD colspan=2 align=middle height=90 bgColor=#a40000><FONT "
                    "color=#ffffff>版权所有：安澜市人大常委会 主办单位：安澜市人大常委会办公室<BR>"
                    "地址：安澜市安澜大道1号 邮编：000000 电话：0000-8230001 传真：0000-8230002<BR>泽ICP备00000002号 "
                    "访问量：<SCRIPT src=\"/js/count.js\"></SCRIPT></FONT></TD></TR>\n"
                    "</TABLE>\n</BODY>\n</HTML>\n");
}

static void put_link(const struct site_article *a, struct site_out *o)
{
    site_out_str(o, "<A href=\"");
    article_path(a, o);
    site_out_str(o, "\" target=_blank>");
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_str(o, "</A>");
}

static void article_page(const struct site_article *a, const struct site_article *related, size_t n, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    put_head(a->title.data, a->title.len, o);
    site_out_str(o, "<TR>\n");
    put_left(o);
    site_out_fmt(
        o,
        "<TD width=750 valign=top>\n<TABLE width=\"98%%\" border=0 align=center>\n<TR><TD height=30>您现在的位置：<A "
        "href=\"/index.html\">首页</A> &gt;&gt; <A href=\"/c%d/index.html\">%s</A> &gt;&gt; 正文</TD></TR>\n"
        "<TR><TD align=middle height=60 class=biaoti><FONT color=#c00000 size=5><B>",
        FIRST_CHANNEL + a->column, site_column_names[a->column]);
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_fmt(o,
                 "</B></FONT></TD></TR>\n<TR><TD align=middle height=30 "
                 "bgColor=#eeeeee>发布日期：%d年%02d月%02d日　　来源：%s　作者：%s　浏览次数：<SCRIPT "
                 "src=\"/js/hits.js\"></SCRIPT> "
                 "【字体：<A href=\"javascript:ContentSize(18)\">大</A> <A href=\"javascript:ContentSize(16)\">中</A> "
                 "<A href=\"javascript:ContentSize(12)\">小</A>】</TD></TR>\n"
                 "<TR><TD id=BodyLabel class=content style=\"LINE-HEIGHT: 200%%; FONT-SIZE: 16px\">\n",
                 y, m, d, a->source, a->author);
    site_each_paragraph(a, o, a->index % 2 ? "<P>　　" : "　　", a->index % 2 ? "</P>\n" : "<BR><BR>\n");
    site_out_fmt(o,
                 "</TD></TR>\n<TR><TD align=right>责任编辑：%s</TD></TR>\n<TR><TD align=right>【<A "
                 "href=\"javascript:window.print()\">打印此页</A>】【<A "
                 "href=\"javascript:window.close()\">关闭窗口</A>】【<A href=\"#\">返回顶部</A>】</TD></TR>\n"
                 "<TR><TD><B>相关新闻</B><BR>\n",
                 a->editor);
    for (size_t i = 0; i < n; i++) {
        site_out_str(o, "·");
        put_link(&related[i], o);
        site_out_str(o, "<BR>\n");
    }
    site_out_str(o, "</TD></TR>\n</TABLE>\n</TD>\n</TR>\n");
    put_bottom(o);
}

static void put_rows(const struct site_list *l, struct site_out *o)
{
    for (size_t i = 0; i < l->n; i++) {
        int y, m, d;
        site_day_split(l->articles[i].day, &y, &m, &d);
        site_out_str(o,
                     "<TR><TD width=20 align=middle height=28><IMG src=\"/images/dot.gif\" width=5 height=5></TD><TD>");
        put_link(&l->articles[i], o);
        site_out_fmt(o, "</TD><TD width=100 align=right><FONT color=#999999>[%d-%02d-%02d]</FONT></TD></TR>\n", y, m,
                     d);
    }
}

static void list_page(const struct site_list *l, struct site_out *o)
{
    const char *name = site_column_names[l->column];
    put_head(name, strlen(name), o);
    site_out_str(o, "<TR>\n");
    put_left(o);
    site_out_fmt(o,
                 "<TD width=750 valign=top>您现在的位置：<A href=\"/index.html\">首页</A> &gt;&gt; %s\n<TABLE "
                 "width=\"98%%\" border=0 align=center>\n",
                 name);
    put_rows(l, o);
    site_out_fmt(o,
                 "</TABLE>\n<DIV align=center class=page><SCRIPT>createPageHTML(%llu, %llu, \"index\", "
                 "\"html\");</SCRIPT></DIV>\n</TD>\n</TR>\n",
                 (unsigned long long)l->pages, (unsigned long long)l->page);
    put_bottom(o);
}

static void home_page(const struct site_list *lists, struct site_out *o)
{
    put_head("首页", strlen("首页"), o);
    site_out_str(o, "<TR>\n");
    put_left(o);
    site_out_str(o, "<TD width=750 valign=top>\n");
    for (int c = 0; c < SITE_COLUMNS; c++) {
        struct site_list l = lists[c];
        l.n = l.n < 6 ? l.n : 6;
        site_out_fmt(o,
                     "<TABLE width=\"98%%\" border=0 align=center><TR><TD colspan=2><B>%s</B></TD><TD align=right><A "
                     "href=\"/c%d/index.html\">更多...</A></TD></TR>\n",
                     site_column_names[c], FIRST_CHANNEL + c);
        put_rows(&l, o);
        site_out_str(o, "</TABLE>\n");
    }
    site_out_str(o, "</TD>\n</TR>\n");
    put_bottom(o);
}

static const char *const start[] = {
    "/index.html", "/c12/index.html", "/c13/index.html", "/c14/index.html", "/c15/index.html", "/c16/index.html", NULL
};
static const char *const feeds[] = { "/rss.xml", NULL };
static const char *const sitemaps[] = { "/sitemap_index.xml", NULL };

const struct site_style site_style_table = {
    .content_type = "text/html",
    .gb18030 = true,
    .article_pattern = "/\\d{4}/\\d{4}/c\\d+a\\d+\\.html",
    .start = start,
    .feeds = feeds,
    .sitemaps = sitemaps,
    .article_path = article_path,
    .list_path = list_path,
    .list_parse = list_parse,
    .article_page = article_page,
    .list_page = list_page,
    .home_page = home_page,
};
