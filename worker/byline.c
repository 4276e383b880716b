#include "worker/byline.h"

#include <string.h>

#include "common/text.h"
#include "worker/lines.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The commonest family names; a byline's name begins with one of them. */
static const char surnames[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋"
                               "杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石"
                               "戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤常温康施文"
                               "牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦"
                               "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲"
                               "房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦"
                               "麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎"
                               "甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐"
                               "冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖"
                               "漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦"
                               "戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼"
                               "居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由欧阳";

static const char *const no_names[] = { "草案",   "试行", "摘要",   "节选",   "图略", "下略", "待续", "未完", "附后",
                                        "通讯员", "本报", "本网",   "记者",   "编辑", "综合", "集体", "整理", "单位",
                                        "无名",   "佚名", "管理员", "全文完", "完",   "文图", "图文" };

bool byline_is_name(struct span s)
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
    return span_has(span_of(surnames), (struct span){ s.p, 3 }) &&
           (han < 4 || span_starts(s, SPAN("欧阳")) || span_starts(s, SPAN("司马")) || span_starts(s, SPAN("上官")) ||
            span_starts(s, SPAN("诸葛")));
}

static void add_author(struct arena *a, struct article *art, struct span name, const char *role)
{
    for (size_t i = 0; i < art->author_count; i++) {
        if (span_eq(art->authors[i].name, name))
            return;
    }
    if (art->author_count >= ARTICLE_AUTHORS_MAX)
        return;
    if (art->authors == NULL)
        art->authors = arena_alloc(a, ARTICLE_AUTHORS_MAX * sizeof(*art->authors));
    art->authors[art->author_count++] = (struct author){ name, span_of(role) };
}

static struct span strip_title(struct span s)
{
    static const char *const titles[] = { "特约通讯员", "本报通讯员", "特约记者", "本报记者", "本刊记者",
                                          "本网记者",   "全媒体记者", "实习记者", "见习记者", "通讯员",
                                          "记者",       "作者",       "摄影",     "文",       "图" };
    for (size_t i = 0; i < COUNT(titles); i++) {
        size_t n = strlen(titles[i]);
        if (s.n > n && span_starts(s, span_of(titles[i])) && (i < COUNT(titles) - 2 || s.n >= n + 6 || s.p[n] == ' '))
            return text_trim((struct span){ s.p + n, s.n - n });
    }
    return s;
}

static bool is_separator(uint32_t c)
{
    return text_is_space(c) || c == 0x3001 || c == ',' || c == 0xff0c || c == '/' || c == 0xff0f || c == ';' ||
           c == 0xff1b || c == '(' || c == ')' || c == 0xff08 || c == 0xff09 || c == '|';
}

size_t byline_names(struct arena *a, struct article *art, struct span s, const char *role)
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
            char *joined = arena_alloc(a, 7);
            memcpy(joined, single.p, 3);
            memcpy(joined + 3, word.p, 3);
            joined[6] = '\0';
            add_author(a, art, (struct span){ joined, 6 }, role);
            single.n = 0;
            n++;
            continue;
        }
        if (span_is(word, "图") || span_is(word, "文") || span_is(word, "摄影") || span_is(word, "记者") ||
            span_is(word, "通讯员") || span_is(word, "本报记者") || span_is(word, "本刊记者"))
            continue;
        if (!byline_is_name(word))
            break;
        add_author(a, art, word, role);
        n++;
    }
    return n;
}

struct span byline_editor(struct arena *a, struct span value)
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
        name = arena_printf(a, "%.3s%.3s", value.p, value.p + value.n - 3);
    return byline_is_name(name) ? name : (struct span){ NULL, 0 };
}

static void reporters_after(struct arena *a, struct article *art, struct span s, const char *word)
{
    const char *p = span_find(s, span_of(word));
    if (p == NULL)
        return;
    const char *end = s.p + s.n, *q = p + strlen(word), *stop = q;
    for (const char *r = q; r < end; stop = r) {
        const char *from = r;
        uint32_t c = text_next(&r, end);
        if (c == ')' || c == 0xff09 || c == 0x3011 || c == ']' || c == 0x3002 || c == 0xff0c || c == ':' ||
            c == 0xff1a) {
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
    if (bracket || (line_chars(s) <= 40 &&
                    (p == s.p || span_find(s, SPAN("本报记者")) == s.p || span_find(s, SPAN("本刊记者")) == s.p)))
        byline_names(a, art, span_between(q, stop), "text");
}

void byline_read(struct arena *a, struct article *art, struct span text)
{
    if (text.n == 0 || art->author_count > 0)
        return;
    const char *end = text.p + text.n, *nl = memchr(text.p, '\n', text.n);
    struct span first = span_between(text.p, nl == NULL ? end : nl);
    const char *last_nl = memrchr(text.p, '\n', text.n);
    struct span last = span_between(last_nl == NULL ? text.p : last_nl + 1, end);
    reporters_after(a, art, text_cut(first, 240), "记者");
    reporters_after(a, art, text_cut(first, 240), "通讯员");
    struct span tail = last;
    if (tail.n > 240) {
        size_t cut = tail.n - 240;
        while (cut < tail.n && ((unsigned char)tail.p[cut] & 0xc0) == 0x80)
            cut++;
        tail.p += cut;
        tail.n -= cut;
    }
    if (art->author_count == 0) {
        reporters_after(a, art, tail, "记者");
        reporters_after(a, art, tail, "通讯员");
    }
    if (art->author_count > 0 || tail.n < 4)
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
            byline_names(a, art, l[i].value, l[i].label == LABEL_PHOTO ? "photo" : "text");
    }
    if (n == 0 && line_chars(inside) <= 24)
        byline_names(a, art, inside, "text");
}
