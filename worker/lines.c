#include "worker/lines.h"

#include <ctype.h>
#include <string.h>

#include "common/text.h"
#include "worker/when.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- characters ---- */

/* Next character that counts when lines are compared: no white space, one form of punctuation, lower case. 0 at the
 * end. */
static uint32_t next_plain(const char **p, const char *end)
{
    while (*p < end) {
        uint32_t c = text_next(p, end);
        if (text_is_space(c) || c == TEXT_BAD)
            continue;
        if (c >= 0xff01 && c <= 0xff5e)
            c -= 0xfee0;
        switch (c) {
        case 0x201c:
        case 0x201d:
        case 0x300c:
        case 0x300d: return '"';
        case 0x2018:
        case 0x2019: return '\'';
        case 0x2014:
        case 0x2013:
        case 0x2015:
        case 0x2212: return '-';
        case 0x00b7:
        case 0x2022:
        case 0x30fb: return '.';
        case 0x3008: return '<';
        case 0x3009: return '>';
        default: return c < 0x80 ? (uint32_t)tolower((int)c) : c;
        }
    }
    return 0;
}

bool line_same(struct span a, struct span b)
{
    const char *p = a.p, *q = b.p;
    for (;;) {
        uint32_t c = next_plain(&p, a.p + a.n), d = next_plain(&q, b.p + b.n);
        if (c != d)
            return false;
        if (c == 0)
            return true;
    }
}

bool line_holds(struct span a, struct span b)
{
    const char *end = a.p + a.n, *bend = b.p + b.n, *q0 = b.p;
    uint32_t first = next_plain(&q0, bend);
    if (first == 0 || a.n > 4096)
        return false;
    for (const char *p = a.p; p < end;) {
        const char *r = p;
        if (next_plain(&r, end) == first) {
            const char *q = q0;
            for (;;) {
                uint32_t d = next_plain(&q, bend);
                if (d == 0)
                    return true;
                if (next_plain(&r, end) != d)
                    break;
            }
        }
        text_next(&p, end);
    }
    return false;
}

struct span line_form(struct span line, char *out)
{
    char *o = out;
    uint32_t c;
    for (const char *p = line.p, *end = line.p + line.n; (c = next_plain(&p, end)) != 0;)
        o += text_put(o, c);
    return span_between(out, o);
}

size_t line_chars(struct span line)
{
    size_t n = 0;
    for (const char *p = line.p, *end = line.p + line.n; p < end;)
        n += !text_is_space(text_next(&p, end));
    return n;
}

/* ---- labels ---- */

#define L(word, label, alone)                                                                                          \
    {                                                                                                                  \
        (word), sizeof(word) - 1, (label), (alone)                                                                     \
    }

