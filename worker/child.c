#include "worker/child.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/text.h"
#include "common/wire.h"
#include "common/zip.h"
#include "worker/child_test.h"
#include "worker/gunzip.h"
#include "worker/join.h"
#include "worker/page.h"

#define LARGE_PAGE_BYTES ((size_t)1024 * 1024)
#define PATTERNS_MAX     1000 /* as many as a config may name */

struct child {
    struct rules *rules;
    struct page_reader *reader;
    struct arena *arena;
    struct zip *zip;
    struct config_limits limits;
    bool test_hook;
    int64_t started_ms; /* the job in hand, on the monotonic clock */
};

/* One page's memory serves the next: without this, every larger piece is mapped, zeroed and unmapped for each page. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 32 * 1024 * 1024);
}

struct child *child_new(const struct config_limits *limits, const char *lexicon, struct err *e)
{
    keep_memory();
    struct child *c = calloc(1, sizeof(*c));
    if (c == NULL) {
        err_set(e, "out of memory");
        return NULL;
    }
    c->limits = *limits;
    c->rules = rules_new(lexicon, e);
    if (c->rules == NULL) {
        child_free(c);
        return NULL;
    }
    c->reader = page_reader_new();
    c->arena = arena_new((size_t)limits->parse_memory_bytes, cage_die_of_memory);
    c->zip = zip_new();
    c->test_hook = child_test_wanted();
    if (c->reader == NULL || c->zip == NULL) {
        err_set(e, "out of memory");
        child_free(c);
        return NULL;
    }
    return c;
}

void child_free(struct child *c)
{
    if (c == NULL)
        return;
    page_reader_free(c->reader);
    rules_free(c->rules);
    arena_free(c->arena);
    zip_free(c->zip);
    free(c);
}

struct span child_rules(const struct child *c)
{
    return span_of(rules_digest(c->rules));
}

static enum page_role role_of(struct span name)
{
    for (int i = ROLE_LIST; i <= ROLE_HOME; i++) {
        if (span_is(name, page_role_names[i]))
            return (enum page_role)i;
    }
    return ROLE_ARTICLE;
}

/* One pattern a line. */
static size_t split_patterns(struct span lines, struct span *out)
{
    size_t n = 0;
    const char *p = lines.p, *end = lines.p + lines.n;
    while (p < end && n < PATTERNS_MAX) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        if (q == NULL)
            q = end;
        if (q > p)
            out[n++] = span_between(p, q);
        p = q + 1;
    }
    return n;
}

static void take_links(const struct page_out *page, struct arena *a, struct result *r)
{
    r->link_count = page->link_count < RESULT_LINKS_MAX ? page->link_count : RESULT_LINKS_MAX;
    r->links = ARENA_ARRAY(a, struct result_link, r->link_count);
    for (size_t i = 0; i < r->link_count; i++) {
        const struct link *l = &page->links[i];
        r->links[i] =
            (struct result_link){ l->url, span_of(page_role_names[l->role]), l->title, l->date, l->column, l->next };
    }
}

/* A part of the work, unpacked: the frames of the parts stand behind that of the page, in their order. */
struct parts {
    struct child *c;
    const struct work *w;
    struct span packed;
};

static struct span unpack(struct child *c, struct span packed, enum gunzip_end *end)
{
    struct span bytes = { "", 0 };
    if (packed.n > 0 && zip_unpack(c->zip, packed, (size_t)c->limits.page_max_bytes, &bytes, NULL) < 0)
        cage_die(CAGE_BAD_JOB);
    *end = GUNZIP_WHOLE;
    return gunzip_wanted(bytes) ? gunzip(bytes, (size_t)c->limits.page_max_bytes, c->arena, end) : bytes;
}

static struct span fetch_part(void *ctx, struct span url, struct page_in *page)
{
    const struct parts *p = ctx;
    const char *at = p->packed.p;
    for (int i = 0; i < p->w->part_count; i++) {
        const struct work_part *part = &p->w->parts[i];
        if (!span_eq(part->url, url)) {
            at += part->raw_bytes;
            continue;
        }
        cage_at_part((int)part->number);
        page->url = part->url;
        page->final_url = part->final_url;
        page->content_type = part->content_type;
        enum gunzip_end end;
        struct span bytes = unpack(p->c, (struct span){ at, (size_t)part->raw_bytes }, &end);
        bytes = end == GUNZIP_TOO_LARGE ? SPAN("") : arena_span(p->c->arena, bytes);
        if (p->c->test_hook)
            child_test(bytes);
        return bytes;
    }
    return (struct span){ NULL, 0 };
}

