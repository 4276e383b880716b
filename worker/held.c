#include "worker/held.h"

bool held_push(struct held *h, int64_t capture, int64_t pass, zmq_msg_t *head, zmq_msg_t *body)
{
    if (h->n == WIRE_HELD_MAX)
        return false;
    struct held_page *p = &h->pages[(h->first + h->n++) % WIRE_HELD_MAX];
    p->capture = capture;
    p->pass = pass;
    p->bytes = (int64_t)zmq_msg_size(body);
    zmq_msg_init(&p->head);
    zmq_msg_init(&p->body);
    zmq_msg_move(&p->head, head);
    zmq_msg_move(&p->body, body);
    h->bytes += p->bytes;
    return true;
}

struct held_page *held_first(struct held *h)
{
    return h->n == 0 ? NULL : &h->pages[h->first];
}

void held_pop(struct held *h)
{
    struct held_page *p = &h->pages[h->first];
    h->bytes -= p->bytes;
    zmq_msg_close(&p->head);
    zmq_msg_close(&p->body);
    h->first = (h->first + 1) % WIRE_HELD_MAX;
    h->n--;
}

int held_list(const struct held *h, int64_t out[WIRE_HELD_MAX])
{
    for (int i = 0; i < h->n; i++)
        out[i] = h->pages[(h->first + i) % WIRE_HELD_MAX].capture;
    return h->n;
}
