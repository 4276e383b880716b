/* producer.c - the producer's loop: what is due is fetched, what was fetched is committed, what is committed is sent.
 *
 * A URL goes: due → its next attempt committed → fetched → the capture committed → dispatched → settled by the sink.
 * Each arrow but the last is here; the commits are done by the database thread (database.h). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "common/clock.h"
#include "common/digest.h"
#include "common/hint.h"
#include "common/log.h"
#include "common/role.h"
#include "common/socket.h"
#include "common/text.h"
#include "common/url.h"
#include "producer/database.h"
#include "producer/dispatch.h"
#include "producer/fetch.h"
#include "producer/frontier.h"
#include "producer/room.h"
#include "producer/schedule.h"

#define RENEW_MS          2000
#define ROOM_MS           500
#define HOSTS_MS          1000
#define SELECTORS_MS      60000
#define HINTS_MAX         64
#define CLOCK_JUMP_MS     2000
#define BUFFERED_MAX      ((int64_t)32 * 1024 * 1024) /* bodies in memory, fetched and being fetched: no more are begun */
#define BATCH_BYTES_MAX   ((int64_t)4 * 1024 * 1024)
#define BATCH_ARENA_BYTES ((size_t)256 * 1024 * 1024)
#define BATCHES_MAX       2048 /* that wait for the database: each fetch under way may still need one */
#define FINISH_MS         8000
#define TROUBLE_WAIT_MS   50 /* while the database is stuck, what is due is looked at only so often */

struct producer {
    const struct config *config;
    struct member member;
    struct database *database;
    struct frontier *frontier;
    struct fetcher *fetcher;
    struct dispatch *dispatch;
    void *ctx, *hints;
    /* visits that ended and are not committed yet: batches[0] is the oldest */
    struct outcome_batch *batches[BATCHES_MAX], *spare;
    int batch_count;
    int64_t uncommitted_bytes;
    int64_t resend[CHECK_MAX]; /* found lost, to be counted */
    int resend_count;
    /* upkeep */
    struct room room;
    unsigned kinds;
    int64_t renewed_at, renew_at, room_at, hosts_at, selectors_at;
    bool *selectors_told; /* for each site */
    int64_t clock_offset; /* wall - mono, as last seen */
    bool stopping;
    bool in_trouble; /* the lease could not be renewed in time */
};

/* ---- visits become outcomes -------------------------------------------------------------------------------------- */

static struct outcome_batch *batch_new(struct producer *p)
{
    struct outcome_batch *b = p->spare;
    p->spare = NULL;
    if (b != NULL)
        return b;
    b = calloc(1, sizeof(*b));
    if (b == NULL)
        abort();
    b->arena = arena_new(BATCH_ARENA_BYTES, NULL);
    return b;
}

static void batch_free(struct outcome_batch *b)
{
    if (b == NULL)
        return;
    arena_free(b->arena);
    free(b);
}

/* The batch to add to: the newest, unless it is full or handed over. */
static struct outcome_batch *batch_open(struct producer *p)
{
    struct outcome_batch *b = p->batch_count > 0 ? p->batches[p->batch_count - 1] : NULL;
    if (b == NULL || b->handed_over || b->n == OUTCOMES_MAX || b->bytes > BATCH_BYTES_MAX) {
        b = batch_new(p);
        p->batches[p->batch_count++] = b;
    }
    return b;
}

/* A redirect leads to http or https only, a bounded number of times. */
static void judge_redirect(struct producer *p, struct fetched *f)
{
    char host[300];
    struct span name = url_host(f->redirect_to, host);
    if (name.n == 0 || span_is(name, "file://") || f->redirect_to.n > URL_MAX_BYTES || !text_valid(f->redirect_to)) {
        f->kind = OUTCOME_REFUSED;
        snprintf(f->detail, sizeof(f->detail), "redirected to what is no web address");
    } else if (f->due->hops >= p->config->limits.redirects_max) {
        f->kind = OUTCOME_REFUSED;
        snprintf(f->detail, sizeof(f->detail), "more than %d redirects", p->config->limits.redirects_max);
    } else if (span_eq(f->redirect_to, f->due->url)) {
        f->kind = OUTCOME_REFUSED;
        snprintf(f->detail, sizeof(f->detail), "redirected to itself");
    }
}

