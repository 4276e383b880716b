#include "producer/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/clock.h"
#include "common/url.h"
#include "producer/address.h"
#include "producer/file.h"

#define HEADERS_MAX_BYTES (256 * 1024)
#define HEADER_KEEP_BYTES 1024 /* of an entity tag and the like */
#define BUFFERED_MAX_BYTES                                                                                             \
    ((int64_t)64 * 1024 * 1024) /* of all transfers: beyond it the large ones are given up for now */
#define LARGE_BYTES        ((size_t)1024 * 1024)
#define BUFFER_FIRST_BYTES 32768
#define URL_ROOM           4200

struct transfer {
    struct fetcher *fetcher;
    struct transfer *next; /* in the pool of idle ones */
    struct transfer *also; /* every one there is, for the end */
    CURL *easy;
    struct curl_slist *headers;
    struct due_url *due;
    void *owner;
    bool trusted, too_large, too_much, private_address;
    int64_t started_wall, started_mono;
    char *body;
    size_t bytes, room, header_bytes;
    char etag[HEADER_KEEP_BYTES], modified[128];
};

struct fetcher {
    const struct config *config;
    CURLM *multi;
    fetched_fn *fn;
    void *ctx;
    struct transfer *idle, *all;
    struct transfer *files, **files_end; /* on disk: read in the next turn */
    int running;
    int64_t buffered, elsewhere;
};

/* ---- curl's callbacks -------------------------------------------------------------------------------------------- */

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    size_t bytes = size * n;
    if ((int64_t)(t->bytes + bytes) > t->fetcher->config->limits.page_max_bytes) {
        t->too_large = true;
        return 0;
    }
    if (t->bytes > LARGE_BYTES && t->fetcher->buffered + t->fetcher->elsewhere > BUFFERED_MAX_BYTES) {
        t->too_much = true;
        return 0;
    }
    if (t->bytes + bytes > t->room) {
        size_t room = t->room == 0 ? BUFFER_FIRST_BYTES : t->room;
        while (room < t->bytes + bytes)
            room *= 2;
        char *grown = realloc(t->body, room);
        if (grown == NULL)
            return 0;
        t->body = grown;
        t->room = room;
    }
    memcpy(t->body + t->bytes, p, bytes);
    t->bytes += bytes;
    t->fetcher->buffered += (int64_t)bytes;
    return bytes;
}

/* "ETag: \"x\"\r\n" into out when the line has this name. */
static void keep_header(const char *line, size_t bytes, const char *name, char *out, size_t size)
{
    size_t n = strlen(name);
    if (bytes <= n + 1 || strncasecmp(line, name, n) != 0 || line[n] != ':')
        return;
    const char *p = line + n + 1, *end = line + bytes;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (end > p && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' '))
        end--;
    if ((size_t)(end - p) < size) {
        memcpy(out, p, (size_t)(end - p));
        out[end - p] = '\0';
    }
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    size_t bytes = size * n;
    t->header_bytes += bytes;
    if (t->header_bytes > HEADERS_MAX_BYTES) {
        t->too_large = true;
        return 0;
    }
    if (bytes > 5 && strncmp(p, "HTTP/", 5) == 0)
        t->etag[0] = t->modified[0] = '\0'; /* of a "100 Continue" before */
    keep_header(p, bytes, "ETag", t->etag, sizeof(t->etag));
    keep_header(p, bytes, "Last-Modified", t->modified, sizeof(t->modified));
    return bytes;
}

