/* legislation.c - named laws and rules, and what happened to them: 表决通过《…条例》, 城市管理条例…完成审议. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define LOOK_TOKENS    40
#define NAME_MAX_BYTES 240
#define NAME_MIN_BYTES 15 /* five letters: 养犬管理条例 is a name, 该条例 is not */

struct law {
    size_t from, to; /* tokens of the name, or of the group of names that one act governs */
    struct span name;
    struct span doc_type;
    bool marked; /* the name had a draft mark */
    int draft;   /* stage that the mark tells, or -1 */
    const char *act;
};

/* When several words tell of one name, the larger decides. */
static int weight(int stage)
{
    switch (stage) {
    case STAGE_WITHDRAWN: return 20;
    case STAGE_CONSULTATION: return 19;
    case STAGE_EVALUATED: return 18;
    case STAGE_INSPECTED: return 17;
    case STAGE_APPROVED: return 16;
    case STAGE_PASSED: return 15;
    case STAGE_PROMULGATED: return 14;
    case STAGE_SUBMITTED: return 13;
    case STAGE_THIRD_READING: return 12;
    case STAGE_SECOND_READING: return 11;
    case STAGE_FIRST_READING: return 10;
    case STAGE_REVIEWED: return 9;
    case STAGE_STUDIED: return 8;
    case STAGE_PUBLICISED: return 7;
    case STAGE_DRAFTING: return 6;
    case STAGE_PLANNED: return 5;
    case STAGE_IN_FORCE: return 4;
    default: return 0;
    }
}

/* 办法(试行), 修正案(十二): what stands in parentheses at its end tells nothing of what a document is. */
static struct span without_end(struct span name)
{
    static const char *const opens[] = { "(", WIDE_PAREN_OPEN };
    struct span kept = name;
    if (!span_ends(name, SPAN(")")) && !span_ends(name, SPAN(WIDE_PAREN_CLOSE)))
        return name;
    for (size_t i = 0; i < 2; i++) {
        for (const char *at = span_find(name, span_of(opens[i])); at != NULL && at > name.p;
             at = span_find(span_between(at + 1, name.p + name.n), span_of(opens[i])))
            kept = span_between(name.p, at);
    }
    return kept;
}

/* 建议办理规定, 票决制实施办法: how a congress does its own work. */
static bool own_matter(struct span name)
{
    static const struct span words[] = { WORD("建议办理"), WORD("议案办理"), WORD("审议意见"), WORD("票决"),
                                         WORD("代表履职"), WORD("代表联"),   WORD("代表活动"), WORD("述职"),
                                         WORD("组成人员"), WORD("代表小组"), WORD("会议制度"), WORD("人大机关") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_has(name, words[i]))
            return !span_has(name, SPAN("〈")) && !span_has(name, SPAN("中华"));
    }
    return false;
}

/* The document type by the longest ending; a local regulation's amendment is one too. */
static struct span doc_type_of(const struct lexicon *lex, struct span name)
{
    size_t n, best_bytes = 0;
    name = without_end(name);
    if (span_ends(name, SPAN("例修正案")) || span_ends(name, SPAN("办法修正案")) || span_ends(name, SPAN("规定修正案")))
        name.n -= SPAN("修正案").n;
    struct span best = { NULL, 0 };
    const struct lex_row *const *rows = lexicon_rows(lex, LEX_DOCTYPE, &n);
    for (size_t i = 0; i < n; i++) {
        if (rows[i]->f[0].n > best_bytes && span_ends(name, rows[i]->f[0])) {
            best = rows[i]->f[1];
            best_bytes = rows[i]->f[0].n;
        }
    }
    if (span_is(best, "law") &&
        (span_ends(name, SPAN("办法")) || span_ends(name, SPAN("方法")) || span_ends(name, SPAN("做法"))))
        return SPAN("local_regulation");
    bool regulation = span_is(best, "local_regulation") || span_is(best, "government_rule");
    if (regulation && span_ends(name, SPAN("条例")) &&
        (span_has(name, SPAN("自治县")) || span_has(name, SPAN("自治旗")) || span_ends(name, SPAN("自治条例"))))
        return SPAN("autonomous"); /* such a county has no power to make other regulations */
    if (regulation && !span_ends(name, SPAN("条例")) && own_matter(name))
        return SPAN("internal_rule");
    bool implements =
        span_has(name, SPAN("实施")) && (!span_ends(name, SPAN("实施办法")) || span_has(name, SPAN("〈")));
    if (regulation && !span_ends(name, SPAN("条例")) && !implements &&
        (span_has(name, SPAN("人大")) || span_has(name, SPAN("人民代表大会")) || span_has(name, SPAN("常务委员会")) ||
         span_has(name, SPAN("常委会")) || span_has(name, SPAN("主任会议"))))
        return SPAN("internal_rule");
    return best;
}

/* Removes (草案二审稿) and its like; tells the stage and act that they name. */
static struct span without_draft_mark(struct span name, struct law *law)
{
    static const char *const opens[] = { "(", WIDE_PAREN_OPEN };
    law->draft = -1;
    law->act = NULL;
    law->marked = false;
    for (size_t i = 0; i < 2 && !law->marked; i++) {
        struct span open = span_of(opens[i]), mark = { NULL, 0 };
        const char *at = span_find(name, open);
        while (at != NULL && !law->marked) {
            mark = span_between(at, name.p + name.n);
            struct span own = mark; /* 修正案(十二)(草案): the first one is no mark */
            const char *more = span_find(span_between(at + 1, name.p + name.n), open);
            if (more != NULL)
                own = span_between(at, more);
            law->marked = at > name.p && (span_has(own, SPAN("草案")) || span_has(own, SPAN("稿")) ||
                                          span_has(own, SPAN("修订")) || span_has(own, SPAN("修正")));
            if (!law->marked)
                at = more;
        }
        if (!law->marked)
            continue;
        if (span_has(mark, SPAN("二审")) || span_has(mark, SPAN("二次审议")))
            law->draft = STAGE_SECOND_READING;
        else if (span_has(mark, SPAN("三审")) || span_has(mark, SPAN("三次审议")))
            law->draft = STAGE_THIRD_READING;
        else if (span_has(mark, SPAN("征求意见")))
            law->draft = STAGE_CONSULTATION;
        bool redrafted = span_has(mark, SPAN("修改稿")) || span_has(mark, SPAN("修订稿"));
        if (span_has(mark, SPAN("修订")) && !redrafted)
            law->act = "revise";
        else if (span_has(mark, SPAN("修正")) || (span_has(mark, SPAN("修改")) && !redrafted))
            law->act = "amend";
        name.n = (size_t)(at - name.p);
        break;
    }
    static const struct span ends[] = { WORD("修正案草案"), WORD("修订草案"), WORD("修正草案"), WORD("草案") };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]) && !law->marked; i++) {
        if (!span_ends(name, ends[i]))
            continue;
        law->marked = true;
        law->act = i == 1 ? "revise" : i < 3 ? "amend" : law->act;
        name.n -= i == 0 ? SPAN("草案").n : ends[i].n;
    }
    static const struct span amended[] = { WORD("条例修正案"), WORD("办法修正案"), WORD("规定修正案"),
                                           WORD("法修正案") };
    bool own = span_ends(name, SPAN("宪法修正案")) || span_ends(name, SPAN("刑法修正案")); /* a text of its own */
    for (size_t i = 0; i < sizeof(amended) / sizeof(amended[0]) && law->marked && !own; i++) {
        if (span_ends(name, amended[i])) { /* 《…条例修正案(草案)》: a draft of how the regulation is to be amended */
            law->act = "amend";
            name.n -= SPAN("修正案").n;
        }
    }
    return name;
}

