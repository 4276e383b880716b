#include "worker/findings/lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "common/text.h"
#include "worker/findings/trie.h"
#include "worker/lexicon_data.h"

#define USER_FILE_MAX_BYTES (4u << 20)
#define WORD_MAX_BYTES      192
#define PLACE_HEADS         (1u << 16)

const char *const form_names[] = {
    "hear_report",    "law_inspection",     "special_inquiry",   "interpellation", "special_investigation",
    "work_appraisal", "performance_review", "satisfaction_vote", "research",       "visit",
    "record_review",  "follow_up",          "opinion",           "interview",      NULL
};
const char *const stage_names[] = { "planned",        "drafting",      "submitted",   "first_reading",
                                    "second_reading", "third_reading", "reviewed",    "consultation",
                                    "passed",         "approved",      "promulgated", "in_force",
                                    "withdrawn",      "evaluated",     "inspected",   "studied",
                                    "publicised",     "mentioned",     NULL };
const char *const bound_names[] = { "exact", "over", "under", "about", "nearly", NULL };
const char *const level_names[] = { "national", "province",    "prefecture", "county",
                                    "township", "subdistrict", "area",       NULL };
const char *const actor_names[] = { "deputies", "government",    "supervisory_commission",
                                    "court",    "procuratorate", "audit",
                                    "party",    "other",         NULL };

static const char *const unit_kinds[] = { "count", "rate", "money", "area", "time", "name", NULL };
static const char *const verb_roles[] = { "hold",    "light", "organize", "hear",   "review",  "adopt",  "handle",
                                          "receive", "build", "visit",    "attend", "appoint", "change", "share",
                                          "reach",   "say",   "support",  "other",  NULL };
static const char *const noun_roles[] = { "guard",
                                          "stop",
                                          "conj",
                                          "prep",
                                          "part",
                                          "list_end",
                                          "plan",
                                          "norm",
                                          "not_unit",
                                          "adverb",
                                          "actor_deputies",
                                          "actor_government",
                                          "actor_supervisory_commission",
                                          "actor_court",
                                          "actor_procuratorate",
                                          "actor_audit",
                                          "actor_party",
                                          "actor_other",
                                          NULL };
static const char *const period_words[] = { "ytd",  "term",    "year",       "last_year", "next",
                                            "half", "quarter", "multi_year", "as_of",     NULL };
static const char *const platform_words[] = {
    "head", "digital", "not", "status_launched", "status_upgraded", "status_built", "status_piloted", NULL
};
static const char *const first_words[] = { "claim", "among", "not", NULL };
static const char *const phrase_kinds[] = { "word", "term", NULL };
static const char *const surname_kinds[] = { "one", "two", "rare", "stem", NULL };
static const char *const post_kinds[] = { "post", "title", "part", NULL };
static const char *const check_relations[] = { "within", "adds", "ratio", NULL };

/* How each table is read: its file, its columns, what its second column may say, whether its first column is a word. */
static const struct table_spec {
    const char *name;
    int columns;
    const char *const *codes; /* NULL: free text */
    bool words;
} specs[LEX_TABLE_COUNT] = {
    [LEX_UNIT] = { "units", 2, unit_kinds, true },
    [LEX_VERB] = { "verbs", 3, verb_roles, true },
    [LEX_NOUN] = { "nouns", 2, noun_roles, true },
    [LEX_FORM] = { "forms", 2, form_names, true },
    [LEX_STAGE] = { "stages", 4, stage_names, true },
    [LEX_DOCTYPE] = { "doctypes", 2, NULL, true },
    [LEX_POST] = { "posts", 2, post_kinds, true },
    [LEX_SURNAME] = { "surnames", 2, surname_kinds, true },
    [LEX_SCOPE] = { "scopes", 2, NULL, true },
    [LEX_BOUND] = { "bounds", 3, bound_names, true },
    [LEX_PERIOD] = { "periods", 2, period_words, true },
    [LEX_GENRE] = { "genres", 3, NULL, false },
    [LEX_MATTER] = { "matters", 2, NULL, true },
    [LEX_PLATFORM] = { "platforms", 2, platform_words, true },
    [LEX_FIRST] = { "firsts", 2, first_words, true },
    [LEX_PHRASE] = { "phrases", 2, phrase_kinds, true },
    [LEX_REGION] = { "regions", 4, level_names, true },
    [LEX_METRIC] = { "metrics", 6, NULL, false },
    [LEX_METRIC_RULE] = { "metric_rules", 5, NULL, false },
    [LEX_CHECK] = { "checks", 3, check_relations, false },
};

