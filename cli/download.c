#include "cli/download.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/url.h"
#include "producer/address.h"
#include "producer/file.h"

struct downloader {
    CURL *curl;
    char agent[512];
    char why[CURL_ERROR_SIZE];
    size_t max_bytes;
    char *body;
    size_t bytes, cap;
    bool too_large, no_memory;
    bool guarded, private_address; /* only public network addresses are for us; another one was met */
};

/* ---- the body, bounded ------------------------------------------------------------------------------------------- */

static int append(struct downloader *d, const char *bytes, size_t n)
{
    d->too_large = n > d->max_bytes - d->bytes;
    if (d->too_large)
        return -1;
    if (d->bytes + n + 1 > d->cap) {
        size_t cap = (d->bytes + n + 1) * 2;
        char *grown = realloc(d->body, cap);
        d->no_memory = grown == NULL;
        if (d->no_memory)
            return -1;
        d->body = grown;
        d->cap = cap;
    }
    memcpy(d->body + d->bytes, bytes, n);
    d->bytes += n;
    d->body[d->bytes] = '\0';
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    return append(ctx, bytes, size * n) == 0 ? size * n : 0;
}

static int fail_append(const struct downloader *d, const char *what, struct err *e)
{
    if (d->no_memory)
        return err_set(e, "cannot read '%s': out of memory", what);
    return err_set(e, "cannot read '%s': larger than %zu MB", what, d->max_bytes >> 20);
}

/* ---- HTTP -------------------------------------------------------------------------------------------------------- */

static curl_socket_t on_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
    struct downloader *d = ctx;
    (void)purpose;
    d->private_address = d->guarded && !address_is_public(&a->addr);
    return d->private_address ? CURL_SOCKET_BAD : socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

struct downloader *downloader_new(const struct config_limits *limits, const char *user_agent, struct err *e)
{
    struct config_limits l;
    if (limits == NULL)
        config_default_limits(&l);
    else
        l = *limits;
    struct downloader *d = calloc(1, sizeof(*d));
    if (d == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (d->curl = curl_easy_init()) == NULL) {
        err_set(e, "cannot start libcurl");
        free(d);
        return NULL;
    }
    d->max_bytes = (size_t)l.page_max_bytes;
    snprintf(d->agent, sizeof(d->agent), "%s", user_agent == NULL ? "Renda/" RENDA_VERSION : user_agent);
    CURL *c = d->curl;
    curl_easy_setopt(c, CURLOPT_USERAGENT, d->agent);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, d->why);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)l.redirects_max);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)l.connect_ms);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)l.total_ms);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)l.low_speed_bytes);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)(l.low_speed_ms / 1000));
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, d);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, d);
    return d;
}

void downloader_free(struct downloader *d)
{
    if (d == NULL)
        return;
    curl_easy_cleanup(d->curl);
    curl_global_cleanup();
    free(d->body);
    free(d);
}

