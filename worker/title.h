/* title.h - which words of a page are its article's title. */
#ifndef RENDA_WORKER_TITLE_H
#define RENDA_WORKER_TITLE_H

#include "worker/body.h"
#include "worker/html.h"

/* The heading or line before the body that answers best to being the title: <title> (head; may be empty) confirms it, a
 * heading's tag or class speaks for it, distance against it. *at is its line, UINT32_MAX (and the span empty) when
 * none. */
struct span title_find(const struct html *h, const struct body *b, struct arena *a, struct span head, uint32_t *at);

/* The last line of text above the labels and the body: a title that only its place betrays. Calls body_trim(). */
struct span title_by_place(const struct html *h, struct body *b, uint32_t *at);

/* <title> without site and column. */
struct span title_part(struct span title);
bool title_is_site(struct span s); /* 云溪人大网, …常委会: names a site, not an article */
bool title_is_cut(struct span s);  /* ends in … */
/* A few letters that a link of the page bears, too: its column. */
bool title_is_column(const struct html *h, struct span s);

/* The column that stands before a title (代表风采 | …) is cut off and given, when *column is still empty; a doubled
 * title is halved. */
struct span title_clean(struct span title, struct span *column);

#endif
