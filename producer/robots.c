#include "producer/robots.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct rule {
    char *pattern; /* percent-encoded where it was not ASCII */
    size_t bytes;
    bool allow;
};

struct group {
    struct rule *rules;
    int n, cap;
    int64_t delay_ms;
    bool seen;
};

struct robots {
    struct group ours, everyone; /* for our token; for "*" */
    char *sitemaps[ROBOTS_SITEMAPS_MAX];
    int sitemap_count;
};

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static struct span trim(struct span s)
{
    while (s.n > 0 && isspace((unsigned char)s.p[0]))
        s = (struct span){ s.p + 1, s.n - 1 };
    while (s.n > 0 && isspace((unsigned char)s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Ends at LF, CR, or both. */
static struct span next_line(struct span *text)
{
    size_t n = 0;
    while (n < text->n && text->p[n] != '\n' && text->p[n] != '\r')
        n++;
    struct span line = { text->p, n };
    if (n + 1 < text->n && text->p[n] == '\r' && text->p[n + 1] == '\n')
        n++;
    n += n < text->n;
    *text = (struct span){ text->p + n, text->n - n };
    return line;
}

/* "key: value # comment" → key and value. False when it is neither that nor "key value". */
static bool split(struct span line, struct span *key, struct span *value)
{
    const char *hash = memchr(line.p, '#', line.n);
    if (hash != NULL)
        line.n = (size_t)(hash - line.p);
    line = trim(line);
    const char *colon = memchr(line.p, ':', line.n);
    size_t at = 0;
    if (colon != NULL) {
        at = (size_t)(colon - line.p);
    } else { /* a forgotten colon: exactly two words */
        while (at < line.n && !isspace((unsigned char)line.p[at]))
            at++;
        struct span rest = trim((struct span){ line.p + at, line.n - at });
        for (size_t i = 0; i < rest.n; i++) {
            if (isspace((unsigned char)rest.p[i]))
                return false;
        }
    }
    if (at == 0 || at >= line.n)
        return false;
    *key = trim((struct span){ line.p, at });
    *value = trim((struct span){ line.p + at + 1, line.n - at - 1 });
    return key->n > 0;
}

static bool is_key(struct span key, const char *name)
{
    return key.n == strlen(name) && strncasecmp(key.p, name, key.n) == 0;
}

/* ---- rules ------------------------------------------------------------------------------------------------------- */

/* A product token is letters, "_" and "-" (section 2.2.1); what follows it counts no more. */
static struct span token_of(struct span value)
{
    size_t n = 0;
    while (n < value.n && (isalpha((unsigned char)value.p[n]) || value.p[n] == '_' || value.p[n] == '-'))
        n++;
    return (struct span){ value.p, n };
}

/* Octets beyond ASCII percent-encoded, hex digits of encoded ones in upper case. */
static char *encode(struct span s, size_t *bytes)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = malloc(s.n * 3 + 1);
    size_t n = 0;
    if (out == NULL)
        abort();
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            out[n++] = '%';
            out[n++] = hex[c >> 4];
            out[n++] = hex[c & 15];
        } else if (c == '%' && i + 2 < s.n && isxdigit((unsigned char)s.p[i + 1]) &&
                   isxdigit((unsigned char)s.p[i + 2])) {
            out[n++] = '%';
            out[n++] = (char)toupper((unsigned char)s.p[++i]);
            out[n++] = (char)toupper((unsigned char)s.p[++i]);
        } else {
            out[n++] = (char)c;
        }
    }
    out[n] = '\0';
    *bytes = n;
    return out;
}

static void add_rule(struct group *g, struct span value, bool allow)
{
    if (value.n == 0 || g->n == ROBOTS_RULES_MAX)
        return;
    if (g->n == g->cap) {
        g->cap = g->cap == 0 ? 16 : g->cap * 2;
        g->rules = realloc(g->rules, sizeof(*g->rules) * (size_t)g->cap);
        if (g->rules == NULL)
            abort();
    }
    struct rule *r = &g->rules[g->n++];
    r->pattern = encode(value, &r->bytes);
    r->allow = allow;
}

