/* url.h - links in pages: resolved against their page and brought to one form (RFC 3986, 5.2 and 6.2.2).
 * http, https and file only; without fragment, user name, dot segments, default port; host in lower case; what may not
 * stand in a URL percent-encoded; the query kept as it is. */
#ifndef RENDA_WORKER_URL_H
#define RENDA_WORKER_URL_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/span.h"

#define URL_MAX_BYTES 2048

struct url {
    struct span scheme, host, path, query; /* host with port where that is not the scheme's own; query with its '?' */
};

/* Splits an absolute URL; false when it is not one of ours. The parts are views into s. */
bool url_split(struct span s, struct url *u);

/* The normal form of ref as written on the page at base (absolute, normal form). Empty (n == 0) when ref is no link to
 * follow: another scheme, only a fragment, malformed, or longer than URL_MAX_BYTES. */
struct span url_resolve(struct arena *a, const struct url *base, struct span ref);

/* One spelling for comparing hosts: without "www.". */
bool url_same_host(struct span a, struct span b);

/* Last segment of the path, without query. */
struct span url_file(const struct url *u);

#endif
