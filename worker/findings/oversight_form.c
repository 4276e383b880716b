/* oversight_form.c - the other forms of supervision: 对A开展执法检查, 开展A专题调研, 视察A, 检查《A法》. The topic
 * stands behind a preposition, between verb and form, or behind the form; where the form only begins another noun
 * (执法检查组) or stands in a list of duties, there is no act. */
#include "worker/findings/oversight.h"

#define PREP_TOKENS  60
#define TOPIC_TOKENS 40

static struct span none(void)
{
    return (struct span){ NULL, 0 };
}

/* 进行“满意度测评”: the form alone stands in the marks, as the object of its verb. */
static bool quoted_act(const struct sentence *s, size_t i)
{
    return i > 1 && s->t[i - 1].type == TOK_OPEN && i + 1 < s->n && s->t[i + 1].type == TOK_CLOSE &&
           (token_verb(s, i - 2, VERB_LIGHT) ||
            (i > 2 && token_is(s, i - 2, "了") && token_verb(s, i - 3, VERB_LIGHT)));
}

const struct lex_row *form_at(const struct sentence *s, size_t i)
{
    return i < s->n && (!s->t[i].quoted || quoted_act(s, i)) ? token_row(s, i, LEX_FORM) : NULL;
}

/* ---- no act ---- */

