/* Which URL of which host is fetched next, on a clock of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "producer/frontier.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define WALL     ((int64_t)1760000000000) /* what the wall shows when our clock is 0 */
#define ALL      (TAKE_LISTS | TAKE_ARTICLES)

static struct job job; /* large */

static void add_host(struct frontier *f, int64_t id, int64_t delay, int concurrency, int64_t not_before)
{
    struct store_host h = { .id = id, .delay_ms = delay, .concurrency = concurrency, .not_before = not_before, .trusted = id % 2 == 1, .robots_at = INT64_MAX / 4 };
    snprintf(h.name, sizeof(h.name), "http://%lld.cn", (long long)id);
    frontier_add_host(f, &h, 0, WALL);
}

/* The next URL to fetch, or NULL. */
static struct due_url *start(struct frontier *f, int64_t mono, bool *trusted)
{
    struct frontier_started s;
    if (!frontier_start(f, mono, &s))
        return NULL;
    *trusted = s.trusted;
    return s.due;
}

static int64_t next_id = 1000;

/* The database's answer: as many as asked for, each URL new, and more to come. */
static void answer_plenty(struct frontier *f, int64_t mono)
{
    job.due_count = 0;
    for (int i = 0; i < job.take_count; i++) {
        for (int k = 0; k < job.takes[i].max; k++)
            job.due[job.due_count++] = (struct due_url){ .id = next_id++, .host_id = job.takes[i].host_id, .url = SPAN("u"), .role = SPAN("article") };
        job.takes[i].next_due_at = WALL + mono;
    }
    frontier_took(f, &job, mono, WALL + mono);
}

/* The answer: these ids for the host, then nothing before `next`. */
static void answer(struct frontier *f, int64_t host, const int64_t *ids, int n, int64_t next, int64_t mono)
{
    job.due_count = 0;
    for (int i = 0; i < job.take_count; i++) {
        job.takes[i].next_due_at = INT64_MAX;
        if (job.takes[i].host_id != host)
            continue;
        for (int k = 0; k < n; k++)
            job.due[job.due_count++] = (struct due_url){ .id = ids[k], .host_id = host, .url = SPAN("u"), .role = SPAN("article") };
        job.takes[i].next_due_at = next;
    }
    frontier_took(f, &job, mono, WALL + mono);
}

static bool want(struct frontier *f, int64_t mono)
{
    return frontier_want(f, &job, ALL, mono, WALL + mono);
}

static void end(struct frontier *f, struct due_url *u, int64_t mono)
{
    frontier_ended(f, u, WALL + mono + 3600000, 0, mono, WALL + mono);
}

/* ---- one host -------------------------------------------------------------------------------------------------------------- */

