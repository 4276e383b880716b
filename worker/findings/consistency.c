/* consistency.c - what an analyst would check before believing a number: parts against their whole, rates against their
 * counts, ballots against voters, and what cannot be by law. A finding that does not fit gets a note; nothing is ever
 * corrected. Only figures of the same congress, period, scope, topic and actor are held against each other; which
 * measures belong together stands in lexicon/checks.tsv. (Against what other articles say, the store checks.) */
#include <math.h>
#include <stdlib.h>

#include "common/congress.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define MEASURED_MAX 256 /* figures with a measure; further ones of one article are not checked */
#define PARTS_MAX    64  /* of one whole */
#define WHOLE_BACK   64  /* findings before a part, among which its whole is looked for */

static void add_note(struct pass *p, struct finding *f, struct span note)
{
    struct span before = finding_get(f, FINDING_NOTE);
    if (before.n > 0)
        note = arena_printf(p->a, "%.*s; %.*s", SPAN_FMT(before), SPAN_FMT(note));
    pass_set(p, f, FINDING_NOTE, note);
}

/* NAN when the field is absent. */
static double number_in(const struct finding *f, enum finding_field field)
{
    struct span s = finding_get(f, field);
    char digits[48];
    if (s.n == 0 || s.n >= sizeof(digits))
        return NAN;
    memcpy(digits, s.p, s.n);
    digits[s.n] = '\0';
    return strtod(digits, NULL);
}

static bool is_exact(const struct finding *f)
{
    return finding_get(f, FINDING_BOUND).n == 0 && finding_get(f, FINDING_VALUE_MAX).n == 0;
}

static bool same_field(const struct finding *a, const struct finding *b, enum finding_field field)
{
    return span_eq(finding_get(a, field), finding_get(b, field));
}

/* Of the same congress, time, scope, topic and actor. */
static bool is_like(const struct finding *a, const struct finding *b)
{
    static const enum finding_field fields[] = { FINDING_ORG,       FINDING_PERIOD_TYPE, FINDING_PERIOD_FROM,
                                                 FINDING_PERIOD_TO, FINDING_SCOPE,       FINDING_ABOUT,
                                                 FINDING_ACTOR,     FINDING_PLANNED };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (!same_field(a, b, fields[i]))
            return false;
    }
    return true;
}

/* ---- measures ---------------------------------------------------------------------------------------------------- */

struct measured {
    struct finding *f[MEASURED_MAX];
    struct span metric[MEASURED_MAX]; /* of each */
    size_t n;
};

static void collect(struct measured *m, struct finding_list *list, size_t from)
{
    for (size_t i = from; i < list->n && m->n < MEASURED_MAX; i++) {
        struct finding *f = &list->items[i];
        struct span metric = f->kind == KIND_FIGURE ? finding_get(f, FINDING_METRIC) : (struct span){ NULL, 0 };
        if (metric.n == 0 || finding_get(f, FINDING_PART_OF).n > 0 || !is_exact(f))
            continue;
        m->metric[m->n] = metric;
        m->f[m->n++] = f;
    }
}

/* What the figures of this measure that are like f say, from first on and before the one at end: the sum of their
 * different values, and how many there are. (What came in at the session and later is often told apart.) */
static double sum_like(const struct measured *m, const struct finding *f, struct span key, size_t first, size_t end,
                       size_t *count)
{
    double values[PARTS_MAX], sum = 0;
    *count = 0;
    for (size_t i = first; i < end && *count < PARTS_MAX; i++) {
        if (!span_eq(m->metric[i], key) || !is_like(m->f[i], f))
            continue;
        double value = number_in(m->f[i], FINDING_VALUE);
        bool known = false;
        for (size_t k = 0; k < *count; k++)
            known |= values[k] == value;
        if (known)
            continue;
        values[(*count)++] = value;
        sum += value;
    }
    return sum;
}

/* A whole is given before its parts; a count that comes later is often that of one field of work only. */
static void check_within(struct pass *p, const struct measured *m, const struct lex_row *row)
{
    for (size_t i = 0; i < m->n; i++) {
        struct finding *f = m->f[i];
        if (!span_eq(m->metric[i], row->f[0]))
            continue;
        size_t count;
        double whole = sum_like(m, f, row->f[2], 0, i, &count);
        if (count > 0 && number_in(f, FINDING_VALUE) > whole)
            add_note(p, f,
                     arena_printf(p->a, "more than the %.15g of %.*s, of which it should be a part", whole,
                                  SPAN_FMT(row->f[2])));
    }
}

/* The sum of the measures that add up to the whole at this place of m, as far as the article gives them behind it. NAN
 * when one of them has several values. */
