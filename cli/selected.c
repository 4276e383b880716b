#include "cli/selected.h"

#include <string.h>

#include "cli/say.h"
#include "cli/table.h"
#include "common/clock.h"
#include "common/text.h"

#define PAGES_BYTES 32

/* ---- counting ---------------------------------------------------------------------------------------------------- */

/* A field's text in the article, on one short line. */
static void example_of(enum select_field field, const struct result *r, char *out, size_t size)
{
    static const enum article_field places[SELECT_FIELD_COUNT] = {
        [SELECT_TITLE] = ARTICLE_TITLE,   [SELECT_SUBTITLE] = ARTICLE_SUBTITLE, [SELECT_DATE] = ARTICLE_PUBLISHED,
        [SELECT_SOURCE] = ARTICLE_SOURCE, [SELECT_EDITOR] = ARTICLE_EDITOR,     [SELECT_ISSUE] = ARTICLE_ISSUE,
        [SELECT_COLUMN] = ARTICLE_COLUMN,
    };
    const struct article *art = r->article;
    if (field == SELECT_LIST) {
        snprintf(out, size, "%zu links", r->link_count);
    } else if (art == NULL) {
        out[0] = '\0';
    } else if (field == SELECT_BODY) {
        snprintf(out, size, "%zu characters", text_count(art->f[ARTICLE_TEXT]));
    } else if (field == SELECT_AUTHORS) {
        struct span first = art->author_count > 0 ? art->authors[0].name : SPAN("");
        snprintf(out, size, "%.*s%s", SPAN_FMT(text_cut(first, 100)), art->author_count > 1 ? " …" : "");
    } else {
        struct span cut = text_cut(art->f[places[field]], size - 1);
        snprintf(out, size, "%.*s", SPAN_FMT(cut));
    }
}

void tally_take(struct tally *t, const struct result *r)
{
    for (size_t i = 0; i < r->selected_count; i++) {
        const struct result_selected *s = &r->selected[i];
        int field = 0;
        while (field < SELECT_FIELD_COUNT && !span_is(s->field, select_field_names[field]))
            field++;
        if (field == SELECT_FIELD_COUNT)
            continue;
        t->of[field].pages++;
        if (s->why.n > 0)
            snprintf(t->of[field].why, sizeof(t->of[field].why), "%.*s", SPAN_FMT(text_cut(s->why, 60)));
        else if (t->of[field].useful++ == 0)
            example_of((enum select_field)field, r, t->of[field].example, sizeof(t->of[field].example));
    }
}

int tally_useless(const struct tally *t, const struct config_selectors *s)
{
    int n = 0;
    for (int i = 0; i < SELECT_FIELD_COUNT; i++)
        n += s->fields[i] != NULL && t->of[i].pages > 0 && t->of[i].useful == 0;
    return n;
}

/* ---- printing ---------------------------------------------------------------------------------------------------- */

static bool is_over(const struct config_selectors *s)
{
    return config_selectors_over(s, clock_wall_ms());
}

/* `except` is part of `body` and has no result of its own. */
static bool is_told(const struct config_selectors *s, int field)
{
    return s->fields[field] != NULL && field != SELECT_EXCEPT;
}

struct table *tally_table(void)
{
    static const char *const titles[] = { "site", "field", "selector", "read on", "for example" };
    return table_new(titles, 5, "lllrl");
}

void tally_rows(const struct tally *t, const char *site, const struct config_selectors *s, struct table *out)
{
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        char pages[PAGES_BYTES];
        if (!is_told(s, i))
            continue;
        snprintf(pages, sizeof(pages), "%d of %d", t->of[i].useful, t->of[i].pages);
        const char *last = is_over(s) ? "no longer used" : t->of[i].useful > 0 ? t->of[i].example : t->of[i].why;
        table_add_strings(out, (const char *const[]){ site, select_field_names[i], s->fields[i], pages, last });
    }
}

void tally_json(const struct tally *t, const char *site, const struct config_selectors *s, json_t *out)
{
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        if (!is_told(s, i))
            continue;
        json_t *o = json_object();
        json_object_set_new(o, "site", json_string(site));
        json_object_set_new(o, "field", json_string(select_field_names[i]));
        json_object_set_new(o, "selector", json_string(s->fields[i]));
        if (s->valid_until != NULL)
            json_object_set_new(o, "valid_until", json_string(s->valid_until));
        if (is_over(s))
            json_object_set_new(o, "expired", json_true());
        json_object_set_new(o, "pages", json_integer(t->of[i].pages));
        json_object_set_new(o, "read", json_integer(t->of[i].useful));
        if (t->of[i].useful > 0)
            json_object_set_new(o, "example", json_string(t->of[i].example));
        if (t->of[i].why[0] != '\0')
            json_object_set_new(o, "why", json_string(t->of[i].why));
        json_array_append_new(out, o);
    }
}

void tally_say_over(const char *site, const struct config_selectors *s)
{
    say_failed("%s: its selectors were valid until %s and are not used any more; look at its pages and set a new day",
               site, s->valid_until);
}
