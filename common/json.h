/* json.h - the article record and its findings as JSON, exactly as `renda parse --json` prints them. */
#ifndef RENDA_COMMON_JSON_H
#define RENDA_COMMON_JSON_H

#include <jansson.h>

#include "common/article.h"
#include "common/finding.h"

/* {"article": {…}, "findings": […]}; the caller owns the value (json_decref). NULL only when memory is out. */
json_t *json_article(const struct article *art, const struct finding_list *findings);
json_t *json_finding(const struct finding *f);

#endif