static void fill_outcome(struct producer *p, const struct fetched *f, struct outcome_batch *b, struct outcome *o)
{
    struct arena *a = b->arena;
    struct digest digest = { "" };
    char host[300];
    *o = (struct outcome){
        .kind = f->kind,
        .url_id = f->due->id,
        .site_id = f->due->site_id,
        .host_id = f->due->host_id,
        .at = clock_wall_ms(),
        .took_ms = f->took_ms,
        .bytes = (int64_t)f->body.n,
        .status = f->status,
        .hops = f->due->hops,
        .start_page = f->due->start_page,
        .list = store_role_is_list(f->due->role),
        .role = arena_span(a, f->due->role),
        .url = arena_span(a, f->due->url),
        .final_url = arena_span(a, f->due->url),
        .content_type = arena_span(a, text_cut(text_repair(a, f->content_type), 1024)),
        .etag = text_valid(f->etag) ? arena_span(a, f->etag) : (struct span){ NULL, 0 },
        .modified = text_valid(f->modified) ? arena_span(a, f->modified) : (struct span){ NULL, 0 },
        .detail = arena_span(a, span_of(f->detail)),
    };
    if (f->kind == OUTCOME_CAPTURED) {
        digest = digest_of(f->body);
        o->digest = arena_span(a, digest_span(&digest));
        if (span_eq(f->due->digest, o->digest))
            o->kind = OUTCOME_SAME;
        else
            o->body = arena_span(a, f->body);
    } else if (f->kind == OUTCOME_REDIRECTED) {
        o->redirect_to = arena_span(a, f->redirect_to);
        o->redirect_host = arena_span(a, url_host(f->redirect_to, host));
    }
    const struct visit_facts facts = { .started_at = f->started_at,
                                       .now = o->at,
                                       .retry_after_ms = f->retry_after_ms,
                                       .revisit_ms = p->config->limits.revisit_ms,
                                       .host_down = f->host_down };
    schedule_next(f->due, &facts, o);
}

/* What the host's robots.txt says is believed, and kept with the sitemaps that it names. */
static void keep_robots(struct producer *p, const struct fetched *f, const struct permit *permit, struct span text)
{
    struct outcome_batch *b = batch_open(p);
    struct outcome *o = &b->o[b->n++];
    struct span sitemaps = { NULL, 0 };
    char host[300], here[300];
    for (int i = 0; permit->rules != NULL && robots_sitemap(permit->rules, i).n > 0; i++) {
        struct span url = robots_sitemap(permit->rules, i), name = url_host(url, here);
        if (url.n <= URL_MAX_BYTES && text_valid(url) && span_eq(name, url_host(span_of(permit->host), host)))
            sitemaps = arena_printf(b->arena, "%.*s%.*s\n", SPAN_FMT(sitemaps), SPAN_FMT(url));
    }
    *o = (struct outcome){ .kind = OUTCOME_ROBOTS,
                           .host_id = f->due->host_id,
                           .at = clock_wall_ms(),
                           .body = arena_span(b->arena, text_repair(b->arena, text)),
                           .sitemaps = sitemaps };
    b->bytes += (int64_t)o->body.n;
    p->uncommitted_bytes += (int64_t)o->body.n;
}

/* The host has robots.txt, or says that it has none (any 4xx but "too many requests"). */
static bool robots_answered(const struct fetched *f)
{
    return f->kind == OUTCOME_CAPTURED || (f->status >= 400 && f->status < 500 && f->status != 429);
}

static void robots_fetched(struct producer *p, const struct fetched *f)
{
    struct permit *permit = frontier_permit(p->frontier, f->due->host_id);
    struct span none = { NULL, 0 }, text = f->kind == OUTCOME_CAPTURED ? text_cut(f->body, ROBOTS_MAX_BYTES) : none;
    int64_t mono = clock_mono_ms();
    if (f->kind == OUTCOME_REDIRECTED && !span_starts(f->redirect_to, SPAN("file:"))) {
        if (!permit_redirected(permit, f->redirect_to, mono))
            keep_robots(p, f, permit, none);
    } else if (robots_answered(f)) {
        permit_got(permit, text, mono);
        keep_robots(p, f, permit, text);
    } else if (f->kind == OUTCOME_REFUSED &&
               f->status == 0) { /* an address that is not for us: its pages say so themselves */
        permit_got(permit, none, mono);
    } else {
        permit_failed(permit, mono);
        log_warn("%.*s cannot be had (%s): the host is left alone for %" PRId64 " s", SPAN_FMT(f->due->url), f->detail,
                 (permit->until - mono) / 1000);
    }
    frontier_ended(p->frontier, f->due, 0, 0, mono, clock_wall_ms());
}

