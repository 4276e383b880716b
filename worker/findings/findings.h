/* findings.h - from an article's text to its findings.
 * Time and memory are linear in the text, whatever it holds. Everything made lives in the arena. */
#ifndef RENDA_WORKER_FINDINGS_H
#define RENDA_WORKER_FINDINGS_H

#include <stdint.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/err.h"
#include "common/finding.h"

/* The lexicons, ready to use: the compiled-in tables and, where user_path is not NULL, a user's own file over them.
 * Read-only once made, so it may be shared. NULL with *e filled (file, line, what is wrong) on a bad user file. */
struct rules;
struct rules *rules_new(const char *user_path, struct err *e);
void rules_free(struct rules *r); /* fine on NULL */

/* Names the rules that were applied: changes whenever the code's rules or a lexicon row changes. 16 hex digits. */
const char *rules_digest(const struct rules *r);

/* The congress whose site it is: the last resort for whose acts an article reports. Any field may be empty. */
struct findings_site {
    struct span org, region, level;
};

/* Fills what the text tells of org, org_type, region, region_code, level and genre into *art (only absent fields), then
 * appends the findings in the order of their place in art->f[ARTICLE_TEXT]. */
void findings_find(const struct rules *r, struct article *art, const struct findings_site *site, struct arena *a,
                   struct finding_list *out);

#endif
