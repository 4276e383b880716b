#include "cli/survey.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <xxhash.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "cli/family.h"
#include "common/text.h"
#include "common/url.h"

#define FOUND_MAX       30000 /* articles */
#define CANDIDATES_MAX  5000
#define DEPTH_MAX       2 /* columns of the home page, and columns that those name */
#define HOPS_MAX        3 /* pages that only lead on to the home page */
#define SITEMAPS_MAX    5
#define LEARN_MIN       5 /* addresses of a make that no one knows, on the home page */
#define TITLE_CHARS     10
#define PLACE_CHARS_MAX 12

const char *const survey_kind_names[] = { "home page", "list", "feed", "sitemap" };

/* ---- what is kept ------------------------------------------------------------------------------------------------ */

/* An article's address, and how many of the pages looked at name it. */
struct found {
    struct span url, title, date, column;
    uint32_t pages;
};

struct seen {
    struct survey_start start;
    uint32_t *articles;
    size_t n;
    size_t order; /* of its anchor on the home page */
    bool pager, promising;
};

struct candidate {
    struct span url, title;
    int score, depth;
    bool done;
};

struct work_site {
    const struct survey_tools *t;
    struct survey *s;
    struct found *found;
    size_t found_count;
    uint32_t *slots; /* of found, by address */
    struct seen seen[SURVEY_STARTS_MAX];
    size_t seen_count;
    struct candidate *candidates;
    uint32_t *candidate_slots;
    size_t candidate_count;
    struct span patterns; /* that pages are read with: one a line */
    struct span raw;      /* of the page read last, until the next is asked for */
};

enum { SLOTS = 1 << 16 };

static struct found *find(struct work_site *w, struct span url)
{
    size_t i = XXH3_64bits(url.p, url.n) & (SLOTS - 1);
    for (; w->slots[i] != 0; i = (i + 1) & (SLOTS - 1)) {
        if (span_eq(w->found[w->slots[i] - 1].url, url))
            return &w->found[w->slots[i] - 1];
    }
    if (w->found_count == FOUND_MAX)
        return NULL;
    w->slots[i] = (uint32_t)++w->found_count;
    w->found[w->found_count - 1] = (struct found){ .url = url };
    return &w->found[w->found_count - 1];
}

