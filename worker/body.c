#include "worker/body.h"

#include <string.h>

#include "common/text.h"
#include "worker/lines.h"

#define HEAD_LINES   25   /* how far into the container its title and labels are looked for */
#define TAIL_LINES   1000 /* how far from its end the article's end is looked for */
#define FEW_WORDS    4    /* what hardly any paragraph weighs as little as */
#define HEAVY_WEIGHT 60   /* a line that is certainly text */

static bool only_link(const struct html *h, const struct html_line *l);

/* What stands below a headline that is a link: another article's first words. */
static bool is_teaser(const struct html *h, const struct html_line *l)
{
    const struct html_line *above = l - 1;
    return l > h->lines && l->links == 0 && above->chars >= 8 && only_link(h, above);
}

static int32_t line_weight(const struct html *h, const struct html_line *l, bool noisy)
{
    int32_t n = l->chars < 100000 ? (int32_t)l->chars : 100000;
    if ((l->hints & HINT_HIDDEN) || (!noisy && (l->hints & HINT_NOISE)))
        return 0;
    if (l->links * 2 > l->chars)
        return n < 40 ? -n : -40;
    if (is_teaser(h, l))
        return 0;
    if (l->marks > 0 && n >= 10)
        return n + 4 * (int32_t)(l->marks < 10000 ? l->marks : 10000) - (int32_t)l->links;
    if (n < 8 || l->han * 2 < l->chars)
        return 1;
    return line_is_footer(html_text(h, l->from, l->to)) ? 0 : n / 3;
}

static int32_t weight_of(const struct body *b, const struct html_node *n)
{
    return b->sum[n->line_end] - b->sum[n->line];
}

static void weigh(const struct html *h, struct body *b, bool noisy)
{
    b->sum[0] = 0;
    for (size_t i = 0; i < h->line_count; i++) {
        int32_t w = line_weight(h, &h->lines[i], noisy);
        b->sum[i + 1] = b->sum[i] > INT32_MAX / 2 ? b->sum[i] : b->sum[i] + w;
    }
}

/* The last, so the innermost, of the elements with the largest weight. */
static uint32_t heaviest(const struct html *h, const struct body *b, uint16_t hint)
{
    uint32_t best = 0;
    int32_t best_weight = INT32_MIN;
    for (uint32_t i = 0; i < h->node_count; i++) {
        const struct html_node *n = &h->nodes[i];
        if (hint != 0 && (!(n->hints & hint) || (n->hints & (HINT_HIDDEN | (b->noisy ? 0 : HINT_NOISE)))))
            continue;
        int32_t w = weight_of(b, n);
        if (w > best_weight || (w == best_weight && i < h->nodes[best].end)) {
            best = i;
            best_weight = w;
        }
    }
    return best_weight == INT32_MIN ? 0 : best;
}

/* The smallest element within `outer` that holds at least share (of 100) of the weight. */
static uint32_t narrow(const struct html *h, const struct body *b, uint32_t outer, int32_t weight, int share)
{
    uint32_t best = outer;
    for (uint32_t i = outer + 1; i < h->nodes[outer].end; i++) {
        const struct html_node *n = &h->nodes[i];
        if ((int64_t)weight_of(b, n) * 100 >= (int64_t)weight * share &&
            n->line_end - n->line <= h->nodes[best].line_end - h->nodes[best].line)
            best = i;
    }
    return best;
}

static void use(const struct html *h, struct body *b, uint32_t node)
{
    b->first = h->nodes[node].line;
    b->end = h->nodes[node].line_end;
    b->weight = weight_of(b, &h->nodes[node]);
}

/* A container that nothing but its weight speaks for: without what stands before the article, which weighs less than
 * nothing where it is navigation. */
static void use_from_lowest(const struct html *h, struct body *b, uint32_t node)
{
    use(h, b, node);
    int32_t most = 0;
    for (uint32_t i = b->first, low = b->first; i < b->end; i++) {
        if (b->sum[i] <= b->sum[low])
            low = i;
        if (b->sum[i + 1] - b->sum[low] > most) {
            most = b->sum[i + 1] - b->sum[low];
            b->first = low;
        }
    }
}