static int get_http(struct downloader *d, const char *url, struct download *out, struct err *e)
{
    d->why[0] = '\0';
    curl_easy_setopt(d->curl, CURLOPT_URL, url);
    curl_easy_setopt(d->curl, CURLOPT_NOPROXY, url_is_local(span_of(url)) ? "*" : NULL);
    CURLcode rc = curl_easy_perform(d->curl);
    if (d->too_large || d->no_memory)
        return fail_append(d, url, e);
    if (rc != CURLE_OK)
        return err_set(e, "cannot fetch '%s': %s", url, d->why[0] != '\0' ? d->why : curl_easy_strerror(rc));
    long status = 0;
    const char *type = NULL, *final = NULL, *redirect = NULL;
    curl_easy_getinfo(d->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(d->curl, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(d->curl, CURLINFO_EFFECTIVE_URL, &final);
    curl_easy_getinfo(d->curl, CURLINFO_REDIRECT_URL, &redirect);
    out->status = (int)status;
    if (status >= 400)
        return err_set(e, "cannot fetch '%s': the server answers %ld", url, status);
    snprintf(out->redirect_to, sizeof(out->redirect_to), "%s", redirect == NULL ? "" : redirect);
    snprintf(out->url, sizeof(out->url), "%s", url);
    snprintf(out->final_url, sizeof(out->final_url), "%s", final == NULL ? url : final);
    snprintf(out->type, sizeof(out->type), "%s", type == NULL ? "" : type);
    return 0;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static const char *type_of(const char *path)
{
    static const struct {
        const char *end, *type;
    } rows[] = { { ".txt", "text/plain" },
                 { ".html", "text/html" },
                 { ".htm", "text/html" },
                 { ".shtml", "text/html" },
                 { ".xml", "text/xml" } };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcasecmp(dot, rows[i].end) == 0)
            return rows[i].type;
    }
    return "";
}

static int read_all(struct downloader *d, int fd, const char *what, struct err *e)
{
    char part[65536];
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        return err_set(e, "cannot read '%s': it is a folder; name the files in it", what);
    for (;;) {
        ssize_t n = read(fd, part, sizeof(part));
        if (n == 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return err_set(e, "cannot read '%s': %s", what, strerror(errno));
        if (n > 0 && append(d, part, (size_t)n) < 0)
            return fail_append(d, what, e);
    }
}

/* "file://" and the path, with everything escaped that has a meaning in an address. */
static void url_of_path(const char *path, char *out, size_t size)
{
    size_t n = (size_t)snprintf(out, size, "file://");
    for (const unsigned char *p = (const unsigned char *)path; *p != '\0' && n + 4 < size; p++) {
        if (*p <= 0x20 || *p >= 0x7f || strchr("%?#\"<>", *p) != NULL)
            n += (size_t)snprintf(out + n, size - n, "%%%02X", *p);
        else
            out[n++] = (char)*p;
    }
    out[n] = '\0';
}

static int get_path(struct downloader *d, const char *path, const char *what, struct download *out, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(e, "cannot read '%s': %s", what, strerror(errno));
    int rc = read_all(d, fd, what, e);
    close(fd);
    char *whole = realpath(path, NULL);
    url_of_path(whole == NULL ? path : whole, out->url, sizeof(out->url));
    free(whole);
    snprintf(out->final_url, sizeof(out->final_url), "%s", out->url);
    snprintf(out->type, sizeof(out->type), "%s", type_of(path));
    return rc;
}

/* As the producer reads it: a folder is a list of its files. */
static int get_file_url(struct downloader *d, const char *url, struct download *out, struct err *e)
{
    struct due_url due = { .url = span_of(url) };
    struct fetched file = { .kind = OUTCOME_REFUSED };
    char etag[64], *body = NULL;
    file_read(&due, (int64_t)d->max_bytes, &file, etag, &body);
    int rc = 0;
    if (file.kind != OUTCOME_CAPTURED)
        rc = err_set(e, "cannot read '%s': %s", url, file.detail);
    else if (append(d, file.body.p, file.body.n) < 0)
        rc = fail_append(d, url, e);
    free(body);
    snprintf(out->url, sizeof(out->url), "%s", url);
    snprintf(out->final_url, sizeof(out->final_url), "%s", url);
    snprintf(out->type, sizeof(out->type), "%.*s", SPAN_FMT(file.content_type));
    return rc;
}

static int get_stdin(struct downloader *d, struct download *out, struct err *e)
{
    snprintf(out->url, sizeof(out->url), "stdin:");
    snprintf(out->final_url, sizeof(out->final_url), "stdin:");
    out->type[0] = '\0';
    return read_all(d, STDIN_FILENO, "standard input", e);
}

static void begin(struct downloader *d, struct download *out)
{
    d->bytes = 0;
    d->too_large = d->no_memory = d->private_address = false;
    append(d, "", 0);
    *out = (struct download){ .status = 200 };
}

static void end(const struct downloader *d, struct download *out)
{
    out->body = d->body;
    out->bytes = d->bytes;
}

int download_get(struct downloader *d, const char *what, struct download *out, struct err *e)
{
    int rc;
    begin(d, out);
    if (strncmp(what, "http://", 7) == 0 || strncmp(what, "https://", 8) == 0)
        rc = get_http(d, what, out, e);
    else if (strncmp(what, "file://", 7) == 0)
        rc = get_file_url(d, what, out, e);
    else if (strcmp(what, "-") == 0)
        rc = get_stdin(d, out, e);
    else
        rc = get_path(d, what, what, out, e);
    end(d, out);
    return rc;
}

int download_hop(struct downloader *d, const char *url, bool guarded, struct download *out, struct err *e)
{
    if (guarded && strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0)
        return err_set(e, "refused to go to '%s': that is no web address", url);
    d->guarded = guarded;
    curl_easy_setopt(d->curl, CURLOPT_FOLLOWLOCATION, 0L);
    int rc = download_get(d, url, out, e);
    curl_easy_setopt(d->curl, CURLOPT_FOLLOWLOCATION, 1L);
    if (d->private_address)
        rc = err_set(e, "refused to go to '%s': a private address", url);
    d->guarded = false;
    return rc;
}

int download_post(struct downloader *d, const char *url, struct download *out, struct err *e)
{
    begin(d, out);
    curl_easy_setopt(d->curl, CURLOPT_POSTFIELDS, "");
    int rc = get_http(d, url, out, e);
    curl_easy_setopt(d->curl, CURLOPT_HTTPGET, 1L);
    end(d, out);
    return rc;
}
