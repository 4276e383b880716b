/* robots.h - what a host's robots.txt allows (RFC 9309, "Robots Exclusion Protocol").
 *
 * Groups for our product token count, all of them together; without one, those for "*". Of the rules that match a path
 * the longest decides, and "allow" when two are as long. "*" and "$" mean what section 2.2.3 says. Lines that are no
 * rules are skipped, also inside a group; a missing colon is forgiven. At most ROBOTS_MAX_BYTES are read (section 2.5).
 */
#ifndef RENDA_PRODUCER_ROBOTS_H
#define RENDA_PRODUCER_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/span.h"

#define ROBOTS_MAX_BYTES    (500 * 1024)
#define ROBOTS_RULES_MAX    5000
#define ROBOTS_SITEMAPS_MAX 100
#define ROBOTS_DELAY_MAX_MS (60 * 1000) /* a longer Crawl-delay is taken as this */

struct robots;

/* Reads the text for one product token ("Renda"). Never fails: what cannot be read is no rule. */
struct robots *robots_new(struct span text, const char *agent);
void robots_free(struct robots *r); /* fine on NULL */

/* May this absolute URL be fetched? "/robots.txt" always may. */
bool robots_allows(const struct robots *r, struct span url);

/* The group's Crawl-delay in milliseconds (no part of the RFC, but widely meant), 0 when there is none. */
int64_t robots_delay_ms(const struct robots *r);

/* Sitemaps named in it, whatever the group: absolute URLs, in their order. i from 0; an empty span behind the last. */
struct span robots_sitemap(const struct robots *r, int i);

#endif
