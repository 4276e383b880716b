#include "cli/pattern.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#define MAKES_MAX   256
#define NUMBERS_MAX 16
#define KEY_BYTES   256
#define NUMBER      '\1' /* in a key: digits */
#define HASH        '\2' /* in a key: a long name of hexadecimal digits */

/* What one number of a make was in the addresses seen. */
struct number {
    size_t least, most; /* digits */
    bool year;          /* always begins with 19 or 20 */
    bool day;           /* always four digits that are month and day */
    bool folder;        /* a folder's whole name */
};

/* Addresses that differ in numbers only. */
struct make {
    char key[KEY_BYTES];
    struct span folder; /* name of the folder before the numeric ones; p NULL: not always the same */
    struct number numbers[NUMBERS_MAX];
    size_t number_count, n;
};

struct makes {
    struct make items[MAKES_MAX];
    size_t n;
};

/* ---- one address ------------------------------------------------------------------------------------------------- */

struct parts {
    struct span path, query; /* query without its '?' */
};

static struct parts split(struct span url)
{
    struct parts p = { { NULL, 0 }, { NULL, 0 } };
    const char *end = url.p + url.n, *scheme = span_find(url, SPAN("://"));
    const char *from = scheme == NULL ? url.p : memchr(scheme + 3, '/', (size_t)(end - scheme - 3));
    if (from == NULL)
        return p;
    const char *mark = memchr(from, '?', (size_t)(end - from));
    p.path = span_between(from, mark == NULL ? end : mark);
    if (mark != NULL)
        p.query = span_between(mark + 1, end);
    return p;
}

static bool is_numeric(struct span s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!isdigit((unsigned char)s.p[i]) && s.p[i] != '-')
            return false;
    }
    return s.n > 0 && isdigit((unsigned char)s.p[0]);
}

static bool is_hash(struct span s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!isxdigit((unsigned char)s.p[i]) && s.p[i] != '-')
            return false;
        digits += isdigit((unsigned char)s.p[i]) != 0;
    }
    return s.n >= 24 && digits > 0 && digits < s.n;
}

/* The last segment of a path; a '/' at its end belongs to it. */
static struct span last_segment(struct span path)
{
    size_t n = path.n > 0 && path.p[path.n - 1] == '/' ? path.n - 1 : path.n;
    const char *slash = memrchr(path.p, '/', n);
    return slash == NULL ? path : span_between(slash + 1, path.p + path.n);
}

static struct span without(struct span path, struct span segment)
{
    return (struct span){ path.p, path.n - segment.n };
}

/* id=77 of c=3&id=77: the value that names an article; else the first that is a number. */
static struct span naming_pair(struct span query)
{
    static const char *const keys[] = { "id",  "newsid", "articleid", "article_id", "infoid", "contentid", "content_id",
                                        "nid", "aid",    "news_id",   "docid",      "xxid",   "infoguid" };
    struct span first = { NULL, 0 };
    for (const char *p = query.p, *end = query.p + query.n; p < end;) {
        const char *q = memchr(p, '&', (size_t)(end - p));
        struct span pair = span_between(p, q == NULL ? end : q);
        const char *eq = memchr(pair.p, '=', pair.n);
        p = q == NULL ? end : q + 1;
        if (eq == NULL || !is_numeric(span_between(eq + 1, pair.p + pair.n)))
            continue;
        if (first.n == 0)
            first = pair;
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
            if ((size_t)(eq - pair.p) == strlen(keys[i]) && strncasecmp(pair.p, keys[i], strlen(keys[i])) == 0)
                return pair;
        }
    }
    return first;
}

/* ---- makes ------------------------------------------------------------------------------------------------------- */

/* A key as it is written, with the numbers found on the way. */
struct writer {
    char key[KEY_BYTES];
    size_t n;
    struct span numbers[NUMBERS_MAX];
    bool folders[NUMBERS_MAX];
    size_t number_count;
    bool full;
};

static void put(struct writer *w, char c)
{
    w->full |= w->n + 1 >= sizeof(w->key);
    if (!w->full)
        w->key[w->n++] = c;
}

static void put_text(struct writer *w, struct span s, bool folder)
{
    const char *dot = memrchr(s.p, '.', s.n);
    struct span stem = dot == NULL ? s : span_between(s.p, dot);
    size_t i = 0;
    if (is_hash(stem)) {
        put(w, HASH);
        i = stem.n;
    }
    while (i < s.n) {
        size_t from = i;
        while (i < s.n && isdigit((unsigned char)s.p[i]))
            i++;
        if (i == from) {
            put(w, s.p[i++]);
            continue;
        }
        put(w, NUMBER);
        if (w->number_count == NUMBERS_MAX) {
            w->full = true;
            return;
        }
        w->folders[w->number_count] = folder;
        w->numbers[w->number_count++] = (struct span){ s.p + from, i - from };
    }
}

/* The key of an address, and the folder that stands before what the key tells. False: there is nothing to go by. */
static bool write_key(struct span url, struct writer *w, struct span *folder)
{
    struct parts p = split(url);
    if (p.path.n < 2)
        return false;
    struct span file = last_segment(p.path), rest = without(p.path, file), pair = naming_pair(p.query);
    const char *tail = file.p;
    while (rest.n > 1) {
        struct span segment = last_segment(rest);
        struct span name = { segment.p, segment.n - 1 };
        if (!is_numeric(name))
            break;
        tail = segment.p;
        rest = without(rest, segment);
    }
    *w = (struct writer){ .n = 0 };
    *folder = rest.n > 1 ? last_segment(rest) : (struct span){ "", 0 };
    put(w, '/');
    put_text(w, span_between(tail, file.p), true);
    put_text(w, file, false);
    if (pair.n > 0) {
        put(w, '?');
        put_text(w, pair, false);
    }
    w->key[w->full ? 0 : w->n] = '\0';
    return !w->full && w->number_count + (strchr(w->key, HASH) != NULL) > 0;
}

