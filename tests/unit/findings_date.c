/* Dates and ranges of dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/arena.h"
#include "worker/findings/date.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text, *from, *to, *rest;
    } rows[] = {
        { "2023年7月15日,", "2023-07-15", "", "," },
        { "2023年", "2023", "", "" },
        { "2025-07-15", "2025-07-15", "", "" },
        { "2025/7/5 来源", "2025-07-05", "", " 来源" },
        { "二〇〇四年四月二十七日", "2004-04-27", "", "" },
        { "2017-2021)", "2017", "2021", ")" },
        { "2019—2023年", "2019", "2023", "" },
        { "2024年5月底", "2024-05", "", "" },
        { "2024年3月5日至7日召开", "2024-03-05", "2024-03-07", "召开" },
    };
    struct arena *a = arena_new(1 << 20, NULL);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date_range d;
        const char *end = rows[i].text + strlen(rows[i].text), *p = date_read(rows[i].text, end, &d);
        struct span from = date_text(d.from, a), to = d.ranged ? date_text(d.to, a) : SPAN("");
        if (!span_is(from, rows[i].from) || !span_is(to, rows[i].to) || strcmp(p, rows[i].rest) != 0) {
            printf("'%s': %.*s to '%.*s' rest '%s'\n", rows[i].text, SPAN_FMT(from), SPAN_FMT(to), p);
            bad++;
        }
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void test_no_dates(void **state)
{
    (void)state;
    static const char *const rows[] = { "2023项", "12次", "13月", "0743-8222333", "75周年", "3年" };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date_range d;
        assert_ptr_equal(date_read(rows[i], rows[i] + strlen(rows[i]), &d), rows[i]);
    }
}

static void test_resolve(void **state)
{
    (void)state;
    static const struct {
        const char *published;
        struct date d;
        int base;
        const char *want;
    } rows[] = {
        { "2025-07-20", { 0, 6, 13 }, 0, "2025-06-13" },      { "2025-01-05", { 0, 12, 30 }, 0, "2024-12-30" },
        { "2024-06-21", { 0, 6, 27 }, 0, "2024-06-27" },      { "2024-02-02", { 0, 5, 1 }, 2023, "2023-05-01" },
        { "2024-02-02", { 2019, 5, 1 }, 2023, "2019-05-01" }, { "", { 0, 5, 1 }, 0, "" },
    };
    struct arena *a = arena_new(1 << 20, NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span got = date_text(date_resolve(rows[i].d, date_of(span_of(rows[i].published)), rows[i].base), a);
        if (!span_is(got, rows[i].want))
            fail_msg("row %zu: %.*s", i, SPAN_FMT(got));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_no_dates),
        cmocka_unit_test(test_resolve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
