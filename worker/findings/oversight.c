/* oversight.c - single acts of supervision: 听取关于…的报告, 开展…执法检查, 对…进行专题询问. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define REPORT_TOKENS 120 /* from 听取 to its report */
#define PREP_TOKENS   60
#define TOPIC_TOKENS  40
#define TOPIC_MIN     6 /* bytes */
#define TOPIC_MAX     300

struct act {
    enum form form;
    struct span topic, target;
    size_t token; /* of the word that shows the act */
    uint32_t from, to;
    const char *rule;
};

/* ---- topics ---- */

/* What a topic does not begin or end with. */
static const struct span heads[] = {
    WORD("了"),   WORD("过"),       WORD("并"),
    WORD("和"),   WORD("与"),       WORD("及"),
    WORD("、"),   WORD("的"),       WORD("有关"),
    WORD("相关"), WORD("多项"),     WORD("各项"),
    WORD("我省"), WORD("我市"),     WORD("我区"),
    WORD("我县"), WORD("一系列"),   WORD("关于"),
    WORD("此次"), WORD("本次"),     WORD("对"),
    WORD("全面"), WORD("等"),       WORD(":"),
    WORD("("),    WORD(WIDE_COLON), WORD(WIDE_PAREN_OPEN),
};
static const struct span tails[] = {
    WORD("的"),   WORD("进行"), WORD("专项"),   WORD("专题"),   WORD("等"),     WORD("等方面"),
    WORD("、"),   WORD("年度"), WORD("等工作"), WORD("等情况"), WORD("工作的"), WORD("综合"),
    WORD("书面"), WORD("和"),   WORD("开展"),   WORD("全面"),   WORD("深入"),
};

static struct span cut_end(struct span s, const char *word)
{
    struct span w = span_of(word);
    if (span_ends(s, w))
        s.n -= w.n;
    return s;
}

static bool cut_once(struct span *s)
{
    size_t before = s->n;
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        if (span_starts(*s, heads[i]))
            *s = (struct span){ s->p + heads[i].n, s->n - heads[i].n };
    }
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        if (span_ends(*s, tails[i]))
            s->n -= tails[i].n;
    }
    return s->n != before;
}

static struct span clean(struct span s)
{
    for (int round = 0; round < 3 && cut_once(&s); round++)
        ;
    return text_trim(s);
}

static struct span none(void)
{
    return (struct span){ NULL, 0 };
}

