/* The messages: what is packed is read again, and nothing that others may send does harm.
 * Broken messages are made from good ones: msgpack-c's own unpacker takes them apart, and they are put together again
 * with one thing changed. So it is also checked that what we pack is msgpack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/text.h"
#include "common/wire.h"

#define COUNT(a)    (sizeof(a) / sizeof((a)[0]))
#define ARENA_BYTES ((size_t)64 * 1024 * 1024)

/* ---- good messages ------------------------------------------------------------------------------------------------- */

static const struct state good_state = {
    .session = UINT64_MAX - 3, .epoch = 7, .rules = { "0123456789abcdef", 16 }, .window_pages = 16,
    .window_bytes = (int64_t)4 << 20, .received = 12, .received_bytes = 70000, .held = { 5, 9, INT64_MAX },
    .held_count = 3, .held_bytes = 30000, .parsing = 5, .blocked = true,
};

static const struct work good_work = {
    .epoch = 7, .capture = 42, .seq = 3, .pass = 2, .fetched_at = 1760000000000, .bytes = 39000,
    .priority = PRIORITY_BACKFILL, .status = 200,
    .url = { "http://www.example.org/a.html", 29 }, .final_url = { "http://www.example.org/a.html", 29 },
    .role = { "article", 7 }, .content_type = { "text/html; charset=gb2312", 25 },
    .hint_title = { "关于会议的公告", 21 }, .hint_date = { "2026-03-05", 10 }, .hint_column = { "要闻", 6 },
    .site = { "example", 7 }, .org = { "示例市人大常委会", 24 }, .region = { "示例市", 9 }, .level = { "prefecture", 10 },
    .patterns = { "/a\\.html\n", 9 }, .selectors = { "title h1.con\n", 13 },
    .part_count = 2,
    .parts = { { .number = 1, .raw_bytes = 500, .url = { "http://www.example.org/a_2.html", 31 },
                 .final_url = { "http://www.example.org/b_2.html", 31 }, .content_type = { "text/html", 9 } },
               { .number = 3, .raw_bytes = 0, .url = { "http://www.example.org/a.pdf", 28 },
                 .final_url = { "http://www.example.org/a.pdf", 28 } } },
};

/* A result with an article, two findings and two links. */
static struct result good_result(struct arena *a)
{
    struct result r = { .capture = 42, .pass = 2, .rules = SPAN("0123456789abcdef"), .page_class = SPAN("article"),
                        .charset = SPAN("gb18030"), .charset_how = SPAN("meta") };
    r.article = ARENA_NEW(a, struct article);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (i % 3 != 1)
            r.article->f[i] = arena_printf(a, "%s 人", article_fields[i].name);
    }
    r.article->f[ARTICLE_REGION_CODE] = SPAN("420000");
    r.article->authors = ARENA_ARRAY(a, struct author, 2);
    r.article->author_count = 2;
    r.article->authors[0] = (struct author){ SPAN("张三"), SPAN("text") };
    r.article->authors[1] = (struct author){ SPAN("李四"), SPAN("photo") };
    struct finding *f = finding_add(&r.findings, a, KIND_FIGURE);
    f->start = 10;
    f->end = 15;
    f->quote = SPAN("召开主任会议12次。");
    f->rule = SPAN("figure.count");
    finding_set(f, a, FINDING_SUBJECT, SPAN("主任会议"));
    finding_set(f, a, FINDING_VALUE, SPAN("12"));
    finding_set(f, a, FINDING_PERIOD_FROM, SPAN("2025"));
    f = finding_add(&r.findings, a, KIND_TERM);
    f->end = 4;
    f->quote = SPAN("四个机关");
    f->rule = SPAN("term");
    r.selected_count = 2;
    r.selected = ARENA_ARRAY(a, struct result_selected, 2);
    r.selected[0] = (struct result_selected){ SPAN("title"), 3, SPAN("") };
    r.selected[1] = (struct result_selected){ SPAN("date"), 0, SPAN("matched nothing") };
    r.link_count = 2;
    r.links = ARENA_ARRAY(a, struct result_link, 2);
    r.links[0] = (struct result_link){ SPAN("http://a.cn/1"), SPAN("article"), SPAN("一"), SPAN("2026-01-02"), SPAN("要闻"), false };
    r.links[1] = (struct result_link){ SPAN("http://a.cn/2"), SPAN("list"), { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, true };
    r.need_count = 3;
    r.needs = ARENA_ARRAY(a, struct result_need, 3);
    r.needs[0] = (struct result_need){ .kind = NEED_PAGE, .url = SPAN("http://a.cn/1_2"), .from = 10, .to = 20 };
    r.needs[1] = (struct result_need){ .kind = NEED_ATTACHMENT, .url = SPAN("http://a.cn/1.pdf"), .name = SPAN("预算.pdf"), .why = SPAN("no text") };
    r.needs[2] = (struct result_need){ .kind = NEED_LISTED, .url = SPAN("http://a.cn/1.xls"), .name = SPAN("表.xls") };
    return r;
}

