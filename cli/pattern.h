/* pattern.h - from the addresses of a site's articles to regular expressions that match the next ones, too.
 *
 * Addresses of one make differ in numbers only: years, months and days keep their widths, numbers that count do not.
 * What is kept is the file's name with the numeric folders before it, /\d{6}/t\d{8}_\d+\.html$; a file that is nothing
 * but a number keeps the folder's name, too, /info/\d+/\d+\.htm$; of a query the part that names the article. */
#ifndef RENDA_CLI_PATTERN_H
#define RENDA_CLI_PATTERN_H

#include "common/arena.h"
#include "common/span.h"

#define PATTERNS_MAX 8

/* At most PATTERNS_MAX patterns (PCRE2), the one of most addresses first; *covered: addresses that have one of them.
 * urls are absolute. The patterns live in the arena. */
size_t patterns_learn(const struct span *urls, size_t n, struct arena *a, struct span out[PATTERNS_MAX],
                      size_t *covered);

#endif
