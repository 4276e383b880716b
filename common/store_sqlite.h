/* store_sqlite.h - the SQLite implementation's functions, by the file that holds them. Meaning as in store.h. */
#ifndef RENDA_COMMON_STORE_SQLITE_H
#define RENDA_COMMON_STORE_SQLITE_H

#include "common/sqlite.h"

/* store_sqlite_frontier.c: sites, hosts, URLs, visits */
int sqlite_sites_sync(struct store *s, const struct config *c, int64_t now, struct err *e);
int sqlite_hosts(struct store *s, int64_t after, void (*fn)(void *, const struct store_host *), void *ctx,
                 struct err *e);
int sqlite_take_due(struct store *s, struct take *takes, int take_count, int64_t now, struct arena *a,
                    struct due_url *due, int *n, struct err *e);
int sqlite_commit_outcomes(struct store *s, const struct member *m, const struct outcome *o, int n,
                           int64_t *capture_ids, struct err *e);
int sqlite_shift_due(struct store *s, int64_t delta_ms, struct err *e);
/* How a site wants its hosts visited. */
struct site_pace {
    int64_t delay_ms, poll_ms;
    int concurrency;
};
int sqlite_site_pace(struct sqlite *q, int64_t site, struct site_pace *p, struct err *e);
/* The id of a host, made when it is new (then with delay and concurrency). -1 on failure. */
int64_t sqlite_host_id(struct sqlite *q, struct span name, int64_t delay_ms, int concurrency, bool trusted,
                       struct err *e);

/* store_sqlite_dispatch.c: what waits for a worker */
int sqlite_backlog(struct store *s, int64_t *pages, int64_t *bytes, struct err *e);
int sqlite_pending(struct store *s, bool (*skip)(void *, int64_t, int64_t), void *ctx, int max, int64_t max_bytes,
                   struct arena *a, struct work *work, int *n, struct err *e);
int sqlite_still_pending(struct store *s, const int64_t *captures, int n, int64_t *passes, struct err *e);
int sqlite_count_resend(struct store *s, const int64_t *captures, int n, struct err *e);

/* store_sqlite_bundle.c: several pages and attachments of one article */
struct settling;
/* A visit of a further page or an attachment ended; capture: what it gave, or 0. */
int sqlite_bundle_part(struct sqlite *q, const struct outcome *o, int64_t capture, struct err *e);
/* The article's first page has a new capture: it is read with what is there of the rest. */
int sqlite_bundle_carry(struct sqlite *q, int64_t url_id, int64_t capture, struct err *e);
/* Fills w->parts and puts their bodies behind w->raw. */
int sqlite_bundle_work(struct sqlite *q, struct arena *a, struct work *w, struct err *e);
/* Before the article is stored: sets t->bundle and t->fresh_parts. */
int sqlite_bundle_read(struct sqlite *q, struct settling *t, struct err *e);
/* After the capture is settled: what the article needs is wanted, or joined at once when it is there. */
int sqlite_bundle_needs(struct sqlite *q, struct settling *t, const struct site_pace *pace, struct err *e);
/* Parts that were there and could not be read are tried again, with their article (capture 0: all). How many articles.
 */
int sqlite_bundle_retry(struct sqlite *q, int64_t capture, struct err *e);
/* A verdict on one part: at TRIES_MAX it is left out. 1; 0 when there is no such part; -1. */
int sqlite_bundle_verdict(struct sqlite *q, const struct settling *t, struct err *e);

/* store_sqlite_settle.c: results become rows */
int sqlite_settle(struct store *s, const struct result *const *r, int n, int64_t now, struct settled *out,
                  struct err *e);
int sqlite_events(struct store *s, int64_t after, int max, void (*fn)(void *, const struct event *), void *ctx,
                  struct err *e);
int sqlite_last_event(struct store *s, int64_t *seq, struct err *e);

/* store_sqlite_article.c: the article of a settled capture */
/* What settle.c knows of the capture. */
struct settling {
    const struct result *r;
    int64_t url_id, site_id, seq, priority, fetched_at, now;
    bool latest;               /* no younger capture of the URL is there */
    bool fresh_parts;          /* the text holds a further page or attachment for the first time */
    struct bundle_row *bundle; /* what was known to belong to the article before */
    size_t bundle_count;
    struct span url, role;
    struct span why; /* of the result, and what of it was not stored */
    struct arena *arena;
    struct settled *out;
};
/* Writes article, revision, findings, events. SETTLED or SETTLED_OLD in t->out->what; -1 on failure. */
int sqlite_store_article(struct sqlite *q, struct settling *t, struct err *e);

/* store_sqlite_compare.c: what articles say against each other */
#define TOTALS_MAX 500 /* of one article; further ones are not compared */
struct total;
struct totals {
    struct total *k[2 * TOTALS_MAX];
    size_t n;
};
/* The row of the article's congress, made when it is new; *id is 0 where the article names none. */
int sqlite_congress_id(struct sqlite *q, const struct article *art, struct arena *a, int64_t *id, struct err *e);
/* Adds the totals that an article gives, with all its revisions. */
int sqlite_totals_of(struct sqlite *q, int64_t article, struct arena *a, struct totals *t, struct err *e);
/* Marks those over which articles differ, and takes the mark off where they no longer do. */
int sqlite_compare_totals(struct sqlite *q, const struct totals *t, struct err *e);

#endif
