/* The county: ul lists, #zoom, list.asp?page=2, feeds and sitemaps (see feeds.c). */
#include "style.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_COLUMN = 17 };

static void article_path(const struct site_article *a, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    site_out_fmt(o, "/art/%d/%d/%d/art_%d_%llu.html", y, m, d, FIRST_COLUMN + a->column,
                 (unsigned long long)a->index + 1001);
}

static void list_path(int column, uint64_t page, struct site_out *o)
{
    site_out_fmt(o, "/col/list.asp?id=%d", FIRST_COLUMN + column);
    if (page)
        site_out_fmt(o, "&page=%llu", (unsigned long long)page + 1);
}

static bool list_parse(const char *path, const char *page_arg, const char *column_arg, int *column, uint64_t *page)
{
    if (strcmp(path, "/col/list.asp") != 0 || !column_arg)
        return false;
    char *end = NULL;
    *column = atoi(column_arg) - FIRST_COLUMN;
    unsigned long long number = page_arg ? strtoull(page_arg, &end, 10) : 1;
    if (*column < 0 || *column >= SITE_COLUMNS || number < 1 || (end && *end))
        return false;
    *page = number - 1;
    return true;
}

static void put_head(const char *title, size_t n, struct site_out *o)
{
    site_out_str(
        o, "<!doctype html>\n<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" "
           "/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<title>");
    site_out_escaped(o, title, n);
    site_out_str(o, " - 望溪人大</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"/css/main.css\" />\n<link "
                    "rel=\"alternate\" type=\"application/rss+xml\" title=\"望溪人大\" href=\"/rss.xml\" />\n"
                    "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"望溪人大\" href=\"/atom.xml\" "
                    "/>\n<link rel=\"alternate\" type=\"application/feed+json\" href=\"/feed.json\" />\n<script "
                    "src=\"/js/jquery.js\"></script>\n<script>\n$(function(){\n");
    for (int i = 0; i < 30; i++)
        site_out_fmt(o,
                     "  $('#menu_%d').hover(function(){ $(this).find('ul').stop(true, true).slideDown(200); }, "
                     "function(){ $(this).find('ul').slideUp(200); });\n",
                     i);
    site_out_str(o,
                 "});\n</script>\n</head>\n<body>\n<div id=\"top\"><span>您好，欢迎来到望溪县人大常委会网站</span><a "
                 "href=\"/zt/en.html\">English</a></div>\n<div id=\"menu\"><ul>\n<li id=\"menu_0\"><a "
                 "href=\"/\">网站首页</a></li>\n");
    for (int c = 0; c < SITE_COLUMNS; c++) {
        site_out_fmt(o, "<li id=\"menu_%d\"><a href=\"", c + 1);
        list_path(c, 0, o);
        site_out_fmt(o, "\">%s</a><ul>", site_column_names[c]);
        for (int i = 0; i < 3; i++)
            site_out_fmt(o, "<li><a href=\"/zt/m%d_%d.html\">%s%s</a></li>", c, i, site_column_names[c],
                         i == 0   ? "制度"
                         : i == 1 ? "专题"
                                  : "资料");
        site_out_str(o, "</ul></li>\n");
    }
    site_out_str(o, "</ul></div>\n");
}

static void put_side(struct site_out *o)
{
    static const char *const blocks[] = { "领导活动", "乡镇人大", "代表之窗", "学习园地", "视频中心" };
    static const char *const items[] = { "查看专题报道合集", "往期公报下载", "履职知识问答", "活动图片集锦",
                                         "在线留言板" };
    site_out_str(o, "<div id=\"side\">\n");
    for (size_t b = 0; b < 5; b++) {
        site_out_fmt(o, "<div class=\"box\"><h3><i class=\"icon icon-%zu\"></i>%s</h3><ul class=\"txtlist\">\n", b,
                     blocks[b]);
        for (size_t i = 0; i < 5; i++)
            site_out_fmt(
                o,
                "<li class=\"clearfix\"><a href=\"/zt/s%zu_%zu.html\" title=\"%s:%s\">%s</a><em>05-%02zu</em></li>\n",
                b, i, blocks[b], items[i], items[i], 10 + b * 3 + i);
        site_out_str(o, "</ul></div>\n");
    }
    site_out_str(o, "</div>\n");
}

static void put_bottom(struct site_out *o)
{
    site_out_str(o, "<div id=\"foot\"><p>主办：望溪县人大常委会 承办：望溪县人大常委会办公室</p><p>Copyright © "
                    "望溪县人大常委会 All Rights Reserved 版权所有</p>"
                    "<p>泽ICP备00000003号 泽公网安备 00030004000005号</p><p>政府网站找错 <a "
                    "href=\"/zt/error.html\">我要纠错</a></p></div>\n</body>\n</html>\n");
}

static void put_link(const struct site_article *a, struct site_out *o)
{
    site_out_str(o, "<a href=\"");
    article_path(a, o);
    site_out_str(o, "\">");
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_str(o, "</a>");
}

