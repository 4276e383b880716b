/* project.c - livelihood projects put to the congress: the items of a list under 民生实事, or named in quotation marks.
 */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define NAME_MIN_BYTES 12
#define NAME_MAX_BYTES 150
#define NAME_TOKENS    14
#define LIST_MAX       64 /* projects in one sentence */
#define LIST_TOKENS    320
#define BACK_TOKENS    200 /* of a list before its count */
#define COUNT_TOKENS   24  /* what is counted stands that near */
#define PROJECT_TALK   2   /* sentences that may go on about the projects named before */

static bool about_projects(struct span text)
{
    static const struct span words[] = { WORD("民生实事"), WORD("实事项目"), WORD("件实事"),   WORD("项实事"),
                                         WORD("惠民实事"), WORD("民生大事"), WORD("民生事项"), WORD("票决项目") };
    if (!span_has(text, SPAN("事")) && !span_has(text, SPAN("票决")))
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_has(text, words[i]))
            return true;
    }
    return false;
}

/* 10件民生实事, 等项目, 民生大事: what a list or its count is of. */
static bool of_projects(struct span text)
{
    return span_has(text, SPAN("实事")) || span_has(text, SPAN("项目")) || span_has(text, SPAN("民生大事")) ||
           span_has(text, SPAN("民生事项"));
}

/* ------------------------------------------------------------------ what became of them */

static const struct {
    struct span word;
    const char *stage;
} stage_words[] = {
    { WORD("未完成"), "not_done" },  { WORD("全部完成"), "done" },      { WORD("已完成"), "done" },
    { WORD("均完成"), "done" },      { WORD("全面完成"), "done" },      { WORD("圆满完成"), "done" },
    { WORD("完工"), "done" },        { WORD("竣工"), "done" },          { WORD("投入使用"), "done" },
    { WORD("票决产生"), "voted" },   { WORD("票决出"), "voted" },       { WORD("票决确定"), "voted" },
    { WORD("票决选出"), "voted" },   { WORD("票选"), "voted" },         { WORD("经票决"), "voted" },
    { WORD("差额票决"), "voted" },   { WORD("高票表决通过"), "voted" }, { WORD("高票通过"), "voted" },
    { WORD("选出"), "voted" },       { WORD("票决通过"), "voted" },     { WORD("票决结果"), "voted" },
    { WORD("当选"), "voted" },       { WORD("中选"), "voted" },         { WORD("表决产生"), "voted" },
    { WORD("表决确定"), "voted" },   { WORD("投票产生"), "voted" },     { WORD("经投票"), "voted" },
    { WORD("脱颖而出"), "voted" },   { WORD("投票确定"), "voted" },     { WORD("投票选出"), "voted" },
    { WORD("投票决定"), "voted" },   { WORD("投票评选"), "voted" },     { WORD("被确定为"), "voted" },
    { WORD("出炉"), "voted" },       { WORD("候选"), "candidate" },     { WORD("待票决"), "candidate" },
    { WORD("征集"), "solicited" },   { WORD("进展"), "in_progress" },   { WORD("推进"), "in_progress" },
    { WORD("视察"), "in_progress" }, { WORD("督查"), "in_progress" },   { WORD("实施"), "in_progress" },
};

/* The first row whose word is there; 票决产生的 only tells which projects are meant, so it counts when nothing else
 * does. */
static const char *stage_of(struct span text)
{
    const char *meant = NULL;
    for (size_t i = 0; i < sizeof(stage_words) / sizeof(stage_words[0]); i++) {
        const char *at = span_find(text, stage_words[i].word);
        if (at == NULL)
            continue;
        const char *behind = at + stage_words[i].word.n;
        if (!span_starts(span_between(behind, text.p + text.n), SPAN("的")))
            return stage_words[i].stage;
        if (meant == NULL)
            meant = stage_words[i].stage;
    }
    return meant;
}

/* Of this sentence, else of what was said before, else of the title. */
static const char *stage_here(const struct pass *p)
{
    const char *stage = stage_of(sentence_span(p->s));
    if (stage == NULL)
        stage = p->project_stage;
    struct span title = p->art->f[ARTICLE_TITLE];
    return stage != NULL || !about_projects(title) ? stage : stage_of(title);
}

