/* findings_test.h - what the rows of the findings share: the rules, an arena, and one article read by them. */
#ifndef RENDA_TESTS_FINDINGS_TEST_H
#define RENDA_TESTS_FINDINGS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/text.h"
#include "worker/findings/findings.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Signs in full width, as bytes: editors fold them. */
#define WIDE_COMMA     "\xEF\xBC\x8C"
#define WIDE_SEMICOLON "\xEF\xBC\x9B"
#define WIDE_OPEN      "\xEF\xBC\x88"
#define WIDE_CLOSE     "\xEF\xBC\x89"

static struct rules *rules;
static struct arena *arena;

/* Each finding stands somewhere in the text: the sink takes none that does not. */
static inline void places_hold(const struct finding_list *list, struct span text)
{
    size_t characters = text_count(text);
    for (size_t i = 0; i < list->n; i++) {
        const struct finding *f = &list->items[i];
        if (f->start >= f->end || f->end > characters || f->quote.n == 0)
            fail_msg("%.*s: %u to %u of %zu characters: %.*s", SPAN_FMT(f->rule), f->start, f->end, characters,
                     SPAN_FMT(text));
    }
}

/* Reads an article of that day into *art, with its findings; they live until the next call. */
static inline struct finding_list find_in(struct article *art, const char *day, const char *title, const char *text)
{
    struct finding_list list = { .items = NULL };
    arena_reset(arena);
    *art = (struct article){ .authors = NULL };
    art->f[ARTICLE_TITLE] = span_of(title);
    art->f[ARTICLE_TEXT] = span_of(text);
    art->f[ARTICLE_PUBLISHED] = span_of(day);
    findings_find(rules, art, NULL, arena, &list);
    places_hold(&list, art->f[ARTICLE_TEXT]);
    return list;
}

static inline struct finding_list find_on(const char *day, const char *title, const char *text)
{
    struct article art;
    return find_in(&art, day, title, text);
}

static inline int set_up(void **state)
{
    (void)state;
    struct err e;
    rules = rules_new(NULL, &e);
    arena = arena_new((size_t)1 << 30, NULL);
    return rules == NULL || arena == NULL ? -1 : 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    rules_free(rules);
    arena_free(arena);
    return 0;
}

#endif
