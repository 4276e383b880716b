/* figure_report.c - from a figure to its finding: value and bound as exact text, whose count it is, when it was, and
 * whether it is still to come. */
#include "worker/findings/figure.h"

#define REPORT_HEAD_BYTES 1500 /* in which a report says who gives it */
#define SCOPE_BACK        8    /* tokens before the number in which its scope may stand */

static const char *const rule_names[] = {
    [FIGURE_SUBJECT_BEFORE] = "figure.subject_before_count",
    [FIGURE_SUBJECT_BEHIND] = "figure.count_before_subject",
    [FIGURE_ACT_BEFORE] = "figure.act_before_count",
    [FIGURE_ACT_BEHIND] = "figure.count_before_act",
    [FIGURE_VERB_BEFORE] = "figure.verb_before_count",
    [FIGURE_AND_OTHERS] = "figure.and_others",
    [FIGURE_INHERITED] = "figure.inherited",
    [FIGURE_RATE_BEFORE] = "figure.rate_before",
    [FIGURE_SHARE] = "figure.share",
    [FIGURE_CHANGE] = "figure.change",
    [FIGURE_PART] = "figure.part",
};

static void set_value(struct pass *p, struct finding *out, const struct figure *f)
{
    pass_set(p, out, FINDING_VALUE, decimal_text(f->value.value, p->a));
    if (f->value.ranged)
        pass_set(p, out, FINDING_VALUE_MAX, decimal_text(f->value.max, p->a));
    pass_set(p, out, FINDING_UNIT, f->unit_text);
    if (f->bound != BOUND_EXACT)
        pass_set_str(p, out, FINDING_BOUND, bound_names[f->bound]);
}

static void set_part(struct pass *p, struct finding *out, const struct figures *all, const struct figure *f)
{
    if (f->has_whole_value)
        pass_set(p, out, FINDING_PART_OF, decimal_text(f->whole_value, p->a));
    else if (f->whole != NOWHERE)
        pass_set(p, out, FINDING_PART_OF, decimal_text(all->f[f->whole].value.value, p->a));
}

/* A word within the figure's own ground: 五级人大代表. 组织三级人大代表开展视察4次 is the organiser's all the same. */
static struct span scope_on_own_ground(const struct sentence *s, const struct figure *f)
{
    bool of_deputies = span_has(f->subject, SPAN("代表")) || span_has(f->subject, SPAN("人大"));
    if (span_ends(f->subject, SPAN("会")) || span_ends(f->subject, SPAN("会议")))
        return (struct span){ NULL, 0 }; /* 县乡人大工作推进会 is held by the one above */
    for (size_t i = f->number > f->left + SCOPE_BACK ? f->number - SCOPE_BACK : f->left; i < f->used_to; i++) {
        const struct lex_row *row = token_row(s, i, LEX_SCOPE);
        if (row != NULL && (of_deputies || !span_is(row->f[1], "all_levels")))
            return row->f[1];
    }
    return (struct span){ NULL, 0 };
}

/* 全省建成12836个代表联络站: of all levels of the place, for what deputies have and do at every level. */
static bool of_whole_place(const struct pass *p, const struct finding *out, const struct figure *f)
{
    static const struct span measures[] = { WORD("deputies.stations"),  WORD("deputies.groups"),
                                            WORD("deputies.incumbent"), WORD("deputies.participating"),
                                            WORD("voters.contacted"),   WORD("opinions.") };
    static const struct span words[] = { WORD("全省"), WORD("全市"), WORD("全区") };
    if (p->place.level != LEVEL_PROVINCE)
        return false; /* what 全市 and 全县 mean is less clear */
    struct span key = finding_get(out, FINDING_METRIC);
    bool measured = false, named = false;
    for (size_t i = 0; i < COUNT(measures); i++)
        measured |= span_starts(key, measures[i]);
    if (!measured)
        return false;
    struct span before = tokens_span(p->s, f->number > CONTEXT_BACK ? f->number - CONTEXT_BACK : 0, f->used_to);
    for (size_t i = 0; i < COUNT(words); i++)
        named |= span_has(before, words[i]);
    return named;
}

/* Whose count it is: of its own ground, or of 配合…, 联动… in its clause. */
static struct span scope_of(const struct pass *p, const struct finding *out, const struct figure *f)
{
    struct span scope = scope_on_own_ground(p->s, f);
    if (span_is(scope, "lower") && span_is(finding_get(out, FINDING_METRIC), "laws.approved"))
        return (struct span){ NULL, 0 }; /* approving the laws of those below is the congress's own work */
    if (scope.n > 0)
        return scope;
    scope = pass_scope(p, f->number);
    if (span_is(scope, "assisted") || span_is(scope, "joint"))
        return scope;
    return of_whole_place(p, out, f) ? SPAN("all_levels") : (struct span){ NULL, 0 };
}

