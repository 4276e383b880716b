/* state.h - what was done to one site at run time: published, edited, removed; and so what its lists show.
 * Initial articles that nobody touched take no memory. All functions may be called from any thread. */
#ifndef RENDA_SITE_STATE_H
#define RENDA_SITE_STATE_H

#include <stddef.h>

#include "article.h"

enum { SITE_LIVE_MAX = 1000000, SITE_TOUCHED_MAX = 1000000 };

/* What is known of one article beside its text. */
struct site_entry {
    uint64_t index;
    enum site_kind kind;
    int day;
    unsigned version;
    int gone;                /* the status once removed: 404, 410 or 200 (soft); else 0 */
    int64_t published_at_ms; /* wall clock; 0: initial */
    int64_t edited_at_ms;    /* 0: never */
    bool raw;                /* its HTML was given when it was published: see site_state_raw() */
};

struct site_state;
struct site_state *site_state_new(const struct site_world *w);
void site_state_free(struct site_state *s);

/* Initial and published ones, removed ones too. */
uint64_t site_state_total(struct site_state *s);
bool site_state_get(struct site_state *s, uint64_t index, struct site_entry *e);
/* The HTML and list title of a raw article; they live as long as the state. */
void site_state_raw(struct site_state *s, uint64_t index, const char **html, size_t *len, const char **title);

uint64_t site_state_column_size(struct site_state *s, int column);
/* Fills up to n entries of a column, newest first, leaving out the first skip; returns how many. */
size_t site_state_list(struct site_state *s, int column, uint64_t skip, struct site_entry *entries, size_t n);
/* The newest of all columns. */
size_t site_state_latest(struct site_state *s, struct site_entry *entries, size_t n);
/* Changes whenever a list may have changed. */
uint64_t site_state_generation(struct site_state *s);

/* Return false when the limit is reached or there is no such article (any more). html is NULL or owned by the state
 * from here on, as is title. */
bool site_state_publish(struct site_state *s, enum site_kind kind, char *html, size_t len, char *title,
                        struct site_entry *e);
bool site_state_edit(struct site_state *s, uint64_t index, struct site_entry *e);
bool site_state_remove(struct site_state *s, uint64_t index, int status, struct site_entry *e);

int64_t site_wall_ms(void);

#endif
