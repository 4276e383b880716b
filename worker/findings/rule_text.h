/* rule_text.h - why a rule finds what it finds: one plain sentence for each name that a finding's rule may have. */
#ifndef RENDA_WORKER_FINDINGS_RULE_TEXT_H
#define RENDA_WORKER_FINDINGS_RULE_TEXT_H

#include <stddef.h>

#include "common/span.h"

struct rule_text {
    const char *rule, *text;
};

extern const struct rule_text rule_texts[]; /* sorted by rule */
extern const size_t rule_text_count;

/* NULL for an unknown rule. */
const char *rule_text(struct span rule);

#endif
