/* store.h - the shared database, as the parts of the ring see it.
 *
 * A store is one connection and belongs to one thread. "sqlite" (a path) and "null:" (forgets everything; for
 * measuring) are implemented; functions of an implementation are the rows of struct store_ops. Times are milliseconds
 * since 1970. Functions return 0, or -1 with *e filled. STORE_BUSY, STORE_FULL, … in store_trouble() tell the cause of
 * the last failure: whether to try again later, and whom to blame. Strings handed out live until the next call or in
 * the arena that was passed. */
#ifndef RENDA_COMMON_STORE_H
#define RENDA_COMMON_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/config.h"
#include "common/err.h"
#include "common/result.h"

struct store;

enum store_mode {
    STORE_READ,  /* for looking: never creates, migrates or writes */
    STORE_WRITE, /* creates and migrates as needed */
};

enum store_trouble {
    STORE_OK,
    STORE_DATA, /* a row was refused: constraint, type, too big */
    STORE_BUSY, /* locked by others for too long */
    STORE_FULL, /* disk full */
    STORE_READONLY,
    STORE_CORRUPT, /* not a database, or damaged */
    STORE_IO,
    STORE_VERSION, /* the schema is newer than this program */
};

struct store *store_open(const char *database, enum store_mode mode, struct err *e);
void store_close(struct store *s); /* fine on NULL */
enum store_trouble store_trouble(const struct store *s);

/* ---- members: who is alive --------------------------------------------------------------------------------------- */

#define MEMBER_LEASE_MS 10000 /* renewed every 2 s */

struct member {
    int64_t id, epoch;
};

int store_member_join(struct store *s, const char *role, struct member *m, struct err *e);
int store_member_renew(struct store *s, const struct member *m, struct err *e);
int store_member_leave(struct store *s, const struct member *m, struct err *e);

/* ---- the producer's side ----------------------------------------------------------------------------------------- */

/* Makes the sites, their hosts and start pages what the config says; sites no longer named become inactive. */
int store_sites_sync(struct store *s, const struct config *c, int64_t now, struct err *e);
/* With SQLite everything owned is free at start. */
int store_free_owned(struct store *s, struct err *e);

struct store_host {
    int64_t id;
    char name[300]; /* "https://www.example.gov.cn" or "http://127.0.0.1:8080" or "file://" */
    int64_t delay_ms;
    int concurrency;
    int64_t not_before;
    bool trusted;
    struct span robots; /* robots.txt as last read; .p NULL when it never was */
    int64_t robots_at;  /* when; 0: never */
};
/* Hosts with id > after, by id; fn is called for each. */
int store_hosts(struct store *s, int64_t after, void (*fn)(void *ctx, const struct store_host *h), void *ctx,
                struct err *e);

/* A list page that is no start page is visited again after so many poll intervals, unless something leads there sooner.
 */
#define PAGER_FACTOR 60

/* Priorities, for fetching and dispatch. */
enum { PRIORITY_LIVE, PRIORITY_REVISIT, PRIORITY_BACKFILL, PRIORITY_REPLAY, PRIORITY_COUNT };

struct due_url {
    int64_t id, site_id, host_id, seq, interval_ms, poll_ms;
    int priority, hops, failures, attempts;
    bool start_page, known; /* known: visited before */
    struct span url, role, etag, modified, digest;
};

/* How many due URLs of a host to take. */
enum { TAKE_LISTS = 1, TAKE_ARTICLES = 2 };
struct take {
    int64_t host_id;
    int max;
    unsigned kinds;      /* TAKE_… */
    int64_t next_due_at; /* out: when the host's next URL is due that was not taken; INT64_MAX: nothing waits */
};
/* Takes due URLs and commits their next attempt (now + take_backoff_ms) before they are handed out, all hosts in one
 * transaction. due[] has room for the sum of max; its strings live in the arena. *n is set. */
int store_take_due(struct store *s, struct take *takes, int take_count, int64_t now, struct arena *a,
                   struct due_url *due, int *n, struct err *e);
/* The delay before an attempt that was begun is begun again: 10 s, doubled for each attempt without an end, at most
 * 43 minutes. */
int64_t take_backoff_ms(int attempts);

enum outcome_kind {
    OUTCOME_CAPTURED,
    OUTCOME_NOT_MODIFIED, /* 304 */
    OUTCOME_SAME,         /* 200 with the body of last time */
    OUTCOME_REDIRECTED,
    OUTCOME_GONE,        /* 404, 410 */
    OUTCOME_BLOCKED,     /* 401, 403, 412, 429, 521 */
    OUTCOME_UNREACHABLE, /* DNS, TLS, time-out, 5xx */
    OUTCOME_REFUSED,     /* by us: too big, too many redirects, a private address */
    OUTCOME_DENIED,      /* by the host's robots.txt: not fetched */
    OUTCOME_ROBOTS,      /* no page: body is the host's robots.txt (empty when it has none), sitemaps what it names */
    OUTCOME_COUNT
};
extern const char *const outcome_names[OUTCOME_COUNT];

/* What came of one visit. Spans are borrowed for the call. */
struct outcome {
    enum outcome_kind kind;
    int64_t url_id, site_id, host_id;
    int64_t at, took_ms, bytes; /* bytes of the body */
    int64_t next_visit_at;      /* 0: never again */
    int64_t interval_ms;        /* the URL's new interval */
    int64_t host_not_before;    /* host backs off until then; 0: it does not */
    int priority;               /* the URL's, from now on */
    int capture_priority;
    int status, hops;
    bool start_page, list;
    struct span role, url, final_url, content_type, etag, modified, digest, detail;
    struct span redirect_to; /* absolute URL, for OUTCOME_REDIRECTED */
    struct span redirect_host;
    struct span sitemaps; /* for OUTCOME_ROBOTS: absolute URLs on the same host, one a line */
    struct span body;     /* for OUTCOME_CAPTURED: zstd once packed */
    bool packed;
};

