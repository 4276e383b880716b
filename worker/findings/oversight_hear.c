/* oversight_hear.c - listening to reports: 听取和审议A的报告、B的汇报, also told from the other side:
 * 区政府向区人大报告A. What stands between the verb and 报告 is the topic; several reports hang on one verb. */
#include "worker/findings/oversight.h"

#define REPORT_TOKENS 120 /* from 听取 to its report */

static struct span none(void)
{
    return (struct span){ NULL, 0 };
}

static struct span cut_end(struct span s, const char *word)
{
    struct span w = span_of(word);
    if (span_ends(s, w))
        s.n -= w.n;
    return s;
}

bool names_report(const struct sentence *s, size_t i)
{
    static const struct span words[] = { WORD("报告"),         WORD("汇报"), WORD("工作报告"), WORD("专项报告"),
                                         WORD("专项工作报告"), WORD("通报"), WORD("情况报告"), WORD("专题报告") };
    if (!token_in(s, i, LEX_BIT(VERB) | LEX_BIT(NOUN)))
        return false;
    for (size_t k = 0; k < COUNT(words); k++) {
        if (span_eq(token_span(s, &s->t[i]), words[k]))
            return true;
    }
    return false;
}

bool hear_begins(const struct sentence *s, size_t i)
{
    if (!token_in(s, i, LEX_BIT(VERB) | LEX_BIT(STAGE)))
        return false;
    return token_verb(s, i, VERB_HEAR) || token_is(s, i, "讨论") || token_is(s, i, "听取了") ||
           (i < s->n &&
            (span_starts(token_span(s, &s->t[i]), SPAN("审议")) ||
             span_starts(token_span(s, &s->t[i]), SPAN("审查批准")) || token_is(s, i, "审查")) &&
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

/* What stands before the count of such a sum: 关于A、B的(3个); empty where more than the kind of report follows. */
static struct span before_count(const struct sentence *s, size_t from, size_t report)
{
    for (size_t i = from + 1; i < report && report - i < 40; i++) {
        if (s->t[i].type == TOK_NUMBER && token_in(s, i + 1, LEX_BIT(UNIT)) && report - i < 6)
            return cut_end(tokens_span(s, from, i), "的");
    }
    return none();
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

/* Drafts of laws, mandates of deputies and appointments are reported on, but nobody is supervised by that. */
static bool not_supervision(struct span topic)
{
    static const struct span words[] = { WORD("代表资格"), WORD("人事任免"), WORD("审议结果"),      WORD("审查结果"),
                                         WORD("修改情况"), WORD("任免案"),   WORD("常委会主要工作") };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (span_has(topic, words[i]))
            return true;
    }
    return span_has(topic, SPAN("草案)》")) || span_has(topic, SPAN("草案" WIDE_PAREN_CLOSE "》"));
}

/* 作关于…常委会工作的报告: the congress's own. */
static bool own_report(struct span topic)
{
    bool opinion = span_has(topic, SPAN("审议意见")); /* 关于常委会第二十次会议审议意见处理情况: the government's */
    return ((span_has(topic, SPAN("常委会")) || span_has(topic, SPAN("常务委员会"))) && !opinion) ||
           span_has(topic, SPAN("提请"));
}

/* A的调研报告, A的视察报告: the congress's own act, told by its report. */
static void own_form(struct act *act, struct span *topic)
{
    static const struct {
        struct span word;
        enum form form;
    } rows[] = { { WORD("的专题调研"), FORM_RESEARCH }, { WORD("的调研"), FORM_RESEARCH },
                 { WORD("专题调研"), FORM_RESEARCH },   { WORD("情况调研"), FORM_RESEARCH },
                 { WORD("的视察"), FORM_VISIT },        { WORD("进行视察"), FORM_VISIT },
                 { WORD("情况视察"), FORM_VISIT },      { WORD("进行调研"), FORM_RESEARCH } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!span_ends(*topic, rows[i].word))
            continue;
        act->form = rows[i].form;
        topic->n -= rows[i].word.n;
        if (span_starts(rows[i].word, SPAN("情况")))
            topic->n += 6;
        return;
    }
}

/* 关于检查本市贯彻实施《A条例》情况的报告: the law was inspected. */
static void inspected_laws(struct pass *p, const struct act *act, struct span topic)
{
    const struct sentence *s = p->s;
    const char *about = span_find(topic, SPAN("关于")); /* 执法检查组关于检查… */
    const char *check = span_find(about == NULL ? topic : span_between(about, topic.p + topic.n), SPAN("检查"));
    if (check == NULL || span_has(topic, SPAN("自查")))
        return;
    bool titled = false;
    for (size_t i = act->token; i < s->n && s->text.p + s->t[i].from < topic.p + topic.n; i++) {
        titled |= s->t[i].type == TOK_TITLE;
        if (s->t[i].type == TOK_TITLE && s->text.p + s->t[i].from > check)
            act_report_law(p, (struct act){ .form = FORM_LAW_INSPECTION, .token = act->token, .rule = "oversight.law" },
                           i);
        else if (!titled && s->text.p + s->t[i].from == check)
            form_inspected(p, i); /* 检查种子法实施情况 */
    }
}

static void hear_segment(struct pass *p, size_t verb, size_t from, size_t report, enum form form, struct span *target)
{
    const struct sentence *s = p->s;
    struct act act = { .form = form, .token = verb, .rule = "oversight.hear_report" };
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
        act_report_list(p, act, span_between(topic.p, rest));
        return;
    }
    struct span named = sum ? before_count(s, from, report) : none();
    if (span_has(named, SPAN("关于")) && span_has(named, SPAN("、"))) { /* 关于A、B、C情况的3个专项工作报告 */
        act_report_list(p, act, named);
        return;
    }
    if (not_supervision(topic))
        return;
    own_form(&act, &topic);
    const char *about = span_find(topic, SPAN("关于"));
    if (about != NULL && about - topic.p > 6)
        *target = span_between(topic.p, about);
    else if (about == topic.p)
        act.target = topic_clean(*target);
    else if (about == NULL && target->n > 0)
        act.target = topic_clean(*target);
    inspected_laws(p, &act, topic);
    bool items = span_has(topic, SPAN("情况、")) || span_has(topic, SPAN("情况及")) ||
                 span_has(topic, SPAN("情况以及")) || (span_has(topic, SPAN("工作、")) && about != NULL);
    if (!sum && items)
        act_report_items(p, act, topic);
    else if (!sum && (!span_starts(topic, SPAN("的")) || about != NULL))
        act_report_topic(p, act, topic);
}

