/* Every reader of messages on any bytes. What a reader accepts is clean, and what was read of a page, packed again, is
 * read again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/event.h"
#include "common/hint.h"
#include "common/text.h"
#include "common/wire.h"
#include "tests/fuzz/fuzz.h"

const char *const fuzz_words[] = {
    "\xa4type", "\xa1v\x01", "\xa8" "findings", "\xa5links", "\xa7" "article", "\xa7" "authors", "\xa4kind\xa6" "figure", "\xa5quote",
    "\xdd\xff\xff\xff\xff", "\xdf\xff\xff\xff\xff", "\xdb\xff\xff\xff\xff", "\xc6\xff\xff\xff\xff", "\x91\x91\x91\x91\x91\x91\x91\x91",
    "\xcb\x7f\xf8", "\xcf\xff\xff\xff\xff\xff\xff\xff\xff", "\xed\xa0\x80", "\xa5value\xa3" "1.5", "\xa0", "\x80", "\x90", "\xc0", NULL,
};

static struct arena *arena;

static void look(struct span s)
{
    FUZZ_MUST(s.n == 0 || (s.p != NULL && text_valid(s)));
}

static void look_at(const struct result *r)
{
    look(r->page_class), look(r->charset), look(r->charset_how), look(r->reason);
    for (int i = 0; r->article != NULL && i < ARTICLE_FIELD_COUNT; i++) {
        look(r->article->f[i]);
        FUZZ_MUST(r->article->f[i].n <= article_fields[i].max_bytes);
    }
    for (size_t i = 0; r->article != NULL && i < r->article->author_count; i++)
        look(r->article->authors[i].name), look(r->article->authors[i].role);
    FUZZ_MUST(r->findings.n <= FINDINGS_MAX && r->link_count <= RESULT_LINKS_MAX);
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.items[i];
        FUZZ_MUST(f->kind < KIND_COUNT && f->start < f->end && f->quote.n > 0 && f->rule.n > 0);
        look(f->quote), look(f->rule);
        for (const struct finding_value *v = f->values; v != NULL; v = v->next)
            look(v->text);
    }
    for (size_t i = 0; i < r->link_count; i++)
        look(r->links[i].url), look(r->links[i].role), look(r->links[i].title), look(r->links[i].date), look(r->links[i].column);
}

static void read_parsed(struct span msg)
{
    struct result r = { 0 }, again = { 0 };
    if (wire_read_parsed(msg, arena, &r, NULL) < 0)
        return;
    look_at(&r);
    msgpack_sbuffer out;
    msgpack_packer pk;
    msgpack_sbuffer_init(&out);
    msgpack_packer_init(&pk, &out, msgpack_sbuffer_write);
    wire_pack_parsed(&pk, &r);
    FUZZ_MUST(wire_read_parsed((struct span){ out.data, out.size }, arena, &again, NULL) == 0);
    FUZZ_MUST(again.findings.n == r.findings.n && again.link_count == r.link_count);
    msgpack_sbuffer_destroy(&out);
}

static void hear(void *ctx, struct span topic, struct span message)
{
    FUZZ_MUST(topic.n > 0 && message.n > 0);
    ++*(int *)ctx;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct state s;
    struct hint h;
    struct work w;
    struct result r;
    struct span msg = { (const char *)bytes, n }, parsed;
    struct err e;
    int64_t epoch;
    int heard = 0;
    if (arena == NULL)
        arena = arena_new((size_t)64 * 1024 * 1024, NULL);
    wire_type_of(msg);
    if (wire_read_state(msg, &s, &e) == 0)
        FUZZ_MUST(s.held_count >= 0 && s.held_count <= WIRE_HELD_MAX && s.window_pages >= 0);
    if (wire_read_epoch(msg, &epoch, &e) == 0)
        FUZZ_MUST(epoch > 0);
    if (wire_read_work(msg, &w, &e) == 0) {
        FUZZ_MUST(w.part_count >= 0 && w.part_count <= WORK_PARTS_MAX);
        look(w.url), look(w.patterns), look(w.hint_title);
    }
    if (wire_read_result(msg, &r, &parsed, &e) == 0) {
        FUZZ_MUST(r.capture > 0 && (r.failed.n > 0) != (parsed.n > 0));
        read_parsed(parsed);
    }
    if (hint_read(msg, &h, &e) == 0)
        FUZZ_MUST(h.settled_count >= 0 && h.settled_count <= HINT_SETTLED_MAX);
    event_findings(msg, hear, &heard, &e);
    read_parsed(msg);
    arena_reset(arena);
    return 0;
}

/* ---- seeds -------------------------------------------------------------------------------------------------------------- */