static curl_socket_t on_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
    struct transfer *t = ctx;
    (void)purpose;
    if (!t->trusted && !address_is_public(&a->addr)) {
        t->private_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* ---- transfers --------------------------------------------------------------------------------------------------- */

static void set_once(struct transfer *t)
{
    const struct config *c = t->fetcher->config;
    CURL *h = t->easy;
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_USERAGENT, c->user_agent);
    curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, (long)c->limits.connect_ms);
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)c->limits.total_ms);
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, (long)c->limits.low_speed_bytes);
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, (long)(c->limits.low_speed_ms / 1000));
    curl_easy_setopt(h, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(h, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(h, CURLOPT_PRIVATE, t);
}

static struct transfer *transfer_get(struct fetcher *f)
{
    struct transfer *t = f->idle;
    if (t != NULL) {
        f->idle = t->next;
        return t;
    }
    t = calloc(1, sizeof(*t));
    if (t == NULL)
        return NULL;
    t->fetcher = f;
    t->easy = curl_easy_init();
    if (t->easy == NULL) {
        free(t);
        return NULL;
    }
    set_once(t);
    t->also = f->all;
    f->all = t;
    return t;
}

static void transfer_put(struct transfer *t)
{
    struct fetcher *f = t->fetcher;
    f->buffered -= (int64_t)t->bytes;
    if (t->room > BUFFER_FIRST_BYTES * 8) {
        free(t->body);
        t->body = NULL;
        t->room = 0;
    }
    t->bytes = t->header_bytes = 0;
    curl_slist_free_all(t->headers);
    t->headers = NULL;
    t->due = NULL;
    t->too_large = t->too_much = t->private_address = false;
    t->next = f->idle;
    f->idle = t;
}

static void transfer_free(struct transfer *t)
{
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    free(t->body);
    free(t);
}

/* Asks only for what has changed. */
static void set_conditions(struct transfer *t)
{
    char line[HEADER_KEEP_BYTES + 32];
    if (t->due->etag.n > 0 && t->due->etag.n < HEADER_KEEP_BYTES) {
        snprintf(line, sizeof(line), "If-None-Match: %.*s", SPAN_FMT(t->due->etag));
        t->headers = curl_slist_append(t->headers, line);
    }
    if (t->due->modified.n > 0 && t->due->modified.n < sizeof(t->modified)) {
        snprintf(line, sizeof(line), "If-Modified-Since: %.*s", SPAN_FMT(t->due->modified));
        t->headers = curl_slist_append(t->headers, line);
    }
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

/* ---- what came of it --------------------------------------------------------------------------------------------- */

static enum outcome_kind kind_of_status(long status, bool has_target)
{
    switch (status) {
    case 304: return OUTCOME_NOT_MODIFIED;
    case 301:
    case 302:
    case 303:
    case 307:
    case 308: return has_target ? OUTCOME_REDIRECTED : OUTCOME_UNREACHABLE;
    case 404:
    case 410: return OUTCOME_GONE;
    case 401:
    case 403:
    case 407:
    case 412:
    case 429:
    case 451:
    case 521: return OUTCOME_BLOCKED;
    default: return status >= 200 && status < 300 ? OUTCOME_CAPTURED : OUTCOME_UNREACHABLE;
    }
}

static void read_answer(struct transfer *t, struct fetched *out)
{
    long status = 0;
    curl_off_t retry_s = 0;
    char *type = NULL, *target = NULL;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &target);
    curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &retry_s);
    out->status = (int)status;
    out->kind = kind_of_status(status, target != NULL);
    out->content_type = span_of(type);
    out->redirect_to = span_of(target);
    out->retry_after_ms = (int64_t)retry_s * 1000;
    out->etag = span_of(t->etag);
    out->modified = span_of(t->modified);
    out->body = (struct span){ t->body, t->bytes };
    if (out->kind == OUTCOME_NOT_MODIFIED && t->headers == NULL)
        out->kind = OUTCOME_UNREACHABLE; /* nothing was asked that this could answer */
    if (out->kind == OUTCOME_BLOCKED || out->kind == OUTCOME_UNREACHABLE || out->kind == OUTCOME_GONE)
        snprintf(out->detail, sizeof(out->detail), "HTTP %ld", status);
}

static void read_failure(struct transfer *t, CURLcode rc, struct fetched *out)
{
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    out->status = (int)status;
    out->kind = t->too_large || t->private_address ? OUTCOME_REFUSED : OUTCOME_UNREACHABLE;
    if (t->private_address)
        snprintf(out->detail, sizeof(out->detail), "a private address, and the config does not name this host");
    else if (t->too_large)
        snprintf(out->detail, sizeof(out->detail), "larger than page_max (%lld bytes)",
                 (long long)t->fetcher->config->limits.page_max_bytes);
    else if (t->too_much)
        snprintf(out->detail, sizeof(out->detail), "too many large pages at once");
    else
        snprintf(out->detail, sizeof(out->detail), "%s", curl_easy_strerror(rc));
    curl_off_t connected = 0;
    curl_easy_getinfo(t->easy, CURLINFO_CONNECT_TIME_T, &connected);
    out->host_down = out->kind == OUTCOME_UNREACHABLE && connected == 0 && !t->too_much;
}

static void finish(struct transfer *t, CURLcode rc)
{
    struct fetcher *f = t->fetcher;
    struct fetched out = {
        .due = t->due, .owner = t->owner, .started_at = t->started_wall, .took_ms = clock_mono_ms() - t->started_mono
    };
    if (rc == CURLE_OK)
        read_answer(t, &out);
    else
        read_failure(t, rc, &out);
    f->running--;
    f->fn(f->ctx, &out);
    transfer_put(t);
}

