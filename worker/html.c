#include "worker/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"
#include "worker/page.h"
#include "worker/select.h"
#include "worker/strip.h"

/* ---- words: tag names and the parts of ids and classes ---- */

enum { IS_BLOCK = 1, IS_VOID = 2, IS_HIDDEN = 4, IS_PLAIN = 8, IS_HEAD = 16 };

static const struct {
    const char *name;
    uint16_t tag, is;
    uint16_t hints;
} tags[] = {
    { "a", TAG_A, 0, 0 },
    { "address", TAG_BLOCK, IS_BLOCK, 0 },
    { "article", TAG_ARTICLE, IS_BLOCK, HINT_BODY },
    { "aside", TAG_ASIDE, IS_BLOCK, HINT_NOISE },
    { "b", TAG_INLINE, IS_PLAIN, 0 },
    { "base", TAG_BASE, IS_VOID | IS_HEAD, 0 },
    { "big", TAG_INLINE, IS_PLAIN, 0 },
    { "blockquote", TAG_BLOCK, IS_BLOCK, 0 },
    { "body", TAG_BODY, IS_BLOCK, 0 },
    { "br", TAG_BR, IS_VOID | IS_BLOCK, 0 },
    { "button", TAG_HIDE, IS_HIDDEN, 0 },
    { "canvas", TAG_HIDE, IS_HIDDEN, 0 },
    { "caption", TAG_BLOCK, IS_BLOCK, 0 },
    { "center", TAG_BLOCK, IS_BLOCK, 0 },
    { "dd", TAG_DD, IS_BLOCK, 0 },
    { "div", TAG_DIV, IS_BLOCK, 0 },
    { "dl", TAG_DL, IS_BLOCK, 0 },
    { "dt", TAG_DT, IS_BLOCK, 0 },
    { "em", TAG_INLINE, IS_PLAIN, 0 },
    { "embed", TAG_HIDE, IS_VOID, 0 },
    { "fieldset", TAG_BLOCK, IS_BLOCK, 0 },
    { "figcaption", TAG_BLOCK, IS_BLOCK, 0 },
    { "figure", TAG_BLOCK, IS_BLOCK, 0 },
    { "font", TAG_INLINE, IS_PLAIN, 0 },
    { "footer", TAG_FOOTER, IS_BLOCK, HINT_NOISE },
    { "form", TAG_BLOCK, IS_BLOCK, 0 },
    { "frame", TAG_FRAME, IS_VOID, 0 },
    { "h1", TAG_H1, IS_BLOCK, 0 },
    { "h2", TAG_H2, IS_BLOCK, 0 },
    { "h3", TAG_H3, IS_BLOCK, 0 },
    { "h4", TAG_H4, IS_BLOCK, 0 },
    { "h5", TAG_H5, IS_BLOCK, 0 },
    { "h6", TAG_H5, IS_BLOCK, 0 },
    { "head", TAG_HEAD, IS_BLOCK, 0 },
    { "header", TAG_HEADER, IS_BLOCK, 0 },
    { "hr", TAG_BR, IS_VOID | IS_BLOCK, 0 },
    { "html", TAG_HTML, IS_BLOCK, 0 },
    { "i", TAG_INLINE, IS_PLAIN, 0 },
    { "iframe", TAG_HIDE, IS_HIDDEN, 0 },
    { "img", TAG_IMG, IS_VOID, 0 },
    { "input", TAG_INPUT, IS_VOID, 0 },
    { "ins", TAG_INLINE, IS_PLAIN, 0 },
    { "label", TAG_INLINE, IS_PLAIN, 0 },
    { "li", TAG_LI, IS_BLOCK, 0 },
    { "link", TAG_LINK, IS_VOID | IS_HEAD, 0 },
    { "main", TAG_BLOCK, IS_BLOCK, 0 },
    { "map", TAG_HIDE, IS_HIDDEN, 0 },
    { "meta", TAG_META, IS_VOID | IS_HEAD, 0 },
    { "nav", TAG_NAV, IS_BLOCK, HINT_NOISE },
    { "nobr", TAG_INLINE, IS_PLAIN, 0 },
    { "noscript", TAG_NOSCRIPT, IS_HIDDEN, 0 },
    { "object", TAG_HIDE, IS_HIDDEN, 0 },
    { "ol", TAG_OL, IS_BLOCK, 0 },
    { "p", TAG_P, IS_BLOCK, 0 },
    { "param", TAG_HIDE, IS_VOID, 0 },
    { "pre", TAG_BLOCK, IS_BLOCK, 0 },
    { "s", TAG_INLINE, IS_PLAIN, 0 },
    { "script", TAG_HIDE, IS_HIDDEN, 0 },
    { "section", TAG_SECTION, IS_BLOCK, 0 },
    { "select", TAG_HIDE, IS_HIDDEN, 0 },
    { "small", TAG_INLINE, IS_PLAIN, 0 },
    { "source", TAG_HIDE, IS_VOID, 0 },
    { "span", TAG_SPAN, IS_PLAIN, 0 },
    { "strong", TAG_INLINE, IS_PLAIN, 0 },
    { "style", TAG_HIDE, IS_HIDDEN, 0 },
    { "sub", TAG_INLINE, IS_PLAIN, 0 },
    { "sup", TAG_INLINE, IS_PLAIN, 0 },
    { "svg", TAG_HIDE, IS_HIDDEN, 0 },
    { "table", TAG_TABLE, IS_BLOCK, 0 },
    { "tbody", TAG_TBODY, IS_BLOCK, 0 },
    { "td", TAG_TD, IS_BLOCK, 0 },
    { "template", TAG_HIDE, IS_HIDDEN, 0 },
    { "textarea", TAG_HIDE, IS_HIDDEN, 0 },
    { "th", TAG_TD, IS_BLOCK, 0 },
    { "thead", TAG_TBODY, IS_BLOCK, 0 },
    { "time", TAG_TIME, 0, HINT_DATE },
    { "title", TAG_TITLE, IS_HEAD, 0 },
    { "tr", TAG_TR, IS_BLOCK, 0 },
    { "u", TAG_INLINE, IS_PLAIN, 0 },
    { "ul", TAG_UL, IS_BLOCK, 0 },
    { "video", TAG_HIDE, IS_HIDDEN, 0 },
    { "audio", TAG_HIDE, IS_HIDDEN, 0 },
};

