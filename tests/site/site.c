#include "site.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "delay.h"
#include "host.h"
#include "pages.h"
#include "style.h"
#include "truth.h"

struct site_server {
    struct site_host hosts[SITE_N];
};

struct request {
    bool started, too_long;
    enum site_class class;
    uint64_t number; /* of the site's content requests, from 1 */
    struct site_out body;
};

/* ---- counting ---- */

static void note_interval(int64_t now, int64_t *last, int64_t *min)
{
    if (*last && (*min < 0 || now - *last < *min))
        *min = now - *last;
    *last = now;
}

/* Counts a request as it starts; *mode is how it is to be treated. */
static void count_start(struct site_host *h, struct MHD_Connection *c, struct request *r, struct site_mode *mode)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    int64_t now = site_mono_us();
    pthread_mutex_lock(&h->lock);
    struct site_stats *s = &h->stats;
    s->requests[r->class]++;
    if (r->class != CLASS_CONTROL) {
        r->number = ++s->content;
        note_interval(now, &s->last_start_us, &s->min_interval_us);
        if (r->class == CLASS_ARTICLE)
            note_interval(now, &s->last_article_us, &s->min_article_interval_us);
        if (++s->in_flight > s->in_flight_max)
            s->in_flight_max = s->in_flight;
        bool *counted = info ? info->socket_context : NULL;
        if (counted && !*counted) {
            *counted = true;
            if (++s->connections > s->connections_max)
                s->connections_max = s->connections;
        }
    }
    *mode = h->mode;
    pthread_mutex_unlock(&h->lock);
}

static void on_connection(void *ctx, struct MHD_Connection *c, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct site_host *h = ctx;
    (void)c;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = calloc(1, sizeof(bool)); /* whether it asked for content, so is counted */
        return;
    }
    bool *counted = *socket_context;
    if (counted && *counted) {
        pthread_mutex_lock(&h->lock);
        h->stats.connections--;
        pthread_mutex_unlock(&h->lock);
    }
    free(counted);
    *socket_context = NULL;
}

static void on_completed(void *ctx, struct MHD_Connection *c, void **request, enum MHD_RequestTerminationCode how)
{
    struct site_host *h = ctx;
    struct request *r = *request;
    (void)c;
    (void)how;
    if (!r)
        return;
    if (r->number) {
        pthread_mutex_lock(&h->lock);
        h->stats.in_flight--;
        pthread_mutex_unlock(&h->lock);
    }
    site_out_free(&r->body);
    free(r);
    *request = NULL;
}

static void count(struct site_host *h, uint64_t *counter, uint64_t n)
{
    pthread_mutex_lock(&h->lock);
    *counter += n;
    pthread_mutex_unlock(&h->lock);
}

/* ---- answering ---- */

static enum MHD_Result queue(struct MHD_Connection *c, int status, struct MHD_Response *response)
{
    enum MHD_Result done = MHD_queue_response(c, (unsigned)status, response);
    MHD_destroy_response(response);
    return done;
}

static enum MHD_Result answer_text(struct MHD_Connection *c, int status, const char *type, struct site_out *body)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(body->len, body->data, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    return queue(c, status, response);
}

static enum MHD_Result answer_json(struct MHD_Connection *c, int status, json_t *value)
{
    struct site_out body = { 0 };
    char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(value);
    if (!text)
        return MHD_NO;
    site_out_str(&body, text);
    site_out_str(&body, "\n");
    free(text);
    return answer_text(c, status, "application/json", &body);
}

static const char *query_arg(void *ctx, const char *name)
{
    return MHD_lookup_connection_value(ctx, MHD_GET_ARGUMENT_KIND, name);
}

static ssize_t read_truth(void *ctx, uint64_t at, char *to, size_t max)
{
    (void)at;
    size_t n = site_truth_read(ctx, to, max);
    return n ? (ssize_t)n : MHD_CONTENT_READER_END_OF_STREAM;
}

static void free_truth(void *ctx)
{
    site_truth_free(ctx);
}

