#include "producer/frontier.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define AHEAD_MS  2000 /* URLs are taken for about this long, so that a crash delays few */
#define QUEUE_MAX 64
#define NEVER     INT64_MAX

struct queued {
    struct queued *next;
    struct due_url due; /* first in memory for the caller: its strings follow */
};

struct host {
    struct store_host h;
    struct permit permit;
    struct queued *first;
    struct queued *started; /* the running ones */
    int queued, running;
    bool taking;        /* a JOB_TAKE asks for it */
    bool full;          /* the last answer gave all that was asked for: there is more */
    int64_t next_start; /* by delay and back-off */
    int64_t look_at;    /* when the database is asked again */
};

struct frontier {
    struct host **hosts; /* by index; by id through index_of */
    int64_t *when;       /* hosts[i] has something to do then: one array, quick to scan */
    int n, cap;
    int queued;
    int turn, start_turn; /* where the last scans ended, so that hosts get theirs in turn */
    unsigned kinds;       /* TAKE_ bits of what may be started */
};

struct frontier *frontier_new(void)
{
    struct frontier *f = calloc(1, sizeof(*f));
    if (f == NULL)
        abort();
    f->kinds = TAKE_LISTS | TAKE_ARTICLES;
    return f;
}

static void free_all(struct queued *first)
{
    for (struct queued *q = first, *next; q != NULL; q = next) {
        next = q->next;
        free(q);
    }
}

void frontier_free(struct frontier *f)
{
    if (f == NULL)
        return;
    for (int i = 0; i < f->n; i++) {
        free_all(f->hosts[i]->first);
        free_all(f->hosts[i]->started);
        permit_fini(&f->hosts[i]->permit);
        free(f->hosts[i]);
    }
    free(f->hosts);
    free(f->when);
    free(f);
}

static int64_t delay_ms(const struct host *h)
{
    int64_t wished = permit_delay_ms(&h->permit);
    return wished > h->h.delay_ms ? wished : h->h.delay_ms;
}

static int queue_limit(const struct host *h)
{
    int64_t n = delay_ms(h) > 0 ? 1 + AHEAD_MS / delay_ms(h) : QUEUE_MAX;
    return n > QUEUE_MAX ? QUEUE_MAX : (int)n;
}

static unsigned kind_of(const struct due_url *d)
{
    return store_role_is_list(d->role) ? TAKE_LISTS : TAKE_ARTICLES;
}

/* The first of the queue that may be started. */
static struct queued **startable(const struct frontier *f, struct host *h)
{
    for (struct queued **p = &h->first; *p != NULL; p = &(*p)->next) {
        if (f->kinds & kind_of(&(*p)->due))
            return p;
    }
    return NULL;
}

/* How many of the queue may be started. Articles that are paused must not keep the lists behind them out. */
static int startable_count(const struct frontier *f, const struct host *h)
{
    int n = 0;
    for (const struct queued *q = h->first; q != NULL; q = q->next)
        n += (f->kinds & kind_of(&q->due)) != 0;
    return n;
}

static bool wants_more(const struct frontier *f, const struct host *h)
{
    return !h->taking && startable_count(f, h) <= queue_limit(h) / 2;
}

/* Keeps when[] true; called after every change of a host. */
static void reschedule(struct frontier *f, int i)
{
    struct host *h = f->hosts[i];
    int64_t at = NEVER;
    if (h->running < h->h.concurrency && !h->permit.asking && startable(f, h) != NULL)
        at = h->next_start;
    if (wants_more(f, h)) {
        int64_t look = h->full ? 0 : h->look_at;
        if (look < h->next_start && delay_ms(h) > AHEAD_MS) /* nothing could start sooner anyway */
            look = h->next_start;
        if (look < at)
            at = look;
    }
    f->when[i] = at;
}

