/* figure.h - a number that counts or measures work, while its sentence is read. Private to the figure*.c files.
 *
 * A sentence is read in this order:
 *   figure_number.c          which of its numbers are figures, with their unit and bound
 *   figure_subject.c         what each counts: a phrase behind it, before it, an act, or what was counted before;
 *   figure_subject_before.c  the phrase before it is the case with most exceptions
 *   figure_part.c            which are parts of others, and what the members of a list share
 *   figure_match.c           which metric rule fits the words around each
 *   figure_metric.c          which standard measure that makes it
 *   figure_report.c          the findings
 * figure_phrase.c, figure_action.c and figure_inherit.c are what these ask: where a noun phrase stands, which verb
 * governs, what was counted before. figure.c is the walk.
 *
 * Numbers named i, verb, from, to are tokens of the sentence; spans are views into the article's text. All memory is
 * the pass's arena. No search goes further than a bounded number of tokens. */
#ifndef RENDA_WORKER_FINDINGS_FIGURE_H
#define RENDA_WORKER_FINDINGS_FIGURE_H

#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define FIGURES_MAX  128 /* of one sentence; further ones are not read */
#define CARRIED_MAX  8   /* counts that go on into the next sentence */
#define SUBJECT_MAX  24  /* tokens of a noun phrase */
#define CONTEXT_BACK 60  /* tokens of context before a figure */
#define NOWHERE      SIZE_MAX

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* How it was seen what a figure counts; the names of the rules are in figure_report.c. */
enum figure_rule {
    FIGURE_SUBJECT_BEFORE,
    FIGURE_SUBJECT_BEHIND,
    FIGURE_ACT_BEFORE,
    FIGURE_ACT_BEHIND,
    FIGURE_VERB_BEFORE,
    FIGURE_AND_OTHERS,
    FIGURE_INHERITED,
    FIGURE_RATE_BEFORE,
    FIGURE_SHARE,
    FIGURE_CHANGE,
    FIGURE_PART,
};

struct figure {
    size_t number, unit; /* the same token where the number says % itself */
    size_t left;         /* first token that may belong to it */
    size_t used_to;      /* token behind all that it has taken */
    size_t right;        /* token where the next figure or clause begins */
    struct number value;
    enum bound bound;
    enum unit_kind unit_kind;
    struct span unit_text;

    enum figure_rule rule;
    struct span subject; /* what is counted */
    struct span action;  /* what was done; empty: not said */
    size_t action_token; /* where the action was found; NOWHERE: nowhere */
    bool forward;        /* its subject stands behind it */
    bool inherited;      /* its subject is that of another figure */

    bool part;            /* of a whole, which is … */
    size_t whole;         /* … this figure of the sentence (NOWHERE: none of them), or … */
    bool has_whole_value; /* … this value in the sentence before */
    struct decimal whole_value;
    struct span whole_metric, metric; /* empty: no standard measure */
    struct span actor;                /* empty: the congress itself */
};

/* A count of the sentence before, for what follows in the next. */
struct carried {
    struct span subject, action, unit, metric;
    struct decimal value;
    bool far; /* of an earlier paragraph: its subject may go on, its breakdown not */
};

/* Those of a sentence, as far as they are read: while one is read, it is f[n]. */
struct figures {
    struct figure f[FIGURES_MAX];
    size_t n;
    struct carried carried[CARRIED_MAX];
    size_t carried_count;
    struct span reporter; /* of the whole article, see figure_reporter() */
};

/* The one read last, or NULL. */
static inline const struct figure *figures_last(const struct figures *all)
{
    return all->n > 0 ? &all->f[all->n - 1] : NULL;
}

/* ---- which numbers are figures: figure_number.c ---- */

/* The number at token i as a figure without a subject; false when it is none. Fills number, unit …, used_to. */
bool figure_read(const struct sentence *s, size_t i, struct figure *f);
/* A word of bounds (超过, 余) stands at token i; place is "before" or "after", where it belongs beside its number. */
bool figure_bound(const struct sentence *s, size_t i, const char *place, enum bound *bound);

/* ---- noun phrases: figure_phrase.c ---- */

/* Tokens [from, to). */
struct phrase {
    size_t from, to;
};

static inline struct span phrase_span(const struct sentence *s, struct phrase ph)
{
    return tokens_span(s, ph.from, ph.to);
}

/* Where the noun phrase that begins at i ends, at limit at the latest; i when there is none. */
size_t phrase_end(const struct sentence *s, size_t i, size_t limit);
/* The noun phrase that a count before token i counts; false: none. 5名来自基层的代表 → 代表. */
bool phrase_behind(const struct sentence *s, size_t i, size_t limit, struct phrase *ph);
/* The noun phrase before the number at i, from left on; false: none. 建议累计办结 … */
bool phrase_before(const struct sentence *s, size_t i, size_t left, struct phrase *ph);
/* The items of a list that ends before token i, back to the verb that governs them. */
bool phrase_list_before(const struct sentence *s, size_t i, size_t left, struct phrase *ph);
/* 累计, 分别, 由, 达到 …: may stand between what is counted and the number. */
bool phrase_filler(const struct sentence *s, size_t i);
/* Behind what the number at i counts: back over fillers, and over a mark in parentheses behind 的. */
size_t phrase_before_fillers(const struct sentence *s, size_t i, size_t left);

/* ---- actions: figure_action.c ---- */

