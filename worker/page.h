/* page.h - reading one fetched page: what it is, its article or its links.
 * Untrusted bytes in; everything that comes out is valid UTF-8 in the arena. Time and memory are linear in the page;
 * deeper nesting than PAGE_DEPTH_MAX is flattened. Never fails: what cannot be read is PAGE_OTHER with a reason. */
#ifndef RENDA_WORKER_PAGE_H
#define RENDA_WORKER_PAGE_H

#include <stdint.h>

#include "common/arena.h"
#include "common/result.h"
#include "common/span.h"

#define PAGE_DEPTH_MAX 512
#define PAGE_LINKS_MAX 60000 /* a sitemap may name 50,000 (sitemaps.org) */

/* What a URL was fetched as (the frontier's word for it). */
enum page_role {
    ROLE_LIST,
    ROLE_ARTICLE,
    ROLE_FEED,
    ROLE_SITEMAP,
    ROLE_HOME, /* asked for by `renda add` only: every way on from a page, and what it says of its site */
};

/* What a page turned out to be. */
enum page_class {
    CLASS_ARTICLE,
    CLASS_LIST,
    CLASS_FEED,
    CLASS_SITEMAP,
    CLASS_SOFT404,   /* 200 with "the page does not exist" */
    CLASS_CHALLENGE, /* a script or captcha in front of the page */
    CLASS_OTHER,
};

struct page_site {
    struct span name, org, region, level; /* from the config; any may be empty */
    const struct span *article_patterns;  /* PCRE2, searched in the absolute URL; none: by the URL's shape */
    size_t article_pattern_count;
    struct span selectors; /* its own, one a line (select.h); may be empty */
};

struct page_in {
    struct span bytes;          /* as fetched, transfer and content encoding removed */
    struct span url, final_url; /* absolute; "file:///…" for a file on disk */
    struct span content_type;   /* the HTTP header's value; may be empty */
    enum page_role role;
    int64_t fetched_at;                             /* ms since 1970; 0: not known */
    struct span hint_title, hint_date, hint_column; /* what the list page said of this link; may be empty */
    struct page_site site;
    bool part; /* a further page of an article that is being read: wanted for its text */
};

struct needs;

struct link {
    struct span url;                 /* absolute, normalised, without fragment */
    enum page_role role;             /* what to fetch it as */
    struct span title, date, column; /* hints: the anchor's text, the list's date (ISO), the column's name */
    bool next;                       /* this list's next page */
};

struct page_out {
    enum page_class class;
    struct span charset, charset_how; /* "gb18030"; "bom", "header", "meta", "xml", "bytes", "default" */
    struct article *article; /* for CLASS_ARTICLE; org, region, level, genre are not filled here. For ROLE_HOME: the
                              * site's name as source, its title, and the page's text */
    struct link *links;      /* for lists, feeds, sitemaps; in the page's order, each URL once */
    size_t link_count;
    struct result_selected *selected; /* what came of the site's selectors */
    size_t selected_count;
    struct needs *needs; /* needs.h: what belongs to the article; NULL when nothing was looked for */
    struct span reason;  /* in a few English words: why it is soft 404, challenge, other; what of it was left out */
};

extern const char *const page_role_names[];  /* "list", "article", "feed", "sitemap", "home" */
extern const char *const page_class_names[]; /* "article", "list", … , "other" */

/* One per process: compiled patterns are kept between pages. page_reader_free(NULL) is fine. */
struct page_reader;
struct page_reader *page_reader_new(void);
void page_reader_free(struct page_reader *r);

void page_read(struct page_reader *r, const struct page_in *in, struct arena *a, struct page_out *out);

#endif
