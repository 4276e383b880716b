#include "common/wire.h"

#include <string.h>

#include "common/msg.h"
#include "common/text.h"
#include "common/url.h"

#define KEY_MAX_BYTES  32
#define MAP_MAX        64
#define NAME_MAX_BYTES 1024

#define PART_TYPE_MAX_BYTES 256
#define NEED_NAME_MAX_BYTES 1024
#define NEED_WHY_MAX_BYTES  512

static const char *const type_names[] = {
    [WIRE_STATE] = "state", [WIRE_EPOCH] = "epoch", [WIRE_WORK] = "work", [WIRE_RESULT] = "result"
};

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static void put_span(msgpack_packer *pk, struct span s)
{
    msgpack_pack_str(pk, s.n);
    if (s.n > 0)
        msgpack_pack_str_body(pk, s.p, s.n);
}

static void put_key(msgpack_packer *pk, const char *key)
{
    put_span(pk, span_of(key));
}

static void put_str(msgpack_packer *pk, const char *key, struct span s)
{
    put_key(pk, key);
    put_span(pk, s);
}

static void put_int(msgpack_packer *pk, const char *key, int64_t v)
{
    put_key(pk, key);
    msgpack_pack_int64(pk, v);
}

static void begin(msgpack_packer *pk, msgpack_sbuffer *out, enum wire_type type, size_t fields)
{
    msgpack_packer_init(pk, out, msgpack_sbuffer_write);
    msgpack_pack_map(pk, fields + 2);
    put_int(pk, "v", WIRE_VERSION);
    put_str(pk, "type", span_of(type_names[type]));
}

void wire_pack_state(msgpack_sbuffer *out, const struct state *s)
{
    msgpack_packer pk;
    begin(&pk, out, WIRE_STATE, 11);
    put_key(&pk, "session");
    msgpack_pack_uint64(&pk, s->session);
    put_int(&pk, "epoch", s->epoch);
    put_str(&pk, "rules", s->rules);
    put_int(&pk, "window_pages", s->window_pages);
    put_int(&pk, "window_bytes", s->window_bytes);
    put_int(&pk, "received", s->received);
    put_int(&pk, "received_bytes", s->received_bytes);
    put_key(&pk, "held");
    msgpack_pack_array(&pk, (size_t)s->held_count);
    for (int i = 0; i < s->held_count; i++)
        msgpack_pack_int64(&pk, s->held[i]);
    put_int(&pk, "held_bytes", s->held_bytes);
    put_int(&pk, "parsing", s->parsing);
    put_key(&pk, "blocked");
    s->blocked ? msgpack_pack_true(&pk) : msgpack_pack_false(&pk);
}

void wire_pack_epoch(msgpack_sbuffer *out, int64_t epoch)
{
    msgpack_packer pk;
    begin(&pk, out, WIRE_EPOCH, 1);
    put_int(&pk, "epoch", epoch);
}

/* The members of struct work that travel, in one place for both directions. */
#define WORK_INTS(X)                                                                                                   \
    X(epoch, 0, INT64_MAX)                                                                                             \
    X(capture, 1, INT64_MAX)                                                                                           \
    X(seq, 0, INT64_MAX)                                                                                               \
    X(pass, 1, INT64_MAX)                                                                                              \
    X(fetched_at, 0, INT64_MAX)                                                                                        \
    X(bytes, 0, INT64_MAX)                                                                                             \
    X(priority, 0, PRIORITY_COUNT - 1)                                                                                 \
    X(status, 0, 999)
#define WORK_STRINGS(X)                                                                                                \
    X(url, URL_MAX_BYTES * 2)                                                                                          \
    X(final_url, URL_MAX_BYTES * 2)                                                                                    \
    X(role, 16)                                                                                                        \
    X(content_type, 1024)                                                                                              \
    X(hint_title, 4096)                                                                                                \
    X(hint_date, 64)                                                                                                   \
    X(hint_column, 1024)                                                                                               \
    X(site, NAME_MAX_BYTES)                                                                                            \
    X(org, NAME_MAX_BYTES)                                                                                             \
    X(region, NAME_MAX_BYTES)                                                                                          \
    X(level, 64)                                                                                                       \
    X(patterns, 16384)                                                                                                 \
    X(selectors, 8192)

