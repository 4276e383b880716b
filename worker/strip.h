/* strip.h - a page's mark-up before the parser sees it: without scripts, styles and comments, which are a third of many
 * pages, without what would cost the parser quadratic time, and, on demand, without too deep nesting. One linear pass.
 */
#ifndef RENDA_WORKER_STRIP_H
#define RENDA_WORKER_STRIP_H

#include "worker/html.h"

/* A copy of source for the parser. Scripts and the newspapers' properties found on the way are kept in h; a CMS's
 * comments around the body become <meta name=ContentStart> and ContentEnd. With flatten, elements nested deeper than
 * half of PAGE_DEPTH_MAX lose their tags (and scripts are not kept a second time). */
struct span strip_page(struct span source, bool flatten, struct arena *a, struct html *h);

#endif
