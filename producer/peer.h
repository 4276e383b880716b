/* peer.h - a worker as the producer sees it. */
#ifndef RENDA_PRODUCER_PEER_H
#define RENDA_PRODUCER_PEER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/wire.h"

struct peer {
    unsigned char id[64]; /* ZeroMQ's routing id */
    size_t id_bytes;
    int fd;        /* of its connection: the monitor names it when it breaks */
    int serial;    /* names it in what was sent; never used twice */
    int64_t epoch; /* of this producer and this connection: one that breaks and comes back begins anew */
    int64_t heard_at;
    bool known;     /* echoed our epoch: the state below is believed */
    bool announced; /* in the log */
    struct state state;
    int64_t sent, sent_bytes; /* WORK, in this epoch */
};

/* What may still be sent: the window less what is held less what is on its way. */
int64_t peer_room_pages(const struct peer *p);
int64_t peer_room_bytes(const struct peer *p);
bool peer_holds(const struct peer *p, int64_t capture);

#endif
