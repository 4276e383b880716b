/* bench.c - what each part of the ring costs, beside something bare, on the same pages, in the same run.
 *
 * The pages are articles of the sample sites (tests/site), served by this process and fetched once; the long text is as
 * many of them as make TEXT_LETTERS characters. Every row is run ROUNDS times, interleaved with the others; its figure
 * is the median. Prints a table, and with --json an object that tests/bench/run puts together with the whole ring's
 * rate. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <curl/curl.h>
#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/digest.h"
#include "common/store.h"
#include "common/text.h"
#include "common/wire.h"
#include "common/zip.h"
#include "tests/site/site.h"
#include "worker/child.h"
#include "worker/findings/findings.h"
#include "worker/page.h"
#include "worker/parse.h"

#define PAGES        300 /* of each site */
#define ROUNDS       5
#define BATCH        64
#define TEXT_LETTERS 4000
#define TEXT_RUNS    300 /* of the long text in a round: their median counts */
#define ARENA_MAX    ((size_t)1 << 30)

struct sample {
    char *body;
    size_t bytes;
    char *url;
    char *type;
    struct span packed; /* zstd */
    struct span parsed; /* msgpack, as the child writes it */
    struct article *article;
};

static struct sample pages[PAGES * SITE_N];
static int page_count;
static const int text_runs = TEXT_RUNS;
static struct arena *keep; /* what lives to the end */
static const struct config_limits *limits;
static char database[4096];

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(1);
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the pages ------------------------------------------------------------------------------------------------------------ */

struct body {
    char *p;
    size_t n;
};

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct body *b = ctx;
    b->p = realloc(b->p, b->n + size * n + 1);
    if (b->p == NULL)
        die("fetching", "out of memory");
    memcpy(b->p + b->n, p, size * n);
    b->n += size * n;
    b->p[b->n] = '\0';
    return size * n;
}

static struct body get(CURL *h, const char *url)
{
    struct body b = { NULL, 0 };
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, &b);
    CURLcode rc = curl_easy_perform(h);
    if (rc != CURLE_OK)
        die(url, curl_easy_strerror(rc));
    return b;
}

static void get_site(CURL *h, struct site_about about)
{
    char url[256];
    snprintf(url, sizeof(url), "%s/truth.json?from=0&limit=%d", about.base, PAGES);
    struct body truth = get(h, url);
    json_t *root = json_loadb(truth.p, truth.n, 0, NULL), *article;
    size_t i;
    json_array_foreach(json_object_get(root, "articles"), i, article)
    {
        struct sample *s = &pages[page_count++];
        const char *type = NULL;
        s->url = arena_str(keep, json_string_value(json_object_get(article, "url")));
        struct body b = get(h, s->url);
        s->body = b.p;
        s->bytes = b.n;
        curl_easy_getinfo(h, CURLINFO_CONTENT_TYPE, &type);
        s->type = arena_str(keep, type != NULL ? type : "");
    }
    json_decref(root);
    free(truth.p);
}

static void get_pages(void)
{
    char why[256];
    struct site_options options = { .seed = 1, .articles_per_site = PAGES };
    struct site_server *server = site_start(&options, why, sizeof(why));
    if (server == NULL)
        die("sample sites", why);
    CURL *h = curl_easy_init();
    for (int k = 0; k < SITE_N; k++)
        get_site(h, site_about(server, k));
    curl_easy_cleanup(h);
    site_stop(server);
}

static struct page_in page_in_of(const struct sample *s)
{
    return (struct page_in){ .bytes = { s->body, s->bytes },
                             .url = span_of(s->url),
                             .final_url = span_of(s->url),
                             .content_type = span_of(s->type),
                             .role = ROLE_ARTICLE };
}

static struct work work_of(const struct sample *s)
{
    return (struct work){ .capture = 1,
                          .pass = 1,
                          .url = span_of(s->url),
                          .final_url = span_of(s->url),
                          .content_type = span_of(s->type),
                          .role = SPAN("article") };
}

