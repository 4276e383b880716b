/* article.h - makes the articles of the sample congresses: text, and every fact planted in it.
 *
 * Nothing is stored: an article follows from the seed, the site, its index, its version and its day, so a site of
 * millions of articles costs no memory. Index 0 is the oldest. */
#ifndef RENDA_SITE_ARTICLE_H
#define RENDA_SITE_ARTICLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "out.h"

enum { SITE_COUNT = 3, SITE_COLUMNS = 5 };

/* What an article is about; decides its title, its opening and the patterns of its body. */
enum site_kind {
    KIND_SESSION,  /* a standing committee's meeting */
    KIND_CHAIR,    /* a meeting of the chairpersons */
    KIND_REPORT,   /* what was done in a year */
    KIND_DIGITAL,  /* digital platforms, firsts */
    KIND_LAW,      /* a regulation at one of its stages */
    KIND_CONSULT,  /* a draft put to the public */
    KIND_INSPECT,  /* a law inspection */
    KIND_INQUIRY,  /* a special inquiry */
    KIND_BUDGET,   /* plan, budget, accounts, audit, state assets */
    KIND_RESEARCH, /* research, visits */
    KIND_SUGGEST,  /* deputies' suggestions and how they were handled */
    KIND_ACTIVITY, /* deputies' activities */
    KIND_STATION,  /* a liaison station */
    KIND_PROJECT,  /* livelihood projects put to the vote of the congress */
    KIND_APPOINT,  /* appointments and removals */
    KIND_COUNT
};

/* The same articles everywhere: what they depend on beside site and index. */
struct site_world {
    uint64_t seed;
    uint64_t count; /* initial articles of each site */
    int last_day;   /* day (since 1970-01-01) of the newest initial article */
};

struct site_article {
    int site;
    uint64_t index;
    unsigned version; /* 1; each more changes one number */
    enum site_kind kind;
    int column;
    int day, minute; /* of publication, local time */
    int act_day;     /* of what it tells about; day or a little before */
    struct site_out title, text;
    char source[64], author[32], editor[32];
    json_t *findings; /* array, only when asked for; owned */
};

enum site_kind site_kind_of(uint64_t index);
int site_column_of(enum site_kind kind);
/* Of the initial articles: how many a column has, and the index of its n-th oldest. */
uint64_t site_column_size(const struct site_world *w, int column);
uint64_t site_column_index(int column, uint64_t n);
/* The inverse of site_column_index: how many of the column's articles are older. */
uint64_t site_column_rank(uint64_t index);
int site_day_of(const struct site_world *w, uint64_t index);

/* Fills what a list shows: title, day, column. *a is zeroed or was used before; site_article_free() in the end. */
void site_article_head(const struct site_world *w, struct site_article *a, int site, uint64_t index,
                       enum site_kind kind, int day);
/* Fills everything; findings only when with_findings. */
void site_article_make(const struct site_world *w, struct site_article *a, int site, uint64_t index,
                       enum site_kind kind, int day, unsigned version, bool with_findings);
void site_article_free(struct site_article *a);

/* Days since 1970-01-01 and the calendar. */
int site_day_from(int year, int month, int day);
void site_day_split(int day, int *year, int *month, int *mday);

#endif
