/* platform.c - digital systems of a congress: 人大代表履职平台上线. */
#include "common/text.h"
#include "worker/findings/pass.h"

#define NAME_TOKENS 14
#define NAME_MIN    15 /* bytes: five letters */
#define NEAR_TOKENS 10

static const char *status_name(int code)
{
    switch (code) {
    case PLAT_LAUNCHED: return "launched";
    case PLAT_UPGRADED: return "upgraded";
    case PLAT_BUILT: return "built";
    case PLAT_PILOTED: return "piloted";
    default: return NULL;
    }
}

static int status_at(const struct sentence *s, size_t i)
{
    for (const struct lex_row *row = i < s->n && s->t[i].w != NULL ? s->t[i].w->rows : NULL; row != NULL;
         row = row->next) {
        if (row->table == LEX_PLATFORM && row->code >= PLAT_LAUNCHED)
            return row->code;
    }
    return -1;
}

/* 将文件纳入数据库, 接入省级平台: what is done with the platform is no part of its name. */
static bool puts_in(const struct sentence *s, size_t i)
{
    static const char *const words[] = { "纳入", "录入", "接入", "存入", "进入", "上传", "收录", "汇入", "登录",
                                         "登陆", "打开", "嵌入", "点击", "推广", "采用", "依托", "借助" };
    struct span until = { s->text.p + s->from, s->t[i].to - s->from };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (span_ends(until, span_of(words[k])))
            return true;
    }
    return false;
}

/* Where the name that ends with token i begins. */
static size_t name_begin(const struct sentence *s, size_t i)
{
    size_t from = i;
    while (from > 0 && i - from < NAME_TOKENS) {
        const struct token *t = &s->t[from - 1];
        if (t->type != TOK_LETTER && t->type != TOK_WORD && t->type != TOK_LATIN && !t->quoted && t->type != TOK_MARK)
            break;
        bool digital = word_is(t->w, LEX_PLATFORM, PLAT_DIGITAL);
        if (t->type == TOK_OPEN && t->quoted) /* “数字人大”平台: nothing before the mark is its name */
            return from - 1;
        if (t->quoted) {
            from--;
            continue;
        }
        if (puts_in(s, from - 1) || (token_plain_verb(s, from - 1) && !digital) || status_at(s, from - 1) >= 0 ||
            token_noun(s, from - 1, NOUN_STOP) || token_noun(s, from - 1, NOUN_PREP) ||
            token_noun(s, from - 1, NOUN_CONJ) || token_in(s, from - 1, LEX_BIT(UNIT)))
            break;
        from--;
    }
    return from;
}

static bool is_digital(const struct lexicon *lex, struct span name)
{
    bool digital = false;
    for (const char *q = name.p, *end = name.p + name.n; q < end;) {
        const struct word *w = lexicon_longest(lex, q, end);
        digital |= word_is(w, LEX_PLATFORM, PLAT_DIGITAL) ||
                   (word_is(w, LEX_PLATFORM, PLAT_HEAD) && w->bytes > 6); /* 数据库, 小程序 */
        text_next(&q, end);
    }
    return digital;
}

static bool generic(struct span name)
{
    static const char *const words[] = { "数字化平台", "信息化平台",     "网上平台",     "线上平台",     "信息平台",
                                         "数字平台",   "智慧平台",       "代表履职平台", "人大代表平台", "电子平台",
                                         "大数据平台", "网络平台",       "履职平台",     "数据平台",     "微信公众号",
                                         "公众号",     "微信小程序",     "官方公众号",   "人大公众号",   "微信平台",
                                         "新媒体平台", "人大微信公众号", "微信客户端",   "手机客户端",   "人大网络平台",
                                         "全过程",     "各类",           "多个" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_is(name, words[i]) ||
            (i >= sizeof(words) / sizeof(words[0]) - 3 && span_starts(name, span_of(words[i]))))
            return true;
    }
    return false;
}

