/* period.c - which time a sentence speaks of: its own dates and period words, else its section's, else the article's.
 */
#include "common/text.h"
#include "worker/findings/pass.h"

#define STANDING_SENTENCES 8
#define YEAR_SENTENCES     3  /* a bare year named later is only that paragraph's */
#define YEARS_AHEAD        6  /* a plan names years to come */
#define EVENT_SENTENCES    4  /* a day named later is only one of several */
#define YEAR_NEARLY_OVER   11 /* month */
#define REVIEW_MONTHS      3  /* of a year, in which the one before is reviewed */
#define TERM_SCAN_BYTES    (16u << 10)

static void mark(struct pass *p, size_t token, struct period period)
{
    if (p->mark_count < MARKS_MAX)
        p->marks[p->mark_count++] = (struct period_mark){ token, period };
}

static struct period years(enum period_type type, int from, int to)
{
    return (struct period){ type, { (int16_t)from, 0, 0 }, { (int16_t)to, 0, 0 } };
}

/* 今年, 去年 … before a month: the year that is meant; 0 without a publication date. */
static int year_word(const struct pass *p, const struct sentence *s, size_t i)
{
    static const struct {
        const char *word;
        int back;
    } words[] = { { "今年", 0 },  { "去年", 1 }, { "前年", 2 }, { "上年", 1 },
                  { "明年", -1 }, { "当年", 0 }, { "同年", 0 } };
    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        if (token_is(s, i, words[k].word))
            return p->published.year == 0 ? 0 : p->published.year - words[k].back;
    }
    return 0;
}

static bool until_before(const struct sentence *s, size_t i)
{
    for (size_t k = i; k > 0 && i - k < 3; k--) {
        if (token_is(s, k - 1, "截至") || token_is(s, k - 1, "截止") || token_is(s, k - 1, "截至今年") ||
            token_is(s, k - 1, "截止到"))
            return true;
    }
    return false;
}

static bool since_behind(const struct sentence *s, size_t i)
{
    return token_is(s, i + 1, "以来") || (token_is(s, i + 1, "度") && token_is(s, i + 2, "以来"));
}

/* A bare year is the sentence's time only where a clause begins or ends with it: not in 2022年财政决算. */
static bool year_stands_alone(const struct sentence *s, size_t i)
{
    if (i == 0 || s->t[i - 1].type >= TOK_COMMA || token_in(s, i - 1, LEX_BIT(PERIOD)))
        return true;
    if (token_is(s, i - 1, "在") || token_is(s, i - 1, "自") || token_is(s, i - 1, "从") || until_before(s, i))
        return true;
    if (token_is(s, i + 1, "的") && i + 2 < s->n && s->t[i + 2].type == TOK_NUMBER)
        return true; /* 2017年的92.1% */
    return token_ends_clause(s, i + 1) || token_is(s, i + 1, "全年") || since_behind(s, i) ||
           token_in(s, i + 1, LEX_BIT(PERIOD));
}

static int half_or_quarter(const struct sentence *s, size_t i, struct period *period)
{
    static const struct {
        const char *word;
        int from, to;
    } rows[] = { { "上半年", 1, 6 },   { "下半年", 7, 12 },    { "一季度", 1, 3 },   { "二季度", 4, 6 },
                 { "三季度", 7, 9 },   { "四季度", 10, 12 },   { "第一季度", 1, 3 }, { "第二季度", 4, 6 },
                 { "第三季度", 7, 9 }, { "第四季度", 10, 12 }, { "首季", 1, 3 } };
    for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
        if (token_is(s, i, rows[k].word)) {
            period->from.month = (int8_t)rows[k].from;
            period->to.month = (int8_t)rows[k].to;
            return rows[k].to - rows[k].from == 5 ? PERIOD_HALF : PERIOD_QUARTER;
        }
    }
    return PERIOD_NONE;
}

/* 2022年以来: this year's part of it only where that year is not over, or was not when the review of it was written. */
static enum period_type since_type(const struct pass *p, struct date from)
{
    int last = p->published.month >= 1 && p->published.month <= REVIEW_MONTHS ? 1 : 0;
    return p->published.year != 0 && from.year != 0 && from.year < p->published.year - last ? PERIOD_MULTI_YEAR
                                                                                            : PERIOD_YTD;
}

static bool is_years_past(const struct sentence *s, size_t i)
{
    return token_is(s, i, "三年来") || token_is(s, i, "四年来");
}

