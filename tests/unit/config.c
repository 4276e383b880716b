/* The config file: what is read, and the one line that a mistake gives. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "common/config.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define SITE     "sites:\n- name: a\n  start: file:///a\n" /* the least: three lines */
#define SELECTORS SITE "  selectors:\n    " /* the next line is the fifth */
#define ENTRY(name) "sites:\n- name: " name "\n  start: file:///" name "\n"
#define WEB      "sites:\n- name: a\n  start: http://www.example.org/\n"

static struct config *parse(const char *yaml, struct err *e)
{
    e->msg[0] = '\0';
    return config_parse("renda.yaml", yaml, strlen(yaml), e);
}

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *want;
    } rows[] = {
        { "", "renda.yaml:1: sites: is missing; the congresses' websites" },
        { "[]", "renda.yaml:1: a group of settings belongs here: 'sites:' and so on" },
        { "sites: []", "renda.yaml:1: sites: is an empty list; begin each site with '- name: …'" },
        { "sites: 5", "renda.yaml:1: sites: is not a list; begin each site with '- name: …'" },
        { "sites:\n- a\n", "renda.yaml:2: sites[0]: is not a group of settings; begin each site with '- name: …'" },
        { "sites:\n- name: a\n", "renda.yaml:2: sites[0].start: is missing; one or a list: list pages, feeds, sitemaps (http, https), "
                                 "or file:///a/folder of saved pages" },
        { "sites:\n- start: file:///a\n", "renda.yaml:2: sites[0].name: is missing; unique; what status and query show" },
        { SITE "  poll: 5x\n", "renda.yaml:4: sites[0].poll: '5x' is not a duration; write a number with s, m, h or d, for example 5m" },
        { SITE "  checked: yesterday\n", "renda.yaml:4: sites[0].checked: 'yesterday' is not a day; write one as 2026-06-30" },
        { SITE "  poll: 5\n", "renda.yaml:4: sites[0].poll: '5' is not a duration; write a number with s, m, h or d, for example 5m" },
        { SITE "  poll: -5m\n", "renda.yaml:4: sites[0].poll: '-5m' is not a duration; write a number with s, m, h or d, for example 5m" },
        { SITE "  poll: 0\n", "renda.yaml:4: sites[0].poll: '0' is too small; write 100ms to 30d" },
        { SITE "  poll: 9999999999999d\n",
          "renda.yaml:4: sites[0].poll: '9999999999999d' is not a duration; write a number with s, m, h or d, for example 5m" },
        { SITE "  poll: 31d\n", "renda.yaml:4: sites[0].poll: '31d' is too large; write 100ms to 30d" },
        { SITE "  pol: 5m\n", "renda.yaml:4: sites[0]: there is no setting 'pol'; did you mean 'poll'?" },
        { SITE "  colour: red\n", "renda.yaml:4: sites[0]: there is no setting 'colour'; known here: name, org, region, level, checked, start, "
                                  "article, selectors, poll, delay, concurrency" },
        { SELECTORS "title: h1..x\n", "renda.yaml:5: sites[0].selectors.title: 'h1..x' is no selector: a class is missing behind '.' "
                                     "(at character 4)" },
        { SELECTORS "titel: h1\n", "renda.yaml:5: sites[0].selectors: there is no setting 'titel'; did you mean 'title'?" },
        { SELECTORS "body: #zoom\n", "renda.yaml:5: sites[0].selectors: one has no value; a selector that begins with # wants quotes: "
                                    "'#zoom'" },
        { SELECTORS "body: [p, div]\n", "renda.yaml:5: sites[0].selectors.body: is a list; write one value" },
        { SELECTORS "except: .share\n", "renda.yaml:5: sites[0].selectors: has 'except' without 'body'; it names what in the body does "
                                       "not belong to it" },
        { SELECTORS "valid_until: 2027-06-30\n", "renda.yaml:5: sites[0].selectors: names no field; write one, for example "
                                                "\"body: '#zoom'\", or remove the line" },
        { SELECTORS "valid_until: 2027-06-31\n", "renda.yaml:5: sites[0].selectors.valid_until: '2027-06-31' is not a day; write one as "
                                                "2027-06-30" },
        { SELECTORS "valid_until: June\n", "renda.yaml:5: sites[0].selectors.valid_until: 'June' is not a day; write one as 2027-06-30" },
        { SITE "  selectors: h1\n", "renda.yaml:4: sites[0].selectors: is not a group of selectors; write each on a line of its own, "
                                   "indented: 'title: h1.con'" },
        { SITE "  level: city\n", "renda.yaml:4: sites[0].level: 'city' is not a level; write national, province, prefecture, county, "
                                  "township, subdistrict or area" },
        { SITE "  article: []\n", "renda.yaml:4: sites[0].article: is an empty list; write a value or remove the line" },
        { SITE "  article:\n  - x\n  - ''\n", "renda.yaml:6: sites[0].article[1]: is empty; write a value or remove the line" },
        { SITE "  article:\n  - [x]\n", "renda.yaml:5: sites[0].article[0]: is not a text" },
        { SITE "  concurrency: two\n", "renda.yaml:4: sites[0].concurrency: 'two' is not a number; write 1 to 64" },
        { SITE "  concurrency: 65\n", "renda.yaml:4: sites[0].concurrency: '65' is too large; write 1 to 64" },
        { SITE "  poll: 5m\n  poll: 6m\n", "renda.yaml:5: sites[0].poll: is in line 4 already" },
        { SITE "- name: a\n  start: file:///b\n", "renda.yaml:4: sites[1].name: 'a' is the name of the site in line 2 already" },
        { SITE "- name: b\n  start: [file:///a]\n", "renda.yaml:5: sites[1].start: 'file:///a' is a start page in line 3 already" },
        { "sites:\n- name: a\n  start: file:a\n", "renda.yaml:3: sites[0].start: 'file:a' does not begin with http://, https:// or file://" },
        { "sites:\n- name: a\n  start: file://a\n", "renda.yaml:3: sites[0].start: 'file://a' has no absolute path; write file:///folder" },
        { "sites:\n- name: a\n  start: ftp://h/\n",
          "renda.yaml:3: sites[0].start: 'ftp://h/' does not begin with http://, https:// or file://" },
        { "sites:\n- name: a\n  start: http:///x\n", "renda.yaml:3: sites[0].start: 'http:///x' names no host" },
        { "sites:\n- name: a\n  start: http://h/a b\n", "renda.yaml:3: sites[0].start: 'http://h/a b' holds a blank, a quote or an angle "
                                                          "bracket; write them as %20, %22, %3C, %3E" },
        { WEB, "renda.yaml:1: contact: is missing; add a line like 'contact: you@example.org', so that 'http://www.example.org/' "
               "knows who visits" },
        { "contact: me\n" WEB, "renda.yaml:1: contact: 'me' is neither an e-mail address nor a page; write one, for example you@example.org" },
        { "user_agent: \"a\\r\\nHost: b\"\n" SITE,
          "renda.yaml:1: user_agent: 'a  Host: b' holds a control character (0x0d); remove it" },
        { "user_agent: \"a\\0b\"\n" SITE, "renda.yaml:1: a value holds a NUL character" },
        { "database: [a]\n" SITE, "renda.yaml:1: database: is a list; write one value" },
        { "database: sqlite://a\n" SITE, "renda.yaml:1: database: 'sqlite://a' is not a path; write the path of a file, for example renda.db" },
        { "dispatch: tcp://x:0\n" SITE, "renda.yaml:1: dispatch: 'tcp://x:0' is not an endpoint; write ipc:///path or tcp://address:port" },
        { "limits: 5\n" SITE, "renda.yaml:1: limits: is not a group of settings; write each on a line of its own, indented: 'total: 60s'" },
        { "limits:\n  page_max: 20\n" SITE,
          "renda.yaml:2: limits.page_max: '20' is not a size; write a number with KB, MB or GB, for example 20MB" },
        { "limits:\n  page_max: 1B\n" SITE, "renda.yaml:2: limits.page_max: '1B' is too small; write 1KB to 48MB" },
        { "limits:\n  totl: 1s\n" SITE, "renda.yaml:2: limits: there is no setting 'totl'; did you mean 'total'?" },
        { "a: &x 1\n" SITE, "renda.yaml:1: anchors (&name) are not understood; write the value out where it is used" },
        { "a: *x\n" SITE, "renda.yaml:1: aliases (*name) are not understood; write the value out (in quotes, if it begins with *)" },
        { SITE "---\n" SITE, "renda.yaml:4: a second document begins here; keep one" },
        { "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "renda.yaml:1: nested too deeply" },
        { "a:\n\tb: 1\n", "renda.yaml:2: this is not YAML: " },
        { "sites: [\n", "renda.yaml:2: this is not YAML: " },
        { "a: \xff\n", "renda.yaml:1: this is not YAML: " },
        { "? [a]\n: b\n" SITE, "renda.yaml:1: the name of a setting must be a text" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e;
        struct config *c = parse(rows[i].yaml, &e);
        size_t n = strlen(rows[i].want);
        bool open_end = n > 2 && strcmp(rows[i].want + n - 2, ": ") == 0; /* the rest is libyaml's */
        if (c != NULL || strncmp(e.msg, rows[i].want, n) != 0 || (!open_end && e.msg[n] != '\0') || strchr(e.msg, '\n') != NULL) {
            print_error("row %zu: %s\n  wanted %s\n  got    %s\n", i, rows[i].yaml, rows[i].want, c != NULL ? "(no mistake)" : e.msg);
            bad++;
        }
        config_free(c);
    }
    assert_int_equal(bad, 0);
}

static void reads_settings(void **state)
{
    (void)state;
    struct err e;
    struct config *c = parse("database: /x/y.db\ncontact: me@example.org\nworkers: 3\nlexicon: ~\n"
                             "feed: tcp://127.0.0.1:5703\n"
                             "limits:\n  total: 90s\n  page_max: 512KB\n  disk_reserve: 3 GB\n"
                             "sites:\n- name: 武汉人大\n  org: 武汉市人大常委会\n  region: 武汉市\n  level: prefecture\n"
                             "  start: [http://a.example/, 'https://b.example/x']\n  article: '/\\d+\\.html'\n"
                             "  poll: 500ms\n  delay: 0\n  concurrency: 4\n- {name: b, start: 'file:///b', region: }\n",
                             &e);
    assert_non_null(c);
    assert_string_equal(c->database, "/x/y.db");
    assert_string_equal(c->user_agent, "Renda/" RENDA_VERSION " (+mailto:me@example.org)");
    assert_string_equal(c->dispatch, "ipc:///x/y.db.dispatch.sock");
    assert_string_equal(c->feed, "tcp://127.0.0.1:5703");
    assert_null(c->lexicon);
    assert_int_equal(c->workers, 3);
    assert_int_equal(c->limits.total_ms, 90000);
    assert_int_equal(c->limits.connect_ms, 10000);
    assert_int_equal(c->limits.page_max_bytes, 512 * 1024);
    assert_int_equal(c->limits.disk_reserve_bytes, (int64_t)3 << 30);
    assert_int_equal(c->site_count, 2);
    assert_string_equal(c->sites[0].name, "武汉人大");
    assert_int_equal(c->sites[0].start.n, 2);
    assert_string_equal(c->sites[0].start.items[1], "https://b.example/x");
    assert_string_equal(c->sites[0].article.items[0], "/\\d+\\.html");
    assert_int_equal(c->sites[0].article.lines[0], 16);
    assert_int_equal(c->sites[0].poll_ms, 500);
    assert_int_equal(c->sites[0].delay_ms, 0);
    assert_int_equal(c->sites[0].concurrency, 4);
    assert_int_equal(c->sites[1].poll_ms, 300000);
    assert_null(c->sites[1].region);
    assert_int_equal(c->sites[1].line, 20);
    config_free(c);
}

static void selectors(void **state)
{
    (void)state;
    struct err e;
    struct config *c = parse(SELECTORS "body: '#zoom, div.con > p'\n    title: h1\n    valid_until: 2027-06-30\n- {name: b, start: 'file:///b'}\n",
                             &e);
    assert_non_null(c);
    assert_string_equal(c->sites[0].selectors.lines, "title h1\nbody #zoom, div.con > p\nvalid_until 2027-06-30\n");
    assert_false(config_selectors_over(&c->sites[0].selectors, 1814399999999)); /* the last millisecond of that day */
    assert_true(config_selectors_over(&c->sites[0].selectors, 1814400000000));
    assert_null(c->sites[1].selectors.lines);
    assert_false(config_selectors_over(&c->sites[1].selectors, 1814400000000));
    config_free(c);
}

static void agents(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *want;
    } rows[] = {
        { SITE, "Renda/" RENDA_VERSION },
        { "contact: https://example.org/us\n" SITE, "Renda/" RENDA_VERSION " (+https://example.org/us)" },
        { "user_agent: My\n" SITE, "My" },
        { "user_agent: My\ncontact: a@b\n" SITE, "My (+mailto:a@b)" },
        { "user_agent: My (+mailto:a@b)\ncontact: a@b\n" SITE, "My (+mailto:a@b)" },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e;
        struct config *c = parse(rows[i].yaml, &e);
        if (c == NULL || strcmp(c->user_agent, rows[i].want) != 0) {
            print_error("wanted %s, got %s\n", rows[i].want, c == NULL ? e.msg : c->user_agent);
            bad++;
        }
        config_free(c);
    }
    assert_int_equal(bad, 0);
}

