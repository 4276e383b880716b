#include "worker/fields.h"

#include <ctype.h>
#include <jansson.h>
#include <strings.h>

#include "common/text.h"
#include "worker/byline.h"
#include "worker/title.h"

#define COUNT(a)     (sizeof(a) / sizeof((a)[0]))
#define LD_MAX_BYTES (256 * 1024)
#define BEFORE_LINES 40 /* lines before the body that may hold its labels */
#define AFTER_LINES  30

static void set(struct article *art, enum article_field f, struct span s)
{
    if (art->f[f].n == 0 && s.n > 0)
        art->f[f] = text_cut(s, article_fields[f].max_bytes);
}

/* ---- lines ---- */

static void take_date(struct when *to, struct span s)
{
    struct when w;
    if (to->year == 0 && when_find(s, &w, NULL))
        *to = w;
}

static bool can_be_source(struct span s)
{
    size_t han = 0;
    for (const char *p = s.p, *end = s.p + s.n; p < end;)
        han += text_is_han(text_next(&p, end));
    return han >= 3 && !span_starts(s, SPAN("星期")) && !span_has(s, SPAN("专题")) && !span_has(s, SPAN("天气"));
}

static void take_label(struct fields *f, const struct labelled *l)
{
    struct span v = l->value;
    switch (l->label) {
    case LABEL_DATE: take_date(&f->labelled, v); break;
    case LABEL_DATE_WEAK: take_date(&f->weak, v); break;
    case LABEL_SOURCE:
        if (f->source.n == 0)
            f->source = line_source(v);
        break;
    case LABEL_SOURCE_WEAK:
        if (f->weak_source.n == 0)
            f->weak_source = line_source(v);
        break;
    case LABEL_AUTHOR:
    case LABEL_REPORTER:
        if (span_starts(v, SPAN("《"))) { /* 作者：《…报》记者 … */
            const char *close = span_find(v, SPAN("》"));
            if (close != NULL && f->weak_source.n == 0)
                f->weak_source = line_source(span_between(v.p + 3, close));
            if (close != NULL)
                v = span_between(close + 3, v.p + v.n);
        }
        byline_names(f->a, f->art, v, "text");
        break;
    case LABEL_PHOTO: byline_names(f->a, f->art, v, "photo"); break;
    case LABEL_EDITOR: set(f->art, ARTICLE_EDITOR, byline_editor(f->a, v)); break;
    case LABEL_ORIGINAL:
        if (span_starts(v, SPAN("http"))) {
            size_t k = 0;
            while (k < v.n && (unsigned char)v.p[k] > ' ' && (unsigned char)v.p[k] < 0x7f)
                k++;
            set(f->art, ARTICLE_CANONICAL_URL, (struct span){ v.p, k });
        }
        break;
    case LABEL_COLUMN:
        if (line_chars(v) >= 2 && line_chars(v) <= 20)
            set(f->art, ARTICLE_COLUMN, v);
        break;
    case LABEL_CREDIT:
    case LABEL_KEYWORDS:
    case LABEL_TITLE:
    case LABEL_TOOL: break;
    }
}

/* 云溪日报, 原创 云溪日报, 李明远/云溪日报: the publisher that a line ends in; empty when it ends in none. */
static struct span publisher_at_end(struct span s)
{
    s = text_trim(s);
    for (size_t i = s.n; i > 0; i--) {
        if (s.p[i - 1] == ' ' || s.p[i - 1] == '/') {
            s = (struct span){ s.p + i, s.n - i };
            break;
        }
    }
    return line_is_publisher(s) ? s : (struct span){ NULL, 0 };
}

/* Labels that blanks alone part from their values: 来源 云溪日报 发布时间 2019-09-26. */
static void take_bare_labels(struct fields *f, struct span line)
{
    const char *end = line.p + line.n;
    enum label label;
    for (const char *p = line.p, *q; p < end; p = q + 1) {
        q = memchr(p, ' ', (size_t)(end - p));
        if (q == NULL)
            return;
        if (line_is_label(span_between(p, q), &label)) {
            struct labelled l = { label, span_between(q + 1, end), (size_t)(p - line.p) };
            take_label(f, &l);
        }
    }
}