static void pack_part(msgpack_packer *pk, const struct work_part *p)
{
    msgpack_pack_map(pk, 5);
    put_int(pk, "number", p->number);
    put_int(pk, "raw_bytes", p->raw_bytes);
    put_str(pk, "url", p->url);
    put_str(pk, "final_url", p->final_url);
    put_str(pk, "content_type", text_cut(p->content_type, PART_TYPE_MAX_BYTES));
}

void wire_pack_work(msgpack_sbuffer *out, const struct work *w)
{
#define ONE(...) +1
    msgpack_packer pk;
    begin(&pk, out, WIRE_WORK, 1 WORK_INTS(ONE) WORK_STRINGS(ONE));
#undef ONE
#define X(name, least, most) put_int(&pk, #name, w->name);
    WORK_INTS(X)
#undef X
#define X(name, max) put_str(&pk, #name, w->name);
    WORK_STRINGS(X)
#undef X
    put_key(&pk, "parts");
    msgpack_pack_array(&pk, (size_t)w->part_count);
    for (int i = 0; i < w->part_count; i++)
        pack_part(&pk, &w->parts[i]);
}

void wire_pack_result(msgpack_sbuffer *out, const struct result *r, struct span parsed)
{
    msgpack_packer pk;
    begin(&pk, out, WIRE_RESULT, r->failed.n > 0 ? 5 : 4);
    put_int(&pk, "capture", r->capture);
    put_int(&pk, "pass", r->pass);
    put_str(&pk, "rules", r->rules);
    if (r->failed.n > 0) {
        put_str(&pk, "failed", r->failed);
        put_int(&pk, "failed_part", r->failed_part);
    } else {
        put_key(&pk, "parsed");
        msgpack_pack_bin(&pk, parsed.n);
        msgpack_pack_bin_body(&pk, parsed.p, parsed.n);
    }
}

void wire_pack_finding(msgpack_packer *pk, const struct finding *f)
{
    size_t n = 5;
    for (const struct finding_value *v = f->values; v != NULL; v = v->next)
        n++;
    msgpack_pack_map(pk, n);
    put_str(pk, "kind", span_of(finding_kind_names[f->kind]));
    put_int(pk, "start", f->start);
    put_int(pk, "end", f->end);
    put_str(pk, "quote", text_cut(f->quote, FINDING_QUOTE_MAX_BYTES));
    put_str(pk, "rule", f->rule);
    for (const struct finding_value *v = f->values; v != NULL; v = v->next)
        put_str(pk, finding_fields[v->field].json, v->text);
}

static void pack_article(msgpack_packer *pk, const struct article *art)
{
    size_t n = 1;
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        n += art->f[i].n > 0;
    msgpack_pack_map(pk, n);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        if (art->f[i].n > 0)
            put_str(pk, article_fields[i].name, text_cut(art->f[i], article_fields[i].max_bytes));
    }
    put_key(pk, "authors");
    size_t authors = art->author_count < ARTICLE_AUTHORS_MAX ? art->author_count : ARTICLE_AUTHORS_MAX;
    msgpack_pack_array(pk, authors * 2);
    for (size_t i = 0; i < authors; i++) {
        put_span(pk, text_cut(art->authors[i].name, 256));
        put_span(pk, text_cut(art->authors[i].role, 16));
    }
}

static void pack_link(msgpack_packer *pk, const struct result_link *l)
{
    msgpack_pack_map(pk, 6);
    put_str(pk, "url", l->url);
    put_str(pk, "role", l->role);
    put_str(pk, "title", text_cut(l->title, 4096));
    put_str(pk, "date", text_cut(l->date, 64));
    put_str(pk, "column", text_cut(l->column, 1024));
    put_key(pk, "next");
    l->next ? msgpack_pack_true(pk) : msgpack_pack_false(pk);
}

