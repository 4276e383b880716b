/* figure_match.c - which metric rule fits a figure. Rules ask for words in the subject, in the action or around the
 * figure; the words of a sentence that any rule asks for are found once, and of the hundreds of rules only those are
 * tried that ask first of all for a word that is there. */
#include "worker/findings/figure.h"

#define WORDS_MAX     1024 /* of a sentence; further ones are not seen */
#define CONTEXT_AHEAD 24   /* tokens of context behind a figure */

/* A signal, at its place in the text. */
struct hit {
    uint32_t from, to; /* bytes */
    int16_t signal;
};

struct metric_words {
    struct hit hits[WORDS_MAX]; /* by from */
    size_t n;
    uint32_t from; /* byte at which the sentence begins */
};

/* own: the ground that is the figure's alone; context: its clause; wide: its sentence up to it. */
enum zone { ZONE_SUBJECT = 1, ZONE_ACTION = 2, ZONE_CONTEXT = 4, ZONE_WIDE = 8, ZONE_OWN = 16 };

/* What the words around a figure are. */
struct signals {
    const struct lexicon *lex;
    uint8_t zones[SIGNALS_MAX]; /* in which zones each signal stands */
    struct rule_set rules;      /* that may fit */
};

/* ---- the words of a sentence ---- */

struct metric_words *metric_words_new(struct arena *a)
{
    struct metric_words *words = arena_alloc(a, sizeof(*words));
    words->n = 0;
    return words;
}

static void add_hit(void *ctx, int signal, size_t from, size_t to)
{
    struct metric_words *words = ctx;
    if (words->n < WORDS_MAX)
        words->hits[words->n++] =
            (struct hit){ words->from + (uint32_t)from, words->from + (uint32_t)to, (int16_t)signal };
}

void metric_words_read(struct metric_words *words, const struct pass *p)
{
    const struct sentence *s = p->s;
    words->n = 0;
    words->from = s->from;
    lexicon_signals(p->lex, (struct span){ s->text.p + s->from, s->to - s->from }, add_hit, words);
}

/* ---- the zones of a figure ---- */

static void add_rules(struct signals *sig, int signal)
{
    const struct rule_set *asking = lexicon_rules_asking(sig->lex, signal);
    for (size_t i = 0; i < RULES_MAX / 64; i++)
        sig->rules.bits[i] |= asking->bits[i];
}

static void flag_signal(struct signals *sig, int signal, enum zone zone)
{
    if (sig->zones[signal] == 0)
        add_rules(sig, signal);
    sig->zones[signal] |= (uint8_t)zone;
}

struct elsewhere {
    struct signals *sig;
    enum zone zone;
};

static void flag_word(void *ctx, int signal, size_t from, size_t to)
{
    struct elsewhere *e = ctx;
    (void)from;
    (void)to;
    flag_signal(e->sig, signal, e->zone);
}

/* A subject that was inherited from another sentence: its words are none of this one's. */
static void flag_elsewhere(struct signals *sig, struct span where, enum zone zone)
{
    struct elsewhere e = { sig, zone };
    lexicon_signals(sig->lex, where, flag_word, &e);
}

