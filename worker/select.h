/* select.h - a site's own selectors (common/selector.h) on one page: matched while html_read() reads it, then used in
 * the place of what the general reader found.
 *
 * No tree is built. Each open element keeps, for each selector, which of its parts it has completed; an element's own
 * come from its parent's, so the work is linear in the page and in the selectors. A selector that matches nothing, or
 * nothing of use, changes nothing and says so. */
#ifndef RENDA_WORKER_SELECT_H
#define RENDA_WORKER_SELECT_H

#include "common/result.h"
#include "common/selector.h"
#include "worker/html.h"

#define SELECT_NO_NODE     UINT32_MAX
#define SELECT_MATCHES_MAX 64 /* of one selector on one page; more are left out */

struct select;

/* lines: "NAME SELECTOR" each, as the config has checked them, and perhaps "valid_until 2027-06-30". NULL when there
 * are none, or when the page was fetched (milliseconds since 1970; 0: unknown) after that day (UTC). What cannot be
 * read is left out. lines must live as long as the arena's pieces. */
struct select *select_new(struct span lines, int64_t fetched_at, struct arena *a);

bool select_has(const struct select *s, enum select_field field); /* false on NULL */

/* ---- while the page is read: calls of html.c, in the document's order --------------------------------------------- */

void select_begin(struct select *s);
/* An element opens; true: it is wanted, and select_took() must tell its row, or SELECT_NO_NODE. */
bool select_open(struct select *s, const char *name, const char *const *attributes);
void select_took(struct select *s, uint32_t node);
void select_close(struct select *s);
/* An element that never has content: open and closed at once. */
void select_void(struct select *s, const char *name, const char *const *attributes);

/* ---- when it is read ---------------------------------------------------------------------------------------------- */

/* Puts the selected fields into art, which the general reader has filled. True when the text is among them; b then has
 * the lines from its first element to its last. */
struct body;
bool select_article(struct select *s, const struct html *h, struct arena *a, struct article *art, struct body *b);

/* *out is h with those anchors alone that stand in what `list` selects. False when there is no such selector, or it
 * matches nothing. */
bool select_list(struct select *s, const struct html *h, struct arena *a, struct html *out);

/* What came of each selector that was used on the page: an array in the arena. */
struct result_selected *select_results(const struct select *s, struct arena *a, size_t *n);

#endif
