/* suggestion.c - named motions and suggestions of deputies: 《关于…的建议》, 第23号建议. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define NEAR_TOKENS 40

static const char *type_of(struct span title)
{
    bool proposed = span_starts(title, SPAN("国务院")) || span_has(title, SPAN("政府关于")) ||
                    span_has(title, SPAN("提请审议")); /* what a government puts forward is none of the deputies' */
    if (span_ends(title, SPAN("议案")))
        return proposed ? NULL : "motion";
    if (span_ends(title, SPAN("建议")) || span_ends(title, SPAN("意见建议")) || span_ends(title, SPAN("批评和意见")))
        return "suggestion";
    return NULL;
}

/* 第0123号 near the title, on either side. */
static struct span number_near(const struct sentence *s, size_t from, size_t to)
{
    size_t begin = from > 12 ? from - 12 : 0, end = to + 8 < s->n ? to + 8 : s->n;
    for (size_t i = begin; i + 1 < end; i++) {
        if (s->t[i].type == TOK_NUMBER && token_is(s, i + 1, "号"))
            return token_span(s, &s->t[i]);
        if (s->t[i].type == TOK_DATE && i > 0 && token_is(s, i - 1, "第")) { /* 第23号 read as a day */
            struct span d = token_span(s, &s->t[i]);
            if (span_ends(d, SPAN("号")))
                return (struct span){ d.p, d.n - 3 };
        }
    }
    return (struct span){ NULL, 0 };
}

/* 由市教育局主办: who stands between 由 and a verb of handling. */
static struct span doer(const struct sentence *s, size_t from, const char *const *verbs, size_t n)
{
    for (size_t i = from; i < s->n && i - from < NEAR_TOKENS; i++) {
        bool verb = false;
        for (size_t k = 0; k < n; k++)
            verb |= token_is(s, i, verbs[k]);
        if (!verb)
            continue;
        for (size_t k = i; k > from; k--) {
            if (token_is(s, k - 1, "由")) {
                struct span who = text_trim(tokens_span(s, k, i));
                if (span_ends(who, SPAN("牵头")) || span_ends(who, SPAN("负责")))
                    who.n -= 6;
                return who;
            }
            if (token_ends_clause(s, k - 1))
                break;
        }
        return (struct span){ NULL, 0 };
    }
    return (struct span){ NULL, 0 };
}

/* 承办单位:区住建局 */
static struct span handler_named(const struct sentence *s, size_t from)
{
    for (size_t i = from; i + 2 < s->n && i - from < NEAR_TOKENS; i++) {
        struct span w = token_span(s, &s->t[i]);
        if (!span_ends(w, SPAN("单位")) && !span_ends(w, SPAN("部门")))
            continue;
        if (token_colon(s, i + 1))
            return text_trim(tokens_span(s, i + 2, clause_end(s, i + 2)));
    }
    return (struct span){ NULL, 0 };
}

/* What became of it, as the text says it, before the next title. */
static struct span status_behind(const struct sentence *s, size_t to)
{
    static const struct span words[] = { WORD("已办结"),   WORD("已经办结"), WORD("办理完毕"), WORD("已办理完毕"),
                                         WORD("已落实"),   WORD("已经落实"), WORD("已解决"),   WORD("已经解决"),
                                         WORD("得到解决"), WORD("正在办理"), WORD("正在推进"), WORD("正在解决"),
                                         WORD("已办复"),   WORD("已答复"),   WORD("列入计划"), WORD("已采纳"),
                                         WORD("全部落实"), WORD("重新办理"), WORD("办结销号"), WORD("基本解决"),
                                         WORD("已完成"),   WORD("正在落实") };
    size_t end = to;
    while (end < s->n && s->t[end].type != TOK_TITLE)
        end++;
    struct span rest = tokens_span(s, to, end), best = { NULL, 0 };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *at = span_find(rest, words[i]);
        if (at != NULL && (best.n == 0 || at < best.p))
            best = (struct span){ at, words[i].n };
    }
    return best;
}

/* A类 behind the title or right before it. */
static struct span class_near(const struct sentence *s, size_t from, size_t to)
{
    size_t begin = from > 6 ? from - 6 : 0;
    for (size_t i = begin; i + 1 < s->n && i < to + NEAR_TOKENS; i++) {
        if (i >= to && s->t[i].type == TOK_TITLE)
            break;
        struct span w = tokens_span(s, i, i + 2);
        if (w.n == 4 && *w.p >= 'A' && *w.p <= 'D' && span_ends(w, SPAN("类")))
            return w;
        w = token_span(s, &s->t[i]);
        if (w.n == 4 && *w.p >= 'A' && *w.p <= 'D' && span_ends(w, SPAN("类")))
            return w;
    }
    return (struct span){ NULL, 0 };
}

