#include "sink/batch.h"

#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/wire.h"

#define ARENA_BYTES ((size_t)1024 * 1024 * 1024)

void batch_init(struct batch *b)
{
    memset(b, 0, sizeof(*b));
    b->arena = arena_new(ARENA_BYTES, NULL);
}

void batch_fini(struct batch *b)
{
    arena_free(b->arena);
}

void batch_reset(struct batch *b)
{
    arena_reset(b->arena);
    b->n = 0;
    b->bytes = b->rows = 0;
}

int batch_add(struct batch *b, struct span msg, int64_t now, struct err *e)
{
    struct result named;
    struct span parsed;
    struct err why;
    if (wire_read_result(msg, &named, &parsed, e) < 0) /* what a stranger sends takes no memory */
        return -1;
    struct result *r = ARENA_NEW(b->arena, struct result);
    wire_read_result(arena_span(b->arena, msg), r, &parsed, NULL);
    if (parsed.n > 0) {
        named = *r;
        if (wire_read_parsed(parsed, b->arena, r, &why) < 0) {
            log_warn("capture=%lld: %s", (long long)named.capture, why.msg);
            *r = named;
            r->failed = SPAN("unreadable result");
        }
    }
    if (b->n == 0)
        b->first_at = now;
    b->results[b->n++] = r;
    b->bytes += msg.n;
    b->rows += r->findings.n + r->link_count;
    return 0;
}

bool batch_full(const struct batch *b)
{
    return b->n == BATCH_RESULTS_MAX || b->bytes >= BATCH_BYTES_MAX || b->rows >= BATCH_ROWS_MAX;
}

bool batch_due(const struct batch *b, bool idle, int64_t now)
{
    return b->n > 0 && (idle || batch_full(b) || now - b->first_at >= BATCH_WAIT_MS);
}

static int by_capture(const void *a, const void *b)
{
    const struct result *x = *(struct result *const *)a, *y = *(struct result *const *)b;
    if (x->capture != y->capture)
        return x->capture < y->capture ? -1 : 1;
    return (x->pass > y->pass) - (x->pass < y->pass);
}

void batch_sort(struct batch *b)
{
    qsort(b->results, (size_t)b->n, sizeof(b->results[0]), by_capture);
}
