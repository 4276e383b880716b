#include "producer/peer.h"

int64_t peer_room_pages(const struct peer *p)
{
    return p->known ? p->state.window_pages - p->state.held_count - (p->sent - p->state.received) : 0;
}

int64_t peer_room_bytes(const struct peer *p)
{
    return p->known ? p->state.window_bytes - p->state.held_bytes - (p->sent_bytes - p->state.received_bytes) : 0;
}

bool peer_holds(const struct peer *p, int64_t capture)
{
    for (int i = 0; i < p->state.held_count; i++) {
        if (p->state.held[i] == capture)
            return true;
    }
    return false;
}
