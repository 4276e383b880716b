/* byline.h - the names of those who wrote, photographed and edited an article.
 * A name begins with one of the common family names and has two or three characters (four with a double family name),
 * or is one with a dot inside; departments and words such as 草案 are none. */
#ifndef RENDA_WORKER_BYLINE_H
#define RENDA_WORKER_BYLINE_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/article.h"

/* Adds the names at the start of s (李明远 周敏、陈晓) in this role, each once; stops at the first word that is none.
 * Returns how many there were. */
size_t byline_names(struct arena *a, struct article *art, struct span s, const char *role);

bool byline_is_name(struct span s);

/* The first name in the value of 责任编辑：…; empty when it is none. */
struct span byline_editor(struct arena *a, struct span value);

/* Bylines inside the text of an article that has no authors yet: （记者 …）, 文/… 图/…, a name in brackets at the end.
 */
void byline_read(struct arena *a, struct article *art, struct span text);

#endif
