/* oversight_report.c - from an act of supervision to its finding: one for each topic, each list's item, each law, and
 * each of them once in an article. */
#include "worker/findings/oversight.h"

#define ITEMS_MAX 30

static void set_scope(struct pass *p, struct finding *f, size_t token)
{
    struct span scope = pass_scope(p, token);
    if (span_is(scope, "assisted") || span_is(scope, "joint"))
        pass_set(p, f, FINDING_SCOPE, scope);
}

/* 组织代表对…进行评议: the deputies do it. */
static bool deputies_sent(const struct sentence *s, size_t token)
{
    for (size_t i = clause_begin(s, token); i < token; i++) {
        if (token_is(s, i, "组织") &&
            (token_is(s, i + 1, "代表") || token_is(s, i + 1, "人大代表") || token_is(s, i + 1, "部分代表")))
            return true;
    }
    return false;
}

/* The day of the meeting at which it happened, where that was read before. */
static struct span meeting_day(const struct pass *p, const struct finding *f)
{
    struct span name = finding_get(f, FINDING_MEETING);
    for (size_t i = 0; i < p->meeting_count && name.n > 0; i++) {
        if (span_eq(p->meetings[i].name, name) && p->meetings[i].finding < p->out->n)
            return finding_get(&p->out->items[p->meetings[i].finding], FINDING_DATE);
    }
    return (struct span){ NULL, 0 };
}

/* What is reported on at a meeting has a time of its own (2023年上半年…), the act has the meeting's day. */
static void set_time(struct pass *p, struct finding *f, size_t token)
{
    enum period_type t = pass_period(p, token).type;
    size_t mark = p->mark_count;
    while (mark > 0 && p->marks[mark - 1].token > token)
        mark--;
    bool own_time = mark > 0 && clause_begin(p->s, p->marks[mark - 1].token) + 2 >= p->marks[mark - 1].token;
    struct span day = meeting_day(p, f);
    if (day.n == 0 && p->standing_meeting.n > 0 && p->standing.type == PERIOD_EVENT)
        day = date_text(p->standing.from, p->a);
    if (day.n > 0 && !own_time && !p->looks_back && t != PERIOD_EVENT && t != PERIOD_MONTH && !pass_planned(p, token))
        pass_set(p, f, FINDING_DATE, day);
    else
        pass_set_time(p, f, token);
}

void act_report(struct pass *p, struct act *act)
{
    act->topic = topic_clean(act->topic);
    if (topic_empty(act->topic) || word_in(lexicon_word(p->lex, act->topic), LEX_BIT(FORM)) ||
        !pass_first_time(p, KIND_OVERSIGHT, act->topic, (int)act->form))
        return;
    struct finding *f = pass_add(p, KIND_OVERSIGHT, act->from, act->to, act->rule);
    pass_set_str(p, f, FINDING_FORM, form_names[act->form]);
    pass_set(p, f, FINDING_TOPIC, act->topic);
    struct span matter = matter_of(p, act->topic);
    if (matter.n == 0)
        matter = matter_of(p, act->target);
    pass_set(p, f, FINDING_MATTER, matter);
    struct span target = target_clean(act->target);
    if (target.n >= TOPIC_MIN) {
        pass_set(p, f, FINDING_TARGET, target);
        bool appraised = act->form == FORM_WORK_APPRAISAL || act->form == FORM_PERFORMANCE_REVIEW ||
                         act->form == FORM_SATISFACTION_VOTE || act->form == FORM_INTERVIEW;
        struct span type = appraised ? supervised_type(target) : target_type(target);
        pass_set(p, f, FINDING_TARGET_TYPE, type.n > 0 ? type : target_type(target));
    }
    set_scope(p, f, act->token);
    if (act->planned || pass_planned(p, act->token))
        pass_set_str(p, f, FINDING_PLANNED, "true");
    if (deputies_sent(p->s, act->token))
        pass_set_str(p, f, FINDING_ACTOR, "deputies");
    pass_set_meeting(p, f, act->token);
    set_time(p, f, act->token);
}

void act_mark(struct act *act, const struct sentence *s, struct span topic)
{
    act->topic = topic;
    act->from = (uint32_t)(topic.p - s->text.p);
    act->to = act->from + (uint32_t)topic.n;
}

/* 法院、检察院(工作报告): each its own. */
static bool lists_courts(struct span topic)
{
    const char *sign = span_find(topic, SPAN("法院、"));
    return sign != NULL && span_ends(topic, SPAN("检察院")) && topic.n < 60;
}

void act_report_topic(struct pass *p, struct act act, struct span topic)
{
    act_mark(&act, p->s, topic_clean(topic));
    if (act.topic.n < TOPIC_MIN || (act.form == FORM_HEAR_REPORT && target_is_organ(act.topic)))
        return;
    act_split_target(&act);
    if (lists_courts(act.topic)) {
        const char *sign = span_find(act.topic, SPAN("、"));
        struct act first = act;
        act_mark(&first, p->s, span_between(act.topic.p, sign));
        first.target = first.topic;
        act_report(p, &first);
        act_mark(&act, p->s, span_between(sign + 3, act.topic.p + act.topic.n));
        act.target = act.topic;
    }
    p->last_topic = p->heard_topic = act.topic;
    act_report(p, &act);
}

/* A、B、C: one act for each item. Items within quotation marks or titles stay whole. */
void act_report_list(struct pass *p, struct act act, struct span topic)
{
    const char *about = span_find(topic, SPAN("关于"));
    if (about != NULL) {
        act.target = topic_clean(span_between(topic.p, about));
        topic = span_between(about + 6, topic.p + topic.n);
    }
    const char *begin = topic.p, *end = topic.p + topic.n;
    int depth = 0;
    for (const char *q = topic.p; q < end;) {
        const char *at = q;
        text_next(&q, end);
        struct span c = span_between(at, q);
        if (span_is(c, "“") || span_is(c, "《"))
            depth++;
        else if ((span_is(c, "”") || span_is(c, "》")) && depth > 0)
            depth--;
        else if (span_is(c, "、") && depth == 0) {
            act_report_topic(p, act, span_between(begin, at));
            begin = q;
        }
    }
    act_report_topic(p, act, span_between(begin, end));
}

void act_report_items(struct pass *p, struct act act, struct span topic)
{
    static const struct span ends[] = { WORD("情况、"), WORD("情况及"), WORD("情况以及"), WORD("工作、"),
                                        WORD("工作以及") };
    const char *about = span_find(topic, SPAN("关于"));
    if (about != NULL) {
        act.target = topic_clean(span_between(topic.p, about));
        topic = span_between(about + 6, topic.p + topic.n);
    }
    for (int items = 0; items < ITEMS_MAX; items++) {
        const char *first = NULL, *next = NULL;
        for (size_t i = 0; i < COUNT(ends); i++) {
            const char *at = span_find(topic, ends[i]);
            if (at != NULL && (first == NULL || at < first)) {
                first = at;
                next = at + ends[i].n;
            }
        }
        if (first == NULL)
            break;
        act_report_topic(p, act, span_between(topic.p, first + 6));
        topic = span_between(next, topic.p + topic.n);
    }
    act_report_topic(p, act, topic);
}

void act_report_law(struct pass *p, struct act act, size_t title)
{
    struct span t = token_span(p->s, &p->s->t[title]);
    act_mark(&act, p->s, (struct span){ t.p + 3, t.n - 6 });
    act_report(p, &act);
}
