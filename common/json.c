#include "common/json.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"

static json_t *string(struct span s)
{
    return json_stringn(s.p, s.n);
}

static json_t *list(struct span joined, char separator)
{
    json_t *out = json_array();
    const char *p = joined.p, *end = joined.p + joined.n;
    while (p < end) {
        const char *q = memchr(p, separator, (size_t)(end - p));
        if (q == NULL)
            q = end;
        if (q > p)
            json_array_append_new(out, string(span_between(p, q)));
        p = q + 1;
    }
    return out;
}

/* An integer while it fits 64 bits, a double beyond and for fractions: JSON readers do no better. */
static json_t *number(struct span s)
{
    char buf[64];
    if (s.n >= sizeof(buf) || !finding_is_decimal(s))
        return string(s);
    memcpy(buf, s.p, s.n);
    buf[s.n] = '\0';
    if (memchr(buf, '.', s.n) == NULL && s.n <= 18)
        return json_integer(strtoll(buf, NULL, 10));
    return json_real(strtod(buf, NULL));
}

static json_t *value(const struct finding_value *v)
{
    switch (finding_fields[v->field].type) {
    case FIELD_DECIMAL:
    case FIELD_INTEGER: return number(v->text);
    case FIELD_BOOL: return json_true();
    case FIELD_LIST: return list(v->text, ',');
    case FIELD_STRING: break;
    }
    return string(v->text);
}

json_t *json_finding(const struct finding *f)
{
    json_t *o = json_object();
    json_object_set_new(o, "kind", json_string(finding_kind_names[f->kind]));
    for (const struct finding_value *v = f->values; v != NULL; v = v->next) {
        const char *name = finding_fields[v->field].json, *dot = strchr(name, '.');
        if (dot == NULL) {
            json_object_set_new(o, name, value(v));
            continue;
        }
        char outer[32];
        size_t n = (size_t)(dot - name) < sizeof(outer) ? (size_t)(dot - name) : sizeof(outer) - 1;
        memcpy(outer, name, n);
        outer[n] = '\0';
        json_t *inner = json_object_get(o, outer);
        if (inner == NULL) {
            inner = json_object();
            json_object_set_new(o, outer, inner);
        }
        json_object_set_new(inner, dot + 1, value(v));
    }
    json_object_set_new(o, "start", json_integer(f->start));
    json_object_set_new(o, "end", json_integer(f->end));
    json_object_set_new(o, "quote", string(f->quote));
    json_object_set_new(o, "rule", string(f->rule));
    return o;
}

static json_t *article_record(const struct article *art)
{
    json_t *o = json_object();
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (art->f[i].n > 0 && i != ARTICLE_TEXT)
            json_object_set_new(o, article_fields[i].name,
                                i == ARTICLE_KEYWORDS ? list(art->f[i], '\n') : string(art->f[i]));
    }
    if (art->author_count > 0) {
        json_t *authors = json_array();
        for (size_t i = 0; i < art->author_count; i++) {
            json_t *author = json_object();
            json_object_set_new(author, "name", string(art->authors[i].name));
            json_object_set_new(author, "role", string(art->authors[i].role));
            json_array_append_new(authors, author);
        }
        json_object_set_new(o, "authors", authors);
    }
    if (art->f[ARTICLE_TEXT].n > 0)
        json_object_set_new(o, "text", string(art->f[ARTICLE_TEXT]));
    return o;
}

json_t *json_article(const struct article *art, const struct finding_list *findings)
{
    json_t *o = json_object(), *all = json_array();
    json_object_set_new(o, "article", article_record(art));
    for (size_t i = 0; i < findings->n; i++)
        json_array_append_new(all, json_finding(&findings->items[i]));
    json_object_set_new(o, "findings", all);
    return o;
}

static json_t *part(const struct result_need *n)
{
    json_t *o = json_object();
    json_object_set_new(o, "kind", json_string(need_kind_names[n->kind]));
    json_object_set_new(o, "url", string(n->url));
    if (n->name.n > 0)
        json_object_set_new(o, "name", string(n->name));
    return o;
}

json_t *json_result(const struct result *r)
{
    json_t *o = json_article(r->article, &r->findings), *parts = json_array();
    for (size_t i = 0; i < r->need_count; i++)
        json_array_append_new(parts, part(&r->needs[i]));
    if (r->need_count > 0)
        json_object_set(json_object_get(o, "article"), "parts", parts);
    json_decref(parts);
    return o;
}
