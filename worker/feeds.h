/* feeds.h - RSS, Atom, JSON Feed and sitemaps, recognised by their content.
 * XML is read with libxml2's SAX interface; entities of the document's own are never expanded. */
#ifndef RENDA_WORKER_FEEDS_H
#define RENDA_WORKER_FEEDS_H

#include "worker/links.h"

enum feed_kind { FEED_NONE, FEED_RSS, FEED_ATOM, FEED_JSON, FEED_SITEMAP, FEED_SITEMAP_INDEX };

/* What text (valid UTF-8) is, by its root element or first members. */
enum feed_kind feed_kind(struct span text);

/* Declares entities of its own before its root element: they are left out. */
bool feed_declares_entities(struct span text);

/* Adds its links; says false when nothing could be read. */
bool feed_read(enum feed_kind kind, struct span text, struct links *l);

#endif
