/* The sample congress sites: what they plant must really be there, and each article must be found once. */
#include <arpa/inet.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/site/article.h"
#include "tests/site/gb18030.h"
#include "tests/site/host.h"
#include "tests/site/pages.h"
#include "tests/site/patterns.h"
#include "tests/site/render.h"
#include "tests/site/site.h"
#include "tests/site/state.h"
#include "tests/site/style.h"
#include "tests/site/truth.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct site_world world = { .seed = 7, .count = 300, .last_day = 20269 };

static void make(struct site_article *a, int site, uint64_t index, unsigned version, bool findings)
{
    site_article_make(&world, a, site, index, site_kind_of(index), site_day_of(&world, index), version, findings);
}

/* ---- articles ---- */

static void same_seed_same_text(void **state)
{
    struct site_article a = { 0 }, b = { 0 };
    int bad = 0;
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++)
        for (uint64_t i = 0; i < world.count; i++) {
            make(&a, site, i, 1, false);
            make(&b, site, i, 1, true); /* asking for the findings changes nothing */
            if (strcmp(a.text.data, b.text.data) != 0 || strcmp(a.title.data, b.title.data) != 0) {
                print_error("site %d article %u differs from itself\n", site, (unsigned)i);
                bad++;
            }
            if (site > 0) {
                make(&b, site - 1, i, 1, false);
                bad += !strcmp(a.text.data, b.text.data);
            }
        }
    site_article_free(&a);
    site_article_free(&b);
    assert_int_equal(bad, 0);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void titles_are_unique(void **state)
{
    enum { N = 20000 };
    struct site_world big = { .seed = 7, .count = N, .last_day = 20269 };
    struct site_article a = { 0 };
    char **titles = calloc(N, sizeof(*titles));
    int bad = 0;
    (void)state;
    for (uint64_t i = 0; i < N; i++) {
        site_article_head(&big, &a, 1, i, site_kind_of(i), site_day_of(&big, i));
        titles[i] = strdup(a.title.data);
    }
    qsort(titles, N, sizeof(*titles), by_text);
    for (int i = 0; i < N; i++) {
        if (i > 0 && !strcmp(titles[i], titles[i - 1])) {
            print_error("twice: %s\n", titles[i]);
            bad++;
        }
    }
    for (int i = 0; i < N; i++)
        free(titles[i]);
    free(titles);
    site_article_free(&a);
    assert_int_equal(bad, 0);
}

static const char *after(const char *text, size_t code_points)
{
    while (code_points > 0) {
        text++;
        if ((*text & 0xc0) != 0x80)
            code_points--;
    }
    return text;
}