/* ---- the rows ----------------------------------------------------------------------------------------------------------------- */

static int sax_events;

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
    (void)ctx, (void)name, (void)atts;
    sax_events++;
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    (void)ctx, (void)text;
    sax_events += n > 0;
}

/* libxml2's SAX interface with handlers that count: the least that reading a page can be. */
static void bare_sax(void)
{
    htmlSAXHandler sax = { .startElement = on_start, .characters = on_text };
    for (int i = 0; i < page_count; i++) {
        htmlParserCtxtPtr ctxt = htmlCreateMemoryParserCtxt(pages[i].body, (int)pages[i].bytes);
        if (ctxt == NULL)
            die("libxml2", "no parser");
        htmlSAXHandlerPtr own = ctxt->sax;
        ctxt->sax = &sax;
        ctxt->userData = ctxt;
        htmlCtxtUseOptions(ctxt, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
        htmlParseDocument(ctxt);
        ctxt->sax = own;
        if (ctxt->myDoc != NULL)
            xmlFreeDoc(ctxt->myDoc);
        htmlFreeParserCtxt(ctxt);
    }
}

static struct page_reader *reader;
static struct rules *rules;
static struct arena *scratch;
static struct parser *parser;
static struct zip *zip;

static void read_pages(void)
{
    for (int i = 0; i < page_count; i++) {
        struct page_in in = page_in_of(&pages[i]);
        struct page_out out = { 0 };
        page_read(reader, &in, scratch, &out);
        if (out.article == NULL)
            die(pages[i].url, "was not read as an article");
        arena_reset(scratch);
    }
}

static void find_findings(void)
{
    const struct findings_site site = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    for (int i = 0; i < page_count; i++) {
        struct finding_list found = { 0 };
        struct article art = *pages[i].article;
        findings_find(rules, &art, &site, scratch, &found);
        arena_reset(scratch);
    }
}

/* A page as a worker has it: packed, through the cage, its result decoded. */
static void worker_alone(void)
{
    for (int i = 0; i < page_count; i++) {
        struct work w = work_of(&pages[i]);
        struct result r;
        struct err e;
        if (parser_parse(parser, &w, (struct span){ pages[i].body, pages[i].bytes }, scratch, &r, &e) < 0)
            die(pages[i].url, e.msg);
        if (r.failed.n > 0)
            die(pages[i].url, "its parsing child died");
        arena_reset(scratch);
    }
}

/* ---- one long text ---- */

static struct article *long_article;
static pcre2_code *figures;
static pcre2_match_data *match;

/* Whole articles, below each other, and of the last as much as fits. */
static void make_long_article(void)
{
    char *text = arena_alloc(keep, TEXT_LETTERS * 4), *out = text;
    size_t letters = 0;
    for (int i = 0; i < page_count && letters < TEXT_LETTERS; i++) {
        struct span s = pages[i * 7 % page_count].article->f[ARTICLE_TEXT]; /* of all three sites */
        s.n = text_offset(s, TEXT_LETTERS - letters - 1);
        memcpy(out, s.p, s.n);
        letters += text_count(s) + 1;
        out += s.n;
        *out++ = '\n';
    }
    long_article = ARENA_NEW(keep, struct article);
    *long_article = *pages[0].article;
    long_article->f[ARTICLE_TEXT] = span_between(text, out);
}

/* What bare scanning looks for: numbers with their units. */
static void compile_figures(void)
{
    static const char pattern[] =
        "(?:[0-9][0-9,.]*[万亿]*|[一二三四五六七八九十百千]+)余?(?:%|次|件|项|条|个|名|人|人次|元|家|部|所|期)";
    int code;
    PCRE2_SIZE at;
    figures = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF, &code, &at, NULL);
    if (figures == NULL || pcre2_jit_compile(figures, PCRE2_JIT_COMPLETE) != 0)
        die("pcre2", "cannot compile the pattern");
    match = pcre2_match_data_create_from_pattern(figures, NULL);
}

