#include "worker/findings/findings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "common/text.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

/* Raised whenever the code finds something else in the same text. */
#define RULES_VERSION 6

#define QUOTES_MAX_BYTES  (16u << 20) /* of one article, before quotes get short */
#define QUOTE_SHORT_BYTES 240

struct rules {
    struct lexicon *lex;
    char digest[17];
};

struct rules *rules_new(const char *user_path, struct err *e)
{
    struct rules *r = calloc(1, sizeof(*r));
    if (r == NULL) {
        err_set(e, "out of memory for the rules");
        return NULL;
    }
    r->lex = lexicon_new(user_path, e);
    if (r->lex == NULL) {
        rules_free(r);
        return NULL;
    }
    uint64_t key[2] = { lexicon_digest(r->lex), RULES_VERSION };
    snprintf(r->digest, sizeof(r->digest), "%016" PRIx64, XXH64(key, sizeof(key), 0));
    return r;
}

void rules_free(struct rules *r)
{
    if (r == NULL)
        return;
    lexicon_free(r->lex);
    free(r);
}

const char *rules_digest(const struct rules *r)
{
    return r->digest;
}

/* What was already reported, by hash: an article has at most FINDINGS_MAX findings, so chance hits do not matter. */
struct seen_set {
    uint64_t *slot;
    size_t mask, count;
};

static bool seen_put(struct seen_set *set, uint64_t h)
{
    size_t i = (size_t)h & set->mask;
    while (set->slot[i] != 0) {
        if (set->slot[i] == h)
            return false;
        i = (i + 1) & set->mask;
    }
    set->slot[i] = h;
    set->count++;
    return true;
}

static void seen_grow(struct seen_set *set, struct arena *a)
{
    struct seen_set bigger = { .mask = set->mask * 2 + 1 };
    bigger.slot = ARENA_ARRAY(a, uint64_t, bigger.mask + 1);
    for (size_t i = 0; i <= set->mask && set->slot != NULL; i++) {
        if (set->slot[i] != 0)
            seen_put(&bigger, set->slot[i]);
    }
    *set = bigger;
}

bool pass_first_time(struct pass *p, enum finding_kind kind, struct span key, int detail)
{
    uint64_t h = XXH64(key.p, key.n, ((uint64_t)kind << 32) + (uint64_t)(uint32_t)detail + 1);
    if (p->seen->count * 2 >= p->seen->mask)
        seen_grow(p->seen, p->a);
    return seen_put(p->seen, h == 0 ? 1 : h);
}

uint32_t sentence_cp(const struct sentence *s, uint32_t byte)
{
    size_t lo = 0, hi = s->n;
    while (lo < hi) { /* the last token that begins at or before byte */
        size_t mid = (lo + hi + 1) / 2;
        if (s->t[mid].from <= byte)
            lo = mid;
        else
            hi = mid - 1;
    }
    const struct token *t = &s->t[lo];
    return byte <= t->from ? t->cp : t->cp + (uint32_t)text_count((struct span){ s->text.p + t->from, byte - t->from });
}

/* The sentence; of one that is too long, the part that holds the place. What one article's quotes hold together is
 * bounded too: a sentence without end is quoted once for each of its findings. */
static struct span quote_of(struct pass *p, uint32_t from, uint32_t to)
{
    struct span s = sentence_span(p->s);
    size_t most = p->quoted_bytes < QUOTES_MAX_BYTES ? FINDING_QUOTE_MAX_BYTES : QUOTE_SHORT_BYTES;
    if (s.n > most) {
        const char *place = p->s->text.p + from, *end = s.p + s.n, *begin = place;
        size_t room = to - from < most ? (most - (to - from)) / 2 : 0;
        begin = (size_t)(place - s.p) > room ? place - room : s.p;
        while (begin < place && ((unsigned char)*begin & 0xc0) == 0x80)
            begin++;
        s = text_cut(span_between(begin, end), most);
    }
    p->quoted_bytes += s.n;
    return s;
}

struct finding *pass_add(struct pass *p, enum finding_kind kind, uint32_t from, uint32_t to, const char *rule)
{
    struct finding *f = finding_add(p->out, p->a, kind);
    f->start = sentence_cp(p->s, from);
    f->end = sentence_cp(p->s, to);
    f->quote = quote_of(p, from, to);
    f->rule = span_of(rule);
    return f;
}

