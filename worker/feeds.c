#include "worker/feeds.h"

#include <ctype.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <strings.h>

#include "common/text.h"
#include "worker/when.h"

#define FIELD_MAX_BYTES 8192
#define JSON_MAX_BYTES  (8 * 1024 * 1024)
#define DEPTH_MAX       64

static const struct {
    const char *root;
    enum feed_kind kind;
} roots[] = {
    { "rss", FEED_RSS },
    { "RDF", FEED_RSS },
    { "feed", FEED_ATOM },
    { "urlset", FEED_SITEMAP },
    { "sitemapindex", FEED_SITEMAP_INDEX },
};

static struct span skip_blank(struct span s)
{
    while (s.n > 0 && isspace((unsigned char)*s.p))
        s.p++, s.n--;
    return s;
}

/* Behind the XML declaration, comments and doctype: where the root element begins. */
static struct span skip_prolog(struct span s)
{
    for (int i = 0; i < 32; i++) {
        s = skip_blank(s);
        struct span mark;
        const char *end;
        if (span_starts(s, SPAN("<?"))) {
            mark = SPAN("?>");
            end = span_find(s, mark);
        } else if (span_starts(s, SPAN("<!--"))) {
            mark = SPAN("-->");
            end = span_find(s, mark);
        } else if (span_starts(s, SPAN("<!"))) {
            const char *bracket = memchr(s.p, '[', s.n), *gt = memchr(s.p, '>', s.n);
            mark = bracket != NULL && gt != NULL && bracket < gt ? SPAN("]>") : SPAN(">");
            end = span_find(s, mark);
        } else {
            return s;
        }
        if (end == NULL)
            return (struct span){ s.p + s.n, 0 };
        s = span_between(end + mark.n, s.p + s.n);
    }
    return s;
}

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

enum feed_kind feed_kind(struct span text)
{
    struct span s = skip_blank(text);
    if (s.n > 0 && s.p[0] == '{') {
        struct span head = { s.p, s.n < 4096 ? s.n : 4096 };
        if (span_has(head, SPAN("jsonfeed.org/version")) ||
            (span_has(head, SPAN("\"items\"")) && span_has(head, SPAN("\"version\""))))
            return FEED_JSON;
        return FEED_NONE;
    }
    if (s.n == 0 || s.p[0] != '<')
        return FEED_NONE;
    s = skip_prolog(s);
    char name[32];
    size_t n = 0;
    for (size_t i = 1;
         i < s.n && n < sizeof(name) - 1 && (isalnum((unsigned char)s.p[i]) || s.p[i] == ':' || s.p[i] == '_'); i++)
        name[n++] = s.p[i];
    name[n] = '\0';
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        if (strcmp(local(name), roots[i].root) == 0)
            return roots[i].kind;
    }
    return FEED_NONE;
}

enum field { F_NONE, F_TITLE, F_LINK, F_GUID, F_DATE, F_DATE_WEAK, F_COLUMN, F_COUNT };

static const struct {
    const char *name; /* with the prefix that matters, else local */
    enum field field;
} names[] = {
    { "title", F_TITLE },       { "link", F_LINK },
    { "loc", F_LINK },          { "guid", F_GUID },
    { "id", F_GUID },           { "pubDate", F_DATE },
    { "date", F_DATE },         { "published", F_DATE },
    { "issued", F_DATE },       { "publication_date", F_DATE },
    { "updated", F_DATE_WEAK }, { "lastmod", F_DATE_WEAK },
    { "category", F_COLUMN },
};

struct feed {
    struct links *l;
    enum feed_kind kind;
    xmlParserCtxtPtr ctxt;
    int depth, item; /* item: depth of the entry that is open, 0 none */
    enum field field;
    int field_depth;
    char *buf[F_COUNT];
    size_t n[F_COUNT];
};

static void add_text(struct feed *f, enum field field, const char *p, size_t n)
{
    if (n > FIELD_MAX_BYTES - f->n[field])
        n = FIELD_MAX_BYTES - f->n[field];
    if (f->buf[field] == NULL)
        f->buf[field] = arena_alloc(f->l->a, FIELD_MAX_BYTES + 1);
    memcpy(f->buf[field] + f->n[field], p, n);
    f->n[field] += n;
}

static struct span value(const struct feed *f, enum field field)
{
    return text_trim(text_cut((struct span){ f->buf[field], f->n[field] }, FIELD_MAX_BYTES));
}

