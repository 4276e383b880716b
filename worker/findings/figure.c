/* figure.c - numbers that count or measure work: 召开主任会议12次, 12次主任会议, 办结571条, 占28.0%. */
#include <stdlib.h>
#include <strings.h>

#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define FIGURES_MAX   128 /* of one sentence */
#define SUBJECT_MAX   24  /* tokens */
#define HITS_MAX      1024
#define CONTEXT_BACK  60 /* tokens of context before a figure */
#define CONTEXT_AHEAD 24

struct figure {
    size_t number, unit; /* tokens; unit == number where the number says %, SIZE_MAX never */
    size_t left;         /* first token that may belong to it */
    size_t used_to;      /* token behind all that it has taken */
    enum unit_kind unit_kind;
    struct span unit_text;
    struct number value;
    enum bound bound;
    struct span subject, action;
    size_t action_token; /* where the action was found; SIZE_MAX: nowhere */
    bool forward;        /* its subject stands behind it */
    bool inherited;
    bool part;
    size_t whole;   /* index of the figure it is part of; SIZE_MAX */
    bool from_list; /* shares the verb of the figure before */
    const char *rule;
    size_t right; /* token where the next figure or clause begins */
    struct span metric, whole_metric;
    const struct carried *carried; /* the sentence before's counts */
    size_t carried_count;
    struct decimal whole_value;
    bool has_whole_value;
};

/* A count of the sentence before, for a breakdown that follows in the next. */
struct carried {
    struct span subject, action, unit, metric;
    struct decimal value;
    bool far; /* of an earlier paragraph: its subject may go on, its breakdown not */
};

struct figures {
    struct figure f[FIGURES_MAX];
    size_t n;
};

/* A word that a metric rule names, at its place in the sentence. */
struct hit {
    uint32_t from, to;
    int16_t signal;
};

struct hits {
    struct hit h[HITS_MAX];
    size_t n;
    uint32_t at;
};

/* Used again for each sentence. */
#define CARRIED_MAX 8

struct room {
    struct carried carried[CARRIED_MAX];
    size_t carried_count;
    struct figures figures;
    struct hits hits;
};

/* ---- which numbers are figures ---- */

static bool is_bound(const struct sentence *s, size_t i, const char *place, enum bound *bound)
{
    if (i >= s->n || s->t[i].w == NULL)
        return false;
    for (const struct lex_row *row = s->t[i].w->rows; row != NULL; row = row->next) {
        if (row->table == LEX_BOUND && span_is(row->f[2], place)) {
            *bound = (enum bound)row->code;
            return true;
        }
    }
    return false;
}

/* What follows tells that the number is no count: 三个方面, 三个“一号工程”. */
static bool spoiled_behind(const struct sentence *s, size_t i)
{
    if (token_noun(s, i, NOUN_NOT_UNIT))
        return true;
    if (i >= s->n || s->t[i].type != TOK_OPEN || !s->t[i].quoted)
        return false;
    size_t number = i; /* 41个“老大难”问题 counts, 三个“一号工程” names */
    while (number > 0 && s->t[number].type != TOK_NUMBER)
        number--;
    return s->t[number].type != TOK_NUMBER || s->numbers[s->t[number].value].chinese;
}

static bool spoiled_before(const struct sentence *s, size_t i)
{
    if (i == 0)
        return false;
    const struct token *t = &s->t[i - 1];
    if (token_is(s, i - 1, "前") && s->numbers[s->t[i].value].chinese)
        return true; /* 前三位 */
    return token_is(s, i - 1, "第") || (t->type == TOK_LATIN && t->to == s->t[i].from) ||
           (t->type == TOK_MARK && t->to == s->t[i].from &&
            (token_is(s, i - 1, "-") || token_is(s, i - 1, "/") || token_is(s, i - 1, ".")));
}

/* 一 is a count only behind its subject: 作出决定一项. */
static bool indefinite(const struct sentence *s, const struct figure *f)
{
    if (!f->value.plain_one)
        return false;
    return !token_ends_clause(s, f->unit + 1) || f->number == 0 || token_ends_clause(s, f->number - 1) ||
           !(token_in(s, f->number - 1, LEX_BIT(NOUN)) || token_verbal_noun(s, f->number - 1));
}

static bool read_unit(const struct sentence *s, struct figure *f)
{
    size_t i = f->number + 1;
    if (f->value.percent) {
        f->unit = f->number;
        f->unit_kind = UNIT_RATE;
        f->unit_text = SPAN("%");
        return true;
    }
    enum bound scratch;
    if (is_bound(s, i, "after", &scratch) && !token_in(s, i, LEX_BIT(UNIT))) { /* 20余 before its unit */
        f->bound = scratch;
        i++;
    }
    const struct lex_row *row = i < s->n ? word_row(s->t[i].w, LEX_UNIT) : NULL;
    if (row == NULL || row->code == UNIT_TIME || row->code == UNIT_NAME)
        return false;
    f->unit = i;
    f->unit_kind = (enum unit_kind)row->code;
    f->unit_text = token_span(s, &s->t[i]);
    if (span_is(f->unit_text, WIDE_PERCENT))
        f->unit_text = SPAN("%");
    return true;
}

static void read_bounds(const struct sentence *s, struct figure *f)
{
    enum bound b;
    if (f->value.over)
        f->bound = BOUND_OVER;
    if (f->number > 0 && is_bound(s, f->number - 1, "before", &b))
        f->bound = b;
    if (is_bound(s, f->unit + 1, "after", &b)) {
        f->bound = b;
        f->used_to = f->unit + 2;
    }
}

/* The number at token i as a figure; false when it is none. */
static bool read_figure(const struct sentence *s, size_t i, struct figure *f)
{
    *f =
        (struct figure){ .number = i, .value = s->numbers[s->t[i].value], .whole = SIZE_MAX, .action_token = SIZE_MAX };
    if (f->value.too_long || s->t[i].quoted || s->t[i].named || spoiled_before(s, i) || !read_unit(s, f))
        return false;
    if (i > 1 && span_is(f->unit_text, "条") &&
        (token_is(s, i - 1, "章") || span_has(tokens_span(s, i > 3 ? i - 3 : 0, i), SPAN("全文"))))
        return false; /* 七章五十二条, 全文仅18条 */
    if (f->value.value.digits == 0 && f->unit_kind == UNIT_COUNT && f->value.chinese)
        return false;
    f->used_to = f->unit + 1;
    if (spoiled_behind(s, f->unit + 1) || indefinite(s, f))
        return false;
    read_bounds(s, f);
    return true;
}

/* ---- subjects ---- */

static bool is_stop_word(const struct sentence *s, size_t i)
{
    return token_noun(s, i, NOUN_STOP) || token_noun(s, i, NOUN_LIST_END) || token_noun(s, i, NOUN_PLAN) ||
           token_noun(s, i, NOUN_PART);
}

static bool opens_relative(const struct sentence *s, size_t i)
{
    return i < s->n && (token_plain_verb(s, i) || token_is(s, i, "来自") || token_is(s, i, "关于"));
}