/* Half of the job's time is for attachments: one that takes all that is left is to blame, and not the one behind it. */
static bool has_time(void *ctx)
{
    const struct child *c = ((const struct parts *)ctx)->c;
    return clock_mono_ms() - c->started_ms < c->limits.parse_ms / 2;
}

/* How many of the job's bytes are the page's own frame. */
static struct span own_frame(const struct work *w, struct span packed)
{
    size_t rest = 0;
    for (int i = 0; i < w->part_count; i++)
        rest += (size_t)w->parts[i].raw_bytes;
    if (rest > packed.n)
        cage_die(CAGE_BAD_JOB);
    return (struct span){ packed.p, packed.n - rest };
}

static void parse(struct child *c, const struct work *w, struct span bytes, struct span packed_parts, struct result *r)
{
    struct span patterns[PATTERNS_MAX];
    struct page_in in = {
        .bytes = bytes,
        .url = w->url,
        .final_url = w->final_url,
        .content_type = w->content_type,
        .role = role_of(w->role),
        .fetched_at = w->fetched_at,
        .hint_title = w->hint_title,
        .hint_date = w->hint_date,
        .hint_column = w->hint_column,
        .site = { w->site, w->org, w->region, w->level, patterns, split_patterns(w->patterns, patterns), w->selectors },
    };
    struct page_out page = { 0 };
    struct parts parts = { c, w, packed_parts };
    page_read(c->reader, &in, c->arena, &page);
    *r = (struct result){ .page_class = span_of(page_class_names[page.class]),
                          .charset = page.charset,
                          .charset_how = page.charset_how,
                          .reason = page.reason,
                          .selected = page.selected,
                          .selected_count = page.selected_count };
    const struct join_parts source = { fetch_part, has_time, &parts };
    r->need_count = join(c->reader, &in, &source, c->arena, &page, &r->needs);
    cage_at_part(0);
    if (page.article != NULL) {
        const struct findings_site site = { w->org, w->region, w->level };
        findings_find(c->rules, page.article, &site, c->arena, &r->findings);
        r->article = page.article;
    }
    take_links(&page, c->arena, r);
}

/* msgpack's writer into the shared mapping, which has an end. */
struct out {
    char *p;
    size_t n, max;
};

static int write_out(void *ctx, const char *bytes, size_t n)
{
    struct out *o = ctx;
    if (n > o->max - o->n)
        cage_die(CAGE_TOO_LARGE);
    memcpy(o->p + o->n, bytes, n);
    o->n += n;
    return 0;
}

static size_t run(void *ctx, struct span head, struct span body, char *out, size_t max)
{
    struct child *c = ctx;
    struct work w;
    c->started_ms = clock_mono_ms();
    if (wire_read_work(head, &w, NULL) < 0)
        cage_die(CAGE_BAD_JOB);
    enum gunzip_end end = GUNZIP_WHOLE;
    struct span own = own_frame(&w, body), bytes = unpack(c, own, &end);
    if (w.part_count > 0)
        bytes = arena_span(c->arena, bytes); /* the unpacker's next frame overwrites it */
    if (c->test_hook)
        child_test(bytes);
    struct result r = { .page_class = span_of(page_class_names[CLASS_OTHER]) };
    if (end == GUNZIP_TOO_LARGE)
        r.reason =
            arena_printf(c->arena, "unpacks to more than page_max (%lld bytes)", (long long)c->limits.page_max_bytes);
    else
        parse(c, &w, bytes, (struct span){ own.p + own.n, body.n - own.n }, &r);
    if (end == GUNZIP_DAMAGED)
        r.reason = arena_printf(c->arena, "%.*s%sa damaged gzip file", SPAN_FMT(r.reason), r.reason.n > 0 ? "; " : "");
    struct out o = { out, 0, max };
    msgpack_packer pk;
    msgpack_packer_init(&pk, &o, write_out);
    wire_pack_parsed(&pk, &r);
    arena_reset(c->arena);
    if (bytes.n > LARGE_PAGE_BYTES || w.part_count > 0)
        malloc_trim(0);
    return o.n;
}

struct cage *child_cage(struct child *c, struct err *e)
{
    const struct cage_options o = {
        .body_max = zip_bound((size_t)c->limits.page_max_bytes) + (size_t)WORK_PARTS_RAW_BYTES_MAX,
        .memory_bytes = c->limits.parse_memory_bytes,
        .deadline_ms = c->limits.parse_ms,
        .fn = run,
        .ctx = c,
    };
    return cage_new(&o, e);
}
