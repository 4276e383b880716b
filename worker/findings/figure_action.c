/* figure_action.c - which verb says what was done with the things that a figure counts. The nearest verb to the left is
 * it in most sentences; others stand far before a list, behind the subject, or hide as a verbal noun within it. */
#include "worker/findings/figure.h"

/* ---- the verb that governs ---- */

size_t verb_governing(const struct sentence *s, size_t i, size_t left)
{
    for (; i > left; i--) {
        if (token_is(s, i - 1, "的"))
            return NOWHERE;
        if (token_acts(s, i - 1) && !phrase_filler(s, i - 1) && !s->t[i - 1].quoted)
            return i - 1;
    }
    return NOWHERE;
}

/* The plain verb before a list of examples: 细化为财经、城建等40个小组. */
static size_t verb_before_list(const struct sentence *s, size_t i, size_t left)
{
    for (size_t begin = i; i > left && begin - i < 2 * SUBJECT_MAX; i--) {
        if (token_plain_verb(s, i - 1) && !s->t[i - 1].quoted)
            return i - 1;
        if (token_is(s, i - 1, "的"))
            return NOWHERE;
    }
    return NOWHERE;
}

bool verb_reaches_far(const struct sentence *s, size_t i)
{
    const uint32_t far = 1u << VERB_HEAR | 1u << VERB_REVIEW | 1u << VERB_HOLD | 1u << VERB_ADOPT | 1u << VERB_RECEIVE |
                         1u << VERB_APPOINT | 1u << VERB_LIGHT | 1u << VERB_ORGANIZE | 1u << VERB_ATTEND |
                         1u << VERB_VISIT;
    return token_verbs(s, i, far);
}

/* A verb of listening, meeting, receiving … a few words before the number, or before the list that the number ends; not
 * a letter of some name that stands between. */
static size_t far_verb(const struct sentence *s, size_t near, size_t left)
{
    bool listed = false;
    for (size_t k = near; k > left && near - k < 2 * SUBJECT_MAX; k--) {
        bool close = near - k < 8;
        listed |= s->t[k - 1].type == TOK_LIST;
        if (token_is(s, k - 1, "对") || token_is(s, k - 1, "的"))
            return NOWHERE;
        if (!token_acts(s, k - 1))
            continue;
        if (verb_reaches_far(s, k - 1) && !s->t[k - 1].quoted)
            return close || listed ? k - 1 : NOWHERE;
        if (!close && !listed)
            return NOWHERE;
    }
    return NOWHERE;
}

size_t verb_of_number(const struct sentence *s, size_t i, size_t left)
{
    size_t near = i;
    if (near > left && token_is(s, near - 1, "等")) /* 选出“A”“B”等10个项目 */
        return verb_before_list(s, near - 1, left);
    while (near > left && (phrase_filler(s, near - 1) || token_noun(s, near - 1, NOUN_ADVERB)) &&
           !token_acts(s, near - 1))
        near--;
    size_t verb = verb_governing(s, i, left);
    bool next_to_it = verb != NOWHERE && verb + 1 >= near;
    return verb == NOWHERE || next_to_it ? verb : far_verb(s, near, left);
}

size_t verb_describing(const struct sentence *s, size_t i, size_t left)
{
    if (i < left + 2 || !token_is(s, i - 1, "的"))
        return NOWHERE;
    return token_in(s, i - 2, LEX_BIT(VERB)) ? i - 2 : NOWHERE;
}

/* 收到县政府报送备案的规范性文件: the first verb of the clause governs, those before 的 only describe. */
size_t verb_of_clause(const struct sentence *s, size_t de, size_t left)
{
    for (size_t i = left; i < de; i++) {
        if (token_acts(s, i) && !token_verb(s, i, VERB_SUPPORT) && !phrase_filler(s, i))
            return i;
        if (token_noun(s, i, NOUN_PREP))
            return NOWHERE;
    }
    return NOWHERE;
}

/* ---- the verbs that hang together ---- */

/* 听取、审议和讨论: from the first of the verbs that end with the one at token i. */
static struct phrase whole_verb(const struct sentence *s, size_t i, size_t left)
{
    struct phrase verbs = { i, i + 1 };
    while (verbs.from > left && !token_verb(s, i, VERB_LIGHT)) {
        size_t k = verbs.from - 1;
        if ((s->t[k].type == TOK_LIST || token_noun(s, k, NOUN_CONJ)) && k > left)
            k--;
        if (!token_acts(s, k) || token_verb(s, k, VERB_SUPPORT) || token_verb(s, k, VERB_LIGHT) ||
            token_verb(s, k, VERB_REACH))
            break;
        verbs.from = k;
    }
    return verbs;
}

/* Behind 列席和旁听, from its first verb. */
static size_t verbs_end(const struct sentence *s, size_t i)
{
    size_t end = i + 1;
    while (end + 1 < s->n && (s->t[end].type == TOK_LIST || token_noun(s, end, NOUN_CONJ) || token_is(s, end, "或")) &&
           token_acts(s, end + 1))
        end += 2;
    return end;
}

static void set_action(const struct sentence *s, struct figure *f, struct phrase verbs, size_t token)
{
    f->action = phrase_span(s, verbs);
    f->action_token = token;
}

void action_set(const struct sentence *s, struct figure *f, size_t verb)
{
    struct phrase verbs = whole_verb(s, verb, f->left);
    set_action(s, f, verbs, verbs.from);
}

void action_set_within(const struct sentence *s, struct figure *f, size_t verb, struct phrase ph)
{
    struct phrase verbs = whole_verb(s, verb, ph.from);
    set_action(s, f, verbs, verbs.from);
}

