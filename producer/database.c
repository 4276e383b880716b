#include "producer/database.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/zip.h"

#define JOB_ARENA_BYTES ((size_t)512 * 1024 * 1024)

enum where { FREE, TAKEN, QUEUED, WORKING, FINISHED };

struct database {
    const struct config *config;
    struct store *store;
    struct member member;
    struct zip *zip;
    pthread_t thread;
    pthread_mutex_t lock; /* guards where, queue and stop */
    pthread_cond_t wake;
    struct job *jobs[JOB_COUNT];
    enum where where[JOB_COUNT];
    enum job_kind queue[JOB_COUNT];
    int queued;
    bool stop;
    _Atomic bool give_up; /* stop retrying */
    bool in_trouble;      /* of the thread: said so once */
    _Atomic bool broken;  /* damaged: no job will ever be done */
    struct err why;       /* … and how; written before broken is set */
    int ring;
};

/* ---- the work ---------------------------------------------------------------------------------------------------- */

/* Bodies are compressed here, outside the transaction. */
static int pack_bodies(struct database *d, struct outcome_batch *b, struct err *e)
{
    for (int i = 0; i < b->n; i++) {
        struct outcome *o = &b->o[i];
        struct span packed;
        if (o->kind != OUTCOME_CAPTURED || o->packed)
            continue;
        if (zip_pack(d->zip, o->body, &packed, e) < 0)
            return -1;
        o->body = arena_span(b->arena, packed);
        o->packed = true;
    }
    return 0;
}

static bool is_under_way(void *ctx, int64_t capture, int64_t pass)
{
    const struct job *j = ctx;
    int from = 0, to = j->under_way_count;
    while (from < to) {
        int mid = (from + to) / 2;
        if (j->under_way[mid].capture < capture)
            from = mid + 1;
        else
            to = mid;
    }
    return from < j->under_way_count && j->under_way[from].capture == capture && j->under_way[from].pass >= pass;
}

static void keep_host(void *ctx, const struct store_host *h)
{
    struct job *j = ctx;
    if (j->host_count == j->host_room) {
        int room = j->host_room == 0 ? 16 : j->host_room * 2;
        j->hosts = arena_grow(j->arena, j->hosts, sizeof(*h) * (size_t)j->host_room, sizeof(*h) * (size_t)room);
        j->host_room = room;
    }
    j->hosts[j->host_count] = *h;
    if (h->robots.p != NULL)
        j->hosts[j->host_count].robots = arena_span(j->arena, h->robots);
    j->host_count++;
}

static int do_job(struct database *d, struct job *j, struct err *e)
{
    switch (j->kind) {
    case JOB_RENEW:
        j->renewed_at_ms = clock_mono_ms();
        if (store_member_renew(d->store, &d->member, e) < 0)
            return -1;
        return store_backlog(d->store, &j->backlog_pages, &j->backlog_bytes, e);
    case JOB_TAKE: return store_take_due(d->store, j->takes, j->take_count, j->now, j->arena, j->due, &j->due_count, e);
    case JOB_OUTCOMES:
        if (pack_bodies(d, j->batch, e) < 0)
            return -1;
        return store_commit_outcomes(d->store, &d->member, j->batch->o, j->batch->n, j->batch->captures, e);
    case JOB_PENDING:
        return store_pending(d->store, is_under_way, j, j->max, j->max_bytes, j->arena, j->work, &j->work_count, e);
    case JOB_CHECK: return store_still_pending(d->store, j->check, j->check_count, j->passes, e);
    case JOB_RESEND: return store_count_resend(d->store, j->check, j->check_count, e);
    case JOB_HOSTS:
        j->hosts = NULL;
        j->host_count = j->host_room = 0;
        return store_hosts(d->store, j->after, keep_host, j, e);
    case JOB_SHIFT: return store_shift_due(d->store, j->delta_ms, e);
    case JOB_COUNT: break;
    }
    return 0;
}

static void pause_ms(int ms)
{
    const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
    nanosleep(&t, NULL);
}

/* Until it succeeds, or the end is near. Trouble is told when it begins and when it is over; damage does not pass. */
static void do_until_done(struct database *d, struct job *j)
{
    struct err e;
    while (do_job(d, j, &e) < 0) {
        if (store_trouble(d->store) == STORE_CORRUPT) {
            if (!atomic_load(&d->broken))
                d->why = e;
            atomic_store(&d->broken, true);
            return;
        }
        if (!d->in_trouble)
            log_error("%s; trying again every %d ms", e.msg, DATABASE_RETRY_MS);
        d->in_trouble = true;
        if (atomic_load(&d->give_up))
            return;
        arena_reset(j->arena);
        pause_ms(DATABASE_RETRY_MS);
    }
    if (d->in_trouble)
        log_info("the database works again");
    d->in_trouble = false;
}

