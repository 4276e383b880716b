/* control.h - what tests tell a site to do while it runs, and what it tells them. */
#ifndef RENDA_SITE_CONTROL_H
#define RENDA_SITE_CONTROL_H

#include "host.h"

/* Looks up an argument of the query; NULL when it is not there. */
typedef const char *site_arg_fn(void *ctx, const char *name);

/* Does what a POST to /control/… asks. Returns the HTTP status; *answer is JSON to be released. */
int site_control(struct site_host *h, const char *path, site_arg_fn *arg, void *ctx, const char *body, size_t len,
                 json_t **answer);
json_t *site_stats_json(struct site_host *h);

#endif
