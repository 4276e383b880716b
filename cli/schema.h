/* schema.h - the output document described for machines and for people, from the rows of definition.h. */
#ifndef RENDA_CLI_SCHEMA_H
#define RENDA_CLI_SCHEMA_H

#include <jansson.h>
#include <stdio.h>

#include "worker/findings/lexicon.h"

/* The JSON Schema (2020-12) of what `renda parse --json` prints for an article; the measures, and words that a user's
 * rows add, come from the lexicon. The caller owns the value. NULL only when memory is out. */
json_t *schema_of_document(const struct lexicon *l);

/* FINDINGS.md: cli/document.md with its @places@ filled in. */
void document_print(const struct lexicon *l, FILE *out);

#endif
