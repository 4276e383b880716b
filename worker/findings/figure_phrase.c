/* figure_phrase.c - where a noun phrase beside a number begins and ends. There is no grammar: a phrase goes on until a
 * word that cannot belong to it (a verb, 的, a stop, another number), and a few shapes that look so but do belong are
 * let through. */
#include "worker/findings/figure.h"

/* Ends a phrase without belonging to it, whatever stands around it. */
static bool is_stop_word(const struct sentence *s, size_t i)
{
    return token_noun(s, i, NOUN_STOP) || token_noun(s, i, NOUN_LIST_END) || token_noun(s, i, NOUN_PLAN) ||
           token_noun(s, i, NOUN_PART);
}

static bool is_break(const struct token *t)
{
    return t->type == TOK_COMMA || t->type == TOK_STOP || t->type == TOK_NUMBER || t->type == TOK_DATE ||
           t->type == TOK_SPACE;
}

/* ---- forward ---- */

/* The 、 at i goes on with what a new figure or a new verb is about. */
static bool list_ends_phrase(const struct sentence *s, size_t i, size_t limit)
{
    for (size_t k = i + 1; k < limit && k < i + 8 && s->t[k].type != TOK_LIST; k++) {
        if (s->t[k].type == TOK_NUMBER)
            return true;
    }
    return token_plain_verb(s, i + 1);
}

static bool conjunction_ends_phrase(const struct sentence *s, size_t i, size_t limit)
{
    return token_plain_verb(s, i + 1) || (i + 1 < limit && s->t[i + 1].type == TOK_NUMBER);
}

static bool word_ends_phrase(const struct sentence *s, size_t i, bool first)
{
    if (token_is(s, i, "的"))
        return true;
    bool goes_on = !first && !token_ends_clause(s, i + 1);
    if (goes_on && (token_is(s, i, "以上") || token_is(s, i, "以下")))
        return false; /* 县级以上领导干部 */
    return is_stop_word(s, i) || token_noun(s, i, NOUN_PREP) || token_plain_verb(s, i) ||
           (goes_on && token_noun(s, i, NOUN_ADVERB));
}

static bool ends_phrase(const struct sentence *s, size_t i, size_t limit, bool first)
{
    const struct token *t = &s->t[i];
    if (is_break(t))
        return true;
    if (t->type == TOK_LIST)
        return first || list_ends_phrase(s, i, limit);
    if (token_noun(s, i, NOUN_CONJ))
        return first || conjunction_ends_phrase(s, i, limit);
    if (t->in_paren || t->type == TOK_OPEN || t->quoted)
        return false;
    return word_ends_phrase(s, i, first);
}

size_t phrase_end(const struct sentence *s, size_t i, size_t limit)
{
    size_t begin = i;
    while (i < limit && i - begin < SUBJECT_MAX && !ends_phrase(s, i, limit, i == begin))
        i++;
    while (i > begin && (s->t[i - 1].type == TOK_LIST || token_noun(s, i - 1, NOUN_CONJ)))
        i--;
    return i;
}

/* Nothing is counted behind the number: its clause ends, or goes on with what was done. */
static bool no_phrase_begins(const struct sentence *s, size_t i)
{
    const struct token *t = &s->t[i];
    if (token_is(s, i, "中") && token_ends_clause(s, i + 1)) /* 这778件中,… */
        return true;
    if (token_ends_clause(s, i) || t->type == TOK_LIST || t->type == TOK_PAREN_OPEN || t->type == TOK_PAREN_CLOSE ||
        t->type == TOK_CLOSE || token_noun(s, i, NOUN_CONJ) || is_stop_word(s, i) || token_noun(s, i, NOUN_PREP))
        return true;
    if ((token_noun(s, i, NOUN_ADVERB) && token_acts(s, i + 1)) || token_is(s, i, "未") || token_is(s, i, "尚未") ||
        token_is(s, i, "不") || token_is(s, i, "因") || token_is(s, i, "经") || token_is(s, i, "均") ||
        token_is(s, i, "已") || token_is(s, i, "正"))
        return true;
    return token_verbal_noun(s, i) && token_verb(s, i, VERB_HANDLE) && /* 已有28个整改到位 */
           (token_ends_clause(s, i + 1) || token_is(s, i + 1, "到位") || token_is(s, i + 1, "完毕") ||
            token_is(s, i + 1, "完成"));
}

