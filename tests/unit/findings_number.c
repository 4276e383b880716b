/* Numbers as congress Chinese writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/arena.h"
#include "worker/findings/number.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value, *max, *rest;
        bool percent, over;
    } rows[] = {
        { "28项", "28", "", "项", false, false },
        { "28项", "28", "", "项", false, false },
        { "1,026件", "1026", "", "件", false, false },
        { "1 480条", "1480", "", "条", false, false },
        { "12,5", "12", "", ",5", false, false },
        { "612.7亿元", "61270000000", "", "元", false, false },
        { "10万余名", "100000", "", "名", false, true },
        { "3万4000人", "34000", "", "人", false, false },
        { "1.2万余条", "12000", "", "条", false, true },
        { "3000多万元", "30000000", "", "元", false, true },
        { "十二次", "12", "", "次", false, false },
        { "一百零八项", "108", "", "项", false, false },
        { "一万五千亿", "1500000000000", "", "", false, false },
        { "两千余人", "2000", "", "人", false, true },
        { "三千五百件", "3500", "", "件", false, false },
        { "百余家", "100", "", "家", false, true },
        { "数十家", "10", "", "家", false, true },
        { "十几个", "10", "", "个", false, true },
        { "一万零十二", "10012", "", "", false, false },
        { "98.5%。", "98.5", "", "。", true, false },
        { "百分之九十八点五", "98.5", "", "", true, false },
        { "百分之百", "100", "", "", true, false },
        { "三分之二以上", "66.67", "", "以上", true, false },
        { "三成代表", "30", "", "代表", true, false },
        { "八成五", "85", "", "", true, false },
        { "3至5个", "3", "5", "个", false, false },
        { "20—30家", "20", "30", "家", false, false },
        { "1100万", "11000000", "", "", false, false },
        { "1,100万", "11000000", "", "", false, false },
        { "0.50", "0.5", "", "", false, false },
    };
    int bad = 0;
    struct arena *a = arena_new(1 << 20, NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct number n;
        const char *end = rows[i].text + strlen(rows[i].text), *p = number_read(rows[i].text, end, &n);
        const char *value = decimal_text(n.value, a).p, *max = n.ranged ? decimal_text(n.max, a).p : "";
        if (p == rows[i].text || strcmp(value, rows[i].value) != 0 || strcmp(max, rows[i].max) != 0 ||
            strcmp(p, rows[i].rest) != 0 || n.percent != rows[i].percent || n.over != rows[i].over) {
            printf("'%s': value %s max '%s' rest '%s' percent %d over %d\n", rows[i].text, value, max, p, n.percent,
                   n.over);
            bad++;
        }
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void test_no_numbers(void **state)
{
    (void)state;
    static const char *const rows[] = { "几家", "代表", "数字", "", "成立" };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct number n;
        assert_ptr_equal(number_read(rows[i], rows[i] + strlen(rows[i]), &n), rows[i]);
    }
}

static void test_long_digits(void **state)
{
    (void)state;
    static char text[1 << 20];
    memset(text, '7', sizeof(text));
    struct number n;
    assert_ptr_equal(number_read(text, text + sizeof(text), &n), text + sizeof(text));
    assert_true(n.too_long);
}

static void test_chinese(void **state)
{
    (void)state;
    static const struct {
        int n;
        const char *want;
    } rows[] = { { 1, "一" },      { 10, "十" },        { 14, "十四" },      { 20, "二十" },
                 { 63, "六十三" }, { 101, "一百零一" }, { 110, "一百一十" }, { 999, "九百九十九" } };
    struct arena *a = arena_new(1 << 20, NULL);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(number_chinese(rows[i].n, a).p, rows[i].want);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_no_numbers),
        cmocka_unit_test(test_long_digits),
        cmocka_unit_test(test_chinese),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
