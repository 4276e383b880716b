/* batch.h - results that will be settled in one transaction: by count, by bytes, and by the clock. */
#ifndef RENDA_SINK_BATCH_H
#define RENDA_SINK_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/result.h"

#define BATCH_RESULTS_MAX 64
#define BATCH_BYTES_MAX   ((size_t)4 * 1024 * 1024)
#define BATCH_ROWS_MAX    2000 /* findings and links: keeps a transaction of usual pages under about 30 ms */
#define BATCH_WAIT_MS     10   /* at most, when results keep coming */

struct batch {
    struct arena *arena; /* the messages and what was decoded from them */
    struct result *results[BATCH_RESULTS_MAX];
    int n;
    size_t bytes, rows;
    int64_t first_at; /* monotonic, of the oldest result */
};

void batch_init(struct batch *b);
void batch_fini(struct batch *b);
void batch_reset(struct batch *b);

/* Decodes one RESULT message (copied). A result whose inside cannot be read becomes a verdict on its page; 0, or -1
 * with *e when not even the page is named. */
int batch_add(struct batch *b, struct span msg, int64_t now, struct err *e);

bool batch_full(const struct batch *b);
/* Full, or no more is coming (idle), or the clock says so. */
bool batch_due(const struct batch *b, bool idle, int64_t now);

/* In the order of captures: neighbours in the database are written together. */
void batch_sort(struct batch *b);

#endif
