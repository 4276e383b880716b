#include "state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct live {
    enum site_kind kind;
    int day, gone;
    unsigned version;
    int64_t published_at_ms, edited_at_ms;
    char *html, *title;
    size_t len;
};

/* An initial article that was edited or removed. */
struct touched {
    uint64_t index;
    unsigned version;
    int gone;
    int64_t edited_at_ms;
};

/* A growing array of numbers, sorted upwards. */
struct numbers {
    uint64_t *at;
    size_t n, cap;
};

struct site_state {
    pthread_rwlock_t lock;
    struct site_world world;
    struct live *live;
    size_t n_live, cap_live;
    struct touched *touched;
    size_t n_touched, cap_touched;
    struct numbers live_shown[SITE_COLUMNS]; /* positions in live */
    struct numbers removed[SITE_COLUMNS];    /* ranks among the column's initial articles */
    uint64_t generation;
};

int64_t site_wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The day in China, where the sites stand. */
static int today(void)
{
    return (int)((site_wall_ms() / 1000 + 8 * 3600) / 86400);
}

static void *grown(void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    *cap = *cap ? *cap * 2 : 16;
    at = realloc(at, *cap * size);
    if (!at)
        abort();
    return at;
}

/* Where x is or would be. */
static size_t numbers_find(const struct numbers *l, uint64_t x)
{
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (l->at[mid] < x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void numbers_insert(struct numbers *l, uint64_t x)
{
    size_t at = numbers_find(l, x);
    l->at = grown(l->at, l->n, &l->cap, sizeof(*l->at));
    memmove(l->at + at + 1, l->at + at, (l->n - at) * sizeof(*l->at));
    l->at[at] = x;
    l->n++;
}

static void numbers_remove(struct numbers *l, uint64_t x)
{
    size_t at = numbers_find(l, x);
    if (at == l->n || l->at[at] != x)
        return;
    memmove(l->at + at, l->at + at + 1, (l->n - at - 1) * sizeof(*l->at));
    l->n--;
}

/* The k-th number (from 0) that is not in the list. */
static uint64_t numbers_kth_missing(const struct numbers *l, uint64_t k)
{
    size_t low = 0, high = l->n; /* at[i] - i numbers below at[i] are missing; it never falls */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (l->at[mid] - mid <= k)
            low = mid + 1;
        else
            high = mid;
    }
    return k + low;
}

struct site_state *site_state_new(const struct site_world *w)
{
    struct site_state *s = calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    s->world = *w;
    pthread_rwlock_init(&s->lock, NULL);
    return s;
}

void site_state_free(struct site_state *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_live; i++) {
        free(s->live[i].html);
        free(s->live[i].title);
    }
    for (int c = 0; c < SITE_COLUMNS; c++) {
        free(s->live_shown[c].at);
        free(s->removed[c].at);
    }
    free(s->live);
    free(s->touched);
    pthread_rwlock_destroy(&s->lock);
    free(s);
}

uint64_t site_state_total(struct site_state *s)
{
    pthread_rwlock_rdlock(&s->lock);
    uint64_t n = s->world.count + s->n_live;
    pthread_rwlock_unlock(&s->lock);
    return n;
}

uint64_t site_state_generation(struct site_state *s)
{
    pthread_rwlock_rdlock(&s->lock);
    uint64_t n = s->generation;
    pthread_rwlock_unlock(&s->lock);
    return n;
}

static size_t touched_find(const struct site_state *s, uint64_t index)
{
    size_t low = 0, high = s->n_touched;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->touched[mid].index < index)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool get(const struct site_state *s, uint64_t index, struct site_entry *e)
{
    if (index >= s->world.count + s->n_live)
        return false;
    *e = (struct site_entry){ .index = index, .version = 1 };
    if (index >= s->world.count) {
        const struct live *l = &s->live[index - s->world.count];
        e->kind = l->kind;
        e->day = l->day;
        e->version = l->version;
        e->gone = l->gone;
        e->published_at_ms = l->published_at_ms;
        e->edited_at_ms = l->edited_at_ms;
        e->raw = l->html != NULL;
        return true;
    }
    e->kind = site_kind_of(index);
    e->day = site_day_of(&s->world, index);
    size_t at = touched_find(s, index);
    if (at < s->n_touched && s->touched[at].index == index) {
        e->version = s->touched[at].version;
        e->gone = s->touched[at].gone;
        e->edited_at_ms = s->touched[at].edited_at_ms;
    }
    return true;
}

bool site_state_get(struct site_state *s, uint64_t index, struct site_entry *e)
{
    pthread_rwlock_rdlock(&s->lock);
    bool found = get(s, index, e);
    pthread_rwlock_unlock(&s->lock);
    return found;
}