struct lexicon {
    struct trie by_letters;                 /* 1 + place in words */
    struct trie places;                     /* words of regions; 1 */
    uint64_t place_heads[PLACE_HEADS / 64]; /* pairs of letters with which one of them begins, and a few more */
    struct trie signals;                    /* 1 + signal */
    struct trie genres;                     /* 1 + place in the table's rows, of the heaviest */
    struct trie regions;                    /* by code; 1 + place in the table's rows */
    struct word *words;
    size_t word_count, word_cap;
    const struct lex_row **rows[LEX_TABLE_COUNT];
    size_t row_count[LEX_TABLE_COUNT];
    struct lex_row *row_pool;
    size_t row_pool_count, row_pool_cap;
    char *user_text, *user_path;
    int signal_count;
    struct metric_rule *rules;
    size_t rule_count;
    int16_t *codes; /* of all rules' columns */
    size_t code_count, code_cap;
    struct rule_set *asking; /* [1 + signal] */
    uint64_t digest;
};

/* The word s, made when it is new. NULL when there is no room. */
static struct word *word_put(struct lexicon *l, struct span s)
{
    uint32_t *value = trie_put(&l->by_letters, s);
    if (value == NULL || (*value == 0 && l->word_count == l->word_cap))
        return NULL;
    if (*value == 0) {
        l->words[l->word_count] = (struct word){ .bytes = (uint8_t)s.n, .letters = (uint8_t)text_count(s) };
        *value = (uint32_t)++l->word_count;
    }
    return &l->words[*value - 1];
}

static int code_of(const char *const *codes, struct span s)
{
    for (int i = 0; codes[i] != NULL; i++) {
        if (span_is(s, codes[i]))
            return i;
    }
    return -1;
}

static int split(struct span line, struct span *f, int max)
{
    int n = 0;
    const char *p = line.p, *end = line.p + line.n;
    while (n < max) {
        const char *tab = memchr(p, '\t', (size_t)(end - p));
        f[n++] = span_between(p, tab == NULL ? end : tab);
        if (tab == NULL)
            break;
        p = tab + 1;
    }
    return n;
}

static void row_link(struct word *w, struct lex_row *row)
{
    struct lex_row **p = &w->rows;
    while (*p != NULL)
        p = &(*p)->next;
    *p = row;
    if (row->table == LEX_VERB && w->verbs == 0) {
        w->verb_only = span_is(row->f[2], "-");
        w->verbal_noun = span_is(row->f[2], "n");
    }
    if (row->table == LEX_VERB)
        w->verbs |= 1u << row->code;
    if (row->table == LEX_NOUN)
        w->nouns |= 1u << row->code;
    w->tables |= 1u << row->table;
}

static int row_add(struct lexicon *l, int table, const struct span *f, int n, const char *where, int line,
                   struct err *e)
{
    const struct table_spec *spec = &specs[table];
    if (n < spec->columns)
        return err_set(e, "%s:%d: %d columns where table '%s' has %d", where, line, n, spec->name, spec->columns);
    if (f[0].n == 0 || f[0].n > WORD_MAX_BYTES || l->row_pool_count == l->row_pool_cap)
        return err_set(e, "%s:%d: the first column is empty or too long", where, line);
    int code = spec->codes == NULL ? 0 : code_of(spec->codes, f[1]);
    if (code < 0)
        return err_set(e, "%s:%d: table '%s' knows no '%.*s'", where, line, spec->name, SPAN_FMT(f[1]));
    struct lex_row *row = &l->row_pool[l->row_pool_count++];
    *row = (struct lex_row){ .where = where,
                             .line = line,
                             .table = (uint8_t)table,
                             .code = (uint8_t)code,
                             .order = (uint16_t)l->row_count[table] };
    for (int i = 0; i < n && i < LEX_COLUMNS; i++)
        row->f[i] = f[i];
    l->rows[table][l->row_count[table]++] = row;
    if (!spec->words)
        return 0;
    struct word *w = word_put(l, f[0]);
    if (w == NULL)
        return err_set(e, "%s:%d: no room for the word '%.*s'", where, line, SPAN_FMT(f[0]));
    row_link(w, row);
    return 0;
}