static const struct {
    const char *word;
    size_t n; /* bytes */
    enum label label;
    bool alone; /* only where no Han character stands before it */
} labels[] = {
    /* longer words before their endings */
    L("发布日期", LABEL_DATE, false),
    L("发布时间", LABEL_DATE, false),
    L("发表时间", LABEL_DATE, false),
    L("发表日期", LABEL_DATE, false),
    L("发稿时间", LABEL_DATE, false),
    L("发稿日期", LABEL_DATE, false),
    L("发文日期", LABEL_DATE, false),
    L("发文时间", LABEL_DATE, false),
    L("刊发时间", LABEL_DATE, false),
    L("刊发日期", LABEL_DATE, false),
    L("公布日期", LABEL_DATE, false),
    L("公开日期", LABEL_DATE, false),
    L("公开时间", LABEL_DATE, false),
    L("信息时间", LABEL_DATE, false),
    L("上传时间", LABEL_DATE, false),
    L("上传日期", LABEL_DATE, false),
    L("录入时间", LABEL_DATE, false),
    L("添加时间", LABEL_DATE, false),
    L("添加日期", LABEL_DATE, false),
    L("创建时间", LABEL_DATE, false),
    L("编辑日期", LABEL_DATE, false),
    L("发布于", LABEL_DATE, false),
    L("更新时间", LABEL_DATE_WEAK, false),
    L("更新日期", LABEL_DATE_WEAK, false),
    L("修改时间", LABEL_DATE_WEAK, false),
    L("成文日期", LABEL_DATE_WEAK, false),
    L("生成日期", LABEL_DATE_WEAK, false),
    L("时间", LABEL_DATE, true),
    L("日期", LABEL_DATE, true),
    L("发布", LABEL_DATE, true),
    L("信息来源", LABEL_SOURCE, false),
    L("文章来源", LABEL_SOURCE, false),
    L("稿件来源", LABEL_SOURCE, false),
    L("新闻来源", LABEL_SOURCE, false),
    L("内容来源", LABEL_SOURCE, false),
    L("资料来源", LABEL_SOURCE, true),
    L("来源于", LABEL_SOURCE, true),
    L("来源", LABEL_SOURCE, true),
    L("稿源", LABEL_SOURCE, true),
    L("出处", LABEL_SOURCE, true),
    L("转自", LABEL_SOURCE, true),
    L("文源", LABEL_SOURCE, true),
    L("供稿单位", LABEL_SOURCE, true),
    L("发布单位", LABEL_SOURCE_WEAK, true),
    L("发布机构", LABEL_SOURCE_WEAK, true),
    L("发布机关", LABEL_SOURCE_WEAK, true),
    L("发文机关", LABEL_SOURCE_WEAK, true),
    L("信息提供", LABEL_SOURCE_WEAK, true),
    L("公开主体", LABEL_SOURCE_WEAK, true),
    L("供稿", LABEL_SOURCE_WEAK, true),
    L("发文单位", LABEL_SOURCE_WEAK, true),
    L("发布者", LABEL_TOOL, true),
    L("发布人", LABEL_TOOL, true),
    L("文章作者", LABEL_AUTHOR, false),
    L("本文作者", LABEL_AUTHOR, false),
    L("作者", LABEL_AUTHOR, false),
    L("撰稿", LABEL_AUTHOR, true),
    L("撰文", LABEL_AUTHOR, true),
    L("文字", LABEL_AUTHOR, true),
    L("通讯员", LABEL_REPORTER, true),
    L("记者", LABEL_REPORTER, true),
    L("摄影", LABEL_PHOTO, true),
    L("摄影报道", LABEL_PHOTO, true),
    L("图片", LABEL_PHOTO, true),
    L("文", LABEL_AUTHOR, true),
    L("图", LABEL_PHOTO, true),
    L("责任编辑", LABEL_EDITOR, false),
    L("网络编辑", LABEL_EDITOR, false),
    L("本期编辑", LABEL_EDITOR, false),
    L("本文编辑", LABEL_EDITOR, false),
    L("文字编辑", LABEL_EDITOR, false),
    L("值班编辑", LABEL_EDITOR, false),
    L("责编", LABEL_EDITOR, true),
    L("编辑", LABEL_EDITOR, true),
    L("编审", LABEL_CREDIT, true),
    L("出品", LABEL_CREDIT, true),
    L("图片编辑", LABEL_CREDIT, false),
    L("视频编辑", LABEL_CREDIT, false),
    L("美术编辑", LABEL_CREDIT, false),
    L("版面编辑", LABEL_CREDIT, false),
    L("文章录入", LABEL_CREDIT, false),
    L("信息录入", LABEL_CREDIT, false),
    L("信息审核", LABEL_CREDIT, false),
    L("录入", LABEL_CREDIT, true),
    L("制图", LABEL_CREDIT, true),
    L("原文链接", LABEL_ORIGINAL, false),
    L("原文地址", LABEL_ORIGINAL, false),
    L("原文网址", LABEL_ORIGINAL, false),
    L("来源链接", LABEL_ORIGINAL, false),
    L("本文链接", LABEL_TOOL, false),
    L("关键词", LABEL_KEYWORDS, true),
    L("关键字", LABEL_KEYWORDS, true),
    L("标签", LABEL_TOOL, true),
    L("所属栏目", LABEL_COLUMN, true),
    L("所属分类", LABEL_COLUMN, true),
    L("栏目", LABEL_COLUMN, true),
    L("信息类别", LABEL_COLUMN, true),
    L("标题", LABEL_TITLE, true),
    L("名称", LABEL_TITLE, true),
    L("信息名称", LABEL_TITLE, true),
    L("原标题", LABEL_TOOL, false),
    L("浏览次数", LABEL_TOOL, true),
    L("浏览量", LABEL_TOOL, true),
    L("点击数", LABEL_TOOL, true),
    L("点击量", LABEL_TOOL, true),
    L("点击次数", LABEL_TOOL, true),
    L("点击率", LABEL_TOOL, true),
    L("阅读次数", LABEL_TOOL, true),
    L("阅读量", LABEL_TOOL, true),
    L("阅读数", LABEL_TOOL, true),
    L("阅读", LABEL_TOOL, true),
    L("点击", LABEL_TOOL, true),
    L("浏览", LABEL_TOOL, true),
    L("访问次数", LABEL_TOOL, true),
    L("访问量", LABEL_TOOL, true),
    L("人气", LABEL_TOOL, true),
    L("字体大小", LABEL_TOOL, true),
    L("字体", LABEL_TOOL, true),
    L("字号", LABEL_TOOL, true),
    L("分享到", LABEL_TOOL, true),
    L("分享", LABEL_TOOL, true),
    L("打印", LABEL_TOOL, true),
    L("审核", LABEL_CREDIT, true),
    L("审稿", LABEL_CREDIT, true),
    L("校对", LABEL_CREDIT, true),
    L("初审", LABEL_CREDIT, true),
    L("复审", LABEL_CREDIT, true),
    L("终审", LABEL_CREDIT, true),
    L("一审", LABEL_CREDIT, true),
    L("二审", LABEL_CREDIT, true),
    L("三审", LABEL_CREDIT, true),
    L("监制", LABEL_CREDIT, true),
    L("索引号", LABEL_TOOL, true),
    L("主题分类", LABEL_TOOL, true),
    L("发文字号", LABEL_TOOL, true),
    L("文号", LABEL_TOOL, true),
    L("有效性", LABEL_TOOL, true),
    L("主题词", LABEL_TOOL, true),
    L("公开方式", LABEL_TOOL, true),
    L("公开形式", LABEL_TOOL, true),
    L("视力保护色", LABEL_TOOL, true),
    L("背景色", LABEL_TOOL, true),
    L("保护视力色", LABEL_TOOL, true),
    L("体裁分类", LABEL_TOOL, true),
    L("组配分类", LABEL_TOOL, true),
    L("文件编号", LABEL_TOOL, true),
    L("大小", LABEL_TOOL, true),
    L("评论", LABEL_TOOL, true),
    L("主题", LABEL_TOOL, true),
    L("发布人员", LABEL_TOOL, true),
    L("信息分类", LABEL_TOOL, true),
    L("服务对象", LABEL_TOOL, true),
};

