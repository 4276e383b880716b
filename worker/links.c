#define PCRE2_CODE_UNIT_WIDTH 8
#include "worker/links.h"

#include <ctype.h>
#include <pcre2.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "common/text.h"
#include "worker/lines.h"
#include "worker/when.h"

#define PATTERNS_MAX      4096
#define PATTERN_MAX_BYTES 1024
#define MATCH_LIMIT       20000
#define PAGER_PAGES_MAX   5000
#define ROW_BYTES_MAX     900 /* text of the row that a link of a list stands in */
#define TITLE_MAX_BYTES   600
#define COUNT(a)          (sizeof(a) / sizeof((a)[0]))

/* ---- patterns ---- */

struct pattern {
    char *text;
    size_t n;
    pcre2_code *code; /* NULL: does not compile, so matches nothing */
};

struct patterns {
    struct pattern *items;
    size_t n;
    uint32_t slots[PATTERNS_MAX * 2];
    pcre2_match_data *data;
    pcre2_match_context *context;
};

struct patterns *patterns_new(void)
{
    struct patterns *p = calloc(1, sizeof(*p));
    if (p == NULL)
        abort();
    p->items = calloc(PATTERNS_MAX, sizeof(*p->items));
    p->data = pcre2_match_data_create(16, NULL);
    p->context = pcre2_match_context_create(NULL);
    if (p->items == NULL || p->data == NULL || p->context == NULL)
        abort();
    pcre2_set_match_limit(p->context, MATCH_LIMIT);
    pcre2_set_depth_limit(p->context, MATCH_LIMIT);
    pcre2_set_heap_limit(p->context, 4096); /* KiB */
    return p;
}

static void forget(struct patterns *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->items[i].text);
        pcre2_code_free(p->items[i].code);
    }
    p->n = 0;
    memset(p->slots, 0, sizeof(p->slots));
}

void patterns_free(struct patterns *p)
{
    if (p == NULL)
        return;
    forget(p);
    free(p->items);
    pcre2_match_data_free(p->data);
    pcre2_match_context_free(p->context);
    free(p);
}

static uint64_t hash(struct span s, uint64_t seed)
{
    uint64_t h = seed ^ (s.n * 0x9e3779b97f4a7c15u);
    for (size_t i = 0; i < s.n; i++) {
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
        h ^= h >> 29;
    }
    return h ^ h >> 32;
}

static const struct pattern *pattern_get(struct patterns *p, struct span text)
{
    size_t mask = COUNT(p->slots) - 1, i = hash(text, 0x72656e6461u) & mask;
    for (; p->slots[i] != 0; i = (i + 1) & mask) {
        const struct pattern *it = &p->items[p->slots[i] - 1];
        if (it->n == text.n && memcmp(it->text, text.p, text.n) == 0)
            return it;
    }
    if (p->n == PATTERNS_MAX) {
        forget(p);
        return pattern_get(p, text);
    }
    struct pattern *it = &p->items[p->n];
    int error;
    PCRE2_SIZE at;
    it->text = malloc(text.n + 1);
    if (it->text == NULL)
        abort();
    memcpy(it->text, text.p, text.n);
    it->n = text.n;
    it->code = text.n > PATTERN_MAX_BYTES ? NULL : pcre2_compile((PCRE2_SPTR)text.p, text.n, 0, &error, &at, NULL);
    p->slots[i] = (uint32_t)++p->n;
    return it;
}

static bool matches(struct patterns *p, const struct page_site *site, struct span url)
{
    for (size_t i = 0; i < site->article_pattern_count; i++) {
        const struct pattern *it = pattern_get(p, site->article_patterns[i]);
        if (it->code != NULL && pcre2_match(it->code, (PCRE2_SPTR)url.p, url.n, 0, 0, p->data, p->context) >= 0)
            return true;
    }
    return false;
}

/* ---- the list ---- */

