/* json.h - the article record and its findings as JSON, exactly as `renda parse --json` prints them. */
#ifndef RENDA_COMMON_JSON_H
#define RENDA_COMMON_JSON_H

#include <jansson.h>

#include "common/article.h"
#include "common/finding.h"
#include "common/result.h"

/* {"article": {…}, "findings": […]}; the caller owns the value (json_decref). NULL only when memory is out. */
json_t *json_article(const struct article *art, const struct finding_list *findings);
/* The same of a whole result that has an article: with what belongs to it, as article.parts. */
json_t *json_result(const struct result *r);
json_t *json_finding(const struct finding *f);

#endif
