/* The province: UTF-8, government meta tags, div.TRS_Editor, pages joined by links. */
#include "style.h"

#include <stdio.h>
#include <string.h>

static const char *const dirs[SITE_COLUMNS] = { "yaowen", "lifa", "jiandu", "daibiao", "renmian" };

static void article_path(const struct site_article *a, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    site_out_fmt(o, "/%s/%d%02d/t%d%02d%02d_%llu.html", dirs[a->column], y, m, y, m, d,
                 (unsigned long long)a->index + 1001);
}

static void list_path(int column, uint64_t page, struct site_out *o)
{
    site_out_fmt(o, page ? "/%s/index_%llu.html" : "/%s/index.html", dirs[column], (unsigned long long)page);
}

static bool list_parse(const char *path, const char *page_arg, const char *column_arg, int *column, uint64_t *page)
{
    (void)page_arg;
    (void)column_arg;
    for (int c = 0; c < SITE_COLUMNS; c++) {
        size_t n = strlen(dirs[c]);
        if (path[0] == '/' && !strncmp(path + 1, dirs[c], n) && path[1 + n] == '/') {
            *column = c;
            return site_index_parse(path + 2 + n, page);
        }
    }
    return false;
}

static void put_style_and_script(struct site_out *o)
{
    static const char *const areas[] = {
        "header",  "banner", "nav",   "crumbs", "wrap",   "main",   "side",    "list",
        "article", "info",   "share", "friend", "footer", "search", "hotnews", "topic"
    };
    site_out_str(o,
                 "<link rel=\"stylesheet\" href=\"/images/style.css\">\n<link rel=\"alternate\" "
                 "type=\"application/rss+xml\" title=\"云泽人大网\" href=\"/rss.xml\">\n<style type=\"text/css\">\n");
    for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]); i++)
        site_out_fmt(
            o,
            ".%s{margin:0 auto;padding:%zupx 0;width:1200px;overflow:hidden;font-family:\"Microsoft YaHei\",SimSun;}\n"
            ".%s a{color:#333;text-decoration:none;line-height:%zupx;}\n.%s a:hover{color:#c00;}\n"
            ".%s li{height:36px;background:url(/images/dot.png) no-repeat left center;padding-left:14px;}\n",
            areas[i], 4 + i, areas[i], 24 + i, areas[i], areas[i]);
    site_out_str(o, "</style>\n<script type=\"text/javascript\">\n"
                    "var _trs = {siteid: 3, channel: 0};\n"
                    "function doZoom(size){ document.getElementById('Zoom').style.fontSize = size + 'px'; }\n"
                    "function printPage(){ window.print(); return false; }\n"
                    "function addFavorite(){ try { window.external.addFavorite(location.href, document.title); } catch "
                    "(e) { alert('请按 Ctrl+D 收藏本页'); } }\n");
    for (int i = 0; i < 24; i++)
        site_out_fmt(o,
                     "function tab_%d(n){ for (var i = 0; i < %d; i++) { var e = document.getElementById('tab_%d_' + "
                     "i); if (e) e.style.display = i == n ? 'block' : 'none'; } }\n",
                     i, i + 2, i);
    site_out_str(o, "</script>\n");
}

static void put_top(const char *where, struct site_out *o)
{
    site_out_str(o, "<div class=\"header\"><div class=\"topbar\"><a href=\"javascript:void(0)\" "
                    "onclick=\"this.style.behavior='url(#default#homepage)'\">设为首页</a> | "
                    "<a href=\"javascript:addFavorite()\">加入收藏</a> | <a href=\"/zt/wza.html\">无障碍浏览</a> | <a "
                    "href=\"/zt/app.html\">手机客户端</a></div>\n"
                    "<div class=\"banner\"><a href=\"/\"><img src=\"/images/banner.jpg\" "
                    "alt=\"云泽人大网\"></a></div>\n<ul class=\"nav\">\n<li><a href=\"/\">首页</a></li>\n");
    for (int c = 0; c < SITE_COLUMNS; c++)
        site_out_fmt(o, "<li><a href=\"/%s/index.html\">%s</a></li>\n", dirs[c], site_column_names[c]);
    site_out_str(
        o,
        "<li><a href=\"/zt/gaikuang.html\">人大概况</a></li>\n<li><a href=\"/zt/jigou.html\">机构设置</a></li>\n"
        "<li><a href=\"/zt/zhishi.html\">人大知识</a></li>\n<li><a href=\"/zt/zhuanti.html\">专题专栏</a></li>\n</ul>\n"
        "<div class=\"search\"><form action=\"/search\" method=\"get\"><input name=\"q\" value=\"请输入关键字\"><input "
        "type=\"submit\" value=\"搜索\"></form></div></div>\n");
    site_out_fmt(o, "<div class=\"crumbs\">当前位置：<a href=\"/\">首页</a> &gt; %s</div>\n", where);
}

