/* event.h - what the outbox says of an article or a finding, as published on the live feed. */
#ifndef RENDA_COMMON_EVENT_H
#define RENDA_COMMON_EVENT_H

#include <msgpack.h>

#include "common/article.h"
#include "common/digest.h"
#include "common/finding.h"

/* The same happening has the same id, whenever and however often it is written: from topic, URL and content. */
struct digest event_id(const char *topic, struct span url, struct span content);

/* {url, title, published, source, org, region, level, genre, findings} */
void event_pack_article(msgpack_sbuffer *out, struct span url, const struct article *art, size_t findings);
/* {url, title, published, org, finding: {…}} */
void event_pack_finding(msgpack_sbuffer *out, struct span url, const struct article *art, const struct finding *f);

#endif