/* A whole id or class (STRONG rows and those with a joint) or one word of it, in lower case. */
static const struct {
    uint16_t hints;
    const char *words; /* separated by blanks */
} idents[] = {
    { HINT_FAMILY | HINT_STRONG | HINT_BODY,
      "trs_editor trs_editor_view trs_ueditor trs_web_editor trs_preappend ucap-content ucapcontent ucap_content zoom "
      "zoomcon pages_content v_news_content wp_articlecontent vsb_content rich_media_content js_content rm_txt_con "
      "artibody" },
    { HINT_STRONG | HINT_BODY,
      "articlecontent article-content article_content articlebody article-body article_body articletext "
      "article_text article-text newscontent news_content news-content newstext news_text newsbody news_body "
      "bt_content "
      "contentbody content_body content-body contenttext content_text content-text text_content textcontent con_text "
      "contxt conttext txt_con txtcon txt_content detailcontent detail-content detail_content detailtext detail_text "
      "detail_con detail-con xl_content xl_con xilan_con cas_content cnt-main-article-qq entry-content entry_content "
      "post-content post_content entrycontent wzcon wznr zwnr zw_content xxnr ivs_content art_con artcontent "
      "art_content "
      "art-content news_con newscon main_text maintext article_con articlecon article-con article_txt articletxt "
      "arti_content arti-content info_content infocontent info-content view_content viewcontent nr_content nrcontent "
      "gp_content gknr gk_content neirong zhengwen mainbody main-text details-content details_content cont_txt "
      "rich_text richtext rich-text ueditor-content editor-content p_detail content_detail contentdetail showcontent "
      "show_content article-detail article_detail articledetail wenzhang_content conzw ck-content" },
    { HINT_BODY, "content article art text txt detail details con cont post entry story zw nr view news contents" },
    { HINT_TITLE, "title tit headline biaoti bt h1 subject caption wzbt" },
    { HINT_DATE, "date time pubtime pubdate publish riqi shijian sj fbsj fbrq timer datetime" },
    { HINT_SOURCE, "source laiyuan ly origin from js_name media" },
    { HINT_AUTHOR, "author zuozhe writer zz" },
    { HINT_EDITOR, "editor zrbj bianji duty" },
    { HINT_NOISE,
      "footer foot nav navi navbar nav2 menu sidebar side aside comment comments pinglun related relate relation "
      "relevant "
      "relnews xiangguan xgxw xgyd recommend recommended tuijian share shares sharing bdsharebuttonbox bdshare bshare "
      "jiathis copyright banquan copy search login toolbar tools tool ad ads advert advertisement guanggao friendlink "
      "friendlinks flink qrcode ewm erweima hot ranking topbar banner declare disclaimer mianze keywords tags "
      "topnav subnav leftnav feedback xgwz xgzx hotnews bottom prevnext hits" },
    { HINT_NOISE | HINT_CRUMB,
      "breadcrumb breadcrumbs crumb crumbs position location weizhi dqwz bread curmb mianbaoxie curpos" },
    { HINT_NOISE | HINT_PAGER,
      "pager pagination paging pages pagenav page_nav pagebar fanye fy changepage turnpage pagelist zpagination" },
    { HINT_COUNT, "hits click clicks count counter views liulan" },
};