bool links_init(struct links *l, struct patterns *p, const struct page_in *in, struct span base_href, struct arena *a)
{
    struct timespec now;
    memset(l, 0, sizeof(*l));
    l->a = a;
    l->patterns = p;
    l->in = in;
    clock_gettime(CLOCK_MONOTONIC, &now);
    l->seed = (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u ^ (uint64_t)(uintptr_t)l; /* nobody can aim at one slot */
    struct url own, none = { SPAN("http"), SPAN("invalid"), SPAN("/"), { NULL, 0 } };
    if (!url_split(in->final_url.n > 0 ? in->final_url : in->url, &own))
        return false;
    struct span whole = url_resolve(a, &none, in->final_url.n > 0 ? in->final_url : in->url);
    if (whole.n == 0 || !url_split(whole, &own))
        return false;
    l->base = own;
    l->host = own.host;
    struct span base = url_resolve(a, &own, base_href);
    struct url other;
    if (base.n > 0 && url_split(base, &other) && span_eq(other.scheme, own.scheme))
        l->base = other;
    return true;
}

static struct link *find_or_add(struct links *l, struct span url, bool *fresh)
{
    if (l->n * 2 >= l->slot_count) {
        size_t count = l->slot_count == 0 ? 1024 : l->slot_count * 2;
        uint32_t *slots = ARENA_ARRAY(l->a, uint32_t, count);
        for (size_t k = 0; k < l->n; k++) {
            size_t i = hash(l->items[k].url, l->seed) & (count - 1);
            while (slots[i] != 0)
                i = (i + 1) & (count - 1);
            slots[i] = (uint32_t)k + 1;
        }
        l->slots = slots;
        l->slot_count = count;
    }
    size_t i = hash(url, l->seed) & (l->slot_count - 1);
    for (; l->slots[i] != 0; i = (i + 1) & (l->slot_count - 1)) {
        if (span_eq(l->items[l->slots[i] - 1].url, url)) {
            *fresh = false;
            return &l->items[l->slots[i] - 1];
        }
    }
    if (l->n >= PAGE_LINKS_MAX)
        return NULL;
    if (l->n == l->room) {
        size_t room = l->room == 0 ? 64 : l->room * 2;
        l->items = arena_grow(l->a, l->items, l->room * sizeof(*l->items), room * sizeof(*l->items));
        l->room = room;
    }
    l->slots[i] = (uint32_t)++l->n;
    *fresh = true;
    l->items[l->n - 1] = (struct link){ .url = url };
    return &l->items[l->n - 1];
}

static bool ends_nocase(struct span s, const char *end)
{
    size_t n = strlen(end);
    return s.n >= n && strncasecmp(s.p + s.n - n, end, n) == 0;
}

static bool is_page_file(struct span file)
{
    static const char *const ends[] = { ".html", ".htm", ".shtml", ".jhtml", ".xhtml", ".stm", ".mhtml" };
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (ends_nocase(file, ends[i]))
            return true;
    }
    return false;
}

static bool starts_nocase(struct span s, const char *start)
{
    return s.n >= strlen(start) && strncasecmp(s.p, start, strlen(start)) == 0;
}

static size_t digits_in(struct span s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += isdigit((unsigned char)s.p[i]) != 0;
    return n;
}

/* id=123, newsid=…: a query that names one article. */
static bool names_article(struct span query)
{
    static const char *const keys[] = { "id",  "newsid", "articleid", "article_id", "infoid", "contentid", "content_id",
                                        "nid", "aid",    "news_id",   "docid",      "xxid",   "infoguid" };
    const char *p = query.p, *end = query.p + query.n;
    while (p < end) {
        p++; /* ? or & */
        const char *q = memchr(p, '&', (size_t)(end - p));
        struct span pair = span_between(p, q == NULL ? end : q);
        const char *eq = memchr(pair.p, '=', pair.n);
        if (eq != NULL) {
            struct span key = span_between(pair.p, eq), value = span_between(eq + 1, pair.p + pair.n);
            for (size_t i = 0; i < COUNT(keys); i++) {
                if (key.n == strlen(keys[i]) && strncasecmp(key.p, keys[i], key.n) == 0 && digits_in(value) > 0)
                    return true;
            }
        }
        p = pair.p + pair.n;
    }
    return false;
}