/* Hosts come in the order of their ids. */
static int index_of(const struct frontier *f, int64_t id)
{
    int from = 0, to = f->n;
    while (from < to) {
        int mid = (from + to) / 2;
        if (f->hosts[mid]->h.id < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < f->n && f->hosts[from]->h.id == id ? from : -1;
}

void frontier_add_host(struct frontier *f, const struct store_host *h, int64_t mono, int64_t wall)
{
    if (f->n == f->cap) {
        f->cap = f->cap == 0 ? 64 : f->cap * 2;
        f->hosts = realloc(f->hosts, sizeof(*f->hosts) * (size_t)f->cap);
        f->when = realloc(f->when, sizeof(*f->when) * (size_t)f->cap);
        if (f->hosts == NULL || f->when == NULL)
            abort();
    }
    struct host *n = calloc(1, sizeof(*n));
    if (n == NULL)
        abort();
    n->h = *h;
    permit_init(&n->permit, &n->h, mono, wall);
    n->h.robots = (struct span){ NULL, 0 }; /* was borrowed */
    n->next_start = h->not_before > wall ? mono + h->not_before - wall : mono;
    n->look_at = mono;
    f->hosts[f->n] = n;
    reschedule(f, f->n++);
}

int64_t frontier_last_host(const struct frontier *f)
{
    return f->n == 0 ? 0 : f->hosts[f->n - 1]->h.id;
}

bool frontier_want(struct frontier *f, struct job *j, unsigned kinds, int64_t mono, int64_t wall)
{
    int room = TAKE_MAX;
    j->take_count = 0;
    j->now = wall;
    for (int k = 0; k < f->n && j->take_count < TAKE_HOSTS_MAX; k++) {
        int i = (f->turn + k) % f->n;
        struct host *h = f->hosts[i];
        if (f->when[i] > mono || !wants_more(f, h) || (!h->full && h->look_at > mono))
            continue;
        int max = queue_limit(h) - startable_count(f, h);
        if (max > room)
            break;
        room -= max;
        h->taking = true;
        h->full = false;
        h->look_at = NEVER; /* a hint from now on may be of what this look does not see */
        j->takes[j->take_count++] = (struct take){ .host_id = h->h.id, .max = max, .kinds = kinds };
        reschedule(f, i);
    }
    if (f->n > 0)
        f->turn = (f->turn + j->take_count) % f->n;
    return j->take_count > 0;
}

static struct span copy(char **at, struct span s)
{
    if (s.p == NULL)
        return s;
    struct span out = { *at, s.n };
    memcpy(*at, s.p, s.n);
    *at += s.n;
    return out;
}

/* Behind those of its priority: what is live overtakes the backfill that was taken before it. */
static void insert(struct host *h, struct queued *q)
{
    struct queued **p = &h->first;
    while (*p != NULL && (*p)->due.priority <= q->due.priority)
        p = &(*p)->next;
    q->next = *p;
    *p = q;
}

static bool has(const struct queued *q, int64_t id)
{
    while (q != NULL && q->due.id != id)
        q = q->next;
    return q != NULL;
}

static void enqueue(struct frontier *f, struct host *h, const struct due_url *d)
{
    size_t text = d->url.n + d->role.n + d->etag.n + d->modified.n + d->digest.n;
    struct queued *q = malloc(sizeof(*q) + text);
    if (q == NULL)
        abort();
    char *at = (char *)(q + 1);
    q->due = *d;
    q->due.url = copy(&at, d->url);
    q->due.role = copy(&at, d->role);
    q->due.etag = copy(&at, d->etag);
    q->due.modified = copy(&at, d->modified);
    q->due.digest = copy(&at, d->digest);
    insert(h, q);
    h->queued++;
    f->queued++;
}

void frontier_took(struct frontier *f, const struct job *j, int64_t mono, int64_t wall)
{
    for (int k = 0; k < j->due_count; k++) {
        int i = index_of(f, j->due[k].host_id);
        if (i < 0)
            continue;
        /* One that waits or runs for longer than its attempt's delay comes due again: it is here already. */
        if (!has(f->hosts[i]->first, j->due[k].id) && !has(f->hosts[i]->started, j->due[k].id))
            enqueue(f, f->hosts[i], &j->due[k]);
    }
    for (int k = 0; k < j->take_count; k++) {
        int i = index_of(f, j->takes[k].host_id);
        if (i < 0)
            continue;
        struct host *h = f->hosts[i];
        int64_t next = j->takes[k].next_due_at;
        h->taking = false;
        h->full = next <= wall;
        int64_t at = mono + (next > wall && next - wall < FRONTIER_LOOK_MS ? next - wall : FRONTIER_LOOK_MS);
        if (at < h->look_at)
            h->look_at = at;
        reschedule(f, i);
    }
}

/* Out of the queue, into what runs. */
static void begin(struct frontier *f, struct host *h, struct queued **p)
{
    struct queued *q = *p;
    *p = q->next;
    q->next = h->started;
    h->started = q;
    h->queued--;
    f->queued--;
    h->running++;
}

/* A URL of no row: the host's robots.txt, in the host's own slot. */
static struct queued *make_robots(struct host *h)
{
    struct span url = permit_ask(&h->permit);
    struct queued *q = calloc(1, sizeof(*q) + url.n);
    if (q == NULL)
        abort();
    char *at = (char *)(q + 1);
    q->due.host_id = h->h.id;
    q->due.role = SPAN(FRONTIER_ROBOTS);
    q->due.url = copy(&at, url);
    q->next = h->started;
    h->started = q;
    h->running++;
    return q;
}

/* The host's first URL that may be started; NULL while its robots.txt is under way. */
static struct queued *start_of_host(struct frontier *f, struct host *h, int64_t mono, enum frontier_go *go)
{
    struct queued **p = startable(f, h);
    if (p == NULL)
        return NULL;
    enum permit_state state = permit_state(&h->permit, mono);
    *go = GO_FETCH;
    if (state == PERMIT_WAIT)
        return NULL;
    if (state == PERMIT_ASK) {
        h->next_start = mono + delay_ms(h);
        return make_robots(h);
    }
    struct queued *q = *p;
    begin(f, h, p);
    if (state == PERMIT_SHUT)
        *go = GO_SHUT;
    else if (!permit_allows(&h->permit, q->due.url))
        *go = GO_DENIED;
    else
        h->next_start = mono + delay_ms(h);
    return q;
}

bool frontier_start(struct frontier *f, int64_t mono, struct frontier_started *out)
{
    for (int k = 0; k < f->n && f->queued > 0; k++) {
        int i = (f->start_turn + k) % f->n;
        struct host *h = f->hosts[i];
        if (f->when[i] > mono || h->queued == 0 || h->running >= h->h.concurrency || h->next_start > mono)
            continue;
        struct queued *q = start_of_host(f, h, mono, &out->go);
        reschedule(f, i);
        if (q == NULL)
            continue;
        out->due = &q->due;
        out->trusted = h->h.trusted;
        f->start_turn = i + 1;
        return true;
    }
    return false;
}

struct permit *frontier_permit(struct frontier *f, int64_t host_id)
{
    return &f->hosts[index_of(f, host_id)]->permit;
}

void frontier_allow(struct frontier *f, unsigned kinds)
{
    f->kinds = kinds;
    for (int i = 0; i < f->n; i++)
        reschedule(f, i);
}

static struct queued *queued_of(struct due_url *u)
{
    return (struct queued *)((char *)u - offsetof(struct queued, due));
}

/* It runs no more. */
static void take_out(struct host *h, const struct queued *q)
{
    struct queued **p = &h->started;
    while (*p != q)
        p = &(*p)->next;
    *p = q->next;
    h->running--;
}

void frontier_unstart(struct frontier *f, struct due_url *u)
{
    int i = index_of(f, u->host_id);
    struct host *h = f->hosts[i];
    struct queued *q = queued_of(u);
    take_out(h, q);
    if (span_is(u->role, FRONTIER_ROBOTS)) { /* asked for again when there is a slot */
        h->permit.asking = false;
        free(q);
        reschedule(f, i);
        return;
    }
    q->next = h->first;
    h->first = q;
    h->queued++;
    f->queued++;
    reschedule(f, i);
}

void frontier_ended(struct frontier *f, struct due_url *u, int64_t next_due, int64_t not_before, int64_t mono,
                    int64_t wall)
{
    int i = index_of(f, u->host_id);
    struct host *h = f->hosts[i];
    take_out(h, queued_of(u));
    free(queued_of(u));
    if (not_before > wall && mono + not_before - wall > h->next_start)
        h->next_start = mono + not_before - wall;
    if (next_due > 0) {
        int64_t at = next_due > wall ? mono + next_due - wall : mono;
        if (at < h->look_at)
            h->look_at = at;
    }
    reschedule(f, i);
}

void frontier_hint(struct frontier *f, int64_t mono)
{
    for (int i = 0; i < f->n; i++) {
        if (f->hosts[i]->look_at > mono) {
            f->hosts[i]->look_at = mono;
            reschedule(f, i);
        }
    }
}

int64_t frontier_next_at(const struct frontier *f)
{
    int64_t at = NEVER;
    for (int i = 0; i < f->n; i++) {
        if (f->when[i] < at)
            at = f->when[i];
    }
    return at;
}

int frontier_queued(const struct frontier *f)
{
    return f->queued;
}
