/* Everything about a setting is its row: parsing, defaults, messages and the printed sample come from the tables. */
#include "common/config.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "common/near.h"
#include "common/text.h"
#include "common/url.h"
#include "common/yaml.h"

#define FILE_MAX_BYTES       ((size_t)1 << 20)
#define TREE_MAX_BYTES       ((size_t)512 << 20) /* what 1 MB of YAML can become at most is less */
#define SITES_MAX            10000
#define STRINGS_MAX          1000
#define SOCKET_MAX_BYTES     100 /* sockaddr_un has 108 */
#define DATE_BYTES           10  /* 2027-06-30 */
#define SELECTOR_ARENA_BYTES ((size_t)64 * 1024)
#define COUNT(a)             (sizeof(a) / sizeof((a)[0]))

enum type {
    TEXT,
    PATH,
    CONTACT,
    ENDPOINT,
    LEVEL,
    SELECTOR,
    DATE,
    CHECKED,
    URLS,
    FILES,
    PATTERNS,
    DURATION,
    BYTES,
    NUMBER,
    LIMITS,
    SELECTORS,
    SITES
};

struct setting {
    const char *key;
    enum type type;
    size_t at;             /* offset of the field */
    const char *fallback;  /* as one would write it */
    const char *otherwise; /* what holds when it is absent and there is no fallback; NULL: it must be given */
    int64_t min, max;      /* of numbers; of texts, max in bytes */
    const char *sample;
    const char *meaning;
};

#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define KB     ((int64_t)1024)
#define MB     (1024 * KB)
#define GB     (1024 * MB)

#define AT(field) offsetof(struct config, field)
static const struct setting top_settings[] = {
    { "database", PATH, AT(database), "renda.db", NULL, 1, 4000, NULL,
      "the SQLite file, created when absent; a relative path starts at this file's folder; \"null:\" keeps nothing" },
    { "contact", CONTACT, AT(contact), NULL, "required unless all sites are on this machine", 1, 200, "you@example.org",
      "who answers for the visits: an e-mail address or a page; every site's operator sees it in the user agent" },
    { "user_agent", TEXT, AT(user_agent), NULL, "Renda/VERSION (+contact)", 1, 300,
      "Renda (+https://example.org/about)", "what the sites see; the contact is added when it is not in it" },
    { "workers", NUMBER, AT(workers), NULL, "one per core", 1, 256, "2", "parsing processes that `renda run` starts" },
    { "lexicon", PATH, AT(lexicon), NULL, "none", 1, 4000, "words.tsv",
      "a file of your own words, beside those compiled in" },
    { "dispatch", ENDPOINT, AT(dispatch), NULL, "a socket beside the database", 1, 200, "tcp://127.0.0.1:5701",
      "where the producer hands pages to the workers" },
    { "results", ENDPOINT, AT(results), NULL, "a socket beside the database", 1, 200, "tcp://127.0.0.1:5702",
      "where the workers hand results to the sink" },
    { "feed", ENDPOINT, AT(feed), NULL, "a socket beside the database", 1, 200, "tcp://127.0.0.1:5703",
      "where the sink publishes what is new" },
    { "limits", LIMITS, AT(limits), NULL, "as below", 0, 0, NULL, "how much of everything, and how long" },
    { "include", FILES, AT(include), NULL, "none", 1, 4000, "sites/*.yaml",
      "one or a list: files with more sites, each beginning with 'sites:'; a relative path starts at this file's "
      "folder" },
    { "sites", SITES, AT(sites), NULL, "required unless files are included", 0, SITES_MAX, NULL,
      "the congresses' websites" },
};
#undef AT

#define AT(field) offsetof(struct config_limits, field)
static const struct setting limit_settings[] = {
    { "page_max", BYTES, AT(page_max_bytes), "20MB", NULL, KB, 48 * MB, NULL, "a larger page is refused" },
    { "connect", DURATION, AT(connect_ms), "10s", NULL, 100, 10 * MINUTE, NULL, "time to reach a server" },
    { "total", DURATION, AT(total_ms), "60s", NULL, 100, HOUR, NULL, "time for one page" },
    { "low_speed", BYTES, AT(low_speed_bytes), "200B", NULL, 0, GB, NULL, "a page that comes slower, each second, …" },
    { "low_speed_time", DURATION, AT(low_speed_ms), "20s", NULL, SECOND, HOUR, NULL, "… for this long is given up" },
    { "redirects", NUMBER, AT(redirects_max), "5", NULL, 0, 20, NULL, "followed from one address" },
    { "connections", NUMBER, AT(connections_max), "64", NULL, 1, 1000, NULL, "to all sites together" },
    { "parse", DURATION, AT(parse_ms), "10s", NULL, 10, 10 * MINUTE, NULL,
      "a page that takes longer to read is given up" },
    { "parse_memory", BYTES, AT(parse_memory_bytes), "512MB", NULL, 32 * MB, 16 * GB, NULL,
      "so is one that takes more memory" },
    { "pending_max", BYTES, AT(pending_max_bytes), "1GB", NULL, MB, 1024 * GB, NULL,
      "pages that wait to be read: beyond it no article is fetched" },
    { "disk_reserve", BYTES, AT(disk_reserve_bytes), "0", NULL, 0, 1024 * GB, NULL,
      "free disk space kept: below it no article is fetched; 0 is the larger of 2 GB and 5%" },
    { "revisit", DURATION, AT(revisit_ms), "1d", NULL, SECOND, 365 * DAY, NULL,
      "an article is looked at again after this long, then ever more rarely" },
    { "window_pages", NUMBER, AT(window_pages), "64", NULL, 1, 1000, NULL, "pages that one worker holds" },
    { "window_bytes", BYTES, AT(window_bytes), "32MB", NULL, MB, GB, NULL, "the same in bytes" },
};
#undef AT