/* 2024年(度)民生实事项目: the year that stands before 实事; 0. */
static int year_before(const struct sentence *s)
{
    int year = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_DATE && s->dates[s->t[i].value].from.month == 0)
            year = s->dates[s->t[i].value].from.year;
        else if (year != 0 && span_has(token_span(s, &s->t[i]), SPAN("实事")))
            return year;
    }
    return 0;
}

/* ------------------------------------------------------------------ one project */

/* 计划投资180万元, 得184票: behind the name, up to the next one. */
static void set_numbers(struct pass *p, struct finding *f, size_t from, size_t until)
{
    const struct sentence *s = p->s;
    for (size_t i = from; i + 1 < s->n && i < until; i++) {
        if (s->t[i].type == TOK_OPEN || s->t[i].type == TOK_STOP)
            return;
        if (s->t[i].type != TOK_NUMBER)
            continue;
        struct span before = tokens_span(s, i > from + 4 ? i - 4 : from, i);
        if (token_is(s, i + 1, "票") && finding_get(f, FINDING_VOTES).n == 0)
            pass_set(p, f, FINDING_VOTES, decimal_text(s->numbers[s->t[i].value].value, p->a));
        else if (word_is(s->t[i + 1].w, LEX_UNIT, UNIT_MONEY) && span_has(before, SPAN("投资")) &&
                 finding_get(f, FINDING_INVESTMENT).n == 0)
            pass_set(p, f, FINDING_INVESTMENT, decimal_text(s->numbers[s->t[i].value].value, p->a));
    }
}

/* 候选项目, 10个民生实事项目: projects, but none that is named. */
static bool no_project(struct span name)
{
    static const struct span ends[] = { WORD("候选项目"), WORD("实事项目"), WORD("民生实事"), WORD("的项目"),
                                        WORD("重点项目"), WORD("民生工程"), WORD("等项目"),   WORD("建设项目") };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        bool bare = i < 6 || name.n <= ends[i].n + 6;
        if (bare && span_ends(name, ends[i]))
            return true;
    }
    static const struct span not [] = { WORD("票决制"), WORD("了解"), WORD("听取"), WORD("汇报"),
                                        WORD("加快"),   WORD("推进"), WORD("要求"), WORD("现场察看") };
    for (size_t i = 0; i < sizeof(not ) / sizeof(not [0]); i++) {
        if (span_has(name, not [i]))
            return true;
    }
    return span_starts(name, SPAN("各")) || span_starts(name, SPAN("该")) || span_starts(name, SPAN("这"));
}

static void report(struct pass *p, struct span name, const char *stage, size_t token, size_t until, const char *rule)
{
    const struct sentence *s = p->s;
    name = text_trim(name);
    if (no_project(name))
        return;
    if (name.n < NAME_MIN_BYTES || name.n > NAME_MAX_BYTES || !pass_first_time(p, KIND_PROJECT, name, 0))
        return;
    uint32_t from = (uint32_t)(name.p - s->text.p);
    struct finding *f = pass_add(p, KIND_PROJECT, from, from + (uint32_t)name.n, rule);
    pass_set(p, f, FINDING_NAME, name);
    if (stage != NULL)
        pass_set_str(p, f, FINDING_STAGE, stage);
    struct period period = pass_period(p, token);
    if (p->project_year != 0)
        pass_set_int(p, f, FINDING_YEAR, p->project_year);
    else if (period.type == PERIOD_YEAR && period.from.year != 0)
        pass_set_int(p, f, FINDING_YEAR, period.from.year);
    size_t behind = token;
    while (behind < s->n && s->t[behind].from < from + name.n)
        behind++;
    if (behind < s->n && s->t[behind].type == TOK_CLOSE)
        behind++;
    set_numbers(p, f, behind, until);
}

/* ------------------------------------------------------------------ items */

struct items {
    struct span name[LIST_MAX];
    size_t token[LIST_MAX], behind[LIST_MAX]; /* where it begins; where the next one does */
    size_t n, heads, verbs;                   /* how many end as projects do, how many begin so */
    bool numbered;
};

