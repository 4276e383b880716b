/* parse.h - one page to its result, in a caged child of its own. For `renda parse` and `renda check`; the worker keeps
 * a child alive instead. */
#ifndef RENDA_WORKER_PARSE_H
#define RENDA_WORKER_PARSE_H

#include "common/arena.h"
#include "common/config.h"
#include "common/err.h"
#include "common/result.h"
#include "common/store.h"

/* Parses pages one after another in the same caged child, restarted after a verdict. */
struct parser;
/* lexicon may be NULL. NULL with *e filled when the lexicon is bad or the cage cannot be built. */
struct parser *parser_new(const struct config_limits *limits, const char *lexicon, struct err *e);
void parser_free(struct parser *p); /* fine on NULL */

/* w: url, final_url, role, content_type, site, org, region, level, patterns, hints as far as known; w->raw is not used.
 * body: the page's bytes. On 0 *out is decoded into the arena; out->failed says so when the child crashed, overran or
 * was too slow on this page. -1 only for our own troubles. */
int parser_parse(struct parser *p, const struct work *w, struct span body, struct arena *a, struct result *out,
                 struct err *e);

#endif
