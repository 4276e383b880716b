/* suggestion.c - named motions and suggestions of deputies: 《关于…的建议》, 第23号建议. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define NEAR_TOKENS     40
#define TITLE_MIN_BYTES 18
#define NAME_MAX_BYTES  60 /* of the deputy to whom a reply is written */

static const char *type_of(struct span title)
{
    bool proposed = span_starts(title, SPAN("国务院")) || span_has(title, SPAN("政府关于")) ||
                    span_has(title, SPAN("关于提请")) ||
                    span_has(title, SPAN("提请审")); /* what a government puts forward is none of the deputies' */
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

static const char *const handling[] = { "办理", "承办", "主办", "牵头办理", "负责办理", "答复" };

/* What became of it, as the text says it, before the next title. */
static struct span status_behind(const struct sentence *s, size_t to, size_t until)
{
    static const struct span words[] = {
        WORD("已办结"),   WORD("已经办结"),     WORD("办理完毕"),     WORD("已办理完毕"),   WORD("已落实"),
        WORD("已经落实"), WORD("已解决"),       WORD("已经解决"),     WORD("得到解决"),     WORD("正在办理"),
        WORD("正在推进"), WORD("正在解决"),     WORD("已办复"),       WORD("已答复"),       WORD("列入计划"),
        WORD("已采纳"),   WORD("全部落实"),     WORD("重新办理"),     WORD("办结销号"),     WORD("基本解决"),
        WORD("已完成"),   WORD("正在落实"),     WORD("立为大会议案"), WORD("列为大会议案"), WORD("作为大会议案"),
        WORD("立为议案"), WORD("列为议案"),     WORD("列入大会议程"), WORD("转为建议"),     WORD("已列入计划"),
        WORD("纳入计划"), WORD("暂时无法解决"), WORD("部分解决"),     WORD("逐步解决")
    };
    size_t end = to;
    while (end < until && s->t[end].type != TOK_TITLE)
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

/* 区住建局主办的《…》, 李某等11名代表提出的《…》: who stands before the verb that is tied to the title by 的. */
static struct span doer_before(const struct sentence *s, size_t from, const char *const *verbs, size_t n)
{
    if (from < 3 || !token_is(s, from - 1, "的"))
        return (struct span){ NULL, 0 };
    for (size_t k = 0; k < n; k++) {
        if (!token_is(s, from - 2, verbs[k]))
            continue;
        size_t begin = clause_begin(s, from - 2);
        for (size_t i = from - 2; i > begin; i--) { /* 二、 or 由 in front of the name */
            if (token_is(s, i - 1, "由") || s->t[i - 1].type == TOK_LIST || s->t[i - 1].type == TOK_PAREN_CLOSE)
                begin = i;
        }
        return text_trim(tokens_span(s, begin, from - 2));
    }
    return (struct span){ NULL, 0 };
}

/* Deputies, with 代表 at the end of their names: 李某代表, 李某等11名代表; or the addressee of a reply: 您在…提出的. */
static struct span proposer_of(const struct pass *p, size_t from)
{
    static const char *const proposing[] = { "提出", "所提", "提交", "领衔提出", "联名提出" };
    const struct sentence *s = p->s;
    struct span who = doer_before(s, from, proposing, sizeof(proposing) / sizeof(proposing[0]));
    struct span text = sentence_span(s);
    if ((span_starts(text, SPAN("您")) || span_starts(text, SPAN("你"))) && p->addressee.n > 0)
        return p->addressee;
    if (who.n > 60 || span_starts(who, SPAN("代表")) || span_starts(who, SPAN("人大代表")) ||
        span_has(who, SPAN("会议")) || span_has(who, SPAN("部分")))
        return (struct span){ NULL, 0 };
    return who;
}

static void report(struct pass *p, size_t from, size_t to, struct span title, const char *rule)
{

    static const char *const leading[] = { "督办", "领衔督办", "牵头督办", "重点督办" };
    const struct sentence *s = p->s;
    const char *type = type_of(title);
    if (type == NULL || title.n < TITLE_MIN_BYTES || !pass_first_time(p, KIND_SUGGESTION, title, 0))
        return;
    struct finding *f =
        pass_add(p, KIND_SUGGESTION, (uint32_t)(title.p - s->text.p), (uint32_t)(title.p + title.n - s->text.p), rule);
    pass_set_str(p, f, FINDING_TYPE, type);
    pass_set(p, f, FINDING_TITLE, title);
    struct span number = number_near(s, from, to);
    pass_set(p, f, FINDING_NUMBER, number);
    if (number.n > 0) /* 第82号建议 further down is this one */
        pass_first_time(p, KIND_SUGGESTION, number, strcmp(type, "motion") == 0 ? 2 : 1);
    pass_set(p, f, FINDING_HANDLER, handler_named(s, to));
    pass_set(p, f, FINDING_PROPOSER, proposer_of(p, from));
    if (finding_get(f, FINDING_HANDLER).n == 0)
        pass_set(p, f, FINDING_HANDLER, doer_before(s, from, handling, sizeof(handling) / sizeof(handling[0])));
    if (finding_get(f, FINDING_HANDLER).n == 0)
        pass_set(p, f, FINDING_HANDLER, doer(s, to, handling, sizeof(handling) / sizeof(handling[0])));
    pass_set(p, f, FINDING_SUPERVISOR, doer(s, to, leading, sizeof(leading) / sizeof(leading[0])));
    pass_set(p, f, FINDING_STATUS, status_behind(s, to, s->n));
    pass_set(p, f, FINDING_CLASS, class_near(s, from, to));
    if (finding_get(f, FINDING_CLASS).n == 0)
        pass_set(p, f, FINDING_CLASS, p->reply_class);
    struct span heading = p->art->f[ARTICLE_TITLE];
    if (sentence_has(s, SPAN("重点督办")) || sentence_has(s, SPAN("重点建议")) ||
        span_has(heading, SPAN("重点督办建议")) || span_has(heading, SPAN("重点建议")))
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

/* What may follow a title that no sign ends: 关于…的议案列入大会议程. */
static bool goes_on(const struct sentence *s, size_t i)
{
    static const char *const words[] = { "列入", "列为", "作为", "立为", "由", "被", "得到", "等" };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (token_is(s, i, words[k]))
            return true;
    }
    return false;
}

/* The end of an unquoted title that begins at token i: behind 的建议 or 的议案 at the end of its item; or i. */
static size_t item_end(const struct sentence *s, size_t i)
{
    for (size_t k = i; k + 1 < s->n && k - i < NEAR_TOKENS && !token_ends_clause(s, k); k++) {
        size_t behind = k + 2;
        bool named = token_is(s, k, "的") && (token_is(s, k + 1, "建议") || token_is(s, k + 1, "议案"));
        if (s->t[k].type == TOK_TITLE)
            return i;
        if (named && (token_ends_clause(s, behind) || s->t[behind].type == TOK_LIST || goes_on(s, behind) ||
                      token_noun(s, behind, NOUN_CONJ) || s->t[behind].type == TOK_PAREN_OPEN))
            return behind;
    }
    return i;
}

/* 代表提出的关于…的建议、加强…的建议: items in a row, the first with 关于. Returns the token behind. */
static size_t read_items(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    for (;;) {
        size_t end = item_end(s, i);
        if (end == i)
            return i;
        report(p, i, end, tokens_span(s, i, end), "suggestion.line");
        if (end >= s->n || (s->t[end].type != TOK_LIST && !token_noun(s, end, NOUN_CONJ)))
            return end;
        i = end + 1;
    }
}

/* What is supervised or becomes a motion of the session is the deputies', whoever is named before it. */
static bool of_deputies(const struct sentence *s)
{
    return sentence_has(s, SPAN("督办")) || sentence_has(s, SPAN("大会议案")) || sentence_has(s, SPAN("大会议程")) ||
           sentence_has(s, SPAN("代表建议"));
}

/* Somebody puts forward, handles or supervises what begins with 关于 at token i. */
static bool deputies_before(const struct sentence *s, size_t i)
{
    static const char *const words[] = { "代表", "人大代表", "代表们", "提出", "所提", "提交" };
    for (size_t k = i > 2 ? i - 2 : 0; k < i; k++) {
        for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
            if (token_is(s, k, words[w]))
                return k + 1 == i || token_is(s, k + 1, "的") || token_is(s, k + 1, "了");
        }
    }
    return of_deputies(s);
}

/* The quotation mark that closes the one at token i; s->n when there is none near. */
static size_t closing(const struct sentence *s, size_t i)
{
    int depth = 0;
    for (size_t k = i; k < s->n && k - i < 2 * NEAR_TOKENS; k++) {
        depth += s->t[k].type == TOK_OPEN;
        depth -= s->t[k].type == TOK_CLOSE;
        if (depth == 0)
            return k;
    }
    return s->n;
}

/* “关于…的建议”, “关于…”的建议. */
static void read_quoted(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    size_t k = closing(s, i);
    if (k >= s->n)
        return;
    struct span t = tokens_span(s, i + 1, k);
    bool suggested = token_is(s, k + 1, "建议") || token_is(s, k + 1, "议案") || token_is(s, k + 2, "建议") ||
                     token_is(s, k + 2, "议案");
    if (type_of(t) == NULL && suggested)
        t = tokens_span(s, i + 1, token_is(s, k + 1, "建议") || token_is(s, k + 1, "议案") ? k + 2 : k + 3);
    report(p, i, k + 1, t, "suggestion.quoted");
}

/* 李某代表: and 平交复函〔2024〕9号B类 at the head of a reply. */
static void read_head(struct pass *p)
{
    const struct sentence *s = p->s;
    struct span line = sentence_span(s), ends[] = { SPAN("代表:"), SPAN("代表" WIDE_COLON) };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (s->first && span_ends(line, ends[i]) && line.n <= NAME_MAX_BYTES + ends[i].n)
            p->addressee = (struct span){ line.p, line.n - ends[i].n };
    }
    if (s->first && s->heading && s->n < 2 * NEAR_TOKENS && span_has(line, SPAN("类"))) {
        struct span class = class_near(s, 0, s->n);
        if (class.n > 0 && span_has(p->art->f[ARTICLE_TITLE], SPAN("答复")))
            p->reply_class = class;
    }
}

