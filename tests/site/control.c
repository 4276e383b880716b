#include "control.h"

#include <stdlib.h>
#include <string.h>

#include "delay.h"
#include "pages.h"
#include "style.h"

const struct site_mode site_mode_default = { .status = 503, .etag = 1 };

struct call {
    struct site_host *host;
    site_arg_fn *arg;
    void *ctx;
    const char *body;
    size_t len;
    json_t *answer;
};

static int refuse(struct call *c, int status, const char *why)
{
    c->answer = json_pack("{s:s}", "error", why);
    return status;
}

static const char *arg(struct call *c, const char *name)
{
    return c->arg(c->ctx, name);
}

static long long number_arg(struct call *c, const char *name, long long otherwise)
{
    const char *text = arg(c, name);
    return text && *text ? strtoll(text, NULL, 10) : otherwise;
}

static json_t *entry_json(struct site_host *h, const struct site_entry *e)
{
    struct site_article a = { 0 };
    struct site_out path = { 0 };
    site_page_head(h, e, &a);
    h->style->article_path(&a, &path);
    json_t *o =
        json_pack("{s:I,s:o,s:s%,s:s,s:i,s:s,s:I,s:I}", "index", (json_int_t)e->index, "url",
                  json_sprintf("%s%s", h->base, path.data), "title", a.title.data, a.title.len, "column",
                  site_column_names[a.column], "version", (int)e->version, "state", e->gone ? "removed" : "published",
                  "published_at_ms", (json_int_t)e->published_at_ms, "edited_at_ms", (json_int_t)e->edited_at_ms);
    site_out_free(&path);
    site_article_free(&a);
    return o;
}

/* The kind the next published article is of: in the column asked for, else whatever is next. */
static bool choose_kind(struct call *c, uint64_t index, enum site_kind *kind)
{
    const char *column = arg(c, "column");
    *kind = site_kind_of(index);
    if (!column)
        return true;
    for (int i = 0; i < SITE_COLUMNS; i++)
        if (!strcmp(column, site_column_names[i]) || (column[0] == '0' + i && !column[1])) {
            while (site_column_of(*kind) != i)
                *kind = site_kind_of(++index);
            return true;
        }
    return false;
}

/* What stands between <title> and </title>, if it is UTF-8. */
static char *title_of(const char *html, size_t len)
{
    const char *from = memmem(html, len, "<title>", 7),
               *to = from ? memmem(from, (size_t)(html + len - from), "</title>", 8) : NULL;
    if (!from || to - from - 7 > 300)
        return NULL;
    json_t *text = json_stringn(from + 7, (size_t)(to - from - 7));
    char *title = text ? strdup(json_string_value(text)) : NULL;
    json_decref(text);
    return title;
}

static int publish(struct call *c)
{
    struct site_host *h = c->host;
    struct site_entry e;
    long long count = number_arg(c, "count", 1);
    bool raw = number_arg(c, "raw", 0) != 0;
    json_t *articles = json_array(), *first = NULL;
    if (count < 1 || count > 10000 || (raw && count > 1)) {
        json_decref(articles);
        return refuse(c, 400, "count is 1 to 10000, and 1 with raw");
    }
    for (long long i = 0; i < count; i++) {
        enum site_kind kind;
        char *html = NULL, *title = NULL;
        if (!choose_kind(c, site_state_total(h->state), &kind)) {
            json_decref(articles);
            return refuse(c, 400, "column is 0 to 4 or its name");
        }
        if (raw) {
            html = malloc(c->len + 1);
            if (!html)
                abort();
            if (c->len)
                memcpy(html, c->body, c->len);
            title = arg(c, "title") ? strdup(arg(c, "title")) : title_of(c->body ? c->body : "", c->len);
            if (!title)
                title = strdup("临时发布的页面");
        }
        if (!site_state_publish(h->state, kind, html, c->len, title, &e)) {
            free(html);
            free(title);
            json_decref(articles);
            return refuse(c, 507, "too many were published");
        }
        json_array_append_new(articles, entry_json(h, &e));
    }
    first = json_copy(json_array_get(articles, 0));
    json_object_set_new(first, "articles", articles);
    c->answer = first;
    return 200;
}