static double sum_of_parts(struct pass *p, const struct measured *m, size_t whole, struct span key, size_t *count)
{
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(p->lex, LEX_CHECK, &n);
    double sum = 0;
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i]->code != CHECK_ADDS || !span_eq(rows[i]->f[2], key))
            continue;
        size_t values;
        double part = sum_like(m, m->f[whole], rows[i]->f[0], whole + 1, m->n, &values);
        sum += values > 1 ? NAN : part;
        *count += values;
    }
    return sum;
}

/* Once for each whole: at the first row of those that add up to it. */
static void check_adds(struct pass *p, const struct measured *m, const struct lex_row *row)
{
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(p->lex, LEX_CHECK, &n);
    for (size_t i = 0; i < n && rows[i] != row; i++) {
        if (rows[i]->code == CHECK_ADDS && span_eq(rows[i]->f[2], row->f[2]))
            return;
    }
    for (size_t i = 0; i < m->n; i++) {
        struct finding *f = m->f[i];
        if (!span_eq(m->metric[i], row->f[2]))
            continue;
        size_t wholes, parts;
        double whole = sum_like(m, f, row->f[2], 0, m->n, &wholes), sum = sum_of_parts(p, m, i, row->f[2], &parts);
        if (parts > 1 && sum > whole)
            add_note(p, f, arena_printf(p->a, "its parts add up to %.15g, more than %.15g", sum, whole));
    }
}

/* One unit of the last digit that is written: a rate may be rounded or cut off. */
static double last_digit(struct span value)
{
    const char *point = span_find(value, SPAN("."));
    return point == NULL ? 1 : pow(10, -(double)(value.p + value.n - point - 1));
}

static bool rate_fits(const struct finding *f, double part, double whole)
{
    return fabs(100 * part / whole - number_in(f, FINDING_VALUE)) <= last_digit(finding_get(f, FINDING_VALUE));
}

enum rate_verdict { RATE_UNKNOWN, RATE_FITS, RATE_CONTRADICTS };

/* One reading, A/B. */
static enum rate_verdict check_reading(const struct measured *m, const struct finding *f, struct span reading,
                                       double *follows)
{
    const char *slash = span_find(reading, SPAN("/"));
    if (slash == NULL)
        return RATE_UNKNOWN;
    size_t parts, wholes;
    double part = sum_like(m, f, span_between(reading.p, slash), 0, m->n, &parts);
    double whole = sum_like(m, f, span_between(slash + 1, reading.p + reading.n), 0, m->n, &wholes);
    if (parts != 1 || wholes != 1 || whole <= 0)
        return RATE_UNKNOWN;
    *follows = 100 * part / whole;
    return rate_fits(f, part, whole) ? RATE_FITS : RATE_CONTRADICTS;
}

static void check_rate(struct pass *p, const struct measured *m, struct finding *f, struct span readings)
{
    enum rate_verdict verdict = RATE_UNKNOWN;
    double follows = 0;
    for (const char *q = readings.p, *end = readings.p + readings.n; q < end && verdict != RATE_FITS;) {
        const char *bar = memchr(q, '|', (size_t)(end - q));
        const char *stop = bar == NULL ? end : bar;
        enum rate_verdict one = check_reading(m, f, span_between(q, stop), &follows);
        if (one != RATE_UNKNOWN)
            verdict = one;
        q = stop + 1;
    }
    if (verdict == RATE_CONTRADICTS)
        add_note(p, f, arena_printf(p->a, "from the counts that are given, %.1f%% would follow", follows));
}

static void check_ratio(struct pass *p, const struct measured *m, const struct lex_row *row)
{
    for (size_t i = 0; i < m->n; i++) {
        if (span_eq(m->metric[i], row->f[0]))
            check_rate(p, m, m->f[i], row->f[2]);
    }
}

static void check_measures(struct pass *p, size_t from)
{
    struct measured m = { .n = 0 };
    collect(&m, p->out, from);
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(p->lex, LEX_CHECK, &n);
    for (size_t i = 0; i < n && m.n > 1; i++) {
        if (rows[i]->code == CHECK_WITHIN)
            check_within(p, &m, rows[i]);
        else if (rows[i]->code == CHECK_ADDS)
            check_adds(p, &m, rows[i]);
        else
            check_ratio(p, &m, rows[i]);
    }
}

/* ---- parts that a text gives of a whole -------------------------------------------------------------------------- */

static bool is_count(const struct finding *f)
{
    struct span unit = finding_get(f, FINDING_UNIT);
    return f->kind == KIND_FIGURE && !span_is(unit, "%") && !span_is(unit, "个百分点");
}

