/* span.h - a view of bytes that someone else owns: pointer and length, no NUL needed. */
#ifndef RENDA_COMMON_SPAN_H
#define RENDA_COMMON_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *p;
    size_t n; /* bytes */
};

/* A span of a string literal, usable in constant tables. */
#define SPAN(lit) ((struct span){ (lit), sizeof(lit) - 1 })

/* For printf's "%.*s". */
#define SPAN_FMT(s) (int)(s).n, (s).p

static inline struct span span_of(const char *s)
{
    return (struct span){ s, s == NULL ? 0 : strlen(s) };
}

static inline struct span span_between(const char *from, const char *to)
{
    return (struct span){ from, (size_t)(to - from) };
}

/* The comparisons look at a last byte first: Chinese letters differ there more often than in their first byte. */
static inline bool span_eq(struct span a, struct span b)
{
    return a.n == b.n && (a.n == 0 || (a.p[a.n - 1] == b.p[a.n - 1] && memcmp(a.p, b.p, a.n) == 0));
}

static inline bool span_is(struct span a, const char *s)
{
    return span_eq(a, span_of(s));
}

static inline bool span_starts(struct span a, struct span b)
{
    return a.n >= b.n && (b.n == 0 || (a.p[b.n - 1] == b.p[b.n - 1] && memcmp(a.p, b.p, b.n) == 0));
}

static inline bool span_ends(struct span a, struct span b)
{
    return a.n >= b.n && (b.n == 0 || (a.p[a.n - 1] == b.p[b.n - 1] && memcmp(a.p + a.n - b.n, b.p, b.n) == 0));
}

/* First place of b in a, or NULL. An empty b is nowhere. */
const char *span_find(struct span a, struct span b);

static inline bool span_has(struct span a, struct span b)
{
    return span_find(a, b) != NULL;
}

#endif