static bool read_name(const struct pass *p, struct span name, struct law *law)
{
    law->name = without_draft_mark(text_trim(name), law);
    if (law->name.n == 0 || law->name.n > NAME_MAX_BYTES || span_starts(law->name, SPAN("中共")))
        return false; /* a party committee's documents are no law */
    law->doc_type = doc_type_of(p->lex, law->name);
    if (law->doc_type.n == 0)
        return false;
    if (span_has(law->name, SPAN("关于修改")) || span_ends(law->name, SPAN("修正案")))
        law->act = "amend";
    else if (span_has(law->name, SPAN("关于废止")))
        law->act = "repeal";
    else if (law->act == NULL && (span_is(law->doc_type, "decision") || span_is(law->doc_type, "resolution")))
        law->act = "decide";
    return true;
}

struct told {
    int stage; /* -1: nothing */
    const char *act;
    size_t token;
    bool undated; /* a step whose day the text does not give */
};

static void hear(struct told *told, const struct sentence *s, size_t i)
{
    if (token_is(s, i + 1, "稿")) /* 修改稿 */
        return;
    for (const struct lex_row *row = i < s->n && s->t[i].w != NULL ? s->t[i].w->rows : NULL; row != NULL;
         row = row->next) {
        if (row->table != LEX_STAGE)
            continue;
        if (told->stage < 0 || weight(row->code) > weight(told->stage)) {
            told->stage = row->code;
            told->token = i;
            told->act = NULL;
        }
        if (told->stage == row->code && told->act == NULL && !span_is(row->f[2], "-")) {
            static const char *const acts[] = { "amend", "revise", "enact", "repeal", "interpret", "decide" };
            for (size_t k = 0; k < sizeof(acts) / sizeof(acts[0]); k++) {
                if (span_is(row->f[2], acts[k]))
                    told->act = acts[k];
            }
        }
        return;
    }
}

/* …情况的报告,作出了关于…的决议: the next clause has a law of its own. */
static bool another_act(const struct sentence *s, size_t i)
{
    if (!token_in(s, i, LEX_BIT(STAGE)))
        return false;
    bool done = span_ends(token_span(s, &s->t[i]), SPAN("了"));
    size_t next = i + 1 + token_is(s, i + 1, "了");
    return done || next > i + 1 || token_is(s, next, "关于") || (next < s->n && s->t[next].type == TOK_TITLE);
}

/* Behind the names, to the end of the clause; a further title ends their ground. */
static struct told told_behind(const struct sentence *s, size_t i, bool next_clause)
{
    struct told told = { .stage = -1 };
    for (size_t k = i; k < s->n && k - i < LOOK_TOKENS; k++) {
        if (s->t[k].type == TOK_TITLE || s->t[k].type == TOK_STOP ||
            (s->t[k].type == TOK_LIST && token_is(s, k + 1, "关于")))
            break;
        if (s->t[k].type == TOK_COMMA) {
            if (told.stage >= 0 || !next_clause || k - i > 12 || token_semicolon(s, k) ||
                token_noun(s, k + 1, NOUN_CONJ) || token_is(s, k + 1, "关于") || another_act(s, k + 1) ||
                token_verb(s, k + 1, VERB_HEAR) || token_verb(s, k + 1, VERB_HOLD) ||
                token_verb(s, k + 1, VERB_ORGANIZE))
                break;
            next_clause = false;
        }
        if (!s->t[k].in_paren || s->t[i - (i > 0)].in_paren) /* 《…》(2023年修订)进行了审议 */
            hear(&told, s, k);
    }
    return told;
}

/* 安排审议项目10件,其中《…》: the clause goes on with what the one before it spoke of. */
static bool goes_on(const struct sentence *s, size_t comma)
{
    static const char *const words[] = { "其中", "包括", "即", "分别是", "分别为", "分别" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (token_is(s, comma + 1, words[i]))
            return true;
    }
    return token_colon(s, comma);
}

/* 研究了《…》, 讨论《…》; 征求对《…》的意见: words that tell of a law only where they govern its name. */
static int stage_governing(const struct sentence *s, size_t verb, size_t name)
{
    bool near = verb + 1 == name || (verb + 2 == name && token_is(s, verb + 1, "了"));
    if (near && (token_is(s, verb, "研究") || token_is(s, verb, "讨论")))
        return STAGE_REVIEWED;
    if ((token_is(s, verb, "征求") || token_is(s, verb, "征集")) &&
        span_has(tokens_span(s, verb, clause_end(s, name)), SPAN("意见")))
        return STAGE_CONSULTATION;
    return -1;
}

/* The nearest word of law-making before token i in its clause; s->n: none. */
static size_t stage_before(const struct sentence *s, size_t i)
{
    for (size_t k = i; k > 0 && i - k < LOOK_TOKENS && !token_ends_clause(s, k - 1); k--) {
        if (token_in(s, k - 1, LEX_BIT(STAGE)))
            return k - 1;
    }
    return s->n;
}

/* 审议市政府提请审议的《…》: what was put forward is considered. */
static bool considered(const struct sentence *s, size_t submitted)
{
    size_t verb = stage_before(s, submitted);
    const struct lex_row *row = token_row(s, verb, LEX_STAGE);
    return row != NULL && row->code == STAGE_REVIEWED;
}