static enum MHD_Result answer_truth(struct site_host *h, struct MHD_Connection *c)
{
    const char *from = query_arg(c, "from"), *limit = query_arg(c, "limit");
    struct site_truth *t =
        site_truth_new(h, from ? strtoull(from, NULL, 10) : 0, limit ? strtoull(limit, NULL, 10) : UINT64_MAX);
    struct MHD_Response *response =
        t ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 64 << 10, read_truth, t, free_truth) : NULL;
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    return queue(c, 200, response);
}

static bool from_loopback(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr || info->client_addr->sa_family != AF_INET)
        return false;
    const struct sockaddr_in *peer = (const void *)info->client_addr;
    return ntohl(peer->sin_addr.s_addr) >> 24 == 127;
}

static enum MHD_Result answer_control(struct site_host *h, struct MHD_Connection *c, const char *path,
                                      const char *method, struct request *r)
{
    json_t *answer = NULL;
    if (!from_loopback(c))
        return answer_json(c, 403, json_pack("{s:s}", "error", "only from loopback"));
    if (!strcmp(path, "/truth.json"))
        return answer_truth(h, c);
    if (!strcmp(path, "/stats.json"))
        return answer_json(c, 200, site_stats_json(h));
    if (!strcmp(path, "/site.json"))
        return answer_json(c, 200, site_truth_site(h));
    if (strcmp(method, "POST") != 0)
        return answer_json(c, 405, json_pack("{s:s}", "error", "POST, please"));
    if (r->too_long)
        return answer_json(c, 413, json_pack("{s:s}", "error", "a body is at most 16 MB"));
    int status = site_control(h, path, query_arg, c, r->body.data, r->body.len, &answer);
    return answer_json(c, status, answer);
}

/* A page of which only the first half is sent. */
struct half {
    struct site_out body;
};

static ssize_t read_half(void *ctx, uint64_t at, char *to, size_t max)
{
    struct half *half = ctx;
    size_t end = half->body.len / 2, n = at < end ? end - (size_t)at : 0;
    if (!n)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (n > max)
        n = max;
    memcpy(to, half->body.data + at, n);
    return (ssize_t)n;
}

static void free_half(void *ctx)
{
    struct half *half = ctx;
    site_out_free(&half->body);
    free(half);
}

static enum MHD_Result answer_half(struct MHD_Connection *c, struct site_reply *page)
{
    struct half *half = calloc(1, sizeof(*half));
    if (!half)
        return MHD_NO;
    half->body = page->body;
    struct MHD_Response *response =
        MHD_create_response_from_callback(half->body.len, 16 << 10, read_half, half, free_half);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, page->type);
    return queue(c, page->status, response);
}

static enum MHD_Result answer_rubbish(struct MHD_Connection *c, uint64_t number)
{
    struct site_rng rng = { number };
    struct site_out body = { 0 };
    for (unsigned words = 1024 + site_rng_below(&rng, 7168); words > 0; words--) {
        uint64_t word = site_rng_next(&rng);
        site_out_add(&body, &word, sizeof(word));
    }
    return answer_text(c, 200, "text/html", &body);
}

/* RFC 9110, IMF-fixdate */
static void http_date(char *to, size_t size, int64_t seconds)
{
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int y, m, d, day = (int)(seconds / 86400), rest = (int)(seconds % 86400);
    site_day_split(day, &y, &m, &d);
    snprintf(to, size, "%s, %02d %s %d %02d:%02d:%02d GMT", days[day % 7], d, months[m - 1], y, rest / 3600,
             rest / 60 % 60, rest % 60);
}

/* Our own dates come back unchanged, so the same text is enough. */
static bool not_modified(struct MHD_Connection *c, const struct site_reply *page, const char *modified)
{
    const char *tag = MHD_lookup_connection_value(c, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    const char *since = MHD_lookup_connection_value(c, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_MODIFIED_SINCE);
    if (tag)
        return page->etag[0] && strstr(tag, page->etag);
    return since && modified[0] && !strcmp(since, modified);
}

static enum MHD_Result answer_page(struct site_host *h, struct MHD_Connection *c, struct site_reply *page, bool tags)
{
    char modified[64] = "";
    int status = page->status;
    if (tags && page->status == 200) {
        if (page->modified_s > 0)
            http_date(modified, sizeof(modified), page->modified_s);
        if (not_modified(c, page, modified)) {
            status = 304;
            site_out_free(&page->body);
            count(h, &h->stats.not_modified, 1);
        }
    }
    count(h, &h->stats.bytes, page->body.len);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(page->body.len, page->body.data, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, page->type);
    if (tags && page->etag[0])
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, page->etag);
    if (modified[0])
        MHD_add_response_header(response, MHD_HTTP_HEADER_LAST_MODIFIED, modified);
    if (page->location[0])
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, page->location);
    return queue(c, status, response);
}