static size_t count_role(const struct result *r, const char *role)
{
    size_t n = 0;
    for (size_t i = 0; i < r->link_count; i++)
        n += span_is(r->links[i].role, role);
    return n;
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

static void show(const struct work_site *w, const char *url)
{
    char status[SCREEN_STATUS_BYTES];
    snprintf(status, sizeof(status), "%zu pages, %zu articles found: %.300s", w->s->pages, w->found_count, url);
    screen_status(w->t->screen, status);
}

static int read_page(struct work_site *w, struct span address, const char *role, struct result *out,
                     struct span *final_url, struct err *e)
{
    struct download page;
    const char *url = arena_span(w->t->arena, address).p;
    show(w, url);
    w->s->pages++;
    if (visitor_get(w->t->visitor, url, w->t->delay_ms, &page, e) < 0)
        return -1;
    w->raw = (struct span){ page.body, page.bytes };
    *final_url = arena_span(w->t->arena, span_of(page.final_url));
    struct work job = { .url = span_of(url),
                        .final_url = *final_url,
                        .role = span_of(role),
                        .content_type = span_of(page.type),
                        .status = page.status,
                        .site = w->s->name,
                        .org = w->s->org,
                        .region = w->s->region,
                        .level = w->s->level,
                        .patterns = w->patterns };
    if (parser_parse(w->t->parser, &job, w->raw, w->t->arena, out, e) < 0)
        return -1;
    return out->failed.n == 0 ? 0 : err_set(e, "reading '%s' failed: %.*s", url, SPAN_FMT(out->failed));
}

/* The same page once more, read as something else. */
static int read_again(struct work_site *w, struct span url, const char *role, struct result *out, struct err *e)
{
    struct work job = { .url = url, .final_url = url, .role = span_of(role), .patterns = w->patterns };
    if (parser_parse(w->t->parser, &job, w->raw, w->t->arena, out, e) < 0)
        return -1;
    return out->failed.n == 0 ? 0 : err_set(e, "%.*s", SPAN_FMT(out->failed));
}

/* ---- candidates -------------------------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    int score;
} words[] = {
    { "要闻", 8 },     { "动态", 8 },   { "新闻", 8 },       { "立法", 8 },     { "监督", 8 },       { "代表", 6 },
    { "任免", 8 },     { "公告", 8 },   { "公报", 8 },       { "决定", 8 },     { "决议", 8 },       { "会议", 6 },
    { "常委会", 5 },   { "法规", 6 },   { "报告", 6 },       { "通知", 6 },     { "资讯", 6 },       { "信息", 5 },
    { "公示", 5 },     { "发布", 5 },   { "建议", 5 },       { "议案", 5 },     { "备案", 5 },       { "审议", 6 },
    { "执法检查", 6 }, { "调研", 5 },   { "视察", 5 },       { "工作", 5 },     { "选举", 5 },       { "市县", 4 },
    { "区县", 4 },     { "地方", 4 },   { "基层", 4 },       { "预算", 5 },     { "财经", 4 },       { "理论", 3 },
    { "研究", 3 },     { "机关", 3 },   { "更多", 4 },       { "MORE", 4 },     { "More", 4 },       { "more", 4 },
    { "RSS", 9 },      { "首页", -30 }, { "首 页", -30 },    { "联系", -20 },   { "网站地图", -20 }, { "登录", -30 },
    { "注册", -30 },   { "邮箱", -20 }, { "English", -20 },  { "无障碍", -20 }, { "关于", -15 },     { "收藏", -30 },
    { "搜索", -20 },   { "检索", -20 }, { "机构设置", -10 }, { "简介", -10 },   { "概况", -10 },     { "投稿", -15 },
    { "信箱", -15 },   { "留言", -15 }, { "微博", -20 },     { "微信", -20 },   { "客户端", -20 },   { "下载", -10 },
    { "繁", -5 },      { "版权", -20 }, { "隐私", -20 },     { "打印", -30 },
};

static int word_score(struct span title)
{
    int score = 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        score += span_has(title, span_of(words[i].word)) ? words[i].score : 0;
    return score > 12 ? 12 : score;
}

/* The folder of an address: up to its last '/'. */
static struct span folder_of(struct span url)
{
    const char *slash = memrchr(url.p, '/', url.n);
    return slash == NULL ? url : span_between(url.p, slash + 1);
}

/* Articles found so far lie below its folder. */
static bool has_articles_below(const struct work_site *w, struct span url)
{
    struct span folder = folder_of(url), home = folder_of(w->s->home);
    if (folder.n <= home.n)
        return false;
    for (size_t i = 0; i < w->found_count && i < 500; i++) {
        if (span_starts(w->found[i].url, folder))
            return true;
    }
    return false;
}

/* A folder and the index page in it are one: without index.html, index.shtml, index.php, … */
static struct span without_index(struct span url)
{
    struct span folder = folder_of(url), file = { folder.p + folder.n, url.n - folder.n };
    return span_starts(file, SPAN("index.")) && memchr(file.p, '?', file.n) == NULL ? folder : url;
}

/* The place of an address in the table: its candidate's number + 1, or 0. */
static uint32_t *candidate_slot(struct work_site *w, struct span url)
{
    struct span page = without_index(url);
    size_t i = XXH3_64bits(page.p, page.n) & (SLOTS - 1);
    while (w->candidate_slots[i] != 0 && !span_eq(without_index(w->candidates[w->candidate_slots[i] - 1].url), page))
        i = (i + 1) & (SLOTS - 1);
    return &w->candidate_slots[i];
}

/* Adds an address to look at; one that is known keeps its place and may get better words. */
static struct candidate *add_candidate(struct work_site *w, struct span url, struct span title, int score, int depth)
{
    uint32_t *slot = candidate_slot(w, url);
    if (*slot == 0 && w->candidate_count == CANDIDATES_MAX)
        return NULL;
    if (*slot == 0) {
        *slot = (uint32_t)++w->candidate_count;
        w->candidates[*slot - 1] = (struct candidate){ url, title, score, depth, false };
    }
    struct candidate *c = &w->candidates[*slot - 1];
    if (score > c->score) {
        c->score = score;
        c->title = title;
    }
    return c;
}

/* Never to be looked at: the home page itself, further pages of a list. */
static void close_candidate(struct work_site *w, struct span url)
{
    struct candidate *c = add_candidate(w, url, SPAN(""), 0, 0);
    if (c != NULL)
        c->done = true;
}

static struct candidate *best_candidate(struct work_site *w)
{
    struct candidate *best = NULL;
    for (size_t i = 0; i < w->candidate_count; i++) {
        struct candidate *c = &w->candidates[i];
        if (!c->done && c->score >= 0 && (best == NULL || c->score > best->score))
            best = c;
    }
    return best;
}

static void take_candidates(struct work_site *w, const struct result *r, int depth)
{
    for (size_t i = 0; i < r->link_count; i++) {
        const struct result_link *l = &r->links[i];
        if (span_is(l->role, "feed"))
            add_candidate(w, l->url, l->title, 100, depth);
        else if (span_is(l->role, "list") && !l->next && w->candidate_count < CANDIDATES_MAX)
            add_candidate(w, l->url, l->title,
                          word_score(l->title) + (has_articles_below(w, l->url) ? 6 : 0) - 2 * (depth - 1), depth);
    }
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

static void take_articles(struct work_site *w, const struct result *r, struct seen *page)
{
    page->articles = ARENA_ARRAY(w->t->arena, uint32_t, r->link_count);
    for (size_t i = 0; i < r->link_count; i++) {
        const struct result_link *l = &r->links[i];
        struct found *f = span_is(l->role, "article") ? find(w, l->url) : NULL;
        if (f == NULL)
            continue;
        if (f->title.n == 0)
            f->title = l->title;
        if (f->date.n == 0)
            f->date = l->date;
        if (f->column.n == 0)
            f->column = l->column;
        f->pages += page->start.kind == SURVEY_LIST;
        page->articles[page->n++] = (uint32_t)(f - w->found);
    }
    page->start.articles = page->n;
}

static bool same_articles(const struct seen *a, const struct seen *b)
{
    return a->n == b->n && a->n > 0 && a->start.kind == b->start.kind &&
           memcmp(a->articles, b->articles, a->n * sizeof(a->articles[0])) == 0;
}

/* One list under two addresses is one list. */
static void keep_page(struct work_site *w, const struct seen *page)
{
    for (size_t i = 0; i < w->seen_count; i++) {
        if (same_articles(&w->seen[i], page))
            return;
    }
    if (page->n > 0 && w->seen_count < SURVEY_STARTS_MAX)
        w->seen[w->seen_count++] = *page;
}

/* What further pages a list has is for those who watch it. */
static void close_pages(struct work_site *w, const struct result *list, struct seen *page)
{
    for (size_t i = 0; i < list->link_count; i++) {
        if (!span_is(list->links[i].role, "list"))
            continue;
        page->pager = true;
        close_candidate(w, list->links[i].url);
    }
}

static void look_at(struct work_site *w, struct candidate *c)
{
    struct result r, ways;
    struct err e;
    struct span url;
    struct seen page = { .start = { .url = c->url, .title = c->title },
                         .order = (size_t)(c - w->candidates),
                         .promising = word_score(c->title) > 0 };
    int depth = c->depth;
    c->done = true;
    if (read_page(w, c->url, "list", &r, &url, &e) < 0)
        return; /* a column that does not answer is no list; the home page did */
    bool list = span_is(r.page_class, "list");
    if (!list && !span_is(r.page_class, "feed") && !span_is(r.page_class, "sitemap"))
        return;
    page.start.kind = list ? SURVEY_LIST : span_is(r.page_class, "feed") ? SURVEY_FEED : SURVEY_SITEMAP;
    if (list) {
        close_pages(w, &r, &page);
        if (w->s->family.n == 0)
            w->s->family = family_of_page(w->raw);
    }
    take_articles(w, &r, &page);
    keep_page(w, &page);
    if (list && depth < DEPTH_MAX && read_again(w, url, "home", &ways, &e) == 0)
        take_candidates(w, &ways, depth + 1);
}

/* ---- the home page ----------------------------------------------------------------------------------------------- */

static void take_identity(struct survey *s, const struct article *art)
{
    s->org = art->f[ARTICLE_ORG];
    s->region = art->f[ARTICLE_REGION];
    s->region_code = art->f[ARTICLE_REGION_CODE];
    s->level = art->f[ARTICLE_LEVEL];
}

static const struct {
    const char *tail, *level;
} tails[] = { { "自治区", "province" },  { "省", "province" }, { "自治州", "prefecture" }, { "盟", "prefecture" },
              { "市", "prefecture" },    { "县", "county" },   { "区", "county" },         { "旗", "county" },
              { "街道", "subdistrict" }, { "镇", "township" }, { "乡", "township" } };

static struct span level_by_name(struct span region)
{
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        if (span_ends(region, span_of(tails[i].tail)))
            return span_of(tails[i].level);
    }
    return (struct span){ NULL, 0 };
}

/* 某某县 before 人大: the letters since the last sign, when they end as a place does. */
static struct span place_before(struct span s)
{
    static const char *const greetings[] = { "欢迎访问", "欢迎来到", "欢迎光临", "版权所有", "主办", "中国" };
    const char *from = s.p + s.n;
    for (int i = 0; i < PLACE_CHARS_MAX && from > s.p; i++) {
        const char *q = text_prev(s.p, from), *p = q;
        if (!text_is_han(text_next(&p, s.p + s.n)))
            break;
        from = q;
    }
    struct span place = span_between(from, s.p + s.n);
    for (size_t i = 0; i < sizeof(greetings) / sizeof(greetings[0]); i++) {
        const char *at = span_find(place, span_of(greetings[i]));
        if (at != NULL)
            place = span_between(at + strlen(greetings[i]), place.p + place.n);
    }
    return level_by_name(place).n > 0 && text_count(place) >= 3 ? place : (struct span){ NULL, 0 };
}

/* A congress that no table of places knows, as the site's name, title or footer spells it out. */
static void guess_identity(struct work_site *w, const struct article *art)
{
    static const char *const congresses[] = { "人大", "人民代表大会" };
    const struct span texts[] = { art->f[ARTICLE_SOURCE], art->f[ARTICLE_TITLE], art->f[ARTICLE_TEXT] };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && w->s->region.n == 0; i++) {
        for (size_t k = 0; k < 2 && w->s->region.n == 0; k++) {
            const char *at = span_find(texts[i], span_of(congresses[k]));
            struct span place = at == NULL ? (struct span){ NULL, 0 } : place_before(span_between(texts[i].p, at));
            if (place.n == 0)
                continue;
            w->s->region = place;
            w->s->level = level_by_name(place);
            w->s->org = arena_printf(w->t->arena, "%.*s人大常委会", SPAN_FMT(place));
        }
    }
}

