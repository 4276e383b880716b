/* rows.h - the rows of a SELECT on their way out: a table for people, CSV for spreadsheets, JSON for programs.
 * What a column holds follows from its name: …_at is a time (milliseconds in the database; ISO 8601 or "3 min ago"
 * here), …_bytes a size, and those that finding.h says are numbers, are numbers. A null is absent. */
#ifndef RENDA_CLI_ROWS_H
#define RENDA_CLI_ROWS_H

#include <jansson.h>
#include <stdio.h>

#include "common/store.h"

enum rows_format { ROWS_TABLE, ROWS_CSV, ROWS_NDJSON, ROWS_JSON };

/* The format with this name, or -1. */
int rows_format_of(const char *name);

struct rows;
struct rows *rows_new(enum rows_format format, FILE *out);
/* ctx is the struct rows. */
store_row_fn rows_take;
size_t rows_count(const struct rows *r);
/* Prints what is not printed yet, and frees. */
void rows_end(struct rows *r);

/* One row as a JSON object. */
json_t *rows_object(int columns, const char *const *names, const char *const *values, const int *bytes);

#endif
