/* figure_subject.c - what a number counts. In this order: a noun phrase behind it (12名代表), one before it
 * (建议186件), the act behind it (6次考察), a list that 等 ends, the object of the verb before it, or what was counted
 * before. */
#include "worker/findings/figure.h"

/* ---- behind the number ---- */

static void action_of_phrase_behind(const struct sentence *s, const struct figures *all, struct figure *f,
                                    struct phrase ph, size_t limit)
{
    const struct figure *last = figures_last(all);
    size_t verb = verb_of_number(s, f->number, f->left), describing = verb_describing(s, f->number, f->left);
    bool sends = verb != NOWHERE && (token_verb(s, verb, VERB_ORGANIZE) || token_is(s, verb, "邀请"));
    if (sends) /* 组织67名代表向选民述职 */
        action_behind(s, f, ph.to, limit);
    if (f->action.n == 0 && verb != NOWHERE) {
        action_set(s, f, verb);
        action_of_light_verb(s, f, ph);
    } else if (f->action.n == 0 && last != NULL && last->action.n > 0 && figures_listed(s, last, f)) {
        action_share(s, f, last, ph);
    } else if (f->action.n == 0) {
        action_behind(s, f, ph.to, limit);
        if (f->action.n == 0 && describing != NOWHERE)
            action_set(s, f, describing);
    }
    if (f->action.n > 0 && describing != NOWHERE && f->action_token == NOWHERE)
        f->action_token = describing;
}

/* 6位公民旁听: the noun ends where what they did begins. */
static void split_off_act(const struct sentence *s, struct figure *f, struct phrase *ph)
{
    bool people = span_is(f->unit_text, "名") || span_is(f->unit_text, "位") || span_is(f->unit_text, "人");
    size_t last = ph->to - 1;
    if (!people || ph->to < ph->from + 2 || !token_ends_clause(s, ph->to) ||
        !(token_verb(s, last, VERB_ATTEND) || token_verb(s, last, VERB_VISIT)))
        return;
    ph->to = last;
    f->subject = phrase_span(s, *ph);
    action_set_one(s, f, last);
}

static void subject_behind(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph,
                           size_t limit)
{
    f->forward = true;
    f->rule = FIGURE_SUBJECT_BEHIND;
    f->subject = phrase_span(s, ph);
    f->used_to = ph.to;
    split_off_act(s, f, &ph);
    if (f->action.n == 0)
        action_of_phrase_behind(s, all, f, ph, limit);
}

/* 先后6次考察湖北: the act is counted. */
static bool act_behind(const struct sentence *s, struct figure *f, size_t limit)
{
    size_t i = f->used_to;
    if (!span_is(f->unit_text, "次"))
        return false;
    if (i < limit && token_noun(s, i, NOUN_PREP)) { /* 先后42次向县委请示汇报 */
        size_t begin = i;
        while (i < limit && i - begin < SUBJECT_MAX && !token_acts(s, i) && !token_ends_clause(s, i))
            i++;
    }
    if (!token_in(s, i, LEX_BIT(VERB)) || i >= limit)
        return false;
    size_t end = phrase_end(s, i + 1, limit);
    bool object = end > i + 1 && !token_verb(s, i, VERB_VISIT) && !token_verb(s, i, VERB_SAY);
    f->rule = FIGURE_ACT_BEHIND;
    action_set_one(s, f, i);
    f->subject = tokens_span(s, object ? i + 1 : i, end);
    f->used_to = end > i + 1 ? end : i + 1;
    f->forward = true;
    return true;
}

/* ---- the object of the verb before ---- */

/* 代表联络站:新建7个、提升15个: what stands before the colon is counted. */
static bool subject_before_colon(const struct sentence *s, struct figure *f)
{
    struct phrase ph;
    size_t i = f->number;
    while (i > 0 && f->number - i < CONTEXT_BACK && !token_colon(s, i - 1))
        i--;
    if (i == 0 || f->number - i >= CONTEXT_BACK || !phrase_before(s, i - 1, clause_begin(s, i - 1), &ph))
        return false;
    f->subject = phrase_span(s, ph);
    return true;
}

/* 年均, 同比: how a change is reckoned, no part of what changes. */
static bool is_rate_word(const struct sentence *s, size_t i)
{
    return token_is(s, i, "年均") || token_is(s, i, "同比") || token_is(s, i, "环比") || token_is(s, i, "平均") ||
           token_is(s, i, "比上年") || token_is(s, i, "较上年") || token_is(s, i, "分别") || token_is(s, i, "预计");
}

/* 比上年同期, 较…: what it is compared with. */
static bool is_comparison(struct span subject)
{
    return span_has(subject, SPAN("同比")) || span_has(subject, SPAN("同期")) || span_has(subject, SPAN("比上年")) ||
           span_has(subject, SPAN("较上年")) || span_starts(subject, SPAN("较")) || span_starts(subject, SPAN("比"));
}

