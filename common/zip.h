/* zip.h - page bodies as zstd frames, level 1. */
#ifndef RENDA_COMMON_ZIP_H
#define RENDA_COMMON_ZIP_H

#include "common/err.h"
#include "common/span.h"

/* One per thread: contexts are kept between pages. */
struct zip;
struct zip *zip_new(void);
void zip_free(struct zip *z); /* fine on NULL */

/* The most that n bytes can become. */
size_t zip_bound(size_t n);

/* *out belongs to z and lives until the next call. */
int zip_pack(struct zip *z, struct span in, struct span *out, struct err *e);
/* Refuses what would be larger than max_bytes or is no complete frame. *out as above. */
int zip_unpack(struct zip *z, struct span in, size_t max_bytes, struct span *out, struct err *e);

#endif
