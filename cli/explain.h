/* explain.h - a finding told to a person: its sentence with the place marked, its fields in words, and why it was
 * taken. */
#ifndef RENDA_CLI_EXPLAIN_H
#define RENDA_CLI_EXPLAIN_H

#include <stdio.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/finding.h"
#include "worker/findings/lexicon.h"

struct explain {
    FILE *out;
    int width;                 /* columns of the terminal, lines are broken there; 0: never */
    bool styled;               /* the place is underlined; else it stands in 【】 */
    const struct lexicon *lex; /* for the names of measures */
    struct arena *arena;
};

/* width and style as out takes them: a terminal, NO_COLOR and TERM are looked at. */
void explain_init(struct explain *x, FILE *out, const struct lexicon *lex, struct arena *a);

void explain_findings(const struct explain *x, const struct article *art, const struct finding_list *findings);

#endif
