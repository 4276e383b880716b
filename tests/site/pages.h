/* pages.h - which page a path means, and the page. */
#ifndef RENDA_SITE_PAGES_H
#define RENDA_SITE_PAGES_H

#include "host.h"

struct site_reply {
    enum site_class class;
    int status;
    const char *type;
    struct site_out body;
    char etag[64];      /* empty: none */
    int64_t modified_s; /* 0: unknown */
    char location[512]; /* of a redirect */
};

/* Fills *r; its body is to be freed. page_arg, id_arg and limit_arg are the query's, or NULL. */
void site_page_make(struct site_host *h, const char *path, const char *page_arg, const char *id_arg,
                    const char *limit_arg, struct site_reply *r);
/* The class alone, without making anything. */
enum site_class site_page_class(struct site_host *h, const char *path);
/* The index of the article at path, if there is one by that very path; removed ones too. */
bool site_page_article(struct site_host *h, const char *path, struct site_entry *e);
/* Head (or all) of the article that e tells about. */
void site_page_head(struct site_host *h, const struct site_entry *e, struct site_article *a);
void site_page_full(struct site_host *h, const struct site_entry *e, bool with_findings, struct site_article *a);

/* feeds.c */
enum { FEED_ITEMS = 30, FEED_ITEMS_MAX = 10000 };
/* The latest articles, at most max. */
void site_rss(struct site_host *h, size_t max, struct site_out *o);
void site_atom(struct site_host *h, size_t max, struct site_out *o);
void site_json_feed(struct site_host *h, size_t max, struct site_out *o);
/* All articles when they fit, else the newest; number > 0 is one part of all. False: there is no such part. */
enum { SITEMAP_MAX = 10000 };
bool site_sitemap(struct site_host *h, uint64_t number, struct site_out *o);
void site_sitemap_index(struct site_host *h, struct site_out *o);
/* A gzip file with the same bytes, stored. */
void site_gzip(struct site_out *o, const char *bytes, size_t n);

#endif