/* 收入增长3.5%, 专科占28%: what changes or is a share stands before the verb; else it is the amount before. */
static void subject_changing(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb)
{
    struct phrase ph;
    size_t i = verb;
    while (i > f->left && is_rate_word(s, i - 1))
        i--;
    if (i > f->left && phrase_before(s, i, f->left, &ph)) {
        f->subject = phrase_span(s, ph);
        if (!is_comparison(f->subject))
            return;
        f->subject = (struct span){ NULL, 0 };
    }
    inherit_amount(all, f);
}

bool subject_handled(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb)
{
    static const struct span things[] = { WORD("问题"), WORD("事项"), WORD("任务"),
                                          WORD("诉求"), WORD("线索"), WORD("案件") };
    size_t begin = clause_begin(s, verb), end = begin > 0 ? begin - 1 : 0;
    if (end == 0 || s->t[end].type != TOK_COMMA || (all->n > 0 && figures_last(all)->used_to >= end))
        return false;
    struct span last = token_span(s, &s->t[end - 1]);
    for (size_t i = 0; i < COUNT(things); i++) {
        if (!span_ends(last, things[i]))
            continue;
        f->subject = (struct span){ last.p + last.n - things[i].n, things[i].n };
        return true;
    }
    return false;
}

bool verb_of_stock(const struct sentence *s, size_t i)
{
    return token_is(s, i, "现有") || token_is(s, i, "实有") || token_is(s, i, "共有") || token_is(s, i, "建有") ||
           token_is(s, i, "设有");
}

/* What a verb that is no change acts on. */
static void subject_acted_on(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb)
{
    struct phrase ph;
    bool handles = token_verb(s, verb, VERB_HANDLE);
    if (token_verb(s, verb, VERB_ATTEND) || verb_of_stock(s, verb)) { /* 组成人员应到61人, 代表现有303名 */
        if (figures_of_unit(all, f->unit_text) == NULL && verb > f->left && phrase_before(s, verb, f->left, &ph))
            f->subject = phrase_span(s, ph);
    } else if (handles && subject_handled(s, all, f, verb)) {
        return;
    }
    if (f->subject.n == 0)
        inherit_same_unit(all, f);
}

void subject_of_verb(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb)
{
    bool share = token_verb(s, verb, VERB_SHARE);
    f->rule = FIGURE_VERB_BEFORE;
    action_set(s, f, verb);
    if (share)
        f->action = (struct span){ NULL, 0 };
    if (share || token_verb(s, verb, VERB_CHANGE)) {
        f->rule = share ? FIGURE_SHARE : FIGURE_CHANGE;
        subject_changing(s, all, f, verb);
    } else {
        subject_acted_on(s, all, f, verb);
    }
    if (f->subject.n == 0 && (token_verb(s, verb, VERB_HANDLE) || token_is(s, verb, "承办")))
        inherit_counted(all, f);
    if (token_is(s, verb, "分为") || token_is(s, verb, "划分为"))
        return; /* 分为五类 counts nothing that was done */
    if (f->subject.n == 0 && !share && !subject_before_colon(s, f))
        f->subject = f->action.n > 0 ? f->action : token_span(s, &s->t[verb]);
}

/* ---- nothing beside the number ---- */

/* 满意率逐年上升,由2017年的91.5%提高到…: the rate that the clause before speaks of, without a number of its own. */
static bool rate_before(const struct sentence *s, struct figure *f)
{
    struct phrase ph;
    size_t end = clause_begin(s, f->number);
    for (size_t i = end > 0 ? end - 1 : 0; i > 0 && !token_ends_clause(s, i - 1); i--) {
        if (s->t[i - 1].type == TOK_NUMBER)
            return false;
        if (span_ends(token_span(s, &s->t[i - 1]), SPAN("率")) && phrase_before(s, i, clause_begin(s, i - 1), &ph)) {
            f->subject = phrase_span(s, ph);
            f->rule = FIGURE_RATE_BEFORE;
            return true;
        }
    }
    return false;
}

/* 已经解决的102件: nothing but the description itself. */
static void subject_described(const struct sentence *s, struct figure *f)
{
    size_t end = f->number, begin = f->left;
    while (begin < end && (token_noun(s, begin, NOUN_PART) || s->t[begin].type == TOK_LIST))
        begin++;
    if (end > begin + 1 && token_is(s, end - 1, "的") && end - begin < SUBJECT_MAX)
        f->subject = tokens_span(s, begin, end - 1);
}

/* 占承办总数的28%: the verb some words before the number. */
static size_t share_before(const struct sentence *s, const struct figure *f)
{
    for (size_t i = f->number; f->unit_kind == UNIT_RATE && i > f->left && f->number - i < 8; i--) {
        if (token_verb(s, i - 1, VERB_SHARE))
            return i - 1;
    }
    return NOWHERE;
}