/* A home page whose articles' addresses look like no one's: those with whole titles tell how they are made. */
static void learn_from_titles(struct work_site *w, const struct result *home)
{
    struct span *urls = ARENA_ARRAY(w->t->arena, struct span, home->link_count), got[PATTERNS_MAX];
    size_t n = 0, covered;
    for (size_t i = 0; i < home->link_count; i++) {
        const struct result_link *l = &home->links[i];
        if (span_is(l->role, "list") && text_count(l->title) >= TITLE_CHARS)
            urls[n++] = l->url;
    }
    size_t count = patterns_learn(urls, n, w->t->arena, got, &covered);
    if (count == 0 || covered < LEARN_MIN)
        return;
    for (size_t i = 0; i < count; i++)
        w->patterns =
            arena_printf(w->t->arena, "%.*s%s%.*s", SPAN_FMT(w->patterns), i == 0 ? "" : "\n", SPAN_FMT(got[i]));
}

static const struct result_link *only_way_on(const struct result *r)
{
    const struct result_link *next = NULL;
    for (size_t i = 0; i < r->link_count; i++)
        next = r->links[i].next && span_is(r->links[i].role, "list") ? &r->links[i] : next;
    return r->link_count <= 5 && count_role(r, "article") == 0 ? next : NULL;
}

