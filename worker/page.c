#include "worker/page.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <strings.h>

#include "common/text.h"
#include "worker/body.h"
#include "worker/charset.h"
#include "worker/document.h"
#include "worker/feeds.h"
#include "worker/fields.h"
#include "worker/html.h"
#include "worker/lines.h"
#include "worker/links.h"
#include "worker/needs.h"
#include "worker/plain.h"
#include "worker/select.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define BODY_CHARS_SURE  300 /* so much text is an article even where a list was expected */
#define BODY_CHARS_MIN   20  /* less is one only with a title and nothing else on the page */
#define NOTICE_CHARS_MAX 400 /* an error or challenge page says little */

const char *const page_role_names[] = { "list", "article", "feed", "sitemap", "home" };
const char *const page_class_names[] = { "article", "list", "feed", "sitemap", "soft404", "challenge", "other" };

struct page_reader {
    struct charset *charset;
    struct html_words *words;
    struct patterns *patterns;
};

static void no_xml_error(void *ctx, const char *msg, ...)
{
    (void)ctx, (void)msg;
}

struct page_reader *page_reader_new(void)
{
    struct page_reader *r = calloc(1, sizeof(*r));
    if (r == NULL)
        abort();
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, no_xml_error);
    document_init();
    json_object_seed(0); /* jansson would read /dev/urandom at its first object */
    r->charset = charset_new();
    r->words = html_words_new();
    r->patterns = patterns_new();
    return r;
}

void page_reader_free(struct page_reader *r)
{
    if (r == NULL)
        return;
    charset_free(r->charset);
    html_words_free(r->words);
    patterns_free(r->patterns);
    free(r);
}

static bool has_any(struct span s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (span_has(s, span_of(words[i])))
            return true;
    }
    return false;
}

static bool type_is(const struct page_in *in, const char *type)
{
    return in->content_type.n >= strlen(type) && strncasecmp(in->content_type.p, type, strlen(type)) == 0;
}

static bool has_markup(struct span text)
{
    struct span head = { text.p, text.n < 65536 ? text.n : 65536 };
    for (const char *p = head.p, *end = p + head.n; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++) {
        if (end - p < 3)
            break;
        char c = p[1] | 0x20;
        if ((c >= 'a' && c <= 'z') || p[1] == '!' || (p[1] == '/' && (p[2] | 0x20) >= 'a' && (p[2] | 0x20) <= 'z'))
            return true;
    }
    return false;
}

static bool starts_html(struct span text)
{
    struct span s = text_trim((struct span){ text.p, text.n < 512 ? text.n : 512 });
    return strncasecmp(s.n >= 9 ? s.p : "         ", "<!doctype", 9) == 0 ||
           strncasecmp(s.n >= 5 ? s.p : "     ", "<html", 5) == 0;
}

static bool is_plain(const struct page_in *in, struct span text)
{
    struct span path = in->final_url.n > 0 ? in->final_url : in->url;
    if (type_is(in, "text/plain") || span_ends(path, SPAN(".txt")))
        return !starts_html(text);
    return in->content_type.n == 0 && !has_markup(text);
}

static void other(struct page_out *out, const char *reason)
{
    out->class = CLASS_OTHER;
    out->reason = span_of(reason);
}

/* What else is to be known of how the page was read. */
static void note(struct page_out *out, struct arena *a, const char *what)
{
    out->reason = arena_printf(a, "%.*s%s%s", SPAN_FMT(out->reason), out->reason.n > 0 ? "; " : "", what);
}

static void give_links(struct page_out *out, enum page_class class, const struct links *l)
{
    out->class = class;
    out->links = l->items;
    out->link_count = l->n;
}

static struct article *new_article(const struct page_in *in, struct arena *a)
{
    struct article *art = ARENA_NEW(a, struct article);
    art->f[ARTICLE_URL] = in->url;
    return art;
}

static void read_plain(struct span text, const struct page_in *in, struct arena *a, struct page_out *out)
{
    struct article *art = new_article(in, a);
    if (!plain_read(text, in, a, art)) {
        other(out, "no text");
        return;
    }
    out->class = CLASS_ARTICLE;
    out->article = art;
}

/* A document in the place of a page: its text is the article. */
static void read_document(const struct page_in *in, struct arena *a, struct page_out *out)
{
    struct document d;
    struct span text;
    out->charset = SPAN("utf-8");
    out->charset_how = SPAN("document");
    if (in->role != ROLE_ARTICLE) {
        other(out, "a document where a list was expected");
        return;
    }
    document_read(in->bytes, a, &d);
    text = d.text;
    if (text.n == 0)
        out->class = CLASS_OTHER;
    else
        read_plain(text, in, a, out);
    if (out->class == CLASS_OTHER)
        out->reason = d.why;
}