#define SLOTS 2048

struct slot {
    const char *word;
    uint16_t n, hints, tag_row; /* tag_row: index into tags + 1 */
};

struct html_words {
    struct slot ident[SLOTS], tag[256];
};

static uint32_t mix(uint32_t h, unsigned char c)
{
    return (h ^ c) * 16777619u;
}

#define MIX_START 2166136261u

static struct slot *find(struct slot *table, uint32_t size, const char *word, size_t n, uint32_t h)
{
    h ^= h >> 15;
    for (uint32_t i = h & (size - 1);; i = (i + 1) & (size - 1)) {
        if (table[i].word == NULL || (table[i].n == n && memcmp(table[i].word, word, n) == 0))
            return &table[i];
    }
}

static uint32_t hash(const char *word, size_t n)
{
    uint32_t h = MIX_START;
    for (size_t i = 0; i < n; i++)
        h = mix(h, (unsigned char)word[i]);
    return h;
}

struct html_words *html_words_new(void)
{
    struct html_words *w = calloc(1, sizeof(*w));
    if (w == NULL)
        abort();
    for (size_t i = 0; i < sizeof(idents) / sizeof(idents[0]); i++) {
        for (const char *p = idents[i].words; *p != '\0';) {
            size_t n = strcspn(p, " ");
            struct slot *s = find(w->ident, SLOTS, p, n, hash(p, n));
            s->word = p;
            s->n = (uint16_t)n;
            s->hints |= idents[i].hints;
            p += n;
            p += *p == ' ';
        }
    }
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        size_t n = strlen(tags[i].name);
        struct slot *s = find(w->tag, 256, tags[i].name, n, hash(tags[i].name, n));
        s->word = tags[i].name;
        s->n = (uint16_t)n;
        s->tag_row = (uint16_t)(i + 1);
    }
    return w;
}

void html_words_free(struct html_words *w)
{
    free(w);
}

/* Hints of one class or id: of the whole, else of its words (split at joints, digits and humps), else none. */
static uint16_t token_hints(const struct html_words *w, const char *p, size_t n)
{
    char low[64];
    if (n == 0 || n > sizeof(low))
        return 0;
    uint32_t whole = MIX_START;
    for (size_t i = 0; i < n; i++) {
        low[i] = (char)((unsigned)(p[i] - 'A') < 26u ? p[i] | 0x20 : p[i]);
        whole = mix(whole, (unsigned char)low[i]);
    }
    const struct slot *s = find((struct slot *)w->ident, SLOTS, low, n, whole);
    if (s->word != NULL)
        return s->hints;
    uint16_t hints = 0;
    for (size_t i = 0; i < n;) {
        size_t from = i;
        uint32_t h = MIX_START;
        while (i < n && (unsigned)(low[i] - 'a') < 26u && (i == from || p[i] == low[i] || p[i - 1] != low[i - 1])) {
            h = mix(h, (unsigned char)low[i]);
            i++;
        }
        if (i > from) {
            s = find((struct slot *)w->ident, SLOTS, low + from, i - from, h);
            if (s->word != NULL)
                hints |= s->hints;
        } else {
            i++;
        }
    }
    return hints & (uint16_t) ~(HINT_STRONG | HINT_FAMILY);
}

static uint16_t ident_hints(const struct html_words *w, struct span ident)
{
    uint16_t hints = 0;
    for (const char *p = ident.p, *end = p + ident.n; p < end;) {
        while (p < end && *p == ' ')
            p++;
        const char *q = p;
        while (q < end && (unsigned char)*q > ' ')
            q++;
        hints |= token_hints(w, p, (size_t)(q - p));
        p = q < end ? q + 1 : end;
    }
    if (hints & HINT_STRONG)
        hints &= (uint16_t) ~(HINT_NOISE | HINT_TITLE | HINT_CRUMB);
    return hints;
}

/* ---- SAX events into tables ---- */

#define STACK_MAX (PAGE_DEPTH_MAX + 8)

struct open {
    uint32_t node; /* the innermost element with a row, at or above this one */
    uint16_t row;  /* in tags, +1; 0: unknown */
    bool own;      /* node is this element's own row */
    bool anchor;
    bool hidden;
};

