#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/demo_server.h"
#include "cli/options.h"
#include "cli/rows.h"
#include "cli/say.h"
#include "cli/supervisor.h"
#include "cli/table.h"
#include "cli/truth.h"
#include "common/clock.h"
#include "common/log.h"
#include "common/role.h"
#include "common/url.h"

#define MARK         "# Written by renda demo.\n" /* what we may overwrite */
#define STALLED_MS   45000                        /* without one more article: something is missing */
#define PUBLISH_MS   10000                        /* between two new articles, once all is stored */
#define LATE_MS      60000                        /* a new article that is not stored by then is given up */
#define DEFAULT_DIR  "renda-demo"
#define ARTICLES_MAX 10000000

enum phase { FILLING, WATCHING };

struct demo {
    const char *dir;
    uint64_t articles;
    bool once, keep;

    char config_path[4096];
    struct config *config;
    struct demo_server server;
    struct downloader *downloader;
    struct store *store;
    enum phase phase;
    int64_t expected, most, moved_at; /* articles; the most that were stored so far, and since when */
    int64_t publish_at, published_at; /* the article that is awaited: published_at > 0 */
    char awaited[512], title[512];
    size_t site; /* that published last */
    bool complete;
    struct err trouble;
};

/* ---- options ----------------------------------------------------------------------------------------------------- */

static int read_options(struct demo *d, int argc, char **argv)
{
    const char *articles = NULL;
    const struct option_row rows[] = { { "dir", 'd', NULL, &d->dir },
                                       { "articles", 'n', NULL, &articles },
                                       { "once", 0, &d->once, NULL },
                                       { "keep", 0, &d->keep, NULL } };
    int wrong = options_only(rows, sizeof(rows) / sizeof(rows[0]), argc, argv);
    if (wrong != 0 || articles == NULL)
        return wrong;
    char *end;
    d->articles = strtoull(articles, &end, 10);
    if (d->articles >= 1 && d->articles <= ARTICLES_MAX && *end == '\0')
        return 0;
    return say_usage(argv[0], "'%s' is no number of articles: 1 to %d", articles, ARTICLES_MAX);
}

/* ---- the folder -------------------------------------------------------------------------------------------------- */

static int make_folder(struct demo *d, struct err *e)
{
    if (mkdir(d->dir, 0777) < 0 && errno != EEXIST)
        return err_set(e, "cannot create the folder '%s': %s", d->dir, strerror(errno));
    snprintf(d->config_path, sizeof(d->config_path), "%s/renda.yaml", d->dir);
    return 0;
}

/* Nobody's own config or database is overwritten. */
static int check_folder(const struct demo *d, struct err *e)
{
    char line[sizeof(MARK)] = "", database[4096];
    snprintf(database, sizeof(database), "%s/renda.db", d->dir);
    FILE *f = fopen(d->config_path, "re");
    bool ours = f != NULL && fgets(line, sizeof(line), f) != NULL && strcmp(line, MARK) == 0;
    bool taken = !ours && (f != NULL || access(database, F_OK) == 0);
    if (f != NULL)
        fclose(f);
    return taken ? err_set(e, "the folder '%s' holds a config or database that no demo made; name another with --dir",
                           d->dir)
                 : 0;
}

/* The first site's port in the config of an earlier demo, so that its addresses stay the same; 0 without one. */
static uint16_t earlier_port(const struct demo *d)
{
    char host[300];
    struct config *c = d->keep ? config_load(d->config_path, NULL) : NULL;
    int port = 0;
    if (c != NULL && url_host(span_of(c->sites[0].start.items[0]), host).n > 0)
        port = atoi(strrchr(host, ':') + 1);
    config_free(c);
    return (uint16_t)port;
}

static int write_config(const struct demo *d, const char *text, struct err *e)
{
    FILE *f = fopen(d->config_path, "we");
    if (f == NULL)
        return err_set(e, "cannot write '%s': %s", d->config_path, strerror(errno));
    fputs(text, f);
    bool bad = ferror(f) != 0;
    if (fclose(f) != 0 || bad)
        return err_set(e, "cannot write '%s': %s", d->config_path, strerror(errno));
    return 0;
}

/* Locks before it writes: a demo that runs in this folder keeps its config and database. */
static int make_config(struct demo *d, struct err *e)
{
    char *text = NULL;
    int n = asprintf(&text, "%sdatabase: renda.db\n%s", MARK, d->server.sites);
    if (n < 0)
        return err_set(e, "out of memory");
    d->config = config_parse(d->config_path, text, (size_t)n, e);
    int rc = d->config == NULL || role_lock(d->config, "run", 0, e) < 0 ? -1 : write_config(d, text, e);
    free(text);
    return rc;
}

static void remove_database(const struct config *c)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char path[4200];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "%s%s", c->database, ends[i]);
        unlink(path);
    }
}

/* ---- what it shows ----------------------------------------------------------------------------------------------- */