/* A page instead of the one that was asked for; fills out->class and reason. */
static bool is_notice(const struct html *h, uint32_t chars, struct page_out *out)
{
    static const char *const challenges[] = { "安全验证",          "滑动验证",         "人机验证",
                                              "完成验证",          "Just a moment",    "Checking your browser",
                                              "安全检测",          "请开启JavaScript", "请启用JavaScript",
                                              "enable JavaScript", "访问过于频繁",     "请输入验证码",
                                              "Access Denied",     "访问被拦截",       "网站防火墙",
                                              "您的请求存在威胁",  "创宇盾",           "访问被阻断",
                                              "正在验证您" };
    static const char *const scripts[] = { "acw_sc__v2", "__jsl_clearance",    "wzwsconfirm",     "WZWS",
                                           "cf-chl",     "challenge-platform", "FSSBBIl1UgzbN7N", "_$jsvmprt" };
    static const char *const missing[] = { "页面不存在",     "页面找不到",       "找不到页面",     "页面没有找到",
                                           "找不到该页",     "无法找到该页",     "无法找到页面",   "您访问的页面",
                                           "您要访问的页面", "您请求的页面",     "您要查看的页面", "您查看的页面",
                                           "网页不存在",     "404 Not Found",    "Page Not Found", "page not found",
                                           "找不到您",       "页面已失效",       "页面走丢",       "页面丢失",
                                           "未找到页面",     "访问的地址不存在", "不存在或已",     "HTTP 404",
                                           "错误404",        "404错误",          "404 -",          "Error 404" };
    static const char *const perhaps[] = { "文章不存在", "内容不存在", "信息不存在", "已被删除",
                                           "已删除",     "已下线",     "已过期" };
    if (chars > NOTICE_CHARS_MAX)
        return false;
    struct span text = { h->text.p, h->text.n < 6000 ? h->text.n : 6000 };
    bool few = text_count(text) < NOTICE_CHARS_MAX;
    const char *cookie = NULL;
    for (size_t i = 0; i < h->script_count && few; i++) {
        struct span s = h->scripts[i].text;
        if (has_any(s, scripts, COUNT(scripts)))
            cookie = "a script in front of the page";
        else if (text.n < 200 && span_has(s, SPAN("document.cookie")) &&
                 (span_has(s, SPAN("location.reload")) || span_has(s, SPAN("location.href")) ||
                  span_has(s, SPAN("location="))))
            cookie = "a script sets a cookie and loads the page again";
    }
    if (cookie != NULL ||
        (few && (has_any(text, challenges, COUNT(challenges)) || has_any(h->title, challenges, COUNT(challenges))))) {
        out->class = CLASS_CHALLENGE;
        out->reason = span_of(cookie != NULL ? cookie : "the page asks for a verification");
        return true;
    }
    if ((chars < 200 && has_any(text, missing, COUNT(missing))) ||
        (chars < 40 && has_any(text, perhaps, COUNT(perhaps))) || has_any(h->title, missing, COUNT(missing)) ||
        (span_starts(h->title, SPAN("404")) && chars < 200)) {
        out->class = CLASS_SOFT404;
        out->reason = SPAN("the page says that it does not exist");
        return true;
    }
    return false;
}

static size_t article_links(const struct links *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        n += l->items[i].role == ROLE_ARTICLE;
    return n;
}

/* ---- home pages -------------------------------------------------------------------------------------------------- */

/* 首页-某某人大网, 欢迎访问某某人大网: the site's name in a home page's title. */
static struct span name_in_title(struct span title)
{
    static const char *const greetings[] = { "欢迎访问", "欢迎光临", "欢迎来到", "首页", "网站首页", "主页" };
    struct span best = { NULL, 0 };
    for (const char *p = title.p, *end = title.p + title.n; p < end;) {
        const char *q = p;
        while (q < end && strchr("-_|>,", *q) == NULL)
            q++;
        struct span part = text_trim(span_between(p, q));
        for (size_t i = 0; i < COUNT(greetings); i++) {
            struct span word = span_of(greetings[i]);
            if (span_starts(part, word))
                part = text_trim((struct span){ part.p + word.n, part.n - word.n });
        }
        bool congress = span_has(part, SPAN("人大")) || span_has(part, SPAN("人民代表大会"));
        bool before = best.n > 0 && (span_has(best, SPAN("人大")) || span_has(best, SPAN("人民代表大会")));
        if (part.n > 0 && (best.n == 0 || (congress && !before)))
            best = part;
        p = q < end ? q + 1 : end;
    }
    return best;
}