struct reader {
    const struct html_words *words;
    struct select *select; /* or NULL */
    struct arena *a;
    struct html *h;
    htmlParserCtxtPtr ctxt;
    char *text;
    size_t text_n, text_room, nodes_room, lines_room, anchors_room, joints_room;
    struct open stack[STACK_MAX];
    unsigned depth, ignored; /* ignored: elements open beyond STACK_MAX */
    unsigned hidden;         /* open elements that show nothing */
    unsigned links;          /* open anchors */
    bool blank;              /* white space waits for the next character */
    bool soft;               /* and all of it is line breaks of the source, which mean nothing between Han characters */
    bool han_before;         /* the last character was Han or its punctuation */
    bool too_deep, in_title;
    uint32_t line_from, anchor_end; /* anchor_end: where the last anchor's text ended */
    struct html_line line;
    const xmlChar *cache_name[64]; /* libxml2's names are interned: pointer to tag row */
    uint16_t cache_row[64];
    char *title;
    size_t title_n;
};

static void *more(struct arena *a, void *table, size_t n, size_t *room, size_t size, size_t first)
{
    if (n < *room)
        return table;
    size_t want = *room == 0 ? first : *room * 2;
    table = arena_grow(a, table, *room * size, want * size);
    *room = want;
    return table;
}

static uint32_t top_node(const struct reader *r)
{
    return r->depth == 0 ? 0 : r->stack[r->depth - 1].node;
}

static void end_line(struct reader *r)
{
    struct html *h = r->h;
    r->blank = false;
    if (r->text_n == r->line_from)
        return;
    h->lines = more(r->a, h->lines, h->line_count, &r->lines_room, sizeof(*h->lines), 256);
    r->line.from = r->line_from;
    r->line.to = (uint32_t)r->text_n;
    h->lines[h->line_count++] = r->line;
    r->text[r->text_n++] = '\n';
    r->line_from = (uint32_t)r->text_n;
    memset(&r->line, 0, sizeof(r->line));
}

static void start_line(struct reader *r)
{
    r->line.node = top_node(r);
    r->line.hints = r->h->nodes[r->line.node].hints;
}

static uint16_t tag_row(struct reader *r, const xmlChar *name)
{
    unsigned i = (unsigned)((uintptr_t)name >> 2) & 63;
    if (r->cache_name[i] == name)
        return r->cache_row[i];
    size_t n = strlen((const char *)name);
    const struct slot *s = find((struct slot *)r->words->tag, 256, (const char *)name, n, hash((const char *)name, n));
    r->cache_name[i] = name;
    r->cache_row[i] = s->word == NULL ? 0 : s->tag_row;
    return r->cache_row[i];
}

static struct span attr(const xmlChar **atts, const char *name)
{
    for (; atts != NULL && atts[0] != NULL; atts += 2) {
        if (strcasecmp((const char *)atts[0], name) == 0)
            return span_of((const char *)atts[1]);
    }
    return (struct span){ NULL, 0 };
}

static bool hides(struct span style)
{
    if (style.n < 12 || (!span_has(style, SPAN("none")) && !span_has(style, SPAN("NONE"))))
        return false;
    const char *p = strcasestr(style.p, "display");
    if (p == NULL)
        return false;
    p += 7;
    p += strspn(p, " :");
    return strncasecmp(p, "none", 4) == 0;
}

static void on_meta(struct reader *r, const xmlChar **atts)
{
    struct html *h = r->h;
    struct span name = attr(atts, "name"), content = attr(atts, "content");
    if (name.n == 0)
        name = attr(atts, "property");
    if (name.n == 0)
        name = attr(atts, "itemprop");
    if (name.n == 0)
        name = attr(atts, "http-equiv");
    if (strcasecmp(name.n > 0 ? name.p : "", "ContentStart") == 0 && h->content_start == 0) {
        end_line(r);
        h->content_start = (uint32_t)h->line_count + 1; /* one more than the line, until the end is seen */
    } else if (strcasecmp(name.n > 0 ? name.p : "", "ContentEnd") == 0 && h->content_start > 0) {
        end_line(r);
        h->content_end = (uint32_t)h->line_count + 1;
    }
    if (name.n == 0 || content.n == 0 || name.n > 64 || content.n > 8192 || h->meta_count >= HTML_METAS_MAX)
        return;
    if (h->metas == NULL)
        h->metas = arena_alloc(r->a, HTML_METAS_MAX * sizeof(*h->metas));
    h->metas[h->meta_count++] = (struct html_meta){ arena_span(r->a, name), arena_span(r->a, content) };
    if (strcasecmp(name.p, "refresh") == 0)
        h->refreshes = true;
}