void fields_line(struct fields *f, struct span line)
{
    struct labelled l[16];
    line = text_trim(line);
    if (line.n == 0 || line.n > 600)
        return;
    size_t n = line_labels(line, l, COUNT(l));
    enum label alone;
    if (n == 0 && f->wants == 0 && line_is_label(line, &alone)) {
        f->wants = (int)alone + 1;
        return;
    }
    if (n == 0 && line_chars(line) <= 60)
        take_bare_labels(f, line);
    if (n == 0 && f->wants > 0 && line_chars(line) <= 30) { /* the value stands in the next cell */
        l[0] = (struct labelled){ (enum label)(f->wants - 1), line, line.n };
        take_label(f, &l[0]);
    }
    f->wants = n > 0 && l[n - 1].value.n == 0 ? (int)l[n - 1].label + 1 : 0;
    struct span issue;
    int year, month;
    if (f->art->f[ARTICLE_ISSUE].n == 0 && line_chars(line) < 60 && line_issue(line, &issue, &year, &month)) {
        set(f->art, ARTICLE_ISSUE, issue);
        f->issue = (struct when){ .year = year, .month = month, .hour = -1, .minute = -1, .second = -1 };
        struct span rest = span_between(issue.p + issue.n, n > 0 ? line.p + l[0].at : line.p + line.n);
        const char *p = rest.p, *end = rest.p + rest.n;
        while (p < end) { /* 2025年第7期 —— 本期焦点 */
            const char *q = p;
            uint32_t c = text_next(&q, end);
            if (text_is_han(c) || (c < 0x80 && isalnum((int)c)))
                break;
            p = q;
        }
        rest = text_trim(span_between(p, end));
        if (line_chars(rest) >= 2 && line_chars(rest) <= 20)
            set(f->art, ARTICLE_COLUMN, rest);
        struct span journal = line_source(span_between(line.p, issue.p)); /* 人大天地 2025年第7期 */
        if (n == 0 && line_chars(journal) <= 12 && f->journal.n == 0)
            f->journal = journal;
    }
    for (size_t i = 0; i < n; i++)
        take_label(f, &l[i]);
    struct when w;
    struct span at;
    if (line_chars(line) <= 80 && !span_has(line, SPAN("。")) && when_find(line, &w, &at) && w.day > 0) {
        bool first = f->plain.year == 0;
        bool labelled_weak = n > 0 && l[0].label == LABEL_DATE_WEAK && l[0].at < 6;
        if (!labelled_weak)
            take_date(&f->plain, line);
        if (first && f->plain_source.n == 0) { /* 2019-09-26 10:56:28 证券时报网 */
            struct span rest = text_trim(span_between(
                at.p + at.n, n > 0 && l[0].at > (size_t)(at.p + at.n - line.p) ? line.p + l[0].at : line.p + line.n));
            const char *blank = memchr(rest.p, ' ', rest.n);
            if (blank != NULL)
                rest.n = (size_t)(blank - rest.p);
            if (n == 0 || l[0].at > 0)
                rest = line_source(rest);
            if (rest.n > 0 && can_be_source(rest) && (n == 0 || rest.p + rest.n <= line.p + l[0].at)) {
                if (byline_is_name(rest) && !line_is_publisher(rest)) /* 2019-09-26 李明远 */
                    byline_names(f->a, f->art, rest, "text");
                else
                    f->plain_source = rest;
            }
            if (f->plain_source.n == 0 && n == 0)
                f->plain_source = publisher_at_end(span_between(line.p, at.p));
        }
    }
    if (f->owner.n == 0)
        f->owner = line_copyright_owner(line);
}

