/* document.c - FINDINGS.md: the hand-written pages of document.md, with the tables that are made from the code's rows.
 */
#include <string.h>

#include "cli/definition.h"
#include "cli/document_data.h"
#include "cli/schema.h"
#include "common/congress.h"
#include "common/json.h"
#include "worker/findings/rule_text.h"

/* ---- words ------------------------------------------------------------------------------------------------------- */

static void print_words(FILE *out, const char *field, const struct word_def *words)
{
    fprintf(out, "\n`%s` is one of\n\n| word | 中文 | it means |\n| --- | --- | --- |\n", field);
    for (; words->name != NULL; words++)
        fprintf(out, "| `%s` | %s | %s |\n", words->name, words->zh, words->text);
}

static const char *form_text(enum holds holds, enum field_type type)
{
    switch (holds) {
    case HOLDS_DAY: return "day";
    case HOLDS_WORD: return "word";
    case HOLDS_METRIC: return type == FIELD_LIST ? "list of measures" : "measure";
    case HOLDS_ADDRESS: return "address";
    case HOLDS_CODE: return "six digits";
    case HOLDS_TEXT: break;
    }
    switch (type) {
    case FIELD_DECIMAL: return "number";
    case FIELD_INTEGER: return "whole number";
    case FIELD_BOOL: return "true";
    case FIELD_LIST: return "list";
    case FIELD_STRING: break;
    }
    return "text";
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static bool in_section(const struct field_def *d, uint32_t kinds)
{
    return kinds == EVERY_KIND ? d->kinds == EVERY_KIND : d->kinds != EVERY_KIND && (d->kinds & kinds) != 0;
}

static void print_fields(FILE *out, uint32_t kinds)
{
    fputs("\n| field | holds | what it says |\n| --- | --- | --- |\n", out);
    for (size_t i = 0; i < field_def_count; i++) {
        const struct field_def *d = &field_defs[i];
        const struct finding_field_row *row = &finding_fields[d->field];
        if (in_section(d, kinds))
            fprintf(out, "| `%s` | %s | %s%s |\n", row->json, form_text(d->holds, row->type), d->text,
                    d->always ? "; always there" : "");
    }
    for (size_t i = 0; i < field_def_count; i++) {
        if (in_section(&field_defs[i], kinds) && field_defs[i].words != NULL)
            print_words(out, finding_fields[field_defs[i].field].json, field_defs[i].words);
    }
}

static void print_common(FILE *out)
{
    fputs(
        "## What findings of every kind may have\n"
        "\n"
        "`kind`, `start`, `end`, `quote` and `rule` are always there. In the database `by`, `from`, `to`, `key`, `for` "
        "and\n"
        "their like, which SQL keeps for itself, have other names: `by_org`, `date_from`, `date_to`, `is_key`, "
        "`votes_for`;\n"
        "`period.from` is `period_from`.\n",
        out);
    print_fields(out, EVERY_KIND);
}

static void print_kinds(FILE *out)
{
    fputs("## Kinds\n", out);
    for (int k = 0; k < KIND_COUNT; k++) {
        fprintf(out, "\n### %s %s\n\n%s\n", finding_kind_names[k], kind_defs[k].zh, kind_defs[k].text);
        print_fields(out, 1u << k);
    }
}

static void print_article(FILE *out)
{
    fputs("## The article\n"
          "\n"
          "| field | holds | what it says |\n"
          "| --- | --- | --- |\n",
          out);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        const struct article_def *d = &article_defs[i];
        fprintf(out, "| `%s` | %s | %s%s |\n", article_fields[i].name,
                form_text(d->holds, d->list ? FIELD_LIST : FIELD_STRING), d->text, d->always ? "; always there" : "");
    }
    fputs("| `authors` | list | who made it: objects with `name` and `role` |\n", out);
    fputs("| `parts` | list | what its page leads to that belongs to it, with `kind`, `url` and `name`; the running "
          "ring reads "
          "it with the page, a further page's text behind the page's, an attachment's below a line with its name |\n",
          out);
    print_words(out, "authors.role", author_roles);
    print_words(out, "parts.kind", part_kinds);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (article_defs[i].words != NULL)
            print_words(out, article_fields[i].name, article_defs[i].words);
    }
}

/* ---- measures and rules ------------------------------------------------------------------------------------------ */

static void print_metrics(FILE *out, const struct lexicon *l)
{
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(l, LEX_METRIC, &n);
    fprintf(
        out,
        "## Measures\n\n`metric` and `composite` name some of these %zu. `unit` is the measure word that the article "
        "uses; the usual ones are given.\n\n"
        "| key | 中文 | English | function | nature | units |\n| --- | --- | --- | --- | --- | --- |\n",
        n);
    for (size_t i = 0; i < n; i++) {
        const struct span *f = rows[i]->f;
        fprintf(out, "| `%.*s` | %.*s | %.*s | %.*s | %.*s | ", SPAN_FMT(f[0]), SPAN_FMT(f[1]), SPAN_FMT(f[2]),
                SPAN_FMT(f[3]), SPAN_FMT(f[4]));
        for (size_t k = 0; k < f[5].n; k++) { /* 次,场 → 次 场 */
            fputc(f[5].p[k] == ',' ? ' ' : f[5].p[k], out);
        }
        fputs(" |\n", out);
    }
    print_words(out, "function", metric_functions);
    print_words(out, "nature", metric_natures);
}

