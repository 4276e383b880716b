/* What may be fetched while pages wait and the disk fills. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "producer/room.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define GB       ((int64_t)1000 * 1000 * 1000)
#define LISTS    TAKE_LISTS
#define ALL      (TAKE_LISTS | TAKE_ARTICLES)

static void reserves(void **state)
{
    (void)state;
    static const struct {
        int64_t total, configured, want;
    } rows[] = {
        { 10 * GB, 0, 2 * GB }, { 40 * GB, 0, 2 * GB }, { 100 * GB, 0, 5 * GB }, { 1000 * GB, 0, 50 * GB },
        { 1000 * GB, 3 * GB, 3 * GB }, { 10 * GB, 9 * GB, 9 * GB }, { 0, 0, 2 * GB },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct room r = { .total_bytes = rows[i].total };
        struct config_limits l = { .disk_reserve_bytes = rows[i].configured };
        bad += room_reserve(&r, &l) != rows[i].want;
    }
    assert_int_equal(bad, 0);
}

static void kinds(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int64_t free, pending;
        unsigned want;
    } rows[] = {
        { "plenty", 50 * GB, 0, ALL },
        { "exactly the reserve", 4 * GB, 0, ALL },
        { "below the reserve", 4 * GB - 1, 0, LISTS },
        { "half of it", 2 * GB, 0, LISTS },
        { "below half of it", 2 * GB - 1, 0, 0 },
        { "full", 0, 0, 0 },
        { "nearly as much waits as may", 50 * GB, GB - 1, ALL },
        { "as much waits as may", 50 * GB, GB, LISTS },
        { "more waits", 50 * GB, 9 * GB, LISTS },
        { "both", 3 * GB, 9 * GB, LISTS },
        { "more waits and the disk is full", 0, 9 * GB, 0 },
    };
    const struct config_limits l = { .disk_reserve_bytes = 4 * GB, .pending_max_bytes = GB };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct room r = { .free_bytes = rows[i].free, .total_bytes = 100 * GB, .pending_bytes = rows[i].pending };
        if (room_kinds(&r, &l) != rows[i].want)
            bad++, print_error("%s: %u\n", rows[i].name, room_kinds(&r, &l));
    }
    assert_int_equal(bad, 0);
}

static void measures(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        int want;
    } rows[] = { { "/tmp/x.db", 0 }, { "/x.db", 0 }, { "x.db", 0 }, { "./x.db", 0 }, { "/nowhere/at/all/x.db", -1 } };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct room r = { .pending_bytes = 5 };
        int rc = room_measure(rows[i].path, &r);
        if (rc != rows[i].want || r.pending_bytes != 5 || (rc == 0 && (r.total_bytes <= 0 || r.free_bytes > r.total_bytes)))
            bad++, print_error("%s: %d\n", rows[i].path, rc);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reserves), cmocka_unit_test(kinds), cmocka_unit_test(measures) };
    return cmocka_run_group_tests_name("room", tests, NULL, NULL);
}