#undef L

#define LABEL_CHARS_MAX 6

/* The label whose last character ends at `colon`; blanks inside are allowed (来  源：). -1 when there is none. */
static int label_before(struct span line, const char *colon, const char **begin)
{
    char buf[LABEL_CHARS_MAX * 4];
    const char *starts[LABEL_CHARS_MAX + 1];
    size_t at = sizeof(buf), n = 0;
    const char *p = colon;
    bool han_before = false;
    while (p > line.p && n <= LABEL_CHARS_MAX) {
        const char *q = text_prev(line.p, p), *r = q;
        uint32_t c = text_next(&r, p);
        if (!text_is_space(c)) {
            if (!text_is_han(c))
                break;
            if (n == LABEL_CHARS_MAX)
                break;
            at -= (size_t)(r - q);
            memcpy(buf + at, q, (size_t)(r - q));
            starts[n++] = q;
        } else if (colon - p > 30) {
            break;
        }
        p = q;
    }
    struct span word = { buf + at, sizeof(buf) - at };
    if (word.n < 3)
        return -1;
    int best = -1;
    size_t best_n = 0;
    for (size_t i = 0; i < COUNT(labels); i++) {
        size_t len = labels[i].n;
        if (len <= best_n || len > word.n || labels[i].word[len - 1] != word.p[word.n - 1] ||
            labels[i].word[len - 2] != word.p[word.n - 2] || memcmp(word.p + word.n - len, labels[i].word, len) != 0)
            continue;
        const char *from = starts[len / 3 - 1];
        if (labels[i].alone && from > line.p) {
            const char *q = text_prev(line.p, from), *r = q;
            han_before = text_is_han(text_next(&r, from));
            if (han_before)
                continue;
        }
        best = (int)i;
        best_n = len;
        *begin = from;
    }
    return best;
}

/* Without the signs that stand around and between values. */
static struct span trim_value(struct span s)
{
    static const char *const signs[] = { "|",  "丨", "｜", "│", "[", "]", "【", "】", "（", "(",  "）", ")",  ";",
                                         "；", ",",  "，", "·", "•", "&", "/",  "-",  "—",  "〖", "〗", "：", ":" };
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        for (size_t i = 0; i < COUNT(signs); i++) {
            struct span sign = span_of(signs[i]);
            if (span_starts(s, sign)) {
                s.p += sign.n;
                s.n -= sign.n;
                again = true;
            }
            if (span_ends(s, sign)) {
                s.n -= sign.n;
                again = true;
            }
        }
    }
    return s;
}

enum sign { SIGN_COLON, SIGN_SLASH, SIGN_BAR };

/* Bytes of the sign between a label and its value (来源：…, 文/…, 编辑|…); 0 when none stands at p. */
static size_t label_sign(const char *p, const char *end, enum sign *sign)
{
    static const bool starts[256] = {
        [':'] = true, ['/'] = true, ['|'] = true, [0xef] = true, [0xe4] = true, [0xe2] = true
    };
    static const struct {
        const char *text;
        size_t n;
        enum sign sign;
    } signs[] = {
        { ":", 1, SIGN_COLON },  { "：", 3, SIGN_COLON }, { "/", 1, SIGN_SLASH },
        { "／", 3, SIGN_SLASH }, { "|", 1, SIGN_BAR },    { "丨", 3, SIGN_BAR },
        { "｜", 3, SIGN_BAR },   { "︱", 3, SIGN_BAR },   { "│", 3, SIGN_BAR },
    };
    if (!starts[(unsigned char)*p])
        return 0;
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (*p == signs[i].text[0] && (size_t)(end - p) >= signs[i].n && memcmp(p, signs[i].text, signs[i].n) == 0) {
            *sign = signs[i].sign;
            return signs[i].n;
        }
    }
    return 0;
}