/* The home page, behind pages that only lead on to it. */
static int find_home(struct work_site *w, const char *url, struct result *home, struct err *e)
{
    struct span at = span_of(url);
    for (int hop = 0; hop <= HOPS_MAX; hop++) {
        if (read_page(w, at, "home", home, &w->s->home, e) < 0)
            return -1;
        const struct result_link *next = only_way_on(home);
        if (next == NULL)
            return 0;
        at = next->url;
    }
    return 0;
}

static int read_home(struct work_site *w, const char *url, struct err *e)
{
    struct result home, list;
    struct seen page = { .start = { .kind = SURVEY_HOME } };
    if (find_home(w, url, &home, e) < 0)
        return -1;
    if (span_is(home.page_class, "feed") || span_is(home.page_class, "sitemap"))
        page.start.kind = span_is(home.page_class, "feed") ? SURVEY_FEED : SURVEY_SITEMAP;
    else if (!span_is(home.page_class, "list"))
        return err_set(e, "'%s' is no home page of a site but '%.*s'%s%.*s", url, SPAN_FMT(home.page_class),
                       home.reason.n > 0 ? ": " : "", SPAN_FMT(home.reason));
    page.start.url = w->s->home;
    w->s->charset = home.charset;
    w->s->charset_how = home.charset_how;
    w->s->family = family_of_page(w->raw);
    if (home.article != NULL) {
        w->s->name = home.article->f[ARTICLE_SOURCE];
        take_identity(w->s, home.article);
        if (w->s->org.n == 0)
            guess_identity(w, home.article);
    }
    if (count_role(&home, "article") < 3) {
        learn_from_titles(w, &home);
        if (w->patterns.n > 0 && read_again(w, w->s->home, "home", &home, e) < 0)
            return -1;
    }
    close_candidate(w, w->s->home);
    if (read_again(w, w->s->home, "list", &list, e) == 0)
        close_pages(w, &list, &page);
    take_articles(w, &home, &page);
    take_candidates(w, &home, 1);
    keep_page(w, &page);
    return 0;
}

