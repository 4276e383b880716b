/* schema.h - the migrations of common/schema/NNN_name.sql, compiled in, in their order.
 * The schema's version is the number of migrations applied (meta 'schema_version'). */
#ifndef RENDA_COMMON_SCHEMA_H
#define RENDA_COMMON_SCHEMA_H

#include <stddef.h>

struct migration {
    const char *name; /* "001_ring" */
    const char *sql;
    size_t bytes; /* of sql, without the NUL behind it */
};

extern const struct migration schema_migrations[];
extern const int schema_migrations_count;

#endif
