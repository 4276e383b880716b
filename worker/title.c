#include "worker/title.h"

#include <ctype.h>
#include <string.h>

#include "common/text.h"
#include "worker/lines.h"
#include "worker/when.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define COLUMN_CHARS_MAX 6

static struct span after_prefix(struct span s, size_t n)
{
    return (struct span){ s.p + n, s.n - n };
}

struct span title_clean(struct span title, struct span *column)
{
    static const char *const bars[] = { "|", "｜", "丨", "∣", "︱" };
    title = text_trim(title);
    for (size_t i = 0; i < COUNT(bars); i++) {
        const char *p = span_find(title, span_of(bars[i]));
        if (p == NULL)
            continue;
        struct span left = text_trim(span_between(title.p, p)),
                    right = text_trim(after_prefix(title, (size_t)(p - title.p) + strlen(bars[i])));
        size_t l = line_chars(left), r = line_chars(right);
        if (l >= 2 && l <= 16 && r >= 6 && r >= l / 2) {
            if (column->n == 0)
                *column = left;
            title = right;
        }
        break;
    }
    size_t chars = text_count(title);
    if (chars >= 8) { /* "AA", "A A" */
        size_t half = text_offset(title, chars / 2);
        struct span a = text_trim((struct span){ title.p, half }), b = text_trim(after_prefix(title, half));
        if (line_same(a, b))
            title = a;
    }
    return title;
}

bool title_is_site(struct span s)
{
    static const char *const ends[] = { "网",   "网站", "门户",     "人大", "委员会", "人大网", "常委会", "政府",
                                        "频道", "新闻", "首页",     "中心", "之窗",   "在线",   "日报",   "晚报",
                                        "专栏", "栏目", "门户网站", "官网", "News",   "Paper" };
    if (line_chars(s) > 24)
        return false;
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (span_ends(s, span_of(ends[i])))
            return true;
    }
    return false;
}

/* Length of the separator that stands at p between the parts of a <title>; 0 when there is none. */
static size_t title_separator(const char *begin, const char *p, const char *end)
{
    static const char *const signs[] = { "--", "_", "|", "｜", "::", ">>", "»", "－", "—", "–", "-", "<" };
    for (size_t i = 0; i < COUNT(signs); i++) {
        size_t n = strlen(signs[i]);
        if ((size_t)(end - p) < n || memcmp(p, signs[i], n) != 0)
            continue;
        if (*p == '-' && n == 1) {
            bool inside = p > begin && p + 1 < end && isalnum((unsigned char)p[-1]) && isalnum((unsigned char)p[1]);
            return inside ? 0 : n;
        }
        if (strcmp(signs[i], "—") == 0 && ((size_t)(end - p) >= 6 && memcmp(p + 3, "—", 3) == 0))
            return 0;
        if (strcmp(signs[i], "—") == 0 && p - begin >= 3 && memcmp(p - 3, "—", 3) == 0)
            return 0;
        return n;
    }
    return 0;
}

