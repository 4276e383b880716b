#include "producer/dispatch.h"

#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/log.h"
#include "common/socket.h"
#include "common/wire.h"
#include "producer/peer.h"

#define TURN_MESSAGES_MAX 256
#define EPOCH_PEERS       ((int64_t)1 << 20) /* an epoch names the producer's life and, below this, the connection */
#define SEND_BYTES_MAX    ((int64_t)8 * 1024 * 1024) /* of one JOB_PENDING */
#define SLOTS             (DISPATCH_SENT_MAX * 2)    /* of the table of what was sent: a power of two */

struct sent {
    int64_t capture; /* 0: free */
    int64_t pass, at;
    int peer; /* serial */
};

struct dispatch {
    void *ctx, *socket, *monitor;
    int64_t epoch;
    struct peer *peers[DISPATCH_PEERS_MAX];
    int peer_count, next_serial, turn;
    struct sent sent[SLOTS]; /* open addressing, linear probing, by capture */
    int sent_count;
    bool hinted;
    int64_t look_at, check_at;
    int64_t bad_messages;
    msgpack_sbuffer buffer;
};

/* ---- what was sent ----------------------------------------------------------------------------------------------- */

static unsigned slot_of(int64_t capture)
{
    return (unsigned)((uint64_t)capture * 0x9e3779b97f4a7c15u >> 40) & (SLOTS - 1); /* Fibonacci hashing (Knuth) */
}

static struct sent *sent_find(struct dispatch *d, int64_t capture)
{
    unsigned i = slot_of(capture);
    while (d->sent[i].capture != 0 && d->sent[i].capture != capture)
        i = (i + 1) & (SLOTS - 1);
    return &d->sent[i];
}

static void sent_put(struct dispatch *d, int64_t capture, int64_t pass, int peer, int64_t now)
{
    struct sent *s = sent_find(d, capture);
    d->sent_count += s->capture == 0;
    *s = (struct sent){ capture, pass, now, peer };
}

/* Takes an entry out and moves those behind it up, so that probing finds them. */
static void sent_remove(struct dispatch *d, int64_t capture)
{
    struct sent *s = sent_find(d, capture);
    if (s->capture == 0)
        return;
    unsigned hole = (unsigned)(s - d->sent), i = hole;
    d->sent[hole].capture = 0;
    d->sent_count--;
    for (;;) {
        i = (i + 1) & (SLOTS - 1);
        if (d->sent[i].capture == 0)
            return;
        unsigned home = slot_of(d->sent[i].capture);
        if (((i - home) & (SLOTS - 1)) >= ((i - hole) & (SLOTS - 1))) {
            d->sent[hole] = d->sent[i];
            d->sent[i].capture = 0;
            hole = i;
        }
    }
}

/* ---- peers ------------------------------------------------------------------------------------------------------- */

static bool is_live(const struct peer *p, int64_t now)
{
    return p->known && now - p->heard_at < DISPATCH_SILENT_MS;
}

static int find_peer(const struct dispatch *d, const void *id, size_t n)
{
    for (int i = 0; i < d->peer_count; i++) {
        if (d->peers[i]->id_bytes == n && memcmp(d->peers[i]->id, id, n) == 0)
            return i;
    }
    return -1;
}

static struct peer *add_peer(struct dispatch *d, const void *id, size_t n)
{
    if (d->peer_count == DISPATCH_PEERS_MAX || n > sizeof(d->peers[0]->id))
        return NULL;
    struct peer *p = calloc(1, sizeof(*p));
    if (p == NULL)
        return NULL;
    memcpy(p->id, id, n);
    p->id_bytes = n;
    p->serial = ++d->next_serial;
    p->epoch = d->epoch * EPOCH_PEERS + p->serial;
    p->fd = -1;
    d->peers[d->peer_count++] = p;
    return p;
}

static void remove_peer(struct dispatch *d, int i, const char *why)
{
    struct peer *p = d->peers[i];
    log_info("worker %016llx is gone (%s): held=%d workers=%d", (unsigned long long)p->state.session, why,
             p->state.held_count, d->peer_count - 1);
    free(p);
    d->peers[i] = d->peers[--d->peer_count];
    d->check_at = 0;
}

static void send_epoch(struct dispatch *d, const struct peer *p)
{
    struct err e;
    msgpack_sbuffer_clear(&d->buffer);
    wire_pack_epoch(&d->buffer, p->epoch);
    if (socket_send(d->socket, (struct span){ (const char *)p->id, p->id_bytes }, ZMQ_SNDMORE, &e) != 1)
        return; /* it is gone, or asks again with its next STATE */
    socket_send(d->socket, (struct span){ d->buffer.data, d->buffer.size }, 0, &e);
}

