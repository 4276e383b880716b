#include "common/span.h"

#define SHORT_BYTES 32 /* memmem() takes longer to begin with than to look through a sentence */

const char *span_find(struct span a, struct span b)
{
    if (b.n == 0 || a.n < b.n)
        return NULL;
    if (b.n > SHORT_BYTES)
        return memmem(a.p, a.n, b.p, b.n);
    const char *q = a.p + b.n - 1, *end = a.p + a.n;
    while ((q = memchr(q, b.p[b.n - 1], (size_t)(end - q))) != NULL) {
        if (memcmp(q - (b.n - 1), b.p, b.n - 1) == 0)
            return q - (b.n - 1);
        if (++q == end)
            break;
    }
    return NULL;
}
