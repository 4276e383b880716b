#include "worker/select.h"

#include <time.h>

#include "common/text.h"
#include "worker/body.h"
#include "worker/byline.h"
#include "worker/lines.h"
#include "worker/page.h"
#include "worker/when.h"

#define FRAMES_MAX (PAGE_DEPTH_MAX + 16) /* more than html.c opens */
#define DAY_BYTES  10                    /* 2027-06-30 */

/* What an open element has completed of one selector: a bit for each part. */
struct progress {
    uint64_t here, above;    /* by itself; by itself or an element around it */
    uint64_t last, children; /* by the child that was last; by any child so far */
    uint32_t counted[SELECTOR_NTH_MAX];
};

struct match {
    uint32_t node; /* its row, or */
    struct span value;
    bool has_value; /* the attribute's value */
};

struct field {
    struct selector *selector; /* NULL: none */
    struct progress *open;     /* one for each open element; the first is the document */
    struct match matches[SELECT_MATCHES_MAX];
    int count;
    bool used;
    const char *why;
};

struct select {
    struct arena *a;
    struct field fields[SELECT_FIELD_COUNT];
    bool *tbody; /* for each open element */
    unsigned depth;
    uint32_t wants[SELECT_FIELD_COUNT]; /* + 1: the match that waits for its row */
    bool waits;
};

/* ---- the site's lines -------------------------------------------------------------------------------------------- */

static bool is_over(struct span day, int64_t fetched_at)
{
    char today[16];
    time_t at = (time_t)(fetched_at / 1000);
    struct tm tm;
    if (fetched_at <= 0 || gmtime_r(&at, &tm) == NULL || strftime(today, sizeof(today), "%Y-%m-%d", &tm) != DAY_BYTES)
        return false;
    return day.n == DAY_BYTES && memcmp(today, day.p, DAY_BYTES) > 0;
}

static void add_field(struct select *s, struct span name, struct span text)
{
    struct err e;
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        if (span_is(name, select_field_names[i]) && s->fields[i].selector == NULL)
            s->fields[i].selector = selector_compile(text, s->a, &e);
    }
}

struct select *select_new(struct span lines, int64_t fetched_at, struct arena *a)
{
    if (lines.n == 0)
        return NULL;
    struct select *s = ARENA_NEW(a, struct select);
    s->a = a;
    for (const char *p = lines.p, *end = lines.p + lines.n; p < end;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p)), *q = stop == NULL ? end : stop;
        const char *blank = memchr(p, ' ', (size_t)(q - p));
        struct span name = span_between(p, blank == NULL ? q : blank);
        struct span text = blank == NULL ? (struct span){ q, 0 } : span_between(blank + 1, q);
        if (span_is(name, "valid_until") && is_over(text, fetched_at))
            return NULL;
        add_field(s, name, text);
        p = q + (stop != NULL);
    }
    s->tbody = ARENA_ARRAY(a, bool, FRAMES_MAX);
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        if (s->fields[i].selector != NULL)
            s->fields[i].open = arena_alloc(a, FRAMES_MAX * sizeof(struct progress));
    }
    return s;
}

bool select_has(const struct select *s, enum select_field field)
{
    return s != NULL && s->fields[field].selector != NULL;
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

void select_begin(struct select *s)
{
    s->depth = 0;
    s->waits = false;
    s->tbody[0] = false;
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        s->fields[i].count = 0;
        s->wants[i] = 0;
        if (s->fields[i].selector != NULL)
            s->fields[i].open[0] = (struct progress){ 0 };
    }
}

/* The parts of f's selector that the element completes: its own tests, and what stands before them. */
static uint64_t complete(const struct select *s, struct field *f, const char *name, const char *const *attributes)
{
    struct progress *around = &f->open[s->depth];
    /* a row in a <tbody> is also directly in the table */
    uint64_t child = around->here | (s->tbody[s->depth] && s->depth > 0 ? around[-1].here : 0), done = 0;
    for (int i = 0; i < f->selector->part_count; i++) {
        const struct selector_part *part = &f->selector->parts[i];
        if (part->nth > 0 && span_is(part->type, name) && ++around->counted[part->counter] != (uint32_t)part->nth)
            continue;
        uint64_t before = i == 0 ? 0 : (uint64_t)1 << (i - 1);
        bool follows = part->join == JOIN_NONE     ? true
                       : part->join == JOIN_CHILD  ? (child & before) != 0
                       : part->join == JOIN_INSIDE ? (around->above & before) != 0
                       : part->join == JOIN_NEXT   ? (around->last & before) != 0
                                                   : (around->children & before) != 0;
        if (follows && selector_fits(part, name, attributes))
            done |= (uint64_t)1 << i;
    }
    around->last = done;
    around->children |= done;
    return done;
}