size_t line_labels(struct span line, struct labelled *out, size_t max)
{
    static const bool by_slash[] = { [LABEL_AUTHOR] = true, [LABEL_REPORTER] = true, [LABEL_PHOTO] = true,
                                     [LABEL_EDITOR] = true, [LABEL_CREDIT] = true,   [LABEL_TOOL] = false };
    enum sign sign = SIGN_COLON;
    size_t n = 0;
    const char *end = line.p + line.n, *value = NULL;
    for (const char *p = line.p; p < end;) {
        size_t colon = label_sign(p, end, &sign);
        if (colon == 0) {
            p++;
            continue;
        }
        const char *begin = NULL;
        int i = label_before(line, p, &begin);
        if (i >= 0 && sign != SIGN_COLON && !by_slash[labels[i].label] &&
            (sign == SIGN_SLASH || labels[i].label != LABEL_SOURCE))
            i = -1;
        if (i >= 0 && n < max) {
            if (n > 0)
                out[n - 1].value = trim_value(span_between(value, begin > value ? begin : value));
            out[n].label = labels[i].label;
            out[n].at = (size_t)(begin - line.p);
            n++;
            value = p + colon;
        }
        p += colon;
    }
    if (n > 0)
        out[n - 1].value = trim_value(span_between(value, end));
    return n;
}

bool line_is_label(struct span line, enum label *label)
{
    if (line.n < 6 || line.n > LABEL_CHARS_MAX * 3)
        return false;
    for (size_t i = 0; i < COUNT(labels); i++) {
        enum label is = labels[i].label;
        if (is <= LABEL_SOURCE_WEAK && labels[i].n >= 6 &&
            span_eq(line, (struct span){ labels[i].word, labels[i].n })) {
            *label = is;
            return true;
        }
    }
    return false;
}

static bool starts_any(struct span s, const char *const *words, size_t n)
{
    if (s.n < 3)
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *w = words[i]; /* of one character at least: two bytes and the NUL are always there */
        if (w[0] == s.p[0] && w[1] == s.p[1] && (w[2] == s.p[2] || w[2] == '\0') && span_starts(s, span_of(w)))
            return true;
    }
    return false;
}

bool line_is_publisher(struct span s)
{
    static const char *const ends[] = { "报",     "网",         "网站",     "人大",     "常委会", "委员会",
                                        "办公室", "办公厅",     "政府",     "融媒",     "杂志",   "周刊",
                                        "通讯社", "新华社",     "中新社",   "日报社",   "杂志社", "电视台",
                                        "客户端", "公众号",     "新闻",     "在线",     "频道",   "编辑部",
                                        "研究室", "融媒体中心", "新闻中心", "信息中心", "工委",   "法工委" };
    static const char *const acts[] = { "下载", "打开", "关注", "登录", "注册", "订阅", "进入", "欢迎" };
    size_t n = line_chars(s);
    if (n < 3 || n > 20 || s.n != n * 3 || starts_any(s, acts, COUNT(acts)))
        return false;
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (span_ends(s, span_of(ends[i])))
            return true;
    }
    return false;
}

/* ---- kinds ---- */

static const char *const crumb_starts[] = { "当前位置",     "您的位置",     "您所在的位置", "现在位置",   "所在位置",
                                            "你的位置",     "您现在的位置", "您当前的位置", "您当前位置", "当前所在",
                                            "您的当前位置", "你现在的位置", "你所在的位置", "位置：",     "位置:" };
/* Words that begin a tool's line only while it is very short, and signs that do whatever follows. */
static const char *const tool_words[] = { "打印",   "关闭",   "分享",   "返回",   "收藏", "转发", "点赞",
                                          "关注",   "下载",   "朗读",   "阅读",   "赞",   "放大", "缩小",
                                          "无障碍", "长者",   "保存",   "推荐给", "复制", "微信", "微博",
                                          "打 印",  "关 闭",  "已有",   "TOP",    "Top",  "A+",   "A-",
                                          "扫码",   "下一页", "上一页", "首页",   "末页", "尾页", "图集" };
