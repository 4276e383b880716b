/* digest.h - 128-bit content digests (XXH3) as 32 hex digits: for telling bodies and texts apart, not for secrets. */
#ifndef RENDA_COMMON_DIGEST_H
#define RENDA_COMMON_DIGEST_H

#include "common/span.h"

#define DIGEST_HEX_BYTES 32

struct digest {
    char hex[DIGEST_HEX_BYTES + 1];
};

struct digest digest_of(struct span s);
/* Of several spans, each length-prefixed, so that ("ab", "c") and ("a", "bc") differ. */
struct digest digest_of_parts(const struct span *parts, int n);

static inline struct span digest_span(const struct digest *d)
{
    return (struct span){ d->hex, DIGEST_HEX_BYTES };
}

#endif