enum sample { STATE, EPOCH, WORK, RESULT_FAILED, RESULT_PARSED, PARSED, SAMPLE_COUNT };
static const char *const sample_names[] = { "STATE", "EPOCH", "WORK", "RESULT failed", "RESULT parsed", "parsed" };

static struct span pack_sample(enum sample s, struct arena *a)
{
    msgpack_sbuffer out;
    msgpack_packer pk;
    msgpack_sbuffer_init(&out);
    msgpack_packer_init(&pk, &out, msgpack_sbuffer_write);
    struct result r = good_result(a);
    const struct span none = { NULL, 0 };
    switch (s) {
    case STATE: wire_pack_state(&out, &good_state); break;
    case EPOCH: wire_pack_epoch(&out, 7); break;
    case WORK: wire_pack_work(&out, &good_work); break;
    case RESULT_FAILED:
        wire_pack_result(&out, &(struct result){ .capture = 42, .pass = 2, .rules = SPAN("rules"), .failed = SPAN("SIGSEGV"), .failed_part = 3 }, none);
        break;
    case RESULT_PARSED:
        wire_pack_result(&out, &(struct result){ .capture = 42, .pass = 2, .rules = SPAN("rules") }, SPAN("\x80\xff"));
        break;
    case PARSED: wire_pack_parsed(&pk, &r); break;
    case SAMPLE_COUNT: break;
    }
    struct span copy = arena_span(a, (struct span){ out.data, out.size });
    msgpack_sbuffer_destroy(&out);
    return copy;
}

/* What was accepted is UTF-8 without U+0000. */
static int dirty;
static void look(struct span s)
{
    dirty += s.n > 0 && !text_valid(s);
}

static int read_parsed(struct span msg, struct arena *a, struct result *r, struct err *e)
{
    memset(r, 0, sizeof(*r));
    if (wire_read_parsed(msg, a, r, e) < 0)
        return -1;
    look(r->page_class), look(r->charset), look(r->charset_how), look(r->reason);
    for (int i = 0; r->article != NULL && i < ARTICLE_FIELD_COUNT; i++)
        look(r->article->f[i]);
    for (size_t i = 0; r->article != NULL && i < r->article->author_count; i++)
        look(r->article->authors[i].name), look(r->article->authors[i].role);
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.items[i];
        look(f->quote), look(f->rule);
        dirty += f->kind >= KIND_COUNT || f->start >= f->end;
        for (const struct finding_value *v = f->values; v != NULL; v = v->next)
            look(v->text);
    }
    for (size_t i = 0; i < r->link_count; i++)
        look(r->links[i].url), look(r->links[i].role), look(r->links[i].title), look(r->links[i].column);
    for (size_t i = 0; i < r->selected_count; i++)
        look(r->selected[i].field), look(r->selected[i].why);
    return 0;
}

/* Reads as what it is; 0 or -1. *e is empty or filled accordingly. */
static int read_as(enum sample s, struct span msg, struct arena *a, struct err *e)
{
    static struct state state;
    struct work w;
    struct result r;
    struct span parsed;
    int64_t epoch;
    e->msg[0] = '\0';
    switch (s) {
    case STATE: return wire_read_state(msg, &state, e);
    case EPOCH: return wire_read_epoch(msg, &epoch, e);
    case WORK: return wire_read_work(msg, &w, e);
    case RESULT_FAILED:
    case RESULT_PARSED: return wire_read_result(msg, &r, &parsed, e);
    case PARSED: return read_parsed(msg, a, &r, e);
    case SAMPLE_COUNT: break;
    }
    return -1;
}

/* ---- round trips ---------------------------------------------------------------------------------------------------- */

static void state_round_trip(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    static struct state s;
    struct err e;
    assert_int_equal(wire_read_state(pack_sample(STATE, a), &s, &e), 0);
    assert_true(span_eq(s.rules, good_state.rules));
    s.rules = good_state.rules;
    assert_memory_equal(&s, &good_state, sizeof(s));
    static struct state full = { .rules = { "", 0 }, .window_pages = WIRE_HELD_MAX, .held_count = WIRE_HELD_MAX };
    for (int i = 0; i < WIRE_HELD_MAX; i++)
        full.held[i] = INT64_MAX - i;
    msgpack_sbuffer out;
    msgpack_sbuffer_init(&out);
    wire_pack_state(&out, &full);
    assert_int_equal(wire_read_state((struct span){ out.data, out.size }, &s, &e), 0);
    assert_memory_equal(s.held, full.held, sizeof(s.held));
    msgpack_sbuffer_destroy(&out);
    arena_free(a);
}

static void epoch_round_trip(void **unused)
{
    (void)unused;
    static const int64_t epochs[] = { 1, 127, 128, 65536, (int64_t)1 << 40, INT64_MAX };
    for (size_t i = 0; i < COUNT(epochs); i++) {
        msgpack_sbuffer out;
        int64_t got = 0;
        msgpack_sbuffer_init(&out);
        wire_pack_epoch(&out, epochs[i]);
        assert_int_equal(wire_read_epoch((struct span){ out.data, out.size }, &got, NULL), 0);
        assert_int_equal(got, epochs[i]);
        msgpack_sbuffer_destroy(&out);
    }
}

