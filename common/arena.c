#include "common/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES (256 * 1024)
#define ALIGN       16

struct block {
    struct block *next;
    size_t size, used; /* of data[] */
    _Alignas(ALIGN) unsigned char data[];
};

struct arena {
    struct block *blocks; /* newest first */
    size_t limit, used;
    void (*on_full)(void);
};

static void full(struct arena *a)
{
    if (a->on_full != NULL)
        a->on_full();
    fprintf(stderr, "renda: out of memory: an arena's limit of %zu bytes is reached\n", a->limit);
    abort();
}

struct arena *arena_new(size_t limit_bytes, void (*on_full)(void))
{
    struct arena *a = calloc(1, sizeof(*a));
    if (a == NULL)
        abort();
    a->limit = limit_bytes;
    a->on_full = on_full;
    return a;
}

static void free_blocks(struct block *b)
{
    while (b != NULL) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    free_blocks(a->blocks);
    free(a);
}

void arena_reset(struct arena *a)
{
    struct block *keep = NULL;
#ifndef RENDA_SANITIZED
    for (struct block **p = &a->blocks; *p != NULL; p = &(*p)->next) {
        if ((*p)->size == BLOCK_BYTES) {
            keep = *p;
            *p = keep->next;
            break;
        }
    }
#endif
    free_blocks(a->blocks);
    a->blocks = keep;
    if (keep != NULL) {
        keep->next = NULL;
        keep->used = 0;
    }
    a->used = 0;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

static struct block *add_block(struct arena *a, size_t need)
{
#ifdef RENDA_SANITIZED
    size_t size = need;
#else
    size_t size = need > BLOCK_BYTES / 4 ? need : BLOCK_BYTES;
#endif
    struct block *b = malloc(sizeof(*b) + size);
    if (b == NULL)
        full(a);
    b->size = size;
    b->used = 0;
    if (a->blocks != NULL && size != BLOCK_BYTES) { /* a large piece has a block of its own, behind the current one */
        b->next = a->blocks->next;
        a->blocks->next = b;
    } else {
        b->next = a->blocks;
        a->blocks = b;
    }
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t need = size == 0 ? ALIGN : (size + ALIGN - 1) / ALIGN * ALIGN;
    if (need < size || need > a->limit - a->used)
        full(a);
    a->used += need;
    struct block *b = a->blocks;
#ifdef RENDA_SANITIZED
    b = add_block(a, size == 0 ? 1 : size);
    return b->data;
#else
    if (b == NULL || b->size - b->used < need)
        b = add_block(a, need);
    void *p = b->data + b->used;
    b->used += need;
    return p;
#endif
}

void *arena_zalloc(struct arena *a, size_t size)
{
    return memset(arena_alloc(a, size), 0, size);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
    if (old == NULL)
        return arena_alloc(a, new_size);
    if (new_size <= old_size)
        return old;
#ifndef RENDA_SANITIZED
    struct block *b = a->blocks;
    size_t had = (old_size + ALIGN - 1) / ALIGN * ALIGN, want = (new_size + ALIGN - 1) / ALIGN * ALIGN;
    if (old_size > 0 && b != NULL && (unsigned char *)old + had == b->data + b->used &&
        want - had <= b->size - b->used && want - had <= a->limit - a->used) {
        b->used += want - had;
        a->used += want - had;
        return old;
    }
#endif
    void *p = arena_alloc(a, new_size);
    memcpy(p, old, old_size);
    return p;
}

struct span arena_span(struct arena *a, struct span s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (struct span){ p, s.n };
}

char *arena_str(struct arena *a, const char *s)
{
    return (char *)arena_span(a, span_of(s)).p;
}

struct span arena_printf(struct arena *a, const char *fmt, ...)
{
    char small[512];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof(small), fmt, ap);
    va_end(ap);
    struct span s = { "", 0 };
    if (n >= 0 && (size_t)n < sizeof(small)) {
        s = arena_span(a, (struct span){ small, (size_t)n });
    } else if (n >= 0) {
        char *p = arena_alloc(a, (size_t)n + 1);
        vsnprintf(p, (size_t)n + 1, fmt, again);
        s = (struct span){ p, (size_t)n };
    }
    va_end(again);
    return s;
}
