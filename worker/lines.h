/* lines.h - what a single line of a page is when it is not part of the article: a label with a value (来源：…), a tool
 * (打印, 分享), a place in the site (当前位置), a footer, or the heading of what follows an article (相关阅读).
 * The tables here are the same for HTML and plain text. */
#ifndef RENDA_WORKER_LINES_H
#define RENDA_WORKER_LINES_H

#include <stdbool.h>

#include "common/arena.h"
#include "common/span.h"

enum line_kind {
    LINE_TEXT,
    LINE_META,      /* labels, dates, counters around a title */
    LINE_TOOL,      /* print, share, font size, close, next article */
    LINE_CRUMB,     /* 当前位置, 首页 > … */
    LINE_AFTER,     /* heads what is not the article any more: 相关阅读, 网友评论, 免责声明 */
    LINE_COPYRIGHT, /* the site's footer */
    LINE_JUMP,      /* 上接第一版: a newspaper's jump */
};

enum line_kind line_kind(struct span line);

enum label {
    LABEL_DATE,
    LABEL_DATE_WEAK,
    LABEL_SOURCE,
    LABEL_SOURCE_WEAK,
    LABEL_AUTHOR,
    LABEL_REPORTER,
    LABEL_PHOTO,
    LABEL_EDITOR,
    LABEL_CREDIT,
    LABEL_ORIGINAL,
    LABEL_KEYWORDS,
    LABEL_COLUMN,
    LABEL_TITLE,
    LABEL_TOOL
};

struct labelled {
    enum label label;
    struct span value; /* trimmed; empty when nothing stands behind the label */
    size_t at;         /* byte in the line at which the label begins */
};

/* Labels of a line in their order, at most max. */
size_t line_labels(struct span line, struct labelled *out, size_t max);

/* A date's or source's label and nothing else, not even a colon: its value stands in the next element. */
bool line_is_label(struct span line, enum label *label);

/* Reads like the name of a newspaper, site or office: …日报, …人大网, …常委会办公室. */
bool line_is_publisher(struct span s);

/* A publisher as a page words it, cut to its name; empty when it is none. */
struct span line_source(struct span value);

/* The issue of a journal: 2025年第7期. Sets *month (0 when the number is not one of twelve). */
bool line_issue(struct span line, struct span *issue, int *year, int *month);

/* Who a copyright line names: 版权所有:楚天主人杂志社. */
struct span line_copyright_owner(struct span line);

/* ©, ICP备, 版权所有 …: a word that only footers hold. */
bool line_is_footer(struct span line);

/* Begins like a notice about the article: 免责声明, 凡本网 … */
bool line_is_disclaimer(struct span line);

/* 责任编辑：…, 校对：…: what follows such a line is not the article any more. */
bool line_is_credit(struct span line);

/* The date under a document: 二〇二四年二月二日, and nothing else. */
bool line_is_signed_date(struct span line);

/* 当前位置：首页 > 工作动态 > 要闻 > 正文: the last place that is a column; empty when there is none. */
struct span line_crumb_column(struct span line);

/* Compares without white space; full-width and ASCII forms of punctuation are one. */
bool line_same(struct span a, struct span b);
/* True when the characters of b, compared like that, stand in a. */
bool line_holds(struct span a, struct span b);

/* A line as these compare it, in at most as many bytes: equal forms of two lines are equal bytes. */
struct span line_form(struct span line, char *out);

size_t line_chars(struct span line); /* characters without white space */

#endif
