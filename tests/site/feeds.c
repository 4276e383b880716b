/* RSS 2.0, Atom, JSON Feed, sitemaps. */
#include <stdio.h>
#include <stdlib.h>

#include "pages.h"
#include "style.h"

/* The latest entries, at most max of them; free() them. */
static struct site_entry *latest(struct site_host *h, size_t max, size_t *n)
{
    struct site_entry *entries = calloc(max == 0 ? 1 : max, sizeof(*entries));
    *n = entries == NULL ? 0 : site_state_latest(h->state, entries, max);
    return entries;
}

static void put_url(struct site_host *h, const struct site_article *a, struct site_out *o)
{
    site_out_str(o, h->base);
    h->style->article_path(a, o);
}

static void put_time(const struct site_article *a, struct site_out *o)
{
    int y, m, d;
    site_day_split(a->day, &y, &m, &d);
    site_out_fmt(o, "%d-%02d-%02dT%02d:%02d:00+08:00", y, m, d, a->minute / 60, a->minute % 60);
}

void site_rss(struct site_host *h, size_t max, struct site_out *o)
{
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    size_t n;
    struct site_entry *entries = latest(h, max, &n);
    struct site_article a = { 0 };
    site_out_fmt(o,
                 "<?xml version=\"1.0\" encoding=\"%s\"?>\n<rss "
                 "version=\"2.0\">\n<channel>\n<title>%s</title>\n<link>%s/</link>\n<description>%s最新信息</"
                 "description>\n<language>zh-cn</language>\n",
                 h->style->gb18030 ? "gb2312" : "UTF-8", site_congresses[h->site].name, h->base,
                 site_congresses[h->site].name);
    for (size_t i = 0; i < n; i++) {
        int y, m, d;
        site_page_head(h, &entries[i], &a);
        site_day_split(a.day, &y, &m, &d);
        site_out_str(o, "<item>\n<title>");
        site_out_escaped(o, a.title.data, a.title.len);
        site_out_str(o, "</title>\n<link>");
        put_url(h, &a, o);
        site_out_str(o, "</link>\n<guid isPermaLink=\"true\">");
        put_url(h, &a, o);
        site_out_fmt(
            o, "</guid>\n<category>%s</category>\n<pubDate>%s, %02d %s %d %02d:%02d:00 +0800</pubDate>\n</item>\n",
            site_column_names[a.column], days[a.day % 7], d, months[m - 1], y, a.minute / 60, a.minute % 60);
    }
    site_out_str(o, "</channel>\n</rss>\n");
    site_article_free(&a);
    free(entries);
}

void site_atom(struct site_host *h, size_t max, struct site_out *o)
{
    size_t n;
    struct site_entry *entries = latest(h, max, &n);
    struct site_article a = { 0 };
    site_out_fmt(o,
                 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
                 "xmlns=\"http://www.w3.org/2005/Atom\">\n<title>%s</title>\n<id>%s/</id>\n<link href=\"%s/\"/>\n<link "
                 "rel=\"self\" href=\"%s/atom.xml\"/>\n",
                 site_congresses[h->site].name, h->base, h->base, h->base);
    for (size_t i = 0; i < n; i++) {
        site_page_head(h, &entries[i], &a);
        if (i == 0) {
            site_out_str(o, "<updated>");
            put_time(&a, o);
            site_out_str(o, "</updated>\n");
        }
        site_out_str(o, "<entry>\n<title type=\"text\">");
        site_out_escaped(o, a.title.data, a.title.len);
        site_out_str(o, "</title>\n<id>");
        put_url(h, &a, o);
        site_out_str(o, "</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"");
        put_url(h, &a, o);
        site_out_str(o, "\"/>\n<published>");
        put_time(&a, o);
        site_out_str(o, "</published>\n<updated>");
        put_time(&a, o);
        site_out_str(o, "</updated>\n</entry>\n");
    }
    site_out_str(o, "</feed>\n");
    site_article_free(&a);
    free(entries);
}

static void put_json_text(struct site_out *o, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"' || text[i] == '\\')
            site_out_str(o, "\\");
        site_out_add(o, &text[i], (unsigned char)text[i] >= 0x20);
    }
}

