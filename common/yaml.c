#include "common/yaml.h"

#include <string.h>
#include <yaml.h>

struct builder {
    yaml_parser_t parser;
    const char *name;
    struct arena *arena;
    struct err *e;
    struct yaml *open[YAML_DEPTH_MAX]; /* the lists and maps not yet closed */
    int depth;
    struct yaml *root;
};

static int fail(struct builder *b, size_t line, const char *why)
{
    return err_set(b->e, "%s:%zu: %s", b->name, line + 1, why);
}

static int fail_parser(struct builder *b)
{
    const yaml_parser_t *p = &b->parser;
    size_t line = p->error == YAML_READER_ERROR ? p->mark.line : p->problem_mark.line;
    const char *problem = p->problem == NULL ? "cannot be read" : p->problem;
    return err_set(
        b->e,
        "%s:%zu: this is not YAML: %s%s%s; compare the indentation with the lines before, and use spaces, not tabs",
        b->name, line + 1, p->context == NULL ? "" : p->context, p->context == NULL ? "" : ", ", problem);
}

static struct yaml *add(struct builder *b, enum yaml_type type, const yaml_event_t *ev)
{
    struct yaml *y = ARENA_NEW(b->arena, struct yaml);
    y->type = type;
    y->line = (int)ev->start_mark.line + 1;
    if (b->depth == 0) {
        b->root = y;
        return y;
    }
    struct yaml *parent = b->open[b->depth - 1];
    if (parent->last == NULL)
        parent->first = y;
    else
        parent->last->next = y;
    parent->last = y;
    parent->n++;
    return y;
}

static int open_node(struct builder *b, enum yaml_type type, const yaml_event_t *ev)
{
    if (b->depth == YAML_DEPTH_MAX)
        return fail(b, ev->start_mark.line, "nested too deeply");
    struct yaml *y = add(b, type, ev);
    b->open[b->depth++] = y;
    return 0;
}

static int add_text(struct builder *b, const yaml_event_t *ev)
{
    struct yaml *y = add(b, YAML_TEXT, ev);
    struct span s = { (const char *)ev->data.scalar.value, ev->data.scalar.length };
    if (memchr(s.p, '\0', s.n) != NULL)
        return fail(b, ev->start_mark.line, "a value holds a NUL character");
    y->text = arena_span(b->arena, s).p;
    y->n = s.n;
    y->plain = ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return 0;
}

static const yaml_char_t *anchor_of(const yaml_event_t *ev)
{
    switch (ev->type) {
    case YAML_SCALAR_EVENT: return ev->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT: return ev->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT: return ev->data.mapping_start.anchor;
    default: return NULL;
    }
}

/* Takes one event. 1 at the end of the stream, -1 on a mistake. */
static int take(struct builder *b, const yaml_event_t *ev)
{
    if (anchor_of(ev) != NULL)
        return fail(b, ev->start_mark.line, "anchors (&name) are not understood; write the value out where it is used");
    switch (ev->type) {
    case YAML_ALIAS_EVENT:
        return fail(b, ev->start_mark.line,
                    "aliases (*name) are not understood; write the value out (in quotes, if it begins with *)");
    case YAML_DOCUMENT_START_EVENT:
        return b->root == NULL ? 0 : fail(b, ev->start_mark.line, "a second document begins here; keep one");
    case YAML_SCALAR_EVENT: return add_text(b, ev);
    case YAML_SEQUENCE_START_EVENT: return open_node(b, YAML_LIST, ev);
    case YAML_MAPPING_START_EVENT: return open_node(b, YAML_MAP, ev);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: b->depth--; return 0;
    case YAML_STREAM_END_EVENT: return 1;
    default: return 0;
    }
}

static int build(struct builder *b)
{
    for (int done = 0; done == 0;) {
        yaml_event_t ev;
        if (!yaml_parser_parse(&b->parser, &ev))
            return fail_parser(b);
        done = take(b, &ev);
        yaml_event_delete(&ev);
        if (done < 0)
            return -1;
    }
    return 0;
}

static bool is_nothing(const struct yaml *y)
{
    return y == NULL || (y->type == YAML_TEXT && y->n == 0);
}

struct yaml *yaml_read(const char *name, const char *bytes, size_t n, struct arena *a, struct err *e)
{
    struct builder b = { .name = name, .arena = a, .e = e };
    if (!yaml_parser_initialize(&b.parser)) {
        err_set(e, "%s: out of memory", name);
        return NULL;
    }
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)bytes, n);
    int rc = build(&b);
    yaml_parser_delete(&b.parser);
    if (rc < 0)
        return NULL;
    if (is_nothing(b.root)) {
        b.root = ARENA_NEW(a, struct yaml);
        *b.root = (struct yaml){ .type = YAML_MAP, .line = 1 };
    }
    return b.root;
}
