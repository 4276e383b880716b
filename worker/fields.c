#include "worker/fields.h"

#include <ctype.h>
#include <jansson.h>
#include <strings.h>

#include "common/text.h"

#define COUNT(a)      (sizeof(a) / sizeof((a)[0]))
#define LD_MAX_BYTES  (256 * 1024)
#define BEFORE_LINES  40 /* lines before the body that may hold its labels */
#define AFTER_LINES   30

static void set(struct article *art, enum article_field f, struct span s)
{
    if (art->f[f].n == 0 && s.n > 0)
        art->f[f] = text_cut(s, article_fields[f].max_bytes);
}

/* ---- names ---- */

/* The commonest family names; a byline's name begins with one of them. */
static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石"
    "戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦"
    "麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐"
    "冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦"
    "戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由欧阳";

static const char *const no_names[] = { "草案", "试行", "摘要", "节选", "图略", "下略", "待续", "未完", "附后", "通讯员", "本报", "本网", "记者", "编辑", "综合", "集体", "整理", "单位", "无名", "佚名", "管理员", "全文完", "完", "文图", "图文" };

static bool is_name(struct span s)
{
    size_t han = 0;
    const char *p = s.p, *end = s.p + s.n;
    bool dot = false;
    while (p < end) {
        uint32_t c = text_next(&p, end);
        if (c == 0xb7 || c == 0x2022 || c == 0x30fb)
            dot = true;
        else if (!text_is_han(c))
            return false;
        else
            han++;
    }
    for (size_t i = 0; i < COUNT(no_names); i++) {
        if (span_is(s, no_names[i]))
            return false;
    }
    if (dot)
        return han >= 4 && han <= 14;
    if (han < 2 || han > 4)
        return false;
    return span_has(span_of(surnames), (struct span){ s.p, 3 }) && (han < 4 || span_starts(s, SPAN("欧阳")) || span_starts(s, SPAN("司马")) || span_starts(s, SPAN("上官")) || span_starts(s, SPAN("诸葛")));
}

static void add_author(struct fields *f, struct span name, const char *role)
{
    struct article *art = f->art;
    for (size_t i = 0; i < art->author_count; i++) {
        if (span_eq(art->authors[i].name, name))
            return;
    }
    if (art->author_count >= ARTICLE_AUTHORS_MAX)
        return;
    if (art->authors == NULL)
        art->authors = arena_alloc(f->a, ARTICLE_AUTHORS_MAX * sizeof(*art->authors));
    art->authors[art->author_count++] = (struct author){ name, span_of(role) };
}

static struct span strip_title(struct span s)
{
    static const char *const titles[] = { "特约通讯员", "本报通讯员", "特约记者", "本报记者", "本刊记者", "本网记者", "全媒体记者", "实习记者", "见习记者", "通讯员", "记者", "作者", "摄影", "文", "图" };
    for (size_t i = 0; i < COUNT(titles); i++) {
        size_t n = strlen(titles[i]);
        if (s.n > n && span_starts(s, span_of(titles[i])) && (i < COUNT(titles) - 2 || s.n >= n + 6 || s.p[n] == ' '))
            return text_trim((struct span){ s.p + n, s.n - n });
    }
    return s;
}

static bool is_separator(uint32_t c)
{
    return text_is_space(c) || c == 0x3001 || c == ',' || c == 0xff0c || c == '/' || c == 0xff0f || c == ';' || c == 0xff1b ||
           c == '(' || c == ')' || c == 0xff08 || c == 0xff09 || c == '|';
}

/* Adds the names at the start of s; stops at the first word that is none. Returns how many there were. */
static size_t add_names(struct fields *f, struct span s, const char *role)
{
    size_t n = 0;
    const char *p = s.p, *end = s.p + s.n;
    struct span single = { NULL, 0 }; /* 张 三 */
    while (p < end) {
        const char *q = p;
        uint32_t c = 0;
        while (p < end) {
            q = p;
            c = text_next(&q, end);
            if (!is_separator(c))
                break;
            p = q;
        }
        const char *from = p;
        while (p < end) {
            q = p;
            c = text_next(&q, end);
            if (is_separator(c))
                break;
            p = q;
        }
        struct span word = strip_title(span_between(from, p));
        if (word.n == 0)
            break;
        if (word.n == 3 && single.n == 0 && span_has(span_of(surnames), word)) {
            single = word;
            continue;
        }
        if (word.n == 3 && single.n == 3) {
            char *joined = arena_alloc(f->a, 7);
            memcpy(joined, single.p, 3);
            memcpy(joined + 3, word.p, 3);
            joined[6] = '\0';
            add_author(f, (struct span){ joined, 6 }, role);
            single.n = 0;
            n++;
            continue;
        }
        if (span_is(word, "图") || span_is(word, "文") || span_is(word, "摄影") || span_is(word, "记者") || span_is(word, "通讯员") || span_is(word, "本报记者") || span_is(word, "本刊记者"))
            continue;
        if (!is_name(word))
            break;
        add_author(f, word, role);
        n++;
    }
    return n;
}

