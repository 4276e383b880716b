#include "cli/explain.h"

#include <stdlib.h>
#include <string.h>

#include "cli/definition.h"
#include "cli/screen.h"
#include "cli/summary.h"
#include "common/text.h"
#include "worker/findings/rule_text.h"

#define SENTENCE_INDENT 4
#define FIELD_INDENT    6
#define VALUE_INDENT    20
#define NEAR_MAX_CP     150 /* of a longer sentence, on each side of the place */

#define PLAIN "\033[0m"
#define BOLD  "\033[1m"
#define FAINT "\033[2m"
#define PLACE "\033[1;4;33m"

void explain_init(struct explain *x, FILE *out, const struct lexicon *lex, struct arena *a)
{
    const char *term = getenv("TERM"), *none = getenv("NO_COLOR");
    int width = screen_columns(fileno(out));
    bool plain = width == 0 || (none != NULL && *none != '\0') || (term != NULL && strcmp(term, "dumb") == 0);
    *x = (struct explain){ out, width, !plain, lex, a };
}

/* ---- writing within the width ------------------------------------------------------------------------------------ */

/* One paragraph: words and characters that go on in the next line, indented, where a line is full. */
struct line {
    const struct explain *x;
    size_t indent, column;
    bool blank; /* to come before the next word */
};

static void style(const struct explain *x, const char *code)
{
    if (x->styled)
        fputs(code, x->out);
}

static void blanks(const struct explain *x, size_t n)
{
    fprintf(x->out, "%*s", (int)n, "");
}

/* A terminal would obey control characters. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == TEXT_BAD;
}

static bool is_one_of(struct span c, const char *all)
{
    return c.n > 0 && span_has(span_of(all), c);
}

/* What is not divided: a letter with the signs that may not begin a line, and with those that may not end one, or a
 * word in Latin letters. */
static struct span unit_at(const char *p, const char *end)
{
    static const char opening[] = "(《〈“‘【(", closing[] = ",。、;:!?)》〉】”’,.;:!?)%";
    const char *q = p;
    uint32_t c = text_next(&q, end);
    while (q < end && is_one_of(span_between(p, q), opening) && (unsigned char)*q > ' ')
        c = text_next(&q, end);
    while (q < end && c > ' ' && c < 0x7f && *q > ' ' && *q < 0x7f)
        q++;
    for (const char *next = q; next < end && c != ' ' && !is_control(c); q = next) {
        text_next(&next, end);
        if (!is_one_of(span_between(q, next), closing))
            break;
    }
    return span_between(p, q);
}

static void put_unit(struct line *l, struct span unit)
{
    const struct explain *x = l->x;
    size_t columns = text_columns(unit);
    if (x->width > 0 && l->column + l->blank + columns > (size_t)x->width && l->column > l->indent) {
        fputc('\n', x->out);
        blanks(x, l->indent);
        l->column = l->indent;
        l->blank = false;
    }
    blanks(x, l->blank);
    fwrite(unit.p, 1, unit.n, x->out);
    l->column += columns + l->blank;
    l->blank = false;
}

static void put(struct line *l, struct span s)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        struct span unit = unit_at(p, end);
        const char *q = p;
        uint32_t c = text_next(&q, end);
        p = unit.p + unit.n;
        if (c == ' ' || is_control(c))
            l->blank = true;
        else
            put_unit(l, unit);
    }
}

/* ---- the sentence ------------------------------------------------------------------------------------------------ */

/* Where the finding's sentence stands in the text: the copy of it that holds the finding's place. */
static struct span sentence_of(const struct article *art, const struct finding *f, struct span place)
{
    struct span text = art->f[ARTICLE_TEXT];
    const char *p = (size_t)(place.p - text.p) > f->quote.n ? place.p - f->quote.n : text.p;
    while ((p = span_find(span_between(p, text.p + text.n), f->quote)) != NULL && p <= place.p) {
        if (p + f->quote.n >= place.p + place.n)
            return (struct span){ p, f->quote.n };
        p++;
    }
    return place;
}

static struct span nearest(struct span before)
{
    size_t letters = text_count(before);
    if (letters <= NEAR_MAX_CP)
        return before;
    size_t cut = text_offset(before, letters - NEAR_MAX_CP);
    return (struct span){ before.p + cut, before.n - cut };
}

