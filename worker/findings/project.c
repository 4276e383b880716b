/* project.c - livelihood projects put to the congress: the items of a list under 民生实事, or named in quotation marks.
 */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define NAME_MIN_BYTES 12
#define NAME_MAX_BYTES 150

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
}

/* “…项目”, “…工程” in a sentence about livelihood projects. */
static void read_quoted(struct pass *p)
{
    const struct sentence *s = p->s;
    size_t open = SIZE_MAX;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_OPEN) {
            open = i;
        } else if (s->t[i].type == TOK_CLOSE && open != SIZE_MAX) {
            struct span name = tokens_span(s, open + 1, i);
            if (span_ends(name, SPAN("项目")) || span_ends(name, SPAN("工程")) || span_ends(name, SPAN("建设")) ||
                span_ends(name, SPAN("改造")))
                report(p, name, stage_of(sentence_span(s)), open, "project.quoted");
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

void project_find(struct pass *p)
{
    const struct sentence *s = p->s;
    struct span text = sentence_span(s);
    if (about_projects(text)) {
        read_quoted(p);
        bool opens = s->n > 0 && (ends_in_colon(text) || s->heading);
        p->project_list = opens;
        p->project_stage = stage_of(text);
        return;
    }
    if (p->project_list && s->listed)
        read_item(p);
    else if (p->project_list && s->first && !s->listed)
        p->project_list = false;
}