/* 调研报告, 视察报告: the congress's own act, told by its report. FORM_OPINION: no report. */
static enum form report_form(const struct sentence *s, size_t i)
{
    if (token_is(s, i, "调研报告") || token_is(s, i, "专题调研报告"))
        return FORM_RESEARCH;
    if (token_is(s, i, "视察报告"))
        return FORM_VISIT;
    return names_report(s, i) ? FORM_HEAR_REPORT : FORM_OPINION;
}

/* …的报告,区财政局局长王某作的关于B的报告: the clause names another report and no other act before it. */
static bool report_goes_on(const struct sentence *s, size_t i)
{
    for (size_t begin = i; i < s->n && i - begin < 30 && !token_ends_clause(s, i); i++) {
        if (token_is(s, i, "关于") || token_is(s, i, "所作") || (token_is(s, i, "作") && token_is(s, i + 1, "的")))
            return true;
        if (token_verb(s, i, VERB_HEAR) || token_verb(s, i, VERB_REVIEW) || token_verb(s, i, VERB_ADOPT) ||
            token_verb(s, i, VERB_HOLD) || (token_in(s, i, LEX_BIT(FORM)) && !form_in_noun(s, i)))
            return false;
    }
    return false;
}

/* What a title tells of: 《…报告》 a report, 《…调研报告》 the congress's own act, 《…视察方案》 one that is to come.
 */
static bool form_of_title(struct act *act, struct span t)
{
    static const struct {
        struct span tail;
        enum form form;
    } rows[] = { { WORD("调研报告"), FORM_RESEARCH },   { WORD("视察报告"), FORM_VISIT },
                 { WORD("调研方案"), FORM_RESEARCH },   { WORD("视察方案"), FORM_VISIT },
                 { WORD("调查的方案"), FORM_RESEARCH }, { WORD("调研的方案"), FORM_RESEARCH },
                 { WORD("视察的方案"), FORM_VISIT },    { WORD("报告"), FORM_HEAR_REPORT },
                 { WORD("汇报"), FORM_HEAR_REPORT } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (span_ends(t, rows[i].tail)) {
            act->form = rows[i].form;
            return true;
        }
    }
    return false;
}

