/* figure_inherit.c - what was counted before. A number that names nothing counts what the numbers before it counted, in
 * its sentence or in the one before; so a sentence's counts are kept until the next has counts of its own. */
#include "worker/findings/figure.h"

/* ---- within a sentence ---- */

static bool inherit(struct figure *f, const struct figure *from)
{
    if (from == NULL)
        return false;
    f->subject = from->subject;
    f->inherited = true;
    return true;
}

const struct figure *figures_of_unit(const struct figures *all, struct span unit)
{
    for (size_t i = all->n; i > 0; i--) {
        if (span_eq(all->f[i - 1].unit_text, unit))
            return &all->f[i - 1];
    }
    return NULL;
}

bool inherit_same_unit(const struct figures *all, struct figure *f)
{
    return inherit(f, figures_of_unit(all, f->unit_text));
}

bool inherit_any(const struct figures *all, struct figure *f)
{
    return inherit(f, figures_last(all));
}

/* Not of a share or a completion that stands between: 收入38亿元,完成预算的101%,增长8%. */
void inherit_amount(const struct figures *all, struct figure *f)
{
    const struct figure *amount = NULL;
    for (size_t i = all->n; i > 0 && amount == NULL && span_is(f->unit_text, "%"); i--) {
        if (!span_is(all->f[i - 1].unit_text, "%"))
            amount = &all->f[i - 1];
    }
    inherit(f, amount != NULL ? amount : figures_last(all));
}

/* ---- from the sentence before ---- */

void inherit_carried(const struct sentence *s, const struct figures *all, struct figure *f, size_t behind)
{
    size_t i = all->carried_count;
    while (i > 0 && !span_eq(all->carried[i - 1].unit, f->unit_text))
        i--;
    if (i == 0)
        return;
    f->subject = all->carried[i - 1].subject;
    f->inherited = true;
    if (behind > f->left && token_acts(s, behind - 1))
        action_set(s, f, behind - 1);
}

bool inherit_counted(const struct figures *all, struct figure *f)
{
    for (size_t i = all->carried_count; i > 0 && f->subject.n == 0; i--) {
        if (span_eq(all->carried[i - 1].unit, f->unit_text))
            f->subject = all->carried[i - 1].subject;
    }
    return f->subject.n > 0;
}

/* Motions and suggestions: their handling is told over many paragraphs that do not name them again. */
static bool goes_far(const struct carried *c)
{
    return span_is(c->unit, "件") && (span_ends(c->subject, SPAN("建议")) || span_ends(c->subject, SPAN("意见")) ||
                                      span_ends(c->subject, SPAN("议案")));
}

void carry_over_paragraph(struct figures *all)
{
    size_t i = all->carried_count;
    while (i > 0 && !goes_far(&all->carried[i - 1]))
        i--;
    all->carried_count = 0;
    if (i == 0)
        return;
    all->carried[0] = all->carried[i - 1];
    all->carried[0].far = true;
    all->carried_count = 1;
}

void carry(struct figures *all)
{
    size_t kept = all->carried_count;
    while (kept > 0 && !all->carried[kept - 1].far && !goes_far(&all->carried[kept - 1]))
        kept--;
    if (kept > 0)
        all->carried[0] = all->carried[kept - 1]; /* spoken of on, past a sentence of other things */
    all->carried_count = kept > 0;
    for (size_t i = 0; i < all->n && all->carried_count < CARRIED_MAX; i++) {
        const struct figure *f = &all->f[i];
        if ((f->unit_kind == UNIT_COUNT || f->unit_kind == UNIT_MONEY) && !f->part && f->rule != FIGURE_CHANGE)
            all->carried[all->carried_count++] =
                (struct carried){ f->subject, f->action, f->unit_text, f->metric, f->value.value, false };
    }
}