/* What a person reads: 1,234 １２ 三十 两 1.2万 3.45亿 百分之八十. */
static double read_number(const char *at, const char *end)
{
    static const char *const hanzi[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    char digits[64];
    size_t n = 0;
    double scale = 1, total = 0, one = 0;
    bool spelled = false;
    while (at < end && n + 1 < sizeof(digits)) {
        if (*at >= '0' && *at <= '9') {
            digits[n++] = *at++;
        } else if (*at == '.' || *at == ',') {
            if (*at == '.')
                digits[n++] = '.';
            at++;
        } else if (!strncmp(at, "\xef\xbc", 2)) {
            unsigned char low = (unsigned char)at[2];
            if (low >= 0x90 && low <= 0x99)
                digits[n++] = (char)('0' + low - 0x90);
            else if (low == 0x8e)
                digits[n++] = '.';
            at += 3;
        } else if (!strncmp(at, "百分之", 9)) {
            at += 9;
        } else {
            for (int i = 0; i < 10; i++)
                if (!strncmp(at, hanzi[i], 3)) {
                    one = i;
                    spelled = true;
                }
            if (!strncmp(at, "两", 3)) {
                one = 2;
                spelled = true;
            } else if (!strncmp(at, "十", 3)) {
                total += (one > 0 ? one : 1) * 10;
                one = 0;
                spelled = true;
            } else if (!strncmp(at, "万", 3)) {
                scale = 1e4;
            } else if (!strncmp(at, "亿", 3)) {
                scale = 1e8;
            }
            at += *at & 0x80 ? 3 : 1;
        }
    }
    digits[n] = 0;
    return spelled ? total + one : strtod(digits, NULL) * scale;
}

/* Every figure's span reads as its value, every span is within its quote, every quote within the text. */
static void figures_stand_in_the_text(void **state)
{
    struct site_article a = { 0 };
    int bad = 0, figures = 0;
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++)
        for (uint64_t i = 0; i < world.count; i++) {
            size_t k;
            json_t *f;
            make(&a, site, i, 1, true);
            bad += json_array_size(a.findings) == 0;
            json_array_foreach(a.findings, k, f)
            {
                const char *quote = json_string_value(json_object_get(f, "quote"));
                const char *start = after(a.text.data, (size_t)json_integer_value(json_object_get(f, "start")));
                const char *end = after(a.text.data, (size_t)json_integer_value(json_object_get(f, "end")));
                bool ok = quote && strstr(a.text.data, quote) && end > start;
                if (!strcmp(json_string_value(json_object_get(f, "kind")), "figure")) {
                    double want = json_number_value(json_object_get(f, "value")), read = read_number(start, end);
                    figures++;
                    ok = ok && want - read < 1e-6 * want && read - want < 1e-6 * want && json_object_get(f, "unit") &&
                         json_object_get(f, "subject");
                }
                if (!ok) {
                    print_error("site %d article %u: '%.*s' in '%s'\n", site, (unsigned)i, (int)(end - start), start,
                                quote ? quote : "");
                    bad++;
                }
            }
        }
    site_article_free(&a);
    assert_int_equal(bad, 0);
    assert_true(figures > 3000);
}

/* Names are in the text word for word. */
static void names_stand_in_the_text(void **state)
{
    static const struct {
        const char *kind, *field;
    } rows[] = {
        { "legislation", "name" }, { "person", "name" },         { "person", "post" },   { "platform", "name" },
        { "project", "name" },     { "vote", "item" },           { "first", "thing" },   { "first", "claim" },
        { "suggestion", "title" }, { "suggestion", "proposer" }, { "figure", "action" }, { "oversight", "target" },
    };
    struct site_article a = { 0 };
    int bad = 0;
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++)
        for (uint64_t i = 0; i < world.count; i++) {
            size_t k;
            json_t *f;
            make(&a, site, i, 1, true);
            json_array_foreach(a.findings, k, f) for (size_t r = 0; r < COUNT(rows); r++)
            {
                const char *value = json_string_value(json_object_get(f, rows[r].field));
                if (!value || strcmp(json_string_value(json_object_get(f, "kind")), rows[r].kind) != 0 ||
                    json_object_get(f, "optional"))
                    continue;
                if (!strstr(a.text.data, value)) {
                    print_error("site %d article %u: no %s %s '%s'\n", site, (unsigned)i, rows[r].kind, rows[r].field,
                                value);
                    bad++;
                }
            }
        }
    site_article_free(&a);
    assert_int_equal(bad, 0);
}

static void an_edit_changes_one_figure(void **state)
{
    struct site_article a = { 0 }, b = { 0 };
    int bad = 0;
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++)
        for (uint64_t i = 0; i < world.count; i++) {
            make(&a, site, i, 1, true);
            make(&b, site, i, 2, true);
            if (!strcmp(a.text.data, b.text.data) || strcmp(a.title.data, b.title.data) != 0 ||
                json_equal(a.findings, b.findings)) {
                print_error("site %d article %u is the same after an edit\n", site, (unsigned)i);
                bad++;
            }
        }
    site_article_free(&a);
    site_article_free(&b);
    assert_int_equal(bad, 0);
}

