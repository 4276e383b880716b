#include "pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gb18030.h"
#include "style.h"

const char *const site_column_names[SITE_COLUMNS] = { "要闻", "立法", "监督", "代表", "任免" };

void site_each_paragraph(const struct site_article *a, struct site_out *o, const char *before, const char *after)
{
    const char *at = a->text.data, *end = at + a->text.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        site_out_str(o, before);
        site_out_escaped(o, at, (size_t)(stop - at));
        site_out_str(o, after);
        at = stop + 1;
    }
}

bool site_index_parse(const char *rest, uint64_t *page)
{
    *page = 0;
    if (!*rest || !strcmp(rest, "index.html"))
        return true;
    if (strncmp(rest, "index_", 6) != 0 || rest[6] < '1' || rest[6] > '9')
        return false;
    char *end;
    *page = strtoull(rest + 6, &end, 10);
    return !strcmp(end, ".html");
}

void site_page_head(struct site_host *h, const struct site_entry *e, struct site_article *a)
{
    site_article_head(&h->world, a, h->site, e->index, e->kind, e->day);
    if (e->raw) {
        const char *html, *title;
        size_t len;
        site_state_raw(h->state, e->index, &html, &len, &title);
        site_out_reset(&a->title);
        site_out_str(&a->title, title);
    }
}

void site_page_full(struct site_host *h, const struct site_entry *e, bool with_findings, struct site_article *a)
{
    site_article_make(&h->world, a, h->site, e->index, e->kind, e->day, e->version, with_findings);
}