/* 执法检查组, 调研报告, 视察活动计划: the word only begins another noun. */
bool form_in_noun(const struct sentence *s, size_t i)
{
    static const struct span nouns[] = {
        WORD("组"),       WORD("报告"),     WORD("工作规程"), WORD("计划"),     WORD("方案"),     WORD("中"),
        WORD("时"),       WORD("团"),       WORD("员"),       WORD("制度"),     WORD("办法"),     WORD("机制"),
        WORD("问题"),     WORD("课题"),     WORD("成果"),     WORD("文章"),     WORD("论证"),     WORD("意见"),
        WORD("室"),       WORD("专班"),     WORD("表"),       WORD("小组"),     WORD("提纲"),     WORD("对象"),
        WORD("人员"),     WORD("结束"),     WORD("常态化"),   WORD("活动中"),   WORD("要求"),     WORD("经费"),
        WORD("力度"),     WORD("实施方案"), WORD("工作方案"), WORD("实施办法"), WORD("暂行办法"), WORD("责任"),
        WORD("工作制度"), WORD("工作机制")
    };
    struct span rest = { s->text.p + s->t[i].to, s->to - s->t[i].to };
    for (size_t k = 0; k < COUNT(nouns); k++) {
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
                  (form_at(s, i - 2) != NULL || names_report(s, i - 2) || token_in(s, i - 2, LEX_BIT(VERB)));
    bool behind = i + 2 < s->n && (s->t[i + 1].type == TOK_LIST || token_noun(s, i + 1, NOUN_CONJ)) &&
                  (form_at(s, i + 2) != NULL || names_report(s, i + 2) || token_in(s, i + 2, LEX_BIT(VERB)));
    bool inside = i > 0 && s->t[i - 1].type == TOK_LIST && s->t[i + 1].type == TOK_LIST;
    inside |= (i > 0 && s->t[i - 1].type == TOK_MARK) || s->t[i + 1].type == TOK_MARK || s->t[i + 1].type == TOK_CLOSE;
    return before || behind || inside || token_is(s, i + 1, "等") || token_is(s, i + 1, "等方式");
}

/* 代表, as those who act: not 人大代表票决项目, 代表建议. */
static bool deputies_act(const struct sentence *s, size_t i)
{
    static const struct span nouns[] = { WORD("票决"), WORD("建议"), WORD("议案"), WORD("意见"), WORD("工作") };
    if (!token_noun(s, i, NOUN_ACTOR_DEPUTIES))
        return false;
    struct span rest = { s->text.p + s->t[i].to, s->to - s->t[i].to };
    for (size_t k = 0; k < COUNT(nouns); k++) {
        if (span_starts(rest, nouns[k]))
            return false;
    }
    return true;
}

static bool by_deputies(const struct sentence *s, size_t form)
{
    bool sent = false; /* 组织部分省、市人大代表对…进行视察: the congress's own */
    for (size_t i = clause_begin(s, form); i < form; i++) {
        sent |= token_is(s, i, "组织") || token_is(s, i, "邀请") || token_is(s, i, "带领");
        if (deputies_act(s, i) && !sent)
            return true;
    }
    return deputies_act(s, 0) && !sent;
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
    for (size_t k = i + 1; k < s->n && k < i + 4 && !token_ends_clause(s, k) && s->t[k].type != TOK_LIST; k++) {
        if (s->t[k].type == TOK_NUMBER)
            return true;
    }
    return false;
}

/* 听取…报告,并开展专题询问; 对报告进行满意度测评: what the report heard before was about. */
static bool shares_topic(enum form form)
{
    return form == FORM_SPECIAL_INQUIRY || form == FORM_SATISFACTION_VOTE;
}

/* ---- topics ---- */

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
        if (i >= 2 && s->t[i - 1].type == TOK_LIST && form_at(s, i - 2) != NULL) {
            begin = i; /* A述职评议、B满意度测评: the item before has a form of its own */
            break;
        }
        if (s->t[i - 1].quoted || s->t[i - 1].type == TOK_TITLE || token_noun(s, i, NOUN_CONJ))
            continue; /* 实施及完成情况 */
        if (token_verb(s, i - 1, VERB_LIGHT) || token_verb(s, i - 1, VERB_ORGANIZE) || token_is(s, i - 1, "启动") ||
            token_verb(s, i - 1, VERB_HOLD) || token_is(s, i - 1, "宣布") || token_is(s, i - 1, "公布") ||
            token_is(s, i - 1, "深化") || token_is(s, i - 1, "参加") || token_is(s, i - 1, "参与")) {
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
        token_noun(s, i, NOUN_CONJ) || token_noun(s, i, NOUN_STOP) ||
        (token_noun(s, i, NOUN_ADVERB) && !token_is(s, i, "重点")))
        return none();
    size_t end = clause_end(s, i);
    if (end > i + TOPIC_TOKENS)
        end = i + TOPIC_TOKENS;
    for (size_t k = i + 1, sign = 0; k < end; k++) { /* 视察A、某站组织代表开展B视察: up to the next act */
        if (s->t[k].type == TOK_LIST)
            sign = k;
        if (sign > 0 && token_verb(s, k, VERB_ORGANIZE)) {
            end = sign;
            break;
        }
    }
    return tokens_span(s, i, end);
}

/* 深入A开展视察: the place that was gone to. */
static struct span topic_gone_to(const struct sentence *s, size_t form)
{
    static const struct span verbs[] = { WORD("深入"), WORD("走进"), WORD("前往"), WORD("来到"), WORD("赴") };
    size_t begin = clause_begin(s, form), light = form;
    while (light > begin && form - light < 3 && !token_verb(s, light, VERB_LIGHT))
        light--;
    for (size_t i = light; i > begin && token_verb(s, light, VERB_LIGHT); i--) {
        for (size_t k = 0; k < COUNT(verbs); k++) {
            if (span_eq(token_span(s, &s->t[i - 1]), verbs[k]))
                return tokens_span(s, i, light);
        }
    }
    return none();
}

/* Somewhere in general. */
static bool anywhere(struct span place)
{
    static const struct span words[] = { WORD("基层"), WORD("一线"), WORD("现场"), WORD("实地"),
                                         WORD("群众"), WORD("社区"), WORD("农村") };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (span_starts(place, words[i]))
            return true;
    }
    return false;
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

static bool usable(struct span topic)
{
    return !topic_empty(topic_clean(topic));
}