/* 四年来 is a term where the article speaks of one. */
static bool speaks_of_term(const struct pass *p)
{
    struct span text = p->art->f[ARTICLE_TEXT];
    if (text.n > TERM_SCAN_BYTES)
        text.n = TERM_SCAN_BYTES;
    return span_has(text, SPAN("任期的")) || span_has(text, SPAN("本届"));
}

static void read_date(struct pass *p, const struct sentence *s, size_t i)
{
    struct date_range d = s->dates[s->t[i].value];
    int year = i > 0 ? year_word(p, s, i - 1) : 0;
    bool bare_year = d.from.year != 0 && d.from.month == 0;
    if (bare_year && !d.ranged && !year_stands_alone(s, i))
        return;
    bool ahead = bare_year && p->published.year != 0 && d.from.year > p->published.year;
    if (ahead && (d.from.year > p->published.year + YEARS_AHEAD || d.ranged))
        return;
    d.from = date_resolve(d.from, p->published, year != 0 ? year : p->standing.type == PERIOD_YEAR ? p->base_year : 0);
    if (d.ranged && d.to.year == 0)
        d.to = date_resolve(d.to, p->published, d.from.year);
    struct period period = { PERIOD_EVENT, d.from, d.ranged ? d.to : d.from };
    if (d.ranged && d.from.day == 0 && d.from.year != 0 && d.to.year > d.from.year)
        period.type = PERIOD_MULTI_YEAR; /* 2020年1月至2023年9月 */
    if (until_before(s, i)) {
        period = (struct period){ PERIOD_AS_OF, { 0 }, d.from };
    } else if (ahead && i > 0 && (span_ends(token_span(s, &s->t[i - 1]), SPAN("到")) || token_is(s, i - 1, "至"))) {
        period = (struct period){ PERIOD_AS_OF, { 0 }, d.from }; /* 力争到2025年底 */
    } else if (since_behind(s, i)) {
        period = (struct period){ since_type(p, d.from), d.from, { 0 } };
    } else if (bare_year) {
        period.type = d.ranged ? PERIOD_MULTI_YEAR : PERIOD_YEAR;
        if (!d.ranged && token_in(s, i + 1, LEX_BIT(PERIOD))) {
            int type = half_or_quarter(s, i + 1, &period);
            if (type != PERIOD_NONE)
                period.type = (enum period_type)type;
        }
    } else if (d.from.day == 0 && !d.ranged) {
        period.type = PERIOD_MONTH;
    }
    mark(p, i, period);
}

/* 今年 of a year that is nearly over, or of which it is said what will be. */
static bool is_whole_year(const struct pass *p, const struct sentence *s, size_t i)
{
    return token_is(s, i, "今年") && p->published.year != 0 &&
           (p->published.month >= YEAR_NEARLY_OVER || token_is(s, i + 1, "将") || token_is(s, i + 2, "将"));
}

/* 一次会议以来. */
static bool since_first_session(const struct sentence *s, size_t i)
{
    if (i < 2 || !token_is(s, i - 1, "次") || s->t[i - 2].type != TOK_NUMBER)
        return false;
    const struct decimal *session = &s->numbers[s->t[i - 2].value].value;
    return session->digits == 1 && session->scale == 0;
}

