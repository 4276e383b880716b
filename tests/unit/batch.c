/* Results that are settled together: when a batch is due, and what of it cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/wire.h"
#include "sink/batch.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct span none = { NULL, 0 };

static int add(struct batch *b, int64_t id, int64_t pass, struct span failed, struct span parsed, int64_t now)
{
    msgpack_sbuffer out;
    struct err e = { "" };
    msgpack_sbuffer_init(&out);
    wire_pack_result(&out, &(struct result){ .capture = id, .pass = pass, .rules = SPAN("rules"), .failed = failed }, parsed);
    int rc = batch_add(b, (struct span){ out.data, out.size }, now, &e);
    msgpack_sbuffer_destroy(&out); /* what was added is a copy */
    return rc;
}

#define LEAST SPAN("\x81\xa5" "class\xa5other")

static void due_by_count_bytes_and_clock(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int n;
        size_t bytes; /* of each */
        int64_t age;
        bool idle, full, due;
    } rows[] = {
        { "empty", 0, 0, 1000, false, false, false },
        { "empty and idle", 0, 0, 1000, true, false, false },
        { "one, more may come", 1, 0, 0, false, false, false },
        { "one, no more comes", 1, 0, 0, true, false, true },
        { "one, young", 1, 0, BATCH_WAIT_MS - 1, false, false, false },
        { "one, old", 1, 0, BATCH_WAIT_MS, false, false, true },
        { "one too few", BATCH_RESULTS_MAX - 1, 0, 0, false, false, false },
        { "full by count", BATCH_RESULTS_MAX, 0, 0, false, true, true },
        { "nearly full by bytes", 3, 1024 * 1024, 0, false, false, false },
        { "full by bytes", 4, 1024 * 1024, 0, false, true, true },
        { "one that is larger than all may be", 1, 5 * 1024 * 1024, 0, false, true, true },
    };
    char *text = malloc(6 * 1024 * 1024);
    int bad = 0;
    assert_non_null(text);
    memset(text, 'a', 6 * 1024 * 1024);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct batch b;
        batch_init(&b);
        for (int k = 0; k < rows[i].n; k++) {
            msgpack_sbuffer parsed;
            msgpack_packer pk;
            struct article art = { .f = { [ARTICLE_TEXT] = { text, rows[i].bytes } } };
            struct result r = { .page_class = SPAN("article"), .article = &art };
            msgpack_sbuffer_init(&parsed);
            msgpack_packer_init(&pk, &parsed, msgpack_sbuffer_write);
            wire_pack_parsed(&pk, &r);
            bad += add(&b, k + 1, 1, none, (struct span){ parsed.data, parsed.size }, 500 + k) != 0;
            msgpack_sbuffer_destroy(&parsed);
        }
        if (b.n != rows[i].n || batch_full(&b) != rows[i].full || batch_due(&b, rows[i].idle, 500 + rows[i].age) != rows[i].due)
            bad++, print_error("%s: n %d, full %d, due %d\n", rows[i].name, b.n, batch_full(&b), batch_due(&b, rows[i].idle, 500 + rows[i].age));
        batch_reset(&b);
        bad += b.n != 0 || batch_full(&b) || batch_due(&b, true, 10000) || arena_used(b.arena) != 0;
        batch_fini(&b);
    }
    free(text);
    assert_int_equal(bad, 0);
}

static void what_cannot_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span failed, parsed;
        int rc;
        const char *verdict;
    } rows[] = {
        { "a verdict", { "SIGSEGV", 7 }, { NULL, 0 }, 0, "SIGSEGV" },
        { "a page", { NULL, 0 }, { "\x81\xa5" "class\xa5other", 13 }, 0, "" },
        { "rubbish", { NULL, 0 }, { "\xff\xff\xff", 3 }, 0, "unreadable result" },
        { "cut", { NULL, 0 }, { "\x81\xa5" "class\xa5oth", 11 }, 0, "unreadable result" },
        { "a class that is no UTF-8", { NULL, 0 }, { "\x81\xa5" "class\xa1\xff", 9 }, 0, "unreadable result" },
        { "a broken finding behind good ones", { NULL, 0 },
          SPAN("\x83\xa5" "class\xa1" "a\xa7" "article\x81\xa5title\xa1x\xa8" "findings\x91\x80"), 0, "unreadable result" },
        { "neither", { NULL, 0 }, { NULL, 0 }, -1, "" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct batch b;
        batch_init(&b);
        int rc = add(&b, 42, 3, rows[i].failed, rows[i].parsed, 1);
        const struct result *r = b.n > 0 ? b.results[0] : NULL;
        bool ok = rc == rows[i].rc && b.n == (rc == 0);
        if (ok && r != NULL)
            ok = r->capture == 42 && r->pass == 3 && span_is(r->rules, "rules") && span_is(r->failed, rows[i].verdict) &&
                 (r->failed.n == 0 || (r->article == NULL && r->findings.n == 0 && r->link_count == 0));
        if (!ok)
            bad++, print_error("%s: %d, '%.*s'\n", rows[i].name, rc, r != NULL ? (int)r->failed.n : 0, r != NULL ? r->failed.p : "");
        batch_fini(&b);
    }
    assert_int_equal(bad, 0);
}

/* A peer that sends nothing but rubbish takes no memory: there is no batch that would ever be reset. */
static void rubbish_takes_no_memory(void **state)
{
    (void)state;
    struct batch b;
    struct err e;
    static char large[100000];
    batch_init(&b);
    for (int i = 0; i < 20000; i++)
        assert_int_equal(batch_add(&b, (struct span){ large, sizeof(large) }, 1, &e), -1);
    assert_true(arena_used(b.arena) < 1024 * 1024);
    assert_int_equal(b.n, 0);
    batch_fini(&b);
}

static void sorted_by_capture_and_pass(void **state)
{
    (void)state;
    static const int64_t ids[] = { 9, 1, 5, INT64_MAX, 5, 2 }, passes[] = { 1, 1, 2, 1, 1, 1 };
    static const int64_t want[] = { 1, 2, 5, 5, 9, INT64_MAX }, want_pass[] = { 1, 1, 1, 2, 1, 1 };
    struct batch b;
    batch_init(&b);
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_int_equal(add(&b, ids[i], passes[i], none, LEAST, 1), 0);
    batch_sort(&b);
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_true(b.results[i]->capture == want[i] && b.results[i]->pass == want_pass[i]);
    batch_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(due_by_count_bytes_and_clock), cmocka_unit_test(what_cannot_be_read),
        cmocka_unit_test(rubbish_takes_no_memory),      cmocka_unit_test(sorted_by_capture_and_pass),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
