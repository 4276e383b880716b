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
    int draft; /* stage that the draft mark tells, or -1 */
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

/* The document type by the longest ending. */
static struct span doc_type_of(const struct lexicon *lex, struct span name)
{
    size_t n, best_bytes = 0;
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
    if (regulation && !span_ends(name, SPAN("条例")) && !span_has(name, SPAN("实施")) &&
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
    for (size_t i = 0; i < 2; i++) {
        struct span open = span_of(opens[i]);
        const char *at = span_find(name, open);
        if (at == NULL || at == name.p)
            continue;
        struct span mark = span_between(at, name.p + name.n);
        if (!span_has(mark, SPAN("草案")) && !span_has(mark, SPAN("审稿")) && !span_has(mark, SPAN("稿")) &&
            !span_has(mark, SPAN("修订")))
            continue;
        if (span_has(mark, SPAN("二审")) || span_has(mark, SPAN("二次审议")))
            law->draft = STAGE_SECOND_READING;
        else if (span_has(mark, SPAN("三审")) || span_has(mark, SPAN("三次审议")))
            law->draft = STAGE_THIRD_READING;
        else if (span_has(mark, SPAN("征求意见")))
            law->draft = STAGE_CONSULTATION;
        if (span_has(mark, SPAN("修订")))
            law->act = "revise";
        else if (span_has(mark, SPAN("修正")) || span_has(mark, SPAN("修改")))
            law->act = "amend";
        name.n = (size_t)(at - name.p);
        break;
    }
    struct span draft = SPAN("草案");
    if (span_ends(name, draft))
        name.n -= draft.n;
    return name;
}

static bool read_name(const struct pass *p, struct span name, struct law *law)
{
    law->name = without_draft_mark(text_trim(name), law);
    if (law->name.n == 0 || law->name.n > NAME_MAX_BYTES)
        return false;
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

/* Behind the names, to the end of the clause; a further title ends their ground. */
static struct told told_behind(const struct sentence *s, size_t i, bool next_clause)
{
    struct told told = { .stage = -1 };
    for (size_t k = i; k < s->n && k - i < LOOK_TOKENS; k++) {
        if (s->t[k].type == TOK_TITLE || s->t[k].type == TOK_STOP)
            break;
        if (s->t[k].type == TOK_COMMA) {
            if (told.stage >= 0 || !next_clause || k - i > 12)
                break;
            next_clause = false;
        }
        hear(&told, s, k);
    }
    return told;
}

/* Before the names: the nearest word of law-making in the clause. */
static struct told told_before(const struct sentence *s, size_t i)
{
    struct told told = { .stage = -1 };
    for (size_t k = i; k > 0 && i - k < LOOK_TOKENS; k--) {
        const struct token *t = &s->t[k - 1];
        if (t->type == TOK_STOP || (t->type == TOK_COMMA && !token_colon(s, k - 1)))
            break;
        if (t->type == TOK_TITLE)
            continue;
        if (token_in(s, k - 1, LEX_BIT(STAGE))) {
            hear(&told, s, k - 1);
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

static struct told what_happened(const struct sentence *s, const struct law *law, bool title)
{
    struct told before = told_before(s, law->from), behind = told_behind(s, law->to, title);
    bool submitted = before.stage == STAGE_SUBMITTED || behind.stage == STAGE_SUBMITTED;
    struct told told = governed(s, law->from) ? before : behind.stage >= 0 ? behind : before;
    if (governed(s, law->from) && told.stage == STAGE_IN_FORCE && behind.stage >= 0)
        told = behind; /* 对贯彻实施《…》情况进行检查 */
    if (governed(s, law->from) && told.stage == STAGE_REVIEWED && behind.stage == STAGE_PASSED)
        told = behind;
    struct span clause = tokens_span(s, clause_begin(s, law->from), clause_end(s, law->to - 1));
    if (told.stage == STAGE_PASSED && (span_has(clause, SPAN("列入")) || span_has(clause, SPAN("纳入"))) &&
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
        (stage >= STAGE_FIRST_READING && stage <= STAGE_THIRD_READING))
        pass_set_meeting(p, f, law->from);
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

/* 《A》、《B》和《C》: one act governs them all. Returns the token behind the group. */
static size_t group_end(const struct sentence *s, size_t i)
{
    for (;;) {
        size_t k = i + 1;
        while (k < s->n && (s->t[k].in_paren || s->t[k].type == TOK_LIST || token_noun(s, k, NOUN_CONJ)))
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
        struct told told = what_happened(s, &law, true);
        if (stands_for && (told.stage < 0 || told.stage == STAGE_REVIEWED || told.stage == STAGE_IN_FORCE ||
                           told.stage == STAGE_PUBLICISED))
            continue;
        p->last_law = law.name;
        report(p, &law, told, s->t[k].from + 3, s->t[k].from + 3 + (uint32_t)law.name.n, "legislation.title");
        if (told.stage == STAGE_PASSED && told.token >= law.to)
            report_next_steps(p, law, told.token);
    }
    return law.to;
}

/* Where an unquoted name that ends behind token i begins: back over its letters to a verb, a sign or a particle. */
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
            !token_verb(s, from - 1, VERB_BUILD))
            break;
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
    return from;
}

static bool law_making(int stage)
{
    return stage >= 0 && stage != STAGE_IN_FORCE && stage != STAGE_STUDIED && stage != STAGE_PUBLICISED &&
           stage != STAGE_MENTIONED;
}

static void report_unquoted(struct pass *p, struct law *law, const char *rule)
{
    const struct sentence *s = p->s;
    static const char *const vague[] = { "我",   "本", "该", "相关", "有关", "地方性", "现行",
                                         "配套", "新", "这", "各",   "一",   "等" };
    while (law->from < law->to && token_noun(s, law->from, NOUN_CONJ))
        law->from++;
    struct span name = tokens_span(s, law->from, law->to);
    for (size_t i = 0; i < sizeof(vague) / sizeof(vague[0]); i++) {
        if (span_starts(name, span_of(vague[i])))
            return;
    }
    if (name.n < NAME_MIN_BYTES || !read_name(p, name, law))
        return;
    size_t end = law->to; /* the act of a list stands behind its last item */
    while (end + 1 < s->n && s->t[end].type == TOK_LIST && end - law->to < LOOK_TOKENS) {
        size_t k = end + 1;
        while (k < s->n && (s->t[k].type == TOK_LETTER || s->t[k].type == TOK_WORD))
            k++;
        end = k;
    }
    struct law wide = *law;
    wide.to = end;
    struct told told = what_happened(s, &wide, false);
    if (!law_making(told.stage))
        return;
    uint32_t from = s->t[law->from].from;
    report(p, law, told, from, from + (uint32_t)law->name.n, rule);
}

/* 条例, 工作办法 …; a bare 法, 制度 or 决定 ends too many other phrases. */
static bool ends_name(const struct sentence *s, size_t i)
{
    const struct lex_row *row = i < s->n ? word_row(s->t[i].w, LEX_DOCTYPE) : NULL;
    return row != NULL && row->f[0].n >= 6 && !span_is(row->f[1], "law") && !span_is(row->f[1], "decision") &&
           !span_is(row->f[1], "resolution") && !span_ends(row->f[0], SPAN("制度")) &&
           !span_ends(row->f[0], SPAN("意见"));
}

/* 作出关于…的决定: from 关于 to 的决定 or 的决议. */
enum decision { NO_DECISION, DECISION, NESTED };

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
        if (!token_is(s, k, "的") || (!token_is(s, k + 1, "决定") && !token_is(s, k + 1, "决议")))
            continue;
        struct law law = { .from = i, .to = k + 2 };
        report_unquoted(p, &law, "legislation.decision");
        return kind;
    }
    return NO_DECISION;
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
        return span_has(sentence_span(s), SPAN("草案"));
    }
    return span_has(sentence_span(s), SPAN("征求意见稿"));
}

/* 现将修订草案公布,向社会公开征求意见: of the law named last. */
static void read_consultation(struct pass *p)
{
    const struct sentence *s = p->s;
    if (p->last_law.n == 0 || (s->types & 1u << TOK_TITLE))
        return;
    for (size_t i = 0; i < s->n; i++) {
        const struct lex_row *row = word_row(s->t[i].w, LEX_STAGE);
        if (row == NULL || row->code != STAGE_CONSULTATION || !names_draft(s))
            continue;
        struct law law = { .from = i, .to = i + 1 };
        struct told told = { .stage = STAGE_CONSULTATION, .token = i };
        if (!read_name(p, p->last_law, &law))
            return;
        law.act = span_has(sentence_span(s), SPAN("修订"))   ? "revise"
                  : span_has(sentence_span(s), SPAN("修正")) ? "amend"
                                                             : NULL;
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
    hear(&told, s, verb);
    const char *act = act_of_list(s, &i);
    if (act != NULL)
        told.act = act;
    while (i < s->n) {
        size_t end = i;
        while (end < s->n && (s->t[end].type == TOK_LETTER || s->t[end].type == TOK_WORD) &&
               !token_noun(s, end, NOUN_CONJ))
            end++;
        struct span name = tokens_span(s, i, end);
        static const char *const marks[] = { "修订草案", "修正草案", "草案" };
        const char *draft = NULL;
        for (size_t k = 0; k < 3 && draft == NULL; k++) {
            if (span_ends(name, span_of(marks[k]))) {
                name.n -= strlen(marks[k]);
                draft = k == 0 ? "revise" : k == 1 ? "amend" : "";
            }
        }
        struct law law = { .from = i, .to = end };
        bool ends = token_ends_clause(s, end) || s->t[end].type == TOK_LIST || s->t[end].type == TOK_PAREN_OPEN ||
                    token_noun(s, end, NOUN_CONJ);
        if (!ends || !names_law(name) || !read_name(p, name, &law))
            return i;
        struct told one = told;
        if (draft != NULL && *draft != '\0' && one.act == NULL)
            one.act = draft;
        report(p, &law, one, s->t[i].from, s->t[i].from + (uint32_t)name.n, "legislation.law_list");
        i = end;
        while (i < s->n && s->t[i].in_paren)
            i++;
        if (i >= s->n || (s->t[i].type != TOK_LIST && !token_noun(s, i, NOUN_CONJ)))
            return i;
        i++;
    }
    return i;
}

void legislation_find(struct pass *p)
{
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
        const struct lex_row *stage = word_row(s->t[i].w, LEX_STAGE);
        if (stage != NULL &&
            (stage->code == STAGE_PASSED || stage->code == STAGE_REVIEWED || stage->code == STAGE_SUBMITTED) &&
            !s->t[i].quoted)
            read_law_list(p, i);
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
