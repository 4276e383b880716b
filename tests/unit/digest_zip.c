/* Digests of several parts, and bodies that are packed, damaged, or bombs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zstd.h>

#include "common/digest.h"
#include "common/zip.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* XXH3's 128 bits as its authors' tool prints them. */
static void known_digests(void **state)
{
    (void)state;
    assert_string_equal(digest_of((struct span){ NULL, 0 }).hex, "99aa06d3014798d86001c324468d497f");
    assert_string_equal(digest_of(SPAN("")).hex, "99aa06d3014798d86001c324468d497f");
    assert_string_equal(digest_of(SPAN("a")).hex, "a96faf705af16834e6c632b61e964e1f");
}

static void parts_differ(void **state)
{
    (void)state;
    static const struct {
        int n;
        struct span parts[4];
    } rows[] = {
        { 0, { { NULL, 0 } } },
        { 1, { { "", 0 } } },
        { 2, { { "", 0 }, { "", 0 } } },
        { 1, { { "abc", 3 } } },
        { 2, { { "ab", 2 }, { "c", 1 } } },
        { 2, { { "a", 1 }, { "bc", 2 } } },
        { 2, { { "abc", 3 }, { "", 0 } } },
        { 2, { { "", 0 }, { "abc", 3 } } },
        { 3, { { "a", 1 }, { "b", 1 }, { "c", 1 } } },
        { 3, { { "a", 1 }, { "", 0 }, { "bc", 2 } } },
        { 1, { { "\x01\0\0\0\0\0\0\0" "a", 9 } } }, /* looks like a length and a part */
        { 1, { { "a", 1 } } },
    };
    struct digest d[COUNT(rows)];
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        d[i] = digest_of_parts(rows[i].parts, rows[i].n);
        bad += strlen(d[i].hex) != DIGEST_HEX_BYTES || strspn(d[i].hex, "0123456789abcdef") != DIGEST_HEX_BYTES;
        bad += strcmp(d[i].hex, digest_of_parts(rows[i].parts, rows[i].n).hex) != 0;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(d[i].hex, d[k].hex) == 0)
                bad++, print_error("rows %zu and %zu have the same digest\n", k, i);
        }
    }
    struct span null_part = { NULL, 0 };
    bad += strcmp(digest_of_parts(&null_part, 1).hex, d[1].hex) != 0;
    assert_int_equal(bad, 0);
}

static void round_trips(void **state)
{
    (void)state;
    static const size_t sizes[] = { 0, 1, 100, 39000, 65535, 65536, 3000000, 10, 1024 * 1024 + 1, 5 };
    struct zip *z = zip_new();
    struct zip *other = zip_new();
    assert_non_null(z);
    char *body = malloc(3000000);
    assert_non_null(body);
    unsigned seed = 1;
    for (size_t i = 0; i < 3000000; i++) {
        seed = seed * 1103515245 + 12345;
        body[i] = (char)(seed >> 28 | (i % 7 == 0 ? seed >> 20 : 0));
    }
    int bad = 0;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct span packed = { 0 }, out = { 0 };
        struct err e = { "" };
        int rc = zip_pack(z, (struct span){ sizes[i] == 0 ? NULL : body, sizes[i] }, &packed, &e);
        bool fits = packed.n <= zip_bound(sizes[i]);
        rc |= zip_unpack(other, packed, sizes[i], &out, &e);
        if (rc != 0 || !fits || !span_eq(out, (struct span){ body, sizes[i] }))
            bad++, print_error("%zu bytes: %s\n", sizes[i], e.msg);
        if (sizes[i] > 0 && zip_unpack(other, packed, sizes[i] - 1, &out, &e) == 0)
            bad++, print_error("%zu bytes fit into a limit of one less\n", sizes[i]);
    }
    free(body);
    zip_free(z);
    zip_free(other);
    zip_free(NULL);
    assert_int_equal(bad, 0);
}