/* Where the noun phrase that begins at i ends. */
static size_t phrase_end(const struct sentence *s, size_t i, size_t limit)
{
    size_t begin = i;
    for (; i < limit && i - begin < SUBJECT_MAX; i++) {
        const struct token *t = &s->t[i];
        if (t->type == TOK_NUMBER || t->type == TOK_DATE || t->type == TOK_COMMA || t->type == TOK_STOP ||
            t->type == TOK_SPACE)
            break;
        if (t->type == TOK_LIST) {
            bool number_next = false;
            for (size_t k = i + 1; k < limit && k < i + 8 && s->t[k].type != TOK_LIST; k++)
                number_next |= s->t[k].type == TOK_NUMBER;
            if (number_next || i == begin || token_plain_verb(s, i + 1))
                break;
            continue;
        }
        if (token_noun(s, i, NOUN_CONJ)) {
            if (i == begin || token_plain_verb(s, i + 1) || (i + 1 < limit && s->t[i + 1].type == TOK_NUMBER))
                break;
            continue;
        }
        if (t->in_paren || t->type == TOK_OPEN || t->quoted)
            continue;
        if (token_is(s, i, "的"))
            break;
        if (i > begin && (token_is(s, i, "以上") || token_is(s, i, "以下")) && !token_ends_clause(s, i + 1))
            continue; /* 县级以上领导干部 */
        if (is_stop_word(s, i) || token_noun(s, i, NOUN_PREP) || token_plain_verb(s, i) ||
            (i > begin && token_noun(s, i, NOUN_ADVERB) && !token_ends_clause(s, i + 1)))
            break;
    }
    while (i > begin && (s->t[i - 1].type == TOK_LIST || token_noun(s, i - 1, NOUN_CONJ)))
        i--;
    return i;
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

/* The noun phrase behind the figure: tokens [*from, *to). 5名来自基层的代表 → 代表. */
static bool forward_phrase(const struct sentence *s, size_t i, size_t limit, size_t *from, size_t *to)
{
    if (token_is(s, i, "的"))
        i++;
    if (i >= limit || token_ends_clause(s, i) || s->t[i].type == TOK_LIST || s->t[i].type == TOK_PAREN_OPEN ||
        s->t[i].type == TOK_PAREN_CLOSE || s->t[i].type == TOK_CLOSE || token_noun(s, i, NOUN_CONJ) ||
        is_stop_word(s, i) || token_noun(s, i, NOUN_PREP))
        return false;
    if ((token_noun(s, i, NOUN_ADVERB) && token_acts(s, i + 1)) || token_is(s, i, "未") || token_is(s, i, "尚未") ||
        token_is(s, i, "不") || token_is(s, i, "因") || token_is(s, i, "经") || token_is(s, i, "均") ||
        token_is(s, i, "已") || token_is(s, i, "正"))
        return false;
    if (token_verbal_noun(s, i) && token_verb(s, i, VERB_HANDLE) &&
        (token_ends_clause(s, i + 1) || token_is(s, i + 1, "到位") || token_is(s, i + 1, "完毕") ||
         token_is(s, i + 1, "完成")))
        return false; /* 已有28个整改到位 */
    bool times = i > 0 && (token_is(s, i - 1, "次") || token_is(s, i - 1, "场"));
    if (opens_relative(s, i) && !times && verb_in_noun(s, i)) {
        *from = i;
        *to = phrase_end(s, i + 1, limit);
        return true;
    }
    if (opens_relative(s, i)) {
        size_t k = i;
        while (k < limit && k - i < SUBJECT_MAX && !token_ends_clause(s, k) && s->t[k].type != TOK_NUMBER &&
               !token_is(s, k, "的"))
            k++;
        if (!token_is(s, k, "的"))
            return false;
        i = k + 1;
    }
    *from = i;
    *to = phrase_end(s, i, limit);
    if (token_is(s, *to, "的") && *to + 1 < limit) { /* 12件群众关心的问题 */
        size_t more = phrase_end(s, *to + 1, limit);
        if (more > *to + 1)
            *to = more;
    }
    return *to > *from;
}

static bool skip_before_number(const struct sentence *s, size_t i)
{
    enum bound b;
    if (i + 1 < s->n && s->t[i].type == TOK_DATE && token_is(s, i + 1, "的")) /* 由2017年的92.1%提升至2021年的98.7% */
        return true;
    if (token_is(s, i, "的") && i > 0 && (s->t[i - 1].type == TOK_DATE || token_in(s, i - 1, LEX_BIT(PERIOD))))
        return true;
    if (i + 1 < s->n && token_in(s, i, LEX_BIT(PERIOD)) && token_is(s, i + 1, "的") && i > 0 &&
        (token_is(s, i - 1, "由") || token_is(s, i - 1, "从")))
        return true;                                                         /* 由上年的61.2% */
    if (token_colon(s, i) && i + 1 < s->n && s->t[i + 1].type == TOK_NUMBER) /* 主任会议:19次 */
        return true;
    if ((token_is(s, i, "由") || token_is(s, i, "从")) && i + 1 < s->n &&
        (s->t[i + 1].type == TOK_DATE || s->t[i + 1].type == TOK_NUMBER || token_in(s, i + 1, LEX_BIT(PERIOD))))
        return true;
    return token_verb(s, i, VERB_REACH) || is_bound(s, i, "before", &b) || token_is(s, i, "先后") ||
           token_is(s, i, "分别") || token_is(s, i, "已") || token_is(s, i, "累计") || token_is(s, i, "共") ||
           token_is(s, i, "均") || token_is(s, i, "各") || token_is(s, i, "已经") || token_is(s, i, "全部") ||
           token_is(s, i, "都") || token_is(s, i, "了") || token_is(s, i, "共计") || token_is(s, i, "有") ||
           token_is(s, i, "预计") || token_is(s, i, "实际") || token_is(s, i, "就") || token_is(s, i, "仅") ||
           token_is(s, i, "平均") || token_is(s, i, "其中") || (i < s->n && s->t[i].type == TOK_SPACE);
}

/* Items of a list that ends before token i, back to the verb that governs them. */
static bool backward_list(const struct sentence *s, size_t i, size_t left, size_t *from, size_t *to)
{
    *to = i;
    while (i > left && *to - i < SUBJECT_MAX &&
           (s->t[i - 1].type == TOK_LETTER || s->t[i - 1].type == TOK_WORD || s->t[i - 1].type == TOK_LIST ||
            (s->t[i - 1].type == TOK_NUMBER && s->numbers[s->t[i - 1].value].chinese)) &&
           !token_plain_verb(s, i - 1) && !token_noun(s, i - 1, NOUN_STOP))
        i--;
    *from = i;
    return i < *to;
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

/* The noun phrase before token i, not further left than left: [*from, *to). */
static bool backward_phrase(const struct sentence *s, size_t i, size_t left, size_t *from, size_t *to)
{
    while (i > left && skip_before_number(s, i - 1))
        i--;
    i = before_mark(s, i, left);
    if (i > left && token_is(s, i - 1, "的"))
        i--;
    size_t end = i;
    for (; i > left && end - i < SUBJECT_MAX; i--) {
        const struct token *t = &s->t[i - 1];
        if (t->type == TOK_COMMA || t->type == TOK_STOP || t->type == TOK_NUMBER || t->type == TOK_DATE ||
            t->type == TOK_SPACE)
            break;
        if (t->quoted || t->in_paren || t->type == TOK_LIST || t->type == TOK_TITLE)
            continue;
        if (token_noun(s, i - 1, NOUN_CONJ))
            continue;
        if (token_is(s, i - 1, "的") && end - i > 0)
            break;
        if (is_stop_word(s, i - 1) || token_plain_verb(s, i - 1) ||
            (token_noun(s, i - 1, NOUN_PREP) && s->t[i - 1].to - s->t[i - 1].from <= 3) ||
            token_in(s, i - 1, LEX_BIT(PERIOD)))
            break;
    }
    while (i < end && (s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ) || s->t[i].type == TOK_PAREN_CLOSE ||
                       (token_noun(s, i, NOUN_ADVERB) && i + 1 < end)))
        i++;
    if (i > left && end > i && end - i <= 2 && token_is(s, i - 1, "等")) { /* 调研、视察和执法检查等活动 */
        size_t first, last;
        if (backward_list(s, i - 1, left, &first, &last) &&
            (token_is(s, end - 1, "活动") || token_is(s, end - 1, "工作")))
            i = first;
    }
    *from = i;
    *to = end;
    return end > i;
}

/* ---- actions ---- */

/* 听取、审议和讨论: all verbs that hang together with the one at token i; [*from, *to). */
static void whole_verb(const struct sentence *s, size_t i, size_t left, size_t *from, size_t *to)
{
    *from = i;
    *to = i + 1;
    while (*from > left && !token_verb(s, i, VERB_LIGHT)) {
        size_t k = *from - 1;
        if ((s->t[k].type == TOK_LIST || token_noun(s, k, NOUN_CONJ)) && k > left)
            k--;
        if (!token_acts(s, k) || token_verb(s, k, VERB_SUPPORT) || token_verb(s, k, VERB_LIGHT) ||
            token_verb(s, k, VERB_REACH))
            return;
        *from = k;
    }
}

/* The last verbal noun of a phrase: the action of a light verb. */
static size_t verbal_noun_in(const struct sentence *s, size_t from, size_t to)
{
    for (size_t i = to; i > from && to - i < 2; i--) {
        if (token_verbal_noun(s, i - 1))
            return i - 1;
        if (i < to && !token_is(s, i, "活动") && !token_is(s, i, "工作") && !token_is(s, i - 1, "等"))
            break;
    }
    return SIZE_MAX;
}

static void set_action(const struct sentence *s, struct figure *f, size_t verb, size_t left)
{
    size_t from, to;
    whole_verb(s, verb, left, &from, &to);
    f->action = tokens_span(s, from, to);
    f->action_token = from;
}

/* The verb that governs what begins at token i: the nearest one to the left within the figure's own ground. */
static size_t governing_verb(const struct sentence *s, size_t i, size_t left)
{
    for (; i > left; i--) {
        if (token_is(s, i - 1, "的"))
            return SIZE_MAX;
        if (token_acts(s, i - 1) && !skip_before_number(s, i - 1) && !s->t[i - 1].quoted)
            return i - 1;
    }
    return SIZE_MAX;
}

/* The plain verb before a list of examples: 细化为财经、城建等40个小组. */
static size_t verb_before_list(const struct sentence *s, size_t i, size_t left)
{
    for (size_t begin = i; i > left && begin - i < 2 * SUBJECT_MAX; i--) {
        if (token_plain_verb(s, i - 1) && !s->t[i - 1].quoted)
            return i - 1;
        if (token_is(s, i - 1, "的"))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Verbs that may stand some words before the number that they govern. */
static bool governs_far(const struct sentence *s, size_t i)
{
    const uint32_t far = 1u << VERB_HEAR | 1u << VERB_REVIEW | 1u << VERB_HOLD | 1u << VERB_ADOPT | 1u << VERB_RECEIVE |
                         1u << VERB_APPOINT | 1u << VERB_LIGHT | 1u << VERB_ORGANIZE | 1u << VERB_ATTEND |
                         1u << VERB_VISIT;
    return s->t[i].w != NULL && (s->t[i].w->verbs & far) != 0;
}

/* The verb that governs a number with its subject behind it: next to the number, or a verb of listening, meeting,
 * receiving … a few words before it; not a letter of some name that stands between. */
static size_t verb_before_number(const struct sentence *s, size_t i, size_t left)
{
    size_t near = i;
    if (near > left && token_is(s, near - 1, "等")) /* 选出“A”“B”等10个项目 */
        return verb_before_list(s, near - 1, left);
    while (near > left && (skip_before_number(s, near - 1) || token_noun(s, near - 1, NOUN_ADVERB)) &&
           !token_acts(s, near - 1))
        near--;
    size_t verb = governing_verb(s, i, left);
    if (verb == SIZE_MAX || verb + 1 >= near)
        return verb;
    bool listed = false;
    for (size_t k = near; k > left && near - k < 2 * SUBJECT_MAX; k--) {
        listed |= s->t[k - 1].type == TOK_LIST;
        if (token_is(s, k - 1, "对") || token_is(s, k - 1, "的"))
            return SIZE_MAX;
        if (token_acts(s, k - 1) && governs_far(s, k - 1) && !s->t[k - 1].quoted)
            return near - k < 8 || listed ? k - 1 : SIZE_MAX;
        if (token_acts(s, k - 1) && !listed && near - k >= 8)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static size_t relative_verb(const struct sentence *s, size_t i, size_t left)
{
    if (i < left + 2 || !token_is(s, i - 1, "的"))
        return SIZE_MAX;
    return token_in(s, i - 2, LEX_BIT(VERB)) ? i - 2 : SIZE_MAX;
}

static const struct figure *last_of_unit(const struct figures *all, struct span unit)
{
    for (size_t i = all->n; i > 0; i--) {
        if (span_eq(all->f[i - 1].unit_text, unit))
            return &all->f[i - 1];
    }
    return NULL;
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

/* The verb behind the subject: 20余家企业进行调研 → 调研. */
static void action_behind(const struct sentence *s, struct figure *f, size_t i, size_t limit)
{
    for (size_t k = i; k < limit && k < i + 8 && !token_ends_clause(s, k); k++) {
        if (s->t[k].type == TOK_NUMBER || s->t[k].type == TOK_LIST)
            return;
        if (token_verb(s, k, VERB_LIGHT) || token_is(s, k, "得到")) {
            for (size_t j = k + 1; j < limit && j < k + 6 && !token_ends_clause(s, j); j++) {
                if (token_acts(s, j)) {
                    f->action = tokens_span(s, token_is(s, k, "完成") ? k : j, verbs_end(s, j));
                    f->action_token = k;
                    return;
                }
            }
            if (token_is(s, k, "完成")) {
                f->action = token_span(s, &s->t[k]);
                f->action_token = k;
            }
            return;
        }
        if (token_verb(s, k, VERB_VISIT) || token_verb(s, k, VERB_HANDLE) || token_verb(s, k, VERB_ATTEND) ||
            token_verb(s, k, VERB_ADOPT) || token_verb(s, k, VERB_CHANGE)) {
            f->action = tokens_span(s, k, verbs_end(s, k));
            f->action_token = k;
            return;
        }
    }
}

static bool same_list(const struct sentence *s, const struct figure *before, const struct figure *f)
{
    size_t i = before->used_to;
    if (i > f->number)
        return false;
    for (; i < f->number; i++) {
        if (s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ))
            return true;
        if (s->t[i].type == TOK_COMMA || token_in(s, i, LEX_BIT(VERB)))
            return false;
    }
    return false;
}

/* ---- one figure at a time, left to right ---- */

static void inherit_subject(struct figures *all, struct figure *f, bool same_unit_only)
{
    for (size_t i = all->n; i > 0; i--) {
        const struct figure *x = &all->f[i - 1];
        if (same_unit_only && !span_eq(x->unit_text, f->unit_text))
            continue;
        f->subject = x->subject;
        f->inherited = true;
        return;
    }
}

/* A change in percent is of the amount before it, not of a share or a completion that stands between:
 * 收入38亿元,完成预算的101%,增长8%. */
static void inherit_amount(struct figures *all, struct figure *f)
{
    for (size_t i = all->n; i > 0 && span_is(f->unit_text, "%"); i--) {
        if (span_is(all->f[i - 1].unit_text, "%"))
            continue;
        f->subject = all->f[i - 1].subject;
        f->inherited = true;
        return;
    }
    inherit_subject(all, f, false);
}

static bool only_acts(const struct sentence *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (!token_acts(s, i) && s->t[i].type != TOK_LIST && !token_noun(s, i, NOUN_CONJ))
            return false;
    }
    return to > from;
}

static void light_action(const struct sentence *s, struct figure *f, size_t from, size_t to)
{
    if (f->action_token == SIZE_MAX)
        return;
    bool organised = token_verb(s, f->action_token, VERB_ORGANIZE) && only_acts(s, from, to); /* 组织执法检查3次 */
    if (!token_verb(s, f->action_token, VERB_LIGHT) && !organised)
        return;
    size_t vn = verbal_noun_in(s, from, to);
    if (vn == SIZE_MAX)
        return;
    size_t a, b;
    whole_verb(s, vn, from, &a, &b);
    f->action = tokens_span(s, a, b);
}

static void take_forward(const struct sentence *s, struct figures *all, struct figure *f, size_t from, size_t to,
                         size_t limit)
{
    f->forward = true;
    f->rule = "figure.count_before_subject";
    f->subject = tokens_span(s, from, to);
    f->used_to = to;
    size_t verb = verb_before_number(s, f->number, f->left), relative = relative_verb(s, f->number, f->left);
    bool sends = verb != SIZE_MAX && (token_verb(s, verb, VERB_ORGANIZE) || token_is(s, verb, "邀请"));
    if (sends) /* 组织67名代表向选民述职 */
        action_behind(s, f, to, limit);
    if (f->action.n == 0 && verb != SIZE_MAX) {
        set_action(s, f, verb, f->left);
        light_action(s, f, from, to);
    } else if (f->action.n == 0 && all->n > 0 && all->f[all->n - 1].action.n > 0 &&
               same_list(s, &all->f[all->n - 1], f)) {
        f->from_list = true;
        f->action = all->f[all->n - 1].action;
        f->action_token = all->f[all->n - 1].action_token;
        light_action(s, f, from, to);
    } else if (f->action.n == 0) {
        action_behind(s, f, to, limit);
        if (f->action.n == 0 && relative != SIZE_MAX)
            set_action(s, f, relative, f->left);
    }
    if (f->action.n > 0 && relative != SIZE_MAX && f->action_token == SIZE_MAX)
        f->action_token = relative;
}

/* Puts what the act acts on as subject where a phrase begins with a verbal noun and no verb governs it:
 * 任免国家工作人员. */
static size_t leading_act(const struct sentence *s, size_t from, size_t to)
{
    size_t i = from;
    while (i < to && (token_verbal_noun(s, i) || s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ)))
        i++;
    return i > from && i < to ? i : from;
}

/* 收到县政府报送备案的规范性文件: the first verb of the clause governs, those before 的 only describe. */
static size_t main_verb(const struct sentence *s, size_t de, size_t left)
{
    for (size_t i = left; i < de; i++) {
        if (token_acts(s, i) && !token_verb(s, i, VERB_SUPPORT) && !skip_before_number(s, i))
            return i;
        if (token_noun(s, i, NOUN_PREP))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static void take_verb(const struct sentence *s, struct figures *all, struct figure *f, size_t verb);
static void take_what_is_left(const struct sentence *s, struct figures *all, struct figure *f);
static bool handled_before(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb);
static void inherit_carried(const struct sentence *s, struct figure *f, size_t behind);

/* 修改5部, 机关修改7件 behind 制定单行条例3部: only the act is said, its object is the one named before. */
static bool take_bare_act(const struct sentence *s, struct figures *all, struct figure *f, size_t from, size_t to)
{
    if (span_is(f->unit_text, "次") || span_is(f->unit_text, "场") || span_is(f->unit_text, "人次") ||
        span_is(f->unit_text, "场次"))
        return false;
    size_t last = to - 1;
    const struct figure *before = last_of_unit(all, f->unit_text);
    bool act = token_verb(s, last, VERB_ADOPT) || token_verb(s, last, VERB_HANDLE) ||
               token_verb(s, last, VERB_REVIEW) || token_verb(s, last, VERB_APPOINT);
    bool people = span_is(f->unit_text, "名") || span_is(f->unit_text, "人") || span_is(f->unit_text, "位");
    act |= word_is(s->t[last].w, LEX_FORM, FORM_RECORD_REVIEW) || /* 主动审查63件, 书面评议3名 */
           (people && token_in(s, last, LEX_BIT(FORM)));
    bool elided = to < f->number && token_is(s, to, "的"); /* 已经解决的91件 */
    bool carried = before == NULL && elided && f->carried_count > 0;
    if ((before == NULL && !carried) || (!elided && (!act || !token_verbal_noun(s, last))) ||
        (from + 2 < to && !elided))
        return false;
    f->subject = carried ? f->carried[f->carried_count - 1].subject : before->subject;
    f->inherited = true;
    if (token_acts(s, last)) {
        size_t a, b;
        whole_verb(s, last, from, &a, &b);
        f->action = tokens_span(s, a, b);
        f->action_token = a;
    }
    f->rule = "figure.act_before_count";
    return true;
}

/* 区政府办理代表建议211件: a verbal noun right behind a body is its verb. */
static size_t act_of_body(const struct sentence *s, size_t from, size_t to)
{
    for (size_t i = from + 1; i + 1 < to; i++) {
        if (token_verbal_noun(s, i) &&
            (token_is(s, i - 1, "常委会") || token_is(s, i - 1, "政府") || token_is(s, i - 1, "区政府") ||
             token_is(s, i - 1, "市政府") || token_is(s, i - 1, "县政府") || token_is(s, i - 1, "省政府")))
            return i;
    }
    return SIZE_MAX;
}

/* 参加执法检查、视察等活动730人次: what is attended, not who attends. */
static bool names_event(struct span s)
{
    static const struct span words[] = { WORD("会"),   WORD("活动"), WORD("检查"), WORD("视察"),
                                         WORD("调研"), WORD("监督"), WORD("旁听"), WORD("评议") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_has(s, words[i]))
            return true;
    }
    return false;
}

/* A类, “B”类: how a suggestion was answered, not what is counted. */
static bool class_mark(struct span s)
{
    const char *q = s.p, *end = s.p + s.n;
    if (span_starts(s, SPAN("“")))
        q += 3;
    uint32_t c = q < end ? text_next(&q, end) : 0;
    bool letter = (c >= 'A' && c <= 'D') || (c >= 0xFF21 && c <= 0xFF24);
    struct span rest = span_between(q, end);
    return letter && (span_is(rest, "类") || span_is(rest, "”类") || span_is(rest, "类”") || span_is(rest, "级"));
}

/* 已支出7.2亿元: a noun that 已 makes a verb. */
static bool spent(const struct sentence *s, size_t from, size_t to, size_t left)
{
    return to == from + 1 && from > left && (token_is(s, from, "支出") || token_is(s, from, "投入")) &&
           (token_is(s, from - 1, "已") || token_is(s, from - 1, "已经") || token_is(s, from - 1, "累计"));
}

/* 移送公安机关4件: who gets them is not what is counted. */
static bool handed_over(const struct sentence *s, size_t from, size_t to, size_t left)
{
    static const struct span tails[] = { WORD("机关"),   WORD("部门"), WORD("单位"), WORD("法院"),
                                         WORD("检察院"), WORD("政府"), WORD("监委"), WORD("机构") };
    if (from <= left || (!token_is(s, from - 1, "移送") && !token_is(s, from - 1, "移交") &&
                         !token_is(s, from - 1, "转交") && !token_is(s, from - 1, "转办")))
        return false;
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        if (span_ends(tokens_span(s, from, to), tails[i]))
            return true;
    }
    return false;
}

/* 召开常委会会议41次,主任会议78次: the clause begins with what is counted, and the verb before governs it too. */
static bool goes_on_after_comma(const struct sentence *s, const struct figures *all, const struct figure *f,
                                size_t from)
{
    if (all->n == 0 || from == 0 || s->t[from - 1].type != TOK_COMMA)
        return false;
    const struct figure *before = &all->f[all->n - 1];
    return before->used_to == from - 1 && !before->forward && !before->part && before->action.n > 0 &&
           before->action_token != SIZE_MAX && governs_far(s, before->action_token) &&
           span_eq(before->unit_text, f->unit_text) && f->unit_kind == UNIT_COUNT &&
           strcmp(before->rule, "figure.subject_before_count") == 0;
}

static void take_backward(const struct sentence *s, struct figures *all, struct figure *f, size_t from, size_t to)
{
    f->rule = "figure.subject_before_count";
    if (take_bare_act(s, all, f, from, to))
        return;
    if (class_mark(tokens_span(s, from, to))) {
        take_what_is_left(s, all, f);
        if (f->subject.n == 0)
            inherit_carried(s, f, from);
        if (f->subject.n > 0)
            return;
    }
    if (to == from + 1 && token_verb(s, from, VERB_HANDLE) && handled_before(s, all, f, from)) {
        set_action(s, f, from, f->left);
        return;
    }
    if (spent(s, from, to, f->left) || handed_over(s, from, to, f->left)) {
        size_t act = spent(s, from, to, f->left) ? from : from - 1;
        const struct figure *before = last_of_unit(all, f->unit_text);
        if (before != NULL) {
            f->subject = before->subject;
            f->inherited = true;
            f->action = token_span(s, &s->t[act]);
            f->action_token = act;
            return;
        }
    }
    if (to == from + 1 && token_is(s, from, "占比") && from > f->left && token_is(s, from - 1, "的")) {
        f->subject = token_span(s, &s->t[from]); /* 得到解决的占比由61.2%提高到68.7% */
        return;
    }
    if (to == from + 1 && token_verb(s, from, VERB_SHARE)) { /* 占比70.4% */
        take_verb(s, all, f, from);
        return;
    }
    size_t verb = governing_verb(s, from, f->left);
    if (from > f->left && token_noun(s, from - 1, NOUN_PREP))
        verb = SIZE_MAX;
    f->subject = tokens_span(s, from, to);
    size_t who, who_to; /* 邀请代表列席会议60人次: those who attend are counted */
    bool people = span_is(f->unit_text, "人次") || span_is(f->unit_text, "名") || span_is(f->unit_text, "人");
    if (verb != SIZE_MAX && people && token_verb(s, verb, VERB_ATTEND) && names_event(f->subject)) {
        const struct figure *before = last_of_unit(all, f->unit_text);
        if (verb > f->left && backward_phrase(s, verb, f->left, &who, &who_to))
            f->subject = tokens_span(s, who, who_to);
        else if (before != NULL)
            f->subject = before->subject;
    }
    if (verb == SIZE_MAX && from > f->left && token_is(s, from - 1, "的"))
        verb = main_verb(s, from - 1, f->left);
    if (verb != SIZE_MAX && token_is(s, verb, "会同"))
        verb = SIZE_MAX;
    if (verb != SIZE_MAX && !token_verb(s, verb, VERB_SUPPORT)) {
        set_action(s, f, verb, f->left);
        light_action(s, f, from, to);
        return;
    }
    if (all->n > 0 && all->f[all->n - 1].action.n > 0 && same_list(s, &all->f[all->n - 1], f)) {
        f->from_list = true;
        f->action = all->f[all->n - 1].action;
        f->action_token = all->f[all->n - 1].action_token;
        light_action(s, f, from, to);
        return;
    }
    if (goes_on_after_comma(s, all, f, from)) {
        f->from_list = true;
        f->action = all->f[all->n - 1].action;
        f->action_token = all->f[all->n - 1].action_token;
        light_action(s, f, from, to);
        return;
    }
    size_t done = act_of_body(s, from, to);
    if (done != SIZE_MAX) {
        f->action = token_span(s, &s->t[done]);
        f->action_token = done;
        f->subject = tokens_span(s, done + 1, to);
        return;
    }
    size_t rest = leading_act(s, from, to);
    if (rest > from && s->t[rest].type != TOK_LIST) {
        f->action = tokens_span(s, from, rest);
        f->action_token = from;
        f->subject = tokens_span(s, rest, to);
        return;
    }
    size_t vn = verbal_noun_in(s, from, to);
    if (vn == SIZE_MAX)
        return;
    size_t a, b;
    whole_verb(s, vn, from, &a, &b);
    f->action = tokens_span(s, a, b);
    f->action_token = a;
    if (from > f->left && token_noun(s, from - 1, NOUN_PREP))
        f->subject = tokens_span(s, a, to);
}

/* Where the ground of a number begins: its clause, or the one before a colon that it answers. */
static size_t ground_begin(const struct sentence *s, size_t i)
{
    size_t begin = clause_begin(s, i);
    if (begin == i && begin > 0 && token_colon(s, begin - 1))
        begin = clause_begin(s, begin - 1);
    return begin;
}

/* 代表联络站:新建7个、提升15个: what stands before the colon is counted. */
static bool header_subject(const struct sentence *s, struct figure *f)
{
    size_t from, to, i = f->number;
    while (i > 0 && f->number - i < CONTEXT_BACK && !token_colon(s, i - 1))
        i--;
    if (i == 0 || f->number - i >= CONTEXT_BACK || !backward_phrase(s, i - 1, clause_begin(s, i - 1), &from, &to))
        return false;
    f->subject = tokens_span(s, from, to);
    return true;
}

/* 年均, 同比: how a change is reckoned, no part of what changes. */
static bool is_rate_word(const struct sentence *s, size_t i)
{
    return token_is(s, i, "年均") || token_is(s, i, "同比") || token_is(s, i, "环比") || token_is(s, i, "平均") ||
           token_is(s, i, "比上年") || token_is(s, i, "较上年") || token_is(s, i, "分别") || token_is(s, i, "预计");
}

/* …存在的超概算等问题,已整改13个: what the clause before ends with, where no count ends it. */
static bool handled_before(const struct sentence *s, const struct figures *all, struct figure *f, size_t verb)
{
    static const struct span things[] = { WORD("问题"), WORD("事项"), WORD("任务"),
                                          WORD("诉求"), WORD("线索"), WORD("案件") };
    size_t begin = clause_begin(s, verb), end = begin > 0 ? begin - 1 : 0;
    if (end == 0 || s->t[end].type != TOK_COMMA || (all->n > 0 && all->f[all->n - 1].used_to >= end))
        return false;
    for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
        struct span last = token_span(s, &s->t[end - 1]);
        if (!span_ends(last, things[i]))
            continue;
        f->subject = (struct span){ last.p + last.n - things[i].n, things[i].n };
        return true;
    }
    return false;
}

/* A verb stands right before the number and nothing behind it: 办结571条, 占28%, 增长3.5%. */
static void take_verb(const struct sentence *s, struct figures *all, struct figure *f, size_t verb)
{
    set_action(s, f, verb, f->left);
    f->rule = "figure.verb_before_count";
    if (token_verb(s, verb, VERB_CHANGE) || token_verb(s, verb, VERB_SHARE)) {
        size_t from, to;
        f->rule = token_verb(s, verb, VERB_SHARE) ? "figure.share" : "figure.change";
        if (token_verb(s, verb, VERB_SHARE))
            f->action = (struct span){ NULL, 0 };
        size_t before = verb;
        while (before > f->left && is_rate_word(s, before - 1))
            before--;
        if (before > f->left && backward_phrase(s, before, f->left, &from, &to)) {
            f->subject = tokens_span(s, from, to);
            if (!span_has(f->subject, SPAN("同比")) && !span_has(f->subject, SPAN("同期")) &&
                !span_has(f->subject, SPAN("比上年")) && !span_has(f->subject, SPAN("较上年")) &&
                !span_starts(f->subject, SPAN("较")) && !span_starts(f->subject, SPAN("比")))
                return;
            f->subject = (struct span){ NULL, 0 };
        }
        inherit_amount(all, f);
    } else {
        if (token_verb(s, verb, VERB_ATTEND)) { /* 组成人员应到61人 */
            size_t from, to;
            if (last_of_unit(all, f->unit_text) == NULL && verb > f->left &&
                backward_phrase(s, verb, f->left, &from, &to))
                f->subject = tokens_span(s, from, to);
        } else if (token_verb(s, verb, VERB_HANDLE) && handled_before(s, all, f, verb)) {
            return;
        }
        if (f->subject.n == 0)
            inherit_subject(all, f, true);
    }
    for (size_t i = f->carried_count;
         i > 0 && f->subject.n == 0 && (token_verb(s, verb, VERB_HANDLE) || token_is(s, verb, "承办")); i--) {
        if (span_eq(f->carried[i - 1].unit, f->unit_text))
            f->subject = f->carried[i - 1].subject; /* 查出问题47个。截至7月末,已整改42个 */
    }
    if (f->subject.n == 0 && !token_verb(s, verb, VERB_SHARE) && !header_subject(s, f))
        f->subject = f->action.n > 0 ? f->action : token_span(s, &s->t[verb]);
}

/* 先后6次考察湖北: the act is counted. */
static bool take_act_behind(const struct sentence *s, struct figure *f, size_t limit)
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
    f->rule = "figure.count_before_act";
    f->action = token_span(s, &s->t[i]);
    f->action_token = i;
    f->subject = end > i + 1 && !token_verb(s, i, VERB_VISIT) && !token_verb(s, i, VERB_SAY)
                     ? tokens_span(s, i + 1, end)
                     : tokens_span(s, i, end);
    f->used_to = end > i + 1 ? end : i + 1;
    f->forward = true;
    return true;
}

/* 满意率逐年上升,由2017年的91.5%提高到…: the rate that the clause before speaks of, without a number of its own. */
static bool rate_before(const struct sentence *s, struct figure *f)
{
    size_t from, to, end = clause_begin(s, f->number);
    if (end == 0)
        return false;
    for (size_t i = end - 1; i > 0 && !token_ends_clause(s, i - 1); i--) {
        if (s->t[i - 1].type == TOK_NUMBER)
            return false;
        if (span_ends(token_span(s, &s->t[i - 1]), SPAN("率")) &&
            backward_phrase(s, i, clause_begin(s, i - 1), &from, &to)) {
            f->subject = tokens_span(s, from, to);
            f->rule = "figure.rate_before";
            return true;
        }
    }
    return false;
}

/* 149件建议…。已经解决的103件: described only by what was done, it counts what the sentence before counted. */
static void inherit_carried(const struct sentence *s, struct figure *f, size_t behind)
{
    for (size_t i = f->carried_count; i > 0; i--) {
        if (!span_eq(f->carried[i - 1].unit, f->unit_text))
            continue;
        f->subject = f->carried[i - 1].subject;
        f->inherited = true;
        if (behind > f->left && token_acts(s, behind - 1))
            set_action(s, f, behind - 1, f->left);
        return;
    }
}

/* The clause before ended with the subject: 营业收入1235亿元,同比增长3.5% or 满意率,达到98%. */
static void take_what_is_left(const struct sentence *s, struct figures *all, struct figure *f)
{
    size_t i = f->number;
    while (i > f->left && skip_before_number(s, i - 1))
        i--;
    i = before_mark(s, i, f->left);
    f->rule = "figure.inherited";
    if (i > f->left && token_in(s, i - 1, LEX_BIT(VERB))) {
        take_verb(s, all, f, i - 1);
        return;
    }
    if (f->unit_kind == UNIT_RATE && rate_before(s, f))
        return;
    inherit_subject(all, f, f->unit_kind == UNIT_COUNT);
    if (f->subject.n == 0)
        inherit_subject(all, f, false);
    if (f->subject.n == 0 && i > f->left && token_is(s, i - 1, "的"))
        inherit_carried(s, f, i - 1);
    size_t end = f->number, begin = f->left; /* 已经解决的102件: nothing but the description itself */
    while (begin < end && (token_noun(s, begin, NOUN_PART) || s->t[begin].type == TOK_LIST))
        begin++;
    if (f->subject.n == 0 && end > begin + 1 && token_is(s, end - 1, "的") && end - begin < SUBJECT_MAX)
        f->subject = tokens_span(s, begin, end - 1);
}

static bool is_part(const struct sentence *s, const struct figures *all, const struct figure *f)
{
    size_t since = all->n > 0 ? all->f[all->n - 1].unit + 1 : 0;
    for (size_t i = f->number; i > since; i--) {
        if (token_noun(s, i - 1, NOUN_PART))
            return true;
        if (s->t[i - 1].type == TOK_STOP)
            return false;
    }
    size_t last = all->n; /* the count before, past shares and changes */
    while (last > 0 && all->f[last - 1].unit_kind == UNIT_RATE)
        last--;
    if (last == 0 || !all->f[last - 1].part)
        return false;
    for (size_t i = since; i < f->number; i++) { /* a list that 其中 began goes on */
        if (token_verb(s, i, VERB_HOLD) || token_is(s, i, "收到") || token_is(s, i, "接到") || token_is(s, i, "共") ||
            token_is(s, i, "累计") || token_is(s, i, "全年"))
            return false;
    }
    return span_eq(all->f[last - 1].unit_text, f->unit_text);
}

static bool not_less(struct decimal whole, struct decimal part)
{
    return whole.scale != part.scale || whole.digits >= part.digits;
}

/* 收到214件。其中,…: the whole stands in the sentence before. */
static void link_part_before(struct figure *f)
{
    f->part = false;
    size_t same = 0; /* 受理14872件、审结14210件。其中,受理专利案件…: the whole of the same act, if one is */
    for (size_t i = f->carried_count; i > 0 && same == 0 && f->action.n > 0; i--) {
        if (span_eq(f->carried[i - 1].unit, f->unit_text) && span_eq(f->carried[i - 1].action, f->action))
            same = i;
    }
    for (size_t i = f->carried_count; i > 0 && !f->part; i--) {
        const struct carried *c = &f->carried[i - 1];
        if (same > 0 && i != same)
            continue;
        if (c->far || !span_eq(c->unit, f->unit_text) || !not_less(c->value, f->value.value))
            continue;
        f->part = f->has_whole_value = true;
        f->rule = "figure.part";
        f->whole_value = c->value;
        f->whole_metric = c->metric;
        f->subject = c->subject;
        if (f->action.n == 0)
            f->action = c->action;
    }
}

/* 其余2个乡镇 is no part of 31个污水处理站: two letters in common at least. */
static bool shares_letters(struct span a, struct span b)
{
    for (const char *q = b.p, *end = b.p + b.n; end - q >= 6; text_next(&q, end)) {
        const char *r = q;
        text_next(&r, end);
        text_next(&r, end);
        if (span_has(a, span_between(q, r)))
            return true;
    }
    return b.n == 0;
}

static void link_part(const struct sentence *s, struct figures *all, struct figure *f)
{
    f->part = f->unit_kind != UNIT_RATE && is_part(s, all, f);
    if (!f->part)
        return;
    for (size_t i = all->n; i > 0; i--) {
        struct figure *x = &all->f[i - 1];
        if (x->part || !span_eq(x->unit_text, f->unit_text) || !not_less(x->value.value, f->value.value) ||
            (f->forward && !token_is(s, f->number - 1, "其中") && !shares_letters(x->subject, f->subject)))
            continue;
        f->whole = i - 1;
        f->subject = x->subject;
        if (f->action.n == 0 || !token_in(s, f->action_token, LEX_BIT(VERB))) {
            f->action = x->action;
            f->action_token = x->action_token;
        }
        f->rule = "figure.part";
        return;
    }
    link_part_before(f);
}

static void read_subject(const struct sentence *s, struct figures *all, struct figure *f, size_t limit)
{
    size_t from, to;
    bool adverbial =
        f->used_to < limit && ((token_in(s, f->used_to, LEX_BIT(VERB)) && !token_verbal_noun(s, f->used_to)) ||
                               token_is(s, f->used_to, "向"));
    bool of = f->unit_kind == UNIT_RATE && token_is(s, f->used_to, "的"); /* 62.8%的代表 */
    const struct figure *last = all->n > 0 ? &all->f[all->n - 1] : NULL;
    bool goes_on = last != NULL && !last->forward && token_acts(s, f->used_to) && same_list(s, last, f) &&
                   span_eq(last->unit_text, f->unit_text) && backward_phrase(s, f->number, f->left, &from, &to) &&
                   !token_acts(s, to - 1); /* 召开常务会议6次、专题会议14次研究… */
    if (!goes_on && (of || (f->unit_kind == UNIT_COUNT && !f->value.percent)) &&
        forward_phrase(s, f->used_to, limit, &from, &to)) {
        take_forward(s, all, f, from, to, limit);
        return;
    }
    if (backward_phrase(s, f->number, f->left, &from, &to)) {
        if (adverbial && !goes_on && take_act_behind(s, f, limit))
            return;
        take_backward(s, all, f, from, to);
        if (f->action.n == 0)
            action_behind(s, f, f->used_to, limit);
        return;
    }
    if (take_act_behind(s, f, limit))
        return;
    if (f->number > f->left && token_is(s, f->number - 1, "等") &&
        backward_list(s, f->number - 1, f->left, &from, &to)) {
        f->subject = tokens_span(s, from, to); /* 张某某、李某某等5人 */
        f->rule = "figure.and_others";
        return;
    }
    take_what_is_left(s, all, f);
    if (f->action.n == 0)
        action_behind(s, f, f->used_to, limit);
}

static size_t next_figure_number(const struct sentence *s, size_t i)
{
    while (i < s->n && s->t[i].type != TOK_NUMBER)
        i++;
    return i;
}

/* 办结率和满意率分别达到100%和98%: gives each number its own of the listed subjects. */
static void share_out(const struct sentence *s, struct figures *all)
{
    for (size_t i = 0; i + 1 < all->n; i++) {
        struct figure *f = &all->f[i];
        size_t k = f->number;
        while (k > f->left && !token_is(s, k, "分别") && !token_ends_clause(s, k - 1) && f->number - k < 5)
            k--;
        if (!token_is(s, k, "分别") && !span_has(tokens_span(s, k, f->number), SPAN("分别")))
            continue;
        size_t want = 1;
        while (i + want < all->n && same_list(s, &all->f[i + want - 1], &all->f[i + want]) &&
               all->f[i + want].subject.n > 0 && want < 8)
            want++;
        struct span parts[8], rest = f->subject;
        size_t n = 0;
        const char *begin = rest.p;
        for (const char *q = rest.p, *end = rest.p + rest.n; q < end && n < 8;) {
            const char *at = q;
            text_next(&q, end);
            struct span letter = span_between(at, q);
            if (span_is(letter, "、") || span_is(letter, "和") || span_is(letter, "与")) {
                parts[n++] = span_between(begin, at);
                begin = q;
            }
        }
        if (n < 8)
            parts[n++] = span_between(begin, rest.p + rest.n);
        for (size_t j = 0; n == want && j < n; j++)
            all->f[i + j].subject = parts[j];
        i += want - 1;
    }
}

/* 12名代表、5名公民列席会议: the verb behind the last of a list is that of all. */
static void share_action(const struct sentence *s, struct figures *all)
{
    for (size_t i = all->n; i > 1; i--) {
        struct figure *f = &all->f[i - 2];
        const struct figure *next = &all->f[i - 1];
        if (f->action.n == 0 && f->forward && next->action_token != SIZE_MAX && next->action_token > next->number &&
            same_list(s, f, next)) {
            f->action = next->action;
            f->action_token = next->action_token;
        }
    }
}

/* ---- the standard measures ---- */

static void add_hit(void *ctx, int signal, size_t bytes)
{
    struct hits *h = ctx;
    if (h->n < HITS_MAX)
        h->h[h->n++] = (struct hit){ h->at, h->at + (uint32_t)bytes, (int16_t)signal };
}

static void read_hits(const struct pass *p, struct hits *h)
{
    const struct sentence *s = p->s;
    h->n = 0;
    for (const char *q = s->text.p + s->from, *end = s->text.p + s->to; q < end;) {
        h->at = (uint32_t)(q - s->text.p);
        lexicon_signals(p->lex, q, end, add_hit, h);
        text_next(&q, end);
    }
}

/* own: the ground that is the figure's alone; context: its clause; wide: its sentence up to it. */
enum zone { ZONE_SUBJECT = 1, ZONE_ACTION = 2, ZONE_CONTEXT = 4, ZONE_WIDE = 8, ZONE_OWN = 16 };

struct signals {
    const struct lexicon *lex;
    uint8_t at[SIGNALS_MAX]; /* zones */
    struct rule_set rules;   /* that may fit */
};

static void add_rules(struct signals *sig, int signal)
{
    const struct rule_set *asking = lexicon_rules_asking(sig->lex, signal);
    for (size_t i = 0; i < RULES_MAX / 64; i++)
        sig->rules.bits[i] |= asking->bits[i];
}

static void flag_signal(struct signals *sig, int signal, enum zone zone)
{
    if (sig->at[signal] == 0)
        add_rules(sig, signal);
    sig->at[signal] |= (uint8_t)zone;
}

struct elsewhere {
    struct signals *out;
    enum zone zone;
};

static void flag_word(void *ctx, int signal, size_t bytes)
{
    struct elsewhere *e = ctx;
    (void)bytes;
    flag_signal(e->out, signal, e->zone);
}

static void flag_elsewhere(struct span where, enum zone zone, struct signals *out)
{
    struct elsewhere e = { out, zone };
    for (const char *q = where.p, *end = where.p + where.n; q < end; text_next(&q, end))
        lexicon_signals(out->lex, q, end, flag_word, &e);
}

static void flag(const struct sentence *s, const struct hits *h, struct span where, enum zone zone, struct signals *out)
{
    if (where.n == 0)
        return;
    if (where.p < s->text.p + s->from || where.p >= s->text.p + s->to) { /* inherited from another sentence */
        flag_elsewhere(where, zone, out);
        return;
    }
    uint32_t from = (uint32_t)(where.p - s->text.p), to = from + (uint32_t)where.n;
    size_t lo = 0, hi = h->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (h->h[mid].from < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < h->n && h->h[lo].from < to; lo++) {
        if (h->h[lo].to <= to)
            flag_signal(out, h->h[lo].signal, zone);
    }
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
        } else if (*code & SIGNAL_OWN) {
            any |= (sig->at[*code & ~SIGNAL_OWN] & (ZONE_OWN | ZONE_SUBJECT)) != 0;
        } else if (*code & SIGNAL_WIDE) {
            any |= (sig->at[*code & ~SIGNAL_WIDE] & (zones | ZONE_WIDE)) != 0;
        } else {
            any |= (sig->at[*code] & zones) != 0;
        }
    }
    return any;
}