/* ---- sitemaps ---------------------------------------------------------------------------------------------------- */

static void try_sitemap(struct work_site *w, struct span address)
{
    struct result r, part;
    struct err e;
    struct span url;
    struct seen page = { .start = { .url = arena_span(w->t->arena, address), .kind = SURVEY_SITEMAP } };
    if (read_page(w, address, "sitemap", &r, &url, &e) < 0 || !span_is(r.page_class, "sitemap"))
        return;
    take_articles(w, &r, &page);
    for (size_t i = 0; page.n == 0 && i < r.link_count; i++) {
        if (!span_is(r.links[i].role, "sitemap"))
            continue;
        if (read_page(w, r.links[i].url, "sitemap", &part, &url, &e) == 0)
            take_articles(w, &part, &page);
        break;
    }
    keep_page(w, &page);
}

static void look_for_sitemaps(struct work_site *w)
{
    const char *home = arena_span(w->t->arena, w->s->home).p;
    struct span named;
    int i = 0;
    char own[300], other[300];
    for (; i < SITEMAPS_MAX && (named = visitor_sitemap(w->t->visitor, home, i)).n > 0; i++) {
        if (span_eq(url_host(named, other), url_host(w->s->home, own)))
            try_sitemap(w, named);
    }
    const char *slash = strncmp(home, "file://", 7) == 0 ? NULL : strchr(strstr(home, "://") + 3, '/');
    if (i == 0 && slash != NULL)
        try_sitemap(w, arena_printf(w->t->arena, "%.*s/sitemap.xml", (int)(slash - home), home));
}