static const char *const tool_starts[] = {
    "打印本页",     "关闭窗口",   "关闭本页",     "扫一扫",   "返回列表",   "返回顶部",   "字体",       "字号",
    "纠错",         "我要纠错",   "浏览次数",     "浏览量",   "点击数",     "点击量",     "阅读次数",   "阅读量",
    "【打印",       "【关闭",     "【字体",       "【返回",   "【收藏",     "【纠错",     "【大",       "[打印",
    "[关闭",        "[返回",      "[字体",        "微信扫",   "加入收藏",   "复制链接",   "大 中 小",   "小 中 大",
    "[大",          "用微信扫",   "我要打印",     "【我要",   "听全文",     "查看评论",   "发表评论",   "我要评论",
    "写评论",       "评论(",      "评论（",       "手机扫",   "回到顶部",   "隐藏边栏",   "标签：",     "标签:",
    "点击查看更多", "用户评论",   "责任编辑",     "责编",     "【责任编辑", "[责任编辑",  "（责任编辑", "(责任编辑",
    "（责编",       "(责编",      "【编辑",       "[编辑",    "（编辑",     "(编辑",      "编辑：",     "编辑:",
    "网络编辑",     "更多>>",     "更多图片",     "我要反馈", "转载请注明", "分享到",     "分享至",     "回顶部",
    "视力保护色",   "保护视力色", "附件下载：无", "网页纠错", "在手机打开", "扫描二维码", "关注微信",   "关注我们",
    "设为首页",     "浏览：",     "浏览:",        "阅读：",   "阅读:",      "点击：",     "点击:",      "审核：",
    "审核:",        "校对：",     "校对:",        "审稿：",   "审稿:",      "初审：",     "终审：",     "监制：",
    "监制:",        "一审：",     "二审：",       "三审：",   "初审:",      "终审:",      "点击进入",   "点击上方",
    "点击蓝字",     "投稿邮箱",   "投稿热线",     "更多精彩", "第 1 页",    "本文来源",   "举报/反馈",  "阅读原文",
    "长按",         "欢迎关注",   "更多资讯",     "未经授权", "转载请",     "进入【",     "以上内容仅", "扫描下方",
    "扫描上方",     "点击下载",   "特约编辑",     "版式设计", "Tag:",       "Tags:",      "Tag：",      "Tags：",
};
static const char *const after_starts[] = {
    "相关阅读",     "相关新闻",   "相关文章", "相关链接",   "相关信息",     "相关报道",     "相关推荐",     "相关日志",
    "相关稿件",     "相关内容",   "相关资讯", "相关专题",   "推荐阅读",     "延伸阅读",     "为您推荐",     "猜你喜欢",
    "你可能会喜欢", "热门推荐",   "热点新闻", "热点推荐",   "热点排行",     "热门新闻",     "热门文章",     "最新评论",
    "网友评论",     "网友留言",   "精彩推荐", "更多新闻",   "阅读下一篇",   "下一篇：",     "下一篇:",      "上一篇：",
    "上一篇:",      "上一篇",     "下一篇",   "上一条：",   "下一条：",     "上一条:",      "下一条:",      "免责声明",
    "【免责声明",   "版权声明",   "特别声明", "郑重声明",   "声明：",       "声明:",        "【声明",       "[声明",
    "重要声明",     "网站声明",   "友情链接", "本文仅代表", "凡本网",       "本网站所刊载", "本站声明",     "编辑推荐",
    "新闻推荐",     "今日推荐",   "热点图片", "图片新闻",   "理论新闻精选", "条评论",       "今日热点",     "排行榜",
    "点击排行",     "阅读排行",   "最新文章", "最新新闻",   "相关政策",     "相关解读",     "相关附件：无", "发表评论",
    "评论列表",     "我来说两句", "全部评论", "热评",       "站点地图",     "联系我们",     "关于我们",     "关于本站",
    "网站地图",     "主办单位",   "主办：",   "主办:",      "承办单位",     "版权所有",     "技术支持",     "延伸·推荐",
    "延伸 · 推荐",  "延伸推荐"
};
/* One pass, since every line of a page is asked. */
bool line_is_footer(struct span s)
{
    static const struct {
        const char *word;
        unsigned char first, second;
    } words[] = {
        { "版权所有", 0xe7, 0x89 },     { "版 权 所 有", 0xe7, 0x89 }, { "公网安备", 0xe5, 0x85 },
        { "公安网", 0xe5, 0x85 },       { "网站标识码", 0xe7, 0xbd },  { "网站备案", 0xe7, 0xbd },
        { "备案号", 0xe5, 0xa4 },       { "技术支持", 0xe6, 0x8a },    { "©", 0xc2, 0xa9 },
        { "opyright", 'o', 'p' },       { "OPYRIGHT", 'O', 'P' },      { "ICP备", 'I', 'C' },
        { "ICP证", 'I', 'C' },          { "icp备", 'i', 'c' },         { "ights Reserved", 'i', 'g' },
        { "ights reserved", 'i', 'g' },
    };
    static const unsigned char firsts[256] = {
        [0xe7] = 1, [0xe5] = 2, [0xe6] = 4, [0xc2] = 8, ['o'] = 16, ['O'] = 32, ['I'] = 64, ['i'] = 128
    };
    static const unsigned char seconds[256] = { /* a bit for each first byte that it may follow */
                                                [0x89] = 1, [0xbd] = 1, [0x85] = 2, [0xa4] = 2,  [0x8a] = 4, [0xa9] = 8,
                                                ['p'] = 16, ['P'] = 32, ['C'] = 64, ['c'] = 128, ['g'] = 128
    };
    for (size_t i = 0; i + 1 < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (!(firsts[c] & seconds[(unsigned char)s.p[i + 1]]))
            continue;
        for (size_t k = 0; k < COUNT(words); k++) {
            if (words[k].first == c && words[k].second == (unsigned char)s.p[i + 1] &&
                span_starts((struct span){ s.p + i, s.n - i }, span_of(words[k].word)))
                return true;
        }
    }
    return false;
}