static void set_editor(struct fields *f, struct span value)
{
    const char *p = value.p, *end = value.p + value.n;
    while (p < end) {
        const char *q = p;
        if (is_separator(text_next(&q, end)) || *p == ']')
            break;
        p = q;
    }
    struct span first = span_between(value.p, p), name = first;
    if (name.n == 3 && value.n >= 7 && line_chars(value) == 2) /* 张 三 */
        name = arena_printf(f->a, "%.3s%.3s", value.p, value.p + value.n - 3);
    if (is_name(name))
        set(f->art, ARTICLE_EDITOR, name);
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
    case LABEL_DATE:
        take_date(&f->labelled, v);
        break;
    case LABEL_DATE_WEAK:
        take_date(&f->weak, v);
        break;
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
        add_names(f, v, "text");
        break;
    case LABEL_PHOTO:
        add_names(f, v, "photo");
        break;
    case LABEL_EDITOR:
        set_editor(f, v);
        break;
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
    case LABEL_TOOL:
        break;
    }
}

void fields_line(struct fields *f, struct span line)
{
    struct labelled l[16];
    line = text_trim(line);
    if (line.n == 0 || line.n > 600)
        return;
    size_t n = line_labels(line, l, COUNT(l));
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
            struct span rest = text_trim(span_between(at.p + at.n, n > 0 && l[0].at > (size_t)(at.p + at.n - line.p) ? line.p + l[0].at : line.p + line.n));
            const char *blank = memchr(rest.p, ' ', rest.n);
            if (blank != NULL)
                rest.n = (size_t)(blank - rest.p);
            if (n == 0 || l[0].at > 0)
                rest = line_source(rest);
            if (rest.n > 0 && can_be_source(rest) && (n == 0 || rest.p + rest.n <= line.p + l[0].at))
                f->plain_source = rest;
        }
    }
    if (f->owner.n == 0)
        f->owner = line_copyright_owner(line);
}

static void reporters_after(struct fields *f, struct span s, const char *word)
{
    const char *p = span_find(s, span_of(word));
    if (p == NULL)
        return;
    const char *end = s.p + s.n, *q = p + strlen(word), *stop = q;
    for (const char *r = q; r < end; stop = r) {
        const char *from = r;
        uint32_t c = text_next(&r, end);
        if (c == ')' || c == 0xff09 || c == 0x3011 || c == ']' || c == 0x3002 || c == 0xff0c || c == ':' || c == 0xff1a) {
            stop = from;
            break;
        }
        if (r - q > 120)
            break;
    }
    bool bracket = false;
    for (const char *r = p; r > s.p && p - r < 40;) {
        const char *t = text_prev(s.p, r), *u = t;
        uint32_t c = text_next(&u, r);
        if (c == '(' || c == 0xff08 || c == 0x3010 || c == '[') {
            bracket = true;
            break;
        }
        if (c == 0x3002 || c == 0xff0c)
            break;
        r = t;
    }
    if (bracket || (line_chars(s) <= 40 && (p == s.p || span_find(s, SPAN("本报记者")) == s.p || span_find(s, SPAN("本刊记者")) == s.p)))
        add_names(f, span_between(q, stop), "text");
}