/* The first word from this byte on. */
static size_t first_word(const struct metric_words *words, uint32_t from)
{
    size_t lo = 0, hi = words->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (words->hits[mid].from < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void flag(struct signals *sig, const struct metric_words *words, const struct sentence *s, struct span where,
                 enum zone zone)
{
    if (where.n == 0)
        return;
    if (where.p < s->text.p + s->from || where.p >= s->text.p + s->to) {
        flag_elsewhere(sig, where, zone);
        return;
    }
    uint32_t from = (uint32_t)(where.p - s->text.p), to = from + (uint32_t)where.n;
    for (size_t i = first_word(words, from); i < words->n && words->hits[i].from < to; i++) {
        if (words->hits[i].to <= to)
            flag_signal(sig, words->hits[i].signal, zone);
    }
}

static void flag_zones(struct signals *sig, const struct metric_words *words, const struct sentence *s,
                       const struct figure *f)
{
    size_t begin = clause_begin(s, f->number), end = clause_end(s, f->used_to > 0 ? f->used_to - 1 : 0);
    bool told_behind = f->forward || token_is(s, f->used_to, "为") || token_is(s, f->used_to, "是"); /* 3件为不满意 */
    size_t own_end = told_behind && f->right > f->used_to ? f->right : f->used_to, wide = f->number;
    if (begin + CONTEXT_BACK < f->number)
        begin = f->number - CONTEXT_BACK;
    if (end > f->used_to + CONTEXT_AHEAD)
        end = f->used_to + CONTEXT_AHEAD;
    while (wide > 0 && f->number - wide < 2 * CONTEXT_BACK && !token_semicolon(s, wide - 1))
        wide--;
    flag(sig, words, s, f->subject, ZONE_SUBJECT);
    flag(sig, words, s, f->action, ZONE_ACTION);
    flag(sig, words, s, tokens_span(s, begin, end), ZONE_CONTEXT);
    flag(sig, words, s, tokens_span(s, f->left, own_end), ZONE_OWN);
    flag(sig, words, s, tokens_span(s, wide, end), ZONE_WIDE);
}

/* ---- the rules ---- */

/* The zones in which one word of a rule's column is looked for, and the word. */
static bool word_there(int16_t code, const struct signals *sig, uint8_t zones)
{
    if (code & SIGNAL_OWN)
        return (sig->zones[code & ~SIGNAL_OWN] & (ZONE_OWN | ZONE_SUBJECT)) != 0;
    if (code & SIGNAL_WIDE)
        return (sig->zones[code & ~SIGNAL_WIDE] & (zones | ZONE_WIDE)) != 0;
    return (sig->zones[code] & zones) != 0;
}

/* One column of a rule: A|B&C. */
static bool column_fits(const int16_t *code, const struct signals *sig, uint8_t zones)
{
    bool any = false;
    for (; *code != SIGNAL_END; code++) {
        if (*code == SIGNAL_ANY) {
            any = true;
        } else if (*code == SIGNAL_AND) {
            if (!any)
                return false;
            any = false;
        } else if (!any) {
            any = word_there(*code, sig, zones);
        }
    }
    return any;
}

/* Measure words that say the same of what they count. */
static bool units_alike(struct span a, struct span b)
{
    static const struct span groups[][4] = { { WORD("名"), WORD("人"), WORD("位"), WORD("人次") },
                                             { WORD("家"), WORD("个"), WORD("所"), WORD("处") },
                                             { WORD("次"), WORD("场次"), WORD("场"), WORD("次") },
                                             { WORD("件"), WORD("件次"), WORD("件"), WORD("件") },
                                             { WORD("项"), WORD("个"), WORD("项"), WORD("个") } };
    if (span_eq(a, b))
        return true;
    for (size_t g = 0; g < COUNT(groups); g++) {
        bool has_a = false, has_b = false;
        for (size_t i = 0; i < COUNT(groups[g]); i++) {
            has_a |= span_eq(a, groups[g][i]);
            has_b |= span_eq(b, groups[g][i]);
        }
        if (has_a && has_b)
            return true;
    }
    return false;
}

/* units: of a metric, separated by commas. */
static bool unit_fits(struct span units, struct span unit)
{
    for (const char *p = units.p, *end = units.p + units.n; p < end;) {
        const char *comma = memchr(p, ',', (size_t)(end - p));
        const char *q = comma == NULL ? end : comma;
        if (units_alike(span_between(p, q), unit))
            return true;
        p = comma == NULL ? end : comma + 1;
    }
    return false;
}

static bool rule_fits(const struct metric_rule *r, const struct figure *f, const struct signals *sig)
{
    const uint8_t near = ZONE_SUBJECT | ZONE_ACTION | ZONE_CONTEXT, own = ZONE_SUBJECT | ZONE_ACTION | ZONE_OWN;
    return column_fits(r->column[0], sig, ZONE_SUBJECT) && column_fits(r->column[1], sig, ZONE_ACTION) &&
           column_fits(r->column[2], sig, near) &&
           (*r->column[3] == SIGNAL_ANY || !column_fits(r->column[3], sig, own)) &&
           unit_fits(r->metric->f[5], f->unit_text);
}

/* The first rule that fits, of those that may. */
static const struct lex_row *first_rule(const struct figure *f, const struct signals *sig)
{
    size_t n;
    const struct metric_rule *rules = lexicon_metric_rules(sig->lex, &n);
    for (size_t i = 0; i * 64 < n; i++) {
        for (uint64_t left = sig->rules.bits[i]; left != 0; left &= left - 1) {
            const struct metric_rule *r = &rules[i * 64 + (size_t)__builtin_ctzll(left)];
            if (rule_fits(r, f, sig))
                return r->row;
        }
    }
    return NULL;
}

const struct lex_row *metric_by_rules(const struct metric_words *words, const struct pass *p, const struct figure *f)
{
    struct signals sig = { .lex = p->lex };
    add_rules(&sig, -1);
    flag_zones(&sig, words, p->s, f);
    return first_rule(f, &sig);
}
