/* What a pattern says is planted in its sentence, as findings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render.h"

static const struct {
    const char *word, *kind;
} kinds[] = {
    { "fig", "figure" },     { "leg", "legislation" }, { "meet", "meeting" }, { "ovs", "oversight" },
    { "sug", "suggestion" }, { "prj", "project" },     { "vote", "vote" },    { "per", "person" },
    { "plt", "platform" },   { "first", "first" },
};

static json_t *number_json(const struct site_slot *s)
{
    if (s->decimals && strchr(s->text, '.'))
        return json_real(strtod(s->text, NULL));
    return json_integer(strtoll(s->text, NULL, 10));
}

/* The kinds of article that tell about a whole year, and about this year so far; the others about one event. */
static const char *period_type(enum site_kind kind)
{
    if (kind == KIND_REPORT)
        return "year";
    return K_YTD >> kind & 1 ? "ytd" : "event";
}

static json_t *period_json(struct site_render *r, const char *type)
{
    char year[16], iso[16];
    int y, m, d;
    site_day_split(r->article->act_day, &y, &m, &d);
    site_iso_day(iso, sizeof(iso), r->article->act_day);
    json_t *p = json_pack("{s:s}", "type", type);
    if (!strcmp(type, "year")) {
        snprintf(year, sizeof(year), "%d", y - 1);
        json_object_set_new(p, "from", json_string(year));
        json_object_set_new(p, "to", json_string(year));
    } else if (!strcmp(type, "ytd")) {
        snprintf(year, sizeof(year), "%d", y);
        json_object_set_new(p, "from", json_string(year));
    } else if (!strcmp(type, "event")) {
        json_object_set_new(p, "from", json_string(iso));
        json_object_set_new(p, "to", json_string(iso));
    } else if (!strcmp(type, "as_of")) {
        json_object_set_new(p, "to", json_string(iso));
    }
    return p;
}

static json_t *list_json(const char *text)
{
    json_t *list = json_array();
    while (*text) {
        size_t n = strcspn(text, ",");
        json_array_append_new(list, json_stringn(text, n));
        text += n + (text[n] == ',');
    }
    return list;
}

static void add_field(struct site_render *r, json_t *finding, const char *word, const char *end)
{
    const char *equals = memchr(word, '=', (size_t)(end - word));
    if (!equals)
        abort();
    char key[32];
    snprintf(key, sizeof(key), "%.*s", (int)(equals - word), word);
    if (equals[1] == '#') {
        json_object_set_new(finding, key, number_json(site_render_slot(r, equals[2])));
        return;
    }
    struct site_out value = { 0 };
    site_render_expand(r, equals + 1, end, &value);
    const char *text = value.data ? value.data : "";
    if (!strcmp(key, "period") || (!strcmp(key, "date") && !strcmp(text, "none"))) {
        json_object_del(finding, "date");
        json_object_del(finding, "period");
        json_object_del(finding, "meeting");
        if (!strcmp(key, "period") && strcmp(text, "none"))
            json_object_set_new(finding, "period", period_json(r, text));
    } else if (!strcmp(key, "composite")) {
        json_object_set_new(finding, key, list_json(text));
    } else if (!strcmp(text, "true")) {
        json_object_set_new(finding, key, json_true());
    } else if (!strcmp(key, "term") || !strcmp(key, "session")) {
        json_object_set_new(finding, key, json_integer(atoll(text)));
    } else {
        json_object_set_new(finding, key, json_string(text));
    }
    site_out_free(&value);
}

/* When it happened, unless the fact says otherwise. */
static void add_time(struct site_render *r, json_t *finding, const char *kind)
{
    const char *type = period_type(r->article->kind);
    char iso[16];
    if (!strcmp(kind, "meeting"))
        return;
    if (!strcmp(kind, "figure") || strcmp(type, "event")) {
        json_object_set_new(finding, "period", period_json(r, type));
    } else {
        site_iso_day(iso, sizeof(iso), r->article->act_day);
        json_object_set_new(finding, "date", json_string(iso));
    }
    if (K_MEETINGS >> r->article->kind & 1) {
        struct site_out name = { 0 };
        site_render_meeting(r, true, &name);
        json_object_set_new(finding, "meeting", json_string(name.data));
        site_out_free(&name);
    }
}

static void add_meeting(struct site_render *r, json_t *finding)
{
    struct site_out name = { 0 };
    char iso[16];
    site_render_meeting(r, true, &name);
    site_iso_day(iso, sizeof(iso), r->article->act_day);
    json_object_set_new(finding, "name", json_string(name.data));
    json_object_set_new(finding, "term", json_integer(r->congress->term));
    json_object_set_new(finding, "session", json_integer(r->meeting_no));
    json_object_set_new(finding, "type", json_string(r->meeting_type));
    json_object_set_new(finding, "date", json_string(iso));
    site_out_free(&name);
}

