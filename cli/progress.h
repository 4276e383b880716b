/* progress.h - how far the ring has come, in a few numbers that are cheap to ask for every second. */
#ifndef RENDA_CLI_PROGRESS_H
#define RENDA_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROGRESS_WINDOW 10 /* samples that the rate is taken over */

struct progress_sample {
    int64_t at_ms, stored;
};

struct progress {
    bool known; /* the numbers below are from the database */
    int64_t fetched, parsed, stored, queued, failures, quarantined;
    double rate; /* articles stored each second */
    struct progress_sample past[PROGRESS_WINDOW];
    size_t samples;
    struct store *store;
    const char *database;
};

/* database is borrowed. The store is opened when first asked, and again after trouble. */
void progress_init(struct progress *p, const char *database);
void progress_fini(struct progress *p);
/* now: monotonic milliseconds. On failure the numbers stay as they were. */
void progress_read(struct progress *p, int64_t now);

/* For a terminal: "fetched 1,204 · parsed 1,190 · …". */
void progress_words(const struct progress *p, char *out, size_t size);
/* For a log: "fetched=1204 parsed=1190 …". */
void progress_pairs(const struct progress *p, char *out, size_t size);

/* 1234567 as "1,234,567" (out: at least 32 bytes); returns out. */
char *progress_count(int64_t n, char *out);

#endif