/* 确保, 增强做好, 代表通过: verbs and particles, nothing that is supervised. */
static bool verbs_only(const struct sentence *s, struct span topic)
{
    bool any = false;
    for (size_t i = 0; i < s->n; i++) {
        const char *at = s->text.p + s->t[i].from;
        if (at < topic.p || at >= topic.p + topic.n)
            continue;
        bool weak = token_plain_verb(s, i) || token_noun(s, i, NOUN_ADVERB) || token_noun(s, i, NOUN_STOP) ||
                    token_noun(s, i, NOUN_PREP) || token_noun(s, i, NOUN_CONJ) || s->t[i].type >= TOK_COMMA ||
                    token_in(s, i, LEX_BIT(VERB)) || token_is(s, i, "做") || token_is(s, i, "好") ||
                    token_is(s, i, "代表") || token_is(s, i, "要") || token_is(s, i, "在") || token_is(s, i, "认真") ||
                    token_is(s, i, "通过") || token_is(s, i, "确保");
        if (!weak)
            return false;
        any = true;
    }
    return any;
}

/* 部分委员和代表: who did it, not what about. */
static bool names_people(struct span t)
{
    static const struct span ends[] = { WORD("代表"),     WORD("委员"),   WORD("组成人员"), WORD("一行"),
                                        WORD("代表小组"), WORD("代表团"), WORD("负责人"),   WORD("干部"),
                                        WORD("带队"),     WORD("率队"),   WORD("带领"),     WORD("率领"),
                                        WORD("率组"),     WORD("牵头"),   WORD("带头") };
    t = topic_clean(t);
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (span_ends(t, ends[i]))
            return true;
    }
    return false;
}

/* 评议镇属站所5个: a count. */
static bool ends_in_count(const struct sentence *s, struct span topic)
{
    for (size_t i = 1; i < s->n; i++) {
        const char *end = s->text.p + s->t[i].to;
        bool last = end == topic.p + topic.n || end + 3 == topic.p + topic.n;
        if (last && s->t[i - 1].type == TOK_NUMBER && token_in(s, i, LEX_BIT(UNIT)))
            return true;
    }
    return false;
}

/* What stands between verb and form stands behind what the preposition introduces. */
static bool opened_after(struct span topic, struct span between)
{
    return between.n > 0 && between.p >= topic.p + topic.n;
}

/* 就校园食品安全问题进行约谈: up to the verb. */
static struct span cut_at_light_verb(const struct sentence *s, struct span topic)
{
    for (size_t i = 0; i < s->n; i++) {
        const char *at = s->text.p + s->t[i].from;
        if (at > topic.p && at < topic.p + topic.n && token_verb(s, i, VERB_LIGHT))
            return span_between(topic.p, at);
    }
    return topic;
}

/* 县人大常委会专题询问A: the congress asks, and what follows is about what. */
static bool congress_before(const struct sentence *s, size_t i)
{
    struct span before = { s->text.p + s->from, s->t[i].from - s->from };
    return span_ends(before, SPAN("人大常委会")) || span_ends(before, SPAN("人大"));
}

/* 以A为主题(,)开展FORM. */
static struct span topic_of_theme(const struct sentence *s, size_t form)
{
    static const struct span words[] = { WORD("为主题"), WORD("为题"), WORD("为议题"), WORD("为重点"),
                                         WORD("为切入点") };
    struct span before = { s->text.p + s->from, s->t[form].from - s->from };
    if (!sentence_has(s, SPAN("为")) || !sentence_has(s, SPAN("以")))
        return none();
    for (size_t i = 0; i < COUNT(words); i++) {
        const char *end = span_find(before, words[i]);
        const char *from = end == NULL ? NULL : span_find(span_between(before.p, end), SPAN("以"));
        if (from != NULL && end - from < 90 && !span_has(span_between(from, end), SPAN("。")))
            return span_between(from + 3, end);
    }
    return none();
}