static void put_side(struct site_out *o)
{
    static const char *const notices[] = { "人民代表大会制度重要思想学习专栏",
                                           "常委会公报电子版",
                                           "代表风采展播",
                                           "法规数据库查询入口",
                                           "宪法宣传周活动专题",
                                           "机关党建园地",
                                           "预算公开专栏",
                                           "信访工作指南",
                                           "常委会主任会议成员简介",
                                           "专门委员会职责介绍",
                                           "人大代表选举知识问答",
                                           "民法典宣传月" };
    site_out_str(o, "<div class=\"side\">\n<div class=\"hotnews\"><h3>专题专栏</h3><ul>\n");
    for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
        site_out_fmt(o, "<li><a href=\"/zt/z%zu.html\" title=\"%s\" target=\"_blank\">%s</a></li>\n", i + 1, notices[i],
                     notices[i]);
    site_out_str(o, "</ul></div>\n<div class=\"topic\"><h3>市州人大</h3><ul>\n");
    for (int i = 0; i < 6; i++)
        site_out_fmt(o, "<li><a href=\"/zt/szrd_%d.html\">%s人大</a></li>\n", i, site_congresses[0].lower[i]);
    site_out_str(o, "</ul></div>\n</div>\n");
}

static void put_bottom(struct site_out *o)
{
    site_out_str(o, "<div class=\"friend\"><select onchange=\"window.open(this.value)\"><option>友情链接</option>\n");
    for (int i = 0; i < 6; i++)
        site_out_fmt(o, "<option value=\"/zt/link_%d.html\">%s人大常委会</option>\n", i, site_congresses[0].lower[i]);
    site_out_str(o, "</select></div>\n<div class=\"footer\"><p><a href=\"/zt/about.html\">关于我们</a> | <a "
                    "href=\"/zt/map.html\">网站地图</a> | <a href=\"/zt/contact.html\">联系我们</a></p>\n"
                    "<p>版权所有：云泽省人大常委会办公室 未经授权禁止转载</p>\n<p>主办：云泽省人大常委会办公室 "
                    "技术支持：云泽省数据资源中心</p>\n"
                    "<p>泽ICP备00000001号-1 泽公网安备00010002000003号 网站标识码0000000001</p>\n"
                    "<p>您是第<span id=\"count\">12345678</span>位访问者 建议使用1024*768以上分辨率浏览</p></div>\n"
                    "<script src=\"/images/count.js\"></script>\n</body>\n</html>\n");
}

static void article_page(const struct site_article *a, const struct site_article *related, size_t n, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    site_out_str(o, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                    "http-equiv=\"X-UA-Compatible\" content=\"IE=edge\">\n<title>");
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_str(o, "_云泽人大网</title>\n<meta name=\"SiteName\" content=\"云泽人大网\">\n<meta name=\"SiteDomain\" "
                    "content=\"rd.yunze.example\">\n"
                    "<meta name=\"SiteIDCode\" content=\"0000000001\">\n");
    site_out_fmt(o,
                 "<meta name=\"ColumnName\" content=\"%s\">\n<meta name=\"ColumnType\" content=\"工作动态\">\n<meta "
                 "name=\"ArticleTitle\" content=\"",
                 site_column_names[a->column]);
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_fmt(o,
                 "\">\n<meta name=\"PubDate\" content=\"%d-%02d-%02d %02d:%02d\">\n<meta name=\"ContentSource\" "
                 "content=\"%s\">\n<meta name=\"Author\" content=\"%s\">\n"
                 "<meta name=\"Keywords\" content=\"人大，%s\">\n",
                 y, m, d, a->minute / 60, a->minute % 60, a->source, a->author, site_column_names[a->column]);
    put_style_and_script(o);
    site_out_str(o, "</head>\n<body>\n");
    char where[128];
    snprintf(where, sizeof(where), "<a href=\"/%s/\">%s</a> &gt; 正文", dirs[a->column], site_column_names[a->column]);
    put_top(where, o);
    site_out_str(o, "<div class=\"main\">\n<div class=\"article\">\n<h1>");
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_fmt(
        o,
        "</h1>\n<div class=\"info\"><span>发布时间：%d-%02d-%02d %02d:%02d</span> <span>来源：%s</span> "
        "<span>作者：%s</span> "
        "<span>字体：[<a href=\"javascript:doZoom(18)\">大</a> <a href=\"javascript:doZoom(16)\">中</a> <a "
        "href=\"javascript:doZoom(14)\">小</a>]</span> "
        "<a href=\"javascript:printPage()\">打印本页</a> <a href=\"javascript:window.close()\">关闭窗口</a></div>\n",
        y, m, d, a->minute / 60, a->minute % 60, a->source, a->author);
    site_out_str(o, "<div id=\"Zoom\"><div class=\"TRS_Editor\">\n<style type=\"text/css\">.TRS_Editor "
                    "P{line-height:2;font-family:仿宋;font-size:16pt;}</style>\n");
    site_each_paragraph(a, o, "<p style=\"text-indent: 2em; text-align: justify;\">", "</p>\n");
    site_out_fmt(o,
                 "</div></div>\n<div class=\"editor\">（责任编辑：%s）</div>\n"
                 "<div class=\"share\">分享到：<a class=\"wx\" href=\"#\">微信</a> <a class=\"wb\" href=\"#\">微博</a> "
                 "<a class=\"qq\" href=\"#\">QQ空间</a> 扫一扫在手机打开当前页</div>\n",
                 a->editor);
    site_out_str(o, "<div class=\"related\"><h4>相关链接</h4><ul>\n");
    for (size_t i = 0; i < n; i++) {
        site_out_str(o, "<li><a href=\"");
        article_path(&related[i], o);
        site_out_str(o, "\">");
        site_out_escaped(o, related[i].title.data, related[i].title.len);
        site_out_str(o, "</a></li>\n");
    }
    site_out_str(o, "</ul></div>\n</div>\n");
    put_side(o);
    site_out_str(o, "</div>\n");
    put_bottom(o);
}