/* Before the names: the nearest word of law-making in the clause. */
static struct told told_before(const struct sentence *s, size_t i)
{
    struct told told = { .stage = -1 };
    for (size_t k = i; k > 0 && i - k < LOOK_TOKENS; k--) {
        const struct token *t = &s->t[k - 1];
        if (t->type == TOK_STOP || (t->type == TOK_COMMA && !goes_on(s, k - 1)))
            break;
        if (t->type == TOK_TITLE)
            continue;
        int governing = stage_governing(s, k - 1, i);
        if (governing >= 0)
            return (struct told){ .stage = governing, .token = k - 1 };
        if (token_in(s, k - 1, LEX_BIT(STAGE))) {
            hear(&told, s, k - 1);
            if (told.stage == STAGE_SUBMITTED && considered(s, k - 1))
                return (struct told){ .stage = STAGE_REVIEWED, .token = k - 1 };
            if (token_is(s, k >= 2 ? k - 2 : s->n, "关于") && told.act != NULL) {
                size_t verb = stage_before(s, k - 2);
                told.stage = verb < s->n ? word_row(s->t[verb].w, LEX_STAGE)->code : told.stage;
            }
            while (k >= 2 && (s->t[k - 2].type == TOK_LIST || token_noun(s, k - 2, NOUN_CONJ) ||
                              token_in(s, k - 2, LEX_BIT(STAGE)))) {
                hear(&told, s, k - 2);
                k--;
            }
            return told;
        }
    }
    return told;
}

/* True where the word before the names governs them directly: 通过了《…》. */
static bool governed(const struct sentence *s, size_t i)
{
    for (int k = 0; i > 0 && k < 3; k++, i--) {
        if (token_in(s, i - 1, LEX_BIT(STAGE)))
            return true;
        if (!token_is(s, i - 1, "了") && s->t[i - 1].type != TOK_OPEN && !token_colon(s, i - 1) &&
            !token_in(s, i - 1, LEX_BIT(REGION)))
            return false;
    }
    return false;
}

/* 根据《…》的规定: named as a ground for something else. */
static bool cited(const struct sentence *s, size_t i)
{
    static const char *const words[] = { "根据", "依据", "依照", "按照", "遵照", "参照", "结合", "违反", "按" };
    while (i > 0 && (token_in(s, i - 1, LEX_BIT(REGION)) || s->t[i - 1].type == TOK_OPEN))
        i--;
    for (size_t k = 0; i > 0 && k < sizeof(words) / sizeof(words[0]); k++) {
        if (token_is(s, i - 1, words[k]))
            return true;
    }
    return false;
}

/* 听取关于《…(草案)》的说明, 审议结果的报告: who hears what is said of a draft considers it. */
static bool presented(const struct sentence *s, const struct law *law)
{
    struct span behind = tokens_span(s, law->to, clause_end(s, law->to));
    bool said = span_has(behind, SPAN("的说明")) ||
                (law->marked && (span_has(behind, SPAN("说明")) || span_has(behind, SPAN("汇报")) ||
                                 span_has(behind, SPAN("报告")) || span_has(behind, SPAN("解读"))));
    if (law->marked && span_has(behind, SPAN("的说明")))
        return true;
    for (size_t i = law->from; said && i > 0 && law->from - i < 6 * LOOK_TOKENS; i--) {
        if (s->t[i - 1].type == TOK_STOP || token_semicolon(s, i - 1))
            return false;
        if (span_starts(token_span(s, &s->t[i - 1]), SPAN("听取")))
            return true;
    }
    return false;
}

/* 贯彻实施《…》, 《…》实施情况: not that it came into force. */
static bool carried_out(const struct sentence *s, const struct law *law, size_t token)
{
    struct span clause = tokens_span(s, clause_begin(s, token), clause_end(s, token));
    if (span_has(clause, SPAN("施行")) || span_has(clause, SPAN("生效")) || span_has(clause, SPAN("起实施")) ||
        span_has(clause, SPAN("正式实施")) || span_has(clause, SPAN("开始实施")) || span_has(clause, SPAN("实施以来")))
        return false;
    bool governs = token < law->from;
    return governs || span_has(clause, SPAN("贯彻")) || span_has(clause, SPAN("实施情况"));
}

/* 关于修订《…》的说明: what is spoken of, not what was done; who hears it considers it. */
static struct told of_subject(const struct sentence *s, const struct law *law, struct told told)
{
    if (told.stage != STAGE_PASSED || told.act == NULL || told.token == 0 || told.token >= law->from ||
        !token_is(s, told.token - 1, "关于"))
        return told;
    struct span behind = tokens_span(s, law->to, clause_end(s, law->to));
    if (span_has(behind, SPAN("决定")) ||
        (!span_has(behind, SPAN("说明")) && !span_has(behind, SPAN("汇报")) && !span_has(behind, SPAN("报告")) &&
         !span_has(behind, SPAN("议案")) && !span_has(behind, SPAN("建议"))))
        return told;
    struct span before = tokens_span(s, clause_begin(s, law->from), law->from);
    bool heard = span_has(before, SPAN("听取")) || span_has(before, SPAN("审议"));
    told.stage = heard ? STAGE_REVIEWED : -1;
    return told;
}

/* 启动《…》修订, 正在制定《…》, …条例修订工作: work that goes on. */
static bool under_way(const struct sentence *s, size_t verb, struct span clause)
{
    static const struct span words[] = { WORD("启动"), WORD("着手"), WORD("正在"), WORD("加快"), WORD("推进") };
    bool making = token_is(s, verb, "修订") || token_is(s, verb, "修改") || token_is(s, verb, "制定") ||
                  token_is(s, verb, "修正");
    if (!making || span_has(clause, SPAN("完成")) || token_is(s, verb + 1, "了"))
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_has(clause, words[i]))
            return true;
    }
    return token_is(s, verb + 1, "工作");
}

/* 已经省政府常务会议通过,提请本次会议审议: what passed elsewhere is now before this meeting. */
static bool handed_on(const struct sentence *s, size_t passed)
{
    size_t i = clause_end(s, passed) + 1;
    while (i < s->n && (token_is(s, i, "现") || token_is(s, i, "并")))
        i++;
    struct span rest = i < s->n ? (struct span){ s->text.p + s->t[i].from, s->to - s->t[i].from } : SPAN("");
    return span_starts(rest, SPAN("提请")) || span_starts(rest, SPAN("报请"));
}

/* 颁布实施一周年, 出台以来: it happened long before what is told. */
static bool since(const struct sentence *s, struct told told)
{
    if (told.stage != STAGE_PROMULGATED && told.stage != STAGE_PASSED && told.stage != STAGE_IN_FORCE)
        return false;
    struct span behind = tokens_span(s, told.token + 1, told.token + 6 < s->n ? told.token + 6 : s->n);
    return span_has(behind, SPAN("周年")) || (told.stage != STAGE_IN_FORCE && span_starts(behind, SPAN("以来")));
}

