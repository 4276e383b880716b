#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/rows.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "common/near.h"
#include "worker/findings/lexicon.h"

#define TABLE_LIMIT 100 /* of rows, for people */
#define PARAMS_MAX  16
#define SQL_BYTES   4096

/* "2024", "2024–2025 term", "ytd" */
#define PERIOD                                                                                                         \
    "TRIM(COALESCE(period_from, '') || CASE WHEN period_to IS NULL OR period_to = period_from THEN ''"                 \
    " ELSE '–' || period_to END || ' ' || COALESCE(period_type, '')) AS period"

/* What a view has, beside the columns of all. */
enum has { HAS_SITE = 1, HAS_QUOTE = 2, HAS_ARTICLE_TITLE = 4, HAS_TITLE = 8, HAS_METRIC = 16 };
#define FINDING (HAS_SITE | HAS_QUOTE | HAS_ARTICLE_TITLE)

static const struct kind {
    const char *name, *view;
    unsigned has;
    const char *columns; /* of the table */
    const char *order;
} kinds[] = {
    { "figure", "v_figure", FINDING | HAS_METRIC,
      "published, org, TRIM(COALESCE(action, '') || ' ' || COALESCE(subject, '')) AS what,"
      " TRIM(COALESCE(bound || ' ', '') || value || COALESCE('–' || value_max, '') || ' ' || COALESCE(unit, '')) AS "
      "figure,"
      " " PERIOD ", metric, quote",
      "published DESC, article_id DESC, finding_id" },
    { "legislation", "v_legislation", FINDING,
      "published, org, name, act, stage, COALESCE(date, effective, deadline) AS date, quote",
      "published DESC, article_id DESC, finding_id" },
    { "meeting", "v_meeting", FINDING,
      "published, org, name, type, COALESCE(date, date_from) AS date, present, entitled",
      "published DESC, article_id DESC, finding_id" },
    { "oversight", "v_oversight", FINDING, "published, org, form, topic, target, date, quote",
      "published DESC, article_id DESC, finding_id" },
    { "suggestion", "v_suggestion", FINDING, "published, org, type, number, title, handler, status",
      "published DESC, article_id DESC, finding_id" },
    { "project", "v_project", FINDING, "published, org, name, year, stage, votes",
      "published DESC, article_id DESC, finding_id" },
    { "vote", "v_vote", FINDING, "published, org, item, votes_for, votes_against, votes_abstain, result",
      "published DESC, article_id DESC, finding_id" },
    { "person", "v_person", FINDING, "published, org, name, post, role, by_org",
      "published DESC, article_id DESC, finding_id" },
    { "platform", "v_platform", FINDING, "published, org, name, status, quote",
      "published DESC, article_id DESC, finding_id" },
    { "first", "v_first", FINDING, "published, org, among, claim, thing, quote",
      "published DESC, article_id DESC, finding_id" },
    { "article", "v_article", HAS_SITE | HAS_TITLE, "published, site, org, genre, title, url",
      "published DESC, article_id DESC" },
    { "part", "v_part", HAS_SITE | HAS_ARTICLE_TITLE,
      "published, org, article_title AS article, kind, name, COALESCE(why, state) AS state, url",
      "published DESC, article_id DESC, part" },
    { "compare", "v_compare", HAS_QUOTE | HAS_METRIC,
      "metric, " PERIOD
      ", level, org, TRIM(COALESCE(bound || ' ', '') || value || ' ' || COALESCE(unit, '')) AS figure, basis, note",
      "metric, period_from DESC, value_num DESC, org" },
};

#define KIND_COUNT_ (sizeof(kinds) / sizeof(kinds[0]))

/* One row for each filter; ? stands for its parameter's number. */
static const struct filter {
    int option;
    unsigned needs;
    enum { AS_IS, PART, PATTERN, DAY } value; /* PART: anywhere in the text; PATTERN: * stands for anything */
    const char *sql;
} filters[] = {
    { 's', HAS_SITE, AS_IS, "site = ?" },
    { 'O', 0, PART, "org LIKE ? ESCAPE '\\'" },
    { 'R', 0, PART, "region LIKE ? ESCAPE '\\'" },
    { 'L', 0, AS_IS, "level = ?" },
    { 'm', HAS_METRIC, PATTERN, "metric LIKE ? ESCAPE '\\'" },
    { 'S', 0, DAY, "published >= ?" },
    { 'U', 0, DAY, "SUBSTR(published, 1, LENGTH(?)) <= ?" },
};

static const struct option long_options[] = {
    { "site", required_argument, NULL, 's' },   { "org", required_argument, NULL, 'O' },
    { "region", required_argument, NULL, 'R' }, { "level", required_argument, NULL, 'L' },
    { "metric", required_argument, NULL, 'm' }, { "since", required_argument, NULL, 'S' },
    { "until", required_argument, NULL, 'U' },  { "text", required_argument, NULL, 't' },
    { "limit", required_argument, NULL, 'n' },  { "format", required_argument, NULL, 'f' },
    { "config", required_argument, NULL, 'c' }, { NULL, 0, NULL, 0 },
};