static bool opens_relative(const struct sentence *s, size_t i)
{
    return i < s->n && (token_plain_verb(s, i) || token_is(s, i, "来自") || token_is(s, i, "关于"));
}

/* 45家承办单位, 3个暗访组: the verb belongs to the noun that it stands before. */
static bool verb_in_noun(const struct sentence *s, size_t i)
{
    if (!token_verb(s, i, VERB_VISIT) && !token_verb(s, i, VERB_HOLD) && !token_verb(s, i, VERB_ORGANIZE) &&
        !token_verb(s, i, VERB_ATTEND) && !token_verb(s, i, VERB_OTHER))
        return false;
    if (i + 1 >= s->n || s->t[i + 1].type == TOK_COMMA || s->t[i + 1].type == TOK_STOP)
        return false;
    return token_noun(s, i + 1, NOUN_GUARD) || token_is(s, i + 1, "组") || token_is(s, i + 1, "团") ||
           token_is(s, i + 1, "队");
}

/* Behind the 的 of the clause that describes from token i on; NOWHERE when none ends it. */
static size_t behind_relative(const struct sentence *s, size_t i, size_t limit)
{
    size_t k = i;
    while (k < limit && k - i < SUBJECT_MAX && !token_ends_clause(s, k) && s->t[k].type != TOK_NUMBER &&
           !token_is(s, k, "的"))
        k++;
    return token_is(s, k, "的") ? k + 1 : NOWHERE;
}

/* 12件群众关心的问题: what was taken for the noun only describes the one behind 的. */
static size_t end_behind_de(const struct sentence *s, size_t end, size_t limit)
{
    if (!token_is(s, end, "的") || end + 1 >= limit)
        return end;
    size_t more = phrase_end(s, end + 1, limit);
    return more > end + 1 ? more : end;
}

/* 10项2024年度民生实事项目: behind the year that a noun bears; i where none stands there. */
static size_t behind_year(const struct sentence *s, size_t i)
{
    if (i >= s->n || s->t[i].type != TOK_DATE || s->dates[s->t[i].value].from.month != 0)
        return i;
    i++;
    while (token_is(s, i, "度") || token_is(s, i, "年度") || token_is(s, i, "的"))
        i++;
    return i;
}

bool phrase_behind(const struct sentence *s, size_t i, size_t limit, struct phrase *ph)
{
    if (token_is(s, i, "的"))
        i++;
    if (i >= limit || no_phrase_begins(s, i))
        return false;
    if (opens_relative(s, i)) {
        bool times = i > 0 && (token_is(s, i - 1, "次") || token_is(s, i - 1, "场"));
        if (!times && verb_in_noun(s, i)) {
            *ph = (struct phrase){ i, phrase_end(s, i + 1, limit) };
            return true;
        }
        i = behind_relative(s, i, limit);
        if (i == NOWHERE)
            return false;
    }
    i = behind_year(s, i);
    *ph = (struct phrase){ i, end_behind_de(s, phrase_end(s, i, limit), limit) };
    size_t year = behind_year(s, ph->to);
    if (year > ph->to && year < limit && phrase_end(s, year, limit) > year) /* 8项某镇2022年度民生实事项目 */
        *ph = (struct phrase){ year, phrase_end(s, year, limit) };
    return ph->to > ph->from;
}

/* ---- backward ---- */

/* 由2017年的92.1%提升至2021年的98.7%, 由上年的61.2%: the times of a change stand between. */
static bool times_a_change(const struct sentence *s, size_t i)
{
    bool period = token_in(s, i, LEX_BIT(PERIOD)),
         from_before = i > 0 && (token_is(s, i - 1, "由") || token_is(s, i - 1, "从"));
    if (i + 1 < s->n && token_is(s, i + 1, "的") && (s->t[i].type == TOK_DATE || (period && from_before)))
        return true;
    if (token_is(s, i, "的") && i > 0 && (s->t[i - 1].type == TOK_DATE || token_in(s, i - 1, LEX_BIT(PERIOD))))
        return true;
    return (token_is(s, i, "由") || token_is(s, i, "从")) && i + 1 < s->n &&
           (s->t[i + 1].type == TOK_DATE || s->t[i + 1].type == TOK_NUMBER || token_in(s, i + 1, LEX_BIT(PERIOD)));
}