/* ---- what is proposed -------------------------------------------------------------------------------------------- */

/* Articles that many of the pages name stand in their side columns. */
static size_t own_articles(const struct work_site *w, const struct seen *page)
{
    size_t lists = 0, n = 0;
    for (size_t i = 0; i < w->seen_count; i++)
        lists += w->seen[i].start.kind == SURVEY_LIST;
    for (size_t i = 0; i < page->n; i++)
        n += w->found[page->articles[i]].pages <= (lists / 2 > 3 ? lists / 2 : 3);
    return n;
}

static bool is_proposed(const struct work_site *w, const struct seen *page)
{
    if (page->start.kind != SURVEY_LIST)
        return true;
    size_t own = own_articles(w, page);
    return own >= 3 || (own >= 1 && (page->pager || page->promising));
}

static int by_place(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->start.kind != y->start.kind)
        return x->start.kind < y->start.kind ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void propose_starts(struct work_site *w)
{
    struct survey *s = w->s;
    size_t kept = 0;
    qsort(w->seen, w->seen_count, sizeof(w->seen[0]), by_place);
    for (size_t i = 0; i < w->seen_count; i++) {
        if (is_proposed(w, &w->seen[i]))
            w->seen[kept++] = w->seen[i];
    }
    w->seen_count = kept;
    s->starts = ARENA_ARRAY(w->t->arena, struct survey_start, kept + 1);
    for (size_t i = 0; i < kept; i++)
        s->starts[s->start_count++] = w->seen[i].start;
    s->articles = w->found_count;
}

static bool matches(struct span pattern, struct span url)
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, 0, &error, &at, NULL);
    if (code == NULL)
        return false;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool found = pcre2_match(code, (PCRE2_SPTR)url.p, url.n, 0, 0, data, NULL) >= 0;
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return found;
}

/* Patterns that miss an article that was found, or take a list for one, are worse than the addresses' shapes. */
static void propose_patterns(struct work_site *w)
{
    struct survey *s = w->s;
    struct span *urls = ARENA_ARRAY(w->t->arena, struct span, w->found_count + 1);
    size_t covered;
    if (span_starts(s->home, SPAN("file://")))
        return;
    for (size_t i = 0; i < w->found_count; i++)
        urls[i] = w->found[i].url;
    s->pattern_count = patterns_learn(urls, w->found_count, w->t->arena, s->patterns, &covered);
    bool wrong = covered < w->found_count;
    for (size_t i = 0; i < s->pattern_count; i++) {
        for (size_t k = 0; k < s->start_count; k++)
            wrong |= s->starts[k].kind <= SURVEY_LIST && matches(s->patterns[i], s->starts[k].url);
    }
    if (wrong && w->patterns.n == 0)
        s->pattern_count = 0;
}

/* ---- samples ----------------------------------------------------------------------------------------------------- */