/* The whole that a part points to by its value: the figure before it that has this value. NULL when it is too far. */
static const struct finding *whole_of(const struct finding_list *list, size_t from, size_t part)
{
    struct span value = finding_get(&list->items[part], FINDING_PART_OF);
    for (size_t i = part; i > from && part - i < WHOLE_BACK; i--) {
        if (is_count(&list->items[i - 1]) && span_eq(finding_get(&list->items[i - 1], FINDING_VALUE), value))
            return &list->items[i - 1];
    }
    return NULL;
}

/* The parts of one whole that stand in its sentence, from the first of them on. */
static void check_breakdown(struct pass *p, size_t first, const struct finding *whole)
{
    struct finding *items = p->out->items, *f = &items[first];
    double sum = 0, all = number_in(f, FINDING_PART_OF);
    size_t n = 0;
    for (size_t i = first; i < p->out->n && span_eq(items[i].quote, f->quote); i++) {
        if (!is_count(&items[i]) || !same_field(&items[i], f, FINDING_PART_OF) ||
            !same_field(&items[i], f, FINDING_UNIT))
            continue;
        if (!is_exact(&items[i]))
            return;
        sum += number_in(&items[i], FINDING_VALUE);
        n++;
    }
    if (n < 2 || !is_exact(whole) || !span_eq(whole->quote, f->quote))
        return;
    /* 其余 says that the parts are all there are; 其中 alone picks out some, which may overlap. */
    bool wrong = span_has(f->quote, SPAN("其余")) ? sum != all : sum > all && !span_has(f->quote, SPAN("其中"));
    if (wrong)
        add_note(p, f, arena_printf(p->a, "the parts that are given add up to %.15g, not to %.15g", sum, all));
}

static void check_parts(struct pass *p, size_t from)
{
    const struct finding *items = p->out->items, *whole_before = NULL;
    for (size_t i = from; i < p->out->n; i++) {
        struct finding *f = &p->out->items[i];
        if (!is_count(f) || finding_get(f, FINDING_PART_OF).n == 0)
            continue;
        const struct finding *whole = whole_of(p->out, from, i);
        if (whole == NULL || !same_field(whole, f, FINDING_UNIT))
            continue;
        if (is_exact(whole) && number_in(f, FINDING_VALUE) > number_in(f, FINDING_PART_OF))
            add_note(
                p, f,
                arena_printf(p->a, "a part of %.*s that is more than it", SPAN_FMT(finding_get(f, FINDING_PART_OF))));
        else if (whole != whole_before)
            check_breakdown(p, (size_t)(f - items), whole);
        whole_before = whole;
    }
}

/* 农业类52件,占28.0%: the share that stands right behind a part. */
static void check_shares(struct pass *p, size_t from)
{
    for (size_t i = from + 1; i < p->out->n; i++) {
        struct finding *f = &p->out->items[i];
        const struct finding *part = &p->out->items[i - 1];
        if (!span_is(f->rule, "figure.share") || !span_is(finding_get(f, FINDING_UNIT), "%") || !is_exact(f) ||
            !is_count(part) || !span_eq(part->quote, f->quote) || !is_exact(part))
            continue;
        double whole = number_in(part, FINDING_PART_OF), value = number_in(part, FINDING_VALUE);
        if (whole > 0 && !rate_fits(f, value, whole))
            add_note(p, f, arena_printf(p->a, "%.15g of %.15g would be %.1f%%", value, whole, 100 * value / whole));
    }
}

/* ---- ballots and seats ------------------------------------------------------------------------------------------- */

static double ballots(const struct finding *f)
{
    static const enum finding_field fields[] = { FINDING_FOR,       FINDING_AGAINST,   FINDING_ABSTAIN,
                                                 FINDING_SATISFIED, FINDING_BASICALLY, FINDING_DISSATISFIED };
    double sum = 0;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        double n = number_in(f, fields[i]);
        sum += isnan(n) ? 0 : n;
    }
    return sum;
}

static void check_vote(struct pass *p, struct finding *f)
{
    double present = number_in(f, FINDING_PRESENT), entitled = number_in(f, FINDING_ENTITLED), cast = ballots(f);
    if (cast > present)
        add_note(p, f, arena_printf(p->a, "%.15g ballots of %.15g who were present", cast, present));
    else if (cast > entitled)
        add_note(p, f, arena_printf(p->a, "%.15g ballots where %.15g may vote", cast, entitled));
    /* By more than half of all, not of those present: Organic Law of Local People's Congresses (2022), art. 25 and 51.
     */
    if (span_is(finding_get(f, FINDING_RESULT), "passed") && number_in(f, FINDING_FOR) * 2 <= entitled)
        add_note(p, f, SPAN("passed, though not by more than half of all who may vote"));
}

