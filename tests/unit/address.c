/* Which addresses a page may lead us to: the registries of special ones (IANA; RFC 6890 and its updates). */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include <cmocka.h>

#include "producer/address.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool is_public(const char *text)
{
    struct sockaddr_storage s = { 0 };
    struct sockaddr_in *v4 = (struct sockaddr_in *)&s;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&s;
    if (strchr(text, ':') != NULL) {
        v6->sin6_family = AF_INET6;
        assert_int_equal(inet_pton(AF_INET6, text, &v6->sin6_addr), 1);
    } else {
        v4->sin_family = AF_INET;
        assert_int_equal(inet_pton(AF_INET, text, &v4->sin_addr), 1);
    }
    return address_is_public((const struct sockaddr *)&s);
}

static void addresses(void **state)
{
    (void)state;
    static const struct {
        const char *address, *why; /* why not; NULL: public */
    } rows[] = {
        { "1.1.1.1", NULL },
        { "8.8.8.8", NULL },
        { "202.108.22.5", NULL },
        { "223.255.255.255", NULL },
        { "0.0.0.0", "RFC 1122, 3.2.1.3" },
        { "0.255.255.255", "RFC 1122, 3.2.1.3" },
        { "1.0.0.0", NULL },
        { "9.255.255.255", NULL },
        { "10.0.0.0", "RFC 1918" },
        { "10.255.255.255", "RFC 1918" },
        { "11.0.0.0", NULL },
        { "100.63.255.255", NULL },
        { "100.64.0.0", "RFC 6598" },
        { "100.127.255.255", "RFC 6598" },
        { "100.128.0.0", NULL },
        { "126.255.255.255", NULL },
        { "127.0.0.1", "RFC 1122, 3.2.1.3" },
        { "127.255.255.255", "RFC 1122, 3.2.1.3" },
        { "128.0.0.0", NULL },
        { "169.253.255.255", NULL },
        { "169.254.0.0", "RFC 3927" },
        { "169.254.169.254", "RFC 3927; where clouds keep credentials" },
        { "169.254.255.255", "RFC 3927" },
        { "169.255.0.0", NULL },
        { "172.15.255.255", NULL },
        { "172.16.0.0", "RFC 1918" },
        { "172.31.255.255", "RFC 1918" },
        { "172.32.0.0", NULL },
        { "192.0.0.1", "RFC 6890, 2.1" },
        { "192.0.0.255", "RFC 6890, 2.1" },
        { "192.0.1.0", NULL },
        { "192.0.2.1", "RFC 5737" },
        { "192.0.3.0", NULL },
        { "192.88.99.1", "RFC 7526" },
        { "192.167.255.255", NULL },
        { "192.168.0.0", "RFC 1918" },
        { "192.168.255.255", "RFC 1918" },
        { "192.169.0.0", NULL },
        { "198.17.255.255", NULL },
        { "198.18.0.0", "RFC 2544" },
        { "198.19.255.255", "RFC 2544" },
        { "198.20.0.0", NULL },
        { "198.51.100.7", "RFC 5737" },
        { "203.0.113.7", "RFC 5737" },
        { "203.0.114.0", NULL },
        { "224.0.0.1", "RFC 5771" },
        { "239.255.255.255", "RFC 5771" },
        { "240.0.0.1", "RFC 1112, 4" },
        { "255.255.255.255", "RFC 8190" },
        { "2400:3200::1", NULL },
        { "2606:4700:4700::1111", NULL },
        { "3fff:ffff::1", NULL },
        { "::", "RFC 4291, 2.5.2" },
        { "::1", "RFC 4291, 2.5.3" },
        { "::1.2.3.4", "RFC 4291, 2.5.5.1: deprecated" },
        { "::ffff:127.0.0.1", "RFC 4291, 2.5.5.2: what is wrapped counts" },
        { "::ffff:10.1.2.3", "RFC 4291, 2.5.5.2" },
        { "::ffff:169.254.169.254", "RFC 4291, 2.5.5.2" },
        { "::ffff:8.8.8.8", NULL },
        { "64:ff9b::7f00:1", "RFC 6052: 127.0.0.1" },
        { "64:ff9b::a00:1", "RFC 6052: 10.0.0.1" },
        { "64:ff9b::808:808", NULL },
        { "64:ff9b:1::808:808", "RFC 8215: a network's own translation" },
        { "100::1", "RFC 6666: discarded" },
        { "2001::1", "RFC 4380: Teredo hides an IPv4 address" },
        { "2001:2::1", "RFC 5180: benchmarks" },
        { "2001:20::1", "RFC 7343: ORCHIDv2 is not routed" },
        { "2001:db8::1", "RFC 3849" },
        { "2001:200::1", NULL },
        { "2002:7f00:1::", "RFC 3056: 127.0.0.1" },
        { "2002:c0a8:101::1", "RFC 3056: 192.168.1.1" },
        { "2002:808:808::1", NULL },
        { "3fff::1", "RFC 9637" },
        { "4000::1", "not assigned" },
        { "fc00::1", "RFC 4193" },
        { "fdff:ffff::1", "RFC 4193" },
        { "fe80::1", "RFC 4291, 2.5.6" },
        { "febf::1", "RFC 4291, 2.5.6" },
        { "fec0::1", "RFC 3879" },
        { "ff02::1", "RFC 4291, 2.7" },
        { "5f00::1", "RFC 9602" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (is_public(rows[i].address) != (rows[i].why == NULL))
            bad++, print_error("%s is %s\n", rows[i].address, rows[i].why == NULL ? "public" : rows[i].why);
    }
    assert_int_equal(bad, 0);
}

static void other_families(void **state)
{
    (void)state;
    const struct sockaddr_un here = { .sun_family = AF_UNIX, .sun_path = "/run/x" };
    const struct sockaddr none = { .sa_family = AF_UNSPEC };
    assert_false(address_is_public((const struct sockaddr *)&here));
    assert_false(address_is_public(&none));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(addresses), cmocka_unit_test(other_families) };
    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
