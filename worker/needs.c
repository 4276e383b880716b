#include "worker/needs.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "common/text.h"
#include "worker/lines.h"
#include "worker/url.h"

#define COUNT(a)         (sizeof(a) / sizeof((a)[0]))
#define NUMBER_BYTES_MAX 12 /* 【12】 */
#define WORD_BYTES_MAX   24 /* of a pager's link */
#define EXT_BYTES_MAX    5
#define LABEL_CHARS_MAX  12   /* of 相关附件 and the like; a sentence that speaks of an 附件 is longer */
#define LABEL_BYTES_MAX  2048 /* looked at before a link of the same line */
#define LABEL_LINES_MAX  20   /* from a label to the last of its links */
#define TOTAL_PAGES_MAX  100

/* ---- addresses of one series ------------------------------------------------------------------------------------- */

/* A way to see a page number in an address. */
enum place { PLACE_NONE, PLACE_FILE, PLACE_QUERY, PLACE_FOLDER, PLACE_COUNT };

struct numbered {
    bool is;          /* the address can be seen so */
    struct span base; /* the address without its number; what two pages of an article have in common */
    int number;       /* 0: none */
};

struct address {
    struct span url;
    struct numbered as[PLACE_COUNT];
};

/* One or two digits at the end of s. */
static bool take_number(struct span *s, int *number)
{
    size_t n = 0;
    while (n < s->n && n < 3 && isdigit((unsigned char)s->p[s->n - 1 - n]))
        n++;
    if (n == 0 || n > 2)
        return false;
    *number = 0;
    for (size_t i = s->n - n; i < s->n; i++)
        *number = *number * 10 + (s->p[i] - '0');
    s->n -= n;
    return true;
}

static void split_file(struct span file, struct span *stem, struct span *ext)
{
    const char *dot = file.n > 0 ? memrchr(file.p, '.', file.n) : NULL;
    *stem = dot == NULL ? file : span_between(file.p, dot);
    *ext = dot == NULL ? (struct span){ file.p + file.n, 0 } : span_between(dot, file.p + file.n);
}

/* name_2.html, name-2.html: the base is name.html. */
static void see_file(struct address *ad, const struct url *u, struct arena *a)
{
    struct span file = url_file(u), stem, ext;
    struct numbered *as = &ad->as[PLACE_FILE];
    split_file(file, &stem, &ext);
    if (!take_number(&stem, &as->number) || stem.n < 2 || strchr("_-", stem.p[stem.n - 1]) == NULL)
        return;
    stem.n--;
    as->is = true;
    as->base = arena_printf(a, "%.*s%.*s%.*s", SPAN_FMT(span_between(ad->url.p, stem.p + stem.n)), SPAN_FMT(ext),
                            SPAN_FMT(u->query));
}

/* name/2.html, name/2/, name/2: the base is name.html, name/ or name. */
static void see_folder(struct address *ad, const struct url *u, struct arena *a)
{
    struct numbered *as = &ad->as[PLACE_FOLDER];
    struct span path = span_between(ad->url.p, u->path.p + u->path.n), stem, ext;
    if (span_ends(path, SPAN("/")))
        path.n--;
    const char *slash = memrchr(path.p, '/', path.n);
    if (slash == NULL)
        return;
    split_file(span_between(slash + 1, path.p + path.n), &stem, &ext);
    if (!take_number(&stem, &as->number) || stem.n > 0)
        return;
    as->is = true;
    as->base =
        arena_printf(a, "%.*s%.*s%.*s", SPAN_FMT(span_between(ad->url.p, slash)), SPAN_FMT(ext), SPAN_FMT(u->query));
}