static bool find_raw(struct site_host *h, const char *path, struct site_reply *page, char *type, size_t type_size)
{
    bool found = false;
    pthread_mutex_lock(&h->lock);
    for (size_t i = 0; i < h->n_raw && !found; i++) {
        const struct site_raw *r = &h->raw[i];
        if (strcmp(r->path, path) != 0)
            continue;
        *page = (struct site_reply){ .class = CLASS_RAW, .status = r->status, .type = type };
        snprintf(type, type_size, "%s", r->type);
        site_out_add(&page->body, r->body, r->len);
        found = true;
    }
    pthread_mutex_unlock(&h->lock);
    return found;
}

static bool every(int n, uint64_t number)
{
    return n > 0 && number % (unsigned)n == 0;
}

static enum MHD_Result answer_content(struct site_host *h, struct MHD_Connection *c, const char *path,
                                      const struct request *r)
{
    struct site_reply page;
    char raw_type[128];
    pthread_mutex_lock(&h->lock);
    struct site_mode mode = h->mode;
    pthread_mutex_unlock(&h->lock);
    if (r->class == CLASS_ROBOTS)
        mode = (struct site_mode){ .etag = mode.etag }; /* a site that fails here is another test's */

    if (every(mode.fail_every, r->number)) {
        struct site_out body = { 0 };
        count(h, &h->stats.failed, 1);
        site_out_fmt(&body, "<html><head><title>%d</title></head><body><h1>%d</h1></body></html>\n", mode.status,
                     mode.status);
        return answer_text(c, mode.status, "text/html", &body);
    }
    if (every(mode.rubbish, r->number)) {
        count(h, &h->stats.rubbish, 1);
        return answer_rubbish(c, r->number);
    }
    if (find_raw(h, path, &page, raw_type, sizeof(raw_type)))
        return answer_page(h, c, &page, false);
    if (mode.redirect && r->class == CLASS_ARTICLE && !query_arg(c, "hop")) {
        page = (struct site_reply){ .class = r->class, .status = 302, .type = "text/html" };
        snprintf(page.location, sizeof(page.location), "%s?hop=1", path);
        site_out_str(&page.body, "<html><body>302</body></html>\n");
        count(h, &h->stats.redirected, 1);
        return answer_page(h, c, &page, false);
    }
    site_page_make(h, path, query_arg(c, "page"), query_arg(c, "id"), query_arg(c, "limit"), &page);
    if (every(mode.close_every, r->number)) {
        count(h, &h->stats.closed, 1);
        return answer_half(c, &page);
    }
    return answer_page(h, c, &page, mode.etag != 0);
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c, const char *path, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **request)
{
    struct site_host *h = ctx;
    struct request *r = *request;
    (void)version;
    if (!r) {
        *request = r = calloc(1, sizeof(*r));
        return r ? MHD_YES : MHD_NO;
    }
    if (*upload_size) {
        r->too_long |= r->body.len + *upload_size > SITE_RAW_BYTES_MAX;
        if (!r->too_long)
            site_out_add(&r->body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    struct site_mode mode;
    if (!r->started) {
        r->started = true;
        r->class = site_page_class(h, path);
        count_start(h, c, r, &mode);
        if (r->class == CLASS_CONTROL)
            return answer_control(h, c, path, method, r);
        int64_t due_us = mode.hold ? INT64_MAX : site_mono_us() + (int64_t)mode.slow_ms * 1000;
        if ((mode.hold || mode.slow_ms > 0) && r->class != CLASS_ROBOTS && site_delay_add(h->delay, c, due_us))
            return MHD_YES;
    }
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        struct site_out body = { 0 };
        site_out_str(&body, "405\n");
        return answer_text(c, 405, "text/plain", &body);
    }
    return answer_content(h, c, path, r);
}

/* ---- starting and stopping ---- */

static int parse_day(const char *text)
{
    int y, m, d;
    if (!text)
        return site_day_from(2025, 6, 30);
    if (sscanf(text, "%d-%d-%d", &y, &m, &d) != 3 || y < 2023 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31)
        return -1;
    return site_day_from(y, m, d);
}

static int host_start(struct site_host *h, const char *address, uint16_t port, char *err, size_t err_size)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (inet_pton(AF_INET, address, &at.sin_addr) != 1) {
        snprintf(err, err_size, "'%s' is not an IPv4 address", address);
        return -1;
    }
    pthread_mutex_init(&h->lock, NULL);
    h->mode = site_mode_default;
    h->stats.min_interval_us = h->stats.min_article_interval_us = -1;
    h->state = site_state_new(&h->world);
    h->delay = site_delay_new();
    if (!h->state || !h->delay) {
        snprintf(err, err_size, "out of memory");
        return -1;
    }
    h->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, port, NULL, NULL, on_request,
                                 h, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_NOTIFY_COMPLETED, on_completed, h,
                                 MHD_OPTION_NOTIFY_CONNECTION, on_connection, h, MHD_OPTION_CONNECTION_LIMIT, 4096u,
                                 MHD_OPTION_CONNECTION_TIMEOUT, 120u, MHD_OPTION_END);
    if (!h->daemon) {
        snprintf(err, err_size, "cannot listen on %s:%u", address, port);
        return -1;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
    snprintf(h->base, sizeof(h->base), "http://%s:%u", address, info->port);
    return 0;
}