static void patterns_are_many_and_sound(void **state)
{
    int with_facts = 0, bad = 0;
    const struct site_pattern *p;
    (void)state;
    for (size_t i = 0; (p = site_pattern_at(i)); i++) {
        with_facts += p->facts != NULL;
        bool unique =
            strstr(p->text, "{U}") || ((strstr(p->text, "{T}") || strstr(p->text, "{W}")) && strstr(p->text, "{P}"));
        if (p->part == PART_TITLE && !unique) {
            print_error("title is not unique: %s\n", p->text);
            bad++;
        }
    }
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (int part = 0; part < PART_COUNT; part++)
            if (site_patterns((enum site_kind)kind, (enum site_part)part)->n < (part == PART_BODY ? 8 : 2)) {
                print_error("kind %d has too few patterns of part %d\n", kind, part);
                bad++;
            }
    assert_int_equal(bad, 0);
    assert_true(with_facts >= 120);
}

static void numbers_in_hanzi(void **state)
{
    static const struct {
        uint64_t n;
        const char *want;
    } rows[] = {
        { 0, "零" },         { 8, "八" },         { 10, "十" },         { 12, "十二" },        { 20, "二十" },
        { 105, "一百零五" }, { 110, "一百一十" }, { 1003, "一千零三" }, { 12000, "一万二千" }, { 100000, "十万" },
    };
    int bad = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct site_out o = { 0 };
        site_hanzi(&o, rows[i].n);
        if (strcmp(o.data, rows[i].want) != 0) {
            print_error("%u: got %s, want %s\n", (unsigned)rows[i].n, o.data, rows[i].want);
            bad++;
        }
        site_out_free(&o);
    }
    assert_int_equal(bad, 0);
}

static void gb18030_decodes_back(void **state)
{
    struct site_article a = { 0 };
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    int bad = 0;
    (void)state;
    assert_true(cd != (iconv_t)-1);
    for (uint64_t i = 0; i < world.count; i++) {
        struct site_out bytes = { 0 };
        make(&a, 1, i, 1, false);
        site_out_str(&a.text,
                     "\xe3\x80\x80\xc2\xb7\xe2\x80\x94\xef\xbc\x91"); /* ideographic space, ·, —, full-width 1 */
        site_gb18030(&bytes, a.text.data, a.text.len);
        char *back = calloc(1, a.text.len + 1), *from = bytes.data, *to = back;
        size_t in = bytes.len, out = a.text.len;
        bad += iconv(cd, &from, &in, &to, &out) == (size_t)-1 || strcmp(back, a.text.data) != 0;
        free(back);
        site_out_free(&bytes);
    }
    iconv_close(cd);
    site_article_free(&a);
    assert_int_equal(bad, 0);
}

/* ---- lists and what is done to them ---- */

static void host_init(struct site_host *h, int site, uint64_t count)
{
    static const struct site_style *const styles[] = { &site_style_trs, &site_style_table, &site_style_list };
    *h = (struct site_host){ .site = site, .world = world, .style = styles[site], .base = "http://127.0.0.1:1" };
    h->world.count = count;
    h->state = site_state_new(&h->world);
    assert_non_null(h->state);
}

/* Adds one to seen[index] for each article that the page links to. */
static size_t count_links(struct site_host *h, const struct site_out *page, unsigned char *seen)
{
    size_t found = 0;
    for (const char *at = page->data; (at = strstr(at, "href=\"")); at++) {
        struct site_entry e;
        size_t n = strcspn(at + 6, "\"");
        char *path = strndup(at + 6, n);
        if (site_page_article(h, path, &e)) {
            seen[e.index]++;
            found++;
        }
        free(path);
    }
    return found;
}