static void on_fetched(void *ctx, const struct fetched *fetched)
{
    struct producer *p = ctx;
    struct fetched f = *fetched;
    if (span_is(f.due->role, FRONTIER_ROBOTS)) {
        robots_fetched(p, &f);
        return;
    }
    if (f.kind == OUTCOME_REDIRECTED)
        judge_redirect(p, &f);
    struct outcome_batch *b = batch_open(p);
    struct outcome *o = &b->o[b->n++];
    fill_outcome(p, &f, b, o);
    b->bytes += (int64_t)o->body.n;
    p->uncommitted_bytes += (int64_t)o->body.n;
    if (o->detail.n > 0 && (o->start_page || o->kind == OUTCOME_REFUSED))
        log_warn("%.*s: %s: %.*s", SPAN_FMT(o->url), outcome_names[o->kind], SPAN_FMT(o->detail));
    frontier_ended(p->frontier, f.due, o->next_visit_at, o->host_not_before, clock_mono_ms(), o->at);
}

/* ---- what the database thread has done --------------------------------------------------------------------------- */

static void outcomes_committed(struct producer *p, struct job *j)
{
    struct outcome_batch *b = j->batch;
    bool captured = false, redirected = false;
    for (int i = 0; i < b->n; i++) {
        if (b->captures[i] == OUTCOME_LEFT_OUT)
            log_error("%.*s: the database refuses what came of its visit", SPAN_FMT(b->o[i].url));
        captured |= b->captures[i] > 0;
        p->room.pending_bytes +=
            b->captures[i] > 0 ? (int64_t)b->o[i].body.n : 0; /* until the database is asked again */
        redirected |= b->o[i].kind == OUTCOME_REDIRECTED;
    }
    p->uncommitted_bytes -= b->bytes;
    memmove(p->batches, p->batches + 1, sizeof(p->batches[0]) * (size_t)--p->batch_count);
    arena_reset(b->arena);
    b->n = 0;
    b->bytes = 0;
    b->handed_over = false;
    j->batch = NULL;
    if (p->spare == NULL)
        p->spare = b;
    else
        batch_free(b);
    if (captured)
        dispatch_hint(p->dispatch);
    if (redirected) { /* the next hop is due, perhaps on a new host */
        p->hosts_at = 0;
        frontier_hint(p->frontier, clock_mono_ms());
    }
}

static void renewed(struct producer *p, const struct job *j)
{
    p->renewed_at = j->renewed_at_ms;
    p->room.pending_bytes = j->backlog_bytes;
}

static void add_hosts(struct producer *p, const struct job *j)
{
    for (int i = 0; i < j->host_count; i++)
        frontier_add_host(p->frontier, &j->hosts[i], clock_mono_ms(), clock_wall_ms());
}

static void use_answer(struct producer *p, struct job *j)
{
    int64_t mono = clock_mono_ms();
    switch (j->kind) {
    case JOB_RENEW: renewed(p, j); break;
    case JOB_TAKE: frontier_took(p->frontier, j, mono, clock_wall_ms()); break;
    case JOB_OUTCOMES: outcomes_committed(p, j); break;
    case JOB_PENDING: dispatch_pending(p->dispatch, j, mono); break;
    case JOB_CHECK: p->resend_count = dispatch_checked(p->dispatch, j, p->resend); break;
    case JOB_HOSTS: add_hosts(p, j); break;
    case JOB_RESEND:
    case JOB_SHIFT:
    case JOB_COUNT: break;
    }
}

static void take_answers(struct producer *p)
{
    struct job *j;
    while ((j = database_next(p->database)) != NULL) {
        use_answer(p, j);
        database_done(p->database, j);
    }
}