void fields_settle(struct fields *f, const struct when *meta, const struct page_in *in)
{
    struct when url, hint, best = { 0 };
    bool has_url = when_in_url(in->url, &url), has_hint = when_find(in->hint_date, &hint, NULL);
    const struct when *order[] = { meta,
                                   &f->labelled,
                                   f->issue.month > 0 ? &f->issue : &f->plain,
                                   &f->plain,
                                   &f->weak,
                                   has_hint ? &hint : meta,
                                   has_url ? &url : meta };
    for (size_t i = 0; i < COUNT(order) && best.year == 0; i++)
        best = *order[i];
    if (best.year == 0 && f->issue.year != 0)
        best = f->issue;
    best.hour = -1; /* the record's dates are days, or less */
    if (best.year != 0)
        set(f->art, ARTICLE_PUBLISHED, when_iso(f->a, &best));
    set(f->art, ARTICLE_SOURCE, f->source);
    set(f->art, ARTICLE_SOURCE, f->plain_source);
    set(f->art, ARTICLE_SOURCE, f->weak_source);
    set(f->art, ARTICLE_SOURCE, f->lone_source);
    set(f->art, ARTICLE_SOURCE, f->journal);
    if (f->art->f[ARTICLE_ISSUE].n > 0)
        set(f->art, ARTICLE_SOURCE, f->owner);
}

/* ---- the page's head ---- */

static struct span meta_value(const struct html *h, const char *name)
{
    for (size_t i = 0; i < h->meta_count; i++) {
        if (strcasecmp(h->metas[i].name.p, name) == 0) {
            struct span v = text_trim(h->metas[i].content);
            if (v.n > 0)
                return v;
        }
    }
    return (struct span){ NULL, 0 };
}

static struct span meta_any(const struct html *h, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct span v = meta_value(h, names[i]);
        if (v.n > 0)
            return v;
    }
    return (struct span){ NULL, 0 };
}

/* Mark-up that a CMS left inside a value: <br>, &nbsp; */
static struct span plain_value(struct span s, struct arena *a)
{
    if (s.n == 0 || (memchr(s.p, '<', s.n) == NULL && !span_has(s, SPAN("&nbsp;")) && memchr(s.p, '\n', s.n) == NULL))
        return s;
    char *out = arena_alloc(a, s.n + 1), *o = out;
    bool inside = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '<') {
            inside = true;
        } else if (s.p[i] == '>' && inside) {
            inside = false;
            *o++ = ' ';
        } else if (!inside && span_starts((struct span){ s.p + i, s.n - i }, SPAN("&nbsp;"))) {
            i += 5;
            *o++ = ' ';
        } else if (!inside) {
            *o++ = s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i];
        }
    }
    return text_trim(span_between(out, o));
}

struct ld {
    struct span title, date, source, author;
};

static struct span ld_string(struct arena *a, json_t *v)
{
    if (json_is_array(v))
        v = json_array_get(v, 0);
    if (json_is_object(v))
        v = json_object_get(v, "name");
    if (!json_is_string(v) || memchr(json_string_value(v), 0, json_string_length(v)) != NULL)
        return (struct span){ NULL, 0 };
    return text_trim(arena_span(a, (struct span){ json_string_value(v), json_string_length(v) }));
}

static void ld_object(struct arena *a, json_t *o, struct ld *ld, int depth)
{
    if (depth > 4)
        return;
    if (json_is_array(o)) {
        size_t i;
        json_t *v;
        json_array_foreach(o, i, v)
        {
            if (i < 32)
                ld_object(a, v, ld, depth + 1);
        }
        return;
    }
    if (!json_is_object(o))
        return;
    ld_object(a, json_object_get(o, "@graph"), ld, depth + 1);
    struct span type = ld_string(a, json_object_get(o, "@type")),
                date = ld_string(a, json_object_get(o, "datePublished"));
    if (date.n == 0)
        date = ld_string(a, json_object_get(o, "pubDate"));
    if (!span_has(type, SPAN("Article")) && !span_has(type, SPAN("Posting")) && !span_has(type, SPAN("Report")) &&
        date.n == 0)
        return;
    if (ld->title.n == 0)
        ld->title = ld_string(a, json_object_get(o, json_object_get(o, "headline") != NULL ? "headline" : "title"));
    if (ld->date.n == 0)
        ld->date = date;
    if (ld->author.n == 0)
        ld->author = ld_string(a, json_object_get(o, "author"));
    if (ld->source.n == 0)
        ld->source = ld_string(a, json_object_get(o, "sourceOrganization"));
}