static struct span find_topic(const struct sentence *s, size_t i, enum form form, struct act *act, bool *list)
{
    bool opened = false;
    struct span topic = topic_of_prep(s, i, false);
    if (!usable(topic) && shares_topic(form) && usable(topic_of_theme(s, i)))
        topic = topic_of_theme(s, i);
    act->rule = "oversight.prepositional";
    struct span what = form == FORM_SATISFACTION_VOTE ? topic_between(s, i, &opened) : none();
    if (usable(topic) && opened_after(topic, what) && usable(what) && supervised_type(topic).n > 0) {
        act->target = topic_clean(without_count(s, topic_clean(topic)));
        return what; /* 对7个县级部门开展建议办理满意度测评 */
    }
    if (usable(topic) || in_enumeration(s, i) || counted(s, i))
        return topic;
    struct span between = topic_between(s, i, &opened), far = topic_of_prep(s, i, true);
    if (names_people(between) || verbs_only(s, between))
        between = none();
    act->rule = "oversight.topic_before";
    bool asks = form == FORM_SPECIAL_INQUIRY && congress_before(s, i);
    bool object = (wants_object(form) || asks) && usable(topic_behind(s, i));
    if (usable(between) && (opened || !object) && (opened || wants_object(form) == false || !usable(far))) {
        *list = !opened;
        return between;
    }
    act->rule = "oversight.object";
    if (object)
        return topic_behind(s, i);
    struct span place = form == FORM_VISIT && !usable(far) ? topic_gone_to(s, i) : none();
    if (usable(place) && !anywhere(place))
        return place;
    act->rule = "oversight.prepositional";
    return far;
}

/* 现场开展满意度测评: held here and now, on what was heard or asked about before. */
static bool opens_vote(const struct sentence *s, size_t i)
{
    for (size_t k = i; k > clause_begin(s, i) && i - k < 5; k--) {
        if (token_verb(s, k - 1, VERB_LIGHT))
            return true;
    }
    return false;
}

/* ---- acts ---- */

/* Every title in the clause before the form is one act: 对《A》《B》开展执法检查. */
bool form_laws(struct pass *p, struct act act, size_t form)
{
    const struct sentence *s = p->s;
    bool any = false;
    size_t begin = clause_begin(s, form);
    for (size_t i = form, titles = 0; i > begin; i--) { /* 《A》执法检查、《B》调研: each form has its own */
        titles += s->t[i - 1].type == TOK_TITLE;
        if (titles > 0 && form_at(s, i - 1) != NULL)
            begin = i;
    }
    for (size_t i = begin; i < form; i++) {
        if (s->t[i].type != TOK_TITLE)
            continue;
        act_report_law(p, act, i);
        any = true;
    }
    for (size_t i = form + 1, end = form + 6; !any && !token_ends_clause(s, i) && i < end; i++) {
        for (; i < s->n && s->t[i].type == TOK_TITLE; i++) {
            act_report_law(p, act, i);
            any = true;
            i += s->t[i + 1].type == TOK_LIST || token_noun(s, i + 1, NOUN_CONJ);
        }
    }
    return any;
}

/* 对…办理情况进行了测评: the word alone, which is no form, with what it is about and its verb. */
void form_measured(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    if (form_in_noun(s, i) || !opens_vote(s, i) || token_is(s, i + 1, "结果") || token_is(s, i + 1, "情况") ||
        !usable(topic_of_prep(s, i, false)))
        return;
    form_read(p, i, FORM_SATISFACTION_VOTE);
}

/* 检查社会保险法、农业法实施情况: unquoted laws between 检查 and what is checked of them. */
void form_inspected(struct pass *p, size_t check)
{
    const struct sentence *s = p->s;
    static const struct span behind[] = { WORD("贯彻实施情况"), WORD("贯彻执行情况"), WORD("实施情况"),
                                          WORD("执行情况"),     WORD("贯彻落实情况"), WORD("的实施情况") };
    struct span rest = tokens_span(s, check + 1, clause_end(s, check + 1));
    const char *at = NULL;
    for (size_t i = 0; i < COUNT(behind) && at == NULL; i++)
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
                act_report_topic(p, act, law);
            begin = q + 3;
        }
        if (q == end)
            break;
        text_next(&q, end);
    }
}

