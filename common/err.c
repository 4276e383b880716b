#include "common/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *e, const char *fmt, ...)
{
    if (e == NULL)
        return -1;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->msg, sizeof(e->msg), fmt, ap);
    va_end(ap);
    return -1;
}

int err_prefix(struct err *e, const char *fmt, ...)
{
    if (e == NULL)
        return -1;
    char context[ERR_MAX_BYTES / 2];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(context, sizeof(context), fmt, ap);
    va_end(ap);

    char old[ERR_MAX_BYTES];
    memcpy(old, e->msg, sizeof(old));
    size_t room = sizeof(e->msg) - 1, n = 0;
    for (const char *s = context; *s != '\0' && n < room; s++)
        e->msg[n++] = *s;
    for (const char *s = ": "; *s != '\0' && n < room; s++)
        e->msg[n++] = *s;
    for (const char *s = old; *s != '\0' && n < room; s++)
        e->msg[n++] = *s;
    e->msg[n] = '\0';
    return -1;
}
