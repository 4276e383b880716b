#include "cli/schema.h"

#include <string.h>

#include "cli/definition.h"
#include "common/arena.h"

#define DAY     "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
#define ADDRESS "^[A-Za-z][A-Za-z0-9+.-]*:."
#define CODE    "^[0-9]{6}$"
#define RULE    "^[a-z]+\\.[a-z_]+$"

struct schema {
    const struct lexicon *lex;
    struct arena *arena;
    json_t *defs;
};

static json_t *typed(const char *type, const char *text)
{
    json_t *o = json_pack("{s:s}", "type", type);
    if (text != NULL)
        json_object_set_new(o, "description", json_string(text));
    return o;
}

static json_t *matching(const char *pattern, const char *text)
{
    json_t *o = typed("string", text);
    json_object_set_new(o, "pattern", json_string(pattern));
    return o;
}

static json_t *filled(const char *text)
{
    json_t *o = typed("string", text);
    json_object_set_new(o, "minLength", json_integer(1));
    return o;
}

static json_t *counted(json_int_t least, const char *text)
{
    json_t *o = typed("integer", text);
    json_object_set_new(o, "minimum", json_integer(least));
    return o;
}

static json_t *list_of(json_t *items, const char *text)
{
    json_t *o = typed("array", text);
    json_object_set_new(o, "items", items);
    json_object_set_new(o, "minItems", json_integer(1));
    return o;
}

/* An object that has no other properties than these. Takes both references. */
static json_t *closed(json_t *properties, json_t *required, const char *text)
{
    json_t *o = typed("object", text);
    json_object_set_new(o, "properties", properties);
    if (json_array_size(required) > 0)
        json_object_set(o, "required", required);
    json_decref(required);
    json_object_set_new(o, "additionalProperties", json_false());
    return o;
}

static json_t *ref(const char *name, const char *text)
{
    json_t *o = json_object(), *path = json_sprintf("#/$defs/%s", name);
    json_object_set_new(o, "$ref", path);
    if (text != NULL)
        json_object_set_new(o, "description", json_string(text));
    return o;
}

/* ---- enumerations ------------------------------------------------------------------------------------------------ */

static void add_word(json_t *all, struct span word)
{
    size_t i;
    json_t *known;
    json_array_foreach(all, i, known)
    {
        if (span_is(word, json_string_value(known)))
            return;
    }
    json_array_append_new(all, json_stringn(word.p, word.n));
}

/* Words that a user's rows may add to an enumeration: the column of the table that holds them. */
static const struct {
    const char *name;
    enum lex_table table;
    int column;
} open_words[] = {
    { "doc_type", LEX_DOCTYPE, 1 }, { "matter", LEX_MATTER, 1 }, { "scope", LEX_SCOPE, 1 },
    { "genre", LEX_GENRE, 1 },      { "act", LEX_STAGE, 2 },
};

static void add_rows(const struct schema *s, json_t *all, enum lex_table table, int column)
{
    size_t n;
    const struct lex_row *const *rows = lexicon_rows(s->lex, table, &n);
    for (size_t i = 0; i < n; i++) {
        if (!span_is(rows[i]->f[column], "-"))
            add_word(all, rows[i]->f[column]);
    }
}

static json_t *words_schema(const struct schema *s, const char *name, const struct word_def *words, const char *text)
{
    json_t *all = json_array();
    struct span described = span_of(text);
    for (const struct word_def *w = words; w->name != NULL; w++) {
        add_word(all, span_of(w->name));
        described = arena_printf(s->arena, "%.*s%s%s (%s): %s", SPAN_FMT(described), w == words ? ". " : "; ", w->name,
                                 w->zh, w->text);
    }
    for (size_t i = 0; i < sizeof(open_words) / sizeof(open_words[0]); i++) {
        if (strcmp(open_words[i].name, name) == 0)
            add_rows(s, all, open_words[i].table, open_words[i].column);
    }
    json_t *o = json_object();
    json_object_set_new(o, "description", json_stringn(described.p, described.n));
    json_object_set_new(o, "enum", all);
    return o;
}