static struct span meta_of(const struct html *h, const char *name)
{
    for (size_t i = 0; i < h->meta_count; i++) {
        if (strcasecmp(h->metas[i].name.p, name) == 0)
            return text_trim(h->metas[i].content);
    }
    return (struct span){ NULL, 0 };
}

/* What a site says of itself: its name as source, the title, and as text its description and the lines of its footer.
 * From these the rules for articles tell whose site it is. */
static struct article *read_identity(const struct html *h, const struct page_in *in, struct arena *a)
{
    struct article *art = new_article(in, a);
    struct span name = meta_of(h, "SiteName"), text = meta_of(h, "description");
    if (name.n == 0)
        name = meta_of(h, "og:site_name");
    if (name.n == 0)
        name = name_in_title(h->title);
    for (size_t i = 0; i < h->line_count; i++) {
        struct span line = html_text(h, h->lines[i].from, h->lines[i].to);
        if (line.n < 600 && text.n < 8192 &&
            (line_is_footer(line) || line_kind(line) == LINE_COPYRIGHT || span_has(line, SPAN("主办"))))
            text = arena_printf(a, "%.*s%s%.*s", SPAN_FMT(text), text.n > 0 ? "\n" : "", SPAN_FMT(line));
    }
    art->f[ARTICLE_TITLE] = text_cut(h->title, 600);
    art->f[ARTICLE_SOURCE] = text_cut(name, 300);
    art->f[ARTICLE_TEXT] = text_cut(text, 16384);
    return art;
}

static void read_home(struct page_reader *r, const struct html *h, const struct page_in *in, struct arena *a,
                      struct page_out *out)
{
    struct links l;
    struct body b;
    if (!links_init(&l, r->patterns, in, h->base, a)) {
        other(out, "its address is no http, https or file URL");
        return;
    }
    links_home(&l, r->words, h);
    if (l.n < 3) {
        body_find(h, a, &b);
        if (is_notice(h, b.chars, out))
            return;
    }
    give_links(out, CLASS_LIST, &l);
    out->article = read_identity(h, in, a);
}

/* Its article is read from its first page; that is where this one leads. */
static void further_page(struct page_out *out, struct arena *a)
{
    other(out, "a further page of an article");
    out->links = ARENA_NEW(a, struct link);
    out->links->url = out->needs->first;
    out->links->role = ROLE_ARTICLE;
    out->link_count = 1;
}

/* A page that was fetched as an article. */
static void read_article(struct page_reader *r, struct html *h, struct select *select, const struct page_in *in,
                         struct arena *a, struct page_out *out)
{
    struct body b;
    struct links l;
    body_find(h, a, &b);
    struct article *art = new_article(in, a);
    fields_read(h, &b, in, a, art);
    bool selected = select_article(select, h, a, art, &b); /* then the body is no matter of judgement */
    if (!selected && b.chars <= NOTICE_CHARS_MAX && is_notice(h, b.chars, out))
        return;
    bool listed = !selected && b.chars < 150 && h->anchor_count >= 20 && links_init(&l, r->patterns, in, h->base, a);
    if (listed) { /* an article's address that leads to a list or the home page */
        links_html(&l, r->words, h);
        if (article_links(&l) >= 10 && b.weight < 200 && (b.marks < 3 || art->f[ARTICLE_PUBLISHED].n == 0)) {
            give_links(out, CLASS_LIST, &l);
            return;
        }
    }
    out->selected = select_results(select, a, &out->selected_count);
    out->needs = ARENA_NEW(a, struct needs);
    needs_find(h, &b, in, a, out->needs);
    bool only_documents = art->f[ARTICLE_TITLE].n > 0 && out->needs->other_count > 0;
    if (!selected && !only_documents && b.chars < BODY_CHARS_MIN &&
        (art->f[ARTICLE_TEXT].n == 0 || art->f[ARTICLE_TITLE].n == 0)) {
        other(out, h->line_count == 0 ? "no text" : "no article body");
        return;
    }
    if (!in->part && out->needs->first.n > 0) {
        further_page(out, a);
        return;
    }
    out->class = CLASS_ARTICLE;
    out->article = art;
}

/* The links of a list: with a selector those to articles that stand in it, and the pagers of the whole page. */
static void read_list(struct page_reader *r, struct html *h, struct select *select, const struct page_in *in,
                      struct arena *a, struct links *l)
{
    struct html part;
    struct links inside;
    links_html(l, r->words, h);
    if (!select_list(select, h, a, &part) || !links_init(&inside, r->patterns, in, h->base, a))
        return;
    links_html(&inside, r->words, &part);
    struct link *items = ARENA_ARRAY(a, struct link, inside.n + l->n);
    size_t n = 0;
    for (size_t i = 0; i < inside.n; i++) {
        if (inside.items[i].role == ROLE_ARTICLE)
            items[n++] = inside.items[i];
    }
    for (size_t i = 0; i < l->n; i++) {
        if (l->items[i].role != ROLE_ARTICLE)
            items[n++] = l->items[i];
    }
    l->items = items;
    l->n = n;
}

