#include "common/zip.h"

#include <stdlib.h>
#include <zstd.h>

#define LEVEL 1

struct zip {
    ZSTD_CCtx *pack;
    ZSTD_DCtx *unpack;
    char *buffer;
    size_t size;
};

struct zip *zip_new(void)
{
    struct zip *z = calloc(1, sizeof(*z));
    if (z == NULL)
        return NULL;
    z->pack = ZSTD_createCCtx();
    z->unpack = ZSTD_createDCtx();
    if (z->pack == NULL || z->unpack == NULL) {
        zip_free(z);
        return NULL;
    }
    return z;
}

void zip_free(struct zip *z)
{
    if (z == NULL)
        return;
    ZSTD_freeCCtx(z->pack);
    ZSTD_freeDCtx(z->unpack);
    free(z->buffer);
    free(z);
}

#define KEEP_BYTES ((size_t)1024 * 1024) /* a larger buffer is given back before a smaller page */

static int make_room(struct zip *z, size_t bytes, struct err *e)
{
    if (z->size >= bytes && (z->size <= KEEP_BYTES || bytes > KEEP_BYTES))
        return 0;
    free(z->buffer);
    z->size = bytes < 65536 ? 65536 : bytes;
    z->buffer = malloc(z->size);
    if (z->buffer == NULL) {
        z->size = 0;
        return err_set(e, "out of memory for a page of %zu bytes", bytes);
    }
    return 0;
}

size_t zip_bound(size_t n)
{
    return ZSTD_compressBound(n);
}

int zip_pack(struct zip *z, struct span in, struct span *out, struct err *e)
{
    if (make_room(z, ZSTD_compressBound(in.n), e) < 0)
        return -1;
    size_t n = ZSTD_compressCCtx(z->pack, z->buffer, z->size, in.p, in.n, LEVEL);
    if (ZSTD_isError(n))
        return err_set(e, "cannot compress a page of %zu bytes: %s", in.n, ZSTD_getErrorName(n));
    *out = (struct span){ z->buffer, n };
    return 0;
}

int zip_unpack(struct zip *z, struct span in, size_t max_bytes, struct span *out, struct err *e)
{
    unsigned long long size = ZSTD_getFrameContentSize(in.p, in.n);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        return err_set(e, "not a zstd frame of known size");
    if (size > max_bytes)
        return err_set(e, "page of %llu bytes is over the limit of %zu", size, max_bytes);
    if (make_room(z, (size_t)size + 1, e) < 0)
        return -1;
    size_t n = ZSTD_decompressDCtx(z->unpack, z->buffer, z->size, in.p, in.n);
    if (ZSTD_isError(n))
        return err_set(e, "damaged zstd frame: %s", ZSTD_getErrorName(n));
    if (n != size)
        return err_set(e, "damaged zstd frame: %zu bytes instead of %llu", n, size);
    *out = (struct span){ z->buffer, n };
    return 0;
}