static int status_of(const struct sentence *s, size_t from, size_t to)
{
    for (size_t i = to; i < s->n && i - to < NEAR_TOKENS && !token_ends_clause(s, i); i++) {
        if (status_at(s, i) >= 0)
            return status_at(s, i);
    }
    size_t next = clause_end(s, to) + 1; /* …平台,并正式上线 */
    while (next < s->n && (token_is(s, next, "并") || token_is(s, next, "已") || token_is(s, next, "现已") ||
                           token_is(s, next, "于") || s->t[next].type == TOK_DATE || token_is(s, next, "正式")))
        next++;
    if (next - to < NEAR_TOKENS && status_at(s, next) >= 0)
        return status_at(s, next);
    for (size_t i = from; i > 0 && from - i < 4 && !token_ends_clause(s, i - 1); i--) {
        if (status_at(s, i - 1) >= 0)
            return status_at(s, i - 1);
    }
    return -1;
}

/* 智慧人大平台, whose head comes next; 智慧人大体系, 数字人大建设: an undertaking, no system. */
static bool no_system(const struct sentence *s, size_t i)
{
    static const char *const undertakings[] = { "体系", "建设", "工作", "改革", "品牌", "理念" };
    if (i + 1 < s->n && word_is(s->t[i + 1].w, LEX_PLATFORM, PLAT_HEAD))
        return true;
    if (i > 0 && token_is(s, i, "系统") &&
        (span_ends(tokens_span(s, 0, i), SPAN("常委会")) || span_ends(tokens_span(s, 0, i), SPAN("人大")) ||
         span_ends(tokens_span(s, 0, i), SPAN("机关"))))
        return true; /* 省人大常委会系统清理了…法规 */
    size_t next = i + 1 + (i + 1 < s->n && s->t[i + 1].type == TOK_CLOSE);
    bool concept = token_is(s, i, "智慧人大") || token_is(s, i, "数字人大");
    for (size_t k = 0; concept && k < sizeof(undertakings) / sizeof(undertakings[0]); k++) {
        if (token_is(s, next, undertakings[k]))
            return true;
    }
    return false;
}

/* 视察城管平台: somebody else's. */
static bool visited(const struct sentence *s, size_t i, struct span name)
{
    struct span before = tokens_span(s, clause_begin(s, i), i);
    return !span_has(name, SPAN("人大")) &&
           (span_has(before, SPAN("视察")) || span_has(before, SPAN("察看")) || span_has(before, SPAN("走访")) ||
            span_has(before, SPAN("查看")) || span_has(before, SPAN("参观")));
}

static void read_platform(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    size_t from = name_begin(s, i);
    struct span name = tokens_span(s, from, i + 1);
    bool opened = from <= i && s->t[from].type == TOK_OPEN;
    if (opened && i + 1 < s->n && s->t[i + 1].type == TOK_CLOSE) { /* “数字人大”: with or without 平台 behind it */
        if (i + 2 < s->n && word_is(s->t[i + 2].w, LEX_PLATFORM, PLAT_HEAD))
            return;
        name = tokens_span(s, ++from, i + 1);
    }
    if (visited(s, i, name) || no_system(s, i))
        return;
    if (name.n < NAME_MIN || !is_digital(p->lex, name) || generic(name) || word_is(s->t[i].w, LEX_PLATFORM, PLAT_NOT))
        return;
    int status = status_of(s, from, i + 1);
    if (!pass_first_time(p, KIND_PLATFORM, name, 0))
        return;
    if (opened && s->t[from].type == TOK_OPEN) { /* the same one, further down without 平台 */
        size_t close = from + 1;
        while (close < i && s->t[close].type != TOK_CLOSE)
            close++;
        pass_first_time(p, KIND_PLATFORM, tokens_span(s, from + 1, close), 0);
    }
    struct finding *f = pass_add(p, KIND_PLATFORM, s->t[from].from, s->t[i].to, "platform.name");
    pass_set(p, f, FINDING_NAME, name);
    pass_set_str(p, f, FINDING_STATUS, status < 0 ? "mentioned" : status_name(status));
    if (status >= 0)
        pass_set_time(p, f, i);
}

void platform_find(struct pass *p)
{
    if ((p->s->tables & LEX_BIT(PLATFORM)) == 0)
        return;
    for (size_t i = 0; i < p->s->n; i++) {
        if (token_in(p->s, i, LEX_BIT(PLATFORM)) && word_is(p->s->t[i].w, LEX_PLATFORM, PLAT_HEAD))
            read_platform(p, i);
    }
}
