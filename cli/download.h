/* download.h - one page for `renda parse` and others: by HTTP, from disk, or standard input; at once and whole.
 */
#ifndef RENDA_CLI_DOWNLOAD_H
#define RENDA_CLI_DOWNLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/config.h"
#include "common/err.h"

struct download {
    char *body; /* the downloader's until its next call */
    size_t bytes;
    int status;             /* of HTTP; 200 for files */
    char url[4096];         /* absolute; "file:///…" for files, "stdin:" for standard input */
    char final_url[4096];   /* after redirects */
    char type[256];         /* Content-Type; empty when it is not known */
    char redirect_to[4096]; /* where it was redirected, for download_hop() only; else empty */
};

struct downloader;
/* limits may be NULL: the defaults. user_agent NULL: "Renda/VERSION". NULL with *e filled on failure. */
struct downloader *downloader_new(const struct config_limits *limits, const char *user_agent, struct err *e);
void downloader_free(struct downloader *d); /* fine on NULL */

/* An http or https address, a file:// one, a path, or "-". An HTTP answer of 400 and more is a failure.
 * 0, or -1 with *e filled. */
int download_get(struct downloader *d, const char *what, struct download *out, struct err *e);

/* The same for an http, https or file address without following redirects: then out->redirect_to says where. On an
 * HTTP answer of 400 and more out->status tells which. guarded: a page led here, not the user, so neither files nor
 * private network addresses are for us. */
int download_hop(struct downloader *d, const char *url, bool guarded, struct download *out, struct err *e);

/* A POST without a body, for the sample sites' controls. */
int download_post(struct downloader *d, const char *url, struct download *out, struct err *e);

#endif