static void read_word(struct pass *p, const struct sentence *s, size_t i)
{
    const struct lex_row *row = word_row(s->t[i].w, LEX_PERIOD);
    int now = p->published.year, base = p->base_year;
    struct period half = years(PERIOD_HALF, base != 0 ? base : now, base != 0 ? base : now);
    if (i > 0 && token_is(s, i - 1, "今年"))
        half = years(PERIOD_HALF, now, now);
    bool dated = i + 1 < s->n && s->t[i + 1].type == TOK_DATE;
    switch (row->code) {
    case PW_YTD:
        if (!dated && !(i + 1 < s->n && (word_is(s->t[i + 1].w, LEX_PERIOD, PW_HALF) ||
                                         word_is(s->t[i + 1].w, LEX_PERIOD, PW_QUARTER))))
            mark(p, i, is_whole_year(p, s, i) ? years(PERIOD_YEAR, now, now) : years(PERIOD_YTD, now, 0));
        break;
    case PW_TERM:
        if (token_is(s, i, "会议以来") && (p->standing.type == PERIOD_YEAR || !since_first_session(s, i) ||
                                           span_has(p->art->f[ARTICLE_TEXT], SPAN("一年来"))))
            break; /* 四次会议以来: the year since */
        mark(p, i, p->standing.type == PERIOD_TERM ? p->standing : years(PERIOD_TERM, 0, 0));
        break;
    case PW_YEAR:
        if (i > 0 && (s->t[i - 1].type == TOK_DATE || token_in(s, i - 1, LEX_BIT(PERIOD))))
            break; /* 2023年全年, 今年年度 */
        if (token_is(s, i, "年度") && !(i == 0))
            break;
        mark(p, i, p->standing.type == PERIOD_YEAR ? p->standing : years(PERIOD_YEAR, base, base));
        break;
    case PW_LAST_YEAR:
        if (!dated && year_stands_alone(s, i))
            mark(p, i, years(PERIOD_YEAR, now == 0 ? 0 : now - 1, now == 0 ? 0 : now - 1));
        break;
    case PW_HALF:
    case PW_QUARTER:
        if (i > 0 && !token_ends_clause(s, i - 1) && !token_in(s, i - 1, LEX_BIT(PERIOD)))
            break;
        half.type = (enum period_type)half_or_quarter(s, i, &half);
        if (half.type != PERIOD_NONE)
            mark(p, i, half);
        break;
    case PW_MULTI_YEAR:
        if (i == 0 || token_ends_clause(s, i - 1))
            mark(p, i, years(is_years_past(s, i) && speaks_of_term(p) ? PERIOD_TERM : PERIOD_MULTI_YEAR, 0, 0));
        break;
    case PW_NEXT:
        if (now != 0 && (token_is(s, i, "明年") || token_is(s, i, "来年")) && !dated)
            mark(p, i, years(PERIOD_YEAR, now + 1, now + 1));
        else if (token_is(s, i, "今后五年") || token_is(s, i, "未来五年"))
            mark(p, i, years(PERIOD_TERM, 0, 0));
        break;
    case PW_AS_OF:
        if (s->t[i].to - s->t[i].from > 6 || (token_is(s, i, "目前") && (i == 0 || token_ends_clause(s, i - 1))))
            mark(p, i, years(PERIOD_AS_OF, 0, 0));
        break;
    default: break;
    }
}

/* 26日,…会议召开, 今(26)日: the day of this month or of the last one before publication. */
static void read_bare_day(struct pass *p, const struct sentence *s, size_t i)
{
    static const struct span durations[] = { WORD("内"), WORD("前"), WORD("起"), WORD("后"), WORD("以"), WORD("之") };
    const struct number *n = &s->numbers[s->t[i].value];
    bool paren = i >= 2 && s->t[i - 1].type == TOK_PAREN_OPEN && token_is(s, i - 2, "今");
    size_t behind = paren ? i + 2 : i + 1;
    bool opens = i == 0 || token_ends_clause(s, i - 1) || token_is(s, i - 1, "于") || token_is(s, i - 1, "今");
    if (p->published.day == 0 || n->value.scale != 0 || n->value.digits < 1 || n->value.digits > 31 || n->ranged ||
        !(paren || opens) || !token_is(s, behind, "日"))
        return;
    struct span rest = tokens_span(s, behind + 1, behind + 2 < s->n ? behind + 2 : s->n);
    for (size_t k = 0; k < sizeof(durations) / sizeof(durations[0]); k++) {
        if (span_starts(rest, durations[k]))
            return;
    }
    struct date d = { p->published.year, p->published.month, (int8_t)n->value.digits };
    if (d.day > p->published.day && --d.month == 0) {
        d.month = 12;
        d.year--;
    }
    mark(p, i, (struct period){ PERIOD_EVENT, d, d });
}

void period_read(struct pass *p)
{
    const struct sentence *s = p->s;
    p->mark_count = 0;
    for (size_t k = 0; k < s->number_count && s->date_count == 0; k++)
        read_bare_day(p, s, s->number_at[k]);
    if (s->date_count == 0 && (s->tables & LEX_BIT(PERIOD)) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].quoted)
            continue;
        if (s->t[i].type == TOK_DATE)
            read_date(p, s, i);
        else if (token_in(s, i, LEX_BIT(PERIOD)))
            read_word(p, s, i);
    }
}

/* 2017-2021 anywhere: the years of a five-year report. */
static void find_term_years(struct pass *p)
{
    struct span text = p->art->f[ARTICLE_TEXT];
    for (const char *q = text.p, *end = text.p + text.n; q < end; q++) {
        struct date_range d;
        if ((*q != '1' && *q != '2') || (q > text.p && q[-1] >= '0' && q[-1] <= '9') || date_read(q, end, &d) == q)
            continue;
        if (d.ranged && d.from.month == 0 && d.to.year - d.from.year >= 3 && d.to.year - d.from.year <= 6) {
            p->standing.from = d.from;
            p->standing.to = d.to;
            return;
        }
    }
}

