/* figure_number.c - which numbers are figures: those with a measure word that counts or measures, and no ordinals,
 * dates, names or sizes of a text. What the number says of itself is read here: value, unit, bound. */
#include "worker/findings/figure.h"

bool figure_bound(const struct sentence *s, size_t i, const char *place, enum bound *bound)
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
    if (token_noun(s, i, NOUN_NOT_UNIT) || token_is(s, i, "半") || token_is(s, i, "半小时") || token_is(s, i, "半月"))
        return true; /* 两个半小时 */
    if (i >= s->n || s->t[i].type != TOK_OPEN || !s->t[i].quoted)
        return false;
    size_t number = i; /* 41个“老大难”问题 counts, 三个“一号工程” names */
    while (number > 0 && s->t[number].type != TOK_NUMBER)
        number--;
    return s->t[number].type != TOK_NUMBER || s->numbers[s->t[number].value].chinese;
}

/* 二期工程, 幼儿园(二期). */
static bool names_phase(const struct sentence *s, size_t i)
{
    const struct number *n = &s->numbers[s->t[i].value];
    if (!n->chinese || n->value.scale != 0 || n->value.digits > 9 || !token_is(s, i + 1, "期"))
        return false;
    return token_is(s, i + 2, "工程") || token_is(s, i + 2, "项目") || token_is(s, i + 2, "建设") ||
           (i > 0 && s->t[i - 1].type == TOK_PAREN_OPEN);
}

/* It is an ordinal, or a piece of a code: 前三位, 第5, A-12, 3/4. */
static bool spoiled_before(const struct sentence *s, size_t i)
{
    if (i == 0)
        return false;
    if (names_phase(s, i))
        return true;
    const struct token *t = &s->t[i - 1];
    if (token_is(s, i - 1, "前") && s->numbers[s->t[i].value].chinese)
        return true;
    bool plenary = i + 2 < s->n && s->numbers[s->t[i].value].chinese && token_is(s, i + 1, "次") &&
                   (token_is(s, i + 2, "全会") || token_is(s, i + 2, "全委会"));
    if ((token_is(s, i - 1, "届") && token_is(s, i + 1, "次")) || plenary)
        return true; /* 十届七次、八次全会 */
    return token_is(s, i - 1, "第") || (t->type == TOK_LATIN && t->to == s->t[i].from) ||
           (t->type == TOK_MARK && t->to == s->t[i].from &&
            (token_is(s, i - 1, "-") || token_is(s, i - 1, "/") || token_is(s, i - 1, ".")));
}

/* 七章五十二条, 全文仅18条: how long a law is. */
static bool sizes_a_text(const struct sentence *s, const struct figure *f)
{
    size_t i = f->number;
    return i > 1 && span_is(f->unit_text, "条") &&
           (token_is(s, i - 1, "章") || span_has(tokens_span(s, i > 3 ? i - 3 : 0, i), SPAN("全文")));
}

/* 代表10人以上联名: how many it takes. */
static bool is_threshold(const struct sentence *s, const struct figure *f)
{
    return span_starts(span_between(s->text.p + s->t[f->unit].to, s->text.p + s->to), SPAN("以上联名"));
}

/* 一 is a count only behind its subject: 作出决定一项. */
static bool indefinite(const struct sentence *s, const struct figure *f)
{
    if (!f->value.plain_one)
        return false;
    if (span_is(f->unit_text, "票")) /* 投下庄严的一票 */
        return true;
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
    enum bound bound;
    if (figure_bound(s, i, "after", &bound) && !token_in(s, i, LEX_BIT(UNIT))) { /* 20余 before its unit */
        f->bound = bound;
        i++;
    }
    const struct lex_row *row = token_row(s, i, LEX_UNIT);
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
    enum bound bound;
    if (f->value.over)
        f->bound = BOUND_OVER;
    size_t before = f->number; /* 约占总数的28% */
    while (before > 0 && f->number - before < 3 &&
           (token_verb(s, before - 1, VERB_SHARE) || token_is(s, before - 1, "总数") || token_is(s, before - 1, "的")))
        before--;
    if ((f->number > 0 && figure_bound(s, f->number - 1, "before", &bound)) ||
        (before > 0 && figure_bound(s, before - 1, "before", &bound)))
        f->bound = bound;
    if (figure_bound(s, f->unit + 1, "after", &bound)) {
        f->bound = bound;
        f->used_to = f->unit + 2;
    }
}

bool figure_read(const struct sentence *s, size_t i, struct figure *f)
{
    *f = (struct figure){ .number = i, .value = s->numbers[s->t[i].value], .whole = NOWHERE, .action_token = NOWHERE };
    if (f->value.too_long || s->t[i].quoted || s->t[i].named || spoiled_before(s, i) || !read_unit(s, f))
        return false;
    bool chinese_zero = f->value.value.digits == 0 && f->unit_kind == UNIT_COUNT && f->value.chinese;
    f->used_to = f->unit + 1;
    if (chinese_zero || sizes_a_text(s, f) || is_threshold(s, f) || spoiled_behind(s, f->unit + 1) || indefinite(s, f))
        return false;
    read_bounds(s, f);
    return true;
}
