/* permit.h - what a host allows now: its robots.txt, asked for before anything else, believed for a day.
 *
 * A server that answers 4xx has no rules; one that fails (5xx, no answer) is shut until it answers, unless rules of
 * before are at hand; redirects are followed a few times (RFC 9309, 2.3.1 and 2.4). Hosts of files have no rules. Times
 * are monotonic milliseconds. */
#ifndef RENDA_PRODUCER_PERMIT_H
#define RENDA_PRODUCER_PERMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/store.h"
#include "producer/robots.h"

#define PERMIT_AGENT         "Renda"
#define PERMIT_FRESH_MS      ((int64_t)24 * 3600 * 1000)
#define PERMIT_RETRY_MS      30000 /* after a failure: doubled for each, */
#define PERMIT_RETRY_MAX_MS  ((int64_t)3600 * 1000)
#define PERMIT_REDIRECTS_MAX 5

enum permit_state {
    PERMIT_ASK,  /* robots.txt is to be fetched first: permit_url() */
    PERMIT_WAIT, /* that is under way */
    PERMIT_OPEN, /* permit_allows() tells */
    PERMIT_SHUT, /* robots.txt could not be had: nothing is fetched for now */
};

struct permit {
    const char *host;     /* its name, borrowed */
    struct robots *rules; /* NULL: everything is allowed */
    char *url;            /* of robots.txt, or where it was redirected to */
    bool files, known, asking;
    int redirects, failures;
    int64_t until; /* believed, or not asked again, until then */
};

/* stored (its name must live as long as p): what the database has of the host's robots.txt; used while it is fresh. */
void permit_init(struct permit *p, const struct store_host *stored, int64_t mono, int64_t wall);
void permit_fini(struct permit *p);

enum permit_state permit_state(const struct permit *p, int64_t mono);
bool permit_allows(const struct permit *p, struct span url);
int64_t permit_delay_ms(const struct permit *p); /* Crawl-delay, or 0 */

/* The address to ask; then it is under way until one of the three below. */
struct span permit_ask(struct permit *p);
void permit_got(struct permit *p, struct span text, int64_t mono); /* empty: the host has none */
void permit_failed(struct permit *p, int64_t mono);
/* False when it was redirected too often: then it counts as having none. */
bool permit_redirected(struct permit *p, struct span url, int64_t mono);

#endif