/* ?id=7&page=2: the base is ?id=7. */
static void see_query(struct address *ad, const struct url *u, struct arena *a)
{
    static const char *const keys[] = { "page",    "p",          "pn",        "pageno",  "pageindex",
                                        "page_no", "pagenum",    "pageid",    "curpage", "currentpage",
                                        "cpage",   "pageNumber", "pagenumber" };
    struct numbered *as = &ad->as[PLACE_QUERY];
    const char *end = u->query.p + u->query.n;
    for (const char *p = u->query.p; p < end;) {
        const char *pair = p + 1, *stop = memchr(pair, '&', (size_t)(end - pair));
        stop = stop == NULL ? end : stop;
        const char *eq = memchr(pair, '=', (size_t)(stop - pair));
        struct span value = eq == NULL ? (struct span){ pair, 0 } : span_between(eq + 1, stop);
        for (size_t k = 0; k < COUNT(keys) && eq != NULL; k++) {
            struct span rest = value;
            if (strlen(keys[k]) != (size_t)(eq - pair) || strncasecmp(pair, keys[k], (size_t)(eq - pair)) != 0 ||
                !take_number(&rest, &as->number) || rest.n > 0)
                continue;
            struct span before = span_between(ad->url.p, p), after = span_between(stop, end);
            bool first = p == u->query.p && after.n > 0; /* ?page=2&id=7: the base is ?id=7 */
            as->is = true;
            as->base = arena_printf(a, "%.*s%s%.*s", SPAN_FMT(before), first ? "?" : "",
                                    SPAN_FMT(first ? span_between(after.p + 1, end) : after));
            return;
        }
        p = stop;
    }
}

static bool see(struct address *ad, struct span url, struct arena *a)
{
    struct url u;
    *ad = (struct address){ .url = url };
    if (!url_split(url, &u))
        return false;
    ad->as[PLACE_NONE] = (struct numbered){ true, url, 0 };
    see_file(ad, &u, a);
    see_folder(ad, &u, a);
    see_query(ad, &u, a);
    return true;
}

static struct span without_slash(struct span s)
{
    return span_ends(s, SPAN("/")) ? (struct span){ s.p, s.n - 1 } : s;
}

static bool same_base(struct span x, struct span y)
{
    return span_eq(without_slash(x), without_slash(y));
}

/* The numbers of two addresses of one series; false when they are none. */
static bool in_series(const struct address *own, const struct address *other, int *own_number, int *number)
{
    for (int k = PLACE_FILE; k < PLACE_COUNT; k++) {
        const struct numbered *x = &own->as[k], *y = &other->as[k];
        bool found = true;
        *own_number = *number = 0;
        if (y->is && same_base(own->url, y->base)) {
            *number = y->number;
        } else if (x->is && same_base(x->base, other->url)) {
            *own_number = x->number;
        } else if (k != PLACE_FOLDER && x->is && y->is && same_base(x->base, y->base)) {
            /* a/11.html and a/12.html are two articles in one folder */
            *own_number = x->number;
            *number = y->number;
        } else {
            found = false;
        }
        if (found && *own_number != *number)
            return true;
    }
    return false;
}

/* ---- pagers ------------------------------------------------------------------------------------------------------ */

enum word { WORD_NONE, WORD_NUMBER, WORD_NEXT, WORD_OTHER };

/* [2], (2), 第2页, 2 */
static bool says_number(struct span s, int *number)
{
    static const char *const ends[] = { "]", ")", "】", "）", "页", ">" };
    static const char *const starts[] = { "[", "(", "【", "（", "第", "<" };
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (span_ends(s, span_of(ends[i])))
            s.n -= strlen(ends[i]);
        if (span_starts(s, span_of(starts[i])))
            s = span_between(s.p + strlen(starts[i]), s.p + s.n);
    }
    s = text_trim(s);
    return take_number(&s, number) && s.n == 0;
}

/* What a link of a pager says. */
static enum word pager_word(struct span s, int *number)
{
    static const char *const next[] = { "下一页", "下页", "下一頁", "后一页", "后页", "余下全文", "next" };
    static const char *const others[] = { "上一页", "上页", "首页", "第一页", "末页", "尾页", "最后一页", "前一页" };
    *number = 0;
    if (s.n == 0 || s.n > WORD_BYTES_MAX)
        return WORD_NONE;
    bool page = span_has(s, SPAN("页")) || span_has(s, SPAN("頁"));
    if ((page || s.n <= NUMBER_BYTES_MAX) && says_number(s, number))
        return WORD_NUMBER;
    if (!page && !span_has(s, SPAN("余下")) && (s.p[0] | 0x20) != 'n')
        return WORD_NONE; /* nearly all */
    for (size_t i = 0; i < COUNT(next); i++) {
        if (span_has(s, span_of(next[i])) || strncasecmp(s.p, next[i], s.n) == 0)
            return WORD_NEXT;
    }
    for (size_t i = 0; i < COUNT(others); i++) {
        if (span_has(s, span_of(others[i])))
            return WORD_OTHER;
    }
    return WORD_NONE;
}

