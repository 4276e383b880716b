#include "delay.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct waiter {
    struct MHD_Connection *connection;
    int64_t due_us;
    struct waiter *next;
};

struct site_delay {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t thread;
    struct waiter *first; /* by due_us */
    bool stop;
};

int64_t site_mono_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void resume_first(struct site_delay *d)
{
    struct waiter *w = d->first;
    d->first = w->next;
    MHD_resume_connection(w->connection);
    free(w);
}

static void *run(void *arg)
{
    struct site_delay *d = arg;
    pthread_mutex_lock(&d->lock);
    while (!d->stop) {
        while (d->first && d->first->due_us <= site_mono_us())
            resume_first(d);
        if (!d->first || d->first->due_us == INT64_MAX) {
            pthread_cond_wait(&d->changed, &d->lock);
        } else {
            struct timespec due = { d->first->due_us / 1000000, d->first->due_us % 1000000 * 1000 };
            pthread_cond_timedwait(&d->changed, &d->lock, &due);
        }
    }
    while (d->first)
        resume_first(d);
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

struct site_delay *site_delay_new(void)
{
    struct site_delay *d = calloc(1, sizeof(*d));
    pthread_condattr_t attr;
    if (!d)
        return NULL;
    pthread_mutex_init(&d->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&d->changed, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&d->thread, NULL, run, d) != 0) {
        free(d);
        return NULL;
    }
    return d;
}

bool site_delay_add(struct site_delay *d, struct MHD_Connection *c, int64_t due_us)
{
    struct waiter *w = malloc(sizeof(*w));
    if (!w)
        abort();
    pthread_mutex_lock(&d->lock);
    bool suspended = !d->stop;
    if (!suspended) {
        free(w);
    } else {
        struct waiter **at = &d->first;
        while (*at && (*at)->due_us <= due_us)
            at = &(*at)->next;
        *w = (struct waiter){ c, due_us, *at };
        *at = w;
        MHD_suspend_connection(c);
        pthread_cond_signal(&d->changed);
    }
    pthread_mutex_unlock(&d->lock);
    return suspended;
}

void site_delay_release(struct site_delay *d)
{
    pthread_mutex_lock(&d->lock);
    while (d->first)
        resume_first(d);
    pthread_mutex_unlock(&d->lock);
}

void site_delay_stop(struct site_delay *d)
{
    pthread_mutex_lock(&d->lock);
    bool stopped = d->stop;
    d->stop = true;
    pthread_cond_signal(&d->changed);
    pthread_mutex_unlock(&d->lock);
    if (!stopped)
        pthread_join(d->thread, NULL);
}

void site_delay_free(struct site_delay *d)
{
    if (!d)
        return;
    site_delay_stop(d);
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->changed);
    free(d);
}