static double long_s; /* what a round takes at the pace of its median run */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void take_median(double *seconds)
{
    qsort(seconds, TEXT_RUNS, sizeof(seconds[0]), by_size);
    long_s = seconds[TEXT_RUNS / 2] * TEXT_RUNS;
}

static void find_in_long_article(void)
{
    double seconds[TEXT_RUNS];
    const struct findings_site site = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    for (int i = 0; i < text_runs; i++) {
        struct finding_list found = { 0 };
        struct article art = *long_article;
        double from = now_s();
        findings_find(rules, &art, &site, scratch, &found);
        arena_reset(scratch);
        seconds[i] = now_s() - from;
    }
    take_median(seconds);
}

static int figures_seen;

static void scan_long_article(void)
{
    struct span text = long_article->f[ARTICLE_TEXT];
    double seconds[TEXT_RUNS];
    for (int i = 0; i < text_runs; i++) {
        size_t at = 0;
        double from = now_s();
        while (pcre2_match(figures, (PCRE2_SPTR)text.p, text.n, at, PCRE2_NO_UTF_CHECK, match, NULL) > 0) {
            figures_seen++;
            at = pcre2_get_ovector_pointer(match)[1];
        }
        seconds[i] = now_s() - from;
    }
    take_median(seconds);
}

static void compress(void)
{
    for (int i = 0; i < page_count; i++) {
        struct span packed;
        if (zip_pack(zip, (struct span){ pages[i].body, pages[i].bytes }, &packed, NULL) < 0)
            die("zstd", pages[i].url);
    }
}

/* ---- the store ------------------------------------------------------------------------------------------------------------------ */

static struct store *open_fresh(const char *path, struct member *m)
{
    char site[256];
    struct err e;
    snprintf(site, sizeof(site), "database: '%s'\nsites:\n  - name: bench\n    start: ['http://127.0.0.1/']\n", path);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end != NULL; end++) {
        char file[4200];
        snprintf(file, sizeof(file), "%s%s", path, *end);
        unlink(file);
    }
    struct config *c = config_parse("bench", site, strlen(site), &e);
    if (c == NULL)
        die("config", e.msg);
    struct store *s = store_open(path, STORE_WRITE, &e);
    if (s == NULL || store_member_join(s, "bench", m, &e) < 0 || store_sites_sync(s, c, 1, &e) < 0)
        die(path, e.msg);
    config_free(c);
    return s;
}

/* One URL and pending capture for each page, through the functions that the sink and the producer use. */
static void insert_captures(struct store *s, const struct member *m, int64_t *ids, double *took_s)
{
    struct result_link *links = arena_zalloc(scratch, sizeof(*links) * (size_t)page_count);
    struct outcome list = { .kind = OUTCOME_CAPTURED,
                            .url_id = 1,
                            .site_id = 1,
                            .host_id = 1,
                            .at = 1,
                            .status = 200,
                            .next_visit_at = 1,
                            .interval_ms = 1,
                            .role = SPAN("list"),
                            .final_url = SPAN("http://127.0.0.1/"),
                            .digest = SPAN("0"),
                            .body = SPAN("x"),
                            .packed = true };
    struct result found = {
        .pass = 1, .rules = SPAN("bench"), .page_class = SPAN("list"), .links = links, .link_count = (size_t)page_count
    };
    const struct result *one = &found;
    struct settled settled;
    struct outcome o[BATCH];
    struct err e;
    for (int i = 0; i < page_count; i++)
        links[i] = (struct result_link){ .url = span_of(pages[i].url), .role = SPAN("article") };
    if (store_commit_outcomes(s, m, &list, 1, ids, &e) < 0)
        die(database, e.msg);
    found.capture = ids[0];
    if (store_settle(s, &one, 1, 1, &settled, &e) < 0)
        die(database, e.msg);
    double from = now_s();
    for (int i = 0; i < page_count; i += BATCH) {
        int n = page_count - i < BATCH ? page_count - i : BATCH;
        for (int k = 0; k < n; k++) {
            const struct sample *p = &pages[i + k];
            struct digest d = digest_of((struct span){ p->body, p->bytes });
            o[k] = (struct outcome){ .kind = OUTCOME_CAPTURED,
                                     .url_id = 2 + i + k,
                                     .site_id = 1,
                                     .host_id = 1,
                                     .at = 2,
                                     .bytes = (int64_t)p->bytes,
                                     .next_visit_at = 3,
                                     .interval_ms = 1,
                                     .status = 200,
                                     .role = SPAN("article"),
                                     .final_url = span_of(p->url),
                                     .digest = arena_span(scratch, digest_span(&d)),
                                     .body = p->packed,
                                     .packed = true };
        }
        if (store_commit_outcomes(s, m, o, n, ids + i, &e) < 0)
            die(database, e.msg);
    }
    *took_s = now_s() - from;
}