/* ?url= (whole or only its path) or ?index= */
static bool find_article(struct call *c, struct site_entry *e)
{
    const char *url = arg(c, "url"), *index = arg(c, "index"), *host = url ? strstr(url, "://") : NULL;
    if (index)
        return site_state_get(c->host->state, strtoull(index, NULL, 10), e);
    if (host)
        url = strchr(host + 3, '/');
    if (!url)
        return false;
    char *path = strndup(url, strcspn(url, "?#"));
    bool found = path && site_page_article(c->host, path, e);
    free(path);
    return found;
}

static int edit(struct call *c)
{
    struct site_entry e;
    if (!find_article(c, &e) || e.gone)
        return refuse(c, 404, "no such article");
    if (!site_state_edit(c->host->state, e.index, &e))
        return refuse(c, 409, "this article cannot be edited");
    c->answer = entry_json(c->host, &e);
    return 200;
}

static int remove_article(struct call *c)
{
    struct site_entry e;
    long long status = number_arg(c, "status", 410);
    if (status != 200 && status != 404 && status != 410)
        return refuse(c, 400, "status is 404, 410, or 200 for a page that only says so");
    if (!find_article(c, &e) || e.gone)
        return refuse(c, 404, "no such article");
    if (!site_state_remove(c->host->state, e.index, (int)status, &e))
        return refuse(c, 507, "too many were removed");
    c->answer = entry_json(c->host, &e);
    return 200;
}

static const struct mode_arg {
    const char *name;
    size_t offset;
} mode_args[] = {
    { "close_every", offsetof(struct site_mode, close_every) }, { "etag", offsetof(struct site_mode, etag) },
    { "fail_every", offsetof(struct site_mode, fail_every) },   { "hold", offsetof(struct site_mode, hold) },
    { "redirect", offsetof(struct site_mode, redirect) },       { "rubbish", offsetof(struct site_mode, rubbish) },
    { "slow_ms", offsetof(struct site_mode, slow_ms) },         { "status", offsetof(struct site_mode, status) },
};
enum { MODE_ARGS = sizeof(mode_args) / sizeof(mode_args[0]) };

static int *mode_field(struct site_mode *m, size_t i)
{
    return (int *)(void *)((char *)m + mode_args[i].offset);
}

static int answer_mode(struct call *c, struct site_mode mode)
{
    c->answer = json_object();
    for (size_t i = 0; i < MODE_ARGS; i++)
        json_object_set_new(c->answer, mode_args[i].name, json_integer(*mode_field(&mode, i)));
    return 200;
}

static int set_mode(struct call *c)
{
    struct site_host *h = c->host;
    struct site_mode mode;
    pthread_mutex_lock(&h->lock);
    mode = number_arg(c, "reset", 0) ? site_mode_default : h->mode;
    for (size_t i = 0; i < MODE_ARGS; i++)
        *mode_field(&mode, i) = (int)number_arg(c, mode_args[i].name, *mode_field(&mode, i));
    if (mode.status < 400 || mode.status > 599)
        mode.status = site_mode_default.status;
    h->mode = mode;
    pthread_mutex_unlock(&h->lock);
    if (!mode.hold)
        site_delay_release(h->delay);
    return answer_mode(c, mode);
}

static int hold(struct call *c)
{
    struct site_host *h = c->host;
    pthread_mutex_lock(&h->lock);
    h->mode.hold = number_arg(c, "on", 1) != 0;
    struct site_mode mode = h->mode;
    pthread_mutex_unlock(&h->lock);
    if (!mode.hold)
        site_delay_release(h->delay);
    return answer_mode(c, mode);
}

static void raw_fini(struct site_raw *r)
{
    free(r->path);
    free(r->type);
    free(r->body);
}

