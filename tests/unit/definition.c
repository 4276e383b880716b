/* What the output's fields and words mean: a row for each that the code knows, and none for what it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/definition.h"
#include "worker/findings/lexicon.h"
#include "worker/findings/rule_text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct lexicon *lex;

static int setup(void **state)
{
    (void)state;
    struct err e;
    lex = lexicon_new(NULL, &e);
    return lex == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    lexicon_free(lex);
    return 0;
}

/* A table's cell: one line, no bar, no sentence. */
static bool cell(const char *s)
{
    return s != NULL && *s != '\0' && strpbrk(s, "|\n") == NULL && s[strlen(s) - 1] != '.';
}

static int check_words(const char *of, const struct word_def *words)
{
    int bad = 0;
    for (const struct word_def *w = words; w->name != NULL; w++) {
        if (!cell(w->name) || !cell(w->zh) || !cell(w->text) || word_def(words, span_of(w->name)) != w) {
            print_error("%s: '%s' is there twice, or not told in a phrase\n", of, w->name);
            bad++;
        }
    }
    return bad;
}

static void every_field_is_defined_once(void **state)
{
    (void)state;
    int bad = 0, kinds[FINDING_FIELD_COUNT][KIND_COUNT] = { 0 }, any[FINDING_FIELD_COUNT] = { 0 };
    for (size_t i = 0; i < field_def_count; i++) {
        const struct field_def *d = &field_defs[i];
        const char *name = finding_fields[d->field].json;
        bool words = (d->holds == HOLDS_WORD) == (d->words != NULL);
        any[d->field]++;
        for (int k = 0; k < KIND_COUNT; k++)
            kinds[d->field][k] += (d->kinds & 1u << k) != 0;
        if (!cell(d->label) || strlen(d->label) > 13 || !cell(d->text) || !words || d->kinds == 0) {
            print_error("%s: label, text, words or kinds are wrong\n", name);
            bad++;
        }
        bad += d->words == NULL ? 0 : check_words(name, d->words);
    }
    for (int f = 0; f < FINDING_FIELD_COUNT; f++) {
        for (int k = 0; k < KIND_COUNT; k++) {
            if (any[f] == 0 || kinds[f][k] > 1) {
                print_error("%s: %d rows for %s\n", finding_fields[f].json, kinds[f][k], finding_kind_names[k]);
                bad++;
            }
        }
    }
    assert_int_equal(bad, 0);
}

static void every_kind_and_article_field_is_defined(void **state)
{
    (void)state;
    int bad = 0;
    for (int k = 0; k < KIND_COUNT; k++) {
        if (!cell(kind_defs[k].zh) || kind_defs[k].text == NULL || strchr(kind_defs[k].text, '.') == NULL)
            bad++, print_error("%s is not told in sentences\n", finding_kind_names[k]);
    }
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        const struct article_def *d = &article_defs[i];
        if (!cell(d->text) || (d->holds == HOLDS_WORD) != (d->words != NULL))
            bad++, print_error("article.%s: text or words are wrong\n", article_fields[i].name);
        bad += d->words == NULL ? 0 : check_words(article_fields[i].name, d->words);
    }
    bad += check_words("authors.role", author_roles) + check_words("parts.kind", part_kinds) + check_words("function", metric_functions) +
           check_words("nature", metric_natures);
    assert_int_equal(bad, 0);
}

static const struct word_def *words_of(enum finding_kind kind, enum finding_field field)
{
    return field_def(kind, field)->words;
}

static size_t word_count(const struct word_def *words)
{
    size_t n = 0;
    while (words[n].name != NULL)
        n++;
    return n;
}

/* The enumerations that the rules write by number. skipped: how many of theirs are never written. */
static void words_are_those_of_the_rules(void **state)
{
    (void)state;
    const struct {
        const char *name, *const *names;
        const struct word_def *words;
        size_t skipped;
    } rows[] = {
        { "form", form_names, words_of(KIND_OVERSIGHT, FINDING_FORM), 0 },
        { "stage", stage_names, words_of(KIND_LEGISLATION, FINDING_STAGE), 0 },
        { "bound", bound_names, words_of(KIND_FIGURE, FINDING_BOUND), 1 }, /* exact */
        { "actor", actor_names, words_of(KIND_FIGURE, FINDING_ACTOR), 0 },
        { "level", level_names, article_defs[ARTICLE_LEVEL].words, 0 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t n = 0;
        for (; rows[i].names[n] != NULL; n++) {
            if (n >= rows[i].skipped && word_def(rows[i].words, span_of(rows[i].names[n])) == NULL)
                bad++, print_error("%s: '%s' is not defined\n", rows[i].name, rows[i].names[n]);
        }
        if (n - rows[i].skipped != word_count(rows[i].words))
            bad++, print_error("%s: %zu words defined, %zu known\n", rows[i].name, word_count(rows[i].words), n);
    }
    assert_int_equal(bad, 0);
}

/* The enumerations that the lexicon's rows bring. */
static void words_are_those_of_the_lexicon(void **state)
{
    (void)state;
    const struct {
        const char *name;
        enum lex_table table;
        int column;
        const struct word_def *words;
    } rows[] = {
        { "doc_type", LEX_DOCTYPE, 1, words_of(KIND_LEGISLATION, FINDING_DOC_TYPE) },
        { "act", LEX_STAGE, 2, words_of(KIND_LEGISLATION, FINDING_ACT) },
        { "matter", LEX_MATTER, 1, words_of(KIND_OVERSIGHT, FINDING_MATTER) },
        { "scope", LEX_SCOPE, 1, words_of(KIND_FIGURE, FINDING_SCOPE) },
        { "genre", LEX_GENRE, 1, article_defs[ARTICLE_GENRE].words },
        { "function", LEX_METRIC, 3, metric_functions },
        { "nature", LEX_METRIC, 4, metric_natures },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t n;
        const struct lex_row *const *all = lexicon_rows(lex, rows[i].table, &n);
        for (size_t k = 0; k < n; k++) {
            struct span word = all[k]->f[rows[i].column];
            if (!span_is(word, "-") && word_def(rows[i].words, word) == NULL)
                bad++, print_error("%s: '%.*s' is not defined\n", rows[i].name, SPAN_FMT(word));
        }
    }
    assert_int_equal(bad, 0);
}

static void rules_are_sorted_sentences(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < rule_text_count; i++) {
        const struct rule_text *r = &rule_texts[i];
        const char *dot = strchr(r->rule, '.');
        bool kind = dot != NULL && finding_kind_of(span_between(r->rule, dot)) >= 0;
        bool sorted = i == 0 || strcmp(rule_texts[i - 1].rule, r->rule) < 0;
        size_t bytes = strlen(r->text);
        if (!kind || !sorted || strchr(r->text, '|') != NULL || r->text[bytes - 1] != '.')
            bad++, print_error("%s: %s\n", r->rule, r->text);
        if (rule_text(span_of(r->rule)) != r->text)
            bad++, print_error("%s is not found\n", r->rule);
    }
    assert_null(rule_text(SPAN("figure.none")));
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_defined_once),  cmocka_unit_test(every_kind_and_article_field_is_defined),
        cmocka_unit_test(words_are_those_of_the_rules), cmocka_unit_test(words_are_those_of_the_lexicon),
        cmocka_unit_test(rules_are_sorted_sentences),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
