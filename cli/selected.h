/* selected.h - what a site's selectors gave on the pages that were tried. */
#ifndef RENDA_CLI_SELECTED_H
#define RENDA_CLI_SELECTED_H

#include <jansson.h>
#include <stdio.h>

#include "common/config.h"
#include "common/result.h"

struct tally {
    struct {
        int pages, useful; /* it was used on; it gave something on */
        char example[200]; /* what it gave first */
        char why[64];      /* it gave nothing, the last time */
    } of[SELECT_FIELD_COUNT];
};

/* Counts one page's. */
void tally_take(struct tally *t, const struct result *r);

/* Those of these selectors that were used on pages and gave nothing on any. */
int tally_useless(const struct tally *t, const struct config_selectors *s);

/* Rows: site, field, selector, "3 of 5", an example or why there is none. */
struct table;
struct table *tally_table(void);
void tally_rows(const struct tally *t, const char *site, const struct config_selectors *s, struct table *out);
/* The same as objects. */
void tally_json(const struct tally *t, const char *site, const struct config_selectors *s, json_t *out);

/* "its selectors were valid until …": for a site where config_selectors_over() says so. */
void tally_say_over(const char *site, const struct config_selectors *s);

#endif
