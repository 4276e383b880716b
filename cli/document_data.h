/* document_data.h - document.md as compiled in. */
#ifndef RENDA_CLI_DOCUMENT_DATA_H
#define RENDA_CLI_DOCUMENT_DATA_H

#include <stddef.h>

struct document_file {
    const char *name;
    const char *text; /* NUL after the last byte */
    size_t bytes;
};

extern const struct document_file document_files[]; /* one */
extern const int document_files_count;

#endif
