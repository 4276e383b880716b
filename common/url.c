#include "common/url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool starts_nocase(struct span s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && strncasecmp(s.p, prefix, n) == 0;
}

/* What stands between the scheme and the path, without the user. */
static struct span authority(struct span rest)
{
    const char *p = rest.p, *end = rest.p + rest.n, *stop = p;
    while (stop < end && *stop != '/' && *stop != '?' && *stop != '#')
        stop++;
    for (const char *q = p; q < stop; q++) {
        if (*q == '@')
            p = q + 1;
    }
    return span_between(p, stop);
}

/* Splits "name:port" or "[address]:port"; false when it is neither (RFC 3986, 3.2.2 and 3.2.3). */
static bool split(struct span s, struct span *name, struct span *port)
{
    const char *end = s.p + s.n, *stop = s.p;
    if (s.n > 0 && *s.p == '[') {
        stop = s.p + 1;
        while (stop < end && (isxdigit((unsigned char)*stop) || *stop == ':' || *stop == '.'))
            stop++;
        if (stop == end || *stop != ']' || stop == s.p + 1)
            return false;
        stop++;
    } else {
        while (stop < end && (unsigned char)*stop > ' ' && strchr("\\:[]<>\"^`{|}\x7f", *stop) == NULL)
            stop++;
    }
    *name = span_between(s.p, stop);
    *port = span_between(stop < end ? stop + 1 : stop, end);
    if (name->n == 0 || name->n > 253 || port->n > 5 || (stop < end && *stop != ':'))
        return false;
    for (size_t i = 0; i < port->n; i++) {
        if (port->p[i] < '0' || port->p[i] > '9')
            return false;
    }
    return true;
}

struct span url_host(struct span url, char out[300])
{
    const struct span none = { NULL, 0 };
    if (starts_nocase(url, "file://"))
        return (struct span){ "file://", 7 };
    const char *scheme = starts_nocase(url, "https://") ? "https" : starts_nocase(url, "http://") ? "http" : NULL;
    if (scheme == NULL)
        return none;
    struct span name, port;
    if (!split(authority(span_between(url.p + strlen(scheme) + 3, url.p + url.n)), &name, &port))
        return none;
    if (span_is(port, strcmp(scheme, "https") == 0 ? "443" : "80"))
        port.n = 0;
    int n = snprintf(out, 300, "%s://%.*s%s%.*s", scheme, SPAN_FMT(name), port.n > 0 ? ":" : "", SPAN_FMT(port));
    for (int i = 0; i < n; i++)
        out[i] = (char)tolower((unsigned char)out[i]);
    return (struct span){ out, (size_t)n };
}

/* Four numbers, the first of them 127. */
static bool is_loopback_v4(struct span name)
{
    char text[16];
    struct in_addr a;
    if (name.n >= sizeof(text))
        return false;
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    return inet_pton(AF_INET, text, &a) == 1 && (ntohl(a.s_addr) >> 24) == 127;
}

bool url_is_local(struct span url)
{
    char buf[300];
    struct span host = url_host(url, buf), name, port;
    if (host.n == 0 || span_is(host, "file://"))
        return host.n > 0;
    const char *from = strstr(buf, "://") + 3;
    return split(span_between(from, buf + host.n), &name, &port) &&
           (span_is(name, "localhost") || span_is(name, "[::1]") || is_loopback_v4(name));
}
