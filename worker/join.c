#include "worker/join.h"

#include "common/text.h"
#include "worker/document.h"
#include "worker/lines.h"

#define SAME_LINES_MAX   8  /* of a page that may stand on the page before as well */
#define OVERLAP_MIN      12 /* characters of a line that stands at the end of a page and at the beginning of the next */
#define SAMPLE_LINES     40
#define SAMPLE_BYTES     60
#define WIDE_COLON       "\xef\xbc\x9a"
#define ATTACHMENT_LABEL "\xe9\x99\x84\xe4\xbb\xb6" /* 附件 */

struct joined {
    struct arena *a;
    char *text;
    size_t n, room;
    struct span first;         /* the first page's text */
    struct result_need *needs; /* from and to are bytes until the end */
    size_t need_count;
};

static struct span text_of(const struct joined *j)
{
    return (struct span){ j->text, j->n };
}

static void put(struct joined *j, struct span s)
{
    if (s.n == 0)
        return;
    if (j->n + s.n > j->room) {
        size_t room = (j->n + s.n) * 2;
        j->text = arena_grow(j->a, j->text, j->n, room);
        j->room = room;
    }
    memcpy(j->text + j->n, s.p, s.n);
    j->n += s.n;
}

static bool has_room(const struct joined *j, size_t bytes)
{
    return j->n + bytes + 1 <= article_fields[ARTICLE_TEXT].max_bytes;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static struct span first_line(struct span s)
{
    const char *q = s.n > 0 ? memchr(s.p, '\n', s.n) : NULL;
    return q == NULL ? s : span_between(s.p, q);
}

static struct span last_line(struct span s)
{
    const char *q = s.n > 0 ? memrchr(s.p, '\n', s.n) : NULL;
    return q == NULL ? s : span_between(q + 1, s.p + s.n);
}

static struct span without_first(struct span s)
{
    struct span line = first_line(s);
    return line.n == s.n ? (struct span){ s.p + s.n, 0 } : span_between(line.p + line.n + 1, s.p + s.n);
}

static struct span without_last(struct span s)
{
    struct span line = last_line(s);
    return line.n == s.n ? (struct span){ s.p, 0 } : span_between(s.p, line.p - 1);
}

/* The lines at the head of a further page that head the first one too: its title, its summary. */
static struct span drop_head(struct span page, struct span first)
{
    for (int i = 0; i < SAME_LINES_MAX && page.n > 0 && first.n > 0; i++) {
        if (!line_same(first_line(page), first_line(first)))
            break;
        page = without_first(page);
        first = without_first(first);
    }
    return page;
}

/* The lines at the head of a further page that ended the one before. */
static struct span drop_overlap(struct span page, struct span before)
{
    struct span tail = before, head = page;
    size_t lines = 0;
    for (; lines < SAME_LINES_MAX && tail.n > 0; lines++) { /* where page's first line stands among the last ones */
        struct span line = last_line(tail);
        tail = without_last(tail);
        if (line_chars(line) >= OVERLAP_MIN && line_same(line, first_line(page)))
            break;
    }
    if (lines == SAME_LINES_MAX || tail.n == before.n)
        return page;
    struct span rest = { tail.p + tail.n, before.n - tail.n };
    rest = text_trim(rest);
    for (; rest.n > 0; rest = without_first(rest), head = without_first(head)) {
        if (!line_same(first_line(rest), first_line(head)))
            return page;
    }
    return head;
}

/* The lines that end this page and the one before stay on the last page only: a credit, a signature. */
static void drop_tail(struct joined *j, struct span page)
{
    struct span before = text_of(j);
    for (int i = 0; i < SAME_LINES_MAX && page.n > 0 && before.n > 0; i++) {
        if (!line_same(last_line(page), last_line(before)))
            break;
        page = without_last(page);
        before = without_last(before);
    }
    if (before.n == 0) /* nothing would be left: these are no repeated last lines */
        return;
    j->n = before.n;
    for (size_t i = 0; i < j->need_count; i++) {
        struct result_need *need = &j->needs[i];
        if (need->to <= j->n)
            continue;
        need->to = (uint32_t)j->n;
        if (need->from >= need->to)
            need->why = SPAN("a later page repeats it");
    }
}

/* ---- parts ------------------------------------------------------------------------------------------------------- */

static void add_text(struct joined *j, struct result_need *need, struct span label, struct span text)
{
    if (!has_room(j, label.n + text.n + 2)) {
        need->why = SPAN("the article would be too long with it");
        return;
    }
    if (j->n > 0)
        put(j, SPAN("\n"));
    need->from = (uint32_t)j->n;
    if (label.n > 0) {
        put(j, label);
        put(j, SPAN("\n"));
    }
    put(j, text);
    need->to = (uint32_t)j->n;
}

static void add_page(struct joined *j, struct result_need *need, struct span text)
{
    struct span last = text_of(j), rest = drop_head(text, j->first);
    if (rest.n == 0 || span_has(last, text)) {
        need->why = SPAN("it repeats what stands before");
        return;
    }
    rest = drop_overlap(rest, last);
    if (rest.n == 0) {
        need->why = SPAN("it repeats what stands before");
        return;
    }
    drop_tail(j, rest);
    add_text(j, need, (struct span){ NULL, 0 }, rest);
}

static void read_page(struct joined *j, struct page_reader *reader, struct page_in *in, struct needs *all,
                      struct result_need *need)
{
    struct page_out page;
    in->role = ROLE_ARTICLE;
    in->part = true;
    page_read(reader, in, j->a, &page);
    if (page.class != CLASS_ARTICLE || page.article == NULL || page.article->f[ARTICLE_TEXT].n == 0) {
        need->why = page.reason.n > 0 ? page.reason : SPAN("no text");
        return;
    }
    add_page(j, need, page.article->f[ARTICLE_TEXT]);
    if (page.needs != NULL)
        needs_merge(all, page.needs);
}

/* At most SAMPLE_BYTES of the line from this byte on, whole characters. */
static struct span piece(struct span line, size_t from)
{
    while (from < line.n && ((unsigned char)line.p[from] & 0xc0) == 0x80)
        from++;
    return text_cut((struct span){ line.p + from, line.n - from }, SAMPLE_BYTES);
}

/* Its beginning, its middle and its end stand there. */
static bool holds_line(struct span text, struct span line)
{
    size_t last = line.n > SAMPLE_BYTES ? line.n - SAMPLE_BYTES : 0;
    return span_has(text, piece(line, 0)) && span_has(text, piece(line, last / 2)) && span_has(text, piece(line, last));
}

/* The article is often put beside itself as a document: what counts once is not said twice. A sample of its long lines
 * is looked for. */
static bool says_the_same(struct span attachment, struct span before)
{
    size_t lines = 0, found = 0;
    for (struct span rest = attachment; rest.n > 0 && lines < SAMPLE_LINES; rest = without_first(rest)) {
        struct span line = text_trim(first_line(rest));
        if (line_chars(line) < OVERLAP_MIN)
            continue;
        lines++;
        found += holds_line(before, line);
    }
    return lines > 0 && found * 10 >= lines * 8;
}

static void read_attachment(struct joined *j, struct span bytes, struct result_need *need)
{
    struct document d;
    document_read(bytes, j->a, &d);
    need->why = d.why;
    if (d.text.n == 0)
        return;
    if (says_the_same(d.text, text_of(j))) {
        need->why = SPAN("it repeats what stands before");
        return;
    }
    bool labelled = span_starts(need->name, SPAN(ATTACHMENT_LABEL));
    struct span label = arena_printf(j->a, "%s%.*s", labelled ? "" : ATTACHMENT_LABEL WIDE_COLON, SPAN_FMT(need->name));
    add_text(j, need, label, d.text);
}

/* Bytes become characters, in one walk: the parts stand in the order of the text. */
static void count_characters(struct joined *j)
{
    size_t byte = 0, chars = 0;
    for (size_t i = 0; i < j->need_count; i++) {
        struct result_need *n = &j->needs[i];
        if (n->to <= n->from) {
            n->from = n->to = 0;
            continue;
        }
        uint32_t *const ends[] = { &n->from, &n->to };
        for (int k = 0; k < 2; k++) {
            chars += text_count((struct span){ j->text + byte, *ends[k] - byte });
            byte = *ends[k];
            *ends[k] = (uint32_t)chars;
        }
    }
}

static struct span fetch(const struct join_parts *parts, struct span url, struct page_in *page)
{
    return parts->fetch == NULL ? (struct span){ NULL, 0 } : parts->fetch(parts->ctx, url, page);
}

static bool is_left_out(const struct page_in *part, struct result_need *need)
{
    if (part->bytes.n == 0)
        need->why = SPAN("it is empty, or all that belongs to the article is too large together");
    return part->bytes.n == 0;
}

/* The pages by their number, also those that only a further page names. */
static void join_pages(struct joined *j, struct page_reader *reader, const struct page_in *in,
                       const struct join_parts *parts, struct needs *all)
{
    for (int i = 1; i <= NEEDS_NUMBER_MAX && j->need_count < RESULT_PAGES_MAX; i++) {
        if (all->pages[i].n == 0 || i == all->own)
            continue;
        struct page_in part = *in;
        struct result_need *need = &j->needs[j->need_count++];
        *need = (struct result_need){ .kind = NEED_PAGE, .url = all->pages[i] };
        part.bytes = fetch(parts, need->url, &part);
        if (part.bytes.p != NULL && !is_left_out(&part, need))
            read_page(j, reader, &part, all, need);
    }
}

static void join_attachments(struct joined *j, const struct page_in *in, const struct join_parts *parts,
                             const struct needs *all)
{
    size_t read = 0;
    for (size_t i = 0; i < all->other_count && j->need_count < RESULT_NEEDS_MAX; i++) {
        struct page_in part = *in;
        struct result_need *need = &j->needs[j->need_count++];
        *need = all->others[i];
        if (need->kind == NEED_ATTACHMENT && ++read > RESULT_ATTACHMENTS_MAX)
            need->kind = NEED_LISTED;
        if (need->kind == NEED_LISTED)
            continue;
        part.bytes = fetch(parts, need->url, &part);
        if (part.bytes.p != NULL && parts->has_time != NULL && !parts->has_time(parts->ctx))
            need->why = SPAN("no time was left for it");
        else if (part.bytes.p != NULL && !is_left_out(&part, need))
            read_attachment(j, part.bytes, need);
    }
}

size_t join(struct page_reader *reader, const struct page_in *in, const struct join_parts *parts, struct arena *a,
            struct page_out *page, struct result_need **needs)
{
    *needs = NULL;
    if (page->article == NULL || page->needs == NULL)
        return 0;
    struct joined j = { .a = a, .first = page->article->f[ARTICLE_TEXT] };
    j.needs = *needs = ARENA_ARRAY(a, struct result_need, RESULT_NEEDS_MAX);
    put(&j, j.first);
    join_pages(&j, reader, in, parts, page->needs);
    join_attachments(&j, in, parts, page->needs);
    count_characters(&j);
    page->article->f[ARTICLE_TEXT] = text_of(&j);
    return j.need_count;
}
