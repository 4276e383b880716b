/* person.c - names with a post or a part: 主任张某某, 任命李某某为…, 免去王某某的…职务. */
#include "common/text.h"
#include "worker/findings/name.h"
#include "worker/findings/pass.h"
#include "worker/findings/signs.h"

#define NAMES_MAX      40 /* of one list */
#define POST_MAX_BYTES 180
#define POST_LOOK      16 /* tokens */

enum role {
    ROLE_MENTIONED,
    ROLE_SPEAKER,
    ROLE_APPOINTED,
    ROLE_ELECTED,
    ROLE_ACTING,
    ROLE_REMOVED,
    ROLE_DISMISSED,
    ROLE_RECALLED,
    ROLE_RESIGNED,
    ROLE_SWORN,
    ROLE_BY_ELECTED,
    ROLE_ENDED
};

static const char *const role_names[] = { "mentioned", "speaker",  "appointed", "elected", "acting",     "removed",
                                          "dismissed", "recalled", "resigned",  "sworn",   "by_elected", "ended" };

static uint32_t byte_of(const struct sentence *s, const char *p)
{
    return (uint32_t)(p - s->text.p);
}

/* 张 三 as 张三. */
static struct span without_spaces(struct pass *p, struct span name)
{
    char *out = arena_alloc(p->a, name.n + 1);
    size_t n = 0;
    for (const char *q = name.p, *end = name.p + name.n; q < end;) {
        const char *at = q;
        if (!text_is_space(text_next(&q, end))) {
            memcpy(out + n, at, (size_t)(q - at));
            n += (size_t)(q - at);
        }
    }
    return (struct span){ out, n };
}

static void split_org(struct pass *p, struct finding *f, struct span post)
{
    static const struct span ends[] = { WORD("人大常委会"), WORD("人民代表大会常务委员会"),
                                        WORD("人民政府"),   WORD("政府"),
                                        WORD("人民法院"),   WORD("人民检察院"),
                                        WORD("检察院"),     WORD("法院"),
                                        WORD("监察委员会"), WORD("人大"),
                                        WORD("党委"),       WORD("工作委员会"),
                                        WORD("委员会"),     WORD("办公室") };
    size_t best = 0;
    const char *list = span_find(post, SPAN("、")); /* 党组成员、办公室主任: the organ of the first post or none */
    struct span lead = list == NULL ? post : span_between(post.p, list);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        const char *at = span_find(lead, ends[i]);
        size_t end = at == NULL ? 0 : (size_t)(at - post.p) + ends[i].n;
        if (end > best && end < post.n && !span_starts((struct span){ post.p + end, post.n - end }, SPAN("主席团")))
            best = end;
    }
    if (best > 0 && best < post.n && !span_is((struct span){ post.p + best, post.n - best }, "代表") &&
        !span_is((struct span){ post.p + best, post.n - best }, "领导")) {
        pass_set(p, f, FINDING_ORG, (struct span){ post.p, best });
        post = (struct span){ post.p + best, post.n - best };
    }
    pass_set(p, f, FINDING_POST, post);
}

static bool is_act(enum role role)
{
    return role != ROLE_MENTIONED && role != ROLE_SPEAKER;
}

static struct person_seen *person_seen(struct pass *p, struct span name)
{
    for (size_t i = 0; i < p->people_count; i++) {
        if (span_eq(p->people[i].name, name))
            return &p->people[i];
    }
    return NULL;
}

/* Who was only mentioned speaks now, in the same post: his finding says so. */
static bool mentioned_speaks(struct pass *p, const struct person_seen *known, struct span post)
{
    if (known == NULL || known->finding >= p->out->n)
        return false;
    struct finding *f = &p->out->items[known->finding];
    bool same = post.n == 0 || span_has(known->post, post) || span_has(post, known->post);
    struct span role = finding_get(f, FINDING_ROLE);
    if (f->kind != KIND_PERSON || !same)
        return false;
    if (span_is(role, role_names[ROLE_MENTIONED]))
        pass_set_str(p, f, FINDING_ROLE, role_names[ROLE_SPEAKER]);
    return span_is(finding_get(f, FINDING_ROLE), role_names[ROLE_SPEAKER]);
}

/* The congress whose name begins the clause that acts: 宁江县人大常委会决定接受…; else the article's. */
static struct span by_of(const struct pass *p, size_t token)
{
    static const struct span bodies[] = { WORD("人民代表大会常务委员会"), WORD("人大常委会"), WORD("人民代表大会") };
    const struct sentence *s = p->s;
    struct span lead = tokens_span(s, clause_begin(s, token), token);
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]) && lead.n < 120; i++) {
        const char *at = span_find(lead, bodies[i]);
        struct span name = at == NULL ? lead : span_between(lead.p, at + bodies[i].n);
        if (at != NULL && word_in(lexicon_longest(p->lex, lead.p, at), LEX_BIT(REGION)) && !span_has(name, SPAN("届")))
            return name;
    }
    return p->art->f[ARTICLE_ORG];
}

static void set_act(struct pass *p, struct finding *f, enum role role, size_t token)
{
    if (role != ROLE_SWORN && role != ROLE_ENDED)
        pass_set(p, f, FINDING_BY, by_of(p, token));
    struct period period = pass_period(p, token);
    if (period.type == PERIOD_EVENT || period.type == PERIOD_MONTH)
        pass_set(p, f, FINDING_DATE, date_text(period.from, p->a));
    pass_set_meeting(p, f, token);
}

static void report(struct pass *p, struct span name, struct span post, enum role role, size_t token, const char *rule)
{
    struct span plain = without_spaces(p, name);
    struct person_seen *known = person_seen(p, plain);
    if (role == ROLE_ENDED && post.n == 0 && known != NULL && span_ends(known->post, SPAN("代表")))
        post = known->post;
    if (post.n > POST_MAX_BYTES)
        post = text_cut(post, POST_MAX_BYTES);
    post = text_trim(post);
    p->name_end = byte_of(p->s, name.p + name.n);
    if (role == ROLE_SPEAKER && mentioned_speaks(p, known, post))
        return;
    struct span key =
        is_act(role) && post.n > 0 ? arena_printf(p->a, "%.*s/%.*s", SPAN_FMT(plain), SPAN_FMT(post)) : plain;
    if (!pass_first_time(p, KIND_PERSON, key, role) ||
        (role == ROLE_MENTIONED && !pass_first_time(p, KIND_PERSON, plain, 100)))
        return;
    pass_first_time(p, KIND_PERSON, plain, 100);
    if (known == NULL && p->people_count < PEOPLE_MAX)
        p->people[p->people_count++] = (struct person_seen){ plain, post, p->out->n };
    struct finding *f = pass_add(p, KIND_PERSON, byte_of(p->s, name.p), byte_of(p->s, name.p + name.n), rule);
    pass_set(p, f, FINDING_NAME, plain);
    split_org(p, f, post);
    pass_set_str(p, f, FINDING_ROLE, role_names[role]);
    if (is_act(role))
        set_act(p, f, role, token);
}