/* 围绕A、B等,…约见C负责人: A and B are the topics, C is whom they are put to. False when no topic is named. */
static bool read_interview(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct act act = { .form = FORM_INTERVIEW, .token = i, .rule = "oversight.prepositional" };
    struct span topic = none(), who = topic_behind(s, i);
    for (size_t k = i; k > 0 && i - k < PREP_TOKENS && topic.n == 0; k--) {
        if (s->t[k - 1].type == TOK_STOP)
            break;
        if (is_topic_prep(s, k - 1) && !s->t[k - 1].quoted)
            topic = cut_at_light_verb(s, tokens_span(s, k, clause_end(s, k) < i ? clause_end(s, k) : i));
    }
    for (size_t k = i + 1; k < s->n && k - i < PREP_TOKENS && topic.n == 0; k++) {
        if (s->t[k].type == TOK_STOP)
            break;
        if (is_topic_prep(s, k))
            topic = cut_at_light_verb(s, tokens_span(s, k + 1, clause_end(s, k + 1)));
    }
    if (!usable(topic))
        return false;
    const char *acting = span_find(who, SPAN("活动"));
    act.target = acting == NULL ? who : span_between(who.p, acting);
    if (supervised_type(act.target).n == 0)
        act.target = none();
    topic = topic_clean(topic);
    act_mark(&act, s, topic);
    const char *rest = span_find(topic, SPAN("等"));
    if (rest == NULL && span_has(topic, SPAN("、")))
        rest = topic.p + topic.n;
    if (rest != NULL)
        act_report_list(p, act, span_between(topic.p, rest));
    else
        act_report(p, &act);
    return true;
}

static bool names_report_only(struct span t)
{
    return span_is(t, "报告") || span_is(t, "该报告") || span_is(t, "专项工作报告") || span_is(t, "上述报告") ||
           span_is(t, "专项报告") || span_is(t, "工作报告") || span_is(t, "报告情况");
}

/* 省政府专项工作报告, as a sort of report. */
static bool government_report(struct span t)
{
    return t.n < 60 && (span_ends(t, SPAN("政府专项工作报告")) || span_ends(t, SPAN("政府专项报告")) ||
                        span_ends(t, SPAN("两院”专项工作报告")) || names_report_only(t));
}

/* 镇政府聚焦群众需求,在深入调研的基础上…: the government's own, not the congress's. */
static bool by_government(const struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct span actor = pass_actor(p, i);
    return (span_is(actor, "government") || span_is(actor, "party")) &&
           !span_has(span_between(s->text.p + s->from, s->text.p + s->t[i].from), SPAN("人大"));
}

/* The sentence names the congress or its deputies: others summon too (区住建局约谈物业公司). */
static bool by_congress(const struct sentence *s)
{
    return sentence_has(s, SPAN("人大")) || sentence_has(s, SPAN("常委会")) || sentence_has(s, SPAN("代表"));
}

static bool no_act(const struct pass *p, size_t i, enum form form)
{
    const struct sentence *s = p->s;
    return form_in_noun(s, i) || (by_deputies(s, i) && form != FORM_INTERVIEW) || of_others(s, i) ||
           form == FORM_OPINION || (form == FORM_RESEARCH && by_government(p, i)) ||
           (form == FORM_RECORD_REVIEW && topic_of_prep(s, i, false).n == 0);
}

/* The topic is set, unless the act says 报告 for it: then it is that of the report heard before, and the form is
 * marked. */
