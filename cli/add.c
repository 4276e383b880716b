#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "cli/survey.h"
#include "common/clock.h"
#include "common/text.h"
#include "common/url.h"

#define ARENA_MAX_BYTES ((size_t)1 << 30)

struct options {
    const char *config, *contact, *delay, *pages, *url;
    bool json;
};

static int read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = { OPTION_CONFIG(&o->config),
                                       { "contact", 0, NULL, &o->contact },
                                       { "delay", 0, NULL, &o->delay },
                                       { "pages", 0, NULL, &o->pages },
                                       { "json", 'j', &o->json, NULL } };
    int words, wrong = options_read(rows, sizeof(rows) / sizeof(rows[0]), argc, argv, &words);
    if (wrong != 0)
        return wrong;
    if (words == argc)
        return say_usage(argv[0], "name the address of a site's home page");
    if (words + 1 < argc)
        return say_usage(argv[0], "'%s' is one word too many", argv[words + 1]);
    o->url = argv[words];
    return 0;
}

static int read_pages(const struct options *o, size_t *out)
{
    char *end = NULL;
    *out = SURVEY_PAGES;
    if (o->pages == NULL)
        return 0;
    errno = 0;
    unsigned long n = strtoul(o->pages, &end, 10);
    if (errno != 0 || end == o->pages || *end != '\0' || n < 1 || n > SURVEY_PAGES_MAX)
        return say_usage("add", "'%s' is no number of pages; write 1 to %d", o->pages, SURVEY_PAGES_MAX);
    *out = n;
    return 0;
}

/* ---- manners ----------------------------------------------------------------------------------------------------- */

/* In single quotes, as YAML wants them; always on one line. */
static struct span quoted(struct arena *a, struct span s)
{
    char *out = arena_alloc(a, s.n * 2 + 3), *p = out;
    *p++ = '\'';
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'')
            *p++ = '\'';
        *p++ = (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i];
    }
    *p++ = '\'';
    return span_between(out, p);
}

/* As told, or none on this machine; NULL: what holds when a config says nothing. */
static const char *delay_of(const struct options *o)
{
    return o->delay != NULL ? o->delay : url_is_local(span_of(o->url)) ? "0" : NULL;
}

/* A mistake in what was given is told without its place in a file that nobody wrote: "add:1: sites[0].". */
static struct config *parsed(struct span text, struct err *e)
{
    static const char site[] = "sites[0].";
    struct config *c = config_parse("add", text.p, text.n, e);
    const char *said = c == NULL ? strstr(e->msg, ": ") : NULL;
    if (said == NULL || strncmp(e->msg, "add:", 4) != 0)
        return c;
    said += 2;
    if (strncmp(said, site, sizeof(site) - 1) == 0)
        said += sizeof(site) - 1;
    memmove(e->msg, said, strlen(said) + 1);
    return c;
}

/* A config of this one site, so that address, contact and delay are held to what a config's are. */
static struct config *make_config(const struct options *o, const struct config *base, struct arena *a, struct err *e)
{
    char host[300];
    if (url_host(span_of(o->url), host).n == 0) {
        err_set(e, "'%s' is no address of a site; write it with http://, https:// or file://", o->url);
        return NULL;
    }
    const char *contact = o->contact != NULL ? o->contact : base != NULL ? base->contact : NULL;
    if (contact == NULL && !url_is_local(span_of(o->url))) {
        err_set(e,
                "say who asks: --contact you@example.org, or a config with a contact; '%s' sees it in the user agent",
                o->url);
        return NULL;
    }
    struct span text = SPAN("");
    if (contact != NULL)
        text = arena_printf(a, "contact: %.*s\n", SPAN_FMT(quoted(a, span_of(contact))));
    if (base != NULL && base->user_agent != NULL && o->contact == NULL)
        text =
            arena_printf(a, "%.*suser_agent: %.*s\n", SPAN_FMT(text), SPAN_FMT(quoted(a, span_of(base->user_agent))));
    const char *delay = delay_of(o) == NULL ? "1s" : delay_of(o);
    text = arena_printf(a, "%.*ssites: [ { name: site, start: %.*s, delay: %.*s } ]\n", SPAN_FMT(text),
                        SPAN_FMT(quoted(a, span_of(o->url))), SPAN_FMT(quoted(a, span_of(delay))));
    return parsed(text, e);
}

/* ---- the entry --------------------------------------------------------------------------------------------------- */