/* One transaction for all. capture_ids[i] is set for captured ones, else 0; OUTCOME_LEFT_OUT when the database refused
 * this one's data: nothing of it is stored, and its URL comes due again. */
#define OUTCOME_LEFT_OUT (-1)
int store_commit_outcomes(struct store *s, const struct member *m, const struct outcome *o, int n, int64_t *capture_ids,
                          struct err *e);

/* Moves every due time by delta (the wall clock jumped). */
int store_shift_due(struct store *s, int64_t delta_ms, struct err *e);

/* Bytes and pages of captures that are pending. */
int store_backlog(struct store *s, int64_t *pages, int64_t *bytes, struct err *e);

/* Beside a page that was captured for itself: a further page of an article or an attachment, read with its first page.
 */
struct work_part {
    int64_t number;        /* bundle.part */
    int64_t raw_bytes;     /* of its body; 0: left out, since all together would be too large */
    struct span url;       /* as the article names it */
    struct span final_url; /* where it was fetched */
    struct span content_type;
};

#define WORK_PARTS_MAX           (RESULT_PAGES_MAX + RESULT_ATTACHMENTS_MAX)
#define WORK_PARTS_RAW_BYTES_MAX ((int64_t)16 * 1024 * 1024)

/* A pending capture with all that a WORK message says. */
struct work {
    int64_t epoch; /* of the producer that sends it */
    int64_t capture, seq, pass, fetched_at, bytes;
    int priority, status;
    struct span url, final_url, role, content_type, hint_title, hint_date, hint_column;
    struct span site, org, region, level, patterns, selectors;
    struct span raw; /* zstd: the page's frame, then those of its parts */
    int part_count;
    struct work_part parts[WORK_PARTS_MAX];
};

/* Roles of URLs: "list", "feed", "sitemap" are lists; "article", and "page" and "attachment", which belong to one. */
bool store_role_is_list(struct span role);
/* "page" or "attachment": captured to be read with an article's first page, never for itself. */
bool store_role_is_part(struct span role);

/* Pending captures in the order of dispatch, at most one unsettled for each URL; skip() is asked for each before its
 * body is read and says true for those that are under way. Stops at max pages or when max_bytes of raw are taken
 * (at least one). */
int store_pending(struct store *s, bool (*skip)(void *ctx, int64_t capture, int64_t pass), void *ctx, int max,
                  int64_t max_bytes, struct arena *a, struct work *work, int *n, struct err *e);

/* Which of these captures are still pending: states[i] becomes the current pass, or 0 when settled or gone. */
int store_still_pending(struct store *s, const int64_t *captures, int n, int64_t *passes, struct err *e);
/* Counts one more sending of each. */
int store_count_resend(struct store *s, const int64_t *captures, int n, struct err *e);

/* ---- the sink's side --------------------------------------------------------------------------------------------- */

enum settle_what {
    SETTLED,
    SETTLED_STALE,       /* no such pending (capture, pass): nothing happened */
    SETTLED_OLD,         /* of an older capture: history only */
    SETTLED_FAILED,      /* a verdict was counted; will be sent again */
    SETTLED_QUARANTINED, /* three verdicts, or a row the database refused */
};

struct settled {
    enum settle_what what;
    int new_links; /* URLs that were not known */
    int events;
    bool again;     /* it is pending once more, with what belongs to its article */
    struct err why; /* for SETTLED_QUARANTINED by the database */
};

/* Settles a batch in one transaction; out[i] tells what became of r[i]. A batch that fails on data is done again row by
 * row under savepoints and the culprit is quarantined with the database's reason; any other failure changes nothing
 * and returns -1: the batch may be settled again. */
int store_settle(struct store *s, const struct result *const *r, int n, int64_t now, struct settled *out,
                 struct err *e);

/* Verdicts after which a page is quarantined. */
#define TRIES_MAX 3

struct event {
    int64_t seq;
    struct span id, topic, payload;
};
/* Events with seq > after, in order, at most max; fn is called for each. */
int store_events(struct store *s, int64_t after, int max, void (*fn)(void *ctx, const struct event *ev), void *ctx,
                 struct err *e);
int store_last_event(struct store *s, int64_t *seq, struct err *e);

/* Removes what has outlived its use, at most max rows of a table at a time: visits after 90 days, settled captures of
 * lists after 7 days, events after 90 days. *n: the most rows that went from one table; max: there may be more. */
int store_prune(struct store *s, int64_t now, int max, int *n, struct err *e);
/* Writes the log back into the database file (SQLite's WAL). */
int store_checkpoint(struct store *s, struct err *e);

/* ---- looking, and the hand --------------------------------------------------------------------------------------- */

/* A result row: text of each column, NULL for a null; names are the same for every row. */
typedef int store_row_fn(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes);

/* Runs a SELECT with parameters $1…, all given as text (NULL allowed). fn may stop it by returning non-zero. */
int store_select(struct store *s, const char *sql, const char *const *params, int param_count, store_row_fn *fn,
                 void *ctx, struct err *e);

/* Puts quarantined captures back (capture 0: all of them) with a new pass, and articles of which a part could not be
 * read; *n says how many. */
int store_retry(struct store *s, int64_t capture, int *n, struct err *e);

/* The database's own check of itself; 0 and "ok", or -1. */
int store_check(struct store *s, struct err *e);

#endif
