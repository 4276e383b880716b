/* oversight_topic.c - what a topic is: the words between a verb and its report or form, without what texts put around
 * them (相关, 我市, 等工作), and without the organ that reports. Words that no reader would call a topic are none. */
#include "worker/findings/oversight.h"

#define TOPIC_MAX 300 /* bytes */

/* What a topic does not begin or end with. */
static const struct span heads[] = {
    WORD("相关部门"), WORD("有关部门"), WORD("以及"), WORD("了"),   WORD("过"),       WORD("并"),
    WORD("和"),       WORD("与"),       WORD("及"),   WORD("、"),   WORD("的"),       WORD("有关"),
    WORD("相关"),     WORD("多项"),     WORD("各项"), WORD("我省"), WORD("我市"),     WORD("我区"),
    WORD("我县"),     WORD("一系列"),   WORD("关于"), WORD("此次"), WORD("本次"),     WORD("对"),
    WORD("全面"),     WORD("等"),       WORD(":"),    WORD("("),    WORD(WIDE_COLON), WORD(WIDE_PAREN_OPEN),
};
static const struct span tails[] = {
    WORD("的"),   WORD("进行"), WORD("专项"),   WORD("专题"),   WORD("等"),     WORD("等方面"),
    WORD("、"),   WORD("年度"), WORD("等工作"), WORD("等情况"), WORD("工作的"), WORD("综合"),
    WORD("书面"), WORD("和"),   WORD("开展"),   WORD("全面"),   WORD("深入"),
};

static bool cut_once(struct span *s)
{
    size_t before = s->n;
    for (size_t i = 0; i < COUNT(heads); i++) {
        if (span_starts(*s, heads[i]))
            *s = (struct span){ s->p + heads[i].n, s->n - heads[i].n };
    }
    for (size_t i = 0; i < COUNT(tails); i++) {
        if (span_ends(*s, tails[i]))
            s->n -= tails[i].n;
    }
    return s->n != before;
}

struct span topic_clean(struct span s)
{
    for (int round = 0; round < 3 && cut_once(&s); round++)
        ;
    struct span open = SPAN("“"), close = SPAN("”");
    if (span_starts(s, open) && !span_has(s, close)) /* the quotation goes on behind */
        s = topic_clean((struct span){ s.p + open.n, s.n - open.n });
    return text_trim(s);
}

