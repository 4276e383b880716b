/* vote.c - counted votes: 赞成45票、反对2票、弃权1票; 满意30票,基本满意5票. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define ITEM_MAX_BYTES 300

static const struct side {
    const char *word;
    enum finding_field field;
} sides[] = {
    { "基本满意", FINDING_BASICALLY }, { "较满意", FINDING_BASICALLY }, { "不满意", FINDING_DISSATISFIED },
    { "满意", FINDING_SATISFIED },     { "不赞成", FINDING_AGAINST },   { "赞成", FINDING_FOR },
    { "同意", FINDING_FOR },           { "反对", FINDING_AGAINST },     { "弃权", FINDING_ABSTAIN },
    { "未按", FINDING_ABSENT },        { "未表决", FINDING_ABSENT },    { "未投票", FINDING_ABSENT },
};

/* The side that these words begin with; NULL: none. */
static const struct side *side_in_front(struct span words)
{
    for (size_t k = 0; k < sizeof(sides) / sizeof(sides[0]); k++) {
        if (span_starts(words, span_of(sides[k].word)))
            return &sides[k];
    }
    return NULL;
}

/* The side that these words end with; NULL: none. */
static const struct side *side_behind(struct span words)
{
    for (size_t k = 0; k < sizeof(sides) / sizeof(sides[0]); k++) {
        if (span_ends(words, span_of(sides[k].word)))
            return &sides[k];
    }
    return NULL;
}

/* 票; 满意票48张; where people vote, also 17人满意. */
static bool is_ballot(const struct sentence *s, size_t i)
{
    if (i + 1 >= s->n || s->t[i].type != TOK_NUMBER || s->numbers[s->t[i].value].value.scale != 0 ||
        s->numbers[s->t[i].value].too_long)
        return false;
    if (token_is(s, i + 1, "票"))
        return true;
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    if (token_is(s, i + 1, "张"))
        return span_ends(before, SPAN("票")) || span_ends(before, SPAN("票为")) || span_ends(before, SPAN("票有"));
    bool people = token_is(s, i + 1, "人") || token_is(s, i + 1, "名") || token_is(s, i + 1, "位");
    if (!people || (!sentence_has(s, SPAN("表决")) && !sentence_has(s, SPAN("测评")) && !sentence_has(s, SPAN("投票"))))
        return false;
    return side_behind(before) != NULL ||
           side_in_front((struct span){ s->text.p + s->t[i + 1].to, s->to - s->t[i + 1].to }) != NULL;
}

/* 以186票(的高票)当选, 以全票通过: bare ballots are for what wins by them. */
static bool wins(const struct sentence *s, size_t i)
{
    static const struct span words[] = { WORD("的"),   WORD("高票"), WORD("全票"), WORD("满票"),
                                         WORD("多数"), WORD("得票"), WORD("绝对") };
    static const struct span lead[] = { WORD("以"), WORD("以高达"), WORD("获得"), WORD("获") };
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    struct span behind = { s->text.p + s->t[i + 1].to, s->to - s->t[i + 1].to };
    bool led = false;
    for (size_t k = 0; k < sizeof(lead) / sizeof(lead[0]); k++)
        led |= span_ends(before, lead[k]);
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (span_starts(behind, words[k]))
            behind = (struct span){ behind.p + words[k].n, behind.n - words[k].n };
    }
    return led && token_is(s, i + 1, "票") &&
           (span_starts(behind, SPAN("当选")) || span_starts(behind, SPAN("通过")) ||
            span_starts(behind, SPAN("顺利当选")) || span_starts(behind, SPAN("获得通过")));
}

/* The side whose word stands right before the number (赞成45票) or right behind its unit (45票赞成). */
static const struct side *side_of(const struct sentence *s, size_t i)
{
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    struct span behind = { s->text.p + s->t[i + 1].to, s->to - s->t[i + 1].to };
    static const char *const glue[] = { "的", "为", "有", ":", WIDE_COLON, "得", "票" };
    for (size_t k = 0; k < sizeof(glue) / sizeof(glue[0]); k++) {
        if (span_ends(before, span_of(glue[k])))
            before.n -= strlen(glue[k]);
    }
    const struct side *side = side_behind(before);
    if (side != NULL)
        return side;
    side = side_in_front(behind);
    return side == NULL && wins(s, i) ? side_in_front(SPAN("赞成")) : side;
}

static struct span topic_from(const struct sentence *s, size_t from, size_t limit)
{
    size_t to = from;
    while (to < limit && !token_ends_clause(s, to) && !token_verb(s, to, VERB_LIGHT) &&
           (s->t[to].type != TOK_NUMBER || to < from + 2))
        to++;
    return tokens_span(s, from, to);
}

static struct span titled(const struct sentence *s, size_t i)
{
    struct span t = token_span(s, &s->t[i]);
    return (struct span){ t.p + 3, t.n - 6 };
}