static void read_ld(const struct html *h, struct arena *a, struct ld *ld)
{
    memset(ld, 0, sizeof(*ld));
    for (size_t i = 0, read = 0; i < h->script_count && read < 8; i++) {
        if (!h->scripts[i].json_ld || h->scripts[i].text.n > LD_MAX_BYTES)
            continue;
        read++;
        json_t *v = json_loadb(h->scripts[i].text.p, h->scripts[i].text.n, JSON_DISABLE_EOF_CHECK, NULL);
        if (v != NULL)
            ld_object(a, v, ld, 0);
        json_decref(v);
    }
}

static void read_keywords(const struct html *h, struct arena *a, struct article *art)
{
    struct span v = meta_value(h, "keywords");
    if (v.n == 0 || v.n > 1000)
        return;
    char *out = arena_alloc(a, v.n + 1), *o = out;
    size_t words = 0;
    for (const char *p = v.p, *end = v.p + v.n; p < end && words < 32;) {
        const char *from = p, *q = p;
        while (p < end) {
            q = p;
            uint32_t c = text_next(&q, end);
            if (c == ',' || c == 0xff0c || c == ';' || c == 0xff1b || c == 0x3001 || c == '|' || text_is_space(c))
                break;
            p = q;
        }
        if (p > from) {
            if (o > out)
                *o++ = '\n';
            memcpy(o, from, (size_t)(p - from));
            o += p - from;
            words++;
        }
        p = p < end ? q : end;
    }
    set(art, ARTICLE_KEYWORDS, span_between(out, o));
}

static const char *const date_metas[] = { "PubDate",
                                          "publishdate",
                                          "publish-date",
                                          "publish_date",
                                          "pubtime",
                                          "publishtime",
                                          "article:published_time",
                                          "og:article:published_time",
                                          "datePublished",
                                          "publishedDate",
                                          "bytedance:published_time",
                                          "weibo:article:create_at",
                                          "DC.date.issued",
                                          "og:release_date",
                                          "og:pubdate",
                                          "pub_date",
                                          "firstpublishedtime" };
static const char *const changed_metas[] = { "dateUpdate",      "dateModified", "article:modified_time",
                                             "og:updated_time", "lastmod",      "last-modified" };
static const char *const title_metas[] = { "ArticleTitle", "article_title", "Article-Title" };
static const char *const source_metas[] = { "ContentSource",   "source",  "Source",
                                            "article:source",  "mediaid", "og:article:source",
                                            "copyright_source" };

/* ---- lines around the body ---- */

static void split_date(struct fields *f, struct span before, struct span line, struct span after)
{
    struct when w;
    if (!when_find(line, &w, NULL) || w.day != 0 || line_chars(line) > 10)
        return;
    struct span days[] = { text_trim(before), text_trim(after) };
    for (int i = 0; i < 2 && f->plain.year == 0; i++) {
        if (days[i].n < 1 || days[i].n > 2 || !isdigit((unsigned char)days[i].p[0]) ||
            !isdigit((unsigned char)days[i].p[days[i].n - 1]))
            continue;
        int day = days[i].n == 1 ? days[i].p[0] - '0' : (days[i].p[0] - '0') * 10 + days[i].p[1] - '0';
        if (day >= 1 && day <= 31) {
            w.day = day;
            f->plain = w;
        }
    }
}

