/* UTF-8: what is a character, what is not, how wide it is, where it may be cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "common/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void reads_characters(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        uint32_t want; /* the first character */
        size_t moved;
    } rows[] = {
        { "ASCII", { "a", 1 }, 'a', 1 },
        { "NUL", { "\0", 1 }, 0, 1 },
        { "U+007F", { "\x7f", 1 }, 0x7f, 1 },
        { "U+0080, the least of two bytes", { "\xc2\x80", 2 }, 0x80, 2 },
        { "U+07FF", { "\xdf\xbf", 2 }, 0x7ff, 2 },
        { "U+0800, the least of three", { "\xe0\xa0\x80", 3 }, 0x800, 3 },
        { "人", { "\xe4\xba\xba", 3 }, 0x4eba, 3 },
        { "U+D7FF, before the surrogates", { "\xed\x9f\xbf", 3 }, 0xd7ff, 3 },
        { "U+E000, behind them", { "\xee\x80\x80", 3 }, 0xe000, 3 },
        { "U+FFFF", { "\xef\xbf\xbf", 3 }, 0xffff, 3 },
        { "U+10000, the least of four", { "\xf0\x90\x80\x80", 4 }, 0x10000, 4 },
        { "U+10FFFF, the last", { "\xf4\x8f\xbf\xbf", 4 }, 0x10ffff, 4 },
        { "beyond the last", { "\xf4\x90\x80\x80", 4 }, TEXT_BAD, 1 },
        { "five bytes", { "\xf8\x88\x80\x80\x80", 5 }, TEXT_BAD, 1 },
        { "0xff", { "\xff", 1 }, TEXT_BAD, 1 },
        { "a continuation alone", { "\x80", 1 }, TEXT_BAD, 1 },
        { "overlong slash, two bytes", { "\xc0\xaf", 2 }, TEXT_BAD, 1 },
        { "overlong, 0xc1", { "\xc1\xbf", 2 }, TEXT_BAD, 1 },
        { "overlong slash, three bytes", { "\xe0\x80\xaf", 3 }, TEXT_BAD, 1 },
        { "overlong slash, four bytes", { "\xf0\x80\x80\xaf", 4 }, TEXT_BAD, 1 },
        { "overlong NUL", { "\xc0\x80", 2 }, TEXT_BAD, 1 },
        { "the first surrogate", { "\xed\xa0\x80", 3 }, TEXT_BAD, 1 },
        { "the last surrogate", { "\xed\xbf\xbf", 3 }, TEXT_BAD, 1 },
        { "two bytes, cut", { "\xc2", 1 }, TEXT_BAD, 1 },
        { "three bytes, cut", { "\xe4\xba", 2 }, TEXT_BAD, 1 },
        { "four bytes, cut", { "\xf0\x90\x80", 3 }, TEXT_BAD, 1 },
        { "three bytes, the third is none", { "\xe4\xba" "a", 3 }, TEXT_BAD, 1 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char exact[8]; /* nothing may be read behind the end: the sanitizer build sees it */
        memcpy(exact, rows[i].bytes.p, rows[i].bytes.n);
        const char *p = exact;
        uint32_t got = text_next(&p, exact + rows[i].bytes.n);
        if (got != rows[i].want || (size_t)(p - exact) != rows[i].moved) {
            print_error("%s: got U+%04X, moved %zu\n", rows[i].name, got, (size_t)(p - exact));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

/* Every code point: what is written is read again, and nothing else is written. */
static void writes_what_it_reads(void **state)
{
    (void)state;
    int bad = 0;
    for (uint32_t c = 0; c < 0x110400; c++) {
        char out[4];
        bool is_one = c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
        size_t n = text_put(out, c);
        const char *p = out;
        if ((n > 0) != is_one || (n > 0 && (text_next(&p, out + n) != c || p != out + n || text_prev(out, p) != out)))
            bad++, print_error("U+%04X\n", c);
        if (bad > 20)
            break;
    }
    char out[4];
    bad += text_put(out, TEXT_BAD) != 0;
    assert_int_equal(bad, 0);
}

static void repairs(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span in;
        const char *want;
    } rows[] = {
        { "nothing", { "", 0 }, "" },
        { "no pointer", { NULL, 0 }, "" },
        { "nothing wrong", { "人大\n", 7 }, "人大\n" },
        { "one byte", { "a\xff" "b", 3 }, "a\xef\xbf\xbd" "b" },
        { "NUL", { "a\0b", 3 }, "a\xef\xbf\xbd" "b" },
        { "cut at the end", { "人\xe5\xa4", 5 }, "人\xef\xbf\xbd\xef\xbf\xbd" },
        { "a surrogate is three bad bytes", { "\xed\xa0\x80", 3 }, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "only bad bytes", { "\x80\x81", 2 }, "\xef\xbf\xbd\xef\xbf\xbd" },
        { "GB18030 read as UTF-8", { "\xc8\xcb\xb4\xf3", 4 }, "\xef\xbf\xbd\xcb\xb4\xef\xbf\xbd" },
    };
    int bad = 0;
    struct arena *a = arena_new(1 << 20, NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span got = text_repair(a, rows[i].in);
        bool same = text_valid(rows[i].in) == (got.p == rows[i].in.p); /* what is right is not copied */
        if (!span_is(got, rows[i].want) || !text_valid(got) || !same) {
            print_error("%s: got '%.*s'\n", rows[i].name, SPAN_FMT(got));
            bad++;
        }
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void trims(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } rows[] = {
        { "", "" },
        { "a", "a" },
        { " \t\r\n\v\f", "" },
        { "\u3000\u3000人大 会议\u3000", "人大 会议" },
        { "\u00a0a\u00a0", "a" },
        { "\ufeff标题\u200b", "标题" },
        { "\u2002\u2003\u2009x\u202f\u205f\u2028\u2029", "x" },
        { "\u2010x\u2010", "\u2010x\u2010" }, /* a hyphen is no space */
        { " \xff ", "\xff" },
        { "a \x80", "a \x80" }, /* a stray byte is neither space nor part of one */
        { "\xe3\x80", "\xe3\x80" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span got = text_trim(span_of(rows[i].in));
        if (!span_is(got, rows[i].want)) {
            print_error("row %zu: '%s' became '%.*s'\n", i, rows[i].in, SPAN_FMT(got));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void cuts_between_characters(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t n;
        const char *want;
    } rows[] = {
        { "", 0, "" },          { "abc", 0, "" },         { "abc", 2, "ab" },       { "abc", 3, "abc" },
        { "abc", 99, "abc" },   { "人大", 1, "" },        { "人大", 2, "" },        { "人大", 3, "人" },
        { "人大", 5, "人" },    { "人大", 6, "人大" },    { "a\U00020000b", 4, "a" }, { "a\U00020000b", 5, "a\U00020000" },
        { "\u00e9", 1, "" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span got = text_cut(span_of(rows[i].in), rows[i].n);
        if (!span_is(got, rows[i].want) || !text_valid(got)) {
            print_error("row %zu: '%s' at %zu became '%.*s'\n", i, rows[i].in, rows[i].n, SPAN_FMT(got));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void counts_and_offsets(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t count, of, offset;
    } rows[] = {
        { "", 0, 0, 0 },         { "abc", 3, 1, 1 },          { "人大abc", 5, 2, 6 },  { "人大", 2, 1, 3 },
        { "人大", 2, 2, 6 },     { "人大", 2, 99, 6 },        { "\U00020000x", 2, 1, 4 }, { "e\u0301", 2, 1, 1 },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span s = span_of(rows[i].in);
        size_t count = text_count(s), offset = text_offset(s, rows[i].of);
        if (count != rows[i].count || offset != rows[i].offset) {
            print_error("row %zu: '%s': %zu characters, number %zu at %zu\n", i, rows[i].in, count, rows[i].of, offset);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void widths(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t want;
    } rows[] = {
        { "", 0 },
        { "abc", 3 },
        { "人大", 4 },
        { "《条例》、(一)", 14 }, /* CJK punctuation; ASCII parentheses */
        { "\uff08\uff11\uff12\uff09", 8 }, /* full-width forms */
        { "\uff71\uff72", 2 },        /* half-width katakana */
        { "\u303e\u303f", 3 },        /* the half fill space is the only narrow one of its block */
        { "한국", 4 },
        { "\u3042\u30a2", 4 },
        { "\U00020000", 2 },          /* CJK extension B */
        { "\U0001f600", 2 },
        { "e\u0301", 1 },             /* combining acute */
        { "\u200b\ufeff", 0 },
        { "\u00e9\u2026", 2 },
        { "a\xff" "b", 3 },           /* a bad byte takes a place */
        { "\u2500\u2014", 2 },        /* ambiguous ones are narrow */
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t got = text_columns(span_of(rows[i].in));
        if (got != rows[i].want) {
            print_error("'%s': %zu columns, wanted %zu\n", rows[i].in, got, rows[i].want);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void knows_han(void **state)
{
    (void)state;
    static const struct {
        uint32_t c;
        bool want;
    } rows[] = {
        { 0x4e00, true }, { 0x9fff, true }, { 0x3400, true }, { 0x4dbf, true }, { 0x20000, true }, { 0xf900, true },
        { 0x3007, true }, /* 〇 stands in numerals */
        { 0x4dff, false }, { 0xa000, false }, { 0x3001, false }, { 0x3042, false }, { 'a', false }, { 0xff11, false },
        { TEXT_BAD, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (text_is_han(rows[i].c) != rows[i].want)
            bad++, print_error("U+%04X\n", rows[i].c);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_characters),   cmocka_unit_test(writes_what_it_reads), cmocka_unit_test(repairs),
        cmocka_unit_test(trims),              cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(counts_and_offsets), cmocka_unit_test(widths),               cmocka_unit_test(knows_han),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
