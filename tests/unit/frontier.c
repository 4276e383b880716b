/* The frontier: when a host is looked at, whatever comes while the database is being asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "producer/frontier.h"

#define WALL  ((int64_t)1700000000000)
#define KINDS (TAKE_LISTS | TAKE_ARTICLES)

/* A frontier of one host whose look is under way since 1000. */
static struct frontier *looking(struct job *j)
{
    const struct store_host host = { .id = 7, .name = "http://a", .concurrency = 1 };
    struct frontier *f = frontier_new();
    frontier_add_host(f, &host, 1000, WALL);
    assert_true(frontier_want(f, j, KINDS, 1000, WALL));
    assert_int_equal(1, j->take_count);
    assert_false(frontier_want(f, j, KINDS, 1000, WALL)); /* one look at a time */
    j->take_count = 1;
    j->due_count = 0;
    return f;
}

static void look_again(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int64_t hint_at, next_due_at, want; /* hint_at 0: none; want: when it is looked at again, the answer came at 1010 */
    } rows[] = {
        { "nothing is known", 0, INT64_MAX, 1010 + FRONTIER_LOOK_MS },
        { "the next is due soon", 0, WALL + 10 + 300, 1310 },
        { "the next is due late", 0, WALL + 5000, 1010 + FRONTIER_LOOK_MS },
        { "a hint during the look", 1005, INT64_MAX, 1005 },
        { "a hint during the look, the next is due soon", 1005, WALL + 10 + 300, 1005 },
    };
    int bad = 0;
    struct job *j = calloc(1, sizeof(*j));
    assert_non_null(j);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct frontier *f = looking(j);
        if (rows[i].hint_at > 0)
            frontier_hint(f, rows[i].hint_at);
        j->takes[0].next_due_at = rows[i].next_due_at;
        frontier_took(f, j, 1010, WALL + 10);
        int64_t at = frontier_next_at(f);
        if (at != rows[i].want) {
            print_error("%s: looked at again at %lld, not at %lld\n", rows[i].name, (long long)at, (long long)rows[i].want);
            bad++;
        }
        frontier_free(f);
    }
    free(j);
    assert_int_equal(0, bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(look_again) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