static struct span line_at(const struct html *h, uint32_t i)
{
    return i < h->line_count ? html_text(h, h->lines[i].from, h->lines[i].to) : (struct span){ NULL, 0 };
}

/* The clock in a site's header. */
static bool tells_today(struct span s)
{
    return span_has(s, SPAN("今天")) || span_has(s, SPAN("今日")) || span_has(s, SPAN("欢迎")) ||
           span_has(s, SPAN("农历")) || span_has(s, SPAN("现在是")) || span_has(s, SPAN("星期"));
}

static void read_before(const struct html *h, uint32_t from, uint32_t to, uint32_t title, struct fields *f)
{
    for (uint32_t i = from; i < to; i++) {
        const struct html_line *l = &h->lines[i];
        struct span s = html_line_parts(h, i, f->a);
        if (i == title || l->chars > 200 || (l->links >= l->chars && l->chars > 12) ||
            (title != UINT32_MAX && i < title && tells_today(s)))
            continue;
        fields_line(f, s);
        if (f->lone_source.n == 0 && title != UINT32_MAX && i > title && l->links == 0 && l->chars <= 20)
            f->lone_source = publisher_at_end(s);
        split_date(f, i > 0 ? line_at(h, i - 1) : (struct span){ NULL, 0 }, s, line_at(h, i + 1));
    }
}

static void read_around(const struct html *h, const struct body *b, uint32_t title, struct fields *f)
{
    uint32_t first = b->from > BEFORE_LINES ? b->from - BEFORE_LINES : 0;
    if (title < b->from) { /* between title and body, then just above the title */
        if (title > first + 6)
            first = title - 6;
        read_before(h, title, b->from, title, f);
        read_before(h, first < title ? first : title, title, title, f);
    } else {
        read_before(h, first, b->from, UINT32_MAX, f);
    }
    struct when plain = f->plain;
    struct span plain_source = f->plain_source;
    for (uint32_t i = b->to; i < h->line_count && i < b->to + AFTER_LINES; i++) {
        const struct html_line *l = &h->lines[i];
        if (l->chars > 200 || l->links * 5 > l->chars * 4)
            continue;
        fields_line(f, html_line_parts(h, i, f->a));
        if (i >= b->to + 8 || plain.year != 0) { /* dates further down belong to other articles */
            f->plain = plain;
            f->plain_source = plain_source;
        } else if (f->plain.year != 0) {
            plain = f->plain;
            plain_source = f->plain_source;
        }
    }
    for (size_t i = h->line_count; i > b->to && h->line_count - i < 15 && f->owner.n == 0; i--)
        f->owner = line_copyright_owner(line_at(h, (uint32_t)i - 1));
}

static void dated_elements(const struct html *h, const struct body *b, struct fields *f)
{
    for (uint32_t i = 1; i < h->node_count && f->plain.year == 0; i++) {
        const struct html_node *n = &h->nodes[i];
        if (n->line > b->from + 3)
            break;
        if ((n->hints & HINT_DATE) && !(n->hints & (HINT_LINK | HINT_HIDDEN)) && n->text_end - n->text < 200 &&
            n->text_end > n->text) {
            struct when w;
            struct span at;
            if (when_find(html_text(h, n->text, n->text_end), &w, &at) && w.day > 0)
                f->plain = w;
        }
    }
}

/* A source that stands alone in an element of that class: <a class="source">云溪日报</a>. */
static void sourced_elements(const struct html *h, const struct body *b, struct fields *f)
{
    for (uint32_t i = 1; i < h->node_count && f->source.n == 0; i++) {
        const struct html_node *n = &h->nodes[i];
        if (n->line > b->from)
            break;
        if (!(n->hints & HINT_SOURCE) || (n->hints & (HINT_HIDDEN | HINT_CRUMB | HINT_TITLE)) ||
            n->text_end - n->text > 120 || n->line_end - n->line > 1)
            continue;
        struct span s = line_source(text_trim(html_text(h, n->text, n->text_end)));
        if (s.n > 0 && can_be_source(s) && line_chars(s) <= 20 && line_kind(s) == LINE_TEXT)
            f->source = s;
    }
}

