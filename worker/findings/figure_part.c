/* figure_part.c - figures that hang together: the parts of a whole (收到214件,其中…), the subjects that 分别 deals out,
 * and the verb behind a list. A part counts what its whole counts, so it gets the whole's subject. */
#include "worker/findings/figure.h"

#define SHARED_MAX 8 /* subjects that 分别 deals out */

bool figures_listed(const struct sentence *s, const struct figure *before, const struct figure *f)
{
    for (size_t i = before->used_to; i < f->number; i++) {
        if (s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ))
            return true;
        if (s->t[i].type == TOK_COMMA || token_in(s, i, LEX_BIT(VERB)))
            return false;
    }
    return false;
}

/* ---- parts ---- */

/* 27人次,其中任命6人: the same unit, or both of people. */
static bool same_things(struct span a, struct span b)
{
    static const struct span people[] = { WORD("人"), WORD("名"), WORD("位"), WORD("人次") };
    bool in_a = false, in_b = false;
    for (size_t i = 0; i < COUNT(people); i++) {
        in_a |= span_eq(a, people[i]);
        in_b |= span_eq(b, people[i]);
    }
    return span_eq(a, b) || (in_a && in_b);
}

/* 全年收到, 共…: a new whole begins. */
static bool begins_whole(const struct sentence *s, size_t i)
{
    return token_verb(s, i, VERB_HOLD) || token_is(s, i, "收到") || token_is(s, i, "接到") || token_is(s, i, "共") ||
           token_is(s, i, "累计") || token_is(s, i, "全年");
}

/* A list that 其中 began goes on. */
static bool goes_on_as_part(const struct sentence *s, const struct figures *all, const struct figure *f, size_t since)
{
    size_t last = all->n; /* the count before, past shares and changes */
    while (last > 0 && all->f[last - 1].unit_kind == UNIT_RATE)
        last--;
    if (last == 0 || !all->f[last - 1].part)
        return false;
    for (size_t i = since; i < f->number; i++) {
        if (begins_whole(s, i))
            return false;
    }
    return same_things(all->f[last - 1].unit_text, f->unit_text);
}

static bool is_part(const struct sentence *s, const struct figures *all, const struct figure *f)
{
    size_t since = all->n > 0 ? figures_last(all)->unit + 1 : 0;
    if (f->unit_kind == UNIT_RATE)
        return false;
    if (all->n > 0 && !figures_last(all)->part && token_is(s, since, "中") && token_ends_clause(s, since + 1))
        return true; /* 这778件中,… */
    for (size_t i = f->number; i > since; i--) {
        if (token_noun(s, i - 1, NOUN_PART))
            return true;
        if (s->t[i - 1].type == TOK_STOP)
            return false;
    }
    return goes_on_as_part(s, all, f, since);
}

static bool not_less(struct decimal whole, struct decimal part)
{
    return whole.scale != part.scale || whole.digits >= part.digits;
}

/* 其余2个乡镇 is no part of 31个污水处理站: two letters in common at least. */
static bool shares_letters(struct span a, struct span b)
{
    for (const char *q = b.p, *end = b.p + b.n; end - q >= 6; text_next(&q, end)) {
        const char *r = q;
        text_next(&r, end);
        text_next(&r, end);
        if (span_has(a, span_between(q, r)))
            return true;
    }
    return b.n == 0;
}

static bool may_be_whole(const struct sentence *s, const struct figure *x, const struct figure *f)
{
    if (x->part || !same_things(x->unit_text, f->unit_text) || !not_less(x->value.value, f->value.value))
        return false;
    return !f->forward || token_is(s, f->number - 1, "其中") || shares_letters(x->subject, f->subject);
}

/* 收到150件,其中农业类170件: a part all the same, though it cannot be; consistency.c says so. */
static bool stands_behind_whole(const struct sentence *s, const struct figures *all, const struct figure *f)
{
    const struct figure *last = figures_last(all);
    return last != NULL && !last->part && span_eq(last->unit_text, f->unit_text) && last->unit_kind == UNIT_COUNT &&
           s->t[last->used_to].type == TOK_COMMA && token_is(s, last->used_to + 1, "其中");
}

static bool link_whole(const struct sentence *s, const struct figures *all, struct figure *f)
{
    size_t i = all->n;
    while (i > 0 && !may_be_whole(s, &all->f[i - 1], f))
        i--;
    if (i == 0 && stands_behind_whole(s, all, f))
        i = all->n;
    if (i == 0)
        return false;
    const struct figure *whole = &all->f[i - 1];
    f->rule = FIGURE_PART;
    f->whole = i - 1;
    f->subject = whole->subject;
    if (f->action.n == 0 || !token_in(s, f->action_token, LEX_BIT(VERB))) {
        f->action = whole->action;
        f->action_token = whole->action_token;
    }
    return true;
}

/* far: a paragraph that begins with 其中 goes on with the one before. */
static bool may_be_whole_before(const struct carried *c, const struct figure *f, bool far)
{
    return (far || !c->far) && same_things(c->unit, f->unit_text) && not_less(c->value, f->value.value);
}

/* 受理14872件、审结14210件。其中,受理专利案件…: the whole of the same act, or NULL. */
static const struct carried *whole_of_act(const struct figures *all, const struct figure *f)
{
    for (size_t i = all->carried_count; i > 0 && f->action.n > 0; i--) {
        const struct carried *c = &all->carried[i - 1];
        if (span_eq(c->unit, f->unit_text) && span_eq(c->action, f->action))
            return c;
    }
    return NULL;
}