static bool project_head(struct span name)
{
    static const struct span ends[] = {
        WORD("项目"), WORD("工程"), WORD("建设"), WORD("改造"), WORD("提升"), WORD("行动"), WORD("整治"),
        WORD("扩建"), WORD("改建"), WORD("迁建"), WORD("新建"), WORD("重建"), WORD("修建"), WORD("修缮"),
        WORD("维修"), WORD("治理"), WORD("创建"), WORD("打造"), WORD("配套"), WORD("亮化"), WORD("硬化"),
        WORD("绿化"), WORD("美化"), WORD("拓宽"), WORD("升级"), WORD("增设"), WORD("安装"), WORD("更新"),
        WORD("扩容"), WORD("修复"), WORD("疏浚"), WORD("加装"), WORD("铺设"), WORD("救助"), WORD("帮扶"),
    };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (span_ends(name, ends[i]))
            return true;
    }
    return false;
}

/* 新建社区食堂3处 */
static bool project_verb(struct span name)
{
    static const struct span begins[] = { WORD("新建"), WORD("改造"), WORD("改建"), WORD("扩建"), WORD("新增"),
                                          WORD("增设"), WORD("建设"), WORD("修建"), WORD("修缮"), WORD("安装"),
                                          WORD("加装"), WORD("实施"), WORD("打造"), WORD("升级"), WORD("提升"),
                                          WORD("铺设"), WORD("硬化"), WORD("更新") };
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (span_starts(name, begins[i]))
            return name.n >= 15;
    }
    return false;
}

static bool circled(const struct sentence *s, size_t i)
{
    struct span w = i < s->n ? token_span(s, &s->t[i]) : (struct span){ NULL, 0 };
    return w.n == 3 && memcmp(w.p, "\xE2\x91", 2) == 0; /* ① to ⑳ */
}

/* 1. 2、 (三) ① 一是 in front of an item: the token behind, or i. */
static size_t behind_item_number(const struct sentence *s, size_t i)
{
    static const char *const words[] = {
        "一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"
    };
    struct span w = i < s->n ? token_span(s, &s->t[i]) : (struct span){ NULL, 0 };
    if (circled(s, i))
        return i + 1;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (span_is(w, words[k]))
            return i + 1;
    }
    bool paren = i < s->n && s->t[i].type == TOK_PAREN_OPEN;
    size_t k = paren ? i + 1 : i;
    if (k >= s->n || s->t[k].type != TOK_NUMBER || k + 1 >= s->n)
        return i;
    bool ends = paren ? s->t[k + 1].type == TOK_PAREN_CLOSE
                      : token_is(s, k + 1, ".") || token_is(s, k + 1, WIDE_STOP) || token_is(s, k + 1, "是") ||
                            s->t[k + 1].type == TOK_LIST;
    return ends ? k + 2 : i;
}

/* 等10件民生实事, 等项目: the list ends before this token. */
static bool list_tail(const struct sentence *s, size_t i, size_t end)
{
    return token_is(s, i, "等地") ||
           (token_is(s, i, "等") &&
            (i + 1 >= end || token_is(s, i + 1, "地") || s->t[i + 1].type == TOK_NUMBER || token_is(s, i + 1, "项目") ||
             token_is(s, i + 1, "工程") || token_is(s, i + 1, "实事") || token_is(s, i + 1, "民生") ||
             token_is(s, i + 1, "民生实事") || token_is(s, i + 1, "一批") ||
             span_starts(token_span(s, &s->t[i + 1]), SPAN("十"))));
}

static void add_item(const struct sentence *s, struct items *l, size_t from, size_t end)
{
    size_t behind = end;
    if (l->n > 0)
        l->behind[l->n - 1] = from;
    while (from < end && (s->t[from].type == TOK_SPACE || token_noun(s, from, NOUN_CONJ) || token_is(s, from, "了")))
        from++;
    for (size_t i = from; i < end; i++) {
        if (list_tail(s, i, end) || (i > from && s->t[i].type == TOK_PAREN_OPEN && s->t[end - 1].in_paren))
            end = i; /* but 新政务中心(智慧政务)建设项目 */
    }
    if (end > from + 1 && s->t[from].type == TOK_OPEN && s->t[end - 1].type == TOK_CLOSE) {
        from++;
        end--;
    }
    struct span name = text_trim(tokens_span(s, from, end));
    if (name.n < NAME_MIN_BYTES || name.n > NAME_MAX_BYTES || l->n == LIST_MAX)
        return;
    l->heads += project_head(name);
    l->verbs += !project_head(name) && project_verb(name);
    l->token[l->n] = from;
    l->behind[l->n] = behind;
    l->name[l->n++] = name;
}