static void print_sentence(const struct explain *x, const struct article *art, const struct finding *f)
{
    struct span text = art->f[ARTICLE_TEXT];
    size_t from = text_offset(text, f->start), to = text_offset(text, f->end);
    struct span place = { text.p + from, to - from };
    struct span sentence = sentence_of(art, f, place);
    struct span before = span_between(sentence.p, place.p), near = nearest(before);
    struct span behind = span_between(place.p + place.n, sentence.p + sentence.n);
    struct span rest = { behind.p, text_offset(behind, NEAR_MAX_CP) };
    struct line l = { x, SENTENCE_INDENT, SENTENCE_INDENT, false };
    blanks(x, SENTENCE_INDENT);
    put(&l, near.n < before.n ? SPAN("…") : SPAN(""));
    put(&l, near);
    style(x, PLACE);
    put(&l, x->styled ? SPAN("") : SPAN("【"));
    put(&l, place);
    put(&l, x->styled ? SPAN("") : SPAN("】"));
    style(x, PLAIN);
    put(&l, rest);
    put(&l, rest.n < behind.n ? SPAN("…") : SPAN(""));
    fputc('\n', x->out);
}

/* ---- the fields -------------------------------------------------------------------------------------------------- */

static void print_field(const struct explain *x, const char *label, struct span value)
{
    struct line l = { x, VALUE_INDENT, VALUE_INDENT, false };
    blanks(x, FIELD_INDENT);
    style(x, FAINT);
    fprintf(x->out, "%-*s", VALUE_INDENT - FIELD_INDENT, label);
    style(x, PLAIN);
    put(&l, value);
    fputc('\n', x->out);
}

static const struct lex_row *metric_row(const struct explain *x, struct span key)
{
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(x->lex, LEX_METRIC, &n);
    for (size_t i = 0; i < n; i++) {
        if (span_eq(rows[i]->f[0], key))
            return rows[i];
    }
    return NULL;
}

static struct span metric_words(const struct explain *x, struct span key)
{
    const struct lex_row *m = metric_row(x, key);
    if (m == NULL)
        return key;
    return arena_printf(x->arena, "%.*s: %.*s (%.*s)", SPAN_FMT(key), SPAN_FMT(m->f[2]), SPAN_FMT(m->f[1]));
}

static struct span metric_list(const struct explain *x, struct span keys)
{
    struct span out = SPAN("");
    for (const char *p = keys.p, *end = keys.p + keys.n; p < end;) {
        const char *comma = memchr(p, ',', (size_t)(end - p));
        const char *stop = comma == NULL ? end : comma;
        struct span words = metric_words(x, span_between(p, stop));
        out = arena_printf(x->arena, "%.*s%s%.*s", SPAN_FMT(out), out.n > 0 ? "; " : "", SPAN_FMT(words));
        p = stop + (comma != NULL);
    }
    return out;
}

static struct span period_words(const struct explain *x, const struct finding *f, const struct word_def *type)
{
    struct span from = finding_get(f, FINDING_PERIOD_FROM), to = finding_get(f, FINDING_PERIOD_TO), when = from;
    if (from.n == 0 && to.n > 0)
        when = arena_printf(x->arena, "until %.*s", SPAN_FMT(to));
    else if (from.n > 0 && to.n == 0)
        when = arena_printf(x->arena, "since %.*s", SPAN_FMT(from));
    else if (!span_eq(from, to))
        when = arena_printf(x->arena, "%.*s to %.*s", SPAN_FMT(from), SPAN_FMT(to));
    if (type == NULL)
        return when;
    return arena_printf(x->arena, "%.*s%s%s (%s)", SPAN_FMT(when), when.n > 0 ? ", " : "", type->text, type->zh);
}

/* 100,000 名, at least that much */
static struct span amount_words(const struct explain *x, const struct finding *f)
{
    struct span value = finding_get(f, FINDING_VALUE), max = finding_get(f, FINDING_VALUE_MAX);
    struct span unit = finding_get(f, FINDING_UNIT), bound = finding_get(f, FINDING_BOUND);
    const struct field_def *d = field_def(KIND_FIGURE, FINDING_BOUND);
    const struct word_def *w = word_def(d->words, bound);
    if (max.n > 0)
        value = arena_printf(x->arena, "%.*s to %.*s", SPAN_FMT(value), SPAN_FMT(max));
    return arena_printf(x->arena, "%.*s %.*s%s%s", SPAN_FMT(value), SPAN_FMT(unit), w == NULL ? "" : ", ",
                        w == NULL ? "" : w->text);
}

