#include "render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void site_hanzi(struct site_out *o, uint64_t n)
{
    static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    static const struct {
        uint64_t value;
        const char *name;
    } units[] = { { 10000, "万" }, { 1000, "千" }, { 100, "百" }, { 10, "十" } };

    bool begun = false, gap = false;
    for (size_t i = 0; i < 4; i++) {
        uint64_t q = n / units[i].value;
        n %= units[i].value;
        if (!q) {
            gap = begun;
            continue;
        }
        if (gap)
            site_out_str(o, "零");
        gap = false;
        if (q > 9)
            site_hanzi(o, q);
        else if (q > 1 || begun || units[i].value != 10)
            site_out_str(o, digits[q]);
        site_out_str(o, units[i].name);
        begun = true;
    }
    if (gap && n)
        site_out_str(o, "零");
    if (n || !begun)
        site_out_str(o, digits[n]);
}

static void put_digits(struct site_out *o, const char *ascii, bool full_width)
{
    if (!full_width) {
        site_out_str(o, ascii);
        return;
    }
    for (; *ascii; ascii++) {
        if (*ascii >= '0' && *ascii <= '9')
            site_out_add(o, (char[]){ '\xef', '\xbc', (char)('\x90' + *ascii - '0') }, 3);
        else if (*ascii == '.')
            site_out_str(o, "．");
        else if (*ascii == '%')
            site_out_str(o, "％");
        else
            site_out_add(o, ascii, 1);
    }
}

/* 97 with one decimal is 9.7; trailing zeros go. At most two decimals. */
static void decimal_text(char *to, size_t size, int64_t value, int decimals)
{
    for (; decimals > 0 && value % 10 == 0; decimals--)
        value /= 10;
    if (decimals == 2)
        snprintf(to, size, "%lld.%02lld", (long long)value / 100, (long long)value % 100);
    else if (decimals == 1)
        snprintf(to, size, "%lld.%lld", (long long)value / 10, (long long)value % 10);
    else
        snprintf(to, size, "%lld", (long long)value);
}

static void put_count(struct site_render *r, struct site_out *o, int64_t value, unsigned form)
{
    char text[40];
    snprintf(text, sizeof(text), "%lld", (long long)value);
    if (value >= 10000 && value % 1000 == 0 && form < 60) {
        decimal_text(text, sizeof(text), value / 1000, 1);
        put_digits(o, text, r->full_width);
        site_out_str(o, "万");
    } else if (value >= 1000 && value < 1000000 && form >= 80) {
        snprintf(text, sizeof(text), "%lld,%03lld", (long long)value / 1000, (long long)value % 1000);
        site_out_str(o, text);
    } else if (value == 2 && form < 50) {
        site_out_str(o, "两");
    } else if (value > 1 && value < 100 && form < (r->hanzi ? 70u : 2u)) {
        site_hanzi(o, (uint64_t)value);
    } else {
        put_digits(o, text, r->full_width);
    }
}

static const struct bound {
    const char *before, *after, *meaning;
} bounds[] = {
    { "", "余", "over" },   { "", "多", "over" },  { "", "余", "over" }, { "超过", "", "over" },
    { "近", "", "nearly" }, { "约", "", "about" }, { "超", "", "over" },
};

struct site_slot *site_render_slot(struct site_render *r, char name)
{
    return &r->slots[(unsigned)(name - 'a') % 26];
}

static int64_t draw(struct site_render *r, const char *range)
{
    char *end;
    int64_t low = strtoll(range, &end, 10), high = *end == '-' ? strtoll(end + 1, NULL, 10) : low;
    return low + (int64_t)(site_rng_next(&r->rng) % (uint64_t)(high - low + 1));
}

