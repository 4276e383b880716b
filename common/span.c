#include "common/span.h"

#define SHORT_BYTES 32 /* memmem() takes longer to begin with than to look through a sentence */

const char *span_find(struct span a, struct span b)
{
    if (b.n == 0 || a.n < b.n)
        return NULL;
    if (b.n > SHORT_BYTES)
        return memmem(a.p, a.n, b.p, b.n);
    size_t last = b.n - 1;
    const char *q = a.p + last, *end = a.p + a.n;
    while ((q = memchr(q, b.p[last], (size_t)(end - q))) != NULL) {
        if (last == 0 || (q[-1] == b.p[last - 1] && memcmp(q - last, b.p, last) == 0))
            return q - last;
        if (++q == end)
            break;
    }
    return NULL;
}
