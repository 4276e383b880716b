/* fetch.h - downloads pages through one curl multi handle. One thread owns a fetcher.
 *
 * HTTP/1.1 and 2, any compression curl knows, connections kept alive; connect, total and low-speed time-outs, a limit
 * on bytes (after decompression), TLS verified. Redirects are not followed: they are told. Files ("file://") are read
 * directly; a folder becomes a text/uri-list (RFC 2483) of what is in it. */
#ifndef RENDA_PRODUCER_FETCH_H
#define RENDA_PRODUCER_FETCH_H

#include <curl/curl.h>

#include "common/config.h"
#include "common/err.h"
#include "common/store.h"

struct fetcher;

/* What a fetch brought. Spans live until the callback returns. */
struct fetched {
    struct due_url *due; /* as given to fetch_start() */
    void *owner;
    enum outcome_kind kind; /* CAPTURED for any body, even an unchanged one */
    int status;
    int64_t started_at, took_ms; /* wall, duration */
    int64_t retry_after_ms;
    bool host_down;
    struct span body, content_type, etag, modified, redirect_to;
    char detail[256]; /* why it failed; empty otherwise */
};

typedef void fetched_fn(void *ctx, const struct fetched *f);

/* Settings are borrowed. fn is called from fetch_turn(). */
struct fetcher *fetch_new(const struct config *c, fetched_fn *fn, void *ctx, struct err *e);
void fetch_free(struct fetcher *f); /* drops what is under way; fine on NULL */

/* Starts a GET. due and owner are handed back; due must live until then. trusted: the host was named in the config, so
 * it may have a private address. false: too many are under way. */
bool fetch_start(struct fetcher *f, struct due_url *due, void *owner, bool trusted);
bool fetch_has_room(const struct fetcher *f);
int fetch_running(const struct fetcher *f);
int64_t fetch_buffered_bytes(const struct fetcher *f);
/* Bodies that were handed over and are still in memory: they count towards the limit of all bodies together. */
void fetch_set_elsewhere(struct fetcher *f, int64_t bytes);

/* Moves everything on and calls fn for what is finished. */
int fetch_turn(struct fetcher *f, struct err *e);

/* Waits for the network, for extra fds, or for wait_ms. */
int fetch_wait(struct fetcher *f, struct curl_waitfd *extra, unsigned n, int wait_ms, struct err *e);

#endif
