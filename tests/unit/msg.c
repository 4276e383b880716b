/* The cursor over messages that others wrote: every type in every form, and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/msg.h"

#define COUNT(a)   (sizeof(a) / sizeof((a)[0]))
#define BYTES(lit) { (lit), sizeof(lit) - 1 }

/* A copy that ends where its memory ends, so that the sanitizer build sees every byte read too many. */
static struct msg open_exact(struct span bytes, char **copy)
{
    *copy = malloc(bytes.n > 0 ? bytes.n : 1);
    if (*copy == NULL)
        abort();
    if (bytes.n > 0)
        memcpy(*copy, bytes.p, bytes.n);
    return msg_open((struct span){ *copy, bytes.n });
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        int64_t least, most, want;
        bool ok;
    } rows[] = {
        { "positive fixint", BYTES("\x7f"), 0, 127, 127, true },
        { "negative fixint", BYTES("\xe0"), -32, 0, -32, true },
        { "-1", BYTES("\xff"), -1, 0, -1, true },
        { "uint 8", BYTES("\xcc\xff"), 0, 255, 255, true },
        { "uint 16", BYTES("\xcd\xff\xff"), 0, 65535, 65535, true },
        { "uint 32", BYTES("\xce\xff\xff\xff\xff"), 0, UINT32_MAX, UINT32_MAX, true },
        { "uint 64", BYTES("\xcf\x7f\xff\xff\xff\xff\xff\xff\xff"), 0, INT64_MAX, INT64_MAX, true },
        { "uint 64 beyond", BYTES("\xcf\x80\x00\x00\x00\x00\x00\x00\x00"), INT64_MIN, INT64_MAX, 0, false },
        { "int 8", BYTES("\xd0\x80"), -128, 0, -128, true },
        { "int 16", BYTES("\xd1\x80\x00"), -32768, 0, -32768, true },
        { "int 32", BYTES("\xd2\x80\x00\x00\x00"), INT32_MIN, 0, INT32_MIN, true },
        { "int 64", BYTES("\xd3\x80\x00\x00\x00\x00\x00\x00\x00"), INT64_MIN, 0, INT64_MIN, true },
        { "a long form of a small number", BYTES("\xd3\x00\x00\x00\x00\x00\x00\x00\x05"), 0, 9, 5, true },
        { "below", BYTES("\x00"), 1, 9, 0, false },
        { "above", BYTES("\x0a"), 1, 9, 0, false },
        { "negative where none may be", BYTES("\xff"), 0, INT64_MAX, 0, false },
        { "a double", BYTES("\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00"), 0, 9, 0, false },
        { "NaN", BYTES("\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00"), INT64_MIN, INT64_MAX, 0, false },
        { "NaN, single", BYTES("\xca\x7f\xc0\x00\x00"), INT64_MIN, INT64_MAX, 0, false },
        { "nil", BYTES("\xc0"), INT64_MIN, INT64_MAX, 0, false },
        { "true", BYTES("\xc3"), INT64_MIN, INT64_MAX, 0, false },
        { "a string", BYTES("\xa1" "5"), INT64_MIN, INT64_MAX, 0, false },
        { "never used", BYTES("\xc1"), INT64_MIN, INT64_MAX, 0, false },
        { "empty", BYTES(""), INT64_MIN, INT64_MAX, 0, false },
        { "uint 8, cut", BYTES("\xcc"), INT64_MIN, INT64_MAX, 0, false },
        { "int 64, cut", BYTES("\xd3\x00\x00\x00\x00\x00\x00\x00"), INT64_MIN, INT64_MAX, 0, false },
        { "left over", BYTES("\x01\x01"), 0, 9, 1, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy;
        struct msg m = open_exact(rows[i].bytes, &copy);
        int64_t got = msg_int(&m, rows[i].least, rows[i].most);
        struct err e = { "" };
        bool ok = msg_done(&m, "test", &e) == 0;
        if (got != rows[i].want || ok != rows[i].ok || ok != (e.msg[0] == '\0')) {
            print_error("%s: got %lld, %s '%s'\n", rows[i].name, (long long)got, ok ? "fine" : "refused", e.msg);
            bad++;
        }
        free(copy);
    }
    assert_int_equal(bad, 0);
}

static void unsigned_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        uint64_t want;
        bool ok;
    } rows[] = {
        { "0", BYTES("\x00"), 0, true },
        { "the largest", BYTES("\xcf\xff\xff\xff\xff\xff\xff\xff\xff"), UINT64_MAX, true },
        { "uint 16", BYTES("\xcd\x01\x02"), 0x102, true },
        { "signed", BYTES("\xd0\x05"), 0, false },
        { "negative", BYTES("\xff"), 0, false },
        { "cut", BYTES("\xcf\xff"), 0, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy;
        struct msg m = open_exact(rows[i].bytes, &copy);
        uint64_t got = msg_uint(&m);
        if (got != rows[i].want || (msg_done(&m, "test", NULL) == 0) != rows[i].ok) {
            print_error("%s: got %llu\n", rows[i].name, (unsigned long long)got);
            bad++;
        }
        free(copy);
    }
    assert_int_equal(bad, 0);
}