/* A container that a CMS itself calls the body is believed even when something else on the page is longer. */
static bool trusted(int32_t weight, int32_t best)
{
    return (int64_t)weight * 2 >= best || (weight >= HEAVY_WEIGHT / 2 && (int64_t)weight * 10 >= best);
}

void body_find(const struct html *h, struct arena *a, struct body *b)
{
    memset(b, 0, sizeof(*b));
    b->sum = arena_alloc(a, (h->line_count + 1) * sizeof(*b->sum));
    weigh(h, b, false);
    uint32_t best = heaviest(h, b, 0);
    int32_t weight = weight_of(b, &h->nodes[best]);
    if (weight < 10 * HEAVY_WEIGHT) { /* perhaps its container only bears such a name */
        b->noisy = true;
        weigh(h, b, true);
        uint32_t other = heaviest(h, b, 0);
        if (weight_of(b, &h->nodes[other]) > (weight < 2 * HEAVY_WEIGHT ? 3 : 6) * weight) {
            best = other;
            weight = weight_of(b, &h->nodes[best]);
        } else {
            b->noisy = false;
            weigh(h, b, false);
        }
    }
    if (h->content_end > h->content_start && h->content_end <= h->line_count &&
        trusted(b->sum[h->content_end] - b->sum[h->content_start], weight)) {
        b->first = h->content_start;
        b->end = h->content_end;
        b->weight = b->sum[b->end] - b->sum[b->first];
        return;
    }
    uint32_t family = heaviest(h, b, HINT_FAMILY);
    int32_t family_weight = family == 0 ? 0 : weight_of(b, &h->nodes[family]);
    if (trusted(family_weight, weight)) {
        use(h, b, narrow(h, b, family, family_weight, 90));
        return;
    }
    uint32_t strong = heaviest(h, b, HINT_STRONG), body = heaviest(h, b, HINT_BODY);
    int32_t strong_weight = strong == 0 ? 0 : weight_of(b, &h->nodes[strong]);
    int32_t body_weight = body == 0 ? 0 : weight_of(b, &h->nodes[body]);
    if (strong_weight > 0 && (int64_t)strong_weight * 3 >= weight)
        use(h, b, narrow(h, b, strong, strong_weight, 90));
    else if (body_weight > 0 && (int64_t)body_weight * 10 >= (int64_t)weight * 8)
        use(h, b, narrow(h, b, body, body_weight, 95));
    else
        use_from_lowest(h, b, narrow(h, b, best, weight, 95));
}

static struct span line_text(const struct html *h, uint32_t i)
{
    return html_text(h, h->lines[i].from, h->lines[i].to);
}

static bool skips(const struct body *b, const struct html_line *l)
{
    return (l->hints & HINT_HIDDEN) || (!b->noisy && (l->hints & HINT_NOISE));
}

/* An anchor and nothing else, short: navigation, unless it is the article's attachment. */
static bool only_link(const struct html *h, const struct html_line *l)
{
    if (l->links * 10 < l->chars * 9 || l->chars > 80 || l->marks > 1)
        return false;
    struct span s = html_text(h, l->from, l->to);
    return !span_has(s, SPAN("附件")) && !span_has(s, SPAN(".pdf")) && !span_has(s, SPAN(".doc")) &&
           !span_has(s, SPAN(".xls"));
}

static bool is_head(enum line_kind k)
{
    return k == LINE_META || k == LINE_TOOL || k == LINE_CRUMB;
}

/* The number in the last cell of a table's row of words and numbers. */
static bool closes_row(const struct html *h, uint32_t i)
{
    uint32_t node = h->lines[i].node, cells = 0;
    if (h->lines[i].han > 0 || h->lines[i].chars > 12)
        return false;
    for (int up = 0; up < 4 && node != 0 && h->nodes[node].tag != TAG_TR; up++) {
        cells += h->nodes[node].tag == TAG_TD;
        node = h->nodes[node].parent;
    }
    const struct html_node *row = &h->nodes[node];
    if (row->tag != TAG_TR || cells != 1 || row->line >= i)
        return false;
    struct span s = line_text(h, row->line);
    return h->lines[row->line].han > 0 && line_kind(s) == LINE_TEXT;
}