static bool in_group(const char *const *group, struct span unit)
{
    return span_is(unit, group[0]) || span_is(unit, group[1]) || span_is(unit, group[2]) || span_is(unit, group[3]);
}

static bool unit_fits(struct span units, struct span unit)
{
    static const char *const groups[][4] = { { "名", "人", "位", "人次" },
                                             { "家", "个", "所", "个" },
                                             { "次", "场次", "场", "次" },
                                             { "件", "件次", "件", "件" } };
    for (const char *p = units.p, *end = units.p + units.n; p < end;) {
        const char *q = memchr(p, ',', (size_t)(end - p));
        struct span u = span_between(p, q == NULL ? end : q);
        if (span_eq(u, unit))
            return true;
        for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
            if (in_group(groups[g], u) && in_group(groups[g], unit))
                return true;
        }
        p = q == NULL ? end : q + 1;
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
static const struct lex_row *metric_of(const struct figure *f, const struct signals *sig)
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
static void set_composite(struct pass *p, struct finding *out, const struct figure *f)
{
    static const struct merged parts[] = { { "调研", "oversight.research" },
                                           { "视察", "oversight.visits" },
                                           { "执法检查", "oversight.law_inspections" },
                                           { "专题询问", "oversight.special_inquiries" },
                                           { "工作评议", "oversight.work_appraisals" } };
    struct span list = { NULL, 0 };
    if (join_keys(p, f->subject, parts, sizeof(parts) / sizeof(parts[0]), &list) > 1)
        pass_set(p, out, FINDING_COMPOSITE, list);
}

/* 制定、修改地方性法规12件: several measures of which the table has no sum. */
static bool laws_merged(struct pass *p, struct finding *out, const struct figure *f)
{
    static const struct merged parts[] = { { "制定", "laws.enacted" }, { "新制定", "laws.enacted" },
                                           { "修订", "laws.revised" }, { "修改", "laws.revised" },
                                           { "修正", "laws.revised" }, { "废止", "laws.repealed" } };
    struct span list = { NULL, 0 };
    if (join_keys(p, f->action, parts, sizeof(parts) / sizeof(parts[0]), &list) < 2)
        return false;
    pass_set(p, out, FINDING_COMPOSITE, list);
    return true;
}

/* ---- from figures to findings ---- */

/* 对物业服务…开展2次专题询问: what the count is about. Empty when the topic is a list or holds a number. */
static struct span topic_before(const struct sentence *s, size_t token)
{
    struct span none = { NULL, 0 };
    for (size_t i = token; i > 0 && token - i < CONTEXT_BACK; i--) {
        size_t k = i - 1;
        if (s->t[k].type == TOK_STOP || token_semicolon(s, k))
            return none;
        bool prep = token_is(s, k, "对") || token_is(s, k, "就") || token_is(s, k, "围绕") || token_is(s, k, "针对") ||
                    token_is(s, k, "聚焦");
        if (!prep)
            continue;
        size_t from = k + 1, to = from;
        while (to < token && !token_plain_verb(s, to) && !(to > from && token_noun(s, to, NOUN_ADVERB))) {
            if (s->t[to].type == TOK_NUMBER || token_is(s, to, "等") || s->t[to].type == TOK_COMMA)
                return none;
            to++;
        }
        return to == token || span_has(tokens_span(s, from, to), SPAN("、")) ? none : tokens_span(s, from, to);
    }
    return none;
}

static void set_about(struct pass *p, struct finding *out, const struct figure *f, struct span key)
{
    if (span_starts(key, SPAN("oversight.")) && !span_is(key, "oversight.laws_inspected") &&
        !span_starts(key, SPAN("oversight.problems")))
        pass_set(p, out, FINDING_ABOUT, topic_before(p->s, f->number));
}

static void set_metric(struct pass *p, struct finding *out, struct figure *f, const struct hits *h)
{
    const struct sentence *s = p->s;
    bool change =
        span_has(f->action, SPAN("增")) || span_has(f->action, SPAN("减")) || span_has(f->action, SPAN("下降"));
    for (size_t i = f->left; i < f->number && (s->nouns & 1u << NOUN_NORM) != 0; i++) {
        if (token_noun(s, i, NOUN_NORM) && !token_is(s, i, "每年"))
            return; /* 每位委员联系5名代表: a norm, no count */
    }
    if (p->campaign.n > 0 && span_has(sentence_span(s), p->campaign))
        pass_set(p, out, FINDING_ABOUT, p->campaign);
    if (change && strcmp(f->rule, "figure.change") == 0 && f->unit_kind == UNIT_COUNT)
        return; /* 比上年增加27件 */
    struct signals sig = { .lex = p->lex };
    add_rules(&sig, -1);
    size_t begin = clause_begin(s, f->number), end = clause_end(s, f->used_to > 0 ? f->used_to - 1 : 0);
    if (begin + CONTEXT_BACK < f->number)
        begin = f->number - CONTEXT_BACK;
    if (end > f->used_to + CONTEXT_AHEAD)
        end = f->used_to + CONTEXT_AHEAD;
    flag(s, h, f->subject, ZONE_SUBJECT, &sig);
    flag(s, h, f->action, ZONE_ACTION, &sig);
    flag(s, h, tokens_span(s, begin, end), ZONE_CONTEXT, &sig);
    flag(s, h, tokens_span(s, f->left, f->forward && f->right > f->used_to ? f->right : f->used_to), ZONE_OWN, &sig);
    size_t wide = f->number;
    while (wide > 0 && f->number - wide < 2 * CONTEXT_BACK && !token_semicolon(s, wide - 1))
        wide--;
    flag(s, h, tokens_span(s, wide, end), ZONE_WIDE, &sig);
    const struct lex_row *row = metric_of(f, &sig);
    struct span key = row == NULL ? (struct span){ NULL, 0 } : row->f[0];
    if (f->part && span_is(f->whole_metric, "motions_suggestions.received")) { /* 其中议案2件, 建议185件 */
        struct span own = tokens_span(s, f->left, f->number);
        bool motion = span_has(own, SPAN("议案")), suggestion = span_has(own, SPAN("建议"));
        if (motion != suggestion)
            key = motion ? SPAN("motions.received") : SPAN("suggestions.received");
        else if (key.n == 0)
            key = f->whole_metric;
    } else if (f->part && (key.n == 0 || span_ends(key, SPAN(".received"))) && f->whole_metric.n > 0)
        key = f->whole_metric; /* a part counts what its whole counts */
    if (key.n == 0)
        return;
    if (span_starts(key, SPAN("oversight.problems")) && span_has(p->art->f[ARTICLE_TITLE], SPAN("审计")))
        return; /* the audit's, though the sentence does not say so */
    if (span_starts(key, SPAN("laws.")) && laws_merged(p, out, f))
        return;
    f->metric = key;
    pass_set(p, out, FINDING_METRIC, key);
    if (span_is(key, "oversight.activities"))
        set_composite(p, out, f);
    set_about(p, out, f, key);
}

static void set_period(struct pass *p, struct finding *out, const struct figure *f)
{
    struct period period = pass_period(p, f->number);
    bool at_meeting = p->sentence_meeting.n > 0 && p->sentence_meeting_token < f->number &&
                      clause_begin(p->s, f->number) <= p->sentence_meeting_token;
    if (p->campaign.n > 0 && !pass_period_named(p, f->number))
        period = (struct period){ .type = PERIOD_EVENT };
    else if (at_meeting && !(period.type == PERIOD_AS_OF && f->inherited)) {
        struct period here = period.type == PERIOD_EVENT ? period : (struct period){ .type = PERIOD_EVENT };
        period = here;
        pass_set(p, out, FINDING_MEETING, p->sentence_meeting);
    }
    if (period.type == PERIOD_NONE)
        period.type = PERIOD_EVENT;
    pass_set_period(p, out, period);
}

/* Whose count it is: a word within the figure's own ground (五级人大代表), or 配合…, 联动… in its clause. */
static struct span scope_of(const struct pass *p, const struct figure *f)
{
    const struct sentence *s = p->s;
    size_t from = f->number > f->left + 8 ? f->number - 8 : f->left;
    for (size_t i = from; i < f->used_to; i++) {
        const struct lex_row *row = word_row(s->t[i].w, LEX_SCOPE);
        bool theirs = row != NULL && span_is(row->f[1], "all_levels") && !span_has(f->subject, SPAN("代表")) &&
                      !span_has(f->subject, SPAN("人大")); /* 组织三级人大代表开展视察4次 */
        if (row != NULL && !theirs)
            return row->f[1];
    }
    struct span scope = pass_scope(p, f->number);
    if (span_is(scope, "assisted") || span_is(scope, "joint"))
        return scope;
    if (p->place.level == LEVEL_PROVINCE && from < f->number && token_is(s, f->number - 1, "全省") &&
        span_has(f->subject, SPAN("代表")))
        return SPAN("all_levels");
    return (struct span){ NULL, 0 };
}

static void report(struct pass *p, const struct figures *all, struct figure *f, const struct hits *h)
{
    const struct sentence *s = p->s;
    const char *unit_end = s->text.p + s->t[f->unit].to;
    struct finding *out = pass_add(p, KIND_FIGURE, s->t[f->number].from, (uint32_t)(unit_end - s->text.p), f->rule);
    pass_set(p, out, FINDING_SUBJECT, f->subject);
    pass_set(p, out, FINDING_ACTION, f->action);
    pass_set(p, out, FINDING_VALUE, decimal_text(f->value.value, p->a));
    if (f->value.ranged)
        pass_set(p, out, FINDING_VALUE_MAX, decimal_text(f->value.max, p->a));
    pass_set(p, out, FINDING_UNIT, f->unit_text);
    if (f->bound != BOUND_EXACT)
        pass_set_str(p, out, FINDING_BOUND, bound_names[f->bound]);
    if (f->whole != SIZE_MAX)
        f->whole_metric = all->f[f->whole].metric;
    set_metric(p, out, f, h);
    if (f->has_whole_value)
        pass_set(p, out, FINDING_PART_OF, decimal_text(f->whole_value, p->a));
    else if (f->whole != SIZE_MAX)
        pass_set(p, out, FINDING_PART_OF, decimal_text(all->f[f->whole].value.value, p->a));
    pass_set(p, out, FINDING_SCOPE, scope_of(p, f));
    struct span actor = pass_actor(p, f->number);
    if (actor.n == 0 && span_is(finding_get(out, FINDING_METRIC), "opinions.collected") &&
        span_has(f->action, SPAN("提出")))
        actor = SPAN("deputies");
    pass_set(p, out, FINDING_ACTOR, actor);
    if (pass_planned(p, f->number))
        pass_set_str(p, out, FINDING_PLANNED, "true");
    set_period(p, out, f);
}

static void trim_subject(struct figure *f)
{
    static const struct span heads[] = { WORD("各项"), WORD("各类"), WORD("各级"), WORD("有关"), WORD("相关"),
                                         WORD("全部"), WORD("所有"), WORD("全市"), WORD("全区"), WORD("全县"),
                                         WORD("全省"), WORD("全州"), WORD("本") };
    static const struct span tails[] = { WORD("等活动"), WORD("等工作"), WORD("情况"), WORD("等") };
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        struct span w = heads[i];
        if (span_starts(f->subject, w) && f->subject.n > w.n + 3) {
            f->subject.p += w.n;
            f->subject.n -= w.n;
        }
    }
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        struct span w = tails[i];
        if (span_ends(f->subject, w) && f->subject.n > w.n + 3)
            f->subject.n -= w.n;
    }
    f->subject = text_trim(f->subject);
}

