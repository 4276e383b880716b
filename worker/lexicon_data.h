/* lexicon_data.h - the lexicon tables (worker/lexicon/NAME.tsv) as compiled in.
 * Each is the file's text: UTF-8, one row per line, fields separated by tabs, '#' begins a comment line,
 * the first row names the columns. */
#ifndef RENDA_WORKER_LEXICON_DATA_H
#define RENDA_WORKER_LEXICON_DATA_H

#include <stddef.h>

struct lexicon_file {
    const char *name; /* "metrics" for metrics.tsv */
    const char *text; /* NUL after the last byte */
    size_t bytes;
};

extern const struct lexicon_file lexicon_files[];
extern const int lexicon_files_count;

#endif