struct pager {
    struct arena *a;
    struct address own;
    struct url base;
    struct needs *out;
    bool sure;       /* numbers or a next page lead on */
    bool has_first;  /* a link to an address of the series without number */
    struct span top; /* the address that number 1 leads to */
};

static void take_page(struct pager *p, const struct address *other, int own, int number, enum word word, int said)
{
    struct needs *n = p->out;
    n->own = own > n->own ? own : n->own;
    if (word == WORD_NUMBER && said == 1) {
        p->top = other->url;
        return;
    }
    if (number == 0) {
        p->has_first = true;
        p->top = other->url;
        return;
    }
    if (number > NEEDS_NUMBER_MAX || (word == WORD_NUMBER && said != number && said != number + 1))
        return;
    p->sure |= word == WORD_NUMBER || (word == WORD_NEXT && (number == own + 1 || (own == 0 && number == 2)));
    if (n->pages[number].n == 0)
        n->pages[number] = other->url;
}

static void read_anchors(struct pager *p, const struct html *h)
{
    for (size_t i = 0; i < h->anchor_count; i++) {
        const struct html_anchor *x = &h->anchors[i];
        struct address other;
        int said, own, number;
        if (x->href.n == 0 || x->href.p[0] == '#' || x->to <= x->from || x->to - x->from > WORD_BYTES_MAX)
            continue;
        enum word word = pager_word(text_trim(html_text(h, x->from, x->to)), &said);
        if (word == WORD_NONE)
            continue;
        struct span url = url_resolve(p->a, &p->base, x->href);
        if (url.n > 0 && see(&other, url, p->a) && in_series(&p->own, &other, &own, &number))
            take_page(p, &other, own, number, word, said);
    }
}

/* The string or number that begins at *p. False at the end of the call. */
static bool take_argument(const char **p, const char *end, struct span *out)
{
    while (*p < end && (isspace((unsigned char)**p) || **p == ','))
        (*p)++;
    if (*p >= end || **p == ')')
        return false;
    if (**p == '"' || **p == '\'') {
        const char *q = memchr(*p + 1, **p, (size_t)(end - *p - 1));
        if (q == NULL)
            return false;
        *out = span_between(*p + 1, q);
        *p = q + 1;
        return true;
    }
    const char *from = *p;
    while (*p < end && **p != ',' && **p != ')')
        (*p)++;
    *out = text_trim(span_between(from, *p));
    return out->n > 0;
}

static int small_number(struct span s)
{
    int n = 0;
    if (s.n == 0 || s.n > 3)
        return -1;
    for (size_t i = 0; i < s.n; i++) {
        if (!isdigit((unsigned char)s.p[i]))
            return -1;
        n = n * 10 + (s.p[i] - '0');
    }
    return n;
}

/* createPageHTML(3, 0, "t20240115_12", "html"): the article's pages are name.html, name_1.html, name_2.html. */
static void take_call(struct pager *p, int total, struct span name, struct span ext)
{
    struct span own = p->own.url, file;
    struct url u;
    struct address other;
    int own_number, number;
    if (total < 2 || total > TOTAL_PAGES_MAX || name.n == 0 || ext.n == 0 || !url_split(own, &u))
        return;
    file = url_file(&u);
    for (int i = 0; i < total && i <= NEEDS_NUMBER_MAX; i++) {
        struct span href = i == 0 ? arena_printf(p->a, "%.*s.%.*s", SPAN_FMT(name), SPAN_FMT(ext))
                                  : arena_printf(p->a, "%.*s_%d.%.*s", SPAN_FMT(name), i, SPAN_FMT(ext));
        struct span url = url_resolve(p->a, &p->base, href);
        if (url.n == 0 || !see(&other, url, p->a) || span_eq(url, own) || file.n == 0 ||
            !in_series(&p->own, &other, &own_number, &number))
            continue;
        take_page(p, &other, own_number, number, i == own_number + 1 ? WORD_NEXT : WORD_OTHER, 0);
    }
}

