/* Pages to workers: real sockets, workers played by the test, and a clock of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zmq.h>

#include "common/socket.h"
#include "common/wire.h"
#include "producer/dispatch.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define EPOCH    9
#define TRIES    100 /* of 20 ms: how long the network may take */

struct ring {
    char dir[64], endpoint[96];
    struct config config;
    struct dispatch *d;
    void *ctx;
    int64_t now;
};

struct worker {
    void *socket;
    int64_t epoch, received, received_bytes;
    struct state s;
};

static struct job job; /* large */

static void ring_open(struct ring *r)
{
    struct err e = { "" };
    memset(r, 0, sizeof(*r));
    snprintf(r->dir, sizeof(r->dir), "/tmp/renda-unit-XXXXXX");
    assert_non_null(mkdtemp(r->dir));
    snprintf(r->endpoint, sizeof(r->endpoint), "ipc://%s/d", r->dir);
    r->config.dispatch = r->endpoint;
    r->now = 1000000;
    r->d = dispatch_new(&r->config, EPOCH, &e);
    if (r->d == NULL)
        fail_msg("%s", e.msg);
    r->ctx = zmq_ctx_new();
}

static void ring_close(struct ring *r)
{
    dispatch_free(r->d);
    zmq_ctx_term(r->ctx);
    unlink(r->endpoint + strlen("ipc://"));
    rmdir(r->dir);
    free(job.under_way);
    memset(&job, 0, sizeof(job));
}

static void turn(struct ring *r)
{
    struct curl_waitfd fds[2];
    dispatch_fds(r->d, fds);
    zmq_pollitem_t items[] = { { .fd = fds[0].fd, .events = ZMQ_POLLIN }, { .fd = fds[1].fd, .events = ZMQ_POLLIN } };
    if (!dispatch_ready(r->d))
        zmq_poll(items, 2, 20);
    dispatch_turn(r->d, r->now);
}

/* Lets the dispatch take in what comes, until want() holds. */
static bool turn_until(struct ring *r, bool (*want)(const struct ring *r, int n), int n)
{
    for (int i = 0; i < TRIES && !want(r, n); i++)
        turn(r);
    return want(r, n);
}

/* For what should change nothing: it has had its chance. */
static void turn_some(struct ring *r)
{
    for (int i = 0; i < 8; i++)
        turn(r);
}

static bool has_workers(const struct ring *r, int n)
{
    return dispatch_workers(r->d) == n;
}

static int room(const struct ring *r)
{
    dispatch_hint(r->d);
    return dispatch_want_pending(r->d, &job, r->now) ? job.max : 0;
}

static bool has_room(const struct ring *r, int n)
{
    return room(r) == n;
}

static struct worker worker_new(struct ring *r, int64_t pages, int64_t bytes)
{
    struct err e = { "" };
    struct worker w = { .socket = socket_connect(r->ctx, ZMQ_DEALER, r->endpoint, 0, &e) };
    if (w.socket == NULL)
        fail_msg("%s", e.msg);
    w.s.session = 77;
    w.s.window_pages = pages;
    w.s.window_bytes = bytes;
    return w;
}

static void tell(struct worker *w)
{
    msgpack_sbuffer out;
    msgpack_sbuffer_init(&out);
    wire_pack_state(&out, &w->s);
    assert_int_equal(zmq_send(w->socket, out.data, out.size, 0), (int)out.size);
    msgpack_sbuffer_destroy(&out);
}

/* One message of the dispatch: WIRE_EPOCH, WIRE_WORK, or WIRE_BAD when none comes within wait_ms. *id: the capture. */
static enum wire_type hear(struct worker *w, int wait_ms, int64_t *id)
{
    char head[8192], body[8192];
    struct work job_read;
    struct err e = { "" };
    zmq_pollitem_t item = { .socket = w->socket, .events = ZMQ_POLLIN };
    if (zmq_poll(&item, 1, wait_ms) <= 0)
        return WIRE_BAD;
    int n = zmq_recv(w->socket, head, sizeof(head), 0), more = 0;
    size_t size = sizeof(more);
    assert_true(n > 0 && n < (int)sizeof(head));
    struct span msg = { head, (size_t)n };
    zmq_getsockopt(w->socket, ZMQ_RCVMORE, &more, &size);
    if (wire_type_of(msg) == WIRE_EPOCH) {
        assert_false(more);
        assert_int_equal(wire_read_epoch(msg, &w->epoch, &e), 0);
        return WIRE_EPOCH;
    }
    assert_true(more);
    int bytes = zmq_recv(w->socket, body, sizeof(body), 0);
    if (wire_read_work(msg, &job_read, &e) != 0)
        fail_msg("%s", e.msg);
    assert_int_equal(job_read.epoch, w->epoch);
    w->received++;
    w->received_bytes += bytes;
    *id = job_read.capture;
    return WIRE_WORK;
}

