/* url.h - the little that all parts must know of an absolute URL. */
#ifndef RENDA_COMMON_URL_H
#define RENDA_COMMON_URL_H

#include <stdbool.h>

#include "common/span.h"

#define URL_MAX_BYTES 2048

/* The part that politeness is kept for: "https://www.example.gov.cn:8443", lower case, without user, default port,
 * path; "file://" for files. An empty span when it is no http, https or file URL. *out is a buffer of at least 300
 * bytes that the span points into. */
struct span url_host(struct span url, char out[300]);

/* True for http://localhost, 127.0.0.0/8, [::1] and file://. */
bool url_is_local(struct span url);

#endif