static void read_script(struct pager *p, struct span text)
{
    static const char *const calls[] = { "createPageHTML(", "createPageHtml(" };
    const char *end = text.p + text.n;
    for (size_t c = 0; c < COUNT(calls); c++) {
        const char *at = text.p;
        for (int tries = 0; tries < 8 && (at = span_find(span_between(at, end), span_of(calls[c]))) != NULL; tries++) {
            struct span arg[6];
            size_t n = 0, from = 0;
            at += strlen(calls[c]);
            while (n < COUNT(arg) && take_argument(&at, end, &arg[n]))
                n++;
            while (from < n && small_number(arg[from]) < 0) /* an element's name may stand before the numbers */
                from++;
            if (from + 4 <= n && small_number(arg[from + 1]) >= 0)
                take_call(p, small_number(arg[from]), arg[from + 2], arg[from + 3]);
        }
    }
}

/* The number in "name = 3"; -1 when there is none. */
static int variable(struct span text, struct span name)
{
    const char *p = span_find(text, name), *end = text.p + text.n;
    size_t n = 0;
    if (p == NULL)
        return -1;
    for (p += name.n; p < end && (*p == ' ' || *p == '='); p++)
        continue;
    while (n < (size_t)(end - p) && isdigit((unsigned char)p[n]))
        n++;
    return small_number((struct span){ p, n });
}

/* The older form: var currentPage = 0; var countPage = 3; … "t20240115_12_" + nextPage + ".html" */
static void read_variables(struct pager *p, struct span text)
{
    struct url u;
    struct span stem, ext;
    const struct numbered *own = &p->own.as[PLACE_FILE];
    int total = variable(text, SPAN("countPage")), current = variable(text, SPAN("currentPage"));
    if (total < 2 || current < 0 || current >= total)
        return;
    if (!url_split(current > 0 && own->is && own->number == current ? own->base : p->own.url, &u))
        return;
    split_file(url_file(&u), &stem, &ext);
    if (stem.n >= 4 && ext.n > 1 && span_has(text, stem))
        take_call(p, total, stem, (struct span){ ext.p + 1, ext.n - 1 });
}

/* 1 2 3 … 9: what stands between. The address with the number comes from one that is known. */
static void fill_gaps(struct pager *p)
{
    struct needs *n = p->out;
    int low = 0, high = 0;
    for (int i = 1; i <= NEEDS_NUMBER_MAX; i++) {
        if (n->pages[i].n > 0) {
            low = low == 0 ? i : low;
            high = i;
        }
    }
    for (int i = low + 1; i < high; i++) {
        struct address other;
        int own, number;
        if (n->pages[i].n > 0 || i == n->own)
            continue;
        struct span known = n->pages[high];
        char digits[12];
        snprintf(digits, sizeof(digits), "%d", high);
        const char *at = known.p + known.n - strlen(digits);
        for (; at > known.p; at--) {
            if (memcmp(at, digits, strlen(digits)) != 0)
                continue;
            const char *behind = at + strlen(digits);
            struct span url = arena_printf(p->a, "%.*s%d%.*s", SPAN_FMT(span_between(known.p, at)), i,
                                           SPAN_FMT(span_between(behind, known.p + known.n)));
            if (see(&other, url, p->a) && in_series(&p->own, &other, &own, &number) && number == i) {
                n->pages[i] = url;
                break;
            }
        }
    }
}

/* Pages before this one: then it is not the article's first. */
static void settle_first(struct pager *p)
{
    struct needs *n = p->out;
    if (n->own == 0)
        return;
    if (p->has_first || (p->top.n > 0 && !span_eq(p->top, p->own.url))) {
        n->first = p->top;
        return;
    }
    for (int i = 1; i < n->own; i++) {
        if (n->pages[i].n > 0) {
            n->first = n->pages[i];
            return;
        }
    }
}

static void find_pages(struct pager *p, const struct html *h)
{
    struct needs *n = p->out;
    read_anchors(p, h);
    for (size_t i = 0; i < h->script_count; i++) {
        read_script(p, h->scripts[i].text);
        read_variables(p, h->scripts[i].text);
    }
    bool leads_back = n->own > 0 && (p->has_first || p->top.n > 0); /* the last page has nothing but its way back */
    if (!p->sure && !leads_back) {
        memset(n->pages, 0, sizeof(n->pages));
        n->own = 0;
        return;
    }
    if (p->sure)
        fill_gaps(p);
    settle_first(p);
    if (p->top.n > 0 && n->own == 0) { /* number 1 is this page under another address */
        for (int i = 1; i <= NEEDS_NUMBER_MAX; i++) {
            if (span_eq(n->pages[i], p->top))
                n->pages[i].n = 0;
        }
    }
}

