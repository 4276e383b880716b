/* style.h - the three ways a congress site is built. Pages are written in UTF-8; a style may say that they leave in
 * GB18030. Paths begin with /. */
#ifndef RENDA_SITE_STYLE_H
#define RENDA_SITE_STYLE_H

#include "article.h"
#include "names.h"
#include "state.h"

enum { SITE_PER_PAGE = 20 };

/* What a list page shows. */
struct site_list {
    int site, column;
    uint64_t page, pages; /* page counts from 0 */
    uint64_t total;
    struct site_article *articles; /* heads only */
    size_t n;
};

struct site_style {
    const char *content_type;
    bool gb18030;
    const char *article_pattern; /* a Perl-compatible regular expression on the URL */
    const char *const *start;    /* paths of the first list pages, the home page first; NULL ends */
    const char *const *feeds;    /* NULL ends */
    const char *const *sitemaps; /* NULL ends */

    void (*article_path)(const struct site_article *a, struct site_out *o);
    void (*list_path)(int column, uint64_t page, struct site_out *o);
    /* Whether path (and its query's page) names a list page. */
    bool (*list_parse)(const char *path, const char *page_arg, const char *column_arg, int *column, uint64_t *page);
    void (*article_page)(const struct site_article *a, const struct site_article *related, size_t n,
                         struct site_out *o);
    void (*list_page)(const struct site_list *l, struct site_out *o);
    /* lists[c] is the first page of column c. */
    void (*home_page)(const struct site_list *lists, struct site_out *o);
};

extern const struct site_style site_style_trs, site_style_table, site_style_list;
extern const char *const site_column_names[SITE_COLUMNS];

/* Calls paragraph for each line of the article's text. */
void site_each_paragraph(const struct site_article *a, struct site_out *o, const char *before, const char *after);
/* "…/index.html" and "…/index_3.html" after the given prefix: true, with the page; also "" and "/" as page 0. */
bool site_index_parse(const char *rest, uint64_t *page);

#endif
