/* Bodies that are gzip files: whole, damaged, and larger than they may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "worker/gunzip.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define MAX      ((size_t)1 << 20)

/* A gzip file of n bytes, in out (room for all that is tried here); its bytes. */
static size_t pack(size_t n, unsigned char *out, size_t room)
{
    unsigned char *in = calloc(n + 1, 1);
    assert_non_null(in);
    for (size_t i = 0; i < n; i += 7)
        in[i] = (unsigned char)(i >> 5);
    z_stream z = { .next_in = in, .avail_in = (unsigned)n, .next_out = out, .avail_out = (unsigned)room };
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    free(in);
    return room - z.avail_out;
}

static void ends(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t bytes, cut; /* cut: so many are missing at the file's end */
        int flip;          /* this byte, counted from the file's end, is another; 0: none */
        enum gunzip_end end;
        size_t least, most; /* that are had */
    } rows[] = {
        { "small", 100, 0, 0, GUNZIP_WHOLE, 100, 100 },
        { "several times the first room", 900000, 0, 0, GUNZIP_WHOLE, 900000, 900000 },
        { "the most", MAX, 0, 0, GUNZIP_WHOLE, MAX, MAX },
        { "one more", MAX + 1, 0, 0, GUNZIP_TOO_LARGE, MAX, MAX },
        { "a bomb", 64 * MAX, 0, 0, GUNZIP_TOO_LARGE, MAX, MAX },
        { "its end is missing", 900000, 1000, 0, GUNZIP_DAMAGED, 100000, 899999 },
        { "its sum is missing", 900000, 8, 0, GUNZIP_DAMAGED, 900000, 900000 },
        { "its sum is wrong", 900000, 0, 8, GUNZIP_DAMAGED, 900000, 900000 },
        { "a bomb whose end is missing", 64 * MAX, 100, 0, GUNZIP_TOO_LARGE, MAX, MAX },
    };
    size_t room = 8 * MAX;
    unsigned char *file = malloc(room);
    struct arena *a = arena_new(64 * MAX, NULL);
    int bad = 0;
    assert_non_null(file);
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum gunzip_end end;
        size_t n = pack(rows[i].bytes, file, room) - rows[i].cut;
        if (rows[i].flip > 0)
            file[n - (size_t)rows[i].flip] ^= 0x55;
        struct span packed = { (const char *)file, n };
        struct span got = gunzip(packed, MAX, a, &end);
        if (!gunzip_wanted(packed) || end != rows[i].end || got.n < rows[i].least || got.n > rows[i].most)
            bad++, print_error("%s: ends as %d with %zu bytes\n", rows[i].name, end, got.n);
        arena_reset(a);
    }
    arena_free(a);
    free(file);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(ends) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
