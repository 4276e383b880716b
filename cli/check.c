#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/screen.h"
#include "cli/selected.h"
#include "cli/settings.h"
#include "cli/table.h"
#include "cli/visit.h"
#include "common/clock.h"
#include "common/url.h"
#include "worker/parse.h"

#define ARENA_MAX_BYTES ((size_t)1 << 30)
#define SAMPLES         5 /* articles of each start page of a site with selectors */

struct options {
    const char *config, *contact;
    const char *entries; /* a folder of entries, or a file of them; NULL: the config itself */
    bool offline, sample, json;
};

struct check {
    const struct config *config;
    struct visitor *visitor;
    struct parser *parser;
    struct arena *arena; /* of one start page */
    struct table *table, *selectors;
    json_t *json, *json_selectors; /* the same rows; NULL: not wanted */
    struct tally tally;            /* of one site */
    struct screen screen;
    int failed, useless; /* start pages; selectors */
};

static int read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = { OPTION_CONFIG(&o->config),
                                       { "contact", 0, NULL, &o->contact },
                                       { "offline", 0, &o->offline, NULL },
                                       { "json", 'j', &o->json, NULL },
                                       { "sample", 0, &o->sample, NULL } };
    int words, wrong = options_read(rows, sizeof(rows) / sizeof(rows[0]), argc, argv, &words);
    if (wrong != 0)
        return wrong;
    if (words < argc)
        o->entries = argv[words++];
    return words >= argc ? 0 : say_usage(argv[0], "'%s' is one word too many", argv[words]);
}

/* ---- patterns ---------------------------------------------------------------------------------------------------- */

static int check_pattern(const struct config *c, size_t site, size_t i)
{
    const struct strings *patterns = &c->sites[site].article;
    int error;
    PCRE2_SIZE at;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)patterns->items[i], PCRE2_ZERO_TERMINATED, PCRE2_UTF, &error, &at, NULL);
    pcre2_code_free(code);
    if (code != NULL)
        return 0;
    PCRE2_UCHAR why[256] = "";
    pcre2_get_error_message(error, why, sizeof(why));
    return say_failed("%s:%d: sites[%d].article[%zu]: '%s' is not a regular expression: %s (at character %zu)",
                      c->sites[site].file, patterns->lines[i], c->sites[site].index, i, patterns->items[i],
                      (const char *)why, (size_t)at + 1);
}

static int check_patterns(const struct config *c)
{
    int failed = 0;
    for (size_t s = 0; s < c->site_count; s++) {
        for (size_t i = 0; i < c->sites[s].article.n; i++)
            failed += check_pattern(c, s, i) != 0;
    }
    return failed;
}

/* ---- start pages ------------------------------------------------------------------------------------------------- */

/* What came of one start page: a row. */
struct tried {
    struct span result; /* "ok" or "failed" */
    struct span title, published;
    size_t links, articles, findings;
    bool parsed; /* an article was read */
};

static int get(struct check *k, const struct config_site *site, const char *url, const char *role, struct result *out,
               struct err *e)
{
    struct download page;
    if (visitor_get(k->visitor, url, site->delay_ms, &page, e) < 0)
        return -1;
    struct work w = settings_work(site, k->arena);
    w.url = span_of(url);
    w.final_url = span_of(page.final_url);
    w.role = span_of(role);
    w.content_type = span_of(page.type);
    w.status = page.status;
    w.fetched_at = clock_wall_ms();
    if (parser_parse(k->parser, &w, (struct span){ page.body, page.bytes }, k->arena, out, e) < 0)
        return -1;
    tally_take(&k->tally, out);
    return out->failed.n == 0 ? 0 : err_set(e, "reading '%s' failed: %.*s", url, SPAN_FMT(out->failed));
}

static void take_article(struct tried *t, const struct result *r)
{
    t->parsed = true;
    t->title = r->article->f[ARTICLE_TITLE];
    t->published = r->article->f[ARTICLE_PUBLISHED];
    t->findings = r->findings.n;
    t->result = SPAN("ok");
}

/* The first link of this role, and how many there are. */
static const struct result_link *first_link(const struct result *list, const char *role, size_t *n)
{
    const struct result_link *first = NULL;
    *n = 0;
    for (size_t i = 0; i < list->link_count; i++) {
        if (!span_is(list->links[i].role, role))
            continue;
        if ((*n)++ == 0)
            first = &list->links[i];
    }
    return first;
}

