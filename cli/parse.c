#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/download.h"
#include "cli/explain.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/schema.h"
#include "cli/selected.h"
#include "cli/settings.h"
#include "cli/summary.h"
#include "cli/table.h"
#include "common/clock.h"
#include "common/json.h"
#include "common/text.h"
#include "worker/parse.h"

#define ARENA_MAX_BYTES ((size_t)1 << 30)

struct parse {
    bool json, explain, schema, document;
    const char *output_dir, *lexicon, *config_path, *site_name;
    struct config *config;
    const struct config_site *site; /* whose settings the pages are read with, or NULL */
    struct work hints;              /* role, org, region, level */
    char **inputs;
    int input_count;
    struct downloader *downloader;
    struct parser *parser;
    struct lexicon *words;            /* for --explain, --schema and --document: names of measures */
    struct arena *arena, *site_arena; /* of one page; of all */
};

/* ---- options ----------------------------------------------------------------------------------------------------- */

static bool is_role(const char *role)
{
    static const char *const roles[] = { "article", "list", "feed", "sitemap" };
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        if (strcmp(role, roles[i]) == 0)
            return true;
    }
    return false;
}

/* What goes with what. */
static int check_options(const struct parse *p, const char *command)
{
    bool alone = p->schema || p->document;
    if (p->json + p->explain + p->schema + p->document > 1)
        return say_usage(command, "--json, --explain, --schema and --document exclude each other");
    if (alone && p->input_count > 0)
        return say_usage(command, "--%s takes no pages", p->schema ? "schema" : "document");
    if (!alone && p->input_count == 0)
        return say_usage(command, "name a file, an address, or - for standard input");
    if (p->output_dir != NULL && !p->json)
        return say_usage(command, "--output-dir goes with --json");
    if (p->config_path != NULL && p->site_name == NULL)
        return say_usage(command, "--config goes with --site");
    if (p->explain && !span_is(p->hints.role, "article"))
        return say_usage(command, "--explain goes with --role article");
    return 0;
}