/* Nothing that a reader would call a topic: 相关, 各项, 三项. */
bool topic_empty(struct span t)
{
    static const struct span vague[] = { WORD("相关"),         WORD("有关"),
                                         WORD("工作"),         WORD("各项"),
                                         WORD("专项"),         WORD("情况"),
                                         WORD("一府"),         WORD("“一府"),
                                         WORD("上述"),         WORD("多种"),
                                         WORD("结果"),         WORD("此次"),
                                         WORD("本次"),         WORD("这次"),
                                         WORD("标志着此次"),   WORD("督办"),
                                         WORD("座谈"),         WORD("办理"),
                                         WORD("调研"),         WORD("视察"),
                                         WORD("全市"),         WORD("全区"),
                                         WORD("全县"),         WORD("专题"),
                                         WORD("代表"),         WORD("首次"),
                                         WORD("活动"),         WORD("结束后"),
                                         WORD("让代表"),       WORD("群众"),
                                         WORD("人大代表"),     WORD("综合运用"),
                                         WORD("部分"),         WORD("集中"),
                                         WORD("进展情况"),     WORD("有关情况"),
                                         WORD("相关情况"),     WORD("情况汇报"),
                                         WORD("落实情况"),     WORD("完成情况"),
                                         WORD("基本情况"),     WORD("法规"),
                                         WORD("法律"),         WORD("法律法规"),
                                         WORD("贯彻实施情况"), WORD("部门贯彻实施情况"),
                                         WORD("贯彻落实情况"), WORD("委托"),
                                         WORD("确保"),         WORD("现场"),
                                         WORD("无记名"),       WORD("书面"),
                                         WORD("分组"),         WORD("联组"),
                                         WORD("实地"),         WORD("全程"),
                                         WORD("联合"),         WORD("无记名投票"),
                                         WORD("电子表决"),     WORD("集体"),
                                         WORD("随机"),         WORD("监督") };
    if (t.n < TOPIC_MIN || t.n > TOPIC_MAX)
        return true;
    static const struct span starts[] = {
        WORD("这是"),   WORD("这"),     WORD("让"),   WORD("为让"),   WORD("将"),     WORD("把"),     WORD("第"),
        WORD("会后"),   WORD("会前"),   WORD("结束"), WORD("还"),     WORD("也"),     WORD("其"),     WORD("后"),
        WORD("本届"),   WORD("连续"),   WORD("经"),   WORD("通过"),   WORD("为“"),    WORD("评为"),   WORD("“满意"),
        WORD("要强化"), WORD("增强"),   WORD("我们"), WORD("要增强"), WORD("要加强"), WORD("作为"),   WORD("一次"),
        WORD("每年"),   WORD("两次"),   WORD("做好"), WORD("搞好"),   WORD("为搞好"), WORD("为做好"), WORD("为了"),
        WORD("要以"),   WORD("就做好"), WORD("围绕"), WORD("圆满"),   WORD("切实"),   WORD("认真"),   WORD("配合做好"),
        WORD("它"),     WORD("他们"),   WORD("这些"), WORD("该"),     WORD("并"),     WORD("再"),     WORD("本级政府")
    };
    for (size_t i = 0; i < COUNT(starts); i++) {
        if (span_starts(t, starts[i]))
            return true;
    }
    static const struct span pointers[] = { WORD("此次"), WORD("本次"), WORD("这次"), WORD("该次"), WORD("上次"),
                                            WORD("每次"), WORD("历次"), WORD("这项"), WORD("此项") };
    for (size_t i = 0; i < COUNT(pointers); i++) {
        if (span_ends(t, pointers[i]))
            return true; /* 推进这次(专题询问) */
    }
    static const struct span own[] = { WORD("人大常委会"), WORD("人民代表大会常务委员会") };
    for (size_t i = 0; i < COUNT(own); i++) {
        if (span_ends(t, own[i]) && t.n < 60)
            return true; /* 听取县人大常委会工作报告 */
    }
    for (size_t i = 0; i < COUNT(vague); i++) {
        if (span_eq(t, vague[i]) || ((i == 6 || i == 7) && span_starts(t, vague[i])))
            return true;
    }
    return false;
}

/* ---- who reports ---- */

struct span target_type(struct span target)
{
    static const struct {
        const char *word, *type;
    } rows[] = { { "政府", "government" },
                 { "国务院", "government" },
                 { "监委", "supervisory_commission" },
                 { "监察委", "supervisory_commission" },
                 { "检察院", "procuratorate" },
                 { "检察机关", "procuratorate" },
                 { "审判机关", "court" },
                 { "公安机关", "department" },
                 { "法院", "court" },
                 { "局", "department" },
                 { "厅", "department" },
                 { "委员会", "department" },
                 { "办公室", "department" },
                 { "部门", "department" },
                 { "部", "department" } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (span_has(target, span_of(rows[i].word)))
            return span_of(rows[i].type);
    }
    return (struct span){ NULL, 0 };
}

struct span supervised_type(struct span topic)
{
    static const struct {
        const char *word, *type;
    } rows[] = { { "县长", "official" },   { "市长", "official" },     { "区长", "official" },
                 { "局长", "official" },   { "主任", "official" },     { "负责人", "official" },
                 { "法官", "official" },   { "检察官", "official" },   { "院长", "official" },
                 { "检察长", "official" }, { "厅长", "official" },     { "工作人员", "official" },
                 { "干部", "official" },   { "组成人员", "official" }, { "部门", "department" },
                 { "局", "department" },   { "委员会", "department" }, { "站所", "department" } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (span_has(topic, span_of(rows[i].word)))
            return span_of(rows[i].type);
    }
    return (struct span){ NULL, 0 };
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
    for (size_t i = 0; i < COUNT(organs); i++) {
        struct span w = organs[i];
        struct span head = { s.p, s.n < 36 ? s.n : 36 };
        const char *at = span_find(head, w);
        if (at != NULL && at - s.p <= 18 && (size_t)(at - s.p) + w.n > best &&
            !span_starts((struct span){ at + w.n, s.n - (size_t)(at - s.p) - w.n }, SPAN("债务")))
            best = (size_t)(at - s.p) + w.n;
    }
    return best;
}

