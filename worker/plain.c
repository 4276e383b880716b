#include "worker/plain.h"

#include "common/text.h"
#include "worker/byline.h"
#include "worker/fields.h"
#include "worker/lines.h"
#include "worker/title.h"

#define TITLE_CHARS_MAX 120
#define HEAD_LINES      16 /* lines after the title that may be labels */

struct lines {
    struct span *line;
    size_t n, room;
};

/* One blank for each run of white space; the line itself when there is nothing to change. */
static struct span collapse(struct span s, struct arena *a)
{
    bool blank = false, change = false;
    for (const char *p = s.p, *end = s.p + s.n; p < end && !change;) {
        const char *from = p;
        bool space = text_is_space(text_next(&p, end));
        change = space && (blank || *from != ' ');
        blank = space;
    }
    if (!change)
        return s;
    char *out = arena_alloc(a, s.n + 1), *o = out;
    blank = false;
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        const char *from = p;
        if (text_is_space(text_next(&p, end))) {
            if (!blank)
                *o++ = ' ';
            blank = true;
            continue;
        }
        blank = false;
        memcpy(o, from, (size_t)(p - from));
        o += p - from;
    }
    return span_between(out, o);
}

static struct lines split(struct span text, struct arena *a)
{
    struct lines l = { 0 };
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        if (q == NULL)
            q = end;
        struct span s = text_trim(span_between(p, q));
        p = q < end ? q + 1 : end;
        if (s.n == 0)
            continue;
        if (l.n == l.room) {
            size_t room = l.room == 0 ? 256 : l.room * 2;
            l.line = arena_grow(a, l.line, l.room * sizeof(*l.line), room * sizeof(*l.line));
            l.room = room;
        }
        l.line[l.n++] = collapse(s, a);
    }
    return l;
}

static bool is_dash_line(struct span s)
{
    return span_starts(s, SPAN("——")) || span_starts(s, SPAN("──")) || span_starts(s, SPAN("--"));
}

static struct span without_dashes(struct span s)
{
    static const char *const dashes[] = { "—", "─", "-" };
    for (size_t i = 0; i < 3; i++) {
        while (span_starts(s, span_of(dashes[i]))) {
            s.p += strlen(dashes[i]);
            s.n -= strlen(dashes[i]);
        }
    }
    return text_trim(s);
}

static struct span join(const struct lines *l, size_t from, size_t to, struct arena *a)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += l->line[i].n + 1;
    char *out = arena_alloc(a, n + 1), *o = out;
    for (size_t i = from; i < to; i++) {
        if (line_kind(l->line[i]) == LINE_JUMP)
            continue;
        if (o > out)
            *o++ = '\n';
        memcpy(o, l->line[i].p, l->line[i].n);
        o += l->line[i].n;
    }
    return span_between(out, o);
}

bool plain_read(struct span text, const struct page_in *in, struct arena *a, struct article *art)
{
    struct lines l = split(text, a);
    struct fields f = { .a = a, .art = art };
    struct span column = { NULL, 0 }, title = column;
    size_t i = 0, end = l.n;
    while (i < end && i < HEAD_LINES && line_kind(l.line[i]) != LINE_TEXT) {
        if (line_kind(l.line[i]) == LINE_META)
            fields_line(&f, l.line[i]);
        i++;
    }
    if (i < end && line_chars(l.line[i]) <= TITLE_CHARS_MAX && !span_ends(l.line[i], SPAN("。"))) {
        title = l.line[i++];
        while (i < end && line_same(l.line[i], title))
            i++;
    }
    if (i < end && title.n > 0 && is_dash_line(l.line[i])) {
        struct span s = without_dashes(l.line[i]);
        if (line_chars(s) <= TITLE_CHARS_MAX) {
            art->f[ARTICLE_SUBTITLE] = s;
            i++;
        }
    }
    for (size_t head = 0; i < end && head < HEAD_LINES; i++, head++) {
        enum line_kind k = line_kind(l.line[i]);
        if (k == LINE_TEXT && !(title.n > 0 && line_same(l.line[i], title)))
            break;
        fields_line(&f, l.line[i]);
    }
    for (size_t k = i + (end - i) * 2 / 3; k < end; k++) { /* the last third may hold the site's footer */
        enum line_kind kind = line_chars(l.line[k]) > 400 ? LINE_TEXT : line_kind(l.line[k]);
        if (kind == LINE_AFTER || kind == LINE_COPYRIGHT || line_is_credit(l.line[k])) {
            end = k;
            break;
        }
    }
    while (end > i && line_kind(l.line[end - 1]) != LINE_TEXT && !line_is_signed_date(l.line[end - 1]))
        end--;
    struct when labelled = f.labelled, plain = f.plain;
    for (size_t k = end; k < l.n; k++) {
        fields_line(&f, l.line[k]);
        if (plain.year != 0)
            f.plain = plain;
    }
    if (labelled.year != 0)
        f.labelled = labelled;
    title = title.n > 0 ? title_clean(title, &column) : in->hint_title;
    art->f[ARTICLE_TITLE] = text_cut(title, article_fields[ARTICLE_TITLE].max_bytes);
    if (art->f[ARTICLE_COLUMN].n == 0)
        art->f[ARTICLE_COLUMN] = column;
    struct when none = { 0 };
    fields_settle(&f, &none, in);
    art->f[ARTICLE_TEXT] = text_cut(join(&l, i, end, a), article_fields[ARTICLE_TEXT].max_bytes);
    byline_read(a, art, art->f[ARTICLE_TEXT]);
    return art->f[ARTICLE_TEXT].n > 0;
}