/* ---- attachments ------------------------------------------------------------------------------------------------- */

static const struct {
    const char *ext;
    enum need_kind kind;
} documents[] = {
    { ".pdf", NEED_ATTACHMENT }, { ".docx", NEED_ATTACHMENT }, { ".doc", NEED_LISTED }, { ".wps", NEED_LISTED },
    { ".xlsx", NEED_LISTED },    { ".xls", NEED_LISTED },      { ".et", NEED_LISTED },  { ".pptx", NEED_LISTED },
    { ".ppt", NEED_LISTED },     { ".ofd", NEED_LISTED },      { ".rtf", NEED_LISTED }, { ".zip", NEED_LISTED },
    { ".rar", NEED_LISTED },     { ".7z", NEED_LISTED },       { ".csv", NEED_LISTED }, { ".ceb", NEED_LISTED },
};

static bool ends_nocase(struct span s, const char *end)
{
    size_t n = strlen(end);
    return s.n >= n && strncasecmp(s.p + s.n - n, end, n) == 0;
}

static enum need_kind file_kind(struct span s)
{
    static const char lasts[] = "fxcstprzvb"; /* of the names below; .html and .htm, so nearly all, have others */
    if (s.n == 0 || memchr(lasts, s.p[s.n - 1] | 0x20, sizeof(lasts) - 1) == NULL)
        return NEED_KIND_COUNT;
    size_t end = s.n < EXT_BYTES_MAX ? s.n : EXT_BYTES_MAX;
    if (end == 0 || memchr(s.p + s.n - end, '.', end) == NULL)
        return NEED_KIND_COUNT; /* nearly all */
    for (size_t i = 0; i < COUNT(documents); i++) {
        if (ends_nocase(s, documents[i].ext))
            return documents[i].kind;
    }
    return NEED_KIND_COUNT;
}

/* By the path, the query (downfile.jsp?filename=a.pdf), or what the link is called. */
static enum need_kind kind_of(const struct url *u, struct span name)
{
    struct span query = u->query;
    enum need_kind k = file_kind(u->path);
    if (k == NEED_KIND_COUNT)
        k = file_kind(query);
    for (const char *and; k == NEED_KIND_COUNT && query.n > 0; query.n = and == NULL ? 0 : (size_t)(and-query.p)) {
        and = memrchr(query.p, '&', query.n);
        k = file_kind(query);
    }
    return k == NEED_KIND_COUNT ? file_kind(name) : k;
}

static bool in_body(const struct html *h, const struct body *b, const struct html_anchor *x)
{
    return b->first < b->end && b->end <= h->line_count && x->from >= h->lines[b->first].from &&
           x->to <= h->lines[b->end - 1].to;
}