static void take_state(struct dispatch *d, const void *id, size_t id_bytes, int fd, struct span msg, int64_t now)
{
    static struct state s; /* large; one thread owns a dispatch */
    struct err e;
    if (wire_read_state(msg, &s, &e) < 0) {
        if (d->bad_messages++ % 1000 == 0)
            log_warn("%s bad=%lld", e.msg, (long long)d->bad_messages);
        return;
    }
    int i = find_peer(d, id, id_bytes);
    struct peer *p = i >= 0 ? d->peers[i] : add_peer(d, id, id_bytes);
    if (p == NULL)
        return;
    p->fd = fd;
    p->heard_at = now;
    if (s.epoch != p->epoch) {
        send_epoch(d, p);
        return;
    }
    if (s.received > p->sent || s.received_bytes > p->sent_bytes) { /* more than we sent: not believed */
        p->known = false;
        return;
    }
    if (!p->announced)
        log_info("worker %016llx: window=%lld held=%d workers=%d", (unsigned long long)s.session,
                 (long long)s.window_pages, s.held_count, d->peer_count);
    p->known = p->announced = true;
    p->state = s;
    p->state.rules = (struct span){ NULL, 0 }; /* was a view into the message */
}

/* One message: routing id, then the STATE. */
static bool receive(struct dispatch *d, int64_t now)
{
    zmq_msg_t id, body, extra;
    zmq_msg_init(&id);
    zmq_msg_init(&body);
    zmq_msg_init(&extra);
    bool got = zmq_msg_recv(&id, d->socket, ZMQ_DONTWAIT) >= 0;
    if (got && zmq_msg_more(&id) && zmq_msg_recv(&body, d->socket, ZMQ_DONTWAIT) >= 0) {
        bool more = zmq_msg_more(&body);
        while (more && zmq_msg_recv(&extra, d->socket, ZMQ_DONTWAIT) >= 0)
            more = zmq_msg_more(&extra);
        take_state(d, zmq_msg_data(&id), zmq_msg_size(&id), zmq_msg_get(&body, ZMQ_SRCFD),
                   (struct span){ zmq_msg_data(&body), zmq_msg_size(&body) }, now);
    }
    zmq_msg_close(&id);
    zmq_msg_close(&body);
    zmq_msg_close(&extra);
    return got;
}

/* The monitor's events: a frame of (16 bits event, 32 bits value), then the endpoint. */
static void read_monitor(struct dispatch *d)
{
    unsigned char frame[64];
    int n;
    while ((n = zmq_recv(d->monitor, frame, sizeof(frame), ZMQ_DONTWAIT)) >= 0) {
        uint16_t event = 0;
        int32_t fd = -1;
        if (n >= 6) {
            memcpy(&event, frame, 2);
            memcpy(&fd, frame + 2, 4);
        }
        while (zmq_recv(d->monitor, frame, sizeof(frame), ZMQ_DONTWAIT) >= 0) {
            int more = 0;
            size_t size = sizeof(more);
            zmq_getsockopt(d->monitor, ZMQ_RCVMORE, &more, &size);
            if (!more)
                break;
        }
        for (int i = 0; event == ZMQ_EVENT_DISCONNECTED && i < d->peer_count; i++) {
            if (d->peers[i]->fd == fd)
                remove_peer(d, i--, "disconnected");
        }
    }
}

/* ---- sending ----------------------------------------------------------------------------------------------------- */

static struct peer *peer_with_most_room(struct dispatch *d, int64_t bytes, int64_t now)
{
    struct peer *best = NULL;
    for (int k = 0; k < d->peer_count; k++) {
        struct peer *p = d->peers[(d->turn + k) % d->peer_count];
        int64_t room = peer_room_pages(p);
        if (!is_live(p, now) || room <= 0)
            continue;
        bool fits = peer_room_bytes(p) >= bytes || (p->state.held_count == 0 && p->sent == p->state.received);
        if (fits && (best == NULL || room > peer_room_pages(best)))
            best = p;
    }
    d->turn++;
    return best;
}

