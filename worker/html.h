/* html.h - one pass over a page's HTML into flat tables: elements, lines of text, anchors, meta tags, scripts.
 *
 * libxml2's SAX interface reads the page; no tree is built. White space is collapsed, what a browser would not show is
 * left out, and each piece of text between two block boundaries is one line. Elements stand in document order, so all
 * below element i is [i+1, node[i].end), its lines [line, line_end), its text [text, text_end): questions about a
 * container are sums over a range. Time is linear in the page; nesting beyond PAGE_DEPTH_MAX is flattened, and the
 * tables stop growing at HTML_NODES_MAX elements (flattened and truncated say so). */
#ifndef RENDA_WORKER_HTML_H
#define RENDA_WORKER_HTML_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/span.h"

#define HTML_NODES_MAX   400000
#define HTML_SCRIPTS_MAX 256
#define HTML_METAS_MAX   256
#define HTML_JOINT       "\xe2\x80\x8b" /* U+200B */
#define HTML_FEEDS_MAX   16

enum html_tag {
    TAG_OTHER,
    TAG_A,
    TAG_BLOCK,
    TAG_BODY,
    TAG_BR,
    TAG_DIV,
    TAG_DD,
    TAG_DL,
    TAG_DT,
    TAG_FRAME,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_HEAD,
    TAG_HTML,
    TAG_INLINE,
    TAG_LI,
    TAG_LINK,
    TAG_META,
    TAG_BASE,
    TAG_IMG,
    TAG_INPUT,
    TAG_OL,
    TAG_P,
    TAG_HIDE,
    TAG_SPAN,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TITLE,
    TAG_TR,
    TAG_UL,
    TAG_HEADER,
    TAG_ARTICLE,
    TAG_TIME,
    TAG_SECTION,
    TAG_NAV,
    TAG_FOOTER,
    TAG_ASIDE,
    TAG_NOSCRIPT,
};

/* What an element's id and class (and a few tags) say about it. HINT_NOISE and HINT_HIDDEN go down to what is inside.
 */
enum html_hint {
    HINT_BODY = 1 << 0,   /* content, article, text, … */
    HINT_STRONG = 1 << 1, /* a name that hardly anything but bodies bears: article-content, news_text, … */
    HINT_TITLE = 1 << 2,
    HINT_DATE = 1 << 3,
    HINT_SOURCE = 1 << 4,
    HINT_AUTHOR = 1 << 5,
    HINT_EDITOR = 1 << 6,
    HINT_NOISE = 1 << 7, /* navigation, comments, related, share, footer, … */
    HINT_HIDDEN = 1 << 8,
    HINT_CRUMB = 1 << 9, /* 当前位置 */
    HINT_PAGER = 1 << 10,
    HINT_LINK = 1 << 11,   /* inside <a> */
    HINT_COUNT = 1 << 12,  /* counters, comments' numbers */
    HINT_FAMILY = 1 << 13, /* the body's name in a CMS: TRS_Editor, zoom, UCAP-CONTENT, v_news_content, … */
};

struct html_node {
    uint32_t parent, end;    /* node 0 is the root and its own parent */
    uint32_t text, text_end; /* in html.text; may have white space at its ends */
    uint32_t line, line_end;
    uint16_t tag, hints;
    struct span ident; /* id and class, as written, one blank between */
};

struct html_line {
    uint32_t from, to;     /* in html.text, trimmed, never empty */
    uint32_t node;         /* innermost element at its start */
    uint32_t chars, links; /* characters without blanks; those inside anchors */
    uint32_t marks;        /* of them: ，。；：！？、 and their ASCII forms after a Han character */
    uint32_t han;
    uint16_t hints;
};

struct html_anchor {
    struct span href, title;
    uint32_t from, to; /* its text */
    uint32_t node;     /* the element that holds it */
};

struct html_meta {
    struct span name, content; /* name (or property, or http-equiv) as written */
};

struct html_script {
    struct span text;
    bool json_ld;
};

struct html {
    struct span text; /* lines joined by \n */
    struct html_node *nodes;
    struct html_line *lines;
    struct html_anchor *anchors;
    struct html_meta *metas;
    struct html_script *scripts;
    size_t node_count, line_count, anchor_count, meta_count, script_count, feed_count;
    struct span title;                 /* <title> */
    struct span canonical, base;       /* <link rel=canonical>, <base href>: as written */
    struct span feeds[HTML_FEEDS_MAX]; /* <link rel=alternate> of a feed's type: as written */
    struct span datetime;              /* of the first <time> */
    struct span properties; /* the comment <!--enpproperty …--> of newspapers' systems: <date>…</date><title>… */
    uint32_t *joints; /* where in the text, nothing between them, one <span> ended and another began: two things side by
                         side in a head (2024-03-01|来源：…), one word that a word processor split in a text */
    size_t joint_count;
    uint32_t content_start, content_end; /* lines between the CMS's own marks of the body; equal when there are none */
    bool truncated, flattened, refreshes;
};

/* Word tables, built once. */
struct html_words;
struct html_words *html_words_new(void);
void html_words_free(struct html_words *w);

/* source is UTF-8 without U+0000. Never fails: a page that is no HTML gives its text. select (may be NULL) is asked
 * about every element. */
struct select;
void html_read(const struct html_words *w, struct select *select, struct span source, struct arena *a,
               struct html *out);

/* The text of line i with blanks at its joints. */
struct span html_line_parts(const struct html *h, uint32_t i, struct arena *a);

static inline struct span html_text(const struct html *h, uint32_t from, uint32_t to)
{
    return (struct span){ h->text.p + from, to - from };
}

#endif