static struct told what_happened(const struct sentence *s, const struct law *law, bool title)
{
    struct told before = told_before(s, law->from), behind = told_behind(s, law->to, title);
    bool submitted = before.stage == STAGE_SUBMITTED || behind.stage == STAGE_SUBMITTED;
    struct told told = governed(s, law->from) ? before : behind.stage >= 0 ? behind : before;
    if (governed(s, law->from) && told.stage == STAGE_IN_FORCE && behind.stage >= 0 && behind.stage != STAGE_IN_FORCE)
        told = behind; /* 对贯彻实施《…》情况进行检查 */
    if (governed(s, law->from) && told.stage == STAGE_REVIEWED && behind.stage == STAGE_PASSED && behind.act == NULL)
        told = behind;
    struct span clause = tokens_span(s, clause_begin(s, law->from), clause_end(s, law->to - 1));
    if (told.stage == STAGE_IN_FORCE && carried_out(s, law, told.token)) {
        struct told earlier = told_before(s, told.token);
        told = told.token < law->from && earlier.stage == STAGE_INSPECTED ? earlier : (struct told){ .stage = -1 };
    }
    told = of_subject(s, law, told);
    if (told.stage == STAGE_PASSED && told.act == NULL && before.stage == STAGE_PASSED)
        told.act = before.act; /* 制定的《…》获得通过 */
    if (told.stage == STAGE_PASSED && under_way(s, told.token, clause))
        told.stage = STAGE_DRAFTING;
    if (told.stage == STAGE_PASSED && told.token >= law->to && handed_on(s, told.token))
        told.stage = STAGE_SUBMITTED;
    if (since(s, told))
        told.stage = -1;
    if (told.stage < 0 && presented(s, law))
        told = (struct told){ .stage = STAGE_REVIEWED, .token = law->from };
    if (cited(s, law->from))
        return (struct told){ .stage = -1 };
    bool decision = span_is(law->doc_type, "decision") || span_is(law->doc_type, "resolution"); /* …纳入计划的决议 */
    if (told.stage == STAGE_PASSED && !decision && (span_has(clause, SPAN("列入")) || span_has(clause, SPAN("纳入"))) &&
        (span_has(clause, SPAN("计划")) || span_has(clause, SPAN("规划"))))
        told.stage = STAGE_PLANNED; /* 将《…》的修订列入立法计划 */
    if (submitted && weight(told.stage) < weight(STAGE_SUBMITTED))
        told.stage = STAGE_SUBMITTED;
    if (law->draft >= 0 && (told.stage < 0 || told.stage == STAGE_REVIEWED || told.stage == STAGE_DRAFTING ||
                            law->draft == STAGE_CONSULTATION))
        told.stage = law->draft;
    return told;
}

/* 自2024年5月1日起施行 in the same sentence. */
static void set_effective(struct pass *p, struct finding *f, size_t from)
{
    const struct sentence *s = p->s;
    for (size_t i = from; i + 1 < s->n && i - from < LOOK_TOKENS; i++) {
        if (s->t[i].type != TOK_DATE || s->dates[s->t[i].value].from.day == 0)
            continue;
        struct span rest = tokens_span(s, i + 1, i + 4 < s->n ? i + 4 : s->n);
        if (span_starts(rest, SPAN("起施行")) || span_starts(rest, SPAN("起正式施行")) ||
            span_starts(rest, SPAN("起实施")))
            pass_set(p, f, FINDING_EFFECTIVE,
                     date_text(date_resolve(s->dates[s->t[i].value].from, p->published, 0), p->a));
        else if (span_starts(rest, SPAN("前")) || span_starts(rest, SPAN("之前")))
            pass_set(p, f, FINDING_DEADLINE,
                     date_text(date_resolve(s->dates[s->t[i].value].from, p->published, 0), p->a));
    }
}

static void report(struct pass *p, const struct law *law, struct told told, uint32_t from, uint32_t to,
                   const char *rule)
{
    int stage = told.stage < 0 ? STAGE_MENTIONED : told.stage;
    if ((stage == STAGE_PASSED || stage == STAGE_REVIEWED || stage == STAGE_SUBMITTED || stage == STAGE_DRAFTING) &&
        pass_planned(p, law->from))
        stage = STAGE_PLANNED;
    if (stage == STAGE_MENTIONED && !pass_first_time(p, KIND_LEGISLATION, law->name, -1))
        return;
    if (!pass_first_time(p, KIND_LEGISLATION, law->name, stage))
        return;
    pass_first_time(p, KIND_LEGISLATION, law->name, -1);
    struct finding *f = pass_add(p, KIND_LEGISLATION, from, to, rule);
    pass_set(p, f, FINDING_NAME, law->name);
    pass_set_str(p, f, FINDING_STAGE, stage_names[stage]);
    pass_set(p, f, FINDING_DOC_TYPE, law->doc_type);
    const char *act = told.act != NULL                                       ? told.act
                      : stage == STAGE_MENTIONED || stage == STAGE_INSPECTED ? NULL
                                                                             : law->act;
    if (act != NULL)
        pass_set_str(p, f, FINDING_ACT, act);
    if (stage == STAGE_MENTIONED)
        return;
    if (!told.undated)
        pass_set_time(p, f, told.stage >= 0 && told.token > law->from ? told.token : law->from);
    if (stage == STAGE_PASSED || stage == STAGE_REVIEWED || stage == STAGE_APPROVED ||
        (stage >= STAGE_FIRST_READING && stage <= STAGE_THIRD_READING) ||
        (stage == STAGE_INSPECTED && sentence_has(p->s, SPAN("听取"))))
        pass_set_meeting(p, f, told.token > law->from && told.token < p->s->n ? told.token : law->from);
    set_effective(p, f, law->to);
    if (stage == STAGE_CONSULTATION)
        p->consultation = p->out->n;
}

/* 截止日期为6月20日 */
static bool ends_term(struct span before)
{
    return span_has(before, SPAN("截止")) || span_has(before, SPAN("期限至")) || span_has(before, SPAN("期限为"));
}

/* 请于9月15日前反馈: the end of the consultation that was announced before. */
static void read_deadline(struct pass *p)
{
    const struct sentence *s = p->s;
    if (p->consultation == 0 || p->consultation > p->out->n)
        return;
    struct finding *f = &p->out->items[p->consultation - 1];
    for (size_t i = 0; i + 1 < s->n && f->kind == KIND_LEGISLATION && finding_get(f, FINDING_DEADLINE).n == 0; i++) {
        struct span rest = { s->text.p + s->t[i].to, s->to - s->t[i].to };
        bool until = span_starts(rest, SPAN("前")) || span_starts(rest, SPAN("之前")) ||
                     span_starts(rest, SPAN("以前")) || span_starts(rest, SPAN("止")) ||
                     span_starts(rest, SPAN("截止")) || ends_term(tokens_span(s, i > 4 ? i - 4 : 0, i));
        if (s->t[i].type != TOK_DATE || (!until && !s->dates[s->t[i].value].ranged))
            continue;
        const struct date_range *d = &s->dates[s->t[i].value];
        pass_set(p, f, FINDING_DEADLINE, date_text(date_resolve(d->ranged ? d->to : d->from, p->published, 0), p->a));
    }
}