/* A工程和B工程: two items without a sign between them. */
static void add_items(const struct sentence *s, struct items *l, size_t from, size_t end)
{
    for (size_t i = from + 1; i + 1 < end; i++) {
        struct span before = tokens_span(s, from, i);
        if (!token_noun(s, i, NOUN_CONJ) || (!span_ends(before, SPAN("项目")) && !span_ends(before, SPAN("工程"))))
            continue;
        add_item(s, l, from, i);
        add_item(s, l, i + 1, end);
        return;
    }
    add_item(s, l, from, end);
}

/* 1.…;2.…: each name reaches to the first sign, or to the next number. */
static size_t numbered_items(const struct sentence *s, size_t i, struct items *l)
{
    size_t k = i;
    l->numbered = true;
    while (k < s->n && k - i < LIST_TOKENS && s->t[k].type != TOK_STOP) {
        size_t from = behind_item_number(s, k), end = from;
        if (from == k) {
            k++;
            continue;
        }
        while (!token_ends_clause(s, end) && behind_item_number(s, end) == end &&
               (s->t[end].type != TOK_LIST || behind_item_number(s, end + 1) == end + 1))
            end++;
        add_item(s, l, from, end);
        k = end > from ? end : from;
    }
    return k;
}

/* A、B、C or A;B;C from token i on. Returns the token behind the list. */
static size_t list_items(const struct sentence *s, size_t i, struct items *l)
{
    if (behind_item_number(s, i) > i)
        return numbered_items(s, i, l);
    size_t lists = 0, semicolons = 0, comma = s->n, end = i;
    for (; end < s->n && end - i < LIST_TOKENS && s->t[end].type != TOK_STOP; end++) {
        if (s->t[end].in_paren)
            continue;
        lists += s->t[end].type == TOK_LIST && comma == s->n;
        semicolons += token_semicolon(s, end);
        if (s->t[end].type == TOK_COMMA && comma == s->n)
            comma = end;
    }
    bool by_semicolon = semicolons > 1 || (semicolons == 1 && lists == 0 && token_semicolon(s, comma));
    bool by_list = !by_semicolon && lists > 0;
    size_t from = i;
    for (size_t k = i; k <= end; k++) {
        bool cut = k == end || (!s->t[k].in_paren && (by_semicolon ? token_semicolon(s, k)
                                                      : by_list    ? s->t[k].type == TOK_LIST || k == comma
                                                                   : s->t[k].type == TOK_COMMA));
        if (!cut)
            continue;
        size_t name_end = by_semicolon ? clause_end(s, from) : k;
        size_t known = l->heads;
        if (by_list && (k == comma || k == end)) {
            add_items(s, l, from, name_end);
            return k;
        }
        add_items(s, l, from, name_end < k ? name_end : k);
        if (!by_semicolon && !by_list && l->heads == known) { /* a clause that goes on in other words */
            l->n -= l->n > 0 && l->token[l->n - 1] >= from;
            return k;
        }
        from = k + 1;
    }
    return end;
}

/* 涉及教育、医疗等领域: what is listed are no projects. */
static bool lists_fields(const struct items *l)
{
    static const char *const words[] = { "方面", "领域", "环节", "流程", "步骤", "阶段", "渠道",
                                         "途径", "方式", "部门", "单位", "内容", "问题", "议程" };
    if (l->n == 0)
        return true;
    struct span last = l->name[l->n - 1];
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_has(last, span_of(words[i])))
            return true;
    }
    return false;
}

static void report_items(struct pass *p, const struct items *l, const char *rule)
{
    const char *stage = stage_here(p);
    for (size_t i = 0; i < l->n; i++)
        report(p, l->name[i], stage, l->token[i], l->behind[i], rule);
}