/* All list pages of all columns, as bytes. Returns how many articles are not linked exactly once, minus those gone. */
static int walk_lists(struct site_host *h)
{
    uint64_t total = site_state_total(h->state);
    unsigned char *seen = calloc(1, (size_t)total + 1);
    int bad = 0;
    for (int c = 0; c < SITE_COLUMNS; c++)
        for (uint64_t page = 0;; page++) {
            struct site_out path = { 0 };
            struct site_reply r;
            char number[24], id[16];
            h->style->list_path(c, page, &path);
            path.data[strcspn(path.data, "?")] = 0;
            snprintf(number, sizeof(number), "%u", (unsigned)page + 1);
            snprintf(id, sizeof(id), "%d", 17 + c);
            site_page_make(h, path.data, number, id, NULL, &r);
            size_t links = r.status == 200 ? count_links(h, &r.body, seen) : 0;
            site_out_free(&r.body);
            site_out_free(&path);
            if (links == 0)
                break;
        }
    for (uint64_t i = 0; i < total; i++) {
        struct site_entry e;
        site_state_get(h->state, i, &e);
        if (seen[i] != (e.gone ? 0 : 1)) {
            print_error("site %d: article %u is linked %d times\n", h->site, (unsigned)i, seen[i]);
            bad++;
        }
    }
    free(seen);
    return bad;
}

static void lists_reach_each_article_once(void **state)
{
    static const uint64_t counts[] = { 1, 19, 20, 21, 300, 1234 };
    int bad = 0;
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++)
        for (size_t i = 0; i < COUNT(counts); i++) {
            struct site_host h;
            struct site_entry e;
            host_init(&h, site, counts[i]);
            bad += walk_lists(&h);
            for (uint64_t k = 0; k < counts[i]; k += 3) /* every third goes, five come */
                assert_true(site_state_remove(h.state, k, 404, &e));
            for (int k = 0; k < 5; k++)
                assert_true(site_state_publish(h.state, site_kind_of((uint64_t)k), NULL, 0, NULL, &e));
            assert_true(site_state_remove(h.state, e.index, 410, &e));
            bad += walk_lists(&h);
            site_state_free(h.state);
        }
    assert_int_equal(bad, 0);
}

static int status_of(struct site_host *h, const struct site_entry *e, struct site_out *body)
{
    struct site_article a = { .index = e->index, .day = e->day, .column = site_column_of(e->kind) };
    struct site_out path = { 0 };
    struct site_reply r;
    h->style->article_path(&a, &path);
    site_page_make(h, path.data, NULL, NULL, NULL, &r);
    site_out_free(&path);
    if (body)
        *body = r.body;
    else
        site_out_free(&r.body);
    return r.status;
}

static void publish_edit_remove(void **state)
{
    int bad = 0;
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++) {
        struct site_host h;
        struct site_entry e, top;
        struct site_out before = { 0 }, now = { 0 };
        host_init(&h, site, 300);
        assert_true(site_state_publish(h.state, KIND_BUDGET, NULL, 0, NULL, &e));
        assert_int_equal(e.index, 300);
        assert_true(e.published_at_ms > 0);
        assert_int_equal(site_state_list(h.state, site_column_of(KIND_BUDGET), 0, &top, 1), 1);
        bad += top.index != e.index || status_of(&h, &e, &before) != 200;
        assert_true(site_state_edit(h.state, e.index, &e));
        bad += e.version != 2 || status_of(&h, &e, &now) != 200 || !strcmp(before.data, now.data);
        assert_true(site_state_remove(h.state, e.index, 410, &e));
        bad += status_of(&h, &e, NULL) != 410;
        assert_false(site_state_edit(h.state, e.index, &e));
        assert_false(site_state_remove(h.state, e.index, 410, &e));
        assert_false(site_state_edit(h.state, 5000, &e));
        assert_int_equal(site_state_list(h.state, site_column_of(KIND_BUDGET), 0, &top, 1), 1);
        bad += top.index == 300;
        assert_true(site_state_publish(h.state, KIND_LAW, strdup("<html>\xff</html>"), 14, strdup("raw"), &e));
        site_out_free(&now);
        bad += status_of(&h, &e, &now) != 200 || strcmp(now.data, "<html>\xff</html>") != 0;
        assert_false(site_state_edit(h.state, e.index, &e)); /* not ours to change */
        site_out_free(&before);
        site_out_free(&now);
        site_state_free(h.state);
    }
    assert_int_equal(bad, 0);
}