/* 1 sent; 0 this peer takes nothing now. */
static int send_work(struct dispatch *d, struct peer *p, const struct work *w)
{
    struct err e;
    struct work job = *w;
    job.epoch = p->epoch;
    msgpack_sbuffer_clear(&d->buffer);
    wire_pack_work(&d->buffer, &job);
    if (socket_send(d->socket, (struct span){ (const char *)p->id, p->id_bytes }, ZMQ_SNDMORE, &e) != 1)
        return 0;
    if (socket_send(d->socket, (struct span){ d->buffer.data, d->buffer.size }, ZMQ_SNDMORE, &e) != 1 ||
        socket_send(d->socket, w->raw, 0, &e) != 1)
        return 0;
    p->sent++;
    p->sent_bytes += (int64_t)w->raw.n;
    return 1;
}

void dispatch_pending(struct dispatch *d, const struct job *j, int64_t now)
{
    int sent = 0;
    for (int i = 0; i < j->work_count; i++) {
        const struct work *w = &j->work[i];
        struct peer *p = peer_with_most_room(d, (int64_t)w->raw.n, now);
        if (p == NULL || d->sent_count >= DISPATCH_SENT_MAX)
            break;
        if (!send_work(d, p, w)) {
            p->known = false; /* full, or just gone: its next STATE or the monitor tells */
            continue;
        }
        sent_put(d, w->capture, w->pass, p->serial, now);
        sent++;
    }
    if (sent > 0)
        d->hinted = true; /* there may be more */
    if (sent > 0)
        log_debug("dispatched=%d sent=%d", sent, d->sent_count);
}

/* ---- jobs
 * --------------------------------------------------------------------------------------------------------------------
 */

static int by_capture(const void *a, const void *b)
{
    const struct under_way *x = a, *y = b;
    return (x->capture > y->capture) - (x->capture < y->capture);
}

/* What is sent and what a live worker says it holds (sent by a producer before us, perhaps). */
static void list_under_way(struct dispatch *d, struct job *j, int64_t now)
{
    int room = d->sent_count;
    for (int i = 0; i < d->peer_count; i++)
        room += d->peers[i]->state.held_count;
    j->under_way = realloc(j->under_way, sizeof(*j->under_way) * (size_t)(room + 1));
    if (j->under_way == NULL)
        abort();
    j->under_way_count = 0;
    for (int i = 0; i < SLOTS && d->sent_count > 0; i++) {
        if (d->sent[i].capture != 0)
            j->under_way[j->under_way_count++] = (struct under_way){ d->sent[i].capture, d->sent[i].pass };
    }
    for (int i = 0; i < d->peer_count; i++) {
        const struct peer *p = d->peers[i];
        for (int k = 0; is_live(p, now) && k < p->state.held_count; k++) {
            if (sent_find(d, p->state.held[k])->capture == 0)
                j->under_way[j->under_way_count++] = (struct under_way){ p->state.held[k], INT64_MAX };
        }
    }
    qsort(j->under_way, (size_t)j->under_way_count, sizeof(*j->under_way), by_capture);
}

static bool can_send(const struct dispatch *d, int64_t now, int *pages, int64_t *bytes)
{
    int64_t room = 0, room_bytes = 0;
    for (int i = 0; i < d->peer_count; i++) {
        const struct peer *p = d->peers[i];
        if (!is_live(p, now) || peer_room_pages(p) <= 0)
            continue;
        room += peer_room_pages(p);
        room_bytes += peer_room_bytes(p) > 0 ? peer_room_bytes(p) : 0;
    }
    int64_t left = DISPATCH_SENT_MAX - d->sent_count;
    room = room < left ? room : left;
    *pages = (int)(room < PENDING_MAX ? room : PENDING_MAX);
    *bytes = room_bytes < SEND_BYTES_MAX ? room_bytes : SEND_BYTES_MAX;
    return room > 0;
}

bool dispatch_want_pending(struct dispatch *d, struct job *j, int64_t now)
{
    if ((!d->hinted && now < d->look_at) || !can_send(d, now, &j->max, &j->max_bytes))
        return false;
    d->hinted = false;
    d->look_at = now + DISPATCH_CHECK_MS;
    list_under_way(d, j, now);
    return true;
}

static bool is_held(const struct dispatch *d, int64_t capture, int64_t now)
{
    for (int i = 0; i < d->peer_count; i++) {
        if (is_live(d->peers[i], now) && peer_holds(d->peers[i], capture))
            return true;
    }
    return false;
}

static bool peer_exists(const struct dispatch *d, int serial)
{
    for (int i = 0; i < d->peer_count; i++) {
        if (d->peers[i]->serial == serial)
            return true;
    }
    return false;
}

