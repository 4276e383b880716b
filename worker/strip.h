/* strip.h - a page's mark-up before the parser sees it: without scripts, styles and comments, which are a third of many
 * pages, without what would cost the parser quadratic time, and, on demand, without too deep nesting. One linear pass.
 */
#ifndef RENDA_WORKER_STRIP_H
#define RENDA_WORKER_STRIP_H

#include "worker/html.h"

enum strip_how {
    STRIP_FLAT = 1,  /* elements nested deeper than half of PAGE_DEPTH_MAX lose their tags */
    STRIP_WHOLE = 2, /* all elements and attributes are kept: a site's selectors may ask for them */
};

/* A copy of source for the parser. Scripts and the newspapers' properties found on the way are kept in h (but not a
 * second time, with STRIP_FLAT); a CMS's comments around the body become <meta name=ContentStart> and ContentEnd. */
struct span strip_page(struct span source, unsigned how, struct arena *a, struct html *h);

#endif