static struct span target_type(struct span target)
{
    static const struct {
        const char *word, *type;
    } rows[] = { { "政府", "government" },
                 { "国务院", "government" },
                 { "监委", "supervisory_commission" },
                 { "监察委", "supervisory_commission" },
                 { "检察院", "procuratorate" },
                 { "法院", "court" },
                 { "局", "department" },
                 { "厅", "department" },
                 { "委员会", "department" },
                 { "办公室", "department" },
                 { "部门", "department" },
                 { "部", "department" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (span_has(target, span_of(rows[i].word)))
            return span_of(rows[i].type);
    }
    return none();
}

/* An organ that begins a topic without 关于: 区政府…, 市中级人民法院…. Returns its length in bytes. */
static size_t organ_prefix(struct span s)
{
    static const struct span organs[] = { WORD("人民政府"),     WORD("政府"),          WORD("中级人民法院"),
                                          WORD("高级人民法院"), WORD("人民法院"),      WORD("法院"),
                                          WORD("中院"),         WORD("人民检察院"),    WORD("检察院"),
                                          WORD("监察委员会"),   WORD("监委"),          WORD("“一府两院”"),
                                          WORD("“两院”"),       WORD("“一府一委两院”") };
    size_t best = 0;
    for (size_t i = 0; i < sizeof(organs) / sizeof(organs[0]); i++) {
        struct span w = organs[i];
        struct span head = { s.p, s.n < 36 ? s.n : 36 };
        const char *at = span_find(head, w);
        if (at != NULL && at - s.p <= 18 && (size_t)(at - s.p) + w.n > best &&
            !span_starts((struct span){ at + w.n, s.n - (size_t)(at - s.p) - w.n }, SPAN("债务")))
            best = (size_t)(at - s.p) + w.n;
    }
    return best;
}

static void split_target(struct act *act)
{
    const char *about = span_find(act->topic, SPAN("关于"));
    if (about != NULL) {
        if (about - act->topic.p >= TOPIC_MIN)
            act->target = clean(span_between(act->topic.p, about));
        act->topic = clean(span_between(about + 6, act->topic.p + act->topic.n));
        const char *by = span_find(act->target, SPAN("受")), *order = span_find(act->target, SPAN("委托"));
        if (by != NULL && order != NULL && by < order) /* 局长李某受区政府委托所作的关于… */
            act->target = span_between(by + 3, order);
        return;
    }
    size_t n = organ_prefix(act->topic);
    struct span behind = { act->topic.p + n, act->topic.n - n };
    if (span_starts(act->topic, SPAN("法治")) || span_starts(behind, SPAN("投资")) ||
        span_starts(behind, SPAN("采购")) || span_starts(behind, SPAN("性")))
        return; /* 法治政府建设, 政府投资项目 */
    if (n > 0 && n + TOPIC_MIN <= act->topic.n && !span_starts(act->topic, SPAN("“")) &&
        !span_starts((struct span){ act->topic.p + n, act->topic.n - n }, SPAN("、"))) {
        act->target = (struct span){ act->topic.p, n };
        act->topic = clean((struct span){ act->topic.p + n, act->topic.n - n });
    } else if (n > 0) {
        act->target = (struct span){ act->topic.p, n };
    }
}

/* Nothing that a reader would call a topic: 相关, 各项, 三项. */
static bool empty_topic(struct span t)
{
    static const struct span vague[] = {
        WORD("相关"),     WORD("有关"),     WORD("工作"),       WORD("各项"),     WORD("专项"),     WORD("情况"),
        WORD("一府"),     WORD("“一府"),    WORD("上述"),       WORD("多种"),     WORD("结果"),     WORD("此次"),
        WORD("本次"),     WORD("这次"),     WORD("标志着此次"), WORD("督办"),     WORD("座谈"),     WORD("办理"),
        WORD("调研"),     WORD("视察"),     WORD("全市"),       WORD("全区"),     WORD("全县"),     WORD("专题"),
        WORD("代表"),     WORD("首次"),     WORD("活动"),       WORD("结束后"),   WORD("让代表"),   WORD("群众"),
        WORD("人大代表"), WORD("综合运用"), WORD("部分"),       WORD("集中"),     WORD("进展情况"), WORD("有关情况"),
        WORD("相关情况"), WORD("情况汇报"), WORD("落实情况"),   WORD("完成情况"), WORD("基本情况")
    };
    if (t.n < TOPIC_MIN || t.n > TOPIC_MAX)
        return true;
    static const struct span starts[] = { WORD("这是"), WORD("这"), WORD("让"),   WORD("为让"), WORD("将"),
                                          WORD("把"),   WORD("第"), WORD("会后"), WORD("会前"), WORD("结束"),
                                          WORD("还"),   WORD("也"), WORD("其"),   WORD("后"),   WORD("本届"),
                                          WORD("连续"), WORD("经"), WORD("通过") };
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (span_starts(t, starts[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof(vague) / sizeof(vague[0]); i++) {
        if (span_eq(t, vague[i]) || ((i == 6 || i == 7) && span_starts(t, vague[i])))
            return true;
    }
    return false;
}

/* ---- reporting ---- */

static void set_scope(struct pass *p, struct finding *f, size_t token)
{
    struct span scope = pass_scope(p, token);
    if (span_is(scope, "assisted") || span_is(scope, "joint"))
        pass_set(p, f, FINDING_SCOPE, scope);
}

/* 组织代表对…进行评议: the deputies do it. */
static bool deputies_sent(const struct sentence *s, size_t token)
{
    for (size_t i = clause_begin(s, token); i < token; i++) {
        if (token_is(s, i, "组织") &&
            (token_is(s, i + 1, "代表") || token_is(s, i + 1, "人大代表") || token_is(s, i + 1, "部分代表")))
            return true;
    }
    return false;
}

static void report(struct pass *p, struct act *act)
{
    act->topic = clean(act->topic);
    if (empty_topic(act->topic) || !pass_first_time(p, KIND_OVERSIGHT, act->topic, (int)act->form))
        return;
    struct finding *f = pass_add(p, KIND_OVERSIGHT, act->from, act->to, act->rule);
    pass_set_str(p, f, FINDING_FORM, form_names[act->form]);
    pass_set(p, f, FINDING_TOPIC, act->topic);
    struct span matter = matter_of(p, act->topic);
    if (matter.n == 0)
        matter = matter_of(p, act->target);
    pass_set(p, f, FINDING_MATTER, matter);
    if (act->target.n >= TOPIC_MIN) {
        pass_set(p, f, FINDING_TARGET, act->target);
        pass_set(p, f, FINDING_TARGET_TYPE, target_type(act->target));
    }
    set_scope(p, f, act->token);
    if (pass_planned(p, act->token))
        pass_set_str(p, f, FINDING_PLANNED, "true");
    if (deputies_sent(p->s, act->token))
        pass_set_str(p, f, FINDING_ACTOR, "deputies");
    pass_set_time(p, f, act->token);
    pass_set_meeting(p, f, act->token);
}

static uint32_t byte_of(const struct sentence *s, const char *p)
{
    return (uint32_t)(p - s->text.p);
}

/* 县民政局: who reports, not what about. */
static bool names_organ(struct span t)
{
    static const struct span organs[] = { WORD("局"),   WORD("厅"),   WORD("部门"),  WORD("单位"),
                                          WORD("街道"), WORD("公司"), WORD("办事处") };
    for (size_t i = 0; i < sizeof(organs) / sizeof(organs[0]) && t.n <= 45; i++) {
        if (span_ends(t, organs[i]))
            return true;
    }
    return false;
}

static void report_topic(struct pass *p, struct act act, struct span topic)
{
    act.topic = clean(topic);
    if (act.topic.n < TOPIC_MIN || (act.form == FORM_HEAR_REPORT && names_organ(act.topic)))
        return;
    act.from = byte_of(p->s, act.topic.p);
    act.to = byte_of(p->s, act.topic.p + act.topic.n);
    split_target(&act);
    p->last_topic = p->heard_topic = act.topic;
    report(p, &act);
}

/* A、B、C: one act for each item. Items within quotation marks or titles stay whole. */
static void report_list(struct pass *p, struct act act, struct span topic)
{
    const char *about = span_find(topic, SPAN("关于"));
    if (about != NULL) {
        act.target = clean(span_between(topic.p, about));
        topic = span_between(about + 6, topic.p + topic.n);
    }
    const char *begin = topic.p, *end = topic.p + topic.n;
    int depth = 0;
    for (const char *q = topic.p; q < end;) {
        const char *at = q;
        text_next(&q, end);
        struct span c = span_between(at, q);
        if (span_is(c, "“") || span_is(c, "《"))
            depth++;
        else if ((span_is(c, "”") || span_is(c, "》")) && depth > 0)
            depth--;
        else if (span_is(c, "、") && depth == 0) {
            report_topic(p, act, span_between(begin, at));
            begin = q;
        }
    }
    report_topic(p, act, span_between(begin, end));
}

static void report_law(struct pass *p, struct act act, size_t title)
{
    struct span t = token_span(p->s, &p->s->t[title]);
    act.topic = (struct span){ t.p + 3, t.n - 6 };
    act.from = byte_of(p->s, act.topic.p);
    act.to = act.from + (uint32_t)act.topic.n;
    report(p, &act);
}

/* ---- listening to reports ---- */

static bool is_report_word(const struct sentence *s, size_t i)
{
    static const struct span words[] = { WORD("报告"),         WORD("汇报"), WORD("工作报告"), WORD("专项报告"),
                                         WORD("专项工作报告"), WORD("通报"), WORD("情况报告"), WORD("专题报告") };
    if (!token_in(s, i, LEX_BIT(VERB) | LEX_BIT(NOUN)))
        return false;
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (span_eq(token_span(s, &s->t[i]), words[k]))
            return true;
    }
    return false;
}

static bool hears(const struct sentence *s, size_t i)
{
    if (!token_in(s, i, LEX_BIT(VERB) | LEX_BIT(STAGE)))
        return false;
    return token_verb(s, i, VERB_HEAR) || token_is(s, i, "讨论") || token_is(s, i, "听取了") ||
           (i < s->n &&
            (span_starts(token_span(s, &s->t[i]), SPAN("审议")) ||
             span_starts(token_span(s, &s->t[i]), SPAN("审查批准"))) &&
            !token_is(s, i, "审议意见"));
}

/* 一府一委两院各项工作报告43项: a sum of many, no single act. */
static bool is_sum(const struct sentence *s, size_t from, size_t report)
{
    if (report + 1 < s->n && s->t[report + 1].type == TOK_NUMBER)
        return true;
    for (size_t i = from; i < report; i++) {
        if (s->t[i].type == TOK_NUMBER && !s->t[i].quoted && i + 1 < report && token_in(s, i + 1, LEX_BIT(UNIT)) &&
            (token_is(s, i + 1, "项") || token_is(s, i + 1, "个") || token_is(s, i + 1, "件") ||
             token_is(s, i + 1, "份")))
            return true;
    }
    return false;
}

/* 加强预算执行监督,听取相关报告: what the clause before supervises. */
static struct span supervised_before(const struct sentence *s, size_t verb)
{
    size_t end = clause_begin(s, verb);
    if (end == 0)
        return none();
    size_t begin = clause_begin(s, end - 1);
    while (begin < end &&
           (token_verb(s, begin, VERB_SUPPORT) || token_noun(s, begin, NOUN_ADVERB) || token_noun(s, begin, NOUN_PREP)))
        begin++;
    struct span topic = tokens_span(s, begin, end - 1);
    return span_ends(topic, SPAN("监督")) ? cut_end(topic, "监督") : none();
}

static void hear_segment(struct pass *p, size_t verb, size_t from, size_t report, struct span *target)
{
    const struct sentence *s = p->s;
    struct act act = { .form = FORM_HEAR_REPORT, .token = verb, .rule = "oversight.hear_report" };
    struct span topic = tokens_span(s, from, report);
    bool sum = is_sum(s, from, report);
    if (span_is(text_trim(topic), "相关") || span_is(text_trim(topic), "有关") || span_is(topic, "相关的") ||
        span_is(topic, "有关的"))
        topic = supervised_before(s, verb);
    if (topic.n < TOPIC_MIN || span_ends(topic, SPAN("及时")) || span_ends(topic, SPAN("主动")) ||
        span_ends(topic, SPAN("定期")))
        return; /* …情况及时汇报 */
    topic = cut_end(topic, "的");
    const char *rest = span_find(topic, SPAN("等"));
    bool listed = span_ends(topic, SPAN("等方面")) || span_ends(topic, SPAN("等工作")) ||
                  span_ends(topic, SPAN("等工作情况")) || span_ends(topic, SPAN("等")) ||
                  span_ends(topic, SPAN("等情况")) || span_ends(topic, SPAN("等专项")) ||
                  span_ends(topic, SPAN("等专题")) || (sum && rest != NULL);
    if (listed && rest != NULL) {
        report_list(p, act, span_between(topic.p, rest));
        return;
    }
    const char *about = span_find(topic, SPAN("关于"));
    if (about != NULL && about - topic.p > 6)
        *target = span_between(topic.p, about);
    else if (about == topic.p)
        act.target = clean(*target);
    if (!sum && span_has(topic, SPAN("情况、"))) /* A情况、B情况的报告 */
        report_list(p, act, topic);
    else if (!sum && !span_starts(topic, SPAN("的")))
        report_topic(p, act, topic);
}

/* …的报告,区财政局局长王某作的关于B的报告: the clause names another report and no other act before it. */
static bool report_goes_on(const struct sentence *s, size_t i)
{
    for (size_t begin = i; i < s->n && i - begin < 16 && !token_ends_clause(s, i); i++) {
        if (token_is(s, i, "关于"))
            return true;
        if (token_verb(s, i, VERB_HEAR) || token_verb(s, i, VERB_REVIEW) || token_verb(s, i, VERB_ADOPT) ||
            token_verb(s, i, VERB_HOLD) || token_in(s, i, LEX_BIT(FORM)))
            return false;
    }
    return false;
}

/* 听取…《关于…情况的报告》: the topic stands within the title. */
static bool titled_report(struct pass *p, size_t verb, size_t title)
{
    const struct sentence *s = p->s;
    struct span t = token_span(s, &s->t[title]);
    t = (struct span){ t.p + 3, t.n - 6 };
    const char *about = span_find(t, SPAN("关于"));
    if ((!span_ends(t, SPAN("报告")) && !span_ends(t, SPAN("汇报"))) || about == NULL || span_has(t, SPAN("调研报告")))
        return false;
    struct span topic = cut_end(cut_end(span_between(about, t.p + t.n), "的报告"), "的汇报");
    struct act act = { .form = FORM_HEAR_REPORT, .token = verb, .rule = "oversight.titled_report" };
    act.target = clean(tokens_span(s, verb + 1, title));
    if (!span_has(act.target, SPAN("受")) && target_type(act.target).n == 0)
        act.target = none();
    const char *by = span_find(act.target, SPAN("受")), *order = span_find(act.target, SPAN("委托"));
    if (by != NULL && order != NULL && by < order)
        act.target = span_between(by + 3, order);
    act.topic = clean(topic);
    if (act.topic.n < TOPIC_MIN)
        return false;
    act.from = byte_of(s, act.topic.p);
    act.to = act.from + (uint32_t)act.topic.n;
    p->last_topic = p->heard_topic = act.topic;
    report(p, &act);
    return true;
}

/* 听取和审议A的报告、B的汇报: from the verb on. Returns where to go on reading. */
static size_t hear_reports(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t from = verb + 1, last = verb + 1;
    while (from < s->n && (hears(s, from) || token_noun(s, from, NOUN_CONJ) || s->t[from].type == TOK_LIST ||
                           token_is(s, from, "了") || token_is(s, from, "审议") || token_is(s, from, "讨论") ||
                           token_is(s, from, "询问") || token_in(s, from, LEX_BIT(DOCTYPE)) == true))
        from++;
    bool crossed = false;
    struct span target = none();
    for (size_t i = from; i < s->n && i - verb < REPORT_TOKENS; i++) {
        const struct token *t = &s->t[i];
        if (t->type == TOK_STOP)
            break;
        if (t->type == TOK_COMMA) {
            if (last > verb + 1 && report_goes_on(s, i + 1)) {
                from = i + 1;
                continue;
            }
            if (last > verb + 1 || crossed || token_in(s, i + 1, LEX_BIT(VERB)))
                break;
            crossed = true;
        }
        if (i > from && (token_verb(s, i, VERB_HEAR) && !token_verbal_noun(s, i)) && last <= verb + 1)
            break;
        if (token_is(s, i, "检查") && i + 1 < s->n && s->t[i + 1].type == TOK_TITLE)
            report_law(p, (struct act){ .form = FORM_LAW_INSPECTION, .token = verb, .rule = "oversight.law" }, i + 1);
        if (t->type == TOK_TITLE && titled_report(p, verb, i)) {
            from = last = i + 1;
            continue;
        }
        if (!is_report_word(s, i) || t->quoted)
            continue;
        if (token_is(s, i + 1, "情况") || token_is(s, i + 1, "制度"))
            continue;
        hear_segment(p, verb, from, i, &target);
        from = last = i + 1;
        while (from < s->n && (s->t[from].type == TOK_LIST || token_noun(s, from, NOUN_CONJ)))
            from++;
        if (from == i + 1)
            break;
    }
    return last;
}

/* 省人民政府向省人大常委会报告…情况 */
static void report_to_congress(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t to_word = verb;
    while (to_word > 0 && verb - to_word < 10 && !token_is(s, to_word, "向") && !token_ends_clause(s, to_word))
        to_word--;
    if (!token_is(s, to_word, "向") || !span_has(tokens_span(s, to_word, verb), SPAN("人大")))
        return;
    size_t end = clause_end(s, verb + 1), begin = clause_begin(s, to_word);
    if (end <= verb + 1)
        return;
    struct act act = { .form = FORM_HEAR_REPORT, .token = verb, .rule = "oversight.reported" };
    act.topic = clean(tokens_span(s, token_is(s, verb + 1, "了") ? verb + 2 : verb + 1, end));
    act.target = clean(tokens_span(s, begin, to_word));
    if (act.topic.n < TOPIC_MIN)
        return;
    act.from = byte_of(s, act.topic.p);
    act.to = act.from + (uint32_t)act.topic.n;
    report(p, &act);
}

/* ---- the other forms ---- */

static const struct lex_row *form_at(const struct sentence *s, size_t i)
{
    return i < s->n && !s->t[i].quoted ? word_row(s->t[i].w, LEX_FORM) : NULL;
}

/* 执法检查组, 调研报告, 视察活动计划: the word only begins another noun. */
static bool begins_other_noun(const struct sentence *s, size_t i)
{
    static const struct span nouns[] = { WORD("组"),   WORD("报告"),   WORD("工作规程"), WORD("计划"), WORD("方案"),
                                         WORD("中"),   WORD("时"),     WORD("团"),       WORD("员"),   WORD("制度"),
                                         WORD("办法"), WORD("机制"),   WORD("问题"),     WORD("课题"), WORD("成果"),
                                         WORD("文章"), WORD("论证"),   WORD("意见"),     WORD("室"),   WORD("专班"),
                                         WORD("表"),   WORD("小组"),   WORD("提纲"),     WORD("对象"), WORD("人员"),
                                         WORD("结束"), WORD("常态化"), WORD("活动中"),   WORD("要求"), WORD("经费"),
                                         WORD("力度") };
    struct span rest = { s->text.p + s->t[i].to, s->to - s->t[i].to };
    for (size_t k = 0; k < sizeof(nouns) / sizeof(nouns[0]); k++) {
        if (span_starts(rest, nouns[k]))
            return true;
    }
    return false;
}

/* 听取报告、执法检查、专题询问等方式: duties in general. */
static bool in_enumeration(const struct sentence *s, size_t i)
{
    if (i >= 3 && token_noun(s, i - 1, NOUN_ADVERB) &&
        (s->t[i - 2].type == TOK_LIST || token_noun(s, i - 2, NOUN_CONJ)) && form_at(s, i - 3) != NULL)
        return true; /* 专题视察和集中调研 */
    bool before = i >= 2 && (s->t[i - 1].type == TOK_LIST || token_noun(s, i - 1, NOUN_CONJ)) &&
                  (form_at(s, i - 2) != NULL || is_report_word(s, i - 2) || token_in(s, i - 2, LEX_BIT(VERB)));
    bool behind = i + 2 < s->n && (s->t[i + 1].type == TOK_LIST || token_noun(s, i + 1, NOUN_CONJ)) &&
                  (form_at(s, i + 2) != NULL || is_report_word(s, i + 2) || token_in(s, i + 2, LEX_BIT(VERB)));
    bool inside = i > 0 && s->t[i - 1].type == TOK_LIST && s->t[i + 1].type == TOK_LIST;
    inside |= (i > 0 && s->t[i - 1].type == TOK_MARK) || s->t[i + 1].type == TOK_MARK || s->t[i + 1].type == TOK_CLOSE;
    return before || behind || inside || token_is(s, i + 1, "等") || token_is(s, i + 1, "等方式");
}

static bool is_topic_prep(const struct sentence *s, size_t i)
{
    return token_is(s, i, "对") || token_is(s, i, "就") || token_is(s, i, "围绕") || token_is(s, i, "针对") ||
           token_is(s, i, "聚焦");
}

/* 对TOPIC(持续)开展…FORM: the topic, or empty. With far, the preposition may stand in the clause before. */
static struct span topic_of_prep(const struct sentence *s, size_t form, bool far)
{
    int commas = 0;
    for (size_t i = form; i > 0 && form - i < PREP_TOKENS; i--) {
        size_t k = i - 1;
        if (s->t[k].type == TOK_STOP || token_semicolon(s, k) || (s->t[k].type == TOK_COMMA && (++commas > 1 || !far)))
            break;
        if (!is_topic_prep(s, k) || s->t[k].quoted)
            continue;
        size_t to = k + 1;
        while (to < form && !token_ends_clause(s, to) && !token_is(s, to, "持续") && !token_is(s, to, "组织") &&
               !token_is(s, to, "先后") && !token_verb(s, to, VERB_LIGHT) &&
               !(to > k + 2 && token_noun(s, to, NOUN_ADVERB)))
            to++;
        struct span topic = tokens_span(s, k + 1, to);
        if (far && (span_starts(topic, SPAN("中心")) || span_starts(topic, SPAN("大局"))))
            break;
        return topic;
    }
    return none();
}

/* Between the verb that opens the act and its form: 开展TOPIC专题调研. */
static struct span topic_between(const struct sentence *s, size_t form, bool *opened)
{
    size_t begin = clause_begin(s, form), i = form;
    if (begin + TOPIC_TOKENS < form)
        begin = form - TOPIC_TOKENS;
    size_t after_verb = SIZE_MAX;
    for (; i > begin; i--) {
        if (s->t[i - 1].quoted || s->t[i - 1].type == TOK_TITLE)
            continue;
        if (token_verb(s, i - 1, VERB_LIGHT) || token_verb(s, i - 1, VERB_ORGANIZE) || token_is(s, i - 1, "启动") ||
            token_verb(s, i - 1, VERB_HOLD) || token_is(s, i - 1, "深化") || token_is(s, i - 1, "参加") ||
            token_is(s, i - 1, "参与")) {
            after_verb = i;
            break;
        }
    }
    *opened = after_verb != SIZE_MAX;
    if (after_verb == SIZE_MAX)
        after_verb = begin;
    while (after_verb < form &&
           (s->t[after_verb].type == TOK_NUMBER || token_in(s, after_verb, LEX_BIT(UNIT) | LEX_BIT(PERIOD)) ||
            token_noun(s, after_verb, NOUN_ADVERB) || s->t[after_verb].type == TOK_DATE ||
            token_is(s, after_verb, "了")))
        after_verb++;
    return tokens_span(s, after_verb, form);
}

/* Behind the form, as its object: 调研TOPIC. */
static struct span topic_behind(const struct sentence *s, size_t form)
{
    size_t i = form + 1;
    if (token_is(s, i, "了"))
        i++;
    if (token_ends_clause(s, i) || s->t[i].type == TOK_LIST || s->t[i].type == TOK_NUMBER ||
        token_noun(s, i, NOUN_CONJ) || token_noun(s, i, NOUN_STOP) || token_noun(s, i, NOUN_ADVERB))
        return none();
    size_t end = clause_end(s, i);
    if (end > i + TOPIC_TOKENS)
        end = i + TOPIC_TOKENS;
    return tokens_span(s, i, end);
}

/* Every title in the clause before the form is one act: 对《A》《B》开展执法检查. */
static bool report_laws(struct pass *p, struct act act, size_t form)
{
    const struct sentence *s = p->s;
    bool any = false;
    for (size_t i = clause_begin(s, form); i < form; i++) {
        if (s->t[i].type != TOK_TITLE)
            continue;
        report_law(p, act, i);
        any = true;
    }
    for (size_t i = form + 1; !any && !token_ends_clause(s, i) && i < form + 6; i++) {
        if (s->t[i].type != TOK_TITLE)
            continue;
        report_law(p, act, i);
        any = true;
    }
    return any;
}

static bool by_deputies(const struct sentence *s, size_t form)
{
    for (size_t i = clause_begin(s, form); i < form; i++) {
        bool sent = i > 0 && (token_is(s, i - 1, "组织") || token_is(s, i - 1, "邀请") || token_is(s, i - 1, "带领"));
        if (token_noun(s, i, NOUN_ACTOR_DEPUTIES) && !sent)
            return true;
    }
    return token_noun(s, 0, NOUN_ACTOR_DEPUTIES);
}

/* 18个典型社区 → 典型社区 */
static struct span without_count(const struct sentence *s, struct span topic)
{
    for (size_t i = 0; i + 1 < s->n; i++) {
        if (s->text.p + s->t[i].from != topic.p)
            continue;
        if (s->t[i].type == TOK_NUMBER && token_in(s, i + 1, LEX_BIT(UNIT)) &&
            s->text.p + s->t[i + 1].to < topic.p + topic.n)
            return span_between(s->text.p + s->t[i + 1].to, topic.p + topic.n);
        break;
    }
    return topic;
}

static bool wants_object(enum form form)
{
    return form == FORM_RESEARCH || form == FORM_VISIT || form == FORM_FOLLOW_UP || form == FORM_INTERVIEW ||
           form == FORM_WORK_APPRAISAL;
}

/* 总书记视察…, 大兴调查研究: no act of a congress. */
static bool of_others(const struct sentence *s, size_t i)
{
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    return span_ends(before, SPAN("总书记")) || span_ends(before, SPAN("大兴")) ||
           (i > 0 && token_in(s, i - 1, LEX_BIT(FORM))) || token_in(s, i + 1, LEX_BIT(FORM)) ||
           span_ends(before, SPAN("领导")) || span_ends(before, SPAN("事前"));
}

/* Nothing to count: 执法检查17次 is a figure, unless its clause names a topic. */
static bool counted(const struct sentence *s, size_t i)
{
    for (size_t k = i + 1; k < s->n && k < i + 4 && !token_ends_clause(s, k); k++) {
        if (s->t[k].type == TOK_NUMBER)
            return true;
    }
    return false;
}

static bool usable(struct span topic)
{
    return !empty_topic(clean(topic));
}

static struct span find_topic(const struct sentence *s, size_t i, enum form form, struct act *act, bool *list)
{
    bool opened;
    struct span topic = topic_of_prep(s, i, false);
    act->rule = "oversight.prepositional";
    if (usable(topic) || in_enumeration(s, i) || counted(s, i))
        return topic;
    struct span between = topic_between(s, i, &opened), far = topic_of_prep(s, i, true);
    act->rule = "oversight.topic_before";
    bool object = wants_object(form) && usable(topic_behind(s, i));
    if (usable(between) && (opened || !object) && (opened || wants_object(form) == false || !usable(far))) {
        *list = !opened;
        return between;
    }
    act->rule = "oversight.object";
    if (object)
        return topic_behind(s, i);
    act->rule = "oversight.prepositional";
    return far;
}

static bool names_report_only(struct span t)
{
    return span_is(t, "报告") || span_is(t, "该报告") || span_is(t, "专项工作报告") || span_is(t, "上述报告") ||
           span_is(t, "专项报告") || span_is(t, "工作报告") || span_is(t, "报告情况");
}

static void read_form(struct pass *p, size_t i, enum form form)
{
    const struct sentence *s = p->s;
    struct act act = { .form = form, .token = i };
    bool list = false;
    if (begins_other_noun(s, i) || by_deputies(s, i) || of_others(s, i) || form == FORM_OPINION)
        return;
    if (form == FORM_RECORD_REVIEW && topic_of_prep(s, i, false).n == 0)
        return;
    act.rule = "oversight.law";
    if ((form == FORM_LAW_INSPECTION || form == FORM_RESEARCH) && report_laws(p, act, i))
        return;
    struct span topic = find_topic(s, i, form, &act, &list);
    if (!usable(topic) && (form == FORM_SPECIAL_INQUIRY || form == FORM_SATISFACTION_VOTE) && p->last_topic.n > 0 &&
        !counted(s, i)) {
        topic = p->last_topic; /* 听取…报告,并开展专题询问 */
        act.rule = "oversight.same_topic";
    }
    if ((form == FORM_SATISFACTION_VOTE || form == FORM_SPECIAL_INQUIRY) && p->heard_topic.n > 0 &&
        names_report_only(clean(topic))) {
        topic = p->heard_topic; /* 对报告进行满意度测评 */
        act.rule = "oversight.same_topic";
        act.topic = topic;
        act.from = s->t[i].from;
        act.to = s->t[i].to;
        report(p, &act);
        return;
    }
    const char *examples = span_find(topic, SPAN("等"));
    if (form == FORM_LAW_INSPECTION && examples != NULL &&
        span_has(topic, SPAN("法、"))) { /* 安全生产法、消防法等法律法规 */
        topic = span_between(topic.p, examples);
        list = true;
    }
    topic = clean(without_count(s, clean(topic)));
    if (topic.n < TOPIC_MIN)
        return;
    if (list) {
        report_list(p, act, topic);
        return;
    }
    act.topic = topic;
    act.from = byte_of(s, topic.p);
    act.to = act.from + (uint32_t)topic.n;
    report(p, &act);
}

/* 检查社会保险法、农业法实施情况: unquoted laws between 检查 and what is checked of them. */
static void read_inspected(struct pass *p, size_t check)
{
    const struct sentence *s = p->s;
    static const struct span behind[] = { WORD("贯彻实施情况"), WORD("贯彻执行情况"), WORD("实施情况"),
                                          WORD("执行情况"),     WORD("贯彻落实情况"), WORD("的实施情况") };
    struct span rest = tokens_span(s, check + 1, clause_end(s, check + 1));
    const char *at = NULL;
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]) && at == NULL; i++)
        at = span_find(rest, behind[i]);
    if (at == NULL || span_has(span_between(rest.p, at), SPAN("》")))
        return;
    struct span laws = span_between(rest.p, at);
    struct act act = { .form = FORM_LAW_INSPECTION, .token = check, .rule = "oversight.law" };
    const char *begin = laws.p, *end = laws.p + laws.n;
    for (const char *q = laws.p; q <= end;) {
        struct span left = span_between(q, end);
        bool sign = span_starts(left, SPAN("、")) || span_starts(left, SPAN("和"));
        if (q == end || sign) {
            struct span law = span_between(begin, q);
            if (law.n >= 9 && law.n < 120 && (span_ends(law, SPAN("法")) || span_ends(law, SPAN("条例"))))
                report_topic(p, act, law);
            begin = q + 3;
        }
        if (q == end)
            break;
        text_next(&q, end);
    }
}

