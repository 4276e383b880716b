#include "common/selector.h"

#include <ctype.h>

const char *const select_field_names[SELECT_FIELD_COUNT] = {
#define X(id, name, sample, meaning) name,
    SELECT_FIELDS(X)
#undef X
};

/* ---- reading a selector ------------------------------------------------------------------------------------------ */

struct reader {
    const char *begin, *p, *end;
    struct selector *out;
    struct arena *a;
    struct err *e;
};

static int wrong(struct reader *r, const char *why)
{
    return err_set(r->e, "%s (at character %zu)", why, (size_t)(r->p - r->begin) + 1);
}

static bool at(const struct reader *r, char c)
{
    return r->p < r->end && *r->p == c;
}

static bool take(struct reader *r, char c)
{
    if (!at(r, c))
        return false;
    r->p++;
    return true;
}

static bool skip_blanks(struct reader *r)
{
    const char *from = r->p;
    while (r->p < r->end && isspace((unsigned char)*r->p))
        r->p++;
    return r->p > from;
}

static struct span take_name(struct reader *r)
{
    const char *from = r->p;
    while (r->p < r->end &&
           (isalnum((unsigned char)*r->p) || *r->p == '-' || *r->p == '_' || (unsigned char)*r->p >= 0x80))
        r->p++;
    return span_between(from, r->p);
}

/* Names of elements and attributes are compared in lower case. */
static struct span take_lower(struct reader *r)
{
    struct span name = take_name(r);
    char *low = arena_alloc(r->a, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        low[i] = (char)tolower((unsigned char)name.p[i]);
    low[name.n] = '\0';
    return (struct span){ low, name.n };
}

static int add_test(struct reader *r, struct selector_part *part, struct selector_test test)
{
    if (r->out->test_count == SELECTOR_TESTS_MAX)
        return wrong(r, "too many classes, ids and attributes");
    r->out->tests[r->out->test_count++] = test;
    part->test_count++;
    return 0;
}

static int read_value(struct reader *r, struct span *out)
{
    char quote = at(r, '"') || at(r, '\'') ? *r->p : 0;
    if (quote == 0) {
        *out = take_name(r);
        return out->n > 0 ? 0 : wrong(r, "a value is missing here; one with other signs than letters wants quotes");
    }
    const char *close = memchr(r->p + 1, quote, (size_t)(r->end - r->p - 1));
    if (close == NULL)
        return wrong(r, "this quote is never closed");
    *out = span_between(r->p + 1, close);
    r->p = close + 1;
    return out->n > 0 ? 0 : wrong(r, "a value is missing in the quotes");
}

/* Behind the '['. */
static int read_attribute(struct reader *r, struct selector_part *part)
{
    static const struct {
        char sign;
        enum selector_compare compare;
    } signs[] = { { '~', HAS_WORD }, { '^', BEGINS_WITH }, { '$', ENDS_WITH }, { '*', HOLDS } };
    struct selector_test test = { HAS_ATTRIBUTE, { NULL, 0 }, { NULL, 0 } };
    skip_blanks(r);
    test.name = take_lower(r);
    if (test.name.n == 0)
        return wrong(r, "an attribute's name is missing behind '['");
    if (span_is(test.name, "style"))
        return wrong(r, "'style' cannot be asked for: styles are left out when a page is read");
    skip_blanks(r);
    if (!at(r, ']')) {
        test.compare = IS_VALUE;
        for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
            if (take(r, signs[i].sign)) {
                test.compare = signs[i].compare;
                break;
            }
        }
        if (!take(r, '='))
            return wrong(r, "one of = ~= ^= $= *= or ']' belongs here");
        skip_blanks(r);
        if (read_value(r, &test.value) < 0)
            return -1;
        skip_blanks(r);
    }
    if (!take(r, ']'))
        return wrong(r, "a ']' is missing");
    return add_test(r, part, test);
}