/* 市政府系统办理…建议情况: the title says whose work it is. */
static bool title_is_of_government(struct span title)
{
    return span_has(title, SPAN("政府")) && (span_has(title, SPAN("办理")) || span_has(title, SPAN("承办"))) &&
           (span_has(title, SPAN("建议")) || span_has(title, SPAN("议案"))) && !span_has(title, SPAN("人大常委会")) &&
           (span_ends(title, SPAN("情况")) || span_ends(title, SPAN("报告")) || span_ends(title, SPAN("汇报")));
}

struct span figure_reporter(const struct pass *p)
{
    static const struct span mandates[] = {
        WORD("政府委托"),         WORD("国务院委托"),       WORD("我代表市人民政府"), WORD("我代表县人民政府"),
        WORD("我代表区人民政府"), WORD("我代表省人民政府"), WORD("我代表市政府"),     WORD("我代表县政府"),
        WORD("我代表区政府"),     WORD("受市长委托"),       WORD("受县长委托"),       WORD("受区长委托")
    };
    struct span head = text_cut(p->art->f[ARTICLE_TEXT], REPORT_HEAD_BYTES), title = p->art->f[ARTICLE_TITLE];
    if (title_is_of_government(title))
        return SPAN("government");
    for (size_t i = 0; i < COUNT(mandates) && span_has(head, SPAN("我")); i++) {
        if (span_has(head, mandates[i]))
            return span_has(title, SPAN("审计")) ? SPAN("audit") : SPAN("government");
    }
    return (struct span){ NULL, 0 };
}

/* A part is the work of who did the whole. */
static struct span actor_of(const struct pass *p, const struct finding *out, const struct figures *all,
                            const struct figure *f)
{
    struct span actor = pass_actor(p, f->number);
    if (actor.n == 0 && f->part && f->whole != NOWHERE)
        return all->f[f->whole].actor;
    if (actor.n == 0 && span_is(finding_get(out, FINDING_METRIC), "opinions.collected") &&
        span_has(f->action, SPAN("提出")))
        return SPAN("deputies");
    return actor.n == 0 ? all->reporter : actor;
}

/* What came in at the meeting that the clause names; of suggestions and motions, that the sentence names. */
static bool at_named_meeting(const struct pass *p, const struct finding *out, const struct figure *f)
{
    if (p->sentence_meeting.n == 0 || p->sentence_meeting_token >= f->number)
        return false;
    struct span metric = finding_get(out, FINDING_METRIC);
    bool received = span_is(metric, "suggestions.received") || span_is(metric, "motions.received");
    return received || clause_begin(p->s, f->number) <= p->sentence_meeting_token;
}

/* The period that the sentence gives; but what a campaign or a meeting counts is of that one event. */
static void set_period(struct pass *p, struct finding *out, const struct figure *f)
{
    const struct period event = { .type = PERIOD_EVENT };
    struct period period = pass_period(p, f->number);
    if (p->campaign.n > 0 && !pass_period_named(p, f->number)) {
        period = event;
    } else if (at_named_meeting(p, out, f) && !(period.type == PERIOD_AS_OF && f->inherited)) {
        if (period.type != PERIOD_EVENT)
            period = event;
        pass_set(p, out, FINDING_MEETING, p->sentence_meeting);
    }
    bool stock = f->action_token != NOWHERE && verb_of_stock(p->s, f->action_token);
    if (stock && (period.type == PERIOD_NONE || period.type == PERIOD_EVENT))
        period = (struct period){ PERIOD_AS_OF, { 0 }, period.from }; /* 代表现有303名 */
    if (period.type == PERIOD_NONE)
        period.type = PERIOD_EVENT;
    if (pass_within_meeting(p, f->number))
        pass_set_meeting(p, out, f->number);
    pass_set_period(p, out, period);
}

void figure_report(struct pass *p, const struct figures *all, struct figure *f, const struct metric_words *words)
{
    const struct sentence *s = p->s;
    struct finding *out = pass_add(p, KIND_FIGURE, s->t[f->number].from, s->t[f->unit].to, rule_names[f->rule]);
    pass_set(p, out, FINDING_SUBJECT, f->subject);
    pass_set(p, out, FINDING_ACTION, f->action);
    set_value(p, out, f);
    if (f->whole != NOWHERE)
        f->whole_metric = all->f[f->whole].metric;
    metric_set(p, out, f, words);
    set_part(p, out, all, f);
    pass_set(p, out, FINDING_SCOPE, scope_of(p, out, f));
    f->actor = actor_of(p, out, all, f);
    pass_set(p, out, FINDING_ACTOR, f->actor);
    if (pass_planned(p, f->number))
        pass_set_str(p, out, FINDING_PLANNED, "true");
    set_period(p, out, f);
}
