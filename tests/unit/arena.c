/* The arena: pieces, growth, the limit that nothing passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/arena.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define LIMIT    ((size_t)1024 * 1024)

static jmp_buf at_full;
static int full_calls;

static void on_full(void)
{
    full_calls++;
    longjmp(at_full, 1);
}

/* True when this allocation meets the limit. */
static bool is_refused(struct arena *a, size_t size)
{
    int before = full_calls;
    if (setjmp(at_full) == 0)
        memset(arena_alloc(a, size), 0x5a, size);
    return full_calls > before;
}

static void limits(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t first, second;
        bool first_refused, second_refused;
    } rows[] = {
        { "small", 1, 1, false, false },
        { "all of it", LIMIT, 1, false, true },
        { "one more than all", LIMIT + 1, 16, true, false },
        { "half and half", LIMIT / 2, LIMIT / 2, false, false },
        { "half and a little more than half", LIMIT / 2, LIMIT / 2 + 1, false, true },
        { "a size that wraps", SIZE_MAX, 16, true, false },
        { "one that wraps when it is aligned", SIZE_MAX - 8, 16, true, false },
        { "half of the address space", SIZE_MAX / 2, 16, true, false },
        { "nothing counts as a little", 0, LIMIT, false, true },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena *a = arena_new(LIMIT, on_full);
        bool first = is_refused(a, rows[i].first);
        size_t used = arena_used(a);
        bool second = is_refused(a, rows[i].second);
        if (first != rows[i].first_refused || second != rows[i].second_refused || used > LIMIT || (first && used != 0)) {
            print_error("%s: refused %d, %d; used %zu\n", rows[i].name, first, second, used);
            bad++;
        }
        arena_free(a);
    }
    assert_int_equal(bad, 0);
}

/* The limit holds however the pieces are cut, and between resets only. */
static void limit_counts_all_pieces(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 15, 16, 17, 100, 4096, 65535, 65536, 65537, 262144, 300000 };
    struct arena *a = arena_new(LIMIT, on_full);
    int bad = 0;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        size_t handed = 0;
        while (!is_refused(a, sizes[i]))
            handed += sizes[i];
        size_t taken = (sizes[i] + 15) / 16 * 16; /* a piece is aligned for any object */
        if (handed != LIMIT / taken * sizes[i]) {
            print_error("pieces of %zu: %zu bytes were handed out\n", sizes[i], handed);
            bad++;
        }
        arena_reset(a);
        bad += arena_used(a) != 0;
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void pieces_stand_apart(void **state)
{
    (void)state;
    enum { N = 400 };
    static unsigned char *piece[N];
    struct arena *a = arena_new(64 * 1024 * 1024, NULL);
    int bad = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < N; i++) {
            size_t size = (size_t)(i * 37 % 3000) + (i % 50 == 0 ? 100000 : 0);
            piece[i] = arena_alloc(a, size);
            bad += (uintptr_t)piece[i] % _Alignof(max_align_t) != 0;
            memset(piece[i], i & 0xff, size);
        }
        for (int i = 0; i < N; i++) {
            size_t size = (size_t)(i * 37 % 3000) + (i % 50 == 0 ? 100000 : 0);
            for (size_t k = 0; k < size; k++)
                bad += piece[i][k] != (i & 0xff);
        }
        arena_reset(a);
    }
    const unsigned char *zeroed = arena_zalloc(a, 5000); /* on memory that was used before */
    for (int k = 0; k < 5000; k++)
        bad += zeroed[k] != 0;
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void grows(void **state)
{
    (void)state;
    struct arena *a = arena_new(64 * 1024 * 1024, on_full);
    char *p = arena_grow(a, NULL, 0, 3);
    memcpy(p, "abc", 3);
    int bad = 0;
    for (size_t n = 3; n < 2000000; n = n * 3 / 2) {
        if (n % 2 == 0)
            arena_alloc(a, 1); /* something stands behind it: it must move */
        p = arena_grow(a, p, n, n * 3 / 2);
        bad += memcmp(p, "abc", 3) != 0;
        memset(p + 3, 'x', n * 3 / 2 - 3);
    }
    assert_ptr_equal(arena_grow(a, p, 100, 50), p); /* smaller: nothing to do */
    assert_int_equal(bad, 0);
    int before = full_calls;
    if (setjmp(at_full) == 0)
        arena_grow(a, arena_alloc(a, 8), 8, (size_t)1 << 40);
    assert_int_equal(full_calls, before + 1);
    if (setjmp(at_full) == 0)
        arena_grow(a, arena_alloc(a, 8), 8, SIZE_MAX - 3);
    assert_int_equal(full_calls, before + 2);
    arena_free(a);
}

static void copies(void **state)
{
    (void)state;
    struct arena *a = arena_new(LIMIT, NULL);
    struct span s = arena_span(a, (struct span){ "人大会议", 6 });
    assert_string_equal(s.p, "人大");
    assert_int_equal(s.n, 6);
    s = arena_span(a, (struct span){ NULL, 0 });
    assert_string_equal(s.p, "");
    assert_string_equal(arena_str(a, "x"), "x");
    assert_string_equal(arena_str(a, NULL), "");
    s = arena_printf(a, "%d-%s", 7, "y");
    assert_true(span_is(s, "7-y") && s.p[s.n] == '\0');
    s = arena_printf(a, "%0700d", 1); /* longer than its first try */
    assert_int_equal(s.n, 700);
    assert_int_equal(s.p[699], '1');
    assert_int_equal(s.p[700], '\0');
    arena_free(a);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits), cmocka_unit_test(limit_counts_all_pieces), cmocka_unit_test(pieces_stand_apart),
        cmocka_unit_test(grows),  cmocka_unit_test(copies),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