static bool holds_for_all(enum period_type t)
{
    return t == PERIOD_YEAR || t == PERIOD_YTD || t == PERIOD_TERM || t == PERIOD_HALF || t == PERIOD_QUARTER;
}

/* 请于6月20日前反馈, 截止时间为6月20日, 自6月20日起施行: a day to come, and none of what the article tells. */
static bool ends_term(const struct sentence *s, size_t date)
{
    struct span behind = { s->text.p + s->t[date].to, s->to - s->t[date].to };
    return span_starts(behind, SPAN("前")) || span_starts(behind, SPAN("之前")) || span_starts(behind, SPAN("以前")) ||
           span_starts(behind, SPAN("止")) || span_starts(behind, SPAN("起施行")) ||
           span_has(tokens_span(s, date > 5 ? date - 5 : 0, date), SPAN("截止"));
}

/* A day after publication is only announced. */
static bool is_ahead(const struct pass *p, struct date d)
{
    int day = p->published.day == 0 || d.day == 0 ? 0 : d.day - p->published.day;
    int months = (d.year - p->published.year) * 12 + d.month - p->published.month;
    return p->published.year != 0 && p->published.month != 0 && d.year != 0 && d.month != 0 &&
           (months > 0 || (months == 0 && day > 0));
}

/* Takes the first period of these sentences that can hold for an article. */
static bool take_standing(struct pass *p, struct span text, size_t sentences, bool title)
{
    struct sentence *s;
    sentences_begin(&p->walk, text);
    for (size_t k = 0; k < sentences && (s = sentences_next(&p->walk)) != NULL; k++) {
        p->s = s;
        period_read(p);
        for (size_t i = 0; i < p->mark_count; i++) {
            struct period found = p->marks[i].period;
            bool day = found.type == PERIOD_EVENT && k < EVENT_SENTENCES && !is_ahead(p, found.from);
            if (found.type == PERIOD_YEAR && p->marks[i].token > 1 &&
                s->t[p->marks[i].token - 1].type != TOK_PAREN_OPEN && !title)
                continue; /* …于2019年建成 tells nothing of the article */
            if (found.type == PERIOD_YEAR && k > YEAR_SENTENCES && !title)
                continue;
            if (!holds_for_all(found.type) && (!day || ends_term(s, p->marks[i].token)))
                continue;
            p->standing = found;
            return true;
        }
    }
    return false;
}

/* What follows a year is the name of a thing that bears it: 年民生实事项目, 年度重点项目. */
static bool names_thing(struct span behind)
{
    static const struct span things[] = { WORD("民生"), WORD("重点项目") };
    static const struct span between[] = { WORD("年"), WORD("度"), WORD("市"), WORD("省"),
                                           WORD("县"), WORD("区"), WORD("本"), WORD("级") };
    for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++) {
        if (span_starts(behind, between[i]))
            behind = span_between(behind.p + between[i].n, behind.p + behind.n);
    }
    for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
        if (span_starts(behind, things[i]))
            return true;
    }
    return false;
}

/* 数说2022: a title may name its year without 年. */
static bool take_bare_year(struct pass *p)
{
    struct span title = p->art->f[ARTICLE_TITLE];
    for (const char *q = title.p, *end = title.p + title.n; end - q >= 4; q++) {
        if (*q != '2' || q[1] != '0' || (q > title.p && q[-1] >= '0' && q[-1] <= '9') ||
            (end - q > 4 && q[4] >= '0' && q[4] <= '9'))
            continue;
        struct date d = date_of((struct span){ q, 4 });
        if (names_thing(span_between(q + 4, end)))
            continue; /* 票决2024年民生实事项目: the year is the projects' */
        if (d.year == 0 || (p->published.year != 0 && d.year > p->published.year))
            continue;
        p->standing = years(PERIOD_YEAR, d.year, d.year);
        return true;
    }
    return false;
}

void period_standing(struct pass *p)
{
    if (!take_standing(p, p->art->f[ARTICLE_TITLE], 2, true) && !take_bare_year(p) &&
        !take_standing(p, p->art->f[ARTICLE_SUBTITLE], 2, true))
        take_standing(p, p->art->f[ARTICLE_TEXT], STANDING_SENTENCES, false);
    if (p->standing.type == PERIOD_YEAR)
        p->base_year = p->standing.from.year;
    else if (p->standing.type == PERIOD_TERM)
        find_term_years(p);
}
