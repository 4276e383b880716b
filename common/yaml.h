/* yaml.h - a YAML document as a small tree that knows its lines. Read by config.c only.
 * Anchors, aliases and tags are refused, so what is read is never larger than what was written. */
#ifndef RENDA_COMMON_YAML_H
#define RENDA_COMMON_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/err.h"

#define YAML_DEPTH_MAX 16

enum yaml_type { YAML_TEXT, YAML_LIST, YAML_MAP };

/* In an arena; children of a map alternate: key, value, key, value. */
struct yaml {
    enum yaml_type type;
    int line;         /* from 1 */
    bool plain;       /* text without quotes */
    const char *text; /* YAML_TEXT: UTF-8, NUL-terminated, n bytes */
    size_t n;         /* bytes of text, or number of children */
    struct yaml *first, *last, *next;
};

/* NULL with "name:line: sentence" in *e. An empty document is an empty map. */
struct yaml *yaml_read(const char *name, const char *bytes, size_t n, struct arena *a, struct err *e);

#endif
