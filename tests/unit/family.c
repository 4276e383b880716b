/* Which content management system made a site: by an article's address, by a page's bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cli/family.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct row {
    const char *what, *want; /* want NULL: none */
};

static int check(const struct row *row, struct span got)
{
    if (span_eq(got, span_of(row->want)))
        return 0;
    fprintf(stderr, "%s: '%.*s', should be '%s'\n", row->what, SPAN_FMT(got), row->want == NULL ? "" : row->want);
    return 1;
}

static void by_address(void **state)
{
    static const struct row rows[] = {
        { "http://a.cn/yw/202503/t20250314_1003.html", "TRS/WCM" },
        { "http://a.cn/yw/202503/t20250314_1003.shtml", "TRS/WCM" },
        { "http://a.cn/art/2025/3/14/art_19_1003.html", "Hanweb JCMS" },
        { "http://a.cn/info/1011/2034.htm", "Boda WebPlus" },
        { "http://a.cn/n1/2025/0314/c1001-40001.html", "People's Daily Online" },
        { "http://a.cn/2025/0314/c14a1003.html", NULL },
        { "http://a.cn/t2025031_1.html", NULL },
        { "http://a.cn/info/x/2034.htm", NULL },
        { "", NULL },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check(&rows[i], family_of_url(span_of(rows[i].what)));
    assert_int_equal(bad, 0);
}

static void by_page(void **state)
{
    static const struct row rows[] = {
        { "<div class=\"TRS_Editor\"><p>x", "TRS/WCM" },
        { "<div class=trs_editor>", "TRS/WCM" },
        { "<script src=\"/module/web/jpage/index.js\">", "Hanweb JCMS" },
        { "<div id=\"UCAP-CONTENT\">", "Kaipu UCAP" },
        { "<div id=\"vsb_content_2\">", "Boda WebPlus" },
        { "<DIV ID=\"Zoom\">", "#zoom" },
        { "<div id='zoom'>", "#zoom" },
        { "<div id=\"zoomer\">", NULL },
        { "TRS_Edito", NULL },
        { "", NULL },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += check(&rows[i], family_of_page(span_of(rows[i].what)));
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(by_address), cmocka_unit_test(by_page) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