static void read_sample(struct work_site *w, const struct found *f)
{
    struct survey_sample *x = &w->s->samples[w->s->sample_count++];
    struct result r;
    struct err e;
    struct span url;
    *x = (struct survey_sample){ .url = f->url };
    if (read_page(w, f->url, "article", &r, &url, &e) < 0) {
        x->why = arena_span(w->t->arena, span_of(e.msg));
        return;
    }
    if (r.article == NULL) {
        x->why = arena_printf(w->t->arena, "no article but '%.*s'%s%.*s", SPAN_FMT(r.page_class),
                              r.reason.n > 0 ? ": " : "", SPAN_FMT(r.reason));
        return;
    }
    x->title = r.article->f[ARTICLE_TITLE];
    x->published = r.article->f[ARTICLE_PUBLISHED];
    x->source = r.article->f[ARTICLE_SOURCE];
    x->characters = text_count(r.article->f[ARTICLE_TEXT]);
    x->findings = r.findings.n;
    if (w->s->family.n == 0)
        w->s->family = family_of_page(w->raw);
}

/* The first article of each list, then the second, …: ten in all. */
static void read_samples(struct work_site *w)
{
    bool *taken = ARENA_ARRAY(w->t->arena, bool, w->found_count + 1);
    size_t longest = 0;
    for (size_t i = 0; i < w->seen_count; i++)
        longest = w->seen[i].n > longest ? w->seen[i].n : longest;
    for (size_t k = 0; k < longest; k++) {
        for (size_t i = 0; i < w->seen_count && w->s->sample_count < SURVEY_SAMPLES; i++) {
            const struct seen *page = &w->seen[i];
            if (k >= page->n || taken[page->articles[k]] || (page->start.kind == SURVEY_HOME && w->seen_count > 1))
                continue;
            taken[page->articles[k]] = true;
            read_sample(w, &w->found[page->articles[k]]);
        }
    }
}

/* ---- the survey -------------------------------------------------------------------------------------------------- */

static void finish_identity(struct survey *s, struct arena *a)
{
    if (s->level.n == 0)
        s->level = level_by_name(s->region);
    if (s->name.n == 0)
        s->name = s->org;
    if (s->name.n == 0 && span_starts(s->home, SPAN("file://")))
        s->name = s->home;
    if (s->name.n == 0) {
        const char *from = span_find(s->home, SPAN("://"));
        s->name = text_cut(span_between(from + 3, s->home.p + s->home.n), 200);
        const char *slash = memchr(s->name.p, '/', s->name.n);
        if (slash > s->name.p)
            s->name = span_between(s->name.p, slash);
    }
    s->name = arena_span(a, text_cut(s->name, 200));
}

int survey_site(const struct survey_tools *t, const char *url, struct survey *s, struct err *e)
{
    struct work_site *w = ARENA_NEW(t->arena, struct work_site);
    *s = (struct survey){ .pages = 0 };
    w->t = t;
    w->s = s;
    w->found = ARENA_ARRAY(t->arena, struct found, FOUND_MAX);
    w->slots = ARENA_ARRAY(t->arena, uint32_t, SLOTS);
    w->candidates = ARENA_ARRAY(t->arena, struct candidate, CANDIDATES_MAX);
    w->candidate_slots = ARENA_ARRAY(t->arena, uint32_t, SLOTS);
    if (read_home(w, url, e) < 0)
        return -1;
    look_for_sitemaps(w);
    for (struct candidate *c; s->pages < t->pages_max && (c = best_candidate(w)) != NULL;)
        look_at(w, c);
    propose_starts(w);
    propose_patterns(w);
    if (s->start_count == 0)
        return err_set(e,
                       "nothing at '%s' leads to articles: %zu of its pages were looked at and %zu ways on seen, none "
                       "of them to anything that looks like an article",
                       url, s->pages, w->candidate_count);
    for (size_t i = 0; i < w->found_count && i < 200; i++) {
        struct span family = family_of_url(w->found[i].url);
        s->family = family.n > 0 ? family : s->family;
        if (family.n > 0)
            break;
    }
    read_samples(w);
    finish_identity(s, t->arena);
    return 0;
}
