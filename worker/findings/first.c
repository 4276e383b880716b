/* first.c - claims to be first or only: 全省首部…, 在全国率先…. */
#include "common/text.h"
#include "worker/findings/pass.h"

#define AMONG_BACK   6 /* tokens */
#define THING_TOKENS 24
#define THING_MIN    6

/* 第一部, 第一家: 第, 一, a measure word. Returns the token behind, or i. */
static size_t first_by_number(const struct sentence *s, size_t i)
{
    if (i + 2 >= s->n || s->t[i + 1].type != TOK_NUMBER || !token_is(s, i, "第") ||
        !s->numbers[s->t[i + 1].value].plain_one)
        return i;
    static const char *const units[] = { "部", "家", "个", "例", "件", "项", "座", "支" };
    for (size_t k = 0; k < sizeof(units) / sizeof(units[0]); k++) {
        if (token_is(s, i + 2, units[k]))
            return i + 3;
    }
    if (token_is(s, i + 2, "次") && token_ends_clause(s, i + 3)) /* 还是第一次, but not 第一次会议 */
        return i + 3;
    return i;
}

static struct span among_before(const struct sentence *s, size_t i)
{
    for (size_t k = i; k > 0 && i - k < AMONG_BACK && !token_ends_clause(s, k - 1); k--) {
        if (word_is(s->t[k - 1].w, LEX_FIRST, FIRST_AMONG)) {
            struct span among = token_span(s, &s->t[k - 1]);
            struct span more = tokens_span(s, k - 1, i);
            return span_ends(more, SPAN("省市州")) ? more : among;
        }
    }
    return (struct span){ NULL, 0 };
}

/* What is claimed: behind the claim to the end of its clause, without particles in front. */
static struct span thing_behind(const struct sentence *s, size_t i)
{
    while (i < s->n &&
           (token_is(s, i, "的") || token_is(s, i, "在") || token_in(s, i, LEX_BIT(UNIT)) || token_is(s, i, "实现")))
        i++;
    size_t end = i;
    while (end < s->n && end - i < THING_TOKENS && !token_ends_clause(s, end) && s->t[end].type != TOK_PAREN_OPEN &&
           s->t[end].type != TOK_CLOSE) {
        if (end > i + 2 && (token_is(s, end, "并") || token_is(s, end, "推广")))
            break;
        end++;
    }
    return text_trim(tokens_span(s, i, end));
}

/* 率先 and 首次 tell of an act, whose doer may stand before: 联网系统率先实现三级贯通. */
static struct span doer_before(const struct sentence *s, size_t i)
{
    size_t begin = clause_begin(s, i), end = i;
    while (end > begin && (word_is(s->t[end - 1].w, LEX_FIRST, FIRST_AMONG) || token_is(s, end - 1, "在")))
        end--;
    struct span doer = text_trim(tokens_span(s, begin, end));
    return span_ends(doer, SPAN("系统")) || span_ends(doer, SPAN("平台")) ? doer : (struct span){ NULL, 0 };
}

/* 这在全县各乡镇还是第一次, …尚属首次: the clause ends with the claim, and what is claimed stands before it. */
static struct span thing_before(const struct sentence *s, size_t i)
{
    static const struct span links[] = { WORD("还是"), WORD("尚属"), WORD("属"), WORD("是"), WORD("系"), WORD("为") };
    size_t begin = clause_begin(s, i), end = i;
    while (end > begin && (word_is(s->t[end - 1].w, LEX_FIRST, FIRST_AMONG) || token_is(s, end - 1, "在") ||
                           token_is(s, end - 1, "也") || token_is(s, end - 1, "的")))
        end--;
    struct span before = tokens_span(s, begin, end);
    size_t kept = before.n;
    for (size_t k = 0; k < sizeof(links) / sizeof(links[0]) && kept == before.n; k++) {
        if (span_ends(before, links[k]))
            before.n -= links[k].n;
    }
    if (kept == before.n)
        return (struct span){ NULL, 0 };
    bool pronoun = span_starts(before, SPAN("这")) || span_starts(before, SPAN("在")) || before.n < THING_MIN;
    if (!pronoun)
        return text_trim(before);
    if (begin == 0)
        return (struct span){ NULL, 0 };
    return text_trim(tokens_span(s, clause_begin(s, begin - 1), begin - 1));
}

/* Behind the claim nothing is claimed: the clause ends, or 的 and a full stop. */
static bool claims_nothing(const struct sentence *s, size_t behind)
{
    return token_ends_clause(s, behind) || s->t[behind].type == TOK_PAREN_OPEN;
}

static bool is_ordinary(const struct sentence *s, size_t i, size_t behind)
{
    struct span rest = { s->text.p + s->t[behind - 1].to, s->to - s->t[behind - 1].to };
    return span_starts(rest, SPAN("会议")) || span_starts(rest, SPAN("全体会议")) || span_starts(rest, SPAN("审议")) ||
           span_starts(rest, SPAN("垂范")) || span_starts(rest, SPAN("提请")) || span_starts(rest, SPAN("责任人")) ||
           span_starts(rest, SPAN("发问")) || span_starts(rest, SPAN("发言")) || span_starts(rest, SPAN("表态")) ||
           span_starts(rest, SPAN("提出")) || s->t[i].quoted;
}

static void read_claim(struct pass *p, size_t i, size_t behind)
{
    const struct sentence *s = p->s;
    if (is_ordinary(s, i, behind))
        return;
    struct span claim = tokens_span(s, i, behind), among = among_before(s, i);
    size_t what = behind;
    if (among.n == 0 && token_is(s, behind, "在") && behind + 2 < s->n &&
        word_is(s->t[behind + 1].w, LEX_FIRST, FIRST_AMONG)) { /* 率先在全省开展… */
        among = token_span(s, &s->t[behind + 1]);
        what = behind + 2;
    }
    struct span thing = thing_behind(s, what);
    struct span doer = doer_before(s, i);
    if (thing.n < THING_MIN && claims_nothing(s, behind)) {
        thing = thing_before(s, i);
        doer.n = 0;
    }
    if (thing.n < THING_MIN)
        return;
    if (doer.n > 0)
        thing = arena_printf(p->a, "%.*s%.*s", SPAN_FMT(doer), SPAN_FMT(thing));
    struct finding *f = pass_add(p, KIND_FIRST, s->t[i].from, s->t[behind - 1].to, "first.claim");
    pass_set(p, f, FINDING_CLAIM, claim);
    pass_set(p, f, FINDING_AMONG, among);
    pass_set(p, f, FINDING_THING, thing);
    pass_set_time(p, f, i);
}

void first_find(struct pass *p)
{
    const struct sentence *s = p->s;
    bool words = (s->tables & LEX_BIT(FIRST)) != 0;
    for (size_t k = 0; k < s->number_count && !words; k++) {
        size_t i = s->number_at[k], behind = i == 0 ? 0 : first_by_number(s, i - 1);
        if (i > 0 && behind > i - 1)
            read_claim(p, i - 1, behind);
    }
    for (size_t i = 0; i < s->n && words; i++) {
        size_t behind = first_by_number(s, i);
        if (behind > i)
            read_claim(p, i, behind);
        else if (token_in(s, i, LEX_BIT(FIRST)) && word_is(s->t[i].w, LEX_FIRST, FIRST_CLAIM))
            read_claim(p, i, i + 1);
    }
}
