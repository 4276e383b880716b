/* org.c - whose acts an article reports: 省人大常委会 on a page about 湖北 is 湖北省人大常委会. */
#include "common/text.h"
#include "worker/findings/pass.h"

#define SCAN_MAX_BYTES (64u << 10)
#define NAMED_MAX      24

enum area_kind {
    AREA_PROVINCE,
    AREA_CITY,
    AREA_DISTRICT,
    AREA_COUNTY,
    AREA_PREFECTURE,
    AREA_BANNER,
    AREA_LEAGUE,
    AREA_TOWN,
    AREA_STREET,
    AREA_NATION,
    AREA_COUNT
};

static const struct area_tail {
    struct span text;
    enum area_kind kind;
} tails[] = {
    { WORD("自治区"), AREA_PROVINCE }, { WORD("自治县"), AREA_COUNTY }, { WORD("自治州"), AREA_PREFECTURE },
    { WORD("自治旗"), AREA_BANNER },   { WORD("街道"), AREA_STREET },   { WORD("全国"), AREA_NATION },
    { WORD("省"), AREA_PROVINCE },     { WORD("市"), AREA_CITY },       { WORD("区"), AREA_DISTRICT },
    { WORD("县"), AREA_COUNTY },       { WORD("州"), AREA_PREFECTURE }, { WORD("旗"), AREA_BANNER },
    { WORD("盟"), AREA_LEAGUE },       { WORD("镇"), AREA_TOWN },       { WORD("乡"), AREA_TOWN },
};

struct named {
    struct span name;
    enum area_kind kind;
    int score;
};

/* The places that a text names, in their order: words of the regions. */
struct places {
    const struct word **w;
    size_t n, cap;
};

struct scan {
    struct pass *p;
    struct places *text_places; /* NULL: not yet read */
    int score[AREA_COUNT];
    int committee, congress; /* how often 人大常委会, and 人大 alone */
    struct named named[NAMED_MAX];
    size_t named_count;
};

static const struct area_tail *tail_of(struct span s)
{
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        if (span_ends(s, tails[i].text))
            return &tails[i];
    }
    return NULL;
}

/* Drops 第十四届 from the end of what stands before 人大. */
static struct span drop_term(struct span s)
{
    struct span t = SPAN("届");
    if (!span_ends(s, t))
        return s;
    s.n -= t.n;
    for (int i = 0; i < 4 && s.n > 0; i++) {
        const char *q = text_prev(s.p, s.p + s.n);
        const char *r = q;
        uint32_t c = text_next(&r, s.p + s.n);
        if (!number_begins(c) && !(c >= '0' && c <= '9'))
            break;
        s.n = (size_t)(q - s.p);
    }
    if (span_ends(s, SPAN("第")))
        s.n -= 3;
    return s;
}

/* The longest known place that ends where s ends (at most 16 letters back); else empty. */
static struct span known_place(const struct lexicon *lex, struct span s)
{
    struct span found = { NULL, 0 };
    const char *q = s.p + s.n;
    for (int i = 0; i < 16 && q > s.p; i++) {
        q = text_prev(s.p, q);
        struct span t = span_between(q, s.p + s.n);
        if (i > 0 && lexicon_is_place(lex, t))
            found = t;
    }
    return found;
}

/* 云溪镇 at the end of s: two or three letters before 镇, not beginning in another place's tail or a particle. */
static struct span town_name(struct span s, size_t tail_bytes)
{
    const char *tail = s.p + s.n - tail_bytes, *q = tail;
    for (int i = 0; i < 3 && q > s.p; i++) {
        const char *r = text_prev(s.p, q), *t = r;
        uint32_t c = text_next(&t, q);
        struct span letter = span_between(r, t);
        if (!text_is_han(c) || (span_has(SPAN("在向对和与由到区县市各全省该本为的了是、"), letter)))
            break;
        q = r;
    }
    return tail - q < 6 ? (struct span){ NULL, 0 } : span_between(q, s.p + s.n);
}

static void add_named(struct scan *c, struct span name, enum area_kind kind, int score)
{
    for (size_t i = 0; i < c->named_count; i++) {
        if (span_eq(c->named[i].name, name)) {
            c->named[i].score += score;
            return;
        }
    }
    if (c->named_count < NAMED_MAX)
        c->named[c->named_count++] = (struct named){ name, kind, score };
}

