#include "common/article.h"

const struct article_field_row article_fields[ARTICLE_FIELD_COUNT] = {
#define X(id, name, max) { name, max },
    ARTICLE_FIELDS(X)
#undef X
};