static void set_delay(struct group *g, struct span value)
{
    char text[32];
    size_t n = value.n < sizeof(text) - 1 ? value.n : sizeof(text) - 1;
    memcpy(text, value.p, n);
    text[n] = '\0';
    double seconds = strtod(text, NULL);
    if (seconds > 0)
        g->delay_ms = seconds * 1000 > ROBOTS_DELAY_MAX_MS ? ROBOTS_DELAY_MAX_MS : (int64_t)(seconds * 1000);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

struct reading {
    struct robots *r;
    const char *agent;
    bool for_us, for_everyone; /* the group that is being read */
    bool rules_begun;          /* the next user-agent line begins another group */
};

static void take_agent(struct reading *in, struct span value)
{
    if (in->rules_begun)
        in->for_us = in->for_everyone = in->rules_begun = false;
    struct span token = token_of(value);
    if (value.n > 0 && value.p[0] == '*' && (value.n == 1 || isspace((unsigned char)value.p[1])))
        in->for_everyone = in->r->everyone.seen = true;
    else if (token.n == strlen(in->agent) && strncasecmp(token.p, in->agent, token.n) == 0)
        in->for_us = in->r->ours.seen = true;
}

static void take_rule(struct reading *in, struct span value, bool allow)
{
    in->rules_begun = true;
    if (in->for_us)
        add_rule(&in->r->ours, value, allow);
    if (in->for_everyone)
        add_rule(&in->r->everyone, value, allow);
}

static void take_line(struct reading *in, struct span line)
{
    struct span key, value;
    if (!split(line, &key, &value))
        return;
    if (is_key(key, "user-agent")) {
        take_agent(in, value);
    } else if (is_key(key, "allow") || is_key(key, "disallow")) {
        take_rule(in, value, is_key(key, "allow"));
    } else if (is_key(key, "crawl-delay")) {
        in->rules_begun = true;
        if (in->for_us)
            set_delay(&in->r->ours, value);
        if (in->for_everyone)
            set_delay(&in->r->everyone, value);
    } else if (is_key(key, "sitemap") && in->r->sitemap_count < ROBOTS_SITEMAPS_MAX && value.n > 0) {
        in->r->sitemaps[in->r->sitemap_count++] = strndup(value.p, value.n);
    }
}

struct robots *robots_new(struct span text, const char *agent)
{
    struct robots *r = calloc(1, sizeof(*r));
    if (r == NULL)
        abort();
    struct reading in = { .r = r, .agent = agent };
    if (text.n > ROBOTS_MAX_BYTES)
        text.n = ROBOTS_MAX_BYTES;
    if (span_starts(text, SPAN("\xef\xbb\xbf")))
        text = (struct span){ text.p + 3, text.n - 3 };
    while (text.n > 0)
        take_line(&in, next_line(&text));
    return r;
}

static void free_group(struct group *g)
{
    for (int i = 0; i < g->n; i++)
        free(g->rules[i].pattern);
    free(g->rules);
}

void robots_free(struct robots *r)
{
    if (r == NULL)
        return;
    free_group(&r->ours);
    free_group(&r->everyone);
    for (int i = 0; i < r->sitemap_count; i++)
        free(r->sitemaps[i]);
    free(r);
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

/* Path and query of an absolute URL, "/" when there is none; without the fragment. */
static struct span path_of(struct span url)
{
    const char *scheme = span_find(url, SPAN("://")), *end = url.p + url.n;
    const char *p = scheme == NULL ? url.p : scheme + 3;
    while (p < end && *p != '/' && *p != '?' && *p != '#')
        p++;
    const char *hash = memchr(p, '#', (size_t)(end - p));
    if (hash != NULL)
        end = hash;
    return p == end || *p != '/' ? SPAN("/") : span_between(p, end);
}

/* Whole-pattern matching from the path's start, "*" for anything, "$" for its end. A star is matched as early as
 * possible, and the last one is tried again further on when the rest fails: time is at most path × pattern. */
static bool matches(const struct rule *r, struct span path)
{
    size_t i = 0, k = 0, star = SIZE_MAX, retry = 0;
    bool to_end = r->bytes > 0 && r->pattern[r->bytes - 1] == '$';
    size_t bytes = to_end ? r->bytes - 1 : r->bytes;
    for (;;) {
        if (k == bytes && (!to_end || i == path.n))
            return true;
        if (k < bytes && r->pattern[k] == '*') {
            star = k++;
            retry = i;
            continue;
        }
        if (k < bytes && i < path.n && r->pattern[k] == path.p[i]) {
            k++;
            i++;
            continue;
        }
        if (star == SIZE_MAX || retry >= path.n)
            return false;
        k = star + 1;
        i = ++retry;
    }
}

bool robots_allows(const struct robots *r, struct span url)
{
    const struct group *g = r->ours.seen ? &r->ours : &r->everyone;
    struct span path = path_of(url);
    const struct rule *best = NULL;
    if (span_is(path, "/robots.txt"))
        return true;
    for (int i = 0; i < g->n; i++) {
        const struct rule *rule = &g->rules[i];
        bool longer = best == NULL || rule->bytes > best->bytes || (rule->bytes == best->bytes && rule->allow);
        if (longer && matches(rule, path))
            best = rule;
    }
    return best == NULL || best->allow;
}

int64_t robots_delay_ms(const struct robots *r)
{
    return r->ours.seen ? r->ours.delay_ms : r->everyone.delay_ms;
}

struct span robots_sitemap(const struct robots *r, int i)
{
    return i < r->sitemap_count ? span_of(r->sitemaps[i]) : (struct span){ NULL, 0 };
}
