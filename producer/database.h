/* database.h - the producer's database work, on a thread of its own, so that the curl loop never waits for a commit.
 *
 * The loop hands over jobs and is woken through an eventfd when they are done. There is at most one job of each kind
 * under way, and a job's size is bounded, so the queue is bounded too. A job that fails for a passing cause (busy, disk
 * full, I/O) is done again every DATABASE_RETRY_MS until it succeeds; nothing of it is lost meanwhile. */
#ifndef RENDA_PRODUCER_DATABASE_H
#define RENDA_PRODUCER_DATABASE_H

#include "common/config.h"
#include "common/err.h"
#include "common/store.h"

#define DATABASE_RETRY_MS 500

enum job_kind {
    JOB_RENEW,    /* the lease; and the backlog's size */
    JOB_TAKE,     /* what is due */
    JOB_OUTCOMES, /* what came of visits */
    JOB_PENDING,  /* what waits for a worker */
    JOB_CHECK,    /* which of these are still pending */
    JOB_RESEND,   /* these are sent again */
    JOB_HOSTS,    /* hosts that came since */
    JOB_SHIFT,    /* the wall clock jumped */
    JOB_COUNT
};

#define TAKE_HOSTS_MAX 256
#define TAKE_MAX       512
#define OUTCOMES_MAX   64
#define PENDING_MAX    128
#define CHECK_MAX      1024

struct outcome_batch {
    int n;
    int64_t bytes;       /* of the bodies */
    bool handed_over;    /* the database thread has it */
    struct arena *arena; /* holds the strings and bodies */
    struct outcome o[OUTCOMES_MAX];
    int64_t captures[OUTCOMES_MAX];
};

struct under_way {
    int64_t capture, pass;
};

/* One kind's input and output; the others' parts are unused. Owned by whoever has the job. */
struct job {
    enum job_kind kind;
    struct arena *arena; /* of the answer; reset for each use */
    /* JOB_RENEW */
    int64_t renewed_at_ms; /* monotonic, when the renewal began */
    int64_t backlog_pages, backlog_bytes;
    /* JOB_TAKE */
    struct take takes[TAKE_HOSTS_MAX];
    int take_count;
    int64_t now;
    struct due_url due[TAKE_MAX];
    int due_count;
    /* JOB_OUTCOMES */
    struct outcome_batch *batch;
    /* JOB_PENDING */
    struct under_way *under_way; /* sorted by capture; owned by the job */
    int under_way_count;
    int max;
    int64_t max_bytes;
    struct work work[PENDING_MAX];
    int work_count;
    /* JOB_CHECK, JOB_RESEND */
    int64_t check[CHECK_MAX], passes[CHECK_MAX];
    int check_count;
    /* JOB_HOSTS */
    int64_t after;
    struct store_host *hosts; /* in the arena */
    int host_count, host_room;
    /* JOB_SHIFT */
    int64_t delta_ms;
};

struct database;

/* Opens the store, joins as a member, makes the sites what the config says; then starts the thread. */
struct database *database_start(const struct config *c, struct member *m, struct err *e);
/* Finishes what was handed over (waits at most wait_ms when the database is in trouble), leaves, closes. */
void database_stop(struct database *d, int wait_ms);

/* The job of this kind when it is free, else NULL. Its arena is reset. */
struct job *database_job(struct database *d, enum job_kind kind);
void database_submit(struct database *d, struct job *j);
/* A finished job, or NULL. Give it back with database_done() once its answer has been used. */
struct job *database_next(struct database *d);
void database_done(struct database *d, struct job *j);
/* -1 when the database is damaged: no job gets finished any more. */
int database_check(const struct database *d, struct err *e);
/* Readable when a job is finished. */
int database_fd(const struct database *d);

#endif