static void add_metrics(struct schema *s)
{
    json_t *o = json_object(), *all = json_array();
    add_rows(s, all, LEX_METRIC, 0);
    json_object_set_new(o, "description", json_string("the key of a measure"));
    json_object_set_new(o, "enum", all);
    json_object_set_new(s->defs, "metric", o);
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

static json_t *value_schema(const struct schema *s, const struct field_def *d)
{
    const char *name = strrchr(finding_fields[d->field].json, '.');
    name = name == NULL ? finding_fields[d->field].json : name + 1;
    if (d->holds == HOLDS_WORD)
        return words_schema(s, name, d->words, d->text);
    if (d->holds == HOLDS_DAY)
        return ref("day", d->text);
    json_t *text = d->holds == HOLDS_METRIC ? ref("metric", NULL) : NULL;
    switch (finding_fields[d->field].type) {
    case FIELD_LIST: return list_of(text == NULL ? filled(NULL) : text, d->text);
    case FIELD_DECIMAL: return typed("number", d->text);
    case FIELD_INTEGER: return counted(0, d->text);
    case FIELD_BOOL: return json_pack("{s:b,s:s}", "const", 1, "description", d->text);
    case FIELD_STRING: break;
    }
    if (text == NULL)
        return filled(d->text);
    json_object_set_new(text, "description", json_string(d->text));
    return text;
}

/* What all kinds share, but for kind itself. */
static void add_place(json_t *properties, json_t *required)
{
    static const char *const names[] = { "kind", "start", "end", "quote", "rule" };
    json_object_set_new(properties, "start", counted(0, "where it begins in article.text, in Unicode code points"));
    json_object_set_new(properties, "end", counted(1, "where it ends: the first code point behind it"));
    json_object_set_new(properties, "quote", filled("the sentence that holds it"));
    json_object_set_new(properties, "rule", matching(RULE, "what recognised it"));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        json_array_append_new(required, json_string(names[i]));
}

/* "period.type" is the property type of the object period. */
static void add_property(json_t *properties, const char *name, json_t *value, bool always, json_t *required)
{
    const char *dot = strchr(name, '.');
    if (dot == NULL) {
        json_object_set_new(properties, name, value);
        if (always)
            json_array_append_new(required, json_string(name));
        return;
    }
    json_t *outer_name = json_stringn(name, (size_t)(dot - name));
    const char *key = json_string_value(outer_name);
    if (json_object_get(properties, key) == NULL)
        json_object_set_new(properties, key, closed(json_object(), json_pack("[s]", "type"), "the time it covers"));
    json_object_set_new(json_object_get(json_object_get(properties, key), "properties"), dot + 1, value);
    json_decref(outer_name);
}

static json_t *common_properties(const struct schema *s)
{
    json_t *properties = json_object(), *none = json_array();
    for (size_t i = 0; i < field_def_count; i++) {
        const struct field_def *d = &field_defs[i];
        if (d->kinds == EVERY_KIND)
            add_property(properties, finding_fields[d->field].json, value_schema(s, d), false, none);
    }
    json_decref(none);
    return properties;
}

/* Fields that every kind may have are described once: #/$defs/any/properties/…. */
static json_t *kind_schema(const struct schema *s, enum finding_kind kind)
{
    json_t *properties = json_object(), *required = json_array();
    json_object_set_new(properties, "kind", json_pack("{s:s}", "const", finding_kind_names[kind]));
    add_place(properties, required);
    for (size_t i = 0; i < field_def_count; i++) {
        const struct field_def *d = &field_defs[i];
        if ((d->kinds & 1u << kind) != 0 && d->kinds != EVERY_KIND)
            add_property(properties, finding_fields[d->field].json, value_schema(s, d), d->always, required);
    }
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(json_object_get(s->defs, "any"), "properties"), name, value)
    {
        struct span path = arena_printf(s->arena, "any/properties/%s", name);
        json_object_set_new(properties, name, ref(path.p, NULL));
    }
    return closed(properties, required, kind_defs[kind].text);
}

