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
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (unsigned)bytes.n };
    size_t most = max_bytes + 1; /* one more tells that there is more */
    *end = GUNZIP_DAMAGED;
    if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
        return (struct span){ NULL, 0 };
    size_t room = FIRST_BYTES < most ? FIRST_BYTES : most, n = 0;
    char *out = arena_alloc(a, room);
    for (;;) {
        z.next_out = (unsigned char *)out + n;
        z.avail_out = (unsigned)(room - n);
        int rc = inflate(&z, Z_NO_FLUSH);
        n = room - z.avail_out;
        if (rc == Z_STREAM_END)
            *end = GUNZIP_WHOLE;
        if (rc != Z_OK || z.avail_out > 0 || room == most)
            break;
        size_t more = room * 2 < most ? room * 2 : most;
        out = arena_grow(a, out, room, more);
        room = more;
    }
    inflateEnd(&z);
    if (n > max_bytes) {
        *end = GUNZIP_TOO_LARGE;
        n = max_bytes;
    }
    return (struct span){ out, n };
}
