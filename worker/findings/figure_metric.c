/* figure_metric.c - which standard measure a figure is: the one whose rule fits, or that of the whole it is part of;
 * none for norms, for changes of a count and for what others than the congress counted. Several measures joined in one
 * count are named, but not added up. */
#include "worker/findings/figure.h"

/* ---- counts that are no measure ---- */

/* 每位委员联系5名代表: what is to be done by each, no count. */
static bool is_norm(const struct sentence *s, const struct figure *f)
{
    if ((s->nouns & 1u << NOUN_NORM) == 0)
        return false;
    for (size_t i = f->left; i < f->number; i++) {
        if (token_noun(s, i, NOUN_NORM) && !token_is(s, i, "每年"))
            return true;
    }
    return false;
}

/* 比上年增加27件. */
static bool is_change_of_count(const struct figure *f)
{
    return f->rule == FIGURE_CHANGE && f->unit_kind == UNIT_COUNT &&
           (span_has(f->action, SPAN("增")) || span_has(f->action, SPAN("减")) || span_has(f->action, SPAN("下降")));
}

/* The audit's problems, though the sentence does not say so. */
static bool is_of_audit(const struct pass *p, struct span key)
{
    return span_starts(key, SPAN("oversight.problems")) && span_has(p->art->f[ARTICLE_TITLE], SPAN("审计"));
}

/* ---- several measures in one count ---- */

struct merged {
    const char *word, *key;
};

/* Joins the keys of all words that where holds; the number of different ones. */
static int join_keys(struct pass *p, struct span where, const struct merged *parts, size_t count, struct span *list)
{
    int n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!span_has(where, span_of(parts[i].word)) || (n > 0 && span_has(*list, span_of(parts[i].key))))
            continue;
        *list = n++ == 0 ? span_of(parts[i].key) : arena_printf(p->a, "%.*s,%s", SPAN_FMT(*list), parts[i].key);
    }
    return n;
}

/* 调研、视察和执法检查: the measures that a merged count joins. */
static void set_activities(struct pass *p, struct finding *out, const struct figure *f)
{
    static const struct merged parts[] = { { "调研", "oversight.research" },
                                           { "视察", "oversight.visits" },
                                           { "执法检查", "oversight.law_inspections" },
                                           { "专题询问", "oversight.special_inquiries" },
                                           { "工作评议", "oversight.work_appraisals" } };
    struct span list = { NULL, 0 };
    if (join_keys(p, f->subject, parts, COUNT(parts), &list) > 1)
        pass_set(p, out, FINDING_COMPOSITE, list);
}

/* 制定、修改地方性法规12件: several measures of which the table has no sum. */
static bool laws_merged(struct pass *p, struct finding *out, const struct figure *f)
{
    static const struct merged parts[] = { { "制定", "laws.enacted" }, { "新制定", "laws.enacted" },
                                           { "修订", "laws.revised" }, { "修改", "laws.revised" },
                                           { "修正", "laws.revised" }, { "废止", "laws.repealed" } };
    struct span list = { NULL, 0 };
    if (join_keys(p, f->action, parts, COUNT(parts), &list) < 2)
        return false;
    pass_set(p, out, FINDING_COMPOSITE, list);
    return true;
}

/* ---- what it was about ---- */

static bool introduces_topic(const struct sentence *s, size_t i)
{
    return token_is(s, i, "对") || token_is(s, i, "就") || token_is(s, i, "围绕") || token_is(s, i, "针对") ||
           token_is(s, i, "聚焦");
}

/* The tokens from i on to the verb or adverb that ends a topic; none when it is a list or holds a number. */
static struct span topic_from(const struct sentence *s, size_t i, size_t end)
{
    const struct span none = { NULL, 0 };
    size_t to = i;
    while (to < end && !token_plain_verb(s, to) && !(to > i && token_noun(s, to, NOUN_ADVERB))) {
        if (s->t[to].type == TOK_NUMBER || token_is(s, to, "等") || s->t[to].type == TOK_COMMA)
            return none;
        to++;
    }
    return to == end || span_has(tokens_span(s, i, to), SPAN("、")) ? none : tokens_span(s, i, to);
}

/* 对物业服务…开展2次专题询问: what stands between 对 and the verb. */
static struct span topic_before(const struct sentence *s, size_t token)
{
    for (size_t i = token; i > 0 && token - i < CONTEXT_BACK; i--) {
        if (s->t[i - 1].type == TOK_STOP || token_semicolon(s, i - 1))
            break;
        if (introduces_topic(s, i - 1))
            return topic_from(s, i, token);
    }
    return (struct span){ NULL, 0 };
}

/* 其中农业类52件: the topic of a part, before its number; empty when it is no topic. */
static struct span topic_of_part(const struct sentence *s, const struct figure *f)
{
    static const struct span tails[] = { WORD("方面"), WORD("领域"), WORD("类") };
    struct phrase ph;
    if (!f->part || !phrase_before(s, f->number, f->left, &ph))
        return (struct span){ NULL, 0 };
    struct span topic = phrase_span(s, ph);
    for (size_t i = 0; i < COUNT(tails); i++) {
        if (span_ends(topic, tails[i]) && topic.n >= tails[i].n + 6)
            return i < 2 ? (struct span){ topic.p, topic.n - tails[i].n } : topic;
    }
    return (struct span){ NULL, 0 };
}

static void set_about(struct pass *p, struct finding *out, const struct figure *f)
{
    pass_set(p, out, FINDING_ABOUT, topic_of_part(p->s, f));
    if (span_starts(f->metric, SPAN("oversight.")) && !span_is(f->metric, "oversight.laws_inspected") &&
        !span_starts(f->metric, SPAN("oversight.problems")))
        pass_set(p, out, FINDING_ABOUT, topic_before(p->s, f->number));
}

/* ---- the measure ---- */

/* A part counts what its whole counts, unless a rule knows better; of a whole that is both, 其中议案2件, 建议185件 are
 * each its own. key: what the rules say. */
static struct span metric_of_part(const struct sentence *s, const struct figure *f, struct span key)
{
    if (span_is(f->whole_metric, "motions_suggestions.received")) {
        struct span own = tokens_span(s, f->left, f->number);
        bool motion = span_has(own, SPAN("议案")), suggestion = span_has(own, SPAN("建议"));
        if (motion != suggestion)
            return motion ? SPAN("motions.received") : SPAN("suggestions.received");
        return key.n == 0 ? f->whole_metric : key;
    }
    return (key.n == 0 || span_ends(key, SPAN(".received"))) && f->whole_metric.n > 0 ? f->whole_metric : key;
}

void metric_set(struct pass *p, struct finding *out, struct figure *f, const struct metric_words *words)
{
    if (is_norm(p->s, f))
        return;
    if (p->campaign.n > 0 && span_has(sentence_span(p->s), p->campaign))
        pass_set(p, out, FINDING_ABOUT, p->campaign);
    if (is_change_of_count(f))
        return;
    const struct lex_row *row = metric_by_rules(words, p, f);
    struct span key = row == NULL ? (struct span){ NULL, 0 } : row->f[0];
    if (f->part)
        key = metric_of_part(p->s, f, key);
    if (key.n == 0 || is_of_audit(p, key) || (span_starts(key, SPAN("laws.")) && laws_merged(p, out, f)))
        return;
    f->metric = key;
    pass_set(p, out, FINDING_METRIC, key);
    if (span_is(key, "oversight.activities"))
        set_activities(p, out, f);
    set_about(p, out, f);
}
