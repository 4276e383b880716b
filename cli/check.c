#include <stdio.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "cli/command.h"
#include "cli/download.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/screen.h"
#include "cli/settings.h"
#include "cli/table.h"
#include "worker/parse.h"

#define ARENA_MAX_BYTES ((size_t)1 << 30)

struct options {
    const char *config;
    bool offline, sample;
};

struct check {
    const struct config *config;
    struct downloader *downloader;
    struct parser *parser;
    struct arena *arena; /* of one start page */
    struct table *table;
    struct screen screen;
    int failed;
};

static int read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = { OPTION_CONFIG(&o->config),
                                       { "offline", 0, &o->offline, NULL },
                                       { "sample", 0, &o->sample, NULL } };
    return options_only(rows, sizeof(rows) / sizeof(rows[0]), argc, argv);
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
    return say_failed("%s:%d: sites[%zu].article[%zu]: '%s' is not a regular expression: %s (at character %zu)",
                      c->path, patterns->lines[i], site, i, patterns->items[i], (const char *)why, (size_t)at + 1);
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

static struct span patterns_of(struct arena *a, const struct config_site *site)
{
    struct span all = SPAN("");
    for (size_t i = 0; i < site->article.n; i++)
        all = arena_printf(a, "%.*s%s%s", SPAN_FMT(all), i == 0 ? "" : "\n", site->article.items[i]);
    return all;
}

static int get(struct check *k, const struct config_site *site, const char *url, const char *role, struct result *out,
               struct err *e)
{
    struct download page;
    if (download_get(k->downloader, url, &page, e) < 0)
        return -1;
    struct work w = { .url = span_of(url),
                      .final_url = span_of(page.final_url),
                      .role = span_of(role),
                      .content_type = span_of(page.type),
                      .status = page.status,
                      .site = span_of(site->name),
                      .org = span_of(site->org),
                      .region = span_of(site->region),
                      .level = span_of(site->level),
                      .patterns = patterns_of(k->arena, site) };
    if (parser_parse(k->parser, &w, (struct span){ page.body, page.bytes }, k->arena, out, e) < 0)
        return -1;
    return out->failed.n == 0 ? 0 : err_set(e, "reading '%s' failed: %.*s", url, SPAN_FMT(out->failed));
}

static void be_polite(const struct config_site *site, const char *url)
{
    if (strncmp(url, "file://", 7) == 0)
        return;
    nanosleep(&(struct timespec){ site->delay_ms / 1000, site->delay_ms % 1000 * 1000000 }, NULL);
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
    be_polite(site, url);
    return get(k, site, url, "sitemap", list, e);
}

static int try_article(struct check *k, const struct config_site *site, const char *url, struct tried *t, struct err *e)
{
    struct result article;
    be_polite(site, url);
    if (get(k, site, url, "article", &article, e) < 0)
        return -1;
    if (article.article == NULL)
        return err_set(e, "'%s' is no article but '%.*s'", url, SPAN_FMT(article.page_class));
    take_article(t, &article);
    return 0;
}

static int try_start(struct check *k, const struct config_site *site, const char *url, struct tried *t, struct err *e)
{
    struct result list;
    be_polite(site, url);
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
    return try_article(k, site, arena_span(k->arena, first->url).p, t, e);
}

static struct span number_if(struct check *k, bool shown, size_t n)
{
    return shown ? arena_printf(k->arena, "%zu", n) : SPAN("");
}

static void check_start(struct check *k, const struct config_site *site, const char *url)
{
    struct tried t = { 0 };
    struct err e;
    char status[SCREEN_STATUS_BYTES];
    snprintf(status, sizeof(status), "trying %.400s", url);
    screen_status(&k->screen, status);
    if (try_start(k, site, url, &t, &e) < 0) {
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
    arena_reset(k->arena);
}

static int check_sites(struct check *k)
{
    static const char *const titles[] = { "site",     "start page", "links",         "articles",
                                          "findings", "published",  "first article", "result" };
    const struct config *c = k->config;
    k->table = table_new(titles, 8, "llrrrlll");
    k->arena = arena_new(ARENA_MAX_BYTES, NULL);
    screen_init(&k->screen);
    for (size_t s = 0; s < c->site_count; s++) {
        for (size_t i = 0; i < c->sites[s].start.n; i++)
            check_start(k, &c->sites[s], c->sites[s].start.items[i]);
    }
    screen_status(&k->screen, "");
    table_print(k->table, stdout, table_width(stdout));
    size_t tried = table_rows(k->table);
    fflush(stdout);
    arena_free(k->arena);
    table_free(k->table);
    if (k->failed > 0)
        return say_failed("%d of %zu start pages failed", k->failed, tried);
    return EXIT_DONE;
}

static int check_online(const struct config *c)
{
    struct err e;
    struct check k = { .config = c };
    k.downloader = downloader_new(&c->limits, c->user_agent, &e);
    k.parser = k.downloader == NULL ? NULL : parser_new(&c->limits, c->lexicon, &e);
    int code = k.parser == NULL ? say_failed("%s", e.msg) : check_sites(&k);
    parser_free(k.parser);
    downloader_free(k.downloader);
    return code;
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
    struct config *c = settings_load(o.config, &e);
    if (c == NULL)
        return say_failed("%s", e.msg);
    if (check_patterns(c) > 0)
        code = EXIT_FAILED;
    else if (o.offline)
        printf("%s: %zu sites, nothing wrong\n", c->path, c->site_count);
    else
        code = check_online(c);
    config_free(c);
    return code;
}