static struct result page(struct arena *a)
{
    struct result r = { .page_class = SPAN("article"), .charset = SPAN("utf-8"), .charset_how = SPAN("meta") };
    r.article = ARENA_NEW(a, struct article);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i += 2)
        r.article->f[i] = span_of(article_fields[i].name);
    r.article->authors = ARENA_ARRAY(a, struct author, 2);
    r.article->author_count = 2;
    r.article->authors[0] = (struct author){ SPAN("张三"), SPAN("text") };
    for (int k = 0; k < 4; k++) {
        struct finding *f = finding_add(&r.findings, a, (enum finding_kind)(k * 3 % KIND_COUNT));
        f->start = (uint32_t)k;
        f->end = (uint32_t)k + 5;
        f->quote = SPAN("召开主任会议12次。");
        f->rule = SPAN("figure");
        for (int i = k; i < FINDING_FIELD_COUNT; i += 7)
            finding_set(f, a, (enum finding_field)i, SPAN("12"));
    }
    r.link_count = 2;
    r.links = ARENA_ARRAY(a, struct result_link, 2);
    r.links[0] = (struct result_link){ SPAN("http://a.cn/1"), SPAN("article"), SPAN("一"), SPAN("2026-01-02"), SPAN("要闻"), false };
    r.links[1] = (struct result_link){ SPAN("http://a.cn/2"), SPAN("list"), SPAN(""), SPAN(""), SPAN(""), true };
    r.need_count = 2;
    r.needs = ARENA_ARRAY(a, struct result_need, 2);
    r.needs[0] = (struct result_need){ .kind = NEED_PAGE, .url = SPAN("http://a.cn/1_2"), .from = 1, .to = 2 };
    r.needs[1] = (struct result_need){ .kind = NEED_ATTACHMENT, .url = SPAN("http://a.cn/1.pdf"), .name = SPAN("a"), .why = SPAN("b") };
    return r;
}

struct span fuzz_seed(int i, struct arena *a)
{
    static const struct state state = { .session = 7, .epoch = 3, .rules = { "rules", 5 }, .window_pages = 16, .window_bytes = 1 << 20,
                                        .received = 5, .held = { 4, 5 }, .held_count = 2, .parsing = 4 };
    static const struct hint hint = { .new_links = 3, .again = true, .settled = { 1, 2, 3 }, .settled_count = 3 };
    const struct work work = { .epoch = 3, .capture = 4, .seq = 1, .pass = 1, .url = SPAN("http://a.cn/"), .final_url = SPAN("http://a.cn/"),
                               .role = SPAN("article"), .patterns = SPAN("/a\n"), .part_count = 1,
                               .parts = { { .number = 1, .raw_bytes = 9, .url = SPAN("http://a.cn/2"), .final_url = SPAN("http://a.cn/2") } } };
    struct result r = page(a);
    msgpack_sbuffer out, inner;
    msgpack_packer pk;
    msgpack_sbuffer_init(&out);
    msgpack_sbuffer_init(&inner);
    msgpack_packer_init(&pk, &inner, msgpack_sbuffer_write);
    wire_pack_parsed(&pk, &r);
    struct span parsed = { inner.data, inner.size }, none = { NULL, 0 };
    switch (i) {
    case 0: wire_pack_state(&out, &state); break;
    case 1: wire_pack_epoch(&out, 3); break;
    case 2: wire_pack_work(&out, &work); break;
    case 3: wire_pack_result(&out, &(struct result){ .capture = 4, .pass = 1, .rules = SPAN("rules"), .failed = SPAN("SIGSEGV"), .failed_part = 2 }, none); break;
    case 4: wire_pack_result(&out, &(struct result){ .capture = 4, .pass = 1, .rules = SPAN("rules") }, parsed); break;
    case 5: case 6: case 7: msgpack_sbuffer_write(&out, parsed.p, parsed.n); break; /* most of the rows: most of the runs */
    case 8: hint_pack(&out, &hint); break;
    case 9: event_pack(&out, SPAN("id"), SPAN("http://a.cn/"), r.article, &r.findings); break;
    default: break;
    }
    struct span seed = i < 10 ? arena_span(a, (struct span){ out.data, out.size }) : none;
    msgpack_sbuffer_destroy(&out);
    msgpack_sbuffer_destroy(&inner);
    return seed;
}
