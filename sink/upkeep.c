#include "sink/upkeep.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/store.h"

#define CHECKPOINT_MS 1000
#define PRUNE_EVERY   60 /* checkpoints */
#define PRUNE_ROWS    500

struct upkeep {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
    bool in_trouble; /* of the thread */
    bool more;       /* of the thread: pruning did not get everything */
};

/* Trouble is told when it begins. */
static void work(struct upkeep *u, int turn)
{
    struct err e;
    bool bad = store_checkpoint(u->store, &e) < 0;
    if (!bad && (u->more || turn % PRUNE_EVERY == 0)) {
        int removed;
        bad = store_prune(u->store, clock_wall_ms(), PRUNE_ROWS, &removed, &e) < 0;
        u->more = !bad && removed == PRUNE_ROWS;
    }
    if (bad && !u->in_trouble)
        log_warn("%s", e.msg);
    u->in_trouble = bad;
}

static void *thread_main(void *ctx)
{
    struct upkeep *u = ctx;
    pthread_mutex_lock(&u->lock);
    for (int turn = 1; !u->stop; turn++) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += CHECKPOINT_MS / 1000;
        pthread_cond_timedwait(&u->wake, &u->lock, &until);
        pthread_mutex_unlock(&u->lock);
        work(u, turn);
        pthread_mutex_lock(&u->lock);
    }
    pthread_mutex_unlock(&u->lock);
    return NULL;
}

struct upkeep *upkeep_start(const struct config *c, struct err *e)
{
    struct upkeep *u = calloc(1, sizeof(*u));
    if (u == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    u->store = store_open(c->database, STORE_WRITE, e);
    if (u->store == NULL) {
        free(u);
        return NULL;
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&u->lock, NULL);
    pthread_cond_init(&u->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&u->thread, NULL, thread_main, u) != 0) {
        err_set(e, "cannot start a thread");
        store_close(u->store);
        free(u);
        return NULL;
    }
    return u;
}

void upkeep_stop(struct upkeep *u)
{
    if (u == NULL)
        return;
    pthread_mutex_lock(&u->lock);
    u->stop = true;
    pthread_cond_signal(&u->wake);
    pthread_mutex_unlock(&u->lock);
    pthread_join(u->thread, NULL);
    store_close(u->store);
    pthread_mutex_destroy(&u->lock);
    pthread_cond_destroy(&u->wake);
    free(u);
}