void pass_set(struct pass *p, struct finding *f, enum finding_field field, struct span value)
{
    if (value.n > 0)
        finding_set(f, p->a, field, value);
}

void pass_set_str(struct pass *p, struct finding *f, enum finding_field field, const char *value)
{
    pass_set(p, f, field, span_of(value));
}

void pass_set_int(struct pass *p, struct finding *f, enum finding_field field, long value)
{
    pass_set(p, f, field, decimal_text((struct decimal){ value, 0 }, p->a));
}

struct period pass_period(const struct pass *p, size_t token)
{
    struct period found = p->paragraph.type != PERIOD_NONE ? p->paragraph : p->standing;
    for (size_t i = 0; i < p->mark_count && p->marks[i].token <= token; i++)
        found = p->marks[i].period;
    return found;
}

bool pass_period_named(const struct pass *p, size_t token)
{
    return p->mark_count > 0 && p->marks[0].token <= token;
}

void pass_set_period(struct pass *p, struct finding *f, struct period period)
{
    if (period.type == PERIOD_NONE)
        return;
    pass_set_str(p, f, FINDING_PERIOD_TYPE, period_names[period.type]);
    pass_set(p, f, FINDING_PERIOD_FROM, date_text(period.from, p->a));
    pass_set(p, f, FINDING_PERIOD_TO, date_text(period.to, p->a));
}

void pass_set_time(struct pass *p, struct finding *f, size_t token)
{
    struct period period = pass_period(p, token);
    if (period.type == PERIOD_EVENT || period.type == PERIOD_MONTH)
        pass_set(p, f, FINDING_DATE, date_text(period.from, p->a));
    else
        pass_set_period(p, f, period);
}

void pass_set_meeting(struct pass *p, struct finding *f, size_t token)
{
    if (p->sentence_meeting.n > 0 && p->sentence_meeting_token <= token)
        pass_set(p, f, FINDING_MEETING, p->sentence_meeting);
    else
        pass_set(p, f, FINDING_MEETING, p->standing_meeting);
}

bool pass_within_meeting(const struct pass *p, size_t token)
{
    size_t since = 0;
    if (p->sentence_meeting.n > 0 && p->sentence_meeting_token <= token)
        since = p->sentence_meeting_token;
    else if (p->paragraph.type != PERIOD_NONE ||
             (p->standing.type != PERIOD_NONE && p->standing.type != PERIOD_EVENT && p->standing.type != PERIOD_YEAR))
        return false;
    for (size_t i = 0; i < p->mark_count && p->marks[i].token <= token; i++) {
        const struct period *period = &p->marks[i].period;
        bool same_days = period->type == PERIOD_EVENT || (period->type == PERIOD_AS_OF && period->to.day != 0);
        if (p->marks[i].token >= since && !same_days)
            return false;
    }
    return true;
}

size_t clause_begin(const struct sentence *s, size_t i)
{
    while (i > 0 && !token_ends_clause(s, i - 1))
        i--;
    return i;
}

size_t clause_end(const struct sentence *s, size_t i)
{
    while (!token_ends_clause(s, i))
        i++;
    return i;
}

#define LOOK_BACK 40 /* tokens */
#define PLAN_BACK 90

/* 计划逐步解决的12件, 列入计划拟解决: how a suggestion was answered. */
static bool names_answer(const struct sentence *s, size_t i)
{
    return (token_is(s, i, "计划") || token_is(s, i, "拟") || token_is(s, i, "准备")) &&
           (token_is(s, i + 1, "逐步") || token_is(s, i + 1, "解决") || token_is(s, i + 1, "拟") ||
            token_is(s, i + 1, "逐步解决"));
}

/* 还将, 也将: never before an object. */
static bool will_also(const struct sentence *s, size_t i)
{
    return i > 0 && (token_is(s, i - 1, "还") || token_is(s, i - 1, "也") || token_is(s, i - 1, "均"));
}

/* 将代表编为40个小组: 将 before an object. */
static bool has_object(const struct sentence *s, size_t i)
{
    return token_is(s, i, "将") && (token_is(s, i + 1, "代表") || token_is(s, i + 1, "人大代表"));
}