/* The clause before ended with the subject: 营业收入1235亿元,同比增长3.5% or 满意率,达到98%. */
void subject_unnamed(const struct sentence *s, const struct figures *all, struct figure *f)
{
    size_t i = phrase_before_fillers(s, f->number, f->left);
    f->rule = FIGURE_INHERITED;
    if (i > f->left && token_in(s, i - 1, LEX_BIT(VERB))) {
        subject_of_verb(s, all, f, i - 1);
        return;
    }
    size_t share = share_before(s, f);
    if (share != NOWHERE) {
        subject_of_verb(s, all, f, share);
        return;
    }
    if (f->unit_kind == UNIT_RATE && rate_before(s, f))
        return;
    if (f->unit_kind != UNIT_COUNT || !inherit_same_unit(all, f))
        inherit_any(all, f);
    const struct figure *last = figures_last(all);
    if (last != NULL && last->used_to == f->number && f->action.n == 0) { /* 接待群众37批112人次 */
        f->action = last->action;
        f->action_token = last->action_token;
    }
    if (f->subject.n == 0 && i > f->left && token_is(s, i - 1, "的"))
        inherit_carried(s, all, f, i - 1); /* 149件建议…。已经解决的103件 */
    if (f->subject.n == 0 && f->number > f->left && token_is(s, f->number - 1, "这"))
        inherit_carried(s, all, f, f->left); /* …149件。这149件中 */
    if (f->subject.n == 0)
        subject_described(s, f);
}

/* 张某某、李某某等5人. */
static bool subject_and_others(const struct sentence *s, struct figure *f)
{
    struct phrase list;
    if (f->number <= f->left || !token_is(s, f->number - 1, "等") ||
        !phrase_list_before(s, f->number - 1, f->left, &list))
        return false;
    f->subject = phrase_span(s, list);
    f->rule = FIGURE_AND_OTHERS;
    return true;
}

/* ---- all of them ---- */

/* 召开常务会议6次、专题会议14次研究…: a list of subjects before their numbers; what follows the last is said of all. */
static bool list_goes_on(const struct sentence *s, const struct figures *all, const struct figure *f)
{
    struct phrase ph;
    const struct figure *last = figures_last(all);
    return last != NULL && !last->forward && token_acts(s, f->used_to) && figures_listed(s, last, f) &&
           span_eq(last->unit_text, f->unit_text) && phrase_before(s, f->number, f->left, &ph) &&
           !token_acts(s, ph.to - 1);
}

/* Whether a noun behind the unit may be what is counted: 12名代表, 62.8%的代表. */
static bool counts_what_follows(const struct sentence *s, const struct figure *f)
{
    if (f->unit_kind == UNIT_RATE)
        return token_is(s, f->used_to, "的");
    return f->unit_kind == UNIT_COUNT && !f->value.percent;
}

/* Behind the unit goes on what was done: 向…汇报, 研究…. */
static bool acts_behind(const struct sentence *s, const struct figure *f, size_t limit)
{
    size_t i = f->used_to;
    return i < limit && ((token_in(s, i, LEX_BIT(VERB)) && !token_verbal_noun(s, i)) || token_is(s, i, "向"));
}

void subject_read(const struct sentence *s, const struct figures *all, struct figure *f, size_t limit)
{
    struct phrase ph;
    bool goes_on = list_goes_on(s, all, f);
    if (!goes_on && counts_what_follows(s, f) && phrase_behind(s, f->used_to, limit, &ph)) {
        subject_behind(s, all, f, ph, limit);
        return;
    }
    bool named = phrase_before(s, f->number, f->left, &ph);
    if ((!named || (acts_behind(s, f, limit) && !goes_on)) && act_behind(s, f, limit))
        return;
    if (named)
        subject_before(s, all, f, ph);
    else if (subject_and_others(s, f))
        return;
    else
        subject_unnamed(s, all, f);
    if (f->action.n == 0)
        action_behind(s, f, f->used_to, limit);
}

void subject_trim(struct figure *f)
{
    static const struct span heads[] = { WORD("各项"), WORD("各类"), WORD("各级"), WORD("有关"), WORD("相关"),
                                         WORD("全部"), WORD("所有"), WORD("全市"), WORD("全区"), WORD("全县"),
                                         WORD("全省"), WORD("全州"), WORD("本"),   WORD("届") };
    static const struct span tails[] = { WORD("等活动"), WORD("等工作"), WORD("情况"), WORD("等") };
    for (size_t i = 0; i < COUNT(heads); i++) {
        struct span w = heads[i];
        if (span_starts(f->subject, w) && f->subject.n > w.n + 3) {
            f->subject.p += w.n;
            f->subject.n -= w.n;
        }
    }
    for (size_t i = 0; i < COUNT(tails); i++) {
        struct span w = tails[i];
        if (span_ends(f->subject, w) && f->subject.n > w.n + 3)
            f->subject.n -= w.n;
    }
    f->subject = text_trim(f->subject);
}
