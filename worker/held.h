/* held.h - the pages a worker holds: those received and not yet answered, in the order they came. */
#ifndef RENDA_WORKER_HELD_H
#define RENDA_WORKER_HELD_H

#include <stdbool.h>
#include <stdint.h>
#include <zmq.h>

#include "common/wire.h"

struct held_page {
    int64_t capture, pass, bytes; /* bytes as received */
    zmq_msg_t head, body;         /* owned */
};

/* A ring of at most WIRE_HELD_MAX pages. */
struct held {
    struct held_page pages[WIRE_HELD_MAX];
    int first, n;
    int64_t bytes;
};

/* Takes the messages over. False when it is full: the messages stay the caller's. */
bool held_push(struct held *h, int64_t capture, int64_t pass, zmq_msg_t *head, zmq_msg_t *body);
struct held_page *held_first(struct held *h); /* NULL when empty */
void held_pop(struct held *h);                /* closes the first one's messages */
/* Captures into out[], in order; returns how many. */
int held_list(const struct held *h, int64_t out[WIRE_HELD_MAX]);

#endif
