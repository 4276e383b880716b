/* truth.h - everything known of a site's articles, as one JSON text made while it is sent. */
#ifndef RENDA_SITE_TRUTH_H
#define RENDA_SITE_TRUTH_H

#include <sys/types.h>

#include "host.h"

struct site_truth;
struct site_truth *site_truth_new(struct site_host *h, uint64_t from, uint64_t limit);
/* Copies the next bytes, at most max; 0 at the end. */
size_t site_truth_read(struct site_truth *t, char *to, size_t max);
void site_truth_free(struct site_truth *t);

/* One article of the truth, and what stands under "site". New references. */
json_t *site_truth_article(struct site_host *h, const struct site_entry *e);
json_t *site_truth_site(struct site_host *h);

#endif
