/* fuzz.h - a target is one file fuzz_NAME.c with these two; driver.c mutates its seeds and calls it. The entry's name is
 * libFuzzer's, so a target also links with -fsanitize=fuzzer instead of driver.c. */
#ifndef RENDA_TESTS_FUZZ_H
#define RENDA_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

/* Reads these bytes in every way the target knows. abort() when a promise is broken. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Good input number i, in the arena or literal; .p NULL: there are no more. */
struct span fuzz_seed(int i, struct arena *a);
/* Words that are worth putting in; NULL ends. */
extern const char *const fuzz_words[];

#define FUZZ_MUST(what)                                                                                                  \
    do {                                                                                                               \
        if (!(what)) {                                                                                                 \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #what);                                         \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

#endif