bool site_page_article(struct site_host *h, const char *path, struct site_entry *e)
{
    const char *digits = strrchr(path, '.');
    if (!digits || strcmp(digits, ".html") != 0)
        return false;
    while (digits > path && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    uint64_t number = strtoull(digits, NULL, 10);
    if (number < 1001 || !site_state_get(h->state, number - 1001, e))
        return false;
    /* the path must be the article's own: right column, right day */
    struct site_article a = { .day = e->day, .index = e->index, .column = site_column_of(e->kind) };
    struct site_out own = { 0 };
    h->style->article_path(&a, &own);
    bool same = !strcmp(own.data, path);
    site_out_free(&own);
    return same;
}

static bool is_home(const char *path)
{
    return !strcmp(path, "/") || !strcmp(path, "/index.html");
}

static bool starts(const char *path, const char *with)
{
    return !strncmp(path, with, strlen(with));
}

enum site_class site_page_class(struct site_host *h, const char *path)
{
    int column;
    uint64_t page;
    struct site_entry e;
    if (is_home(path))
        return CLASS_HOME;
    if (!strcmp(path, "/robots.txt"))
        return CLASS_ROBOTS;
    if (starts(path, "/control/") || !strcmp(path, "/truth.json") || !strcmp(path, "/stats.json") ||
        !strcmp(path, "/site.json"))
        return CLASS_CONTROL;
    if (starts(path, "/sitemap"))
        return CLASS_SITEMAP;
    if (!strcmp(path, "/rss.xml") || !strcmp(path, "/atom.xml") || !strcmp(path, "/feed.json"))
        return CLASS_FEED;
    if (starts(path, "/images/") || starts(path, "/css/") || starts(path, "/js/") || starts(path, "/zt/"))
        return CLASS_ASSET;
    if (h->style->list_parse(path, NULL, "17", &column, &page))
        return CLASS_LIST;
    return site_page_article(h, path, &e) ? CLASS_ARTICLE : CLASS_OTHER;
}

static void fill_list(struct site_host *h, int column, uint64_t page, struct site_article *articles, size_t n,
                      struct site_list *l)
{
    struct site_entry entries[SITE_PER_PAGE];
    uint64_t total = site_state_column_size(h->state, column);
    *l = (struct site_list){ .site = h->site,
                             .column = column,
                             .page = page,
                             .total = total,
                             .articles = articles,
                             .pages = total ? (total + SITE_PER_PAGE - 1) / SITE_PER_PAGE : 1 };
    l->n = site_state_list(h->state, column, page * SITE_PER_PAGE, entries, n);
    for (size_t i = 0; i < l->n; i++)
        site_page_head(h, &entries[i], &articles[i]);
}

static void list_tag(struct site_host *h, uint64_t what, struct site_reply *r)
{
    snprintf(r->etag, sizeof(r->etag), "\"l%llx-%llx-%llx\"", (unsigned long long)h->world.seed,
             (unsigned long long)site_state_generation(h->state), (unsigned long long)what);
}

static void make_home(struct site_host *h, struct site_reply *r)
{
    struct site_article articles[SITE_COLUMNS][6] = { 0 };
    struct site_list lists[SITE_COLUMNS];
    list_tag(h, 1u << 30, r); /* before the lists are read: then it can only be too old */
    for (int c = 0; c < SITE_COLUMNS; c++)
        fill_list(h, c, 0, articles[c], 6, &lists[c]);
    h->style->home_page(lists, &r->body);
    for (int c = 0; c < SITE_COLUMNS; c++)
        for (int i = 0; i < 6; i++)
            site_article_free(&articles[c][i]);
}

static void make_not_found(struct site_reply *r)
{
    r->status = 404;
    site_out_reset(&r->body);
    site_out_str(&r->body, "<html><head><title>404</title></head><body><h1>您访问的页面不存在</h1><a "
                           "href=\"/\">返回首页</a></body></html>\n");
}

static void make_list(struct site_host *h, int column, uint64_t page, struct site_reply *r)
{
    struct site_article articles[SITE_PER_PAGE] = { 0 };
    struct site_list l;
    list_tag(h, page * SITE_COLUMNS + (uint64_t)column, r);
    fill_list(h, column, page, articles, SITE_PER_PAGE, &l);
    if (page < l.pages)
        h->style->list_page(&l, &r->body);
    else
        make_not_found(r);
    for (size_t i = 0; i < SITE_PER_PAGE; i++)
        site_article_free(&articles[i]);
}

static void make_gone(struct site_reply *r, int status)
{
    make_not_found(r);
    r->status = status;
}

static void make_article(struct site_host *h, const struct site_entry *e, struct site_reply *r)
{
    if (e->gone) {
        make_gone(r, e->gone);
        return;
    }
    snprintf(r->etag, sizeof(r->etag), "\"a%llx-%llx-%u\"", (unsigned long long)h->world.seed,
             (unsigned long long)e->index, e->version);
    if (e->raw) {
        const char *html, *title;
        size_t len;
        site_state_raw(h->state, e->index, &html, &len, &title);
        site_out_add(&r->body, html, len);
        r->modified_s = e->published_at_ms / 1000;
        return;
    }
    struct site_article a = { 0 }, related[4] = { 0 };
    struct site_entry near;
    size_t n = 0;
    site_page_full(h, e, false, &a);
    for (uint64_t i = 1; i <= 8 && n < 4; i++)
        if (e->index >= i * 7 && site_state_get(h->state, e->index - i * 7, &near) && !near.gone)
            site_page_head(h, &near, &related[n++]);
    h->style->article_page(&a, related, n, &r->body);
    r->modified_s = e->edited_at_ms      ? e->edited_at_ms / 1000
                    : e->published_at_ms ? e->published_at_ms / 1000
                                         : ((int64_t)e->day * 1440 + a.minute - 480) * 60;
    site_article_free(&a);
    for (size_t i = 0; i < 4; i++)
        site_article_free(&related[i]);
}

static void make_robots(struct site_host *h, struct site_reply *r)
{
    r->type = "text/plain; charset=utf-8";
    site_out_str(&r->body, "User-agent: *\nDisallow: /control/\nDisallow: /private/\nDisallow: /search\n");
    for (const char *const *s = h->style->sitemaps; *s; s++)
        site_out_fmt(&r->body, "Sitemap: %s%s\n", h->base, *s);
}

static void make_sitemap(struct site_host *h, const char *path, struct site_reply *r)
{
    const char *number = path + strlen("/sitemap");
    bool ok = h->style->sitemaps[0] != NULL, zipped = false;
    r->type = "application/xml";
    list_tag(h, 1u << 31, r);
    if (ok && !strcmp(path, "/sitemap_index.xml")) {
        site_sitemap_index(h, &r->body);
    } else if (ok) {
        char *end;
        uint64_t part = strtoull(*number == '_' ? number + 1 : number, &end, 10);
        zipped = !strcmp(end, ".xml.gz");
        ok = (zipped || !strcmp(end, ".xml")) && site_sitemap(h, part, &r->body);
    }
    if (!ok) {
        r->etag[0] = 0;
        r->type = h->style->content_type;
        make_not_found(r);
    } else if (zipped) {
        struct site_out plain = r->body;
        r->body = (struct site_out){ 0 };
        r->type = "application/gzip";
        site_gzip(&r->body, plain.data, plain.len);
        site_out_free(&plain);
    }
}

static void make_asset(const char *path, struct site_reply *r)
{
    if (starts(path, "/css/")) {
        r->type = "text/css";
        site_out_str(&r->body, "body{margin:0;font:14px/1.8 SimSun}\n");
    } else if (starts(path, "/js/")) {
        r->type = "application/javascript";
        site_out_str(&r->body, "/* */\n");
    } else if (starts(path, "/images/")) {
        static const unsigned char gif[] =
            "GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
        r->type = "image/gif";
        site_out_add(&r->body, gif, sizeof(gif) - 1);
    } else {
        site_out_str(&r->body, "<html><head><title>专题</title></head><body><p>内容建设中</p></body></html>\n");
    }
}

/* The latest thirty articles, or as many as ?limit= says. */
static void make_feed(struct site_host *h, const char *path, const char *limit_arg, struct site_reply *r)
{
    unsigned long max = limit_arg == NULL ? FEED_ITEMS : strtoul(limit_arg, NULL, 10);
    if (max > FEED_ITEMS_MAX)
        max = FEED_ITEMS_MAX;
    list_tag(h, (3ull << 30) + max, r);
    if (!strcmp(path, "/rss.xml")) {
        r->type = h->style->gb18030 ? "text/xml" : "application/rss+xml; charset=utf-8";
        site_rss(h, max, &r->body);
    } else if (!strcmp(path, "/atom.xml")) {
        r->type = "application/atom+xml; charset=utf-8";
        site_atom(h, max, &r->body);
    } else {
        r->type = "application/feed+json";
        site_json_feed(h, max, &r->body);
    }
}

void site_page_make(struct site_host *h, const char *path, const char *page_arg, const char *id_arg,
                    const char *limit_arg, struct site_reply *r)
{
    int column;
    uint64_t page;
    struct site_entry e = { 0 };
    *r = (struct site_reply){ .class = site_page_class(h, path), .status = 200, .type = h->style->content_type };
    const char *type = r->type;
    switch (r->class) {
    case CLASS_HOME: make_home(h, r); break;
    case CLASS_LIST:
        if (h->style->list_parse(path, page_arg, id_arg, &column, &page))
            make_list(h, column, page, r);
        else
            make_not_found(r);
        break;
    case CLASS_ARTICLE:
        if (site_page_article(h, path, &e))
            make_article(h, &e, r);
        else
            make_not_found(r);
        break;
    case CLASS_ROBOTS: make_robots(h, r); break;
    case CLASS_SITEMAP: make_sitemap(h, path, r); break;
    case CLASS_FEED: make_feed(h, path, limit_arg, r); break;
    case CLASS_ASSET: make_asset(path, r); break;
    default: make_not_found(r);
    }
    if (r->status != 200)
        r->etag[0] = 0;
    if (h->style->gb18030 && (r->type == type || !strcmp(path, "/rss.xml")) && !e.raw) {
        struct site_out encoded = { 0 };
        site_gb18030(&encoded, r->body.data, r->body.len);
        site_out_free(&r->body);
        r->body = encoded;
    }
}