#define AT(field) offsetof(struct config_selectors, field)
static const struct setting selector_settings[] = {
#define X(id, name, sample, meaning)                                                                                   \
    { name, SELECTOR, AT(fields[SELECT_##id]), NULL, "", 1, SELECTOR_MAX_BYTES, sample, meaning },
    SELECT_FIELDS(X)
#undef X
        { "valid_until", DATE, AT(valid_until), NULL, "no end", 0, 0, "2027-06-30",
          "the last day on which they are used: look at the site again before" },
};
#undef AT

#define AT(field) offsetof(struct config_site, field)
static const struct setting site_settings[] = {
    { "name", TEXT, AT(name), NULL, NULL, 1, 200, "示例市人大", "unique; what status and query show" },
    { "org", TEXT, AT(org), NULL, "unknown", 1, 400, "示例市人大常委会", "the congress's full name, without parents" },
    { "region", TEXT, AT(region), NULL, "unknown", 1, 200, "示例市", "its place" },
    { "level", LEVEL, AT(level), NULL, "unknown", 0, 0, "prefecture",
      "national, province, prefecture, county, township, subdistrict or area" },
    { "checked", CHECKED, AT(checked), NULL, "unknown", 0, 0, "2026-06-30",
      "the day on which this entry was last tried on the live site, or never: a note for people" },
    { "start", URLS, AT(start), NULL, NULL, 1, URL_MAX_BYTES, "http://www.example.org/news/",
      "one or a list: list pages, feeds, sitemaps (http, https), or file:///a/folder of saved pages" },
    { "article", PATTERNS, AT(article), NULL, "judged by the address's shape", 1, 1000, "/t\\d{8}_\\d+\\.s?html?$",
      "one or a list of regular expressions (PCRE2), searched in a link's address: these are articles" },
    { "selectors", SELECTORS, AT(selectors), NULL, "none", 0, 0, NULL,
      "CSS selectors, for a site whose pages are read wrongly without; renda check tells what each of them matches" },
    { "poll", DURATION, AT(poll_ms), "5m", NULL, 100, 30 * DAY, NULL, "between two visits of a start page" },
    { "delay", DURATION, AT(delay_ms), "1s", NULL, 0, HOUR, NULL, "between two requests to one host" },
    { "concurrency", NUMBER, AT(concurrency), "1", NULL, 1, 64, NULL, "requests to one host at a time" },
};
#undef AT

static const struct group {
    const char *name; /* before the key in messages; sites add their index */
    const struct setting *settings;
    size_t n;
} top_group = { "", top_settings, COUNT(top_settings) },
  limit_group = { "limits", limit_settings, COUNT(limit_settings) },
  selector_group = { "selectors", selector_settings, COUNT(selector_settings) },
  site_group = { "sites", site_settings, COUNT(site_settings) };

static const char *const levels[] = {
    "national", "province", "prefecture", "county", "township", "subdistrict", "area"
};

/* ---- what a mistake looks like ----------------------------------------------------------------------------------- */

struct reader {
    const char *name;  /* of the file */
    char where[96];    /* "sites[3]", or empty */
    char key[64];      /* "start[1]" */
    char *folder;      /* that relative paths start from */
    bool entries_only; /* nobody is visited: no contact is needed */
    struct config *c;
    struct err *e;
};

static int mistake(const struct reader *r, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static int mistake(const struct reader *r, int line, const char *fmt, ...)
{
    struct err why;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(why.msg, sizeof(why.msg), fmt, ap);
    va_end(ap);
    const char *dot = r->where[0] != '\0' && r->key[0] != '\0' ? "." : "";
    const char *colon = r->where[0] != '\0' || r->key[0] != '\0' ? ": " : "";
    return err_set(r->e, "%s:%d: %s%s%s%s%s", r->name, line, r->where, dot, r->key, colon, why.msg);
}

/* The value as written, on one line and not too long, in quotes. */
struct shown {
    char text[96];
};

static struct shown show(const char *value)
{
    struct shown out;
    struct span cut = text_cut(span_of(value), 60);
    snprintf(out.text, sizeof(out.text), "'%.*s%s'", SPAN_FMT(cut), value[cut.n] == '\0' ? "" : "…");
    for (char *p = out.text; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    }
    return out;
}
#define SHOW(value) (show(value).text)

/* ---- values ------------------------------------------------------------------------------------------------------ */

static void *get(size_t n, size_t size)
{
    void *p = calloc(n == 0 ? 1 : n, size);
    if (p == NULL) {
        fputs("renda: out of memory\n", stderr);
        abort();
    }
    return p;
}

static char *copy(const char *s)
{
    size_t n = strlen(s);
    return memcpy(get(n + 1, 1), s, n + 1);
}

static char *printed(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static char *printed(const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *s = get((size_t)n + 1, 1);
    vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

struct unit {
    const char *name;
    int64_t size;
};

static const struct unit time_units[] = { { "ms", 1 }, { "s", SECOND }, { "m", MINUTE }, { "h", HOUR }, { "d", DAY } };
static const struct unit byte_units[] = { { "B", 1 },          { "KB", KB },  { "MB", MB },  { "GB", GB },
                                          { "TB", 1024 * GB }, { "KiB", KB }, { "MiB", MB }, { "GiB", GB } };

/* Digits into *out, and where they end; NULL when there are none or too many. */
static const char *digits(const char *s, int64_t *out)
{
    const char *p = s;
    for (*out = 0; *p >= '0' && *p <= '9' && p - s < 13; p++)
        *out = *out * 10 + (*p - '0');
    return p == s || (*p >= '0' && *p <= '9') ? NULL : p;
}

static int with_unit(const char *text, const struct unit *units, size_t n, int64_t *out)
{
    const char *p = digits(text, out);
    if (p == NULL)
        return -1;
    if (*p == '\0' && *out == 0)
        return 0;
    while (*p == ' ')
        p++;
    for (size_t i = 0; i < n; i++) {
        if (strcasecmp(p, units[i].name) == 0)
            return __builtin_mul_overflow(*out, units[i].size, out) ? -1 : 0;
    }
    return -1;
}

/* As one would write it: the largest unit that leaves no remainder. */
static struct shown as_written(int64_t value, const struct unit *units, size_t n)
{
    struct shown out;
    const struct unit *best = &units[0];
    for (size_t i = 0; i < n; i++) {
        if (value != 0 && value % units[i].size == 0 && units[i].size > best->size)
            best = &units[i];
    }
    snprintf(out.text, sizeof(out.text), "%" PRId64 "%s", value / best->size, value == 0 ? "" : best->name);
    return out;
}

static int in_range(struct reader *r, int line, const struct setting *s, const char *text, int64_t value,
                    const struct unit *units, size_t n)
{
    if (value >= s->min && value <= s->max)
        return 0;
    return mistake(r, line, "%s is too %s; write %s to %s", SHOW(text), value < s->min ? "small" : "large",
                   as_written(s->min, units, n).text, as_written(s->max, units, n).text);
}

static int read_duration(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (with_unit(text, time_units, COUNT(time_units), field) < 0)
        return mistake(r, line, "%s is not a duration; write a number with s, m, h or d, for example %s", SHOW(text),
                       s->fallback);
    return in_range(r, line, s, text, *(int64_t *)field, time_units, COUNT(time_units));
}

static int read_bytes(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (with_unit(text, byte_units, COUNT(byte_units), field) < 0)
        return mistake(r, line, "%s is not a size; write a number with KB, MB or GB, for example 20MB", SHOW(text));
    return in_range(r, line, s, text, *(int64_t *)field, byte_units, COUNT(byte_units));
}

static int read_number(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    static const struct unit one[] = { { "", 1 } };
    int64_t value;
    const char *end = digits(text, &value);
    if (end == NULL || *end != '\0')
        return mistake(r, line, "%s is not a number; write %" PRId64 " to %" PRId64, SHOW(text), s->min, s->max);
    if (in_range(r, line, s, text, value, one, 1) < 0)
        return -1;
    *(int *)field = (int)value;
    return 0;
}

/* Control characters would end up in request headers and on terminals. */
static int check_text(struct reader *r, int line, const struct setting *s, const char *text)
{
    if (text[0] == '\0')
        return mistake(r, line, "is empty; write a value or remove the line");
    if ((int64_t)strlen(text) > s->max)
        return mistake(r, line, "%s is too long; at most %" PRId64 " bytes", SHOW(text), s->max);
    for (const char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return mistake(r, line, "%s holds a control character (0x%02x); remove it", SHOW(text), (unsigned char)*p);
    }
    return 0;
}

static int read_text(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (check_text(r, line, s, text) < 0)
        return -1;
    *(char **)field = copy(text);
    return 0;
}

static int read_path(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (check_text(r, line, s, text) < 0)
        return -1;
    bool whole = text[0] == '/' || strcmp(text, "null:") == 0;
    if (!whole && strstr(text, "://") != NULL)
        return mistake(r, line, "%s is not a path; write the path of a file, for example renda.db", SHOW(text));
    *(char **)field = whole ? copy(text) : printed("%s/%s", r->folder, text);
    return 0;
}

static int read_contact(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (check_text(r, line, s, text) < 0)
        return -1;
    const char *at = strchr(text, '@');
    bool page = strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
    if (strpbrk(text, " ()<>\"") != NULL || (!page && (at == NULL || at == text || at[1] == '\0')))
        return mistake(r, line, "%s is neither an e-mail address nor a page; write one, for example you@example.org",
                       SHOW(text));
    bool bare = !page && strncmp(text, "mailto:", 7) != 0;
    *(char **)field = printed("%s%s", bare ? "mailto:" : "", text);
    return 0;
}

static int read_endpoint(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (check_text(r, line, s, text) < 0)
        return -1;
    const char *port = strrchr(text, ':');
    int64_t number;
    const char *end = digits(port == NULL ? "" : port + 1, &number);
    bool tcp = strncmp(text, "tcp://", 6) == 0 && port > text + 6 && end != NULL && *end == '\0' && number >= 1 &&
               number <= 65535;
    bool ipc = strncmp(text, "ipc:///", 7) == 0 && text[7] != '\0';
    if (!tcp && !ipc)
        return mistake(r, line, "%s is not an endpoint; write ipc:///path or tcp://address:port", SHOW(text));
    if (ipc && strlen(text) - 6 > SOCKET_MAX_BYTES)
        return mistake(r, line, "%s is too long for a socket; at most %d bytes after ipc://", SHOW(text),
                       SOCKET_MAX_BYTES);
    *(char **)field = copy(text);
    return 0;
}

static int read_level(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    for (size_t i = 0; i < COUNT(levels); i++) {
        if (strcmp(text, levels[i]) == 0) {
            *(char **)field = copy(text);
            return 0;
        }
    }
    return mistake(r, line, "%s is not a level; write %s", SHOW(text), s->meaning);
}

static int read_selector(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    struct err why;
    if (check_text(r, line, s, text) < 0)
        return -1;
    struct arena *a = arena_new(SELECTOR_ARENA_BYTES, NULL);
    bool fine = selector_compile(span_of(text), a, &why) != NULL;
    arena_free(a);
    if (!fine)
        return mistake(r, line, "%s is no selector: %s", SHOW(text), why.msg);
    *(char **)field = copy(text);
    return 0;
}

static int read_date(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    struct tm tm = { 0 };
    char again[16];
    const char *end = strlen(text) == DATE_BYTES ? strptime(text, "%Y-%m-%d", &tm) : NULL;
    if (end == NULL || *end != '\0' || timegm(&tm) < 0 || strftime(again, sizeof(again), "%Y-%m-%d", &tm) == 0 ||
        strcmp(text, again) != 0)
        return mistake(r, line, "%s is not a day; write one as %s", SHOW(text), s->sample);
    *(char **)field = copy(text);
    return 0;
}

/* A day, or "never". */
static int read_checked(struct reader *r, int line, const struct setting *s, const char *text, void *field)
{
    if (strcmp(text, "never") != 0)
        return read_date(r, line, s, text, field);
    *(char **)field = copy(text);
    return 0;
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

static int check_url(struct reader *r, int line, const struct setting *s, const char *url)
{
    if (check_text(r, line, s, url) < 0)
        return -1;
    if (strpbrk(url, " <>\"") != NULL)
        return mistake(r, line, "%s holds a blank, a quote or an angle bracket; write them as %%20, %%22, %%3C, %%3E",
                       SHOW(url));
    char host[300];
    if (strncmp(url, "file://", 7) == 0)
        return url[7] == '/' ? 0 : mistake(r, line, "%s has no absolute path; write file:///folder", SHOW(url));
    if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0)
        return mistake(r, line, "%s does not begin with http://, https:// or file://", SHOW(url));
    return url_host(span_of(url), host).n > 0 ? 0 : mistake(r, line, "%s names no host", SHOW(url));
}

static int check_pattern(struct reader *r, int line, const struct setting *s, const char *pattern)
{
    return check_text(r, line, s, pattern);
}

typedef int item_check(struct reader *r, int line, const struct setting *s, const char *text);

/* A pattern may stand for the files of one folder only, so that nothing can make us look through the whole disk. */
static int check_files(struct reader *r, int line, const struct setting *s, const char *pattern)
{
    if (check_text(r, line, s, pattern) < 0)
        return -1;
    const char *slash = strrchr(pattern, '/'), *star = strpbrk(pattern, "*?[");
    if (slash != NULL && star != NULL && star < slash)
        return mistake(r, line, "%s has a wildcard before its last '/'; write one line for each folder", SHOW(pattern));
    return 0;
}

static int add_string(struct reader *r, const struct yaml *y, const struct setting *s, item_check *check,
                      struct strings *out)
{
    if (y->type != YAML_TEXT)
        return mistake(r, y->line, "is not a text");
    if (check(r, y->line, s, y->text) < 0)
        return -1;
    out->lines[out->n] = y->line;
    out->items[out->n++] = copy(y->text);
    return 0;
}

/* One text, or a list of them. */
static int read_strings(struct reader *r, const struct yaml *y, const struct setting *s, item_check *check,
                        struct strings *out)
{
    if (y->type == YAML_MAP)
        return mistake(r, y->line, "is neither a text nor a list; write one line for each, beginning with '- '");
    bool list = y->type == YAML_LIST;
    if (list && y->n == 0)
        return mistake(r, y->line, "is an empty list; write a value or remove the line");
    if (list && y->n > STRINGS_MAX)
        return mistake(r, y->line, "has %zu entries; at most %d", y->n, STRINGS_MAX);
    out->items = get(list ? y->n : 1, sizeof(*out->items));
    out->lines = get(list ? y->n : 1, sizeof(*out->lines));
    if (!list)
        return add_string(r, y, s, check, out);
    size_t i = 0;
    for (const struct yaml *item = y->first; item != NULL; item = item->next) {
        snprintf(r->key, sizeof(r->key), "%s[%zu]", s->key, i++);
        if (add_string(r, item, s, check, out) < 0)
            return -1;
    }
    return 0;
}

/* ---- groups of settings ------------------------------------------------------------------------------------------ */

static int read_limits(struct reader *r, const struct yaml *y, void *field);
static int read_selectors(struct reader *r, const struct yaml *y, void *field);
static int read_sites(struct reader *r, const struct yaml *y, void *field);

typedef int text_reader(struct reader *r, int line, const struct setting *s, const char *text, void *field);

/* Each type reads a text, a list of texts, or a whole group. */
static const struct {
    text_reader *text;
    item_check *item;
    int (*group)(struct reader *r, const struct yaml *y, void *field);
} types[] = {
    [TEXT] = { read_text, NULL, NULL },         [PATH] = { read_path, NULL, NULL },
    [CONTACT] = { read_contact, NULL, NULL },   [ENDPOINT] = { read_endpoint, NULL, NULL },
    [LEVEL] = { read_level, NULL, NULL },       [URLS] = { NULL, check_url, NULL },
    [PATTERNS] = { NULL, check_pattern, NULL }, [DURATION] = { read_duration, NULL, NULL },
    [BYTES] = { read_bytes, NULL, NULL },       [NUMBER] = { read_number, NULL, NULL },
    [SELECTOR] = { read_selector, NULL, NULL }, [DATE] = { read_date, NULL, NULL },
    [CHECKED] = { read_checked, NULL, NULL },   [LIMITS] = { NULL, NULL, read_limits },
    [FILES] = { NULL, check_files, NULL },      [SELECTORS] = { NULL, NULL, read_selectors },
    [SITES] = { NULL, NULL, read_sites },
};

static bool is_given(const struct yaml *y)
{
    return !(y->type == YAML_TEXT && y->plain &&
             (y->n == 0 || strcmp(y->text, "~") == 0 || strcmp(y->text, "null") == 0));
}

static int read_setting(struct reader *r, const struct setting *s, const struct yaml *y, char *base)
{
    void *field = base + s->at;
    if (types[s->type].group != NULL)
        return types[s->type].group(r, y, field);
    if (types[s->type].item != NULL)
        return read_strings(r, y, s, types[s->type].item, field);
    if (y->type != YAML_TEXT)
        return mistake(r, y->line, "is a %s; write one value", y->type == YAML_LIST ? "list" : "group of settings");
    return types[s->type].text(r, y->line, s, y->text, field);
}

static const struct setting *find_setting(const struct group *g, const char *key)
{
    for (size_t i = 0; i < g->n; i++) {
        if (strcmp(g->settings[i].key, key) == 0)
            return &g->settings[i];
    }
    return NULL;
}

static int unknown_setting(struct reader *r, const struct group *g, const struct yaml *key)
{
    const char *close = near_word(key->text, &g->settings[0].key, g->n, sizeof(g->settings[0]));
    if (close != NULL)
        return mistake(r, key->line, "there is no setting %s; did you mean '%s'?", SHOW(key->text), close);
    char known[256];
    size_t n = 0;
    for (size_t i = 0; i < g->n && n < sizeof(known); i++)
        n += (size_t)snprintf(known + n, sizeof(known) - n, "%s%s", i == 0 ? "" : ", ", g->settings[i].key);
    return mistake(r, key->line, "there is no setting %s; known here: %s", SHOW(key->text), known);
}

static void set_where(struct reader *r, const char *where)
{
    snprintf(r->where, sizeof(r->where), "%s", where);
    r->key[0] = '\0';
}

/* The settings that were given, each once; where: "sites[3]" or "". */
static int read_given(struct reader *r, const struct group *g, const struct yaml *y, const char *where, char *base,
                      int *lines)
{
    for (const struct yaml *key = y->first; key != NULL; key = key->next->next) {
        const struct yaml *value = key->next;
        set_where(r, where);
        if (key->type != YAML_TEXT)
            return mistake(r, key->line, "the name of a setting must be a text");
        const struct setting *s = find_setting(g, key->text);
        if (s == NULL)
            return unknown_setting(r, g, key);
        size_t i = (size_t)(s - g->settings);
        snprintf(r->key, sizeof(r->key), "%s", s->key);
        if (lines[i] != 0)
            return mistake(r, key->line, "is in line %d already", lines[i]);
        lines[i] = key->line;
        if (!is_given(value))
            lines[i] = -key->line;
        else if (read_setting(r, s, value, base) < 0)
            return -1;
    }
    return 0;
}

static int read_group(struct reader *r, const struct group *g, const struct yaml *y, const char *where, void *base)
{
    int lines[16] = { 0 };
    _Static_assert(COUNT(top_settings) <= 16 && COUNT(limit_settings) <= 16 && COUNT(site_settings) <= 16 &&
                       COUNT(selector_settings) <= 16,
                   "lines");
    if (read_given(r, g, y, where, base, lines) < 0)
        return -1;
    for (size_t i = 0; i < g->n; i++) {
        const struct setting *s = &g->settings[i];
        if (lines[i] > 0)
            continue;
        set_where(r, where);
        snprintf(r->key, sizeof(r->key), "%s", s->key);
        int line = lines[i] < 0 ? -lines[i] : y->line;
        if (s->fallback == NULL && s->otherwise == NULL)
            return mistake(r, line, "is missing; %s", s->meaning);
        if (s->fallback != NULL && types[s->type].text(r, line, s, s->fallback, (char *)base + s->at) < 0)
            return -1;
    }
    return 0;
}

static int read_limits(struct reader *r, const struct yaml *y, void *field)
{
    if (y->type != YAML_MAP)
        return mistake(r, y->line,
                       "is not a group of settings; write each on a line of its own, indented: 'total: 60s'");
    return read_group(r, &limit_group, y, "limits", field);
}

/* As the worker takes them: a line for each. */
static char *selector_lines(const struct config_selectors *s)
{
    size_t n = 0;
    char *out = get(SELECT_FIELD_COUNT + 1, SELECTOR_MAX_BYTES + 32);
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        if (s->fields[i] != NULL)
            n += (size_t)sprintf(out + n, "%s %s\n", select_field_names[i], s->fields[i]);
    }
    if (s->valid_until != NULL)
        sprintf(out + n, "valid_until %s\n", s->valid_until);
    char *whole = copy(out);
    free(out);
    return whole;
}

static int read_selectors(struct reader *r, const struct yaml *y, void *field)
{
    struct config_selectors *s = field;
    char where[sizeof(r->where)], site[sizeof(r->where)];
    snprintf(site, sizeof(site), "%s", r->where);
    if (y->type != YAML_MAP)
        return mistake(r, y->line,
                       "is not a group of selectors; write each on a line of its own, indented: 'title: h1.con'");
    snprintf(where, sizeof(where), "%.60s.selectors", site);
    set_where(r, where);
    for (const struct yaml *key = y->first; key != NULL; key = key->next->next) {
        if (!is_given(key->next))
            return mistake(r, key->line, "one has no value; a selector that begins with # wants quotes: '#zoom'");
    }
    if (read_group(r, &selector_group, y, where, s) < 0)
        return -1;
    set_where(r, where);
    int given = 0;
    for (int i = 0; i < SELECT_FIELD_COUNT; i++)
        given += s->fields[i] != NULL;
    if (given == 0)
        return mistake(r, y->line, "names no field; write one, for example \"body: '#zoom'\", or remove the line");
    if (s->fields[SELECT_EXCEPT] != NULL && s->fields[SELECT_BODY] == NULL)
        return mistake(r, y->line, "has 'except' without 'body'; it names what in the body does not belong to it");
    s->lines = selector_lines(s);
    set_where(r, site);
    return 0;
}

bool config_selectors_over(const struct config_selectors *s, int64_t now)
{
    char today[16];
    time_t at = (time_t)(now / 1000);
    struct tm tm;
    return s->valid_until != NULL && gmtime_r(&at, &tm) != NULL &&
           strftime(today, sizeof(today), "%Y-%m-%d", &tm) == DATE_BYTES && strcmp(today, s->valid_until) > 0;
}

static int make_room(struct config *c, size_t more)
{
    if (c->site_count + more > SITES_MAX)
        return -1;
    struct config_site *all = get(c->site_count + more, sizeof(*all));
    if (c->site_count > 0)
        memcpy(all, c->sites, c->site_count * sizeof(*all));
    free(c->sites);
    c->sites = all;
    return 0;
}

static int read_sites(struct reader *r, const struct yaml *y, void *field)
{
    struct config *c = r->c;
    (void)field; /* c->sites */
    if (y->type != YAML_LIST)
        return mistake(r, y->line, "is not a list; begin each site with '- name: …'");
    if (y->n == 0)
        return mistake(r, y->line, "is an empty list; begin each site with '- name: …'");
    if (y->n > SITES_MAX)
        return mistake(r, y->line, "has %zu entries; at most %d", y->n, SITES_MAX);
    if (make_room(c, y->n) < 0)
        return mistake(r, y->line, "has the %zuth entry of all files; at most %d", c->site_count + y->n, SITES_MAX);
    int index = 0;
    for (const struct yaml *site = y->first; site != NULL; site = site->next) {
        char where[32];
        snprintf(where, sizeof(where), "sites[%d]", index);
        set_where(r, where);
        if (site->type != YAML_MAP)
            return mistake(r, site->line, "is not a group of settings; begin each site with '- name: …'");
        struct config_site *s = &c->sites[c->site_count++];
        s->file = r->name;
        s->line = site->line;
        s->index = index++;
        if (read_group(r, &site_group, site, where, s) < 0)
            return -1;
    }
    return 0;
}

/* ---- what only shows when all is read ---------------------------------------------------------------------------- */

struct named {
    const char *text;
    const struct config_site *site;
    int line;
};

static int by_text(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->site > y->site) - (x->site < y->site);
}

/* "line 7" of the same file, "other.yaml:7" of another. */
static struct shown place_of(const struct named *first, const struct named *second)
{
    struct shown out;
    if (strcmp(first->site->file, second->site->file) == 0)
        snprintf(out.text, sizeof(out.text), "line %d", first->line);
    else
        snprintf(out.text, sizeof(out.text), "%.80s:%d", first->site->file, first->line);
    return out;
}

static int check_unique(struct reader *r, struct named *all, size_t n, const char *key, const char *what)
{
    qsort(all, n, sizeof(*all), by_text);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(all[i - 1].text, all[i].text) != 0)
            continue;
        char where[64];
        snprintf(where, sizeof(where), "sites[%d]", all[i].site->index);
        set_where(r, where);
        snprintf(r->key, sizeof(r->key), "%s", key);
        r->name = all[i].site->file;
        return mistake(r, all[i].line, "%s is %s in %s already", SHOW(all[i].text), what,
                       place_of(&all[i - 1], &all[i]).text);
    }
    return 0;
}

static int check_names(struct reader *r, const struct config *c)
{
    struct named *all = get(c->site_count, sizeof(*all));
    for (size_t i = 0; i < c->site_count; i++)
        all[i] = (struct named){ c->sites[i].name, &c->sites[i], c->sites[i].line };
    int rc = check_unique(r, all, c->site_count, "name", "the name of the site");
    free(all);
    return rc;
}

/* The frontier has every address once, so it can belong to one site only. */
static int check_starts(struct reader *r, const struct config *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->site_count; i++)
        n += c->sites[i].start.n;
    struct named *all = get(n, sizeof(*all));
    n = 0;
    for (size_t i = 0; i < c->site_count; i++) {
        for (size_t j = 0; j < c->sites[i].start.n; j++)
            all[n++] = (struct named){ c->sites[i].start.items[j], &c->sites[i], c->sites[i].start.lines[j] };
    }
    int rc = check_unique(r, all, n, "start", "a start page");
    free(all);
    return rc;
}

static int check_contact(struct reader *r, const struct config *c)
{
    for (size_t i = 0; c->contact == NULL && i < c->site_count; i++) {
        for (size_t j = 0; j < c->sites[i].start.n; j++) {
            if (url_is_local(span_of(c->sites[i].start.items[j])))
                continue;
            set_where(r, "contact");
            return mistake(r, 1, "is missing; add a line like 'contact: you@example.org', so that %s knows who visits",
                           SHOW(c->sites[i].start.items[j]));
        }
    }
    return 0;
}

static void derive_agent(struct config *c)
{
    char *given = c->user_agent;
    if (given != NULL && (c->contact == NULL || strstr(given, c->contact) != NULL))
        return;
    const char *base = given == NULL ? "Renda/" RENDA_VERSION : given;
    c->user_agent = c->contact == NULL ? copy(base) : printed("%s (+%s)", base, c->contact);
    free(given);
}

/* Sockets stand beside the database, or, when that is too long for a socket's name or there is no file, in a folder of
 * their own: role_lock() makes it. */
static void derive_endpoints(struct config *c)
{
    static const struct {
        size_t at;
        const char *name;
    } rows[] = { { offsetof(struct config, dispatch), "dispatch" },
                 { offsetof(struct config, results), "results" },
                 { offsetof(struct config, feed), "feed" } };
    bool file = strcmp(c->database, "null:") != 0;
    const char *key = file ? c->database : c->path;
    bool beside = file && strlen(key) + strlen(".dispatch.sock") <= SOCKET_MAX_BYTES;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char **field = (char **)(void *)((char *)c + rows[i].at);
        if (*field != NULL)
            continue;
        if (beside)
            *field = printed("ipc://%s.%s.sock", key, rows[i].name);
        else
            *field = printed("ipc:///tmp/renda-%u-%016" PRIx64 "/%s.sock", (unsigned)geteuid(),
                             (uint64_t)XXH3_64bits(key, strlen(key)), rows[i].name);
    }
}

