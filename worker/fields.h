/* fields.h - title, date, source, authors … of an article, in this order of trust:
 *   title      <meta ArticleTitle>, <!--enpproperty-->, JSON-LD, a heading or line before the body that <title>
 *              confirms, the heading nearest to the body, og:title, <title> without site and column, what the list page
 *              said, the line that stands where titles stand
 *   published  <meta PubDate> (article:published_time, …), <!--enpproperty-->, JSON-LD, a labelled line (发布日期：…),
 *              a journal's issue, a date on a line between title and body or after the body, a split date (21 over
 *              2024年02月), an element of class date, <time>, a script's pubtime, 更新时间, the list's date, the URL;
 *              always a day or less, as the record has it
 *   source     <meta ContentSource>, a labelled line (来源：…), <!--enpproperty-->, JSON-LD, what follows the date on
 *              its line or before it, an element of class source, who issued a document, a publisher alone on a line
 *              between title and body, for a journal its copyright line
 * The other fields come from meta tags and labelled lines alike. What is not given stays empty. */
#ifndef RENDA_WORKER_FIELDS_H
#define RENDA_WORKER_FIELDS_H

#include "worker/body.h"
#include "worker/html.h"
#include "worker/lines.h"
#include "worker/page.h"
#include "worker/when.h"

/* What the lines around an article say; filled line by line, the first mention wins. */
struct fields {
    struct arena *a;
    struct article *art;
    struct when labelled, weak, plain; /* year 0: none */
    struct when issue;                 /* of a journal, with month */
    struct span source, weak_source, plain_source, lone_source, journal,
        owner; /* lone: on a line of its own below the title */
    int wants; /* the label that the last line ended in, + 1; 0: none */
};

void fields_line(struct fields *f, struct span line);
/* Chooses date and source from what was collected; meta is what the page's head gave (year 0: nothing). */
void fields_settle(struct fields *f, const struct when *meta, const struct page_in *in);

/* All fields but ARTICLE_TEXT, which goes with body_trim()'s result; calls body_trim(). */
void fields_read(const struct html *h, struct body *b, const struct page_in *in, struct arena *a, struct article *art);

#endif