/* A new paragraph: of the counts before only the last one of motions and suggestions goes on, for their handling is
 * told over many paragraphs that do not name them again. */
static void keep_far(struct room *room)
{
    size_t kept = 0;
    for (size_t i = room->carried_count; i > 0 && kept == 0; i--) {
        const struct carried *c = &room->carried[i - 1];
        if (!span_is(c->unit, "件") || (!span_ends(c->subject, SPAN("建议")) && !span_ends(c->subject, SPAN("意见")) &&
                                        !span_ends(c->subject, SPAN("议案"))))
            continue;
        room->carried[0] = *c;
        room->carried[0].far = true;
        kept = 1;
    }
    room->carried_count = kept;
}

static void carry(struct room *room, const struct figures *all)
{
    struct carried far = { .far = false };
    if (room->carried_count > 0 && room->carried[0].far)
        far = room->carried[0];
    if (all->n > 0)
        room->carried_count = 0;
    if (all->n > 0 && far.far)
        room->carried[room->carried_count++] = far;
    for (size_t i = 0; i < all->n && room->carried_count < CARRIED_MAX; i++) {
        const struct figure *f = &all->f[i];
        if ((f->unit_kind == UNIT_COUNT || f->unit_kind == UNIT_MONEY) && !f->part &&
            strcmp(f->rule, "figure.change") != 0)
            room->carried[room->carried_count++] =
                (struct carried){ f->subject, f->action, f->unit_text, f->metric, f->value.value, false };
    }
}