static size_t count_lines(const char *text)
{
    size_t n = 1;
    for (; (text = strchr(text, '\n')) != NULL; text++)
        n++;
    return n;
}

static int table_of(struct span name)
{
    for (int t = 0; t < LEX_TABLE_COUNT; t++) {
        if (span_is(name, specs[t].name))
            return t;
    }
    return -1;
}

/* table < 0: each row begins with its table's name. */
static int read_rows(struct lexicon *l, int table, const char *text, const char *where, struct err *e)
{
    int number = 0;
    bool header = table < 0; /* a user's file has no row of column names */
    for (const char *p = text; *p != '\0';) {
        const char *end = strchrnul(p, '\n');
        struct span line = { p, (size_t)(end - p) };
        p = *end == '\0' ? end : end + 1;
        number++;
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!header) {
            header = true;
            continue;
        }
        struct span f[LEX_COLUMNS + 1];
        int n = split(line, f, LEX_COLUMNS + 1);
        int t = table >= 0 ? table : table_of(f[0]);
        if (t < 0)
            return err_set(e, "%s:%d: there is no table '%.*s'", where, number, SPAN_FMT(f[0]));
        int skip = table >= 0 ? 0 : 1;
        if (row_add(l, t, f + skip, n - skip, where, number, e) < 0)
            return -1;
    }
    return 0;
}

/* Short forms that texts use for provinces and prefectures: 湖北 for 湖北省. */
static int add_short_region(struct lexicon *l, const struct lex_row *row, struct err *e)
{
    static const char *const tails[] = { "特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省",
                                         "市",         "地区",       "盟" };
    if (row->code != LEVEL_PROVINCE && row->code != LEVEL_PREFECTURE)
        return 0;
    struct span s = row->f[0];
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        struct span tail = span_of(tails[i]);
        if (span_ends(s, tail) && s.n - tail.n >= 6) {
            s.n -= tail.n;
            struct span f[] = { s, row->f[1], row->f[2], row->f[3], row->f[0] };
            return row_add(l, LEX_REGION, f, 5, "regions", 0, e);
        }
    }
    return 0;
}

static int add_short_regions(struct lexicon *l, struct err *e)
{
    size_t n = l->row_count[LEX_REGION];
    for (size_t i = 0; i < n; i++) {
        if (add_short_region(l, l->rows[LEX_REGION][i], e) < 0)
            return -1;
    }
    return 0;
}

/* The signal of a word that a metric rule names: made when it is new, -1 when there is no room. */
static int signal_put(struct lexicon *l, struct span s)
{
    uint32_t *value = trie_put(&l->signals, s);
    if (value == NULL || (*value == 0 && l->signal_count == SIGNALS_MAX))
        return -1;
    if (*value == 0)
        *value = (uint32_t)++l->signal_count;
    return (int)*value - 1;
}

static int16_t *code_put(struct lexicon *l, int16_t code)
{
    l->codes[l->code_count] = code;
    return &l->codes[l->code_count++];
}

/* A|B&^C as a run of signals. NULL when there is no room. */
static const int16_t *compile_column(struct lexicon *l, struct span column)
{
    size_t start = l->code_count;
    for (const char *p = column.p, *end = column.p + column.n; p <= end;) {
        const char *q = p;
        while (q < end && *q != '|' && *q != '&')
            q++;
        struct span s = span_between(p, q);
        bool wide = s.n > 0 && s.p[0] == '^', own = s.n > 0 && s.p[0] == '=';
        if (wide || own)
            s = (struct span){ s.p + 1, s.n - 1 };
        int signal = s.n == 0 || span_is(s, "-") ? SIGNAL_ANY : signal_put(l, s);
        if (signal < 0 && !(s.n == 0 || span_is(s, "-")))
            return NULL;
        if (l->code_count + 3 > l->code_cap)
            return NULL;
        code_put(l, (int16_t)(signal < 0 ? SIGNAL_ANY
                              : wide     ? signal | SIGNAL_WIDE
                              : own      ? signal | SIGNAL_OWN
                                         : signal));
        if (q < end && *q == '&')
            code_put(l, SIGNAL_AND);
        p = q + 1;
    }
    code_put(l, SIGNAL_END);
    return &l->codes[start];
}