/* Says hello, learns the epoch and echoes it. */
static void join(struct ring *r, struct worker *w, int workers)
{
    int64_t id;
    tell(w);
    assert_true(turn_until(r, has_workers, workers));
    assert_int_equal(hear(w, 2000, &id), WIRE_EPOCH);
    w->s.epoch = w->epoch;
    tell(w);
}

/* Offers n pages, the first with this capture number, of so many bytes; how many were sent. */
static int offer(struct ring *r, int64_t first, int n, size_t bytes)
{
    static char page[8192];
    int before = dispatch_sent(r->d);
    job.work_count = n;
    for (int i = 0; i < n; i++)
        job.work[i] = (struct work){ .capture = first + i, .seq = 1, .pass = 1, .url = SPAN("http://a.cn/"), .final_url = SPAN("http://a.cn/"),
                                     .role = SPAN("article"), .site = SPAN("a"), .status = 200, .raw = { page, bytes } };
    dispatch_pending(r->d, &job, r->now);
    return dispatch_sent(r->d) - before;
}

static int hear_all(struct worker *w)
{
    int n = 0;
    for (int64_t id; hear(w, 100, &id) == WIRE_WORK; n++)
        w->s.held[w->s.held_count++] = id;
    return n;
}

/* ---- windows ---------------------------------------------------------------------------------------------------------------- */

static void only_an_echo_is_believed(void **state)
{
    (void)state;
    struct ring r;
    int64_t id;
    ring_open(&r);
    assert_int_equal(room(&r), 0);
    assert_int_equal(dispatch_next_at(r.d, r.now), INT64_MAX);
    struct worker w = worker_new(&r, 16, 1 << 20);
    w.s.epoch = 12345; /* of a producer that is gone */
    tell(&w);
    assert_true(turn_until(&r, has_workers, 1));
    assert_int_equal(room(&r), 0);
    assert_int_equal(offer(&r, 1, 3, 10), 0);
    assert_int_equal(hear(&w, 2000, &id), WIRE_EPOCH);
    assert_true(w.epoch > 0 && w.epoch != 12345);
    w.s.epoch = w.epoch;
    tell(&w);
    assert_true(turn_until(&r, has_room, 16));
    /* credits of old STATEs that arrive now give nothing more */
    w.s.epoch = 12345;
    w.s.window_pages = 1000;
    for (int i = 0; i < 50; i++)
        tell(&w);
    turn_some(&r);
    assert_int_equal(room(&r), 16);
    zmq_close(w.socket);
    ring_close(&r);
}

static void windows_are_kept(void **state)
{
    (void)state;
    struct ring r;
    ring_open(&r);
    struct worker w = worker_new(&r, 3, 1 << 20);
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 3));
    assert_int_equal(offer(&r, 1, 5, 10), 3);
    assert_int_equal(room(&r), 0);
    assert_int_equal(offer(&r, 4, 5, 10), 0);
    assert_int_equal(hear_all(&w), 3);
    /* told that they arrived and are held: still no room */
    w.s.received = w.received;
    w.s.received_bytes = w.received_bytes;
    w.s.held_bytes = w.received_bytes;
    tell(&w);
    turn_some(&r);
    assert_int_equal(room(&r), 0);
    /* two of them are done */
    w.s.held_count = 1;
    w.s.held_bytes = 10;
    tell(&w);
    assert_true(turn_until(&r, has_room, 2));
    assert_int_equal(offer(&r, 10, 9, 10), 2);
    assert_int_equal(dispatch_sent(r.d), 5); /* remembered until they are settled */
    for (int64_t id = 1; id <= 20; id++)
        dispatch_settled(r.d, id);
    assert_int_equal(dispatch_sent(r.d), 0);
    zmq_close(w.socket);
    ring_close(&r);
}