static void read_elements(struct page_reader *r, struct html *h, struct select *select, const struct page_in *in,
                          struct arena *a, struct page_out *out)
{
    struct body b;
    struct links l;
    if (in->role == ROLE_HOME) {
        read_home(r, h, in, a, out);
        return;
    }
    if (in->role == ROLE_ARTICLE) {
        read_article(r, h, select, in, a, out);
        return;
    }
    if (!links_init(&l, r->patterns, in, h->base, a)) {
        other(out, "its address is no http, https or file URL");
        return;
    }
    read_list(r, h, select, in, a, &l);
    size_t articles = article_links(&l);
    if (articles < 3) {
        body_find(h, a, &b);
        body_trim(h, (struct span){ NULL, 0 }, &b);
        if (is_notice(h, b.chars, out))
            return;
        if (b.chars >= BODY_CHARS_SURE && b.marks >= 10 && l.n == articles) {
            read_article(r, h, select, in, a, out);
            return;
        }
    }
    out->selected = select_results(select, a, &out->selected_count);
    links_feeds(&l, h);
    give_links(out, CLASS_LIST, &l);
}

static void read_html(struct page_reader *r, struct span text, const struct page_in *in, struct arena *a,
                      struct page_out *out)
{
    struct html *h = ARENA_NEW(a, struct html);
    struct select *select = select_new(in->site.selectors, in->fetched_at, a);
    html_read(r->words, select, text, a, h);
    read_elements(r, h, select, in, a, out);
    if (h->flattened)
        note(out, a, "elements nested too deeply are read as if side by side");
    if (h->truncated)
        note(out, a, "its end is left out: too many elements");
}

static void read_feed(struct page_reader *r, enum feed_kind kind, struct span text, const struct page_in *in,
                      struct arena *a, struct page_out *out)
{
    struct links l;
    bool map = kind == FEED_SITEMAP || kind == FEED_SITEMAP_INDEX;
    if (!links_init(&l, r->patterns, in, (struct span){ NULL, 0 }, a) || !feed_read(kind, text, &l)) {
        other(out, "a feed that cannot be read");
    } else if (kind == FEED_SITEMAP_INDEX && l.n == 1 &&
               (span_eq(l.items[0].url, in->url) || span_eq(l.items[0].url, in->final_url))) {
        other(out, "an index of sitemaps that names only itself");
    } else {
        give_links(out, map ? CLASS_SITEMAP : CLASS_FEED, &l);
        if (l.n >= PAGE_LINKS_MAX)
            note(out, a, "its end is left out: too many links");
    }
    if (kind != FEED_JSON && feed_declares_entities(text))
        note(out, a, "it declares entities: they are left out");
}

static void read_text(struct page_reader *r, struct span text, const struct page_in *in, struct arena *a,
                      struct page_out *out)
{
    struct links l;
    if (type_is(in, "text/uri-list") || (in->role != ROLE_ARTICLE && links_is_uri_list(text))) {
        if (!links_init(&l, r->patterns, in, (struct span){ NULL, 0 }, a)) {
            other(out, "its address is no http, https or file URL");
            return;
        }
        links_uri_list(&l, text);
        give_links(out, CLASS_LIST, &l);
        return;
    }
    if (in->role != ROLE_ARTICLE && links_is_records(text)) {
        if (!links_init(&l, r->patterns, in, (struct span){ NULL, 0 }, a)) {
            other(out, "its address is no http, https or file URL");
            return;
        }
        links_records(&l, r->words, text);
        give_links(out, CLASS_LIST, &l);
        return;
    }
    enum feed_kind kind = feed_kind(text);
    if (kind != FEED_NONE)
        read_feed(r, kind, text, in, a, out);
    else if (is_plain(in, text))
        read_plain(text, in, a, out);
    else
        read_html(r, text, in, a, out);
}

void page_read(struct page_reader *r, const struct page_in *in, struct arena *a, struct page_out *out)
{
    struct charset_text text;
    memset(out, 0, sizeof(*out));
    if (document_kind(in->bytes) != DOCUMENT_NONE) {
        read_document(in, a, out);
        return;
    }
    charset_decode(r->charset, in->bytes, in->content_type, a, &text);
    out->charset = text.name;
    out->charset_how = text.how;
    read_text(r, text.text, in, a, out);
    if (text.had_nul)
        note(out, a, "its NUL bytes are left out");
    if (text.was_cut)
        note(out, a, "half a character at its end is left out");
}