bool links_is_article_url(const struct url *u)
{
    static const char *const lists[] = { "index",  "list", "node_", "default", "channel", "column", "col", "more",
                                         "search", "home", "main",  "page",    "menu",    "login",  "map", "sitemap" };
    static const char *const readers[] = {
        "show", "view", "detail", "content", "article", "news", "info", "read", "xx"
    };
    struct span file = url_file(u);
    struct when w;
    if (starts_nocase(u->scheme, "file"))
        return is_page_file(file) && !starts_nocase(file, "index") && !starts_nocase(file, "list");
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (!starts_nocase(file, lists[i]))
            continue;
        const char *rest = file.p + strlen(lists[i]);
        size_t left = file.n - strlen(lists[i]);
        if (left == 0 || !isalpha((unsigned char)rest[0]))
            return false;
    }
    if (span_has(file, SPAN("_list")) || span_has(file, SPAN("-list")) || span_has(file, SPAN("List_")))
        return false;
    bool page = is_page_file(file);
    if (page || file.n == 0 || memchr(file.p, '.', file.n) == NULL) {
        struct span path = u->path;
        if (when_in_url(path, &w) && (w.day > 0 || page) && digits_in(path) >= 6)
            return page || (file.n > 0 && digits_in(file) > 0) || w.day > 0;
        if (page) {
            const char *dot = memrchr(file.p, '.', file.n);
            struct span stem = span_between(file.p, dot);
            size_t digits = digits_in(stem);
            if (digits >= 4 || (digits >= 1 && (starts_nocase(file, "content") || starts_nocase(file, "art") ||
                                                starts_nocase(file, "info") || starts_nocase(file, "detail") ||
                                                starts_nocase(file, "show") || starts_nocase(file, "view") ||
                                                starts_nocase(file, "news"))))
                return true;
            if (digits == stem.n && digits >= 2) { /* info/1011/234.htm */
                struct span dir = span_between(u->path.p, file.p);
                return digits_in(dir) > 0;
            }
            if (stem.n >= 24) /* a GUID */
                return digits > 0;
            return digits > 0 && span_has(u->path, SPAN("/content/"));
        }
        if (digits_in(file) >= 3 && digits_in(file) == file.n) { /* /article/12345 */
            for (size_t i = 0; i < COUNT(readers); i++) {
                if (span_has(u->path, span_of(readers[i])))
                    return true;
            }
        }
        if (u->query.n == 0)
            return false;
    }
    if (names_article(u->query)) {
        for (size_t i = 0; i < COUNT(readers); i++) {
            for (size_t k = 0; k + strlen(readers[i]) <= u->path.n; k++) {
                if (strncasecmp(u->path.p + k, readers[i], strlen(readers[i])) == 0)
                    return true;
            }
        }
    }
    return false;
}

struct link *links_add(struct links *l, struct span href, enum page_role role, bool checked)
{
    struct span url = url_resolve(l->a, &l->base, href);
    struct url u;
    if (url.n == 0 || !url_split(url, &u))
        return NULL;
    if (span_is(u.scheme, "file") != span_is(l->base.scheme, "file"))
        return NULL;
    bool by_pattern = l->in->site.article_pattern_count > 0;
    bool matched = by_pattern && matches(l->patterns, &l->in->site, url);
    if (!matched && !url_same_host(u.host, l->host))
        return NULL;
    if (checked && role == ROLE_ARTICLE && !(by_pattern ? matched : links_is_article_url(&u)))
        return NULL;
    bool fresh;
    struct link *it = find_or_add(l, url, &fresh);
    if (it != NULL && (fresh || (it->role == ROLE_LIST && role == ROLE_ARTICLE)))
        it->role = role;
    return it;
}

/* ---- text/uri-list ---- */

bool links_is_uri_list(struct span text)
{
    size_t uris = 0;
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        struct span s = text_trim(span_between(p, q == NULL ? end : q));
        p = q == NULL ? end : q + 1;
        if (s.n == 0 || s.p[0] == '#')
            continue;
        if (!starts_nocase(s, "file://") && !starts_nocase(s, "http://") && !starts_nocase(s, "https://"))
            return false;
        if (memchr(s.p, ' ', s.n) != NULL || memchr(s.p, '<', s.n) != NULL)
            return false;
        if (++uris >= 16)
            break;
    }
    return uris > 0;
}

static struct link *add_page(struct links *l, struct span href, bool next)
{
    struct link *it = links_add(l, href, ROLE_LIST, false);
    if (it != NULL && it->role == ROLE_LIST)
        it->next |= next;
    return it;
}

void links_uri_list(struct links *l, struct span text)
{
    for (const char *p = text.p, *end = text.p + text.n; p < end && l->n < PAGE_LINKS_MAX;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        struct span s = text_trim(span_between(p, q == NULL ? end : q));
        struct url u;
        p = q == NULL ? end : q + 1;
        if (s.n == 0 || s.p[0] == '#' || !url_split(s, &u))
            continue;
        struct span file = url_file(&u);
        if (span_is(u.scheme, "file") && span_starts(u.query, SPAN("from="))) {
            add_page(l, s, true); /* the rest of a long folder */
            continue;
        }
        if (ends_nocase(file, ".txt") || is_page_file(file) || !span_is(u.scheme, "file"))
            links_add(l, s, ROLE_ARTICLE, !(ends_nocase(file, ".txt") || is_page_file(file)));
    }
}

/* ---- lists in HTML ---- */

