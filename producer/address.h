/* address.h - which network addresses a page may lead us to. */
#ifndef RENDA_PRODUCER_ADDRESS_H
#define RENDA_PRODUCER_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* True for addresses of the public Internet; false for loopback, private (RFC 1918, RFC 4193), link-local (RFC 3927),
 * shared (RFC 6598), multicast, and other special ones (RFC 6890), and IPv4 ones wrapped in IPv6. */
bool address_is_public(const struct sockaddr *a);

#endif