/* The text between <name> and </name>. */
static struct span property(const struct html *h, const char *open)
{
    struct span none = { NULL, 0 };
    const char *p = span_find(h->properties, span_of(open)), *end = h->properties.p + h->properties.n;
    if (p == NULL)
        return none;
    p += strlen(open);
    const char *q = memchr(p, '<', (size_t)(end - p));
    return q == NULL || q - p > 1000 ? none : text_trim(span_between(p, q));
}

/* "pubtime":"2024-02-02 10:05", publish_time = '…': what a page's scripts know of it. Year 0: nothing. */
static void script_date(const struct html *h, struct when *w)
{
    static const char *const keys[] = { "pubtime",      "pubTime",       "pubDate",     "pubdate",
                                        "publish_time", "publishTime",   "publishDate", "publish_date",
                                        "publishedAt",  "datePublished", "newsTime",    "news_time" };
    w->year = 0;
    for (size_t i = 0; i < h->script_count; i++) {
        struct span s = h->scripts[i].text;
        const char *end = s.p + s.n;
        const char *ct = span_find(s, SPAN("var ct = \"")); /* of pages that WeChat accounts publish: a Unix time */
        if (ct != NULL && when_unix(span_between(ct + 10, end), w))
            return;
        for (size_t k = 0; k < COUNT(keys); k++) {
            const char *p = span_find(s, span_of(keys[k]));
            if (p == NULL)
                continue;
            p += strlen(keys[k]);
            struct span value = { p, (size_t)(end - p) < 40 ? (size_t)(end - p) : 40 };
            size_t skip = 0;
            while (skip < value.n && strchr("\\\"': =", value.p[skip]) != NULL)
                skip++;
            struct span at;
            if (skip > 0 && when_find(value, w, &at) && w->day > 0 && at.p == value.p + skip)
                return;
        }
    }
    w->year = 0;
}

/* 原创云溪市…: a badge before the title, where <title> has the title alone. */
static struct span without_badge(struct span title, struct span head)
{
    static const char *const badges[] = { "原创", "转载", "置顶", "推荐" };
    for (size_t i = 0; i < COUNT(badges); i++) {
        struct span badge = span_of(badges[i]), rest = { title.p + badge.n, title.n - badge.n };
        if (span_starts(title, badge) && line_same(rest, title_part(head)))
            return title_part(head);
    }
    return title;
}

/* The title that is trusted most; *seen is what the page shows as its title, at line *at (UINT32_MAX: nowhere). */
static struct span choose_title(const struct html *h, struct body *b, const struct ld *ld, const struct page_in *in,
                                struct arena *a, struct span *seen, uint32_t *at)
{
    struct span head = h->title, title = plain_value(meta_any(h, title_metas, COUNT(title_metas)), a);
    *seen = title_find(h, b, a, head, at);
    if (line_chars(title) < 3)
        title = plain_value(property(h, "<title>"), a);
    if (line_chars(title) < 3)
        title = line_same(ld->title, head) ? title_part(ld->title) : ld->title; /* some give <title>, site and all */
    if (title.n == 0)
        title = *seen;
    if (title_is_cut(title) && seen->n > title.n && line_holds(*seen, (struct span){ title.p, title.n - 3 }))
        title = *seen;
    if (title.n > 0)
        return without_badge(title, head);
    struct span og = meta_value(h, "og:title"), part = title_part(head);
    if (og.n > 0)
        return title_part(og);
    if (head.n > 0 && !title_is_site(part) && !title_is_column(h, part))
        return part;
    if (in->hint_title.n > 0)
        return in->hint_title;
    *seen = title_by_place(h, b, at);
    return seen->n > 0 || head.n == 0 ? *seen : part;
}