/* ---- appointments ---- */

static const struct act {
    struct span word;
    enum role role;
} acts[] = {
    { WORD("决定任命"), ROLE_APPOINTED },  { WORD("任命"), ROLE_APPOINTED },     { WORD("批准任命"), ROLE_APPOINTED },
    { WORD("决定免去"), ROLE_REMOVED },    { WORD("免去"), ROLE_REMOVED },       { WORD("批准免去"), ROLE_REMOVED },
    { WORD("补选"), ROLE_BY_ELECTED },     { WORD("选举"), ROLE_ELECTED },       { WORD("撤销"), ROLE_DISMISSED },
    { WORD("罢免"), ROLE_RECALLED },       { WORD("依法任命"), ROLE_APPOINTED }, { WORD("依法选举"), ROLE_ELECTED },
    { WORD("依法补选"), ROLE_BY_ELECTED }, { WORD("接受"), ROLE_RESIGNED },      { WORD("同意"), ROLE_RESIGNED },
    { WORD("决定代理"), ROLE_ACTING },     { WORD("决定"), ROLE_ACTING },        { WORD("任命了"), ROLE_APPOINTED },
    { WORD("免去了"), ROLE_REMOVED },      { WORD("撤职"), ROLE_DISMISSED },     { WORD("递补"), ROLE_BY_ELECTED },
};

/* The roles that the words above have in the lexicon. */
#define ACT_ROLES                                                                                                      \
    (1u << VERB_APPOINT | 1u << VERB_RECEIVE | 1u << VERB_ADOPT | 1u << VERB_OTHER | 1u << VERB_HANDLE |               \
     1u << VERB_BUILD)

static const struct act *act_at(const struct sentence *s, size_t i)
{
    if (!token_verbs(s, i, ACT_ROLES))
        return NULL;
    for (size_t k = 0; k < sizeof(acts) / sizeof(acts[0]); k++) {
        if (span_eq(token_span(s, &s->t[i]), acts[k].word))
            return &acts[k];
    }
    return NULL;
}

static const char *skip_paren(const char *q, const char *end)
{
    struct span rest = span_between(q, end);
    bool wide = span_starts(rest, SPAN(WIDE_PAREN_OPEN));
    if (!wide && !span_starts(rest, SPAN("(")))
        return q;
    if (rest.n > 60)
        rest.n = 60;
    const char *close = span_find(rest, wide ? SPAN(WIDE_PAREN_CLOSE) : SPAN(")"));
    return close == NULL ? q : close + (wide ? 3 : 1);
}

static const char *skip_any(const char *q, const char *end, const struct span *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (span_starts(span_between(q, end), words[i]))
            return q + words[i].n;
    }
    return q;
}

/* r where 为 or a list sign follows, so that what stands before it was a name; else q. */
static const char *before_as(const char *r, const char *q, const char *end, bool removing)
{
    static const struct span signs[] = { WORD("为"),   WORD("任"),   WORD("担任"),
                                         WORD("、"),   WORD("("),    WORD(WIDE_PAREN_OPEN),
                                         WORD("同志"), WORD("辞去"), WORD("代理") };
    if (removing && span_starts(span_between(r, end), SPAN("的")))
        return r;
    return r > q && skip_any(r, end, signs, sizeof(signs) / sizeof(signs[0])) > r ? r : q;
}

static bool is_place_letter(const char *q, const char *end)
{
    static const char *const letters[] = { "省", "市", "县", "区", "州", "旗", "镇", "乡" };
    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
        if (span_starts(span_between(q, end), span_of(letters[i])))
            return true;
    }
    return false;
}

/* 免去蒋某某县水利局局长职务: a surname and one or two letters, then where the post is. */
static const char *before_place(const struct pass *p, const char *q, const char *end, struct span *name)
{
    const char *r = q;
    for (int letters = 0; r < end && letters < 3; letters++) {
        if (letters == 1 && !word_in(lexicon_word(p->lex, span_between(q, r)), LEX_BIT(SURNAME)))
            return q;
        if (letters > 1 && is_place_letter(r, end)) {
            *name = span_between(q, r);
            return r;
        }
        text_next(&r, end);
    }
    if (!is_place_letter(r, end))
        return q;
    *name = span_between(q, r);
    return r;
}

/* 北安市, 区城市(更新局): a place that only looks like a name. */
static bool is_place(const struct pass *p, const char *q, const char *end, struct span name, bool after_comma)
{
    const struct word *w = lexicon_longest(p->lex, q, end);
    return (word_in(w, LEX_BIT(REGION)) && w->bytes >= name.n && is_place_letter(q + w->bytes - 3, end)) ||
           (after_comma && is_place_letter(q, end));
}

/* Names in a row from q on: 张某某、李某某(女)、王 某. Returns the byte behind the last. */
static const char *read_names(const struct pass *p, const char *q, const char *end, bool sure, struct span *names,
                              size_t *n)
{
    static const struct span seps[] = { WORD("、"), WORD(","), WORD(WIDE_COMMA), WORD("和"),
                                        WORD("及"), WORD(" "), WORD(WIDE_SPACE) };
    *n = 0;
    bool listed = false;
    const char *last = q, *first = q;
    while (q < end && *n < NAMES_MAX) {
        const char *r = name_read(p->lex, q, end, sure, &names[*n]);
        if (r > q && is_place(p, q, end, names[*n], q > first && !listed))
            break;
        if (r == q && listed)
            r = name_read_listed(p->lex, q, end, &names[*n]);
        if (r == q && listed && !is_place_letter(q, end)) /* 副主任吴某某、疏某某: a surname that no table has */
            r = name_read_any(p->lex, q, end, 3, &names[*n]);
        if (r == q && p->removing)
            r = before_place(p, q, end, &names[*n]);
        if (r == q && sure)
            r = before_as(name_read_any(p->lex, q, end, 7, &names[*n]), q, end, p->removing);
        if (r == q)
            break;
        (*n)++;
        r = skip_paren(r, end);
        static const struct span titles[] = { WORD("同志") };
        last = r = skip_any(r, end, titles, 1);
        q = r;
        listed = span_starts(span_between(q, end), SPAN("、"));
        for (int k = 0; k < 4; k++)
            q = skip_any(q, end, seps, sizeof(seps) / sizeof(seps[0]));
        if (q == r)
            break;
    }
    return last;
}

