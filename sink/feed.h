/* feed.h - the live feed: the event outbox published in its order, as messages of three frames (topic, seq as decimal
 * text, payload as msgpack): the event itself ("article.new", "article.revised"), then each of its findings
 * ("finding.figure", …) under the same seq. Also the hints for the producer. Who missed some reads the outbox for
 * seq > n. Payloads: common/event.h. */
#ifndef RENDA_SINK_FEED_H
#define RENDA_SINK_FEED_H

#include "common/config.h"
#include "common/err.h"
#include "common/hint.h"
#include "common/store.h"

struct feed;

/* Binds the endpoint; events after the last one that the store has now are published. */
struct feed *feed_new(const struct config *c, struct store *s, struct err *e);
void feed_free(struct feed *f); /* fine on NULL */

/* Publishes what the outbox has since the last call, a bounded number. 1: there is more; 0; -1: the outbox could not be
 * read, try again later. */
int feed_publish(struct feed *f, struct store *s);
void feed_hint(struct feed *f, const struct hint *h);

#endif
