/* render.h - turns one pattern into text, and its facts into findings. */
#ifndef RENDA_SITE_RENDER_H
#define RENDA_SITE_RENDER_H

#include "names.h"
#include "patterns.h"

struct site_slot {
    bool set, number;
    int64_t value; /* times 10 to the power of decimals */
    int decimals;
    const char *bound; /* NULL: exact */
    size_t start, end; /* in the article's text, bytes */
    char text[120];    /* what a second {x} prints; a number's digits, a date in ISO 8601 */
};

/* What patterns of one article share. */
struct site_render {
    struct site_article *article;
    const struct site_congress *congress;
    struct site_rng rng;
    unsigned edits;       /* the first free number grows by this, once */
    bool full_width;      /* this article's digits are full-width */
    bool hanzi;           /* this article likes 十二 better than 12 */
    unsigned topic, town; /* of the title */
    uint64_t ordinal;
    unsigned wording; /* which way the meeting is named */
    const char *meeting_type;
    int meeting_no;
    struct site_slot slots[26];
    size_t paragraph; /* where the sentence now rendered may begin: for quotes */
};

/* Appends the pattern's text to out. Slots drawn stay in r->slots until the next call. */
void site_render_text(struct site_render *r, const char *pattern, struct site_out *out);
/* Adds the pattern's findings, just rendered into the article's text from byte row_start on, to the article's list. */
void site_render_facts(struct site_render *r, const char *facts, size_t row_start);

/* The pieces that text and facts share. */
struct site_slot *site_render_slot(struct site_render *r, char name);
/* Prints pattern from its start to stop. */
void site_render_expand(struct site_render *r, const char *pattern, const char *stop, struct site_out *out);
/* The article's meeting, by its canonical name or as this article words it. */
void site_render_meeting(const struct site_render *r, bool canonical, struct site_out *o);
/* 2025-03-14 */
void site_iso_day(char *to, size_t size, int day);

/* 12 as 十二. */
void site_hanzi(struct site_out *o, uint64_t n);

#endif