void fields_read(const struct html *h, struct body *b, const struct page_in *in, struct arena *a, struct article *art)
{
    struct fields f = { .a = a, .art = art };
    struct ld ld;
    struct when meta = { 0 };
    struct span column = { NULL, 0 };
    uint32_t at = UINT32_MAX;
    read_ld(h, a, &ld);
    struct span seen, title = choose_title(h, b, &ld, in, a, &seen, &at);
    set(art, ARTICLE_COLUMN, plain_value(meta_value(h, "ColumnName"), a));
    struct span shown = title;
    title = title_clean(plain_value(title, a), &column);
    set(art, ARTICLE_COLUMN, column);
    body_trim(h, seen.n > 0 && (line_holds(shown, seen) || line_holds(seen, shown)) ? seen : shown, b);
    struct span date = meta_any(h, date_metas, COUNT(date_metas));
    if (date.n == 0)
        date = property(h, "<date>");
    if (date.n == 0)
        date = ld.date;
    when_find(date, &meta, NULL);
    if (meta.year != 0 && meta.day == 0)
        meta.year = 0;
    take_date(&f.weak, meta_any(h, changed_metas, COUNT(changed_metas)));
    f.source = line_source(plain_value(meta_any(h, source_metas, COUNT(source_metas)), a));
    if (f.source.n > 0 && !can_be_source(f.source) && line_chars(f.source) < 3)
        f.source.n = 0;
    read_around(h, b, at, &f);
    if (f.plain.year == 0 && f.labelled.year == 0 && meta.year == 0) {
        dated_elements(h, b, &f);
        if (f.plain.year == 0 && h->datetime.n > 0)
            when_find(h->datetime, &f.plain, NULL);
        if (f.plain.year == 0)
            script_date(h, &f.plain);
    }
    if (f.source.n == 0)
        f.source = line_source(property(h, "<sourcename>"));
    if (f.source.n == 0)
        f.source = line_source(ld.source);
    if (f.source.n == 0 && f.plain_source.n == 0)
        sourced_elements(h, b, &f);
    if (span_is(f.source, "本站") || span_is(f.source, "本网") || span_is(f.source, "本网站")) { /* who that is */
        struct span site = line_source(plain_value(meta_value(h, "SiteName"), a));
        f.source = site.n > 0 ? site : f.source;
    }
    if (art->author_count == 0)
        byline_names(a, art, meta_value(h, "author"), "text");
    if (art->author_count == 0)
        byline_names(a, art, ld.author, "text");
    for (uint32_t i = at < b->from ? at + 1 : b->first > 3 ? b->first - 3 : 0; i <= b->from && i < h->line_count; i++) {
        struct span s = line_at(h, i);
        if (span_starts(s, SPAN("——")) && line_chars(s) <= 60) {
            set(art, ARTICLE_SUBTITLE, text_trim((struct span){ s.p + strlen("——"), s.n - strlen("——") }));
            if (i == b->from)
                b->from++;
        }
    }
    for (uint32_t i = b->from > BEFORE_LINES ? b->from - BEFORE_LINES : 0; i < b->from && art->f[ARTICLE_COLUMN].n == 0;
         i++) {
        struct span s = line_at(h, i);
        if (h->lines[i].chars <= 80 && line_kind(s) == LINE_CRUMB && !line_same(line_crumb_column(s), title))
            set(art, ARTICLE_COLUMN, line_crumb_column(s));
    }
    set(art, ARTICLE_TITLE, title);
    read_keywords(h, a, art);
    fields_settle(&f, &meta, in);
    if (h->canonical.n > 0 && span_starts(h->canonical, SPAN("http")))
        set(art, ARTICLE_CANONICAL_URL, h->canonical);
    set(art, ARTICLE_TEXT, body_text(h, b, a));
    byline_read(a, art, art->f[ARTICLE_TEXT]);
}