/* The line that holds this place of the text. */
static size_t line_at(const struct html *h, uint32_t at)
{
    size_t low = 0, high = h->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (h->lines[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* 附件 stands before the link: on its line, or above it with nothing but other links between. The trimmed body often
 * ends before these lines. */
static bool below_label(const struct html *h, const struct body *b, const struct html_anchor *x)
{
    if (h->line_count == 0 || (h->nodes[x->node].hints & HINT_NOISE))
        return false;
    size_t i = line_at(h, x->from), last = i < LABEL_LINES_MAX ? 0 : i - LABEL_LINES_MAX;
    uint32_t from = h->lines[i].from;
    if (x->from > from + LABEL_BYTES_MAX)
        from = x->from - LABEL_BYTES_MAX;
    if (x->from > from && span_has(html_text(h, from, x->from), SPAN("附件")))
        return i >= b->first;
    while (i > b->first && i > last) {
        const struct html_line *above = &h->lines[--i];
        struct span s = html_text(h, above->from, above->to);
        if (span_starts(s, SPAN("附件")) || (above->chars <= LABEL_CHARS_MAX && span_has(s, SPAN("附件"))))
            return true;
        if (above->links * 2 < above->chars)
            return false;
    }
    return false;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The file's name as the address has it, decoded. */
static struct span file_name(const struct url *u, struct arena *a)
{
    struct span file = url_file(u);
    char *out = arena_alloc(a, file.n + 1), *o = out;
    for (size_t i = 0; i < file.n; i++) {
        bool escaped = file.p[i] == '%' && i + 2 < file.n && hex(file.p[i + 1]) >= 0 && hex(file.p[i + 2]) >= 0;
        *o++ = escaped ? (char)(hex(file.p[i + 1]) * 16 + hex(file.p[i + 2])) : file.p[i];
        i += escaped ? 2 : 0;
    }
    struct span name = span_between(out, o);
    return text_valid(name) ? name : file;
}

/* The link's own words, on one line. */
static struct span link_name(const struct html *h, const struct html_anchor *x, const struct url *u, struct arena *a)
{
    struct span s = x->to > x->from ? text_trim(html_text(h, x->from, x->to)) : (struct span){ NULL, 0 };
    if (s.n == 0)
        s = text_trim(x->title);
    if (s.n == 0)
        s = file_name(u, a);
    s = arena_span(a, text_cut(s, 200));
    for (char *p = (char *)s.p; p < s.p + s.n; p++)
        *p = *p == '\n' ? ' ' : *p;
    return s;
}

static void add_other(struct needs *n, const struct result_need *one)
{
    for (size_t i = 0; i < n->other_count; i++) {
        if (span_eq(n->others[i].url, one->url))
            return;
    }
    if (n->other_count < RESULT_NEEDS_MAX - RESULT_PAGES_MAX)
        n->others[n->other_count++] = *one;
}

static void find_attachments(const struct html *h, const struct body *b, struct pager *p, struct url *own)
{
    for (size_t i = 0; i < h->anchor_count; i++) {
        const struct html_anchor *x = &h->anchors[i];
        struct url u;
        if (x->href.n == 0 || x->href.p[0] == '#' || (h->nodes[x->node].hints & HINT_HIDDEN))
            continue;
        struct span text = x->to > x->from ? html_text(h, x->from, x->to) : (struct span){ NULL, 0 };
        if (file_kind(text_trim(text)) == NEED_KIND_COUNT && file_kind(x->href) == NEED_KIND_COUNT &&
            memchr(x->href.p, '?', x->href.n) == NULL)
            continue; /* nearly all */
        struct span url = url_resolve(p->a, &p->base, x->href);
        if (url.n == 0 || !url_split(url, &u) || span_eq(url, p->own.url))
            continue;
        struct result_need one = { .url = url, .name = link_name(h, x, &u, p->a) };
        one.kind = kind_of(&u, one.name);
        bool named = span_has(text, SPAN("附件")) || file_kind(text_trim(text)) != NEED_KIND_COUNT;
        bool only_it = b->chars == 0 && !(h->nodes[x->node].hints & HINT_NOISE); /* then the page is for its sake */
        if (one.kind == NEED_KIND_COUNT || !(named || only_it || in_body(h, b, x) || below_label(h, b, x)))
            continue;
        if (!url_same_host(u.host, own->host))
            one.kind = NEED_LISTED;
        add_other(p->out, &one);
    }
}

/* ------------------------------------------------------------------------------------------------------------------ */

void needs_find(const struct html *h, const struct body *b, const struct page_in *in, struct arena *a,
                struct needs *out)
{
    struct url none = { SPAN("http"), SPAN("invalid"), SPAN("/"), { NULL, 0 } }, own, base;
    struct pager p = { .a = a, .out = out };
    memset(out, 0, sizeof(*out));
    struct span whole = url_resolve(a, &none, in->final_url.n > 0 ? in->final_url : in->url);
    if (h->anchor_count + h->script_count == 0 || whole.n == 0 || !url_split(whole, &own) || !see(&p.own, whole, a))
        return;
    struct span href = url_resolve(a, &own, h->base);
    p.base = href.n > 0 && url_split(href, &base) && span_eq(base.scheme, own.scheme) ? base : own;
    find_pages(&p, h);
    find_attachments(h, b, &p, &own);
}

void needs_merge(struct needs *all, const struct needs *more)
{
    for (int i = 1; i <= NEEDS_NUMBER_MAX; i++) {
        bool before = all->own > 0 && i <= all->own; /* the article begins with the page that all is of */
        if (all->pages[i].n == 0 && !before && !span_eq(more->pages[i], more->first))
            all->pages[i] = more->pages[i];
    }
    for (size_t i = 0; i < more->other_count; i++)
        add_other(all, &more->others[i]);
}
