/* figure_subject_before.c - a noun phrase stands before the number. Mostly it is what is counted (建议186件), but it
 * may be an act that leaves its object out (修改5部), a class of answers (A类12件), who got the things
 * (移送公安机关4件), or what the counted people attend. */
#include "worker/findings/figure.h"

/* ---- the phrase is not what is counted ---- */

static bool counts_times(struct span unit)
{
    return span_is(unit, "次") || span_is(unit, "场") || span_is(unit, "人次") || span_is(unit, "场次");
}

/* An act that says what was done to the things named before: 修改5部, 主动审查63件, 书面评议3名. */
static bool acts_on_named(const struct sentence *s, const struct figure *f, size_t i)
{
    bool people = span_is(f->unit_text, "名") || span_is(f->unit_text, "人") || span_is(f->unit_text, "位");
    bool act = token_verb(s, i, VERB_ADOPT) || token_verb(s, i, VERB_HANDLE) || token_verb(s, i, VERB_REVIEW) ||
               token_verb(s, i, VERB_APPOINT) || word_is(s->t[i].w, LEX_FORM, FORM_RECORD_REVIEW) ||
               (people && token_in(s, i, LEX_BIT(FORM)));
    return act && token_verbal_noun(s, i);
}

/* 修改5部, 机关修改7件 behind 制定单行条例3部: only the act is said, its object is the one named before. */
static bool act_alone(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph)
{
    if (counts_times(f->unit_text))
        return false;
    while (ph.to > ph.from + 1 && (s->t[ph.to - 1].in_paren || s->t[ph.to - 1].type == TOK_PAREN_CLOSE ||
                                   s->t[ph.to - 1].type == TOK_PAREN_OPEN))
        ph.to--; /* 修改(修订)11件 */
    size_t last = ph.to - 1;
    bool described = ph.to < f->number && token_is(s, ph.to, "的"); /* 已经解决的91件 */
    if (!described && (ph.to - ph.from > 2 || !acts_on_named(s, f, last)))
        return false;
    const struct figure *before = figures_of_unit(all, f->unit_text);
    if (before == NULL && span_is(f->unit_text, "件次")) /* 制定法规37件,修改21件次 */
        before = figures_of_unit(all, SPAN("件"));
    if (before != NULL && token_verb(s, last, VERB_APPOINT) && span_ends(before->action, before->subject))
        return false; /* 辞职7人,任命6人: each act is counted */
    if (before != NULL)
        f->subject = before->subject;
    else if (!described || !inherit_counted(all, f))
        return false;
    f->inherited = true;
    if (token_acts(s, last))
        action_set_within(s, f, last, ph);
    f->rule = FIGURE_ACT_BEFORE;
    return true;
}

/* A类, “B”类: how a suggestion was answered. */
static bool is_class(struct span text)
{
    const char *q = text.p, *end = text.p + text.n;
    if (span_starts(text, SPAN("“")))
        q += strlen("“");
    uint32_t c = q < end ? text_next(&q, end) : 0;
    bool letter = (c >= 'A' && c <= 'D') || (c >= 0xFF21 && c <= 0xFF24);
    struct span rest = span_between(q, end);
    return letter && (span_is(rest, "类") || span_is(rest, "”类") || span_is(rest, "类”") || span_is(rest, "级"));
}

static bool class_of_answers(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph)
{
    if (!is_class(phrase_span(s, ph)))
        return false;
    subject_unnamed(s, all, f);
    if (f->subject.n == 0)
        inherit_carried(s, all, f, ph.from);
    return f->subject.n > 0;
}

/* …等问题,整改13个: the phrase is a verb, and what it handled ended the clause before. */
static bool handling(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph)
{
    if (ph.to != ph.from + 1 || !token_verb(s, ph.from, VERB_HANDLE) || !subject_handled(s, all, f, ph.from))
        return false;
    action_set(s, f, ph.from);
    return true;
}

/* 已支出7.2亿元: a noun that 已 makes a verb. */
static bool is_spent(const struct sentence *s, struct phrase ph, size_t left)
{
    size_t i = ph.from;
    return ph.to == i + 1 && i > left && (token_is(s, i, "支出") || token_is(s, i, "投入")) &&
           (token_is(s, i - 1, "已") || token_is(s, i - 1, "已经") || token_is(s, i - 1, "累计"));
}

/* 移送公安机关4件: who gets them. */
static bool is_receiver(const struct sentence *s, struct phrase ph, size_t left)
{
    static const struct span bodies[] = { WORD("机关"),   WORD("部门"), WORD("单位"), WORD("法院"),
                                          WORD("检察院"), WORD("政府"), WORD("监委"), WORD("机构") };
    size_t i = ph.from;
    if (i <= left || (!token_is(s, i - 1, "移送") && !token_is(s, i - 1, "移交") && !token_is(s, i - 1, "转交") &&
                      !token_is(s, i - 1, "转办")))
        return false;
    for (size_t k = 0; k < COUNT(bodies); k++) {
        if (span_ends(phrase_span(s, ph), bodies[k]))
            return true;
    }
    return false;
}

