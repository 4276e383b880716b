/* vote.c - counted votes: 赞成45票、反对2票、弃权1票; 满意30票,基本满意5票. */
#include "common/text.h"
#include "worker/findings/pass.h"

#define ITEM_MAX_BYTES 300

static const struct side {
    const char *word;
    enum finding_field field;
} sides[] = {
    { "基本满意", FINDING_BASICALLY }, { "较满意", FINDING_BASICALLY }, { "不满意", FINDING_DISSATISFIED }, { "满意", FINDING_SATISFIED },
    { "不赞成", FINDING_AGAINST },     { "赞成", FINDING_FOR },         { "同意", FINDING_FOR },            { "反对", FINDING_AGAINST },
    { "弃权", FINDING_ABSTAIN },       { "未按", FINDING_ABSENT },      { "未表决", FINDING_ABSENT },       { "未投票", FINDING_ABSENT },
};

static bool is_ballot(const struct sentence *s, size_t i)
{
    return i + 1 < s->n && s->t[i].type == TOK_NUMBER && token_is(s, i + 1, "票") && s->numbers[s->t[i].value].value.scale == 0 &&
           !s->numbers[s->t[i].value].too_long;
}

/* The side whose word stands right before the number (赞成45票) or right behind its unit (45票赞成). */
static const struct side *side_of(const struct sentence *s, size_t i)
{
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    struct span behind = { s->text.p + s->t[i + 1].to, s->to - s->t[i + 1].to };
    static const char *const glue[] = { "的", "为", "有", ":", "得", "票" };
    for (size_t k = 0; k < sizeof(glue) / sizeof(glue[0]); k++) {
        if (span_ends(before, span_of(glue[k])))
            before.n -= strlen(glue[k]);
    }
    for (size_t k = 0; k < sizeof(sides) / sizeof(sides[0]); k++) {
        if (span_ends(before, span_of(sides[k].word)))
            return &sides[k];
    }
    for (size_t k = 0; k < sizeof(sides) / sizeof(sides[0]); k++) {
        if (span_starts(behind, span_of(sides[k].word)))
            return &sides[k];
    }
    return NULL;
}

/* What was voted on: the title in the sentence, else what stands before the first clause with ballots. */
static struct span item_of(const struct sentence *s, size_t first)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_TITLE) {
            struct span t = token_span(s, &s->t[i]);
            return (struct span){ t.p + 3, t.n - 6 };
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        if (!token_is(s, i, "关于"))
            continue;
        size_t to = i;
        while (to < s->n && !token_ends_clause(s, to) && s->t[to].type != TOK_NUMBER)
            to++;
        return tokens_span(s, i, to);
    }
    for (size_t i = first; i > 0; i--) {
        if (!token_is(s, i - 1, "对") && !token_is(s, i - 1, "关于"))
            continue;
        size_t to = i;
        while (to < first && !token_ends_clause(s, to) && !token_verb(s, to, VERB_LIGHT))
            to++;
        return tokens_span(s, i, to);
    }
    size_t begin = clause_begin(s, first);
    struct span item = text_trim(tokens_span(s, begin > 0 ? clause_begin(s, begin - 1) : 0, begin > 0 ? begin - 1 : first));
    return item.n > ITEM_MAX_BYTES ? text_cut(item, ITEM_MAX_BYTES) : item;
}

bool vote_find(struct pass *p)
{
    const struct sentence *s = p->s;
    struct finding *f = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const struct side *side = is_ballot(s, i) ? side_of(s, i) : NULL;
        if (side == NULL)
            continue;
        if (f == NULL) {
            struct span item = item_of(s, i);
            f = pass_add(p, KIND_VOTE, s->t[i].from, s->t[i + 1].to, "vote.ballots");
            pass_set(p, f, FINDING_ITEM, item);
            pass_set_time(p, f, i);
            pass_set_meeting(p, f, i);
            if (span_has(sentence_span(s), SPAN("通过")))
                pass_set_str(p, f, FINDING_RESULT, span_has(sentence_span(s), SPAN("未通过")) || span_has(sentence_span(s), SPAN("未获通过")) ? "rejected" : "passed");
        }
        if (finding_get(f, side->field).n == 0)
            pass_set(p, f, side->field, decimal_text(s->numbers[s->t[i].value].value, p->a));
    }
    return f != NULL;
}
