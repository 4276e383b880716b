/* frontier.h - which URL of which host is fetched next: politely, fairly, as soon as it is due.
 *
 * The frontier itself is in the database; here are the hosts and a short queue of due URLs for each. Between two starts
 * on one host there is its delay, and never more than its concurrency at a time. Times are monotonic milliseconds; due
 * times of the database (wall clock) are turned into them on arrival. One thread owns a frontier. */
#ifndef RENDA_PRODUCER_FRONTIER_H
#define RENDA_PRODUCER_FRONTIER_H

#include <stdbool.h>
#include <stdint.h>

#include "producer/database.h"
#include "producer/permit.h"

#define FRONTIER_LOOK_MS 1000 /* a host is asked for due URLs at least this often: the truth behind all hints */

struct frontier;

struct frontier *frontier_new(void);
void frontier_free(struct frontier *f); /* drops what was queued; it comes due again */

void frontier_add_host(struct frontier *f, const struct store_host *h, int64_t mono, int64_t wall);
int64_t frontier_last_host(const struct frontier *f);

/* Fills a JOB_TAKE with the hosts that should be looked at now. False when there are none. kinds: what may be fetched.
 */
bool frontier_want(struct frontier *f, struct job *j, unsigned kinds, int64_t mono, int64_t wall);
/* Takes what the job found (copies). */
void frontier_took(struct frontier *f, const struct job *j, int64_t mono, int64_t wall);

/* What is to be done with a started URL. */
enum frontier_go {
    GO_FETCH,
    GO_DENIED, /* robots.txt does not allow it */
    GO_SHUT,   /* robots.txt could not be had */
};

struct frontier_started {
    struct due_url *due; /* role FRONTIER_ROBOTS: the host's robots.txt, no URL of the database (id 0) */
    bool trusted;        /* its host was named in the config */
    enum frontier_go go;
};

#define FRONTIER_ROBOTS "robots"

/* One URL that may be started now; false when there is none. It is then running until frontier_ended(). */
bool frontier_start(struct frontier *f, int64_t mono, struct frontier_started *out);

/* The rules of the host whose robots.txt was asked for; its URL still is to be ended. */
struct permit *frontier_permit(struct frontier *f, int64_t host_id);
/* Puts a started URL back in front of its host's queue; the host's delay has begun all the same. */
void frontier_unstart(struct frontier *f, struct due_url *u);
/* Ends it (frees u). next_due: the URL's own next visit; not_before: the host rests until then (0: it does not). Wall.
 */
void frontier_ended(struct frontier *f, struct due_url *u, int64_t next_due, int64_t not_before, int64_t mono,
                    int64_t wall);

/* TAKE_ bits of what may be started from now on; what is queued of other kinds waits. At first: everything. */
void frontier_allow(struct frontier *f, unsigned kinds);

/* Something may be due now: look at every host soon (a hint). */
void frontier_hint(struct frontier *f, int64_t mono);

/* When there is something to do; INT64_MAX: only when something ends or comes. */
int64_t frontier_next_at(const struct frontier *f);
int frontier_queued(const struct frontier *f);

#endif