static const char *base_of(const struct demo *d, size_t site, char out[300])
{
    url_host(span_of(d->config->sites[site].start.items[0]), out);
    return out;
}

static void print_welcome(const struct demo *d)
{
    char base[300];
    printf("Three sample congress sites, served on this machine:\n");
    for (size_t i = 0; i < d->config->site_count; i++)
        printf("  %s  %s  %s\n", base_of(d, i, base), d->config->sites[i].name, d->config->sites[i].org);
    printf("Config and database: %s, %s\n\n", d->config_path, d->config->database);
    fflush(stdout);
}

static int take_text(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    (void)columns;
    (void)names;
    (void)bytes;
    snprintf(ctx, 64, "%s", values[0] == NULL ? "" : values[0]);
    return 0;
}

static void print_kinds(const struct truth *t)
{
    static const char *const titles[] = { "kind", "published", "found", "share" };
    struct table *table = table_new(titles, 4, "lrrr");
    for (int k = 0; k < KIND_COUNT; k++) {
        char planted[32], found[32], share[32];
        if (t->kinds[k].planted == 0)
            continue;
        snprintf(share, sizeof(share), "%.1f%%", 100.0 * (double)t->kinds[k].found / (double)t->kinds[k].planted);
        table_add_strings(table, (const char *[]){ finding_kind_names[k], progress_count(t->kinds[k].planted, planted),
                                                   progress_count(t->kinds[k].found, found), share });
    }
    table_print(table, stdout, table_width(stdout));
    table_free(table);
}

static void print_examples(struct demo *d)
{
    /* Of each congress the latest two figures that are standard measures of a year. */
    static const char sql[] =
        "SELECT org, metric, TRIM(COALESCE(bound || ' ', '') || value || ' ' || COALESCE(unit, '')) AS figure,"
        " TRIM(COALESCE(period_from, '') || ' ' || COALESCE(period_type, '')) AS period, quote"
        " FROM (SELECT f.*, ROW_NUMBER() OVER (PARTITION BY org ORDER BY published DESC, finding_id) AS n FROM "
        "v_figure f"
        "  WHERE metric IS NOT NULL AND period_type = 'year' AND planned IS NULL AND org IN (SELECT org FROM site)) AS "
        "g"
        " WHERE n <= 2 ORDER BY org, n";
    struct rows *rows = rows_new(ROWS_TABLE, stdout);
    if (store_select(d->store, sql, NULL, 0, rows_take, rows, NULL) == 0 && rows_count(rows) > 0)
        puts("\nSome of it:");
    rows_end(rows);
}

static void print_next(const struct demo *d)
{
    printf("\nWhile it goes on watching, try in another terminal:\n"
           "  renda query figure -c %s --metric 'meetings.*'\n"
           "  renda query legislation -c %s --format csv\n"
           "  renda status -c %s\n"
           "Every few seconds one of the sites publishes something new. Ctrl-C ends it.\n\n",
           d->config_path, d->config_path, d->config_path);
}

static void print_summary(struct demo *d, const struct truth *t)
{
    static const char took_sql[] = "SELECT MAX(stored_at) - (SELECT MIN(at) FROM visit) FROM article";
    char took[64] = "", stored[32], published[32];
    store_select(d->store, took_sql, NULL, 0, take_text, took, NULL);
    printf("%s of %s articles stored", progress_count(t->stored, stored), progress_count(t->published, published));
    if (!d->keep)
        printf(", %.1f s after the first visit", strtod(took, NULL) / 1000);
    puts(".");
    if (t->missing[0] != '\0')
        printf("Missing, for example: %s\n", t->missing);
    printf("%s of %s planted figures found. What was published, and what was found in it "
           "(a topic may be worded longer or shorter):\n\n",
           progress_count(t->kinds[KIND_FIGURE].found, stored),
           progress_count(t->kinds[KIND_FIGURE].planted, published));
    print_kinds(t);
    print_examples(d);
    if (!d->once)
        print_next(d);
    fflush(stdout);
}

/* ---- filling: until all is stored -------------------------------------------------------------------------------- */

static int count_expected(struct demo *d, struct err *e)
{
    char base[300];
    d->expected = 0;
    for (size_t i = 0; i < d->config->site_count; i++) {
        long total = truth_total(d->downloader, base_of(d, i, base), e);
        if (total < 0)
            return -1;
        d->expected += total;
    }
    return 0;
}

static int compare(struct demo *d, struct truth *t, struct err *e)
{
    char base[300];
    *t = (struct truth){ 0 };
    for (size_t i = 0; i < d->config->site_count; i++) {
        if (truth_compare(d->downloader, base_of(d, i, base), d->store, t, e) < 0)
            return -1;
    }
    return 0;
}

static int fail(struct demo *d, struct screen *s)
{
    screen_pause(s);
    say_failed("demo: %s", d->trouble.msg);
    screen_resume(s);
    return 1;
}