static int read_options(struct parse *p, int argc, char **argv)
{
    const char *role = "article", *org = NULL, *region = NULL, *level = NULL;
    const struct option_row rows[] = {
        { "json", 'j', &p->json, NULL },
        { "explain", 'e', &p->explain, NULL },
        { "schema", 0, &p->schema, NULL },
        { "document", 0, &p->document, NULL },
        { "output-dir", 'o', NULL, &p->output_dir },
        { "role", 0, NULL, &role },
        { "site-org", 0, NULL, &org },
        { "region", 0, NULL, &region },
        { "level", 0, NULL, &level },
        { "lexicon", 0, NULL, &p->lexicon },
        { "site", 's', NULL, &p->site_name },
        OPTION_CONFIG(&p->config_path),
    };
    int words, wrong = options_read(rows, sizeof(rows) / sizeof(rows[0]), argc, argv, &words);
    if (wrong != 0)
        return wrong;
    if (!is_role(role))
        return say_usage(argv[0], "'%s' is no role: article, list, feed or sitemap", role);
    p->hints =
        (struct work){ .role = span_of(role), .org = span_of(org), .region = span_of(region), .level = span_of(level) };
    p->inputs = argv + words;
    p->input_count = argc - words;
    return check_options(p, argv[0]);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *json_span(struct span s)
{
    return json_stringn(s.p, s.n);
}

static void set_if(json_t *o, const char *name, struct span value)
{
    if (value.n > 0)
        json_object_set_new(o, name, json_span(value));
}

static json_t *json_links(const struct result *r)
{
    json_t *all = json_array(), *o = json_object();
    for (size_t i = 0; i < r->link_count; i++) {
        const struct result_link *l = &r->links[i];
        json_t *link = json_object();
        set_if(link, "url", l->url);
        set_if(link, "role", l->role);
        set_if(link, "title", l->title);
        set_if(link, "date", l->date);
        set_if(link, "column", l->column);
        if (l->next)
            json_object_set_new(link, "next", json_true());
        json_array_append_new(all, link);
    }
    json_object_set_new(o, "links", all);
    return o;
}

/* The input's last part with its extension replaced: "pages/001.txt" gives "001.json". */
static void output_path(const struct parse *p, const char *input, char *out, size_t size)
{
    char name[256];
    const char *stop = strstr(input, "://") == NULL ? input + strlen(input) : input + strcspn(input, "?#");
    while (stop > input && stop[-1] == '/')
        stop--;
    const char *from = stop;
    while (from > input && from[-1] != '/')
        from--;
    snprintf(name, sizeof(name), "%.*s", (int)(stop - from), from);
    char *dot = strrchr(name, '.');
    if (dot != NULL && dot != name)
        *dot = '\0';
    if (strcmp(name, "-") == 0)
        snprintf(name, sizeof(name), "stdin");
    snprintf(out, size, "%s/%s.json", p->output_dir, name);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* No document may overwrite another of the same call. */
static int check_output(const struct parse *p)
{
    int n = p->input_count, code = EXIT_DONE;
    char **paths = ARENA_ARRAY(p->arena, char *, (size_t)n);
    for (int i = 0; i < n; i++) {
        char path[4096];
        output_path(p, p->inputs[i], path, sizeof(path));
        paths[i] = arena_str(p->arena, path);
    }
    qsort(paths, (size_t)n, sizeof(*paths), by_path);
    for (int i = 1; i < n && code == EXIT_DONE; i++) {
        if (strcmp(paths[i - 1], paths[i]) == 0)
            code = say_failed("two of the pages would be written to '%s'; parse them into different folders", paths[i]);
    }
    arena_reset(p->arena);
    return code;
}

static int write_document(const struct parse *p, const char *input, const json_t *document)
{
    char path[4096];
    output_path(p, input, path, sizeof(path));
    FILE *out = fopen(path, "we");
    if (out == NULL)
        return say_failed("cannot write '%s': %s", path, strerror(errno));
    json_dumpf(document, out, JSON_INDENT(2));
    fputc('\n', out);
    bool bad = ferror(out) != 0;
    if (fclose(out) != 0 || bad)
        return say_failed("cannot write '%s': %s", path, strerror(errno));
    return EXIT_DONE;
}

static int print_json(const struct parse *p, const char *input, json_t *document)
{
    int code = EXIT_DONE;
    if (document == NULL)
        return say_failed("'%s': out of memory", input);
    if (p->output_dir != NULL) {
        code = write_document(p, input, document);
    } else {
        json_dumpf(document, stdout, p->input_count > 1 ? JSON_COMPACT : JSON_INDENT(2));
        fputc('\n', stdout);
    }
    json_decref(document);
    return code;
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

static void print_fields(const struct parse *p, const struct article *art)
{
    static const char *const titles[] = { "field", "value" };
    struct table *t = table_new(titles, 2, "ll");
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (art->f[i].n > 0 && i != ARTICLE_TEXT)
            table_add(t, (struct span[]){ span_of(article_fields[i].name), art->f[i] });
    }
    struct span names = SPAN("");
    for (size_t i = 0; i < art->author_count; i++)
        names = arena_printf(p->arena, "%.*s%s%.*s (%.*s)", SPAN_FMT(names), i == 0 ? "" : ", ",
                             SPAN_FMT(art->authors[i].name), SPAN_FMT(art->authors[i].role));
    if (names.n > 0)
        table_add(t, (struct span[]){ SPAN("authors"), names });
    table_add(
        t, (struct span[]){ SPAN("text"), arena_printf(p->arena, "%zu characters", text_count(art->f[ARTICLE_TEXT])) });
    table_print(t, stdout, table_width(stdout));
    table_free(t);
}

/* The words themselves rather than their sentence: what was read, and where it stands is in the JSON. */
static struct span evidence(const struct article *art, const struct finding *f)
{
    struct span text = art->f[ARTICLE_TEXT];
    size_t from = text_offset(text, f->start), to = text_offset(text, f->end);
    return (struct span){ text.p + from, to - from };
}

static void print_findings(const struct parse *p, const struct result *r)
{
    static const char *const titles[] = { "kind", "what", "value", "period", "evidence" };
    struct table *t = table_new(titles, 5, "lllll");
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.items[i];
        table_add(t,
                  (struct span[]){ span_of(finding_kind_names[f->kind]), summary_what(f, p->arena),
                                   summary_value(f, p->arena), summary_period(f, p->arena), evidence(r->article, f) });
    }
    printf("\n%zu finding%s\n", r->findings.n, r->findings.n == 1 ? "" : "s");
    if (r->findings.n > 0)
        table_print(t, stdout, table_width(stdout));
    table_free(t);
}

static void print_links(const struct result *r)
{
    static const char *const titles[] = { "role", "date", "title", "address" };
    struct table *t = table_new(titles, 4, "llll");
    for (size_t i = 0; i < r->link_count; i++) {
        const struct result_link *l = &r->links[i];
        table_add(t, (struct span[]){ l->next ? SPAN("next page") : l->role, l->date, l->title, l->url });
    }
    table_print(t, stdout, table_width(stdout));
    table_free(t);
}

/* What the site's selectors gave. */
static void print_selected(const struct parse *p, const struct result *r)
{
    struct tally tally = { 0 };
    if (p->site == NULL || p->site->selectors.lines == NULL)
        return;
    struct table *t = tally_table();
    tally_take(&tally, r);
    tally_rows(&tally, p->site->name, &p->site->selectors, t);
    putchar('\n');
    table_print(t, stdout, table_width(stdout));
    table_free(t);
}

/* ---- one page ---------------------------------------------------------------------------------------------------- */

/* What the page leads to that belongs to its article. */
static void print_parts(const struct result *r)
{
    static const char *const titles[] = { "part", "name", "address" };
    if (r->need_count == 0)
        return;
    struct table *t = table_new(titles, 3, "lll");
    for (size_t i = 0; i < r->need_count; i++)
        table_add(t, (struct span[]){ span_of(need_kind_names[r->needs[i].kind]), r->needs[i].name, r->needs[i].url });
    printf("\n%zu part%s, not read here\n", r->need_count, r->need_count == 1 ? "" : "s");
    table_print(t, stdout, table_width(stdout));
    table_free(t);
}

static int print_article(const struct parse *p, const char *input, const struct result *r)
{
    if (p->explain) {
        struct explain x;
        explain_init(&x, stdout, p->words, p->arena);
        explain_findings(&x, r->article, &r->findings);
        return EXIT_DONE;
    }
    if (p->json)
        return print_json(p, input, json_result(r));
    print_fields(p, r->article);
    print_selected(p, r);
    print_findings(p, r);
    print_parts(r);
    return EXIT_DONE;
}

static int print_result(const struct parse *p, const char *input, const struct result *r)
{
    bool wants_links = !span_is(p->hints.role, "article");
    if (r->failed.n > 0)
        return say_failed("'%s': reading it failed: %.*s", input, SPAN_FMT(r->failed));
    if (wants_links && p->json)
        return print_json(p, input, json_links(r));
    if (wants_links) {
        print_links(r);
        print_selected(p, r);
        return EXIT_DONE;
    }
    if (r->article != NULL)
        return print_article(p, input, r);
    if (r->link_count > 0)
        return say_failed("'%s' is no article but a %.*s; --role list prints its %zu links", input,
                          SPAN_FMT(r->page_class), r->link_count);
    return say_failed("'%s' is no article but '%.*s'%s%.*s", input, SPAN_FMT(r->page_class),
                      r->reason.n > 0 ? ": " : "", SPAN_FMT(r->reason));
}

static int parse_one(const struct parse *p, const char *input)
{
    struct download page;
    struct result r;
    struct err e;
    if (download_get(p->downloader, input, &page, &e) < 0)
        return say_failed("%s", e.msg);
    struct work w = p->hints;
    bool named = strcmp(page.url, "stdin:") != 0;
    w.url = named ? span_of(page.url) : SPAN("");
    w.final_url = named ? span_of(page.final_url) : SPAN("");
    w.content_type = span_of(page.type);
    w.status = page.status;
    w.fetched_at = clock_wall_ms();
    if (parser_parse(p->parser, &w, (struct span){ page.body, page.bytes }, p->arena, &r, &e) < 0)
        return say_failed("'%s': %s", input, e.msg);
    return print_result(p, input, &r);
}

static int parse_all(struct parse *p)
{
    int code = EXIT_DONE;
    struct config_limits limits;
    struct err e;
    config_default_limits(&limits);
    if (p->output_dir != NULL && mkdir(p->output_dir, 0777) < 0 && errno != EEXIST)
        return say_failed("cannot create the folder '%s': %s", p->output_dir, strerror(errno));
    if (p->output_dir != NULL && check_output(p) != EXIT_DONE)
        return EXIT_FAILED;
    p->downloader = downloader_new(&limits, NULL, &e);
    p->parser = p->downloader == NULL ? NULL : parser_new(&limits, p->lexicon, &e);
    if (p->parser == NULL)
        return say_failed("%s", e.msg);
    for (int i = 0; i < p->input_count; i++) {
        if (p->input_count > 1 && !p->json)
            printf("%s== %s\n", i == 0 ? "" : "\n", p->inputs[i]);
        if (parse_one(p, p->inputs[i]) != EXIT_DONE)
            code = EXIT_FAILED;
        arena_reset(p->arena);
    }
    return code;
}

/* What the output means, without a page. */
static int describe(const struct parse *p)
{
    if (p->document) {
        document_print(p->words, stdout);
        return EXIT_DONE;
    }
    json_t *schema = schema_of_document(p->words);
    json_dumpf(schema, stdout, JSON_INDENT(2));
    fputc('\n', stdout);
    json_decref(schema);
    return EXIT_DONE;
}

/* The site's settings; options that were given win. */
static int use_site(struct parse *p, struct err *e)
{
    p->config = settings_load(p->config_path, e);
    p->site = p->config == NULL ? NULL : settings_site(p->config, p->site_name, e);
    if (p->site == NULL)
        return -1;
    struct work given = p->hints;
    p->site_arena = arena_new(ARENA_MAX_BYTES, NULL);
    p->hints = settings_work(p->site, p->site_arena);
    p->hints.role = given.role;
    p->hints.org = given.org.n > 0 ? given.org : p->hints.org;
    p->hints.region = given.region.n > 0 ? given.region : p->hints.region;
    p->hints.level = given.level.n > 0 ? given.level : p->hints.level;
    if (p->lexicon == NULL)
        p->lexicon = p->config->lexicon;
    if (config_selectors_over(&p->site->selectors, clock_wall_ms()))
        tally_say_over(p->site->name, &p->site->selectors);
    return 0;
}

static int parse_or_describe(struct parse *p)
{
    struct err e;
    if (p->site_name != NULL && use_site(p, &e) < 0)
        return say_failed("%s", e.msg);
    if (p->explain || p->schema || p->document) {
        p->words = lexicon_new(p->lexicon, &e);
        if (p->words == NULL)
            return say_failed("%s", e.msg);
    }
    return p->schema || p->document ? describe(p) : parse_all(p);
}

int cmd_parse(int argc, char **argv)
{
    struct parse p = { 0 };
    int code = read_options(&p, argc, argv);
    if (code != 0)
        return code;
    p.arena = arena_new(ARENA_MAX_BYTES, NULL);
    code = parse_or_describe(&p);
    lexicon_free(p.words);
    parser_free(p.parser);
    downloader_free(p.downloader);
    arena_free(p.arena);
    arena_free(p.site_arena);
    config_free(p.config);
    return code;
}
