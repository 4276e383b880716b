#include "common/url.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool starts_nocase(struct span s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && strncasecmp(s.p, prefix, n) == 0;
}

struct span url_host(struct span url, char out[300])
{
    const struct span none = { NULL, 0 };
    if (starts_nocase(url, "file://"))
        return (struct span){ "file://", 7 };
    const char *scheme = starts_nocase(url, "https://") ? "https" : starts_nocase(url, "http://") ? "http" : NULL;
    if (scheme == NULL)
        return none;
    const char *p = url.p + strlen(scheme) + 3, *end = url.p + url.n, *stop = p;
    while (stop < end && *stop != '/' && *stop != '?' && *stop != '#')
        stop++;
    for (const char *q = p; q < stop; q++) {
        if (*q == '@')
            p = q + 1;
    }
    const char *colon = NULL;
    for (const char *q = p; q < stop; q++) {
        if (*q == ']')
            colon = NULL;
        else if (*q == ':')
            colon = q;
    }
    if (p < stop && *p == '[' && colon != NULL && memchr(p, ']', (size_t)(stop - p)) > (const void *)colon)
        colon = NULL;
    struct span port = colon == NULL ? none : span_between(colon + 1, stop);
    if (span_is(port, strcmp(scheme, "https") == 0 ? "443" : "80") || port.n == 0)
        port = none;
    struct span name = span_between(p, colon == NULL ? stop : colon);
    if (name.n == 0 || name.n > 253 || port.n > 5)
        return none;
    int n = snprintf(out, 300, "%s://%.*s%s%.*s", scheme, SPAN_FMT(name), port.n > 0 ? ":" : "", (int)port.n,
                     port.n > 0 ? port.p : "");
    for (int i = 0; i < n; i++)
        out[i] = (char)tolower((unsigned char)out[i]);
    return (struct span){ out, (size_t)n };
}

bool url_is_local(struct span url)
{
    char buf[300];
    struct span host = url_host(url, buf);
    if (host.n == 0)
        return false;
    const char *name = strstr(host.p, "://") + 3;
    return span_is(host, "file://") || strncmp(name, "localhost", 9) == 0 || strncmp(name, "127.", 4) == 0 ||
           strncmp(name, "[::1]", 5) == 0;
}