static bool begins_year(struct span s)
{
    return s.n >= 4 && ((s.p[0] == '1' && s.p[1] == '9') || (s.p[0] == '2' && s.p[1] == '0'));
}

static bool is_month_day(struct span s)
{
    if (s.n != 4)
        return false;
    int month = (s.p[0] - '0') * 10 + s.p[1] - '0', day = (s.p[2] - '0') * 10 + s.p[3] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static struct make *make_of(struct makes *all, const struct writer *w, struct span folder)
{
    for (size_t i = 0; i < all->n; i++) {
        if (strcmp(all->items[i].key, w->key) == 0)
            return &all->items[i];
    }
    if (all->n == MAKES_MAX)
        return NULL;
    struct make *m = &all->items[all->n++];
    *m = (struct make){ .folder = folder, .number_count = w->number_count };
    memcpy(m->key, w->key, sizeof(m->key));
    for (size_t i = 0; i < w->number_count; i++)
        m->numbers[i] = (struct number){ .least = SIZE_MAX, .year = true, .day = true, .folder = w->folders[i] };
    return m;
}

static void take(struct makes *all, struct span url)
{
    struct writer w;
    struct span folder;
    struct make *m = write_key(url, &w, &folder) ? make_of(all, &w, folder) : NULL;
    if (m == NULL)
        return;
    m->n++;
    if (m->folder.p != NULL && !span_eq(m->folder, folder))
        m->folder.p = NULL;
    for (size_t i = 0; i < m->number_count; i++) {
        struct number *x = &m->numbers[i];
        struct span s = w.numbers[i];
        x->least = s.n < x->least ? s.n : x->least;
        x->most = s.n > x->most ? s.n : x->most;
        x->year &= begins_year(s);
        x->day &= is_month_day(s);
    }
}

/* ---- patterns ---------------------------------------------------------------------------------------------------- */

/* The digits of a date have one width, of a folder's month or day one or two; what counts may grow. */
static struct span number_pattern(const struct make *m, size_t i, struct arena *a)
{
    const struct number *x = &m->numbers[i];
    bool last = i + 1 == m->number_count;
    bool dated = x->least == x->most && x->year && (x->least == 4 || x->least == 6 || x->least == 8 || x->least == 14);
    if (dated && (x->folder || !last || x->least >= 8))
        return arena_printf(a, "\\d{%zu}", x->least);
    if (x->folder && x->day && i > 0 && m->numbers[i - 1].year)
        return SPAN("\\d{4}");
    if (x->folder && x->most <= 2 && i > 0 && m->numbers[0].year)
        return SPAN("\\d{1,2}");
    return SPAN("\\d+");
}

static struct span escaped(struct arena *a, struct span before, char c)
{
    bool plain = isalnum((unsigned char)c) || strchr("/_-=&%~:,@!<>\"'", c) != NULL;
    return arena_printf(a, "%.*s%s%c", SPAN_FMT(before), plain ? "" : "\\", c);
}

/* A file that is nothing but a number says too little. */
static bool needs_folder(const struct make *m)
{
    const char *file = strrchr(m->key, '/');
    if (file[1] == '\0') { /* the path ends with it */
        while (file > m->key && file[-1] != '/')
            file--;
        file -= file > m->key;
    }
    return file[1] == NUMBER && (file[2] == '.' || file[2] == '/' || file[2] == '\0');
}

static struct span render(const struct make *m, struct arena *a)
{
    struct span out = SPAN("");
    size_t number = 0;
    if (needs_folder(m) && m->folder.p != NULL && m->folder.n > 0) {
        out = SPAN("/");
        for (size_t i = 0; i + 1 < m->folder.n; i++)
            out = escaped(a, out, m->folder.p[i]);
    }
    for (const char *k = m->key; *k != '\0'; k++) {
        struct span one = escaped(a, SPAN(""), *k);
        if (*k == NUMBER)
            one = number_pattern(m, number++, a);
        else if (*k == HASH)
            one = SPAN("[0-9A-Fa-f-]{24,}");
        else if (*k == '?')
            one = SPAN("\\?(?:.*&)?");
        out = arena_printf(a, "%.*s%.*s", SPAN_FMT(out), SPAN_FMT(one));
    }
    return arena_printf(a, strchr(m->key, '?') == NULL ? "%.*s$" : "%.*s(?:&|$)", SPAN_FMT(out));
}

static int most_first(const void *a, const void *b)
{
    const struct make *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->key, y->key);
}

size_t patterns_learn(const struct span *urls, size_t n, struct arena *a, struct span out[PATTERNS_MAX],
                      size_t *covered)
{
    struct makes *all = ARENA_NEW(a, struct makes);
    for (size_t i = 0; i < n; i++)
        take(all, urls[i]);
    qsort(all->items, all->n, sizeof(all->items[0]), most_first);
    size_t count = all->n < PATTERNS_MAX ? all->n : PATTERNS_MAX;
    *covered = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = render(&all->items[i], a);
        *covered += all->items[i].n;
    }
    return count;
}