/* 审议计划、预算: the plan itself, not what is planned. */
static bool names_plan(const struct sentence *s, size_t i)
{
    if (!token_is(s, i, "计划"))
        return false;
    bool announces = token_in(s, i + 1, LEX_BIT(VERB)) || token_noun(s, i + 1, NOUN_ADVERB) ||
                     token_noun(s, i + 1, NOUN_PREP) || token_is(s, i + 1, "投资") ||
                     (i + 1 < s->n && (s->t[i + 1].type == TOK_NUMBER || s->t[i + 1].type == TOK_DATE));
    return !announces || token_is(s, i + 1, "执行") || (i > 0 && s->t[i - 1].type == TOK_LIST) ||
           (i > 0 && (token_is(s, i - 1, "年度") || token_is(s, i - 1, "本年度")));
}

/* 拟提请, 拟制定: words for laws to come. */
static bool plans_law(const struct sentence *s, size_t i)
{
    const struct lex_row *row = token_row(s, i, LEX_STAGE);
    return row != NULL && row->code == STAGE_PLANNED && span_starts(row->f[0], SPAN("拟"));
}

bool pass_planned(const struct pass *p, size_t token)
{
    if (p->planned_section || span_is(p->art->f[ARTICLE_GENRE], "plan"))
        return true;
    if ((p->s->nouns & 1u << NOUN_PLAN) == 0 && (p->s->tables & LEX_BIT(STAGE)) == 0)
        return false;
    int commas = 0;
    for (size_t i = token; i > 0 && token - i < PLAN_BACK; i--) {
        commas += p->s->t[i - 1].type == TOK_COMMA;
        if (token_is(p->s, i - 1, "计划") && commas > 1)
            return false; /* the word is used of too many other things */
        if (plans_law(p->s, i - 1))
            return true;
        if (token_noun(p->s, i - 1, NOUN_PLAN) && !names_plan(p->s, i - 1) && !names_answer(p->s, i - 1) &&
            !has_object(p->s, i - 1) &&
            (!token_is(p->s, i - 1, "将") || will_also(p->s, i - 1) || token_in(p->s, i, LEX_BIT(VERB)) ||
             token_noun(p->s, i, NOUN_ADVERB) || token_noun(p->s, i, NOUN_PREP)) &&
            !(i >= 2 && (token_is(p->s, i - 2, "列入") || token_is(p->s, i - 2, "纳入") ||
                         token_is(p->s, i - 2, "工作") || token_is(p->s, i - 2, "按"))))
            return true;
        if (token_is(p->s, i - 1, "了") || token_is(p->s, i - 1, "已") || p->s->t[i - 1].type == TOK_STOP)
            return false;
    }
    return false;
}

static int actor_role(const struct word *w)
{
    if (w == NULL || w->nouns >> NOUN_ACTOR_DEPUTIES == 0)
        return -1;
    for (const struct lex_row *row = w->rows; row != NULL; row = row->next) {
        if (row->table == LEX_NOUN && row->code >= NOUN_ACTOR_DEPUTIES)
            return row->code;
    }
    return -1;
}

static bool of_whole_place(const struct sentence *s, size_t i)
{
    return token_is(s, i, "全市") || token_is(s, i, "全省") || token_is(s, i, "全县") || token_is(s, i, "全区") ||
           token_is(s, i, "全州");
}

/* 推动区政府…: the work is the government's. The nearest actor before the token, in this sentence, whom a verb of
 * urging governs or who begins a clause. */