static size_t anchor_at(const struct html *h, uint32_t text) /* the first anchor at or behind a place in the text */
{
    size_t low = 0, high = h->anchor_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (h->anchors[mid].from < text)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* A day glued to its year and month, as <b>21</b><i>2024-02</i> reads: 212024-02 at the start of a line. */
static bool glued_date(struct span s, struct when *w)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        struct span line = text_trim(span_between(p, q == NULL ? end : q)), at;
        p = q == NULL ? end : q + 1;
        for (size_t digits = 1; digits <= 2 && digits + 7 <= line.n; digits++) {
            int day = line.p[0] - '0';
            if (digits == 2)
                day = day * 10 + (line.p[1] - '0');
            struct span rest = { line.p + digits, line.n - digits };
            if (!isdigit((unsigned char)line.p[0]) || !isdigit((unsigned char)line.p[digits - 1]) || day < 1 ||
                day > 31)
                break;
            if (when_find(rest, w, &at) && at.p == rest.p && w->day == 0) {
                w->day = day;
                return true;
            }
        }
    }
    return false;
}

/* A date in s; or, with days and months in two elements, both put together. */
static bool row_date(struct span s, struct when *w)
{
    struct span at;
    if (!when_find(s, w, &at))
        return glued_date(s, w);
    if (w->day > 0)
        return true;
    struct span before = text_trim(span_between(s.p, at.p)), after = text_trim(span_between(at.p + at.n, s.p + s.n));
    for (int i = 0; i < 2; i++) {
        struct span t = i == 0 ? before : after;
        int day = 0;
        size_t k = 0;
        while (i == 0 && k < 2 && k < t.n && isdigit((unsigned char)t.p[t.n - 1 - k]))
            k++;
        while (i == 1 && k < 2 && k < t.n && isdigit((unsigned char)t.p[k]))
            k++;
        for (size_t c = 0; c < k; c++)
            day = day * 10 + (i == 0 ? t.p[t.n - k + c] : t.p[c]) - '0';
        bool longer = k == 0 || (i == 0 ? t.n > k && isdigit((unsigned char)t.p[t.n - k - 1])
                                        : t.n > k && isdigit((unsigned char)t.p[k]));
        if (!longer && day >= 1 && day <= 31 && (i == 1 || t.n == k || t.p[t.n - k - 1] == '\n')) {
            w->day = day;
            return true;
        }
    }
    return false;
}

/* A line of its own in an anchor's words that is a day. */
static bool own_day(struct span s, struct when *w)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        struct span line = text_trim(span_between(p, q == NULL ? end : q));
        p = q == NULL ? end : q + 1;
        if (line.n <= 16 && when_find_day(line, w))
            return true;
    }
    return false;
}

typedef bool date_reader(struct span s, struct when *w);

/* Asks for a date in the anchor's own words, then in its row. */
static bool find_date(const struct html *h, const struct html_anchor *x, date_reader *own, date_reader *row,
                      struct when *w)
{
    uint32_t node = x->node;
    if (x->to > x->from && x->to - x->from < ROW_BYTES_MAX && own(html_text(h, x->from, x->to), w))
        return true;
    for (int up = 0; up < 6 && node != 0; up++, node = h->nodes[node].parent) {
        const struct html_node *n = &h->nodes[node];
        if (n->text_end - n->text > ROW_BYTES_MAX)
            break;
        if (n->text <= x->from && n->text_end >= x->to) {
            if (row(html_text(h, x->to, n->text_end), w) || row(html_text(h, n->text, x->from), w))
                return true;
        }
        if (n->tag == TAG_LI || n->tag == TAG_TR || n->tag == TAG_DD ||
            anchor_at(h, n->text_end) - anchor_at(h, n->text) > 4)
            break;
    }
    return false;
}

/* The date that a list shows with a link. A day that the URL names is surer than one without its year, which is the
 * URL's or, without one, the last in which that day had come when the page was fetched. */
static struct span list_date(const struct links *l, const struct html *h, const struct html_anchor *x, struct span url)
{
    struct when w, in_url;
    if (find_date(h, x, row_date, row_date, &w))
        return when_iso(l->a, &w);
    bool told = when_in_url(url, &in_url);
    if (told && in_url.day > 0)
        return when_iso(l->a, &in_url);
    if (l->in->fetched_at <= 0 || !find_date(h, x, own_day, when_find_day, &w))
        return (struct span){ NULL, 0 };
    if (told && in_url.month == w.month)
        w.year = in_url.year;
    else
        when_set_year(&w, l->in->fetched_at);
    return when_iso(l->a, &w);
}

static struct span strip_signs(struct span s)
{
    static const char *const signs[] = { "·", "•", "●", "■", "▪", "★",  "◆", "»", ">",
                                         "-", "*", "|", "○", "◇", "．", "▶", "→", "&gt;" };
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        for (size_t i = 0; i < COUNT(signs); i++) {
            if (span_starts(s, span_of(signs[i]))) {
                s.p += strlen(signs[i]);
                s.n -= strlen(signs[i]);
                again = true;
            }
        }
    }
    return s;
}