static double captures_s, settle_s;

static void settle_all(struct store *s, const int64_t *ids)
{
    struct err e;
    double from = now_s();
    for (int i = 0; i < page_count; i += BATCH) {
        int n = page_count - i < BATCH ? page_count - i : BATCH;
        struct result r[BATCH];
        const struct result *list[BATCH];
        struct settled out[BATCH];
        for (int k = 0; k < n; k++) {
            memset(&r[k], 0, sizeof(r[k]));
            if (wire_read_parsed(pages[i + k].parsed, scratch, &r[k], &e) < 0)
                die("RESULT", e.msg);
            r[k].capture = ids[i + k];
            r[k].pass = 1;
            r[k].rules = SPAN("bench");
            list[k] = &r[k];
        }
        if (store_settle(s, list, n, 3, out, &e) < 0)
            die(database, e.msg);
        for (int k = 0; k < n && out[k].what == SETTLED; k++)
            ;
        arena_reset(scratch);
    }
    settle_s = now_s() - from;
}

static void sink_on(const char *path)
{
    struct member m;
    struct store *s = open_fresh(path, &m);
    int64_t *ids = calloc((size_t)page_count + 1, sizeof(*ids));
    insert_captures(s, &m, ids, &captures_s);
    settle_all(s, ids);
    free(ids);
    store_close(s);
}

static void capture_rows(void)
{
    sink_on(database);
}

static void sink_sqlite(void)
{
    sink_on(database);
}

static void sink_null(void)
{
    sink_on("null:");
}

/* ---- all of it -------------------------------------------------------------------------------------------------------------------- */

struct row {
    const char *key, *label;
    void (*run)(void);
    const int *count;        /* of pages or texts that one run reads */
    const double *own_clock; /* part of run's time; NULL: all of it */
    double seconds[ROUNDS];
};

static struct row rows[] = {
    { "bare_sax", "bare libxml2 SAX parsing", bare_sax, &page_count, NULL, { 0 } },
    { "page", "page reading (charset, SAX, body, fields)", read_pages, &page_count, NULL, { 0 } },
    { "findings", "findings", find_findings, &page_count, NULL, { 0 } },
    { "worker", "worker alone (unpack, cage, page, findings, msgpack)", worker_alone, &page_count, NULL, { 0 } },
    { "compress", "compressing (zstd 1)", compress, &page_count, NULL, { 0 } },
    { "captures", "capture and frontier rows (SQLite)", capture_rows, &page_count, &captures_s, { 0 } },
    { "sink", "sink alone (decode, SQLite)", sink_sqlite, &page_count, &settle_s, { 0 } },
    { "sink_null", "sink alone (decode, null store)", sink_null, &page_count, &settle_s, { 0 } },
    { "findings_4000", "findings of a text of 4,000 characters", find_in_long_article, &text_runs, &long_s, { 0 } },
    { "scan_4000", "scanning it with one regular expression", scan_long_article, &text_runs, &long_s, { 0 } },
};

#define ROWS         (sizeof(rows) / sizeof(rows[0]))
#define LONG_FOUND   (ROWS - 2)
#define LONG_SCANNED (ROWS - 1)

static double median(struct row *r)
{
    qsort(r->seconds, ROUNDS, sizeof(r->seconds[0]), by_size);
    return r->seconds[ROUNDS / 2];
}