struct span pass_actor(const struct pass *p, size_t token)
{
    const struct sentence *s = p->s;
    const uint32_t telling = 1u << VERB_RECEIVE | 1u << VERB_HANDLE | 1u << VERB_OTHER; /* 提出, 查出 */
    if (s->nouns >> NOUN_ACTOR_DEPUTIES == 0 && (s->verbs & telling) == 0)
        return (struct span){ NULL, 0 };
    for (size_t i = token; i > 0 && token - i < LOOK_BACK; i--) {
        if (s->t[i - 1].type == TOK_COMMA && token_semicolon(s, i - 1))
            break; /* 区政府承办172件;区法院承办4件 */
        if (token_is(s, i - 1, "审计查出") && clause_begin(s, token) == clause_begin(s, i - 1))
            return SPAN("audit");
        if (token_is(s, i - 1, "审计") && (token_is(s, i, "查出") || token_is(s, i, "发现") || token_is(s, i, "反映") ||
                                           token_is(s, i, "指出") || token_is(s, i, "揭示")))
            return SPAN("audit");
        int role = actor_role(s->t[i - 1].w);
        bool own = (token_is(s, i - 1, "常委会") || token_is(s, i - 1, "人大")) &&
                   (i < 3 || token_ends_clause(s, i - 2) || token_ends_clause(s, i - 3));
        if (s->t[i - 1].type == TOK_STOP || own)
            break;
        if ((token_is(s, i - 1, "代表") || token_is(s, i - 1, "人大代表")) && token_is(s, i, "提出") &&
            !token_is(s, i + 1, "的") && clause_begin(s, token) == clause_begin(s, i - 1)) /* 会议期间代表提出 */
            return SPAN("deputies");
        if (role < 0)
            continue;
        size_t at = i - 1;
        bool urged = at > 0 && token_verb(s, at - 1, VERB_SUPPORT);
        bool acts = token_in(s, i, LEX_BIT(VERB)) || token_noun(s, i, NOUN_ADVERB) || token_noun(s, i, NOUN_STOP) ||
                    token_noun(s, i, NOUN_PREP) || (i < s->n && s->t[i].type == TOK_NUMBER);
        bool near = role != NOUN_ACTOR_DEPUTIES && role != NOUN_ACTOR_PARTY
                        ? true
                        : clause_begin(s, token) == clause_begin(s, at);
        size_t before = at > 0 && of_whole_place(s, at - 1) ? at - 1 : at; /* 全市审计机关 */
        bool begins =
            acts && near && (before == 0 || token_ends_clause(s, before - 1) || token_is(s, before - 1, "由"));
        bool of = token_is(s, i, "对") || token_is(s, i, "的");
        if (of || token_is(s, at == 0 ? s->n : at - 1, "向") || token_is(s, at == 0 ? s->n : at - 1, "对"))
            continue;
        if (urged || begins)
            return span_of(actor_names[role - NOUN_ACTOR_DEPUTIES]);
    }
    return (struct span){ NULL, 0 };
}

struct span pass_scope(const struct pass *p, size_t token)
{
    const struct sentence *s = p->s;
    if ((s->tables & LEX_BIT(SCOPE)) == 0)
        return (struct span){ NULL, 0 };
    size_t begin = clause_begin(s, token), end = clause_end(s, token);
    if (begin + LOOK_BACK < token)
        begin = token - LOOK_BACK;
    for (size_t i = begin; i < end && i < token + LOOK_BACK; i++) {
        if ((token_is(s, i, "配合") || token_is(s, i, "协助")) &&
            span_has(tokens_span(s, i, i + 8 < end ? i + 8 : end), SPAN("人大")))
            return SPAN("assisted"); /* 配合佳木斯市人大常委会… */
        const struct lex_row *row = token_row(s, i, LEX_SCOPE);
        if (row != NULL)
            return row->f[1];
    }
    return (struct span){ NULL, 0 };
}

struct span matter_of(const struct pass *p, struct span topic)
{
    const struct lex_row *best = NULL;
    for (const char *q = topic.p, *end = topic.p + topic.n; q < end;) {
        const struct word *w = lexicon_longest(p->lex, q, end);
        const struct lex_row *row = word_row(w, LEX_MATTER);
        if (row != NULL && (best == NULL || row->order < best->order))
            best = row;
        text_next(&q, end);
    }
    return best == NULL ? (struct span){ NULL, 0 } : best->f[1];
}

/* A heading may open a section with a time of its own: 2023年工作回顾, 今后五年工作建议. */
static void read_heading(struct pass *p)
{
    const struct sentence *s = p->s;
    bool next = false;
    for (size_t i = 0; i < s->n; i++)
        next |= token_in(s, i, LEX_BIT(PERIOD)) && word_is(s->t[i].w, LEX_PERIOD, PW_NEXT);
    if (p->mark_count > 0) {
        enum period_type t = p->marks[0].period.type;
        if (t == PERIOD_YEAR || t == PERIOD_TERM || t == PERIOD_YTD || t == PERIOD_HALF || t == PERIOD_QUARTER ||
            t == PERIOD_MULTI_YEAR)
            p->standing = p->marks[0].period;
        if ((t == PERIOD_YEAR || t == PERIOD_HALF || t == PERIOD_QUARTER) && p->standing.from.year != 0)
            p->base_year = p->standing.from.year;
    }
    if (next)
        p->planned_section = true;
    else if (p->mark_count > 0 || !s->listed || s->t[0].type == TOK_NUMBER)
        p->planned_section = false;
}