/* 关于对A进行视察的视察方案 → A. */
static struct span topic_of_title(struct span topic)
{
    static const struct span tails[] = {
        WORD("的专题调研报告"), WORD("的调研报告"), WORD("的视察报告"), WORD("的报告"),
        WORD("的汇报"),         WORD("的调研方案"), WORD("的视察方案"), WORD("的方案")
    };
    for (size_t i = 0; i < COUNT(tails); i++) {
        if (span_ends(topic, tails[i])) {
            topic.n -= tails[i].n;
            break;
        }
    }
    static const struct span acts[] = { WORD("进行视察"), WORD("进行调研"), WORD("进行调查"), WORD("开展调研"),
                                        WORD("开展视察") };
    for (size_t i = 0; i < COUNT(acts); i++) {
        if (span_ends(topic, acts[i]))
            topic.n -= acts[i].n;
    }
    return topic_clean(topic);
}

/* 对《A的报告》、《B的报告》的书面审议意见: an opinion on what they report. */
static bool opinion_behind(const struct sentence *s, size_t title)
{
    size_t i = title + 1;
    while (i < s->n && (s->t[i].type == TOK_TITLE || s->t[i].type == TOK_LIST || token_noun(s, i, NOUN_CONJ)))
        i++;
    struct span rest = i < s->n ? span_between(s->text.p + s->t[i].from, s->text.p + s->to) : none();
    return span_starts(rest, SPAN("的审议意见")) || span_starts(rest, SPAN("的书面审议意见")) ||
           span_starts(rest, SPAN("审议意见"));
}

/* Who reports: named in the title before 关于, else before the title. */
static struct span target_of_title(const struct sentence *s, struct span t, const char *about, size_t verb,
                                   size_t title)
{
    struct span within = span_between(t.p, about);
    if (target_type(within).n > 0)
        return within;
    size_t from = title;
    while (from > verb + 1 && s->t[from - 1].type != TOK_TITLE)
        from--;
    struct span before = topic_clean(tokens_span(s, from, title));
    if (!span_has(before, SPAN("受")) && target_type(before).n == 0)
        return none();
    return target_without_delegate(before);
}

/* 《…预算执行情况与…预算草案的报告》 needs no 关于. */
static bool of_money_or_plan(struct span t)
{
    return span_ends(t, SPAN("的报告")) &&
           (span_has(t, SPAN("预算")) || span_has(t, SPAN("决算")) || span_has(t, SPAN("计划")));
}

/* 听取…《关于…情况的报告》: the topic stands within the title. */
static bool titled_report(struct pass *p, size_t verb, size_t title)
{
    const struct sentence *s = p->s;
    struct span t = token_span(s, &s->t[title]);
    struct act act = { .token = verb, .rule = "oversight.titled_report" };
    t = (struct span){ t.p + 3, t.n - 6 };
    const char *about = span_find(t, SPAN("关于"));
    if (!form_of_title(&act, t) || not_supervision(t) || (about == NULL && !of_money_or_plan(t)))
        return false;
    const char *begin = about == NULL ? t.p : about + 6;
    if (about == NULL)
        about = t.p;
    if (act.form == FORM_HEAR_REPORT && opinion_behind(s, title))
        act.form = FORM_OPINION;
    if (span_ends(t, SPAN("方案"))) {
        act.token = title;
        act.planned = true;
    }
    act.target = target_of_title(s, t, about, verb, title);
    act_mark(&act, s, topic_of_title(span_between(begin, t.p + t.n)));
    if (act.topic.n < TOPIC_MIN)
        return false;
    p->last_topic = p->heard_topic = act.topic;
    act_report(p, &act);
    return true;
}

/* 关于A的报告的审议意见研究处理情况的报告: the report within, of which another report tells. */
static bool on_opinion(const struct sentence *s, size_t report)
{
    struct span rest = { s->text.p + s->t[report].to, s->to - s->t[report].to };
    return span_starts(rest, SPAN("的审议意见")) || span_starts(rest, SPAN("审议意见"));
}

/* 听取和审议A的报告、B的汇报: from the verb on. Returns where to go on reading. */
size_t hear_reports(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t from = verb + 1, last = verb + 1;
    while (from < s->n && (hear_begins(s, from) || token_noun(s, from, NOUN_CONJ) || s->t[from].type == TOK_LIST ||
                           token_is(s, from, "了") || token_is(s, from, "审议") || token_is(s, from, "讨论") ||
                           token_is(s, from, "询问") || token_in(s, from, LEX_BIT(DOCTYPE)) == true))
        from++;
    bool crossed = false;
    struct span target = none();
    for (size_t i = from; i < s->n && i - last < REPORT_TOKENS; i++) {
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
            act_report_law(p, (struct act){ .form = FORM_LAW_INSPECTION, .token = verb, .rule = "oversight.law" },
                           i + 1);
        if (t->type == TOK_TITLE && titled_report(p, verb, i)) {
            from = last = i + 1;
            continue;
        }
        enum form form = report_form(s, i);
        if (form == FORM_OPINION || t->quoted)
            continue;
        if (token_is(s, i + 1, "情况") || token_is(s, i + 1, "制度") || on_opinion(s, i))
            continue;
        hear_segment(p, verb, from, i, form, &target);
        from = last = i + 1;
        while (from < s->n && (s->t[from].type == TOK_LIST || token_noun(s, from, NOUN_CONJ)))
            from++;
        if (from == i + 1 && !(s->t[from].type == TOK_COMMA && report_goes_on(s, from + 1)))
            break;
    }
    return last;
}