/* "Fri, 02 Feb 2024 08:00:00 +0800" */
static bool rfc822(struct span s, struct when *w)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    *w = (struct when){ .hour = -1, .minute = -1, .second = -1 };
    const char *p = s.p, *end = s.p + s.n;
    while (p < end && !isdigit((unsigned char)*p))
        p++;
    while (p < end && isdigit((unsigned char)*p) && w->day < 100)
        w->day = w->day * 10 + (*p++ - '0');
    while (p < end && (*p == ' ' || *p == '-'))
        p++;
    for (int i = 0; i < 12 && end - p >= 3; i++) {
        if (strncasecmp(p, months + 3 * i, 3) == 0)
            w->month = i + 1;
    }
    while (p < end && !isdigit((unsigned char)*p))
        p++;
    while (p < end && isdigit((unsigned char)*p) && w->year < 10000)
        w->year = w->year * 10 + (*p++ - '0');
    int hour, minute, second = -1;
    char clock[16] = "";
    memcpy(clock, p, (size_t)(end - p) < sizeof(clock) - 1 ? (size_t)(end - p) : sizeof(clock) - 1);
    if (sscanf(clock, " %2d:%2d:%2d", &hour, &minute, &second) >= 2 && hour >= 0 && hour < 24 && minute >= 0 &&
        minute < 60) {
        w->hour = hour;
        w->minute = minute;
        w->second = second >= 0 && second < 60 ? second : -1;
    }
    return w->month > 0 && w->day >= 1 && w->day <= 31 && w->year >= 1990 && w->year <= 2099;
}

static struct span iso_date(struct arena *a, struct span s)
{
    struct when w;
    if (s.n == 0 || s.n > 200)
        return (struct span){ NULL, 0 };
    if ((when_find(s, &w, NULL) && w.day > 0) || rfc822(s, &w))
        return when_iso(a, &w);
    return (struct span){ NULL, 0 };
}

/* Text of a title as people read it: mark-up inside is left out. */
static struct span plain_title(struct arena *a, struct span s)
{
    char *out = arena_alloc(a, s.n + 1), *o = out;
    bool tag = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '<')
            tag = true;
        else if (s.p[i] == '>' && tag)
            tag = false;
        else if (!tag)
            *o++ = s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' ? ' ' : s.p[i];
    }
    return text_cut(text_trim(span_between(out, o)), 600);
}

static void add_item(struct feed *f)
{
    struct span url = value(f, F_LINK);
    bool map = f->kind == FEED_SITEMAP || f->kind == FEED_SITEMAP_INDEX;
    if (url.n == 0 && (span_starts(value(f, F_GUID), SPAN("http"))))
        url = value(f, F_GUID);
    struct link *it = url.n == 0 ? NULL
                                 : links_add(f->l, url, f->kind == FEED_SITEMAP_INDEX ? ROLE_SITEMAP : ROLE_ARTICLE,
                                             map || f->l->in->site.article_pattern_count > 0);
    if (it == NULL || it->title.n > 0)
        return;
    it->title = plain_title(f->l->a, value(f, F_TITLE));
    it->date = iso_date(f->l->a, value(f, f->n[F_DATE] > 0 ? F_DATE : F_DATE_WEAK));
    struct span column = text_cut(value(f, F_COLUMN), 120);
    it->column = column.n > 0 ? arena_span(f->l->a, column) : column;
}

static bool is_item(const char *name)
{
    return strcmp(name, "item") == 0 || strcmp(name, "entry") == 0 || strcmp(name, "url") == 0 ||
           strcmp(name, "sitemap") == 0;
}

static void on_start(void *ctx, const xmlChar *qname, const xmlChar **atts)
{
    struct feed *f = ctx;
    const char *name = local((const char *)qname);
    f->ctxt->wellFormed = 1; /* or, after the first slip, every &amp; would be left out */
    if (++f->depth > DEPTH_MAX || f->l->n >= PAGE_LINKS_MAX) {
        xmlStopParser(f->ctxt);
        return;
    }
    if (f->item == 0) {
        if (is_item(name)) {
            f->item = f->depth;
            memset(f->n, 0, sizeof(f->n));
        }
        return;
    }
    if (f->field != F_NONE)
        return;
    bool media = strncmp((const char *)qname, "image:", 6) == 0 || strncmp((const char *)qname, "media:", 6) == 0 ||
                 strncmp((const char *)qname, "video:", 6) == 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !media; i++) {
        if (strcmp(name, names[i].name) != 0)
            continue;
        f->field = names[i].field;
        f->field_depth = f->depth;
        const char *href = NULL, *rel = NULL, *term = NULL;
        for (const xmlChar **at = atts; at != NULL && at[0] != NULL; at += 2) {
            const char *key = (const char *)at[0], *v = (const char *)at[1];
            if (strcmp(key, "href") == 0)
                href = v;
            else if (strcmp(key, "rel") == 0)
                rel = v;
            else if (strcmp(key, "term") == 0 || strcmp(key, "label") == 0)
                term = v;
        }
        if (f->field == F_LINK && href != NULL && f->n[F_LINK] == 0 && (rel == NULL || strcmp(rel, "alternate") == 0))
            add_text(f, F_LINK, href, strlen(href));
        else if (f->field == F_COLUMN && term != NULL && f->n[F_COLUMN] == 0)
            add_text(f, F_COLUMN, term, strlen(term));
        if (f->n[f->field] > 0) /* the first one counts */
            f->field = F_NONE;
        return;
    }
}