/* 主题教育, 专项行动: a campaign that a paragraph's first sentence opens. */
static void read_campaign(struct pass *p)
{
    static const char *const words[] = { "学习教育", "主题教育", "专项行动", "集中行动", "专题活动" };
    struct span text = sentence_span(p->s);
    p->campaign = (struct span){ NULL, 0 };
    if (!sentence_has(p->s, SPAN("开展")) || sentence_has(p->s, SPAN("等专题活动")))
        return;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *at = span_find(text, span_of(words[i]));
        if (at != NULL && span_find(span_between(text.p, at), SPAN("开展")) != NULL) {
            p->campaign = span_between(at, at + strlen(words[i]));
            return;
        }
    }
}

/* 上半年,…。…: a time that opens a sentence holds for the paragraph's next ones until another is named. */
static void keep_period(struct pass *p)
{
    if (p->mark_count == 0)
        return;
    struct period last = p->marks[p->mark_count - 1].period;
    bool opens = p->marks[p->mark_count - 1].token < 4;
    bool lasts = last.type == PERIOD_HALF || last.type == PERIOD_QUARTER || last.type == PERIOD_YEAR ||
                 last.type == PERIOD_YTD || (last.type == PERIOD_AS_OF && last.to.year != 0) ||
                 last.type == PERIOD_MULTI_YEAR || last.type == PERIOD_TERM;
    p->paragraph = opens && lasts ? last : (struct period){ .type = PERIOD_NONE };
}

static void read_sentence(struct pass *p)
{
    struct sentence *s = p->s;
    if (s->first && !token_is(s, 0, "其中")) /* which goes on with what the paragraph before counted */
        p->paragraph = (struct period){ .type = PERIOD_NONE };
    period_read(p);
    if (s->heading && s->first && s->to - s->from < 120)
        read_heading(p);
    if (s->first)
        read_campaign(p);
    meeting_find(p);
    p->has_vote = vote_find(p);
    attendance_find(p);
    figure_find(p);
    legislation_find(p);
    oversight_find(p);
    suggestion_find(p);
    project_find(p);
    person_find(p);
    chair_find(p);
    platform_find(p);
    first_find(p);
    term_find(p);
    keep_period(p);
}

static bool stands_before(const struct finding *x, const struct finding *y)
{
    return x->start != y->start ? x->start < y->start : x->kind < y->kind;
}

/* The kinds of one sentence come one after another, the sentences in order: nothing moves far. */
static void sort_by_place(struct finding *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct finding f = items[i];
        size_t k = i;
        for (; k > 0 && stands_before(&f, &items[k - 1]); k--)
            items[k] = items[k - 1];
        items[k] = f;
    }
}

void findings_find(const struct rules *r, struct article *art, const struct findings_site *site, struct arena *a,
                   struct finding_list *out)
{
    struct seen_set seen = { .mask = 63 };
    seen.slot = ARENA_ARRAY(a, uint64_t, seen.mask + 1);
    struct pass p = { .lex = r->lex, .art = art, .site = site, .a = a, .out = out, .seen = &seen, .list_role = -1 };
    size_t before = out->n;
    sentences_init(&p.walk, r->lex, a);
    p.published = date_of(art->f[ARTICLE_PUBLISHED]);
    org_resolve(&p);
    genre_find(&p);
    period_standing(&p);
    meeting_standing(&p);
    p.ends_mandates = span_has(art->f[ARTICLE_TEXT], SPAN("代表资格"));
    org_name(&p);
    sentences_begin(&p.walk, art->f[ARTICLE_TEXT]);
    while ((p.s = sentences_next(&p.walk)) != NULL)
        read_sentence(&p);
    term_finish(&p);
    sort_by_place(out->items + before, out->n - before);
    consistency_check(&p, before);
}
