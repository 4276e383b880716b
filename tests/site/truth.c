#include "truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages.h"
#include "style.h"

enum { DUMP = JSON_COMPACT | JSON_REAL_PRECISION(12) };

struct site_truth {
    struct site_host *host;
    uint64_t next, end;
    bool begun, ended, comma;
    struct site_out out; /* made and not yet read: at most one article */
    size_t read;
};

static json_t *urls_json(const struct site_host *h, const char *const *paths)
{
    json_t *list = json_array();
    for (; *paths; paths++)
        json_array_append_new(list, json_sprintf("%s%s", h->base, *paths));
    return list;
}

json_t *site_truth_site(struct site_host *h)
{
    const struct site_congress *c = &site_congresses[h->site];
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:s,s:s}", "name", c->name, "org", c->org, "region", c->region,
                     "level", c->level, "base", h->base, "start", urls_json(h, h->style->start), "feeds",
                     urls_json(h, h->style->feeds), "sitemaps", urls_json(h, h->style->sitemaps), "article_pattern",
                     h->style->article_pattern, "charset", h->style->gb18030 ? "gb18030" : "utf-8");
}

json_t *site_truth_article(struct site_host *h, const struct site_entry *e)
{
    struct site_article a = { 0 };
    struct site_out path = { 0 };
    char day[32];
    int y, m, d;
    site_page_full(h, e, !e->raw, &a);
    if (e->raw)
        site_page_head(h, e, &a);
    h->style->article_path(&a, &path);
    site_day_split(a.day, &y, &m, &d);
    snprintf(day, sizeof(day), "%d-%02d-%02d", y, m, d);
    json_t *o = json_object();
    json_object_set_new(o, "index", json_integer((json_int_t)e->index));
    json_object_set_new(o, "url", json_sprintf("%s%s", h->base, path.data));
    json_object_set_new(o, "title", json_stringn(a.title.data, a.title.len));
    json_object_set_new(o, "published", json_string(day));
    json_object_set_new(o, "column", json_string(site_column_names[a.column]));
    json_object_set_new(o, "state", json_string(e->gone ? "removed" : "published"));
    json_object_set_new(o, "version", json_integer(e->version));
    json_object_set_new(o, "published_at_ms", json_integer(e->published_at_ms));
    json_object_set_new(o, "edited_at_ms", json_integer(e->edited_at_ms));
    if (e->raw) {
        json_object_set_new(o, "raw", json_true());
        json_object_set_new(o, "findings", json_array());
    } else {
        json_object_set_new(o, "source", json_string(a.source));
        json_object_set_new(o, "text", json_stringn(a.text.data, a.text.len));
        json_object_set(o, "findings", a.findings);
    }
    site_out_free(&path);
    site_article_free(&a);
    return o;
}

static void put_json(struct site_out *o, json_t *value)
{
    char *text = json_dumps(value, DUMP);
    if (!text)
        abort();
    site_out_str(o, text);
    free(text);
    json_decref(value);
}

struct site_truth *site_truth_new(struct site_host *h, uint64_t from, uint64_t limit)
{
    struct site_truth *t = calloc(1, sizeof(*t));
    uint64_t total = site_state_total(h->state);
    if (!t)
        return NULL;
    t->host = h;
    t->next = from < total ? from : total;
    t->end = limit < total - t->next ? t->next + limit : total;
    return t;
}

static bool make_more(struct site_truth *t)
{
    site_out_reset(&t->out);
    t->read = 0;
    if (!t->begun) {
        t->begun = true;
        site_out_str(&t->out, "{\"site\":");
        put_json(&t->out, site_truth_site(t->host));
        site_out_fmt(&t->out, ",\"total\":%llu,\"articles\":[", (unsigned long long)site_state_total(t->host->state));
        return true;
    }
    if (t->next < t->end) {
        struct site_entry e;
        if (!site_state_get(t->host->state, t->next++, &e))
            return true;
        site_out_str(&t->out, t->comma ? ",\n" : "\n");
        t->comma = true;
        put_json(&t->out, site_truth_article(t->host, &e));
        return true;
    }
    if (t->ended)
        return false;
    t->ended = true;
    site_out_str(&t->out, "\n]}\n");
    return true;
}

size_t site_truth_read(struct site_truth *t, char *to, size_t max)
{
    size_t n = 0;
    while (n < max) {
        if (t->read == t->out.len && !make_more(t))
            break;
        size_t piece = t->out.len - t->read < max - n ? t->out.len - t->read : max - n;
        if (piece)
            memcpy(to + n, t->out.data + t->read, piece);
        t->read += piece;
        n += piece;
    }
    return n;
}

void site_truth_free(struct site_truth *t)
{
    if (!t)
        return;
    site_out_free(&t->out);
    free(t);
}
