/* page_test.h - for the tests of page reading: reads a page from a string and compares fields, printing what differs. */
#ifndef RENDA_TESTS_PAGE_TEST_H
#define RENDA_TESTS_PAGE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/arena.h"
#include "common/text.h"
#include "worker/page.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct page_reader *reader;
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    reader = page_reader_new();
    arena = arena_new(256u << 20, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    page_reader_free(reader);
    arena_free(arena);
    return 0;
}

/* The arena is not reset: results of several pages can be compared. */
static inline void read_bytes(struct span bytes, const char *url, const char *type, enum page_role role, struct page_out *out)
{
    struct page_in in = {
        .bytes = bytes, .url = span_of(url), .final_url = span_of(url), .content_type = span_of(type), .role = role,
    };
    page_read(reader, &in, arena, out);
}

/* 1 and a line on stderr when they differ; want NULL is "absent". */
static inline int differs(const char *row, const char *what, struct span got, const char *want)
{
    if (span_eq(got, span_of(want)))
        return 0;
    fprintf(stderr, "%s: %s is '%.*s', should be '%s'\n", row, what, SPAN_FMT(got), want == NULL ? "" : want);
    return 1;
}

static inline int lacks(const char *row, const char *what, bool ok)
{
    if (!ok)
        fprintf(stderr, "%s: %s\n", row, what);
    return !ok;
}

#endif
