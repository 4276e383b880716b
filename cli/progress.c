#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/store.h"

/* Nothing is ever deleted from capture and article, so their largest ids count their rows without reading them. */
static const char numbers[] =
    "SELECT (SELECT COALESCE(SUM(visits), 0) FROM host_day), (SELECT COALESCE(SUM(failures), 0) FROM host_day),"
    " (SELECT COALESCE(MAX(id), 0) FROM capture), (SELECT COALESCE(MAX(id), 0) FROM article),"
    " (SELECT COUNT(*) FROM capture WHERE state = 'pending'),"
    " (SELECT COUNT(*) FROM capture WHERE state = 'quarantined')";

void progress_init(struct progress *p, const char *database)
{
    *p = (struct progress){ .database = database };
}

void progress_fini(struct progress *p)
{
    store_close(p->store);
    p->store = NULL;
}

static int take_row(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    (void)names;
    (void)bytes;
    struct progress *p = ctx;
    int64_t n[6];
    for (int i = 0; i < 6; i++)
        n[i] = i < columns && values[i] != NULL ? strtoll(values[i], NULL, 10) : 0;
    p->fetched = n[0];
    p->failures = n[1];
    p->parsed = n[2] - n[4] - n[5];
    p->stored = n[3];
    p->queued = n[4];
    p->quarantined = n[5];
    p->known = true;
    return 0;
}

/* Over the last few samples, so that a batch does not make it jump. */
static void take_rate(struct progress *p, int64_t now)
{
    size_t have = p->samples < PROGRESS_WINDOW ? p->samples : PROGRESS_WINDOW;
    if (have > 0) {
        const struct progress_sample *oldest = &p->past[(p->samples - have) % PROGRESS_WINDOW];
        int64_t took = now - oldest->at_ms;
        p->rate = took > 0 ? (double)(p->stored - oldest->stored) * 1000.0 / (double)took : 0;
    }
    p->past[p->samples++ % PROGRESS_WINDOW] = (struct progress_sample){ now, p->stored };
}

void progress_read(struct progress *p, int64_t now)
{
    if (p->store == NULL)
        p->store = store_open(p->database, STORE_READ, NULL);
    if (p->store == NULL)
        return;
    if (store_select(p->store, numbers, NULL, 0, take_row, p, NULL) < 0) {
        progress_fini(p);
        return;
    }
    take_rate(p, now);
}

char *progress_count(int64_t n, char *out)
{
    char plain[32];
    int digits = snprintf(plain, sizeof(plain), "%" PRId64, n);
    char *q = out;
    for (int i = 0; i < digits; i++) {
        *q++ = plain[i];
        if ((digits - 1 - i) % 3 == 0 && i < digits - 1 && plain[i] != '-')
            *q++ = ',';
    }
    *q = '\0';
    return out;
}

void progress_words(const struct progress *p, char *out, size_t size)
{
    char fetched[32], parsed[32], stored[32], queued[32], failures[32], quarantined[32];
    snprintf(out, size, "fetched %s · parsed %s · stored %s · queued %s · %.*f/s · failures %s · quarantined %s",
             progress_count(p->fetched, fetched), progress_count(p->parsed, parsed), progress_count(p->stored, stored),
             progress_count(p->queued, queued), p->rate < 10 ? 1 : 0, p->rate, progress_count(p->failures, failures),
             progress_count(p->quarantined, quarantined));
}

void progress_pairs(const struct progress *p, char *out, size_t size)
{
    snprintf(out, size,
             "fetched=%" PRId64 " parsed=%" PRId64 " stored=%" PRId64 " queued=%" PRId64
             " rate=%.1f/s failures=%" PRId64 " quarantined=%" PRId64,
             p->fetched, p->parsed, p->stored, p->queued, p->rate, p->failures, p->quarantined);
}