static void work_round_trip(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    struct work w;
    struct err e;
    assert_int_equal(wire_read_work(pack_sample(WORK, a), &w, &e), 0);
    assert_int_equal(w.epoch, 7);
    assert_int_equal(w.capture, 42);
    assert_int_equal(w.seq, 3);
    assert_int_equal(w.pass, 2);
    assert_int_equal(w.fetched_at, good_work.fetched_at);
    assert_int_equal(w.bytes, 39000);
    assert_int_equal(w.priority, PRIORITY_BACKFILL);
    assert_int_equal(w.status, 200);
    assert_int_equal(w.raw.n, 0);
#define SAME(field) assert_true(span_eq(w.field, good_work.field))
    SAME(url), SAME(final_url), SAME(role), SAME(content_type), SAME(hint_title), SAME(hint_date), SAME(hint_column);
    SAME(site), SAME(org), SAME(region), SAME(level), SAME(patterns), SAME(selectors);
#undef SAME
    assert_int_equal(w.part_count, 2);
    for (int i = 0; i < 2; i++) {
        const struct work_part *x = &w.parts[i], *y = &good_work.parts[i];
        assert_true(x->number == y->number && x->raw_bytes == y->raw_bytes && span_eq(x->url, y->url));
        assert_true(span_eq(x->final_url, y->final_url) && span_eq(x->content_type, y->content_type));
    }
    arena_free(a);
}

static void result_round_trip(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    struct result r;
    struct span parsed;
    assert_int_equal(wire_read_result(pack_sample(RESULT_FAILED, a), &r, &parsed, NULL), 0);
    assert_int_equal(r.capture, 42);
    assert_int_equal(r.pass, 2);
    assert_true(span_is(r.rules, "rules") && span_is(r.failed, "SIGSEGV") && parsed.n == 0);
    assert_int_equal(r.failed_part, 3);
    assert_int_equal(wire_read_result(pack_sample(RESULT_PARSED, a), &r, &parsed, NULL), 0);
    assert_true(r.failed.n == 0 && span_is(parsed, "\x80\xff"));
    arena_free(a);
}

static void parsed_round_trip(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    struct result want = good_result(a), got;
    struct err e;
    assert_int_equal(read_parsed(pack_sample(PARSED, a), a, &got, &e), 0);
    assert_true(span_eq(got.page_class, want.page_class) && span_eq(got.charset, want.charset));
    assert_true(span_eq(got.charset_how, want.charset_how) && got.reason.n == 0);
    int bad = 0;
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        bad += !span_eq(got.article->f[i], want.article->f[i]);
    assert_int_equal(bad, 0);
    assert_int_equal(got.article->author_count, 2);
    assert_true(span_is(got.article->authors[1].name, "李四") && span_is(got.article->authors[1].role, "photo"));
    assert_int_equal(got.findings.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct finding *x = &got.findings.items[i], *y = &want.findings.items[i];
        assert_true(x->kind == y->kind && x->start == y->start && x->end == y->end);
        assert_true(span_eq(x->quote, y->quote) && span_eq(x->rule, y->rule));
        for (int k = 0; k < FINDING_FIELD_COUNT; k++)
            assert_true(span_eq(finding_get(x, (enum finding_field)k), finding_get(y, (enum finding_field)k)));
    }
    assert_int_equal(got.selected_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct result_selected *x = &got.selected[i], *y = &want.selected[i];
        assert_true(span_eq(x->field, y->field) && x->matches == y->matches && span_eq(x->why, y->why));
    }
    assert_int_equal(got.link_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct result_link *x = &got.links[i], *y = &want.links[i];
        assert_true(span_eq(x->url, y->url) && span_eq(x->role, y->role) && span_eq(x->title, y->title));
        assert_true(span_eq(x->date, y->date) && span_eq(x->column, y->column) && x->next == y->next);
    }
    assert_int_equal(got.need_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct result_need *x = &got.needs[i], *y = &want.needs[i];
        assert_true(x->kind == y->kind && span_eq(x->url, y->url) && span_eq(x->name, y->name) && span_eq(x->why, y->why));
        assert_true(x->from == y->from && x->to == y->to);
    }
    arena_free(a);
}