/* 《A》草案、《B》修订草案 */
static bool draft_word(const struct sentence *s, size_t i)
{
    static const char *const words[] = { "草案", "修订草案", "修正草案", "修正案", "修正案草案", "修订" };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (token_is(s, i, words[k]))
            return true;
    }
    return false;
}

/* 《A》、《B》和《C》: one act governs them all. Returns the token behind the group. */
static size_t group_end(const struct sentence *s, size_t i)
{
    for (;;) {
        size_t k = i + 1;
        while (k < s->n && s->t[k].type != TOK_TITLE &&
               (s->t[k].in_paren || s->t[k].type == TOK_LIST || token_noun(s, k, NOUN_CONJ) || draft_word(s, k) ||
                (s->t[k].type == TOK_COMMA && !token_colon(s, k) && k + 1 < s->n && s->t[k + 1].type == TOK_TITLE)))
            k++;
        if (k >= s->n || s->t[k].type != TOK_TITLE)
            return i + 1;
        i = k;
    }
}

static struct span inside(const struct sentence *s, size_t i)
{
    struct span t = token_span(s, &s->t[i]);
    return (struct span){ t.p + 3, t.n - 6 };
}

/* 《条例》 stands for the law that was named in full before it. */
static bool short_name(struct span name)
{
    return span_is(name, "条例") || span_is(name, "办法") || span_is(name, "规定") || span_is(name, "决定") ||
           span_is(name, "草案") || span_is(name, "条例(草案)") ||
           span_is(name, "条例" WIDE_PAREN_OPEN "草案" WIDE_PAREN_CLOSE);
}

/* 《…》已由…通过,…批准,现予公布,自…起施行: each further clause tells of one more step of the same law. */
static void report_next_steps(struct pass *p, struct law law, size_t from)
{
    const struct sentence *s = p->s;
    for (size_t i = clause_end(s, from) + 1; i < s->n && i - from < 2 * LOOK_TOKENS; i = clause_end(s, i) + 1) {
        struct told told = { .stage = -1 };
        size_t end = clause_end(s, i);
        for (size_t k = i; k < end; k++) {
            if (s->t[k].type == TOK_TITLE)
                return;
            hear(&told, s, k);
        }
        if (told.stage != STAGE_APPROVED && told.stage != STAGE_PROMULGATED)
            continue;
        law.from = law.to = end;
        law.act = NULL;
        told.act = NULL;
        told.undated = told.stage == STAGE_PROMULGATED;
        report(p, &law, told, s->t[told.token].from, s->t[told.token].to, "legislation.next_step");
    }
}

/* 通过了关于A的决议,关于B的决议: what was told of one item holds for the next of the list. */
static void keep_list(struct pass *p, size_t end, struct told told)
{
    p->laws = (struct law_list){ p->s->from, end, told.stage, told.act };
}

static bool next_of_list(const struct pass *p, size_t from, struct told *told)
{
    const struct sentence *s = p->s;
    size_t i = p->laws.end;
    if (p->laws.sentence != s->from || p->laws.stage < 0 || i == 0 || i >= from)
        return false;
    for (int k = 0; i < from && k < 3; k++, i++) {
        if (s->t[i].type != TOK_LIST && !token_noun(s, i, NOUN_CONJ) &&
            (s->t[i].type != TOK_COMMA || token_colon(s, i)))
            return false;
    }
    if (i == from)
        *told = (struct told){ .stage = p->laws.stage, .act = p->laws.act, .token = p->laws.end };
    return i == from;
}

/* What the lines' heading tells of a law; a plan's 修订《…》 is planned too. */
static void told_by_lines(const struct pass *p, struct told *told)
{
    if (p->law_lines > 0 && told->stage < 0)
        *told = (struct told){ .stage = p->law_lines - 1 };
    else if (p->law_lines == 1 + STAGE_PLANNED && (told->stage == STAGE_PASSED || told->stage == STAGE_REVIEWED))
        told->stage = STAGE_PLANNED;
}

/* 《…条例》(修正草案·二审稿): the draft mark stands behind the title. */
static void read_mark_behind(const struct sentence *s, size_t i, struct law *law)
{
    size_t end = i;
    if (i >= s->n || s->t[i].type != TOK_PAREN_OPEN || law->marked)
        return;
    while (end < s->n && end - i < 12 && s->t[end].type != TOK_PAREN_CLOSE)
        end++;
    struct span mark = tokens_span(s, i, end);
    if (!span_has(mark, SPAN("草案")) && !span_has(mark, SPAN("审稿")) && !span_has(mark, SPAN("征求意见稿")))
        return;
    law->marked = true;
    if (span_has(mark, SPAN("二审")))
        law->draft = STAGE_SECOND_READING;
    else if (span_has(mark, SPAN("三审")))
        law->draft = STAGE_THIRD_READING;
    if (span_has(mark, SPAN("修订草案")))
        law->act = "revise";
    else if (span_has(mark, SPAN("修正")))
        law->act = "amend";
}

static size_t read_titles(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct law law = { .from = i, .to = group_end(s, i) };
    for (size_t k = i; k < law.to; k++) {
        if (s->t[k].type != TOK_TITLE)
            continue;
        struct span name = inside(s, k);
        bool stands_for = short_name(name);
        if (stands_for && p->last_law.n > 0)
            name = p->last_law;
        else if (stands_for)
            continue;
        if (!read_name(p, name, &law))
            continue;
        if (token_is(s, k + 1, "修正案") ||
            (k + 1 < s->n && span_starts((struct span){ s->text.p + s->t[k].to, s->to - s->t[k].to }, SPAN("修正案"))))
            law.act = "amend";
        read_mark_behind(s, k + 1, &law);
        struct told told = what_happened(s, &law, true), listed;
        if (told.stage == STAGE_PROMULGATED && law.marked)
            told.stage = STAGE_CONSULTATION; /* a draft is made public to be commented on */
        if (told.stage < 0 && !cited(s, law.from) && next_of_list(p, law.from, &listed))
            told = listed;
        if (!cited(s, law.from))
            told_by_lines(p, &told);
        if (told.stage >= 0 && (told.token < law.from || told.token == p->laws.end))
            keep_list(p, law.to, told);
        if (stands_for && (told.stage < 0 || told.stage == STAGE_REVIEWED || told.stage == STAGE_IN_FORCE ||
                           told.stage == STAGE_PUBLICISED))
            continue;
        p->last_law = law.name;
        p->last_law_draft = law.marked;
        p->last_law_act = law.act;
        report(p, &law, told, s->t[k].from + 3, s->t[k].from + 3 + (uint32_t)law.name.n, "legislation.title");
        if (told.stage == STAGE_PASSED && told.token >= law.to)
            report_next_steps(p, law, told.token);
    }
    return law.to;
}