static const char *value_of(const char *const *attributes, struct span name)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
        if (span_is(name, attributes[0]))
            return attributes[1];
    }
    return NULL;
}

static struct span wanted_attribute(const struct selector_part *part, const char *name)
{
    if (part->attr.n > 0)
        return part->attr;
    return strcmp(name, "meta") == 0 ? SPAN("content") : strcmp(name, "input") == 0 ? SPAN("value") : SPAN("");
}

/* Notes the element when `done` completes one of the selector's alternatives. */
static void note(struct select *s, int field, uint64_t done, const char *name, const char *const *attributes)
{
    struct field *f = &s->fields[field];
    for (int i = 0; i < f->selector->part_count; i++) {
        const struct selector_part *part = &f->selector->parts[i];
        if (!part->last || !(done >> i & 1) || f->count == SELECT_MATCHES_MAX)
            continue;
        struct span attribute = wanted_attribute(part, name);
        struct match *m = &f->matches[f->count];
        *m = (struct match){ .has_value = attribute.n > 0 };
        if (m->has_value) {
            const char *value = value_of(attributes, attribute);
            if (value == NULL)
                continue;
            m->value = arena_span(s->a, text_cut(span_of(value), 64 * 1024));
        } else {
            s->wants[field] = (uint32_t)f->count + 1;
            s->waits = true;
        }
        f->count++;
        return; /* once, however many alternatives it fits */
    }
}

bool select_open(struct select *s, const char *name, const char *const *attributes)
{
    s->waits = false;
    if (s->depth + 1 >= FRAMES_MAX)
        return false; /* html.c stops before */
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        struct field *f = &s->fields[i];
        s->wants[i] = 0;
        if (f->selector == NULL)
            continue;
        uint64_t done = complete(s, f, name, attributes);
        f->open[s->depth + 1] = (struct progress){ .here = done, .above = done | f->open[s->depth].above };
        note(s, i, done, name, attributes);
    }
    s->depth++;
    s->tbody[s->depth] = strcmp(name, "tbody") == 0;
    return s->waits;
}

void select_took(struct select *s, uint32_t node)
{
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        if (s->wants[i] == 0)
            continue;
        s->fields[i].matches[s->wants[i] - 1].node = node;
        s->fields[i].count -= node == SELECT_NO_NODE;
    }
}

void select_close(struct select *s)
{
    s->depth -= s->depth > 0;
}

void select_void(struct select *s, const char *name, const char *const *attributes)
{
    for (int i = 0; i < SELECT_FIELD_COUNT; i++) {
        struct field *f = &s->fields[i];
        if (f->selector == NULL)
            continue;
        s->wants[i] = 0;
        note(s, i, complete(s, f, name, attributes), name, attributes);
        f->count -= s->wants[i] > 0; /* it has no text */
        s->wants[i] = 0;
    }
}

/* ---- the text of what was matched -------------------------------------------------------------------------------- */

struct range {
    uint32_t from, to;
};

/* Adds [from, to) of the text without what `except` selects. */
static char *copy_without(const struct select *s, const struct html *h, struct range piece, char *o)
{
    const struct field *except = &s->fields[SELECT_EXCEPT];
    uint32_t at = piece.from;
    for (int i = 0; i < except->count; i++) { /* in the document's order */
        const struct html_node *n = &h->nodes[except->matches[i].node];
        if (except->matches[i].has_value || n->text_end <= at || n->text >= piece.to)
            continue;
        if (n->text > at) {
            memcpy(o, h->text.p + at, n->text - at);
            o += n->text - at;
        }
        at = n->text_end < piece.to ? n->text_end : piece.to;
    }
    memcpy(o, h->text.p + at, piece.to - at);
    return o + (piece.to - at);
}

/* The lines of an element as a browser shows them, joined by \n. */
static struct span node_text(const struct select *s, const struct html *h, uint32_t node, struct arena *a)
{
    const struct html_node *n = &h->nodes[node];
    char *out = arena_alloc(a, n->text_end - n->text + 1), *o = out;
    for (uint32_t i = n->line; i < n->line_end && i < h->line_count; i++) {
        const struct html_line *l = &h->lines[i];
        struct range piece = { l->from > n->text ? l->from : n->text, l->to < n->text_end ? l->to : n->text_end };
        if (piece.from >= piece.to || ((l->hints & HINT_HIDDEN) && !(n->hints & HINT_HIDDEN)))
            continue;
        char *begin = o + (o > out);
        char *end = copy_without(s, h, piece, begin);
        struct span line = text_trim(span_between(begin, end));
        if (line.n == 0)
            continue;
        if (o > out)
            *o++ = '\n';
        memmove(o, line.p, line.n);
        o += line.n;
    }
    return span_between(out, o);
}

