/* rng.h - splitmix64: the same numbers from the same seed, everywhere. */
#ifndef RENDA_SITE_RNG_H
#define RENDA_SITE_RNG_H

#include <stdint.h>

struct site_rng {
    uint64_t state;
};

static inline uint64_t site_mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static inline uint64_t site_rng_next(struct site_rng *r)
{
    uint64_t x = site_mix(r->state);
    r->state += UINT64_C(0x9e3779b97f4a7c15);
    return x;
}

/* A number from 0 to n - 1; n is small, so the bias of % does not matter. */
static inline unsigned site_rng_below(struct site_rng *r, unsigned n)
{
    return (unsigned)(site_rng_next(r) % n);
}

#endif