/* Where an unquoted name that ends behind token i begins: back over its letters to a verb, a sign or a particle. */
static size_t governed_from(const struct sentence *s, size_t from, size_t i)
{
    for (size_t k = from; k > 0 && i - k < 16; k--) {
        const struct token *t = &s->t[k - 1];
        const struct lex_row *row = word_row(t->w, LEX_STAGE);
        if ((t->type != TOK_LETTER && t->type != TOK_WORD) || token_noun(s, k - 1, NOUN_STOP) ||
            token_noun(s, k - 1, NOUN_PREP) || token_noun(s, k - 1, NOUN_CONJ))
            return i;
        if (row != NULL)
            return row->code == STAGE_PASSED && !span_is(row->f[2], "-") && !span_is(row->f[2], "decide") ? k : i;
    }
    return i;
}

static size_t unquoted_begin(const struct sentence *s, size_t i)
{
    size_t from = i;
    while (from > 0 && i - from < 16) {
        const struct token *t = &s->t[from - 1];
        if (t->type != TOK_LETTER && t->type != TOK_WORD)
            break;
        if (token_in(s, from - 1, LEX_BIT(STAGE)) && !token_verbal_noun(s, from - 1))
            break;
        if (token_plain_verb(s, from - 1) && !token_verb(s, from - 1, VERB_SUPPORT) &&
            !token_verb(s, from - 1, VERB_BUILD)) {
            size_t begin = governed_from(s, from - 1, i); /* 制定人民调解条例: the verb is part of the name */
            if (begin < i)
                from = begin;
            break;
        }
        if (token_noun(s, from - 1, NOUN_STOP) ||
            (token_noun(s, from - 1, NOUN_PREP) && !token_is(s, from - 1, "关于")))
            break;
        if (token_in(s, from - 1, LEX_BIT(STAGE)) && from >= 2 && token_in(s, from - 2, LEX_BIT(STAGE)))
            break;
        from--;
    }
    while (from < i && (token_in(s, from, LEX_BIT(STAGE)) || token_noun(s, from, NOUN_CONJ)) &&
           token_verbal_noun(s, from))
        from++;
    while (from > 0 && from < i && s->t[from].named && s->t[from - 1].named)
        from--; /* 县十八届人大五次会议选举办法 */
    return from;
}

static bool law_making(int stage)
{
    return stage >= 0 && stage != STAGE_IN_FORCE && stage != STAGE_STUDIED && stage != STAGE_PUBLICISED &&
           stage != STAGE_MENTIONED;
}

/* 条例, 工作办法 …; a bare 法, 制度 or 决定 ends too many other phrases. */
static bool ends_name(const struct sentence *s, size_t i)
{
    const struct lex_row *row = token_row(s, i, LEX_DOCTYPE);
    return row != NULL && row->f[0].n >= 6 && !span_is(row->f[1], "law") && !span_is(row->f[1], "decision") &&
           !span_is(row->f[1], "resolution") && !span_ends(row->f[0], SPAN("制度")) &&
           !span_ends(row->f[0], SPAN("意见"));
}

/* 河道管理条例(修订) */
static const char *act_marked(const struct sentence *s, size_t i)
{
    if (i + 2 >= s->n || s->t[i].type != TOK_PAREN_OPEN)
        return NULL;
    struct span mark = tokens_span(s, i + 1, i + 4 < s->n ? i + 4 : s->n);
    return span_starts(mark, SPAN("修订"))                                      ? "revise"
           : span_starts(mark, SPAN("修正")) || span_starts(mark, SPAN("修改")) ? "amend"
           : span_starts(mark, SPAN("废止"))                                    ? "repeal"
                                                                                : NULL;
}

static void report_unquoted(struct pass *p, struct law *law, const char *rule)
{
    const struct sentence *s = p->s;
    static const char *const vague[] = { "我", "本",   "该", "相关",   "有关", "地方性", "现行", "配套", "新", "这",
                                         "各", "一",   "等", "次会议", "单行", "自治",   "以上", "上述", "两", "此",
                                         "其", "多部", "和", "的",     "部分", "省级",   "市级", "几" };
    while (law->from < law->to && token_noun(s, law->from, NOUN_CONJ))
        law->from++;
    if (law->from > 0 && s->t[law->from - 1].type == TOK_NUMBER) /* 批准9个设区市地方立法条例 */
        return;
    static const char *const ours[] = { "我省", "我市", "我区", "我县", "我州", "本省", "本市", "本区" };
    struct span name = tokens_span(s, law->from, law->to);
    for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) { /* 修订我省地方立法条例 */
        if (!span_starts(name, span_of(ours[i])))
            continue;
        law->from += token_is(s, law->from, ours[i]) ? 1 : 2;
        name = tokens_span(s, law->from, law->to);
        break;
    }
    for (size_t i = 0; i < sizeof(vague) / sizeof(vague[0]); i++) {
        if (span_starts(name, span_of(vague[i])))
            return;
    }
    bool short_regulation = name.n == NAME_MIN_BYTES - 3 && span_ends(name, SPAN("条例")); /* 消防条例 */
    if ((name.n < NAME_MIN_BYTES && !short_regulation) || !read_name(p, name, law))
        return;
    size_t end = law->to; /* the act of a list stands behind its last item */
    while (end + 1 < s->n && s->t[end].type == TOK_LIST && end - law->to < LOOK_TOKENS) {
        size_t k = end + 1;
        while (k < s->n && (s->t[k].type == TOK_LETTER || s->t[k].type == TOK_WORD) && !ends_name(s, k - 1))
            k++;
        end = k;
    }
    struct law wide = *law;
    wide.to = end;
    struct told told = what_happened(s, &wide, false), listed;
    if (next_of_list(p, law->from, &listed)) {
        told = listed;
        told.act = law->act == NULL ? listed.act : NULL;
    }
    if (!law_making(told.stage))
        return;
    if (span_is(law->doc_type, "decision") && law->act != NULL)
        told.act = NULL; /* its name tells: 关于修改…的决定 */
    const char *marked = act_marked(s, law->to);
    if (marked != NULL)
        told.act = marked;
    if (told.token < law->from || told.token == p->laws.end)
        keep_list(p, law->to, told);
    uint32_t from = s->t[law->from].from;
    report(p, law, told, from, from + (uint32_t)law->name.n, rule);
}

/* 作出关于…的决定: from 关于 to 的决定 or 的决议. */
enum decision { NO_DECISION, DECISION, NESTED };

static bool decision_word(const struct sentence *s, size_t i)
{
    return token_is(s, i, "决定") || token_is(s, i, "决议") || token_is(s, i, "决定草案") || token_is(s, i, "决议草案");
}