/* One mention: before is what stands in front of 人大. */
static void count_mention(struct scan *c, struct span before, int score)
{
    before = drop_term(before);
    const struct area_tail *tail = tail_of(before);
    if (tail == NULL) {
        struct span place = known_place(c->p->lex, before); /* 湖北人大 */
        if (place.n > 0) {
            const struct lex_row *row = word_row(lexicon_word(c->p->lex, place), LEX_REGION);
            enum area_kind kind = row->code == LEVEL_PROVINCE ? AREA_PROVINCE : AREA_CITY;
            c->score[kind] += score;
            add_named(c, row->f[4].n > 0 ? row->f[4] : place, kind, score);
        }
        return;
    }
    struct span front = { before.p, before.n - tail->text.n }, name = { NULL, 0 };
    if (tail->kind != AREA_NATION)
        name = known_place(c->p->lex, before);
    if (tail->kind != AREA_NATION && name.n <= tail->text.n + 3 &&
        (span_ends(front, SPAN("全")) || span_ends(front, SPAN("各")) || tail_of(front) != NULL))
        return;
    c->score[tail->kind] += score;
    if (tail->kind == AREA_NATION)
        return;
    if (name.n == 0 && (tail->kind == AREA_TOWN || tail->kind == AREA_STREET))
        name = town_name(before, tail->text.n);
    if (name.n > tail->text.n)
        add_named(c, name, tail->kind, score);
}

/* 人大云溪街道工委, as some provinces put it: the street stands behind. */
static bool street_behind(struct scan *c, struct span rest, int score)
{
    struct span tail = SPAN("街道工委");
    const char *at = span_find(rest.n > 27 ? (struct span){ rest.p, 27 } : rest, tail);
    if (at == NULL || at - rest.p < 6 || at - rest.p > 12)
        return false;
    for (const char *q = rest.p; q < at;) {
        if (!text_is_han(text_next(&q, at)))
            return false;
    }
    c->score[AREA_STREET] += score;
    add_named(c, span_between(rest.p, at + SPAN("街道").n), AREA_STREET, score);
    c->p->street_behind = true;
    return true;
}

static void scan_text(struct scan *c, struct span s, int score)
{
    static const char *const words[] = { "人大", "人民代表大会" };
    if (s.n > SCAN_MAX_BYTES)
        s.n = SCAN_MAX_BYTES;
    for (size_t i = 0; i < 2; i++) {
        struct span word = span_of(words[i]), rest = s;
        const char *at;
        while ((at = span_find(rest, word)) != NULL) {
            const char *from = at - s.p > 72 ? at - 72 : s.p;
            rest = span_between(at + word.n, s.p + s.n);
            if (i == 0 && street_behind(c, rest, score))
                continue;
            bool deputies =
                i == 0 && span_starts(rest, SPAN("代表")); /* 省人大代表: who came, not whose article it is */
            count_mention(c, span_between(from, at), deputies && score > 1 ? score / 2 : score);
            if (span_starts(rest, SPAN("常委会")) || span_starts(rest, SPAN("常务委员会")))
                c->committee += score;
            else if (span_starts(rest, SPAN("代表")) == false)
                c->congress += score;
        }
    }
}

static bool level_fits(int level, enum area_kind kind, struct span name)
{
    const struct area_tail *t = tail_of(name);
    switch (kind) {
    case AREA_PROVINCE: return level == LEVEL_PROVINCE && (t == NULL || t->kind != AREA_CITY);
    case AREA_CITY: return t != NULL && t->kind == AREA_CITY;
    case AREA_DISTRICT: return t != NULL && t->kind == AREA_DISTRICT && level == LEVEL_COUNTY;
    case AREA_COUNTY: return t != NULL && t->kind == AREA_COUNTY;
    case AREA_PREFECTURE: return t != NULL && t->kind == AREA_PREFECTURE;
    case AREA_BANNER: return t != NULL && t->kind == AREA_BANNER;
    case AREA_LEAGUE: return t != NULL && t->kind == AREA_LEAGUE;
    default: return false;
    }
}

static struct places *read_places(const struct scan *c, struct span s)
{
    struct places *all = ARENA_NEW(c->p->a, struct places);
    if (s.n > SCAN_MAX_BYTES / 4)
        s.n = SCAN_MAX_BYTES / 4;
    const struct word *w;
    const char *end = s.p + s.n;
    for (const char *q = s.p; (q = lexicon_next_place(c->p->lex, q, end, &w)) < end; q += w->bytes) {
        if (all->n == all->cap) {
            size_t cap = all->cap == 0 ? 32 : all->cap * 2;
            all->w = arena_grow(c->p->a, all->w, all->cap * sizeof(*all->w), cap * sizeof(*all->w));
            all->cap = cap;
        }
        all->w[all->n++] = w;
    }
    return all;
}

