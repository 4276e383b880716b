/* worker.c - the worker's parent: sockets, beats, deadlines. It never looks at a page's bytes; its child does (cage.h).
 *
 * A page goes: received → held → in the child → its result sent → forgotten. What is lost on the way is still pending
 * in the database and comes again. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <zmq.h>

#include "common/clock.h"
#include "common/log.h"
#include "common/role.h"
#include "common/socket.h"
#include "common/wire.h"
#include "worker/child.h"
#include "worker/held.h"

#define BEAT_MS         500
#define RECEIVE_MAX     64 /* messages taken in one turn, so that beats get theirs */
#define BAD_TOLD_EVERY  1000
#define KILLS_MAX       5 /* times somebody else may kill the child over one page before that is held against the page */
#define LAST_RESULTS_MS 2000

struct worker {
    const struct config *config;
    void *ctx, *work, *results;
    struct child *child;
    struct cage *cage;
    struct held held;
    struct state state;
    bool parsing;           /* the first held page is in the child */
    int kills;              /* of the child over that page */
    msgpack_sbuffer result; /* waits for the sink; empty: none */
    msgpack_sbuffer beat;
    bool beat_wanted;
    int64_t beat_at_ms;
    int64_t bad_messages;
};

/* ---- STATE ------------------------------------------------------------------------------------------------------- */

static void send_state(struct worker *w, int64_t now)
{
    struct state *s = &w->state;
    s->held_count = held_list(&w->held, s->held);
    s->held_bytes = w->held.bytes;
    s->parsing = w->parsing ? held_first(&w->held)->capture : 0;
    s->blocked = w->result.size > 0;
    if (s->held_count > s->window_pages)
        log_error("window exceeded: %d pages held, %d allowed", s->held_count, (int)s->window_pages);
    msgpack_sbuffer_clear(&w->beat);
    wire_pack_state(&w->beat, s);
    struct err e;
    if (socket_send(w->work, (struct span){ w->beat.data, w->beat.size }, 0, &e) < 0)
        log_warn("%s", e.msg);
    w->beat_wanted = false;
    w->beat_at_ms = now + BEAT_MS;
}

/* Counted; said the first time and now and then. */
static void bad_message(struct worker *w, const char *why)
{
    if (w->bad_messages++ % BAD_TOLD_EVERY == 0)
        log_warn("%s bad=%lld", why, (long long)w->bad_messages);
}

/* ---- what the producer says -------------------------------------------------------------------------------------- */

static void take_epoch(struct worker *w, struct span head)
{
    struct err e;
    int64_t epoch;
    if (wire_read_epoch(head, &epoch, &e) < 0) {
        bad_message(w, e.msg);
        return;
    }
    if (epoch == w->state.epoch)
        return;
    log_info("producer epoch=%lld, was %lld, held=%d", (long long)epoch, (long long)w->state.epoch, w->held.n);
    w->state.epoch = epoch;
    w->state.received = w->state.received_bytes = 0;
    w->beat_wanted = true;
}

static void take_work(struct worker *w, zmq_msg_t *head, zmq_msg_t *body)
{
    struct err e;
    struct work job;
    if (wire_read_work((struct span){ zmq_msg_data(head), zmq_msg_size(head) }, &job, &e) < 0) {
        bad_message(w, e.msg);
        return;
    }
    if (job.epoch != w->state.epoch) {
        log_debug("capture=%lld of an earlier producer is left to the present one", (long long)job.capture);
        return;
    }
    w->state.received++;
    w->state.received_bytes += (int64_t)zmq_msg_size(body);
    if (!held_push(&w->held, job.capture, job.pass, head, body))
        log_error("window exceeded: %d pages held", w->held.n);
}

