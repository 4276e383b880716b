/* links.h - the links of lists: HTML pages, text/uri-list, RSS, Atom, JSON Feed, sitemaps.
 * Each URL once, in the page's order, at most PAGE_LINKS_MAX; of the page's own host, or of any that a pattern of the
 * site matches; file URLs only on pages that are files themselves. */
#ifndef RENDA_WORKER_LINKS_H
#define RENDA_WORKER_LINKS_H

#include "worker/html.h"
#include "worker/page.h"
#include "worker/url.h"

/* Compiled patterns, kept between pages; at most a few thousand, then it starts anew. */
struct patterns;
struct patterns *patterns_new(void);
void patterns_free(struct patterns *p); /* fine on NULL */

struct links {
    struct arena *a;
    struct patterns *patterns;
    const struct page_in *in;
    struct url base;  /* what links are resolved against */
    struct span host; /* the page's own */
    struct link *items;
    size_t n, room;
    uint32_t *slots; /* hash table of items' indexes + 1 */
    size_t slot_count;
    uint64_t seed;
};

/* Starts a list; base_href (may be empty) is the page's <base>. False when the page's own URL is none of ours. */
bool links_init(struct links *l, struct patterns *p, const struct page_in *in, struct span base_href, struct arena *a);

/* Resolves href and adds it. Returns the link (the one that was there before, if it was), or NULL when it is refused.
 * With checked, an article's URL must match the site's patterns or, without those, look like an article's. */
struct link *links_add(struct links *l, struct span href, enum page_role role, bool checked);

/* Anchors, pagers, scripts of a list page. */
void links_html(struct links *l, const struct html_words *w, const struct html *h);

/* A list as <datastore> of records, in place of a page: what JCMS answers to the script of its lists. */
bool links_is_records(struct span text);
void links_records(struct links *l, const struct html_words *w, struct span text);

/* The feeds that a page's head names. */
void links_feeds(struct links *l, const struct html *h);

/* Every way on from a home page: links_html(), its feeds, and all other pages of the site as lists with their anchors'
 * words; where a page has nothing but its successor (a refresh, a script), that one as next. */
void links_home(struct links *l, const struct html_words *w, const struct html *h);

/* RFC 2483. True when text looks like one. */
bool links_is_uri_list(struct span text);
void links_uri_list(struct links *l, struct span text);

/* Does this URL look like one article, by its shape alone? */
bool links_is_article_url(const struct url *u);

#endif