static void finish_file(struct transfer *t)
{
    struct fetcher *f = t->fetcher;
    struct fetched out = { .due = t->due, .owner = t->owner, .started_at = t->started_wall };
    char *body;
    if (t->trusted) {
        file_read(t->due, f->config->limits.page_max_bytes, &out, t->etag, &body);
    } else {
        body = NULL;
        out.kind = OUTCOME_REFUSED;
        snprintf(out.detail, sizeof(out.detail), "the config names no file:// source");
    }
    out.took_ms = clock_mono_ms() - t->started_mono;
    f->running--;
    f->fn(f->ctx, &out);
    free(body);
    transfer_put(t);
}

/* ---- the fetcher ------------------------------------------------------------------------------------------------- */

struct fetcher *fetch_new(const struct config *c, fetched_fn *fn, void *ctx, struct err *e)
{
    struct fetcher *f = calloc(1, sizeof(*f));
    if (f == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || (f->multi = curl_multi_init()) == NULL) {
        free(f);
        err_set(e, "cannot start libcurl");
        return NULL;
    }
    f->config = c;
    f->fn = fn;
    f->ctx = ctx;
    f->files_end = &f->files;
    curl_multi_setopt(f->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)c->limits.connections_max);
    curl_multi_setopt(f->multi, CURLMOPT_MAXCONNECTS, (long)c->limits.connections_max);
    return f;
}

void fetch_free(struct fetcher *f)
{
    if (f == NULL)
        return;
    for (struct transfer *t = f->all, *next; t != NULL; t = next) {
        next = t->also;
        curl_multi_remove_handle(f->multi, t->easy);
        transfer_free(t);
    }
    curl_multi_cleanup(f->multi);
    free(f);
}

bool fetch_start(struct fetcher *f, struct due_url *due, void *owner, bool trusted)
{
    if (f->running >= f->config->limits.connections_max)
        return false;
    struct transfer *t = transfer_get(f);
    if (t == NULL)
        return false;
    t->due = due;
    t->owner = owner;
    t->trusted = trusted;
    t->started_wall = clock_wall_ms();
    t->started_mono = clock_mono_ms();
    t->etag[0] = t->modified[0] = '\0';
    f->running++;
    if (span_starts(due->url, SPAN("file://"))) {
        t->next = NULL;
        *f->files_end = t;
        f->files_end = &t->next;
        return true;
    }
    char url[URL_ROOM];
    snprintf(url, sizeof(url), "%.*s", SPAN_FMT(due->url));
    if (curl_easy_setopt(t->easy, CURLOPT_URL, url) != CURLE_OK) {
        f->running--;
        transfer_put(t);
        return false;
    }
    curl_easy_setopt(t->easy, CURLOPT_PROXY, url_is_local(due->url) ? "" : NULL); /* else as the environment says */
    set_conditions(t);
    if (curl_multi_add_handle(f->multi, t->easy) == CURLM_OK)
        return true;
    f->running--;
    transfer_put(t);
    return false;
}

bool fetch_has_room(const struct fetcher *f)
{
    return f->running < f->config->limits.connections_max;
}

void fetch_set_elsewhere(struct fetcher *f, int64_t bytes)
{
    f->elsewhere = bytes;
}

int fetch_running(const struct fetcher *f)
{
    return f->running;
}

int64_t fetch_buffered_bytes(const struct fetcher *f)
{
    return f->buffered;
}

int fetch_turn(struct fetcher *f, struct err *e)
{
    struct transfer *t = f->files;
    f->files = NULL;
    f->files_end = &f->files;
    while (t != NULL) {
        struct transfer *next = t->next;
        finish_file(t);
        t = next;
    }
    int running, left;
    CURLMcode rc = curl_multi_perform(f->multi, &running);
    if (rc != CURLM_OK)
        return err_set(e, "libcurl: %s", curl_multi_strerror(rc));
    CURLMsg *m;
    while ((m = curl_multi_info_read(f->multi, &left)) != NULL) {
        if (m->msg != CURLMSG_DONE)
            continue;
        CURLcode how = m->data.result;
        CURL *easy = m->easy_handle;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &t);
        curl_multi_remove_handle(f->multi, easy);
        finish(t, how);
    }
    return 0;
}

int fetch_wait(struct fetcher *f, struct curl_waitfd *extra, unsigned n, int wait_ms, struct err *e)
{
    CURLMcode rc = curl_multi_poll(f->multi, extra, n, f->files != NULL ? 0 : wait_ms, NULL);
    return rc == CURLM_OK ? 0 : err_set(e, "libcurl: %s", curl_multi_strerror(rc));
}
