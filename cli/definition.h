/* definition.h - what every kind, field and word of the output means: one row each.
 * `renda parse --schema`, `--document` (FINDINGS.md) and `--explain` are made from these rows, together with
 * FINDING_FIELDS and ARTICLE_FIELDS for names and types, the lexicon for the measures, and worker/findings/rule_text.h
 * for the rules. */
#ifndef RENDA_CLI_DEFINITION_H
#define RENDA_CLI_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/article.h"
#include "common/finding.h"

/* One word of an enumeration. text completes "name: …": a phrase, no sentence. */
struct word_def {
    const char *name, *zh, *text;
};

enum holds {
    HOLDS_TEXT,    /* as the article words it, or as its type in FINDING_FIELDS says */
    HOLDS_DAY,     /* 2025, 2025-07 or 2025-07-15 */
    HOLDS_ADDRESS, /* a URL */
    HOLDS_CODE,    /* six digits */
    HOLDS_WORD,    /* one of words */
    HOLDS_METRIC,  /* a key of the measures, or a list of them */
};

/* A field of findings, in the order in which it is shown. Two rows may have one field, for kinds that mean different
 * things by it. */
struct field_def {
    uint32_t kinds; /* bits: 1 << KIND_… */
    enum finding_field field;
    bool always; /* never absent */
    enum holds holds;
    const struct word_def *words; /* for HOLDS_WORD; the last has no name */
    const char *label;            /* a word or two, for people */
    const char *text;
};

#define EVERY_KIND ((1u << KIND_COUNT) - 1)

extern const struct field_def field_defs[];
extern const size_t field_def_count;

struct kind_def {
    const char *zh;
    const char *text; /* sentences */
};

extern const struct kind_def kind_defs[KIND_COUNT];

struct article_def {
    bool always, list;
    enum holds holds;
    const struct word_def *words;
    const char *text;
};

extern const struct article_def article_defs[ARTICLE_FIELD_COUNT];
extern const struct word_def author_roles[], part_kinds[];

/* What a measure's function and nature may be. */
extern const struct word_def metric_functions[], metric_natures[];

/* The row of this field for this kind; NULL: findings of this kind do not have it. */
const struct field_def *field_def(enum finding_kind kind, enum finding_field field);
/* The word of this name, or NULL. */
const struct word_def *word_def(const struct word_def *words, struct span name);

#endif