static int finish(struct reader *r, struct config *c)
{
    set_where(r, "sites");
    if (c->site_count == 0)
        return mistake(r, 1, "is missing; the congresses' websites");
    if (check_names(r, c) < 0 || check_starts(r, c) < 0 || (!r->entries_only && check_contact(r, c) < 0))
        return -1;
    if (c->limits.window_pages == 0) /* no 'limits:' */
        config_default_limits(&c->limits);
    if (c->workers == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        c->workers = cores < 1 ? 1 : cores > 256 ? 256 : (int)cores;
    }
    derive_agent(c);
    derive_endpoints(c);
    return 0;
}

void config_default_limits(struct config_limits *out)
{
    static const struct yaml nothing = { .type = YAML_MAP, .line = 1 };
    struct err e;
    struct reader r = { .name = "defaults", .e = &e };
    int rc = read_group(&r, &limit_group, &nothing, "limits", out);
    assert(rc == 0);
    (void)rc;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

/* The absolute folder of the file. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *part = slash == NULL ? copy(".") : printed("%.*s", slash == path ? 1 : (int)(slash - path), path);
    char *whole = realpath(part, NULL);
    if (whole == NULL)
        return part;
    free(part);
    if (strcmp(whole, "/") == 0)
        whole[0] = '\0';
    return whole;
}

/* The text of a file in *text, to be freed; its bytes, or -1. Anything but a file is refused: a device may never end.
 */
static ssize_t read_file(const char *path, char **text, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    ssize_t got = fd < 0 ? -1 : 1;
    size_t n = 0;
    *text = NULL;
    if (fd >= 0 && fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        got = S_ISFIFO(st.st_mode) ? 1 : -1; /* <(a command) is as good as a file */
    }
    if (got > 0) {
        fcntl(fd, F_SETFL, 0);
        *text = get(FILE_MAX_BYTES + 1, 1);
    }
    while (got > 0 && n <= FILE_MAX_BYTES) {
        got = read(fd, *text + n, FILE_MAX_BYTES + 1 - n);
        if (got > 0)
            n += (size_t)got;
    }
    if (got < 0)
        err_set(e, "cannot read the config '%s': %s%s", path, strerror(errno),
                errno == EISDIR ? "; name a file, which may include those of a folder: 'include: sites/*.yaml'" : "");
    if (fd >= 0)
        close(fd);
    return got < 0 ? -1 : (ssize_t)n;
}

/* ---- files with more entries ------------------------------------------------------------------------------------- */

static int read_entries(struct reader *r, const struct yaml *root)
{
    if (root->type != YAML_MAP || root->n != 2 || root->first->type != YAML_TEXT ||
        strcmp(root->first->text, "sites") != 0)
        return mistake(r, root->line, "an included file holds 'sites:' and nothing else");
    snprintf(r->key, sizeof(r->key), "sites");
    return read_sites(r, root->first->next, NULL);
}

static int include_file(struct reader *main, const char *path)
{
    struct reader r = { .name = path, .folder = main->folder, .c = main->c, .e = main->e };
    char *text;
    ssize_t n = read_file(path, &text, main->e);
    int rc = -1;
    if (n > (ssize_t)FILE_MAX_BYTES)
        mistake(&r, 1, "is larger than 1 MB; this is no config file of renda");
    else if (n >= 0) {
        struct arena *a = arena_new(TREE_MAX_BYTES, NULL);
        const struct yaml *root = yaml_read(path, text, (size_t)n, a, main->e);
        rc = root == NULL ? -1 : read_entries(&r, root);
        arena_free(a);
    }
    free(text);
    return rc;
}

static int add_files(struct reader *r, const char *pattern, int line)
{
    struct strings *files = &r->c->files;
    glob_t found = { 0 };
    char *whole = pattern[0] == '/' ? copy(pattern) : printed("%s/%s", r->folder, pattern);
    int rc = glob(whole, GLOB_ERR, NULL, &found);
    free(whole);
    set_where(r, "include");
    if (rc != 0)
        rc = mistake(r, line, "%s names no file", SHOW(pattern));
    else if (files->n + found.gl_pathc > SITES_MAX)
        rc = mistake(r, line, "%s names too many files; at most %d in all", SHOW(pattern), SITES_MAX);
    for (size_t i = 0; rc == 0 && i < found.gl_pathc; i++)
        files->items[files->n++] = copy(found.gl_pathv[i]);
    globfree(&found);
    return rc;
}

static int include_files(struct reader *r)
{
    struct config *c = r->c;
    if (c->include.n > 0)
        c->files.items = get(SITES_MAX, sizeof(*c->files.items));
    for (size_t i = 0; i < c->include.n; i++) {
        if (add_files(r, c->include.items[i], c->include.lines[i]) < 0)
            return -1;
    }
    for (size_t i = 0; i < c->files.n; i++) {
        if (include_file(r, c->files.items[i]) < 0)
            return -1;
    }
    return 0;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static int fill(struct config *c, const char *name, const char *yaml, size_t bytes, bool entries_only, struct err *e)
{
    struct reader r = { .name = name, .folder = folder_of(name), .entries_only = entries_only, .c = c, .e = e };
    struct arena *a = arena_new(TREE_MAX_BYTES, NULL);
    struct yaml *root = yaml_read(name, yaml, bytes, a, e);
    int rc = -1;
    r.name = c->path; /* entries keep it */
    if (root != NULL && root->type != YAML_MAP)
        mistake(&r, root->line, "a group of settings belongs here: 'sites:' and so on");
    else if (root != NULL && read_group(&r, &top_group, root, "", c) == 0 && include_files(&r) == 0)
        rc = finish(&r, c);
    arena_free(a);
    free(r.folder);
    return rc;
}

static struct config *parse(const char *name, const char *yaml, size_t bytes, bool entries_only, struct err *e)
{
    if (bytes > FILE_MAX_BYTES) {
        err_set(e, "%s: is larger than 1 MB; this is no config file of renda", name);
        return NULL;
    }
    struct config *c = get(1, sizeof(*c));
    c->path = copy(name);
    if (fill(c, name, yaml, bytes, entries_only, e) < 0) {
        config_free(c);
        return NULL;
    }
    return c;
}

struct config *config_parse(const char *name, const char *yaml, size_t bytes, struct err *e)
{
    return parse(name, yaml, bytes, false, e);
}

struct config *config_load(const char *path, struct err *e)
{
    char *text;
    ssize_t n = read_file(path, &text, e);
    struct config *c = n < 0 ? NULL : config_parse(path, text, (size_t)n, e);
    free(text);
    return c;
}

/* As JSON has it, which is YAML, too. */
static void put_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++)
        fprintf(out, (unsigned char)*text < 0x20 ? "\\x%02x" : *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    fputc('"', out);
}

struct config *config_entries(const char *path, const char *contact, struct err *e)
{
    struct stat st;
    char *text = NULL;
    size_t bytes = 0;
    if (stat(path, &st) < 0) {
        err_set(e, "cannot read '%s': %s", path, strerror(errno));
        return NULL;
    }
    char *whole = realpath(path, NULL);
    char *files = printed(S_ISDIR(st.st_mode) ? "%s/*.yaml" : "%s", whole == NULL ? path : whole);
    FILE *out = open_memstream(&text, &bytes);
    if (out == NULL)
        abort();
    fputs("include: ", out);
    put_quoted(out, files);
    if (contact != NULL) {
        fputs("\ncontact: ", out);
        put_quoted(out, contact);
    }
    fclose(out);
    struct config *c = parse(path, text, bytes, contact == NULL, e);
    free(text);
    free(files);
    free(whole);
    return c;
}

static void free_strings(struct strings *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->items[i]);
    free(s->items);
    free(s->lines);
}

