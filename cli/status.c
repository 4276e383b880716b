#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/rows.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "common/clock.h"

#define WATCH_SECONDS 2
#define TROUBLE       "'blocked', 'unreachable', 'refused', 'robots denied'"

/* What is asked of the database, in this order. $1: now, $2: the day (UTC). */
static const struct section {
    const char *name;
    bool single; /* one row: an object in JSON */
    const char *sql;
} sections[] = {
    { "queue", true,
      "SELECT (SELECT COUNT(*) FROM capture WHERE state = 'pending') AS pending_pages,"
      " (SELECT COALESCE(SUM(bytes), 0) FROM capture WHERE state = 'pending') AS pending_bytes,"
      " (SELECT COUNT(*) FROM capture WHERE state = 'quarantined') AS quarantined_pages" },
    { "stored", true,
      "SELECT (SELECT COUNT(*) FROM article) AS articles, (SELECT COUNT(*) FROM finding) AS findings,"
      " (SELECT COUNT(*) FROM url) AS urls" },
    { "last", true,
      "SELECT (SELECT COUNT(*) FROM visit WHERE at > CAST($1 AS BIGINT) - 60000) AS visits_minute,"
      " (SELECT COUNT(*) FROM visit WHERE at > CAST($1 AS BIGINT) - 3600000) AS visits_hour,"
      " (SELECT COUNT(*) FROM capture WHERE state = 'settled' AND settled_at > CAST($1 AS BIGINT) - 60000"
      "   AND class = 'article') AS articles_minute,"
      " (SELECT COUNT(*) FROM capture WHERE state = 'settled' AND settled_at > CAST($1 AS BIGINT) - 3600000"
      "   AND class = 'article') AS articles_hour" },
    { "sites", false,
      "SELECT site, state, state_why AS why, articles, waiting, failing, last_article_at, polled_at"
      " FROM v_site_health WHERE active = 1 ORDER BY state = 'ok', site" },
    { "troubles", false, /* pages that are not read, or not wholly; each reason once for each site */
      "SELECT s.name AS site, t.state, t.why, COUNT(*) AS affected_pages, MAX(t.url) AS for_example,"
      " MAX(t.at) AS last_at FROM (SELECT site_id, state, COALESCE(state_why, '') AS why, url, visited_at AS at"
      "   FROM url WHERE state IN (" TROUBLE ")"
      "  UNION ALL SELECT u.site_id, c.class, c.why, u.url, c.settled_at FROM capture c"
      "   JOIN url u ON u.id = c.url_id AND u.seq = c.seq WHERE c.state = 'settled' AND c.why IS NOT NULL"
      "  UNION ALL SELECT a.site_id, b.kind, b.why, b.url, c.settled_at FROM bundle b"
      "   JOIN capture c ON c.id = b.capture_id JOIN url a ON a.id = c.url_id LEFT JOIN url u ON u.id = b.url_id"
      "   WHERE (b.state = 'failed' OR b.why IS NOT NULL) AND COALESCE(u.state, '') NOT IN (" TROUBLE ")) t"
      " JOIN site s ON s.id = t.site_id WHERE s.active = 1 GROUP BY s.name, t.state, t.why"
      " ORDER BY last_at DESC, t.why LIMIT 50" },
    { "selectors", false, /* over the last week */
      "SELECT s.name AS site, s.selectors_until AS valid_until, CASE WHEN s.selectors_until < $2 THEN 'expired'"
      " WHEN g.pages IS NULL THEN 'not used yet' WHEN g.without > 0 THEN 'matched nothing' ELSE 'ok' END AS state,"
      " COALESCE(g.pages, 0) AS read_pages, COALESCE(g.without, 0) AS missed_pages, l.unselected AS last_missed,"
      " u.url AS last_page"
      " FROM site s LEFT JOIN (SELECT u.site_id, COUNT(*) AS pages, COUNT(c.unselected) AS without,"
      "   MAX(CASE WHEN c.unselected IS NOT NULL THEN c.id END) AS last_id FROM capture c JOIN url u ON u.id = c.url_id"
      "   WHERE COALESCE(c.selected, c.unselected) IS NOT NULL AND c.settled_at > CAST($1 AS BIGINT) - 604800000"
      "   GROUP BY u.site_id) g ON g.site_id = s.id"
      " LEFT JOIN capture l ON l.id = g.last_id LEFT JOIN url u ON u.id = l.url_id"
      " WHERE s.active = 1 AND s.selectors IS NOT NULL ORDER BY s.name" },
    { "members", false,
      "SELECT role, host, pid, started_at, CASE WHEN expires_at > CAST($1 AS BIGINT) THEN 'alive' ELSE 'gone' END AS "
      "state"
      " FROM member WHERE expires_at > CAST($1 AS BIGINT) - 60000 ORDER BY role, id" },
    { "quarantined", false,
      "SELECT c.id, c.tries, u.url, c.why FROM capture c JOIN url u ON u.id = c.url_id"
      " WHERE c.state = 'quarantined' ORDER BY c.id DESC LIMIT 50" },
    { "unread", false,
      "SELECT b.capture_id AS id, b.kind, b.url, b.why, u.url AS article FROM bundle b JOIN capture c ON c.id = "
      "b.capture_id"
      " JOIN url u ON u.id = c.url_id WHERE b.state = 'failed' OR b.why IS NOT NULL"
      " ORDER BY b.capture_id DESC, b.part LIMIT 50" },
};

