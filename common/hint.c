#include "common/hint.h"

#include <string.h>

#include "common/msg.h"

/* [new_links, again, [capture…]] */
void hint_pack(msgpack_sbuffer *out, const struct hint *h)
{
    msgpack_packer pk;
    msgpack_packer_init(&pk, out, msgpack_sbuffer_write);
    msgpack_pack_array(&pk, 3);
    msgpack_pack_int64(&pk, h->new_links);
    h->again ? msgpack_pack_true(&pk) : msgpack_pack_false(&pk);
    msgpack_pack_array(&pk, (size_t)h->settled_count);
    for (int i = 0; i < h->settled_count; i++)
        msgpack_pack_int64(&pk, h->settled[i]);
}

int hint_read(struct span bytes, struct hint *h, struct err *e)
{
    struct msg m = msg_open(bytes);
    memset(h, 0, sizeof(*h));
    if (msg_array(&m, 3) != 3)
        msg_fail(&m, "three elements were expected");
    h->new_links = msg_int(&m, 0, INT64_MAX);
    h->again = msg_bool(&m);
    h->settled_count = (int)msg_array(&m, HINT_SETTLED_MAX);
    for (int i = 0; i < h->settled_count; i++)
        h->settled[i] = msg_int(&m, 1, INT64_MAX);
    return msg_done(&m, "hint", e);
}
