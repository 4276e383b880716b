/* figure.c - numbers that count or measure work: 召开主任会议12次, 12次主任会议, 办结571条, 占28.0%. The walk over the
 * numbers of a sentence: each is read with what was read before it, then what a list shares is dealt out, then all are
 * reported. figure.h says which file decides what. */
#include "worker/findings/figure.h"

/* Made once for each article, used again for each of its sentences. */
struct figure_room {
    struct figures figures;
    struct metric_words *words;
};

static struct figure_room *room_of(struct pass *p)
{
    if (p->figure_room == NULL) {
        p->figure_room = arena_alloc(p->a, sizeof(struct figure_room));
        p->figure_room->figures.carried_count = 0;
        p->figure_room->figures.reporter = figure_reporter(p);
        p->figure_room->words = metric_words_new(p->a);
    }
    return p->figure_room;
}

/* Where the ground of a number begins: its clause, or the one before a colon that it answers. */
static size_t ground_begin(const struct sentence *s, size_t i)
{
    size_t begin = clause_begin(s, i);
    if (begin == i && begin > 0 && token_colon(s, begin - 1))
        begin = clause_begin(s, begin - 1);
    return begin;
}

static size_t next_number(const struct sentence *s, size_t i)
{
    while (i < s->n && s->t[i].type != TOK_NUMBER)
        i++;
    return i;
}

/* No figure reaches into the ground of its neighbours. */
static void set_ground(const struct sentence *s, const struct figures *all, struct figure *f)
{
    size_t begin = ground_begin(s, f->number), before = all->n > 0 ? figures_last(all)->used_to : 0;
    size_t end = clause_end(s, f->used_to), next = next_number(s, f->used_to);
    f->left = before > begin ? before : begin;
    f->right = next < end ? next : end;
}

/* 赞成45票, 以186票的高票当选, 满意票48张: ballots are a vote's numbers. */
static bool is_ballot(const struct pass *p, const struct figure *f)
{
    const struct sentence *s = p->s;
    if (span_is(f->unit_text, "票"))
        return p->has_vote || sentence_has(s, SPAN("当选")) || sentence_has(s, SPAN("高票")) ||
               sentence_has(s, SPAN("得票"));
    return span_is(f->unit_text, "张") && f->number > 0 && span_ends(token_span(s, &s->t[f->number - 1]), SPAN("票")) &&
           sentence_has(s, SPAN("满意票"));
}

static void read_figures(const struct pass *p, struct figures *all)
{
    const struct sentence *s = p->s;
    all->n = 0;
    for (size_t i = 0; i < s->number_count && all->n < FIGURES_MAX; i++) {
        struct figure *f = &all->f[all->n];
        if (!figure_read(s, s->number_at[i], f) || is_ballot(p, f))
            continue;
        set_ground(s, all, f);
        subject_read(s, all, f, f->right);
        part_link(s, all, f);
        if (f->subject.n == 0)
            continue;
        if (all->n > 0)
            part_by_share(all, &all->f[all->n - 1], f);
        all->n++;
    }
}

void figure_find(struct pass *p)
{
    struct figure_room *room = room_of(p);
    struct figures *all = &room->figures;
    if (p->s->first)
        carry_over_paragraph(all);
    if (p->s->number_count == 0)
        return;
    read_figures(p, all);
    if (all->n == 0)
        return;
    parts_share_out(p->s, all);
    parts_share_noun(p->s, all);
    parts_share_action(p->s, all);
    metric_words_read(room->words, p);
    for (size_t i = 0; i < all->n; i++) {
        subject_trim(&all->f[i]);
        figure_report(p, all, &all->f[i], room->words);
    }
    carry(all);
}