/* ------------------------------------------------------------------ lists within a sentence */

enum opener { NO_OPENER, OPENER_WEAK, OPENER_COLON, OPENER_STRONG };

/* 分别是, 包括, a colon: the list begins at *from. */
static enum opener opener_at(const struct sentence *s, size_t i, size_t *from)
{
    static const struct {
        struct span word;
        enum opener kind;
    } words[] = {
        { WORD("分别为"), OPENER_STRONG },   { WORD("分别是"), OPENER_STRONG }, { WORD("依次为"), OPENER_STRONG },
        { WORD("依次是"), OPENER_STRONG },   { WORD("具体为"), OPENER_STRONG }, { WORD("具体是"), OPENER_STRONG },
        { WORD("具体包括"), OPENER_STRONG }, { WORD("包括"), OPENER_WEAK },     { WORD("其中包括"), OPENER_WEAK },
        { WORD("包含"), OPENER_WEAK },       { WORD("涉及"), OPENER_WEAK },     { WORD("涵盖"), OPENER_WEAK },
        { WORD("主要有"), OPENER_WEAK },     { WORD("主要是"), OPENER_WEAK },   { WORD("即"), OPENER_WEAK },
    };
    struct span rest = { s->text.p + s->t[i].from, s->to - s->t[i].from };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (!span_starts(rest, words[k].word))
            continue;
        for (*from = i; *from < s->n && s->t[*from].from < s->t[i].from + words[k].word.n;)
            ++*from;
        *from += token_is(s, *from, "了") || token_colon(s, *from);
        return words[k].kind;
    }
    *from = i + 1;
    if (circled(s, i)) {
        *from = i;
        return OPENER_COLON;
    }
    return token_colon(s, i) ? OPENER_COLON : NO_OPENER;
}

/* Lists that follow 民生实事项目…:, …分别是 or …包括. */
static void read_lists(struct pass *p)
{
    const struct sentence *s = p->s;
    bool named = false; /* projects were spoken of before */
    for (size_t i = 0; i < s->n; i++) {
        struct span w = token_span(s, &s->t[i]);
        named |= of_projects(w) || span_is(w, "大事") || span_is(w, "事项");
        size_t from;
        enum opener kind = named ? opener_at(s, i, &from) : NO_OPENER;
        if (kind == NO_OPENER || from >= s->n)
            continue;
        struct items l = { .n = 0 };
        size_t end = list_items(s, from, &l);
        bool some = (l.heads + l.verbs) * 2 >= l.n && l.n > 0;
        bool taken = kind == OPENER_STRONG  ? l.n > 0
                     : kind == OPENER_COLON ? (some || l.numbered) && (l.n > 1 || l.heads == 1)
                                            : some && (l.n > 1 || list_tail(s, end, s->n));
        if (!taken || lists_fields(&l))
            continue;
        report_items(p, &l, "project.inline_list");
        i = end > i ? end : i;
    }
}

/* Where the list that ends before token i begins: behind the verb that governs it. */
static size_t list_begin(const struct sentence *s, size_t i)
{
    static const char *const verbs[] = { "产生", "票决产生", "票决出", "确定", "选出", "了",   "将",   "把",
                                         "对",   "包括",     "涉及",   "通过", "完成", "视察", "深入", "来到",
                                         "察看", "走访",     "到",     "决出", "赴",   "前往" };
    size_t begin = i, first;
    while (begin > 0 && i - begin < BACK_TOKENS && !token_ends_clause(s, begin - 1))
        begin--;
    first = begin;
    while (first < i && s->t[first].type != TOK_LIST)
        first++;
    if (first > begin + COUNT_TOKENS) /* one name is not longer */
        begin = first - COUNT_TOKENS;
    for (size_t k = first; k > begin; k--) {
        for (size_t v = 0; v < sizeof(verbs) / sizeof(verbs[0]); v++) {
            if (token_is(s, k - 1, verbs[v]))
                return k;
        }
    }
    return begin;
}

/* The words behind token i, to the end of the clause. */
static struct span words_behind(const struct sentence *s, size_t i)
{
    size_t end = i;
    while (end - i < COUNT_TOKENS && !token_ends_clause(s, end))
        end++;
    return tokens_span(s, i, end);
}