/* From q to the end of its clause. */
static struct span to_clause_end(const char *q, const char *end)
{
    static const struct span signs[] = { WORD(","),        WORD(";"),  WORD("。"),
                                         WORD(WIDE_COMMA), WORD("\n"), WORD(WIDE_SEMICOLON) };
    const char *r = q;
    while (r < end && r - q < POST_MAX_BYTES) {
        if (skip_any(r, end, signs, sizeof(signs) / sizeof(signs[0])) != r)
            break;
        text_next(&r, end);
    }
    return span_between(q, r);
}

/* A post ends where 职务 says so, or before the words that a decision's name goes on with. */
static struct span strip_post(struct span post)
{
    static const struct span tails[] = { WORD("。"),     WORD("的决定"), WORD("的议案"),
                                         WORD("的请求"), WORD("请求"),   WORD("的") };
    const char *office = span_find(post, SPAN("职务")), *open = span_find(post, SPAN("("));
    if (office != NULL)
        post.n = (size_t)(office - post.p);
    if (open == NULL)
        open = span_find(post, SPAN(WIDE_PAREN_OPEN));
    if (open != NULL && open < post.p + post.n &&
        (span_ends(post, SPAN(")")) || span_ends(post, SPAN(WIDE_PAREN_CLOSE))))
        post.n = (size_t)(open - post.p); /* 检察长(须报经批准) */
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        struct span t = tails[i];
        if (span_ends(post, t))
            post.n -= t.n;
    }
    return post;
}

/* Behind 辞去 or 不再担任, where a reason leads up to it from r on; else r. */
static const char *behind_reason(const char *r, const char *end)
{
    static const struct span lead[] = { WORD("因"), WORD("由于"), WORD("提出"), WORD("同志因") };
    if (skip_any(r, end, lead, sizeof(lead) / sizeof(lead[0])) == r)
        return r;
    struct span clause = to_clause_end(r, end);
    const char *at = span_find(clause, SPAN("辞去"));
    return at == NULL ? r : at + 6;
}

/* 为副市长、代理市长: appointed the one, acting the other. */
static void report_posts(struct pass *p, struct span name, struct span post, enum role role, size_t token)
{
    const char *acting = role == ROLE_APPOINTED ? span_find(post, SPAN("、代理")) : NULL;
    if (acting != NULL) {
        struct span rest = span_between(acting + 9, post.p + post.n);
        report(p, name, span_between(post.p, acting), role, token, "person.appointment");
        report(p, name, rest, ROLE_ACTING, token, "person.appointment");
    } else {
        report(p, name, post, role, token, "person.appointment");
    }
}

/* 为A、李某为B; 辞去A职务、李某辞去B职务: the post ends where the next name has one of its own. */
static struct span up_to_next_name(const struct pass *p, struct span post)
{
    static const struct span seps[] = { WORD("、"), WORD("和") };
    static const struct span behind[] = {
        WORD("为"), WORD("任"), WORD("担任"), WORD("辞去"), WORD("的"), WORD("同志")
    };
    const char *end = post.p + post.n;
    for (const char *q = post.p; q < end;) {
        const char *next = skip_any(q, end, seps, sizeof(seps) / sizeof(seps[0]));
        struct span name;
        const char *r = next > q ? name_read(p->lex, next, end, true, &name) : next;
        if (r > next && skip_any(r, end, behind, sizeof(behind) / sizeof(behind[0])) > r)
            return span_between(post.p, q);
        text_next(&q, end);
    }
    return post;
}

/* 并决定为代理市长; 免去其局长职务: of whom the clause before appointed. */
static bool read_same_person(struct pass *p, const char *q, const char *end, enum role role, size_t token)
{
    static const struct span same[] = { WORD("由其"), WORD("其") };
    static const struct span become[] = { WORD("为"), WORD("担任"), WORD("任"), WORD("代理"), WORD("的") };
    const char *r = skip_any(q, end, same, 2), *t = skip_any(r, end, become, 5);
    struct span post = to_clause_end(t, end);
    bool acting = role == ROLE_ACTING && t > r &&
                  (span_starts(span_between(r, end), SPAN("代理")) || span_starts(post, SPAN("代")));
    bool removed = role == ROLE_REMOVED && r > q && span_has(post, SPAN("职务"));
    if (p->appointed.n == 0 || (!acting && !removed))
        return false;
    report(p, p->appointed, strip_post(post), role, token, "person.appointment");
    return true;
}

/* Names and what they become or cease to be; q stands where the names should begin; more: behind another pair,
 * so that a post must be told. Returns the byte behind all. */
static const char *read_appointment(struct pass *p, const char *q, const char *end, enum role role, size_t token,
                                    bool more)
{
    struct span names[NAMES_MAX], post = { NULL, 0 };
    size_t n;
    p->removing = role == ROLE_REMOVED;
    const char *r = read_names(p, q, end, true, names, &n);
    p->removing = false;
    if (n == 0)
        return q;
    static const struct span become[] = { WORD("为"), WORD("任"), WORD("担任"), WORD("代理") };
    static const struct span of[] = { WORD("的"),       WORD("辞去"),     WORD("辞去其"),  WORD("关于辞去"),
                                      WORD("请求辞去"), WORD("提出辞去"), WORD("申请辞去") };
    const char *t = skip_any(r, end, become, 4);
    bool removed = false;
    if (t == r)
        t = behind_reason(r, end); /* 因工作变动辞去… */
    if (t == r) {
        t = skip_any(r, end, of, sizeof(of) / sizeof(of[0]));
        removed = t > r;
        if (removed && (role == ROLE_ELECTED || role == ROLE_BY_ELECTED))
            return q; /* 选举时间的决定 */
    }
    if (t > r) {
        post = up_to_next_name(p, to_clause_end(t, end));
        r = post.p + post.n;
        post = strip_post(post);
    } else if (role == ROLE_REMOVED && span_ends(to_clause_end(r, end), SPAN("职务"))) { /* 免去段某某某县…庭长职务 */
        post = to_clause_end(r, end);
        r = post.p + post.n;
        post = strip_post(post);
    } else if (role == ROLE_APPOINTED || role == ROLE_RESIGNED || role == ROLE_ACTING || more) {
        return q;
    }
    p->appointed = n == 1 && role == ROLE_APPOINTED ? names[0] : (struct span){ NULL, 0 };
    if (removed && (role == ROLE_APPOINTED || role == ROLE_ACTING))
        role = ROLE_REMOVED;
    for (size_t i = 0; i < n; i++)
        report_posts(p, names[i], post, role, token);
    return r;
}

