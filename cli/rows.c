#include "cli/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"
#include "common/clock.h"
#include "common/finding.h"

struct rows {
    enum rows_format format;
    FILE *out;
    size_t n;
    struct table *table;
    struct arena *arena; /* of the table's titles */
    char right[TABLE_COLUMNS_MAX + 1];
};

enum holds { WORDS, NUMBER, TRUTH, TIME, SIZE };

static bool ends_with(const char *name, const char *end)
{
    return span_ends(span_of(name), span_of(end));
}

static enum holds holds_of(const char *name)
{
    static const char *const numbers[] = { "id",   "articles",  "findings", "failing", "waiting",
                                           "urls", "revisions", "tries",    "pid" };
    static const struct {
        const char *end;
        enum holds holds;
    } ends[] = { { "_at", TIME },      { "_bytes", SIZE },    { "_num", NUMBER }, { "_id", NUMBER },
                 { "_pages", NUMBER }, { "_minute", NUMBER }, { "_hour", NUMBER } };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (ends_with(name, ends[i].end))
            return ends[i].holds;
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (strcmp(name, numbers[i]) == 0)
            return NUMBER;
    }
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        if (strcmp(name, finding_fields[i].column) != 0)
            continue;
        enum field_type type = finding_fields[i].type;
        return type == FIELD_BOOL ? TRUTH : type == FIELD_DECIMAL || type == FIELD_INTEGER ? NUMBER : WORDS;
    }
    return WORDS;
}

int rows_format_of(const char *name)
{
    static const char *const names[] = { "table", "csv", "ndjson", "json" };
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) == 0)
            return i;
    }
    return -1;
}

struct rows *rows_new(enum rows_format format, FILE *out)
{
    struct arena *a = arena_new((size_t)1 << 20, NULL);
    struct rows *r = ARENA_NEW(a, struct rows);
    *r = (struct rows){ .format = format, .out = out, .arena = a };
    return r;
}

size_t rows_count(const struct rows *r)
{
    return r->n;
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

static void ago(const char *ms, char *out, size_t size)
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
    int64_t seconds = (clock_wall_ms() - strtoll(ms, NULL, 10)) / 1000;
    snprintf(out, size, "now");
    if (strcmp(ms, "0") == 0)
        snprintf(out, size, "never");
    for (size_t i = 0; i < 4 && strcmp(ms, "0") != 0; i++) {
        if (seconds < units[i].seconds)
            continue;
        snprintf(out, size, "%" PRId64 " %s ago", seconds / units[i].seconds, units[i].unit);
        return;
    }
}