/* A title that is no law's may stand within the name: 关于批准《…的议案》的决议. */
static enum decision read_decision(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    enum decision kind = DECISION;
    for (size_t k = i + 1; k + 1 < s->n && k - i < LOOK_TOKENS && s->t[k].type != TOK_STOP; k++) {
        if (s->t[k].type == TOK_TITLE) {
            struct law inner;
            if (read_name(p, inside(s, k), &inner))
                return NO_DECISION;
            kind = NESTED;
        }
        if (!token_is(s, k, "的") || !decision_word(s, k + 1))
            continue;
        struct law law = { .from = i, .to = k + 2 };
        report_unquoted(p, &law, "legislation.decision");
        return kind;
    }
    return NO_DECISION;
}

/* 作出…的决定: the congress's own, not what a party committee or government decided. */
static bool own_decision(const struct sentence *s, size_t verb)
{
    struct span before = tokens_span(s, clause_begin(s, verb), verb);
    if (!span_starts(token_span(s, &s->t[verb]), SPAN("作出")) && !span_ends(token_span(s, &s->t[verb]), SPAN("作出")))
        return true;
    if (before.n == 0)
        return true;
    return (span_has(before, SPAN("人大")) || span_has(before, SPAN("常委会")) || span_has(before, SPAN("大会")) ||
            span_has(before, SPAN("会议"))) &&
           !span_has(before, SPAN("党")) && !span_has(before, SPAN("政府"));
}

/* 表决通过了接受…辞去…的决定, 作出在…推广…的决定: a decision whose name does not begin with 关于. */
static void read_bare_decision(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t from = verb + 1;
    from += token_is(s, from, "了");
    if (from >= s->n || s->t[from].type == TOK_NUMBER || token_is(s, from, "的") || !own_decision(s, verb))
        return;
    for (size_t k = from; k + 1 < s->n && k - from < LOOK_TOKENS && !token_ends_clause(s, k); k++) {
        if (token_is(s, k, "关于") || s->t[k].type == TOK_TITLE)
            return;
        bool whole = decision_word(s, k + 1) && token_ends_clause(s, k + 2) &&
                     tokens_span(s, from, k + 1).n >= 2 * NAME_MIN_BYTES; /* 打造绿色发展先行市决议 */
        if (!whole && (!token_is(s, k, "的") || !decision_word(s, k + 1)))
            continue;
        if (k + 2 < s->n && s->t[k + 2].type == TOK_NUMBER) /* 作出具有法规性质的决定2项 */
            return;
        struct law law = { .from = from, .to = k + 2 };
        report_unquoted(p, &law, "legislation.decision");
        return;
    }
}

/* 该条例经…通过,…批准: what happened to the law named last, by the whole sentence. */
static void read_pronoun(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct law law = { .from = i, .to = i + 1 };
    struct told told = { .stage = -1 };
    for (size_t k = i + 1; k < s->n && k - i < 3 * LOOK_TOKENS && s->t[k].type != TOK_TITLE; k++)
        hear(&told, s, k);
    bool done = told.stage == STAGE_PASSED || told.stage == STAGE_APPROVED || told.stage == STAGE_PROMULGATED ||
                told.stage == STAGE_EVALUATED;
    if (p->last_law.n == 0 || !done || !read_name(p, p->last_law, &law))
        return;
    law.act = NULL;
    told.act = NULL;
    size_t before = p->out->n;
    report(p, &law, told, s->t[i].from, s->t[i].to, "legislation.pronoun");
    for (size_t k = i; k < s->n && p->out->n > before; k += LOOK_TOKENS)
        set_effective(p, &p->out->items[before], k);
}

/* 草案 of the law that was named, not 12件法规草案. */
static bool names_draft(const struct sentence *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (!span_ends(token_span(s, &s->t[i]), SPAN("草案")) && !token_is(s, i, "草"))
            continue;
        for (size_t k = i; k > 0 && i - k < 4; k--) {
            if (s->t[k - 1].type == TOK_NUMBER)
                return false;
        }
        return sentence_has(s, SPAN("草案"));
    }
    return sentence_has(s, SPAN("征求意见稿"));
}

/* 现向社会公开征求意见, right behind a draft's name: of that draft. */
static bool of_last_draft(const struct pass *p)
{
    struct span text = sentence_span(p->s);
    return p->last_law_draft && (span_has(text, SPAN("向社会")) || span_has(text, SPAN("公开"))) &&
           (span_has(text, SPAN("现")) || span_has(p->art->f[ARTICLE_TITLE], SPAN("征求")) ||
            span_has(p->art->f[ARTICLE_TITLE], SPAN("征集")));
}

/* 现将修订草案公布,向社会公开征求意见: of the law named last. */
static void read_consultation(struct pass *p)
{
    const struct sentence *s = p->s;
    if (p->last_law.n == 0 || (s->types & 1u << TOK_TITLE))
        return;
    for (size_t i = 0; i < s->n; i++) {
        const struct lex_row *row = token_row(s, i, LEX_STAGE);
        if (row == NULL || row->code != STAGE_CONSULTATION || (!names_draft(s) && !of_last_draft(p)))
            continue;
        struct law law = { .from = i, .to = i + 1 };
        struct told told = { .stage = STAGE_CONSULTATION, .token = i };
        if (!read_name(p, p->last_law, &law))
            return;
        law.act = sentence_has(s, SPAN("修订")) ? "revise" : sentence_has(s, SPAN("修正")) ? "amend" : p->last_law_act;
        report(p, &law, told, s->t[i].from, s->t[i].to, "legislation.consultation");
        return;
    }
}

/* 新修订的, 修订后的: the act that a list of unquoted laws tells; NULL. */
static const char *act_of_list(const struct sentence *s, size_t *i)
{
    const char *act = NULL;
    for (int k = 0; k < 4 && *i < s->n; k++) {
        struct span w = token_span(s, &s->t[*i]);
        if (span_has(w, SPAN("修订")))
            act = "revise";
        else if (span_has(w, SPAN("修改")) || span_has(w, SPAN("修正")))
            act = "amend";
        else if (!span_is(w, "了") && !span_is(w, "新") && !span_is(w, "的") && !span_is(w, "后"))
            break;
        (*i)++;
    }
    return act;
}

static bool names_law(struct span name)
{
    static const struct span not [] = { WORD("办法"), WORD("方法"), WORD("做法"), WORD("司法"), WORD("执法"),
                                        WORD("立法"), WORD("普法"), WORD("违法"), WORD("合法"), WORD("依法"),
                                        WORD("守法"), WORD("用法"), WORD("宪法"), WORD("说法"), WORD("看法"),
                                        WORD("想法"), WORD("民法"), WORD("手法") };
    for (size_t i = 0; i < sizeof(not ) / sizeof(not [0]); i++) {
        if (span_ends(name, not [i]) && !span_is(name, "宪法"))
            return false;
    }
    return name.n >= 9 && name.n <= 75 && span_ends(name, SPAN("法")) && !span_has(name, SPAN("的")) &&
           !span_has(name, SPAN("关于"));
}