static struct span match_text(const struct select *s, const struct html *h, const struct match *m, struct arena *a)
{
    return m->has_value ? text_trim(m->value) : node_text(s, h, m->node, a);
}

static uint32_t character_before(const char *begin, const char *p)
{
    const char *from = p > begin ? text_prev(begin, p) : p;
    return from < p ? text_next(&from, p) : 0;
}

/* On one line: a break within Han characters is only a matter of layout, any other white space is a blank. */
static struct span one_line(struct span text, struct arena *a)
{
    char *out = arena_alloc(a, text.n + 1), *o = out;
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        const char *from = p;
        uint32_t c = text_next(&p, end);
        if (text_is_space(c)) {
            const char *next = p;
            bool laid_out = c == '\n' && o > out && p < end && text_is_han(character_before(out, o)) &&
                            text_is_han(text_next(&next, end));
            if (o > out && o[-1] != ' ' && !laid_out)
                *o++ = ' ';
            continue;
        }
        memcpy(o, from, (size_t)(p - from));
        o += p - from;
    }
    return text_trim(span_between(out, o));
}

/* The i-th match on one line, without a label that stands in it: 来源：. */
static struct span match_value(const struct select *s, const struct html *h, const struct field *f, int i,
                               struct arena *a)
{
    struct span line = one_line(match_text(s, h, &f->matches[i], a), a);
    struct labelled l;
    if (line.n < 600 && line_labels(line, &l, 1) > 0 && l.at == 0 && l.value.n > 0)
        return l.value;
    return line;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static void replace(struct article *art, enum article_field field, struct span value)
{
    art->f[field] = text_cut(value, article_fields[field].max_bytes);
}

typedef const char *field_reader(const struct select *s, const struct html *h, const struct field *f,
                                 enum article_field to, struct arena *a, struct article *art);

static const char *read_line(const struct select *s, const struct html *h, const struct field *f, enum article_field to,
                             struct arena *a, struct article *art)
{
    for (int i = 0; i < f->count; i++) {
        struct span value = to == ARTICLE_TITLE || to == ARTICLE_SUBTITLE
                                ? one_line(match_text(s, h, &f->matches[i], a), a)
                                : match_value(s, h, f, i, a);
        if (value.n > 0) {
            replace(art, to, value);
            return NULL;
        }
    }
    return "is empty";
}

static const char *read_date(const struct select *s, const struct html *h, const struct field *f, enum article_field to,
                             struct arena *a, struct article *art)
{
    for (int i = 0; i < f->count; i++) {
        struct when w;
        if (when_find(one_line(match_text(s, h, &f->matches[i], a), a), &w, NULL)) {
            w.hour = -1; /* the record's dates are days, or less */
            replace(art, to, when_iso(a, &w));
            return NULL;
        }
    }
    return "holds no date";
}

static const char *read_source(const struct select *s, const struct html *h, const struct field *f,
                               enum article_field to, struct arena *a, struct article *art)
{
    for (int i = 0; i < f->count; i++) {
        struct span value = match_value(s, h, f, i, a), name = line_source(value);
        if (value.n > 0) {
            replace(art, to, name.n > 0 ? name : value);
            return NULL;
        }
    }
    return "is empty";
}

static const char *read_authors(const struct select *s, const struct html *h, const struct field *f,
                                enum article_field to, struct arena *a, struct article *art)
{
    struct article read = { .author_count = 0 };
    (void)to;
    for (int i = 0; i < f->count; i++) {
        struct span value = match_value(s, h, f, i, a);
        if (value.n == 0 || byline_names(a, &read, value, "text") > 0)
            continue;
        if (read.authors == NULL)
            read.authors = ARENA_ARRAY(a, struct author, ARTICLE_AUTHORS_MAX);
        if (read.author_count < ARTICLE_AUTHORS_MAX) /* a group, or a name of another kind */
            read.authors[read.author_count++] = (struct author){ text_cut(value, 256), SPAN("text") };
    }
    if (read.author_count == 0)
        return "is empty";
    art->authors = read.authors;
    art->author_count = read.author_count;
    return NULL;
}

static const char *read_editor(const struct select *s, const struct html *h, const struct field *f,
                               enum article_field to, struct arena *a, struct article *art)
{
    for (int i = 0; i < f->count; i++) {
        struct span value = match_value(s, h, f, i, a), name = byline_editor(a, value);
        if (value.n > 0) {
            replace(art, to, name.n > 0 ? name : value);
            return NULL;
        }
    }
    return "is empty";
}

/* What is matched inside another match is part of it already. */
static const char *read_body(const struct select *s, const struct html *h, const struct field *f, enum article_field to,
                             struct arena *a, struct article *art)
{
    struct span texts[SELECT_MATCHES_MAX];
    size_t n = 0, bytes = 0;
    uint32_t end = 0;
    for (int i = 0; i < f->count; i++) {
        const struct match *m = &f->matches[i];
        if (!m->has_value && m->node < end)
            continue;
        texts[n] = match_text(s, h, m, a);
        bytes += texts[n].n + 1;
        n += texts[n].n > 0;
        end = m->has_value ? end : h->nodes[m->node].end;
    }
    if (n == 0)
        return "is empty";
    char *out = arena_alloc(a, bytes), *o = out;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            *o++ = '\n';
        memcpy(o, texts[i].p, texts[i].n);
        o += texts[i].n;
    }
    replace(art, to, span_between(out, o));
    return NULL;
}