/* More pairs behind the first: 任命张某为A,李某为B; 免去张某的A、B职务,王某的C职务. */
static void read_pairs(struct pass *p, size_t token, enum role role)
{
    const struct sentence *s = p->s;
    static const struct span lead[] = {
        WORD("了"), WORD(":"), WORD(WIDE_COLON), WORD("“"), WORD(" "), WORD(WIDE_SPACE)
    };
    static const struct span seps[] = { WORD(","),  WORD(";"),        WORD("、"),
                                        WORD("和"), WORD(WIDE_COMMA), WORD(WIDE_SEMICOLON) };
    const char *q = s->text.p + s->t[token].to, *end = s->text.p + s->to;
    for (int k = 0; k < 3; k++)
        q = skip_any(q, end, lead, sizeof(lead) / sizeof(lead[0]));
    if (role == ROLE_ACTING && span_starts(span_between(q, end), SPAN("由")))
        q += 3; /* 决定由某人代理… */
    if (read_same_person(p, q, end, role, token))
        return;
    for (int k = 0; k < NAMES_MAX; k++) {
        const char *r = read_appointment(p, q, end, role, token, k > 0);
        if (r == q)
            return;
        q = skip_any(r, end, seps, sizeof(seps) / sizeof(seps[0]));
        if (q == r)
            return;
    }
}

static bool has_act_word(const struct sentence *s)
{
    for (size_t i = 0; i < s->n; i++) {
        if (act_at(s, i) != NULL)
            return true;
    }
    return false;
}

/* A list that goes over several lines: a line 任命: or 决定任命: , then one person a line. */
static bool read_list_line(struct pass *p)
{
    const struct sentence *s = p->s;
    const char *q = s->text.p + s->from, *end = s->text.p + s->to;
    if (p->list_role < 0 || !s->first || has_act_word(s))
        return false;
    return read_appointment(p, q, end, (enum role)p->list_role, 0, false) > q;
}

static void note_list_head(struct pass *p)
{
    const struct sentence *s = p->s;
    if (!s->first || s->n > 30)
        return;
    bool open = s->n > 0 && (token_colon(s, s->n - 1) || s->heading);
    if (!open && p->list_role < 0)
        return;
    int role = -1;
    for (size_t i = 0; i < s->n && (s->verbs & ACT_ROLES) != 0; i++) {
        const struct act *a = act_at(s, i);
        if (a != NULL)
            role = (int)a->role;
    }
    if (role >= 0 && open)
        p->list_role = role;
    else if (!s->listed && s->n > 0 && s->t[s->n - 1].type == TOK_STOP && role < 0 && p->list_role >= 0 && s->n > 20)
        p->list_role = -1;
}

/* ---- posts beside names ---- */

static bool too_general(struct span post)
{
    static const struct span words[] = { WORD("记者"),   WORD("通讯员"),     WORD("专家"), WORD("选民"),
                                         WORD("企业家"), WORD("人民陪审员"), WORD("常委"), WORD("书记员") };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_eq(post, words[i]))
            return true;
    }
    return false;
}

/* The post that ends with token i, with the organs and posts before it: 市委书记、市人大常委会主任. */
static struct span whole_post(const struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    size_t from = i;
    while (from > 0 && i - from < POST_LOOK) {
        const struct token *t = &s->t[from - 1];
        bool term = t->type == TOK_NUMBER && token_is(s, from, "届");
        if ((t->type != TOK_LETTER && t->type != TOK_WORD && t->type != TOK_LIST && !term) || t->from < p->name_end)
            break;
        if (token_plain_verb(s, from - 1) || token_noun(s, from - 1, NOUN_STOP) || token_noun(s, from - 1, NOUN_PREP) ||
            token_is(s, from - 1, "由") || token_in(s, from - 1, LEX_BIT(PERIOD)) ||
            (token_noun(s, from - 1, NOUN_CONJ)))
            break;
        from--;
    }
    while (from < i && s->t[from].type == TOK_LIST)
        from++;
    return tokens_span(s, from, i + 1);
}

static bool says_behind(const struct sentence *s, const char *q)
{
    static const struct span words[] = {
        WORD("说"),   WORD("表示"),   WORD("指出"), WORD("强调"),     WORD("介绍"),     WORD("认为"),
        WORD("坦言"), WORD("告诉"),   WORD("建议"), WORD("作报告"),   WORD("作了"),     WORD("讲话"),
        WORD("发言"), WORD("作说明"), WORD("提出"), WORD("在讲话中"), WORD("在发言中"), WORD("要求"),
        WORD("希望"), WORD("通报"),   WORD("透露"), WORD("感慨"),     WORD("总结"),     WORD("补充"),
        WORD("提醒"), WORD("呼吁"),   WORD("坦承"), WORD("讲道"),     WORD("宣布"),     WORD("作工作报告")
    };
    struct span rest = span_between(q, s->text.p + s->to);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (span_starts(rest, words[i]))
            return true;
    }
    if (span_starts(rest, SPAN("作")) && !span_starts(rest, SPAN("作为")))
        return true;
    /* 出席会议并讲话, 代表市政府作表态发言 */
    static const struct span later[] = { WORD("并讲话"),     WORD("并作讲话"),   WORD("并作表态"), WORD("作表态"),
                                         WORD("并作了讲话"), WORD("作动员讲话"), WORD("讲话并"),   WORD("作了讲话"),
                                         WORD("并作动员"),   WORD("并作总结"),   WORD("作说明"),   WORD("并提出要求"),
                                         WORD("所作的"),     WORD("作的") };
    struct span clause = to_clause_end(q, s->text.p + s->to);
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
        const char *at = span_find(clause, later[i]);
        if (at != NULL && !span_has(span_between(clause.p, at), SPAN("、")))
            return true;
    }
    return false;
}

