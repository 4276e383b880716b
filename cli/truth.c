#include "cli/truth.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_ARTICLES   200 /* of the truth, at a time */
#define ARENA_MAX_BYTES ((size_t)64 << 20)
#define END             FINDING_FIELD_COUNT
#define TOPIC_MIN_BYTES 12 /* four Chinese characters: fewer are within anything */

/* The fields that say what a finding is. */
static const enum finding_field keys[KIND_COUNT][2] = {
    [KIND_FIGURE] = { FINDING_VALUE, FINDING_UNIT },
    [KIND_LEGISLATION] = { FINDING_NAME, FINDING_STAGE },
    [KIND_MEETING] = { FINDING_NAME, END },
    [KIND_OVERSIGHT] = { FINDING_FORM, FINDING_TOPIC },
    [KIND_SUGGESTION] = { FINDING_TITLE, FINDING_TYPE },
    [KIND_PROJECT] = { FINDING_NAME, FINDING_STAGE },
    [KIND_VOTE] = { FINDING_ITEM, FINDING_FOR },
    [KIND_PERSON] = { FINDING_NAME, FINDING_ROLE },
    [KIND_PLATFORM] = { FINDING_NAME, FINDING_STATUS },
    [KIND_FIRST] = { FINDING_CLAIM, FINDING_THING },
    [KIND_TERM] = { FINDING_NAME, END },
};

struct stored_finding {
    struct stored_finding *next;
    int kind;
    const char *key[2]; /* "" when absent */
    bool taken;
};

/* One article as the database has it. */
struct stored {
    bool exists;
    struct stored_finding *findings;
    struct arena *arena;
};

/* ---- the database's side ----------------------------------------------------------------------------------------- */

/* One row for each finding; its kind, then the key columns of all kinds. */
static void build_query(char *sql, size_t size)
{
    size_t n = (size_t)snprintf(sql, size, "SELECT f.kind");
    for (int k = 0; k < KIND_COUNT; k++) {
        for (int i = 0; i < 2; i++)
            n += (size_t)snprintf(sql + n, size - n, ", %s%s", keys[k][i] == END ? "NULL" : "f.",
                                  keys[k][i] == END ? "" : finding_fields[keys[k][i]].column);
    }
    snprintf(sql + n, size - n,
             " FROM url u JOIN article a ON a.url_id = u.id LEFT JOIN finding f ON f.article_id = a.id"
             " AND f.revision_id = a.revision_id AND f.rules = a.rules WHERE u.url = $1");
}

static int take_finding(void *ctx, int columns, const char *const *names, const char *const *values, const int *bytes)
{
    (void)names;
    struct stored *s = ctx;
    s->exists = true;
    int kind = columns < 1 + 2 * KIND_COUNT || values[0] == NULL
                   ? -1
                   : finding_kind_of((struct span){ values[0], (size_t)bytes[0] });
    if (kind < 0)
        return 0;
    struct stored_finding *f = ARENA_NEW(s->arena, struct stored_finding);
    f->kind = kind;
    for (int i = 0; i < 2; i++) {
        const char *value = values[1 + 2 * kind + i];
        f->key[i] = arena_str(s->arena, value == NULL ? "" : value);
    }
    f->next = s->findings;
    s->findings = f;
    return 0;
}

/* ---- the truth's side -------------------------------------------------------------------------------------------- */

static const char *as_text(struct arena *a, const json_t *v)
{
    if (json_is_string(v))
        return json_string_value(v);
    if (json_is_integer(v))
        return arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v)).p;
    if (json_is_real(v))
        return arena_printf(a, "%.12g", json_real_value(v)).p;
    return "";
}

static bool is_same(const char *a, const char *b)
{
    char *a_end, *b_end;
    if (strcmp(a, b) == 0)
        return true;
    double x = strtod(a, &a_end), y = strtod(b, &b_end);
    bool numbers = *a != '\0' && *b != '\0' && *a_end == '\0' && *b_end == '\0';
    return numbers && fabs(x - y) <= 1e-9 * fabs(x);
}

/* Where a topic begins and ends is a matter of taste: 粮食安全, 粮食安全保障情况. */
static bool is_topic(enum finding_field field)
{
    return field == FINDING_TOPIC || field == FINDING_ITEM || field == FINDING_THING;
}

