/* meeting.c - sessions named by number: 市八届人大常委会第十五次会议. */
#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define LOOK_AHEAD_BYTES 60
#define LOOK_BACK_TOKENS 14
#define PLACE_MAX_BYTES  30

struct session {
    int term, number;
    const char *type;
    struct span region;
    uint32_t from, to;  /* bytes */
    bool committee;     /* of the standing committee */
    struct span body;   /* 法制委员会, 党组 …: how the canonical name goes on behind 人大 */
    struct span ending; /* 主任会议 */
    bool topical;       /* named as what something else comes from: …次会议代表建议 */
    bool announced;     /* named as one that is to come: 关于召开…的决定 */
};

static const struct ending {
    const char *text, *type;
} endings[] = {
    { "主任会议", "chairpersons" },
    { "委员长会议", "chairpersons" },
    { "党组会议", "party_group" },
    { "党组(扩大)会议", "party_group" },
    { "党组" WIDE_PAREN_OPEN "扩大" WIDE_PAREN_CLOSE "会议", "party_group" },
    { "党组扩大会议", "party_group" },
    { "主席团会议", "presidium" },
    { "常委会会议", "standing_committee" },
    { "全体会议", NULL },
    { "会议", NULL },
    { "联席会议", "joint" },
    { "议政会", "street_assembly" },
};

static const struct ending *ending_at(struct span rest)
{
    const struct ending *best = NULL;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (span_starts(rest, span_of(endings[i].text)) &&
            (best == NULL || strlen(endings[i].text) > strlen(best->text)))
            best = &endings[i];
    }
    return best;
}

static bool is_number(const struct sentence *s, size_t i, int *value)
{
    if (i >= s->n || s->t[i].type != TOK_NUMBER)
        return false;
    const struct number *n = &s->numbers[s->t[i].value];
    if (n->too_long || n->ranged || n->percent || n->value.scale != 0 || n->value.digits < 1 || n->value.digits > 999)
        return false;
    *value = (int)n->value.digits;
    return true;
}

/* The 届 before this token, with its number: fills term and moves *from to where the name begins. */
static size_t find_term(const struct sentence *s, size_t i, int *term)
{
    for (size_t k = i; k > 0 && i - k < LOOK_BACK_TOKENS; k--) {
        if (token_ends_clause(s, k - 1) || s->t[k - 1].type == TOK_OPEN)
            return SIZE_MAX;
        if (token_is(s, k - 1, "届") && k >= 2 && is_number(s, k - 2, term))
            return k - 2;
    }
    return SIZE_MAX;
}

/* Takes in what names the region before the term: 湖北省, 省, 全国, 第. */
static size_t name_begin(const struct sentence *s, size_t i)
{
    if (i > 0 && token_is(s, i - 1, "第"))
        i--;
    for (int k = 0; k < 3 && i > 0; k++) {
        bool area = token_in(s, i - 1, LEX_BIT(REGION)) || token_is(s, i - 1, "省") || token_is(s, i - 1, "市") ||
                    token_is(s, i - 1, "区") || token_is(s, i - 1, "县") || token_is(s, i - 1, "州") ||
                    token_is(s, i - 1, "全国") || token_is(s, i - 1, "镇") || token_is(s, i - 1, "乡") ||
                    token_is(s, i - 1, "旗") || token_is(s, i - 1, "自治区") || token_is(s, i - 1, "街道");
        if (!area)
            break;
        i--;
    }
    return i;
}

static struct span region_of(const struct pass *p, const struct sentence *s, size_t from, size_t term)
{
    for (size_t i = term; i > from; i--) { /* 昆明市五华区: the innermost */
        const struct lex_row *row = word_row(s->t[i - 1].w, LEX_REGION);
        if (row != NULL)
            return row->f[4].n > 0 ? row->f[4] : row->f[0];
        if (token_is(s, i - 1, "全国"))
            return SPAN("全国");
    }
    if (span_has(tokens_span(s, term, s->n < term + 8 ? s->n : term + 8), SPAN("全国人")))
        return SPAN("全国");
    return p->place.name;
}

