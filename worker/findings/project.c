/* project.c - livelihood projects put to the congress: the items of a list under 民生实事, or named in quotation marks.
 */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define NAME_MIN_BYTES 12
#define NAME_MAX_BYTES 150
#define NAME_TOKENS    14
#define PROJECT_TALK   2 /* sentences that may go on about the projects named before */

static bool about_projects(struct span text)
{
    return span_has(text, SPAN("实事")) && (span_has(text, SPAN("民生实事")) || span_has(text, SPAN("实事项目")));
}

static const char *stage_of(struct span text)
{
    static const struct {
        const char *word, *stage;
    } rows[] = { { "未完成", "not_done" },  { "全部完成", "done" },    { "已完成", "done" },
                 { "完工", "done" },        { "投入使用", "done" },    { "票决产生", "voted" },
                 { "票决出", "voted" },     { "票决确定", "voted" },   { "当选", "voted" },
                 { "表决产生", "voted" },   { "候选", "candidate" },   { "征集", "solicited" },
                 { "进展", "in_progress" }, { "推进", "in_progress" }, { "实施", "in_progress" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (span_has(text, span_of(rows[i].word)))
            return rows[i].stage;
    }
    return NULL;
}

/* 计划投资180万元, 得184票: behind the name, up to the next one. */
static void set_numbers(struct pass *p, struct finding *f, size_t from)
{
    const struct sentence *s = p->s;
    for (size_t i = from; i + 1 < s->n; i++) {
        if (s->t[i].type == TOK_OPEN || s->t[i].type == TOK_STOP)
            return;
        if (s->t[i].type != TOK_NUMBER)
            continue;
        struct span before = tokens_span(s, i > from + 4 ? i - 4 : from, i);
        if (token_is(s, i + 1, "票") && finding_get(f, FINDING_VOTES).n == 0)
            pass_set(p, f, FINDING_VOTES, decimal_text(s->numbers[s->t[i].value].value, p->a));
        else if (word_is(s->t[i + 1].w, LEX_UNIT, UNIT_MONEY) && span_has(before, SPAN("投资")) &&
                 finding_get(f, FINDING_INVESTMENT).n == 0)
            pass_set(p, f, FINDING_INVESTMENT, decimal_text(s->numbers[s->t[i].value].value, p->a));
    }
}

static void report(struct pass *p, struct span name, const char *stage, size_t token, const char *rule)
{
    const struct sentence *s = p->s;
    name = text_trim(name);
    if (name.n < NAME_MIN_BYTES || name.n > NAME_MAX_BYTES || !pass_first_time(p, KIND_PROJECT, name, 0))
        return;
    uint32_t from = (uint32_t)(name.p - s->text.p);
    struct finding *f = pass_add(p, KIND_PROJECT, from, from + (uint32_t)name.n, rule);
    pass_set(p, f, FINDING_NAME, name);
    if (stage != NULL)
        pass_set_str(p, f, FINDING_STAGE, stage);
    struct period period = pass_period(p, token);
    if (period.type == PERIOD_YEAR && period.from.year != 0)
        pass_set_int(p, f, FINDING_YEAR, period.from.year);
    size_t behind = token;
    while (behind < s->n && s->t[behind].from < from + name.n)
        behind++;
    if (behind < s->n && s->t[behind].type == TOK_CLOSE)
        behind++;
    set_numbers(p, f, behind);
}

/* “…项目”, “…工程” in a sentence about livelihood projects. */
static void read_quoted(struct pass *p, const char *stage)
{
    const struct sentence *s = p->s;
    size_t open = SIZE_MAX;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_OPEN) {
            open = i;
        } else if (s->t[i].type == TOK_CLOSE && open != SIZE_MAX) {
            struct span name = tokens_span(s, open + 1, i);
            if (span_ends(name, SPAN("项目")) || span_ends(name, SPAN("工程")) || span_ends(name, SPAN("建设")) ||
                span_ends(name, SPAN("改造")) || span_ends(name, SPAN("提升")) || span_ends(name, SPAN("行动")))
                report(p, name, stage != NULL ? stage : stage_of(sentence_span(s)), open, "project.quoted");
            open = SIZE_MAX;
        }
    }
}

/* 1.新建…: the first clause behind the item's number. */
static void read_item(struct pass *p)
{
    const struct sentence *s = p->s;
    size_t i = s->t[0].type == TOK_PAREN_OPEN ? 3 : 2, end = i;
    while (end < s->n && !token_ends_clause(s, end))
        end++;
    report(p, tokens_span(s, i, end), p->project_stage, i, "project.list_item");
}

/* 西江公园改造项目完成投资8600万元: an unquoted name that begins a clause and ends in 项目 or 工程. */
static void read_named(struct pass *p)
{
    const struct sentence *s = p->s;
    for (size_t i = 0; i < s->n; i = clause_end(s, i) + 1) {
        size_t end = i;
        while (end < s->n && (s->t[end].type == TOK_WORD || s->t[end].type == TOK_LETTER) &&
               !token_is(s, end, "项目") && !token_is(s, end, "工程") && end - i < NAME_TOKENS)
            end++;
        if ((token_is(s, end, "项目") || token_is(s, end, "工程")) && end > i + 2 &&
            token_in(s, end + 1, LEX_BIT(VERB)))
            report(p, tokens_span(s, i, end + 1), stage_of(sentence_span(s)), i, "project.named");
    }
}

void project_find(struct pass *p)
{
    const struct sentence *s = p->s;
    struct span text = sentence_span(s);
    if (about_projects(text)) {
        read_quoted(p, NULL);
        p->project_talk = PROJECT_TALK;
        bool opens = s->n > 0 && (ends_in_colon(text) || s->heading);
        p->project_list = opens;
        p->project_stage = stage_of(text);
        return;
    }
    if (p->project_talk > 0) {
        p->project_talk--;
        read_quoted(p, span_has(text, SPAN("票")) ? "voted" : NULL);
        if (!s->first)
            read_named(p);
    }
    if (p->project_list && s->listed)
        read_item(p);
    else if (p->project_list && s->first && !s->listed)
        p->project_list = false;
}