static bool is_within(const char *a, const char *b)
{
    return strlen(a) >= TOPIC_MIN_BYTES && strstr(b, a) != NULL;
}

static bool agrees(enum finding_field field, const char *have, const char *want, bool loosely)
{
    return is_same(have, want) ||
           (loosely && field != END && is_topic(field) && (is_within(have, want) || is_within(want, have)));
}

static bool take_match_so(struct stored *s, int kind, const char *const key[2], bool loosely)
{
    for (struct stored_finding *f = s->findings; f != NULL; f = f->next) {
        if (f->taken || f->kind != kind || !agrees(keys[kind][0], f->key[0], key[0], loosely) ||
            !agrees(keys[kind][1], f->key[1], key[1], loosely))
            continue;
        f->taken = true;
        return true;
    }
    return false;
}

/* Word for word before one within the other, or it would take what belongs to another. */
static bool take_match(struct stored *s, int kind, const char *const key[2])
{
    return take_match_so(s, kind, key, false) || take_match_so(s, kind, key, true);
}

static void count_planted(const json_t *planted, int kind, const char *const key[2], struct stored *s, struct truth *t)
{
    bool found = take_match(s, kind, key);
    if (json_is_true(json_object_get(planted, "optional")))
        return; /* may be missed or found */
    t->kinds[kind].planted++;
    t->kinds[kind].found += found;
}

static void compare_findings(const json_t *planted, struct stored *s, struct truth *t)
{
    size_t i;
    json_t *f;
    json_array_foreach(planted, i, f)
    {
        const char *name = json_string_value(json_object_get(f, "kind")), *key[2] = { "", "" };
        int kind = name == NULL ? -1 : finding_kind_of(span_of(name));
        if (kind < 0)
            continue;
        for (int j = 0; j < 2; j++) {
            if (keys[kind][j] != END)
                key[j] = as_text(s->arena, json_object_get(f, finding_fields[keys[kind][j]].json));
        }
        count_planted(f, kind, key, s, t);
    }
}

static int compare_article(const json_t *article, const char *sql, struct store *store, struct arena *a,
                           struct truth *t, struct err *e)
{
    const char *url = json_string_value(json_object_get(article, "url"));
    const char *state = json_string_value(json_object_get(article, "state"));
    struct stored s = { .arena = a };
    if (url == NULL || state == NULL || strcmp(state, "published") != 0)
        return 0;
    if (store_select(store, sql, &url, 1, take_finding, &s, e) < 0)
        return -1;
    t->published++;
    t->stored += s.exists;
    if (!s.exists && t->missing[0] == '\0')
        snprintf(t->missing, sizeof(t->missing), "%s", url);
    compare_findings(json_object_get(article, "findings"), &s, t);
    return 0;
}

static json_t *get_page(struct downloader *d, const char *base, long from, long limit, struct err *e)
{
    char url[512];
    struct download page;
    json_error_t why;
    snprintf(url, sizeof(url), "%s/truth.json?from=%ld&limit=%ld", base, from, limit);
    if (download_get(d, url, &page, e) < 0)
        return NULL;
    json_t *truth = json_loadb(page.body, page.bytes, 0, &why);
    if (truth == NULL)
        err_set(e, "'%s' is not JSON: %s", url, why.text);
    return truth;
}

long truth_total(struct downloader *d, const char *base, struct err *e)
{
    json_t *page = get_page(d, base, 0, 0, e);
    long total = page == NULL ? -1 : (long)json_integer_value(json_object_get(page, "total"));
    json_decref(page);
    return total;
}

int truth_compare(struct downloader *d, const char *base, struct store *s, struct truth *t, struct err *e)
{
    char sql[2048];
    long total = truth_total(d, base, e);
    int rc = total < 0 ? -1 : 0;
    struct arena *a = arena_new(ARENA_MAX_BYTES, NULL);
    build_query(sql, sizeof(sql));
    for (long from = 0; rc == 0 && from < total; from += PAGE_ARTICLES) {
        json_t *page = get_page(d, base, from, PAGE_ARTICLES, e), *article;
        size_t i;
        rc = page == NULL ? -1 : 0;
        json_array_foreach(json_object_get(page, "articles"), i, article)
        {
            if (rc == 0)
                rc = compare_article(article, sql, s, a, t, e);
            arena_reset(a);
        }
        json_decref(page);
    }
    arena_free(a);
    return rc;
}