static int read_argument(struct reader *r, int *n)
{
    skip_blanks(r);
    for (*n = 0; r->p < r->end && isdigit((unsigned char)*r->p) && *n < 100000; r->p++)
        *n = *n * 10 + (*r->p - '0');
    skip_blanks(r);
    return *n >= 1 && take(r, ')') ? 0 : wrong(r, "a number from 1 and ')' belong here");
}

/* Behind the ':'. */
static int read_pseudo(struct reader *r, struct selector_part *part)
{
    const char *from = r->p;
    struct span name = take_lower(r);
    int n = 1;
    if (span_is(name, "nth-of-type") && take(r, '(')) {
        if (read_argument(r, &n) < 0)
            return -1;
    } else if (!span_is(name, "first-of-type")) {
        r->p = from;
        if (span_is(name, "nth-child") || span_is(name, "first-child"))
            return wrong(r, "children cannot be counted, since scripts are left out when a page is read; "
                            "write :nth-of-type(2)");
        return wrong(r, "only :first-of-type and :nth-of-type(2) are known");
    }
    if (part->type.n == 0)
        return wrong(r, "the element's name must stand before it: td:nth-of-type(2)");
    if (part->nth != 0 || r->out->nth_count == SELECTOR_NTH_MAX)
        return wrong(r, "too many of :nth-of-type");
    part->nth = n;
    part->counter = r->out->nth_count++;
    return 0;
}

/* Behind the '::'. */
static int read_attr(struct reader *r, struct selector_part *part)
{
    struct span name = take_lower(r);
    if (!span_is(name, "attr") || !take(r, '('))
        return wrong(r, "only ::attr(NAME) is known");
    part->attr = take_lower(r);
    return part->attr.n > 0 && take(r, ')') ? 0 : wrong(r, "an attribute's name and ')' belong here");
}

static int read_class_or_id(struct reader *r, struct selector_part *part, bool class)
{
    struct span value = take_name(r);
    if (value.n == 0)
        return wrong(r, class ? "a class is missing behind '.'" : "an id is missing behind '#'");
    return add_test(r, part,
                    class ? (struct selector_test){ HAS_WORD, SPAN("class"), value }
                          : (struct selector_test){ IS_VALUE, SPAN("id"), value });
}

/* div.con[lang]:nth-of-type(2) */
static int read_part(struct reader *r, enum selector_join join)
{
    if (r->out->part_count == SELECTOR_PARTS_MAX)
        return wrong(r, "too many elements in one selector");
    if (at(r, '/'))
        return wrong(r, "this is XPath; write a CSS selector, for example div.content > h1");
    const char *from = r->p;
    struct selector_part *part = &r->out->parts[r->out->part_count];
    *part = (struct selector_part){ .join = join, .tests = r->out->tests + r->out->test_count };
    bool any = take(r, '*');
    if (!any)
        part->type = take_lower(r);
    for (int rc = 0; rc == 0;) {
        if (take(r, '.') || take(r, '#'))
            rc = read_class_or_id(r, part, r->p[-1] == '.');
        else if (take(r, '['))
            rc = read_attribute(r, part);
        else if (r->end - r->p >= 2 && r->p[0] == ':' && r->p[1] == ':')
            break;
        else if (take(r, ':'))
            rc = read_pseudo(r, part);
        else
            break;
        if (rc < 0)
            return -1;
    }
    if (r->p == from)
        return wrong(r, r->p == r->end ? "an element is missing at the end" : "an element does not begin like this");
    r->out->part_count++;
    return 0;
}

static bool is_bare_tbody(const struct selector_part *part)
{
    return span_is(part->type, "tbody") && part->test_count == 0 && part->nth == 0;
}

