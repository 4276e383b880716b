#include "cli/table.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/screen.h"
#include "common/arena.h"
#include "common/text.h"

#define GAP             2  /* blanks between columns */
#define COLUMN_MIN      6  /* a column does not give way further */
#define COLUMN_WHOLE    12 /* days and codes are at most so wide */
#define CELL_MAX_BYTES  2048
#define TABLE_MAX_BYTES ((size_t)1 << 30)

struct table {
    const char *const *titles;
    const char *right;
    int columns;
    struct span *cells; /* row by row */
    size_t n, cap;
    size_t widest[TABLE_COLUMNS_MAX], narrowest[TABLE_COLUMNS_MAX]; /* of the filled cells; widest: the title's too */
    struct arena *arena;
};

static size_t max(size_t a, size_t b)
{
    return a > b ? a : b;
}

struct table *table_new(const char *const *titles, int columns, const char *right)
{
    struct arena *a = arena_new(TABLE_MAX_BYTES, NULL);
    struct table *t = ARENA_NEW(a, struct table);
    *t = (struct table){ .titles = titles, .right = right, .columns = columns, .arena = a };
    for (int i = 0; i < columns; i++)
        t->widest[i] = text_columns(span_of(titles[i]));
    return t;
}

void table_free(struct table *t)
{
    if (t != NULL)
        arena_free(t->arena);
}

size_t table_rows(const struct table *t)
{
    return t->n / (size_t)t->columns;
}

/* On one line. */
static struct span clean(struct arena *a, struct span s)
{
    struct span copy = arena_span(a, text_repair(a, text_cut(s, CELL_MAX_BYTES)));
    for (char *p = (char *)(uintptr_t)copy.p; p < copy.p + copy.n; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    }
    return copy;
}

void table_add(struct table *t, const struct span *cells)
{
    if (t->n + (size_t)t->columns > t->cap) {
        size_t cap = t->cap == 0 ? 64 * (size_t)t->columns : t->cap * 2;
        t->cells = arena_grow(t->arena, t->cells, t->n * sizeof(*cells), cap * sizeof(*cells));
        t->cap = cap;
    }
    for (int i = 0; i < t->columns; i++) {
        struct span cell = cells[i].p == NULL ? SPAN("") : clean(t->arena, cells[i]);
        size_t columns = text_columns(cell);
        t->widest[i] = max(t->widest[i], columns);
        if (columns > 0 && (t->narrowest[i] == 0 || columns < t->narrowest[i]))
            t->narrowest[i] = columns;
        t->cells[t->n++] = cell;
    }
}

void table_add_strings(struct table *t, const char *const *cells)
{
    struct span spans[TABLE_COLUMNS_MAX];
    for (int i = 0; i < t->columns; i++)
        spans[i] = span_of(cells[i]);
    table_add(t, spans);
}

/* Days and codes, all of one width, say nothing when they are cut. */
static bool wants_whole(const struct table *t, int column)
{
    return t->narrowest[column] == t->widest[column] && t->widest[column] <= COLUMN_WHOLE;
}

/* The widest column that can give way; -1: none. */
static int most_of(const struct table *t, const size_t *widths, bool any)
{
    int most = -1;
    for (int i = 0; i < t->columns; i++) {
        if (widths[i] > COLUMN_MIN && (any || !wants_whole(t, i)) && (most < 0 || widths[i] > widths[most]))
            most = i;
    }
    return most;
}

/* Takes columns from the widest until all fit. */
static void fit(const struct table *t, size_t *widths, int width)
{
    size_t total = (size_t)(t->columns - 1) * GAP;
    for (int i = 0; i < t->columns; i++)
        total += widths[i] = t->widest[i];
    while (width > 0 && total > (size_t)width) {
        int most = most_of(t, widths, false);
        if (most < 0)
            most = most_of(t, widths, true);
        if (most < 0)
            return;
        widths[most]--;
        total--;
    }
}

static void blanks(FILE *out, size_t n)
{
    for (; n > 0; n--)
        fputc(' ', out);
}

/* As much of a cell as fits. */
struct fitted {
    struct span text;
    bool more; /* "…" follows */
    size_t columns;
};

static struct fitted fit_cell(struct span cell, size_t width)
{
    struct fitted f = { cell, false, text_columns(cell) };
    if (f.columns <= width)
        return f;
    const char *p = cell.p, *end = cell.p + cell.n;
    f.columns = 1;
    for (const char *next = p; next < end; p = next) {
        size_t w = 0;
        while (next < end && w == 0)
            w = (size_t)text_width(text_next(&next, end));
        if (f.columns + w > width)
            break;
        f.columns += w;
    }
    f.text = span_between(cell.p, p);
    f.more = true;
    return f;
}

static void print_row(const struct table *t, FILE *out, const struct span *cells, const size_t *widths)
{
    size_t pending = 0; /* blanks, printed only when something follows */
    for (int i = 0; i < t->columns; i++) {
        struct fitted f = fit_cell(cells[i], widths[i]);
        size_t space = widths[i] - f.columns;
        bool right = t->right[i] == 'r' && f.columns > 0;
        if (f.columns > 0)
            blanks(out, pending + (right ? space : 0));
        fwrite(f.text.p, 1, f.text.n, out);
        if (f.more)
            fputs("…", out);
        pending = GAP + (f.columns > 0 ? 0 : pending) + (right ? 0 : space);
    }
    fputc('\n', out);
}

void table_print(const struct table *t, FILE *out, int width)
{
    size_t widths[TABLE_COLUMNS_MAX];
    struct span titles[TABLE_COLUMNS_MAX];
    fit(t, widths, width);
    for (int i = 0; i < t->columns; i++)
        titles[i] = span_of(t->titles[i]);
    print_row(t, out, titles, widths);
    for (size_t i = 0; i < t->n; i += (size_t)t->columns)
        print_row(t, out, t->cells + i, widths);
}

int table_width(FILE *out)
{
    return screen_columns(fileno(out));
}