/* ---- the server ---- */

/* Sends one request on a connection of its own. */
static int ask_send(uint16_t port, const char *method, const char *path, const char *header)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons(port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct site_out request = { 0 };
    struct timeval limit = { 5, 0 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    site_out_fmt(&request, "%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%sContent-Length: 0\r\n\r\n", method,
                 path, header);
    assert_int_equal(write(fd, request.data, request.len), request.len);
    site_out_free(&request);
    return fd;
}

/* Reads the answer; its status, or -1 when the connection broke. */
static int ask_read(int fd, struct site_out *answer)
{
    struct site_out got = { 0 };
    char piece[4096];
    ssize_t n;
    int status = -1;
    while ((n = read(fd, piece, sizeof(piece))) > 0)
        site_out_add(&got, piece, (size_t)n);
    close(fd);
    site_out_add(&got, "", 0);
    if (!strncmp(got.data, "HTTP/1.1 ", 9))
        status = atoi(got.data + 9);
    const char *length = strcasestr(got.data, "\r\nContent-Length: "), *body = strstr(got.data, "\r\n\r\n");
    if (length && body && status != 304 && strtoull(length + 18, NULL, 10) != (size_t)(got.data + got.len - body - 4))
        status = -1;
    if (answer)
        *answer = got;
    else
        site_out_free(&got);
    return status;
}

static int ask(uint16_t port, const char *method, const char *path, const char *header, struct site_out *answer)
{
    return ask_read(ask_send(port, method, path, header), answer);
}

/* Held requests wait, those of other sites do not, and stopping answers all. */
static void held_requests_wait(void **state)
{
    char err[200] = "", byte;
    struct site_options options = { .seed = 7 };
    struct site_server *s = site_start(&options, err, sizeof(err));
    struct timeval soon = { 0, 50000 }, limit = { 5, 0 };
    (void)state;
    assert_non_null(s);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(ask(site_port(s, 1), "POST", "/control/hold?on=1", "", NULL), 200);
        int fd = ask_send(site_port(s, 1), "GET", "/index.html", "");
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof(soon));
        assert_int_equal(recv(fd, &byte, 1, MSG_PEEK), -1);
        assert_int_equal(ask(site_port(s, 0), "GET", "/", "", NULL), 200);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        if (round == 0) {
            assert_int_equal(ask(site_port(s, 1), "POST", "/control/hold?on=0", "", NULL), 200);
            assert_int_equal(ask_read(fd, NULL), 200);
        } else {
            site_stop(s);
            close(fd);
        }
    }
}

