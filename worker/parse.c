#include "worker/parse.h"

#include <poll.h>
#include <stdlib.h>

#include "common/clock.h"
#include "common/wire.h"
#include "common/zip.h"
#include "worker/child.h"

struct parser {
    struct child *child;
    struct cage *cage;
    struct zip *zip;
};

struct parser *parser_new(const struct config_limits *limits, const char *lexicon, struct err *e)
{
    struct parser *p = calloc(1, sizeof(*p));
    if (p == NULL || (p->zip = zip_new()) == NULL) {
        free(p);
        err_set(e, "out of memory");
        return NULL;
    }
    p->child = child_new(limits, lexicon, e);
    p->cage = p->child == NULL ? NULL : child_cage(p->child, e);
    if (p->cage == NULL) {
        parser_free(p);
        return NULL;
    }
    return p;
}

void parser_free(struct parser *p)
{
    if (p == NULL)
        return;
    cage_free(p->cage);
    child_free(p->child);
    zip_free(p->zip);
    free(p);
}

static enum cage_status wait_for_result(struct cage *c, struct span *out, char verdict[64])
{
    for (;;) {
        int64_t now = clock_mono_ms();
        enum cage_status status = cage_check(c, now, out, verdict);
        if (status != CAGE_BUSY)
            return status;
        struct pollfd fds[] = { { .fd = cage_result_fd(c), .events = POLLIN },
                                { .fd = cage_death_fd(c), .events = POLLIN } };
        poll(fds, 2, (int)cage_left_ms(c, now));
    }
}

int parser_parse(struct parser *p, const struct work *w, struct span body, struct arena *a, struct result *out,
                 struct err *e)
{
    struct work job = *w;
    struct span packed = { NULL, 0 }, parsed;
    char verdict[64] = "";
    if (job.capture == 0)
        job.capture = job.pass = 1;
    if (job.fetched_at == 0)
        job.fetched_at = clock_wall_ms();
    if (body.n > 0 && zip_pack(p->zip, body, &packed, e) < 0)
        return -1;
    msgpack_sbuffer head;
    msgpack_sbuffer_init(&head);
    wire_pack_work(&head, &job);
    int rc = -1;
    if (cage_start(p->cage, e) < 0)
        goto out;
    int sent = cage_submit(p->cage, (struct span){ head.data, head.size }, packed, clock_mono_ms(), e);
    if (sent > 0)
        err_set(e, "a page of %zu bytes is larger than the limit", body.n);
    if (sent != 0)
        goto out;
    *out = (struct result){ .capture = job.capture, .pass = job.pass, .rules = arena_span(a, child_rules(p->child)) };
    if (wait_for_result(p->cage, &parsed, verdict) == CAGE_DONE)
        rc = wire_read_parsed(arena_span(a, parsed), a, out, e);
    else {
        out->failed = arena_span(a, span_of(verdict));
        rc = 0;
    }
out:
    msgpack_sbuffer_destroy(&head);
    return rc;
}
