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

/* 市政府共收到代表建议128件: its share of them, not all that came in. */
static bool handled_by_government(const struct pass *p, const struct figure *f)
{
    return span_is(pass_actor(p, f->number), "government") && !span_has(f->action, SPAN("提出"));
}

/* ---- several measures in one count ---- */

struct merged {
    const char *word, *key;
};

/* Joins the keys of all words that where holds, each once. */
static struct span join_keys(struct pass *p, struct span where, const struct merged *parts, size_t count)
{
    struct span list = SPAN("");
    for (size_t i = 0; i < count && parts[i].word != NULL; i++) {
        if (!span_has(where, span_of(parts[i].word)) || span_has(list, span_of(parts[i].key)))
            continue;
        list = arena_printf(p->a, "%.*s%s%s", SPAN_FMT(list), list.n > 0 ? "," : "", parts[i].key);
    }
    return list;
}

/* Measures that are often counted together, and where the words for them stand. The table has a key for the sum of
 * some: then the count has that key too. */
static const struct group {
    const char *begins; /* the key that the rules gave */
    bool in_subject, has_sum;
    struct merged parts[8];
} groups[] = {
    /* 调研、视察和执法检查121次 */
    { "oversight.activities",
      true,
      true,
      { { "调研", "oversight.research" },
        { "视察", "oversight.visits" },
        { "执法检查", "oversight.law_inspections" },
        { "专题询问", "oversight.special_inquiries" },
        { "工作评议", "oversight.work_appraisals" } } },
    /* 制定、修改地方性法规12件 */
    { "laws.",
      false,
      false,
      { { "制定", "laws.enacted" },
        { "修订", "laws.revised" },
        { "修改", "laws.revised" },
        { "修正", "laws.revised" },
        { "废止", "laws.repealed" } } },
    /* 作出决议决定和审议意见30项 */
    { "decisions.adopted",
      true,
      false,
      { { "决议", "decisions.adopted" }, { "决定", "decisions.adopted" }, { "审议意见", "oversight.opinions" } } },
    /* 得到解决或计划逐步解决的612件, 因条件限制以及留作参考的9件: the words stand in the description */
    { "suggestions.class",
      false,
      false,
      { { "得到解决或计划", "suggestions.class_a,suggestions.class_b" },
        { "得到解决或列入", "suggestions.class_a,suggestions.class_b" },
        { "已解决或计划", "suggestions.class_a,suggestions.class_b" },
        { "已解决或列入", "suggestions.class_a,suggestions.class_b" },
        { "解决以及留作参考", "suggestions.class_c,suggestions.class_d" },
        { "解决和留作参考", "suggestions.class_c,suggestions.class_d" },
        { "解决或留作参考", "suggestions.class_c,suggestions.class_d" },
        { "解决及留作参考", "suggestions.class_c,suggestions.class_d" } } },
};

/* Names the measures that f joins. Returns true when the table has none for their sum: f is no measure then. */
static bool set_composite(struct pass *p, struct finding *out, const struct figure *f, struct span key)
{
    for (size_t i = 0; i < COUNT(groups); i++) {
        const struct group *g = &groups[i];
        if (!span_starts(key, span_of(g->begins)))
            continue;
        bool described = span_starts(key, SPAN("suggestions.class"));
        struct span where = g->in_subject ? f->subject : described ? tokens_span(p->s, f->left, f->number) : f->action;
        struct span list = join_keys(p, where, g->parts, COUNT(g->parts));
        if (!span_has(list, SPAN(",")))
            return false;
        pass_set(p, out, FINDING_COMPOSITE, list);
        return !g->has_sum;
    }
    return false;
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
    if (p->campaign.n > 0 && sentence_has(p->s, p->campaign))
        pass_set(p, out, FINDING_ABOUT, p->campaign);
    if (is_change_of_count(f))
        return;
    const struct lex_row *row = metric_by_rules(words, p, f);
    struct span key = row == NULL ? (struct span){ NULL, 0 } : row->f[0];
    if (f->part)
        key = metric_of_part(p->s, f, key);
    if (span_is(key, "suggestions.received") && handled_by_government(p, f))
        key = SPAN("suggestions.assigned");
    if (key.n == 0 || is_of_audit(p, key) || set_composite(p, out, f, key))
        return;
    f->metric = key;
    pass_set(p, out, FINDING_METRIC, key);
    set_about(p, out, f);
}