static void size_of(const char *bytes, char *out, size_t size)
{
    static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
    double n = strtod(bytes, NULL);
    int unit = 0;
    for (; n >= 1024 && unit < 4; unit++)
        n /= 1024;
    snprintf(out, size, n < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", n, units[unit]);
}

static void table_begin(struct rows *r, int columns, const char *const *names)
{
    const char **titles = ARENA_ARRAY(r->arena, const char *, (size_t)columns);
    for (int i = 0; i < columns; i++) {
        char *title = arena_str(r->arena, names[i]);
        if (ends_with(title, "_at"))
            title[strlen(title) - 3] = '\0';
        for (char *p = title; *p != '\0'; p++)
            *p = *p == '_' ? ' ' : *p;
        titles[i] = title;
        enum holds holds = holds_of(names[i]);
        r->right[i] = holds == NUMBER || holds == SIZE ? 'r' : 'l';
    }
    r->table = table_new(titles, columns, r->right);
}

static void table_row(struct rows *r, int columns, const char *const *names, const char *const *values,
                      const int *bytes)
{
    struct span cells[TABLE_COLUMNS_MAX];
    char short_text[TABLE_COLUMNS_MAX][32];
    if (columns > TABLE_COLUMNS_MAX)
        columns = TABLE_COLUMNS_MAX;
    if (r->table == NULL)
        table_begin(r, columns, names);
    for (int i = 0; i < columns; i++) {
        enum holds holds = holds_of(names[i]);
        cells[i] = values[i] == NULL ? SPAN("") : (struct span){ values[i], (size_t)bytes[i] };
        if (values[i] == NULL || (holds != TIME && holds != SIZE))
            continue;
        (holds == TIME ? ago : size_of)(values[i], short_text[i], sizeof(short_text[i]));
        cells[i] = span_of(short_text[i]);
    }
    table_add(r->table, cells);
}

/* ---- CSV --------------------------------------------------------------------------------------------------------- */

/* A cell that a spreadsheet would run as a formula gets an apostrophe: its words come from the web. */
static void csv_cell(FILE *out, const char *value, size_t n, bool words)
{
    bool formula = words && n > 0 && strchr("=+-@\t\r", value[0]) != NULL;
    bool quoted = memchr(value, ',', n) != NULL || memchr(value, '"', n) != NULL || memchr(value, '\n', n) != NULL ||
                  memchr(value, '\r', n) != NULL;
    if (quoted)
        fputc('"', out);
    if (formula)
        fputc('\'', out);
    for (size_t i = 0; i < n; i++) {
        if (value[i] == '"')
            fputc('"', out);
        fputc(value[i], out);
    }
    if (quoted)
        fputc('"', out);
}

static void csv_row(struct rows *r, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    if (r->n == 0) {
        fputs("\xef\xbb\xbf", r->out); /* so that spreadsheets take it for UTF-8 */
        for (int i = 0; i < columns; i++)
            fprintf(r->out, "%s%s", i == 0 ? "" : ",", names[i]);
        fputs("\r\n", r->out);
    }
    for (int i = 0; i < columns; i++) {
        char iso[32];
        enum holds holds = holds_of(names[i]);
        if (i > 0)
            fputc(',', r->out);
        if (values[i] == NULL)
            continue;
        if (holds == TIME) {
            clock_iso(strtoll(values[i], NULL, 10), iso, sizeof(iso));
            fputs(iso, r->out);
        } else {
            csv_cell(r->out, values[i], (size_t)bytes[i], holds == WORDS);
        }
    }
    fputs("\r\n", r->out);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *json_value(const char *name, const char *value, int bytes)
{
    char iso[32], *end;
    switch (holds_of(name)) {
    case TIME: clock_iso(strtoll(value, NULL, 10), iso, sizeof(iso)); return json_string(iso);
    case TRUTH: return json_boolean(strcmp(value, "0") != 0);
    case NUMBER:
    case SIZE:
        if (strchr(value, '.') == NULL && strchr(value, 'e') == NULL && bytes <= 18)
            return json_integer(strtoll(value, &end, 10));
        return json_real(strtod(value, &end));
    case WORDS: break;
    }
    return json_stringn(value, (size_t)bytes);
}

json_t *rows_object(int columns, const char *const *names, const char *const *values, const int *bytes)
{
    json_t *o = json_object();
    for (int i = 0; i < columns; i++) {
        if (values[i] != NULL)
            json_object_set_new(o, names[i], json_value(names[i], values[i], bytes[i]));
    }
    return o;
}

static void json_row(struct rows *r, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    json_t *o = rows_object(columns, names, values, bytes);
    if (r->format == ROWS_JSON)
        fputs(r->n == 0 ? "[\n" : ",\n", r->out);
    json_dumpf(o, r->out, JSON_COMPACT | JSON_REAL_PRECISION(15));
    if (r->format == ROWS_NDJSON)
        fputc('\n', r->out);
    json_decref(o);
}

/* ------------------------------------------------------------------------------------------------------------------ */

int rows_take(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    struct rows *r = ctx;
    static void (*const take[])(struct rows *, int, const char *const *, const char *const *, const int *) = {
        [ROWS_TABLE] = table_row, [ROWS_CSV] = csv_row, [ROWS_NDJSON] = json_row, [ROWS_JSON] = json_row
    };
    take[r->format](r, columns, names, values, bytes);
    r->n++;
    return ferror(r->out) != 0; /* nobody reads any more */
}

void rows_end(struct rows *r)
{
    if (r->table != NULL)
        table_print(r->table, r->out, table_width(r->out));
    if (r->format == ROWS_JSON)
        fputs(r->n == 0 ? "[]\n" : "\n]\n", r->out);
    table_free(r->table);
    arena_free(r->arena);
}