/* Which body met, from the words between 届 and the session's number. */
static void read_body(struct session *m, struct span middle, struct span ending)
{
    m->committee = span_has(middle, SPAN("常委会")) || span_has(middle, SPAN("常务委员会"));
    if (span_has(middle, SPAN("党组")) || span_has(ending, SPAN("党组"))) {
        m->type = "party_group";
        m->body = SPAN("党组");
    } else if (span_has(ending, SPAN("主任会议")) || span_has(ending, SPAN("委员长会议")) ||
               span_has(middle, SPAN("主任会议"))) {
        m->type = "chairpersons";
        m->committee = true;
    } else if (span_has(middle, SPAN("主席团")) || span_has(ending, SPAN("主席团"))) {
        m->type = "presidium";
        m->body = SPAN("主席团");
    } else if (m->committee) {
        m->type = "standing_committee";
    } else if (span_has(middle, SPAN("委员会")) || span_has(middle, SPAN("法工委")) ||
               span_has(middle, SPAN("专委会"))) {
        const char *at = span_find(middle, SPAN("人大"));
        m->type = "special_committee";
        m->body = at == NULL ? middle : span_between(at + 6, middle.p + middle.n);
        const char *long_at = span_find(middle, SPAN("人民代表大会"));
        if (long_at != NULL)
            m->body = span_between(long_at + 18, middle.p + middle.n);
        if (span_ends(m->body, SPAN("第")))
            m->body.n -= 3;
    } else if (span_has(middle, SPAN("街道")) || span_is(ending, "议政会")) {
        m->type = "street_assembly";
    } else if (span_has(middle, SPAN("人大")) || span_has(middle, SPAN("人民代表大会"))) {
        m->type = "congress";
    }
}

static struct span canonical(struct pass *p, const struct session *m)
{
    struct span term = number_chinese(m->term, p->a), number = number_chinese(m->number, p->a);
    bool congress = strcmp(m->type, "congress") == 0;
    return arena_printf(p->a, "%.*s%.*s届人大%s%.*s%s%.*s次%.*s", SPAN_FMT(m->region), SPAN_FMT(term),
                        m->committee ? "常委会" : "", SPAN_FMT(m->body), congress ? "" : "第", SPAN_FMT(number),
                        SPAN_FMT(m->ending));
}

static struct meeting_seen *seen(struct pass *p, const struct session *m, struct span type)
{
    for (size_t i = 0; i < p->meeting_count; i++) {
        struct meeting_seen *x = &p->meetings[i];
        bool national = span_is(m->region, "全国"); /* 五届全国人大二次会议 is not the province's */
        if (x->term == m->term && x->session == m->number && span_eq(x->type, type) &&
            span_starts(x->name, SPAN("全国")) == national)
            return x;
    }
    return NULL;
}

/* A date in the name's own clause or at the sentence's beginning. */
static bool dated_clause(const struct pass *p, size_t token)
{
    size_t begin = clause_begin(p->s, token);
    for (size_t i = 0; i < p->mark_count && p->marks[i].token <= token; i++) {
        if (p->marks[i].token >= begin || (p->marks[i].token < 4 && begin <= p->marks[i].token + 4))
            return true;
    }
    return false;
}

static bool later(struct date day, struct date than)
{
    return than.year != 0 && (day.year * 12 + day.month) * 31 + day.day > (than.year * 12 + than.month) * 31 + than.day;
}

/* 关于召开…次会议的决定,决定大会于2027年1月10日召开: the day may stand in the next clause. */
static bool convened(const struct sentence *s, size_t date)
{
    struct span behind = tokens_span(s, date + 1, clause_end(s, date));
    return span_has(behind, SPAN("召开")) || span_has(behind, SPAN("举行"));
}

/* …第二十四次会议于8月28日召开: the day right behind the name. */
static const struct period *dated_behind(const struct pass *p, size_t token, bool announced)
{
    for (size_t i = 0; i < p->mark_count; i++) {
        size_t at = p->marks[i].token;
        bool day = p->marks[i].period.type == PERIOD_EVENT || p->marks[i].period.type == PERIOD_MONTH;
        if (at > token && at < token + (announced ? 18 : 9) && day &&
            (token_is(p->s, at - 1, "于") || token_is(p->s, at - 1, "在")) &&
            (clause_begin(p->s, at) <= token || (announced && convened(p->s, at))))
            return &p->marks[i].period;
    }
    return NULL;
}

/* One day, or the first and the last. */
static void set_days(struct pass *p, struct finding *f, const struct period *period)
{
    struct span from = date_text(period->from, p->a), to = date_text(period->to, p->a);
    pass_set(p, f, FINDING_DATE, from);
    if (period->type == PERIOD_EVENT && to.n > 0 && !span_eq(from, to)) {
        pass_set(p, f, FINDING_FROM, from);
        pass_set(p, f, FINDING_TO, to);
    }
}