static const struct {
    enum select_field field;
    enum article_field to;
    field_reader *read;
} readers[] = {
    { SELECT_TITLE, ARTICLE_TITLE, read_line },     { SELECT_SUBTITLE, ARTICLE_SUBTITLE, read_line },
    { SELECT_DATE, ARTICLE_PUBLISHED, read_date },  { SELECT_SOURCE, ARTICLE_SOURCE, read_source },
    { SELECT_AUTHORS, ARTICLE_TEXT, read_authors }, { SELECT_EDITOR, ARTICLE_EDITOR, read_editor },
    { SELECT_ISSUE, ARTICLE_ISSUE, read_line },     { SELECT_COLUMN, ARTICLE_COLUMN, read_line },
    { SELECT_BODY, ARTICLE_TEXT, read_body },
};

static void use_lines(const struct field *f, const struct html *h, struct body *b)
{
    uint32_t first = UINT32_MAX, end = 0;
    for (int i = 0; i < f->count; i++) {
        const struct html_node *n = &h->nodes[f->matches[i].node];
        if (f->matches[i].has_value)
            continue;
        first = n->line < first ? n->line : first;
        end = n->line_end > end ? n->line_end : end;
    }
    if (first < end && end <= h->line_count) {
        b->first = b->from = first;
        b->end = b->to = end;
    }
}

bool select_article(struct select *s, const struct html *h, struct arena *a, struct article *art, struct body *b)
{
    if (s == NULL)
        return false;
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        struct field *f = &s->fields[readers[i].field];
        f->used = f->selector != NULL;
        if (f->used)
            f->why = f->count == 0 ? "matched nothing" : readers[i].read(s, h, f, readers[i].to, a, art);
    }
    const struct field *text = &s->fields[SELECT_BODY];
    if (!text->used || text->why != NULL)
        return false;
    use_lines(text, h, b);
    return true;
}

/* The anchor stands in an element that was matched, or is one. */
static bool is_selected(const struct html *h, const struct field *f, const struct html_anchor *anchor)
{
    for (int i = 0; i < f->count; i++) {
        const struct match *m = &f->matches[i];
        const struct html_node *n = &h->nodes[m->node];
        if (m->has_value)
            continue;
        if ((anchor->node >= m->node && anchor->node < n->end) ||
            (n->tag == TAG_A && anchor->from >= n->text && anchor->from < n->text_end))
            return true;
    }
    return false;
}

bool select_list(struct select *s, const struct html *h, struct arena *a, struct html *out)
{
    if (!select_has(s, SELECT_LIST))
        return false;
    struct field *f = &s->fields[SELECT_LIST];
    f->used = true;
    f->why = f->count == 0 ? "matched nothing" : NULL;
    *out = *h;
    out->anchors = ARENA_ARRAY(a, struct html_anchor, h->anchor_count);
    out->anchor_count = 0;
    for (size_t i = 0; i < h->anchor_count; i++) {
        if (is_selected(h, f, &h->anchors[i]))
            out->anchors[out->anchor_count++] = h->anchors[i];
    }
    if (f->why == NULL && out->anchor_count == 0)
        f->why = "holds no link";
    return f->why == NULL;
}

struct result_selected *select_results(const struct select *s, struct arena *a, size_t *n)
{
    struct result_selected *out = ARENA_ARRAY(a, struct result_selected, SELECT_FIELD_COUNT);
    *n = 0;
    for (int i = 0; s != NULL && i < SELECT_FIELD_COUNT; i++) {
        const struct field *f = &s->fields[i];
        if (f->used)
            out[(*n)++] = (struct result_selected){ span_of(select_field_names[i]), f->count, span_of(f->why) };
    }
    return out;
}