/* ---- told from the other side ---- */

/* 受区政府委托,局长李某作了关于A的报告: at a session that the article reports, by somebody who is sent. */
static bool delivered_report(struct pass *p, size_t report)
{
    const struct sentence *s = p->s;
    size_t begin = clause_begin(s, report), about = report;
    while (about > begin && !token_is(s, about, "关于"))
        about--;
    bool says = about > begin && (token_is(s, about - 1, "作") || token_is(s, about - 1, "作了") ||
                                  (token_is(s, about - 1, "了") && about > begin + 1 && token_is(s, about - 2, "作")));
    if (!says || p->standing_meeting.n == 0)
        return false;
    struct act act = { .form = FORM_HEAR_REPORT, .token = report, .rule = "oversight.reported" };
    act.target = tokens_span(s, 0, about);
    const char *order = span_find(act.target, SPAN("委托"));
    act.target = order == NULL ? none() : target_without_delegate(act.target);
    struct span topic = cut_end(tokens_span(s, about + 1, report), "的");
    if (not_supervision(topic) || own_report(topic))
        return false;
    act_report_topic(p, act, topic);
    return true;
}

/* 副县长赵某代表县政府报告了A情况. */
static bool told_for_government(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t begin = clause_begin(s, verb), end = clause_end(s, verb);
    if (!token_is(s, verb + 1, "了") || p->standing_meeting.n == 0)
        return false;
    struct span lead = tokens_span(s, begin, verb);
    const char *sent = span_find(lead, SPAN("代表"));
    if (sent == NULL || target_type(span_between(sent, lead.p + lead.n)).n == 0)
        return false;
    struct act act = { .form = FORM_HEAR_REPORT, .token = verb, .rule = "oversight.reported" };
    act.target = span_between(sent + 6, lead.p + lead.n);
    act_report_topic(p, act, tokens_span(s, verb + 2, end));
    return true;
}

/* 受市政府委托,现就A情况报告如下: what the article reports is its own report. */
static bool told_below(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    struct span rest = { s->text.p + s->t[verb].to, s->to - s->t[verb].to };
    if (!span_starts(rest, SPAN("如下")) || !sentence_has(s, SPAN("委托")))
        return false;
    size_t about = verb;
    while (about > 0 && !token_is(s, about, "就") && !token_is(s, about, "将") && !token_is(s, about, "现就") &&
           !token_is(s, about, "现将"))
        about--;
    struct act act = { .form = FORM_HEAR_REPORT, .token = verb, .rule = "oversight.reported" };
    struct span lead = tokens_span(s, 0, about), topic = tokens_span(s, about + 1, verb);
    const char *by = span_find(lead, SPAN("受")), *order = span_find(lead, SPAN("委托"));
    if (about == 0 || by == NULL || order == NULL || by > order || not_supervision(topic) || own_report(topic))
        return false;
    act.target = span_between(by + 3, order);
    if (span_ends(topic, SPAN(",")))
        topic.n--;
    act_report_topic(p, act, cut_end(topic, WIDE_COMMA));
    return true;
}

/* 省人民政府向省人大常委会报告…情况 */
void hear_reported(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t to_word = verb;
    if (told_below(p, verb) || delivered_report(p, verb) || told_for_government(p, verb))
        return;
    while (to_word > 0 && verb - to_word < 10 && !token_is(s, to_word, "向") && !token_ends_clause(s, to_word))
        to_word--;
    if (!token_is(s, to_word, "向") || !span_has(tokens_span(s, to_word, verb), SPAN("人大")))
        return;
    size_t end = clause_end(s, verb + 1), begin = clause_begin(s, to_word);
    if (end <= verb + 1)
        return;
    struct act act = { .form = FORM_HEAR_REPORT, .token = verb, .rule = "oversight.reported" };
    act_mark(&act, s, topic_clean(tokens_span(s, token_is(s, verb + 1, "了") ? verb + 2 : verb + 1, end)));
    act.target = topic_clean(tokens_span(s, begin, to_word));
    if (act.topic.n >= TOPIC_MIN)
        act_report(p, &act);
}