void fields_bylines(struct fields *f, struct span text)
{
    if (text.n == 0 || f->art->author_count > 0)
        return;
    const char *end = text.p + text.n, *nl = memchr(text.p, '\n', text.n);
    struct span first = span_between(text.p, nl == NULL ? end : nl);
    const char *last_nl = memrchr(text.p, '\n', text.n);
    struct span last = span_between(last_nl == NULL ? text.p : last_nl + 1, end);
    reporters_after(f, text_cut(first, 240), "记者");
    reporters_after(f, text_cut(first, 240), "通讯员");
    struct span tail = last;
    if (tail.n > 240) {
        size_t cut = tail.n - 240;
        while (cut < tail.n && ((unsigned char)tail.p[cut] & 0xc0) == 0x80)
            cut++;
        tail.p += cut;
        tail.n -= cut;
    }
    if (f->art->author_count == 0) {
        reporters_after(f, tail, "记者");
        reporters_after(f, tail, "通讯员");
    }
    if (f->art->author_count > 0 || tail.n < 4)
        return;
    bool wide = span_ends(tail, SPAN("）"));
    if (!wide && !span_ends(tail, SPAN(")")))
        return;
    const char *open = memrchr(tail.p, '(', tail.n);
    for (const char *p = tail.p; (p = span_find(span_between(p, tail.p + tail.n), SPAN("（"))) != NULL; p++)
        open = open == NULL || p > open ? p : open;
    if (open == NULL)
        return;
    struct span inside = span_between(open + (*open == '(' ? 1 : 3), tail.p + tail.n - (wide ? 3 : 1));
    struct labelled l[4];
    size_t n = line_labels(inside, l, COUNT(l));
    for (size_t i = 0; i < n; i++) {
        if (l[i].label == LABEL_AUTHOR || l[i].label == LABEL_REPORTER || l[i].label == LABEL_PHOTO)
            add_names(f, l[i].value, l[i].label == LABEL_PHOTO ? "photo" : "text");
    }
    if (n == 0 && line_chars(inside) <= 24)
        add_names(f, inside, "text");
}

void fields_settle(struct fields *f, const struct when *meta, const struct page_in *in)
{
    struct when url, hint, best = { 0 };
    bool has_url = when_in_url(in->url, &url), has_hint = when_find(in->hint_date, &hint, NULL);
    const struct when *order[] = { meta, &f->labelled, f->issue.month > 0 ? &f->issue : &f->plain, &f->plain, &f->weak,
                                   has_hint ? &hint : meta, has_url ? &url : meta };
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
    if (f->art->f[ARTICLE_ISSUE].n > 0)
        set(f->art, ARTICLE_SOURCE, f->owner);
}

/* ---- title ---- */

static struct span after_prefix(struct span s, size_t n)
{
    return (struct span){ s.p + n, s.n - n };
}