/* The longest of everything that may be packed can be read. */
static void longest_values(void **unused)
{
    (void)unused;
    struct arena *a = arena_new((size_t)512 * 1024 * 1024, NULL);
    const size_t most = 20 * 1024 * 1024;
    char *text = arena_alloc(a, most);
    for (size_t i = 0; i + 3 <= most; i += 3)
        memcpy(text + i, "人", 3);
    struct span all = { text, most / 3 * 3 };
    struct result r = good_result(a), got;
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        r.article->f[i] = all;
    r.article->authors = ARENA_ARRAY(a, struct author, 100);
    r.article->author_count = 100;
    for (int i = 0; i < 100; i++)
        r.article->authors[i] = (struct author){ text_cut(all, 5000), SPAN("photo") };
    r.reason = text_cut(all, 5000);
    for (int i = 0; i < FINDING_FIELD_COUNT; i++) {
        bool number = finding_fields[i].type == FIELD_DECIMAL || finding_fields[i].type == FIELD_INTEGER;
        finding_set(&r.findings.items[0], a, (enum finding_field)i, number ? SPAN("-1.5") : text_cut(all, 5000));
    }
    r.findings.items[0].quote = text_cut(all, 9000);
    r.findings.items[0].end = 16 * 1024 * 1024;
    r.link_count = RESULT_LINKS_MAX;
    r.links = ARENA_ARRAY(a, struct result_link, RESULT_LINKS_MAX);
    for (size_t i = 0; i < r.link_count; i++)
        r.links[i] = (struct result_link){ SPAN("http://a.cn/"), SPAN("article"), i == 0 ? text_cut(all, 9000) : SPAN(""), text_cut(all, 90),
                                           i == 0 ? text_cut(all, 9000) : SPAN(""), true };
    msgpack_sbuffer out;
    msgpack_packer pk;
    struct err e = { "" };
    msgpack_sbuffer_init(&out);
    msgpack_packer_init(&pk, &out, msgpack_sbuffer_write);
    wire_pack_parsed(&pk, &r);
    int rc = read_parsed((struct span){ out.data, out.size }, a, &got, &e);
    assert_string_equal(e.msg, "");
    assert_int_equal(rc, 0);
    assert_int_equal(got.link_count, RESULT_LINKS_MAX);
    assert_int_equal(got.article->author_count, ARTICLE_AUTHORS_MAX);
    assert_int_equal(got.article->f[ARTICLE_TEXT].n, article_fields[ARTICLE_TEXT].max_bytes / 3 * 3);
    msgpack_sbuffer_destroy(&out);
    arena_free(a);
}