static size_t pack_raw(char *out, size_t max, const void *in, size_t n, int with_size)
{
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(c, ZSTD_c_contentSizeFlag, with_size);
    size_t got = ZSTD_compress2(c, out, max, in, n);
    ZSTD_freeCCtx(c);
    assert_false(ZSTD_isError(got));
    return got;
}

static void refuses(void **state)
{
    (void)state;
    enum { MAX = 100000, BOMB = 200 * 1000 * 1000 };
    static char frame[65536], two[65536], unsized[4096], lies[4096], bomb[65536];
    char *zeros = calloc(1, BOMB);
    assert_non_null(zeros);
    size_t n = pack_raw(frame, sizeof(frame), zeros, 1000, 1), unsized_n = pack_raw(unsized, sizeof(unsized), zeros, 1000, 0);
    size_t bomb_n = pack_raw(bomb, sizeof(bomb), zeros, BOMB, 1);
    free(zeros);
    memcpy(two, frame, n);
    memcpy(two + n, frame, n);
    memcpy(lies, frame, n);
    lies[5] ^= 1; /* the frame's content size (RFC 8878, 3.1.1.1.4) */
    const struct {
        const char *name;
        struct span in;
        bool ok;
    } rows[] = {
        { "a frame", { frame, n }, true },
        { "nothing", { NULL, 0 }, false },
        { "no frame", { "<html></html>", 13 }, false },
        { "one byte", { frame, 1 }, false },
        { "a frame without its end", { frame, n - 1 }, false },
        { "only the head", { frame, 6 }, false },
        { "a frame twice", { two, 2 * n }, false },
        { "a frame with something behind", { two, n + 3 }, false },
        { "of unknown size", { unsized, unsized_n }, false },
        { "of another size than it says", { lies, n }, false },
        { "a bomb", { bomb, bomb_n }, false }, /* 200 MB in a few KB */
        { "a skippable frame", { "\x50\x2a\x4d\x18\x01\x00\x00\x00x", 9 }, true }, /* holds nothing: an empty page */
        { "the largest claim", { "\x28\xb5\x2f\xfd\xe0\xfe\xff\xff\xff\xff\xff\xff\xff\x01\x00\x00", 16 }, false },
        { "a dictionary is wanted", { "\x28\xb5\x2f\xfd\x23\x01\x00\x00\x00\x05\x01\x00\x00", 13 }, false },
    };
    struct zip *z = zip_new();
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span out;
        struct err e = { "" };
        bool ok = zip_unpack(z, rows[i].in, MAX, &out, &e) == 0;
        if (ok != rows[i].ok || ok != (e.msg[0] == '\0'))
            bad++, print_error("%s: %s '%s'\n", rows[i].name, ok ? "taken" : "refused", e.msg);
    }
    zip_free(z);
    assert_int_equal(bad, 0);
}

/* Every byte of a frame turned, and every cut: refused, or the right number of bytes; never more. */
static void damage(void **state)
{
    (void)state;
    static char body[3000], frame[4096], copy[4096];
    for (size_t i = 0; i < sizeof(body); i++)
        body[i] = (char)("人大常委会"[i % 15] + (i % 97 == 0));
    size_t n = pack_raw(frame, sizeof(frame), body, sizeof(body), 1);
    struct zip *z = zip_new();
    int taken = 0;
    for (size_t i = 0; i < n; i++) {
        struct span out;
        for (int bit = 0; bit < 8; bit++) {
            memcpy(copy, frame, n);
            copy[i] = (char)(copy[i] ^ 1 << bit);
            taken += zip_unpack(z, (struct span){ copy, n }, sizeof(body) * 2, &out, NULL) == 0;
        }
        assert_int_equal(zip_unpack(z, (struct span){ frame, i }, sizeof(body), &out, NULL), -1);
    }
    zip_free(z);
    print_message("of %zu turned bits %d left a readable frame\n", n * 8, taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests), cmocka_unit_test(parts_differ), cmocka_unit_test(round_trips),
        cmocka_unit_test(refuses),       cmocka_unit_test(damage),
    };
    return cmocka_run_group_tests_name("digest_zip", tests, NULL, NULL);
}
