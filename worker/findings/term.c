/* term.c - set phrases and how often an article uses them: quoted ones of two to twelve letters, and the lexicon's. */
#include "worker/findings/pass.h"

#define TERMS_MAX   400 /* of one article */
#define TERM_MIN_CP 2
#define TERM_MAX_CP 12

static void count(struct pass *p, size_t from, size_t to)
{
    const struct sentence *s = p->s;
    struct span name = tokens_span(s, from, to);
    if (p->terms == NULL)
        p->terms = arena_alloc(p->a, sizeof(*p->terms) * TERMS_MAX);
    for (size_t i = 0; i < p->term_count; i++) {
        if (span_eq(p->terms[i].name, name)) {
            p->terms[i].count++;
            return;
        }
    }
    if (p->term_count == TERMS_MAX)
        return;
    p->terms[p->term_count++] = (struct term_seen){ name, 1, p->out->n };
    struct finding *f = pass_add(p, KIND_TERM, s->t[from].from, s->t[to - 1].to, "term.phrase");
    pass_set(p, f, FINDING_NAME, name);
}

void term_find(struct pass *p)
{
    const struct sentence *s = p->s;
    size_t open = SIZE_MAX;
    if ((s->types & 1u << TOK_OPEN) == 0 && (s->tables & LEX_BIT(PHRASE)) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_OPEN) {
            open = i;
        } else if (s->t[i].type == TOK_CLOSE && open != SIZE_MAX) {
            uint32_t letters = s->t[i].cp - s->t[open].cp - 1;
            if (letters >= TERM_MIN_CP && letters <= TERM_MAX_CP)
                count(p, open + 1, i);
            open = SIZE_MAX;
        } else if (open == SIZE_MAX && token_in(s, i, LEX_BIT(PHRASE)) && word_is(s->t[i].w, LEX_PHRASE, PHRASE_TERM)) {
            count(p, i, i + 1);
        }
    }
}

void term_finish(struct pass *p)
{
    for (size_t i = 0; i < p->term_count; i++) {
        if (p->terms[i].finding < p->out->n)
            pass_set_int(p, &p->out->items[p->terms[i].finding], FINDING_COUNT, p->terms[i].count);
    }
}
