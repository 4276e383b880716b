/* dispatch.h - pages to workers, within the windows they state, and again when they were lost.
 *
 * A worker's STATE that echoes this producer's epoch tells what it holds and how much it has received; what may be sent
 * is its window less what it holds less what was sent and has not arrived. What was sent is remembered until the sink
 * or the database says that it is settled: older than DISPATCH_PATIENCE_MS and held by no live worker, it is looked up,
 * and sent again when it is still pending. One thread owns a dispatch. Times are monotonic milliseconds. */
#ifndef RENDA_PRODUCER_DISPATCH_H
#define RENDA_PRODUCER_DISPATCH_H

#include <curl/curl.h>

#include "producer/database.h"

#define DISPATCH_PATIENCE_MS 5000
#define DISPATCH_ORPHAN_MS   300 /* when its worker is gone: the sink may still be settling its results */
#define DISPATCH_CHECK_MS    500
#define DISPATCH_SILENT_MS   2000 /* a worker without a STATE for so long is not counted on */
#define DISPATCH_PEERS_MAX   1024
#define DISPATCH_SENT_MAX    16384

struct dispatch;

/* Binds the endpoint. */
struct dispatch *dispatch_new(const struct config *c, int64_t epoch, struct err *e);
void dispatch_free(struct dispatch *d); /* fine on NULL */

/* Takes in what has arrived (a bounded number of messages). */
void dispatch_turn(struct dispatch *d, int64_t now);

/* New captures may be pending. */
void dispatch_hint(struct dispatch *d);
/* The sink says that these are settled. */
void dispatch_settled(struct dispatch *d, int64_t capture);

/* Fills a JOB_PENDING when there is room at workers and something may wait; a JOB_CHECK when one is due. */
bool dispatch_want_pending(struct dispatch *d, struct job *j, int64_t now);
bool dispatch_want_check(struct dispatch *d, struct job *j, int64_t now);
/* Sends what the job found. */
void dispatch_pending(struct dispatch *d, const struct job *j, int64_t now);
/* *resend[] (CHECK_MAX) gets those that will be sent again. Returns how many. */
int dispatch_checked(struct dispatch *d, const struct job *j, int64_t *resend);

int64_t dispatch_next_at(const struct dispatch *d, int64_t now);
int dispatch_workers(const struct dispatch *d);
int dispatch_sent(const struct dispatch *d);

/* The socket's and the monitor's descriptors, for waiting. True when something is there already. */
unsigned dispatch_fds(struct dispatch *d, struct curl_waitfd *fds);
bool dispatch_ready(struct dispatch *d);

#endif
