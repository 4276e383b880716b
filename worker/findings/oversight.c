/* oversight.c - single acts of supervision: 听取关于…的报告, 开展…执法检查, 对…进行专题询问. The walk over the words of
 * a sentence that may show one: a verb of hearing (oversight_hear.c) or a form of supervision (oversight_form.c). */
#include "worker/findings/oversight.h"

/* 开展检查, 进行了检查: the act, and no part of another word. */
static bool inspects(const struct sentence *s, size_t i)
{
    if (i < 2)
        return false;
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    return (token_verb(s, i - 1, VERB_LIGHT) || token_noun(s, i - 1, NOUN_ADVERB) ||
            (token_is(s, i - 1, "了") && token_verb(s, i - 2, VERB_LIGHT)) || span_ends(before, SPAN("情况的")) ||
            span_ends(before, SPAN("情况"))) &&
           !form_in_noun(s, i);
}

/* 检查 alone, which is no form: of laws in 《》 before or behind it, or of laws by name. */
static void read_inspection(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    const struct act act = { .form = FORM_LAW_INSPECTION, .token = i, .rule = "oversight.law" };
    if (!token_is(s, i, "检查") || inspects(s, i))
        form_laws(p, act, i);
    else if (i + 1 < s->n && s->t[i + 1].type == TOK_TITLE)
        act_report_law(p, act, i + 1);
    else if (!form_in_noun(s, i))
        form_inspected(p, i);
}

void oversight_find(struct pass *p)
{
    const struct sentence *s = p->s;
    const uint32_t hearing = 1u << VERB_HEAR | 1u << VERB_REVIEW | 1u << VERB_SAY | 1u << VERB_VISIT;
    p->last_topic = (struct span){ NULL, 0 };
    bool item = s->listed && s->t[0].type == TOK_NUMBER; /* 4.检查《…》的实施情况 */
    if (s->heading && s->first && s->n < 12 && !item)
        return;
    if ((s->tables & (LEX_BIT(FORM) | LEX_BIT(STAGE))) == 0 && (s->verbs & hearing) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if ((s->t[i].quoted && form_at(s, i) == NULL) ||
            !token_in(s, i, LEX_BIT(FORM) | LEX_BIT(VERB) | LEX_BIT(STAGE)))
            continue;
        const struct lex_row *form = form_at(s, i);
        if (form != NULL) {
            form_read(p, i, (enum form)form->code);
        } else if (hear_begins(s, i)) {
            size_t next = hear_reports(p, i);
            i = next > i + 1 ? next - 1 : i;
        } else if (token_is(s, i, "检查") || token_is(s, i, "实施情况的检查")) {
            read_inspection(p, i);
        } else if (token_is(s, i, "测评")) {
            form_measured(p, i);
        } else if (token_is(s, i, "报告") || token_is(s, i, "汇报") || token_is(s, i, "通报")) {
            hear_reported(p, i);
        }
    }
}
