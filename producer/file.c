#include "producer/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_BYTES 4096

static void fail(struct fetched *out, enum outcome_kind kind, const char *why)
{
    out->kind = kind;
    snprintf(out->detail, sizeof(out->detail), "%s", why);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* "file:///a%20b?from=3" → "/a b", 3 */
static bool path_of(struct span url, char out[PATH_MAX_BYTES], long *from)
{
    const char *p = url.p + 7, *end = url.p + url.n, *query = memchr(url.p, '?', url.n);
    size_t n = 0;
    *from = 0;
    if (query != NULL) {
        if (!span_starts(span_between(query, end), SPAN("?from=")))
            return false;
        for (const char *d = query + 6; d < end && *d >= '0' && *d <= '9' && *from < INT_MAX / 10; d++)
            *from = *from * 10 + (*d - '0');
        end = query;
    }
    if (url.n > 16 && memcmp(p, "localhost/", 10) == 0)
        p += 9;
    while (p < end && n < PATH_MAX_BYTES - 1) {
        if (*p == '%' && end - p > 2 && hex(p[1]) >= 0 && hex(p[2]) >= 0) {
            out[n++] = (char)(hex(p[1]) << 4 | hex(p[2]));
            p += 3;
        } else {
            out[n++] = *p++;
        }
    }
    out[n] = '\0';
    return p == end && n > 0 && out[0] == '/' && memchr(out, '\0', n) == NULL;
}

static void put_escaped(FILE *f, const char *s)
{
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c <= ' ' || c >= 0x7f || strchr("\"#%<>?[\\]^`{|}", c) != NULL)
            fprintf(f, "%%%02X", c);
        else
            fputc(c, f);
    }
}

static int only_visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void put_uri(FILE *f, const char *folder, const char *name)
{
    fputs("file://", f);
    put_escaped(f, folder);
    if (folder[strlen(folder) - 1] != '/')
        fputc('/', f);
    put_escaped(f, name);
}

static bool is_link_to_folder(int fd, const struct dirent *d)
{
    struct stat st;
    return d->d_type == DT_LNK && fstatat(fd, d->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

/* Entries [from, from + FILE_LISTING_MAX), and where the rest is. */
static void read_folder(int fd, const char *path, long from, struct fetched *out, char **body)
{
    struct dirent **names = NULL;
    size_t size = 0;
    int n = scandir(path, &names, only_visible, alphasort);
    FILE *f = n < 0 ? NULL : open_memstream(body, &size);
    if (f == NULL) {
        fail(out, OUTCOME_UNREACHABLE, strerror(errno));
        return;
    }
    for (int i = 0; i < n; i++) {
        if (i >= from && i < from + FILE_LISTING_MAX && !is_link_to_folder(fd, names[i])) {
            put_uri(f, path, names[i]->d_name);
            fputs("\r\n", f);
        }
        free(names[i]);
    }
    if (n > from + FILE_LISTING_MAX) {
        put_uri(f, path, "");
        fprintf(f, "?from=%ld\r\n", from + FILE_LISTING_MAX);
    }
    free(names);
    fclose(f);
    out->kind = OUTCOME_CAPTURED;
    out->body = (struct span){ *body, size };
    out->content_type = SPAN("text/uri-list");
}

static void read_regular(int fd, off_t bytes, struct fetched *out, char **body)
{
    *body = malloc((size_t)bytes + 1);
    if (*body == NULL) {
        fail(out, OUTCOME_UNREACHABLE, "out of memory");
        return;
    }
    size_t n = 0;
    ssize_t got = 0;
    while (n < (size_t)bytes && (got = read(fd, *body + n, (size_t)bytes - n)) > 0)
        n += (size_t)got;
    if (got < 0) {
        fail(out, OUTCOME_UNREACHABLE, strerror(errno));
        return;
    }
    out->kind = OUTCOME_CAPTURED;
    out->body = (struct span){ *body, n };
}

static struct span type_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot != NULL && (strcmp(dot, ".txt") == 0 || strcmp(dot, ".text") == 0))
        return SPAN("text/plain");
    if (dot != NULL && (strcmp(dot, ".html") == 0 || strcmp(dot, ".htm") == 0 || strcmp(dot, ".shtml") == 0))
        return SPAN("text/html");
    return (struct span){ NULL, 0 };
}

void file_read(const struct due_url *due, int64_t max_bytes, struct fetched *out, char etag[64], char **body)
{
    char path[PATH_MAX_BYTES];
    struct stat st;
    *body = NULL;
    long from;
    if (!path_of(due->url, path, &from)) {
        fail(out, OUTCOME_REFUSED, "not an absolute path");
        return;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) < 0) {
        fail(out, errno == ENOENT ? OUTCOME_GONE : OUTCOME_UNREACHABLE, strerror(errno));
        if (fd >= 0)
            close(fd);
        return;
    }
    snprintf(etag, 64, "%lld-%lld.%09ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    out->etag = span_of(etag);
    if (S_ISDIR(st.st_mode))
        read_folder(fd, path, from, out, body);
    else if (!S_ISREG(st.st_mode))
        fail(out, OUTCOME_REFUSED, "neither a file nor a folder");
    else if (st.st_size > max_bytes)
        fail(out, OUTCOME_REFUSED, "larger than page_max");
    else if (span_eq(due->etag, out->etag))
        out->kind = OUTCOME_NOT_MODIFIED;
    else {
        out->content_type = type_of(path);
        read_regular(fd, st.st_size, out, body);
    }
    close(fd);
}
