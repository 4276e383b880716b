#include "worker/url.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"

static bool is_scheme(struct span s, struct span *scheme)
{
    size_t i = 0;
    while (i < s.n && (isalnum((unsigned char)s.p[i]) || s.p[i] == '+' || s.p[i] == '-' || s.p[i] == '.'))
        i++;
    if (i == 0 || i >= s.n || s.p[i] != ':' || !isalpha((unsigned char)s.p[0]))
        return false;
    *scheme = (struct span){ s.p, i };
    return true;
}

static bool is_nocase(struct span s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static bool ours(struct span scheme)
{
    return is_nocase(scheme, "http") || is_nocase(scheme, "https") || is_nocase(scheme, "file");
}

/* Up to the first of the characters in `stop`; moves *s behind it. */
static struct span take_until(struct span *s, const char *stop)
{
    size_t i = 0;
    while (i < s->n && strchr(stop, s->p[i]) == NULL)
        i++;
    struct span out = { s->p, i };
    s->p += i;
    s->n -= i;
    return out;
}

static struct span host_of(struct span authority, struct span scheme)
{
    const char *at = memrchr(authority.p, '@', authority.n);
    if (at != NULL)
        authority = span_between(at + 1, authority.p + authority.n);
    struct span port = is_nocase(scheme, "http") ? SPAN(":80") : SPAN(":443");
    if (span_ends(authority, port))
        authority.n -= port.n;
    else if (span_ends(authority, SPAN(":")))
        authority.n--;
    return authority;
}

bool url_split(struct span s, struct url *u)
{
    memset(u, 0, sizeof(*u));
    if (!is_scheme(s, &u->scheme) || !ours(u->scheme))
        return false;
    s.p += u->scheme.n + 1;
    s.n -= u->scheme.n + 1;
    if (!span_starts(s, SPAN("//")))
        return false;
    s.p += 2;
    s.n -= 2;
    u->host = host_of(take_until(&s, "/?#\\"), u->scheme);
    u->path = take_until(&s, "?#");
    u->query = take_until(&s, "#");
    return u->host.n > 0 || is_nocase(u->scheme, "file");
}

bool url_same_host(struct span a, struct span b)
{
    if (span_starts(a, SPAN("www.")))
        a.p += 4, a.n -= 4;
    if (span_starts(b, SPAN("www.")))
        b.p += 4, b.n -= 4;
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

struct span url_file(const struct url *u)
{
    const char *slash = memrchr(u->path.p, '/', u->path.n);
    return slash == NULL ? u->path : span_between(slash + 1, u->path.p + u->path.n);
}

/* A buffer of fixed size that remembers that something did not fit. */
struct out {
    char buf[URL_MAX_BYTES + 8];
    size_t n;
    bool full;
};

static void put(struct out *o, char c)
{
    if (o->n >= URL_MAX_BYTES)
        o->full = true;
    else
        o->buf[o->n++] = c;
}

static void put_all(struct out *o, struct span s, bool lower)
{
    for (size_t i = 0; i < s.n; i++)
        put(o, lower ? (char)tolower((unsigned char)s.p[i]) : s.p[i]);
}

static bool hex2(const char *p, const char *end)
{
    return end - p >= 3 && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2]);
}

/* Path or query: what may not stand there is percent-encoded, escapes get upper-case digits. */
static void put_escaped(struct out *o, struct span s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (const char *p = s.p, *end = s.p + s.n; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c == '%' && hex2(p, end)) {
            put(o, '%');
            put(o, (char)toupper((unsigned char)p[1]));
            put(o, (char)toupper((unsigned char)p[2]));
            p += 2;
        } else if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c) != NULL || c == '%') {
            put(o, '%');
            put(o, digits[c >> 4]);
            put(o, digits[c & 15]);
        } else {
            put(o, (char)c);
        }
    }
}

/* Appends path to the o->buf[start..] that already holds a path's beginning, resolving "." and "..". */
static void put_path(struct out *o, size_t start, struct span path)
{
    const char *p = path.p, *end = path.p + path.n;
    while (p < end) {
        const char *q = p;
        while (q < end && *q != '/' && *q != '\\')
            q++;
        struct span segment = text_trim(span_between(p, q));
        bool last = q == end;
        if (span_is(segment, "..")) {
            size_t n = o->n > start ? o->n - 1 : o->n; /* buf ends in '/' here */
            while (n > start && o->buf[n - 1] != '/')
                n--;
            o->n = n > start ? n : start + 1;
        } else if (!span_is(segment, ".") && (segment.n > 0 || !last)) {
            put_escaped(o, segment);
            if (!last)
                put(o, '/');
        }
        p = last ? end : q + 1;
    }
}

struct span url_resolve(struct arena *a, const struct url *base, struct span ref)
{
    static const struct span none = { NULL, 0 };
    ref = text_trim(ref);
    if (ref.n == 0 || ref.n > URL_MAX_BYTES || ref.p[0] == '#')
        return none;
    struct url u = *base;
    struct span scheme, rest = ref;
    bool whole_path = false;
    if (is_scheme(ref, &scheme)) {
        if (!ours(scheme) || !url_split(ref, &u))
            return none;
        whole_path = true;
    } else {
        if (rest.n >= 2 && (rest.p[0] == '/' || rest.p[0] == '\\') && (rest.p[1] == '/' || rest.p[1] == '\\')) {
            rest.p += 2;
            rest.n -= 2;
            u.host = host_of(take_until(&rest, "/?#\\"), u.scheme);
            whole_path = true;
            if (u.host.n == 0)
                return none;
        } else {
            whole_path = rest.p[0] == '/' || rest.p[0] == '\\';
        }
        struct span path = take_until(&rest, "?#"), query = take_until(&rest, "#");
        if (path.n > 0 || query.n > 0)
            u.query = query;
        u.path = path;
    }
    struct out o = { .n = 0 };
    put_all(&o, u.scheme, true);
    put_all(&o, SPAN("://"), false);
    for (size_t i = 0; i < u.host.n; i++) {
        unsigned char c = (unsigned char)u.host.p[i];
        if (c <= ' ' || c == 0x7f || strchr("\"<>\\^`{|}%", c) != NULL)
            return none;
    }
    put_all(&o, u.host, true);
    size_t start = o.n;
    put(&o, '/');
    if (!whole_path) {
        struct span dir = base->path;
        const char *slash = memrchr(dir.p, '/', dir.n);
        if (u.path.n == 0 && !is_scheme(ref, &scheme)) { /* only a query */
            struct span path = base->path;
            if (path.n > 0 && path.p[0] == '/')
                path.p++, path.n--;
            put_path(&o, start, path);
        } else if (slash != NULL && slash > dir.p) {
            put_path(&o, start, span_between(dir.p + 1, slash + 1));
        }
    }
    if (u.path.n > 0 && (u.path.p[0] == '/' || u.path.p[0] == '\\'))
        u.path.p++, u.path.n--;
    put_path(&o, start, u.path);
    put_escaped(&o, u.query);
    if (o.full)
        return none;
    return arena_span(a, (struct span){ o.buf, o.n });
}