static bool is_cut(struct span s)
{
    return span_ends(s, SPAN("...")) || span_ends(s, SPAN("…")) || span_ends(s, SPAN(".."));
}

/* The anchor's own words: its first line that is no date, or its title attribute where that says more. */
static struct span anchor_title(struct links *l, const struct html *h, const struct html_anchor *x)
{
    struct span text = x->to > x->from ? html_text(h, x->from, x->to) : (struct span){ NULL, 0 }, best = { NULL, 0 };
    for (const char *p = text.p, *end = text.p + text.n; p < end;) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        struct span s = strip_signs(span_between(p, q == NULL ? end : q)), at;
        struct when w;
        p = q == NULL ? end : q + 1;
        if (when_find(s, &w, &at)) {
            if (at.p + at.n >= s.p + s.n - 3 && at.p > s.p) /* 标题 2024-02-02, 标题(2024-02-02) */
                s = text_trim(span_between(s.p, *(at.p - 1) == '(' || *(at.p - 1) == '[' ? at.p - 1 : at.p));
            else if (at.p == s.p)
                s = text_trim(span_between(at.p + at.n, s.p + s.n));
        }
        bool words = false; /* anything but digits and signs */
        for (const char *r = s.p; r < s.p + s.n && !words;) {
            uint32_t c = text_next(&r, s.p + s.n);
            words = text_is_han(c) || (c < 0x80 && isalpha((int)c));
        }
        if (!words)
            continue;
        if (line_chars(s) >= 6) {
            best = s;
            break;
        }
        if (s.n > best.n)
            best = s;
    }
    struct span attr = strip_signs(x->title);
    const char *nl = memchr(attr.p == NULL ? "" : attr.p, '\n', attr.n);
    if (nl != NULL)
        attr = text_trim(span_between(attr.p, nl));
    if (line_chars(attr) >= 4 && (best.n == 0 || is_cut(best) || (attr.n > best.n && line_holds(attr, best))))
        best = attr;
    best = text_cut(best, TITLE_MAX_BYTES);
    return best.n == 0 ? best : arena_span(l->a, best);
}

/* 当前位置：首页 > 工作动态 > 要闻: the last place that is a column. */
static struct span list_column(struct links *l, const struct html *h)
{
    for (size_t i = 0; i < h->meta_count; i++) {
        if (strcasecmp(h->metas[i].name.p, "ColumnName") == 0)
            return text_cut(text_trim(h->metas[i].content), 120);
    }
    for (uint32_t i = 0; i < h->line_count && i < 400; i++) {
        const struct html_line *x = &h->lines[i];
        struct span s = html_text(h, x->from, x->to);
        if (x->chars > 80 || line_kind(s) != LINE_CRUMB)
            continue;
        struct span last = line_crumb_column(s);
        if (last.n > 0)
            return arena_span(l->a, last);
    }
    size_t n = 0;
    while (n < h->title.n && strchr("-_|", h->title.p[n]) == NULL)
        n++;
    struct span first = text_trim((struct span){ h->title.p, n });
    bool home = span_is(first, "首页") || span_is(first, "网站首页") || span_is(first, "主页"); /* holds many columns */
    return line_chars(first) >= 2 && line_chars(first) <= 20 && !home ? first : (struct span){ NULL, 0 };
}

static bool is_number(struct span s)
{
    return s.n >= 1 && s.n <= 4 && digits_in(s) == s.n;
}

/* Without the arrows and brackets that pagers draw around their words. */
static struct span without_arrows(struct span s)
{
    static const char *const arrows[] = { ">", "»", "›", "→", "▶", "<", "«", "‹", "[", "]", "【", "】", "(", ")" };
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        for (size_t i = 0; i < COUNT(arrows); i++) {
            struct span x = span_of(arrows[i]);
            bool front = span_starts(s, x), back = !front && span_ends(s, x);
            if (front)
                s.p += x.n;
            if (front || back)
                s.n -= x.n;
            again |= front || back;
        }
    }
    return s;
}

static bool says_next(struct span s)
{
    static const char *const words[] = { "下一页", "下页", "下一頁", "后一页", "后页", "next", "next page" };
    struct span bare = without_arrows(s);
    for (size_t i = 0; i < COUNT(words); i++) {
        if (bare.n == strlen(words[i]) && strncasecmp(bare.p, words[i], bare.n) == 0)
            return true;
    }
    return false;
}

/* A single arrow to the right, as pagers have it. */
static bool points_on(struct span s)
{
    static const char *const arrows[] = { ">", "»", "›", "→", ">>" };
    for (size_t i = 0; i < COUNT(arrows); i++) {
        if (span_is(s, arrows[i]))
            return true;
    }
    return false;
}