/* n3-40, n<a, n-ab, n+ab, N30-900 */
static void put_number(struct site_render *r, struct site_slot *s, const char *type, struct site_out *o)
{
    unsigned form = site_rng_below(&r->rng, 100), bounded = site_rng_below(&r->rng, 15);
    const struct bound *b = NULL;
    bool free_number = type[1] >= '0' && type[1] <= '9';
    if (type[1] == '<') {
        int64_t whole = site_render_slot(r, type[2])->value;
        s->value = whole - 1 - whole * (int64_t)site_rng_below(&r->rng, 300) / 1000;
        if (s->value < 1)
            s->value = 1;
    } else if (type[1] == '-') {
        s->value = site_render_slot(r, type[2])->value - site_render_slot(r, type[3])->value;
    } else if (type[1] == '+') {
        s->value = site_render_slot(r, type[2])->value + site_render_slot(r, type[3])->value;
    } else {
        s->value = draw(r, type + 1);
    }
    int64_t step = 1;
    if (type[0] == 'N' && bounded < sizeof(bounds) / sizeof(bounds[0]) && s->value >= 20) {
        b = &bounds[bounded];
        step = s->value >= 10000 ? 1000 : s->value >= 1000 ? 100 : 10;
        s->value -= s->value % step;
    } else if (type[0] == 'N' && s->value >= 10000 && form < 60) {
        step = 1000;
        s->value -= s->value % step;
    }
    if (free_number && r->edits) {
        s->value += step * (int64_t)r->edits;
        r->edits = 0;
    }
    s->number = true;
    s->decimals = 0;
    s->bound = b ? b->meaning : NULL;
    if (b)
        site_out_str(o, b->before);
    put_count(r, o, s->value, form);
    if (b)
        site_out_str(o, b->after);
}

/* p82-99, %ba */
static void put_percent(struct site_render *r, struct site_slot *s, const char *type, struct site_out *o)
{
    unsigned form = site_rng_below(&r->rng, 100);
    if (type[0] == '%') {
        int64_t part = site_render_slot(r, type[1])->value, whole = site_render_slot(r, type[2])->value;
        s->value = whole > 0 ? (part * 2000 + whole) / (2 * whole) : 0;
    } else {
        char *end;
        int64_t low = strtoll(type + 1, &end, 10) * 10, high = strtoll(end + 1, NULL, 10) * 10;
        s->value = low + (int64_t)site_rng_below(&r->rng, (unsigned)(high - low + 1));
    }
    s->number = true;
    s->decimals = 1;
    s->bound = NULL;
    char text[40];
    decimal_text(text, sizeof(text), s->value, 1);
    if (form < 6 && s->value % 10 == 0 && s->value < 1000) {
        site_out_str(o, "百分之");
        site_hanzi(o, (uint64_t)s->value / 10);
    } else {
        put_digits(o, text, r->full_width);
        put_digits(o, "%", r->full_width);
    }
}

/* m20-900: 万元 */
static void put_money(struct site_render *r, struct site_slot *s, const char *type, struct site_out *o)
{
    char text[40];
    int64_t wan = draw(r, type + 1);
    bool bounded = site_rng_below(&r->rng, 5) == 0;
    if (wan >= 10000)
        wan -= wan % 100; /* two decimals of 亿 */
    s->number = true;
    s->decimals = 0;
    s->value = wan * 10000;
    s->bound = bounded ? "over" : NULL;
    if (wan >= 10000)
        decimal_text(text, sizeof(text), wan / 100, 2);
    else
        decimal_text(text, sizeof(text), wan, 0);
    put_digits(o, text, r->full_width);
    site_out_str(o, wan >= 10000 ? "亿" : "万");
    if (bounded)
        site_out_str(o, "余");
    site_out_str(o, "元");
}

void site_iso_day(char *to, size_t size, int day)
{
    int y, m, d;
    site_day_split(day, &y, &m, &d);
    snprintf(to, size, "%d-%02d-%02d", y, m, d);
}

