/* out.h - a piece of text that grows. Everything the sample sites make is written into one of these.
 * Running out of memory ends the process: this is a test server. */
#ifndef RENDA_SITE_OUT_H
#define RENDA_SITE_OUT_H

#include <stddef.h>

struct site_out {
    char *data; /* NUL-terminated once anything was added */
    size_t len, cap;
};

void site_out_add(struct site_out *o, const void *bytes, size_t n);
void site_out_str(struct site_out *o, const char *s);
void site_out_fmt(struct site_out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds UTF-8 text with & < > " escaped for HTML and XML. */
void site_out_escaped(struct site_out *o, const char *s, size_t n);
/* Makes it empty and keeps the memory. */
void site_out_reset(struct site_out *o);
void site_out_free(struct site_out *o);

#endif
