#include "sink/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/event.h"
#include "common/log.h"
#include "common/socket.h"

#define PUBLISH_MAX 64 /* events in one turn */

struct feed {
    void *ctx, *socket;
    int64_t last;
    int published;
    msgpack_sbuffer buffer;
};

struct feed *feed_new(const struct config *c, struct store *s, struct err *e)
{
    struct feed *f = calloc(1, sizeof(*f));
    if (f == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    msgpack_sbuffer_init(&f->buffer);
    f->ctx = zmq_ctx_new();
    f->socket = socket_bind(f->ctx, ZMQ_PUB, c->feed, 200, e);
    if (f->socket == NULL || store_last_event(s, &f->last, e) < 0) {
        feed_free(f);
        return NULL;
    }
    return f;
}

void feed_free(struct feed *f)
{
    if (f == NULL)
        return;
    if (f->socket != NULL)
        zmq_close(f->socket);
    zmq_ctx_term(f->ctx);
    msgpack_sbuffer_destroy(&f->buffer);
    free(f);
}

static void send_one(struct feed *f, struct span topic, struct span payload)
{
    char seq[24];
    int n = snprintf(seq, sizeof(seq), "%lld", (long long)f->last);
    socket_send(f->socket, topic, ZMQ_SNDMORE, NULL);
    socket_send(f->socket, (struct span){ seq, (size_t)n }, ZMQ_SNDMORE, NULL);
    socket_send(f->socket, payload, 0, NULL);
}

static void publish_finding(void *ctx, struct span topic, struct span message)
{
    send_one(ctx, topic, message);
}

static void publish(void *ctx, const struct event *ev)
{
    struct feed *f = ctx;
    struct err e;
    f->last = ev->seq;
    f->published++;
    send_one(f, ev->topic, ev->payload);
    if (event_findings(ev->payload, publish_finding, f, &e) < 0)
        log_warn("event %lld: %s", (long long)ev->seq, e.msg);
}

int feed_publish(struct feed *f, struct store *s)
{
    struct err e;
    f->published = 0;
    if (store_events(s, f->last, PUBLISH_MAX, publish, f, &e) < 0) {
        log_warn("%s", e.msg);
        return -1;
    }
    return f->published == PUBLISH_MAX;
}

void feed_hint(struct feed *f, const struct hint *h)
{
    msgpack_sbuffer_clear(&f->buffer);
    hint_pack(&f->buffer, h);
    socket_send(f->socket, span_of(HINT_TOPIC), ZMQ_SNDMORE, NULL);
    socket_send(f->socket, (struct span){ f->buffer.data, f->buffer.size }, 0, NULL);
}