struct query {
    const char *config, *name;
    const struct kind *kind;
    const char *given[128]; /* the value of each filter's option */
    long limit;             /* -1: not given */
    enum rows_format format;
    char sql[SQL_BYTES];
    size_t sql_bytes;
    char *params[PARAMS_MAX];
    int param_count;
};

/* ---- options ----------------------------------------------------------------------------------------------------- */

static bool is_day(const char *s)
{
    static const char shape[] = "0000-00-00";
    size_t n = strlen(s);
    for (size_t i = 0; i < n && i < sizeof(shape) - 1; i++) {
        if (shape[i] == '-' ? s[i] != '-' : s[i] < '0' || s[i] > '9')
            return false;
    }
    if (n != 4 && n != 7 && n != 10)
        return false;
    int month = n > 4 ? atoi(s + 5) : 1, day = n > 7 ? atoi(s + 8) : 1;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_level(const char *s)
{
    for (int i = LEVEL_NATIONAL; i <= LEVEL_AREA; i++) {
        if (strcmp(s, level_names[i]) == 0)
            return true;
    }
    return false;
}

static int take_option(struct query *q, int c, char **argv)
{
    char *end;
    switch (c) {
    case 'c': q->config = optarg; return 0;
    case 'f':
        q->format = (enum rows_format)rows_format_of(optarg);
        return rows_format_of(optarg) >= 0
                   ? 0
                   : say_usage(argv[0], "'%s' is no format: table, csv, ndjson or json", optarg);
    case 'n':
        q->limit = strtol(optarg, &end, 10);
        return q->limit >= 0 && *end == '\0' && end != optarg ? 0
                                                              : say_usage(argv[0], "'%s' is no number of rows", optarg);
    case '?':
    case ':': return say_bad_option(argv[0], c, argv);
    }
    if (c == 'L' && !is_level(optarg))
        return say_usage(
            argv[0], "'%s' is no level: national, province, prefecture, county, township, subdistrict or area", optarg);
    if ((c == 'S' || c == 'U') && !is_day(optarg))
        return say_usage(argv[0], "'%s' is no date: 2025, 2025-03 or 2025-03-05", optarg);
    q->given[c] = optarg;
    return 0;
}

static int find_kind(struct query *q, const char *command)
{
    for (size_t i = 0; i < KIND_COUNT_; i++) {
        if (strcmp(kinds[i].name, q->name) == 0) {
            q->kind = &kinds[i];
            return 0;
        }
    }
    const char *close = near_word(q->name, &kinds[0].name, KIND_COUNT_, sizeof(kinds[0]));
    if (close != NULL)
        return say_usage(command, "there is no kind '%s'; did you mean '%s'?", q->name, close);
    return say_usage(command, "there is no kind '%s'", q->name);
}

static int read_options(struct query *q, int argc, char **argv)
{
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, ":s:m:t:n:f:c:", long_options, NULL)) != -1;) {
        int wrong = take_option(q, c, argv);
        if (wrong != 0)
            return wrong;
    }
    if (argc - optind > 1)
        return say_usage(argv[0], "'%s' is one word too many", argv[optind + 1]);
    q->name = optind < argc ? argv[optind] : "figure";
    return find_kind(q, argv[0]);
}

/* ---- SQL: words of the user go in as parameters only ------------------------------------------------------------- */

static void add(struct query *q, const char *text)
{
    q->sql_bytes += (size_t)snprintf(q->sql + q->sql_bytes, sizeof(q->sql) - q->sql_bytes, "%s", text);
}

/* Each ? of the condition becomes this parameter. */
static void add_condition(struct query *q, const char *condition, char *param)
{
    char number[16];
    q->params[q->param_count++] = param;
    snprintf(number, sizeof(number), "$%d", q->param_count);
    add(q, q->param_count == 1 ? " WHERE " : " AND ");
    for (const char *p = condition; *p != '\0'; p++)
        add(q, *p == '?' ? number : (char[]){ *p, '\0' });
}

/* A text for LIKE: what has a meaning there is escaped. */
static char *like(const char *text, bool anywhere)
{
    size_t n = 0;
    char *out = malloc(2 * strlen(text) + 3);
    if (out == NULL)
        abort();
    if (anywhere)
        out[n++] = '%';
    for (const char *p = text; *p != '\0'; p++) {
        bool star = !anywhere && *p == '*';
        if (strchr("%_\\", *p) != NULL)
            out[n++] = '\\';
        out[n++] = star ? '%' : *p;
    }
    if (anywhere)
        out[n++] = '%';
    out[n] = '\0';
    return out;
}

static char *filter_param(const struct filter *f, const char *value)
{
    if (f->value == PART || f->value == PATTERN)
        return like(value, f->value == PART);
    char *copy = strdup(value);
    if (copy == NULL)
        abort();
    return copy;
}

