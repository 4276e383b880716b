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

/* What an article says that it continues in, in the order of its text: its further pages, then its attachments. */
#define RESULT_PAGES_MAX       29 /* further pages of one article that are read */
#define RESULT_ATTACHMENTS_MAX 10 /* attachments that are read; more are listed */
#define RESULT_NEEDS_MAX       100

enum need_kind {
    NEED_PAGE,
    NEED_ATTACHMENT, /* its text is read: PDF, DOCX */
    NEED_LISTED,     /* an attachment that is named only */
    NEED_KIND_COUNT
};
extern const char *const need_kind_names[NEED_KIND_COUNT]; /* "page", "attachment", "listed" */
enum need_kind need_kind_of(struct span name);             /* NEED_KIND_COUNT: none of them */

struct result_need {
    enum need_kind kind;
    struct span url;   /* absolute, at most 2048 bytes */
    struct span name;  /* of an attachment, as the article calls it */
    struct span why;   /* it was there and could not be read, or not whole: why, in a few English words */
    uint32_t from, to; /* where it stands in the article's text, in characters; 0, 0: not in it */
};

/* Spans live in the arena that the message was decoded into. */
struct result {
    int64_t capture;
    int64_t pass;
    struct span rules;  /* digest of the rules applied */
    struct span failed; /* "SIGSEGV", "timeout", "memory", …: a verdict on this page; everything below is empty then */
    int failed_part;    /* … or on this part of the work, and not on the page; 0: the page */
    struct span page_class;
    struct span charset, charset_how;
    struct span reason;
    struct article *article; /* NULL when the page is none */
    struct finding_list findings;
    struct result_link *links;
    size_t link_count;
    struct result_selected *selected; /* of a site with selectors */
    size_t selected_count;
    struct result_need *needs;
    size_t need_count; /* at most RESULT_NEEDS_MAX */
};

#endif
