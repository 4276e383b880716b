/* Tables: aligned by columns on the terminal, cut to its width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/table.h"
#include "common/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What is printed of rows of three cells; NULL ends. */
static char *printed(const char *const cells[][3], int width)
{
    static const char *const titles[] = { "name", "n", "note" };
    char *text = NULL;
    size_t n = 0;
    struct table *t = table_new(titles, 3, "lrl");
    for (; cells[0][0] != NULL; cells++)
        table_add_strings(t, cells[0]);
    FILE *f = open_memstream(&text, &n);
    table_print(t, f, width);
    fclose(f);
    table_free(t);
    return text;
}

static void tables(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int width;
        const char *cells[4][3];
        const char *want;
    } rows[] = {
        { "no rows", 0, { { NULL } }, "name  n  note\n" },
        { "latin",
          0,
          { { "a", "1", "x" }, { "bbbbb", "100", "y" } },
          "name     n  note\na        1  x\nbbbbb  100  y\n" },
        { "double width",
          0,
          { { "武汉", "1", "x" }, { "abcdef", "22", "y" } },
          "name     n  note\n武汉     1  x\nabcdef  22  y\n" },
        { "nothing after the last cell", 0, { { "a", "", "" }, { "b", NULL, "x" } }, "name  n  note\na\nb        x\n" },
        { "cut", 20, { { "abc", "1", "0123456789abcdef" } }, "name  n  note\nabc   1  0123456789…\n" },
        { "cut before a wide one", 20, { { "abc", "1", "常务委员会会议" } }, "name  n  note\nabc   1  常务委员会…\n" },
        { "the widest gives way",
          24,
          { { "0123456789abcdef", "1", "xy" } },
          "name             n  note\n0123456789abcd…  1  xy\n" },
        { "line breaks", 0, { { "a\nb", "\t", "c\x1b[2J" } }, "name  n  note\na b      c [2J\n" },
        { "bad bytes", 0, { { "a\xff", "1", "x" } }, "name  n  note\na\xef\xbf\xbd    1  x\n" },
        { "days give way last",
          24,
          { { "2025-03-20", "1", "abcdefghijkl" }, { "2025-03-21", "2", "m" } },
          "name        n  note\n2025-03-20  1  abcdefgh…\n2025-03-21  2  m\n" },
        { "unless they must",
          18,
          { { "2025-03-20", "1", "abcdefghijkl" }, { "2025-03-21", "2", "m" } },
          "name     n  note\n2025-0…  1  abcde…\n2025-0…  2  m\n" },
        { "narrower than possible",
          5,
          { { "abcdefghij", "1", "klmnopqrst" } },
          "name    n  note\nabcde…  1  klmno…\n" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *got = printed(rows[i].cells, rows[i].width);
        if (strcmp(got, rows[i].want) != 0) {
            print_error("%s: wanted\n%sgot\n%s", rows[i].name, rows[i].want, got);
            bad++;
        }
        free(got);
    }
    assert_int_equal(bad, 0);
}

/* Whatever the width, no line is wider, and no character is cut. */
static void every_width(void **state)
{
    (void)state;
    static const char *const cells[][3] = { { "湖北省人大常委会", "12345", "听取和审议2024年计划执行情况的报告" },
                                            { "x", "1", "a" },
                                            { NULL } };
    for (int width = 22; width < 90; width++) {
        char *text = printed(cells, width), *rest = text;
        assert_true(text_valid(span_of(text)));
        for (char *line; (line = strsep(&rest, "\n")) != NULL;)
            assert_true(text_columns(span_of(line)) <= (size_t)width);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(every_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