static void on_end(void *ctx, const xmlChar *qname)
{
    struct feed *f = ctx;
    (void)qname;
    if (f->field != F_NONE && f->depth == f->field_depth)
        f->field = F_NONE;
    if (f->item > 0 && f->depth == f->item) {
        add_item(f);
        f->item = 0;
    }
    f->depth--;
}

static void on_text(void *ctx, const xmlChar *ch, int len)
{
    struct feed *f = ctx;
    f->ctxt->wellFormed = 1;
    if (f->item > 0 && f->field != F_NONE)
        add_text(f, f->field, (const char *)ch, (size_t)len);
}

static bool read_xml(struct span text, struct feed *f)
{
    struct span root = skip_prolog(text); /* so neither a declared encoding nor a doctype is ever seen */
    if (root.n == 0 || root.n > INT32_MAX)
        return false;
    xmlParserCtxtPtr ctxt = xmlCreateMemoryParserCtxt(root.p, (int)root.n);
    if (ctxt == NULL)
        return false;
    /* Options first: some builds of the library let them set handlers of their own. */
    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER |
                                XML_PARSE_IGNORE_ENC);
    memset(ctxt->sax, 0, sizeof(*ctxt->sax)); /* not initialised as SAX2: elements come by startElement */
    ctxt->sax->startElement = on_start;
    ctxt->sax->endElement = on_end;
    ctxt->sax->characters = on_text;
    ctxt->sax->cdataBlock = on_text;
    ctxt->sax->ignorableWhitespace = on_text;
    ctxt->userData = f;
    f->ctxt = ctxt;
    xmlParseDocument(ctxt);
    if (ctxt->myDoc != NULL)
        xmlFreeDoc(ctxt->myDoc);
    ctxt->myDoc = NULL;
    xmlFreeParserCtxt(ctxt);
    return f->depth == 0 || f->l->n > 0;
}

static struct span json_text(struct arena *a, json_t *o, const char *key)
{
    json_t *v = json_object_get(o, key);
    if (!json_is_string(v) || json_string_length(v) > FIELD_MAX_BYTES ||
        memchr(json_string_value(v), 0, json_string_length(v)) != NULL)
        return (struct span){ NULL, 0 };
    return text_trim(arena_span(a, (struct span){ json_string_value(v), json_string_length(v) }));
}

static bool read_json(struct span text, struct links *l)
{
    if (text.n > JSON_MAX_BYTES)
        return false;
    json_t *root = json_loadb(text.p, text.n, 0, NULL), *items = json_object_get(root, "items"), *o;
    size_t i;
    json_array_foreach(items, i, o)
    {
        struct span url = json_text(l->a, o, "url");
        if (url.n == 0)
            url = json_text(l->a, o, "id");
        struct link *it = url.n == 0 ? NULL : links_add(l, url, ROLE_ARTICLE, l->in->site.article_pattern_count > 0);
        if (it == NULL || it->title.n > 0)
            continue;
        it->title = plain_title(l->a, json_text(l->a, o, "title"));
        struct span date = json_text(l->a, o, "date_published");
        it->date = iso_date(l->a, date.n > 0 ? date : json_text(l->a, o, "date_modified"));
        json_t *tags = json_object_get(o, "tags");
        if (json_is_string(json_array_get(tags, 0)))
            it->column = text_cut(arena_span(l->a, span_of(json_string_value(json_array_get(tags, 0)))), 120);
    }
    bool ok = json_is_array(items);
    json_decref(root);
    return ok;
}

bool feed_declares_entities(struct span text)
{
    return span_has(span_between(text.p, skip_prolog(text).p), SPAN("<!ENTITY"));
}

bool feed_read(enum feed_kind kind, struct span text, struct links *l)
{
    if (kind == FEED_JSON)
        return read_json(text, l);
    struct feed f = { .l = l, .kind = kind };
    return kind != FEED_NONE && read_xml(skip_blank(text), &f);
}