static const char *doc_type_of(const char *name)
{
    if (!strncmp(name, "中华人民共和国", strlen("中华人民共和国")))
        return "law";
    return strstr(name, "决定") ? "decision" : "local_regulation";
}

static size_t code_points(const char *text, size_t bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n += (text[i] & 0xc0) != 0x80;
    return n;
}

/* The sentence that holds [start, end): from the last 。 or line end before it to the next one. */
static json_t *quote_json(const struct site_out *text, size_t start, size_t end)
{
    static const char stop[] = "。";
    while (start > 0 && text->data[start - 1] != '\n' && !(start >= 3 && !memcmp(text->data + start - 3, stop, 3)))
        start--;
    while (end < text->len && text->data[end] != '\n' && memcmp(text->data + end - 3, stop, 3) != 0)
        end++;
    return json_stringn(text->data + start, end - start);
}

static void add_span(struct site_render *r, json_t *finding, size_t start, size_t end)
{
    const struct site_out *text = &r->article->text;
    json_object_set_new(finding, "start", json_integer((json_int_t)code_points(text->data, start)));
    json_object_set_new(finding, "end", json_integer((json_int_t)code_points(text->data, end)));
    json_object_set_new(finding, "quote", quote_json(text, start, end));
}

/* Where the words that matter most stand in the row just rendered; leaves *start and *end when they do not. */
static void find_words(struct site_render *r, const json_t *finding, const char *kind, size_t row_start, size_t *start,
                       size_t *end)
{
    static const struct {
        const char *kind, *field;
    } rows[] = {
        { "first", "thing" },   { "legislation", "name" }, { "oversight", "topic" },  { "person", "name" },
        { "platform", "name" }, { "project", "name" },     { "suggestion", "title" }, { "vote", "item" },
    };
    const struct site_out *text = &r->article->text;
    struct site_out meeting = { 0 };
    const char *words = NULL;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].kind, kind))
            words = json_string_value(json_object_get(finding, rows[i].field));
    if (!strcmp(kind, "meeting")) {
        site_render_meeting(r, false, &meeting);
        words = meeting.data;
    }
    const char *at = words ? strstr(text->data + row_start, words) : NULL;
    if (at) {
        *start = (size_t)(at - text->data);
        *end = *start + strlen(words);
    }
    site_out_free(&meeting);
}

static void add_fact(struct site_render *r, const char *fact, const char *end, size_t row_start)
{
    struct site_slot *slot = NULL;
    json_t *finding = json_object();
    const char *kind = NULL;
    for (const char *word = fact; word < end;) {
        size_t n = strcspn(word, " ;");
        if (word + n > end)
            n = (size_t)(end - word);
        if (!n) {
            word++;
            continue;
        }
        if (!kind) {
            for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
                if (strlen(kinds[i].word) == n && !memcmp(kinds[i].word, word, n))
                    kind = kinds[i].kind;
            if (!kind)
                abort();
            json_object_set_new(finding, "kind", json_string(kind));
            add_time(r, finding, kind);
            if (!strcmp(kind, "meeting"))
                add_meeting(r, finding);
        } else if (n == 1) {
            slot = site_render_slot(r, *word);
        } else {
            add_field(r, finding, word, word + n);
        }
        word += n;
    }
    if (!kind) {
        json_decref(finding);
        return;
    }
    if (slot && !strcmp(kind, "figure")) {
        json_object_set_new(finding, "value", number_json(slot));
        if (slot->bound)
            json_object_set_new(finding, "bound", json_string(slot->bound));
    } else if (slot && (!strcmp(kind, "legislation") || !strcmp(kind, "person")) && !json_object_get(finding, "name")) {
        json_object_set_new(finding, "name", json_string(slot->text));
    }
    if (!strcmp(kind, "legislation") && !json_object_get(finding, "doc_type"))
        json_object_set_new(finding, "doc_type",
                            json_string(doc_type_of(json_string_value(json_object_get(finding, "name")))));
    size_t from = slot ? slot->start : row_start, to = slot ? slot->end : r->article->text.len;
    find_words(r, finding, kind, row_start, &from, &to);
    add_span(r, finding, from, to);
    json_array_append_new(r->article->findings, finding);
}

void site_render_facts(struct site_render *r, const char *facts, size_t row_start)
{
    while (facts && *facts) {
        const char *end = strchrnul(facts, ';');
        add_fact(r, facts, end, row_start);
        facts = *end ? end + 1 : end;
    }
}