static void pack_selected(msgpack_packer *pk, const struct result *r)
{
    put_key(pk, "selected");
    msgpack_pack_array(pk, r->selected_count);
    for (size_t i = 0; i < r->selected_count; i++) {
        msgpack_pack_map(pk, 3);
        put_str(pk, "field", r->selected[i].field);
        put_int(pk, "matches", r->selected[i].matches);
        put_str(pk, "why", r->selected[i].why);
    }
}

static void pack_need(msgpack_packer *pk, const struct result_need *n)
{
    msgpack_pack_map(pk, 6);
    put_str(pk, "kind", span_of(need_kind_names[n->kind]));
    put_str(pk, "url", n->url);
    put_str(pk, "name", text_cut(n->name, NEED_NAME_MAX_BYTES));
    put_str(pk, "why", text_cut(n->why, NEED_WHY_MAX_BYTES));
    put_int(pk, "from", n->from);
    put_int(pk, "to", n->to);
}

void wire_pack_parsed(msgpack_packer *pk, const struct result *r)
{
    msgpack_pack_map(pk, 7 + (r->article != NULL) + (r->selected_count > 0));
    put_str(pk, "class", r->page_class);
    put_str(pk, "charset", r->charset);
    put_str(pk, "charset_how", r->charset_how);
    put_str(pk, "reason", text_cut(r->reason, 512));
    if (r->article != NULL) {
        put_key(pk, "article");
        pack_article(pk, r->article);
    }
    put_key(pk, "findings");
    msgpack_pack_array(pk, r->findings.n);
    for (size_t i = 0; i < r->findings.n; i++)
        wire_pack_finding(pk, &r->findings.items[i]);
    put_key(pk, "links");
    msgpack_pack_array(pk, r->link_count);
    for (size_t i = 0; i < r->link_count; i++)
        pack_link(pk, &r->links[i]);
    put_key(pk, "needs");
    msgpack_pack_array(pk, r->need_count);
    for (size_t i = 0; i < r->need_count; i++)
        pack_need(pk, &r->needs[i]);
    if (r->selected_count > 0)
        pack_selected(pk, r);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* The number of a known key, or -1. Each is allowed once: *seen has a bit for each of at most 64. */
static int number_of(struct msg *m, struct span key, uint64_t *seen, const char *const *keys, int n)
{
    int next = *seen == UINT64_MAX ? 0 : __builtin_ctzll(~*seen); /* we send them in the order of the list */
    int i = next < n && span_is(key, keys[next]) ? next : 0;
    while (i < n && !span_is(key, keys[i]))
        i++;
    if (i == n)
        return -1;
    if (*seen >> i & 1)
        msg_fail(m, "a key stands twice");
    *seen |= (uint64_t)1 << i;
    return i;
}

static int known_key(struct msg *m, uint64_t *seen, const char *const *keys, int n)
{
    return number_of(m, msg_str(m, KEY_MAX_BYTES), seen, keys, n);
}

static void require(struct msg *m, uint64_t seen, uint64_t needed)
{
    if ((seen & needed) != needed)
        msg_fail(m, "a required key is missing");
}

static void read_version(struct msg *m)
{
    if (msg_int(m, 0, INT64_MAX) != WIRE_VERSION)
        msg_fail(m, "another protocol version; run the same renda everywhere");
}

static void read_type(struct msg *m, enum wire_type type)
{
    if (!span_is(msg_str(m, 16), type_names[type]))
        msg_fail(m, "another type of message");
}

enum wire_type wire_type_of(struct span bytes)
{
    struct msg m = msg_open(bytes);
    uint32_t n = msg_map(&m, MAP_MAX);
    for (uint32_t i = 0; i < n && m.failed == NULL; i++) {
        if (!span_is(msg_str(&m, KEY_MAX_BYTES), "type")) {
            msg_skip(&m);
            continue;
        }
        struct span name = msg_str(&m, 16);
        for (int t = 0; t < WIRE_BAD; t++) {
            if (span_is(name, type_names[t]))
                return (enum wire_type)t;
        }
        return WIRE_BAD;
    }
    return WIRE_BAD;
}

static void read_held(struct msg *m, struct state *s)
{
    s->held_count = (int)msg_array(m, WIRE_HELD_MAX);
    for (int i = 0; i < s->held_count; i++)
        s->held[i] = msg_int(m, 1, INT64_MAX);
}

int wire_read_state(struct span bytes, struct state *s, struct err *e)
{
    static const char *const keys[] = {
        "v",        "type",           "session", "epoch",      "rules",   "window_pages", "window_bytes",
        "received", "received_bytes", "held",    "held_bytes", "parsing", "blocked"
    };
    const int key_count = sizeof(keys) / sizeof(keys[0]);
    struct msg m = msg_open(bytes);
    uint64_t seen = 0;
    memset(s, 0, sizeof(*s));
    uint32_t n = msg_map(&m, MAP_MAX);
    for (uint32_t i = 0; i < n && m.failed == NULL; i++) {
        switch (known_key(&m, &seen, keys, key_count)) {
        case 0: read_version(&m); break;
        case 1: read_type(&m, WIRE_STATE); break;
        case 2: s->session = msg_uint(&m); break;
        case 3: s->epoch = msg_int(&m, 0, INT64_MAX); break;
        case 4: s->rules = msg_str(&m, 64); break;
        case 5: s->window_pages = msg_int(&m, 0, WIRE_HELD_MAX); break;
        case 6: s->window_bytes = msg_int(&m, 0, (int64_t)1 << 40); break;
        case 7: s->received = msg_int(&m, 0, INT64_MAX); break;
        case 8: s->received_bytes = msg_int(&m, 0, INT64_MAX); break;
        case 9: read_held(&m, s); break;
        case 10: s->held_bytes = msg_int(&m, 0, INT64_MAX); break;
        case 11: s->parsing = msg_int(&m, 0, INT64_MAX); break;
        case 12: s->blocked = msg_bool(&m); break;
        default: msg_skip(&m); break;
        }
    }
    require(&m, seen, ((uint64_t)1 << key_count) - 1);
    return msg_done(&m, "STATE", e);
}

int wire_read_epoch(struct span bytes, int64_t *epoch, struct err *e)
{
    static const char *const keys[] = { "v", "type", "epoch" };
    struct msg m = msg_open(bytes);
    uint64_t seen = 0;
    *epoch = 0;
    uint32_t n = msg_map(&m, MAP_MAX);
    for (uint32_t i = 0; i < n && m.failed == NULL; i++) {
        switch (known_key(&m, &seen, keys, 3)) {
        case 0: read_version(&m); break;
        case 1: read_type(&m, WIRE_EPOCH); break;
        case 2: *epoch = msg_int(&m, 1, INT64_MAX); break;
        default: msg_skip(&m); break;
        }
    }
    require(&m, seen, 7);
    return msg_done(&m, "EPOCH", e);
}

static void read_part(struct msg *m, struct work_part *p)
{
    static const char *const keys[] = { "number", "raw_bytes", "url", "final_url", "content_type" };
    uint64_t seen = 0;
    uint32_t n = msg_map(m, 16);
    for (uint32_t i = 0; i < n && m->failed == NULL; i++) {
        switch (known_key(m, &seen, keys, 5)) {
        case 0: p->number = msg_int(m, 1, RESULT_NEEDS_MAX); break;
        case 1: p->raw_bytes = msg_int(m, 0, WORK_PARTS_RAW_BYTES_MAX); break;
        case 2: p->url = msg_str(m, URL_MAX_BYTES); break;
        case 3: p->final_url = msg_str(m, URL_MAX_BYTES); break;
        case 4: p->content_type = msg_str(m, PART_TYPE_MAX_BYTES); break;
        default: msg_skip(m); break;
        }
    }
    require(m, seen, 31);
}

static void read_parts(struct msg *m, struct work *w)
{
    w->part_count = (int)msg_array(m, WORK_PARTS_MAX);
    for (int i = 0; i < w->part_count && m->failed == NULL; i++)
        read_part(m, &w->parts[i]);
}

int wire_read_work(struct span bytes, struct work *w, struct err *e)
{
#define X(name, ...) #name,
    static const char *const keys[] = { WORK_INTS(X) WORK_STRINGS(X) "parts", "v", "type" };
#undef X
#define X(name, ...) KEY_##name,
    enum { WORK_INTS(X) WORK_STRINGS(X) KEY_parts, KEY_v, KEY_type, KEY_COUNT };
#undef X
    struct msg m = msg_open(bytes);
    uint64_t seen = 0;
    memset(w, 0, sizeof(*w));
    uint32_t n = msg_map(&m, MAP_MAX);
    for (uint32_t i = 0; i < n && m.failed == NULL; i++) {
        switch (known_key(&m, &seen, keys, KEY_COUNT)) {
#define X(name, least, most)                                                                                           \
    case KEY_##name: w->name = (__typeof__(w->name))msg_int(&m, least, most); break;
            WORK_INTS(X)
#undef X
#define X(name, max)                                                                                                   \
    case KEY_##name: w->name = msg_str(&m, max); break;
            WORK_STRINGS(X)
#undef X
        case KEY_parts: read_parts(&m, w); break;
        case KEY_v: read_version(&m); break;
        case KEY_type: read_type(&m, WIRE_WORK); break;
        default: msg_skip(&m); break;
        }
    }
    require(&m, seen, ((uint64_t)1 << KEY_COUNT) - 1);
    return msg_done(&m, "WORK", e);
}

int wire_read_result(struct span bytes, struct result *r, struct span *parsed, struct err *e)
{
    static const char *const keys[] = { "v", "type", "capture", "pass", "rules", "failed", "parsed", "failed_part" };
    struct msg m = msg_open(bytes);
    uint64_t seen = 0;
    memset(r, 0, sizeof(*r));
    *parsed = (struct span){ NULL, 0 };
    uint32_t n = msg_map(&m, MAP_MAX);
    for (uint32_t i = 0; i < n && m.failed == NULL; i++) {
        switch (known_key(&m, &seen, keys, 8)) {
        case 0: read_version(&m); break;
        case 1: read_type(&m, WIRE_RESULT); break;
        case 2: r->capture = msg_int(&m, 1, INT64_MAX); break;
        case 3: r->pass = msg_int(&m, 1, INT64_MAX); break;
        case 4: r->rules = msg_str(&m, 64); break;
        case 5: r->failed = msg_str(&m, 256); break;
        case 6: *parsed = msg_bin(&m, (size_t)WIRE_MESSAGE_MAX); break;
        case 7: r->failed_part = (int)msg_int(&m, 0, RESULT_NEEDS_MAX); break;
        default: msg_skip(&m); break;
        }
    }
    require(&m, seen, 31);
    if (m.failed == NULL && (r->failed.n > 0) == (parsed->n > 0))
        msg_fail(&m, "exactly one of failed and parsed is expected");
    return msg_done(&m, "RESULT", e);
}

static void read_authors(struct msg *m, struct arena *a, struct article *art)
{
    uint32_t n = msg_array(m, ARTICLE_AUTHORS_MAX * 2);
    if (art->authors != NULL || n % 2 != 0)
        msg_fail(m, "authors stand twice, or one has no role");
    art->author_count = n / 2;
    art->authors = ARENA_ARRAY(a, struct author, art->author_count);
    for (size_t i = 0; i < art->author_count && m->failed == NULL; i++) {
        art->authors[i].name = msg_str(m, 256);
        art->authors[i].role = msg_str(m, 16);
    }
}

static void read_article(struct msg *m, struct arena *a, struct article *art)
{
    uint32_t n = msg_map(m, MAP_MAX);
    for (uint32_t i = 0; i < n && m->failed == NULL; i++) {
        struct span key = msg_str(m, KEY_MAX_BYTES);
        int f = 0;
        while (f < ARTICLE_FIELD_COUNT && !span_is(key, article_fields[f].name))
            f++;
        if (span_is(key, "authors"))
            read_authors(m, a, art);
        else if (f == ARTICLE_FIELD_COUNT)
            msg_skip(m);
        else if (art->f[f].p != NULL)
            msg_fail(m, "an article field stands twice");
        else
            art->f[f] = msg_str(m, article_fields[f].max_bytes);
    }
}

/* A field of the finding's kind; seen[] has a place for each. Returns the field, or -1 when there is none. */
static int read_value(struct msg *m, struct arena *a, struct finding *f, struct span key, int next, bool *seen)
{
    int i = finding_field_of(key, next);
    if (i < 0) {
        msg_skip(m);
        return i;
    }
    struct span v = msg_str(m, FINDING_VALUE_MAX_BYTES);
    if (seen[i])
        msg_fail(m, "a finding's field stands twice");
    if ((finding_fields[i].type == FIELD_DECIMAL || finding_fields[i].type == FIELD_INTEGER) && !finding_is_decimal(v))
        msg_fail(m, "a finding's number is no decimal");
    seen[i] = true;
    finding_set(f, a, (enum finding_field)i, v);
    return i;
}

static void read_finding(struct msg *m, struct arena *a, struct finding_list *list, uint32_t text_bytes)
{
    static const char *const keys[] = { "kind", "start", "end", "quote", "rule" };
    bool seen_value[FINDING_FIELD_COUNT] = { false };
    uint64_t seen = 0;
    uint32_t n = msg_map(m, FINDING_FIELD_COUNT + MAP_MAX);
    struct finding *f = finding_add(list, a, KIND_FIGURE);
    int kind = -1, field = -1;
    for (uint32_t i = 0; i < n && m->failed == NULL; i++) {
        struct span key = msg_str(m, KEY_MAX_BYTES);
        switch (number_of(m, key, &seen, keys, 5)) {
        case 0: kind = finding_kind_of(msg_str(m, 32)); break;
        case 1: f->start = (uint32_t)msg_int(m, 0, text_bytes); break;
        case 2: f->end = (uint32_t)msg_int(m, 0, text_bytes); break;
        case 3: f->quote = msg_str(m, FINDING_QUOTE_MAX_BYTES); break;
        case 4: f->rule = msg_str(m, FINDING_RULE_MAX_BYTES); break;
        default: field = read_value(m, a, f, key, field + 1, seen_value); break;
        }
    }
    if (m->failed == NULL && (kind < 0 || f->start >= f->end || f->quote.n == 0 || f->rule.n == 0))
        msg_fail(m, "a finding without kind, span, quote or rule");
    f->kind = kind < 0 ? KIND_FIGURE : (enum finding_kind)kind;
}

static void read_findings(struct msg *m, struct arena *a, struct result *r)
{
    uint32_t n = msg_array(m, FINDINGS_MAX);
    for (uint32_t i = 0; i < n && m->failed == NULL; i++)
        read_finding(m, a, &r->findings, (uint32_t)article_fields[ARTICLE_TEXT].max_bytes);
}

static void read_link(struct msg *m, struct result_link *l)
{
    static const char *const keys[] = { "url", "role", "title", "date", "column", "next" };
    uint64_t seen = 0;
    uint32_t n = msg_map(m, 16);
    for (uint32_t i = 0; i < n && m->failed == NULL; i++) {
        switch (known_key(m, &seen, keys, 6)) {
        case 0: l->url = msg_str(m, URL_MAX_BYTES); break;
        case 1: l->role = msg_str(m, 16); break;
        case 2: l->title = msg_str(m, 4096); break;
        case 3: l->date = msg_str(m, 64); break;
        case 4: l->column = msg_str(m, 1024); break;
        case 5: l->next = msg_bool(m); break;
        default: msg_skip(m); break;
        }
    }
    require(m, seen, 3);
}

static void read_links(struct msg *m, struct arena *a, struct result *r)
{
    r->link_count = msg_array(m, RESULT_LINKS_MAX);
    r->links = ARENA_ARRAY(a, struct result_link, r->link_count);
    for (size_t i = 0; i < r->link_count && m->failed == NULL; i++)
        read_link(m, &r->links[i]);
}

static void read_selected_one(struct msg *m, struct result_selected *s)
{
    static const char *const keys[] = { "field", "matches", "why" };
    uint64_t seen = 0;
    uint32_t n = msg_map(m, 16);
    for (uint32_t i = 0; i < n && m->failed == NULL; i++) {
        switch (known_key(m, &seen, keys, 3)) {
        case 0: s->field = msg_str(m, 32); break;
        case 1: s->matches = msg_int(m, 0, INT32_MAX); break;
        case 2: s->why = msg_str(m, 128); break;
        default: msg_skip(m); break;
        }
    }
    require(m, seen, 7);
}

static void read_selected(struct msg *m, struct arena *a, struct result *r)
{
    r->selected_count = msg_array(m, RESULT_SELECTED_MAX);
    r->selected = ARENA_ARRAY(a, struct result_selected, r->selected_count);
    for (size_t i = 0; i < r->selected_count && m->failed == NULL; i++)
        read_selected_one(m, &r->selected[i]);
}

static void read_need(struct msg *m, struct result_need *need)
{
    static const char *const keys[] = { "kind", "url", "name", "why", "from", "to" };
    const int64_t chars = (int64_t)article_fields[ARTICLE_TEXT].max_bytes;
    uint64_t seen = 0;
    uint32_t n = msg_map(m, 16);
    for (uint32_t i = 0; i < n && m->failed == NULL; i++) {
        switch (known_key(m, &seen, keys, 6)) {
        case 0: need->kind = need_kind_of(msg_str(m, 16)); break;
        case 1: need->url = msg_str(m, URL_MAX_BYTES); break;
        case 2: need->name = msg_str(m, NEED_NAME_MAX_BYTES); break;
        case 3: need->why = msg_str(m, NEED_WHY_MAX_BYTES); break;
        case 4: need->from = (uint32_t)msg_int(m, 0, chars); break;
        case 5: need->to = (uint32_t)msg_int(m, 0, chars); break;
        default: msg_skip(m); break;
        }
    }
    require(m, seen, 3);
    if (m->failed == NULL && (need->kind == NEED_KIND_COUNT || need->url.n == 0 || need->from > need->to))
        msg_fail(m, "a need without kind, address or sense");
}

static void read_needs(struct msg *m, struct arena *a, struct result *r)
{
    r->need_count = msg_array(m, RESULT_NEEDS_MAX);
    r->needs = ARENA_ARRAY(a, struct result_need, r->need_count);
    for (size_t i = 0; i < r->need_count && m->failed == NULL; i++)
        read_need(m, &r->needs[i]);
}

int wire_read_parsed(struct span bytes, struct arena *a, struct result *r, struct err *e)
{
    static const char *const keys[] = { "class",    "charset", "charset_how", "reason",  "article",
                                        "findings", "links",   "needs",       "selected" };
    struct msg m = msg_open(bytes);
    uint64_t seen = 0;
    uint32_t n = msg_map(&m, MAP_MAX);
    for (uint32_t i = 0; i < n && m.failed == NULL; i++) {
        switch (known_key(&m, &seen, keys, 9)) {
        case 0: r->page_class = msg_str(&m, 32); break;
        case 1: r->charset = msg_str(&m, 64); break;
        case 2: r->charset_how = msg_str(&m, 32); break;
        case 3: r->reason = msg_str(&m, 512); break;
        case 4:
            r->article = ARENA_NEW(a, struct article);
            read_article(&m, a, r->article);
            break;
        case 5: read_findings(&m, a, r); break;
        case 6: read_links(&m, a, r); break;
        case 7: read_needs(&m, a, r); break;
        case 8: read_selected(&m, a, r); break;
        default: msg_skip(&m); break;
        }
    }
    require(&m, seen, 1);
    return msg_done(&m, "RESULT", e);
}