/* Plain where YAML takes it as it stands, else in quotes. */
static struct span scalar(struct arena *a, struct span s)
{
    bool plain =
        s.n > 0 && s.p[0] != '-' && s.p[0] != '?' && s.p[0] != ' ' && s.p[s.n - 1] != ' ' && s.p[s.n - 1] != ':';
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        plain &= c >= 0x20 && strchr("#'\"[]{}&*!|>%@`,\\", c) == NULL;
        plain &= c != ':' || (i + 1 < s.n && s.p[i + 1] != ' ');
    }
    for (size_t i = 0; plain && s.p[0] >= '0' && s.p[0] <= '9' && i < s.n; i++)
        plain = !(i + 1 == s.n); /* a name that begins with a digit may be read as something else */
    return plain ? s : quoted(a, s);
}

/* For a comment: one line, not too long. */
static struct span one_line(struct arena *a, struct span s, size_t bytes)
{
    struct span cut = text_cut(s, bytes), out = arena_span(a, cut);
    for (size_t i = 0; i < out.n; i++)
        ((char *)(uintptr_t)out.p)[i] = (unsigned char)out.p[i] < 0x20 || out.p[i] == 0x7f ? ' ' : out.p[i];
    return out;
}

static void print_setting(const char *key, struct span value, struct arena *a)
{
    if (value.n > 0)
        printf("    %s: %.*s\n", key, SPAN_FMT(scalar(a, value)));
}

static void print_starts(const struct survey *s, struct arena *a)
{
    printf("    start:\n");
    for (size_t i = 0; i < s->start_count; i++) {
        const struct survey_start *x = &s->starts[i];
        struct span title = one_line(a, x->title, 60);
        printf("      - %.*s # %s%s%.*s, %zu articles\n", SPAN_FMT(quoted(a, x->url)), survey_kind_names[x->kind],
               title.n > 0 ? " " : "", SPAN_FMT(title), x->articles);
    }
}

static void print_patterns(const struct survey *s, struct arena *a)
{
    bool files = span_starts(s->home, SPAN("file://"));
    if (s->pattern_count == 0) {
        if (!files)
            printf("    # no article pattern: the addresses have too many makes, so they are judged by their shape\n");
        return;
    }
    printf("    article:\n");
    for (size_t i = 0; i < s->pattern_count; i++)
        printf("      - %.*s\n", SPAN_FMT(quoted(a, s->patterns[i])));
}

static void print_samples(const struct survey *s, struct arena *a)
{
    printf("# %zu articles of it, as they are read:\n", s->sample_count);
    for (size_t i = 0; i < s->sample_count; i++) {
        const struct survey_sample *x = &s->samples[i];
        if (x->why.n > 0) {
            printf("#   failed: %.*s: %.*s\n", SPAN_FMT(one_line(a, x->url, 300)), SPAN_FMT(one_line(a, x->why, 300)));
            continue;
        }
        printf("#   %.*s %.*s (%.*s), %zu characters, %zu finding%s\n#     %.*s\n",
               SPAN_FMT(x->published.n > 0 ? x->published : SPAN("no date")), SPAN_FMT(one_line(a, x->title, 120)),
               SPAN_FMT(x->source.n > 0 ? one_line(a, x->source, 60) : SPAN("no source")), x->characters, x->findings,
               x->findings == 1 ? "" : "s", SPAN_FMT(one_line(a, x->url, 300)));
    }
}

