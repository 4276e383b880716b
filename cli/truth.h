/* truth.h - what was stored, compared with what the sample sites published. */
#ifndef RENDA_CLI_TRUTH_H
#define RENDA_CLI_TRUTH_H

#include "cli/download.h"
#include "common/err.h"
#include "common/finding.h"
#include "common/store.h"

struct truth_tally {
    long planted, found;
};

struct truth {
    long published, stored; /* articles */
    struct truth_tally kinds[KIND_COUNT];
    char missing[512]; /* the first published address that is not stored; empty: none */
};

/* How many articles a site at base ("http://127.0.0.1:4000") has ever had; -1 with *e filled. */
long truth_total(struct downloader *d, const char *base, struct err *e);

/* Adds one site's articles to *t. A planted finding is found when the same article has one that agrees in the fields
 * that say what it is: of a figure, value and unit. A topic agrees with one that it holds or is held by. Findings that
 * may be missed are not counted. */
int truth_compare(struct downloader *d, const char *base, struct store *s, struct truth *t, struct err *e);

#endif