/* A day in the two months before the act, or (a deadline) a month after it. */
static void put_date(struct site_render *r, struct site_slot *s, bool deadline, struct site_out *o)
{
    int y, m, d, act_year, am, ad, days = (int)site_rng_below(&r->rng, 55);
    int day = deadline ? r->article->act_day + 28 + days % 5 : r->article->act_day - 3 - days;
    site_day_split(r->article->act_day, &act_year, &am, &ad);
    site_day_split(day, &y, &m, &d);
    site_iso_day(s->text, sizeof(s->text), day);
    if (deadline || y != act_year)
        site_out_fmt(o, "%d年", y);
    site_out_fmt(o, "%d月%d日", m, d);
}

/* A number that counts nothing. */
static void put_id(struct site_render *r, struct site_slot *s, const char *type, struct site_out *o)
{
    snprintf(s->text, sizeof(s->text), "%lld", (long long)draw(r, type + 1));
    site_out_str(o, s->text);
}

static void put_word(struct site_render *r, struct site_slot *s, const char *type, struct site_out *o)
{
    const struct site_congress *c = r->congress;
    if (!strcmp(type, "law")) {
        static const char *const forms[] = { "条例", "条例", "条例", "若干规定" };
        site_out_fmt(o, "%s%s%s", c->region, site_topics[site_rng_below(&r->rng, SITE_TOPICS)],
                     forms[site_rng_below(&r->rng, 4)]);
    } else if (!strcmp(type, "nat")) {
        site_out_str(o, site_pick(site_national_laws, &r->rng));
    } else if (!strcmp(type, "topic")) {
        site_out_str(o, site_topics[site_rng_below(&r->rng, SITE_TOPICS)]);
    } else if (!strcmp(type, "person")) {
        site_person(o, &r->rng);
    } else if (!strcmp(type, "town")) {
        site_town(o, site_rng_below(&r->rng, SITE_TOWNS));
    } else if (!strcmp(type, "lower")) {
        site_out_str(o, c->lower[site_rng_below(&r->rng, 6)]);
    } else if (!strcmp(type, "dept")) {
        site_out_fmt(o, "%s%s%s", c->unit, site_pick(site_departments, &r->rng), c->office);
    } else if (!strcmp(type, "project")) {
        site_out_str(o, site_pick(site_projects, &r->rng));
    } else if (!strcmp(type, "platform")) {
        site_out_str(o, site_pick(site_platforms, &r->rng));
    } else if (!strcmp(type, "post")) {
        site_out_str(o, site_pick(site_posts, &r->rng));
    } else if (!strcmp(type, "committee")) {
        site_out_str(o, site_pick(site_committees, &r->rng));
    } else {
        fprintf(stderr, "tests/site: unknown slot type '%s'\n", type);
        abort();
    }
    snprintf(s->text, sizeof(s->text), "%s", o->data + s->start);
}

void site_render_meeting(const struct site_render *r, bool canonical, struct site_out *o)
{
    const struct site_congress *c = r->congress;
    unsigned wording = canonical ? 0 : r->wording;
    struct site_out no = { 0 };
    site_hanzi(&no, (uint64_t)c->term);
    if (!strcmp(r->meeting_type, "congress"))
        site_out_fmt(o, wording == 2 ? "%s第%s届人民代表大会第" : "%s%s届人大", wording == 1 ? c->unit : c->region,
                     no.data);
    else
        site_out_fmt(o, wording == 2 ? "%s第%s届人民代表大会常务委员会第" : "%s%s届人大常委会第",
                     wording == 1 ? c->unit : c->region, no.data);
    site_hanzi(o, (uint64_t)r->meeting_no);
    site_out_str(o, !strcmp(r->meeting_type, "chairpersons") ? "次主任会议" : "次会议");
    site_out_free(&no);
}

