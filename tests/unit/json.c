/* The article record and its findings as JSON, as the definition shows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/json.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static char *text_of(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(15));
    json_decref(value);
    assert_non_null(text);
    return text;
}

static void values_by_type(void **state)
{
    (void)state;
    static const struct {
        enum finding_field field;
        const char *value, *want; /* of the JSON between kind and start */
    } rows[] = {
        { FINDING_SUBJECT, "主任会议", "\"subject\":\"主任会议\"" },
        { FINDING_SUBJECT, "a\"b\\c\n", "\"subject\":\"a\\\"b\\\\c\\n\"" },
        { FINDING_VALUE, "12", "\"value\":12" },
        { FINDING_VALUE, "-7", "\"value\":-7" },
        { FINDING_VALUE, "61270000000", "\"value\":61270000000" },
        { FINDING_VALUE, "999999999999999999", "\"value\":999999999999999999" },
        { FINDING_VALUE, "3.5", "\"value\":3.5" },
        { FINDING_VALUE, "66.67", "\"value\":66.67" },
        { FINDING_VALUE, "10000000000000000000", "\"value\":1e19" },
        { FINDING_VALUE, "no number", "\"value\":\"no number\"" },
        { FINDING_TERM, "14", "\"term\":14" },
        { FINDING_PLANNED, "true", "\"planned\":true" },
        { FINDING_KEY, "true", "\"key\":true" },
        { FINDING_COMPOSITE, "a.b,c.d", "\"composite\":[\"a.b\",\"c.d\"]" },
        { FINDING_COMPOSITE, "a.b", "\"composite\":[\"a.b\"]" },
        { FINDING_COMPOSITE, ",a,,b,", "\"composite\":[\"a\",\"b\"]" },
        { FINDING_PERIOD_TYPE, "year", "\"period\":{\"type\":\"year\"}" },
        { FINDING_FROM, "2025-01-01", "\"from\":\"2025-01-01\"" },
        { FINDING_YEAR, "2025", "\"year\":\"2025\"" },
        { FINDING_FOR, "55", "\"for\":55" },
    };
    struct arena *a = arena_new(1 << 20, NULL);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct finding f = { .kind = KIND_VOTE, .start = 3, .end = 9, .quote = SPAN("原句"), .rule = SPAN("r") };
        char want[256];
        finding_set(&f, a, rows[i].field, span_of(rows[i].value));
        char *got = text_of(json_finding(&f));
        snprintf(want, sizeof(want), "{\"kind\":\"vote\",%s,\"start\":3,\"end\":9,\"quote\":\"原句\",\"rule\":\"r\"}", rows[i].want);
        json_t *x = json_loads(got, 0, NULL), *y = json_loads(want, 0, NULL); /* 1e19 and 10000000000000000000.0 are the same */
        if (x == NULL || !json_equal(x, y))
            bad++, print_error("%s\n  wanted %s\n", got, want);
        json_decref(x);
        json_decref(y);
        free(got);
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void shape(void **state)
{
    (void)state;
    struct arena *a = arena_new(1 << 20, NULL);
    struct author authors[] = { { SPAN("张三"), SPAN("text") }, { SPAN("李四"), SPAN("photo") } };
    struct article art = { .f = { [ARTICLE_TITLE] = SPAN("题"), [ARTICLE_PUBLISHED] = SPAN("2025-07-15"), [ARTICLE_KEYWORDS] = SPAN("一\n二"),
                                  [ARTICLE_TEXT] = SPAN("第一段\n第二段"), [ARTICLE_URL] = SPAN("http://a.cn/") },
                           .authors = authors, .author_count = 2 };
    struct finding_list list = { 0 };
    struct finding *f = finding_add(&list, a, KIND_FIGURE);
    *f = (struct finding){ .kind = KIND_FIGURE, .start = 131, .end = 138, .quote = SPAN("…"), .rule = SPAN("…") };
    finding_set(f, a, FINDING_SUBJECT, SPAN("主任会议"));
    finding_set(f, a, FINDING_VALUE, SPAN("12"));
    finding_set(f, a, FINDING_PERIOD_FROM, SPAN("2023"));
    finding_set(f, a, FINDING_UNIT, SPAN("次"));
    finding_set(f, a, FINDING_PERIOD_TO, SPAN("2023"));
    finding_set(f, a, FINDING_PERIOD_TYPE, SPAN("year"));
    char *got = text_of(json_article(&art, &list));
    assert_string_equal(got, "{\"article\":{\"url\":\"http://a.cn/\",\"title\":\"题\",\"published\":\"2025-07-15\",\"keywords\":[\"一\",\"二\"],"
                             "\"authors\":[{\"name\":\"张三\",\"role\":\"text\"},{\"name\":\"李四\",\"role\":\"photo\"}],"
                             "\"text\":\"第一段\\n第二段\"},"
                             "\"findings\":[{\"kind\":\"figure\",\"subject\":\"主任会议\",\"value\":12,"
                             "\"period\":{\"from\":\"2023\",\"to\":\"2023\",\"type\":\"year\"},\"unit\":\"次\","
                             "\"start\":131,\"end\":138,\"quote\":\"…\",\"rule\":\"…\"}]}");
    free(got);
    /* what is absent is absent: no empty strings, no nulls */
    struct article empty = { 0 };
    struct finding_list no_findings = { 0 };
    got = text_of(json_article(&empty, &no_findings));
    assert_string_equal(got, "{\"article\":{},\"findings\":[]}");
    free(got);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(values_by_type), cmocka_unit_test(shape) };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
