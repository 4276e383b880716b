#include "worker/strip.h"

#include <ctype.h>
#include <strings.h>

#include "worker/page.h"

#define MARKS_MAX      32
#define TAG_LONG_BYTES 512
#define ATTRIBUTES_MAX 100

struct strip {
    struct arena *arena;
    struct html *out;
    const char *end;
    const char *gt; /* a '>' that was found ahead */
    bool no_gt, no_comment_end, no_script_end[4], no_quote[2];
    bool flatten;
    unsigned depth, dropped;
};

/* End of the tag that starts at p ('<'): behind its '>', with quoted values skipped. */
static const char *tag_end(struct strip *s, const char *p)
{
    char before = 0;
    for (; p < s->end; p++) {
        if (*p == '>')
            return p + 1;
        if ((*p == '"' || *p == '\'') && before == '=') {
            bool *none = &s->no_quote[*p == '"'];
            const char *q = *none ? NULL : memchr(p + 1, *p, (size_t)(s->end - p - 1));
            if (q == NULL)
                *none = true;
            else
                p = q;
        }
        if (!isspace((unsigned char)*p))
            before = *p;
    }
    return s->end;
}

static const char *after_gt(struct strip *s, const char *p)
{
    if (s->no_gt)
        return NULL;
    if (s->gt == NULL || s->gt < p) {
        s->gt = memchr(p, '>', (size_t)(s->end - p));
        s->no_gt = s->gt == NULL;
    }
    return s->gt == NULL ? NULL : s->gt + 1;
}

static bool has_nocase(struct span s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++) {
        if (strncasecmp(s.p + i, word, n) == 0)
            return true;
    }
    return false;
}

/* Elements whose content is no mark-up. */
static const char *const raw_names[] = { "script", "style", "textarea", "xmp" };

static int raw_element(const char *p, const char *end)
{
    static const char second[] = "ctem"; /* few tags get further */
    for (int i = 0; i < 4; i++) {
        if (end - p < 3 || (p[2] | 0x20) != second[i])
            continue;
        size_t n = strlen(raw_names[i]);
        if ((size_t)(end - p) > n + 1 && strncasecmp(p + 1, raw_names[i], n) == 0 && !isalnum((unsigned char)p[n + 1]))
            return i;
    }
    return -1;
}

static void keep_script(struct strip *s, struct span tag, struct span text)
{
    struct html *h = s->out;
    if (text.n == 0 || s->flatten || h->script_count >= HTML_SCRIPTS_MAX)
        return;
    if (h->scripts == NULL)
        h->scripts = arena_alloc(s->arena, HTML_SCRIPTS_MAX * sizeof(*h->scripts));
    h->scripts[h->script_count++] = (struct html_script){ text, has_nocase(tag, "ld+json") };
}

/* Behind the end tag of the raw element that starts at p; NULL when it is never closed. */
static const char *skip_raw(struct strip *s, const char *p, int which)
{
    const char *body = tag_end(s, p), *q = body;
    size_t n = strlen(raw_names[which]);
    while (!s->no_script_end[which]) {
        q = q < s->end ? memchr(q, '<', (size_t)(s->end - q)) : NULL;
        if (q == NULL || (size_t)(s->end - q) < n + 2) {
            s->no_script_end[which] = true;
            break;
        }
        if (q[1] == '/' && strncasecmp(q + 2, raw_names[which], n) == 0) {
            if (which == 0)
                keep_script(s, span_between(p, body), span_between(body, q));
            return tag_end(s, q);
        }
        q++;
    }
    return NULL;
}

/* Marks that CMS templates leave around the body as comments; they become the <meta> that other templates use. */
static const char *content_mark(struct span comment)
{
    static const struct {
        const char *word, *tag;
    } marks[] = {
        { "content.begin", "<meta name=\"ContentStart\">" },   { "content.end", "<meta name=\"ContentEnd\">" },
        { "信息内容]>begin", "<meta name=\"ContentStart\">" }, { "信息内容]>end", "<meta name=\"ContentEnd\">" },
        { "正文开始", "<meta name=\"ContentStart\">" },        { "正文结束", "<meta name=\"ContentEnd\">" },
        { "enpcontent", "<meta name=\"ContentStart\">" },      { "/enpcontent", "<meta name=\"ContentEnd\">" },
    };
    const char *found = NULL;
    if (comment.n > 128)
        return NULL;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (has_nocase(comment, marks[i].word))
            found = marks[i].tag;
    }
    return found;
}

/* The style attribute of the tag [tag, gt), when it hides nothing: word processors leave more style than text, and the
 * parser need not see it. Empty (n == 0) when there is none. */
static struct span idle_style(const char *tag, const char *gt)
{
    struct span none = { NULL, 0 };
    const char *p = gt - tag < 10 ? NULL : memmem(tag, (size_t)(gt - tag), "style=", 6);
    if (p == NULL || !isspace((unsigned char)p[-1]) || (p[6] != '"' && p[6] != '\''))
        return none;
    const char *q = memchr(p + 7, p[6], (size_t)(gt - p - 7));
    struct span value = span_between(p + 7, q == NULL ? gt : q);
    if (q == NULL || span_has(value, SPAN("none")) || span_has(value, SPAN("NONE")) || span_has(value, SPAN("None")))
        return none;
    return span_between(p, q + 1);
}