/* ---- checks and congresses ---- */

static void print_checks(FILE *out, const struct lexicon *l)
{
    static const char *const said[] = { [CHECK_WITHIN] = "is never more than",
                                        [CHECK_ADDS] = "adds up, with the others of its whole, to at most",
                                        [CHECK_RATIO] = "follows from" };
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(l, LEX_CHECK, &n);
    fputs("\n| measure | must hold | |\n| --- | --- | --- |\n", out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "| `%.*s` | %s | `", SPAN_FMT(rows[i]->f[0]), said[rows[i]->code]);
        for (size_t k = 0; k < rows[i]->f[2].n; k++) /* A/B|A/C: one of them */
            fputs(rows[i]->f[2].p[k] == '|' ? "` or `" : (char[]){ rows[i]->f[2].p[k], '\0' }, out);
        fputs("` |\n", out);
    }
    fputc('\n', out);
}

static void print_congresses(FILE *out)
{
    fputs("\n| kind | 中文 | laws | local regulations | autonomous regulations | standing committee |\n"
          "| --- | --- | --- | --- | --- | --- |\n",
          out);
    for (int i = 0; i < CONGRESS_KIND_COUNT; i++) {
        const struct congress *c = &congresses[i];
        fprintf(out, "| `%s` | %s | %s | %s | %s | %s |\n", c->name, c->zh, c->makes & MAKES_LAWS ? "yes" : "",
                c->makes & MAKES_REGULATIONS ? "yes" : "", c->makes & MAKES_AUTONOMOUS ? "yes" : "",
                c->standing_committee ? "yes" : "");
    }
    fputc('\n', out);
}

static void print_rules(FILE *out)
{
    fputs("## Rules\n"
          "\n"
          "What `rule` may say. Rules are about the shape of a sentence; which words they look for stands in "
          "`worker/lexicon/*.tsv`,\n"
          "and a file of your own (`lexicon:` in the config) can add to them. New versions may bring new rules.\n"
          "\n"
          "| rule | why it takes it |\n"
          "| --- | --- |\n",
          out);
    for (size_t i = 0; i < rule_text_count; i++)
        fprintf(out, "| `%s` | %s |\n", rule_texts[i].rule, rule_texts[i].text);
}

/* ---- the example ------------------------------------------------------------------------------------------------- */

static void print_example(FILE *out)
{
    static const struct {
        enum finding_field field;
        const char *value;
    } values[] = {
        { FINDING_SUBJECT, "主任会议" },
        { FINDING_ACTION, "召开" },
        { FINDING_VALUE, "15" },
        { FINDING_UNIT, "次" },
        { FINDING_METRIC, "meetings.chairpersons" },
        { FINDING_PERIOD_FROM, "2024" },
        { FINDING_PERIOD_TO, "2024" },
        { FINDING_PERIOD_TYPE, "year" },
    };
    struct arena *a = arena_new(1 << 20, NULL);
    struct article art = { .f = { [ARTICLE_TITLE] = SPAN("示例县人大常委会2024年工作综述"),
                                  [ARTICLE_PUBLISHED] = SPAN("2025-01-20"),
                                  [ARTICLE_ORG_TYPE] = SPAN("standing_committee"),
                                  [ARTICLE_LEVEL] = SPAN("county"),
                                  [ARTICLE_GENRE] = SPAN("annual_review"),
                                  [ARTICLE_TEXT] = SPAN("2024年,县人大常委会召开主任会议15次。") } };
    struct finding_list list = { 0 };
    struct finding *f = finding_add(&list, a, KIND_FIGURE);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        finding_set(f, a, values[i].field, span_of(values[i].value));
    f->start = 18;
    f->end = 21;
    f->quote = art.f[ARTICLE_TEXT];
    f->rule = SPAN("figure.subject_before_count");
    json_t *document = json_article(&art, &list);
    json_dumpf(document, out, JSON_INDENT(2));
    json_decref(document);
    arena_free(a);
}

/* ---- the pages --------------------------------------------------------------------------------------------------- */

static void print_place(FILE *out, const struct lexicon *l, struct span name)
{
    if (span_is(name, "@example@"))
        print_example(out);
    else if (span_is(name, "@checks@"))
        print_checks(out, l);
    else if (span_is(name, "@congresses@"))
        print_congresses(out);
    else if (span_is(name, "@article@"))
        print_article(out);
    else if (span_is(name, "@common@"))
        print_common(out);
    else if (span_is(name, "@kinds@"))
        print_kinds(out);
    else if (span_is(name, "@metrics@"))
        print_metrics(out, l);
    else if (span_is(name, "@rules@"))
        print_rules(out);
    else
        fwrite(name.p, 1, name.n, out);
}

void document_print(const struct lexicon *l, FILE *out)
{
    for (const char *p = document_files[0].text; *p != '\0';) {
        const char *end = strchrnul(p, '\n');
        struct span line = span_between(p, end);
        bool table = span_starts(line, SPAN("@")) && !span_is(line, "@example@");
        print_place(out, l, line);
        if (!table) /* tables end their lines themselves */
            fputc('\n', out);
        p = *end == '\0' ? end : end + 1;
    }
}