static void report(struct pass *p, size_t from, size_t to, struct span title, const char *rule)
{
    static const char *const handling[] = { "办理", "承办", "主办", "牵头办理", "负责办理", "答复" };
    static const char *const leading[] = { "督办", "领衔督办", "牵头督办", "重点督办" };
    const struct sentence *s = p->s;
    const char *type = type_of(title);
    if (type == NULL || title.n < 18 || !pass_first_time(p, KIND_SUGGESTION, title, 0))
        return;
    struct finding *f =
        pass_add(p, KIND_SUGGESTION, (uint32_t)(title.p - s->text.p), (uint32_t)(title.p + title.n - s->text.p), rule);
    pass_set_str(p, f, FINDING_TYPE, type);
    pass_set(p, f, FINDING_TITLE, title);
    pass_set(p, f, FINDING_NUMBER, number_near(s, from, to));
    pass_set(p, f, FINDING_HANDLER, handler_named(s, to));
    if (finding_get(f, FINDING_HANDLER).n == 0)
        pass_set(p, f, FINDING_HANDLER, doer(s, to, handling, sizeof(handling) / sizeof(handling[0])));
    pass_set(p, f, FINDING_SUPERVISOR, doer(s, to, leading, sizeof(leading) / sizeof(leading[0])));
    pass_set(p, f, FINDING_STATUS, status_behind(s, to));
    pass_set(p, f, FINDING_CLASS, class_near(s, from, to));
    if (span_has(sentence_span(s), SPAN("重点督办")) || span_has(sentence_span(s), SPAN("重点建议")))
        pass_set_str(p, f, FINDING_KEY, "true");
}

/* 1.关于…的建议(第021号),承办单位:区住建局: a line of a list, without 《》. */
static void read_line(struct pass *p)
{
    const struct sentence *s = p->s;
    size_t i = s->t[0].type == TOK_PAREN_OPEN ? 3 : s->listed ? 2 : 0, k = i;
    if (!s->first || !token_is(s, i, "关于"))
        return;
    while (k < s->n && k - i < NEAR_TOKENS && !token_ends_clause(s, k) && s->t[k].type != TOK_PAREN_OPEN)
        k++;
    struct span title = tokens_span(s, i, k);
    if (span_ends(title, SPAN("的建议")) || (s->listed && span_ends(title, SPAN("的议案"))))
        report(p, i, k, title, "suggestion.line");
}

void suggestion_find(struct pass *p)
{
    const struct sentence *s = p->s;
    read_line(p);
    if ((s->types & (1u << TOK_TITLE | 1u << TOK_OPEN)) == 0 && (s->verbs & 1u << VERB_RECEIVE) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (i > 1 && token_is(s, i, "关于") &&
            (token_is(s, i - 1, "提出") || token_is(s, i - 2, "提出") ||
             token_is(s, i - 2, "提交"))) { /* 代表提出的关于…的建议 */
            size_t end = clause_end(s, i);
            struct span t = tokens_span(s, i, end);
            if (end - i < NEAR_TOKENS && (span_ends(t, SPAN("的建议")) || span_ends(t, SPAN("的议案"))))
                report(p, i, end, t, "suggestion.line");
        } else if (s->t[i].type == TOK_TITLE) {
            struct span t = token_span(s, &s->t[i]);
            report(p, i, i + 1, (struct span){ t.p + 3, t.n - 6 }, "suggestion.title");
        } else if (s->t[i].type == TOK_OPEN && token_is(s, i + 1, "关于")) {
            size_t k = i + 1;
            while (k < s->n && k - i < NEAR_TOKENS && s->t[k].type != TOK_CLOSE)
                k++;
            if (k < s->n && s->t[k].type == TOK_CLOSE) {
                struct span t = tokens_span(s, i + 1, k);
                bool suggested = token_is(s, k + 1, "建议") || token_is(s, k + 1, "议案") ||
                                 token_is(s, k + 2, "建议") || token_is(s, k + 2, "议案");
                if (type_of(t) == NULL && suggested)
                    t = tokens_span(s, i + 1, token_is(s, k + 1, "建议") || token_is(s, k + 1, "议案") ? k + 2 : k + 3);
                report(p, i, k + 1, t, "suggestion.quoted");
            }
        }
    }
}
