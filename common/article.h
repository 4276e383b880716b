/* article.h - the article record: one published article as read from its page.
 * The fields, their names and their meaning are the rows of ARTICLE_FIELDS; JSON, the wire, the database and the
 * documentation are made from these rows. A field that the page does not give is absent: p == NULL or n == 0. */
#ifndef RENDA_COMMON_ARTICLE_H
#define RENDA_COMMON_ARTICLE_H

#include "common/arena.h"
#include "common/span.h"

/* id, name (JSON, wire, column), limit in bytes */
#define ARTICLE_FIELDS(X)                                                                                              \
    X(URL, "url", 4096)                                                                                                \
    X(CANONICAL_URL, "canonical_url", 4096)                                                                            \
    X(TITLE, "title", 4096)                                                                                            \
    X(SUBTITLE, "subtitle", 4096)                                                                                      \
    X(PUBLISHED, "published", 32)                                                                                      \
    X(SOURCE, "source", 1024)                                                                                          \
    X(EDITOR, "editor", 256)                                                                                           \
    X(ORG, "org", 512)                                                                                                 \
    X(ORG_TYPE, "org_type", 64)                                                                                        \
    X(REGION, "region", 256)                                                                                           \
    X(REGION_CODE, "region_code", 12)                                                                                  \
    X(LEVEL, "level", 32)                                                                                              \
    X(GENRE, "genre", 32)                                                                                              \
    X(ISSUE, "issue", 256)                                                                                             \
    X(COLUMN, "column", 512)                                                                                           \
    X(KEYWORDS, "keywords", 4096) /* joined by one \n; a list in JSON */                                               \
    X(TEXT, "text", 16 * 1024 * 1024)

enum article_field {
#define X(id, name, max) ARTICLE_##id,
    ARTICLE_FIELDS(X)
#undef X
        ARTICLE_FIELD_COUNT
};

struct article_field_row {
    const char *name;
    size_t max_bytes;
};

extern const struct article_field_row article_fields[ARTICLE_FIELD_COUNT];

#define ARTICLE_AUTHORS_MAX 64

struct author {
    struct span name;
    struct span role; /* "text" or "photo" */
};

/* All spans point into memory of the page's arena (or the message it was decoded from). UTF-8 without U+0000. */
struct article {
    struct span f[ARTICLE_FIELD_COUNT];
    struct author *authors;
    size_t author_count; /* at most ARTICLE_AUTHORS_MAX */
};

#endif
