/* hint.h - the sink's hint to the producer, on the feed under its own topic. Lost hints cost a little time, nothing
 * else. */
#ifndef RENDA_COMMON_HINT_H
#define RENDA_COMMON_HINT_H

#include <msgpack.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/span.h"

#define HINT_TOPIC       "renda.hint"
#define HINT_SETTLED_MAX 1024

struct hint {
    int64_t new_links;                 /* URLs that joined the frontier */
    bool again;                        /* something is to be parsed anew */
    int64_t settled[HINT_SETTLED_MAX]; /* captures that need no further sending */
    int settled_count;
};

void hint_pack(msgpack_sbuffer *out, const struct hint *h);
int hint_read(struct span msg, struct hint *h, struct err *e);

#endif
