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
        act_report_list(p, act, span_between(topic.p, rest));
        return;
    }
    const char *about = span_find(topic, SPAN("关于"));
    if (about != NULL && about - topic.p > 6)
        *target = span_between(topic.p, about);
    else if (about == topic.p)
        act.target = topic_clean(*target);
    if (!sum && span_has(topic, SPAN("情况、"))) /* A情况、B情况的报告 */
        act_report_list(p, act, topic);
    else if (!sum && !span_starts(topic, SPAN("的")))
        act_report_topic(p, act, topic);
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
    act.target = topic_clean(tokens_span(s, verb + 1, title));
    if (!span_has(act.target, SPAN("受")) && target_type(act.target).n == 0)
        act.target = none();
    act.target = target_without_delegate(act.target);
    act_mark(&act, s, topic_clean(topic));
    if (act.topic.n < TOPIC_MIN)
        return false;
    p->last_topic = p->heard_topic = act.topic;
    act_report(p, &act);
    return true;
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
            act_report_law(p, (struct act){ .form = FORM_LAW_INSPECTION, .token = verb, .rule = "oversight.law" },
                           i + 1);
        if (t->type == TOK_TITLE && titled_report(p, verb, i)) {
            from = last = i + 1;
            continue;
        }
        if (!names_report(s, i) || t->quoted)
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

/* ---- told from the other side ---- */

/* 省人民政府向省人大常委会报告…情况 */
void hear_reported(struct pass *p, size_t verb)
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
    act_mark(&act, s, topic_clean(tokens_span(s, token_is(s, verb + 1, "了") ? verb + 2 : verb + 1, end)));
    act.target = topic_clean(tokens_span(s, begin, to_word));
    if (act.topic.n >= TOPIC_MIN)
        act_report(p, &act);
}