static const struct lex_row *metric_row(const struct lexicon *l, struct span key)
{
    for (size_t i = 0; i < l->row_count[LEX_METRIC]; i++) {
        if (span_eq(l->rows[LEX_METRIC][i]->f[0], key))
            return l->rows[LEX_METRIC][i];
    }
    return NULL;
}

static int no_metric(const struct lex_row *row, struct span key, struct err *e)
{
    return err_set(e, "%s:%d: table '%s' has no measure '%.*s'", row->where, row->line, specs[LEX_METRIC].name,
                   SPAN_FMT(key));
}

/* A check names measures that there are: KEY, and KEY or A/B|A/C. */
static int check_checks(const struct lexicon *l, struct err *e)
{
    for (size_t i = 0; i < l->row_count[LEX_CHECK]; i++) {
        const struct lex_row *row = l->rows[LEX_CHECK][i];
        if (metric_row(l, row->f[0]) == NULL)
            return no_metric(row, row->f[0], e);
        for (const char *p = row->f[2].p, *end = p + row->f[2].n, *q; p <= end; p = q + 1) {
            for (q = p; q < end && *q != '/' && *q != '|';)
                q++;
            if (metric_row(l, span_between(p, q)) == NULL)
                return no_metric(row, span_between(p, q), e);
        }
    }
    return 0;
}

static int compile_rules(struct lexicon *l, struct err *e)
{
    size_t n = l->row_count[LEX_METRIC_RULE], bytes = 0;
    for (size_t i = 0; i < n; i++) {
        for (int c = 0; c < LEX_COLUMNS; c++)
            bytes += l->rows[LEX_METRIC_RULE][i]->f[c].n + 4;
    }
    l->code_cap = bytes;
    l->codes = calloc(bytes + 1, sizeof(*l->codes));
    l->rules = calloc(n + 1, sizeof(*l->rules));
    if (l->codes == NULL || l->rules == NULL)
        return err_set(e, "out of memory for the metric rules");
    for (size_t i = 0; i < n; i++) {
        const struct lex_row *row = l->rows[LEX_METRIC_RULE][i];
        struct metric_rule *rule = &l->rules[l->rule_count++];
        rule->row = row;
        rule->metric = metric_row(l, row->f[0]);
        if (rule->metric == NULL)
            return no_metric(row, row->f[0], e);
        for (int c = 0; c < RULE_COLUMNS; c++) {
            rule->column[c] = compile_column(l, row->f[c + 1]);
            if (rule->column[c] == NULL)
                return err_set(e, "%s:%d: no room for the words of the rule for '%.*s'", row->where, row->line,
                               SPAN_FMT(row->f[0]));
        }
    }
    return 0;
}

/* The signals of which a rule needs one before all else: the first group of its columns that has a condition. */
static const int16_t *first_condition(const struct metric_rule *rule)
{
    for (int c = 0; c < 3; c++) {
        const int16_t *group = rule->column[c];
        bool any = false;
        for (const int16_t *code = group;; code++) {
            any |= *code == SIGNAL_ANY;
            if (*code != SIGNAL_AND && *code != SIGNAL_END)
                continue;
            if (!any)
                return group;
            if (*code == SIGNAL_END)
                break;
            group = code + 1;
            any = false;
        }
    }
    return NULL;
}

static void add_to_set(struct lexicon *l, int signal, size_t rule)
{
    l->asking[1 + signal].bits[rule / 64] |= (uint64_t)1 << rule % 64;
}

static int index_rules(struct lexicon *l, struct err *e)
{
    if (l->rule_count > RULES_MAX)
        return err_set(e, "metric_rules: %zu rules, at most %d are allowed", l->rule_count, RULES_MAX);
    l->asking = calloc((size_t)l->signal_count + 1, sizeof(*l->asking));
    if (l->asking == NULL)
        return err_set(e, "out of memory for the metric rules");
    for (size_t i = 0; i < l->rule_count; i++) {
        const int16_t *code = first_condition(&l->rules[i]);
        if (code == NULL)
            add_to_set(l, -1, i);
        for (; code != NULL && *code >= 0; code++)
            add_to_set(l, *code & ~(SIGNAL_WIDE | SIGNAL_OWN), i);
    }
    return 0;
}

