#include "common/event.h"

#include "common/wire.h"

struct digest event_id(const char *topic, struct span url, struct span content)
{
    const struct span parts[] = { span_of(topic), url, content };
    return digest_of_parts(parts, 3);
}

static void put(msgpack_packer *pk, const char *key, struct span v)
{
    struct span k = span_of(key);
    msgpack_pack_str(pk, k.n);
    msgpack_pack_str_body(pk, k.p, k.n);
    msgpack_pack_str(pk, v.n);
    if (v.n > 0)
        msgpack_pack_str_body(pk, v.p, v.n);
}

static void put_fields(msgpack_packer *pk, const struct article *art, const enum article_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put(pk, article_fields[fields[i]].name, art->f[fields[i]]);
}

void event_pack_article(msgpack_sbuffer *out, struct span url, const struct article *art, size_t findings)
{
    static const enum article_field fields[] = { ARTICLE_TITLE,  ARTICLE_PUBLISHED, ARTICLE_SOURCE, ARTICLE_ORG,
                                                 ARTICLE_REGION, ARTICLE_LEVEL,     ARTICLE_GENRE };
    const size_t n = sizeof(fields) / sizeof(fields[0]);
    msgpack_packer pk;
    msgpack_packer_init(&pk, out, msgpack_sbuffer_write);
    msgpack_pack_map(&pk, n + 2);
    put(&pk, "url", url);
    put_fields(&pk, art, fields, n);
    msgpack_pack_str(&pk, 8);
    msgpack_pack_str_body(&pk, "findings", 8);
    msgpack_pack_uint64(&pk, findings);
}

void event_pack_finding(msgpack_sbuffer *out, struct span url, const struct article *art, const struct finding *f)
{
    static const enum article_field fields[] = { ARTICLE_TITLE, ARTICLE_PUBLISHED, ARTICLE_ORG };
    const size_t n = sizeof(fields) / sizeof(fields[0]);
    msgpack_packer pk;
    msgpack_packer_init(&pk, out, msgpack_sbuffer_write);
    msgpack_pack_map(&pk, n + 2);
    put(&pk, "url", url);
    put_fields(&pk, art, fields, n);
    msgpack_pack_str(&pk, 7);
    msgpack_pack_str_body(&pk, "finding", 7);
    wire_pack_finding(&pk, f);
}