/* <tbody> between two others is as if it were not there. */
static void drop_tbody(struct selector *s, int from)
{
    for (int i = from; i + 1 < s->part_count; i++) {
        struct selector_part *next = &s->parts[i + 1];
        if (!is_bare_tbody(&s->parts[i]) || (next->join != JOIN_CHILD && next->join != JOIN_INSIDE) ||
            s->parts[i].join == JOIN_NEXT || s->parts[i].join == JOIN_AFTER)
            continue;
        if (s->parts[i].join == JOIN_NONE || s->parts[i].join == JOIN_INSIDE)
            next->join = s->parts[i].join;
        memmove(&s->parts[i], next, (size_t)(s->part_count - i - 1) * sizeof(*next));
        s->part_count--;
        i--;
    }
}

static enum selector_join take_join(struct reader *r)
{
    bool blank = skip_blanks(r);
    enum selector_join join = take(r, '>')   ? JOIN_CHILD
                              : take(r, '+') ? JOIN_NEXT
                              : take(r, '~') ? JOIN_AFTER
                                             : JOIN_NONE;
    skip_blanks(r);
    if (join != JOIN_NONE)
        return join;
    return blank && r->p < r->end && *r->p != ',' && *r->p != ':' ? JOIN_INSIDE : JOIN_NONE;
}

static int read_alternative(struct reader *r)
{
    int from = r->out->part_count;
    enum selector_join join = JOIN_NONE;
    skip_blanks(r);
    do {
        if (read_part(r, join) < 0)
            return -1;
        join = r->p < r->end && *r->p == ':' ? JOIN_NONE : take_join(r);
    } while (join != JOIN_NONE);
    if (r->end - r->p >= 2 && r->p[0] == ':' && r->p[1] == ':') {
        r->p += 2;
        if (read_attr(r, &r->out->parts[r->out->part_count - 1]) < 0)
            return -1;
        skip_blanks(r);
    }
    drop_tbody(r->out, from);
    r->out->parts[r->out->part_count - 1].last = true;
    return 0;
}

struct selector *selector_compile(struct span text, struct arena *a, struct err *e)
{
    struct selector *s = arena_alloc(a, sizeof(*s));
    struct reader r = { text.p, text.p, text.p + text.n, s, a, e };
    s->part_count = s->test_count = s->nth_count = 0;
    if (text.n > SELECTOR_MAX_BYTES) {
        err_set(e, "longer than %d bytes", SELECTOR_MAX_BYTES);
        return NULL;
    }
    do {
        if (read_alternative(&r) < 0)
            return NULL;
    } while (take(&r, ','));
    if (r.p == r.end)
        return s;
    wrong(&r, at(&r, '\\') ? "'\\' is not known; write [id='…'] or [class~='…']" : "nothing here begins like this");
    return NULL;
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

static bool has_word(struct span all, struct span word)
{
    const char *p = all.p, *end = all.p + all.n;
    while (p < end) {
        while (p < end && isspace((unsigned char)*p))
            p++;
        const char *from = p;
        while (p < end && !isspace((unsigned char)*p))
            p++;
        if (span_eq(span_between(from, p), word))
            return true;
    }
    return false;
}

static bool passes(const struct selector_test *t, const char *const *attributes)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
        if (!span_is(t->name, attributes[0]))
            continue;
        struct span value = attributes[1] == NULL ? SPAN("") : span_of(attributes[1]);
        switch (t->compare) {
        case HAS_ATTRIBUTE: return true;
        case IS_VALUE: return span_eq(value, t->value);
        case HAS_WORD: return has_word(value, t->value);
        case BEGINS_WITH: return span_starts(value, t->value);
        case ENDS_WITH: return span_ends(value, t->value);
        case HOLDS: return span_has(value, t->value);
        }
    }
    return false;
}

bool selector_fits(const struct selector_part *part, const char *name, const char *const *attributes)
{
    if (part->type.n > 0 && !span_is(part->type, name))
        return false;
    for (int i = 0; i < part->test_count; i++) {
        if (!passes(&part->tests[i], attributes))
            return false;
    }
    return true;
}
