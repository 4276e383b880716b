#include "patterns.h"

#include <pthread.h>
#include <stdlib.h>

static const struct site_pattern *const tables[] = {
    site_titles,         site_patterns_session,  site_patterns_report, site_patterns_law,     site_patterns_oversight,
    site_patterns_money, site_patterns_deputies, site_patterns_people, site_patterns_digital, site_patterns_filler,
};
enum { TABLES = sizeof(tables) / sizeof(tables[0]), ROWS_MAX = 256 };

static struct site_choice choices[KIND_COUNT][PART_COUNT], fillers[KIND_COUNT];
static pthread_once_t built = PTHREAD_ONCE_INIT;

static void choice_add(struct site_choice *c, const struct site_pattern *row)
{
    if (!c->rows)
        c->rows = calloc(ROWS_MAX, sizeof(*c->rows));
    if (!c->rows || c->n == ROWS_MAX)
        abort();
    c->rows[c->n++] = row;
}

static void build(void)
{
    for (size_t t = 0; t < TABLES; t++)
        for (const struct site_pattern *row = tables[t]; row->text; row++)
            for (int kind = 0; kind < KIND_COUNT; kind++)
                if (row->kinds >> kind & 1)
                    choice_add(tables[t] == site_patterns_filler ? &fillers[kind] : &choices[kind][row->part], row);
}

const struct site_choice *site_patterns(enum site_kind kind, enum site_part part)
{
    pthread_once(&built, build);
    return &choices[kind][part];
}

const struct site_choice *site_fillers(enum site_kind kind)
{
    pthread_once(&built, build);
    return &fillers[kind];
}

const struct site_pattern *site_pattern_at(size_t n)
{
    for (size_t t = 0; t < TABLES; t++)
        for (const struct site_pattern *row = tables[t]; row->text; row++)
            if (n-- == 0)
                return row;
    return NULL;
}