static int put_raw(struct call *c)
{
    struct site_host *h = c->host;
    const char *path = arg(c, "path"), *type = arg(c, "type");
    if (!path || path[0] != '/' || !strncmp(path, "/control/", 9))
        return refuse(c, 400, "path begins with / and is not under /control/");
    struct site_raw raw = { .path = strdup(path),
                            .type = strdup(type ? type : "text/html"),
                            .len = c->len,
                            .status = (int)number_arg(c, "status", 200),
                            .body = malloc(c->len + 1) };
    if (!raw.path || !raw.type || !raw.body)
        abort();
    if (c->len)
        memcpy(raw.body, c->body, c->len);
    if (raw.status < 200 || raw.status > 599)
        raw.status = 200;
    bool full = false;
    pthread_mutex_lock(&h->lock);
    size_t i = 0;
    while (i < h->n_raw && strcmp(h->raw[i].path, path) != 0)
        i++;
    if (i < h->n_raw) {
        raw_fini(&h->raw[i]);
        h->raw[i] = raw;
    } else if (i < SITE_RAW_MAX) {
        if (!h->raw && !(h->raw = calloc(SITE_RAW_MAX, sizeof(*h->raw))))
            abort();
        h->raw[h->n_raw++] = raw;
    } else {
        raw_fini(&raw);
        full = true;
    }
    pthread_mutex_unlock(&h->lock);
    if (full)
        return refuse(c, 507, "there are 1000 raw pages already");
    c->answer = json_pack("{s:o,s:I}", "url", json_sprintf("%s%s", h->base, path), "bytes", (json_int_t)c->len);
    return 200;
}

static int reset_stats(struct call *c)
{
    struct site_host *h = c->host;
    pthread_mutex_lock(&h->lock);
    h->stats = (struct site_stats){ .in_flight = h->stats.in_flight,
                                    .in_flight_max = h->stats.in_flight,
                                    .connections = h->stats.connections,
                                    .connections_max = h->stats.connections,
                                    .min_interval_us = -1,
                                    .min_article_interval_us = -1 };
    pthread_mutex_unlock(&h->lock);
    c->answer = site_stats_json(h);
    return 200;
}

static const struct command {
    const char *path;
    int (*run)(struct call *c);
} commands[] = {
    { "/control/edit", edit },
    { "/control/hold", hold },
    { "/control/mode", set_mode },
    { "/control/publish", publish },
    { "/control/raw", put_raw },
    { "/control/remove", remove_article },
    { "/control/reset_stats", reset_stats },
};

int site_control(struct site_host *h, const char *path, site_arg_fn *arg_of, void *ctx, const char *body, size_t len,
                 json_t **answer)
{
    struct call c = { h, arg_of, ctx, body, len, NULL };
    int status = 404;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(commands[i].path, path))
            status = commands[i].run(&c);
    if (!c.answer)
        refuse(&c, status, "no such command");
    *answer = c.answer;
    return status;
}

static json_t *interval_json(int64_t us)
{
    return us < 0 ? json_null() : json_real((double)us / 1000);
}

json_t *site_stats_json(struct site_host *h)
{
    static const char *const names[CLASS_COUNT] = { "home",   "list",  "article", "feed",  "sitemap",
                                                    "robots", "asset", "raw",     "other", "control" };
    pthread_mutex_lock(&h->lock);
    struct site_stats s = h->stats;
    pthread_mutex_unlock(&h->lock);
    json_t *requests = json_object();
    for (int i = 0; i < CLASS_COUNT; i++)
        json_object_set_new(requests, names[i], json_integer((json_int_t)s.requests[i]));
    return json_pack("{s:o,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:i,s:i,s:i,s:i,s:o,s:o}", "requests", requests, "content",
                     (json_int_t)s.content, "not_modified", (json_int_t)s.not_modified, "failed", (json_int_t)s.failed,
                     "rubbish", (json_int_t)s.rubbish, "closed", (json_int_t)s.closed, "redirected",
                     (json_int_t)s.redirected, "bytes", (json_int_t)s.bytes, "in_flight", s.in_flight, "in_flight_max",
                     s.in_flight_max, "connections", s.connections, "connections_max", s.connections_max,
                     "min_interval_ms", interval_json(s.min_interval_us), "min_article_interval_ms",
                     interval_json(s.min_article_interval_us));
}