/* An index of sitemaps leads to articles by way of a sitemap. */
static int follow_index(struct check *k, const struct config_site *site, struct result *list, struct err *e)
{
    size_t articles, sitemaps;
    const struct result_link *next = first_link(list, "sitemap", &sitemaps);
    if (first_link(list, "article", &articles) != NULL || next == NULL)
        return 0;
    const char *url = arena_span(k->arena, next->url).p;
    return get(k, site, url, "sitemap", list, e);
}

static int try_article(struct check *k, const struct config_site *site, const char *url, struct tried *t, struct err *e)
{
    struct result article;
    if (get(k, site, url, "article", &article, e) < 0)
        return -1;
    if (article.article == NULL)
        return err_set(e, "'%s' is no article but '%.*s'", url, SPAN_FMT(article.page_class));
    take_article(t, &article);
    return 0;
}

/* A site with selectors has more than one article tried: what fits the first may not fit the others. */
static int try_articles(struct check *k, const struct config_site *site, const struct result *list, struct tried *t,
                        struct err *e)
{
    size_t wanted = site->selectors.lines == NULL ? 1 : SAMPLES, n = 0;
    for (size_t i = 0; i < list->link_count && n < wanted; i++) {
        struct tried other = { 0 };
        if (!span_is(list->links[i].role, "article"))
            continue;
        if (try_article(k, site, arena_span(k->arena, list->links[i].url).p, n++ == 0 ? t : &other, e) < 0)
            return -1;
    }
    return 0;
}

static int try_start(struct check *k, const struct config_site *site, const char *url, struct tried *t, struct err *e)
{
    struct result list;
    if (get(k, site, url, "list", &list, e) < 0)
        return -1;
    if (list.article != NULL && list.link_count == 0) {
        take_article(t, &list);
        return 0;
    }
    if (follow_index(k, site, &list, e) < 0)
        return -1;
    t->links = list.link_count;
    const struct result_link *first = first_link(&list, "article", &t->articles);
    if (list.link_count == 0)
        return err_set(e, "no links on it (%.*s%s%.*s)", SPAN_FMT(list.page_class), list.reason.n > 0 ? ": " : "",
                       SPAN_FMT(list.reason));
    if (first == NULL)
        return err_set(e, "none of its %zu links is an article%s", list.link_count,
                       site->article.n > 0 ? "; look at the site's article patterns" : "");
    return try_articles(k, site, &list, t, e);
}

static struct span number_if(struct check *k, bool shown, size_t n)
{
    return shown ? arena_printf(k->arena, "%zu", n) : SPAN("");
}

static void add_json(struct check *k, const char *site, const char *url, const struct tried *t, const char *why)
{
    json_t *o = json_object();
    json_object_set_new(o, "site", json_string(site));
    json_object_set_new(o, "start", json_string(url));
    json_object_set_new(o, "result", json_stringn(t->result.p, t->result.n));
    if (why != NULL)
        json_object_set_new(o, "why", json_string(why));
    if (t->links > 0) {
        json_object_set_new(o, "links", json_integer((json_int_t)t->links));
        json_object_set_new(o, "articles", json_integer((json_int_t)t->articles));
    }
    if (t->parsed) {
        json_object_set_new(o, "title", json_stringn(t->title.p, t->title.n));
        json_object_set_new(o, "published", json_stringn(t->published.p, t->published.n));
        json_object_set_new(o, "findings", json_integer((json_int_t)t->findings));
    }
    json_array_append_new(k->json, o);
}

static void check_start(struct check *k, const struct config_site *site, const char *url)
{
    struct tried t = { .result = SPAN("ok") };
    struct err e;
    char status[SCREEN_STATUS_BYTES];
    snprintf(status, sizeof(status), "trying %.400s", url);
    screen_status(&k->screen, status);
    bool failed = try_start(k, site, url, &t, &e) < 0;
    if (failed) {
        t.result = SPAN("failed");
        k->failed++;
        screen_pause(&k->screen);
        say_failed("%s: %s: %s", site->name, url, e.msg);
        screen_resume(&k->screen);
    }
    bool listed = t.links > 0;
    table_add(k->table, (struct span[]){ span_of(site->name), span_of(url), number_if(k, listed, t.links),
                                         number_if(k, listed, t.articles), number_if(k, t.parsed, t.findings),
                                         t.published, t.title, t.result });
    if (k->json != NULL)
        add_json(k, site->name, url, &t, failed ? e.msg : NULL);
    arena_reset(k->arena);
}

static void check_site(struct check *k, const struct config_site *site)
{
    memset(&k->tally, 0, sizeof(k->tally));
    for (size_t i = 0; i < site->start.n; i++)
        check_start(k, site, site->start.items[i]);
    if (site->selectors.lines == NULL)
        return;
    tally_rows(&k->tally, site->name, &site->selectors, k->selectors);
    if (k->json_selectors != NULL)
        tally_json(&k->tally, site->name, &site->selectors, k->json_selectors);
    k->useless += tally_useless(&k->tally, &site->selectors);
}

