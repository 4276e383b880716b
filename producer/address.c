#include "producer/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static const struct {
    uint32_t net;
    int bits;
} special[] = {
    { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },  { 0xa9fe0000, 16 },
    { 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0000200, 24 }, { 0xc0586300, 24 }, { 0xc0a80000, 16 },
    { 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 4 },  { 0xf0000000, 4 },
};

static bool public_v4(uint32_t a)
{
    for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
        uint32_t mask = ~(uint32_t)0 << (32 - special[i].bits);
        if ((a & mask) == special[i].net)
            return false;
    }
    return true;
}

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The special ones within 2000::/3, by their first 32 bits: protocol assignments (RFC 2928; Teredo among them) and
 * documentation (RFC 3849, RFC 9637). */
static const struct {
    uint32_t net;
    int bits;
} special_v6[] = { { 0x20010000, 23 }, { 0x20010db8, 32 }, { 0x3fff0000, 20 } };

static bool public_v6(const uint8_t *p)
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff }, nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
    if (memcmp(p, mapped, 12) == 0 || memcmp(p, nat64, 12) == 0)
        return public_v4(be32(p + 12));
    if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
        return public_v4(be32(p + 2));
    for (size_t i = 0; i < sizeof(special_v6) / sizeof(special_v6[0]); i++) {
        if (((be32(p) ^ special_v6[i].net) >> (32 - special_v6[i].bits)) == 0)
            return false;
    }
    return (p[0] & 0xe0) == 0x20; /* global unicast, 2000::/3 */
}

bool address_is_public(const struct sockaddr *a)
{
    if (a->sa_family == AF_INET)
        return public_v4(ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr));
    if (a->sa_family == AF_INET6)
        return public_v6(((const struct sockaddr_in6 *)(const void *)a)->sin6_addr.s6_addr);
    return false;
}