struct span fields_clean_title(struct span title, struct span *column)
{
    static const char *const bars[] = { "|", "｜", "丨", "∣", "︱" };
    title = text_trim(title);
    for (size_t i = 0; i < COUNT(bars); i++) {
        const char *p = span_find(title, span_of(bars[i]));
        if (p == NULL)
            continue;
        struct span left = text_trim(span_between(title.p, p)), right = text_trim(after_prefix(title, (size_t)(p - title.p) + strlen(bars[i])));
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

static bool site_word(struct span s)
{
    static const char *const ends[] = { "网", "网站", "门户", "人大", "委员会", "人大网", "常委会", "政府", "频道", "新闻", "首页", "中心", "之窗", "在线", "日报", "晚报", "专栏", "栏目", "门户网站", "官网", "News", "Paper" };
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

/* <title> without site and column. */
static struct span title_part(struct span title)
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
        if (line_chars(parts[i]) >= 4 && !site_word(parts[i]))
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

static bool cut_short(struct span s)
{
    return span_ends(s, SPAN("…")) || span_ends(s, SPAN("..."));
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
    return n->tag == TAG_H1 || n->tag == TAG_H2 || n->tag == TAG_H3 || n->tag == TAG_H4;
}

/* What <title> says: as a whole, without site and column, and that without a final "…". */
struct head {
    struct span whole, part, stem;
    size_t chars, part_chars, stem_chars;
    bool cut;
};

static struct head read_head(struct span title)
{
    struct head head = { .whole = title, .part = title.n > 0 ? title_part(title) : title };
    head.cut = cut_short(head.part);
    head.stem = head.part;
    while (span_ends(head.stem, SPAN(".")) || span_ends(head.stem, SPAN("…")))
        head.stem.n -= head.stem.p[head.stem.n - 1] == '.' ? 1 : 3;
    head.chars = line_chars(title);
    head.part_chars = line_chars(head.part);
    head.stem_chars = line_chars(head.stem);
    return head;
}

/* How a text that stands before (or at the head of) the body answers to being the title. */
static int title_score(const struct html *h, struct span s, const struct head *head, uint32_t node)
{
    size_t chars = line_chars(s);
    int score = 0;
    if (chars < 4 || chars > 150 || span_starts(s, SPAN("——")))
        return 0;
    for (int up = 0; up < 3; up++) {
        const struct html_node *n = &h->nodes[node];
        if (is_heading(n))
            score += n->tag == TAG_H1 ? 30 : n->tag == TAG_H2 ? 22 : 14;
        if (up < 2 && (n->hints & HINT_TITLE))
            score += up == 0 ? 14 : 8;
        if (node == 0 || is_heading(n))
            break;
        node = n->parent;
    }
    if (h->nodes[node].hints & (HINT_CRUMB | HINT_HIDDEN))
        score -= 40;
    if (head->whole.n > 0) {
        if (line_same(s, head->part))
            score += 80;
        else if (chars <= head->chars && line_holds(head->whole, s))
            score += chars * 10 >= head->part_chars * 5 ? 50 + (int)chars : 0;
        else if (chars >= head->stem_chars && head->stem_chars >= 6 && line_holds(s, head->stem))
            score += head->cut || score > 0 ? 70 : 20;
        else if (score > 0)
            score -= 4;
        if (!line_same(s, head->part) && site_word(s))
            score -= 40;
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

static struct span find_title(const struct html *h, const struct body *b, struct arena *a, struct span title, uint32_t *at)
{
    struct candidate best = { .score = 9 };
    struct head whole = read_head(title), *head = &whole;
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
        if (n->text_end - n->text > 600 || n->line_end <= n->line || n->line_end - n->line > 3 || (n->hints & HINT_HIDDEN) ||
            !(is_heading(n) || (n->hints & HINT_TITLE)))
            continue;
        struct span s = node_text(h, n, a);
        int score = title_score(h, s, head, i);
        if (line_kind(s) != LINE_TEXT)
            score -= 40;
        consider(&best, s, score - distance(b, n->line, score), n->line);
    }
    for (uint32_t i = 0; i < end; i++) {
        const struct html_line *l = &h->lines[i];
        if (l->chars < 4 || l->chars > 150 || (l->hints & HINT_HIDDEN))
            continue;
        struct span s = html_text(h, l->from, l->to);
        int score = title_score(h, s, head, l->node);
        struct labelled label;
        if (i > 0 && h->lines[i - 1].chars <= 6 &&
            line_labels(html_text(h, h->lines[i - 1].from, h->lines[i - 1].to), &label, 1) == 1 && label.label == LABEL_TITLE &&
            label.value.n == 0)
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
        } else if (!inside && span_starts(after_prefix(s, i), SPAN("&nbsp;"))) {
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
        json_array_foreach(o, i, v) {
            if (i < 32)
                ld_object(a, v, ld, depth + 1);
        }
        return;
    }
    if (!json_is_object(o))
        return;
    ld_object(a, json_object_get(o, "@graph"), ld, depth + 1);
    struct span type = ld_string(a, json_object_get(o, "@type")), date = ld_string(a, json_object_get(o, "datePublished"));
    if (date.n == 0)
        date = ld_string(a, json_object_get(o, "pubDate"));
    if (!span_has(type, SPAN("Article")) && !span_has(type, SPAN("Posting")) && !span_has(type, SPAN("Report")) && date.n == 0)
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

static const char *const date_metas[] = { "PubDate", "publishdate", "publish-date", "publish_date", "pubtime", "publishtime", "article:published_time",
                                          "og:article:published_time", "datePublished", "publishedDate", "bytedance:published_time",
                                          "weibo:article:create_at", "DC.date.issued", "og:release_date", "og:pubdate", "pub_date", "firstpublishedtime" };
static const char *const title_metas[] = { "ArticleTitle", "article_title", "Article-Title" };
static const char *const source_metas[] = { "ContentSource", "source", "Source", "article:source", "mediaid", "og:article:source", "copyright_source" };

/* ---- lines around the body ---- */

static void split_date(struct fields *f, struct span before, struct span line, struct span after)
{
    struct when w;
    if (!when_find(line, &w, NULL) || w.day != 0 || line_chars(line) > 10)
        return;
    struct span days[] = { text_trim(before), text_trim(after) };
    for (int i = 0; i < 2 && f->plain.year == 0; i++) {
        if (days[i].n < 1 || days[i].n > 2 || !isdigit((unsigned char)days[i].p[0]) || !isdigit((unsigned char)days[i].p[days[i].n - 1]))
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
    return span_has(s, SPAN("今天")) || span_has(s, SPAN("今日")) || span_has(s, SPAN("欢迎")) || span_has(s, SPAN("农历")) ||
           span_has(s, SPAN("现在是")) || span_has(s, SPAN("星期"));
}

static void read_before(const struct html *h, uint32_t from, uint32_t to, uint32_t title, struct fields *f)
{
    for (uint32_t i = from; i < to; i++) {
        const struct html_line *l = &h->lines[i];
        struct span s = line_at(h, i);
        if (i == title || l->chars > 200 || (l->links >= l->chars && l->chars > 12) || (title != UINT32_MAX && i < title && tells_today(s)))
            continue;
        fields_line(f, s);
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
        fields_line(f, line_at(h, i));
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
        if ((n->hints & HINT_DATE) && !(n->hints & (HINT_LINK | HINT_HIDDEN)) && n->text_end - n->text < 200 && n->text_end > n->text) {
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
        if (!(n->hints & HINT_SOURCE) || (n->hints & (HINT_HIDDEN | HINT_CRUMB)) || n->text_end - n->text > 120 || n->line_end - n->line > 1)
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
    static const char *const keys[] = { "pubtime", "pubTime", "pubDate", "pubdate", "publish_time", "publishTime", "publishDate", "publish_date", "publishedAt", "datePublished", "newsTime", "news_time" };
    w->year = 0;
    for (size_t i = 0; i < h->script_count; i++) {
        struct span s = h->scripts[i].text;
        const char *end = s.p + s.n;
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

/* A title that only stands where titles stand: the last line of text above the labels and the body. */
static struct span title_by_place(const struct html *h, struct body *b, uint32_t *at)
{
    body_trim(h, (struct span){ NULL, 0 }, b);
    for (uint32_t i = b->from, looked = 0; i > 0 && looked < 12; i--, looked++) {
        const struct html_line *l = &h->lines[i - 1];
        struct span s = line_at(h, i - 1);
        if (l->hints & (HINT_HIDDEN | HINT_CRUMB) || l->chars < 5 || l->chars > 80 || l->links * 2 > l->chars || span_has(s, SPAN("。")) ||
            line_kind(s) != LINE_TEXT || site_word(s))
            continue;
        *at = i - 1;
        return s;
    }
    return (struct span){ NULL, 0 };
}

void fields_read(const struct html *h, struct body *b, const struct page_in *in, struct arena *a, struct article *art)
{
    struct fields f = { .a = a, .art = art };
    struct ld ld;
    struct when meta = { 0 };
    struct span column = { NULL, 0 };
    uint32_t at = UINT32_MAX;
    read_ld(h, a, &ld);
    struct span head = h->title, seen = find_title(h, b, a, head, &at);
    struct span title = plain_value(meta_any(h, title_metas, COUNT(title_metas)), a);
    if (line_chars(title) < 3)
        title = plain_value(property(h, "<title>"), a);
    if (line_chars(title) < 3)
        title = ld.title;
    if (title.n == 0)
        title = seen;
    if (cut_short(title) && seen.n > title.n && line_holds(seen, (struct span){ title.p, title.n - 3 }))
        title = seen;
    if (title.n == 0 && meta_value(h, "og:title").n > 0)
        title = title_part(meta_value(h, "og:title"));
    bool generic = head.n == 0 || site_word(title_part(head));
    if (title.n == 0 && !generic)
        title = title_part(head);
    if (title.n == 0)
        title = in->hint_title;
    if (title.n == 0)
        title = seen = title_by_place(h, b, &at);
    if (title.n == 0 && head.n > 0)
        title = title_part(head);
    set(art, ARTICLE_COLUMN, plain_value(meta_value(h, "ColumnName"), a));
    struct span shown = title;
    title = fields_clean_title(plain_value(title, a), &column);
    set(art, ARTICLE_COLUMN, column);
    body_trim(h, seen.n > 0 && line_holds(shown, seen) ? seen : shown, b);
    struct span date = meta_any(h, date_metas, COUNT(date_metas));
    if (date.n == 0)
        date = property(h, "<date>");
    if (date.n == 0)
        date = ld.date;
    when_find(date, &meta, NULL);
    if (meta.year != 0 && meta.day == 0)
        meta.year = 0;
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
    if (art->author_count == 0)
        add_names(&f, meta_value(h, "author"), "text");
    if (art->author_count == 0)
        add_names(&f, ld.author, "text");
    for (uint32_t i = at < b->from ? at + 1 : b->first > 3 ? b->first - 3 : 0; i <= b->from && i < h->line_count; i++) {
        struct span s = line_at(h, i);
        if (span_starts(s, SPAN("——")) && line_chars(s) <= 60) {
            set(art, ARTICLE_SUBTITLE, text_trim(after_prefix(s, strlen("——"))));
            if (i == b->from)
                b->from++;
        }
    }
    for (uint32_t i = b->from > BEFORE_LINES ? b->from - BEFORE_LINES : 0; i < b->from && art->f[ARTICLE_COLUMN].n == 0; i++) {
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
    fields_bylines(&f, art->f[ARTICLE_TEXT]);
}