void action_set_one(const struct sentence *s, struct figure *f, size_t verb)
{
    set_action(s, f, (struct phrase){ verb, verb + 1 }, verb);
}

void action_share(const struct sentence *s, struct figure *f, const struct figure *before, struct phrase ph)
{
    f->action = before->action;
    f->action_token = before->action_token;
    action_of_light_verb(s, f, ph);
}

/* ---- verbal nouns ---- */

/* The verbal noun that ends the phrase, or stands before its 活动 or 工作. */
static size_t verbal_noun_in(const struct sentence *s, struct phrase ph)
{
    for (size_t i = ph.to; i > ph.from && ph.to - i < 2; i--) {
        if (token_verbal_noun(s, i - 1))
            return i - 1;
        if (i < ph.to && !token_is(s, i, "活动") && !token_is(s, i, "工作") && !token_is(s, i - 1, "等"))
            break;
    }
    return NOWHERE;
}

static bool only_acts(const struct sentence *s, struct phrase ph)
{
    for (size_t i = ph.from; i < ph.to; i++) {
        if (!token_acts(s, i) && s->t[i].type != TOK_LIST && !token_noun(s, i, NOUN_CONJ))
            return false;
    }
    return ph.to > ph.from;
}

void action_of_light_verb(const struct sentence *s, struct figure *f, struct phrase ph)
{
    if (f->action_token == NOWHERE)
        return;
    bool organised = token_verb(s, f->action_token, VERB_ORGANIZE) && only_acts(s, ph); /* 组织执法检查3次 */
    if (!token_verb(s, f->action_token, VERB_LIGHT) && !organised)
        return;
    size_t noun = verbal_noun_in(s, ph);
    if (noun != NOWHERE)
        f->action = phrase_span(s, whole_verb(s, noun, ph.from));
}

/* 区政府办理代表建议211件: a verbal noun right behind a body is its verb. */
static size_t act_of_body(const struct sentence *s, struct phrase ph)
{
    for (size_t i = ph.from + 1; i + 1 < ph.to; i++) {
        if (token_verbal_noun(s, i) &&
            (token_is(s, i - 1, "常委会") || token_is(s, i - 1, "政府") || token_is(s, i - 1, "区政府") ||
             token_is(s, i - 1, "市政府") || token_is(s, i - 1, "县政府") || token_is(s, i - 1, "省政府")))
            return i;
    }
    return NOWHERE;
}

/* 任免国家工作人员: behind the verbal nouns that a phrase begins with; its beginning where what they act on is missing.
 */
static size_t behind_leading_acts(const struct sentence *s, struct phrase ph)
{
    size_t i = ph.from;
    while (i < ph.to && (token_verbal_noun(s, i) || s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ)))
        i++;
    return i < ph.to ? i : ph.from;
}

void action_within(const struct sentence *s, struct figure *f, struct phrase ph)
{
    size_t act = act_of_body(s, ph);
    if (act != NOWHERE) {
        action_set_one(s, f, act);
        f->subject = tokens_span(s, act + 1, ph.to);
        return;
    }
    size_t rest = behind_leading_acts(s, ph);
    if (rest > ph.from && s->t[rest].type != TOK_LIST) {
        set_action(s, f, (struct phrase){ ph.from, rest }, ph.from);
        f->subject = tokens_span(s, rest, ph.to);
        return;
    }
    size_t noun = verbal_noun_in(s, ph);
    if (noun == NOWHERE)
        return;
    action_set_within(s, f, noun, ph);
    if (ph.from > f->left && token_noun(s, ph.from - 1, NOUN_PREP))
        f->subject = tokens_span(s, f->action_token, ph.to);
}

/* ---- the verb behind the subject ---- */

/* Behind a light verb at token k stands what was done: 进行调研, 得到解决, 完成整改; 完成 may stand alone. */
static void action_behind_light(const struct sentence *s, struct figure *f, size_t k, size_t limit)
{
    bool done = token_is(s, k, "完成");
    for (size_t i = k + 1; i < limit && i < k + 6 && !token_ends_clause(s, i); i++) {
        if (token_acts(s, i)) {
            set_action(s, f, (struct phrase){ done ? k : i, verbs_end(s, i) }, k);
            return;
        }
    }
    if (done)
        action_set_one(s, f, k);
}

static bool counts_people(struct span unit)
{
    return span_is(unit, "名") || span_is(unit, "位") || span_is(unit, "人");
}

void action_behind(const struct sentence *s, struct figure *f, size_t i, size_t limit)
{
    const uint32_t people_act = 1u << VERB_SAY | 1u << VERB_RECEIVE | 1u << VERB_REVIEW | 1u << VERB_HEAR;
    const uint32_t acts = 1u << VERB_VISIT | 1u << VERB_HANDLE | 1u << VERB_ATTEND | 1u << VERB_ADOPT |
                          1u << VERB_CHANGE | 1u << VERB_HOLD | 1u << VERB_BUILD |
                          (counts_people(f->unit_text) ? people_act : 0);
    for (size_t k = i; k < limit && k < i + 8 && !token_ends_clause(s, k); k++) {
        if (s->t[k].type == TOK_NUMBER || s->t[k].type == TOK_LIST)
            return;
        if (token_verb(s, k, VERB_LIGHT) || token_is(s, k, "得到")) {
            action_behind_light(s, f, k, limit);
            return;
        }
        if (token_verbs(s, k, acts)) {
            set_action(s, f, (struct phrase){ k, verbs_end(s, k) }, k);
            return;
        }
    }
}