/* The whole text is looked through for them once, and only where no congress is named in full. */
static const struct places *text_places(struct scan *c)
{
    if (c->text_places == NULL)
        c->text_places = read_places(c, c->p->art->f[ARTICLE_TEXT]);
    return c->text_places;
}

/* The place of this kind that is named most often, when no congress is named in full. */
static struct named most_named(const struct scan *c, const struct places *all, enum area_kind kind)
{
    struct scan places = { .p = c->p };
    for (size_t i = 0; i < all->n; i++) {
        const struct lex_row *row = word_row(all->w[i], LEX_REGION);
        struct span full = row->f[4].n > 0 ? row->f[4] : row->f[0];
        if (level_fits(row->code, kind, full))
            add_named(&places, full, kind, 1);
    }
    struct named best = { .score = 0 };
    for (size_t i = 0; i < places.named_count; i++) {
        if (places.named[i].score > best.score)
            best = places.named[i];
    }
    return best;
}

/* The place that the article is about when it names no congress in full: the title's, else the text's. One place named
 * once in passing is not enough against the site's own. */
static struct span article_place(struct scan *c, enum area_kind kind, bool against_site)
{
    struct named title = most_named(c, read_places(c, c->p->art->f[ARTICLE_TITLE]), kind);
    if (title.name.n > 0)
        return title.name;
    struct named text = most_named(c, text_places(c), kind);
    return against_site && text.score < 2 ? (struct span){ NULL, 0 } : text.name;
}

/* 省人大常委会 in an article that names cities of one province only: that province. */
static struct span province_of_cities(struct scan *c)
{
    struct span code = { NULL, 0 };
    const struct places *all = text_places(c);
    for (size_t i = 0; i < all->n; i++) {
        const struct lex_row *row = word_row(all->w[i], LEX_REGION);
        if (row->code != LEVEL_PREFECTURE || row->f[3].n == 0)
            continue;
        if (code.n > 0 && !span_eq(code, row->f[3]))
            return (struct span){ NULL, 0 };
        code = row->f[3];
    }
    const struct lex_row *province = code.n == 0 ? NULL : lexicon_region(c->p->lex, code);
    return province == NULL ? code : province->f[0];
}

/* The article itself names it. */
static bool says(const struct pass *p, struct span name)
{
    struct span text = p->art->f[ARTICLE_TEXT];
    if (text.n > SCAN_MAX_BYTES)
        text.n = SCAN_MAX_BYTES;
    return span_has(text, name) || span_has(p->art->f[ARTICLE_TITLE], name) ||
           span_has(p->art->f[ARTICLE_SOURCE], name);
}

static bool mentioned(const struct pass *p, struct span name)
{
    return says(p, name) || (p->site != NULL && (span_has(p->site->region, name) || span_has(p->site->org, name)));
}

/* A parent's name without its tail, as texts use it: 武汉. */
static struct span without_tail(struct span name)
{
    const struct area_tail *t = tail_of(name);
    if (t != NULL && name.n >= t->text.n + 6)
        name.n -= t->text.n;
    return name;
}

static bool parents_mentioned(const struct pass *p, const struct lex_row *row)
{
    for (int i = 0; i < 2 && row != NULL; i++) {
        row = lexicon_region(p->lex, row->f[3]);
        if (row != NULL && mentioned(p, without_tail(row->f[0])))
            return true;
    }
    return false;
}

/* Settles which of several places of one name is meant; leaves the code empty when nothing tells. */
static struct place settle(const struct pass *p, struct span name)
{
    struct place place = { .name = name };
    const struct word *w = lexicon_word(p->lex, name);
    const struct lex_row *only = NULL;
    int candidates = 0, fitting = 0;
    for (const struct lex_row *row = w == NULL ? NULL : w->rows; row != NULL; row = row->next) {
        if (row->table != LEX_REGION)
            continue;
        place.level = (enum level)row->code;
        if (row->f[4].n > 0)
            place.name = row->f[4];
        candidates++;
        if (candidates == 1 || parents_mentioned(p, row)) {
            fitting = candidates == 1 && !parents_mentioned(p, row) ? 0 : fitting + 1;
            if (fitting <= 1)
                only = row;
        }
    }
    if (candidates == 1 || fitting == 1) {
        place.row = only;
        place.code = only->f[2];
        place.level = (enum level)only->code;
    }
    return place;
}

