#include "worker/gunzip.h"

#include <zlib.h>

#define FIRST_BYTES ((size_t)256 * 1024)
#define GZIP_WINDOW (15 + 16) /* zlib's way to say: the largest window, a gzip header */

bool gunzip_wanted(struct span bytes)
{
    return bytes.n >= 18 && bytes.p[0] == '\x1f' && bytes.p[1] == '\x8b' && bytes.p[2] == 8;
}

struct span gunzip(struct span bytes, size_t max_bytes, struct arena *a, enum gunzip_end *end)
{
    *end = GUNZIP_DAMAGED;
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (unsigned)bytes.n };
    if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return (struct span){ NULL, 0 };
    size_t room = FIRST_BYTES < max_bytes ? FIRST_BYTES : max_bytes, n = 0;
    char *out = arena_alloc(a, room);
    for (;;) {
        z.next_out = (unsigned char *)out + n;
        z.avail_out = (unsigned)(room - n);
        int rc = inflate(&z, Z_NO_FLUSH);
        n = room - z.avail_out;
        if (rc == Z_STREAM_END)
            *end = GUNZIP_WHOLE;
        else if (rc == Z_OK && z.avail_out == 0 && room == max_bytes)
            *end = GUNZIP_TOO_LARGE;
        if (rc != Z_OK || z.avail_out > 0 || room == max_bytes)
            break;
        size_t more = room * 2 < max_bytes ? room * 2 : max_bytes;
        out = arena_grow(a, out, room, more);
        room = more;
    }
    inflateEnd(&z);
    return (struct span){ out, n };
}