/* 以…票通过《…》, 通过关于…的决定: what stands behind the verb of adopting, from token i on. */
static struct span item_behind(const struct sentence *s, size_t i)
{
    bool adopted = false;
    size_t verb = 0;
    for (; i < s->n; i++) {
        adopted |= token_in(s, i, LEX_BIT(STAGE)) && span_has(token_span(s, &s->t[i]), SPAN("通过"));
        if (verb > 0 && is_ballot(s, i) && s->t[i].type == TOK_NUMBER)
            break; /* the next vote of the sentence */
        if (adopted && s->t[i].type == TOK_TITLE)
            return titled(s, i);
        if (adopted && token_is(s, i, "关于"))
            return topic_from(s, i, s->n);
        if (token_verb(s, i, VERB_APPOINT) && span_has(token_span(s, &s->t[i]), SPAN("任命")))
            return topic_from(s, i, s->n); /* 以…票赞成,决定任命某人为… */
        if (adopted && verb == 0)
            verb = i;
    }
    if (verb > 0 && verb + 1 < s->n && !token_ends_clause(s, verb + 1)) /* 全票通过了人事任免事项 */
        return topic_from(s, token_is(s, verb + 1, "了") ? verb + 2 : verb + 1, s->n);
    return (struct span){ NULL, 0 };
}

/* Who or what got the votes, before the word that says so; empty where nothing stands before it. */
static struct span winner(struct span clause)
{
    static const struct span words[] = { WORD("获得"), WORD("获"),   WORD("得到"), WORD("得"), WORD("赞成"),
                                         WORD("同意"), WORD("满意"), WORD("反对"), WORD("以") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *at = span_find(clause, words[i]);
        if (at != NULL)
            return at - clause.p >= 6 ? text_trim(span_between(clause.p, at)) : (struct span){ NULL, 0 };
    }
    return (struct span){ NULL, 0 };
}

/* What was voted on: named behind the ballots, else the nearest 对…, 关于… or title before them. */
static struct span item_of(const struct sentence *s, size_t first)
{
    struct span item = item_behind(s, first);
    for (size_t i = first; i > 0 && item.n == 0; i--) {
        if (s->t[i - 1].type == TOK_TITLE)
            item = titled(s, i - 1);
        else if (token_is(s, i - 1, "对"))
            item = topic_from(s, i, first);
        else if (token_is(s, i - 1, "关于"))
            item = topic_from(s, i - 1, first);
    }
    size_t begin = clause_begin(s, first);
    if (item.n == 0)
        item = winner(tokens_span(s, begin, first)); /* 张某某得赞成票201票 */
    if (item.n == 0)
        item = text_trim(tokens_span(s, begin > 0 ? clause_begin(s, begin - 1) : 0, begin > 0 ? begin - 1 : first));
    return item.n > ITEM_MAX_BYTES ? text_cut(item, ITEM_MAX_BYTES) : item;
}

/* 该报告: what was heard before. */
static bool points_back(struct span item)
{
    static const struct span words[] = { WORD("该报告"), WORD("该项报告"), WORD("此报告"),
                                         WORD("报告"),   WORD("上述报告"), WORD("该项工作") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_eq(item, words[i]))
            return true;
    }
    static const struct span results[] = { WORD("表决结果"), WORD("测评结果"), WORD("投票结果"), WORD("结果") };
    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
        if (span_starts(item, results[i]) && item.n < results[i].n + 9)
            return true;
    }
    return false;
}

bool vote_find(struct pass *p)
{
    const struct sentence *s = p->s;
    struct finding *f = NULL;
    for (size_t k = 0; k < s->number_count; k++) {
        size_t i = s->number_at[k];
        const struct side *side = is_ballot(s, i) ? side_of(s, i) : NULL;
        if (side == NULL)
            continue;
        if (f == NULL || finding_get(f, side->field).n > 0) { /* the same side again: another vote */
            struct span item = item_of(s, i);
            if (points_back(item) && p->heard_topic.n > 0)
                item = p->heard_topic;
            f = pass_add(p, KIND_VOTE, s->t[i].from, s->t[i + 1].to, "vote.ballots");
            pass_set(p, f, FINDING_ITEM, item);
            pass_set_time(p, f, i);
            pass_set_meeting(p, f, i);
            if (token_is(s, i + 1, "票") && wins(s, i))
                pass_set_str(p, f, FINDING_RESULT, "passed");
            else if (sentence_has(s, SPAN("通过")))
                pass_set_str(p, f, FINDING_RESULT,
                             sentence_has(s, SPAN("未通过")) || sentence_has(s, SPAN("未获通过")) ? "rejected"
                                                                                                  : "passed");
        }
        if (finding_get(f, side->field).n == 0)
            pass_set(p, f, side->field, decimal_text(s->numbers[s->t[i].value].value, p->a));
    }
    return f != NULL;
}