/* What was spent or handed over is what was counted before. */
static bool spent_or_handed_over(const struct sentence *s, const struct figures *all, struct figure *f,
                                 struct phrase ph)
{
    bool spent = is_spent(s, ph, f->left);
    if ((!spent && !is_receiver(s, ph, f->left)) || figures_of_unit(all, f->unit_text) == NULL)
        return false;
    inherit_same_unit(all, f);
    action_set_one(s, f, spent ? ph.from : ph.from - 1);
    return true;
}

/* 占比70.4%; but 得到解决的占比由61.2%提高到68.7% names it. */
static bool share_word(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph)
{
    size_t i = ph.from;
    if (ph.to > i + 1 && token_verb(s, i, VERB_SHARE) && span_has(phrase_span(s, ph), SPAN("总"))) {
        subject_of_verb(s, all, f, i); /* 占承办总数的28% */
        return true;
    }
    if (ph.to != i + 1)
        return false;
    if (token_is(s, i, "占比") && i > f->left && token_is(s, i - 1, "的")) {
        f->subject = phrase_span(s, ph);
        return true;
    }
    if (!token_verb(s, i, VERB_SHARE))
        return false;
    subject_of_verb(s, all, f, i);
    return true;
}

/* ---- it is ---- */

/* 参加执法检查、视察等活动730人次: what is attended, not who attends. */
static bool names_event(struct span text)
{
    static const struct span people[] = { WORD("人员"), WORD("代表"), WORD("委员"), WORD("群众"), WORD("公民") };
    for (size_t i = 0; i < COUNT(people); i++) {
        if (span_ends(text, people[i]))
            return false; /* 应出席常委会组成人员54人 */
    }
    static const struct span words[] = { WORD("会"),   WORD("活动"), WORD("检查"), WORD("视察"),
                                         WORD("调研"), WORD("监督"), WORD("旁听"), WORD("评议") };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (span_has(text, words[i]))
            return true;
    }
    return false;
}

/* 邀请代表列席会议60人次: those who attend are counted. */
static void count_who_attends(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb)
{
    struct phrase who;
    bool people = span_is(f->unit_text, "人次") || span_is(f->unit_text, "名") || span_is(f->unit_text, "人");
    if (!people || !token_verb(s, verb, VERB_ATTEND) || !names_event(f->subject))
        return;
    const struct figure *before = figures_of_unit(all, f->unit_text);
    if (verb > f->left && phrase_before(s, verb, f->left, &who))
        f->subject = phrase_span(s, who);
    else if (before != NULL)
        f->subject = before->subject;
}

/* 召开常委会会议41次,主任会议78次: the clause begins with what is counted, and the verb before governs it too. */
static bool goes_on_after_comma(const struct sentence *s, const struct figure *before, const struct figure *f,
                                size_t from)
{
    return from > 0 && s->t[from - 1].type == TOK_COMMA && before->used_to == from - 1 && !before->forward &&
           !before->part && before->action_token != NOWHERE && verb_reaches_far(s, before->action_token) &&
           span_eq(before->unit_text, f->unit_text) && f->unit_kind == UNIT_COUNT &&
           before->rule == FIGURE_SUBJECT_BEFORE;
}

/* 收到报送备案的法规等文件12件, 收到9位代表提出的建议3件: the verb before the clause that describes. */
static size_t verb_past_relative(const struct sentence *s, size_t i, size_t left)
{
    for (size_t k = i; k > left && i - k < SUBJECT_MAX; k--) {
        if (token_is(s, k - 1, "的"))
            return verb_of_clause(s, k - 1, left);
        if (s->t[k - 1].type == TOK_NUMBER || token_plain_verb(s, k - 1))
            return NOWHERE;
    }
    return NOWHERE;
}

/* 通过法规30件,修改法规56件: an act of its own begins the phrase. */
static bool begins_with_act(const struct sentence *s, struct phrase ph)
{
    return ph.to > ph.from + 1 && token_verbal_noun(s, ph.from) && token_verb(s, ph.from, VERB_ADOPT) &&
           !token_acts(s, ph.to - 1);
}

static void counted(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph)
{
    const struct figure *last = figures_last(all);
    size_t verb = verb_governing(s, ph.from, f->left);
    if (ph.from > f->left && token_noun(s, ph.from - 1, NOUN_PREP))
        verb = NOWHERE;
    f->subject = phrase_span(s, ph);
    if (verb != NOWHERE)
        count_who_attends(s, all, f, verb);
    else
        verb = verb_past_relative(s, ph.from, clause_begin(s, f->number));
    if (verb != NOWHERE && !token_is(s, verb, "会同") && !token_verb(s, verb, VERB_SUPPORT)) {
        action_set(s, f, verb);
        action_of_light_verb(s, f, ph);
    } else if (last != NULL && last->action.n > 0 && !begins_with_act(s, ph) &&
               (figures_listed(s, last, f) || goes_on_after_comma(s, last, f, ph.from))) {
        action_share(s, f, last, ph);
    } else {
        action_within(s, f, ph);
    }
}

void subject_before(const struct sentence *s, const struct figures *all, struct figure *f, struct phrase ph)
{
    f->rule = FIGURE_SUBJECT_BEFORE;
    bool otherwise = act_alone(s, all, f, ph) || class_of_answers(s, all, f, ph) || handling(s, all, f, ph) ||
                     spent_or_handed_over(s, all, f, ph) || share_word(s, all, f, ph);
    if (!otherwise)
        counted(s, all, f, ph);
}