/* 票决产生A、B等10件民生实事项目; A、B、C3个项目 when there are as many. */
static void read_before_count(struct pass *p)
{
    const struct sentence *s = p->s;
    for (size_t k = 0; k < s->number_count; k++) {
        size_t i = s->number_at[k];
        bool listed = i > 1 && token_is(s, i - 1, "等");
        bool count = i > 1 && (listed || s->t[i - 1].type == TOK_WORD || s->t[i - 1].type == TOK_LETTER) &&
                     (token_is(s, i + 1, "件") || token_is(s, i + 1, "项") || token_is(s, i + 1, "个"));
        if (!count || (listed && s->t[i - 2].type == TOK_CLOSE))
            continue;
        if (!of_projects(words_behind(s, i + 2)))
            continue;
        struct items l = { .n = 0 };
        size_t end = listed ? i - 1 : i, begin = list_begin(s, end);
        for (size_t j = begin; j <= end; j++) {
            if (s->t[j].type != TOK_LIST && j != end)
                continue;
            add_item(s, &l, begin, j);
            begin = j + 1;
        }
        bool all = listed || l.n == (size_t)s->numbers[s->t[i].value].value.digits;
        if (all && (l.heads + l.verbs) * 2 >= l.n && !lists_fields(&l))
            report_items(p, &l, "project.before_count");
    }
}

/* …等17个项目 from token i on. */
static bool counted(const struct sentence *s, size_t i)
{
    return token_is(s, i, "等") && i + 1 < s->n && s->t[i + 1].type == TOK_NUMBER &&
           of_projects(words_behind(s, i + 1));
}

/* “…项目”, “…工程” in a sentence about livelihood projects, or whatever in quotation marks stands before 等17个项目. */
static void read_quoted(struct pass *p, const char *stage)
{
    const struct sentence *s = p->s;
    size_t open = SIZE_MAX;
    struct span text = sentence_span(s);
    bool chosen = span_has(text, SPAN("票")) || span_has(text, SPAN("选"));
    if ((s->types & (1u << TOK_OPEN | 1u << TOK_TITLE)) == 0)
        return;
    stage = stage != NULL ? stage : stage_here(p);
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_TITLE && counted(s, i + 1)) { /* 《集镇道路改造》等10件民生实事 */
            struct span t = token_span(s, &s->t[i]);
            report(p, (struct span){ t.p + 3, t.n - 6 }, stage, i, s->n, "project.quoted");
        } else if (s->t[i].type == TOK_OPEN) {
            open = i;
        } else if (s->t[i].type == TOK_CLOSE && open != SIZE_MAX) {
            struct span name = tokens_span(s, open + 1, i);
            if (counted(s, i + 1) || span_ends(name, SPAN("项目")) || span_ends(name, SPAN("工程")) ||
                span_ends(name, SPAN("建设")) || span_ends(name, SPAN("改造")) || span_ends(name, SPAN("提升")) ||
                span_ends(name, SPAN("行动")) || (chosen && project_verb(name)))
                report(p, name, stage, open, s->n, "project.quoted");
            open = SIZE_MAX;
        }
    }
}

/* ------------------------------------------------------------------ lists of lines */

/* 1.新建…: the first clause behind the item's number; a short line without a number when it ends as projects do. */
static bool read_item(struct pass *p)
{
    const struct sentence *s = p->s;
    size_t i = behind_item_number(s, 0), end = i;
    if (i == 0 && s->listed)
        i = end = s->t[0].type == TOK_PAREN_OPEN ? 3 : 2;
    while (end < s->n && !token_ends_clause(s, end))
        end++;
    struct span name = tokens_span(s, i, end);
    bool line = s->first && s->heading && project_head(name) && end == s->n;
    if (i == 0 && !line)
        return false;
    report(p, name, p->project_stage, i, s->n, "project.list_item");
    return true;
}

