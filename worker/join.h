/* join.h - several pages and attachments become one article.
 *
 * The first page's fields stay. Its text goes on with that of the further pages in their order, without what a page
 * repeats of the one before: its first lines, its last ones, where they overlap. Then each attachment's text stands
 * behind a line of its own, "附件：" and its name, so that a quote tells where it comes from; one that says what stands
 * there already is left out. */
#ifndef RENDA_WORKER_JOIN_H
#define RENDA_WORKER_JOIN_H

#include "common/result.h"
#include "worker/needs.h"
#include "worker/page.h"

/* The bytes of what is at this address, NULL in .p when they are not there. Sets *page to where and how they were
 * fetched (url, final_url, content_type). */
typedef struct span join_fetch_fn(void *ctx, struct span url, struct page_in *page);

struct join_parts {
    join_fetch_fn *fetch;        /* NULL: nothing is there */
    bool (*has_time)(void *ctx); /* for one attachment more; NULL: there is */
    void *ctx;
};

/* Reads all that the article needs and that is there, into article's text. *needs is what the article leads to, with
 * where each stands in the text or why it could not be read. */
size_t join(struct page_reader *reader, const struct page_in *in, const struct join_parts *parts, struct arena *a,
            struct page_out *page, struct result_need **needs);

#endif