static struct span word_words(const struct explain *x, const struct word_def *w)
{
    if (strcmp(w->name, w->text) == 0)
        return arena_printf(x->arena, "%s (%s)", w->name, w->zh);
    return arena_printf(x->arena, "%s: %s (%s)", w->name, w->text, w->zh);
}

/* Several fields that are told in one line, by the first of them. */
static bool told_elsewhere(enum finding_field field)
{
    return field == FINDING_VALUE_MAX || field == FINDING_UNIT || field == FINDING_BOUND ||
           field == FINDING_PERIOD_FROM || field == FINDING_PERIOD_TO;
}

static struct span words_of(const struct explain *x, const struct finding *f, const struct field_def *d,
                            struct span value)
{
    const struct word_def *w = d->holds == HOLDS_WORD ? word_def(d->words, value) : NULL;
    if (d->field == FINDING_PERIOD_TYPE)
        return period_words(x, f, w);
    if (d->field == FINDING_VALUE)
        return amount_words(x, f);
    if (d->holds == HOLDS_METRIC)
        return metric_list(x, value);
    if (d->field == FINDING_PLANNED)
        return SPAN("announced, not done yet");
    return w == NULL ? value : word_words(x, w);
}

static void print_why(const struct explain *x, const struct finding *f)
{
    const char *text = rule_text(f->rule);
    struct span why = arena_printf(x->arena, "%s [%.*s]", text == NULL ? "no explanation" : text, SPAN_FMT(f->rule));
    print_field(x, "why", why);
}

static void print_fields(const struct explain *x, const struct finding *f)
{
    for (size_t i = 0; i < field_def_count; i++) {
        const struct field_def *d = &field_defs[i];
        struct span value = finding_get(f, d->field);
        if ((d->kinds & 1u << f->kind) != 0 && value.n > 0 && !told_elsewhere(d->field))
            print_field(x, d->label, words_of(x, f, d, value));
    }
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

static void print_head(const struct explain *x, size_t indent, struct span head)
{
    struct line l = { x, indent, 0, false };
    style(x, BOLD);
    put(&l, head);
    style(x, PLAIN);
    fputc('\n', x->out);
}

static void print_finding(const struct explain *x, const struct article *art, const struct finding *f, size_t number)
{
    struct span what = summary_what(f, x->arena);
    struct span head = arena_printf(x->arena, "%zu. %s %s: %.*s", number, finding_kind_names[f->kind],
                                    kind_defs[f->kind].zh, SPAN_FMT(what));
    if (f->kind == KIND_FIGURE)
        head = arena_printf(x->arena, "%.*s %.*s", SPAN_FMT(head), SPAN_FMT(summary_value(f, x->arena)));
    print_head(x, SENTENCE_INDENT, head);
    print_sentence(x, art, f);
    print_fields(x, f);
    print_why(x, f);
    fputc('\n', x->out);
}

/* Whose it is, when it appeared, and what sort of article it is. */
static void print_article(const struct explain *x, const struct article *art)
{
    static const enum article_field fields[] = { ARTICLE_ORG, ARTICLE_PUBLISHED, ARTICLE_GENRE };
    struct line l = { x, 0, 0, false };
    print_head(x, 0, art->f[ARTICLE_TITLE].n > 0 ? art->f[ARTICLE_TITLE] : SPAN("(no title)"));
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct span value = span_is(art->f[fields[i]], "other") ? SPAN("") : art->f[fields[i]];
        const struct word_def *w = word_def(article_defs[fields[i]].words, value);
        if (value.n > 0 && l.column > 0)
            put(&l, SPAN(" · "));
        put(&l, w == NULL ? value : word_words(x, w));
    }
    if (l.column > 0)
        fputc('\n', x->out);
}

void explain_findings(const struct explain *x, const struct article *art, const struct finding_list *findings)
{
    print_article(x, art);
    fprintf(x->out, "%zu finding%s\n\n", findings->n, findings->n == 1 ? "" : "s");
    for (size_t i = 0; i < findings->n; i++)
        print_finding(x, art, &findings->items[i], i + 1);
}
