#include "common/digest.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

static struct digest hex_of(XXH128_hash_t h)
{
    struct digest d;
    snprintf(d.hex, sizeof(d.hex), "%016llx%016llx", (unsigned long long)h.high64, (unsigned long long)h.low64);
    return d;
}

struct digest digest_of(struct span s)
{
    return hex_of(XXH3_128bits(s.p, s.n));
}

struct digest digest_of_parts(const struct span *parts, int n)
{
    XXH3_state_t *state = XXH3_createState();
    if (state == NULL)
        abort();
    XXH3_128bits_reset(state);
    for (int i = 0; i < n; i++) {
        uint64_t bytes = parts[i].n;
        XXH3_128bits_update(state, &bytes, sizeof(bytes));
        XXH3_128bits_update(state, parts[i].p, parts[i].n);
    }
    struct digest d = hex_of(XXH3_128bits_digest(state));
    XXH3_freeState(state);
    return d;
}