/* One message of one or two frames. False when none is there. */
static bool receive(struct worker *w)
{
    zmq_msg_t head, body;
    zmq_msg_init(&head);
    zmq_msg_init(&body);
    bool got = zmq_msg_recv(&head, w->work, ZMQ_DONTWAIT) >= 0;
    if (got && zmq_msg_more(&head))
        zmq_msg_recv(&body, w->work, ZMQ_DONTWAIT);
    zmq_msg_t extra;
    zmq_msg_init(&extra);
    bool more = zmq_msg_more(&body);
    while (more && zmq_msg_recv(&extra, w->work, ZMQ_DONTWAIT) >= 0)
        more = zmq_msg_more(&extra);
    zmq_msg_close(&extra);
    struct span bytes = { zmq_msg_data(&head), zmq_msg_size(&head) };
    if (got) {
        switch (wire_type_of(bytes)) {
        case WIRE_EPOCH: take_epoch(w, bytes); break;
        case WIRE_WORK: take_work(w, &head, &body); break;
        default: bad_message(w, "a message that is neither EPOCH nor WORK");
        }
    }
    zmq_msg_close(&head);
    zmq_msg_close(&body);
    return got;
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

/* True when nothing waits for the sink any more. */
static bool flush_result(struct worker *w)
{
    if (w->result.size == 0)
        return true;
    struct err e;
    int rc = socket_send(w->results, (struct span){ w->result.data, w->result.size }, 0, &e);
    if (rc == 0)
        return false;
    if (rc < 0)
        log_error("%s", e.msg);
    msgpack_sbuffer_clear(&w->result);
    return true;
}

/* failed: the verdict, empty when there is none; part: what it is on (0: the page itself). */
static void page_done(struct worker *w, struct span failed, int part, struct span parsed)
{
    struct held_page *p = held_first(&w->held);
    const struct result r = {
        .capture = p->capture, .pass = p->pass, .rules = child_rules(w->child), .failed = failed, .failed_part = part
    };
    wire_pack_result(&w->result, &r, parsed);
    held_pop(&w->held);
    w->parsing = false;
    w->kills = 0;
    flush_result(w);
    if (w->held.n <= w->state.window_pages / 2 || w->result.size > 0)
        w->beat_wanted = true;
}

static void page_failed(struct worker *w, const char *verdict)
{
    int part = cage_part(w->cage);
    log_warn("capture=%lld: its parsing child died: %s part=%d", (long long)held_first(&w->held)->capture, verdict,
             part);
    page_done(w, span_of(verdict), part, (struct span){ NULL, 0 });
}

/* Looks at the child and gives it the next page. -1 when no child can be had. */
static int drive_child(struct worker *w, int64_t now, struct err *e)
{
    struct span out;
    char verdict[64] = "";
    enum cage_status status = cage_check(w->cage, now, &out, verdict);
    if (status == CAGE_DONE) {
        page_done(w, (struct span){ NULL, 0 }, 0, out);
    } else if (status == CAGE_DEAD && w->parsing) {
        page_failed(w, verdict);
    } else if (status == CAGE_KILLED && w->parsing) {
        w->parsing = false; /* the page is innocent: it goes in again */
        if (++w->kills >= KILLS_MAX)
            page_failed(w, verdict);
    }
    struct held_page *next = held_first(&w->held);
    if (w->parsing || next == NULL || w->result.size > 0 || role_stop)
        return 0;
    if (cage_start(w->cage, e) < 0)
        return -1;
    int rc = cage_submit(w->cage, (struct span){ zmq_msg_data(&next->head), zmq_msg_size(&next->head) },
                         (struct span){ zmq_msg_data(&next->body), zmq_msg_size(&next->body) }, now, e);
    w->parsing = rc >= 0;
    if (rc > 0)
        page_done(w, SPAN("too large"), 0, (struct span){ NULL, 0 });
    return rc < 0 ? -1 : 0;
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

enum { ITEM_WORK, ITEM_RESULT, ITEM_DEATH, ITEM_SINK, ITEM_COUNT };

static int wait_ms(const struct worker *w, int64_t now)
{
    int64_t until_beat = w->beat_at_ms > now ? w->beat_at_ms - now : 0, left = cage_left_ms(w->cage, now);
    return (int)(left >= 0 && left < until_beat ? left : until_beat);
}

static int turn(struct worker *w, struct err *e)
{
    int64_t now = clock_mono_ms();
    flush_result(w);
    if (drive_child(w, now, e) < 0)
        return -1;
    if (w->beat_wanted || now >= w->beat_at_ms)
        send_state(w, now);
    bool idle_but_done = !w->parsing && w->held.n > 0 && w->result.size == 0 && !role_stop;
    zmq_pollitem_t items[ITEM_COUNT] = {
        [ITEM_WORK] = { .socket = w->work, .events = ZMQ_POLLIN },
        [ITEM_RESULT] = { .fd = cage_result_fd(w->cage), .events = ZMQ_POLLIN },
        [ITEM_DEATH] = { .fd = cage_death_fd(w->cage), .events = ZMQ_POLLIN },
        [ITEM_SINK] = { .socket = w->results, .events = w->result.size > 0 ? ZMQ_POLLOUT : 0 },
    };
    if (cage_death_fd(w->cage) < 0)
        items[ITEM_DEATH] = (zmq_pollitem_t){ .fd = cage_result_fd(w->cage), .events = ZMQ_POLLIN };
    int n = zmq_poll(items, ITEM_COUNT, idle_but_done ? 0 : wait_ms(w, now));
    if (n < 0 && zmq_errno() != EINTR)
        return err_set(e, "zmq_poll: %s", zmq_strerror(zmq_errno()));
    for (int i = 0; i < RECEIVE_MAX && n > 0 && (items[ITEM_WORK].revents & ZMQ_POLLIN) && receive(w); i++)
        ;
    return 0;
}

/* The page in hand is finished and its result sent; the rest is the producer's again. */
static void finish(struct worker *w)
{
    struct err e;
    int64_t until = clock_mono_ms() + LAST_RESULTS_MS;
    while (w->parsing || (w->result.size > 0 && clock_mono_ms() < until)) {
        if (w->parsing) /* ends by its own deadline */
            until = clock_mono_ms() + LAST_RESULTS_MS;
        if (turn(w, &e) < 0)
            break;
    }
    while (w->held.n > 0)
        held_pop(&w->held);
}

static int open_worker(struct worker *w, struct err *e)
{
    const struct config_limits *l = &w->config->limits;
    w->child = child_new(l, w->config->lexicon, e);
    w->cage = w->child == NULL ? NULL : child_cage(w->child, e);
    if (w->cage == NULL || cage_start(w->cage, e) < 0) /* the first child is born before there are sockets */
        return -1;
    w->ctx = zmq_ctx_new();
    w->work = socket_connect(w->ctx, ZMQ_DEALER, w->config->dispatch, 0, e);
    w->results = w->work == NULL ? NULL : socket_connect(w->ctx, ZMQ_PUSH, w->config->results, LAST_RESULTS_MS, e);
    if (w->results == NULL)
        return -1;
    if (getrandom(&w->state.session, sizeof(w->state.session), 0) != sizeof(w->state.session))
        return err_set(e, "getrandom: %s", strerror(errno));
    w->state.rules = child_rules(w->child);
    w->state.window_pages = l->window_pages < WIRE_HELD_MAX ? l->window_pages : WIRE_HELD_MAX;
    w->state.window_bytes = l->window_bytes;
    return 0;
}

int worker_run(const struct config *c, struct err *e)
{
    struct worker *w = calloc(1, sizeof(*w));
    if (w == NULL)
        return err_set(e, "out of memory"), 1;
    w->config = c;
    msgpack_sbuffer_init(&w->result);
    msgpack_sbuffer_init(&w->beat);
    int rc = open_worker(w, e);
    if (rc == 0)
        log_info("ready: rules=%.*s window=%d pages", SPAN_FMT(w->state.rules), (int)w->state.window_pages);
    while (rc == 0 && !role_stop)
        rc = turn(w, e);
    if (rc == 0)
        finish(w);
    if (w->work != NULL)
        zmq_close(w->work);
    if (w->results != NULL)
        zmq_close(w->results);
    cage_free(w->cage);
    child_free(w->child);
    if (w->ctx != NULL)
        zmq_ctx_term(w->ctx);
    msgpack_sbuffer_destroy(&w->result);
    msgpack_sbuffer_destroy(&w->beat);
    free(w);
    return rc == 0 ? 0 : 1;
}