/* Pages or texts in a second. */
static double rate(struct row *r)
{
    return *r->count / median(r);
}

static void prepare(const struct config *c)
{
    struct err e;
    limits = &c->limits;
    keep = arena_new(ARENA_MAX, NULL);
    scratch = arena_new(ARENA_MAX, NULL);
    zip = zip_new();
    reader = page_reader_new();
    rules = rules_new(NULL, &e);
    parser = rules == NULL ? NULL : parser_new(limits, NULL, &e);
    if (parser == NULL)
        die("parser", e.msg);
    get_pages();
    for (int i = 0; i < page_count; i++) {
        struct sample *s = &pages[i];
        struct page_in in = page_in_of(s);
        struct page_out out = { 0 };
        struct work w = work_of(s);
        struct result r;
        if (zip_pack(zip, (struct span){ s->body, s->bytes }, &s->packed, &e) < 0)
            die("zstd", e.msg);
        s->packed = arena_span(keep, s->packed);
        page_read(reader, &in, keep, &out);
        s->article = out.article;
        if (parser_parse(parser, &w, (struct span){ s->body, s->bytes }, keep, &r, &e) < 0)
            die(s->url, e.msg);
        msgpack_sbuffer packed;
        msgpack_packer pk;
        msgpack_sbuffer_init(&packed);
        msgpack_packer_init(&pk, &packed, msgpack_sbuffer_write);
        wire_pack_parsed(&pk, &r);
        s->parsed = arena_span(keep, (struct span){ packed.data, packed.size });
        msgpack_sbuffer_destroy(&packed);
    }
    make_long_article();
    compile_figures();
}

static void print_json(double bytes)
{
    json_t *o = json_object();
    json_object_set_new(o, "pages", json_integer(page_count));
    json_object_set_new(o, "page_bytes", json_real(bytes / page_count));
    for (size_t i = 0; i < ROWS; i++)
        json_object_set_new(o, rows[i].key, json_real(rate(&rows[i])));
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static void print_table(double bytes)
{
    double bare = rate(&rows[0]);
    printf("%d pages of %.0f KB on average, medians of %d rounds\n\n", page_count, bytes / page_count / 1000, ROUNDS);
    printf("%-54s %9s %9s %12s\n", "", "pages/s", "ms/page", "of bare SAX");
    for (size_t i = 0; i < ROWS; i++) {
        double r = rate(&rows[i]);
        printf("%-54s %9.0f %9.3f", rows[i].label, r, 1000 / r);
        if (rows[i].count == &page_count)
            printf(" %11.2fx", r / bare);
        putchar('\n');
    }
    double found = rate(&rows[LONG_FOUND]), scanned = rate(&rows[LONG_SCANNED]);
    printf("\nfindings of the long text take %.1f times as long as scanning it\n", scanned / found);
}

int main(int argc, char **argv)
{
    const char *yaml = "database: 'null:'\nsites:\n  - name: bench\n    start: ['http://127.0.0.1/']\n";
    struct err e;
    struct config *c = config_parse("bench", yaml, strlen(yaml), &e);
    if (c == NULL)
        die("config", e.msg);
    const char *folder = getenv("TMPDIR");
    snprintf(database, sizeof(database), "%s/renda-bench-%d.db", folder != NULL ? folder : "/tmp", (int)getpid());
    prepare(c);
    double bytes = 0;
    for (int i = 0; i < page_count; i++)
        bytes += (double)pages[i].bytes;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < ROWS; i++) {
            double from = now_s();
            rows[i].run();
            rows[i].seconds[round] = rows[i].own_clock != NULL ? *rows[i].own_clock : now_s() - from;
        }
    }
    if (argc > 1 && strcmp(argv[1], "--json") == 0)
        print_json(bytes);
    else
        print_table(bytes);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end != NULL; end++) {
        char file[4200];
        snprintf(file, sizeof(file), "%s%s", database, *end);
        unlink(file);
    }
    return 0;
}