static int read_user_file(struct lexicon *l, const char *path, struct err *e)
{
    FILE *f = fopen(path, "rbe");
    if (f == NULL)
        return err_set(e, "cannot open '%s': %s", path, strerror(errno));
    l->user_text = malloc(USER_FILE_MAX_BYTES + 1);
    size_t n = l->user_text == NULL ? 0 : fread(l->user_text, 1, USER_FILE_MAX_BYTES, f);
    bool whole = l->user_text != NULL && feof(f);
    fclose(f);
    if (!whole)
        return err_set(e, "cannot read '%s': larger than %u bytes, or an error", path, USER_FILE_MAX_BYTES);
    l->user_text[n] = '\0';
    if (!text_valid((struct span){ l->user_text, n }))
        return err_set(e, "'%s' is not UTF-8 text", path);
    return 0;
}

static int make_room(struct lexicon *l, struct err *e)
{
    size_t lines = 0;
    for (int i = 0; i < lexicon_files_count; i++)
        lines += count_lines(lexicon_files[i].text);
    if (l->user_text != NULL)
        lines += count_lines(l->user_text);
    l->row_pool_cap = lines * 2;
    l->word_cap = lines * 2;
    l->words = calloc(l->word_cap, sizeof(*l->words));
    l->row_pool = calloc(l->row_pool_cap, sizeof(*l->row_pool));
    bool ok = l->words && l->row_pool && trie_init(&l->by_letters) == 0 && trie_init(&l->places) == 0 &&
              trie_init(&l->signals) == 0 && trie_init(&l->genres) == 0 && trie_init(&l->regions) == 0;
    for (int t = 0; t < LEX_TABLE_COUNT; t++) {
        l->rows[t] = calloc(l->row_pool_cap, sizeof(*l->rows[t]));
        ok = ok && l->rows[t] != NULL;
    }
    return ok ? 0 : err_set(e, "out of memory for the lexicons");
}

static int read_tables(struct lexicon *l, struct err *e)
{
    for (int i = 0; i < lexicon_files_count; i++) {
        int t = table_of(span_of(lexicon_files[i].name));
        if (t >= 0 && read_rows(l, t, lexicon_files[i].text, lexicon_files[i].name, e) < 0)
            return -1;
    }
    return 0;
}

static long genre_weight(const struct lex_row *row)
{
    return strtol(row->f[2].p, NULL, 10);
}

/* Of rows with the same word the heaviest counts, the first of these. */
static int index_genres(struct lexicon *l)
{
    const struct lex_row *const *rows = l->rows[LEX_GENRE];
    for (size_t i = 0; i < l->row_count[LEX_GENRE]; i++) {
        uint32_t *value = trie_put(&l->genres, rows[i]->f[0]);
        if (value == NULL)
            return -1;
        if (*value == 0 || genre_weight(rows[i]) > genre_weight(rows[*value - 1]))
            *value = (uint32_t)(i + 1);
    }
    return 0;
}

/* The bit of two letters in place_heads; few pairs share one. */
static uint32_t place_head(uint32_t first, uint32_t second)
{
    return (first * 61 + second) % PLACE_HEADS;
}

static bool is_place_head(const struct lexicon *l, uint32_t first, uint32_t second)
{
    uint32_t bit = place_head(first, second);
    return (l->place_heads[bit / 64] >> bit % 64 & 1) != 0;
}