static void put_context(struct site_render *r, char name, struct site_out *o)
{
    const struct site_congress *c = r->congress;
    char iso[16];
    int y, m, d;
    site_day_split(r->article->act_day, &y, &m, &d);
    switch (name) {
    case 'R':
        site_out_str(o, c->region);
        break;
    case 'S':
        site_out_str(o, c->region_short);
        break;
    case 'L':
        site_out_str(o, c->unit);
        break;
    case 'O':
        site_out_str(o, c->org);
        break;
    case 'B':
        site_out_str(o, c->org_long);
        break;
    case 'H':
        site_out_fmt(o, "%s人大常委会", c->unit);
        break;
    case 'G':
        site_out_fmt(o, "%s政府", c->unit);
        break;
    case 'F':
        site_out_str(o, c->court);
        break;
    case 'J':
        site_out_str(o, c->procuratorate);
        break;
    case 'K':
        site_out_str(o, c->committee);
        break;
    case 'X':
        site_out_str(o, c->lower[r->ordinal % 6]);
        break;
    case 'M':
        site_render_meeting(r, false, o);
        break;
    case 'N':
        site_render_meeting(r, true, o);
        break;
    case 'D':
        site_out_fmt(o, "%d月%d日", m, d);
        break;
    case 'E':
        site_iso_day(iso, sizeof(iso), r->article->act_day);
        site_out_str(o, iso);
        break;
    case 'V':
        site_out_fmt(o, "%d", y);
        break;
    case 'Y':
        site_out_fmt(o, "%d", y - 1);
        break;
    case 'T':
        site_out_str(o, site_topics[r->topic]);
        break;
    case 'P':
        site_town(o, r->town);
        break;
    case 'Z':
        site_out_str(o, c->office);
        break;
    case 'U':
        site_out_fmt(o, "%llu", (unsigned long long)r->ordinal);
        break;
    case 'W':
        site_out_fmt(o, "%s%s条例", c->region, site_topics[r->topic]);
        break;
    default:
        fprintf(stderr, "tests/site: unknown slot '{%c}'\n", name);
        abort();
    }
}

static void put_slot(struct site_render *r, const char *spec, struct site_out *o)
{
    struct site_slot *s = site_render_slot(r, spec[0]);
    if (spec[1] != ':') {
        if (!s->set) {
            fprintf(stderr, "tests/site: slot '%s' is not drawn\n", spec);
            abort();
        }
        site_out_str(o, s->text);
        return;
    }
    const char *type = spec + 2;
    *s = (struct site_slot){ .set = true, .start = o->len };
    if (type[0] == 'N' || (type[0] == 'n' && strchr("0123456789<-+", type[1])))
        put_number(r, s, type, o);
    else if (type[0] == '%' || (type[0] == 'p' && type[1] >= '0' && type[1] <= '9'))
        put_percent(r, s, type, o);
    else if (type[0] == 'm' && type[1] >= '0' && type[1] <= '9')
        put_money(r, s, type, o);
    else if (!strcmp(type, "date") || !strcmp(type, "deadline"))
        put_date(r, s, type[2] == 'a', o);
    else if (type[0] == 'i' && type[1] >= '0' && type[1] <= '9')
        put_id(r, s, type, o);
    else
        put_word(r, s, type, o);
    if (s->number)
        decimal_text(s->text, sizeof(s->text), s->value, s->decimals);
    s->end = o->len;
}

void site_render_expand(struct site_render *r, const char *pattern, const char *stop, struct site_out *out)
{
    while (pattern < stop) {
        const char *brace = memchr(pattern, '{', (size_t)(stop - pattern));
        if (!brace) {
            site_out_add(out, pattern, (size_t)(stop - pattern));
            return;
        }
        site_out_add(out, pattern, (size_t)(brace - pattern));
        char spec[32];
        size_t n = strcspn(++brace, "}");
        if (n >= sizeof(spec) || brace[n] != '}')
            abort(); /* a pattern of ours is malformed */
        memcpy(spec, brace, n);
        spec[n] = 0;
        if (spec[0] >= 'A' && spec[0] <= 'Z')
            put_context(r, spec[0], out);
        else
            put_slot(r, spec, out);
        pattern = brace + n + 1;
    }
}

void site_render_text(struct site_render *r, const char *pattern, struct site_out *out)
{
    for (int i = 0; i < 26; i++)
        r->slots[i].set = false;
    site_render_expand(r, pattern, pattern + strlen(pattern), out);
}