/* 1 ends the watching. */
static int fill(struct demo *d, struct screen *s, const struct progress *p, int64_t now)
{
    struct truth t;
    if (p->stored > d->most || d->moved_at == 0) {
        d->most = p->stored;
        d->moved_at = now;
    }
    bool stalled = now - d->moved_at > STALLED_MS;
    if (!stalled && (p->stored < d->expected || p->queued > 0))
        return 0;
    if (compare(d, &t, &d->trouble) < 0)
        return fail(d, s);
    d->complete = t.stored == t.published;
    if (!d->complete && !stalled)
        return 0;
    screen_pause(s);
    print_summary(d, &t);
    screen_resume(s);
    d->phase = WATCHING;
    d->publish_at = now + PUBLISH_MS / 2;
    return d->once;
}

/* ---- watching: something new now and then ------------------------------------------------------------------------ */

static int publish(struct demo *d, struct err *e)
{
    char base[300], url[400];
    struct download page;
    d->site = (d->site + 1) % d->config->site_count;
    snprintf(url, sizeof(url), "%s/control/publish", base_of(d, d->site, base));
    if (download_post(d->downloader, url, &page, e) < 0)
        return -1;
    json_t *answer = json_loadb(page.body, page.bytes, 0, NULL);
    const char *address = json_string_value(json_object_get(answer, "url")),
               *title = json_string_value(json_object_get(answer, "title"));
    snprintf(d->awaited, sizeof(d->awaited), "%s", address == NULL ? "" : address);
    snprintf(d->title, sizeof(d->title), "%s", title == NULL ? "" : title);
    d->published_at = (int64_t)json_integer_value(json_object_get(answer, "published_at_ms"));
    json_decref(answer);
    return address != NULL && d->published_at > 0 ? 0 : err_set(e, "'%s' gave no address", url);
}

static void look_for_awaited(struct demo *d, struct screen *s)
{
    static const char sql[] = "SELECT a.stored_at FROM url u JOIN article a ON a.url_id = u.id WHERE u.url = $1";
    const char *param = d->awaited;
    char stored_at[64] = "";
    store_select(d->store, sql, &param, 1, take_text, stored_at, NULL);
    bool late = clock_wall_ms() - d->published_at > LATE_MS;
    if (stored_at[0] == '\0' && !late)
        return;
    screen_pause(s);
    if (stored_at[0] != '\0')
        printf("%s published 《%s》: stored %.1f s later\n", d->config->sites[d->site].name, d->title,
               (double)(strtoll(stored_at, NULL, 10) - d->published_at) / 1000);
    else
        printf("%s published 《%s》: not stored after %d s\n", d->config->sites[d->site].name, d->title,
               LATE_MS / 1000);
    fflush(stdout);
    screen_resume(s);
    d->published_at = 0;
}

static int watch(struct demo *d, struct screen *s, int64_t now)
{
    if (d->published_at > 0)
        look_for_awaited(d, s);
    if (d->published_at > 0 || now < d->publish_at)
        return 0;
    d->publish_at = now + PUBLISH_MS;
    return publish(d, &d->trouble) < 0 ? fail(d, s) : 0;
}

static int each_second(void *ctx, struct screen *s, const struct progress *p)
{
    struct demo *d = ctx;
    int64_t now = clock_mono_ms();
    if (d->store == NULL)
        d->store = store_open(d->config->database, STORE_READ, NULL);
    if (d->store == NULL)
        return 0;
    return d->phase == FILLING ? fill(d, s, p, now) : watch(d, s, now);
}

/* ------------------------------------------------------------------------------------------------------------------ */

static int prepare(struct demo *d, struct err *e)
{
    if (make_folder(d, e) < 0 || check_folder(d, e) < 0 ||
        demo_server_start(&d->server, d->articles, earlier_port(d), e) < 0 || make_config(d, e) < 0)
        return -1;
    if (!d->keep)
        remove_database(d->config);
    d->downloader = downloader_new(&d->config->limits, d->config->user_agent, e);
    return d->downloader == NULL ? -1 : count_expected(d, e);
}

static int run(struct demo *d)
{
    struct err e = { "" };
    if (prepare(d, &e) < 0)
        return say_failed("demo: %s", e.msg);
    print_welcome(d);
    struct supervisor_plan plan = { .config = d->config, .locked = true, .each_second = each_second, .ctx = d };
    int code = supervisor_run(&plan, &e);
    if (e.msg[0] != '\0')
        say_failed("%s", e.msg);
    if (code == EXIT_DONE && (d->trouble.msg[0] != '\0' || (d->once && !d->complete)))
        code = EXIT_FAILED;
    return code;
}

int cmd_demo(int argc, char **argv)
{
    struct demo d = { .dir = DEFAULT_DIR, .articles = 300 };
    int code = read_options(&d, argc, argv);
    if (code != 0)
        return code;
    setenv("RENDA_LOG", "warn", 0); /* for a stranger the figures matter, not the log */
    log_init("demo");
    code = run(&d);
    store_close(d.store);
    downloader_free(d.downloader);
    config_free(d.config);
    demo_server_stop(&d.server);
    return code;
}