static struct date day_before(struct date d)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (--d.day > 0)
        return d;
    d.month = (int8_t)(d.month == 1 ? 12 : d.month - 1);
    d.year = (int16_t)(d.year - (d.month == 12));
    bool leap = d.month == 2 && d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0);
    d.day = (int8_t)(days[d.month - 1] + leap);
    return d;
}

/* 昨日,…会议召开: the day before the article's, where the sentence begins with the word or its clause does. */
static struct date relative_day(const struct pass *p, size_t token)
{
    const struct sentence *s = p->s;
    size_t begins[] = { 0, clause_begin(s, token) };
    for (size_t i = 0; i < 2 && p->published.day > 0; i++) {
        struct span rest = { s->text.p + s->t[begins[i]].from, s->to - s->t[begins[i]].from };
        if (span_starts(rest, SPAN("昨日")) || span_starts(rest, SPAN("昨天")))
            return day_before(p->published);
        if (span_starts(rest, SPAN("今日")) || span_starts(rest, SPAN("今天")))
            return p->published;
    }
    return (struct date){ .year = 0 };
}

/* A date before the name, in its sentence. */
static void set_date(struct pass *p, struct finding *f, size_t token, bool announced)
{
    bool only = p->meeting_count == 1 && p->standing.type == PERIOD_EVENT;
    const struct period *behind = dated_behind(p, token, announced);
    if (behind != NULL && finding_get(f, FINDING_DATE).n == 0)
        set_days(p, f, behind);
    if (finding_get(f, FINDING_DATE).n > 0)
        return;
    struct date day = announced || dated_clause(p, token) ? (struct date){ .year = 0 } : relative_day(p, token);
    if (day.year != 0) {
        pass_set(p, f, FINDING_DATE, date_text(day, p->a));
        return;
    }
    if (!dated_clause(p, token) && !only)
        return;
    struct period period = pass_period(p, token);
    if ((period.type != PERIOD_EVENT && period.type != PERIOD_MONTH) || (announced && only))
        return;
    if (!dated_clause(p, token) && later(period.from, p->published))
        return; /* the article's day may be a deadline */
    set_days(p, f, &period);
}

/* 决定大会于2027年1月10日召开, in an article of 2026. */
static bool to_come(const struct pass *p, const struct meeting_seen *known)
{
    if (known->finding >= p->out->n || p->published.year == 0)
        return false;
    const struct finding *f = &p->out->items[known->finding];
    struct date day = f->kind == KIND_MEETING ? date_of(finding_get(f, FINDING_DATE)) : (struct date){ .year = 0 };
    return day.day != 0 && later(day, p->published);
}

/* 关于召开…的决定, 提请…审议的事项: the meeting is still to come. */
static bool announced(const struct sentence *s, size_t from, struct span behind)
{
    static const struct span words[] = { WORD("关于召开"), WORD("决定召开"), WORD("即将召开"), WORD("筹备"),
                                         WORD("筹备召开"), WORD("将召开"),   WORD("拟召开"),   WORD("筹备好") };
    struct span before = tokens_span(s, clause_begin(s, from), from);
    struct span near = before; /* a place of no known name may stand between: 关于召开桐坪镇第… */
    if (near.n > PLACE_MAX_BYTES)
        near = (struct span){ near.p + near.n - PLACE_MAX_BYTES, PLACE_MAX_BYTES };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_has(near, words[i]))
            return true;
    }
    static const struct span after[] = { WORD("有关事项"), WORD("有关事宜"), WORD("相关事宜"),   WORD("相关事项"),
                                         WORD("筹备"),     WORD("有关安排"), WORD("的有关安排"), WORD("的有关事"),
                                         WORD("建议议程"), WORD("议题"),     WORD("方案"),       WORD("召开时间") };
    for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
        if (span_starts(behind, after[i]))
            return true;
    }
    return span_ends(before, SPAN("提请")) &&
           (span_starts(behind, SPAN("审议的事项")) || span_starts(behind, SPAN("审议的人事")) ||
            span_starts(behind, SPAN("审议的有关")));
}