#define SECTION_COUNT (sizeof(sections) / sizeof(sections[0]))

struct options {
    const char *config;
    bool json, watch;
};

static int read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = { OPTION_CONFIG(&o->config),
                                       { "json", 'j', &o->json, NULL },
                                       { "watch", 'w', &o->watch, NULL } };
    return options_only(rows, sizeof(rows) / sizeof(rows[0]), argc, argv);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static int append_object(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    json_array_append_new(ctx, rows_object(columns, names, values, bytes));
    return 0;
}

static int print_json(struct store *s, const char *const *when, struct err *e)
{
    json_t *all = json_object();
    int rc = 0;
    for (size_t i = 0; i < SECTION_COUNT && rc == 0; i++) {
        json_t *rows = json_array();
        rc = store_select(s, sections[i].sql, when, 2, append_object, rows, e);
        json_t *value = sections[i].single ? json_array_get(rows, 0) : rows;
        if (value != NULL)
            json_object_set(all, sections[i].name, value);
        json_decref(rows);
    }
    if (rc == 0) {
        json_dumpf(all, stdout, JSON_INDENT(2));
        putchar('\n');
    }
    json_decref(all);
    return rc;
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

static int print_section(struct store *s, const struct section *section, const char *const *when, struct err *e)
{
    struct rows *rows = rows_new(ROWS_TABLE, stdout);
    int rc = store_select(s, section->sql, when, 2, rows_take, rows, e);
    if (rc == 0 && rows_count(rows) > 0)
        printf("%s\n", section->name);
    bool any = rows_count(rows) > 0;
    rows_end(rows);
    if (any && strcmp(section->name, "quarantined") == 0)
        puts("renda retry ID puts one back, renda retry --all all of them");
    if (any && strcmp(section->name, "unread") == 0)
        puts("renda retry ID reads an article with what was fetched once more, renda retry --all all of them");
    if (any)
        putchar('\n');
    return rc;
}

static int print_tables(struct store *s, const char *const *when, struct err *e)
{
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (print_section(s, &sections[i], when, e) < 0)
            return -1;
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------------------------------ */

static int print_status(struct store *s, const struct options *o, struct err *e)
{
    char now[32], day[16] = "";
    int64_t ms = clock_wall_ms();
    time_t at = (time_t)(ms / 1000);
    struct tm tm;
    snprintf(now, sizeof(now), "%lld", (long long)ms);
    if (gmtime_r(&at, &tm) != NULL)
        strftime(day, sizeof(day), "%Y-%m-%d", &tm);
    const char *const when[] = { now, day };
    if (o->watch && !o->json && isatty(STDOUT_FILENO))
        fputs("\033[H\033[2J", stdout);
    int rc = o->json ? print_json(s, when, e) : print_tables(s, when, e);
    fflush(stdout);
    return rc;
}

int cmd_status(int argc, char **argv)
{
    struct options o = { 0 };
    struct config *c = NULL;
    struct err e;
    int wrong = read_options(&o, argc, argv);
    if (wrong != 0)
        return wrong;
    struct store *s = settings_open(o.config, STORE_READ, &c, &e);
    int rc = s == NULL ? -1 : print_status(s, &o, &e);
    while (rc == 0 && o.watch && !ferror(stdout)) {
        sleep(WATCH_SECONDS);
        rc = print_status(s, &o, &e);
    }
    store_close(s);
    config_free(c);
    return rc == 0 ? EXIT_DONE : say_failed("%s", e.msg);
}
