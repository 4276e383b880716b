#include "common/event.h"

#include <stdio.h>
#include <string.h>

#include "common/msg.h"
#include "common/wire.h"

static const enum article_field told[] = { ARTICLE_TITLE,  ARTICLE_PUBLISHED, ARTICLE_SOURCE, ARTICLE_ORG,
                                           ARTICLE_REGION, ARTICLE_LEVEL,     ARTICLE_GENRE };

#define TOLD_COUNT  (sizeof(told) / sizeof(told[0]))
#define FIELDS_MAX  32
#define KEY_MAX     32
#define TOPIC_BYTES 48

struct digest event_id(const char *topic, struct span url, struct span content)
{
    const struct span parts[] = { span_of(topic), url, content };
    return digest_of_parts(parts, 3);
}

static void put_text(msgpack_packer *pk, struct span s)
{
    msgpack_pack_str(pk, s.n);
    if (s.n > 0)
        msgpack_pack_str_body(pk, s.p, s.n);
}

static void put(msgpack_packer *pk, const char *key, struct span v)
{
    put_text(pk, span_of(key));
    put_text(pk, v);
}

void event_pack(msgpack_sbuffer *out, struct span id, struct span url, const struct article *art,
                const struct finding_list *findings)
{
    msgpack_packer pk;
    msgpack_packer_init(&pk, out, msgpack_sbuffer_write);
    msgpack_pack_map(&pk, TOLD_COUNT + 3);
    put(&pk, "id", id);
    put(&pk, "url", url);
    for (size_t i = 0; i < TOLD_COUNT; i++)
        put(&pk, article_fields[told[i]].name, art->f[told[i]]);
    put_text(&pk, SPAN("findings"));
    msgpack_pack_array(&pk, findings->n);
    for (size_t i = 0; i < findings->n; i++)
        wire_pack_finding(&pk, &findings->items[i]);
}

/* ---- the findings of a payload ----------------------------------------------------------------------------------- */

/* The bytes of the value that begins here. */
static struct span take_value(struct msg *m)
{
    const char *from = m->p;
    msg_skip(m);
    return span_between(from, m->p);
}

/* A payload's other fields, key and value together, as they stand. */
struct about {
    struct span fields[FIELDS_MAX];
    uint32_t n;
};

static void put_raw(msgpack_sbuffer *out, struct span s)
{
    msgpack_sbuffer_write(out, s.p, s.n);
}

/* "finding.figure" of a finding's map; kind is its first key, as wire_pack_finding() writes it. */
static struct span topic_of(struct span finding, char out[TOPIC_BYTES])
{
    struct msg m = msg_open(finding);
    msg_map(&m, UINT32_MAX);
    struct span key = msg_str(&m, KEY_MAX), kind = msg_str(&m, KEY_MAX);
    int n = snprintf(out, TOPIC_BYTES, "finding.%.*s", span_is(key, "kind") ? (int)kind.n : 0, kind.p);
    return (struct span){ out, (size_t)n };
}

static void tell(const struct about *about, struct span finding, uint32_t part, msgpack_sbuffer *out,
                 event_finding_fn *fn, void *ctx)
{
    char topic[TOPIC_BYTES];
    msgpack_packer pk;
    msgpack_sbuffer_clear(out);
    msgpack_packer_init(&pk, out, msgpack_sbuffer_write);
    msgpack_pack_map(&pk, about->n + 2);
    for (uint32_t i = 0; i < about->n; i++)
        put_raw(out, about->fields[i]);
    put_text(&pk, SPAN("part"));
    msgpack_pack_uint32(&pk, part);
    put_text(&pk, SPAN("finding"));
    put_raw(out, finding);
    fn(ctx, topic_of(finding, topic), (struct span){ out->data, out->size });
}

int event_findings(struct span payload, event_finding_fn *fn, void *ctx, struct err *e)
{
    struct msg m = msg_open(payload), findings = msg_open((struct span){ "\x90", 1 });
    struct about about = { .n = 0 };
    uint32_t n = msg_map(&m, FIELDS_MAX);
    for (uint32_t i = 0; i < n; i++) {
        const char *from = m.p;
        struct span key = msg_str(&m, KEY_MAX), value = take_value(&m);
        if (span_is(key, "findings"))
            findings = msg_open(value);
        else
            about.fields[about.n++] = span_between(from, m.p);
    }
    if (msg_done(&m, "event", e) < 0)
        return -1;
    msgpack_sbuffer out;
    msgpack_sbuffer_init(&out);
    uint32_t count = msg_array(&findings, FINDINGS_MAX);
    for (uint32_t part = 0; part < count && findings.failed == NULL; part++) {
        struct span finding = take_value(&findings);
        if (findings.failed == NULL)
            tell(&about, finding, part, &out, fn, ctx);
    }
    msgpack_sbuffer_destroy(&out);
    return msg_done(&findings, "event", e);
}
