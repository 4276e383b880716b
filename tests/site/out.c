#include "out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct site_out *o, size_t more)
{
    size_t cap = o->cap ? o->cap : 1024;
    if (o->len + more + 1 <= o->cap)
        return;
    while (cap < o->len + more + 1)
        cap *= 2;
    char *data = realloc(o->data, cap);
    if (!data)
        abort();
    o->data = data;
    o->cap = cap;
}

void site_out_add(struct site_out *o, const void *bytes, size_t n)
{
    reserve(o, n);
    if (n)
        memcpy(o->data + o->len, bytes, n);
    o->len += n;
    o->data[o->len] = 0;
}

void site_out_str(struct site_out *o, const char *s)
{
    site_out_add(o, s, strlen(s));
}

void site_out_fmt(struct site_out *o, const char *format, ...)
{
    va_list args;
    reserve(o, 256);
    va_start(args, format);
    int n = vsnprintf(o->data + o->len, o->cap - o->len, format, args);
    va_end(args);
    if (n < 0)
        abort();
    if ((size_t)n >= o->cap - o->len) {
        reserve(o, (size_t)n);
        va_start(args, format);
        vsnprintf(o->data + o->len, o->cap - o->len, format, args);
        va_end(args);
    }
    o->len += (size_t)n;
}

void site_out_escaped(struct site_out *o, const char *s, size_t n)
{
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        const char *name = s[i] == '&'   ? "&amp;"
                           : s[i] == '<' ? "&lt;"
                           : s[i] == '>' ? "&gt;"
                           : s[i] == '"' ? "&quot;"
                                         : NULL;
        if (!name)
            continue;
        site_out_add(o, s + from, i - from);
        site_out_str(o, name);
        from = i + 1;
    }
    site_out_add(o, s + from, n - from);
}

void site_out_reset(struct site_out *o)
{
    o->len = 0;
    if (o->data)
        o->data[0] = 0;
}

void site_out_free(struct site_out *o)
{
    free(o->data);
    *o = (struct site_out){ 0 };
}
