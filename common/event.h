/* event.h - what the outbox says: something happened to an article, and these are its findings.
 *
 * One event for each new or changed text, with all its findings in its payload, so that an article's news is one row.
 * On the live feed each finding is a message of its own, with the event's seq and its part number. */
#ifndef RENDA_COMMON_EVENT_H
#define RENDA_COMMON_EVENT_H

#include <msgpack.h>

#include "common/article.h"
#include "common/digest.h"
#include "common/err.h"
#include "common/finding.h"

/* The same happening has the same id, whenever and however often it is written: from topic, URL and content. */
struct digest event_id(const char *topic, struct span url, struct span content);

/* {id, url, title, published, source, org, region, level, genre, findings: [{kind, start, end, quote, rule, …}, …]} */
void event_pack(msgpack_sbuffer *out, struct span id, struct span url, const struct article *art,
                const struct finding_list *findings);

/* Calls fn for each finding of an event's payload: topic "finding.figure", and the message {id, url, title, published,
 * source, org, region, level, genre, part (0, 1, …), finding: {…}}: (id, part) names the finding for good. 0, or -1
 * with *e when the payload cannot be read. */
typedef void event_finding_fn(void *ctx, struct span topic, struct span message);
int event_findings(struct span payload, event_finding_fn *fn, void *ctx, struct err *e);

#endif