/* — END —, -THE END- */
static bool is_the_end(struct span s)
{
    char letters[8];
    size_t n = 0;
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        uint32_t c = text_next(&p, end);
        if (c < 0x80 && isalpha((int)c) && n < sizeof(letters))
            letters[n++] = (char)toupper((int)c);
        else if (text_is_han(c) || (c < 0x80 && isalnum((int)c)))
            return false;
    }
    struct span word = { letters, n };
    return span_is(word, "END") || span_is(word, "THEEND");
}

static bool only_signs(struct span line)
{
    for (const char *p = line.p, *end = line.p + line.n; p < end;) {
        uint32_t c = text_next(&p, end);
        if (text_is_han(c) || (c < 0x80 && isalpha((int)c)))
            return false;
    }
    return true;
}

/* A date, and hardly anything else; not the line under a document's title:
 * （2024年3月9日市七届人大常委会第三次会议通过）. */
static bool only_date(struct span line)
{
    static const char *const acts[] = { "通过", "会议", "批准", "公布", "修订", "修正", "施行", "印发",
                                        "召开", "任命", "届",   "起",   "至",   "在",   "下午", "上午" };
    struct when w;
    struct span at;
    if (!when_find(line, &w, &at) || w.day == 0)
        return false;
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (span_has(line, span_of(acts[i])))
            return false;
    }
    struct span before = span_between(line.p, at.p), after = span_between(at.p + at.n, line.p + line.n);
    return line_chars(before) + line_chars(after) <= 12 || (only_signs(before) && line_chars(after) <= 20);
}

static struct span skip_bullets(struct span s)
{
    static const char *const bullets[] = { "•", "·", "●", "■", "▪", "★", "◆", ">", "»", "*", "+" };
    for (bool again = true; again;) {
        again = false;
        s = text_trim(s);
        for (size_t i = 0; i < COUNT(bullets) && s.n > 0; i++) {
            if (bullets[i][0] == s.p[0] && span_starts(s, span_of(bullets[i]))) {
                s.p += strlen(bullets[i]);
                s.n -= strlen(bullets[i]);
                again = true;
            }
        }
    }
    return s;
}

/* 期刊阅览 | 网上投稿 | 联系我们 */
static bool is_menu(struct span s)
{
    size_t bars = 0;
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        uint32_t c = text_next(&p, end);
        bars += c == '|' || c == 0x4e28 || c == 0xff5c || c == 0x2502;
        if (c == 0x3002 || c == 0xff0c || c == 0xff1b || c == ':' || c == 0xff1a)
            return false;
    }
    return bars >= 2;
}

bool line_is_disclaimer(struct span line)
{
    static const char *const starts[] = { "免责声明", "网站声明",     "【免责声明", "声明：",     "声明:",
                                          "版权声明", "【版权声明",   "特别声明",   "【特别声明", "郑重声明",
                                          "凡本网",   "本网站所刊载", "上一篇",     "下一篇",     "本文仅代表",
                                          "本文系",   "以上内容为",   "以上文章",   "（本文来自", "(本文来自" };
    if (line.n <= 400 && (span_has(line, SPAN("未经")) || span_has(line, SPAN("授权"))) && span_has(line, SPAN("转载")))
        return true; /* 未经授权，不得转载 */
    return line.n <= 1200 && starts_any(line, starts, COUNT(starts));
}