void site_state_raw(struct site_state *s, uint64_t index, const char **html, size_t *len, const char **title)
{
    pthread_rwlock_rdlock(&s->lock);
    const struct live *l = &s->live[index - s->world.count];
    *html = l->html;
    *len = l->len;
    *title = l->title;
    pthread_rwlock_unlock(&s->lock);
}

static uint64_t initial_shown(const struct site_state *s, int column)
{
    return site_column_size(&s->world, column) - s->removed[column].n;
}

uint64_t site_state_column_size(struct site_state *s, int column)
{
    pthread_rwlock_rdlock(&s->lock);
    uint64_t n = s->live_shown[column].n + initial_shown(s, column);
    pthread_rwlock_unlock(&s->lock);
    return n;
}

size_t site_state_list(struct site_state *s, int column, uint64_t skip, struct site_entry *entries, size_t n)
{
    pthread_rwlock_rdlock(&s->lock);
    const struct numbers *live = &s->live_shown[column];
    uint64_t initial = initial_shown(s, column);
    size_t filled = 0;
    for (uint64_t k = skip; filled < n && k < live->n + initial; k++) {
        uint64_t index;
        if (k < live->n)
            index = s->world.count + live->at[live->n - 1 - k];
        else
            index = site_column_index(column, numbers_kth_missing(&s->removed[column], initial - 1 - (k - live->n)));
        get(s, index, &entries[filled++]);
    }
    pthread_rwlock_unlock(&s->lock);
    return filled;
}

size_t site_state_latest(struct site_state *s, struct site_entry *entries, size_t n)
{
    pthread_rwlock_rdlock(&s->lock);
    size_t filled = 0;
    for (uint64_t i = s->world.count + s->n_live; i > 0 && filled < n; i--) {
        get(s, i - 1, &entries[filled]);
        filled += !entries[filled].gone;
    }
    pthread_rwlock_unlock(&s->lock);
    return filled;
}

bool site_state_publish(struct site_state *s, enum site_kind kind, char *html, size_t len, char *title,
                        struct site_entry *e)
{
    bool done = false;
    pthread_rwlock_wrlock(&s->lock);
    if (s->n_live < SITE_LIVE_MAX) {
        s->live = grown(s->live, s->n_live, &s->cap_live, sizeof(*s->live));
        s->live[s->n_live] = (struct live){ .kind = kind,
                                            .day = today(),
                                            .version = 1,
                                            .html = html,
                                            .len = len,
                                            .title = title,
                                            .published_at_ms = site_wall_ms() };
        numbers_insert(&s->live_shown[site_column_of(kind)], s->n_live);
        s->generation++;
        done = get(s, s->world.count + s->n_live++, e);
    }
    pthread_rwlock_unlock(&s->lock);
    return done;
}

/* The record of an initial article, made if need be; NULL when there are too many. */
static struct touched *touch(struct site_state *s, uint64_t index)
{
    size_t at = touched_find(s, index);
    if (at < s->n_touched && s->touched[at].index == index)
        return &s->touched[at];
    if (s->n_touched == SITE_TOUCHED_MAX)
        return NULL;
    s->touched = grown(s->touched, s->n_touched, &s->cap_touched, sizeof(*s->touched));
    memmove(s->touched + at + 1, s->touched + at, (s->n_touched - at) * sizeof(*s->touched));
    s->touched[at] = (struct touched){ .index = index, .version = 1 };
    s->n_touched++;
    return &s->touched[at];
}

static bool change(struct site_state *s, uint64_t index, int gone)
{
    struct site_entry e;
    if (!get(s, index, &e) || e.gone)
        return false;
    if (!gone && e.raw)
        return false; /* its text is not ours to change */
    int64_t now = site_wall_ms();
    if (index >= s->world.count) {
        struct live *l = &s->live[index - s->world.count];
        l->version += !gone;
        l->edited_at_ms = now;
        l->gone = gone;
        if (gone)
            numbers_remove(&s->live_shown[site_column_of(l->kind)], index - s->world.count);
    } else {
        struct touched *t = touch(s, index);
        if (!t)
            return false;
        t->version += !gone;
        t->edited_at_ms = now;
        t->gone = gone;
        if (gone)
            numbers_insert(&s->removed[site_column_of(e.kind)], site_column_rank(index));
    }
    s->generation++;
    return true;
}

bool site_state_edit(struct site_state *s, uint64_t index, struct site_entry *e)
{
    pthread_rwlock_wrlock(&s->lock);
    bool done = change(s, index, 0) && get(s, index, e);
    pthread_rwlock_unlock(&s->lock);
    return done;
}

bool site_state_remove(struct site_state *s, uint64_t index, int status, struct site_entry *e)
{
    pthread_rwlock_wrlock(&s->lock);
    bool done = change(s, index, status) && get(s, index, e);
    pthread_rwlock_unlock(&s->lock);
    return done;
}