/* A socket's name has 108 bytes: beyond, a folder of our own, the same for the same database. */
static void long_database_paths(void **state)
{
    (void)state;
    struct err e;
    char yaml[512], folder[200];
    memset(folder, 'd', sizeof(folder));
    snprintf(yaml, sizeof(yaml), "database: /%.*s/a.db\n" SITE, 120, folder);
    struct config *c = parse(yaml, &e), *same = parse(yaml, &e), *null = parse("database: 'null:'\n" SITE, &e);
    assert_non_null(c);
    assert_true(strncmp(c->dispatch, "ipc:///tmp/renda-", 17) == 0);
    assert_true(strlen(c->dispatch) < 100);
    assert_string_equal(c->dispatch, same->dispatch);
    assert_string_not_equal(c->dispatch, null->dispatch);
    assert_string_equal(null->database, "null:");
    config_free(c);
    config_free(same);
    config_free(null);
}

/* What is printed as a sample must be read again, with every line uncommented too. */
static void write_file(const char *folder, const char *sub, const char *name, const char *text)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, sub);
    mkdir(path, 0700);
    snprintf(path, sizeof(path), "%s/%s/%s", folder, sub, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void remove_folder(const char *folder)
{
    char command[4200];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

/* Sites from other files: found beside the config, in their order, and each mistake told with its own file. */
static void included(void **state)
{
    static const struct {
        const char *name, *config, *first, *second, *want; /* want: what is wrong, DIR for the folder; NULL: nothing */
    } rows[] = {
        { "two files", "include: sites/*.yaml\n", ENTRY("a"), ENTRY("b"), NULL },
        { "and own ones", "include: [sites/1.yaml, sites/2.yaml]\nsites: [ { name: c, start: 'file:///c' } ]\n", ENTRY("a"), ENTRY("b"), NULL },
        { "no file", "include: sites/*.yml\n", ENTRY("a"), ENTRY("b"), "DIR/renda.yaml:1: include: 'sites/*.yml' names no file" },
        { "a wildcard for folders", "include: '*/1.yaml'\n", ENTRY("a"), ENTRY("b"),
          "DIR/renda.yaml:1: include: '*/1.yaml' has a wildcard before its last '/'; write one line for each folder" },
        { "a mistake in one", "include: sites/*.yaml\n", ENTRY("a"), ENTRY("b") "  pol: 5m\n",
          "DIR/sites/2.yaml:4: sites[0]: there is no setting 'pol'; did you mean 'poll'?" },
        { "more than sites in one", "include: sites/*.yaml\n", "contact: a@b.cn\n" ENTRY("a"), ENTRY("b"),
          "DIR/sites/1.yaml:1: an included file holds 'sites:' and nothing else" },
        { "no YAML", "include: sites/*.yaml\n", "sites: [", ENTRY("b"), "DIR/sites/1.yaml:2: this is not YAML" },
        { "a name twice", "include: sites/*.yaml\n", ENTRY("a"), "sites:\n- name: a\n  start: file:///b\n",
          "DIR/sites/2.yaml:2: sites[0].name: 'a' is the name of the site in DIR/sites/1.yaml:2 already" },
        { "a start page twice", "include: sites/*.yaml\nsites: [ { name: c, start: 'file:///b' } ]\n", ENTRY("a"), ENTRY("b"),
          "DIR/sites/2.yaml:3: sites[0].start: 'file:///b' is a start page in DIR/renda.yaml:2 already" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char folder[] = "/tmp/renda-config-XXXXXX", name[64], want[400] = "";
        struct err e = { "" };
        assert_non_null(mkdtemp(folder));
        write_file(folder, "sites", "1.yaml", rows[i].first);
        write_file(folder, "sites", "2.yaml", rows[i].second);
        write_file(folder, "sites", "notes.txt", "not ours");
        snprintf(name, sizeof(name), "%s/renda.yaml", folder);
        struct config *c = config_parse(name, rows[i].config, strlen(rows[i].config), &e);
        for (const char *p = rows[i].want; p != NULL && *p != '\0';) {
            bool mark = strncmp(p, "DIR", 3) == 0;
            size_t n = strlen(want);
            snprintf(want + n, sizeof(want) - n, "%.*s", mark ? (int)strlen(folder) : 1, mark ? folder : p);
            p += mark ? 3 : 1;
        }
        bool fine = rows[i].want == NULL ? c != NULL && strcmp(c->sites[c->site_count - 1].name, "b") == 0
                                         : c == NULL && strncmp(e.msg, want, strlen(want)) == 0;
        if (!fine)
            print_error("%s: wanted %s\n  got %s\n", rows[i].name, rows[i].want == NULL ? "no mistake" : want, e.msg);
        bad += !fine;
        config_free(c);
        remove_folder(folder);
    }
    assert_int_equal(bad, 0);
}

/* A folder of entries, as a catalogue is one. */
static void entries(void **state)
{
    char folder[] = "/tmp/renda-config-XXXXXX", path[64];
    struct err e;
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file(folder, "sites", "1.yaml", "sites:\n- name: a\n  checked: never\n  start: http://a.example/\n");
    write_file(folder, "sites", "2.yaml", ENTRY("b"));
    snprintf(path, sizeof(path), "%s/sites", folder);
    struct config *c = config_entries(path, NULL, &e);
    assert_non_null(c);
    assert_int_equal(c->site_count, 2);
    assert_string_equal(c->sites[0].checked, "never");
    assert_null(c->sites[1].checked);
    assert_null(c->contact);
    config_free(c);
    snprintf(path, sizeof(path), "%s/sites/1.yaml", folder);
    c = config_entries(path, "you@example.org", &e);
    assert_non_null(c);
    assert_int_equal(c->site_count, 1);
    assert_non_null(strstr(c->user_agent, "mailto:you@example.org"));
    config_free(c);
    assert_null(config_entries(folder, NULL, &e)); /* holds no *.yaml */
    assert_non_null(strstr(e.msg, "names no file"));
    remove_folder(folder);
    assert_null(config_entries(folder, NULL, &e));
    assert_non_null(strstr(e.msg, "No such file"));
}

static void sample_is_valid(void **state)
{
    (void)state;
    char *text = NULL, *all;
    size_t n = 0, m = 0;
    struct err e = { "" };
    FILE *f = open_memstream(&text, &n);
    config_print_settings(f);
    fclose(f);
    struct config *c = config_parse("sample", text, n, &e);
    if (c == NULL)
        print_error("%s\n", e.msg);
    assert_non_null(c);
    config_free(c);

    all = malloc(n + 1);
    assert_non_null(all);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *mark = strstr(line, "# "), *colon = mark == NULL ? NULL : strchr(mark, ':');
        char *key = mark == NULL ? NULL : mark + 2 + strspn(mark + 2, " "); /* indented, in a group that is left out */
        bool setting = colon != NULL && strcspn(key, " :,;") == (size_t)(colon - key) && line + strspn(line, " ") == mark;
        if (setting)
            memmove(mark, mark + 2, strlen(mark + 2) + 1);
        m += (size_t)sprintf(all + m, "%s\n", line);
    }
    char folder[] = "/tmp/renda-config-XXXXXX", name[64];
    assert_non_null(mkdtemp(folder));
    write_file(folder, "sites", "more.yaml", "sites:\n- name: more\n  start: file:///more\n");
    snprintf(name, sizeof(name), "%s/sample", folder);
    c = config_parse(name, all, m, &e);
    remove_folder(folder);
    if (c == NULL)
        print_error("%s\n%s\n", e.msg, all);
    assert_non_null(c);
    assert_int_equal(c->site_count, 2);
    assert_string_equal(c->feed, "tcp://127.0.0.1:5703");
    assert_string_equal(c->sites[0].selectors.fields[SELECT_BODY], "#zoom");
    config_free(c);
    free(all);
    free(text);
}

/* deploy/renda.yaml is what the table prints. */
static void installed_sample_is_the_printed_one(void **state)
{
    (void)state;
    char path[4096], *text = NULL, *file = NULL;
    size_t n = 0;
    snprintf(path, sizeof(path), "%.*s/../../deploy/renda.yaml", (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__);
    FILE *f = open_memstream(&text, &n), *installed = fopen(path, "r");
    config_print_settings(f);
    fclose(f);
    assert_non_null(installed);
    file = calloc(n + 2, 1);
    assert_non_null(file);
    assert_int_equal(fread(file, 1, n + 1, installed), n);
    assert_string_equal(file, text);
    fclose(installed);
    free(file);
    free(text);
}

static void files(void **state)
{
    (void)state;
    struct err e;
    assert_null(config_load("/nowhere/renda.yaml", &e));
    assert_string_equal(e.msg, "cannot read the config '/nowhere/renda.yaml': No such file or directory");
    assert_null(config_load("/", &e));
    assert_string_equal(e.msg, "cannot read the config '/': Is a directory; name a file, which may include those of a "
                               "folder: 'include: sites/*.yaml'");
    char *large = calloc((1 << 20) + 1, 1);
    assert_non_null(large);
    memset(large, ' ', (1 << 20) + 1);
    assert_null(config_parse("renda.yaml", large, (1 << 20) + 1, &e));
    assert_string_equal(e.msg, "renda.yaml: is larger than 1 MB; this is no config file of renda");
    free(large);
}

/* Every beginning of a good file, and every file with one byte changed: a config or a sentence, never a crash. */
static void damaged_files(void **state)
{
    (void)state;
    char *text = NULL;
    size_t n = 0;
    struct err e;
    FILE *f = open_memstream(&text, &n);
    config_print_settings(f);
    fclose(f);
    for (size_t i = 0; i < n; i += 7) {
        config_free(config_parse("cut", text, i, &e));
        char was = text[i];
        text[i] = (char)(i * 37 + 11);
        config_free(config_parse("changed", text, n, &e));
        text[i] = was;
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes),
        cmocka_unit_test(reads_settings),
        cmocka_unit_test(selectors),
        cmocka_unit_test(agents),
        cmocka_unit_test(long_database_paths),
        cmocka_unit_test(included),
        cmocka_unit_test(entries),
        cmocka_unit_test(sample_is_valid),
        cmocka_unit_test(installed_sample_is_the_printed_one),
        cmocka_unit_test(files),
        cmocka_unit_test(damaged_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
