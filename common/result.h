/* result.h - what a worker made of one page (the RESULT message), as the sink and the store see it. */
#ifndef RENDA_COMMON_RESULT_H
#define RENDA_COMMON_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article.h"
#include "common/finding.h"

#define RESULT_LINKS_MAX 60000

struct result_link {
    struct span url;  /* absolute, at most 2048 bytes */
    struct span role; /* "article", "list", "feed", "sitemap" */
    struct span title, date, column;
    bool next;
};

#define RESULT_SELECTED_MAX 16

/* What came of one of the site's own selectors. */
struct result_selected {
    struct span field; /* "title" */
    int64_t matches;
    struct span why; /* "matched nothing": the general reader's value stands; empty: the selector's does */
};

/* Spans live in the arena that the message was decoded into. */
struct result {
    int64_t capture;
    int64_t pass;
    struct span rules;  /* digest of the rules applied */
    struct span failed; /* "SIGSEGV", "timeout", "memory", …: a verdict on this page; everything below is empty then */
    struct span page_class;
    struct span charset, charset_how;
    struct span reason;
    struct article *article; /* NULL when the page is none */
    struct finding_list findings;
    struct result_link *links;
    size_t link_count;
    struct result_selected *selected; /* of a site with selectors */
    size_t selected_count;
};

#endif