static bool is_feed_type(struct span type)
{
    static const char *const types[] = { "application/rss+xml", "application/atom+xml", "application/feed+json",
                                         "application/rdf+xml", "application/xml",      "text/xml" };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        size_t n = strlen(types[i]);
        if (type.n >= n && strncasecmp(type.p, types[i], n) == 0)
            return true;
    }
    return false;
}

static void on_link(struct reader *r, const xmlChar **atts)
{
    struct html *h = r->h;
    struct span rel = attr(atts, "rel"), href = attr(atts, "href");
    if (href.n == 0 || rel.n == 0)
        return;
    if (strcasecmp(rel.p, "canonical") == 0)
        h->canonical = arena_span(r->a, href);
    else if (strcasecmp(rel.p, "alternate") == 0 && is_feed_type(attr(atts, "type")) &&
             h->feed_count < HTML_FEEDS_MAX && href.n <= 2048)
        h->feeds[h->feed_count++] = arena_span(r->a, href);
}

static void on_head(struct reader *r, uint16_t tag, const xmlChar **atts)
{
    if (tag == TAG_META) {
        on_meta(r, atts);
    } else if (tag == TAG_LINK) {
        on_link(r, atts);
    } else if (tag == TAG_BASE && r->h->base.n == 0) {
        struct span href = attr(atts, "href");
        if (href.n > 0)
            r->h->base = arena_span(r->a, href);
    } else if (tag == TAG_TITLE && r->title_n == 0) {
        r->in_title = true;
    }
}

/* Adds a row for the element; id and class are kept. */
static uint32_t add_node(struct reader *r, uint16_t row, struct span id, struct span class, bool hidden)
{
    struct html *h = r->h;
    h->nodes = more(r->a, h->nodes, h->node_count, &r->nodes_room, sizeof(*h->nodes), 1024);
    uint32_t parent = top_node(r), i = (uint32_t)h->node_count++;
    struct html_node *n = &h->nodes[i];
    memset(n, 0, sizeof(*n));
    n->parent = parent;
    n->text = (uint32_t)r->text_n;
    n->line = (uint32_t)h->line_count;
    n->tag = row == 0 ? TAG_OTHER : tags[row - 1].tag;
    n->hints = row == 0 ? 0 : tags[row - 1].hints;
    if (id.n + class.n > 0 && id.n + class.n < 256) {
        char *p = arena_alloc(r->a, id.n + class.n + 2), *q = p;
        memcpy(q, id.n > 0 ? id.p : "", id.n);
        q += id.n;
        if (id.n > 0 && class.n > 0)
            *q++ = ' ';
        memcpy(q, class.n > 0 ? class.p : "", class.n);
        q += class.n;
        *q = '\0';
        n->ident = span_between(p, q);
        n->hints |= ident_hints(r->words, n->ident);
    }
    if (n->tag == TAG_BODY || n->tag == TAG_HTML)
        n->hints &= (uint16_t) ~(HINT_NOISE | HINT_CRUMB | HINT_PAGER | HINT_TITLE);
    if (hidden)
        n->hints |= HINT_HIDDEN;
    n->hints |= h->nodes[parent].hints & (HINT_NOISE | HINT_HIDDEN | HINT_CRUMB | HINT_PAGER | HINT_LINK);
    return i;
}