static void report(struct pass *p, struct session *m, size_t token)
{
    struct span type = span_of(m->type);
    struct meeting_seen *known = seen(p, m, type);
    if (known == NULL) {
        if (p->meeting_count == MEETINGS_MAX)
            return;
        known = &p->meetings[p->meeting_count++];
        *known = (struct meeting_seen){ m->term, m->number, type, canonical(p, m), p->out->n };
        struct finding *f = pass_add(p, KIND_MEETING, m->from, m->to, "meeting.numbered");
        pass_set(p, f, FINDING_NAME, known->name);
        if (m->term > 0)
            pass_set_int(p, f, FINDING_TERM, m->term);
        pass_set_int(p, f, FINDING_SESSION, m->number);
        pass_set(p, f, FINDING_TYPE, type);
        set_date(p, f, token, m->announced);
    } else if (known->finding < p->out->n && p->out->items[known->finding].kind == KIND_MEETING) {
        set_date(p, &p->out->items[known->finding], token, m->announced);
    }
    bool planned = m->announced || to_come(p, known);
    if (planned && known->finding < p->out->n && p->out->items[known->finding].kind == KIND_MEETING)
        pass_set_str(p, &p->out->items[known->finding], FINDING_PLANNED, "true");
    if (m->topical || planned)
        return;
    p->sentence_meeting = known->name;
    p->sentence_meeting_token = token;
    if (p->standing.type == PERIOD_EVENT && p->standing_meeting.n == 0 && !p->looks_back)
        p->standing_meeting = known->name;
}

/* …次会议以来, …次会议代表建议: the words go on to what came out of it. */
static bool goes_on(struct span behind)
{
    static const struct span words[] = { WORD("以来"),   WORD("期间"), WORD("代表"),   WORD("议案"),
                                         WORD("建议"),   WORD("重点"), WORD("提出的"), WORD("上提出"),
                                         WORD("上代表"), WORD("交办"), WORD("确定的") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_starts(behind, words[i]))
            return true;
    }
    return false;
}

/* 一次、二次会议, 第十次和第十一次会议: behind 次 at token i - 1, the ending that the row's last number has. */
static const struct ending *ending_of_row(const struct sentence *s, size_t i)
{
    int number;
    for (int row = 0; row < 8 && i + 2 < s->n; row++) {
        if (s->t[i].type != TOK_LIST && !token_noun(s, i, NOUN_CONJ))
            break;
        i += token_is(s, i + 1, "第") ? 2 : 1;
        if (!is_number(s, i, &number) || !token_is(s, i + 1, "次"))
            return NULL;
        const struct ending *end = ending_at((struct span){ s->text.p + s->t[i + 1].to, s->to - s->t[i + 1].to });
        if (end != NULL)
            return end;
        i += 2;
    }
    return NULL;
}

/* 第十五次会议 at token i, the number: reads the whole name, *from its first token. */
static bool read_session(const struct pass *p, size_t i, struct session *m, size_t *from)
{
    const struct sentence *s = p->s;
    *m = (struct session){ .term = 0 };
    if (!is_number(s, i, &m->number) || !token_is(s, i + 1, "次"))
        return false;
    struct span behind = { s->text.p + s->t[i + 1].to, s->to - s->t[i + 1].to }, rest = behind;
    if (rest.n > LOOK_AHEAD_BYTES)
        rest.n = LOOK_AHEAD_BYTES;
    const struct ending *end = ending_at(rest);
    bool row = end == NULL && (end = ending_of_row(s, i + 2)) != NULL;
    if (end == NULL)
        return false;
    size_t term = find_term(s, i, &m->term);
    if (term == SIZE_MAX)
        return false;
    *from = name_begin(s, term);
    struct span middle = span_between(s->text.p + s->t[term + 1].to, s->text.p + s->t[i].from);
    if (span_ends(middle, SPAN("第")))
        middle.n -= 3;
    m->ending = span_of(end->text);
    m->type = end->type;
    read_body(m, middle, m->ending);
    bool within = span_is(m->ending, "全体会议") ||
                  (m->type != NULL && (strcmp(m->type, "congress") == 0 || strcmp(m->type, "standing_committee") == 0));
    if (within && span_has(middle, SPAN("次会议")))
        return false; /* one sitting of the session named before it, or somebody else's meeting during it */
    if (m->type == NULL || span_has(middle, SPAN("中央")) || span_has(middle, SPAN("党代")) ||
        span_has(middle, SPAN("政协")))
        return false;
    m->region = region_of(p, s, *from, term);
    m->from = s->t[*from].from;
    m->to = s->t[i + 1].to + (row ? 0 : (uint32_t)m->ending.n);
    m->announced = announced(s, *from, (struct span){ behind.p + m->ending.n, behind.n - m->ending.n });
    m->topical = goes_on((struct span){ behind.p + m->ending.n, behind.n - m->ending.n });
    return true;
}

