/* gunzip.h - bodies that are gzip files themselves (RFC 1952), as sitemaps often are. */
#ifndef RENDA_WORKER_GUNZIP_H
#define RENDA_WORKER_GUNZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

bool gunzip_wanted(struct span bytes); /* begins like a gzip file */

enum gunzip_end { GUNZIP_WHOLE, GUNZIP_DAMAGED, GUNZIP_TOO_LARGE };

/* What is in it (its first member), in the arena; cut at max_bytes, and where the file is damaged, which *end tells. An
 * empty span when nothing can be had. */
struct span gunzip(struct span bytes, size_t max_bytes, struct arena *a, enum gunzip_end *end);

#endif