static bool of_report(const struct pass *p, struct act *act, struct span topic)
{
    const struct token *t = &p->s->t[act->token];
    bool bare = act->form == FORM_SATISFACTION_VOTE && topic.n == 0 && opens_vote(p->s, act->token);
    if (!shares_topic(act->form) || p->heard_topic.n == 0 || (!bare && !names_report_only(topic_clean(topic))))
        return false;
    act->rule = "oversight.same_topic";
    act->topic = p->heard_topic;
    act->from = t->from;
    act->to = t->to;
    return true;
}

/* 安全生产法、消防法等法律法规: the laws that are named. */
static bool cut_to_laws(enum form form, struct span *topic)
{
    const char *examples = span_find(*topic, SPAN("等"));
    if (form != FORM_LAW_INSPECTION || examples == NULL || !span_has(*topic, SPAN("法、")))
        return false;
    *topic = span_between(topic->p, examples);
    return true;
}

/* 对县政府…情况开展专题询问; 对副县长进行履职评议. The topic keeps its words: they say more together. */
static void set_target(struct act *act)
{
    bool appraises = act->form == FORM_WORK_APPRAISAL || act->form == FORM_PERFORMANCE_REVIEW;
    if (act->target.n > 0)
        return;
    if ((appraises || act->form == FORM_SATISFACTION_VOTE) && supervised_type(act->topic).n > 0) {
        act->target = act->topic;
        return;
    }
    struct act copy = *act;
    act_split_target(&copy);
    act->target = copy.target;
}

/* 视察某地重要讲话精神: what a leader said on a visit. */
static bool of_speech(struct span topic)
{
    return span_has(topic, SPAN("重要讲话")) || span_has(topic, SPAN("重要指示")) ||
           span_has(topic, SPAN("讲话精神")) || span_has(topic, SPAN("指示精神"));
}

void form_read(struct pass *p, size_t i, enum form form)
{
    const struct sentence *s = p->s;
    struct act act = { .form = form, .token = i, .rule = "oversight.law" };
    bool list = false;
    if (no_act(p, i, form) || ((form == FORM_LAW_INSPECTION || form == FORM_RESEARCH) && form_laws(p, act, i)))
        return;
    if (form == FORM_INTERVIEW && (read_interview(p, i) || !by_congress(s)))
        return;
    struct span topic = find_topic(s, i, form, &act, &list);
    if (shares_topic(form) && !usable(topic) && p->last_topic.n > 0 && !counted(s, i)) {
        topic = p->last_topic;
        act.rule = "oversight.same_topic";
    }
    if (form == FORM_SATISFACTION_VOTE && !usable(topic) && p->heard_topic.n > 0 && !counted(s, i) && opens_vote(s, i))
        topic = none();
    if (shares_topic(form) && p->heard_topic.n == 0 && government_report(topic_clean(topic)))
        return; /* 首次对政府专项工作报告开展满意度测评: no report is named */
    struct span clean = topic_clean(topic);
    /* what was heard before, in fewer words: its place is here, its topic that one */
    bool same =
        shares_topic(form) && clean.n >= TOPIC_MIN && p->heard_topic.n > clean.n && span_ends(p->heard_topic, clean);
    if (!same && of_report(p, &act, topic)) {
        act_report(p, &act);
        return;
    }
    if (!same && (ends_in_count(s, topic) || verbs_only(s, topic) || of_speech(topic)))
        return;
    list |= cut_to_laws(form, &topic);
    topic = same ? clean : topic_clean(without_count(s, topic_clean(topic)));
    if (topic.n < TOPIC_MIN)
        return;
    if (topic.p + topic.n == s->text.p + s->t[i].from && span_starts(token_span(s, &s->t[i]), SPAN("工作评议")))
        topic.n += SPAN("工作").n; /* 部门工作评议 */
    act_mark(&act, s, topic);
    if (same)
        act.topic = p->heard_topic;
    set_target(&act);
    if (form == FORM_SPECIAL_INQUIRY)
        p->heard_topic = act.topic;
    if (list && !same)
        act_report_list(p, act, topic);
    else
        act_report(p, &act);
}