struct span title_part(struct span title)
{
    struct span parts[16];
    size_t n = 0;
    const char *from = title.p, *end = title.p + title.n;
    for (const char *p = from; p < end && n < COUNT(parts) - 1;) {
        size_t k = title_separator(title.p, p, end);
        if (k == 0) {
            text_next(&p, end);
            continue;
        }
        parts[n++] = text_trim(span_between(from, p));
        p += k;
        from = p;
    }
    parts[n++] = text_trim(span_between(from, end));
    for (size_t i = 0; i < n; i++) {
        if (line_chars(parts[i]) >= 4 && !title_is_site(parts[i]))
            return parts[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (line_chars(parts[i]) >= 4 && n > 1)
            return parts[i];
    }
    return title;
}

/* One line of text for an element: its lines joined by a blank. */
static struct span node_text(const struct html *h, const struct html_node *n, struct arena *a)
{
    struct span s = text_trim(html_text(h, n->text, n->text_end));
    if (s.n == 0 || memchr(s.p, '\n', s.n) == NULL)
        return s;
    const char *dash = span_find(s, SPAN("\n——"));
    if (dash != NULL) /* a subtitle */
        s = span_between(s.p, dash);
    char *p = (char *)arena_span(a, s).p;
    for (size_t i = 0; i < s.n; i++) {
        if (p[i] == '\n')
            p[i] = ' ';
    }
    return (struct span){ p, s.n };
}

bool title_is_cut(struct span s)
{
    return span_ends(s, SPAN("…")) || span_ends(s, SPAN("..."));
}

bool title_is_column(const struct html *h, struct span s)
{
    if (line_chars(s) > COLUMN_CHARS_MAX)
        return false;
    for (size_t i = 0; i < h->anchor_count; i++) {
        if (span_eq(text_trim(html_text(h, h->anchors[i].from, h->anchors[i].to)), s))
            return true;
    }
    return false;
}

struct candidate {
    struct span text;
    int score;
    uint32_t line;
};

static void consider(struct candidate *best, struct span text, int score, uint32_t line)
{
    if (score > best->score)
        *best = (struct candidate){ text, score, line };
}

static bool is_heading(const struct html_node *n)
{
    return n->tag == TAG_H1 || n->tag == TAG_H2 || n->tag == TAG_H3 || n->tag == TAG_H4 || n->tag == TAG_H5;
}

#define TITLE_BYTES_MAX 1024

/* What <title> says: as a whole, without site and column, and that without a final "…"; all as line_form() has it. */
struct head {
    struct span whole, part, stem;
    size_t chars, part_chars, stem_chars;
    bool cut, site; /* site: it names one, and no article */
};

static struct head read_head(struct span title, struct arena *a)
{
    struct span part = title.n > 0 ? title_part(title) : title, stem = part;
    while (span_ends(stem, SPAN(".")) || span_ends(stem, SPAN("…")))
        stem.n -= stem.p[stem.n - 1] == '.' ? 1 : 3;
    return (struct head){
        .whole = line_form(title, arena_alloc(a, title.n + 1)),
        .part = line_form(part, arena_alloc(a, part.n + 1)),
        .stem = line_form(stem, arena_alloc(a, stem.n + 1)),
        .chars = line_chars(title),
        .part_chars = line_chars(part),
        .stem_chars = line_chars(stem),
        .cut = title_is_cut(part),
        .site = title_is_site(part),
    };
}

/* What the elements around a text say of its being the title. */
static int place_score(const struct html *h, uint32_t node)
{
    int score = 0;
    for (int up = 0; up < 3; up++) {
        const struct html_node *n = &h->nodes[node];
        if (is_heading(n))
            score += n->tag == TAG_H1 ? 30 : n->tag == TAG_H2 ? 22 : n->tag == TAG_H5 ? 12 : 14;
        if (up < 2 && (n->hints & HINT_TITLE))
            score += up == 0 ? 14 : 8;
        if (node == 0 || is_heading(n))
            break;
        node = n->parent;
    }
    return h->nodes[node].hints & (HINT_CRUMB | HINT_HIDDEN) ? score - 40 : score;
}

/* How a text of so many characters that stands before (or at the head of) the body answers to being the title. */
static int title_score(const struct html *h, struct span s, size_t chars, const struct head *head, uint32_t node)
{
    char room[TITLE_BYTES_MAX];
    if (chars < 4 || chars > 150 || s.n > sizeof(room) || span_starts(s, SPAN("——")))
        return 0;
    int score = place_score(h, node);
    if (head->whole.n > 0) {
        struct span form = line_form(s, room);
        bool same = span_eq(form, head->part);
        if (same)
            score += 80;
        else if (form.n <= head->whole.n && span_has(head->whole, form))
            score += chars * 10 >= head->part_chars * 5 ? 50 + (int)chars : 0;
        else if (form.n >= head->stem.n && head->stem_chars >= 6 && !head->site && span_has(form, head->stem))
            score += head->cut ? 120 : score > 0 ? 70 : 20; /* a cut one confirms the whole, not its first line */
        else if (score > 0)
            score -= 4;
        if (!same && score > 0 && title_is_site(s))
            score = place_score(h, node) > 0 ? score - 40 : 0;
    }
    if (score > 0 && score < 50) /* no word in <title>: a column's heading is short */
        score += chars < 6 ? -8 : chars > 10 ? 4 : 0;
    return score;
}

/* What a candidate loses for each line between it and the body; more when <title> does not confirm it. */
static int distance(const struct body *b, uint32_t line, int score)
{
    uint32_t lines = b->first > line ? b->first - line : 0;
    return (int)(score >= 50 ? lines / 8 : lines > 40 ? 20 : lines / 2);
}

struct span title_find(const struct html *h, const struct body *b, struct arena *a, struct span title, uint32_t *at)
{
    struct candidate best = { .score = 9 };
    struct head whole = read_head(title, a), *head = &whole;
    uint32_t end = b->first, limit = b->end < b->first + 25 ? b->end : b->first + 25;
    int32_t text = 0;
    while (end < limit && text < 120) { /* the head of the container */
        text += b->sum[end + 1] - b->sum[end];
        end++;
    }
    for (uint32_t i = 1; i < h->node_count; i++) {
        const struct html_node *n = &h->nodes[i];
        if (n->line >= end)
            break;
        if (n->text_end - n->text > 600 || n->line_end <= n->line || n->line_end - n->line > 3 ||
            (n->hints & HINT_HIDDEN) || !(is_heading(n) || (n->hints & HINT_TITLE)))
            continue;
        struct span s = node_text(h, n, a);
        int score = title_score(h, s, line_chars(s), head, i);
        if (score > 9 && line_kind(s) != LINE_TEXT)
            score -= 40;
        consider(&best, s, score - distance(b, n->line, score), n->line);
    }
    for (uint32_t i = 0; i < end; i++) {
        const struct html_line *l = &h->lines[i];
        if (l->chars < 4 || l->chars > 150 || (l->hints & HINT_HIDDEN))
            continue;
        struct span s = html_text(h, l->from, l->to);
        int score = title_score(h, s, l->chars, head, l->node);
        struct labelled label;
        if (i > 0 && h->lines[i - 1].chars <= 6 &&
            line_labels(html_text(h, h->lines[i - 1].from, h->lines[i - 1].to), &label, 1) == 1 &&
            label.label == LABEL_TITLE && label.value.n == 0)
            score += 60;
        if (score > 9 && line_kind(s) != LINE_TEXT)
            score -= 40;
        if (l->links * 2 > l->chars)
            score -= 30;
        consider(&best, s, score - distance(b, i, score), i);
    }
    *at = best.text.n > 0 ? best.line : UINT32_MAX;
    return best.text;
}

/* A title that only stands where titles stand: above labels at the body's head, or the last line of text above the
 * labels and the body. */
struct span title_by_place(const struct html *h, struct body *b, uint32_t *at)
{
    body_trim(h, (struct span){ NULL, 0 }, b);
    if (b->from + 1 < b->to) {
        const struct html_line *l = &h->lines[b->from], *next = l + 1;
        struct span s = html_text(h, l->from, l->to), below = html_text(h, next->from, next->to);
        struct when w;
        if (l->chars >= 5 && l->chars <= 60 && !span_has(s, SPAN("。")) && line_kind(below) != LINE_TEXT &&
            (line_kind(below) == LINE_META || (when_find(below, &w, NULL) && w.day > 0))) {
            *at = b->from;
            return s;
        }
    }
    for (uint32_t i = b->from, looked = 0; i > 0 && looked < 12; i--, looked++) {
        const struct html_line *l = &h->lines[i - 1];
        struct span s = html_text(h, l->from, l->to);
        if (l->hints & (HINT_HIDDEN | HINT_CRUMB) || l->chars < 5 || l->chars > 80 || l->links * 2 > l->chars ||
            span_has(s, SPAN("。")) || line_kind(s) != LINE_TEXT || title_is_site(s))
            continue;
        *at = i - 1;
        return s;
    }
    return (struct span){ NULL, 0 };
}