/* …进行了宪法宣誓, and nobody who leads others through it. */
static bool swears(const struct sentence *s, const char *q)
{
    static const struct span others[] = { WORD("领誓"), WORD("监誓"), WORD("监督"), WORD("主持"),
                                          WORD("组织"), WORD("带领"), WORD("颁发"), WORD("观看") };
    if (!sentence_has(s, SPAN("宣誓")))
        return false;
    struct span clause = to_clause_end(q, s->text.p + s->to);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (span_has(clause, others[i]))
            return false;
    }
    return span_has(clause, SPAN("宣誓"));
}

/* 执行主席还有:, 执行主席(12名):, 领导  : what may stand between a post and those who hold it. */
static const char *behind_lead(const char *q, const char *end, bool *led)
{
    static const struct span words[] = { WORD("还有"),   WORD("的还有"), WORD("的有"), WORD("有"),
                                         WORD("分别是"), WORD("分别为"), WORD("包括"), WORD("是") };
    static const struct span signs[] = { WORD(":"), WORD(WIDE_COLON), WORD(" "), WORD(WIDE_SPACE) };
    const char *r = skip_any(skip_paren(q, end), end, words, sizeof(words) / sizeof(words[0]));
    for (int k = 0; k < 5; k++)
        r = skip_any(r, end, signs, sizeof(signs) / sizeof(signs[0]));
    *led = r > q;
    return r;
}

/* 主任张某某, 副主任李某某、王某: names behind the post at token i. */
static bool names_behind(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct span names[NAMES_MAX];
    size_t n;
    const char *q = s->text.p + s->t[i].to, *end = s->text.p + s->to;
    if (q < end && *q == ' ' && s->n < 20)
        q++; /* 市人大常委会主任 张某某, on a line of its own */
    const char *r = read_names(p, q, end, false, names, &n);
    if (n == 0) {
        bool led;
        const char *t = behind_lead(q, end, &led);
        r = led ? read_names(p, t, end, false, names, &n) : r;
        n = n > 1 ? n : 0;
    }
    struct span post = whole_post(p, i);
    bool full = !span_ends(post, SPAN("代表")) ? post.n > s->t[i].to - s->t[i].from + 5 || span_has(post, SPAN("人大"))
                                               : span_has(token_span(s, &s->t[i]), SPAN("人大代表"));
    if (n == 0 && (full || s->t[i].w->letters > 2)) {
        r = name_read_behind_post(p->lex, q, end, full, &names[0]);
        n = r > q;
    }
    if (n == 0 || (token_is(s, i, "代表") && !says_behind(s, r) && !span_ends(post, SPAN("人大代表"))))
        return false;
    enum role role = says_behind(s, r) ? ROLE_SPEAKER : ROLE_MENTIONED;
    if (role != ROLE_SPEAKER && word_is(s->t[i].w, LEX_POST, POST_PART))
        return false; /* 村民张某某 is somebody only where he speaks */
    if (role == ROLE_MENTIONED && swears(s, r))
        role = ROLE_SWORN;
    struct span rest = span_between(r, end);
    if (span_starts(rest, SPAN("代理")) && word_in(lexicon_longest(p->lex, rest.p + 6, end), LEX_BIT(POST))) {
        role = ROLE_ACTING; /* 由副检察长褚某代理检察长 */
        post = strip_post(to_clause_end(rest.p + 6, end));
    }
    for (size_t k = 0; k < n; k++)
        report(p, names[k], post, role, i, "person.post_before_name");
    return true;
}

/* 区审计局李某某局长: the organ stands before the name. */
static bool ends_organ(struct span word)
{
    static const struct span ends[] = { WORD("局"),   WORD("厅"),   WORD("委员会"), WORD("办"),
                                        WORD("政府"), WORD("法院"), WORD("检察院"), WORD("常委会"),
                                        WORD("镇"),   WORD("乡"),   WORD("街道"),   WORD("村") };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (span_ends(word, ends[i]))
            return true;
    }
    return false;
}

/* 张某某、李某某、王某某副主任: the names before the last one, back to where the clause or the post before it ends. */
static void names_before(struct pass *p, struct span last, struct span post, enum role role, size_t i)
{
    const struct sentence *s = p->s;
    const char *begin = s->text.p + s->t[clause_begin(s, i)].from;
    if (s->text.p + p->name_end > begin && s->text.p + p->name_end < last.p)
        begin = s->text.p + p->name_end;
    struct span names[NAMES_MAX];
    size_t n;
    const char *r = read_names(p, begin, last.p + last.n, true, names, &n);
    if (r != last.p + last.n || n < 2)
        return;
    for (size_t k = 0; k + 1 < n; k++)
        report(p, names[k], post, role, i, "person.name_before_post");
}

/* 习近平总书记: a name before a post, where nothing but a clause's beginning or a word stands in front. */
static void name_in_front(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    size_t k = i, begin = clause_begin(s, i);
    if (s->t[i].from - s->t[begin].from == 9) /* 陈某某代表: fills the clause, whatever words it may seem to hold */
        k = begin;
    while (
        k > begin && i - k < 3 &&
        (s->t[k - 1].type == TOK_LETTER || (s->t[k - 1].type == TOK_WORD && s->t[k - 1].to - s->t[k - 1].from == 3)) &&
        !token_noun(s, k - 1, NOUN_STOP) && !token_noun(s, k - 1, NOUN_PREP) && !token_in(s, k - 1, LEX_BIT(UNIT)))
        k--;
    if (k == i || (k > 0 && s->t[k - 1].type == TOK_NUMBER))
        return;
    bool organ = k > 0 && ends_organ(token_span(s, &s->t[k - 1]));
    struct span name = name_before(p->lex, s->text.p + s->t[k].from, s->text.p + s->t[i].from, organ);
    if (name.n == 0 || name.n < 6 || (name.p > s->text.p + s->t[k].from && i - k > 3))
        return;
    bool strong = token_is(s, i, "总书记") || token_is(s, i, "国家主席") || token_is(s, i, "总理") ||
                  token_is(s, i, "委员长") || token_is(s, i, "同志");
    bool conj = k > 0 && (s->t[k - 1].type == TOK_LIST || token_noun(s, k - 1, NOUN_CONJ));
    bool bounded =
        name.p == s->text.p + s->t[k].from && (k == 0 || s->t[k - 1].type >= TOK_COMMA || token_plain_verb(s, k - 1) ||
                                               token_noun(s, k - 1, NOUN_STOP) || conj || organ);
    if (!strong && !(bounded && (name.n == 9 || conj)))
        return;
    enum role role = says_behind(s, s->text.p + s->t[i].to) ? ROLE_SPEAKER : ROLE_MENTIONED;
    struct span post = word_is(s->t[i].w, LEX_POST, POST_TITLE) ? (struct span){ NULL, 0 } : token_span(s, &s->t[i]);
    if (conj)
        names_before(p, name, post, role, i);
    report(p, name, post, token_is(s, i, "总书记") ? ROLE_MENTIONED : role, i, "person.name_before_post");
}

