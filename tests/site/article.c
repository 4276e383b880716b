#include "article.h"

#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "patterns.h"
#include "render.h"

/* Twenty articles, over and over: so a column's n-th article is found without counting. */
enum { CYCLE = 20, TEXT_MIN_BYTES = 1800 };
static const enum site_kind cycle[CYCLE] = {
    KIND_SESSION, KIND_LAW,     KIND_INSPECT,  KIND_SUGGEST, KIND_CHAIR,   KIND_APPOINT,  KIND_REPORT,
    KIND_CONSULT, KIND_INQUIRY, KIND_ACTIVITY, KIND_BUDGET,  KIND_SESSION, KIND_STATION,  KIND_RESEARCH,
    KIND_LAW,     KIND_DIGITAL, KIND_APPOINT,  KIND_PROJECT, KIND_INSPECT, KIND_ACTIVITY,
};

enum site_kind site_kind_of(uint64_t index)
{
    return cycle[index % CYCLE];
}

/* 0 要闻, 1 立法, 2 监督, 3 代表, 4 任免 */
int site_column_of(enum site_kind kind)
{
    static const int column[KIND_COUNT] = {
        [KIND_SESSION] = 0, [KIND_CHAIR] = 0,    [KIND_REPORT] = 0,  [KIND_DIGITAL] = 0, [KIND_LAW] = 1,
        [KIND_CONSULT] = 1, [KIND_INSPECT] = 2,  [KIND_INQUIRY] = 2, [KIND_BUDGET] = 2,  [KIND_RESEARCH] = 2,
        [KIND_SUGGEST] = 3, [KIND_ACTIVITY] = 3, [KIND_STATION] = 3, [KIND_PROJECT] = 3, [KIND_APPOINT] = 4,
    };
    return column[kind];
}

/* How many of the first n of a cycle are in the column. */
static unsigned in_cycle(int column, unsigned n)
{
    unsigned found = 0;
    for (unsigned i = 0; i < n; i++)
        found += site_column_of(cycle[i]) == column;
    return found;
}

uint64_t site_column_size(const struct site_world *w, int column)
{
    return w->count / CYCLE * in_cycle(column, CYCLE) + in_cycle(column, w->count % CYCLE);
}

uint64_t site_column_index(int column, uint64_t n)
{
    unsigned each = in_cycle(column, CYCLE), left = (unsigned)(n % each), i = 0;
    for (;; i++)
        if (site_column_of(cycle[i]) == column && left-- == 0)
            break;
    return n / each * CYCLE + i;
}

uint64_t site_column_rank(uint64_t index)
{
    int column = site_column_of(site_kind_of(index));
    return index / CYCLE * in_cycle(column, CYCLE) + in_cycle(column, index % CYCLE);
}

int site_day_of(const struct site_world *w, uint64_t index)
{
    uint64_t a_day = w->count / 540 + 1;
    return w->last_day - (int)((w->count - 1 - index) / a_day);
}

/* Howard Hinnant's days_from_civil and civil_from_days. */
int site_day_from(int year, int month, int day)
{
    year -= month <= 2;
    int era = year / 400, of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void site_day_split(int day, int *year, int *month, int *mday)
{
    day += 719468;
    int era = day / 146097, of_era = day - era * 146097;
    int of_era_year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * of_era_year + of_era_year / 4 - of_era_year / 100);
    int m = (5 * of_year + 2) / 153;
    *mday = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = of_era_year + era * 400 + (*month <= 2);
}

/* The meeting an article of this kind is about: standing committees meet every second month since January 2023. */
static void choose_meeting(struct site_render *r)
{
    int y, m, d;
    site_day_split(r->article->act_day, &y, &m, &d);
    int months = (y - 2023) * 12 + m - 1;
    switch (r->article->kind) {
    case KIND_CHAIR:
        r->meeting_type = "chairpersons";
        r->meeting_no = 1 + months * 2 + (d > 15);
        break;
    case KIND_PROJECT:
        r->meeting_type = "congress";
        r->meeting_no = 1 + y - 2023;
        break;
    default:
        r->meeting_type = "standing_committee";
        r->meeting_no = 1 + months / 2;
    }
    if (r->meeting_no < 1)
        r->meeting_no = 1;
}

static void begin(const struct site_world *w, struct site_article *a, struct site_render *r, int site, uint64_t index,
                  enum site_kind kind, int day)
{
    struct site_rng rng = { site_mix(site_mix(w->seed + (uint64_t)site) ^ index) };
    json_decref(a->findings);
    *a = (struct site_article){
        .site = site, .index = index, .version = 1, .kind = kind, .day = day, .title = a->title, .text = a->text
    };
    *r = (struct site_render){ .article = a, .congress = &site_congresses[site], .rng = rng, .ordinal = index + 1 };
    site_out_reset(&a->title);
    site_out_reset(&a->text);
    a->column = site_column_of(kind);
    a->minute = 8 * 60 + (int)site_rng_below(&r->rng, 600);
    /* "今年" and "2024年" must mean the same for the day of the act and of publication */
    int y, m, d, act_year, act_month;
    a->act_day = day - (int)site_rng_below(&r->rng, 3);
    site_day_split(day, &y, &m, &d);
    site_day_split(a->act_day, &act_year, &act_month, &d);
    if (act_year != y)
        a->act_day = day;
    r->wording = site_rng_below(&r->rng, 3);
    r->full_width = site_rng_below(&r->rng, 16) == 0;
    r->hanzi = site_rng_below(&r->rng, 9) == 0;
    choose_meeting(r);