static void on_anchor(struct reader *r, const xmlChar **atts)
{
    struct html *h = r->h;
    struct span href = attr(atts, "href"), title = attr(atts, "title");
    if (href.n > 8192 || title.n > 4096)
        return;
    h->anchors = more(r->a, h->anchors, h->anchor_count, &r->anchors_room, sizeof(*h->anchors), 256);
    h->anchors[h->anchor_count++] = (struct html_anchor){
        .href = href.n > 0 ? arena_span(r->a, href) : href,
        .title = title.n > 0 ? arena_span(r->a, title) : title,
        .from = (uint32_t)r->text_n,
        .to = UINT32_MAX,
        .node = top_node(r),
    };
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
    struct reader *r = ctx;
    uint16_t row = tag_row(r, name);
    unsigned is = row == 0 ? 0 : tags[row - 1].is;
    uint16_t tag = row == 0 ? TAG_OTHER : tags[row - 1].tag;
    if (is & IS_BLOCK)
        end_line(r);
    if (is & IS_HEAD)
        on_head(r, tag, atts);
    if (is & IS_VOID) {
        if (r->select != NULL)
            select_void(r->select, (const char *)name, (const char *const *)atts);
        return;
    }
    if (r->depth >= STACK_MAX - 1) {
        r->ignored++;
        r->too_deep = true;
        xmlStopParser(r->ctxt);
        return;
    }
    struct span id = { NULL, 0 }, class = id, style = id;
    for (const xmlChar **at = atts; at != NULL && at[0] != NULL; at += 2) {
        const char *key = (const char *)at[0];
        if (at[1] == NULL)
            continue;
        if (key[0] == 'c' && strcmp(key, "class") == 0)
            class = span_of((const char *)at[1]);
        else if (key[0] == 'i' && strcmp(key, "id") == 0)
            id = span_of((const char *)at[1]);
        else if (key[0] == 's' && strcmp(key, "style") == 0)
            style = span_of((const char *)at[1]);
    }
    bool hidden = (is & IS_HIDDEN) || hides(style);
    bool wanted = r->select != NULL && select_open(r->select, (const char *)name, (const char *const *)atts);
    struct open *o = &r->stack[r->depth];
    *o = (struct open){ top_node(r), row, false, false, (is & IS_HIDDEN) != 0 };
    if (r->h->node_count >= HTML_NODES_MAX) {
        r->h->truncated = true;
        xmlStopParser(r->ctxt);
    } else if (!(is & IS_PLAIN) || id.n + class.n > 0 || hidden || wanted) {
        if (tag == TAG_TIME && r->h->datetime.n == 0) {
            struct span at = attr(atts, "datetime");
            r->h->datetime = at.n > 0 && at.n < 64 ? arena_span(r->a, at) : r->h->datetime;
        }
        if (tag == TAG_A) {
            if (r->text_n == r->anchor_end) { /* two links side by side are two words */
                r->blank = true;
                r->soft = false;
            }
            if (r->blank && r->text_n > r->line_from && r->hidden == 0) {
                r->text[r->text_n++] = ' ';
                r->blank = false;
            }
            on_anchor(r, atts);
            o->anchor = true;
            r->links++;
        }
        o->node = add_node(r, row, id, class, hidden);
        o->own = true;
    }
    if (wanted)
        select_took(r->select, o->own ? o->node : SELECT_NO_NODE);
    r->hidden += o->hidden;
    r->depth++;
}

static void close_one(struct reader *r)
{
    struct open *o = &r->stack[--r->depth];
    if (r->select != NULL)
        select_close(r->select);
    r->hidden -= o->hidden;
    if (o->row > 0 && (tags[o->row - 1].is & IS_BLOCK))
        end_line(r);
    if (o->anchor) {
        r->links--;
        r->anchor_end = (uint32_t)r->text_n;
        for (size_t i = r->h->anchor_count; i > 0; i--) { /* nearly always the last one */
            if (r->h->anchors[i - 1].to == UINT32_MAX) {
                r->h->anchors[i - 1].to = (uint32_t)r->text_n;
                break;
            }
            if (r->h->anchor_count - i > 4)
                break;
        }
    }
    if (o->own) {
        struct html_node *n = &r->h->nodes[o->node];
        n->end = (uint32_t)r->h->node_count;
        n->text_end = (uint32_t)r->text_n;
        n->line_end = (uint32_t)r->h->line_count + (r->text_n > r->line_from);
    }
}

static void on_end(void *ctx, const xmlChar *name)
{
    struct reader *r = ctx;
    uint16_t row = tag_row(r, name);
    r->in_title = r->in_title && !(row > 0 && tags[row - 1].tag == TAG_TITLE);
    if (row > 0 && (tags[row - 1].is & IS_VOID))
        return;
    if (r->ignored > 0) {
        r->ignored--;
        return;
    }
    for (unsigned i = r->depth, looked = 0; i > 0 && looked < 16; i--, looked++) {
        if (r->stack[i - 1].row == row) {
            while (r->depth >= i)
                close_one(r);
            return;
        }
    }
}

static void title_text(struct reader *r, const char *p, size_t n)
{
    if (r->title_n + n > 4096)
        return;
    if (r->title == NULL)
        r->title = arena_alloc(r->a, 4100);
    memcpy(r->title + r->title_n, p, n);
    r->title_n += n;
    r->title[r->title_n] = '\0';
}

/* 1: punctuation of sentences. c2, c3: the two bytes after E3 or EF. */
static bool is_mark3(unsigned char c1, unsigned char c2, unsigned char c3)
{
    if (c1 == 0xe3)
        return c2 == 0x80 && (c3 == 0x81 || c3 == 0x82);                                       /* 、。 */
    return c2 == 0xbc && (c3 == 0x8c || c3 == 0x9a || c3 == 0x9b || c3 == 0x81 || c3 == 0x9f); /* ，：；！？ */
}

