/* body.h - which lines of a page are the article.
 * Every line gets a weight (sentences count for it, anchors against it), every container the sum of its lines; the best
 * container is narrowed to the smallest that holds nearly as much, with the names that CMS families give to bodies as
 * help, and then freed from what stands around an article at its two ends. */
#ifndef RENDA_WORKER_BODY_H
#define RENDA_WORKER_BODY_H

#include "worker/html.h"

struct body {
    uint32_t first, end;   /* the container's lines */
    uint32_t from, to;     /* the article's lines among them; body_trim() sets them */
    uint32_t chars, marks; /* of the article's lines */
    int32_t weight;        /* of the container; small when the page has no article */
    int32_t *sum;          /* prefix sums of the lines' weights */
    bool noisy;            /* found only where other pages have navigation: such lines are not dropped */
};

void body_find(const struct html *h, struct arena *a, struct body *b);

/* Sets from, to. title (may be empty) is dropped from the beginning. */
void body_trim(const struct html *h, struct span title, struct body *b);

/* The article's paragraphs joined by one \n. */
struct span body_text(const struct html *h, const struct body *b, struct arena *a);

#endif