static void bytes_count_too(void **state)
{
    (void)state;
    struct ring r;
    ring_open(&r);
    struct worker w = worker_new(&r, 100, 1000);
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 100));
    assert_int_equal(job.max_bytes, 1000);
    assert_int_equal(offer(&r, 1, 9, 300), 3);
    assert_int_equal(hear_all(&w), 3);
    w.s.held_count = 0;
    w.s.received = w.received;
    w.s.received_bytes = w.received_bytes;
    tell(&w);
    assert_true(turn_until(&r, has_room, 100));
    assert_int_equal(offer(&r, 11, 3, 5000), 1); /* larger than the window: to a worker that has nothing else */
    zmq_close(w.socket);
    ring_close(&r);
}

static void workers_share(void **state)
{
    (void)state;
    struct ring r;
    ring_open(&r);
    struct worker a = worker_new(&r, 4, 1 << 20), b = worker_new(&r, 4, 1 << 20);
    join(&r, &a, 1);
    join(&r, &b, 2);
    assert_true(turn_until(&r, has_room, 8));
    assert_int_equal(offer(&r, 1, 6, 10), 6);
    int x = hear_all(&a), y = hear_all(&b);
    assert_int_equal(x + y, 6);
    assert_true(x == 3 && y == 3);
    zmq_close(a.socket);
    zmq_close(b.socket);
    ring_close(&r);
}

/* ---- what got lost ------------------------------------------------------------------------------------------------------------ */

static void looked_up_after_patience(void **state)
{
    (void)state;
    struct ring r;
    int64_t resend[CHECK_MAX];
    ring_open(&r);
    struct worker w = worker_new(&r, 8, 1 << 20);
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 8));
    assert_int_equal(offer(&r, 1, 4, 10), 4);
    assert_false(dispatch_want_check(r.d, &job, r.now));
    assert_int_equal(hear_all(&w), 4);
    w.s.held[0] = 3; /* it holds the third; one it never saw */
    w.s.held_count = 1;
    w.s.received = 4;
    w.s.received_bytes = w.received_bytes;
    r.now += DISPATCH_PATIENCE_MS - 1;
    tell(&w);
    assert_true(turn_until(&r, has_room, 7));
    assert_false(dispatch_want_check(r.d, &job, r.now));
    r.now += 1 + DISPATCH_CHECK_MS;
    assert_true(dispatch_want_check(r.d, &job, r.now));
    assert_int_equal(job.check_count, 3);
    int bad = 0;
    for (int i = 0; i < 3; i++) {
        bad += job.check[i] == 3;
        job.passes[i] = job.check[i] == 1 ? 1 : job.check[i] == 2 ? 0 : 2; /* pending; settled; a verdict came meanwhile */
    }
    assert_int_equal(bad, 0);
    assert_int_equal(dispatch_checked(r.d, &job, resend), 1);
    assert_int_equal(resend[0], 1);
    assert_int_equal(dispatch_sent(r.d), 1);
    /* what a live worker holds is under way; the rest may be sent */
    assert_true(turn_until(&r, has_room, 7));
    assert_int_equal(job.under_way_count, 1);
    assert_int_equal(job.under_way[0].capture, 3);
    zmq_close(w.socket);
    ring_close(&r);
}

static void a_gone_worker_is_noticed(void **state)
{
    (void)state;
    struct ring r;
    ring_open(&r);
    struct worker w = worker_new(&r, 8, 1 << 20), other = worker_new(&r, 2, 1 << 20);
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 8));
    assert_int_equal(offer(&r, 1, 2, 10), 2);
    join(&r, &other, 2);
    zmq_close(w.socket);
    assert_true(turn_until(&r, has_workers, 1)); /* by the monitor: nobody's time passed */
    assert_true(turn_until(&r, has_room, 2));
    r.now += DISPATCH_ORPHAN_MS - 1;
    assert_false(dispatch_want_check(r.d, &job, r.now));
    r.now += 1 + DISPATCH_CHECK_MS;
    assert_true(dispatch_want_check(r.d, &job, r.now));
    assert_int_equal(job.check_count, 2);
    zmq_close(other.socket);
    ring_close(&r);
}

static void a_silent_worker_gets_nothing(void **state)
{
    (void)state;
    struct ring r;
    ring_open(&r);
    struct worker w = worker_new(&r, 8, 1 << 20);
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 8));
    r.now += DISPATCH_SILENT_MS;
    assert_int_equal(room(&r), 0);
    assert_int_equal(offer(&r, 1, 2, 10), 0);
    assert_int_equal(dispatch_workers(r.d), 1);
    tell(&w); /* it was only stopped */
    assert_true(turn_until(&r, has_room, 8));
    r.now += DISPATCH_PATIENCE_MS * 13;
    assert_true(turn_until(&r, has_workers, 0));
    zmq_close(w.socket);
    ring_close(&r);
}

