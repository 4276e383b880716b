/* sink.c - the sink's loop: results are taken in, settled in batches, and told.
 *
 * A result that cannot be settled now (disk full, database locked) stays in its batch and is tried again; the sockets
 * fill up behind it, the workers wait, the producer stops dispatching: nothing is lost, nothing grows. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/role.h"
#include "common/socket.h"
#include "sink/batch.h"
#include "sink/feed.h"
#include "sink/upkeep.h"

#define RENEW_MS          2000
#define RETRY_MS          500
#define DRAIN_MS          3000 /* at the end: workers may have results on their way */
#define TURN_MESSAGES_MAX 32   /* taken in one turn, so that beats and the clock get theirs */
#define QUIET_MS          150  /* … and have none when it has been quiet for so long */

struct sink {
    const struct config *config;
    struct store *store;
    struct member member;
    struct upkeep *upkeep;
    struct feed *feed;
    void *ctx, *results;
    struct batch batch;
    int64_t renew_at, retry_at, publish_at;
    bool in_trouble, feed_behind;
    int64_t bad_messages, settled, stale;
};

/* ---- settling ---------------------------------------------------------------------------------------------------- */

static void tell(struct sink *s, const struct settled *out)
{
    struct hint h = { 0 };
    int events = 0;
    for (int i = 0; i < s->batch.n; i++) {
        const struct result *r = s->batch.results[i];
        s->stale += out[i].what == SETTLED_STALE;
        s->settled += out[i].what == SETTLED || out[i].what == SETTLED_OLD;
        if (out[i].what == SETTLED_QUARANTINED)
            log_warn("capture=%" PRId64 " is quarantined: %s", r->capture, out[i].why.msg);
        h.again |= out[i].what == SETTLED_FAILED || out[i].again;
        h.new_links += out[i].new_links;
        events += out[i].events;
        if (out[i].what != SETTLED_FAILED && out[i].what != SETTLED_STALE)
            h.settled[h.settled_count++] = r->capture;
    }
    feed_hint(s->feed, &h);
    if (events > 0)
        s->feed_behind = true;
}

/* -1 when the database is damaged; any other trouble may pass. */
static int settle(struct sink *s, int64_t now, struct err *e)
{
    struct settled out[BATCH_RESULTS_MAX];
    batch_sort(&s->batch);
    if (store_settle(s->store, (const struct result *const *)s->batch.results, s->batch.n, clock_wall_ms(), out, e) <
        0) {
        if (store_trouble(s->store) == STORE_CORRUPT)
            return -1;
        if (!s->in_trouble)
            log_error("%s; trying again every %d ms", e->msg, RETRY_MS);
        s->in_trouble = true;
        s->retry_at = now + RETRY_MS;
        return 0;
    }
    if (s->in_trouble)
        log_info("the database works again");
    s->in_trouble = false;
    s->retry_at = 0;
    tell(s, out);
    batch_reset(&s->batch);
    return 0;
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

/* Takes what is there, a bounded number. True when nothing more is there. */
static bool take_results(struct sink *s, int64_t now)
{
    bool idle = false;
    for (int i = 0; i < TURN_MESSAGES_MAX && !idle && !batch_full(&s->batch); i++) {
        zmq_msg_t m;
        struct err e;
        zmq_msg_init(&m);
        idle = zmq_msg_recv(&m, s->results, ZMQ_DONTWAIT) < 0;
        if (!idle && batch_add(&s->batch, (struct span){ zmq_msg_data(&m), zmq_msg_size(&m) }, now, &e) < 0 &&
            s->bad_messages++ % 1000 == 0)
            log_warn("%s bad=%" PRId64, e.msg, s->bad_messages);
        zmq_msg_close(&m);
    }
    return idle;
}

static void renew(struct sink *s, int64_t now)
{
    struct err e;
    if (now < s->renew_at)
        return;
    s->renew_at = now + RENEW_MS;
    if (store_member_renew(s->store, &s->member, &e) < 0 && !s->in_trouble)
        log_warn("%s", e.msg);
}

static void publish(struct sink *s, int64_t now)
{
    if (!s->feed_behind || now < s->publish_at)
        return;
    int rc = feed_publish(s->feed, s->store);
    s->feed_behind = rc != 0;
    s->publish_at = rc < 0 ? now + RETRY_MS : now;
}

static int turn(struct sink *s, int64_t longest_ms, struct err *e)
{
    int64_t now = clock_mono_ms();
    bool idle = take_results(s, now);
    if (batch_due(&s->batch, idle, now) && now >= s->retry_at && settle(s, now, e) < 0)
        return -1;
    renew(s, now);
    publish(s, now);
    int64_t until = s->renew_at;
    if (s->batch.n > 0)
        until = s->retry_at > now ? s->retry_at : now;
    if (s->feed_behind && s->publish_at < until)
        until = s->publish_at > now ? s->publish_at : now;
    int64_t wait = until - now < longest_ms ? until - now : longest_ms;
    zmq_pollitem_t item = { .socket = s->results, .events = batch_full(&s->batch) ? 0 : ZMQ_POLLIN };
    if (zmq_poll(&item, 1, wait < 0 ? 0 : (long)wait) < 0 && zmq_errno() != EINTR)
        return err_set(e, "zmq_poll: %s", zmq_strerror(zmq_errno()));
    return 0;
}

/* The workers have ended before us and may have left results in the sockets. */
static void finish(struct sink *s)
{
    struct err e;
    int64_t now = clock_mono_ms(), until = now + DRAIN_MS, quiet_since = now;
    for (int64_t seen = -1; now < until && (s->batch.n > 0 || now - quiet_since < QUIET_MS); now = clock_mono_ms()) {
        if (turn(s, 20, &e) < 0)
            break;
        if (seen != s->settled + s->stale)
            quiet_since = clock_mono_ms();
        seen = s->settled + s->stale;
    }
    log_info("stopped: settled=%" PRId64 " stale=%" PRId64, s->settled, s->stale);
}

static int open_sink(struct sink *s, struct err *e)
{
    s->store = store_open(s->config->database, STORE_WRITE, e);
    if (s->store == NULL || store_member_join(s->store, "sink", &s->member, e) < 0)
        return -1;
    s->upkeep = upkeep_start(s->config, e);
    s->feed = s->upkeep == NULL ? NULL : feed_new(s->config, s->store, e);
    if (s->feed == NULL)
        return -1;
    s->ctx = zmq_ctx_new();
    s->results = socket_bind(s->ctx, ZMQ_PULL, s->config->results, 0, e);
    return s->results == NULL ? -1 : 0;
}

static void close_sink(struct sink *s)
{
    if (s->results != NULL)
        zmq_close(s->results);
    if (s->ctx != NULL)
        zmq_ctx_term(s->ctx);
    feed_free(s->feed);
    upkeep_stop(s->upkeep);
    if (s->store != NULL && s->member.id != 0)
        store_member_leave(s->store, &s->member, NULL);
    store_close(s->store);
    batch_fini(&s->batch);
    free(s);
}

int sink_run(const struct config *c, struct err *e)
{
    struct sink *s = calloc(1, sizeof(*s));
    if (s == NULL)
        return err_set(e, "out of memory"), 1;
    s->config = c;
    batch_init(&s->batch);
    int rc = open_sink(s, e);
    if (rc == 0)
        log_info("ready: epoch=%" PRId64, s->member.epoch);
    while (rc == 0 && !role_stop)
        rc = turn(s, RENEW_MS, e);
    if (rc == 0)
        finish(s);
    close_sink(s);
    return rc == 0 ? 0 : 1;
}