/* 收到214件。其中,…: the whole stands in the sentence before. NULL: none does. */
static const struct carried *whole_before(const struct figures *all, const struct figure *f, bool far)
{
    const struct carried *same = whole_of_act(all, f);
    if (same != NULL)
        return may_be_whole_before(same, f, far) ? same : NULL;
    for (size_t i = all->carried_count; i > 0; i--) {
        if (may_be_whole_before(&all->carried[i - 1], f, far))
            return &all->carried[i - 1];
    }
    return NULL;
}

static bool link_whole_before(const struct sentence *s, const struct figures *all, struct figure *f)
{
    const struct carried *c = whole_before(all, f, token_is(s, 0, "其中"));
    if (c == NULL)
        return false;
    f->rule = FIGURE_PART;
    f->has_whole_value = true;
    f->whole_value = c->value;
    f->whole_metric = c->metric;
    f->subject = c->subject;
    if (f->action.n == 0)
        f->action = c->action;
    return true;
}

void part_link(const struct sentence *s, const struct figures *all, struct figure *f)
{
    f->part = is_part(s, all, f) && (link_whole(s, all, f) || link_whole_before(s, all, f));
}

/* ---- parts that their share gives away ---- */

static double value_of(struct decimal d)
{
    double v = (double)d.digits;
    for (int i = 0; i < d.scale; i++)
        v /= 10;
    return v;
}

/* True when part of whole is what the share says, as far as its last digit tells. */
static bool is_share(struct decimal part, struct decimal whole, struct decimal share)
{
    double digit = 1;
    for (int i = 0; i < share.scale; i++)
        digit /= 10;
    double off = value_of(whole) <= 0 ? 100 : 100 * value_of(part) / value_of(whole) - value_of(share);
    return off <= digit && off >= -digit && value_of(part) < value_of(whole);
}

void part_by_share(const struct figures *all, struct figure *part, const struct figure *share)
{
    if (share->rule != FIGURE_SHARE || part->part || part->unit_kind == UNIT_RATE)
        return;
    size_t at = (size_t)(part - all->f);
    for (size_t i = at; i > 0 && !part->part; i--) {
        const struct figure *x = &all->f[i - 1];
        if (span_eq(x->unit_text, part->unit_text) && is_share(part->value.value, x->value.value, share->value.value)) {
            part->part = true;
            part->whole = i - 1;
        }
    }
    for (size_t i = all->carried_count; i > 0 && !part->part; i--) {
        const struct carried *c = &all->carried[i - 1];
        if (span_eq(c->unit, part->unit_text) && is_share(part->value.value, c->value, share->value.value)) {
            part->part = part->has_whole_value = true;
            part->whole_value = c->value;
            part->whole_metric = c->metric;
        }
    }
}

/* ---- what a list shares ---- */

void parts_share_noun(const struct sentence *s, struct figures *all)
{
    for (size_t i = all->n; i > 1; i--) {
        struct figure *f = &all->f[i - 2];
        const struct figure *next = &all->f[i - 1];
        bool bare = s->t[f->unit + 1].type == TOK_LIST && f->unit + 2 == next->number;
        if (!bare || f->forward || !next->forward || !span_eq(f->unit_text, next->unit_text))
            continue;
        f->subject = next->subject;
        f->forward = true;
        f->rule = next->rule;
        if (f->action.n == 0)
            f->action = next->action;
    }
}

/* 分别 stands right before the number of f. */
static bool deals_out(const struct sentence *s, const struct figure *f)
{
    size_t k = f->number;
    while (k > f->left && !token_is(s, k, "分别") && !token_ends_clause(s, k - 1) && f->number - k < 5)
        k--;
    return token_is(s, k, "分别") || span_has(tokens_span(s, k, f->number), SPAN("分别"));
}

/* Cuts a list at 、, 和 and 与; how many items it has, SHARED_MAX at most. */
static size_t split_list(struct span list, struct span *items)
{
    size_t n = 0;
    const char *begin = list.p, *end = list.p + list.n;
    for (const char *q = list.p; q < end && n < SHARED_MAX;) {
        const char *at = q;
        text_next(&q, end);
        struct span letter = span_between(at, q);
        if (span_is(letter, "、") || span_is(letter, "和") || span_is(letter, "与")) {
            items[n++] = span_between(begin, at);
            begin = q;
        }
    }
    if (n < SHARED_MAX)
        items[n++] = span_between(begin, end);
    return n;
}

void parts_share_out(const struct sentence *s, struct figures *all)
{
    for (size_t i = 0; i + 1 < all->n; i++) {
        struct figure *f = &all->f[i];
        if (!deals_out(s, f))
            continue;
        size_t numbers = 1;
        while (i + numbers < all->n && numbers < SHARED_MAX && figures_listed(s, &f[numbers - 1], &f[numbers]))
            numbers++;
        struct span items[SHARED_MAX];
        size_t n = split_list(f->subject, items);
        for (size_t k = 0; n == numbers && k < n; k++)
            f[k].subject = items[k];
        i += numbers - 1;
    }
}

void parts_share_action(const struct sentence *s, struct figures *all)
{
    for (size_t i = all->n; i > 1; i--) {
        struct figure *f = &all->f[i - 2];
        const struct figure *next = &all->f[i - 1];
        if (f->action.n == 0 && f->forward && next->action_token != NOWHERE && next->action_token > next->number &&
            figures_listed(s, f, next)) {
            f->action = next->action;
            f->action_token = next->action_token;
        }
    }
}