bool dispatch_want_check(struct dispatch *d, struct job *j, int64_t now)
{
    if (now < d->check_at)
        return false;
    d->check_at = now + DISPATCH_CHECK_MS;
    j->check_count = 0;
    for (int i = 0; i < SLOTS && d->sent_count > 0 && j->check_count < CHECK_MAX; i++) {
        const struct sent *s = &d->sent[i];
        if (s->capture == 0)
            continue;
        int64_t patience = peer_exists(d, s->peer) ? DISPATCH_PATIENCE_MS : DISPATCH_ORPHAN_MS;
        if (now - s->at >= patience && !is_held(d, s->capture, now))
            j->check[j->check_count++] = s->capture;
    }
    return j->check_count > 0;
}

int dispatch_checked(struct dispatch *d, const struct job *j, int64_t *resend)
{
    int n = 0;
    for (int i = 0; i < j->check_count; i++) {
        const struct sent *s = sent_find(d, j->check[i]);
        if (s->capture != 0 && j->passes[i] == s->pass)
            resend[n++] = s->capture;
        sent_remove(d, j->check[i]);
    }
    if (n > 0)
        d->hinted = true;
    return n;
}

void dispatch_settled(struct dispatch *d, int64_t capture)
{
    sent_remove(d, capture);
}

void dispatch_hint(struct dispatch *d)
{
    d->hinted = true;
}

/* ---- the socket -------------------------------------------------------------------------------------------------- */

struct dispatch *dispatch_new(const struct config *c, int64_t epoch, struct err *e)
{
    struct dispatch *d = calloc(1, sizeof(*d));
    if (d == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    msgpack_sbuffer_init(&d->buffer);
    d->epoch = epoch;
    d->hinted = true;
    d->ctx = zmq_ctx_new();
    d->socket = socket_bind(d->ctx, ZMQ_ROUTER, c->dispatch, 0, e);
    if (d->socket == NULL) {
        dispatch_free(d);
        return NULL;
    }
    zmq_socket_monitor(d->socket, "inproc://dispatch.monitor", ZMQ_EVENT_DISCONNECTED);
    d->monitor = socket_connect(d->ctx, ZMQ_PAIR, "inproc://dispatch.monitor", 0, e);
    if (d->monitor == NULL) {
        dispatch_free(d);
        return NULL;
    }
    return d;
}

void dispatch_free(struct dispatch *d)
{
    if (d == NULL)
        return;
    for (int i = 0; i < d->peer_count; i++)
        free(d->peers[i]);
    /* The monitor ends first: an event that nobody reads any more would hold up the library's I/O thread for ever. */
    if (d->socket != NULL)
        zmq_socket_monitor(d->socket, NULL, 0);
    if (d->monitor != NULL)
        zmq_close(d->monitor);
    if (d->socket != NULL)
        zmq_close(d->socket);
    zmq_ctx_term(d->ctx);
    msgpack_sbuffer_destroy(&d->buffer);
    free(d);
}

void dispatch_turn(struct dispatch *d, int64_t now)
{
    read_monitor(d);
    for (int i = 0; i < TURN_MESSAGES_MAX && receive(d, now); i++)
        ;
    /* A worker that was stopped keeps its connection; one whose machine vanished does not tell. */
    for (int i = 0; i < d->peer_count; i++) {
        if (now - d->peers[i]->heard_at > DISPATCH_PATIENCE_MS * 12)
            remove_peer(d, i--, "silent");
    }
}

int64_t dispatch_next_at(const struct dispatch *d, int64_t now)
{
    int pages;
    int64_t bytes, at = d->sent_count > 0 ? d->check_at : INT64_MAX;
    if (can_send(d, now, &pages, &bytes) && d->look_at < at)
        at = d->look_at;
    return at;
}

int dispatch_workers(const struct dispatch *d)
{
    return d->peer_count;
}

int dispatch_sent(const struct dispatch *d)
{
    return d->sent_count;
}

static int fd_of(void *socket)
{
    int fd = -1;
    size_t size = sizeof(fd);
    zmq_getsockopt(socket, ZMQ_FD, &fd, &size);
    return fd;
}

static bool has_input(void *socket)
{
    int events = 0;
    size_t size = sizeof(events);
    zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size);
    return (events & ZMQ_POLLIN) != 0;
}

unsigned dispatch_fds(struct dispatch *d, struct curl_waitfd *fds)
{
    fds[0] = (struct curl_waitfd){ .fd = fd_of(d->socket), .events = CURL_WAIT_POLLIN };
    fds[1] = (struct curl_waitfd){ .fd = fd_of(d->monitor), .events = CURL_WAIT_POLLIN };
    return 2;
}

bool dispatch_ready(struct dispatch *d)
{
    return has_input(d->socket) || has_input(d->monitor);
}