static void add_findings(struct schema *s)
{
    json_t *any = json_object(), *names = json_array(), *choices = json_array();
    json_object_set_new(any, "description", json_string("what findings of every kind may have"));
    json_object_set_new(any, "properties", common_properties(s));
    json_object_set_new(s->defs, "any", any);
    for (int k = 0; k < KIND_COUNT; k++) {
        const char *name = finding_kind_names[k];
        json_object_set_new(s->defs, name, kind_schema(s, (enum finding_kind)k));
        json_array_append_new(names, json_string(name));
        json_array_append_new(choices, json_pack("{s:{s:{s:{s:s}}},s:o}", "if", "properties", "kind", "const", name,
                                                 "then", ref(name, NULL)));
    }
    json_t *finding = json_pack("{s:s,s:[s],s:{s:{s:o}},s:o}", "type", "object", "required", "kind", "properties",
                                "kind", "enum", names, "allOf", choices);
    json_object_set_new(s->defs, "finding", finding);
}

/* ---- the article ------------------------------------------------------------------------------------------------- */

static json_t *article_value(const struct schema *s, const char *name, const struct article_def *d)
{
    switch (d->holds) {
    case HOLDS_WORD: return words_schema(s, name, d->words, d->text);
    case HOLDS_DAY: return ref("day", d->text);
    case HOLDS_ADDRESS: return matching(ADDRESS, d->text);
    case HOLDS_CODE: return matching(CODE, d->text);
    case HOLDS_METRIC:
    case HOLDS_TEXT: break;
    }
    return d->list ? list_of(filled(NULL), d->text) : filled(d->text);
}

static void add_article(struct schema *s)
{
    json_t *properties = json_object(), *required = json_array();
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        const char *name = article_fields[i].name;
        add_property(properties, name, article_value(s, name, &article_defs[i]), article_defs[i].always, required);
    }
    json_t *author = json_object();
    json_object_set_new(author, "name", filled("the name"));
    json_object_set_new(author, "role", words_schema(s, "role", author_roles, "what the author did"));
    json_object_set_new(properties, "authors",
                        list_of(closed(author, json_pack("[ss]", "name", "role"), NULL), "who wrote and photographed"));
    json_t *part = json_object();
    json_object_set_new(part, "kind", words_schema(s, "kind", part_kinds, "what it is"));
    json_object_set_new(part, "url", matching(ADDRESS, "where it is"));
    json_object_set_new(part, "name", filled("an attachment's, as the article calls it"));
    json_object_set_new(properties, "parts",
                        list_of(closed(part, json_pack("[ss]", "kind", "url"), NULL),
                                "what its page leads to that belongs to the article"));
    json_object_set_new(s->defs, "article", closed(properties, required, "the article as read from its page"));
}

json_t *schema_of_document(const struct lexicon *l)
{
    struct schema s = { l, arena_new(16 << 20, NULL), json_object() };
    json_object_set_new(s.defs, "day", matching(DAY, "a year, a month or a day"));
    add_metrics(&s);
    add_article(&s);
    add_findings(&s);
    json_t *findings = json_pack("{s:s,s:o}", "type", "array", "items", ref("finding", NULL));
    json_t *properties = json_pack("{s:o,s:o}", "article", ref("article", NULL), "findings", findings);
    json_t *o = json_object();
    json_object_set_new(o, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    json_object_set_new(o, "title", json_string("An article and its findings, as renda parse --json prints them"));
    json_object_update_new(o, closed(properties, json_pack("[ss]", "article", "findings"), NULL));
    json_object_set_new(o, "$defs", s.defs);
    arena_free(s.arena);
    return o;
}