static void add_joint(struct reader *r, uint32_t at)
{
    struct html *h = r->h;
    if (h->joint_count > 0 && h->joints[h->joint_count - 1] == at)
        return;
    h->joints = more(r->a, h->joints, h->joint_count, &r->joints_room, sizeof(*h->joints), 64);
    h->joints[h->joint_count++] = at;
}

/* What a character of text is to a line. */
enum text_sort { TEXT_LETTER, TEXT_SOFT_BLANK, TEXT_BLANK, TEXT_NOTHING };

/* Of the n bytes at p: white space of the source is soft, a no-break or wide space is meant; some characters have no
 * width at all. */
static inline enum text_sort sort_of(const unsigned char *p, size_t n)
{
    if (*p <= ' ')
        return TEXT_SOFT_BLANK;
    if (n == 2 && p[0] == 0xc2 && p[1] == 0xa0)
        return TEXT_BLANK;
    if (n != 3)
        return TEXT_LETTER;
    if (p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x80)
        return TEXT_BLANK;
    if (p[0] == 0xe2 && p[1] == 0x80 && (p[2] <= 0x8a || p[2] == 0xaf || p[2] == 0xa8 || p[2] == 0xa9))
        return TEXT_BLANK;
    if ((p[0] == 0xe2 && p[1] == 0x80 && p[2] <= 0x8f) || (p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf))
        return TEXT_NOTHING;
    return TEXT_LETTER;
}

static inline bool is_mark(const unsigned char *p, size_t n, bool han_before)
{
    if (n == 3)
        return (p[0] == 0xe3 || p[0] == 0xef) && is_mark3(p[0], p[1], p[2]);
    return han_before && (*p == ',' || *p == '.' || *p == ';' || *p == ':');
}

static inline size_t char_bytes(const unsigned char *p, const unsigned char *end)
{
    size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
    return (size_t)(end - p) < n ? (size_t)(end - p) : n;
}

static void take_blank(struct reader *r, enum text_sort sort, unsigned char c)
{
    if (sort == TEXT_SOFT_BLANK)
        r->soft = (r->blank ? r->soft : true) && (c == '\n' || c == '\r' || r->blank);
    else
        r->soft = false;
    r->blank = true;
}

static void make_text_room(struct reader *r, size_t len)
{
    if (r->text_room - r->text_n >= len + 8)
        return;
    size_t want = r->text_room * 2 + len + 8;
    r->text = arena_grow(r->a, r->text, r->text_room, want);
    r->text_room = want;
}

/* Adds the characters to the line that is open, blanks between them as one; o is where they go. */
static char *put_text(struct reader *r, const unsigned char *p, const unsigned char *end, char *o)
{
    uint32_t chars = 0, marks = 0, han = 0;
    bool fresh = r->text_n == r->line_from;
    while (p < end) {
        if (*p >= 0xe4 && *p <= 0xe9 && !r->blank && !fresh && end - p >= 3) { /* within a line of Han characters */
            memcpy(o, p, 3);
            o += 3;
            p += 3;
            chars++;
            han++;
            r->han_before = true;
            continue;
        }
        size_t n = char_bytes(p, end);
        enum text_sort sort = sort_of(p, n);
        if (sort != TEXT_LETTER) {
            if (sort != TEXT_NOTHING)
                take_blank(r, sort, *p);
            else if (!r->blank && !fresh)
                add_joint(r, (uint32_t)(o - r->text));
            p += n;
            continue;
        }
        bool han_now = n == 3 && (*p == 0xef || (*p >= 0xe3 && *p <= 0xe9));
        marks += is_mark(p, n, han > 0);
        if (r->blank && !fresh && !(r->soft && r->han_before && han_now))
            *o++ = ' ';
        r->blank = false;
        r->han_before = han_now;
        if (fresh)
            start_line(r);
        fresh = false;
        chars++;
        han += n == 3 && *p >= 0xe3 && *p <= 0xe9;
        memcpy(o, p, n);
        o += n;
        p += n;
    }
    r->line.chars += chars;
    r->line.marks += marks;
    r->line.han += han;
    if (r->links > 0)
        r->line.links += chars;
    return o;
}

static void on_text(void *ctx, const xmlChar *ch, int len)
{
    struct reader *r = ctx;
    if (r->in_title) {
        title_text(r, (const char *)ch, (size_t)len);
        return;
    }
    if (r->hidden > 0)
        return;
    make_text_room(r, (size_t)len);
    char *o = put_text(r, ch, ch + len, r->text + r->text_n);
    r->text_n = (size_t)(o - r->text);
}