static struct place place_of(const struct pass *p, struct span name, enum area_kind kind)
{
    struct place place = settle(p, name);
    if (kind == AREA_TOWN)
        place.level = LEVEL_TOWNSHIP;
    else if (kind == AREA_STREET)
        place.level = LEVEL_SUBDISTRICT;
    return place;
}

static enum area_kind best_kind(const struct scan *c)
{
    enum area_kind best = AREA_COUNT;
    int score = 0;
    for (int k = 0; k < AREA_COUNT; k++) {
        if (c->score[k] > score) {
            score = c->score[k];
            best = (enum area_kind)k;
        }
    }
    return best;
}

/* A town or street that the title names, and whose congress the text does, is what the article is about, whoever
 * published it. */
static enum area_kind named_in_title(const struct pass *p, const struct scan *c, enum area_kind best)
{
    for (size_t i = 0; i < c->named_count; i++) {
        const struct named *x = &c->named[i];
        if ((x->kind == AREA_TOWN || x->kind == AREA_STREET) && span_has(p->art->f[ARTICLE_TITLE], x->name) &&
            !span_has(p->art->f[ARTICLE_TITLE], SPAN("常委会")))
            return x->kind;
    }
    return best;
}

static struct span best_named(const struct scan *c, enum area_kind kind)
{
    struct span name = { NULL, 0 };
    int score = 0;
    for (size_t i = 0; i < c->named_count; i++) {
        if (c->named[i].kind == kind && c->named[i].score > score) {
            score = c->named[i].score;
            name = c->named[i].name;
        }
    }
    return name;
}

/* The place in the site's own names. */
static struct span site_place(const struct pass *p)
{
    if (p->site == NULL)
        return (struct span){ NULL, 0 };
    if (p->site->region.n > 0)
        return p->site->region;
    const char *at = span_find(p->site->org, SPAN("人大"));
    return at == NULL ? (struct span){ NULL, 0 } : span_between(p->site->org.p, at);
}

static void set_field(struct pass *p, enum article_field field, struct span value)
{
    if (p->art->f[field].n == 0)
        p->art->f[field] = value;
}

/* 县人大常委会 with no place named anywhere still tells the level; 市 may be one of two. */
static int bare_level(enum area_kind kind)
{
    switch (kind) {
    case AREA_PROVINCE: return LEVEL_PROVINCE;
    case AREA_DISTRICT:
    case AREA_COUNTY:
    case AREA_BANNER: return LEVEL_COUNTY;
    case AREA_PREFECTURE:
    case AREA_LEAGUE: return LEVEL_PREFECTURE;
    case AREA_TOWN: return LEVEL_TOWNSHIP;
    case AREA_STREET: return LEVEL_SUBDISTRICT;
    default: return -1;
    }
}

/* 宁海新闻网, 宁海日报: the publisher, the title's beginning or the dateline has the place's name without 县. */
static struct span short_place(const struct scan *c, struct span s, enum area_kind kind, size_t most)
{
    static const struct span behind[] = { WORD("新闻"), WORD("日报"), WORD("晚报"), WORD("发布"), WORD("人大"),
                                          WORD("融媒"), WORD("电视"), WORD("讯"),   WORD("时报"), WORD("之窗") };
    const struct area_tail *tail = NULL;
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]) && tail == NULL; i++) {
        if (tails[i].kind == kind && tails[i].text.n == 3)
            tail = &tails[i];
    }
    if (s.n > most)
        s.n = most;
    const char *end = s.p + s.n, *q = s.p;
    for (int letters = 0; tail != NULL && q < end && letters < 3;) {
        text_next(&q, end);
        if (++letters < 2)
            continue;
        struct span name = arena_printf(c->p->a, "%.*s%.*s", (int)(q - s.p), s.p, SPAN_FMT(tail->text));
        for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
            if (span_starts(span_between(q, end), behind[i]) && word_in(lexicon_word(c->p->lex, name), LEX_BIT(REGION)))
                return name;
        }
    }
    return (struct span){ NULL, 0 };
}