/* ---- handing jobs over ------------------------------------------------------------------------------------------- */

static void hand_over_outcomes(struct producer *p)
{
    if (p->batch_count == 0 || p->batches[0]->handed_over)
        return;
    struct job *j = database_job(p->database, JOB_OUTCOMES);
    if (j == NULL)
        return;
    j->batch = p->batches[0];
    j->batch->handed_over = true;
    database_submit(p->database, j);
}

typedef bool fill_fn(struct producer *p, struct job *j, int64_t mono);

static bool fill_take(struct producer *p, struct job *j, int64_t mono)
{
    return !p->stopping && p->kinds != 0 && frontier_want(p->frontier, j, p->kinds, mono, clock_wall_ms());
}

static bool fill_pending(struct producer *p, struct job *j, int64_t mono)
{
    return !p->stopping && dispatch_want_pending(p->dispatch, j, mono);
}

static bool fill_check(struct producer *p, struct job *j, int64_t mono)
{
    return p->resend_count == 0 && dispatch_want_check(p->dispatch, j, mono);
}

static bool fill_resend(struct producer *p, struct job *j, int64_t mono)
{
    (void)mono;
    if (p->resend_count == 0)
        return false;
    log_info("%d pages are sent again: no worker has them, and they are not settled", p->resend_count);
    j->check_count = p->resend_count;
    memcpy(j->check, p->resend, sizeof(p->resend[0]) * (size_t)p->resend_count);
    p->resend_count = 0;
    return true;
}

static bool fill_renew(struct producer *p, struct job *j, int64_t mono)
{
    (void)j;
    if (mono < p->renew_at)
        return false;
    p->renew_at = mono + RENEW_MS;
    return true;
}

static bool fill_hosts(struct producer *p, struct job *j, int64_t mono)
{
    if (mono < p->hosts_at)
        return false;
    p->hosts_at = mono + HOSTS_MS;
    j->after = frontier_last_host(p->frontier);
    return true;
}

/* The wall clock jumped: due times move with it, so that nothing comes due early or late. */
static bool fill_shift(struct producer *p, struct job *j, int64_t mono)
{
    (void)mono; /* both clocks are read here, so that a long turn is no jump */
    int64_t offset = clock_wall_ms() - clock_mono_ms(), jump = offset - p->clock_offset;
    if (llabs(jump) < CLOCK_JUMP_MS) {
        p->clock_offset = offset;
        return false;
    }
    log_warn("the wall clock jumped by %" PRId64 " ms: due times are shifted", jump);
    p->clock_offset = offset;
    j->delta_ms = jump;
    return true;
}

static void hand_over_jobs(struct producer *p, int64_t mono)
{
    static const struct {
        enum job_kind kind;
        fill_fn *fill;
    } rows[] = {
        { JOB_SHIFT, fill_shift }, { JOB_RENEW, fill_renew },   { JOB_PENDING, fill_pending },
        { JOB_CHECK, fill_check }, { JOB_RESEND, fill_resend }, { JOB_HOSTS, fill_hosts },
        { JOB_TAKE, fill_take },
    };
    hand_over_outcomes(p);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct job *j = database_job(p->database, rows[i].kind);
        if (j == NULL)
            continue;
        if (rows[i].fill(p, j, mono))
            database_submit(p->database, j);
        else
            database_done(p->database, j);
    }
}

/* ---- fetching ---------------------------------------------------------------------------------------------------- */

static bool may_fetch(const struct producer *p, int64_t mono)
{
    return !p->stopping && p->kinds != 0 && mono - p->renewed_at < MEMBER_LEASE_MS / 2 &&
           p->uncommitted_bytes + fetch_buffered_bytes(p->fetcher) < BUFFERED_MAX &&
           p->batch_count + fetch_running(p->fetcher) < BATCHES_MAX - 2 && fetch_has_room(p->fetcher);
}

/* Not fetched: robots.txt does not allow it, or could not be had. */
static void turn_away(struct producer *p, const struct frontier_started *s)
{
    struct fetched f = { .due = s->due, .owner = p, .started_at = clock_wall_ms() };
    f.kind = s->go == GO_DENIED ? OUTCOME_DENIED : OUTCOME_UNREACHABLE;
    snprintf(f.detail, sizeof(f.detail), "%s",
             s->go == GO_DENIED ? "robots.txt does not allow it" : "robots.txt cannot be had");
    on_fetched(p, &f);
}