static void on_cdata(void *ctx, const xmlChar *ch, int len)
{
    (void)ctx, (void)ch, (void)len; /* scripts and styles that were never closed */
}

static void parse(struct reader *r, struct span source)
{
    struct html *h = r->h;
    r->text_room = source.n + 4096;
    r->text = arena_alloc(r->a, r->text_room);
    add_node(r, 0, (struct span){ NULL, 0 }, (struct span){ NULL, 0 }, false);
    if (r->select != NULL)
        select_begin(r->select);
    if (source.n == 0 || source.n > INT32_MAX)
        goto done;
    htmlParserCtxtPtr ctxt = htmlCreateMemoryParserCtxt(source.p, (int)source.n);
    if (ctxt == NULL)
        goto done;
    xmlSAXHandler *sax = ctxt->sax;
    memset(sax, 0, sizeof(*sax));
    sax->startElement = on_start;
    sax->endElement = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_cdata;
    ctxt->userData = r;
    r->ctxt = ctxt;
    /* As the bytes are UTF-8 by now, nothing in the page may say otherwise; 1 << 19 lifts newer versions' size limit.
     */
    htmlCtxtUseOptions(ctxt, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC |
                                 HTML_PARSE_RECOVER | 1 << 19);
    xmlSwitchEncoding(ctxt, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(ctxt);
    if (ctxt->myDoc != NULL)
        xmlFreeDoc(ctxt->myDoc);
    ctxt->myDoc = NULL;
    htmlFreeParserCtxt(ctxt);
done:
    end_line(r);
    while (r->depth > 0)
        close_one(r);
    h->nodes[0].end = (uint32_t)h->node_count;
    h->nodes[0].text_end = (uint32_t)r->text_n;
    h->nodes[0].line_end = (uint32_t)h->line_count;
    for (size_t i = h->anchor_count; i > 0 && h->anchor_count - i < PAGE_DEPTH_MAX; i--) {
        if (h->anchors[i - 1].to == UINT32_MAX)
            h->anchors[i - 1].to = (uint32_t)r->text_n;
    }
    h->text = (struct span){ r->text, r->text_n };
    h->title = text_trim((struct span){ r->title, r->title_n });
}

void html_read(const struct html_words *w, struct select *select, struct span source, struct arena *a, struct html *out)
{
    unsigned how = select == NULL ? 0 : STRIP_WHOLE;
    memset(out, 0, sizeof(*out));
    struct reader *r = arena_zalloc(a, sizeof(*r));
    *r = (struct reader){ .words = w, .select = select, .a = a, .h = out };
    parse(r, strip_page(source, how, a, out));
    if (r->too_deep) {
        struct html_script *scripts = out->scripts;
        size_t script_count = out->script_count;
        memset(out, 0, sizeof(*out));
        *r = (struct reader){ .words = w, .select = select, .a = a, .h = out };
        parse(r, strip_page(source, how | STRIP_FLAT, a, out));
        out->scripts = scripts;
        out->script_count = script_count;
        out->flattened = true;
        out->truncated |= r->too_deep;
    }
    if (out->content_end > out->content_start && out->content_start > 0) {
        out->content_start--;
        out->content_end--;
    } else {
        out->content_start = out->content_end = 0;
    }
    for (size_t i = 0; i < out->anchor_count; i++) {
        if (out->anchors[i].to == UINT32_MAX)
            out->anchors[i].to = out->anchors[i].from;
    }
}

struct span html_line_parts(const struct html *h, uint32_t i, struct arena *a)
{
    const struct html_line *l = &h->lines[i];
    size_t low = 0, high = h->joint_count;
    while (low < high) { /* the first joint in the line */
        size_t mid = (low + high) / 2;
        if (h->joints[mid] <= l->from)
            low = mid + 1;
        else
            high = mid;
    }
    size_t n = 0;
    while (low + n < h->joint_count && h->joints[low + n] < l->to)
        n++;
    if (n == 0)
        return html_text(h, l->from, l->to);
    char *out = arena_alloc(a, l->to - l->from + n), *o = out;
    uint32_t from = l->from;
    for (size_t k = 0; k <= n; k++) {
        uint32_t to = k < n ? h->joints[low + k] : l->to;
        memcpy(o, h->text.p + from, to - from);
        o += to - from;
        if (k < n)
            *o++ = ' ';
        from = to;
    }
    return span_between(out, o);
}
