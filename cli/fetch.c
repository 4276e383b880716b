#include "cli/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct fetcher {
    CURL *curl;
    char agent[512];
    char why[CURL_ERROR_SIZE];
    size_t max_bytes;
    char *body;
    size_t bytes, cap;
    bool too_large, no_memory;
};

/* ---- the body, bounded ------------------------------------------------------------------------------------------- */

static int append(struct fetcher *f, const char *bytes, size_t n)
{
    f->too_large = n > f->max_bytes - f->bytes;
    if (f->too_large)
        return -1;
    if (f->bytes + n + 1 > f->cap) {
        size_t cap = (f->bytes + n + 1) * 2;
        char *grown = realloc(f->body, cap);
        f->no_memory = grown == NULL;
        if (f->no_memory)
            return -1;
        f->body = grown;
        f->cap = cap;
    }
    memcpy(f->body + f->bytes, bytes, n);
    f->bytes += n;
    f->body[f->bytes] = '\0';
    return 0;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    return append(ctx, bytes, size * n) == 0 ? size * n : 0;
}

static int fail_append(const struct fetcher *f, const char *what, struct err *e)
{
    if (f->no_memory)
        return err_set(e, "cannot read '%s': out of memory", what);
    return err_set(e, "cannot read '%s': larger than %zu MB", what, f->max_bytes >> 20);
}

/* ---- HTTP -------------------------------------------------------------------------------------------------------- */

struct fetcher *fetcher_new(const struct config_limits *limits, const char *user_agent, struct err *e)
{
    struct config_limits l;
    if (limits == NULL)
        config_default_limits(&l);
    else
        l = *limits;
    struct fetcher *f = calloc(1, sizeof(*f));
    if (f == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (f->curl = curl_easy_init()) == NULL) {
        err_set(e, "cannot start libcurl");
        free(f);
        return NULL;
    }
    f->max_bytes = (size_t)l.page_max_bytes;
    snprintf(f->agent, sizeof(f->agent), "%s", user_agent == NULL ? "Renda/" RENDA_VERSION : user_agent);
    CURL *c = f->curl;
    curl_easy_setopt(c, CURLOPT_USERAGENT, f->agent);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, f->why);
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
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, f);
    return f;
}

void fetcher_free(struct fetcher *f)
{
    if (f == NULL)
        return;
    curl_easy_cleanup(f->curl);
    curl_global_cleanup();
    free(f->body);
    free(f);
}

static int get_http(struct fetcher *f, const char *url, struct fetched *out, struct err *e)
{
    f->why[0] = '\0';
    curl_easy_setopt(f->curl, CURLOPT_URL, url);
    CURLcode rc = curl_easy_perform(f->curl);
    if (f->too_large || f->no_memory)
        return fail_append(f, url, e);
    if (rc != CURLE_OK)
        return err_set(e, "cannot fetch '%s': %s", url, f->why[0] != '\0' ? f->why : curl_easy_strerror(rc));
    long status = 0;
    const char *type = NULL, *final = NULL;
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(f->curl, CURLINFO_EFFECTIVE_URL, &final);
    if (status >= 400)
        return err_set(e, "cannot fetch '%s': the server answers %ld", url, status);
    out->status = (int)status;
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
    } rows[] = { { ".txt", "text/plain" }, { ".html", "text/html" }, { ".htm", "text/html" }, { ".shtml", "text/html" },
                 { ".xml", "text/xml" } };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcasecmp(dot, rows[i].end) == 0)
            return rows[i].type;
    }
    return "";
}

static int read_all(struct fetcher *f, int fd, const char *what, struct err *e)
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
        if (n > 0 && append(f, part, (size_t)n) < 0)
            return fail_append(f, what, e);
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

static int get_path(struct fetcher *f, const char *path, const char *what, struct fetched *out, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(e, "cannot read '%s': %s", what, strerror(errno));
    int rc = read_all(f, fd, what, e);
    close(fd);
    char *whole = realpath(path, NULL);
    url_of_path(whole == NULL ? path : whole, out->url, sizeof(out->url));
    free(whole);
    snprintf(out->final_url, sizeof(out->final_url), "%s", out->url);
    snprintf(out->type, sizeof(out->type), "%s", type_of(path));
    return rc;
}

static int get_file_url(struct fetcher *f, const char *url, struct fetched *out, struct err *e)
{
    int n;
    char *path = curl_easy_unescape(f->curl, url + strlen("file://"), 0, &n);
    if (path == NULL || (size_t)n != strlen(path)) {
        curl_free(path);
        return err_set(e, "'%s' is not a file's address", url);
    }
    int rc = get_path(f, path, url, out, e);
    curl_free(path);
    return rc;
}

static int get_stdin(struct fetcher *f, struct fetched *out, struct err *e)
{
    snprintf(out->url, sizeof(out->url), "stdin:");
    snprintf(out->final_url, sizeof(out->final_url), "stdin:");
    out->type[0] = '\0';
    return read_all(f, STDIN_FILENO, "standard input", e);
}

int fetcher_get(struct fetcher *f, const char *what, struct fetched *out, struct err *e)
{
    int rc;
    f->bytes = 0;
    f->too_large = f->no_memory = false;
    append(f, "", 0);
    out->status = 200;
    if (strncmp(what, "http://", 7) == 0 || strncmp(what, "https://", 8) == 0)
        rc = get_http(f, what, out, e);
    else if (strncmp(what, "file://", 7) == 0)
        rc = get_file_url(f, what, out, e);
    else if (strcmp(what, "-") == 0)
        rc = get_stdin(f, out, e);
    else
        rc = get_path(f, what, what, out, e);
    out->body = f->body;
    out->bytes = f->bytes;
    return rc;
}