static void print_yaml(const struct survey *s, const char *day, const char *delay, struct arena *a)
{
    printf("# %.*s on %s: %zu pages looked at, %zu articles found\n", SPAN_FMT(one_line(a, s->home, 300)), day,
           s->pages, s->articles);
    printf("# charset %.*s (told by: %.*s); CMS: %.*s\n", SPAN_FMT(s->charset), SPAN_FMT(s->charset_how),
           SPAN_FMT(s->family.n > 0 ? s->family : SPAN("none known")));
    printf("sites:\n  - name: %.*s\n", SPAN_FMT(scalar(a, s->name)));
    if (s->org.n == 0)
        printf("    # whose site it is was not found; add org, region and level\n");
    print_setting("org", s->org, a);
    print_setting("region", s->region, a);
    if (s->region_code.n > 0)
        printf("    # GB/T 2260: %.*s\n", SPAN_FMT(s->region_code));
    print_setting("level", s->level, a);
    printf("    checked: %s\n", day);
    print_starts(s, a);
    print_patterns(s, a);
    if (delay != NULL)
        printf("    delay: %s\n", delay);
    print_samples(s, a);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static void set(json_t *o, const char *key, struct span value)
{
    if (value.n > 0)
        json_object_set_new(o, key, json_stringn(value.p, value.n));
}

static json_t *json_starts(const struct survey *s)
{
    json_t *all = json_array();
    for (size_t i = 0; i < s->start_count; i++) {
        json_t *o = json_object();
        set(o, "url", s->starts[i].url);
        set(o, "kind", span_of(survey_kind_names[s->starts[i].kind]));
        set(o, "title", s->starts[i].title);
        json_object_set_new(o, "articles", json_integer((json_int_t)s->starts[i].articles));
        json_array_append_new(all, o);
    }
    return all;
}

static json_t *json_samples(const struct survey *s)
{
    json_t *all = json_array();
    for (size_t i = 0; i < s->sample_count; i++) {
        const struct survey_sample *x = &s->samples[i];
        json_t *o = json_object();
        set(o, "url", x->url);
        set(o, "failed", x->why);
        set(o, "title", x->title);
        set(o, "published", x->published);
        set(o, "source", x->source);
        if (x->why.n == 0) {
            json_object_set_new(o, "characters", json_integer((json_int_t)x->characters));
            json_object_set_new(o, "findings", json_integer((json_int_t)x->findings));
        }
        json_array_append_new(all, o);
    }
    return all;
}

static void print_json(const struct survey *s, const char *day)
{
    json_t *o = json_object(), *patterns = json_array();
    set(o, "name", s->name);
    set(o, "org", s->org);
    set(o, "region", s->region);
    set(o, "region_code", s->region_code);
    set(o, "level", s->level);
    json_object_set_new(o, "checked", json_string(day));
    json_object_set_new(o, "start", json_starts(s));
    for (size_t i = 0; i < s->pattern_count; i++)
        json_array_append_new(patterns, json_stringn(s->patterns[i].p, s->patterns[i].n));
    json_object_set_new(o, "article", patterns);
    set(o, "home", s->home);
    set(o, "charset", s->charset);
    set(o, "charset_how", s->charset_how);
    set(o, "cms", s->family);
    json_object_set_new(o, "pages", json_integer((json_int_t)s->pages));
    json_object_set_new(o, "articles", json_integer((json_int_t)s->articles));
    json_object_set_new(o, "samples", json_samples(s));
    json_dumpf(o, stdout, JSON_INDENT(2));
    fputc('\n', stdout);
    json_decref(o);
}

/* ---- the command ------------------------------------------------------------------------------------------------- */

static int add(const struct options *o, const struct config *c, const struct config *base, struct survey_tools *t)
{
    const struct config_limits *limits = base != NULL ? &base->limits : &c->limits;
    struct screen screen;
    struct survey s;
    struct err e;
    char now[32];
    clock_iso(clock_wall_ms() + 8 * 3600 * 1000, now, sizeof(now)); /* China's day */
    now[10] = '\0';
    t->visitor = visitor_new(limits, c->user_agent, &e);
    t->parser = t->visitor == NULL ? NULL : parser_new(limits, base != NULL ? base->lexicon : NULL, &e);
    if (t->parser == NULL)
        return say_failed("%s", e.msg);
    t->delay_ms = c->sites[0].delay_ms;
    t->screen = &screen;
    screen_init(&screen);
    int rc = survey_site(t, c->sites[0].start.items[0], &s, &e);
    screen_status(&screen, "");
    if (rc < 0)
        return say_failed("%s", e.msg);
    if (o->json)
        print_json(&s, now);
    else
        print_yaml(&s, now, delay_of(o), t->arena);
    return fflush(stdout) == 0 ? EXIT_DONE : say_failed("cannot write the entry: %s", strerror(errno));
}

int cmd_add(int argc, char **argv)
{
    struct options o = { 0 };
    struct survey_tools t = { 0 };
    struct config *base = NULL, *c = NULL;
    struct err e;
    int code = read_options(&o, argc, argv);
    code = code == 0 ? read_pages(&o, &t.pages_max) : code;
    if (code != 0)
        return code;
    t.arena = arena_new(ARENA_MAX_BYTES, NULL);
    if (settings_load_if_any(o.config, &base, &e) < 0 || (c = make_config(&o, base, t.arena, &e)) == NULL)
        code = say_failed("%s", e.msg);
    else
        code = add(&o, c, base, &t);
    parser_free(t.parser);
    visitor_free(t.visitor);
    config_free(c);
    config_free(base);
    arena_free(t.arena);
    return code;
}