static void host_stop(struct site_host *h)
{
    if (h->daemon) {
        pthread_mutex_lock(&h->lock);
        h->mode = site_mode_default;
        pthread_mutex_unlock(&h->lock);
        site_delay_stop(h->delay);
        MHD_stop_daemon(h->daemon);
    }
    site_delay_free(h->delay);
    site_state_free(h->state);
    for (size_t i = 0; i < h->n_raw; i++) {
        free(h->raw[i].path);
        free(h->raw[i].type);
        free(h->raw[i].body);
    }
    free(h->raw);
}

struct site_server *site_start(const struct site_options *options, char *err, size_t err_size)
{
    static const struct site_style *const styles[SITE_N] = { &site_style_trs, &site_style_table, &site_style_list };
    const char *address = options->bind_address ? options->bind_address : "127.0.0.1";
    int last_day = parse_day(options->last_day);
    if (last_day < 0) {
        snprintf(err, err_size, "'%s' is not a day from 2023 on", options->last_day);
        return NULL;
    }
    if (options->port && options->port > UINT16_MAX - SITE_N + 1) {
        snprintf(err, err_size, "three ports from %u on do not exist", options->port);
        return NULL;
    }
    struct site_server *s = calloc(1, sizeof(*s));
    if (!s) {
        snprintf(err, err_size, "out of memory");
        return NULL;
    }
    for (int k = 0; k < SITE_N; k++) {
        struct site_host *h = &s->hosts[k];
        h->site = k;
        h->style = styles[k];
        h->world = (struct site_world){ options->seed, options->articles_per_site ? options->articles_per_site : 300,
                                        last_day };
        if (host_start(h, address, (uint16_t)(options->port ? options->port + k : 0), err, err_size) < 0) {
            site_stop(s);
            return NULL;
        }
    }
    return s;
}

uint16_t site_port(const struct site_server *s, int k)
{
    return (uint16_t)atoi(strrchr(s->hosts[k].base, ':') + 1);
}

struct site_about site_about(const struct site_server *s, int k)
{
    const struct site_host *h = &s->hosts[k];
    const struct site_congress *c = &site_congresses[k];
    return (struct site_about){ .name = c->name,
                                .org = c->org,
                                .region = c->region,
                                .level = c->level,
                                .base = h->base,
                                .start = h->style->start,
                                .feeds = h->style->feeds,
                                .sitemaps = h->style->sitemaps,
                                .article_pattern = h->style->article_pattern };
}

void site_stop(struct site_server *s)
{
    if (!s)
        return;
    for (int k = 0; k < SITE_N; k++)
        host_stop(&s->hosts[k]);
    free(s);
}