/* A minute on a host that always has something due; each fetch takes `takes_ms`. */
static void is_polite(void **state)
{
    (void)state;
    static const struct {
        int64_t delay;
        int concurrency;
        int64_t takes_ms;
        int least, most; /* starts in a minute */
    } rows[] = {
        { 1000, 1, 100, 59, 61 },  { 1000, 1, 2500, 23, 25 }, { 1000, 2, 2500, 46, 49 }, { 1000, 64, 2500, 59, 61 },
        { 5000, 2, 100, 12, 13 },  { 250, 4, 100, 238, 241 }, { 0, 1, 100, 590, 601 },    { 0, 4, 100, 2390, 2404 },
        { 60000, 1, 100, 1, 2 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct frontier *f = frontier_new();
        struct due_url *running[64];
        int64_t ends_at[64], last_start = INT64_MIN / 2;
        int n = 0, starts = 0;
        add_host(f, 1, rows[i].delay, rows[i].concurrency, 0);
        for (int64_t mono = 0; mono < 60000; mono += 10) {
            bool trusted = false;
            for (int k = 0; k < n; k++) {
                if (ends_at[k] <= mono) {
                    end(f, running[k], mono);
                    running[k] = running[--n];
                    ends_at[k--] = ends_at[n];
                }
            }
            if (want(f, mono))
                answer_plenty(f, mono);
            for (struct due_url *u; (u = start(f, mono, &trusted)) != NULL; n++) {
                bad += n >= rows[i].concurrency || mono - last_start < rows[i].delay || !trusted;
                last_start = mono;
                running[n] = u;
                ends_at[n] = mono + rows[i].takes_ms;
                starts++;
            }
            if (rows[i].delay > 0 && frontier_queued(f) > 1 + 2000 / rows[i].delay)
                bad++, print_error("row %zu: %d are queued\n", i, frontier_queued(f)); /* a crash should delay few */
        }
        if (starts < rows[i].least || starts > rows[i].most)
            bad++, print_error("row %zu: %d starts\n", i, starts);
        while (n > 0)
            end(f, running[--n], 60000);
        frontier_free(f);
    }
    assert_int_equal(bad, 0);
}

static void order_and_putting_back(void **state)
{
    (void)state;
    struct frontier *f = frontier_new();
    static const int64_t ids[] = { 7, 3, 9 };
    bool trusted = true;
    add_host(f, 2, 0, 1, 0);
    assert_true(want(f, 0));
    assert_int_equal(job.now, WALL);
    assert_int_equal(job.takes[0].kinds, ALL);
    answer(f, 2, ids, 3, INT64_MAX, 0);
    assert_int_equal(frontier_queued(f), 3);
    struct due_url *u = start(f, 0, &trusted);
    assert_int_equal(u->id, 7);
    assert_false(trusted);
    assert_true(span_is(u->url, "u") && span_is(u->role, "article"));
    frontier_unstart(f, u); /* no room: as if never started */
    assert_int_equal(frontier_queued(f), 3);
    for (int i = 0; i < 3; i++) {
        u = start(f, 0, &trusted);
        assert_int_equal(u->id, ids[i]);
        assert_null(start(f, 0, &trusted));
        end(f, u, 0);
    }
    assert_null(start(f, 0, &trusted));
    frontier_free(f);
    frontier_free(NULL);
}

/* What is queued or running comes due again in the database after its attempt's delay: it is not fetched twice. */
static void nothing_is_fetched_twice(void **state)
{
    (void)state;
    struct frontier *f = frontier_new();
    static const int64_t ids[] = { 7, 8 }, again[] = { 7, 8, 9 };
    bool trusted;
    add_host(f, 1, 0, 8, 0);
    assert_true(want(f, 0));
    answer(f, 1, ids, 2, INT64_MAX, 0);
    struct due_url *slow = start(f, 0, &trusted);
    assert_int_equal(slow->id, 7);
    assert_true(want(f, 11000)); /* 7 is still being fetched, 8 still waits */
    answer(f, 1, again, 3, INT64_MAX, 11000);
    assert_int_equal(frontier_queued(f), 2);
    struct due_url *u = start(f, 11000, &trusted), *v = start(f, 11000, &trusted);
    assert_true(u->id == 8 && v->id == 9);
    assert_null(start(f, 11000, &trusted));
    end(f, v, 11001);
    end(f, slow, 11001);
    end(f, u, 11001);
    assert_true(want(f, 12500)); /* once ended it may come again */
    answer(f, 1, ids, 1, INT64_MAX, 12500);
    u = start(f, 12500, &trusted);
    assert_non_null(u);
    frontier_free(f); /* with one still running */
}

static void hosts_rest(void **state)
{
    (void)state;
    struct frontier *f = frontier_new();
    static const int64_t ids[] = { 7, 8, 9 };
    bool trusted;
    add_host(f, 1, 0, 8, WALL + 5000); /* it was resting when we started */
    assert_true(want(f, 0));
    answer(f, 1, ids, 3, INT64_MAX, 0);
    assert_null(start(f, 4999, &trusted));
    struct due_url *u = start(f, 5000, &trusted);
    assert_non_null(u);
    frontier_ended(f, u, 0, WALL + 9000, 6000, WALL + 6000); /* "you may not": it rests again */
    assert_null(start(f, 8999, &trusted));
    u = start(f, 9000, &trusted);
    assert_non_null(u);
    frontier_ended(f, u, 0, WALL + 1, 9001, WALL + 9001); /* a rest that is over */
    u = start(f, 9001, &trusted);
    assert_non_null(u);
    end(f, u, 9002);
    frontier_free(f);
}

/* ---- when the database is asked ---------------------------------------------------------------------------------------------- */

static void looks(void **state)
{
    (void)state;
    struct frontier *f = frontier_new();
    add_host(f, 1, 0, 1, 0);
    assert_int_equal(frontier_last_host(f), 1);
    assert_true(frontier_next_at(f) <= 0);
    assert_true(want(f, 0));
    assert_false(want(f, 0)); /* it is asked for already */
    job.take_count = 1;
    answer(f, 1, NULL, 0, INT64_MAX, 0);
    assert_int_equal(frontier_next_at(f), FRONTIER_LOOK_MS); /* nothing: a look each second is the truth */
    assert_false(want(f, 999));
    assert_true(want(f, 1000));
    answer(f, 1, NULL, 0, WALL + 1300, 1000);
    assert_int_equal(frontier_next_at(f), 1300); /* something comes due sooner */
    assert_false(want(f, 1299));
    assert_true(want(f, 1300));
    answer(f, 1, NULL, 0, WALL + 900000, 1300);
    assert_int_equal(frontier_next_at(f), 2300);
    frontier_hint(f, 1400); /* the sink found links */
    assert_true(want(f, 1400));
    answer(f, 1, NULL, 0, INT64_MAX, 1400);
    static const int64_t ids[] = { 7 };
    assert_true(want(f, 2400));
    answer(f, 1, ids, 1, INT64_MAX, 2400);
    bool trusted;
    struct due_url *u = start(f, 2400, &trusted);
    frontier_ended(f, u, WALL + 2700, 0, 2500, WALL + 2500); /* its own next visit is soon */
    assert_int_equal(frontier_next_at(f), 2700);
    frontier_free(f);
    f = frontier_new();
    assert_int_equal(frontier_next_at(f), INT64_MAX);
    assert_int_equal(frontier_last_host(f), 0);
    assert_false(want(f, 0));
    frontier_free(f);
}

/* A queue full of articles that are paused does not keep lists out; after the pause both are fetched. */
static void paused_articles_leave_room_for_lists(void **state)
{
    (void)state;
    struct frontier *f = frontier_new();
    bool trusted = false;
    add_host(f, 1, 0, 4, 0);
    assert_true(want(f, 0));
    answer_plenty(f, 0);
    int articles = job.due_count;
    frontier_allow(f, TAKE_LISTS);
    assert_null(start(f, 0, &trusted));
    frontier_hint(f, 0);
    assert_true(frontier_want(f, &job, TAKE_LISTS, 0, WALL));
    assert_int_equal(TAKE_LISTS, job.takes[0].kinds);
    assert_true(job.takes[0].max > 0);
    job.due[0] = (struct due_url){ .id = 1, .host_id = 1, .url = SPAN("u"), .role = SPAN("list") };
    job.due_count = 1;
    job.takes[0].next_due_at = INT64_MAX;
    frontier_took(f, &job, 0, WALL);
    struct due_url *u = start(f, 0, &trusted);
    assert_non_null(u);
    assert_int_equal(1, u->id);
    assert_null(start(f, 0, &trusted));
    end(f, u, 0);
    frontier_allow(f, ALL);
    int started = 0;
    for (int64_t mono = 0; (u = start(f, mono, &trusted)) != NULL; mono++, started++)
        end(f, u, mono);
    assert_int_equal(articles, started);
    frontier_free(f);
}

/* ---- many hosts ------------------------------------------------------------------------------------------------------------- */

static void many_hosts_all_get_a_turn(void **state)
{
    (void)state;
    enum { HOSTS = 2000 };
    static int taken[HOSTS + 1], started[HOSTS + 1];
    struct frontier *f = frontier_new();
    for (int i = 1; i <= HOSTS; i++)
        add_host(f, i, i % 3 == 0 ? 0 : 1000, 1, 0);
    int bad = 0;
    for (int round = 0; round < 400; round++) {
        if (!want(f, 0))
            break;
        int sum = 0;
        for (int i = 0; i < job.take_count; i++) {
            sum += job.takes[i].max;
            taken[job.takes[i].host_id]++;
        }
        bad += job.take_count > TAKE_HOSTS_MAX || sum > TAKE_MAX;
        answer_plenty(f, 0);
    }
    bool trusted;
    struct due_url *u;
    while ((u = start(f, 0, &trusted)) != NULL) {
        int64_t host = u->host_id;
        end(f, u, 0);
        if (++started[host] > 100)
            break;
    }
    for (int i = 1; i <= HOSTS; i++)
        bad += taken[i] == 0;
    assert_int_equal(bad, 0);
    frontier_free(f);
}

/* With room for few fetches at a time, no host waits while another is served again and again. */
static void few_connections_are_shared(void **state)
{
    (void)state;
    enum { HOSTS = 20, AT_A_TIME = 3, STARTS = 2000 };
    int started[HOSTS + 1] = { 0 }, n = 0;
    struct due_url *running[AT_A_TIME];
    struct frontier *f = frontier_new();
    for (int i = 1; i <= HOSTS; i++)
        add_host(f, i, 0, 4, 0);
    for (int k = 0; k < STARTS; k++) {
        bool trusted;
        if (want(f, k))
            answer_plenty(f, k);
        if (n == AT_A_TIME) {
            end(f, running[0], k);
            memmove(running, running + 1, sizeof(running[0]) * (size_t)--n);
        }
        struct due_url *u = start(f, k, &trusted);
        assert_non_null(u);
        started[u->host_id]++;
        running[n++] = u;
    }
    while (n > 0)
        end(f, running[--n], STARTS);
    int bad = 0;
    for (int i = 1; i <= HOSTS; i++) {
        if (started[i] < STARTS / HOSTS / 2)
            bad++, print_error("host %d was served %d times of %d\n", i, started[i], STARTS);
    }
    frontier_free(f);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_polite),  cmocka_unit_test(order_and_putting_back), cmocka_unit_test(nothing_is_fetched_twice),
        cmocka_unit_test(hosts_rest), cmocka_unit_test(looks),                  cmocka_unit_test(many_hosts_all_get_a_turn),
        cmocka_unit_test(few_connections_are_shared), cmocka_unit_test(paused_articles_leave_room_for_lists),
    };
    return cmocka_run_group_tests_name("frontier", tests, NULL, NULL);
}