static void add_place_head(struct lexicon *l, struct span name)
{
    const char *p = name.p, *end = name.p + name.n;
    uint32_t first = text_next(&p, end);
    if (p == end) {
        memset(l->place_heads, 0xff, sizeof(l->place_heads)); /* a name of one letter: any may follow */
        return;
    }
    uint32_t bit = place_head(first, text_next(&p, end));
    l->place_heads[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* Places by their codes, under their full names; the first of a code counts. */
static int index_regions(struct lexicon *l)
{
    const struct lex_row *const *rows = l->rows[LEX_REGION];
    for (size_t i = 0; i < l->row_count[LEX_REGION]; i++) {
        uint32_t *place = trie_put(&l->places, rows[i]->f[0]);
        if (place == NULL)
            return -1;
        *place = 1;
        add_place_head(l, rows[i]->f[0]);
        if (rows[i]->f[2].n == 0 || rows[i]->f[4].n > 0)
            continue;
        uint32_t *value = trie_put(&l->regions, rows[i]->f[2]);
        if (value == NULL)
            return -1;
        if (*value == 0)
            *value = (uint32_t)(i + 1);
    }
    return 0;
}

static int make_indexes(struct lexicon *l, struct err *e)
{
    if (index_genres(l) < 0 || index_regions(l) < 0 || trie_pack(&l->by_letters) < 0 || trie_pack(&l->places) < 0 ||
        trie_pack(&l->signals) < 0 || trie_pack(&l->genres) < 0 || trie_pack(&l->regions) < 0)
        return err_set(e, "out of memory for the lexicons, or a letter that is none");
    return 0;
}

static void make_digest(struct lexicon *l)
{
    XXH64_state_t *h = XXH64_createState();
    if (h == NULL)
        return;
    XXH64_reset(h, 0);
    for (int i = 0; i < lexicon_files_count; i++)
        XXH64_update(h, lexicon_files[i].text, lexicon_files[i].bytes);
    if (l->user_text != NULL)
        XXH64_update(h, l->user_text, strlen(l->user_text));
    l->digest = XXH64_digest(h);
    XXH64_freeState(h);
}

struct lexicon *lexicon_new(const char *user_path, struct err *e)
{
    struct lexicon *l = calloc(1, sizeof(*l));
    if (l == NULL) {
        err_set(e, "out of memory for the lexicons");
        return NULL;
    }
    if (user_path != NULL && ((l->user_path = strdup(user_path)) == NULL || read_user_file(l, user_path, e) < 0)) {
        if (l->user_path == NULL)
            err_set(e, "out of memory for the lexicons");
        goto fail;
    }
    if (make_room(l, e) < 0 || (l->user_text != NULL && read_rows(l, -1, l->user_text, l->user_path, e) < 0) ||
        read_tables(l, e) < 0 || add_short_regions(l, e) < 0)
        goto fail;
    if (compile_rules(l, e) < 0 || check_checks(l, e) < 0 || index_rules(l, e) < 0 || make_indexes(l, e) < 0)
        goto fail;
    make_digest(l);
    return l;
fail:
    lexicon_free(l);
    return NULL;
}

void lexicon_free(struct lexicon *l)
{
    if (l == NULL)
        return;
    for (int t = 0; t < LEX_TABLE_COUNT; t++)
        free(l->rows[t]);
    trie_fini(&l->by_letters);
    trie_fini(&l->places);
    trie_fini(&l->signals);
    trie_fini(&l->genres);
    trie_fini(&l->regions);
    free(l->words);
    free(l->row_pool);
    free(l->rules);
    free(l->codes);
    free(l->asking);
    free(l->user_text);
    free(l->user_path);
    free(l);
}

uint64_t lexicon_digest(const struct lexicon *l)
{
    return l->digest;
}

/* The node behind the letter at *p, moving behind it: the first letter of a word, or one that goes on from a node. */
static uint32_t first_node(const struct trie *t, const char **p, const char *end)
{
    return *p < end ? trie_first(t, trie_letter(p)) : 0;
}

static uint32_t next_node(const struct trie *t, uint32_t node, const char **p, const char *end)
{
    return *p < end ? trie_step(t, node, trie_letter(p)) : 0;
}

const struct word *lexicon_longest_from(const struct lexicon *l, uint32_t letter, const char *behind, const char *end)
{
    const struct trie *t = &l->by_letters;
    uint32_t found = 0;
    for (uint32_t node = trie_first(t, letter); node != 0; node = next_node(t, node, &behind, end)) {
        uint32_t value = t->cells[node].value;
        if (value != 0)
            found = value;
    }
    return found == 0 ? NULL : &l->words[found - 1];
}

const struct word *lexicon_longest(const struct lexicon *l, const char *p, const char *end)
{
    if (p >= end)
        return NULL;
    uint32_t letter = trie_letter(&p);
    return lexicon_longest_from(l, letter, p, end);
}

const struct word *lexicon_unit(const struct lexicon *l, const char *p, const char *end)
{
    const struct trie *t = &l->by_letters;
    const struct word *found = NULL;
    for (uint32_t node = first_node(t, &p, end); node != 0; node = next_node(t, node, &p, end)) {
        uint32_t value = t->cells[node].value;
        if (value != 0 && word_in(&l->words[value - 1], LEX_BIT(UNIT)))
            found = &l->words[value - 1];
    }
    return found;
}

void lexicon_signals(const struct lexicon *l, struct span text,
                     void (*f)(void *ctx, int signal, size_t from, size_t to), void *ctx)
{
    const struct trie *t = &l->signals;
    for (const char *p = text.p, *end = text.p + text.n, *next; p < end; p = next) {
        const char *q = p;
        uint32_t node = first_node(t, &q, end);
        next = q;
        for (; node != 0; node = next_node(t, node, &q, end)) {
            uint32_t value = t->cells[node].value;
            if (value != 0)
                f(ctx, (int)value - 1, (size_t)(p - text.p), (size_t)(q - text.p));
        }
    }
}

bool lexicon_is_place(const struct lexicon *l, struct span s)
{
    return trie_get(&l->places, s) != 0;
}

const struct word *lexicon_word(const struct lexicon *l, struct span s)
{
    uint32_t value = trie_get(&l->by_letters, s);
    return value == 0 ? NULL : &l->words[value - 1];
}

static bool place_begins(const struct lexicon *l, const char *p, const char *end)
{
    const struct trie *t = &l->places;
    uint32_t node = first_node(t, &p, end);
    while (node != 0 && t->cells[node].value == 0)
        node = next_node(t, node, &p, end);
    return node != 0;
}

/* Behind the last letter before p that is in no word, from word on: a word begins there. */
static const char *words_begin(const struct lexicon *l, const char *word, const char *p)
{
    for (const char *q = p; q > word;) {
        const char *before = text_prev(word, q), *r = before;
        uint32_t letter = trie_letter(&r);
        if (letter >= TRIE_LETTERS || l->by_letters.number[letter] == 0)
            return q;
        q = before;
    }
    return word;
}

/* Most of a text is passed by two letters at a time; only where a place's name might begin, its words are read. */
const char *lexicon_next_place(const struct lexicon *l, const char *p, const char *end, const struct word **w)
{
    const char *word = p, *next = p; /* a word begins at word, or none does */
    uint32_t letter = p < end ? trie_letter(&next) : 0;
    while (p < end) {
        const char *behind = next;
        uint32_t following = next < end ? trie_letter(&behind) : 0;
        if (!is_place_head(l, letter, following) || !place_begins(l, p, end)) {
            p = next;
            next = behind;
            letter = following;
            continue;
        }
        for (word = words_begin(l, word, p); word <= p;) {
            *w = lexicon_longest(l, word, end);
            if (word == p && word_in(*w, LEX_BIT(REGION)))
                return p;
            if (*w != NULL)
                word += (*w)->bytes;
            else
                trie_letter(&word);
        }
        p = next = word;
        letter = p < end ? trie_letter(&next) : 0;
    }
    return end;
}

const struct lex_row *lexicon_genre(const struct lexicon *l, struct span title)
{
    const struct lex_row *best = NULL;
    for (const char *p = title.p, *end = title.p + title.n; p < end; trie_letter(&p)) {
        const char *q = p;
        for (uint32_t node = first_node(&l->genres, &q, end); node != 0; node = next_node(&l->genres, node, &q, end)) {
            uint32_t value = l->genres.cells[node].value;
            const struct lex_row *row = value == 0 ? NULL : l->rows[LEX_GENRE][value - 1];
            if (row == NULL || genre_weight(row) <= 0)
                continue;
            if (best == NULL || genre_weight(row) > genre_weight(best) ||
                (genre_weight(row) == genre_weight(best) && row->order < best->order))
                best = row;
        }
    }
    return best;
}

const struct lex_row *lexicon_region(const struct lexicon *l, struct span code)
{
    uint32_t value = trie_get(&l->regions, code);
    return value == 0 ? NULL : l->rows[LEX_REGION][value - 1];
}

const struct rule_set *lexicon_rules_asking(const struct lexicon *l, int signal)
{
    return &l->asking[1 + signal];
}

const struct metric_rule *lexicon_metric_rules(const struct lexicon *l, size_t *n)
{
    *n = l->rule_count;
    return l->rules;
}

const struct lex_row *const *lexicon_rows(const struct lexicon *l, enum lex_table table, size_t *n)
{
    *n = l->row_count[table];
    return l->rows[table];
}
