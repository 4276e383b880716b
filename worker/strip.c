#include "worker/strip.h"

#include <ctype.h>
#include <strings.h>

#include "worker/page.h"

#define COUNT(a)       (sizeof(a) / sizeof((a)[0]))
#define NAMES          4
#define LOOKS_MAX      (7 * NAMES) /* names of up to 6 letters */
#define MARKS_MAX      32
#define JOINTS_BYTES   1024 /* by which joints may make what is written longer than what was read */
#define ATTRIBUTES_MAX 100  /* of one element: the parser compares each of them with every other */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct strip {
    struct arena *arena;
    struct html *out;
    const char *end;
    const char *gt; /* a '>' that was found ahead */
    bool no_gt, no_comment_end, no_script_end[4], no_quote[2];
    bool flatten, whole;
    unsigned depth, dropped, marks;
    uint64_t open[LOOKS_MAX]; /* of each element of `looks` the open ones, the innermost in the lowest bit: shown? */
    const char *look_end;     /* behind the last end tag of such an element or an anchor */
    const char *source;
    char *begin, *o;
};

static void put(struct strip *s, struct span text)
{
    memcpy(s->o, text.p, text.n);
    s->o += text.n;
}

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
        if (!is_blank(*p))
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

/* ---- tags ---- */

enum tag_kind { OF_HEAD, OF_ANCHOR, OF_ANY };

/* What the reader asks of an element. Word processors and old editors leave more of other attributes than text, and the
 * parser takes longer for them than for anything else (and compares each of a tag with every other). */
static const struct {
    const char *name;
    size_t n;
    enum tag_kind of;
} attributes[] = { { "class", 5, OF_ANY },     { "id", 2, OF_ANY },          { "style", 5, OF_ANY },
                   { "datetime", 8, OF_ANY },  { "href", 4, OF_ANCHOR },     { "title", 5, OF_ANCHOR },
                   { "name", 4, OF_HEAD },     { "content", 7, OF_HEAD },    { "property", 8, OF_HEAD },
                   { "itemprop", 8, OF_HEAD }, { "rel", 3, OF_HEAD },        { "href", 4, OF_HEAD },
                   { "type", 4, OF_HEAD },     { "http-equiv", 10, OF_HEAD } };

/* Elements that only change how letters look, by the length of their names. Without id, class and hiding style they
 * mean nothing here. */
static const char *const looks[][NAMES] = {
    [1] = { "b", "i", "u", "s" },     [2] = { "em", "tt" },       [3] = { "big", "sub", "sup", "ins" },
    [4] = { "span", "font", "nobr" }, [5] = { "small", "label" }, [6] = { "strong" },
};

_Static_assert(COUNT(looks) * NAMES == LOOKS_MAX, "looks");

/* Elements that hold no text and say nothing. */
static const char *const silent[][NAMES] = {
    [3] = { "img", "col", "wbr" }, [4] = { "area" }, [5] = { "input", "embed", "param" }, [6] = { "source" }
};

/* Which of those of its length the name is, -1: none. */
static int which_of(const char *const names[][NAMES], size_t lengths, struct span name)
{
    if (name.n >= lengths)
        return -1;
    for (int i = 0; i < NAMES && names[name.n][i] != NULL; i++) {
        if (names[name.n][i][0] == (*name.p | 0x20) && strncasecmp(names[name.n][i], name.p, name.n) == 0)
            return (int)name.n * NAMES + i;
    }
    return -1;
}

static enum tag_kind tag_kind(struct span name)
{
    return name.n == 1 && (*name.p | 0x20) == 'a' ? OF_ANCHOR
           : name.n == 4 && (strncasecmp(name.p, "meta", 4) == 0 || strncasecmp(name.p, "link", 4) == 0 ||
                             strncasecmp(name.p, "base", 4) == 0)
               ? OF_HEAD
               : OF_ANY;
}

