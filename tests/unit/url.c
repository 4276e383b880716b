/* The host that politeness is kept for, and what counts as this machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/url.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define LABEL50 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee."
#define NAME250 LABEL50 LABEL50 LABEL50 LABEL50 LABEL50

static void hosts(void **state)
{
    (void)state;
    static const struct {
        const char *url, *want; /* "": none */
    } rows[] = {
        { "http://www.example.gov.cn/a/b.html", "http://www.example.gov.cn" },
        { "https://www.example.gov.cn", "https://www.example.gov.cn" },
        { "HTTP://WWW.Example.GOV.cn/A", "http://www.example.gov.cn" },
        { "http://a.cn:80/", "http://a.cn" },
        { "https://a.cn:443/", "https://a.cn" },
        { "http://a.cn:443/", "http://a.cn:443" },
        { "https://a.cn:80/", "https://a.cn:80" },
        { "http://a.cn:8080/", "http://a.cn:8080" },
        { "http://a.cn:/x", "http://a.cn" },
        { "http://a.cn?x=http://b.cn/", "http://a.cn" },
        { "http://a.cn#@b.cn/", "http://a.cn" },
        { "http://a.cn?@b.cn", "http://a.cn" },
        /* who stands before the @ is no host */
        { "http://user@a.cn/", "http://a.cn" },
        { "http://user:password@a.cn:81/", "http://a.cn:81" },
        { "http://a.cn@b.cn/", "http://b.cn" },
        { "http://a.cn:80@b.cn/", "http://b.cn" },
        { "http://x@y@b.cn/", "http://b.cn" },
        { "http://a.cn/@b.cn", "http://a.cn" },
        /* RFC 3986, 3.2.2 */
        { "http://[::1]/", "http://[::1]" },
        { "http://[::1]:80/", "http://[::1]" },
        { "http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080" },
        { "http://u:p@[::1]:81/", "http://[::1]:81" },
        { "http://127.0.0.1:8080/", "http://127.0.0.1:8080" },
        { "http://人大.cn/", "http://人大.cn" },
        /* hostile and broken */
        { "http://[::1", "" },
        { "http://[::1:80/", "" },
        { "http://::1]/", "" },
        { "http://::1/", "" },
        { "http://[::1]x/", "" },
        { "http://[]/", "" },
        { "http://a.cn:port/", "" },
        { "http://a.cn:-1/", "" },
        { "http://a.cn:123456/", "" },
        { "http://a b/", "" },
        { "http://a\nb/", "" },
        { "http://a\\b/", "" },
        { "http://a\x7f/", "" },
        { "http:///a", "" },
        { "http://", "" },
        { "http://@/", "" },
        { "http://:80/", "" },
        { "http:/a.cn/", "" },
        { "//a.cn/", "" },
        { "/a", "" },
        { "", "" },
        { " http://a.cn/", "" },
        { "ftp://a.cn/", "" },
        { "javascript:alert(1)", "" },
        { "mailto:a@b.cn", "" },
        { "data:text/html,x", "" },
        { "httpx://a.cn/", "" },
        { "http://" NAME250 "abc/", "http://" NAME250 "abc" }, /* 253 bytes: DNS allows no more */
        { "http://" NAME250 "abcd/", "" },
        /* files */
        { "file:///srv/pages", "file://" },
        { "FILE:///srv", "file://" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buf[300];
        memset(buf, 'x', sizeof(buf));
        struct span got = url_host(span_of(rows[i].url), buf);
        if (!span_is(got, rows[i].want)) {
            print_error("'%s': got '%.*s', wanted '%s'\n", rows[i].url, SPAN_FMT(got), rows[i].want);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
    char buf[300];
    assert_int_equal(url_host((struct span){ NULL, 0 }, buf).n, 0);
}

static void local(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool want;
    } rows[] = {
        { "http://localhost/", true },
        { "http://LOCALHOST:8080/", true },
        { "https://localhost", true },
        { "http://127.0.0.1/", true },
        { "http://127.255.255.254:81/", true },
        { "http://[::1]/", true },
        { "http://[::1]:8080/", true },
        { "file:///srv", true },
        { "http://localhost.example.org/", false },
        { "http://localhosts/", false },
        { "http://127.example.org/", false },
        { "http://127.0.0.1.example.org/", false },
        { "http://128.0.0.1/", false },
        { "http://localhost@example.org/", false },
        { "http://example.org/localhost", false },
        { "http://[::2]/", false },
        { "http://[::1:2]/", false },
        { "ftp://localhost/", false },
        { "", false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (url_is_local(span_of(rows[i].url)) != rows[i].want)
            bad++, print_error("'%s' is %s\n", rows[i].url, rows[i].want ? "not taken for this machine" : "taken for this machine");
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(hosts), cmocka_unit_test(local) };
    return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
