/* plain.h - an article as plain text: its leading lines are title, date, source; its last ones the site's footer. */
#ifndef RENDA_WORKER_PLAIN_H
#define RENDA_WORKER_PLAIN_H

#include "worker/page.h"

/* text is valid UTF-8. Returns false when there is no text at all. */
bool plain_read(struct span text, const struct page_in *in, struct arena *a, struct article *art);

#endif
