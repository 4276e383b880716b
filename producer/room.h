/* room.h - is there room for more? Pages wait in the database, which has a disk, which has an end. */
#ifndef RENDA_PRODUCER_ROOM_H
#define RENDA_PRODUCER_ROOM_H

#include <stdbool.h>

#include "common/config.h"
#include "common/store.h"

struct room {
    int64_t free_bytes, total_bytes; /* of the database's disk */
    int64_t pending_bytes;           /* captures that wait for a worker */
    bool full;                       /* the pending limit was reached and the low mark is not */
};

/* Free and total space of the disk that holds path; -1 when it cannot be told. */
int room_measure(const char *path, struct room *r);

/* TAKE_ bits of what may be fetched: articles stop at the pending limit (until nine tenths of it)
 * and at the disk reserve, lists at half the
 * reserve. The sink may use it all. */
unsigned room_kinds(struct room *r, const struct config_limits *l);

/* The reserve: as configured, or the larger of 2 GB and 5%. */
int64_t room_reserve(const struct room *r, const struct config_limits *l);

#endif
