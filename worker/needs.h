/* needs.h - what a page of an article leads to that belongs to the same article: further pages and attachments.
 *
 * A further page has the address of the page itself with a number put in or changed (name_2.html beside name.html,
 * ?page=2, name/2.html), and a pager that leads there: numbers, 下一页, or createPageHTML() with the page's own name.
 * An article before or after it in its column has another address or no such link. An attachment is a link to a
 * document file in the article, or one that says 附件. */
#ifndef RENDA_WORKER_NEEDS_H
#define RENDA_WORKER_NEEDS_H

#include "common/result.h"
#include "worker/body.h"
#include "worker/page.h"

#define NEEDS_NUMBER_MAX 99 /* a higher number names no page of an article */

struct needs {
    struct span first;                           /* of the article, when this page is a further one; else empty */
    struct span pages[NEEDS_NUMBER_MAX + 1];     /* by the number in the address; empty: not named */
    int own;                                     /* the number in this page's own address; 0: none */
    struct result_need others[RESULT_NEEDS_MAX]; /* attachments, in the page's order */
    size_t other_count;
};

/* Fills *out; strings live in the arena. */
void needs_find(const struct html *h, const struct body *b, const struct page_in *in, struct arena *a,
                struct needs *out);

/* Adds what a further page names that was not known. */
void needs_merge(struct needs *all, const struct needs *more);

#endif