static void start_fetches(struct producer *p, int64_t mono)
{
    struct frontier_started s;
    while (may_fetch(p, mono) && frontier_start(p->frontier, mono, &s)) {
        if (s.go != GO_FETCH) {
            turn_away(p, &s);
        } else if (!fetch_start(p->fetcher, s.due, p, s.trusted)) {
            frontier_unstart(p->frontier, s.due);
            return;
        }
    }
}

static void watch_room(struct producer *p, int64_t mono)
{
    if (mono < p->room_at)
        return;
    p->room_at = mono + ROOM_MS;
    if (room_measure(p->config->database, &p->room) < 0)
        return;
    unsigned kinds = room_kinds(&p->room, &p->config->limits);
    if (kinds == p->kinds)
        return;
    log_warn("fetching %s: free=%" PRId64 " MB reserve=%" PRId64 " MB pending=%" PRId64 " MB of %" PRId64 " MB",
             kinds == (TAKE_LISTS | TAKE_ARTICLES) ? "goes on"
             : kinds == TAKE_LISTS                 ? "of articles pauses"
                                                   : "pauses",
             p->room.free_bytes / 1000000, room_reserve(&p->room, &p->config->limits) / 1000000,
             p->room.pending_bytes / 1000000, p->config->limits.pending_max_bytes / 1000000);
    p->kinds = kinds;
    frontier_allow(p->frontier, kinds);
    frontier_hint(p->frontier, mono);
}

/* The sink tells what it settled and whether it found new links. Only a hint: polling finds the same a little later. */
static void use_hint(struct producer *p, struct span body, int64_t mono)
{
    struct hint h;
    if (hint_read(body, &h, NULL) < 0)
        return;
    for (int k = 0; k < h.settled_count; k++)
        dispatch_settled(p->dispatch, h.settled[k]);
    if (h.again)
        dispatch_hint(p->dispatch);
    if (h.new_links > 0) {
        frontier_hint(p->frontier, mono);
        p->hosts_at = 0;
    }
}

