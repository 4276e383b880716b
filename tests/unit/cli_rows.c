/* Rows of a SELECT as CSV and JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/rows.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define BOM      "\xef\xbb\xbf"

/* One column of one row; NULL is a null. */
static char *printed(enum rows_format format, const char *name, const char *value)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    struct rows *rows = rows_new(format, f);
    const int bytes = value == NULL ? 0 : (int)strlen(value);
    assert_int_equal(rows_take(rows, 1, &name, &value, &bytes), 0);
    assert_int_equal(rows_count(rows), 1);
    rows_end(rows);
    fclose(f);
    return text;
}

static void values(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *csv, *json;
    } rows[] = {
        { "subject", "主任会议", "主任会议", "\"主任会议\"" },
        { "subject", NULL, "", NULL },
        { "quote", "a,b", "\"a,b\"", "\"a,b\"" },
        { "quote", "say \"x\"", "\"say \"\"x\"\"\"", "\"say \\\"x\\\"\"" },
        { "quote", "a\nb", "\"a\nb\"", "\"a\\nb\"" },
        { "title", "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"", "\"=HYPERLINK(\\\"x\\\")\"" },
        { "title", "@SUM", "'@SUM", "\"@SUM\"" },
        { "value", "-3.5", "-3.5", "-3.5" },
        { "value", "61270000000", "61270000000", "61270000000" },
        { "value", "66.67", "66.67", "66.67" },
        { "number", "007", "007", "\"007\"" },
        { "planned", "1", "1", "true" },
        { "article_id", "12", "12", "12" },
        { "stored_at", "1772697845678", "2026-03-05T08:04:05Z", "\"2026-03-05T08:04:05Z\"" },
        { "pending_bytes", "2048", "2048", "2048" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char csv[256], json[256];
        snprintf(csv, sizeof(csv), BOM "%s\r\n%s\r\n", rows[i].name, rows[i].csv);
        if (rows[i].json == NULL)
            snprintf(json, sizeof(json), "{}\n");
        else
            snprintf(json, sizeof(json), "{\"%s\":%s}\n", rows[i].name, rows[i].json);
        char *got_csv = printed(ROWS_CSV, rows[i].name, rows[i].value), *got_json = printed(ROWS_NDJSON, rows[i].name, rows[i].value);
        if (strcmp(got_csv, csv) != 0 || strcmp(got_json, json) != 0) {
            print_error("%s: wanted %s and %sgot %s and %s", rows[i].name, csv, json, got_csv, got_json);
            bad++;
        }
        free(got_csv);
        free(got_json);
    }
    assert_int_equal(bad, 0);
}

static void json_lists(void **state)
{
    (void)state;
    char *text = NULL;
    size_t n = 0;
    for (int want = 0; want < 3; want++) {
        static const char *const all[] = { "[]\n", "[\n{\"name\":\"x\"}\n]\n", "[\n{\"name\":\"x\"},\n{\"name\":\"x\"}\n]\n" };
        const char *name = "name", *value = "x";
        const int bytes = 1;
        FILE *f = open_memstream(&text, &n);
        struct rows *rows = rows_new(ROWS_JSON, f);
        for (int i = 0; i < want; i++)
            rows_take(rows, 1, &name, &value, &bytes);
        rows_end(rows);
        fclose(f);
        assert_string_equal(text, all[want]);
        free(text);
    }
}

static void formats(void **state)
{
    (void)state;
    assert_int_equal(rows_format_of("table"), ROWS_TABLE);
    assert_int_equal(rows_format_of("json"), ROWS_JSON);
    assert_int_equal(rows_format_of("xml"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(json_lists),
        cmocka_unit_test(formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