void oversight_find(struct pass *p)
{
    const struct sentence *s = p->s;
    const uint32_t hearing = 1u << VERB_HEAR | 1u << VERB_REVIEW | 1u << VERB_SAY | 1u << VERB_VISIT;
    p->last_topic = none();
    if (s->heading && s->first && s->n < 12)
        return;
    if ((s->tables & (LEX_BIT(FORM) | LEX_BIT(STAGE))) == 0 && (s->verbs & hearing) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].quoted || !token_in(s, i, LEX_BIT(FORM) | LEX_BIT(VERB) | LEX_BIT(STAGE)))
            continue;
        const struct lex_row *form = form_at(s, i);
        if (form != NULL) {
            read_form(p, i, (enum form)form->code);
        } else if (hears(s, i)) {
            size_t next = hear_reports(p, i);
            i = next > i + 1 ? next - 1 : i;
        } else if (token_is(s, i, "检查") && i > 1 &&
                   (token_verb(s, i - 1, VERB_LIGHT) || token_noun(s, i - 1, NOUN_ADVERB) ||
                    (token_is(s, i - 1, "了") && token_verb(s, i - 2, VERB_LIGHT))) &&
                   !begins_other_noun(s, i)) {
            report_laws(p, (struct act){ .form = FORM_LAW_INSPECTION, .token = i, .rule = "oversight.law" }, i);
        } else if (token_is(s, i, "检查") && i + 1 < s->n && s->t[i + 1].type == TOK_TITLE) {
            report_law(p, (struct act){ .form = FORM_LAW_INSPECTION, .token = i, .rule = "oversight.law" }, i + 1);
        } else if (token_is(s, i, "检查") && !begins_other_noun(s, i)) {
            read_inspected(p, i);
        } else if (token_is(s, i, "报告") || token_is(s, i, "汇报") || token_is(s, i, "通报")) {
            report_to_congress(p, i);
        }
    }
}