/* Behind the post that a clause begins with, before token `to`: 第十届人民代表大会代表王某某因病去世; else where it
 * begins. */
static const char *behind_post(const struct sentence *s, size_t begin, size_t to)
{
    for (size_t i = begin; i < to && i < begin + POST_LOOK && !token_ends_clause(s, i); i++) {
        if (i > begin && (token_is(s, i, "代表") || token_is(s, i, "人大代表")) && i + 1 < to &&
            !token_is(s, i + 1, "大会") && !token_is(s, i + 1, "资格"))
            return s->text.p + s->t[i].to;
    }
    return s->text.p + s->t[begin].from;
}

/* 提出辞去, 分别请求辞去, 因工作变动提出辞去: what may stand between a name and 辞去. */
static bool only_asks(struct span between)
{
    static const struct span words[] = { WORD("分别"), WORD("先后"), WORD("提出"), WORD("请求"), WORD("申请"),
                                         WORD("书面"), WORD("自愿"), WORD("要求"), WORD("同志"), WORD("已"),
                                         WORD("本人"), WORD("个人"), WORD("等") };
    if (span_starts(between, SPAN("因")) || span_starts(between, SPAN("由于")))
        return between.n < 90;
    for (size_t before = between.n + 1; between.n > 0 && between.n < before;) {
        before = between.n;
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
            if (span_starts(between, words[i]))
                between = (struct span){ between.p + words[i].n, between.n - words[i].n };
        }
    }
    return between.n == 0;
}

/* 徐某某、钱某某(提出)辞去…职务; 沈某某因病去世,其代表资格终止: names that begin a clause and lose something by it. */
static void read_leaving(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct span names[NAMES_MAX], rest;
    size_t n, begin = clause_begin(s, i);
    bool resigned = token_is(s, i, "辞去");
    if (begin < i && act_at(s, begin) != NULL)
        return; /* 接受张某某辞去…, which is read from its verb */
    if (resigned && begin > 0 && begin < i && only_asks(tokens_span(s, begin, i)))
        begin = clause_begin(s, begin - 1); /* 乔某某因工作变动,提出辞去… */
    const char *q = behind_post(s, begin, resigned ? i : clause_end(s, i)), *end = s->text.p + s->to;
    const char *r = read_names(p, q, end, true, names, &n);
    rest = span_between(r, end);
    const char *mandate = span_starts(rest, SPAN("的")) ? span_find(to_clause_end(r, end), SPAN("代表资格")) : NULL;
    if (n == 0 || (resigned ? r > s->text.p + s->t[i].from || !only_asks(span_between(r, s->text.p + s->t[i].from))
                            : !span_starts(rest, SPAN("因")) && mandate == NULL && !span_starts(rest, SPAN("调离"))))
        return;
    struct span post = { NULL, 0 };
    if (resigned)
        post = strip_post(to_clause_end(s->text.p + s->t[i].to, end));
    else if (mandate != NULL && mandate > r + 3)
        post = span_between(r + 3, mandate + 6); /* 某人的县第十八届人民代表大会代表资格 */
    else if (q > s->text.p + s->t[begin].from)
        post = span_between(s->text.p + s->t[begin].from, q);
    for (size_t k = 0; k < n; k++)
        report(p, names[k], post, resigned ? ROLE_RESIGNED : ROLE_ENDED, i, "person.leaving");
}

/* …代表王某某因病去世, in an article that goes on to say whose mandates ended. */
static bool deputy_died(const struct pass *p)
{
    static const struct span words[] = { WORD("去世"), WORD("逝世"), WORD("病故"), WORD("病逝"),
                                         WORD("调离"), WORD("调出"), WORD("迁出") };
    if (!p->ends_mandates || !sentence_has(p->s, SPAN("代表")))
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (sentence_has(p->s, words[i]))
            return true;
    }
    return false;
}

static void find_leaving(struct pass *p)
{
    const struct sentence *s = p->s;
    bool ended = (sentence_has(s, SPAN("代表资格")) && sentence_has(s, SPAN("终止"))) || deputy_died(p);
    if (!ended && (s->verbs & 1u << VERB_APPOINT) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (token_is(s, i, "辞去"))
            read_leaving(p, i);
        else if (ended && (i == 0 || token_ends_clause(s, i - 1)))
            read_leaving(p, i);
    }
}

/* 以186票的高票, 等20名代表, 同志: what may stand between names and what they became. */
static bool led_by(struct span between)
{
    static const struct span adverbs[] = { WORD("同志"), WORD("均"),   WORD("全票"), WORD("高票"), WORD("满票"),
                                           WORD("再次"), WORD("依法"), WORD("成功"), WORD("顺利"), WORD("分别") };
    if (between.n > 60 || span_has(between, SPAN("、")))
        return false;
    bool by_votes = span_starts(between, SPAN("以")) && span_has(between, SPAN("票"));
    bool others = span_starts(between, SPAN("等")) && (span_has(between, SPAN("名")) || span_has(between, SPAN("人")) ||
                                                       span_has(between, SPAN("位")) || between.n == 3);
    if (by_votes || others)
        return true;
    for (size_t i = 0; i < sizeof(adverbs) / sizeof(adverbs[0]); i++) {
        if (span_starts(between, adverbs[i]))
            between = (struct span){ between.p + adverbs[i].n, between.n - adverbs[i].n };
    }
    return between.n == 0;
}

/* Ends in a word of office. */
static bool names_post(struct span post)
{
    static const struct span ends[] = {
        WORD("长"), WORD("主任"), WORD("书记"), WORD("主席"), WORD("委员"), WORD("代表")
    };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]) && post.n < 90; i++) {
        if (span_ends(post, ends[i]))
            return true;
    }
    return false;
}

