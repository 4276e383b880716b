/* table.h - rows in aligned columns, for people: Chinese characters are two columns wide. */
#ifndef RENDA_CLI_TABLE_H
#define RENDA_CLI_TABLE_H

#include <stdio.h>

#include "common/span.h"

#define TABLE_COLUMNS_MAX 16

struct table;

/* titles are borrowed. right: a letter for each column, 'r' for numbers that are aligned to the right, else any. */
struct table *table_new(const char *const *titles, int columns, const char *right);
void table_free(struct table *t); /* fine on NULL */

/* Copies the cells (NULL .p: empty). Control characters become blanks. */
void table_add(struct table *t, const struct span *cells);
void table_add_strings(struct table *t, const char *const *cells); /* NULL: empty */

size_t table_rows(const struct table *t);

/* width: columns of the terminal, 0: no limit. The widest columns give way first, those of
 * days and codes last; what does not fit ends in "…". */
void table_print(const struct table *t, FILE *out, int width);

/* For out: its width when it is a terminal, else 0. */
int table_width(FILE *out);

#endif