static void print(struct check *k, bool json)
{
    if (json) {
        json_t *all = json_object();
        json_object_set(all, "start_pages", k->json);
        json_object_set(all, "selectors", k->json_selectors);
        json_dumpf(all, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(all);
    } else {
        table_print(k->table, stdout, table_width(stdout));
        if (table_rows(k->selectors) > 0) {
            putchar('\n');
            table_print(k->selectors, stdout, table_width(stdout));
        }
    }
    fflush(stdout);
}

static int check_sites(struct check *k, bool json)
{
    static const char *const titles[] = { "site",     "start page", "links",         "articles",
                                          "findings", "published",  "first article", "result" };
    const struct config *c = k->config;
    k->table = table_new(titles, 8, "llrrrlll");
    k->selectors = tally_table();
    k->json = json ? json_array() : NULL;
    k->json_selectors = json ? json_array() : NULL;
    k->arena = arena_new(ARENA_MAX_BYTES, NULL);
    screen_init(&k->screen);
    for (size_t s = 0; s < c->site_count; s++)
        check_site(k, &c->sites[s]);
    screen_status(&k->screen, "");
    print(k, json);
    size_t tried = table_rows(k->table);
    json_decref(k->json);
    json_decref(k->json_selectors);
    arena_free(k->arena);
    table_free(k->table);
    table_free(k->selectors);
    int code = EXIT_DONE;
    if (k->useless > 0)
        code = say_failed("%d selector%s read nothing on any page", k->useless, k->useless == 1 ? "" : "s");
    if (k->failed > 0)
        code = say_failed("%d of %zu start pages failed", k->failed, tried);
    return code;
}

static int check_online(const struct config *c, bool json)
{
    struct err e;
    struct check k = { .config = c };
    k.visitor = visitor_new(&c->limits, c->user_agent, &e);
    k.parser = k.visitor == NULL ? NULL : parser_new(&c->limits, c->lexicon, &e);
    int code = k.parser == NULL ? say_failed("%s", e.msg) : check_sites(&k, json);
    parser_free(k.parser);
    visitor_free(k.visitor);
    return code;
}

static bool is_local(const struct config *c)
{
    for (size_t s = 0; s < c->site_count; s++) {
        for (size_t i = 0; i < c->sites[s].start.n; i++) {
            if (!url_is_local(span_of(c->sites[s].start.items[i])))
                return false;
        }
    }
    return true;
}

/* The config; or entries, visited in the name of --contact or of the config's contact. */
static struct config *load(const struct options *o, struct err *e)
{
    if (o->entries == NULL)
        return settings_load(o->config, e);
    struct config *base = NULL;
    if (settings_load_if_any(o->config, &base, e) < 0)
        return NULL;
    const char *contact = o->contact != NULL ? o->contact : base != NULL ? base->contact : NULL;
    struct config *c = config_entries(o->entries, contact, e);
    if (c != NULL && base != NULL)
        c->limits = base->limits;
    config_free(base);
    if (c == NULL || contact != NULL || o->offline || is_local(c))
        return c;
    err_set(e,
            "say who visits: --contact you@example.org, or a config with a contact; or look at the entries alone with "
            "--offline");
    config_free(c);
    return NULL;
}

/* How many sites have selectors that are no longer used; each is said. */
static int check_days(const struct config *c)
{
    int over = 0;
    for (size_t i = 0; i < c->site_count; i++) {
        if (!config_selectors_over(&c->sites[i].selectors, clock_wall_ms()))
            continue;
        tally_say_over(c->sites[i].name, &c->sites[i].selectors);
        over++;
    }
    return over;
}

int cmd_check(int argc, char **argv)
{
    struct options o = { 0 };
    struct err e;
    int code = read_options(&o, argc, argv);
    if (code != 0)
        return code;
    if (o.sample) {
        config_print_settings(stdout);
        return EXIT_DONE;
    }
    struct config *c = load(&o, &e);
    if (c == NULL)
        return say_failed("%s", e.msg);
    int over = check_days(c);
    if (check_patterns(c) > 0)
        code = EXIT_FAILED;
    else if (!o.offline)
        code = check_online(c, o.json);
    else if (over == 0)
        printf("%s: %zu site%s, nothing wrong\n", c->path, c->site_count, c->site_count == 1 ? "" : "s");
    if (over > 0)
        code = EXIT_FAILED;
    config_free(c);
    return code;
}