/* 张某某当选为市长, 李某某被任命为…: names at a clause's beginning, then what they became. */
static void read_became(struct pass *p, size_t i)
{
    static const struct {
        struct span words;
        enum role role;
    } became[] = { { WORD("当选为"), ROLE_ELECTED },     { WORD("当选"), ROLE_ELECTED },
                   { WORD("被选举为"), ROLE_ELECTED },   { WORD("被选为"), ROLE_ELECTED },
                   { WORD("被任命为"), ROLE_APPOINTED }, { WORD("被决定任命为"), ROLE_APPOINTED },
                   { WORD("获任"), ROLE_APPOINTED },     { WORD("被补选为"), ROLE_BY_ELECTED },
                   { WORD("补选为"), ROLE_BY_ELECTED },  { WORD("不再担任"), ROLE_REMOVED },
                   { WORD("被免去"), ROLE_REMOVED },     { WORD("被撤销"), ROLE_DISMISSED },
                   { WORD("被罢免"), ROLE_RECALLED },    { WORD("分别担任"), ROLE_MENTIONED },
                   { WORD("担任"), ROLE_MENTIONED },     { WORD("向宪法宣誓"), ROLE_SWORN },
                   { WORD("进行宪法宣誓"), ROLE_SWORN }, { WORD("进行了宪法宣誓"), ROLE_SWORN },
                   { WORD("宪法宣誓"), ROLE_SWORN },     { WORD("任"), ROLE_MENTIONED } };
    const struct sentence *s = p->s;
    struct span names[NAMES_MAX];
    size_t n;
    const char *end = s->text.p + s->to;
    const char *r = read_names(p, s->text.p + s->t[i].from, end, true, names, &n);
    struct span lost = to_clause_end(r, end);
    const char *by = n > 0 && span_starts(lost, SPAN("的")) ? span_find(lost, SPAN("职务被")) : NULL;
    if (by != NULL && (span_ends(lost, SPAN("罢免")) || span_ends(lost, SPAN("撤销")))) { /* 万某的代表职务被依法罢免 */
        enum role role = span_ends(lost, SPAN("罢免")) ? ROLE_RECALLED : ROLE_DISMISSED;
        for (size_t j = 0; j < n; j++)
            report(p, names[j], span_between(lost.p + 3, by), role, i, "person.appointment");
        return;
    }
    for (size_t k = 0; k < sizeof(became) / sizeof(became[0]) && n > 0; k++) {
        const char *at = span_find(lost, became[k].words);
        if (at == NULL || !led_by(span_between(r, at)))
            continue;
        struct span post = strip_post(to_clause_end(at + became[k].words.n, end));
        if (became[k].role == ROLE_MENTIONED && !names_post(post))
            continue;
        if (became[k].role == ROLE_SWORN)
            post = (struct span){ NULL, 0 };
        for (size_t j = 0; j < n && (post.n > 0 || became[k].role == ROLE_SWORN); j++)
            report(p, names[j], post, became[k].role, i, "person.appointment");
        return;
    }
}

static void find_became(struct pass *p)
{
    static const struct span words[] = { WORD("当选"), WORD("获任"), WORD("被"),    WORD("补选为"),
                                         WORD("担任"), WORD("宣誓"), WORD("同志任") };
    const struct sentence *s = p->s;
    bool any = false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && !any; i++)
        any = sentence_has(s, words[i]);
    for (size_t i = 0; i < s->n && any; i++) {
        if (i == 0 || token_ends_clause(s, i - 1))
            read_became(p, i);
    }
}

/* 《关于接受张某某辞去…的决定》, 《关于免去李某某…职务的决定》, when they were passed. */
static void read_decision(struct pass *p, size_t title)
{
    static const struct {
        struct span word;
        enum role role;
    } words[] = { { WORD("关于接受"), ROLE_RESIGNED },  { WORD("关于同意"), ROLE_RESIGNED },
                  { WORD("关于任命"), ROLE_APPOINTED }, { WORD("关于决定任命"), ROLE_APPOINTED },
                  { WORD("关于免去"), ROLE_REMOVED },   { WORD("关于决定代理"), ROLE_ACTING },
                  { WORD("关于撤销"), ROLE_DISMISSED }, { WORD("关于决定免去"), ROLE_REMOVED },
                  { WORD("关于罢免"), ROLE_RECALLED } };
    struct span t = token_span(p->s, &p->s->t[title]);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const char *at = span_find(t, words[i].word);
        if (at != NULL)
            read_appointment(p, at + words[i].word.n, t.p + t.n - 3, words[i].role, title, false);
    }
}

static void find_decisions(struct pass *p)
{
    const struct sentence *s = p->s;
    if ((s->types & 1u << TOK_TITLE) == 0 || !sentence_has(s, SPAN("通过")))
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (s->t[i].type == TOK_TITLE)
            read_decision(p, i);
    }
}

/* 会议上王某等12名代表: a name of two letters with a word or sign before it that ends what went before. */
static bool stands_alone(const struct sentence *s, const char *name, uint32_t begin)
{
    struct span before = span_between(s->text.p + begin, name);
    static const struct span ends[] = { WORD("上"), WORD("中"), WORD("由"), WORD("、"), WORD("和"), WORD("的") };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (span_ends(before, ends[i]))
            return true;
    }
    return before.n == 0;
}

/* 徐某某等代表, 丁某某等11名代表: who is named for them all. */
static void named_for_all(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    size_t k = i;
    if (k >= 2 && token_in(s, k - 1, LEX_BIT(UNIT)) && s->t[k - 2].type == TOK_NUMBER)
        k -= 2;
    if (k == 0 || !token_is(s, k - 1, "等"))
        return;
    size_t begin = clause_begin(s, k - 1);
    struct span names[NAMES_MAX];
    size_t n;
    const char *others = s->text.p + s->t[k - 1].from;
    const char *r = read_names(p, s->text.p + s->t[begin].from, others, true, names, &n);
    if (r != others) {
        names[0] = name_before(p->lex, s->text.p + s->t[begin].from, others, false);
        n = names[0].n == 9 || (names[0].n == 6 && stands_alone(s, names[0].p, s->t[begin].from));
    }
    for (size_t j = 0; j < n; j++)
        report(p, names[j], token_span(s, &s->t[i]), ROLE_MENTIONED, i, "person.named_for_all");
}