/* A worker that connects again is another connection: an old one's credit does not count. */
static void a_restarted_worker_begins_anew(void **state)
{
    (void)state;
    struct ring r;
    int64_t id;
    ring_open(&r);
    struct worker w = worker_new(&r, 4, 1 << 20);
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 4));
    assert_int_equal(offer(&r, 1, 4, 10), 4);
    int64_t old_epoch = w.epoch;
    zmq_close(w.socket);
    assert_true(turn_until(&r, has_workers, 0));
    struct worker again = worker_new(&r, 4, 1 << 20);
    again.s.epoch = old_epoch; /* it remembers too much */
    tell(&again);
    assert_true(turn_until(&r, has_workers, 1));
    assert_int_equal(room(&r), 0);
    assert_int_equal(hear(&again, 2000, &id), WIRE_EPOCH);
    assert_int_not_equal(again.epoch, old_epoch);
    again.s.epoch = again.epoch;
    tell(&again);
    assert_true(turn_until(&r, has_room, 4));
    zmq_close(again.socket);
    ring_close(&r);
}

/* ---- strangers --------------------------------------------------------------------------------------------------------------- */

static void rubbish_does_no_harm(void **state)
{
    (void)state;
    static const struct span rubbish[] = { { "", 0 }, { "\xff", 1 }, { "GET / HTTP/1.1\r\n\r\n", 18 }, { "\x81\xa4type\xa5state", 12 },
                                           { "\xdf\xff\xff\xff\xff", 5 }, { "\x80", 1 } };
    struct ring r;
    ring_open(&r);
    struct worker w = worker_new(&r, 4, 1 << 20), stranger = worker_new(&r, 0, 0);
    for (size_t i = 0; i < COUNT(rubbish); i++) {
        zmq_send(stranger.socket, rubbish[i].p, rubbish[i].n, ZMQ_SNDMORE); /* in two frames, and in one */
        zmq_send(stranger.socket, rubbish[i].p, rubbish[i].n, 0);
        zmq_send(stranger.socket, rubbish[i].p, rubbish[i].n, 0);
    }
    join(&r, &w, 1);
    assert_true(turn_until(&r, has_room, 4));
    assert_int_equal(dispatch_workers(r.d), 1);
    zmq_close(stranger.socket);
    zmq_close(w.socket);
    ring_close(&r);
}

/* Many captures sent, settled in another order: none is forgotten, none stays. */
static void remembers_what_was_sent(void **state)
{
    (void)state;
    enum { ALL = 1000 };
    struct ring r;
    ring_open(&r);
    struct worker w = worker_new(&r, WIRE_HELD_MAX, 1 << 20);
    join(&r, &w, 1);
    turn_until(&r, has_room, PENDING_MAX);
    int sent = 0;
    for (int i = 0; i < ALL; i += 100)
        sent += offer(&r, 1 + (int64_t)i * 4096, 100, 1);
    int left = sent, bad = 0;
    for (int k = 0; k < ALL; k++) {
        int i = k * 7 % ALL; /* each once */
        dispatch_settled(r.d, 1 + (int64_t)(i / 100 * 100) * 4096 + i % 100);
        bad += dispatch_sent(r.d) > left;
        left = dispatch_sent(r.d);
    }
    assert_int_equal(bad, 0);
    assert_true(sent > 0);
    assert_int_equal(left, 0);
    zmq_close(w.socket);
    ring_close(&r);
}

static void a_taken_endpoint_is_told(void **state)
{
    (void)state;
    struct err e = { "" };
    char endpoint[] = "ipc:///nowhere/at/all";
    struct config c = { .dispatch = endpoint };
    assert_null(dispatch_new(&c, 1, &e));
    assert_non_null(strstr(e.msg, "/nowhere/at/all"));
    dispatch_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_an_echo_is_believed), cmocka_unit_test(windows_are_kept),
        cmocka_unit_test(bytes_count_too),          cmocka_unit_test(workers_share),
        cmocka_unit_test(looked_up_after_patience), cmocka_unit_test(a_gone_worker_is_noticed),
        cmocka_unit_test(a_silent_worker_gets_nothing), cmocka_unit_test(a_restarted_worker_begins_anew),
        cmocka_unit_test(rubbish_does_no_harm),     cmocka_unit_test(remembers_what_was_sent),
        cmocka_unit_test(a_taken_endpoint_is_told),
    };
    return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
