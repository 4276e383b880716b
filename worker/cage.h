/* cage.h - the parsing child: a process with nothing but a shared mapping and two eventfds.
 *
 * The parent puts a job into the mapping and rings; the child parses, leaves its result in the mapping and rings back.
 * The child may allocate memory up to its limit and do little else (seccomp); a child that crashes, hangs, overruns its
 * memory or calls something forbidden is dead, its verdict names how, and cage_start() forks a clean one.
 * The parent never looks at a page's bytes and copies a result's length before it checks it. One thread owns a cage. */
#ifndef RENDA_WORKER_CAGE_H
#define RENDA_WORKER_CAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/result.h"
#include "common/span.h"

#define CAGE_HEAD_MAX ((size_t)256 * 1024)       /* the job's description */
#define CAGE_OUT_MAX  ((size_t)48 * 1024 * 1024) /* the result */

/* Runs in the child for each job: reads head and body, writes at most max bytes to out, returns how many. It does not
 * return on trouble: cage_die(). */
typedef size_t cage_fn(void *ctx, struct span head, struct span body, char *out, size_t max);

/* Ends the child with a verdict on the page it is working on. */
enum cage_death { CAGE_MEMORY = 70, CAGE_TOO_LARGE, CAGE_BAD_JOB };
void cage_die(enum cage_death how) __attribute__((noreturn));
void cage_die_of_memory(void); /* for arena_new() */

#define CAGE_PARTS_MAX RESULT_NEEDS_MAX /* the sink takes no higher number */
/* In the child: notes which part of the job it works on from now on, so that its death is held against that. 0: the
 * page itself, as at each job's start. Does nothing outside a child. */
void cage_at_part(int part);

struct cage_options {
    size_t body_max;      /* bytes of a job's body */
    int64_t memory_bytes; /* what the child may allocate beyond what it has at birth */
    int64_t deadline_ms;  /* for one job */
    cage_fn *fn;
    void *ctx;
};

struct cage;

struct cage *cage_new(const struct cage_options *o, struct err *e);
void cage_free(struct cage *c); /* kills the child; fine on NULL */

/* Forks the child unless it lives. */
int cage_start(struct cage *c, struct err *e);

/* Hands a job over; the child must live and be idle. 1 when the job is too large; -1, with *e, for troubles of our own.
 */
int cage_submit(struct cage *c, struct span head, struct span body, int64_t now_ms, struct err *e);

enum cage_status {
    CAGE_IDLE,
    CAGE_BUSY,
    CAGE_DONE,   /* *out is the result: a view into the mapping until the next submit */
    CAGE_DEAD,   /* verdict names how: "SIGSEGV", "timeout", "memory", … */
    CAGE_KILLED, /* by somebody else (SIGKILL, SIGTERM), or kept from computing: no verdict on the page */
};
/* Looks, kills a child that is past its deadline, and tells. After DONE, DEAD and KILLED the cage has no job. */
enum cage_status cage_check(struct cage *c, int64_t now_ms, struct span *out, char verdict[64]);

/* The part that the last job's child was at when it ended: 0 to CAGE_PARTS_MAX. */
int cage_part(const struct cage *c);

/* Readable when the child has rung or died; -1 when there is no child. */
int cage_result_fd(const struct cage *c);
int cage_death_fd(const struct cage *c);
/* Milliseconds until the deadline of the job in hand, or -1. */
int64_t cage_left_ms(const struct cage *c, int64_t now_ms);

#endif