static void free_group(const struct group *g, char *base);

static void free_selectors(struct config_selectors *s)
{
    free_group(&selector_group, (char *)s);
    free(s->lines);
}

static void free_group(const struct group *g, char *base)
{
    for (size_t i = 0; i < g->n; i++) {
        void *field = base + g->settings[i].at;
        enum type type = g->settings[i].type;
        if (types[type].item != NULL)
            free_strings(field);
        else if (type <= CHECKED)
            free(*(char **)field);
        else if (type == SELECTORS)
            free_selectors(field);
    }
}

void config_free(struct config *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < c->site_count; i++)
        free_group(&site_group, (char *)&c->sites[i]);
    free(c->sites);
    free_group(&top_group, (char *)c);
    free_strings(&c->files);
    free(c->path);
    free(c);
}

/* ---- the sample -------------------------------------------------------------------------------------------------- */

#define COMMENT_COLUMNS 100

/* Words after "# ", broken into lines. */
static void print_comment(FILE *out, const char *indent, const char *text)
{
    struct span rest = span_of(text);
    while (rest.n > 0) {
        struct span line = rest;
        while (text_columns(line) > COMMENT_COLUMNS) {
            const char *blank = memrchr(line.p, ' ', line.n);
            if (blank == NULL)
                break;
            line = span_between(line.p, blank);
        }
        fprintf(out, "%s# %.*s\n", indent, SPAN_FMT(line));
        size_t taken = line.n < rest.n ? line.n + 1 : line.n;
        rest = (struct span){ rest.p + taken, rest.n - taken };
    }
}