static void try_session(struct pass *p, size_t i)
{
    struct session m;
    size_t from;
    if (!read_session(p, i, &m, &from))
        return;
    for (size_t k = from; k <= i + 1; k++)
        p->s->t[k].named = true;
    report(p, &m, i);
}

void meeting_find(struct pass *p)
{
    p->sentence_meeting = (struct span){ NULL, 0 };
    for (size_t k = 0; k < p->s->number_count; k++)
        try_session(p, p->s->number_at[k]);
}

/* ---- the one meeting that an article reports ---- */

#define REPORT_SENTENCES 6  /* news says by then which meeting it is about */
#define HELD_BYTES       75 /* from the name to 召开 */

/* The words around the name say that it was held: 召开…第三次会议, …第三次会议于5日闭幕, 在…第三次会议上. */
static bool is_held(const struct sentence *s, const struct session *m, size_t from, bool opens)
{
    static const struct span held[] = { WORD("召开"), WORD("举行"), WORD("闭幕"), WORD("开幕"),
                                        WORD("结束"), WORD("隆重"), WORD("胜利"), WORD("宣布") };
    struct span name = { s->text.p + m->from, m->to - m->from };
    struct span behind = { s->text.p + m->to, s->to - m->to };
    if (m->topical)
        return false;
    const char *sitting = span_find((struct span){ behind.p, behind.n < 30 ? behind.n : 30 }, SPAN("次全体会议"));
    if (sitting != NULL && span_starts(behind, SPAN("第"))) /* 五次会议第二次全体会议上 */
        behind = span_between(sitting + SPAN("次全体会议").n, behind.p + behind.n);
    static const struct span did[] = { WORD("上"),   WORD("表决"), WORD("听取"), WORD("审议"),
                                       WORD("分别"), WORD("决定"), WORD("通过"), WORD("选举") };
    for (size_t i = 0; i < sizeof(did) / sizeof(did[0]) && opens; i++) {
        if (span_starts(behind, did[i]))
            return true;
    }
    for (size_t k = from; k > 0 && from - k < 3; k--) {
        if (token_is(s, k - 1, "召开") || token_is(s, k - 1, "举行") || token_is(s, k - 1, "主持召开"))
            return true;
    }
    if (behind.n > HELD_BYTES)
        behind.n = HELD_BYTES;
    for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
        if (span_has(name, held[i]) || span_has(behind, held[i]))
            return true;
    }
    return false;
}

/* The first meeting of these sentences that was held, or, where held does not matter, that is no source of topics. */
static bool take_report(struct pass *p, struct span text, size_t sentences, bool held)
{
    sentences_begin(&p->walk, text);
    for (size_t n = 0; n < sentences && (p->s = sentences_next(&p->walk)) != NULL; n++) {
        for (size_t k = 0; k < p->s->number_count; k++) {
            struct session m;
            size_t from;
            if (!read_session(p, p->s->number_at[k], &m, &from) || m.topical ||
                (held && !is_held(p->s, &m, from, n == 0)))
                continue;
            p->standing_meeting = canonical(p, &m);
            p->standing_type = span_of(m.type);
            return true;
        }
    }
    return false;
}

/* A report of the work of years is given at a meeting, but what it tells of did not happen there. */
static bool looks_back(const struct pass *p)
{
    static const struct span genres[] = { WORD("work_report"), WORD("annual_review"), WORD("government_report"),
                                          WORD("plan"),        WORD("reply"),         WORD("research"),
                                          WORD("digest"),      WORD("consultation"),  WORD("inspection_report") };
    for (size_t i = 0; i < sizeof(genres) / sizeof(genres[0]); i++) {
        if (span_eq(p->art->f[ARTICLE_GENRE], genres[i]))
            return true;
    }
    return false;
}

void meeting_standing(struct pass *p)
{
    p->looks_back = looks_back(p);
    if (p->looks_back)
        return;
    if (!take_report(p, p->art->f[ARTICLE_TEXT], REPORT_SENTENCES, true))
        take_report(p, p->art->f[ARTICLE_TITLE], 1, false);
    if (p->standing_meeting.n > 0 && span_is(p->art->f[ARTICLE_GENRE], "other"))
        p->art->f[ARTICLE_GENRE] = SPAN("session_news");
}