/* What we pack is msgpack in the eyes of its own library, to the last byte. */
static void is_msgpack(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    int bad = 0;
    for (int s = 0; s < SAMPLE_COUNT; s++) {
        struct span msg = pack_sample((enum sample)s, a);
        msgpack_unpacked got;
        size_t at = 0;
        msgpack_unpacked_init(&got);
        bool ok = msgpack_unpack_next(&got, msg.p, msg.n, &at) == MSGPACK_UNPACK_SUCCESS && at == msg.n &&
                  got.data.type == MSGPACK_OBJECT_MAP;
        if (!ok)
            bad++, print_error("%s is no msgpack\n", sample_names[s]);
        msgpack_unpacked_destroy(&got);
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void tells_types(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    static const enum wire_type want[] = { WIRE_STATE, WIRE_EPOCH, WIRE_WORK, WIRE_RESULT, WIRE_RESULT, WIRE_BAD };
    for (int s = 0; s < SAMPLE_COUNT; s++)
        assert_int_equal(wire_type_of(pack_sample((enum sample)s, a)), want[s]);
    assert_int_equal(wire_type_of((struct span){ NULL, 0 }), WIRE_BAD);
    assert_int_equal(wire_type_of(SPAN("\x81\xa4type\xa5" "event")), WIRE_BAD);
    assert_int_equal(wire_type_of(SPAN("\x81\xa4type\x01")), WIRE_BAD);
    assert_int_equal(wire_type_of(SPAN("\x90")), WIRE_BAD);
    assert_int_equal(wire_type_of(SPAN("\xdf\xff\xff\xff\xff")), WIRE_BAD);
    arena_free(a);
}

/* ---- broken messages ------------------------------------------------------------------------------------------------- */

/* Reads a copy that ends where its memory ends, so that the sanitizer build sees a byte read too many. */
static int read_exact(enum sample s, struct span msg, struct arena *a, struct err *e)
{
    char *copy = malloc(msg.n > 0 ? msg.n : 1);
    if (copy == NULL)
        abort();
    memcpy(copy, msg.p, msg.n);
    int rc = read_as(s, (struct span){ copy, msg.n }, a, e);
    wire_type_of((struct span){ copy, msg.n });
    free(copy);
    return rc;
}

static void every_truncation_fails(void **unused)
{
    (void)unused;
    struct arena *keep = arena_new(ARENA_BYTES, NULL), *a = arena_new(ARENA_BYTES, NULL);
    int bad = 0;
    for (int s = 0; s < SAMPLE_COUNT; s++) {
        struct span msg = pack_sample((enum sample)s, keep);
        struct err e;
        for (size_t n = 0; n < msg.n; n++) {
            arena_reset(a);
            if (read_exact((enum sample)s, (struct span){ msg.p, n }, a, &e) == 0 || e.msg[0] == '\0')
                bad++, print_error("%s, its first %zu of %zu bytes\n", sample_names[s], n, msg.n);
        }
        char *more = arena_alloc(keep, msg.n + 1);
        memcpy(more, msg.p, msg.n);
        more[msg.n] = '\xc0';
        if (read_exact((enum sample)s, (struct span){ more, msg.n + 1 }, a, &e) == 0)
            bad++, print_error("%s with a byte behind it\n", sample_names[s]);
        if (read_exact((enum sample)s, msg, a, &e) != 0)
            bad++, print_error("%s: %s\n", sample_names[s], e.msg);
    }
    arena_free(a);
    arena_free(keep);
    assert_int_equal(bad, 0);
}

/* Every bit turned and every byte replaced: read or refused, never harm, and what is read is clean. */
static void byte_flips_do_no_harm(void **unused)
{
    (void)unused;
    static const unsigned char bytes[] = { 0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7,
                                           0xca, 0xcb, 0xcf, 0xd3, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xff };
    struct arena *keep = arena_new(ARENA_BYTES, NULL), *a = arena_new(ARENA_BYTES, NULL);
    int read = 0, refused = 0;
    dirty = 0;
    for (int s = 0; s < SAMPLE_COUNT; s++) {
        struct span msg = pack_sample((enum sample)s, keep);
        char *copy = arena_alloc(keep, msg.n);
        for (size_t i = 0; i < msg.n; i++) {
            for (size_t k = 0; k < 8 + COUNT(bytes); k++) {
                struct err e;
                memcpy(copy, msg.p, msg.n);
                copy[i] = k < 8 ? (char)(copy[i] ^ 1 << k) : (char)bytes[k - 8];
                arena_reset(a);
                int rc = read_exact((enum sample)s, (struct span){ copy, msg.n }, a, &e);
                read += rc == 0;
                refused += rc != 0;
                dirty += (rc != 0) != (e.msg[0] != '\0');
            }
        }
    }
    arena_free(a);
    arena_free(keep);
    print_message("%d changed messages were read, %d refused\n", read, refused);
    assert_int_equal(dirty, 0);
}

enum edit_op { EDIT_DROP, EDIT_TWICE, EDIT_ADD, EDIT_REPLACE };
struct edit {
    enum edit_op op;
    int map, entry;     /* the entry of the map with this number, in the order they begin */
    struct span raw;    /* what is added or replaces the value: msgpack bytes */
    int maps_seen;
    bool hit;
};

/* Packs o with the edit made. */
static void put(msgpack_packer *pk, msgpack_sbuffer *out, const msgpack_object *o, struct edit *ed)
{
    if (o->type == MSGPACK_OBJECT_ARRAY) {
        msgpack_pack_array(pk, o->via.array.size);
        for (uint32_t i = 0; i < o->via.array.size; i++)
            put(pk, out, &o->via.array.ptr[i], ed);
        return;
    }
    if (o->type != MSGPACK_OBJECT_MAP) {
        msgpack_pack_object(pk, *o);
        return;
    }
    const msgpack_object_map *m = &o->via.map;
    bool here = ed->maps_seen++ == ed->map && (uint32_t)ed->entry < m->size;
    ed->hit |= here;
    msgpack_pack_map(pk, m->size + (here && (ed->op == EDIT_TWICE || ed->op == EDIT_ADD)) - (here && ed->op == EDIT_DROP));
    for (uint32_t i = 0; i < m->size; i++) {
        bool this_one = here && i == (uint32_t)ed->entry;
        if (this_one && ed->op == EDIT_DROP)
            continue;
        if (this_one && ed->op == EDIT_ADD) {
            msgpack_pack_str(pk, 11);
            msgpack_pack_str_body(pk, "unknown key", 11);
            msgpack_sbuffer_write(out, ed->raw.p, ed->raw.n);
        }
        msgpack_pack_object(pk, m->ptr[i].key);
        if (this_one && ed->op == EDIT_REPLACE)
            msgpack_sbuffer_write(out, ed->raw.p, ed->raw.n);
        else
            put(pk, out, &m->ptr[i].val, ed);
        if (this_one && ed->op == EDIT_TWICE) {
            msgpack_pack_object(pk, m->ptr[i].key);
            put(pk, out, &m->ptr[i].val, ed);
        }
    }
}

/* The message with one edit, in the arena; empty when there is no such entry. */
static struct span edited(struct span msg, struct edit *ed, struct arena *a)
{
    msgpack_unpacked got;
    msgpack_sbuffer out;
    msgpack_packer pk;
    size_t at = 0;
    msgpack_unpacked_init(&got);
    msgpack_sbuffer_init(&out);
    msgpack_packer_init(&pk, &out, msgpack_sbuffer_write);
    ed->maps_seen = 0;
    ed->hit = false;
    struct span copy = { NULL, 0 };
    if (msgpack_unpack_next(&got, msg.p, msg.n, &at) == MSGPACK_UNPACK_SUCCESS) {
        put(&pk, &out, &got.data, ed);
        copy = arena_span(a, (struct span){ out.data, out.size });
    }
    msgpack_unpacked_destroy(&got);
    msgpack_sbuffer_destroy(&out);
    return ed->hit ? copy : (struct span){ NULL, 0 };
}

/* The edit at every entry of every map of every message: how many of them were not read as wanted (0 or -1). */
static int each_entry(enum edit_op op, struct span raw, const char *what, int want)
{
    struct arena *keep = arena_new(ARENA_BYTES, NULL), *a = arena_new(ARENA_BYTES, NULL);
    int bad = 0, rows = 0;
    for (int s = 0; s < SAMPLE_COUNT; s++) {
        struct span msg = pack_sample((enum sample)s, keep);
        for (int map = 0; map < 8; map++) {
            for (int entry = 0; entry < 64; entry++) {
                struct edit ed = { .op = op, .map = map, .entry = entry, .raw = raw };
                struct err e;
                arena_reset(a);
                struct span changed = edited(msg, &ed, a);
                if (changed.p == NULL)
                    break;
                rows++;
                if (read_exact((enum sample)s, changed, a, &e) != want)
                    bad++, print_error("%s, map %d, entry %d, %s: %s\n", sample_names[s], map, entry, what,
                                       want == 0 ? e.msg : "was read");
            }
        }
    }
    arena_free(a);
    arena_free(keep);
    assert_true(rows > 40);
    return bad;
}

static void duplicate_keys_are_refused(void **unused)
{
    (void)unused;
    assert_int_equal(each_entry(EDIT_TWICE, SPAN(""), "twice", -1), 0);
}

static void unknown_keys_are_skipped(void **unused)
{
    (void)unused;
    static const struct {
        const char *name;
        struct span raw;
    } rows[] = {
        { "an unknown number", { "\x05", 1 } },
        { "an unknown nil", { "\xc0", 1 } },
        { "an unknown NaN", { "\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", 9 } },
        { "an unknown map", { "\x81\xa1" "a\x92\x01\x90", 6 } },
        { "an unknown list, seven deep", { "\x91\x91\x91\x91\x91\x91\x91\x01", 8 } },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        bad += each_entry(EDIT_ADD, rows[i].raw, rows[i].name, 0);
    assert_int_equal(bad, 0);
}

/* As an unknown key's value, whatever cannot be skipped safely; as a known key's, whatever is of no use to anybody. */
static void hostile_values_are_refused(void **unused)
{
    (void)unused;
    static const struct {
        const char *name;
        struct span raw;
        bool as_unknown;
    } rows[] = {
        { "nil", { "\xc0", 1 }, false },
        { "a float", { "\xca\x3f\x80\x00\x00", 5 }, false },
        { "NaN", { "\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", 9 }, false },
        { "infinity", { "\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", 9 }, false },
        { "U+0000", { "\xa3" "a\0b", 4 }, true },
        { "a surrogate", { "\xa3\xed\xa0\x80", 4 }, true },
        { "a cut character", { "\xa2\xe4\xba", 3 }, true },
        { "a list of 2^32 - 1", { "\xdd\xff\xff\xff\xff", 5 }, true },
        { "a map of 2^32 - 1", { "\xdf\xff\xff\xff\xff", 5 }, true },
        { "a string of 4 GB", { "\xdb\xff\xff\xff\xff", 5 }, true },
        { "bytes of 4 GB", { "\xc6\xff\xff\xff\xff", 5 }, true },
        { "a list, nine deep", { "\x91\x91\x91\x91\x91\x91\x91\x91\x91\x01", 10 }, true },
        { "an extension of 4 GB", { "\xc9\xff\xff\xff\xff\x01", 6 }, true },
        { "an extension", { "\xd4\x01\x01", 3 }, true },
        { "never used", { "\xc1", 1 }, true },
        { "a negative number", { "\xff", 1 }, false },
        { "beyond 63 bits", { "\xcf\xff\xff\xff\xff\xff\xff\xff\xfe", 9 }, false },
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool session = strcmp(rows[i].name, "beyond 63 bits") == 0; /* a session has 64 */
        if (!session)
            bad += each_entry(EDIT_REPLACE, rows[i].raw, rows[i].name, -1);
        if (rows[i].as_unknown)
            bad += each_entry(EDIT_ADD, rows[i].raw, rows[i].name, -1);
    }
    assert_int_equal(bad, 0);
}

static void required_keys(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    static const struct {
        enum sample s;
        int map;
        const char *optional; /* entries that may be missing, as letters: a is the first */
    } rows[] = {
        { STATE, 0, "" }, { EPOCH, 0, "" }, { WORK, 0, "" }, { RESULT_FAILED, 0, "g" }, { RESULT_PARSED, 0, "" },
        { PARSED, 0, "bcdefghi" },
        { PARSED, 2, "bfgh" }, /* a finding that begins at 0 need not say so; its own fields */
        { PARSED, 4, "cdef" }, /* a link: address and role */
    };
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span msg = pack_sample(rows[i].s, a);
        for (int entry = 0; entry < 64; entry++) {
            struct edit ed = { .op = EDIT_DROP, .map = rows[i].map, .entry = entry };
            struct err e;
            struct span changed = edited(msg, &ed, a);
            if (changed.p == NULL)
                break;
            bool want = strchr(rows[i].optional, 'a' + entry) != NULL, got = read_exact(rows[i].s, changed, a, &e) == 0;
            if (got != want)
                bad++, print_error("%s, map %d without entry %d: %s\n", sample_names[rows[i].s], rows[i].map, entry, e.msg);
        }
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void other_versions_and_types(void **unused)
{
    (void)unused;
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    int bad = 0;
    for (int s = STATE; s <= RESULT_PARSED; s++) {
        static const struct {
            int entry;
            struct span raw;
            const char *want;
        } rows[] = {
            { 0, { "\x02", 1 }, "another protocol version" },
            { 0, { "\x00", 1 }, "another protocol version" },
            { 0, { "\xce\x00\x01\x00\x00", 5 }, "another protocol version" },
            { 1, { "\xa5other", 6 }, "another type of message" },
            { 1, { "\xa0", 1 }, "another type of message" },
        };
        for (size_t i = 0; i < COUNT(rows); i++) {
            struct edit ed = { .op = EDIT_REPLACE, .entry = rows[i].entry, .raw = rows[i].raw };
            struct err e;
            struct span changed = edited(pack_sample((enum sample)s, a), &ed, a);
            if (read_exact((enum sample)s, changed, a, &e) == 0 || strstr(e.msg, rows[i].want) == NULL)
                bad++, print_error("%s, row %zu: '%s'\n", sample_names[s], i, e.msg);
        }
    }
    /* one kind of message is not read as another */
    for (int s = STATE; s <= PARSED; s++) {
        for (int as = STATE; as <= PARSED; as++) {
            bool same = s == as || ((s == RESULT_FAILED || s == RESULT_PARSED) && (as == RESULT_FAILED || as == RESULT_PARSED));
            struct err e;
            if ((read_exact((enum sample)as, pack_sample((enum sample)s, a), a, &e) == 0) != same)
                bad++, print_error("%s read as %s\n", sample_names[s], sample_names[as]);
        }
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

/* A claim costs nothing: lists are made as large as the bytes can hold. */
static void claims_cost_nothing(void **unused)
{
    (void)unused;
    static const struct {
        const char *name;
        struct span msg;
    } rows[] = {
        { "links", SPAN("\x82\xa5" "class\xa0\xa5links\xdd\xff\xff\xff\xff") },
        { "links, as many as are allowed", SPAN("\x82\xa5" "class\xa0\xa5links\xdd\x00\x00\x4e\x20") },
        { "findings", SPAN("\x82\xa5" "class\xa0\xa8" "findings\xdd\xff\xff\xff\xff") },
        { "findings, as many as are allowed", SPAN("\x82\xa5" "class\xa0\xa8" "findings\xdc\x4e\x20") },
        { "a finding's fields", SPAN("\x82\xa5" "class\xa0\xa8" "findings\x91\xdf\xff\xff\xff\xff") },
        { "authors", SPAN("\x82\xa5" "class\xa0\xa7" "article\x81\xa7" "authors\xdd\xff\xff\xff\xff") },
        { "authors, as many as are allowed", SPAN("\x82\xa5" "class\xa0\xa7" "article\x81\xa7" "authors\xdc\x00\x80") },
        { "keys", SPAN("\xdf\xff\xff\xff\xff\xa5" "class\xa0") },
        { "a text", SPAN("\x81\xa5" "class\xdb\xff\xff\xff\xff") },
    };
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct result r;
        struct err e = { "" };
        arena_reset(a);
        if (read_parsed(rows[i].msg, a, &r, &e) == 0 || arena_used(a) > 8192)
            bad++, print_error("%s: %zu bytes taken, '%s'\n", rows[i].name, arena_used(a), e.msg);
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

/* Fields inside a parsed page with their limits. */
static void limits(void **unused)
{
    (void)unused;
    static char long_text[5000];
    memset(long_text, 'a', sizeof(long_text));
    static const struct {
        const char *name;
        int map; /* 1: the article, 2: the finding, 4: a link */
        const char *key;
        size_t bytes; /* of a's; 0: raw instead */
        struct span raw;
        bool ok;
    } rows[] = {
        { "region code", 1, "region_code", 12, { 0 }, true },
        { "region code, longer", 1, "region_code", 13, { 0 }, false },
        { "title", 1, "title", 4096, { 0 }, true },
        { "title, longer", 1, "title", 4097, { 0 }, false },
        { "subject", 2, "subject", FINDING_VALUE_MAX_BYTES, { 0 }, true },
        { "subject, longer", 2, "subject", FINDING_VALUE_MAX_BYTES + 1, { 0 }, false },
        { "quote", 2, "quote", FINDING_QUOTE_MAX_BYTES, { 0 }, true },
        { "quote, longer", 2, "quote", FINDING_QUOTE_MAX_BYTES + 1, { 0 }, false },
        { "no quote", 2, "quote", 0, { "\xa0", 1 }, false },
        { "rule", 2, "rule", FINDING_RULE_MAX_BYTES, { 0 }, true },
        { "rule, longer", 2, "rule", FINDING_RULE_MAX_BYTES + 1, { 0 }, false },
        { "no rule", 2, "rule", 0, { "\xa0", 1 }, false },
        { "an unknown kind", 2, "kind", 0, { "\xa5other", 6 }, false },
        { "ends where it begins", 2, "end", 0, { "\x0a", 1 }, false },
        { "ends before", 2, "end", 0, { "\x09", 1 }, false },
        { "ends behind every text", 2, "end", 0, { "\xce\x01\x00\x00\x01", 5 }, false },
        { "ends beyond 32 bits", 2, "end", 0, { "\xcf\x00\x00\x00\x01\x00\x00\x00\x0b", 9 }, false },
        { "a value with a point", 2, "value", 0, { "\xa3" "1.5", 4 }, true },
        { "a value that is no number", 2, "value", 0, { "\xa3" "NaN", 4 }, false },
        { "a value with an exponent", 2, "value", 0, { "\xa3" "1e9", 4 }, false },
        { "a value of too many digits", 2, "value", 41, { 0 }, false },
        { "a link", 4, "url", 2048, { 0 }, true },
        { "a link, longer", 4, "url", 2049, { 0 }, false },
        { "a link's title", 4, "title", 4096, { 0 }, true },
        { "a link's title, longer", 4, "title", 4097, { 0 }, false },
        { "next is 1", 4, "next", 0, { "\x01", 1 }, false },
    };
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    struct span msg = pack_sample(PARSED, a);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        msgpack_sbuffer raw;
        msgpack_packer pk;
        msgpack_sbuffer_init(&raw);
        msgpack_packer_init(&pk, &raw, msgpack_sbuffer_write);
        msgpack_pack_str(&pk, rows[i].bytes);
        msgpack_pack_str_body(&pk, long_text, rows[i].bytes);
        /* find the key's place by its packed form */
        struct edit ed = { .op = EDIT_REPLACE, .map = rows[i].map,
                           .raw = rows[i].bytes > 0 ? (struct span){ raw.data, raw.size } : rows[i].raw };
        bool found = false, ok = false;
        struct err e = { "" };
        for (; ed.entry < 64 && !found; ed.entry++) {
            struct edit drop = { .op = EDIT_DROP, .map = ed.map, .entry = ed.entry };
            struct span key = arena_printf(a, "%c%s", (char)(0xa0 | strlen(rows[i].key)), rows[i].key);
            struct span less = edited(msg, &drop, a);
            if (less.p == NULL)
                break;
            size_t before = 0, after = 0;
            for (const char *p = msg.p; (p = memmem(p, (size_t)(msg.p + msg.n - p), key.p, key.n)) != NULL; p++)
                before++;
            for (const char *p = less.p; (p = memmem(p, (size_t)(less.p + less.n - p), key.p, key.n)) != NULL; p++)
                after++;
            found = after < before;
            if (found)
                ok = read_exact(PARSED, edited(msg, &ed, a), a, &e) == 0;
        }
        if (!found || ok != rows[i].ok)
            bad++, print_error("%s: %s '%s'\n", rows[i].name, !found ? "not found" : ok ? "read" : "refused", e.msg);
        msgpack_sbuffer_destroy(&raw);
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

static void hand_made(void **unused)
{
    (void)unused;
    static const struct {
        const char *name;
        struct span msg;
        bool ok;
    } rows[] = {
        { "the least", SPAN("\x81\xa5" "class\xa5other"), true },
        { "nothing at all", SPAN("\x80"), false },
        { "no map", SPAN("\x91\xa5" "class"), false },
        { "a key that is a number", SPAN("\x82\x01\x02\xa5" "class\xa5other"), false },
        { "a long unknown key", SPAN("\x82\xd9\x21" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\x02\xa5" "class\xa5other"), false },
        { "an empty article", SPAN("\x82\xa5" "class\xa5other\xa7" "article\x80"), true },
        { "an article without authors' roles", SPAN("\x82\xa5" "class\xa5other\xa7" "article\x81\xa7" "authors\x91\xa1x"), false },
        { "three authors' texts, then what might be a key",
          SPAN("\x82\xa5" "class\xa5other\xa7" "article\x82\xa7" "authors\x93\xa1x\xa4text\xa5title\xa1y\xa6source\xa1z"), false },
        { "an empty finding", SPAN("\x82\xa5" "class\xa5other\xa8" "findings\x91\x80"), false },
        { "findings that are no list", SPAN("\x82\xa5" "class\xa5other\xa8" "findings\x80"), false },
    };
    struct arena *a = arena_new(ARENA_BYTES, NULL);
    int bad = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e;
        if ((read_exact(PARSED, rows[i].msg, a, &e) == 0) != rows[i].ok)
            bad++, print_error("%s: '%s'\n", rows[i].name, e.msg);
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_round_trip),   cmocka_unit_test(epoch_round_trip),
        cmocka_unit_test(work_round_trip),    cmocka_unit_test(result_round_trip),
        cmocka_unit_test(parsed_round_trip),  cmocka_unit_test(longest_values),
        cmocka_unit_test(is_msgpack),         cmocka_unit_test(tells_types),
        cmocka_unit_test(every_truncation_fails), cmocka_unit_test(byte_flips_do_no_harm),
        cmocka_unit_test(duplicate_keys_are_refused), cmocka_unit_test(unknown_keys_are_skipped),
        cmocka_unit_test(hostile_values_are_refused), cmocka_unit_test(required_keys),
        cmocka_unit_test(other_versions_and_types), cmocka_unit_test(claims_cost_nothing),
        cmocka_unit_test(limits),             cmocka_unit_test(hand_made),
    };
    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