static void article_page(const struct site_article *a, const struct site_article *related, size_t n, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    put_head(a->title.data, a->title.len, o);
    site_out_str(o, "<div id=\"pos\">当前位置：<a href=\"/\">网站首页</a> / <a href=\"");
    list_path(a->column, 0, o);
    site_out_fmt(o, "\">%s</a> / 详情页面</div>\n<div id=\"article\">\n<div class=\"art_title\"><h2>",
                 site_column_names[a->column]);
    site_out_escaped(o, a->title.data, a->title.len);
    site_out_fmt(o,
                 "</h2></div>\n<div class=\"art_info\"><span>日期：%d-%02d-%02d "
                 "%02d:%02d:%02d</span><span>文章来源：%s</span><span>点击数：<i id=\"hits\">%u</i></span><span "
                 "class=\"bdsharebuttonbox\">【打印】【收藏】【分享】</span></div>\n<div id=\"zoom\">\n",
                 y, m, d, a->minute / 60, a->minute % 60, (int)(a->index % 60), a->source,
                 (unsigned)(a->index * 37 % 2000));
    site_each_paragraph(a, o, "<p><span style=\"font-size:16px\">　　", "</span></p>\n");
    site_out_fmt(o, "</div>\n<div class=\"art_editor\">编辑：%s</div>\n<div class=\"prevnext\">", a->editor);
    for (size_t i = 0; i < n && i < 2; i++) {
        site_out_str(o, i ? "<p>下一篇：" : "<p>上一篇：");
        put_link(&related[i], o);
        site_out_str(o, "</p>");
    }
    site_out_str(o, "</div>\n</div>\n");
    put_side(o);
    put_bottom(o);
}

static void put_rows(const struct site_list *l, struct site_out *o)
{
    for (size_t i = 0; i < l->n; i++) {
        int y, m, d;
        site_day_split(l->articles[i].day, &y, &m, &d);
        site_out_str(o, "<li>");
        put_link(&l->articles[i], o);
        site_out_fmt(o, "<b>%d-%02d-%02d</b></li>\n", y, m, d);
    }
}

static void put_page_link(const struct site_list *l, uint64_t page, const char *label, struct site_out *o)
{
    struct site_out path = { 0 };
    list_path(l->column, page, &path);
    site_out_str(o, "<a href=\"");
    site_out_escaped(o, path.data, path.len);
    site_out_fmt(o, "\">%s</a>\n", label);
    site_out_free(&path);
}

static void list_page(const struct site_list *l, struct site_out *o)
{
    const char *name = site_column_names[l->column];
    put_head(name, strlen(name), o);
    site_out_fmt(o, "<div id=\"pos\">当前位置：<a href=\"/\">网站首页</a> / %s</div>\n<div id=\"list\"><ul>\n", name);
    put_rows(l, o);
    site_out_str(o, "</ul>\n<div class=\"pager\">\n");
    put_page_link(l, 0, "首页", o);
    uint64_t from = l->page > 3 ? l->page - 3 : 0;
    for (uint64_t p = from; p < l->pages && p < from + 7; p++) {
        char label[24];
        struct site_out number = { 0 };
        site_out_fmt(&number, "%llu", (unsigned long long)p + 1);
        memcpy(label, number.data, number.len + 1);
        site_out_free(&number);
        put_page_link(l, p, label, o);
    }
    if (l->page + 1 < l->pages)
        put_page_link(l, l->page + 1, "下页", o);
    put_page_link(l, l->pages - 1, "末页", o);
    site_out_str(o, "</div></div>\n");
    put_side(o);
    put_bottom(o);
}

static void home_page(const struct site_list *lists, struct site_out *o)
{
    put_head("首页", strlen("首页"), o);
    for (int c = 0; c < SITE_COLUMNS; c++) {
        struct site_list l = lists[c];
        l.n = l.n < 6 ? l.n : 6;
        site_out_fmt(o, "<div class=\"col\"><h2>%s</h2><ul>\n", site_column_names[c]);
        put_rows(&l, o);
        site_out_str(o, "</ul><a class=\"more\" href=\"");
        list_path(c, 0, o);
        site_out_str(o, "\">MORE</a></div>\n");
    }
    put_side(o);
    put_bottom(o);
}

static const char *const start[] = { "/",
                                     "/col/list.asp?id=17",
                                     "/col/list.asp?id=18",
                                     "/col/list.asp?id=19",
                                     "/col/list.asp?id=20",
                                     "/col/list.asp?id=21",
                                     NULL };
static const char *const feeds[] = { "/rss.xml", "/atom.xml", "/feed.json", NULL };
static const char *const sitemaps[] = { "/sitemap_index.xml", "/sitemap.xml", "/sitemap.xml.gz", NULL };

const struct site_style site_style_list = {
    .content_type = "text/html; charset=UTF-8",
    .article_pattern = "/art/\\d{4}/\\d{1,2}/\\d{1,2}/art_\\d+_\\d+\\.html",
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
