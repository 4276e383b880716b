/* near.h - the known word that was probably meant by a misspelled one. */
#ifndef RENDA_COMMON_NEAR_H
#define RENDA_COMMON_NEAR_H

#include <stddef.h>

/* first: the `const char *` of the first of n rows that are stride bytes apart. NULL when no known word is close. */
const char *near_word(const char *word, const char *const *first, size_t n, size_t stride);

#endif