/* ---- what cannot be ---------------------------------------------------------------------------------------------- */

/* The congress that a name begins with: 湖北省十四届人大常委会第三次会议; the article's where it names none. */
static enum congress_kind congress_named(const struct pass *p, struct span name)
{
    if (span_starts(name, SPAN("全国")))
        return CONGRESS_NATIONAL;
    const struct lex_row *row = word_row(lexicon_longest(p->lex, name.p, name.p + name.n), LEX_REGION);
    if (row != NULL)
        return congress_kind_of(row->f[4].n > 0 ? row->f[4] : row->f[0], span_of(level_names[row->code]));
    if (!span_starts(name, p->place.name) || p->place.name.n == 0)
        return CONGRESS_NONE;
    return congress_kind_of(p->place.name, span_of(level_names[p->place.level]));
}

/* How often a body may have met within one term of five years, generously: congresses once or twice a year, standing
 * committees every two months and in between, chairpersons several times a month. */
static long sessions_max(struct span type)
{
    static const struct {
        const char *type;
        long max;
    } limits[] = { { "congress", 15 }, { "standing_committee", 100 } };
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        if (span_is(type, limits[i].type))
            return limits[i].max;
    }
    return 300;
}

static void check_meeting(struct pass *p, struct finding *f)
{
    struct span type = finding_get(f, FINDING_TYPE);
    enum congress_kind kind = congress_named(p, finding_get(f, FINDING_NAME));
    double term = number_in(f, FINDING_TERM), session = number_in(f, FINDING_SESSION);
    if (number_in(f, FINDING_PRESENT) > number_in(f, FINDING_ENTITLED))
        add_note(p, f, SPAN("more were present than there are members"));
    if (kind != CONGRESS_NONE && !congresses[kind].standing_committee && span_is(type, "standing_committee"))
        add_note(p, f, arena_printf(p->a, "a %s congress has no standing committee", congresses[kind].name));
    if (term > congress_term_max(kind, p->published.year))
        add_note(p, f, arena_printf(p->a, "no congress is in its term %.15g yet", term));
    if (session > (double)sessions_max(type))
        add_note(p, f, arena_printf(p->a, "no such body meets %.15g times in one term", session));
}

/* 《湖北省…条例》 in a county's article is the province's. */
static bool names_other_place(const struct pass *p, struct span law)
{
    const struct lex_row *row = word_row(lexicon_longest(p->lex, law.p, law.p + law.n), LEX_REGION);
    if (row == NULL)
        return span_starts(law, SPAN("中华人民共和国"));
    return !span_eq(row->f[0], p->place.name) && !span_eq(row->f[4], p->place.name);
}

static bool is_own_lawmaking(const struct finding *f)
{
    struct span stage = finding_get(f, FINDING_STAGE);
    return (span_is(stage, "passed") || span_is(stage, "promulgated") || span_is(stage, "first_reading") ||
            span_is(stage, "second_reading") || span_is(stage, "third_reading")) &&
           finding_get(f, FINDING_ORG).n == 0 && finding_get(f, FINDING_BY).n == 0;
}

static void check_law(struct pass *p, struct finding *f)
{
    enum congress_kind kind = congress_kind_of(p->place.name, span_of(level_names[p->place.level]));
    bool regulation = span_is(finding_get(f, FINDING_DOC_TYPE), "local_regulation");
    bool autonomous = span_is(finding_get(f, FINDING_DOC_TYPE), "autonomous");
    if (p->place.name.n == 0 || kind == CONGRESS_NONE || kind == CONGRESS_NATIONAL || !is_own_lawmaking(f) ||
        names_other_place(p, finding_get(f, FINDING_NAME)))
        return;
    if (regulation && (congresses[kind].makes & (MAKES_REGULATIONS | MAKES_AUTONOMOUS)) == 0)
        add_note(p, f,
                 arena_printf(p->a, "a congress of this kind (%s) makes no local regulations", congresses[kind].name));
    if (autonomous && (congresses[kind].makes & MAKES_AUTONOMOUS) == 0)
        add_note(
            p, f,
            arena_printf(p->a, "a congress of this kind (%s) makes no autonomous regulations", congresses[kind].name));
}

void consistency_check(struct pass *p, size_t from)
{
    check_measures(p, from);
    check_parts(p, from);
    check_shares(p, from);
    for (size_t i = from; i < p->out->n; i++) {
        struct finding *f = &p->out->items[i];
        if (f->kind == KIND_VOTE)
            check_vote(p, f);
        else if (f->kind == KIND_MEETING)
            check_meeting(p, f);
        else if (f->kind == KIND_LEGISLATION)
            check_law(p, f);
    }
}