enum line_kind line_kind(struct span line)
{
    struct span s = skip_bullets(line), dash = SPAN("—");
    while (s.n > 2 * dash.n && s.n < 64 && span_starts(s, dash) && span_ends(s, dash)) /* —分享— */
        s = (struct span){ s.p + dash.n, s.n - 2 * dash.n };
    if (s.n > 1600)
        return LINE_TEXT;
    size_t n = line_chars(s);
    if (n == 0)
        return LINE_TOOL;
    if (n <= 24 && (span_starts(s, SPAN("（上接")) || span_starts(s, SPAN("(上接")) || span_starts(s, SPAN("上接")) ||
                    span_starts(s, SPAN("（下转")) || span_starts(s, SPAN("(下转")) || span_starts(s, SPAN("下转"))))
        return LINE_JUMP;
    if (n <= 80 && starts_any(s, crumb_starts, COUNT(crumb_starts)))
        return LINE_CRUMB;
    if (n <= 60 && (span_starts(s, SPAN("首页")) || span_starts(s, SPAN("网站首页"))) &&
        (memchr(s.p, '>', s.n) != NULL || span_has(s, SPAN("»")) || span_has(s, SPAN("→")) ||
         span_has(s, SPAN(" - ")) || span_has(s, SPAN(" / ")) || span_has(s, SPAN("＞"))))
        return LINE_CRUMB;
    bool sentence = span_has(s, SPAN("。"));
    if (n <= 300 && !(sentence && n > 80) && line_is_footer(s))
        return LINE_COPYRIGHT;
    if (n <= 30 && !(sentence && n > 12) && starts_any(s, after_starts, COUNT(after_starts)))
        return LINE_AFTER;
    if (n > 12 && line_is_disclaimer(s))
        return LINE_AFTER;
    if (!sentence && ((n <= 40 && starts_any(s, tool_starts, COUNT(tool_starts))) ||
                      (n <= 8 && starts_any(s, tool_words, COUNT(tool_words)))))
        return LINE_TOOL;
    if (n <= 12 && !sentence && span_starts(s, SPAN("返回")))
        return LINE_TOOL;
    if (n <= 24 && !sentence && (span_starts(s, SPAN("打印")) || span_starts(s, SPAN("分享"))) &&
        (span_has(s, SPAN("关闭")) || span_has(s, SPAN("字体")) || span_has(s, SPAN("微信"))))
        return LINE_TOOL;
    if (n <= 80 && is_menu(s))
        return LINE_TOOL;
    if (n <= 12 && (is_the_end(s) || span_ends(s, SPAN("二维码"))))
        return LINE_TOOL;
    if (n <= 8 && !sentence && span_starts(s, SPAN("我要")))
        return LINE_TOOL;
    if (n <= 12 && only_signs(s) && !span_has(s, SPAN("%")))
        return LINE_TOOL;
    if (n <= 160 && !sentence) {
        struct labelled l[12];
        size_t k = line_labels(s, l, COUNT(l));
        if (k > 0) {
            struct span before = { s.p, l[0].at };
            size_t lead = line_chars(before);
            if (lead <= 2 || k >= 2 || only_date(before)) {
                bool longish = k == 1 && line_chars(l[0].value) > 40 && l[0].label != LABEL_ORIGINAL;
                if (!longish)
                    return LINE_META;
            }
        }
        struct span issue;
        int year, month;
        if (n <= 60 && (only_date(s) || (n <= 40 && line_issue(s, &issue, &year, &month) && issue.p - s.p <= 24)))
            return LINE_META;
    }
    if (n <= 4 &&
        (span_is(s, "大") || span_is(s, "中") || span_is(s, "小") || span_is(s, "分享") || span_is(s, "微信") ||
         span_is(s, "微博") || span_is(s, "关注") || span_is(s, "超大") || span_is(s, "标准")))
        return LINE_TOOL;
    return LINE_TEXT;
}

/* ---- values ---- */

struct span line_source(struct span value)
{
    static const char *const stops[] = { "浏览",     "点击",   "字体",     "字号",     "打印",     "分享",   "参与互动",
                                         "【",       "[",      "我要",     "大 中 小", "http",     "原创稿", "查看原文",
                                         "原标题",   "视力",   "收藏",     "人气",     "|",        "｜",     "扫一扫",
                                         "评论(",    "评论（", "责任编辑", "发布时间", "发布日期", "(",      "（",
                                         "阅读次数", "阅读量", "访问",     "关闭",     "返回",     "关注",   "保护" };
    value = trim_value(value);
    struct labelled l[4];
    if (line_labels(value, l, COUNT(l)) > 0 && (l[0].label == LABEL_SOURCE || l[0].label == LABEL_SOURCE_WEAK) &&
        l[0].at < 4)
        value = l[0].value;
    struct when w;
    struct span at;
    if (when_find(value, &w, &at))
        value = at.p == value.p ? span_between(at.p + at.n, value.p + value.n) : span_between(value.p, at.p);
    for (size_t i = 0; i < COUNT(stops); i++) {
        const char *p = span_find(value, span_of(stops[i]));
        if (p != NULL)
            value = span_between(value.p, p);
    }
    value = trim_value(value);
    for (const char *p = value.p, *end = value.p + value.n; p < end;) { /* 新华网 举报 */
        const char *from = p;
        if (!text_is_space(text_next(&p, end)))
            continue;
        if (line_chars(span_between(value.p, from)) >= 3)
            value.n = (size_t)(from - value.p);
        break;
    }
    size_t n = line_chars(value);
    if (n < 2 || n > 40 || only_signs(value) || span_has(value, SPAN("。")) || span_starts(value, SPAN("未知")) ||
        span_is(value, "本站原创"))
        return (struct span){ NULL, 0 };
    return value;
}