/* In the sample, what can be left out is commented out; one site is shown whole. */
static bool is_shown(const struct group *g, const struct setting *s)
{
    return s->type == CONTACT || (s->fallback == NULL && (s->otherwise == NULL || g == &site_group));
}

static void print_setting(FILE *out, const struct group *g, const struct setting *s, const char *indent)
{
    const char *quote = s->type == PATTERNS ? "'" : "";
    fprintf(out, "%s%s%s: %s%s%s", indent, is_shown(g, s) ? "" : "# ", s->key, quote,
            s->fallback != NULL ? s->fallback : s->sample, quote);
    if (s->fallback == NULL && s->otherwise != NULL)
        fprintf(out, "    # when absent: %s", s->otherwise);
    fputc('\n', out);
}

static void print_limits(FILE *out)
{
    fputs("limits:\n", out);
    for (size_t i = 0; i < limit_group.n; i++) {
        const struct setting *s = &limit_group.settings[i];
        fprintf(out, "  # %s: %-*s # %s\n", s->key, 20 - (int)strlen(s->key), s->fallback, s->meaning);
    }
}

static void print_selectors(FILE *out)
{
    fputs("    # selectors:    # when absent: none\n", out);
    for (size_t i = 0; i < selector_group.n; i++) {
        const struct setting *s = &selector_group.settings[i];
        fprintf(out, "    #   %s: %-*s # %s\n", s->key, 20 - (int)strlen(s->key), s->sample, s->meaning);
    }
}

static void print_sites(FILE *out)
{
    fputs("sites:\n", out);
    for (size_t i = 0; i < site_group.n; i++) {
        print_comment(out, i == 0 ? "  " : "    ", site_group.settings[i].meaning);
        if (site_group.settings[i].type == SELECTORS)
            print_selectors(out);
        else
            print_setting(out, &site_group, &site_group.settings[i], i == 0 ? "  - " : "    ");
    }
}

void config_print_settings(FILE *out)
{
    fputs(
        "# Settings of Renda: what it watches, and how. A line like '# workers: 2' is a setting that can be left out.\n"
        "# A duration is a number with ms, s, m, h or d (30s, 5m, 2h); a size one with B, KB, MB or GB (1 KB is 1024 "
        "bytes).\n"
        "# renda check reads this file and tries every site.\n",
        out);
    for (size_t i = 0; i < top_group.n; i++) {
        const struct setting *s = &top_group.settings[i];
        fputc('\n', out);
        print_comment(out, "", s->meaning);
        if (s->type == LIMITS)
            print_limits(out);
        else if (s->type == SITES)
            print_sites(out);
        else
            print_setting(out, &top_group, s, "");
    }
}