static void strings(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        size_t max;
        const char *want;
        bool ok;
    } rows[] = {
        { "empty", BYTES("\xa0"), 9, "", true },
        { "fix", BYTES("\xa3" "abc"), 9, "abc", true },
        { "exactly the limit", BYTES("\xa3" "abc"), 3, "abc", true },
        { "one over the limit", BYTES("\xa3" "abc"), 2, "", false },
        { "str 8", BYTES("\xd9\x03" "人"), 9, "人", true },
        { "str 16", BYTES("\xda\x00\x03" "人"), 9, "人", true },
        { "str 32", BYTES("\xdb\x00\x00\x00\x03" "人"), 9, "人", true },
        { "claims 4 GB", BYTES("\xdb\xff\xff\xff\xff" "a"), SIZE_MAX, "", false },
        { "claims 4 GB, limited", BYTES("\xdb\xff\xff\xff\xff" "a"), 9, "", false },
        { "one byte short", BYTES("\xa3" "ab"), 9, "", false },
        { "length cut", BYTES("\xda\x00"), 9, "", false },
        { "U+0000", BYTES("\xa3" "a\0b"), 9, "", false },
        { "a surrogate", BYTES("\xa3" "\xed\xa0\x80"), 9, "", false },
        { "overlong", BYTES("\xa2" "\xc0\xaf"), 9, "", false },
        { "cut in a character", BYTES("\xa2" "\xe4\xba"), 9, "", false },
        { "bin is no string", BYTES("\xc4\x01" "a"), 9, "", false },
        { "an array is no string", BYTES("\x91\xa1" "a"), 9, "", false },
        { "nil", BYTES("\xc0"), 9, "", false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy;
        struct msg m = open_exact(rows[i].bytes, &copy);
        struct span got = msg_str(&m, rows[i].max);
        bool ok = msg_done(&m, "test", NULL) == 0;
        if (!span_is(got, rows[i].want) || ok != rows[i].ok) {
            print_error("%s: got '%.*s', %s\n", rows[i].name, SPAN_FMT(got), ok ? "fine" : "refused");
            bad++;
        }
        free(copy);
    }
    assert_int_equal(bad, 0);
}

static void byte_strings(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        size_t max, want;
        bool ok;
    } rows[] = {
        { "empty", BYTES("\xc4\x00"), 9, 0, true },
        { "any bytes", BYTES("\xc4\x03\xff\x00\x80"), 9, 3, true },
        { "bin 16", BYTES("\xc5\x00\x01" "a"), 9, 1, true },
        { "bin 32", BYTES("\xc6\x00\x00\x00\x01" "a"), 9, 1, true },
        { "over the limit", BYTES("\xc4\x03" "abc"), 2, 0, false },
        { "claims 4 GB", BYTES("\xc6\xff\xff\xff\xff" "a"), SIZE_MAX, 0, false },
        { "a string is no bin", BYTES("\xa1" "a"), 9, 0, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy;
        struct msg m = open_exact(rows[i].bytes, &copy);
        struct span got = msg_bin(&m, rows[i].max);
        if (got.n != rows[i].want || (msg_done(&m, "test", NULL) == 0) != rows[i].ok)
            bad++, print_error("%s: %zu bytes\n", rows[i].name, got.n);
        free(copy);
    }
    assert_int_equal(bad, 0);
}

static void containers(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        bool map;
        uint32_t max, want;
        bool ok; /* the claim itself */
    } rows[] = {
        { "empty map", BYTES("\x80"), true, 9, 0, true },
        { "empty array", BYTES("\x90"), false, 9, 0, true },
        { "fix map", BYTES("\x81\x01\x02"), true, 9, 1, true },
        { "fix array", BYTES("\x93\x01\x02\x03"), false, 9, 3, true },
        { "map 16", BYTES("\xde\x00\x01\x01\x02"), true, 9, 1, true },
        { "map 32", BYTES("\xdf\x00\x00\x00\x01\x01\x02"), true, 9, 1, true },
        { "array 16", BYTES("\xdc\x00\x01\x01"), false, 9, 1, true },
        { "array 32", BYTES("\xdd\x00\x00\x00\x01\x01"), false, 9, 1, true },
        { "more than allowed", BYTES("\x93\x01\x02\x03"), false, 2, 0, false },
        { "an array that claims 2^32 - 1", BYTES("\xdd\xff\xff\xff\xff\x01"), false, UINT32_MAX, 0, false },
        { "a map that claims 2^32 - 1", BYTES("\xdf\xff\xff\xff\xff\x01\x01"), true, UINT32_MAX, 0, false },
        { "a map needs two bytes for each", BYTES("\x82\x01\x02\x03"), true, 9, 0, false },
        { "one element too few", BYTES("\x92\x01"), false, 9, 0, false },
        { "an array is no map", BYTES("\x91\x01"), true, 9, 0, false },
        { "a map is no array", BYTES("\x81\x01\x02"), false, 9, 0, false },
        { "nothing", BYTES(""), true, 9, 0, false },
        { "cut", BYTES("\xdd\x00\x00"), false, 9, 0, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy;
        struct msg m = open_exact(rows[i].bytes, &copy);
        uint32_t got = rows[i].map ? msg_map(&m, rows[i].max) : msg_array(&m, rows[i].max);
        if (got != rows[i].want || (m.failed == NULL) != rows[i].ok)
            bad++, print_error("%s: %u elements, %s\n", rows[i].name, got, m.failed != NULL ? m.failed : "fine");
        free(copy);
    }
    assert_int_equal(bad, 0);
}