static void put_rows(const struct site_list *l, struct site_out *o)
{
    for (size_t i = 0; i < l->n; i++) {
        int y, m, d;
        const struct site_article *a = &l->articles[i];
        site_day_split(a->day, &y, &m, &d);
        site_out_str(o, "<li><a href=\"");
        article_path(a, o);
        site_out_str(o, "\" target=\"_blank\" title=\"");
        site_out_escaped(o, a->title.data, a->title.len);
        site_out_str(o, "\">");
        site_out_escaped(o, a->title.data, a->title.len);
        site_out_fmt(o, "</a><span class=\"date\">%d-%02d-%02d</span></li>\n", y, m, d);
    }
}

static void put_page_link(int column, uint64_t page, const char *label, struct site_out *o)
{
    site_out_str(o, "<a href=\"");
    list_path(column, page, o);
    site_out_fmt(o, "\">%s</a> ", label);
}

static void put_head(const char *title, const char *where, struct site_out *o)
{
    site_out_fmt(o,
                 "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<meta "
                 "name=\"SiteName\" content=\"云泽人大网\">\n"
                 "<meta name=\"ColumnName\" content=\"%s\">\n<meta name=\"ColumnType\" content=\"栏目页\">\n",
                 title, where);
    put_style_and_script(o);
    site_out_str(o, "</head>\n<body>\n");
    put_top(where, o);
}

static void list_page(const struct site_list *l, struct site_out *o)
{
    char title[128];
    snprintf(title, sizeof(title), "%s_云泽人大网", site_column_names[l->column]);
    put_head(title, site_column_names[l->column], o);
    site_out_str(o, "<div class=\"main\"><ul class=\"list\">\n");
    put_rows(l, o);
    site_out_fmt(o, "</ul>\n<div class=\"page\">共%llu条 第%llu/%llu页 ", (unsigned long long)l->total,
                 (unsigned long long)l->page + 1, (unsigned long long)l->pages);
    put_page_link(l->column, 0, "首页", o);
    if (l->page > 0)
        put_page_link(l->column, l->page - 1, "上一页", o);
    if (l->page + 1 < l->pages)
        put_page_link(l->column, l->page + 1, "下一页", o);
    put_page_link(l->column, l->pages - 1, "尾页", o);
    site_out_str(o, "</div>\n");
    put_side(o);
    site_out_str(o, "</div>\n");
    put_bottom(o);
}

static void home_page(const struct site_list *lists, struct site_out *o)
{
    put_head("云泽人大网", "首页", o);
    for (int c = 0; c < SITE_COLUMNS; c++) {
        struct site_list l = lists[c];
        l.n = l.n < 6 ? l.n : 6;
        site_out_fmt(
            o, "<div class=\"main\"><h2>%s <a class=\"more\" href=\"/%s/\">更多&gt;&gt;</a></h2><ul class=\"list\">\n",
            site_column_names[c], dirs[c]);
        put_rows(&l, o);
        site_out_str(o, "</ul></div>\n");
    }
    put_side(o);
    put_bottom(o);
}

static const char *const start[] = {
    "/", "/yaowen/index.html", "/lifa/index.html", "/jiandu/index.html", "/daibiao/index.html", "/renmian/index.html",
    NULL
};
static const char *const feeds[] = { "/rss.xml", NULL };
static const char *const sitemaps[] = { "/sitemap.xml", NULL };

const struct site_style site_style_trs = {
    .content_type = "text/html; charset=utf-8",
    .article_pattern = "/[a-z]+/\\d{6}/t\\d{8}_\\d+\\.html",
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
