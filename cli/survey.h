/* survey.h - looks at a site from its home page: list pages, feeds, sitemaps, what addresses of articles look like,
 * whose site it is, and ten articles read. Politely: see visit.h. */
#ifndef RENDA_CLI_SURVEY_H
#define RENDA_CLI_SURVEY_H

#include "cli/pattern.h"
#include "cli/screen.h"
#include "cli/visit.h"
#include "common/arena.h"
#include "worker/parse.h"

#define SURVEY_SAMPLES    10
#define SURVEY_PAGES      40  /* looked at, unless told otherwise */
#define SURVEY_PAGES_MAX  500 /* told at most */
#define SURVEY_STARTS_MAX (SURVEY_PAGES_MAX + 1)

enum survey_kind { SURVEY_HOME, SURVEY_LIST, SURVEY_FEED, SURVEY_SITEMAP };
extern const char *const survey_kind_names[]; /* "home page", "list", "feed", "sitemap" */

/* A page that leads to articles: one line of `start`. */
struct survey_start {
    struct span url, title; /* title: the words that led there; may be empty */
    enum survey_kind kind;
    size_t articles; /* on it, for an index of sitemaps in its first part */
};

struct survey_sample {
    struct span url, title, published, source;
    size_t characters, findings;
    struct span why; /* it could not be read; empty otherwise */
};

/* What was seen. All spans live in the arena. */
struct survey {
    struct span home; /* where the address led */
    struct span name, org, region, region_code, level;
    struct span charset, charset_how, family; /* family: of the content management system; empty: none known */
    struct survey_start *starts;
    size_t start_count;
    struct span patterns[PATTERNS_MAX];
    size_t pattern_count; /* 0: the addresses are judged by their shape */
    struct survey_sample samples[SURVEY_SAMPLES];
    size_t sample_count;
    size_t pages, articles; /* pages looked at; different articles that they name */
};

struct survey_tools {
    struct visitor *visitor;
    struct parser *parser;
    struct screen *screen;
    struct arena *arena;
    int64_t delay_ms;
    size_t pages_max;
};

/* -1 with *e filled when the address cannot be read or nothing on it leads to articles. */
int survey_site(const struct survey_tools *t, const char *url, struct survey *s, struct err *e);

#endif