/* Another page of the same list, whichever: its number, the first, the last, the one before. */
static bool says_page(struct span s)
{
    static const char *const words[] = { "末页", "尾页", "最后一页", "上一页", "上页", "前一页", "前页" };
    struct span bare = without_arrows(s);
    for (size_t i = 0; i < COUNT(words); i++) {
        if (span_is(bare, words[i]))
            return true;
    }
    return is_number(bare);
}

/* Another page of the list that is read: index_3.html beside index.html, ?page=3. */
static bool is_pager_url(const struct links *l, struct span href)
{
    struct span url = url_resolve(l->a, &l->base, href);
    struct url u;
    if (url.n == 0 || !url_split(url, &u) || !url_same_host(u.host, l->host))
        return false;
    struct span a = url_file(&u), b = url_file(&l->base);
    struct span dir_a = span_between(u.path.p, a.p), dir_b = span_between(l->base.path.p, b.p);
    if (!span_eq(dir_a, dir_b)) /* /list/2/ beside /list/ */
        return span_starts(u.path, l->base.path) || span_starts(l->base.path, dir_a);
    size_t i = 0;
    while (i < a.n && i < b.n && a.p[i] == b.p[i] && !isdigit((unsigned char)a.p[i]))
        i++;
    return i >= 2 || b.n == 0 || u.query.n > 0;
}

/* An argument of a call in a script: a number or a quoted string. */
static bool take_argument(const char **p, const char *end, int *number, struct span *string)
{
    while (*p < end && (isspace((unsigned char)**p) || **p == ','))
        (*p)++;
    if (*p >= end)
        return false;
    if (**p == '"' || **p == '\'') {
        const char *q = memchr(*p + 1, **p, (size_t)(end - *p - 1));
        if (q == NULL)
            return false;
        *string = span_between(*p + 1, q);
        *number = -1;
        *p = q + 1;
        return true;
    }
    if (!isdigit((unsigned char)**p))
        return false;
    *number = 0;
    for (int n = 0; *p < end && isdigit((unsigned char)**p); (*p)++, n++)
        *number = n < 7 ? *number * 10 + (**p - '0') : *number;
    string->n = 0;
    string->p = NULL;
    return true;
}

/* Which page of name.ext, name_1.ext, … the page itself is; -1 when its URL does not say. */
static int own_index(const struct links *l, struct span name, struct span ext)
{
    struct span file = url_file(&l->base);
    (void)ext;
    if (file.n == 0)
        return 0;
    if (!span_starts(file, name))
        return -1;
    struct span rest = { file.p + name.n, file.n - name.n };
    if (rest.n > 0 && rest.p[0] == '.')
        return 0;
    if (rest.n < 2 || rest.p[0] != '_')
        return -1;
    int n = 0;
    for (size_t i = 1; i < rest.n && i < 6 && isdigit((unsigned char)rest.p[i]); i++)
        n = n * 10 + (rest.p[i] - '0');
    return n;
}

static void add_pages(struct links *l, int total, int current, struct span name, struct span ext)
{
    if (total < 2 || total > PAGER_PAGES_MAX || name.n == 0 || name.n > 200 || ext.n == 0 || ext.n > 8)
        return;
    int own = own_index(l, name, ext), first = 0;
    if (own == 0 && current == 1) /* name.ext, name_2.ext, … name_total.ext */
        first = 1;
    if (own >= 0)
        current = own + (own == 0 ? first : 0);
    for (int i = first; i < total + first; i++) {
        if (i == current)
            continue;
        struct span href = i == first ? arena_printf(l->a, "%.*s.%.*s", SPAN_FMT(name), SPAN_FMT(ext))
                                      : arena_printf(l->a, "%.*s_%d.%.*s", SPAN_FMT(name), i, SPAN_FMT(ext));
        add_page(l, href, i == current + 1);
    }
}