bool line_issue(struct span line, struct span *issue, int *year, int *month)
{
    const char *end = line.p + line.n;
    for (const char *p = line.p; (p = span_find(span_between(p, end), SPAN("年"))) != NULL; p += 3) {
        if (p - line.p < 4)
            continue;
        int y = 0;
        for (int i = 0; i < 4 && y >= 0; i++)
            y = isdigit((unsigned char)p[i - 4]) ? y * 10 + (p[i - 4] - '0') : -1;
        const char *q = p + 3;
        while (q < end && *q == ' ')
            q++;
        if (y < 1949)
            continue;
        if (span_starts(span_between(q, end), SPAN("第"))) /* 2024年8期 has none */
            q += 3;
        int n = 0, digits = 0;
        while (q < end && isdigit((unsigned char)*q) && digits < 4) {
            n = n * 10 + (*q++ - '0');
            digits++;
        }
        if (digits == 0 || !span_starts(span_between(q, end), SPAN("期")))
            continue;
        *issue = span_between(p - 4, q + 3);
        *year = y;
        *month = n >= 1 && n <= 12 ? n : 0;
        return true;
    }
    return false;
}

struct span line_copyright_owner(struct span line)
{
    const char *p = span_find(line, SPAN("版权所有"));
    struct span none = { NULL, 0 };
    if (p == NULL)
        return none;
    struct span s = span_between(p + strlen("版权所有"), line.p + line.n);
    s = trim_value(s);
    size_t i = 0;
    while (i < s.n) {
        const char *q = s.p + i, *r = q;
        uint32_t c = text_next(&r, s.p + s.n);
        if (text_is_space(c) || c == '|' || c == 0xff0c || c == ',' ||
            (c < 0x80 && !isalnum((int)c) && c != '(' && c != ')'))
            break;
        i += (size_t)(r - q);
    }
    s.n = i;
    s = trim_value(s);
    size_t n = line_chars(s);
    return n >= 3 && n <= 40 && !span_starts(s, SPAN("未经")) && !span_starts(s, SPAN("违者")) ? s : none;
}

bool line_is_credit(struct span line)
{
    struct labelled l;
    return line.n <= 200 && line_labels(line, &l, 1) == 1 && (l.label == LABEL_EDITOR || l.label == LABEL_CREDIT) &&
           l.at <= 3 && line_chars(l.value) <= 12;
}

bool line_is_signed_date(struct span line)
{
    struct when w;
    struct span at;
    line = text_trim(line);
    return when_find(line, &w, &at) && w.day > 0 && w.hour < 0 && at.p == line.p && at.n == line.n &&
           span_has(line, SPAN("年"));
}

struct span line_crumb_column(struct span line)
{
    static const char *const marks[] = { ">>", "»", "→", "＞", ">", "/" };
    static const char *const pages[] = { "正文",     "列表",     "内容", "详情",     "详情页面", "详细内容",
                                         "文章正文", "信息内容", "首页", "详细信息", "阅读正文", "查看正文" };
    struct span none = { NULL, 0 }, rest = line;
    for (int i = 0; i < 8 && rest.n > 0; i++) { /* from the end */
        const char *last = NULL;
        size_t n = 0;
        for (size_t k = 0; k < COUNT(marks); k++) {
            for (const char *p = rest.p; (p = span_find(span_between(p, rest.p + rest.n), span_of(marks[k]))) != NULL;
                 p++) {
                if (last == NULL || p + strlen(marks[k]) > last + n) {
                    last = p;
                    n = strlen(marks[k]);
                }
            }
        }
        if (last == NULL)
            return none;
        struct span place = trim_value(span_between(last + n, rest.p + rest.n));
        rest.n = (size_t)(last - rest.p);
        bool page = line_chars(place) < 2 || line_chars(place) > 16;
        for (size_t k = 0; k < COUNT(pages); k++)
            page |= span_is(place, pages[k]);
        if (!page)
            return place;
    }
    return none;
}