struct span target_clean(struct span target)
{
    target = topic_clean(target_without_delegate(target));
    if (span_has(target, SPAN("人大")) || span_has(target, SPAN("常委会")) || span_ends(target, SPAN("检查组")) ||
        span_ends(target, SPAN("调研组")))
        return (struct span){ NULL, 0 };
    static const struct span said[] = { WORD("所作的"), WORD("作的"), WORD("所作"), WORD("作") };
    for (size_t i = 0; i < COUNT(said); i++) {
        size_t n = span_ends(target, said[i]) && !span_ends(target, SPAN("工作")) ? organ_prefix(target) : 0;
        if (n > 0)
            return (struct span){ target.p, n };
    }
    static const struct span heads_of[] = { WORD("局长"), WORD("厅长"), WORD("主任"), WORD("部长") };
    for (size_t i = 0; i < COUNT(heads_of); i++) {
        const char *at = span_find(target, heads_of[i]);
        if (at != NULL && at - target.p >= 6 && span_ends(target, SPAN("作")) && !span_ends(target, SPAN("工作")))
            return span_between(target.p, at); /* 县审计局局长张某作 */
    }
    return target;
}

struct span target_without_delegate(struct span target)
{
    const char *by = span_find(target, SPAN("受")), *order = span_find(target, SPAN("委托"));
    return by != NULL && order != NULL && by < order ? span_between(by + 3, order) : target;
}

void act_split_target(struct act *act)
{
    const char *about = span_find(act->topic, SPAN("关于"));
    struct span lead = about == NULL ? act->topic : span_between(act->topic.p, about);
    bool within = about != NULL && span_has(lead, SPAN("《")) && !span_has(lead, SPAN("》"));
    if (within) { /* 县政府落实《关于A的审议意见》情况 */
        size_t organ = organ_prefix(lead);
        if (organ > 0)
            act->target = (struct span){ lead.p, organ };
        return;
    }
    if (about != NULL) {
        if (about - act->topic.p >= TOPIC_MIN)
            act->target = topic_clean(span_between(act->topic.p, about));
        act->topic = topic_clean(span_between(about + 6, act->topic.p + act->topic.n));
        act->target = target_without_delegate(act->target); /* 局长李某受区政府委托所作的关于… */
        return;
    }
    const char *said = span_find(act->topic, SPAN("作的"));
    bool work = said != NULL && span_ends(span_between(act->topic.p, said), SPAN("工")); /* 旅游工作的情况 */
    if (said != NULL && !work && said - act->topic.p >= 9 &&
        said + 6 < act->topic.p + act->topic.n) { /* 院长钟某所作的法院 */
        act->target = span_between(act->topic.p, said + 6);
        act->topic = span_between(said + 6, act->topic.p + act->topic.n);
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
        act->topic = topic_clean((struct span){ act->topic.p + n, act->topic.n - n });
    } else if (n > 0) {
        act->target = (struct span){ act->topic.p, n };
    }
}

/* 县民政局: who reports, not what about. */
bool target_is_organ(struct span t)
{
    static const struct span organs[] = { WORD("局"),   WORD("厅"),   WORD("部门"),  WORD("单位"),
                                          WORD("街道"), WORD("公司"), WORD("办事处") };
    for (size_t i = 0; i < COUNT(organs) && t.n <= 45; i++) {
        if (span_ends(t, organs[i]))
            return true;
    }
    return false;
}