static const char *option_name(int c)
{
    const struct option *o = long_options;
    while (o->name != NULL && o->val != c)
        o++;
    return o->name;
}

static void add_text(struct query *q)
{
    if (q->given['t'] == NULL)
        return;
    unsigned has = q->kind->has;
    bool title = (has & (HAS_TITLE | HAS_ARTICLE_TITLE)) != 0, quote = (has & HAS_QUOTE) != 0;
    char condition[128];
    snprintf(condition, sizeof(condition), "(%s%s%s)", quote ? "quote LIKE ? ESCAPE '\\'" : "",
             title && quote ? " OR " : "",
             !title            ? ""
             : has & HAS_TITLE ? "title LIKE ? ESCAPE '\\'"
                               : "article_title LIKE ? ESCAPE '\\'");
    add_condition(q, condition, like(q->given['t'], true));
}

static int build(struct query *q)
{
    char limit[32] = "";
    add(q, "SELECT ");
    add(q, q->format == ROWS_TABLE ? q->kind->columns : "*");
    add(q, " FROM ");
    add(q, q->kind->view);
    for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
        const struct filter *f = &filters[i];
        if (q->given[f->option] == NULL)
            continue;
        if ((q->kind->has & f->needs) != f->needs)
            return say_usage("query", "--%s says nothing about '%s'", option_name(f->option), q->name);
        add_condition(q, f->sql, filter_param(f, q->given[f->option]));
    }
    add_text(q);
    add(q, " ORDER BY ");
    add(q, q->kind->order);
    if (q->limit < 0)
        q->limit = q->format == ROWS_TABLE ? TABLE_LIMIT : 0;
    if (q->limit > 0)
        snprintf(limit, sizeof(limit), " LIMIT %ld", q->limit);
    add(q, limit);
    return 0;
}

/* ---- out --------------------------------------------------------------------------------------------------------- */

/* Where rows go while the database is read: a slow reader of a pipe must not keep it open (it would grow meanwhile). */
static FILE *spool_for(const struct query *q)
{
    struct stat st;
    bool at_once = q->format == ROWS_TABLE || (fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode));
    FILE *spool = at_once ? NULL : tmpfile();
    return spool == NULL ? stdout : spool;
}

static void deliver(FILE *spool)
{
    char part[65536];
    if (spool == stdout)
        return;
    rewind(spool);
    for (size_t n; (n = fread(part, 1, sizeof(part), spool)) > 0;)
        fwrite(part, 1, n, stdout);
    fclose(spool);
}

/* Why, when it may be that --metric is no measure's key. */
static void say_nothing_found(const struct query *q, const struct config *c)
{
    const char *key = q->given['m'];
    struct lexicon *l = key == NULL || strchr(key, '*') != NULL ? NULL : lexicon_new(c->lexicon, NULL);
    size_t n = 0;
    bool known = l == NULL;
    const struct lex_row *const *rows = l == NULL ? NULL : lexicon_rows(l, LEX_METRIC, &n);
    for (size_t i = 0; i < n && !known; i++)
        known = span_is(rows[i]->f[0], key);
    lexicon_free(l);
    if (known)
        fputs("renda: nothing found\n", stderr);
    else
        fprintf(stderr,
                "renda: nothing found; '%s' is no measure: FINDINGS.md and 'renda parse --document' list them\n", key);
}

/* Closes the store. */
static int print_rows(const struct query *q, const struct config *c, struct store *s)
{
    struct err e;
    FILE *out = spool_for(q);
    struct rows *rows = rows_new(q->format, out);
    int rc = store_select(s, q->sql, (const char *const *)q->params, q->param_count, rows_take, rows, &e);
    size_t n = rows_count(rows);
    bool full = ferror(out) != 0;
    rows_end(rows);
    store_close(s);
    deliver(out);
    if (rc < 0)
        return say_failed("%s", e.msg);
    if (full)
        return say_failed("cannot write what was found: the disk is full, or the reader is gone");
    if (n == 0 && q->format == ROWS_TABLE)
        say_nothing_found(q, c);
    if (q->limit > 0 && n == (size_t)q->limit)
        fprintf(stderr, "renda: the first %zu rows; --limit 0 prints all\n", n);
    return EXIT_DONE;
}

int cmd_query(int argc, char **argv)
{
    struct query q = { .limit = -1, .format = ROWS_TABLE };
    struct config *c = NULL;
    struct err e;
    int code = read_options(&q, argc, argv);
    if (code == 0)
        code = build(&q);
    if (code == 0) {
        struct store *s = settings_open(q.config, STORE_READ, &c, &e);
        code = s == NULL ? say_failed("%s", e.msg) : print_rows(&q, c, s);
        config_free(c);
    }
    for (int i = 0; i < q.param_count; i++)
        free(q.params[i]);
    return code;
}