static void *thread_main(void *ctx)
{
    struct database *d = ctx;
    pthread_mutex_lock(&d->lock);
    for (;;) {
        while (d->queued == 0 && !d->stop)
            pthread_cond_wait(&d->wake, &d->lock);
        if (d->queued == 0)
            break;
        enum job_kind kind = d->queue[0];
        memmove(d->queue, d->queue + 1, sizeof(d->queue[0]) * (size_t)--d->queued);
        d->where[kind] = WORKING;
        pthread_mutex_unlock(&d->lock);
        do_until_done(d, d->jobs[kind]);
        pthread_mutex_lock(&d->lock);
        d->where[kind] = FINISHED;
        uint64_t one = 1;
        if (write(d->ring, &one, sizeof(one)) < 0)
            log_error("cannot wake the loop");
    }
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

/* ---- the loop's side --------------------------------------------------------------------------------------------- */

static int open_store(struct database *d, struct err *e)
{
    d->store = store_open(d->config->database, STORE_WRITE, e);
    if (d->store == NULL || store_member_join(d->store, "producer", &d->member, e) < 0 ||
        store_free_owned(d->store, e) < 0 || store_sites_sync(d->store, d->config, clock_wall_ms(), e) < 0)
        return -1;
    return 0;
}

static void free_database(struct database *d)
{
    for (int i = 0; i < JOB_COUNT; i++) {
        if (d->jobs[i] == NULL)
            continue;
        arena_free(d->jobs[i]->arena);
        free(d->jobs[i]->under_way);
        free(d->jobs[i]);
    }
    store_close(d->store);
    zip_free(d->zip);
    if (d->ring >= 0)
        close(d->ring);
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->wake);
    free(d);
}

struct database *database_start(const struct config *c, struct member *m, struct err *e)
{
    struct database *d = calloc(1, sizeof(*d));
    if (d == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    d->config = c;
    d->ring = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->wake, NULL);
    d->zip = zip_new();
    for (int i = 0; i < JOB_COUNT; i++) {
        d->jobs[i] = calloc(1, sizeof(*d->jobs[i]));
        if (d->jobs[i] == NULL)
            abort();
        d->jobs[i]->kind = (enum job_kind)i;
        d->jobs[i]->arena = arena_new(JOB_ARENA_BYTES, NULL);
    }
    if (d->zip == NULL || d->ring < 0 || open_store(d, e) < 0) {
        if (d->store == NULL && (d->zip == NULL || d->ring < 0))
            err_set(e, "out of memory or file descriptors");
        free_database(d);
        return NULL;
    }
    if (pthread_create(&d->thread, NULL, thread_main, d) != 0) {
        err_set(e, "cannot start a thread");
        free_database(d);
        return NULL;
    }
    *m = d->member;
    return d;
}

void database_stop(struct database *d, int wait_ms)
{
    if (d == NULL)
        return;
    pthread_mutex_lock(&d->lock);
    d->stop = true;
    pthread_cond_signal(&d->wake);
    pthread_mutex_unlock(&d->lock);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += wait_ms / 1000;
    if (pthread_timedjoin_np(d->thread, NULL, &until) != 0) {
        atomic_store(&d->give_up, true);
        pthread_join(d->thread, NULL);
    }
    store_member_leave(d->store, &d->member, NULL);
    free_database(d);
}

struct job *database_job(struct database *d, enum job_kind kind)
{
    struct job *j = NULL;
    pthread_mutex_lock(&d->lock);
    if (d->where[kind] == FREE) {
        d->where[kind] = TAKEN;
        j = d->jobs[kind];
    }
    pthread_mutex_unlock(&d->lock);
    if (j != NULL)
        arena_reset(j->arena);
    return j;
}

void database_submit(struct database *d, struct job *j)
{
    pthread_mutex_lock(&d->lock);
    d->where[j->kind] = QUEUED;
    d->queue[d->queued++] = j->kind;
    pthread_cond_signal(&d->wake);
    pthread_mutex_unlock(&d->lock);
}

struct job *database_next(struct database *d)
{
    struct job *j = NULL;
    uint64_t n;
    while (read(d->ring, &n, sizeof(n)) == sizeof(n))
        ;
    pthread_mutex_lock(&d->lock);
    for (int i = 0; i < JOB_COUNT && j == NULL; i++) {
        if (d->where[i] == FINISHED && !atomic_load(&d->broken)) {
            d->where[i] = TAKEN;
            j = d->jobs[i];
        }
    }
    pthread_mutex_unlock(&d->lock);
    return j;
}

void database_done(struct database *d, struct job *j)
{
    pthread_mutex_lock(&d->lock);
    d->where[j->kind] = FREE;
    pthread_mutex_unlock(&d->lock);
}

int database_check(const struct database *d, struct err *e)
{
    return atomic_load(&d->broken) ? err_set(e, "%s", d->why.msg) : 0;
}

int database_fd(const struct database *d)
{
    return d->ring;
}
