/* arena.h - memory of one page: allocated piece by piece, given back all at once.
 *
 * An arena never returns NULL and never grows past its limit: at the limit it calls on_full, which must not return
 * (the worker's child ends with the verdict "memory"; other programs end with a clear line). So code that reads a page
 * needs no check after each allocation, and a page cannot take more than its share.
 * Memory is not cleared unless the function says so. One thread owns an arena.
 * In the sanitizer build every piece is its own malloc, so overruns are seen. */
#ifndef RENDA_COMMON_ARENA_H
#define RENDA_COMMON_ARENA_H

#include <stddef.h>

#include "common/span.h"

struct arena;

/* limit_bytes bounds the sum of all pieces between two resets. on_full may be NULL: then a line on stderr and abort().
 */
struct arena *arena_new(size_t limit_bytes, void (*on_full)(void));
void arena_free(struct arena *a);         /* fine on NULL */
void arena_reset(struct arena *a);        /* all pieces end here; keeps one block for the next page */
size_t arena_used(const struct arena *a); /* bytes handed out since the last reset */

/* Aligned for any object. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));
void *arena_zalloc(struct arena *a, size_t size) __attribute__((malloc, alloc_size(2), returns_nonnull));
/* Moves a piece to a larger one (copying old_size bytes); the last piece grows in place. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size) __attribute__((returns_nonnull));

/* Copies; a NUL follows the last byte, so .p is also a C string. */
struct span arena_span(struct arena *a, struct span s);
char *arena_str(struct arena *a, const char *s);
struct span arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type)      ((type *)arena_zalloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_zalloc((a), sizeof(type) * (n)))

#endif
