/* file.h - sources on disk: a folder of saved pages or texts, or one file. */
#ifndef RENDA_PRODUCER_FILE_H
#define RENDA_PRODUCER_FILE_H

#include "producer/fetch.h"

#define FILE_LISTING_MAX 10000 /* entries in one listing: "?from=N" of the same folder is the next */

/* Reads "file:///path". out->kind is CAPTURED, NOT_MODIFIED (by the entity tag that due holds), GONE, UNREACHABLE or
 * REFUSED (too large). A folder gives a text/uri-list of its files, sorted,
 * and of its next part. Links to folders are left out: they may lead in a circle. *body is malloc'ed: the caller frees
 * it. */
void file_read(const struct due_url *due, int64_t max_bytes, struct fetched *out, char etag[64], char **body);

#endif
