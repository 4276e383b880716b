/* charset.h - from a page's bytes to UTF-8: what the encoding is, how that was decided, and the converted text.
 *
 * Asked in this order: byte-order mark, HTTP header, <meta>, XML declaration, the bytes themselves over the whole page.
 * gb2312 and gbk mean GB18030. A label that the bytes contradict loses to the bytes; bytes that fit no character become
 * U+FFFD, one by one, so a bad byte does not lose a page. A character that the page's end cuts, and NUL bytes, are left
 * out. charset_new() opens every converter, because later (in a
 * process that may open no file) the C library could not load one. */
#ifndef RENDA_WORKER_CHARSET_H
#define RENDA_WORKER_CHARSET_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/span.h"

struct charset; /* the open converters; one thread uses them at a time */

struct charset *charset_new(void);
void charset_free(struct charset *c); /* fine on NULL */

struct charset_text {
    struct span text;      /* valid UTF-8 without U+0000 and without a byte-order mark; may be the input itself */
    struct span name;      /* "utf-8", "gb18030", "big5", … : constant */
    bool had_nul, was_cut; /* NUL bytes, half a character at its end: left out */
    struct span how; /* "bom", "header", "meta", "xml", "bytes", "default" (nothing but ASCII, nothing declared) */
};

/* content_type is the HTTP header's value and may be empty. */
void charset_decode(struct charset *c, struct span bytes, struct span content_type, struct arena *a,
                    struct charset_text *out);

#endif