/* What heads another thing may stand before two thirds of the container's weight (comments of a short article), a
 * longer such line before half of it, other furniture only before the last third. */
static bool ends_article(const struct html_line *l, struct span s, int64_t rest, int64_t total)
{
    enum label label;
    enum line_kind k = line_kind(s);
    if (k == LINE_AFTER)
        return l->chars <= 12 || rest * 2 <= total;
    return rest * 3 <= total && (k == LINE_COPYRIGHT || (l->chars <= 40 && line_is_credit(s)) ||
                                 (l->chars <= 6 && line_is_label(s, &label)));
}

void body_trim(const struct html *h, struct span title, struct body *b)
{
    uint32_t from = b->first, to = b->end, limit = b->end;
    int32_t text = 0;
    if (limit - from > HEAD_LINES)
        limit = from + HEAD_LINES;
    bool solid = true, was_title = false; /* solid: nothing but furniture so far */
    for (uint32_t i = b->first; i < limit; i++) {
        const struct html_line *l = &h->lines[i];
        struct span s = line_text(h, i);
        bool same = title.n > 0 && l->chars < 200 &&
                    (line_same(s, title) ||
                     (l->chars > (was_title ? 2 : 8) && line_chars(title) > l->chars && solid && line_holds(title, s)));
        was_title = same;
        enum line_kind k = same ? LINE_META : line_kind(s);
        if (skips(b, l) || is_head(k) || k == LINE_JUMP || (solid && (only_link(h, l) || k == LINE_COPYRIGHT))) {
            if (solid || (text <= HEAVY_WEIGHT && (same || k == LINE_META || k == LINE_CRUMB)) ||
                (text <= FEW_WORDS && k == LINE_TOOL && l->han > 0))
                from = i + 1;
            continue;
        }
        solid = false;
        text += b->sum[i + 1] - b->sum[i];
        if (text > 2 * HEAVY_WEIGHT)
            break;
    }
    int32_t total = b->sum[to] - b->sum[from];
    for (uint32_t i = to - from > TAIL_LINES ? to - TAIL_LINES : from; i < to; i++) {
        const struct html_line *l = &h->lines[i];
        int64_t rest = b->sum[to] - b->sum[i];
        if (l->chars > 400 || skips(b, l) || rest * 3 > total * 2)
            continue;
        struct span s = line_text(h, i);
        if (l->chars > 60 && l->marks >= 2 && !line_is_disclaimer(s))
            continue;
        if (ends_article(l, s, rest, total)) {
            to = i;
            break;
        }
    }
    while (to > from && !closes_row(h, to - 1)) {
        const struct html_line *l = &h->lines[to - 1];
        struct span s = line_text(h, to - 1);
        enum line_kind k = skips(b, l) || only_link(h, l) ? LINE_TOOL : l->chars > 400 ? LINE_TEXT : line_kind(s);
        if (k == LINE_TEXT || (k == LINE_META && line_is_signed_date(s)))
            break;
        to--;
    }
    b->from = from;
    b->to = to;
    b->chars = b->marks = 0;
    for (uint32_t i = from; i < to; i++) {
        if (!skips(b, &h->lines[i])) {
            b->chars += h->lines[i].chars;
            b->marks += h->lines[i].marks;
        }
    }
}

struct span body_text(const struct html *h, const struct body *b, struct arena *a)
{
    if (b->from >= b->to)
        return (struct span){ NULL, 0 };
    size_t room = h->lines[b->to - 1].to - h->lines[b->from].from + 2;
    char *out = arena_alloc(a, room), *o = out;
    for (uint32_t i = b->from; i < b->to; i++) {
        const struct html_line *l = &h->lines[i];
        struct span s = line_text(h, i);
        if (skips(b, l) || only_link(h, l))
            continue;
        if (l->chars <= 40) {
            enum line_kind k = line_kind(s);
            if ((k == LINE_TOOL && l->han > 0) || k == LINE_JUMP || k == LINE_COPYRIGHT)
                continue;
        }
        if (o > out)
            *o++ = '\n';
        memcpy(o, s.p, s.n);
        o += s.n;
    }
    return span_between(out, o);
}