static void the_server_does_as_told(void **state)
{
    static const struct {
        const char *method, *path, *header;
        int want;
    } rows[] = {
        { "GET", "/", "", 200 },
        { "GET", "/yaowen/index_1.html", "", 200 },
        { "GET", "/yaowen/index_99.html", "", 404 },
        { "GET", "/robots.txt", "", 200 },
        { "GET", "/private", "", 404 },
        { "DELETE", "/", "", 405 },
        { "GET", "/control/publish", "", 405 },
        { "POST", "/control/nothing", "", 404 },
        { "POST", "/control/publish?column=9", "", 400 },
        { "POST", "/control/publish?column=1&count=3", "", 200 },
        { "POST", "/control/edit?url=/none.html", "", 404 },
        { "POST", "/control/edit?index=303", "", 404 },
        { "POST", "/control/edit?index=302", "", 200 },
        { "POST", "/control/remove?index=302&status=500", "", 400 },
        { "POST", "/control/remove?index=302", "", 200 },
        { "POST", "/control/remove?index=301&status=200", "", 200 },
        { "POST", "/control/remove?index=302", "", 404 },
        { "POST", "/control/mode?fail_every=1&status=521", "", 200 },
        { "GET", "/", "", 521 },
        { "GET", "/robots.txt", "", 200 },
        { "POST", "/control/mode?reset=1&close_every=1", "", 200 },
        { "GET", "/", "", -1 },
        { "POST", "/control/mode?reset=1&rubbish=1", "", 200 },
        { "GET", "/", "", 200 },
        { "POST", "/control/mode?reset=1&slow_ms=20", "", 200 },
        { "GET", "/", "", 200 },
        { "POST", "/control/mode?reset=1", "", 200 },
        { "POST", "/control/raw?path=/bad/crash&status=203", "", 200 },
        { "GET", "/bad/crash", "", 203 },
        { "GET", "/truth.json?limit=2", "", 200 },
        { "GET", "/stats.json", "", 200 },
        { "GET", "/site.json", "", 200 },
    };
    char err[200] = "";
    struct site_options options = { .seed = 7 };
    struct site_server *s = site_start(&options, err, sizeof(err));
    int bad = 0;
    (void)state;
    assert_string_equal(err, "");
    assert_non_null(s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int got = ask(site_port(s, 0), rows[i].method, rows[i].path, rows[i].header, NULL);
        if (got != rows[i].want) {
            print_error("%s %s: got %d, want %d\n", rows[i].method, rows[i].path, got, rows[i].want);
            bad++;
        }
    }
    struct site_out answer = { 0 };
    ask(site_port(s, 2), "GET", "/sitemap.xml", "", &answer);
    const char *tag = strstr(answer.data, "ETag: ");
    assert_non_null(tag);
    char header[200];
    snprintf(header, sizeof(header), "If-None-Match: %.*s\r\n", (int)strcspn(tag + 6, "\r"), tag + 6);
    bad += ask(site_port(s, 2), "GET", "/sitemap.xml", header, NULL) != 304;
    ask(site_port(s, 2), "POST", "/control/publish", "", NULL);
    bad += ask(site_port(s, 2), "GET", "/sitemap.xml", header, NULL) != 200;
    site_out_free(&answer);

    struct site_options taken = { .port = site_port(s, 0) };
    assert_null(site_start(&taken, err, sizeof(err)));
    assert_string_not_equal(err, "");
    site_stop(s);
    assert_int_equal(bad, 0);
}

/* The truth is JSON, however small the pieces in which it is read. */
static void truth_is_json(void **state)
{
    (void)state;
    for (int site = 0; site < SITE_COUNT; site++) {
        struct site_host h;
        struct site_entry e;
        struct site_out text = { 0 };
        char piece[7];
        json_error_t why;
        host_init(&h, site, 50);
        assert_true(site_state_remove(h.state, 40, 410, &e));
        struct site_truth *t = site_truth_new(&h, 40, 5);
        for (size_t n; (n = site_truth_read(t, piece, sizeof(piece))) > 0;)
            site_out_add(&text, piece, n);
        site_truth_free(t);
        json_t *truth = json_loadb(text.data, text.len, 0, &why), *articles = json_object_get(truth, "articles");
        if (!truth)
            fail_msg("%s", why.text);
        assert_int_equal(json_array_size(articles), 5);
        assert_string_equal(json_string_value(json_object_get(json_array_get(articles, 0), "state")), "removed");
        assert_string_equal(json_string_value(json_object_get(json_array_get(articles, 1), "state")), "published");
        assert_int_equal(json_integer_value(json_object_get(truth, "total")), 50);
        json_decref(truth);
        site_out_free(&text);
        site_state_free(h.state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_seed_same_text),
        cmocka_unit_test(titles_are_unique),
        cmocka_unit_test(figures_stand_in_the_text),
        cmocka_unit_test(names_stand_in_the_text),
        cmocka_unit_test(an_edit_changes_one_figure),
        cmocka_unit_test(patterns_are_many_and_sound),
        cmocka_unit_test(numbers_in_hanzi),
        cmocka_unit_test(gb18030_decodes_back),
        cmocka_unit_test(lists_reach_each_article_once),
        cmocka_unit_test(publish_edit_remove),
        cmocka_unit_test(the_server_does_as_told),
        cmocka_unit_test(held_requests_wait),
        cmocka_unit_test(truth_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