/* 通过新修订的文物保护法、矿产资源法: unquoted laws in a list right behind the verb. Returns the token behind. */
static size_t read_law_list(struct pass *p, size_t verb)
{
    const struct sentence *s = p->s;
    size_t i = verb + 1;
    struct told told = { .stage = -1 };
    int skipped = 0;
    hear(&told, s, verb);
    const char *act = act_of_list(s, &i);
    if (act != NULL)
        told.act = act;
    while (i < s->n) {
        size_t end = i;
        bool titled = false; /* 关于修改《…》的决定 */
        while (end < s->n && end - i < LOOK_TOKENS && !token_noun(s, end, NOUN_CONJ) && !token_is(s, end, "等") &&
               !(told.stage == STAGE_INSPECTED && token_in(s, end, LEX_BIT(STAGE))) &&
               (s->t[end].type == TOK_LETTER || s->t[end].type == TOK_WORD || s->t[end].type == TOK_TITLE))
            titled |= s->t[end++].type == TOK_TITLE;
        struct span name = tokens_span(s, i, end);
        static const char *const marks[] = { "修订草案", "修正草案", "修正案草案", "草案" };
        const char *draft = NULL;
        for (size_t k = 0; k < 4 && draft == NULL; k++) {
            if (span_ends(name, span_of(marks[k]))) {
                name.n -= strlen(marks[k]);
                draft = k == 0 ? "revise" : k < 3 ? "amend" : "";
            }
        }
        struct law law = { .from = i, .to = end };
        bool ends = token_ends_clause(s, end) || token_is(s, end, "等") || told.stage == STAGE_INSPECTED ||
                    s->t[end].type == TOK_LIST || s->t[end].type == TOK_PAREN_OPEN || token_noun(s, end, NOUN_CONJ);
        if (ends && s->t[end].type == TOK_LIST && told.act == NULL && (titled || !names_law(name)) &&
            skipped++ < 8) { /* of the same list, but no law */
            i = end + 1;
            continue;
        }
        if (!ends || titled || !names_law(name) || !read_name(p, name, &law))
            return i;
        struct told one = told;
        if (draft != NULL && *draft != '\0' && one.act == NULL)
            one.act = draft;
        report(p, &law, one, s->t[i].from, s->t[i].from + (uint32_t)name.n, "legislation.law_list");
        keep_list(p, end, told);
        i = end;
        while (i < s->n && s->t[i].in_paren)
            i++;
        if (i >= s->n || (s->t[i].type != TOK_LIST && !token_noun(s, i, NOUN_CONJ)))
            return i;
        i++;
    }
    return i;
}

/* 会议通过了以下法规:, 一、提请审议项目: what the lines below it were or will be. */
static void open_lines(struct pass *p)
{
    const struct sentence *s = p->s;
    bool colon = ends_in_colon(sentence_span(s));
    if (s->first && !s->listed && (!s->heading || (s->types & 1u << TOK_TITLE) == 0))
        p->law_lines = 0;
    if ((!colon && !s->heading) || (s->types & 1u << TOK_TITLE) || (s->tables & LEX_BIT(STAGE)) == 0)
        return;
    struct told told = { .stage = -1 };
    for (size_t i = 0; i < s->n; i++)
        hear(&told, s, i);
    bool planned = told.stage == STAGE_PLANNED || sentence_has(s, SPAN("项目"));
    if (told.stage >= 0 && (colon || planned))
        p->law_lines = 1 + (planned ? STAGE_PLANNED : told.stage);
}

/* 1.江城市燃气管理条例(修订): an unquoted name is the whole line. */
static bool read_line(struct pass *p)
{
    const struct sentence *s = p->s;
    size_t from = !s->listed ? 0 : s->t[0].type == TOK_PAREN_OPEN ? 3 : 2, end = from;
    struct told told = { .stage = -1 };
    if (!s->first || p->law_lines == 0 || (s->types & 1u << TOK_TITLE))
        return false;
    for (; end < s->n && !token_ends_clause(s, end) && s->t[end].type != TOK_PAREN_OPEN; end++)
        ;
    if (token_in(s, from, LEX_BIT(STAGE)) && !token_noun(s, from, NOUN_PREP) && end > from + 1) /* 修订… */
        hear(&told, s, from++);
    struct law law = { .from = from, .to = end };
    struct span name = tokens_span(s, from, end), mark = tokens_span(s, end, clause_end(s, end));
    if (name.n < NAME_MIN_BYTES - 3 || name.n > NAME_MAX_BYTES || !read_name(p, name, &law))
        return false;
    if (span_has(mark, SPAN("修订")))
        told.act = "revise";
    else if (span_has(mark, SPAN("修改")) || span_has(mark, SPAN("修正")))
        told.act = "amend";
    else if (span_has(mark, SPAN("废止")))
        told.act = "repeal";
    told.stage = p->law_lines - 1;
    report(p, &law, told, s->t[from].from, s->t[from].from + (uint32_t)law.name.n, "legislation.line");
    return true;
}

void legislation_find(struct pass *p)
{
    if (read_line(p))
        return;
    open_lines(p);
    const struct sentence *s = p->s;
    bool any = (s->types & 1u << TOK_TITLE) || ((s->tables & LEX_BIT(STAGE)) && (s->tables & LEX_BIT(DOCTYPE)));
    if (s->tables & LEX_BIT(STAGE))
        read_consultation(p);
    for (size_t i = 0; any && i < s->n;) {
        if (s->t[i].type == TOK_TITLE) {
            i = read_titles(p, i);
            continue;
        }
        bool pronoun = (i > 0 && token_is(s, i - 1, "该")) || (i == 0 && s->n > 6);
        if (pronoun && token_is(s, i, "条例") && s->t[i].type == TOK_WORD)
            read_pronoun(p, i);
        const struct lex_row *stage = token_row(s, i, LEX_STAGE);
        if (stage != NULL &&
            (stage->code == STAGE_PASSED || stage->code == STAGE_REVIEWED || stage->code == STAGE_SUBMITTED ||
             token_is(s, i, "检查")) &&
            !s->t[i].quoted) {
            read_law_list(p, i);
            if (stage->code == STAGE_PASSED && (span_is(stage->f[2], "-") || span_is(stage->f[2], "decide")))
                read_bare_decision(p, i);
        }
        if (token_is(s, i, "关于") && !s->t[i].quoted && read_decision(p, i) == NESTED) {
            while (s->t[i].type != TOK_TITLE)
                i++;
        } else if (!token_is(s, i, "关于") && ends_name(s, i) && !s->t[i].quoted && !s->t[i].in_paren) {
            struct law law = { .from = unquoted_begin(s, i), .to = i + 1 };
            if (law.from == 0 || s->t[law.from - 1].type != TOK_TITLE) /* 《…》实施情况评价办法 */
                report_unquoted(p, &law, "legislation.unquoted");
        }
        i++;
    }
    if (s->date_count > 0)
        read_deadline(p);
}
