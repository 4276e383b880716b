#include "common/near.h"

#include <string.h>

#define WORD_MAX 40

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, drop, change or swap with their neighbour to make b of a (both at most WORD_MAX). */
static size_t distance(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b), row[3][WORD_MAX + 1];
    for (size_t j = 0; j <= nb; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[na % 3][nb];
}

const char *near_word(const char *word, const char *const *first, size_t n, size_t stride)
{
    size_t length = strlen(word), best = length / 3 + 1;
    const char *found = NULL;
    if (length < 2 || length > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        const char *known = *(const char *const *)(const void *)((const char *)first + i * stride);
        if (strlen(known) > WORD_MAX)
            continue;
        if (length >= 3 && strncmp(known, word, length) == 0)
            return known;
        size_t d = distance(word, known);
        if (d <= best && d < strlen(known) && (found == NULL || d < best)) {
            best = d;
            found = known;
        }
    }
    return found;
}