/* These find the verb that governs, not before left, or NOWHERE: of what begins at token i, */
size_t verb_governing(const struct sentence *s, size_t i, size_t left);
/* of the number at i whose subject stands behind it, */
size_t verb_of_number(const struct sentence *s, size_t i, size_t left);
/* of the description that the 的 before token i ends (办结的12件), */
size_t verb_describing(const struct sentence *s, size_t i, size_t left);
/* of the clause in which the 的 at this token ends a description. */
size_t verb_of_clause(const struct sentence *s, size_t de, size_t left);
/* 现有, 共有: how many there are, not how many were done. */
bool verb_of_stock(const struct sentence *s, size_t i);
/* Verbs that may stand some words before the number that they govern. */
bool verb_reaches_far(const struct sentence *s, size_t i);

/* The action is the verb at this token, with all verbs that hang together with it: 听取、审议和讨论. */
void action_set(const struct sentence *s, struct figure *f, size_t verb);
void action_set_within(const struct sentence *s, struct figure *f, size_t verb, struct phrase ph); /* those in ph */
void action_set_one(const struct sentence *s, struct figure *f, size_t verb);                      /* none of them */
/* The action of the figure before in a list is f's too; ph is f's subject. */
void action_share(const struct sentence *s, struct figure *f, const struct figure *before, struct phrase ph);
/* A light verb (开展, 进行) says nothing: the verbal noun at the end of its object is the action. */
void action_of_light_verb(const struct sentence *s, struct figure *f, struct phrase ph);
/* The verb that follows from token i on, if one does: 20余家企业进行调研 → 调研. */
void action_behind(const struct sentence *s, struct figure *f, size_t i, size_t limit);
/* The verbal noun within the subject's phrase, as no verb governs it; the subject may become what is left of it. */
void action_within(const struct sentence *s, struct figure *f, struct phrase ph);

/* ---- what was counted before: figure_inherit.c ---- */

/* The last figure before with this unit, or NULL. */
const struct figure *figures_of_unit(const struct figures *all, struct span unit);
/* These set f's subject and inherited, if there is one: that of the figure before, of the same unit or of any (true:
 * there is), */
bool inherit_same_unit(const struct figures *all, struct figure *f);
bool inherit_any(const struct figures *all, struct figure *f);
/* of the amount before that a change in percent is of, */
void inherit_amount(const struct figures *all, struct figure *f);
/* of the count of the sentence before with its unit; a verb that ends before behind is its action. */
void inherit_carried(const struct sentence *s, const struct figures *all, struct figure *f, size_t behind);
/* The same, only the subject (true: there is one): 查出问题47个。截至7月末,已整改42个. */
bool inherit_counted(const struct figures *all, struct figure *f);
/* Once a sentence is reported: its counts go on into the next. */
void carry(struct figures *all);
/* A new paragraph begins: only what is told over many paragraphs goes on. */
void carry_over_paragraph(struct figures *all);

/* ---- what each counts: figure_subject.c ---- */

/* Sets subject, action and rule of f; limit is the token where its ground ends. The subject stays empty when nothing
 * says what is counted: then it is no figure. */
void subject_read(const struct sentence *s, const struct figures *all, struct figure *f, size_t limit);
/* The noun phrase ph before the number is read (figure_subject_before.c). */
void subject_before(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph);
/* Only a verb stands before the number: 办结571条, 占28%, 增长3.5%. */
void subject_of_verb(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb);
/* Nothing beside the number names what is counted. */
void subject_unnamed(const struct sentence *s, const struct figures *all, struct figure *f);
/* …存在的超概算等问题,已整改13个: what the clause before the verb's ends with, where no count ends it. */
bool subject_handled(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb);
/* Takes 有关, 各类, …等工作 off. */
void subject_trim(struct figure *f);

/* ---- lists and parts: figure_part.c ---- */

/* True when a list goes on from one figure to the other: no comma and no verb between them. */
bool figures_listed(const struct sentence *s, const struct figure *before, const struct figure *f);
/* f gets its whole, if it is a part: 其中, 其余, or a list that one of these began. */
void part_link(const struct sentence *s, const struct figures *all, struct figure *f);
/* 办结率和满意率分别达到100%和98%: each number gets its own of the listed subjects. */
void parts_share_out(const struct sentence *s, struct figures *all);
/* 农业类52件,占28.0%: part gets its whole if that share of it fits. all ends with part. */
void part_by_share(const struct figures *all, struct figure *part, const struct figure *share);
/* 设立21个、587个联系点: what the last of a list counts is what all do. */
void parts_share_noun(const struct sentence *s, struct figures *all);
/* 12名代表、5名公民列席会议: the verb behind the last of a list is that of all. */
void parts_share_action(const struct sentence *s, struct figures *all);

/* ---- the standard measures: figure_match.c ---- */

struct metric_words; /* of a sentence: those that metric rules ask for */

struct metric_words *metric_words_new(struct arena *a);
void metric_words_read(struct metric_words *words, const struct pass *p);
/* The measure of f by the rules of metric_rules.tsv: its row there, or NULL. */
const struct lex_row *metric_by_rules(const struct metric_words *words, const struct pass *p, const struct figure *f);
/* Sets the measure, and what belongs to it: the measures that it joins, what it was about (figure_metric.c). */
void metric_set(struct pass *p, struct finding *out, struct figure *f, const struct metric_words *words);

/* ---- findings: figure_report.c ---- */

/* Whose work a whole report is about: 受市人民政府委托,现就…审计情况报告. Empty: the congress's, or not said. The same
 * for all of an article, so it is asked once. */
struct span figure_reporter(const struct pass *p);
/* Adds the finding of f, and sets its metric; those before it in the sentence are reported. */
void figure_report(struct pass *p, const struct figures *all, struct figure *f, const struct metric_words *words);

#endif