/* 第112号建议, 第一号议案: named by its number alone. */
static void read_numbered(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    size_t what = i + 2;
    if (i == 0 || !token_is(s, i - 1, "第") || !token_is(s, i + 1, "号"))
        return;
    what += token_is(s, what, "代表") || token_is(s, what, "重点");
    bool motion = token_is(s, what, "议案");
    if ((!motion && !token_is(s, what, "建议") && !token_is(s, what, "代表建议")) || what + 1 >= s->n)
        return;
    for (size_t k = i > 4 ? i - 4 : 0; k < what + 3 && k < s->n; k++) { /* with a title, which takes the number */
        if (s->t[k].type == TOK_TITLE || s->t[k].type == TOK_OPEN || s->t[k].type == TOK_CLOSE)
            return;
    }
    struct span number = token_span(s, &s->t[i]);
    if (*number.p < '0' || *number.p > '9')
        number = decimal_text(s->numbers[s->t[i].value].value, p->a);
    if (!pass_first_time(p, KIND_SUGGESTION, number, 1 + motion))
        return;
    struct finding *f = pass_add(p, KIND_SUGGESTION, s->t[i - 1].from, s->t[what].to, "suggestion.number");
    pass_set_str(p, f, FINDING_TYPE, motion ? "motion" : "suggestion");
    pass_set(p, f, FINDING_NUMBER, number);
    pass_set(p, f, FINDING_HANDLER, doer(s, what + 1, handling, sizeof(handling) / sizeof(handling[0])));
    pass_set(p, f, FINDING_STATUS, status_behind(s, what + 1, clause_end(s, what)));
}

void suggestion_find(struct pass *p)
{
    const struct sentence *s = p->s;
    read_head(p);
    for (size_t k = 0; k < s->number_count; k++)
        read_numbered(p, s->number_at[k]);
    read_line(p);
    if ((s->types & (1u << TOK_TITLE | 1u << TOK_OPEN)) == 0 && (s->verbs & 1u << VERB_RECEIVE) == 0 &&
        !sentence_has(s, SPAN("代表")) && !of_deputies(s))
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (i > 0 && token_is(s, i, "关于") && deputies_before(s, i)) {
            size_t end = read_items(p, i);
            i = end > i ? end - 1 : i;
        } else if (s->t[i].type == TOK_TITLE) {
            struct span t = token_span(s, &s->t[i]);
            report(p, i, i + 1, (struct span){ t.p + 3, t.n - 6 }, "suggestion.title");
        } else if (s->t[i].type == TOK_OPEN && token_is(s, i + 1, "关于")) {
            read_quoted(p, i);
        }
    }
}