/* createPageHTML(total, current, "name", "ext"), also with an element's name in front. */
static void script_pager(struct links *l, struct span text)
{
    static const char *const calls[] = { "createPageHTML(", "createPageHtml(", "createPage(" };
    for (size_t c = 0; c < COUNT(calls); c++) {
        const char *end = text.p + text.n;
        int tries = 0;
        for (const char *p = text.p; (p = span_find(span_between(p, end), span_of(calls[c]))) != NULL && tries++ < 8;) {
            p += strlen(calls[c]);
            const char *close = memchr(p, ')', (size_t)(end - p));
            if (close == NULL || close - p > 400)
                continue;
            int numbers[2], n = 0, number;
            struct span strings[4], string;
            size_t s = 0;
            while (take_argument(&p, close, &number, &string)) {
                if (number >= 0 && n < 2)
                    numbers[n++] = number;
                else if (number < 0 && n == 2 && s < 4) /* an element's name stands before the numbers */
                    strings[s++] = string;
            }
            if (n == 2 && s >= 2)
                add_pages(l, numbers[0], numbers[1], strings[0], strings[1]);
        }
    }
    /* The older form: var countPage = 20; var currentPage = 0; … "index_" + nextPage + ".html" */
    struct span count = SPAN("countPage"), current = SPAN("currentPage");
    const char *p = span_find(text, count), *q = span_find(text, current);
    int total = 0, at = 0;
    if (p == NULL || q == NULL)
        return;
    const char *end = text.p + text.n;
    for (p += count.n; p < end && (*p == ' ' || *p == '='); p++)
        continue;
    for (; p < end && isdigit((unsigned char)*p) && total < 100000; p++)
        total = total * 10 + (*p - '0');
    for (q += current.n; q < end && (*q == ' ' || *q == '='); q++)
        continue;
    for (; q < end && isdigit((unsigned char)*q) && at < 100000; q++)
        at = at * 10 + (*q - '0');
    struct span file = url_file(&l->base), name = SPAN("index"), ext = SPAN("html");
    const char *dot = memrchr(file.p, '.', file.n);
    if (dot != NULL) {
        ext = span_between(dot + 1, file.p + file.n);
        const char *joint = memrchr(file.p, '_', file.n);
        name = span_between(file.p, joint != NULL && joint < dot && isdigit((unsigned char)joint[1]) ? joint : dot);
    } else if (span_has(text, SPAN(".shtml"))) {
        ext = SPAN("shtml");
    } else if (span_has(text, SPAN(".htm\"")) || span_has(text, SPAN(".htm'"))) {
        ext = SPAN("htm");
    }
    add_pages(l, total, at, name, ext);
}

/* Lists that come as <record><![CDATA[…]]></record>, inside a script or by themselves: what stands in the records, and
 * in *next what stands in <nextgroup>, where the records that follow are to be had. */
static struct span records(struct links *l, struct span text, struct span *next)
{
    char *out = NULL, *o = NULL;
    const char *end = text.p + text.n, *before = text.p;
    *next = (struct span){ NULL, 0 };
    if (!span_has(text, SPAN("<record>")))
        return *next;
    out = o = arena_alloc(l->a, text.n + 1);
    for (const char *p = text.p; (p = span_find(span_between(p, end), SPAN("<![CDATA["))) != NULL; before = p) {
        bool group = span_has(span_between(before, p), SPAN("<nextgroup>"));
        p += strlen("<![CDATA[");
        const char *q = span_find(span_between(p, end), SPAN("]]>"));
        if (q == NULL)
            break;
        if (group) {
            *next = span_between(p, q);
        } else {
            memcpy(o, p, (size_t)(q - p));
            o += q - p;
            *o++ = '\n';
        }
        p = q;
    }
    return span_between(out, o);
}

static void add_anchors(struct links *l, const struct html *h, struct span column)
{
    for (size_t i = 0; i < h->anchor_count && l->n < PAGE_LINKS_MAX; i++) {
        const struct html_anchor *x = &h->anchors[i];
        if (x->href.n == 0 || x->href.p[0] == '#')
            continue;
        struct span text = x->to > x->from && x->to - x->from < 4096 ? text_trim(html_text(h, x->from, x->to))
                                                                     : (struct span){ NULL, 0 };
        bool pager = (h->nodes[x->node].hints & HINT_PAGER) != 0;
        if (text.n == 0 && says_next(x->title)) /* a picture, an icon */
            text = x->title;
        bool next = text.n < 40 && (says_next(text) || (pager && points_on(text)));
        if (next || (text.n < 40 && says_page(text))) {
            if (next || pager || is_pager_url(l, x->href))
                add_page(l, x->href, next);
            continue;
        }
        struct link *it = links_add(l, x->href, ROLE_ARTICLE, true);
        if (it == NULL || it->role != ROLE_ARTICLE)
            continue;
        struct span title = anchor_title(l, h, x);
        if (title.n > it->title.n && (it->title.n == 0 || is_cut(it->title)))
            it->title = title;
        if (it->date.n == 0)
            it->date = list_date(l, h, x, it->url);
        it->column = column;
    }
}

static void add_records(struct links *l, const struct html_words *w, struct span text, struct span column)
{
    struct span next, inner = records(l, text, &next);
    if (inner.n > 0) {
        struct html *sub = ARENA_NEW(l->a, struct html);
        html_read(w, NULL, inner, l->a, sub);
        add_anchors(l, sub, column);
    }
    if (next.n > 0 && next.n < 8192) {
        struct html *group = ARENA_NEW(l->a, struct html);
        html_read(w, NULL, next, l->a, group);
        for (size_t i = 0; i < group->anchor_count && i < 1; i++)
            add_page(l, group->anchors[i].href, true);
    }
}