static struct span place_in_short(const struct scan *c, enum area_kind kind)
{
    static const enum article_field fields[] = { ARTICLE_SOURCE, ARTICLE_TITLE, ARTICLE_TEXT };
    struct span name = { NULL, 0 };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]) && name.n == 0; i++)
        name = short_place(c, c->p->art->f[fields[i]], kind, 60);
    return name;
}

/* The level of a place that no list of divisions has: what the site says of its own, else what the name's end tells. */
static struct span level_unlisted(const struct pass *p, struct span name, enum area_kind kind)
{
    if (p->site != NULL && p->site->level.n > 0 && span_eq(name, site_place(p)))
        return p->site->level;
    const struct area_tail *tail = tail_of(name);
    int level = bare_level(tail == NULL ? kind : tail->kind);
    return level < 0 ? (struct span){ NULL, 0 } : span_of(level_names[level]);
}

void org_resolve(struct pass *p)
{
    struct scan c = { .p = p };
    scan_text(&c, p->art->f[ARTICLE_TITLE], 8);
    scan_text(&c, p->art->f[ARTICLE_SUBTITLE], 6);
    scan_text(&c, p->art->f[ARTICLE_SOURCE], 6);
    scan_text(&c, p->art->f[ARTICLE_TEXT], 2);
    enum area_kind kind = named_in_title(p, &c, best_kind(&c));
    struct span name = { NULL, 0 };
    if (kind == AREA_NATION) {
        p->place = (struct place){ .name = SPAN("全国"), .level = LEVEL_NATIONAL };
    } else if (kind != AREA_COUNT) {
        name = best_named(&c, kind);
        struct span site = site_place(p);
        const struct area_tail *t = tail_of(site);
        bool sites = t != NULL && t->kind == kind;
        if (name.n == 0 && sites && says(p, without_tail(site)))
            name = site;
        if (name.n == 0)
            name = article_place(&c, kind, sites);
        if (name.n == 0)
            name = place_in_short(&c, kind);
        if (name.n == 0 && kind == AREA_PROVINCE && !sites)
            name = province_of_cities(&c);
        if (name.n == 0 && sites)
            name = site;
    }
    if (name.n == 0 && kind != AREA_NATION)
        name = site_place(p);
    if (name.n > 0)
        p->place = place_of(p, name, kind);
    p->area_kind = (int)kind;
    p->says_committee = c.committee;
    p->says_congress = c.congress;
    if (p->place.name.n == 0) {
        int level = bare_level(kind);
        if (level >= 0)
            set_field(p, ARTICLE_LEVEL, span_of(level_names[level]));
        return;
    }
    set_field(p, ARTICLE_REGION, p->place.name);
    set_field(p, ARTICLE_REGION_CODE, p->place.code);
    if (p->place.row != NULL || p->place.level != LEVEL_NATIONAL || kind == AREA_NATION)
        set_field(p, ARTICLE_LEVEL, span_of(level_names[p->place.level]));
    else
        set_field(p, ARTICLE_LEVEL, level_unlisted(p, p->place.name, kind));
}

void org_name(struct pass *p)
{
    const char *what = "人大常委会", *type = "standing_committee";
    bool in_session = span_is(p->standing_type, "congress") || span_is(p->standing_type, "presidium");
    if (span_has(p->art->f[ARTICLE_TITLE], SPAN("人大常委会")))
        in_session = false;
    bool titled = span_has(p->art->f[ARTICLE_TITLE], SPAN("次会议"));
    if (p->area_kind == AREA_COUNT && p->place.name.n == 0)
        return;
    if (p->area_kind == AREA_TOWN || in_session || (p->says_committee == 0 && p->says_congress > 0 && titled)) {
        what = "人大";
        type = "congress";
    } else if (p->area_kind == AREA_STREET) {
        what = "人大工委";
        type = "street_committee";
    } else if (p->place.name.n == 0 && p->says_committee == 0) {
        return;
    }
    if (p->art->f[ARTICLE_ORG].n == 0 && p->street_behind && p->area_kind == AREA_STREET)
        p->art->f[ARTICLE_ORG] = arena_printf(p->a, "人大%.*s工委", SPAN_FMT(p->place.name));
    if (p->art->f[ARTICLE_ORG].n == 0 && p->place.name.n > 0)
        p->art->f[ARTICLE_ORG] = arena_printf(p->a, "%.*s%s", SPAN_FMT(p->place.name), what);
    set_field(p, ARTICLE_ORG_TYPE, span_of(type));
}
