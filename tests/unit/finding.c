/* Findings: their fields, exact decimals, the list's limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/article.h"
#include "common/finding.h"
#include "common/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void decimals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool want;
    } rows[] = {
        { "0", true }, { "12", true }, { "-3", true }, { "3.5", true }, { "-0.25", true }, { "61270000000", true }, { "007", true },
        { "1234567890123456789012345678901234567890", true }, { "12345678901234567890123456789012345678901", false },
        { "", false }, { "-", false }, { ".", false }, { ".5", false }, { "5.", false }, { "1.2.3", false }, { "+1", false },
        { "1e3", false }, { "0x10", false }, { "1,000", false }, { " 1", false }, { "1 ", false }, { "--1", false }, { "1-", false },
        { "NaN", false }, { "inf", false }, { "十二", false }, { "-.5", false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (finding_is_decimal(span_of(rows[i].text)) != rows[i].want)
            bad++, print_error("'%s'\n", rows[i].text);
    }
    assert_int_equal(bad, 0);
    assert_false(finding_is_decimal(SPAN("\uff11\uff12"))); /* full-width digits are made ASCII before */
    assert_false(finding_is_decimal(SPAN("1\0002")));
    assert_false(finding_is_decimal((struct span){ NULL, 0 }));
}

static void kinds(void **state)
{
    (void)state;
    int bad = 0;
    for (int i = 0; i < KIND_COUNT; i++)
        bad += finding_kind_of(span_of(finding_kind_names[i])) != i;
    bad += finding_kind_of(SPAN("")) != -1 || finding_kind_of(SPAN("Figure")) != -1 || finding_kind_of(SPAN("figures")) != -1;
    assert_int_equal(bad, 0);
}

/* Every name once; a name within an object is of an object that has no other use. */
static void field_rows(void **state)
{
    (void)state;
    int bad = 0;
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        for (int k = 0; k < i; k++) {
            if (strcmp(finding_fields[i].json, finding_fields[k].json) == 0 || strcmp(finding_fields[i].column, finding_fields[k].column) == 0)
                bad++, print_error("'%s' and '%s'\n", finding_fields[i].json, finding_fields[k].json);
        }
        static const char *const taken[] = { "kind", "start", "end", "quote", "rule", "period" };
        for (size_t k = 0; k < COUNT(taken); k++)
            bad += strcmp(finding_fields[i].json, taken[k]) == 0;
        bad += strlen(finding_fields[i].json) > 32; /* a key of the wire */
    }
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        for (int k = 0; k < i; k++)
            bad += strcmp(article_fields[i].name, article_fields[k].name) == 0;
        bad += strcmp(article_fields[i].name, "authors") == 0 || strlen(article_fields[i].name) > 32 || article_fields[i].max_bytes == 0;
    }
    assert_int_equal(bad, 0);
}

static void values(void **state)
{
    (void)state;
    struct arena *a = arena_new(64 * 1024 * 1024, NULL);
    struct finding f = { 0 };
    static char text[FINDING_VALUE_MAX_BYTES + 30];
    assert_null(finding_get(&f, FINDING_UNIT).p);
    finding_set(&f, a, FINDING_UNIT, SPAN(""));
    assert_null(f.values);
    for (int i = 0; i < FINDING_FIELD_COUNT; i++)
        finding_set(&f, a, (enum finding_field)i, span_of(finding_fields[i].json));
    int i = 0, bad = 0;
    for (const struct finding_value *v = f.values; v != NULL; v = v->next, i++)
        bad += (int)v->field != i; /* in the order they were set */
    assert_int_equal(i, FINDING_FIELD_COUNT);
    finding_set(&f, a, FINDING_ORG, SPAN("另"));
    assert_true(span_is(finding_get(&f, FINDING_ORG), "另"));
    assert_true(f.values->field == FINDING_ORG); /* where it was */
    finding_set(&f, a, FINDING_ORG, SPAN(""));
    assert_null(finding_get(&f, FINDING_ORG).p);
    finding_set(&f, a, FINDING_COUNT, (struct span){ NULL, 0 });
    assert_null(finding_get(&f, FINDING_COUNT).p);
    finding_set(&f, a, FINDING_COUNT, SPAN("3"));
    assert_true(span_is(finding_get(&f, FINDING_COUNT), "3"));
    for (size_t k = 0; k + 3 <= sizeof(text); k += 3)
        memcpy(text + k, "人", 3);
    finding_set(&f, a, FINDING_NOTE, (struct span){ text, sizeof(text) / 3 * 3 });
    struct span note = finding_get(&f, FINDING_NOTE);
    assert_true(note.n <= FINDING_VALUE_MAX_BYTES && note.n > FINDING_VALUE_MAX_BYTES - 3 && text_valid(note));
    assert_int_equal(bad, 0);
    arena_free(a);
}

static void the_list_has_an_end(void **state)
{
    (void)state;
    struct arena *a = arena_new(64 * 1024 * 1024, NULL);
    struct finding_list list = { 0 };
    for (int i = 0; i < FINDINGS_MAX + 100; i++) {
        struct finding *f = finding_add(&list, a, KIND_TERM);
        assert_true(f->kind == KIND_TERM && f->values == NULL && f->start == 0);
        f->start = (uint32_t)i;
        finding_set(f, a, FINDING_NAME, SPAN("x"));
    }
    assert_int_equal(list.n, FINDINGS_MAX);
    assert_int_equal(list.dropped, 100);
    int bad = 0;
    for (size_t i = 0; i < list.n; i++)
        bad += list.items[i].start != i;
    assert_int_equal(bad, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals), cmocka_unit_test(kinds), cmocka_unit_test(field_rows),
        cmocka_unit_test(values),   cmocka_unit_test(the_list_has_an_end),
    };
    return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
