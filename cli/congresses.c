/* renda congresses: every congress to county level, as the law and the administrative divisions have it. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/rows.h"
#include "cli/say.h"
#include "common/congress.h"
#include "worker/findings/lexicon.h"

struct options {
    const char *format, *level;
    struct span place; /* a name or the beginning of a code; empty: all */
};

static bool wanted(const struct options *o, const struct lexicon *l, const struct lex_row *row)
{
    if (row->f[4].n > 0 || (o->level != NULL && !span_is(row->f[1], o->level)))
        return false; /* f[4]: the short form of another row */
    if (o->place.n == 0 || span_starts(row->f[2], o->place))
        return true;
    for (const struct lex_row *r = row; r != NULL; r = lexicon_region(l, r->f[3])) {
        if (span_has(r->f[0], o->place))
            return true;
    }
    return false;
}

static struct span makes_words(unsigned makes)
{
    switch (makes) {
    case MAKES_LAWS: return SPAN("laws");
    case MAKES_REGULATIONS: return SPAN("local regulations");
    case MAKES_AUTONOMOUS: return SPAN("autonomous regulations");
    case MAKES_REGULATIONS | MAKES_AUTONOMOUS: return SPAN("local and autonomous regulations");
    default: return (struct span){ NULL, 0 };
    }
}

static void give(struct rows *out, const struct lexicon *l, const struct lex_row *row)
{
    static const char *const names[] = { "code", "name", "level", "parent", "kind", "kind_zh", "makes" };
    enum { N = sizeof(names) / sizeof(names[0]) };
    const struct congress *c = &congresses[congress_kind_of(row->f[0], row->f[1])];
    const struct lex_row *parent = lexicon_region(l, row->f[3]);
    const struct span cells[N] = { row->f[2],
                                   row->f[0],
                                   row->f[1],
                                   parent == NULL ? (struct span){ NULL, 0 } : parent->f[0],
                                   span_of(c->name),
                                   span_of(c->zh),
                                   makes_words(c->makes) };
    const char *values[N];
    int bytes[N];
    for (int i = 0; i < N; i++) {
        values[i] = cells[i].p;
        bytes[i] = (int)cells[i].n;
    }
    rows_take(out, N, names, values, bytes);
}

static int list(const struct options *o, enum rows_format format)
{
    struct err e;
    struct lexicon *l = lexicon_new(NULL, &e);
    struct rows *out = l == NULL ? NULL : rows_new(format, stdout);
    if (out == NULL) {
        lexicon_free(l);
        return say_failed("%s", l == NULL ? e.msg : "out of memory");
    }
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(l, LEX_REGION, &n);
    for (size_t i = 0; i < n; i++) {
        if (wanted(o, l, rows[i]))
            give(out, l, rows[i]);
    }
    size_t count = rows_count(out);
    rows_end(out);
    lexicon_free(l);
    if (count == 0)
        return say_failed("no division is named or numbered '%.*s'%s%s", SPAN_FMT(o->place),
                          o->level == NULL ? "" : " at level ", o->level == NULL ? "" : o->level);
    return EXIT_DONE;
}

int cmd_congresses(int argc, char **argv)
{
    struct options o = { .format = "table" };
    const struct option_row rows[] = { { "format", 'f', NULL, &o.format }, { "level", 'l', NULL, &o.level } };
    int words, wrong = options_read(rows, sizeof(rows) / sizeof(rows[0]), argc, argv, &words);
    if (wrong != 0)
        return wrong;
    if (argc - words > 1)
        return say_usage(argv[0], "name one place, or none");
    if (words < argc)
        o.place = span_of(argv[words]);
    if (o.level != NULL && strcmp(o.level, "province") != 0 && strcmp(o.level, "prefecture") != 0 &&
        strcmp(o.level, "county") != 0)
        return say_usage(argv[0], "'%s' is no level of a division: province, prefecture or county", o.level);
    int format = rows_format_of(o.format);
    if (format < 0)
        return say_usage(argv[0], "there is no format '%s'; there are table, csv, ndjson and json", o.format);
    return list(&o, (enum rows_format)format);
}