static void read_hints(struct producer *p, int64_t mono)
{
    zmq_msg_t m;
    bool more = true;
    for (int i = 0; i < HINTS_MAX && more; i++) {
        zmq_msg_init(&m);
        more = zmq_msg_recv(&m, p->hints, ZMQ_DONTWAIT) >= 0; /* the topic */
        for (int frame = 1; more && zmq_msg_more(&m) && zmq_msg_recv(&m, p->hints, ZMQ_DONTWAIT) >= 0; frame++) {
            if (frame == 1)
                use_hint(p, (struct span){ zmq_msg_data(&m), zmq_msg_size(&m) }, mono);
        }
        zmq_msg_close(&m);
    }
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

static bool has_hints(struct producer *p)
{
    int events = 0;
    size_t size = sizeof(events);
    zmq_getsockopt(p->hints, ZMQ_EVENTS, &events, &size);
    return (events & ZMQ_POLLIN) != 0;
}

static int wait_ms(struct producer *p, int64_t mono)
{
    if (dispatch_ready(p->dispatch) || has_hints(p))
        return 0;
    int64_t at = p->room_at, next = dispatch_next_at(p->dispatch, mono);
    at = next < at ? next : at;
    next = may_fetch(p, mono) ? frontier_next_at(p->frontier) : at;
    at = next < at ? next : at;
    if (at <= mono)
        return p->in_trouble ? TROUBLE_WAIT_MS : 1;
    return at - mono > 1000 ? 1000 : (int)(at - mono);
}

/* Said once for each site. */
static void watch_selectors(struct producer *p, int64_t mono)
{
    if (mono < p->selectors_at)
        return;
    p->selectors_at = mono + SELECTORS_MS;
    for (size_t i = 0; i < p->config->site_count; i++) {
        const struct config_site *site = &p->config->sites[i];
        if (p->selectors_told[i] || !config_selectors_over(&site->selectors, clock_wall_ms()))
            continue;
        p->selectors_told[i] = true;
        log_warn("site '%s': its selectors were valid until %s and are not used any more; look at its pages and set a "
                 "new day",
                 site->name, site->selectors.valid_until);
    }
}

static int turn(struct producer *p, struct err *e)
{
    int64_t mono = clock_mono_ms();
    if (database_check(p->database, e) < 0)
        return -1;
    p->in_trouble = mono - p->renewed_at > 2 * RENEW_MS;
    watch_room(p, mono);
    watch_selectors(p, mono);
    take_answers(p);
    read_hints(p, mono);
    dispatch_turn(p->dispatch, mono);
    start_fetches(p, mono);
    fetch_set_elsewhere(p->fetcher, p->uncommitted_bytes);
    if (fetch_turn(p->fetcher, e) < 0)
        return -1;
    hand_over_jobs(p, mono);
    struct curl_waitfd fds[4];
    unsigned n = dispatch_fds(p->dispatch, fds);
    size_t size = sizeof(int);
    int fd = -1;
    zmq_getsockopt(p->hints, ZMQ_FD, &fd, &size);
    fds[n++] = (struct curl_waitfd){ .fd = fd, .events = CURL_WAIT_POLLIN };
    fds[n++] = (struct curl_waitfd){ .fd = database_fd(p->database), .events = CURL_WAIT_POLLIN };
    return fetch_wait(p->fetcher, fds, n, wait_ms(p, mono), e);
}

/* What is being fetched ends or is dropped (it comes due again); what was fetched is committed. */
static void finish(struct producer *p)
{
    struct err e;
    int64_t until = clock_mono_ms() + FINISH_MS;
    p->stopping = true;
    while ((fetch_running(p->fetcher) > 0 || p->batch_count > 0) && clock_mono_ms() < until) {
        if (turn(p, &e) < 0)
            break;
    }
    log_info("stopped: fetching=%d uncommitted=%d", fetch_running(p->fetcher), p->batch_count);
}

static int open_producer(struct producer *p, struct err *e)
{
    p->database = database_start(p->config, &p->member, e);
    if (p->database == NULL)
        return -1;
    int64_t mono = clock_mono_ms(); /* opening may have waited for others */
    p->renewed_at = mono;
    p->clock_offset = clock_wall_ms() - mono;
    p->kinds = TAKE_LISTS | TAKE_ARTICLES;
    p->frontier = frontier_new();
    p->fetcher = fetch_new(p->config, on_fetched, p, e);
    p->dispatch = p->fetcher == NULL ? NULL : dispatch_new(p->config, p->member.epoch, e);
    if (p->dispatch == NULL)
        return -1;
    p->ctx = zmq_ctx_new();
    p->hints = socket_connect(p->ctx, ZMQ_SUB, p->config->feed, 0, e);
    if (p->hints == NULL)
        return -1;
    return zmq_setsockopt(p->hints, ZMQ_SUBSCRIBE, HINT_TOPIC, strlen(HINT_TOPIC)) == 0
               ? 0
               : err_set(e, "cannot subscribe");
}

static void close_producer(struct producer *p)
{
    fetch_free(p->fetcher);
    database_stop(p->database, 2000);
    frontier_free(p->frontier);
    dispatch_free(p->dispatch);
    if (p->hints != NULL)
        zmq_close(p->hints);
    if (p->ctx != NULL)
        zmq_ctx_term(p->ctx);
    for (int i = 0; i < p->batch_count; i++)
        batch_free(p->batches[i]);
    batch_free(p->spare);
    free(p->selectors_told);
    free(p);
}

int producer_run(const struct config *c, struct err *e)
{
    struct producer *p = calloc(1, sizeof(*p));
    if (p == NULL)
        return err_set(e, "out of memory"), 1;
    p->config = c;
    p->selectors_told = calloc(c->site_count, sizeof(bool));
    if (p->selectors_told == NULL)
        abort();
    int rc = open_producer(p, e);
    if (rc == 0)
        log_info("ready: epoch=%" PRId64 " sites=%zu", p->member.epoch, c->site_count);
    while (rc == 0 && !role_stop)
        rc = turn(p, e);
    if (rc == 0)
        finish(p);
    close_producer(p);
    return rc == 0 ? 0 : 1;
}