/* jsonfeed.org, version 1.1. */
void site_json_feed(struct site_host *h, size_t max, struct site_out *o)
{
    size_t n;
    struct site_entry *entries = latest(h, max, &n);
    struct site_article a = { 0 };
    site_out_fmt(o,
                 "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"%s\", \"home_page_url\": \"%s/\", "
                 "\"items\": [",
                 site_congresses[h->site].name, h->base);
    for (size_t i = 0; i < n; i++) {
        site_page_head(h, &entries[i], &a);
        site_out_str(o, i == 0 ? "\n{\"id\": \"" : ",\n{\"id\": \"");
        put_url(h, &a, o);
        site_out_str(o, "\", \"url\": \"");
        put_url(h, &a, o);
        site_out_str(o, "\", \"title\": \"");
        put_json_text(o, a.title.data, a.title.len);
        site_out_str(o, "\", \"date_published\": \"");
        put_time(&a, o);
        site_out_fmt(o, "\", \"tags\": [\"%s\"]}", site_column_names[a.column]);
    }
    site_out_str(o, "\n]}\n");
    site_article_free(&a);
    free(entries);
}

bool site_sitemap(struct site_host *h, uint64_t number, struct site_out *o)
{
    uint64_t total = site_state_total(h->state), from = 0, to = total;
    if (number > 0) {
        from = (number - 1) * SITEMAP_MAX;
        if (from >= total)
            return false;
        to = total - from > SITEMAP_MAX ? from + SITEMAP_MAX : total;
    } else if (total > SITEMAP_MAX) {
        from = total - SITEMAP_MAX;
    }
    site_out_str(
        o,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (uint64_t i = to; i > from; i--) {
        struct site_entry e;
        if (!site_state_get(h->state, i - 1, &e) || e.gone)
            continue;
        int y, m, d;
        struct site_article a = { .index = e.index, .day = e.day, .column = site_column_of(e.kind) };
        site_day_split(a.day, &y, &m, &d);
        site_out_str(o, "<url><loc>");
        put_url(h, &a, o);
        site_out_fmt(o, "</loc><lastmod>%d-%02d-%02d</lastmod></url>\n", y, m, d);
    }
    site_out_str(o, "</urlset>\n");
    return true;
}

/* Its parts are sitemap_1.xml.gz, sitemap_2.xml, sitemap_3.xml.gz … */
void site_sitemap_index(struct site_host *h, struct site_out *o)
{
    uint64_t parts = (site_state_total(h->state) + SITEMAP_MAX - 1) / SITEMAP_MAX;
    site_out_str(o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex "
                    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (uint64_t i = 1; i <= parts; i++)
        site_out_fmt(o, "<sitemap><loc>%s/sitemap_%llu.xml%s</loc></sitemap>\n", h->base, (unsigned long long)i,
                     i % 2 ? ".gz" : "");
    site_out_str(o, "</sitemapindex>\n");
}

static uint32_t crc32_of(const unsigned char *bytes, size_t n)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
    }
    return ~crc;
}

static void put_little(struct site_out *o, uint32_t n, int bytes)
{
    for (; bytes > 0; bytes--, n >>= 8)
        site_out_add(o, (unsigned char[]){ (unsigned char)n }, 1);
}

/* RFC 1952 around stored blocks of RFC 1951: a gzip file without needing a compressor. */
void site_gzip(struct site_out *o, const char *bytes, size_t n)
{
    size_t at = 0;
    site_out_add(o, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    do {
        uint32_t piece = n - at > 65535 ? 65535 : (uint32_t)(n - at);
        put_little(o, at + piece == n, 1);
        put_little(o, piece, 2);
        put_little(o, ~piece, 2);
        site_out_add(o, bytes + at, piece);
        at += piece;
    } while (at < n);
    put_little(o, crc32_of((const unsigned char *)bytes, n), 4);
    put_little(o, (uint32_t)n, 4);
}