    /* Titles are unique because (topic, town, pattern) is the index in a mixed radix, in shuffled order. */
    const struct site_choice *titles = site_patterns(kind, PART_TITLE);
    uint64_t radix = (uint64_t)SITE_TOPICS * SITE_TOWNS * titles->n;
    uint64_t t = (index % radix * UINT64_C(1000003) + w->seed * 7 + (uint64_t)site * 1234567) % radix;
    r->topic = (unsigned)(t % SITE_TOPICS);
    r->town = (unsigned)(t / SITE_TOPICS % SITE_TOWNS);
    site_render_text(r, titles->rows[t / SITE_TOPICS / SITE_TOWNS]->text, &a->title);
    if (index >= radix)
        site_out_fmt(&a->title, "(%llu)", (unsigned long long)(index / radix + 1));
}

void site_article_head(const struct site_world *w, struct site_article *a, int site, uint64_t index,
                       enum site_kind kind, int day)
{
    struct site_render r;
    begin(w, a, &r, site, index, kind, day);
}

static void add_row(struct site_render *r, const struct site_pattern *row)
{
    size_t start = r->article->text.len;
    site_render_text(r, row->text, &r->article->text);
    if (r->article->findings && row->facts)
        site_render_facts(r, row->facts, start);
}

/* The order in which a choice's rows are taken: from a random start, with a random step that reaches them all. */
struct walk {
    const struct site_choice *choice;
    unsigned at, step;
};

static struct walk walk_new(struct site_render *r, const struct site_choice *choice)
{
    static const unsigned primes[] = { 53, 59, 61, 67, 71, 73, 79, 83 };
    struct walk w = { choice, 0, 1 };
    unsigned start = site_rng_below(&r->rng, 1u << 20), step = site_rng_below(&r->rng, 8);
    if (choice->n) {
        w.at = start % choice->n;
        w.step = choice->n % primes[step] ? primes[step] : 1;
    }
    return w;
}

static const struct site_pattern *walk_next(struct walk *w)
{
    const struct site_pattern *row = w->choice->rows[w->at % w->choice->n];
    w->at += w->step;
    return row;
}

static void write_text(struct site_render *r)
{
    struct site_article *a = r->article;
    const struct site_choice *open = site_patterns(a->kind, PART_OPEN), *body = site_patterns(a->kind, PART_BODY);
    const struct site_choice *close = site_patterns(a->kind, PART_CLOSE), *filler = site_fillers(a->kind);
    add_row(r, open->rows[site_rng_below(&r->rng, open->n)]);

    unsigned rows = 6 + site_rng_below(&r->rng, 8) + (a->kind == KIND_REPORT ? 7 : 0);
    if (rows > body->n)
        rows = body->n;
    struct walk facts = walk_new(r, body), noise = walk_new(r, filler);
    for (unsigned i = 0; i < rows; i++) {
        site_out_str(&a->text, "\n");
        if (site_rng_below(&r->rng, 3) == 0)
            add_row(r, walk_next(&noise));
        add_row(r, walk_next(&facts));
        for (unsigned n = site_rng_below(&r->rng, 3); n > 0; n--)
            add_row(r, walk_next(&noise));
    }
    do {
        site_out_str(&a->text, "\n");
        add_row(r, walk_next(&noise));
        add_row(r, walk_next(&noise));
    } while (a->text.len < TEXT_MIN_BYTES);
    if (close->n) {
        site_out_str(&a->text, "\n");
        add_row(r, close->rows[site_rng_below(&r->rng, close->n)]);
    }
}

static void write_credits(struct site_render *r)
{
    struct site_article *a = r->article;
    struct site_out o = { 0 };
    switch (site_rng_below(&r->rng, 4)) {
    case 0:
        site_out_fmt(&o, "%s办公室", r->congress->org);
        break;
    case 1:
        site_out_fmt(&o, "%s日报", r->congress->region_short);
        break;
    case 2:
        site_out_fmt(&o, "%s人大网", r->congress->region_short);
        break;
    default:
        site_out_str(&o, r->congress->org);
    }
    memcpy(a->source, o.data, o.len + 1);
    site_out_reset(&o);
    site_person(&o, &r->rng);
    memcpy(a->author, o.data, o.len + 1);
    site_out_reset(&o);
    site_person(&o, &r->rng);
    memcpy(a->editor, o.data, o.len + 1);
    site_out_free(&o);
}

void site_article_make(const struct site_world *w, struct site_article *a, int site, uint64_t index,
                       enum site_kind kind, int day, unsigned version, bool with_findings)
{
    struct site_render r;
    begin(w, a, &r, site, index, kind, day);
    a->version = version;
    a->findings = with_findings ? json_array() : NULL;
    r.edits = version - 1;
    write_credits(&r);
    write_text(&r);
}

void site_article_free(struct site_article *a)
{
    site_out_free(&a->title);
    site_out_free(&a->text);
    json_decref(a->findings);
    a->findings = NULL;
}