/* The parser compares every attribute of a tag with every other: a tag with too many keeps its name alone. */
static bool has_many_attributes(const char *tag, const char *end)
{
    size_t n = 0;
    char quote = 0, before = 0;
    if (end - tag <= TAG_LONG_BYTES)
        return false;
    for (const char *p = tag; p < end; p++) {
        if (quote != 0) {
            if (*p == quote)
                quote = 0;
        } else if ((*p == '"' || *p == '\'') && before == '=') {
            quote = *p;
        } else if (isspace((unsigned char)*p)) {
            n++;
        }
        if (!isspace((unsigned char)*p))
            before = *p;
    }
    return n > ATTRIBUTES_MAX;
}

/* Elements that never stand inside themselves do not count as depth. */
static bool nests(const char *name, size_t n)
{
    static const char *const flat[] = { "p",      "li",   "td",    "th",    "tr",   "dt",   "dd",
                                        "option", "br",   "img",   "input", "hr",   "meta", "link",
                                        "col",    "area", "param", "html",  "head", "body", "base" };
    for (size_t i = 0; i < sizeof(flat) / sizeof(flat[0]); i++) {
        if (strlen(flat[i]) == n && strncasecmp(flat[i], name, n) == 0)
            return false;
    }
    return true;
}

/* In a page that was too deep: false when the tag at p is to be left out. */
static bool keeps_depth(struct strip *s, const char *p)
{
    const char *name = p + 1 + (p[1] == '/'), *q = name;
    while (q < s->end && isalnum((unsigned char)*q))
        q++;
    if (!nests(name, (size_t)(q - name)))
        return true;
    if (p[1] == '/') {
        if (s->dropped > 0) {
            s->dropped--;
            return false;
        }
        s->depth -= s->depth > 0;
        return true;
    }
    if (s->depth >= PAGE_DEPTH_MAX / 2) {
        s->dropped++;
        return false;
    }
    s->depth++;
    return true;
}

struct span strip_page(struct span source, bool flatten, struct arena *a, struct html *h)
{
    struct strip strip = { .arena = a, .out = h, .end = source.p + source.n, .flatten = flatten }, *s = &strip;
    const char *p = source.p;
    unsigned marks = 0; /* they may be longer than the comments that they replace */
    char *out = arena_alloc(s->arena, source.n + MARKS_MAX * 32), *o = out;
    for (const char *from = p, *lt;;) {
        lt = p < s->end ? memchr(p, '<', (size_t)(s->end - p)) : NULL;
        if (lt == NULL || lt + 1 == s->end) {
            memcpy(o, from, (size_t)(s->end - from));
            o += s->end - from;
            break;
        }
        const char *to = NULL, *mark = NULL;
        int raw;
        unsigned char c = (unsigned char)lt[1];
        if (c == '!' || c == '?') {
            if (s->end - lt >= 4 && memcmp(lt, "<!--", 4) == 0) {
                const char *q = s->no_comment_end ? NULL : memmem(lt + 4, (size_t)(s->end - lt - 4), "-->", 3);
                s->no_comment_end = q == NULL;
                to = q == NULL ? after_gt(s, lt) : q + 3;
                struct span comment = q == NULL ? (struct span){ NULL, 0 } : span_between(lt + 4, q);
                mark = q == NULL ? NULL : content_mark(comment);
                if (span_starts(comment, SPAN("enpproperty")) && comment.n < 65536)
                    s->out->properties = comment;
            } else {
                to = after_gt(s, lt);
            }
        } else if (c == '/' || isalpha(c)) {
            if ((c == 's' || c == 'S' || c == 't' || c == 'T' || c == 'x' || c == 'X') &&
                (raw = raw_element(lt, s->end)) >= 0)
                to = skip_raw(s, lt, raw);
            else if (s->flatten && !keeps_depth(s, lt))
                to = tag_end(s, lt);
            if (to == NULL) {
                const char *gt = after_gt(s, lt),
                           *next = gt == NULL ? NULL : memchr(lt + 1, '<', (size_t)(gt - lt - 1));
                const char *tag_stop = next != NULL ? tag_end(s, lt) : gt != NULL ? gt : s->end;
                if (has_many_attributes(lt, tag_stop)) {
                    const char *name = lt + 1;
                    while (name < tag_stop && isalnum((unsigned char)*name))
                        name++;
                    memcpy(o, from, (size_t)(name - from));
                    o += name - from;
                    *o++ = '>';
                    from = p = tag_stop;
                    continue;
                }
                struct span style = gt != NULL && next == NULL ? idle_style(lt, gt - 1) : (struct span){ NULL, 0 };
                if (style.n > 0) {
                    memcpy(o, from, (size_t)(style.p - from));
                    o += style.p - from;
                    from = style.p + style.n;
                }
                p = gt == NULL ? lt + 1 : tag_stop;
                continue;
            }
        }
        if (to == NULL) {
            p = lt + 1;
            continue;
        }
        memcpy(o, from, (size_t)(lt - from));
        o += lt - from;
        if (mark != NULL && marks++ < MARKS_MAX) {
            memcpy(o, mark, strlen(mark));
            o += strlen(mark);
        }
        from = p = to;
    }
    *o = '\0';
    return span_between(out, o);
}
