/* visit.h - polite downloads for commands that look at sites: a host's robots.txt before anything else of it, its delay
 * between two requests, every redirect a request of its own. Files have no rules. */
#ifndef RENDA_CLI_VISIT_H
#define RENDA_CLI_VISIT_H

#include <stdint.h>

#include "cli/download.h"
#include "common/span.h"

#define VISIT_HOSTS_MAX 10000

struct visitor;
/* limits and user_agent as for downloader_new(); both are borrowed. NULL with *e filled on failure. */
struct visitor *visitor_new(const struct config_limits *limits, const char *user_agent, struct err *e);
void visitor_free(struct visitor *v); /* fine on NULL */

/* download_get() of an http, https or file address, delay_ms (or the host's Crawl-delay, when that is longer) after the
 * last request to its host; sleeps until then. -1 with *e filled when it fails, and also when the host's robots.txt
 * does not allow it or cannot be had. */
int visitor_get(struct visitor *v, const char *url, int64_t delay_ms, struct download *out, struct err *e);

/* Sitemaps that the robots.txt of url's host names; i from 0; an empty span behind the last. Asks for nothing: the host
 * was visited before. */
struct span visitor_sitemap(const struct visitor *v, const char *url, int i);

#endif