bool links_is_records(struct span text)
{
    struct span s = text_trim((struct span){ text.p, text.n < 512 ? text.n : 512 });
    if (span_starts(s, SPAN("<?xml"))) {
        const char *close = span_find(s, SPAN("?>"));
        s = close == NULL ? s : text_trim(span_between(close + 2, s.p + s.n));
    }
    return span_starts(s, SPAN("<datastore")) || span_starts(s, SPAN("<recordset"));
}

void links_records(struct links *l, const struct html_words *w, struct span text)
{
    add_records(l, w, text, (struct span){ NULL, 0 });
}

void links_html(struct links *l, const struct html_words *w, const struct html *h)
{
    struct span column = list_column(l, h);
    add_anchors(l, h, column);
    for (size_t i = 0; i < h->script_count; i++) {
        script_pager(l, h->scripts[i].text);
        add_records(l, w, h->scripts[i].text, column);
    }
}

void links_feeds(struct links *l, const struct html *h)
{
    for (size_t i = 0; i < h->feed_count; i++)
        links_add(l, h->feeds[i], ROLE_FEED, false);
}

/* ---- home pages -------------------------------------------------------------------------------------------------- */

/* An address that may lead to a page or a feed, by what its file's name ends in. */
static bool may_be_page(struct span url)
{
    static const char *const ends[] = { ".asp", ".aspx", ".php", ".jsp", ".jspx", ".do",  ".action",
                                        ".cgi", ".xml",  ".rss", ".cn",  ".com",  ".htm", ".json" };
    struct url u;
    if (!url_split(url, &u))
        return false;
    struct span file = url_file(&u);
    if (file.n == 0 || memchr(file.p, '.', file.n) == NULL || is_page_file(file))
        return true;
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (ends_nocase(file, ends[i]))
            return true;
    }
    return false;
}

static void add_ways(struct links *l, const struct html *h)
{
    for (size_t i = 0; i < h->anchor_count && l->n < PAGE_LINKS_MAX; i++) {
        const struct html_anchor *x = &h->anchors[i];
        struct link *it = x->href.n == 0 || x->href.p[0] == '#' ? NULL : links_add(l, x->href, ROLE_LIST, false);
        if (it == NULL || it->role != ROLE_LIST || it->title.n > 0)
            continue;
        it->title = anchor_title(l, h, x);
    }
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].role != ROLE_LIST || l->items[i].next || may_be_page(l->items[i].url))
            l->items[kept++] = l->items[i];
    }
    l->n = kept; /* nothing is added after this: the table's indexes are those of before */
}

/* <meta http-equiv="refresh" content="0; url=/index/">: where it leads. */
static struct span refresh_target(const struct html *h)
{
    for (size_t i = 0; i < h->meta_count; i++) {
        const char *at;
        if (strcasecmp(h->metas[i].name.p, "refresh") != 0 || (at = strcasestr(h->metas[i].content.p, "url=")) == NULL)
            continue;
        struct span s = text_trim(span_of(at + strlen("url=")));
        while (s.n > 0 && (s.p[0] == '\'' || s.p[0] == '"'))
            s.p++, s.n--;
        while (s.n > 0 && (s.p[s.n - 1] == '\'' || s.p[s.n - 1] == '"'))
            s.n--;
        return s;
    }
    return (struct span){ NULL, 0 };
}

/* location.href = "/index/"; location.replace('…'): the first text in quotes behind it. */
static struct span script_target(const struct html *h)
{
    for (size_t i = 0; i < h->script_count; i++) {
        const char *p = span_find(h->scripts[i].text, SPAN("location")),
                   *end = h->scripts[i].text.p + h->scripts[i].text.n;
        while (p != NULL && p < end && *p != '"' && *p != '\'' && *p != ';' && *p != '\n')
            p++;
        const char *q =
            p == NULL || p >= end || *p == ';' || *p == '\n' ? NULL : memchr(p + 1, *p, (size_t)(end - p - 1));
        if (q != NULL && q > p + 1)
            return span_between(p + 1, q);
    }
    return (struct span){ NULL, 0 };
}

void links_home(struct links *l, const struct html_words *w, const struct html *h)
{
    links_html(l, w, h);
    links_feeds(l, h);
    struct span target = refresh_target(h);
    if (target.n == 0 && h->anchor_count < 5)
        target = script_target(h);
    if (target.n > 0)
        add_page(l, target, true);
    add_ways(l, h);
}