void figure_find(struct pass *p)
{
    const struct sentence *s = p->s;
    if (p->figure_room == NULL) {
        p->figure_room = arena_alloc(p->a, sizeof(struct room));
        p->figure_room->carried_count = 0;
    }
    if (s->first)
        keep_far(p->figure_room);
    if (s->number_count == 0)
        return;
    struct figures *all = &p->figure_room->figures;
    all->n = 0;
    for (size_t k = 0; k < s->number_count && all->n < FIGURES_MAX; k++) {
        struct figure *f = &all->f[all->n];
        size_t i = s->number_at[k];
        if (!read_figure(s, i, f) || (p->has_vote && span_is(f->unit_text, "票")))
            continue;
        f->carried = p->figure_room->carried;
        f->carried_count = p->figure_room->carried_count;
        size_t begin = ground_begin(s, i), before = all->n > 0 ? all->f[all->n - 1].used_to : 0;
        f->left = before > begin ? before : begin;
        size_t end = clause_end(s, f->used_to), next = next_figure_number(s, f->used_to);
        f->right = next < end ? next : end;
        read_subject(s, all, f, f->right);
        link_part(s, all, f);
        if (f->subject.n > 0)
            all->n++;
    }
    if (all->n == 0)
        return;
    share_out(s, all);
    share_action(s, all);
    struct hits *h = &p->figure_room->hits;
    read_hits(p, h);
    for (size_t i = 0; i < all->n; i++) {
        trim_subject(&all->f[i]);
        report(p, all, &all->f[i], h);
    }
    carry(p->figure_room, all);
}