static bool may_hide(struct span style)
{
    return span_has(style, SPAN("none")) || span_has(style, SPAN("NONE")) || span_has(style, SPAN("None"));
}

/* The attribute's number when the reader asks for it, else -1. */
static int attribute(enum tag_kind of, struct span name, struct span value)
{
    for (size_t i = 0; i < COUNT(attributes); i++) {
        if (attributes[i].n == name.n && attributes[i].name[0] == (*name.p | 0x20) &&
            (attributes[i].of == of || (of == OF_ANCHOR && attributes[i].of == OF_ANY)) &&
            strncasecmp(attributes[i].name, name.p, name.n) == 0)
            return attributes[i].name[0] == 's' && !may_hide(value) ? -1 : (int)i;
    }
    return -1;
}

/* The next attribute of a tag at p: its name, and its value as written, quotes included (empty when it has none, or a
 * quote that is never closed). Moves
 * p behind it; false at the tag's end, where p stands on '>' or at the page's end. */
static bool next_attribute(struct strip *s, const char **p, struct span *name, struct span *value)
{
    const char *q = *p;
    while (q < s->end && (is_blank(*q) || *q == '/'))
        q++;
    *p = q;
    if (q == s->end || *q == '>')
        return false;
    const char *from = q++; /* even '=' may begin a name */
    while (q < s->end && !is_blank(*q) && *q != '=' && *q != '>' && *q != '/')
        q++;
    *name = span_between(from, q);
    *value = (struct span){ q, 0 };
    *p = q;
    while (q < s->end && is_blank(*q))
        q++;
    if (q == s->end || *q != '=')
        return true;
    q++;
    while (q < s->end && is_blank(*q))
        q++;
    from = q;
    if (q < s->end && (*q == '"' || *q == '\'')) {
        bool *none = &s->no_quote[*q == '"'];
        const char *close = *none ? NULL : memchr(q + 1, *q, (size_t)(s->end - q - 1));
        *none = close == NULL;
        if (close != NULL) {
            *value = span_between(from, close + 1);
            *p = close + 1;
            return true;
        }
    }
    while (q < s->end && !is_blank(*q) && *q != '>')
        q++;
    if (q == from || (*from != '"' && *from != '\''))
        *value = span_between(from, q);
    *p = q;
    return true;
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

/* True when the tag of such an element, opened with (says) or without what the reader asks for, is for the parser: an
 * end tag follows its start tag. */
static bool keeps_look(struct strip *s, int look, bool end, bool says)
{
    uint64_t *open = &s->open[look];
    bool keep = end ? *open & 1 : says;
    *open = end ? *open >> 1 : *open << 1 | says;
    return keep;
}

/* Writes the start tag at lt, after a joint when another such element has just ended, with no more than the attributes
 * that the reader asks for, or nothing when the element means nothing. Returns where the tag ends. */
static const char *put_start_tag(struct strip *s, const char *lt)
{
    const char *p = lt + 1;
    while (p < s->end && !is_blank(*p) && *p != '>' && *p != '/')
        p++;
    struct span tag = span_between(lt + 1, p), name, value;
    enum tag_kind kind = tag_kind(tag);
    int look = s->whole ? -1 : which_of(looks, COUNT(looks), tag);
    unsigned seen = 0, kept = 0;
    if (look >= 0 && lt == s->look_end && (s->o - s->begin) - (lt - s->source) < JOINTS_BYTES)
        put(s, SPAN(HTML_JOINT));
    char *o = s->o;
    memcpy(o, lt, (size_t)(p - lt));
    o += p - lt;
    while (next_attribute(s, &p, &name, &value)) {
        int i = s->whole ? 0 : attribute(kind, name, value);
        if (i < 0 || (!s->whole && (seen & 1u << i)) || kept == ATTRIBUTES_MAX)
            continue;
        kept++;
        seen |= 1u << i;
        struct span both = span_between(name.p, value.p + value.n);
        if (o - s->o < name.p - lt) /* what is written never gets longer than what was read: a="1"b="2" */
            *o++ = ' ';
        memcpy(o, both.p, both.n);
        o += both.n;
    }
    *o++ = '>';
    p += p < s->end;
    bool keep =
        s->whole || (look >= 0 ? keeps_look(s, look, false, seen != 0) : which_of(silent, COUNT(silent), tag) < 0);
    if (keep && (!s->flatten || keeps_depth(s, lt)))
        s->o = o;
    return p;
}

static const char *put_end_tag(struct strip *s, const char *lt)
{
    const char *p = lt + 2, *gt = after_gt(s, lt);
    if (gt == NULL)
        gt = s->end;
    while (p < gt && isalnum((unsigned char)*p))
        p++;
    struct span tag = span_between(lt + 2, p);
    int look = tag.n > 0 && !s->whole ? which_of(looks, COUNT(looks), tag) : -1;
    if (look >= 0 || (tag.n == 1 && (*tag.p | 0x20) == 'a'))
        s->look_end = gt;
    if ((look < 0 || keeps_look(s, look, true, false)) && (!s->flatten || keeps_depth(s, lt)))
        put(s, span_between(lt, gt));
    return gt;
}

/* ---- the page ---- */

/* Of white space at its start one character says as much as all. */
static void put_text(struct strip *s, const char *p, const char *end)
{
    if (p < end && is_blank(*p)) {
        *s->o++ = *p++;
        while (p < end && is_blank(*p))
            p++;
    }
    put(s, span_between(p, end));
}

/* Behind the comment or declaration at lt; NULL when it never ends. */
static const char *skip_comment(struct strip *s, const char *lt)
{
    if (s->end - lt < 4 || memcmp(lt, "<!--", 4) != 0)
        return after_gt(s, lt);
    const char *q = s->no_comment_end ? NULL : memmem(lt + 4, (size_t)(s->end - lt - 4), "-->", 3);
    s->no_comment_end = q == NULL;
    if (q == NULL)
        return after_gt(s, lt);
    struct span comment = span_between(lt + 4, q);
    const char *mark = content_mark(comment);
    if (mark != NULL && s->marks++ < MARKS_MAX) /* may be longer than the comment */
        put(s, span_of(mark));
    if (span_starts(comment, SPAN("enpproperty")) && comment.n < 65536)
        s->out->properties = comment;
    return q + 3;
}

/* Writes what the parser is to see of the mark-up at lt ('<') and returns where it ends. */
static const char *put_markup(struct strip *s, const char *lt)
{
    unsigned char c = lt + 1 < s->end ? (unsigned char)lt[1] : 0;
    const char *to = NULL;
    int raw;
    if (c == '!' || c == '?')
        to = skip_comment(s, lt);
    else if (c == '/')
        return put_end_tag(s, lt);
    else if (isalpha(c) && (raw = raw_element(lt, s->end)) >= 0 && (to = skip_raw(s, lt, raw)) != NULL)
        return to;
    else if (isalpha(c))
        return put_start_tag(s, lt);
    if (to != NULL)
        return to;
    *s->o++ = '<';
    return lt + 1;
}

struct span strip_page(struct span source, unsigned how, struct arena *a, struct html *h)
{
    struct strip strip = { .arena = a, .out = h, .source = source.p, .end = source.p + source.n }, *s = &strip;
    s->flatten = how & STRIP_FLAT;
    s->whole = how & STRIP_WHOLE;
    s->begin = s->o = arena_alloc(a, source.n + MARKS_MAX * 32 + JOINTS_BYTES);
    for (const char *p = source.p, *lt; p < s->end; p = put_markup(s, lt)) {
        lt = memchr(p, '<', (size_t)(s->end - p));
        put_text(s, p, lt == NULL ? s->end : lt);
        if (lt == NULL)
            break;
    }
    *s->o = '\0';
    return span_between(s->begin, s->o);
}