bool phrase_filler(const struct sentence *s, size_t i)
{
    enum bound bound;
    if (times_a_change(s, i))
        return true;
    if (token_colon(s, i) && i + 1 < s->n && s->t[i + 1].type == TOK_NUMBER) /* 主任会议:19次 */
        return true;
    return token_verb(s, i, VERB_REACH) || figure_bound(s, i, "before", &bound) || token_is(s, i, "先后") ||
           token_is(s, i, "分别") || token_is(s, i, "已") || token_is(s, i, "累计") || token_is(s, i, "共") ||
           token_is(s, i, "均") || token_is(s, i, "各") || token_is(s, i, "已经") || token_is(s, i, "全部") ||
           token_is(s, i, "都") || token_is(s, i, "了") || token_is(s, i, "共计") || token_is(s, i, "有") ||
           token_is(s, i, "预计") || token_is(s, i, "实际") || token_is(s, i, "就") || token_is(s, i, "仅") ||
           token_is(s, i, "平均") || token_is(s, i, "其中") || token_is(s, i, "这") || token_is(s, i, "上述") ||
           (i < s->n && s->t[i].type == TOK_SPACE);
}

/* 已经解决的(A类)103件: before a mark in parentheses that stands behind 的; else i. */
static size_t before_mark(const struct sentence *s, size_t i, size_t left)
{
    size_t k = i;
    if (k <= left || s->t[k - 1].type != TOK_PAREN_CLOSE)
        return i;
    while (k > left && s->t[k - 1].type != TOK_PAREN_OPEN && i - k < 8)
        k--;
    return k > left + 1 && s->t[k - 1].type == TOK_PAREN_OPEN && token_is(s, k - 2, "的") ? k - 1 : i;
}

size_t phrase_before_fillers(const struct sentence *s, size_t i, size_t left)
{
    while (i > left && phrase_filler(s, i - 1))
        i--;
    return before_mark(s, i, left);
}

bool phrase_list_before(const struct sentence *s, size_t i, size_t left, struct phrase *ph)
{
    ph->to = i;
    while (i > left && ph->to - i < SUBJECT_MAX &&
           (s->t[i - 1].type == TOK_LETTER || s->t[i - 1].type == TOK_WORD || s->t[i - 1].type == TOK_LIST ||
            (s->t[i - 1].type == TOK_NUMBER && s->numbers[s->t[i - 1].value].chinese)) &&
           !token_plain_verb(s, i - 1) && !token_noun(s, i - 1, NOUN_STOP))
        i--;
    ph->from = i;
    return ph->from < ph->to;
}

/* The token at i stands before a phrase, not in it; last: it would be its only one. */
static bool precedes_phrase(const struct sentence *s, size_t i, bool last)
{
    const struct token *t = &s->t[i];
    if (is_break(t))
        return true;
    if (t->quoted || t->in_paren || t->type == TOK_LIST || t->type == TOK_TITLE || token_noun(s, i, NOUN_CONJ))
        return false;
    return (token_is(s, i, "的") && !last) || is_stop_word(s, i) || token_plain_verb(s, i) ||
           (token_noun(s, i, NOUN_PREP) && t->to - t->from <= 3) || token_in(s, i, LEX_BIT(PERIOD));
}

static size_t phrase_begin(const struct sentence *s, size_t end, size_t left)
{
    size_t i = end;
    while (i > left && end - i < SUBJECT_MAX && !precedes_phrase(s, i - 1, i == end))
        i--;
    while (i < end && (s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ) || s->t[i].type == TOK_PAREN_CLOSE ||
                       (token_noun(s, i, NOUN_ADVERB) && i + 1 < end)))
        i++;
    return i;
}

/* 调研、视察和执法检查等活动: the list before 等 belongs to a phrase that says no more than activities. */
static size_t begin_of_list(const struct sentence *s, struct phrase ph, size_t left)
{
    struct phrase list;
    if (ph.from <= left || ph.to <= ph.from || ph.to - ph.from > 2 || !token_is(s, ph.from - 1, "等"))
        return ph.from;
    if (!token_is(s, ph.to - 1, "活动") && !token_is(s, ph.to - 1, "工作"))
        return ph.from;
    return phrase_list_before(s, ph.from - 1, left, &list) ? list.from : ph.from;
}

bool phrase_before(const struct sentence *s, size_t i, size_t left, struct phrase *ph)
{
    i = phrase_before_fillers(s, i, left);
    if (i > left && token_is(s, i - 1, "的"))
        i--;
    *ph = (struct phrase){ phrase_begin(s, i, left), i };
    ph->from = begin_of_list(s, *ph, left);
    return ph->to > ph->from;
}