/* 西江公园改造项目完成投资8600万元: an unquoted name that begins a clause and ends in 项目 or 工程. */
static void read_named(struct pass *p)
{
    const struct sentence *s = p->s;
    for (size_t i = 0; i < s->n; i = clause_end(s, i) + 1) {
        size_t end = i;
        while (end < s->n && (s->t[end].type == TOK_WORD || s->t[end].type == TOK_LETTER) &&
               !token_is(s, end, "项目") && !token_is(s, end, "工程") && end - i < NAME_TOKENS)
            end++;
        bool phrase = token_noun(s, i, NOUN_CONJ) || token_noun(s, i, NOUN_PREP) || token_noun(s, i, NOUN_STOP);
        if (!phrase && (token_is(s, end, "项目") || token_is(s, end, "工程")) && end > i + 2 &&
            token_in(s, end + 1, LEX_BIT(VERB)))
            report(p, tokens_span(s, i, end + 1), stage_of(sentence_span(s)), i, s->n, "project.named");
    }
}

static bool goes_and_sees(const struct sentence *s, size_t i)
{
    if (token_is(s, i, "到"))
        return i > 0 && token_is(s, i - 1, "先后");
    struct span w = token_span(s, &s->t[i]);
    return token_is(s, i, "深入") || token_is(s, i, "来到") || token_is(s, i, "察看了") || token_is(s, i, "视察了") ||
           token_is(s, i, "走访") || token_is(s, i, "前往") || token_is(s, i, "赴") || span_ends(w, SPAN("察看")) ||
           span_ends(w, SPAN("查看")) || span_ends(w, SPAN("考察"));
}

/* 视察组先后到A项目、B工程等地: where those who look at livelihood projects go. Only what ends as projects do counts.
 */
static void read_visited(struct pass *p)
{
    const struct sentence *s = p->s;
    for (size_t i = 0; i < s->n; i++) {
        struct items l = { .n = 0 };
        if (!goes_and_sees(s, i))
            continue;
        size_t end = list_items(s, i + 1 + token_is(s, i + 1, "了"), &l), kept = 0;
        struct span tail = tokens_span(s, end > i + 8 ? end - 8 : i, end); /* 等5个项目现场: all are projects */
        bool all = span_has(tail, SPAN("等")) && (span_has(tail, SPAN("个项目")) || span_has(tail, SPAN("项目现场")));
        for (size_t k = 0; k < l.n; k++) {
            if (all || span_ends(l.name[k], SPAN("项目")) || span_ends(l.name[k], SPAN("工程")) ||
                span_ends(l.name[k], SPAN("建设")) || span_ends(l.name[k], SPAN("改造"))) {
                l.name[kept] = l.name[k];
                l.token[kept] = l.token[k];
                l.behind[kept++] = l.behind[k];
            }
        }
        if (l.n < 2 || kept * 2 < l.n)
            continue;
        l.n = kept;
        for (size_t k = 0; k < l.n; k++)
            report(p, l.name[k], "in_progress", l.token[k], l.behind[k], "project.visited");
        i = end > i ? end : i;
    }
}

static void read_about(struct pass *p, struct span text)
{
    const struct sentence *s = p->s;
    const char *stage = stage_of(text);
    int year = year_before(s);
    if (year != 0)
        p->project_year = year;
    read_lists(p);
    read_before_count(p);
    read_visited(p);
    read_quoted(p, NULL);
    p->project_talk = PROJECT_TALK;
    p->project_list = s->n > 0 && (ends_in_colon(text) || s->heading);
    p->project_stage = stage != NULL || p->project_list ? stage_here(p) : p->project_stage;
}

void project_find(struct pass *p)
{
    const struct sentence *s = p->s;
    struct span text = sentence_span(s);
    bool item = p->project_list && behind_item_number(s, 0) > 0;
    if (!item && sentence_has(s, SPAN("实事")) && about_projects(text)) {
        read_about(p, text);
        return;
    }
    if (p->project_talk > 0) {
        p->project_talk--;
        read_quoted(p, sentence_has(s, SPAN("票")) ? "voted" : NULL);
        if (sentence_has(s, SPAN("项目"))) {
            read_lists(p);
            read_visited(p);
        }
        if (!s->first)
            read_named(p);
    }
    if (p->project_list && !read_item(p) && s->first)
        p->project_list = false;
}