/* 张某某指出: who was named with a post before speaks now, at a clause's beginning. */
static void known_speaks(struct pass *p)
{
    const struct sentence *s = p->s;
    if (p->people_count == 0 || (s->tables & LEX_BIT(VERB)) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (i > 0 && !token_ends_clause(s, i - 1) && s->t[i - 1].type != TOK_CLOSE)
            continue;
        struct span rest = { s->text.p + s->t[i].from, s->to - s->t[i].from };
        for (size_t k = 0; k < p->people_count; k++) {
            struct span name = p->people[k].name;
            if (!span_starts(rest, name) || !says_behind(s, rest.p + name.n))
                continue;
            name.p = rest.p;
            report(p, name, (struct span){ NULL, 0 }, ROLE_SPEAKER, i, "person.known_speaks");
        }
    }
}

/* ---- names alone ---- */

/* 出席:张某某 李某某: the label before the colon. */
static bool labelled(const struct sentence *s, size_t i)
{
    static const struct span labels[] = { WORD("出席"),     WORD("列席"),     WORD("请假"),
                                          WORD("缺席"),     WORD("主持"),     WORD("出席人员"),
                                          WORD("列席人员"), WORD("参会人员"), WORD("参加人员") };
    if (i == 0 || !token_colon(s, i - 1))
        return false;
    struct span label = text_trim(tokens_span(s, clause_begin(s, i - 1), i - 1));
    for (size_t k = 0; k < sizeof(labels) / sizeof(labels[0]); k++) {
        if (span_eq(label, labels[k]))
            return true;
    }
    return false;
}

static bool attends(struct span rest)
{
    static const struct span words[] = { WORD("等"), WORD("分别"), WORD("也"), WORD("及"), WORD("和") };
    static const struct span verbs[] = { WORD("出席"), WORD("列席"), WORD("参加"), WORD("陪同"), WORD("参与") };
    const char *end = rest.p + rest.n;
    const char *q = skip_any(rest.p, end, words, sizeof(words) / sizeof(words[0]));
    return skip_any(q, end, verbs, sizeof(verbs) / sizeof(verbs[0])) > q;
}

/* 金山镇、白水镇参加: places and organs that only look like names. */
static bool organs_among(const struct span *names, size_t n)
{
    static const struct span ends[] = { WORD("镇"), WORD("乡"), WORD("村"),   WORD("县"), WORD("区"),
                                        WORD("市"), WORD("街"), WORD("局"),   WORD("办"), WORD("委"),
                                        WORD("院"), WORD("厅"), WORD("站"),   WORD("会"), WORD("组"),
                                        WORD("部"), WORD("团"), WORD("公司"), WORD("等") };
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < sizeof(ends) / sizeof(ends[0]); k++) {
            if (span_ends(names[i], ends[k]))
                return true;
        }
    }
    return false;
}

/* 张某某、李某某出席会议; 出席:张某某 李某某; 张某某、李某某,市法院负责人列席: several names that a clause begins with
 * and that have no post of their own. */
static void read_attending(struct pass *p, size_t i)
{
    const struct sentence *s = p->s;
    struct span names[NAMES_MAX];
    size_t n;
    const char *end = s->text.p + s->to;
    const char *r = read_names(p, s->text.p + s->t[i].from, end, false, names, &n);
    if (n < 2 || organs_among(names, n))
        return;
    struct span rest = span_between(r, end);
    bool fills =
        i == 0 && to_clause_end(r, end).n == 0 && (sentence_has(s, SPAN("列席")) || sentence_has(s, SPAN("出席")));
    if (!fills && !attends(rest) && !labelled(s, i))
        return;
    for (size_t k = 0; k < n; k++)
        report(p, names[k], (struct span){ NULL, 0 }, ROLE_MENTIONED, i, "person.attending");
}

static void find_attending(struct pass *p)
{
    const struct sentence *s = p->s;
    if ((s->verbs & 1u << VERB_ATTEND) == 0 || (s->types & (1u << TOK_LIST | 1u << TOK_SPACE)) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        if (i == 0 || token_ends_clause(s, i - 1))
            read_attending(p, i);
    }
}

/* 执行主席: or 大会主席团名单, a line of its own: names fill the lines below. */
static void note_names_below(struct pass *p)
{
    const struct sentence *s = p->s;
    p->list_post = (struct span){ NULL, 0 };
    if (!s->first || s->n == 0 || s->n > 40 || (!token_colon(s, s->n - 1) && !s->heading))
        return;
    const char *end = s->text.p + s->to;
    for (size_t i = 0; i < s->n; i++) {
        if (token_in(s, i, LEX_BIT(POST)) && span_has(token_span(s, &s->t[i]), SPAN("主席")) &&
            text_trim(span_between(skip_paren(s->text.p + s->t[i].to, end), end)).n <= 3) /* no more than a colon */
            p->list_post = token_span(s, &s->t[i]);
    }
}

/* A line that holds nothing but names. */
static bool read_names_line(struct pass *p)
{
    const struct sentence *s = p->s;
    struct span names[NAMES_MAX], line = sentence_span(s);
    size_t n;
    if (p->list_post.n == 0 || !s->first)
        return false;
    const char *r = read_names(p, line.p, s->text.p + s->to, true, names, &n);
    if (n == 0 || text_trim(span_between(r, line.p + line.n)).n > 3)
        return false;
    for (size_t k = 0; k < n; k++)
        report(p, names[k], p->list_post, ROLE_MENTIONED, 0, "person.names_below_post");
    return true;
}

void person_find(struct pass *p)
{
    const struct sentence *s = p->s;
    p->name_end = 0;
    p->appointed = (struct span){ NULL, 0 };
    if (read_names_line(p))
        return;
    note_names_below(p);
    known_speaks(p);
    find_decisions(p);
    find_became(p);
    bool listed = read_list_line(p);
    bool changes = (s->verbs & ACT_ROLES) != 0;
    if (!listed)
        find_leaving(p);
    bool any = !listed && (changes || (s->tables & LEX_BIT(POST)));
    for (size_t i = 0; i < s->n && any; i++) {
        if (!token_in(s, i, LEX_BIT(VERB) | LEX_BIT(POST)))
            continue;
        const struct act *act = act_at(s, i);
        if (act != NULL && !s->t[i].quoted)
            read_pairs(p, i, act->role);
        if (!token_in(s, i, LEX_BIT(POST)) || s->t[i].quoted)
            continue;
        if (too_general(token_span(s, &s->t[i])) || names_behind(p, i))
            continue;
        if (token_in(s, i, LEX_BIT(POST)) && span_ends(token_span(s, &s->t[i]), SPAN("代表")))
            named_for_all(p, i);
        name_in_front(p, i);
    }
    find_attending(p);
    note_list_head(p);
}