static void skips(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        bool ok;
    } rows[] = {
        { "nil", BYTES("\xc0"), true },
        { "false", BYTES("\xc2"), true },
        { "a number", BYTES("\xd3\x00\x00\x00\x00\x00\x00\x00\x05"), true },
        { "each length of number", BYTES("\x98\xcc\x01\xcd\x01\x01\xce\x01\x01\x01\x01\xcf\x01\x01\x01\x01\x01\x01\x01\x01"
                                         "\xd0\x01\xd1\x01\x01\xd2\x01\x01\x01\x01\xd3\x01\x01\x01\x01\x01\x01\x01\x01"), true },
        { "float, double", BYTES("\x92\xca\x01\x01\x01\x01\xcb\x01\x01\x01\x01\x01\x01\x01\x01"), true },
        { "a string", BYTES("\xa2" "ab"), true },
        { "a bad string", BYTES("\xa1\xff"), false },
        { "bin", BYTES("\xc4\x02\xff\x00"), true },
        { "containers in containers", BYTES("\x82\xa1" "a\x92\x01\x81\x02\x90\xa1" "b\x80"), true },
        { "seven deep", BYTES("\x91\x91\x91\x91\x91\x91\x91\x01"), true },
        { "eight deep", BYTES("\x91\x91\x91\x91\x91\x91\x91\x91\x01"), false },
        { "a map of 2^32 - 1", BYTES("\xdf\xff\xff\xff\xff\x01\x01"), false },
        { "an extension", BYTES("\xd4\x01\x00"), false },
        { "never used", BYTES("\xc1"), false },
        { "an element is missing", BYTES("\x92\x01"), false },
        { "left over", BYTES("\x91\x01\x01"), false },
        { "empty", BYTES(""), false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *copy;
        struct msg m = open_exact(rows[i].bytes, &copy);
        msg_skip(&m);
        if ((msg_done(&m, "test", NULL) == 0) != rows[i].ok)
            bad++, print_error("%s: %s\n", rows[i].name, m.failed != NULL ? m.failed : "fine");
        free(copy);
    }
    assert_int_equal(bad, 0);
}

/* After the first failure everything is empty, and the first reason is the one that is told. */
static void goes_on_harmlessly(void **state)
{
    (void)state;
    struct span bytes = BYTES("\x01\xa1" "a\xc3\x91\x01\x81\x01\x02");
    struct msg m = msg_open(bytes);
    assert_int_equal(msg_str(&m, 9).n, 0);
    const char *why = m.failed;
    assert_non_null(why);
    assert_int_equal(msg_str(&m, 9).n, 0);
    assert_int_equal(msg_int(&m, 5, 9), 0);
    assert_int_equal(msg_uint(&m), 0);
    assert_false(msg_bool(&m));
    assert_int_equal(msg_map(&m, 9), 0);
    assert_int_equal(msg_array(&m, 9), 0);
    assert_int_equal(msg_bin(&m, 9).n, 0);
    msg_skip(&m);
    msg_fail(&m, "later");
    assert_ptr_equal(m.failed, why);
    struct err e;
    assert_int_equal(msg_done(&m, "TEST", &e), -1);
    assert_string_equal(e.msg, "bad TEST message: a string was expected");
}

static void booleans(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        struct msg m = msg_open((struct span){ &byte, 1 });
        bool got = msg_bool(&m);
        assert_int_equal(got, c == 0xc3);
        assert_int_equal(msg_done(&m, "test", NULL) == 0, c == 0xc2 || c == 0xc3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers),   cmocka_unit_test(unsigned_numbers), cmocka_unit_test(strings),
        cmocka_unit_test(byte_strings), cmocka_unit_test(containers),     cmocka_unit_test(skips),
        cmocka_unit_test(booleans),   cmocka_unit_test(goes_on_harmlessly),
    };
    return cmocka_run_group_tests_name("msg", tests, NULL, NULL);
}
